"""The names of a gazetteer as they are found in running text: the longest one at each word.

Names are compared as :func:`geo.places.spelling.fold_words` folds them. What is found here is only
a name: whether it is a place's, and which one, follows from the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from geo.places.gazetteer import Gazetteer, Place
from geo.places.gazetteer.indexes import share_spellings
from geo.places.spelling import JOINING, fold_words, name_words
from geo.reports.tokens import Token
from geo.reports.wordlists import word_set

_LONGEST: Final = 8
"""Most words of a name: "the northern and north-eastern provinces of the country" is longer, and
found without its end."""
_JOINED: Final = frozenset({
    " ", "-", "\n", "‐", "‑", "–", "\u00a0", " \n", "\r\n", " '", " ’", " ‘", "’ ", "' ",
})  # fmt: skip
"""What may be between two words of one name."""
_CONSONANTS: Final = 5
"""Fewest consonants by which an area is recognised although its vowels are written differently."""
_LETTERS_OF_PROVINCE: Final = 5
"""Fewest letters of a word before "province" that can be the name of one with a letter wrong."""
_LETTERS_ALONE: Final = 6
"""Fewest letters of such a word where nothing says that it is a province."""
_AREAS: Final = frozenset({"province", "district"})
_CHANGING: Final = 2
"""Last letters of a word that folding may change or leave out, if another word follows."""
_VOWELS: Final = re.compile(r"[aeiouy\W]")
_DOUBLED: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name of the gazetteer in a text.

    Parameters
    ----------
    first, last
        Numbers of its first and last word.
    places
        The places of that name, in the country or else outside it.
    inferred
        Whether its place has been worked out, with a reason.
    similar
        Whether the name only has the consonants of a name of the gazetteer.
    """

    first: int
    last: int
    places: tuple[Place, ...]
    inferred: bool = False
    similar: bool = False

    @property
    def is_outside(self) -> bool:
        """Whether only places outside the country have the name."""
        return all(place.kind == "outside" for place in self.places)

    @property
    def is_province(self) -> bool:
        """Whether a province has the name."""
        return any(place.kind == "province" for place in self.places)

    @property
    def is_region(self) -> bool:
        """Whether it is a region or a road, whose name may have small letters."""
        return all(place.kind == "region" for place in self.places)


class NameIndex:
    """All names of a gazetteer, by their folded form.

    Parameters
    ----------
    gazetteer
        Of the country.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.inside: dict[str, tuple[Place, ...]] = {}
        self.outside: dict[str, tuple[Place, ...]] = {}
        for place in gazetteer:
            for name in (place.name, *place.also):
                words = name_words(name)
                is_outside = place.kind == "outside"
                key = "".join(words) if is_outside else fold_words(words)
                index = self.outside if is_outside else self.inside
                if place not in index.get(key, ()):
                    index[key] = (*index.get(key, ()), place)
        share_spellings(self.inside)
        self.inferred = frozenset(gazetteer.inferred_names)
        for name in self.inferred:
            self.inside.setdefault(name, ())
        self._small = frozenset(
            word[0] for place in gazetteer if place.kind == "region"
            for name in (place.name, *place.also)
            if (word := name_words(name)) and name[:1].islower()
        )  # fmt: skip
        self._alike = _by_consonants(self.inside)
        self._provinces = _by_shortened(self.inside)
        self._begun = beginnings((*self.inside, *self.outside))

    def hits(self, tokens: Sequence[Token]) -> Iterator[NameHit]:
        """The longest name at each word, from left to right and without overlaps."""
        at = 0
        while at < len(tokens):
            hit = self._at(tokens, at)
            if hit is not None:
                yield hit
            at = at + 1 if hit is None else hit.last + 1

    def _at(self, tokens: Sequence[Token], first: int) -> NameHit | None:
        token = tokens[first]
        if not token.capital and token.low not in self._small:
            return None
        words: list[str] = []
        best: NameHit | None = None
        for last in range(first, min(first + _LONGEST, len(tokens))):
            token = tokens[last]
            if last > first and (token.gap not in _JOINED or tokens[last - 1].owns):
                break
            words += token.names
            if not self._can_begin(tuple(words)):
                break
            hit = self._named(tuple(words), first, last)
            # An izafa at the end belongs to what follows: "Baghlan-i-NAME" is in Baghlan.
            is_open = token.low in JOINING and best is not None and best.is_province
            if hit is not None and not is_open and _is_written(hit, tokens):
                best = hit
        is_article = tokens[first].low in word_set("places", "articles")
        if best is not None and is_article and not best.is_region:
            return None  # "The NAME gate" names what begins at the next word.
        return best or self._similar(tokens, first)

    def _similar(self, tokens: Sequence[Token], first: int) -> NameHit | None:
        """A name of one or two words with the consonants of an area or capital."""
        for last in range(first, min(first + 3, len(tokens))):
            if last > first and (tokens[last].gap not in _JOINED or tokens[last - 1].owns):
                return None
            words = [word for token in tokens[first : last + 1] for word in token.names]
            places = self._alike.get(_consonants("".join(words)), ())
            if places and (tokens[last].capital or tokens[last].gap == "-"):
                return NameHit(first, last, places, similar=True)
        return self._misspelt(tokens, first)

    def _misspelt(self, tokens: Sequence[Token], first: int) -> NameHit | None:
        """The province of which a word has the name with one letter wrong: "Gazhni"."""
        token = tokens[first]
        after = tokens[first + 1].low if first + 1 < len(tokens) else ""
        is_called_so = after in word_set("places", "province_nouns")
        fewest = _LETTERS_OF_PROVINCE if is_called_so else _LETTERS_ALONE
        if len(token.text) < fewest or len(token.names) != 1:
            return None
        name = token.names[0]
        found = {
            place.id: place
            for piece in _shortened(name)
            for place in self._provinces.get(piece, ())
            if place.name[:1].lower() == name[0]
        }
        return (
            NameHit(first, first, tuple(found.values()), similar=True) if len(found) == 1 else None
        )

    def _can_begin(self, words: tuple[str, ...]) -> bool:
        return is_begun(_folded(words), self._begun) or "".join(words) in self._begun

    def _named(self, words: tuple[str, ...], first: int, last: int) -> NameHit | None:
        folded = _folded(words)
        if folded in self.inside:
            return NameHit(first, last, self.inside[folded], folded in self.inferred)
        outside = self.outside.get("".join(words))
        return NameHit(first, last, outside) if outside else None


def _is_written(hit: NameHit, tokens: Sequence[Token]) -> bool:
    """Whether the words are written as a name: with capitals, except in the name of a region."""
    if hit.is_region and hit.places:
        return True
    first = tokens[hit.first]
    if first.capital and (hit.inferred or any(place.kind == "site" for place in hit.places)):
        return True
    inside = JOINING | word_set("places", "inside_names")
    return all(
        token.capital
        or (0 < at < hit.last - hit.first and token.low in inside)
        or (at > 0 and token.gap in {"-", "‐", "‑", "–"})
        for at, token in enumerate(tokens[hit.first : hit.last + 1])
    )  # fmt: skip


def _by_consonants(named: Mapping[str, tuple[Place, ...]]) -> dict[str, tuple[Place, ...]]:
    """Areas and capitals by the consonants of their names, where these are enough to tell them."""
    found: dict[str, dict[str, tuple[Place, ...]]] = {}
    for name, places in named.items():
        known = tuple(place for place in places if place.kind in _AREAS or place.capital)
        key = _consonants(name) if name.isascii() and known else ""
        if len(key) >= _CONSONANTS:
            found.setdefault(key, {})[name] = known
    alike = {}
    for key, by_name in found.items():
        unique = {place.id: place for known in by_name.values() for place in known}
        if len({code for place in unique.values() for code in place.provinces}) == 1:
            alike[key] = tuple(unique.values())
    return alike


def _by_shortened(named: Mapping[str, tuple[Place, ...]]) -> dict[str, tuple[Place, ...]]:
    """Provinces by their names without one letter, by which names with a fault are found."""
    found: dict[str, tuple[Place, ...]] = {}
    for name, places in named.items():
        known = tuple(place for place in places if place.kind == "province")
        if not known or not name.isascii() or len(name) < _LETTERS_OF_PROVINCE:
            continue
        for piece in _shortened(name):
            found[piece] = tuple({one.id: one for one in (*found.get(piece, ()), *known)}.values())
    return found


def _shortened(name: str) -> set[str]:
    """A name, and the same without one of its letters.

    Two names with one of them in common differ by a letter that is missing, added, other or
    moved.
    """
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _consonants(folded: str) -> str:
    """The consonants of a name, each once where it is doubled."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", folded.replace("q", "k").replace("v", "w")))


@lru_cache(maxsize=1 << 14)
def _folded(words: tuple[str, ...]) -> str:
    return fold_words(words)


def beginnings(names: Iterable[str]) -> frozenset[str]:
    """All beginnings of folded names, by which a search stops early.

    Examples
    --------
    >>> sorted(beginnings(["ab"]))
    ['', 'a', 'ab']
    """
    return frozenset(name[:size] for name in names for size in range(len(name) + 1))


def is_begun(folded: str, begun: frozenset[str]) -> bool:
    """Whether folded words can be the first ones of a name.

    The last letters do not count: folding changes them, if another word follows.

    Examples
    --------
    >>> is_begun("pulikhum", beginnings(["pulkhumri"])), is_begun("puli", beginnings(["pulkhumri"]))
    (False, True)
    """
    return folded[: max(1, len(folded) - _CHANGING)] in begun


_INDEXES: WeakKeyDictionary[Gazetteer, NameIndex] = WeakKeyDictionary()


def name_index(gazetteer: Gazetteer) -> NameIndex:
    """The index of a gazetteer, made once for each."""
    index = _INDEXES.get(gazetteer)
    if index is None:
        index = _INDEXES[gazetteer] = NameIndex(gazetteer)
    return index
