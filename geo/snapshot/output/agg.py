"""Pages as pixels: matplotlib's renderer, but setting text without measuring it again.

A page has some hundred lines of text and thousands of letters, and drawing these took half of the
time of a figure. The pixels are those of matplotlib's own renderer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font
from matplotlib.ft2font import RenderMode
from numpy.typing import NDArray

from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.typefaces import FilesInTurn

_UNITS: Final = 64
"""FreeType measures in 64ths of a pixel."""
_UPRIGHT: Final = np.array([[0x10000, 0], [0, 0x10000]])
"""The matrix of letters that are not turned, in 65,536ths, as FreeType takes it."""
_Untyped: Any = RendererAgg
_Placed = tuple[NDArray[np.uint8], int, int]
"""A letter as pixels, and its left and upper edge on the page."""


def pixels_of(figure: Figure, dpi: int) -> NDArray[np.uint8]:
    """Red, green, blue and opacity of a figure at these dots per inch, row by row."""
    figure.set_dpi(dpi)
    canvas: Any = figure.canvas
    renderer = _PixelRenderer(*canvas.get_width_height(physical=True), dpi)
    figure.draw(renderer)
    return np.asarray(renderer.buffer_rgba())


class _PixelRenderer(_Untyped):  # type: ignore[misc] # untyped in matplotlib
    """Matplotlib's renderer with text of the typefaces of figures."""

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, *more: Any, **named: Any
    ) -> None:  # fmt: skip
        """Draw a line of text."""
        if not isinstance(prop, FilesInTurn) or angle:
            super().draw_text(gc, x, y, s, prop, angle, *more, **named)
            return
        size = prop.get_size_in_points()
        across, up = float(x), float(self.height - y)
        run: list[_Placed] = []
        for file, glyph, dx, dy in _laid_out(prop.files, s, size, self.dpi):
            right, rest_x = divmod(round(_UNITS * (across + dx)), _UNITS)
            high, rest_y = divmod(round(_UNITS * (up + dy)), _UNITS)
            letter, left, top = _letter(file, size, self.dpi, glyph, rest_x, rest_y)
            if not letter.size:
                continue
            placed = letter, left + right, int(self.height) - top - high
            if run and placed[1] < run[-1][1] + run[-1][0].shape[1]:
                self._draw_run(run, gc)
                run = []
            run.append(placed)
        if run:
            self._draw_run(run, gc)

    def _draw_run(self, run: Sequence[_Placed], gc: Any) -> None:
        """Draw letters side by side at once, none of which touches another one."""
        left, top = run[0][1], min(y for _, _, y in run)
        right = run[-1][1] + run[-1][0].shape[1]
        bottom = max(y + letter.shape[0] for letter, _, y in run)
        picture = np.zeros((bottom - top, right - left), dtype=np.uint8)
        for letter, x, y in run:
            high, wide = letter.shape
            picture[y - top : y - top + high, x - left : x - left + wide] = letter
        self._renderer.draw_text_image(picture, left, bottom, 0, gc)

    def get_text_width_height_descent(
        self, s: str, prop: Any, ismath: Any
    ) -> tuple[float, float, float]:
        """Measure a line of text, once for all figures of this resolution.

        Returns
        -------
        Its width, its height, and how far it is below its baseline, in pixels.
        """
        if ismath or not isinstance(prop, FilesInTurn):
            found: tuple[float, float, float] = super().get_text_width_height_descent(
                s, prop, ismath
            )
            return found
        return _measured(prop.files, s, prop.get_size_in_points(), self.dpi)

    def _prepare_font(self, font_prop: Any) -> Any:
        if not isinstance(font_prop, FilesInTurn):
            return super()._prepare_font(font_prop)
        return _font(font_prop.files, font_prop.get_size_in_points(), self.dpi)

    def _get_font_height_metrics(self, prop: Any) -> tuple[float | None, float | None, float]:
        """How far letters reach up and down: asked by matplotlib for each line of text."""
        if not isinstance(prop, FilesInTurn):
            return None, None, 0.0
        up, down, units = _reach(prop.files[0])
        scale = 1 / units * prop.get_size_in_points() * self.dpi / POINTS_PER_INCH
        return up * scale, down * scale, 0.0


def _font(files: tuple[str, ...], size: float, dpi: float) -> Any:
    font = get_font(files)
    font.clear()
    font.set_size(size, dpi)
    return font


@lru_cache(maxsize=4096)
def _measured(
    files: tuple[str, ...], text: str, size: float, dpi: float
) -> tuple[float, float, float]:
    font = _font(files, size, dpi)
    font.set_text(text, 0.0, flags=get_hinting_flag())
    width, height = font.get_width_height()
    return width / _UNITS, height / _UNITS, font.get_descent() / _UNITS


# Some twenty kilobytes each: the lines of notes and names come up again in other figures.
@lru_cache(maxsize=1024)
def _laid_out(
    files: tuple[str, ...], text: str, size: float, dpi: float
) -> tuple[tuple[str, int, float, float], ...]:
    """Typeface, glyph and position in pixels of each letter of a line."""
    items = _font(files, size, dpi)._layout(text, flags=get_hinting_flag())  # noqa: SLF001 - no public way
    return tuple(
        (item.ft_object.fname, item.glyph_index, float(item.x), float(item.y)) for item in items
    )


# Half a kilobyte each: the letters of one size at each of 64 positions within a pixel.
@lru_cache(maxsize=16384)
def _letter(
    file: str, size: float, dpi: float, glyph: int, x: int, y: int
) -> tuple[NDArray[np.uint8], int, int]:
    """A letter as pixels, moved by 64ths of one, and how far it is to the right and up."""
    face: Any = _font((file,), size, dpi)
    face._set_transform(_UPRIGHT, [x, y])  # noqa: SLF001 - no public way
    drawn = face._render_glyph(glyph, get_hinting_flag(), RenderMode.NORMAL)  # noqa: SLF001 - no public way
    return np.array(drawn.buffer), drawn.left, drawn.top


@lru_cache(maxsize=64)
def _reach(file: str) -> tuple[int, int, int]:
    """How far letters of a typeface reach up and down, in units, of which so many are its size."""
    font = get_font(file)
    units: Any = font.get_sfnt_table("head")
    table: Any = font.get_sfnt_table("OS/2")
    if table is not None:
        return table["sTypoAscender"], -table["sTypoDescender"], units["unitsPerEm"]
    table = font.get_sfnt_table("hhea")
    return table["ascent"], -table["descent"], units["unitsPerEm"]
