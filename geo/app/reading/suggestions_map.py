"""Where the suggestions of a document would be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from geo.app.editing.answers import provisional_record
from geo.app.frame import FrameHandlers, last_report, map_frame
from geo.app.reading.worksheet import WorkItem, Worksheet
from geo.dossier.records import Incident, Presence, Record
from geo.table.located import locate_records
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import EVERYTHING, View
from geo.webmap.document import document_html

_FRAME: Final = "suggestions-map"
_HEIGHT: Final = 460
"""Pixels of the map below the text: the country fits, and the end of the cards is in view."""


def show_suggestions(work: Worksheet, workspace: Workspace, today: date) -> None:
    """Show a map of the suggestions that are not rejected, and say what it does not show."""
    items = [one for one in work.items if one.state != "rejected" and not one.apart]
    records = [found for one in items if (found := _record(one, workspace)) is not None]
    st.header("Where they are drawn", anchor=False)
    with st.container():
        if missing := len(items) - len(records):
            st.caption(f"{counted(missing, 'suggestion')} without a place that can be drawn yet.")
    seen = last_report(_FRAME).view
    viewport = View.from_message(seen).viewport if seen else None
    view = View(viewport=viewport) if viewport else EVERYTHING
    map_frame(
        document_html(_only(records, workspace), as_of=today, title="What the document suggests"),
        view=view.to_message(),
        revision=0,
        height=_HEIGHT,
        key=_FRAME,
        handlers=FrameHandlers(on_place=_ignore_click),
    )


def _record(item: WorkItem, workspace: Workspace) -> Record | None:
    """The record of an item as far as it goes."""
    dossier = workspace.reading.dossier
    where = [dict(one.fields) for one in item.of("where") if one.fields]
    groups = [one.fields["key"] for one in item.of("by") if one.fields.get("key")]
    name = "by" if item.section == "incidents" else "groups"
    found = provisional_record({"where": where, name: groups}, item.section, dossier)
    update = {"id": f"suggestion-{item.number}", "title": item.title}
    return None if found is None else found.model_copy(update=update)


def _only(records: Iterable[Record], workspace: Workspace) -> Workspace:
    """The country with nothing but these records."""
    held = tuple(records)
    only = workspace.reading.dossier.model_copy(
        update={
            "incidents": tuple(one for one in held if isinstance(one, Incident)),
            "presence": tuple(one for one in held if isinstance(one, Presence)),
            "assessments": (),
        }
    )
    reading = replace(workspace.reading, dossier=only, problems=(), left_out=0, drafts=())
    return Workspace(workspace.country, reading, locate_records(reading, workspace.country))


def _ignore_click() -> None:
    """With a handler of clicks the document is a map without panels; here they mean nothing."""
