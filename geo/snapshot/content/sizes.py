"""The sizes a snapshot comes in: paper, slide and web, each a fixed template.

Lengths are millimetres of the finished page; type is in points. The map's box is the same for
every snapshot of one size, so that two of them can be laid side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

DEFAULT_SIZE: Final = "slide"
PRINT_DPI: Final = 300
"""Resolution that print shops ask for."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on the page in millimetres from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Size:
    """One finished format.

    Parameters
    ----------
    key, label
        How options and people name it.
    width, height
        Millimetres of the page.
    screen_dpi
        Dots per inch of the PNG for a screen: a slide is 1920 pixels wide, a web picture 800.
    fine, small, text, title
        Sizes of type in points. `fine` is that of credits and the least that occurs anywhere:
        9 pt in print, 14 px on a slide, 12 px on the web. `small` is the least on a map.
    map_box
        Where the map stands.
    side
        Where legend, the box of what is not drawn and the first notes stand: a column beside the
        map, or a band below it.
    """

    key: str
    label: str
    medium: Literal["slide", "print", "web"]
    width: float
    height: float
    screen_dpi: int
    fine: float
    small: float
    text: float
    title: float
    map_box: PageBox
    side: PageBox

    @property
    def map_aspect(self) -> float:
        """Width of the map by its height."""
        return self.map_box.width / self.map_box.height


_INCH: Final = 25.4
"""Millimetres in an inch."""


def _print(key: str, label: str, width: float, height: float) -> Size:
    """A sheet with a margin of 12 mm; landscape puts the notes beside the map, portrait below."""
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
    return Size(key, label, "print", width, height, 150, 9, 9, 9.5, 16, map_box, side)


def _slide(key: str, label: str, width_px: int) -> Size:
    """A slide 1080 pixels high at 144 dots per inch; the half one stands beside text of its own."""
    width, height = width_px / 144 * _INCH, 1080 / 144 * _INCH
    if width > height:
        map_box, side = PageBox(9, 27, 201, 135), PageBox(216, 27, width - 225, 135)
        return Size(key, label, "slide", width, height, 144, 7.5, 9, 10.5, 20, map_box, side)
    map_box, side = PageBox(8, 25, width - 16, 75.5), PageBox(8, 103, width - 16, 56.5)
    return Size(key, label, "slide", width, height, 144, 7, 8, 9, 17, map_box, side)


SIZES: Final[Mapping[str, Size]] = {
    size.key: size
    for size in (
        _slide("slide", "Slide 16:9, 1920 × 1080 px", 1920),
        _slide("half-slide", "Half a slide, 960 × 1080 px", 960),
        _print("a4-landscape", "A4, landscape", 297, 210),
        _print("a4-portrait", "A4, portrait", 210, 297),
        _print("letter-landscape", "Letter, landscape", 11 * _INCH, 8.5 * _INCH),
        _print("letter-portrait", "Letter, portrait", 8.5 * _INCH, 11 * _INCH),
        Size(
            "web", "Web, 800 px wide", "web", 800 / 96 * _INCH, 1120 / 96 * _INCH, 96,
            9, 9, 9.5, 15,
            PageBox(6, 25, 800 / 96 * _INCH - 12, 145), PageBox(6, 173, 800 / 96 * _INCH - 12, 84),
        ),
    )
}  # fmt: skip
"""The formats by key: ISO 216 sheets (A4, A3), a 16:9 slide and its half, and a picture for the
web."""
