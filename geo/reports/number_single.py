"""The one person whom a text does not count: "his bodyguard was shot", "Gunmen kill judge"."""

from __future__ import annotations

from typing import Final

from geo.reports.number_harms import SentenceHarms
from geo.reports.number_people import CountedPeople
from geo.reports.number_words import NumberPhrase

_OWNER: Final = 5
"""Tokens between two people who are told of together: "a spy of the directorate and his son"."""
_OF: Final = 8
"""Tokens between a person and what happened: "the head of a school in NAME was"."""


class SentenceSingles(SentenceHarms):
    """The single people of one sentence."""

    def uncounted(self, at: int) -> CountedPeople | None:
        """The one person of "his bodyguard was shot", or of a headline, "Gunmen kill judge"."""
        is_definite = self.is_in(at, "definite")
        first = at + is_definite
        if first >= len(self.tokens) or (not is_definite and not self._is_bare(at)):
            return None
        end, head, _ = self._noun_phrase(first)
        if head not in self.lookup.one or self.is_in(end - 1, "collective"):
            return None
        if (
            self.plain(at - 1) == "with"
            or self.plain(end) == "and"
            or (self.plain(end) == "," and self.people(end + 1))
        ):
            return None  # Who is told of together with others is not one.
        is_object = self._is_somebody(at, head)
        if not is_object and not self._is_told_directly(at, end, is_definite=is_definite):
            return None
        return CountedPeople(NumberPhrase(at, end, 1, 1, 1), end, head, is_people=True)

    def pair(self, at: int) -> CountedPeople | None:
        """The two people of "the imam and one worshipper were" or "a judge and his son were"."""
        if not (self.is_in(at, "definite") or self.plain(at) in {"a", "an"}):
            return None
        end, head, _ = self._noun_phrase(at + 1)
        joins = next((i for i in range(end, end + _OWNER) if self.plain(i) == "and"), 0)
        is_own = self.is_in(joins + 1, "partners")
        if not joins or not (
            is_own or (self.plain(at) == "the" and self.plain(joins + 1) == "one")
        ):
            return None
        between = range(end, joins)
        if any(self.tokens[i].is_sign or self.is_in(i, "passive") for i in between):
            return None
        second, other, _ = self._noun_phrase(joins + 2)
        is_told = self.plain(second) in {"were", "are"} or self.harm("after", second)
        if not is_told or not {head, other} <= self.lookup.one:
            return None
        return CountedPeople(NumberPhrase(at, second, 2, 2, 2), second, other, is_people=True)

    def _is_bare(self, at: int) -> bool:
        """Whether a noun can stand without an article: at the beginning, or after a verb."""
        is_first = at == 0 or self.plain(at - 1) in {";", ":", "."}
        if self.plain(at - 1) == "," and self.harm("after", at + 1):
            is_first = True  # "bomb under a taxi, driver wounded"
        return self.plain(at) in self.lookup.one and (is_first or self._is_somebody(at, "-"))

    def _is_told_directly(self, begins: int, end: int, *, is_definite: bool) -> bool:
        """Whether what happened follows the noun: "was killed", "of the school was", "dead"."""
        at = end
        while is_definite and at < min(len(self.tokens), end + _OF):
            is_stop = self.tokens[at].is_sign and self.plain(at) not in {"'", "’"}
            if self.is_in(at, "passive") or is_stop or self.is_in(at, "ends"):
                break
            at += 1
        if is_definite and not self.is_in(at, "passive"):
            at = end
        while self.is_in(at, "passive") or self.is_in(at, "adverbs"):
            if self.plain(at) in {"were", "are"}:
                return False
            at += 1
        match = self.harm("after", at)
        if match is None or match[1].of_what == "killed_or_injured":
            return False
        is_joined = self.plain(begins - 1) == "and" and self.plain(at + match[0]) in {"", ".", ","}
        if is_joined:
            return True  # "a guard was killed and his colleague wounded"
        return match[1].form == "after" or self.is_passive(at) or not is_definite
