"""Head and foot of a page: title and subtitle above, record count and credits below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import PageBox, Size
from geo.snapshot.layout.editorial_margins import beside_logo, own_subtitle
from geo.snapshot.layout.notes import Piece, about, as_text
from geo.snapshot.layout.typesetting import (
    Block,
    Item,
    Panel,
    TextStyle,
    move,
    paragraph,
    set_lines,
    stack,
    text_direction,
    wrap,
)
from geo.snapshot.lettering import width_of
from geo.view import say_day

_LEAST_TITLE: Final = 0.72
"""Share of the usual type size down to which a long title is reduced before it is cut: still
clearly larger than text."""
_MOST_LINES: Final = 3
"""Most lines of a title; more would take height from the map."""
_SILENCE_SHARE: Final = 0.7
"""Greatest share of the width of an empty map for its text, so that the map stays visible."""
_ON_NEXT: Final = "on page 2"
"""Where a figure has what does not fit on its first page."""


@dataclass(frozen=True, slots=True)
class Margin:
    """Head or foot of a page, and what does not fit in it; lengths in points."""

    items: tuple[Item, ...]
    height: float
    left_over: tuple[Piece, ...] = ()
    title_is_cut: bool = False


def head(content: Content, size: Size, box: PageBox, *, where: str = _ON_NEXT) -> Margin:
    """Title and subtitle, with the largest title that leaves room for both, beside a logo.

    A title that is too long even in its smallest type is cut and refers to the page with the full
    title. A subtitle that does not fit is repeated in full among the notes.
    """
    logo, box = beside_logo(content.editorial.logo, box)
    made = _title_and_subtitle(content, size, box, where)
    return replace(made, items=(*made.items, *logo)) if logo else made


def _title_and_subtitle(content: Content, size: Size, box: PageBox, where: str) -> Margin:
    said = subtitle(content)
    quiet = TextStyle(size.text, tone="muted")
    below = [
        *own_subtitle(content, size, box.width),
        paragraph(said, quiet, box.width, "subtitle", before=2),
    ]
    for lines in range(1, _MOST_LINES + 1):
        for points in _sizes(size):
            type_ = TextStyle(points, "bold")
            title = _title(content.title, type_, box.width)
            both = stack([title, *below])
            if len(title.cuts) <= lines and both.height <= box.height:
                return Margin(_set(both, box), both.height)
    own = content.editorial.subtitle
    said = f"{said} · {own}" if own else said
    return _crowded(content.title, said, type_, size, box, where)


def _title(title: str, type_: TextStyle, width: float) -> Block:
    """A title in lines of about equal length."""
    lines = wrap(title, type_, width)
    # Bisection of the width, from less than an even share of the text.
    low, high = width / max(1, len(lines)) * 0.8, width
    while high - low > 2:  # noqa: PLR2004 - points; less is not visible
        middle = (low + high) / 2
        tried = wrap(title, type_, middle)
        low, high = (low, middle) if len(tried) == len(lines) else (middle, high)
    best = wrap(title, type_, high)
    return set_lines(best, type_, width, "title", rtl=text_direction(title) == "rtl")


def subtitle(content: Content) -> str:
    """Area, period, groups, filters and date."""
    as_of = f"as of {say_day(content.as_of)}" if content.as_of else ""
    day = (content.words.say(as_of),) if as_of else ()
    return content.words.start + clean_line(" · ".join((*content.subtitle, *day)))


def foot(
    content: Content, size: Size, box: PageBox, recipe_hash: str, *, where: str = _ON_NEXT
) -> Margin:
    """Record count, warnings and credits; what does not fit moves to the further pages."""
    bold = TextStyle(size.text, "bold")
    ledger = stack(
        [paragraph(clean_line(said), bold, box.width, "ledger") for said in content.ledgers]
    )
    warnings = [
        paragraph(clean_line(said), TextStyle(size.small), box.width, "ledger")
        for said in content.warnings
        if said != _why_empty(content)
    ]
    said = about(content, recipe_hash)
    for kept in range(len(said), 0, -1):
        rest = tuple(
            as_text("about", each, TextStyle(size.fine, tone="muted")) for each in said[kept:]
        )
        more = (f" Disclaimer and credits continue {where}.",) if rest else ()
        fine = paragraph(
            " ".join((*said[:kept], *more)), TextStyle(size.fine, tone="muted"), box.width, "fine"
        )
        whole = stack([ledger, *warnings, replace(fine, before=2.0)])
        if whole.height <= box.height or kept == 1:
            break
    if whole.height <= box.height:
        return Margin(_set(whole, box), whole.height, rest)
    # Warnings that do not fit below the map come first on the next page.
    fitting = stack([ledger, replace(fine, before=2.0)])
    moved_on = tuple(
        as_text("what", clean_line(said), TextStyle(size.text)) for said in content.warnings
    )
    return Margin(_set(fitting, box), fitting.height, (*moved_on, *rest))


def _sizes(size: Size) -> list[float]:
    least = max(size.text + 1, size.title * _LEAST_TITLE)
    steps = int(size.title - least)
    return [*(size.title - at for at in range(steps + 1)), least]


def _crowded(
    title: str, subtitle: str, type_: TextStyle, size: Size, box: PageBox, where: str
) -> Margin:
    """Title and subtitle if both together are too long: each is cut with a reference."""
    small = TextStyle(size.text, tone="muted")
    lines = wrap(title, type_, box.width)
    available = int((box.height - small.leading - 2) / type_.leading)
    shown = lines[: max(1, min(available, _MOST_LINES))]
    is_cut = len(shown) < len(lines)
    rtl = text_direction(title) == "rtl"
    fitting = _ended(shown, type_, box.width, where) if is_cut else tuple(shown)
    above = set_lines(fitting, type_, box.width, "title", rtl=rtl)
    what = wrap(subtitle, small, box.width)
    fit = what[: max(1, int((box.height - above.height - 2) / small.leading))]
    rest = (as_text("what", subtitle, TextStyle(size.text)),) if len(fit) < len(what) else ()
    kept = _ended(fit, small, box.width, where) if rest else fit
    below = replace(set_lines(kept, small, box.width, "subtitle"), before=2)
    both = stack([above, below])
    return Margin(_set(both, box), both.height, rest, title_is_cut=is_cut)


def _ended(lines: Sequence[str], type_: TextStyle, width: float, where: str) -> tuple[str, ...]:
    """Lines whose last one ends with a reference to the page with the full text."""
    *before, last = lines
    ellipsis = f"… (in full {where})"
    while last and width_of(last + ellipsis, type_.size, type_.weight) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return (*before, last + ellipsis)


def _set(block: Block, box: PageBox) -> tuple[Item, ...]:
    return tuple(move(item, box.left, box.top) for item in block.items)


def silence(content: Content, size: Size, box: PageBox) -> tuple[Item, ...]:
    """The text on a map without marks, so that it is not read as a country without incidents."""
    said = _why_empty(content)
    if not said:
        return ()
    type_ = TextStyle(size.text + 1, "bold")
    lines = wrap(content.words.say(said), type_, box.width * _SILENCE_SHARE)
    text = set_lines(lines, type_, box.width, "map")
    width = max(width_of(line, type_.size, "bold") for line in lines)
    # Points of space: 8 at the sides, 6 above and below. The corner shows the least of the map.
    left, top = box.left + 16, box.top + 14
    plate = Panel(left - 8, top - 6, width + 16, text.height + 12, "paper", framed=True,
                  role="map")  # fmt: skip
    return (plate, *(move(item, left, top) for item in text.items))


def _why_empty(content: Content) -> str:
    """Why the map has no marks; empty if it has some."""
    has_events = content.events is not None and content.events.is_drawn
    if content.spots or content.badges or content.whole_country or has_events:
        return ""
    if content.entries:
        return "No record shown can be mapped; all are listed as not mapped."
    if content.elsewhere:
        return "No record is inside this frame."
    return "No record is shown."
