"""The method page: what the map shows, what it does not claim, and data credits."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app import session
from geo.app.controls import TO_READ
from geo.app.plain import isolated, show_text, show_texts
from geo.wording import vocabulary

_BASE_MAP: Final = """
Relief, rivers, lakes, towns and boundaries are drawn for orientation. They say nothing about
incidents: a valley in a hatched province is not where something happened.
"""
_METHOD: Final = """
This map shows **what is reported**, and by whom. It does not show what happened, who controls
which area, or where a person is.

- A record is drawn **no more exactly than its source**. A province is an outline with a badge,
  never a point; a total over two cities is never divided between them.
- **The symbol shows the verification status**: a dashed outline for what is claimed by a party to
  the conflict only, a split symbol for what is disputed.
- **Not stated is not zero.** A record without a figure has a size of its own and is in no total.
- **What cannot be mapped is listed and counted**: claims about the whole country, places outside
  it, records with no location given, and places that could not be found.
- The **verification status is derived from the claims** by fixed rules. It rates the evidence, not
  the severity of the event.
- A **presence claim** reports that a group was somewhere at some time. It does not mean that the
  group controls the place.
- **Nothing leaves this computer**: no map tiles, no third-party scripts, no telemetry.
"""


def method_page() -> None:
    """What the map shows, what it does not claim, and whose data it stands on."""
    workspace = session.workspace()
    st.html(TO_READ)
    st.title("Method", anchor=False)
    st.markdown(_METHOD)
    st.header("Verification status", anchor=False)
    _meanings(vocabulary.STATUSES)
    st.header("Location precision", anchor=False)
    _meanings(vocabulary.PRECISIONS)
    st.header("Regions", anchor=False)
    for region in workspace.country.regions.values():
        names = ", ".join(workspace.country.provinces[code].name for code in region.provinces)
        st.markdown(
            f"<div><strong>{isolated(region.name)}</strong>: {isolated(names)}</div>",
            unsafe_allow_html=True,
        )
        show_text(region.basis, "caption")
    if (base_map := workspace.country.base_map) is not None:
        st.header("Base map", anchor=False)
        st.markdown(_BASE_MAP)
        show_texts(base_map.notes)
    st.header("Data credits and licences", anchor=False)
    show_texts(workspace.country.credits)
    show_text(workspace.country.disclaimer, "caption")
    st.caption(f"Data version {workspace.reading.digest[:12]}")


def _meanings(meanings: tuple[vocabulary.Meaning, ...]) -> None:
    items = (
        f"<li><strong>{isolated(f'{meaning.label}.')}</strong> {isolated(meaning.definition)}</li>"
        for meaning in meanings
    )
    st.markdown(f"<ul>{''.join(items)}</ul>", unsafe_allow_html=True)
