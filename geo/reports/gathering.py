"""Scenes that tell of one event, gathered: a headline, its first sentence and the details later.

A scene goes on with an event if nothing in it contradicts the event: place, date, who acts and
what happened. A scene without a place and a date of its own goes on with the event before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from geo.dossier.periods import Period
from geo.places.locations import Location
from geo.reports.mentions import Mention
from geo.reports.sameness import (
    are_same_places,
    dated_periods,
    locations_of,
    possible_provinces,
    share_a_day,
)
from geo.reports.scene import Scene
from geo.reports.scene_groups import key_or_name
from geo.reports.scene_lookup import scene_lookup
from geo.reports.scene_places import place_of_speaker
from geo.reports.scene_words import are_in_general

_SUM: Final = 28
"""Days of a period, a month or longer, over which figures are summed up."""
_FEW: Final = 3
"""Days of a date that is that of something that happened, and of no season."""
_BESIDE: Final = 2
"""Characters between a day and whoever denies something on it: "on Monday, the group"."""
_SEVERAL: Final = 3
"""Provinces in which one event seldom is."""
REMEMBERED: Final = 40
"""Events before a scene with which it may go on; in a longer report it is a new one."""


@dataclass(slots=True)
class GatheredEvent:
    """The scenes of one event, or of one presence, in the order of the text.

    Parameters
    ----------
    contesting
        Scenes in which somebody denies, doubts or acknowledges it.
    """

    is_presence: bool
    scenes: list[Scene] = field(default_factory=list)
    contesting: list[Scene] = field(default_factory=list)
    locations: dict[tuple[str, str], Location] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    named: dict[str, set[str]] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)

    def add(self, scene: Scene) -> None:
        """Add a scene; what scenes are compared by is kept once."""
        self.scenes.append(scene)
        for one in locations_of(scene.places):
            self.locations.setdefault((one.name or one.query, one.kind), one)
        for days in dated_periods(scene.dates):
            self.periods.setdefault(days.edtf, days)
        for mention, part in scene.groups:
            self.named.setdefault(part, set()).add(key_or_name(mention))
        self.types |= _types(scene)
        self.present |= present_in(scene)

    @property
    def places(self) -> list[Mention]:
        """The places of all scenes."""
        return [one for scene in self.scenes for one in scene.places]

    @property
    def dates(self) -> list[Mention]:
        """The dates of all scenes."""
        return [one for scene in self.scenes for one in scene.dates]

    def parties(self, *parts: str) -> set[str]:
        """The groups that have one of these parts.

        Returns
        -------
        set of str
            Their keys, or the names of those without one.
        """
        return set().union(*(self.named.get(part, set()) for part in parts))


def present_in(scene: Scene) -> set[str]:
    """The groups that are present in a scene: those that act, else those before the words for it.

    Returns
    -------
    set of str
        Their keys, or the names of those without one.
    """
    acting = {key_or_name(one) for one in scene.of_part("acts")}
    if acting:
        return acting
    loose = scene.of_part("open")
    first = min((one.mention.start for one in scene.events), default=0)
    before = [one for one in loose if one.start < first]
    return {key_or_name(one) for one in before or loose[:1]}


def gather(scenes: Sequence[Scene]) -> list[GatheredEvent]:
    """Gather the scenes of each event.

    Returns
    -------
    list of GatheredEvent
        In the order in which the text first tells of them.
    """
    events: list[GatheredEvent] = []
    # A headline says less than the text below it, and seldom anything else.
    headings = [one for one in scenes if _is_headline(one)]
    for scene in (one for one in scenes if not _is_headline(one)):
        if _contests(scene):
            if not _contest(scene, events) and _tells_enough_to_contest(scene):
                event = GatheredEvent(not scene.tells_incident)
                event.add(_dated_by_what_is_denied(scene))
                events.append(event)
        elif scene.tells_incident or scene.tells_presence:
            _add(scene, events)
        elif _claims_it(scene):
            incidents = [one for one in events[-REMEMBERED:] if not one.is_presence]
            for event in [one for one in incidents if _is_compatible(one, scene)][-1:]:
                event.add(scene)
    if not events:
        for scene in headings:
            if scene.tells_incident or scene.tells_presence:
                _add(scene, events)
    return [one for one in events if not _is_summary(one, events)]


def _is_headline(scene: Scene) -> bool:
    return scene.heads and not scene.speakers


def _contests(scene: Scene) -> bool:
    """Whether somebody denies, doubts or acknowledges, and nobody says that it happened."""
    says = {getattr(one.value, "says", "") for one in scene.speakers}
    return bool(says & {"denial", "doubt", "acknowledgement"}) and not says & {
        "occurrence", "responsibility", "presence",
    }  # fmt: skip


def _claims_it(scene: Scene) -> bool:
    """Whether somebody takes responsibility for what was told before."""
    return any(getattr(one.value, "says", "") == "responsibility" for one in scene.speakers)


def _tells_enough_to_contest(scene: Scene) -> bool:
    """Whether a denial says what was claimed and where, so that it is a record by itself."""
    return (scene.tells_incident or scene.tells_presence) and any(
        one.precision != "country" for one in locations_of(scene.places)
    )


def _dated_by_what_is_denied(scene: Scene) -> Scene:
    """The scene; a date before whoever denies is that of the denial, unless it follows the deed."""
    spoken = max(one.start for one in scene.speakers)
    told = [*(one.mention.end for one in scene.events), *(one.end for one in scene.places)]
    before = tuple(
        one
        for one in scene.dates
        if one.start < min(told, default=spoken) or (one.start < spoken <= one.end + _BESIDE)
    )
    own = tuple(one for one in scene.dates if one.start >= spoken or one not in before)
    return replace(scene, dates=own, stated_on=(*scene.stated_on, *before))


def _contest(scene: Scene, events: list[GatheredEvent]) -> bool:
    """Add a denial to the event before it, or to all presence that it denies in general.

    Returns whether there is one.
    """
    own = {getattr(one.value, "name", "") for one in scene.speakers}
    is_general = all(one.precision == "country" for one in locations_of(scene.places))
    if scene.is_about_presence and is_general:
        presence = [one for one in events[-REMEMBERED:] if one.is_presence]
        for one in presence:
            one.contesting.append(scene)
        if presence:
            return True
    fitting = [one for one in events[-REMEMBERED:] if _is_compatible(one, scene)]
    involved = [one for one in fitting if own & one.parties("acts", "acted_upon", "open")]
    for one in (involved or fitting)[-1:]:
        one.contesting.append(scene)
    return bool(fitting)


def _add(scene: Scene, events: list[GatheredEvent]) -> None:
    if scene.tells_incident and (_is_general_talk(scene) or _counts_only(scene)):
        return
    kind = [one for one in events[-REMEMBERED:] if one.is_presence != scene.tells_incident]
    latest = sorted(kind, key=lambda one: -one.scenes[-1].span.start)
    fitting = [one for one in latest if _goes_on(one, scene, is_only=len(kind) == 1)]
    is_apart = scene.is_before or (scene.is_another and scene.places)
    if fitting and not is_apart:
        # A place decides before the order of the text does.
        same = [one for one in fitting if scene.places and one.locations]
        (same or fitting)[0].add(scene)
        return
    if _is_told_enough(scene) and not (kind and _refers_only(scene)):
        event = GatheredEvent(not scene.tells_incident)
        event.add(scene)
        events.append(event)


def _is_told_enough(scene: Scene) -> bool:
    """Whether a scene can begin an event: it says more than that there was one."""
    if scene.tells_presence:
        return bool(scene.of_part("acts", "acted_upon", "open")) or scene.counts_groups
    acting = scene.of_part("acts", "acted_upon")
    if (scene.is_of_country and not scene.places) or _is_catalogue(scene):
        return False
    return bool(scene.places or scene.dates or scene.numbers or acting)


def _is_catalogue(scene: Scene) -> bool:
    """Whether a sentence names provinces for things that happen there, and no day or figure."""
    provinces = {one.provinces for one in locations_of(scene.places)}
    is_done = bool(scene.of_part("acts", "acted_upon")) or scene.is_done
    is_of_day = any(_days(one) <= _FEW for one in dated_periods(scene.dates))
    is_told = scene.numbers or is_of_day or scene.is_recorded or (scene.dates and is_done)
    return len(provinces) >= _SEVERAL and not is_told and are_in_general(scene.incidents)


def _refers_only(scene: Scene) -> bool:
    """Whether "the incident" is all that a scene tells, so that another one told of it."""
    return scene.tells_incident and _tells_only(scene, "only_incident") and not scene.numbers


def _counts_only(scene: Scene) -> bool:
    """Whether "400 incidents" are all that a scene tells, which are none in particular."""
    return _tells_only(scene, "only_incidents") and not scene.numbers


def _tells_only(scene: Scene, kind: str) -> bool:
    """Whether all words for what happened in a scene are in a list."""
    said = {one.mention.text.casefold() for one in scene.incidents}
    return bool(said) and said <= scene_lookup().words[kind]


def _is_general_talk(scene: Scene) -> bool:
    """Whether a sentence speaks of what happens again and again: "raids go on there"."""
    if scene.dates or scene.numbers or scene.speakers or scene.is_entry or scene.is_part:
        return False
    return scene.is_of_habit and (not scene.places or are_in_general(scene.incidents))


def _goes_on(event: GatheredEvent, scene: Scene, *, is_only: bool) -> bool:
    """Whether a scene goes on with an event.

    A scene of another paragraph that adds a place or a date does so only if no other event has
    been told of.
    """
    if not _is_compatible(event, scene):
        return False
    last = event.scenes[-1]
    is_near = last.paragraph == scene.paragraph
    if not is_near and _is_another_entry(event, scene):
        return False
    if event.is_presence:
        same = bool(present_in(scene) & event.present) and not scene.counts_groups
        return same if scene.places else is_near and not scene.counts_groups
    if (scene.places and event.locations) or (scene.dates and event.periods):
        return True
    if scene.is_long_ago and scene.dates and not event.periods and not is_near:
        return False
    adds = (scene.places and not event.locations) or (scene.dates and not event.periods)
    return is_near or is_only or not adds


def _is_another_entry(event: GatheredEvent, scene: Scene) -> bool:
    """Whether a scene is of another entry of a list or section than the event."""
    if scene.in_entry and event.scenes[-1].in_entry and not (scene.places and event.locations):
        return True
    return scene.in_section and bool(scene.numbers) and any(one.numbers for one in event.scenes)


def _is_compatible(event: GatheredEvent, scene: Scene) -> bool:
    """Whether nothing in a scene contradicts an event.

    In another paragraph, people of another place tell of another event.
    """
    is_far = event.scenes[-1].paragraph != scene.paragraph and not _contests(scene)
    places = scene.places or (place_of_speaker(scene) if is_far else ())
    if not are_same_places(list(event.locations.values()), locations_of(places)):
        return False
    if scene.is_of_country and not scene.places and event.locations:
        return False
    if not share_a_day(list(event.periods.values()), dated_periods(scene.dates)):
        return False
    if scene.places and not event.locations and _is_sum(event, scene):
        return False
    acts = {key_or_name(one) for one in scene.of_part("acts")}
    acting = event.parties("acts")
    if acts and acting and not acts & acting and not acts <= event.parties("acted_upon"):
        return False
    return _same_kind(event, scene) or not (scene.places or scene.dates)


def _is_sum(event: GatheredEvent, scene: Scene) -> bool:
    """Whether an event without a place is the sum of weeks, and a scene is of days among them."""
    whole = [_days(one) for one in event.periods.values()]
    parts = [_days(one) for one in dated_periods(scene.dates)]
    return bool(whole and parts) and min(whole) >= _SUM and min(parts) < min(whole)


def _days(one: Period) -> int:
    """The days of a period; of one with an open end, as many as of none that has both."""
    if one.earliest is None or one.latest is None:
        return date.max.toordinal()
    return (one.latest - one.earliest).days + 1


def _same_kind(event: GatheredEvent, scene: Scene) -> bool:
    """Whether what happened can be the same: one of the types is open, or they share one."""
    types = _types(scene)
    return not types or not event.types or bool(types & event.types)


def _types(scene: Scene) -> set[str]:
    """What happened in a scene, or how groups are present there; without what is left open."""
    if scene.tells_incident:
        return {one.event.event_type for one in scene.incidents if one.event.event_type}
    return {one.event.presence for one in scene.events if one.event.presence}


def _is_summary(event: GatheredEvent, events: Sequence[GatheredEvent]) -> bool:
    """Whether an event only sums up others: its places are those of two or more of them."""
    if len(event.scenes) > 1 or event.is_presence or event is not events[0]:
        return False
    codes = frozenset().union(*(possible_provinces(one) for one in locations_of(event.places)))
    parts = [
        frozenset().union(*(possible_provinces(one) for one in locations_of(other.places)))
        for other in events
        if other is not event and not other.is_presence
    ]
    inside = {part for part in parts if part and part < codes}
    return len(inside) > 1 and frozenset().union(*inside) == codes
