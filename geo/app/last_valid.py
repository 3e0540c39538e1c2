"""The last sound version of the data, so that a broken file takes nobody's map away.

A folder is read at each run. When it cannot be read, or most of the dossier cannot, the version
that was read last stays, with the day and minute at which it was read and with what is wrong now.
Kept once for the whole process; what is kept cannot be changed and belongs to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from geo.dossier.records import EMPTY
from geo.errors import GeoError
from geo.table.workspace import Workspace
from geo.workspace import data_folder, open_workspace

MOST: Final = 20
"""How many problems of a file that cannot be read are told."""


@dataclass(frozen=True, slots=True)
class ValidData:
    """Data that are sound as a whole, and when they were last read so.

    Parameters
    ----------
    faults
        Why the files that lie there now are not shown; empty when it is they that are shown.
    lost
        How much of them could not be read, in words; empty for all of it.
    """

    workspace: Workspace
    read: datetime
    faults: tuple[str, ...] = ()
    lost: str = ""

    def say(self) -> str:
        """One line for the reader.

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
    """What was sound of the folder at hand when it was last read.

    Parameters
    ----------
    folder
        Names the folder at hand; another folder begins anew.
    """

    def __init__(self, folder: Callable[[], Path] = data_folder) -> None:
        self._folder = folder
        self._lock = Lock()
        self._kept: tuple[Path, ValidData] | None = None

    def at(self, now: datetime, today: date | None = None) -> ValidData:
        """The data at hand now, or else the last sound ones.

        Parameters
        ----------
        now
            This moment, which is told when these data are held.
        today
            The reader's day, after which no record may be; that of `now` if not given.

        Raises
        ------
        GeoError
            The folder cannot be read, and never could be since the program began.
        """
        folder = self._folder()
        try:
            found = open_workspace(folder, today=today or now.date())
        except GeoError as error:
            kept = self._last(folder)
            if kept is None:
                raise
            return ValidData(kept.workspace, kept.read, (str(error),))
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


def mostly_lost(workspace: Workspace, kept: Workspace) -> tuple[str, ...]:
    """The faults for which more than half of the records that were there are gone; or nothing.

    Gone are those that are rejected, or that a fault of the file as a whole has swallowed; what
    somebody deleted is no loss.
    """
    have, had = (len(one.reading.dossier.records) for one in (workspace, kept))
    errors = [one for one in workspace.reading.problems if one.severity == "error"]
    is_swallowed = 2 * have < had and any(not one.record for one in errors)
    is_lost = is_swallowed or 2 * workspace.reading.left_out > had
    return tuple(str(one) for one in errors[:MOST]) if is_lost else ()


def unreadable(workspace: Workspace) -> tuple[str, ...]:
    """Why nothing at all of a dossier could be read; empty when something could.

    A dossier with some faulty records is sound: it is shown with its problems beside it.
    """
    if workspace.reading.dossier is not EMPTY:
        return ()
    return tuple(str(problem) for problem in workspace.errors[:MOST])
