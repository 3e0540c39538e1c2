"""The command ``counts``: the fewest and the most records of periods, provinces and groups."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, get_args

import typer
from rich.console import Console
from rich.table import Table

from geo.cli.opening import (
    open_or_stop,
    print_problems,
    view_or_stop,
)
from geo.cli.options import DataOption, EventTableOption, FileArgument
from geo.cli.terminal import as_json, require_or_stop, stop, styled, talk
from geo.cli.view_options import UNDATED, FilterOptions, with_view
from geo.counts.bounds import (
    UNITS,
    BoundedCount,
    BoundedFatalities,
    CountedBy,
    count_cells,
    fatalities_in,
)
from geo.counts.countable import CountedRecords, counted_records, not_mapped
from geo.counts.coverage import say_silence, source_coverage
from geo.counts.event_rows import COUNTED_COLUMNS, counted_events
from geo.counts.period_units import period_name
from geo.counts.saying import (
    CellNames,
    say_bounds,
    say_fatalities,
)
from geo.dossier.messages import meant
from geo.errors import GeoError, OptionError
from geo.events.readers.file_uses import check_events
from geo.events.store.dataset import is_dataset, read_dataset
from geo.events.store.storage import read_events
from geo.files import write_whole
from geo.table.workspace import Workspace
from geo.text import counted as number_of
from geo.view import View
from geo.wording import vocabulary

_DRAWS: Final = "draws no map; remove the option"
IGNORED_BY_COUNTS: Final = {
    "certain": UNDATED,
    "compare": "--compare: counts has one period; use --by, or a statement for incident-map check",
    "mode": f"--mode: counts {_DRAWS}",
    "base_off": f"--base-off: counts {_DRAWS}",
    "language": f"--language: counts {_DRAWS}",
    "counting": "--counting: counts counts records; remove the option",
    "coverage": f"--coverage: counts {_DRAWS}",
    "viewport": f"--at: counts {_DRAWS}",
}
_SHOWN: Final = 12
"""Records that a list on a terminal names; JSON has all."""
_CHART_FORMS: Final = (".png", ".svg", ".pdf")


class CountsFormat(StrEnum):
    """Formats in which counts are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@with_view
def counts_command(
    filters: FilterOptions,
    file: FileArgument = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="WHAT,…",
            help="Rows: month, quarter or year, and province, group, status or kind.",
        ),
    ] = "month",
    form: Annotated[CountsFormat, typer.Option("--format", help="Output format.")] = (
        CountsFormat.TABLE
    ),
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="X.png|svg|pdf", help="Draw the counts to this file."),
    ] = None,
    event_table: EventTableOption = None,
    data: DataOption = None,
) -> None:
    """Count records with bounds: the fewest and the most that a period or a place can have.

    A record that is dated to several days, or placed in a region, may be in one row or in another.
    It adds to the most of each, and to the fewest only where it certainly is. With --event-table,
    the events are counted instead of the records.
    """
    workspace = open_or_stop(data, file)
    view = view_or_stop(filters, workspace, IGNORED_BY_COUNTS)
    try:
        rows = _dimensions(by)
        counted = counted_with(workspace, view, event_table)
        found = count_cells(counted, rows)
        deaths = [fatalities_in(counted, one.cell) for one in found]
    except GeoError as error:
        stop(error)
    names = CellNames.of(workspace)
    lines = [_row(one, dead, rows) for one, dead in zip(found, deaths, strict=True)]
    match form:
        case CountsFormat.JSON:
            typer.echo(
                as_json([line | ids_of_count(one) for line, one in zip(lines, found, strict=True)])
            )
        case CountsFormat.CSV:
            _print_csv(lines)
        case CountsFormat.TABLE:
            _print_table(found, deaths, lines, rows, names)
    _print_beside(counted, workspace, rows, view, is_dossier=event_table is None)
    if chart is not None:
        _draw(counted, workspace, rows, chart)
    print_problems(workspace.errors)
    raise typer.Exit(1 if workspace.errors else 0)


def counted_with(workspace: Workspace, view: View, event_table: Path | None) -> CountedRecords:
    """The records that a View shows, or the events of a table.

    Raises
    ------
    GeoError
        The table cannot be read, or has no column for a filter of the View.
    """
    if event_table is None:
        return counted_records(workspace, view)
    check_events(event_table)
    if is_dataset(event_table):
        first, last = view.days()
        return counted_events(
            read_dataset(event_table, COUNTED_COLUMNS, first=first, last=last), view
        )
    return counted_events(read_events(event_table, COUNTED_COLUMNS), view)


def _dimensions(text: str) -> tuple[CountedBy, ...]:
    known = get_args(CountedBy)
    words = [word.strip() for word in text.split(",") if word.strip()]
    for word in words:
        if word not in known:
            raise OptionError(
                f"--by: {word!r} is not known{meant(word, known)}; expected any of "
                f"{', '.join(known)}"
            )
    if not words or len(set(words)) < len(words):
        raise OptionError(f"--by: {text!r} is not valid; name each dimension once: month,province")
    return tuple(name for word in words for name in known if name == word)


def _values(found: BoundedCount, rows: Sequence[CountedBy]) -> dict[str, str]:
    """The keys of a row of the table, by dimension."""
    cell = found.cell
    fields = {
        "province": cell.provinces, "group": cell.groups, "status": cell.statuses,
        "kind": cell.kinds,
    }  # fmt: skip
    return {
        name: period_name(cell.days, name) if name in UNITS else fields[name][0] for name in rows
    }


def _row(
    found: BoundedCount, deaths: BoundedFatalities, rows: Sequence[CountedBy]
) -> dict[str, Any]:
    return {
        **_values(found, rows),
        "fewest": found.low,
        "most": found.high,
        "killed_reported_low": deaths.reported.low if deaths.reported.incidents_high else None,
        "killed_reported_high": deaths.reported.high if deaths.reported.incidents_high else None,
        "killed_claimed_low": deaths.claimed.low if deaths.claimed.incidents_high else None,
        "killed_claimed_high": deaths.claimed.high if deaths.claimed.incidents_high else None,
        "not_stated_fewest": deaths.not_stated_low,
        "not_stated_most": deaths.not_stated_high,
    }


def ids_of_count(found: BoundedCount) -> dict[str, list[str]]:
    """The ids of a count, for JSON.

    Returns
    -------
    dict
        ``certain`` and ``possible``, the ids of the records.
    """
    return {"certain": list(found.certain_ids), "possible": list(found.possible_ids)}


def _print_csv(lines: Sequence[dict[str, Any]]) -> None:
    if lines:
        writer = csv.DictWriter(sys.stdout, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def _print_table(
    found: Sequence[BoundedCount],
    deaths: Sequence[BoundedFatalities],
    lines: Sequence[dict[str, Any]],
    rows: Sequence[CountedBy],
    names: CellNames,
) -> None:
    table = Table(box=None, pad_edge=False)
    for name in rows:
        table.add_column(name.capitalize())
    for title in ("Records", "Killed, reported", "Killed, claimed"):
        table.add_column(title, justify="right")
    table.add_column("Depends on", overflow="fold")
    for one, dead, line in zip(found, deaths, lines, strict=True):
        table.add_row(
            *(styled(_named(name, line[name], names)) for name in rows),
            styled(say_bounds(one)),
            styled(say_fatalities(dead.reported)),
            styled(say_fatalities(dead.claimed)),
            styled(_some(one.possible_ids, one.high - one.low)),
        )
    Console(highlight=False).print(table)


def _named(name: str, value: str, names: CellNames) -> str:
    readers = {"province": names.province, "group": names.group}
    return readers[name](value) if name in readers else value


def _some(ids: Sequence[str], count: int) -> str:
    shown = ", ".join(ids[:3])
    return f"{shown} and {count - 3} more" if count > 3 else shown  # noqa: PLR2004 - as shown


def _print_beside(
    counted: CountedRecords,
    workspace: Workspace,
    rows: Sequence[CountedBy],
    view: View,
    *,
    is_dossier: bool,
) -> None:
    """Say what is in no row, and of which provinces no source speaks."""
    talk(f"{number_of(len(counted), 'record')} counted")
    if "province" in rows and (beside := not_mapped(counted)):
        words = {one.key: one.label for one in vocabulary.standings(workspace.country.name)}
        parts = " · ".join(f"{number} {words.get(why, why)}" for why, number in beside.items())
        talk(f"Not in any province: {parts}")
    if counted.withdrawn:
        talk(f"Not counted: {number_of(len(counted.withdrawn), 'record')} withdrawn")
    if is_dossier and "province" in rows:
        unit = next((name for name in UNITS if name in rows), UNITS[-1])
        coverage = source_coverage(workspace, unit, first=view.first, last=view.last)
        names = {one.code: one.name for one in workspace.country.provinces}
        sentences = say_silence(coverage, names)
        talk(*sentences[:_SHOWN])
        if len(sentences) > _SHOWN:
            talk(f"and {len(sentences) - _SHOWN} more periods; give --from and --to for others")


def _draw(
    counted: CountedRecords, workspace: Workspace, rows: Sequence[CountedBy], path: Path
) -> None:
    if path.suffix.lower() not in _CHART_FORMS:
        stop(OptionError(f"--chart: {path.name} has to end in {', '.join(_CHART_FORMS)}"))
    if len(rows) != 1:
        stop(OptionError("--chart: draws one dimension; give --by month, or another single one"))
    require_or_stop("briefing", "drawing a chart")
    from geo.counts.charting import chart_of  # noqa: PLC0415 - only for a chart
    from geo.snapshot.chart.drawing import chart_bytes  # noqa: PLC0415 - loads matplotlib

    try:
        drawn = chart_of(counted, rows[0], CellNames.of(workspace), workspace.country.name)
        write_whole(path, chart_bytes(drawn, path.suffix.lower().removeprefix(".")))
    except GeoError as error:
        stop(error)
    talk(f"Written: {path}")
