"""Text of the data inside Markdown, for the pages of the app."""

from __future__ import annotations

from typing import Final

_MARKDOWN: Final = frozenset("\\`*_{}[]()<>#+-.!|$~:&=")


def escape_markdown(text: str) -> str:
    r"""Text of the data inside Markdown, with every sign that Markdown would read escaped.

    Examples
    --------
    >>> print(escape_markdown("[here] :red[*now*]"))
    \[here\] \:red\[\*now\*\]
    """
    return "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in text)
