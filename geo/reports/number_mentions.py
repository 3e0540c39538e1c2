"""Numbers of people in a text, and what happened to them.

A number counts people only beside a word for what happened to them, in one of the forms of
``words/english/numbers.toml``: "ten were killed", "killing ten", "the deaths of ten". A number of
weapons, days or metres is no mention, and neither is "no civilians were hurt": it is no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from geo.reports.language import TextToken, text_tokens
from geo.reports.mentions import Counted, Mention, NumberMention
from geo.reports.number_lookup import CountedPeople, HarmWord
from geo.reports.number_single import SentenceSingles
from geo.reports.number_words import NumberPhrase
from geo.reports.sentences import SentenceSpan, sentences

_LABEL: Final = 3
"""Tokens of a label such as "Number of killed:"."""


def number_mentions(
    text: str, spans: Sequence[SentenceSpan] | None = None, names: Sequence[Mention] = ()
) -> tuple[Mention, ...]:
    """Find the numbers of people, and what happened to them.

    Parameters
    ----------
    spans
        The sentences of the text, if they are known.
    names
        Places and groups, so that their names are not taken for those of a person.

    Returns
    -------
    tuple of Mention
        In order; the words of each are the number and the people whom it counts.

    Examples
    --------
    >>> text = "The blast killed two and wounded at least five others. No civilians were harmed."
    >>> [(one.text, one.value.low, one.value.of_what) for one in number_mentions(text)]
    [('two', 2, 'killed'), ('at least five others', 5, 'injured')]
    """
    found: list[Mention] = []
    named = {at for one in names for at in range(one.start, one.end)}
    told: HarmWord | None = None
    head: HarmWord | None = None
    before: _SentenceNumbers | None = None
    paragraph, begins = -1, 0
    for span in sentences(text) if spans is None else spans:
        tokens = text_tokens(text, span.start, span.end)
        reader = _SentenceNumbers(text, tokens, named)
        reader.told = told if span.paragraph == paragraph else None
        of_all = reader.of_everybody() if before and span.paragraph == paragraph else None
        found += before.told_later(of_all) if before and of_all else []
        if span.paragraph == paragraph and reader.tells_of_death():
            is_one = reader.is_in(0, "of_one")
            found[begins:] = _as_killed(found[begins:], is_one=is_one)
        begins = len(found)
        reader.head = head if reader.begins_with_number() else None
        found += reader.mentions()
        head = reader.label() or reader.head
        told, paragraph, before = reader.told_alone(), span.paragraph, reader
    return tuple(sorted(found, key=lambda one: one.start))


def _as_killed(mentions: list[Mention], *, is_one: bool) -> list[Mention]:
    """Whoever was captured in a sentence, if the next one tells that they are dead."""
    captured = [
        (at, one.value)
        for at, one in enumerate(mentions)
        if isinstance(one.value, NumberMention) and one.value.of_what == "captured"
        and (one.value.best == 1) == is_one
    ]  # fmt: skip
    if len(captured) != 1:
        return mentions
    ((at, value),) = captured
    killed = replace(mentions[at], value=replace(value, of_what="killed"))
    return [*mentions[:at], killed, *mentions[at + 1 :]]


class _SentenceNumbers(SentenceSingles):
    """The numbers of one sentence, from left to right."""

    def __init__(self, text: str, tokens: list[TextToken], named: set[int]) -> None:
        super().__init__(text, tokens, named)
        # What happened to the people counted last, if it was told before them, and where they end.
        self.before: tuple[int, HarmWord] | None = None
        # The same, wherever it was told.
        self.last: tuple[int, HarmWord] | None = None
        # What alone was told in the sentences before it in its paragraph.
        self.told: HarmWord | None = None
        self.kinds: set[Counted] = set()
        # Where the people end who are part of others.
        self.part = 0
        # The counted people of whom the sentence does not say what befell them.
        self.untold: list[CountedPeople] = []
        # What the line says with which a list of numbers is headed: "Killed:".
        self.head: HarmWord | None = None

    def mentions(self) -> Iterator[Mention]:
        """The mentions of the sentence."""
        at = 0
        while at < len(self.tokens):
            number = self.number_at(at)
            if number and (self.is_day(number) or self._counts_nobody(number)):
                at = self._after_day(number)
                continue
            people = self.pair(at) or self.people(at) or self.named(at) or self.somebody(at)
            if people is None:
                at += 1
                continue
            if (of_what := self._of_what(people)) and not self._is_part(people):
                yield self._mention(people, of_what)
            if of_what is None and self.are_named_people(people) and not people.number.question:
                self.untold.append(people)
            at = max(self._after_apposition(people) if of_what else people.end, at + 1)

    def _counts_nobody(self, number: NumberPhrase) -> bool:
        is_range = number.best is None and None not in {number.low, number.high}
        return not is_range and self.is_no_number(number.start)

    def _after_day(self, number: NumberPhrase) -> int:
        """The token after a day of a month: "14 policemen" of "May 3 - 14 policemen" is another."""
        is_range = number.end > number.start + 1 and self.is_in(number.start - 1, "months")
        is_counted = is_range and self.is_person_word(number.end)
        return number.start + 1 if is_counted else number.end

    def _after_apposition(self, people: CountedPeople) -> int:
        """The token after "two others, a guest and a cook,", where the same people are told of."""
        total, at = 0, people.end
        named = self.named(at + 1) if people.number.best == 1 and self.plain(at) == "," else None
        if named:
            return named.end  # "an imam, NAME NAME, was"
        while self.is_in(at, "joins_list"):
            begins = at + 1 + self.is_in(at + 1, "joins")
            other = self.people(begins) if begins < len(self.tokens) else None
            if other is None or other.number.best is None or not self.are_named_people(other):
                break
            total, at = total + other.number.best, other.end
        is_all = total > 1 and total == people.number.best and self.plain(people.end) == ","
        is_all = is_all and (at >= len(self.tokens) or self.tokens[at].is_sign)
        return at if is_all else people.end

    def _of_what(self, people: CountedPeople) -> Counted | None:
        """What happened to the people; ``None`` if the sentence does not say."""
        found = self._harm_of(people)
        if found is None:
            return None
        # Whatever else is seized than people is no number of people.
        if not people.is_people and found.takes_things:
            return None
        self.last = people.end, found
        self.kinds.add(found.of_what)
        return found.of_what

    def of_everybody(self) -> Counted | None:
        """What "All were killed." at the beginning tells of those of the sentence before."""
        if not self.is_in(0, "everybody"):
            return None
        verb = self.after_adverbs(3 if self.is_in(1, "genitive") else 1)
        match = self.harm("after", verb)
        is_told = match is not None and not self.is_object(verb + match[0])
        return match[1].of_what if match and is_told else None

    def told_later(self, of_what: Counted) -> list[Mention]:
        """The people of the sentence, if the next one tells what befell them all."""
        return [self._mention(one, of_what) for one in self.untold] if len(self.untold) == 1 else []

    def label(self) -> HarmWord | None:
        """What the sentence says, if it is nothing but a label such as "Killed:"."""
        words = [at for at, token in enumerate(self.tokens) if not token.is_sign]
        if not words or len(words) > _LABEL:
            return None
        for form in ("after", "noun"):
            match = self.harm(form, words[0])
            if match and match[0] == len(words):
                return match[1]
        return self.lookup.heads.get(self.plain(words[0])) if len(words) == 1 else None

    def begins_with_number(self) -> bool:
        """Whether the sentence begins with a number, maybe after a bullet."""
        first = next((at for at, token in enumerate(self.tokens) if not token.is_sign), None)
        return first is not None and self.number_at(first) is not None

    def told_alone(self) -> HarmWord | None:
        """What happened to everybody counted in the sentence, or in those before it."""
        if self.last is None:
            return self.told
        is_same = self.told is None or self.told.of_what in self.kinds
        return self.last[1] if len(self.kinds) == 1 and is_same else None

    def _harm_of(self, people: CountedPeople) -> HarmWord | None:
        """The word for what happened to the people, from the nearest on."""
        before, self.before = self.before, None
        if self._are_speaking(people):
            return None  # "wounding nine, police and a nurse said"
        if self.is_of_those(people):
            return self.told_of_those(people)
        known = self.lookup.heads.get(people.head) or self._told_around(people)
        if known or self.is_share(people):
            return known
        beside = self.harm("after", people.end)
        if beside and self.is_paired(people.number.start - 1, 1):
            return beside[1]
        told = self._told_before_people(people, beside[1] if beside else None)
        if told:
            self.before = people.end, told
            return told
        return (
            self._told_after_people(people)
            or self._told_with_others(people, before)
            or self.told_later_on(people)
        )

    def _are_speaking(self, people: CountedPeople) -> bool:
        is_told = self.is_in(people.end, "telling")
        is_reported = self.is_in(people.end + 1, "infinitive")  # "two men said to be spies"
        return is_told and not is_reported and not self.is_in(people.number.start - 1, "genitive")

    def _told_around(self, people: CountedPeople) -> HarmWord | None:
        """What the words on both sides of the people say: "took ten men away"."""
        if told := self.told_around(people):
            return told
        is_taken = self._is_taken(people)
        if is_taken and (later := self.told_of_them(people)):
            return later  # "took two men from a bus and shot them"
        return HarmWord("captured", "before", takes_things=True) if is_taken else None

    def _told_before_people(
        self, people: CountedPeople, beside: HarmWord | None
    ) -> HarmWord | None:
        """What the words before the people say, unless those directly after them say more."""
        told = self.told_before(people.number.start)
        state = self.lookup.heads.get(self.plain(people.end))
        is_moved = told is not None and told.of_what == "captured" and self._is_carried(people)
        if is_moved and state and not self.is_person_word(people.end + 1):
            return state  # "took away four dead"
        is_label = told is not None and told.of_what == "killed_or_injured"
        is_said_after = beside is not None and (is_label or beside.form == "both")
        return None if told and told.form in {"noun", "head"} and is_said_after else told

    def _is_carried(self, people: CountedPeople) -> bool:
        before = range(people.number.start - 2, people.number.start)
        return any(self.is_in(i, "moved") or self.is_in(i, "taking_people") for i in before)

    def _told_after_people(self, people: CountedPeople) -> HarmWord | None:
        """What the words after the people say, or after the list in which they are."""
        if people.number.best != 1 and self.is_of_one_only(people.end):
            return None
        if length := self.phrase(people.end, "in_all"):
            end = people.end + length
            return self.told_after(end + (self.plain(end) in {",", ")"}))
        listed = self.after_list(people.end) if self.are_named_people(people) else people.end
        return self.told_after(people.end) or self.told_after(listed)

    def _told_with_others(
        self, people: CountedPeople, before: tuple[int, HarmWord] | None
    ) -> HarmWord | None:
        """What was told of the people before in a list, or by another speaker."""
        if before and (
            self.is_listed(before[0], people.number.start)
            or self.is_listed_after_place(before[0], people)
        ):
            self.before = people.end, before[1]
            return before[1]
        if self.last and (
            self.is_of_other(self.last[0], people)
            or self.phrase(people.end, "in_all")
            or self.lookup.is_after_phrase(self.tokens, people.number.start, "as_before")
        ):
            return self.last[1]
        if self.head and all(token.is_sign for token in self.tokens[: people.number.start]):
            return self.head
        if self.last and len(self.kinds) == 1 and self.is_gapped(self.last[0], people):
            return self.last[1]
        known = self.told_alone()
        return known if known and self.is_another_figure(people) else None

    def _is_taken(self, people: CountedPeople) -> bool:
        """Whether people are taken from somewhere: "have taken ten men from their homes"."""
        is_taken = self.is_in(people.number.start - 1, "taken") and not self.is_rescue(people.end)
        if is_taken and self.lookup.is_in(people.head, "held"):
            return True
        end = self.after_comma(people.end)
        is_along = self.is_in(end, "taken_from") or self.phrase(people.end, "taken_along")
        if is_taken and people.is_people and is_along:
            return True
        is_alone = self.is_in(people.number.start - 1, "taking_people") and (
            self.are_named_people(people) and people.head not in self.lookup.heads
        )
        is_end = self.plain(people.end) in {"", ".", ",", ";"} or self.is_in(people.end, "genitive")
        return is_alone and is_end and not self.is_in(people.number.start - 2, "impersonal")

    def _is_part(self, people: CountedPeople) -> bool:
        """Whether a number is part of another: "ten fighters, including two commanders"."""
        if self.is_in(people.end, "passive") and self.is_in(people.end + 1, "being_among"):
            return True  # "two children were among the five killed"
        is_next = self.part == people.number.start - 1 > 0
        if is_next and self.is_in(self.part, "joins_list"):
            self.part = people.end
            return True  # "including a nurse and two guards"
        if len(self.kinds) > 1 and people.end == people.number.end:
            return False  # "wounded twenty, of whom three later died"
        is_part = self.lookup.is_after_phrase(self.tokens, people.number.start, "part_of")
        self.part = people.end if is_part else 0
        return is_part

    def _mention(self, people: CountedPeople, of_what: Counted) -> Mention:
        number = people.number
        start, end = self.tokens[number.start].start, self.tokens[people.end - 1].end
        whom = ""
        if people.end > number.end:
            whom = self.text[self.tokens[number.end].start : end]
        if number.start == number.end - 1 and self.is_in(number.start, "before_whom"):
            whom = self.text[self.tokens[number.start + 1].start : end]
        value = NumberMention(number.low, number.best, number.high, of_what, whom, number.question)
        return Mention("number", start, end, self.text[start:end], value)
