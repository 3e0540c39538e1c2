"""Dates that depend on another day: "yesterday", "on Monday", "in the past ten days".

A day of the week is the last such day up to the day of publication, and that day itself if it is
such a day: agencies write "on Monday" on Monday. "Last night" is the day on which that night began.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from geo.dossier.periods import period
from geo.reports.date_spans import DateSpan
from geo.reports.language import text_tokens
from geo.reports.number_words import cardinal
from geo.reports.wordlists import word_lists
from geo.written.date_readings import season_code
from geo.written.date_words import GREGORIAN, SEASONS, WEEKDAYS
from geo.written.dates import read_date

WEEK: Final = 7
"""Days of a week."""
YEAR_MONTHS: Final = 12
"""Months of a year."""
_DAY_HOURS: Final = 24
"""Hours of a day."""
_SOON_MONTHS: Final = 4
"""Months after the report within which a month that is only named may be one to come."""
_FRIDAY, _SATURDAY = 4, 5  # as date.weekday() counts
_LAST_MONTH_DAY: Final = 28
"""A day that every month has."""
_FIRST_DAYS: Final = 10
"""Days of a month that are its beginning."""
_PART_CODES: Final = {4: 32, 2: 39}
"""EDTF numbers quarters from 33 and halves of a year from 40; the numbers before, by how many."""
EITHER_SIDE: Final = "This can be the day before or after the report."
"""The question of a day of the week that is before the report or after it."""


@dataclass(frozen=True, slots=True)
class RelativeReading:
    """What words mean, seen from a day.

    Parameters
    ----------
    edtf
        The date; empty, if there are several.
    candidates
        The dates to choose from.
    question
        What is open.
    """

    edtf: str = ""
    candidates: tuple[str, ...] = ()
    question: str = ""


def read_relative(
    span: DateSpan, day: date, *, is_coming: bool = False, is_sure: bool = False
) -> RelativeReading | None:
    """Read words that depend on the day of publication; ``None`` if they say nothing.

    Parameters
    ----------
    span
        The words.
    day
        The day of publication.
    is_coming
        Whether the text says that a day of the week may be still to come.
    is_sure
        Whether it says so with "will".

    Examples
    --------
    >>> from geo.reports.date_spans import date_spans
    >>> text = "Last night, on Monday, two weeks ago, since last year"
    >>> for span in date_spans(text):
    ...     print(read_relative(span, date(2022, 5, 24)).edtf)
    2022-05-23
    2022-05-23
    2022-05-10~
    2021/..
    """
    if is_coming and span.kind == "weekday" and not any(span.words[1:]):
        return _coming(span.words[0], span.opening, day, is_sure=is_sure)
    read = _READERS.get(span.kind)
    reading = read(span, day) if read else None
    if reading is None or not span.opening or not reading.edtf:
        return reading
    return RelativeReading(_opened(reading.edtf, span.opening))


def _opened(edtf: str, opening: str) -> str:
    """A date with an open end; after and before it, the day itself is left out."""
    first, last = edtf.partition("/")[0], edtf.rpartition("/")[2]
    known = period(edtf)
    if opening == "x/..":
        return f"{first}/.."
    if opening == ">x":
        return f"{_iso(known.latest, 1) if known.latest else last}/.."
    if opening == "<x":
        return f"../{_iso(known.earliest, -1) if known.earliest else first}"
    return f"../{last}"


def table(name: str) -> dict[str, Any]:
    """A table of the word lists of dates.

    Returns
    -------
    dict
        What its words mean.
    """
    found: dict[str, Any] = word_lists("dates")[name]
    return found


def days_and_months(word: str) -> tuple[int, int]:
    """The days and months of a unit of time: "week", "fortnight"; none of either for an hour.

    Returns
    -------
    tuple of int
        Days, and months.
    """
    days, months = table("units")[word]
    return days, months


def _which(words: str) -> int:
    """Which one is meant: -1 for "last", 1 for "next", 0 for "this" and anything else."""
    return int(table("which").get(words.partition(" ")[0], 0))


def _named(span: DateSpan, day: date) -> RelativeReading:
    """A day with a name: "yesterday", or one of every year."""
    name = " ".join(span.words[0].split())
    if span.kind == "day":
        return RelativeReading(_iso(day, table("days")[name]))
    named = table("yearly")[name]
    found = date.fromisoformat(f"{day.year:04}-{named}")
    return RelativeReading(f"{day.year - (found > day):04}-{named}")


def _night(span: DateSpan, day: date) -> RelativeReading:
    """A night that nothing else dates: the day on which it began, or the one on which it ended."""
    moved = table("nights")[span.words[0]]
    return RelativeReading(f"{_iso(day, moved)}/{_iso(day, moved + 1)}")


def _iso(day: date, moved: int = 0) -> str:
    return (day + timedelta(moved)).isoformat()


def last_weekday(name: str, day: date) -> date:
    """The last day of that name up to and including a day.

    Examples
    --------
    >>> str(last_weekday("monday", date(2022, 5, 24))), str(last_weekday("tue", date(2022, 5, 24)))
    ('2022-05-23', '2022-05-24')
    """
    return day - timedelta((day.isoweekday() - WEEKDAYS[name.rstrip(".")]) % WEEK)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _weekday(span: DateSpan, day: date) -> RelativeReading:
    name, which, week, before_last = (*span.words, "", "")[:4]
    found = last_weekday(name, day)
    if before_last:
        return RelativeReading(_iso(found, -WEEK))
    if week:
        monday = _monday(day) + timedelta(WEEK * _which(week))
        return RelativeReading(_iso(monday, WEEKDAYS[name.rstrip(".")] - 1))
    if span.opening == "../x":
        return _coming(name, span.opening, day)
    if which not in table("which"):
        return RelativeReading(found.isoformat())
    step = _which(which)
    if step == 0 and found != day:
        return RelativeReading("", (found.isoformat(), _iso(found, WEEK)), EITHER_SIDE)
    return RelativeReading(_iso(found, WEEK * (step if step > 0 or found == day else 0)))


def _coming(name: str, opening: str, day: date, *, is_sure: bool = False) -> RelativeReading:
    """A day "by Monday" can be before the report or after it."""
    found = last_weekday(name, day)
    if is_sure and not opening and found != day:
        return RelativeReading(_iso(found, WEEK))
    days = (found.isoformat(), _iso(found, WEEK))
    options = tuple(_opened(one, opening) if opening else one for one in days)
    return RelativeReading("", options, EITHER_SIDE)


def _night_into(span: DateSpan, day: date) -> RelativeReading:
    """The night that ends on a day of the week: "overnight into Monday"."""
    ends = last_weekday(span.words[0], day)
    return RelativeReading(f"{_iso(ends, -1)}/{ends}")


def _weekdays(span: DateSpan, day: date) -> RelativeReading:
    first, last = span.words
    ends = last_weekday(last, day)
    return RelativeReading(f"{last_weekday(first, ends)}/{ends}")


def _unit(span: DateSpan, day: date) -> RelativeReading:
    """The last, this or the next week, month or year; this week so far."""
    step, (days, months) = _which(span.words[0]), days_and_months(span.words[1])
    if days:
        monday = _monday(day) + timedelta(step * WEEK)
        last = monday + timedelta(WEEK - 1) if step else day
        return RelativeReading(f"{monday}/{last}" if monday != last else f"{day}")
    if months == YEAR_MONTHS:
        return RelativeReading(f"{day.year + step:04}")
    return RelativeReading(month_of(day, step))


def _unit_begins(span: DateSpan, day: date) -> RelativeReading:
    """The beginning of this week, month or year: its first day, days, or month."""
    days, months = days_and_months(span.words[1])
    if days:
        return RelativeReading(_monday(day).isoformat())
    if months == YEAR_MONTHS:
        return RelativeReading(f"{day.year:04}-01")
    first = month_of(day, 0)
    return RelativeReading(f"{first}-01/{first}-{_FIRST_DAYS}")


def _unit_before(span: DateSpan, day: date) -> RelativeReading:
    """The night, week, month or year before the last one."""
    days, months = days_and_months(span.words[0])
    if days == 1:
        return RelativeReading(_iso(day, -2))
    if days:
        monday = _monday(day) - timedelta(2 * WEEK)
        return RelativeReading(f"{monday}/{_iso(monday, WEEK - 1)}")
    is_year = months == YEAR_MONTHS
    return RelativeReading(f"{day.year - 2:04}" if is_year else month_of(day, -2))


def month_of(day: date, step: int) -> str:
    """The month of a day, or that so many months later.

    Examples
    --------
    >>> month_of(date(2022, 1, 31), -2)
    '2021-11'
    """
    number = day.year * YEAR_MONTHS + day.month - 1 + step
    return f"{number // YEAR_MONTHS:04}-{number % YEAR_MONTHS + 1:02}"


def count_of(word: str) -> int | None:
    """The number that a word or digits state; ``None`` if they state none.

    Examples
    --------
    >>> count_of("a"), count_of("forty-eight"), count_of("some")
    (1, 48, None)
    """
    if word in word_lists("dates")["one"]:
        return 1
    found = cardinal(text_tokens(word), 0) if word else None
    return found[0] if found else None


def _ago(span: DateSpan, day: date) -> RelativeReading | None:
    """Days, weeks, months or years, counted back; roughly, if they are weeks or longer."""
    number, (days, months) = count_of(span.words[0]), days_and_months(span.words[1])
    if not number:
        return None
    if not days and not months:
        return _past(span, day)
    if days:
        return RelativeReading(_iso(day, -number * days) + "~" * (days >= WEEK))
    if months == YEAR_MONTHS:
        return RelativeReading(f"{day.year - number:04}~") if number < day.year else None
    return RelativeReading(f"{month_of(day, -number)}~")


def _past(span: DateSpan, day: date) -> RelativeReading | None:
    """The time since so many days, weeks, months or years ago; of one, if none are counted."""
    first, unit = span.words[:2]
    number = 1 if first in table("which") else count_of(first)
    return RelativeReading(f"{_before(day, number, unit)}/{day}") if number else None


def _before(day: date, number: int, unit: str) -> date:
    """The day so many units before another; hours are whole days."""
    days, months = days_and_months(unit)
    if not days and not months:
        return day - timedelta(-(-number // _DAY_HOURS))
    if days:
        return day - timedelta(number * days)
    month = month_of(day, -number * months)
    return date.fromisoformat(f"{month}-{min(day.day, _LAST_MONTH_DAY):02}")


def _ago_exactly(span: DateSpan, day: date) -> RelativeReading | None:
    """The same day of the week or of the month: "a week ago today", "two weeks ago on Monday"."""
    number, (days, months), name = (
        count_of(span.words[0]),
        days_and_months(span.words[1]),
        span.words[3],
    )
    if not number or not (months or days >= WEEK):
        return None
    is_of_today = name in table("days")
    if days:
        ends = day if is_of_today else last_weekday(name, day)
        return RelativeReading(_iso(ends, -number * days))
    back = _before(day, number, span.words[1])
    is_same = is_of_today and back.day == day.day
    return RelativeReading(back.isoformat()) if is_same else _ago(span, day)


def _of_year(span: DateSpan, day: date) -> RelativeReading | None:
    """Words with "last year" or "this month" in place of the year or month."""
    said, which, unit = span.words
    is_year = days_and_months(unit)[1] == YEAR_MONTHS
    named = f"{day.year + _which(which)}" if is_year else month_of(day, _which(which))
    read = read_date(f"{said} {named}")
    return RelativeReading(read.edtf) if read.edtf else None


def _part_of_year(span: DateSpan, day: date) -> RelativeReading | None:
    """The first months of a year, or a quarter or half of it; without a year, of the last one."""
    which, number, unit, said = span.words
    nth, parts = table("nth")[which], table("year_parts")[unit]
    year = int(said) if said.isdecimal() else day.year + _which(said)
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
    return RelativeReading(_iso(first, WEEK * (nth - 1)))


def _month_named(name: str, day: date) -> str:
    """A month without its year, as the last one that has begun by a day."""
    number = GREGORIAN.get(name.rstrip("."))
    return f"{day.year - (number > day.month):04}-{number:02}" if number else ""


def _weekend(_: DateSpan, day: date) -> RelativeReading:
    """Friday and Saturday or Saturday and Sunday: the country of the writer is not known."""
    found = []
    for begins in (_SATURDAY, _FRIDAY):
        first = day - timedelta((day.weekday() - begins) % WEEK)
        found.append(f"{first}/{first + timedelta(1)}")
    return RelativeReading("", tuple(found), "The days of a weekend differ between countries.")


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
    is_same = _which(which) == -1 and number == day.month
    if number and (of_year or is_same):
        return RelativeReading(f"{day.year + _which(of_year or which):04}-{number:02}")
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


_READERS: Final[dict[str, Callable[[DateSpan, date], RelativeReading | None]]] = {
    "day": _named, "night": _night, "yearly": _named, "weekday": _weekday,
    "weekdays": _weekdays, "unit": _unit, "unit_begins": _unit_begins, "night_into": _night_into,
    "ago": _ago, "ago_exactly": _ago_exactly, "of_year": _of_year, "past": _past,
    "weekend": _weekend, "season": _season, "month": _month, "bare_month": _bare_month,
    "months": _months, "unit_before": _unit_before, "part_of_year": _part_of_year,
    "nth_weekday": _nth_weekday,
}  # fmt: skip
"""What reads each kind of words."""
