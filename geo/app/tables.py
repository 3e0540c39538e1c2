"""The records as a table in step with the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from geo import symbols
from geo.app import session
from geo.evidence import figures_of, status_of
from geo.marks import places_of
from geo.sentences import figures_text, listed, speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoding import Location
    from geo.records import Record
    from geo.view import View
    from geo.workspace import Workspace

_WIDTHS: Final = {"What": "large", "Where, as the source says it": "medium"}


def shown_records(workspace: Workspace, view: View) -> list[Record]:
    """The records that the View shows, in the order of the file."""
    sources = workspace.reading.dossier.sources
    return [
        record
        for record in workspace.reading.dossier.records
        if view.shows(record.groups, record.kind, status_of(record, sources))
    ]


def record_frame(records: Sequence[Record], workspace: Workspace) -> pd.DataFrame:
    """One row a record, in words; the index holds the ids."""
    dossier = workspace.reading.dossier
    places = places_of(workspace.located)
    rows = [
        {
            "What": record.title,
            "Kind": {"incident": "Incident", "presence": "Presence claim"}[record.kind],
            "Group": listed([dossier.groups[key].short for key in record.groups]) or "not named",
            "Status": symbols.status_meaning(status_of(record, dossier.sources)).label,
            "Says who": listed(
                list(dict.fromkeys(speaker(claim, dossier.groups) for claim in record.claims))
            ),
            "Where, as the source says it": "; ".join(
                place.query or "not stated" for place in places.get(record.id, [])
            ),
            "Known to": _known_to(places.get(record.id, [])),
            "When": record.period.text,
            "Killed": figures_text(figures_of(record)) if record.kind == "incident" else "",
        }
        for record in records
    ]
    columns = list(rows[0]) if rows else ["What"]
    return pd.DataFrame(rows, index=[record.id for record in records], columns=columns)


def record_table(records: Sequence[Record], workspace: Workspace, chosen: str | None) -> None:
    """Show the records; choosing a row opens its card on the map, and the other way round."""
    frame = record_frame(records, workspace)
    at = [record.id for record in records].index(chosen) if chosen in frame.index else None
    # The key changes with what is chosen elsewhere, so that the row is marked afresh.
    key = f"records-{session.revision()}-{chosen or ''}-{len(records)}"

    def follow() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        session.choose(str(frame.index[rows[0]]) if rows else None)

    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        on_select=follow,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [] if at is None else [at]}},
        column_config={
            name: st.column_config.TextColumn(name, width=_WIDTHS.get(name, "small"))  # type: ignore[arg-type]
            for name in frame.columns
        },
    )


def _known_to(places: Sequence[Location]) -> str:
    labels = {meaning.key: meaning.label for meaning in symbols.PRECISIONS}
    said = ["Abroad" if place.status == "outside" else labels[place.precision] for place in places]
    return listed(list(dict.fromkeys(said)))
