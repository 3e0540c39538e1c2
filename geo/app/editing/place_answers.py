"""What the program makes of a place while it is typed: where it is, how finely, and what else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from geo.dossier.records import Where
from geo.places.country import Country
from geo.places.gazetteer import Place
from geo.places.locations import Location, locate_where
from geo.text import capitalised
from geo.wording.sentences import say_place
from geo.wording.vocabulary import PRECISIONS

_MOST: Final = 8
"""Candidates that are offered; a name that fits more places needs its province first."""
_UNDECIDED: Final = "It is listed but not mapped until this is decided"
_DEFINITIONS: Final = {one.key: one.definition for one in PRECISIONS}


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What is known of one place of a form.

    Parameters
    ----------
    said
        Where it is and how finely it is drawn, or why it is not.
    is_question
        Whether it cannot be drawn before something is decided.
    choices
        What it may mean: a label, and the fields of the place that say so.
    """

    said: str = ""
    is_question: bool = False
    choices: tuple[tuple[str, Mapping[str, str]], ...] = ()


def answer_place(raw: Mapping[str, Any], country: Country) -> PlaceAnswer:
    """Say where the place of an entry is.

    Examples
    --------
    >>> from geo import open_workspace
    >>> country = open_workspace().country
    >>> answer_place({"place": "Surobi"}, country).is_question
    True
    """
    try:
        where = Where.model_validate(dict(raw))
    except ValidationError:
        # The fields at fault say so themselves.
        return PlaceAnswer()
    found = locate_where(where, country)
    names = {province.code: province.name for province in country.provinces}
    choices = tuple(_choices(found, dict(raw), country))[:_MOST]
    where_it_is = capitalised(say_place(found, names, country.name))
    parts = [where_it_is, _DEFINITIONS[found.precision], found.note, found.doubt]
    if found.off == "unknown":
        parts = [found.note, _UNDECIDED]
    said = " ".join(f"{part.rstrip('.')}." for part in dict.fromkeys(filter(None, parts)))
    return PlaceAnswer(said, found.off == "unknown", choices)


def at_point(lat: float, lon: float, country: Country) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return what a point that somebody clicked may stand for, the roughest first.

    Returns
    -------
    tuple
        Pairs of a label and the fields of a place; degrees, WGS 84, rounded to about 100 m.
    """
    province = country.provinces.containing(lat, lon)
    if province is None:
        return ()
    found = [(f"{province.name} province", {"means": province.name, "kind": "province"})]
    located = Where(place="x", lat=lat, lon=lon, basis="source_coordinates")
    district = country.districts.get(locate_where(located, country).district)
    if district is not None:
        fields = {"means": district.name, "kind": "district", "within": province.name}
        found.append((f"{district.name} district, {province.name}", fields))
    position = f"{lat:.3f}, {lon:.3f}"
    found.append((f"The coordinates {position}", {"position": position}))
    return tuple(found)


def fields_for_location(
    words: str, location: Location, country: Country
) -> Mapping[str, str]:  # fmt: skip
    """Return the fields of a place that say what a text means by its words.

    Parameters
    ----------
    location
        Where the text says that it is, which can follow from other words of it.

    Returns
    -------
    Mapping
        The least that gives that location; empty if nothing does.

    Examples
    --------
    >>> from geo import locate, open_workspace
    >>> country = open_workspace().country
    >>> within = locate("Surobi district, Kabul", country)
    >>> fields_for_location("Surobi", within, country)
    {'place': 'Surobi', 'kind': 'district', 'within': 'Kabul'}
    """
    raw = {"place": words}
    found = locate_where(Where.model_validate(raw), country)
    if _is_same(found, location):
        return raw
    within = location.provinces[0] if len(location.provinces) == 1 else None
    kind = location.kind or None
    place = country.gazetteer.find(location.name, kind=kind, within=within).place
    fields = {} if place is None else _fields_for(place, raw, country)
    return {**raw, **fields} if fields else {}


def choices_for_place(
    words: str, found: Location, country: Country
) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return what words that are a question can mean.

    Returns
    -------
    tuple
        Pairs of a label and the fields of a place.
    """
    raw = {"place": words}
    return tuple(
        (label, {**raw, **fields}) for label, fields in _choices(found, raw, country)
    )[:_MOST]  # fmt: skip


def _is_same(one: Location, other: Location) -> bool:
    return (one.status, one.name, one.kind, one.provinces, one.lat, one.lon) == (
        other.status, other.name, other.kind, other.provinces, other.lat, other.lon
    )  # fmt: skip


def _choices(
    found: Location, raw: dict[str, Any], country: Country
) -> Iterator[tuple[str, Mapping[str, str]]]:
    for place in found.candidates:
        if fields := _fields_for(place, raw, country):
            yield country.gazetteer.describe(place), fields
    for name in found.suggestions:
        yield name, {"means": name}


def _fields_for(place: Place, raw: dict[str, Any], country: Country) -> dict[str, str]:
    """The least that has to be said so that the name means this place; nothing, if nothing does."""
    within = ""
    if len(place.provinces) == 1 and place.kind != "province":
        within = country.provinces[place.provinces[0]].name
    ways = ({"kind": place.kind}, {"kind": place.kind, "within": within},
            {"means": place.name, "kind": place.kind, "within": within})  # fmt: skip
    for way in ways:
        fields = {name: one for name, one in way.items() if one}
        if _is_meant(place, {**raw, **fields}, country):
            return fields
    return {}


def _is_meant(place: Place, raw: dict[str, Any], country: Country) -> bool:
    try:
        found = locate_where(Where.model_validate(raw), country)
    except ValidationError:
        return False
    if found.off == "unknown" or found.name != place.name or found.kind != place.kind:
        return False
    return place.lat is None or (found.lat, found.lon) == (place.lat, place.lon)
