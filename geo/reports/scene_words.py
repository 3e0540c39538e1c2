"""What the words around a place, a date or a speaker say of the scene that they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from geo.dossier.periods import period
from geo.reports.event_lookup import event_lookup
from geo.reports.event_mentions import FoundEvent
from geo.reports.language import TextToken
from geo.reports.mentions import DateMention, Mention, SpeakerMention
from geo.reports.number_words import cardinal
from geo.reports.suggestions import TextSpan
from geo.reports.wordlists import word_lists

_OPENING: Final = 8
"""Tokens at the beginning of a sentence among which "NAME:" can be."""
_BEGINNING: Final = 3
"""Tokens at the beginning of a sentence among which "separately" says that it is another event."""
_STATED: Final = 4
"""Tokens between a verb of speech and the day on which somebody said so."""
_POSTED: Final = 2
"""Tokens before a date among which "website" says that it is that of a statement."""
_OWNERS: Final = frozenset({"the", "our", "its", "their", "a", "his", "her"})
_AUTHORS: Final = frozenset({"its", "his", "her", "their"})
_LISTENERS: Final = 5
"""Tokens between "told" and a day: "members of the council on"."""
_POINTERS: Final = frozenset({"the", "that", "same", "this"})
_ON: Final = frozenset({"on", "late", "early", "in", "had", "also", "has"})
_COMPARING: Final = frozenset({"compared", "versus", "unlike"})
_SAME_TIMES: Final = ("day", "night", "morning", "afternoon", "evening", "date", "week", "month")
"""What "the same" is with, if it is the time of the event before."""
_HELD_AT: Final = frozenset({"in", "at", "from", "on", "to", "near"})


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
    if len(ends) < 2 * len(("wide", "fine")):
        return False
    first, last, begins, finishes = ends
    return first <= begins and finishes <= last and (first, last) != (begins, finishes)


def is_of_speaker(place: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether a place says where a speaker is: in the words for the speaker, or after the verb."""
    if any(one.start <= place.start and place.end <= one.end for one in speakers):
        return True
    if any(_is_before_verb(place, tokens, one) for one in speakers):
        return True
    return _follows_speech(place, tokens, speakers, _HELD_AT)


def _is_before_verb(place: Mention, tokens: Sequence[TextToken], speaker: Mention) -> bool:
    """Whether a place is between a speaker and the verb: "a spokesman at NAME then spoke of"."""
    between = {
        one.plain for one in tokens if speaker.end <= one.start and one.end <= place.start
    }  # fmt: skip
    if not isinstance(speaker.value, SpeakerMention) or not between or not between <= _HELD_AT:
        return False
    verb = speaker.value.verb.casefold().partition(" ")[0]
    return verb in [one.plain for one in tokens if one.start >= place.end][:_STATED]


def is_day_of_statement(
    day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]
) -> bool:
    """Whether a date says when somebody spoke; "Friday's attack" says when that was."""
    if _is_possessive(day, tokens):
        return False
    if _is_between_speaker_and_verb(day, tokens, speakers) or _is_of_statement(day, tokens):
        return True
    if _opens_announcement(day, tokens, speakers) or _heads_message(day, tokens, speakers):
        return True
    return _follows_speech(
        day, tokens, speakers, frozenset({"on", "in", "a", "statement", "late", "early"})
    )


def _is_possessive(day: Mention, tokens: Sequence[TextToken]) -> bool:
    return any(one.start < day.end < one.end for one in tokens)


def _is_of_statement(day: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a word such as "website" is just before a date: "posted on its website Monday"."""
    lookup = event_lookup()
    words = [one for one in tokens if one.end <= day.start][-_POSTED - 2 :]
    before = words[-_POSTED:]
    after = next((one.plain for one in tokens if one.start >= day.end), "")
    if after in lookup.issues and before and before[-1].plain in _OWNERS:
        return True
    if any(one.is_sign for one in before):
        return False
    is_in = any(one.plain == "in" or one.plain in _AUTHORS for one in words)
    return any(
        one.plain in lookup.statements or (is_in and one.plain in lookup.statements_in)
        for one in before
    )


def _is_between_speaker_and_verb(
    day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]
) -> bool:
    """Whether a date is just before a verb of speech: "the ministry on Sunday denied"."""
    for one in speakers:
        value = one.value
        if not isinstance(value, SpeakerMention) or not one.end <= day.start:
            continue
        before = [token for token in tokens if one.end <= token.start and token.end <= day.start]
        rest = (token.plain for token in tokens if token.start >= day.end and not token.is_sign)
        after = next(rest, "")
        is_verb = bool(after) and after == value.verb.casefold().partition(" ")[0]
        is_bare = all(token.plain in _ON or token.is_capital or token.is_sign for token in before)
        if is_verb and is_bare and len(before) <= _STATED:
            return True
    return False


def _opens_announcement(
    day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]
) -> bool:
    """Whether a date is before a speaker who announced something at the beginning."""
    before = [one for one in tokens if one.end <= day.start]
    if len(before) > 1:
        return False
    return any(
        isinstance(one.value, SpeakerMention)
        and one.value.verb in {"announced", "announces"}
        and day.end <= one.start <= day.end + len(", on the ")
        for one in speakers
    )


def _heads_message(day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether a date is that of a message: "NAME on CHANNEL, 4 July 2022: "."""
    after = next((one.plain for one in tokens if one.start >= day.end), "")
    return after == ":" and any(
        isinstance(one.value, SpeakerMention)
        and one.value.verb in {":", "on", "via"}
        and one.end <= day.start
        for one in speakers
    )


def _follows_speech(
    mention: Mention,
    tokens: Sequence[TextToken],
    speakers: Sequence[Mention],
    between: frozenset[str],
) -> bool:
    for one in speakers:
        if not isinstance(one.value, SpeakerMention) or one.value.verb == ":":
            continue
        if any(one.end <= token.start < mention.start and token.plain == ":" for token in tokens):
            continue  # What is said follows.
        if [token.plain for token in tokens if token.end <= one.start][-1:] == ["by"]:
            continue  # "Reported by NAME in" says where it was.
        verb = one.value.verb.split()[-1].casefold() if one.value.verb.split() else ""
        words = [
            # Whom somebody spoke to or of can be before a day: "accused NAME on Tuesday".
            "" if token.is_capital and mention.kind == "date" else token.plain
            for token in tokens
            if (one.end <= token.start or one.start > token.start) and token.end <= mention.start
        ]
        tail = words[-_STATED - 1 :]
        if one.value.verb.casefold() in {"told", "tells"} and _is_told_on(one, mention, tokens):
            return True
        if verb in tail:
            after = tail[len(tail) - tail[::-1].index(verb) :]
            allowed = between | {
                "",
                "reporters",
                "journalists",
                "the",
                "agency",
                "afp",
                "reuters",
                "ap",
            }
            # "identified NAME" tells of the place; "said in NAME" tells where that was.
            if set(after) <= allowed and (after or mention.kind == "date"):
                return True
    return False


def _is_told_on(speaker: Mention, day: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether only a short name is between "told" and a day: "told members of NAME on Friday"."""
    after = [one for one in tokens if speaker.end <= one.start and one.end <= day.start]
    told = next((at for at, one in enumerate(after) if one.plain in {"told", "tells"}), len(after))
    listeners = after[told + 1 :]
    is_short = 0 < len(listeners) <= _LISTENERS and not any(one.is_sign for one in listeners)
    return day.kind == "date" and is_short and all(one.plain != "that" for one in listeners)


def is_day_of_another(
    day: Mention, tokens: Sequence[TextToken], events: Sequence[FoundEvent]
) -> bool:
    """Whether a date is in the name of an event that is referred to: "the 2 July attack"."""
    before = [one.plain for one in tokens if one.end <= day.start][-1:]
    after = next((one.start for one in tokens if one.start >= day.end and not one.is_sign), -1)
    is_named = before == ["the"] or _is_possessive(day, tokens)
    return is_named and any(one.mention.start == after and not one.is_verb for one in events)


def is_compared(day: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a date is that of what an event is compared with: "against nine in May"."""
    before = [one for one in tokens if one.end <= day.start]
    cut = max((at for at, one in enumerate(before) if one.is_sign), default=-1)
    words = [one.plain for one in before[cut + 1 :]]
    pairs = {
        (one, following.isdigit() if one == "against" else following in _ON)
        for one, following in pairwise(words)
    }
    same = day.text.casefold().startswith("the same ") and not day.text.endswith(_SAME_TIMES)
    is_than = ("than", True) in pairs or ("against", True) in pairs
    return same or is_than or not _COMPARING.isdisjoint(words)


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
    before = [one.plain for one in tokens if one.end <= speaker.start][-2:]
    after = [one.plain for one in tokens if one.start >= speaker.end][:_STATED]
    return before in ([",", "and"], [",", "but"]) and "that" in after


def counts_groups(tokens: Sequence[TextToken]) -> bool:
    """Whether "groups" follows a number."""
    return any(
        following.plain == "groups" and cardinal(tokens, at) is not None
        for at, following in enumerate(tokens[1:])
    )


def may_be_earlier(tokens: Sequence[TextToken]) -> bool:
    """Whether a word such as "earlier" says that the sentence may be about another time."""
    lookup = event_lookup()
    return any(lookup.earlier.match(tokens, at) for at in range(len(tokens)))


def means_both(tokens: Sequence[TextToken]) -> bool:
    """Whether "both provinces" or "the two provinces" are meant, as named before."""
    pairs = {(one.plain, other.plain) for one, other in pairwise(tokens)}
    return not pairs.isdisjoint({("both", "provinces"), ("two", "provinces")})


def points_back(tokens: Sequence[TextToken]) -> bool:
    """Whether "the district", "that village" or "there" means a place that was named before."""
    lookup = event_lookup()
    for at, one in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if one.plain == "there" and not one.is_capital:
            if after is None or after.plain not in lookup.exists:
                return True
        elif one.plain in _POINTERS and after is not None and after.plain in lookup.kinds_meant:
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
    plural = event_lookup().plural
    return all(
        one.mention.text.casefold() in plural
        or (not one.is_verb and one.mention.text.endswith("s"))
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
