"""The shapes of a figure as its deck was written, kept in it: by them, changes by others are told.

A slide of a figure is recognised by a shape with the id of the figure at the end of its name: the
map, a legend, a chart, a table. Office programs keep names, and the properties of the file.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.presentation import Presentation as Deck

from geo.briefing.editorial_parts import MARKING_NAME
from geo.briefing.shape_facts import (
    LONGEST_NAME,
    SHAPES,
    FactsReader,
    ShapeBox,
    ShapeFacts,
    is_changing,
    placeholder_of,
    shape_name,
    text_of_shape,
)
from geo.errors import RecipeError
from geo.events.readers.markup import local
from geo.snapshot.content.imprint import digest8, unpacked_text
from geo.snapshot.layout.theme import Theme

SHAPES_MARK: Final = "IncidentMapShapes1:"
"""Begins the shapes of a figure as text; the digit is raised when an earlier release could misread
them."""
TITLE_SHAPE: Final = "title"
"""Name by which the title of a slide is noted."""
MAP_ROLE: Final = "Map 1"
"""The slide with the map."""
_NUMBERED: Final = re.compile(r"(.*?)(?: \((\d{1,4}) of \d{1,4}\))?(?: ([0-9a-f]{8}))?")
_FIELDS: Final = ("turned", "fill", "line", "text", "look", "outline", "alt_text")
_KINDS: Final = ("group", "shape", "picture", "table")
_FAR: Final = 1_000_000
"""Hundredths of a millimetre, 10 m: the largest slide has 1.42 m (ISO/IEC 29500-1, 19.7.17)."""
_DEEPEST: Final = 8
"""Levels of groups; a figure has four."""


@dataclass(frozen=True, slots=True)
class NotedSlide:
    """A slide of a figure as it was written.

    Parameters
    ----------
    role
        What it holds, with a number: ``Map 1``, ``Notes 2``.
    shapes
        Its shapes in their order.
    notes
        Digest of its speaker notes; empty for none.
    """

    role: str
    shapes: tuple[ShapeFacts, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class NotedShapes:
    """The slides of a figure as they were written.

    Parameters
    ----------
    figure
        The id of the figure.
    plain
        Colours of letters that the theme gives.

    Examples
    --------
    >>> noted = NotedShapes("61f83bb9", ("24211D",), (NotedSlide("Map 1", ()),))
    >>> NotedShapes.from_text(noted.to_text()) == noted
    True
    >>> NotedShapes.from_text("IncidentMapShapes1:eJxLTAQA", "deck.pptx")
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: deck.pptx: the note of its shapes is damaged
    """

    figure: str
    plain: tuple[str, ...]
    slides: tuple[NotedSlide, ...]

    def to_text(self) -> str:
        """The note as letters, digits and ``+/=:``; the same shapes give the same text."""
        slides = [[one.role, one.notes, [_listed(each) for each in one.shapes]]
                  for one in self.slides]  # fmt: skip
        given = [self.figure, list(self.plain), slides]
        text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
        return SHAPES_MARK + base64.b64encode(zlib.compress(text.encode(), 9)).decode()

    @classmethod
    def from_text(cls, text: str, name: str = "the deck") -> NotedShapes:
        """Read a note that others may have changed.

        Raises
        ------
        RecipeError
            It is damaged, or larger than the limit.
        """
        try:
            figure, plain, slides = json.loads(unpacked_text(text, SHAPES_MARK))
            return cls(
                _short(figure), tuple(_short(one) for one in plain),
                tuple(NotedSlide(_short(role), tuple(_read(one) for one in shapes), _short(notes))
                      for role, notes, shapes in slides),
            )  # fmt: skip
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise RecipeError(f"{name}: the note of its shapes is damaged") from error


def note_shapes(deck: Deck, figure: str, theme: Theme) -> NotedShapes:
    """Note the shapes of a deck that is a figure and nothing else, and name its slides after it.

    Parameters
    ----------
    figure
        The id of the figure, with which the name of a shape of each slide then ends.
    """
    plain = tuple(sorted({colour.lstrip("#").upper() for colour in (theme.ink, theme.focus)}))
    slides = [_noted(slide, figure, plain) for slide in deck.slides]
    return NotedShapes(figure, plain, tuple(slides))


def role_in(name: str) -> str:
    """Return what a shape or slide holds, whatever the figure and however many slides there are.

    Examples
    --------
    >>> role_in("Notes (2 of 3) 61f83bb9"), role_in("Map 61f83bb9"), role_in("Credits")
    ('Notes 2', 'Map 1', 'Credits 1')
    """
    found = _NUMBERED.fullmatch(name)
    return f"{found[1]} {found[2] or 1}" if found else name


def figure_in(name: str) -> str:
    """Return the id of a figure at the end of the name of a shape, or nothing."""
    found = _NUMBERED.fullmatch(name)
    return found[3] or "" if found else ""


def shapes_by_key(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the outermost shapes of a slide with what they are known by on it.

    Parameters
    ----------
    tree
        The element with the shapes, or a group.
    """
    placeholders = 0
    for element in tree:
        if local(element.tag) not in SHAPES or is_changing(element):
            continue
        kind = placeholder_of(element)
        if kind is None:
            yield role_in(shape_name(element)), element
        elif kind in {"title", "ctrTitle"}:
            yield TITLE_SHAPE, element
        else:
            placeholders += 1
            yield f"placeholder {placeholders}", element


def role_in_title(element: Any) -> str:
    """Return the role of a slide that is known by its title alone."""
    return role_in(text_of_shape(element))


def _noted(slide: Any, figure: str, plain: Sequence[str]) -> NotedSlide:
    pictures = {
        key: digest8(relation.target_part.blob.hex())
        for key, relation in slide.part.rels.items()
        if relation.reltype.endswith("/image")
    }
    reader = FactsReader(pictures, frozenset(plain))
    keyed = list(shapes_by_key(slide.shapes._spTree))  # noqa: SLF001 - python-pptx has no public way
    role = _role(slide, keyed, figure)
    notes = ""
    if slide.has_notes_slide:
        notes = digest_of_notes(slide.notes_slide.notes_placeholder.element)
    return NotedSlide(role, tuple(reader.read(one, key) for key, one in keyed), notes)


def digest_of_notes(element: Any) -> str:
    """Return a digest of speaker notes that stays when another program has saved them."""
    return digest8(text_of_shape(element))


def _role(slide: Any, keyed: Sequence[tuple[str, Any]], figure: str) -> str:
    """Return the role of a slide, and end the name of its first shape in the id of the figure."""
    own = [one for one in slide.shapes
           if not one.is_placeholder and not one.name.startswith(MARKING_NAME)]  # fmt: skip
    for shape in own:
        if figure_in(shape.name) == figure:
            return role_in(shape.name)
    for shape in own:
        if local(shape.element.tag) in {"grpSp", "graphicFrame"}:
            role = role_in(shape.name)
            shape.name = f"{shape.name} {figure}"
            return role
    return role_in_title(dict(keyed)[TITLE_SHAPE])


def _listed(facts: ShapeFacts) -> list[Any]:
    left, top, width, height = map(round, facts.box)
    said: list[Any] = [
        facts.name, _KINDS.index(facts.kind), left, top, width, height, round(facts.width, 1),
        [_listed(one) for one in facts.parts], *(getattr(facts, field) for field in _FIELDS),
    ]  # fmt: skip
    while said[-1] == "":
        said.pop()
    return said


def _read(given: Any, depth: int = 0) -> ShapeFacts:
    name, kind, left, top, width, height, line, parts, *said = given
    numbers = (kind, left, top, width, height)
    if depth > _DEEPEST or not all(isinstance(one, int) and abs(one) < _FAR for one in numbers):
        raise ValueError
    if not (0 <= kind < len(_KINDS) and 0 <= line < _FAR):
        raise ValueError
    texts: Mapping[str, str] = dict(zip(_FIELDS, map(_short, said), strict=False))
    box = ShapeBox(*map(float, (left, top, width, height)))
    inner = tuple(_read(one, depth + 1) for one in parts)
    return ShapeFacts(_short(name), _KINDS[kind], box, width=float(line), parts=inner, **texts)


def _short(given: object) -> str:
    if not isinstance(given, str) or len(given) > LONGEST_NAME:
        raise ValueError
    return given
