"""Dates that depend on another day: "yesterday", "on Monday", "in the past ten days".

A day of the week is the last such day up to the day of publication, and that day itself if it is
such a day: agencies write "on Monday" on Monday. "Last night" is the day on which that night began.
"""

from __future__ import annotations

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
from geo.reports.relative_months import MONTH_READERS
from geo.written.date_words import WEEKDAYS

_DAY_HOURS: Final = 24
"""Hours of a day."""
_FRIDAY, _SATURDAY = 4, 5  # as date.weekday() counts
_LAST_MONTH_DAY: Final = 28
"""A day that every month has."""
_FIRST_DAYS: Final = 10
"""Days of a month that are its beginning."""
EITHER_SIDE: Final = "This can be the day before or after the report."
"""The question of a day of the week that is before the report or after it."""


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
        return f"{moved_day(known.latest, 1) if known.latest else last}/.."
    if opening == "<x":
        return f"../{moved_day(known.earliest, -1) if known.earliest else first}"
    return f"../{last}"


def _named(span: DateSpan, day: date) -> RelativeReading:
    """A day with a name: "yesterday", or one of every year."""
    name = " ".join(span.words[0].split())
    if span.kind == "day":
        return RelativeReading(moved_day(day, table("days")[name]))
    named = table("yearly")[name]
    found = date.fromisoformat(f"{day.year:04}-{named}")
    return RelativeReading(f"{day.year - (found > day):04}-{named}")


def _night(span: DateSpan, day: date) -> RelativeReading:
    """A night that nothing else dates: the day on which it began, or the one on which it ended."""
    moved = table("nights")[span.words[0]]
    return RelativeReading(f"{moved_day(day, moved)}/{moved_day(day, moved + 1)}")


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _weekday(span: DateSpan, day: date) -> RelativeReading:
    name, which, week, before_last = (*span.words, "", "")[:4]
    found = last_weekday(name, day)
    if before_last:
        return RelativeReading(moved_day(found, -WEEK))
    if week:
        monday = _monday(day) + timedelta(WEEK * which_of(week))
        return RelativeReading(moved_day(monday, WEEKDAYS[name.rstrip(".")] - 1))
    if span.opening == "../x":
        return _coming(name, span.opening, day)
    if which not in table("which"):
        return RelativeReading(found.isoformat())
    step = which_of(which)
    if step == 0 and found != day:
        return RelativeReading("", (found.isoformat(), moved_day(found, WEEK)), EITHER_SIDE)
    return RelativeReading(moved_day(found, WEEK * (step if step > 0 or found == day else 0)))


def _coming(name: str, opening: str, day: date, *, is_sure: bool = False) -> RelativeReading:
    """A day "by Monday" can be before the report or after it."""
    found = last_weekday(name, day)
    if is_sure and not opening and found != day:
        return RelativeReading(moved_day(found, WEEK))
    days = (found.isoformat(), moved_day(found, WEEK))
    options = tuple(_opened(one, opening) if opening else one for one in days)
    return RelativeReading("", options, EITHER_SIDE)


def _night_into(span: DateSpan, day: date) -> RelativeReading:
    """The night that ends on a day of the week: "overnight into Monday"."""
    ends = last_weekday(span.words[0], day)
    return RelativeReading(f"{moved_day(ends, -1)}/{ends}")


def _weekdays(span: DateSpan, day: date) -> RelativeReading:
    first, last = span.words
    ends = last_weekday(last, day)
    return RelativeReading(f"{last_weekday(first, ends)}/{ends}")


def _unit(span: DateSpan, day: date) -> RelativeReading:
    """The last, this or the next week, month or year; this week so far."""
    step, (days, months) = which_of(span.words[0]), days_and_months(span.words[1])
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
        return RelativeReading(moved_day(day, -2))
    if days:
        monday = _monday(day) - timedelta(2 * WEEK)
        return RelativeReading(f"{monday}/{moved_day(monday, WEEK - 1)}")
    is_year = months == YEAR_MONTHS
    return RelativeReading(f"{day.year - 2:04}" if is_year else month_of(day, -2))


def _ago(span: DateSpan, day: date) -> RelativeReading | None:
    """Days, weeks, months or years, counted back; roughly, if they are weeks or longer."""
    number, (days, months) = count_of(span.words[0]), days_and_months(span.words[1])
    if not number:
        return None
    if not days and not months:
        return _past(span, day)
    if days:
        return RelativeReading(moved_day(day, -number * days) + "~" * (days >= WEEK))
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
    is_named = name in table("days")
    if days:
        ends = day if is_named else last_weekday(name, day)
        return RelativeReading(moved_day(ends, table("days").get(name, 0) - number * days))
    back = _before(day, number, span.words[1])
    is_same = is_named and not table("days")[name] and back.day == day.day
    return RelativeReading(back.isoformat()) if is_same else _ago(span, day)


def _weekend(_: DateSpan, day: date) -> RelativeReading:
    """Friday and Saturday or Saturday and Sunday: the country of the writer is not known."""
    found = []
    for begins in (_SATURDAY, _FRIDAY):
        first = day - timedelta((day.weekday() - begins) % WEEK)
        found.append(f"{first}/{first + timedelta(1)}")
    return RelativeReading("", tuple(found), "The days of a weekend differ between countries.")


_READERS: Final[dict[str, Callable[[DateSpan, date], RelativeReading | None]]] = {
    "day": _named, "night": _night, "yearly": _named, "weekday": _weekday,
    "weekdays": _weekdays, "unit": _unit, "unit_begins": _unit_begins, "night_into": _night_into,
    "ago": _ago, "ago_exactly": _ago_exactly, "past": _past, "weekend": _weekend,
    "unit_before": _unit_before, **MONTH_READERS,
}  # fmt: skip
"""What reads each kind of words."""
