"""No exception is swallowed without a line in the log, and `--debug` prints the log."""

from __future__ import annotations

import ast
import importlib
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from dossiers import dossier_bytes, incident
from typer.testing import CliRunner, Result

import geo
from geo.cli.main import app
from geo.events.importing.cache import kept_or_made
from geo.files import write_whole
from geo.logs import print_logs

PACKAGE = Path(geo.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} DEBUG geo(\.\w+)+: \S", re.MULTILINE)
# What is done when there is nothing to do: no failure is hidden.
EXPECTED = {"FileNotFoundError", "CannotSpliceError"}
"""What is no fault: a file that need not be there, a layout that allows no smaller edit."""
SAYS_SO = {"log_fault", "tell_fault"}


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), env=environment)


@pytest.fixture(autouse=True)
def _quiet_afterwards():
    yield
    print_logs(None)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    file = tmp_path / "d.yaml"
    file.write_bytes(dossier_bytes(incident()))
    return file


def names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


@pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.relative_to(PACKAGE).as_posix())
def test_whoever_catches_everything_logs_it_or_raises_it_again(source):
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.ExceptHandler):
            caught = {"BaseException"} if node.type is None else names_in(node.type)
            if caught & {"Exception", "BaseException"}:
                raised = any(isinstance(one, ast.Raise) and not one.exc for one in ast.walk(node))
                assert raised or names_in(node) & SAYS_SO, f"line {node.lineno}"
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            assert {ast.unparse(one) for one in node.args} <= EXPECTED, f"line {node.lineno}"


@pytest.mark.parametrize(
    "package",
    ["app", "briefing", "changes", "cli", "dossier", "events", "places", "snapshot", "table",
     "view", "webmap"],
)  # fmt: skip
def test_each_package_that_works_on_data_logs_under_its_own_name(package):
    texts = {file: file.read_text() for file in (PACKAGE / package).rglob("*.py")}
    loggers = [file for file, text in texts.items() if "_LOG: Final" in text]
    assert loggers
    for file in loggers:
        name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        assert module._LOG.name == module.__name__  # noqa: SLF001


@pytest.mark.slow
def test_the_library_prints_nothing_by_itself(dossier):
    script = (
        "import logging, pathlib, sys; from geo.workspace import open_workspace; "
        "open_workspace(file=pathlib.Path(sys.argv[1])); "
        "logging.getLogger('geo.x').error('not to be seen')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, dossier],
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("debug", [(("--debug",), {}), ((), {"INCIDENT_MAP_DEBUG": "1"})])
def test_debug_prints_each_step_with_time_level_and_logger(debug, dossier):
    options, environment = debug
    result = run(*options, "validate", dossier, **environment)
    assert result.exit_code == 0
    assert len(LINE.findall(result.stderr)) > 2
    assert f"DEBUG geo.dossier.intake: {dossier}: 1 records, 0 problems" in result.stderr
    assert "DEBUG" not in result.stdout


def test_without_debug_no_line_of_the_log_is_printed(dossier):
    assert run("--debug", "validate", dossier).exit_code == 0
    assert "DEBUG" not in run("validate", dossier).stderr


@pytest.mark.parametrize("options", [(), ("--debug",)])
def test_a_fault_of_the_program_has_its_traceback_in_the_log_alone(
    options, tmp_path, monkeypatch, caplog
):
    def fails(*_: object, **__: object) -> None:
        raise IndexError("\x1b[31m out of range")

    monkeypatch.setattr("geo.cli.events.check_source", fails)
    result = run(*options, "import", tmp_path / "in.csv", "--out", tmp_path / "x.parquet")
    assert result.exit_code == 70
    assert "The program failed while" in result.stderr
    assert ("Traceback" in result.stderr) == bool(options)
    assert ("incident-map --debug" in result.stderr) != bool(options)
    assert "Traceback" in caplog.text
    assert "\x1b" not in result.stderr + caplog.text


def test_an_import_that_cannot_be_kept_is_made_and_the_log_says_why(tmp_path, caplog):
    folder = tmp_path / "no folder"
    folder.write_text("a file")
    made = object()
    assert kept_or_made(folder, "a" * 64, lambda: made) is made
    warned = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert any("keeping import aaaaaaaaaaaa: passed over" in said for said in warned)


def test_what_cannot_be_swept_away_is_passed_over_and_logged(tmp_path, monkeypatch, caplog):
    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("geo.files.os.scandir", refuses)
    write_whole(tmp_path / "x.txt", b"whole")
    assert (tmp_path / "x.txt").read_bytes() == b"whole"
    assert f"what killed writers left in {tmp_path}: passed over" in caplog.text
    assert "Permission denied" in caplog.text
