"""The page that compares an earlier version of the data with the current one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app import days, editors, kept_state, session
from geo.app.change_lists import list_changes
from geo.app.controls import LISTS
from geo.app.file_choice import file_choice
from geo.app.frame import map_frame
from geo.app.ignored_filters import filters_note
from geo.app.merge_page import merge_copies, show_outcome
from geo.app.plain import show_alert, show_text
from geo.app.problems import listed_problems
from geo.changes.changes import Changes, changes, only_changed
from geo.errors import GeoError, IntakeError
from geo.events.readers.file_uses import use_of_bytes
from geo.limits import MAX_DOSSIER_BYTES
from geo.table.workspace import Workspace
from geo.text import capitalised, counted
from geo.view import View
from geo.workspace import located_workspace

FRAME: Final = "changes"
UPLOAD: Final = "earlier-version"
SINCE: Final = "kept-version"
WAY: Final = "changes-way"
EARLIER: Final = "the earlier version"
_HEIGHT: Final = 680
"""Pixels; the map fits on a laptop screen that is 768 pixels high."""
_MEANT: Final = {
    **dict.fromkeys(
        ("table", "events"),
        "This file holds events, and only dossiers are compared. Upload it on the Events page.",
    ),
    "recipe": "This file is the recipe of a figure. Recreate the figure on the Briefing page.",
    "other": "This file is not a dossier, which is a YAML file such as incidents.yaml.",
}
_WAYS: Final = ("Compare with an earlier version", "Merge another dossier")


def changes_page() -> None:
    """Show what changed since an earlier version, or merge another copy of the dossier.

    Both begin with a file of another version, and end in a list of what differs.
    """
    now = session.workspace()
    st.html(LISTS)
    st.title("Changes", anchor=False)
    show_outcome()
    if editors.is_offered() and _wants_merge():
        merge_copies(now)
        return
    if (since := _chosen(now)) is not None:
        _since(since, now)
        return
    given = file_choice(
        "An earlier version of the data",
        hint=f"A YAML file of at most {MAX_DOSSIER_BYTES // 1_000_000} MB, chosen or dropped here. "
        "It stays in memory on this computer.",
        accept=".yaml,.yml",
        most=MAX_DOSSIER_BYTES,
        key=UPLOAD,
    )
    if given is None:
        st.caption("Choose an earlier file to see what has changed since.")
        return
    use = use_of_bytes(given)
    if use not in {"dossier", "text"}:
        show_alert(_MEANT.get(use, _MEANT["other"]))
        return
    earlier = _earlier(now, given)
    try:
        difference = changes(earlier, now)
    except IntakeError as error:
        show_alert("One of the two versions could not be read.")
        st.code(str(error), language=None, wrap_lines=True)
        return
    _show(difference, earlier, now)


def _wants_merge() -> bool:
    found = st.radio("What to do", _WAYS, key=WAY, label_visibility="collapsed", horizontal=True)
    return found == _WAYS[1]


def _chosen(now: Workspace) -> str | None:
    """Return which kept version the reader chose, if there are any."""
    choices = kept_state.own_choices(now)
    if not choices:
        return None
    return st.selectbox(
        "Versions that were opened here",
        list(choices),
        index=None,
        key=SINCE,
        format_func=lambda one: choices.get(one, one),
        placeholder="Choose one, or an earlier file below",
    )


def _since(since: str, now: Workspace) -> None:
    try:
        found = kept_state.compare_with(since, now)
    except GeoError as error:
        show_alert(str(error))
        return
    show_text(found.note, "caption")
    _show(found.found, found.earlier, now)


def _earlier(now: Workspace, data: bytes) -> Workspace:
    """Open the uploaded file; only its bytes are used, never its name."""
    return located_workspace(now.country, data, EARLIER, days.reader_day())


def _show(difference: Changes, earlier: Workspace, now: Workspace) -> None:
    was, is_now = earlier.reading.digest, now.reading.digest
    st.header("What has changed", anchor=False)
    show_text(f"{capitalised(difference.say())}.", "strong")
    st.caption(f"From data version {was[:12]} to {is_now[:12]}")
    if said := filters_note(session.view(), "This page compares every record."):
        st.caption(said)
    _unread(difference, earlier, now)
    _map(difference, now, was)
    list_changes(difference)


def _unread(difference: Changes, earlier: Workspace, now: Workspace) -> None:
    if difference.complete:
        return
    with st.expander("What could not be read was not compared", icon=":material/warning:"):
        errors = (*earlier.reading.errors, *now.reading.errors)
        st.code(listed_problems(errors), language=None, wrap_lines=True)


def _map(difference: Changes, now: Workspace, was: str) -> None:
    changed = only_changed(now, difference)
    drawn = len(changed.reading.dossier.records)
    if not drawn:
        return
    st.subheader("Changed records on the map", anchor=False)
    st.caption(
        f"This map shows only {counted(drawn, 'changed record')}, in the current version; the "
        f"other {len(now.reading.dossier.records) - drawn} are not on it. Records that "
        "were withdrawn or removed are not mapped; see the lists below."
    )
    map_frame(
        session.map_document(changed, f"{now.reading.digest} since {was}"),
        view=View().to_message(),
        revision=0,
        height=_HEIGHT,
        key=FRAME,
    )
