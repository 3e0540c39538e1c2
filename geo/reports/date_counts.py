"""What the words of a language mean for counting days: numbers, units, and which one is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from geo.reports.language import text_tokens
from geo.reports.number_words import cardinal
from geo.reports.wordlists import word_lists
from geo.written.date_words import WEEKDAYS

WEEK: Final = 7
"""Days of a week."""
YEAR_MONTHS: Final = 12
"""Months of a year."""


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


def which_of(words: str) -> int:
    """Which one is meant: -1 for "last", 1 for "next", 0 for "this" and anything else."""
    return int(table("which").get(words.partition(" ")[0], 0))


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


def moved_day(day: date, moved: int = 0) -> str:
    """The day so many days later, in EDTF."""
    return (day + timedelta(moved)).isoformat()


def month_of(day: date, step: int) -> str:
    """The month of a day, or that so many months later.

    Examples
    --------
    >>> month_of(date(2022, 1, 31), -2)
    '2021-11'
    """
    number = day.year * YEAR_MONTHS + day.month - 1 + step
    return f"{number // YEAR_MONTHS:04}-{number % YEAR_MONTHS + 1:02}"


def last_weekday(name: str, day: date) -> date:
    """The last day of that name up to and including a day.

    Examples
    --------
    >>> str(last_weekday("monday", date(2022, 5, 24))), str(last_weekday("tue", date(2022, 5, 24)))
    ('2022-05-23', '2022-05-24')
    """
    return day - timedelta((day.isoweekday() - WEEKDAYS[name.rstrip(".")]) % WEEK)
