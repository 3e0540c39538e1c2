"""Passages: the words of a document on which a claim rests, found again by their digest.

A passage is never anchored to words that only resemble its own. The words are compared by the
SHA-256 of their letters as the document's text has them (see :mod:`geo.documents.text_builder`):
white space, line and paragraph breaks, invisible characters and the form of Unicode make no
difference; capital letters and punctuation do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

import numpy as np
from pydantic import ValidationError

from geo.documents.document import Document
from geo.documents.text_builder import BREAK, plain_words
from geo.dossier.records import Passage
from geo.errors import DocumentError
from geo.limits import MAX_QUOTE
from geo.text import counted

PassageStatus = Literal["found", "moved", "orphaned"]
_TOKEN: Final = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d])*|\d+|[^\w\s]|_"
)
"""A word, a number or a sign: where a passage may begin and end."""
_LEAST_BREAKS: Final = 3
"""Paragraph breaks in a passage up to which it is looked for in another version, however long."""
_MOST_SEARCHED: Final = 8_000_000
"""Letters that are searched for one passage, once for each further number of breaks in it."""
_LONGER: Final = (0x80, 0x800, 0x10000)
"""Code points from which UTF-8 needs one more byte."""
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PassageFinding:
    """Whether the words of a passage are in a document.

    Parameters
    ----------
    status
        ``found``: where the passage says. ``moved``: exactly once, elsewhere. ``orphaned``:
        nowhere, or in several places of which none can be told to be the one that was meant.
    start, end
        Where the words are now; ``None`` if the passage is orphaned.
    why
        Why a passage is orphaned or where it has moved; empty for one that is found.
    """

    passage: Passage
    status: PassageStatus
    start: int | None = None
    end: int | None = None
    why: str = ""


def digest_of_words(words: str) -> str:
    r"""Return the SHA-256 of words, in hexadecimal, whatever their layout.

    Examples
    --------
    >>> digest_of_words("two  men\ndied") == digest_of_words("two men died")
    True
    >>> digest_of_words("Two men died") == digest_of_words("two men died")
    False
    """
    return sha256(plain_words(words).encode()).hexdigest()


def passage_of(document: Document, start: int, end: int, *, quote: bool = False) -> Passage:
    """Make the passage of some characters of a document, widened to whole words.

    Parameters
    ----------
    start, end
        Characters of the text: from `start` up to, but not including, `end`.
    quote
        Whether the passage repeats its words. Words that are too long for a quotation, or hold a
        telephone number or an e-mail address, are not repeated all the same.

    Raises
    ------
    DocumentError
        If there are no such characters, or no word among them.

    Examples
    --------
    >>> from geo.documents.reading import read_document
    >>> document = read_document(b"Two men were killed.", "report.txt")
    >>> made = passage_of(document, 5, 10, quote=True)
    >>> made.start, made.end, made.quote
    (4, 12, 'men were')
    """
    text = document.text
    if not 0 <= start < end <= len(text):
        raise DocumentError(
            f"the document has no characters {start} to {end}; its text has {len(text):,}"
        )
    first, last = _widened(text, start, end)
    words = plain_words(text[first:last])
    if not words:
        raise DocumentError(f"characters {start} to {end} of the document hold no word")
    held = {
        "document": document.sha256, "start": first, "end": last, "digest": digest_of_words(words),
    }  # fmt: skip
    if quote and len(words) <= MAX_QUOTE:
        try:
            return Passage.model_validate({**held, "quote": words})
        except ValidationError:
            return Passage.model_validate(held)
    return Passage.model_validate(held)


def _widened(text: str, start: int, end: int) -> _Span:
    """The span from the beginning of its first word to the end of its last one."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    # A word is longer than this only in a text without spaces, where it is cut anywhere.
    before = max(start - 200, 0)
    for match in _TOKEN.finditer(text, before, min(end + 200, len(text))):
        first, last = match.span()
        if first < start < last:
            start = first
        if first < end < last:
            end = last
    return start, end


def find_passage(passage: Passage, document: Document) -> PassageFinding:
    r"""Look for the words of a passage in a document: the same one, or another version of it.

    In the document that the passage names, its words are found where it says. In another version
    they are found, or have moved, only if they are there exactly once.

    Examples
    --------
    >>> from geo.documents.reading import read_document
    >>> before = read_document(b"Two men were killed. Nobody claimed it.", "report.txt")
    >>> passage = passage_of(before, 0, 20)
    >>> after = read_document(b"Corrected. Two men\nwere killed.", "report.txt")
    >>> found = find_passage(passage, after)
    >>> found.status, after.text[found.start:found.end]
    ('moved', 'Two men were killed.')
    >>> find_passage(passage, read_document(b"Two men were injured.", "report.txt")).status
    'orphaned'
    """
    return find_passages((passage,), document)[0]


def find_passages(passages: Sequence[Passage], document: Document) -> tuple[PassageFinding, ...]:
    """Look for the words of many passages in one document; see :func:`find_passage`.

    Returns
    -------
    tuple of PassageFinding
        One for each passage, in their order.
    """
    places = _places([one for one in passages if not _is_in_place(one, document)], document.text)
    return tuple(
        PassageFinding(one, "found", one.start, one.end)
        if _is_in_place(one, document)
        else _finding(one, sorted(places[one.digest]))
        for one in passages
    )


def _is_in_place(passage: Passage, document: Document) -> bool:
    return passage.document == document.sha256 and (
        digest_of_words(document.text[passage.start : passage.end]) == passage.digest
    )


def _finding(passage: Passage, spans: Sequence[_Span]) -> PassageFinding:
    if not spans:
        return PassageFinding(passage, "orphaned", why="its words are not in the document")
    if len(spans) > 1:
        why = f"its words are in the document {counted(len(spans), 'time')}; which is meant is open"
        return PassageFinding(passage, "orphaned", why=why)
    ((start, end),) = spans
    if (start, end) == (passage.start, passage.end):
        return PassageFinding(passage, "found", start, end)
    return PassageFinding(passage, "moved", start, end, f"its words are at {start} to {end} now")


def _places(passages: Sequence[Passage], text: str) -> dict[str, set[_Span]]:
    """Where the words of passages are, by their digest."""
    found: dict[str, set[_Span]] = defaultdict(set)
    if not passages:
        return found
    line = _OneLine(text)
    most = max(_LEAST_BREAKS, _MOST_SEARCHED // max(len(text), 1))
    wanted: dict[int, set[str]] = defaultdict(set)
    for one in passages:
        length = one.end - one.start
        # In the line a break is one letter shorter; there is a letter before and after each.
        for breaks in range(min(most, (length - 1) // 3) + 1):
            wanted[length - breaks].add(one.digest)
    for length, digests in wanted.items():
        for digest, start in line.matches(length, digests):
            found[digest].add(line.span(start, length))
    return found


class _OneLine:
    """A text as one line, in which a break between paragraphs is one space."""

    def __init__(self, text: str) -> None:
        parts = text.split(BREAK)
        self.text = " ".join(parts)
        at, self._breaks = -1, list[int]()
        for part in parts[:-1]:
            at += len(part) + 1
            self._breaks.append(at)
        self._data = memoryview(self.text.encode())
        codes = np.frombuffer(self.text.encode("utf-32-le"), np.uint32)
        sizes = 1 + np.sum([codes >= least for least in _LONGER], axis=0, dtype=np.int64)
        self._bytes = np.concatenate(([0], np.cumsum(sizes)))
        spans = [match.span() for match in _TOKEN.finditer(self.text)]
        self._starts = np.array([start for start, _ in spans], np.int64)
        self._is_end = np.zeros(len(self.text) + 1, np.bool_)
        self._is_end[[end for _, end in spans]] = True

    def matches(self, length: int, digests: set[str]) -> Iterator[tuple[str, int]]:
        """The passages of a length that have one of the digests."""
        starts = self._starts[: np.searchsorted(self._starts, len(self.text) - length, "right")]
        wanted = {bytes.fromhex(one): one for one in digests}
        starts = starts[self._is_end[starts + length]]
        spans = (starts, self._bytes[starts], self._bytes[starts + length])
        places = zip(*(one.tolist() for one in spans), strict=True)
        for start, first, last in places:
            digest = sha256(self._data[first:last]).digest()
            if digest in wanted:
                yield wanted[digest], int(start)

    def span(self, start: int, length: int) -> _Span:
        """Where a stretch of the line is in the text."""
        end = start + length
        return (
            start + bisect_right(self._breaks, start - 1),
            end + bisect_right(self._breaks, end - 1),
        )
