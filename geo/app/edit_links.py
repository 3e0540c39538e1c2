"""The way from a card to the form of its record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from geo.app import editors, pages, session
from geo.app.frame import asked_form
from geo.dossier.records import Dossier

PARAMETER: Final = "entry"
"""Of the address of the page *Edit*: which form it shows."""
_ASKED: Final = "incident-map-form-asked"
_TO_MAP: Final = "incident-map-to-map"
_TO_FORM: Final = "incident-map-to-form"


def edit_handler(frame: str) -> Callable[[], None] | None:
    """Return what a card's button *Edit* calls; ``None`` where nobody may edit."""
    return partial(_note, frame) if editors.is_offered() and editors.may("edit") else None


def follow_edit(dossier: Dossier) -> None:
    """Go to the form that somebody has asked for on a card."""
    record = st.session_state.pop(_ASKED, None)
    if record is None:
        return
    section = "incidents" if any(one.id == record for one in dossier.incidents) else "presence"
    st.switch_page(pages.edit_entry(), query_params={PARAMETER: f"{section}:{record}"})


def ask_for_form(key: str) -> None:
    """Open the form of an entry, such as ``incidents:raid-2022``, from the next run on."""
    st.session_state[_TO_FORM] = key


def follow_to_form() -> None:
    """Go to the form that somebody has asked for on another page."""
    if (key := st.session_state.pop(_TO_FORM, None)) is not None:
        st.switch_page(pages.edit_entry(), query_params={PARAMETER: key})


def show_on_map(record: str) -> None:
    """Open the card of a record on the page of the map, from the next run on."""
    session.open_card(record)
    st.session_state[_TO_MAP] = True


def follow_to_map() -> None:
    """Go to the map, if somebody has asked for it."""
    if st.session_state.pop(_TO_MAP, False):
        st.switch_page(pages.map_entry())


def _note(frame: str) -> None:
    st.session_state[_ASKED] = asked_form(frame)
