"""English phrases that locate a place by several names: "10 km north of A", "B district of P".

This module only parses the words; :mod:`geo.places.gazetteer.statements` looks up the names. A
phrase that can be read in several ways gives all of them, the most specific first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo import limits
from geo.places.spelling import KIND_WORDS, name_words

Relation = Literal["in", "also called", "either", "between", "near", "part of", "at"]

NEAR_M: Final = 25_000.0
"""Metres within which "near" is: UCDP codes an event "near" a place as within about 25 km of it
(GED codebook 23.1, ``where_prec`` 2)."""
METRES: Final = {"m": 1.0, "k": 1_000.0}
"""Metres of a unit, by its first letter: metre or kilometre."""
MILE_M: Final = 1_609.344
"""Metres of an international mile (1959), by definition."""

_WAY: Final = r"(?:north|south|east|west)(?:[ -]?(?:north|south|east|west)){0,2}"
_WAY_SIDE: Final = rf"(?:{_WAY})(?:ern|wards?)?"
_SEVERAL: Final = re.compile(r"[\s,،;/(\[–—-]")
_COMMAS: Final = re.compile(r"\s*[,،;]\s*|\s+[–—-]\s+")
_BRACKETS: Final = re.compile(r"^([^()\[\]]+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*([^()\[\]]*)$")
_SLASH: Final = re.compile(r"\s*/\s*")
_POSSESSIVE: Final = re.compile(r"^(?:the )?(.+?)(?:['’ʼ]s|(?<=s)['’ʼ])\s+(.+)$", re.IGNORECASE)
_OF: Final = re.compile(r"\s+(?:of|in|within)\s+(?:the )?", re.IGNORECASE)
_EITHER: Final = re.compile(r"\s+(?:or|and/or|and)\s+", re.IGNORECASE)
_ROAD: Final = r"(?:highway|road|route|motorway|corridor)"
_BETWEEN: Final = re.compile(
    rf"^(?:(?:on|along) )?(?:the )?(?:(?:main )?{_ROAD} )?"
    r"(?:between (.+?) and (.+)|from (.+?) to (.+))$",
    re.IGNORECASE,
)
_ROAD_NAME: Final = re.compile(
    rf"^(?:(?:on|along) )?(?:the )?(.+?)(?: main)? {_ROAD}$", re.IGNORECASE
)
_DASH: Final = re.compile(r"\s*[–—]\s*|\s+-\s+|\s+to\s+|-", re.IGNORECASE)
_DISTANCE: Final = re.compile(
    r"^(?:(?:about|around|approximately|approx\.?|some|roughly|nearly|c\.|ca\.?|~)\s*)?"
    r"(?:\d+(?:[.,]\d+)?\s*(?:-|–|to)\s*)?(\d+(?:[.,]\d+)?)\s*"
    r"(km|kms|kilomet(?:er|re)s?|mi|miles?|m|met(?:er|re)s?)\b\.?\s+"
    rf"(?:(?:to |in )?(?:the )?(?:{_WAY_SIDE}|[NESW]{{1,3}})(?: of)?|away from|off|outside(?: of)?|"
    r"from|of)\s+(?:the )?(.+)$",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(
    r"^(?:(?:an |the )?area )?(?:(?:just |right )?(?:near|nearby|close to|around|outside(?: of)?|"
    r"next to|adjacent to|in the vicinity of|vicinity of|in the area of))\s+(?:the )?(.+)$"
    r"|^(.+?)\s+(?:vicinity|environs|surroundings|area)$"
    r"|^(.+?)\s*[(\[](?:near|nearby|area|vicinity|environs|outskirts)[)\]]$",
    re.IGNORECASE,
)
_OUTSKIRTS: Final = re.compile(
    rf"^(?:(?:on|in|at) )?(?:the )?(?:{_WAY_SIDE} )?(?:outskirts|suburbs?|edge) of (?:the )?(.+)$"
    r"|^(.+?)(?: city)?\s+(?:outskirts|suburbs?)$",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    rf"^(?:(?:in|the|most|much|some|several|various|parts?|areas?|districts|of)\s+)*"
    rf"(?:(?:{_WAY_SIDE}|cent(?:er|re)|central|upper|lower|middle|rural|eastern|remote)\s+)"
    r"(?:(?:parts?|areas?|districts|half|region|side|villages)\s+of\s+)?(?:the )?(.+)$"
    r"|^(?:(?:the|some|several|various|in)\s+)*(?:parts?|areas?|districts|villages)\s+of\s+(.+)$",
    re.IGNORECASE,
)
_CAPITAL: Final = re.compile(r"^(?:the )?(?:provincial )?capital of (?:the )?", re.IGNORECASE)
_AT: Final = re.compile(r"^(?:in|at|on|from|inside|within|along)\s+(?:the )?(.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to read a phrase.

    Parameters
    ----------
    relation
        How the place relates to the names: ``in`` the areas, ``also called`` by the second name, at
        ``either`` of them, ``between`` the two, ``near`` one, ``part of`` one or ``at`` it.
    names
        The names in the phrase, in order.
    areas
        For ``in``: the areas that the place is in.
    metres
        For ``near``: the distance in metres.
    is_town
        Whether the phrase fits only a town, as "the outskirts of" does.
    """

    relation: Relation
    names: tuple[str, ...]
    areas: tuple[str, ...] = ()
    metres: float = NEAR_M
    is_town: bool = False


def read_phrases(text: str, kinds: Mapping[str, str] = KIND_WORDS) -> Iterator[Phrase]:
    """Read a phrase in each possible way; a plain name gives none.

    Parameters
    ----------
    text
        The phrase as people write it.
    kinds
        The kind of place by the word for it.

    Examples
    --------
    >>> for phrase in read_phrases("Parwan province, Kohi Safi district"):
    ...     print(phrase.names, phrase.areas)
    ('Parwan province',) ('Kohi Safi district',)
    ('Kohi Safi district',) ('Parwan province',)
    >>> first = next(read_phrases("10-12 km north of Taloqan"))
    >>> first.relation, first.names, first.metres
    ('near', ('Taloqan',), 12000.0)
    >>> list(read_phrases("Dara-e-Nur"))
    []
    """
    plain = " ".join(text.split())
    if not _SEVERAL.search(plain):
        return
    for read in (_near, _part, _between, _inside):
        yield from read(plain)
    yield from _side_by_side(plain, kinds)
    for read in (_second_name, _either, _at):
        yield from read(plain)


def _inside(text: str) -> Iterator[Phrase]:
    """A name and the areas it is in, either before or after it."""
    parts = tuple(filter(None, _COMMAS.split(text)))
    if 1 < len(parts) <= limits.MAX_NAME_PARTS:
        areas = tuple(_CAPITAL.sub("", part) for part in parts[1:])
        yield Phrase("in", parts[:1], areas)
        yield Phrase("in", parts[-1:], parts[:-1])
        return
    if found := _BRACKETS.match(text):
        yield Phrase("in", (f"{found[1]} {found[3]}".strip(),), (found[2],))
        return
    if found := _POSSESSIVE.match(text):
        yield Phrase("in", (found[2],), (found[1],))
    parts = tuple(_OF.split(text))
    if 1 < len(parts) <= limits.MAX_NAME_PARTS:
        if len(parts) > 2 and parts[0].split()[-1].lower() in KIND_WORDS:  # noqa: PLR2004 - kind, name and province
            # "The village of A in B": the first "of" belongs to the name.
            yield Phrase("in", (" of ".join(parts[:2]),), parts[2:])
        yield Phrase("in", parts[:1], parts[1:])


def _side_by_side(text: str, kinds: Mapping[str, str]) -> Iterator[Phrase]:
    """Two names without a comma between them, separated by their words for a kind of area."""
    parts = [] if _COMMAS.search(text) else text.split()
    are_areas = [
        kinds.get("".join(name_words(part)), "") in {"province", "district"} for part in parts
    ]
    cuts = [at + after for at, is_area in enumerate(are_areas) if is_area for after in (0, 1)]
    for at in [at for at in dict.fromkeys(cuts) if 0 < at < len(parts)][: limits.MAX_NAME_PARTS]:
        first, second = " ".join(parts[:at]), " ".join(parts[at:])
        if any(are_areas[:at]) and any(are_areas[at:]):
            yield Phrase("in", (first,), (second,))
            yield Phrase("in", (second,), (first,))


def _second_name(text: str) -> Iterator[Phrase]:
    if found := _BRACKETS.match(text):
        first, second = f"{found[1]} {found[3]}".strip(), found[2]
        yield Phrase("also called", (first, second))
        yield Phrase("in", (second,), (first,))
    parts = _SLASH.split(text)
    if len(parts) == 2 and all(parts):  # noqa: PLR2004 - a name and a second name
        yield Phrase("also called", tuple(parts))


def _either(text: str) -> Iterator[Phrase]:
    parts = tuple(part for piece in _COMMAS.split(text) for part in _EITHER.split(piece) if part)
    if 1 < len(parts) <= limits.MAX_NAME_PARTS and _EITHER.search(text):
        yield Phrase("either", tuple(part.removeprefix("either ") for part in parts))


def _between(text: str) -> Iterator[Phrase]:
    if found := _BETWEEN.match(text):
        yield Phrase("between", tuple(name for name in found.groups() if name))
    if found := _ROAD_NAME.match(text):
        for dash in list(_DASH.finditer(found[1]))[: limits.MAX_NAME_PARTS]:
            ends = found[1][: dash.start()], found[1][dash.end() :]
            if all(ends):
                yield Phrase("between", ends)


def _near(text: str) -> Iterator[Phrase]:
    if found := _DISTANCE.match(text):
        number = float(found[1].replace(",", "."))
        metres = number * (
            MILE_M if found[2].lower().startswith("mi") else METRES[found[2][0].lower()]
        )
        yield Phrase("near", (found[3],), metres=metres, is_town=True)
    elif found := _OUTSKIRTS.match(text):
        yield Phrase("near", (found[1] or found[2],), is_town=True)
    elif found := _NEAR.match(text):
        yield Phrase("near", tuple(name for name in found.groups() if name))


def _part(text: str) -> Iterator[Phrase]:
    if found := _PART.match(text):
        yield Phrase("part of", (found[1] or found[2],))


def _at(text: str) -> Iterator[Phrase]:
    if found := _AT.match(text):
        yield Phrase("at", (found[1],))


def compass_names(way: str, countries: tuple[str, ...]) -> list[str]:
    """English names of a part of the country by compass direction, the main one first.

    Examples
    --------
    >>> compass_names("south-west", ("Chad",))[:3]
    ['the south-west', 'the south-western', 'south-western parts']
    >>> "the northern part of Chad" in compass_names("north", ("Chad",))
    True
    """
    side = f"{way}ern"
    names = [f"the {way}", f"the {side}"]
    whole = ("parts", "region", "regions", "provinces", "areas")
    names += [f"{side} {noun}" for noun in whole]
    for country in (*countries, "the country"):
        names += [f"{way} of {country}", f"{way} {country}", f"{side} {country}"]
        names += [f"{country}'s {way}"]
        if "-" in way:  # Not for one letter: "E Chad" could be Chad after an unrelated word.
            names += [f"{''.join(part[0] for part in way.split('-'))} {country}"]
        for noun in (*whole, "part", "half"):
            names += [f"the {side} {noun} of {country}"]
            names += [f"{country}'s {side} {noun}"]
    return names
