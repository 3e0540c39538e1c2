"""Whatever goes wrong while files are written, each is the old one or the new one."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import events as made
import geonames
import pyarrow.parquet as pq
import pytest
import writers
from browsing import ROOT
from dossiers import copy_of_data
from recording import SHARE, record, times
from typer.testing import CliRunner, Result

from geo.cli import gazetteer as cli_gazetteer
from geo.cli.main import app
from geo.events.columns.formats import ACLED
from geo.files import making_folder, write_together, write_whole, writing_whole
from geo.places.gazetteer.geonames import Dump

SOME = ("snapshot PNG with its recipe", "map HTML", "CSV table")
KILLED = ("snapshot PNG with its recipe", "map HTML", "import with its lists", "cache of imports",
          "ZIP bundle")  # fmt: skip
HERE = "tests/test_faults.py::"


@pytest.fixture
def reachable() -> Iterator[Path]:
    """Return a folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def run(way: str, often: int, folder: Path, names: tuple[str, ...], *before: str) -> dict[str, Any]:
    """Start the program that writes with a wall in its way; what it finds torn, it says."""
    done = subprocess.run(
        [*before, sys.executable, ROOT / "tests" / "writers.py", way, str(often), folder, *names],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def total(found: dict[str, Any], what: str) -> int:
    return sum(one[what] for one in found.values())


@pytest.mark.slow
@pytest.mark.timeout(1300)
def test_a_writer_killed_in_the_middle_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    found = run("kill", times(2, 100), tmp_path, KILLED)
    assert total(found, "interrupted") > 0
    record(
        HERE + "test_a_writer_killed_in_the_middle_leaves_the_old_file_or_the_new_one",
        tried=total(found, "tried"), lost=0,
        said="killed while a file was half written: "
        + ", ".join(f"{name} {one['interrupted']}/{one['tried']}" for name, one in found.items()),
    )  # fmt: skip


MAKING = """
import itertools, sys
from pathlib import Path
from geo.files import making_folder
folder = Path(sys.argv[1])
for version in itertools.count():
    with making_folder(folder) as room:
        (room / folder.name).mkdir()
        for name in "abc":
            (room / folder.name / name).write_text(str(version) * 500)
    print(version, flush=True)
"""


class StoppedError(Exception):
    """Somebody who makes a folder thinks better of it."""


@pytest.mark.timeout(900)
def test_a_folder_is_the_old_one_or_the_new_one_whenever_its_maker_is_killed(
    tmp_path: Path,
) -> None:
    dice, folder, amid = random.Random(7), tmp_path / "events", 0  # noqa: S311 - no secret
    often = times(4, 100)
    for _ in range(often):
        with subprocess.Popen(
            [sys.executable, "-c", MAKING, folder], env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        ) as maker:  # fmt: skip
            assert maker.stdout is not None
            maker.stdout.readline()
            time.sleep(dice.uniform(0, 0.02))
            maker.kill()
        amid += len(names(tmp_path)) > 1 or not folder.exists()
        # Whoever makes it next puts back what was just put aside.
        with contextlib.suppress(StoppedError), making_folder(folder):
            raise StoppedError
        assert names(folder) == ["a", "b", "c"]
        assert len({(folder / name).read_bytes() for name in "abc"}) == 1
        for room in tmp_path.glob(".*.room"):
            # Nobody can tell yet whether one that is empty belongs to a maker who has just begun.
            assert names(room) == []
            os.utime(room, (0, 0))
    with contextlib.suppress(StoppedError), making_folder(folder):
        raise StoppedError
    assert names(tmp_path) == ["events"]
    record(
        HERE + "test_a_folder_is_the_old_one_or_the_new_one_whenever_its_maker_is_killed",
        tried=often, lost=0, said=f"killed {amid} times during its work",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whichever_call_to_the_system_fails_the_old_file_or_the_new_one_stands(
    tmp_path: Path,
) -> None:
    found = run("calls", 1, tmp_path, () if SHARE >= 1 else SOME)
    assert total(found, "refused") > 0
    record(
        HERE + "test_whichever_call_to_the_system_fails_the_old_file_or_the_new_one_stands",
        tried=total(found, "tried"), lost=0,
        said=f"each call of {len(found)} ways of writing failed once; {total(found, 'refused')} "
        "were reported to the user, the others did no harm",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    steps = times(4, 100)
    found = run("limit", steps, tmp_path, () if SHARE >= 1 else SOME)
    assert total(found, "refused") >= len(SOME) * (steps - 1)
    disk = _on_a_small_disk(tmp_path, times(4, 50))
    assert disk is None or disk["refused"] > 0
    how = f", and {disk['tried']} times on a real disk of 4 MB" if disk else ""
    record(
        HERE + "test_a_full_disk_leaves_the_old_file_and_says_so",
        tried=total(found, "tried") + (disk["tried"] if disk else 0), lost=0,
        said=f"{steps} times for each of {len(found)} ways of writing, by a limit on the size of "
        f"files{how}",
    )  # fmt: skip


def _on_a_small_disk(folder: Path, steps: int) -> dict[str, Any] | None:
    """The same on a disk of 4 MB, where we may mount one that nobody else sees."""
    (name,) = SOME[:1]
    disk = folder / "small" / name.replace(" ", "-") / "disk"
    disk.mkdir(parents=True)
    unshare = shutil.which("unshare")
    mount = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=4m none "$0" && exec "$@"']
    if unshare is None or subprocess.run([*mount, disk, "true"], check=False).returncode:
        return None
    found: dict[str, Any] = run("disk", steps, folder / "small", (name,), *mount, str(disk))[name]
    return found


@pytest.mark.slow
def test_a_folder_that_may_not_be_written_to_is_said_and_nothing_in_it_changes(
    reachable: Path,
) -> None:
    found = run("forbidden", 1, reachable, () if SHARE >= 1 else (*SOME, "cache of imports"))
    refused = {name: one["refused"] for name, one in found.items()}
    # A cache is no purpose of its own: without one the import is made again.
    assert refused.pop("cache of imports") == 0
    assert set(refused.values()) == {1}
    record(
        HERE + "test_a_folder_that_may_not_be_written_to_is_said_and_nothing_in_it_changes",
        tried=len(found), lost=0,
        said="the cache works without storing; the others report where and why",
    )  # fmt: skip


@pytest.mark.timeout(600)
def test_writers_at_once_never_give_a_reader_a_mixture(tmp_path: Path) -> None:
    often, target = times(15, 50), tmp_path / "figure.png"
    code = (
        "import sys; from pathlib import Path; from geo.files import write_whole\n"
        "data = sys.argv[1].encode() * 400_000\n"
        "for _ in range(int(sys.argv[2])): write_whole(Path(sys.argv[3]), data)"
    )
    whole = {hashlib.sha256(str(seed).encode() * 400_000).digest() for seed in range(4)}
    busy = [
        subprocess.Popen([sys.executable, "-c", code, str(seed), str(often), target], cwd=ROOT)
        for seed in range(4)
    ]
    reads = torn = 0
    while any(one.poll() is None for one in busy):
        if target.exists():
            reads += 1
            torn += hashlib.sha256(target.read_bytes()).digest() not in whole
    assert [one.returncode for one in busy] == [0] * 4
    assert torn == 0
    assert names(tmp_path) == ["figure.png"]
    record(
        HERE + "test_writers_at_once_never_give_a_reader_a_mixture",
        tried=4 * often, lost=torn,
        said=f"4 programs wrote one file {often} times each; it was read {reads:,} times in the "
        "meantime",
    )  # fmt: skip


def part(folder: Path, seconds: float) -> Path:
    left = folder / ".figure.png.0123456789abcdef.part"
    left.write_bytes(b"half")
    os.utime(left, (left.stat().st_mtime - seconds,) * 2)
    return left


def test_what_a_killed_writer_left_is_swept_by_the_next_one(tmp_path: Path) -> None:
    left = part(tmp_path, 3600)
    write_whole(tmp_path / "other.png", b"whole")
    assert not left.exists()


def test_the_part_of_a_living_writer_is_left_alone(tmp_path: Path) -> None:
    with writing_whole(tmp_path / "slow.png") as living:
        living.write_bytes(b"half")
        os.utime(living, (living.stat().st_mtime - 3600,) * 2)
        write_whole(tmp_path / "quick.png", b"whole")
        assert living.read_bytes() == b"half"
    assert (tmp_path / "slow.png").read_bytes() == b"half"


def test_only_what_looks_like_a_part_is_swept(tmp_path: Path) -> None:
    part(tmp_path, 0)
    for name in ("mine.part", ".mine.part", "x.0123456789abcdef.part", ".figure.png"):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    write_whole(tmp_path / "new.png", b"whole")
    assert len(names(tmp_path)) == 6


def test_what_speaks_of_a_file_never_stands_beside_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure, recipe = tmp_path / "f.png", tmp_path / "f.recipe.json"
    seen = []
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append((figure.exists() and figure.read_bytes(), recipe.exists()))
        done = replace(self, target)
        seen.append((figure.read_bytes(), recipe.exists() and recipe.read_bytes()))
        return done

    write_together({figure: b"old"}, {recipe: b"of old"})
    monkeypatch.setattr(Path, "replace", watched)
    write_together({figure: b"new"}, {recipe: b"of new"})
    assert seen == [(b"old", False), (b"new", False), (b"new", False), (b"new", b"of new")]


def test_a_fault_while_several_are_written_changes_none_of_them(tmp_path: Path) -> None:
    figure, recipe = tmp_path / "f.png", tmp_path / "f.recipe.json"
    write_together({figure: b"old"}, {recipe: b"of old"})
    (tmp_path / "taken").mkdir()
    with pytest.raises(IsADirectoryError, match="taken"):
        write_together({figure: b"new"}, {recipe: b"of new", tmp_path / "taken": b""})
    assert (figure.read_bytes(), recipe.read_bytes()) == (b"old", b"of old")


def test_a_private_file_stays_private_when_it_is_written_again(tmp_path: Path) -> None:
    file = tmp_path / "private.png"
    write_whole(file, b"old")
    file.chmod(0o600)
    write_whole(file, b"new")
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a file that can be replaced"):
        write_whole(tmp_path / "pipe", b"")
    assert (tmp_path / "pipe").is_fifo()


def test_a_name_as_long_as_a_disk_allows_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / ("پ" * 120 + ".png")
    write_whole(file, b"whole")
    assert names(tmp_path) == [file.name]


def test_two_who_add_place_names_at_once_do_not_undo_each_other(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "data")
    (tmp_path / "one.txt").write_bytes(geonames.dump([geonames.line(1, "Qalanaw", 34.51, 69.21)]))
    (tmp_path / "two.txt").write_bytes(geonames.dump([geonames.line(2, "Surkhdeh", 34.52, 69.2)]))

    def add(name: str) -> Result:
        command = ["gazetteer", "add", str(tmp_path / name), "--data", str(folder)]
        return CliRunner().invoke(app, command)

    read = cli_gazetteer.read_dump
    inside: list[Result] = []

    def slowly(*dump: Any, **how: Any) -> Dump:
        monkeypatch.setattr(cli_gazetteer, "read_dump", read)
        inside.append(add("two.txt"))
        return read(*dump, **how)

    monkeypatch.setattr(cli_gazetteer, "read_dump", slowly)
    first = add("one.txt")
    assert [one.exit_code for one in (*inside, first)] == [0, 2]
    assert "someone else has changed it" in first.output
    assert pq.read_table(folder / "names.parquet")["name"].to_pylist() == ["Surkhdeh"]


def test_who_looks_and_then_changes_is_alone_meanwhile(tmp_path: Path) -> None:
    often, count = times(25, 100), tmp_path / "count"
    count.write_text("0")
    code = (
        "import sys; from pathlib import Path; from geo.files import alone_in, write_whole\n"
        "count = Path(sys.argv[1])\n"
        "for _ in range(int(sys.argv[2])):\n"
        "    with alone_in(count.parent):\n"
        "        write_whole(count, str(int(count.read_text()) + 1).encode())"
    )
    command = [sys.executable, "-c", code, str(count), str(often)]
    busy = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
    assert [one.wait(timeout=120) for one in busy] == [0] * 4
    assert int(count.read_text()) == 4 * often
    record(
        HERE + "test_who_looks_and_then_changes_is_alone_meanwhile",
        tried=4 * often, lost=4 * often - int(count.read_text()),
        said="4 programs changed one file, each change based on the one before",
    )  # fmt: skip


@pytest.mark.skipif(not SHARE, reason="a command takes seconds to start; see make test-long")
@pytest.mark.timeout(1800)
def test_a_command_killed_at_any_moment_leaves_what_it_wrote_before(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "events.csv").write_bytes(made.csv_bytes([made.acled()], ACLED))
    woods, often = root / "tests" / "made_up_country", times(0, 10)
    commands = {
        "map": ["map", "--out", "map.html", "--data", str(woods)],
        "snapshot": ["snapshot", "--out", "a.png", "--size", "web", "--data", str(woods)],
        "import": ["import", "../events.csv", "--out", "e.parquet", "--data", str(root / "data")],
    }
    moments = random.Random(7)  # noqa: S311 - moments, no secrets
    for name, command in commands.items():
        (place := tmp_path / name).mkdir()
        begun = time.perf_counter()
        assert started(command, place).wait(timeout=120) in {0, 1}
        usual, before = time.perf_counter() - begun, writers.files_in(place)
        for _ in range(often):
            running = started(command, place)
            time.sleep(moments.uniform(0.3, 1.1) * usual)
            running.kill()
            running.wait()
            after = writers.files_in(place)
            # The same is written again: what speaks of the others may be missing, no more.
            assert {key: before[key] for key in after} == after
            assert command[command.index("--out") + 1] in after
    record(
        HERE + "test_a_command_killed_at_any_moment_leaves_what_it_wrote_before",
        tried=often * len(commands), lost=0,
        said=f"the commands {', '.join(commands)}, each killed {often} times",
    )  # fmt: skip


def started(command: list[str], place: Path) -> subprocess.Popen[bytes]:
    code = "from geo.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *command], cwd=place, stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
