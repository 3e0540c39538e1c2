"""Buttons for files that are made when somebody asks for one, from what the page then shows.

Streamlit's own button makes a late file beside the page: what refuses it is not said, and a button
that still stands from before a change gives the file of before. Here the file is made in a run of
the page and handed to the browser with it; what refuses it is said above the buttons. One that is
too large for a message of Streamlit gets a button of Streamlit's own, once it is made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

import streamlit as st

from geo.app.controls import BUTTON
from geo.app.unexpected import errors_shown_to_reader

_MARKUP: Final = """
<div class="line">
  <div class="files"></div>
  <p role="status"></p>
</div>
"""
_STYLE: Final = (
    """
:host { font-family: var(--st-font); color: var(--st-text-color); }
.line, .files { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
button {"""
    + BUTTON
    + """  font-size: 0.9rem;
  min-height: 2.5rem;
}
button:hover { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
button[aria-disabled="true"] { opacity: 0.6; cursor: progress; }
p { margin: 0; font-size: 0.85rem; }
p:empty { display: none; }
"""
)

_MB: Final = 1_000_000
"""Bytes of a megabyte, as Streamlit counts the size of its messages."""
_SHARE: Final = 0.8
"""The part of a message that a file may take; the rest is for what the page itself says."""

_buttons = st.components.v2.component(
    "incident_map_file_buttons",
    html=_MARKUP,
    css=_STYLE,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


class FileOffer(NamedTuple):
    """A file that a page offers.

    Parameters
    ----------
    label
        The words on its button, which no other button beside it has.
    name
        The file name.
    make
        Returns the bytes; called when somebody asks for the file.
    help
        A sentence about the file, shown for the mouse.
    """

    label: str
    name: str
    make: Callable[[], bytes]
    help: str = ""


class AskedFile(NamedTuple):
    """The label of the file that somebody asked for, and the number that the browser gave it."""

    label: str
    number: int


def file_buttons(
    offers: Sequence[FileOffer], *, key: str, width: Literal["stretch", "content"] = "stretch"
) -> None:
    """Show a button for each file, and hand out the one that was asked for.

    A run that is broken off while it makes the file leaves that to the next one, unless the page
    has been left.

    Parameters
    ----------
    key
        Identifies the buttons; it must be unique on the page.
    width
        ``content`` where something else is in the same line.
    """
    asked, done = asked_file(key), f"{key}-answered"
    number = None if asked is None else asked.number
    offer = next((one for one in offers if asked is not None and one.label == asked.label), None)
    data = None
    if offer is not None and number != st.session_state.get(done):
        with errors_shown_to_reader(f"making the file “{offer.label}”"):
            data = _made(offer, key)
    label = {
        "files": [{"label": one.label, "help": one.help} for one in offers],
        "answered": number,
        "name": None if offer is None or data is None else offer.name,
    }
    parcel = json.dumps(label).encode() + b"\n" + (data or b"")
    _buttons(key=f"{key}-buttons", data=parcel, on_asked_change=_nothing, width=width)
    st.session_state[done] = number


def _made(offer: FileOffer, key: str) -> bytes | None:
    """Return the file, unless it is too large and gets a button of its own."""
    data = offer.make()
    if len(data) <= most_bytes():
        return data
    st.download_button(
        f"Save {offer.name} ({len(data) / _MB:,.0f} MB)", data, offer.name,
        on_click="ignore", key=f"{key}-large",
    )  # fmt: skip
    return None


def most_bytes() -> int:
    """Return the bytes of the largest file that is handed out with the page."""
    return int(st.get_option("server.maxMessageSize") * _MB * _SHARE)


def asked_file(key: str) -> AskedFile | None:
    """Return what was asked for last, also if it has been handed out."""
    reported = st.session_state.get(f"{key}-buttons")
    match reported.get("asked") if isinstance(reported, Mapping) else None:
        case {"label": str(label), "number": int(number)}:
            return AskedFile(label, number)
    return None


def _nothing() -> None:
    """Do nothing, as a callback: without one, Streamlit keeps no state of this name."""
