"""The page on which records, sources and groups are entered and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from geo.app import days, editors, session
from geo.app.controls import FORM
from geo.app.edit_links import follow_to_map
from geo.app.editing import opened, saving_form
from geo.app.editing.act_button import act_button, show_refusal
from geo.app.editing.answers import Answer, answer
from geo.app.editing.fields import form_parts
from geo.app.editing.form import FormHandlers, answers_message, entry_form
from geo.app.editing.history_list import show_history
from geo.app.editing.opened import OpenForm
from geo.app.editing.preview import show_preview
from geo.app.editing.review_bar import show_review, show_waiting
from geo.app.name_field import change_name, name_field, show_name_note
from geo.app.plain import show_alert, show_text
from geo.dossier.drafts import is_draft
from geo.dossier.entries import LISTS, Section
from geo.errors import GeoError
from geo.table.workspace import Workspace
from geo.text import counted

_FORM: Final = "entry-form"
_CHOSEN: Final = "entry-chosen"
_ONE: Final[Mapping[Section, str]] = {
    "incidents": "incident", "presence": "presence claim", "sources": "source",
    "groups": "group", "statements": "general statement",
}  # fmt: skip
_NEW: Final[tuple[Section, ...]] = ("incidents", "presence", "sources", "groups")
_SAVE: Final = ("save", "Save")
_DRAFT: Final = ("draft", "Keep as a draft")
_DISCARD: Final = ("give-up", "Discard what is typed")


def edit_page() -> None:
    """Choose what to edit, or edit it; nothing is written before *Save*."""
    follow_to_map()
    opened.arrive()
    # One element whatever it says: what is moved on the page would be made anew.
    with st.container():
        workspace = session.workspace()
    st.html(FORM)
    if why := editors.why_refused("edit"):
        st.title("Edit")
        show_alert(why, "info")
        return
    if editors.asks_for_name():
        st.title("Edit")
        name_field()
        return
    key = opened.asked()
    if key is None:
        _choose(workspace)
        return
    _edit(key, workspace)


def _choose(workspace: Workspace) -> None:
    st.title("Edit")
    show_refusal()
    show_name_note()
    saving_form.show_saved()
    with st.container(horizontal=True, gap="small"):
        for section in _NEW:
            act_button(f"New {_ONE[section]}", _begin, section, key=f"new-{section}")
    _choose_unsaved()
    show_waiting(workspace)
    _choose_entry(workspace)
    person = editors.person()
    if person is not None:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            show_text(f"Edits are made in the name of {person.name}.", "caption")
            if editors.can_rename() and st.button("Change the name", key="rename"):
                change_name()


def _choose_unsaved() -> None:
    found, why = opened.unsaved()
    if why:
        show_text(f"What you type is not kept: {why}", "caption")
    if not found:
        return
    st.header("Not saved yet")
    for one in reversed(list(found.values())):
        what = _ONE[one.form.section]
        name = one.title or f"A new {what}"
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            act_button("Continue", opened.go_to, one.key, key=f"continue-{one.key}")
            act_button("Discard", opened.forget, one.key, key=f"discard-{one.key}")
            show_text(f"{name} ({what}, {say_ago(one.at)})")


def say_ago(at: datetime) -> str:
    """Say how long ago something was typed.

    Examples
    --------
    >>> say_ago(datetime.now(UTC))
    'typed a moment ago'
    """
    minutes = int((datetime.now(UTC) - at).total_seconds() // 60)
    if minutes < 1:
        return "typed a moment ago"
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"typed {counted(minutes, 'minute')} ago"
    return f"typed on {at.day} {at:%B %Y}"


def _choose_entry(workspace: Workspace) -> None:
    dossier = workspace.reading.dossier
    labels = {
        f"{one.section}:{one.key}": f"Draft: {one.record.title if one.record else one.key}"
        for one in workspace.reading.drafts
        if one.key
    }
    labels |= {f"incidents:{one.id}": one.title for one in dossier.incidents}
    labels |= {f"presence:{one.id}": one.title for one in dossier.presence}
    labels |= {f"sources:{key}": f"Source: {one.title}" for key, one in dossier.sources.items()}
    labels |= {f"groups:{key}": f"Group: {one.name}" for key, one in dossier.groups.items()}
    labels |= {
        f"statements:{key}": f"Statement: {one.text}" for key, one in dossier.statements.items()
    }
    st.header("Change an entry")
    st.selectbox(
        "Record, source, group or statement", list(labels), index=None,
        format_func=lambda key: labels.get(key, key), placeholder="Type a word of its headline",
        key=_CHOSEN, on_change=_go_to_chosen,
    )  # fmt: skip


def _edit(key: str, workspace: Workspace) -> None:
    try:
        form, why = opened.open_form(key), f"There is no such entry in the dossier: {key}."
    except GeoError as error:
        form, why = None, str(error)
    if form is None:
        show_alert(why, "warning")
        act_button("All entries", opened.go_to, None, key="back")
        return
    section = form.state.section
    parts = form_parts(section, workspace.reading.dossier, _provinces(workspace))
    today = days.reader_day()
    answered = answer(form.state, workspace, today)
    if saving_form.done(form, answered):
        opened.go_to(None)
        opened.arrive()
    with st.container():
        _head(form, answered, workspace)
    left, right = st.columns([3, 2], gap="large")
    with left:
        with st.container():
            saving_form.show_clashes(form)
        entry_form(
            form.name, parts, form.state.values,
            answers_message(answered, form.n, form.kept),
            acts=_acts(form), why=form.state.base is not None, key=_FORM,
            handlers=FormHandlers(_take_typed, _take_act),
        )  # fmt: skip
        _below(form)
    with right:
        if section in LISTS:
            show_preview(form, answered, workspace, today)


def _acts(form: OpenForm) -> tuple[tuple[str, str], ...]:
    """What can be done with a form; what has been published does not become a draft again."""
    base = form.state.base
    may_be_draft = form.state.section in LISTS and (base is None or is_draft(base))
    return (_SAVE, _DRAFT, _DISCARD) if may_be_draft else (_SAVE, _DISCARD)


def _head(form: OpenForm, answered: Answer, workspace: Workspace) -> None:
    what = _ONE[form.state.section]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        act_button("All entries", opened.go_to, None, key="back", icon=":material/arrow_back:")
        is_new = form.state.base is None
        draft = " (draft)" if is_draft(form.state.base) else ""
        st.title(f"{'New' if is_new else 'Edit'} {what}{draft}")
    if form.note:
        show_alert(form.note, "info")
    show_review(form, workspace)
    show_refusal()
    saving_form.show_faults(form, answered)


def _below(form: OpenForm) -> None:
    """What else can be done with an entry that exists."""
    if form.state.base is None:
        return
    section, key = form.state.section, str(form.state.base["id"])
    show_history(section, key)
    if section not in LISTS:
        return
    with st.expander("Duplicate or withdraw"):
        act_button("Duplicate as a new record", opened.duplicate, form, key="duplicate")
        st.caption("A published record is never deleted: it is withdrawn, keeps its address, and "
                   "readers see the reason.")  # fmt: skip
        field = f"why-{section}-{key}"
        st.text_input("Why it is withdrawn", key=field, max_chars=1000)
        act_button(
            "Withdraw this record", saving_form.withdraw, section, key, field, key="withdraw"
        )


def _begin(section: Section) -> None:
    opened.go_to(opened.new_key(section))


def _go_to_chosen() -> None:
    if (chosen := st.session_state.get(_CHOSEN)) is not None:
        opened.go_to(chosen)


def _take_typed() -> None:
    opened.take(_FORM, "typed")


def _take_act() -> None:
    opened.take(_FORM, "act")


def _provinces(workspace: Workspace) -> list[str]:
    return sorted(province.name for province in workspace.country.provinces)
