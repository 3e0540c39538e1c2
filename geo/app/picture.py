"""A component with a PNG, its alternative text, and a button that copies it.

It can report the point that somebody clicked, or the two points that somebody dragged between.
"""

from __future__ import annotations

import json
from collections.abc import Callable
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
img[draggable="false"] { cursor: crosshair; touch-action: manipulation; }
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


def picture(
    png: bytes, alt: str, *, key: str, on_place: Callable[[], None] | None = None
) -> None:  # fmt: skip
    """Show a PNG at the full width of the page.

    Parameters
    ----------
    alt
        The alternative text.
    key
        Identifies the component; it must be unique on the page.
    on_place
        Called when somebody clicked or dragged; ``place`` of the component's state then has one or
        two points, each as shares of the width and height of the picture. ``None``: nothing is
        reported.
    """
    data = _parcel(png, alt, is_placing=on_place is not None)
    if on_place is None:
        _picture(key=key, data=data)
    else:
        _picture(key=key, data=data, on_place_change=on_place)


def _parcel(png: bytes, alt: str, *, is_placing: bool = False) -> bytes:
    """Return the image, preceded by a line with its digest and alternative text.

    Returned as bytes, because Streamlit would encode it as text in each rerun.
    """
    digest = blake2b(png, digest_size=16).hexdigest()
    label: dict[str, object] = {"digest": digest, "alt": alt}
    if is_placing:
        label["placing"] = True
    return json.dumps(label).encode() + b"\n" + png
