"""From recipe and data to a figure, and from a figure to PNG, SVG and PDF."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from geo.errors import FigureError
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.content import Content
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.event_parts import fixed_events
from geo.snapshot.content.frame import frame_of
from geo.snapshot.content.imprint import DrawnForm, Imprint, imprint_of
from geo.snapshot.content.passing_on import reduced_for
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import PRINT_DPI, SIZES, PageBox, Size
from geo.snapshot.layout.bare_figure import lay_out_figure, lay_out_key, lay_out_legend, lay_out_map
from geo.snapshot.layout.charted_page import chart_on_own_page, place_chart
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.pages import lay_out
from geo.snapshot.layout.signs import LEAST_LETTER
from geo.snapshot.layout.typesetting import POINT, Item
from geo.snapshot.output.drawing import Drawing, drawing_of
from geo.snapshot.output.vector import as_pdf, as_svg
from geo.snapshot.output.writing import FigurePage, as_png
from geo.table.workspace import Workspace

_LOG: Final = logging.getLogger(__name__)


_NO_NOTES: Final = PageBox(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class ChartBesideMap:
    """A chart on a slide, the box in millimetres of its drawing, and the one left for the map."""

    drawing: Drawing
    box: PageBox
    map: PageBox


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A figure, ready to be written in any format; the same figure gives the same bytes.

    Parameters
    ----------
    recipe
        With the digests of the data that the figure is made from.
    embed
        Whether the files contain the recipe, by which ``incident-map check`` recognises them.
    series
        Id of the series that it is a map of; empty for a figure by itself.
    """

    content: Content
    recipe: Recipe
    size: Size
    embed: bool = True
    series: str = ""

    @cached_property
    def imprint(self) -> Imprint | None:
        """What its files carry so that they can be recognised; ``None`` if they carry nothing."""
        return imprint_of(self.content, self.recipe) if self.embed else None

    @property
    def imprint_of_shapes(self) -> str:
        """The imprint of the figure as shapes of a slide, as text; empty if it carries none."""
        imprint = self._drawn(DrawnForm("shapes"))
        return imprint.to_text() if imprint else ""

    @property
    def id8(self) -> str:
        """The id that is printed in its credits: of its own recipe, or of that of its series."""
        return self.series or self.recipe.hash8

    @property
    def name(self) -> str:
        """File name without suffix."""
        return self.content.name

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.figure_pages)

    def png(self, dpi: int | None = None) -> tuple[bytes, ...]:
        """Each page as a PNG.

        Parameters
        ----------
        dpi
            Dots per inch; by default those of a screen, see
            :class:`geo.snapshot.content.sizes.Size`.

        Returns
        -------
        The bytes of one file for each page.
        """
        if dpi is None or dpi == self.size.screen_dpi:
            return self._on_screen
        return self._as_png(dpi)

    @cached_property
    def _on_screen(self) -> tuple[bytes, ...]:
        """For the preview, its download and the ZIP: drawn in a second or two, some 300 kB."""
        return self._as_png(self.size.screen_dpi)

    def _as_png(self, dpi: int) -> tuple[bytes, ...]:
        return tuple(
            as_png(figure_page, dpi, self._drawn(DrawnForm("png", at, dpi)))
            for at, figure_page in enumerate(self.figure_pages, start=1)
        )

    def _drawn(self, form: DrawnForm) -> Imprint | None:
        return self.imprint and replace(self.imprint, drawn=form)

    def _repr_png_(self) -> bytes:
        """The first page, for display in a notebook."""
        return self.png()[0]

    def svg(self) -> tuple[bytes, ...]:
        """Each page as SVG with real text and embedded typefaces.

        Returns
        -------
        The bytes of one file for each page.
        """
        figure_pages = self.figure_pages
        return tuple(
            as_svg(figure_page, at, len(figure_pages), self._drawn(DrawnForm("svg", at)))
            for at, figure_page in enumerate(figure_pages, start=1)
        )

    def pdf(self) -> bytes:
        """All pages in one PDF, with selectable text and linked sources."""
        return as_pdf(self.figure_pages, self.content, self.recipe, self._drawn(DrawnForm("pdf")))

    def figure(self, width_mm: float, height_mm: float, dpi: int = PRINT_DPI) -> bytes:
        """Map, legend, record count and credits as one PNG of exactly this size in millimetres.

        It has neither title nor notes, which slides and reports set themselves.
        """
        page = lay_out_figure(self.content, self.size, self.recipe.hash8, width_mm, height_mm)
        drawn = DrawnForm("figure", 0, dpi, width_mm, height_mm)
        return as_png(self._figure_page(page), dpi, self._drawn(drawn))

    def figure_and_vector(
        self, width_mm: float, height_mm: float, dpi: int = PRINT_DPI
    ) -> tuple[bytes, bytes]:
        """The same as :meth:`figure`, and as SVG with letters as outlines, for office programs.

        Returns
        -------
        The bytes of the PNG and those of the SVG.
        """
        page = lay_out_figure(self.content, self.size, self.recipe.hash8, width_mm, height_mm)
        figure_page = self._figure_page(page)
        drawn = DrawnForm("figure", 0, dpi, width_mm, height_mm)
        png = as_png(figure_page, dpi, self._drawn(drawn))
        return png, as_svg(figure_page, 1, 1, as_outlines=True)

    def map_drawing(
        self, width_mm: float, height_mm: float, least_points: float, *, has_legend: bool = True
    ) -> Drawing:
        """The map as shapes, texts and pictures; see :meth:`map_page`."""
        page = self.map_page(width_mm, height_mm, least_points, has_legend=has_legend)
        return drawing_of(page).scaled(least_points / LEAST_LETTER)

    def map_page(
        self, width_mm: float, height_mm: float, least_points: float, *, has_legend: bool = True
    ) -> FigurePage:
        """The map without title, record count and credits, for files in which it can be edited.

        Parameters
        ----------
        least_points
            Size of the smallest letter, that of a sign; everything else is in proportion to it. The
            page is that much smaller as signs are drawn smaller, and so is to be enlarged.
        has_legend
            Whether the legend is beside or below the map.

        Raises
        ------
        FigureError
            If map and legend do not fit together.
        """
        size, scale = _in_one_type(self.size), least_points / LEAST_LETTER
        content = self._reframed(width_mm / height_mm)
        page = lay_out_map(
            content, size, width_mm / scale, height_mm / scale, has_legend=has_legend
        )
        return FigurePage(page, content, size, self.recipe.variant)

    def _reframed(self, aspect: float) -> Content:
        """The content with a map of the whole country in other proportions.

        The frame of a detail stays as it is: which records it shows depends on it.
        """
        frame = self.content.frame
        if frame.is_detail:
            return self.content
        return replace(self.content, frame=frame_of(self.recipe.view, frame.country, aspect))

    def key_drawing(
        self, width_mm: float, height_mm: float, least_points: float
    ) -> tuple[Drawing, bool] | None:
        """As much of the legend as fits in a box; see :meth:`map_page`.

        Returns
        -------
        The drawing, and whether it is the whole legend; ``None`` if nothing fits.
        """
        size, scale = _in_one_type(self.size), least_points / LEAST_LETTER
        key = lay_out_key(self.content, size, width_mm / scale, height_mm / scale)
        if key is None:
            return None
        return drawing_of(self._figure_page(key.page)).scaled(scale), key.is_whole

    def chart_drawing(self, width_mm: float, height_mm: float, least_points: float) -> Drawing:
        """The chart by itself, as large as is of use in a box; see :meth:`map_page`.

        Raises
        ------
        FigureError
            It has no room there, or the figure has no chart.
        """
        size, scale = _in_one_type(self.size), least_points / LEAST_LETTER
        box = PageBox(0.0, 0.0, width_mm / scale / POINT, height_mm / scale / POINT)
        if self.content.chart is None:
            raise FigureError("the figure has no chart; give its recipe one")
        return self._chart(chart_on_own_page(self.content.chart, size, box), box, scale)

    def chart_beside(self, box: PageBox, least_points: float) -> ChartBesideMap | None:
        """The chart in a part of a box in millimetres, beside or below the map.

        Returns
        -------
        The chart, and the box that is left for the map; ``None`` if the figure has no chart, or
        map and chart have no room there.
        """
        unit = least_points / LEAST_LETTER * POINT
        inner = PageBox(0.0, 0.0, box.width / unit, box.height / unit)
        placed = place_chart(
            self.content, _in_one_type(self.size), inner, _NO_NOTES, lambda _: False
        )
        if placed is None:
            return None
        left = PageBox(
            box.left + placed.map.left * unit, box.top + placed.map.top * unit,
            placed.map.width * unit, placed.map.height * unit,
        )  # fmt: skip
        return ChartBesideMap(self._chart(placed.items, inner, unit / POINT), box, left)

    def _chart(self, items: tuple[Item, ...], box: PageBox, scale: float) -> Drawing:
        page = Page(box.width, box.height, items)
        return drawing_of(self._figure_page(page)).scaled(scale)

    def legend_drawings(
        self, width_mm: float, height_mm: float, least_points: float
    ) -> tuple[Drawing, ...]:
        """The legend by itself, on as many pages as it needs; see :meth:`map_page`."""
        size, scale = _in_one_type(self.size), least_points / LEAST_LETTER
        pages = lay_out_legend(self.content, size, width_mm / scale, height_mm / scale)
        return tuple(drawing_of(self._figure_page(page)).scaled(scale) for page in pages)

    @cached_property
    def figure_pages(self) -> tuple[FigurePage, ...]:
        """Its pages, ready for drawing, the one with the map first.

        Returns
        -------
        One :class:`FigurePage` for each page.
        """
        pages = lay_out(self.content, self.size, self.recipe.hash8)
        return tuple(self._figure_page(page) for page in pages)

    def _figure_page(self, page: Page) -> FigurePage:
        content = self.content
        if content.chart is not None and page.map is not None:
            # A chart leaves the map other proportions than those of the size.
            content = self._reframed(page.map.width / page.map.height)
        return FigurePage(page, content, self.size, self.recipe.variant)


def _in_one_type(size: Size) -> Size:
    """A size with one size of type, so that all of it is as small as its smallest letter."""
    return replace(size, small=LEAST_LETTER, text=LEAST_LETTER, on_map=LEAST_LETTER)


def make(workspace: Workspace, recipe: Recipe, events: EventFile | None = None) -> Snapshot:
    """The figure of a recipe, from the current data or the part that its recipe allows.

    Parameters
    ----------
    events
        The events that the recipe names; not looked at if it names none.

    Raises
    ------
    FigureError
        The recipe names events, and they are not given or are others.
    """
    whole = recipe
    workspace, recipe = reduced_for(workspace, recipe)
    recipe = with_digests(workspace, fixed_events(whole, recipe, events))
    content = compose(workspace, recipe, events)
    _LOG.debug("figure %s: %s", recipe.size, content.ledger)
    return Snapshot(content, recipe, SIZES[recipe.size])
