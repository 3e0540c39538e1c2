"""Keep the last valid version of the data, so that a broken file leaves the map in place.

The folder is read in each run. If it cannot be read, or most of the dossier cannot, the version
that was read last stays on show, with the time at which it was read and with the present problems.
It is kept once for the whole process, cannot be changed, and is shared by all sessions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from geo.dossier.records import EMPTY
from geo.errors import GeoError, fault_of_program
from geo.logs import log_fault
from geo.table.workspace import Workspace
from geo.workspace import data_folder, open_workspace

_LOG: Final = logging.getLogger(__name__)
_READING: Final = "reading the data"
MOST: Final = 20
"""Most problems of an unreadable file that are shown."""


@dataclass(frozen=True, slots=True)
class ValidData:
    """Data that are valid as a whole, and when they were last read as such.

    Parameters
    ----------
    faults
        Why the current files are not shown; empty if they are.
    lost
        How much of them could not be read, in words; empty if all was read.
    """

    workspace: Workspace
    read: datetime
    faults: tuple[str, ...] = ()
    lost: str = ""

    def say(self) -> str:
        """Return one line for the reader.

        Examples
        --------
        >>> from datetime import UTC
        >>> ValidData(None, datetime(2024, 5, 31, 8, 5, tzinfo=UTC), ("d.yaml: gone",)).say()
        'The data have changed and could not be read; showing the version loaded on 2024-05-31 at 08:05 UTC.'
        """  # noqa: E501 - one line
        return (
            f"The data have changed and {self.lost}{' ' * bool(self.lost)}could not be read; "
            "showing the version loaded on "
            f"{self.read:%Y-%m-%d} at {self.read:%H:%M} UTC."
        )


class LastValid:
    """The last valid state of the current folder.

    Parameters
    ----------
    folder
        Returns the current folder; a different folder starts afresh.
    """

    def __init__(self, folder: Callable[[], Path] = data_folder) -> None:
        self._folder = folder
        self._lock = Lock()
        self._kept: tuple[Path, ValidData] | None = None

    def at(self, now: datetime, today: date | None = None) -> ValidData:
        """Return the current data, or else the last valid ones.

        Parameters
        ----------
        now
            The present moment, which is stored with the data that are read.
        today
            The reader's day, after which no record may be dated; by default the day of `now`.

        Raises
        ------
        GeoError
            The folder cannot be read, and never could since the program started.
        """
        folder = self._folder()
        try:
            found = open_workspace(folder, today=today or now.date())
        except Exception as error:
            kept = self._last(folder)
            if kept is None:
                raise
            return ValidData(kept.workspace, kept.read, (_say(error),))
        faults = unreadable(found)
        kept = self._last(folder)
        if faults and kept is not None:
            return ValidData(kept.workspace, kept.read, faults)
        if kept is not None and (lost := mostly_lost(found, kept.workspace)):
            have, had = (len(one.reading.dossier.records) for one in (found, kept.workspace))
            return ValidData(
                kept.workspace, kept.read, lost, f"{max(had - have, 1)} of {had} records"
            )
        valid = ValidData(found, now)
        if not faults:
            with self._lock:
                self._kept = (folder, valid)
        return valid

    def _last(self, folder: Path) -> ValidData | None:
        with self._lock:
            return self._kept[1] if self._kept and self._kept[0] == folder else None


def _say(error: Exception) -> str:
    """Return a refusal in its own words; anything else is a fault of the program and logged."""
    if isinstance(error, GeoError):
        return str(error)
    log_fault(_LOG, _READING, error)
    return fault_of_program(error, _READING)


def mostly_lost(workspace: Workspace, kept: Workspace) -> tuple[str, ...]:
    """Return the faults that removed more than half of the earlier records; empty if none did.

    Only records that are rejected, or lost to a fault of the whole file, count; what somebody
    deleted does not.
    """
    have, had = (len(one.reading.dossier.records) for one in (workspace, kept))
    errors = workspace.reading.errors
    is_swallowed = 2 * have < had and any(not one.record for one in errors)
    is_lost = is_swallowed or 2 * workspace.reading.left_out > had
    return tuple(str(one) for one in errors[:MOST]) if is_lost else ()


def unreadable(workspace: Workspace) -> tuple[str, ...]:
    """Return why nothing of a dossier could be read; empty if anything could.

    A dossier with some faulty records is valid: it is shown with a list of its problems.
    """
    if workspace.reading.dossier is not EMPTY:
        return ()
    return tuple(str(problem) for problem in workspace.errors[:MOST])
