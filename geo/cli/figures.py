"""The commands ``verify`` and ``refresh``, and ``check`` for existing files with figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from geo.cli.earlier_series import checked_series, refreshed_series, verified_series
from geo.cli.opening import FormatOption, OutputFormat, open_or_stop, print_json, print_problems
from geo.cli.options import DataOption, EventTableOption, local_day
from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import require_or_stop, stop, talk
from geo.errors import GeoError, IntakeError, OptionError, WriteError
from geo.files import write_whole
from geo.limits import MAX_SERIES_FILE_BYTES
from geo.text import counted, harmless

if TYPE_CHECKING:
    from geo.cli.earlier_series import SaidOfSeries
    from geo.figures.refreshing import RefreshedFile
    from geo.snapshot.content.event_file import EventFile
    from geo.table.workspace import Workspace

_WHAT = "PPTX, DOCX, PNG, SVG or PDF; of a series also GIF, WebP or MP4."
FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE…", help=_WHAT)]
DossierOption = Annotated[
    Path | None,
    typer.Option(
        "--dossier", metavar="FILE", help="The dossier to compare with; default: the current one.",
        show_default=False,
    ),
]  # fmt: skip


def verify_command(
    files: FilesArgument,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
    event_table: EventTableOption = None,
    data: DataOption = None,
) -> None:
    """Say from which data and question the figures in files are, and whether they were altered.

    Exit code 0 means that nothing speaks against them, 1 that something does or that a file has no
    figure. What a file says of itself is not a signature.
    """
    workspace = _workspace(data, dossier)
    events = _events(event_table, workspace)
    from geo.figures.verifying import verify_figure_file
    from geo.figures.wording import to_json, verified_lines

    is_sound = True
    found: list[dict[str, Any]] = []
    for name, given in _read(files):
        try:
            if (series := verified_series(given, name, workspace)) is not None:
                is_sound = is_sound and series.is_well
                _say(series, form, found)
                continue
            verified = verify_figure_file(given, name, workspace, events)
        except GeoError as error:
            stop(error)
        is_sound = is_sound and verified.is_sound
        talk(*verified.faults)
        if not verified.figures:
            talk(f"{name}: no figure of this program is recognised in it")
        if form is OutputFormat.JSON:
            found += [{"file": name} | to_json(one.figure, verified=one)
                      for one in verified.figures]  # fmt: skip
        else:
            for one in verified.figures:
                _print(f"{name}:", *verified_lines(one))
    if form is OutputFormat.JSON:
        print_json(found)
    raise typer.Exit(0 if is_sound else 1)


def check_figures(
    files: list[Path], dossier: Path | None, form: OutputFormat, event_table: Path | None,
    data: Path | None,
) -> NoReturn:  # fmt: skip
    """Name the figures in files that are out of date, and what has changed since they were made.

    Exit code 0 means that all are current, 1 that some are not.
    """
    workspace = _workspace(data, dossier)
    events = _events(event_table, workspace)
    from geo.figures.checking import check_figure_file
    from geo.figures.wording import checked_lines, summary_of, to_json

    is_current = True
    found: list[dict[str, Any]] = []
    for name, given in _read(files):
        try:
            if (series := checked_series(given, name, workspace)) is not None:
                is_current = is_current and series.is_well
                _say(series, form, found)
                continue
            checked = check_figure_file(given, name, workspace, events)
        except GeoError as error:
            stop(error)
        is_current = is_current and checked.is_current
        talk(*checked.faults)
        if form is OutputFormat.JSON:
            found += [{"file": name} | to_json(one.figure, checked=one) for one in checked.figures]
        else:
            _print(summary_of(checked))
            for one in checked.figures:
                _print(*checked_lines(one))
    if form is OutputFormat.JSON:
        print_json(found)
    raise typer.Exit(0 if is_current else 1)


@sparing_inputs
def refresh_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_WHAT)],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="NEW", help="The new file.", show_default=False),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Replace FILE itself instead.")
    ] = False,
    over_edits: Annotated[
        bool,
        typer.Option(
            "--over-edits",
            help="Also redraw figures that somebody has changed; the changes are lost.",
        ),
    ] = False,
    dossier: DossierOption = None,
    event_table: EventTableOption = None,
    data: DataOption = None,
) -> None:
    """Redraw the figures of a file that are out of date, and leave all else byte for byte.

    Each keeps its place, size and crop. Figures that somebody has changed are left, and the changes
    named; titles, and the text beside pictures, stay. A file of a series is recreated as a whole.
    Exit code 1 means that something was left although it is out of date.
    """
    if (out is None) != in_place:
        stop(OptionError("--out: give the new file, or --in-place to replace the old one"))
    target = out or file
    if not in_place and target.exists() and target.samefile(file):
        stop(OptionError(f"--out: {target} is the file itself; add --in-place to replace it"))
    workspace = _workspace(data, dossier)
    events = _events(event_table, workspace)
    from geo.figures.refreshing import refresh_figure_file
    from geo.series.earlier_wording import refreshed_series_line

    ((name, given),) = _read([file])
    try:
        if (series := refreshed_series(given, name, workspace, local_day())) is not None:
            if series.is_refreshed or not in_place:
                _write(target, series.data)
            _print(refreshed_series_line(series))
            raise typer.Exit(1 if series.because else 0)
        made = refresh_figure_file(
            given, name, workspace, local_day(), events, over_edits=over_edits
        )
    except GeoError as error:
        stop(error)
    if made.refreshed or not in_place:
        _write(target, made.data)
    _report(made, target)
    is_left = bool(made.checked.faults) or any(one.outcome == "left" for one in made.figures)
    raise typer.Exit(1 if is_left else 0)


def _report(made: RefreshedFile, target: Path) -> None:
    from geo.figures.wording import left_to_do, refreshed_lines

    talk(*made.checked.faults)
    for one in made.figures:
        _print(*refreshed_lines(one))
    if not made.figures:
        talk(f"{made.checked.file}: no figure of this program is recognised in it")
    talk(*filter(None, [left_to_do(made)]))
    talk(f"{target}: {counted(made.refreshed, 'figure')} refreshed")


def _say(said: SaidOfSeries, form: OutputFormat, rows: list[dict[str, Any]]) -> None:
    """Print what is said of a file of a series, or add it to the JSON."""
    if form is OutputFormat.JSON:
        rows.append(said.row)
    else:
        _print(*said.lines)


def _workspace(data: Path | None, dossier: Path | None) -> Workspace:
    require_or_stop("briefing", "drawing figures")
    workspace = open_or_stop(data, dossier)
    print_problems(workspace.errors)
    return workspace


def _events(path: Path | None, workspace: Workspace) -> EventFile | None:
    from geo.snapshot.content.event_file import open_event_file

    try:
        return None if path is None else open_event_file(path, workspace)
    except GeoError as error:
        stop(error)


def _read(files: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file, at most one byte more than the limit."""
    for file in files:
        try:
            with file.open("rb") as opened:
                yield str(file), opened.read(MAX_SERIES_FILE_BYTES + 1)
        except OSError as error:
            stop(IntakeError(f"{file}: cannot be read ({error.strerror})"))


def _write(file: Path, data: bytes) -> None:
    try:
        write_whole(file, data)
    except OSError as error:
        stop(WriteError(f"{file}: cannot be written ({error.strerror})"))


def _print(*lines: str) -> None:
    for line in lines:
        typer.echo(harmless(line))
