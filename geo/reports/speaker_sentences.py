"""The verbs of speech in one sentence, told from nouns, names and what is done to somebody.

The words for speakers and verbs of speech are those of ``words/english/speakers.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.reports.number_words import number_phrase
from geo.reports.speaker_clauses import SaidClauses
from geo.reports.speaker_verbs import SpeechVerb
from geo.reports.speaker_words import QUOTES, SpeakerWords

_NEAR_WHAT: Final = 9
"""Tokens between "what" and the verb in "what the Ministry of Defence called"."""
_HAVE: Final = 4
"""Tokens before "given" among which is "has": "has not yet given" has three."""
_FETCHED: Final = 2
"""Tokens after "called for" among which is who or what is called: "all occupants" has two."""
_AS: Final = 12
"""Tokens between "as" and "put it" in "as one of their commanders put it"."""


class SpeakerSentence(SaidClauses):
    """A sentence with its verbs of speech."""

    def verbs(self) -> Iterator[tuple[int, int, SpeechVerb]]:
        """The verbs of speech: the first token, how many there are, and what is made of it."""
        at = 0
        while at < len(self.tokens):
            match = self.lookup.verbs.match(self.tokens, at)
            if match is None:
                is_from = self.is_in(at + 1, "unlisted_ends")  # "taken calls from"
                if self.is_in(at, "calling") and not is_from and self._is_in_what(at):
                    yield at, 1, SpeechVerb("occurrence")
                elif active := self._active(at):
                    yield active
                at += 1
                continue
            if self._is_said(at, *match):
                yield at, *match
            elif match[1].needs_clause and self.is_in(at, "of_reports") and self.is_verb(at):
                yield at, match[0], match[1]._replace(of_reports=True)
            at += match[0]

    def _active(self, at: int) -> tuple[int, int, SpeechVerb] | None:
        """The verb of "is still saying" or "began by saying", from its first word on."""
        match = self.lookup.actives.match(self.tokens, at)
        if match is None:
            return None
        length, verb = match
        first = at
        while self.is_in(first - 1, "progress"):
            first -= 1
        if not self.is_in(first, "progressive") or self.is_part_of_name(at, length):
            return None
        if verb.needs_clause and not self.has_said(at, at + length, verb):
            return None
        return first, at + length - first, verb

    def _is_in_what(self, at: int) -> bool:
        """Whether it is a verb of "what the army called a retreat"."""
        for i in range(at - 2, max(-1, at - _NEAR_WHAT), -1):
            if self.tokens[i].is_sign:
                return False
            if self.is_in(i, "called_clause"):
                return True
        return False

    def is_verb(self, at: int) -> bool:
        """Whether a verb of speech begins at a token, not a noun, nor a part of a name."""
        match = self.lookup.verbs.match(self.tokens, at)
        return match is not None and not (
            self.is_part_of_name(at, match[0]) or self._is_noun(at, match[0]) or self.group_over(at)
        )

    def _is_said(self, at: int, length: int, verb: SpeechVerb) -> bool:
        """Whether a word or phrase is a verb of speech where it stands."""
        if not self.is_verb(at) or self._is_something_else(at, length):
            return False
        if at + length == len(self.tokens) and self.is_in(0, "conjunctions"):
            return False  # "What the authorities say" as a heading
        if verb.speaker_follows and (
            self.is_in(at - 1, "to_come") or self.is_in(at - 1, "negations")
        ):
            return False  # "nothing more will be issued by", "no word from"
        if " ".join(self.plain(i) for i in range(at, at + length)) in self.lookup.words["as_told"]:
            return self._is_after_as(at)
        return not verb.needs_clause or self.has_said(at, at + length, verb)

    def _is_something_else(self, at: int, length: int) -> bool:
        """Whether a word is none that says something there: "the accused", "per cent"."""
        if length == 1 and (self.is_in(at - 1, "articles") or self._is_done_to_it(at)):
            return True
        if self.is_in(at, "calling") and self._is_called_up(at + length):
            return True
        if self._is_fetched(at, length):
            return True
        return self._is_title(at) or self.is_in(at + 1, "hundredths") or self._is_hailed(at)

    def _is_after_as(self, at: int) -> bool:
        """Whether "as" begins the clause of a verb: "as one of them put it"."""
        for back in range(at - 1, max(-1, at - _AS), -1):
            if self.is_in(back, "as_begins"):
                return True
            if self.tokens[back].is_sign and self.plain(back) not in {",", "-", "'"}:
                return False
        return False

    def _is_fetched(self, at: int, length: int) -> bool:
        """Whether it is "called for help", with which nothing is said of what happened."""
        is_for = self.is_in(at, "calling") and self.is_in(at + 1, "purpose")
        return is_for and any(
            self.is_in(i, "fetched") for i in range(at + length, at + length + _FETCHED)
        )

    def _is_hailed(self, at: int) -> bool:
        """Whether somebody is called on in person: "called on him by loudspeaker"."""
        is_call = self.is_in(at, "calling") and self.is_in(at + 1, "called_on")
        return is_call and self.is_in(at + 2, "persons")

    def _is_called_up(self, at: int) -> bool:
        """Whether somebody is called somewhere, and not called something: "called a strike"."""
        is_end = at + 1 >= len(self.tokens) or self.tokens[at + 1].is_sign
        is_somewhere = is_end or self.is_in(at + 1, "called_somewhere")
        return self.is_in(at, "called_up") and is_somewhere

    def _is_title(self, at: int) -> bool:
        """Whether it is the title of a text: "Joint statement of", without "a" or "in its"."""
        is_statement = self.is_in(at, "statements")
        return is_statement and not any(self.is_in(i, "owners") for i in range(at - 3, at))

    def _is_noun(self, at: int, length: int) -> bool:
        """Whether a word such as "posts" is a noun: after "the", or in a list, ", judges and"."""
        if self._is_listed(at, length) or self._begins_source(at):
            return True
        if length > 1 or not self.is_in(at, "nouns"):
            return False
        is_last = at + 1 == len(self.tokens)
        if self._is_in_capitals(at) and (is_last or self.is_in(at + 1, "after_titles")):
            return True  # "WEEKLY SITUATION REPORT NO. 37"
        if self.is_in(at + 1, "relative_people"):
            return True
        is_alone = is_last or self.is_in(at + 1, "after_nouns") or self._is_done_by(at + 1)
        if self._says_at_end(at):
            return False
        quoted = self.plain(at - 1) in QUOTES or self.plain(at - 2) in {*QUOTES, ","}
        is_subject = at == 1 and self.group_over(0)
        is_owned = at > 0 and self.is_owner(at - 1)
        return (
            is_owned
            or self.is_in(at - 1, "determiners")
            or (is_alone and not quoted and not is_subject)
        )

    def _is_listed(self, at: int, length: int) -> bool:
        """Whether a word is a noun in a list, or names those counted: "two GROUP suspects"."""
        is_counted = self.is_in(at, "suspects") and at > 1 and self.group_over(at - 1)
        if is_counted and number_phrase(self.tokens, at - 2):
            return True
        is_listed = self.is_in(at - 1, "in_list") and self.is_in(at + length, "in_list")
        return is_listed and not self.ends_in(at, "past")

    def _begins_source(self, at: int) -> bool:
        """Whether a word is the first of several for a speaker: "state television"."""
        match = self.lookup.people.match(self.tokens, at)
        return match is not None and match[0] > 1

    def _is_done_by(self, at: int) -> bool:
        """Whether "seen by" begins at a token."""
        is_past = self.ends_in(at, "past") or self.is_in(at, "irregular_pasts")
        return is_past and self.is_in(at + 1, "agent")

    def _is_in_capitals(self, at: int) -> bool:
        return self.text[self.tokens[at].start : self.tokens[at].end].isupper()

    def _says_at_end(self, at: int) -> bool:
        """Whether a clause ends with who says it: "ten died, the group claims"."""
        if at <= 1 or self.plain(at + 1) not in {"", ",", "."}:
            return False
        is_plural = self.ends_in(at - 1, "plural") and self.ends_with_person(
            SpeakerWords(at - 2, at)
        )
        is_person = self.is_in(at - 1, "titles") or (
            self.role_of(SpeakerWords(at - 1, at))[1] == "witness"
        )
        is_one = is_person and self.is_in(at - 2, "articles") and self.plain(at - 3) == ","
        return bool(is_plural or is_one or self.group_over(at - 1) or self._is_whole_clause(at))

    def _is_whole_clause(self, at: int) -> bool:
        """Whether a comma and words for a speaker are before it: ", the directorate reports"."""
        first = next(
            (i for i in range(at - 1, max(-1, at - _NEAR_WHAT), -1) if self.tokens[i].is_sign), -1
        )
        is_clause = self.plain(first) == "," and self.is_in(first + 1, "articles")
        return is_clause and self.role_of(SpeakerWords(first + 1, at))[0]

    def _is_done_to_it(self, at: int) -> bool:
        """Whether a form is a participle: "persons accused of", "an attack blamed on"."""
        following = at + 2 if self.ends_in(at + 1, "adverb") else at + 1
        if self.is_in(following, "allative"):
            is_claim = self.begins_in(at, "claiming") and not self.is_in(at - 1, "passive")
            is_told_of = self.is_in(at, "participles_to") and not self.is_in(at - 1, "passive")
            is_of_subject = is_told_of or (
                self.is_in(following + 1, "infinitives") and not is_claim
            )
            is_counted = number_phrase(self.tokens, min(following + 1, len(self.tokens) - 1))
            is_answer = self.is_in(at, "to_somebody") and (is_counted or not self.is_with_of(at))
            return is_of_subject or bool(is_answer)
        if self.is_in(at, "only_perfect"):
            return not any(self.is_in(i, "perfect") for i in range(at - _HAVE, at))
        if self.is_in(at, "adjectives"):
            return self.is_in(at - 1, "before_nouns") or self.is_in(at - 1, "determiners")
        if self.is_in(at, "finding") and self.is_in(at + 1, "found_so"):
            return True
        is_by = self.is_in(at + 1, "agent") and not self.is_in(at + 2, "phones")
        if is_by and self.ends_in(at, "past"):
            return not self.is_in(at - 1, "passive")
        return self.is_in(at, "done_to") and self.is_in(at + 1, "done_with")
