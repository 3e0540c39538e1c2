"""From a value of an entry to the text of a cell, and back.

A value that does not fit its column, in a dossier with errors, is shown as YAML; as long as its
cell stays as it is, the value does too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final, get_args

from geo.dossier.periods import period
from geo.dossier.records import GroupRole
from geo.dossier.yaml_rendering import in_flow
from geo.events.columns.losses import for_xml
from geo.workbook.sheets import SheetColumn
from geo.written.dates import read_date

MOST_LETTERS: Final = 32_000
"""Letters of a cell: a spreadsheet holds 32,767, some of which may count twice."""
_ROLE: Final = re.compile(
    r"(?P<role>[a-z_]+)(?:\s*[,;]?\s*since\s+(?P<since>\S+?))?(?:\s*[,;]?\s*until\s+(?P<until>\S+?))?",
    re.IGNORECASE,
)
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_YEAR: Final = re.compile(r"\d{4}")
_WHOLE: Final = re.compile(r"-?\d{1,15}(?:\.0+)?")
_NUMBERS: Final = frozenset({"whole", "decimal"})


class CellError(ValueError):
    """A cell that does not hold what its column expects; the message says what was expected."""


def shown_cell(value: Any, column: SheetColumn) -> str:
    r"""The text of the cell that shows a value.

    Examples
    --------
    >>> names = SheetColumn("also", "lines", "")
    >>> shown_cell(["Taleban", "the Emirate"], names)
    'Taleban\nthe Emirate'
    >>> shown_cell({"odd": 1}, names), shown_cell(None, names)
    ('{odd: 1}', '')
    """
    if value is None:
        return ""
    shown: str | None = None
    if column.kind in {"keys", "lines"} and _is_texts(value):
        shown = (", " if column.kind == "keys" else "\n").join(value)
    elif column.kind == "roles":
        shown = _roles_text(value)
    elif isinstance(value, str):
        shown = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        shown = number_text(value)
    return plain_cell(in_flow(value) if shown is None else shown)[:MOST_LETTERS]


def held(element: Any, column: SheetColumn) -> Any:
    """What an entry, a place or a claim has in a column.

    Examples
    --------
    >>> low = SheetColumn("killed", "whole", "", part="low")
    >>> held({"killed": {"low": 3, "said": "at least 3"}}, low), held({"killed": 3}, low)
    (3, None)
    """
    if not isinstance(element, Mapping):
        return None
    value = element.get(column.field)
    if not column.part:
        return value
    if isinstance(value, Mapping):
        return value.get(column.part)
    return value if column.part == "best" else None


def plain_cell(text: str) -> str:
    """The text as it is after a workbook was written and read: line breaks of one kind."""
    return for_xml(text.replace("\r\n", "\n").replace("\r", "\n"))


def number_text(value: float) -> str:
    """A number as text: a whole one without decimals, as spreadsheets add them.

    Examples
    --------
    >>> number_text(12.0), number_text(34.53)
    ('12', '34.53')
    """
    if isinstance(value, int) or not math.isfinite(value):
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - whole numbers a float holds


def same_cell(one: str, other: str, column: SheetColumn) -> bool:
    """Whether two texts of a cell mean the same: numbers by their value."""
    if _as_saved(one) == _as_saved(other):
        return True
    if column.kind not in _NUMBERS:
        return False
    numbers = [_number(text) for text in (one, other)]
    return None not in numbers and numbers[0] == numbers[1]


def _as_saved(text: str) -> str:
    """The text as it is once a program has read and written it: ``_x0041_`` is a letter then.

    Source: ECMA-376, 22.9.2.19 (ST_Xstring).
    """
    return plain_cell(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)).strip()


def cell_value(text: str, column: SheetColumn) -> Any:
    """The value that a text stands for; ``None`` if the cell is empty.

    Raises
    ------
    CellError
        If the text is not what the column expects.

    Examples
    --------
    >>> cell_value("nrf; taliban", SheetColumn("by", "keys", ""))
    ['nrf', 'taliban']
    >>> cell_value("late April 2022", SheetColumn("when", "date", ""))
    Traceback (most recent call last):
    geo.workbook.cells.CellError: 'late April 2022' is not a date in EDTF; did you mean
    2022-04-21/2022-04-30?
    """
    bare = text.strip()
    if not bare:
        return None
    reader = _READERS.get(column.kind)
    if reader is not None:
        return reader(bare)
    if column.kind == "choice":
        return _choice(bare, column)
    return bare


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _roles_text(value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        return None
    lines = []
    for one in value:
        if not set(one) <= {"role", "since", "until"} or not isinstance(one.get("role"), str):
            return None
        ends = [f"{name} {one[name]}" for name in ("since", "until") if one.get(name) is not None]
        lines.append(", ".join([one["role"], *ends]))
    return "\n".join(lines)


def _keys(text: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", text) if one]


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.split("\n") if one.strip()]


def _roles(text: str) -> list[dict[str, Any]]:
    found = []
    for line in _lines(text):
        match = _ROLE.fullmatch(line)
        if match is None or match["role"] not in get_args(GroupRole):
            roles = ", ".join(get_args(GroupRole))
            msg = f"{line!r} is not a role; expected {roles}, each with since or until"
            raise CellError(msg)
        ends = {name: _date(match[name]) for name in ("since", "until") if match[name]}
        found.append({"role": match["role"], **ends})
    return found


def _date(text: str) -> str | int:
    try:
        found = period(text)
    except ValueError as error:
        written = read_date(text)
        instead = [written.edtf] if written.edtf else [one.edtf for one in written.candidates]
        if not instead:
            raise CellError(str(error)) from error
        meant = " or ".join(instead)
        msg = f"{text!r} is not a date in EDTF; did you mean {meant}?"
        raise CellError(msg) from error
    return int(found.edtf) if _YEAR.fullmatch(found.edtf) else found.edtf


def _number(text: str) -> float | None:
    try:
        found = float(text.strip())
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        msg = f"{text!r} is not a whole number; leave the cell empty if no number is stated"
        raise CellError(msg)
    return int(text.partition(".")[0])


def _decimal(text: str) -> float | int:
    found = _number(text.replace(",", "."))
    if found is None:
        msg = f"{text!r} is not a number of degrees, such as 34.53"
        raise CellError(msg)
    return int(found) if found.is_integer() and "." not in text else found


def _choice(text: str, column: SheetColumn) -> str | int:
    known = {one.casefold(): one for one in column.choices}
    found = known.get(text.removesuffix(".0").casefold())
    if found is None:
        msg = f"{text!r} is not one of {', '.join(column.choices)}"
        raise CellError(msg)
    return int(found) if found.isdecimal() else found


_READERS: Final = {
    "keys": _keys, "lines": _lines, "roles": _roles, "date": _date, "whole": _whole,
    "decimal": _decimal,
}  # fmt: skip
