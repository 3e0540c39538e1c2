"""A recipe and data to a snapshot, and a snapshot to PNG, SVG and PDF."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES, Size
from geo.snapshot.layout.bare_figure import lay_out_figure
from geo.snapshot.layout.pages import Page, lay_out
from geo.snapshot.output.vector import as_pdf, as_svg
from geo.snapshot.output.writing import FigurePage, as_png
from geo.table.workspace import Workspace

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A snapshot, ready to be written in any format; the same one gives the same bytes.

    Parameters
    ----------
    recipe
        Stamped with the data that it was made from.
    """

    content: Content
    recipe: Recipe
    size: Size

    @property
    def name(self) -> str:
        """Name of its file, without suffix."""
        return self.content.name

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.figure_pages)

    def png(self, dpi: int | None = None) -> tuple[bytes, ...]:
        """A picture of each page; `dpi` is that of a screen unless it is said."""
        return tuple(
            as_png(figure_page, dpi or self.size.screen_dpi) for figure_page in self.figure_pages
        )

    def _repr_png_(self) -> bytes:
        """The first page, as a notebook shows it."""
        return as_png(self.figure_pages[0], self.size.screen_dpi)

    def svg(self) -> tuple[bytes, ...]:
        """Each page with real text, in a type that comes with it."""
        figure_pages = self.figure_pages
        return tuple(
            as_svg(figure_page, at, len(figure_pages))
            for at, figure_page in enumerate(figure_pages, start=1)
        )

    def pdf(self) -> bytes:
        """All pages, their text selectable, their sources linked."""
        return as_pdf(self.figure_pages, self.content, self.recipe)

    def figure(self, width_mm: float, height_mm: float, dpi: int = 300) -> bytes:
        """Map, legend, what is not drawn, ledger and credits as one PNG of exactly this size.

        It has neither title nor notes: slides and reports set those themselves.
        """
        page = lay_out_figure(self.content, self.size, self.recipe.hash8, width_mm, height_mm)
        return as_png(self._figure_page(page), dpi)

    @cached_property
    def figure_pages(self) -> tuple[FigurePage, ...]:
        """Its pages, ready to be drawn, the one with the map first."""
        pages = lay_out(self.content, self.size, self.recipe.hash8)
        return tuple(self._figure_page(page) for page in pages)

    def _figure_page(self, page: Page) -> FigurePage:
        return FigurePage(page, self.content, self.size, self.recipe.variant)


def make(workspace: Workspace, recipe: Recipe) -> Snapshot:
    """The snapshot of a recipe, from the data at hand."""
    recipe = with_digests(workspace, recipe)
    content = compose(workspace, recipe)
    _LOG.debug("figure %s: %s", recipe.size, content.ledger)
    return Snapshot(content, recipe, SIZES[recipe.size])
