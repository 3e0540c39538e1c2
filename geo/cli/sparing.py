"""Commands that never write over what they read."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import typer

from geo.cli.terminal import talk
from geo.files import SPARED, is_spared, sparing
from geo.places.country.files import FILES
from geo.workspace import DOSSIER, data_folder


def sparing_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """Have a command with ``--out`` never write over a file that it reads.

    What it reads are its arguments and options that are paths, and the files of the country.
    """

    @wraps(command)
    def run(**given: Any) -> None:
        if given["out"] is None:
            command(**given)
            return
        out = Path(given["out"])
        folder = data_folder(given.get("data"))
        held = [one for name, one in given.items() if name != "out"]
        read = [one for one in _flat(held) if isinstance(one, Path)]
        with sparing(*read, *(folder / name for name in (*FILES, DOSSIER))):
            if out.is_file() and is_spared(out):
                talk(f"--out: {out}: {SPARED}")
                raise typer.Exit(2)
            command(**given)

    run.__signature__ = inspect.signature(command, eval_str=True)  # type: ignore[attr-defined] # typer reads it there
    return run


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for one in values:
        yield from one if isinstance(one, list) else (one,)
