"""Read rows of any table as events, by a mapping of its columns that a person confirmed.

Where a row has a point and nothing states its precision, the point is taken as known to 25 km,
because it may be the centre of something. A row without a point is placed by its names, as finely
as they allow; a name that matches several places is left undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import isnan
from typing import Any, Final, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo import limits
from geo.dossier.records import EventType
from geo.errors import IntakeError
from geo.events.cells.date_evidence import DateEvidence
from geo.events.cells.dates import joined_date
from geo.events.cells.swapped_axes import count_in_box, in_box
from geo.events.cells.values import (
    EXPECTED_DAY,
    NO_DAY,
    degrees,
)
from geo.events.columns.columns import CodedColumn, Combinations, Mask, coded
from geo.events.columns.text_cells import blanked
from geo.events.judging.dates import evidence_of, spans_of
from geo.events.judging.draft import DATE_PRECISIONS, Draft, StatedColumns, interval_within
from geo.events.judging.fatalities import fatality_columns, fatality_range
from geo.events.judging.middles import as_areas
from geo.events.judging.named_places import place_by_names
from geo.events.judging.positions import in_one_cell, no_finer, points_of
from geo.events.judging.whole_file import ADVISED, SWAPPED, TableClues, TableContext
from geo.events.mapping.mapping import ColumnMapping
from geo.events.parties.parties import SideColumns, StatedParties
from geo.events.placing.place_names import ColumnGazetteer
from geo.events.placing.precisions import (
    NOT_READ,
    UNCLEAR,
    Scheme,
    is_unclear,
    precision_of,
)
from geo.events.placing.rows import (
    NEAR,
    NEAR_M,
    PROVINCE_,
    SETTLEMENT,
    StatedLocations,
    bits,
)
from geo.events.readers.csv_rows import RawTable
from geo.events.readers.geo_tables import SHAPE
from geo.places.country import Country

ODD_PRECISION: Final = (
    "is not a known location precision; the row is placed by the units it names. Give it a meaning "
    "with precision:TEXT=WORD, such as precision:good=settlement"
)
_UNCLEAR_CODE: Final = 3
"""A province for ACLED and a district for UCDP, so that it is unclear without a heading."""
EVENTS: Final = frozenset(get_args(EventType))
Floats = NDArray[np.float64]


def clues_of(raw: RawTable, mapping: ColumnMapping, country: Country) -> TableClues:
    """Collect what the rows of a table, or of a part of one, show about the whole.

    It gives for the parts of a file what :func:`judged` finds by itself in a whole one.
    """
    draft = Draft(raw, mapping.columns, only=True)
    draft.fix(mapping.fixed)
    return _clues(draft, country, evidence_of(raw, "table", mapping))


def _clues(draft: Draft, country: Country, dates: DateEvidence) -> TableClues:
    columns = _named(draft)
    both = Combinations.of(*(column.codes for column in columns))
    named = None
    if both.first.size <= ADVISED:
        named = frozenset(
            tuple(column.texts[column.codes[row]] for column in columns)
            for row in both.first.tolist()
        )
    stated = frozenset(draft["precision"].texts[: limits.MAX_PRECISIONS])
    return TableClues(
        named, stated, _at_points(draft, columns[1], country), dates,
        count_in_box(*_points(draft), country.provinces.whole.bounds),
    )  # fmt: skip


def _points(draft: Draft) -> tuple[Floats, Floats]:
    """Return latitudes and longitudes in degrees; NaN for whatever is not a number of degrees."""
    return degrees(draft["lat"], "lat")[0], degrees(draft["lon"], "lon")[0]


def _at_points(
    draft: Draft, province: CodedColumn, country: Country
) -> dict[tuple[float, float, int], int] | None:
    """Count the rows that name each province at each point; ``None`` if the points are too many."""
    lat, lon, _ = in_one_cell(draft, *_points(draft))
    provinces = ColumnGazetteer(country).provinces(province)
    both = Combinations.of(bits(lat), bits(lon), provinces)
    if both.first.size > limits.MAX_POINTS_COMPARED:
        return None
    rows = np.bincount(both.number, minlength=both.first.size)
    found = zip(*(column[both.first].tolist() for column in (lat, lon, provinces)), rows.tolist(),
                strict=True)  # fmt: skip
    return {
        (lat, lon, at): rows for lat, lon, at, rows in found if at >= 0 and not isnan(lat + lon)
    }


def _named(draft: Draft) -> tuple[CodedColumn, CodedColumn, CodedColumn]:
    """Return the places, provinces and districts of rows; cells that mean "unknown" are empty."""
    place, province, district = (blanked(draft[name]) for name in ("place", "province", "district"))
    return place, province, district


def judged(
    raw: RawTable, mapping: ColumnMapping, country: Country, today: date | None,
    *, whole: TableContext | None = None,
) -> tuple[Draft, StatedColumns, Iterator[tuple[str, Any]]]:  # fmt: skip
    """Read the rows, reject those that cannot be used, and return the columns that are copied.

    Parameters
    ----------
    whole
        What all parts of the table show together; ``None`` if these are all its rows.

    Returns
    -------
    The draft with its rejected rows, what the rows state, and name and values of each copied
    column.
    """
    if not {"date"} <= {*mapping.columns, *mapping.fixed}:
        raise IntakeError("no column is mapped as the date; add date=COLUMN")
    named = {name for target in mapping.columns for name in mapping.all_of(target)}
    lacks = sorted(named - set(raw.table.column_names))
    if lacks:
        raise IntakeError(f"{raw.file}: there is no column {lacks[0]!r}, which the mapping names")
    whole = whole or clues_of(raw, mapping, country).whole(
        mapping.columns.get("precision", "precision"), mapping.dates
    )
    draft = Draft(raw, mapping.columns, today, only=True, dates=whole.dates, zone=country.time_zone)
    draft.fix(mapping.fixed)
    if "id" in draft:
        draft.unique("id")
    earliest, latest, fineness = _when(draft)
    locations = _where(draft, country, whole, mapping.precisions)
    nobody: Mask = np.zeros(draft.rows, dtype=bool)
    sides = tuple(_side(draft, mapping, target, nobody) for target in ("groups", "against"))
    parties = StatedParties(sides, (nobody, ~nobody), earliest, latest)
    figures = fatality_range(draft, ("killed_low", "killed", "killed_high"))
    return (
        draft,
        StatedColumns(
            earliest, latest, fineness, locations, parties, fatality_columns(*figures, "reported")
        ),
        _columns(draft),
    )


def _side(draft: Draft, mapping: ColumnMapping, target: str, nobody: Mask) -> SideColumns:
    """Return the columns that name one side: the mapped column, or a text for all rows."""
    further = mapping.more.get(target, ())
    names = [draft[target], *(CodedColumn.of(draft.raw.table[name]) for name in further)]
    return SideColumns(tuple(names), nobody, (draft.called(target), *further))


def _columns(draft: Draft) -> Iterator[tuple[str, Any]]:
    event = draft["event"]
    known = event.each(lambda text: text.strip() in EVENTS, np.bool_)
    draft.doubt(event.filled & ~known, "event", "not one of ACLED's six event types; left empty")
    numbers = np.where(known, event.codes, -1)
    yield "id", draft.text("id") if "id" in draft else draft.row_ids()
    yield "event", coded(numbers, event.texts)
    yield "subevent", draft["subevent"].column()
    yield "source", draft["source"].column()
    yield "notes", draft.text("notes")


def _join_date(draft: Draft) -> None:
    """Join year, month and day where they are in separate columns."""
    if "month" not in draft:
        return
    columns = [blanked(draft[name]) for name in ("date", "month", "day_of_month")]
    both = Combinations.of(*(column.codes for column in columns))
    texts = [
        joined_date(*(column.texts[column.codes[row]] for column in columns))
        for row in both.first.tolist()
    ]
    draft.put("date", CodedColumn(pa.array(texts, pa.string()), both.number))


def _when(draft: Draft) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    _join_date(draft)
    earliest, last = spans_of(draft, "date", f"{EXPECTED_DAY}, or an EDTF date such as 2022-05")
    empty = (earliest == NO_DAY) & ~draft.rejected.found
    draft.reject(empty, "date", f"{EXPECTED_DAY}, or an EDTF date such as 2022-05")
    _, until = spans_of(draft, "date_end", EXPECTED_DAY)
    latest = np.where(until == NO_DAY, last, until).astype(np.int32)
    both = earliest != NO_DAY
    draft.reject(both & (latest < earliest), "date_end", "is before the date")
    draft.not_after_today(earliest, "date")
    sound = both & (latest >= earliest)
    stated = np.full(draft.rows, DATE_PRECISIONS.index("day"), np.int8)
    fineness = np.where(sound, interval_within(earliest, latest, stated), 0).astype(np.int8)
    return earliest, latest, fineness


def _where(
    draft: Draft, country: Country, whole: TableContext, precisions: Mapping[str, str]
) -> StatedLocations:
    lat, lon, radius, notation = points_of(draft)
    place, province, district = _named(draft)
    precision = _precision(draft, radius, precisions, whole.scheme)
    radius = np.fmax(radius, notation)
    country_names = draft.get("country")
    locations = StatedLocations(
        None if country_names is None else blanked(country_names), province, district, place,
        lat, lon, precision,
        np.where(radius > 0, np.minimum(radius, NEAR_M), np.nan),
        tuple(draft.called(name) for name in ("country", "province", "district", "lat")),
    )  # fmt: skip
    bare = np.isnan(lat) & np.isnan(lon)
    _say_shapes(draft, bare)
    if whole.swapped:
        _say_swapped(draft, lat, lon, country)
    stated = blanked(draft["precision"]).filled
    if bare.any():
        locations = place_by_names(draft, locations, bare, country, stated, advised=whole.advised)
    settled = bare | (stated & (locations.precision <= SETTLEMENT))
    if bare.all():
        return locations
    unnamed = ~bare & ~stated & ~(radius > 0) & _names_no_place(draft, place, district)
    locations = as_areas(draft, locations, country, whole.crowded, settled, unnamed)
    return replace(locations, precision=no_finer(draft, locations.precision, notation))


def _names_no_place(draft: Draft, place: CodedColumn, district: CodedColumn) -> Mask:
    """Mark rows that leave the cell for a place finer than a province empty, if there is one."""
    if "place" in draft:
        return ~place.filled
    return ~district.filled & ("district" in draft)


def _say_swapped(draft: Draft, lat: Floats, lon: Floats, country: Country) -> None:
    box = country.provinces.whole.bounds
    other = in_box(lon, lat, box) & ~in_box(lat, lon, box)
    draft.doubt(
        other, "lat",
        f"{SWAPPED}: the point is in {country.name} only when they are exchanged; to exchange "
        f"them, map lat={draft.called('lon')},lon={draft.called('lat')}",
    )  # fmt: skip


def _say_shapes(draft: Draft, bare: Mask) -> None:
    if SHAPE in draft.raw.table.column_names:
        shape = CodedColumn.of(draft.raw.table[SHAPE])
        reason = "an outline is not a point; the row is placed by its names"
        draft.doubts.add(bare & shape.filled, SHAPE, shape, reason)


def _precision(
    draft: Draft, radius: NDArray[np.float64], values: Mapping[str, str], scheme: Scheme
) -> NDArray[np.int8]:
    """Return the precision that rows state; without one, a point is taken as known to 25 km."""
    column = blanked(draft["precision"])
    found = column.each(lambda text: precision_of(text, scheme, values), np.int8)
    odd = column.filled & (found == NOT_READ)
    draft.doubt(odd, "precision", ODD_PRECISION)
    if scheme == "unclear" and str(_UNCLEAR_CODE) not in values:
        draft.doubt(column.each(is_unclear, np.bool_), "precision", UNCLEAR)
    by_radius = np.where(radius > NEAR_M, PROVINCE_, NEAR)
    precision = np.where(found == NOT_READ, np.where(odd, PROVINCE_, by_radius), found)
    return precision.astype(np.int8)
