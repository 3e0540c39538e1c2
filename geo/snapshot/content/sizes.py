"""The sizes of a figure: print, slide and web, each with a fixed template.

Lengths are millimetres on the page; type sizes are points. The map has the same box in every figure
of one size, so that two figures can be compared side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

DEFAULT_SIZE: Final = "slide"
MM_PER_INCH: Final = 25.4
"""Millimetres per inch, by definition."""
POINTS_PER_INCH: Final = 72
"""Points per inch: the unit of type, of PDF and of matplotlib."""
PIXELS_PER_INCH: Final = 96
"""CSS pixels per inch (CSS Values and Units 4, 6.2)."""
POINTS_PER_PIXEL: Final = POINTS_PER_INCH / PIXELS_PER_INCH
"""Points per CSS pixel."""
SLIDE_DPI: Final = 144
"""Dots per inch of a slide: 1920 × 1080 pixels are 13.333 × 7.5 inches, PowerPoint's wide slide."""
PRINT_DPI: Final = 300
"""Dots per inch of a PNG for print: the usual requirement of print shops."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on the page, in millimetres from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Size:
    """One page format.

    Parameters
    ----------
    key, label
        Its name in options, and its name for users.
    width, height
        Millimetres of the page.
    screen_dpi
        Dots per inch of the PNG for a screen: a slide is 1920 pixels wide, a web picture 800.
    fine, small, text, title
        Type sizes in points. `fine`, for credits, is the smallest of all: 9 pt in print and on the
        web (12 px), 7 to 7.5 pt (14 to 15 px) on a slide. `small` is that of legends and lists.
    on_map
        Type size on the map in points: at least 8 pixels where the whole page is shown 640 pixels
        wide, which is about what is seen of a projected slide from the back of a room.
    map_box
        Position of the map.
    side
        Position of the legend, the list of what is not mapped and the first notes: a column beside
        the map, or a band below it.
    """

    key: str
    label: str
    medium: Literal["slide", "print", "report", "web"]
    width: float
    height: float
    screen_dpi: int
    fine: float
    small: float
    text: float
    title: float
    on_map: float
    map_box: PageBox
    side: PageBox

    @property
    def map_aspect(self) -> float:
        """Width of the map divided by its height."""
        return self.map_box.width / self.map_box.height


def _print(key: str, label: str, width: float, height: float) -> Size:
    """A page with margins of 12 mm; notes are beside the map in landscape, below it in portrait.

    The head (20 mm) has two lines of title and one of subtitle. The foot (25 mm, 33 mm on the
    narrower portrait page) has the record count and the credits. The map takes about three fifths,
    the notes the rest, with 5 to 6 mm between them.
    """
    margin, head = 12.0, 20.0
    is_wide = width > height
    inner, high = width - 2 * margin, height - 2 * margin - head - (25.0 if is_wide else 33.0)
    top = margin + head
    if is_wide:
        map_box = PageBox(margin, top, (inner - 6) * 0.61, high)
        side = PageBox(margin + map_box.width + 6, top, inner - 6 - map_box.width, high)
    else:
        map_box = PageBox(margin, top, inner, high * 0.6)
        side = PageBox(margin, top + map_box.height + 5, inner, high - map_box.height - 5)
    return Size(
        key, label, "print", width, height, 150, 9, 9, 9.5, 16, 11 if is_wide else 9, map_box, side
    )


def _slide(key: str, label: str, width_px: int) -> Size:
    """A slide 1080 pixels high; the half slide is for use beside text.

    In millimetres: a margin of 9 (8 unless it is wider than high), 27 (25) for title and subtitle
    above the map, and about 28 (31) below it for the record count and the credits.
    """
    width, height = (side / SLIDE_DPI * MM_PER_INCH for side in (width_px, 1080))
    if width > height:
        across = width * _MAP_SHARE
        map_box = PageBox(9, 27, across, 135)
        side = PageBox(15 + across, 27, width - across - 24, 135)
        return Size(
            key, label, "slide", width, height, SLIDE_DPI, 7.5, 9, 10.5, 20, 12, map_box, side
        )
    high = 75.5 if width < height else 84.0
    map_box = PageBox(8, 25, width - 16, high)
    side = PageBox(8, high + 27.5, width - 16, 132 - high)
    return Size(key, label, "slide", width, height, SLIDE_DPI, 7, 8, 9, 17, 8, map_box, side)


def _report(key: str, label: str, width: float, height: float) -> Size:
    """A figure in the text of a report, with a margin of 2 mm: the text around it has its own.

    At the full width of the text, the legend is beside the map; at half of it, below. Type is that
    of captions: 8 to 8.5 pt, legend and credits 7 to 7.5 pt.
    """
    margin, inner = 2.0, width - 4.0
    if width > height:
        across = inner * 0.57
        map_box = PageBox(margin, 18, across, height - 41)
        side = PageBox(margin + across + 4, 18, inner - across - 4, height - 41)
        return Size(
            key, label, "report", width, height, PRINT_DPI, 7, 7.5, 8.5, 13, 7.5, map_box, side
        )
    map_box, side = PageBox(margin, 20, inner, 62), PageBox(margin, 84, inner, height - 107)
    return Size(key, label, "report", width, height, PRINT_DPI, 7, 7, 8, 11, 7, map_box, side)


HEAD_SHARE: Final = 0.8
"""Margin above the title relative to the side margins: text has space of its own above, so that a
smaller margin looks equal."""
FOOT_SHARE: Final = 0.7
"""The same below the last line."""
_MAP_SHARE: Final = 201 / (1920 / SLIDE_DPI * MM_PER_INCH)
"""Share of the width of a slide for its map: 201 mm of a 16:9 slide."""
_WEB: Final = tuple(side / PIXELS_PER_INCH * MM_PER_INCH for side in (800, 1120))
"""Width and height of a web image in millimetres: 800 CSS pixels fit the column of most sites."""
SIZES: Final[Mapping[str, Size]] = {
    size.key: size
    for size in (
        _slide("slide", "Slide 16:9, 1920 × 1080 px", 1920),
        _slide("half-slide", "Half a slide, 960 × 1080 px", 960),
        _slide("slide-4x3", "Slide 4:3, 1440 × 1080 px", 1440),
        _slide("square", "Square, 1080 × 1080 px", 1080),
        _print("a4-landscape", "A4, landscape", 297, 210),
        _print("a4-portrait", "A4, portrait", 210, 297),
        _print("letter-landscape", "Letter, landscape", 11 * MM_PER_INCH, 8.5 * MM_PER_INCH),
        _print("letter-portrait", "Letter, portrait", 8.5 * MM_PER_INCH, 11 * MM_PER_INCH),
        _report("full-width", "Report, full width of the text, 160 × 120 mm", 160, 120),
        _report("half-width", "Report, half the width of the text, 80 × 170 mm", 80, 170),
        Size(
            "web", "Web, 800 px wide", "web", _WEB[0], _WEB[1], PIXELS_PER_INCH, 9, 9, 9.5, 15, 9,
            PageBox(6, 25, _WEB[0] - 12, 145), PageBox(6, 173, _WEB[0] - 12, 84),
        ),
    )
}  # fmt: skip
"""The formats by key: slides, ISO 216 A4 and US Letter pages, figures within the text of a report,
which is 160 mm wide on A4 with margins of 25 mm, and a web image with a margin of 6 mm."""
