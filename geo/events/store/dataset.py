"""Read datasets of events, and no more of them than a request needs.

A dataset is a folder with a file for each year (:mod:`geo.events.store.manifest`), made from a file
larger than memory. Its manifest shows which years a period can leave unopened; in the others,
Parquet's statistics show which row groups can be skipped. The rows that are read have the columns
of a single event table, and get the same checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from geo import limits
from geo.errors import IntakeError
from geo.events.store.manifest import FILE, DatasetPart, Manifest
from geo.events.store.storage import opened, read_groups
from geo.parquet import Parquet

_ENDS: Final = ("earliest", "latest")


def is_dataset(path: Path) -> bool:
    """Tell whether a path is a folder of events that this program wrote; a file is not."""
    return (path / FILE).is_file()


def event_count(path: Path) -> int:
    """Return the number of events in a dataset, without opening any of its files.

    Raises
    ------
    IntakeError
        It is not a dataset, or its manifest is damaged.
    """
    return Manifest.read(path).rows


def span_of(path: Path) -> tuple[date | None, date | None]:
    """Return the first and last day on which an event may be, as far as days are known.

    Returns
    -------
    The first and the last day; ``None`` if no day is known.

    Raises
    ------
    IntakeError
        As :func:`event_count`.
    """
    return Manifest.read(path).span


def years_of(
    path: Path, most: int, *, first: date | None = None, last: date | None = None
) -> tuple[date, date] | None:
    """Return the latest whole years between two days whose events fit on one map.

    Parameters
    ----------
    most
        Most events to return; a single year may have more.
    first, last
        The requested period.

    Returns
    -------
    First and last day of these years; ``None`` if all events of the dataset are few enough, or if
    none is in the period.

    Raises
    ------
    IntakeError
        As :func:`event_count`.
    """
    sheet = Manifest.read(path)
    if sheet.rows <= most:
        return None
    begun = [part.first for part in sheet.latest(most, first, last) if part.first is not None]
    return (date(min(begun).year, 1, 1), date(max(begun).year, 12, 31)) if begun else None


def read_dataset(
    path: Path,
    columns: Sequence[str] | None = None,
    *,
    first: date | None = None,
    last: date | None = None,
) -> pa.Table:
    """Read the events that may be between two days, or some of their columns.

    Parameters
    ----------
    first, last
        Both included; ``None`` leaves that end open. An event with an unknown end counts as
        unlimited at that end.

    Returns
    -------
    An event table (:mod:`geo.events.columns.schema`), or the requested columns of one.

    Raises
    ------
    IntakeError
        It is not a dataset, a part of it is missing or damaged, or the request exceeds the limits.
    """
    sheet = Manifest.read(path)
    parts = sheet.overlapping(first, last)
    query = _DatasetQuery(path, columns, first, last)
    if not parts:
        return query.nothing(sheet.parts[0])
    tables = [query.read(part) for part in parts]
    if any(table.schema != tables[0].schema for table in tables):
        raise IntakeError(f"{path}: its parts have different columns; import the original again")
    return pa.concat_tables(tables).unify_dictionaries()


def detail_of(path: Path, id: str) -> dict[str, Any] | None:  # noqa: A002 - the column is called so
    """Return all columns of one event of a dataset or event table; ``None`` if it has none such.

    Outside the event's own row group, only ids are read.

    Returns
    -------
    Name of each column to its value.

    Raises
    ------
    IntakeError
        As for :func:`read_dataset`.
    """
    parts = Manifest.read(path).parts if is_dataset(path) else (None,)
    for part in parts:
        name = path / part.file if part else path
        file = opened(name, str(name), in_parts=True)
        if part:
            _check_rows(file, part)
        for group in _RowGroups(file).with_id(id):
            at = pc.index(read_groups(file, ["id"], [group])["id"], id).as_py()
            if at >= 0:
                rows = read_groups(file, None, [group]).slice(at, 1).to_pylist()
                found: dict[str, Any] = rows[0]
                return found
    return None


class _DatasetQuery:
    """A request to a dataset, and how much has been read for it."""

    def __init__(
        self, path: Path, columns: Sequence[str] | None, first: date | None, last: date | None
    ) -> None:
        self.path, self.first, self.last = path, first, last
        self.columns = list(columns) if columns is not None else None
        self.rows = self.bytes = 0

    def nothing(self, part: DatasetPart) -> pa.Table:
        """Return a table without rows, with the columns of any part."""
        return read_groups(self._opened(part), self.columns, [])

    def read(self, part: DatasetPart) -> pa.Table:
        """Return the rows of one part that may be in the period."""
        file = self._opened(part)
        _check_rows(file, part)
        groups = _RowGroups(file).within(self.first, self.last)
        self._count(file, groups)
        if self.first is None and self.last is None:
            return read_groups(file, self.columns, groups)
        wanted = self.columns
        if wanted is not None:
            wanted = list(dict.fromkeys([*wanted, *_ENDS]))
        table = read_groups(file, wanted, groups)
        kept = table.filter(self._within(table))
        return kept if self.columns is None else kept.select(self.columns)

    def _opened(self, part: DatasetPart) -> Parquet:
        name = self.path / part.file
        return opened(name, str(name), in_parts=True)

    def _within(self, table: pa.Table) -> Any:
        kept = pa.repeat(True, table.num_rows)  # noqa: FBT003 - the value
        if self.first is not None:
            late = pc.greater_equal(table["latest"], pa.scalar(self.first, pa.date32()))
            kept = pc.and_(kept, pc.fill_null(late, True))  # noqa: FBT003 - the value in place of nulls
        if self.last is not None:
            early = pc.less_equal(table["earliest"], pa.scalar(self.last, pa.date32()))
            kept = pc.and_(kept, pc.fill_null(early, True))  # noqa: FBT003 - the value in place of nulls
        return kept

    def _count(self, file: Parquet, groups: Sequence[int]) -> None:
        """Refuse a request that is too large before it is read; all parts together count."""
        for number in groups:
            about = file.about.row_group(number)
            self.rows += about.num_rows
            self.bytes += about.total_byte_size
        for what, has, most in (
            ("rows", self.rows, limits.MAX_ROWS), ("bytes", self.bytes, limits.MAX_UNPACKED_BYTES),
        ):  # fmt: skip
            if has > most:
                raise IntakeError(
                    f"{self.path}: the selection has {has:,} {what} or more; at most {most:,} are "
                    "read; choose a shorter period"
                )


def _check_rows(file: Parquet, part: DatasetPart) -> None:
    if file.about.num_rows != part.rows:
        raise IntakeError(
            f"{file.name}: has {file.about.num_rows:,} events, not {part.rows:,} as {FILE} says; "
            "import the original again"
        )


class _RowGroups:
    """The row groups of a file, as described by their statistics."""

    def __init__(self, file: Parquet) -> None:
        self.about, self.count = file.about, file.about.num_row_groups
        # By path, because a list column has a longer path in Parquet than in the table.
        self.at = {column.path: at for at, column in enumerate(file.columns())}

    def within(self, first: date | None, last: date | None) -> list[int]:
        """Return the row groups that may hold an event between two days."""
        return [number for number in range(self.count) if self._reaches(number, first, last)]

    def with_id(self, text: str) -> Iterator[int]:
        """Yield the row groups that may hold an event with this id."""
        for number in range(self.count):
            ends = self._ends(number, "id", str)
            if ends is None or ends[0] <= text <= ends[1]:
                yield number

    def _reaches(self, number: int, first: date | None, last: date | None) -> bool:
        earliest, latest = (self._ends(number, name, date) for name in _ENDS)
        too_early = first is not None and latest is not None and latest[1] < first
        too_late = last is not None and earliest is not None and earliest[0] > last
        return not (too_early or too_late)

    def _ends(self, number: int, name: str, kind: type) -> tuple[Any, Any] | None:
        """Return the smallest and largest value; ``None`` where they do not cover all rows."""
        if name not in self.at:
            return None
        found = self.about.row_group(number).column(self.at[name]).statistics
        if found is None or not found.has_min_max or found.null_count:
            return None
        return (found.min, found.max) if isinstance(found.min, kind) else None
