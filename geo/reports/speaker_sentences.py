"""The words of one sentence as those who look for speakers see them.

The words for speakers and verbs of speech are those of ``words/english/speakers.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from geo.dossier.records import ClaimKind, SpeakerRole
from geo.reports.language import PhraseTable, TextToken, text_tokens
from geo.reports.mentions import GroupMention, Mention
from geo.reports.sentences import SentenceSpan
from geo.reports.wordlists import word_lists


class SpeechVerb(NamedTuple):
    """What a verb makes of what is said, and whether the speaker follows it."""

    says: ClaimKind
    speaker_follows: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """Tokens of a sentence that may name a speaker, from `start` up to, not including, `end`."""

    start: int
    end: int


class SpeakerLookup:
    """The word lists of speakers, as sets and tables."""

    def __init__(self) -> None:
        raw = word_lists("speakers")
        verbs = [
            (phrase, SpeechVerb(cast("ClaimKind", says), follows))
            for table, follows in (("verbs", False), ("before_speaker", True))
            for says, phrases in raw[table].items()
            for phrase in phrases
        ]
        self.verbs = PhraseTable(verbs)
        self.people = PhraseTable(
            (phrase, None if role == "plain" else cast("SpeakerRole", role))
            for role, phrases in raw["people"].items()
            for phrase in phrases
        )
        self.no_part = PhraseTable((phrase, True) for phrase in raw["grammar"]["no_part"])
        self.words: Mapping[str, frozenset[str]] = {
            name: frozenset(words) for name, words in raw["grammar"].items()
        }


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

    def verbs(self) -> Iterator[tuple[int, int, SpeechVerb]]:
        """The verbs of speech: the first token, how many there are, and what is made of it."""
        at = 0
        while at < len(self.tokens):
            match = self.lookup.verbs.match(self.tokens, at)
            if match is None:
                at += 1
                continue
            if not self.is_part_of_name(at, match[0]) and not self._is_noun(at, match[0]):
                yield at, *match
            at += match[0]

    def _is_noun(self, at: int, length: int) -> bool:
        """Whether a word such as "posts" is a noun: after "the", or in a list, ", judges and"."""
        if self.plain(at - 1) in {",", "and"} and self.plain(at + length) in {",", "and"}:
            return True
        return length == 1 and self.is_in(at, "nouns") and self.is_in(at - 1, "determiners")

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
        """Whether a word is in one of the lists of grammar."""
        return self.plain(at) in self.lookup.words[kind]

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
            if match:
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
        if subject.start >= subject.end or self.is_in(subject.start, "nobody"):
            return False
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
