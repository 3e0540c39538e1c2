"""What must not be in a file: texts, ids and coordinates of what its data were reduced from.

Texts are compared by their letters and digits only, because formats break lines, add tags and
change case. A long one is cut into pieces of :data:`PIECE` letters, any of which gives it away.
What the reduced data or the country's own files contain as well proves nothing and is not searched
for; nor is what is so short or so common that it occurs by chance (:func:`is_telling`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel

from geo.dossier.records import Dossier, Where, json_schema
from geo.handover.reducing import Reduction
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.text import listed
from geo.wording import vocabulary
from geo.wording.cards import facts
from geo.wording.sentences import sentence

PIECE: Final = 24
"""Letters and digits of a piece of a text: in any 47 that are repeated, one piece is whole."""
_SHORTEST: Final = 8
"""Letters and digits of a phrase that is searched for: a shorter one occurs by chance."""
_ONE_WORD: Final = 12
"""Letters of a single word that is searched for."""
_DECIMALS: Final = 4
"""Decimals of a degree to which positions are compared: about 10 m, as the map has them."""
_FINE: Final = 3
"""Decimals that one of the two numbers of a position must have: coarser ones occur by chance."""
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_DATES: Final = "when_said"
"""A date in words is also that of a figure or a period; it is not searched for."""
LatLon = tuple[float, float]


@dataclass(frozen=True)
class Canaries:
    """What must not be in a file; each with the words for it in a message.

    Parameters
    ----------
    ids
        Ids and keys with a hyphen, compared with their hyphens.
    phrases
        Texts shorter than a piece, as letters and digits.
    pieces
        Pieces of longer texts, as letters and digits.
    positions
        Latitude and longitude in degrees, rounded.
    """

    ids: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    pieces: dict[str, str] = field(default_factory=dict)
    positions: dict[LatLon, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids) + len(self.phrases) + len(self.pieces) + len(self.positions)


def bare_letters(text: str) -> str:
    r"""The letters and digits of a text in lower case, in whatever way it is written.

    Examples
    --------
    >>> bare_letters("The  Shaba-base\nAttack (2022)"), bare_letters("کابل، ۱۴۰۱")
    ('theshababaseattack2022', 'کابل۱۴۰۱')
    """
    return _NOT_WORDS.sub("", text.casefold())


def is_telling(text: str, common: AbstractSet[str] = frozenset()) -> bool:
    """Whether a text of less than a piece is unlikely to be in a file by chance.

    Parameters
    ----------
    common
        Words that are in the file anyway, in lower case; a text of nothing else tells nothing.

    Examples
    --------
    >>> is_telling("NRF"), is_telling("Haji Gul Agha"), is_telling("kabul")
    (False, True, False)
    >>> is_telling("Kabul province", {"kabul", "province"})
    False
    """
    words = _words_of(text)
    least = _SHORTEST if len(words) > 1 else _ONE_WORD
    return len(bare_letters(text)) >= least and not words <= common


def _words_of(text: str) -> set[str]:
    return {word for word in _NOT_WORDS.split(text.casefold()) if word}


def canaries_of(reduction: Reduction, allowed: Iterable[str] = ()) -> Canaries:
    """Collect what must not be in a file that is made from reduced data.

    Parameters
    ----------
    allowed
        Texts that the person who makes the file has written for it, such as its title and note.

    Returns
    -------
    Canaries
        Empty if the reduction excludes nothing.
    """
    whole, kept = reduction.whole, reduction.workspace
    if kept.reading is whole.reading:
        return Canaries()
    kept_texts = " ".join([*_texts_of(kept), *allowed]).casefold()
    own = _own_words(kept.country)
    common = _words_of(kept_texts) | own.words
    known = (bare_letters(kept_texts), own.letters)
    found = Canaries(positions=_positions(whole, kept))
    for where, text in _named_texts(whole.reading.dossier):
        if _ID.fullmatch(text):
            if len(text) >= _SHORTEST and not has_word(kept_texts, text):
                found.ids.setdefault(text, where)
            continue
        letters = bare_letters(text)
        pieces = {letters[at : at + PIECE] for at in range(0, len(letters) - PIECE + 1, PIECE)}
        # The end of a text, which may be what it differs in from a kept one.
        for piece in pieces | {letters[-PIECE:]}:
            if len(piece) == PIECE and not any(piece in one for one in known):
                found.pieces.setdefault(piece, where)
        if len(letters) < PIECE and is_telling(text, common) and letters not in known[0]:
            found.phrases.setdefault(letters, where)
    return found


def has_word(text: str, word: str) -> bool:
    """Whether a word or an id is in a text, neither followed nor preceded by a letter or digit.

    Examples
    --------
    >>> has_word("see record-kabul-2024.", "kabul-2024"), has_word("kabul-20241", "kabul-2024")
    (True, False)
    """
    at = text.find(word)
    while at >= 0:
        beside = text[max(at - 1, 0) : at] + text[at + len(word) : at + len(word) + 1]
        if not any(sign.isalnum() for sign in beside):
            return True
        at = text.find(word, at + 1)
    return False


def _named_texts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Every text of a dossier, with the entry that it is of."""
    yield from (("the dossier's note", text) for text in filter(None, [dossier.note]))
    parts: tuple[tuple[str, Mapping[str, BaseModel]], ...] = (
        ("source", dossier.sources),
        ("group", dossier.groups),
        ("statement", dossier.statements),
    )
    for head, entries in parts:
        for key, one in entries.items():
            name = f"{head} {key!r}"
            yield name, key
            yield from ((name, text) for text in _texts(one))
    for record in dossier.records:
        name = f"{record.kind} {record.id!r}"
        yield from ((name, text) for text in _texts(record))
    for text in _texts(dossier.assessments):
        yield "an assessment", text


def _texts(value: Any) -> Iterator[str]:
    """The texts in a part of a dossier that somebody wrote, not those of a fixed list."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != _DATES:
                yield from _texts(getattr(value, name))
    elif isinstance(value, str):
        if value not in _fixed_words():
            yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


@lru_cache(maxsize=1)
def _fixed_words() -> frozenset[str]:
    """The values of all fields that have a closed list of them."""
    found: set[str] = set()
    waiting: list[Any] = [json_schema()]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found.update(word for word in one.get("enum", ()) if isinstance(word, str))
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return frozenset(found)


def _texts_of(workspace: Workspace) -> Iterator[str]:
    """The texts that a file of this workspace may contain."""
    dossier = workspace.reading.dossier
    yield dossier.title
    for _, text in _named_texts(dossier):
        yield text
    names = {one.code: one.name for one in workspace.country.provinces}
    for key, one in workspace.located.evidence.items():
        places = workspace.located.places[key]
        yield from (text for place in places for text in (place.name, place.query, place.note))
        yield sentence(one, places, dossier, names, workspace.country.name)
        yield from (text for fact in facts(one, dossier) for text in fact)


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """What is in every file of a country: its letters one after the other, and its words."""

    letters: str
    words: frozenset[str]


@lru_cache(maxsize=4)
def _own_words(country: Country) -> _OwnWords:
    """The names, credits and fixed words that are in every file of a country."""
    provinces = [name for one in country.provinces for name in (one.name, one.code)]
    names = [name for place in country.gazetteer for name in (place.name, *place.also)]
    others = [one.name for one in country.districts.values()]
    others += [one.name for one in country.neighbours]
    fixed = [text for name in vars(vocabulary) if name.isupper()
             for text in _strings(getattr(vocabulary, name))]  # fmt: skip
    told = [country.name, country.disclaimer, *country.credits]
    whole = " ".join([*told, *provinces, *names, *others, *fixed])
    return _OwnWords(bare_letters(whole), frozenset(_words_of(whole)))


def _strings(value: Any) -> Iterator[str]:
    """The texts in a fixed word list, whatever it is made of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings([*value.keys(), *value.values()])
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _strings([getattr(value, one.name) for one in fields(value)])
    elif isinstance(value, list | tuple | frozenset):
        for one in value:
            yield from _strings(one)


def _positions(whole: Workspace, kept: Workspace) -> dict[LatLon, str]:
    """The positions that records state and no kept record has.

    Returns
    -------
    dict
        The record by latitude and longitude.
    """
    has = {(round(p.lat, _DECIMALS), round(p.lon, _DECIMALS))
           for places in kept.located.places.values() for p in places
           if p.lat is not None and p.lon is not None}  # fmt: skip
    has |= _own_positions(kept.country)
    stated = [(record, place) for record in whole.reading.dossier.records for place in record.where]
    has |= {_rounded(place) for one in kept.reading.dossier.records for place in one.where}
    return {
        _rounded(place): f"the position of {record.kind} {record.id!r}"
        for record, place in stated
        if _is_fine(place) and _rounded(place) not in has
    }


@lru_cache(maxsize=4)
def _own_positions(country: Country) -> frozenset[LatLon]:
    """The positions of the country's own places, which its maps show anyway."""
    return frozenset(
        (round(place.lat, _DECIMALS), round(place.lon, _DECIMALS))
        for place in country.gazetteer
        if place.lat is not None and place.lon is not None
    )


def _rounded(place: Where) -> LatLon:
    return round(place.lat or 0.0, _DECIMALS), round(place.lon or 0.0, _DECIMALS)


def _is_fine(place: Where) -> bool:
    """Whether a stated position has enough decimals that it does not occur by chance."""
    if place.lat is None or place.lon is None:
        return False
    return any(number != round(number, _FINE - 1) for number in (place.lat, place.lon))


def say_found(where: Iterable[str]) -> str:
    """The entries in a message, the first three of them by name.

    Examples
    --------
    >>> say_found(["source 'a'", "source 'a'", "group 'b'"])
    "source 'a' and group 'b'"
    """
    entries = list(dict.fromkeys(where))
    more = [f"{len(entries) - 3} more"] if len(entries) > 3 else []  # noqa: PLR2004 - as the docstring says
    return listed([*entries[:3], *more])
