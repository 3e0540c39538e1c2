"""All measurements, each in a process of its own, and the page that shows them.

What is measured is kept after each job, so that a part can be measured again by itself.

    python -m benchmarks.run                          # all, about a quarter of an hour
    python -m benchmarks.run --only documents,browser
    python -m benchmarks.run --resume                 # what has not been measured yet
    python -m benchmarks.run --quick                  # small sizes, the page beside the data
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.report import page
from benchmarks.sizes import CAPS, ONE_PLACE, OURS, RIVALS, SIZES

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "explanation" / "performance.md"
QUICK: Final = (200, 1_000)
"""Numbers of events of a quick run, which only checks that every job works."""
PATIENCE: Final = 400
"""Seconds after which a job is ended and reported as not done."""
PARTS: Final = (
    "data", "documents", "browser", "base_map", "dossiers", "geocoding", "names", "importing",
    "app", "opening", "snapshots", "reading", "counts",
)  # fmt: skip

Results = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Job:
    """What is measured: of which part, what, and at how many rows."""

    part: str
    name: str
    rows: int

    @property
    def key(self) -> str:
        """How the results call it."""
        return f"{self.part}/{self.name}/{self.rows}"


def jobs(sizes: Sequence[int]) -> Iterator[Job]:
    """All jobs, those on whose data others rest before them."""
    for rows in sizes:
        yield Job("data", "events", rows)
    yield Job("documents", "base", 0)
    for part in ("documents", "browser"):
        yield from _beside_rivals(part, sizes)
    yield from _alone(max(sizes))
    for rows in sizes:
        if rows <= CAPS["app", "streamlit_folium"]:
            yield Job("app", "streamlit_folium", rows)
    for rows in ONE_PLACE:
        yield Job("snapshots", "one_place", rows)


def _beside_rivals(part: str, sizes: Sequence[int]) -> Iterator[Job]:
    for rows in sizes:
        for name in (OURS, *RIVALS):
            if rows <= CAPS.get((part, name), max(sizes)):
                yield Job(part, name, rows)


def _alone(largest: int) -> Iterator[Job]:
    """What is measured at one size."""
    yield Job("base_map", "no_records", 0)
    yield Job("base_map", "records", 0)
    yield Job("base_map", "records", largest)
    yield Job("geocoding", "provinces", largest)
    yield Job("geocoding", "sedona", largest)
    yield Job("dossiers", "records", min(largest, 2_000))
    yield Job("names", "names", min(largest, 5_000))
    yield Job("importing", "pyarrow", largest)
    yield Job("importing", OURS, largest)
    yield Job("opening", "app", 0)
    yield Job("app", OURS, largest)
    yield Job("snapshots", "snapshot", 0)
    for name in ("dev", "unseen", "speed"):
        yield Job("reading", name, 0)
    yield Job("counts", "counts", largest)


def measure(job: Job, folder: Path) -> dict[str, Any]:
    """The figures of one job, or that it failed and how."""
    command = [sys.executable, "-m", f"benchmarks.{job.part}", job.name, str(job.rows)]
    environment = os.environ | {"BENCHMARKS_FOLDER": str(folder)}
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {PATIENCE} s"}
    if done.returncode:
        # The last line that is no part of a trace says what went wrong.
        said = [line for line in done.stderr.splitlines() if line.strip() and line[0] != " "]
        return {"failed": said[-1][:200] if said else f"ended with {done.returncode}"}
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def _run(wanted: Sequence[Job], file: Path, *, resume: bool) -> Results:
    results: Results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for at, job in enumerate(wanted, start=1):
        known = results.get(job.key)
        if resume and known is not None and "failed" not in known:
            continue
        start = time.monotonic()
        results[job.key] = measure(job, file.parent)
        file.write_text(json.dumps(results, indent=1), encoding="utf-8")
        found = results[job.key]
        said = found.get("failed") or found.get("skipped") or ""
        _say(f"{at:3}/{len(wanted)} {job.key}: {time.monotonic() - start:.1f} s {said}".rstrip())
    return results


def main(argv: Sequence[str] | None = None) -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description="Measure, and write the page of docs/.")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    parser.add_argument("--resume", action="store_true", help="only what has no figures yet")
    parser.add_argument("--quick", action="store_true", help="small sizes, not for docs/")
    parser.add_argument("--sizes", help="other sizes, separated by commas; not for docs/")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "benchmarks")
    given = parser.parse_args(argv)
    parts = given.only.split(",")
    strange = sorted({*parts} - {*PARTS})
    if strange:
        parser.error(f"{strange[0]!r} is none of {', '.join(PARTS)}")
    sizes = tuple(map(int, given.sizes.split(","))) if given.sizes else SIZES
    is_whole = not (given.quick or given.sizes)
    sizes = QUICK if given.quick and not given.sizes else sizes
    given.folder.mkdir(parents=True, exist_ok=True)
    file = given.folder / ("results.json" if is_whole else "results-quick.json")
    wanted = [job for job in jobs(sizes) if job.part in parts]
    results = _run(wanted, file, resume=given.resume)
    out = PAGE if is_whole else given.folder / "performance.md"
    out.write_text(page(results, sizes), encoding="utf-8")
    _say(f"Written: {out}")


if __name__ == "__main__":
    main()
