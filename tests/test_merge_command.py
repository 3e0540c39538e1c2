"""``incident-map merge``: three files become one, by hand and within git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geo.cli.main import app
from geo.dossier.entries import Entries
from geo.dossier.intake import read_dossier

ROOT = Path(__file__).resolve().parent.parent
BASE = (ROOT / "data" / "incidents.yaml").read_bytes()
SHORT = b"    short: NRF\n"
TITLE = b"    title: Afghan Rebel Group Appeals"


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(app, [str(one) for one in words])


def three(folder: Path, ours: bytes, theirs: bytes) -> list[Path]:
    files = [folder / name for name in ("base.yaml", "ours.yaml", "theirs.yaml")]
    for file, data in zip(files, (BASE, ours, theirs), strict=True):
        file.write_bytes(data)
    return files


def test_edits_that_do_not_clash_are_all_in_the_result(tmp_path: Path) -> None:
    ours = BASE.replace(SHORT, b"    short: NRF-A  # ours\n")
    theirs = BASE.replace(TITLE, b"    # theirs\n    title: Rebel Group Appeals")
    files = three(tmp_path, ours, theirs)
    whole = ours.replace(TITLE, b"    # theirs\n    title: Rebel Group Appeals")
    result = run("merge", *files)
    assert (result.exit_code, result.stdout_bytes) == (0, whole)
    out = tmp_path / "merged.yaml"
    assert run("merge", *files, "--out", out).exit_code == 0
    assert out.read_bytes() == whole


def test_every_clash_is_listed_with_both_sides(tmp_path: Path) -> None:
    ours = BASE.replace(SHORT, b"    short: NRF-A\n").replace(TITLE, TITLE + b" Loudly")
    theirs = BASE.replace(SHORT, b"    short: NRF-B\n").replace(TITLE, TITLE + b" Quietly")
    files = three(tmp_path, ours, theirs)
    result = run("merge", *files, "--out", tmp_path / "merged.yaml")
    assert result.exit_code == 1
    assert "group 'nrf', short: it was 'NRF'; ours has 'NRF-A', theirs 'NRF-B'" in result.stderr
    assert "source 'new-american-2022', title" in result.stderr
    assert "2 clashes: the result has the values of ours" in result.stderr
    assert (tmp_path / "merged.yaml").read_bytes() == ours


def test_a_version_that_cannot_be_read_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    files = three(tmp_path, BASE.replace(SHORT, b"    short: 'NRF\n"), BASE + b"# more\n")
    result = run("merge", *files, "--out", tmp_path / "merged.yaml")
    assert result.exit_code == 2
    assert f"{files[1]} (ours): line " in result.stderr
    assert not (tmp_path / "merged.yaml").exists()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the dossier, and git set up by the command."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A. Analyst")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    folder = tmp_path / "a team's"
    (folder / "data").mkdir(parents=True)
    monkeypatch.chdir(folder)
    git("init", "-q", "-b", "main")
    result = run("merge", "--install")
    assert result.exit_code == 0, result.stderr
    commit("base", BASE)
    return folder


def git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=False)  # noqa: S607 - git with words of our own, as on the PATH


def commit(message: str, data: bytes) -> None:
    Path("data/incidents.yaml").write_bytes(data)
    assert git("add", "-A").returncode == 0
    done = git("commit", "-q", "-m", message)
    assert done.returncode == 0, done.stderr


def both(ours: bytes, theirs: bytes) -> subprocess.CompletedProcess[str]:
    """What git says to merging a branch with one version into a branch with another."""
    git("checkout", "-q", "-b", "theirs")
    commit("theirs", theirs)
    git("checkout", "-q", "main")
    commit("ours", ours)
    return git("merge", "-q", "--no-edit", "theirs")


@pytest.mark.slow
def test_git_merges_two_fields_of_neighbouring_lines(repository: Path) -> None:
    name = b"    name: National Resistance Front of Afghanistan\n"
    ours = BASE.replace(name, b"    name: National Resistance Front  # ours\n")
    theirs = BASE.replace(SHORT, b"    short: NRF-A  # theirs\n")
    merge = both(ours, theirs)
    assert merge.returncode == 0, merge.stderr + merge.stdout
    data = (repository / "data/incidents.yaml").read_bytes()
    assert data == ours.replace(SHORT, b"    short: NRF-A  # theirs\n")
    assert "incidents.yaml merge=incident-map" in (repository / ".gitattributes").read_text()


def test_git_stops_at_a_clash_and_validate_explains_the_markers(repository: Path) -> None:
    merge = both(BASE.replace(SHORT, b"    short: NRF-A\n"), BASE.replace(SHORT, b"    short: B\n"))
    assert merge.returncode == 1
    assert "CONFLICT" in merge.stdout + merge.stderr
    file = repository / "data/incidents.yaml"
    marked = b"<<<<<<< ours\n    short: NRF-A\n=======\n    short: B\n>>>>>>> theirs\n"
    assert file.read_bytes() == BASE.replace(SHORT, marked)
    result = run("validate", file)
    assert result.exit_code == 1
    (problem,) = read_dossier(file.read_bytes(), "d.yaml").problems
    begin = BASE[: BASE.index(SHORT)].count(b"\n") + 1
    assert str(problem) == (
        f"d.yaml:{begin} : a merge left two versions here for you to choose from, ours in line "
        f"{begin + 1} and theirs in line {begin + 3}: keep what is right, and delete the other and "
        f"the marker lines {begin}, {begin + 2} and {begin + 4}"
    ).replace(" :", ":")
    assert problem.message in result.stderr
    assert not read_dossier(file.read_bytes()).dossier.records
    solved = b"".join(
        row for row in file.read_bytes().splitlines(keepends=True)
        if row[:7] not in {b"<<<<<<<", b"=======", b">>>>>>>"} and row != b"    short: B\n"
    )  # fmt: skip
    commit("solved", solved)
    assert Entries.of(solved).yaml.value["groups"]["nrf"]["short"] == "NRF-A"


def test_git_merges_edits_of_different_fields_at_the_head_of_a_file(repository: Path) -> None:
    commit("none yet", b"title: T\n")
    merge = both(b"title: T\nnote: Ours.\n", b"# theirs\ntitle: T\n")
    assert merge.returncode == 0
    data = (repository / "data/incidents.yaml").read_bytes()
    assert data == b"# theirs\ntitle: T\nnote: Ours.\n"


@pytest.mark.slow
def test_git_merges_a_dossier_that_both_sides_added(repository: Path) -> None:
    assert git("rm", "-q", "data/incidents.yaml").returncode == 0
    assert git("commit", "-q", "-m", "none").returncode == 0
    Path("data").mkdir(exist_ok=True)
    git("checkout", "-q", "-b", "theirs")
    commit("theirs", b"title: T\nsources:\n  b: {title: B}  # theirs\n")
    git("checkout", "-q", "main")
    Path("data").mkdir(exist_ok=True)
    commit("ours", b"title: T\nsources:\n  a: {title: A}  # ours\n")
    merge = git("merge", "-q", "--no-edit", "theirs")
    assert merge.returncode == 0, merge.stderr + merge.stdout
    data = (repository / "data/incidents.yaml").read_bytes()
    assert data == b"title: T\nsources:\n  a: {title: A}  # ours\n  b: {title: B}  # theirs\n"


def test_setting_up_twice_changes_nothing_and_outside_git_it_says_so(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (repository / ".gitattributes").read_bytes()
    assert run("merge", "--install").exit_code == 0
    assert (repository / ".gitattributes").read_bytes() == before
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = run("merge", "--install")
    assert result.exit_code == 2
    assert "inside a git repository" in result.stderr
