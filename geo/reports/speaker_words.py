"""The words of one sentence as those who look for speakers see them.

The words for speakers are those of ``words/english/speakers.toml``, under the names of its lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from geo.dossier.records import SpeakerRole
from geo.reports.language import PhraseTable, TextToken, text_tokens
from geo.reports.mentions import GroupMention, Mention
from geo.reports.sentences import SentenceSpan
from geo.reports.speaker_verbs import active_forms, speech_verbs
from geo.reports.word_forms import formed
from geo.reports.wordlists import word_lists

QUOTES: Final = frozenset({'"', "“", "”", "'", "’", "‘", "«", "»"})
"""Signs before and after what somebody says."""
_OWNER: Final = 2
"""Letters of the ending of an owner."""
_PRONOUN: Final = 2
"""Letters of "IT" and "WE", which are no names."""


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
                (phrase,)
                if phrase in raw["grammar"]["papers"]
                else (phrase, formed(phrase, "plurals"))
            )
        )
        self.no_part = PhraseTable((phrase, True) for phrase in raw["grammar"]["no_part"])
        self.words: Mapping[str, frozenset[str]] = {
            name: frozenset(words) for name, words in raw["grammar"].items()
        }
        # How the names of the bodies of the United Nations begin in capitals.
        self.un: tuple[str, ...] = tuple(raw["grammar"]["un_initials"])
        self.endings: Mapping[str, tuple[str, ...]] = {
            name: tuple(endings) for name, endings in raw["endings"].items()
        }
        self.stems: Mapping[str, tuple[str, ...]] = {
            name: tuple(stems) for name, stems in raw["stems"].items()
        }


@lru_cache(maxsize=1)
def speaker_lookup() -> SpeakerLookup:
    """The word lists of speakers."""
    return SpeakerLookup()


class SpokenSentence:
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

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """The characters of some tokens, up to, but not including, `end`.

        Returns
        -------
        tuple
            The first character, and the one after the last.
        """
        return self.tokens[start].start, self.tokens[end - 1].end

    def named_by(self, subject: SpeakerWords) -> tuple[int, int]:
        """The characters of a speaker, without the ending of an owner: "the governor" alone.

        Returns
        -------
        tuple
            The first character, and the one after the last.
        """
        start, end = self.characters(subject.start, subject.end)
        is_owner = self.text[start:end].endswith(self.lookup.endings["owned_by_one"])
        return start, end - _OWNER * is_owner

    def words(self, start: int, end: int) -> str:
        """The text of some tokens, up to, but not including, `end`."""
        return self.text[slice(*self.characters(start, end))]

    def plain(self, at: int) -> str:
        """The word at a token in lower case; empty outside the sentence."""
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def is_in(self, at: int, kind: str) -> bool:
        """Whether a word is in one of the lists of grammar; a name such as "IS" is in none."""
        return self.plain(at) in self.lookup.words[kind] and not self._is_initials(at)

    def ends_in(self, at: int, kind: str) -> bool:
        """Whether a word has an ending, such as that of a participle."""
        return self.plain(at).endswith(self.lookup.endings[kind])

    def begins_in(self, at: int, kind: str) -> bool:
        """Whether a word is a form of one of some verbs."""
        return self.plain(at).startswith(self.lookup.stems[kind])

    def is_owner(self, at: int) -> bool:
        """Whether a word has the ending of an owner."""
        return self.words(at, at + 1).endswith(self.lookup.endings["owner"])

    def _is_initials(self, at: int) -> bool:
        """Whether a word is a group written in capitals."""
        token = self.tokens[at]
        written = self.text[token.start : token.end]
        if len(written) < _PRONOUN or not written.isupper():
            return False
        return self.group_over(at) or (
            token.plain in self.lookup.words["initials"] and not self._is_in_heading(at)
        )

    def _is_in_heading(self, at: int) -> bool:
        """Whether the next word is in capitals too, as in a heading."""
        after = self.tokens[at + 1 : at + 2]
        return any(self.text[one.start : one.end].isupper() for one in after)

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
                self.is_in(at, "only_adjectives")
                or (self.is_in(at, "ranks") and self.tokens[at + 1].is_capital)
            )
            if match and not is_small and not is_adjective:
                found = True
                if match[1]:
                    return True, match[1]
        return found, None

    def ends_with_person(self, subject: SpeakerWords) -> bool:
        """Whether the last words are one for a speaker: "a judge", and not "a judge's murder"."""
        tokens = self.tokens[: subject.end]
        return any(
            (match := self.lookup.people.match(tokens, at)) and at + match[0] == subject.end
            for at in range(subject.start, subject.end)
        )

    def group_in(self, subject: SpeakerWords) -> GroupMention | None:
        """The group among the tokens; the last one of several."""
        start, end = self.tokens[subject.start].start, self.tokens[subject.end - 1].end
        for one in reversed(self.groups):
            if start <= one.start and one.end <= end and isinstance(one.value, GroupMention):
                return one.value
        return None

    def is_former(self, subject: SpeakerWords) -> bool:
        """Whether somebody is none of a group any more, or never was, as its supporters."""
        if any(self.is_in(at, "not_of_party") for at in range(subject.start, subject.end)):
            return True
        return any(
            self.is_in(at, "formerly") and at + 1 < subject.end and self.group_over(at + 1)
            for at in range(subject.start, subject.end)
        )

    def group_over(self, at: int) -> bool:
        """Whether a token is within the name of a group."""
        start = self.tokens[at].start
        return any(one.start <= start < one.end for one in self.groups)

    def is_name(self, subject: SpeakerWords) -> bool:
        """Whether all words are capitalised, and none of them begins a sentence only."""
        words = self.tokens[subject.start : subject.end]
        if len(words) > 1 and words[0].plain in self.lookup.words["definite"]:
            words = words[1:]
        is_initials = words[0].plain in self.lookup.words["initials"]
        if len(words) == 1 and (is_initials or words[0].plain not in self.seen):
            written = self.text[words[0].start : words[0].end]
            return written.isupper() and len(written) > _PRONOUN
        ends = words[0].is_capital and words[-1].is_capital
        return all(
            (one.is_capital and one.plain not in self.lookup.words["not_names"])
            or one.is_sign
            or (ends and one.plain in self.lookup.words["within_names"])
            for one in words
        )

    def is_speaker(self, subject: SpeakerWords) -> bool:
        """Whether the tokens are a group, a word for a speaker or a name."""
        first = subject.start
        if first >= subject.end or self.is_in(first, "nobody"):
            return False
        is_the = self.is_in(first, "definite") and self.is_in(first + 2, "genitive")
        if is_the and self.is_in(first + 1, "measures"):
            return False  # "the number of policemen", but not "a number of policemen"
        return bool(self.group_in(subject)) or self.role_of(subject)[0] or self.is_name(subject)

    def is_part_of_name(self, at: int, length: int) -> bool:
        """Whether a word such as "States" in "Member States" is no verb: the next word is small."""
        after = self.tokens[at + length] if at + length < len(self.tokens) else None
        says_last = self.is_heading and after is None and self.is_in(at, "plain_saying")
        return (
            at > 0
            and not says_last
            and self.tokens[at].is_capital
            and self.tokens[at - 1].is_capital
            and not (after and after.is_capital)
        )
