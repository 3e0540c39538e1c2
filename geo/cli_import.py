"""The commands that bring event data in and take it out again."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import pyarrow as pa
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from geo.cli_options import DataOption
from geo.cli_words import shown, styled, talk
from geo.country import Country
from geo.errors import GeoError
from geo.exchange.actors import Registry
from geo.exchange.cells import write_table
from geo.exchange.curated import from_dossier
from geo.exchange.duplicates import suggest
from geo.exchange.exporting import LOSS, to_acled, to_ucdp
from geo.exchange.importing import PARQUET, Imported, convert, read_source
from geo.exchange.mapping import MEANINGS, ColumnMapping, propose
from geo.exchange.plain import HXL, write_csv, write_geojson
from geo.exchange.reading import Raw, read_head
from geo.exchange.recognise import recognise
from geo.exchange.rejects import by_reason
from geo.exchange.storage import is_events, read_events, write_events
from geo.workspace import (
    DOSSIER,
    Workspace,
    data_folder,
    open_workspace,
    read_country,
)

SAMPLE = 200
SHOWN = 8
"""How many reasons or names are printed; the files beside the output have all."""


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
    out: Annotated[Path, typer.Option("--out", metavar="X.parquet", help="File to write.")],
    meanings: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="lat=Y,lon=X", help="What the columns of a table mean."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Read event data into an event table; every row left out is listed with its reason.

    Beside the output stand four lists as CSV: rows rejected, doubts about rows that are kept, names
    that nobody knows yet, and events that may be incidents of the dossier. For a table of unknown
    columns a mapping is proposed first, and nothing is written until it is given with --map.
    """
    with _refusals(out):
        folder = data_folder(data)
        country, workspace = _country(folder)
        groups = workspace.reading.dossier.groups if workspace else None
        registry = Registry.of_folder(folder, groups)
        with _progress() as tell:
            tell("Reading")
            if _is_ours(source):
                write_events(read_events(source), out)
                talk(f"{out}: the events of {source}, as they are")
                return
            raw = read_source(source)
        mapping = _mapping(raw, meanings or [], source, out)
        with _progress() as tell:
            today = datetime.now(UTC).date()
            found = convert(raw, country, registry, mapping=mapping, today=today, progress=tell)
            tell("Looking for duplicates")
            twice = suggest(found.events, workspace.located.table, registry) if workspace else None
            tell("Writing")
            _write_lists(out, found, twice)
            write_events(found.events, out)
    _summary(out, found, twice)
    raise typer.Exit(1 if found.rejected.num_rows else 0)


def export_events(
    source: Annotated[
        Path, typer.Argument(metavar="EVENTS", help="An event table, or a dossier (.yaml).")
    ],
    to: Annotated[To, typer.Option("--to", help="What to write.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="File to write.")],
    hxl: Annotated[bool, typer.Option("--hxl", help="A second line of HXL tags.")] = False,  # noqa: FBT002
    data: DataOption = None,
) -> None:
    """Write events in the columns of another format; what it cannot say is listed beside it."""
    with _refusals(out), _progress() as tell:
        folder = data_folder(data)
        country, workspace = _country(folder)
        tell("Reading")
        if source.suffix in {".yaml", ".yml"}:
            workspace = open_workspace(folder, source)
            curated = from_dossier(workspace.located.table, workspace.reading.dossier)
            events, losses = curated.events, curated.losses
        else:
            events, losses = read_events(source), LOSS.empty_table()
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
    match to:
        case To.ACLED | To.UCDP:
            make = to_acled if to is To.ACLED else to_ucdp
            made = make(events, country, registry)
            losses = pa.concat_tables([losses, made.losses])
            write_table(losses, _beside(out, "loss"))
            write_table(made.table, out, safe=False, tags=HXL if hxl else None)
            return made.table.num_rows, losses
        case To.CSV:
            write_csv(events, out, country, hxl=hxl)
        case To.GEOJSON:
            write_geojson(events, out, country)
        case To.GEOPARQUET:
            write_events(events, out)
    if losses.num_rows:
        write_table(losses, _beside(out, "loss"))
    return events.num_rows, losses if losses.num_rows else None


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
    return next((_one_line(text) for text in texts if text.strip()), "")


def _one_line(text: str) -> str:
    """The beginning of a text, on one line."""
    return " ".join(shown(text).split())[:32]


def _write_lists(out: Path, found: Imported, twice: pa.Table | None) -> None:
    for name, table in (
        ("rejected", found.rejected), ("doubts", found.doubts), ("names", found.unknown),
        ("duplicates", twice),
    ):  # fmt: skip
        if table is not None:
            write_table(table, _beside(out, name))


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f"{out.stem}.{what}.csv")


def _summary(out: Path, found: Imported, twice: pa.Table | None) -> None:
    rejected = found.rejected_rows
    talk(
        f"{out}: {found.events.num_rows:,} of {found.rows:,} rows of {found.form} kept, "
        f"{rejected:,} rejected"
    )
    for head, findings in (("rejected", found.rejected), ("doubt", found.doubts)):
        _list(
            f"{head}: {rows:,} × {column or 'the row'}: {reason}"
            for column, reason, rows in by_reason(findings)
        )
    unknown = found.unknown.to_pylist()
    _list(f"unknown {one['what']}: {_one_line(one['name'])} ({one['rows']:,} rows)"
          for one in unknown)  # fmt: skip
    if twice is not None and twice.num_rows:
        count = len(set(twice["id"].to_pylist()))
        talk(
            f"  {count:,} events may be incidents of the dossier; see {_beside(out, 'duplicates')}"
        )


def _list(lines: Iterator[str]) -> None:
    every = list(lines)
    for line in every[:SHOWN]:
        talk(f"  {line}")
    if len(every) > SHOWN:
        talk(f"  … and {len(every) - SHOWN:,} more kinds")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    paper = Console(stderr=True)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
        console=paper, transient=True, disable=not paper.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        yield lambda said: bar.update(task, description=said)


@contextmanager
def _refusals(out: Path) -> Iterator[None]:
    """What the package or the disk refuses becomes one line and exit 2."""
    try:
        yield
    except GeoError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or out}: {error.strerror}")


def _stop(said: str) -> NoReturn:
    talk(said)
    raise typer.Exit(2)
