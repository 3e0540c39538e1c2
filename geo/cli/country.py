"""The commands that create the folder of a country."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo import limits
from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import talk
from geo.errors import GeoError, IntakeError
from geo.files import making_folder, write_whole
from geo.places.country.scaffold import Scaffold, scaffold
from geo.places.country.world import CountryEntry, country_entry
from geo.workspace import open_workspace

app = typer.Typer(help="Prepare the folder of another country.", no_args_is_help=True)


@app.callback()
def _front() -> None:
    """Prepare the folder of another country."""


@app.command()
@sparing_inputs
def new(
    boundaries: Annotated[
        Path,
        typer.Argument(metavar="BOUNDARIES", help="GeoJSON of the first level below the country."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to create.")],
    districts: Annotated[
        Path | None,
        typer.Option("--districts", metavar="FILE", help="GeoJSON of the second level."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            metavar="NAME",
            help="Name or ISO code of the country, if the file does not state it.",
        ),
    ] = None,
    credit: Annotated[
        str, typer.Option("--credit", metavar="TEXT", help="Credit line to print under every map.")
    ] = "",
) -> None:
    """Create the folder of a country from its boundaries.

    Reads geoBoundaries, OCHA COD-AB, GADM and Natural Earth, and any GeoJSON whose units have a
    name. The folder gets the provinces, their label points and areas, their codes where the file
    has them, and an empty dossier. docs/how-to/countries.md lists what can be added.
    """
    try:
        made = _make(boundaries, districts, _named(country), credit)
        _write(made, out)
    except GeoError as error:
        talk(str(error))
        raise typer.Exit(2) from error
    except OSError as error:
        talk(f"{error.filename or out}: {error.strerror}")
        raise typer.Exit(2) from error
    below = f", {made.districts} districts" if made.districts else ""
    talk(f"{out}: {made.provinces} provinces{below}, and an empty dossier")
    talk(*(f"  {note}" for note in made.notes))
    talk(f"Open it with: incident-map serve --data {out}")


def _named(country: str | None) -> CountryEntry | None:
    if country is None:
        return None
    entry = country_entry(country)
    if entry is None:
        raise IntakeError(
            f"--country {country}: is not a country in ISO 3166-1; expected a name or a code, such "
            "as Kenya, KE or KEN"
        )
    return entry


def _make(
    boundaries: Path, districts: Path | None, country: CountryEntry | None, credit: str
) -> Scaffold:
    below = None if districts is None else (_bytes(districts), districts.name)
    return scaffold(
        _bytes(boundaries), boundaries.name, districts=below, country=country, credit=credit
    )


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(limits.MAX_BOUNDARY_BYTES + 1)


def _write(scaffold: Scaffold, out: Path) -> None:
    """Write the folder as a whole, after checking that it can be read like any other country."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise IntakeError(f"{out}: already exists; expected a new or empty folder")
    with making_folder(out) as staging:
        folder = staging / out.name
        folder.mkdir()
        for name, data in scaffold.files.items():
            write_whole(folder / name, data)
        open_workspace(folder)
