"""From a recipe and data to a series, and from a series to PNG, SVG and PDF."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from geo.briefing.series_slides import SeriesSlide, series_slides
from geo.errors import OptionError
from geo.extras import require
from geo.handover.reducing import Reduction
from geo.series.atlas import Atlas, atlas_of
from geo.series.contents import SeriesContents, contents_of, parts_of_series, shown_by
from geo.series.embedding import completed, embed_imprint, imprint_text
from geo.series.films import as_gif, as_mp4, as_webp
from geo.series.frames import check_frame_count, frames_of, say_speed
from geo.series.list_pages import list_pages, with_page_numbers
from geo.series.panel_pages import panel_pages
from geo.series.series_imprint import (
    SeriesFile,
    SeriesFileForm,
    SeriesImprint,
    imprint_of_series,
)
from geo.series.series_recipe import SeriesRecipe
from geo.series.workers import ALONE, DrawingRun
from geo.snapshot.content.content import Content
from geo.snapshot.content.imprint import Imprint
from geo.snapshot.content.passing_on import fitted, reduction_to
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import PIXELS_PER_INCH, SIZES, Size
from geo.snapshot.layout.editorial_margins import with_marking
from geo.snapshot.layout.notes import about
from geo.snapshot.output.making import Snapshot
from geo.snapshot.output.pdf_pages import PdfPage, write_pdf
from geo.snapshot.output.tagged_pdf import PdfAbout
from geo.snapshot.output.vector import as_svg
from geo.snapshot.output.writing import FigurePage
from geo.table.workspace import Workspace
from geo.view import View, workspace_for

RECIPE_KEY: Final = "IncidentMapSeries"
"""Entry of a PDF's information dictionary with the recipe; no reader shows it."""
FRAME_DPI: Final = PIXELS_PER_INCH
"""Dots per inch of the frames of a time-lapse: a slide is 1280 pixels wide."""
FilmForm = Literal["gif", "webp", "mp4"]
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Series:
    """A series, ready to be written; the same series gives the same bytes.

    Parameters
    ----------
    figure
        What a figure with all its maps would carry.
    is_still
        Whether it is what a time-lapse comes with, for paper.
    """

    contents: SeriesContents
    figure: Imprint
    is_still: bool = False

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
            return self._marked(self.atlas.pages)
        found = [
            *panel_pages(self.contents, self.size), *list_pages(self.contents, self.size),
        ]  # fmt: skip
        return self._marked(with_page_numbers(found))

    @cached_property
    def atlas(self) -> Atlas | None:
        """The atlas, if it is one."""
        is_atlas = self.series.form == "atlas"
        return atlas_of(self.contents, self.size) if is_atlas else None

    def _text(self, form: SeriesFileForm, page: int = 0, dpi: int = 0) -> str:
        """What a file of this form carries."""
        drawn = SeriesFile(form, page, dpi)
        return imprint_text(SeriesImprint(self.series, drawn, self.figure))

    def png(self, dpi: int | None = None, drawing: DrawingRun = ALONE) -> Iterator[bytes]:
        """Yield each page as a PNG, by default with the resolution of a screen."""
        dpi = dpi or self.size.screen_dpi
        for at, png in enumerate(drawing.pngs(self.pages, dpi), start=1):
            yield embed_imprint(png, self._text("png", at, dpi))

    def page_png(self, number: int, dpi: int) -> bytes:
        """One page, from 1, as a PNG: the same bytes as among all of them."""
        (png,) = ALONE.pngs([self.pages[number - 1]], dpi)
        return embed_imprint(png, self._text("png", number, dpi))

    def svg(self) -> Iterator[bytes]:
        """Yield each page as SVG, described as a picture where it has maps."""
        for at, page in enumerate(self.pages, start=1):
            number = 1 if page.panels else at
            yield embed_imprint(as_svg(page, number, len(self.pages)), self._text("svg", at))

    def pdf(self, drawing: DrawingRun = ALONE) -> bytes:
        """All pages in one PDF, with selectable text, bookmarks and linked sources."""
        whole = self.contents.whole
        names = {entry.page: entry.name for entry in self.atlas.entries} if self.atlas else {}
        pages = [
            PdfPage(page, names.get(number, ""))
            for number, page in enumerate(drawing.planned(self.pages), start=1)
        ]
        text = self._text("still" if self.is_still else "pdf")
        return completed(write_pdf(pages, PdfAbout(
            whole.title, clean_line(whole.ledger), f"series {self.series.hash8}", day=whole.as_of,
            entries=((RECIPE_KEY, text),),
        )))  # fmt: skip

    def deck(self, drawing: DrawingRun = ALONE) -> bytes:
        """An atlas as a PowerPoint deck: a slide for each map, then notes and sources.

        Raises
        ------
        OptionError
            Its maps vary within sections.
        """
        if self.series.then is not None:
            raise OptionError(
                "--then: slides have one map each; leave it out, or make a PDF of the atlas"
            )
        whole = self._figure(self.contents.whole, self.series.recipe.view)
        maps = list(self._slides())
        return completed(series_slides(whole, drawing.told(maps), self._text("pptx")))

    def _slides(self) -> Iterator[SeriesSlide]:
        title = self.contents.whole.title
        for panel in self.contents.panels:
            content = replace(
                panel.content, title=f"{panel.name}: {title}", note="", since="", warnings=()
            )
            yield SeriesSlide(panel.name, self._figure(content, panel.view))

    def _figure(self, content: Content, view: View) -> Snapshot:
        """A map of the series as a figure, which carries nothing by itself."""
        recipe = replace(self.series.recipe, view=view)
        return Snapshot(content, recipe, self.size, embed=False, series=self.series.hash8)

    def film(self, form: FilmForm, drawing: DrawingRun = ALONE) -> bytes:
        """The time-lapse in one of its formats.

        Raises
        ------
        OptionError
            It has more frames than the limit.
        MissingExtraError
            The extra ``video`` is not installed, for an MP4.
        """
        if form == "mp4":
            require("video", "an MP4")
        frames = self._frames(drawing)
        seconds, text = self.series.seconds, self._text(form)
        if form == "mp4":
            return completed(as_mp4(frames, seconds, text, self.contents.whole.title))
        return completed((as_gif if form == "gif" else as_webp)(frames, seconds, text))

    def _frames(self, drawing: DrawingRun) -> list[bytes]:
        check_frame_count(len(self.contents.panels))
        return list(drawing.pngs(self.frames, FRAME_DPI))

    @cached_property
    def frames(self) -> tuple[FigurePage, ...]:
        """The frames of a time-lapse.

        Returns
        -------
        One :class:`FigurePage` for each map.
        """
        return self._marked(frames_of(self.contents, self.size))

    def _marked(self, pages: Iterable[FigurePage]) -> tuple[FigurePage, ...]:
        """The pages with the editor's marking, which no page may lack."""
        return tuple(
            replace(each, page=with_marking(each.page, each.content, each.size)) for each in pages
        )

    @cached_property
    def still(self) -> Series:
        """The same maps on pages for paper, with all notes and sources."""
        contents = replace(self.contents, series=replace(self.series, form="multiples"))
        return Series(contents, self.figure, is_still=True)

    @property
    def caption(self) -> str:
        """What the series shows, its speed, its record count and its sources, as text."""
        whole = self.contents.whole
        lines = [whole.title, clean_line(" · ".join(whole.subtitle))]
        if self.series.form == "time-lapse":
            first, last = self.contents.panels[0].name, self.contents.panels[-1].name
            lines.append(f"Time-lapse: {say_speed(self.contents)}, from {first} to {last}.")
        lines += [f"{whole.ledger}.", *whole.warnings, "Sources:"]
        lines += [f"{one.number}. {one.text} {one.url}".rstrip() for one in whole.sources]
        return "\n".join((*lines, *about(whole, self.series.hash8))) + "\n"


def make_series(workspace: Workspace, series: SeriesRecipe) -> Series:
    """The series of a recipe, from the current data or the part that its recipe allows.

    Raises
    ------
    GeoError
        There is no map to show, or there are more than the limit; or the recipe names something
        that a series of this form does not show.
    """
    if series.recipe.events is not None:
        raise OptionError("a series shows records only; take the imported events out of its recipe")
    if series.recipe.chart is not None and series.form != "atlas":
        raise OptionError("only the maps of an atlas have charts; make an atlas, or ask for none")
    reduction = reduction_of_series(workspace, series)
    if reduction is not None:
        workspace = reduction.workspace
        series = series.with_recipe(fitted(series.recipe, reduction))
    contents = contents_of(workspace, series)
    reading = workspace_for(contents.series.recipe.view, workspace).reading
    made = Series(contents, imprint_of_series(contents, reading))
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
    if not series.recipe.is_reduced:
        return None
    views = [series.recipe.view, *(part.view for _, part in parts_of_series(workspace, series))]
    return reduction_to(workspace, series.recipe, views, shown_by(views[1:], workspace))
