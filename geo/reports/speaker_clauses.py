"""What somebody says, before or after a verb: a clause, a quote, a number."""

from __future__ import annotations

from typing import Final

from geo.reports.number_lookup import number_lookup
from geo.reports.number_words import number_phrase
from geo.reports.speaker_verbs import SpeechVerb
from geo.reports.speaker_words import QUOTES, SpokenSentence

_CLAUSE: Final = 12
"""Tokens after a verb among which a clause has a verb of its own."""
_WHEN: Final = 5
"""Tokens between a verb and "that": "on Tuesday" has two, "in a statement on Tuesday" five."""


class SaidClauses(SpokenSentence):
    """The clauses of one sentence with what somebody says."""

    def has_said(self, at: int, end: int, verb: SpeechVerb) -> bool:
        """Whether what somebody says is before a verb, as a quote, or after it, as a clause."""
        if verb.says == "casualties":
            return self._has_number(end)
        if self.is_in(at, "with_of"):
            return self.is_with_of(at)
        is_inverted = self.is_in(at, "inverting") and self.plain(at - 1) == ","
        if is_inverted and end < len(self.tokens) and self.tokens[end].is_capital:
            return True
        if self.plain(at - 1) in QUOTES and self.plain(at - 2) in {",", ".", "?", "!"}:
            return True  # "Never," retorted NAME
        if self.plain(end) in {"", ".", ";"}:
            return any(token.plain in {",", *QUOTES} for token in self.tokens[:at])
        is_bare = not self.is_in(at, "only_with_that")
        return self._opens_clause(end) or (is_bare and self._has_finite(end))

    def is_with_of(self, at: int) -> bool:
        """Whether it is "spoke to reporters of", and not "spoke on condition of"."""
        near = range(at + 1, at + 1 + _WHEN)
        has_of = any(self.is_in(i, "genitive") for i in near)
        return (
            self.is_in(at, "with_of")
            and has_of
            and not any(self.is_in(i, "conditions") for i in near)
        )

    def _opens_clause(self, end: int) -> bool:
        """Whether "that", a quote or the subject of a clause is after a verb."""
        if any(self.is_in(i, "blaming") for i in range(end, end + _WHEN + 1)):
            return True
        for i in range(end, min(len(self.tokens), end + _WHEN)):
            is_when = self.is_in(i, "clause_word") and self.is_in(i + 1, "times")
            if (self.is_in(i, "conjunctions") and not is_when) or self.plain(i) in QUOTES:
                return True
            if self.tokens[i].is_sign:
                break
        return self.is_in(end, "subjects") and not self.is_in(end, "objects")

    def _has_finite(self, end: int) -> bool:
        """Whether a clause without "that" is after a verb: "believes the men were taken"."""
        for i in range(end + 1, min(len(self.tokens), end + _CLAUSE)):
            if self.tokens[i].is_sign or self.is_in(i, "clause_ends"):
                return False
            if self.is_in(i, "finite"):
                return True
        return False

    def _has_number(self, end: int) -> bool:
        """Whether a verb has a number: "gives eight dead", "put its strength far higher"."""
        for i in range(end, min(len(self.tokens), end + _CLAUSE)):
            if self.tokens[i].is_sign:
                break
            if self.is_in(i, "at_number") and i + 1 < len(self.tokens):
                return self._is_number_of_people(i + 1)
        for i in range(end, min(len(self.tokens), end + _WHEN)):
            if self.is_in(i, "compared"):
                return True
            # The number of "put on by two policemen" is of those who do it.
            if self.is_in(i, "purpose") or self.is_in(i, "agent"):
                return False
            if self.tokens[i].is_sign and self.plain(i) not in QUOTES:
                return False
            if number_phrase(self.tokens, i):
                return True
        return False

    def _is_number_of_people(self, at: int) -> bool:
        """Whether a number begins at a token, and is none of days, posts or other things."""
        number = number_phrase(self.tokens, at)
        return number is not None and self.plain(number.end) not in number_lookup().not_people
