"""Suggest events that may repeat a curated incident, with reasons; nothing is ever merged.

An event is suggested if it is within two days and 25 kilometres of an incident and shares a group
with it; where either place is known less precisely, both must be in the same province. Records
dated more coarsely than to the month are left out, since they would match too much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo import limits
from geo.dossier.records import CIVILIANS
from geo.events.cells.values import NO_DAY, to_day
from geo.events.columns.columns import CodedColumn
from geo.events.columns.text_cells import join_texts, split_texts
from geo.events.parties.actors import Registry
from geo.places.boundaries import DEGREE_M

DAYS: Final = 2
"""Most days between two records of the same incident: many reports have a date one day late."""
METRES: Final = 25_000.0
"""Most metres between two records of the same incident: the radius of "near" in UCDP GED."""
_DATED: Final = frozenset({"day", "days_2_6", "week", "month"})
_PLACED: Final = frozenset({"exact", "settlement", "near", "district", "province"})
SCHEMA: Final = pa.schema([
    ("record", pa.string()), ("id", pa.string()), ("row", pa.int64()), ("days_apart", pa.int64()),
    ("km_apart", pa.float64()), ("shared", pa.string()), ("reason", pa.string()),
])  # fmt: skip


def suggest(events: pa.Table, located: pd.DataFrame, registry: Registry | None = None) -> pa.Table:
    """Find pairs of an incident and an event that may be the same, the nearest first.

    Parameters
    ----------
    events
        An event table.
    located
        The located table of a dossier, see :mod:`geo.table.located`.
    registry
        Resolves names that may mean one of several groups.

    Returns
    -------
    A table of :data:`SCHEMA`; ``km_apart`` is missing where only the province is compared.
    """
    known = _EventColumns(events, registry)
    found: list[pa.Table] = []
    incidents = located[(located["kind"] == "incident") & (located["off"] == "")]
    for record, rows in incidents.groupby("record", sort=False):
        hits = [known.near(row) for row in rows.to_dict("records")]
        some = pa.concat_tables([SCHEMA.empty_table(), *(hit for hit in hits if hit is not None)])
        if some.num_rows:
            found.append(_nearest(some, str(record)))
    return pa.concat_tables([SCHEMA.empty_table(), *found])


def together(parts: Iterable[pa.Table], located: pd.DataFrame) -> pa.Table:
    """Merge what :func:`suggest` found in each part of the events into one list.

    Returns
    -------
    A table with the columns of :data:`SCHEMA`.
    """
    by_record: dict[str, pa.Table] = {}
    for part in parts:
        for record in pc.unique(part["record"]).to_pylist():
            more = part.filter(pc.equal(part["record"], record))
            both = [by_record[record], more] if record in by_record else [more]
            by_record[record] = _nearest(pa.concat_tables(both), record)
    order = dict.fromkeys(map(str, located["record"]))
    found = [by_record[record] for record in order if record in by_record]
    return pa.concat_tables([SCHEMA.empty_table(), *found])


def _nearest(some: pa.Table, record: str) -> pa.Table:
    """Keep one line for each event, even if the incident has several places."""
    # Sorted by row last, so that a file read in parts gives the same list.
    ordered = some.sort_by([(name, "ascending") for name in ("km_apart", "days_apart", "row")])
    first = CodedColumn.of(ordered["id"])
    _, at = np.unique(first.codes, return_index=True)
    kept = ordered.take(pa.array(np.sort(at))).slice(0, limits.MAX_SUGGESTIONS)
    names = pa.array([record] * kept.num_rows, pa.string())
    return kept.set_column(0, "record", names)


@dataclass(frozen=True, eq=False)
class _Window:
    """Some rows, and how far each is from an incident, in days."""

    rows: NDArray[np.int64]
    days: NDArray[np.int64]


class _EventColumns:
    """The columns that are compared, sorted by first day."""

    def __init__(self, events: pa.Table, registry: Registry | None) -> None:
        self.events, self.registry = events, registry
        earliest, latest = (_days(events[name]) for name in ("earliest", "latest"))
        dated = CodedColumn.of(events["date_precision"]).each(lambda text: text in _DATED, np.bool_)
        rows = np.flatnonzero(dated & (earliest != NO_DAY) & (latest != NO_DAY))
        self.rows = rows[np.argsort(earliest[rows], kind="stable")]
        self.earliest = earliest[self.rows].astype(np.int64)
        self.latest = latest[self.rows].astype(np.int64)
        self.longest = int((self.latest - self.earliest).max(initial=0))
        self.province = CodedColumn.of(events["province"])
        self.groups, self.against = join_texts(events["groups"]), join_texts(events["against"])
        self.lat, self.lon = (
            events[name].to_numpy(zero_copy_only=False) for name in ("lat", "lon")
        )

    def near(self, row: dict[Any, Any]) -> pa.Table | None:
        """Return the events near one place of an incident."""
        if row["date_precision"] not in _DATED or row["precision"] not in _PLACED:
            return None
        window = self._within_days(to_day(row["earliest"]), to_day(row["latest"]))
        shared = self._shared(window.rows, {*row["groups"], *row["against"]} - {CIVILIANS})
        metres = self._metres(window.rows, row["lat"], row["lon"])
        inside = self.province.each(lambda code: code in row["provinces"], np.bool_)[window.rows]
        close = np.where(np.isnan(metres), inside, metres <= METRES) & (shared != "")
        hit = np.flatnonzero(close)
        if not hit.size:
            return None
        return self._table(row, window.rows[hit], window.days[hit], metres[hit], shared[hit])

    def _within_days(self, first: int, last: int) -> _Window:
        low = np.searchsorted(self.earliest, first - DAYS - self.longest, side="left")
        high = np.searchsorted(self.earliest, last + DAYS, side="right")
        apart = np.maximum(self.earliest[low:high] - last, first - self.latest[low:high])
        apart = np.maximum(apart, 0)
        kept = apart <= DAYS
        return _Window(self.rows[low:high][kept], apart[kept])

    def _shared(self, rows: NDArray[np.int64], keys: set[str]) -> NDArray[np.object_]:
        """Return the keys that each row shares with an incident, as text."""
        both = [_common(column, keys, self.registry)[column.codes[rows]]
                for column in (self.groups, self.against)]  # fmt: skip
        return np.where(both[0] != "", both[0], both[1])

    def _metres(self, rows: NDArray[np.int64], lat: float, lon: float) -> NDArray[np.float64]:
        east = (self.lon[rows] - lon) * np.cos(np.radians(lat))
        return np.asarray(np.hypot(self.lat[rows] - lat, east) * DEGREE_M)

    def _table(
        self, row: dict[Any, Any], rows: NDArray[np.int64], days: NDArray[np.int64],
        metres: NDArray[np.float64], shared: NDArray[np.object_],
    ) -> pa.Table:  # fmt: skip
        at = pa.array(rows)
        km = np.round(metres / 1000, 1)
        where = ", ".join(row["provinces"])
        reasons = [
            f"{_apart(day)}, {f'{far:g} km apart' if far == far else f'both in {where}'}, "  # noqa: PLR0124 - NaN
            f"both name {who}"
            for day, far, who in zip(days.tolist(), km.tolist(), shared.tolist(), strict=True)
        ]
        return pa.table(
            [
                pa.repeat(str(row["record"]), rows.size), self.events["id"].take(at),
                self.events["row"].take(at), pa.array(days), pa.array(km, mask=np.isnan(km)),
                pa.array(shared, pa.string()), pa.array(reasons, pa.string()),
            ],
            schema=SCHEMA,
        )  # fmt: skip


def _common(column: CodedColumn, keys: set[str], registry: Registry | None) -> NDArray[np.object_]:
    answers = [
        " and ".join(
            key
            for key in split_texts(text)
            if keys & {key, *(registry.parts_of(key) if registry is not None else ())}
        )
        for text in column.texts
    ]
    return np.array(answers, dtype=object)


def _apart(days: int) -> str:
    return "dates overlap" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"


def _days(column: Any) -> NDArray[np.int32]:
    filled: Any = pc.fill_null(column.cast(pa.int32()), NO_DAY)
    return np.asarray(filled.to_numpy(zero_copy_only=False), np.int32)
