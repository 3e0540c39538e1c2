"""What happened to the people counted, by the words before and after them in the sentence."""

from __future__ import annotations

from typing import Final

from geo.reports.number_before import either
from geo.reports.number_lookup import CountedPeople, HarmWord
from geo.reports.number_others import SentenceOthers
from geo.reports.number_words import cardinal

_AHEAD: Final = 16
"""Tokens after the counted people among which what happened to them is looked for."""
_INSIDE: Final = frozenset({'"', "“", "”", "-", "'", "’"})
"""Signs that end no clause."""
_DASHES: Final = frozenset({"-", "–", "—"})
"""Signs around a remark."""
_CLAUSE: Final = 9
"""Tokens after "of" among which "who" begins a clause."""
_OF_THE: Final = 2
"""Tokens of "of the" before "wounded"."""
_ASIDES: Final = 2
"""Such remarks between people and what happened to them."""
_ASIDE: Final = 24
"""Tokens of a remark between commas, such as "including two commanders"."""
_OF_ONE: Final = 4
"""Tokens after several people among which "and was" tells of another."""


class SentenceHarms(SentenceOthers):
    """What happened to the people counted in one sentence."""

    def told_after(self, at: int) -> HarmWord | None:
        """What happened to the people before a token, as the words after them tell it."""
        end = min(len(self.tokens), at + _AHEAD)
        first, asides = at, 0
        while at < end:
            is_told, harm = self._told_at(at, is_first=at == first)
            if is_told:
                return harm
            if asides < _ASIDES and (after := self._after_remark(at)):
                at, end = after, min(len(self.tokens), after + _AHEAD)
                asides += 1
                continue
            if at > first and self._is_next_told(at):
                return None
            is_obliged = self.is_in(at, "infinitive") and self.is_in(at - 1, "obliged")
            is_inside = self.is_passive(at) or self.is_in(at - 1, "before_to") or is_obliged
            is_end = self.is_in(at, "ends") and not is_inside
            if is_end or (self.tokens[at].is_sign and self.plain(at) not in _INSIDE):
                return None
            at += 1
        return None

    def _is_next_told(self, at: int) -> bool:
        """Whether "and one was" begins at a token: what follows is told of others."""
        number = self.number_at(at + 1) if self.is_in(at, "joins") else None
        if number is None or self.is_no_number(at + 1):
            return False
        return self.is_in(number.end, "passive")

    def _told_at(self, at: int, *, is_first: bool) -> tuple[bool, HarmWord | None]:
        """Whether a token decides what is told of the people before it, and what that is."""
        if told := self.told_in_clause(at):
            return True, self._killed_later(at + 1) or told
        if match := self.harm("after", at):
            following = at + match[0]
            if self.is_in(following - 1, "catching") and self.is_in(following, "caught_in"):
                return False, None
            return True, None if self.is_unreal_passive(at) else self._told_by(at, match)
        if self.is_in(at, "negations"):
            return True, None
        if self.harm("before", at) and not self.is_passive(at):
            return True, None
        main = self._main_verb(at) or (self._after_complement(at) if is_first else None)
        return main is not None, main

    def _after_remark(self, at: int) -> int:
        """The token after an aside, ages, or "along with" others; 0 if none begins at a token."""
        if self.is_in(at, "aged"):
            return self._after_ages(at)
        if (after := self.after_ages(at)) > at:
            return after
        if length := self.phrase(at, "by_name") or self.phrase(at, "inside_it"):
            return at + length
        if length := self.phrase(at, "together"):
            others = self.people(at + length) if at + length < len(self.tokens) else None
            return others.end if others is not None else 0
        return self._after_aside(at)

    def is_of_one_only(self, at: int) -> bool:
        """Whether what follows is of one: "he led ten men and was killed"."""
        for i in range(at, min(len(self.tokens), at + _OF_ONE)):
            if self.tokens[i].is_sign or self.is_in(i, "relative_people"):
                break
            if self.is_in(i, "joins") and self.is_in(i + 1, "passive_of_one"):
                return True
        return False

    def _after_ages(self, at: int) -> int:
        """The token after "aged four to eleven"."""
        at += 1
        while at < len(self.tokens):
            if age := cardinal(self.tokens, at):
                at = age[1]
            elif self.is_in(at, "age_joins"):
                at += 1
            else:
                break
        return at

    def _after_complement(self, at: int) -> HarmWord | None:
        """What happened to people after "for the group" or "working for a charity"."""
        is_clause = self.ends_in(at, "active") and not self.harm("before", at)
        of = self.is_in(at, "locating")
        if of and not any(self.is_in(i, "relative_things") for i in range(at, at + _CLAUSE)):
            return None
        if not is_clause and not of and not self.is_in(at, "complements"):
            return None
        for i in range(at + 1, min(len(self.tokens), at + _AHEAD)):
            is_told, harm = self._told_in_complement(i, is_clause=is_clause)
            if is_told:
                return harm
        return None

    def _told_in_complement(self, at: int, *, is_clause: bool) -> tuple[bool, HarmWord | None]:
        """Whether a token ends a complement of people, and what it says that happened to them."""
        if self.plain(at) == "," and (match := self.harm("after", at + 1)):
            # "with hunting rifles, killed at their side"
            return True, None if self.is_object(at + 1 + match[0]) else match[1]
        if (told := self.after_comma(at)) > at and self.is_in(told, "verbs_of_one"):
            match = self.harm("after", self.after_adverbs(told))
            return True, match[1] if match else None  # "a reporter for a radio, NAME, was"
        is_inside = self.is_in(at, "prepositions") or self.is_in(at - 1, "prepositions")
        is_end = self.is_in(at, "ends") and not is_inside
        if self.tokens[at].is_sign or is_end or self.number_at(at):
            return True, None
        match = self.harm("after", at) if is_clause else None
        if match and match[1].form == "after":
            return True, match[1]
        if self.is_in(at, "passive"):
            match = self.harm("after", self.after_adverbs(at))
            return True, match[1] if match else None
        return False, None

    def after_list(self, at: int) -> int:
        """The token after the last people of a list: "six militants, one soldier and a guard"."""
        while self.is_in(at, "joins_list"):
            begins = at + 2 if self.is_in(at + 1, "joins") else at + 1
            people = self.people(begins) if begins < len(self.tokens) else None
            if people is None or self.is_share(people) or not self.are_named_people(people):
                break
            at = people.end
        return at

    def are_named_people(self, people: CountedPeople) -> bool:
        """Whether the noun after a number is one for people."""
        return self.lookup.is_person(people.head)

    def is_share(self, people: CountedPeople) -> bool:
        """Whether it is a share of the people before it: "eight, five of them children, died"."""
        if self.plain(people.number.start - 1) == "," and self.is_in(people.end, "gravely"):
            return True  # "wounded seven, two critically"
        if self.is_of_those(people):
            return True
        of = people.number.end
        if not self.is_in(of, "genitive") or not self.is_in(of + 1, "of_them"):
            return False
        is_aside = self.plain(people.end - 1) in _DASHES  # "nine - three of them children - died"
        told = self.is_in(people.end, "passive") or self.harm("after", people.end)
        is_told = told and not is_aside
        return self.plain(people.number.start - 1) in {",", "-", "–", "—", "("} and not is_told

    def is_of_those(self, people: CountedPeople) -> bool:
        """Whether it is "two of the wounded"."""
        of = people.number.end
        is_of = self.is_in(of, "genitive") and self.is_in(of + 1, "the_those")
        return is_of and self.plain(of + _OF_THE) in self.lookup.heads

    def told_of_those(self, people: CountedPeople) -> HarmWord | None:
        """What else happened to two of them: "two of the wounded died later"."""
        at = people.number.end + _OF_THE + 1
        told = self.told_after(at) if self._is_told(at) else None
        is_known = told and told.of_what == self.lookup.heads[self.plain(at - 1)].of_what
        return None if is_known else told

    def _main_verb(self, at: int) -> HarmWord | None:
        """What happened to those of whom a clause tells before: "men who planted bombs were"."""
        if not self.is_in(at, "described"):
            return None
        found: HarmWord | None = None
        for i in range(at + 1, min(len(self.tokens), at + _ASIDE)):
            is_known = self.is_in(i - 1, "definite_article")
            is_pronoun = self.is_in(i, "just_one") and self.is_in(i - 1, "prepositions")
            is_counted = self.counts_people(i) and (self.is_in(i - 1, "joins") or not is_pronoun)
            if self.tokens[i].is_sign or (is_counted and not is_known):
                break
            match = self.harm("after", i)
            is_death = self.is_in(i - 1, "joins") and self.phrase(i, "killed_alone")
            if match and (is_death or self.is_passive(i)):
                found = match[1]
        return found

    def _told_by(self, at: int, match: tuple[int, HarmWord]) -> HarmWord | None:
        """What a word after the people says: nothing, if they did it to others."""
        length, harm = match
        following = at + length
        is_taken = harm.of_what == "captured"
        state = self.lookup.heads.get(self.plain(following)) if is_taken else None
        if state and self.is_in(following - 1, "taken_from"):
            return state  # "carried off wounded"
        if is_taken and (self.is_rescue(following) or self._is_to_place(at, following)):
            return None
        if harm.of_what == "captured" and (later := self._killed_later(following)):
            return later
        is_aimed = self.is_in(at, "shooting") and self.is_in(following, "aiming")
        if is_aimed and self.is_object(following + 1) and not self.is_passive(at):
            return None  # "shot at them"
        is_both = harm.form == "both" and not self.is_passive(at) and not self.is_paired(at, length)
        # In "ninety wounded people" it is an adjective.
        is_adjective = self.plain(following) in self.lookup.many and cardinal(self.tokens, at - 1)
        if is_both and not is_adjective and self.is_object(following):
            return None
        return self._joined(harm, following) if self.is_in(following, "combining") else harm

    def _joined(self, harm: HarmWord, at: int) -> HarmWord:
        """What "killed or injured" and "were wounded and died" count, from "and" on."""
        joined = at + 1
        while self.is_in(joined, "adverbs"):
            joined += 1
        other = self.harm("after", joined)
        if other is None:
            return harm
        is_later = self.is_in(at, "joins") and self.phrase(joined, "killed_alone")
        if is_later and harm.of_what == "injured":
            return other[1]
        if self.is_object(joined + other[0]):
            return harm
        return either(harm, other[1], is_both=self.is_in(at, "joins"))

    def is_paired(self, at: int, length: int) -> bool:
        """Whether a word is between two numbers alone: "three killed two wounded"."""
        if not 0 < at < len(self.tokens) - length - 1 or not cardinal(self.tokens, at - 1):
            return False
        second = cardinal(self.tokens, at + length)
        return second is not None and self.harm("after", second[1]) is not None

    def _is_to_place(self, at: int, following: int) -> bool:
        """Whether people are only said to be taken to a place, where a hospital may be."""
        is_named = following + 1 < len(self.tokens) and self.tokens[following + 1].is_capital
        is_moved = self.is_in(following - 1, "moved") and self.is_in(following, "allative")
        return is_moved and is_named and at + 2 >= following

    def _killed_later(self, at: int) -> HarmWord | None:
        """What came after "were pulled from their cars", as in "and shot"."""
        for i in range(at, min(len(self.tokens) - 1, at + _AHEAD)):
            is_end = self.tokens[i].is_sign and self.plain(i) != ","
            if is_end or self.counts_people(i) or self.is_in(i, "relative"):
                return None
            if self.is_in(i, "joins"):
                verb = self.after_adverbs(i + 1)
                match = self.harm("after", verb)
                if match is None or match[1].of_what != "killed":
                    return None
                return None if self.is_object(verb + match[0]) else match[1]
        return None

    def is_object(self, at: int) -> bool:
        """Whether somebody is named at a token, to whom a verb before it can have happened."""
        if at >= len(self.tokens) or self.tokens[at].is_sign:
            return False
        token = self.tokens[at]
        if self.is_in(at, "determiners") and self._is_time(at + 1):
            return False
        if self.is_in(at, "determiners") or self.is_in(at, "objects"):
            return True
        if self.number_at(at):
            return True
        if self.is_in(at, "prepositions") or self.is_in(at, "ends"):
            return False
        is_day = self.is_in(at, "months") or self.is_in(at, "days")
        named = token.is_capital and not is_day
        return named or self.is_person_word(at)

    def _is_time(self, at: int) -> bool:
        """Whether it is when it was, of "killed this morning" and "killed the same day"."""
        is_time = self.is_in(at, "times") or (
            self.is_in(at, "which") and self.is_in(at + 1, "times")
        )
        following = at + 1 + self.is_in(at, "which")
        return is_time and not self.is_person_word(following)

    def _after_aside(self, at: int) -> int:
        """The token after a remark between commas or brackets; 0 if none begins at a token."""
        opening = self.plain(at)
        if length := self.phrase(at, "including"):
            return at + length
        if opening not in {",", "(", "–", "—"} or at + 1 >= len(self.tokens):
            return 0
        closing = {",": ",", "(": ")"}.get(opening, opening)
        is_aside = self.is_in(at + 1, "aside") or bool(cardinal(self.tokens, at + 1))
        told = at + 1 + self.is_in(at + 1, "relative_people")
        verb = self.harm("after", self.after_adverbs(told))
        is_death = told > at + 1 and verb is not None and verb[1].of_what == "killed"
        if opening == "," and verb and (is_death or self.is_in(told, "passive")):
            return told
        for end in range(at + 1, min(len(self.tokens), at + _ASIDE)):
            if self.plain(end) == ")" and opening != "(":
                return 0
            if self.plain(end) == closing:
                is_list = end + 1 < len(self.tokens) and self.number_at(end + 1)
                fits = is_aside or opening != "," or self._is_told(end + 1)
                return end + 1 if fits and not is_list else 0
        return 0

    def _is_told(self, at: int) -> bool:
        """Whether the next words say what happened, with nothing before it but "were"."""
        return self.harm("after", self.after_adverbs(at)) is not None
