"""Export event tables as XLSX workbooks with sheets for events, losses and credits."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from geo.errors import ExportError
from geo.events.columns.losses import BETWEEN, LETTERS_OF_A_CELL, for_xml
from geo.events.export.plain import ROWS_AT_ONCE, own_columns
from geo.files import writing_whole
from geo.places.country import Country

MOST: Final = 1_048_575
"""Rows below the heading of a sheet (Microsoft, *Excel specifications and limits*)."""
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone
"""Creation date of every workbook, fixed so that the same events give the same bytes."""
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before this day, Excel counts a 29 February 1900 that never was."""
_WIDTH: Final = {"notes": 60, "source": 30, "place_text": 24, "id": 18, "title": 40,
                 "sentence": 60}  # fmt: skip
"""Widths of columns in characters: notes in a few lines, most other cells in one."""
_SENTENCE: Final = 100
"""Width of a column of sentences in characters: most of them in one line."""
_OTHER: Final = 14
"""Width of all other columns in characters: a date, a code or a short name."""


def write_xlsx(events: pa.Table, losses: pa.Table, path: Path, country: Country) -> None:
    """Write an event table as a workbook without formulas.

    Parameters
    ----------
    losses
        What the workbook cannot hold, in the columns of :data:`geo.events.columns.losses.LOSS`.

    Raises
    ------
    ExportError
        There are more events than a sheet has rows.
    OSError
        The file cannot be written.
    """
    if events.num_rows > MOST:
        raise ExportError(
            f"a sheet holds at most {MOST:,} events; there are {events.num_rows:,}: export fewer, "
            "or as CSV or GeoParquet"
        )
    with writing_whole(path) as part:
        book, styles = _workbook(str(part))
        _events(book, own_columns(events, country), styles)
        _about(book, losses, country, styles)
        book.close()


def table_xlsx(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[str]
) -> bytes:
    """Return a table as a workbook without formulas, with a second sheet of sentences about it.

    Parameters
    ----------
    title
        Name of the first sheet, at most 31 characters (Microsoft, *Rename a worksheet*).
    notes
        One sentence for each row of the sheet "About this file".

    Examples
    --------
    >>> table_xlsx("Records", ["title"], [["=cmd()"]], ["28 records"])[:2]
    b'PK'
    """
    held = io.BytesIO()
    book, styles = _workbook(held)
    _sheet(book.add_worksheet(title), columns, rows, styles)
    about = book.add_worksheet("About this file")
    about.set_column(0, 0, _SENTENCE)
    for number, note in enumerate(notes):
        _write(about, number, 0, note, styles["day"])
    book.close()
    return held.getvalue()


def _workbook(target: Any) -> tuple[Any, dict[str, Any]]:
    import xlsxwriter  # noqa: PLC0415 - slow to load, and few commands write workbooks

    book = xlsxwriter.Workbook(target, {
        "constant_memory": isinstance(target, str), "in_memory": not isinstance(target, str),
        "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
        "nan_inf_to_errors": False,
    })  # fmt: skip
    book.set_properties({"created": _MADE})
    return book, {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }


def _sheet(
    sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]], styles: dict[str, Any]
) -> None:
    sheet.freeze_panes(1, 1)
    for at, name in enumerate(columns):
        sheet.set_column(at, at, _WIDTH.get(name, _OTHER))
        sheet.write_string(0, at, name, styles["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _write(sheet, last, at, value, styles["day"])
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _events(book: Any, table: pa.Table, styles: dict[str, Any]) -> None:
    _sheet(book.add_worksheet("Events"), table.column_names, _rows(table), styles)


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write(sheet: Any, row: int, at: int, value: Any, day: Any) -> None:
    """Write a value by its type; a text stays a text, whatever it begins with."""
    if isinstance(value, list):
        value = BETWEEN.join(value)
    if isinstance(value, date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a workbook knows no zone
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value)
    elif value is not None and value != "":
        sheet.write_string(row, at, _cut(for_xml(str(value))))


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LETTERS_OF_A_CELL:
        return text
    return units[: 2 * LETTERS_OF_A_CELL].decode("utf-16-le", "ignore")


def _about(book: Any, losses: pa.Table, country: Country, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet("What this file leaves out")
    names = ("row", "id", "column", "value", "reason")
    for at, (name, width) in enumerate(zip(names, (8, 18, 18, 30, 80), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, name, styles["head"])
    lines = [[one[name] for name in names] for one in losses.slice(0, MOST - 100).to_pylist()]
    lines += [[None, None, None, None, said] for said in (*_SAID, *country.credits)]
    for number, line in enumerate(lines, start=1):
        for at, value in enumerate(line):
            _write(sheet, number, at, value, styles["day"])


_SAID: Final = (
    "An empty figure means not stated, not zero.",
    "A row without lat and lon is located only to an area, or not at all; see precision and off.",
    "uncertainty_m: the place is within this many metres of the point.",
    "Events describe what is reported, not what is established.",
)
