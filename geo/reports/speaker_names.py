"""Who a speaker is, by what the text has said of the name, the pronoun or the group before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geo.dossier.records import SpeakerRole
from geo.reports.language import TextToken, text_tokens
from geo.reports.mentions import GroupMention
from geo.reports.speaker_sentences import SpeakerSentence
from geo.reports.speaker_words import SpeakerWords

_REMARK: Final = 30
"""Tokens of a remark between a subject and its verb."""
_MEMORY: Final = 4
"""Sentences over which "he" or "they" still is the last one who spoke."""
_SHORTEST_NAME: Final = 5
"""Letters of a name by which the note of a group is recognised to speak of somebody."""
_APPOINTER: Final = 4
"""Tokens after "appointed" among which a group is whose man somebody is."""
_STOP: Final = TextToken(".", 0, 0, is_capital=False)
_THE_GROUP: Final = 2
"""Tokens of "the group" and of "the spokesman"."""


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """Who somebody is: as a record names the speaker, and the sentence."""

    name: str
    role: SpeakerRole | None
    sentence: int


@dataclass(frozen=True, slots=True)
class KnownName:
    """The group for which somebody with a last name speaks, and how the first names begin."""

    key: str
    initials: frozenset[str]


class SpeakerMemory:
    """Who has spoken in the sentences of a text so far, and whom its names speak for."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self.names = _names_of(notes)
        self.person: KnownSpeaker | None = None
        self.several: KnownSpeaker | None = None
        # Who spoke for a group, by the word for it: "the spokesman" is the last who was one.
        self.called: dict[str, KnownSpeaker] = {}
        # The groups for which people of a last name have spoken in this text.
        self.spoken: dict[str, str] = {}
        # Words seen with a capital where no sentence begins, so that they are names.
        self.seen: set[str] = set(self.names)
        self.sentence: SpeakerSentence
        self.number = -1

    def move_to(self, sentence: SpeakerSentence, number: int) -> None:
        """Go on with a sentence, and remember the names in it."""
        self.sentence, self.number = sentence, number
        self._learn_names()
        self.seen.update(token.plain for token in sentence.tokens[1:] if token.is_capital)

    def who(self, subject: SpeakerWords) -> KnownSpeaker | None:
        """Who the speaker is, which a pronoun or a name says only after somebody was named."""
        if subject.end - subject.start == 1 and self.sentence.is_in(
            subject.start, "singular_pronouns"
        ):
            return self._recalled(self.person)
        if subject.end - subject.start == 1 and self.sentence.is_in(
            subject.start, "plural_pronouns"
        ):
            return self._recalled(self.several) or self._only_group(subject)
        known = self._named(subject)
        is_person = self.sentence.is_name(subject) or any(
            self.sentence.plain(at) in self.sentence.lookup.words["titles"]
            or self.sentence.plain(at) in self.sentence.lookup.words["one_person"]
            for at in range(subject.start, subject.end)
        )
        self.person = known if is_person else self.person
        is_one = self.sentence.is_in(subject.start, "indefinite") and is_person
        self.several = None if is_one and not known.name else known
        return known

    def party_of(self, subject: SpeakerWords) -> str:
        """The key of the group for which a name, or a pronoun for the last speaker, speaks."""
        if subject.end - subject.start > 1:
            return self.known_name(subject, self.sentence)
        if self.sentence.is_in(subject.start, "plural_pronouns"):
            return "" if self.several is None or self.several.role else self.several.name
        return self.known_name(subject, self.sentence)

    def _only_group(self, subject: SpeakerWords) -> KnownSpeaker | None:
        """The group of "it" or "they", if only one was named before it in the paragraph."""
        start = self.sentence.tokens[subject.start].start
        values = [
            one.value
            for one in (*self.sentence.earlier, *self.sentence.groups)
            if one.start < start
        ]
        keys = {one.key for one in values if isinstance(one, GroupMention)}
        return KnownSpeaker(keys.pop(), None, self.number) if len(keys) == 1 and all(keys) else None

    def _recalled(self, known: KnownSpeaker | None) -> KnownSpeaker | None:
        return known if known and self.number - known.sentence <= _MEMORY else None

    def _named(self, subject: SpeakerWords) -> KnownSpeaker:
        words = " ".join(self.sentence.text[slice(*self.sentence.named_by(subject))].split())
        beside = (
            self.sentence.group_in(subject)
            or self._group_beside(subject)
            or self._returning(subject)
            or self._appointed_by(subject)
        )
        is_known = beside is not None and beside.key and not beside.question
        if beside is not None and is_known and not self.sentence.is_former(subject):
            role = self.sentence.role_of(subject)[1]
            known = KnownSpeaker(
                beside.key, role if role in {"un", "ngo", "media"} else None, self.number
            )
            self._call(subject, known)
            self.spoken[self.sentence.plain(subject.end - 1)] = beside.key
            return known
        if (key := self.known_name(subject, self.sentence)) and beside is None:
            self.spoken[self.sentence.plain(subject.end - 1)] = key
            return KnownSpeaker(key, None, self.number)
        if beside is None and (again := self._called_again(subject)):
            return KnownSpeaker(again.name, again.role, self.number)
        role = self.sentence.role_of(subject)[1]
        is_un = any(
            self.sentence.text[token.start : token.end].startswith(self.sentence.lookup.un)
            and token.plain not in self.sentence.lookup.words["not_un"]
            for token in self.sentence.tokens[subject.start : subject.end]
        )
        return KnownSpeaker(words, "un" if is_un else role, self.number)

    def _call(self, subject: SpeakerWords, known: KnownSpeaker) -> None:
        """Remember the words for a person who spoke for a group."""
        for at in range(subject.start, subject.end):
            if self.sentence.is_in(at, "again"):
                self.called[self.sentence.plain(at)] = known

    def _called_again(self, subject: SpeakerWords) -> KnownSpeaker | None:
        """Whoever "the spokesman" is, if one who spoke for a group was called so before."""
        is_again = subject.end - subject.start == _THE_GROUP and (
            self.sentence.is_in(subject.start, "pointing")
        )
        word = self.sentence.plain(subject.end - 1)
        return self._recalled(self.called.get(word)) if is_again else None

    def _group_beside(self, subject: SpeakerWords) -> GroupMention | None:
        """The group of "NAME, spokesman of GROUP": in the remark after a name."""
        is_one = subject.end == 1 and self.sentence.tokens[0].is_capital
        is_name = is_one or self.sentence.is_name(subject)
        if not is_name or self.sentence.plain(subject.end) != ",":
            return None
        for end in range(subject.end + 1, min(len(self.sentence.tokens), subject.end + _REMARK)):
            if self.sentence.plain(end) in {",", ":", ".", ";"}:
                remark = SpeakerWords(subject.end + 1, end)
                has_title = self._has_title(remark) or any(
                    self.sentence.is_in(i, "again") for i in range(remark.start, remark.end)
                )
                return (
                    self.sentence.group_in(remark)
                    if has_title and remark.start < remark.end
                    else None
                )
        return None

    def _appointed_by(self, subject: SpeakerWords) -> GroupMention | None:
        """The group of "the chief appointed by GROUP"."""
        by = subject.end + 1
        is_appointed = self.sentence.is_in(by - 1, "appointing") and self.sentence.is_in(
            by, "agent"
        )
        last = min(by + _APPOINTER, len(self.sentence.tokens))
        return self.sentence.group_in(SpeakerWords(by + 1, last)) if is_appointed else None

    def _has_title(self, words: SpeakerWords) -> bool:
        """Whether the words have a title such as "spokesman"."""
        return any(self.sentence.is_in(at, "titles") for at in range(words.start, words.end))

    def _returning(self, subject: SpeakerWords) -> GroupMention | None:
        """The group of "the group", if only one was named before it in this paragraph."""
        is_owned = self.sentence.is_in(subject.start, "own_of_party") and self._has_title(subject)
        is_short = subject.end - subject.start <= _THE_GROUP and self.sentence.is_in(
            subject.end - 1, "returning"
        )
        if not (is_owned or is_short):
            return None
        start = self.sentence.tokens[subject.start].start
        values = [
            one.value
            for one in (*self.sentence.earlier, *self.sentence.groups)
            if one.start < start
        ]
        word = self.sentence.plain(subject.end - 1)
        groups = {one.key or one.name: one for one in values if isinstance(one, GroupMention)}
        called = {key: one for key, one in groups.items() if word in one.name.casefold().split()}
        groups = called or groups
        return next(iter(groups.values())) if len(groups) == 1 else None

    def known_name(self, subject: SpeakerWords, sentence: SpeakerSentence) -> str:
        """The key of the group for which the last name of the subject speaks; else empty.

        Another first name is that of somebody else, so that the name says nothing.
        """
        known = self.names.get(sentence.plain(subject.end - 1), ())
        before = SpeakerWords(subject.end - 2, subject.end - 1)
        has_first = (
            before.start >= subject.start
            and sentence.tokens[before.start].is_capital
            and not sentence.role_of(before)[0]
            and not sentence.is_in(before.start, "ranks")
        )
        first = sentence.plain(before.start)[:1] if has_first else ""
        keys = {one.key for one in known if not first or first in one.initials}
        spoken = self.spoken.get(sentence.plain(subject.end - 1), "")
        if not first and spoken in keys:
            return spoken
        return keys.pop() if len(keys) == 1 else ""

    def _learn_names(self) -> None:
        """Remember the names beside "spokesman of" a group, for when they speak later."""
        for at in range(len(self.sentence.tokens)):
            if not self.sentence.is_in(at, "titles"):
                continue
            near = SpeakerWords(max(0, at - 8), min(len(self.sentence.tokens), at + 10))
            # In "NAME, the spokesman of the front, GROUP attacked", it is not that group's.
            part = self._between_commas(at, near)
            group = self.sentence.group_in(part)
            if group is None or not group.key or group.question:
                continue
            for name, initials in self._names_in(self._with_names(part, near)):
                others = [one for one in self.names.get(name, ()) if one.key != group.key]
                self.names[name] = (*others, KnownName(group.key, initials))

    def _between_commas(self, at: int, near: SpeakerWords) -> SpeakerWords:
        """The part of some words around one of them that no comma cuts off."""
        cuts = [
            one
            for one in range(near.start, near.end)
            if self.sentence.plain(one) == "," or (one != at and self.sentence.is_verb(one))
        ]
        return SpeakerWords(
            max((one + 1 for one in cuts if one < at), default=near.start),
            min((one for one in cuts if one > at), default=near.end),
        )

    def _with_names(self, part: SpeakerWords, near: SpeakerWords) -> SpeakerWords:
        """A part with the names before and after the commas around it."""
        start, end = part.start - 1, part.end + 1
        while start > near.start and self.sentence.tokens[start - 1].is_capital:
            start -= 1
        while end < near.end and self.sentence.tokens[end].is_capital:
            end += 1
        return SpeakerWords(max(near.start, start), min(near.end, end))

    def _names_in(self, near: SpeakerWords) -> Iterator[tuple[str, frozenset[str]]]:
        """The last words of the names of two words and more, but those of groups."""
        run: list[TextToken] = []
        for token in [*self.sentence.tokens[near.start : near.end], _STOP]:
            is_name = (
                token.is_capital and token.plain not in self.sentence.lookup.words["not_names"]
            )
            if is_name and not any(
                one.start <= token.start < one.end for one in self.sentence.groups
            ):
                run.append(token)
                continue
            if len(run) > 1 and not self.sentence.lookup.people.match(run, len(run) - 1):
                yield run[-1].plain, frozenset(token.plain[0] for token in run[:-1])
            run = []


def _names_of(notes: Mapping[str, str]) -> dict[str, tuple[KnownName, ...]]:
    """The last names of people in the notes of groups, which name whoever speaks for them."""
    found: dict[str, dict[str, KnownName]] = {}
    for key, note in notes.items():
        for one, following in pairwise(text_tokens(note)):
            both = one.is_capital and following.is_capital
            if both and len(following.plain) >= _SHORTEST_NAME:
                of_name = found.setdefault(following.plain, {})
                initials = of_name[key].initials if key in of_name else frozenset[str]()
                of_name[key] = KnownName(key, initials | {one.plain[0]})
    return {name: tuple(known.values()) for name, known in found.items()}
