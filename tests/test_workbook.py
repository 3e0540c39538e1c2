"""A dossier exported as a workbook and imported again gives exactly the edits made in it."""

from __future__ import annotations

import copy
import io
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from dossiers import GROUPS, SOURCE, claim, incident, presence
from hostile import LONG, TODAY, watched
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from geo import limits
from geo.cli.main import app
from geo.dossier.editing import Edit, applied, entry_after
from geo.dossier.entries import Entries
from geo.dossier.intake import read_dossier
from geo.dossier.rebasing import rebased
from geo.dossier.saving import read_history, save_edit
from geo.dossier.yaml_rendering import member
from geo.errors import GeoError, IntakeError
from geo.events.readers.spreadsheets import SheetCell
from geo.workbook import opening
from geo.workbook.cells import held, shown_cell
from geo.workbook.edits import WorkbookEdits, edits_of_book, edits_of_workbook
from geo.workbook.likeness import HEADING
from geo.workbook.opening import Workbook, open_workbook
from geo.workbook.sheets import SHEETS, DossierSheet, SheetColumn
from geo.workbook.writing import content_of_file, element_rows, workbook_of
from tools import programs

ME = "A. Analyst"
ROOT = Path(__file__).parent.parent
REAL = (ROOT / "data" / "incidents.yaml").read_bytes()


def yaml(**sections: Any) -> bytes:
    lines = [line for name, value in sections.items() for line in member(name, value, 0)]
    return ("# By hand\n" + "\n".join(lines) + "\n").encode()


STATEMENT = {
    "by": "nrf",
    "role": "acting_party",
    "says": "occurrence",
    "text": "=1+1",
    "source": "report",
}
SMALL = yaml(
    title="T",
    sources={"report": SOURCE | {"published": 2024, "relays": ["a, b; c", "کابل"]}},
    groups=GROUPS | {"isis-k": {
        "name": "+ISKP", "short": "@I", "letter": "I", "also": ["Daesh"],
        "roles": [{"role": "rebel_group", "until": "2021-08-14"},
                  {"role": "state_forces", "since": 2021}],
    }},
    statements={"stands": STATEMENT},
    incidents=[
        incident(
            title="=cmd|' /C calc'!A0", note="Two\nlines",
            where=[{"place": "Panjshir"}, {"place": "X", "lat": 35.0, "lon": 69.53, "near_m": 500,
                                           "basis": "named_place", "because": "-1"}],
            claims=[
                claim(killed=12, injured={"low": 3, "said": "at least 3"}, date="2022-05"),
                {"statement": "stands"},
                claim(by="Reuters", role="media", killed={"low": 2, "best": 3, "high": 9},
                      credibility=2),
            ],
        ),
        incident(id="second-one", where=[], when=2022),
    ],
    presence=[presence()],
)  # fmt: skip
BOOK = workbook_of(SMALL)


def changed(book: bytes, change: Callable[[Any], None]) -> WorkbookEdits:
    """What is imported after another program has opened a workbook, changed and saved it."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return edits_of_workbook(saved.getvalue(), by=ME)


def column_of(sheet: Any, heading: str) -> int:
    return next(one.column for one in sheet[1] if one.value == heading)


def cell_in(opened: Any, sheet: str, row: int, heading: str) -> Any:
    return opened[sheet].cell(row, column_of(opened[sheet], heading))


def only_edit(found: WorkbookEdits) -> Edit:
    assert list(map(str, found.problems)) == []
    (edit,) = found.edits
    return edit


@pytest.mark.parametrize("data", [REAL, SMALL], ids=["real", "small"])
def test_a_workbook_that_is_not_edited_gives_no_edit(data):
    book = workbook_of(data)
    assert edits_of_workbook(book, by=ME) == WorkbookEdits((), (), ())
    # Nor if another program has read and written all of it.
    assert changed(book, lambda _: None) == WorkbookEdits((), (), ())
    assert workbook_of(data) == book


def test_no_cell_of_the_workbook_is_a_formula_and_every_text_stays_one():
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 8
        assert not any(b"<f>" in archive.read(name) for name in sheets)
        assert not any("externalLink" in name for name in archive.namelist())
    opened = openpyxl.load_workbook(io.BytesIO(BOOK))
    title = cell_in(opened, "Records", 2, "title")
    assert (title.value, title.data_type) == ("=cmd|' /C calc'!A0", "s")
    assert cell_in(opened, "Records", 2, "when").number_format == "@"
    assert cell_in(opened, "Records", 3, "when").value == "2022"
    assert cell_in(opened, "Claims", 2, "killed").value == 12


def test_the_workbook_helps_whoever_fills_it_in():
    opened = openpyxl.load_workbook(io.BytesIO(BOOK))
    assert opened.sheetnames == ["About", *(one.name for one in SHEETS), "Base"]
    assert opened["Base"].sheet_state == "veryHidden"
    assert opened.active.title == "Records"
    for sheet in SHEETS:
        made = opened[sheet.name]
        # What shares words stands beside the claims, in a column that is not read.
        likeness = (HEADING,) if sheet.name == "Claims" else ()
        assert tuple(one.value for one in made[1]) == (*sheet.headings, *likeness)
        assert all(one.comment and len(one.comment.text) > 8 for one in made[1])
        assert made.freeze_panes == f"{'C' if len(sheet.keys) == 2 else 'B'}2"
        rules = [one for one in made.data_validations.dataValidation if one.type == "list"]
        choices = sum(bool(one.choices) or one.kind == "key" for one in sheet.columns)
        assert len(rules) == choices + (sheet.name in {"Records", "Places", "Claims"})
    kinds = [one.formula1 for one in opened["Claims"].data_validations.dataValidation]
    assert "='Sources'!$A$2:$A$1002" in {f"={one}".replace("==", "=") for one in kinds}


def test_everything_of_the_dossier_is_in_the_workbook():
    for data in (REAL, SMALL):
        opened = openpyxl.load_workbook(io.BytesIO(workbook_of(data)))
        texts = {str(one.value) for sheet in opened for row in sheet.iter_rows() for one in row
                 if sheet.title != "Base" and one.value is not None}  # fmt: skip
        dossier = read_dossier(data).dossier
        for record in dossier.records:
            assert {record.id, record.title} <= texts
            assert {one.place for one in record.where} <= texts
            assert {one.text for one in record.claims if not one.statement} <= texts
        assert {one.title for one in dossier.sources.values()} <= texts
        assert {one.name for one in dossier.groups.values()} <= texts
        assert {one.text for one in dossier.statements.values()} <= texts


NEW: dict[str, tuple[str, Any]] = {
    "text": ("=HYPERLINK(1)", "=HYPERLINK(1)"), "key": ("another-key", "another-key"),
    "keys": ("aff; nrf", ["aff", "nrf"]), "lines": ("One\nTwo, three", ["One", "Two, three"]),
    "roles": ("rebel_group, since 2021-08~", [{"role": "rebel_group", "since": "2021-08~"}]),
    "date": ("2019-03/2019-05", "2019-03/2019-05"), "whole": ("47", 47),
    "decimal": ("12.25", 12.25),
}  # fmt: skip
"""Another text for a cell of each kind, and the value that it is."""


def every_cell(data: bytes) -> list[tuple[DossierSheet, int, SheetColumn]]:
    content = content_of_file(Entries.of(data))
    return [
        (sheet, row, column)
        for sheet in SHEETS
        for row, _ in enumerate(element_rows(sheet, content), start=2)
        for column in sheet.columns
    ]


def with_cell(book: Workbook, sheet: str, row: int, heading: str, cell: SheetCell) -> Workbook:
    rows = [list(one) for one in book.sheets[sheet]]
    at = [one.text for one in rows[0]].index(heading)
    rows[row - 1] += [SheetCell("")] * (at + 1 - len(rows[row - 1]))
    rows[row - 1][at] = cell
    return replace(book, sheets=book.sheets | {sheet: rows})


def expected(element: Any, column: SheetColumn, value: Any) -> Any:
    """A place, claim or entry after one of its cells has another value."""
    after = copy.deepcopy(dict(element))
    if column.part:
        before = element.get(column.field)
        parts = dict(before) if isinstance(before, dict) else {"best": before}
        given = {
            name: one for name, one in (parts | {column.part: value}).items() if one is not None
        }
        value = given["best"] if [*given] == ["best"] and not isinstance(before, dict) else given
        value = value or None
    after[column.field] = value
    return {name: one for name, one in after.items() if one is not None}


BOOKS = {name: (data, open_workbook(workbook_of(data)), every_cell(data))
         for name, data in (("real", REAL), ("small", SMALL))}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_one_changed_cell_gives_exactly_that_edit(name):
    data, book, cells = BOOKS[name]
    content = content_of_file(Entries.of(data))
    step = 1 if LONG or name == "small" else max(1, len(cells) // 150)
    for sheet, row, column in cells[::step]:
        section, keys, element = [*element_rows(sheet, content)][row - 2]
        text, value = NEW.get(column.kind, ("", None))
        if column.kind == "choice":
            text = next(one for one in column.choices if one != str(held(element, column)))
            value = int(text) if text.isdecimal() else text
        for written, wanted in ((text, value), ("", None)):
            if shown_cell(held(element, column), column) == written:
                continue
            edited = with_cell(book, sheet.name, row, column.heading, SheetCell(written))
            found = edits_of_book(edited, by=ME)
            edit = only_edit(found)
            (change,) = found.changes
            assert (edit.section, edit.key, change.new) == (section, keys[0], written)
            before = content[section][keys[0]]
            after = expected(element, column, wanted)
            if sheet.parent:
                inner = list(before[sheet.parent])
                inner[int(keys[1]) - 1] = after
                after = {**before, sheet.parent: inner}
            assert entry_after(before, edit) == after
            assert [*edit.new] == [sheet.parent or column.field]


@pytest.mark.parametrize("number", [12, 12.0, "12", "12.0", " 12 "])
def test_a_number_is_the_same_however_a_program_writes_it(number):
    def change(opened: Any) -> None:
        cell_in(opened, "Claims", 2, "killed").value = number
        cell_in(opened, "Places", 3, "near_m").value = "500.0"
        cell_in(opened, "Places", 3, "lat").value = "35"

    assert changed(BOOK, change) == WorkbookEdits((), (), ())


def test_a_date_that_a_program_made_a_day_of_is_taken_as_written_or_asked_about():
    def with_day(row: int, day: datetime | date, shown: str) -> WorkbookEdits:
        def change(opened: Any) -> None:
            cell = cell_in(opened, "Records", row, "when")
            cell.value, cell.number_format = day, shown

        return changed(BOOK, change)

    # Excel makes May 2022 the first of it, and shows no day.
    assert with_day(2, date(2022, 5, 1), "mmm-yy") == WorkbookEdits((), (), ())
    assert with_day(3, date(2022, 1, 1), "yyyy") == WorkbookEdits((), (), ())
    assert only_edit(with_day(2, date(2022, 6, 1), "mmm-yy")).new == {"when": "2022-06"}
    assert only_edit(with_day(2, date(2022, 5, 24), "yyyy-mm-dd")).new == {"when": "2022-05-24"}
    (problem,) = with_day(2, date(2022, 5, 1), "yyyy-mm-dd").problems
    assert "'2022-05' was turned into the day 2022-05-01" in str(problem)
    (problem,) = with_day(2, datetime(2022, 5, 1, 10, 30), "yyyy-mm-dd").problems  # noqa: DTZ001 - a workbook knows no zone
    assert "was turned into a date by the spreadsheet program" in str(problem)

    def title(opened: Any) -> None:
        cell_in(opened, "Records", 2, "title").value = date(2022, 5, 1)

    (problem,) = changed(BOOK, title).problems
    assert str(problem).startswith("Records!C2: was turned into a date")


def test_a_year_stays_a_number_of_the_dossier():
    def change(opened: Any) -> None:
        cell_in(opened, "Records", 3, "when").value = 2023

    edit = only_edit(changed(BOOK, change))
    assert edit.new == {"when": 2023}
    assert b"when: 2023\n" in applied(SMALL, edit)


def test_a_formula_is_never_read_and_is_named_with_its_cell():
    def change(opened: Any) -> None:
        cell_in(opened, "Records", 2, "note").value = "=1+1"
        cell_in(opened, "Records", 3, "note").value = "Fine"
        cell_in(opened, "Claims", 2, "killed").value = "=SUM(1,2)"

    found = changed(BOOK, change)
    assert [str(one).partition(",")[0] for one in found.problems] == [
        "Records!R2: holds a formula", "Claims!K2: holds a formula",
    ]  # fmt: skip
    # The other record is edited, the one with the formulas is not at all.
    assert [one.key for one in found.edits] == ["second-one"]


def saved_by_calc(book: bytes, folder: Path) -> bytes:
    """The workbook after LibreOffice Calc has opened and saved it."""
    (folder / "book.xlsx").write_bytes(book)
    subprocess.run(
        [programs.needed("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(folder / "saved"), str(folder / "book.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "saved" / "book.xlsx").read_bytes()


@pytest.mark.slow
def test_a_workbook_edited_and_saved_by_libreoffice_gives_exactly_the_edits(tmp_path):
    if not programs.has_calc():
        pytest.skip("LibreOffice is here without Calc, which opens workbooks")
    assert edits_of_workbook(saved_by_calc(workbook_of(REAL), tmp_path), by=ME).edits == ()
    opened = openpyxl.load_workbook(io.BytesIO(workbook_of(REAL)))
    edits = {
        ("Records", 3, "when"): "2022-05",
        ("Places", 4, "place"): "پنجشیر",
        ("Claims", 5, "killed"): 12,
        ("Sources", 3, "note"): "Read again.",
    }
    for (sheet, row, heading), value in edits.items():
        cell_in(opened, sheet, row, heading).value = value
    changed_book = io.BytesIO()
    opened.save(changed_book)
    found = edits_of_workbook(saved_by_calc(changed_book.getvalue(), tmp_path), by=ME)
    assert list(map(str, found.problems)) == []
    wanted = edits_of_workbook(changed_book.getvalue(), by=ME).edits
    assert [(one.key, one.old, one.new) for one in found.edits] == [
        (one.key, one.old, one.new) for one in wanted
    ]
    assert sum(len(one.new) for one in found.edits) == len(edits)


def test_rows_and_columns_may_be_sorted_and_moved():
    def change(opened: Any) -> None:
        for name in ("Records", "Claims", "Places", "Groups"):
            sheet = opened[name]
            rows = [[one.value for one in row] for row in sheet.iter_rows()]
            head, below = rows[0], rows[1:]
            order = sorted(range(len(head)), key=lambda at: str(head[at]), reverse=True)
            for number, row in enumerate([head, *below[::-1]], start=1):
                for at, which in enumerate(order, start=1):
                    cell = sheet.cell(number, at)
                    cell.value = row[which]
                    if isinstance(row[which], str):
                        cell.data_type = "s"
            sheet.insert_rows(3, 2)

    assert changed(BOOK, change) == WorkbookEdits((), (), ())


def test_rows_that_are_added_become_entries_places_and_claims():
    def change(opened: Any) -> None:
        for sheet, row in (
            ("Sources", {"key": "second-report", "title": "Another", "publisher": "P",
                         "published": "2023"}),
            ("Records", {"id": "new-one", "kind": "incident", "title": "New", "by": "nrf",
                         "when": "2023-02~"}),
            ("Places", {"record": "new-one", "place": "Kabul"}),
            ("Claims", {"record": "new-one", "by": "nrf", "role": "acting_party",
                        "says": "responsibility", "text": "Says so.", "source": "second-report",
                        "killed": 0, "killed said": "nobody was hurt"}),
            ("Places", {"record": "second-one", "place": "Herat"}),
        ):  # fmt: skip
            at = opened[sheet].max_row + 1
            for heading, value in row.items():
                opened[sheet].cell(at, column_of(opened[sheet], heading)).value = value

    found = changed(BOOK, change)
    assert [(one.section, one.key) for one in found.edits] == [
        ("sources", "second-report"), ("incidents", "second-one"), ("incidents", "new-one"),
    ]  # fmt: skip
    _, second, new = found.edits
    assert new.creates
    assert new.new["claims"] == [
        {"by": "nrf", "role": "acting_party", "says": "responsibility", "text": "Says so.",
         "source": "second-report", "killed": {"best": 0, "said": "nobody was hurt"}},
    ]  # fmt: skip
    assert second.new == {"where": [{"place": "Herat"}]}
    data = SMALL
    for one in found.edits:
        data = applied(data, one)
    assert read_dossier(data, today=TODAY).dossier.records[2].id == "new-one"


def test_rows_that_are_deleted_remove_places_and_claims_but_never_an_entry():
    def change(opened: Any) -> None:
        opened["Records"].delete_rows(3)
        opened["Sources"].delete_rows(2)
        opened["Claims"].delete_rows(3)

    found = changed(BOOK, change)
    (edit,) = found.edits
    claims = Entries.of(SMALL).entry("incidents", "an-attack")["claims"]
    assert edit.new == {"claims": [claims[0], claims[2]]}
    assert [(one.label, one.new) for one in found.changes] == [("claim 2", "")]
    assert [one.is_note for one in found.problems] == [True, True]
    said = " ".join(map(str, found.problems))
    assert "'second-one' has no row any more; it stays in the dossier; withdraw it with" in said
    assert "'report' has no row any more; it stays in the dossier" in said


def test_a_sheet_or_column_that_is_gone_changes_nothing():
    def change(opened: Any) -> None:
        del opened["Places"]
        opened["Claims"].delete_cols(column_of(opened["Claims"], "killed low"))
        opened["Groups"].delete_cols(1)

    found = changed(BOOK, change)
    assert found.edits == ()
    assert [str(one).partition(";")[0] for one in found.problems] == [
        "Places: has no column record, no", "Claims: has no column killed low",
        "Groups: has no column key",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value", "said"),
    [
        ("Records", 3, "id", "an-attack", "Records!A3: 'an-attack' is in A2 too; change one"),
        ("Records", 2, "id", None, "Records!A2: give the row an id"),
        ("Records", 2, "kind", "presence claim", "Records!B2: the kind is 'presence claim'; expe"),
        ("Records", 2, "when", "late April 2022", "did you mean 2022-04-21/2022-04-30?"),
        ("Records", 2, "when", "soon", "'soon' is not a valid date"),
        ("Records", 2, "event_type", "Battle", "'Battle' is not one of Battles, Protests"),
        ("Places", 2, "record", "nowhere", "Places!A2: there is no record 'nowhere' in the sheet"),
        ("Places", 2, "no", 7, "Places!B2: 'an-attack' has no such place; leave the cell empty"),
        ("Places", 3, "no", 1, "Places!B3: 'an-attack' has another row for this place"),
        ("Places", 2, "lat", "north", "'north' is not a number of degrees"),
        ("Claims", 2, "killed", "dozens", "'dozens' is not a whole number; leave the cell empty"),
        ("Claims", 2, "killed", 0, "Claims!K2: 0 means that the source says so; write its words"),
        ("Groups", 4, "roles", "king since 1901", "'king since 1901' is not a role"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_edit_is_a_problem_with_its_sheet_and_cell(
    sheet, row, heading, value, said
):
    def change(opened: Any) -> None:
        cell_in(opened, sheet, row, heading).value = value

    found = changed(BOOK, change)
    assert said in " ".join(map(str, found.errors))
    assert found.edits == ()


def test_an_edit_meets_what_changed_in_the_dossier_meanwhile(tmp_path):
    file = tmp_path / "d.yaml"
    file.write_bytes(SMALL)
    save_edit(file, Edit.to(SMALL, "incidents", "an-attack", {"note": "Hers"}, by="B. Colleague"))
    now = file.read_bytes()

    def change(opened: Any) -> None:
        cell_in(opened, "Records", 2, "title").value = "Mine"

    edit = only_edit(changed(BOOK, change))
    assert dict(rebased(now, edit).new) == {"title": "Mine"}
    merged = save_edit(file, edit)
    assert b"note: Hers" in merged
    assert b"title: Mine" in merged

    def clash(opened: Any) -> None:
        cell_in(opened, "Records", 2, "note").value = "Mine too"

    with pytest.raises(GeoError, match=r"Hers.*B\. Colleague.*yours: Mine too"):
        save_edit(file, only_edit(changed(BOOK, clash)))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})


def test_the_commands_export_list_and_apply(tmp_path):
    file, book = tmp_path / "d.yaml", tmp_path / "d.xlsx"
    file.write_bytes(SMALL)
    done = run("export", str(file), "--to", "workbook", "--out", str(book))
    assert (done.exit_code, book.read_bytes()) == (0, BOOK)
    done = run("import-workbook", str(book), str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "the workbook changes nothing" in done.stderr
    opened = openpyxl.load_workbook(book)
    cell_in(opened, "Records", 3, "title").value = "A \x1fnew title".replace("\x1f", "")
    cell_in(opened, "Records", 2, "event_type").value = "Battle"
    cell_in(opened, "Records", 4, "first").value = "2024-02-31"
    opened.save(book)
    done = run("import-workbook", str(book), str(file))
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "second-one", "  title (Records!C3)", "    - An attack", "    + A new title",
    ]  # fmt: skip
    assert "Records!G2: 'Battle' is not one of" in done.stderr
    assert "Records!K4: " in done.stderr
    assert "1 entry would change; nothing is saved without --apply" in done.stderr
    assert file.read_bytes() == SMALL
    done = run("import-workbook", str(book), str(file), "--apply", "--by", ME)
    assert done.exit_code == 1
    assert "1 entry saved" in done.stderr
    wanted = SMALL.replace(
        b"id: second-one\n    title: An attack", b"id: second-one\n    title: A new title"
    )
    # And it says who wrote that.
    author = f"    written_by:\n      - {ME}\n".encode()
    assert file.read_bytes() == wanted.replace(b"presence:\n", author + b"presence:\n")
    (last,) = read_history(file).field_edits()
    assert (last.by, last.key, last.new, last.why) == (
        ME,
        "second-one",
        "A new title",
        "workbook d.xlsx",
    )
    # Once more: what is there already is no edit.
    done = run("import-workbook", str(book), str(file))
    assert "1 entry: the dossier has these edits already" in done.stderr
    assert done.stdout == ""


def test_what_would_make_an_error_is_listed_and_not_saved(tmp_path):
    file, book = tmp_path / "d.yaml", tmp_path / "d.xlsx"
    file.write_bytes(SMALL)
    opened = openpyxl.load_workbook(io.BytesIO(BOOK))
    cell_in(opened, "Claims", 2, "source").value = "no-such-source"
    opened.save(book)
    done = run("import-workbook", str(book), str(file), "--apply", "--by", ME)
    assert done.exit_code == 1
    assert "no-such-source" in done.stderr
    assert file.read_bytes() == SMALL


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("import-workbook d.xlsx d.yaml --apply", "--by: give your name"),
        ("import-workbook d.xlsx d.yaml --by X", "nothing is saved without --apply"),
        ("import-workbook none.xlsx d.yaml", "there is no such file"),
        ("import-workbook d.xlsx none.yaml", "cannot be read"),
        ("import-workbook d.yaml d.yaml", "archive"),
        ("export d.xlsx --to workbook --out e.xlsx", "exports a dossier"),
        ("export d.yaml --to workbook --out e.csv", "to match --to workbook"),
        ("export d.yaml --to workbook --out e.xlsx --data .", "--data"),
    ],
)
def test_wrong_uses_are_a_sentence(tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    Path("d.yaml").write_bytes(SMALL)
    Path("d.xlsx").write_bytes(BOOK)
    done = run(*words.split())
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_workbook_without_its_hidden_sheet_or_with_another_one_is_refused():
    def without(opened: Any) -> None:
        del opened["Base"]

    def altered(opened: Any) -> None:
        cell = opened["Base"].cell(2, 4)
        cell.value = cell.value.replace("A report", "A rumour")

    def deep(opened: Any) -> None:
        opened["Base"].cell(2, 4).value = "[" * 30_000

    def short(opened: Any) -> None:
        opened["Base"].cell(2, 3).value = None
        opened["Base"].cell(2, 4).value = None

    with pytest.raises(IntakeError, match="has no hidden sheet"):
        changed(BOOK, without)
    for change in (altered, deep, short):
        with pytest.raises(IntakeError, match="has been changed; export the dossier again"):
            changed(BOOK, change)


def test_a_dossier_with_errors_comes_back_as_it_was():
    odd = yaml(
        title="T", sources={"report": {"title": ["not", {"a": "text"}], "relays": "one", "odd": 1}},
        incidents=[
            {"id": "broken-one", "where": "Kabul", "claims": [None, "text", {"killed": [1]}],
             "by": {"a": "b"}, "when": 2022.5, "title": True},
            {"id": "broken-two", "where": [None, {"lat": "x", "place": "\u200b"}], "claims": {}},
            {"title": "without an id"},
        ],
    )  # fmt: skip
    book = workbook_of(odd)
    assert edits_of_workbook(book, by=ME) == WorkbookEdits((), (), ())
    assert changed(book, lambda _: None) == WorkbookEdits((), (), ())
    about = openpyxl.load_workbook(io.BytesIO(book))["About"]
    assert "1 entries without an id" in str([row[0].value for row in about.iter_rows()][-1])


def test_more_cells_and_a_larger_hidden_sheet_than_a_dossier_has_are_refused(monkeypatch):
    filled = sum(len(rows) * len(rows[0]) for rows in open_workbook(BOOK).sheets.values())
    monkeypatch.setattr(opening, "_CELLS", filled // 2)
    with pytest.raises(IntakeError, match=f"more than {filled // 2} cells"):
        open_workbook(BOOK)
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_DOSSIER_PARTS", 5)
    with pytest.raises(IntakeError, match="hidden sheet"):
        open_workbook(BOOK)
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_DOSSIER_BYTES", 50)
    with pytest.raises(IntakeError, match="larger than a dossier may be"):
        open_workbook(BOOK)


def test_a_long_text_is_not_repeated_whole():
    def change(opened: Any) -> None:
        cell_in(opened, "Records", 2, "when").value = "soon" * 8_000
        cell_in(opened, "Places", 2, "record").value = "x" * 32_000

    found = changed(BOOK, change)
    assert len(found.errors) == 3
    assert all(len(str(one)) < 2_100 for one in found.errors)


texts = st.text(max_size=40) | st.sampled_from([
    "=1+1", "2022-05", "12.0", "_x0041_", "'quoted", "a\r\nb", " x ", "TRUE", "\ufffe", "#REF!",
])  # fmt: skip


@pytest.mark.slow
@given(texts, texts)
@example("_x000D_", "\x0b")
@settings(max_examples=40)
def test_any_text_comes_back_as_it_was(title, note):
    data = yaml(title="T", incidents=[incident(title=title, note=note, groups_said=title)])
    try:
        Entries.of(data)
        book = workbook_of(data)
    except GeoError:
        return
    assert edits_of_workbook(book, by=ME) == WorkbookEdits((), (), ())


@given(st.data())
@settings(max_examples=60)
def test_damaged_workbooks_are_refused_or_read_and_nothing_else_happens(data):
    at = data.draw(st.integers(0, len(BOOK) - 1))
    length = data.draw(st.sampled_from([1, 2, 50, 5_000]))
    put = data.draw(st.binary(max_size=20))
    with watched() as heard:
        try:
            edits_of_workbook(BOOK[:at] + put + BOOK[at + length :], by=ME)
        except GeoError as error:
            said = str(error)
        else:
            said = ""
    assert (heard, len(said) < 2_000) == ([], True)


def test_claims_that_share_words_are_named_and_only_the_column_of_origins_is_read():
    words = "Fighters attacked a checkpoint in the district on Tuesday night and left."
    sources = {"report": SOURCE | {"published": 2024}, "two": SOURCE | {"published": 2024}}
    claims = [
        claim(text=words),
        claim(text="Nobody was hurt."),
        claim(by="Two", role="media", says="occurrence", source="two", text=f"It says: {words}"),
    ]
    book = workbook_of(
        yaml(title="T", sources=sources, groups=GROUPS, incidents=[incident(claims=claims)])
    )
    opened = openpyxl.load_workbook(io.BytesIO(book))
    said = [cell_in(opened, "Claims", row, HEADING).value for row in (2, 3, 4)]
    assert said[1] is None
    assert said[0].startswith("claim 3: “fighters attacked a checkpoint")
    assert said[2].startswith("claim 1: “fighters attacked a checkpoint")

    def confirm(opened: Any) -> None:
        for row in (2, 4):
            cell_in(opened, "Claims", row, "origin").value = "a-release"
            cell_in(opened, "Claims", row, HEADING).value = "=read()"

    edit = only_edit(changed(book, confirm))
    assert [one.get("origin") for one in edit.new["claims"]] == ["a-release", None, "a-release"]
    whole = yaml(title="T", sources=sources, groups=GROUPS, incidents=[incident(claims=claims)])
    again = openpyxl.load_workbook(io.BytesIO(workbook_of(applied(whole, edit))))
    assert cell_in(again, "Claims", 2, HEADING).value is None
