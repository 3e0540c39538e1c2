"""What happened to the people counted, by the words before them in the sentence."""

from __future__ import annotations

from typing import Final

from geo.reports.mentions import Counted
from geo.reports.number_lookup import HarmWord
from geo.reports.number_unreal import SentenceUnreal
from geo.reports.number_words import cardinal

_OPENING: Final = frozenset({'"', "“"})
"""Signs before a number that is quoted."""
_BRACKETED: Final = 2
"""Tokens of "killed (" and of "arrested were", before a number."""
_LABEL: Final = 3
"""Tokens of a label before a number."""
_TOGETHER: Final = 2
"""Tokens of "along with"."""
_BEHIND: Final = 8
"""Tokens before a number among which "death toll" is looked for."""
_UNCOUNTED: Final = 12
"""Tokens of "killed the deputy head of the court, " before a number."""
_RISEN: Final = 24
"""Tokens before "has risen to" among which the toll is: "the toll of the attack on a mosque in"."""


class SentenceBefore(SentenceUnreal):
    """What the words before numbers say in one sentence."""

    def told_before(self, at: int) -> HarmWord | None:
        """What "killing", "killed" or "the deaths of" before a number says."""
        if self.is_in(at - 1, "possessive") and self.verb_before(at - 1)[1]:
            at -= 1  # "killing its three occupants"
        elif self.plain(at - 1) in _OPENING and self.harm("before", at - 2):
            at -= 1
        for length in range(5, 0, -1):
            begins = at - length
            if begins < 0:
                continue
            match = self.harm("before", begins)
            if match and match[0] == length and not self.is_passive(begins):
                if self.is_unreal(begins):
                    return None
                return self._combined_before(begins, match[1])
            noun = self.harm("noun", begins)
            if noun and noun[0] == length:
                return noun[1]
        return (
            self._inverted(at)
            or self._bracketed(at)
            or self._labelled(at)
            or self._toll_before(at)
            or self._risen_before(at)
            or self._together(at)
            or self._cost(at)
            or self._beside_person(at)
            or self._beside_things(at)
        )

    def _bracketed(self, at: int) -> HarmWord | None:
        """What "killed (4), injured (6)" says before the number."""
        is_alone = self.plain(at - 1) == "(" and self.plain(at + 1) == ")"
        is_counted = at > _BRACKETED and cardinal(self.tokens, at - 1 - _BRACKETED)
        return self._participle(at - 2) if is_alone and not is_counted else None

    def _inverted(self, at: int) -> HarmWord | None:
        """What "arrested were two men" says before the number."""
        if at < _BRACKETED or not self.is_in(at - 1, "passive"):
            return None
        is_first = at == _BRACKETED or self.tokens[at - 1 - _BRACKETED].is_sign
        return self._participle(at - 2) if is_first else None

    def is_person(self, at: int) -> bool:
        """Whether the nouns from a token on end with one for a person."""
        return self.noun_phrase(at)[1] in self.lookup.one

    def _labelled(self, at: int) -> HarmWord | None:
        """What a label such as "Dead:" or "Martyrs:" before a number says."""
        if self.plain(at - 1) not in {":", "-", "–", "—", "="}:
            return None
        end = at - 1
        if self.plain(end - 1) == ")":
            end = next((i for i in range(end - 1, -1, -1) if self.plain(i) == "("), end)
        for begins in range(end - 1, max(-1, end - 1 - _LABEL), -1):
            is_first = (
                begins == 0
                or self.tokens[begins - 1].is_sign
                or (self.is_in(begins - 1, "determiners"))
            )
            told = (self.harm(form, begins) for form in ("after", "noun"))
            match = next((one for one in told if one and begins + one[0] == end), None)
            if match and self.plain(begins - 1) == "/":
                return None  # "killed / wounded: 3 / 5"
            if match:
                is_counted = begins > 0 and cardinal(self.tokens, begins - 1)
                is_label = not is_counted and (is_first or self.plain(at - 1) == ":")
                return match[1]._replace(form="noun") if is_label else None
            head = self.lookup.heads.get(self.plain(begins)) if begins == end - 1 else None
            if head and is_first:
                return head
        return None

    def _beside_person(self, at: int) -> HarmWord | None:
        """What "killed the leader and" before a number says: somebody uncounted is between."""
        if not self.is_in(at - 1, "joins_list"):
            return None
        for begins in range(at - 2, max(-1, at - _UNCOUNTED), -1):
            match = self.harm("before", begins)
            after = self.harm("after", begins)
            if match and after and after[0] > match[0]:
                # "lost their lives" is no verb with an object.
                return None
            following = begins + match[0] if match else 0
            if match and not self.is_passive(begins) and self.is_in(following, "uncounted"):
                # "captured a ridge, one of them said" tells of no people.
                is_thing = match[1].takes_things and not self.is_person(following + 1)
                return None if is_thing else match[1]
            is_sign = self.tokens[begins].is_sign and self.plain(begins) not in {",", "-", "'"}
            if match or is_sign or self.number_at(begins):
                return None
            if self.is_in(begins, "ends") or self.is_in(begins, "passive"):
                return None
        return None

    def _beside_things(self, at: int) -> HarmWord | None:
        """What "captured two vehicles and" before a number says: things are between."""
        is_thing = self.plain(at - 2) in self.lookup.not_people
        if not is_thing or not self.is_in(at - 1, "joins"):
            return None
        for begins in range(at - 3, max(-1, at - _BEHIND), -1):
            match = self.harm("before", begins)
            if match and not self.is_passive(begins) and not self.is_unreal(begins):
                is_counted = self.number_at(begins + match[0]) is not None
                return match[1] if is_counted and match[1].takes_things else None
            if self.tokens[begins].is_sign or self.is_in(begins, "ends"):
                return None
        return None

    def _toll_before(self, at: int) -> HarmWord | None:
        """What "the death toll rose to" or "killed:" before a number says."""
        begins = at - 1
        while begins >= max(0, at - _BEHIND):
            noun = self.harm("noun", begins)
            if noun and begins + noun[0] < at:
                return None if self.plain(begins - 1) == "/" else noun[1]
            if not noun and not self.is_in(begins, "rising"):
                return None
            begins -= 1
        return None

    def _risen_before(self, at: int) -> HarmWord | None:
        """What "the toll of the attack has risen to" or "put the number of dead at" says."""
        if not self.is_in(at - 1, "before_level") and not self.is_in(at - 1, "reaching"):
            return None
        told = self.lookup.heads.get(self.plain(at - 2)) or self._participle(at - 2)
        if told and any(self.is_in(i, "putting") for i in range(max(0, at - _RISEN), at)):
            return told  # "put the dead at nine and the captured at ten"
        last = at - 2 + self.is_in(at - 1, "reaching")
        while self.plain(last) == ",":
            last -= 1  # "more than doubled, to 64"
        if self.is_in(at - 3, "ablative") and cardinal(self.tokens, at - 2):
            last = at - 4  # "climbed from ten to twelve"
        is_risen = self.is_in(last, "risen")
        for begins in range(last, max(-1, at - _RISEN), -1):
            if self.counts_people(begins) or self.plain(begins) == ";":
                return None
            noun = self.harm("noun", begins)
            verb = begins - 1 - self.is_in(begins - 1, "definite_article")
            if noun and (is_risen or self.is_in(verb, "putting")):
                return noun[1]
        return None

    def counts_people(self, at: int) -> bool:
        """Whether a number begins at a token that is none of things: "two provinces"."""
        number = self.number_at(at)
        if number is None:
            return False
        nouns = {self.plain(number.end), self.noun_phrase(number.end)[1]}
        return not nouns & self.lookup.not_people

    def _participle(self, at: int) -> HarmWord | None:
        match = self.harm("after", at)
        return match[1] if match and match[0] == 1 else None

    def _together(self, at: int) -> HarmWord | None:
        """What happened to whom "along with" before a number joins to others."""
        at -= self.is_in(at - 1, "possessive")
        if not self.phrase(at - _TOGETHER, "together"):
            return None
        for begins in range(at - 1 - _TOGETHER, max(-1, at - 2 * _BEHIND), -1):
            after, before = self.harm("after", begins), self.harm("before", begins)
            if after and self.is_passive(begins):
                return after[1]
            if before and not self.is_passive(begins):
                return before[1]
        return None

    def _cost(self, at: int) -> HarmWord | None:
        """What "cost the army" says before a number: whoever lost them is between."""
        for begins in range(at - 2, max(-1, at - _BEHIND), -1):
            if self.is_in(begins, "costing"):
                match = self.harm("before", begins)
                return match[1] if match else None
            is_end = self.is_in(begins, "ends") or self.is_in(begins, "passive")
            if self.tokens[begins].is_sign or is_end or self.number_at(begins):
                return None
        return None

    def _combined_before(self, begins: int, harm: HarmWord) -> HarmWord:
        """Killed or injured, if "killed or" is before "injured"."""
        if not self.is_in(begins - 1, "combining"):
            return harm
        for back in (2, 3):
            match = self.harm("before", begins - back) if begins >= back else None
            if match and self.is_in(begins - 2, "shooting") and harm.of_what == "injured":
                return harm
            if match and match[0] == back - 1:
                return either(match[1], harm, is_both=self.is_in(begins - 1, "joins"))
        return harm


def either(one: HarmWord, other: HarmWord, *, is_both: bool) -> HarmWord:
    """What "killed or injured" counts; two things that no figure of a record joins are another.

    Who is "abducted and killed" is killed.
    """
    if one.of_what == other.of_what:
        return one
    both = {one.of_what, other.of_what}
    if is_both and both == {"captured", "killed"}:
        return HarmWord("killed", one.form)
    joins: Counted = (
        "killed_or_injured" if both <= {"killed", "injured", "killed_or_injured"} else "other"
    )
    return HarmWord(joins, one.form)
