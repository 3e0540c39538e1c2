"""The groups and the places of an event, each once with all of its passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from geo.dossier.records import CIVILIANS
from geo.places.locations import Location
from geo.reports.acting_words import GroupPart
from geo.reports.gathering import GatheredEvent
from geo.reports.mentions import GroupMention, Mention, PlaceMention
from geo.reports.sameness import possible_provinces
from geo.reports.scene import Scene
from geo.reports.scene_groups import key_or_name
from geo.reports.scene_places import place_of_speaker
from geo.reports.suggestions import SuggestedGroup, SuggestedPlace, TextSpan


def mention_span(mention: Mention) -> TextSpan:
    """The characters of a mention."""
    return TextSpan(mention.start, mention.end)


def groups_of_scenes(
    scenes: Iterable[Scene], parts: tuple[GroupPart, ...], but: Sequence[SuggestedGroup] = ()
) -> tuple[SuggestedGroup, ...]:
    """The groups that have one of some parts, each once with all of its passages."""
    known = {one.group.key or one.group.name for one in but}
    found: dict[str, SuggestedGroup] = {}
    for mention in (one for scene in scenes for one in scene.of_part(*parts)):
        name = key_or_name(mention)
        if name in known or not isinstance(mention.value, GroupMention):
            continue
        before = found.get(name)
        passages = (*before.passages, mention_span(mention)) if before else (mention_span(mention),)
        found[name] = SuggestedGroup(before.group if before else mention.value, passages)
    return tuple(found.values())


def groups_present(event: GatheredEvent) -> tuple[SuggestedGroup, ...]:
    """The groups that are present, with all passages in which they are named."""
    groups = groups_of_scenes(event.scenes, ("acts", "open"))
    return tuple(one for one in groups if (one.group.key or one.group.name) in event.present)


def civilians_of(event: GatheredEvent) -> tuple[SuggestedGroup, ...]:
    """Civilians, if the text says that they were attacked."""
    spans = [
        mention_span(one.mention)
        for scene in event.scenes
        for one in scene.incidents
        if CIVILIANS in one.mention.text.casefold()
    ]
    return (SuggestedGroup(GroupMention(CIVILIANS, CIVILIANS), tuple(spans)),) if spans else ()


def places_of_event(
    event: GatheredEvent, scenes: Sequence[Scene] = (), datelines: Sequence[Mention] = ()
) -> tuple[SuggestedPlace, ...]:
    """The places of an event: each once, and none that only says where a finer one is.

    Parameters
    ----------
    scenes, datelines
        Those of the whole text: for an event without a place, "here" is that of the dateline.
    """
    places = event.places or [one for scene in event.scenes for one in place_of_speaker(scene)]
    places = places or _here(event, datelines) or asked_places(event, scenes)
    found: dict[tuple[str, str], SuggestedPlace] = {}
    for one in places:
        if not isinstance(one.value, PlaceMention):
            continue
        location = one.value.location
        key = location.name or location.query.casefold(), location.kind
        before = found.get(key)
        passages = (*before.passages, mention_span(one)) if before else (mention_span(one),)
        found[key] = SuggestedPlace(before.location if before else location, passages)
    return tuple(_without_wider(_inside(list(found.values()))))


def asked_places(event: GatheredEvent, scenes: Sequence[Scene]) -> list[Mention]:
    """The places that an event without one may have, which is asked.

    Returns
    -------
    list of Mention
        Those of what it refers to: "a leader responsible for attacks in NAME"; else the place of
        the nearest sentence, if all that the text names are in one province.
    """
    is_placed = event.places or any(place_of_speaker(scene) for scene in event.scenes)
    is_told = any(
        one.incidents or (one.numbers and not one.background_places) for one in event.scenes
    )
    if is_placed or event.is_presence or not is_told:
        return []
    referred = event.scenes[0].background_places
    return list(referred) or _only_places(event, scenes)


def _only_places(event: GatheredEvent, scenes: Sequence[Scene]) -> list[Mention]:
    """The places of the scene nearest to an event, if the text names those of one province only.

    Otherwise those of the first paragraph, if no other province is named before the event.
    """
    first = event.scenes[0].span.start
    placed = [
        (one, places)
        for one in scenes
        if not one.is_heading and (places := [each for each in one.places if _is_inside(each)])
    ]
    opening = next((one.paragraph for one in scenes if not one.is_heading), 0)
    before = [one for one in placed if one[0].span.start < first]
    opened = before if before and before[0][0].paragraph == opening else []
    for known in (placed, opened):
        provinces = {_provinces(each) for _, places in known for each in places}
        if len(provinces) == 1 and len(provinces.pop()) == 1:
            return min(known, key=lambda one: abs(one[0].span.start - first))[1]
    return [] if placed else _told_by_people(event, scenes)


def _told_by_people(event: GatheredEvent, scenes: Sequence[Scene]) -> list[Mention]:
    """Where those are who speak in the paragraph of an event, before it: villagers know theirs."""
    told = event.scenes[0]
    before = [
        place
        for one in scenes
        if one.paragraph == told.paragraph and one.span.start < told.span.start
        for place in place_of_speaker(one)
    ]
    return before if len({_provinces(one) for one in before}) == 1 else []


def _is_inside(place: Mention) -> bool:
    """Whether a place is not known to be outside the country."""
    value = place.value
    return isinstance(value, PlaceMention) and value.location.status != "outside"


def _provinces(place: Mention) -> frozenset[str]:
    value = place.value
    return possible_provinces(value.location) if isinstance(value, PlaceMention) else frozenset()


def _here(event: GatheredEvent, datelines: Sequence[Mention]) -> list[Mention]:
    """The place of the dateline, if an event is told of as "here"."""
    return list(datelines[:1]) if any(scene.is_here for scene in event.scenes) else []


def _inside(places: list[SuggestedPlace]) -> list[SuggestedPlace]:
    """The places inside the country, if there are any beside others; the latter are asked about."""
    outside = [one for one in places if is_outside(one)]
    inside = [one for one in places if not is_outside(one) and one.location.precision != "country"]
    return (inside or outside) if outside else places


def _without_wider(places: list[SuggestedPlace]) -> Iterator[SuggestedPlace]:
    """The places, without those that contain another one of them."""
    for one in places:
        inside = [other for other in places if other is not one and _contains(one, other)]
        if not inside:
            yield one


def _contains(wide: SuggestedPlace, fine: SuggestedPlace) -> bool:
    one, other = wide.location, fine.location
    if one.status == "outside" or other.status == "outside":
        return False
    if _width(one) <= _width(other):
        return False
    if one.precision == "country":
        return True
    return bool(possible_provinces(other)) and possible_provinces(other) <= possible_provinces(one)


def _width(location: Location) -> int:
    """How wide a place is; one that can be a province or its capital is as wide as the province."""
    widths = [_WIDTH.get(one.kind, 0) for one in location.candidates]
    return max([_WIDTH.get(location.precision, 0), *widths])


_WIDTH: Final = {
    "exact": 0,
    "near": 1,
    "settlement": 1,
    "district": 2,
    "province": 3,
    "region": 4,
    "country": 5,
}
"""The order of precisions, from a point to the country."""


def is_outside(place: SuggestedPlace) -> bool:
    """Whether a place is outside the country."""
    return place.location.status == "outside"
