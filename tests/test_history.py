"""The history log holds every edit as it was made, and a log that is damaged says where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import SHARE
from savers import new_dossier, numbers_in, save_number
from test_editing import VALUES

from geo.dossier.editing import Edit, applied
from geo.dossier.entries import Entries
from geo.dossier.history import History, edits_between, history_file, read_log
from geo.dossier.history_lines import OUTSIDE, HistoryLine, content_of, read_row
from geo.dossier.intake import read_dossier
from geo.dossier.saving import read_history, save_edit
from geo.dossier.yaml_rewriting import same
from geo.errors import EditError, IntakeError

ME = "A. Analyst"
DOSSIER = (Path(__file__).resolve().parent.parent / "data" / "incidents.yaml").read_bytes()
NAMES = st.text(min_size=1, max_size=20)
FIELDS = st.dictionaries(NAMES, VALUES | st.none(), max_size=4)
ZONES = [UTC, timezone(timedelta(hours=4, minutes=30))]
MOMENTS = st.integers(0, 4 * 10**15).map(lambda one: datetime.fromtimestamp(one / 10**6, UTC))
EDITS = st.builds(
    Edit, st.sampled_from(["sources", "groups", "statements", "incidents", "presence"]), NAMES,
    st.text(max_size=64), FIELDS, FIELDS, st.text(max_size=20),
    st.builds(datetime.astimezone, MOMENTS, st.sampled_from(ZONES)),
    st.text(max_size=50),
)  # fmt: skip


def saved_five(folder: Path) -> tuple[Path, Path]:
    """A dossier with a log of six lines."""
    file = new_dossier(folder)
    for number in range(1, 6):
        save_number(file, number)
    log = history_file(file)
    assert log.read_bytes().count(b"\n") == 6
    return file, log


@settings(max_examples=round(100 + 5_000 * SHARE), deadline=None)
@given(EDITS, st.integers(1, 10**9))
def test_an_edit_is_read_from_its_line_exactly_as_it_was_written(edit: Edit, number: int) -> None:
    row = HistoryLine("edit", "0" * 64, edit).row(number, "1" * 64)
    assert b"\n" not in row
    placed = read_row(row)
    assert (placed.number, placed.before) == (number, "1" * 64)
    found = placed.line.edit
    assert found == edit
    assert found is not None
    for side in ("old", "new"):
        assert same(dict(getattr(found, side)), dict(getattr(edit, side)))
        assert list(getattr(found, side)) == list(getattr(edit, side))
    assert placed.line.row(number, "1" * 64) == row


def test_a_record_has_its_history_field_by_field(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    first = {"title": "پنجشیر", "note": None}
    made = Edit.to(file.read_bytes(), "incidents", "rec-1", first, by=ME, why="Read again")
    save_edit(file, made)
    made = Edit.to(file.read_bytes(), "incidents", "rec-1", {"title": "Third"}, by="B. Reader")
    save_edit(file, made)
    save_number(file, 2)
    found = read_history(file).of("incidents", "rec-1")
    assert [(one.field, one.old, one.new, one.by, one.why, one.line) for one in found] == [
        ("title", "An attack", "پنجشیر", ME, "Read again", 2),
        ("note", "-", None, ME, "Read again", 2),
        ("title", "پنجشیر", "Third", "B. Reader", "", 3),
    ]
    assert found[0].at <= found[2].at == made.at
    # The value before any change of the log is one to go back to, and going back is an edit too.
    back = found[0].restoring(file.read_bytes(), by=ME, why="As it was")
    save_edit(file, back)
    entry = Entries.of(file.read_bytes()).entry("incidents", "rec-1") or {}
    assert entry["title"] == "An attack"
    assert "note" not in entry
    assert read_history(file).of("incidents", "rec-1")[-1].new == "An attack"


def test_what_was_edited_outside_the_app_is_taken_in_field_by_field(tmp_path: Path) -> None:
    file, log = saved_five(tmp_path)
    text = file.read_bytes()
    hand = text.replace(b"title: Title 4", b"title: By hand").replace(b"id: rec-3", b"id: rec-9")
    file.write_bytes(hand.replace(b"# A dossier", b"# Mine"))
    assert not read_history(file).is_of(file.read_bytes())
    before = log.read_bytes()
    save_number(file, 6)
    assert log.read_bytes().startswith(before)
    history = read_history(file)
    assert history.faults == ()
    outside = [one for one in history.field_edits() if not one.by]
    assert {one.why for one in outside} == {OUTSIDE}
    titles = [(one.key, one.old, one.new) for one in outside if one.field in {"id", "title"}]
    assert sorted(titles, key=str) == [
        ("rec-0", "Title 4", "By hand"), ("rec-3", "Title 3", None), ("rec-3", "rec-3", None),
        ("rec-9", None, "Title 3"), ("rec-9", None, "rec-9"),
    ]  # fmt: skip
    assert same(history.content(), content_of(file.read_bytes()))


def test_an_id_is_not_taken_back_as_a_field_is(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    save_edit(file, Edit.duplicating(file.read_bytes(), "incidents", "rec-1", "rec-x", by=ME))
    first = read_history(file).of("incidents", "rec-x")[0]
    assert (first.field, first.old, first.new) == ("id", None, "rec-x")
    with pytest.raises(EditError, match="an id stays"):
        first.restoring(file.read_bytes(), by=ME)


def test_a_new_layout_is_noticed_and_changes_no_field(tmp_path: Path) -> None:
    file, _ = saved_five(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    save_number(file, 6)
    kinds = [line.kind for _, line in read_history(file).lines]
    assert kinds == ["begin", *["edit"] * 5, "outside", "edit"]
    assert all(one.by for one in read_history(file).field_edits())


@pytest.mark.slow
@settings(max_examples=round(20 + 300 * SHARE), deadline=None)
@given(st.data())
def test_replaying_the_log_gives_every_entry_as_it_is(data: st.DataObject) -> None:
    was, content = DOSSIER, content_of(DOSSIER)
    lines = [HistoryLine("begin", "", content=content)]
    for _ in range(data.draw(st.integers(1, 4))):
        key = data.draw(st.sampled_from(list(content["incidents"])))
        name = data.draw(st.sampled_from(["title", "note", "where", "claims"]))
        edit = Edit.to(was, "incidents", key, {name: data.draw(VALUES | st.none())}, by=ME)
        was = applied(was, edit, check=False)
        lines.append(HistoryLine("edit", "", edit))
    history = read_log(History().following(lines))
    assert history.faults == ()
    assert same(history.content(), content_of(was))
    assert edits_between(history.content(), content_of(was), datetime.now(UTC)) == []


def put(at: int, change: Callable[[list[bytes]], bytes]) -> Callable[[list[bytes]], None]:
    """Put another row in the place of one."""

    def damage(rows: list[bytes]) -> None:
        rows[at] = change(rows)

    return damage


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "line", "said"),
    [
        (put(3, lambda rows: rows[3].replace(b"Title", b"Titel")), 4, "line 4 has been altered"),
        (put(5, lambda rows: rows[5].replace(b"Title", b"Titel")), 6, "line 6 has been altered"),
        (put(0, lambda rows: rows[0].replace(b"attack", b"raid")), 1, "line 1 has been altered"),
        (put(5, lambda rows: rows[5][:-9]), 6, "line 6 has been altered or cut off"),
        (put(2, lambda _: b""), 3, "line 3 has been altered or cut off"),
        (put(2, lambda _: b"[" * 100_000), 3, "line 3 has been altered or cut off"),
        (lambda rows: rows.pop(3), 4, "line 4 is missing before what is now line 4"),
        (lambda rows: rows.__delitem__(slice(2, 4)), 3, "lines 3 to 4 are missing"),
        (lambda rows: rows.pop(0), 1, "the lines before what is now line 1 are missing"),
        (lambda rows: rows.insert(2, rows.pop(3)), 3, "line 3 is missing before what is now"),
        (lambda rows: rows.insert(3, rows[2]), 4, "line 4 is out of order or repeated"),
        # Rows whose own digest is right, as a program would write them.
        (put(3, lambda rows: read_row(rows[3]).line.row(4, "0" * 64)), 4,
         "line 3 has been replaced since line 4"),
        (put(3, lambda rows: read_row(rows[2]).line.row(4, read_row(rows[3]).before)), 5,
         "line 4 has been replaced since line 5"),
    ],
)  # fmt: skip
def test_a_log_that_is_damaged_is_named_kept_and_begun_anew(
    tmp_path: Path, damage: Any, line: int, said: str
) -> None:
    file, log = saved_five(tmp_path)
    rows = log.read_bytes().removesuffix(b"\n").split(b"\n")
    damage(rows)
    damaged = b"\n".join(rows) + b"\n"
    log.write_bytes(damaged)
    (fault,) = read_history(file).faults
    assert fault.line == line
    assert said in fault.message
    assert "leave it as it is" in fault.message
    assert read_dossier(file.read_bytes()).left_out == 0
    save_number(file, 6)
    save_number(file, 7)
    # What was there is still there, and the new chain says what is wrong above it.
    assert log.read_bytes().startswith(damaged)
    history = read_history(file)
    assert history.faults == (fault,)
    begin, *edits = [one for number, one in history.lines if number > len(rows)]
    assert (begin.kind, said in begin.why) == ("begin", True)
    assert [one.kind for one in edits] == ["edit", "edit"]
    assert numbers_in(history)[-2:] == [6, 7]
    assert same(history.content(), content_of(file.read_bytes()))
    # A chain that is damaged in its turn is named as well.
    log.write_bytes(log.read_bytes().replace(b"Title 7", b"Title 8"))
    assert [one.line for one in read_history(file).faults] == [line, len(rows) + 3]


def test_a_log_of_anything_else_is_no_hindrance(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    log = history_file(file)
    for content in (b"\n", b"\xff\xfe", b"{}", b"null\n[]\n", b'{"line":1}\n'):
        log.write_bytes(content)
        save_number(file, 1)
        file.write_bytes(file.read_bytes().replace(b"Title 1", b"An attack"))
        assert log.read_bytes().startswith(content)
        assert len(read_history(file).faults) == 1


def test_a_log_with_the_line_breaks_of_windows_is_whole(tmp_path: Path) -> None:
    file, log = saved_five(tmp_path)
    log.write_bytes(log.read_bytes().replace(b"\n", b"\r\n"))
    assert read_history(file).faults == ()
    save_number(file, 6)
    assert numbers_in(read_history(file)) == [1, 2, 3, 4, 5, 6]
    log.write_bytes(log.read_bytes().rstrip(b"\n"))
    save_number(file, 7)
    assert read_history(file).faults == ()


def test_a_dossier_without_a_log_is_read_and_has_an_empty_history(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    assert read_history(file).lines == ()
    assert read_history(file).of("incidents", "rec-1") == ()
    history_file(file).mkdir()
    with pytest.raises(IntakeError, match="is not a file that can hold the history log"):
        read_history(file)
