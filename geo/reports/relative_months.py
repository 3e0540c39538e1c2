"""Months, seasons and other parts of a year that depend on the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from geo.dossier.periods import period
from geo.reports.date_counts import (
    WEEK,
    YEAR_MONTHS,
    RelativeReading,
    count_of,
    days_and_months,
    last_weekday,
    month_of,
    moved_day,
    table,
    which_of,
)
from geo.reports.date_spans import DateSpan
from geo.written.date_readings import season_code
from geo.written.date_words import GREGORIAN, SEASONS
from geo.written.dates import read_date

_SOON_MONTHS: Final = 4
"""Months after the report within which a month that is only named may be one to come."""
_PART_CODES: Final = {4: 32, 2: 39}
"""EDTF numbers quarters from 33 and halves of a year from 40; the numbers before, by how many."""


def _of_year(span: DateSpan, day: date) -> RelativeReading | None:
    """Words with "last year" or "this month" in place of the year or month."""
    said, which, unit = span.words
    is_year = days_and_months(unit)[1] == YEAR_MONTHS
    named = f"{day.year + which_of(which)}" if is_year else month_of(day, which_of(which))
    read = read_date(f"{said} {named}")
    return RelativeReading(read.edtf) if read.edtf else None


def _part_of_year(span: DateSpan, day: date) -> RelativeReading | None:
    """The first months of a year, or a quarter or half of it; without a year, of the last one."""
    which, number, unit, said = span.words
    nth, parts = table("nth")[which], table("year_parts")[unit]
    year = int(said) if said.isdecimal() else day.year + which_of(said)
    if parts in _PART_CODES:
        code = _PART_CODES[parts] + (nth if nth > 0 else parts)
        begins = period(f"{year:04}-{code}").earliest if nth <= parts else None
        year -= not said and begins is not None and begins > day
        return RelativeReading(f"{year:04}-{code}") if begins else None
    count = count_of(number) or 0
    if not 0 < count < YEAR_MONTHS or nth not in {1, -1}:
        return None
    first = 1 if nth == 1 else YEAR_MONTHS + 1 - count
    return RelativeReading(f"{year:04}-{first:02}/{year:04}-{first + count - 1:02}")


def _nth_weekday(span: DateSpan, day: date) -> RelativeReading | None:
    """The first or last day of a name in a month: "the first Friday of May"."""
    which, name, said = span.words
    month = said if re.search(r"\d{4}", said) else _month_named(said, day)
    found = period(read_date(month).edtf) if month and read_date(month).edtf else None
    if found is None or found.earliest is None or found.latest is None:
        return None
    nth = table("nth")[which]
    if nth < 0:
        return RelativeReading(last_weekday(name, found.latest).isoformat())
    first = last_weekday(name, found.earliest + timedelta(WEEK - 1))
    return RelativeReading(moved_day(first, WEEK * (nth - 1)))


def _month_named(name: str, day: date) -> str:
    """A month without its year, as the last one that has begun by a day."""
    number = GREGORIAN.get(name.rstrip("."))
    return f"{day.year - (number > day.month):04}-{number:02}" if number else ""


def _season(span: DateSpan, day: date) -> RelativeReading:
    which, name = span.words
    number, step = SEASONS[name], table("which").get(which)
    year = day.year if day.month >= number * 3 else day.year - 1
    is_current = (day.month % YEAR_MONTHS) // 3 == (number % 4)
    if step == 0 and not is_current and day.month < number * 3:
        year = day.year
    if step == -1 and is_current:
        year -= 1
    return RelativeReading(season_code(year, number))


def _month(span: DateSpan, day: date) -> RelativeReading | None:
    """A month of last year or this year; without a word for it, the last one that has begun."""
    name, which, of_year = (*span.words, "", "")[:3]
    number = GREGORIAN.get(name.rstrip("."))
    is_same = which_of(which) == -1 and number == day.month
    if number and (of_year or is_same):
        return RelativeReading(f"{day.year + which_of(of_year or which):04}-{number:02}")
    found = _month_named(name, day)
    return RelativeReading(found) if found else None


def _bare_month(span: DateSpan, day: date) -> RelativeReading | None:
    """A month that is only named, as in "the August vote": soon after the report it may come."""
    found = _month_named(span.words[0], day)
    month = GREGORIAN.get(span.words[0].rstrip("."), 0)
    if 0 < (month - day.month) % YEAR_MONTHS <= _SOON_MONTHS:
        coming = f"{day.year + (month < day.month):04}-{month:02}"
        return RelativeReading("", (found, coming), "The year is missing.")
    return RelativeReading(found) if found else None


def _months(span: DateSpan, day: date) -> RelativeReading | None:
    """Two months without a year: the last of them up to the day of publication."""
    first, last = (GREGORIAN.get(word.rstrip(".")) for word in span.words)
    if first is None or last is None:
        return None
    ends = day.year if last <= day.month else day.year - 1
    begins = ends if first <= last else ends - 1
    return RelativeReading(f"{begins:04}-{first:02}/{ends:04}-{last:02}")


MONTH_READERS: Final[dict[str, Callable[[DateSpan, date], RelativeReading | None]]] = {
    "of_year": _of_year, "part_of_year": _part_of_year, "nth_weekday": _nth_weekday,
    "season": _season, "month": _month, "bare_month": _bare_month, "months": _months,
}  # fmt: skip
"""What reads each kind of words."""
