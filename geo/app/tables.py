"""The records as a table in step with the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from geo.app import session
from geo.dossier.evidence import Evidence
from geo.dossier.records import Dossier, Record
from geo.places.locations import Location
from geo.table.workspace import Workspace
from geo.text import listed
from geo.view import View, keep
from geo.wording import vocabulary
from geo.wording.sentences import asserting, say_counted, say_each, speaker

_WIDTHS: Final = {
    "Title": 340,
    "Record type": 120,
    "Group": 120,
    "Verification status": 190,
    "Claimed by": 180,
    "Place (in the source’s words)": 200,
    "Location precision": 150,
    "When": 200,
    "Killed": 90,
}
"""Widths in pixels, so that the usual content of each column is readable without resizing."""
_ROW: Final = 35
"""Height in pixels of a row of Streamlit's data table."""
_MOST_ROWS: Final = 40
"""Rows shown before the table scrolls: about two screens."""


def shown_records(workspace: Workspace, view: View) -> list[Record]:
    """Return the records that the View shows, in the order of the file."""
    why = keep(view, workspace.located.table)
    return [record for record in workspace.reading.dossier.records if not why[record.id]]


def record_frame(records: Sequence[Record], workspace: Workspace) -> pd.DataFrame:
    """Return one row per record, in words; the index holds the ids.

    Returns
    -------
    One row for each record, indexed by its id, with columns such as ``Title``, ``Record type``,
    ``Group`` and ``Verification status``: text for people, not for computation.
    """
    dossier = workspace.reading.dossier
    places, found = workspace.located.places, workspace.located.evidence
    rows = [
        {
            "Title": record.title,
            "Record type": {"incident": "Incident", "presence": "Presence claim"}[record.kind],
            "Group": listed([dossier.groups[key].short for key in record.groups]) or "not named",
            "Verification status": vocabulary.status_meaning(found[record.id].status).label,
            "Claimed by": _claimants(found[record.id], dossier),
            "Place (in the source’s words)": "; ".join(
                place.query or "no location given" for place in places.get(record.id, ())
            ),
            "Location precision": _precisions(places.get(record.id, ())),
            "When": record.period.text,
            "Killed": _killed(found[record.id], dossier) if record.kind == "incident" else "",
        }
        for record in records
    ]
    return pd.DataFrame(rows, index=[record.id for record in records], columns=list(_WIDTHS))


def _killed(evidence: Evidence, dossier: Dossier) -> str:
    figures = evidence.killed
    if len(figures.of) > 1:
        return say_each(evidence, dossier, "killed")
    return say_counted(figures, dossier.groups)


def record_table(records: Sequence[Record], workspace: Workspace, chosen: str | None) -> None:
    """Show the records; selecting a row opens its card on the map, and vice versa."""
    frame = record_frame(records, workspace)
    ids = [record.id for record in records]
    key = f"records-{len(ids)}"
    rows = [ids.index(chosen)] if chosen in ids else []
    # All three lists: with the rows alone, Streamlit takes the mark for a selection by the reader.
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def follow() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        session.open_card(ids[picked[0]] if picked else None)

    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=_ROW * (min(len(ids), _MOST_ROWS) + 1) + 3,
        on_select=follow,
        selection_mode="single-row",
        column_config={
            name: st.column_config.TextColumn(name, width=_WIDTHS[name]) for name in frame.columns
        },
    )


def _claimants(evidence: Evidence, dossier: Dossier) -> str:
    against: dict[str, list[str]] = {"contests": [], "withdrawn": []}
    for claim, stance in evidence.claims:
        if stance != "asserts":
            against[stance].append(speaker(claim, dossier.groups))
    parts = [listed(asserting(evidence, dossier))]
    parts += [f"against: {listed(names)}" for names in (against["contests"],) if names]
    parts += [f"first against: {listed(names)}" for names in (against["withdrawn"],) if names]
    return "; ".join(parts)


def _precisions(places: Sequence[Location]) -> str:
    labels = {meaning.key: meaning.label for meaning in vocabulary.PRECISIONS}
    said = [
        "Outside the country" if place.status == "outside" else labels[place.precision]
        for place in places
    ]
    return listed(list(dict.fromkeys(said)))
