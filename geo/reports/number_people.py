"""The people counted in a sentence: a number, the nouns after it, and whether they are people."""

from __future__ import annotations

from typing import Final

from geo.reports.number_lookup import CountedPeople, HarmWord
from geo.reports.number_sentences import SentenceWords
from geo.reports.number_words import NumberPhrase, qualified_after

_NOUN_PHRASE: Final = 7
"""Tokens of the people counted: "suspected foreign Taliban bomb makers" has five."""
_CLAUSE: Final = 12
"""Tokens of a clause such as "who happened to be passing"."""
_REMARK: Final = 10
"""Tokens of a remark on a name, such as "a former member of parliament"."""
_NAMES: Final = 2
"""Words of a name, first and last; and those of "killing of"."""
_QUOTES: Final = frozenset({"-", "'", '"', "“", "”", "’", "‘"})
"""Signs that do not end a noun phrase."""


class SentencePeople(SentenceWords):
    """The people counted in one sentence."""

    def people(self, at: int) -> CountedPeople | None:
        """The people counted from a token on; ``None`` if nothing is counted there."""
        if number := self.number_at(at):
            if self.is_no_number(at):
                return None
            # "five, perhaps six, men"
            is_cut = number.best is None and self.plain(number.end) == ","
            begins = number.end + (is_cut and self.is_person_word(number.end + 1))
            end, head, known = self.noun_phrase(begins)
            # Which number of things it is does not matter.
            first = self.plain(number.end)
            is_first = (not known or not head) and first in self.lookup.not_people
            if head in self.lookup.not_people or is_first:
                return None
            number, end = qualified_after(self.tokens, number, end)
            return CountedPeople(number, end, head, known)
        return self._two(at) or self._both(at) or self._one_more(at) or self._one(at)

    def _two(self, at: int) -> CountedPeople | None:
        """The two people of "twin brothers" or "father and son"."""
        length = self.phrase(at, "two_people")
        if not length:
            return None
        end = at + length
        head = self.plain(end - 1)
        return CountedPeople(NumberPhrase(at, at, 2, 2, 2), end, head, is_people=True)

    def _both(self, at: int) -> CountedPeople | None:
        """The two people of "both riders were", "both of them" or "a pair of gunmen"."""
        is_pair = self.is_in(at, "articles") and self.is_in(at + 1, "pairs")
        if not is_pair and not self.is_in(at, "pair_words"):
            return None
        first = at + 1 + is_pair
        if is_pair and self.is_in(first, "genitive"):
            first += 1
        end, head, is_known = self.noun_phrase(first)
        is_somebody = is_known and head not in self.lookup.not_people if end > first else False
        is_told = self.is_in(end, "passive") or self.harm("after", end) is not None
        is_inside = self.is_in(at - 1, "prepositions") and not self.is_in(at - 1, "joins")
        if self.is_passive(at) or self.plain(at - 1) == "," or is_inside:
            return None
        is_object = end == first and self.verb_before(at)[1] is not None
        if not (is_somebody or is_told or is_object):
            return None
        return CountedPeople(NumberPhrase(at, first, 2, 2, 2), end, head, is_people=True)

    def _one(self, at: int) -> CountedPeople | None:
        """The one person of "a soldier" or "another"."""
        if not self.is_in(at, "counting_one") or self.is_in(at - 1, "denying_one"):
            return None
        if self.is_in(at, "one_more") and self.is_in(at - 1, "allative"):
            return None  # "from one to another"
        if self.is_in(at, "just_one") and self.is_in(at - 1, "ablative"):
            return None
        end, head, _ = self.noun_phrase(at + 1)
        if self.is_in(end, "genitive") and self.is_in(end - 1, "of_so_many"):
            number = self.number_at(end + 1)
            if number and number.best and self.noun_phrase(number.end)[1] == "":
                return CountedPeople(number._replace(start=at), number.end, "", is_people=True)
        is_alone = end == at + 1 and self.is_in(at, "one_more")
        is_somebody = (
            self.is_person_head(end, head)
            or self.is_somebody(at, head)
            or self._is_found_body(at, end)
            or self.lookup.is_after_phrase(self.tokens, at, "killed_nouns")
            or (not self._is_object_in_clause(at) and self._is_killed(end, head))
        )
        if not is_somebody and not is_alone:
            return None
        return CountedPeople(NumberPhrase(at, at + 1, 1, 1, 1), end, head, is_people=True)

    def _is_found_body(self, at: int, end: int) -> bool:
        """Whether it is a body that is found: "a body was found", "discovered a body"."""
        if not self.is_in(end - 1, "remains") or self.is_in(end, "genitive"):
            return False
        told = range(end, self.after_adverbs(end) + 1)
        is_found = len(told) > 1 and any(self.is_in(i, "finding") for i in told)
        return is_found or self.is_in(at - 1, "finding")

    def is_person_head(self, end: int, head: str) -> bool:
        """Whether nouns that end before a token are for one person: "a 10-year-old"."""
        return head in self.lookup.one or (bool(head) and self.ends_in(end - 1, "ages"))

    def _is_object_in_clause(self, at: int) -> bool:
        """Whether a noun is no subject: "of a car", or "women who carried a banner"."""
        if self.is_in(at - 1, "prepositions"):
            return True
        for i in range(at - 2, max(-1, at - _NOUN_PHRASE), -1):
            if self.tokens[i].is_sign or self.is_in(i, "joins"):
                return False
            if self.is_in(i, "relative_people"):
                return True
        return False

    def is_somebody(self, at: int, head: str) -> bool:
        """Whether it is somebody by the verb before it, as in "gunned down a money changer"."""
        if not head or head in self.lookup.not_people or head in self.lookup.many:
            return False
        for length in (3, 2, 1):
            if self.phrase(at - length, "people_only") == length:
                # "calls the killing a private feud" tells of no person.
                is_noun = self.is_in(at - length - 1, "which_killing")
                return not self.is_passive(at - length) and not is_noun
        return False

    def _is_killed(self, end: int, head: str) -> bool:
        """Whether it is somebody by what follows: "a cyclist who was passing was killed"."""
        if not head.isalpha() or head in self.lookup.not_people or head in self.lookup.many:
            return False
        at = end
        if self.is_in(at, "relative_people"):
            at = next((i for i in range(end + 2, end + _CLAUSE) if self.is_in(i, "passive")), end)
        told = self.after_adverbs(at)
        if any(self.is_in(i, "passive") for i in range(at, told)):
            return bool(self.phrase(told, "killed_only"))
        return bool(self.phrase(told, "killed_alone"))

    def _one_more(self, at: int) -> CountedPeople | None:
        """The one person of "a third was wounded"."""
        is_next = self.is_in(at + 1, "ordinals") and (
            self.is_in(at, "indefinite") or self._follows_others(at)
        )
        if not is_next and not self.phrase(at, "one_other"):
            return None
        is_told = any(self.is_in(at + 2, kind) for kind in ("passive", "taken_from", "remarks"))
        is_object = self.verb_before(at)[1] is not None or self.is_in(at - 1, "leaving")
        if not is_told and not is_object and not self.harm("after", at + 2):
            return None
        return CountedPeople(NumberPhrase(at, at + 2, 1, 1, 1), at + 2, "", is_people=True)

    def _follows_others(self, at: int) -> bool:
        """Whether "the third" is told of after two others in the sentence."""
        names = self.lookup.listed("ordinals")
        if not self.is_in(at, "definite_article") or not self.is_in(at + 2, "passive"):
            return False
        others = names.index(self.plain(at + 1)) + 1
        numbers = (self.number_at(i) for i in range(at))
        return any(number and number.best == others for number in numbers)

    def named(self, at: int) -> CountedPeople | None:
        """The one person of "killed NAME" or "NAME was killed", from the first name on."""
        end = at
        while end < len(self.tokens) and end not in self.names and self.is_name(end, at):
            end += 1
        if end - at < _NAMES or not self._is_persons(at, end):
            return None
        told = self._after_age(end)
        # The remark on a name is of the same person: "NAME, a former judge, was".
        last = told - 1 if self.is_in(end + 1, "articles") and told > end else end
        return CountedPeople(
            NumberPhrase(at, end, 1, 1, 1), last, self.plain(end - 1), is_people=True
        )

    def _is_persons(self, at: int, end: int) -> bool:
        """Whether somebody is killed in person: the verb is beside the name, and nobody else."""
        last = self.plain(end - 1)
        is_group = last in self.lookup.not_people or any(
            self.plain(i) in self.lookup.many
            or self.is_in(i, "prepositions")
            or self.is_in(i, "denying_one")
            for i in range(at, end)
        )
        if is_group or self.is_in(at - 1, "definite_article") or self.is_in(at - 1, "naming"):
            return False
        noun, (verb, before) = self.harm("noun", at - _NAMES), self.verb_before(at)
        is_killed = before is not None and before.of_what == "killed"
        is_person = is_killed or self.phrase(at - 1, "people_only") == 1
        is_active = before is not None and is_person and not self.is_passive(verb)
        told = self._after_age(end)
        if self.plain(told) == "," == self.plain(at - 1):
            told += 1  # "their son, NAME, was"
        is_passive = self._is_done_to_one(told) and not self.is_in(at - 1, "prepositions")
        is_noun = noun and noun[1].of_what == "killed" and noun[0] == _NAMES
        return bool((at and is_active) or is_passive or is_noun)

    def _is_done_to_one(self, at: int) -> bool:
        """Whether "was killed" or "has been detained" begins at a token."""
        verb = self.after_adverbs(at)
        one = any(self.is_in(i, "passive_of_one") for i in range(at, verb))
        is_one = one or (self.is_in(at, "verbs_of_one") and self.is_in(verb - 1, "been"))
        return is_one and self.harm("after", verb) is not None

    def verb_before(self, at: int) -> tuple[int, HarmWord | None]:
        """The verb that ends directly before a token: "shot dead".

        Returns
        -------
        tuple
            The token with which it begins, and what it tells; without one, the token itself.
        """
        for length in (2, 1):
            match = self.harm("before", at - length)
            if match and match[0] == length:
                return at - length, match[1]
        return at, None

    def _after_age(self, end: int) -> int:
        """The token after the age or post of somebody: "NAME, 34, was", "NAME, a judge, was"."""
        if self.plain(end) == "," and self.is_in(end + 1, "articles"):
            closing = (i for i in range(end + 2, end + _REMARK) if self.plain(i) == ",")
            return next(closing, end - 1) + 1
        is_age = self.plain(end) in {",", "("} and self.plain(end + 2) in {",", ")"}
        return end + 3 if is_age and self.plain(end + 1).isdecimal() else end

    def noun_phrase(self, at: int) -> tuple[int, str, bool]:
        """Where the nouns after a number end, the last of them, and whether they are people.

        Returns
        -------
        tuple
            The token after them, the last noun, and whether one of them is a word for people.
        """
        end, counted = at, 0
        if self.is_in(end, "genitive") and self.is_in(end + 1, "owners"):
            end += 2
        while end < len(self.tokens) and counted < _NOUN_PHRASE:
            if end not in self.names and self._ends_nouns(end, at):
                break
            # A name of several words counts as one: "a Front of NAME leader".
            counted += end not in self.names or end - 1 not in self.names
            end += 1
            if end < len(self.tokens) and (self._is_next_name(end) or self._is_whole(end)):
                break
        words = [token.plain for token in self.tokens[at:end] if not token.is_sign]
        end = end if words else at
        head = words[-1] if words else ""
        known = not words or any(self.lookup.is_person(word) for word in words)
        is_name = bool(words) and self.tokens[end - 1].is_capital
        return end, head, known or is_name

    def _is_next_name(self, at: int) -> bool:
        """Whether a name that is not of the people begins after "men"."""
        is_name = self.tokens[at].is_capital and at not in self.names
        return is_name and self.plain(at - 1) in self.lookup.many

    def _is_whole(self, end: int) -> bool:
        """Whether nouns end before a token, as "corpses" does before "lay by the road"."""
        before, token = self.plain(end - 1), self.tokens[end]
        is_one = before in self.lookup.one
        is_plural = is_one or self.ends_in(end - 1, "plural") or self.is_in(end - 1, "plurals")
        known = is_one or before in self.lookup.many or before in self.lookup.heads
        is_name = token.is_capital or token.is_sign or end in self.names
        return is_plural and known and not is_name and self.is_in(end, "whole")

    def _describes(self, at: int) -> bool:
        """Whether a participle after people tells of them: "a leader based in", "men known for"."""
        is_participle = self.ends_in(at, "participles") or self.is_in(at, "participles")
        is_noun = self.plain(at) in self.lookup.many or at - 1 in self.names
        return is_participle and not is_noun and self.is_person_word(at - 1)

    def _ends_nouns(self, end: int, at: int) -> bool:
        """Whether a token is none of the nouns after a number."""
        token = self.tokens[end]
        is_stop = token.is_sign and token.plain not in _QUOTES
        if is_stop or self.is_in(end, "prepositions") or self.is_in(end, "adverbs"):
            return True
        if end > at and (self.number_at(end) or self._describes(end)):
            return True
        is_own = end > at and self.is_in(end, "partners")  # "cost a policeman his life"
        if is_own or self.is_in(end, "taken_from" if end > at else "sustaining"):
            return True
        is_plural_head = self.plain(end) in self.lookup.heads and self.ends_in(end, "plural")
        if is_plural_head and (end == at or not self.is_person_word(end - 1)):
            return False
        if end == at and self.plain(end) in self.lookup.one:
            return False  # "one martyr"
        return bool(self.harm("after", end) or self.harm("before", end))
