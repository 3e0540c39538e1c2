"""The command ``diff``, which prints what changed between two dossiers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding

from geo.changes.changes import KIND_NAMES, Change, Changes, changes, word_of
from geo.changes.comparing import FieldChange
from geo.cli.opening import FormatOption, OutputFormat, open_or_stop, print_json, print_problems
from geo.cli.options import DataOption
from geo.cli.terminal import stop, styled
from geo.errors import GeoError
from geo.events.readers.file_uses import use_of

_EVENTS = {"table", "events", "dataset"}


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier dossier.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later dossier.")],
    form: FormatOption = OutputFormat.TABLE,
    data: DataOption = None,
) -> None:
    """Report what changed from one dossier to another, field by field.

    Exit code 0 means no difference, 1 a difference, 2 that a file could not be read completely.
    The order, formatting and comments of a file make no difference.
    """
    _two_dossiers(old, new)
    before, after = open_or_stop(data, old), open_or_stop(data, new)
    try:
        found = changes(before, after)
    except GeoError as error:
        stop(error)
    if form is OutputFormat.JSON:
        print_json([entry.to_json() for entry in found.entries])
    else:
        print_changes(found)
    print_problems((*before.reading.errors, *after.reading.errors))
    raise typer.Exit(int(bool(found.entries)) if found.complete else 2)


def _two_dossiers(*files: Path) -> None:
    tables = [file for file in files if file.exists() and use_of(file) in _EVENTS]
    if tables:
        stop(GeoError(
            f"{tables[0]}: contains events, and diff compares two dossiers; to see new events, "
            "import both files and show each with `incident-map map --event-table`"
        ))  # fmt: skip


def print_changes(difference: Changes) -> None:
    """Print a line of counts, then every entry with its fields: ``-`` earlier, ``+`` current."""
    paper = Console(highlight=False)
    paper.print(styled(difference.say()), soft_wrap=True)
    for entry in difference.entries:
        _print_entry(entry, paper)


def _print_entry(entry: Change, paper: Console) -> None:
    ways = f"{KIND_NAMES[entry.kind]} · {', '.join(map(word_of, entry.change))}"
    paper.print()
    paper.print(styled(entry.id, "bold"), styled(ways, "dim"))
    if entry.title:
        paper.print(Padding(styled(entry.title), (0, 0, 0, 2)))
    for field in entry.fields:
        _print_field(field, paper)


def _print_field(field: FieldChange, paper: Console) -> None:
    paper.print(Padding(styled(field.name, "dim"), (0, 0, 0, 2)))
    for sign, words in (("-", field.old), ("+", field.new)):
        if words is not None:
            paper.print(Padding(styled(f"{sign} {words}"), (0, 0, 0, 4)))
