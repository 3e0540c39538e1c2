"""What the words before the name of a group make of it: "by GROUP", "attack on GROUP"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from geo.reports.event_lookup import event_lookup
from geo.reports.event_mentions import FoundEvent
from geo.reports.language import TextToken
from geo.reports.mentions import Mention
from geo.reports.number_lookup import harm_verb

GroupPart = Literal["acts", "acted_upon", "speaks", "open"]

NEAR: Final = 7
"""Tokens between a preposition or a verb and the group that it is about."""
BESIDE: Final = 2
"""Tokens between a word for an event and what belongs to it."""
_ONTO: Final = 4
"""Tokens after "hit" among which the mine is: "a buried roadside bomb"."""
_QUOTES: Final = frozenset({"-", '"', "“", "'", "’", "#", "@"})
_TAKING: Final = frozenset(
    {"Government regains territory", "Non-state actor overtakes territory"}
)  # fmt: skip
"""Types of events by which a place was taken."""


@dataclass(frozen=True, slots=True)
class SentenceParts:
    """What is known of a sentence when the parts of its groups are decided."""

    tokens: Sequence[TextToken]
    events: Sequence[FoundEvent]
    numbers: Sequence[Mention]
    speakers: Sequence[Mention]


class WordsBefore:
    """The name of a group in its sentence, and what the words before it make of it."""

    def __init__(self, sentence: SentenceParts, first: int, end: int) -> None:
        self.sentence, self.first, self.end = sentence, first, end
        self.tokens, self.lookup = sentence.tokens, event_lookup()

    def _plain(self, at: int) -> str:
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def _is_in(self, at: int, kind: str) -> bool:
        """Whether a word is in one of the lists of grammar."""
        return self.lookup.is_in(self._plain(at), kind)

    def _words(self, first: int, end: int) -> set[str]:
        return {self._plain(at) for at in range(first, end)}

    def _before(self) -> GroupPart | None:
        """What the words before the name make of it; ``None``, if nothing."""
        for at in range(self.first - 1, max(-1, self.first - NEAR - 1), -1):
            plain = self._plain(at)
            is_stop = self.tokens[at].is_sign and plain not in _QUOTES
            is_stop = is_stop and not (plain == "." and self._is_in(at - 1, "abbreviated"))
            is_second = self._is_second_of_two(at) or self._is_second_by(at)
            is_clause = self._is_in(at, "beside_stops") and self.first - at <= BESIDE
            if is_stop or is_clause or (self._is_in(at, "stops") and not is_second):
                return None
            if part := self._by_word(at):
                return part
            if self._is_in(at, "costing") or harm_verb(self.tokens, at):
                return None if self._is_passive(at) else "acted_upon"
            if self._is_active(at):
                return None  # "backed by helicopters attacked GROUP"
        return None

    def _is_active(self, at: int) -> bool:
        """Whether a verb for an event begins at a token, whose subject does it."""
        return any(
            one.first == at and one.is_verb and one.event.presence is None
            for one in self.sentence.events
        ) and not self._is_passive(at)

    def _by_word(self, at: int) -> GroupPart | None:
        """What one word before the name makes of it."""
        if self._is_held_by(at):
            return "acted_upon"
        if self._is_of_talks(at):
            return "speaks"
        if self._is_in(at - 1, "blamed") and not self._is_in(at, "agent"):
            return "acts"  # "blamed on", "attributed to"
        if self._is_in(at, "before_actor"):
            return "acts" if self._acts_by(at) else None
        if self._is_in(at, "among"):
            return "acted_upon" if self._counts_before(at) else None
        part: GroupPart | None = None
        if self._is_in(at, "genitive"):
            part = self._of_event(at)
        elif self._is_in(at, "purpose"):
            part = self._for_whom(at)
        elif self._is_in(at, "ablative"):
            part = self._from_whom(at)
        return part or self._as_target(at)

    def _acts_by(self, at: int) -> bool:
        """Whether "by", "between" or "and" is before one who acts."""
        if self._is_in(at, "agent"):
            return not (self._plain(at - 1) in self.lookup.owned or self._is_by_thing(at))
        if not self._is_in(at, "joins"):
            return True
        is_beside = at == self.first - 1
        return self._is_second_of_two(at) or (is_beside and self._is_second_by(at))

    def _is_held_by(self, at: int) -> bool:
        """Whether something happened to what a group has: "stormed a post manned by GROUP"."""
        if not (self._is_in(at, "agent") and self._is_in(at - 1, "holding")):
            return False
        things = [i for i in range(max(0, at - NEAR), at) if self._plain(i) in self.lookup.things]
        return bool(things) and any(
            one.end <= things[-1] and one.event.presence is None for one in self.sentence.events
        )

    def _is_of_talks(self, at: int) -> bool:
        """Whether a name is that of one of two who meet: "talks between GROUP and GROUP"."""
        if not (self._is_in(at, "of_two") or self._is_in(at, "joins")):
            return False
        near = range(max(1, at - 2 * NEAR), at + 1)
        return any(self._is_in(i, "of_two") and self._is_in(i - 1, "peaceful") for i in near)

    def _for_whom(self, at: int) -> GroupPart | None:
        """What "for" makes of a name: "claimed it for GROUP", "searching for GROUP"."""
        if self.lookup.has_any(self._words(at - BESIDE, at), "claiming"):
            return "acts"
        return "acted_upon" if self._plain(at - 1) in self.lookup.looked_for else None

    def _from_whom(self, at: int) -> GroupPart | None:
        """What "from" makes of a name: "under fire from GROUP", "retook the square from GROUP"."""
        events = self.sentence.events
        is_sent = self._is_in(at - 1, "sent_from")
        if is_sent or any(one.end == at and self._is_suffered(one.first) for one in events):
            return "acts"
        return "acted_upon" if self._is_taken_from(at) else None

    def _as_target(self, at: int) -> GroupPart | None:
        if self._is_in(at, "company") and self._is_harm_with(at):
            return "acts"
        is_beside = self._is_in(at, "allative") and self._is_in(at - 1, "next_to")
        is_at = self._plain(at) in self.lookup.target_before and self._follows_event(at)
        is_target = is_at or (is_beside and self._follows_event(at - 1))
        return "acted_upon" if self._is_in(at, "against") or is_target else None

    def _counts_before(self, at: int) -> bool:
        """Whether people to whom something happened are counted just before: "two dead among"."""
        first = self.tokens[max(0, at - BESIDE - 1)].start
        return any(first <= one.end <= self.tokens[at].start for one in self.sentence.numbers)

    def _is_taken_from(self, at: int) -> bool:
        """Whether a place was taken before "from": "retook the square from GROUP"."""
        found = (one for one in self.sentence.events if one.end <= at)
        event = next(reversed(list(found)), None)
        return event is not None and event.is_verb and event.event.sub_event_type in _TAKING

    def _is_by_thing(self, at: int) -> bool:
        """Whether "by" is before a thing that a group has: "exploded by the gate of GROUP"."""
        people = self.lookup.of_people | self.lookup.done_by
        return any(
            self._is_in(after, "genitive") and self._plain(before) not in people
            for before, after in pairwise(range(at + 1, self.first))
        )

    def _of_event(self, at: int) -> GroupPart | None:
        """What "of" makes of a name: "the killing of GROUP", but "gunmen of GROUP"."""
        lookup, before = self.lookup, self._plain(at - 1)
        if self._is_in(at - 1, "works"):
            return "speaks" if self._is_in(at - 3, "negated") else "acts"
        if before in lookup.looked_for and before not in lookup.done_by:
            return "acted_upon"
        event = next((one for one in self.sentence.events if one.end == at), None)
        inside = at - 2 - self._is_in(at - 2, "articles")
        if before in lookup.holds and self._is_in(inside, "before_holds"):
            return "acts"  # "died in the custody of GROUP"
        if before in lookup.things and self._is_aimed_at(at - 1):
            return "acted_upon"
        if before in lookup.done_by:
            is_thing = self._plain(self.end) in lookup.things  # "the ambush of a GROUP convoy"
            part: GroupPart = "acted_upon" if is_thing else "acts"
            return part if event else None
        return "acted_upon" if event and not event.is_verb and not event.event.presence else None

    def _is_aimed_at(self, thing: int) -> bool:
        """Whether what happened is aimed at a thing: "threw grenades into a post of GROUP"."""
        for one in self.sentence.events:
            between = range(one.end, thing)
            is_near = one.event.presence is None and 0 <= len(between) <= NEAR and one.end <= thing
            words = [self._plain(at) for at in (one.end - 1, *between)]
            if is_near and not self.lookup.has_any(words, "clauses"):
                return any(self._plain(at) in self.lookup.target_before for at in between)
        return False

    def _is_former(self) -> bool:
        """Whether somebody was of the group once: "a former GROUP commander"."""
        return self._is_in(self.first - 1, "formerly")

    def _is_holder(self) -> bool:
        """Whether somebody is held by the group: "a detainee of the GROUP"."""
        of = self.first - 1 - self._is_in(self.first - 1, "definite")
        return self._is_in(of, "genitive") and self._is_in(of - 1, "held")

    def _is_harm_with(self, at: int) -> bool:
        """Whether people were harmed in what was done together: "died in clashes with GROUP"."""
        return any(
            one.end <= at + 1 and at - one.end <= BESIDE and self._is_harmed_in(one.first)
            for one in self.sentence.events
        )

    def _is_harmed_in(self, clash: int) -> bool:
        """Whether people were harmed in a clash: "three guards died in a clash with GROUP"."""
        back = clash - 1
        back -= self._is_in(back, "articles")
        near = range(max(0, back - NEAR), back)
        is_passive = any(self._is_in(at, "passive") for at in near)
        is_harm = is_passive and any(harm_verb(self.tokens, at) for at in near)
        is_harm = is_harm or any(self._is_in(at, "dies") for at in near)
        return self._is_in(back, "suffered_in") and is_harm

    def _is_second_of_two(self, at: int) -> bool:
        return any(self._is_in(i, "of_two") for i in range(max(0, at - 2 * NEAR), at))

    def _is_second_by(self, at: int) -> bool:
        """Whether "and" joins the name to another one after "by": "by GROUP and GROUP"."""
        back = at - 1
        while back >= 0 and self.tokens[back].is_capital:
            back -= 1
        is_name = self._is_in(at, "joins") and back < at - 1
        back -= self._is_in(back, "definite") and self._is_in(back - 1, "agent")
        return is_name and self._is_in(back, "agent")

    def _follows_event(self, at: int) -> bool:
        """Whether a word for an event is shortly before a preposition."""
        return any(
            one.end <= at and at - one.end <= BESIDE and one.event.presence is None
            for one in self.sentence.events
        )

    def _is_passive(self, at: int) -> bool:
        if self.lookup.ends_in(self._plain(at), "active"):
            return False
        if self._is_in(at, "was") or self._is_done_by(at):
            return True
        back = at - 1
        while back >= 0 and self._is_in(back, "auxiliaries"):
            back -= 1
        if self.lookup.ends_in(self._plain(back), "adverbs"):
            back -= 1
        return self._is_in(back, "passive")

    def _is_done_by(self, at: int) -> bool:
        """Whether "by" follows a verb: "GROUP checkpoint overrun by"."""
        ends = [one.end for one in self.sentence.events if one.first == at] or [at + 1]
        return self._is_in(ends[0], "agent")

    def _is_suffered(self, at: int) -> bool:
        """Whether the subject of a verb suffers what it tells: "came under fire", "hit a mine"."""
        if self.lookup.suffered.match(self.tokens, at):
            return True
        after = {one.plain for one in self.tokens[at + 1 : at + 1 + _ONTO]}
        return self._plain(at) in self.lookup.meets and not self.lookup.onto.isdisjoint(after)
