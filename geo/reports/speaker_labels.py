"""Whoever is named without a verb: before a colon, or in brackets after what was counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.reports.speaker_phrases import SpeakerFinder
from geo.reports.speaker_words import QUOTES, SpeakerWords

_SHORT: Final = 4
"""Tokens of a source at the end of a heading."""
_TIME: Final = 6
"""Tokens of a time at the beginning of an entry."""
_YEAR: Final = 4
"""Digits of a year."""
_LABEL: Final = 14
"""Tokens before a colon: "the spokesman of the governor of the northern province"."""


class LabelFinder(SpeakerFinder):
    """Finds whoever is named without a verb in one sentence."""

    def with_colon(self) -> Iterator[SpeakerWords]:
        """Whoever is named before a colon at the beginning of a sentence or of a part of it."""
        parts = [i + 1 for i, token in enumerate(self.tokens) if token.plain == ";"]
        parts += [i + 1 for i in range(1, _TIME) if self._is_after_time(i)]
        first = next((i for i, token in enumerate(self.tokens) if not token.is_sign), 0)
        for begins in (first, *parts):
            if subject := self._before_colon(begins):
                yield subject

    def _is_after_time(self, at: int) -> bool:
        """Whether a dash is after the time of an entry: "20:15 - police: ..."."""
        is_dash = self.sentence.plain(at) in {"-", "–", "—"}
        return is_dash and self.sentence.plain(at - 1).isdigit() and at + 1 < len(self.tokens)

    def _before_colon(self, first: int) -> SpeakerWords | None:
        """Whoever is named from a token on before a colon."""
        for at in range(first + 1, min(len(self.tokens), first + _LABEL)):
            if self.sentence.is_verb(at - 1):
                return None
            if self.sentence.plain(at) == ":":
                return self._named_before(first, at) if self._is_told_after(at) else None
        return None

    def _is_told_after(self, colon: int) -> bool:
        """Whether something is told after a colon: a heading may only name what follows."""
        rest = range(colon + 1, len(self.tokens))
        return not self.sentence.is_heading or any(
            self.sentence.ends_in(i, "past")
            or self._is_count(i)
            or self.sentence.plain(i) in QUOTES
            or self.sentence.is_in(i, "not_so")
            or self.sentence.is_in(i, "finite")
            or self.sentence.is_in(i, "counted_ends")
            for i in rest
        )

    def _is_count(self, at: int) -> bool:
        """Whether a number counts something, and is none of a date: "24" after "May", or "1401"."""
        plain = self.sentence.plain(at)
        is_dated = len(plain) >= _YEAR or self.tokens[at - 1].is_capital
        return plain[0].isdigit() and not (plain.isdigit() and is_dated)

    def _named_before(self, first: int, colon: int) -> SpeakerWords | None:
        end = next((i for i in range(first, colon) if self.tokens[i].is_sign), colon)
        end = next((i for i in range(first + 1, end) if self.sentence.is_in(i, "trailing")), end)
        is_owned = end - first > 1 and self.sentence.is_owner(end - 2)
        end -= is_owned and self.sentence.is_in(end - 1, "utterances")  # "the army's version:"
        subject = SpeakerWords(first, end)
        if first >= end or any(self.sentence.is_in(i, "boundaries") for i in range(first, end)):
            return None
        is_heading = any(self.sentence.is_in(i, "headings") for i in (first, end - 1))
        is_heading |= self._is_title_of_paper(subject)
        if self.sentence.is_in(first, "where_or_when") or is_heading or self._is_thing(subject):
            return None
        is_person = self._is_source(subject) or any(
            self.sentence.is_in(i, "titles") for i in range(first, end)
        )
        is_name = all(token.is_capital for token in self.tokens[first:end])
        speaks = is_name and self.sentence.plain(colon + 1) in QUOTES
        posts = self.sentence.is_in(end, "by_channel") and self.sentence.is_in(end + 1, "channels")
        is_known = (
            posts
            or speaks
            or bool(
                self.sentence.group_in(SpeakerWords(first, colon))
                or self.known_name(subject, self.sentence)
            )
        )
        return subject if is_person or (is_name and is_known) else None

    def _is_thing(self, subject: SpeakerWords) -> bool:
        """Whether it is a thing of somebody: "a judge's murder", "the mayor's account differs"."""
        last = subject.end - 1
        owned = any(self.sentence.is_owner(at) for at in range(subject.start, last))
        is_small = owned and not self.tokens[last].is_capital
        words = range(subject.start, last)
        is_in_more = any(self.sentence.is_in(i, "unlisted_ends") for i in words)
        return is_small and not is_in_more and not self.sentence.ends_with_person(subject)

    def _is_title_of_paper(self, subject: SpeakerWords) -> bool:
        """Whether it is what a text is called, "Special report:", and not "the report:"."""
        is_paper = self.sentence.is_in(subject.end - 1, "papers")
        return is_paper and not self.sentence.is_in(subject.start, "openers")

    def of_account(self) -> Iterator[SpeakerWords]:
        """Whoever is named in "by the governor's account"."""
        for at in range(2, len(self.tokens)):
            owner = at - self.sentence.is_in(at - 1, "own_word")  # "by the mayor's own count"
            if not self.sentence.is_in(at, "accounts") or not self.sentence.is_owner(owner - 1):
                continue
            for first in range(owner - 1, max(0, owner - _LABEL), -1):
                subject = SpeakerWords(first, owner)
                if self.sentence.is_in(first - 1, "by_account") and self._is_owner_name(subject):
                    yield subject
                if self.tokens[first].is_sign or self.sentence.is_in(first - 1, "boundaries"):
                    break

    def quoted(self) -> Iterator[SpeakerWords]:
        """Whoever is named in "the agency quoted a policeman as saying"."""
        for at in range(1, len(self.tokens) - 2):
            if not self.sentence.is_in(at, "quoting") or self.sentence.is_in(at - 1, "passive"):
                continue
            subject = self.phrases.after(at + 1)
            if subject and self.sentence.is_in(subject.end, "quoted_as"):
                yield subject

    def _is_owner_name(self, subject: SpeakerWords) -> bool:
        is_group = self.sentence.group_in(subject) is not None
        return is_group or self.sentence.role_of(subject)[0] or self.sentence.is_name(subject)

    def at_end(self) -> Iterator[SpeakerWords]:
        """Whoever is named at the end of a heading: "Four killed in blast: officials"."""
        last = len(self.tokens)
        while last > 0 and self.tokens[last - 1].plain == ".":
            last -= 1
        cuts = [i for i in range(2, last) if self.sentence.plain(i) in {":", "-", "–", "—"}]
        if not cuts or last - cuts[-1] - 1 > _SHORT or not self._is_apart(cuts[-1]):
            return
        subject = SpeakerWords(cuts[-1] + 1, last)
        told = any(self.sentence.is_in(i, "counted_ends") for i in range(cuts[-1]))
        if told and subject.start < last and self._is_whole_source(subject):
            yield subject

    def _is_apart(self, at: int) -> bool:
        """Whether a sign has a blank after it, as no hyphen has."""
        return at + 1 < len(self.tokens) and self.tokens[at].end < self.tokens[at + 1].start

    def _is_whole_source(self, subject: SpeakerWords) -> bool:
        """Whether the words are those of a source and nothing else."""
        is_plain = not any(
            self.tokens[i].is_sign
            or self.sentence.is_in(i, "ends")
            or self.sentence.plain(i)[0].isdigit()
            for i in range(subject.start, subject.end)
        )
        return is_plain and self._is_source(subject)

    def in_brackets(self) -> Iterator[SpeakerWords]:
        """Whoever is named alone in brackets after what was counted: "five wounded (police)"."""
        for opening in range(2, len(self.tokens) - 2):
            if self.sentence.plain(opening) != "(":
                continue
            subject = self.phrases.after(opening + 1)
            is_alone = subject and self.sentence.plain(subject.end) == ")"
            if (
                subject
                and is_alone
                and (
                    self.sentence.is_in(opening - 1, "counted_ends")
                    or self.sentence.plain(opening - 1).isdigit()
                )
                and self._is_source(subject)
            ):
                yield subject

    def _is_source(self, subject: SpeakerWords) -> bool:
        """Whether words without a verb name a source: an office, or people who saw it."""
        role = self.sentence.role_of(subject)[1]
        is_witness = any(
            self.sentence.is_in(i, "sources") for i in range(subject.start, subject.end)
        )
        return is_witness or role in {"state", "third_party", "un", "ngo", "media"}
