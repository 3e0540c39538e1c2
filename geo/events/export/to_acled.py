"""Convert events from elsewhere to the columns of the *ACLED Codebook* (2023)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.events.cells.values import month_around
from geo.events.columns.columns import CodedColumn, Mask
from geo.events.export.export_rows import (
    ConvertedTable,
    ExportRows,
    Loss,
    PartyNames,
    dates,
    unspoken,
)
from geo.events.parties.roles import NEWER

NOT_STATED: Final = "[fatalities not stated]"
_GEO: Final = {"exact": "1", "settlement": "1", "near": "2", "district": "2", "province": "3",
               "region": "3"}  # fmt: skip
_TIME: Final = {"day": "1", "days_2_6": "2", "week": "2", "month": "3"}
_WEEK: Final = 7
"""Days: the only interval that ACLED's time precision 2 stands for."""
_DISORDER: Final = {
    "Battles": "Political violence", "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence", "Riots": "Demonstrations",
    "Protests": "Demonstrations", "Strategic developments": "Strategic developments",
}  # fmt: skip
_DISORDER_OF_SUB: Final = {
    "Mob violence": "Political violence",
    "Excessive force against protesters": "Political violence; Demonstrations",
}
_UNSPOKEN: Final = {
    "against": "actor2", "place_text": "location", "status": "tags", "unmatched": "actor1",
}  # fmt: skip
_NEVER: Final = {
    "interaction": "left empty: ACLED derives it from its own codes",
    "region": "ACLED's own division of the world",
    "admin3": "no division below the district is known",
    "source_scale": "ACLED's own list; not assessed here",
    "timestamp": "the time of the last change is not recorded",
}


def made_acled(rows: ExportRows) -> ConvertedTable:
    """Convert rows to ACLED's columns."""
    precision, dated = rows.coded("precision"), rows.coded("date_precision")
    geo = precision.each(lambda text: _GEO.get(text, ""), object)
    time = dated.each(lambda text: _TIME.get(text, ""), object)
    off = rows.coded("off").each(bool, np.bool_)
    nowhere = np.isnan(rows.points[0]) & ~off & (geo != "")
    kept = (geo != "") & (time != "") & ~off & ~nowhere
    losses: list[Loss] = [
        ((geo == "") | off, "geo_precision", rows.table["precision"],
         "not exported: ACLED needs a location in the country, province or finer"),
        (nowhere, "latitude", rows.table["place_text"], "not exported: no reference point"),
        ((time == "") & (geo != "") & ~off, "event_date", rows.table["date_precision"],
         "not exported: ACLED has no date coarser than a month"),
    ]  # fmt: skip
    first, last = rows.days
    day = np.where(kept, first + (last - first) // 2, 0)
    losses += _date_losses(rows, kept, time, day)
    losses += _place_losses(rows, kept, precision)
    losses += unspoken(rows, kept, _UNSPOKEN)
    killed = _killed(rows, kept, losses)
    event, sub = rows.coded("event"), rows.coded("subevent")
    losses.append((kept & ~event.filled, "event_type", rows.table["event"], "none is stated"))
    iso = rows.country.numbers.iso
    size = len(rows)
    columns: dict[str, Any] = {
        "event_id_cnty": rows.table["id"], "event_date": dates(day),
        "year": pc.utf8_slice_codeunits(dates(day), 0, 4), "time_precision": _texts(time),
        "disorder_type": _disorder(event, sub), "event_type": rows.table["event"],
        "sub_event_type": rows.table["subevent"], **_parties(rows),
        "iso": pa.repeat(iso, size), "country": pa.repeat(rows.country.name, size),
        "admin1": rows.area("province"), "admin2": rows.area("district"),
        "location": _location(rows), "latitude": rows.degrees(0), "longitude": rows.degrees(1),
        "geo_precision": _texts(geo), "source": rows.table["source"], **killed,
        "tags": _tags(rows),
    }  # fmt: skip
    never = dict(_NEVER) if iso else dict(_NEVER) | {"iso": "the country's number is not known"}
    return ConvertedTable(columns, kept, losses, never)


def _texts(values: NDArray[Any]) -> Any:
    return pa.array(values, pa.string())


def _date_losses(
    rows: ExportRows, kept: Mask, time: NDArray[Any], day: NDArray[np.int64]
) -> list[Loss]:
    first, last = rows.days
    week = (time == "2") & ((last - first + 1) != _WEEK)
    month = np.flatnonzero((time == "3") & kept)
    whole = np.zeros(len(rows), dtype=bool)
    around = np.array([month_around(one) for one in day[month].tolist()]).reshape(-1, 2)
    whole[month] = (around[:, 0] == first[month]) & (around[:, 1] == last[month])
    odd = (time == "3") & ~whole
    between = pc.binary_join_element_wise(dates(first), dates(last), "/")
    return [
        (kept & week, "event_date", between, "ACLED has only weeks; read back as one"),
        (kept & odd, "event_date", between, "ACLED has only months; read back as one"),
    ]


def _place_losses(rows: ExportRows, kept: Mask, precision: CodedColumn) -> list[Loss]:
    texts = rows.table["precision"]
    area = precision.each(lambda text: text in {"district", "province", "region"}, np.bool_)
    exact = precision.each(lambda text: text == "exact", np.bool_)
    return [
        (kept & area, "latitude", texts, "a reference point; the location is an area"),
        (kept & exact, "geo_precision", texts, "ACLED's 1 is a town, not a position in it"),
    ]


def _killed(rows: ExportRows, kept: Mask, losses: list[Loss]) -> dict[str, Any]:
    low, best, high = (rows.numbers(f"killed_{name}") for name in ("low", "best", "high"))
    stated = (low >= 0) | (best >= 0)
    found = np.where(best >= 0, best, low)
    notes = rows.table["notes"].combine_chunks()
    suffixed = pc.binary_join_element_wise(notes, NOT_STATED, pa.scalar(" "))
    losses += [
        (kept & ~stated, "fatalities", pa.nulls(len(rows), pa.string()),
         "not stated; written as 0, as the notes say"),
        (kept & (high >= 0) & (high != found), "fatalities", rows.table["killed_high"],
         "ACLED has no upper figure"),
        (kept & (best >= 0) & (low >= 0) & (low != best), "fatalities", rows.table["killed_low"],
         "ACLED has no lower figure"),
    ]  # fmt: skip
    return {
        "fatalities": pa.array(np.where(stated, found, 0)),
        "notes": pc.utf8_trim_whitespace(pc.if_else(pa.array(stated), notes, suffixed)),
    }


def _disorder(event: CodedColumn, sub: CodedColumn) -> Any:
    by_event = event.each(lambda text: _DISORDER.get(text, ""), object)
    by_sub = sub.each(lambda text: _DISORDER_OF_SUB.get(text, ""), object)
    return _texts(np.where(by_sub != "", by_sub, by_event))


def _parties(rows: ExportRows) -> dict[str, Any]:
    people = f"Civilians ({rows.country.name})"

    def second(who: PartyNames) -> tuple[str, ...]:
        return (*who.against, people) if who.civilians else who.against

    def role(who: PartyNames, side: int) -> str:
        if side and who.civilians and not who.against:
            return NEWER["civilians"]
        return NEWER.get(who.roles[side], "")

    def said(column: str, converted: Any) -> Any:
        return pc.coalesce(rows.said("ucdp-ged", column), converted)

    def only_made(converted: Any) -> Any:
        return pc.if_else(pc.is_valid(rows.said("ucdp-ged", "side_a")), "", converted)

    return {
        "actor1": said("side_a", rows.by_who(lambda who: next(iter(who.acting), ""))),
        "assoc_actor_1": only_made(rows.by_who(lambda who: "; ".join(who.acting[1:]))),
        "inter1": rows.by_who(lambda who: role(who, 0)),
        "actor2": said("side_b", rows.by_who(lambda who: next(iter(second(who)), ""))),
        "assoc_actor_2": only_made(rows.by_who(lambda who: "; ".join(second(who)[1:]))),
        "inter2": rows.by_who(lambda who: role(who, 1)),
        "civilian_targeting": rows.by_who(
            lambda who: "Civilian targeting" if who.civilians else ""
        ),
    }


def _location(rows: ExportRows) -> Any:
    name, text = (rows.table[one].cast(pa.string()) for one in ("place_name", "place_text"))
    return pc.if_else(pc.equal(name, ""), text, name)


def _tags(rows: ExportRows) -> Any:
    status, attribution = (rows.table[one].cast(pa.string()) for one in ("status", "attribution"))
    return pc.binary_join_element_wise("verification=", status, "; attribution=", attribution, "")
