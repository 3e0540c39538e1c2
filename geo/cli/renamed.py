"""Options that have a new name: the old one keeps working for one release and is in no help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import typer
from typer.core import TyperGroup

RENAMED: Final[Mapping[str, str]] = {
    "with-data-at-hand": "current-data",
    "deaths": "fatalities",
    "grade": "reliability",
}
"""Old name of an option, or of a column in a list of figures, to the new one; both bare of dashes.

Since 0.2; the old names go with 0.3.
"""


def renamed(arguments: Sequence[str]) -> list[str]:
    """Arguments with the old names of options replaced by the new ones.

    Examples
    --------
    >>> renamed(["snapshot", "--deaths=5", "--with-data-at-hand", "--title", "deaths"])
    ['snapshot', '--fatalities=5', '--current-data', '--title', 'deaths']
    """
    return [_renamed(argument) for argument in arguments]


def _renamed(argument: str) -> str:
    if not argument.startswith("--"):
        return argument
    name, equals, value = argument.removeprefix("--").partition("=")
    return f"--{RENAMED.get(name, name)}{equals}{value}"


class Commands(TyperGroup):
    """The commands of the program, which also take the old names of options."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # typed loosely there
        """Replace old names before any command sees them."""
        parsed: list[str] = super().parse_args(ctx, renamed(args))
        return parsed
