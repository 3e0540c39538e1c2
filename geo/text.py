"""Text for readers: lists in words, and no characters that control a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Control characters except line break and tab, surrogates, line separators, and characters that
# change the direction of writing; joiners and marks of Dari and Pashto are not among them.
OBEYED: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that control a terminal, or that cannot be written to a file."""


def harmless(text: str) -> str:
    r"""The text with a replacement character for each character that controls a terminal.

    Examples
    --------
    >>> harmless("red \x1b[31m, turned \u202e, می\u200cشود")
    'red �[31m, turned �, می\u200cشود'
    """
    return OBEYED.sub("\ufffd", text)


def listed(words: Sequence[str]) -> str:
    """Words joined as in an English list.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed([])
    ('a, b and c', '')
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def capitalised(text: str) -> str:
    """The text with a capital first letter, and all other letters unchanged.

    Examples
    --------
    >>> capitalised("at least 20 NRF fighters"), capitalised("")
    ('At least 20 NRF fighters', '')
    """
    return text[:1].upper() + text[1:]


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun; the plural has an "s" unless it is given.

    Examples
    --------
    >>> counted(1, "record"), counted(1234, "record"), counted(2, "entry", "entries")
    ('1 record', '1,234 records', '2 entries')
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
