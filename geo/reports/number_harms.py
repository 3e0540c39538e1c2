"""What happened to the people counted, by the words before and after them in the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.reports.language import TextToken
from geo.reports.mentions import Counted
from geo.reports.number_people import CountedPeople, HarmWord, SentencePeople, number_lookup
from geo.reports.number_words import cardinal, number_phrase

_AHEAD: Final = 16
"""Tokens after the counted people among which what happened to them is looked for."""
_LABEL: Final = 3
"""Tokens of a label before a number."""
_BEHIND: Final = 8
"""Tokens before a number among which "death toll" is looked for."""
_RISEN: Final = 24
"""Tokens before "has risen to" among which the toll is: "the toll of the attack on a mosque in"."""
_ASIDES: Final = 2
"""Such remarks between people and what happened to them."""
_ASIDE: Final = 24
"""Tokens of a remark between commas, such as "including two commanders"."""
_OTHER_SPEAKER: Final = 8
"""Tokens between two numbers of "one says ten died, the other says twelve"."""


class SentenceHarms(SentencePeople):
    """What happened to the people counted in one sentence."""

    def told_before(self, at: int) -> HarmWord | None:
        """What "killing", "killed" or "the deaths of" before a number says."""
        for length in range(5, 0, -1):
            begins = at - length
            if begins < 0:
                continue
            match = self.harm("before", begins)
            if match and match[0] == length and not self.is_passive(begins):
                return self._combined_before(begins, match[1])
            noun = self.harm("noun", begins)
            if noun and noun[0] == length:
                return noun[1]
        return (
            self._labelled(at)
            or self._toll_before(at)
            or self._risen_before(at)
            or self._together(at)
            or self._beside_person(at)
        )

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
            match = self.harm("after", begins) or self.harm("noun", begins)
            if match and begins + match[0] == end:
                is_counted = begins > 0 and cardinal(self.tokens, begins - 1)
                is_label = not is_counted and (is_first or self.plain(at - 1) == ":")
                return match[1]._replace(form="noun") if is_label else None
            head = self.lookup.heads.get(self.plain(begins)) if begins == end - 1 else None
            if head and is_first:
                return head
        return None

    def _beside_person(self, at: int) -> HarmWord | None:
        """What "killed the leader and" before a number says: somebody uncounted is between."""
        if self.plain(at - 1) not in {"and", ","}:
            return None
        for begins in range(at - 2, max(-1, at - _BEHIND), -1):
            match = self.harm("before", begins)
            after = self.harm("after", begins)
            if match and after and after[0] > match[0]:
                # "lost their lives" is no verb with an object.
                return None
            following = begins + match[0] if match else 0
            if match and not self.is_passive(begins) and self.is_in(following, "uncounted"):
                return match[1]
            is_sign = self.tokens[begins].is_sign and self.plain(begins) not in {",", "-", "'"}
            if match or is_sign or number_phrase(self.tokens, begins):
                return None
            if self.is_in(begins, "ends") or self.is_in(begins, "passive"):
                return None
        return None

    def _toll_before(self, at: int) -> HarmWord | None:
        """What "the death toll rose to" or "killed:" before a number says."""
        begins = at - 1
        while begins >= max(0, at - _BEHIND):
            noun = self.harm("noun", begins)
            if noun and begins + noun[0] < at:
                return noun[1]
            if not noun and not self.is_in(begins, "rising"):
                return None
            begins -= 1
        return None

    def _risen_before(self, at: int) -> HarmWord | None:
        """What "the toll of the attack has risen to" or "put the number of dead at" says."""
        if self.plain(at - 1) not in {"to", "at"}:
            return None
        last = at - 2
        if self.plain(at - 3) == "from" and cardinal(self.tokens, at - 2):
            last = at - 4  # "climbed from ten to twelve"
        is_risen = self.is_in(last, "risen")
        for begins in range(last, max(-1, at - _RISEN), -1):
            if number_phrase(self.tokens, begins) or self.plain(begins) == ";":
                return None
            noun = self.harm("noun", begins)
            if noun and (is_risen or self.is_in(begins - 1, "putting")):
                return noun[1]
            if noun and self.plain(begins - 1) == "the" and self.is_in(begins - 2, "putting"):
                return noun[1]
        return None

    def _together(self, at: int) -> HarmWord | None:
        """What happened to whom "along with" before a number joins to others."""
        if self.plain(at - 1) != "with" or self.plain(at - 2) not in {"along", "together"}:
            return None
        for begins in range(at - 3, max(-1, at - 2 * _BEHIND), -1):
            after, before = self.harm("after", begins), self.harm("before", begins)
            if after and self.is_passive(begins):
                return after[1]
            if before and not self.is_passive(begins):
                return before[1]
        return None

    def _combined_before(self, begins: int, harm: HarmWord) -> HarmWord:
        """Killed or injured, if "killed or" is before "injured"."""
        if self.plain(begins - 1) not in {"and", "or", "/"}:
            return harm
        for back in (2, 3):
            match = self.harm("before", begins - back) if begins >= back else None
            if match and match[0] == back - 1:
                return _either(match[1], harm, self.plain(begins - 1))
        return harm

    def told_after(self, at: int) -> HarmWord | None:
        """What happened to the people before a token, as the words after them tell it."""
        end = min(len(self.tokens), at + _AHEAD)
        asides = 0
        while at < end:
            if self.plain(at) in {"not", "neither", "nor", "never"}:
                return None
            if match := self.harm("after", at):
                return self._told_by(at, match)
            if self.harm("before", at) and not self.is_passive(at):
                return None
            if asides < _ASIDES and (after := self._after_aside(at)):
                at, end = after, min(len(self.tokens), after + _AHEAD)
                asides += 1
                continue
            if self.plain(at) in {"along", "together"} and self.plain(at + 1) == "with":
                others = self.people(at + 2) if at + 2 < len(self.tokens) else None
                if others is not None:
                    at = others.end
                    continue
            if main := self._main_verb(at):
                return main
            is_end = self.is_in(at, "ends") and not self.is_passive(at)
            if is_end or (self.tokens[at].is_sign and self.plain(at) not in {'"', "“", "”", "-"}):
                return None
            at += 1
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
        is_of = self.plain(people.number.end) == "of"
        if is_of and self.plain(people.number.end + 1) == "the":
            return self.plain(people.number.end + 2) in self.lookup.heads
        if not is_of or self.plain(people.number.end + 1) not in {"them", "whom"}:
            return False
        is_told = self.is_in(people.end, "passive") or self.harm("after", people.end)
        return self.plain(people.number.start - 1) == "," and not is_told

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
                return _either(harm, other[1], self.plain(following))
        return harm

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


def _either(one: HarmWord, other: HarmWord, joined: str) -> HarmWord:
    """What "killed or injured" counts; two things that no figure of a record joins are another.

    Who is "abducted and killed" is killed.
    """
    if one.of_what == other.of_what:
        return one
    both = {one.of_what, other.of_what}
    if joined == "and" and both == {"captured", "killed"}:
        return HarmWord("killed", one.form)
    joins: Counted = (
        "killed_or_injured" if both <= {"killed", "injured", "killed_or_injured"} else "other"
    )
    return HarmWord(joins, one.form)


def harm_verb(tokens: Sequence[TextToken], at: int) -> HarmWord | None:
    """The word for what happened to people, if a verb that can have an object begins at a token.

    Returns
    -------
    HarmWord or None
        ``None``, if none begins there.
    """
    match = number_lookup().harms["before"].match(tokens, at)
    return match[1] if match else None
