"""The one person whom a text does not count: "his bodyguard was shot", "Gunmen kill judge"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from geo.reports.number_later import SentenceLater
from geo.reports.number_lookup import CountedPeople
from geo.reports.number_words import NumberPhrase

_OWNER: Final = 5
"""Tokens between two people who are told of together: "a spy of the directorate and his son"."""
_TITLE: Final = 5
"""Words of a post before a name: "former district police chief" has four."""
_BODY: Final = 4
"""Tokens of "his lifeless body"."""
_OF: Final = 8
"""Tokens between a person and what happened: "the head of a school in NAME was"."""


class SentenceSingles(SentenceLater):
    """The single people of one sentence."""

    def somebody(self, at: int) -> CountedPeople | None:
        """The one person whom the text does not count."""
        return self.titled(at) or self.uncounted(at)

    def uncounted(self, at: int) -> CountedPeople | None:
        """The one person of "his bodyguard was shot", or of a headline, "Gunmen kill judge"."""
        is_definite = self.is_in(at, "definite")
        first = at + is_definite
        if first >= len(self.tokens) or (not is_definite and not self._is_bare(at)):
            return None
        end, head, _ = self.noun_phrase(first)
        if self._is_body(at, end):
            return CountedPeople(NumberPhrase(at, end, 1, 1, 1), end, head, is_people=True)
        is_somebody = self.is_person_head(end, head) or (
            is_definite and self._is_titled(first, end)
        )
        if not is_somebody or self.is_in(end - 1, "collective"):
            return None
        if (
            self.is_in(at - 1, "company")
            or (self.is_in(at - 1, "genitive") and not self._is_noun_of(at))
            or self.is_in(end, "joins")
            or (self.plain(end) == "," and self.people(end + 1))
        ):
            return None  # Who is told of together with others is not one.
        is_object = self.is_somebody(at, head) or self._is_done_to(at) or self._is_led_off(at, end)
        is_object = is_object or (self.is_in(at - 1, "genitive") and self.is_in(at, "partners"))
        is_object = is_object and not self.is_in(end, "participles")  # "holds NAME responsible"
        is_told = is_object or self._is_told_directly(at, end, is_definite=is_definite)
        if not is_told and (not is_definite or not self.second_verb(at, end, is_one=True)):
            return None
        return CountedPeople(NumberPhrase(at, end, 1, 1, 1), end, head, is_people=True)

    def titled(self, at: int) -> CountedPeople | None:
        """The one person of "killed the judge NAME" or "arrested reporter NAME"."""
        if at == 0 or self.tokens[at].is_capital or self.tokens[at].is_sign:
            return None
        verb, told = self.verb_before(at)
        if told is None or self.is_passive(verb) or self.is_unreal(verb):
            return None
        first = end = at + self.is_in(at, "definite_article")
        while end - first < _TITLE and self.plain(end).isalpha() and not self._ends_title(end):
            end += 1
        last = end
        while last < len(self.tokens) and last not in self.names and self.is_name(last, end):
            last += 1
        if end in {first, last} or self.plain(end - 1) not in self.lookup.one:
            return None
        return CountedPeople(
            NumberPhrase(at, last, 1, 1, 1), last, self.plain(last - 1), is_people=True
        )

    def _is_titled(self, first: int, end: int) -> bool:
        """Whether nouns are somebody's name after what they are: "son NAME"."""
        name = end
        while name > first and self.tokens[name - 1].is_capital and name - 1 not in self.names:
            name -= 1
        return first < name < end and self.plain(name - 1) in self.lookup.one

    def _ends_title(self, at: int) -> bool:
        is_name = self.tokens[at].is_capital and at not in self.names
        return is_name or self.is_in(at, "prepositions") or self.is_in(at, "determiners")

    def _is_led_off(self, at: int, end: int) -> bool:
        """Whether it is somebody led away: "took my brother away", "took her husband."."""
        is_away = self.is_in(end, "taken_from") or self.phrase(end, "taken_along") > 0
        is_led = self.is_in(at - 1, "taken") and is_away and not self.is_rescue(end)
        is_end = self.plain(end) in {"", ".", ",", ";"} and self.is_in(at, "partners")
        return is_led or (is_end and self.is_in(at - 1, "taking_people"))

    def _is_done_to(self, at: int) -> bool:
        """Whether a verb before a word for somebody can have no other object: "shot the mayor"."""
        verb, told = self.verb_before(at)
        if told is None or self.is_in(verb, "merely_held"):
            return False
        is_told = not told.takes_things or told.of_what == "captured"
        is_noun = self.is_in(verb - 1, "which_killing")  # "of the wounded the governor said"
        return is_told and not (is_noun or self.is_passive(verb) or self.is_unreal(verb))

    def _is_noun_of(self, at: int) -> bool:
        """Whether "the killing of" is before a token, and not "the mother of"."""
        return self.lookup.is_after_phrase(self.tokens, at, "killed_nouns") or any(
            self.harm("noun", i) for i in (at - 2, at - 3)
        )

    def _is_body(self, at: int, end: int) -> bool:
        """Whether somebody's body is found: "his body, with wounds, was discovered"."""
        if not self.is_in(at, "partners") or not self.is_in(end - 1, "remains"):
            return False
        told = self.after_comma(end)
        return any(self.is_in(i, "finding") for i in range(told, self.after_adverbs(told) + 1))

    def tells_of_death(self) -> bool:
        """Whether "His body was found" or "They were shot later" is the beginning."""
        if self.is_in(0, "partners"):
            body = next((i for i in range(1, _BODY) if self.is_in(i, "remains_of_all")), 0)
            told = self.after_comma(body + 1)
            end = self.after_adverbs(told) + 1
            return body > 0 and any(self.is_in(i, "returned_dead") for i in range(told, end))
        if not self.is_in(0, "subjects_before"):
            return False
        verb = self.after_adverbs(1)
        match = self.harm("after", verb)
        is_told = match is not None and (match[1].form == "after" or self.is_passive(verb))
        return is_told and match is not None and match[1].of_what == "killed"

    def pair(self, at: int) -> CountedPeople | None:
        """Whoever is told of together: "a judge and his son", "he and five others were"."""
        if named := self._named_pair(at):
            return named
        has_article = self.is_in(at, "definite") or self.is_in(at, "indefinite")
        is_done_to = self.is_in(at, "one_of_before") and (
            self._is_done_to(at) or self.is_in(at - 1, "taken")
        )
        is_pronoun = self.is_in(at, "subjects") or is_done_to
        if not has_article and not is_pronoun and not self._is_bare(at):
            return None
        end, head, _ = self.noun_phrase(at + has_article) if not is_pronoun else (at + 1, "", True)
        if self.plain(end) == "," and not is_pronoun and head in self.lookup.one:
            return self._with_pair(at, end + 1)
        joins = next((i for i in range(end, end + _OWNER) if self.is_in(i, "joins")), 0)
        between = range(end, joins)
        if not joins or any(
            self.tokens[i].is_sign or self.is_in(i, "passive") or self.harm("after", i)
            for i in between
        ):
            return None
        others = self._second(at, joins + 1)
        if others is None or not (is_pronoun or self.is_person_head(end, head)):
            return None
        told = self.after_adverbs(others.end)
        is_object = self._is_led_off(at, others.end) or self.verb_before(at)[1] is not None
        is_object = is_object and (is_done_to or not is_pronoun)
        is_told = (
            is_object
            or self.is_in(others.end, "passive_of_many")
            or self.is_wounded(others.end)
            or self.harm("after", told) is not None
            or (is_pronoun and self.told_after(others.end) is not None)
        )
        return others if is_told else None

    def _named_pair(self, at: int) -> CountedPeople | None:
        """Somebody with a name and people of theirs: "NAME and four of his men were killed"."""
        if not self.tokens[at].is_capital:
            return None
        end = at
        while end < len(self.tokens) and end not in self.names and self.is_name(end, at):
            end += 1
        is_later = at > 0 and self.tokens[at - 1].is_capital and at - 1 not in self.names
        if end == at or is_later or not self.is_in(end, "joins"):
            return None
        begins = end + 1 + self.is_in(end + 1, "partners")
        number = self.number_at(begins) if begins < len(self.tokens) else None
        of = number.end if number else begins
        is_own = begins > end + 1 or (self.is_in(of, "genitive") and self.is_in(of + 1, "partners"))
        last, head, is_known = self.noun_phrase(of)
        if not is_own or not is_known or (head not in self.lookup.one and number is None):
            return None
        told = self.harm("after", self.after_adverbs(last))
        if self.verb_before(at)[1] is None and told is None:
            return None
        number = self._one_more_than(number or NumberPhrase(of, of, 1, 1, 1), at)
        return CountedPeople(number._replace(end=last), last, head, is_people=True)

    def _with_pair(self, at: int, begins: int) -> CountedPeople | None:
        """One person and two others or more: "a man, his wife and their sons were"."""
        others = self.pair(begins) if self.is_in(begins, "partners") else None
        number = self._one_more_than(others.number, at) if others else None
        return replace(others, number=number) if others and number else None

    def _one_more_than(self, number: NumberPhrase, at: int) -> NumberPhrase:
        known = (number.low, number.best, number.high)
        low, best, high = (None if part is None else part + 1 for part in known)
        return NumberPhrase(at, number.end, low, best, high)

    def _second(self, at: int, begins: int) -> CountedPeople | None:
        """Whoever is joined by "and" to one person, and the sum of them; ``None`` if nobody is."""
        is_counted = self.is_in(at, "indefinite")
        is_known = self.is_in(at, "definite_article")
        article = "articles" if is_known else "partners"
        is_own = self.is_in(begins, "partners")
        number = self.number_at(begins + is_own)
        if number and number.best != 1:
            if number.question or (is_counted and not is_own):
                return None
            end, other, is_named = self.noun_phrase(number.end)
            number = self._one_more_than(number, at)._replace(end=end)
            return CountedPeople(number, end, other, is_named) if is_named else None
        if self.is_in(begins, "pair_words") and not is_counted:
            end, other, is_named = self.noun_phrase(begins + 1)
            return CountedPeople(NumberPhrase(at, end, 3, 3, 3), end, other, is_named)
        is_one = self.is_in(begins, "just_one") and not is_counted
        is_bare = self.plain(begins) in self.lookup.one and (
            self._is_bare(at) or self.is_in(at, "partners")
        )
        if not is_one and not is_own and not is_bare and not self.is_in(begins, article):
            return None
        end, other, _ = self.noun_phrase(begins + (not is_bare))
        if other not in self.lookup.one:
            return None
        return CountedPeople(NumberPhrase(at, end, 2, 2, 2), end, other, is_people=True)

    def _is_bare(self, at: int) -> bool:
        """Whether a noun can stand without an article: at the beginning, or after a verb."""
        is_first = at == 0 or self.plain(at - 1) in {";", ":", "."}
        if is_first and self.is_in(at, "of_headlines"):
            return self.noun_phrase(at)[1] in self.lookup.one
        if self.plain(at - 1) == "," and self.harm("after", at + 1):
            is_first = True  # "bomb under a taxi, driver wounded"
        return self.plain(at) in self.lookup.one and (is_first or self.is_somebody(at, "-"))

    def _after_relative(self, at: int) -> int:
        """The token after a clause between commas: ", who drew a pistol,"."""
        is_remark = self.is_in(at + 1, "relative_people") or self.is_in(at + 1, "remark_words")
        is_named = at + 1 < len(self.tokens) and self.tokens[at + 1].is_capital
        if self.plain(at) != "," or not (is_remark or is_named):
            return at
        return self.after_comma(at)

    def _is_told_directly(self, begins: int, end: int, *, is_definite: bool) -> bool:
        """Whether what happened follows the noun: "was killed", "of the school was", "dead"."""
        end = self.after_ages(end)
        at = end = self._after_relative(end)
        while is_definite and at < min(len(self.tokens), end + _OF):
            is_stop = self.tokens[at].is_sign and self.plain(at) not in {"'", "’"}
            is_verb = self.is_in(at, "passive") or self.is_in(at, "negations")
            if is_verb or is_stop or self.is_in(at, "ends"):
                break
            at += 1
        if is_definite and not self.is_in(at, "passive") and not self.is_in(at, "negations"):
            at = end
        while self.is_in(at, "passive") or self.is_in(at, "adverbs"):
            if self.is_in(at, "passive_of_many") and not self.is_in(begins - 1, "joins"):
                return False
            at += 1
        match = self.harm("after", at)
        if match is None or match[1].of_what == "killed_or_injured":
            return is_definite and match is None and self.is_wounded(at)
        if self.is_in(begins - 1, "joins_list") and not self.is_object(at + match[0]):
            return True  # "a guard was killed and his colleague wounded"
        return match[1].form == "after" or self.is_passive(at) or not is_definite
