"""When a suggested record happened: the dates beside an event, or what is asked about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile, zip_longest
from typing import Final

from geo.dossier.periods import Period, period
from geo.reports.event_lookup import event_lookup
from geo.reports.event_parts import mention_span
from geo.reports.gathering import GatheredEvent
from geo.reports.mentions import CASUALTIES, DateMention, Mention, NumberMention
from geo.reports.sameness import dated_periods
from geo.reports.scene import Scene
from geo.reports.suggestions import CONTESTING, SuggestedDate
from geo.reports.summed_days import summed_days
from geo.reports.wordlists import word_set
from geo.written.dates import DateCandidate

NO_DATE: Final = "The text does not say when. Is it dated elsewhere?"
STATED_ONLY: Final = "The text dates the statement, not the event. When did it happen?"
ONE_END: Final = "The text gives one end of the time only. When did it happen?"
OWN_DAY: Final = "The text gives the day on which it was written only. Did it happen then?"
CARRIED: Final = "The text gives this date for another event. Is it the date of this one too?"
_UNBOUNDED: Final = date.max.toordinal()
"""Days of a date with an open end, more than those of any other."""

_SHORT: Final = 30
"""Most characters of a sentence that says of "it" only when it was."""
_OF_IT: Final = 16
"""Most characters of such a sentence before the day: "It was early on"."""
_ONE_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class EventDays:
    """Finds the dates of the events of one text.

    Parameters
    ----------
    round_up
        The date in the heading of a round-up, if the text is one.
    own_day
        The day on which the text was written, if it says so.
    updated
        The day of which a text of updates tells as it goes.
    """

    def __init__(
        self,
        scenes: Sequence[Scene],
        events: Sequence[GatheredEvent],
        round_up: Mention | None,
        own_day: Mention | None,
        updated: Mention | None = None,
    ) -> None:
        self.round_up, self.own_day, self.updated = round_up, own_day, updated
        self.paragraphs: dict[int, list[Scene]] = {}
        for scene in scenes:
            self.paragraphs.setdefault(scene.paragraph, []).append(scene)
        self.dates = _distinct(one for event in events for one in event.dates)
        self.told_after = _told_after(scenes, events)
        self.summed = summed_days(scenes)
        self.leading = _leading(scenes, events)

    def when(self, event: GatheredEvent) -> tuple[SuggestedDate | None, list[str]]:
        """The date of an event, and what is asked about it.

        Returns
        -------
        tuple[SuggestedDate | None, list of str]
            The date, which is only a candidate if it is asked for, and the questions.
        """
        dates = [*event.dates, *_told_in_denials(event)]
        settled = [one for one in dates if isinstance(one.value, DateMention) and one.value.edtf]
        bounded = [one for one in settled if _length(one) < _UNBOUNDED]
        if settled and not bounded and not event.is_presence:
            begun = _begun(settled, event.scenes)
            return (begun, []) if begun else (_asked(settled[0], ONE_END), [ONE_END])
        for one in sorted(settled, key=_length) or dates:
            if isinstance(one.value, DateMention):
                same = [mention_span(other) for other in dates if other.value == one.value]
                question = [one.value.question] if one.value.question else []
                return SuggestedDate(one.value, tuple(same)), question
        if after := self.told_after.get(event.scenes[0].span.start):
            return after, []
        stated = [one for scene in event.scenes for one in scene.stated_on]
        if stated:
            return _asked(stated[0], STATED_ONLY), [STATED_ONLY]
        day = None if event.is_presence else self._day_around(event)
        if day is not None:
            return day, []
        return self._asked_day(event)

    def _day_around(self, event: GatheredEvent) -> SuggestedDate | None:
        """The day that the sentences before an event, or the head of the text, give to it."""
        return (
            self._day_beside(event)
            or self._day_of_sum(event)
            or self._day_led_in(event)
            or self._day_of_round_up(event)
        )

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
        if says & CONTESTING or first.may_be_earlier:
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

    def _day_of_sum(self, event: GatheredEvent) -> SuggestedDate | None:
        """The day of a sum before an event, if no word says that the event was earlier."""
        first = event.scenes[0]
        day = self.summed.get(first.span.start)
        if day is None or first.may_be_earlier or not isinstance(day.value, DateMention):
            return None
        return SuggestedDate(day.value, (mention_span(day),))

    def _day_led_in(self, event: GatheredEvent) -> SuggestedDate | None:
        """The day of the sentence before an event that goes on with it and names no place."""
        first = event.scenes[0]
        before = self.leading.get(first.span.start)
        if before is None or (first.places and not before.is_of_it) or first.may_be_earlier:
            return None
        days = _distinct(before.dates)
        return _of_all(days) if len(days) == 1 and not _length(days[0]) else None

    def _day_of_round_up(self, event: GatheredEvent) -> SuggestedDate | None:
        """The date in the heading of a round-up, if no word says that the event was earlier."""
        is_later = not event.scenes[0].may_be_earlier
        headed = self.updated or (self.round_up if is_later else None)
        if headed is None or not isinstance(headed.value, DateMention):
            return None
        return SuggestedDate(replace(headed.value, in_dateline=False), (mention_span(headed),))

    def _dates_before(self, first: Scene, number: int) -> list[Mention]:
        """The dates of a paragraph before a scene, each once."""
        before = [
            one for one in self.paragraphs.get(number, []) if one.span.end <= first.span.start
        ]
        heads = [one for one in takewhile(_is_bare, before) if one.dates]
        return _distinct(day for one in heads[-1:] or before for day in one.dates)

    def _lists_numbers(self, number: int) -> bool:
        """Whether a paragraph begins with a number, as the entries of a list do."""
        scenes = self.paragraphs.get(number, [])
        return bool(scenes) and scenes[0].begins_with_number


def _is_bare(scene: Scene) -> bool:
    """Whether a scene tells nothing, as the head of an entry: "14 September 2012, 22:00 local"."""
    return not (scene.events or scene.numbers or scene.speakers)


def _told_in_denials(event: GatheredEvent) -> list[Mention]:
    """The dates at which a denial says that it happened: "that attack, which occurred on Monday".

    They count only within a time that the text gives for the event itself.
    """
    wide = dated_periods(one for one in _distinct(event.dates) if _length(one))
    denials = [scene for scene in event.contesting if scene.is_recorded]
    found = _distinct(one for scene in denials for one in scene.dates)
    return [
        one
        for one in found
        if any(_is_inside(fine, other) for fine in dated_periods([one]) for other in wide)
    ]


def _is_inside(fine: Period, wide: Period) -> bool:
    """Whether a time is a part of another, both ends of which are known."""
    if not (fine.earliest and fine.latest and wide.earliest and wide.latest):
        return False
    return wide.earliest <= fine.earliest and fine.latest <= wide.latest


def _leading(scenes: Sequence[Scene], events: Sequence[GatheredEvent]) -> dict[int, Scene]:
    """The dated scene that leads in to what is told next, by where that begins.

    It tells of no event by itself, and is in the paragraph before at the most.
    """
    told = {scene.span for event in events if not event.is_presence for scene in event.scenes}
    found: dict[int, Scene] = {}
    latest: Scene | None = None
    for scene in scenes:
        if scene.span in told:
            if latest is not None and scene.paragraph <= latest.paragraph + 1:
                found[scene.span.start] = latest
            latest = None
        elif scene.dates or scene.stated_on or scene.heads:
            latest = None if scene.heads or scene.stated_on else scene
    return found


def _told_after(
    scenes: Sequence[Scene], events: Sequence[GatheredEvent]
) -> dict[int, SuggestedDate]:
    """When "the incident happened" or "it began" and ended, by where the event before begins.

    A day alone at the end of a paragraph, "(4 July, 10 a.m.)", says the same.
    """
    told = {scene.span for event in events for scene in event.scenes}
    begun = {event.scenes[0].span for event in events if not event.is_presence}
    found: dict[int, SuggestedDate] = {}
    latest, paragraph = -1, -1
    for scene, following in zip_longest(scenes, scenes[1:]):
        paragraph = scene.paragraph if scene.span in told else paragraph
        latest = scene.span.start if scene.span in begun else latest
        ends = following is None or following.paragraph != scene.paragraph
        is_alone = scene.is_day_alone and ends and scene.paragraph == paragraph
        if scene.span not in told and (is_alone or _is_of_incident(scene)):
            day = _of_all(_distinct(scene.dates))
            if day is not None:
                found.setdefault(latest, day)
    return found


def _is_of_incident(scene: Scene) -> bool:
    """Whether a scene tells when "the incident" happened, or "it" did, and of nothing else."""
    said = {one.mention.text.casefold() for one in scene.events}
    is_short = scene.span.end - scene.span.start <= _SHORT  # "That was on Sunday."
    is_day = any(one.start - scene.span.start <= _OF_IT for one in scene.dates)
    is_it = scene.is_of_it and (scene.is_recorded or is_short or is_day) and not said
    return not scene.numbers and (is_it or said == word_set("dates", "the_event"))


def _of_all(dates: Sequence[Mention]) -> SuggestedDate | None:
    """A date, or the time from the first to the last day: "it began on Monday and ended today"."""
    days = [period(one.value.edtf) for one in dates if isinstance(one.value, DateMention)]
    ends = [one.earliest for one in days if one.earliest == one.latest]
    spans = tuple(map(mention_span, dates))
    if len(dates) == 1 and isinstance(dates[0].value, DateMention):
        return SuggestedDate(dates[0].value, spans)
    if not dates or len(ends) < len(dates) or ends != sorted(ends, key=str):
        return None
    edtf = f"{ends[0]}/{ends[-1]}"
    return SuggestedDate(DateMention(edtf, period(edtf).text, "publication"), spans)


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


def _begun(dates: Sequence[Mention], scenes: Sequence[Scene]) -> SuggestedDate | None:
    """The day on which what goes on began: "held since Monday"; none for what is counted since."""
    first_told = next(scene.dates for scene in scenes if scene.dates)
    own = [one for one in dates if one in first_told] or dates
    value = own[0].value
    if len(_distinct(own)) > 1 or not isinstance(value, DateMention):
        return None
    first, _, last = value.edtf.partition("/")
    if last != ".." or not _ONE_DAY.fullmatch(first):
        return None
    dated = [scene for scene in scenes if own[0] in scene.dates]
    numbers = [one.value for scene in dated for one in scene.numbers]
    if any(isinstance(one, NumberMention) and one.of_what in CASUALTIES for one in numbers):
        return None
    said = {one.mention.text.casefold() for scene in dated for one in scene.incidents}
    if said & event_lookup().plural:
        return None
    begun = replace(value, edtf=first, words=period(first).text)
    return SuggestedDate(begun, tuple(mention_span(one) for one in own))


def _asked(day: Mention, question: str) -> SuggestedDate | None:
    """A date that is only a candidate."""
    value = day.value
    if not isinstance(value, DateMention):
        return None
    candidates = value.candidates or (DateCandidate(value.edtf, value.words),)
    asked = replace(value, edtf="", words="", candidates=candidates, question=question)
    return SuggestedDate(asked, (mention_span(day),))
