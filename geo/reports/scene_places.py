"""Which places of a sentence are those of its event, and not on the way, beside or before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from geo.reports.event_lookup import event_lookup
from geo.reports.language import PhraseTable, TextToken, text_tokens, words_after, words_before
from geo.reports.mentions import Mention, PlaceMention
from geo.reports.sameness import possible_provinces
from geo.reports.scene import Scene
from geo.reports.scene_asides import (
    is_before_arrival,
    is_before_reaction,
    is_between,
    is_in_clause,
    is_of_aftermath,
    is_of_broadcaster,
    is_of_journey,
    is_of_message,
    is_of_nobody,
    is_of_one_like_it,
    is_of_power,
    is_of_unit,
    is_seat,
)
from geo.reports.scene_lookup import scene_lookup
from geo.reports.wordlists import word_set

_WAY: Final = 8
"""Tokens before a place in which "on the road between" is about it."""
_ROAD: Final = 5
"""Tokens after a place of which one is "road": "NAME - NAME NAME road"."""
_BORDER: Final = 4
"""Tokens before a place in which "the border of" is about it."""
_APART: Final = 6
"""Tokens before a place among which "not to be confused with" says that it is another one."""
_FAR: Final = 120
"""Characters between a speaker and a place which can say where the speaker is."""
_APPOSED: Final = frozenset({(",", ","), ("(", ")"), ("(", ",")})
"""Signs before "from" and behind a place between which somebody's origin is told."""
_DASHES: Final = frozenset({"-", "–", "—", "/"})
_OPENING: Final = 4
"""Most words of the beginning of a sentence before its place: "On Monday in NAME"."""
_BEFORE_EVENT: Final = 1
"""Most tokens but "was" between a place and what happened to it: "NAME hospital was struck"."""


def without_places_on_the_way(
    places: list[Mention], tokens: Sequence[TextToken], *, is_told: bool = True
) -> list[Mention]:
    """The places, without those on the way to others: "on the road to NAME"; all, if all are.

    Where nothing is told, somebody who goes "to NAME" is not where the next sentence is.
    """
    aside = (
        is_of_power, is_of_message, is_of_journey, is_before_arrival, is_of_aftermath,
        is_before_reaction, is_of_broadcaster,
    )  # fmt: skip
    places = _without(places, tokens, aside)
    unknown = [one for one in places if is_of_nobody(one, tokens, is_only=len(places) == 1)]
    places = [one for one in places if one not in unknown]
    off = [one for one in places if not _is_beside(one, tokens)]
    kept = _off_the_way(off, tokens) or _off_the_way(places, tokens)
    near = [one for one in kept if not _is_of_others(one, tokens)]
    kept = near if any(not _is_outside(one) for one in near) else kept
    if any(not _is_outside(one) for one in kept):
        return kept
    if not is_told:
        return [one for one in places if not _is_after_way(one, tokens)]
    rest = [one for one in _without(places, tokens, (_is_away,)) if not _is_origin(one, tokens)]
    return kept if _are_ends_of_road(rest, tokens) else rest or kept


def _without(
    places: Sequence[Mention],
    tokens: Sequence[TextToken],
    aside: Sequence[Callable[[Mention, Sequence[TextToken]], bool]],
) -> list[Mention]:
    """The places, without those aside and others that follow one of these: "and NAME"."""
    kept: list[Mention] = []
    for before, one in zip([None, *places], places, strict=False):
        goes_on = before is not None and before not in kept and _goes_on(before, one, tokens)
        if not goes_on and not any(test(one, tokens) for test in aside):
            kept.append(one)
    return kept


def told_places(
    places: Sequence[Mention], tokens: Sequence[TextToken], told: Sequence[Mention]
) -> list[Mention]:
    """The places in which something is told of, without those of its subject in other provinces.

    "The governor of NAME escaped an ambush in NAME" tells of an ambush in the second one.

    Parameters
    ----------
    told
        What happened and the people counted, in order.

    Returns
    -------
    list of Mention
        All, if nothing is told before one of them, or nothing that is elsewhere.
    """
    own = [one for one in places if not is_in_clause(one, tokens, told)]
    places = own if any(not _is_outside(one) for one in own) else places
    # A place among the words for the people, "a NAME University lecturer", is the subject's too.
    first = min((one.end if one.kind == "number" else one.start for one in told), default=0)
    after = [one for one in places if one.start > first and not _is_outside(one)]
    known = {_codes(one) for one in after}
    early = [
        one for one in places
        if one.start < first and _codes(one) not in known and not _opens(one, first, tokens)
    ]  # fmt: skip
    is_other = bool(early and after) and not _is_listed(early[-1], after[0], tokens)
    return [one for one in places if not (is_other and one in early)]


def _codes(place: Mention) -> frozenset[str]:
    value = place.value
    return possible_provinces(value.location) if isinstance(value, PlaceMention) else frozenset()


def provinces_told(scenes: Iterable[Scene]) -> frozenset[str]:
    """The provinces in which scenes tell of something."""
    told = (place for one in scenes if one.tells_incident for place in one.places)
    return frozenset(code for place in told for code in _codes(place))


def is_apart(place: Mention, told_in: AbstractSet[str]) -> bool:
    """Whether a place is in none of the provinces in which something was told before."""
    return bool(told_in) and told_in.isdisjoint(_codes(place))


def _opens(place: Mention, event: int, tokens: Sequence[TextToken]) -> bool:
    """Whether a place begins its sentence, or is just before what happened there."""
    lookup = scene_lookup()
    before = [one for one in tokens if one.end <= place.start]
    between = [
        one for one in tokens
        if place.end <= one.start and one.end <= event and not lookup.is_in(one.plain, "passive")
    ]  # fmt: skip
    words = [one.plain for one in before if not one.is_sign]
    is_opening = bool(words) and lookup.is_in(words[0], "opens_sentence")
    begins = not words or (
        is_opening and len(words) <= _OPENING and lookup.is_last(words, "held_at")
    )
    is_owner = any(one.start < place.end < one.end for one in tokens)
    after = words_after(tokens, place.end, 2)
    if lookup.is_phrase(after, "place_clause"):
        return True
    if lookup.is_any_in(after[:1], "heads_news"):
        return False
    is_clause = lookup.is_any_in([one.plain for one in between], "time_clause")
    return (begins and not is_owner) or (len(between) <= _BEFORE_EVENT and not is_clause)


def _is_listed(place: Mention, other: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "and" or the like is between two places: each has something of its own, then."""
    between = [one.plain for one in tokens if place.end <= one.start and one.end <= other.start]
    lookup = scene_lookup()
    if lookup.is_any_in(between[:1], "heads_news"):
        return False
    return lookup.words["within_lists"].issuperset(between) or lookup.is_any_in(between, "joins")


def _off_the_way(places: Sequence[Mention], tokens: Sequence[TextToken]) -> list[Mention]:
    kept: list[Mention] = []
    for before, one in zip([None, *places], places, strict=False):
        is_end = before is not None and before not in kept and _goes_on(before, one, tokens)
        is_aside = any(test(one, tokens) for test in (_is_on_the_way, _is_away, _is_not))
        if not (is_end or is_aside or _is_origin(one, tokens)):
            kept.append(one)
    return kept


def _are_ends_of_road(places: Sequence[Mention], tokens: Sequence[TextToken]) -> bool:
    """Whether places on the way are in several provinces, of which each may be the one.

    What happened on the border of two is in both.
    """
    before = [one.plain for one in tokens if places and one.end <= places[0].start][-_BORDER:]
    if scene_lookup().is_any_in(before, "border_nouns"):
        return False
    return len({_codes(one) for one in places} - {frozenset()}) > 1


def _goes_on(before: Mention, place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether only "to" or the like is between the ends of a way: "the road from NAME to NAME"."""
    between = [one.plain for one in tokens if before.end <= one.start and one.end <= place.start]
    return len(between) == 1 and between[0] in scene_lookup().words["joins_ends"] | _DASHES


def _is_origin(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a place is where somebody is from: "a driver from NAME", "his driver, from NAME,".

    Outside the country it is, whatever is before "from": "three of them from NAME".
    """
    before = words_before(tokens, place.start, 2)
    if not scene_lookup().is_last(before, "origin"):
        return False
    after = next((one.plain for one in tokens if one.start >= place.end), "")
    if (before[0], after) in _APPOSED:
        return True
    return _is_outside(place) or before[0] in event_lookup().natives


def _is_outside(place: Mention) -> bool:
    value = place.value
    return isinstance(value, PlaceMention) and value.location.status == "outside"


def _is_on_the_way(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "taken to" is just before a place, or "road" beside it: "the NAME - NAME highway"."""
    lookup = event_lookup()
    after = [one for one in tokens if one.start >= place.end][:_ROAD]
    # "NAME-NAME" is one token.
    start = next((one.start for one in tokens if one.start <= place.start < one.end), place.start)
    is_pair = any(one.start <= place.start < one.end and "-" in one.plain for one in tokens)
    before = words_before(tokens, start, 1)
    if is_pair and lookup.roads.intersection(before):
        return True
    if after and after[0].plain in lookup.roads:
        return True
    if lookup.roads.intersection(before) and _DASHES.intersection(one.plain for one in after[:1]):
        return True
    name = next((i for i, one in enumerate(after) if not (one.is_capital or one.is_sign)), 0)
    if name < len(after) and after[name].plain in lookup.roads:
        return all(one.is_capital or one.plain in _DASHES for one in after[:name])
    return _is_after(place, tokens, lookup.aside)


def _is_beside(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether something is in a direction from a place: "20 km east of NAME"; not "the east of"."""
    before = words_before(tokens, place.start, 3)
    directions = word_set("places", "directions")
    lookup = scene_lookup()
    is_from = lookup.is_last(before, "away_from") and not directions.isdisjoint(before[-2:-1])
    return is_from and not lookup.is_in(before[0], "definite")


def _is_of_others(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a place is where somebody is from, or where another event was: "since the attack in".

    This holds only beside another place.
    """
    lookup, near = event_lookup(), scene_lookup()
    others = (is_between, is_of_one_like_it, is_of_unit)
    if any(test(place, tokens) for test in others):
        return True
    before = words_before(tokens, place.start, _WAY)
    after = words_after(tokens, place.end, 1)
    if near.is_last(before, "definite") and near.is_any_in(after, "units"):
        before = before[:-1]
    if near.is_last(before, "origin"):
        return len(before) == 1 or before[-2] not in lookup.driven
    if before[-1:] and before[-1] in lookup.leaving:
        return True
    tail = before[-_BORDER:]
    is_event = near.is_last(tail, "locating") and near.is_in(tail[0], "other_events")
    return is_event or near.is_last(before, "later_than")


def _is_not(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "not" or "not in" is before a place: "NAME, not in NAME"."""
    earlier = [one.plain for one in tokens if one.end <= place.start]
    if not word_set("places", "told_apart").isdisjoint(earlier[-_APART:]):
        return True
    lookup, before = scene_lookup(), earlier[-2:]
    held_at = lookup.words["held_at"] | lookup.words["definite"]
    return lookup.is_last(before, "negating") or (
        lookup.is_any_in(before[:1], "negating") and before[-1] in held_at
    )


def _is_after_way(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether "to", "towards" or "from" is just before a place."""
    before = words_before(tokens, place.start, 1)
    return not word_set("places", "ways").isdisjoint(before)


def _is_away(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether somebody is taken to a place, or was going there, so that nothing happened there."""
    return _is_after(place, tokens, event_lookup().away)


def _is_after(place: Mention, tokens: Sequence[TextToken], phrases: PhraseTable[bool]) -> bool:
    """Whether one of some phrases is just before a place."""
    at = next((i for i, one in enumerate(tokens) if one.end > place.start), len(tokens))
    for begins in range(max(0, at - _WAY), at):
        match = phrases.match(tokens, begins)
        if match is None:
            continue
        between = [one.plain for one in tokens[begins + match[0] : at]]
        if scene_lookup().words["beside_place"].issuperset(between):
            return True
    return False


def place_of_speaker(scene: Scene) -> list[Mention]:
    """Where whoever speaks is; none for those who speak for the whole country from one place.

    Returns
    -------
    list of Mention
        One, or none.
    """
    central = word_set("speakers", "central")
    for one in [each for each in scene.speaker_places[:1] if not is_seat(each)]:
        near = [speaker.text for speaker in scene.speakers if abs(speaker.start - one.start) < _FAR]
        words = {token.plain for text in near for token in text_tokens(text)}
        if central.isdisjoint(words):
            return [one]
    return []
