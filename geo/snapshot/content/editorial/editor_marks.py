"""Arrows, circles, areas and texts that the editor of a figure places on its map."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, get_args

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.editorial.plain_fields import PlainFields, short_line
from geo.text import listed

EditorMarkKind = Literal["arrow", "circle", "area", "text"]
EDITOR_MARK_KINDS: Final[tuple[EditorMarkKind, ...]] = get_args(EditorMarkKind)
_FIELDS: Final = ("kind", "at", "km", "text")
_POINTS: Final[dict[EditorMarkKind, tuple[int, int]]] = {
    "arrow": (2, 2),
    "circle": (1, 1),
    "area": (3, limits.MAX_EDITOR_MARK_POINTS),
    "text": (1, 1),
}
"""Fewest and most points of each kind."""
_DIGITS: Final = 5
"""Decimal places of a degree that are kept: about a metre."""

LatLon = tuple[float, float]


@dataclass(frozen=True, slots=True)
class EditorMark:
    r"""A mark that the editor has placed on the map, by hand and without a source.

    Parameters
    ----------
    kind
        An arrow points from its first position to its second.
    at
        Latitude and longitude of each of its points, in degrees, WGS 84.
    km
        Radius of a circle in kilometres; 0 for anything else.
    text
        Set beside an arrow, a circle or an area, or by itself; it may be empty except for a text.

    Raises
    ------
    RecipeError
        It has too few or too many points, a position outside the globe, or no radius.

    Examples
    --------
    >>> EditorMark("arrow", ((34.5, 69.2), (35.3, 69.5)), text="Supplies\n")
    EditorMark(kind='arrow', at=((34.5, 69.2), (35.3, 69.5)), km=0.0, text='Supplies')
    >>> EditorMark("circle", ((34.5, 692.0),), km=5)
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: position 34.5, 692.0 is not on the globe; expected latitude, longitude
    """

    kind: EditorMarkKind
    at: tuple[LatLon, ...]
    km: float = 0.0
    text: str = ""

    def __post_init__(self) -> None:
        """Check the mark, and round its positions."""
        if self.kind not in EDITOR_MARK_KINDS:
            known = ", ".join(EDITOR_MARK_KINDS)
            raise RecipeError(f"kind {self.kind!r:.80} is unknown; expected any of {known}")
        fewest, most = _POINTS[self.kind]
        if not fewest <= len(self.at) <= most:
            wanted = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            raise RecipeError(f"{self.kind} has {len(self.at):,} positions; expected {wanted}")
        object.__setattr__(self, "at", tuple(_checked(lat, lon) for lat, lon in self.at))
        if self.kind == "circle" and not 0 < self.km <= limits.MAX_EDITOR_MARK_KM:
            raise RecipeError(
                f"circle has a radius of {self.km:g} km; expected more than 0 and at most "
                f"{limits.MAX_EDITOR_MARK_KM:,}"
            )
        object.__setattr__(self, "km", float(self.km) if self.kind == "circle" else 0.0)
        text = short_line("text", self.text, limits.MAX_EDITOR_MARK_TEXT)
        object.__setattr__(self, "text", text)
        if self.kind == "text" and not text:
            raise RecipeError("text is empty; expected some words")

    @classmethod
    def from_plain(cls, value: object, where: str) -> Self:
        """Read a mark from JSON or YAML.

        Raises
        ------
        RecipeError
            It is not a valid mark; the message says where.
        """
        given = PlainFields.of(value, where, _FIELDS)
        at = tuple(_pair(pair, given) for pair in given.items("at"))
        kind: Any = given.text("kind")
        try:
            return cls(kind, at, given.number("km", 0.0), given.text("text"))
        except RecipeError as error:
            raise RecipeError(f"{where}: {error}") from error

    def to_plain(self) -> dict[str, Any]:
        """The mark for a recipe.

        Returns
        -------
        Name of each field to its value; fields without a value are left out.
        """
        said: dict[str, Any] = {"kind": self.kind, "at": [list(pair) for pair in self.at]}
        said |= {"km": self.km} if self.km else {}
        return said | ({"text": self.text} if self.text else {})


def say_kinds(marks: Iterable[EditorMark]) -> str:
    """The kinds of some marks in words.

    Examples
    --------
    >>> say_kinds([EditorMark("text", ((34, 69),), text="A"), EditorMark("circle", ((34, 69),), 5)])
    'circles and texts'
    """
    marks = tuple(marks)
    found = {mark.kind for mark in marks} | {"text" for mark in marks if mark.text}
    return listed([f"{kind}s" for kind in EDITOR_MARK_KINDS if kind in found])


def _checked(lat: float, lon: float) -> LatLon:
    numbers = (float(lat), float(lon))
    if not all(map(math.isfinite, numbers)) or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:  # noqa: PLR2004 - degrees
        raise RecipeError(
            f"position {lat}, {lon} is not on the globe; expected latitude, longitude"
        )
    return round(numbers[0], _DIGITS), round(numbers[1], _DIGITS)


def _pair(value: object, given: PlainFields) -> LatLon:
    if isinstance(value, list | tuple) and len(value) == 2:  # noqa: PLR2004 - latitude and longitude
        lat, lon = value
        if all(isinstance(one, int | float) and not isinstance(one, bool) for one in value):
            return float(lat), float(lon)
    raise given.fault("at", "has a position that is not [latitude, longitude] in degrees")
