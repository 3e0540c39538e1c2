"""The subject of a verb of speech: before it, over a remark, after it, or at the beginning."""

from __future__ import annotations

from typing import Final

from geo.reports.speaker_unlisted import UnlistedFinder
from geo.reports.speaker_verbs import SpeechVerb
from geo.reports.speaker_words import QUOTES, SpeakerWords

_SUBJECT: Final = 14
"""Tokens of a subject: "a spokesman for the governor of the northern province" has nine."""
_REMARK: Final = 30
"""Tokens of a remark between a subject and its verb."""
_SHORTEST_NAME: Final = 4
"""Letters of a name by which a sentence can begin."""
_OWN_SIGNS: Final = frozenset({"-", "'", "’"})
_LAST: Final = frozenset({"", ".", ";", ")", ","})
"""Signs after a speaker with whom a clause ends."""
_AGENT: Final = 14
"""Tokens between "was reported" and "by" whoever reported it."""
_PHONED: Final = 7
"""Tokens between "phoned" and "say": "phoned the agency in Kabul to say" has five."""
_TALK: Final = 5
"""Tokens of "a telephone conversation with"."""
_HYPHENED: Final = 3
"""Tokens of a name with a hyphen."""
_GAP: Final = 8
"""Tokens between "speaks of" and the next "of" in "speaks of ten dead, the army of two"."""
_SHORT: Final = 5
"""Tokens of the second speaker there, and of the first of "the army and the police said"."""


class SubjectFinder(UnlistedFinder):
    """Finds the subjects of one sentence."""

    def before_or_after(
        self, at: int, length: int, verb: SpeechVerb, before: SpeakerWords | None
    ) -> SpeakerWords | None:
        """The subject of a verb; `before` is that of the verb before it in the sentence."""
        is_by_phone = self.sentence.is_in(at + length, "phones")
        if is_by_phone if verb.speaker_follows else self.sentence.is_in(at, "progressive"):
            return self._before(at)  # "denied by phone that", "is still saying that"
        if verb.speaker_follows:
            return self._following(at + length)
        if self.sentence.ends_in(at, "active"):
            return before or self._opening(at)
        if (finite := self._finite_before(at)) >= 0:
            return self._before(finite)
        is_told = self.sentence.is_in(at, "reporting") and self.sentence.is_in(
            at + 1, "counted_ends"
        )
        if is_told or self.is_passive(at):
            return None if self.sentence.is_in(at, "asking") else self._agent(at + length)
        is_joined = self.sentence.is_in(at - 1, "joins_verbs") or self.sentence.is_in(
            at - 1, "adverbs"
        )
        is_nor = self.sentence.is_in(at - 1, "unsaid") and self.sentence.is_verb(at - 2)
        return (
            (before if is_nor else None)  # "neither confirmed nor denied"
            or self._before(at)
            or self._after_quote(at, length)
            or (before if is_joined else None)
            or self._opening(at)
            or self._at_end(at, length)
        )

    def _finite_before(self, at: int) -> int:
        """The verb of "began to say", or "phoned the agency to say"; -1, if there is none."""
        if not self.sentence.is_in(at - 1, "allative"):
            return -1
        if self.sentence.is_in(at - 2, "starting"):
            is_adjective = self.sentence.is_in(at - 3, "passive")
            return at - 3 if is_adjective else at - 2
        near = range(max(0, at - _PHONED), at - 1)
        return next((i for i in near if self.sentence.is_in(i, "phoning")), -1)

    def _following(self, at: int) -> SpeakerWords | None:
        """The subject from a token on, after "according to" or "claim:"."""
        if self.sentence.plain(at - 1) == ":" and self.sentence.is_in(at, "leading"):
            return None  # "CLAIM: On its website, GROUP said"
        subject = self.phrases.after(at) or self.accorded(at)
        if subject is None or self._is_first_news(subject) or self._is_paper(subject):
            return None
        return subject

    def _after_quote(self, at: int, length: int) -> SpeakerWords | None:
        """The subject after a verb that is itself after a quote or a comma."""
        previous = self.sentence.plain(at - 1)
        is_after = previous in {",", "?", "!"} or previous in QUOTES
        return self._inverted(at + length) if is_after else None

    def _is_first_news(self, subject: SpeakerWords) -> bool:
        """Whether nobody is named: "according to first information one soldier is hurt"."""
        at = subject.start
        return self.sentence.is_in(at, "tentative") and self.sentence.is_in(at + 1, "tidings")

    def _is_paper(self, subject: SpeakerWords) -> bool:
        """Whether it is a paper: "a statement issued by" somebody, or "official reports"."""
        if subject.end >= len(self.tokens):
            return False
        is_alone = subject.start == subject.end - 1
        if is_alone and self.sentence.is_in(subject.start, "of_papers"):
            return not self.tokens[subject.end].is_sign
        verb = self.lookup.verbs.match(self.tokens, subject.end)
        return verb is not None and verb[1].speaker_follows

    def is_passive(self, at: int) -> bool:
        """Whether something is said of the subject: "was reported", "have been confirmed"."""
        back = at - 1
        while back > 0 and not self.sentence.is_in(back, "passive") and self._is_adverb(back):
            back -= 1
        is_past = self.sentence.ends_in(at, "participle") or self.sentence.is_in(at, "pasts")
        return is_past and self.sentence.is_in(back, "passive")

    def _is_adverb(self, at: int) -> bool:
        """Whether a word can be between a subject and its verb: "also", "openly"."""
        is_made = self.sentence.ends_in(at, "adverb") and not self.tokens[at].is_capital
        known = self.sentence.role_of(SpeakerWords(at, at + 1))[0] if is_made else False
        return self.sentence.is_in(at, "adverbs") or (is_made and not known)

    def each(self, subject: SpeakerWords) -> tuple[SpeakerWords, ...]:
        """The speakers of "the army and the police said": two, if each is one by itself."""
        for joins in range(subject.start - 1, subject.end - 1):
            if joins < 1 or not self.sentence.is_in(joins, "joins"):
                continue
            first = self.phrases.before(joins)
            second = SpeakerWords(joins + 1, subject.end)
            if first and self._are_two(first, second):
                return first, second
        return (subject,)

    def _are_two(self, first: SpeakerWords, second: SpeakerWords) -> bool:
        """Whether words before and after "and" are a speaker each, and neither owns the other."""
        owned = any(self.sentence.is_in(i, "of_whom") for i in range(first.start, first.end))
        is_short = first.end - first.start <= _SHORT and not owned
        return is_short and self._is_somebody(first) and self._is_somebody(second)

    def _is_somebody(self, subject: SpeakerWords) -> bool:
        """Whether the words are a group or have a word for a speaker; names are not enough."""
        return bool(self.sentence.group_in(subject)) or self.sentence.role_of(subject)[0]

    def gapped(self, at: int, length: int) -> SpeakerWords | None:
        """The second speaker of "the council speaks of ten dead, the army of two"."""
        last = at + length - 1
        last += not self.sentence.is_in(last, "gapped")
        word = self.sentence.plain(last)
        if not self.sentence.is_in(last, "gapped"):
            return None
        for end in range(at + length + 2, min(len(self.tokens) - 1, at + length + 3 * _GAP)):
            if self.sentence.plain(end) != word:
                continue
            subject = self.phrases.before(end)
            if subject is None or subject.end != end or subject.end - subject.start > _SHORT:
                continue
            is_next = self.sentence.is_in(subject.start - 1, "cuts")
            if is_next and self._is_somebody(subject) and subject.start > at + length:
                return subject
        return None

    def _inverted(self, at: int) -> SpeakerWords | None:
        """The subject after a verb: "..., said the governor", and not "..., claimed ten killed"."""
        subject = self.phrases.after(at) or self.inverted_unlisted(at)
        if subject is None or subject.start != at or self.tokens[at].plain[0].isdigit():
            return None
        is_done = self.sentence.ends_in(subject.end, "past") or self.sentence.is_in(
            subject.end, "finite"
        )
        return None if is_done and not self.sentence.is_in(subject.end, "naming") else subject

    def _at_end(self, at: int, length: int) -> SpeakerWords | None:
        """The subject of "ten have died say police", with which a clause ends."""
        if not self.sentence.is_in(at, "plain_saying") or at == 0:
            return None
        subject = self._inverted(at + length)
        if subject is None:
            return None
        following = self.sentence.plain(subject.end)
        if following == "," and self._group_or_title(subject.end + 1):
            return subject
        is_last = following in _LAST or self.sentence.is_in(subject.end, "naming")
        return subject if is_last and self._is_somebody(subject) else None

    def _group_or_title(self, at: int) -> bool:
        """Whether a remark on a name begins at a token: ", spokesman for the governor"."""
        remark = self.phrases.after(at)
        return remark is not None and self._is_somebody(remark)

    def _agent(self, at: int) -> SpeakerWords | None:
        """Whoever says it, of "were reported dead by a member of the council"."""
        for by in range(at, min(len(self.tokens) - 1, at + _AGENT)):
            if self.sentence.plain(by) in {";", ":"} or self.sentence.is_in(by, "passive"):
                return None
            if self.sentence.is_in(by, "agent") and not self.sentence.is_in(by - 1, "deeds"):
                subject = self.phrases.after(by + 1)
                is_whole = subject and subject.start == by + 1 and self._is_somebody(subject)
                return subject if is_whole else None
        return None

    def _opening(self, at: int) -> SpeakerWords | None:
        """The subject with which the clause of a verb begins, whatever is between the two.

        That is a remark without a verb of its own, or else another verb: "met the elders and said".
        """
        start = self.clause_start(at)
        subject = self.phrases.after(start) if start < at else None
        if subject is None or subject.end > at or subject.start > start + 1:
            return None
        between = range(subject.end, at)
        joined = any(self.sentence.is_in(at - i, "joins_verbs") for i in (1, 2))
        if any(self.sentence.plain(i) in QUOTES for i in between):
            return None
        if joined:
            return subject if self._is_somebody(subject) else None
        is_plain = not any(
            self.sentence.is_in(i, "finite")
            or self.sentence.is_in(i, "clause_starts")
            or self.tokens[i].is_sign
            for i in between
        )
        is_person = self.sentence.role_of(subject)[0] or self.sentence.is_name(subject)
        is_remark = self.sentence.is_in(subject.end, "remarks") or self.sentence.ends_in(
            subject.end, "active"
        )
        known = is_person or self.sentence.group_in(subject)
        return subject if is_plain and is_remark and known else None

    def _before(self, at: int) -> SpeakerWords | None:
        """The subject that ends before a verb, or before a remark that ends there."""
        end = at
        while end > 0 and self._is_adverb(end - 1):
            end -= 1
        if self.sentence.plain(end - 1) == ")":
            end = max(
                (i for i in range(max(0, end - _REMARK), end) if self.sentence.plain(i) == "("),
                default=0,
            )
        if self.sentence.plain(end - 1) == ",":
            return self._over_remark(end - 1, at)
        said = any(self.sentence.is_in(i, "plain_speech") for i in range(at, at + 2))
        if said and self._is_first_name(end):
            return SpeakerWords(0, end)
        if self.sentence.is_in(end - 1, "relative_subjects"):
            if self.sentence.plain(end - 2) == ",":
                return self.phrases.before(end - 2, after=self.lookup.words["before_relative"])
            return None
        return self._directly_before(end, at)

    def _directly_before(self, end: int, at: int) -> SpeakerWords | None:
        """The subject that ends directly before a verb and its adverbs."""
        if reduced := self.reduced(end):
            return reduced
        if self.sentence.is_in(end - 1, "allative"):
            return None  # "who went to ask"
        subject = self.phrases.before(end)
        if subject and self._is_talk(subject):
            return self._before(subject.start - 1)
        if subject and self.sentence.is_in(subject.start - 1, "manner"):
            # "a man who gave his name as NAME said"
            subject = self.before_clause(subject.start - 1) or subject
        return (
            subject
            or self.before_clause(end)
            or self._named_beside(end, at)
            or self.of_plain_speech(end, at)
        )

    def _is_talk(self, subject: SpeakerWords) -> bool:
        """Whether it is how somebody spoke: "in a conversation with our reporter confirmed"."""
        first = subject.start
        is_in_talk = self.sentence.is_in(first - 1, "where_or_when") or self.sentence.is_in(
            first - 1, "leading"
        )
        near = range(first, min(subject.end, first + _TALK))
        return (
            first > 1
            and is_in_talk
            and any(self.sentence.is_in(i, "talks") for i in near)
            and any(self.sentence.is_in(i, "talk_with") for i in near)
        )

    def _named_beside(self, end: int, verb: int) -> SpeakerWords | None:
        """A name directly before "denies" or "says": "an accusation Karimi denies"."""
        if not self.sentence.is_in(verb, "personal"):
            return None
        start = end
        while start > 0 and self.tokens[start - 1].is_capital:
            start -= 1
        subject = SpeakerWords(start, end)
        is_part = self.sentence.is_in(start - 1, "before_names")
        is_name = 0 < start < end and not is_part
        return subject if is_name and self.sentence.is_speaker(subject) else None

    def _is_first_name(self, end: int) -> bool:
        """Whether the first word of a sentence can be a name: "Karimi said", not "Some said"."""
        is_joined = end == _HYPHENED and self.sentence.plain(1) == "-"  # "Al-Naba said"
        if end != 1 and not (is_joined and self.tokens[end - 1].is_capital):
            return False
        token = self.tokens[end - 1]
        is_long = token.end - token.start >= _SHORTEST_NAME
        return token.is_capital and is_long and not self.sentence.is_in(0, "not_names")

    def _over_remark(self, comma: int, verb: int) -> SpeakerWords | None:
        """The subject of a verb before a remark between two commas."""
        for first in range(comma - 1, max(-1, comma - _REMARK), -1):
            if self.sentence.plain(first) == ",":
                subject = (
                    self.phrases.before(first)
                    or self._introduced(first, comma, verb)
                    or self.before_clause(first)
                )
                if subject and not self.tokens[subject.start].is_sign:
                    return subject
                if subject is None:
                    subject = self.whoever(first, verb)
                if subject is None:
                    continue
                return subject
            if self.sentence.plain(first) in {'"', "“", "”", ";", ":"}:
                return None
        return None

    def _introduced(self, first: int, comma: int, verb: int) -> SpeakerWords | None:
        """A name of one word at the beginning, and who that is: "NAME, the mouthpiece of NAME,"."""
        remark = SpeakerWords(first + 1, comma)
        is_name = self.tokens[0].is_capital and not self.sentence.is_in(0, "not_names")
        is_one = first == 1 and is_name
        if is_one and self.sentence.is_in(verb, "plain_speech") and self._is_first_name(1):
            return SpeakerWords(0, 1)  # "NAME, for its part, blames"
        is_person = remark.start < remark.end and self.sentence.role_of(remark)[0]
        return SpeakerWords(0, 1) if is_one and is_person else None
