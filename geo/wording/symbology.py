"""What each mark looks like: colours, letters, strokes and forms.

Four visual variables carry one meaning each: *form* (pin, dot, disc, area) shows the location
precision, *stroke* the verification status, *colour and letter* the group, and *size* the number
of fatalities. Map, legend, card, table and figure all take them from here.

The colours are those of Okabe and Ito for colour-blind readers (*Color Universal Design*, 2008),
each with a lighter variant for the dark theme; a slate that shows on both replaces black.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.dossier.records import ColourName, Group

Stroke = Literal["solid", "dashed", "split"]
Form = Literal["pin", "dot", "disc", "area", "region", "none"]

_PALETTE: Final[Mapping[ColourName, tuple[str, str]]] = {
    "green": ("#009E73", "#35BF98"),
    "sky": ("#56B4E9", "#8CCDF2"),
    "slate": ("#3A3F47", "#C6CBD2"),
    "vermilion": ("#D55E00", "#F08A3E"),
    "purple": ("#CC79A7", "#E3A6C6"),
    "orange": ("#E69F00", "#F3BE4D"),
    "blue": ("#0072B2", "#4F9FD9"),
    "yellow": ("#F0E442", "#F5EC7A"),
}
"""Each colour for the light and for the dark theme."""
_NEUTRAL: Final = ("#8A857C", "#A39D92")
"""The colour of records without a named group, for the light and for the dark theme."""
_INK: Final = ("#FFFFFF", "#16181B")
"""White and black letters on a mark."""
_LEAST_CONTRAST_WITH_WHITE: Final = 4.5
"""Contrast ratio of text with its background (WCAG 2.2, 1.4.3, level AA)."""
_SIZE_STEPS: Final = (1, 10, 50)
"""Fatalities from which a size class begins: one digit, two digits, and events with mass
casualties; below the first, nobody was killed."""


@dataclass(frozen=True, slots=True)
class GroupStyle:
    """The colour of a group in the light and the dark theme, and of the letter on each."""

    light: str
    dark: str
    on_light: str
    on_dark: str


STROKES: Final[Mapping[str, Stroke]] = {
    "verified": "solid",
    "corroborated": "solid",
    "reported": "solid",
    "claimed_only": "dashed",
    "disputed": "split",
    "refuted": "split",
}
"""The stroke that shows a verification status, by its key."""
FORMS: Final[Mapping[str, Form]] = {
    "exact": "pin",
    "settlement": "dot",
    "near": "disc",
    "district": "area",
    "province": "area",
    "region": "region",
    "country": "none",
    "unknown": "none",
}
"""The form that shows a location precision, by its key."""


def group_styles(groups: Mapping[str, Group]) -> dict[str, GroupStyle]:
    """A colour for each group: its own if the dossier gives one, else the next that is free.

    Returns
    -------
    dict
        The style of each group by the group's key, in the order of `groups`.

    Examples
    --------
    >>> first = Group(name="A", short="A", letter="A", colour="green")
    >>> second = Group(name="B", short="B", letter="B")
    >>> group_styles({"a": first, "b": second})["b"].light
    '#56B4E9'
    """
    taken = {group.colour for group in groups.values() if group.colour is not None}
    free = iter([name for name in get_args(ColourName) if name not in taken])
    return {
        key: style_of_colours(*_PALETTE[group.colour])
        if group.colour is not None
        else style_of_colours(*_PALETTE.get(next(free, "slate"), _NEUTRAL))
        for key, group in groups.items()
    }


def unnamed_style() -> GroupStyle:
    """The neutral colour of records in which no group is named."""
    return style_of_colours(*_NEUTRAL)


def death_size(low: int | None, best: int | None, high: int | None) -> int:
    """Size class of a number of fatalities: 0 none, 1 to 3 ascending, ``-1`` not stated.

    The lowest figure that anyone states decides, so that a mark is never larger than is known.

    Examples
    --------
    >>> death_size(None, None, None), death_size(0, 0, 0), death_size(20, None, None)
    (-1, 0, 2)
    """
    known = [number for number in (low, best, high) if number is not None]
    if not known:
        return -1
    return sum(known[0] >= step for step in _SIZE_STEPS)


def style_of_colours(light: str, dark: str) -> GroupStyle:
    """The style of a colour for the light and one for the dark theme, with legible letters."""
    return GroupStyle(light, dark, _ink_on(light), _ink_on(dark))


def _ink_on(colour: str) -> str:
    white, black = _INK
    return white if contrast(colour, white) >= _LEAST_CONTRAST_WITH_WHITE else black


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours ``#RRGGBB``, from 1 to 21 (WCAG 2.2, *contrast ratio*)."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance from 0 to 1, with the constants of WCAG 2.2, *relative luminance*."""
    channels: Iterable[float] = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
