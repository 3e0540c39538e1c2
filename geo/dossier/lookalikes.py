"""Names that look alike: letters of other alphabets, and names that differ in nothing to be seen.

The pairs of letters are those of Unicode Technical Standard 39 (confusables.txt), in the package
``confusable-homoglyphs``. Not covered: letters that are only similar (``rn`` and ``m`` are covered,
``c`` and ``e`` are not), names that differ by a mark or an accent, other spellings of one name, and
whatever a reader takes for one name because of what it means.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LATIN, _LIKE_LATIN = "LATIN ", ("CYRILLIC ", "GREEK ")
_HIDDEN: Final = re.compile("[\u200c-\u200f\u061c\ufe00-\ufe0f]")
# Arabic letters that Persian writes with letters of its own, of one look within a word; Unicode's
# list leaves them out.
_ARABIC: Final = str.maketrans("كيى", "کیی")


def mixed_word(text: str) -> str:
    """The first word with Latin letters beside Cyrillic or Greek ones; empty if there is none.

    Examples
    --------
    >>> mixed_word("the T\u0430liban"), mixed_word("Талибан and the Taliban")
    ('T\u0430liban', '')
    """
    if text.isascii():
        return ""
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        names = [unicodedata.name(letter, "") for letter in word]
        if any(name.startswith(_LATIN) for name in names) and any(
            name.startswith(_LIKE_LATIN) for name in names
        ):
            return str(word)
    return ""


def skeleton(name: str) -> str:
    """What is left of a name without all that no reader can see; alike names have the same.

    Examples
    --------
    >>> skeleton("NRF") == skeleton("ＮＲＦ") == skeleton("nrf "), skeleton("ЅСО") == "sco"
    (True, True)
    """
    bare = _HIDDEN.sub("", unicodedata.normalize("NFKC", name)).translate(_ARABIC)
    bare = " ".join(bare.split())
    if not bare.isascii():
        bare = "".join(_prototype(letter) for letter in unicodedata.normalize("NFD", bare))
    return unicodedata.normalize("NFC", bare).casefold()


@lru_cache(maxsize=4096)
def _prototype(letter: str) -> str:
    """The letter that stands for all that look like this one."""
    if letter.isascii():
        return letter
    found = _alike().get(letter, ())
    # A letter that looks like one other is listed with that; the one with all that look like it.
    if len(found) != 1:
        return letter
    back = _alike().get(found[0], ())
    return min(letter, found[0]) if back == (letter,) else found[0]


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    # Loaded for names outside of ASCII alone.
    from confusable_homoglyphs.confusables import confusables_data  # noqa: PLC0415 - it takes a tenth of a second and 17 MB

    return {
        letter: tuple(other["c"].strip("\u200e") for other in others)
        for letter, others in confusables_data.items()
    }
