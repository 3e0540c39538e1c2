"""How the command line prints what changed."""

from __future__ import annotations

import unicodedata

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from geo.changes import CALLED, Change, Changes
from geo.comparing import FieldChange


def print_changes(found: Changes) -> None:
    """One line of counts, then every entry with its fields: ``-`` as it was, ``+`` as it is."""
    paper = Console(highlight=False)
    paper.print(Text(found.say()), soft_wrap=True)
    for entry in found.entries:
        _print_entry(entry, paper)


def _print_entry(entry: Change, paper: Console) -> None:
    ways = f"{CALLED[entry.kind]} · {', '.join(entry.change)}"
    paper.print()
    paper.print(Text(entry.id, style="bold"), Text(ways, style="dim"))
    if entry.title:
        paper.print(Padding(_visible(entry.title), (0, 0, 0, 2)))
    for field in entry.fields:
        _print_field(field, paper)


def _print_field(field: FieldChange, paper: Console) -> None:
    paper.print(Padding(_visible(field.name, "dim"), (0, 0, 0, 2)))
    for sign, words in (("-", field.old), ("+", field.new)):
        if words is not None:
            paper.print(Padding(_visible(f"{sign} {words}"), (0, 0, 0, 4)))


def _visible(text: str, style: str = "") -> Text:
    """Text for a terminal: what a terminal would obey is shown as a sign instead."""
    shown = ("�" if unicodedata.category(one) == "Cc" and one != "\n" else one for one in text)
    return Text("".join(shown), style=style)
