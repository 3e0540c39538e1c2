"""An earlier file of a series: what has changed since, and the file recreated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from geo.app import days
from geo.app.drawing_lock import DrawingTurns
from geo.app.file_buttons import FileOffer, file_buttons
from geo.app.plain import show_alert, show_text, show_texts
from geo.table.workspace import Workspace

_NAME: Final = "This file"
_MOST: Final = 60
"""Lines listed on the page; ``incident-map check`` prints all of them."""
BY_COMMAND: Final = "Check it on the command line: incident-map check FILE."
_LEFT: Final = (
    "Somebody has changed the file, or it cannot be compared, so it is not recreated here: that "
    "would lose their work. Make the series again below."
)
FileBytes = Callable[[], bytes]


def show_findings(lines: Sequence[str]) -> None:
    """Show what is found in a file, a line each, and say how many lines are left out."""
    show_texts(line.strip() for line in lines[:_MOST])
    if len(lines) > _MOST:
        show_text(f"{len(lines) - _MOST} more lines are not listed here. {BY_COMMAND}", "caption")


def show_earlier_series(
    workspace: Workspace, unpacked: FileBytes, digest: str, drawing: DrawingTurns
) -> bool:
    """Show what has changed since a file of a series was made.

    Parameters
    ----------
    unpacked
        Returns the bytes of the file.
    drawing
        Is held while maps are drawn: the settings of drawing are shared by all sessions.

    Returns
    -------
    Whether it is a file of a series; nothing is shown of any other.
    """
    versions = workspace.reading.digest, workspace.country.digest
    found = _checked(workspace, unpacked, digest, versions)
    if found is None:
        return False
    summary, lines, is_stale, form = found
    show_alert(f"{summary}.", "warning" if is_stale else "info")
    show_findings(lines)
    if is_stale and not form:
        show_text(_LEFT, "caption")
    elif is_stale:
        make = partial(_refreshed, workspace, unpacked, drawing)
        said = "The whole file, from the current data as of today."
        file_buttons(
            [FileOffer("Recreate the series", f"refreshed.{form}", make, said)],
            key="briefing-series-refreshed",
        )
    return True


# Few: a file that is checked again after a change of the data; each holds only findings.
@st.cache_resource(max_entries=8, show_spinner="Checking the file…")
def _checked(
    _workspace: Workspace, _unpacked: FileBytes, digest: str,  # noqa: ARG001 - the cache's key
    versions: tuple[str, str],  # noqa: ARG001 - the cache's key
) -> tuple[str, tuple[str, ...], bool, str] | None:  # fmt: skip
    """What is shown of a file: its summary, lines, whether it is out of date, and its ending.

    The ending is empty if it is not to be recreated.
    """
    from geo.series.earlier_files import (  # noqa: PLC0415 - slow to load
        check_series_file,
        ending_of_new,
    )
    from geo.series.earlier_wording import (  # noqa: PLC0415 - slow to load
        checked_series_lines,
        origin_of_series,
    )

    found = check_series_file(_unpacked(), _NAME, _workspace)
    if found is None:
        return None
    summary, *changes = checked_series_lines(found)
    lines = (origin_of_series(found.found), *changes)
    return summary, lines, not found.is_current, ending_of_new(found)


def _refreshed(workspace: Workspace, unpacked: FileBytes, drawing: DrawingTurns) -> bytes:
    """Return the file recreated, when the reader asks for it."""
    from geo.series.earlier_files import refresh_series_file  # noqa: PLC0415 - slow to load

    data = unpacked()
    with drawing:
        made = refresh_series_file(data, _NAME, workspace, days.reader_day())
    return data if made is None else made.data
