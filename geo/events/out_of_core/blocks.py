"""Split a file of events into blocks, each read as it would be read within the whole file.

CSV is split at the ends of rows (:mod:`geo.events.readers.splitting`), GeoParquet between row
groups. Other files cannot be split without reading them whole, so they are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from geo import limits
from geo.errors import IntakeError
from geo.events.importing.importing import PARQUET
from geo.events.readers.csv_heading import HEAD, CsvHeading, read_heading
from geo.events.readers.csv_rows import RawTable, read_rows
from geo.events.readers.file_kinds import HEAD as ENDS
from geo.events.readers.file_kinds import kind_of
from geo.events.readers.geo_tables import read_foreign_groups
from geo.events.readers.opening import WHOLE
from geo.events.readers.sources import read_ends
from geo.events.readers.splitting import row_ends
from geo.events.store.storage import is_events, opened

BLOCK_BYTES: Final = 1 << 26
"""Bytes of CSV in a block: some hundred thousand rows of ACLED, and half a gigabyte when read."""
GROUP_ROWS: Final = 1 << 17
"""Rows that fill a block of GeoParquet; row groups are never split."""
GROUP_BYTES: Final = 1 << 28
"""Uncompressed bytes that fill a block of GeoParquet, if it has fewer rows."""


@dataclass(frozen=True)
class FileBlocks:
    """A file, and where its blocks begin and end.

    Parameters
    ----------
    path
        The path of the file; the same for every worker.
    stamp
        Its size and time when it was split; a file that has changed since is refused.
    spans
        First byte and end of each block, or the same in row groups of GeoParquet.
    heading
        For CSV, the names of the columns; ``None`` for GeoParquet.
    top
        For CSV, the bytes of the heading.
    """

    path: Path
    stamp: tuple[int, int]
    spans: tuple[tuple[int, int], ...]
    heading: CsvHeading | None = None
    top: bytes = b""

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return self.stamp[0]

    def read(self, number: int) -> RawTable:
        """Read one block; its rows are numbered from 1.

        Raises
        ------
        IntakeError
            The file cannot be read, or has changed.
        """
        if _stamp(self.path) != self.stamp:
            raise IntakeError(f"{self.path}: changed while it was being read; import it again")
        start, stop = self.spans[number]
        name = str(self.path)
        if self.heading is None:
            parquet = opened(self.path, name, in_parts=True)
            return read_foreign_groups(parquet, range(start, stop))
        with self.path.open("rb") as file:
            file.seek(start)
            data = self.top + file.read(stop - start)
        return read_rows(data, self.heading, name, tagged=number == 0, whole=False)


def cut(path: Path, block: int = BLOCK_BYTES) -> FileBlocks:
    """Find where the blocks of a file begin and end; CSV is scanned once for this.

    Parameters
    ----------
    block
        Bytes of CSV in a block.

    Raises
    ------
    IntakeError
        The file is neither CSV with a heading nor GeoParquet, or cannot be read.
    """
    stamp = _stamp(path)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(PARQUET):
        return _cut_parquet(FileBlocks(path, stamp, ()))
    kind = kind_of(*read_ends(path, str(path), ENDS))
    if kind is not None and kind.key in WHOLE:
        raise IntakeError(
            f"{path}: is {kind.name}, which can only be read as a whole; use --out with a "
            "file such as X.parquet, or save it as CSV or GeoParquet"
        )
    if kind is not None:
        raise IntakeError(kind.refusal(str(path)))
    heading = read_heading(head, str(path))
    with path.open("rb") as file:
        top, *ends = row_ends(file, heading.delimiter, block, str(path))
        file.seek(0)
        above = file.read(top)
    # A file with only a heading is one block without rows.
    spans = tuple(pairwise((top, *ends))) or ((top, top),)
    return FileBlocks(path, stamp, spans, heading, above)


def _cut_parquet(whole: FileBlocks) -> FileBlocks:
    name = str(whole.path)
    if is_events(whole.path):
        raise IntakeError(
            f"{name}: is an event table already, not divided by years; import the original again"
        )
    about = opened(whole.path, name, in_parts=True).about
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    largest = max((group.total_byte_size for group in groups), default=0)
    if largest > limits.MAX_GROUP_BYTES:
        raise IntakeError(
            f"{name}: has a row group of {largest:,} bytes unpacked; at most "
            f"{limits.MAX_GROUP_BYTES:,} are read at once; write it again with smaller row groups"
        )
    return replace(whole, spans=tuple(_filled(groups)) or ((0, 0),))


def _filled(groups: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Group consecutive row groups until they fill a block."""
    start = rows = size = 0
    for stop, group in enumerate(groups, start=1):
        rows, size = rows + group.num_rows, size + group.total_byte_size
        if rows >= GROUP_ROWS or size >= GROUP_BYTES or stop == len(groups):
            yield start, stop
            start, rows, size = stop, 0, 0


def _stamp(path: Path) -> tuple[int, int]:
    if not path.is_file():
        raise IntakeError(f"{path}: there is no such file")
    try:
        about = path.stat()
    except OSError as error:
        raise IntakeError(f"{path}: cannot be read ({error.strerror})") from error
    return about.st_size, about.st_mtime_ns
