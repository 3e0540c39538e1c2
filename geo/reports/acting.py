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
_OWN_PRESENCE: Final = 3
"""Tokens before words for a presence among which "it" or "its" is: "its fighters are active"."""


def group_part(group: Mention, sentence: SentenceParts) -> GroupPart:
    """Decide which part a group has in the event of its sentence."""
    if _nobody_claims(sentence.tokens):
        return "speaks"
    speaking = _speaking(group, sentence)
    first, end = _tokens_of_mention(group, sentence.tokens)
    if speaking is not None and speaking.says == "denial":
        return "speaks"
    if speaking is not None and _tells_own_loss(sentence, end):
        return "acted_upon"
    if speaking is not None:
        tells_own = _tells_own_act(sentence, end) or _tells_own_presence(sentence, end)
        return "acts" if tells_own or speaking.says == "responsibility" else "speaks"
    return _PartDecision(sentence, first, end).part(group)


def _nobody_claims(tokens: Sequence[TextToken]) -> bool:
    """Whether a sentence says that nobody claims something: "No group, including NAME, claimed"."""
    lookup = event_lookup()
    is_nobody = bool(tokens) and lookup.phrases["nobody"].match(tokens, 0) is not None
    return is_nobody and lookup.has_any((one.plain for one in tokens), "claimed")


def _speaking(group: Mention, sentence: SentenceParts) -> SpeakerMention | None:
    """Who speaks in the name of a group, or is said beside the name to speak for it."""
    lookup = event_lookup()
    for one in sentence.speakers:
        if not isinstance(one.value, SpeakerMention):
            continue
        between = {
            token.plain for token in sentence.tokens
            if one.end <= token.start and token.end <= group.start
        }  # fmt: skip
        is_for = lookup.has_any(between, "on_behalf") and between <= lookup.speaks_for
        is_for = is_for and one.end <= group.start
        if (one.start <= group.start and group.end <= one.end) or is_for:
            return one.value
    return None


def _tells_own_loss(sentence: SentenceParts, end: int) -> bool:
    """Whether a speaker says whom it lost: "said that two of its men were killed"."""
    lookup, tokens = event_lookup(), sentence.tokens
    for at in range(end, len(tokens) - 1):
        is_own = lookup.is_in(tokens[at].plain, "own_people")
        if is_own and tokens[at + 1].plain in lookup.of_people:
            following = range(at + 2, min(len(tokens), at + 2 + BESIDE + 1))
            is_passive = lookup.has_any((tokens[i].plain for i in following), "passive")
            if is_passive and any(harm_verb(tokens, i) for i in following):
                return True
            if lookup.has_any((tokens[i].plain for i in following), "dies"):
                return True
    return False


def _tells_own_act(sentence: SentenceParts, end: int) -> bool:
    """Whether "it", "they" or "its fighters" do something after a speaker."""
    lookup, tokens = event_lookup(), sentence.tokens
    verbs = {one.first for one in sentence.events if one.is_verb}
    after = range(end, len(tokens))
    announced = [i for i in after if lookup.is_in(tokens[i].plain, "announcing")]
    if any(0 < one.first - i <= BESIDE for one in sentence.events for i in announced[:1]):
        return True
    for at in (one for one in after if _is_own_subject(tokens, one)):
        following = range(at + 1, min(len(tokens), at + NEAR))
        if any(tokens[i].plain in lookup.carried_out for i in following):
            return True
        if any(i in verbs or harm_verb(tokens, i) for i in following):
            return not lookup.has_any((tokens[i].plain for i in following), "passive")
    return False


def _is_own_subject(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether a word is "it" or "its" of a speaker, and not that of "the people in it"."""
    lookup = event_lookup()
    is_object = lookup.is_in(tokens[at].plain, "pronouns") and lookup.is_in(
        tokens[at - 1].plain, "before_object"
    )
    return lookup.is_in(tokens[at].plain, "own") and not is_object


def _tells_own_presence(sentence: SentenceParts, end: int) -> bool:
    """Whether a speaker says of itself where it is: "it is active in", "claims to be present"."""
    lookup, words = event_lookup(), [one.plain for one in sentence.tokens]
    # In "said that GROUP remains and that it is active", the second "it" is the other group.
    is_that = (at for at in range(end, len(words)) if lookup.is_in(words[at], "clause_word"))
    that = next(is_that, end)
    subjects = [at for at in (end + 1, that + 1) if lookup.has_any(words[at : at + 1], "own")]
    if lookup.has_any(words[end + 1 : end + 2], "allative"):
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
        if self._is_in(self.first - 1, "told"):
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
                return self._is_in(event.end - 1, "before_members")
        if self._is_former() or self._is_holder():
            return False
        for one in self.sentence.numbers:
            if one.start <= group.start and group.end <= one.end:
                return True
            between = {token.plain for token in self.tokens if one.end <= token.start < group.start}
            value = one.value
            is_of = bool(between) and between <= self.lookup.words["of_whom"]
            if isinstance(value, NumberMention) and one.end <= group.start and is_of:
                return True
        return False

    def _beside(self) -> GroupPart | None:
        """What the word after the name makes of it: "in GROUP hands", "GROUP losses"."""
        after = self._plain(self.end)
        if self._is_former():
            return "speaks"
        if self._is_holder():
            return "open"
        if after in self.lookup.holds and self._is_in(self.first - 1, "before_holds"):
            return "acts"
        if self._is_of_own_event():
            return "acts"
        if self._is_in(self.end, "worn"):
            return "speaks"  # "men in GROUP uniform" are somebody else
        return "acted_upon" if after in self.lookup.losses else None

    def _is_of_own_event(self) -> bool:
        """Whether what somebody suffered is the group's: "lost four men in a GROUP ambush"."""
        before = self.first - 1
        before -= self._is_in(before, "articles")
        if self._is_in(self.end, "passive") or not self._is_in(before, "suffered_in"):
            return False
        return any(one.first == self.end and not one.event.presence for one in self.sentence.events)

    def _after(self) -> GroupPart | None:
        """What the first word for an event after the name makes of it."""
        events = {one.first: one for one in self.sentence.events if one.event.presence is None}
        # In "GROUP aircraft bombed", the words for the event begin within those for the party.
        inside = [at for at in range(self.first, self.end) if at in events]
        if inside and events[inside[-1]].end > self.end:
            return self._of_verb(inside[-1]) if events[inside[-1]].is_verb else "acts"
        for at in range(self.end, min(len(self.tokens), self.end + _SUBJECT)):
            if self._is_in(at, "clauses"):
                return None
            event = events.get(at)
            if self._plain(at) in self.lookup.carried_out and not self._is_passive(at):
                return "acts" if any(at <= one < at + _SUBJECT for one in events) else None
            if (event and event.is_verb) or harm_verb(self.tokens, at):
                return self._of_verb(at)
            if event and self._is_own(at):
                return "acted_upon" if self._is_in(at - 2, "suffering") else "acts"
        return None

    def _of_verb(self, at: int) -> GroupPart | None:
        """What a verb after the name makes of it."""
        if self._is_passive(at) or self._is_suffered(at) or self._is_lost(at):
            return "acted_upon"
        if self._is_done_to_thing(at):
            return "acted_upon"
        return None if self._is_object_before() else "acts"

    def _is_lost(self, at: int) -> bool:
        """Whether a place of the group was lost: "a post of GROUP fell to"."""
        if not self._is_in(at, "falls"):
            return False
        is_day = self._is_in(at + 1, "upon_day") and self._is_capital(at + 2)
        return is_day or any(self._is_in(at + 1, one) for one in ("lost_to", "without_object"))

    def _is_capital(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].is_capital

    def _is_done_to_thing(self, at: int) -> bool:
        """Whether "was" is left out before a verb: "GROUP checkpoint attacked in NAME"."""
        is_past = self.lookup.ends_in(self._plain(at), "pasts")
        if at == self.end and self._is_in(at + 1, "present_in"):
            return is_past and harm_verb(self.tokens, at) is not None  # "GROUP killed in NAME"
        is_thing = self.end <= at - 1 and self._plain(at - 1) in self.lookup.things
        is_open = self._is_in(at + 1, "without_object") or not self._plain(at + 1)
        return is_past and is_thing and is_open

    def _is_own(self, at: int) -> bool:
        """Whether an event is that of the group before it: "GROUP attack", "launched an attack"."""
        is_beside = at - self.end <= 1 and self._plain(at - 1) != ","
        return is_beside or self._is_in(at - 1, "before_own")

    def _by_pronoun(self) -> GroupPart | None:
        """Whether "they" or "it" after the name does something: "as they left, they attacked"."""
        verbs = {one.first for one in self.sentence.events if one.is_verb}
        for at in range(self.end, min(len(self.tokens), self.end + 2 * _SUBJECT)):
            if self._is_in(at, "pronouns") and {at + 1, at + 2} & verbs:
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
            # "Died when" is one word for an event.
            in_clause = self.lookup.has_any([self._plain(one.end - 1), *between], "clauses")
            if in_clause or self.lookup.has_any(between, "beside_stops"):
                continue
            is_from = self._is_in(one.end - 1, "ablative") and self._is_suffered(one.first)
            words = {*self._words(one.first, one.end), *between[:BESIDE]}
            is_lost = self._is_in(one.first, "lost") and self.lookup.has_any(words, "lost_to")
            if is_lost or is_from:
                return "acts"
            is_with = self.lookup.has_any([self._plain(one.end - 1), *between[:1]], "company")
            if is_with and self._is_harmed_in(one.first):
                return "acts"
            is_object = not self.lookup.has_any(between, "no_object")
            if one.is_verb and is_object and not self._is_passive(one.first):
                return "acted_upon"
            if self.lookup.has_any(between[:1], "company"):
                return "acted_upon"
        return None
