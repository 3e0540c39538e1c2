"""What befell people as a later verb tells it: "fired back and were killed", "killed them"."""

from __future__ import annotations

from typing import Final

from geo.reports.number_harms import SentenceHarms
from geo.reports.number_lookup import CountedPeople, HarmWord

_SECOND: Final = 18
"""Tokens after people among which a second verb of theirs is looked for."""
_THEM: Final = 24
"""Tokens after people among which "killed them" is looked for."""
_BESIDE: Final = 8
"""Tokens of a place between two of a list."""
_HELD: Final = 3
"""Tokens at most of "was detained" before "with two others"."""


class SentenceLater(SentenceHarms):
    """What later verbs of one sentence tell of the people counted."""

    def told_later_on(self, people: CountedPeople) -> HarmWord | None:
        """What a later verb tells of the people: none that is beside them does."""
        is_one = people.number.best == 1
        return (
            self.second_verb(people.number.start, people.end, is_one=is_one)
            or self._of_them_later(people)
            or self._held(people)
            or self._with_others(people)
        )

    def second_verb(self, begins: int, at: int, *, is_one: bool) -> HarmWord | None:
        """What "fired back and was killed" says of the subject that ends before a token."""
        is_first = begins == 0 or self.tokens[begins - 1].is_sign
        if not is_first and not self.is_in(begins - 1, "clause_starts"):
            return None
        agrees = "verbs_of_one" if is_one else "verbs_of_many"
        is_passive = any(self.is_in(i, "passive") for i in range(at, self.after_adverbs(at)))
        for i in range(at, min(len(self.tokens), at + _SECOND)):
            is_sign = self.tokens[i].is_sign and self.plain(i) not in {",", "-", "'", "’"}
            if is_sign or self.counts_people(i) or self.is_in(i, "relative"):
                return None
            if not self.is_in(i, "joins"):
                continue
            verb = self.after_adverbs(i + 1)
            match = self.harm("after", verb)
            is_theirs = any(self.is_in(k, agrees) for k in range(i + 1, verb + 1))
            if match and is_passive and not is_theirs:
                # "was attacked by gunmen and killed"
                is_theirs = not self.is_object(verb + match[0])
            if match and is_theirs:
                return None if self.is_unreal_passive(verb) else match[1]
        return None

    def _of_them_later(self, people: CountedPeople) -> HarmWord | None:
        """What "two boys were at play when a shell killed them" says."""
        if not self.are_named_people(people):
            return None
        # "opened fire on a cleric and killed him": who shoots is no other than before.
        is_object = self.is_in(people.number.start - 1, "shot_at")
        other = people.number.start if is_object else 0
        for i in range(people.end, min(len(self.tokens), people.end + _THEM)):
            if self.number_at(i) and self.counts_people(i):
                return None
            if self.is_in(i, "other_subject") or self.plain(i) == ";":
                other = i
            is_one = people.number.best == 1
            if self._begins(i, other) and (told := self._befell(i, is_one=is_one)):
                return told
            is_theirs = self.is_in(i - 1, "joins") and not self.is_in(other, "when_others")
            told = self.done_to(i, is_one=is_one) if other else None
            if told and (is_object or not is_theirs):
                return told
        return None

    def _begins(self, at: int, other: int) -> bool:
        return (other > 0 and other == at - 1) or self.is_in(at - 1, "joins")

    def _befell(self, at: int, *, is_one: bool) -> HarmWord | None:
        """What "they were shot" from a token on tells of people before."""
        if not self.is_in(at, "subjects" if is_one else "they"):
            return None
        verb = self.after_adverbs(at + 1)
        match = self.harm("after", verb)
        if match is None or self.is_unreal_passive(verb):
            return None
        return match[1] if match[1].form == "after" or self.is_passive(verb) else None

    def done_to(self, at: int, *, is_one: bool) -> HarmWord | None:
        """What a verb at a token did to "him" or "them", if others than they are its subject."""
        pronouns = "one_of_before" if is_one else "many_of_before"
        if self.is_in(at - 1, "subjects_before") or self.is_unreal(at) or self.is_passive(at):
            return None
        match = self.harm("before", at)
        if match and self.is_these(at + match[0], pronouns):
            return match[1]
        is_taken = self.is_in(at, "taken") and self.is_these(at + 1, pronouns)
        is_away = self.phrase(at + 2, "as_captives") or self.phrase(at + 2, "taken_along")
        return HarmWord("captured", "before") if is_taken and is_away else None

    def _held(self, people: CountedPeople) -> HarmWord | None:
        """What "Three broadcasters held in" says at the beginning, or ", in custody since"."""
        at, begins = people.end, people.number.start
        is_first = begins == 0 or self.tokens[begins - 1].is_sign
        is_person = self.are_named_people(people)
        if (
            is_person
            and is_first
            and self.is_in(at, "held_people")
            and self.is_in(at + 1, "within")
        ):
            return HarmWord("captured", "after")
        match = self.harm("after", at + 1) if self.plain(at) == "," and is_person else None
        if match is None or self.is_object(at + 1 + match[0]):
            return None
        length = match[0] + 1
        is_state = any(self.is_in(i, "in_custody") for i in range(at + 1, at + length))
        return match[1] if is_state else None

    def _with_others(self, people: CountedPeople) -> HarmWord | None:
        """What "was detained with" before other people says."""
        company = people.number.start - 1
        if not self.is_in(company, "company") or not self.are_named_people(people):
            return None
        for begins in range(company - 1, company - 1 - _HELD, -1):
            match = self.harm("after", begins)
            if match and begins + match[0] == company and self.is_passive(begins):
                return match[1]
        return None

    def is_listed(self, end: int, at: int) -> bool:
        """Whether a number goes on with a list: "killed two soldiers and three policemen"."""
        between = range(end, at)
        has_and = any(self.is_in(i, "joins") for i in between)
        if self.is_in(at, "indefinite") and not has_and:
            return False
        return end < at and all(
            self.is_in(i, "within_list") or (has_and and self.is_in(i, "definite")) for i in between
        )

    def is_listed_after_place(self, end: int, people: CountedPeople) -> bool:
        """Whether a list goes on after where it was: "detained a leader in NAME and two men"."""
        at = people.number.start
        between = range(end, at - 1)
        if not self.is_in(at - 1, "joins") or not 0 < len(between) <= _BESIDE:
            return False
        is_whole = not self.is_in(people.end, "ends") or self.is_in(people.end, "when")
        return (
            is_whole
            and self.are_named_people(people)
            and not self.is_passive(people.end + 1)
            and not any(
                self.tokens[i].is_sign
                or self.is_in(i, "ends")
                or self.is_in(i, "passive")
                or self.harm("after", i)
                or self.harm("before", i)
                or self.number_at(i)
                for i in between
            )
        )
