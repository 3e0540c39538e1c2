"""The structure of a PDF: what each line is, in the order of reading.

A screen reader does not see the page. It reads a tree of headings, paragraphs, lists, links and
figures (ISO 32000-1:2008, 14.7 and 14.8), whose leaves are marked parts of what a page draws. The
tree is built from the items of the pages before they are drawn; drawing adds the leaves.

A sign in the legend or before a note is decoration to it: the words beside the sign say the same,
and the map that it explains is described in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from geo.snapshot.layout.typesetting import Item, TextLine
from geo.snapshot.output.writing import FigurePage

StructureType = Literal[
    "Document", "Sect", "H1", "H2", "P", "L", "Caption", "LI", "Lbl", "LBody", "Link", "Span",
    "Figure",
]  # fmt: skip
ArtifactType = Literal["Header", "Footer"]
_PAGINATION: Final[dict[str, ArtifactType]] = {"running": "Header", "folio": "Footer"}
_NUMBERS: Final = frozenset({"number", "source-number"})
_PARAGRAPHS: Final[dict[str, StructureType]] = {
    "title": "H1", "subtitle": "P", "heading": "H2", "text": "P", "source": "P", "note": "P",
    "ledger": "P", "fine": "P", "pointer": "P", "map": "P", "link": "P",
}  # fmt: skip
_IN_LISTS: Final = frozenset({"text", "source", "link"})
_BEFORE_MAP: Final = frozenset({"title", "subtitle"})
_IN_FIGURES: Final = frozenset({"chart"})
"""Lines that are parts of a figure, which is described as a whole."""


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A part of what a page draws: the index of the page, and its number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A rectangle of a page that opens an address, or another page as ``#page=3``.

    Parameters
    ----------
    box
        Left, lower, right and upper edge in points from the lower left corner.
    """

    page: int
    address: str
    box: tuple[float, float, float, float]


@dataclass(eq=False, slots=True)
class PdfTag:
    """An element of the structure tree, with its children in the order of reading.

    Parameters
    ----------
    alt
        Description of a figure or a link.
    actual_text
        The letters of what is drawn, where a reader could not tell their order from it.
    language
        Tag of BCP 47, where it is another one than that of the document.
    box
        Extent of a figure: left, lower, right and upper edge in points.
    """

    type: StructureType
    children: list[PdfTag | MarkedContent | PdfLink] = field(default_factory=list)
    alt: str = ""
    actual_text: str = ""
    language: str = ""
    box: tuple[float, float, float, float] | None = None

    def child(self, type_: StructureType) -> PdfTag:
        """A new element, last among its children."""
        made = PdfTag(type_)
        self.children.append(made)
        return made


@dataclass(frozen=True, slots=True)
class TaggedHeading:
    """A heading of a page, for the bookmarks; `top` in points from the lower edge."""

    page: int
    text: str
    top: float


@dataclass(eq=False, slots=True)
class PageTags:
    """The elements of one page.

    Parameters
    ----------
    maps, above
        The elements of its maps, and the one below which further figures come.
    lines
        The element of each line of text by its place among the items, or what kind of artifact
        it is.
    goes_on
        Places of the lines after which their paragraph continues on another line.
    """

    root: PdfTag
    maps: list[PdfTag]
    above: PdfTag | None
    lines: dict[int, PdfTag | ArtifactType]
    goes_on: frozenset[int]
    headings: tuple[TaggedHeading, ...]

    def add_figure(self, alt: str) -> PdfTag:
        """A further figure of the page, below its title and its map."""
        made = PdfTag("Figure", alt=alt)
        at = 0 if self.above is None else self.root.children.index(self.above) + 1
        self.root.children.insert(at, made)
        self.above = made
        return made


class TagBuilder:
    """Makes the elements of pages in turn: a paragraph or list may go on from page to page."""

    def __init__(self, root: PdfTag) -> None:
        self.root = root
        self._last: dict[str, PdfTag] = {}
        self._list: PdfTag | None = None
        self._body: PdfTag | None = None
        self._parts: dict[str, tuple[PdfTag, PdfTag]] = {}

    def page(self, figure_page: FigurePage, number: int) -> PageTags:
        """The elements of a page; `number` is its index in the file."""
        page = figure_page.page
        lines: dict[int, PdfTag | ArtifactType] = {}
        texts = [(at, item) for at, item in enumerate(page.items) if isinstance(item, TextLine)]
        self._parts = {}
        for place, line in texts:
            if line.role in _BEFORE_MAP:
                lines[place] = self._tag(line)
        maps = self._maps(figure_page)
        above = maps[-1] if maps else self._last_child() if lines else None
        for place, line in texts:
            if line.role not in _BEFORE_MAP | _IN_FIGURES:
                lines[place] = _PAGINATION.get(line.role) or self._tag(line)
        return PageTags(
            self.root, maps, above, lines, _goes_on(page.items, lines),
            _headings(page.items, lines, number, page.height),
        )  # fmt: skip

    def _last_child(self) -> PdfTag | None:
        last = self.root.children[-1]
        return last if isinstance(last, PdfTag) else None

    def _maps(self, figure_page: FigurePage) -> list[PdfTag]:
        """A figure for each map, in the order of drawing."""
        page, content = figure_page.page, figure_page.content
        drawn = [(page.map, content.alt_text)] if page.map is not None else []
        drawn += [(panel.box, panel.content.alt_text) for panel in figure_page.panels]
        maps = [self.root.child("Figure") for _ in drawn]
        for figure, (box, text) in zip(maps, drawn, strict=True):
            figure.alt, top = text, page.height - box.top
            figure.box = (box.left, top - box.height, box.left + box.width, top)
        return maps

    def _tag(self, line: TextLine) -> PdfTag:
        if line.role in {"legend", "legend-heading"}:
            return self._legend(line)
        # A link of its own is never the rest of another text.
        key = f"{line.role} {line.link}"
        if line.begins or key not in self._last:
            self._last[key] = self._begun(line)
        return self._last[key]

    def _begun(self, line: TextLine) -> PdfTag:
        if line.role in _NUMBERS:
            if self._list is None:
                self._list = self.root.child("L")
            entry = self._list.child("LI")
            label = entry.child("Lbl")
            self._body = entry.child("LBody")
            return label
        around = self._around(line).child(_PARAGRAPHS[line.role])
        return around.child("Link") if line.link else around

    def _around(self, line: TextLine) -> PdfTag:
        """What a paragraph is in: the entry of a list, or nothing else."""
        body = self._body
        # The text beside a number, and an address. Anything later is a paragraph of its own.
        if body is not None and (line.role == "link" or not body.children):
            return body if line.role in _IN_LISTS else self.root
        if line.role in {"heading", "note", *_IN_LISTS}:
            self._list = self._body = None
        return self.root

    def _legend(self, line: TextLine) -> PdfTag:
        """A heading of the legend, or an item of the list below it."""
        if line.under not in self._parts:
            made = self.root.child("L")
            self._parts[line.under] = made, made.child("Caption")
        entries, caption = self._parts[line.under]
        if line.role == "legend-heading":
            return caption
        key = f"legend {line.under}"
        if line.begins or key not in self._last:
            self._last[key] = entries.child("LI").child("LBody")
        return self._last[key]


def without_empty(tag: PdfTag) -> PdfTag:
    """An element without the elements of which nothing has been drawn."""
    tag.children = [
        child
        for child in tag.children
        if not isinstance(child, PdfTag) or without_empty(child).children
    ]
    return tag


def _goes_on(
    items: Sequence[Item], lines: dict[int, PdfTag | ArtifactType]
) -> frozenset[int]:  # fmt: skip
    """Places of lines that are followed by another line of the same element on the page."""
    last: dict[int, int] = {}
    found: set[int] = set()
    for place, tag in lines.items():
        if isinstance(tag, PdfTag):
            if id(tag) in last:
                found.add(last[id(tag)])
            last[id(tag)] = place
    # An address is broken where no blank is.
    return frozenset(at for at in found if getattr(items[at], "role", "") != "link")


def _headings(
    items: Sequence[Item], lines: dict[int, PdfTag | ArtifactType], number: int, height: float
) -> tuple[TaggedHeading, ...]:
    found: dict[int, TaggedHeading] = {}
    for place, tag in lines.items():
        line = items[place]
        if not isinstance(tag, PdfTag) or tag.type != "H2" or not isinstance(line, TextLine):
            continue
        before = found.get(id(tag))
        text = line.text if before is None else f"{before.text} {line.text}"
        top = height - line.y + line.type.size if before is None else before.top
        found[id(tag)] = TaggedHeading(number, text, top)
    return tuple(found.values())
