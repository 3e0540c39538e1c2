"""Which texts may go back to one origin, because they share words; suggested, never decided.

Likeness is the share of the different words of the shorter text that the longer one has as well
(containment, after A. Z. Broder, On the resemblance and containment of documents, 1997, of single
words instead of runs of words, because who rewrites a text keeps its words and not their order). A
translation shares no words, so that no likeness says nothing.
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

_LEAST_SHARE: Final = 0.4
"""Least share of words in common. Of 45 families of reports on one event made for the tests, those
of one origin share a third to three quarters, those written apart a tenth to 37 per cent."""
_LEAST_WORDS: Final = 6
"""Least number of words in common: a short sentence has as many by chance."""


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
        The largest share of words in common of any pair, from 0 to 1.
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
    pairs = [
        (one, other, share)
        for one, other in combinations(split, 2)
        if (share := _share(frozenset(split[one]), frozenset(split[other]))) >= _LEAST_SHARE
    ]
    found = []
    for members in _joined([(one, other) for one, other, _ in pairs]):
        own = [pair for pair in pairs if pair[0] in members]
        phrases = {_longest(split[one], split[other]): None for one, other, _ in own}
        longest = sorted(phrases, key=lambda phrase: -len(phrase))
        ordered = tuple(key for key in split if key in members)
        found.append(SharedWording(ordered, tuple(longest), max(share for *_, share in own)))
    return tuple(found)


def words_in(text: str) -> list[str]:
    """The words of a text, without punctuation and capital letters."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / min(len(one), len(other)) if common >= _LEAST_WORDS else 0.0


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
