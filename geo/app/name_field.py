"""The field for the name of the person at this computer, which the history log needs."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app import editors
from geo.app.plain import show_alert
from geo.errors import EditError
from geo.limits import MAX_LINE

_KEY: Final = "editor-name"
_NOTE: Final = f"{_KEY}-note"


def name_field() -> bool:
    """Show the field where the name is still to be entered, and return whether that is so."""
    if not editors.asks_for_name():
        return False
    _ask("Continue")
    return True


def show_name_note() -> None:
    """Say that the name could not be kept for the next run, where that is so."""
    if note := st.session_state.get(_NOTE):
        show_alert(note, "warning")


@st.dialog("Your name")
def change_name() -> None:
    """Ask for another name than the one that was entered before."""
    _ask("Use this name")


def _ask(done: str) -> None:
    with st.form(f"{_KEY}-form", border=True):
        st.text_input("Your name", key=_KEY, max_chars=MAX_LINE)
        st.caption("The history log beside the dossier records the author of each edit.")
        is_given = st.form_submit_button(done)
    if not is_given:
        return
    try:
        note = editors.set_name(st.session_state[_KEY])
    except EditError as error:
        show_alert(str(error))
        return
    st.session_state[_NOTE] = note
    st.rerun()
