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
_WIDTHS: Final = {"BYTE_ARRAY": 4, "FIXED_LEN_BYTE_ARRAY": 0}
"""Bytes that a value takes at least; eight if it is not named here."""


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
            self._check("bytes", self._stated(), unpacked)
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
        try:
            texts = [one.path for one in self._columns() if one.physical_type == "BYTE_ARRAY"]
            with pq.ParquetFile(self._opened(), read_dictionary=texts) as file:
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

    # What arrow says of a single part of a column may end the process where the metadata are
    # broken, so only the schema and the sums are asked.
    def _stated(self) -> int:
        """Bytes of all values, as the metadata state them; texts at least as codes."""
        about = self._about
        sums = (about.row_group(at).total_byte_size for at in range(about.num_row_groups))
        widths = (
            _WIDTHS.get(one.physical_type, 8) + max(0, int(one.length)) for one in self._columns()
        )
        return max(int(sum(sums)), int(about.num_rows) * sum(widths))

    def _columns(self) -> Iterable[Any]:
        return map(self._about.schema.column, range(self._about.num_columns))


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
