"""The frames of a time-lapse: each with its period, legend, record count and sources.

All frames have the same extent, scale and legend, so that nothing moves but what is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from geo import limits
from geo.errors import FigureError, OptionError
from geo.series.contents import SeriesContents, SeriesPanel
from geo.snapshot.content.content import Content, SourceNote
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import FOOT_SHARE, HEAD_SHARE, PageBox, Size
from geo.snapshot.layout.columns import fill_columns
from geo.snapshot.layout.legend_figure import beside, legend_pieces
from geo.snapshot.layout.margins import foot, head, silence
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.pages import points
from geo.snapshot.layout.typesetting import (
    POINT,
    Block,
    Item,
    Panel,
    TextStyle,
    paragraph,
)
from geo.snapshot.output.writing import FigurePage
from geo.text import counted

_ABOVE_FOOT: Final = 6.0
"""Points between the lists and the record count, as on the page of a figure."""
_ABOVE_MAP: Final = 5.0
"""Points between the subtitle and the map, as on the page of a figure."""
_STRIP: Final = 4.0
"""Height in points of the strip that shows how far the time-lapse is."""
_BEFORE: Final = 8.0
"""Points above a part of the column beside the map."""
_IN_STILL: Final = "in the still"
_LOW: Final = 2.5
"""Ratio of width to height above which the legend runs in rows, as on the page of a figure."""


def frames_of(contents: SeriesContents, size: Size) -> Iterator[FigurePage]:
    """Yield the page of each frame, in order."""
    for at, panel in enumerate(contents.panels, start=1):
        yield _frame(contents, panel, at, size)


def check_frame_count(count: int) -> None:
    """Refuse a time-lapse of more frames than the limit.

    Raises
    ------
    OptionError
        There are too many.
    """
    if count > (most := limits.MAX_FRAMES):
        raise OptionError(
            f"a time-lapse has at most {most} frames, and this one would have {count}; choose "
            "fewer dates or a longer step"
        )


def say_speed(contents: SeriesContents) -> str:
    """How long each map is shown, as stated in every frame and in the caption.

    Returns
    -------
    A phrase such as ``12 maps, each for 2 seconds``.
    """
    seconds = contents.series.seconds
    return f"{counted(len(contents.panels), 'map')}, each for {_seconds(seconds)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:g} {'second' if seconds == 1 else 'seconds'}"


def _frame(contents: SeriesContents, panel: SeriesPanel, at: int, size: Size) -> FigurePage:
    content = replace(
        panel.content,
        title=contents.whole.title,
        ledger=panel.ledger,
        warnings=(),
        legend=contents.whole.legend,
        about_country=frozenset(),
    )
    width, height = size.width / POINT, size.height / POINT
    map_box, side = points(size.map_box), points(size.side)
    margin = map_box.left
    inner, top = width - 2 * margin, margin * HEAD_SHARE
    box = PageBox(margin, top, inner, map_box.top - top - _ABOVE_MAP)
    above = head(content, size, box, where=_IN_STILL)
    low = max(one.top + one.height for one in (map_box, side)) + _ABOVE_FOOT
    below = foot(
        content, size, PageBox(margin, low, inner, height - low - margin * FOOT_SHARE),
        contents.series.hash8, where=_IN_STILL,
    )  # fmt: skip
    items = (
        *above.items, *silence(content, size, map_box), *_beside(contents, content, at, size, side),
        *below.items,
    )  # fmt: skip
    variant = contents.series.recipe.variant
    return FigurePage(Page(width, height, items, map_box), content, size, variant)


def _beside(
    contents: SeriesContents, content: Content, at: int, size: Size, side: PageBox
) -> tuple[Item, ...]:
    """Period, legend, what is not mapped, and sources; as many sources as fit, the rest counted."""
    panel, of = contents.panels[at - 1], len(contents.panels)
    width, small = side.width, TextStyle(size.small, tone="muted")
    top = [
        paragraph(panel.name, TextStyle(size.title * 0.85, "bold"), width, "heading"),
        _strip(at, of, width),
        paragraph(f"{at} of {say_speed(contents)}", small, width, "text", before=2.0),
    ]
    is_low = side.width > side.height * _LOW
    legend = [piece.block(width) for piece in legend_pieces(content, size, is_low=is_low)]
    listed = [piece.block(width) for piece in beside(content, size)]
    # What is not mapped is in the record count too, so that its signs are the first to go.
    for extra in dict.fromkeys((tuple(listed), ())):
        for shown in range(len(content.sources), -1, -1):
            for is_short in (False, True):
                said = _sources(content, shown, size, width, is_short=is_short)
                blocks = [*top, *legend, *extra, *said]
                found = fill_columns(blocks, [side])
                if found.placed == len(blocks) and (shown or not content.sources):
                    return found.items
    raise FigureError(
        f"a frame of size {size.key!r} has no room for its legend and sources; choose another "
        "size, or show fewer groups"
    )


def _sources(
    content: Content, shown: int, size: Size, width: float, *, is_short: bool
) -> list[Block]:
    """The first sources, in one short line each or one after another, and how many more."""
    if not content.sources:
        return []
    small, quiet = TextStyle(size.small), TextStyle(size.small, tone="muted")
    more = len(content.sources) - shown
    rest = f"{more} more and all notes" if more else "Notes on the numbers"
    last = f"{rest}: {_IN_STILL}."
    lines = [_short_source(one) for one in content.sources[:shown]]
    if is_short:
        said = f"Sources: {'; '.join(lines)}. {last}"
        return [paragraph(said, small, width, "source", before=_BEFORE / 2, is_english=True)]
    head = TextStyle(size.small, "bold")
    return [
        paragraph("Sources", head, width, "heading", before=_BEFORE),
        *(paragraph(line, small, width, "source", is_english=True) for line in lines),
        paragraph(last, quiet, width, "text"),
    ]


def _short_source(source: SourceNote) -> str:
    by = ", ".join(filter(None, (source.publisher or source.title, source.published)))
    return f"{source.number} {clean_line(by)} ({source.grade})"


def _strip(at: int, of: int, width: float) -> Block:
    """A bar whose dark part is the share of the time-lapse up to this frame."""
    done = width * at / of
    bars = (Panel(0, 0, width, _STRIP), Panel(0, 0, done, _STRIP, "focus"))
    return Block(_STRIP, bars, before=2.0)
