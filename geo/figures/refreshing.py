"""The same file with the figures that are out of date redrawn, and all else byte for byte.

In a deck or report, only the parts with their pictures change, and the text alternatives that
nobody has edited: each picture keeps its place, size, crop and effects. Of a figure of shapes, its
own shapes change, where others have put them. What others have changed is overwritten only if that
is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from geo import limits
from geo.errors import FigureError, GeoError, IntakeError
from geo.figures.checking import CheckedFigure, CheckedFile, check_figure_file
from geo.figures.drawing import draw_again, vector_again
from geo.figures.finding import PROPERTIES, FoundFigure
from geo.figures.office_file import OfficeFile, is_archive
from geo.figures.renewing import renewed_deck
from geo.figures.shape_slides import shape_figure
from geo.figures.shapes import pictures_of, with_alt_text
from geo.snapshot.content.event_file import EventFile, with_current_events
from geo.snapshot.content.imprint import Imprint
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.in_png import SIGNATURE, as_jpeg, find_in_png, size_of_picture
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.text import listed

RefreshOutcome = Literal["refreshed", "current", "left"]
_ALIKE: Final = 0.02
"""Greatest relative difference between the proportions of a picture that was only made smaller and
those of the figure; one that was cropped for good differs by more."""
_JPEG: Final = b"\xff\xd8\xff"


@dataclass(frozen=True)
class RefreshedFigure:
    """A figure of a file, and what was done with it.

    Parameters
    ----------
    because
        Why it was left although it is out of date.
    said
        What else has changed in the deck, and what others have written and was kept.
    """

    checked: CheckedFigure
    outcome: RefreshOutcome
    because: str = ""
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefreshedFile:
    """A file with its figures redrawn.

    Parameters
    ----------
    data
        The bytes of the new file; those of the old one if nothing was redrawn.
    """

    data: bytes
    checked: CheckedFile
    figures: tuple[RefreshedFigure, ...]

    @property
    def refreshed(self) -> int:
        """Number of figures that were redrawn."""
        return sum(one.outcome == "refreshed" for one in self.figures)


def refresh_figure_file(
    data: bytes, file: str, workspace: Workspace, today: date | None = None,
    events: EventFile | None = None, *, over_edits: bool = False,
) -> RefreshedFile:  # fmt: skip
    """Redraw the figures of a file that are out of date, from the current data as of `today`.

    Parameters
    ----------
    file
        Its name in messages.
    events
        The current events, for figures that show any.
    over_edits
        Whether figures that others have changed are redrawn too, whose changes are then lost.

    Raises
    ------
    IntakeError
        It is not a file with figures, cannot be read, or has too many that are out of date.
    """
    checked = check_figure_file(data, file, workspace, events)
    if sum(not one.is_current for one in checked.figures) > (most := limits.MAX_SNAPSHOTS):
        raise IntakeError(f"{file}: has more than {most} figures that are out of date; split it")
    refreshing = _Refreshing(data, workspace, today, events, over_edits=over_edits)
    figures = tuple(map(refreshing.refresh, checked.figures))
    return RefreshedFile(refreshing.result(), checked, figures)


class _Refreshing:
    """A file, and what of it is redrawn."""

    def __init__(
        self, data: bytes, workspace: Workspace, today: date | None, events: EventFile | None, *,
        over_edits: bool,
    ) -> None:  # fmt: skip
        self.workspace, self.today, self.events = workspace, today, events
        self.over_edits = over_edits
        self.office = OfficeFile(data, "the file") if is_archive(data) else None
        self.whole = data
        self.parts: dict[str, bytes] = {}
        self._made: dict[str, Snapshot] = {}
        self._listed: dict[str, str] = {}

    def refresh(self, checked: CheckedFigure) -> RefreshedFigure:
        """Redraw one figure, if it is out of date and can be."""
        if checked.is_current:
            return RefreshedFigure(checked, "current")
        try:
            said = self._replace(checked.figure, checked.fault)
        except GeoError as error:
            return RefreshedFigure(checked, "left", str(error))
        return RefreshedFigure(checked, "refreshed", said=said)

    def result(self) -> bytes:
        """Return the bytes of the new file."""
        if self.office is None:
            return self.whole
        if not self.parts:
            return self.office.data
        if self._listed and PROPERTIES in self.office.names:
            self.parts[PROPERTIES] = _replaced(self.office.part(PROPERTIES), self._listed)
        return self.office.with_parts(self.parts)

    def _replace(self, figure: FoundFigure, fault: str) -> tuple[str, ...]:
        """Redraw a figure, and return what else is to be said of it."""
        if fault:
            raise FigureError(fault)
        if figure.state == "shapes":
            return self._renew(figure)
        self._redraw(figure)
        return ()

    def _renew(self, figure: FoundFigure) -> tuple[str, ...]:
        """Make the shapes of a figure anew, in a deck with what was redrawn so far."""
        assert self.office is not None  # noqa: S101 - shapes are found in decks alone
        deck = OfficeFile(self.result(), self.office.file)
        found = shape_figure(deck, figure)
        if found.edits and not self.over_edits:
            raise FigureError(f"somebody has changed it, which would be lost: {found.edits}")
        renewed = renewed_deck(deck, found, self._snapshot(figure.imprint.recipe))
        self.office, self.parts = OfficeFile(renewed.data, deck.file), {}
        self._listed = {}
        kept = [f"{listed(found.kept)} kept as somebody has written"] if found.kept else []
        return (*renewed.said, *kept)

    def _redraw(self, figure: FoundFigure) -> None:
        """Draw a picture anew."""
        if figure.state == "altered" and not self.over_edits:
            raise FigureError("somebody has changed the picture, which would be lost")
        if figure.state == "saved again":
            self._check_kept(figure)
        snapshot = self._snapshot(figure.imprint.recipe)
        picture = draw_again(snapshot, figure.imprint.drawn)
        if self.office is None:
            self.whole = picture
            return
        self.parts[figure.part] = self._in_place(figure, picture)
        for vector in self._vectors(figure):
            self.parts[vector] = vector_again(snapshot, figure.imprint.drawn)
        for page in figure.pages:
            known = self.parts.get(page) or self.office.part(page)
            alt_text = snapshot.content.alt_text
            self.parts[page] = with_alt_text(known, figure.imprint.alt_text, alt_text)
        self._note(figure.imprint, picture)

    def _snapshot(self, recipe: Recipe) -> Snapshot:
        """Return the figure of a recipe with the current data, made once for all its pictures."""
        key = recipe.to_json()
        if key not in self._made:
            now = replace(recipe, as_of=self.today or recipe.as_of, since="")
            now = with_current_events(now, self.events)
            self._made[key] = make(self.workspace, now, self.events)
        return self._made[key]

    def _check_kept(self, figure: FoundFigure) -> None:
        """Refuse a picture of which a program has kept only a part, or made something else."""
        old = self._part(figure)
        if not old.startswith((SIGNATURE, _JPEG)):
            raise FigureError("another program has saved the picture as another kind of file")
        drawn = figure.imprint.drawn
        width, height = size_of_picture(old)
        if not drawn.height or abs(width * drawn.height / (height * drawn.width) - 1) > _ALIKE:
            raise FigureError("another program has cropped the picture for good; insert it again")

    def _in_place(self, figure: FoundFigure, picture: bytes) -> bytes:
        """Return the picture as the kind of file that the part was."""
        is_jpeg = figure.state == "saved again" and self._part(figure).startswith(_JPEG)
        return as_jpeg(picture) if is_jpeg else picture

    def _part(self, figure: FoundFigure) -> bytes:
        assert self.office is not None  # noqa: S101 - asked only for parts of one
        return self.office.part(figure.part)

    def _vectors(self, figure: FoundFigure) -> Iterator[str]:
        """The parts with the same picture as vector graphics, which some programs show instead."""
        assert self.office is not None  # noqa: S101 - asked only for parts of one
        for page in figure.pages:
            targets = self.office.targets(page)
            steps = self.office.steps(page, frozenset({"figure"}))
            placed = [one for one in pictures_of(steps) if one.reference in targets]
            for one, other in pairwise(placed):
                vector = targets[other.reference]
                if targets[one.reference] == figure.part and other.is_vector:
                    yield vector

    def _note(self, old: Imprint, picture: bytes) -> None:
        """Note the new imprint for the file's own list."""
        if new := find_in_png(picture, "the figure") if picture.startswith(SIGNATURE) else "":
            self._listed[old.to_text()] = new


def _replaced(properties: bytes, texts: Mapping[str, str]) -> bytes:
    for old, new in texts.items():
        properties = properties.replace(old.encode(), new.encode())
    return properties
