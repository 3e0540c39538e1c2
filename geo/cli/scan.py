"""The command ``scan``, which searches a file for what a View and a profile exclude."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from geo import limits
from geo.cli.opening import open_or_stop, view_or_stop
from geo.cli.options import DataOption
from geo.cli.terminal import stop, talk
from geo.cli.view_options import UNDATED, FilterOptions, with_view
from geo.errors import GeoError, IntakeError
from geo.handover.canaries import canaries_of
from geo.handover.profiles import INTERNAL, profile_named, read_profiles
from geo.handover.reducing import reduce_workspace
from geo.handover.scanning import scan_file
from geo.text import counted, harmless

_IGNORED: Final = {
    "mode": "--mode: scan draws no map; remove the option",
    "base_off": "--base-off: scan draws no map; remove the option",
    "language": "--language: scan draws no map; remove the option",
    "viewport": "--at: scan draws no map; remove the option, or filter by --provinces",
    "certain": UNDATED,
}


@with_view
def scan_command(
    filters: FilterOptions,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to search.")],
    against: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DOSSIER]",
            help="The dossier that it was made from; DIR/incidents.yaml if not given.",
            show_default=False,
        ),
    ] = None,
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="Readers: public, partner, internal or another.")
    ] = INTERNAL.name,
    data: DataOption = None,
) -> None:
    """Search a file for records and fields of a dossier that its readers are not to get.

    Searched is every layer: ZIP, PowerPoint and Word, the data of a web page, PDF, the metadata of
    pictures. The filters say what may be in the file; anything else of the dossier is a finding.
    Pixels are not read. Exit code 0 means that nothing was found, 1 that something was.
    """
    workspace = open_or_stop(data, against)
    view = view_or_stop(filters, workspace, _IGNORED)
    try:
        readers = profile_named(profile, read_profiles(workspace.country.folder))
        canaries = canaries_of(reduce_workspace(workspace, [view], readers), [view.text])
        found = scan_file(_bytes_of(file), file.name, canaries)
    except GeoError as error:
        stop(error)
    for one in found:
        typer.echo(harmless(f"{one.layer}: {one.entry}"))
    talk(f"{file}: {counted(len(found), 'finding')}, searched for {counted(len(canaries), 'text')}")
    raise typer.Exit(1 if found else 0)


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(limits.MAX_SCANNED_BYTES + 1)
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}); give the file to search"
        raise IntakeError(msg) from error
    return data
