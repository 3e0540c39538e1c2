"""Show text of the data on the pages of the app as it is.

Streamlit's Markdown changes text even where every sign is escaped: it makes links of addresses,
arrows of ``->``, icons of ``:material/…:``. What is in a block of HTML it leaves alone, so texts of
records, sources and groups are escaped for that, and each has its own direction of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any, Final, Literal

import streamlit as st

TextKind = Literal["text", "strong", "caption"]
_MARKDOWN: Final = frozenset("\\`*_{}[]()<>#+-.!|$~:&=")
_ICON, _NO_ICON = ":material/", ":material<wbr>/"
"""Icons are put into blocks of HTML too, unless an element is within their names."""
_BREAK: Final = re.compile(r"\s*[\n\r\x0b\x0c\x85\u2028\u2029]\s*")


def escape_markdown(text: str) -> str:
    r"""Escape a text for Markdown, so that no character in it acts as markup.

    For sentences of the program in alerts and labels, which take no HTML.

    Examples
    --------
    >>> print(escape_markdown("[here] :red[*now*]"))
    \[here\] \:red\[\*now\*\]
    """
    return "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in text)


def isolated(text: str) -> str:
    r"""Return a text as HTML that shows it as it is, on one line of the source.

    Examples
    --------
    >>> isolated("<b> -> :material/lock:\n\nhttps://example.org")
    '<bdi>&lt;b&gt; -&gt; :material<wbr>/lock:<br>https://example.org</bdi>'
    """
    # An empty line would end the block, and Markdown would begin.
    shown = _BREAK.sub("<br>", escape(text, quote=False))
    return f"<bdi>{shown.replace(_ICON, _NO_ICON)}</bdi>"


def show_text(text: str, kind: TextKind = "text", within: Any = st) -> None:
    """Show a text of the data.

    Parameters
    ----------
    within
        The column or container to show it in.
    """
    shown = f"<strong>{isolated(text)}</strong>" if kind == "strong" else isolated(text)
    show = within.caption if kind == "caption" else within.markdown
    show(f"<div>{shown}</div>", unsafe_allow_html=True)


def show_texts(texts: Iterable[str]) -> None:
    """Show texts of the data as a list."""
    items = "".join(f"<li>{isolated(text)}</li>" for text in texts)
    st.markdown(f"<ul>{items}</ul>", unsafe_allow_html=True)
