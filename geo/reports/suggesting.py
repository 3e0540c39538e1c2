"""From gathered scenes to suggested records: places, date, groups, claims, and what is asked.

Every value comes from a mention, and its words are the passage. What the scenes leave open is a
question, never a value. The rules of confidence are those of :func:`_confidence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from geo.dossier.periods import period
from geo.dossier.records import ClaimKind, SpeakerRole
from geo.reports.claim_wording import record_title
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
    NumberMention,
    PlaceMention,
    SpeakerMention,
)
from geo.reports.round_ups import round_up_date
from geo.reports.scene import Scene
from geo.reports.scenes import scenes_of
from geo.reports.sentences import SentenceSpan, sentences
from geo.reports.suggestions import (
    Apart,
    Confidence,
    SuggestedClaim,
    SuggestedDate,
    SuggestedFigure,
    SuggestedGroup,
    SuggestedPlace,
    SuggestedRecord,
    TextSpan,
)
from geo.text import listed
from geo.written.dates import DateCandidate

NO_PLACE: Final = "The text names no place for it. Is one stated elsewhere?"
NO_DATE: Final = "The text does not say when. Is it dated elsewhere?"
OF_ANOTHER: Final = "The text names this place for something else. Did it happen there too?"
STATED_ONLY: Final = "The text dates the statement, not the event. When did it happen?"
ONE_END: Final = "The text gives one end of the time only. When did it happen?"
OWN_DAY: Final = "The text gives the day on which it was written only. Did it happen then?"
CARRIED: Final = "The text gives this date for another event. Is it the date of this one too?"
BOTH_ACT: Final = "The text names both sides without saying who attacked. Who acted against whom?"
_UNBOUNDED: Final = date.max.toordinal()
"""Days of a date with an open end, more than those of any other."""
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
        scenes, frozenset(parties), dict(names or {}), datelines, round_up_date(text, mentions),
        own[0] if own else None,
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
        round_up: Mention | None,
        own_day: Mention | None,
    ) -> None:
        self.scenes, self.parties, self.names = scenes, parties, names
        self.datelines, self.round_up = datelines, round_up
        self.heads: dict[int, list[Scene]] = {}
        self.paragraphs: dict[int, list[Scene]] = {}
        for scene in scenes:
            self.paragraphs.setdefault(scene.paragraph, []).append(scene)
            before = self.heads.setdefault(scene.paragraph, [])
            if scene.speakers and not before:
                before.append(scene)
        self.events = gather(scenes)
        # Whoever quotes others reports; a text without a speaker may be anybody's own statement.
        quotes = any(scene.speakers for scene in scenes)
        self.own_role: SpeakerRole | None = "media" if quotes else None
        self.dates = _distinct(one for event in self.events for one in event.dates)
        self.own_day = own_day

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
            claims = tuple(self._spoken(scene, frozenset(), is_presence=True))
            claims = claims or (self._own(scene, frozenset(), is_presence=True),)
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
        when, date_question = self._when(event)
        acts = groups_of_scenes(event.scenes, ("acts",))
        against = groups_of_scenes(event.scenes, ("acted_upon",), but=acts)
        if event.is_presence:
            acts = groups_present(event)
            against = ()
        what, passages = _event(event)
        questions = [*self._place_questions(event, places), *date_question]
        questions += _group_questions(event, acts, against)
        claims = tuple(self._claims(event, acts))
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

    def _when(self, event: GatheredEvent) -> tuple[SuggestedDate | None, list[str]]:
        """The date of an event, and what is asked about it."""
        dates = event.dates
        settled = [one for one in dates if isinstance(one.value, DateMention) and one.value.edtf]
        bounded = [one for one in settled if _length(one) < _UNBOUNDED]
        if settled and not bounded and not event.is_presence:
            return _asked(settled[0], ONE_END), [ONE_END]
        for one in sorted(settled, key=_length) or dates:
            if isinstance(one.value, DateMention):
                same = [mention_span(other) for other in dates if other.value == one.value]
                question = [one.value.question] if one.value.question else []
                return SuggestedDate(one.value, tuple(same)), question
        stated = [one for scene in event.scenes for one in scene.stated_on]
        if stated:
            return _asked(stated[0], STATED_ONLY), [STATED_ONLY]
        day = None if event.is_presence else self._day_beside(event) or self._day_of_round_up(event)
        if day is not None:
            return day, []
        return self._asked_day(event)

    def _asked_day(self, event: GatheredEvent) -> tuple[SuggestedDate | None, list[str]]:
        """The only date of the text, or the day on which it was written, as a question."""
        if event.is_presence or len(self.dates) > 1:
            return None, [NO_DATE]
        if self.dates:
            return _asked(self.dates[0], CARRIED), [CARRIED]
        if self.own_day is not None:
            return _asked(self.own_day, OWN_DAY), [OWN_DAY]
        return None, [NO_DATE]

    def _day_beside(self, event: GatheredEvent) -> SuggestedDate | None:
        """The date of the sentences before an event in its paragraph, or in its list.

        It is taken if it is the only one there, and no word says that the event was earlier.
        """
        first = event.scenes[0]
        says = {getattr(one.value, "says", "") for one in first.speakers}
        if says & _CONTESTING or any(scene.may_be_earlier for scene in event.scenes):
            return None
        number = first.paragraph
        dates = self._dates_before(first, number)
        while not dates and first.begins_with_number and self._lists_numbers(number - 1):
            number -= 1
            dates = self._dates_before(first, number)
        value = dates[0].value if len(dates) == 1 else None
        return (
            SuggestedDate(value, (mention_span(dates[0]),))
            if isinstance(value, DateMention)
            else None
        )

    def _day_of_round_up(self, event: GatheredEvent) -> SuggestedDate | None:
        """The date in the heading of a round-up, if no word says that the event was earlier."""
        value = self.round_up.value if self.round_up else None
        if self.round_up is None or any(scene.may_be_earlier for scene in event.scenes):
            return None
        if not isinstance(value, DateMention):
            return None
        return SuggestedDate(replace(value, in_dateline=False), (mention_span(self.round_up),))

    def _dates_before(self, first: Scene, number: int) -> list[Mention]:
        """The dates of a paragraph before a scene, each once."""
        before = [
            one for one in self.paragraphs.get(number, []) if one.span.end <= first.span.start
        ]
        return _distinct(day for one in before for day in one.dates)

    def _lists_numbers(self, number: int) -> bool:
        """Whether a paragraph begins with a number, as the entries of a list do."""
        scenes = self.paragraphs.get(number, [])
        return bool(scenes) and scenes[0].begins_with_number

    # Claims

    def _claims(
        self, event: GatheredEvent, acts: Sequence[SuggestedGroup]
    ) -> Iterator[SuggestedClaim]:
        """The claims of an event: each speaker once, with all that the speaker states."""
        acting = frozenset(one.group.key or one.group.name for one in acts)
        claims: dict[tuple[str, str], SuggestedClaim] = {}
        told = [one for one in event.scenes if not one.is_heading or one.speakers]
        for scene in told or event.scenes:
            spoken = list(self._spoken(scene, acting, is_presence=event.is_presence))
            is_silent = not spoken and bool(claims) and not scene.numbers
            own = [] if is_silent else [self._own(scene, acting, is_presence=event.is_presence)]
            for claim in spoken or own:
                key = claim.by, claim.says if claim.says in _CONTESTING else ""
                claims[key] = _joined(claims[key], claim) if key in claims else claim
        for scene in event.contesting:
            for claim in self._spoken(scene, acting, is_presence=event.is_presence):
                claims.setdefault((claim.by, claim.says), claim)
        yield from claims.values()

    def _spoken(
        self, scene: Scene, acting: frozenset[str], *, is_presence: bool
    ) -> Iterator[SuggestedClaim]:
        """A claim for each speaker of a scene; the figures are those of the first."""
        figures = _scene_figures(scene)
        for one in scene.speakers:
            value = one.value
            if not isinstance(value, SpeakerMention):
                continue
            is_pronoun = one.text.casefold() in _PRONOUNS
            says = value.says
            if says == "occurrence" and is_presence:
                is_strength = any(one.event.presence == "strength" for one in scene.events)
                says = "strength" if is_strength else "presence"
            elif says == "occurrence" and value.name in acting:
                says = "responsibility"
            own_figures = figures if says not in _CONTESTING else ()
            yield SuggestedClaim(
                value.name, self._role(value, acting), says, "medium" if is_pronoun else "high",
                _with_speaker(one, scene), value.via, own_figures,
            )  # fmt: skip
            figures = () if own_figures else figures

    def _voice(self, scene: Scene) -> Mention | None:
        """Who issued the text or the paragraph: named before a colon or in the heading."""
        first = self.scenes[0]
        issuing: list[tuple[Mention, tuple[str, ...]]]
        issuing = [] if first.tells_incident else [(one, _ISSUED) for one in first.speakers]
        heads = self.heads.get(scene.paragraph, [])
        issuing += [(one, ()) for head in heads for one in head.speakers]
        for one, words in issuing:
            value = one.value
            if isinstance(value, SpeakerMention) and one.start < scene.span.start:
                verb = value.verb.casefold()
                if verb == ":" or verb.startswith(words):
                    return one
        return None

    def _role(self, speaker: SpeakerMention, acting: frozenset[str]) -> SpeakerRole | None:
        if speaker.name in acting:
            return "acting_party"
        return "opposing_party" if speaker.name in self.parties else speaker.role

    def _own(self, scene: Scene, acting: frozenset[str], *, is_presence: bool) -> SuggestedClaim:
        """What the text tells in its own voice, or in that of whoever issued it."""
        voice = self._voice(scene)
        if voice is not None:
            issued = replace(scene, speakers=(voice,))
            claim = next(self._spoken(issued, acting, is_presence=is_presence))
            spans = (TextSpan(voice.start, voice.end), scene.span)
            return replace(claim, confidence="medium", passages=spans)
        says: ClaimKind = "presence" if is_presence else "occurrence"
        return SuggestedClaim(
            "", self.own_role, says, "medium", (scene.span,), figures=_scene_figures(scene)
        )


_CONTESTING: Final = frozenset({"denial", "doubt", "acknowledgement"})
_ISSUED: Final = ("statement", "communique", "communiqué", "press release")
_MORE: Final = frozenset({"additional", "other", "others", "further"})
"""Of people who are not those counted before: "one additional insurgent"."""
_PRONOUNS: Final = frozenset({"he", "she", "it", "they"})


def _with_speaker(speaker: Mention, scene: Scene) -> tuple[TextSpan, ...]:
    """The passages of a claim: its scene, and the speaker if another part of the text names it."""
    if scene.span.start <= speaker.start and speaker.end <= scene.span.end:
        return (scene.span,)
    return (mention_span(speaker), scene.span)


def _joined(one: SuggestedClaim, other: SuggestedClaim) -> SuggestedClaim:
    """One claim of two by the same speaker; a figure that is told twice counts once."""
    known = {
        (figure.number.of_what, figure.number.low, figure.number.best) for figure in one.figures
    }
    more = [
        figure
        for figure in other.figures
        if (figure.number.of_what, figure.number.low, figure.number.best) not in known
        or _MORE & {*figure.number.whom.casefold().split()}
    ]
    says = other.says if one.says == "occurrence" else one.says
    return replace(
        one, says=says, figures=(*one.figures, *more), via=one.via or other.via,
        passages=tuple(dict.fromkeys((*one.passages, *other.passages))),
    )  # fmt: skip


def _scene_figures(scene: Scene) -> tuple[SuggestedFigure, ...]:
    return tuple(
        SuggestedFigure(one.value, (mention_span(one),))
        for one in scene.numbers
        if isinstance(one.value, NumberMention)
    )


def _distinct(dates: Iterable[Mention]) -> list[Mention]:
    """The dates, each once."""
    found: dict[str, Mention] = {}
    for one in dates:
        if isinstance(one.value, DateMention) and one.value.edtf:
            found.setdefault(one.value.edtf, one)
    return list(found.values())


def _length(day: Mention) -> int:
    """The days of a date; the finest of several dates of one event comes first."""
    value = day.value
    found = period(value.edtf) if isinstance(value, DateMention) else None
    if found is None or found.earliest is None or found.latest is None:
        return _UNBOUNDED
    return (found.latest - found.earliest).days


def _asked(day: Mention, question: str) -> SuggestedDate | None:
    """A date that is only a candidate."""
    value = day.value
    if not isinstance(value, DateMention):
        return None
    candidates = value.candidates or (DateCandidate(value.edtf, value.words),)
    asked = replace(value, edtf="", words="", candidates=candidates, question=question)
    return SuggestedDate(asked, (mention_span(day),))


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
