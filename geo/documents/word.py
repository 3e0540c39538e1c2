"""Word documents (DOCX): paragraphs, lists, tables and notes in reading order.

The file is a ZIP archive of XML (ECMA-376, Part 1, 17). It is read element by element and not with
a library that builds the whole document, so that its size is bounded while it is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import IO, Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geo import limits
from geo.documents.document import Document, DocumentPart
from geo.documents.stated_dates import stated_day
from geo.documents.text_builder import TextBuilder, plain_words
from geo.errors import DocumentError

_BODY: Final = "word/document.xml"
_NOTES: Final = ("word/footnotes.xml", "word/endnotes.xml")
_HEADER: Final = re.compile(r"word/header\d{0,3}\.xml")
_PROPERTIES: Final = "docProps/core.xml"
_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, KeyError,
    ValueError, OverflowError,
)  # fmt: skip
_ENCRYPTED: Final = 0x1
_SIGNS: Final = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-"}
"""Elements that stand for a sign; a tab among the settings of a paragraph is outer white space."""
_SKIPPED: Final = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
"""Text that is not shown: struck by a tracked change, or repeated for older programs."""
_PIECE: Final = 1 << 16
"""Bytes that are unpacked at a time, after which the limit is checked."""


class _Bounded(io.RawIOBase):
    """A file of the archive that ends with an error beyond a number of bytes."""

    def __init__(self, held: IO[bytes], name: str, most: int) -> None:
        self._held, self._name, self._left = held, name, most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._held.read(_PIECE if size < 0 else min(size, _PIECE))
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(
                f"{self._name}: has more than {limits.MAX_DOCX_BYTES:,} bytes of text and layout "
                "when unpacked; save it as text"
            )
        return data


def is_word(data: bytes) -> bool:
    """Whether a ZIP archive holds a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _BODY in archive.namelist()
    except _DAMAGED:
        return False


def read_word(data: bytes, name: str, sha256: str) -> Document:
    """Read a Word document; paragraphs are counted from 1, those in tables and notes among them.

    Raises
    ------
    DocumentError
        If it is damaged, protected, has no text, or is beyond the limits.
    """
    builder = TextBuilder(name, "paragraph")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            _check(archive, name)
            headers = sorted(one for one in names if _HEADER.fullmatch(one))
            number = 0
            for member in (*headers, _BODY, *_NOTES):
                if member not in names:
                    continue
                with archive.open(member) as held:
                    for paragraph in _paragraph_texts(
                        _Bounded(held, name, limits.MAX_DOCX_BYTES), name
                    ):
                        number += 1
                        builder.whole(paragraph, number)
            title, published = _properties(archive, name)
    except _DAMAGED as error:
        raise DocumentError(f"{name}: is a damaged Word document; save it again") from error
    text = builder.text
    if not text:
        raise DocumentError(f"{name}: has no text; if it has pictures of pages, it is a scan")
    notes = (f"the file was made on {published}, which need not be the day of publication",)
    parts = (DocumentPart(0, len(text), title),)
    return Document(sha256, "docx", text, title, None, parts, notes if published else (),
                    builder.origins())  # fmt: skip


def _check(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if any(one.flag_bits & _ENCRYPTED for one in members):
        raise DocumentError(f"{name}: is protected with a password; save it without one")
    if _BODY not in archive.namelist():
        raise DocumentError(f"{name}: is not a Word document; save it as DOCX")
    if len(members) > limits.MAX_MEMBERS:
        raise DocumentError(
            f"{name}: has {len(members):,} files in it; at most {limits.MAX_MEMBERS:,} are read"
        )


def _properties(archive: zipfile.ZipFile, name: str) -> tuple[str, date | None]:
    if _PROPERTIES not in archive.namelist():
        return "", None
    found: dict[str, str] = {}
    with archive.open(_PROPERTIES) as held:
        for event, element in _steps(_Bounded(held, name, limits.MAX_DOCX_BYTES), name):
            if event == "end" and element.text:
                found.setdefault(_local(element), element.text)
    return plain_words(found.get("title", ""))[: limits.MAX_LINE], stated_day(
        found.get("created", "")
    )


class _Paragraphs:
    """Collects the texts of paragraphs; one in a text box follows the one around it."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []
        self._inner: list[str] = []
        self._hidden = 0

    def start(self, tag: str) -> None:
        """Note that an element begins."""
        self._hidden += tag in _SKIPPED
        if tag == "p" and not self._hidden:
            self._open.append([])

    def end(self, tag: str, text: str) -> list[str]:
        """Note that an element ends, and return the paragraphs that are complete with it."""
        self._hidden -= tag in _SKIPPED
        if self._hidden or not self._open:
            return []
        if tag == "p":
            return self._ended()
        shown = text if tag == "t" else _SIGNS.get(tag, "")
        self._open[-1].append(shown)
        return []

    def _ended(self) -> list[str]:
        text = "".join(self._open.pop())
        if self._open:
            self._inner.append(text)
            return []
        found, self._inner = [text, *self._inner], []
        return found


def _paragraph_texts(data: Any, name: str) -> Iterator[str]:
    paragraphs = _Paragraphs()
    for event, element in _steps(data, name):
        if event == "start":
            paragraphs.start(_local(element))
        else:
            yield from paragraphs.end(_local(element), element.text or "")


def _steps(data: Any, name: str) -> Iterator[tuple[str, Element]]:
    """Each element as it begins and ends; what has ended is forgotten."""
    parents: list[Element] = []
    try:
        for event, element in iterparse(data, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                parents.pop()
            yield event, element
            if event == "start":
                parents.append(element)
                if len(parents) > limits.MAX_MARKUP_DEPTH:
                    raise DocumentError(
                        f"{name}: its elements are nested more than {limits.MAX_MARKUP_DEPTH} deep"
                    )
            elif parents:
                parents[-1].remove(element)
    except DefusedXmlException as error:
        raise DocumentError(
            f"{name}: has a document type or entities, which are not read; save it again"
        ) from error
    except (ParseError, LookupError) as error:
        raise DocumentError(f"{name}: is a damaged Word document; save it again") from error


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
