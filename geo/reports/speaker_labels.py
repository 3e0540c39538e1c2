"""Whoever is named without a verb: before a colon, or in brackets after what was counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.reports.speaker_phrases import SpeakerFinder
from geo.reports.speaker_sentences import QUOTES, SpeakerWords

_LABEL: Final = 14
"""Tokens before a colon: "the spokesman of the governor of the northern province"."""


class LabelFinder(SpeakerFinder):
    """Finds whoever is named without a verb in one sentence."""

    def with_colon(self) -> Iterator[SpeakerWords]:
        """Whoever is named before a colon at the beginning of a sentence or of a part of it."""
        parts = [i + 1 for i, token in enumerate(self.tokens) if token.plain == ";"]
        first = next((i for i, token in enumerate(self.tokens) if not token.is_sign), 0)
        for begins in (first, *parts):
            if subject := self._before_colon(begins):
                yield subject

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
            self.sentence.plain(i).endswith("ed")
            or self.sentence.plain(i)[0].isdigit()
            or self.sentence.plain(i) in {*QUOTES, "no", "not", "never"}
            or self.sentence.is_in(i, "finite")
            or self.sentence.is_in(i, "counted_ends")
            for i in rest
        )

    def _named_before(self, first: int, colon: int) -> SpeakerWords | None:
        end = next((i for i in range(first, colon) if self.tokens[i].is_sign), colon)
        end = next((i for i in range(first + 1, end) if self.sentence.is_in(i, "trailing")), end)
        subject = SpeakerWords(first, end)
        if first >= end or any(self.sentence.is_in(i, "boundaries") for i in range(first, end)):
            return None
        is_heading = any(self.sentence.is_in(i, "headings") for i in (first, end - 1))
        if self.sentence.plain(first) in {"in", "on", "at"} or is_heading:
            return None
        is_person = self._is_source(subject) or any(
            self.sentence.is_in(i, "titles") for i in range(first, end)
        )
        is_name = all(token.is_capital for token in self.tokens[first:end])
        speaks = is_name and self.sentence.plain(colon + 1) in QUOTES
        posts = self.sentence.plain(end) in {"on", "via"} and self.sentence.is_in(
            end + 1, "channels"
        )
        is_known = (
            posts
            or speaks
            or bool(
                self.sentence.group_in(SpeakerWords(first, colon))
                or self.known_name(subject, self.sentence)
            )
        )
        return subject if is_person or (is_name and is_known) else None

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
