"""What the words around a place, a date or a speaker say of the scene that they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from geo.dossier.periods import period
from geo.reports.event_lookup import event_lookup
from geo.reports.event_mentions import FoundEvent
from geo.reports.language import PhraseTable, TextToken, words_after, words_before
from geo.reports.mentions import DateMention, Mention
from geo.reports.number_words import cardinal
from geo.reports.scene_lookup import scene_lookup
from geo.reports.spoken_at import is_possessive
from geo.reports.suggestions import TextSpan
from geo.reports.wordlists import word_lists

_OPENING: Final = 8
"""Tokens at the beginning of a sentence among which "NAME:" can be."""
_BEGINNING: Final = 3
"""Tokens at the beginning of a sentence among which "separately" says that it is another event."""
_STATED: Final = 4
"""Tokens between a verb of speech and the day on which somebody said so."""
_ENDS: Final = 4
"""First and last days of two periods."""


def divided_mentions(
    mentions: Iterable[Mention], is_aside: Callable[[Mention], bool]
) -> tuple[list[Mention], list[Mention]]:
    """Divide mentions into those of the scene and those aside.

    Returns
    -------
    tuple
        Both in the order of the text.
    """
    kept: list[Mention] = []
    aside: list[Mention] = []
    for one in mentions:
        (aside if is_aside(one) else kept).append(one)
    return kept, aside


def without_wider_dates(dates: Sequence[Mention]) -> list[Mention]:
    """The dates without those that hold another: of "this week, on Monday" only the day.

    A night without a date, "an overnight raid on Monday", is that of the other date.
    """
    finer = [one for one in dates if not any(_holds(one, other) for other in dates)]
    dated = [one for one in finer if not _is_bare_night(one)]
    return dated or finer


def _is_bare_night(day: Mention) -> bool:
    return day.text.casefold() in word_lists("dates")["nights"]


def _holds(wide: Mention, fine: Mention) -> bool:
    periods = [
        period(one.value.edtf)
        for one in (wide, fine)
        if isinstance(one.value, DateMention) and one.value.edtf
    ]
    ends = [end for one in periods for end in (one.earliest, one.latest) if end]
    if len(ends) < _ENDS:
        return False
    first, last, begins, finishes = ends
    return first <= begins and finishes <= last and (first, last) != (begins, finishes)


def is_day_of_another(
    day: Mention, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether a date is in the name of an event that is referred to: "the 2 July attack".

    "Wounded in Tuesday's attack" tells of that attack itself.
    """
    front = [one for one in tokens if one.end <= day.start]
    before = [one.plain for one in front][-1:]
    after = next((one.start for one in tokens if one.start >= day.end and not one.is_sign), -1)
    lookup = scene_lookup()
    is_named = lookup.is_last(before, "definite") or is_possessive(day, tokens)
    if lookup.is_last(before, "locating") and len(front) > 1:
        is_named = is_named and all(one.mention.end != front[-2].end for one in events)
    return is_named and any(one.mention.start == after and not one.is_verb for one in events)


def is_compared(day: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a date is that of what an event is compared with: "against nine in May"."""
    before = [one for one in tokens if one.end <= day.start]
    cut = max((at for at, one in enumerate(before) if one.is_sign), default=-1)
    words = [one.plain for one in before[cut + 1 :]]
    lookup = scene_lookup()
    is_than = any(
        (lookup.is_in(one, "than_number") and following.isdigit())
        or (lookup.is_in(one, "than_day") and lookup.is_in(following, "before_days"))
        for one, following in pairwise(words)
    )
    is_same = day.text.casefold().startswith(lookup.texts["same_time"])
    is_other = is_same and not day.text.endswith(lookup.texts["same_times"])
    return is_other or is_than or lookup.is_any_in(words, "comparing")


def is_within(mention: Mention, spans: Iterable[TextSpan]) -> bool:
    """Whether a mention begins in one of some spans."""
    return any(one.start <= mention.start < one.end for one in spans)


def speaks_of_more(
    speaker: Mention, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether the text has told the event itself: "..., and observers concluded that"."""
    told = [one for one in events if not one.is_background]
    if not told or any(one.mention.end > speaker.start for one in told):
        return False
    before = words_before(tokens, speaker.start, 2)
    after = words_after(tokens, speaker.end, _STATED)
    lookup = scene_lookup()
    return lookup.is_phrase(before, "goes_on") and lookup.is_any_in(after, "clause_begins")


def counts_groups(tokens: Sequence[TextToken]) -> bool:
    """Whether "groups" follows a number."""
    return any(
        scene_lookup().is_in(following.plain, "group_nouns") and cardinal(tokens, at) is not None
        for at, following in enumerate(tokens[1:])
    )


def may_be_earlier(tokens: Sequence[TextToken]) -> bool:
    """Whether a word such as "earlier" says that the sentence may be about another time."""
    lookup = event_lookup()
    begins = range(min(_BEGINNING, len(tokens)))
    soon = next((one[0] + at for at in begins if (one := _soon_after().match(tokens, at))), 0)
    return any(lookup.earlier.match(tokens, at) for at in range(soon, len(tokens)))


@lru_cache(maxsize=1)
def _soon_after() -> PhraseTable[bool]:
    """Words such as "minutes later", after which no other day is told of."""
    return PhraseTable((one, True) for one in word_lists("dates")["soon_after"])


def means_both(tokens: Sequence[TextToken]) -> bool:
    """Whether "both provinces" or "the two provinces" are meant, as named before."""
    pairs = ((one.plain, other.plain) for one, other in pairwise(tokens))
    return any(scene_lookup().is_phrase(pair, "both_provinces") for pair in pairs)


def points_back(tokens: Sequence[TextToken]) -> bool:
    """Whether "the district", "that village" or "there" means a place that was named before."""
    lookup, words = event_lookup(), scene_lookup().words
    for at, one in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if one.plain in words["pointing_there"] and not one.is_capital:
            if after is None or after.plain not in lookup.exists:
                return True
        elif (
            one.plain in words["pointers"]
            and after is not None
            and after.plain in lookup.kinds_meant
        ):
            behind = tokens[at + 2] if at + 2 < len(tokens) else None
            if behind is None or not (behind.is_capital or behind.plain in lookup.not_back):
                return True
    return False


def is_of_habit(tokens: Sequence[TextToken]) -> bool:
    """Whether a word such as "often" or "continue" says that something happens again and again."""
    lookup = event_lookup()
    return any(lookup.habits.match(tokens, at) for at in range(len(tokens)))


def is_of_country(tokens: Sequence[TextToken]) -> bool:
    """Whether words such as "nationwide" say that a sentence is about the whole country."""
    lookup = event_lookup()
    return any(lookup.countrywide.match(tokens, at) for at in range(len(tokens)))


def is_accident(tokens: Sequence[TextToken], events: Sequence[FoundEvent]) -> bool:
    """Whether a word such as "collided" says that it was an accident, and none of an attack."""
    lookup = event_lookup()
    if any(
        one.event.presence is None and one.mention.text.casefold() not in lookup.also_accidents
        for one in events
    ):
        return False
    return any(lookup.accidents.match(tokens, at) for at in range(len(tokens)))


def is_long_ago(tokens: Sequence[TextToken]) -> bool:
    """Whether words such as "months ago" say that it was long before the report."""
    lookup = event_lookup()
    return any(lookup.long_ago.match(tokens, at) for at in range(len(tokens)))


def are_in_general(events: Iterable[FoundEvent]) -> bool:
    """Whether all events are nouns in the plural, as in "the group conducts attacks"."""
    plural, plurals = event_lookup().plural, scene_lookup().texts["plural"]
    return all(
        one.mention.text.casefold() in plural
        or (not one.is_verb and one.mention.text.endswith(plurals))
        for one in events
    )


def begins_with_number(tokens: Sequence[TextToken]) -> bool:
    """Whether a number is the first word, or the first after "NAME:"."""
    beginning = [at for at, one in enumerate(tokens[:_OPENING]) if one.plain == ":"]
    first = beginning[0] + 1 if beginning else 0
    return first < len(tokens) and cardinal(tokens, first) is not None


def begins_another_event(tokens: Sequence[TextToken]) -> bool:
    """Whether "separately" or the like is at the beginning of a sentence."""
    lookup = event_lookup()
    return any(lookup.another.match(tokens, at) for at in range(min(_BEGINNING, len(tokens))))


def is_general_judgement(tokens: Sequence[TextToken]) -> bool:
    """Whether a sentence judges in general and tells of no event."""
    lookup = event_lookup()
    return any(lookup.general.match(tokens, at) for at in range(len(tokens)))
