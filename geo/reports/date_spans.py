"""Where a text has the words of a date: candidates, which are then read or left.

Every pattern is linear in the length of the text: no part of it repeats what another may also take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from geo.reports.wordlists import word_lists
from geo.written.date_words import GREGORIAN, SOLAR_HIJRI, WEEKDAYS

Relative = Literal[
    "", "day", "night", "weekday", "weekdays", "unit", "ago", "past", "following", "fixed",
    "weekend", "moved", "clause", "season", "month", "months", "yearly", "of_year", "previous",
    "offset", "ordinal",
]  # fmt: skip
"""How a date depends on another day; empty if it does not."""

_ABBREVIATED: Final = 4
"""Letters up to which the name of a month or weekday is an abbreviation, with a full stop."""
_UNITS: Final = "day|week|month|year"
_CLOCK: Final = "morning|afternoon|evening|night"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Words that may be a date.

    Parameters
    ----------
    start, end
        Characters of the text.
    words
        The words that matter, in lower case, by what they are.
    opening
        The word in front of the date that leaves one end open, such as ``since``.
    """

    start: int
    end: int
    relative: Relative = ""
    words: tuple[str, ...] = ()
    opening: str = ""


def date_spans(text: str) -> list[DateSpan]:
    """All candidates of a text from left to right, the longest of those that overlap.

    Examples
    --------
    >>> text = "On Monday, 3-5 May 2022 and since March; they may march on Sun City."
    >>> [text[one.start : one.end] for one in date_spans(text)]
    ['Monday, 3-5 May 2022', 'since March']
    """
    found = [
        DateSpan(*_trimmed(text, match), relative, _words(match), _opening(match))
        for relative, pattern in _patterns()
        for match in pattern.finditer(text)
        if _is_date(text, match)
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[DateSpan] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    start = match.start("of") if match.groupdict().get("of") is not None else match.start()
    end = match.end()
    while end > start and text[end - 1] in " ,\n\t":
        end -= 1
    return start, end


def _words(match: re.Match[str]) -> tuple[str, ...]:
    named = sorted((name, one) for name, one in match.groupdict("").items() if name[0] == "w")
    return tuple(one.lower() for _, one in named)


def _opening(match: re.Match[str]) -> str:
    return " ".join((match.groupdict().get("opening") or "").lower().split())


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether nothing around the words shows that they are none."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() :][:20]
    if before in {"-", "/", "$", "€", "£", "#"} and text[match.start()].isdigit():
        return False
    if (following := re.match(r" ([a-z]+)", after)) and match[0][-4:].isdigit():
        return following[1] not in word_lists("dates")["counted"]
    return True


def _any(words: Iterable[str]) -> str:
    """One of several words, the longest first; blanks are any white space on a line or two."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(one).replace(r"\ ", r"\s{1,2}") for one in ordered) + ")"


def _latin(words: Iterable[str]) -> list[str]:
    return [word for word in words if word.isascii()]


@cache
def _patterns() -> tuple[tuple[Relative, re.Pattern[str]], ...]:
    """The patterns with what they depend on; names of months and days begin with a capital."""
    lists = word_lists("dates")
    full = [one for one in _latin(GREGORIAN) if len(one) > _ABBREVIATED or one in {"june", "july"}]
    short = [one for one in _latin(GREGORIAN) if len(one) <= _ABBREVIATED and one != "may"]
    months = f"(?:{_cased([*full, 'may'])}|{_cased(short)}\\.?)(?![a-z])"
    hijri = f"{_cased(_latin(SOLAR_HIJRI))}(?![a-z])"
    days_full = [one for one in _latin(WEEKDAYS) if one.endswith("day")]
    days_short = [one for one in _latin(WEEKDAYS) if not one.endswith("day")]
    weekday = f"(?:{_cased(days_full)})"
    any_case = f"(?:{_either_case(days_full)})"
    any_day = f"(?:{weekday}|{_cased(days_short)}\\.?)"
    return tuple(
        (relative, re.compile(pattern))
        for relative, pattern in (
            *_absolute(lists, months, hijri, any_day),
            *_relative(lists, months, any_case),
        )
    )


def _cased(words: Iterable[str]) -> str:
    """The words with a capital, or all in capitals."""
    listed = list(words)
    return _any([*(one.capitalize() for one in listed), *(one.upper() for one in listed)])


def _either_case(words: Iterable[str]) -> str:
    listed = list(words)
    return _any([*listed, *(one.capitalize() for one in listed), *(one.upper() for one in listed)])


def _absolute(
    lists: dict[str, list[str]], months: str, hijri: str, weekday: str
) -> Iterator[tuple[Relative, str]]:
    day = r"(?:[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
    year = r"(?:(?:19|20)\d\d)(?![\d-])"
    opening = rf"(?:\b(?P<opening>{_either_case(lists['opening'])})\s(?:the\s|about\s|around\s)?)?"
    part = rf"(?:\b{_either_case(lists['parts'])}(?:\s|-))?"
    on = rf"(?:\b{weekday},?\s(?:the\s)?)?"
    of_year = rf"(?:\.?,?\s{{1,2}}(?:of\s)?{year})?"
    to = r"\s?(?:-|–|—|to|and|through|until|till)\s?"
    yield (
        "",
        rf"\b(?:(?:between|from|Between|From)\s)?{day}\s{months}\s(?:to|and|until|through|–|-)\s{day}\s{months}{of_year}",
    )
    several = r"\s?(?:-|–|to|and|through|until)\s?"
    yield "", rf"\b(?:(?:between|from|Between|From)\s)?{months}{several}{months},?\s(?:of\s)?{year}"
    yield "", rf"\b(?:(?:between|from|Between|From)\s)?{months}\s{year}{several}{months}\s{year}"
    yield "", rf"{opening}\b[QH][1-4][ -/]?{year}"
    yield "", r"(?<![\d/-])1[34]\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?![\d/-])"
    month_day = rf"{months}\s{{1,2}}{day}(?:{to}(?:{months}\s)?{day})?{of_year}"
    day_month = rf"{day}(?:{to}{day})?\s(?:of\s)?{months}{of_year}"
    full = rf"(?:{months}\s{day},?\s{year}|{day}\s{months},?\s{year})"
    yield "", rf"\b(?:from|between|From|Between)\s{full},?\s(?:to|and|until)\s{full}"
    yield "", rf"\b{full}\s?(?:to|through|until|–|-)\s?{full}"
    yield "", rf"\b(?:between|from|Between|From)\s{day}\s(?:and|to)\s{day}\s{months}{of_year}"
    yield (
        "",
        (
            rf"\b(?:between|from|Between|From)\s(?:{months}\s{day}|{day}\s{months}),?\s(?:and|to|until)"
            rf"\s(?:{months}\s{day}|{day}\s{months}){of_year}"
        ),
    )
    yield "", rf"{opening}{on}\b(?:{month_day}|{day_month})"
    yield "", rf"{opening}{part}\b{months},?\s(?:of\s)?{year}"
    hijri_year = r"1[34]\d\d(?!\d)"
    yield "", rf"{opening}\b{day}\s(?:of\s)?{hijri}(?:,?\s{hijri_year})?(?:\s?\(?(?:SH|AHS)\)?)?"
    yield "", rf"{opening}\b{hijri}\s{day}(?:,?\s{hijri_year})?"
    yield "", rf"{opening}{part}\b{hijri},?\s{hijri_year}"
    yield "", rf"{opening}\b(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])[-/](?:[0-2]\d|3[01])(?![\d-])"
    yield "", rf"{opening}\b[0-3]?\d(?P<sep>[./-])[01]?\d(?P=sep)(?:(?:19|20)\d\d|\d\d)(?![\d./-])"
    yield "", rf"{opening}\b[01]?\d/[0-3]\d/(?:19|20)\d\d(?!\d)"
    yield "", rf"\b{weekday},?\s(?:[0-2]?\d|3[01])/[01]?\d(?![\w/.-])"
    yield "", rf"\b{weekday},?\s{{1,2}}{day}(?!\s?{months})(?![/.-])"
    yield "", r"(?<![\w/.-])(?:[0-2]\d|3[01])/(?:0[1-9]|1[0-2])(?![\w/.-])"
    yield (
        "",
        rf"\b(?:[Oo]n\s|[Tt]he\s)?[Nn]ight\s(?:of|to|between)\s(?:the\s)?{day}(?:/|-|\sto\s){day}\s{months}{of_year}",
    )
    seasons = _either_case(["spring", "summer", "autumn", "fall", "winter"])
    yield "", rf"{opening}{part}(?:\bthe\s)?\b{seasons}\s(?:of\s)?{year}"
    yield "", rf"{opening}{part}\b(?:[Tt]he\s)?(?:19|20)\d0'?s\b"
    parted = _either_case(lists["parts"])
    yield "", rf"{opening}\b{parted}(?:\s|-){months}(?![\w])"
    yield "", rf"{opening}\b{parted}(?:\s|-)(?:of\s)?{year}"
    months_only = rf"(?:{months})"
    front = _either_case(["in", "during", "throughout", "until", "of"])
    yield (
        "month",
        rf"\b(?:{front})\s(?P<of>(?P<w1>{months_only}))(?![\w-])(?!\s\d)(?!,?\s(?:of\s)?\d)",
    )
    yield (
        "month",
        (
            rf"\b(?P<opening>{_either_case(['since', 'before', 'after', 'until', 'till', 'by'])})"
            rf"\s(?P<w1>{months_only})(?![\w-])(?!\s\d)"
        ),
    )
    years = _either_case(["in", "during", "throughout", "of", "for", "around"])
    yield "", rf"\b(?:{years})\s(?P<of>{year})(?!\s?(?:-|–)\s?\d)"
    yield "", rf"\b(?P<opening>{_either_case(['since', 'before', 'after', 'until', 'by'])})\s{year}"
    yield "", rf"\b(?:from|between|From|Between)\s{year}\s(?:to|and|until)\s{year}"
    yield "", rf"\b(?:in|during|of)\s(?P<of>{year}[-–]{year})"


def _relative(
    lists: dict[str, dict[str, int]], months: str, weekday: str
) -> Iterator[tuple[Relative, str]]:
    passed = r"(?<!passed )(?<!passing )(?<!driving )(?<!drove )"  # "a patrol passed by Thursday"
    since = rf"(?:\b(?P<opening>[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|{passed}[Bb]y)\s)?"
    numbers = rf"(?:\d{{1,3}}|{_either_case(lists['numbers'])})"
    yield "day", rf"{since}\b(?P<w1>{_either_case(lists['days'])})\b"
    yield "night", rf"\b(?P<w1>{_either_case(lists['nights'])})\b"
    following = [*lists["following"], *lists["hours"]]
    yield "following", rf"\b(?P<w1>{_either_case(following)})\b"
    yield "fixed", rf"(?i:(?<!\w)(?P<w1>{_any(lists['fixed'])})\b)"
    clock = rf"(?:\s(?:{_CLOCK}))?"
    which = r"(?:\b(?P<w2>[Ll]ast|[Pp]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate)\s)?"
    yield (
        "weekdays",
        (
            rf"\b(?:(?:[Bb]etween|[Ff]rom)\s)?(?P<w1>{weekday})\s?(?:and|to|through|until|-|–)\s?"
            rf"(?P<w2>{weekday})\b"
        ),
    )
    yield (
        "ordinal",
        r"\b[Oo]n\sthe\s(?P<w1>[0-3]?\d)(?:st|nd|rd|th)(?=[,.;:)]|\s(?:and|in|at|a|an|the|when)\b)",
    )
    yield "ordinal", r"(?:\(|\bof\s)(?P<of>[Tt]he\s(?P<w1>[0-3]?\d)(?:st|nd|rd|th))(?=[,;:)])"
    moved = rf"\b(?P<w1>{numbers})\s(?P<w2>day|night|week)s?\s"
    yield "moved", rf"{moved}(?P<w3>before|prior|after|earlier|later)(?=[,.;:)]|\sin\b|$)"
    subjects = "a|an|the|his|its|their|two|three|four|five|at|more|militants|insurgents|gunmen"
    clause = rf"(?=\s(?:{subjects}|[A-Z]))"
    yield "clause", rf"{moved}(?P<w3>before|after){clause}"
    yield (
        "months",
        (
            rf"\b(?:[Ii]n|[Bb]etween|[Dd]uring|[Ff]rom)\s(?P<w1>{months})\s(?:and|to|until|through)\s"
            rf"(?P<w2>{months})(?![\w-])(?!,?\s(?:of\s)?\d)"
        ),
    )
    yield "weekday", rf"{since}{which}\b(?P<w1>{weekday}){clock}\b"
    yield (
        "weekday",
        r"(?<=[a-z0-9,;(] )(?P<w1>Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat)(?P<w2>)\.?(?![\w’'-])(?!\s\d)",
    )
    yield (
        "unit",
        (
            rf"{since}(?:\b[Ee]arlier\s|\b[Ll]ater\s)?"
            rf"\b(?P<w1>[Ll]ast|[Tt]his|[Nn]ext)\s(?P<w2>week|month|year)\b"
        ),
    )
    yield "unit", r"\b(?P<w1>[Tt]he\s(?:beginning|start)\sof\s[Tt]his)\s(?P<w2>week|month|year)\b"
    yield "ago", rf"\b(?P<w1>{numbers})\s(?P<w2>night|{_UNITS})s?\s(?P<w3>ago|back)\b"
    over = r"(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or|[Tt]hroughout|[Aa]cross)"
    yield (
        "past",
        (
            rf"(?:\b{over}\s)?\b(?:[Tt]he\s)?(?:[Pp]ast|[Ll]ast|[Pp]revious|[Pp]receding)\s(?P<w1>{numbers})\s"
            rf"(?P<w2>hour|{_UNITS})s\b"
        ),
    )
    yield "past", rf"\b(?:{over})\s(?:the\s)?(?P<w1>past|last)\s(?P<w2>{_UNITS})\b"
    yield (
        "weekend",
        r"\b(?:(?:[Oo]ver|[Dd]uring|[Aa]t|[Oo]n)\s)?(?:[Tt]he|[Tt]his|[Ll]ast)\s(?P<w1>weekend)\b",
    )
    yield (
        "season",
        (r"\b(?P<w1>[Ll]ast|[Tt]his)\s(?P<w2>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\b"),
    )
    yield "month", rf"\b(?P<w2>[Ll]ast|[Tt]his)\s(?P<w1>{months})(?![\w-])(?!\s\d)"
    since_when = r"(?:\b(?P<opening>[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Bb]y)\s)?"
    yield (
        "month",
        rf"{since_when}\b(?P<w1>{months})(?P<w2>)\s(?:of\s)?(?P<w3>last|this)\s(?:year)\b",
    )
    lunar = _cased(["muharram", "safar", "rabi", "rajab", "shaban", "ramadan", "shawwal"])
    yield "", rf"\b[0-3]?\d\s{lunar}\s1[34]\d\d(?!\d)"
    yield "yearly", rf"(?i:\b(?P<w1>{_any(lists['yearly'])})\b)"
    yield "previous", r"\b[Tt]he\s(?P<w1>previous|preceding|following)\s(?P<w2>month|year)\b"
    yield (
        "previous",
        r"\b(?:[Dd]uring|[Ii]n\sthe\scourse\sof|[Ww]ithin)\sthe\s(?P<w1>)(?P<w2>month|year)\b",
    )
    part = r"\b(?P<w1>[Ee]arly|[Mm]id|[Ll]ate|[Tt]he\send\sof|[Tt]he\sbeginning\sof|[Ee]nd\sof)"
    yield "of_year", rf"(?:\b[Ii]n\s)?{part}[\s-](?P<w2>last|this)\s(?P<w3>month|year)\b"
    day = r"[0-3]?\d(?:st|nd|rd|th)?"
    dated = rf"(?P<w1>{day}\s(?:of\s)?{months}|{months}\s{day}),?\s(?:of\s)?"
    yield "of_year", rf"\b{dated}(?P<w2>last|this)\s(?P<w3>year)\b"
    yield (
        "season",
        (
            r"\b[Ii]n\s(?:the\s)?(?P<w1>)(?P<w2>spring|summer|autumn|winter)\b(?!\s(?:of\s)?\d)"
            r"(?!\s(?:of|offensive|campaign|season))"
        ),
    )
    fixed = rf"(?i:(?:the\s)?{_any(lists['fixed'])}(?:\sattacks)?)"
    named = rf"{months}\s{day}(?:,?\s(?:19|20)\d\d)?|{day}\s{months}(?:\s(?:19|20)\d\d)?|{fixed}"
    yield (
        "offset",
        (rf"\b(?P<w1>{numbers}|[Tt]he)\s(?P<w2>day|week)s?\s(?P<w3>before|after)\s(?P<w4>{named})"),
    )
