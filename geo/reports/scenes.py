"""A text as scenes: sentences, or parts of them, that tell of one event, with their mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from geo.reports.acting import Part, SentenceParts, part_of
from geo.reports.event_mentions import FoundEvent, event_lookup, events_in
from geo.reports.language import TextToken, text_tokens
from geo.reports.mentions import (
    GroupMention,
    Mention,
    NumberMention,
    SpeakerMention,
)
from geo.reports.sentences import SentenceSpan
from geo.reports.suggestions import TextSpan

_BEGINNING: Final = 3
"""Tokens at the beginning of a sentence among which "separately" says that it is another event."""
_STATED: Final = 4
"""Tokens between a verb of speech and the day on which somebody said so."""
_HELD_AT: Final = frozenset({"in", "at", "from", "on", "to", "near"})


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
    is_general
        Whether it is a general judgement.
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
    groups: tuple[tuple[Mention, Part], ...]
    is_another: bool = False
    is_general: bool = False

    def of_part(self, *parts: Part) -> list[Mention]:
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
        return bool(self.incidents or self.numbers)

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
    return tuple(_with_context(found))


def _with_context(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes, those of a paragraph with the place and date that its head or heading gives.

    A head tells of nothing: "Night of 4 July: NAME." It counts for the scenes after it without a
    place or a date of their own, to the end of the paragraph; a heading, for the next paragraph.
    """
    context: Scene | None = None
    for scene in scenes:
        if _is_context(scene):
            context = scene
            yield scene
            continue
        reach = context.paragraph + context.is_heading if context else -1
        if context is None or scene.paragraph != reach:
            context = None
            yield scene
            continue
        yield replace(
            scene, places=scene.places or context.places, dates=scene.dates or context.dates
        )


def _is_context(scene: Scene) -> bool:
    stated = bool(scene.places or scene.dates)
    return stated and not (scene.events or scene.numbers or scene.speakers)


def _parts(text: str, span: SentenceSpan, mentions: Sequence[Mention]) -> Iterator[Scene]:
    """The scenes of a sentence: one, or one for each part between semicolons with a place."""
    cuts = [span.start]
    at = span.start - 1
    while (at := text.find(";", at + 1, span.end)) >= 0:
        if _tells(mentions, cuts[-1], at) and _tells(mentions, at, span.end):
            cuts.append(at + 1)
    cuts.append(span.end)
    for start, end in pairwise(cuts):
        part = SentenceSpan(start, end, span.paragraph, span.is_heading)
        yield _scene(text, part, [one for one in mentions if start <= one.start < end])


def _tells(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Whether a part of a sentence has a place and an event or a number of its own."""
    kinds = {one.kind for one in mentions if start <= one.start < end}
    return "place" in kinds and bool(kinds & {"event", "number"})


def _scene(text: str, span: SentenceSpan, mentions: Sequence[Mention]) -> Scene:
    tokens = text_tokens(text, span.start, span.end)
    events = list(events_in(text, tokens))
    speakers = _of_kind(mentions, "speaker")
    numbers = _figures(mentions)
    parts = SentenceParts(
        tokens, [one for one in events if not one.is_background], numbers, speakers
    )
    groups = [(one, part_of(one, parts)) for one in mentions if isinstance(one.value, GroupMention)]
    places, aside = _divided(
        _of_kind(mentions, "place"), lambda one: _is_speakers(one, tokens, speakers)
    )
    dates, stated = _divided(
        _of_kind(mentions, "date"), lambda one: _is_stated_on(one, tokens, speakers)
    )
    return Scene(
        TextSpan(span.start, span.end),
        span.paragraph,
        span.is_heading,
        tuple(one for one in events if not one.is_background),
        tuple(places),
        tuple(aside),
        tuple(dates),
        tuple(stated),
        tuple(numbers),
        tuple(speakers),
        tuple(groups),
        is_another=_begins_another(tokens),
        is_general=_is_general(tokens),
    )


def _of_kind(mentions: Iterable[Mention], kind: str) -> list[Mention]:
    """The mentions of a kind, without places of a dateline and dates of the publication."""
    return [
        one for one in mentions if one.kind == kind and not getattr(one.value, "in_dateline", False)
    ]


def _figures(mentions: Iterable[Mention]) -> list[Mention]:
    return [
        one
        for one in mentions
        if isinstance(one.value, NumberMention) and one.value.of_what != "other"
    ]


def _divided(
    mentions: Iterable[Mention], is_aside: Callable[[Mention], bool]
) -> tuple[list[Mention], list[Mention]]:
    kept: list[Mention] = []
    aside: list[Mention] = []
    for one in mentions:
        (aside if is_aside(one) else kept).append(one)
    return kept, aside


def _is_speakers(place: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether a place says where a speaker is: in the words for the speaker, or after the verb."""
    if any(one.start <= place.start and place.end <= one.end for one in speakers):
        return True
    return _follows_speech(place, tokens, speakers, _HELD_AT)


def _is_stated_on(day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether a date says when somebody spoke."""
    return _follows_speech(
        day, tokens, speakers, frozenset({"on", "in", "a", "statement", "late", "early"})
    )


def _follows_speech(
    mention: Mention,
    tokens: Sequence[TextToken],
    speakers: Sequence[Mention],
    between: frozenset[str],
) -> bool:
    for one in speakers:
        if not isinstance(one.value, SpeakerMention):
            continue
        verb = one.value.verb.split()[-1].casefold() if one.value.verb.split() else ""
        words = [
            token.plain
            for token in tokens
            if (one.end <= token.start or one.start > token.start) and token.end <= mention.start
        ]
        tail = words[-_STATED - 1 :]
        if verb in tail:
            after = tail[len(tail) - tail[::-1].index(verb) :]
            allowed = between | {
                "reporters",
                "journalists",
                "the",
                "agency",
                "afp",
                "reuters",
                "ap",
            }
            if set(after) <= allowed:
                return True
    return False


def _begins_another(tokens: Sequence[TextToken]) -> bool:
    lookup = event_lookup()
    return any(lookup.another.match(tokens, at) for at in range(min(_BEGINNING, len(tokens))))


def _is_general(tokens: Sequence[TextToken]) -> bool:
    lookup = event_lookup()
    return any(lookup.general.match(tokens, at) for at in range(len(tokens)))
