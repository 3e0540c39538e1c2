"""Read rows of the Global Terrorism Database (GTD) as events.

Codes have the meaning given in the *GTD Codebook: Methodology, Inclusion Criteria, and Variables*
(University of Maryland, August 2021). ``specificity`` 1 is a city, village or town with a known
position; 2 is a named one without, whose point is the centre of the smallest unit around it; 3 is
that unit alone, whose name is given as the city; 4 is a province; 5 is unknown. A month or day of 0
is unknown. GTD states who attacks; of its targets, only private citizens count as a party here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.events.cells.date_ranges import read_interval
from geo.events.cells.dates import DateReading, joined_date, read_span
from geo.events.cells.values import NO_DAY, count_from, people_counts, to_day
from geo.events.columns.columns import CodedColumn, Combinations
from geo.events.columns.text_cells import blanked, is_empty
from geo.events.judging.draft import Draft, StatedColumns, interval_within
from geo.events.judging.fatalities import fatality_columns, not_stated
from geo.events.parties.parties import SideColumns, StatedParties
from geo.events.placing.precisions import NOT_READ, precision_of
from geo.events.placing.rows import NEAR, PROVINCE_, SETTLEMENT, StatedLocations

_READING: Final = DateReading("month-first")
Days = NDArray[np.int32]
_UNIT: Final = "3"
"""The ``specificity`` of rows whose ``city`` names the smallest known unit."""
_AROUND: Final = timedelta(days=3)
"""Time before and after an approximate day: a week in all, as for ACLED's code 2."""
_CITIZENS: Final = "private citizens & property"


def judge_gtd(draft: Draft) -> StatedColumns:
    """Read the rows, and reject those that cannot be used."""
    draft.unique("eventid")
    earliest, latest, fineness = _when(draft)
    lat, lon, _ = draft.position()
    locations = StatedLocations(
        draft.get("country_txt"), blanked(draft["provstate"]), _district(draft),
        blanked(draft["city"]), lat, lon, _precision(draft), np.full(lat.size, np.nan),
        tuple(draft.called(name) for name in ("country_txt", "provstate", "city", "latitude")),
    )  # fmt: skip
    return StatedColumns(
        earliest, latest, fineness, locations, _parties(draft, earliest, latest), _deaths(draft)
    )


def gtd_columns(draft: Draft) -> Iterator[tuple[str, Any]]:
    """Yield the columns of an event table that are copied from the file.

    They do not include ACLED's event types: GTD's types of attack are a different list.
    """
    empty = CodedColumn.same("", draft.rows).column()
    yield "id", draft.text("eventid")
    yield "event", empty
    yield "subevent", empty
    yield "source", draft["scite1"].column()
    yield "notes", draft.text("summary")


def _precision(draft: Draft) -> NDArray[np.int8]:
    column = draft["specificity"]
    precision = column.each(lambda text: precision_of(text, "gtd", {}), np.int8)
    unknown = precision == NOT_READ
    draft.doubt(unknown, "specificity", "expected 1 (town) to 5; only the province is used")
    # In ``vicinity``, 0 is the town itself, 1 is near it, and -9 is unknown.
    near = draft["vicinity"].each(lambda text: _whole(text) not in {"", "0"}, np.bool_)
    precision = np.where((precision == SETTLEMENT) & near, NEAR, precision)
    return np.where(unknown, PROVINCE_, precision).astype(np.int8)


def _district(draft: Draft) -> CodedColumn:
    """Return the city where it names a unit, and nothing in other rows."""
    city, unit = blanked(draft["city"]), draft["specificity"].each(_is_unit, np.bool_)
    words = pa.concat_arrays([city.words, pa.array([""], pa.string())])
    return CodedColumn(words, np.where(unit, city.codes, len(city.words)).astype(np.int32))


def _is_unit(text: str) -> bool:
    return _whole(text) == _UNIT


def _whole(text: str) -> str:
    return text.strip().removesuffix(".0")


def _when(draft: Draft) -> tuple[Days, Days, NDArray[np.int8]]:
    names = ("iyear", "imonth", "iday", "approxdate")
    both = Combinations.of(*(draft[name].codes for name in names))
    texts = [[draft[name].texts[draft[name].codes[at]] for name in names] for at in both.first]
    found = np.array([_span(*row) for row in texts], np.int32).reshape(-1, 2)[both.number]
    earliest, latest = found.T
    known = earliest != NO_DAY
    draft.reject(~known, "iyear", "expected a year, with imonth and iday or 0")
    draft.not_after_today(earliest, "iyear")
    approximate = draft["approxdate"].each(lambda text: not is_empty(text), np.bool_)
    reason = "the date is approximate; read as the interval that the file gives, or a wider one"
    draft.doubt(approximate & known, "approxdate", reason)
    fineness = interval_within(earliest, latest, np.zeros(draft.rows, np.int8))
    return earliest, latest, np.where(known, fineness, 0).astype(np.int8)


def _span(year: str, month: str, day: str, approximately: str) -> tuple[int, int]:
    """Return the first and last day of a row, in days since 1970.

    Examples
    --------
    >>> [str(date(1970, 1, 1) + timedelta(at)) for at in _span("2021", "5", "0", "")]
    ['2021-05-01', '2021-05-31']
    >>> [str(date(1970, 1, 1) + timedelta(at))
    ...  for at in _span("2021", "5", "24", "May 24-30, 2021")]
    ['2021-05-24', '2021-05-30']
    >>> _span("2021", "2", "30", "") == (NO_DAY, NO_DAY)
    True
    """
    # A negative number means unknown.
    parts = (str(max(count_from(text), 0)) for text in (month, day))
    span = read_span(joined_date(year, *parts), _READING)
    if span is None:
        return NO_DAY, NO_DAY
    first, last = span
    if first == last and not is_empty(approximately):
        first, last = _about(first, approximately)
    return to_day(first), to_day(last)


@lru_cache(maxsize=1 << 12)  # distinct texts of a column, a few MB
def _about(day: date, text: str) -> tuple[date, date]:
    """Return the interval that an approximate date gives in words, or else the month."""
    found = read_interval(text, _READING)
    if found is not None and found[0] != found[1]:
        return min(found[0], day), max(found[1], day)
    if found is not None:
        return day - _AROUND, day + _AROUND
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _parties(draft: Draft, earliest: NDArray[np.int32], latest: NDArray[np.int32]) -> StatedParties:
    names = ("gname", "gname2", "gname3")
    nobody = np.zeros(draft.rows, dtype=bool)
    struck = draft["targtype1_txt"].each(lambda text: text.strip().lower() == _CITIZENS, np.bool_)
    suspected = draft["guncertain1"].each(lambda text: _whole(text) == "1", np.bool_)
    draft.doubt(suspected, "gname", "the file marks the perpetrator as suspected, not confirmed")
    called = tuple(draft.called(name) for name in names)
    attackers = SideColumns(tuple(draft[name] for name in names), nobody, called)
    return StatedParties((attackers, SideColumns((), struck)), (nobody, struck), earliest, latest)


def _deaths(draft: Draft) -> dict[str, Any]:
    """Return one figure, which includes attackers; a negative number or none is not stated."""
    killed = people_counts(draft["nkill"])
    odd = draft["nkill"].each(lambda text: not is_empty(text) and count_from(text) < 0, np.bool_)
    draft.doubt(odd, "nkill", "expected a whole number, 0 or more; treated as not stated")
    none = not_stated(draft.rows)
    return fatality_columns(none, killed, none, "reported")
