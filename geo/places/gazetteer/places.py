"""A place that has a name, and what comes of asking for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["country", "region", "province", "district", "settlement", "site", "outside"]
Precision = Literal[
    "exact", "settlement", "near", "district", "province", "region", "country", "unknown"
]
Status = Literal["resolved", "ambiguous", "inferred", "outside", "unknown"]

EXACT_M: Final = 150.0
"""A site known to this many metres or better is a point; a wider one is a settlement's."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that has a name.

    Parameters
    ----------
    id
        Unique among all places of the country.
    kind
        What it is; ``outside`` means that it is outside the country.
    name, also
        The name to show, and all other spellings, of any script.
    provinces
        ISO 3166-2 codes of the provinces it is in or consists of; none if it is outside.
    district
        The id of the district a settlement or site is in.
    lat, lon
        Degrees, WGS 84; only for settlements, and for sites located by a position.
    uncertainty_m
        Radius in metres within which a thing said to be at this place may be.
    note
        What a reader must know to understand the position.
    capital
        Of the ``country`` or of its ``province``.
    local
        Those of `also` that rank with `name`: what the place is called in the country's own
        languages.
    near
        What is said to be at this place is only near it; `uncertainty_m` is the radius meant.
    """

    id: str
    kind: Kind
    name: str
    also: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    district: str | None = None
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: float | None = None
    note: str = ""
    capital: Literal["country", "province"] | None = None
    local: tuple[str, ...] = ()
    near: bool = False

    @property
    def precision(self) -> Precision:
        """How closely a thing is located by saying that it is at this place.

        Examples
        --------
        >>> Place("m", "site", "Ministry", lat=34.5, lon=69.2, uncertainty_m=5000).precision
        'settlement'
        >>> Place("AF-PAN", "province", "Panjshir").precision
        'province'
        >>> Place("m", "settlement", "Mill", lat=1.0, lon=2.0, near=True).precision
        'near'
        """
        if self.near:
            return "near"
        if self.kind == "outside":
            return "unknown"
        if self.kind != "site":
            return self.kind
        pinned = self.lat is not None and self.uncertainty_m is not None
        return "exact" if pinned and (self.uncertainty_m or 0) <= EXACT_M else "settlement"

    @property
    def is_prominent(self) -> bool:
        """Whether a reader knows the place without being told where it is: an area or a capital."""
        return self.kind not in {"settlement", "site", "outside"} or self.capital is not None


@dataclass(frozen=True, slots=True)
class Inference:
    """A name of which someone has worked out where it must be, and says why.

    Parameters
    ----------
    names
        The name and its other spellings.
    place
        The id of the place it is taken to be in.
    reason
        A sentence for the reader of the map.
    """

    names: tuple[str, ...]
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a gazetteer makes of a name.

    Parameters
    ----------
    query
        The name as it was asked.
    status
        ``resolved`` and ``inferred`` have a place, and so has ``outside``; ``ambiguous`` has
        candidates, ``unknown`` perhaps suggestions.
    place
        The answer.
    candidates
        Every place that may be meant, if there are several.
    suggestions
        Names that look like the one asked for, the most alike first; never taken for it.
    reason
        Why this is the answer, or why there is none: a sentence.
    """

    query: str
    status: Status
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    suggestions: tuple[str, ...] = ()
    reason: str = ""
