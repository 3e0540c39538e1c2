"""Convert events from elsewhere to the columns of UCDP GED (codebook 23.1)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.events.cells.values import NO_DAY
from geo.events.columns.columns import CodedColumn
from geo.events.export.export_rows import (
    ConvertedTable,
    ExportRows,
    Loss,
    PartyNames,
    dates,
    unspoken,
)
from geo.events.parties.roles import PEOPLE, role_of

_WHERE: Final = {"exact": "1", "settlement": "1", "near": "2", "district": "3", "province": "4",
                 "region": "5", "country": "6"}  # fmt: skip
_WHEN: Final = {"day": "1", "days_2_6": "2", "week": "3", "month": "4", "year": "5"}
_OWN = "UCDP's own number; taken only from UCDP files"
_UNSPOKEN: Final = {
    "against": "side_b", "status": "code_status", "subevent": "type_of_violence",
    "unmatched": "side_a",
}  # fmt: skip
_NEVER: Final = {
    **dict.fromkeys(
        ("relid", "conflict_dset_id", "conflict_new_id", "dyad_dset_id", "dyad_new_id",
         "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "priogrid_gid",
         "gwnoa", "gwnob"), _OWN,
    ),
    "active_year": "UCDP's own judgement", "code_status": "UCDP's own judgement",
    "conflict_name": "UCDP's own name", "event_clarity": "UCDP's own judgement",
    "source_article": "sources are not cited in that form", "source_date": "not kept with events",
    "region": "UCDP's own division of the world",
}  # fmt: skip


def made_ucdp(rows: ExportRows) -> ConvertedTable:
    """Convert rows to UCDP GED's columns."""
    where = rows.coded("precision").each(lambda text: _WHERE.get(text, ""), object)
    when = rows.coded("date_precision").each(lambda text: _WHEN.get(text, ""), object)
    outside = rows.coded("off").each(lambda text: text in {"outside", "unknown"}, np.bool_)
    low, best, high = (rows.numbers(f"killed_{name}") for name in ("low", "best", "high"))
    top = np.where(high >= 0, high, np.maximum(best, low))
    middle = np.where(best >= 0, best, np.where(low >= 0, low, top))
    bottom = np.where(low >= 0, low, middle)
    placed, dated = (where != "") & ~outside, (when != "") & (rows.days[0] != NO_DAY)
    kept = (top >= 1) & placed & dated
    table, size = rows.table, len(rows)
    losses: list[Loss] = [
        (top < 1, "high", table["killed_best"],
         "not exported: GED holds only events with a stated fatality"),
        ((top >= 1) & ~placed, "where_prec", table["precision"],
         "not exported: no location in a country"),
        ((top >= 1) & placed & ~dated, "date_start", table["date_precision"],
         "not exported: GED has no date coarser than a year"),
        *(
            (kept & (given < 0), name, table[f"killed_{name}"],
             "not stated; GED needs a figure, so one of the others is written")
            for name, given in (("low", low), ("best", best), ("high", high))
        ),
        (kept & (where == "1") & rows.coded("precision").each(lambda one: one == "exact", np.bool_),
         "where_prec", table["precision"], "read back as a town: 1 is often no more"),
        (kept & rows.coded("event").filled, "event_type", table["event"], "no column for it"),
    ]  # fmt: skip
    kind = _kinds(rows)
    one, two = (
        pc.coalesce(
            rows.said("acled", f"actor{n}", f"assoc_actor_{n}"),
            made,
        )
        for n, made in enumerate(
            (rows.by_who(lambda who: _sides(who)[0]), rows.by_who(lambda who: _sides(who)[1])),
            start=1,
        )
    )
    dyad = pc.if_else(pc.equal(two, ""), one, pc.binary_join_element_wise(one, two, " - "))
    losses.append((kept & (np.asarray(kind) == ""), "type_of_violence", table["origin"],
                   "not known: the role of a side is not recorded"))  # fmt: skip
    losses += unspoken(rows, kept, _UNSPOKEN)
    first, last = (dates(days) for days in rows.days)
    country_id = rows.country.numbers.ucdp
    lat, lon = rows.degrees(0), rows.degrees(1)
    point = pc.binary_join_element_wise("POINT (", lon, " ", lat, ")", "")
    point = pc.if_else(pc.equal(lat, ""), "", point)
    columns: dict[str, Any] = {
        "id": table["id"], "year": pc.utf8_slice_codeunits(first, 0, 4),
        "type_of_violence": kind, "dyad_name": dyad, "side_a": one, "side_b": two,
        "number_of_sources": pa.repeat("-1", size), "source_office": table["source"],
        "source_headline": table["notes"], "source_original": table["source"],
        "where_prec": pa.array(where, pa.string()), "where_coordinates": table["place_name"],
        "where_description": table["place_text"], "adm_1": rows.area("province"),
        "adm_2": rows.area("district"), "latitude": lat, "longitude": lon, "geom_wkt": point,
        "country": pa.repeat(rows.country.name, size), "country_id": pa.repeat(country_id, size),
        "date_prec": pa.array(when, pa.string()), "date_start": first, "date_end": last,
        "deaths_a": pa.repeat("0", size), "deaths_b": pa.repeat("0", size),
        "deaths_civilians": pa.repeat("0", size), "deaths_unknown": pa.array(middle),
        "best": pa.array(middle), "high": pa.array(top), "low": pa.array(bottom),
    }  # fmt: skip
    return ConvertedTable(columns, kept, losses, _NEVER)


def _sides(who: PartyNames) -> tuple[str, str]:
    struck = (*who.against, "Civilians") if who.civilians else who.against
    if struck:
        return "; ".join(who.acting), "; ".join(struck)
    return next(iter(who.acting), ""), "; ".join(who.acting[1:])


def _kinds(rows: ExportRows) -> Any:
    """Derive types of violence; for rows of ACLED from the kinds of actors that they state."""
    one, two = (CodedColumn.of(pc.fill_null(rows.said("acled", f"inter{n}"), "")) for n in (1, 2))
    roles = [side.each(role_of, object) for side in (one, two)]
    state = (roles[0] == "state_forces") | (roles[1] == "state_forces")
    armed = [(side != "") & ~np.isin(side, sorted(PEOPLE)) for side in roles]
    stated = np.where(state, "1", np.where(armed[0] & armed[1], "2", ""))
    made = np.asarray(rows.by_who(_kind), dtype=object)
    return pa.array(np.where((made != "3") & (stated != ""), stated, made), pa.string())


def _kind(who: PartyNames) -> str:
    """Return one-sided, state-based or non-state violence; empty where roles are unknown."""
    if who.civilians and not who.against:
        return "3"
    if "state_forces" in who.roles:
        return "1"
    return "2" if all(who.roles) else ""
