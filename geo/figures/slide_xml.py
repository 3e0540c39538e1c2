"""A slide of others as its shapes and the bytes of each: one is replaced, all else stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from geo.briefing.shape_facts import SHAPES
from geo.errors import FigureError
from geo.events.readers.markup import local
from geo.figures.office_file import OfficeFile

_WHOLE: Final = frozenset({"sld", "notes"})
# A comment, characters as they are, an instruction, or a tag; a quoted value may hold a `>`.
_TOKEN: Final = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(/?)(?:[^\s/>:]+:)?([^\s/>:]+)((?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*)>",
    re.DOTALL,
)
_ENCODING: Final = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)[\"']")


_HEAD: Final = 64
"""Bytes at the beginning of a part in which its encoding is seen."""


class ByteSpan(NamedTuple):
    """Where an element begins, where its first tag ends, and where it ends, in bytes."""

    start: int
    inside: int
    end: int


class ByteSplice(NamedTuple):
    """Bytes to put in place of others; an insertion if it starts where it ends."""

    start: int
    end: int
    data: bytes


@dataclass(frozen=True, eq=False)
class SlideXml:
    """A slide, or its speaker notes.

    Parameters
    ----------
    name
        Its part of the file.
    """

    data: bytes
    root: Element
    name: str

    @classmethod
    def of(cls, file: OfficeFile, name: str) -> SlideXml:
        """Read a part of a deck.

        Raises
        ------
        FigureError
            It is in an encoding in which nothing is replaced, or holds no slide.
        """
        data = file.part(name)
        declared = _ENCODING.match(data)
        is_other = declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}
        # In UTF-16, every other byte of the first tag is zero.
        if is_other or b"\0" in data[:_HEAD]:
            raise FigureError(f"{name}: is not in UTF-8; save the deck again")
        root: Element | None = None
        for event, element, around in file.steps(name, _WHOLE):
            root = element if event == "end" and not around else root
        if root is None or local(root.tag) not in _WHOLE:
            raise FigureError(f"{name}: is not a slide; save the deck again")
        return cls(data, root, name)

    @cached_property
    def tree(self) -> Element:
        """The element with all shapes."""
        found = next((one for one in self.root.iter() if local(one.tag) == "spTree"), None)
        if found is None:
            raise FigureError(f"{self.name}: has no shapes; save the deck again")
        return found

    def span(self, element: Element) -> ByteSpan:
        """Return where a shape is."""
        return self._spans[element]

    def ids(self) -> set[int]:
        """Return the numbers of all shapes."""
        return {
            int(said) for one in self.root.iter()
            if local(one.tag) == "cNvPr" and (said := one.get("id", "")).isdecimal()
        }  # fmt: skip

    @cached_property
    def _spans(self) -> dict[Element, ByteSpan]:
        elements = [one for one in self.root.iter() if local(one.tag) in SHAPES]
        spans = list(byte_spans(self.data, SHAPES))
        if len(spans) != len(elements):
            raise FigureError(f"{self.name}: cannot be changed in part; save the deck again")
        return dict(zip(elements, spans, strict=True))


def byte_spans(data: bytes, names: Iterable[str]) -> list[ByteSpan]:
    """Return where the elements with some names are in well-formed XML, in their order.

    Examples
    --------
    >>> xml = b'<p:a x=">"><!-- <p:sp> --><p:sp><p:sp/></p:sp></p:a>'
    >>> [xml[one.start : one.end] for one in byte_spans(xml, ["sp"])]
    [b'<p:sp><p:sp/></p:sp>', b'<p:sp/>']
    """
    wanted = {name.encode() for name in names}
    found: list[ByteSpan] = []
    begun: list[int] = []
    for token in _TOKEN.finditer(data):
        name = token[2]
        if name not in wanted:
            continue
        if token[1]:
            at = begun.pop()
            found[at] = found[at]._replace(end=token.end())
            continue
        if not token[3].endswith(b"/"):
            begun.append(len(found))
        found.append(ByteSpan(token.start(), token.end(), token.end()))
    return found


def with_splices(data: bytes, splices: Iterable[ByteSplice]) -> bytes:
    """Return data with some of its bytes replaced, and all others as they are.

    Examples
    --------
    >>> with_splices(b"abcd", [ByteSplice(3, 3, b"-"), ByteSplice(0, 1, b"A")])
    b'Abc-d'
    """
    return b"".join(_pieces(data, sorted(splices, key=lambda one: one[:2])))


def _pieces(data: bytes, splices: list[ByteSplice]) -> Iterator[bytes]:
    at = 0
    for one in splices:
        yield data[at : one.start]
        yield one.data
        at = one.end
    yield data[at:]
