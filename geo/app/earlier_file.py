"""The field for an earlier file with figures: what is out of date in it, and the file refreshed."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from geo.app import days
from geo.app.drawing_lock import DrawingTurns
from geo.app.earlier_series import BY_COMMAND, show_earlier_series, show_findings
from geo.app.file_buttons import FileOffer, file_buttons
from geo.app.file_choice import PackedFile, large_file_choice
from geo.app.plain import show_alert, show_text, show_texts
from geo.app.unexpected import errors_shown_to_reader
from geo.figures.checking import CheckedFile, check_figure_file
from geo.figures.finding import ending_of
from geo.figures.refreshing import refresh_figure_file
from geo.figures.wording import BESIDE, checked_lines, lost_lines, summary_of
from geo.limits import MAX_FIGURE_FILE_BYTES, MAX_PACKED_BYTES
from geo.snapshot.content.event_file import EventFile
from geo.table.workspace import Workspace

EARLIER_FILE: Final = "briefing-earlier-file"
_NAME: Final = "This file"
_MOST: Final = 60
"""Lost changes listed on the page; ``incident-map check`` prints all of them."""


def earlier_file_field(
    workspace: Workspace, drawing: DrawingTurns, shown: EventFile | None = None
) -> None:
    """Show the field, and what is found in the file.

    Parameters
    ----------
    drawing
        Is held while figures are drawn: the settings of drawing are shared by all sessions.
    shown
        The events of the session, for figures that show any.
    """
    with st.expander("Check an earlier file"):
        packed = large_file_choice(
            "A deck, report, figure or series from an earlier briefing",
            hint="PowerPoint, Word, PNG, SVG or PDF; of a series also GIF, WebP or MP4. It stays "
            "in memory on this computer.",
            accept=".pptx,.docx,.png,.svg,.pdf,.gif,.webp,.mp4",
            most=MAX_FIGURE_FILE_BYTES,
            packed=MAX_PACKED_BYTES,
            too_large=BY_COMMAND,
            key=EARLIER_FILE,
        )
        if packed is not None:
            with errors_shown_to_reader("checking the file"):
                _show(workspace, packed, drawing, shown)


def _show(
    workspace: Workspace, packed: PackedFile, drawing: DrawingTurns, shown: EventFile | None
) -> None:
    unpacked = partial(packed.unpack, MAX_FIGURE_FILE_BYTES)
    if show_earlier_series(workspace, unpacked, packed.digest, drawing):
        return
    events = shown.digest if shown is not None else ""
    versions = workspace.reading.digest, workspace.country.digest, events
    checked = _checked(workspace, packed, shown, packed.digest, versions)
    if not checked.figures and not checked.faults:
        show_alert("No figure of this program is recognised in the file.", "info")
        return
    show_alert(f"{summary_of(checked)}.", "info" if checked.is_current else "warning")
    lines = [line for one in checked.figures for line in checked_lines(one)]
    show_findings((*checked.faults, *lines))
    if any(one.changes for one in checked.figures):
        over_edits = _over_edits(checked)
        ending = ending_of(packed.unpack(MAX_FIGURE_FILE_BYTES), _NAME)
        make = partial(_refreshed, workspace, packed, drawing, shown, over_edits=over_edits)
        file_buttons(
            [FileOffer("Download the refreshed file", f"refreshed.{ending}", make, BESIDE)],
            key="briefing-refreshed",
        )


def _over_edits(checked: CheckedFile) -> bool:
    """Ask whether to redraw figures that somebody has changed, and say what would be lost."""
    lost = list(lost_lines(checked))
    if not lost:
        return False
    is_over = st.checkbox(
        "Also redraw figures that somebody has changed",
        key=f"{EARLIER_FILE}-over-edits",
        help="Without it, they stay as they are, although they are out of date.",
    )
    show_text("What somebody has done to them and is then lost:", "caption")
    show_texts(lost[:_MOST])
    return is_over


# Few: a file that is checked again after a change of the data; each holds only findings.
@st.cache_resource(max_entries=8, show_spinner="Checking the file…")
def _checked(
    _workspace: Workspace, _packed: PackedFile, _shown: EventFile | None, digest: str,  # noqa: ARG001 - the cache's key
    versions: tuple[str, str, str],  # noqa: ARG001 - the cache's key
) -> CheckedFile:  # fmt: skip
    return check_figure_file(_packed.unpack(MAX_FIGURE_FILE_BYTES), _NAME, _workspace, _shown)


def _refreshed(
    workspace: Workspace, packed: PackedFile, drawing: DrawingTurns, shown: EventFile | None, *,
    over_edits: bool,
) -> bytes:  # fmt: skip
    """Return the file with its figures redrawn, when the reader asks for it."""
    with drawing:
        data = packed.unpack(MAX_FIGURE_FILE_BYTES)
        today = days.reader_day()
        return refresh_figure_file(data, _NAME, workspace, today, shown, over_edits=over_edits).data
