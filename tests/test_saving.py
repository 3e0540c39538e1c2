"""A save is in the file and in the log, or in neither; nobody's edit is overwritten in silence."""

from __future__ import annotations

import json
import logging
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from failing_calls import call_fails
from recording import record, times
from savers import checked, new_dossier, numbers_in, save_number

from geo.dossier.editing import Edit
from geo.dossier.entries import Entries
from geo.dossier.history import history_file
from geo.dossier.rebasing import FieldConflictError, rebased
from geo.dossier.saving import read_history, save_edit
from geo.errors import ConflictError, EditError, WriteError

FOLDER = Path(__file__).resolve().parent
HERE = "tests/test_saving.py::"
ME, OTHER = "A. Analyst", "B. Reader"


def run(way: str, number: int, folder: Path) -> dict[str, int]:
    """Let the program of :mod:`savers` work, and return its figures."""
    command = [sys.executable, str(FOLDER / "savers.py"), way, str(number), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, int] = json.loads(done.stdout)
    return found


def edit_to(file: Path, fields: dict[str, Any], by: str = ME) -> Edit:
    return Edit.to(file.read_bytes(), "incidents", "rec-1", fields, by=by)


def entry_of(file: Path) -> dict[str, Any]:
    return Entries.of(file.read_bytes()).entry("incidents", "rec-1") or {}


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_no_acknowledged_save(tmp_path: Path) -> None:
    found = run("killed", times(20, 200), tmp_path)
    assert found["saved"] > found["tried"] / 4
    assert found["interrupted"] > 0
    record(
        HERE + "test_a_kill_at_any_moment_loses_no_acknowledged_save",
        tried=found["tried"], lost=0,
        said=f"kills during {found['saved']} saves of dossier and history log, "
        f"{found['interrupted']} of them within a save",
    )  # fmt: skip


@pytest.mark.slow
def test_an_end_at_each_call_to_the_system_leaves_the_save_whole_or_undone(tmp_path: Path) -> None:
    found = run("at each call", 1, tmp_path)
    assert found["tried"] >= 8
    # After some calls the save is in the file, before others it is not.
    assert 0 < found["kept"] < found["tried"]


@pytest.mark.slow
def test_two_processes_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    found = run("together", times(3, 60), tmp_path)
    assert found["saved"] > 10
    record(
        HERE + "test_two_processes_at_once_lose_nothing_of_each_other",
        tried=found["saved"], lost=0,
        said=f"saves by two processes into the same records; {found['clashes']} clashes were shown",
    )  # fmt: skip


def test_a_call_that_fails_is_told_and_leaves_file_and_log_as_they_were(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    save_number(file, 1)
    log, number, last = history_file(file), 0, 1
    while True:
        number += 1
        before = file.read_bytes(), log.read_bytes()
        told = ""
        with call_fails(number) as calls:
            try:
                save_number(file, last + 1)
            except WriteError as error:
                told = str(error)
            except OSError:
                # The test itself reads the file.
                assert number < 3
                continue
        found = numbers_in(checked(file))
        if "nothing was changed" in told:
            assert (file.read_bytes(), read_history(file).rows) == (before[0], last + 1)
        else:
            assert not told or "the disk failed after that" in told
            assert found[-1] == last + 1
        last = found[-1]
        if not calls.failed:
            break
    assert number > 20


@pytest.mark.slow
@pytest.mark.parametrize("full", [".saving", ".jsonl", ".yaml"])
def test_a_full_disk_is_told_in_one_sentence_and_changes_nothing(tmp_path: Path, full: str) -> None:
    file = new_dossier(tmp_path)
    save_number(file, 1)
    log = history_file(file)
    before = file.read_bytes(), log.read_bytes()
    # A limit on the size of files stops the write in its middle, as a full disk does.
    size = {".saving": 10, ".jsonl": len(before[1]) + 100, ".yaml": 0}[full]
    if full == ".yaml":
        file.write_bytes(before[0] + b"#" * (len(before[1]) + 2_000 - len(before[0])) + b"\n")
        size = file.stat().st_size - 10
        before = file.read_bytes(), log.read_bytes()
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom savers import save_number\n"
        "from geo.errors import WriteError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, -1))\n"
        "try:\n    save_number(Path(sys.argv[1]), 2)\n"
        "except WriteError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False,
        cwd=FOLDER, timeout=60,
    )  # fmt: skip
    assert done.stdout.endswith("nothing was changed; free some space, then save again\n"), done
    assert done.stdout.count("\n") == 1
    assert (file.read_bytes(), log.read_bytes()) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [log.name, file.name]
    save_number(file, 2)
    assert read_history(file).faults == ()


def test_a_dossier_set_back_to_an_earlier_version_stays_set_back(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    save_number(file, 1)
    earlier = file.read_bytes()
    save_number(file, 2)
    file.write_bytes(earlier)
    save_number(file, 3)
    assert b"Title 2" not in file.read_bytes()
    outside = [one for one in read_history(file).field_edits() if not one.by]
    assert [(one.field, one.old, one.new) for one in outside] == [
        ("title", "Title 2", "An attack"), ("written_by", ["A. Analyst"], None),
    ]  # fmt: skip


def test_a_note_that_is_not_one_is_no_hindrance(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = new_dossier(tmp_path)
    save_number(file, 1)
    note = tmp_path / ".incidents.history.saving"
    note.write_bytes(b"[]")
    with caplog.at_level(logging.WARNING):
        save_number(file, 2)
    assert "is not a note of a save" in caplog.text
    assert not note.exists()
    assert numbers_in(checked(file)) == [1, 2]


def test_the_log_is_beside_the_dossier_itself_and_as_private_as_it(tmp_path: Path) -> None:
    (inner := tmp_path / "inner").mkdir()
    file = new_dossier(inner)
    file.chmod(0o600)
    (link := tmp_path / "linked.yaml").symlink_to(file)
    save_number(link, 1)
    assert link.is_symlink()
    log = inner / "incidents.history.jsonl"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert numbers_in(read_history(link)) == [1]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["inner", "linked.yaml"]


def test_edits_of_different_fields_are_both_saved(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    mine, theirs = edit_to(file, {"title": "Mine"}), edit_to(file, {"note": "Theirs"}, OTHER)
    save_edit(file, theirs)
    save_edit(file, mine)
    assert (entry_of(file)["title"], entry_of(file)["note"]) == ("Mine", "Theirs")
    checked(file)
    # The same value given by both is no clash, and one that is saved twice is saved once.
    save_edit(file, mine)
    assert len(read_history(file).lines) == 3


def test_a_clash_shows_both_values_with_authors_and_times(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    fields = {"title": "Mine", "against": ["nrf"], "when": "2022-06"}
    mine = edit_to(file, fields)
    theirs = edit_to(file, {"title": "Theirs", "against": []}, OTHER)
    save_edit(file, theirs)
    before = file.read_bytes()
    with pytest.raises(FieldConflictError) as refused:
        save_edit(file, mine)
    assert file.read_bytes() == before
    first, second = refused.value.clashes
    assert (first.field, first.old, first.theirs, first.mine) == (
        "title", "An attack", "Theirs", "Mine"
    )  # fmt: skip
    assert (first.their_by, first.their_at, first.by, first.at) == (OTHER, theirs.at, ME, mine.at)
    assert second.field == "against"
    head, *lines = str(refused.value).split("\n")
    assert "nothing was saved" in head
    when = f"{theirs.at.day} {theirs.at:%B %Y, %H:%M} UTC"
    assert lines[0].startswith(f"title: Theirs ({OTHER}, {when}); yours: Mine ({ME}, ")
    assert lines[1].startswith("against: [] (")


def test_a_clash_with_an_edit_outside_the_app_says_so(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    save_number(file, 2)
    mine = edit_to(file, {"title": "Mine"})
    file.write_bytes(file.read_bytes().replace(b"title: An attack", b"title: By hand"))
    with pytest.raises(FieldConflictError, match="edited outside the app, noticed"):
        save_edit(file, mine)
    with pytest.raises(FieldConflictError, match=r"By hand \(author not recorded\)"):
        rebased(file.read_bytes(), mine)


def test_an_entry_made_or_taken_back_is_so_as_a_whole(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    entry = entry_of(file) | {"id": "rec-new"}
    mine = Edit.creating("incidents", entry, by=ME)
    theirs = Edit.creating("incidents", entry | {"title": "Theirs"}, by=OTHER)
    save_edit(file, theirs)
    with pytest.raises(FieldConflictError, match="exists already; give yours another id"):
        save_edit(file, mine)
    # The same entry saved again, because the answer was lost, is no clash.
    save_edit(file, theirs)
    undone = theirs.undone(file.read_bytes(), by=OTHER)
    note = Edit.to(file.read_bytes(), "incidents", "rec-new", {"note": "More"}, by=ME)
    save_edit(file, note)
    with pytest.raises(FieldConflictError) as refused:
        save_edit(file, undone)
    assert [one.field for one in refused.value.clashes] == ["note"]
    save_edit(file, note.undone(file.read_bytes(), by=ME))
    save_edit(file, undone)
    with pytest.raises(ConflictError, match="is no longer there"):
        save_edit(file, note)
    checked(file)


def test_edits_that_are_valid_only_apart_are_not_merged(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    claims = [one | {"killed": {"low": 3}} for one in entry_of(file)["claims"]]
    groups = Edit.creating(
        "groups", {"id": "aff", "name": "A", "short": "AFF", "letter": "A"}, by=ME
    )
    save_edit(file, groups)
    mine = edit_to(file, {"by": ["aff"], "claims": claims})
    save_edit(file, groups.undone(file.read_bytes(), by=OTHER))
    before = file.read_bytes(), history_file(file).read_bytes()
    with pytest.raises(EditError, match="aff"):
        save_edit(file, mine)
    assert (file.read_bytes(), history_file(file).read_bytes()) == before
