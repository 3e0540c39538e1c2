"""Short names for new entries, made from their words and their date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_WORDS: Final = re.compile(r"[a-z0-9]+")
_YEAR: Final = re.compile(r"\d{4}")
_SKIPPED: Final = frozenset({"a", "an", "the", "of", "in", "on", "at", "by", "and", "for", "to"})
_MOST_WORDS: Final = 5
"""Words of a name: enough to recognise the entry in a link."""
_LONGEST: Final = 48
"""Letters of the words; with year and number the name stays below the 64 that a key may have."""


def short_name(words: str, date: str, taken: Iterable[str] = ()) -> str:
    """Return a name that none of the entries has yet.

    Parameters
    ----------
    words
        A title; what has no Latin letters, such as a title in Dari, is left out.
    date
        A date whose year ends the name.

    Examples
    --------
    >>> short_name("Raid on a police post in Rukha", "2022-05-24", ["raid-police-post-rukha-2022"])
    'raid-police-post-rukha-2022-2'
    >>> short_name("حمله", "1401")
    'entry-1401'
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    kept = [word for word in _WORDS.findall(plain) if word not in _SKIPPED][:_MOST_WORDS]
    stem = "-".join(kept)[:_LONGEST].strip("-") or "entry"
    if (year := _YEAR.search(date)) and year[0] not in kept:
        stem = f"{stem}-{year[0]}"
    held = set(taken)
    number = 2
    name = stem
    while name in held:
        name, number = f"{stem}-{number}", number + 1
    return name
