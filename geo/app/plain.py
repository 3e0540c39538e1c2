"""Escape text of the data for Markdown on the pages of the app."""

from __future__ import annotations

from typing import Final

_MARKDOWN: Final = frozenset("\\`*_{}[]()<>#+-.!|$~:&=")


def escape_markdown(text: str) -> str:
    r"""Escape a text for Markdown, so that no character in it acts as markup.

    Examples
    --------
    >>> print(escape_markdown("[here] :red[*now*]"))
    \[here\] \:red\[\*now\*\]
    """
    return "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in text)
