"""The fields of the page Briefing that add imported events to a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from geo.app import events, session
from geo.app.plain import show_alert, show_text
from geo.app.shown_events import may_be_drawn
from geo.errors import GeoError
from geo.limits import MAX_NOTE
from geo.snapshot.content.event_choice import EVENT_FORMS, EventForm
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import View

_NONE: Final = "none"
_FORMS: Final = {
    "rings": "Rings at their places",
    "provinces": "Counts by province",
    _NONE: "None",
}
_FORM_HELP: Final = (
    "The figure has counts, no rows of the event file. Events known only by district or province "
    "are counted by province in either form. The web page of a figure shows records only."
)
_CREDIT_HELP: Final = "Printed instead of the known citation and licence of their provider."


def asked_events(workspace: Workspace, recipe: Recipe, key: str) -> tuple[Recipe, EventFile | None]:
    """Show the fields for the events of the session, if it has any.

    Parameters
    ----------
    key
        Of the fields of this figure on the page.

    Returns
    -------
    tuple
        The recipe with the choice, and the events; unchanged and ``None`` without any.
    """
    given = session_event_file(workspace, recipe.view)
    if given is None:
        return recipe, None
    choice = recipe.events
    form = st.radio(
        "Events",
        list(_FORMS),
        key=session.remembered_field(f"{key}-events", _usual(recipe)),
        format_func=_FORMS.__getitem__,
        help=_FORM_HELP,
        horizontal=True,
    )
    if form not in EVENT_FORMS:
        return replace(recipe, events=None), given
    accessed, credit = _source_fields(recipe, key)
    drawn: EventForm = "rings" if form == "rings" else "provinces"
    if choice is not None and choice.digest != given.digest:
        # It is refused when the figure is made, with the name and the digest of the file.
        return replace(recipe, events=replace(choice, form=drawn)), given
    kept = choice or given.chosen(drawn)
    asked = replace(kept, form=drawn, accessed=accessed, credit=credit)
    return replace(recipe, events=asked), given


def session_event_file(workspace: Workspace, view: View) -> EventFile | None:
    """Return the events of the session for figures, and say so where they cannot be used."""
    if not may_be_drawn():
        return None
    try:
        found = events.session_events(workspace, view)
    except GeoError as error:
        show_alert(str(error))
        return None
    if found is None:
        st.caption("The Events page asks about the event file first; until then, no events.")
        return None
    if found.note:
        show_text(
            f"{found.note} A figure of events needs all of them: incident-map snapshot "
            "--event-table.",
            "caption",
        )
        return None
    return found.for_figures


def _usual(recipe: Recipe) -> str:
    """The form before the reader has chosen: as on the map, or as in the recipe."""
    if recipe.events is not None:
        return recipe.events.form
    return _NONE if recipe.data else "rings"


def _source_fields(recipe: Recipe, key: str) -> tuple[date | None, str]:
    """Ask when the events were accessed, and how they are to be cited."""
    choice = recipe.events
    usual = choice.accessed.isoformat() if choice and choice.accessed else ""
    with st.expander("Source of the events"):
        said = st.text_input(
            "Accessed on",
            key=session.remembered_field(f"{key}-events-accessed", usual),
            placeholder="2026-11-21",
            max_chars=10,
        )
        credit = st.text_input(
            "Citation and licence",
            key=session.remembered_field(f"{key}-events-credit", choice.credit if choice else ""),
            max_chars=MAX_NOTE,
            help=_CREDIT_HELP,
        )
        try:
            return (date.fromisoformat(said.strip()) if said.strip() else None), credit
        except ValueError:
            show_alert(f"{said!r} is not a valid date; write it as 2026-11-21", "warning")
            return None, credit
