"""The people counted in a sentence: a number, the nouns after it, and whether they are people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, cast

from geo.reports.language import PhraseTable, TextToken
from geo.reports.mentions import Counted
from geo.reports.number_words import NumberPhrase, number_lists, number_phrase

HarmForm = Literal["both", "before", "after", "noun", "head"]

_NOUN_PHRASE: Final = 7
"""Tokens of the people counted: "suspected foreign Taliban bomb makers" has five."""
_CLAUSE: Final = 12
"""Tokens of a clause such as "who happened to be passing"."""
_YEAR: Final = 4
"""Digits of a year."""
_QUOTES: Final = frozenset({"-", "'", '"', "“", "”", "’", "‘"})
"""Signs that do not end a noun phrase."""


class HarmWord(NamedTuple):
    """A word for what happened to people, and the form in which it can stand.

    ``takes_things`` is true for a verb that is as often about weapons: "seized".
    """

    of_what: Counted
    form: HarmForm
    takes_things: bool = False


@dataclass(frozen=True, slots=True)
class CountedPeople:
    """Counted people: their number, and the tokens of the noun phrase after it."""

    number: NumberPhrase
    end: int
    head: str
    is_people: bool


class NumberLookup:
    """The word lists of what happens to people, as sets and tables."""

    def __init__(self) -> None:
        raw = number_lists().raw
        clauses = raw["clauses"]
        things = frozenset(clauses["takes_things"])
        rows = [
            (phrase, HarmWord(cast("Counted", what), cast("HarmForm", form), phrase in things))
            for what, forms in raw["harm"].items()
            for form, phrases in forms.items()
            for phrase in phrases
        ]
        self.harms = {
            form: PhraseTable((phrase, harm) for phrase, harm in rows if harm.form in forms)
            for form, forms in (
                ("after", {"both", "after"}), ("before", {"both", "before"}), ("noun", {"noun"}),
            )
        }  # fmt: skip
        self.heads = {phrase: harm for phrase, harm in rows if harm.form == "head"}
        self.one = frozenset(raw["people_one"])
        self.many = frozenset(raw["people_many"]) | {f"{one}s" for one in self.one}
        self.not_people = frozenset(raw["not_people"])
        self.part_of = PhraseTable((phrase, True) for phrase in clauses["part_of"])
        self.words = {
            name: frozenset(words) for name, words in clauses.items() if isinstance(words, list)
        }

    def is_in(self, plain: str, kind: str) -> bool:
        """Whether a word is in one of the lists of clauses."""
        return plain in self.words[kind]


@lru_cache(maxsize=1)
def number_lookup() -> NumberLookup:
    """The word lists of what happens to people."""
    return NumberLookup()


class SentencePeople:
    """The tokens of one sentence, and the people counted in it.

    Parameters
    ----------
    named
        Characters of the text that belong to the names of places and groups.
    """

    def __init__(self, text: str, tokens: list[TextToken], named: set[int]) -> None:
        self.text, self.tokens, self.lookup = text, tokens, number_lookup()
        self.names = {at for at, token in enumerate(tokens) if token.start in named}

    def plain(self, at: int) -> str:
        """The word at a token in lower case; empty outside the sentence."""
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def harm(self, form: str, at: int) -> tuple[int, HarmWord] | None:
        """The number of tokens of a word for what happened, and its meaning.

        Returns
        -------
        tuple or None
            ``None``, if none of that form begins at the token.
        """
        inside = 0 <= at < len(self.tokens)
        return self.lookup.harms[form].match(self.tokens, at) if inside else None

    def is_in(self, at: int, kind: str) -> bool:
        """Whether a word is in one of the lists of clauses."""
        return self.lookup.is_in(self.plain(at), kind)

    def people(self, at: int) -> CountedPeople | None:
        """The people counted from a token on; ``None`` if nothing is counted there."""
        if number := number_phrase(self.tokens, at):
            if self._is_no_number(at):
                return None
            end, head, known = self._noun_phrase(number.end)
            # Which number of things it is does not matter.
            is_thing = head in self.lookup.not_people
            if self.plain(end) == "or" and self.plain(end + 1) == "more" and not number.question:
                end += 2
                number = NumberPhrase(number.start, number.end, number.best, None, None)
            return None if is_thing else CountedPeople(number, end, head, known)
        return self._both(at) or self._one_more(at) or self._one(at)

    def _both(self, at: int) -> CountedPeople | None:
        """The two people of "both riders were", "both of them" or "a pair of gunmen"."""
        is_pair = self.plain(at) in {"a", "the"} and self.is_in(at + 1, "pairs")
        first = at + 1 + is_pair
        if not is_pair and self.plain(at) != "both":
            return None
        if is_pair and self.plain(first) == "of":
            first += 1
        end, head, is_known = self._noun_phrase(first)
        is_somebody = is_known and head not in self.lookup.not_people if end > first else False
        is_told = self.is_in(end, "passive") or self.harm("after", end) is not None
        if self.is_passive(at) or self.plain(at - 1) == "," or self.is_in(at - 1, "prepositions"):
            return None
        if self.plain(at + 1) == "couple" or not (is_somebody or is_told):
            return None
        return CountedPeople(NumberPhrase(at, first, 2, 2, 2), end, head, is_people=True)

    def _is_no_number(self, at: int) -> bool:
        """Whether a number counts nobody: in "no one", "how many" and "aged 8 and 10"."""
        before = self.plain(at - 1)
        if before == "no" and self.plain(at) == "one":
            return True
        if before in {"how", "as", "so"} and self.plain(at) == "many":
            return True
        return self._is_year(at) or self._is_age(at) or self._is_of_whole(at)

    def _is_age(self, at: int) -> bool:
        """Whether a number is an age: "aged 8 and 10", "a boy of nine", "children under five"."""
        is_second = self.plain(at - 1) in {"and", "or", ",", "to", "-", "–"}
        is_beside = self.plain(at - 1) in {",", "("} and self.plain(at + 1) in {",", ")"}
        if is_beside and at > 1 and self._is_name(at - 2, at - 2) and self._is_name(at - 3, at - 3):
            return True  # "NAME NAME, 34, was"
        if self.is_in(at - 1, "aged") or (is_second and self.is_in(at - 3, "aged")):
            return True
        is_person = self.plain(at - 2) in self.lookup.one
        if self.plain(at - 1) == "of" and is_person:
            return True
        is_under = self.plain(at) in {"under", "over", "below", "above"}
        under = at if is_under else at - 1
        is_of_people = self.plain(under - 1) in self.lookup.one | self.lookup.many
        return is_of_people and self.plain(under) in {"under", "over", "below", "above"}

    def _is_of_whole(self, at: int) -> bool:
        """Whether a number is what others are a share of, or what a toll rose from."""
        before = [self.plain(i) for i in range(max(0, at - 3), at)]
        if before[-2:] == ["out", "of"] or before[-2:] in (["none", "of"], ["neither", "of"]):
            return True
        if before[-3:] in (["none", "of", "the"], ["one", "of", "the"]):
            return True
        if before[-2:] == ["not", "one"] or before[-1:] == ["not"]:
            return True
        if (
            before[-1:] == ["of"]
            and self.plain(at) == "one"
            and self.plain(at - 2) in (self.lookup.many)
        ):
            return True
        return before[-1:] == ["from"] and self.is_in(at - 2, "risen")

    def _is_year(self, at: int) -> bool:
        """Whether a number is a year: "in 2019,"."""
        is_long = len(self.plain(at)) == _YEAR and self.plain(at).isdigit()
        is_alone = self.plain(at + 1) in {",", ".", ";", ")"}
        return is_long and is_alone and self.is_in(at - 1, "in_years")

    def _one(self, at: int) -> CountedPeople | None:
        """The one person of "a soldier" or "another"."""
        if self.plain(at) not in {"a", "an", "another", "one"}:
            return None
        end, head, _ = self._noun_phrase(at + 1)
        is_alone = end == at + 1 and self.plain(at) == "another"
        is_somebody = (
            head in self.lookup.one
            or self._is_somebody(at, head)
            or self._is_killed_noun(at)
            or (not self.is_in(at - 1, "prepositions") and self._is_killed(end, head))
        )
        if not is_somebody and not is_alone:
            return None
        return CountedPeople(NumberPhrase(at, at + 1, 1, 1, 1), end, head, is_people=True)

    def _is_somebody(self, at: int, head: str) -> bool:
        """Whether it is somebody by the verb before it, as in "gunned down a money changer"."""
        if not head or head in self.lookup.not_people or head in self.lookup.many:
            return False
        for length in (3, 2, 1):
            words = " ".join(self.plain(i) for i in range(max(0, at - length), at))
            if self.lookup.is_in(words, "people_only"):
                return not self.is_passive(at - length)
        return False

    def _is_killed_noun(self, at: int) -> bool:
        """Whether it is somebody by the noun before it: "the body of a money changer"."""
        words = f"{self.plain(at - 2)} {self.plain(at - 1)}"
        return self.lookup.is_in(words, "killed_nouns")

    def _is_killed(self, end: int, head: str) -> bool:
        """Whether it is somebody by what follows: "a cyclist who was passing was killed"."""
        if not head.isalpha() or head in self.lookup.not_people | self.lookup.many:
            return False
        at = end
        if self.plain(at) in {"who", "whose"}:
            at = next((i for i in range(end + 2, end + _CLAUSE) if self.is_in(i, "passive")), end)
        is_active = True
        while self.is_in(at, "passive") or self.is_in(at, "adverbs"):
            is_active, at = is_active and not self.is_in(at, "passive"), at + 1
        phrases = (" ".join(self.plain(at + i) for i in range(length)) for length in (4, 3, 2, 1))
        found = next((one for one in phrases if self.lookup.is_in(one, "killed_only")), "")
        return bool(found) and (not is_active or found in {"died", "perished", "shot dead"})

    def _one_more(self, at: int) -> CountedPeople | None:
        """The one person of "a third was wounded"."""
        is_next = self.plain(at) == "a" and self.is_in(at + 1, "ordinals")
        is_next |= self.plain(at) == "the" and self.plain(at + 1) == "other"
        is_told = self.is_in(at + 2, "passive") or self.plain(at + 2) in {",", "who"}
        if not is_next or not (is_told or self.harm("after", at + 2)):
            return None
        return CountedPeople(NumberPhrase(at, at + 2, 1, 1, 1), at + 2, "", is_people=True)

    def named(self, at: int) -> CountedPeople | None:
        """The one person of "killed NAME" or "NAME was killed", from the first name on."""
        end = at
        while end < len(self.tokens) and end not in self.names and self._is_name(end, at):
            end += 1
        if end - at < len(("first", "last")) or not self._is_persons(at, end):
            return None
        return CountedPeople(
            NumberPhrase(at, end, 1, 1, 1), end, self.plain(end - 1), is_people=True
        )

    def _is_name(self, at: int, first: int) -> bool:
        """Whether a token is a part of a name, such as "al-Roe" after a first name."""
        joined = at > first and self.lookup.is_in(self.plain(at).partition("-")[0], "names_in")
        return self.tokens[at].is_capital or joined

    def _is_persons(self, at: int, end: int) -> bool:
        """Whether somebody is killed in person: the verb is beside the name, and nobody else."""
        is_group = self.plain(end - 1) in self.lookup.many | self.lookup.not_people
        if is_group or self.plain(at - 1) == "the":
            return False
        noun = self.harm("noun", at - 2) if at >= len(("killing", "of")) else None
        before = self.harm("before", at - 1)
        is_killed = before and before[1].of_what == "killed"
        is_person = is_killed or self.is_in(at - 1, "people_only")
        is_active = before and is_person and not self.is_passive(at - 1)
        told = self._after_age(end)
        is_passive = self.plain(told) in {"was", "is"} and self.harm("after", told + 1)
        is_noun = noun and noun[1].of_what == "killed" and noun[0] == len(("killing", "of"))
        return bool((at and is_active) or is_passive or is_noun)

    def _after_age(self, end: int) -> int:
        """The token after the age of somebody: "NAME, 34, was", "NAME (34) was"."""
        is_age = self.plain(end) in {",", "("} and self.plain(end + 2) in {",", ")"}
        return end + 3 if is_age and self.plain(end + 1).isdecimal() else end

    def is_day(self, number: NumberPhrase) -> bool:
        """Whether a number is the day of a month."""
        if self.is_in(number.end, "months"):
            return True
        is_after = self.is_in(number.start - 1, "months") and self.plain(number.start)[0].isdigit()
        is_month = self.plain(number.start - 2) == "in" and self.plain(number.end) in (
            self.lookup.many
        )
        return is_after and not is_month

    def is_passive(self, at: int) -> bool:
        """Whether "was" or "were" is before a word, with nothing but adverbs between."""
        if self.plain(at).endswith("ing"):
            return False
        back = at - 1
        while back > at - 4 and self.is_in(back, "adverbs"):
            back -= 1
        return self.is_in(back, "passive")

    def _noun_phrase(self, at: int) -> tuple[int, str, bool]:
        """Where the nouns after a number end, the last of them, and whether they are people."""
        end, counted = at, 0
        if self.plain(end) == "of" and self.is_in(end + 1, "owners"):
            end += 2
        while end < len(self.tokens) and counted < _NOUN_PHRASE:
            if end not in self.names and self._ends_nouns(end, at):
                break
            # A name of several words counts as one: "a Front of NAME leader".
            counted += end not in self.names or end - 1 not in self.names
            end += 1
            is_next_name = (
                end < len(self.tokens) and self.tokens[end].is_capital and end not in self.names
            )
            if self.plain(end - 1) in self.lookup.many and is_next_name:
                break
            if end < len(self.tokens) and self._is_whole(end):
                break
        words = [token.plain for token in self.tokens[at:end] if not token.is_sign]
        head = words[-1] if words else ""
        known = not words or any(
            word in self.lookup.many or word in self.lookup.one for word in words
        )
        is_name = bool(words) and self.tokens[end - 1].is_capital
        return end, head, known or is_name

    def _is_whole(self, end: int) -> bool:
        """Whether nouns end before a token, as "corpses" does before "lay by the road"."""
        before, token = self.plain(end - 1), self.tokens[end]
        is_plural = before.endswith("s") or before in {"men", "women", "children", "people"}
        known = self.lookup.many | self.lookup.heads.keys()
        is_name = token.is_capital or token.is_sign or end in self.names
        return is_plural and before in known and not is_name and self.is_in(end, "whole")

    def _describes(self, at: int) -> bool:
        """Whether a participle after people tells of them: "a leader based in", "men known for"."""
        is_after = self.plain(at - 1) in self.lookup.many | self.lookup.one
        is_participle = self.plain(at).endswith(("ed", "ing")) or self.plain(at) == "known"
        is_noun = self.plain(at) in self.lookup.many or at - 1 in self.names
        return is_after and is_participle and not is_noun

    def _ends_nouns(self, end: int, at: int) -> bool:
        """Whether a token is none of the nouns after a number."""
        token = self.tokens[end]
        is_stop = token.is_sign and token.plain not in _QUOTES
        if is_stop or self.is_in(end, "prepositions") or self.is_in(end, "adverbs"):
            return True
        if end > at and (number_phrase(self.tokens, end) or self._describes(end)):
            return True
        if end > at and self.is_in(end, "taken_from"):
            return True
        if end == at and self.plain(end) in self.lookup.heads and self.plain(end).endswith("s"):
            return False
        return bool(self.harm("after", end) or self.harm("before", end))
