"""The command ``map``, which writes the map document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from geo.cli.opening import open_or_stop, print_problems, view_or_stop
from geo.cli.options import (
    BaseMapOption,
    DataOption,
    EventTableOption,
    FileArgument,
    local_day,
)
from geo.cli.snapshot_options import FORMS, short_title
from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import require_or_stop, stop, talk
from geo.cli.versions import DocumentOptions, keep_version, marks_since, read_views
from geo.cli.view_options import FilterOptions, day_of, with_options, with_view
from geo.errors import GeoError
from geo.events.parties.actors import Registry
from geo.events.readers.file_uses import check_ending, check_events
from geo.events.store.dataset import is_dataset, read_dataset
from geo.events.store.storage import read_events
from geo.files import write_whole
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import Ledger, View, select, workspace_for
from geo.view.marks import say_marks
from geo.webmap.event_columns import DRAWN, names_of
from geo.workspace import data_folder


@sparing_inputs
@with_view
@with_options(DocumentOptions, "page")
def write_map(
    filters: FilterOptions,
    page: DocumentOptions,
    out: Annotated[Path, typer.Option("--out", metavar="X.html", help="File to write.")],
    file: FileArgument = None,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="DATE", help="Date from which the age of presence claims is counted."
        ),
    ] = "today",
    event_table: EventTableOption = None,
    data: DataOption = None,
    base_map: BaseMapOption = None,
) -> None:
    """Write the map as one HTML file that works without a network.

    The file contains all records; the options decide what it shows when it is opened. Of a folder
    of events, it contains those between --from and --to.
    """
    _check_page(out)
    require_or_stop("map", "drawing the map")
    from geo.webmap.document import document_html  # noqa: PLC0415 - folium comes with an extra

    workspace = open_or_stop(data, file, base_map)
    view = view_or_stop(filters, workspace)
    workspace = workspace_for(view, workspace)
    _check_place(view, workspace)
    day = local_day() if as_of == "today" else _day("as-of", as_of)
    try:
        table, names = _events(event_table, view, data, workspace) if event_table else (None, {})
        marks = marks_since(page.since, data, file, workspace) if page.since else None
        text = document_html(
            workspace, view=view, as_of=day, marks=marks, saved=read_views(page.views, workspace),
            events=table, names=names, title=short_title(page.title), origins=page.embed_in or (),
        )  # fmt: skip
        write_whole(out, text.encode())
    except GeoError as error:
        stop(error)
    except OSError as error:
        stop(GeoError(f"{out}: cannot be written ({error.strerror})"))
    if marks is None:
        keep_version(data, file, workspace)
    else:
        talk(f"{marks.since}: {say_marks(marks)}", marks.note)
    print_problems(workspace.errors)
    left_out = workspace.reading.left_out
    ledger = select(view, workspace).ledger
    hidden = ledger.total - ledger.shown
    talk(
        f"{out}: {ledger.drawn} of {counted(ledger.total, 'record')} drawn, "
        f"{ledger.shown - ledger.drawn} not mapped, "
        f"{f'{hidden} filtered out, ' if hidden else ''}{left_out} rejected"
        f"{_drafts(ledger)}"
        f"{f'; {table.num_rows:,} events' if table is not None else ''}"
    )
    raise typer.Exit(1 if workspace.errors else 0)


def _drafts(ledger: Ledger) -> str:
    unread = ledger.unread_drafts
    return f", {counted(unread, 'draft')} cannot be shown yet" if unread else ""


def _check_place(view: View, workspace: Workspace) -> None:
    """Stop at a map position that the browser would move to another place."""
    from geo.snapshot.content.frame import not_on_map  # noqa: PLC0415 - projections are slow to load

    why = not_on_map(view.viewport, workspace.country) if view.viewport else ""
    if why:
        stop(GeoError(f"--at: {why}"))


def _check_page(out: Path) -> None:
    figure = out.suffix.removeprefix(".").lower() in FORMS
    try:
        check_ending(
            out, (".html", ".htm"),
            f"to make a figure, use `incident-map snapshot --out {out}`" if figure else "",
        )  # fmt: skip
    except GeoError as error:
        stop(error)


def _events(
    path: Path, view: View, data: Path | None, workspace: Workspace
) -> tuple[Any, dict[str, str]]:
    """Return events and the names of their groups; from a folder, those in the View's dates."""
    check_events(path)
    if is_dataset(path):
        first, last = view.days()
        table = read_dataset(path, DRAWN, first=first, last=last)
    else:
        table = read_events(path, DRAWN)
    registry = Registry.of_folder(data_folder(data), workspace.reading.dossier.groups)
    return table, names_of(table, registry)


def _day(name: str, text: str) -> date:
    try:
        return day_of(name, text)
    except GeoError as error:
        stop(error)
