"""Propose what the columns of a table mean, by their headings and cells.

The import accepts every proposal as it is. What looks like something else (a unit, a code, an
easting in metres) is not proposed as a date, a country or a latitude.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.dossier.records import EventType
from geo.events.cells.coordinates import degrees_from, position_from
from geo.events.cells.date_evidence import DateEvidence
from geo.events.cells.date_ranges import read_interval
from geo.events.cells.dates import DateReading, month_number, whole_number
from geo.events.cells.figures import people_count_from
from geo.events.cells.swapped_axes import GeoBox, count_in_box, look_swapped
from geo.events.cells.values import degrees_of
from geo.events.columns.text_cells import is_empty
from geo.events.mapping.headings import (
    MEANINGS,
    SEVERAL,
    is_day_of_month,
    is_year,
    meaning_of,
    rank_of,
)
from geo.events.mapping.mapping import ColumnMapping
from geo.events.placing.precisions import is_precision
from geo.places.boundaries import MOST_EAST, MOST_NORTH

ENOUGH: Final = 0.8
"""Share of the filled cells that must fit the meaning that is proposed for a column."""
SAMPLE: Final = 200
"""Rows at the top of a table that a proposal reads: enough to show how its dates are written."""
_LETTER: Final = re.compile(r"[^\W\d_]{2}")
_NUMBERS: Final = re.compile(r"[\s\d.,;]*")
_EVENTS: Final = frozenset(name.casefold() for name in get_args(EventType))


def propose(
    columns: Sequence[str],
    sample: Mapping[str, Sequence[str]],
    box: GeoBox | None = None,
    *,
    not_ids: Collection[str] = (),
) -> ColumnMapping:
    """Propose what columns mean, by their headings and first rows.

    Parameters
    ----------
    columns
        Names, in order.
    sample
        Some cells of each column.
    box
        Bounding box of the country: coordinates that are in it only when exchanged are reported as
        swapped. They are still proposed by their headings, for a person to decide.
    not_ids
        Columns that do not identify rows, whatever their headings; see :func:`not_ids`.

    Examples
    --------
    >>> found = propose(["Y", "X", "Event Date", "n"], {"Y": ["34.5"], "X": ["69.2"],
    ...                 "Event Date": ["2022-05"], "n": ["3"]})
    >>> str(found)
    'date=Event Date,lat=Y,lon=X'
    >>> str(propose(["lat", "lon"], {"lat": ["3456789"], "lon": ["Kabul"]}))
    ''
    >>> str(propose(["event_date", "Year", "Actor1", "Actor2"], {"event_date": ["9/28/19"],
    ...             "Year": ["2019"]}))
    'date=event_date,groups=Actor1,groups=Actor2'
    """
    found: dict[str, list[str]] = {}
    reasons: dict[str, str] = {}
    for name in sorted(columns, key=lambda name: (rank_of(name), columns.index(name))):
        target = meaning_of(name)
        if target in {None, "month", "day_of_month"} or (target in found and target not in SEVERAL):
            continue
        if target == "id" and name in not_ids:
            continue
        if _fits(target, sample.get(name, ())):
            found.setdefault(target, []).append(name)
            reasons[target] = "heading and cells" if target in CHECKS else "heading"
    _whole_points(found, reasons)
    if "date" not in found:
        _other_date(found, reasons, columns, sample)
    if box is not None and swapped(found, sample, box):
        reasons["lat"] = reasons["lon"] = "heading, but latitude and longitude look swapped"
    ordered = [target for target in MEANINGS if target in found]
    in_order = {one: sorted(found[one], key=list(columns).index) for one in ordered}
    return ColumnMapping(
        {target: names[0] for target, names in in_order.items()},
        {},
        {one: reasons[one] for one in ordered},
        more={one: tuple(names[1:]) for one, names in in_order.items() if names[1:]},
    )


def sample_of(table: pa.Table) -> dict[str, list[str]]:
    """Return the texts of each column in the first :data:`SAMPLE` rows of a table.

    Returns
    -------
    Heading of each column to its texts, in the order of the rows.

    Examples
    --------
    >>> sample_of(pa.table({"place": ["Kabul", ""]}))
    {'place': ['Kabul', '']}
    """
    top = table.slice(0, SAMPLE)
    return {name: top[name].cast(pa.string()).to_pylist() for name in table.column_names}


def proposal_of(table: pa.Table, box: GeoBox) -> ColumnMapping:
    """Propose what the columns of a table of strings mean.

    Parameters
    ----------
    box
        Bounding box of the country; see :func:`propose`.

    Examples
    --------
    >>> str(proposal_of(pa.table({"id": ["1", "1"], "when": ["2022-05", ""]}), (60, 29, 75, 39)))
    'date=when'
    """
    return propose(table.column_names, sample_of(table), box, not_ids=not_ids(table))


def not_ids(table: pa.Table) -> frozenset[str]:
    """Return columns headed as ids in which a cell is empty or a text occurs twice.

    Examples
    --------
    >>> sorted(not_ids(pa.table({"id": ["1", "1"], "ref": ["a", "b"], "uid": ["a", " "]})))
    ['id', 'uid']
    """
    headed = [name for name in table.column_names if meaning_of(name) == "id"]
    texts = {name: pc.utf8_trim_whitespace(table[name].cast(pa.string())) for name in headed}
    return frozenset(
        name
        for name, column in texts.items()
        if pc.count_distinct(column).as_py() < table.num_rows
        or pc.any(pc.equal(column, "")).as_py()
    )


def _whole_points(proposal: dict[str, list[str]], reasons: dict[str, str]) -> None:
    """Drop half of a point, and a single column for both axes where there are two."""
    if ("lat" in proposal) != ("lon" in proposal):
        for target in ("lat", "lon"):
            proposal.pop(target, None)
            reasons.pop(target, None)
    if "lat" in proposal:
        proposal.pop("coordinates", None)
        reasons.pop("coordinates", None)


def _other_date(
    proposal: dict[str, list[str]],
    reasons: dict[str, str],
    columns: Iterable[str],
    sample: Mapping[str, Sequence[str]],
) -> None:
    """Propose a column of days under another heading, or else one of years."""
    taken = {name for names in proposal.values() for name in names}
    free = [name for name in columns if name not in taken]
    for name in free:
        if not is_year(name) and _filled(sample.get(name, ())) and _all_days(sample[name]):
            proposal["date"], reasons["date"] = [name], "cells"
            return
    for name in free:
        if is_year(name) and _filled(sample.get(name, ())) and _fits("date", sample[name]):
            proposal["date"], reasons["date"] = [name], "a year; no column has the day"
            _parts_of_date(proposal, reasons, free, sample)
            return


def _parts_of_date(
    proposal: dict[str, list[str]],
    reasons: dict[str, str],
    free: Sequence[str],
    sample: Mapping[str, Sequence[str]],
) -> None:
    """Propose the columns of the month and the day next to one of the year."""
    months = [name for name in free if meaning_of(name) == "month"]
    days = [name for name in free if is_day_of_month(name)]
    for target, names in (("month", months), ("day_of_month", days)):
        fits = [name for name in names if _fits(target, sample.get(name, ()))]
        if not fits:
            break
        proposal[target], reasons[target] = [fits[0]], "heading and cells"
        reasons["date"] = "a year; other columns have the rest"


def _all_days(texts: Sequence[str]) -> bool:
    """Tell whether a column without a telling heading holds days, and not just numbers."""
    cells = _filled(texts)
    dates = [text for text in cells if not text.strip().isdecimal() and is_date(text)]
    return len(dates) >= ENOUGH * len(cells)


def _filled(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if not is_empty(text)]


def _fits(target: str, texts: Sequence[str]) -> bool:
    cells = _filled(texts)
    check = CHECKS.get(target)
    return check is None or not cells or sum(map(check, cells)) >= ENOUGH * len(cells)


def swapped(
    proposal: Mapping[str, Sequence[str]], sample: Mapping[str, Sequence[str]], box: GeoBox
) -> bool:
    """Tell whether points are in the country only with latitude and longitude exchanged.

    Examples
    --------
    >>> swapped({"lat": ["a"], "lon": ["b"]}, {"a": ["69.2"], "b": ["34.5"]}, (60, 29, 75, 39))
    True
    """
    if "lat" not in proposal or "lon" not in proposal:
        return False
    lats, lons = (sample.get(proposal[one][0], ()) for one in ("lat", "lon"))
    pairs = [(degrees_from(lat), degrees_from(lon)) for lat, lon in zip(lats, lons, strict=False)]
    lat, lon = np.array(pairs, np.float64).reshape(-1, 2).T
    return look_swapped(count_in_box(lat, lon, box))


def is_date(text: str) -> bool:
    """Tell whether a text is a day in any order of its numbers, a range of days, or an EDTF date.

    Examples
    --------
    >>> is_date("9/28/19"), is_date("05/06/2022"), is_date("2022-05"), is_date("unit 7")
    (True, True, True, False)
    """
    if DateEvidence.of([text]).open:
        return True
    return read_interval(text, DateReading(calendar="solar-hijri")) is not None


CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "lat": lambda text: abs(degrees_from(text, "lat")) <= MOST_NORTH,
    "lon": lambda text: abs(degrees_from(text, "lon")) <= MOST_EAST,
    "coordinates": lambda text: position_from(text) is not None,
    "date": is_date,
    "month": lambda text: month_number(text) is not None,
    "day_of_month": lambda text: whole_number(text, 31) is not None,
    "date_end": is_date,
    "country": lambda text: bool(_LETTER.search(text)),
    "groups": lambda text: not _NUMBERS.fullmatch(text),
    "against": lambda text: not _NUMBERS.fullmatch(text),
    "precision": is_precision,
    "radius_m": lambda text: degrees_of(text) >= 0,
    "event": lambda text: text.strip().casefold() in _EVENTS,
    **dict.fromkeys(
        ("killed", "killed_low", "killed_high"), lambda text: people_count_from(text) is not None
    ),
}
"""What most cells of a column must be for it to have a meaning."""
