"""Statements about counts on the command line: decided for every reading of the records."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NoReturn

import typer
from rich.console import Console
from rich.padding import Padding

from geo.cli.counts import IGNORED_BY_COUNTS, counted_with, ids_of_count
from geo.cli.opening import OutputFormat, open_or_stop, print_problems, view_or_stop
from geo.cli.terminal import as_json, stop, styled, talk
from geo.cli.view_options import FilterOptions
from geo.counts.deciding import Decision, RecordReading, decide
from geo.counts.saying import (
    CellNames,
    say_bounds,
    say_cell,
    say_not_counted,
    say_reading,
    say_statement,
    say_verdict,
)
from geo.counts.statement_text import CountedNames, read_statement
from geo.errors import GeoError
from geo.table.workspace import Workspace
from geo.text import capitalised

_SHOWN: Final = 12
"""Records that a list on a terminal names; JSON has all."""


def check_statement(
    filters: FilterOptions,
    statement: str,
    dossier: Path | None,
    form: OutputFormat,
    event_table: Path | None,
    data: Path | None,
) -> NoReturn:
    """Decide a statement, print the answer and end with its exit code."""
    workspace = open_or_stop(data, dossier)
    view = view_or_stop(filters, workspace, IGNORED_BY_COUNTS)
    try:
        asked = read_statement(statement, CountedNames.of(workspace))
        decision = decide(asked, counted_with(workspace, view, event_table))
    except GeoError as error:
        stop(error)
    names = CellNames.of(workspace)
    if form is OutputFormat.JSON:
        typer.echo(as_json(_decision_json(decision, names)))
    else:
        _print_decision(decision, names, workspace)
    print_problems(workspace.errors)
    raise typer.Exit({"always": 0, "never": 1, "depends": 3}[decision.verdict])


def _decision_json(decision: Decision, names: CellNames) -> dict[str, Any]:
    return {
        "statement": say_statement(decision.statement, names),
        "verdict": decision.verdict,
        "counts": [
            {
                "cell": say_cell(one.cell, names),
                "fewest": one.low,
                "most": one.high,
                **ids_of_count(one),
            }
            for one in decision.bounds
        ],
        "depends_on": list(decision.depends_on),
        "depends_count": decision.depends_count,
        "holds": [_reading_json(one) for one in decision.holds],
        "fails": [_reading_json(one) for one in decision.fails],
        "not_counted": dict(decision.not_counted),
        "approximate_dates": decision.loose,
        "without_source": decision.unsourced,
    }


def _reading_json(reading: RecordReading) -> dict[str, Any]:
    days = {name: day and day.isoformat() for name, day in (
        ("first", reading.first), ("last", reading.last)
    )}  # fmt: skip
    return {"id": reading.id, **days, "provinces": list(reading.provinces)}


def _print_decision(decision: Decision, names: CellNames, workspace: Workspace) -> None:
    console = Console(highlight=False)
    console.print(styled(say_statement(decision.statement, names)), soft_wrap=True)
    console.print(styled(say_verdict(decision), "bold"), soft_wrap=True)
    for one in decision.bounds[:_SHOWN]:
        line = f"{capitalised(say_cell(one.cell, names))}: {say_bounds(one)}"
        console.print(Padding(styled(line), (0, 0, 0, 2)))
    for title, side in (("True if", decision.holds), ("Not true if", decision.fails)):
        if side:
            console.print(styled(title))
        for reading in side[:_SHOWN]:
            console.print(Padding(styled(say_reading(reading, names)), (0, 0, 0, 2)))
    if decision.depends_count > _SHOWN:
        talk(f"and {decision.depends_count - _SHOWN} more records; --format json has them")
    if beside := say_not_counted(decision, workspace.country.name):
        talk(beside)
