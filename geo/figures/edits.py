"""What others have changed in the shapes of a figure, told from where they have put them.

A figure that was moved, enlarged or turned as a whole is not changed: it is placed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

from geo.briefing.shape_facts import PlacedBy, ShapeBox, ShapeFacts

_TOLERANCE: Final = 12.0
"""Hundredths of a millimetre by which a shape may be elsewhere: LibreOffice rounds each place and
size, at most 0.08 mm in all; what a person moves goes farther."""
_LINE_TOLERANCE: Final = 1.5
"""The same for the width of a line, rounded once."""
_GENERIC: Final = re.compile(r"(Freeform|Text|Picture) \d+")
_GENERIC_WORDS: Final = {"Freeform": "a shape", "Text": "a text", "Picture": "a picture"}
_LISTED: Final = 8
"""Changes that a message names; the others are counted."""
_LONGEST: Final = 40
"""Characters of a text by which it is named."""


class ShapeEdit(NamedTuple):
    """A change by somebody: of what, and what was done."""

    label: str
    done: str

    def __str__(self) -> str:
        return f"{self.label} {self.done}"


@dataclass(frozen=True, slots=True)
class ComparedShape:
    """A shape beside what it was when it was written: where it is put, and what was changed."""

    placement: PlacedBy
    edits: tuple[ShapeEdit, ...]


def compare_shape(before: ShapeFacts, now: ShapeFacts) -> ComparedShape:
    """Tell how one of the outermost shapes of a slide was placed, and what in it was changed."""
    if before.kind != now.kind:
        return ComparedShape(PlacedBy(), (ShapeEdit(label_of(now), "was redrawn"),))
    if before.kind != "group":
        placement = _placed(before.box, now.box, keeps_height=before.kind != "picture")
        edits = tuple(ShapeEdit(label_of(now), done) for done in _looks(before, now))
        return ComparedShape(placement, edits)
    pairs = list(_pairs(before, now))
    placement = _placement(before, now, pairs)
    return ComparedShape(placement, tuple(_within(before, now, placement)))


def label_of(facts: ShapeFacts, within: str = "") -> str:
    """Say which shape is meant: by its words, its name, or its kind.

    Examples
    --------
    >>> label_of(ShapeFacts("Text 144", "shape", ShapeBox(0, 0, 0, 0)), "Names")
    'a text in “Names”'
    """
    generic = _GENERIC.fullmatch(facts.name)
    if facts.words:
        name = f"“{facts.words[:_LONGEST]}{'…' if len(facts.words) > _LONGEST else ''}”"
    else:
        name = _GENERIC_WORDS[generic[1]] if generic else f"“{facts.name.removesuffix(' 1')}”"
    return f"{name} in “{within.removesuffix(' 1')}”" if within else name


def say_edits(edits: Sequence[ShapeEdit]) -> str:
    """Say all changes in one line, the first of them one by one."""
    counted = Counter(map(str, edits))
    said = [f"{one} ({many} times)" if many > 1 else one for one, many in counted.items()]
    more = f"; and {len(said) - _LISTED} more" if len(said) > _LISTED else ""
    return "; ".join(said[:_LISTED]) + more


def _placed(before: ShapeBox, now: ShapeBox, *, keeps_height: bool) -> PlacedBy:
    """Where a single shape is put; programs fit the height of a text to its lines."""
    wide = _factor(before.width, now.width)
    high = 1.0 if keeps_height else _factor(before.height, now.height)
    left, top = now.left - before.left * wide, now.top - before.top * high
    return PlacedBy(
        wide, left if abs(left) > _TOLERANCE or wide != 1.0 else 0.0,
        high, top if abs(top) > _TOLERANCE or high != 1.0 else 0.0,
    )  # fmt: skip


def _factor(before: float, now: float) -> float:
    return now / before if before and abs(now - before) > _TOLERANCE else 1.0


def _pairs(before: ShapeFacts, now: ShapeFacts) -> Iterator[tuple[ShapeBox, ShapeBox]]:
    """Yield the boxes of the shapes that are still there."""
    if before.kind != "group" or now.kind != "group":
        yield before.box, now.box
        return
    for old, new in _matched(before, now):
        if old is not None and new is not None:
            yield from _pairs(old, new)


def _matched(
    before: ShapeFacts, now: ShapeFacts
) -> Iterator[tuple[ShapeFacts | None, ShapeFacts | None]]:
    """Yield the members of a group with what they were, those deleted and those added."""
    left: dict[str, list[ShapeFacts]] = {}
    for new in now.parts:
        left.setdefault(new.name, []).append(new)
    for old in before.parts:
        found = left.get(old.name)
        yield old, found.pop(0) if found else None
    for one in (one for found in left.values() for one in found):
        yield None, one


def _placement(
    before: ShapeFacts, now: ShapeFacts, pairs: Sequence[tuple[ShapeBox, ShapeBox]]
) -> PlacedBy:
    """Where a group is put: as most of its shapes are."""
    tried = [PlacedBy(), _placed(before.box, now.box, keeps_height=False), _through(pairs)]
    return max(tried, key=lambda one: sum(_is_there(one.box(old), new) for old, new in pairs))


def _through(pairs: Sequence[tuple[ShapeBox, ShapeBox]]) -> PlacedBy:
    """The placement that the middle one of many pairs of shapes has, whatever happened to some."""
    return PlacedBy(
        *_side([(old.left, new.left) for old, new in pairs]),
        *_side([(old.top, new.top) for old, new in pairs]),
    )


def _side(points: list[tuple[float, float]]) -> tuple[float, float]:
    points.sort()
    half = len(points) // 2
    far = zip(points, points[half:], strict=False)
    slopes = [(q[1] - p[1]) / (q[0] - p[0]) for p, q in far if q[0] - p[0] > _TOLERANCE]
    factor = median(slopes) if slopes else 1.0
    return factor, median(new - old * factor for old, new in points) if points else 0.0


def _is_there(expected: ShapeBox, found: ShapeBox) -> bool:
    return all(abs(one - other) <= _TOLERANCE for one, other in zip(expected, found, strict=True))


def _within(before: ShapeFacts, now: ShapeFacts, placement: PlacedBy) -> Iterator[ShapeEdit]:
    """Yield the changes in a group; one of all its members as one of the group."""
    found: list[tuple[ShapeFacts, list[ShapeEdit]]] = []
    for old, new in _matched(before, now):
        if new is None and old is not None:
            yield ShapeEdit(label_of(old, now.name), "was deleted")
        elif old is None and new is not None:
            yield ShapeEdit(label_of(new, now.name), "was added")
        elif old is not None and new is not None:
            found.append((new, list(_of_member(old, new, now.name, placement))))
    order = [one.name for one in before.parts if one.name in {each.name for each, _ in found}]
    if Counter(order) == Counter(one.name for one, _ in found) and order != [
        one.name for one in now.parts if one.name in set(order)
    ]:
        yield ShapeEdit(label_of(now), "has its members in another order")
    yield from _together(now, found)


def _together(
    group: ShapeFacts, found: Sequence[tuple[ShapeFacts, list[ShapeEdit]]]
) -> Iterator[ShapeEdit]:
    said = [[edit.done for edit in edits] for _, edits in found]
    if len(found) > 1 and said[0] and all(one == said[0] for one in said):
        yield from (ShapeEdit(label_of(group), done) for done in said[0])
        return
    yield from (edit for _, edits in found for edit in edits)


def _of_member(
    old: ShapeFacts, new: ShapeFacts, within: str, placement: PlacedBy
) -> Iterator[ShapeEdit]:
    label = label_of(new, within)
    if old.kind != new.kind:
        yield ShapeEdit(label, "was redrawn")
        return
    if new.alt_text and old.alt_text != new.alt_text:
        yield ShapeEdit(label, "has another alternative text")
    if old.kind == "group":
        if old.turned != new.turned:
            yield ShapeEdit(label, "was turned")
        yield from _within(old, new, placement)
        return
    if not _is_there(placement.box(old.box), new.box):
        yield ShapeEdit(label, "was moved or resized")
    if old.turned != new.turned:
        yield ShapeEdit(label, "was turned")
    yield from (ShapeEdit(label, done) for done in _looks(old, new))


def _looks(old: ShapeFacts, new: ShapeFacts) -> Iterator[str]:
    """Yield what was changed of a shape but its place."""
    if old.text != new.text:
        yield "has another text"
    elif old.look != new.look:
        yield "has other letters"
    is_wider = abs(old.width - new.width) > _LINE_TOLERANCE
    if (old.fill, old.line) != (new.fill, new.line) or is_wider:
        yield "was recoloured"
    if old.outline != new.outline:
        yield "has another picture" if old.kind == "picture" else "has another outline"
