"""Named sites that the reading of places leaves out: "the NAME base", if the gazetteer has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from geo.places.country import Country
from geo.places.locations import locate
from geo.reports.mentions import Mention, PlaceMention
from geo.reports.wordlists import word_lists


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = word_lists("events")["targets"]
    sites = "|".join(map(re.escape, words["sites"]))
    return re.compile(words["site_named"].replace("{sites}", sites))


def site_mentions(
    text: str, country: Country, known: Sequence[Mention] = ()
) -> tuple[Mention, ...]:
    """Find the sites that are named with their kind.

    Parameters
    ----------
    known
        Mentions of places and groups; a site that shares words with one of them is left out.

    Returns
    -------
    tuple of Mention
        Those that the gazetteer has, in order.
    """
    taken = {at for one in known for at in range(one.start, one.end)}
    found: list[Mention] = []
    for match in _pattern().finditer(text):
        start, end = match.span(1)
        if taken.isdisjoint(range(start, end)):
            location = locate(match[1], country)
            if location.status != "unknown":
                found.append(Mention("place", start, end, match[1], PlaceMention(location)))
    return tuple(found)
