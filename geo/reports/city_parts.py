"""Numbered districts and roads of a city, which no gazetteer has: "PD 9 of NAME"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geo.places.country import Country
from geo.places.gazetteer import Place
from geo.places.locations import Location, locate
from geo.reports.mentions import Mention, PlaceMention
from geo.reports.sentences import SentenceSpan, sentences
from geo.reports.wordlists import word_pattern, word_set


def city_parts(
    text: str,
    country: Country,
    known: Sequence[Mention] = (),
    spans: Sequence[SentenceSpan] | None = None,
) -> tuple[Mention, ...]:
    """Find parts of a city that have a number or are a road, where the text names the city.

    Parameters
    ----------
    known
        The other places of the text.
    spans
        The sentences of the text, if they are known.

    Returns
    -------
    tuple of Mention
        Each an inference, no finer than its city, as its note says; in order.

    Examples
    --------
    >>> from geo import open_workspace
    >>> from geo.reports.place_mentions import place_mentions
    >>> country = open_workspace().country
    >>> text = "A blast was heard in PD 9 of Kabul."
    >>> (found,) = city_parts(text, country, place_mentions(text, country))
    >>> found.text, found.value.location.name
    ('PD 9', 'Kabul')
    """
    numbered = list(word_pattern("capitals", "numbered").finditer(text))
    roads = list(word_pattern("capitals", "road").finditer(text))
    if not numbered and not roads:
        return ()
    towns = {
        (one.name, code): one for one in country.gazetteer if one.capital for code in one.provinces
    }
    cities = [(one, city) for one in known if (city := _city(one, towns, country)) is not None]
    taken = {at for one in known for at in range(one.start, one.end)}
    lines = sentences(text) if spans is None else spans
    found = [
        (match.start(), match.end(), city)
        for match in numbered
        if (city := _named_with(match.start(), cities, lines)) is not None
    ]
    found += _roads(text, roads, cities)
    return tuple(
        Mention("place", start, end, text[start:end], PlaceMention(_part(text[start:end], city)))
        for start, end, city in sorted(found, key=lambda one: one[0])
        if taken.isdisjoint(range(start, end))
    )


def _city(
    mention: Mention, towns: Mapping[tuple[str, str], Place], country: Country
) -> Location | None:
    """The city that a place is, or can be beside the province of its name."""
    value = mention.value
    if not isinstance(value, PlaceMention):
        return None
    location = value.location
    named = [(one.name, one.provinces) for one in location.candidates if one.kind == "settlement"]
    if location.kind == "settlement":
        named = [(location.name, location.provinces)]
    provinces = {code for one in location.candidates for code in one.provinces}
    known = [
        town for name, codes in named for code in codes
        if (town := towns.get((name, code))) is not None
    ]  # fmt: skip
    if len(known) != 1 or len(provinces) > 1:
        return None
    found = locate(known[0].name, country, kind="settlement", within=known[0].provinces[0])
    return found if found.status in {"resolved", "inferred"} else None


def _named_with(
    start: int, cities: Sequence[tuple[Mention, Location]], spans: Sequence[SentenceSpan]
) -> Location | None:
    """The only city of the sentence, else of the paragraph, else of the whole text."""
    own = next((one for one in spans if one.start <= start < one.end), None)
    near = [one for one in spans if own is not None and one.paragraph == own.paragraph]
    around = [
        [(one.start, one.end) for one in ([own] if own else [])],
        [(one.start, one.end) for one in near],
    ]
    for ends in around:
        here = {
            city.name: city for one, city in cities
            if any(begin <= one.start < end for begin, end in ends)
        }  # fmt: skip
        if here:
            return next(iter(here.values())) if len(here) == 1 else None
    everywhere = {city.name: city for _, city in cities}
    return next(iter(everywhere.values())) if len(everywhere) == 1 else None


def _roads(
    text: str, roads: Sequence[re.Match[str]], cities: Sequence[tuple[Mention, Location]]
) -> Iterator[tuple[int, int, Location]]:
    """The roads just before the name of their city."""
    for match in roads:
        start = match.start()
        first = match[0].partition(" ")[0]
        if first.casefold() in word_set("places", "openers"):
            start += len(first) + 1
        for one, city in cities:
            if word_pattern("capitals", "road_of").fullmatch(text, match.end(), one.start):
                yield start, match.end(), city


def _part(words: str, city: Location) -> Location:
    note = f"{words} is in {city.name}, which the text names; nothing more precise is known."
    return replace(city, query=words, status="inferred", note=f"{note} {city.note}".strip())
