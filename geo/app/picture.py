"""A component with a PNG, its alternative text, and a button that copies it."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import Final

import streamlit as st

from geo.app.controls import BUTTON

_MARKUP: Final = """
<img alt="">
<div class="line"><button type="button">Copy the picture</button><p role="status"></p></div>
"""
_STYLE: Final = (
    """
:host { font-family: var(--st-font); color: var(--st-text-color); }
img {
  display: block;
  width: 100%;
  height: auto;
  border: 1px solid color-mix(in srgb, var(--st-text-color) 25%, transparent);
}
.line { display: flex; align-items: center; gap: 0.8rem; margin-top: 0.6rem; }
button {"""
    + BUTTON
    + """  font-size: 0.9rem;
}
button:hover { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
p { margin: 0; font-size: 0.85rem; }
[hidden] { display: none; }
"""
)

_picture = st.components.v2.component(
    "incident_map_picture",
    html=_MARKUP,
    css=_STYLE,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def picture(png: bytes, alt: str, *, key: str) -> None:
    """Show a PNG at the full width of the page.

    Parameters
    ----------
    alt
        The alternative text.
    key
        Identifies the component; it must be unique on the page.
    """
    _picture(key=key, data=_parcel(png, alt))


def _parcel(png: bytes, alt: str) -> bytes:
    """Return the image, preceded by a line with its digest and alternative text.

    Returned as bytes, because Streamlit would encode it as text in each rerun.
    """
    digest = blake2b(png, digest_size=16).hexdigest()
    return json.dumps({"digest": digest, "alt": alt}).encode() + b"\n" + png
