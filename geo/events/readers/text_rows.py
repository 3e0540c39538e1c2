"""Build a table of strings from rows whose heading is somewhere near the top, as in sheets.

Hand-made sheets have a title above the table, empty rows, columns without a heading and sometimes a
row of HXL tags. A note says what is skipped; below the heading, only empty rows are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import numpy as np
import pyarrow as pa

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.rejects import Findings
from geo.events.readers.csv_heading import ALIKE, apart
from geo.events.readers.csv_rows import RawTable, raw_of

TOP: Final = 40
"""Rows at the top of a sheet that are searched for its heading."""
_FULL: Final = 0.6
"""Least share of the widest row's cells that a heading fills; a title fills one or two."""
_YEAR: Final = re.compile("(19|20)[0-9]{2}")

NumberedRow = tuple[int, list[str]]
"""The number of a row as the user sees it, and its cells."""


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """The heading of a sheet.

    Parameters
    ----------
    at
        Its position among the rows searched.
    names
        The names of the columns; empty where a column has none.
    tagged
        Whether a row of HXL tags follows.
    """

    at: int
    names: tuple[str, ...]
    tagged: bool


def top_of(rows: Sequence[NumberedRow]) -> SheetHeading | None:
    """Find the heading among the first rows; ``None`` if all are empty.

    Examples
    --------
    >>> top_of([(1, ["Incidents 2023"]), (3, ["Date", "Place"]), (4, ["2023-05-24", "Kabul"])])
    SheetHeading(at=1, names=('Date', 'Place'), tagged=False)
    >>> top_of([(1, ["Date", "Place"]), (2, ["#date", "#loc +name"])]).tagged
    True
    """
    tags = next((at for at, (_, cells) in enumerate(rows) if at and _is_tags(cells)), 0)
    if tags:
        return SheetHeading(tags - 1, _names(rows[tags - 1][1]), tagged=True)
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows]
    most = max(filled, default=0)
    if not most:
        return None
    enough = [at for at, count in enumerate(filled) if count >= _FULL * most]
    at = next((at for at in enough if _is_words(rows[at][1])), enough[0])
    return SheetHeading(at, _names(rows[at][1]), tagged=False)


def table_of(rows: Iterable[NumberedRow], file: str, notes: tuple[str, ...] = ()) -> RawTable:
    """Build a table of strings from rows, after finding their heading; empty rows are dropped.

    Raises
    ------
    IntakeError
        There is no heading, or the limits are exceeded.

    Examples
    --------
    >>> raw = table_of([(1, ["Date", "Place"]), (3, ["2023-05-24", "Kabul", "by phone"])], "x.xlsx")
    >>> raw.table.to_pylist(), raw.rows.tolist()
    ([{'Date': '2023-05-24', 'Place': 'Kabul', 'column C': 'by phone'}], [3])
    """
    filled = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    first = list(islice(filled, TOP))
    top = top_of(first)
    if top is None:
        raise IntakeError(f"{file}: is empty; expected a heading with the names of the columns")
    body = chain(first[top.at + 1 + top.tagged :], filled)
    numbers, columns = _columns(body, len(top.names), file)
    names = _named(top.names, columns, file)
    kept = [at for at, name in enumerate(names) if name]
    table = pa.table(
        [pa.array(columns[at], pa.string()) for at in kept], names=[names[at] for at in kept]
    )
    findings = Findings(np.array(numbers, np.int64))
    return raw_of(table, findings, len(numbers), file, notes=(*notes, *_notes(first, top, names)))


def _columns(
    body: Iterator[NumberedRow], width: int, file: str
) -> tuple[list[int], list[list[str]]]:  # fmt: skip
    numbers: list[int] = []
    columns: list[list[str]] = [[] for _ in range(width)]
    for number, cells in body:
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits.MAX_COLUMNS:
            raise IntakeError(
                f"{file}: row {number} has {len(cells):,} cells; at most {limits.MAX_COLUMNS} "
                "columns are read"
            )
        width = max(len(columns), len(cells))
        if (len(numbers) + 1) * width > limits.MAX_SHEET_CELLS:
            raise IntakeError(
                f"{file}: has more than {limits.MAX_SHEET_CELLS:,} cells in {width} columns; "
                "delete empty columns, or save it as CSV"
            )
        while len(columns) < width:
            columns.append([""] * len(numbers))
        numbers.append(number)
        for at, column in enumerate(columns):
            column.append(cells[at] if at < len(cells) else "")
        if len(numbers) > limits.MAX_ROWS:
            raise IntakeError(f"{file}: has more than {limits.MAX_ROWS:,} rows")
    return numbers, columns


def _named(names: Sequence[str], columns: Sequence[Sequence[str]], file: str) -> list[str]:
    """Return a unique name for every column; empty for one with neither heading nor cells."""
    found = [*names, *[""] * (len(columns) - len(names))]
    named = [
        name or (f"column {column_letters(at)}" if any(columns[at]) else "")
        for at, name in enumerate(found)
    ]
    if len(named) > limits.MAX_COLUMNS:
        raise IntakeError(
            f"{file}: has {len(named)} columns; at most {limits.MAX_COLUMNS} are read"
        )
    for at, name in enumerate(named):
        if name and name in named[:at]:
            named[at] = f"{name} (column {column_letters(at)})"
    own = iter(apart([name for name in named if name]))
    return [next(own) if name else "" for name in named]


def _notes(first: Sequence[NumberedRow], top: SheetHeading, names: Sequence[str]) -> Iterator[str]:
    if top.at:
        shown = " ".join(cell.strip() for cell in first[0][1] if cell.strip())[:60]
        yield (
            f"the heading is row {first[top.at][0]}; {top.at} above it "
            f"{'is' if top.at == 1 else 'are'} skipped, starting with “{shown}”"
        )
    given = [*top.names, *[""] * (len(names) - len(top.names))]
    bare = [column_letters(at) for at, name in enumerate(names) if name and not given[at]]
    if bare:
        yield f"columns without a heading are named by their letters: {', '.join(bare)}"
    twice = [name for at, name in enumerate(names) if given[at] and name != given[at]]
    if twice:
        yield ALIKE.format(", ".join(map(repr, twice)))


def column_letters(at: int) -> str:
    """Return a spreadsheet's letters for a column, counted from 0.

    Examples
    --------
    >>> [column_letters(at) for at in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _is_tags(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(one.startswith("#") and len(one) > 1 for one in filled)


def _is_words(cells: Sequence[str]) -> bool:
    """Tell whether no cell begins like a number or a day; years may be headings."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return all(_YEAR.fullmatch(one) or not one[0].isdigit() for one in filled)
