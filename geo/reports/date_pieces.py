"""The parts of which the patterns of dates are made: months, days, numbers, what is around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from geo.reports.wordlists import word_lists
from geo.written.date_words import GREGORIAN, SOLAR_HIJRI, WEEKDAYS

Relative = Literal[
    "", "day", "night", "weekday", "weekdays", "unit", "ago", "past", "following", "fixed",
    "weekend", "moved", "clause", "season", "month", "months", "yearly", "of_year", "previous",
    "offset", "ordinal", "beside_weekday", "same_period", "part_of_year", "nth_weekday",
    "day_of_month", "unit_before", "bare_month", "hours", "night_into", "ago_exactly", "moving",
]  # fmt: skip
"""How a date depends on another day; empty if it does not."""
PatternRows = Iterator[tuple[Relative, str]]
"""Patterns, each with what the date depends on."""

UNITS: Final = "day|fortnight|week|month|year"
"""Units of time in days and more."""
CLOCK: Final = "morning|afternoon|evening|night|noon|midnight|dawn|dusk"
"""Times of a day."""
YEAR: Final = r"(?:(?:19|20)\d\d)(?![\d-])"
"""A year of the usual calendar."""
UP_TO: Final = r"\s?(?:-|–|—|\b(?:to|or|through|until|till)\b)\s?"
"""Between the two ends of a time, or two days of which it was one; "and" can be two times."""
UP_TO_OR_AND: Final = UP_TO.replace("to|", "to|and|")
FROM: Final = r"\b(?:[Bb]etween|[Ff]rom)\s(?:the\s)?"
HOURS: Final = (
    rf"(?:(?:on\s|in\s)?(?:late|early|the\s(?:{CLOCK}|[a-z]+(?:\s[a-z]+)?\shours)\sof)\s(?:on\s)?"
    r"|on\s)?"
)
"""Before the second of two days: "late on", "in the first hours of"."""
DAY_DIGITS: Final = r"(?:[0-3]?\d(?:st|nd|rd|th)?(?![\d%]|[.,:]\d))"
"""The day of a month in digits."""
SEASON_NAMES: Final = ("spring", "summer", "autumn", "fall", "winter")


def any_of(words: Iterable[str]) -> str:
    """One of several words, the longest first; blanks are any white space on a line or two."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(one).replace(r"\ ", r"\s{1,2}") for one in ordered) + ")"


def latin_names(words: Iterable[str]) -> list[str]:
    """Names in Latin letters.

    Returns
    -------
    list of str
        In the order of the names.
    """
    return [word for word in words if word.isascii()]


def with_capital(words: Iterable[str]) -> str:
    """The words with a capital, or all in capitals."""
    listed = list(words)
    return any_of([*(one.capitalize() for one in listed), *(one.upper() for one in listed)])


def either_case(words: Iterable[str]) -> str:
    """The words in lower case, with a capital, or all in capitals."""
    listed = list(words)
    return any_of(
        [*listed, *(one.capitalize() for one in listed), *(one.upper() for one in listed)]
    )


def date_lists() -> dict[str, Any]:
    """The word lists of dates.

    Returns
    -------
    dict
        The lists by their names.
    """
    return word_lists("dates")


def month_names() -> str:
    """The names of months, which begin with a capital, and their abbreviations."""
    short = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
    full = [one for one in latin_names(GREGORIAN) if one not in short]
    return f"(?:{with_capital(full)}|{with_capital(short)}\\.?)(?![a-z])"


def hijri_months() -> str:
    """The names of the months of the Solar Hijri calendar."""
    return f"{with_capital(latin_names(SOLAR_HIJRI))}(?![a-z])"


def weekday_names(*, may_be_small: bool) -> str:
    """The days of the week: with a capital and abbreviated, or else in any case."""
    full = [one for one in latin_names(WEEKDAYS) if one.endswith("day")]
    short = [one for one in latin_names(WEEKDAYS) if not one.endswith("day")]
    return (
        either_case(full) if may_be_small else f"(?:{with_capital(full)}|{with_capital(short)}\\.?)"
    )


def number_pattern() -> str:
    """A number in digits or words, or "a"."""
    units, tens = either_case(word_lists("numbers")["units"]), word_lists("numbers")["tens"]
    return rf"(?:\d{{1,3}}|{either_case(tens)}(?:[-\s]{units})?|{units}|[Aa]n?)"


def day_of_month() -> str:
    """The day of a month: "3", "3rd", "the third"."""
    return rf"(?:(?:the\s)?(?:{DAY_DIGITS}|{any_of(date_lists()['ordinals'])}(?![\w-])))"


def open_end() -> str:
    """The word that leaves one end of a time open, and words that make a date a rough one."""
    about = rf"(?:{either_case(date_lists()['about'])}\s)?"
    opening = either_case(date_lists()["opening"])
    return rf"(?:\b(?P<opening>{opening})\s(?:the\s)?)?{about}"


def one_day() -> str:
    """One day with its month, a part of a month, or a date in numbers; with or without a year."""
    months, day = month_names(), day_of_month()
    hijri, hijri_year = hijri_months(), r"1[34]\d\d(?!\d)"
    of_year = rf"(?:\.?,?\s{{1,2}}(?:of\s)?{YEAR}|\s'\d\d(?!\d))?"
    on = rf"(?:\b{weekday_names(may_be_small=False)},?\s(?:the\s)?)?"
    part = rf"{either_case(date_lists()['parts'])}(?:\s|-)"
    return (
        rf"(?:{on}(?:{months}\s{{1,2}}{day}|{day}\s(?:of\s)?{months}|{part}{months}){of_year}"
        rf"|{on}(?:{hijri}\s{day}|{day}\s(?:of\s)?{hijri})(?:,?\s{hijri_year})?"
        r"|[0-3]?\d(?P<sep{n}>[./-])[01]?\d(?P=sep{n})(?:(?:19|20)\d\d|\d\d)(?![\d/-])(?!\.\d)"
        rf"|{months},?\s(?:of\s)?{YEAR})"
    )
