"""From an edited workbook to edits of the entries that it changes, to be looked at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.dossier.editing import Edit
from geo.dossier.entries import SECTIONS, Section, digest_of_entry, order_of_fields
from geo.dossier.yaml_rendering import in_flow
from geo.dossier.yaml_rewriting import same
from geo.workbook.opening import Workbook, open_workbook
from geo.workbook.rows import (
    CellChange,
    SheetRow,
    WorkbookComparison,
    WorkbookProblem,
    changed_fields,
    sheet_rows_of,
)
from geo.workbook.sheets import (
    CLAIMS,
    GROUPS,
    KINDS,
    PLACES,
    RECORDS,
    SOURCES,
    STATEMENTS,
    DossierSheet,
)

_SHOWN: Final = 200
"""Letters of a place or claim that is removed, by which it is recognised."""
_NAMES: Final = {"where": "place", "claims": "claim"}
_ORDER: Final[tuple[Section, ...]] = SECTIONS
"""The order of edits: what records refer to comes before them."""


@dataclass(frozen=True)
class WorkbookEdits:
    """What an edited workbook changes.

    Parameters
    ----------
    edits
        One for each entry that is changed or added, made from the dossier of the export; those
        that others refer to come first.
    changes
        The cells that differ, in the order of the sheets.
    problems
        What has to be fixed, and what is only said; entries with a problem have no edit.
    """

    edits: tuple[Edit, ...]
    changes: tuple[CellChange, ...]
    problems: tuple[WorkbookProblem, ...]

    @property
    def errors(self) -> tuple[WorkbookProblem, ...]:
        """The problems that keep an entry from being edited."""
        return tuple(one for one in self.problems if not one.is_note)


def edits_of_workbook(
    source: bytes | Path, file: str = "", *, by: str, why: str = ""
) -> WorkbookEdits:
    r"""Read an edited workbook, and compare it with the dossier that it was made from.

    Parameters
    ----------
    source
        Its bytes, or the file.
    by
        Who made the edits.
    why
        The reason, where one is given.

    Raises
    ------
    IntakeError
        If it cannot be read, or is not a workbook of a dossier.

    Examples
    --------
    >>> from geo.workbook.writing import workbook_of
    >>> made = workbook_of(b"incidents:\n- id: raid-2022\n  title: A raid\n  where: []\n")
    >>> edits_of_workbook(made, by="A. Analyst").edits
    ()
    """
    return edits_of_book(open_workbook(source, file), by=by, why=why)


def edits_of_book(book: Workbook, *, by: str, why: str = "") -> WorkbookEdits:
    """Compare the sheets of a workbook with the content that it was made from."""
    into = WorkbookComparison()
    rows = {
        sheet.name: sheet_rows_of(sheet, book.sheets[sheet.name], into)
        for sheet in (RECORDS, PLACES, CLAIMS, SOURCES, GROUPS, STATEMENTS)
    }
    found: dict[tuple[Section, str], Edit] = {}
    for sheet, section in ((SOURCES, "sources"), (GROUPS, "groups"), (STATEMENTS, "statements")):
        for key, row in _by_key(sheet, rows[sheet.name], book, into).items():
            was = book.base[section].get(key)  # type: ignore[index] # one of the sections
            new = changed_fields(sheet, row, was or {}, key, "", into)
            if edit := _edit(section, key, was, new, by, why):  # type: ignore[arg-type] # as above
                found[edit.section, key] = edit
    for edit in _record_edits(rows, book, into, by, why):
        found[edit.section, edit.key] = edit
    sound = [one for (_, key), one in found.items() if key not in into.faulty]
    sound.sort(key=lambda one: _ORDER.index(one.section))
    changes = [one for one in into.changes if one.key not in into.faulty]
    return WorkbookEdits(tuple(sound), tuple(changes), tuple(into.problems))


def _edit(
    section: Section, key: str, was: Mapping[str, Any] | None, new: Mapping[str, Any], by: str,
    why: str,
) -> Edit | None:  # fmt: skip
    if was is None:
        order = ["id", *order_of_fields(section)]
        given = {"id": key, **{name: one for name, one in new.items() if one is not None}}
        entry = {name: given[name] for name in [*dict.fromkeys((*order, *given))] if name in given}
        return Edit.creating(section, entry, by=by, why=why)
    changed = {name: one for name, one in new.items() if not same(was.get(name), one)}
    if not changed:
        return None
    old = {name: was.get(name) for name in changed}
    return Edit(section, key, digest_of_entry(was), old, changed, by, why=why)


def _by_key(
    sheet: DossierSheet, rows: list[SheetRow] | None, book: Workbook, into: WorkbookComparison
) -> dict[str, SheetRow]:
    """The rows of a sheet of entries by their keys; those without a row are only mentioned."""
    heading = sheet.keys[0]
    found: dict[str, SheetRow] = {}
    for row in rows or ():
        key = row.text(heading)
        if not key:
            into.refuse(sheet, row.cell(heading), "", f"give the row {_article(heading)}")
        elif key in found:
            before = found[key].cell(heading)
            into.refuse(sheet, row.cell(heading), key, f"{key!r} is in {before} too; change one")
        else:
            found[key] = row
    known = [key for section in sheet.sections for key in book.base[section]]
    for key in known if rows is not None else ():
        if key not in found:
            do = "withdraw it with withdrawn_because" if sheet is RECORDS else "delete it by hand"
            into.inform(sheet, f"{key!r} has no row any more; it stays in the dossier; {do}")
    return found


def _article(heading: str) -> str:
    return f"{'an' if heading == 'id' else 'a'} {heading}"


def _record_edits(
    rows: Mapping[str, list[SheetRow] | None],
    book: Workbook,
    into: WorkbookComparison,
    by: str,
    why: str,
) -> Iterator[Edit]:
    records = _by_key(RECORDS, rows[RECORDS.name], book, into)
    sections: dict[str, Section] = {}
    for section in KINDS.values():
        sections = dict.fromkeys(book.base[section], section) | sections
    for key, row in records.items():
        stated = KINDS.get(row.text("kind").casefold())
        if stated is None or stated != sections.get(key, stated):
            expected = " or ".join(KINDS)
            said = f"the kind is {row.text('kind')!r}; expected {expected}, which never changes"
            into.refuse(RECORDS, row.cell("kind"), key, said)
        else:
            sections[key] = stated
    inner = [
        (sheet, _inner_rows(sheet, rows[sheet.name], sections, into)) for sheet in (PLACES, CLAIMS)
    ]
    for key, section in sections.items():
        was = book.base[section].get(key)
        own = records.get(key)
        new = {} if own is None else changed_fields(RECORDS, own, was or {}, key, "", into)
        for sheet, by_record in inner:
            if by_record is not None and (own is not None or key in by_record):
                new |= _elements(sheet, by_record.get(key, []), was, key, into)
        if edit := _edit(section, key, was, new, by, why):
            yield edit


def _inner_rows(
    sheet: DossierSheet, rows: list[SheetRow] | None, sections: Mapping[str, Section],
    into: WorkbookComparison,
) -> dict[str, list[SheetRow]] | None:  # fmt: skip
    """The rows of places or claims by their record; ``None`` if the sheet is gone."""
    if rows is None:
        return None
    found: dict[str, list[SheetRow]] = {}
    for row in rows:
        key = row.text("record")
        if key in sections:
            found.setdefault(key, []).append(row)
        else:
            said = f"there is no record {key!r} in the sheet {RECORDS.name}"
            into.refuse(sheet, row.cell("record"), key, said)
            into.astray.add(sheet.name)
    return found


def _elements(
    sheet: DossierSheet, rows: list[SheetRow], was: Mapping[str, Any] | None, key: str,
    into: WorkbookComparison,
) -> dict[str, Any]:  # fmt: skip
    """The list of places or claims of a record, if its rows change it."""
    before = (was or {}).get(sheet.parent)
    held_before = before if isinstance(before, list) else []
    kept: dict[int, Any] = {}
    added: list[Any] = []
    name = _NAMES[sheet.parent]
    for row in rows:
        number = _number_in(row, len(held_before))
        if number == 0:
            new = changed_fields(sheet, row, {}, key, f"{name} (new): ", into)
            added.append({field: one for field, one in new.items() if one is not None})
        elif number is None or number in kept:
            there = "has no such" if number is None else "has another row for this"
            said = f"{key!r} {there} {name}; leave the cell empty in a new row"
            into.refuse(sheet, row.cell("no"), key, said)
        else:
            element = held_before[number - 1]
            new = changed_fields(sheet, row, element, key, f"{name} {number}: ", into)
            kept[number] = _merged_element(element, new)
    for number, element in enumerate(held_before, start=1):
        if number not in kept and sheet.name in into.astray:
            said = f"{name} {number} of {key!r} has no row; first fix the rows without a record"
            into.refuse(sheet, "", key, said)
        elif number not in kept:
            shown = in_flow(element)[:_SHOWN]
            into.changes.append(CellChange(sheet.name, "", key, f"{name} {number}", shown, ""))
    after = [*(kept[number] for number in sorted(kept)), *added]
    unchanged = was is not None and same(held_before, after)
    return {} if unchanged else {sheet.parent: after}


def _number_in(row: SheetRow, most: int) -> int | None:
    """The number of a place or claim: 0 for a new one, ``None`` for one that there was not."""
    text = row.text("no").removesuffix(".0")
    if not text:
        return 0
    numbers = {str(number): number for number in range(1, most + 1)}
    return numbers.get(text)


def _merged_element(element: Any, new: Mapping[str, Any]) -> Any:
    if not new:
        return element
    fields = {**(element if isinstance(element, Mapping) else {}), **new}
    return {name: one for name, one in fields.items() if one is not None or name not in new}
