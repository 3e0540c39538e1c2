"""The records that a View shows, as CSV and XLSX, with the View and the counts of the rest.

A file outlives the map it was taken from, so it says what was asked and what is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from geo.briefing.tables import RECORD_COLUMNS, record_row, table_csv
from geo.dossier.records import Record
from geo.events.export.to_xlsx import table_xlsx
from geo.table.workspace import Workspace
from geo.view import (
    View,
    keep,
    say_day,
    say_filters,
    say_groups,
    say_ledger,
    say_period,
    say_totals,
    select,
    totals,
    workspace_for,
)

COLUMNS: Final = tuple(name for name in RECORD_COLUMNS if name != "number")
"""Those of a figure's table; without a figure, a record has no number."""
_READ: Final = (
    "A record means that someone said so, not that it is true.",
    "An empty figure means not stated, not zero.",
    "A record without lat and lon is located only to an area, or not at all; see precision.",
)


def shown_records(workspace: Workspace, view: View) -> list[Record]:
    """Return the records that the View shows, in the order of the file."""
    workspace = workspace_for(view, workspace)
    why = keep(view, workspace.located.table)
    return [record for record in workspace.reading.dossier.records if not why[record.id]]


def shown_csv(workspace: Workspace, view: View, today: date | None = None) -> bytes:
    """Return the records as CSV, the sentences of :func:`about_shown` below them.

    Parameters
    ----------
    today
        The day of the file, which it states.
    """
    return table_csv(COLUMNS, _rows(workspace, view), about_shown(workspace, view, today))


def shown_xlsx(workspace: Workspace, view: View, today: date | None = None) -> bytes:
    """Return the records as a workbook, the sentences of :func:`about_shown` in a second sheet.

    Parameters
    ----------
    today
        The day of the file, which it states.
    """
    rows = ([row[name] for name in COLUMNS] for row in _rows(workspace, view))
    return table_xlsx("Records", COLUMNS, rows, about_shown(workspace, view, today))


def about_shown(workspace: Workspace, view: View, today: date | None = None) -> tuple[str, ...]:
    """Say what a file of the records shown is of: data, View, and how many records it lacks.

    Returns
    -------
    tuple
        Sentences, the first with the title of the dossier. Of two periods only the first is shown.
    """
    reading, country = workspace.reading, workspace.country
    shown = select(view, workspace)
    asked = [
        say_period(view),
        say_groups(view, reading.dossier),
        *say_filters(view, workspace),
    ]
    counts = f"{shown.ledger.shown} of {shown.ledger.total}"
    day = f", {say_day(today)}" if today else ""
    return (
        f"{reading.dossier.title or country.name}{day}; data {reading.digest[:12]}",
        f"View: {'; '.join(asked)}",
        f"Records: {counts} in this file. {say_ledger(shown.ledger, country.name)}",
        *filter(None, [say_totals(totals(shown))]),
        *_READ,
        workspace.disclaimer,
        *country.credits,
    )


def _rows(workspace: Workspace, view: View) -> Iterator[dict[str, Any]]:
    workspace = workspace_for(view, workspace)
    table = workspace.located.table
    drawn = set(table.loc[table["off"].eq(""), "record"])
    for record in shown_records(workspace, view):
        where = "map" if record.id in drawn else "not mapped"
        yield record_row(record, workspace, number=None, where=where)
