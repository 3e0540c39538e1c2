"""Drawing of pages with matplotlib, and byte-identical PNG."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from geo.snapshot.content.content import Content
from geo.snapshot.content.imprint import Imprint
from geo.snapshot.content.layers import LEGEND, MESSAGE, PAGE, PAPER, TEXT, TITLE
from geo.snapshot.content.recipe import Variant
from geo.snapshot.content.sizes import POINTS_PER_INCH, Size
from geo.snapshot.layout.pages import Page
from geo.snapshot.layout.signs import LAYER_SEPARATOR, Pen, draw_sign
from geo.snapshot.layout.theme import Theme, theme_of
from geo.snapshot.layout.typesetting import Panel, Picture, TextLine
from geo.snapshot.lettering import drawable, font
from geo.snapshot.map.base_names import box_of_sign
from geo.snapshot.map.base_signs import draw_base_signs
from geo.snapshot.map.basemap import rounded
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.forms import draw_form, draw_shade
from geo.snapshot.map.map_figure import canvas_for, draw_map
from geo.snapshot.map.plan import Plan
from geo.snapshot.map.planning import plan_map
from geo.snapshot.output.agg import pixels_of
from geo.snapshot.output.in_png import digest_pixels, embed_in_png, encode_png

_FORM_HEIGHT: Final = 10.0
"""Height in points of an icon in the legend: a little less than a line."""
_WHOLE: Final = 1e-4
"""Pixels added to the size of a page against rounding down: far too little to be visible."""
_BEFORE_MAP: Final = -1.0
"""Drawing order of text before the map; the axes of the map are at 0."""
_LAYERS: Final = {"title": TITLE, "subtitle": TITLE, "legend": LEGEND, "map": MESSAGE}
_RULES: Final = {
    "pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "incident-map",
    # Without hinting, letters have the measured widths on screen too.
    "text.hinting": "no_hinting",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class FigurePage:
    """A page with its content."""

    page: Page
    content: Content
    size: Size
    variant: Variant

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of its map, if it has one; computed once for all formats."""
        box = self.page.map
        if box is None:
            return None
        paper = canvas_for(self.content.frame, box.width, box.height)
        return plan_map(self.content, paper, self.size.on_map, self.size.small)


def draw_page(
    figure_page: FigurePage, dpi: int = POINTS_PER_INCH, *, is_editable: bool = False
) -> Figure:
    """A page as a matplotlib figure, one inch per 72 points, sized in whole pixels.

    Parameters
    ----------
    is_editable
        Whether each province is an area of its own.
    """
    with own_rules():
        page, theme = figure_page.page, theme_of(figure_page.variant)
        # Matplotlib truncates to whole pixels; a tiny addition prevents losing one.
        width, height = (
            (round(side / POINTS_PER_INCH * dpi) + _WHOLE) / dpi
            for side in (page.width, page.height)
        )
        figure = Figure(figsize=(width, height), facecolor=theme.surface)
        FigureCanvasAgg(figure)
        figure.patch.set_gid(LAYER_SEPARATOR.join((PAGE, PAPER)))
        if page.map is not None:
            draw_map(
                _axes(figure, page), figure_page.content, figure_page.size, theme, figure_page.plan,
                is_editable=is_editable,
            )  # fmt: skip
        _PageDrawing(Pen.of(figure, figure_page.content, theme), page.height).draw(page)
        return figure


def as_png(figure_page: FigurePage, dpi: int, imprint: Imprint | None = None) -> bytes:
    """A page as PNG, with an imprint unless that is ``None``."""
    with own_rules():
        pixels = pixels_of(draw_page(figure_page, dpi), dpi)
    png = encode_png(pixels, dpi, figure_page.content.title)
    if imprint is None:
        return png
    height, width, _ = pixels.shape
    picture = digest_pixels((width, height), pixels.data)
    return embed_in_png(png, imprint.for_picture(imprint.drawn, picture).to_text())


def own_rules() -> AbstractContextManager[None]:
    """Matplotlib's default settings, regardless of the user's, and with real text."""
    own: dict[Any, Any] = {
        name: value for name, value in mpl.rcParamsDefault.items() if name != "backend"
    }
    return mpl.rc_context(own | _RULES)


def _axes(figure: Figure, page: Page) -> Axes:
    box = page.map
    assert box is not None  # noqa: S101 - asked only where there is one
    bottom = page.height - box.top - box.height
    return figure.add_axes((
        box.left / page.width, bottom / page.height,
        box.width / page.width, box.height / page.height,
    ))  # fmt: skip


class _PageDrawing:
    def __init__(self, pen: Pen, height: float) -> None:
        self.pen, self.height = pen, height

    @property
    def theme(self) -> Theme:
        return self.pen.theme

    def draw(self, page: Page) -> None:
        for item in page.items:
            if isinstance(item, Panel):
                self._panel(item)
        for item in page.items:
            if isinstance(item, Picture):
                self._picture(item)
            elif isinstance(item, TextLine):
                self._words(item)

    def _panel(self, panel: Panel) -> None:
        theme = self.theme
        fill = {"quiet": theme.surface_quiet, "paper": theme.surface, "hairline": theme.hairline,
                "focus": theme.focus}[panel.fill]  # fmt: skip
        height = max(panel.height, 0.7)
        box = CanvasBox(panel.x, self.height - panel.y - height, panel.width, height)
        line = theme.border if panel.framed else None
        pen = self.pen.within(_LAYERS.get(panel.role, TEXT))
        pen.path(rounded(box, 3.0 if panel.framed else 0.0), fill=fill, line=line, width=0.7)

    def _picture(self, picture: Picture) -> None:
        y = self.height - picture.y
        box = CanvasBox(picture.x, y - _FORM_HEIGHT / 2, picture.width, _FORM_HEIGHT)
        pen = self.pen.within(_LAYERS.get(picture.role, TEXT))
        if picture.sign is not None:
            draw_sign(pen, picture.sign, picture.x, y, plain=picture.plain)
        elif picture.form is not None:
            draw_form(pen, picture.form, box)
        elif picture.base is not None:
            draw_base_signs(pen, picture.base, [box_of_sign(picture.base, box)])
        else:
            draw_shade(pen, picture.shade, box)

    def _words(self, words: TextLine) -> None:
        type_, theme = words.type, self.theme
        colour = {
            "ink": theme.ink,
            "muted": theme.muted,
            "faint": theme.faint,
            "focus": theme.focus,
        }
        said = drawable(words.directed_text, type_.weight)
        text = Text(
            words.x, self.height - words.y, said,
            color=colour[type_.tone], fontproperties=font(type_.size, type_.weight, said),
            horizontalalignment="right" if words.rtl else "left", verticalalignment="baseline",
            transform=self.pen.points, parse_math=False,
        )  # fmt: skip
        text.set_label(words.role)
        text.set_gid(_LAYERS.get(words.role, TEXT))
        if words.link:
            text.set_url(words.link)
        # Files keep the drawing order, which is also the order of text copied from a PDF.
        text.set_zorder(_BEFORE_MAP if words.role in {"title", "subtitle"} else self.pen.zorder + 1)
        self.pen.on.add_artist(text)
