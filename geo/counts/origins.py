"""Which texts may go back to one origin, because they share words; suggested, never decided.

Likeness is measured on runs of four words (shingles): the share of the runs of the shorter text
that the longer one has as well, after A. Z. Broder, On the resemblance and containment of
documents, 1997. Two writers who do not know of each other share hardly any run of four words; who
rewrites a text keeps some. A translation keeps none, so that no likeness says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from geo.dossier.records import Dossier, Record
from geo.limits import MAX_TEXTS_COMPARED

_RUN: Final = 4
"""Words of a run; three-word runs such as "according to the" are shared by chance."""
_LEAST_SHARE: Final = 0.2
"""Least share of runs in common: a fifth of a text that was not written apart is left when it is
rewritten."""
_LEAST_RUNS: Final = 3
"""Least number of runs in common: six words in a row."""


@dataclass(frozen=True, slots=True)
class SharedWording:
    """Texts that share words, and the longest words that two of them share.

    Parameters
    ----------
    members
        The keys of the texts, in their order.
    phrases
        The longest run of words of each pair, without repetitions, the longest first.
    share
        The largest share of runs in common of any pair, from 0 to 1.
    """

    members: tuple[str, ...]
    phrases: tuple[str, ...]
    share: float


def shared_wordings(texts: Mapping[str, str]) -> tuple[SharedWording, ...]:
    """Group texts that share words.

    Parameters
    ----------
    texts
        By a key of each, such as the number of a claim; up to
        :data:`geo.limits.MAX_TEXTS_COMPARED` of them are compared.

    Returns
    -------
    tuple
        A group for each set of texts that are alike, directly or through others.

    Examples
    --------
    >>> found = shared_wordings({
    ...     "a": "Fighters attacked a checkpoint in the district and killed four men.",
    ...     "b": "On Tuesday fighters attacked a checkpoint in the district, a paper says.",
    ...     "c": "A bridge collapsed.",
    ... })
    >>> found[0].members, found[0].phrases
    (('a', 'b'), ('fighters attacked a checkpoint in the district',))
    """
    split = {key: words_in(text) for key, text in list(texts.items())[:MAX_TEXTS_COMPARED]}
    runs = {key: _runs(own) for key, own in split.items()}
    pairs = [
        (one, other, share)
        for one, other in combinations(runs, 2)
        if (share := _share(runs[one], runs[other])) >= _LEAST_SHARE
    ]
    found = []
    for members in _joined([(one, other) for one, other, _ in pairs]):
        own = [pair for pair in pairs if pair[0] in members]
        phrases = {_longest(split[one], split[other]): None for one, other, _ in own}
        longest = sorted(phrases, key=lambda phrase: -len(phrase))
        ordered = tuple(key for key in runs if key in members)
        found.append(SharedWording(ordered, tuple(longest), max(share for *_, share in own)))
    return tuple(found)


def words_in(text: str) -> list[str]:
    """The words of a text, without punctuation and capital letters."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def _runs(own: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(own[at : at + _RUN]) for at in range(len(own) - _RUN + 1))


def _share(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    common = len(one & other)
    return common / min(len(one), len(other)) if common >= _LEAST_RUNS else 0.0


def _joined(pairs: Sequence[tuple[str, str]]) -> list[set[str]]:
    groups: list[set[str]] = []
    for pair in pairs:
        own = set(pair)
        for group in [one for one in groups if own & one]:
            own |= group
            groups.remove(group)
        groups.append(own)
    return groups


def _longest(one: Sequence[str], other: Sequence[str]) -> str:
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return " ".join(one[match.a : match.a + match.size])


def suggested_origins(record: Record, dossier: Dossier) -> tuple[SharedWording, ...]:
    """Claims of a record that may repeat one statement and are not known to.

    Returns
    -------
    tuple
        Groups of claims of different sources, by their numbers from 0, of which not all have the
        same ``origin`` yet.
    """
    texts = {str(at): claim.text for at, claim in enumerate(record.claims)}
    found = []
    for one in shared_wordings(texts):
        claims = [record.claims[int(at)] for at in one.members]
        origins = {claim.origin for claim in claims}
        sources = {claim.source for claim in claims} & dossier.sources.keys()
        if len(sources) > 1 and (len(origins) > 1 or None in origins):
            found.append(one)
    return tuple(found)
