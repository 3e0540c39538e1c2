"""Whether places, or days, can be those of one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.dossier.periods import Period, period
from geo.places.locations import Location
from geo.reports.mentions import DateMention, Mention, PlaceMention


def locations_of(places: Iterable[Mention]) -> list[Location]:
    """The locations of mentions of places.

    Returns
    -------
    list of Location
        In the order of the mentions.
    """
    return [one.value.location for one in places if isinstance(one.value, PlaceMention)]


def possible_provinces(location: Location) -> frozenset[str]:
    """The provinces that a place can be in; none for a country."""
    found = set(location.provinces)
    for place in location.candidates:
        found |= set(place.provinces)
    return frozenset(found)


def are_same_places(some: Sequence[Location], others: Sequence[Location]) -> bool:
    """Whether two lists of places can be the places of one event; an empty one can be any.

    Two names below a province must be the same; otherwise the provinces must be.
    """
    if not some or not others:
        return True
    fine, other = _finest(some), _finest(others)
    if fine and other and not _names(fine) & _names(other):
        return False
    one = frozenset().union(*(possible_provinces(place) for place in some))
    two = frozenset().union(*(possible_provinces(place) for place in others))
    if not one or not two:
        names = {place.name or place.query for place in some}
        return bool(names & {place.name or place.query for place in others})
    if one == two or _is_region_of(some, one, two) or _is_region_of(others, two, one):
        return True
    settled = _settled(some), _settled(others)
    is_open = settled != (one, two)
    return is_open and bool(one & two) and settled[0] <= two and settled[1] <= one


def _is_region_of(places: Sequence[Location], wide: frozenset[str], fine: frozenset[str]) -> bool:
    """Whether places are regions, one of them with all provinces of the others."""
    return fine <= wide and all(one.precision == "region" for one in places)


def _settled(places: Sequence[Location]) -> frozenset[str]:
    """The provinces of the places that have only one meaning."""
    known = [possible_provinces(place) for place in places if place.status != "ambiguous"]
    return frozenset().union(*known)


def _finest(places: Sequence[Location]) -> list[Location]:
    """The places that are below a province."""
    return [
        place
        for place in places
        if place.precision in {"district", "settlement", "exact", "near"}
        or (place.status == "ambiguous" and place.candidates)
    ]


def _names(places: Iterable[Location]) -> set[str]:
    found: set[str] = set()
    for place in places:
        found |= {place.name or place.query, *(one.name for one in place.candidates)}
        found |= {place.district} if place.district else set()
    return found


def share_a_day(some: Sequence[Period], others: Sequence[Period]) -> bool:
    """Whether two lists of periods share a day; an empty one can be any."""
    if not some or not others:
        return True
    return any(one.overlaps(two.earliest, two.latest) for one in some for two in others)


def dated_periods(dates: Iterable[Mention]) -> list[Period]:
    """The periods of mentions of dates; of an open one, those of its candidates.

    Returns
    -------
    list of Period
        In the order of the mentions.
    """
    found: list[Period] = []
    for one in dates:
        if isinstance(one.value, DateMention):
            texts = [one.value.edtf] if one.value.edtf else [c.edtf for c in one.value.candidates]
            found += [period(text) for text in texts]
    return found
