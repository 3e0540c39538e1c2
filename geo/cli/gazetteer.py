"""The commands that add names to a country's gazetteer."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.parquet as pq
import typer
from rich.console import Console
from rich.progress import Progress

from geo import limits
from geo.cli.options import DataOption
from geo.cli.terminal import talk
from geo.errors import ConflictError, GeoError
from geo.files import alone_in, write_whole
from geo.places.country.files import MORE_NAMES
from geo.places.gazetteer.geonames import Dump, read_dump
from geo.workspace import data_folder, read_country

app = typer.Typer(help="Add names of places.", no_args_is_help=True)


@app.callback()
def _front() -> None:
    """Add names of places."""


@app.command()
def add(
    dump: Annotated[
        Path, typer.Argument(metavar="DUMP.txt", help="A country dump of GeoNames, unpacked.")
    ],
    data: DataOption = None,
) -> None:
    """Add the settlements and sites of a GeoNames dump to the folder of the country.

    With more names, more of them are ambiguous: the province or district stated with a place
    decides. A second dump replaces the first. Credit GeoNames (CC BY 4.0) in what you publish.
    """
    folder = data_folder(data)
    target = folder / MORE_NAMES
    try:
        before = _digest(target)
        found = _read(dump, folder)
        sink = pa.BufferOutputStream()
        pq.write_table(found.table, sink, compression="zstd")
        with alone_in(folder):
            if _digest(target) != before:
                raise ConflictError(
                    f"{target}: someone else has changed it in the meantime, and their version is "
                    "kept; run this again to replace it with your dump"
                )
            write_whole(target, sink.getvalue().to_pybytes())
    except GeoError as error:
        talk(str(error))
        raise typer.Exit(2) from error
    except OSError as error:
        talk(f"{error.filename or target}: {error.strerror}")
        raise typer.Exit(2) from error
    talk(f"{target}: {found.table.num_rows:,} of {found.lines:,} places added")
    for why, count in sorted(found.left_out.items(), key=lambda pair: -pair[1]):
        talk(f"  {count:,} skipped: {why}")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _read(dump: Path, folder: Path) -> Dump:
    country = read_country(folder)
    with dump.open("rb") as opened:
        data = opened.read(limits.MAX_DUMP_BYTES + 1)
    known = [place.id for place in country.gazetteer]
    districts = [(one.id, one.province, one.outline) for one in country.districts.values()]
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Normalising names", total=None)
        return read_dump(
            data, dump.name, country.provinces, districts, known=known,
            progress=lambda done, whole: bar.update(task, completed=done, total=whole),
        )  # fmt: skip
