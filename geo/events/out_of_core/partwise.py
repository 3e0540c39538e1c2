"""Process one part of a file: the work of a single task, wherever it runs.

A file is read in three rounds. In the *survey*, each part is read and counted, because its rows
have the numbers of the whole file. In the *comparison*, ids that occur in several parts are found.
In the *conversion*, a part becomes events by the same functions that read a whole file, sorted into
months. Every task writes its own files, named by the number of its part, completely or not at all,
and its result fits in a message. So a task that is repeated because its computer failed writes the
same files again and nothing twice.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.errors import IntakeError
from geo.events.columns.formats import Format
from geo.events.columns.rejects import distinct_rows, rows_by_reason
from geo.events.importing.duplicates import SCHEMA as SUGGESTED
from geo.events.importing.duplicates import suggest
from geo.events.importing.importing import clues_of_file, convert, id_column
from geo.events.judging.whole_file import TableClues, TableContext
from geo.events.mapping.mapping import ColumnMapping
from geo.events.out_of_core.blocks import FileBlocks
from geo.events.parties.actors import Registry
from geo.events.readers.csv_rows import RawTable
from geo.events.store.storage import bounds_of, same_columns
from geo.files import writing_whole
from geo.places.country import Country
from geo.version import __version__

UNDATED: Final = -1
"""The month of events whose first day is unknown; other months count from the year 0."""
BUCKET_BYTES: Final = 1 << 31
"""Bytes of a file per bucket of ids; the ids of one bucket are compared in memory at once."""
_IDS: Final = pa.schema([("part", pa.int32()), ("row", pa.int64()), ("id", pa.string())])
_AGAIN: Final = pa.schema([("part", pa.int32()), ("row", pa.int64())])
_OPTIONS: Final = pa.ipc.IpcWriteOptions(compression="lz4")
Extent = tuple[float, ...] | None


@dataclass(frozen=True)
class Job:
    """What every task must know; it is sent to each worker once.

    Parameters
    ----------
    blocks
        The file.
    work
        The folder for intermediate files, which all workers share.
    folder, digest
        The country's folder, and the digest that it must have.
    registry, mapping, today
        As :func:`geo.events.importing.importing.convert` takes them.
    incidents
        The located incidents of a dossier that events may repeat; ``None`` without a dossier.
    """

    blocks: FileBlocks
    work: Path
    folder: Path
    digest: str
    registry: Registry
    mapping: ColumnMapping | None = None
    today: date | None = None
    incidents: pd.DataFrame | None = None
    version: str = __version__

    @property
    def buckets(self) -> int:
        """The number of buckets in which ids are compared."""
        return 1 + self.blocks.size // BUCKET_BYTES

    def file(self, what: str, number: int) -> Path:
        """Return the file of a task."""
        return self.work / f"{what}-{number:06d}.arrow"


@dataclass(frozen=True)
class PartSurvey:
    """The number of rows of a part, and their clues about the whole; see :func:`clues_of_file`."""

    rows: int
    clues: TableClues


@dataclass(frozen=True)
class FilePart:
    """One part that is to be converted.

    Parameters
    ----------
    before
        How many rows the file has before it.
    again
        The buckets in which some ids occur twice.
    """

    number: int
    before: int
    again: tuple[int, ...]
    whole: TableContext


@dataclass(frozen=True, eq=False)
class PartResult:
    """The result of a part; its events and findings are in its files.

    Parameters
    ----------
    months
        For each month of its events, the bounds of their points, in the order of the batches.
    same
        Columns that equal one of ours.
    schema
        All columns, in order.
    """

    form: Format
    kept: int
    rejected_rows: int
    months: dict[int, Extent]
    same: dict[str, str]
    schema: pa.Schema
    rejected: Counter[tuple[str, str]]
    doubts: Counter[tuple[str, str]]
    unknown: pa.Table
    twice: pa.Table


def survey(job: Job, number: int) -> PartSurvey:
    """Read a part, and save it with its ids."""
    _same_program(job)
    raw = job.blocks.read(number)
    numbered = raw.table.append_column("", pa.array(raw.rows))
    save(numbered, job.file("raw", number))
    save(raw.rejected, job.file("malformed", number))
    name = id_column(raw.table.column_names, job.mapping)
    if name is not None:
        _save_ids(job, number, raw.table[name].cast(pa.string()), raw.rows)
    country = _country(job.folder, job.digest)
    return PartSurvey(raw.count, clues_of_file(raw, job.mapping, country))


def _save_ids(job: Job, number: int, ids: Any, rows: NDArray[np.int64]) -> None:
    filled = pc.not_equal(pc.utf8_trim_whitespace(ids), "")
    part = pa.repeat(pa.scalar(number, pa.int32()), len(ids))
    table = pa.table([part, pa.array(rows), ids], schema=_IDS).filter(filled)
    heap = [zlib.crc32(text.encode()) % job.buckets for text in table["id"].to_pylist()]
    order = np.argsort(np.array(heap, np.int64), kind="stable")
    sizes = np.bincount(np.array(heap, np.int64), minlength=job.buckets)
    save(table.take(pa.array(order)), job.file("ids", number), sizes.tolist())


def compare(job: Job, heap: int) -> int:
    """Find the rows whose id occurs in an earlier part, among the ids of one bucket."""
    files = [job.file("ids", number) for number in range(len(job.blocks))]
    found = pa.concat_tables(
        [_IDS.empty_table(), *(load(file, [heap]) for file in files if file.is_file())]
    )
    ids = found["id"].combine_chunks().dictionary_encode()
    codes, part = ids.indices.to_numpy(), found["part"].to_numpy()
    first = np.zeros(len(ids.dictionary), np.int32)
    first[codes[::-1]] = part[::-1]
    again = found.filter(pa.array(first[codes] != part)).select(_AGAIN.names)
    save(again, job.file("again", heap))
    return int(again.num_rows)


def make_events(job: Job, part: FilePart) -> PartResult:
    """Convert a part that was surveyed to events."""
    imported = convert(
        _laid_aside(job, part),
        _country(job.folder, job.digest),
        job.registry,
        mapping=job.mapping,
        today=job.today,
        whole=part.whole,
    )
    save(imported.rejected, job.file("rejected", part.number))
    save(imported.doubts, job.file("doubts", part.number))
    twice = SUGGESTED.empty_table()
    if job.incidents is not None:
        twice = suggest(imported.events, job.incidents, job.registry)
    return PartResult(
        imported.form, imported.events.num_rows, distinct_rows(imported.rejected),
        _save_months(imported.events, job.file("events", part.number)),
        same_columns(imported.events), imported.events.schema,
        rows_by_reason(imported.rejected), rows_by_reason(imported.doubts),
        imported.unknown, twice,
    )  # fmt: skip


def _laid_aside(job: Job, part: FilePart) -> RawTable:
    numbered = load(job.file("raw", part.number))
    last = numbered.num_columns - 1
    rows = numbered.column(last).to_numpy() + part.before
    malformed = load(job.file("malformed", part.number))
    moved = malformed.set_column(0, "row", pc.add(malformed["row"], part.before))
    again = [load(job.file("again", heap)) for heap in part.again]
    own = [one.filter(pc.equal(one["part"], part.number))["row"].to_numpy() for one in again]
    return RawTable(
        numbered.remove_column(last), rows, moved, numbered.num_rows + distinct_rows(malformed),
        str(job.blocks.path), np.concatenate([np.empty(0, np.int64), *own]) + part.before,
    )  # fmt: skip


def _save_months(events: pa.Table, path: Path) -> dict[int, Extent]:
    """Write events month by month, sorted by row within each month."""
    day = events["earliest"]
    number = pc.add(pc.multiply(pc.year(day), 12), pc.subtract(pc.month(day), 1))
    months = np.asarray(pc.fill_null(number, UNDATED).to_numpy(), np.int64)
    found, sizes = np.unique(months, return_counts=True)
    ordered = events.take(pa.array(np.argsort(months, kind="stable")))
    # As plain strings: with dictionaries, each batch would be read with the strings of all others.
    save(ordered.cast(without_dictionaries(ordered.schema)), path, sizes.tolist())
    starts = np.cumsum(sizes) - sizes
    slices = zip(starts.tolist(), sizes.tolist(), strict=True)
    bounds = [bounds_of(ordered.slice(start, size)) for start, size in slices]
    return dict(zip(found.tolist(), bounds, strict=True))


def without_dictionaries(schema: pa.Schema) -> pa.Schema:
    """Return the schema with strings in place of dictionaries of strings."""
    fields = [
        field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field
        for field in schema
    ]
    return pa.schema(fields, metadata=schema.metadata)


def save(table: pa.Table, path: Path, sizes: Sequence[int] | None = None) -> None:
    """Write a table to an intermediate file, as one batch or in batches of the given sizes."""
    whole = table.unify_dictionaries().combine_chunks()
    with (
        writing_whole(path) as part,
        pa.OSFile(str(part), "wb") as sink,
        pa.ipc.new_file(sink, whole.schema, options=_OPTIONS) as writer,
    ):
        start = 0
        for size in [whole.num_rows] if sizes is None else sizes:
            batches = whole.slice(start, size).to_batches()
            if len(batches) > 1:
                raise IntakeError("a part holds too much text; split the file into smaller ones")
            no_rows = pa.RecordBatch.from_pylist([], schema=whole.schema)
            writer.write_batch(batches[0] if batches else no_rows)
            start += size


def load(path: Path, batches: Sequence[int] | None = None) -> pa.Table:
    """Read an intermediate file, or some of its batches.

    Returns
    -------
    The table as written, with all its columns.
    """
    with pa.OSFile(str(path)) as opened, pa.ipc.open_file(opened) as reader:
        if batches is None:
            return reader.read_all()
        return pa.Table.from_batches([reader.get_batch(one) for one in batches], reader.schema)


def sums(surveyed: Sequence[PartSurvey]) -> list[int]:
    """Return how many rows precede each part.

    Examples
    --------
    >>> sums([PartSurvey(3, None), PartSurvey(0, None), PartSurvey(2, None)])
    [0, 3, 3]
    """
    rows = np.array([one.rows for one in surveyed], np.int64)
    before: list[int] = (np.cumsum(rows) - rows).tolist()
    return before


def batches_of(parts: Sequence[PartResult], month: int) -> Iterator[tuple[int, int]]:
    """Yield the parts that have events of a month, and the batch that holds them."""
    for number, part in enumerate(parts):
        if month in part.months:
            yield number, list(part.months).index(month)


def agreed(parts: Sequence[PartResult]) -> Mapping[str, str]:
    """Return the columns that equal one of ours in every part.

    Returns
    -------
    Heading of each such column in the original file to the name of ours.
    """
    filled = [set(part.same.items()) for part in parts if part.kept]
    return dict(sorted(set.intersection(*filled))) if filled else {}


def _same_program(job: Job) -> None:
    if job.version != __version__:
        raise IntakeError(
            f"a worker runs incident-map {__version__}, not {job.version}; install the same "
            "version on every worker"
        )


@lru_cache(maxsize=1)
def _country(folder: Path, digest: str) -> Country:
    country = Country.read(folder)
    if country.digest != digest:
        raise IntakeError(
            f"{folder}: a worker finds different files there; give every worker the same folder"
        )
    return country
