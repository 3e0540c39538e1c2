"""What each mark means: colours, letters, strokes, and the words that explain them.

Four visual variables carry one meaning each. The kind of place is the *form* (pin, dot, disc,
area), the claim status is the *stroke*, the group is *colour and letter*, the number of dead is
the *size*. Map, legend, card, table and snapshot all take them from here.

The colours are Okabe and Ito's set for colour-blind readers (*Color Universal Design*, 2008); on a
dark ground each has a lighter twin, and black becomes a slate that can be seen on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.dossier.records import ColourName, Group, StatusKey

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
_NEUTRAL: Final = ("#8A857C", "#A39D92")
_INK: Final = ("#FFFFFF", "#16181B")
_LEAST_CONTRAST_WITH_WHITE: Final = 4.5
_SIZE_STEPS: Final = (1, 10, 50)
DEATH_SIZES: Final = ("none", "1 to 9", "10 to 49", "50 or more")


@dataclass(frozen=True, slots=True)
class GroupStyle:
    """How a group looks on a light and on a dark ground, and the ink that reads on each."""

    light: str
    dark: str
    on_light: str
    on_dark: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the interface with its definition."""

    key: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class StatusMeaning(Meaning):
    """A verification status, its name in a line of a list, and the stroke that shows it."""

    short: str
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class PrecisionMeaning(Meaning):
    """How well a place is known and the form that shows it."""

    drawn: Form


STATUSES: Final[tuple[StatusMeaning, ...]] = (
    StatusMeaning(
        "verified",
        "Verified",
        "Place and date are confirmed by evidence that others can check. Who did it is a separate "
        "question.",
        "verified",
        "solid",
    ),
    StatusMeaning(
        "corroborated",
        "Reported independently",
        "Two or more sources that do not rest on one another agree on what, where and when.",
        "independently reported",
        "solid",
    ),
    StatusMeaning(
        "reported",
        "Reported by others",
        "At least one source that is no party to it says so in its own voice. Not checked further.",
        "reported",
        "solid",
    ),
    StatusMeaning(
        "claimed_only",
        "Only a party says so",
        "Everybody who says that it is so is a party to the conflict. It can neither be confirmed "
        "nor shown to be false from what we have.",
        "claimed",
        "dashed",
    ),
    StatusMeaning(
        "disputed",
        "Contested",
        "Somebody denies it, or has spoken against it, and has not taken that back.",
        "contested",
        "split",
    ),
    StatusMeaning(
        "refuted",
        "Shown to be false",
        "Kept so that the claim stays findable together with what disproves it.",
        "shown to be false",
        "split",
    ),
)

PRECISIONS: Final[tuple[PrecisionMeaning, ...]] = (
    PrecisionMeaning("exact", "Exact place", "The site itself is known to 150 m.", "pin"),
    PrecisionMeaning(
        "settlement",
        "Town or village",
        "The town is named, the position inside it is not known; the halo is as wide as the town.",
        "dot",
    ),
    PrecisionMeaning(
        "near", "Near a place", "Somewhere within the disc, which is drawn to scale.", "disc"
    ),
    PrecisionMeaning(
        "district", "District", "Somewhere in the hatched district; the place is not known.", "area"
    ),
    PrecisionMeaning(
        "province", "Province", "Somewhere in the hatched province; the place is not known.", "area"
    ),
    PrecisionMeaning(
        "region",
        "Several provinces",
        "Somewhere within the outlined set of provinces; counted once, not once for each.",
        "region",
    ),
    PrecisionMeaning(
        "country", "Country as a whole", "No place is stated; listed beside the map.", "none"
    ),
    PrecisionMeaning(
        "unknown", "No known place", "Not stated or not found; listed beside the map.", "none"
    ),
)

ROLES: Final[Mapping[str, str]] = {
    "acting_party": "party that acts",
    "opposing_party": "party on the other side",
    "third_party": "third party",
    "media": "media",
    "un": "United Nations",
    "ngo": "non-governmental organisation",
    "state": "a state",
    "witness": "witness",
}

CLAIM_KINDS: Final[Mapping[str, str]] = {
    "responsibility": "takes responsibility",
    "occurrence": "says it happened",
    "casualties": "gives figures",
    "place": "names the place",
    "date": "names the date",
    "presence": "says they are there",
    "strength": "states a strength",
    "acknowledgement": "acknowledges it",
    "denial": "denies it",
    "doubt": "speaks against it",
}

PRESENCE_KINDS: Final[Mapping[str, str]] = {
    "activity": "active",
    "cell_or_safe_house": "cell or safe house",
    "camp": "camp",
    "training_site": "training site",
    "front_or_bastion": "front or stronghold",
    "administration": "administration",
    "strength": "strength in numbers",
    "influence": "influence and ties",
}

ATTRIBUTIONS: Final[Mapping[str, str]] = {
    "claimed_by_actor": "claimed by the group itself",
    "attributed_by_third_party": "named by others; the group has not claimed it",
    "claimed_and_attributed": "claimed by the group and named by others",
    "contested": "contested",
    "unattributed": "no group is named",
}

DATE_PRECISIONS: Final[Mapping[str, str]] = {
    "day": "known to the day",
    "days_2_6": "known to a few days",
    "week": "known to the week",
    "month": "known to the month",
    "year": "known to the year",
    "longer": "known only roughly",
}

RELIABILITY: Final[Mapping[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}

CREDIBILITY: Final[Mapping[int, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtfully true",
    5: "improbable",
    6: "truth cannot be judged",
}


def status_meaning(key: StatusKey) -> StatusMeaning:
    """The meaning of a status key."""
    return next(meaning for meaning in STATUSES if meaning.key == key)


def group_styles(groups: Mapping[str, Group]) -> dict[str, GroupStyle]:
    """A colour for each group: the one it asks for, else the next that nobody has.

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
        key: _style(*_PALETTE[group.colour])
        if group.colour is not None
        else _style(*_PALETTE.get(next(free, "slate"), _NEUTRAL))
        for key, group in groups.items()
    }


def unnamed_style() -> GroupStyle:
    """The neutral colour of records in which no group is named."""
    return _style(*_NEUTRAL)


def death_size(low: int | None, best: int | None, high: int | None) -> int:
    """Size class of a number of dead: 0 none, 1 to 3 by tens, ``-1`` not stated.

    The lowest figure that anyone states decides, so that a mark never grows on a guess.

    Examples
    --------
    >>> death_size(None, None, None), death_size(0, 0, 0), death_size(20, None, None)
    (-1, 0, 2)
    """
    known = [number for number in (low, best, high) if number is not None]
    if not known:
        return -1
    return sum(known[0] >= step for step in _SIZE_STEPS)


def _style(light: str, dark: str) -> GroupStyle:
    return GroupStyle(light, dark, _ink_on(light), _ink_on(dark))


def _ink_on(colour: str) -> str:
    white, black = _INK
    return white if contrast(colour, white) >= _LEAST_CONTRAST_WITH_WHITE else black


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    channels: Iterable[float] = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
