"""Import a file larger than memory as a dataset of events, task by task.

Rows and lists equal those that :func:`geo.events.importing.importing.import_file` makes of the
whole file, with the same row numbers. Nothing appears at the target until all of it is written.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo.errors import IntakeError
from geo.events.columns.rejects import by_frequency
from geo.events.importing import duplicates
from geo.events.importing.importing import heading_and_dates, rank_unknown
from geo.events.importing.report import ImportReport
from geo.events.judging.whole_file import TableClues
from geo.events.out_of_core.assembling import assemble, write_lists, years
from geo.events.out_of_core.partwise import (
    FilePart,
    Job,
    PartResult,
    PartSurvey,
    compare,
    make_events,
    sums,
    survey,
)
from geo.events.store.manifest import FILE, Manifest
from geo.files import making_folder

_LOG: Final = logging.getLogger(__name__)
Task = Callable[[Job, Any], Any]
Run = Callable[[Task, Job, Sequence[Any]], Iterator[tuple[int, Any]]]
"""Runs a task for each item, in any order, and yields the item's position and the result."""
Tell = Callable[[str, int, int], None]
"""Called with the current step, the amount done, and the total."""
COMPARED: Final = (
    "record", "kind", "off", "earliest", "latest", "date_precision", "precision", "groups",
    "against", "lat", "lon", "provinces",
)  # fmt: skip
"""The columns of a located table that are compared to suggest duplicates."""


def incidents_of(located: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a located table that workers need to look for duplicates.

    Returns
    -------
    The columns :data:`COMPARED`.
    """
    return pd.DataFrame({name: located[name] for name in COMPARED})


def check_target(out: Path) -> None:
    """Refuse a target that would be lost: only a dataset or an empty folder is replaced.

    Raises
    ------
    IntakeError
        Something else is there, or its parent folder does not exist.
    """
    if not out.parent.is_dir():
        raise IntakeError(f"{out.parent}: there is no such folder; create it first")
    if out.exists() and not out.is_dir():
        raise IntakeError(f"{out}: is a file; give a folder, or a file that ends in .parquet")
    if out.is_dir() and not (out / FILE).is_file() and any(out.iterdir()):
        raise IntakeError(f"{out}: already contains other files; give another folder")


def import_parts(job: Job, out: Path, run: Run, tell: Tell = lambda *_: None) -> ImportReport:
    """Import a file part by part, and write its events as a dataset.

    Parameters
    ----------
    job
        What to do; its folder for intermediate files is chosen here.
    out
        The folder to write; the lists are written next to it, as ``NAME.rejected.csv`` and so on.
    run
        What runs the tasks.

    Returns
    -------
    What became of the rows; the events and the lists are on disk.

    Raises
    ------
    IntakeError
        As :func:`geo.events.importing.importing.import_file` and :func:`check_target`.
    OSError
        The disk is full or cannot be written to; what was at `out` is unchanged.
    """
    check_target(out)
    with making_folder(out) as staging:
        own = replace(job, work=staging / "between")
        dataset, lists = staging / out.name, staging / "lists"
        for folder in (own.work, dataset, lists):
            folder.mkdir()
        parts, rows, notes = _converted(own, run, tell)
        _LOG.debug("%s: %d rows in %d parts", out, rows, len(parts))
        files = _each(run, tell, "Writing years", assemble, own, years(parts, dataset))
        _sweep(dataset)
        Manifest(tuple(files)).write(dataset)
        report = replace(_report(own, parts, rows), notes=notes)
        for name, file in write_lists(own, report.unknown, report.twice, lists).items():
            file.replace(out.with_name(f"{out.name}.{name}.csv"))
    return report


def _converted(job: Job, run: Run, tell: Tell) -> tuple[list[PartResult], int, tuple[str, ...]]:
    numbers = range(len(job.blocks))
    surveyed: list[PartSurvey] = _each(run, tell, "Reading", survey, job, numbers)
    heaps = range(job.buckets) if len(numbers) > 1 else range(0)
    again = _each(run, tell, "Comparing ids", compare, job, heaps)
    twice = tuple(heap for heap, count in enumerate(again) if count)
    whole = TableClues.together(one.clues for one in surveyed).whole(
        *heading_and_dates(job.mapping)
    )
    parts = [FilePart(number, before, twice, whole) for number, before in enumerate(sums(surveyed))]
    return (
        _each(run, tell, "Creating events", make_events, job, parts),
        sum(one.rows for one in surveyed),
        whole.notes,
    )


def _each(
    run: Run, tell: Tell, activity: str, task: Task, job: Job, things: Sequence[Any]
) -> list[Any]:  # fmt: skip
    answers: dict[int, Any] = {}
    tell(activity, 0, len(things))
    for number, answer in run(task, job, things):
        answers[number] = answer
        tell(activity, len(answers), len(things))
    return [answers[number] for number in range(len(things))]


def _sweep(dataset: Path) -> None:
    """Remove what a worker left behind when it was stopped while writing."""
    for left in dataset.rglob(".*.part"):
        left.unlink()


def _report(job: Job, parts: Sequence[PartResult], rows: int) -> ImportReport:
    twice = None
    if job.incidents is not None:
        twice = duplicates.together((part.twice for part in parts), job.incidents)
    return ImportReport(
        parts[0].form, rows, sum(part.kept for part in parts),
        sum(part.rejected_rows for part in parts),
        by_frequency(sum((part.rejected for part in parts), Counter())),
        by_frequency(sum((part.doubts for part in parts), Counter())),
        rank_unknown(pa.concat_tables([part.unknown for part in parts])), twice,
    )  # fmt: skip
