"""What the commands for event data print: progress, refusals and the report of an import."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import pyarrow as pa
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

from geo.cli.terminal import talk
from geo.errors import EXIT_FAULT, GeoError, fault_of_program
from geo.events.columns.formats import NAMES, Format
from geo.events.columns.rejects import by_frequency, by_reason
from geo.events.importing.importing import Imported
from geo.events.out_of_core.partitioned import ImportedParts
from geo.logs import log_fault
from geo.text import harmless

_LOG: Final = logging.getLogger(__name__)
SHOWN = 8
"""How many reasons or names are printed; the lists next to the output have all of them."""
Reasons = list[tuple[str, str, int]]


@dataclass(frozen=True, eq=False)
class ImportReport:
    """What is printed at the end of an import.

    Parameters
    ----------
    form, rows, kept, rejected_rows
        The format, and how many rows the file has, were imported and were rejected.
    rejected, doubts
        Column, reason and number of rows.
    unknown, twice
        Unmatched names, and possible duplicates of incidents in the dossier.
    notes
        Sentences on how the file was read.
    """

    form: Format
    rows: int
    kept: int
    rejected_rows: int
    rejected: Reasons
    doubts: Reasons
    unknown: pa.Table
    twice: pa.Table | None
    notes: tuple[str, ...] = ()

    @classmethod
    def of_whole(cls, found: Imported, twice: pa.Table | None) -> ImportReport:
        """What became of a file that was read whole."""
        return cls(
            found.form, found.rows, found.events.num_rows, found.rejected_rows,
            by_reason(found.rejected), by_reason(found.doubts), found.unknown, twice, found.notes,
        )  # fmt: skip

    @classmethod
    def of_parts(cls, made: ImportedParts) -> ImportReport:
        """What became of a file that was read in parts."""
        return cls(
            made.form, made.rows, made.kept, made.rejected_rows, by_frequency(made.rejected),
            by_frequency(made.doubts), made.unknown, made.twice, made.notes,
        )  # fmt: skip

    def print(self, out: Path, duplicates: Path) -> None:
        """Print it, the most frequent first."""
        talk(
            f"{out}: {self.kept:,} of {self.rows:,} rows of {NAMES[self.form]} imported, "
            f"{self.rejected_rows:,} rejected"
        )
        _list(f"note: {harmless(note)}" for note in self.notes)
        for head, reasons in (("rejected", self.rejected), ("warning", self.doubts)):
            _list(
                f"{head}: {rows:,} × {column or 'the row'}: {reason}"
                for column, reason, rows in reasons
            )
        _list(
            f"unmatched {one['what']}: {name} ({one['rows']:,} row{'s' * (one['rows'] != 1)})"
            for one in self.unknown.to_pylist()
            for name in [" ".join(harmless(one["name"]).split())]
        )
        if self.twice is not None and self.twice.num_rows:
            count = len(set(self.twice["id"].to_pylist()))
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
"""Letters of a cell that stand for its column."""


def one_line(text: str) -> str:
    """The beginning of a text, on one line; an ellipsis shows that it is shortened."""
    said = " ".join(harmless(text).split())
    return said if len(said) <= CELL else f"{said[: CELL - 1]}…"


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being done."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        yield lambda said: bar.update(task, description=said)


@contextmanager
def steps() -> Iterator[Callable[[str, int, int], None]]:
    """Show on a terminal what is being done, and how much of it is."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        yield lambda said, done, total: bar.update(
            task, description=said, completed=done, total=total
        )


@contextmanager
def refusals(out: Path) -> Iterator[None]:
    """Turn what the package or the disk refuses into one line and exit code 2.

    A fault of the program becomes a sentence as well, and exit code 70.
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


def tell_fault(error: Exception, doing: str) -> None:
    """Say that the program failed; the log, which ``--debug`` prints, has the traceback."""
    log_fault(_LOG, doing, error)
    talk(fault_of_program(error, doing))
    if not _LOG.isEnabledFor(logging.DEBUG):
        talk("To see where in the program, run it again as: incident-map --debug COMMAND ...")


def _stop(said: str) -> NoReturn:
    talk(said)
    raise typer.Exit(2)
