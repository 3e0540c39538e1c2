"""The command ``import-workbook``, and the export that it reads: a dossier as a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.terminal import stop, talk
from geo.dossier.editing import Edit, applied
from geo.dossier.rebasing import rebased
from geo.dossier.saving import read_history, save_edit
from geo.errors import ConflictError, EditError, GeoError, IntakeError, OptionError
from geo.files import write_whole
from geo.text import counted, harmless

if TYPE_CHECKING:
    from geo.workbook.edits import WorkbookEdits
    from geo.workbook.rows import CellChange


@dataclass
class _Preview:
    """What would become of each edit if it were saved now."""

    ready: list[Edit] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    known: int = 0


def import_workbook_command(
    file: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="The edited workbook.")],
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier to change.")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Save the edits. Default: only list them.")
    ] = False,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Who made the edits, for the history log.")
    ] = "",
) -> None:
    """List what an edited workbook changes in a dossier, cell by cell, and with --apply save it.

    The workbook is one that `incident-map export DOSSIER --to workbook` wrote. Entries that have
    changed in the dossier since are merged field by field. Entries with a problem are listed
    and not changed; fix the cells and import the workbook again. Exit code 1 means that there were
    some, 2 that a file could not be read or written.
    """
    try:
        _check_options(by, apply=apply)
        if not file.is_file():
            msg = f"{file}: there is no such file; give the workbook that was edited"
            raise OptionError(msg)
        from geo.workbook.edits import edits_of_workbook  # noqa: PLC0415 - loads a reader of sheets

        found = edits_of_workbook(file, str(file), by=by.strip(), why=f"workbook {file.name}")
        preview = _previewed(dossier, found)
        _print([one for one in found.changes if one.key in {edit.key for edit in preview.ready}])
        talk(*map(str, found.problems), *preview.refused)
        saved = _saved(dossier, preview) if apply else 0
    except GeoError as error:
        stop(error)
    if preview.known:
        talk(f"{counted(preview.known, 'entry', 'entries')}: the dossier has these edits already")
    left_out = len(found.errors) + len(preview.refused)
    if apply:
        talk(f"{dossier}: {counted(saved, 'entry', 'entries')} saved")
    elif preview.ready:
        count = counted(len(preview.ready), "entry", "entries")
        talk(f"{count} would change; nothing is saved without --apply")
    elif not left_out and not preview.known:
        talk("the workbook changes nothing")
    raise typer.Exit(1 if left_out else 0)


def write_dossier(source: Path, out: Path, *, has_data: bool) -> None:
    """Export a dossier as a workbook.

    Raises
    ------
    IntakeError
        If the file is not a dossier, or options were given that do not concern it.
    """
    if source.suffix not in {".yaml", ".yml"}:
        msg = f"{source}: --to workbook exports a dossier, such as incidents.yaml; give one"
        raise IntakeError(msg)
    if has_data:
        msg = "--data: the workbook has only what is in the dossier; remove it"
        raise OptionError(msg)
    data = _bytes_of(source)
    from geo.workbook.writing import workbook_of  # noqa: PLC0415 - loads a writer of sheets

    write_whole(out, workbook_of(data))
    talk(
        f"{out}: the dossier as a workbook; when it is edited, run "
        f"`incident-map import-workbook {out} {source}`"
    )


def _check_options(by: str, *, apply: bool) -> None:
    if apply and not by.strip():
        msg = "--by: give your name, which the history log shows beside each edit"
        raise OptionError(msg)
    if by and not apply:
        msg = "--by: nothing is saved without --apply; add it, or remove --by"
        raise OptionError(msg)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror})"
        raise OptionError(msg) from error


def _previewed(file: Path, found: WorkbookEdits) -> _Preview:
    """Try the edits one after another, each on what the ones before it leave."""
    data, preview = _bytes_of(file), _Preview()
    history = read_history(file)
    for edit in found.edits:
        try:
            fitting = rebased(data, edit, history)
            if not fitting.new:
                preview.known += 1
                continue
            data = applied(data, fitting)
        except (ConflictError, EditError) as error:
            preview.refused.append(str(error))
        else:
            preview.ready.append(edit)
    return preview


def _saved(file: Path, preview: _Preview) -> int:
    """Save the edits; another person may have saved meanwhile, so each can still be refused."""
    saved = 0
    for edit in preview.ready:
        try:
            save_edit(file, edit)
            saved += 1
        except (ConflictError, EditError) as error:
            preview.refused.append(str(error))
            talk(str(error))
    return saved


def _print(changes: list[CellChange]) -> None:
    """Print the changed cells by their entries, the old text above the new one."""
    by_key: dict[str, list[CellChange]] = {}
    for one in changes:
        by_key.setdefault(one.key, []).append(one)
    for key, cells in by_key.items():
        typer.echo(harmless(key))
        for one in cells:
            cell = f"{one.sheet}!{one.cell}" if one.cell else one.sheet
            typer.echo(harmless(f"  {one.label} ({cell})"))
            for sign, text in (("-", one.old), ("+", one.new)):
                if text:
                    typer.echo(harmless(f"    {sign} {text}".replace("\n", "\n      ")))
