"""Whatever is wrong with the structure of a file: our own errors or a result, and sound outputs.

On most days a few cases are tried; ``INCIDENT_MAP_LONG`` is the share of an hour for which it runs.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from recording import SHARE, record
from structures import KINDS, hold, peak_mb

HERE = f"{Path(__file__).name}::"
FEW = 30
SECONDS = 3_600
MEGABYTES = 1_500


@pytest.mark.timeout(5_400)
@pytest.mark.filterwarnings("default")
def test_what_is_wrong_in_structure_is_read_or_refused_and_every_output_opens(
    request: pytest.FixtureRequest,
) -> None:
    number = int(request.config.getoption("--hypothesis-seed") or 0) * 1_000_000
    end, count = time.monotonic() + SECONDS * SHARE, Counter[str]()
    while sum(count.values()) < FEW or time.monotonic() < end:
        number += 1
        _, outcome = hold(number)
        count[outcome] += 1
    tried = sum(count.values())
    assert peak_mb() < MEGABYTES
    record(
        HERE + "test_what_is_wrong_in_structure_is_read_or_refused_and_every_output_opens",
        tried=tried, lost=0,
        said=f"{count['read']:,} read and {count['refused']:,} refused in "
        f"{SECONDS * SHARE / 60:.0f} minutes; at most {peak_mb():,.0f} MB of memory",
    )  # fmt: skip


def test_every_kind_of_structure_is_altered() -> None:
    assert list(KINDS) == ["dossier", "country", "table", "recipe", "View"]


def test_the_fuzzer_runs_by_itself() -> None:
    script = Path(__file__).with_name("structures.py")
    done = subprocess.run(
        [sys.executable, script, "0"], capture_output=True, check=True, cwd=script.parent
    )
    assert done.stdout.startswith(b"0 {}")
