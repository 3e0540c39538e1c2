"""Which part a group has in an event: whether it acts, is acted upon, or only speaks.

Decided by the words beside its name: "by" before it, a word for an event after it, "against" or
the verb before it. Where no such words are, the part is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from geo.reports.event_mentions import FoundEvent, event_lookup
from geo.reports.language import TextToken
from geo.reports.mentions import Mention, NumberMention, SpeakerMention
from geo.reports.number_lookup import harm_verb

GroupPart = Literal["acts", "acted_upon", "speaks", "open"]

_NEAR: Final = 5
"""Tokens between a preposition or a verb and the group that it is about."""
_BESIDE: Final = 2
"""Tokens between a word for an event and what belongs to it."""
_SUBJECT: Final = 14
"""Tokens between a group and the verb of which it is the subject."""
_PASSIVE: Final = frozenset({"was", "were", "been", "being", "be", "is", "are"})
_BEEN: Final = frozenset({"was", "were"})
"""With these begin words for an event that somebody suffered: "were ambushed"."""
_AUXILIARY: Final = frozenset({"has", "have", "had", "also", "then", "later", "reportedly", "who"})
_ANNOUNCED: Final = frozenset({"announced", "announces", "claimed", "claims"})
_OWN_PRESENCE: Final = 3
"""Tokens before words for a presence among which "it" or "its" is: "its fighters are active"."""
_QUOTES: Final = frozenset({"-", '"', "“", "'", "’"})
_ACTING: Final = frozenset({"by", "between", "both"})
_AGAINST: Final = frozenset({"against", "targeting", "upon"})
_STOPS: Final = frozenset({"said", "says", "say", "and", "when", "that", "after", "where"})
_OWNING: Final = frozenset({"their", "its", "his", "carried", "launched", "out", "a", "an"})
_OWN: Final = frozenset({"it", "they", "its", "their", "we", "our"})
_HEADED: Final = frozenset({"of", "the", ",", "a", "leader", "commander", "head", "chief"})
"""Words between whoever was counted and the group of which they are."""
_LOST: Final = frozenset({"fell", "falls", "fallen", "lost"})
"""With these begin words for a place that was lost to somebody: "fell to GROUP"."""
_SUFFERED: Final = frozenset({"into", "under"})
"""Before "an ambush" or "an attack", these say that it was suffered: "fell into an ambush"."""
_CLAUSE: Final = frozenset(
    {"when", "after", "while", "because", "before", ";", "that", "where", ":"}
)


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """What is known of a sentence when the parts of its groups are decided."""

    tokens: Sequence[TextToken]
    events: Sequence[FoundEvent]
    numbers: Sequence[Mention]
    speakers: Sequence[Mention]


def group_part(group: Mention, sentence: SentenceParts) -> GroupPart:
    """Decide which part a group has in the event of its sentence."""
    if _nobody_claims(sentence.tokens):
        return "speaks"
    speaking = _speaking(group, sentence.speakers)
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


def _speaking(group: Mention, speakers: Sequence[Mention]) -> SpeakerMention | None:
    for one in speakers:
        inside = one.start <= group.start and group.end <= one.end
        if inside and isinstance(one.value, SpeakerMention):
            return one.value
    return None


def _tells_own_act(sentence: SentenceParts, end: int) -> bool:
    """Whether "it", "they" or "its fighters" do something after a speaker."""
    tokens, verbs = sentence.tokens, {one.first for one in sentence.events if one.is_verb}
    announced = [i for i in range(end, len(tokens)) if tokens[i].plain in _ANNOUNCED]
    if any(0 < one.first - i <= _BESIDE for one in sentence.events for i in announced[:1]):
        return True
    for at in range(end, len(tokens)):
        if tokens[at].plain in _OWN:
            following = range(at + 1, min(len(tokens), at + _NEAR))
            acts = event_lookup().carried_out
            if any(tokens[i].plain in acts for i in following):
                return True
            if any(i in verbs or harm_verb(tokens, i) for i in following):
                return not any(tokens[i].plain in _PASSIVE for i in following)
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


class _PartDecision:
    """The part of one group, from the nearest words to those further away."""

    def __init__(self, sentence: SentenceParts, first: int, end: int) -> None:
        self.sentence, self.first, self.end = sentence, first, end
        self.tokens = sentence.tokens

    def part(self, group: Mention) -> GroupPart:
        if self._is_counted(group):
            return "acted_upon"
        before = self._before()
        if before is not None:
            return before
        return self._after() or self._object() or self._by_pronoun() or "open"

    def _plain(self, at: int) -> str:
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

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

    def _before(self) -> GroupPart | None:
        """What the words before the name make of it; ``None``, if nothing."""
        for at in range(self.first - 1, max(-1, self.first - _NEAR - 1), -1):
            plain = self._plain(at)
            is_stop = self.tokens[at].is_sign and plain not in _QUOTES
            if is_stop or (plain in _STOPS and not self._is_second_of_two(at)):
                return None
            if part := self._by_word(at, plain):
                return part
            if harm_verb(self.tokens, at):
                return None if self._is_passive(at) else "acted_upon"
        return None

    def _by_word(self, at: int, plain: str) -> GroupPart | None:
        """What one word before the name makes of it."""
        lookup = event_lookup()
        if plain == "by" and self._plain(at - 1) in lookup.owned:
            return None
        if plain in _ACTING or (plain == "and" and self._is_second_of_two(at)):
            return "acts"
        if plain == "of":
            return self._of_event(at)
        looked_for = plain == "for" and self._plain(at - 1) in lookup.looked_for
        is_target = plain in lookup.target_before and self._follows_event(at)
        return "acted_upon" if plain in _AGAINST or looked_for or is_target else None

    def _of_event(self, at: int) -> GroupPart | None:
        """What "of" makes of a name: "the killing of GROUP", but "gunmen of GROUP"."""
        lookup, before = event_lookup(), self._plain(at - 1)
        if before in lookup.looked_for and before not in lookup.done_by:
            return "acted_upon"
        event = next((one for one in self.sentence.events if one.end == at), None)
        if before in lookup.done_by:
            return "acts" if event else None
        return "acted_upon" if event and not event.is_verb and not event.event.presence else None

    def _is_second_of_two(self, at: int) -> bool:
        return any(self._plain(i) == "between" for i in range(max(0, at - 2 * _NEAR), at))

    def _follows_event(self, at: int) -> bool:
        """Whether a word for an event is shortly before a preposition."""
        return any(
            one.end <= at and at - one.end <= _BESIDE and one.event.presence is None
            for one in self.sentence.events
        )

    def _is_passive(self, at: int) -> bool:
        if self._plain(at).endswith("ing"):
            return False
        if self._plain(at) in _BEEN or self._is_done_by(at):
            return True
        back = at - 1
        while back >= 0 and self._plain(back) in _AUXILIARY:
            back -= 1
        if self._plain(back).endswith("ly"):
            back -= 1
        return self._plain(back) in _PASSIVE

    def _is_done_by(self, at: int) -> bool:
        """Whether "by" follows a verb: "GROUP checkpoint overrun by"."""
        ends = [one.end for one in self.sentence.events if one.first == at] or [at + 1]
        return self._plain(ends[0]) == "by"

    def _after(self) -> GroupPart | None:
        """What the first word for an event after the name makes of it."""
        events = {one.first: one for one in self.sentence.events if one.event.presence is None}
        for at in range(self.end, min(len(self.tokens), self.end + _SUBJECT)):
            if self._plain(at) in _CLAUSE:
                return None
            event = events.get(at)
            if (event and event.is_verb) or harm_verb(self.tokens, at):
                return self._of_verb(at)
            if event and self._is_own(at):
                return "acted_upon" if self._plain(at - 2) in _SUFFERED else "acts"
        return None

    def _of_verb(self, at: int) -> GroupPart | None:
        """What a verb after the name makes of it."""
        if self._is_passive(at):
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
                one.is_verb and one.end <= self.first and self.first - one.end <= _NEAR
                for one in self.sentence.events
            )
            and self._object() is not None
        )

    def _object(self) -> GroupPart | None:
        """What an active verb shortly before the name makes of it."""
        for one in self.sentence.events:
            near = 0 <= self.first - one.end <= _NEAR
            if not near or one.event.presence is not None:
                continue
            between = [self._plain(at) for at in range(one.end, self.first)]
            if self._plain(one.first) in _LOST:
                return "acts"
            if one.is_verb and not self._is_passive(one.first) and not {"in", "by"} & set(between):
                return "acted_upon"
            if between[:1] == ["with"]:
                return "acted_upon"
        return None
