"""Where a text has the words of a date: candidates, which are then read or left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.reports.date_pieces import Relative
from geo.reports.relative_patterns import relative_patterns
from geo.reports.stated_patterns import stated_patterns
from geo.reports.wordlists import word_lists

_OWNER: Final = re.compile(r"['’]s\b")
"""After a day it is that of something: "after Monday's vote" is about Monday."""
_CUSTOM: Final = re.compile(r" prayers?\b")
"""After a day of the week, that of every week is meant: "before Friday prayers"."""


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
        DateSpan(*_trimmed(text, match), relative, _words(match), _opening(text, match))
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
    named, end = match.groupdict(), match.end()
    start = match.start("of") if named.get("of") is not None else match.start()
    if named.get("opening") and _OWNER.match(text, end):
        start = match.end("opening") + 1
    while end > start and text[end - 1] in " ,\n\t":
        end -= 1
    return start, end


def _words(match: re.Match[str]) -> tuple[str, ...]:
    named = sorted((name, one) for name, one in match.groupdict("").items() if name[0] == "w")
    return tuple(one.lower() for _, one in named)


def _opening(text: str, match: re.Match[str]) -> str:
    if _OWNER.match(text, match.end()):
        return ""
    return " ".join((match.groupdict().get("opening") or "").lower().split())


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether nothing around the words shows that they are none."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() :][:20]
    if before in {"-", "/", "$", "€", "£", "#"} and text[match.start()].isdigit():
        return False
    if _CUSTOM.match(text, match.end()):
        return False
    if (following := re.match(r" ([a-z]+)", after)) and match[0][-4:].isdigit():
        return following[1] not in word_lists("dates")["counted"]
    return True


@cache
def _patterns() -> tuple[tuple[Relative, re.Pattern[str]], ...]:
    rows = (*stated_patterns(), *relative_patterns())
    return tuple((relative, re.compile(pattern)) for relative, pattern in rows)
