"""The page on which a document is read: what it mentions, and the records that it suggests.

Nothing enters the dossier but what a person accepts, and that enters it as a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from geo import limits
from geo.app import days, editors, session
from geo.app.controls import FORM
from geo.app.edit_links import ask_for_form, follow_to_form
from geo.app.editing.act_button import act_button, show_refusal
from geo.app.file_choice import file_choice
from geo.app.name_field import name_field, show_name_note
from geo.app.plain import show_alert, show_text, show_texts
from geo.app.reading import at_work
from geo.app.reading.accepting import accept
from geo.app.reading.acts import added, decided, item_of, selected_span
from geo.app.reading.adding import SelectedWords, added_value
from geo.app.reading.at_work import DocumentAtWork
from geo.app.reading.links import DOCUMENT, PASSAGE, asked_spans
from geo.app.reading.pane import PaneNote, last_acts, reading_pane
from geo.app.reading.source_fields import begun_worksheet, source_fields
from geo.app.reading.suggestions_map import show_suggestions
from geo.app.reading.worksheet import WorkItem, Worksheet, say_progress
from geo.documents.document import Document
from geo.errors import GeoError
from geo.table.workspace import Workspace

_UPLOAD: Final = "report-file"
_PASTED: Final = "report-pasted"
_PANE: Final = "reading-pane"
_GOING: Final = "incident-map-document"
_SAID: Final = "incident-map-reading-said"
"""What came of the last act: the document, a sentence, and the number of an item to open."""
_TAKEN: Final = "incident-map-reading-taken"
"""The number of the last act that has been done or refused in this session."""
_ACCEPT: Final = ".txt,.md,.html,.htm,.pdf,.docx,.eml,.json"
_NO_NAME: Final = "document"
"""The browser does not send the name of a file; its format shows in its bytes."""


def read_page() -> None:
    """Choose a document, or decide about what it suggests."""
    _arrive()
    with st.container():
        workspace = session.workspace()
    st.html(FORM)
    if why := editors.why_refused("edit"):
        st.title("Read a report", anchor=False)
        show_alert(why, "info")
        return
    if editors.asks_for_name():
        st.title("Read a report", anchor=False)
        name_field()
        return
    work = at_work.find(_asked()) or at_work.kept_document(_asked())
    if work is None:
        _choose(workspace)
    else:
        _work_on(work, workspace)


def _asked() -> str | None:
    return st.query_params.get(DOCUMENT)


def _go_to(document: str | None) -> None:
    st.session_state[_GOING] = document


def _arrive() -> None:
    """Go to the document, or the form, that an act has named."""
    follow_to_form()
    if _GOING not in st.session_state:
        return
    document = st.session_state.pop(_GOING)
    if document is None:
        st.query_params.clear()
    else:
        st.query_params.from_dict({DOCUMENT: document})
    st.rerun()


def _choose(workspace: Workspace) -> None:
    st.title("Read a report", anchor=False)
    show_refusal()
    show_name_note()
    if _asked():
        show_alert("This document is not among those in work. Upload it to read it.", "info")
    st.write(
        "Upload an article, a report or a message. Its places, groups, dates and figures are "
        "marked, and records are suggested for you to accept, correct or reject. Everything is "
        "read on this computer."
    )
    data = file_choice(
        "A document",
        hint="Text, Markdown, a saved web page, PDF, Word, e-mail, or a channel exported from "
        f"Telegram as JSON; at most {limits.MAX_DOCUMENT_BYTES // 1_000_000} MB.",
        accept=_ACCEPT,
        most=limits.MAX_DOCUMENT_BYTES,
        key=_UPLOAD,
    )
    with st.expander("Or paste its text"):
        pasted = st.text_area(
            "Text", key=_PASTED, height=200, max_chars=limits.MAX_DOCUMENT_LETTERS
        )
    if data is None and pasted.strip():
        data = pasted.encode()
    if data is not None:
        _about(data, workspace)
    _list_work()


def _about(data: bytes, workspace: Workspace) -> None:
    """Ask what the document is, before it is read."""
    document, why = at_work.try_document(data, _NO_NAME)
    if document is None:
        show_alert(why)
        return
    st.header("About this document", anchor=False)
    show_texts(document.notes)
    source_fields(document, workspace.reading.dossier)
    st.caption(
        "The document is kept as evidence in the folder of the dossier, outside version control, "
        "and passages of it can be checked later."
    )
    act_button("Read it", _begin, data, document, key="read-it", type="primary")


def _begin(data: bytes, document: Document) -> None:
    editors.acting("edit")
    workspace = session.workspace()
    # Read from the fields at this moment: what was typed last came together with the click.
    work = begun_worksheet(document, workspace.reading.dossier)
    at_work.begin(data, _NO_NAME, work, workspace)
    st.session_state[_UPLOAD] = None
    st.session_state[_PASTED] = ""
    _go_to(work.document)


def _list_work() -> None:
    held, why = at_work.worksheets()
    if why:
        show_text(f"What you decide is kept until this page is closed: {why}", "caption")
    if not held:
        return
    st.header("Documents in work", anchor=False)
    for work in reversed(list(held.values())):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            act_button("Continue", _go_to, work.document, key=f"go-{work.document}")
            act_button("Remove", at_work.forget_work, work.document, key=f"drop-{work.document}")
            show_text(f"{_title(work)} ({say_progress(work)})")


def _title(work: Worksheet) -> str:
    return work.name or work.new_source.get("title") or work.source


def _work_on(work: Worksheet, workspace: Workspace) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        act_button("All documents", _go_to, None, key="back", icon=":material/arrow_back:")
        st.title("Read a report", anchor=False)
    show_text(_title(work), "strong")
    show_text(f"{say_progress(work)}.", "caption")
    try:
        found = at_work.document_at_work(work, workspace)
    except GeoError as error:
        show_alert(str(error))
        return
    with st.container():
        show_refusal()
    reading_pane(
        found.document.text, found.report.mentions, work, workspace, _note(work),
        key=_PANE, on_acts=_take_acts,
    )  # fmt: skip
    show_suggestions(work, workspace, days.reader_day())


def _note(work: Worksheet) -> PaneNote:
    lit = asked_spans(st.query_params.get(PASSAGE, ""))
    taken = st.session_state.get(_TAKEN, 0)
    document, said, at = st.session_state.get(_SAID, ("", "", 0))
    here = document == work.document
    return PaneNote(said if here else "", at if here else 0, lit, taken)


def _take_acts() -> None:
    """Do what somebody has asked for in the component, before the page runs."""
    acts = last_acts(_PANE, st.session_state.get(_TAKEN, 0))
    if not acts:
        return
    st.session_state[_TAKEN] = acts[-1][0]
    for _, act in acts:
        # What was asked for before this refusal was seen may rely on what is refused.
        if not _take(act):
            return


def _take(act: Mapping[str, Any]) -> bool:
    """Do one thing; return whether it was done."""
    work = at_work.find(str(act.get("document")))
    if work is None:
        return False
    try:
        editors.acting("edit")
        after, said, at = _done(work, act)
    except GeoError as error:
        st.session_state[_SAID] = (work.document, str(error), 0)
        return False
    unkept = at_work.keep_work(after)
    st.session_state[_SAID] = (work.document, unkept or said, at)
    return True


def _done(work: Worksheet, act: Mapping[str, Any]) -> tuple[Worksheet, str, int]:
    """The worksheet after an act, what is said of it, and the number of the item to open."""
    name = act.get("act")
    if name == "open":
        _open_form(work.item(act.get("item", 0)))
        return work, "", 0
    workspace = session.workspace()
    if name in {"accept", "edit"}:
        return _accepted(work, act, workspace)
    if name != "add":
        return decided(work, act), "", 0
    found = at_work.document_at_work(work, workspace)
    value = added_value(str(act.get("field")), _selected(found, act), workspace)
    item = act.get("item", -1)
    return added(work, item, value), "Added.", item or work.next_number


def _accepted(
    work: Worksheet, act: Mapping[str, Any], workspace: Workspace
) -> tuple[Worksheet, str, int]:  # fmt: skip
    item = item_of(work, act)
    document: Document = at_work.document_at_work(work, workspace).document
    after, key = accept(work, item, document)
    if act["act"] == "edit":
        _open_form(after.item(item.number))
    next_open = next((one.number for one in after.items if one.state == "open"), 0)
    return after, f"Saved as the draft {key}.", next_open


def _open_form(item: WorkItem | None) -> None:
    if item is not None and item.entry:
        ask_for_form(f"{item.section}:{item.entry}")


def _selected(found: DocumentAtWork, act: Mapping[str, Any]) -> SelectedWords:
    text = found.document.text
    return SelectedWords(
        text, selected_span(act, text), found.report.mentions, at_work.published_day(found.work)
    )
