"""From recipe and data to a figure, and from a figure to PNG, SVG and PDF."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.content import Content
from geo.snapshot.content.imprint import DrawnForm, Imprint, imprint_of
from geo.snapshot.content.passing_on import reduced_for
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import PRINT_DPI, SIZES, Size
from geo.snapshot.layout.bare_figure import lay_out_figure
from geo.snapshot.layout.pages import Page, lay_out
from geo.snapshot.output.vector import as_pdf, as_svg
from geo.snapshot.output.writing import FigurePage, as_png
from geo.table.workspace import Workspace

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A figure, ready to be written in any format; the same figure gives the same bytes.

    Parameters
    ----------
    recipe
        With the digests of the data that the figure is made from.
    embed
        Whether the files contain the recipe, by which ``incident-map check`` recognises them.
    """

    content: Content
    recipe: Recipe
    size: Size
    embed: bool = True

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
        return FigurePage(page, self.content, self.size, self.recipe.variant)


def make(workspace: Workspace, recipe: Recipe) -> Snapshot:
    """The figure of a recipe, from the current data or the part that its recipe allows."""
    workspace, recipe = reduced_for(workspace, recipe)
    recipe = with_digests(workspace, recipe)
    content = compose(workspace, recipe)
    _LOG.debug("figure %s: %s", recipe.size, content.ledger)
    return Snapshot(content, recipe, SIZES[recipe.size])
