"""Slides of a figure made anew in a deck: its own shapes replaced, all else byte for byte.

New shapes take the place of the old ones: in the order of drawing, where others have put them, with
the same numbers, so that animations still find them, and hidden if they were hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from geo.briefing.new_slides import NewSlide, NewSlides, new_slides, xml_of
from geo.briefing.noted_shapes import MAP_ROLE, TITLE_SHAPE
from geo.briefing.shape_facts import ShapeFacts, child
from geo.errors import FigureError, GeoError
from geo.figures.deck_parts import DeckParts
from geo.figures.finding import PROPERTIES, property_texts
from geo.figures.new_shapes import ShapeFitter, spell_out
from geo.figures.office_file import OfficeFile
from geo.figures.shape_slides import FigureSlide, MatchedShape, ShapeFigure, notes_body
from geo.figures.slide_xml import ByteSplice, SlideXml, byte_spans, with_splices
from geo.snapshot.content.imprint import Imprint
from geo.snapshot.output.making import Snapshot

_TARGETS: Final = re.compile(
    rb"\sspid\s*=\s*[\"'](\d{1,9})[\"']|<(?:[\w.-]+:)?(?:st|end)Cxn\s[^>]*?\bid\s*=\s*[\"'](\d{1,9})"
)
"""The numbers of shapes to which animations and connectors refer."""
_DECLARED: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OWN_RELATIONS: Final = ("/slideLayouts/", "/media/")
"""Parts to which a slide of a figure refers without speaker notes; others are somebody's work."""


@dataclass(frozen=True)
class RenewedDeck:
    """A deck with a figure made anew, and what else than its shapes has changed."""

    data: bytes
    said: tuple[str, ...]


def renewed_deck(file: OfficeFile, figure: ShapeFigure, snapshot: Snapshot) -> RenewedDeck:
    """Replace the shapes of a figure by newly made ones.

    Parameters
    ----------
    figure
        Its slides in the deck; what others have changed in its shapes is replaced, too.
    snapshot
        The figure with other data.

    Raises
    ------
    FigureError
        An animation or connector needs a shape that the new figure does not have, or a part of the
        deck cannot be changed in part.
    """
    return _Renewal(file, figure, new_slides(snapshot)).deck(snapshot.imprint_of_shapes)


class _Renewal:
    """A deck, the slides of a figure in it, and the new ones."""

    def __init__(self, file: OfficeFile, figure: ShapeFigure, made: NewSlides) -> None:
        self.deck_parts, self.figure, self.note = DeckParts(file), figure, made.note
        self.sources = made.slides
        self.said: list[str] = []

    def deck(self, imprint: str) -> RenewedDeck:
        """Return the whole deck, with the imprint of the new figure as text."""
        for one in self.figure.slides:
            source = self.sources.get(one.noted.role)
            if source is None:
                self._take_away(one)
                continue
            self._renew(one, source)
            if one.notes_part and not one.has_own_notes:
                self._renew_notes(one, source)
        self._add_slides()
        self._list(imprint)
        return RenewedDeck(self.deck_parts.result(), tuple(self.said))

    def _renew(self, old: FigureSlide, source: NewSlide) -> None:
        mine = {int(number) for shape in old.shapes for number in _numbers(shape.element)}
        theirs = old.xml.ids() - mine
        fitters: dict[str, ShapeFitter] = {}
        splices = []
        for shape in old.shapes:
            span = old.xml.span(shape.element)
            found = self._source_of(shape.key, source)
            if found is None:
                if shape.key != TITLE_SHAPE:
                    splices.append(ByteSplice(span.start, span.end, b""))
                continue
            if not self._is_to_replace(shape, _facts(found, shape.key)):
                theirs |= {int(number) for number in _numbers(shape.element)}
                continue
            fitter = self._fitter(fitters, old.page.name, found, theirs)
            splices.append(
                ByteSplice(span.start, span.end, fitter.fitted(found.shapes[shape.key], shape))
            )
        splices += self._added(old, source, fitters, theirs)
        given = {number for one in fitters.values() for number in one.given}
        data = with_splices(old.xml.data, splices)
        _check_targets(old, data, theirs | given)
        self.deck_parts.parts[old.page.name] = data
        self.deck_parts.forget_unused(old.page.name)

    def _fitter(
        self, known: dict[str, ShapeFitter], page: str, source: NewSlide, theirs: set[int]
    ) -> ShapeFitter:
        role = source.noted.role
        if role not in known:
            known[role] = ShapeFitter(self.deck_parts, page, source.part, theirs)
        return known[role]

    def _source_of(self, key: str, source: NewSlide) -> NewSlide | None:
        """Return the new slide with a shape: that of the same role, or the one named after it."""
        names = {one.name for one in source.noted.shapes}
        return source if key in names else self.sources.get(key)

    def _is_to_replace(self, shape: MatchedShape, new: ShapeFacts) -> bool:
        """Whether a shape is another one now; what has the id of the figure in its name always."""
        if shape.is_kept:
            return False
        return shape.key in self.sources or bool(shape.compared.edits) or new != shape.before

    def _added(
        self, old: FigureSlide, source: NewSlide, fitters: dict[str, ShapeFitter], theirs: set[int]
    ) -> Iterator[ByteSplice]:
        """Yield the shapes that the slide did not have, unless others have deleted some."""
        if not old.is_complete:
            return
        known = {one.name for one in old.noted.shapes}
        at = min(old.xml.span(one.element).start for one in old.shapes)
        ends = {one.key: old.xml.span(one.element).end for one in old.shapes}
        for key, element in source.shapes.items():
            if key in ends:
                at = ends[key]
            elif key not in known:
                fitter = self._fitter(fitters, old.page.name, source, theirs)
                yield ByteSplice(at, at, fitter.fitted(element))

    def _renew_notes(self, old: FigureSlide, source: NewSlide) -> None:
        """Replace the text of speaker notes that nobody has edited."""
        xml = SlideXml.of(self.deck_parts.file, old.notes_part)
        body = notes_body(xml)
        if body is None:
            return
        around = xml.span(body)
        spans = byte_spans(xml.data[around.start : around.end], ["txBody"])
        new = None if source.notes is None else child(source.notes.element, "txBody")
        if not spans or new is None or source.notes is None:
            return
        text = ShapeFitter(self.deck_parts, old.notes_part, source.notes, set()).referring(new)
        spell_out(text, body)
        start, end = around.start + spans[0].start, around.start + spans[0].end
        splices = [ByteSplice(start, end, xml_of(text))]
        self.deck_parts.parts[old.notes_part] = with_splices(xml.data, splices)
        self.deck_parts.forget_unused(old.notes_part)

    def _take_away(self, old: FigureSlide) -> None:
        """Remove a slide that the figure no longer has, or its shapes if others are on it."""
        file, name = self.deck_parts.file, old.page.name
        targets = file.targets(name).values()
        is_own = all(any(part in one for part in _OWN_RELATIONS) for one in targets)
        linked = any(name in file.targets(one.name).values() for one in file.pages)
        if is_own and not linked and not old.foreign and not any(x.is_kept for x in old.shapes):
            self.deck_parts.remove_slide(name)
            self.said.append(f"{old.page.where} was removed: its list is shorter now")
            return
        spans = [old.xml.span(one.element) for one in old.shapes if one.key != TITLE_SHAPE]
        splices = [ByteSplice(one.start, one.end, b"") for one in spans]
        self.deck_parts.parts[name] = with_splices(old.xml.data, splices)
        self.said.append(f"{old.page.where} has no list any more: remove it if you do not need it")

    def _add_slides(self) -> None:
        """Add the slides that the figure did not have, each after the one before it."""
        known = {one.role for one in self.figure.noted.slides}
        pages: dict[str, list[str]] = {}
        for one in self.figure.slides:
            pages.setdefault(one.noted.role, []).append(one.page.name)
        before = MAP_ROLE
        for role, source in self.sources.items():
            if role not in known:
                kind, _, number = role.rpartition(" ")
                former = before if number == "1" else f"{kind} {int(number) - 1}"
                pages[role] = [self._slide(source, after) for after in pages.get(former, [])]
                self.said += [f"a slide with {kind} was added" for _ in pages[role]]
            before = role if pages.get(role) else before

    def _slide(self, source: NewSlide, after: str) -> str:
        name = self.deck_parts.add_slide(after, after)
        fitter = ShapeFitter(self.deck_parts, name, source.part, set())
        self.deck_parts.parts[name] = _DECLARED + xml_of(fitter.referring(source.part.element))
        return name

    def _list(self, imprint: str) -> None:
        """Replace recipe and note in the properties of the deck."""
        file = self.deck_parts.file
        if PROPERTIES not in file.names:
            return
        data = file.part(PROPERTIES).replace(self.figure.note.encode(), self.note.encode())
        for text in property_texts(file):
            try:
                old = Imprint.from_text(text)
            except GeoError:  # what is not an imprint is nobody's
                continue
            is_it = old.recipe.hash8 == self.figure.noted.figure
            if is_it and old.drawn.form == "shapes":
                data = data.replace(text.encode(), imprint.encode())
        self.deck_parts.parts[PROPERTIES] = data


def _facts(source: NewSlide, key: str) -> ShapeFacts:
    return next(one for one in source.noted.shapes if one.name == key)


def _numbers(element: Any) -> Iterator[str]:
    """Yield the numbers of a shape and of those in it."""
    for one in element.iter():
        if one.tag.endswith("}cNvPr") and one.get("id", "").isdecimal():
            yield one.get("id")


def _check_targets(old: FigureSlide, data: bytes, numbers: set[int]) -> None:
    """Refuse a slide of which an animation or connector would refer to nothing."""
    asked = {int(found[1] or found[2]) for found in _TARGETS.finditer(data)}
    if asked & old.xml.ids() - numbers:
        raise FigureError(
            f"an animation or a connector on {old.page.where} refers to a shape that the figure no "
            "longer has; remove it, and refresh again"
        )
