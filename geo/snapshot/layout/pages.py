"""The layout of content on pages: the position of each line of text, each symbol and the map.

The first page follows the template of its size. What does not fit goes to further pages of the same
size, in the same order, and the first page says what is where. Lengths are points from the upper
left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.snapshot.content.content import Content, say_numbers
from geo.snapshot.content.sizes import FOOT_SHARE, HEAD_SHARE, PageBox, Size
from geo.snapshot.layout.chart_table import chart_table
from geo.snapshot.layout.charted_page import chart_on_own_page, place_chart
from geo.snapshot.layout.columns import balance, columns_of, fill_columns
from geo.snapshot.layout.editorial_margins import with_marking
from geo.snapshot.layout.event_notes import event_pieces
from geo.snapshot.layout.legend_figure import beside, legend_pieces
from geo.snapshot.layout.margins import foot, head, silence
from geo.snapshot.layout.mirroring import Page, in_direction
from geo.snapshot.layout.notes import (
    PagePart,
    Piece,
    about,
    heading,
    note,
    note_from,
    notes,
    sources,
)
from geo.snapshot.layout.typesetting import (
    POINT,
    Block,
    Item,
    Panel,
    Role,
    TextLine,
    TextStyle,
    baseline,
    move,
    paragraph,
)
from geo.snapshot.lettering import LEADING, width_of
from geo.text import capitalised, listed

_GUTTER: Final = 18.0
"""Points between columns: about two letters, wider than any space between words."""
_CHARACTERS: Final = 26
"""Least width of a column in type sizes: about 50 letters, a comfortable line to read."""
_FEW: Final = 3
"""Notes that must fit on the first page, or all of them go to the next page: fewer look stray."""
_LOW: Final = 2.5
"""Ratio of width to height above which the legend runs in rows: its box is then a band below the
map, not a column."""
_NARROW: Final = 230.0
"""Points of width below which the legend runs in rows too: a column of headings would take a third
of the box."""
_MOST_PAGES: Final = 99
"""Page number with which the reference to further pages is measured: two digits are the most in
practice."""
_ABOVE_FOOT: Final = 6.0
"""Points between the lists and the record count."""
_ABOVE_MAP: Final = 5.0
"""Points between the subtitle and the map."""
_ABOVE_POINTER: Final = 4.0
"""Points between the text beside the map and the reference to further pages."""
_BELOW_RUNNING: Final = 8.0
"""Points between the title on a further page and its lists, with a rule between them."""
_SAID: Final[tuple[tuple[PagePart, str], ...]] = (
    ("what", "more of what is shown"),
    ("note", "the rest of the briefer’s note"),
    ("legend", "the rest of the legend"),
    ("beside", "the rest of what is not on the map"),
    ("events", "counts and source of the events"),
)


@dataclass(frozen=True, slots=True)
class Tail:
    """The rest of a block that begins on the first page."""

    block: Block
    part: PagePart


def lay_out(
    content: Content, size: Size, recipe_hash: str, *, first_page: int = 0
) -> tuple[Page, ...]:
    """All pages of a figure, the one with the map first.

    Parameters
    ----------
    first_page
        Number of the first page within a document that has page numbers of its own; 0 for a figure
        by itself.
    """
    layout = _PageLayout(content, size, recipe_hash, first_page)
    return tuple(
        in_direction(with_marking(page, content, size), content) for page in layout.pages()
    )


class _PageLayout:
    def __init__(self, content: Content, size: Size, recipe_hash: str, first_page: int) -> None:
        self.content, self.size, self.hash = content, size, recipe_hash
        self.is_part, self.first = first_page > 0, max(1, first_page)
        where = f"on page {self.first + 1}"
        self.width, self.height = size.width / POINT, size.height / POINT
        self.map, side = points(size.map_box), points(size.side)
        self.margin, self.inner = self.map.left, self.width - 2 * self.map.left
        self.side = side
        top = self.margin * HEAD_SHARE
        self.head = head(
            content,
            size,
            PageBox(self.margin, top, self.inner, self.map.top - top - _ABOVE_MAP),
            where=where,
        )
        top = max(self.map.top + self.map.height, side.top + side.height) + _ABOVE_FOOT
        available = self.height - top - self.margin * FOOT_SHARE
        self.foot = foot(
            content, size, PageBox(self.margin, top, self.inner, available), recipe_hash,
            where=where,
        )  # fmt: skip
        self.chart = self._chart()
        number = max(1, int(self.inner / (size.text * _CHARACTERS)))
        whole = PageBox(self.margin, 0.0, self.inner, 0.0)
        self.lists = columns_of(whole, number, _GUTTER)

    def _chart(self) -> tuple[Item, ...] | None:
        """Take space for the chart; ``None`` if it needs a page of its own."""
        found = place_chart(self.content, self.size, self.map, self.side, self._has_legend)
        if found is None:
            return () if self.content.chart is None else None
        self.map, self.side = found.map, found.side
        return found.items

    def _has_legend(self, side: PageBox) -> bool:
        """Whether the legend and what is not mapped fit into a box."""
        is_low = side.width > side.height * _LOW
        pieces = legend_pieces(self.content, self.size, is_low=is_low)
        blocks = [piece.block(side.width) for piece in (*pieces, *beside(self.content, self.size))]
        return fill_columns(blocks, [side]).placed == len(blocks)

    def pages(self) -> tuple[Page, ...]:
        """The first page and the further pages."""
        is_print = self.size.medium == "print"
        is_alone = not self._later([]) and not self.head.title_is_cut and self.chart is not None
        if is_alone:
            # Saving a page is better than full sentences: short lines carry the same facts.
            for full in dict.fromkeys((is_print, False)):
                if (items := self._all_beside_map(self._pieces(full=full))) is not None:
                    return (self._with_map(items),)
        items, rest, tail = self._first(self._pieces(full=is_print))
        later = self._later(rest)
        further = self._further(later, tail)
        if self.chart is None and (chart := self.content.chart) is not None:
            further = [(chart_on_own_page(chart, self.size, self._body), self._running), *further]
        if further:
            items = (*items, *self._pointer(later, tail, 1 + len(further)).items)
        return (self._with_map(items), *self._numbered(further))

    def _pieces(self, *, full: bool) -> list[Piece]:
        content, size, side = self.content, self.size, self.side
        in_rows = side.width > side.height * _LOW or side.width < _NARROW
        return [
            *note(content, size), *legend_pieces(content, size, is_low=in_rows),
            *beside(content, size), *notes(content, size, full=full), *sources(content, size),
            *event_pieces(content, size),
            *chart_table(content, size),
        ]  # fmt: skip

    def _with_map(self, items: Sequence[Item]) -> Page:
        """The first page, with its items in reading order."""
        above = (*self.head.items, *silence(self.content, self.size, self.map))
        chart = self.chart or ()
        return Page(self.width, self.height, (*above, *chart, *items, *self.foot.items), self.map)

    def _all_beside_map(self, pieces: Sequence[Piece]) -> tuple[Item, ...] | None:
        """Everything beside the map, if it fits there."""
        found = fill_columns(self._tried_beside_map(pieces), [self.side])
        return found.items if found.placed == len(pieces) else None

    def _tried_beside_map(self, pieces: Sequence[Piece]) -> list[Block]:
        """Blocks at the width of the box beside the map, with no more notes than could fit there.

        Setting thousands of notes at a width that few of them keep would take most of the time.
        """
        blocks: list[Block] = []
        used = 0.0
        for piece in pieces:
            block = piece.block(self.side.width)
            blocks.append(block)
            if piece.part in {"list", "sources"}:
                used += block.before + block.height
            # A heading is never last: it stays with what follows it.
            if used > self.side.height and not block.leads:
                break
        return blocks

    def _later(self, rest: Sequence[Piece]) -> list[Piece]:
        """The content of further pages: the rest of the lists and what the margins cannot hold."""
        over = [*self.head.left_over, *self.foot.left_over]
        return [*self._headed(over, "what"), *rest, *self._headed(over, "about")]

    def _headed(self, pieces: Sequence[Piece], part: PagePart) -> list[Piece]:
        """What did not fit in the margins of the first page, under a heading."""
        found = [piece for piece in pieces if piece.part == part]
        name = self.content.words.say("What is shown" if part == "what" else "Credits")
        return [heading(part, name, self.size), *found] if found else []

    def _first(self, pieces: Sequence[Piece]) -> tuple[tuple[Item, ...], list[Piece], Tail | None]:
        """The items beside the map, the pieces left over, and the rest of a divided block."""
        blocks = self._tried_beside_map(pieces)
        available, found = 0.0, self._beside_map(pieces, blocks, self.side.height)
        while (needed := self._height_of_pointer(*found[1:])) > available:
            available = needed
            found = self._beside_map(pieces, blocks, self.side.height - available)
        return found

    def _height_of_pointer(self, rest: Sequence[Piece], tail: Tail | None) -> float:
        return self._pointer(self._later(rest), tail, _MOST_PAGES).height + _ABOVE_POINTER

    def _beside_map(
        self, pieces: Sequence[Piece], blocks: Sequence[Block], height: float
    ) -> tuple[tuple[Item, ...], list[Piece], Tail | None]:
        side = [replace(self.side, height=height)]
        kept, rest_of_note = self._with_note_cut(pieces, blocks, side)
        found = fill_columns(kept, side)
        listed_now = [p for p in pieces[: found.placed] if p.part == "list" and p.number]
        if len(listed_now) < min(_FEW, len(self.content.entries)):
            kept = kept[: sum(piece.part in {"note", "legend", "beside"} for piece in pieces)]
            found = fill_columns(kept, side)
        rest, tail = pieces[found.placed :], None
        if found.rest is not None:
            tail, rest = Tail(found.rest, rest[0].part), rest[1:]
        return found.items, [*rest_of_note, *self._continued(rest)], tail

    def _with_note_cut(
        self, pieces: Sequence[Piece], blocks: Sequence[Block], side: Sequence[PageBox]
    ) -> tuple[list[Block], list[Piece]]:
        """As much of the note as leaves room for legend and "Not mapped", or just the legend."""
        if not pieces or pieces[0].part != "note":
            return list(blocks), []
        own, *others = blocks
        for parts in (("legend", "beside"), ("legend",), ()):
            must = [each for piece, each in zip(pieces[1:], others, strict=False)
                    if piece.part in {"note", *parts}]  # fmt: skip
            for at in (own.height, *reversed(own.cuts)):
                cut = own.cut(at)
                kept = own if cut is None else _trailing_off(cut[0])
                # A block that cannot be divided is placed alone even where it overflows.
                if kept.height > side[0].height:
                    continue
                if fill_columns([kept, *must], side).placed > len(must):
                    rest = [] if cut is None else [self._rest_of_note(kept)]
                    return [kept, *others], rest
        return list(blocks), []

    def _rest_of_note(self, kept: Block) -> Piece:
        lines = sum(isinstance(item, TextLine) and item.role == "note" for item in kept.items)
        return note_from(self.content, self.size, self.side.width, lines)

    def _continued(self, pieces: Sequence[Piece]) -> list[Piece]:
        """A list that begins on the first page gets a heading on the next page too."""
        if pieces and pieces[0].number and pieces[0].number > 1:
            name = "Notes" if pieces[0].part == "list" else "Sources"
            said = self.content.words.say(f"{name}, continued")
            return [heading(pieces[0].part, said, self.size), *pieces]
        return list(pieces)

    def _further(
        self, pieces: Sequence[Piece], tail: Tail | None
    ) -> list[tuple[tuple[Item, ...], Block]]:
        """Items and running head of each further page."""
        # What began in a wider box needs its width.
        is_wide = tail is not None and self.side.width > self.lists[0].width
        lists = [replace(self.lists[0], width=self.inner)] if is_wide else self.lists
        blocks = [] if tail is None else [tail.block]
        blocks += [piece.block(lists[0].width) for piece in pieces]
        if not blocks and not self.head.title_is_cut:
            return []
        running, body = self._running, self._body
        columns = [replace(box, top=body.top, height=body.height) for box in lists]
        pages = []
        while True:
            found = balance(blocks, columns)
            pages.append((found.items, running))
            blocks = blocks[found.placed :]
            if found.rest is not None:
                blocks[0] = found.rest
            if not blocks:
                return pages

    @property
    def _running(self) -> Block:
        """The running head of further pages."""
        role: Role = "title" if self.head.title_is_cut else "running"
        return paragraph(self.content.title, TextStyle(self.size.text, "bold"), self.inner, role)

    @property
    def _body(self) -> PageBox:
        """What is left of a further page between its running head and its foot."""
        top = self.margin + self._running.height + _BELOW_RUNNING
        bottom = self.height - self.margin * FOOT_SHARE - self.size.small * LEADING - _ABOVE_FOOT
        return PageBox(self.margin, top, self.inner, bottom - top)

    def _numbered(self, pages: Sequence[tuple[tuple[Item, ...], Block]]) -> list[Page]:
        type_ = TextStyle(self.size.small, tone="muted")
        y = self.height - self.margin * FOOT_SHARE - type_.leading + baseline(type_)
        version = about(self.content, self.hash)[0]
        made = []
        for at, (items, running) in enumerate(pages, start=2):
            above = (move(item, self.margin, self.margin) for item in running.items)
            rule = Panel(self.margin, self.margin + running.height + 2, self.inner, 0.0)
            number = "" if self.is_part else f"Page {at} of {len(pages) + 1}. "
            said = f"{number}{version}"
            if number and width_of(said, type_.size) > self.inner:
                said = number.rstrip(". ")
            below = TextLine(said, self.margin, y, type_, "folio", begins=True)
            made.append(Page(self.width, self.height, (*above, rule, *items, below)))
        return made

    def _pointer(self, pieces: Sequence[Piece], tail: Tail | None, last: int) -> Block:
        """The reference to the next pages, at the foot of the column beside the map."""
        box = self.side
        chart = ["the chart"] if self.chart is None else []
        end = self.first + last - 1
        text = _pointed(pieces, tail, (self.first + 1, end), chart) or (
            f"Title in full on page {end}"
        )
        block = paragraph(text, TextStyle(self.size.small, "bold", "focus"), box.width, "pointer")
        y = box.top + box.height - block.height
        return replace(block, items=tuple(move(item, box.left, y) for item in block.items))


def _trailing_off(block: Block) -> Block:
    """A block whose last line ends with an ellipsis."""
    *items, last = block.items
    said = replace(last, text=f"{last.text} …") if isinstance(last, TextLine) else last
    return replace(block, items=(*items, said))


def _pointed(
    pieces: Sequence[Piece], tail: Tail | None, pages: tuple[int, int], before: Sequence[str]
) -> str:
    parts = {piece.part for piece in pieces} | ({tail.part} if tail else set())
    said = [*before, *(text for part, text in _SAID if part in parts)]
    for part, one, many in (("list", "note", "notes"), ("sources", "source", "sources")):
        numbers = [piece.number for piece in pieces if piece.part == part and piece.number]
        if numbers:
            said.append(f"{one if len(numbers) == 1 else many} {say_numbers(numbers)}")
    if "chart" in parts:
        said.append("the numbers of the chart")
    if "about" in parts:
        said.append("credits")
    text = listed(said)
    first, last = pages
    where = f"page {first}" if last == first else f"pages {first}–{last}"
    return f"{capitalised(text)} on {where}" if text else ""


def points(box: PageBox) -> PageBox:
    """A box of millimetres in points."""
    return PageBox(box.left / POINT, box.top / POINT, box.width / POINT, box.height / POINT)
