"""The command ``changes``, and the versions of the data that the other commands keep for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from geo import limits
from geo.changes.since import BRIEFING, Comparison, compare_since, read_since
from geo.changes.versions import KeptVersions, keep_opened, mark_briefing
from geo.cli.diff import print_changes
from geo.cli.options import DataOption, FileArgument, local_day
from geo.cli.terminal import as_json, talk
from geo.errors import GeoError, OptionError
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import say_day
from geo.view.marks import ChangeMarks
from geo.view.saved_views import SavedView, misfits, read_views_file
from geo.workspace import DOSSIER, data_folder, open_workspace

SinceOption = Annotated[
    str,
    typer.Option(
        metavar="WHEN",
        help="Mark what is new, corrected or withdrawn since the last briefing (`briefing`), a "
        "number of days (`7d`) or a date, by the versions of the data that were opened here.",
        show_default=False,
    ),
]
ViewsOption = Annotated[
    Path | None,
    typer.Option(
        "--views",
        metavar="VIEWS.yaml",
        help="Views to hand over with the map as a list: titles with addresses, in YAML or JSON.",
        show_default=False,
    ),
]


@dataclass(frozen=True, kw_only=True)
class DocumentOptions:
    """What a map document carries besides its records, and who may talk to it."""

    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Default: the dossier's title.", show_default=False)
    ] = ""
    embed_in: Annotated[
        list[str] | None,
        typer.Option(
            "--embed-in",
            metavar="ORIGIN",
            help="Origin of a page that may talk to the map in a frame, such as "
            "https://www.example.org; repeat it for several. Default: the map's own origin.",
        ),
    ] = None
    since: SinceOption = ""
    views: ViewsOption = None


_SHOWN: Final = 12
"""Digits of a digest by which a data version is named everywhere."""


def changes_command(
    file: FileArgument = None,
    since: Annotated[
        str,
        typer.Option(
            metavar="WHEN",
            help="`briefing` (the last one), a number of days such as `7d`, or a date. Without it, "
            "the versions that are kept are listed.",
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help="Output format.")
    ] = "table",
    data: DataOption = None,
) -> None:
    """Report what changed since an earlier version that was opened here, field by field.

    Exit code 0 means no difference, 1 a difference, 2 that there is nothing to compare with or a
    version could not be read completely. To compare two files, use diff.
    """
    try:
        workspace = open_workspace(data, file, today=local_day())
        kept = keep_version(data, file, workspace)
        if not since:
            _list(kept, form)
            raise typer.Exit
        found = _compare(since, data, file, workspace, kept)
    except GeoError as error:
        talk(str(error))
        raise typer.Exit(2) from error
    talk(found.marks(workspace).note)
    if form == "json":
        typer.echo(as_json([entry.to_json() for entry in found.found.entries]))
    else:
        print_changes(found.found)
    _faults(found.earlier, workspace)
    raise typer.Exit(int(bool(found.found.entries)) if found.found.complete else 2)


def keep_version(data: Path | None, file: Path | None, workspace: Workspace) -> KeptVersions:
    """Keep the version that a command has opened, and report what prevents it."""
    kept = keep_opened(dossier_path(data, file), workspace, local_day())
    talk(*kept.notes)
    return kept


def mark_briefed(data: Path | None, file: Path | None, workspace: Workspace) -> None:
    """Note that a figure was made of this version."""
    talk(*mark_briefing(dossier_path(data, file), workspace, local_day()))


def marks_since(
    since: str, data: Path | None, file: Path | None, workspace: Workspace
) -> ChangeMarks:
    """Return the marks for a map.

    Raises
    ------
    GeoError
        The option is not valid, or there is no version to compare with.
    """
    kept = keep_version(data, file, workspace)
    return _compare(since, data, file, workspace, kept).marks(workspace)


def read_views(file: Path | None, workspace: Workspace) -> tuple[SavedView, ...]:
    """Read the Views to hand over with a map, and report which of them the data do not fit.

    Raises
    ------
    GeoError
        The file cannot be read, or one of its Views cannot.
    """
    if file is None:
        return ()
    try:
        with file.open("rb") as opened:
            data = opened.read(limits.MAX_STATE_BYTES + 1)
    except OSError as error:
        raise OptionError(f"--views: {file}: cannot be read ({error.strerror})") from error
    found = read_views_file(data, str(file))
    talk(
        *(
            f"warning: {file}: {one.title!r} {why}"
            for one in found
            if (why := misfits(one, workspace))
        )
    )
    return found


def dossier_path(data: Path | None, file: Path | None) -> Path:
    """Return the path of the dossier that a command opens."""
    return file or data_folder(data) / DOSSIER


def _compare(
    since: str, data: Path | None, file: Path | None, workspace: Workspace, kept: KeptVersions
) -> Comparison:
    today = local_day()
    try:
        asked = read_since(since, today)
    except OptionError as error:
        msg = f"--since: {error}"
        raise OptionError(msg) from error
    return compare_since(asked, dossier_path(data, file), kept, workspace, today)


def _list(kept: KeptVersions, form: str) -> None:
    """Print the kept versions, the latest first."""
    rows = [(one.day, one.digest[:_SHOWN]) for one in reversed(kept.opened)]
    if form == "json":
        typer.echo(as_json([{"day": day.isoformat(), "dataVersion": name} for day, name in rows]))
    else:
        for day, name in rows:
            typer.echo(f"{day}  {name}{_is_briefing(kept, name)}")
    talk(_say_kept(kept))


def _is_briefing(kept: KeptVersions, name: str) -> str:
    one = kept.briefing
    return f"  last briefing, {one.day}" if one and one.digest.startswith(name) else ""


def _say_kept(kept: KeptVersions) -> str:
    dropped = f", {kept.dropped} older dropped" if kept.dropped else ""
    oldest = f" since {say_day(kept.opened[0].day)}" if kept.opened else ""
    count = counted(len(kept.opened), "version")
    return f"{count} kept{oldest}{dropped}; add --since {BRIEFING}, 7d or a date"


def _faults(*versions: Workspace) -> None:
    problems = {str(one): None for version in versions for one in version.reading.errors}
    talk(*problems)
