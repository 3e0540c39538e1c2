"""Who says something in a text, and what the verb makes of it.

A verb of ``words/english/speakers.toml`` is looked for, then its subject: before it, over a remark
between commas, or after it. Whoever speaks for a group is that group; a later name or pronoun is
whoever had it last. A subject that is not a word for a speaker, a group or a name is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, cast

from geo.dossier.records import ClaimKind, SpeakerRole
from geo.reports.language import PhraseTable, TextToken, text_tokens
from geo.reports.mentions import GroupMention, Mention, SpeakerMention
from geo.reports.sentences import SentenceSpan, sentences
from geo.reports.wordlists import word_lists

_SUBJECT: Final = 14
"""Tokens of a subject: "a spokesman for the governor of the northern province" has nine."""
_REMARK: Final = 30
"""Tokens of a remark between a subject and its verb."""
_MEMORY: Final = 4
"""Sentences over which "he" or "they" still is the last one who spoke."""
_NEAR: Final = 5
"""Tokens before a verb in which "not" is about it."""
_SHORTEST_NAME: Final = 5
"""Letters of a name by which the note of a group is recognised to speak of somebody."""
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


class _Verb(NamedTuple):
    says: ClaimKind
    speaker_follows: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    """Tokens of a subject, from `start` up to, but not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Known:
    """Who somebody is: as a record names the speaker, and the sentence."""

    name: str
    role: SpeakerRole | None
    sentence: int


class SpeakerLookup:
    """The word lists of speakers, as sets and tables."""

    def __init__(self) -> None:
        raw = word_lists("speakers")
        verbs = [
            (phrase, _Verb(cast("ClaimKind", says), follows))
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
def _lookup() -> SpeakerLookup:
    return SpeakerLookup()


def speaker_mentions(
    text: str,
    groups: Sequence[Mention] = (),
    notes: Mapping[str, str] | None = None,
    spans: Sequence[SentenceSpan] | None = None,
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
    reader = _SpeakerReader(text, groups, notes or {})
    found: list[Mention] = []
    for number, span in enumerate(sentences(text) if spans is None else spans):
        found += reader.read(number, span)
    return tuple(found)


class _SpeakerReader:
    """Reads the sentences of a text in order, and remembers who has spoken."""

    def __init__(self, text: str, groups: Sequence[Mention], notes: Mapping[str, str]) -> None:
        self.text, self.lookup = text, _lookup()
        self.groups = sorted(groups, key=lambda one: one.start)
        self.next_group = 0
        self.names = _names_of(notes)
        self.person: _Known | None = None
        self.several: _Known | None = None
        self.tokens: list[TextToken] = []
        self.here: list[Mention] = []
        self.before: list[Mention] = []
        self.paragraph = -1
        # Words seen with a capital where no sentence begins, so that they are names.
        self.seen: set[str] = set(self.names)

    def read(self, number: int, span: SentenceSpan) -> Iterator[Mention]:
        """The speakers of one sentence, each once."""
        self.tokens = text_tokens(self.text, span.start, span.end)
        self._move_to(span)
        self._learn_names()
        self.seen.update(token.plain for token in self.tokens[1:] if token.is_capital)
        found: dict[int, Mention] = {}
        before: _Subject | None = None
        if subject := self._with_colon():
            self._add(found, subject, _Verb("occurrence"), (subject.end, 1), number)
        at = 0
        while at < len(self.tokens):
            match = self.lookup.verbs.match(self.tokens, at)
            if match is None:
                at += 1
                continue
            length, verb = match
            if self._is_part_of_name(at, length):
                at += length
                continue
            subject = self._subject(at, length, verb, before)
            if subject is not None:
                if said := self._stance(at, length, verb):
                    self._add(found, subject, said, (at, length), number)
                before = subject
            at += length
        yield from (found[key] for key in sorted(found))

    def _is_part_of_name(self, at: int, length: int) -> bool:
        """Whether a word such as "States" in "Member States" is no verb: the next word is small."""
        after = self.tokens[at + length] if at + length < len(self.tokens) else None
        return (
            at > 0
            and self.tokens[at].is_capital
            and self.tokens[at - 1].is_capital
            and not (after and after.is_capital)
        )

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

    def _plain(self, at: int) -> str:
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def _is(self, at: int, kind: str) -> bool:
        return self._plain(at) in self.lookup.words[kind]

    def _add(
        self, found: dict[int, Mention], subject: _Subject, verb: _Verb, at: tuple[int, int],
        number: int,
    ) -> None:  # fmt: skip
        """Add a speaker, or what is new of one whose mention is there."""
        known = self._who(subject, number)
        if known is None:
            return
        start, end = self.tokens[subject.start].start, self.tokens[subject.end - 1].end
        first, last = self.tokens[at[0]], self.tokens[min(at[0] + at[1], len(self.tokens)) - 1]
        words = self.text[first.start : last.end]
        value = SpeakerMention(known.name, known.role, verb.says, words, self._via(at, subject))
        here = found.get(start)
        if here is not None and isinstance(here.value, SpeakerMention):
            says = here.value.says if verb.says == "occurrence" else verb.says
            via = here.value.via or value.via
            value = replace(here.value, says=says, via=via)
        found[start] = Mention("speaker", start, end, self.text[start:end], value)

    # The subject

    def _with_colon(self) -> _Subject | None:
        """Whoever is named before a colon at the beginning of a sentence."""
        first = next((i for i, token in enumerate(self.tokens) if not token.is_sign), 0)
        for at in range(first + 1, min(len(self.tokens), first + _SUBJECT)):
            if self.lookup.verbs.match(self.tokens, at - 1):
                return None
            if self._plain(at) == ":":
                return self._named_before(first, at)
        return None

    def _named_before(self, first: int, colon: int) -> _Subject | None:
        end = next((i for i in range(first, colon) if self.tokens[i].is_sign), colon)
        end = next((i for i in range(first + 1, end) if self._is(i, "trailing")), end)
        subject = _Subject(first, end)
        if first >= end or any(self._is(i, "boundaries") for i in range(first, end)):
            return None
        if self._plain(first) in {"in", "on", "at"}:
            return None
        is_person = self._people(subject)[0]
        is_name = all(token.is_capital for token in self.tokens[first:end])
        posts = self._plain(end) in {"on", "via"} and self._is(end + 1, "channels")
        is_known = posts or bool(self._group(_Subject(first, colon)) or self._known_name(subject))
        return subject if is_person or (is_name and is_known) else None

    def _subject(
        self, at: int, length: int, verb: _Verb, before: _Subject | None
    ) -> _Subject | None:
        if verb.speaker_follows:
            return self._after(at + length)
        if subject := self._before(at):
            return subject
        previous = self._plain(at - 1)
        if previous in {",", '"', "”", "'", "’", "?", "!"}:
            return self._after(at + length)
        return before if previous in {"and", "but"} or self._is(at - 1, "adverbs") else None

    def _before(self, at: int) -> _Subject | None:
        """The subject that ends before a verb, or before a remark that ends there."""
        end = at
        while end > 0 and self._is(end - 1, "adverbs"):
            end -= 1
        if self._plain(end - 1) == ")":
            end = max(
                (i for i in range(max(0, end - _REMARK), end) if self._plain(i) == "("), default=0
            )
        if self._plain(end - 1) == ",":
            return self._over_remark(end - 1)
        if end == 1 and self._is(at, "plain_speech") and self._is_first_name():
            return _Subject(0, 1)
        if self._plain(end - 1) in _RELATIVE and self._plain(end - 2) == ",":
            return self._phrase_before(end - 2, after=_OWNERS)
        return self._phrase_before(end) or self._before_clause(end) or self._whoever(end, at)

    def _is_first_name(self) -> bool:
        """Whether the first word of a sentence can be a name: "Karimi said", not "Some said"."""
        token = self.tokens[0]
        is_long = token.end - token.start >= _SHORTEST_NAME - 1
        return token.is_capital and is_long and not self._is(0, "not_names")

    def _whoever(self, end: int, verb: int) -> _Subject | None:
        """Whoever is at the beginning of a sentence before "said": nothing else can say."""
        if not 1 < end <= _WHOEVER or self._plain(verb) not in _SAYING:
            return None
        is_short = all(
            not self.tokens[at].is_sign and not self._is(at, "boundaries") for at in range(end)
        )
        return _Subject(0, end) if is_short and self._is(0, "openers") else None

    def _before_clause(self, end: int) -> _Subject | None:
        """The subject of "a resident who asked not to be named said"."""
        for at in range(end - 1, max(0, end - _SUBJECT), -1):
            if self.tokens[at].is_sign and self._plain(at) not in _OWN_SIGNS:
                return None
            if self._plain(at) == "who":
                return self._phrase_before(at)
        return None

    def _over_remark(self, comma: int) -> _Subject | None:
        """The subject before a remark between two commas."""
        for first in range(comma - 1, max(-1, comma - _REMARK), -1):
            if self._plain(first) == ",":
                subject = self._phrase_before(first)
                if subject and not self.tokens[subject.start].is_sign:
                    return subject
                if subject is None:
                    continue
            if self._plain(first) in {'"', "“", "”", ";", ":"}:
                return None
        return None

    def _phrase_before(self, end: int, after: frozenset[str] = frozenset()) -> _Subject | None:
        """The subject that ends at a token; `after` has words that may be in front of it."""
        if self._is(end - 1, "singular_pronouns") or self._is(end - 1, "plural_pronouns"):
            return _Subject(end - 1, end)
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
            if self._is(start - 1, "boundaries") or self.lookup.verbs.match(self.tokens, start - 1):
                break
            if (
                token.plain == "and"
                and not self._joins(start - 1)
                and (end - start > _JOINED or self._trimmed(start, end))
            ):
                break
            start -= 1
        return self._trimmed(start, end)

    def _opening(self, closing: int) -> int | None:
        """Where the bracket before a closing one is, with a word in front of it."""
        first = max(0, closing - _SUBJECT)
        return next((i for i in range(closing, first, -1) if self._plain(i) == "("), None)

    def _joins(self, at: int) -> bool:
        """Whether "and" is between two words for speakers, or two groups."""
        return all(self._people(_Subject(i, i + 1))[0] for i in (at - 1, at + 1)) or (
            0 < at < len(self.tokens) - 1
            and self.tokens[at - 1].is_capital
            and self.tokens[at + 1].is_capital
        )

    def _trimmed(self, start: int, end: int) -> _Subject | None:
        """The subject without what says when and in what it was stated."""
        start = self._after_time(start, end)
        for at in range(start + 1, end):
            is_remark = self._is(at, "trailing") and not self._names_place(at, end)
            if is_remark and self._is_speaker(_Subject(start, at)):
                end = at
                break
        while start < end and self._plain(start) in {
            "and",
            "but",
            "meanwhile",
            "however",
            "in",
            "on",
        }:
            start += 1
        if self._plain(end - 1) == ")" and (opening := self._opening(end - 1)) is not None:
            end = opening
        subject = _Subject(start, end)
        is_whole = start < end and self._plain(end - 1) != "and"
        return subject if is_whole and self._is_speaker(subject) else None

    def _after_time(self, start: int, end: int) -> int:
        """Where the subject of "hours later the group" begins."""
        later = next((i for i in range(start, end) if self._is(i, "trailing")), end)
        if later + 1 >= end or not self._group(_Subject(later + 1, end)):
            return start
        is_time = not self._is_speaker(_Subject(start, later))
        return later + 1 if is_time else start

    def _names_place(self, at: int, end: int) -> bool:
        """Whether "in" is followed by a name, and not by "a statement" or a day."""
        return (
            self._plain(at) == "in"
            and at + 1 < end
            and (self.tokens[at + 1].is_capital or self._plain(at + 1) == "the")
            and not self._is(at + 1, "not_names")
        )

    def _after(self, at: int) -> _Subject | None:
        """The subject that begins at a token."""
        end = at
        while end < min(len(self.tokens), at + _SUBJECT):
            token = self.tokens[end]
            if token.is_sign and token.plain not in _OWN_SIGNS:
                break
            if end > at and (
                self._is(end, "ends") and not self._names_place(end, len(self.tokens))
            ):
                break
            if self.lookup.verbs.match(self.tokens, end):
                break
            if end > at and self._is_complete(at, end):
                break
            end += 1
        return self._trimmed(at, end)

    def _is_complete(self, at: int, end: int) -> bool:
        """Whether the words up to a token are a speaker, and the token is not one of its words."""
        token = self.tokens[end]
        if token.is_capital or token.is_sign or self._is(end, "inside"):
            return False
        return not self._people(_Subject(end, end + 1))[0] and self._is_speaker(_Subject(at, end))

    # Whether it is a speaker, and who

    def _is_speaker(self, subject: _Subject) -> bool:
        if subject.start >= subject.end or self._is(subject.start, "nobody"):
            return False
        return bool(self._group(subject)) or self._people(subject)[0] or self._is_name(subject)

    def _people(self, subject: _Subject) -> tuple[bool, SpeakerRole | None]:
        """Whether a word for a speaker is among the tokens, and the role of the first with one."""
        found = False
        for at in range(subject.start, subject.end):
            match = self.lookup.people.match(self.tokens[: subject.end], at)
            if match:
                found = True
                if match[1]:
                    return True, match[1]
        return found, None

    def _is_name(self, subject: _Subject) -> bool:
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

    def _group(self, subject: _Subject) -> GroupMention | None:
        """The group among the tokens; the last one of several."""
        start, end = self.tokens[subject.start].start, self.tokens[subject.end - 1].end
        for one in reversed(self.here):
            if start <= one.start and one.end <= end and isinstance(one.value, GroupMention):
                return one.value
        return None

    def _who(self, subject: _Subject, number: int) -> _Known | None:
        """Who the speaker is, which a pronoun or a name says only after somebody was named."""
        plain = self._plain(subject.start)
        if subject.end - subject.start == 1 and self._is(subject.start, "singular_pronouns"):
            return self._recalled(self.person, number)
        if subject.end - subject.start == 1 and self._is(subject.start, "plural_pronouns"):
            return self._recalled(self.several, number) or self._only_group(subject, number)
        known = self._named(subject, number)
        is_person = self._is_name(subject) or any(
            self._plain(at) in self.lookup.words["titles"] or self._plain(at) in _ONE_PERSON
            for at in range(subject.start, subject.end)
        )
        self.person = known if is_person else self.person
        self.several = None if plain in {"a", "an"} and is_person and not known.name else known
        return known

    def _only_group(self, subject: _Subject, number: int) -> _Known | None:
        """The group of "it" or "they", if only one was named before it in the paragraph."""
        start = self.tokens[subject.start].start
        values = [one.value for one in (*self.before, *self.here) if one.start < start]
        keys = {one.key for one in values if isinstance(one, GroupMention)}
        return _Known(keys.pop(), None, number) if len(keys) == 1 and all(keys) else None

    def _recalled(self, known: _Known | None, number: int) -> _Known | None:
        return known if known and number - known.sentence <= _MEMORY else None

    def _named(self, subject: _Subject, number: int) -> _Known:
        words = self.text[self.tokens[subject.start].start : self.tokens[subject.end - 1].end]
        words = " ".join(words.split())
        beside = self._group(subject) or self._group_beside(subject) or self._returning(subject)
        if beside is not None and beside.key and not beside.question:
            role = self._people(subject)[1]
            return _Known(beside.key, role if role in {"un", "ngo", "media"} else None, number)
        if (key := self._known_name(subject)) and beside is None:
            return _Known(key, None, number)
        role = self._people(subject)[1]
        is_un = any(
            self.text[token.start : token.end].startswith("UN") and token.plain != "unit"
            for token in self.tokens[subject.start : subject.end]
        )
        return _Known(words, "un" if is_un else role, number)

    def _group_beside(self, subject: _Subject) -> GroupMention | None:
        """The group of "NAME, spokesman of GROUP": in the remark after a name."""
        if not self._is_name(subject) or self._plain(subject.end) != ",":
            return None
        for end in range(subject.end + 1, min(len(self.tokens), subject.end + _REMARK)):
            if self._plain(end) in {",", ":", ".", ";"}:
                remark = _Subject(subject.end + 1, end)
                has_title = self._has_title(remark)
                return self._group(remark) if has_title and remark.start < remark.end else None
        return None

    def _has_title(self, words: _Subject) -> bool:
        """Whether the words have a title such as "spokesman"."""
        return any(self._is(at, "titles") for at in range(words.start, words.end))

    def _returning(self, subject: _Subject) -> GroupMention | None:
        """The group of "the group", if only one was named before it in this paragraph."""
        plain = [token.plain for token in self.tokens[subject.start : subject.end]]
        is_owned = plain[0] in {"its", "their"} and self._has_title(subject)
        is_short = len(plain) <= len(("the", "group")) and self._is(subject.end - 1, "returning")
        if not (is_owned or is_short):
            return None
        start = self.tokens[subject.start].start
        values = [one.value for one in (*self.before, *self.here) if one.start < start]
        word = self._plain(subject.end - 1)
        groups = {one.key or one.name: one for one in values if isinstance(one, GroupMention)}
        called = {key: one for key, one in groups.items() if word in one.name.casefold().split()}
        groups = called or groups
        return next(iter(groups.values())) if len(groups) == 1 else None

    def _known_name(self, subject: _Subject) -> str:
        """The key of the group for which the last name of the subject speaks; else empty."""
        return self.names.get(self._plain(subject.end - 1), "")

    def _learn_names(self) -> None:
        """Remember the names beside "spokesman of" a group, for when they speak later."""
        for at in range(len(self.tokens)):
            if not self._is(at, "titles"):
                continue
            near = _Subject(max(0, at - 8), min(len(self.tokens), at + 10))
            group = self._group(near)
            if group is None or not group.key or group.question:
                continue
            for name in self._names_in(near):
                self.names.setdefault(name, group.key)

    def _names_in(self, near: _Subject) -> Iterator[str]:
        """The last words of the names of two words and more, but those of groups."""
        run: list[TextToken] = []
        for token in [*self.tokens[near.start : near.end], TextToken(".", 0, 0, is_capital=False)]:
            is_name = token.is_capital and token.plain not in self.lookup.words["not_names"]
            if is_name and not any(one.start <= token.start < one.end for one in self.here):
                run.append(token)
                continue
            if len(run) > 1 and not self.lookup.people.match(run, len(run) - 1):
                yield run[-1].plain
            run = []

    # How it was told

    def _stance(self, at: int, length: int, verb: _Verb) -> _Verb | None:
        """What a verb makes of it, with "not" before it and "nothing to do with it" after it."""
        first = at
        while first > max(0, at - _NEAR) and not self.tokens[first - 1].is_sign:
            first -= 1
            if self.lookup.verbs.match(self.tokens, first):
                break
        if any(self._is(i, "silent") for i in range(first, at)):
            return _Verb("denial") if verb.says == "acknowledgement" else None
        if self._is(at - 1, "passive") and not verb.speaker_follows:
            return verb if self._plain(at).startswith("quoted") else None
        following = range(at + length, min(len(self.tokens), at + length + 2 * _NEAR))
        if verb.says == "occurrence" and any(
            self.lookup.no_part.match(self.tokens, i) for i in following
        ):
            return _Verb("denial")
        return verb

    def _via(self, at: tuple[int, int], subject: _Subject) -> str:
        """The medium of "told NAME", or the channel of "on CHANNEL"."""
        after = at[0] + at[1]
        if self._plain(after - 1) in {"told", "tells"} and not self._is(after, "listeners"):
            end = after
            while end < len(self.tokens) and (
                self.tokens[end].is_capital or self._plain(end) == "-"
            ):
                end += 1
            if end > after:
                return self.text[self.tokens[after].start : self.tokens[end - 1].end]
        if self._is(after - 1, "channels"):
            return self.text[self.tokens[after - 1].start : self.tokens[after - 1].end]
        for begins in (after, subject.end, after + 1):
            if self._plain(begins) in {"on", "via"} and self._is(begins + 1, "channels"):
                channel = self.tokens[begins + 1]
                return self.text[channel.start : channel.end]
        return ""


_ONE_PERSON: Final = frozenset({"official", "witness", "resident", "governor", "analyst"})


def _names_of(notes: Mapping[str, str]) -> dict[str, str]:
    """The names of people in the notes of groups, which name whoever speaks for them."""
    found: dict[str, str] = {}
    for key, note in notes.items():
        tokens = text_tokens(note)
        for one, following in pairwise(tokens):
            both = one.is_capital and following.is_capital
            if both and len(following.plain) >= _SHORTEST_NAME:
                found[following.plain] = "" if found.get(following.plain, key) != key else key
    return {name: key for name, key in found.items() if key}
