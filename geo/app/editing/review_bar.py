"""How far a record is reviewed, with the buttons by which it is approved."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app import editors
from geo.app.editing import opened
from geo.app.editing.act_button import act_button
from geo.app.editing.opened import OpenForm
from geo.app.plain import show_text
from geo.dossier.drafts import DraftRecord
from geo.dossier.editing import Edit
from geo.dossier.entries import LISTS, Section
from geo.dossier.records import Record
from geo.dossier.review import Review, approving, review_of, taking_back
from geo.dossier.saving import save_edit
from geo.table.workspace import Workspace
from geo.text import counted, listed, same_person
from geo.wording.cards import say_review

_MOST: Final = 20
"""Records that are listed as waiting; the filter by review on the map has all."""


def _say(review: Review) -> str:
    """How far a record is reviewed, and who wrote it."""
    by = listed(review.written_by)
    return f"{say_review(review)}. Written by {by}." if by else f"{say_review(review)}."


def show_review(form: OpenForm, workspace: Workspace) -> None:
    """Show how far the record of a form is reviewed, and let a reviewer approve it."""
    section, base = form.state.section, form.state.base
    record = _record(workspace, base) if base is not None and section in LISTS else None
    if record is None:
        return
    review = review_of(record, workspace.reading.dossier.sources)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        show_text(_say(review))
        if not editors.may("approve"):
            return
        person = editors.person()
        is_mine = person is not None and any(
            same_person(person.name, one) for one in review.written_by
        )
        if review.state == "unreviewed" and not is_mine:
            act_button(
                "Approve", _approve, section, record.id, workspace, key="approve",
                disabled=form.n > 0,
            )  # fmt: skip
        elif review.state == "approved":
            act_button("Take the approval back", _take_back, section, record.id, key="take-back")


def _record(workspace: Workspace, base: object) -> Record | None:
    key = base["id"] if isinstance(base, dict) else ""
    return next((one for one in workspace.reading.dossier.records if one.id == key), None)


def _approve(section: Section, key: str, workspace: Workspace) -> None:
    by, data = editors.acting("approve").name, opened.dossier_file().read_bytes()
    _save(approving(data, section, key, by=by, problems=workspace.problems))


def _take_back(section: Section, key: str) -> None:
    by, data = editors.acting("approve").name, opened.dossier_file().read_bytes()
    _save(taking_back(data, section, key, by=by))


def _save(edit: Edit) -> None:
    save_edit(opened.dossier_file(), edit)
    opened.forget(f"{edit.section}:{edit.key}")


def show_waiting(workspace: Workspace) -> None:
    """List drafts, and records that wait for a review where the dossier is reviewed at all."""
    _list_drafts(workspace.reading.drafts)
    dossier = workspace.reading.dossier
    reviews = {one.id: review_of(one, dossier.sources) for one in dossier.records}
    if not any(one.approval for one in reviews.values()):
        return
    waiting = [one for one in dossier.records if reviews[one.id].state == "unreviewed"]
    if not waiting:
        return
    with st.expander(f"{counted(len(waiting), 'record')} not reviewed"):
        for one in waiting[:_MOST]:
            section = "incidents" if one.kind == "incident" else "presence"
            _line(f"{section}:{one.id}", one.title, "Look at it")
        if len(waiting) > _MOST:
            st.caption(f"The first {_MOST} are listed.")


def _list_drafts(drafts: tuple[DraftRecord, ...]) -> None:
    named = [one for one in drafts if one.key]
    if not named:
        return
    with st.expander(counted(len(named), "draft")):
        for one in named[:_MOST]:
            title = one.record.title if one.record else one.key
            _line(f"{one.section}:{one.key}", title, "Go on")


def _line(key: str, title: str, act: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        act_button(act, opened.go_to, key, key=f"go-{key}")
        show_text(title)
