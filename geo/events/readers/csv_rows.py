"""Read a CSV file as a table of strings, and list the rows that could not become part of it.

Every cell stays a string, exactly as in the file; numbers and dates are judged later, once for each
distinct string. Arrow's CSV reader parses the file, including quoted line breaks; no pattern, path
or formula in it is ever followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.columns import WORD, CodedColumn
from geo.events.columns.formats import canonical
from geo.events.columns.rejects import Findings
from geo.events.readers.csv_heading import CsvHeading, read_heading
from geo.events.readers.sources import BLOCK, FileInput, opened_source, read_head
from geo.files import name_of

TOO_LONG: Final = f"a row has over {BLOCK:,} bytes; a closing quotation mark is probably missing"
MARK: Final = b"\xef\xbb\xbf"
LONG_TEXTS: Final = frozenset({
    "event_id_cnty", "data_id", "id", "relid", "notes", "source_headline", "source_article",
    "geom_wkt", "eventid", "summary", "scite1", "event description", "sind event id",
})  # fmt: skip
"""Columns whose texts hardly repeat; all others of a known format are kept as dictionaries."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """The content of a file before anything in it is interpreted.

    Parameters
    ----------
    table
        All columns as strings, under the names in the file.
    rows
        The number of each row in the file, from 1, headings not counted; of a sheet, the number
        that the spreadsheet shows beside it.
    rejected
        The rows that are not in the table, as :mod:`geo.events.columns.rejects` lists them.
    count
        How many rows the file has.
    file
        The name of the file in messages.
    again
        For a part of a file: the numbers of rows whose id occurs in an earlier part.
    notes
        What the user should know about how the file was read, such as which sheet.
    parts
        The sheets of a workbook or the files of an archive, if there are several to choose from.
    quoted
        Whether texts may begin with the apostrophe that our own CSV puts before what looks like
        a formula.
    """

    table: pa.Table
    rows: NDArray[np.int64]
    rejected: pa.Table
    count: int
    file: str
    again: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    notes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    quoted: bool = False


def read_csv(source: FileInput, file: str = "") -> RawTable:
    r"""Read a CSV file, with its columns as strings.

    Parameters
    ----------
    source
        The bytes, UTF-8, or the path to them.
    file
        The name of the file in messages.

    Raises
    ------
    IntakeError
        The file is not CSV with a heading, or exceeds :mod:`geo.limits`.

    Examples
    --------
    >>> raw = read_csv(b"\xef\xbb\xbfplace,what\nKabul,\"one\ntwo\"\nHerat\nBalkh,\xff\n", "x.csv")
    >>> raw.table.to_pylist(), raw.rows.tolist(), raw.count
    ([{'place': 'Kabul', 'what': 'one\ntwo'}], [1], 3)
    >>> [(row["row"], row["reason"]) for row in raw.rejected.to_pylist()]
    [(2, 'has 1 cells; the heading names 2 columns'), (3, 'not UTF-8; save the file as UTF-8')]
    """
    name = name_of(source, file)
    heading = read_heading(source, name)
    return replace(read_rows(source, heading, name), notes=heading.notes)


def read_rows(
    source: FileInput, heading: CsvHeading, file: str, *, tagged: bool = True, whole: bool = True
) -> RawTable:
    """Read the rows below a heading.

    Parameters
    ----------
    tagged
        Whether the first row may hold HXL tags; not so in the middle of a file.
    whole
        Whether these are all rows: then columns without a name and without a filled cell, such as
        spreadsheets leave behind, are omitted.

    Raises
    ------
    IntakeError
        As for :func:`read_csv`.
    """
    # Arrow's reader would drop a malformed row that is not UTF-8, so this is checked beforehand.
    sound, lines = _scan(source, file)
    if (cells := lines * len(heading.names)) > (most := limits.MAX_TABLE_CELLS):
        raise IntakeError(
            f"{file}: has {lines:,} lines of {len(heading.names)} columns, {cells:,} cells; at "
            f"most {most:,} are read; delete empty columns"
        )
    try:
        table, bad = _parse(source, heading, file, sound=sound)
    except pa.ArrowInvalid as error:
        raise IntakeError(f"{file}: {_fault_of_reader(error)}") from error
    table, broken = (table, _NONE) if sound else _decoded(table, heading)
    table = table.rename_columns(list(heading.tidy))
    if whole:
        empty = [name for name in heading.unnamed if not _any_filled(table[name])]
        table = table.drop_columns(empty) if len(empty) < table.num_columns else table
    malformed = [
        (row.number, row.text if sound else _shown(row.text), _miscounted(row)) for row in bad
    ]
    tags = int(tagged and _is_tag_row(table))
    return _numbered(table, malformed, broken, file, tags)


def _any_filled(column: Any) -> bool:
    words = pc.unique(column)
    return any(text.strip() for text in words.to_pylist() if text)


def _scan(source: FileInput, file: str) -> tuple[bool, int]:
    """Tell whether a file is UTF-8, and count its lines: rows, or more where a cell has lines."""
    sound, lines, rest = True, 1, b""
    with opened_source(source, file, limits.MAX_TABLE_BYTES) as opened:
        while part := opened.read(BLOCK):
            lines += max(part.count(b"\n"), part.count(b"\r"))
            if not sound:
                continue
            block = rest + part
            # Cut at a line break, so that no character is split.
            end = block.rfind(b"\n") + 1
            sound = _decodes(block[:end])
            rest = block[end:]
            if len(rest) > 2 * BLOCK:
                raise IntakeError(f"{file}: {TOO_LONG}")
    return sound and _decodes(rest), lines


def _decodes(block: bytes) -> bool:
    try:
        pa.array([block], pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def _parse(
    source: FileInput, heading: CsvHeading, file: str, *, sound: bool
) -> tuple[pa.Table, list[pcsv.InvalidRow]]:
    bad: list[Any] = []
    table = _parse_once(source, heading, file, bad, sound=sound, threads=True)
    if bad:
        # Only a single thread reports the numbers of faulty rows.
        bad.clear()
        table = _parse_once(source, heading, file, bad, sound=sound, threads=False)
    return table, bad


def _parse_once(
    source: FileInput, heading: CsvHeading, file: str, bad: list[Any], *, sound: bool, threads: bool
) -> pa.Table:
    def skip(row: Any) -> str:
        bad.append(row)
        return "skip"

    names = heading.names if sound else _as_latin1(heading.names, source, file)
    types = {
        name: pa.string() if canonical(name) in LONG_TEXTS else WORD for name in names
    }  # fmt: skip
    with opened_source(source, file, limits.MAX_TABLE_BYTES) as opened:
        table = pcsv.read_csv(
            opened,
            read_options=pcsv.ReadOptions(
                use_threads=threads, block_size=BLOCK, encoding="utf8" if sound else "latin-1"
            ),
            parse_options=pcsv.ParseOptions(
                delimiter=heading.delimiter, newlines_in_values=True, invalid_row_handler=skip
            ),
            convert_options=pcsv.ConvertOptions(column_types=types, strings_can_be_null=False),
        )
    # One dictionary for the whole column, because later steps work on distinct strings.
    table = pa.table(
        [
            one.unify_dictionaries().combine_chunks() if pa.types.is_dictionary(one.type) else one
            for one in table.columns
        ],
        names=table.column_names,
    )
    if table.num_rows + len(bad) > limits.MAX_ROWS:
        raise IntakeError(
            f"{file}: has {table.num_rows + len(bad):,} rows; at most {limits.MAX_ROWS:,} are read"
        )
    return table


_NONE: Final[list[tuple[int, str, str]]] = []
_NO_ROWS: Final = np.empty(0, np.int64)


def _as_latin1(names: tuple[str, ...], source: FileInput, file: str) -> tuple[str, ...]:
    """Return the names as a Latin-1 reader sees them, with a byte order mark before the first."""
    mark = MARK if read_head(source, file).startswith(MARK) else b""
    first, *rest = (name.encode() for name in names)
    return tuple(name.decode("latin-1") for name in (mark + first, *rest))


def _decoded(table: pa.Table, heading: CsvHeading) -> tuple[pa.Table, list[tuple[int, str, str]]]:
    """Decode a table that was read as Latin-1, and list the cells that are not UTF-8 after all."""
    columns, broken = [], []
    for name, column in zip(heading.tidy, table.columns, strict=True):
        found = CodedColumn.of(column)
        wrong = found.each(lambda text: not _is_whole(text), np.bool_)
        said = [_shown(text) for text in found.texts]
        broken += [(at, name, said[found.codes[at]]) for at in np.flatnonzero(wrong).tolist()]
        words = CodedColumn(pa.array(said, pa.string()), found.codes).column()
        columns.append(words.cast(pa.string()) if pa.types.is_string(column.type) else words)
    return pa.table(columns, names=list(heading.tidy)), broken


def _is_whole(latin1: str) -> bool:
    return _decodes(latin1.encode("latin-1"))


def _shown(latin1: str) -> str:
    return latin1.encode("latin-1").decode("utf-8", errors="backslashreplace")


def _numbered(
    table: pa.Table,
    bad: list[tuple[int, str, str]],
    broken: list[tuple[int, str, str]],
    file: str,
    tags: int,
) -> RawTable:
    # The parser counts the heading as row 1.
    malformed = np.array([number - 1 - tags for number, _, _ in bad], dtype=np.int64)
    table = table.slice(tags)
    count = table.num_rows + len(bad)
    kept = np.ones(count + 1, dtype=bool)
    kept[0] = False
    kept[malformed] = False
    rows = np.flatnonzero(kept).astype(np.int64)
    findings = Findings(rows)
    texts, reasons = ([one[part] for one in bad] for part in (1, 2))
    findings.add_rows(malformed, "", pa.array(texts, pa.string()), pa.array(reasons, pa.string()))
    wrong = np.array([at - tags for at, _, _ in broken], dtype=np.int64)
    for at, (_, column, value) in zip(wrong.tolist(), broken, strict=True):
        why = "not UTF-8; save the file as UTF-8"
        findings.add_rows(rows[at : at + 1], column, pa.array([value]), pa.array([why]))
    return raw_of(table, findings, count, file, broken=wrong)


def _miscounted(row: Any) -> str:
    return f"has {row.actual_columns} cells; the heading names {row.expected_columns} columns"


def raw_of(
    table: pa.Table,
    findings: Findings,
    count: int,
    file: str,
    *,
    notes: tuple[str, ...] = (),
    broken: NDArray[np.int64] = _NO_ROWS,
) -> RawTable:
    """Build a reader's result: the rows that can be used, and the others with their reasons.

    Parameters
    ----------
    findings
        For rows of the table, and for rows that never became part of it; rows with a cell that is
        too long are added.
    count
        How many rows the file has.
    broken
        Positions of further unusable rows whose reason is already among the findings.
    """
    _find_long(table, findings)
    sound = ~findings.found
    sound[broken] = False
    rows = findings.rows
    if not sound.all():
        table, rows = table.filter(pa.array(sound)), rows[sound]
    return RawTable(table, rows, findings.table(), count, file, notes=notes)


def _find_long(table: pa.Table, findings: Findings) -> None:
    """Find cells that are longer than a person would write."""
    for name, column in zip(table.column_names, table.columns, strict=True):
        is_word = pa.types.is_dictionary(column.type)
        texts = CodedColumn.of(column).words if is_word else column
        longest = pc.max(pc.binary_length(texts)).as_py() or 0
        if longest > limits.MAX_CELL:
            long = CodedColumn.of(column)
            where = long.each(lambda text: len(text.encode()) > limits.MAX_CELL, np.bool_)
            findings.add(where, name, long, f"is longer than {limits.MAX_CELL:,} bytes")


def _is_tag_row(table: pa.Table) -> bool:
    """Tell whether the first row holds HXL tags, which belong to the heading."""
    first: Iterable[str] = table.slice(0, 1).to_pylist()[0].values() if table.num_rows else ()
    filled = [cell.strip() for cell in first if cell.strip()]
    return bool(filled) and all(cell.startswith("#") and len(cell) > 1 for cell in filled)


def _fault_of_reader(error: Exception) -> str:
    message = str(error).split(". ")[0]
    if "straddl" in message:
        return TOO_LONG
    return f"cannot be read as CSV: {message}"
