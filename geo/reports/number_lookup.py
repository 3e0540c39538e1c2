"""The words for what happens to people, and for people, in the form in which they are looked up.

They are those of ``words/english/numbers.toml``, under the names that stand here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, cast

from geo.reports.language import PhraseTable, TextToken
from geo.reports.mentions import Counted
from geo.reports.number_words import NumberPhrase, number_lists
from geo.reports.word_forms import formed

HarmForm = Literal["both", "before", "after", "noun", "head"]

_LONGEST: Final = 4
"""Tokens of the longest phrase that is looked for before a token."""
_FORMS: Final = (
    ("after", {"both", "after"}), ("before", {"both", "before"}), ("noun", {"noun"}),
)  # fmt: skip
"""Where a word for what happened is looked for, and the forms that can stand there."""


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
        things = frozenset(raw["clauses"]["takes_things"])
        rows = [
            (phrase, HarmWord(cast("Counted", what), cast("HarmForm", form), phrase in things))
            for what, forms in raw["harm"].items()
            for form, phrases in forms.items()
            for phrase in phrases
        ]
        self.harms = {
            place: PhraseTable((phrase, harm) for phrase, harm in rows if harm.form in forms)
            for place, forms in _FORMS
        }
        self.heads = {phrase: harm for phrase, harm in rows if harm.form == "head"}
        self.one = frozenset(raw["people_one"])
        self.many = frozenset(raw["people_many"]) | {formed(one, "plurals") for one in self.one}
        self.not_people = frozenset(raw["not_people"])
        self.words = {name: frozenset(words) for name, words in raw["clauses"].items()}
        self.endings = {name: tuple(endings) for name, endings in raw["endings"].items()}
        self.phrases = {
            name: PhraseTable((phrase, True) for phrase in phrases)
            for name, phrases in raw["phrases"].items()
        }

    def is_in(self, plain: str, kind: str) -> bool:
        """Whether a word is in one of the lists of clauses."""
        return plain in self.words[kind]

    def listed(self, kind: str) -> list[str]:
        """The words of one of the lists of clauses in their order."""
        words: list[str] = number_lists().raw["clauses"][kind]
        return words

    def is_person(self, plain: str) -> bool:
        """Whether it is a word for one person or several."""
        return plain in self.one or plain in self.many

    def phrase(self, tokens: Sequence[TextToken], at: int, kind: str) -> int:
        """The number of tokens of a phrase of a list that begins at one; 0 if none does."""
        match = self.phrases[kind].match(tokens, at) if 0 <= at < len(tokens) else None
        return match[0] if match else 0

    def is_after_phrase(self, tokens: Sequence[TextToken], at: int, kind: str) -> bool:
        """Whether a phrase of a list ends directly before a token."""
        before = tokens[max(0, at - _LONGEST) : at]
        return any(
            begins + self.phrase(before, begins, kind) == len(before)
            for begins in range(len(before))
        )


@lru_cache(maxsize=1)
def number_lookup() -> NumberLookup:
    """The word lists of what happens to people."""
    return NumberLookup()


def harm_verb(tokens: Sequence[TextToken], at: int) -> HarmWord | None:
    """The word for what happened to people, if a verb that can have an object begins at a token.

    Returns
    -------
    HarmWord or None
        ``None``, if none begins there.
    """
    match = number_lookup().harms["before"].match(tokens, at)
    return match[1] if match else None
