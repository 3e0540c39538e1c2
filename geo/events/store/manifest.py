"""The manifest of a dataset: its parts, and the number of events and the days in each.

A dataset is a folder with one Parquet file for each year, named as other programs expect
(``year=2022/part-0.parquet``), and this manifest next to them. It decides what can be skipped;
whatever is read is checked against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.errors import IntakeError
from geo.files import write_whole

FILE: Final = "_incident-map.json"
"""Other readers of such folders ignore names that begin with an underscore."""
VERSION: Final = 1
MOST_BYTES: Final = 20_000_000
"""Largest manifest in bytes that is read: far more than parts for some hundred years need."""
_PART: Final = re.compile(r"year=(\d{4}|__HIVE_DEFAULT_PARTITION__)/part-0\.parquet")


@dataclass(frozen=True, slots=True)
class DatasetPart:
    """One file of a dataset.

    Parameters
    ----------
    file
        Its path in the folder.
    rows
        How many events it holds.
    first, last
        First and last day on which one of them may be; ``None`` where no day is known.
    open_start, open_end
        Whether some events have no first day, or no last day.
    """

    file: str
    rows: int
    first: date | None
    last: date | None
    open_start: bool = False
    open_end: bool = False

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Tell whether an event of the part may be between two days.

        Examples
        --------
        >>> part = DatasetPart("year=2022/part-0.parquet", 3, date(2022, 1, 1), date(2023, 2, 1))
        >>> part.overlaps(date(2023, 2, 1), None), part.overlaps(None, date(2021, 12, 31))
        (True, False)
        >>> replace(part, open_start=True).overlaps(None, date(2021, 12, 31))
        True
        """
        begins = self.open_end or first is None or (self.last is not None and self.last >= first)
        ends = self.open_start or last is None or (self.first is not None and self.first <= last)
        return bool(self.rows) and begins and ends


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a dataset, sorted by year, with unknown dates first."""

    parts: tuple[DatasetPart, ...]

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder.

        Raises
        ------
        OSError
            It cannot be written.
        """
        sheet = {"version": VERSION, "parts": [asdict(part) for part in self.parts]}
        write_whole(folder / FILE, json.dumps(sheet, default=str, indent=1).encode())

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a dataset.

        Raises
        ------
        IntakeError
            There is none, it is of another version, or no import can have written it.
        """
        file = folder / FILE
        try:
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES)
        except OSError as error:
            raise IntakeError(
                f"{folder}: is not a folder of events ({FILE} cannot be read); make one with "
                f"`incident-map import SRC --out {folder}`"
            ) from error
        try:
            sheet = json.loads(data)
            version, parts = sheet["version"], tuple(map(_part, sheet["parts"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise IntakeError(f"{file}: is damaged; import the original again") from error
        if version != VERSION:
            raise IntakeError(f"{file}: was written by another version; import the original again")
        if not parts:
            raise IntakeError(f"{file}: is damaged; import the original again")
        return cls(parts)

    def overlapping(self, first: date | None, last: date | None) -> tuple[DatasetPart, ...]:
        """Return the parts in which an event may be between two days."""
        return tuple(part for part in self.parts if part.overlaps(first, last))

    def latest(self, most: int, first: date | None, last: date | None) -> tuple[DatasetPart, ...]:
        """Return the latest parts in a period with at most `most` events, but at least one part."""
        kept: list[DatasetPart] = []
        for part in reversed(self.overlapping(first, last)):
            if kept and sum(one.rows for one in kept) + part.rows > most:
                break
            kept.append(part)
        return tuple(reversed(kept))

    @property
    def rows(self) -> int:
        """The number of events."""
        return sum(part.rows for part in self.parts)

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and last day of all events with known days."""
        return _known(min, self.parts, "first"), _known(max, self.parts, "last")


def _known(pick: Any, parts: Iterable[DatasetPart], name: str) -> date | None:
    days = [day for part in parts if (day := getattr(part, name)) is not None]
    found: date | None = pick(days, default=None)
    return found


def _part(entry: dict[str, Any]) -> DatasetPart:
    """Parse one entry, whose content may be anything in a file from elsewhere."""
    part = DatasetPart(**entry)
    if not _PART.fullmatch(part.file) or type(part.rows) is not int or part.rows < 0:
        raise ValueError(part.file)
    if not {type(part.open_start), type(part.open_end)} <= {bool}:
        raise ValueError(part.file)
    return replace(part, first=_day(entry["first"]), last=_day(entry["last"]))


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)
