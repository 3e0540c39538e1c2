"""Places by their names: exactly, with spellings that namesakes share, and by similarity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from geo.places.gazetteer.places import Place
from geo.places.gazetteer.questions import Question
from geo.places.spelling import fold_name, loosen

SAME_NAME: Final = 80.0
"""Least similarity (rapidfuzz ``ratio``, of 100) of two spellings of one name: it accepts usual
transliterations and rejects other names of the same place."""
NEAREST: Final = 40
"""Most similar names that are looked at for one question: several belong to one place, or to places
that do not qualify, and at most five are suggested."""
AT_ONCE: Final = 128
"""Questions that are compared at once: 128 by 100,000 names need 50 MB as 32-bit numbers."""


def by_name(
    places: Iterable[Place], *, key: Callable[[str], str] = fold_name
) -> dict[str, tuple[Place, ...]]:
    """Index places by name.

    Returns
    -------
    dict
        The places by each of their names after `key`, in the order of `places`.
    """
    named: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for place in places:
        for name in (place.name, *place.also):
            named[key(name)][place.id] = place
    named.pop("", None)
    return {name: tuple(found.values()) for name, found in named.items()}


def share_spellings(named: dict[str, tuple[Place, ...]]) -> None:
    """Give places of the same name each other's spellings of it.

    If a list has a spelling for only one of two namesakes, that does not show which of them is
    meant. Spellings that are not similar ("Aibak" for the town that is also called Samangan) are
    separate names and are not shared. Spellings in the other script, which cannot be compared, are
    shared if they belong to a place whose first name is that name.
    """
    spellings = _spellings_of_namesakes(named)
    for name, places in _namesakes(named):
        alike = loosen(name)
        for spelling in {spelling for place in places for spelling in spellings[place.id]}:
            if fuzz.ratio(alike, loosen(spelling), score_cutoff=SAME_NAME):
                _name(named, spelling, places)
    for name, places in _namesakes(named):
        owners = [place for place in places if fold_name(place.name) == name]
        for spelling in {spelling for place in owners for spelling in spellings[place.id]}:
            if spelling.isascii() != name.isascii():
                _name(named, spelling, places)


def _namesakes(named: dict[str, tuple[Place, ...]]) -> list[tuple[str, tuple[Place, ...]]]:
    return [(name, places) for name, places in named.items() if len(places) > 1]


def _spellings_of_namesakes(named: dict[str, tuple[Place, ...]]) -> dict[str, list[str]]:
    spellings: dict[str, list[str]] = {
        place.id: [] for _, places in _namesakes(named) for place in places
    }
    for name, places in named.items():
        for place in places:
            if place.id in spellings:
                spellings[place.id].append(name)
    return spellings


def _name(named: dict[str, tuple[Place, ...]], spelling: str, places: Iterable[Place]) -> None:
    known = {place.id: place for place in (*named[spelling], *places)}
    named[spelling] = tuple(known.values())


def loosened(named: Mapping[str, tuple[Place, ...]]) -> dict[str, tuple[Place, ...]]:
    """Index places by loosened names.

    Returns
    -------
    dict
        The places by each of their names after :func:`geo.places.spelling.loosen`.
    """
    loose: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for name, places in named.items():
        loose[loosen(name)].update((place.id, place) for place in places)
    return {name: tuple(found.values()) for name, found in loose.items()}


def nearest(
    questions: list[Question], names: list[str], alike: float
) -> Iterator[tuple[Question, list[tuple[str, float]]]]:
    """The names most similar to each question, in the order of :func:`rapidfuzz.process.extract`.

    Yields
    ------
    tuple
        The question, and pairs of name and similarity (of 100), the most similar first.
    """
    for start in range(0, len(questions) if names else 0, AT_ONCE):
        some = questions[start : start + AT_ONCE]
        scores = process.cdist(
            [question.loose for question in some], names, scorer=fuzz.ratio,
            score_cutoff=alike, dtype=np.float32, workers=-1,
        )  # fmt: skip
        for question, row in zip(some, scores, strict=True):
            hits = np.flatnonzero(row)
            best = hits[np.argsort(-row[hits], kind="stable")][:NEAREST]
            yield question, [(names[hit], float(row[hit])) for hit in best]
