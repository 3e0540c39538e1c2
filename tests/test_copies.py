"""Copies of a dossier that were edited apart, each with its log: nobody's edit loses its author."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from failing_calls import call_fails
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import record, times
from savers import new_dossier
from test_saving import run
from typer.testing import CliRunner

from geo.cli.main import app
from geo.dossier.copies import (
    CopyMerge,
    DossierCopy,
    common_version,
    new_edits,
    vouched,
)
from geo.dossier.editing import Edit
from geo.dossier.entries import Entries
from geo.dossier.history import FieldEdit, History, history_file
from geo.dossier.history_lines import content_of
from geo.dossier.merging import Clash, merged
from geo.dossier.rebasing import FieldConflictError, rebased
from geo.dossier.saving import read_history, save_edit, save_merge
from geo.dossier.yaml_rewriting import same
from geo.errors import ConflictError, EditError, WriteError

HERE = "tests/test_copies.py::"
SIDES = st.sampled_from(["ours", "theirs"])
FIELDS = st.sampled_from(["title", "note"])
ANN, BEA, CAS = "A. Analyst", "B. Analyst", "C. Analyst"


def copied(file: Path, name: str) -> Path:
    """Another copy of a dossier, with its log."""
    folder = file.parent / name
    folder.mkdir()
    for one in (file, history_file(file)):
        if one.exists():
            shutil.copy(one, folder)
    return folder / file.name


def edited(file: Path, by: str, key: str = "rec-1", **fields: Any) -> None:
    save_edit(file, Edit.to(file.read_bytes(), "incidents", key, fields, by=by, why=f"{by} knew"))


def copy_of(file: Path) -> DossierCopy:
    return DossierCopy(file.read_bytes(), read_history(file))


def merge_into(
    file: Path, other: Path, by: str, decide: Callable[[Clash], str] | None = None
) -> tuple[Clash, ...]:
    """Merge a copy as the app does it."""
    ours, theirs = copy_of(file), copy_of(other)
    base = common_version(ours, theirs)
    assert base is not None
    found = merged(base.data, ours.data, theirs.data)
    decisions: Any = {one.at: decide(one) for one in found.clashes} if decide else {}
    data = merged(base.data, ours.data, theirs.data, decisions=decisions).data
    taken = new_edits(ours.history, theirs, base.digest)
    save_merge(file, CopyMerge(ours.data, theirs.data, data, taken), by=by)
    return found.clashes


def entry(file: Path, key: str = "rec-1") -> dict[str, Any]:
    return Entries.of(file.read_bytes()).entry("incidents", key) or {}


def holds(file: Path) -> History:
    """The chain holds, and its last line is of the file as it is."""
    history = read_history(file)
    assert history.faults == ()
    assert history.is_of(file.read_bytes())
    assert same(history.content(), content_of(file.read_bytes()))
    return history


def changes(file: Path, key: str = "rec-1") -> list[tuple[str, str, str, Any]]:
    found = content_edits(read_history(file), key)
    return [(one.by, one.merged_by, one.field, one.new) for one in found]


def content_edits(history: History, key: str = "") -> list[FieldEdit]:
    """The changes of what a record says, without those of who wrote it."""
    found = [one for one in history.field_edits() if key in {"", one.key}]
    return [one for one in found if one.field != "written_by"]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Ann's and Bea's copies of a dossier that has a log."""
    file = new_dossier(tmp_path)
    edited(file, CAS, "rec-0", title="Before the copy")
    return file, copied(file, "bea")


def test_edits_of_both_copies_are_in_the_merged_one_with_their_authors(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    edited(ann, ANN, note="Ann's")
    edited(bea, BEA, title="Bea's first")
    edited(bea, BEA, title="Bea's")
    edited(bea, BEA, "rec-2", note="Also Bea's")
    assert merge_into(ann, bea, ANN) == ()
    assert (entry(ann)["note"], entry(ann)["title"]) == ("Ann's", "Bea's")
    history = holds(ann)
    assert changes(ann) == [
        (ANN, "", "note", "Ann's"),
        (BEA, ANN, "title", "Bea's first"),
        (BEA, ANN, "title", "Bea's"),
    ]
    assert changes(ann, "rec-2") == [(BEA, ANN, "note", "Also Bea's")]
    theirs = {one.at for one in read_history(bea).of("incidents", "rec-2")}
    assert {one.at for one in history.of("incidents", "rec-2")} == theirs
    # What both knew before is there once.
    assert changes(ann, "rec-0") == [(CAS, "", "title", "Before the copy")]


def test_a_clash_is_decided_and_the_log_has_both_values_and_who_decided(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    edited(ann, ANN, title="Ann's", note="Ann's")
    edited(bea, BEA, title="Bea's", note="Bea's")
    found = merge_into(ann, bea, CAS, lambda one: "theirs" if one.path == ("title",) else "ours")
    assert [one.path for one in found] == [("title",), ("note",)]
    assert (entry(ann)["title"], entry(ann)["note"]) == ("Bea's", "Ann's")
    holds(ann)
    assert changes(ann) == [
        (ANN, "", "title", "Ann's"), (ANN, "", "note", "Ann's"),
        (BEA, CAS, "title", "Bea's"), (BEA, CAS, "note", "Bea's"),
    ]  # fmt: skip


def test_a_later_clash_names_the_author_of_the_value_that_was_kept(two: tuple[Path, Path]) -> None:
    ann, bea = two
    begun = ann.read_bytes()
    edited(ann, ANN, title="Ann's", note="Ann's")
    edited(bea, BEA, title="Bea's", note="Bea's")
    merge_into(ann, bea, CAS, lambda one: "theirs" if one.path == ("title",) else "ours")
    for field, author in (("title", BEA), ("note", ANN)):
        mine = Edit.to(begun, "incidents", "rec-1", {field: "Mine"}, by=CAS)
        with pytest.raises(FieldConflictError) as raised:
            rebased(ann.read_bytes(), mine, read_history(ann))
        assert [one.their_by for one in raised.value.clashes] == [author]


def test_copies_that_are_merged_into_each_other_again_and_again_agree(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    edited(ann, ANN, note="Ann's", title="Ann's")
    edited(bea, BEA, title="Bea's")
    merge_into(ann, bea, ANN, lambda _: "theirs")
    # What Ann has decided is no question for Bea any more.
    assert merge_into(bea, ann, BEA) == ()
    assert bea.read_bytes() == ann.read_bytes()
    edited(bea, BEA, title="Bea's again")
    edited(ann, ANN, "rec-2", note="Ann's again")
    assert merge_into(ann, bea, ANN) == ()
    assert merge_into(bea, ann, BEA) == ()
    assert entry(ann) == entry(bea)
    for file in two:
        holds(file)
        made = [(one.by, one.field, str(one.new)) for one in content_edits(read_history(file))]
        assert sorted(made) == sorted(set(made)), "an edit is in the log twice"
        assert {(ANN, "note", "Ann's again"), (BEA, "title", "Bea's again")} <= set(made)


def test_a_third_copy_tells_of_edits_that_it_has_from_a_second_one(two: tuple[Path, Path]) -> None:
    ann, bea = two
    cas = copied(ann, "cas")
    edited(bea, BEA, title="Bea's")
    edited(cas, CAS, note="Cas's")
    merge_into(cas, bea, CAS)
    merge_into(ann, cas, ANN)
    assert changes(ann) == [(BEA, ANN, "title", "Bea's"), (CAS, ANN, "note", "Cas's")] or changes(
        ann
    ) == [(CAS, ANN, "note", "Cas's"), (BEA, ANN, "title", "Bea's")]
    assert merge_into(ann, bea, ANN) == ()
    assert len(changes(ann)) == 2
    holds(ann)


def test_what_was_edited_by_hand_in_the_other_copy_comes_without_an_author(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    edited(bea, BEA, note="Bea's")
    bea.write_bytes(bea.read_bytes().replace(b"note: Bea's", b"note: By hand  # really"))
    merge_into(ann, bea, ANN)
    assert b"By hand  # really" in ann.read_bytes()
    assert changes(ann) == [(BEA, ANN, "note", "Bea's"), ("", ANN, "note", "By hand")]
    holds(ann)


def test_without_the_other_log_the_merge_has_no_author_but_the_one_who_merged(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    base = ann.read_bytes()
    edited(bea, BEA, note="Bea's")
    theirs = bea.read_bytes()
    assert common_version(copy_of(ann), DossierCopy(theirs)) is None
    data = merged(base, base, theirs).data
    save_merge(ann, CopyMerge(base, theirs, data), by=ANN)
    (found,) = content_edits(read_history(ann), "rec-1")
    assert (found.by, found.merged_by, found.why) == (ANN, "", "merged from another copy")
    holds(ann)


def test_the_common_version_is_exact_where_it_is_kept_and_else_says_the_same(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    base = ann.read_bytes()
    edited(ann, ANN, note="Ann's")
    edited(bea, BEA, title="Bea's")
    found = common_version(copy_of(ann), copy_of(bea))
    assert found is not None
    assert not found.is_exact
    assert content_of(found.data) == content_of(base)
    kept = {found.digest: lambda: base, "0" * 64: lambda: b"title: Another"}
    exact = common_version(copy_of(ann), copy_of(bea), kept)
    assert exact is not None
    assert (exact.data, exact.is_exact) == (base, True)
    # A copy that has not changed since is itself what both began from.
    assert common_version(copy_of(ann), DossierCopy(base)) is not None


def test_no_comment_is_lost_where_the_common_version_is_written_anew(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    ann.write_bytes(ann.read_bytes().replace(b"  - id: rec-3", b"  # Ann's remark\n  - id: rec-3"))
    edited(ann, ANN, note="Ann's")
    bea.write_bytes(bea.read_bytes().replace(b"  - id: rec-2", b"  # Bea's remark\n  - id: rec-2"))
    edited(bea, BEA, "rec-3", title="Bea's")
    merge_into(ann, bea, ANN)
    for remark in (b"# Ann's remark", b"# Bea's remark", b"# A dossier"):
        assert ann.read_bytes().count(remark) == 1, remark
    assert entry(ann, "rec-3")["title"] == "Bea's"


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_damaged_log_tells_no_common_version_and_loses_nothing(
    two: tuple[Path, Path], whose: str
) -> None:
    ann, bea = two
    edited(ann, ANN, note="Ann's")
    edited(bea, BEA, title="Bea's")
    log = history_file(ann if whose == "ours" else bea)
    # The line of which both know is altered.
    log.write_bytes(log.read_bytes().replace(b"Before the copy", b"Before the c0py"))
    base = common_version(copy_of(ann), copy_of(bea))
    assert base is None or content_of(base.data)["incidents"]["rec-0"]["title"] != "Before the c0py"
    before = log.read_bytes()
    theirs = copy_of(bea)
    taken = new_edits(read_history(ann), theirs, "")
    assert [one.new["title"] for one in taken if one.by == BEA] == ["Bea's"]
    if whose == "ours":
        data = ann.read_bytes()
        save_merge(ann, CopyMerge(data, theirs.data, data, taken), by=ANN)
        assert log.read_bytes().startswith(before)
        assert len(read_history(ann).faults) == 1
        assert read_history(ann).is_of(ann.read_bytes())


def test_a_dossier_that_changed_meanwhile_is_not_overwritten(two: tuple[Path, Path]) -> None:
    ann, bea = two
    edited(bea, BEA, title="Bea's")
    looked = CopyMerge(ann.read_bytes(), bea.read_bytes(), bea.read_bytes())
    edited(ann, ANN, note="Ann's")
    before = ann.read_bytes(), history_file(ann).read_bytes()
    with pytest.raises(ConflictError, match="has changed since the two were compared"):
        save_merge(ann, looked, by=ANN)
    assert (ann.read_bytes(), history_file(ann).read_bytes()) == before


def test_an_error_that_ours_had_not_is_not_merged(two: tuple[Path, Path]) -> None:
    ann, _ = two
    data = ann.read_bytes().replace(b"when: ", b"when: 31 x ", 1)
    before = ann.read_bytes()
    with pytest.raises(EditError):
        save_merge(ann, CopyMerge(before, data, data), by=ANN)
    assert ann.read_bytes() == before


def test_a_merge_that_fails_at_any_call_leaves_file_and_log_as_they_were(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    edited(bea, BEA, title="Bea's")
    looked = CopyMerge(
        ann.read_bytes(), bea.read_bytes(), bea.read_bytes(),
        new_edits(read_history(ann), copy_of(bea), ""),
    )  # fmt: skip
    log, number = history_file(ann), 0
    before = ann.read_bytes(), log.read_bytes()
    while True:
        number += 1
        told = ""
        with call_fails(number) as calls:
            try:
                save_merge(ann, looked, by=ANN)
            except WriteError as error:
                told = str(error)
        if "nothing was changed" in told:
            assert (ann.read_bytes(), log.read_bytes()[: len(before[1])]) == before
            assert read_history(ann).rows == len(before[1].splitlines())
            continue
        holds(ann)
        if ann.read_bytes() == looked.data:
            assert (BEA, ANN, "title", "Bea's") in changes(ann)
            break
        assert calls.failed
    assert number > 8


@pytest.mark.slow
def test_a_kill_at_any_moment_of_a_merge_loses_no_acknowledged_one(tmp_path: Path) -> None:
    found = run("merges killed", times(10, 200), tmp_path)
    assert found["saved"] > 0
    record(
        HERE + "test_a_kill_at_any_moment_of_a_merge_loses_no_acknowledged_one",
        tried=found["tried"], lost=0,
        said=f"kills during {found['saved']} merges of another copy, "
        f"{found['interrupted']} of them within a save",
    )  # fmt: skip


@pytest.mark.slow
def test_an_end_at_each_call_to_the_system_leaves_the_merge_whole_or_undone(
    tmp_path: Path,
) -> None:
    found = run("merges at each call", 1, tmp_path)
    assert found["tried"] >= 8
    assert 0 < found["kept"] < found["tried"]


def test_whoever_merges_vouches_for_what_a_file_says_and_nobody_else() -> None:
    ours = (
        b"incidents:\n- id: one  # kept\n  title: One\n  approved: {by: B}\n"
        b"- id: two\n  title: Two\n- id: four\n  title: Four\n  approved: {by: B}\n"
        b"- id: five\n  title: Five\n"
    )
    theirs = (
        ours.replace(b"  title: Two\n", b"  title: 2\n  written_by: [C]\n  approved: {by: B}\n")
        .replace(b"title: One\n  approved: {by: B}", b"title: 1\n  approved: {by: C}")
        .replace(b"  title: Four\n  approved: {by: B}\n", b"  title: Four\n")
        .replace(b"title: Five\n", b"title: 5\n  written_by: [' a. ANALYST']\n")
        + b"- id: three\n  title: Three\n  approved: {by: B}\n"
    )
    found = vouched(ours, theirs, ANN)
    entries = Entries.of(found)
    held = [
        entries.entry("incidents", key) or {} for key in ("one", "two", "three", "four", "five")
    ]
    assert [one.get("approved") for one in held] == [{"by": "B"}, None, None, None, None]
    assert [one.get("written_by") for one in held] == [
        [ANN], ["C", ANN], [ANN], None, [" a. ANALYST"],
    ]  # fmt: skip
    assert [one["title"] for one in held] == [1, 2, "Three", "Four", 5]
    assert b"# kept" in found
    assert vouched(ours, ours, ANN) == ours


def test_the_command_history_says_which_edits_are_from_another_copy(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    edited(bea, BEA, title="Bea's")
    merge_into(ann, bea, ANN)
    done = CliRunner().invoke(app, ["history", str(ann), "rec-1", "--format", "json"])
    assert done.exit_code == 0, done.output
    (one,) = json.loads(done.stdout)
    assert (one["by"], one["merged_by"], one["why"]) == (BEA, ANN, f"{BEA} knew")
    table = CliRunner().invoke(app, ["history", str(ann), "rec-1"], env={"COLUMNS": "200"})
    assert f"{BEA} (in a copy merged by {ANN})" in " ".join(table.stdout.split())


@pytest.mark.slow
@settings(max_examples=times(25, 1_000), deadline=None)
@given(st.data())
def test_however_copies_are_merged_no_edit_loses_its_author_and_every_chain_holds(
    data: st.DataObject,
) -> None:
    with TemporaryDirectory() as name:
        first = new_dossier(Path(name))
        edited(first, CAS, "rec-0", title="Before the copies")
        files = [first, copied(first, "b"), copied(first, "c")]
        made: list[set[tuple[str, str, str]]] = [set(), set(), set()]
        for number in range(data.draw(st.integers(2, 8), label="acts")):
            mine, other = data.draw(st.permutations(range(3)), label="which")[:2]
            if data.draw(st.booleans(), label="merges"):
                merge_into(files[mine], files[other], ANN, lambda _: data.draw(SIDES))
                made[mine] |= made[other]
            else:
                key, field = f"rec-{data.draw(st.integers(0, 3))}", data.draw(FIELDS)
                edited(files[mine], BEA, key, **{field: f"{field} {number}"})
                made[mine].add((key, field, f"{field} {number}"))
        for file, wanted in zip(files, made, strict=True):
            found = [
                (one.key, one.field, one.new) for one in content_edits(holds(file)) if one.by == BEA
            ]
            assert sorted(found) == sorted(wanted)
