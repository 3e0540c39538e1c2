"""A terminal that is not UTF-8 gets escapes for what it lacks; no command ends in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import ROOT

MAIN = """
import json, os, sys
from geo.cli.main import main
for line in sys.stdin:
    asked = json.loads(line)
    if os.fork():
        print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        continue
    # From here on like a process that was started for this command alone.
    for number, name in enumerate((os.devnull, asked["out"], asked["err"])):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT), number)
    sys.argv[1:] = asked["command"]
    break
else:
    sys.exit()
main()
"""
COMMANDS = (
    ("records",), ("records", "--format", "json"), ("validate",), ("locate", "کابل"),
    ("locate", "Kābul", "--format", "json"), ("diff", "{data}", "{data}"),
    ("map", "--out", "{out}"),
    ("country", "--help"), ("gazetteer", "--help"), ("import", "--help"), ("snapshot", "--help"),
    ("locate", "\U0001f5fa \u202e"),
)  # fmt: skip
OTHERS = ("latin-1", "cp437")


TRIED = [*((command, "ascii") for command in COMMANDS), *((COMMANDS[0], one) for one in OTHERS)]


class Started:
    """A process whose terminal has an encoding, and which has loaded what commands need."""

    def __init__(self, encoding: str) -> None:
        settings = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "COLUMNS": "80"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", MAIN], env=os.environ | settings, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, command: tuple[str, ...], folder: Path) -> tuple[int, bytes, bytes]:
        """Run a command in a copy of it: its code, and what it wrote."""
        out, err = folder / "out.txt", folder / "err.txt"
        asked = {"command": command, "out": str(out), "err": str(err)}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        return code, out.read_bytes(), err.read_bytes()


@pytest.fixture(scope="module")
def terminals() -> Iterator[Callable[[str], Started]]:
    """Return a process for each encoding, started once."""
    started: dict[str, Started] = {}

    def terminal(encoding: str) -> Started:
        if encoding not in started:
            started[encoding] = Started(encoding)
        return started[encoding]

    yield terminal
    for one in started.values():
        one.process.communicate(timeout=60)
        assert one.process.returncode == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied for each command")
@pytest.mark.parametrize(
    ("command", "encoding"),
    TRIED,
    ids=lambda part: part if isinstance(part, str) else " ".join(part[:2]),
)
def test_no_command_ends_in_a_traceback(
    terminals: Callable[[str], Started], tmp_path: Path, command: tuple[str, ...], encoding: str
) -> None:
    places = {"data": ROOT / "data/incidents.yaml", "out": tmp_path / "map.html"}
    words = tuple(part.format(**places) for part in command)
    code, out, err = terminals(encoding).run(words, tmp_path)
    assert code in {0, 1}, err.decode(encoding)
    assert out + err
    assert b"Traceback" not in err
    assert b"this command" not in err
    if "json" in command:
        assert json.loads(out.decode(encoding))


def test_a_process_of_its_own_writes_the_same(tmp_path: Path) -> None:
    settings = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "COLUMNS": "80"}
    alone = subprocess.run(
        [sys.executable, "-c", "from geo.cli.main import main; main()", "locate", "کابل"],
        env=os.environ | settings, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    if hasattr(os, "fork"):
        copied = Started("ascii")
        said = copied.run(("locate", "کابل"), tmp_path)
        copied.process.communicate(timeout=60)
        assert said == (alone.returncode, alone.stdout, alone.stderr)
    assert alone.returncode == 1, "the name is that of a province and of a town"
    assert b"\\u" in alone.stdout
