"""Print what changed between two dossiers."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding

from geo.changes.changes import KIND_NAMES, Change, Changes, word_of
from geo.changes.comparing import FieldChange
from geo.cli.terminal import styled


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
