"""The words of one sentence as those who look for speakers see them.

The words for speakers and verbs of speech are those of ``words/english/speakers.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from geo.dossier.records import SpeakerRole
from geo.reports.language import PhraseTable, TextToken, text_tokens
from geo.reports.mentions import GroupMention, Mention
from geo.reports.number_lookup import number_lookup
from geo.reports.number_words import number_phrase
from geo.reports.sentences import SentenceSpan
from geo.reports.speaker_verbs import SpeechVerb, active_forms, speech_verbs
from geo.reports.wordlists import word_lists

QUOTES: Final = frozenset({'"', "“", "”", "'", "’", "‘", "«", "»"})
"""Signs before and after what somebody says."""
_ARTICLES: Final = frozenset({"the", "a", "an"})
"""Between one of these and what follows there is no verb: "the accused"."""
_NEAR_WHAT: Final = 9
"""Tokens between "what" and the verb in "what the Ministry of Defence called"."""
_PERSONS: Final = frozenset({"him", "her", "them", "us", "me"})
"""Whoever is called on in person, and not asked to do something."""
_CLAUSE: Final = 12
"""Tokens after a verb among which a clause has a verb of its own."""
_WHEN: Final = 5
"""Tokens between a verb and "that": "on Tuesday" has two, "in a statement on Tuesday" five."""


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """Tokens of a sentence that may name a speaker, from `start` up to, not including, `end`."""

    start: int
    end: int


class SpeakerLookup:
    """The word lists of speakers, as sets and tables."""

    def __init__(self) -> None:
        raw = word_lists("speakers")
        self.verbs = PhraseTable(speech_verbs(raw))
        self.actives = PhraseTable(active_forms(raw))
        self.people = PhraseTable(
            (form, None if role == "plain" else cast("SpeakerRole", role))
            for role, phrases in raw["people"].items()
            for phrase in phrases
            for form in (
                (phrase,) if phrase in raw["grammar"]["papers"] else (phrase, _plural(phrase))
            )
        )
        self.no_part = PhraseTable((phrase, True) for phrase in raw["grammar"]["no_part"])
        self.words: Mapping[str, frozenset[str]] = {
            name: frozenset(words) for name, words in raw["grammar"].items()
        }


def _plural(phrase: str) -> str:
    """The plural of the last word of a phrase."""
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return f"{phrase[:-1]}ies"
    if phrase.endswith("man"):
        return f"{phrase[:-2]}en"
    return phrase if phrase.endswith("s") else f"{phrase}s"


@lru_cache(maxsize=1)
def speaker_lookup() -> SpeakerLookup:
    """The word lists of speakers."""
    return SpeakerLookup()


class SpeakerSentence:
    """A sentence with its groups, and those named before it in its paragraph.

    Parameters
    ----------
    groups, earlier
        The groups of the sentence, and those of the sentences before it.
    seen
        Words seen with a capital where no sentence begins, so that they are names.
    """

    def __init__(
        self,
        text: str,
        span: SentenceSpan,
        groups: Sequence[Mention],
        earlier: Sequence[Mention],
        seen: set[str],
    ) -> None:
        self.text, self.lookup = text, speaker_lookup()
        self.tokens: list[TextToken] = text_tokens(text, span.start, span.end)
        self.groups, self.earlier, self.seen = groups, earlier, seen
        self.is_heading = span.is_heading

    def verbs(self) -> Iterator[tuple[int, int, SpeechVerb]]:
        """The verbs of speech: the first token, how many there are, and what is made of it."""
        at = 0
        while at < len(self.tokens):
            match = self.lookup.verbs.match(self.tokens, at)
            if match is None:
                if self.is_in(at, "calling") and self._is_in_what(at):
                    yield at, 1, SpeechVerb("occurrence")
                elif active := self._active(at):
                    yield active
                at += 1
                continue
            if self._is_said(at, *match):
                yield at, *match
            elif match[1].needs_clause and self.is_in(at, "of_reports"):
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
        if verb.needs_clause and not self._has_said(at, at + length, verb):
            return None
        return first, at + length - first, verb

    def _is_in_what(self, at: int) -> bool:
        """Whether it is a verb of "what the army called a retreat"."""
        for i in range(at - 2, max(-1, at - _NEAR_WHAT), -1):
            if self.tokens[i].is_sign:
                return False
            if self.plain(i) == "what":
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
        if self.is_part_of_name(at, length) or self._is_noun(at, length) or self.group_over(at):
            return False
        if length == 1 and (self.plain(at - 1) in _ARTICLES or self._is_done_to_it(at)):
            return False
        if self.is_in(at, "calling") and self._is_called_up(at + length):
            return False
        if self._is_title(at) or self.plain(at + 1) == "cent" or self._is_hailed(at):
            return False
        if verb.speaker_follows and self.plain(at - 1) == "be":
            return False  # "nothing more will be issued by"
        if " ".join(self.plain(i) for i in range(at, at + length)) in self.lookup.words["as_told"]:
            return self._is_after_as(at)
        return not verb.needs_clause or self._has_said(at, at + length, verb)

    def _is_after_as(self, at: int) -> bool:
        """Whether "as" begins the clause of a verb: "as one of them put it"."""
        for back in range(at - 1, max(-1, at - _CLAUSE), -1):
            if self.is_in(back, "as_begins"):
                return True
            if self.tokens[back].is_sign and self.plain(back) not in {",", "-", "'"}:
                return False
        return False

    def _is_hailed(self, at: int) -> bool:
        """Whether somebody is called on in person: "called on him by loudspeaker"."""
        is_call = self.plain(at) == "called" and self.plain(at + 1) == "on"
        return is_call and self.plain(at + 2) in _PERSONS

    def _is_called_up(self, at: int) -> bool:
        """Whether somebody is called somewhere, and not called something: "called a strike"."""
        is_end = at + 1 >= len(self.tokens) or self.tokens[at + 1].is_sign
        following = self.plain(at + 1) in {
            "to",
            "for",
            "in",
            "at",
            "on",
            "from",
            "together",
            "into",
        }
        return self.is_in(at, "called_up") and (is_end or following)

    def _is_title(self, at: int) -> bool:
        """Whether it is the title of a text: "Joint statement of", without "a" or "in its"."""
        is_statement = self.plain(at) == "statement"
        owners = {*_ARTICLES, "its", "their", "his", "her", "this", "that", "another"}
        return is_statement and owners.isdisjoint(self.plain(i) for i in range(at - 3, at))

    def _is_noun(self, at: int, length: int) -> bool:
        """Whether a word such as "posts" is a noun: after "the", or in a list, ", judges and"."""
        is_listed = self.plain(at - 1) in {",", "and"} and self.plain(at + length) in {",", "and"}
        if is_listed and not self.plain(at).endswith("ed"):
            return True
        if length > 1 or not self.is_in(at, "nouns"):
            return False
        if self._is_in_capitals(at) and self.plain(at + 1) in {
            "",
            "no",
            "number",
            "#",
            "for",
            "on",
        }:
            return True  # "WEEKLY SITUATION REPORT NO. 37"
        if self.plain(at + 1) in {"who", "whom", "whose"}:
            return True
        is_alone = self.plain(at + 1) in {"", ",", ".", ":", ")", "of", "from", "by"}
        if self._says_at_end(at):
            return False
        quoted = self.plain(at - 1) in QUOTES or self.plain(at - 2) in {*QUOTES, ","}
        is_subject = at == 1 and self.group_over(0)
        return self.is_in(at - 1, "determiners") or (is_alone and not quoted and not is_subject)

    def _is_in_capitals(self, at: int) -> bool:
        return self.text[self.tokens[at].start : self.tokens[at].end].isupper()

    def _says_at_end(self, at: int) -> bool:
        """Whether a clause ends with who says it: "ten died, the group claims"."""
        if at <= 1 or self.plain(at + 1) not in {"", ",", "."}:
            return False
        is_plural = self.plain(at - 1).endswith("s") and self.role_of(SpeakerWords(at - 1, at))[0]
        is_person = self.is_in(at - 1, "titles") or (
            self.role_of(SpeakerWords(at - 1, at))[1] == "witness"
        )
        is_one = is_person and self.is_in(at - 2, "articles") and self.plain(at - 3) == ","
        return bool(is_plural or is_one or self.group_over(at - 1))

    def _is_done_to_it(self, at: int) -> bool:
        """Whether a form is a participle: "persons accused of", "an attack blamed on"."""
        following = at + 2 if self.plain(at + 1).endswith("ly") else at + 1
        if self.plain(following) == "to":
            is_claim = self.plain(at).startswith("claim") and not self.is_in(at - 1, "passive")
            is_of_subject = self.plain(following + 1) in {"be", "have"} and not is_claim
            is_counted = number_phrase(self.tokens, min(following + 1, len(self.tokens) - 1))
            is_answer = self.is_in(at, "to_somebody") and (is_counted or not self._is_with_of(at))
            return is_of_subject or bool(is_answer)
        if self.is_in(at, "adjectives"):
            before = self.plain(at - 1)
            return before in {",", "and", "or", "of"} or self.is_in(at - 1, "determiners")
        if self.plain(at) == "found" and self.is_in(at + 1, "found_so"):
            return True
        is_by = self.plain(at + 1) == "by" and not self.is_in(at + 2, "phones")
        if is_by and self.plain(at).endswith("ed"):
            return not self.is_in(at - 1, "passive")
        return self.is_in(at, "done_to") and self.plain(at + 1) in {"of", "with", "for", "as"}

    def _has_said(self, at: int, end: int, verb: SpeechVerb) -> bool:
        """Whether what somebody says is before a verb, as a quote, or after it, as a clause."""
        if verb.says == "casualties":
            return self._has_number(end)
        if self.is_in(at, "with_of"):
            return self._is_with_of(at)
        is_inverted = self.is_in(at, "inverting") and self.plain(at - 1) == ","
        if is_inverted and end < len(self.tokens) and self.tokens[end].is_capital:
            return True
        if self.plain(at - 1) in QUOTES and self.plain(at - 2) in {",", ".", "?", "!"}:
            return True  # "Never," retorted NAME
        if self.plain(end) in {"", ".", ";"}:
            return any(token.plain in {",", *QUOTES} for token in self.tokens[:at])
        return self._opens_clause(end) or self._has_finite(end)

    def _is_with_of(self, at: int) -> bool:
        """Whether it is "spoke to reporters of", and not "spoke on condition of"."""
        near = [self.plain(i) for i in range(at + 1, at + 1 + _WHEN)]
        return self.is_in(at, "with_of") and "of" in near and "condition" not in near

    def _opens_clause(self, end: int) -> bool:
        """Whether "that", a quote or the subject of a clause is after a verb."""
        if any(self.is_in(i, "blaming") for i in range(end, end + _WHEN + 1)):
            return True
        for i in range(end, min(len(self.tokens), end + _WHEN)):
            is_when = self.plain(i) == "that" and self.is_in(i + 1, "times")
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
            if self.plain(i) == "at" and i + 1 < len(self.tokens):
                return self._is_number_of_people(i + 1)
        for i in range(end, min(len(self.tokens), end + _WHEN)):
            if self.plain(i) in {"higher", "lower"}:
                return True
            if self.plain(i) == "for":
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

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """The characters of some tokens, up to, but not including, `end`.

        Returns
        -------
        tuple
            The first character, and the one after the last.
        """
        return self.tokens[start].start, self.tokens[end - 1].end

    def words(self, start: int, end: int) -> str:
        """The text of some tokens, up to, but not including, `end`."""
        return self.text[slice(*self.characters(start, end))]

    def plain(self, at: int) -> str:
        """The word at a token in lower case; empty outside the sentence."""
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def is_in(self, at: int, kind: str) -> bool:
        """Whether a word is in one of the lists of grammar; a name such as "IS" is in none."""
        return self.plain(at) in self.lookup.words[kind] and not self._is_initials(at)

    def _is_initials(self, at: int) -> bool:
        """Whether a word is a group written in capitals."""
        token = self.tokens[at]
        written = self.text[token.start : token.end]
        return len(written) > 1 and written.isupper() and self.group_over(at)

    def role_of(self, subject: SpeakerWords) -> tuple[bool, SpeakerRole | None]:
        """Whether a word for a speaker is among the tokens, and the role of the first with one.

        Returns
        -------
        tuple
            The role is ``None``, if none of the words has one.
        """
        found = False
        for at in range(subject.start, subject.end):
            match = self.lookup.people.match(self.tokens[: subject.end], at)
            is_small = not self.tokens[at].is_capital and self.is_in(at, "only_names")
            is_followed = at + 1 < subject.end
            is_adjective = is_followed and (
                self.plain(at) == "local"
                or (self.is_in(at, "ranks") and self.tokens[at + 1].is_capital)
            )
            if match and not is_small and not is_adjective:
                found = True
                if match[1]:
                    return True, match[1]
        return found, None

    def group_in(self, subject: SpeakerWords) -> GroupMention | None:
        """The group among the tokens; the last one of several."""
        start, end = self.tokens[subject.start].start, self.tokens[subject.end - 1].end
        for one in reversed(self.groups):
            if start <= one.start and one.end <= end and isinstance(one.value, GroupMention):
                return one.value
        return None

    def group_over(self, at: int) -> bool:
        """Whether a token is within the name of a group."""
        start = self.tokens[at].start
        return any(one.start <= start < one.end for one in self.groups)

    def is_name(self, subject: SpeakerWords) -> bool:
        """Whether all words are capitalised, and none of them begins a sentence only."""
        words = self.tokens[subject.start : subject.end]
        if len(words) > 1 and words[0].plain == "the":
            words = words[1:]
        if len(words) == 1 and words[0].plain not in self.seen:
            written = self.text[words[0].start : words[0].end]
            return written.isupper() and len(written) > len("IT")
        return all(
            (one.is_capital and one.plain not in self.lookup.words["not_names"]) or one.is_sign
            for one in words
        )

    def is_speaker(self, subject: SpeakerWords) -> bool:
        """Whether the tokens are a group, a word for a speaker or a name."""
        first = subject.start
        if first >= subject.end or self.is_in(first, "nobody"):
            return False
        is_the = self.plain(first) == "the" and self.plain(first + 2) == "of"
        if is_the and self.is_in(first + 1, "measures"):
            return False  # "the number of policemen", but not "a number of policemen"
        return bool(self.group_in(subject)) or self.role_of(subject)[0] or self.is_name(subject)

    def is_part_of_name(self, at: int, length: int) -> bool:
        """Whether a word such as "States" in "Member States" is no verb: the next word is small."""
        after = self.tokens[at + length] if at + length < len(self.tokens) else None
        return (
            at > 0
            and self.tokens[at].is_capital
            and self.tokens[at - 1].is_capital
            and not (after and after.is_capital)
        )
