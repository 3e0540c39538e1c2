"""Paragraphs and sentences of a text, by the characters that they span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from geo.reports.language import with_plain_spaces
from geo.reports.wordlists import word_lists, word_pattern

WRAPPED_LINE: Final = 50
"""Characters from which on a line without a full stop goes on in the next: a text that was wrapped
by a mail program has about 70 in a line, and a headline or the entry of a list seldom has 50."""
LONGEST_SENTENCE: Final = 1_000
"""Characters after which a sentence is divided at a space: what is compared within one sentence
would otherwise take time with the square of its length. None of those tried had 700."""
LONGEST_HEADING: Final = 130
"""Characters of a heading: a longer line without a full stop tells something itself."""
_BREAK: Final = re.compile(r"\n[ \t]*(?:\n\s*)?")
_CELLS: Final = ";\t"
"""Signs between the cells of a row of a table."""
BULLETS: Final = "-*•–—‣▪▫◾◽◼■□●○◆◇▶►➤➢✔✅❗🔴🔵🔻🔸🔹⚫⚪"
"""Signs with which an entry of a list begins."""
_BULLET: Final = re.compile(rf"(?:[{re.escape(BULLETS)}]\ufe0f?|\(?\d{{1,2}}[.)])[ \t]")
_ENTRY: Final = re.compile(
    r"(?:[A-Z]|\d{1,2} [A-Z])[\w'’-]{2,20}(?: [A-Z0-9][\w'’-]{0,20}){0,3}"
    r"(?: ?[:(]| [–—-] |, ?[A-Z])"
)
"""How a line of a list begins, with a name or a day before a sign: "NAME - NAME:", "4 July:"."""
_NUMBERING: Final = re.compile(r"\(?\d{1,3}[.)]")
_STOP: Final = re.compile(r"[.!?…؟۔]['\"”’»)\]]*(?=\s)")
_LAST_WORD: Final = re.compile(r"[^\s(\[\"“'‘]*\Z")
_NEXT_WORD: Final = re.compile(r"[^\W_]+")
_HEAD: Final = 2_500
"""Characters of the beginning of a text in which its head ends."""
_LOOK_BACK: Final = 24
"""Characters before a full stop in which its word is looked for: no abbreviation is longer."""


class SentenceSpan(NamedTuple):
    """A sentence: characters from ``start`` up to, but not including, ``end``.

    ``paragraph`` counts paragraphs from 0; ``is_heading`` is true for a line without a full stop
    that has a paragraph of its own.
    """

    start: int
    end: int
    paragraph: int
    is_heading: bool = False


def sentences(text: str) -> tuple[SentenceSpan, ...]:
    """Divide a text into sentences.

    Returns
    -------
    tuple of SentenceSpan
        In order, without the space between them.

    Examples
    --------
    >>> text = 'Gen. Roe met Mr. Doe at 9 a.m. on No. 3 Road. "We won." He left the U.S. The end'
    >>> [text[one.start:one.end] for one in sentences(text)]
    ['Gen. Roe met Mr. Doe at 9 a.m. on No. 3 Road.', '"We won."', 'He left the U.S.', 'The end']
    """
    found: list[SentenceSpan] = []
    text = with_plain_spaces(text)
    for number, (start, end) in enumerate(paragraphs(text)):
        pieces = [
            one for one in _divided(text, start, end) if not _NUMBERING.fullmatch(text[slice(*one)])
        ]
        is_entry = _BULLET.match(text, start) is not None
        is_matter = _end_of_head(text, start, min(end, _HEAD)) is not None
        pieces = [(start, end)] if is_matter else pieces
        is_short = is_matter or (len(pieces) == 1 and end - start <= LONGEST_HEADING)
        is_row = max(text.count(mark, start, end) for mark in _CELLS) > 1
        heading = is_short and not (is_entry or is_row) and text[end - 1] not in '.!?…:;"”'
        found += [SentenceSpan(*piece, number, heading) for piece in pieces]
    return tuple(found)


def _end_of_head(text: str, start: int, end: int) -> re.Match[str] | None:
    """What ends the head of a press release, on whatever line it stands."""
    return word_pattern("sentences", "matter").search(text, start, end)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text: what an empty line, a bullet or the end of a short line divides.

    Returns
    -------
    list of tuple
        First character of each, and the one after its last.
    """
    cuts = [0]
    begins = 0
    for match in _BREAK.finditer(text):
        if _is_end(text, begins, match):
            cuts.append(match.end())
        begins = match.end()
    matter = _end_of_head(text, 0, _HEAD)
    if matter is not None:
        cuts = sorted({*cuts, matter.end()})
    cuts.append(len(text))
    return [span for pair in pairwise(cuts) if (span := _trimmed(text, *pair))]


def _is_end(text: str, begins: int, match: re.Match[str]) -> bool:
    """Whether a paragraph ends where a line does."""
    if match[0].count("\n") > 1 or _BULLET.match(text, match.end()):
        return True
    if match.start() - begins < WRAPPED_LINE or text[match.start() - 1] in ".!?:":
        return True
    return all(_ENTRY.match(text, line) for line in (begins, match.end()))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(bare)


def _divided(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, those that are too long in pieces."""
    for begins, ends in _whole(text, start, end):
        here = begins
        while ends - here > LONGEST_SENTENCE:
            cut = text.rfind(" ", here + 1, here + LONGEST_SENTENCE)
            cut = cut if cut > here else here + LONGEST_SENTENCE
            if span := _trimmed(text, here, cut):
                yield span
            here = cut
        if span := _trimmed(text, here, ends):
            yield span


def _whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, match, start, end):
            if span := _trimmed(text, start, match.end()):
                yield span
            start = match.end()
    if span := _trimmed(text, start, end):
        yield span


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a full stop is the end of its sentence, not of an abbreviation."""
    if match[0][0] != ".":
        return True
    lists = word_lists("sentences")
    following = _NEXT_WORD.search(text, match.end(), min(end, match.end() + 8 * _LOOK_BACK))
    first = following[0] if following else ""
    if first[:1].islower():
        return False
    before = _LAST_WORD.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    word = before[0].casefold() if before else ""
    if word in lists["abbreviations"]:
        return False
    is_initial = len(word) == 1 and word.isalpha() and before is not None and before[0].isupper()
    if is_initial or word in lists["closing"]:
        return first.casefold() in lists["openers"]
    return True
