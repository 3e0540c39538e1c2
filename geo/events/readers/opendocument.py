"""Read the sheets of an OpenDocument spreadsheet, cell by cell.

By OpenDocument 1.3, part 3, chapter 9, a cell has its value in attributes besides the displayed
text, even for the result of a formula. Rows and cells can be repeated; each repetition of a filled
cell counts towards the limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

from geo import limits
from geo.errors import IntakeError
from geo.events.readers.markup import elements, local
from geo.events.readers.text_rows import NumberedRow

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ROW: Final = frozenset({"table-row"})
_FULL: Final = 16_384
"""Columns of the widest sheet that a spreadsheet program makes."""


def sheet_names(content: IO[bytes], file: str) -> tuple[str, ...]:
    """Return the names of the sheets, each once.

    Raises
    ------
    IntakeError
        As for :func:`geo.events.readers.markup.elements`.
    """
    names: list[str] = []
    for event, element, around in elements(content, file):
        if event == "start" and element.tag == f"{_TABLE}table" and "table" not in around:
            name = element.get(f"{_TABLE}name") or f"sheet {len(names) + 1}"
            names.append(name if name not in names else f"{name} ({len(names) + 1})")
    return tuple(names)


def sheet_rows(content: IO[bytes], number: int, file: str) -> Iterator[NumberedRow]:
    """Yield the rows of one sheet, without those that have no cells.

    Raises
    ------
    IntakeError
        As for :func:`geo.events.readers.markup.elements`; or the sheet has more rows or cells than
        the limits allow.
    """
    at, row, seen = -1, 0, 0
    for event, element, around in elements(content, file, _ROW):
        is_table = element.tag == f"{_TABLE}table" and "table" not in around
        if event == "start":
            at += is_table
            continue
        if is_table and at == number:
            return
        if element.tag == f"{_TABLE}table-row" and around.count("table") == 1:
            times = _times(element, "number-rows-repeated")
            if at == number:
                cells = _cells(element, file)
                for _ in range(times if cells else 0):
                    row += 1
                    seen += len(cells)
                    _check(row, seen, file)
                    yield row, list(cells)
                row += 0 if cells else times


def _check(row: int, seen: int, file: str) -> None:
    if seen > limits.MAX_SHEET_CELLS or row > limits.MAX_SHEET_CELLS:
        raise IntakeError(
            f"{file}: the sheet has more than {limits.MAX_SHEET_CELLS:,} cells; save it as CSV"
        )


def _cells(row: Element, file: str) -> list[str]:
    """Return the texts of a row up to the last that is filled."""
    cells: list[str] = []
    empty = 0
    for element in row:
        if local(element.tag) not in {"table-cell", "covered-table-cell"}:
            continue
        times = _times(element, "number-columns-repeated")
        text = _value(element)
        if not text:
            empty += times
            continue
        if len(cells) + empty + times > _FULL:
            raise IntakeError(f"{file}: a row has more than {_FULL:,} cells")
        cells += [""] * empty + [text] * times
        empty = 0
    return cells


def _times(element: Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004 - more digits than rows


def _value(cell: Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        day = cell.get(f"{_OFFICE}date-value", "")
        return day.removesuffix("T00:00:00").replace("T", " ")
    if kind in {"float", "percentage", "currency"}:
        return cell.get(f"{_OFFICE}value", "").removesuffix(".0")
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper()
    if stated := cell.get(f"{_OFFICE}string-value"):
        return stated
    # A cell may also contain comments, so only its own paragraphs are read.
    return "\n".join(_paragraph(one) for one in cell.findall(f"{_TEXT}p"))


def _paragraph(element: Element) -> str:
    """Return a paragraph's text; repeated blanks and line breaks are elements in it."""
    parts = [element.text or ""]
    for one in element:
        if one.tag == f"{_TEXT}s":
            count = one.get(f"{_TEXT}c", "1")
            parts.append(" " * (int(count) if count.isdigit() and len(count) < 4 else 1))  # noqa: PLR2004 - a longer count is not believed
        elif one.tag in {f"{_TEXT}line-break", f"{_TEXT}tab"}:
            parts.append("\n" if one.tag.endswith("line-break") else "\t")
        elif local(one.tag) != "annotation":
            parts.append(_paragraph(one))
        parts.append(one.tail or "")
    return "".join(parts)
