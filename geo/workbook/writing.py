"""Write a dossier as a workbook: no cell is a formula, and every text stays a text."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from geo.dossier.entries import SECTIONS, Entries, Section, digest_of_entry
from geo.dossier.history_lines import sha256_of
from geo.workbook.cells import MOST_LETTERS, held, shown_cell
from geo.workbook.likeness import HEADING, NOTE, WIDTH, likeness_of
from geo.workbook.sheets import (
    ABOUT_SHEET,
    BASE_SHEET,
    FORMAT,
    KEY_NOTES,
    KINDS,
    SHEETS,
    DossierSheet,
    SheetColumn,
)

DossierContent = Mapping[Section, Mapping[str, Mapping[str, Any]]]
"""The entries of a dossier by section and key."""
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zone
"""Creation date of every workbook, fixed so that the same dossier gives the same bytes."""
_SPARE_ROWS: Final = 1_000
"""Rows below the last one that have drop-down lists too, for what is added."""
_KEY_WIDTH: Final = 26
"""Width in characters of the columns with ids and keys."""
_SENTENCE: Final = 110
"""Width in characters of the sheet of sentences: most of them in one line."""
_NUMBERS: Final = frozenset({"whole", "decimal"})
_SAID: Final = """\
This workbook has a whole dossier: records, their places and claims, sources, groups, statements.
Edit it in any spreadsheet program and save it as XLSX. Then look at the edits, and apply them:
    incident-map import-workbook FILE.xlsx DOSSIER.yaml
    incident-map import-workbook FILE.xlsx DOSSIER.yaml --apply --by "Your name"
Nothing is changed without --apply. What changed in the dossier since is merged field by field.
The heading of each column has a comment that says what belongs in it.
An empty cell means not stated, which is never 0. A 0 needs the words of the source beside it.
Rows may be sorted and moved.
To add a record, source, group or statement, add a row with an id or key of its own.
To add a place or claim, add a row with the id of its record, and leave the column "no" empty.
Deleting the row of a place or claim removes it from its record.
Deleting any other row removes nothing. Withdraw a record by filling in withdrawn_because.
A formula is never evaluated: write what it results in.
Dates are texts in EDTF. If the program turns one into a day, format the cell as text.
The hidden sheet Base has the dossier as it was; leave it as it is.
Not in this workbook: title and note of the dossier, assessments, comments, passages of claims.
They stay as they are.
"""
"""The sheet that explains the others, a sentence to a row."""


def workbook_of(data: bytes) -> bytes:
    r"""Write a dossier as a workbook.

    Parameters
    ----------
    data
        The bytes of the dossier.

    Returns
    -------
    bytes
        An XLSX workbook; the same dossier gives the same bytes.

    Raises
    ------
    EditError
        If the dossier cannot be read as YAML.

    Examples
    --------
    >>> workbook_of(b"incidents:\n- id: raid-2022\n  title: =cmd()\n")[:2]
    b'PK'
    """
    import xlsxwriter  # noqa: PLC0415 - slow to load, and few commands write workbooks

    entries = Entries.of(data)
    content = content_of_file(entries)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
        "strings_to_urls": False,
    })  # fmt: skip
    book.set_properties({"created": _MADE})
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1, "num_format": "@", "valign": "top"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    _about(book, styles, _left_out(entries, content))
    counts = {sheet.name: len([*element_rows(sheet, content)]) for sheet in SHEETS}
    for sheet in SHEETS:
        _write_sheet(book.add_worksheet(sheet.name), sheet, content, styles, counts)
    _base(book, data, content)
    book.get_worksheet_by_name(SHEETS[0].name).activate()
    book.close()
    return target.getvalue()


def content_of_file(entries: Entries) -> DossierContent:
    """The entries of a file that have an id or key, by section.

    Returns
    -------
    dict
        Of each section its entries by their keys, in the order of the file.
    """
    return {
        section: {key: entries.entry(section, key) or {} for key in entries.keys(section)}
        for section in SECTIONS
    }


def element_rows(
    sheet: DossierSheet, content: DossierContent
) -> Iterator[tuple[Section, tuple[str, ...], Mapping[str, Any]]]:
    """The rows of a sheet: their section, what their key columns hold, and the element."""
    for section in sheet.sections:
        for key, entry in content[section].items():
            if sheet.parent:
                inner = entry.get(sheet.parent)
                for at, one in enumerate(inner if isinstance(inner, list) else (), start=1):
                    yield section, (key, str(at)), one
            elif section in KINDS.values():
                kind = next(name for name, one in KINDS.items() if one == section)
                yield section, (key, kind), entry
            else:
                yield section, (key,), entry


def _left_out(entries: Entries, content: DossierContent) -> int:
    """How many entries have no id, or one that another has already."""
    held_by = {section: entries.yaml.value.get(section) or () for section in SECTIONS}
    return sum(len(held_by[section]) - len(content[section]) for section in SECTIONS)


def _about(book: Any, styles: Mapping[str, Any], left_out: int) -> None:
    sheet = book.add_worksheet(ABOUT_SHEET)
    sheet.set_column(0, 0, _SENTENCE)
    said = _SAID.splitlines()
    if left_out:
        said.append(f"Not in this workbook: {left_out} entries without an id of their own.")
    for row, sentence in enumerate(said):
        sheet.write_string(row, 0, sentence, styles["text"])


def _write_sheet(
    to: Any, sheet: DossierSheet, content: DossierContent, styles: Mapping[str, Any],
    counts: Mapping[str, int],
) -> None:  # fmt: skip
    to.freeze_panes(1, len(sheet.keys))
    first = len(sheet.keys)
    for at, heading in enumerate(sheet.keys):
        _head(to, at, heading, KEY_NOTES[heading], styles)
        to.set_column(at, at, 5 if heading == "no" else _KEY_WIDTH, styles["text"])
    for at, column in enumerate(sheet.columns, start=first):
        _head(to, at, column.heading, column.note, styles)
        style = styles["number" if column.kind in _NUMBERS else "text"]
        to.set_column(at, at, column.width, style)
    likeness = _likeness(to, sheet, content, styles)
    last = 0
    for last, (_, keys, element) in enumerate(element_rows(sheet, content), start=1):
        for at, key in enumerate(keys):
            to.write_string(last, at, key[:MOST_LETTERS], styles["text"])
        for at, column in enumerate(sheet.columns, start=first):
            _write_cell(to, last, at, column, held(element, column), styles)
        if said := likeness.get(keys[:2]):
            to.write_string(last, len(sheet.headings), said[:MOST_LETTERS], styles["text"])
    to.autofilter(0, 0, max(last, 1), len(sheet.headings) - 1)
    _drop_downs(to, sheet, last + _SPARE_ROWS, counts)


def _likeness(
    to: Any, sheet: DossierSheet, content: DossierContent, styles: Mapping[str, Any]
) -> Mapping[tuple[str, ...], str]:
    """What stands beside claims that share words, and the heading of its column."""
    if sheet.parent != "claims":
        return {}
    at = len(sheet.headings)
    _head(to, at, HEADING, NOTE, styles)
    to.set_column(at, at, WIDTH, styles["text"])
    records = {key: one for name in sheet.sections for key, one in content[name].items()}
    return likeness_of(records)


def _head(to: Any, at: int, heading: str, note: str, styles: Mapping[str, Any]) -> None:
    to.write_string(0, at, heading, styles["head"])
    to.write_comment(0, at, note, {"author": "Incident Map", "x_scale": 2})


def _write_cell(
    to: Any, row: int, at: int, column: SheetColumn, value: Any, styles: Mapping[str, Any]
) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and column.kind in _NUMBERS and abs(value) < 1e15:  # noqa: PLR2004 - numbers that a spreadsheet holds exactly
        to.write_number(row, at, value, styles["number"])
    elif text := shown_cell(value, column):
        to.write_string(row, at, text, styles["text"])


def _drop_downs(to: Any, sheet: DossierSheet, last: int, counts: Mapping[str, int]) -> None:
    first = len(sheet.keys)
    if "kind" in sheet.keys:
        to.data_validation(1, 1, last, 1, {"validate": "list", "source": [*KINDS]})
    if sheet.parent:
        _choose_key(to, 0, last, SHEETS[0].name, counts)
    for at, column in enumerate(sheet.columns, start=first):
        if column.choices:
            rule = {"validate": "list", "source": [*column.choices]}
            to.data_validation(1, at, last, at, rule)
        elif column.kind == "key":
            _choose_key(to, at, last, column.keys_of, counts)


def _choose_key(to: Any, at: int, last: int, keys_of: str, counts: Mapping[str, int]) -> None:
    """A list of the keys of another sheet; another key is allowed, for the sheet may be sorted."""
    end = counts[keys_of] + _SPARE_ROWS + 1
    rule = {
        "validate": "list", "source": f"='{keys_of}'!$A$2:$A${end}", "error_type": "warning",
    }  # fmt: skip
    to.data_validation(1, at, last, at, rule)


def _base(book: Any, data: bytes, content: DossierContent) -> None:
    """The hidden sheet: each entry as JSON, with its digest."""
    sheet = book.add_worksheet(BASE_SHEET)
    sheet.very_hidden()
    sheet.write_string(0, 0, FORMAT)
    sheet.write_string(0, 1, sha256_of(data))
    row = 0
    for section, entries in content.items():
        for key, entry in entries.items():
            row += 1
            # ECMA-376, 22.9.2.19 (ST_Xstring): programs take _x000D_ for a line break.
            text = json.dumps(entry).replace("_x", "\\u005fx")
            parts = [text[at : at + MOST_LETTERS] for at in range(0, len(text), MOST_LETTERS)]
            for at, one in enumerate(_base_cells(section, key, digest_of_entry(entry), parts)):
                sheet.write_string(row, at, one)


def _base_cells(section: str, key: str, digest: str, parts: Sequence[str]) -> tuple[str, ...]:
    return (section, key[:MOST_LETTERS], digest, *parts)
