"""The options that most commands share: which country, and which dossier of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.workspace import FOLDER_VARIABLE

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
