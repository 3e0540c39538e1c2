"""The records page: every record of the dossier in one table."""

from __future__ import annotations

import streamlit as st

from geo.app import session
from geo.app.controls import WHOLE_WINDOW
from geo.app.ignored_filters import filters_note
from geo.app.plain import show_text
from geo.app.problems import show_problems
from geo.app.tables import record_table


def records_page() -> None:
    """Every record, whatever is switched off on the map."""
    workspace = session.workspace()
    st.html(WHOLE_WINDOW)
    st.title("Records", anchor=False)
    dossier = workspace.reading.dossier
    show_text(dossier.title)
    if dossier.note:
        show_text(dossier.note, "caption")
    if note := filters_note(session.view(), "This page lists every record."):
        st.caption(note)
    show_problems(workspace)
    record_table(dossier.records, workspace, session.view().chosen)
