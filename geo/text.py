"""Text as people read it: lists in words, and nothing in it that a terminal would obey."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Control characters but the line break and the tab, half letters, line separators, and what turns
# the direction of writing; joiners and marks of Dari and Pashto are none of these.
OBEYED: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a terminal obeys, or no file can hold."""


def harmless(text: str) -> str:
    r"""The text with a replacement character for whatever a terminal would obey.

    Examples
    --------
    >>> harmless("red \x1b[31m, turned \u202e, می\u200cشود")
    'red �[31m, turned �, می\u200cشود'
    """
    return OBEYED.sub("\ufffd", text)


def listed(words: Sequence[str]) -> str:
    """Words joined as English lists are.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed([])
    ('a, b and c', '')
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def capitalised(text: str) -> str:
    """The text with a capital at its beginning, and all other letters as they are.

    Examples
    --------
    >>> capitalised("at least 20 NRF fighters"), capitalised("")
    ('At least 20 NRF fighters', '')
    """
    return text[:1].upper() + text[1:]


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun; the plural takes an "s" unless it is given.

    Examples
    --------
    >>> counted(1, "record"), counted(1234, "record"), counted(2, "entry", "entries")
    ('1 record', '1,234 records', '2 entries')
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
