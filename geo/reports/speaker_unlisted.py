"""Speakers whom no list of words has, known by where they stand: "..., a stonemason said."."""

from __future__ import annotations

from typing import Final

from geo.reports.speaker_phrases import SpeakerFinder
from geo.reports.speaker_words import QUOTES, SpeakerWords

_WHOEVER: Final = 7
"""Tokens of a subject that no list has: "the old watchman of NAME"."""
_SUBJECT: Final = 14
"""Tokens between "who" and the verb: "who asked not to be named" has five."""
_NOUN: Final = 4
"""Tokens of one within a sentence: "a young rickshaw puller"."""
_MANY: Final = 5
"""Letters of a plural such as "bakers"."""
_OWN_SIGNS: Final = frozenset({"-", "'", "’"})
_OPENS: Final = frozenset({";", ":", "–", "—", "•", "*", ")", "]"})
"""Signs after which a clause begins."""
_BEFORE: Final = frozenset({",", ";", ":", "–", "—", "?", "!", *QUOTES})
"""Signs before whoever says something at the end."""
_AFTER: Final = frozenset({"", ".", ",", ";", ":", "–", "—", ")", *QUOTES})
"""Signs after whoever says something."""
_NO_PERSON: Final = ("boundaries", "cannot_speak", "determiners", "nobody", "ends", "papers")
"""Lists with words that are none for somebody."""
_NO_PEOPLE: Final = (
    "written", "papers", "determiners", "cannot_speak", "not_names", "boundaries", "times",
)  # fmt: skip
"""Lists with plurals that are none for people: "documents said", "months said"."""


class UnlistedFinder(SpeakerFinder):
    """Finds whoever says something in one sentence, though no list has the word for them."""

    def of_plain_speech(self, end: int, verb: int) -> SpeakerWords | None:
        """Whoever is before a verb that only people can have, such as "said"."""
        if not self.sentence.is_in(verb, "personal"):
            return None
        return self.whoever(end, verb) or self.indefinite(end) or self._many(end)

    def whoever(self, end: int, verb: int) -> SpeakerWords | None:
        """Whoever is at the beginning of a clause before "said": nothing else can say."""
        is_joined = self.sentence.is_in(end - 1, "joins_verbs")
        if is_joined or not self.sentence.is_in(verb, "personal"):
            return None
        start = self.clause_start(end)
        if not 0 < end - start <= _WHOEVER:
            return None
        is_short = all(
            not self.tokens[at].is_sign
            and not self.sentence.is_in(at, "boundaries")
            and not self.sentence.is_in(at, "cannot_speak")
            for at in range(start + 2 * self.sentence.is_in(start, "those"), end)
        )
        kind = "openers" if end - start > 1 else "alone"
        is_first = self.sentence.is_in(start, kind)
        return SpeakerWords(start, end) if is_short and is_first else None

    def clause_start(self, at: int) -> int:
        """Where the clause of a verb begins, after words that say when or where."""
        start = 0
        for i in range(at - 1, -1, -1):
            if self.sentence.plain(i) in _OPENS:
                start = i + 1
                break
        while start < at and (self.tokens[start].is_sign or self.sentence.is_in(start, "links")):
            start += 1
        if self.sentence.is_in(start, "leading"):
            comma = next((i for i in range(start, at) if self.sentence.plain(i) == ","), -1)
            start = comma + 1 if comma > 0 else start
        return start

    def indefinite(self, end: int) -> SpeakerWords | None:
        """Whoever is between a sign and a verb, or "who": ", a stonemason from NAME said"."""
        last = end
        while last > 1 and self.tokens[last - 1].is_capital:
            last -= 1
        is_from = last < end and self.sentence.is_in(last - 1, "unlisted_ends")
        last = last - 1 if is_from else end
        for start in range(last - 1, max(-1, last - _NOUN - 1), -1):
            if self.sentence.is_in(start, "openers"):
                is_noun = start + 1 < last and self.is_apart(start)
                return SpeakerWords(start, end) if is_noun else None
            if not self._is_plain(start):
                return None
        return None

    def is_apart(self, at: int) -> bool:
        """Whether a token is the first, or just after a sign."""
        return at == 0 or self.sentence.plain(at - 1) in _BEFORE

    def before_clause(self, end: int) -> SpeakerWords | None:
        """The subject of "a resident who asked not to be named said"."""
        if self.sentence.is_in(end - 1, "relative_person"):
            return None
        for at in range(end - 1, max(0, end - _SUBJECT), -1):
            if self.tokens[at].is_sign and self.sentence.plain(at) not in _OWN_SIGNS:
                return None
            if self.sentence.is_in(at, "relative_object"):
                return self.phrases.before(at - self.sentence.is_in(at - 1, "before_whom"))
            if self.sentence.is_in(at, "relative_person"):
                return self._who(at, end)
            if self.sentence.ends_in(at, "active") and (doing := self._doing(at)):
                return doing
        return None

    def reduced(self, end: int) -> SpeakerWords | None:
        """Whoever is before "we" in "neighbours we spoke to said"."""
        for at in range(end - 2, max(0, end - _NOUN - 1), -1):
            if self.tokens[at].is_sign:
                return None
            if self.sentence.is_in(at, "first_persons"):
                end_of_noun = at - self.sentence.is_in(at - 1, "relative_object")
                end_of_noun -= self.sentence.is_in(end_of_noun - 1, "before_whom")
                subject = self.phrases.before(end_of_noun)
                return subject if subject and subject.end == end_of_noun else None
        return None

    def _who(self, at: int, end: int) -> SpeakerWords | None:
        """Whoever is before "who": "those who fled", of whom the clause is all that is known."""
        is_those = self.sentence.is_in(at - 1, "those")
        if is_those and self.sentence.is_in(end, "plain_speech"):
            return SpeakerWords(at - 1, end)
        return self.phrases.before(at) or self.indefinite(at)

    def _doing(self, at: int) -> SpeakerWords | None:
        """Whoever is before a participle: "a woman holding a child said"."""
        subject = self.phrases.before(at)
        if subject is None or subject.end != at or not self.is_apart(subject.start):
            return None
        return subject if self.sentence.is_in(subject.start, "openers") else None

    def _is_plain(self, at: int) -> bool:
        """Whether a word can be one of the words for somebody whom no list has."""
        return not (
            self.tokens[at].is_sign
            or self.tokens[at].is_capital
            or self.tokens[at].plain[0].isdigit()
            or any(self.sentence.is_in(at, kind) for kind in _NO_PERSON)
        )

    def _many(self, end: int) -> SpeakerWords | None:
        """Whoever is several of a kind: "Gravediggers said", "..., carpet dealers said."."""
        at = end - 1
        start = at if at < 1 or self.is_apart(at) else at - 1
        if start < 0 or not self.is_apart(start):
            return None
        if start < at and (self.tokens[at].is_capital or not self._is_noun_first(start)):
            return None
        is_word = self.sentence.ends_in(at, "plural") and len(self.sentence.plain(at)) > _MANY
        is_other = any(self.sentence.is_in(at, kind) for kind in _NO_PEOPLE)
        is_small = at == 0 or not self.tokens[at].is_capital
        return SpeakerWords(start, end) if is_word and is_small and not is_other else None

    def _is_noun_first(self, at: int) -> bool:
        """Whether a word can be the first of two: "carpet" of "carpet dealers"."""
        is_first = at == 0 and not any(self.sentence.is_in(at, kind) for kind in _NO_PERSON)
        is_link = self.sentence.is_in(at, "links") or self.sentence.is_in(at, "leading")
        return (is_first or self._is_plain(at)) and not is_link

    def inverted_unlisted(self, at: int) -> SpeakerWords | None:
        """Whoever is after a verb and a quote: "..." said a stonemason from NAME."""
        is_said = self.sentence.is_in(at - 1, "personal")
        return self._noun_after(at) if is_said else None

    def accorded(self, at: int) -> SpeakerWords | None:
        """Whoever is after "according to", and no plan or law."""
        is_source = self.sentence.is_in(at - 2, "accorded")
        subject = self._noun_after(at) if is_source else None
        if subject is None or self.sentence.is_in(subject.end - 1, "not_accorded"):
            return None
        return subject

    def _noun_after(self, at: int) -> SpeakerWords | None:
        """The words from an article on up to a sign, or to "who" or "from"."""
        if at >= len(self.tokens) or not self.sentence.is_in(at, "openers"):
            return None
        end = at + 1
        while end < min(len(self.tokens), at + _NOUN + 1) and self._is_plain(end):
            if self.sentence.is_in(end, "unlisted_ends"):
                break
            end += 1
        is_end = self.sentence.plain(end) in _AFTER or self.sentence.is_in(end, "unlisted_ends")
        return SpeakerWords(at, end) if end > at + 1 and is_end else None
