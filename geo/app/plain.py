"""Show text of the data on the pages of the app as it is.

Streamlit's Markdown changes text even where every sign is escaped: it makes links of addresses,
arrows of ``->``, icons of ``:material/…:``. What is in a block of HTML it leaves alone, so texts of
records, sources and groups are escaped for that, and each has its own direction of writing. Alerts
of Streamlit take no HTML, so those of the pages are blocks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any, Final, Literal

import streamlit as st

TextKind = Literal["text", "strong", "caption"]
AlertKind = Literal["error", "warning", "info"]
_ICON, _NO_ICON = ":material/", ":material<wbr>/"
"""Icons are put into blocks of HTML too, unless an element is within their names."""
_ALERTS: Final[dict[AlertKind, tuple[str, str]]] = {
    "error": ("#c62828", "!"), "warning": ("#8a6100", "!"), "info": ("#1f5fa8", "i"),
}  # fmt: skip
"""The colour of the edge, of the sign and, at a tenth, of the surface; and the sign, in white.

White on each has a contrast of at least 4.5, as WCAG 2.2 (W3C, 2023), 1.4.3, asks of text.
"""
_ALERT: Final = (
    "display:flex;gap:.75rem;margin-bottom:.75rem;padding:.75rem 1rem;border-radius:.5rem;"
    "overflow-wrap:anywhere;"
    "border-inline-start:.25rem solid {0};background:color-mix(in srgb,{0} 10%,transparent)"
)
_SIGN: Final = (
    "flex:none;width:1.5rem;height:1.5rem;line-height:1.5rem;border-radius:50%;"
    "text-align:center;font-weight:700;color:#fff;background:{0}"
)
_BREAK: Final = re.compile(r"\s*[\n\r\x0b\x0c\x85\u2028\u2029]\s*")


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


def show_alert(text: str, kind: AlertKind = "error") -> None:
    """Show a sentence of the program that may repeat what a file says, as an alert."""
    accent, sign = _ALERTS[kind]
    st.markdown(
        f'<div role="alert" class="im-alert-{kind}" style="{_ALERT.format(accent)}">'
        f'<span aria-hidden="true" style="{_SIGN.format(accent)}">{sign}</span>'
        f"<div>{isolated(text)}</div></div>",
        unsafe_allow_html=True,
    )
