"""What happened to the people counted, by the words before and after them in the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.reports.language import TextToken
from geo.reports.number_before import SentenceBefore, either
from geo.reports.number_people import CountedPeople, HarmWord, number_lookup
from geo.reports.number_words import cardinal, number_phrase

_AHEAD: Final = 16
"""Tokens after the counted people among which what happened to them is looked for."""
_INSIDE: Final = frozenset({'"', "“", "”", "-", "'", "’"})
"""Signs that end no clause."""
_PLACE: Final = 9
"""Tokens of where people are taken: "to the emergency hospital of the province"."""
_ASIDES: Final = 2
"""Such remarks between people and what happened to them."""
_ASIDE: Final = 24
"""Tokens of a remark between commas, such as "including two commanders"."""
_OTHER_SPEAKER: Final = 8
"""Tokens between two numbers of "one says ten died, the other says twelve"."""


class SentenceHarms(SentenceBefore):
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
            is_end = self.is_in(at, "ends") and not self.is_passive(at)
            if is_end or (self.tokens[at].is_sign and self.plain(at) not in _INSIDE):
                return None
            at += 1
        return None

    def _told_at(self, at: int, *, is_first: bool) -> tuple[bool, HarmWord | None]:
        """Whether a token decides what is told of the people before it, and what that is."""
        if self.plain(at) in {"not", "neither", "nor", "never"}:
            return True, None
        if self._is_brought_to_hospital(at):
            return True, HarmWord("injured", "after")
        if match := self.harm("after", at):
            return True, self._told_by(at, match)
        if self.harm("before", at) and not self.is_passive(at):
            return True, None
        main = self._main_verb(at) or (self._after_complement(at) if is_first else None)
        return main is not None, main

    def _after_remark(self, at: int) -> int:
        """The token after an aside, ages, or "along with" others; 0 if none begins at a token."""
        if self.is_in(at, "aged"):
            return self._after_ages(at)
        if self.plain(at) in {"along", "together"} and self.plain(at + 1) == "with":
            others = self.people(at + 2) if at + 2 < len(self.tokens) else None
            return others.end if others is not None else 0
        return self._after_aside(at)

    def _after_ages(self, at: int) -> int:
        """The token after "aged four to eleven"."""
        at += 1
        while at < len(self.tokens):
            if age := cardinal(self.tokens, at):
                at = age[1]
            elif self.plain(at) in {"to", "and", "or", "-", "–", "between"}:
                at += 1
            else:
                break
        return at

    def _is_brought_to_hospital(self, at: int) -> bool:
        """Whether "have been brought to the provincial hospital" begins at a token."""
        while self.is_in(at, "passive") or self.is_in(at, "adverbs"):
            at += 1
        if not self.is_in(at, "moved") or self.plain(at + 1) not in {"to", "into"}:
            return False
        for i in range(at + 2, min(len(self.tokens), at + _PLACE)):
            if self.is_in(i, "hospitals"):
                return True
            if self.tokens[i].is_sign:
                break
        return False

    def _after_complement(self, at: int) -> HarmWord | None:
        """What happened to people after "for the group" or "working for a charity"."""
        is_clause = self.plain(at).endswith("ing") and not self.harm("before", at)
        of = self.plain(at) in {"of", "in", "on", "from", "at"}
        if of and {"that", "which"}.isdisjoint(self.plain(i) for i in range(at, at + _PLACE)):
            return None
        if not is_clause and not of and not self.is_in(at, "complements"):
            return None
        for i in range(at + 1, min(len(self.tokens), at + _AHEAD)):
            if self.tokens[i].is_sign or number_phrase(self.tokens, i):
                return None
            if self.is_in(i, "ends") and not self.is_in(i, "prepositions"):
                return None
            if self.is_in(i, "passive"):
                while self.is_in(i, "passive") or self.is_in(i, "adverbs"):
                    i += 1  # noqa: PLW2901 - on to the participle
                match = self.harm("after", i)
                return match[1] if match else None
        return None

    def after_list(self, at: int) -> int:
        """The token after the last people of a list: "six militants, one soldier and a guard"."""
        while self.plain(at) in {",", "and"}:
            begins = at + 2 if self.plain(at + 1) == "and" else at + 1
            people = self.people(begins) if begins < len(self.tokens) else None
            if people is None or self.is_share(people) or not self.are_named_people(people):
                break
            at = people.end
        return at

    def are_named_people(self, people: CountedPeople) -> bool:
        """Whether the noun after a number is one for people."""
        return people.head in self.lookup.one | self.lookup.many

    def is_share(self, people: CountedPeople) -> bool:
        """Whether it is a share of the people before it: "eight, five of them children, died"."""
        if self.plain(people.number.start - 1) == "," and self.is_in(people.end, "gravely"):
            return True  # "wounded seven, two critically"
        is_of = self.plain(people.number.end) == "of"
        if is_of and self.plain(people.number.end + 1) == "the":
            return self.plain(people.number.end + 2) in self.lookup.heads
        if not is_of or self.plain(people.number.end + 1) not in {"them", "whom"}:
            return False
        is_told = self.is_in(people.end, "passive") or self.harm("after", people.end)
        return self.plain(people.number.start - 1) in {",", "-", "–", "—", "("} and not is_told

    def _main_verb(self, at: int) -> HarmWord | None:
        """What happened to those of whom a clause tells before: "men who planted bombs were"."""
        if not self.is_in(at, "described"):
            return None
        found: HarmWord | None = None
        for i in range(at + 1, min(len(self.tokens), at + _ASIDE)):
            if self.tokens[i].is_sign or number_phrase(self.tokens, i):
                break
            match = self.harm("after", i)
            if match and self.is_passive(i):
                found = match[1]
        return found

    def _told_by(self, at: int, match: tuple[int, HarmWord]) -> HarmWord | None:
        """What a word after the people says: nothing, if they did it to others."""
        length, harm = match
        following = at + length
        if harm.of_what == "captured" and (later := self._killed_later(following)):
            return later
        is_both = harm.form == "both" and not self.is_passive(at)
        # In "ninety wounded people" it is an adjective.
        is_adjective = self.plain(following) in self.lookup.many and cardinal(self.tokens, at - 1)
        if is_both and not is_adjective and self._is_object(following):
            return None
        if self.plain(following) in {"and", "or", "/"}:
            joined = following + 1
            while self.is_in(joined, "adverbs"):
                joined += 1
            other = self.harm("after", joined)
            if other and not self._is_object(joined + other[0]):
                return either(harm, other[1], self.plain(following))
        return harm

    def _killed_later(self, at: int) -> HarmWord | None:
        """What came after "were pulled from their cars", as in "and shot"."""
        for i in range(at, min(len(self.tokens) - 1, at + _PLACE)):
            if self.tokens[i].is_sign or number_phrase(self.tokens, i):
                return None
            if self.plain(i) == "and":
                i += 1  # noqa: PLW2901 - on to the verb
                while self.is_in(i, "passive") or self.is_in(i, "adverbs"):
                    i += 1  # noqa: PLW2901 - on to the participle
                match = self.harm("after", i)
                is_killed = match is not None and match[1].of_what == "killed"
                return (
                    match[1] if match and is_killed and not self._is_object(i + match[0]) else None
                )
        return None

    def _is_object(self, at: int) -> bool:
        """Whether somebody is named at a token, to whom a verb before it can have happened."""
        if at >= len(self.tokens) or self.tokens[at].is_sign:
            return False
        token = self.tokens[at]
        if token.plain in {"one", "some", "himself", "herself"} or number_phrase(self.tokens, at):
            return True
        if self.is_in(at, "determiners"):
            return True
        if self.is_in(at, "prepositions") or self.is_in(at, "ends"):
            return False
        is_day = self.is_in(at, "months") or self.is_in(at, "days")
        named = token.is_capital and not is_day
        return named or token.plain in self.lookup.many | self.lookup.one

    def _after_aside(self, at: int) -> int:
        """The token after a remark between commas or brackets; 0 if none begins at a token."""
        opening = self.plain(at)
        if opening == "incl" and self.plain(at + 1) == ".":
            return at + 2
        if opening not in {",", "(", "–", "—"} or at + 1 >= len(self.tokens):
            return 0
        closing = {",": ",", "(": ")"}.get(opening, opening)
        is_aside = self.is_in(at + 1, "aside") or bool(cardinal(self.tokens, at + 1))
        if opening == "," and self._is_told(at + 1) and self.is_in(at + 1, "passive"):
            return at + 1
        for end in range(at + 1, min(len(self.tokens), at + _ASIDE)):
            if self.plain(end) == ")" and opening != "(":
                return 0
            if self.plain(end) == closing:
                is_list = end + 1 < len(self.tokens) and number_phrase(self.tokens, end + 1)
                fits = is_aside or opening != "," or self._is_told(end + 1)
                return end + 1 if fits and not is_list else 0
        return 0

    def _is_told(self, at: int) -> bool:
        """Whether the next words say what happened, with nothing before it but "were"."""
        while self.is_in(at, "passive") or self.is_in(at, "adverbs"):
            at += 1
        return self.harm("after", at) is not None

    def is_listed(self, end: int, at: int) -> bool:
        """Whether a number goes on with a list: "killed two soldiers and three policemen"."""
        between = [token.plain for token in self.tokens[end:at]]
        is_one = self.plain(at) in {"a", "an"}
        joins = {"and", "as", "well", ","} if not is_one or "and" in between else set()
        if "and" in between:
            joins |= {"his", "her", "their", "its", "the"}
        return bool(between) and set(between) <= joins

    def is_listed_after_place(self, end: int, people: CountedPeople) -> bool:
        """Whether a list goes on after where it was: "detained a leader in NAME and two men"."""
        at = people.number.start
        between = range(end, at - 1)
        if self.plain(at - 1) != "and" or not 0 < len(between) <= _OTHER_SPEAKER:
            return False
        following = self.plain(people.end)
        is_whole = not self.lookup.is_in(following, "ends") or following in {"during", "after"}
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
                or number_phrase(self.tokens, i)
                for i in between
            )
        )

    def is_another_figure(self, people: CountedPeople) -> bool:
        """Whether somebody gives a number of the same: "the elders speak of 62", "mentioned 40"."""
        if people.end > people.number.end or people.number.question:
            return False
        at = people.number.start
        while self.plain(at - 1) in {'"', "“", "only"}:
            at -= 1
        is_whole = self.plain(people.end) in {"", ".", ",", ";", ")", "and", '"', "”"}
        is_spoken = self.plain(at - 1) == "of" and self.is_in(at - 2, "speaking")
        is_labelled = self.plain(at - 1) == ":" and self.is_in(at - 2, "figures")
        return is_whole and (is_spoken or is_labelled or self.is_in(at - 1, "mentioning"))

    def is_of_other(self, end: int, people: CountedPeople) -> bool:
        """Whether somebody else gives another number of the same: ", the hospital says twelve"."""
        at = people.number.start
        last = at - 1 if self.plain(at - 1) == ";" else at
        cuts = [i for i in range(end, last) if self.plain(i) in {",", ";", "and", "while", "but"}]
        if not cuts or last - cuts[-1] > _OTHER_SPEAKER:
            return False
        between = range(cuts[-1] + 1, last)
        by_another = self.is_in(last - 1, "saying") and len(between) > 1
        is_whole = self.plain(people.end) in {"", ".", ",", ";", ")"}
        told = any(self.harm("after", i) or number_phrase(self.tokens, i) for i in between)
        return by_another and is_whole and not told


def harm_verb(tokens: Sequence[TextToken], at: int) -> HarmWord | None:
    """The word for what happened to people, if a verb that can have an object begins at a token.

    Returns
    -------
    HarmWord or None
        ``None``, if none begins there.
    """
    match = number_lookup().harms["before"].match(tokens, at)
    return match[1] if match else None
