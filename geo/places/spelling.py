"""Folding of names, so that spellings from different transliterations or keyboards are equal.

Folding removes differences between transliterations of Dari and Pashto that carry no meaning:
diacritics, the written or unwritten izafa (``Mazar-i-Sharif``, ``Mazari Sharif``), spaces, doubled
letters, ``e`` for ``i``, ``q`` for ``k``, ``v`` for ``w``; and in Arabic script the letters of one
keyboard for those of another. It merges nothing that would also make different names equal (``o``
and ``u``, ``kh`` and ``k``): a list of known spellings, and suggestions, cover those.

Folding never converts a name from one script into the other: a place has names in both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

ENGLISH_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
"""From Persian and Arabic digits to English ones."""
LATIN: Final = str.maketrans({
    "š": "sh", "č": "ch", "ž": "zh", "ğ": "gh", "ġ": "gh", "ḡ": "gh", "ǧ": "j", "ḫ": "kh",
    "ẖ": "kh", "ḵ": "kh", "ŝ": "sh", "ĉ": "ch", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss",
})  # fmt: skip
"""Letters that are also written as two; all other letters only lose their diacritics."""

ARABIC: Final = str.maketrans({
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی", "ے": "ی", "ك": "ک", "ګ": "گ", "ڪ": "ک",
    "ډ": "د", "ړ": "ر", "ټ": "ت", "ڼ": "ن", "ښ": "ش", "ځ": "ز", "څ": "س", "ة": "ه", "ە": "ه",
    "ہ": "ه", "ھ": "ه", "ۂ": "ه", "ۃ": "ه", "ۇ": "و", "ٱ": "ا", "ڈ": "د", "ڑ": "ر", "ٹ": "ت",
})  # fmt: skip
"""From letters of Pashto, Arabic and Urdu keyboards to those of Dari."""

UNHEARD: Final = re.compile(r"['`´‘’‛ʻʼʽʾʿˈˌ\u0640\u200b-\u200f\u2060\ufeff]")
WORDS: Final = re.compile(r"[\W_]+")
JOINING: Final = frozenset({"i", "e", "y", "ye", "yi", "wa", "va", "o", "the", "و", "د"})
"""Words with or without which a name may be written: izafa, "and", an article, Pashto "of"."""
LONG_ENOUGH: Final = 4
"""Fewest letters of a word whose final ``i`` or ``e`` is taken for an izafa: ``Puli``, not
``Ali``."""

SOUNDS: Final = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"(?<=\w\w\w)[ae]h$", "a"),
        (r"[ae][iy]", "ay"),
        (r"ow|au", "aw"),
        (r"oo|ou", "u"),
        (r"ie", "e"),
    )
)
UNHEARD_H: Final = re.compile(r"(?<=\w\w\w)(?<!sh)ah$")
"""The last letter of ``Khwajah`` or ``Qalah``, inside a name of several words; not of ``Shah``."""
LETTERS: Final = str.maketrans("eyqv", "iikw")
DOUBLED: Final = re.compile(r"([^u])\1+")  # nobody writes uu for a sound of Dari
LOOSE: Final = tuple(
    (re.compile(pattern), written)
    for pattern, written in ((r"aw|o", "u"), (r"(?<=[kgdtz])h", ""), (r"c(?!h)", "k"))
)

KIND_WORDS: Final[Mapping[str, str]] = MappingProxyType({
    "province": "province", "provinces": "province", "prov": "province", "district": "district",
    "districts": "district", "city": "settlement", "cities": "settlement", "town": "settlement",
    "towns": "settlement", "village": "settlement", "villages": "settlement",
    "municipality": "settlement", "valley": "valley",
})  # fmt: skip
"""The kind of place that a word before or after a name states; a country adds its own words."""


@lru_cache(maxsize=1 << 14)
def name_words(text: str) -> tuple[str, ...]:
    """Split a name into lower-case words without diacritics; izafas and articles are kept.

    Examples
    --------
    >>> name_words("Mazār-i-Šarīf")
    ('mazar', 'i', 'sharif')
    >>> name_words("د كابل ولايت")
    ('د', 'کابل', 'ولایت')
    """
    plain = unicodedata.normalize("NFC", text).lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(LATIN))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        plain = plain.translate(ARABIC)
    return tuple(filter(None, WORDS.split(UNHEARD.sub("", plain))))


def fold_name(text: str) -> str:
    """Fold a name to a form in which its spellings are equal.

    Examples
    --------
    >>> fold_name("Mazar-i-Sharif") == fold_name("Mazāri Šarīf") == fold_name("MAZAR SHAREEF")
    True
    >>> fold_name("پنجشېر") == fold_name("پنج‌شیر")
    True
    >>> fold_name("Paktia") == fold_name("Paktika")
    False
    >>> fold_name(" - ")
    ''
    """
    return fold_words(name_words(text))


def fold_words(named: tuple[str, ...]) -> str:
    """Fold a name that :func:`name_words` has split.

    Examples
    --------
    >>> fold_words(("sari", "pul")) == fold_words(("sar", "e", "pul"))
    True
    >>> fold_name("Khwajah Ghar") == fold_name("Khwaja Ghar")
    True
    """
    kept = [word for word in named if word not in JOINING] or list(named)
    following = [*kept[1:], ""]
    joined = "".join(map(_without_izafa, kept, following))
    for pattern, written in SOUNDS:
        joined = pattern.sub(written, joined)
    return DOUBLED.sub(r"\1", joined.translate(LETTERS))


def loosen(folded: str) -> str:
    """Merge further letters that transliterations confuse; good enough only for suggestions.

    Examples
    --------
    >>> loosen(fold_name("Kabol")) == loosen(fold_name("Kabul"))
    True
    """
    for pattern, written in LOOSE:
        folded = pattern.sub(written, folded)
    return folded


def split_kind(
    named: tuple[str, ...], kinds: Mapping[str, str] = KIND_WORDS
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Separate the word for a kind of place from a name.

    The word after a name is tried before the one in front of it: some names begin with such a word
    ("Dara-e Nur district").

    Returns
    -------
    tuple
        Pairs of kind and remaining words, one for each possible separation; empty if there is none.

    Examples
    --------
    >>> split_kind(name_words("Kabul city")), split_kind(name_words("the city of Kabul"))
    ((('settlement', ('kabul',)),), (('settlement', ('kabul',)),))
    >>> split_kind(name_words("ولایت کندز"), {"ولایت": "province"})
    (('province', ('کندز',)),)
    >>> split_kind(name_words("Province"))
    ()
    """
    start = list(named)
    while len(start) > 1 and start[0] in {"the", "د"}:
        del start[0]
    found = []
    for place in (-1, 0):
        if len(start) > 1 and start[place] in kinds:
            rest = list(start)
            kind = kinds[rest.pop(place)]
            while len(rest) > 1 and rest[0] in {"of", "i", "e", "ye", "yi"}:
                del rest[0]
            found.append((kind, tuple(rest)))
    return tuple(found)


def _without_izafa(word: str, following: str) -> str:
    if not following or following.startswith("abad") or len(word) < LONG_ENOUGH:
        return word
    if UNHEARD_H.search(word):
        return word[:-1]
    return word[:-1] if word[-1] in "ie" else word
