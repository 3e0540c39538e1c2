"""Where and when somebody spoke, by the words around a place or a date and a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.reports.event_lookup import event_lookup
from geo.reports.language import TextToken, words_after, words_before
from geo.reports.mentions import Mention, SpeakerMention
from geo.reports.scene_lookup import scene_lookup
from geo.reports.wordlists import word_set

_STATED: Final = 4
"""Tokens between a verb of speech and the day on which somebody said so."""
_POSTED: Final = 2
"""Tokens before a date among which "website" says that it is that of a statement."""
_LISTENERS: Final = 5
"""Tokens between "told" and a day: "members of the council on"."""
_TOLD: Final = 7
"""Tokens between a speaker and the place of those who were told: "told the three judges in"."""
_ANNOUNCED: Final = 9
"""Characters between a day and a speaker who announced something: ", on the "."""


def is_of_speaker(place: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether a place says where a speaker is: in the words for the speaker, or after the verb."""
    if any(one.start <= place.start and place.end <= one.end for one in speakers):
        return True
    if any(_is_before_verb(place, tokens, one) for one in speakers):
        return True
    if any(_speaks_for_all(place, tokens, one) for one in speakers):
        return True
    return _follows_speech(place, tokens, speakers, "held_at")


def _is_before_verb(place: Mention, tokens: Sequence[TextToken], speaker: Mention) -> bool:
    """Whether a place is between a speaker and the verb: "a spokesman at NAME then spoke of"."""
    between = {
        one.plain for one in tokens if speaker.end <= one.start and one.end <= place.start
    }  # fmt: skip
    is_held = bool(between) and between <= scene_lookup().words["held_at"]
    if not isinstance(speaker.value, SpeakerMention) or not is_held:
        return False
    verb = speaker.value.verb.casefold().partition(" ")[0]
    return verb in words_after(tokens, place.end, _STATED)


def _speaks_for_all(place: Mention, tokens: Sequence[TextToken], speaker: Mention) -> bool:
    """Whether a place begins the sentence of a government: "In NAME, the minister said"."""
    before = [one for one in tokens if one.end <= place.start]
    between = words_before([one for one in tokens if one.start >= place.end], speaker.start, 2)
    words = {one.plain for one in tokens if speaker.start <= one.start < speaker.end}
    is_begun = len(before) == 1 and scene_lookup().is_in(before[0].plain, "locating")
    return is_begun and between == [","] and not word_set("speakers", "central").isdisjoint(words)


def is_where_told(place: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether a place is that of the hearers: "SPEAKER told the judges in NAME that"."""
    lookup = scene_lookup()
    if not lookup.is_any_in(words_after(tokens, place.end, 1), "clause_begins"):
        return False
    for one in speakers:
        words = [each.plain for each in tokens if one.end <= each.start and each.end <= place.start]
        is_told = lookup.is_any_in(words[:1], "telling_verbs") and len(words) <= _TOLD
        if is_told and lookup.is_last(words, "held_at"):
            return True
    return False


def is_day_of_statement(
    day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]
) -> bool:
    """Whether a date says when somebody spoke; "Friday's attack" says when that was."""
    if is_possessive(day, tokens):
        return False
    if _is_between_speaker_and_verb(day, tokens, speakers) or _is_of_statement(day, tokens):
        return True
    if _opens_announcement(day, tokens, speakers) or _heads_message(day, tokens, speakers):
        return True
    return _follows_speech(day, tokens, speakers, "before_days_said")


def is_possessive(day: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a date has the ending of an owner: "Friday's attack"."""
    return any(one.start < day.end < one.end for one in tokens)


def _is_of_statement(day: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a word such as "website" is just before a date: "posted on its website Monday"."""
    lookup, near = event_lookup(), scene_lookup()
    words = [one for one in tokens if one.end <= day.start][-_POSTED - 2 :]
    if {one.plain for one in words} & word_set("dates", "statements_issued") and any(
        one.plain in word_set("dates", "issued_on") for one in words[-_POSTED:]
    ):
        return True
    before = words[-_POSTED:]
    after = next((one.plain for one in tokens if one.start >= day.end), "")
    if after in lookup.issues and before and near.is_in(before[-1].plain, "owners"):
        return True
    if any(one.is_sign for one in before):
        return False
    is_in = near.is_any_in((one.plain for one in words), "in_writing")
    return any(
        one.plain in lookup.statements or (is_in and one.plain in lookup.statements_in)
        for one in before
    )


def _is_between_speaker_and_verb(
    day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]
) -> bool:
    """Whether a date is just before a verb of speech: "the ministry on Sunday denied"."""
    words = scene_lookup().words["before_days"]
    for one in speakers:
        value = one.value
        if not isinstance(value, SpeakerMention) or not one.end <= day.start:
            continue
        before = [token for token in tokens if one.end <= token.start and token.end <= day.start]
        rest = (token.plain for token in tokens if token.start >= day.end and not token.is_sign)
        after = next(rest, "")
        is_verb = bool(after) and after == value.verb.casefold().partition(" ")[0]
        is_bare = all(token.plain in words or token.is_capital or token.is_sign for token in before)
        if is_verb and is_bare and len(before) <= _STATED:
            return True
    return False


def _opens_announcement(
    day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]
) -> bool:
    """Whether a date is before a speaker who announced something at the beginning.

    With a colon after it, it is the head of an entry: "4 July: the group announced".
    """
    before = [one for one in tokens if one.end <= day.start]
    after = next((one.plain for one in tokens if one.start >= day.end), "")
    if len(before) > 1 or after == ":":
        return False
    return any(
        isinstance(one.value, SpeakerMention)
        and scene_lookup().is_in(one.value.verb, "announced")
        and day.end <= one.start <= day.end + _ANNOUNCED
        for one in speakers
    )


def _heads_message(day: Mention, tokens: Sequence[TextToken], speakers: Sequence[Mention]) -> bool:
    """Whether a date is that of a message: "NAME on CHANNEL, 4 July 2022: "."""
    after = next((one.plain for one in tokens if one.start >= day.end), "")
    return after == ":" and any(
        isinstance(one.value, SpeakerMention)
        and scene_lookup().is_in(one.value.verb, "on_channel")
        and one.end <= day.start
        for one in speakers
    )


def _follows_speech(
    mention: Mention,
    tokens: Sequence[TextToken],
    speakers: Sequence[Mention],
    between: str,
) -> bool:
    """Whether a mention is after a verb of speech, with only words of a list between them."""
    lookup = scene_lookup()
    for one in speakers:
        if not isinstance(one.value, SpeakerMention) or one.value.verb == ":":
            continue
        if any(one.end <= token.start < mention.start and token.plain == ":" for token in tokens):
            continue  # What is said follows.
        if lookup.is_last([token.plain for token in tokens if token.end <= one.start], "doers"):
            continue  # "Reported by NAME in" says where it was.
        verb = one.value.verb.split()[-1].casefold() if one.value.verb.split() else ""
        if lookup.is_in(verb, "clause_begins"):
            continue  # "States that yesterday" tells of the deed.
        words = [
            # Whom somebody spoke to or of can be before a day: "accused NAME on Tuesday".
            "" if token.is_capital and mention.kind == "date" else token.plain
            for token in tokens
            if (one.end <= token.start or one.start > token.start) and token.end <= mention.start
        ]
        tail = words[-_STATED - 1 :]
        is_told = lookup.is_in(one.value.verb.casefold(), "telling_verbs")
        if is_told and _is_told_on(one, mention, tokens):
            return True
        if verb in tail:
            after = tail[len(tail) - tail[::-1].index(verb) :]
            allowed = lookup.words[between] | lookup.words["listeners"] | {""}
            # "identified NAME" tells of the place; "said in NAME" tells where that was.
            if set(after) <= allowed and (after or mention.kind == "date"):
                return True
    return False


def _is_told_on(speaker: Mention, day: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether only a short name is between "told" and a day: "told members of NAME on Friday"."""
    lookup = scene_lookup()
    after = [one for one in tokens if speaker.end <= one.start and one.end <= day.start]
    verbs = (at for at, one in enumerate(after) if lookup.is_in(one.plain, "telling_verbs"))
    told = next(verbs, len(after))
    listeners = after[told + 1 :]
    is_short = 0 < len(listeners) <= _LISTENERS and not any(one.is_sign for one in listeners)
    is_clause = lookup.is_any_in((one.plain for one in listeners), "clause_begins")
    return day.kind == "date" and is_short and not is_clause
