"""The program's commands by name, each loaded when it is first asked for.

Loading all of them takes most of a second, and whoever starts the app waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

import typer
from typer.core import TyperGroup

from geo.cli.renamed import renamed


class CommandSource(NamedTuple):
    """Where a command is: its module, and its function or group."""

    module: str
    name: str


COMMANDS: Final[dict[str, CommandSource]] = {
    "country": CommandSource("geo.cli.country", "app"),
    "gazetteer": CommandSource("geo.cli.gazetteer", "app"),
    "import": CommandSource("geo.cli.events", "import_command"),
    "export": CommandSource("geo.cli.events", "export_command"),
    "import-workbook": CommandSource("geo.cli.workbook", "import_workbook_command"),
    "changes": CommandSource("geo.cli.versions", "changes_command"),
    "merge": CommandSource("geo.cli.merge", "merge_command"),
    "history": CommandSource("geo.cli.history", "history_command"),
    "approve": CommandSource("geo.cli.approve", "approve_command"),
    "evidence": CommandSource("geo.cli.evidence", "app"),
    "snapshot": CommandSource("geo.cli.snapshot", "snapshot"),
    "snapshots": CommandSource("geo.cli.snapshot", "snapshots"),
    "series": CommandSource("geo.cli.series", "series_command"),
    "verify": CommandSource("geo.cli.figures", "verify_command"),
    "refresh": CommandSource("geo.cli.figures", "refresh_command"),
    "validate": CommandSource("geo.cli.records", "validate"),
    "locate": CommandSource("geo.cli.records", "locate_names"),
    "records": CommandSource("geo.cli.records", "records"),
    "read": CommandSource("geo.cli.read", "read_command"),
    "counts": CommandSource("geo.cli.counts", "counts_command"),
    "check": CommandSource("geo.cli.check", "check_command"),
    "map": CommandSource("geo.cli.map", "write_map"),
    "scan": CommandSource("geo.cli.scan", "scan_command"),
    "diff": CommandSource("geo.cli.diff", "diff"),
    "serve": CommandSource("geo.cli.serve", "serve"),
}
"""All commands, in the order in which the help lists them."""


class Commands(TyperGroup):
    """The program's commands, which also accept the old names of options."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Loaded()  # type: ignore[assignment] # none is ever added

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # typed loosely there
        """Replace old names before any command sees them."""
        parsed: list[str] = super().parse_args(ctx, renamed(args))
        return parsed


class _Loaded(Mapping[str, Any]):
    """The commands by name; one is loaded by being looked up."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = _loaded(name, COMMANDS[name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _loaded(name: str, place: CommandSource) -> Any:
    found = getattr(import_module(place.module), place.name)
    if isinstance(found, typer.Typer):
        command: Any = typer.main.get_group(found)
    else:
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(name=name)(found)
        command = typer.main.get_command(alone)
    command.name = name
    return command
