"""Places that stand for somebody, or where news is from, and "here" where nothing happened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from geo.reports.language import TextToken, words_after, words_before
from geo.reports.mentions import Mention
from geo.reports.scene_lookup import scene_lookup
from geo.reports.wordlists import word_set

_BEFORE: Final = 4
"""Words before "here" among which "brought" says that people came from elsewhere."""

_CLAUSE: Final = 8
"""Words before a place among which "who" begins the clause that it is in."""


def is_of_power(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "the government in" is before a place: it stands for those who rule from there.

    What somebody else's government has "in NAME" is there.
    """
    before = words_before(tokens, place.start, 3)
    lookup = scene_lookup()
    if not lookup.is_last(before, "seated_in") or not lookup.is_last(before[:-1], "powers"):
        return False
    return lookup.is_in(before[0], "definite")


def is_seat(place: Mention) -> bool:
    """Whether a place is a town abroad from which governments and organisations speak."""
    return scene_lookup().is_in(place.text.casefold(), "seats_abroad")


def is_of_seat(place: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether somebody speaks from a town abroad: "in NAME a spokesman said"."""
    if not is_seat(place):
        return False
    after = [one for one in tokens if one.start >= place.end and not one.is_sign][:1]
    return any(one.start <= each.start < one.end for one in speakers for each in after)


def is_of_message(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "statement from" is before a place: nothing but words came from there."""
    before = words_before(tokens, place.start, 2)
    lookup = scene_lookup()
    return lookup.is_last(before, "origin") and lookup.is_in(before[0], "messages")


def is_of_nobody(place: Mention, tokens: Sequence[TextToken], *, is_only: bool) -> bool:
    """Whether "nobody in" is before a place: what they do not know is elsewhere.

    Parameters
    ----------
    is_only
        Whether the sentence names no other place: then "nobody in NAME slept" is of that one.
    """
    before = words_before(tokens, place.start, 3)
    after = words_after(tokens, place.end, _BEFORE)
    lookup = scene_lookup()
    is_nobody = lookup.is_last(before, "locating") and (
        lookup.is_last(before[:-1], "knowing_nothing")
        or lookup.is_phrase(before[:2], "knowing_nothing")
    )
    return is_nobody and not (is_only and not lookup.is_any_in(after, "known_not"))


def is_in_clause(place: Mention, tokens: Sequence[TextToken], told: Sequence[Mention]) -> bool:
    """Whether a clause about somebody has a place and nothing that happened: "whose home is in"."""
    before = [one for one in tokens if one.end <= place.start][-_CLAUSE:]
    for one in reversed(before):
        if one.is_sign:
            return False
        if scene_lookup().is_in(one.plain, "telling_of_people"):
            return not any(one.start < each.end <= place.start for each in told)
    return False


def is_of_journey(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether people came to a place in order to speak: "elders came to NAME to say that"."""
    before = words_before(tokens, place.start, _BEFORE)
    after = words_after(tokens, place.end, _BEFORE + 1)
    lookup = scene_lookup()
    is_way = not word_set("places", "ways").isdisjoint(before[-1:])
    is_way = is_way and lookup.is_any_in(before, "brought_here")
    return is_way and any(
        one in word_set("places", "ways") and lookup.is_in(following, "speaking")
        for one, following in pairwise(after)
    )


def is_before_arrival(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether something happened before people came to a place: "on the way to NAME when"."""
    before = words_before(tokens, place.start, _BEFORE)
    after = words_after(tokens, place.end, _CLAUSE)
    lookup = scene_lookup()
    is_way = not word_set("places", "ways").isdisjoint(before[-1:])
    return (
        is_way and lookup.is_any_in(before, "journeys") and lookup.is_any_in(after, "interrupting")
    )


def is_told_here(tokens: Sequence[TextToken]) -> bool:
    """Whether something happened "here"; not where people were brought, or are told of it."""
    lookup = scene_lookup()
    for at, one in enumerate(tokens):
        before = [word.plain for word in tokens[max(0, at - _BEFORE) : at] if not word.is_sign]
        is_aside = lookup.is_any_in(before, "brought_here") or lookup.is_last(before, "hearers")
        if lookup.is_in(one.plain, "pointing_here") and not is_aside:
            return True
    return False
