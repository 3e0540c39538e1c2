"""Words after which an event is only spoken of: "the anniversary of", "a video said to show"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from geo.reports.event_mentions import FoundEvent
from geo.reports.language import PhraseTable, TextToken
from geo.reports.mentions import Mention
from geo.reports.wordlists import word_lists

_REACH: Final = 8
"""Tokens after such words in which an event is that of which they speak."""


# Two: the words by which an event is only spoken of, and those of accusations.
@lru_cache(maxsize=2)
def _frames(kind: str) -> PhraseTable[bool]:
    return PhraseTable((one, True) for one in word_lists("scenes")[kind]["before"])


def _ends(tokens: Sequence[TextToken], kind: str = "frames") -> Iterator[int]:
    """The tokens after words of which the event is only spoken of."""
    for at in range(len(tokens)):
        if (match := _frames(kind).match(tokens, at)) is not None:
            yield at + match[0]


def is_accused(event: FoundEvent, tokens: Sequence[TextToken]) -> bool:
    """Whether somebody is blamed for an event: "arrested in connection with the murder of"."""
    return _is_framed(event, list(_ends(tokens, "accusations")), tokens)


def spoken_of(events: Sequence[FoundEvent], tokens: Sequence[TextToken]) -> list[FoundEvent]:
    """The events; one that is only spoken of is in the background.

    Returns
    -------
    list of FoundEvent
        In the same order.
    """
    ends = list(_ends(tokens))
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
    ends = list(_ends(tokens))
    is_only = bool(events) and all(one.is_background for one in events)
    if not is_only or not any(_is_framed(one, ends, tokens) for one in events):
        return list(mentions)
    first = tokens[ends[0]].start if ends[0] < len(tokens) else 0
    return [one for one in mentions if one.kind != "number" or one.start < first]
