"""Merge parts into one file of events for each year, one list of each kind, and a manifest.

Within a year, events are sorted by month and then by row, so that those of a period are close
together. The result depends neither on how the file was split nor on which worker did which part:
the same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.events.columns.text_cells import write_table, write_tables
from geo.events.out_of_core.partwise import (
    UNDATED,
    Extent,
    Job,
    PartResult,
    agreed,
    batches_of,
    load,
)
from geo.events.store import manifest
from geo.events.store.storage import ROWS_AT_ONCE, metadata, stored
from geo.files import writing_whole

LEAST: Final = 1 << 13
"""Rows from which a row group ends with its month; smaller groups cost more than they save."""
_UNKNOWN_YEAR: Final = "__HIVE_DEFAULT_PARTITION__"
LISTS: Final = ("rejected", "doubts", "names", "duplicates")


@dataclass(frozen=True)
class YearFile:
    """The content of one file.

    Parameters
    ----------
    folder
        The dataset that is being written.
    months
        For each month, the numbers of the parts that hold its events, and of the batches in them.
    schema
        The columns of an event table.
    same, bounds
        As :func:`geo.events.store.storage.metadata` takes them.
    """

    name: str
    folder: Path
    months: tuple[tuple[tuple[int, int], ...], ...]
    schema: pa.Schema
    same: Mapping[str, str]
    bounds: Extent

    @property
    def file(self) -> str:
        """The file's path in the dataset."""
        return f"year={self.name}/part-0.parquet"


def years(parts: Sequence[PartResult], folder: Path) -> list[YearFile]:
    """Return the files of a dataset; always at least one, which names its columns."""
    by_name: dict[str, list[int]] = {}
    for month in sorted({month for part in parts for month in part.months}):
        by_name.setdefault(_name(month), []).append(month)
    same, schema = agreed(parts), parts[0].schema
    return [
        YearFile(
            name, folder, tuple(tuple(batches_of(parts, month)) for month in months), schema, same,
            _around([part.months.get(month) for part in parts for month in months]),
        )
        for name, months in (by_name or {_UNKNOWN_YEAR: []}).items()
    ]  # fmt: skip


def _name(month: int) -> str:
    return _UNKNOWN_YEAR if month == UNDATED else f"{month // 12:04d}"


def _around(bounds: Sequence[Extent]) -> Extent:
    known = [one for one in bounds if one is not None]
    if not known:
        return None
    sides = list(zip(*known, strict=True))
    return *map(min, sides[:2]), *map(max, sides[2:])


def assemble(job: Job, year: YearFile) -> manifest.DatasetPart:
    """Write the file of a year."""
    file = year.folder / year.file
    file.parent.mkdir(exist_ok=True)
    about = metadata(year.schema.names, year.same, year.bounds)
    days = _DaySpan()
    with writing_whole(file) as part:
        schema = _as_stored(year.schema.empty_table(), year).schema.with_metadata(about)
        with pq.ParquetWriter(
            part, schema, compression="zstd", compression_level=1, write_page_checksum=True
        ) as writer:
            for rows in _groups(job, year):
                days.see(rows)
                group = _as_stored(rows, year).replace_schema_metadata(about)
                writer.write_table(group, row_group_size=group.num_rows)
    return days.part(year.file)


def _groups(job: Job, year: YearFile) -> Iterator[pa.Table]:
    """Yield the row groups of a year, sorted, from whatever parts they are in."""
    waiting: list[pa.Table] = []
    count = 0
    for month in year.months:
        for number, batch in month:
            more = load(job.file("events", number), [batch])
            waiting, count = [*waiting, more], count + more.num_rows
            while count >= ROWS_AT_ONCE:
                whole = pa.concat_tables(waiting)
                yield whole.slice(0, ROWS_AT_ONCE)
                waiting, count = [whole.slice(ROWS_AT_ONCE)], count - ROWS_AT_ONCE
        if count >= LEAST:
            yield pa.concat_tables(waiting)
            waiting, count = [], 0
    if count:
        yield pa.concat_tables(waiting)


def _as_stored(rows: pa.Table, year: YearFile) -> pa.Table:
    """Give rows their own dictionaries, in the order in which their texts occur."""
    columns = [
        column.cast(pa.string()).combine_chunks().dictionary_encode().cast(field.type)
        if pa.types.is_dictionary(field.type)
        else column.combine_chunks()
        for column, field in zip(rows.columns, year.schema, strict=True)
    ]
    return stored(pa.table(columns, names=rows.column_names), year.same)


class _DaySpan:
    """Collects the first and the last day of rows that pass through."""

    def __init__(self) -> None:
        self.rows = 0
        self.ends: dict[str, list[Any]] = {"earliest": [], "latest": []}
        self.open = dict.fromkeys(self.ends, False)

    def see(self, rows: pa.Table) -> None:
        self.rows += rows.num_rows
        for name, found in self.ends.items():
            ends = pc.min_max(rows[name]).as_py()
            pick, side = (min, "min") if name == "earliest" else (max, "max")
            known = [day for day in (*found, ends[side]) if day is not None]
            found[:] = [pick(known)] if known else []
            self.open[name] |= bool(rows[name].null_count)

    def part(self, file: str) -> manifest.DatasetPart:
        first, last = (next(iter(self.ends[name]), None) for name in ("earliest", "latest"))
        return manifest.DatasetPart(
            file, self.rows, first, last, self.open["earliest"], self.open["latest"]
        )


def write_lists(
    job: Job, unknown: pa.Table, twice: pa.Table | None, folder: Path
) -> dict[str, Path]:
    """Write the lists that belong to a dataset into a folder; return their paths by kind.

    Returns
    -------
    Kind of each list (``rejected``, ``doubts``, ``names``, ``duplicates``) to its path.
    """
    files = {name: folder / f"{name}.csv" for name in LISTS}
    for name in ("rejected", "doubts"):
        parts = (load(job.file(name, number)) for number in range(len(job.blocks)))
        first = load(job.file(name, 0))
        write_tables(parts, first.column_names, files[name])
    write_table(unknown, files["names"])
    if twice is None:
        del files["duplicates"]
    else:
        write_table(twice, files["duplicates"])
    return files
