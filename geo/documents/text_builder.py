"""Build the text of a document from pieces of the original, and note where each word came from.

The text is the same whatever the layout of the original: Unicode's composed form (NFC), one space
between words, one empty line between paragraphs, and no character that cannot be seen. Joiners,
which Dari and Pashto need, are kept.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from geo import limits
from geo.documents.origins import Origins, OriginUnit
from geo.errors import DocumentError
from geo.text import UNSEEN

BREAK: Final = "\n\n"
"""Between two paragraphs of a text."""
_WORD: Final = re.compile(r"\S+")
_DIRECTION: Final = re.compile("[\u200e\u200f\u061c]")


class TextPiece(NamedTuple):
    """Some text as the original has it, and where: from `first` up to, not including, `last`."""

    text: str
    first: int
    last: int


class _Word(NamedTuple):
    text: str
    first: int
    last: int


def plain_words(text: str) -> str:
    r"""The words of a text, whatever its layout.

    Examples
    --------
    >>> plain_words("\ufeffKa\u00adbul:\r\n  cafe\u0301 ")
    'Kabul: café'
    """
    return " ".join(filter(None, map(_seen, text.split())))


def _seen(word: str) -> str:
    if word.isascii() and word.isprintable():
        return word
    return unicodedata.normalize("NFC", UNSEEN.sub("", _DIRECTION.sub("", word)))


class TextBuilder:
    """Collects paragraphs.

    Parameters
    ----------
    name
        What messages call the document.

    Examples
    --------
    >>> builder = TextBuilder("d.txt", "byte")
    >>> builder.paragraph([TextPiece("Ka", 0, 2), TextPiece("bul  fell", 5, 14)])
    >>> builder.text, str(builder.origins().of(0, 5))
    ('Kabul fell', 'bytes 0 to 8')
    """

    def __init__(self, name: str, unit: OriginUnit) -> None:
        self._name, self._unit = name, unit
        self._parts: list[str] = []
        self._starts, self._firsts, self._lasts = array("q"), array("q"), array("q")
        self.length = 0

    @property
    def text(self) -> str:
        """The text up to here."""
        return "".join(self._parts)

    def paragraph(self, pieces: Iterable[TextPiece]) -> None:
        """Add a paragraph, if there is a word in it."""
        self._add([one for word in _words(pieces) if (one := word._replace(text=_seen(word.text)))
                   .text])  # fmt: skip

    def whole(self, text: str, number: int) -> None:
        """Add a paragraph of which only the number of its page, paragraph or message is known."""
        if words := plain_words(text):
            self._add([_Word(words, number, number)])

    def origins(self) -> Origins:
        """Return where each word or paragraph came from."""
        return Origins(self._unit, self._starts, self._firsts, self._lasts)

    def _add(self, words: list[_Word]) -> None:
        between = BREAK if self._parts else ""
        for word in words:
            self._parts.append(between)
            self._starts.append(self.length + len(between))
            self._firsts.append(word.first)
            self._lasts.append(word.last)
            self._parts.append(word.text)
            self.length += len(between) + len(word.text)
            between = " "
        if self.length > limits.MAX_DOCUMENT_LETTERS:
            raise DocumentError(
                f"{self._name}: has more than {limits.MAX_DOCUMENT_LETTERS:,} characters of text; "
                "cut it into several documents"
            )


def _words(pieces: Iterable[TextPiece]) -> Iterator[_Word]:
    """The words of a paragraph; one may begin in one piece and end in another."""
    held: _Word | None = None
    for text, first, last in pieces:
        # As long as in the original: each character is where it is there.
        is_exact = len(text) == last - first
        if held is not None and text[:1].isspace():
            yield held
            held = None
        for match in _WORD.finditer(text):
            begin, end = match.span()
            place = (first + begin, first + end) if is_exact else (first, last)
            if held is not None and begin == 0:
                held = _Word(held.text + match[0], held.first, place[1])
            else:
                if held is not None:
                    yield held
                held = _Word(match[0], *place)
        if held is not None and text and text[-1].isspace():
            yield held
            held = None
    if held is not None:
        yield held


def byte_places(source: str, encoding: str, origins: Origins, mark: int = 0) -> Origins:
    """Turn characters of a decoded file into its bytes.

    Parameters
    ----------
    mark
        Bytes before the first character: a byte order mark.
    """
    if source.isascii() and encoding == "utf-8" and not mark:
        return origins
    wanted = sorted({*origins.firsts, *origins.lasts})
    found: dict[int, int] = {}
    before, at = 0, mark
    for place in wanted:
        at += len(source[before:place].encode(encoding))
        found[place] = at
        before = place
    firsts, lasts = (
        array("q", map(found.__getitem__, each)) for each in (origins.firsts, origins.lasts)
    )
    return Origins("byte", origins.starts, firsts, lasts)
