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
