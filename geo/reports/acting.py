"""Which part a group has in an event: whether it acts, is acted upon, or only speaks.

Decided by the words beside its name: "by" before it, a word for an event after it, "against" or
the verb before it. Where no such words are, the part is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.reports.acting_words import (
    BESIDE,
    NEAR,
    GroupPart,
    SentenceParts,
    WordsBefore,
)
from geo.reports.event_lookup import event_lookup
from geo.reports.language import TextToken
from geo.reports.mentions import Mention, NumberMention, SpeakerMention
from geo.reports.number_lookup import harm_verb

_SUBJECT: Final = 14
"""Tokens between a group and the verb of which it is the subject."""
_ANNOUNCED: Final = frozenset({"announced", "announces", "claimed", "claims"})
_OWN_PRESENCE: Final = 3
"""Tokens before words for a presence among which "it" or "its" is: "its fighters are active"."""
_FOR: Final = frozenset({"of", "for", "behalf", "leads", "heads"})
"""One of these is between a speaker and the group for which it speaks."""
_LISTENING: Final = frozenset({"told", "informed", "assured", "asked", "notified", "tells"})
"""Before a group, these say that it was told something."""
_HOLDING: Final = frozenset({"in", "into", "under", "from", "by"})
"""Before a group and "hands" or "custody", these say that it has somebody or something."""
_OWNING: Final = frozenset({"their", "its", "his", "carried", "launched", "out", "a", "an"})
_OWN: Final = frozenset({"it", "they", "its", "their", "we", "our"})
_HEADED: Final = frozenset({"of", "the", ",", "a", "leader", "commander", "head", "chief"})
"""Words between whoever was counted and the group of which they are."""
_LOST_TO: Final = frozenset({"to", "into", "under", "hands"})
_LOST: Final = frozenset({"fell", "falls", "fallen", "lost"})
"""With these begin words for a place that was lost to somebody: "fell to GROUP"."""
_SUFFERED: Final = frozenset({"into", "under"})
"""Before "an ambush" or "an attack", these say that it was suffered: "fell into an ambush"."""
_CLAUSE: Final = frozenset(
    {"when", "after", "while", "because", "before", ";", "that", "where", ":"}
)


def group_part(group: Mention, sentence: SentenceParts) -> GroupPart:
    """Decide which part a group has in the event of its sentence."""
    if _nobody_claims(sentence.tokens):
        return "speaks"
    speaking = _speaking(group, sentence)
    first, end = _tokens_of_mention(group, sentence.tokens)
    if speaking is not None:
        tells_own = _tells_own_act(sentence, end) or _tells_own_presence(sentence, end)
        return "acts" if tells_own or speaking.says == "responsibility" else "speaks"
    return _PartDecision(sentence, first, end).part(group)


def _nobody_claims(tokens: Sequence[TextToken]) -> bool:
    """Whether a sentence says that nobody claims something: "No group, including NAME, claimed"."""
    words = [one.plain for one in tokens]
    is_nobody = words[:1] in (["nobody"], ["none"], ["neither"])
    return (is_nobody or words[:2] in (["no", "group"], ["no", "one"])) and (
        not {"claimed", "claim", "responsibility"}.isdisjoint(words)
    )


def _speaking(group: Mention, sentence: SentenceParts) -> SpeakerMention | None:
    """Who speaks in the name of a group, or is said beside the name to speak for it."""
    for one in sentence.speakers:
        if not isinstance(one.value, SpeakerMention):
            continue
        between = {
            token.plain for token in sentence.tokens
            if one.end <= token.start and token.end <= group.start
        }  # fmt: skip
        is_for = not _FOR.isdisjoint(between) and between <= event_lookup().speaks_for
        is_for = is_for and one.end <= group.start
        if (one.start <= group.start and group.end <= one.end) or is_for:
            return one.value
    return None


def _tells_own_act(sentence: SentenceParts, end: int) -> bool:
    """Whether "it", "they" or "its fighters" do something after a speaker."""
    tokens, verbs = sentence.tokens, {one.first for one in sentence.events if one.is_verb}
    announced = [i for i in range(end, len(tokens)) if tokens[i].plain in _ANNOUNCED]
    if any(0 < one.first - i <= BESIDE for one in sentence.events for i in announced[:1]):
        return True
    for at in range(end, len(tokens)):
        if tokens[at].plain in _OWN:
            following = range(at + 1, min(len(tokens), at + NEAR))
            acts = event_lookup().carried_out
            if any(tokens[i].plain in acts for i in following):
                return True
            if any(i in verbs or harm_verb(tokens, i) for i in following):
                passive = event_lookup().words["passive"]
                return not any(tokens[i].plain in passive for i in following)
    return False


def _tells_own_presence(sentence: SentenceParts, end: int) -> bool:
    """Whether a speaker says of itself where it is: "it is active in", "claims to be present"."""
    words = [one.plain for one in sentence.tokens]
    # In "said that GROUP remains and that it is active", the second "it" is the other group.
    that = next((at for at in range(end, len(words)) if words[at] == "that"), end)
    subjects = [at for at in (end + 1, that + 1) if not _OWN.isdisjoint(words[at : at + 1])]
    if words[end + 1 : end + 2] == ["to"]:
        subjects.append(end + 1)
    present = [one.first for one in sentence.events if one.event.presence]
    return any(0 < one - at <= _OWN_PRESENCE for one in present for at in subjects)


def _tokens_of_mention(mention: Mention, tokens: Sequence[TextToken]) -> tuple[int, int]:
    inside = [
        at for at, one in enumerate(tokens) if one.start < mention.end and one.end > mention.start
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


class _PartDecision(WordsBefore):
    """The part of one group, from the nearest words to those further away."""

    def part(self, group: Mention) -> GroupPart:
        if self._plain(self.first - 1) in _LISTENING:
            return "speaks"
        if self._is_counted(group):
            return "acted_upon"
        beside = self._beside() or self._before()
        if beside is not None:
            return beside
        return self._after() or self._object() or self._by_pronoun() or "open"

    def _is_counted(self, group: Mention) -> bool:
        """Whether it is the people counted, or what they are of: "three members of the GROUP"."""
        for event in self.sentence.events:
            if event.event.presence == "activity" and event.end == self.first:
                return self._plain(event.end - 1) in {"the", "with", "against"}
        for one in self.sentence.numbers:
            if one.start <= group.start and group.end <= one.end:
                return True
            between = [token.plain for token in self.tokens if one.end <= token.start < group.start]
            value = one.value
            is_of = bool(between) and set(between) <= _HEADED
            if isinstance(value, NumberMention) and one.end <= group.start and is_of:
                return True
        return False

    def _beside(self) -> GroupPart | None:
        """What the word after the name makes of it: "in GROUP hands", "GROUP losses"."""
        lookup, after = event_lookup(), self._plain(self.end)
        if after in lookup.holds and self._plain(self.first - 1) in _HOLDING:
            return "acts"
        return "acted_upon" if after in lookup.losses else None

    def _after(self) -> GroupPart | None:
        """What the first word for an event after the name makes of it."""
        events = {one.first: one for one in self.sentence.events if one.event.presence is None}
        for at in range(self.end, min(len(self.tokens), self.end + _SUBJECT)):
            if self._plain(at) in _CLAUSE:
                return None
            event = events.get(at)
            if self._plain(at) in event_lookup().carried_out and not self._is_passive(at):
                return "acts" if any(at <= one < at + _SUBJECT for one in events) else None
            if (event and event.is_verb) or harm_verb(self.tokens, at):
                return self._of_verb(at)
            if event and self._is_own(at):
                return "acted_upon" if self._plain(at - 2) in _SUFFERED else "acts"
        return None

    def _of_verb(self, at: int) -> GroupPart | None:
        """What a verb after the name makes of it."""
        if self._is_passive(at) or self._is_suffered(at):
            return "acted_upon"
        return None if self._is_object_before() else "acts"

    def _is_own(self, at: int) -> bool:
        """Whether an event is that of the group before it: "GROUP attack", "launched an attack"."""
        before = self._plain(at - 1)
        return before in _OWNING or (at - self.end <= 1 and before != ",")

    def _by_pronoun(self) -> GroupPart | None:
        """Whether "they" or "it" after the name does something: "as they left, they attacked"."""
        verbs = {one.first for one in self.sentence.events if one.is_verb}
        for at in range(self.end, min(len(self.tokens), self.end + 2 * _SUBJECT)):
            if self._plain(at) in {"they", "it"} and {at + 1, at + 2} & verbs:
                return "acts"
        return None

    def _is_object_before(self) -> bool:
        """Whether a verb for an event is before the name, so that the next verb is another's."""
        return (
            any(
                one.is_verb and one.end <= self.first and self.first - one.end <= NEAR
                for one in self.sentence.events
            )
            and self._object() is not None
        )

    def _object(self) -> GroupPart | None:
        """What an active verb shortly before the name makes of it."""
        for one in self.sentence.events:
            near = 0 <= self.first - one.end <= NEAR
            if not near or one.event.presence is not None:
                continue
            between = [self._plain(at) for at in range(one.end, self.first)]
            if not _CLAUSE.isdisjoint(between):
                continue
            is_from = self._plain(one.end - 1) == "from" and self._is_suffered(one.first)
            words = {*self._words(one.first, one.end), *between[:BESIDE]}
            is_lost = self._plain(one.first) in _LOST and not _LOST_TO.isdisjoint(words)
            if is_lost or is_from:
                return "acts"
            if one.is_verb and not self._is_passive(one.first) and not {"in", "by"} & set(between):
                return "acted_upon"
            if between[:1] == ["with"]:
                return "acted_upon"
        return None
