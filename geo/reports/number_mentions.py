"""Numbers of people in a text, and what happened to them.

A number counts people only beside a word for what happened to them, in one of the forms of
``words/english/numbers.toml``: "ten were killed", "killing ten", "the deaths of ten". A number of
weapons, days or metres is no mention, and neither is "no civilians were hurt": it is no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, cast

from geo.reports.language import PhraseTable, TextToken, text_tokens
from geo.reports.mentions import Counted, Mention, NumberMention
from geo.reports.number_words import NumberPhrase, cardinal, number_lists, number_phrase
from geo.reports.sentences import SentenceSpan, sentences

HarmForm = Literal["both", "before", "after", "noun", "head"]

_AHEAD: Final = 16
"""Tokens after the counted people among which what happened to them is looked for."""
_NOUN_PHRASE: Final = 7
"""Tokens of the people counted: "suspected foreign Taliban bomb makers" has five."""
_BEHIND: Final = 8
"""Tokens before a number among which "death toll" is looked for."""
_ASIDES: Final = 2
"""Such remarks between people and what happened to them."""
_ASIDE: Final = 24
"""Tokens of a remark between commas, such as "including two commanders"."""


class HarmWord(NamedTuple):
    """A word for what happened to people, and the form in which it can stand."""

    of_what: Counted
    form: HarmForm


@dataclass(frozen=True, slots=True)
class _People:
    """Counted people: their number, and the tokens of the noun phrase after it."""

    number: NumberPhrase
    end: int
    head: str
    is_people: bool


class NumberLookup:
    """The word lists of what happens to people, as sets and tables."""

    def __init__(self) -> None:
        raw = number_lists().raw
        rows = [
            (phrase, HarmWord(cast("Counted", what), cast("HarmForm", form)))
            for what, forms in raw["harm"].items()
            for form, phrases in forms.items()
            for phrase in phrases
        ]
        self.harms = {
            form: PhraseTable((phrase, harm) for phrase, harm in rows if harm.form in forms)
            for form, forms in (
                ("after", {"both", "after"}), ("before", {"both", "before"}), ("noun", {"noun"}),
            )
        }  # fmt: skip
        self.heads = {phrase: harm for phrase, harm in rows if harm.form == "head"}
        self.one = frozenset(raw["people_one"])
        self.many = frozenset(raw["people_many"]) | {f"{one}s" for one in self.one}
        self.not_people = frozenset(raw["not_people"])
        clauses = raw["clauses"]
        self.passive, self.adverbs = frozenset(clauses["passive"]), frozenset(clauses["adverbs"])
        self.ends = frozenset(clauses["ends"])
        self.determiners = frozenset(clauses["determiners"])
        self.stops = frozenset(clauses["prepositions"])
        self.rising = frozenset(clauses["rising"])
        self.aside = frozenset(clauses["aside"])
        self.names_in = frozenset(clauses["names_in"])
        self.taken = frozenset(clauses["taken"])
        self.taken_from = frozenset(clauses["taken_from"])
        self.months = frozenset(clauses["months"])
        self.part_of = PhraseTable((phrase, True) for phrase in clauses["part_of"])


@lru_cache(maxsize=1)
def _lookup() -> NumberLookup:
    return NumberLookup()


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
    for span in sentences(text) if spans is None else spans:
        tokens = text_tokens(text, span.start, span.end)
        found += _SentenceNumbers(text, tokens, named).mentions()
    return tuple(found)


class _SentenceNumbers:
    """The numbers of one sentence, from left to right."""

    def __init__(self, text: str, tokens: list[TextToken], named: set[int]) -> None:
        self.text, self.tokens, self.lookup = text, tokens, _lookup()
        self.names = {at for at, token in enumerate(tokens) if token.start in named}
        # What happened to the people counted last, if it was told before them, and where they end.
        self.before: tuple[int, Counted] | None = None

    def mentions(self) -> Iterator[Mention]:
        """The mentions of the sentence."""
        at = 0
        while at < len(self.tokens):
            people = self._people(at) or self._named(at)
            if people is None:
                at += 1
                continue
            if (of_what := self._of_what(people)) and not self._is_part(people.number.start):
                yield self._mention(people, of_what)
            at = max(people.end, at + 1)

    def _people(self, at: int) -> _People | None:
        """The people counted from a token on; ``None`` if nothing is counted there."""
        if number := number_phrase(self.tokens, at):
            if self._is_day(number):
                return None
            end, head, known = self._noun_phrase(number.end)
            # Which number of things it is does not matter.
            return None if head in self.lookup.not_people else _People(number, end, head, known)
        if self.tokens[at].plain not in {"a", "an", "another", "one"}:
            return None
        end, head, _ = self._noun_phrase(at + 1)
        is_alone = end == at + 1 and self.tokens[at].plain == "another"
        if head not in self.lookup.one and not is_alone:
            return None
        return _People(NumberPhrase(at, at + 1, 1, 1, 1), end, head, is_people=True)

    def _named(self, at: int) -> _People | None:
        """The one person of "killed NAME" or "NAME was killed", from the first name on."""
        end = at
        while end < len(self.tokens) and end not in self.names and self._is_name(end, at):
            end += 1
        if end - at < len(("first", "last")) or not self._is_persons(at, end):
            return None
        return _People(NumberPhrase(at, end, 1, 1, 1), end, self._plain(end - 1), is_people=True)

    def _is_name(self, at: int, first: int) -> bool:
        """Whether a token is a part of a name, such as "al-Roe" after a first name."""
        joined = at > first and self._plain(at).partition("-")[0] in self.lookup.names_in
        return self.tokens[at].is_capital or joined

    def _is_persons(self, at: int, end: int) -> bool:
        """Whether somebody is killed in person: the verb is beside the name, and nobody else."""
        if self._plain(end - 1) in self.lookup.many | self.lookup.not_people:
            return False
        before, after = self._harm("before", at - 1), self._harm("after", end + 1)
        noun = self._harm("noun", at - 2) if at >= len(("killing", "of")) else None
        is_active = before and before[1].of_what == "killed" and not self._is_passive(at - 1)
        is_passive = after and after[1].of_what == "killed" and self._plain(end) in {"was", "is"}
        is_noun = noun and noun[1].of_what == "killed" and noun[0] == len(("killing", "of"))
        return bool((at and is_active) or is_passive or is_noun)

    def _is_day(self, number: NumberPhrase) -> bool:
        """Whether a number is the day of a month."""
        months = self.lookup.months
        return self._plain(number.start - 1) in months or self._plain(number.end) in months

    def _noun_phrase(self, at: int) -> tuple[int, str, bool]:
        """Where the nouns after a number end, the last of them, and whether they are people."""
        lookup, end = self.lookup, at
        if self._plain(end) == "of" and self._plain(end + 1) in {"the", "them", "their", "its"}:
            end += 2
        while end < min(len(self.tokens), at + _NOUN_PHRASE):
            token = self.tokens[end]
            is_stop = token.is_sign and token.plain not in {"-", "'", '"', "“", "”", "’", "‘"}
            if is_stop or token.plain in lookup.stops or token.plain in lookup.adverbs:
                break
            if end > at and number_phrase(self.tokens, end):
                break
            if self._harm("after", end) or self._harm("before", end):
                break
            end += 1
            is_next_name = end < len(self.tokens) and self.tokens[end].is_capital
            if token.plain in lookup.many and is_next_name:
                break
        words = [token.plain for token in self.tokens[at:end]]
        head = words[-1] if words else ""
        known = not words or any(word in lookup.many or word in lookup.one for word in words)
        is_name = bool(words) and self.tokens[end - 1].is_capital
        return end, head, known or is_name

    def _plain(self, at: int) -> str:
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def _harm(self, form: str, at: int) -> tuple[int, HarmWord] | None:
        return self.lookup.harms[form].match(self.tokens, at) if at < len(self.tokens) else None

    def _of_what(self, people: _People) -> Counted | None:
        """What happened to the people; ``None`` if the sentence does not say."""
        told = self._told_before(people.number.start)
        before, self.before = self.before, None
        if head := self.lookup.heads.get(people.head):
            return self._checked(people, head.of_what)
        if self._is_taken(people):
            return "captured"
        if told:
            self.before = people.end, told
            return self._checked(people, told)
        if after := self._told_after(people.end):
            return self._checked(people, after)
        if before and self._is_listed(before[0], people.number.start):
            self.before = people.end, before[1]
            return self._checked(people, before[1])
        return None

    def _is_taken(self, people: _People) -> bool:
        """Whether people are taken from somewhere: "have taken ten men from their homes"."""
        is_taken = self._plain(people.number.start - 1) in self.lookup.taken
        return is_taken and people.is_people and self._plain(people.end) in self.lookup.taken_from

    def _checked(self, people: _People, of_what: Counted) -> Counted | None:
        """Whatever else is captured than people is no number of people."""
        return of_what if people.is_people or of_what in {"killed", "injured"} else None

    def _is_listed(self, end: int, at: int) -> bool:
        """Whether a number goes on with a list: "killed two soldiers and three policemen"."""
        between = [token.plain for token in self.tokens[end:at]]
        is_one = self._plain(at) in {"a", "an"}
        joins = {"and", "as", "well", ","} if not is_one or "and" in between else set()
        return bool(between) and set(between) <= joins

    def _told_before(self, at: int) -> Counted | None:
        """What "killing", "killed" or "the deaths of" before a number says."""
        for length in range(5, 0, -1):
            begins = at - length
            if begins < 0:
                continue
            match = self._harm("before", begins)
            if match and match[0] == length and not self._is_passive(begins):
                return self._combined_before(begins, match[1].of_what)
            noun = self._harm("noun", begins)
            if noun and noun[0] == length:
                return noun[1].of_what
        return self._toll_before(at)

    def _toll_before(self, at: int) -> Counted | None:
        """What "the death toll rose to" or "killed:" before a number says."""
        begins = at - 1
        while begins >= max(0, at - _BEHIND):
            noun = self._harm("noun", begins)
            if noun and begins + noun[0] < at:
                return noun[1].of_what
            if not noun and self._plain(begins) not in self.lookup.rising:
                return None
            begins -= 1
        return None

    def _combined_before(self, begins: int, of_what: Counted) -> Counted:
        """Killed or injured, if "killed or" is before "injured"."""
        if self._plain(begins - 1) not in {"and", "or", "/"}:
            return of_what
        for back in (2, 3):
            match = self._harm("before", begins - back) if begins >= back else None
            if match and match[0] == back - 1:
                return _either(match[1].of_what, of_what)
        return of_what

    def _is_passive(self, at: int) -> bool:
        """Whether "was" or "were" is before a word, with nothing but adverbs between."""
        if self._plain(at).endswith("ing"):
            return False
        back = at - 1
        while back > at - 4 and self._plain(back) in self.lookup.adverbs:
            back -= 1
        return self._plain(back) in self.lookup.passive

    def _told_after(self, at: int) -> Counted | None:
        """What happened to the people before a token, as the words after them tell it."""
        lookup, end = self.lookup, min(len(self.tokens), at + _AHEAD)
        asides = 0
        while at < end:
            plain = self.tokens[at].plain
            if match := self._harm("after", at):
                return self._told_by(at, match)
            if self._harm("before", at) and not self._is_passive(at):
                return None
            if plain == "incl" and self._plain(at + 1) == ".":
                at += 2
                continue
            if (
                asides < _ASIDES
                and plain in {",", "(", "–", "—"}
                and at + 1 < len(self.tokens)
                and (after := self._after_aside(at))
            ):
                at, end = after, min(len(self.tokens), after + _AHEAD)
                asides += 1
                continue
            if plain in lookup.ends or (
                self.tokens[at].is_sign and plain not in {'"', "“", "”", "-"}
            ):
                return None
            at += 1
        return None

    def _told_by(self, at: int, match: tuple[int, HarmWord]) -> Counted | None:
        """What a word after the people says: nothing, if they did it to others."""
        length, harm = match
        following = at + length
        is_both = harm.form == "both" and not self._is_passive(at)
        if is_both and self._is_object(following):
            return None
        if self._plain(following) in {"and", "or", "/"}:
            other = self._harm("after", following + 1)
            if other and not self._is_object(following + 1 + other[0]):
                return _either(harm.of_what, other[1].of_what)
        return harm.of_what

    def _is_object(self, at: int) -> bool:
        """Whether somebody is named at a token, to whom a verb before it can have happened."""
        if at >= len(self.tokens) or self.tokens[at].is_sign:
            return False
        token = self.tokens[at]
        if token.plain in {"one", "some", "himself", "herself"} or number_phrase(self.tokens, at):
            return True
        if token.plain in self.lookup.determiners:
            return True
        if token.plain in self.lookup.stops or token.plain in self.lookup.ends:
            return False
        return token.is_capital or token.plain in self.lookup.many | self.lookup.one

    def _after_aside(self, at: int) -> int:
        """The token after a remark between commas or brackets; 0 if none begins at a token."""
        closing = {",": ",", "(": ")"}.get(self._plain(at), self._plain(at))
        is_aside = self._plain(at + 1) in self.lookup.aside or cardinal(self.tokens, at + 1)
        if closing == "," and not is_aside:
            return 0
        for end in range(at + 1, min(len(self.tokens), at + _ASIDE)):
            if self._plain(end) == closing:
                return end + 1
        return 0

    def _is_part(self, at: int) -> bool:
        """Whether a number is part of another: "ten fighters, including two commanders"."""
        for begins in range(max(0, at - 4), at):
            if (match := self.lookup.part_of.match(self.tokens, begins)) and begins + match[
                0
            ] == at:
                return True
        return False

    def _mention(self, people: _People, of_what: Counted) -> Mention:
        number = people.number
        start, end = self.tokens[number.start].start, self.tokens[people.end - 1].end
        whom = ""
        if people.end > number.end:
            whom = self.text[self.tokens[number.end].start : end]
        if number.start == number.end - 1 and self._plain(number.start) in {"a", "an", "another"}:
            whom = self.text[self.tokens[number.start + 1].start : end]
        value = NumberMention(number.low, number.best, number.high, of_what, whom, number.question)
        return Mention("number", start, end, self.text[start:end], value)


def _either(one: Counted, other: Counted) -> Counted:
    """What "killed or injured" counts; two things that no figure of a record joins are another."""
    if one == other:
        return one
    return (
        "killed_or_injured"
        if {one, other} <= {"killed", "injured", "killed_or_injured"}
        else "other"
    )


def harm_verb(tokens: Sequence[TextToken], at: int) -> HarmWord | None:
    """The word for what happened to people, if a verb that can have an object begins at a token.

    Returns
    -------
    HarmWord or None
        ``None``, if none begins there.
    """
    match = _lookup().harms["before"].match(tokens, at)
    return match[1] if match else None
