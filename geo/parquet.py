"""Parquet files, measured before they are unpacked.

A file of some kilobytes may state a million times the same text, which its own metadata count
once. So texts are read as the dictionaries that they are stored as, their true size is added up,
and only then do they become what the file says they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.errors import IntakeError

DAMAGED: Final = (pa.ArrowException, OSError, ValueError, TypeError, LookupError)
"""What arrow raises, depending on how a file is broken."""
# Encodings under which a text takes as much room in the file, unpacked, as in memory.
_HONEST: Final = frozenset({"PLAIN", "RLE", "BIT_PACKED", "DELTA_LENGTH_BYTE_ARRAY"})


class Parquet:
    """A Parquet file that is open and not too large.

    Parameters
    ----------
    source
        The bytes, or where they lie.
    name
        How messages call the file.
    rows, columns, unpacked
        How many rows, columns and bytes it may have.

    Raises
    ------
    IntakeError
        It is no Parquet file, or larger than that.
    """

    def __init__(
        self, source: Path | bytes, name: str, *, rows: int, columns: int, unpacked: int
    ) -> None:
        self.source, self.name, self.unpacked = source, name, unpacked
        try:
            with pq.ParquetFile(self._opened()) as file:
                self._about, self.schema = file.metadata, file.schema_arrow
            self._check("rows", self._about.num_rows, rows)
            self._check("columns", self._about.num_columns, columns)
            self._check("bytes", sum(map(self._stated, self._chunks())), unpacked)
        except DAMAGED as error:
            raise IntakeError(f"{name}: cannot be read as Parquet") from error

    @property
    def metadata(self) -> dict[bytes, bytes]:
        """What the file says of itself."""
        return self.schema.metadata or {}

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """Read all columns, or some.

        Raises
        ------
        IntakeError
            The file is damaged, or its texts are larger than they may be.
        """
        suspect = {each.path_in_schema for each in self._chunks() if _may_hide(each)}
        try:
            with pq.ParquetFile(self._opened(), read_dictionary=sorted(suspect)) as file:
                table = file.read(columns=columns)
            table.validate(full=True)
            self._check("bytes", sum(map(_letters, table.columns)), self.unpacked)
            wanted = [self.schema.field(name) for name in table.column_names]
            return table.cast(pa.schema(wanted, metadata=table.schema.metadata))
        except DAMAGED as error:
            raise IntakeError(f"{self.name}: is damaged and cannot be read as Parquet") from error

    def _opened(self) -> Any:
        return self.source if isinstance(self.source, Path) else pa.BufferReader(self.source)

    def _check(self, what: str, has: int, most: int) -> None:
        if has > most:
            raise IntakeError(
                f"{self.name}: has {has:,} {what} when unpacked; at most {most:,} are read"
            )

    def _stated(self, chunk: Any) -> int:
        """Bytes of a part of a column, as the metadata state them; texts at least as codes."""
        width = {"BYTE_ARRAY": 4, "FIXED_LEN_BYTE_ARRAY": self._longest}.get(chunk.physical_type, 8)
        return max(int(chunk.total_uncompressed_size), int(chunk.num_values) * width)

    @property
    def _longest(self) -> int:
        columns = map(self._about.schema.column, range(self._about.num_columns))
        return max((int(column.length) for column in columns), default=0)

    def _chunks(self) -> Iterable[Any]:
        for group in map(self._about.row_group, range(self._about.num_row_groups)):
            yield from map(group.column, range(group.num_columns))


def _may_hide(chunk: Any) -> bool:
    return chunk.physical_type == "BYTE_ARRAY" and not _HONEST.issuperset(chunk.encodings)


def _letters(column: Any) -> int:
    """Bytes of the texts of a column, wherever in it they stand."""
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
    """Whether values of a type hold several others."""
    kinds = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
    return any(is_one(kind) for is_one in kinds)
