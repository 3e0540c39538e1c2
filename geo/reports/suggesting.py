"""From gathered scenes to suggested records: places, date, groups, claims, and what is asked.

Every value comes from a mention, and its words are the passage. What the scenes leave open is a
question, never a value. The rules of confidence are those of :func:`_confidence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.reports.claim_wording import record_title
from geo.reports.event_claims import EventClaims
from geo.reports.event_days import EventDays
from geo.reports.event_mentions import FoundEvent
from geo.reports.event_parts import (
    asked_places,
    civilians_of,
    groups_of_scenes,
    groups_present,
    is_outside,
    mention_span,
    places_of_event,
)
from geo.reports.gathering import GatheredEvent, gather
from geo.reports.mentions import (
    DateMention,
    EventMention,
    Mention,
    PlaceMention,
)
from geo.reports.round_ups import day_of_updates, round_up_date
from geo.reports.scene import Scene
from geo.reports.scenes import scenes_of
from geo.reports.sentences import SentenceSpan, sentences
from geo.reports.suggestions import (
    Apart,
    Confidence,
    SuggestedGroup,
    SuggestedPlace,
    SuggestedRecord,
    TextSpan,
)
from geo.text import listed

NO_PLACE: Final = "The text names no place for it. Is one stated elsewhere?"
OF_ANOTHER: Final = "The text names this place for something else. Did it happen there too?"
BOTH_ACT: Final = "The text names both sides without saying who attacked. Who acted against whom?"
_RESOLVED: Final = frozenset({"resolved", "inferred", "outside"})


def suggest_records(
    text: str,
    mentions: Sequence[Mention],
    *,
    parties: Iterable[str] = (),
    names: Mapping[str, str] | None = None,
    spans: Sequence[SentenceSpan] | None = None,
) -> tuple[SuggestedRecord, ...]:
    """Group the mentions of a text into the records that it suggests.

    Parameters
    ----------
    mentions
        All mentions of the text, in any order.
    parties
        Keys of the groups of the dossier: whoever speaks for one is a party to the conflict.
    names
        The short names of groups by their keys, for titles.
    spans
        The sentences of the text, if they are known.

    Returns
    -------
    tuple of SuggestedRecord
        In the order in which the text first tells of them; those kept apart at the end.
    """
    found = sentences(text) if spans is None else spans
    scenes = scenes_of(text, found, sorted(mentions, key=lambda one: (one.start, one.end)))
    datelines = [
        one for one in mentions if isinstance(one.value, PlaceMention) and one.value.in_dateline
    ]
    own = [
        one for one in mentions
        if isinstance(one.value, DateMention) and one.value.in_dateline and one.value.edtf
    ]  # fmt: skip
    suggesting = _Suggesting(
        scenes, frozenset(parties), dict(names or {}), datelines,
        (round_up_date(text, mentions), own[0] if own else None, day_of_updates(text, mentions)),
    )  # fmt: skip
    records = [*suggesting.records(), *suggesting.judgements()]
    return (*(one for one in records if not one.apart), *(one for one in records if one.apart))


class _Suggesting:
    """Makes the records of one text."""

    def __init__(
        self,
        scenes: Sequence[Scene],
        parties: frozenset[str],
        names: dict[str, str],
        datelines: Sequence[Mention],
        days: tuple[Mention | None, Mention | None, Mention | None],
    ) -> None:
        self.scenes, self.names, self.datelines = scenes, names, datelines
        self.events = gather(scenes)
        self.days = EventDays(scenes, self.events, *days)
        self.claims = EventClaims(scenes, parties)

    def records(self) -> Iterator[SuggestedRecord]:
        """One record for each event that has somebody who claims it."""
        for event in self.events:
            record = self._record(event)
            if record.claims:
                yield record

    def judgements(self) -> Iterator[SuggestedRecord]:
        """General judgements, which belong to a group and not on the map."""
        told = {scene.span for event in self.events for scene in event.scenes}
        for scene in self.scenes:
            if not scene.is_general or scene.span in told or not scene.groups:
                continue
            groups = groups_of_scenes([scene], ("acts", "acted_upon", "open"))
            claims = self.claims.of_scene(scene, is_presence=True)
            names = [self.names.get(one.group.key, one.group.name) for one in groups]
            title = f"Judgement about {' and '.join(names)}" if names else "General judgement"
            yield SuggestedRecord(
                "presence",
                title,
                claims,
                "low",
                groups,
                event_passages=(scene.span,),
                apart="general",
            )

    def _record(self, event: GatheredEvent) -> SuggestedRecord:
        places = places_of_event(event, self.scenes, self.datelines)
        when, date_question = self.days.when(event)
        acts = groups_of_scenes(event.scenes, ("acts",))
        against = groups_of_scenes(event.scenes, ("acted_upon",), but=acts)
        if event.is_presence:
            acts = groups_present(event)
            against = ()
        what, passages = _event(event)
        questions = [*self._place_questions(event, places), *date_question]
        questions += _group_questions(event, acts, against)
        claims = tuple(self.claims.of_event(event, acts))
        apart: Apart = "outside" if places and all(is_outside(one) for one in places) else ""
        record = SuggestedRecord(
            "presence" if event.is_presence else "incident", "", claims, "low", acts,
            against or civilians_of(event), places, when, what, passages, tuple(questions), apart,
        )  # fmt: skip
        record = replace(record, confidence=_confidence(record, event))
        return replace(record, title=record_title(record, self.names))

    def _place_questions(self, event: GatheredEvent, places: Sequence[SuggestedPlace]) -> list[str]:
        """What is asked about the places of an event."""
        asked = [
            one.location.note or f"Which place is meant by {one.location.query!r}?"
            for one in places
            if one.location.status not in _RESOLVED
        ]
        if not places:
            dateline = next((one.text for one in self.datelines), "")
            return [f"{NO_PLACE} Its dateline is {dateline}." if dateline else NO_PLACE]
        if any(scene.is_here for scene in event.scenes) and self.datelines:
            return asked
        if named := asked_places(event, self.scenes):
            asked.append(f"{listed([one.text for one in named])}: {OF_ANOTHER}")
        located = [
            one.value.location for one in event.places if isinstance(one.value, PlaceMention)
        ]
        outside = [one.name or one.query for one in located if one.status == "outside"]
        if outside and len(outside) < len(located) and not all(is_outside(one) for one in places):
            asked.append(f"Is {listed(outside)}, outside the country, a place of it?")
        return asked


def _group_questions(
    event: GatheredEvent, acts: Sequence[SuggestedGroup], against: Sequence[SuggestedGroup]
) -> list[str]:
    named = {one.group.key or one.group.name for one in (*acts, *against)}
    loose = [
        one
        for one in groups_of_scenes(event.scenes, ("open",))
        if (one.group.key or one.group.name) not in named
    ]
    asked = [one.group.question for one in (*acts, *against) if one.group.question]
    if not event.is_presence:
        asked += [f"Which part does {one.group.name} have in it?" for one in loose]
        if len(acts) > 1 and not against and _is_clash(event):
            asked.append(BOTH_ACT)
    return asked


def _is_clash(event: GatheredEvent) -> bool:
    return any(
        one.event.sub_event_type == "Armed clash"
        for scene in event.scenes
        for one in scene.incidents
    )


def _event(event: GatheredEvent) -> tuple[EventMention | None, tuple[TextSpan, ...]]:
    """What happened: the first verb with a type, else the first noun with one, else any word."""
    found = [one for scene in event.scenes for one in scene.events]
    if event.is_presence:
        found = [one for one in found if one.event.presence]
    else:
        found = [one for one in found if one.event.presence is None]
    best = min(found, key=_rank, default=None)
    if best is None:
        numbers = [one for scene in event.scenes for one in scene.numbers]
        return None, tuple(mention_span(one) for one in numbers[:1])
    same = tuple(mention_span(one.mention) for one in found if one.event == best.event)
    return best.event, same


def _rank(one: FoundEvent) -> tuple[bool, bool, bool]:
    is_typed = bool(one.event.event_type or one.event.presence)
    is_vague = not one.event.sub_event_type and one.event.presence in {None, "activity"}
    return not is_typed, not one.is_verb, is_vague


def _confidence(record: SuggestedRecord, event: GatheredEvent) -> Confidence:
    """How much of a record one sentence states: the rule of the three steps.

    High: one sentence has the place, the date and what happened, a group or a number, and nothing
    is asked. Low: place and date are both missing or open. Medium: everything between.
    """
    whole = any(
        scene.places and scene.dates and (scene.groups or scene.numbers) and not scene.is_heading
        for scene in event.scenes
    )
    if whole and not record.questions:
        return "high"
    has_place = any(one.location.status in _RESOLVED for one in record.places)
    has_date = record.when is not None and bool(record.when.date.edtf)
    return "medium" if has_place or has_date else "low"
