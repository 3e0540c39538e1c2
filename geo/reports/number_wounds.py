"""Wounds told of the people counted, hospitals to which they are brought, and rescues."""

from __future__ import annotations

from typing import Final

from geo.reports.number_before import SentenceBefore
from geo.reports.number_lookup import CountedPeople, HarmWord
from geo.reports.number_words import cardinal

_RUINS: Final = 3
"""Tokens of "from under the rubble" after "pulled"."""
_WOUNDS: Final = 5
"""Tokens of wounds: "with a badly broken arm"."""
_MEETING: Final = 12
"""Tokens between "saw three men" and "killed them"."""
_HANDS: Final = 5
"""Tokens of "in Taliban hands", and two more."""
_PLACE: Final = 9
"""Tokens of where people are taken: "to the emergency hospital of the province"."""


class SentenceWounds(SentenceBefore):
    """The wounds of the people counted in one sentence."""

    def is_wounded(self, at: int) -> bool:
        """Whether a token begins with what says that the people before it are hurt."""
        is_maimed = self.is_in(at, "losing") and self._has_lost(at + 1)
        has_wounds = self._has_wounds(at) or self._is_hit(at) or is_maimed
        return has_wounds or self._is_brought_to_hospital(at)

    def _is_patient(self, at: int) -> bool:
        """Whether "are now in the hospital" or "survived, with a broken arm" begins there."""
        verb = self.after_adverbs(at)
        if self.is_in(at, "surviving") and self.plain(at + 1) == ",":
            return self.is_in(at + 2, "with_wounds") and self._is_near(at + 3, "wounds")
        is_staying = any(self.is_in(i, "staying") for i in range(at, verb + 1))
        inside = verb + self.is_in(verb, "staying")
        return (
            is_staying and self.is_in(inside, "within") and self._is_near(inside + 1, "hospitals")
        )

    def _is_brought_to_hospital(self, at: int) -> bool:
        """Whether "have been brought to the hospital" or "flown out with burns" begins there."""
        verb = self.after_adverbs(at)
        is_moved = self.is_in(verb, "moved")
        if not is_moved and not self.is_in(verb, "escaping") and not self.is_in(verb, "treated"):
            return False
        is_along = False
        for i in range(verb + 1, min(len(self.tokens), verb + _PLACE)):
            if self.is_in(i, "with_wounds") and self._is_near(i + 1, "wounds"):
                return True
            if is_along and is_moved and self.is_in(i, "hospitals"):
                return True
            is_along = is_along or self.is_in(i, "allative")
            if self.tokens[i].is_sign or self.harm("after", i) or self.number_at(i):
                break
        return False

    def told_in_clause(self, at: int) -> HarmWord | None:
        """What a clause from a token on says without a verb for it: wounds, graves, captivity."""
        if self.is_wounded(at):
            return HarmWord("injured", "after")
        if self._is_patient(at):
            return HarmWord("injured", "after", takes_things=True)
        if self._is_buried(at) or self.none_survived(at):
            return HarmWord("killed", "after")
        is_captive = self._is_in_hands(at) or self._is_dragged(at)
        return HarmWord("captured", "after") if is_captive else None

    def _is_dragged(self, at: int) -> bool:
        """Whether "were dragged off" begins at a token, and not out of ruins."""
        verb = self.after_adverbs(at)
        is_off = self.is_in(verb, "dragging") and self.is_in(verb + 1, "taken_from")
        return is_off and not self.is_rescue(verb + 1)

    def _is_buried(self, at: int) -> bool:
        """Whether "were buried" begins at a token, and not under ruins or alive."""
        verb = self.after_adverbs(at)
        is_told = self.is_in(verb, "burying") and self.is_passive(verb)
        return is_told and not self.is_rescue(verb + 1) and not self.is_in(verb + 1, "not_buried")

    def _is_in_hands(self, at: int) -> bool:
        """Whether "are in Taliban hands" begins at a token."""
        at, first = self.after_adverbs(at), at
        is_told = self.is_in(at - 1, "remaining") or any(
            self.is_in(i, "passive") for i in range(first, at)
        )
        if not is_told or not self.is_in(at, "within"):
            return False
        last = next((i for i in range(at + 2, at + _HANDS) if self.is_in(i, "holding_hands")), 0)
        return last > 0 and all(
            self.tokens[i].is_capital or i in self.names or self.is_in(i, "holders")
            for i in range(at + 1, last)
        )

    def _has_wounds(self, at: int) -> bool:
        """Whether "received severe splinter wounds" or "suffered a broken leg" is next."""
        return self.is_in(at, "sustaining") and self._is_near(at + 1, "wounds")

    def _is_hit(self, at: int) -> bool:
        """Whether "hit in the leg", "shot in both knees" or "struck by a splinter" begins there."""
        if not self.is_in(at, "hitting"):
            return False
        limbs = "limbs" if self.is_in(at, "shooting") else "body"
        is_body = self.is_in(at + 1, "in_body") and self._is_near(at + 2, limbs)
        return is_body or (self.is_in(at + 1, "agent") and self._is_near(at + 2, "missiles"))

    def _has_lost(self, at: int) -> bool:
        """Whether it is a part of the body that is lost: "both legs", "two fingers"."""
        return any(self.is_in(i, "limbs") or self.is_in(i, "eyes") for i in (at, at + 1, at + 2))

    def _is_near(self, at: int, kind: str) -> bool:
        """Whether a word of a list follows, before a sign, a number or what ends a clause."""
        for i in range(at, min(len(self.tokens), at + _WOUNDS)):
            if self.is_in(i, kind):
                return True
            if self.tokens[i].is_sign or self.is_in(i, "ends") or cardinal(self.tokens, i):
                return False
        return False

    def is_hurt(self, people: CountedPeople) -> bool:
        """Whether wounds are told of: "left two men with burns", "five escaped with bruises"."""
        at = self.after_adverbs(people.end)
        first = at
        while self.is_in(at, "escaping"):
            at += 1
        begins = people.number.start - 1
        is_told = at > first or self.is_in(begins, "leaving") or self.is_in(begins, "joins")
        if self.plain(at) == "," and self.is_in(at - 1, "surviving"):
            at += 1
        is_with = is_told and self.is_in(at, "with_wounds")
        return is_with and (self._is_near(at + 1, "wounds") or self._is_near(at + 1, "wounded"))

    def told_around(self, people: CountedPeople) -> HarmWord | None:
        """What the words on both sides of the people say: "sent ten men to hell"."""
        if self.is_hurt(people):
            return HarmWord("injured", "after")
        verb = people.number.start - 1
        if self.is_in(verb, "sending") and self.phrase(people.end, "to_death"):
            return HarmWord("killed", "before")
        if self.is_in(verb, "taken") and self.phrase(people.end, "as_captives"):
            return HarmWord("captured", "before")
        is_met = self.is_in(verb, "meeting") or self.ends_in(verb, "participles")
        return self.told_of_them(people) if is_met else None

    def told_of_them(self, people: CountedPeople) -> HarmWord | None:
        """What was done to people who were met: "saw three men and killed them"."""
        for i in range(people.end, min(len(self.tokens), people.end + _MEETING)):
            if self.is_in(i, "ends") and not self.is_in(i + 1, "these"):
                return None
            for length in (1, 2):
                match = self.harm("before", i)
                if match and match[0] == length and self.is_these(i + length, "these"):
                    return match[1]
            if self.is_in(i, "taken") and self.is_these(i + 1, "these"):
                is_told = self.phrase(i + 2, "as_captives") or self.phrase(i + 2, "taken_along")
                return HarmWord("captured", "before") if is_told else None
        return None

    def is_rescue(self, at: int) -> bool:
        """Whether it is ruins from which people are pulled: "the rubble", "under the wall"."""
        return any(self.is_in(i, "ruins") for i in range(at, at + _RUINS))
