"""The map page: the map document, and the records in view below it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app import events, session
from geo.app.controls import WHOLE_WINDOW
from geo.app.events import SessionEvents
from geo.app.frame import map_frame
from geo.app.ignored_filters import comparison_note
from geo.app.late import loaded_late
from geo.app.plain import show_text
from geo.app.problems import show_problems
from geo.app.tables import record_table, shown_records
from geo.app.unexpected import errors_shown_to_reader
from geo.table.workspace import Workspace
from geo.view import apply_view, say_ledger, say_totals, totals

_RECORDS_ONLY: Final = "The events could not be read; the map shows the records only."


def map_page() -> None:
    """The map with everything around it that it needs, and the records in step with it."""
    session.follow_address()
    workspace = session.workspace()
    view = session.view()
    st.html(WHOLE_WINDOW)
    show_problems(workspace)
    beside, page = _drawn(workspace, _events(workspace))
    map_frame(
        page,
        view=view.to_message(),
        revision=session.revision(),
        key=session.FRAME,
        on_report=session.take_report,
        texts=beside.texts if beside is not None else None,
        address=session.write_address(),
    )
    if beside is not None and beside.note:
        st.caption(beside.note)
    st.page_link(
        st.Page(loaded_late("briefing_page"), url_path="briefing"),
        label="Create briefing",
        icon=":material/slideshow:",
    )
    shown = apply_view(view, workspace.located.table, left_out=workspace.reading.left_out)
    st.header("The records in view", anchor=False)
    if note := comparison_note(view, "The counts and the table below show"):
        show_text(note, "caption")
    st.caption(say_ledger(shown.ledger, workspace.country.name))
    if note := say_totals(totals(shown)):
        st.caption(note)
    record_table(shown_records(workspace, view), workspace, view.chosen)


def _events(workspace: Workspace) -> SessionEvents | None:
    """The events to draw beside the records; when they cannot be read, the records still are."""
    with errors_shown_to_reader("reading the events", _RECORDS_ONLY):
        return events.session_events(workspace, session.view())
    return None


def _drawn(workspace: Workspace, beside: SessionEvents | None) -> tuple[SessionEvents | None, str]:
    """The map document and the events in it: none, if they are more than a map can tell apart."""
    digest = workspace.reading.digest
    if beside is not None:
        with errors_shown_to_reader("drawing the events", _RECORDS_ONLY):
            return beside, session.map_document(workspace, digest, beside)
    return None, session.map_document(workspace, digest)
