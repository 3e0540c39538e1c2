"""Options that most commands share: the country and its dossier; and the current day."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from geo.cli.terminal import talk
from geo.files import SPARED, is_spared, sparing
from geo.places.country.files import FILES
from geo.workspace import BASE_MAP_VARIABLE, DOSSIER, FOLDER_VARIABLE, data_folder

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", envvar=FOLDER_VARIABLE, help="Folder of another country."
    ),
]
FileArgument = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE]", help="A dossier; DIR/incidents.yaml if not given."),
]

BaseMapOption = Annotated[
    Path | None,
    typer.Option(
        "--base-map",
        metavar="X.pmtiles",
        envvar=BASE_MAP_VARIABLE,
        help="Roads or pictures of your own to draw under the records.",
    ),
]


def local_day() -> date:
    """Return the current day in this computer's time zone."""
    return datetime.now().astimezone().date()


def sparing_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """Have a command with ``--out`` never write over a file that it reads.

    What it reads are its arguments and options that are paths, and the files of the country.
    """

    @wraps(command)
    def run(**given: Any) -> None:
        out = Path(given["out"])
        folder = data_folder(given.get("data"))
        read = [one for name, one in given.items() if isinstance(one, Path) and name != "out"]
        with sparing(*read, *(folder / name for name in (*FILES, DOSSIER))):
            if out.is_file() and is_spared(out):
                talk(f"{out}: {SPARED}")
                raise typer.Exit(2)
            command(**given)

    run.__signature__ = inspect.signature(command, eval_str=True)  # type: ignore[attr-defined] # typer reads it there
    return run
