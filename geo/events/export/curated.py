"""Turn curated incidents into rows of an event table, so that they can be exported like any other.

Each place of an incident becomes one row. A total for several places is never divided among them
but listed as lost. Also listed are doubts about a date and the records that are not exported:
presence claims, which are not events, and withdrawn records.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo.dossier.records import Dossier, Incident
from geo.events.columns.losses import LOSS
from geo.events.columns.schema import FIELDS, SCHEMA

ORIGIN: Final = "dossier"
_FIGURES: Final = ("killed_low", "killed_best", "killed_high")
_AS_THEY_ARE: Final = (
    "date_precision", "place_text", "place_name", "precision", "district", "status", "event",
    "attribution",
)  # fmt: skip
_CLAIMS: Final = (
    "there are no columns for who says what, in which source and with which figures; the texts of "
    "the claims are in the notes"
)
_DOUBT: Final = "there is no column for an approximate or uncertain date"
_OFF: Final = {"not_stated": "unknown"}


@dataclass(frozen=True, eq=False)
class CuratedEvents:
    """The incidents of a dossier as events.

    Parameters
    ----------
    events
        In the columns of :data:`geo.events.columns.schema.SCHEMA`.
    losses
        What could not be carried over, in the columns of :data:`geo.events.columns.losses.LOSS`.
    """

    events: pa.Table
    losses: pa.Table


def from_dossier(located: pd.DataFrame, dossier: Dossier) -> CuratedEvents:
    """Build the rows of a dossier's incidents from its located table, without withdrawn ones."""
    incidents = {one.id: one for one in dossier.incidents}
    rows: list[dict[str, Any]] = []
    losses: list[dict[str, Any]] = [_loss("claims", None, _CLAIMS), *_left_out(located)]
    exported = located[(located["kind"] == "incident") & (located["off"] != "withdrawn")]
    for record, group in exported.groupby("record", sort=False):
        incident = incidents[str(record)]
        places: list[dict[Any, Any]] = group.to_dict("records")
        for place in places:
            row = _row(incident, place, dossier, len(rows) + 1, several=len(places) > 1)
            losses += _lost(row, place, incident, len(places))
            rows.append(row)
    events = pa.Table.from_pylist(rows, schema=pa.schema([*_plain_fields()]))
    typed = pa.table([_typed(events[name], kind) for name, kind in FIELDS], schema=SCHEMA)
    return CuratedEvents(typed, pa.Table.from_pylist(losses, schema=LOSS))


def _plain_fields() -> Iterator[pa.Field]:
    for name, kind in FIELDS:
        yield pa.field(name, pa.string() if pa.types.is_dictionary(kind) else kind)


def _typed(column: Any, kind: Any) -> Any:
    return column.dictionary_encode() if pa.types.is_dictionary(kind) else column


def _row(
    incident: Incident, place: dict[Any, Any], dossier: Dossier, number: int, *, several: bool
) -> dict[str, Any]:
    whole = not several
    sources = dict.fromkeys(claim.source for claim in incident.claims)
    titles = (dossier.sources[key].publisher for key in sources if key in dossier.sources)
    off = place["off"]
    return {name: place[name] for name in _AS_THEY_ARE} | {
        "id": f"{incident.id}-{place['place'] + 1}" if several else incident.id,
        "origin": ORIGIN,
        "row": number,
        "groups": list(place["groups"]),
        "unmatched": [],
        "against": list(place["against"]),
        "subevent": incident.sub_event_type or "",
        "earliest": _or_none(place["earliest"]),
        "latest": _or_none(place["latest"]),
        "province": place["provinces"][0] if len(place["provinces"]) == 1 else "",
        "lat": _or_none(place["lat"]),
        "lon": _or_none(place["lon"]),
        "uncertainty_m": _or_none(place["uncertainty_m"]),
        "off": _OFF.get(off, off),
        **{name: _or_none(place[name]) if whole else None for name in _FIGURES},
        "killed_basis": place["killed_basis"] if whole else "not_stated",
        "source": "; ".join(dict.fromkeys(titles)),
        "notes": "\n".join(dict.fromkeys(claim.text for claim in incident.claims)),
    }


def _or_none(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value


def _lost(
    row: dict[str, Any], place: dict[Any, Any], incident: Incident, places: int
) -> Iterator[dict[str, Any]]:
    """What the row of one place cannot hold."""
    if incident.when.loose:
        yield _loss("earliest", incident.when.edtf, f"{incident.when.text}: {_DOUBT}", row)
    for name in _FIGURES if places > 1 else ():
        if (figure := _or_none(place[name])) is not None:
            reason = f"stated for {places} places together; not divided among them"
            yield _loss(name, str(figure), reason, row)


def _left_out(located: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The records that are not events, and those that were withdrawn."""
    for record, group in located.groupby("record", sort=False):
        first = group.iloc[0]
        if first["kind"] != "incident":
            yield _loss(
                "kind", first["kind"], "not exported: a presence claim is not an event", record
            )
        elif (group["off"] == "withdrawn").all():
            yield _loss("status", "withdrawn", "not exported: the record was withdrawn", record)


def _loss(
    column: str, value: str | None, reason: str, of: dict[str, Any] | Hashable = None
) -> dict[str, Any]:
    row, key = (of["row"], of["id"]) if isinstance(of, dict) else (None, of)
    return {"row": row, "id": key, "column": column, "value": value, "reason": reason}
