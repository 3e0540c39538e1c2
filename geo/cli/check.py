"""The command ``check``: a statement about counts, or the figures in existing files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from geo.cli.figures import DossierOption, check_figures
from geo.cli.opening import FormatOption, OutputFormat, open_or_stop, view_or_stop
from geo.cli.options import DataOption, EventTableOption
from geo.cli.statements import check_statement
from geo.cli.terminal import stop
from geo.cli.view_options import FilterOptions, with_view
from geo.errors import OptionError
from geo.view import EVERYTHING

_FIGURES: Final = frozenset({".pptx", ".docx", ".png", ".svg", ".pdf", ".gif", ".webp", ".mp4"})


@with_view
def check_command(
    filters: FilterOptions,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="STATEMENT|FILE...",
            help='A statement in named parts, such as "more: period=2022; than: period=2021"; or '
            "files with figures: PPTX, DOCX, PNG, SVG or PDF; of a series also GIF, WebP or MP4.",
        ),
    ],
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
    event_table: EventTableOption = None,
    data: DataOption = None,
) -> None:
    """Check a statement for every reading of the records, or the figures in earlier files.

    A statement is always true, never true, or depends on records that are named:

    more: province=Panjshir, period=2022; than: province=Baghlan, period=2022
    at-least: 5; in: group=nrf, period=2024        (or at-most)
    share: above 50%; status=claimed_only; in: period=2024
    rises: by month; period=2024-01/2024-06; in: group=nrf        (or falls)
    most: province=Panjshir; in: period=2022        (or group, status, month, quarter, year)
    first: record=ID; in: province=Panjshir        (or last)

    Exit code 0 means always, 1 never, 3 that it depends, and 2 that it could not be checked.

    Of files, the figures that are out of date are named, with what has changed since. Exit code 0
    means that all are current, 1 that some are not.
    """
    files = [Path(one) for one in what]
    if files[0].suffix.lower() not in _FIGURES and not files[0].is_file():
        if len(what) > 1:
            stop(OptionError("STATEMENT: give one statement in quotes, or files with figures"))
        check_statement(filters, what[0], dossier, form, event_table, data)
    workspace = open_or_stop(data, dossier)
    if view_or_stop(filters, workspace) != EVERYTHING:
        stop(OptionError("filters are for statements, not for files with figures"))
    check_figures(files, dossier, form, event_table, data)
