"""The commands that bring event data in and take it out again."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer
from rich.console import Console
from rich.table import Table

from geo.cli_options import DataOption, today
from geo.cli_saying import Told, one_line, progress, refusals, steps
from geo.cli_words import styled, talk
from geo.country import Country
from geo.errors import IntakeError
from geo.exchange.actors import Registry
from geo.exchange.blocks import cut
from geo.exchange.cells import write_table
from geo.exchange.cluster import check_installed, cluster
from geo.exchange.curated import from_dossier
from geo.exchange.dataset import is_dataset, read_dataset
from geo.exchange.duplicates import suggest
from geo.exchange.exporting import LOSS, to_acled, to_ucdp
from geo.exchange.importing import PARQUET, Imported, convert, read_source
from geo.exchange.mapping import MEANINGS, ColumnMapping, propose
from geo.exchange.partitioned import check_target, import_parts, incidents_of
from geo.exchange.partwise import Job
from geo.exchange.plain import HXL, write_csv, write_geojson
from geo.exchange.reading import Raw, read_head
from geo.exchange.recognise import recognise
from geo.exchange.storage import is_events, read_events, write_events
from geo.files import writing_together
from geo.workspace import (
    DOSSIER,
    Workspace,
    data_folder,
    open_workspace,
    read_country,
)

SAMPLE = 200


class To(StrEnum):
    """What events are written as."""

    ACLED = "acled"
    UCDP = "ucdp-ged"
    CSV = "csv"
    GEOJSON = "geojson"
    GEOPARQUET = "geoparquet"


def import_events(
    source: Annotated[
        Path, typer.Argument(metavar="SRC", help="ACLED, UCDP GED, CSV, GeoJSON or GeoParquet.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="X.parquet|DIR/",
            help="File to write; or a folder, for events larger than memory.",
        ),
    ],
    meanings: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="lat=Y,lon=X", help="What the columns of a table mean."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADDRESS",
            help="Of a running Dask; else the cores of this computer. Only with a folder.",
        ),
    ] = None,
    data: DataOption = None,
) -> None:  # fmt: skip
    """Read event data into an event table; every row left out is listed with its reason.

    Beside the output stand four lists as CSV: rows rejected, doubts about rows that are kept, names
    that nobody knows yet, and events that may be incidents of the dossier. For a table of unknown
    columns a mapping is proposed first, and nothing is written until it is given with --map.

    Where the output is a folder (a name without an ending), the file is read in parts by Dask and
    divided by years; no more of it is in memory than the parts at work. All workers must see the
    file, the folder and the data under the same paths.
    """
    with refusals(out):
        folder = data_folder(data)
        country, workspace = _country(folder)
        groups = workspace.reading.dossier.groups if workspace else None
        registry = Registry.of_folder(folder, groups)
        day = today()
        if out.is_dir() or not out.suffix:
            check_installed()
            check_target(out)
            with progress() as tell:
                tell("Looking for the ends of rows")
                blocks = cut(source.resolve())
            job = Job(blocks, out, folder.resolve(), country.digest, registry, today=day)
            told: Told | None = _by_parts(job, workspace, meanings or [], source, out, scheduler)
        elif scheduler is not None:
            raise IntakeError(f"{out}: is a file; --scheduler needs a folder, such as --out EVENTS")
        else:
            told = _at_once(source, out, meanings or [], country, registry, workspace, day)
    if told is not None:
        told.say(out, _beside(out, "duplicates"))
        raise typer.Exit(1 if told.rejected_rows else 0)


def _at_once(
    source: Path, out: Path, meanings: list[str], country: Country, registry: Registry,
    workspace: Workspace | None, today: date,
) -> Told | None:  # fmt: skip
    """Import a file into one event table; an event table is only written anew."""
    with progress() as tell:
        tell("Reading")
        if _is_ours(source):
            write_events(read_events(source), out)
            talk(f"{out}: the events of {source}, as they are")
            return None
        raw = read_source(source)
    mapping = _mapping(raw, meanings, source, out)
    with progress() as tell:
        found = convert(raw, country, registry, mapping=mapping, today=today, progress=tell)
        tell("Looking for duplicates")
        twice = suggest(found.events, workspace.located.table, registry) if workspace else None
        tell("Writing")
        _write(out, found, twice)
    return Told.of_whole(found, twice)


def _by_parts(
    job: Job, workspace: Workspace | None, meanings: list[str], source: Path, out: Path,
    scheduler: str | None,
) -> Told:  # fmt: skip
    """Import a file into a dataset, its parts by whoever the scheduler has."""
    job = replace(
        job,
        mapping=_mapping(job.blocks.read(0), meanings, source, out),
        incidents=incidents_of(workspace.located.table) if workspace else None,
    )
    with cluster(scheduler) as run, steps() as tell:
        return Told.of_parts(import_parts(job, out.resolve(), run, tell))


def export_events(
    source: Annotated[
        Path,
        typer.Argument(metavar="EVENTS", help="Events, a file or a folder; or a dossier."),
    ],
    to: Annotated[To, typer.Option("--to", help="What to write.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="File to write.")],
    hxl: Annotated[bool, typer.Option("--hxl", help="A second line of HXL tags.")] = False,  # noqa: FBT002
    data: DataOption = None,
) -> None:
    """Write events in the columns of another format; what it cannot say is listed beside it."""
    with refusals(out), progress() as tell:
        folder = data_folder(data)
        country, workspace = _country(folder)
        tell("Reading")
        if source.suffix in {".yaml", ".yml"}:
            workspace = open_workspace(folder, source)
            curated = from_dossier(workspace.located.table, workspace.reading.dossier)
            events, losses = curated.events, curated.losses
        else:
            read = read_dataset if is_dataset(source) else read_events
            events, losses = read(source), LOSS.empty_table()
        groups = workspace.reading.dossier.groups if workspace else None
        registry = Registry.of_folder(folder, groups)
        tell("Writing")
        written, losses = _export(events, losses, to, out, country, registry, hxl=hxl)
    talk(f"{out}: {written:,} of {events.num_rows:,} events")
    if losses is not None:
        talk(f"{_beside(out, 'loss')}: {losses.num_rows:,} lines say what it cannot hold")


def _export(
    events: pa.Table, losses: pa.Table, to: To, out: Path, country: Country,
    registry: Registry, *, hxl: bool,
) -> tuple[int, pa.Table | None]:  # fmt: skip
    makers = {To.ACLED: to_acled, To.UCDP: to_ucdp}
    made = makers[to](events, country, registry) if to in makers else None
    if made is not None:
        losses = pa.concat_tables([losses, made.losses])
    lists = (_beside(out, "loss"),) if made is not None or losses.num_rows else ()
    with writing_together(out, about=lists) as (part, *beside):
        if made is not None:
            write_table(made.table, part, safe=False, tags=HXL if hxl else None)
        elif to is To.CSV:
            write_csv(events, part, country, hxl=hxl)
        elif to is To.GEOJSON:
            write_geojson(events, part, country)
        else:
            write_events(events, part)
        for one in beside:
            write_table(losses, one)
    return (events if made is None else made.table).num_rows, losses if lists else None


def _country(folder: Path) -> tuple[Country, Workspace | None]:
    if (folder / DOSSIER).is_file():
        workspace = open_workspace(folder)
        return workspace.country, workspace
    return read_country(folder), None


def _is_ours(source: Path) -> bool:
    return read_head(source, str(source)).startswith(PARQUET) and is_events(source)


def _mapping(raw: Raw, meanings: list[str], source: Path, out: Path) -> ColumnMapping | None:
    """What the columns mean: known, or as the person says, or else a proposal and the end."""
    columns = raw.table.column_names
    if meanings:
        return ColumnMapping.parse(meanings, columns)
    if recognise(columns) != "table":
        return None
    head = raw.table.slice(0, SAMPLE)
    sample = {name: head[name].cast(pa.string()).to_pylist() for name in columns}
    proposed = propose(columns, sample)
    _print_proposal(proposed, columns, sample)
    command = ["incident-map", "import", str(source), "--out", str(out), "--map", str(proposed)]
    talk("Nothing is written. If this is right, or once you have mended it, run:")
    talk(f"  {shlex.join(command)}")
    raise typer.Exit(2)


def _print_proposal(
    proposed: ColumnMapping, columns: list[str], sample: dict[str, list[str]]
) -> None:
    paper = Table("meaning", "", "column", "such as", "because", box=None)
    for target, column in proposed.columns.items():
        cells = (target, MEANINGS[target][0], column, _first(sample[column]))
        paper.add_row(*map(styled, (*cells, proposed.reasons[target])))
    for column in proposed.unused(columns):
        paper.add_row("", "kept, not used", styled(column), styled(_first(sample[column])), "")
    Console(stderr=True).print(paper)


def _first(texts: list[str]) -> str:
    return next((one_line(text) for text in texts if text.strip()), "")


def _write(out: Path, found: Imported, twice: pa.Table | None) -> None:
    """Write the events with their lists; no list ever stands beside events of another import."""
    named = {
        "rejected": found.rejected, "doubts": found.doubts, "names": found.unknown,
        "duplicates": twice,
    }  # fmt: skip
    lists = {_beside(out, name): table for name, table in named.items() if table is not None}
    with writing_together(out, about=tuple(lists)) as (events, *parts):
        write_events(found.events, events)
        for part, table in zip(parts, lists.values(), strict=True):
            write_table(table, part)


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f"{out.stem}.{what}.csv")
