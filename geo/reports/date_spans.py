"""Where a text has the words of a date: candidates, which are then read or left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.reports.date_patterns import DateKind, date_pattern, date_patterns
from geo.reports.wordlists import word_lists, word_set

_SIGNS: Final = frozenset("-/$€£#")
"""Directly before a number, these show that it is no date."""
_AFTER: Final = 20
"""Characters after a year in which a word can show that it is a number of something."""
_BEFORE: Final = 16
"""Characters in front of a number in which a word can show that it is that of an entry."""
_YEAR_DIGITS: Final = 4
"""Digits of a year."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Words that may be a date.

    Parameters
    ----------
    start, end
        Characters of the text.
    kind
        What they are, on which depends how they are read.
    words
        The words that matter, in lower case, in the order of the patterns of the kind.
    opening
        What the word in front of the date leaves open: ``x/..``, ``../x``, ``>x``, ``<x``, or
        nothing.
    """

    start: int
    end: int
    kind: DateKind = "stated"
    words: tuple[str, ...] = ()
    opening: str = ""

    @property
    def is_relative(self) -> bool:
        """Whether the words depend on another day, or on what a day is called."""
        return self.kind != "stated"


def date_spans(text: str) -> list[DateSpan]:
    """All candidates of a text from left to right, the longest of those that overlap.

    Examples
    --------
    >>> text = "On Monday, 3-5 May 2022 and since March; they may march on Sun City."
    >>> [text[one.start : one.end] for one in date_spans(text)]
    ['Monday, 3-5 May 2022', 'since March']
    """
    found = [
        DateSpan(*_trimmed(text, match), kind, _words(match), _opening(text, match))
        for kind, pattern in date_patterns()
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
    number = date_pattern("entry_number").match(text, start, end)
    if number and date_pattern("entry").search(text[max(0, start - _BEFORE) : start]):
        start = number.end()
    if named.get("opening") and date_pattern("owner").match(text, end):
        start = match.end("opening") + 1
    while end > start and text[end - 1] in " ,\n\t":
        end -= 1
    return start, end


def _words(match: re.Match[str]) -> tuple[str, ...]:
    named = sorted((name, one) for name, one in match.groupdict("").items() if name[0] == "w")
    return tuple(one.lower() for _, one in named)


def _opening(text: str, match: re.Match[str]) -> str:
    said = match.groupdict().get("opening")
    if not said or date_pattern("owner").match(text, match.end()):
        return ""
    signs: dict[str, str] = word_lists("dates")["opening"]
    return signs[" ".join(said.lower().split())]


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether nothing around the words shows that they are none."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() :][:_AFTER]
    if before in _SIGNS and text[match.start()].isdigit():
        return False
    if date_pattern("custom").match(text, match.end()):
        return False
    following = re.match(r" ([a-z]+)", after)
    if following and match[0][-_YEAR_DIGITS:].isdigit():
        return following[1] not in word_set("dates", "counted")
    return True
