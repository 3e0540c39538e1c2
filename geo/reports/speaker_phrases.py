"""The words of one sentence that name a speaker: before a verb, or after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from geo.reports.speaker_sentences import SpeakerSentence
from geo.reports.speaker_words import SpeakerWords
from geo.reports.wordlists import word_lists

_SUBJECT: Final = 14
"""Tokens of a subject: "a spokesman for the governor of the northern province" has nine."""
_JOINED: Final = 3
"""Tokens after "and" that can still be of one name: "director of information and culture"."""
_BRACKET: Final = 6
"""Tokens of a bracket within a name, such as that of an abbreviation."""
_OWN_SIGNS: Final = frozenset({"-", "'", "’"})


class SpeakerPhrases:
    """Finds the words for speakers in one sentence."""

    def __init__(self, sentence: SpeakerSentence) -> None:
        self.sentence, self.tokens, self.lookup = sentence, sentence.tokens, sentence.lookup

    def before(self, end: int, after: frozenset[str] = frozenset()) -> SpeakerWords | None:
        """The speaker that ends at a token; `after` has words that may be in front of it."""
        sentence = self.sentence
        if sentence.is_in(end - 1, "singular_pronouns") or sentence.is_in(
            end - 1, "plural_pronouns"
        ):
            return SpeakerWords(end - 1, end)
        start = end
        while start > max(0, end - _SUBJECT):
            token = self.tokens[start - 1]
            is_before = token.plain in after and self._trimmed(start, end) is not None
            if is_before or self._is_in_front(start - 1):
                break
            if sentence.is_in(start - 1, "agent") and self._is_participle(start - 2):
                return self.before(start - 2, after)
            if self._is_barred(start - 1, end):
                return None
            if token.plain == ")" and (opening := self._opening(start - 1)) is not None:
                start = opening
                continue
            if self._is_dash(start - 1):
                break
            is_rank = token.plain == "." and start > 1 and self._is_abbreviation(start - 2)
            if token.is_sign and token.plain not in _OWN_SIGNS and not is_rank:
                break
            if self._is_boundary(start - 1) or self._is_of_other(start, end):
                break
            start -= 1
        return self._trimmed(self._after_other(start, end), end)

    def _is_dash(self, at: int) -> bool:
        """Whether a hyphen stands alone as a dash, with a blank on both sides."""
        if self.tokens[at].plain != "-" or not 0 < at < len(self.tokens) - 1:
            return False
        return self.tokens[at - 1].end < self.tokens[at].start and (
            self.tokens[at].end < self.tokens[at + 1].start
        )

    def _is_barred(self, at: int, end: int) -> bool:
        """Whether no speaker is after a word: "by", "what" other than in "what the army called"."""
        is_what = self.sentence.is_in(at, "free_clause") and not (
            self.sentence.is_in(end, "calling") or self._is_told_so(at)
        )
        is_bar = self.sentence.is_in(at, "bars") and not self._is_close(at)
        return is_what or is_bar

    def _is_told_so(self, what: int) -> bool:
        """Whether "what" begins what somebody says: "that is what", "contrary to what"."""
        is_first = what == 0 or self.tokens[what - 1].is_sign
        return is_first or self.sentence.is_in(what - 1, "before_what")

    def _is_in_front(self, at: int) -> bool:
        """Whether a subject begins after a word: "who", "by telephone a nurse said"."""
        is_by = self.sentence.is_in(at, "agent") and self.sentence.is_in(at + 1, "phones")
        return is_by or self.sentence.is_in(at, "relative_person")

    def _is_boundary(self, at: int) -> bool:
        """Whether a word is none of a subject, unless it is "to" or "that" within its words."""
        is_that = self.sentence.is_in(at, "clause_word") and self.sentence.is_in(
            at - 1, "before_that"
        )
        if is_that or self._is_close(at) or self._is_said_before(at):
            return False
        return self.sentence.is_in(at, "boundaries") or self.sentence.is_verb(at)

    def _is_close(self, at: int) -> bool:
        """Whether it is "to" in "sources close to the ministry"."""
        return self.sentence.is_in(at, "allative") and self.sentence.is_in(at - 1, "close_to")

    def _is_of_other(self, start: int, end: int) -> bool:
        """Whether "and" before a subject joins it to somebody or something else."""
        if not self.sentence.is_in(start - 1, "joins") or self._joins(start - 1):
            return False
        return end - start > _JOINED or self._trimmed(start, end) is not None

    def _is_said_before(self, at: int) -> bool:
        """Whether a word only refers to who was named: "elders of the said district"."""
        return self.sentence.is_in(at, "referring") and self.sentence.is_in(at - 1, "articles")

    def _is_participle(self, at: int) -> bool:
        """Whether it tells of the noun before it: "the chief appointed by the council"."""
        is_alone = not (
            self.sentence.is_in(at - 1, "passive") or self.sentence.is_in(at - 1, "adverbs")
        )
        return at > 1 and self._is_past(at) and is_alone

    def _is_past(self, at: int) -> bool:
        return self.sentence.ends_in(at, "past") or self.sentence.is_in(at, "irregular_pasts")

    def after(self, at: int) -> SpeakerWords | None:
        """The speaker that begins at a token."""
        end = at
        while end < min(len(self.tokens), at + _SUBJECT):
            token = self.tokens[end]
            if token.plain == "." and end > at and self._is_abbreviation(end - 1):
                end += 1
                continue
            if (token.is_sign and token.plain not in _OWN_SIGNS) or self._is_dash(end):
                break
            if end > at and (self._ends(at, end) or self.sentence.is_in(end, "subjects")):
                break
            if self.sentence.is_verb(end):
                break
            if end > at and self._is_complete(at, end):
                break
            end += 1
        return self._trimmed(at, end) or self._name_alone(at, end)

    def _name_alone(self, at: int, end: int) -> SpeakerWords | None:
        """The name of "Sgt. NAME of the 10th Division", of which the rest is none."""
        of = next((i for i in range(at + 2, end) if self.sentence.is_in(i, "of_whom")), at)
        name = SpeakerWords(at, of)
        return name if of > at and self.sentence.is_name(name) else None

    def _ends(self, at: int, end: int) -> bool:
        """Whether a word is after the speaker that begins at a token, such as "who" or "on"."""
        so_far = SpeakerWords(at, end)
        is_whole = self.sentence.group_in(so_far) or self.sentence.role_of(so_far)[0]
        if self.sentence.is_in(end, "joins") and not is_whole:
            # "according to Afghan and coalition officials"
            return False
        if self.sentence.is_in(end, "after_names") and self.sentence.is_name(so_far):
            return True
        named = end + 1 < len(self.tokens) and self.tokens[end + 1].is_capital
        is_place = named and self._names_place(end, len(self.tokens))
        return self.sentence.is_in(end, "ends") and not is_place

    def _opening(self, closing: int) -> int | None:
        """Where the bracket of an abbreviation opens, with a word in front of it: no date."""
        first = max(0, closing - _BRACKET)
        for at in range(closing, first, -1):
            if self.sentence.plain(at)[0].isdigit():
                return None
            if self.sentence.plain(at) == "(":
                return at
        return None

    def _joins(self, at: int) -> bool:
        """Whether "and" is between two words for speakers, or two groups."""
        if not 0 < at < len(self.tokens) - 1:
            return False
        return all(self.sentence.role_of(SpeakerWords(i, i + 1))[0] for i in (at - 1, at + 1)) or (
            self.tokens[at - 1].is_capital and self.tokens[at + 1].is_capital
        )

    def _trimmed(self, start: int, end: int) -> SpeakerWords | None:
        """The subject without what says when and in what it was stated."""
        start = self._after_time(start, end)
        for at in range(start + 1, end):
            is_remark = self.sentence.is_in(at, "trailing") and not self._names_place(at, end)
            if is_remark and self.sentence.is_speaker(SpeakerWords(start, at)):
                end = at
                break
        while start < end and (
            self.sentence.is_in(start, "in_front") or self.tokens[start].is_sign
        ):
            start += 1
        if self.sentence.plain(end - 1) == ")" and (opening := self._opening(end - 1)) is not None:
            end = opening
        subject = self._without_thing(start, end)
        is_whole = subject.start < subject.end and not self.sentence.is_in(end - 1, "joins")
        return subject if is_whole and self.sentence.is_speaker(subject) else None

    def _after_other(self, start: int, end: int) -> int:
        """Where the last noun phrase begins: "on Monday the ministry", "this attack the group"."""
        for at in range(end - 1, start, -1):
            is_article = self.sentence.is_in(at, "articles")
            is_joined = self.sentence.is_in(at - 1, "levels") or self.tokens[at - 1].is_sign
            is_joined |= self._is_within_source(start, at)
            if is_article and not is_joined and not self.sentence.group_over(at - 1):
                return at
        return start

    def _is_within_source(self, start: int, at: int) -> bool:
        """Whether an article is within words for one speaker, such as the name of a charity."""
        for first in range(start, at):
            match = self.lookup.people.match(self.tokens, first)
            if match and first + match[0] > at:
                return True
        return False

    def _without_thing(self, start: int, end: int) -> SpeakerWords:
        """Whoever did it, of "the work of NAME": what is before "of" names no speaker."""
        for at in range(start + 1, end - 1):
            if self.sentence.is_in(at, "genitive"):
                owner, thing = SpeakerWords(at + 1, end), SpeakerWords(start, at)
                said = self.sentence.is_in(at - 1, "utterances") and self.sentence.role_of(owner)[0]
                is_owner = self.sentence.group_in(owner) or said
                is_thing = is_owner and not self.sentence.is_speaker(thing)
                inside = self.sentence.group_over(at)
                return owner if is_thing and not inside else SpeakerWords(start, end)
        return SpeakerWords(start, end)

    def _after_time(self, start: int, end: int) -> int:
        """Where the subject of "hours later the group" begins."""
        later = next((i for i in range(start, end) if self.sentence.is_in(i, "trailing")), end)
        if later + 1 >= end or not self.sentence.group_in(SpeakerWords(later + 1, end)):
            return start
        is_time = not self.sentence.is_speaker(SpeakerWords(start, later))
        return later + 1 if is_time else start

    def _names_place(self, at: int, end: int) -> bool:
        """Whether "in" is followed by a name, and not by "a statement" or a day."""
        if not self.sentence.is_in(at, "within") or at + 1 >= end:
            return False
        if self.sentence.is_in(at + 1, "definite"):
            return not self.sentence.is_in(at + 2, "papers") and not self.sentence.is_in(
                at + 2, "times"
            )
        is_name = self.tokens[at + 1].is_capital
        return is_name and not self.sentence.is_in(at + 1, "not_names")

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
        if self.sentence.is_in(end, "joins") or self.sentence.is_owner(end - 1):
            return False
        return not self.sentence.role_of(SpeakerWords(end, end + 1))[
            0
        ] and self.sentence.is_speaker(SpeakerWords(at, end))


class SpeakerFinder:
    """Finds speakers in one sentence.

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
        self.phrases = SpeakerPhrases(sentence)
