"""What most commands begin and end with: open a dossier or stop, and print problems and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import typer

from geo.cli.options import local_day
from geo.cli.terminal import as_json, stop, talk
from geo.cli.view_options import FilterOptions, refuse_ignored
from geo.errors import GeoError, Problem
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import View
from geo.workspace import open_workspace

SHOWN_PROBLEMS: Final = 50
"""Problems that are printed without ``--all``."""


class OutputFormat(StrEnum):
    """Formats in which a command prints its results."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[OutputFormat, typer.Option("--format", help="Output format.")]


def open_or_stop(data: Path | None, file: Path | None, base_map: Path | None = None) -> Workspace:
    """Open a workspace; what cannot be opened ends the command with a sentence."""
    try:
        return open_workspace(data, file, today=local_day(), base_map=base_map)
    except GeoError as error:
        stop(error)


def view_or_stop(
    filters: FilterOptions, workspace: Workspace, ignored: Mapping[str, str] = MappingProxyType({})
) -> View:
    """Return the View of the options; what it cannot be ends the command with a sentence."""
    try:
        view = filters.view(workspace)
        refuse_ignored(view, ignored)
    except GeoError as error:
        stop(error)
    return view


def print_problems(problems: Iterable[Problem], most: int | None = SHOWN_PROBLEMS) -> None:
    """Print problems to stderr, each with its line: the first `most`, or all with ``None``."""
    found = list(problems)
    for problem in found[:most]:
        head = "" if problem.severity == "error" else f"{problem.severity}: "
        talk(f"{head}{problem}")
    if most is not None and len(found) > most:
        more = len(found) - most
        talk(f"and {counted(more, 'problem')} more: 'incident-map validate --all' lists all")


def print_json(value: list[dict[str, Any]]) -> None:
    """Print results to stdout as JSON."""
    typer.echo(as_json(value))
