"""Progress, refusals and the report of an import, as the commands for event data print them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from geo.cli.terminal import talk, tell_fault
from geo.errors import EXIT_FAULT, GeoError
from geo.events.columns.formats import NAMES
from geo.events.importing.report import ImportReport
from geo.text import harmless

_LOG: Final = logging.getLogger(__name__)
SHOWN = 8
"""How many reasons or names are printed; the lists next to the output have all of them."""


def print_report(report: ImportReport, out: Path, duplicates: Path) -> None:
    """Print what became of the rows of a file, the most frequent reasons first."""
    talk(
        f"{out}: {report.kept:,} of {report.rows:,} rows of {NAMES[report.form]} imported, "
        f"{report.rejected_rows:,} rejected"
    )
    _list(f"note: {harmless(note)}" for note in report.notes)
    for head, reasons in (("rejected", report.rejected), ("warning", report.doubts)):
        _list(
            f"{head}: {rows:,} × {column or 'the row'}: {reason}"
            for column, reason, rows in reasons
        )
    _list(
        f"unmatched {one['what']}: {name} ({one['rows']:,} row{'s' * (one['rows'] != 1)})"
        for one in report.unknown.to_pylist()
        for name in [" ".join(harmless(one["name"]).split())]
    )
    if report.twice is not None and report.twice.num_rows:
        count = len(set(report.twice["id"].to_pylist()))
        talk(
            f"  possible duplicates of incidents in the dossier: {count:,} "
            f"event{'s' * (count != 1)}; see {duplicates}"
        )


def _list(lines: Iterator[str]) -> None:
    every = list(lines)
    for line in every[:SHOWN]:
        talk(f"  {line}")
    if len(every) > SHOWN:
        talk(f"  … and {len(every) - SHOWN:,} more")


CELL: Final = 32
"""Characters of a cell that are printed as a sample of its column."""


def cell_excerpt(text: str) -> str:
    """Return the beginning of a text on one line; an ellipsis shows that it is shortened."""
    text = " ".join(harmless(text).split())
    return text if len(text) <= CELL else f"{text[: CELL - 1]}…"


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the current step on a terminal."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        yield lambda text: bar.update(task, description=text)


@contextmanager
def steps() -> Iterator[Callable[[str, int, int], None]]:
    """Show the current step and its progress on a terminal."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        yield lambda text, done, total: bar.update(
            task, description=text, completed=done, total=total
        )


@contextmanager
def refusals(out: Path) -> Iterator[None]:
    """Turn a refusal by the package or the disk into one line and exit code 2.

    A fault of the program also becomes a sentence, with exit code 70.
    """
    try:
        yield
    except GeoError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or out}: {error.strerror}")
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        tell_fault(error, "working on the events")
        raise typer.Exit(EXIT_FAULT) from error


def _stop(text: str) -> NoReturn:
    talk(text)
    raise typer.Exit(2)
