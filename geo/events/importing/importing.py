"""Import a file of any known format as an event table, with every problem of its rows.

Imported and rejected rows always add up to the rows of the file. The columns of the file are kept
after those of :mod:`geo.events.columns.schema`, as strings and under their own names.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import IntakeError
from geo.events.cells.dates import DateReading
from geo.events.cells.values import day_column
from geo.events.columns.columns import CodedColumn, Mask
from geo.events.columns.formats import IDS, NAMES, Format, canonical, recognise
from geo.events.columns.rejects import SCHEMA as FINDINGS
from geo.events.columns.rejects import Findings, distinct_rows
from geo.events.columns.schema import FIELDS, ORIGINAL, SCHEMA
from geo.events.importing import acled, gtd, insecurity_insight, tables, ucdp
from geo.events.importing.read_back import read_back
from geo.events.judging.dates import evidence_of
from geo.events.judging.draft import DATE_PRECISIONS, Draft, StatedColumns
from geo.events.judging.whole_file import TableClues, TableContext
from geo.events.mapping.mapping import PRECISION_OF, ColumnMapping
from geo.events.parties.actors import Registry
from geo.events.parties.parties import name_parties
from geo.events.placing.rows import place_rows
from geo.events.readers.counts import refuse_counts
from geo.events.readers.csv_rows import RawTable
from geo.events.readers.opening import read_source
from geo.events.readers.sources import FileInput
from geo.places.country import Country

_LOG: Final = logging.getLogger(__name__)
PARQUET: Final = b"PAR1"
Announce = Callable[[str], None]
_FORMATS: Final[
    Mapping[
        Format,
        tuple[Callable[[Draft], StatedColumns], Callable[[Draft], Iterator[tuple[str, Any]]]],
    ]
] = {
    "acled": (acled.judge_acled, acled.acled_columns),
    "ucdp-ged": (ucdp.judge_ucdp, ucdp.ucdp_columns),
    "gtd": (gtd.judge_gtd, gtd.gtd_columns),
    "insecurity-insight": (
        insecurity_insight.judge_insecurity_insight,
        insecurity_insight.insecurity_insight_columns,
    ),
}
"""For each format, what judges its rows, and what yields the columns that are copied."""
UNKNOWN: Final = pa.schema([("what", pa.string()), ("name", pa.string()), ("rows", pa.int64())])


@dataclass(frozen=True, eq=False)
class ImportedEvents:
    """The result of an import.

    Parameters
    ----------
    events
        In the columns of :data:`geo.events.columns.schema.SCHEMA`, those of the file after them.
    rejected, doubts
        Rejected rows, and warnings about imported rows; see :mod:`geo.events.columns.rejects`.
    unknown
        Unmatched names: ``what`` they name, ``name``, number of ``rows``.
    form
        The format that the file was recognised as.
    rows
        How many rows the file has.
    notes
        Sentences on how the file was read.
    """

    events: pa.Table
    rejected: pa.Table
    doubts: pa.Table
    unknown: pa.Table
    form: Format
    rows: int
    notes: tuple[str, ...] = ()

    @property
    def rejected_rows(self) -> int:
        """How many rows were rejected."""
        return distinct_rows(self.rejected)


def import_file(
    source: FileInput,
    country: Country,
    registry: Registry,
    *,
    file: str = "",
    mapping: ColumnMapping | None = None,
    today: date | None = None,
    progress: Announce | None = None,
    part: str = "",
) -> ImportedEvents:
    """Import a file of a known format, or any table whose columns `mapping` explains.

    Parameters
    ----------
    source
        Bytes, or the path to them.
    file
        The name of the file in messages.
    mapping
        What the columns of a table mean, as confirmed by a person; not needed for known formats.
    today
        Rows that begin later are rejected; ``None`` leaves that unchecked.
    progress
        Called with a description of each step before it begins.
    part
        The sheet or archive member to read, as in :func:`geo.events.readers.opening.read_source`.

    Raises
    ------
    IntakeError
        The file cannot be read at all, or is a table without a mapping.
    """
    tell = progress or (lambda _: None)
    tell("Reading")
    return convert(
        read_source(source, file, part=part), country, registry, mapping=mapping, today=today,
        progress=tell,
    )  # fmt: skip


def convert(
    raw: RawTable,
    country: Country,
    registry: Registry,
    *,
    mapping: ColumnMapping | None = None,
    today: date | None = None,
    progress: Announce | None = None,
    whole: TableContext | None = None,
) -> ImportedEvents:
    """Convert rows that were read to events, as :func:`import_file` does after reading.

    The rows may be those of one part of a file, as long as `raw` numbers them as in the whole file
    and knows which ids occur in an earlier part, and `whole` holds what
    :func:`geo.events.importing.tables.judged` needs to know of the whole file.

    Raises
    ------
    IntakeError
        The table counts events instead of listing them, or is one without a mapping.
    """
    tell = progress or (lambda _: None)
    if mapping is None and recognise(raw.table.column_names) == "incident-map":
        events, rejected = read_back(raw, country)
        return ImportedEvents(
            events, rejected.sort_by("row"), FINDINGS.empty_table(), UNKNOWN.empty_table(),
            "incident-map", raw.count, raw.notes,
        )  # fmt: skip
    refuse_counts(raw)
    form = form_of(raw.table.column_names, mapping)
    tell("Judging")
    whole = whole or clues_of_file(raw, mapping, country).whole(*heading_and_dates(mapping))
    draft, judged, own = _judged(form, raw, mapping, country, today, whole)
    kept = ~draft.rejected.found
    _LOG.debug("%s: %d of %d rows kept", form, kept.sum(), kept.size)
    tell("Finding places and parties")
    # Warnings about a rejected row add nothing.
    doubts = Findings(raw.rows[kept])
    doubts.extend(_of_rows(draft.doubts.table(), raw.rows[kept]))
    locations = judged.locations.filter(kept)
    where = place_rows(locations, country, doubts)
    outside = CodedColumn.of(where.columns["off"]).each(lambda off: off == "outside", np.bool_)
    parties, names = name_parties(judged.parties.filter(kept), registry, doubts, outside)
    tell("Putting columns together")
    others = {name: _filtered(column, kept) for name, column in judged.others.items()}
    others |= {name: _filtered(column, kept) for name, column in own.items()}
    days = (judged.earliest[kept], judged.latest[kept])
    found = {
        "origin": CodedColumn.same(form, int(kept.sum())).column(),
        "row": pa.array(raw.rows[kept]),
        "earliest": day_column(days[0]),
        "latest": day_column(days[1]),
        "date_precision": CodedColumn(
            pa.array(DATE_PRECISIONS), judged.date_precision[kept].astype(np.int32)
        ).column(),
        "status": CodedColumn.same("reported", int(kept.sum())).column(),
        **where.columns, **parties, **others,
    }  # fmt: skip
    events = _with_originals(found, raw.table, kept)
    rejected = pa.concat_tables([raw.rejected, draft.rejected.table()])
    unknown = _unknown({"party": names, **where.unknown})
    return ImportedEvents(
        events, rejected.sort_by("row"), doubts.table(), unknown, form, raw.count,
        (*raw.notes, *whole.notes),
    )  # fmt: skip


def form_of(columns: Sequence[str], mapping: ColumnMapping | None) -> Format:
    """Return the format of a file: a mapping by a person outranks the names of the columns.

    Raises
    ------
    IntakeError
        As :func:`geo.events.columns.formats.recognise`.
    """
    if mapping is not None and mapping.names_columns:
        return "table"
    return recognise(columns)


def check_answers(columns: Sequence[str], mapping: ColumnMapping | None, file: str) -> None:
    """Refuse answers about a file that nothing in the import would use.

    Raises
    ------
    IntakeError
        Dates are explained for a table that this program wrote, or precisions for a table without
        a column of them.

    Examples
    --------
    >>> said = ColumnMapping.parse(["date=day,precision:good=near"], ["day", "how"])
    >>> check_answers(["day", "how"], said, "x.csv")
    Traceback (most recent call last):
    geo.errors.IntakeError: --map precision:good=near: no column of x.csv is mapped as precision;
    add precision=COLUMN, or leave it out
    """
    if mapping is None:
        return
    form = form_of(columns, mapping)
    if form == "incident-map":
        raise IntakeError(
            f"{file}: has been written by `incident-map export`, and its dates and precisions need "
            "no explanation; leave out --date-order, --calendar and --map"
        )
    if mapping.precisions and "precision" not in mapping.columns:
        text, word = next(iter(mapping.precisions.items()))
        raise IntakeError(
            f"--map {PRECISION_OF}{text}={word}: "
            + (
                f"no column of {file} is mapped as precision; add precision=COLUMN, or leave it out"
                if form == "table"
                else f"{file} is read as {NAMES[form]}, whose own codes are known; leave it out"
            )
        )


def clues_of_file(raw: RawTable, mapping: ColumnMapping | None, country: Country) -> TableClues:
    """Collect what the rows of a file, or of a part of one, show about the whole."""
    form = form_of(raw.table.column_names, mapping)
    if form == "table" and mapping is not None:
        return tables.clues_of(raw, mapping, country)
    return TableClues(dates=evidence_of(raw, form, None))


def heading_and_dates(mapping: ColumnMapping | None) -> tuple[str, DateReading]:
    """Return the heading of the precision column, and how a person wants dates to be read.

    Returns
    -------
    The heading, empty without a mapping, and the reading of dates.

    Examples
    --------
    >>> heading_and_dates(None)
    ('', DateReading(order=None, calendar='gregorian', serials='1900'))
    """
    if mapping is None:
        return "", DateReading()
    return mapping.columns.get("precision", "precision"), mapping.dates


def _judged(
    form: Format, raw: RawTable, mapping: ColumnMapping | None, country: Country,
    today: date | None, whole: TableContext,
) -> tuple[Draft, StatedColumns, dict[str, Any]]:  # fmt: skip
    """Judge rows and columns, and return the draft with all warnings once both are done."""
    if form == "table":
        if mapping is None or not mapping.names_columns:
            raise IntakeError(
                f"{raw.file}: the columns are not those of a known format; state what they mean "
                "with --map"
            )
        draft, judged, own = tables.judged(raw, mapping, country, today, whole=whole)
        return draft, judged, dict(own)
    draft = Draft(raw, today=today, dates=whole.dates, zone=country.time_zone)
    judge, columns = _FORMATS[form]
    return draft, judge(draft), dict(columns(draft))


def id_column(columns: Sequence[str], mapping: ColumnMapping | None) -> str | None:
    """Return the file's name for the column of unique ids, or ``None`` if it has none.

    Examples
    --------
    >>> from geo.events.columns.formats import UCDP
    >>> id_column([name.upper() for name in UCDP], None)
    'ID'
    >>> id_column(["id", "day"], ColumnMapping({"date": "day"})) is None
    True
    """
    if mapping is not None and mapping.names_columns:
        return mapping.columns.get("id")
    own = {canonical(name): name for name in columns}
    return next((own[name] for name in IDS[recognise(columns)] if name in own), None)


def _filtered(column: Any, kept: Mask) -> Any:
    return column if kept.all() else column.filter(pa.array(kept))


def _of_rows(findings: pa.Table, rows: Any) -> pa.Table:
    if not findings.num_rows:
        return FINDINGS.empty_table()
    return findings.filter(pc.is_in(findings["row"], pa.array(rows)))


def _with_originals(found: Mapping[str, Any], table: pa.Table, kept: Mask) -> pa.Table:
    columns = [_as(found[name], kind) for name, kind in FIELDS]
    names = [name for name, _ in FIELDS]
    rest = table if kept.all() else table.filter(pa.array(kept))
    fields = [*SCHEMA, *(pa.field(f"{ORIGINAL}{f.name}", f.type) for f in rest.schema)]
    whole = pa.table(
        [*columns, *rest.columns], names=[*names, *(f.name for f in fields[len(names) :])]
    )
    return whole.replace_schema_metadata(SCHEMA.metadata)


def _as(column: Any, kind: Any) -> Any:
    if column.type == kind:
        return column
    if pa.types.is_dictionary(kind) and not pa.types.is_dictionary(column.type):
        return column.dictionary_encode()
    return column.cast(kind)


def _unknown(queues: Mapping[str, pa.Table]) -> pa.Table:
    parts = [
        pa.table([pa.repeat(what, queue.num_rows), queue["name"], queue["rows"]], schema=UNKNOWN)
        for what, queue in queues.items()
    ]
    return rank_unknown(pa.concat_tables([UNKNOWN.empty_table(), *parts]))


def rank_unknown(unknown: pa.Table) -> pa.Table:
    """Sort unknown names by what they name and by frequency, each once.

    Names with the same number of rows are sorted by name, so that parts give the same list.

    Returns
    -------
    A table with the columns of :data:`UNKNOWN`: ``what`` is named, ``name``, and ``rows``, the
    number of rows with it.
    """
    order = {what: number for number, what in enumerate(("party", "province", "district"))}
    counted = unknown.group_by(["what", "name"], use_threads=False).aggregate([("rows", "sum")])
    rows = counted.to_pylist()
    rows.sort(key=lambda row: (order[row["what"]], -row["rows_sum"], row["name"]))
    found = {"what": "what", "name": "name", "rows": "rows_sum"}
    return pa.table(
        {name: [row[source] for row in rows] for name, source in found.items()}, schema=UNKNOWN
    )
