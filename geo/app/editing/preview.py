"""How a record reads and where it is drawn, while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from geo.app.edit_links import show_on_map
from geo.app.editing import opened
from geo.app.editing.act_button import act_button
from geo.app.editing.answers import Answer
from geo.app.editing.opened import OpenForm
from geo.app.editing.place_answers import at_point
from geo.app.editing.values import ORIGIN
from geo.app.frame import FrameHandlers, clicked_place, last_report, map_frame
from geo.app.plain import show_text
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, View
from geo.webmap.document import document_html

_FRAME: Final = "form-map"
_HEIGHT: Final = 420
"""Pixels of the map: with the sentence above, it fits beside the form on a laptop."""
_UNFINISHED: Final = "The sentence appears here as soon as nothing is missing."


def show_preview(form: OpenForm, answered: Answer, workspace: Workspace, today: date) -> None:
    """Show the sentence and the map of a record that is being typed."""
    with st.container(key="preview"):
        st.header("How it reads")
        show_text(answered.sentence or _UNFINISHED)
        with st.container():
            _show_alike(answered)
        st.header("Where it is drawn")
        with st.container():
            _choose_point(form, workspace)
        _show_map(answered, workspace, today)
        st.caption("Click the map to enter a province, a district or coordinates.")


def _show_alike(answered: Answer) -> None:
    for key, said in answered.alike:
        show_text(f"Possible duplicate: {said}")
        act_button("Look at that record", show_on_map, key, key=f"alike-{key}")


def _show_map(answered: Answer, workspace: Workspace, today: date) -> None:
    shown = answered.preview or _nothing(workspace)
    seen = last_report(_FRAME).view
    viewport = View.from_message(seen).viewport if seen else None
    view = View(viewport=viewport) if viewport else EVERYTHING
    map_frame(
        document_html(shown, as_of=today, title="The record that is being entered"),
        view=view.to_message(),
        revision=0,
        height=_HEIGHT,
        key=_FRAME,
        handlers=FrameHandlers(on_place=_take_point),
    )


def _nothing(workspace: Workspace) -> Workspace:
    """The country without records."""
    none = workspace.reading.dossier.model_copy(update={"incidents": (), "presence": ()})
    reading = replace(workspace.reading, dossier=none, problems=(), left_out=0)
    return replace(workspace, reading=reading, located=workspace.located.only(frozenset()))


def _take_point() -> None:
    point, key = clicked_place(_FRAME), opened.asked()
    if key and (form := opened.held_form(key)) is not None:
        form.point = point


def _choose_point(form: OpenForm, workspace: Workspace) -> None:
    """Offer what the point that was clicked may stand for."""
    if form.point is None:
        return
    found = at_point(*form.point, workspace.country)
    if not found:
        show_text(f"You clicked outside {workspace.country.name}.", "caption")
        return
    places = form.state.values.get("where") or []
    at = min(form.place, max(0, len(places) - 1))
    show_text(f"Place {at + 1} is in:", "caption")
    with st.container(horizontal=True, gap="small"):
        for label, fields in found:
            act_button(label, _enter, form, at, fields, key=f"point-{label}")


def _enter(form: OpenForm, at: int, fields: Mapping[str, str]) -> None:
    places = [dict(one) for one in form.state.values.get("where") or []]
    if not places:
        places.append({ORIGIN: ""})
    stated = ("means", "kind", "within", "position", "uncertainty_m", "basis")
    places[at] |= dict.fromkeys(stated, "") | dict(fields)
    form.point = None
    form.put({**form.state.values, "where": places})
    opened.keep_typed(form)
