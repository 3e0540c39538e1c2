"""The day on which somebody spoke, where it is before the words for speaking.

"Speaking on Sunday, the governor said that gunmen came on Friday": Sunday is that of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from geo.dossier.periods import period
from geo.reports.date_patterns import date_pattern
from geo.reports.event_lookup import event_lookup
from geo.reports.event_mentions import FoundEvent
from geo.reports.language import PhraseTable, TextToken
from geo.reports.mentions import DateMention, Mention, SpeakerMention
from geo.reports.wordlists import word_lists, word_set

_OPENING: Final = 5
"""Tokens at the beginning of a sentence among which "interview" says that it tells of words."""
_BESIDE: Final = 3
"""Most tokens between a day in such an opening and the speaker: ", the"."""
_BEFORE_DAY: Final = 3
"""Tokens in front of a day with which a sentence begins: "late on"."""
_BETWEEN: Final = 12
"""Most tokens between a speaker and the verb: ", in a broadcast at 5 on Monday,"."""
_REACHED: Final = 5
"""Tokens in front of a day among which "reached by telephone" is."""
_AFTERMATH: Final = 6
"""Most tokens between a day and the words for a burial."""
_EMERGED: Final = 3
"""Tokens in front of a day among which "emerged" is: "it emerged late on"."""


def is_day_of_words_before(
    day: Mention,
    dates: Sequence[Mention],
    tokens: Sequence[TextToken],
    speakers: Sequence[Mention],
) -> bool:
    """Whether a date is before the words for speaking, and says when somebody spoke.

    Parameters
    ----------
    dates
        All dates of the sentence.
    """
    before = [one for one in tokens if one.end <= day.start]
    if _emerged(before):
        return True
    spoken = [one for one in speakers if isinstance(one.value, SpeakerMention)]
    if any(_opens_with_speech(day, before, tokens, one) for one in spoken):
        return True
    verbs = [verb for one in spoken if (verb := _verb_of(one, day, before, tokens)) is not None]
    return any(
        other.start > verb.start and _is_not_after(other, day) for verb in verbs for other in dates
    ) or any(_is_reached_on(day, one, tokens) for one in spoken)


def is_day_after_deed(
    day: Mention,
    dates: Sequence[Mention],
    tokens: Sequence[TextToken],
    events: Sequence[FoundEvent],
) -> bool:
    """Whether a date says when people were buried or mourned, and not when they came to harm.

    Parameters
    ----------
    dates, events
        Those of the sentence.
    """
    is_only = all(one.value == day.value for one in dates)
    opens = sum(one.end <= day.start for one in tokens) <= _BEFORE_DAY
    for at in range(len(tokens)):
        found = _aftermath().match(tokens, at)
        if found is None or (is_only and not found[1]):
            continue
        first, last = tokens[at], tokens[at + found[0] - 1]
        following = [one for one in dates if last.end <= one.start]
        is_next = bool(following) and _are_beside(last.end, following[0].start, tokens, events)
        if is_next and following[0] == day:
            return True
        if not is_next and opens and day.end <= first.start:
            return _are_beside(day.end, first.start, tokens, events)
    return False


def _are_beside(
    start: int, end: int, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether few words, and none for a deed, are between two characters."""
    between = [one for one in tokens if start <= one.start < end]
    told = any(start <= one.mention.start < end for one in events)
    return not told and len(between) <= _AFTERMATH and not _has_clause(between)


def _has_clause(tokens: Sequence[TextToken]) -> bool:
    return date_pattern("clause").search(" ".join(one.plain for one in tokens)) is not None


@lru_cache(maxsize=1)
def _aftermath() -> PhraseTable[bool]:
    """Words for what followed a deed; whether they are enough without another day."""
    lists = word_lists("dates")
    return PhraseTable(
        (one, name == "aftermath")
        for name in ("aftermath", "aftermath_also")
        for one in lists[name]
    )


def is_of_it(tokens: Sequence[TextToken]) -> bool:
    """Whether a sentence is about "it", or says that "it happened": what was told before it."""
    words = [one.plain for one in tokens]
    it, recorded = word_set("dates", "it"), event_lookup().recorded
    happened = any(first in it and second in recorded for first, second in pairwise(words))
    return happened or (bool(words) and words[0] in it)


def is_day_alone(tokens: Sequence[TextToken], dates: Sequence[Mention]) -> bool:
    """Whether a sentence has a day, and the hour at most: "(4 July, 10 a.m.)", "Date: 4 July."."""
    words = word_set("dates", "of_the_day")
    rest = [
        one
        for one in tokens
        if not any(day.start <= one.start and one.end <= day.end for day in dates)
    ]
    is_bare = all(one.is_sign or one.plain[0].isdigit() or one.plain in words for one in rest)
    return len(dates) == 1 and is_bare


def _emerged(before: Sequence[TextToken]) -> bool:
    """Whether a day is that on which something became known: "it emerged on Monday"."""
    last = [one.plain for one in before[-_EMERGED:]]
    words = word_set("dates", "on_the_day")
    known = next((at for at in range(len(last) - 1, -1, -1) if last[at] not in words), None)
    return known is not None and last[known] in word_set("dates", "emerged")


def _opens_with_speech(
    day: Mention, before: Sequence[TextToken], tokens: Sequence[TextToken], speaker: Mention
) -> bool:
    """Whether a day ends an opening such as "Speaking to reporters on Monday, the governor"."""
    between = [one for one in tokens if day.end <= one.start and one.end <= speaker.start]
    is_beside = day.end <= speaker.start and len(between) <= _BESIDE
    if not is_beside or not between or between[0].plain != ",":
        return False
    words = [one.plain for one in before[:_OPENING]]
    if not word_set("dates", "speaking").isdisjoint(words[:2]):
        return True
    is_at = words[:1] and words[0] in word_set("dates", "speaking_in")
    return bool(is_at) and not word_set("dates", "speaking_at").isdisjoint(words)


def _verb_of(
    speaker: Mention, day: Mention, before: Sequence[TextToken], tokens: Sequence[TextToken]
) -> TextToken | None:
    """The verb of a speaker after a day that is beside the speaker; none before a comma.

    "On Friday, police said, gunmen came": Friday is that of the deed.
    """
    value = speaker.value
    said = value.verb.casefold().partition(" ")[0] if isinstance(value, SpeakerMention) else ""
    first = max(speaker.end, day.end)
    after = [one for one in tokens if one.start >= first]
    at = next((at for at, one in enumerate(after) if one.plain == said), None)
    if at is None or at > _BETWEEN or (after[at + 1 :] and after[at + 1].plain == ","):
        return None
    ends = sorted((speaker.start, day.start))
    if _has_clause([one for one in tokens if ends[0] <= one.start < after[at].start]):
        return None
    if day.end <= speaker.start:
        bare = (one for one in tokens if day.end <= one.start and one.end <= speaker.start)
        is_bare = all(
            one.is_sign or one.is_capital or one.plain in word_set("dates", "on_the_day")
            for one in bare
        )
        return after[at] if is_bare and len(before) <= _BEFORE_DAY else None
    return after[at]


def _is_reached_on(day: Mention, speaker: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a day says when a speaker was "reached by telephone", before the verb."""
    between = [one for one in tokens if speaker.end <= one.start and one.end <= day.start]
    is_near = speaker.end <= day.start and 0 < len(between) <= _REACHED
    verb = speaker.value.verb if isinstance(speaker.value, SpeakerMention) else ""
    after = {one.plain for one in tokens if one.start >= day.end}
    return (
        is_near
        and between[0].plain in word_set("dates", "speaking")
        and verb.casefold().partition(" ")[0] in after
    )


def _is_not_after(one: Mention, other: Mention) -> bool:
    """Whether a time begins no later than another one."""
    if not isinstance(one.value, DateMention) or not isinstance(other.value, DateMention):
        return False
    if not one.value.edtf or not other.value.edtf:
        return False
    first, second = period(one.value.edtf).earliest, period(other.value.edtf).earliest
    return first is not None and second is not None and first <= second
