"""Parquet files, whose size is checked before they are unpacked.

A file of a few kilobytes may repeat the same text a million times, which its metadata counts once.
Therefore texts are read as the dictionaries in which they are stored, their true size is added up,
and only then are they converted to the types of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.errors import IntakeError

DAMAGED: Final = (pa.ArrowException, OSError, ValueError, TypeError, LookupError)
"""The exceptions of arrow for a damaged file, depending on the damage."""
_WIDTHS: Final = {"BYTE_ARRAY": 4, "FIXED_LEN_BYTE_ARRAY": 0}
"""Least bytes of a value in memory, by physical type: the 32-bit code of a text, and of a
fixed-length value its length, which is added. All other types have at most eight."""


class Parquet:
    """A Parquet file that is open and not too large.

    Parameters
    ----------
    source
        The bytes of the file, or its path.
    name
        Name of the file in messages.
    rows, columns, unpacked
        Most rows, columns and bytes that may be read at once.
    in_parts
        Whether the file may have more, because it is read a few row groups at a time.

    Raises
    ------
    IntakeError
        It is not a Parquet file, or is too large.
    """

    def __init__(
        self, source: Path | bytes, name: str, *, rows: int, columns: int, unpacked: int,
        in_parts: bool = False,
    ) -> None:  # fmt: skip
        self.source, self.name, self.rows, self.unpacked = source, name, rows, unpacked
        try:
            with pq.ParquetFile(self._opened()) as file:
                self.about, self.schema = file.metadata, file.schema_arrow
            self._check("columns", self.about.num_columns, columns)
            if not in_parts:
                self._check_size(range(self.about.num_row_groups))
        except DAMAGED as error:
            raise IntakeError(f"{name}: cannot be read as Parquet") from error

    @property
    def metadata(self) -> dict[bytes, bytes]:
        """The key-value metadata of the file."""
        return self.schema.metadata or {}

    def count(self, groups: Sequence[int] | None = None) -> int:
        """How many rows the file states, or some of its row groups."""
        which = range(self.about.num_row_groups) if groups is None else groups
        return sum(int(self.about.row_group(at).num_rows) for at in which)

    def read(
        self, columns: Sequence[str] | None = None, groups: Sequence[int] | None = None
    ) -> pa.Table:
        """Read some or all columns of some or all row groups.

        Returns
        -------
        pyarrow.Table
            The columns in the order of `columns`, with the types of the file.

        Raises
        ------
        IntakeError
            The file is damaged, or its texts are too large.
        """
        try:
            which = range(self.about.num_row_groups) if groups is None else groups
            self._check_size(which)
            parts = list(self._parts(columns, which))
            names = parts[0].column_names if parts else columns or self.schema.names
            wanted = pa.schema([self.schema.field(name) for name in names], self.schema.metadata)
            return pa.concat_tables(parts).cast(wanted) if parts else wanted.empty_table()
        except DAMAGED as error:
            raise IntakeError(f"{self.name}: is damaged and cannot be read as Parquet") from error

    def _parts(self, columns: Sequence[str] | None, groups: Sequence[int]) -> Iterator[pa.Table]:
        """The row groups one by one: arrow cannot combine lists of dictionaries otherwise."""
        texts = [one.path for one in self.columns() if one.physical_type == "BYTE_ARRAY"]
        size = 0
        with pq.ParquetFile(
            self._opened(), read_dictionary=texts, page_checksum_verification=True
        ) as file:
            for at in groups:
                table = file.read_row_group(at, columns=columns)
                table.validate(full=True)
                size += sum(map(_letters, table.columns))
                self._check("bytes", size, self.unpacked)
                yield table

    def _opened(self) -> Any:
        return self.source if isinstance(self.source, Path) else pa.BufferReader(self.source)

    def _check(self, what: str, has: int, most: int) -> None:
        if has > most:
            raise IntakeError(
                f"{self.name}: has {has:,} {what} when unpacked; at most {most:,} are read"
            )

    # With damaged metadata, reading the statistics of a single column chunk can crash the process,
    # so only the schema and the sums are read.
    def _check_size(self, groups: Sequence[int]) -> None:
        """Refuse row groups whose metadata exceeds the limits; a text counts at least as a code."""
        asked = [self.about.row_group(at) for at in groups]
        rows = sum(int(group.num_rows) for group in asked)
        widths = (
            _WIDTHS.get(one.physical_type, 8) + max(0, int(one.length)) for one in self.columns()
        )
        self._check("rows", rows, self.rows)
        sums = sum(int(group.total_byte_size) for group in asked)
        self._check("bytes", max(sums, rows * sum(widths)), self.unpacked)

    def columns(self) -> Iterable[Any]:
        """The metadata of each leaf column of the file."""
        return map(self.about.schema.column, range(self.about.num_columns))


def _letters(column: Any) -> int:
    """Bytes of all texts of a column, nested ones included."""
    parts = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return sum(map(_letters_of, parts))


def _letters_of(part: Any) -> int:
    kind = part.type
    if pa.types.is_dictionary(kind):
        words = part.dictionary
        if not (pa.types.is_string(words.type) or pa.types.is_binary(words.type)):
            return 0
        lengths = pc.cast(pc.binary_length(words), pa.int64())
        return pc.sum(lengths.take(part.indices)).as_py() or 0
    if pa.types.is_map(kind):
        return _letters(part.keys) + _letters(part.items)
    if pa.types.is_struct(kind):
        return sum(map(_letters, part.flatten()))
    return _letters(part.flatten()) if _is_list(kind) else 0


def _is_list(kind: Any) -> bool:
    """Whether a type is a list."""
    kinds = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
    return any(is_one(kind) for is_one in kinds)
