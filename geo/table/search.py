"""Searching records for words: the text of a record and the search terms are folded alike.

The map document folds what is typed by the same steps, with the same table (:data:`FOLD`, part of
its payload): decompose (NFKD, Unicode Standard Annex 15), remove combining marks, convert to lower
case, then replace each pair of the table in order. Every step works letter by letter, so that the
beginning of a word is found while the rest of it is still being typed. It therefore merges fewer
spellings than :func:`geo.places.spelling.fold_name`; the text has the names of a place in every
spelling instead.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from geo.dossier.evidence import Evidence
from geo.dossier.records import Dossier, Incident, Record
from geo.places.locations import Location
from geo.places.spelling import ARABIC, LATIN, LETTERS
from geo.wording.sentences import sentence

_SILENT: Final = "'`´‘’‛ʻʼʽʾʿˈˌ\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DOUBLED: Final = [letter for letter in string.ascii_lowercase if ord(letter) not in LETTERS]
_APART: Final = "\x1e"
"""A separator that no step of folding changes (U+001E, record separator)."""
_BETWEEN: Final = string.punctuation.replace("'", "").replace("`", "") + "–—…“”«»،؛؟"


class _MarkTable(dict[int, int | None]):
    """For ``str.translate``: removes combining marks; each character is looked up once."""

    def __missing__(self, code: int) -> int | None:
        is_mark = unicodedata.category(chr(code)).startswith("M")
        return self.setdefault(code, None if is_mark else code)


_MARKS: Final = _MarkTable()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).translate(_MARKS).lower()


def _table() -> Iterator[tuple[str, str]]:
    yield from ((sign, "") for sign in _SILENT if _plain(sign) == sign)
    yield from ((sign, " ") for sign in _BETWEEN)
    for letters in (LATIN, ARABIC, LETTERS):
        # Letters that decomposition has already changed no longer occur.
        yield from (
            (chr(code), _plain(chr(written) if isinstance(written, int) else written))
            for code, written in letters.items()
            if _plain(chr(code)) == chr(code)
        )
    yield from ((letter * 2, letter) for letter in _DOUBLED)


FOLD: Final[tuple[tuple[str, str], ...]] = tuple(_table())
"""What is replaced after decomposition, and by what, in this order."""


def fold(text: str) -> str:
    """Fold text for comparison.

    Examples
    --------
    >>> fold("Mas‘ud Qāri"), fold("كندز")
    ('masud kari', 'کندز')
    """
    folded = _plain(text)
    for sign, written in FOLD:
        folded = folded.replace(sign, written)
    return folded


def fold_all(texts: Iterable[str]) -> list[str]:
    """Fold many short texts together, which is faster than one at a time.

    Examples
    --------
    >>> fold_all(["Mas‘ud", "", "Qāri"])
    ['masud', '', 'kari']
    """
    apart = [text.replace(_APART, " ") for text in texts]
    return fold(_APART.join(apart)).split(_APART) if apart else []


def words(text: str) -> tuple[str, ...]:
    """The folded words of a search, each once.

    Examples
    --------
    >>> words("Mazar-e  Sharif, MAZAR")
    ('mazar', 'i', 'sharif')
    """
    return tuple(dict.fromkeys(fold(text).split()))


def search_text(
    evidence: Evidence,
    places: Iterable[Location],
    dossier: Dossier,
    names: Mapping[str, str],
    country: str,
) -> str:
    """All folded words under which a record can be found, each once.

    Parameters
    ----------
    places
        The located places of the record; their names in every script are among the words.
    names
        Province names by code.
    country
        Name of the country that the map is of.
    """
    found, record = list(places), evidence.record
    parts = [
        record.title,
        sentence(evidence, found, dossier, names, country),
        *(text for place in found for text in (place.query, *place.names)),
        *_spoken(record, dossier),
        *_groups(record, dossier),
    ]
    # A letter that is also written as two (š, sh) is found in both spellings.
    whole = "\n".join(parts)
    return " ".join(words(f"{whole}\n{whole.translate(LATIN)}"))


def _spoken(record: Record, dossier: Dossier) -> Iterator[str]:
    for claim in record.claims:
        yield from (claim.by, claim.text, claim.via or "")
        if claim.by in dossier.groups:
            yield dossier.groups[claim.by].name
        if claim.source in dossier.sources:
            source = dossier.sources[claim.source]
            yield from (source.title, source.publisher, source.author or "")


def _groups(record: Record, dossier: Dossier) -> Iterator[str]:
    yield record.groups_said or ""
    for key in (*record.groups, *(record.against if isinstance(record, Incident) else ())):
        yield key
        if key in dossier.groups:
            group = dossier.groups[key]
            yield from (group.name, group.short, *group.also)
