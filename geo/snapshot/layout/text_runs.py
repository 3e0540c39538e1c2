"""Runs of one direction within a line, and the language of their letters.

A screen reader needs both: what to speak a run as, and its letters in the order of reading.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

_PASHTO: Final = frozenset("ټډړږښځڅڼېۍګ")
"""Letters of Pashto that Dari lacks."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class TextRun:
    """Part of a line, in the order of reading, and whether it reads from right to left."""

    text: str
    is_rtl: bool


def has_rtl(text: str) -> bool:
    """Whether any letter of a text reads from right to left.

    Examples
    --------
    >>> has_rtl("Kabul (کابل)"), has_rtl("Kabul, 12")
    (True, False)
    """
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)


def text_runs(text: str) -> tuple[TextRun, ...]:
    """The runs of a line: from a first to a last letter of one direction, with all in between.

    What is between letters of different directions belongs to the run from left to right.

    Examples
    --------
    >>> [run.text for run in text_runs("Attack on (در کابل) at 5")]
    ['Attack on (', 'در کابل', ') at 5']
    >>> text_runs("")
    ()
    """
    kinds = [_is_rtl(letter) for letter in text]
    runs: list[TextRun] = []
    start = at = 0
    while at < len(text):
        if not kinds[at]:
            at += 1
            continue
        end = _end_of_run(kinds, at)
        if at > start:
            runs.append(TextRun(text[start:at], is_rtl=False))
        runs.append(TextRun(text[at:end], is_rtl=True))
        start = at = end
    if start < len(text):
        runs.append(TextRun(text[start:], is_rtl=False))
    return tuple(runs)


def language_of(text: str) -> str:
    """The language of letters from right to left, as a tag of BCP 47; empty if there are none.

    Dari, unless a letter occurs that only Pashto has; another script is of no stated language. A
    short text in letters that both share may be Pashto, or Persian, and is called Dari all the
    same.

    Examples
    --------
    >>> language_of("کابل"), language_of("د ښار"), language_of("שלום"), language_of("Kabul")
    ('prs', 'ps', 'und', '')
    """
    letters = {letter for letter in text if _is_rtl(letter)}
    if not letters:
        return ""
    if letters & _PASHTO:
        return "ps"
    is_arabic = any(unicodedata.name(letter, "").startswith("ARABIC") for letter in letters)
    return "prs" if is_arabic else "und"


def is_of_run(letters: str) -> bool | None:
    """Whether the letters of a glyph read from right to left; ``None`` if they have no direction.

    Examples
    --------
    >>> is_of_run("ک"), is_of_run("K"), is_of_run("12 (")
    (True, False, None)
    """
    return next((kind for letter in letters if (kind := _is_rtl(letter)) is not None), None)


def _is_rtl(letter: str) -> bool | None:
    found = unicodedata.bidirectional(letter)
    if found in _RIGHT_TO_LEFT:
        return True
    return False if found == "L" else None


def _end_of_run(kinds: list[bool | None], start: int) -> int:
    """The end of a run from right to left, after its last letter."""
    end = at = start
    while at < len(kinds) and kinds[at] is not False:
        at += 1
        if kinds[at - 1]:
            end = at
    return end
