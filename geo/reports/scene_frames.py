"""Words after which an event is only spoken of: "the anniversary of", "a video said to show"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from geo.reports.event_lookup import event_lookup
from geo.reports.event_mentions import FoundEvent
from geo.reports.language import PhraseTable, TextToken
from geo.reports.mentions import Mention
from geo.reports.scene_lookup import scene_lookup
from geo.reports.wordlists import word_lists

_REACH: Final = 8
"""Tokens after such words in which an event is that of which they speak."""
_OTHERS: Final = 6
"""Tokens after an event that is only referred to, in which a place is where that was."""
_NEAR: Final = 4
"""Tokens before an event among which "before" says that it was at another time."""


@lru_cache(maxsize=1)
def _frames() -> PhraseTable[bool]:
    return PhraseTable((one, True) for one in word_lists("scenes")["frames"]["before"])


def _ends(tokens: Sequence[TextToken], words: PhraseTable[bool]) -> list[int]:
    """The tokens after words that say something of the event behind them."""
    matches = ((at, words.match(tokens, at)) for at in range(len(tokens)))
    return [at + match[0] for at, match in matches if match is not None]


def spoken_of(events: Sequence[FoundEvent], tokens: Sequence[TextToken]) -> list[FoundEvent]:
    """The events; one that is only spoken of is in the background.

    Returns
    -------
    list of FoundEvent
        In the same order.
    """
    ends = _ends(tokens, _frames())
    return [
        replace(one, is_background=True) if _is_framed(one, ends, tokens) else one
        for one in events
    ]  # fmt: skip


def _is_framed(event: FoundEvent, ends: Sequence[int], tokens: Sequence[TextToken]) -> bool:
    """Whether an event is shortly after such words, in the same part of the sentence."""
    return event.event.presence is None and any(
        end <= event.first <= end + _REACH
        and not any(one.is_sign for one in tokens[end : event.first])
        for end in ends
    )


def without_spoken_of(
    mentions: Sequence[Mention], events: Sequence[FoundEvent], tokens: Sequence[TextToken]
) -> list[Mention]:
    """The mentions without the people counted in an event that is only spoken of.

    Returns
    -------
    list of Mention
        All, if something else happened in the sentence.
    """
    ends = _ends(tokens, _frames())
    is_only = bool(events) and all(one.is_background for one in events)
    if not is_only or not any(_is_framed(one, ends, tokens) for one in events):
        return list(mentions)
    first = tokens[ends[0]].start if ends[0] < len(tokens) else 0
    return [one for one in mentions if one.kind != "number" or one.start < first]


def incidents(events: Iterable[FoundEvent]) -> list[FoundEvent]:
    """What happened, by words that are not in the background.

    Returns
    -------
    list of FoundEvent
        In the same order.
    """
    return [one for one in events if not one.is_background and one.event.presence is None]


def is_done(event: FoundEvent) -> bool:
    """Whether words for an event are a verb, and no noun in the plural: "attacks"."""
    return event.is_verb and event.mention.text.casefold() not in event_lookup().plural


def is_of_accusation(
    number: Mention, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether people are those of an event that is only referred to: "wanted for the murder of"."""
    own = [one for one in events if one.mention.end <= number.start][-1:]
    between = [
        one.plain for each in own for one in tokens
        if each.mention.end <= one.start and one.end <= number.start
    ]  # fmt: skip
    is_beside = between == [] or scene_lookup().is_phrase(between, "of_those")
    ends = _ends(tokens, event_lookup().accusing)
    return is_beside and any(one.is_background and _is_framed(one, ends, tokens) for one in own)


def is_of_background(
    place: Mention, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether a place is that of an event which is only referred to: "before the attack on"."""
    before = [one for one in events if one.mention.end <= place.start]
    if not before or not before[-1].is_background or place.kind != "place":
        return False
    is_same = _is_intended(before[-1], tokens) or _is_manner(before[-1], tokens)
    if is_same and any(not one.is_background for one in events):
        return False
    end = before[-1].mention.end
    between = [one for one in tokens if end <= one.start and one.end <= place.start]
    return len(between) <= _OTHERS and not any(one.is_sign for one in between)


def _is_intended(event: FoundEvent, tokens: Sequence[TextToken]) -> bool:
    """Whether "intended to" is before an event: they were where they meant to attack."""
    before = [one.plain for one in tokens[max(0, event.first - 2) : event.first]]
    return scene_lookup().is_phrase(before, "intended")


def _is_manner(event: FoundEvent, tokens: Sequence[TextToken]) -> bool:
    """Whether "without" is before an event: "detained without incident in NAME" tells how."""
    before = [one.plain for one in tokens[max(0, event.first - 2) : event.first]]
    return scene_lookup().is_any_in(before, "lacking")


def is_of_another_time(
    place: Mention, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether the event before a place was at another time: "two days before the attack in"."""
    before = [one for one in events if one.mention.end <= place.start]
    first = before[-1].first if before else 0
    words = [one.plain for one in tokens[max(0, first - _NEAR) : first]]
    return scene_lookup().is_any_in(words, "other_times")
