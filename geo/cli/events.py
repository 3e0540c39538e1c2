"""The commands that import and export event data."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import pyarrow as pa
import typer
from rich.console import Console
from rich.table import Table

from geo.cli.citations import write_sources
from geo.cli.import_report import cell_excerpt, print_report, progress, refusals, steps
from geo.cli.options import DataOption, local_day
from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import styled, talk
from geo.cli.workbook import write_dossier
from geo.dossier.records import Group
from geo.errors import IntakeError
from geo.events.cells.date_evidence import reading_in_words
from geo.events.cells.dates import Calendar, DateOrder, DateReading
from geo.events.columns.formats import recognise
from geo.events.columns.losses import LETTERS_OF_A_CELL, LOSS, of_markup, of_plain
from geo.events.columns.text_cells import write_table
from geo.events.export.curated import from_dossier
from geo.events.export.exporting import to_acled, to_ucdp
from geo.events.export.plain import HXL, write_csv, write_geojson
from geo.events.export.to_kml import write_kml
from geo.events.export.to_xlsx import write_xlsx
from geo.events.importing.duplicates import suggest
from geo.events.importing.importing import PARQUET, ImportedEvents, check_answers, convert
from geo.events.importing.report import ImportReport
from geo.events.mapping.headings import MEANINGS
from geo.events.mapping.mapping import ColumnMapping, date_parts
from geo.events.mapping.proposing import proposal_of, sample_of, swapped
from geo.events.out_of_core.blocks import cut
from geo.events.out_of_core.cluster import cluster
from geo.events.out_of_core.partitioned import check_target, import_parts, incidents_of
from geo.events.out_of_core.partwise import Job
from geo.events.parties.actors import Registry
from geo.events.readers.counts import refuse_counts
from geo.events.readers.csv_rows import RawTable
from geo.events.readers.file_uses import check_ending, check_events, check_source
from geo.events.readers.opening import WORDS, read_source
from geo.events.readers.sources import read_head
from geo.events.store.dataset import is_dataset, read_dataset
from geo.events.store.storage import is_events, read_events, write_events
from geo.extras import require
from geo.files import writing_together
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.wording.symbology import group_styles
from geo.workspace import DOSSIER, data_folder, open_workspace, read_country


class ExportFormat(StrEnum):
    """Formats that events can be exported to."""

    ACLED = "acled"
    UCDP = "ucdp-ged"
    CSV = "csv"
    GEOJSON = "geojson"
    GEOPARQUET = "geoparquet"
    XLSX = "xlsx"
    KML = "kml"
    KMZ = "kmz"
    WORKBOOK = "workbook"
    CSL = "csl"
    BIBTEX = "bibtex"
    RIS = "ris"


ENDINGS: Final = {
    ExportFormat.CSV: (".csv",), ExportFormat.ACLED: (".csv",), ExportFormat.UCDP: (".csv",),
    ExportFormat.GEOJSON: (".geojson", ".json"),
    ExportFormat.GEOPARQUET: (".parquet", ".geoparquet"),
    ExportFormat.XLSX: (".xlsx",), ExportFormat.WORKBOOK: (".xlsx",),
    ExportFormat.KML: (".kml",), ExportFormat.KMZ: (".kmz",),
    ExportFormat.CSL: (".json",), ExportFormat.BIBTEX: (".bib",), ExportFormat.RIS: (".ris",),
}  # fmt: skip


_SOURCE_LISTS: Final = frozenset({ExportFormat.CSL, ExportFormat.BIBTEX, ExportFormat.RIS})


@sparing_inputs
def import_command(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SRC",
            help=f"ACLED, UCDP GED, GTD, Insecurity Insight, or any table: {WORDS}.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="X.parquet|DIR/",
            help="File to write, or a folder for events larger than memory.",
        ),
    ],
    meanings: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="lat=Y,lon=X", help="Meanings of the columns of a table."),
    ] = None,
    date_order: Annotated[
        DateOrder | None,
        typer.Option(
            help="Order of day and month, if the dates of the file do not show it."
        ),
    ] = None,
    calendar: Annotated[
        Calendar | None, typer.Option(help="Calendar of years such as 1401.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADDRESS",
            help="Address of a running Dask scheduler (default: the cores of this computer); "
            "only with a folder.",
        ),
    ] = None,
    sheet: Annotated[
        str,
        typer.Option(
            "--sheet", metavar="NAME",
            help="Sheet of a workbook, or file of a ZIP archive (default: the one most like a "
            "list of events).",
        ),
    ] = "",
    data: DataOption = None,
) -> None:  # fmt: skip
    """Import event data into an event table; every rejected row is listed with its reason.

    Four lists are written beside the output as CSV: rejected rows, rows imported with warnings,
    unmatched names, and possible duplicates of incidents in the dossier. For a table with unknown
    columns, a mapping is proposed first, and nothing is written until you confirm it with --map.

    If the output is a folder (a name without an ending), Dask reads the file in parts and divides
    it by year; only the parts in progress are in memory. All workers must see the file, the
    folder and the data under the same paths.
    """
    stated = [*(meanings or []), *date_parts(date_order, calendar)]
    with refusals(out):
        check_source(source)
        if meanings is not None and not any(text.strip() for text in meanings):
            raise IntakeError("--map: is empty; say what the columns mean, such as lat=Y,lon=X")
        folder = data_folder(data)
        country, workspace = _country(folder)
        groups = workspace.reading.dossier.groups if workspace else None
        registry = Registry.of_folder(folder, groups)
        day = local_day()
        if out.is_dir() or not out.suffix:
            if sheet:
                raise IntakeError(
                    f"--sheet: {out} is a folder, and only CSV and GeoParquet are read into one; "
                    f"give --out {out}.parquet"
                )
            require("dask", "importing into a folder")
            check_target(out)
            with progress() as tell:
                tell("Finding the ends of rows")
                blocks = cut(source.resolve())
            job = Job(blocks, out, folder.resolve(), country.digest, registry, today=day)
            report: ImportReport | None = _by_parts(
                job, workspace, country, stated, source, out, scheduler
            )
        elif scheduler is not None:
            raise IntakeError(f"{out}: is a file; --scheduler needs a folder, such as --out EVENTS")
        else:
            _check_table(out)
            report = _at_once(source, out, stated, country, registry, workspace, day, sheet)
    if report is not None:
        print_report(report, out, _list_file(out, "duplicates"))
        raise typer.Exit(1 if report.rejected_rows else 0)


def _check_table(out: Path) -> None:
    form = next(
        (to for to, endings in ENDINGS.items() if out.suffix.lower() in endings), ExportFormat.CSV
    )
    table = out.with_suffix(".parquet")
    check_ending(
        out, ENDINGS[ExportFormat.GEOPARQUET],
        f"import writes an event table: use --out {table}, then "
        f"`incident-map export {table} --to {form} --out {out.with_suffix(ENDINGS[form][0])}`",
    )  # fmt: skip


def _at_once(
    source: Path, out: Path, meanings: list[str], country: Country, registry: Registry,
    workspace: Workspace | None, today: date, sheet: str,
) -> ImportReport | None:  # fmt: skip
    """Import a file into one event table; an event table is only rewritten."""
    with progress() as tell:
        tell("Reading")
        if _is_ours(source):
            if meanings or sheet:
                raise IntakeError(
                    f"{source}: is an event table already, which is only copied; leave out --map, "
                    "--date-order, --calendar and --sheet"
                )
            write_events(read_events(source), out)
            talk(f"{out}: events of {source}, unchanged")
            return None
        raw = read_source(source, part=sheet)
    mapping = _mapping(raw, meanings, country, source, out, sheet)
    with progress() as tell:
        found = convert(raw, country, registry, mapping=mapping, today=today, progress=tell)
        tell("Looking for duplicates")
        twice = suggest(found.events, workspace.located.table, registry) if workspace else None
        tell("Writing")
        _write(out, found, twice)
    return ImportReport.of(found, twice)


def _by_parts(
    job: Job, workspace: Workspace | None, country: Country, meanings: list[str], source: Path,
    out: Path, scheduler: str | None,
) -> ImportReport:  # fmt: skip
    """Import a file into a dataset, its parts by the workers of the scheduler."""
    job = replace(
        job,
        mapping=_mapping(job.blocks.read(0), meanings, country, source, out),
        incidents=incidents_of(workspace.located.table) if workspace else None,
    )
    with cluster(scheduler) as run, steps() as tell:
        return import_parts(job, out.resolve(), run, tell)


@sparing_inputs
def export_command(
    source: Annotated[
        Path,
        typer.Argument(metavar="EVENTS", help="Events (a file or a folder), or a dossier."),
    ],
    to: Annotated[ExportFormat, typer.Option("--to", help="Format to write.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="File to write.")],
    hxl: Annotated[bool, typer.Option("--hxl", help="Add a second line with HXL tags.")] = False,
    data: DataOption = None,
) -> None:
    """Export events to another format; what it cannot hold is listed in a file next to it.

    A dossier can also be exported as a workbook, to be edited and given to import-workbook, and its
    sources for reference managers: csl (CSL-JSON), bibtex or ris.
    """
    with refusals(out), progress() as tell:
        check_ending(out, ENDINGS[to], why=f"to match --to {to}")
        if hxl and ENDINGS[to] != (".csv",):
            raise IntakeError(
                f"--hxl: --to {to} has no line of HXL tags; remove it, or give --to csv"
            )
        if to is ExportFormat.WORKBOOK:
            write_dossier(source, out, has_data=data is not None)
            return
        if to in _SOURCE_LISTS:
            write_sources(source, out, to.value, has_data=data is not None)
            return
        folder = data_folder(data)
        country, workspace = _country(folder)
        tell("Reading")
        if source.suffix in {".yaml", ".yml"}:
            workspace = open_workspace(folder, source)
            curated = from_dossier(workspace.located.table, workspace.reading.dossier)
            events, losses = curated.events, curated.losses
        else:
            check_events(source)
            read = read_dataset if is_dataset(source) else read_events
            events, losses = read(source), LOSS.empty_table()
        groups = workspace.reading.dossier.groups if workspace else None
        registry = Registry.of_folder(folder, groups)
        tell("Writing")
        written, losses = _export(
            events, losses, to, out, country, registry, hxl=hxl, groups=groups
        )
    talk(f"{out}: {written:,} of {events.num_rows:,} events written")
    if losses is not None:
        talk(
            f"{_list_file(out, 'loss')}: {losses.num_rows:,} lines list what the format cannot hold"
        )


def _export(
    events: pa.Table, losses: pa.Table, to: ExportFormat, out: Path, country: Country,
    registry: Registry, *, hxl: bool, groups: Mapping[str, Group] | None = None,
) -> tuple[int, pa.Table | None]:  # fmt: skip
    makers = {ExportFormat.ACLED: to_acled, ExportFormat.UCDP: to_ucdp}
    converted = makers[to](events, country, registry) if to in makers else None
    losses = pa.concat_tables([losses, converted.losses if converted else _losses(events, to)])
    lists = (_list_file(out, "loss"),) if converted is not None or losses.num_rows else ()
    with writing_together(out, about=lists) as (part, *beside):
        if converted is not None:
            write_table(converted.table, part, safe=False, tags=HXL if hxl else None)
        elif to is ExportFormat.CSV:
            write_csv(events, part, country, hxl=hxl)
        elif to is ExportFormat.GEOJSON:
            write_geojson(events, part, country)
        elif to is ExportFormat.XLSX:
            write_xlsx(events, losses, part, country)
        elif to in {ExportFormat.KML, ExportFormat.KMZ}:
            styles = group_styles(groups or {})
            write_kml(events, part, country, registry, styles, packed=to is ExportFormat.KMZ)
        else:
            write_events(events, part)
        for one in beside:
            write_table(losses, one)
    return (events if converted is None else converted.table).num_rows, losses if lists else None


def _losses(events: pa.Table, to: ExportFormat) -> pa.Table:
    """Return the list of what a file in our own columns omits."""
    if to is ExportFormat.GEOPARQUET:
        return LOSS.empty_table()
    if to in {ExportFormat.CSV, ExportFormat.GEOJSON}:
        return of_plain(events)
    return of_markup(events, LETTERS_OF_A_CELL if to is ExportFormat.XLSX else None)


def _country(folder: Path) -> tuple[Country, Workspace | None]:
    if (folder / DOSSIER).is_file():
        workspace = open_workspace(folder)
        return workspace.country, workspace
    return read_country(folder), None


def _is_ours(source: Path) -> bool:
    return read_head(source, str(source)).startswith(PARQUET) and is_events(source)


def _mapping(
    raw: RawTable, meanings: list[str], country: Country, source: Path, out: Path, sheet: str = ""
) -> ColumnMapping | None:
    """Return a known or stated mapping; otherwise print a proposal and end the command."""
    refuse_counts(raw)
    columns = raw.table.column_names
    stated = ColumnMapping.parse(meanings, columns) if meanings else None
    check_answers(columns, stated, str(source))
    if (stated is not None and stated.names_columns) or recognise(columns) != "table":
        return stated
    sample, box = sample_of(raw.table), country.provinces.whole.bounds
    proposed = replace(proposal_of(raw.table, box), dates=stated.dates if stated else DateReading())
    _print_proposal(proposed, columns, sample)
    for note in raw.notes:
        talk(f"  note: {note}")
    cells = (text for name in proposed.all_of("date") for text in sample[name])
    if dates := reading_in_words(cells, proposed.dates):
        talk(dates)
    command = ["incident-map", "import", str(source), "--out", str(out)]
    command += ["--sheet", sheet] if sheet else []
    if proposed.all_of("date"):
        talk("Nothing is written. If this is right, or once you have corrected it, run:")
    else:
        talk(
            "Nothing is written. An event needs a date, and no column was found that holds dates.",
            "If there is one, put its name in place of COLUMN and run:",
        )
    named = [*(["date=COLUMN"] if not proposed.all_of("date") else []), str(proposed)]
    talk(f"  {shlex.join([*command, '--map', ','.join(filter(None, named))])}")
    found = {target: proposed.all_of(target) for target in ("lat", "lon")}
    if all(found.values()) and swapped(found, sample, box):
        talk("Latitude and longitude look swapped. To exchange them, run:")
        talk(f"  {shlex.join([*command, '--map', str(proposed.exchanged())])}")
    raise typer.Exit(2)


def _print_proposal(
    proposed: ColumnMapping, columns: list[str], sample: dict[str, list[str]]
) -> None:
    table = Table("meaning", "", "column", "example", "reason", box=None)
    for target in proposed.columns:
        for column in proposed.all_of(target):
            cells = (target, MEANINGS[target][0], column, _first(sample[column]))
            table.add_row(*map(styled, (*cells, proposed.reasons[target])))
    for column in proposed.unused(columns):
        table.add_row("", "kept, not mapped", styled(column), styled(_first(sample[column])), "")
    Console(stderr=True).print(table)


def _first(texts: list[str]) -> str:
    return next((cell_excerpt(text) for text in texts if text.strip()), "")


def _write(out: Path, imported: ImportedEvents, twice: pa.Table | None) -> None:
    """Write the events and their lists together, so that no list belongs to another import."""
    named = {
        "rejected": imported.rejected, "doubts": imported.doubts, "names": imported.unknown,
        "duplicates": twice,
    }  # fmt: skip
    lists = {_list_file(out, name): table for name, table in named.items() if table is not None}
    with writing_together(out, about=tuple(lists)) as (events, *parts):
        write_events(imported.events, events)
        for part, table in zip(parts, lists.values(), strict=True):
            write_table(table, part)


def _list_file(out: Path, what: str) -> Path:
    return out.with_name(f"{out.stem}.{what}.csv")
