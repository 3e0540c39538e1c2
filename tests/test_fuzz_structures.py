"""Whatever is wrong with the structure of a file: our own errors or a result, and sound outputs.

On most days a few cases are tried; ``INCIDENT_MAP_LONG`` is the share of an hour for which it runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from recording import SHARE, record
from structures import KINDS

HERE = f"{Path(__file__).name}::"
FEW = 30
SECONDS = 3_600
MEGABYTES = 1_500


@pytest.mark.slow
@pytest.mark.timeout(5_400)
def test_what_is_wrong_in_structure_is_read_or_refused_and_every_output_opens(
    request: pytest.FixtureRequest,
) -> None:
    first = int(request.config.getoption("--hypothesis-seed") or 0) * 1_000_000
    script = Path(__file__).with_name("structures.py")
    # In a process of its own: the memory is that of these cases, not of what the tests before took.
    done = subprocess.run(
        [sys.executable, script, str(SECONDS * SHARE), str(first), str(FEW)],
        check=False, capture_output=True, text=True, cwd=script.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["read"] + found["refused"] >= FEW
    assert found["mb"] < MEGABYTES
    record(
        HERE + "test_what_is_wrong_in_structure_is_read_or_refused_and_every_output_opens",
        tried=found["read"] + found["refused"], lost=0,
        said=f"{found['read']:,} read and {found['refused']:,} refused in "
        f"{SECONDS * SHARE / 60:.0f} minutes; at most {found['mb']:,.0f} MB of memory",
    )  # fmt: skip


def test_every_kind_of_structure_is_altered() -> None:
    assert list(KINDS) == ["dossier", "country", "table", "recipe", "View"]
