"""Renamed options: the old names keep working for one release, but no help shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

RENAMED: Final[Mapping[str, str]] = {
    "with-data-at-hand": "current-data",
    "deaths": "fatalities",
    "grade": "reliability",
}
"""Old to new name of an option or of a column in a list of figures, without dashes.

Renamed in 0.2; 0.3 will drop the old names.
"""


def renamed(arguments: Sequence[str]) -> list[str]:
    """Replace the old names of options in the arguments by the new ones.

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
