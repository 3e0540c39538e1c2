"""A terminal that is not UTF-8 gets escapes for what it lacks; no command ends in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import ROOT

MAIN = "from geo.cli.main import main; main()"
COMMANDS = (
    ("records",), ("records", "--format", "json"), ("validate",), ("locate", "کابل"),
    ("locate", "Kābul", "--format", "json"), ("diff", "{data}", "{data}"),
    ("map", "--out", "{out}"),
    ("country", "--help"), ("gazetteer", "--help"), ("import", "--help"), ("snapshot", "--help"),
    ("locate", "\U0001f5fa \u202e"),
)  # fmt: skip
OTHERS = ("latin-1", "cp437")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "encoding"),
    [*((command, "ascii") for command in COMMANDS), *((COMMANDS[0], one) for one in OTHERS)],
    ids=lambda part: part if isinstance(part, str) else " ".join(part[:2]),
)
def test_no_command_ends_in_a_traceback(
    tmp_path: Path, command: tuple[str, ...], encoding: str
) -> None:
    places = {"data": ROOT / "data/incidents.yaml", "out": tmp_path / "map.html"}
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *(part.format(**places) for part in command)],
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "80"},
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr.decode(encoding)
    assert b"Traceback" not in done.stderr
    assert b"this command" not in done.stderr
    if "json" in command:
        assert json.loads(done.stdout.decode(encoding))
