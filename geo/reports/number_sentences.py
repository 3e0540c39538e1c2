"""The words of one sentence as those who look for numbers see them, and numbers of nobody."""

from __future__ import annotations

from typing import Final

from geo.reports.language import TextToken
from geo.reports.number_lookup import HarmWord, number_lookup
from geo.reports.number_words import NumberPhrase, cardinal, number_phrase

_RISEN: Final = 6
"""Tokens among which "revised the toll from" is before a number."""
_ADVERBS: Final = 3
"""Adverbs between "was" and a participle."""
_SURVIVED: Final = 12
"""Tokens between "none of the" and "survived"."""
_REMARK: Final = 16
"""Tokens of a remark between commas."""
_YEAR: Final = 4
"""Digits of a year."""
_BEFORE_AGES: Final = {",": ",", "(": ")"}
"""The signs before ages, and those after them."""


class SentenceWords:
    """The tokens of one sentence, and which of its numbers count nobody.

    Parameters
    ----------
    named
        Characters of the text that belong to the names of places and groups.
    """

    def __init__(self, text: str, tokens: list[TextToken], named: set[int]) -> None:
        self.text, self.tokens, self.lookup = text, tokens, number_lookup()
        self._numbers: dict[int, NumberPhrase | None] = {}
        self.names = {at for at, token in enumerate(tokens) if token.start in named}

    def plain(self, at: int) -> str:
        """The word at a token in lower case; empty outside the sentence."""
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def number_at(self, at: int) -> NumberPhrase | None:
        """The number that begins at a token; it is looked for once."""
        if at not in self._numbers:
            self._numbers[at] = number_phrase(self.tokens, at)
        return self._numbers[at]

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
        inside = 0 <= at < len(self.tokens)
        return inside and self.tokens[at].plain in self.lookup.words[kind]

    def is_person_word(self, at: int) -> bool:
        """Whether a word is one for a person or several."""
        return self.lookup.is_person(self.plain(at))

    def phrase(self, at: int, kind: str) -> int:
        """The number of tokens of a phrase of a list that begins at one; 0 if none does."""
        return self.lookup.phrase(self.tokens, at, kind)

    def ends_in(self, at: int, kind: str) -> bool:
        """Whether a word has an ending, such as that of a participle."""
        return self.plain(at).endswith(self.lookup.endings[kind])

    def after_adverbs(self, at: int) -> int:
        """The token after "were later" and the like."""
        while self.is_in(at, "passive") or self.is_in(at, "adverbs"):
            at += 1
        return at

    def after_comma(self, at: int) -> int:
        """The token after a remark between commas."""
        closing = (i for i in range(at + 1, at + _REMARK) if self.plain(i) == ",")
        return next(closing, at - 1) + 1 if self.plain(at) == "," else at

    def is_these(self, at: int, kind: str) -> bool:
        """Whether a pronoun for those before stands there: "her", and not "her daughter"."""
        if not self.is_in(at, kind):
            return False
        following = at + 1
        is_end = following >= len(self.tokens) or not self.plain(following).isalpha()
        ends = ("prepositions", "ends", "adverbs", "joins", "gravely", "taken_from")
        return (
            not self.is_in(at, "partners")
            or is_end
            or any(self.is_in(following, one) for one in ends)
        )

    def is_passive(self, at: int) -> bool:
        """Whether "was" or "were" is before a word, with nothing but adverbs between."""
        if self.ends_in(at, "active"):
            return False
        back = at - 1
        while back >= at - _ADVERBS and self.is_in(back, "adverbs"):
            back -= 1
        return self.is_in(back, "passive")

    def is_name(self, at: int, first: int) -> bool:
        """Whether a token is a part of a name, such as "al-Roe" after a first name."""
        joined = at > first and self.lookup.is_in(self.plain(at).partition("-")[0], "names_in")
        return self.tokens[at].is_capital or joined

    def is_no_number(self, at: int) -> bool:
        """Whether a number counts nobody: in "no one", "how many" and "aged 8 and 10"."""
        is_nobody = bool(self.phrase(at - 1, "nobody")) or self._is_name_of_unit(at)
        is_not_one = self.is_in(at, "just_one") and self.is_in(at - 1, "denying_one")
        return (
            is_nobody
            or is_not_one
            or self._is_year(at)
            or self._is_age(at)
            or self._is_of_whole(at)
        )

    def _is_name_of_unit(self, at: int) -> bool:
        """Whether it is the number of a unit or road, "Team 41", or "one" of "one of two"."""
        if self.plain(at).isdigit():
            return self.is_in(at - 1, "numbered") and self.tokens[at - 1].is_capital
        is_of = self.is_in(at, "just_one") and self.is_in(at + 1, "genitive")
        is_share = is_of and at + 2 < len(self.tokens) and self.is_in(at - 1, "passive")
        return is_share and self.number_at(at + 2) is not None

    def _is_age(self, at: int) -> bool:
        """Whether a number is an age: "aged 8 and 10", "a boy of nine", "children under five"."""
        if self._is_among_ages(at) or self._is_age_in_words(at):
            return True
        if self.is_in(at - 1, "aged") or self._is_further_age(at):
            return True
        if self.is_in(at - 1, "genitive") and self.plain(at - 2) in self.lookup.one:
            return True
        bound = at if self.is_in(at, "age_bounds") else at - 1
        return self.is_in(bound, "age_bounds") and self.is_person_word(bound - 1)

    def _is_among_ages(self, at: int) -> bool:
        """Whether it is an age beside people: "two girls, 5 and 8, were", "NAME NAME, 34"."""
        begins = at
        while self._is_bare_number(begins - 1) or self.is_in(begins - 1, "between_ages"):
            begins -= 1
        if self.plain(begins) not in _BEFORE_AGES or begins < 1:
            return False
        last = begins - 1
        is_name = last > 0 and self.is_name(last, last) and last not in self.names
        return (is_name or self.is_person_word(last)) and self.after_ages(begins) > begins

    def _is_further_age(self, at: int) -> bool:
        """Whether it is one of several ages: "aged 8, 10 and 12", "boys of 8 and 10"."""
        begins = at
        while self._is_any_age(begins - 2) and self.is_in(begins - 1, "age_joins"):
            begins -= 2
        if self.is_in(begins - 1, "aged"):
            return True
        is_young = self.is_in(begins - 1, "genitive") and self.is_in(begins - 2, "young")
        return is_young and not self.is_person_word(at + 1)

    def _is_any_age(self, at: int) -> bool:
        return at >= 0 and (self._is_bare_number(at) or cardinal(self.tokens, at) is not None)

    def _is_age_in_words(self, at: int) -> bool:
        """Whether it is the age of one person between commas: "a girl, nine, was"."""
        if self.plain(at - 1) != "," or self.plain(at + 1) != "," or at + 1 >= len(self.tokens):
            return False
        return self.plain(at - 2) in self.lookup.one and cardinal(self.tokens, at) is not None

    def _is_bare_number(self, at: int) -> bool:
        return self.plain(at).isdecimal() and len(self.plain(at)) < _YEAR

    def after_ages(self, at: int) -> int:
        """The token after the ages between two commas from a token on; that one, if none are."""
        closing, end = _BEFORE_AGES.get(self.plain(at), ""), at + 1
        if not closing or not self._is_bare_number(end):
            return at
        while self._is_bare_number(end) or self.is_in(end, "between_ages"):
            end += 1
        while self.is_in(end, "of_ages"):
            end += 1
        if self.plain(end - 1) == closing and self._is_bare_number(end - 2):
            return end  # "NAME, 34, was": the last comma is that of the end
        return end + 1 if self.plain(end) == closing else at

    def _is_of_whole(self, at: int) -> bool:
        """Whether a number is what others are a share of, or what a toll rose from."""
        if self.lookup.is_after_phrase(self.tokens, at, "before_whole"):
            number = self.number_at(at)
            if any(self.none_survived(i) for i in range(at, min(len(self.tokens), at + _SURVIVED))):
                return False
            return number is None or self.plain(number.end) not in self.lookup.heads
        of = at - 1 - self.is_in(at - 1, "owners")
        is_share = self.is_in(of, "genitive") and of > 0 and cardinal(self.tokens, of - 1)
        is_one_of = of == at - 1 and self.is_in(of - 1, "just_one")  # "one of two who died"
        if is_share and not is_one_of and cardinal(self.tokens, at):
            return True  # "three of the 14 passengers"
        is_of_many = self.is_in(at - 1, "genitive") and self.plain(at - 2) in self.lookup.many
        if is_of_many and self.is_in(at, "just_one"):
            return True
        return self.is_in(at - 1, "ablative") and any(
            self.is_in(i, "risen") or self.is_in(i, "putting") for i in range(at - _RISEN, at)
        )

    def none_survived(self, at: int) -> bool:
        """Whether "survived" at a token is said of none: "none of the six men survived"."""
        before = range(max(0, at - _SURVIVED), at)
        return self.is_in(at, "surviving") and any(self.phrase(i, "none_of") for i in before)

    def _is_year(self, at: int) -> bool:
        """Whether a number is a year: "in 2019,"."""
        if len(self.plain(at)) != _YEAR or not self.plain(at).isdigit():
            return False
        following = self.plain(at + 1)
        is_of_people = following in self.lookup.many or following in self.lookup.heads
        kind = "only_in_years" if is_of_people else "in_years"
        return self.is_in(at - 1, kind)

    def is_day(self, number: NumberPhrase) -> bool:
        """Whether a number is the day of a month."""
        is_verb = self.is_in(number.end + 1, "having") or self.is_in(number.end + 1, "been")
        if self.is_in(number.end, "months") and not is_verb:  # "13 may have died"
            return True
        is_after = self.is_in(number.start - 1, "months") and self.plain(number.start)[0].isdigit()
        is_month = self.is_in(number.start - 2, "within") and (
            self.plain(number.end) in self.lookup.many
        )
        return is_after and not is_month
