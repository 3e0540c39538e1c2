"""The field for the name of the person at this computer, which the history log needs."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app import editors
from geo.app.plain import show_alert
from geo.errors import EditError
from geo.limits import MAX_LINE

_KEY: Final = "editor-name"


def name_field() -> bool:
    """Show the field where the name is still to be entered, and return whether that is so."""
    if not editors.asks_for_name():
        return False
    with st.form(f"{_KEY}-form", border=True):
        st.text_input("Your name", key=_KEY, max_chars=MAX_LINE)
        st.caption("The history log beside the dossier records who made each edit.")
        is_given = st.form_submit_button("Continue")
    if is_given:
        try:
            note = editors.set_name(st.session_state[_KEY])
        except EditError as error:
            show_alert(str(error))
            return True
        if note:
            st.session_state[f"{_KEY}-note"] = note
        st.rerun()
    return True
