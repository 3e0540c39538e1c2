"""The records page: what the map shows, as a table with cards, and as files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo.app import days, pages, session
from geo.app.controls import FRAME_ONLY
from geo.app.edit_links import edit_handler, follow_edit
from geo.app.file_buttons import FileOffer, file_buttons
from geo.app.frame import FrameHandlers, map_frame
from geo.app.ignored_filters import comparison_note
from geo.app.plain import show_text
from geo.app.problems import show_problems
from geo.app.reading.links import follow_passage, passage_handler
from geo.briefing.shown_records import shown_csv, shown_xlsx
from geo.table.workspace import Workspace
from geo.view import View


def records_page() -> None:
    """The records in the View of the map, with the filters and the cards of the map document.

    A chosen record opens its card and leaves the map as it is, until somebody asks for the map.
    """
    session.follow_address()
    workspace = session.workspace()
    if session.is_map_asked():
        st.switch_page(pages.map_entry())
    follow_edit(workspace.reading.dossier)
    follow_passage(workspace)
    view = session.view()
    st.html(FRAME_ONLY)
    show_problems(workspace)
    _downloads(workspace, view)
    map_frame(
        session.map_document(workspace, workspace.reading.digest),
        view=session.table_view().to_message(),
        revision=session.revision(),
        key=session.TABLE,
        handlers=FrameHandlers(
            session.take_table_report,
            session.ask_for_map,
            edit_handler(session.TABLE),
            passage_handler(session.TABLE),
        ),
        address=session.write_address(),
    )


def _downloads(workspace: Workspace, view: View) -> None:
    today = days.reader_day()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        file_buttons(
            [
                FileOffer(label, name, partial(make, workspace, view, today))
                for label, name, make in (
                    ("Table (CSV)", "records.csv", shown_csv),
                    ("Workbook (XLSX)", "records.xlsx", shown_xlsx),
                )
            ],
            key="records-files",
            width="content",
        )
        note = workspace.reading.dossier.note
        show_text(comparison_note(view, "Table and files show") or note or "", "caption")
