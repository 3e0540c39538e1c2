"""The commands that read a dossier or look up places: ``validate``, ``locate``, ``records``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.padding import Padding

from geo.changes.json_output import location_json, record_json
from geo.cli.opening import (
    SHOWN_PROBLEMS,
    FormatOption,
    OutputFormat,
    open_or_stop,
    print_json,
    print_problems,
    view_or_stop,
)
from geo.cli.options import DataOption, FileArgument
from geo.cli.terminal import stop, styled, talk
from geo.cli.versions import keep_version
from geo.cli.view_options import UNDATED, FilterOptions, province_code, with_view
from geo.documents.evidence_folder import evidence_path
from geo.documents.verifying import evidence_problems
from geo.dossier.drafts import say_drafts
from geo.errors import GeoError, Problem
from geo.places.locations import Location, locate
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import EVERYTHING, keep, workspace_for
from geo.workspace import DOSSIER, data_folder, read_country

_LIST_IGNORES = {
    "certain": UNDATED,
    "compare": "--compare: records lists one period; run it once for each with --from and --to",
    "mode": "--mode: records draws no map; remove the option",
    "base_off": "--base-off: records draws no map; remove the option",
    "language": "--language: records draws no map; remove the option",
    "counting": "--counting: records counts no groups; remove the option",
    "coverage": "--coverage: records draws no map; remove the option",
    "viewport": "--at: records draws no map; remove the option, or filter by --provinces",
}

PlaceKindOption = Literal["province", "district", "settlement", "region", "site"]


def validate(
    file: FileArgument = None,
    data: DataOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Print every problem, however many there are.")
    ] = False,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Look up the places of drafts as well.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Check documents and passages as well.")
    ] = False,
) -> None:
    """Report the problems of a dossier, each with its line: the first 50, or all with --all.

    What a draft lacks is a note and not an error. With --drafts their places are looked up, too.
    With --evidence a passage that 'incident-map evidence verify' does not find is an error.
    """
    workspace = open_or_stop(data, file)
    workspace = workspace.with_drafts if drafts else workspace
    target = file or data_folder(data) / DOSSIER
    unfound = _evidence_problems(workspace, target) if evidence else ()
    print_problems((*workspace.problems, *unfound), None if every else SHOWN_PROBLEMS)
    errors = len(workspace.errors) + len(unfound)
    reading = workspace.reading
    count = sum(not record.draft for record in reading.dossier.records)
    rest = f"{reading.left_out} rejected, {counted(errors, 'error')}"
    said = f"; {say_drafts(reading.drafts)}" if reading.drafts else ""
    talk(f"{counted(count, 'valid record')}, {rest}{said}")
    raise typer.Exit(1 if errors else 0)


def _evidence_problems(workspace: Workspace, dossier: Path) -> tuple[Problem, ...]:
    return evidence_problems(workspace.reading, evidence_path(dossier))


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
        stop(error)
    found = [locate(name, country, kind=kind, within=code) for name in names]
    if form is OutputFormat.JSON:
        print_json([location_json(one) for one in found])
    else:
        _print_locations(found)
    unsettled = any(one.status in {"unknown", "ambiguous"} for one in found)
    raise typer.Exit(1 if unsettled else 0)


@with_view
def records(
    filters: FilterOptions,
    file: FileArgument = None,
    form: FormatOption = OutputFormat.TABLE,
    data: DataOption = None,
) -> None:
    """List records with their places, dates, status and figures: all, or those selected."""
    workspace = open_or_stop(data, file)
    view = view_or_stop(filters, workspace, _LIST_IGNORES)
    keep_version(data, file, workspace)
    workspace = workspace_for(view, workspace)
    why = keep(view, workspace.located.table)
    found = [record for record in workspace.reading.dossier.records if not why[record.id]]
    listed = [record_json(record, workspace) for record in found]
    if form is OutputFormat.JSON:
        print_json(listed)
    else:
        _print_records(listed)
    if view != EVERYTHING:
        talk(f"{len(found)} of {counted(len(why), 'record')}")
    if view.drafts:
        talk(say_drafts(workspace.reading.drafts))
    print_problems(workspace.errors)
    raise typer.Exit(1 if workspace.errors else 0)


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
