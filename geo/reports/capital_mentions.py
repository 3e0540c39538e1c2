"""The capital of the country, where a text calls it so without its name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geo.places.country import Country
from geo.places.gazetteer import Place
from geo.places.locations import Location, locate
from geo.reports.mentions import Mention, PlaceMention
from geo.reports.sentences import SentenceSpan, sentences
from geo.reports.wordlists import word_pattern

_SHORTEST: Final = 4
"""Letters of the name of the country with which a word for its people begins."""


def capital_mentions(
    text: str,
    country: Country,
    known: Sequence[Mention] = (),
    spans: Sequence[SentenceSpan] | None = None,
) -> tuple[Mention, ...]:
    """Find "the capital", where it can only be that of the country.

    It may be another one, and is left out, beside a place in the same sentence, or in a text that
    speaks of the capital of a province.

    Parameters
    ----------
    known
        The other places of the text.
    spans
        The sentences of the text, if they are known.

    Returns
    -------
    tuple of Mention
        Each an inference, whose note says so; none for a country without a known capital.

    Examples
    --------
    >>> from geo import open_workspace
    >>> country = open_workspace().country
    >>> text = "A bomb went off in the west of the capital. The provincial capital was calm."
    >>> capital_mentions(text, country)
    ()
    >>> (found,) = capital_mentions(text[:43], country)
    >>> found.text, found.value.location.provinces
    ('the capital', ('AF-KAB',))
    """
    place = next((one for one in country.gazetteer if one.capital == "country"), None)
    if place is None or (location := _location(place, country)) is None:
        return ()
    is_other = word_pattern("capitals", "other").search(text) is not None
    named = sorted(one.start for one in known if _is_inside(one))
    found: list[Mention] = []
    for span in sentences(text) if spans is None else spans:
        is_beside = bisect_left(named, span.start) < bisect_left(named, span.end)
        for match in word_pattern("capitals", "called").finditer(text, span.start, span.end):
            if called := match["country"]:
                is_own = len(called) >= _SHORTEST and country.name.startswith(called)
            else:
                is_own = not (is_other or is_beside)
            if is_own:
                value = PlaceMention(replace(location, query=match[0]))
                found.append(Mention("place", match.start(), match.end(), match[0], value))
    return tuple(found)


def _location(place: Place, country: Country) -> Location | None:
    found = locate(place.name, country, kind="settlement", within=place.provinces[0])
    if found.status not in {"resolved", "inferred"}:
        return None
    note = f"Read as {place.name}, the capital of the country. {found.note}".strip()
    return replace(found, status="inferred", note=note)


def _is_inside(mention: Mention) -> bool:
    """Whether a place in the country is named, outside a dateline."""
    value = mention.value
    return (
        isinstance(value, PlaceMention)
        and not value.in_dateline
        and value.location.status != "outside"
        and value.location.kind not in {"country", "region"}
    )
