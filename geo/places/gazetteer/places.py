"""A place that has a name, and the result of looking one up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["country", "region", "province", "district", "settlement", "site", "outside"]
Precision = Literal[
    "exact", "settlement", "near", "district", "province", "region", "country", "unknown"
]
Status = Literal["resolved", "ambiguous", "inferred", "outside", "unknown"]

EXACT_M: Final = 150.0
"""Metres within which the position of a site is exact (a compound or a street block); a less exact
one has the precision of a settlement."""


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
        The name to show, and all other spellings, in any script.
    provinces
        ISO 3166-2 codes of the provinces that it is in or consists of; none if it is outside.
    district
        Id of the district that a settlement or site is in.
    lat, lon
        Degrees, WGS 84; only for settlements, and for sites with a position.
    uncertainty_m
        Radius in metres within which an incident reported at this place may be.
    note
        What a reader must know to understand the position.
    capital
        Whether it is the capital of the ``country`` or of its ``province``.
    local
        The names among `also` that rank with `name`: those in the country's own languages.
    near
        Whether the place is only near this one, within `uncertainty_m`.
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
        """The location precision of an incident that is reported at this place.

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
        """Whether readers know the place without a further area: it is an area or a capital."""
        return self.kind not in {"settlement", "site", "outside"} or self.capital is not None


@dataclass(frozen=True, slots=True)
class Inference:
    """A name whose place someone has inferred, with the reason.

    Parameters
    ----------
    names
        The name and its other spellings.
    place
        Id of the place that it is taken to be in.
    reason
        A sentence for the reader of the map.
    """

    names: tuple[str, ...]
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """The result of looking up a name in a gazetteer.

    Parameters
    ----------
    query
        The name that was looked up.
    status
        ``resolved``, ``inferred`` and ``outside`` have a place, ``ambiguous`` has candidates,
        ``unknown`` may have suggestions.
    place
        The place that is meant.
    candidates
        Every place that may be meant, if there are several.
    suggestions
        Names similar to the one looked up, the most similar first; never used by themselves.
    reason
        Why this is the result, in a sentence.
    """

    query: str
    status: Status
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    suggestions: tuple[str, ...] = ()
    reason: str = ""
