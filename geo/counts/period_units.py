"""Months, quarters and years as ranges of days; a day is a number, so that columns hold it.

Days are counted from 1 January 1970, as in arrow and numpy; an open end is a number beyond every
day of the calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal, NamedTuple, get_args

from geo.errors import StatementError
from geo.limits import MAX_COUNTED_PERIODS
from geo.view.parts import MONTHS_EACH
from geo.view.saying import say_day

PeriodUnit = Literal["month", "quarter", "year"]

ALWAYS_BEFORE: Final = -(2**30)
"""Number of a day before all others: where a period is open at its beginning."""
ALWAYS_AFTER: Final = 2**30
"""Number of a day after all others: where a period is open at its end."""
_EPOCH: Final = date(1970, 1, 1)
"""The day with the number 0, as in arrow and numpy."""


class DayRange(NamedTuple):
    """The days of a period, both included, as numbers."""

    first: int
    last: int


EVER: Final = DayRange(ALWAYS_BEFORE, ALWAYS_AFTER)
"""Every day, and also a day that is not known."""


def number_of(day: date | None, otherwise: int) -> int:
    """The number of a day; `otherwise` where there is none.

    Examples
    --------
    >>> number_of(date(1970, 1, 2), 0), number_of(None, ALWAYS_BEFORE) == ALWAYS_BEFORE
    (1, True)
    """
    return otherwise if day is None else (day - _EPOCH).days


def day_at(number: int) -> date | None:
    """The day of a number; ``None`` for one beyond the calendar, an open end."""
    return None if abs(number) >= ALWAYS_AFTER else _EPOCH + timedelta(number)


def days_between(first: date | None, last: date | None) -> DayRange:
    """The days from `first` to `last`; ``None``: no limit."""
    return DayRange(number_of(first, ALWAYS_BEFORE), number_of(last, ALWAYS_AFTER))


def common_days(one: DayRange, other: DayRange) -> DayRange:
    """The days that two ranges have in common; the range is reversed where there are none."""
    return DayRange(max(one.first, other.first), min(one.last, other.last))


def periods_of(days: DayRange, unit: PeriodUnit) -> tuple[DayRange, ...]:
    """The whole months, quarters or years that contain any of the days, in order.

    Raises
    ------
    StatementError
        The range is open at an end, or holds more periods than are counted at once.

    Examples
    --------
    A day in December and one in January are in two years:

    >>> [period_name(one, "year") for one in
    ...  periods_of(days_between(date(2023, 12, 31), date(2024, 1, 1)), "year")]
    ['2023', '2024']
    """
    first, last = day_at(days.first), day_at(days.last)
    if first is None or last is None:
        raise StatementError(
            f"{unit}: the period is open; give its first and last day, such as 2024-01/2024-06"
        )
    step = MONTHS_EACH[unit]
    begin = (first.year * 12 + first.month - 1) // step
    end = (last.year * 12 + last.month - 1) // step
    if end - begin >= MAX_COUNTED_PERIODS:
        raise StatementError(
            f"{unit}: {first} to {last} has {end - begin + 1:,} {unit}s; at most "
            f"{MAX_COUNTED_PERIODS:,} are counted at once; give a shorter period or a longer unit"
        )
    return tuple(_period(at * step, step) for at in range(begin, end + 1))


def _period(month: int, months: int) -> DayRange:
    """The days of `months` months from a month, numbered from January of the year 0."""
    begins, after = (date(at // 12, at % 12 + 1, 1) for at in (month, month + months))
    return DayRange((begins - _EPOCH).days, (after - _EPOCH).days - 1)


def period_name(days: DayRange, unit: PeriodUnit) -> str:
    """The name of a period of this unit: ``2024-05``, ``2024-Q2`` or ``2024``."""
    first = _EPOCH + timedelta(days.first)
    match unit:
        case "month":
            return f"{first:%Y-%m}"
        case "quarter":
            return f"{first.year:04d}-Q{(first.month + 2) // 3}"
        case "year":
            return f"{first.year:04d}"


def say_days(first: date | None, last: date | None) -> str:
    """A period in words: a month, quarter or year by its name, other periods by their days.

    Examples
    --------
    >>> say_days(date(2024, 4, 1), date(2024, 6, 30)), say_days(None, date(2024, 5, 31))
    ('in 2024-Q2', 'until 31 May 2024')
    """
    if first is None or last is None:
        return f"from {say_day(first)}" if first else f"until {say_day(last)}" if last else ""
    days = days_between(first, last)
    for unit in get_args(PeriodUnit)[::-1]:
        if periods_of(days, unit)[0] == days:
            return f"in {period_name(days, unit)}"
    if first == last:
        return f"on {say_day(first)}"
    return f"between {say_day(first)} and {say_day(last)}"
