"""The blocks of text of an HTML page, such as paragraphs, and the elements that they are in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from geo import limits
from geo.documents.html_scanner import RawText, Tag, attributes_of, scan
from geo.documents.text_builder import TextPiece
from geo.errors import DocumentError

_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - as the standard lists them
)
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb ruby s "  # noqa: SIM905 - as above
    "samp small span strike strong sub sup time tt u var wbr".split()
)
_SKIPPED: Final = frozenset(
    "button canvas datalist dialog head menu nav noscript object select svg video audio math "  # noqa: SIM905 - as above
    "footer aside figure map picture".split()
)
"""Elements whose text belongs to no article: controls, navigation, captions of pictures."""
_CLOSED_BY: Final = {
    "li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}), "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}), "option": frozenset({"option"}),
}  # fmt: skip
"""Elements that a start tag ends although their own end tag is missing."""
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FEW: Final = 4
"""Levels up to which a start tag ends an element that was left open."""


@dataclass(slots=True)
class Element:
    """An element of the page.

    Parameters
    ----------
    parent
        The number of the element around it; -1 for the outermost.
    is_skipped
        Whether its text, and that of what is in it, belongs to no article.
    """

    name: str
    parent: int
    attributes: str = ""
    is_skipped: bool = False


@dataclass(slots=True)
class HtmlBlock:
    """A block of text.

    Parameters
    ----------
    element
        The number of the innermost element that is not inline.
    letters, link_letters
        Letters of its text, and of those the ones that are links.
    """

    element: int
    pieces: list[TextPiece] = field(default_factory=list)
    letters: int = 0
    link_letters: int = 0

    @property
    def text(self) -> str:
        """Its text as the source has it."""
        return "".join(one.text for one in self.pieces)


@dataclass(slots=True)
class HtmlPage:
    """A page: its elements, its blocks in their order, and what it says about itself."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[HtmlBlock] = field(default_factory=list)
    meta: list[dict[str, str]] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""

    def ancestors(self, element: int) -> list[int]:
        """The numbers of an element and of those around it, the innermost first."""
        found = []
        while element >= 0:
            found.append(element)
            element = self.elements[element].parent
        return found


def read_saved_page(source: str, name: str) -> HtmlPage:
    """Read a page.

    Raises
    ------
    DocumentError
        If it has more elements than a page has.

    Examples
    --------
    An element that is never closed does not swallow the rest:

    >>> page = read_saved_page("<ul><li>One<li>Two</ul><p>Three", "x.html")
    >>> [(block.text, page.elements[block.element].name) for block in page.blocks]
    [('One', 'li'), ('Two', 'li'), ('Three', 'p')]
    """
    reader = _PageReader(name)
    for token in scan(source):
        if isinstance(token, Tag):
            reader.tag(token)
        elif isinstance(token, RawText):
            reader.raw(token)
        else:
            reader.text(token)
    reader.end_block()
    return reader.page


class _PageReader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.page = HtmlPage([Element("", -1)])
        self.open = [0]
        self.links = 0
        self.block: HtmlBlock | None = None

    def tag(self, tag: Tag) -> None:
        if tag.name in _VOID:
            self._void(tag)
        elif tag.name in _INLINE:
            self.links += (tag.name == "a") * (-1 if tag.is_end else 1)
            self.links = max(self.links, 0)
            if tag.name == "time" and not tag.is_end:
                self.page.times.append(attributes_of(tag.attributes).get("datetime", ""))
            elif "itemprop" in tag.attributes and not tag.is_end:
                self.page.meta.append(attributes_of(tag.attributes))
        elif tag.is_end:
            self.end_block()
            self._close(tag.name)
        else:
            self.end_block()
            self._start(tag)

    def raw(self, raw: RawText) -> None:
        if raw.name == "title" and not self.page.title:
            self.page.title = raw.text
        elif raw.name == "script" and "ld+json" in raw.attributes:
            self.page.scripts.append(raw.text)

    def text(self, piece: TextPiece) -> None:
        if self.page.elements[self.open[-1]].is_skipped:
            return
        if self.block is None:
            if piece.text.isspace():
                return
            self.block = HtmlBlock(self.open[-1])
        letters = len(piece.text.strip())
        self.block.pieces.append(piece)
        self.block.letters += letters
        self.block.link_letters += letters * (self.links > 0)

    def end_block(self) -> None:
        if self.block is not None and not self.block.text.isspace():
            self.page.blocks.append(self.block)
        self.block = None

    def _void(self, tag: Tag) -> None:
        if tag.name == "meta":
            self.page.meta.append(attributes_of(tag.attributes))
        elif tag.name == "br" and self.block is not None:
            self.block.pieces.append(TextPiece("\n", tag.first, tag.first + 1))
        elif tag.name == "hr":
            self.end_block()

    def _start(self, tag: Tag) -> None:
        elements = self.page.elements
        if self.open and elements[self.open[-1]].name == "p":
            self.open.pop()
        ended = _CLOSED_BY.get(tag.name, frozenset())
        for back, at in enumerate(reversed(self.open[-_FEW:])):
            if elements[at].name in ended:
                del self.open[len(self.open) - 1 - back :]
                break
            if elements[at].name in {"ul", "ol", "table", "dl"}:
                break
        parent = self.open[-1] if self.open else 0
        if len(elements) >= limits.MAX_HTML_ELEMENTS:
            raise DocumentError(
                f"{self.name}: has more than {limits.MAX_HTML_ELEMENTS:,} elements; save the "
                "article alone, or as text"
            )
        if len(self.open) < limits.MAX_MARKUP_DEPTH:
            is_skipped = elements[parent].is_skipped or _is_aside(tag)
            elements.append(Element(tag.name, parent, tag.attributes, is_skipped))
            self.open.append(len(elements) - 1)

    def _close(self, name: str) -> None:
        names = [self.page.elements[at].name for at in self.open[1:]]
        if name in names:
            at = len(names) - 1 - names[::-1].index(name)
            del self.open[at + 1 :]


def _is_aside(tag: Tag) -> bool:
    if tag.name in _SKIPPED:
        return True
    if not tag.attributes:
        return False
    given = attributes_of(tag.attributes)
    return (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or given.get("role") in {"navigation", "menu", "dialog", "alert", "complementary"}
        or bool(_HIDDEN.search(given.get("style", "")))
    )
