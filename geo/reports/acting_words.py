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
PASSIVE: Final = frozenset({"was", "were", "been", "being", "be", "is", "are"})
_BEEN: Final = frozenset({"was", "were"})
"""With these begin words for an event that somebody suffered: "were ambushed"."""
_AUXILIARY: Final = frozenset({"has", "have", "had", "also", "then", "later", "reportedly", "who"})
_QUOTES: Final = frozenset({"-", '"', "“", "'", "’", "#", "@"})
_SHORT: Final = frozenset({"v", "vs", "agst"})
"""Before a full stop, these end no sentence."""
_ACTING: Final = frozenset({"by", "between", "both"})
_AGAINST: Final = frozenset({"against", "targeting", "upon", "v", "vs", "versus"})
_CLAIMED: Final = frozenset({"claimed", "claims", "claim", "responsibility"})
_TAKING: Final = frozenset(
    {"Government regains territory", "Non-state actor overtakes territory"}
)  # fmt: skip
_COSTING: Final = frozenset({"cost", "costing"})
_STOPS: Final = frozenset({"said", "says", "say", "and", "when", "that", "after", "where"})


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
        self.tokens = sentence.tokens

    def _plain(self, at: int) -> str:
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def _words(self, first: int, end: int) -> set[str]:
        return {self._plain(at) for at in range(first, end)}

    def _before(self) -> GroupPart | None:
        """What the words before the name make of it; ``None``, if nothing."""
        for at in range(self.first - 1, max(-1, self.first - NEAR - 1), -1):
            plain = self._plain(at)
            is_stop = self.tokens[at].is_sign and plain not in _QUOTES
            is_stop = is_stop and not (plain == "." and self._plain(at - 1) in _SHORT)
            is_second = self._is_second_of_two(at) or self._is_second_by(at)
            if is_stop or (plain in _STOPS and not is_second):
                return None
            if part := self._by_word(at, plain):
                return part
            if plain in _COSTING or harm_verb(self.tokens, at):
                return None if self._is_passive(at) else "acted_upon"
        return None

    def _by_word(self, at: int, plain: str) -> GroupPart | None:
        """What one word before the name makes of it."""
        if plain in _ACTING or plain == "and":
            return "acts" if self._acts_by(at, plain) else None
        if plain in {"of", "for", "from"}:
            found = {"of": self._of_event, "for": self._for_whom, "from": self._from_whom}
            return found[plain](at) or self._as_target(at, plain)
        return self._as_target(at, plain)

    def _acts_by(self, at: int, plain: str) -> bool:
        """Whether "by", "between" or "and" is before one who acts."""
        if plain == "by":
            owned = event_lookup().owned
            return not (self._plain(at - 1) in owned or self._is_by_thing(at))
        if plain != "and":
            return True
        is_beside = at == self.first - 1
        return self._is_second_of_two(at) or (is_beside and self._is_second_by(at))

    def _for_whom(self, at: int) -> GroupPart | None:
        """What "for" makes of a name: "claimed it for GROUP", "searching for GROUP"."""
        if not _CLAIMED.isdisjoint(self._words(at - BESIDE, at)):
            return "acts"
        return "acted_upon" if self._plain(at - 1) in event_lookup().looked_for else None

    def _from_whom(self, at: int) -> GroupPart | None:
        """What "from" makes of a name: "under fire from GROUP", "retook the square from GROUP"."""
        events = self.sentence.events
        if any(one.end == at and self._is_suffered(one.first) for one in events):
            return "acts"
        return "acted_upon" if self._is_taken_from(at) else None

    def _as_target(self, at: int, plain: str) -> GroupPart | None:
        is_target = plain in event_lookup().target_before and self._follows_event(at)
        return "acted_upon" if plain in _AGAINST or is_target else None

    def _is_taken_from(self, at: int) -> bool:
        """Whether a place was taken before "from": "retook the square from GROUP"."""
        found = (one for one in self.sentence.events if one.end <= at)
        event = next(reversed(list(found)), None)
        return event is not None and event.is_verb and event.event.sub_event_type in _TAKING

    def _is_by_thing(self, at: int) -> bool:
        """Whether "by" is before a thing that a group has: "exploded by the gate of GROUP"."""
        words = [self._plain(i) for i in range(at + 1, self.first)]
        people = event_lookup().of_people | event_lookup().done_by
        return any(one == "of" and before not in people for before, one in pairwise(words))

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
        return any(self._plain(i) == "between" for i in range(max(0, at - 2 * NEAR), at))

    def _is_second_by(self, at: int) -> bool:
        """Whether "and" joins the name to another one after "by": "by GROUP and GROUP"."""
        back = at - 1
        while back >= 0 and self.tokens[back].is_capital:
            back -= 1
        is_name = self._plain(at) == "and" and back < at - 1
        return is_name and (
            self._plain(back) == "by" or self._words(back - 1, back + 1) == {"by", "the"}
        )

    def _follows_event(self, at: int) -> bool:
        """Whether a word for an event is shortly before a preposition."""
        return any(
            one.end <= at and at - one.end <= BESIDE and one.event.presence is None
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
        return self._plain(back) in PASSIVE

    def _is_done_by(self, at: int) -> bool:
        """Whether "by" follows a verb: "GROUP checkpoint overrun by"."""
        ends = [one.end for one in self.sentence.events if one.first == at] or [at + 1]
        return self._plain(ends[0]) == "by"

    def _is_suffered(self, at: int) -> bool:
        """Whether the subject of a verb suffers what it tells: "came under fire", "hit a mine"."""
        lookup = event_lookup()
        if lookup.suffered.match(self.tokens, at):
            return True
        after = {one.plain for one in self.tokens[at + 1 : at + 1 + _ONTO]}
        return self._plain(at) in lookup.meets and not lookup.onto.isdisjoint(after)
