"""Who says something in a text, and what the verb makes of it.

A verb of ``words/english/speakers.toml`` is looked for, then its subject: before it, over a remark
between commas, or after it. Whoever speaks for a group is that group; a later name or pronoun is
whoever had it last. A subject that is not a word for a speaker, a group or a name is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.reports.mentions import Mention, SpeakerMention
from geo.reports.number_words import number_phrase
from geo.reports.sentences import SentenceSpan, sentences
from geo.reports.speaker_labels import LabelFinder
from geo.reports.speaker_names import SpeakerMemory
from geo.reports.speaker_sentences import SpeakerSentence
from geo.reports.speaker_stances import Saying, stance
from geo.reports.speaker_subjects import SubjectFinder
from geo.reports.speaker_verbs import SpeechVerb
from geo.reports.speaker_words import SpeakerWords

_REPORTING: Final = frozenset({"un", "ngo", "third_party", "media"})
"""Who lists, maps and identifies in reports."""
_MEMORY: Final = 4
"""Sentences over which "he" or "they" still is the last one who spoke."""


def speaker_mentions(
    text: str,
    groups: Sequence[Mention] = (),
    notes: Mapping[str, str] | None = None,
    spans: Sequence[SentenceSpan] | None = None,
    places: Sequence[Mention] = (),
) -> tuple[Mention, ...]:
    """Find who says something.

    Parameters
    ----------
    groups
        The mentions of groups in the text.
    notes
        What is noted of each group, by its key: whoever is named there speaks for the group.
    spans
        The sentences of the text, if they are known.
    places
        The places of the text: "reports from NAME" say where, and not who.

    Returns
    -------
    tuple of Mention
        In order. The role of a group depends on the record, and is open here.

    Examples
    --------
    >>> found = speaker_mentions("Police denied it. It was a gas leak, a witness told Example TV.")
    >>> [(one.text, one.value.says, one.value.role, one.value.via) for one in found]
    [('Police', 'denial', 'state', ''), ('a witness', 'occurrence', 'witness', 'Example TV')]
    """
    reader = _SpeakerReader(text, groups, notes or {}, {one.start: one.end for one in places})
    found: list[Mention] = []
    for number, span in enumerate(sentences(text) if spans is None else spans):
        found += reader.read(number, span)
    return tuple(found)


class _SpeakerReader:
    """Reads the sentences of a text in order, and remembers who has spoken."""

    def __init__(
        self,
        text: str,
        groups: Sequence[Mention],
        notes: Mapping[str, str],
        places: Mapping[int, int],
    ) -> None:
        self.text, self.places = text, places
        self.groups = sorted(groups, key=lambda one: one.start)
        self.next_group = 0
        self.memory = SpeakerMemory(notes)
        self.here: list[Mention] = []
        self.before: list[Mention] = []
        self.paragraph = -1

    def read(self, number: int, span: SentenceSpan) -> Iterator[Mention]:
        """The speakers of one sentence, each once."""
        self._move_to(span)
        sentence = SpeakerSentence(self.text, span, self.here, self.before, self.memory.seen)
        self.memory.move_to(sentence, number)
        finder = SubjectFinder(sentence, self.memory.known_name)
        labels = LabelFinder(sentence, self.memory.known_name)
        found: dict[int, Mention] = {}
        before: SpeakerWords | None = None
        for named in (*labels.with_colon(), *labels.of_account()):
            self._said(found, finder, named, (named.end, 1, SpeechVerb("occurrence")))
        for named in (*labels.at_end(), *labels.quoted()):
            self._said(found, finder, named, (named.start - 1, 1, SpeechVerb("occurrence")))
        for at, length, verb in sentence.verbs():
            subject = finder.before_or_after(at, length, verb, before)
            if subject is None:
                continue
            self._said(found, finder, subject, (at, length, verb))
            before = subject
        for source in labels.in_brackets():
            self._add(found, source, SpeechVerb("occurrence"), (source.end, 1))
        yield from (found[key] for key in sorted(found))

    def _said(
        self,
        found: dict[int, Mention],
        finder: SubjectFinder,
        subject: SpeakerWords,
        said: tuple[int, int, SpeechVerb],
    ) -> None:
        """Add whoever says something with one verb: one speaker, or the two of "the army and"."""
        at, length, verb = said
        sentence = self.memory.sentence
        if not _can_say(sentence, subject, verb, at):
            return
        gapped = finder.gapped(at, length)
        for one in (*finder.each(subject), *([gapped] if gapped else ())):
            is_party = bool(sentence.group_in(one)) or bool(self.memory.party_of(one))
            made = stance(sentence, Saying(at, length, verb, one, is_party))
            if made is not None:
                self._add(found, one, made, (at, length))

    def _move_to(self, span: SentenceSpan) -> None:
        """Take the groups of the sentence, which begin after those before it."""
        while self.next_group < len(self.groups) and self.groups[self.next_group].end <= span.start:
            self.next_group += 1
        at = self.next_group
        if span.paragraph != self.paragraph:
            self.paragraph, self.before = span.paragraph, []
        else:
            self.before = [*self.before, *self.here][-_MEMORY:]
        self.here = []
        while at < len(self.groups) and self.groups[at].start < span.end:
            self.here.append(self.groups[at])
            at += 1

    def _is_place(self, start: int, end: int) -> bool:
        """Whether words are those of a place and no more."""
        return end <= self.places.get(start, -1)

    def _add(
        self,
        found: dict[int, Mention],
        subject: SpeakerWords,
        verb: SpeechVerb,
        at: tuple[int, int],
    ) -> None:
        """Add a speaker, or what is new of one whose mention is there."""
        known = self.memory.who(subject)
        if known is None:
            return
        sentence = self.memory.sentence
        if verb.speaker_follows and self._is_place(
            *sentence.characters(subject.start, subject.end)
        ):
            return
        start, end = sentence.named_by(subject)
        first, last = sentence.characters(at[0], min(at[0] + at[1], len(sentence.tokens)))
        via = _via(sentence, at, subject)
        value = SpeakerMention(known.name, known.role, verb.says, self.text[first:last], via)
        here = found.get(start)
        if here is not None and isinstance(here.value, SpeakerMention):
            is_firm = here.value.says in {"acknowledgement", "denial", "responsibility"}
            is_weaker = is_firm and verb.says in {"casualties", "responsibility"}
            says = here.value.says if verb.says == "occurrence" or is_weaker else verb.says
            value = replace(here.value, says=says, via=here.value.via or value.via)
        found[start] = Mention("speaker", start, end, self.text[start:end], value)


def _can_say(sentence: SpeakerSentence, subject: SpeakerWords, verb: SpeechVerb, at: int) -> bool:
    """Whether a subject can have the form of a verb: "a guard posts", and not "a guard post"."""
    if verb.of_reports and sentence.role_of(subject)[1] not in _REPORTING:
        is_counted = at + 1 < len(sentence.tokens) and number_phrase(sentence.tokens, at + 1)
        return bool(is_counted) and sentence.role_of(subject)[1] == "witness"
    first = subject.start
    is_many = sentence.is_in(first + 1, "many_of_one")
    if verb.is_plural and sentence.is_in(first, "singular") and not is_many:
        return subject.start > at
    return True


def _via(sentence: SpeakerSentence, at: tuple[int, int], subject: SpeakerWords) -> str:
    """The medium of "told NAME", or the channel of "on CHANNEL"."""
    after = at[0] + at[1]
    if sentence.is_in(after - 1, "telling") and not sentence.is_in(after, "listeners"):
        end = after
        while end < len(sentence.tokens) and (
            sentence.tokens[end].is_capital or sentence.plain(end) == "-"
        ):
            end += 1
        if end > after:
            return sentence.words(after, end)
    if sentence.is_in(after - 1, "channels"):
        return sentence.words(after - 1, after)
    for begins in (after, subject.end, after + 1):
        if sentence.is_in(begins, "by_channel") and sentence.is_in(begins + 1, "channels"):
            return sentence.words(begins + 1, begins + 2)
    return ""
