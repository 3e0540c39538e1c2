"""Newly made slides of a figure, shape by shape, to be put in place of older ones."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pptx
from pptx.opc.oxml import serialize_part_xml

from geo.briefing.noted_shapes import NotedShapes, NotedSlide, shapes_by_key
from geo.briefing.slides import noted_slides
from geo.snapshot.output.making import Snapshot

_DECLARED: Final = b"?>"


@dataclass(frozen=True, slots=True)
class SlideTarget:
    """What a slide refers to: a picture, or an address outside the file.

    Parameters
    ----------
    kind
        The type of the relationship.
    address
        The address; empty for a picture.
    data, ending
        The bytes of the picture, and the ending of its name without a dot.
    """

    kind: str
    address: str = ""
    data: bytes = b""
    ending: str = ""


@dataclass(frozen=True, eq=False)
class NewPart:
    """A part with elements, and what their references mean."""

    element: Any
    targets: Mapping[str, SlideTarget]


@dataclass(frozen=True, eq=False)
class NewSlide:
    """A newly made slide.

    Parameters
    ----------
    shapes
        The element of each of the outermost shapes by what it is known by.
    notes
        Its speaker notes, whose element is the shape with their text; ``None`` without any.
    """

    noted: NotedSlide
    part: NewPart
    shapes: Mapping[str, Any]
    notes: NewPart | None


@dataclass(frozen=True, eq=False)
class NewSlides:
    """The slides of a figure by their role, and the note of their shapes as text."""

    slides: Mapping[str, NewSlide]
    note: str


def new_slides(snapshot: Snapshot) -> NewSlides:
    """Make the slides of a figure of shapes."""
    data, note = noted_slides(snapshot)
    noted = NotedShapes.from_text(note)
    made = pptx.Presentation(io.BytesIO(data)).slides
    found = {one.role: _slide(slide, one) for slide, one in zip(made, noted.slides, strict=True)}
    return NewSlides(found, note)


def xml_of(element: Any) -> bytes:
    """Return an element as bytes of XML without a declaration, with the namespaces it needs."""
    return bytes(serialize_part_xml(element)).partition(_DECLARED)[2].lstrip()


def _slide(slide: Any, noted: NotedSlide) -> NewSlide:
    notes = None
    if slide.has_notes_slide:
        notes = _part(slide.notes_slide.notes_placeholder.element, slide.notes_slide.part)
    shapes = dict(shapes_by_key(slide.shapes._spTree))  # noqa: SLF001 - python-pptx has no public way
    return NewSlide(noted, _part(slide.element, slide.part), shapes, notes)


def _part(element: Any, part: Any) -> NewPart:
    return NewPart(element, {key: _target(one) for key, one in part.rels.items()
                             if one.is_external or one.reltype.endswith("/image")})  # fmt: skip


def _target(relation: Any) -> SlideTarget:
    if relation.is_external:
        return SlideTarget(relation.reltype, address=relation.target_ref)
    picture = relation.target_part
    ending = posixpath.splitext(str(picture.partname))[1].lstrip(".")
    return SlideTarget(relation.reltype, data=picture.blob, ending=ending)
