"""The slides of a figure of shapes in a deck, and what others have changed in its shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from geo.briefing.imprints import OWN
from geo.briefing.noted_shapes import (
    MAP_ROLE,
    SHAPES_MARK,
    TITLE_SHAPE,
    NotedShapes,
    NotedSlide,
    digest_of_notes,
    figure_in,
    role_in,
    role_in_title,
    shapes_by_key,
)
from geo.briefing.shape_facts import FactsReader, ShapeFacts, placeholder_of, shape_name
from geo.errors import FigureError, RecipeError
from geo.events.readers.markup import local
from geo.figures.edits import ComparedShape, ShapeEdit, compare_shape, say_edits
from geo.figures.finding import FoundFigure, property_texts
from geo.figures.office_file import OfficeFile, PicturePage
from geo.figures.slide_xml import SlideXml
from geo.snapshot.content.imprint import Imprint, digest8

_NOT_NOTED: Final = (
    "it was made by an earlier version, which did not note its shapes, so that changes by others "
    "could not be told; replace it by new slides"
)
_NO_MAP: Final = "its map is not in the deck, or was ungrouped; replace it by new slides"


@dataclass(frozen=True, eq=False)
class MatchedShape:
    """One of the outermost shapes of a figure as it is now.

    Parameters
    ----------
    key
        What it is known by on its slide.
    before, now
        As it was written, and as it is.
    """

    key: str
    element: Element
    before: ShapeFacts
    now: ShapeFacts
    compared: ComparedShape

    @property
    def is_kept(self) -> bool:
        """Whether it is a title in somebody's own words."""
        return self.key == TITLE_SHAPE and bool(self.compared.edits)

    @property
    def has_own_alt_text(self) -> bool:
        """Whether somebody has written another alternative text."""
        return bool(self.now.alt_text) and self.now.alt_text != self.before.alt_text


@dataclass(frozen=True, eq=False)
class FigureSlide:
    """A slide of a deck with shapes of a figure.

    Parameters
    ----------
    noted
        The slide as it was written; of a slide with shapes of several, that of the first.
    shapes
        The shapes of the figure, in their order.
    foreign
        Number of the outermost shapes that are not of the figure.
    notes_part
        The part with its speaker notes; empty for none.
    """

    page: PicturePage
    xml: SlideXml
    noted: NotedSlide
    shapes: tuple[MatchedShape, ...]
    foreign: int
    notes_part: str
    has_own_notes: bool

    @property
    def edits(self) -> tuple[ShapeEdit, ...]:
        """What others have changed and a new figure would not have."""
        return tuple(
            edit for one in self.shapes if one.key != TITLE_SHAPE for edit in one.compared.edits
        )

    @property
    def is_complete(self) -> bool:
        """Whether no shape of the figure was deleted from it."""
        return {one.name for one in self.noted.shapes} <= {one.key for one in self.shapes}


@dataclass(frozen=True, eq=False)
class ShapeFigure:
    """A figure of shapes in a deck.

    Parameters
    ----------
    note
        Its shapes as they were written, as the text that the deck holds.
    """

    noted: NotedShapes
    note: str
    slides: tuple[FigureSlide, ...]

    @property
    def edits(self) -> str:
        """What others have changed and a new figure would not have, by slide; empty for nothing."""
        said = ((one.page.where, say_edits(one.edits)) for one in self.slides if one.edits)
        return ". ".join(f"{where}: {edits}" for where, edits in said)

    @property
    def kept(self) -> tuple[str, ...]:
        """What others have written and a new figure does not touch."""
        return tuple(_kept(self.slides))


def shape_figure(file: OfficeFile, figure: FoundFigure) -> ShapeFigure:
    """Return the slides of a figure of shapes.

    Raises
    ------
    FigureError
        Its shapes were not noted, its map is gone, or a slide cannot be read.
    """
    note = _note_of(file, figure)
    try:
        noted = NotedShapes.from_text(note, file.file)
    except RecipeError as error:
        raise FigureError(f"{error}; replace it by new slides") from error
    search = _SlideSearch(file, noted, figure)
    slides = tuple(found for page in file.pages if (found := search.slide(page)) is not None)
    if not any(shape.key == MAP_ROLE for one in slides for shape in one.shapes):
        raise FigureError(_NO_MAP)
    return ShapeFigure(noted, note, slides)


def bound_texts(element: Element, kind: str) -> Iterator[str]:
    """Yield what is bound to a shape, or to those in it: ``figure`` or ``shapes``."""
    for one in element.iter(f"{{{OWN}}}{kind}"):
        if one.text:
            yield one.text.strip()


def _kept(slides: tuple[FigureSlide, ...]) -> Iterator[str]:
    for one in slides:
        if any(shape.is_kept for shape in one.shapes):
            yield f"the title of {one.page.where}"
        if one.has_own_notes:
            yield f"the speaker notes of {one.page.where}"
        if any(shape.has_own_alt_text for shape in one.shapes):
            yield f"the alternative texts of {one.page.where}"


def _note_of(file: OfficeFile, figure: FoundFigure) -> str:
    """Return the note of the shapes of a figure, from the deck or from the map itself."""
    wanted = figure.imprint.recipe.hash8
    for text in _notes(file, figure):
        try:
            if NotedShapes.from_text(text).figure == wanted:
                return text
        except RecipeError:  # of another figure, which has a message of its own
            continue
    raise FigureError(_NOT_NOTED)


def _notes(file: OfficeFile, figure: FoundFigure) -> Iterator[str]:
    """Yield the notes of shapes in a deck, those in its properties first."""
    yield from property_texts(file, SHAPES_MARK)
    for page in figure.pages:
        yield from bound_texts(SlideXml.of(file, page).root, "shapes")


class _SlideSearch:
    """Looks for the slides of one figure."""

    def __init__(self, file: OfficeFile, noted: NotedShapes, figure: FoundFigure) -> None:
        self.file, self.noted, self.pages = file, noted, frozenset(figure.pages)
        self.figure = figure.imprint.recipe.hash8
        self.by_role = {one.role: one for one in noted.slides}
        self._digests: dict[str, str] = {}

    def slide(self, page: PicturePage) -> FigureSlide | None:
        """Return what a slide has of the figure, or nothing."""
        if not page.where.startswith("slide ") or not self._may_be(page.name):
            return None
        xml = SlideXml.of(self.file, page.name)
        shapes = list(self._outermost(xml.tree))
        roles = {role for _, element, role in shapes if role in self.by_role}
        if not roles:
            roles = self._by_title(shapes)
        if not roles:
            return None
        noted = next(one for one in self.noted.slides if one.role in roles)
        wanted = {one.name: one for role in roles for one in self.by_role[role].shapes
                  if one.name == role}  # fmt: skip
        wanted |= {one.name: one for one in noted.shapes}
        matched = tuple(self._matched(page.name, shapes, wanted))
        mine = {id(one.element) for one in matched}
        foreign = sum(id(element) not in mine and not _is_empty(element)
                      for element in xml.tree if _is_shape(element))  # fmt: skip
        notes_part, has_own_notes = self._notes(page.name, noted)
        return FigureSlide(page, xml, noted, matched, foreign, notes_part, has_own_notes)

    def _may_be(self, page: str) -> bool:
        """Whether a slide is worth reading: most slides of others are not of a figure."""
        if any(all(one.kind == "shape" for one in slide.shapes) for slide in self.noted.slides):
            return True
        return page in self.pages

    def _outermost(self, tree: Element) -> Iterator[tuple[str, Element, str]]:
        """Yield the key and the role of shapes, also of those that others have grouped."""
        for key, element in shapes_by_key(tree):
            role = self._role(element)
            yield role or key, element, role
            if not role and local(element.tag) == "grpSp":
                yield from self._outermost(element)

    def _role(self, element: Element) -> str:
        if figure_in(shape_name(element)) == self.figure:
            return role_in(shape_name(element))
        properties = next(iter(element), None)
        for text in bound_texts(properties, "figure") if properties is not None else ():
            if Imprint.from_text(text).recipe.hash8 == self.figure:
                return MAP_ROLE
        return ""

    def _by_title(self, shapes: list[tuple[str, Element, str]]) -> set[str]:
        """Return the role of a slide that has nothing but texts, known by its title."""
        said = {role_in_title(element) for key, element, _ in shapes if key == TITLE_SHAPE}
        return {
            role for role in said & self.by_role.keys()
            if all(one.kind == "shape" for one in self.by_role[role].shapes)
        }  # fmt: skip

    def _matched(
        self, page: str, shapes: list[tuple[str, Element, str]], wanted: Mapping[str, ShapeFacts]
    ) -> Iterator[MatchedShape]:
        """Yield the shapes of the figure; copies by others, which they have changed, are theirs."""
        targets = self.file.targets(page)
        reader = FactsReader(
            {key: self._digest(part) for key, part in targets.items() if "/media/" in part},
            frozenset(self.noted.plain),
        )
        found: list[MatchedShape] = []
        for key, element, _ in shapes:
            before = wanted.get(key)
            if before is not None:
                now = reader.read(element, before.name)
                compared = compare_shape(before, now)
                found.append(MatchedShape(key, element, before, now, compared))
        for key in wanted:
            same = [one for one in found if one.key == key]
            as_written = [one for one in same if not one.compared.edits]
            is_named = key in self.by_role
            yield from same if is_named else as_written or same[:1]

    def _digest(self, part: str) -> str:
        if part not in self._digests:
            known = part in self.file.names
            self._digests[part] = digest8(self.file.part(part).hex()) if known else ""
        return self._digests[part]

    def _notes(self, page: str, noted: NotedSlide) -> tuple[str, bool]:
        """Return the part with the speaker notes, and whether they are somebody's own."""
        targets = self.file.targets(page).values()
        part = next((one for one in targets if "/notesSlides/" in one), "")
        if not noted.notes or part not in self.file.names:
            return "", False
        body = notes_body(SlideXml.of(self.file, part))
        return part, body is None or digest_of_notes(body) != noted.notes


def notes_body(xml: SlideXml) -> Element | None:
    """Return the shape with the text of speaker notes."""
    return next((one for one in xml.tree if placeholder_of(one) == "body"), None)


def _is_shape(element: Element) -> bool:
    return local(element.tag) not in {"nvGrpSpPr", "grpSpPr", "extLst"}


def _is_empty(element: Element) -> bool:
    """Whether a shape is a placeholder that shows nothing of its own."""
    kind = placeholder_of(element)
    return kind in {"dt", "ftr", "sldNum"}
