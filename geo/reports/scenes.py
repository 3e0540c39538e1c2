"""A text as scenes: sentences, or parts of them, that tell of one event, with their mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from geo.reports.acting import GroupPart, SentenceParts, group_part
from geo.reports.event_mentions import FoundEvent, event_lookup, events_in
from geo.reports.language import TextToken, text_tokens
from geo.reports.mentions import (
    GroupMention,
    Mention,
    PlaceMention,
)
from geo.reports.profiles import is_profile, profile_clauses
from geo.reports.scene_cuts import people_harmed, scene_cuts
from geo.reports.scene_words import (
    are_in_general,
    begins_another_event,
    begins_with_number,
    counts_groups,
    divided_mentions,
    is_accident,
    is_day_of_another,
    is_day_of_statement,
    is_general_judgement,
    is_long_ago,
    is_of_another_time,
    is_of_background,
    is_of_country,
    is_of_habit,
    is_of_speaker,
    is_within,
    may_be_earlier,
    speaks_of_more,
    without_places_on_the_way,
    without_wider_dates,
)
from geo.reports.sentences import BULLETS, SentenceSpan
from geo.reports.suggestions import TextSpan

_SUBJECT: Final = 8
"""Tokens at the beginning of a sentence among which "it" or "they" is its subject."""
_HEAD: Final = 60
"""Characters of a head such as "Night of 4 July: NAME, district NAME."."""
_NUMBERED: Final = re.compile(r"(?:^|\n)[ \t]*\(?\d{1,3}[.)][ \t]*\Z")
_NUMBERING: Final = 10
"""Characters before a sentence in which the number of its entry is looked for."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What one sentence, or a part of it, tells.

    Parameters
    ----------
    span
        Its characters.
    events
        What happened, without what is only planned or feared.
    dates
        The dates of the event; `stated_on` has those on which somebody said so.
    is_another
        Whether it begins with a word such as "separately".
    is_part
        Whether it is one of several parts of a sentence.
    is_about_presence
        Whether it is about groups being present, be it only that somebody denies it.
    is_entry, opens_list
        Whether it begins with a bullet, or ends with a colon.
    counts_groups
        Whether it gives a number of groups that it does not name.
    is_general
        Whether it is a general judgement.
    may_be_earlier
        Whether a word such as "had" or "recently" can move it to another day.
    begins_with_number
        Whether it begins with a number, as the entries of a list of operations do.
    is_of_habit
        Whether it says that something happens again and again.
    is_long_ago
        Whether it says that something was months or years ago.
    is_accident
        Whether it tells of an accident, such as one in traffic.
    is_of_country
        Whether it is about the whole country, as a sum of casualties is.
    is_before
        Whether it is what happened before another event: "the first attack since".
    background_places
        The places of what it only refers to: "a leader responsible for attacks in NAME".
    is_here
        Whether it tells of what happened "here", where the text was written.
    """

    span: TextSpan
    paragraph: int
    is_heading: bool
    events: tuple[FoundEvent, ...]
    places: tuple[Mention, ...]
    speaker_places: tuple[Mention, ...]
    dates: tuple[Mention, ...]
    stated_on: tuple[Mention, ...]
    numbers: tuple[Mention, ...]
    speakers: tuple[Mention, ...]
    groups: tuple[tuple[Mention, GroupPart], ...]
    is_another: bool = False
    is_part: bool = False
    counts_groups: bool = False
    is_entry: bool = False
    opens_list: bool = False
    is_about_presence: bool = False
    is_general: bool = False
    may_be_earlier: bool = False
    begins_with_number: bool = False
    is_of_habit: bool = False
    is_before: bool = False
    is_of_country: bool = False
    is_accident: bool = False
    is_long_ago: bool = False
    background_places: tuple[Mention, ...] = ()
    is_here: bool = False

    def of_part(self, *parts: GroupPart) -> list[Mention]:
        """The groups that have one of these parts.

        Returns
        -------
        list of Mention
            In the order of the text.
        """
        return [mention for mention, part in self.groups if part in parts]

    @property
    def incidents(self) -> tuple[FoundEvent, ...]:
        """What happened, without how groups are present."""
        return tuple(one for one in self.events if one.event.presence is None)

    @property
    def tells_incident(self) -> bool:
        """Whether something happened, or people came to harm."""
        rules = any(one.event.presence == "administration" for one in self.events)
        is_aside = self.is_accident or rules or self._is_about_groups
        return bool(self.incidents or self.numbers) and not (is_aside and not self._is_of_conflict)

    @property
    def _is_of_conflict(self) -> bool:
        """Whether people came to harm, and by no accident."""
        typed = any(one.event.event_type for one in self.incidents)
        return bool(self.numbers) and (typed or not self.is_accident)

    @property
    def _is_about_groups(self) -> bool:
        """Whether it tells how groups are present, and of events only in general and undated."""
        is_present = any(one.event.presence for one in self.events)
        return is_present and not self.dates and are_in_general(self.incidents)

    @property
    def tells_presence(self) -> bool:
        """Whether a group is present, and nothing happened."""
        return not self.tells_incident and any(one.event.presence for one in self.events)


def scenes_of(
    text: str, spans: Sequence[SentenceSpan], mentions: Sequence[Mention]
) -> tuple[Scene, ...]:
    """Divide a text into scenes.

    Parameters
    ----------
    mentions
        All mentions of the text, sorted by their start.

    Returns
    -------
    tuple of Scene
        In the order of the text.
    """
    found: list[Scene] = []
    at = 0
    for span in spans:
        while at < len(mentions) and mentions[at].end <= span.start:
            at += 1
        here = []
        following = at
        while following < len(mentions) and mentions[following].start < span.end:
            here.append(mentions[following])
            following += 1
        found += _parts(text, span, here)
    return tuple(_with_speakers(list(_with_groups(text, list(_with_context(found))))))


def _with_groups(text: str, scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes, with the group that "it" or "the front" at their beginning means.

    It is the group of the sentence before in the paragraph, if that has only one besides those
    acted upon; the passage is where it is named.
    """
    last: list[Mention] = []
    paragraph = -1
    for scene in scenes:
        last = last if scene.paragraph == paragraph else []
        paragraph = scene.paragraph
        named = scene.of_part("acts", "open")
        tells = scene.tells_incident or scene.tells_presence
        word = _refers_back(text, scene) if tells and not named else ""
        if word and (len(last) == 1 or (last and word in event_lookup().several)):
            yield replace(scene, groups=(*scene.groups, *((one, "acts") for one in last)))
        else:
            yield scene
        here = {key_or_name(one): one for one in scene.of_part("acts", "open", "speaks")}
        acting = {key_or_name(one): one for one in scene.of_part("acts")}
        last = list((acting or here).values()) or last


def key_or_name(group: Mention) -> str:
    """The key of a group, or its name if it has none."""
    value = group.value
    return (value.key or value.name) if isinstance(value, GroupMention) else group.text


def _refers_back(text: str, scene: Scene) -> str:
    """The word such as "they" at the beginning of a scene; empty, if there is none."""
    tokens = text_tokens(text, scene.span.start, scene.span.end)
    first = min((one.first for one in scene.events), default=len(tokens))
    references = event_lookup().back_references
    beginning = [token.plain for token in tokens[: max(first, _SUBJECT)]]
    return next((plain for plain in beginning if plain in references), "")


def _with_speakers(scenes: list[Scene]) -> Iterator[Scene]:
    """The scenes; one between two of the same speaker in a paragraph is the speaker's too."""
    telling = [one for one in scenes if one.speakers or one.tells_incident or one.tells_presence]
    number = {one.span: at for at, one in enumerate(telling)}
    for scene in scenes:
        at = number.get(scene.span, 0)
        beside = telling[max(0, at - 1) : at] + telling[at + 1 : at + 2]
        around = [one for one in beside if one.paragraph == scene.paragraph and one.speakers]
        if scene.speakers or len(around) < len(("before", "after")):
            yield scene
            continue
        before, after = around[0].speakers[-1], around[1].speakers[0]
        same = getattr(before.value, "name", "") == getattr(after.value, "name", None)
        yield replace(scene, speakers=(before,)) if same else scene


def _with_context(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes, those of a paragraph with the place and date that its head or heading gives.

    A head tells of nothing: "Night of 4 July: NAME." It counts for the scenes after it without a
    place or a date of their own, to the end of the paragraph; a heading, for the next paragraph. A
    place that nobody knows, or one outside the country, counts as none.
    """
    context: Scene | None = None
    listed = _ListDates()
    for scene in (listed.dated(one) for one in scenes):
        if scene.is_heading and not scene.speakers and (scene.places or scene.dates):
            context = replace(scene, places=_within_country(scene.places))
            yield scene
            continue
        if _is_context(scene):
            context = _below_head(scene, context)
            yield context
            continue
        reach = context.paragraph + context.is_heading if context else -1
        if context is None or scene.paragraph != reach:
            context = None
            yield scene
            continue
        places = scene.places if _is_any_inside(scene.places) else context.places or scene.places
        yield replace(scene, places=places, dates=scene.dates or context.dates)
        if scene.places and not _is_short_head(context):
            # What follows goes on with this place, not with one that was only spoken of before.
            context = replace(context, places=())


def _is_any_inside(places: Sequence[Mention]) -> bool:
    """Whether the gazetteer knows one of some places in the country."""
    known = [one.value.location for one in places if isinstance(one.value, PlaceMention)]
    return any(one.status not in {"unknown", "outside"} for one in known)


def _is_short_head(scene: Scene) -> bool:
    """Whether a scene is short enough to head all of what follows."""
    return scene.span.end - scene.span.start <= _HEAD


def _within_country(places: Sequence[Mention]) -> tuple[Mention, ...]:
    """The places without the country, which the address of an office names too."""
    return tuple(
        one for one in places
        if not (isinstance(one.value, PlaceMention) and one.value.location.precision == "country")
    )  # fmt: skip


class _ListDates:
    """The dates of a paragraph that ends with a colon, for the entries of the list after it."""

    def __init__(self) -> None:
        self.paragraph, self.entry, self.dates = -1, -1, tuple[Mention, ...]()
        self.is_list = False

    def dated(self, scene: Scene) -> Scene:
        """The scene; an entry of a list without a date has those of the head of the list."""
        if self.is_list and scene.paragraph == self.entry and not scene.is_entry:
            return scene  # It goes on with an entry.
        if scene.is_entry and self.is_list:
            self.entry = scene.paragraph
            return scene if scene.dates else replace(scene, dates=self.dates)
        if scene.paragraph != self.paragraph:
            self.dates = ()
        self.paragraph, self.is_list = scene.paragraph, scene.opens_list
        self.dates = scene.dates or self.dates
        return scene


def _below_head(scene: Scene, head: Scene | None) -> Scene:
    """The scene, with the place of a short head before it: "Night of 4 July: NAME, NAME."."""
    if head is None or head.paragraph != scene.paragraph or not head.places:
        return scene
    if head.span.end - head.span.start > _HEAD:
        return scene
    return replace(scene, places=head.places, dates=scene.dates or head.dates)


def _is_context(scene: Scene) -> bool:
    stated = bool(scene.places or (scene.dates and not scene.is_heading))
    return stated and not scene.is_part and not (scene.events or scene.numbers)


def _parts(text: str, span: SentenceSpan, mentions: Sequence[Mention]) -> Iterator[Scene]:
    """The scenes of a sentence: one, or one for each part that tells of something elsewhere.

    A part without a speaker has the one of the sentence, and one without a date has the date with
    which the sentence begins.
    """
    cuts = [span.start, *scene_cuts(text, span, mentions), span.end]
    if len(cuts) == len(("start", "end")):
        yield _scene(text, span, mentions)
        return
    scenes: list[Scene] = []
    for start, end in pairwise(cuts):
        part = SentenceSpan(start, end, span.paragraph, span.is_heading)
        scene = _scene(text, part, [one for one in mentions if start <= one.start < end])
        is_since = text[:start].rstrip().endswith(("since", "Since"))
        scenes.append(replace(scene, is_part=True, is_before=is_since))
    speakers = {getattr(one.value, "name", ""): one for scene in scenes for one in scene.speakers}
    opening = _opening_dates(scenes[0])
    for scene in scenes:
        spoken = scene.speakers or (tuple(speakers.values()) if len(speakers) == 1 else ())
        yield replace(scene, speakers=spoken, dates=scene.dates or opening)


def _opening_dates(scene: Scene) -> tuple[Mention, ...]:
    """The dates of a part that are before what happened in it."""
    told = [*(one.mention for one in scene.events), *scene.numbers]
    first = min((one.start for one in told), default=scene.span.end)
    return tuple(one for one in scene.dates if one.end <= first)


def _scene(text: str, span: SentenceSpan, mentions: Sequence[Mention]) -> Scene:
    tokens = text_tokens(text, span.start, span.end)
    events = list(events_in(text, tokens))
    if is_profile(tokens, _named(mentions), is_dated=bool(_of_kind(mentions, "date"))):
        events = [one for one in events if one.event.presence]
        mentions = [one for one in mentions if one.kind not in {"number", "place", "date"}]
    speakers = [
        one for one in _of_kind(mentions, "speaker") if not speaks_of_more(one, tokens, events)
    ]
    numbers = people_harmed(mentions)
    parts = SentenceParts(
        tokens, [one for one in events if not one.is_background], numbers, speakers
    )
    groups = [
        (one, group_part(one, parts)) for one in mentions if isinstance(one.value, GroupMention)
    ]
    opens = bool(events) and events[0].is_background and events[0].first <= _SUBJECT
    clauses = profile_clauses(tokens, mentions)
    near, others = divided_mentions(
        _of_kind(mentions, "place"),
        lambda one: (
            is_within(one, clauses) or not (opens or not is_of_background(one, tokens, events))
        ),
    )
    places, aside = divided_mentions(
        without_places_on_the_way(near, tokens), lambda one: is_of_speaker(one, tokens, speakers)
    )
    dates, stated = divided_mentions(
        _dates_of(mentions, clauses, tokens, events),
        lambda one: is_day_of_statement(one, tokens, speakers),
    )
    return Scene(
        TextSpan(span.start, span.end),
        span.paragraph,
        span.is_heading,
        tuple(one for one in events if not one.is_background),
        tuple(places),
        tuple(aside),
        tuple(without_wider_dates(dates)),
        tuple(stated),
        tuple(numbers),
        tuple(speakers),
        tuple(groups),
        is_another=begins_another_event(tokens),
        counts_groups=counts_groups(tokens),
        is_entry=_is_entry(text, span.start, tokens),
        opens_list=bool(tokens) and tokens[-1].plain == ":",
        is_about_presence=any(one.event.presence for one in events),
        is_general=is_general_judgement(tokens),
        may_be_earlier=may_be_earlier(tokens),
        begins_with_number=begins_with_number(tokens),
        is_of_habit=is_of_habit(tokens),
        is_of_country=is_of_country(tokens),
        is_accident=is_accident(tokens),
        is_long_ago=is_long_ago(tokens),
        is_here=any(one.plain == "here" for one in tokens),
        background_places=tuple(
            one
            for one in without_places_on_the_way(others, tokens)
            if _is_any_inside([one]) and not is_of_another_time(one, tokens, events)
        ),
    )


def _named(mentions: Iterable[Mention]) -> list[Mention]:
    return [one for one in mentions if one.kind in {"group", "place"}]


def _dates_of(
    mentions: Sequence[Mention],
    clauses: Sequence[TextSpan],
    tokens: Sequence[TextToken],
    events: Sequence[FoundEvent],
) -> list[Mention]:
    """The dates of a sentence, without those of what it only refers to, if there is another."""
    dates = _of_kind(mentions, "date")
    own = [
        one for one in dates
        if not is_within(one, clauses) and not is_day_of_another(one, tokens, events)
    ]  # fmt: skip
    return own or dates


def _is_entry(text: str, start: int, tokens: Sequence[TextToken]) -> bool:
    """Whether a bullet or a number of an entry is at the beginning of a sentence."""
    if tokens and tokens[0].plain in BULLETS:
        return True
    return _NUMBERED.search(text[max(0, start - _NUMBERING) : start]) is not None


def _of_kind(mentions: Iterable[Mention], kind: str) -> list[Mention]:
    """The mentions of a kind, without places of a dateline and dates of the publication."""
    return [
        one for one in mentions if one.kind == kind and not getattr(one.value, "in_dateline", False)
    ]
