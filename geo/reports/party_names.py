"""The names of parties as text has them: of the dossier's groups, and of the registry of parties.

A name means a party on a day, as in :mod:`geo.events.parties.actors`. Names of the dossier count on
every day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from geo.dossier.records import Group
from geo.events.cells.values import to_day
from geo.events.parties.actors import ALWAYS, Registry
from geo.places.spelling import fold_words, name_words
from geo.reports.place_names import beginnings, is_begun
from geo.reports.tokens import Token
from geo.reports.wordlists import word_lists, word_set

_TOPIC: Final = "groups"
_LONGEST: Final = 9
"""Most words of the name of a party that is looked for."""
_STATE: Final = " (state)"
"""What the registry writes behind the name of a country that is a party."""
_FORCES: Final = "Forces of "
"""What the registry writes in front of the name of a commander."""
_ARMED: Final = " Armed Forces"
"""What the registry writes behind the adjective of a country."""
_BOTH: Final = re.compile(r"(?P<name>.*\w) \((?P<short>[A-Z]{2,6})\)")
"""A name with its abbreviation, as "Haqqani Network (HQN)"; text has either."""
_SHORT: Final = 5
"""Letters up to which a name in capitals is an abbreviation, and small letters another word."""
_JOINED: Final = frozenset({" ", "-", "‐", "‑", "–", "\n", "\u00a0", " (", "/", ", ", " - ", " – "})
"""What may be between two words of one name."""


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party that a name can mean.

    Parameters
    ----------
    key
        Of the group.
    name
        To show.
    since, until
        Days since 1970 between which the name means it.
    in_capitals
        Whether the name is an abbreviation, so that other words are written like it.
    written
        The name as the dossier or the registry writes it.
    is_state
        Whether the name is that of a country too.
    """

    key: str
    name: str
    since: int
    until: int
    in_capitals: bool
    written: str
    is_state: bool = False


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A name of one or more parties at words of a text.

    Parameters
    ----------
    first, last
        Numbers of the first and last word.
    parties
        What the name means, in the order of the registry.
    """

    first: int
    last: int
    parties: tuple[PartyName, ...]


class PartyIndex:
    """All names of parties.

    Parameters
    ----------
    groups
        Of the dossier, by key.
    registry
        The registry of parties.
    """

    def __init__(self, groups: Mapping[str, Group], registry: Registry) -> None:
        self.groups = groups
        self.named: dict[str, list[PartyName]] = {}
        for entry in registry.entries:
            if entry.key and not entry.stands_for:
                label = groups[entry.key].name if entry.key in groups else registry.label(entry.key)
                for name in _ways_to_write(entry.name):
                    self._add(name, entry.key, label, entry.since, entry.until, inside=entry.inside)
        for key, group in groups.items():
            for name in dict.fromkeys((group.name, group.short, *group.also)):
                self._own(name, key, group)
        self.short = self._without_generic()
        self._begun = beginnings(self.named)
        small = word_set(_TOPIC, "small_first")
        self._small = frozenset(
            words[0] for entries in self.named.values() for entry in entries
            if (words := name_words(entry.written)) and (len(words) > 1 or words[0] in small)
        )  # fmt: skip

    def _add(
        self, name: str, key: str, label: str, since: int, until: int, *, inside: bool
    ) -> None:
        folded = _key(name_words(name))
        in_capitals = len(name) <= _SHORT and sum(letter.isupper() for letter in name) > 1
        is_state = f"{name}{_STATE}" == label
        entry = PartyName(key, label, since, until, in_capitals, name, is_state)
        named = self.named.setdefault(folded, [])
        if inside:
            named.insert(0, entry)
        elif all(other.key != key or other.since != since for other in named):
            named.append(entry)

    def _own(self, name: str, key: str, group: Group) -> None:
        folded = _key(name_words(name))
        named = self.named.setdefault(folded, [])
        if all(one.key != key for one in named):
            in_capitals = len(name) <= _SHORT and name.isupper()
            named.append(PartyName(key, group.name, -ALWAYS, ALWAYS, in_capitals, name))

    def _without_generic(self) -> dict[str, list[PartyName]]:
        """Names without their last word, such as "network", by which members are called."""
        found: dict[str, list[PartyName]] = {}
        generic = word_set(_TOPIC, "generic")
        for entries in list(self.named.values()):
            for entry in entries:
                words = name_words(entry.name)
                words = words[1:] if words and len(words[0]) <= 3 and len(words) > 2 else words  # noqa: PLR2004 - an abbreviation in front
                if len(words) == 2 and words[-1] in generic:  # noqa: PLR2004 - a name and its kind
                    found[_key(words[:-1])] = [entry]
        return found

    def hits(self, tokens: Sequence[Token]) -> list[PartyHit]:
        """The longest name of a party at each word, without overlaps."""
        found: list[PartyHit] = []
        at = 0
        while at < len(tokens):
            hit = self._at(tokens, at)
            if hit is not None:
                found.append(hit)
            at = at + 1 if hit is None else hit.last + 1
        return found

    def _at(self, tokens: Sequence[Token], first: int) -> PartyHit | None:
        if not tokens[first].capital and tokens[first].low not in self._small:
            return None
        words: list[str] = []
        best: PartyHit | None = None
        for last in range(first, min(first + _LONGEST, len(tokens))):
            token = tokens[last]
            if last > first and not _joins(tokens, last):
                break
            words += token.names
            if not is_begun(_key(tuple(words)), self._begun):
                break
            parties = self._named(words, token)
            if parties and _is_written(tokens[first : last + 1], parties):
                best = PartyHit(first, last, tuple(parties))
        return best or self._by_member(tokens, first)

    def _named(self, words: Sequence[str], last: Token) -> list[PartyName]:
        folded = _key(tuple(words))
        found = self.named.get(folded)
        if found is None and len(last.low) > _SHORT - 1 and words:
            plural, name = word_lists(_TOPIC)["plural"], words[-1]
            other = name.removesuffix(plural) if name.endswith(plural) else f"{name}{plural}"
            found = self.named.get(_key((*words[:-1], other)))
        return found or []

    def _by_member(self, tokens: Sequence[Token], first: int) -> PartyHit | None:
        """A network is also named by its members, unless the word before is a given name."""
        parties = self.short.get(_key(tokens[first].names))
        if parties is None or first + 1 >= len(tokens) or not tokens[first].capital:
            return None
        after, before = tokens[first + 1], tokens[first - 1] if first else None
        is_member = after.gap in {" ", "-"} and after.low in word_set(_TOPIC, "members")
        is_person = before is not None and before.capital and tokens[first].gap == " " and (
            not before.opens and before.low not in word_set("places", "openers")
            and not self._named(list(before.names), before)
        )  # fmt: skip
        return PartyHit(first, first, tuple(parties)) if is_member and not is_person else None


def _ways_to_write(name: str) -> Iterator[str]:
    """The name of the registry, and how text writes it."""
    yield name
    if match := _BOTH.fullmatch(name):
        yield match["name"]
    if name.endswith(_STATE):
        yield name.removesuffix(_STATE)
    if name.startswith(_FORCES):
        commander = name.removeprefix(_FORCES)
        yield from (f"{men} {commander}" for men in word_lists(_TOPIC)["men_of"])
    if name.endswith(_ARMED):
        country = name.removesuffix(_ARMED)
        yield from (f"{country} {men}" for men in word_lists(_TOPIC)["armed_forces"])


@lru_cache(maxsize=1 << 14)
def _key(words: tuple[str, ...]) -> str:
    """A name as it is compared: without "of" and "the", which texts leave out."""
    return fold_words(tuple(word for word in words if word not in word_set(_TOPIC, "left_out")))


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word can continue the name of the word before it."""
    token, before = tokens[at], tokens[at - 1]
    if before.owns:
        return False
    letters = len(token.text) == 1 and len(before.text) == 1
    return token.gap in _JOINED or (token.gap == "." and letters)


def _is_written(tokens: Sequence[Token], parties: Sequence[PartyName]) -> bool:
    """Whether the words are written as the name: with capitals, and in capitals if it is short."""
    if len(tokens) == 1 and parties[0].in_capitals:
        text = tokens[0].text
        if tokens[0].capital and tokens[0].low in word_set(_TOPIC, "pronounced"):
            return True
        return sum(letter.isupper() for letter in text) > 1 and not (
            tokens[0].headline and tokens[0].low in word_set(_TOPIC, "other_words")
        )
    if tokens[-1].low in word_set(_TOPIC, "not_last"):
        return False
    if tokens[0].low in word_set(_TOPIC, "definite") and len(tokens) > 1:
        return False
    return any(token.capital for token in tokens) or _is_description(parties[0].written)


def _is_description(name: str) -> bool:
    """Whether a name is made of ordinary words, which text may write in small letters."""
    words = name.replace("-", " ").split()
    return len(words) > 1 and words[-1].lower() in word_set(_TOPIC, "described")


_NAMES: WeakKeyDictionary[Registry, PartyIndex] = WeakKeyDictionary()


def party_index(groups: Mapping[str, Group], registry: Registry) -> PartyIndex:
    """The names of a dossier and a registry, made once as long as both stay the same."""
    names = _NAMES.get(registry)
    if names is None or names.groups is not groups:
        names = _NAMES[registry] = PartyIndex(groups, registry)
    return names


def on_day(parties: Sequence[PartyName], on: date | None) -> tuple[PartyName, ...]:
    """What a name means on a day; without a day, all that it can mean."""
    if on is None:
        unique = {party.key: party for party in parties}
        return tuple(unique.values())
    day = to_day(on)
    return tuple(party for party in parties if party.since <= day <= party.until)[:1]
