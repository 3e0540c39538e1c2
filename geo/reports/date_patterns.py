"""The patterns of dates in a language, made from the templates and lists of its words.

What a template can contain is said at the head of ``date_patterns.toml``. Every pattern is linear
in the length of the text: no part of it repeats what another may also take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import count
from typing import Final, Literal, cast

from geo.reports.wordlists import word_lists
from geo.written.date_words import GREGORIAN, SEASONS, SOLAR_HIJRI, WEEKDAYS

DateKind = Literal[
    "stated", "day", "night", "weekday", "weekdays", "unit", "ago", "past", "following", "fixed",
    "weekend", "moved", "clause", "season", "month", "months", "yearly", "of_year", "previous",
    "offset", "ordinal", "beside_weekday", "same_period", "part_of_year", "nth_weekday",
    "day_of_month", "unit_before", "unit_begins", "bare_month", "hours", "night_into",
    "ago_exactly", "lunar", "moving",
]  # fmt: skip
"""What the words of a date are, on which depends how they are read."""
_TEMPLATES: Final = "date_patterns"
_GROUP: Final = re.compile(r"\(([a-z]+\d?)=")
_PLAIN_GROUP: Final = re.compile(r"(?<!\\)\((?!\?)")
_CAPITAL: Final = re.compile(r"(?:(?<=\\b)|(?<![\\\w{<\[-]))([A-Z])(?![<=A-Z])")
_PIECE: Final = re.compile(r"\{([A-Za-z_]+)\}")
_SHORT_WEEKDAY: Final = 5
"""Letters of the longest abbreviation of a day of the week; the full names have more."""


def any_of(words: Iterable[str]) -> str:
    """One of several words, the longest first; blanks are any white space on a line or two."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(one).replace(r"\ ", r"\s{1,2}") for one in ordered) + ")"


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


@cache
def date_patterns() -> tuple[tuple[DateKind, re.Pattern[str]], ...]:
    """The patterns of dates, each with its kind.

    Returns
    -------
    tuple
        In the order of the templates.
    """
    rows = word_lists(_TEMPLATES)["patterns"].items()
    return tuple(
        (cast("DateKind", kind), re.compile(as_pattern(one))) for kind, each in rows for one in each
    )


@cache
def rewritings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What brings the words of a date to the form in which dates are written.

    Returns
    -------
    tuple
        Patterns, each with what is put in its place.
    """
    rows = word_lists(_TEMPLATES)["written"]["rows"]
    return tuple((re.compile(as_pattern(template)), written) for template, written in rows)


@lru_cache(maxsize=1 << 6)
def date_pattern(name: str, flags: int = 0) -> re.Pattern[str]:
    """A single pattern of the templates, such as what can be in front of the date of a text."""
    return re.compile(as_pattern(word_lists(_TEMPLATES)["single"][name]), flags)


def as_pattern(template: str) -> str:
    """A template as a regular expression.

    Examples
    --------
    >>> as_pattern("On(w1=x|y)(z)?")
    '[Oo]n(?P<w1>x|y)(?:z)?'
    """
    numbers = count(1)

    def expanded(part: str) -> str:
        number = str(next(numbers)) if "(sep=" in part else ""
        plain = _GROUP.sub(lambda one: f"(?P<{one[1]}{number * (one[1] == 'sep')}>", part)
        plain = plain.replace("(?P=sep)", f"(?P=sep{number})")
        plain = _PLAIN_GROUP.sub("(?:", plain)
        plain = _CAPITAL.sub(lambda one: f"[{one[1]}{one[1].lower()}]", plain).replace(" ", r"\s")
        return _PIECE.sub(lambda one: piece(one[1]), plain)

    def piece(name: str) -> str:
        return expanded(pieces[name]) if name in pieces else _named().get(name) or _listed(name)

    pieces: dict[str, str] = word_lists(_TEMPLATES)["pieces"]
    return expanded(template)


def _listed(name: str) -> str:
    """The words of a list; the letters of its name say in which case."""
    words: Iterable[str] = word_lists("dates")[name.lower()]
    case = any_of if name.islower() else with_capital if name.isupper() else either_case
    return case(words)


@cache
def _named() -> dict[str, str]:
    """What the calendars and numbers name: months, days of the week, seasons, numbers."""
    months, weekdays = _latin(GREGORIAN), _latin(WEEKDAYS)
    full = [one for one in months if not any(_begins(one, other) for other in months)]
    short = [one for one in months if one not in full]
    long = [one for one in weekdays if len(one) > _SHORT_WEEKDAY]
    abbreviated = [one for one in weekdays if one not in long]
    units, tens = (either_case(word_lists("numbers")[name]) for name in ("units", "tens"))
    ambiguous = word_lists("dates")["names_too"]
    return {
        "months": rf"(?:{with_capital(full)}|{with_capital(short)}\.?)(?![a-z])",
        "whole_months": with_capital(one for one in full if one not in ambiguous),
        "month_names": with_capital(months),
        "month_word": f"(?i:{any_of(months)})",
        "hijri_months": f"{with_capital(_latin(SOLAR_HIJRI))}(?![a-z])",
        "weekdays": rf"(?:{with_capital(long)}|{with_capital(abbreviated)}\.?)",
        "any_weekday": either_case(long),
        "seasons": either_case(_latin(SEASONS)),
        "number_words": rf"{tens}(?:[-\s]{units})?|{units}",
    }


def _latin(words: Iterable[str]) -> list[str]:
    """Names in Latin letters."""
    return [word for word in words if word.isascii()]


def _begins(short: str, name: str) -> bool:
    return name != short and name.startswith(short)
