"""The map page: the map document, as large as the window, and the way to a briefing."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app import kept_state, pages, session
from geo.app.controls import CREATE, FRAME_ONLY
from geo.app.edit_links import edit_handler, follow_edit
from geo.app.frame import FrameHandlers, map_frame
from geo.app.problems import show_problems
from geo.app.reading.links import follow_passage, passage_handler
from geo.app.shown_events import SessionEvents, may_be_drawn
from geo.app.unexpected import errors_shown_to_reader
from geo.table.workspace import Workspace

_RECORDS_ONLY: Final = "The events could not be read; the map shows the records only."


def map_page() -> None:
    """The map, its list and its totals in one window, and a briefing of it one click away."""
    session.follow_address()
    workspace = session.workspace()
    follow_edit(workspace.reading.dossier)
    follow_passage(workspace)
    st.html(FRAME_ONLY)
    with st.container(key=CREATE):
        st.page_link(pages.briefing_entry(), label="Create briefing", icon=":material/slideshow:")
    show_problems(workspace)
    beside, page = _drawn(workspace, _events(workspace))
    if beside is not None and beside.note:
        st.caption(beside.note)
    map_frame(
        page,
        view=session.view().to_message(),
        revision=session.revision(),
        key=session.FRAME,
        handlers=FrameHandlers(
            session.take_report,
            on_edit=edit_handler(session.FRAME),
            on_passage=passage_handler(session.FRAME),
        ),
        texts=beside.texts if beside is not None else None,
        address=session.write_address(),
        kept=kept_state.kept_for_map(workspace),
    )
    pages.load_for_figures()


def _events(workspace: Workspace) -> SessionEvents | None:
    """The events to draw beside the records; when they cannot be read, the records still are."""
    if not may_be_drawn():
        return None
    from geo.app import events  # noqa: PLC0415 - a map without events need not wait for it

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
