"""Another number of what was counted before: that of another speaker, or a corrected one."""

from __future__ import annotations

from typing import Final

from geo.reports.number_lookup import CountedPeople
from geo.reports.number_wounds import SentenceWounds

_PUT: Final = 5
"""Tokens of "put the figure at", and one more."""
_LABEL: Final = 3
"""Tokens of "Hospital:" at the beginning of a sentence."""
_SPEAKER: Final = 8
"""Tokens between two numbers of "one says ten died, the other says twelve"."""


class SentenceOthers(SentenceWounds):
    """Which numbers of one sentence are others of the same."""

    def is_another_figure(self, people: CountedPeople) -> bool:
        """Whether somebody gives a number of the same: "the elders speak of 62", "mentioned 40"."""
        if people.end > people.number.end or people.number.question:
            return False
        at = people.number.start
        while self.is_in(at - 1, "before_alone"):
            at -= 1
        is_end = self.plain(people.end) in {"", ".", ",", ";", ")", '"', "”"}
        is_whole = is_end or self.is_in(people.end, "joins")
        is_spoken = self.is_in(at - 1, "genitive") and self.is_in(at - 2, "speaking")
        is_labelled = self.plain(at - 1) in {":", ","} and self.is_in(at - 2, "figures")
        is_labelled = is_labelled or (self.plain(at - 1) == ":" and at <= _LABEL)
        is_or = self.is_in(at - 1, "choosing") and self.plain(at - 2) == ","
        is_counted = self.is_in(at - 1, "passive") and self.is_in(at - 2, "existing")
        is_other = is_spoken or is_labelled or is_or or is_counted or self._is_put_at(at)
        return is_whole and (is_other or self.is_in(at - 1, "mentioning"))

    def _is_put_at(self, at: int) -> bool:
        """Whether "put it at", "a figure of" or "a figure the ministry puts at" is before it."""
        verb = at - 2
        while verb > at - _PUT and not self.is_in(verb, "putting"):
            if self.tokens[verb].is_sign or not self.is_in(verb, "toll_itself"):
                return self.is_in(verb, "figures") and self.is_in(at - 1, "genitive")
            verb -= 1
        return self.is_in(verb, "putting") and self.is_in(at - 1, "before_level")

    def is_of_other(self, end: int, people: CountedPeople) -> bool:
        """Whether somebody else gives another number of the same: ", the hospital says twelve"."""
        at = people.number.start
        last = at - 1 if self.plain(at - 1) == ";" else at
        cuts = [i for i in range(end, last) if self.is_in(i, "cuts")]
        if not cuts or last - cuts[-1] > _SPEAKER:
            return False
        between = range(cuts[-1] + 1, last)
        has_speaker = any(not self.tokens[i].is_sign for i in between[:-1])
        is_spoken = self.is_in(last - 1, "genitive") and any(
            self.is_in(i, "speaking") for i in range(end)
        )
        by_another = has_speaker and (self.is_in(last - 1, "saying") or is_spoken)
        is_whole = self.plain(people.end) in {"", ".", ",", ";", ")"}
        told = any(self.harm("after", i) or self.number_at(i) for i in between)
        return by_another and is_whole and not told

    def is_gapped(self, end: int, people: CountedPeople) -> bool:
        """Whether the verb is that before: "four were killed in NAME, two in NAME"."""
        begins = people.number.start
        joins = begins - 1 - self.is_in(begins - 2, "joins_list")
        is_alone = people.end == people.number.end and not people.number.question
        is_next = self.is_in(begins - 1, "joins_list") and joins > end
        told = any(self.harm("after", i) or self.harm("before", i) for i in range(begins))
        return is_alone and is_next and self.is_in(people.end, "gapped") and told
