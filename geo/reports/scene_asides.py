"""Places that stand for somebody, or where news is from, and "here" where nothing happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.reports.language import TextToken
from geo.reports.mentions import Mention
from geo.reports.scene_lookup import scene_lookup

_BEFORE: Final = 4
"""Words before "here" among which "brought" says that people came from elsewhere."""


def is_of_power(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "the government in" is before a place: it stands for those who rule from there.

    What somebody else's government has "in NAME" is there.
    """
    before = [one.plain for one in tokens if one.end <= place.start][-3:]
    lookup = scene_lookup()
    if not lookup.is_last(before, "seated_in") or not lookup.is_last(before[:-1], "powers"):
        return False
    return lookup.is_in(before[0], "definite")


def is_of_message(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "statement from" is before a place: nothing but words came from there."""
    before = [one.plain for one in tokens if one.end <= place.start][-2:]
    lookup = scene_lookup()
    return lookup.is_last(before, "origin") and lookup.is_in(before[0], "messages")


def is_told_here(tokens: Sequence[TextToken]) -> bool:
    """Whether something happened "here"; not where people were brought, or are told of it."""
    lookup = scene_lookup()
    for at, one in enumerate(tokens):
        before = [word.plain for word in tokens[max(0, at - _BEFORE) : at] if not word.is_sign]
        is_aside = lookup.is_any_in(before, "brought_here") or lookup.is_last(before, "hearers")
        if lookup.is_in(one.plain, "pointing_here") and not is_aside:
            return True
    return False
