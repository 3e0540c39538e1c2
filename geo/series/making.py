"""From a recipe and data to a series, and from a series to PNG, SVG and PDF."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from geo.handover.profiles import INTERNAL, profile_named, read_profiles
from geo.handover.reducing import Reduction, reduce_workspace
from geo.series.atlas import Atlas, atlas_of
from geo.series.bookmarks import with_bookmarks
from geo.series.contents import SeriesContents, contents_of, parts_of_series, shown_by
from geo.series.embedding import embed_recipe, recipe_text
from geo.series.list_pages import list_pages, with_page_numbers
from geo.series.panel_pages import panel_pages
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.content.sizes import SIZES, Size
from geo.snapshot.output.vector import as_pdf, as_svg
from geo.snapshot.output.writing import FigurePage, as_png
from geo.table.workspace import Workspace

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Series:
    """A series, ready to be written; the same series gives the same bytes."""

    contents: SeriesContents

    @property
    def series(self) -> SeriesRecipe:
        """The recipe, with the digests of the data."""
        return self.contents.series

    @property
    def size(self) -> Size:
        """The size of its pages."""
        return SIZES[self.series.recipe.size]

    @property
    def name(self) -> str:
        """File name without suffix."""
        return self.contents.name

    @cached_property
    def pages(self) -> tuple[FigurePage, ...]:
        """The pages with maps, then those with notes and sources.

        Returns
        -------
        One :class:`FigurePage` for each page.
        """
        if self.atlas is not None:
            return self.atlas.pages
        found = [
            *panel_pages(self.contents, self.size), *list_pages(self.contents, self.size),
        ]  # fmt: skip
        return tuple(with_page_numbers(found))

    @cached_property
    def atlas(self) -> Atlas | None:
        """The atlas, if it is one."""
        is_atlas = self.series.form == "atlas"
        return atlas_of(self.contents, self.size) if is_atlas else None

    @cached_property
    def recipe_text(self) -> str:
        """The recipe as it is in the files."""
        return recipe_text(self.series)

    def png(self, dpi: int | None = None) -> Iterator[bytes]:
        """Yield each page as a PNG, by default with the resolution of a screen."""
        for page in self.pages:
            yield embed_recipe(as_png(page, dpi or self.size.screen_dpi), self.recipe_text)

    def svg(self) -> Iterator[bytes]:
        """Yield each page as SVG, described as a picture where it has maps."""
        for at, page in enumerate(self.pages, start=1):
            number = 1 if page.panels else at
            yield embed_recipe(as_svg(page, number, len(self.pages)), self.recipe_text)

    def pdf(self) -> bytes:
        """All pages in one PDF, with selectable text and linked sources."""
        data = as_pdf(self.pages, self.contents.whole, self.series.recipe)
        about = (self.contents.whole, self.series.hash8, self.recipe_text)
        return with_bookmarks(data, self.atlas.entries if self.atlas else (), *about)


def make_series(workspace: Workspace, series: SeriesRecipe) -> Series:
    """The series of a recipe, from the current data or the part that its recipe allows.

    Raises
    ------
    GeoError
        There is no map to show, or there are more than the limit.
    """
    reduction = reduction_of_series(workspace, series)
    if reduction is not None:
        workspace = reduction.workspace
        series = series.with_recipe(replace(series.recipe, view=reduction.views[0]))
    made = Series(contents_of(workspace, series))
    _LOG.debug("series: %s", made.contents.whole.ledger)
    return made


def reduction_of_series(workspace: Workspace, series: SeriesRecipe) -> Reduction | None:
    """Reduce a workspace to what the series of a recipe may hold.

    Returns
    -------
    Reduction or None
        ``None``, if the recipe excludes nothing.

    Raises
    ------
    GeoError
        There is no such profile, or the file of profiles cannot be read.
    """
    recipe = series.recipe
    if not recipe.only_shown and not recipe.profile:
        return None
    profiles = read_profiles(workspace.country.folder)
    profile = profile_named(recipe.profile or INTERNAL.name, profiles)
    views = [recipe.view, *(part.view for _, part in parts_of_series(workspace, series))]
    records = frozenset(recipe.made) if recipe.data else shown_by(views[1:], workspace)
    return reduce_workspace(
        workspace, views, profile, only_shown=recipe.only_shown,
        records=records if recipe.only_shown else None,
    )  # fmt: skip
