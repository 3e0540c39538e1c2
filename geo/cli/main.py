"""The command line: results to stdout, messages to stderr.

Every command exits with 0 for success, 1 if the data have problems, 2 if it was used wrongly, and
70 after a fault of the program itself; ``diff`` exits with 0, 1 or 2, as programs of that name do.
``--debug`` before the command prints the log.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, NoReturn

import typer
from rich.console import Console
from rich.padding import Padding

from geo.changes.changes import changes
from geo.changes.json_output import location_json, record_json
from geo.cli.country import app as country_commands
from geo.cli.diff import print_changes
from geo.cli.events import export_command, import_command
from geo.cli.gazetteer import app as gazetteer_commands
from geo.cli.import_report import tell_fault
from geo.cli.merge import merge_command
from geo.cli.options import BaseMapOption, DataOption, FileArgument, local_day, sparing_inputs
from geo.cli.renamed import Commands
from geo.cli.snapshot import snapshot, snapshots
from geo.cli.snapshot_options import FORMS, short_title
from geo.cli.terminal import as_json, say_what_can_be_said, styled, talk
from geo.cli.versions import DocumentOptions, changes_command, keep_version, marks_since, read_views
from geo.cli.view_options import (
    UNDATED,
    FilterOptions,
    day_of,
    province_code,
    refuse_ignored,
    with_options,
    with_view,
)
from geo.errors import EXIT_FAULT, GeoError, Problem
from geo.events.parties.actors import Registry
from geo.events.readers.file_uses import check_ending, check_events, use_of
from geo.events.store.dataset import is_dataset, read_dataset
from geo.events.store.storage import read_events
from geo.extras import Extra, require
from geo.files import write_whole
from geo.logs import DEBUG_VARIABLE, print_logs
from geo.places.locations import Location, locate
from geo.table.workspace import Workspace
from geo.text import counted
from geo.version import __version__
from geo.view import EVERYTHING, View, apply_view, keep
from geo.view.marks import say_marks
from geo.webmap.event_columns import DRAWN, names_of
from geo.workspace import (
    BASE_MAP_VARIABLE,
    EVENTS_VARIABLE,
    FOLDER_VARIABLE,
    data_folder,
    open_workspace,
    read_country,
)

app = typer.Typer(
    name="incident-map",
    cls=Commands,
    help="Map public reporting on armed groups, no more precisely than its sources allow.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(country_commands, name="country")
app.add_typer(gazetteer_commands, name="gazetteer")
app.command(name="import")(import_command)
app.command(name="export")(export_command)
app.command(name="changes")(changes_command)
app.command(name="merge")(merge_command)
app.command()(snapshot)
app.command()(snapshots)

_LOG: Final = logging.getLogger(__name__)
_EVENTS = {"table", "events", "dataset"}
_LIST_IGNORES = {
    "certain": UNDATED,
    "compare": "--compare: records lists one period; run it once for each with --from and --to",
    "mode": "--mode: records draws no map; remove the option",
    "base_off": "--base-off: records draws no map; remove the option",
    "language": "--language: records draws no map; remove the option",
    "viewport": "--at: records draws no map; remove the option, or filter by --provinces",
}


class OutputFormat(StrEnum):
    """Formats in which a command prints its results."""

    TABLE = "table"
    JSON = "json"


PlaceKindOption = Literal["province", "district", "settlement", "region", "site"]
_PORT: Final = 8501
"""Streamlit's default port."""
_LAST_PORT: Final = 65_535
"""The highest TCP port (RFC 9293, 16 bits)."""
_SHOWN_PROBLEMS: Final = 50
"""Problems that are printed without ``--all``."""

FormatOption = Annotated[OutputFormat, typer.Option("--format", help="Output format.")]


@app.callback(invoke_without_command=True)
def _front(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug",
            # The second is the variable's former name.
            envvar=[DEBUG_VARIABLE, "INCIDENT_MAP_TRACEBACK"],
            show_envvar=False,
            help=f"Print the log to stderr, with time, level and logger, and the traceback of any "
            f"fault of the program. {DEBUG_VARIABLE}=1 does the same.",
        ),
    ] = False,
) -> None:
    print_logs(logging.DEBUG if debug else None)
    _LOG.debug("incident-map %s, Python %s", __version__, sys.version.split()[0])
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def validate(
    file: FileArgument = None,
    data: DataOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Print every problem, however many there are.")
    ] = False,
) -> None:
    """Report the problems of a dossier, each with its line: the first 50, or all with --all."""
    workspace = _open(data, file)
    _print_problems(workspace.problems, None if every else _SHOWN_PROBLEMS)
    errors = len(workspace.errors)
    count = len(workspace.reading.dossier.records)
    left_out = workspace.reading.left_out
    talk(f"{counted(count, 'valid record')}, {left_out} rejected, {counted(errors, 'error')}")
    raise typer.Exit(1 if errors else 0)


@app.command(name="locate")
def locate_names(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="As people write it.")],
    kind: Annotated[
        PlaceKindOption | None, typer.Option(help="Only places of this kind.", show_default=False)
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Province, by name or ISO 3166-2 code."),
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
    data: DataOption = None,
) -> None:
    """Find places by name, in any spelling or script, and report how each was matched."""
    try:
        country = read_country(data_folder(data))
        code = None if within is None else province_code(within, country, "within")
    except GeoError as error:
        _stop(error)
    found = [locate(name, country, kind=kind, within=code) for name in names]
    if form is OutputFormat.JSON:
        _print_json([location_json(one) for one in found])
    else:
        _print_locations(found)
    unsettled = any(one.status in {"unknown", "ambiguous"} for one in found)
    raise typer.Exit(1 if unsettled else 0)


@app.command()
@with_view
def records(
    filters: FilterOptions,
    file: FileArgument = None,
    form: FormatOption = OutputFormat.TABLE,
    data: DataOption = None,
) -> None:
    """List records with their places, dates, status and figures: all, or those selected."""
    workspace = _open(data, file)
    view = _view(filters, workspace, _LIST_IGNORES)
    keep_version(data, file, workspace)
    why = keep(view, workspace.located.table)
    found = [record for record in workspace.reading.dossier.records if not why[record.id]]
    listed = [record_json(record, workspace) for record in found]
    if form is OutputFormat.JSON:
        _print_json(listed)
    else:
        _print_records(listed)
    if view != EVERYTHING:
        talk(f"{len(found)} of {counted(len(why), 'record')}")
    _print_problems(workspace.errors)
    raise typer.Exit(1 if workspace.errors else 0)


@app.command(name="map")
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
    event_table: Annotated[
        Path | None,
        typer.Option(
            "--event-table",
            metavar="EVENTS",
            help="Event file or folder to show as well; see import.",
        ),
    ] = None,
    data: DataOption = None,
    base_map: BaseMapOption = None,
) -> None:
    """Write the map as one HTML file that works without a network.

    The file contains all records; the options decide what it shows when it is opened. Of a folder
    of events, it contains those between --from and --to.
    """
    _check_page(out)
    _require("map", "drawing the map")
    from geo.webmap.document import document_html  # noqa: PLC0415 - folium comes with an extra

    workspace = _open(data, file, base_map)
    view = _view(filters, workspace)
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
        _stop(error)
    except OSError as error:
        _stop(GeoError(f"{out}: cannot be written ({error.strerror})"))
    if marks is None:
        keep_version(data, file, workspace)
    else:
        talk(f"{marks.since}: {say_marks(marks)}", marks.note)
    _print_problems(workspace.errors)
    left_out = workspace.reading.left_out
    ledger = apply_view(view, workspace.located.table, left_out=left_out).ledger
    hidden = ledger.total - ledger.shown
    talk(
        f"{out}: {ledger.drawn} of {counted(ledger.total, 'record')} drawn, "
        f"{ledger.shown - ledger.drawn} not mapped, "
        f"{f'{hidden} filtered out, ' if hidden else ''}{left_out} rejected"
        f"{f'; {table.num_rows:,} events' if table is not None else ''}"
    )
    raise typer.Exit(1 if workspace.errors else 0)


def _check_place(view: View, workspace: Workspace) -> None:
    """Stop at a map position that the browser would move to another place."""
    from geo.snapshot.content.frame import not_on_map  # noqa: PLC0415 - projections are slow to load

    why = not_on_map(view.viewport, workspace.country) if view.viewport else ""
    if why:
        _stop(GeoError(f"--at: {why}"))


def _check_page(out: Path) -> None:
    figure = out.suffix.removeprefix(".").lower() in FORMS
    try:
        check_ending(
            out, (".html", ".htm"),
            f"to make a figure, use `incident-map snapshot --out {out}`" if figure else "",
        )  # fmt: skip
    except GeoError as error:
        _stop(error)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier dossier.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later dossier.")],
    form: FormatOption = OutputFormat.TABLE,
    data: DataOption = None,
) -> None:
    """Report what changed from one dossier to another, field by field.

    Exit code 0 means no difference, 1 a difference, 2 that a file could not be read completely.
    The order, formatting and comments of a file make no difference.
    """
    _two_dossiers(old, new)
    before, after = _open(data, old), _open(data, new)
    try:
        found = changes(before, after)
    except GeoError as error:
        _stop(error)
    if form is OutputFormat.JSON:
        _print_json([entry.to_json() for entry in found.entries])
    else:
        print_changes(found)
    read = (*before.reading.problems, *after.reading.problems)
    _print_problems(problem for problem in read if problem.severity == "error")
    raise typer.Exit(int(bool(found.entries)) if found.complete else 2)


@app.command()
def serve(
    port: Annotated[
        int, typer.Option(min=1, max=_LAST_PORT, help="Port on this computer.")
    ] = _PORT,
    data: DataOption = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    event_table: Annotated[
        Path | None,
        typer.Option(
            "--event-table",
            metavar="EVENTS",
            help="Event file or folder to show as well; see import.",
        ),
    ] = None,
    base_map: BaseMapOption = None,
) -> None:
    """Start the app, reachable from this computer only."""
    _require("app", "the app")
    _check_served(port, data, event_table, base_map)
    # -P: the folder in which the command happens to be run lends the server no modules.
    command = [sys.executable, "-P", "-m", "geo.app.server", f"--port={port}", "--with-parent"]
    command += ["--browser"] if browser else []
    debug = "1" if _LOG.isEnabledFor(logging.DEBUG) else None
    named = {
        FOLDER_VARIABLE: data,
        EVENTS_VARIABLE: event_table and event_table.absolute(),
        BASE_MAP_VARIABLE: base_map and base_map.absolute(),
        DEBUG_VARIABLE: debug,
    }
    environment = os.environ | {name: str(path) for name, path in named.items() if path}
    try:
        raise typer.Exit(max(0, _run(command, environment)))
    except KeyboardInterrupt:
        raise typer.Exit from None


def _check_served(port: int, data: Path | None, events: Path | None, base_map: Path | None) -> None:
    """Stop at what cannot be shown; a table of a known format is imported once it is shown."""
    try:
        country = read_country(data_folder(data))
        if base_map is not None:
            country.with_own_map(base_map)
        if events is not None and (not events.exists() or use_of(events) != "table"):
            check_events(events)
    except GeoError as error:
        _stop(error)
    with socket.socket() as probe:
        # As servers do, so that a port that was just released counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            _stop(GeoError(
                f"--port: {port} cannot be used ({error.strerror}); give another, such as "
                f"--port {port % _LAST_PORT + 1}"
            ))  # fmt: skip


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run the server, and end it when this program is asked to end or dies."""
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env=environment, stdin=subprocess.PIPE
    ) as server:
        before = signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


def main() -> None:
    """Run the command line; a refusal by the package becomes one line and exit code 2.

    A fault of the program also becomes a sentence, with exit code 70.
    """
    say_what_can_be_said()
    try:
        app()
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a sentence
        tell_fault(error, "running this command")
        sys.exit(EXIT_FAULT)


def _two_dossiers(*files: Path) -> None:
    tables = [file for file in files if file.exists() and use_of(file) in _EVENTS]
    if tables:
        _stop(GeoError(
            f"{tables[0]}: contains events, and diff compares two dossiers; to see new events, "
            "import both files and show each with `incident-map map --event-table`"
        ))  # fmt: skip


def _open(data: Path | None, file: Path | None, base_map: Path | None = None) -> Workspace:
    try:
        return open_workspace(data, file, today=local_day(), base_map=base_map)
    except GeoError as error:
        _stop(error)


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


def _view(
    filters: FilterOptions, workspace: Workspace, ignored: Mapping[str, str] = MappingProxyType({})
) -> View:
    try:
        view = filters.view(workspace)
        refuse_ignored(view, ignored)
    except GeoError as error:
        _stop(error)
    return view


def _day(name: str, text: str) -> date:
    try:
        return day_of(name, text)
    except GeoError as error:
        _stop(error)


def _require(extra: Extra, purpose: str) -> None:
    try:
        require(extra, purpose)
    except GeoError as error:
        _stop(error)


def _stop(error: GeoError) -> NoReturn:
    talk(str(error))
    raise typer.Exit(2)


def _print_problems(problems: Iterable[Problem], most: int | None = _SHOWN_PROBLEMS) -> None:
    found = list(problems)
    for problem in found[:most]:
        head = "" if problem.severity == "error" else f"{problem.severity}: "
        talk(f"{head}{problem}")
    if most is not None and len(found) > most:
        more = len(found) - most
        talk(f"and {counted(more, 'problem')} more: 'incident-map validate --all' lists all")


def _print_json(value: list[dict[str, Any]]) -> None:
    typer.echo(as_json(value))


def _print_locations(locations: Iterable[Location]) -> None:
    console = Console(highlight=False)
    for one in locations:
        provinces = ", ".join(one.provinces)
        point = "" if one.lat is None else f"{one.lat:.4f}, {one.lon:.4f} ± {one.uncertainty_m:g} m"
        precision = "" if one.off in {"outside", "unknown"} else one.precision
        known = (one.status, one.name, precision, provinces, point)
        console.print(styled(one.query, "bold"), styled(" · ".join(filter(None, known))))
        if one.note:
            console.print(Padding(styled(one.note, "dim"), (0, 0, 0, 2)))


def _print_records(listed: Iterable[dict[str, Any]]) -> None:
    console = Console(highlight=False)
    for one in listed:
        groups = ", ".join(one["groups"]) or "group not named"
        console.print(styled(one["id"], "bold"), styled(f"{one['kind']} · {groups}", "dim"))
        console.print(Padding(styled(one["sentence"]), (0, 0, 1, 2)))
