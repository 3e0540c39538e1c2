"""Options that most commands share: the country and its dossier; and the current day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from geo.settings import BASE_MAP_VARIABLE, FOLDER_VARIABLE

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

EventTableOption = Annotated[
    Path | None,
    typer.Option(
        "--event-table", metavar="EVENTS", help="Event file or folder to show as well; see import."
    ),
]


def local_day() -> date:
    """Return the current day in this computer's time zone."""
    return datetime.now().astimezone().date()
