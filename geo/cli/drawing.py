"""Maps drawn by all cores, with a bar on the terminal that says how far they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

if TYPE_CHECKING:
    from geo.series.workers import DrawingRun


@contextmanager
def drawing_shown() -> Iterator[DrawingRun]:
    """Draw with all cores, and show on a terminal how many pages are done."""
    from geo.series.workers import DrawingRun, cores

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Drawing", total=None)
        yield DrawingRun(cores(), lambda done, of: progress.update(task, completed=done, total=of))
