"""The rows of an edited workbook, and what is different in them.

A cell is compared with the text that it had when the workbook was made. As long as it means the
same, the value behind it stays as it is, however a spreadsheet program has written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo.errors import LONGEST_MESSAGE
from geo.events.readers.spreadsheets import SheetCell
from geo.workbook.cells import CellError, cell_value, held, plain_cell, same_cell, shown_cell
from geo.workbook.sheets import DossierSheet, SheetColumn

_NO_CELL: Final = SheetCell("")
_LETTERS: Final = 26
"""Letters of the alphabet, by which columns are named."""
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""What is not a sign for a day, month or year in the format of a cell."""
_DAY: Final = len("2022-05-24")
_MONTH: Final = len("2022-05")
_YEAR: Final = len("2022")
_NOBODY: Final = (
    "0 means that the source says so; write its words beside it, in {said!r}, or leave the cell "
    "empty if no number is stated"
)


@dataclass(frozen=True, slots=True)
class WorkbookProblem:
    """Something that a person has to look at.

    Parameters
    ----------
    cell
        Such as ``B7``; empty if it is about the sheet.
    is_note
        Whether it only informs: what it is about stays as it is in the dossier.
    """

    sheet: str
    cell: str
    message: str
    is_note: bool = False

    def __str__(self) -> str:
        return f"{self.sheet}{'!' if self.cell else ''}{self.cell}: {self.message}"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs from the dossier.

    Parameters
    ----------
    key
        The entry.
    label
        The field, with the number of its place or claim.
    old, new
        The text before and after; empty if there is none.
    """

    sheet: str
    cell: str
    key: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet, its cells by their headings."""

    number: int
    cells: Mapping[str, SheetCell]
    places: Mapping[str, str]

    def text(self, heading: str) -> str:
        """The text of a cell of a key column; a formula counts as empty."""
        return plain_cell(self.cells.get(heading, _NO_CELL).text).strip()

    def cell(self, heading: str) -> str:
        """The name of a cell, such as ``B7``."""
        return f"{self.places.get(heading, 'A')}{self.number}"


@dataclass
class WorkbookComparison:
    """What is found while the rows of a workbook are compared with its content."""

    changes: list[CellChange] = field(default_factory=list)
    problems: list[WorkbookProblem] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    """Keys of the entries that have a problem: they are not edited at all."""
    astray: set[str] = field(default_factory=set)
    """Sheets that have rows of no known record: a row that seems gone may be one of them."""

    def refuse(self, sheet: DossierSheet, cell: str, key: str, message: str) -> None:
        """Note a problem of an entry."""
        said = message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}…"
        self.problems.append(WorkbookProblem(sheet.name, cell, said))
        self.faulty.add(key)

    def inform(self, sheet: DossierSheet, message: str) -> None:
        """Note something that changes nothing."""
        self.problems.append(WorkbookProblem(sheet.name, "", message, is_note=True))


def sheet_rows_of(
    sheet: DossierSheet, rows: Sequence[Sequence[SheetCell]], into: WorkbookComparison
) -> list[SheetRow] | None:
    """The rows of a sheet that hold anything; ``None`` if the sheet or its key columns are gone."""
    headings = [one.text.strip() for one in rows[0]] if rows else []
    if not set(sheet.keys) <= set(headings):
        missing = ", ".join(one for one in sheet.keys if one not in headings)
        into.inform(sheet, f"has no column {missing}; its rows change nothing")
        return None
    for column in sheet.columns:
        if headings.count(column.heading) > 1:
            into.refuse(sheet, "", "", f"has the column {column.heading!r} more than once")
    if gone := [one.heading for one in sheet.columns if one.heading not in headings]:
        into.inform(sheet, f"has no column {', '.join(gone)}; these fields stay as they are")
    places = {name: _letters(at) for at, name in reversed([*enumerate(headings)])}
    return [
        SheetRow(number, dict(zip(headings, row, strict=False)), places)
        for number, row in enumerate(rows[1:], start=2)
        if any(one.text.strip() or one.is_formula for one in row)
    ]


def _letters(at: int) -> str:
    """The name of a column, such as ``AB``."""
    before, at = divmod(at, _LETTERS)
    return (_letters(before - 1) if before else "") + chr(ord("A") + at)


def changed_fields(
    sheet: DossierSheet, row: SheetRow, element: Any, key: str, label: str, into: WorkbookComparison
) -> dict[str, Any]:
    """The fields of an entry, a place or a claim that its row gives other values.

    Parameters
    ----------
    element
        What it was when the workbook was made; an empty mapping for a new row.
    label
        What stands before the names of the fields, such as ``claim 2: ``.

    Returns
    -------
    dict
        The new values; ``None`` for a cell that is now empty.
    """
    found: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for column, value, is_changed in _values(sheet, row, element, key, label, into):
        if column.part:
            parts.setdefault(column.field, {})[column.part] = value
            if is_changed:
                found[column.field] = None
        elif is_changed:
            found[column.field] = value
    for name in parts.keys() & found.keys():
        was = element.get(name) if isinstance(element, Mapping) else None
        found[name] = _figure(was, parts[name])
        _check_zero(sheet, row, name, parts[name], key, into)
    return found


def _values(
    sheet: DossierSheet, row: SheetRow, element: Any, key: str, label: str, into: WorkbookComparison
) -> Iterator[tuple[SheetColumn, Any, bool]]:
    """Each column that the sheet still has, with its value and whether that has changed."""
    for column in sheet.columns:
        value = held(element, column)
        cell = row.cells.get(column.heading)
        if cell is None and column.heading in row.places:
            cell = _NO_CELL
        if cell is None:
            yield column, value, False
            continue
        old = shown_cell(value, column)
        try:
            new = _written(cell, column, old)
            if same_cell(new, old, column):
                yield column, value, False
                continue
            value = cell_value(new, column)
        except CellError as error:
            into.refuse(sheet, row.cell(column.heading), key, str(error))
            continue
        place, name = row.cell(column.heading), f"{label}{column.heading}"
        into.changes.append(CellChange(sheet.name, place, key, name, old, new.strip()))
        yield column, value, True


def _written(cell: SheetCell, column: SheetColumn, old: str) -> str:
    """What a person wrote in a cell, whatever the spreadsheet program made of it."""
    if cell.is_formula:
        msg = "holds a formula, which is not evaluated; write what it results in"
        raise CellError(msg)
    if not cell.day_format:
        return plain_cell(cell.text)
    day, shown = cell.text[:_DAY], _QUOTED.sub("", cell.day_format).lower()
    if column.kind != "date" or len(cell.text) > _DAY:
        msg = "was turned into a date by the spreadsheet program; format it as text, write it again"
        raise CellError(msg)
    if "d" not in shown:
        return day[: _MONTH if "m" in shown else _YEAR]
    if day in {f"{old}-01", f"{old}-01-01"}:
        msg = f"{old!r} was turned into the day {day} by the spreadsheet program; format it as text"
        raise CellError(msg)
    return day


def _figure(was: Any, parts: Mapping[str, Any]) -> Any:
    """A figure from its parts: a number alone, where no more is stated."""
    given = {
        name: parts[name] for name in ("low", "best", "high", "said") if parts.get(name) is not None
    }
    if not given:
        return None
    if isinstance(was, Mapping):
        return {name: one for name, one in was.items() if name not in parts} | given
    return given["best"] if [*given] == ["best"] else given


def _check_zero(
    sheet: DossierSheet, row: SheetRow, name: str, parts: Mapping[str, Any], key: str,
    into: WorkbookComparison,
) -> None:  # fmt: skip
    if parts.get("said") is None:
        for part in ("best", "low", "high"):
            column = next(one for one in sheet.columns if (one.field, one.part) == (name, part))
            if parts.get(part) == 0 and part != "low":
                said = _NOBODY.format(said=f"{name} said")
                into.refuse(sheet, row.cell(column.heading), key, said)
