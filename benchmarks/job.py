"""One measurement in a process of its own, so that its peak of memory is its own."""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = Path(os.environ.get("BENCHMARKS_FOLDER", ROOT / "build" / "benchmarks"))
"""The folder of data, documents and figures between parts; git ignores it."""

Figures = dict[str, Any]
Measure = Callable[[int], Figures]


def main(jobs: Mapping[str, Measure]) -> None:
    """Run as a program: measure one job at one size and print its figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=jobs)
    parser.add_argument("rows", type=int)
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    figures = jobs[given.job](given.rows)
    sys.stdout.write(json.dumps({"peak_mb": peak_mb(), **figures}) + "\n")


def peak_mb() -> float:
    """The peak memory of this process, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Bytes on macOS, kilobytes elsewhere.
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3), 1)


def seconds(work: Callable[[], object]) -> float:
    """The seconds that a function takes, once."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several times, because a busy machine only ever adds to it."""
    return min(seconds(work) for _ in range(times))
