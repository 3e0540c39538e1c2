"""Read sheets of XLSX workbooks and OpenDocument spreadsheets as rows of strings.

openpyxl reads XLSX row by row in pure Python, so the worst outcome is an exception; a reader that
allocates the whole rectangle of a sheet can be made to use all memory by two cells far apart.
Formulas are never evaluated; the values stored with them are read. ODS is read by
:mod:`geo.events.readers.opendocument`. Old ``.xls`` and ``.xlsb`` files are refused with advice on
what to save instead.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from lxml.etree import LxmlError
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.formats import recognise
from geo.events.mapping.proposing import propose
from geo.events.readers.archives import DAMAGED, choose_name, opened_zip
from geo.events.readers.csv_rows import RawTable
from geo.events.readers.opendocument import sheet_names, sheet_rows
from geo.events.readers.sources import FileInput
from geo.events.readers.text_rows import TOP, NumberedRow, table_of, top_of
from geo.files import name_of

_WRONG: Final = (
    *DAMAGED, InvalidFileException, DefusedXmlException, ParseError, LxmlError, TypeError,
    AttributeError, IndexError,
)  # fmt: skip
"""Errors that openpyxl raises for files that are damaged or not workbooks."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a workbook.

    Parameters
    ----------
    names
        In their order, with hidden ones last.
    rows
        Returns the rows of a sheet by its name.
    """

    names: tuple[str, ...]
    rows: Callable[[str], Iterator[NumberedRow]]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a workbook, and whether it holds more than its text.

    Parameters
    ----------
    text
        Its value as text: days as ISO 8601, numbers in their shortest form.
    is_formula
        Whether it holds a formula; then the text is empty, for none is ever evaluated.
    day_format
        How a spreadsheet program shows a date, such as ``mmm-yy``; empty if the cell has none.
    """

    text: str
    is_formula: bool = False
    day_format: str = ""


class _CellsOnly(ExcelReader):  # type: ignore[misc] # openpyxl has no types
    """Reads only cells: no picture, chart, theme or property is opened."""

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """Skip a sheet that is a chart."""

    def read_properties(self) -> None:
        """Leave them unread."""

    def read_custom(self) -> None:
        """Leave them unread."""

    def read_theme(self) -> None:
        """Skip the theme."""


def read_xlsx(source: FileInput, file: str = "", sheet: str = "") -> RawTable:
    """Read a sheet of an XLSX workbook, with its cells as strings.

    Parameters
    ----------
    sheet
        The sheet to read; by default the one that looks most like events.

    Raises
    ------
    IntakeError
        It cannot be read, has no such sheet, or is larger than the limits allow.
    """
    name = name_of(source, file)
    with _refusing(name), _xlsx(source, name) as sheets:
        return _read(sheets, name, sheet)


_NO_CELL: Final = SheetCell("")
"""Every empty cell: a sheet may have many."""


def read_cells(
    source: FileInput, file: str = "", *, most: int = limits.MAX_SHEET_CELLS
) -> dict[str, list[list[SheetCell]]]:
    """Read all sheets of an XLSX workbook cell by cell, hidden ones included.

    Parameters
    ----------
    most
        Cells that are read, those of all sheets together.

    Returns
    -------
    dict
        The rows of each sheet by its name, the first row first.

    Raises
    ------
    IntakeError
        It cannot be read, or is larger than the limits allow.
    """
    name = name_of(source, file)
    with _refusing(name), _xlsx_reader(source, name, data_only=False) as reader:
        sheets = reader.wb.worksheets
        _check_count(len(sheets), name)
        seen = 0
        found: dict[str, list[list[SheetCell]]] = {}
        for sheet in sheets:
            sheet.reset_dimensions()
            rows = found.setdefault(sheet.title, [])
            for row in sheet.iter_rows():
                seen += len(row) or 1
                _check_cells(seen, name, most)
                rows.append([_cell(one) for one in row])
        return found


def _cell(cell: Any) -> SheetCell:
    if cell.data_type == "f":
        return SheetCell("", is_formula=True)
    if cell.value is None:
        return _NO_CELL
    is_day = isinstance(cell.value, date | time | timedelta)
    return SheetCell(_text(cell.value), day_format=cell.number_format if is_day else "")


def read_ods(source: FileInput, file: str = "", sheet: str = "") -> RawTable:
    """Read a sheet of an OpenDocument spreadsheet, as :func:`read_xlsx` does.

    Raises
    ------
    IntakeError
        As for :func:`read_xlsx`.
    """
    name = name_of(source, file)
    with opened_zip(source, name, limits.MAX_MARKUP_BYTES) as archive:
        try:
            data = archive.read("content.xml")
        except _WRONG as error:
            raise IntakeError(f"{name}: is a damaged spreadsheet; save it again") from error
    names = sheet_names(io.BytesIO(data), name)
    sheets = Sheets(names, lambda one: sheet_rows(io.BytesIO(data), names.index(one), name))
    return _read(sheets, name, sheet)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    # The library warns of styles and charts that it skips; they are not needed here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except IntakeError:
            raise
        except _WRONG as error:
            if isinstance(error, DefusedXmlException) or isinstance(
                error.__cause__, DefusedXmlException
            ):
                raise IntakeError(
                    f"{name}: has a document type or entities, which are not read; save it again"
                ) from error
            raise IntakeError(
                f"{name}: is a damaged workbook; open it in a spreadsheet program and save it again"
            ) from error


@contextmanager
def _xlsx_reader(source: FileInput, name: str, *, data_only: bool) -> Iterator[_CellsOnly]:
    with opened_zip(source, name, limits.MAX_MARKUP_BYTES):
        pass
    # Opened here, because the library accepts only certain endings of a path.
    opened = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
    with opened:
        reader = _CellsOnly(opened, read_only=True, data_only=data_only, keep_links=False)
        reader.read()
        yield reader


@contextmanager
def _xlsx(source: FileInput, name: str) -> Iterator[Sheets]:
    with _xlsx_reader(source, name, data_only=True) as reader:
        sheets = {sheet.title: sheet for sheet in reader.wb.worksheets}
        order = sorted(sheets, key=lambda one: sheets[one].sheet_state != "visible")
        yield Sheets(tuple(order), lambda one: _rows(sheets[one], name))


def _rows(sheet: Any, name: str) -> Iterator[NumberedRow]:
    # The size that a sheet states for itself is often wrong.
    sheet.reset_dimensions()
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        seen += len(cells) or 1
        _check_cells(seen, name, limits.MAX_SHEET_CELLS)
        yield number, [_text(value) for value in cells]


def _check_cells(seen: int, name: str, most: int) -> None:
    if seen > most:
        raise IntakeError(
            f"{name}: the sheet has more than {most:,} cells; delete empty cells, or save it as CSV"
        )


def _check_count(count: int, name: str) -> None:
    if count > limits.MAX_SHEETS:
        raise IntakeError(f"{name}: has {count:,} sheets; at most {limits.MAX_SHEETS} are read")


def _text(value: Any) -> str:
    """Return a stored value as text: days as ISO 8601, numbers in their shortest form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - whole numbers a float holds
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    # ECMA-376, 22.9.2.19 (ST_Xstring): characters that XML cannot hold are written as _xHHHH_.
    text: str = unescape(str(value))
    return text.encode("utf-8", "backslashreplace").decode()


def _read(sheets: Sheets, name: str, wanted: str) -> RawTable:
    _check_count(len(sheets.names), name)
    if not sheets.names:
        raise IntakeError(f"{name}: has no sheet with cells")
    chosen = choose_name(sheets.names, wanted, name, "sheet") if wanted else _likeliest(sheets)
    notes: tuple[str, ...] = ()
    if len(sheets.names) > 1:
        others = ", ".join(f"“{one[:40]}”" for one in sheets.names if one != chosen)
        notes = (f"sheet “{chosen[:40]}” is read; not read: {others}",)
    raw = table_of(sheets.rows(chosen), name, notes)
    return replace(raw, parts=sheets.names if len(sheets.names) > 1 else ())


def _likeliest(sheets: Sheets) -> str:
    """Return the sheet that looks most like a list of events; the first of several alike."""
    if len(sheets.names) == 1:
        return sheets.names[0]
    return max(sheets.names, key=lambda one: _likeness(list(islice(sheets.rows(one), TOP))))


def _likeness(rows: Sequence[NumberedRow]) -> tuple[int, int, int]:
    filled = [row for row in rows if any(cell.strip() for cell in row[1])]
    top = top_of(filled)
    if top is None or len(set(top.names)) != len(top.names):
        return 0, 0, 0
    below = [cells for _, cells in filled[top.at + 1 + top.tagged :]]
    if not below:
        return 0, 0, 0
    names = [one for one in top.names if one]
    try:
        is_known = recognise(names) != "table"
    except IntakeError:
        is_known = True
    sample = {
        name: [cells[at] if at < len(cells) else "" for cells in below]
        for at, name in enumerate(top.names)
        if name
    }
    proposed = propose(names, sample).columns
    return int(is_known), int("date" in proposed), len(proposed)
