"""Dates that another date of the text settles: the order of numbers, a day that is named twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from geo.dossier.period_faults import DateError
from geo.dossier.periods import period
from geo.reports.date_patterns import date_pattern
from geo.reports.mentions import DateMention, Mention
from geo.written.date_words import GREGORIAN, WEEKDAYS

_NUMERIC: Final = re.compile(
    r"(?<![\w/.-])(\d{1,2})([/.])(\d{1,2})(?:\2((?:19|20)\d\d|\d\d))?(?![\w/-])(?!\.\d)"
)
_FRACTION: Final = re.compile(r"\d/\d{1,2}|\d{2}/\d")
_MOST_MONTHS: Final = 12
"""A larger number is that of a day."""
_MOST_DAYS: Final = 31
"""Days of the longest months; a larger number is that of no day."""
_NAMED: Final = sorted((name for name in GREGORIAN if name.isascii()), key=len)
"""The English names of the months, abbreviations first."""
_MONTHS: Final = {GREGORIAN[name]: name.capitalize() for name in _NAMED}
"""The English names of the months by their numbers; the last of several, which is the longest."""


NumberOrder = Literal["", "day", "month"]
"""Which number of a date comes first; empty, if none of a text shows it."""


def first_number(text: str) -> NumberOrder:
    """Which number of the dates of a text comes first.

    A number above 12 shows it in one of them, and none shows the other order.

    Examples
    --------
    >>> first_number("10/09 two died; 14/09 one died"), first_number("10/09 two died")
    ('day', '')
    >>> first_number("on 07/08/2012, until 07/19/2012"), first_number("on 10/09 at 3.15")
    ('month', '')
    """
    found = [one for one in _NUMERIC.finditer(text) if _can_be_date(one)]
    if any(int(one[1]) > _MOST_MONTHS for one in found):
        return "" if any(int(one[3]) > _MOST_MONTHS for one in found) else "day"
    # "At 3.15" is no date: only one in full shows that the month comes first.
    whole = [one for one in found if one[2] == "/" and one[4]]
    return "month" if any(int(one[3]) > _MOST_MONTHS for one in whole) else ""


def is_numbered(text: str, start: int, end: int, first: NumberOrder) -> bool:
    """Whether two numbers that begin a line are "2/5" of several posts, and no date.

    In a text whose dates show that the day comes first, they are one.

    Examples
    --------
    >>> is_numbered("2/5 Two died", 0, 3, ""), is_numbered("2/5: Two died", 0, 3, "day")
    (True, False)
    """
    line = text[text.rfind("\n", 0, start) + 1 : start]
    is_short = _FRACTION.fullmatch(text, start, end) is not None
    return is_short and not first and not re.search(r"\w", line)


def _can_be_date(match: re.Match[str]) -> bool:
    """Whether one of two numbers can be that of a month, and the other that of a day."""
    numbers = int(match[1]), int(match[3])
    return 0 < min(numbers) <= _MOST_MONTHS and max(numbers) <= _MOST_DAYS


def in_words(date: str, first: NumberOrder) -> str:
    """A date in numbers with its month in words; the same words, if it is none.

    Examples
    --------
    >>> in_words("10/09", "day"), in_words("10/09/2012", "month"), in_words("on Monday", "day")
    ('10 September', '9 October 2012', 'on Monday')
    """
    match = _NUMERIC.search(date)
    if match is None or not first:
        return date
    day, number = (match[1], match[3]) if first == "day" else (match[3], match[1])
    month = _MONTHS.get(int(number))
    if month is None or int(day) > _MOST_MONTHS:
        return date
    year = f" {match[4]}" if match[4] else ""
    if len(year) == len(" 14"):
        year = f" 20{match[4]}"
    return f"{date[: match.start()]}{int(day)} {month}{year}{date[match.end() :]}"


def inside_of(before: Mention | None, value: DateMention | None) -> DateMention | None:
    """The date, in the year of a period named before it in the sentence, if it is inside that.

    In "the spring of 2022, when they came in May", May is that of 2022.
    """
    wide = before.value if before is not None else None
    if value is None or value.basis == "stated" or not isinstance(wide, DateMention):
        return value
    if (
        wide.basis != "stated"
        or not wide.edtf
        or not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value.edtf)
    ):
        return value
    outer = period(wide.edtf)
    if outer.earliest is None or outer.latest is None or outer.earliest == outer.latest:
        return value
    for year in range(outer.earliest.year, min(outer.latest.year, outer.earliest.year + 1) + 1):
        edtf = f"{year:04}{value.edtf[4:]}"
        try:
            inner = period(edtf)
        except DateError:
            continue
        if inner.overlaps(outer.earliest, outer.latest):
            return DateMention(edtf, inner.text)
    return value


def with_named_twice(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The dates of a text; one that depends on something else is the day named beside it.

    Returns
    -------
    tuple of Mention
        As many, in the same order.
    """
    found = list(mentions)
    for at, one in enumerate(found):
        beside = [found[other] for other in (at + 1, at - 1) if 0 <= other < len(found)]
        day = next((two for two in beside if _is_day(two) and _is_beside(text, one, two)), None)
        if day is not None and (_is_open(one) or _is_named_as(one, day)):
            found[at] = replace(one, value=_of(day, one))
    return tuple(found)


def _is_named_as(mention: Mention, day: Mention) -> bool:
    """Whether a mention is nothing but the name of a day: "20 June, a Monday"."""
    named = WEEKDAYS.get(mention.text.lower().rstrip("."))
    value = day.value
    known = period(value.edtf).earliest if isinstance(value, DateMention) else None
    return known is not None and named == known.isoweekday()


def _is_open(mention: Mention) -> bool:
    value = mention.value
    return isinstance(value, DateMention) and not value.edtf and not value.candidates


def _is_day(mention: Mention) -> bool:
    """Whether a mention is a single day."""
    value = mention.value
    if not isinstance(value, DateMention) or not value.edtf:
        return False
    known = period(value.edtf)
    return known.earliest is not None and known.earliest == known.latest


def _is_beside(text: str, one: Mention, other: Mention) -> bool:
    """Whether nothing but a sign, or words such as "corresponding to", is between two dates."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = text[first.end : second.start]
    return bool(between.strip()) and date_pattern("same_day").fullmatch(between) is not None


def _of(day: Mention, one: Mention) -> DateMention:
    """The day of a mention, as the value of the one beside it."""
    if not isinstance(day.value, DateMention) or not isinstance(one.value, DateMention):
        raise TypeError(day)
    return replace(
        one.value,
        edtf=day.value.edtf,
        words=day.value.words,
        question="",
        in_dateline=day.value.in_dateline,
    )
