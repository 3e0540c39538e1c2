"""Open an edited workbook: its sheets, and the content that it was made from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo import limits
from geo.dossier.entries import SECTIONS, Section, digest_of_entry
from geo.errors import IntakeError
from geo.events.readers.spreadsheets import SheetCell, read_cells
from geo.text import json_parts
from geo.workbook.sheets import BASE_SHEET, FORMAT, SHEETS
from geo.workbook.writing import DossierContent

_EXPORT: Final = "export the dossier again with `incident-map export DOSSIER.yaml --to workbook`"
_JSON_AT: Final = 3
"""Where the parts of an entry begin in a row of the hidden sheet: after section, key and digest."""
_ROWS: Final = limits.MAX_DOSSIER_PARTS
"""Rows of a sheet that are read; a dossier cannot have as many entries."""


_CELLS: Final = 4 * limits.MAX_DOSSIER_PARTS
"""Cells of a workbook that are read: most of those of a large dossier are empty."""


@dataclass(frozen=True)
class Workbook:
    """An edited workbook.

    Parameters
    ----------
    file
        Its name in messages.
    sheets
        The rows of each sheet that is edited; a sheet that was deleted has none.
    base
        The content that it was made from.
    """

    file: str
    sheets: dict[str, list[list[SheetCell]]]
    base: DossierContent


def open_workbook(source: bytes | Path, file: str = "") -> Workbook:
    """Open an edited workbook.

    Parameters
    ----------
    source
        Its bytes, or the file.
    file
        Its name in messages.

    Raises
    ------
    IntakeError
        If it cannot be read, is larger than the limits allow, or is not a workbook of a dossier.
    """
    found = read_cells(source, file, most=_CELLS)
    name = file or str(source if isinstance(source, Path) else "workbook")
    rows = [[one.text for one in row] for row in found.get(BASE_SHEET, [])]
    if not rows or rows[0][:1] != [FORMAT]:
        msg = f"{name}: has no hidden sheet {BASE_SHEET!r} with the dossier as it was; {_EXPORT}"
        raise IntakeError(msg)
    sheets = {sheet.name: found.get(sheet.name, []) for sheet in SHEETS}
    return Workbook(name, sheets, _base(rows[1:], name))


def _base(rows: list[list[str]], name: str) -> DossierContent:
    size = sum(len(cell) for row in rows for cell in row[_JSON_AT:])
    # In JSON a letter of Dari is six of ASCII.
    if size > 6 * limits.MAX_DOSSIER_BYTES or len(rows) > _ROWS:
        msg = f"{name}: its hidden sheet is larger than a dossier may be; {_EXPORT}"
        raise IntakeError(msg)
    content: dict[Section, dict[str, dict[str, Any]]] = {section: {} for section in SECTIONS}
    parts = 0
    for row in rows:
        text = "".join(row[_JSON_AT:])
        parts += json_parts(text.encode("utf-8", "replace"))
        entry = _entry(text) if parts <= limits.MAX_DOSSIER_PARTS * 2 else None
        section = next((one for one in SECTIONS if row[:1] == [one]), None)
        if entry is None or section is None or row[2] != digest_of_entry(entry):
            msg = f"{name}: its hidden sheet {BASE_SHEET!r} has been changed; {_EXPORT}"
            raise IntakeError(msg)
        content[section][entry["id"]] = entry
    return content


def _entry(text: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_entry = isinstance(entry, dict) and isinstance(entry.get("id"), str)
    return entry if is_entry else None
