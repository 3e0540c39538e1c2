"""The command `history` shows who edited what, and whether the log is whole."""

from __future__ import annotations

import json
from pathlib import Path

from savers import new_dossier
from test_history import ME, saved_five
from typer.testing import CliRunner, Result

from geo.cli.main import app
from geo.dossier.editing import Edit
from geo.dossier.saving import save_edit


def test_the_command_lists_changes_and_checks_the_log(tmp_path: Path) -> None:
    file, log = saved_five(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["history", str(file), *words], env={"COLUMNS": "200"})

    every, one = run(), run("rec-1")
    assert (every.exit_code, one.exit_code) == (0, 0)
    # Title 1 is what it was before Title 5 as well.
    assert [every.stdout.count(f"Title {number}") for number in range(1, 6)] == [2, 1, 1, 1, 1]
    assert "Title 5" in one.stdout
    assert "Title 4" not in one.stdout
    assert "5 field changes in 6 lines" in every.stderr
    listed = json.loads(run("rec-1", "--format", "json").stdout)
    assert [(two["line"], two["by"], two["old"], two["new"], two["why"]) for two in listed] == [
        (2, ME, "An attack", "Title 1", "1"), (6, ME, "Title 1", "Title 5", "5"),
    ]  # fmt: skip
    unknown = run("rec-7")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "has no such record" in unknown.stderr
    file.write_bytes(file.read_bytes() + b"# By hand\n")
    assert run().exit_code == 1
    assert "has been edited outside the app since the last line" in run().stderr
    log.write_bytes(log.read_bytes().replace(b"Title 2", b"Title 9"))
    assert run().exit_code == 1
    assert "line 3 has been altered" in run().stderr
    assert "Title 9" not in run().stdout


def test_what_a_log_holds_is_harmless_on_a_terminal(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    edit = Edit.to(file.read_bytes(), "incidents", "rec-1", {"note": "a [red]b"}, by="\x1b[31mX")
    save_edit(file, edit)
    found = CliRunner().invoke(app, ["history", str(file)], env={"COLUMNS": "200"})
    assert "\x1b" not in found.output
    assert "a [red]b" in found.stdout


def test_the_command_without_a_log_or_a_dossier_says_so(tmp_path: Path) -> None:
    file = new_dossier(tmp_path)
    found = CliRunner().invoke(app, ["history", str(file)])
    assert (found.exit_code, found.stdout) == (0, "")
    assert "there is no history log; the first edit that is saved begins one" in found.stderr
    found = CliRunner().invoke(app, ["history", str(tmp_path / "none.yaml")])
    assert (found.exit_code, found.stdout) == (2, "")
    assert "none.yaml: cannot be read" in found.stderr
