"""Drawing of pages with matplotlib, and byte-identical PNG."""

from __future__ import annotations

from collections.abc import Sequence
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
from geo.snapshot.content.layers import CHART, LEGEND, MESSAGE, PAGE, PAPER, TEXT, TITLE
from geo.snapshot.content.recipe import Variant
from geo.snapshot.content.sizes import POINTS_PER_INCH, PageBox, Size
from geo.snapshot.layout.bars import draw_bar, draw_trend
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.signs import LAYER_SEPARATOR, Pen, draw_sign
from geo.snapshot.layout.theme import Theme, theme_of
from geo.snapshot.layout.typesetting import (
    Bar,
    Item,
    Panel,
    Picture,
    PlacedLogo,
    TextLine,
    TrendLine,
)
from geo.snapshot.lettering import drawable, font
from geo.snapshot.map.base_names import box_of_sign
from geo.snapshot.map.base_signs import draw_base_signs
from geo.snapshot.map.basemap import rounded
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.coverage import draw_cover
from geo.snapshot.map.editors_marks import draw_editors_sample
from geo.snapshot.map.event_signs import draw_event_icon
from geo.snapshot.map.forms import draw_form, draw_shade
from geo.snapshot.map.kept_plans import kept_plan
from geo.snapshot.map.map_figure import canvas_for, draw_map
from geo.snapshot.map.plan import Plan
from geo.snapshot.map.planning import plan_small_map
from geo.snapshot.output.agg import pixels_of
from geo.snapshot.output.drawn_logo import draw_logo
from geo.snapshot.output.in_png import digest_pixels, embed_in_png, encode_png

_FORM_HEIGHT: Final = 10.0
"""Height in points of an icon in the legend: a little less than a line."""
_WHOLE: Final = 1e-4
"""Pixels added to the size of a page against rounding down: far too little to be visible."""
_BEFORE_MAP: Final = -1.0
"""Drawing order of text before the map; the axes of the map are at 0."""
_LAYERS: Final = {
    "title": TITLE, "subtitle": TITLE, "running": TITLE, "legend": LEGEND,
    "legend-heading": LEGEND, "map": MESSAGE, "chart": CHART,
}  # fmt: skip
_ABOVE_ALL: Final = frozenset({"title", "subtitle", "running"})
"""Roles of the lines that are read, and therefore drawn, before the map."""
_RULES: Final = {
    "pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "incident-map",
    # Without hinting, letters have the measured widths on screen too.
    "text.hinting": "no_hinting",
}  # fmt: skip


class PageText(Text):
    """A line of text that knows its place among the items of its page."""

    place: int = -1


@dataclass(frozen=True, eq=False)
class PanelMap:
    """One of several maps on a page, with its box on the page in points."""

    box: PageBox
    content: Content
    size: Size

    @cached_property
    def plan(self) -> Plan:
        """The plan of the map; computed once for all formats."""
        canvas = canvas_for(self.content.frame, self.box.width, self.box.height)
        plan = plan_small_map(self.content, canvas, self.size.small)
        if not self.content.frame.is_detail:
            plan.names.clear()
        return plan


@dataclass(frozen=True, eq=False)
class FigurePage:
    """A page with its content, and possibly with several maps instead of one."""

    page: Page
    content: Content
    size: Size
    variant: Variant
    panels: tuple[PanelMap, ...] = ()

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of its map, if it has one; computed once for all formats, and not changed."""
        box = self.page.map
        if box is None:
            return None
        paper = canvas_for(self.content.frame, box.width, box.height)
        return kept_plan(self.content, paper, self.size.on_map, self.size.small)

    def take_plans(self, plan: Plan | None, plans: Sequence[Plan]) -> None:
        """Take the plans of its maps that another process has made of the same page."""
        vars(self)["plan"] = plan
        for panel, made in zip(self.panels, plans, strict=True):
            vars(panel)["plan"] = made


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
        page, accent = figure_page.page, figure_page.content.editorial.colours.accent
        theme = theme_of(figure_page.variant, accent)
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
                _axes(figure, page, page.map), figure_page.content, figure_page.size, theme,
                figure_page.plan, is_editable=is_editable,
            )  # fmt: skip
        for panel in figure_page.panels:
            draw_map(
                _axes(figure, page, panel.box), panel.content, panel.size, theme, panel.plan,
                is_editable=is_editable,
            )  # fmt: skip
        draw_items(Pen.of(figure, figure_page.content, theme), page.items, page.height)
        return figure


def draw_items(pen: Pen, items: Sequence[Item], height: float) -> None:
    """Draw texts, symbols, panels and bars on a page of this height in points."""
    _PageDrawing(pen, height).draw(items)


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


def _axes(figure: Figure, page: Page, box: PageBox) -> Axes:
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

    def draw(self, items: Sequence[Item]) -> None:
        for item in items:
            if isinstance(item, Panel):
                self._panel(item)
        for place, item in enumerate(items):
            match item:
                case Picture():
                    self._picture(item)
                case TextLine():
                    self._words(item, place)
                case PlacedLogo():
                    draw_logo(self.pen.within(TITLE), item, self.height)
                case Bar():
                    draw_bar(self.pen, item, self.height)
                case TrendLine():
                    draw_trend(self.pen, item, self.height)

    def _panel(self, panel: Panel) -> None:
        theme = self.theme
        fill = {"quiet": theme.surface_quiet, "paper": theme.surface, "hairline": theme.hairline,
                "focus": theme.focus, "ink": theme.ink}[panel.fill]  # fmt: skip
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
        elif picture.ring is not None:
            draw_event_icon(pen, picture.ring, box)
        elif picture.base is not None:
            draw_base_signs(pen, picture.base, [box_of_sign(picture.base, box)])
        elif picture.is_editors:
            draw_editors_sample(pen, box)
        elif picture.cover is not None:
            draw_cover(pen, picture.cover, box)
        else:
            draw_shade(pen, picture.shade, box)

    def _words(self, words: TextLine, place: int) -> None:
        type_, theme = words.type, self.theme
        colour = {
            "ink": theme.ink,
            "muted": theme.muted,
            "faint": theme.faint,
            "focus": theme.focus,
        }
        said = drawable(words.directed_text, type_.weight)
        text = PageText(
            words.x, self.height - words.y, said,
            color=colour[type_.tone], fontproperties=font(type_.size, type_.weight, said),
            horizontalalignment="right" if words.rtl else "left", verticalalignment="baseline",
            transform=self.pen.points, parse_math=False,
        )  # fmt: skip
        text.place = place
        text.set_label(words.role)
        text.set_gid(_LAYERS.get(words.role, TEXT))
        if words.link:
            text.set_url(words.link)
        # Files keep the drawing order, which is also the order of text copied from a PDF.
        text.set_zorder(_BEFORE_MAP if words.role in _ABOVE_ALL else self.pen.zorder + 1)
        self.pen.on.add_artist(text)
