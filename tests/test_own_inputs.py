"""No output takes the place of what was read, of a device, or of a link to a file."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

import pytest
import typer
from dossiers import copy_of_data, dossier_bytes, incident
from events import ACLED, acled, csv_bytes
from typer.testing import CliRunner, Result

from geo.cli.main import app
from geo.files import SPARED, making_folder, sparing, write_together, write_whole
from geo.snapshot.content.recipe import Recipe

WORDS = "would be lost"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def made(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one of each kind of file that a command reads."""
    folder = tmp_path_factory.mktemp("made")
    with contextlib.chdir(folder):
        copy_of_data(data_folder, folder / "data")
        (folder / "d.yaml").write_bytes(dossier_bytes(incident()))
        (folder / "in.csv").write_bytes(csv_bytes([acled()], ACLED))
        (folder / "x.rejected.csv").write_bytes(csv_bytes([acled()], ACLED))
        (folder / "list.csv").write_text("title\nA\n")
        assert run("import", "in.csv", "--out", "e.parquet").exit_code == 0
        recipe = ["snapshot", "d.yaml", "--out", "r.svg", "--size", "web"]
        assert run(*recipe).exit_code == 0
    return folder


@pytest.fixture
def files(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, in which the commands of a test run."""
    folder = tmp_path / "files"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


def linked(to: str, name: str) -> str:
    """Another name of a file, with an ending that the command allows."""
    Path(name).symlink_to(to)
    return name


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize(
    "command",
    [
        "map d.yaml --out {link:d.yaml:m.html}",
        "map --data data --out {link:data/incidents.yaml:m.html}",
        "map --data data --out {link:data/provinces.geojson:m.html}",
        "map d.yaml --event-table e.parquet --out {link:e.parquet:m.html}",
        "import e.parquet --out e.parquet",
        "import in.csv --out {link:in.csv:o.parquet}",
        "import x.rejected.csv --out x.parquet",
        "export e.parquet --to geoparquet --out e.parquet",
        "export d.yaml --to csv --out {link:d.yaml:o.csv}",
        "snapshot d.yaml --out {link:d.yaml:s.svg} --size web",
        "snapshot d.yaml --recipe r.recipe.json --current-data --title Other --out r.svg",
    ],
)
def test_no_output_takes_the_place_of_what_was_read(files: Path, command: str) -> None:
    words = [
        linked(*word.strip("{}").split(":")[1:]) if word.startswith("{") and word.endswith("}")
        else word
        for word in command.split()
    ]  # fmt: skip
    before = {
        file: file.read_bytes()
        for file in files.rglob("*")
        if file.is_file() and not file.is_symlink() and file.name != "r.svg"
    }
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert {file: file.read_bytes() for file in before} == before
    assert WORDS in result.stderr


def test_every_command_that_writes_a_file_spares_what_it_reads() -> None:
    writing = []
    for name, command in _commands(typer.main.get_command(app)):
        if any(one.name == "out" for one in command.params):
            writing.append(name)
            assert any("sparing_inputs" in one for one in _wrappers(command.callback)), name
    assert sorted(writing) == [
        "export",
        "import",
        "map",
        "merge",
        "new",
        "refresh",
        "series",
        "snapshot",
        "snapshots",
    ]


def _wrappers(function):  # type: ignore[no-untyped-def] # of whatever kind
    while function is not None:
        yield function.__code__.co_qualname
        function = getattr(function, "__wrapped__", None)


def _commands(group):  # type: ignore[no-untyped-def] # click's own types
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command)
        else:
            yield name, command


def test_the_same_recipe_may_be_written_over_itself(files: Path) -> None:
    kept = (files / "r.recipe.json").read_bytes()
    made = run("snapshot", "d.yaml", "--recipe", "r.recipe.json", "--out", "r.svg")
    assert made.exit_code == 0, made.output
    assert (files / "r.recipe.json").read_bytes() == kept
    assert Recipe.from_json(kept)


def test_a_link_leads_to_what_is_written_and_stays(tmp_path: Path) -> None:
    folder, target = tmp_path / "there", tmp_path / "there/m.html"
    folder.mkdir()
    target.write_text("old")
    link = tmp_path / "m.html"
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    nowhere = tmp_path / "n.html"
    nowhere.symlink_to(folder / "n.html")
    write_whole(nowhere, b"new")
    assert nowhere.is_symlink()
    assert (folder / "n.html").read_text() == "new"
    assert sorted(one.name for one in folder.iterdir()) == ["m.html", "n.html"]


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "m.html"
    link.symlink_to(link)
    with pytest.raises(OSError, match="symbolic links"):
        write_whole(link, b"new")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_devices_and_pipes_are_refused_also_behind_a_link(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    link = tmp_path / "null.html"
    link.symlink_to("/dev/null")
    for wrong in (Path("/dev/null"), Path("/dev/full"), link, pipe):
        with pytest.raises(OSError, match="is not a file that can be replaced"):
            write_whole(wrong, b"x")
    assert link.is_symlink()


def test_a_folder_behind_a_link_or_with_what_is_read_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/in.csv").write_text("a")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(OSError, match="is a symbolic link"), making_folder(tmp_path / "link"):
        pass
    with (
        sparing(tmp_path / "real/in.csv"),
        pytest.raises(OSError, match=WORDS),
        making_folder(tmp_path / "real"),
    ):
        pass
    assert (tmp_path / "real/in.csv").read_text() == "a"


def test_nothing_changes_when_one_of_several_files_is_spared(tmp_path: Path) -> None:
    one, other, about = (tmp_path / name for name in ("a", "b", "c"))
    for file in (one, other, about):
        file.write_text("old")
    with sparing(other), pytest.raises(OSError, match=SPARED[:20]):
        write_together({one: b"new", other: b"new"}, {about: b"new"})
    assert [file.read_text() for file in (one, other, about)] == ["old"] * 3
    with sparing(other):
        write_together({one: b"new", other: b"old"}, {about: b"new"})
    assert [file.read_text() for file in (one, other, about)] == ["new", "old", "new"]
