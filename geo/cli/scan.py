"""The command ``scan``, which searches a file for what a View and a profile exclude."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from geo import limits
from geo.cli.opening import open_or_stop
from geo.cli.options import DataOption
from geo.cli.terminal import stop, talk
from geo.errors import GeoError, IntakeError
from geo.extras import require
from geo.handover.canaries import Canaries, canaries_of
from geo.handover.scanning import scan_file
from geo.snapshot.content.passing_on import reduction_of
from geo.snapshot.content.recipe import Recipe
from geo.text import counted, harmless


def scan_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to search.")],
    against: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DOSSIER]",
            help="The dossier that it was made from; DIR/incidents.yaml if not given.",
            show_default=False,
        ),
    ] = None,
    view: Annotated[
        Path | None,
        typer.Option(
            "--view",
            metavar="V.json",
            help="What may be in the file: a View as JSON, or the recipe of the figure. Default: "
            "all records.",
            show_default=False,
        ),
    ] = None,
    profile: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Readers: public, partner, internal or another. Default: that of the recipe.",
            show_default=False,
        ),
    ] = "",
    data: DataOption = None,
) -> None:
    """Search a file for records and fields of a dossier that its readers are not to get.

    Searched is every layer: ZIP, PowerPoint and Word, the data of a web page, PDF, the metadata of
    pictures. Anything of the dossier that the View or the profile excludes is a finding. Pixels are
    not read. Exit code 0 means that nothing was found, 1 that something was.
    """
    workspace = open_or_stop(data, against)
    try:
        recipe = _asked(view, profile)
        reduction = reduction_of(workspace, recipe)
        own = (recipe.title, recipe.note, recipe.since, recipe.view.text)
        canaries = Canaries() if reduction is None else canaries_of(reduction, own)
        found = scan_file(_bytes_of(file), file.name, canaries)
    except GeoError as error:
        stop(error)
    for one in found:
        typer.echo(harmless(f"{one.layer}: {one.entry}"))
    talk(f"{file}: {counted(len(found), 'finding')}, searched for {counted(len(canaries), 'text')}")
    raise typer.Exit(1 if found else 0)


def _asked(view: Path | None, profile: str) -> Recipe:
    """The recipe that describes what may be in the file."""
    recipe = Recipe()
    require("briefing", "reading a View")
    from geo.briefing.recreate import view_of  # noqa: PLC0415 - loads what draws

    if view is not None:
        data, name = _bytes_of(view), str(view)
        recipe = Recipe(view=view_of(data, name), only_shown=True)
        if b'"incidentMapRecipe"' in data:
            given = Recipe.from_json(data, name)
            # Without its mark, the View of the recipe decides, and not the records that it names.
            recipe = given if given.only_shown else replace(given, only_shown=True, data="")
    return replace(recipe, profile=profile or recipe.profile)


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(limits.MAX_SCANNED_BYTES + 1)
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}); give the file to search"
        raise IntakeError(msg) from error
    return data
