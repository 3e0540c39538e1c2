"""The words that are the subject of a verb of speech: before it, over a remark, or after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from geo.reports.speaker_sentences import SpeakerSentence, SpeakerWords, SpeechVerb
from geo.reports.wordlists import word_lists

_SUBJECT: Final = 14
"""Tokens of a subject: "a spokesman for the governor of the northern province" has nine."""
_REMARK: Final = 30
"""Tokens of a remark between a subject and its verb."""
_SHORTEST_NAME: Final = 4
"""Letters of a name by which a sentence can begin."""
_WHOEVER: Final = 5
"""Tokens of a subject that no list has: "the old watchman of NAME"."""
_SAYING: Final = frozenset(
    {"said", "says", "told", "tells", "denied", "denies", "insisted", "recalled"}
)
"""Verbs that only a speaker can have."""
_JOINED: Final = 3
"""Tokens after "and" that can still be of one name: "director of information and culture"."""
_RELATIVE: Final = frozenset({"who", "which"})
_OWNERS: Final = frozenset({"by", "to", "from", "for"})
"""What can be before a subject of "by the hospital, which said"."""
_OWN_SIGNS: Final = frozenset({"-", "'", "’"})


class SubjectFinder:
    """Finds the subjects of one sentence.

    Parameters
    ----------
    known_name
        The key of the group for which the last name of some words speaks; else empty.
    """

    def __init__(
        self,
        sentence: SpeakerSentence,
        known_name: Callable[[SpeakerWords, SpeakerSentence], str],
    ) -> None:
        self.sentence, self.known_name = sentence, known_name
        self.tokens, self.lookup = sentence.tokens, sentence.lookup

    def with_colon(self) -> SpeakerWords | None:
        """Whoever is named before a colon at the beginning of a sentence."""
        first = next((i for i, token in enumerate(self.tokens) if not token.is_sign), 0)
        for at in range(first + 1, min(len(self.tokens), first + _SUBJECT)):
            if self.lookup.verbs.match(self.tokens, at - 1):
                return None
            if self.sentence.plain(at) == ":":
                return self._named_before(first, at)
        return None

    def _named_before(self, first: int, colon: int) -> SpeakerWords | None:
        end = next((i for i in range(first, colon) if self.tokens[i].is_sign), colon)
        end = next((i for i in range(first + 1, end) if self.sentence.is_in(i, "trailing")), end)
        subject = SpeakerWords(first, end)
        if first >= end or any(self.sentence.is_in(i, "boundaries") for i in range(first, end)):
            return None
        if self.sentence.plain(first) in {"in", "on", "at"} or self.sentence.is_in(
            first, "headings"
        ):
            return None
        is_person = self.sentence.role_of(subject)[0]
        is_name = all(token.is_capital for token in self.tokens[first:end])
        posts = self.sentence.plain(end) in {"on", "via"} and self.sentence.is_in(
            end + 1, "channels"
        )
        is_known = posts or bool(
            self.sentence.group_in(SpeakerWords(first, colon))
            or self.known_name(subject, self.sentence)
        )
        return subject if is_person or (is_name and is_known) else None

    def before_or_after(
        self, at: int, length: int, verb: SpeechVerb, before: SpeakerWords | None
    ) -> SpeakerWords | None:
        """The subject of a verb; `before` is that of the verb before it in the sentence."""
        if verb.speaker_follows:
            return self._after(at + length)
        if subject := self._before(at):
            return subject
        previous = self.sentence.plain(at - 1)
        if previous in {",", '"', "”", "'", "’", "?", "!"}:
            return self._after(at + length)
        return (
            before if previous in {"and", "but"} or self.sentence.is_in(at - 1, "adverbs") else None
        )

    def _before(self, at: int) -> SpeakerWords | None:
        """The subject that ends before a verb, or before a remark that ends there."""
        end = at
        while end > 0 and self.sentence.is_in(end - 1, "adverbs"):
            end -= 1
        if self.sentence.plain(end - 1) == ")":
            end = max(
                (i for i in range(max(0, end - _REMARK), end) if self.sentence.plain(i) == "("),
                default=0,
            )
        if self.sentence.plain(end - 1) == ",":
            return self._over_remark(end - 1)
        if end == 1 and self.sentence.is_in(at, "plain_speech") and self._is_first_name():
            return SpeakerWords(0, 1)
        if self.sentence.plain(end - 1) in _RELATIVE and self.sentence.plain(end - 2) == ",":
            return self._phrase_before(end - 2, after=_OWNERS)
        return self._phrase_before(end) or self._before_clause(end) or self._whoever(end, at)

    def _is_first_name(self) -> bool:
        """Whether the first word of a sentence can be a name: "Karimi said", not "Some said"."""
        token = self.tokens[0]
        is_long = token.end - token.start >= _SHORTEST_NAME
        return token.is_capital and is_long and not self.sentence.is_in(0, "not_names")

    def _whoever(self, end: int, verb: int) -> SpeakerWords | None:
        """Whoever is at the beginning of a sentence before "said": nothing else can say."""
        if not 1 < end <= _WHOEVER or self.sentence.plain(verb) not in _SAYING:
            return None
        is_short = all(
            not self.tokens[at].is_sign and not self.sentence.is_in(at, "boundaries")
            for at in range(end)
        )
        return SpeakerWords(0, end) if is_short and self.sentence.is_in(0, "openers") else None

    def _before_clause(self, end: int) -> SpeakerWords | None:
        """The subject of "a resident who asked not to be named said"."""
        for at in range(end - 1, max(0, end - _SUBJECT), -1):
            if self.tokens[at].is_sign and self.sentence.plain(at) not in _OWN_SIGNS:
                return None
            if self.sentence.plain(at) == "who":
                return self._phrase_before(at)
        return None

    def _over_remark(self, comma: int) -> SpeakerWords | None:
        """The subject before a remark between two commas."""
        for first in range(comma - 1, max(-1, comma - _REMARK), -1):
            if self.sentence.plain(first) == ",":
                subject = self._phrase_before(first)
                if subject and not self.tokens[subject.start].is_sign:
                    return subject
                if subject is None:
                    continue
            if self.sentence.plain(first) in {'"', "“", "”", ";", ":"}:
                return None
        return None

    def _phrase_before(self, end: int, after: frozenset[str] = frozenset()) -> SpeakerWords | None:
        """The subject that ends at a token; `after` has words that may be in front of it."""
        if self.sentence.is_in(end - 1, "singular_pronouns") or self.sentence.is_in(
            end - 1, "plural_pronouns"
        ):
            return SpeakerWords(end - 1, end)
        start = end
        while start > max(0, end - _SUBJECT):
            token = self.tokens[start - 1]
            if token.plain in after:
                break
            if token.plain in {"to", "by", "than"}:
                return None
            if token.plain == ")" and (opening := self._opening(start - 1)) is not None:
                start = opening
                continue
            if token.is_sign and token.plain not in _OWN_SIGNS:
                break
            if self.sentence.is_in(start - 1, "boundaries") or self._is_verb(start - 1):
                break
            if (
                token.plain == "and"
                and not self._joins(start - 1)
                and (end - start > _JOINED or self._trimmed(start, end))
            ):
                break
            start -= 1
        return self._trimmed(start, end)

    def _is_verb(self, at: int) -> bool:
        """Whether a verb of speech begins at a token, and not part of a name such as "States"."""
        match = self.lookup.verbs.match(self.tokens, at)
        return match is not None and not self.sentence.is_part_of_name(at, match[0])

    def _opening(self, closing: int) -> int | None:
        """Where the bracket before a closing one is, with a word in front of it."""
        first = max(0, closing - _SUBJECT)
        return next((i for i in range(closing, first, -1) if self.sentence.plain(i) == "("), None)

    def _joins(self, at: int) -> bool:
        """Whether "and" is between two words for speakers, or two groups."""
        return all(self.sentence.role_of(SpeakerWords(i, i + 1))[0] for i in (at - 1, at + 1)) or (
            0 < at < len(self.tokens) - 1
            and self.tokens[at - 1].is_capital
            and self.tokens[at + 1].is_capital
        )

    def _trimmed(self, start: int, end: int) -> SpeakerWords | None:
        """The subject without what says when and in what it was stated."""
        start = self._after_time(start, end)
        for at in range(start + 1, end):
            is_remark = self.sentence.is_in(at, "trailing") and not self._names_place(at, end)
            if is_remark and self.sentence.is_speaker(SpeakerWords(start, at)):
                end = at
                break
        while start < end and self.sentence.plain(start) in {
            "and",
            "but",
            "meanwhile",
            "however",
            "in",
            "on",
        }:
            start += 1
        if self.sentence.plain(end - 1) == ")" and (opening := self._opening(end - 1)) is not None:
            end = opening
        subject = SpeakerWords(start, end)
        is_whole = start < end and self.sentence.plain(end - 1) != "and"
        return subject if is_whole and self.sentence.is_speaker(subject) else None

    def _after_time(self, start: int, end: int) -> int:
        """Where the subject of "hours later the group" begins."""
        later = next((i for i in range(start, end) if self.sentence.is_in(i, "trailing")), end)
        if later + 1 >= end or not self.sentence.group_in(SpeakerWords(later + 1, end)):
            return start
        is_time = not self.sentence.is_speaker(SpeakerWords(start, later))
        return later + 1 if is_time else start

    def _names_place(self, at: int, end: int) -> bool:
        """Whether "in" is followed by a name, and not by "a statement" or a day."""
        return (
            self.sentence.plain(at) == "in"
            and at + 1 < end
            and (self.tokens[at + 1].is_capital or self.sentence.plain(at + 1) == "the")
            and not self.sentence.is_in(at + 1, "not_names")
        )

    def _after(self, at: int) -> SpeakerWords | None:
        """The subject that begins at a token."""
        end = at
        while end < min(len(self.tokens), at + _SUBJECT):
            token = self.tokens[end]
            if token.plain == "." and end > at and self._is_abbreviation(end - 1):
                end += 1
                continue
            if token.is_sign and token.plain not in _OWN_SIGNS:
                break
            if end > at and (
                self.sentence.is_in(end, "ends") and not self._names_place(end, len(self.tokens))
            ):
                break
            if self.lookup.verbs.match(self.tokens, end):
                break
            if end > at and self._is_complete(at, end):
                break
            end += 1
        return self._trimmed(at, end)

    def _is_abbreviation(self, at: int) -> bool:
        """Whether a full stop after a token is that of an initial, or of a rank such as "Col."."""
        token = self.tokens[at]
        is_initial = token.is_capital and token.end - token.start == 1
        return is_initial or token.plain in word_lists("sentences")["abbreviations"]

    def _is_complete(self, at: int, end: int) -> bool:
        """Whether the words up to a token are a speaker, and the token is not one of its words."""
        token = self.tokens[end]
        if token.is_capital or token.is_sign or self.sentence.is_in(end, "inside"):
            return False
        return not self.sentence.role_of(SpeakerWords(end, end + 1))[
            0
        ] and self.sentence.is_speaker(SpeakerWords(at, end))
