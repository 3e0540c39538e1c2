"""Places that stand for somebody, or where news is from, and "here" where nothing happened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from geo.reports.event_lookup import event_lookup
from geo.reports.event_mentions import FoundEvent
from geo.reports.language import PhraseTable, TextToken, words_after, words_before
from geo.reports.mentions import Mention
from geo.reports.scene_lookup import scene_lookup
from geo.reports.wordlists import word_lists, word_set

_BEFORE: Final = 4
"""Words before "here" among which "brought" says that people came from elsewhere."""

_CLAUSE: Final = 8
"""Words before a place among which "who" begins the clause that it is in."""
_REACTION: Final = 3
"""Words after a place among which "condemned" says that somebody there spoke of what happened."""


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


def is_of_aftermath(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a place is where people came to afterwards: "treated at no cost in NAME"."""
    before = _clause_before(place, tokens)
    if any(_afterwards().match(before, at) for at in range(len(before))):
        return True
    words = [one.plain for one in before]
    lookup = scene_lookup()
    moved = next((at for at, one in enumerate(words) if lookup.is_in(one, "moving_people")), -1)
    if moved >= 0 and lookup.is_last(words[moved + 2 :], "goal"):
        return True  # "drove 40 families to NAME"; who "drove to NAME" may have acted there.
    after = words_after(tokens, place.end, _CLAUSE)
    return lookup.is_phrase(after[:2], "place_clause") and lookup.is_any_in(after, "brought_here")


def is_before_reaction(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether somebody in a place speaks of what happened: "the council of NAME condemned"."""
    after = words_after(tokens, place.end, _REACTION)
    return scene_lookup().is_any_in(after, "reacting")


def is_of_unit(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a place is in the name of a unit that moves: "the NAME corps", "NAME-based"."""
    lookup = scene_lookup()
    based = lookup.texts["based"]
    if any(one.start <= place.start < one.end and one.plain.endswith(based) for one in tokens):
        return True
    return lookup.is_any_in(words_after(tokens, place.end, 1), "moving_units")


def is_of_broadcaster(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a place in brackets says where news is from: "Radio NAME (NAME, FM)"."""
    before = words_before(tokens, place.start, _BEFORE)
    is_in_brackets = scene_lookup().is_last(before, "opening")
    return is_in_brackets and not word_set("places", "organisations").isdisjoint(before)


def is_between(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a place is one of two between which another is: "a town between NAME and NAME"."""
    before = words_before(tokens, place.start, _CLAUSE)
    lookup = scene_lookup()
    between = [at for at, one in enumerate(before) if lookup.is_in(one, "of_two")][-1:]
    return any(
        lookup.is_last(before[:at], "lying")
        and (at + 1 == len(before) or lookup.is_last(before, "second_of_two"))
        for at in between
    )


def is_of_one_like_it(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a place is that of another event: "it resembles the one in NAME".

    "NAME, the one in NAME" says which place is meant.
    """
    before = words_before(tokens, place.start, _BEFORE)
    lookup = scene_lookup()
    if not lookup.is_last(before, "locating"):
        return False
    is_one = lookup.is_phrase(before[1:3], "one_like_it") and before[0].isalpha()
    return is_one or lookup.is_phrase(before[1:3], "those_like_it")


def is_before_reference(
    place: Mention, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether a place is before words for what was told already: "NAME mourned after the attack".

    It is where somebody spoke of that, or went on strike over it. "In NAME, the attack took place
    at noon" tells where it was.
    """
    told = [one for one in events if one.event.presence is None and not one.is_background]
    if not told or place.end > told[0].mention.start:
        return False
    lookup = scene_lookup()
    if any(one.plain in event_lookup().recorded for one in tokens):
        return False
    # "The killing" is no verb; "of the killed" neither.
    before = ([each.plain for each in tokens[max(0, one.first - 2) : one.first]] for one in told)
    return all(
        lookup.is_any_in(words[-1:] if one.is_verb else words, "definite")
        for one, words in zip(told, before, strict=True)
    )


def _clause_before(place: Mention, tokens: Sequence[TextToken]) -> Sequence[TextToken]:
    """The words before a place, from the last sign on."""
    before = [one for one in tokens if one.end <= place.start][-_CLAUSE:]
    cut = max((at for at, one in enumerate(before) if one.is_sign), default=-1)
    return before[cut + 1 :]


@lru_cache(maxsize=1)
def _afterwards() -> PhraseTable[bool]:
    return PhraseTable((one, True) for one in word_lists("scenes")["afterwards"]["before"])


def is_told_here(tokens: Sequence[TextToken]) -> bool:
    """Whether something happened "here"; not where people were brought, or are told of it."""
    lookup = scene_lookup()
    for at, one in enumerate(tokens):
        before = [word.plain for word in tokens[max(0, at - _BEFORE) : at] if not word.is_sign]
        is_aside = lookup.is_any_in(before, "brought_here") or lookup.is_last(before, "hearers")
        if lookup.is_in(one.plain, "pointing_here") and not is_aside:
            return True
    return False
