"""The command ``approve``: a second person approves a record, or takes an approval back."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.opening import open_or_stop
from geo.cli.options import DataOption, FileArgument
from geo.cli.terminal import stop, talk
from geo.dossier.editing import Edit
from geo.dossier.entries import Section
from geo.dossier.records import Record
from geo.dossier.review import approving, taking_back
from geo.dossier.saving import save_edit
from geo.errors import GeoError, OptionError
from geo.settings import NAME_VARIABLE
from geo.table.workspace import Workspace
from geo.workspace import DOSSIER, data_folder, read_dossier_bytes


def approve_command(
    record: Annotated[str, typer.Argument(metavar="ID", help="Id of a record.")],
    file: FileArgument = None,
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", envvar=NAME_VARIABLE, help="Who approves it."),
    ] = "",
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Take the approval of the record back.")
    ] = False,
    why: Annotated[
        str, typer.Option("--why", metavar="TEXT", help="The reason, for the history log.")
    ] = "",
    data: DataOption = None,
) -> None:
    """Approve a record as it is now; nobody approves their own.

    Any later change of what the record means voids the approval. The dossier and its history log
    are written. 'incident-map records --review unreviewed' lists what waits.
    """
    workspace = open_or_stop(data, file)
    target = file or data_folder(data) / DOSSIER
    try:
        if not by.strip():
            msg = f"--by: give the name of the person, here or in the variable {NAME_VARIABLE}"
            raise OptionError(msg)
        held = read_dossier_bytes(target)
        save_edit(target, _edit(held, workspace, record, by, why, take_back=take_back))
    except GeoError as error:
        stop(error)
    done = "approval taken back" if take_back else "approved"
    talk(f"{target}: {record} {done} by {by.strip()}")


def _edit(
    held: bytes, workspace: Workspace, key: str, by: str, why: str, *, take_back: bool
) -> Edit:
    section = _section(workspace, key)
    if take_back:
        return taking_back(held, section, key, by=by, why=why)
    return approving(held, section, key, by=by, why=why, problems=workspace.errors)


def _section(workspace: Workspace, key: str) -> Section:
    """The section of a record; of one that cannot be read, the one that says why."""
    presence: tuple[Record, ...] = workspace.reading.dossier.presence
    named = f"presence claim {key!r}"
    problems = (one.record.removeprefix("draft ") for one in workspace.problems)
    drafts = (one for one in workspace.reading.drafts if one.section == "presence")
    known = {record.id for record in presence} | {draft.key for draft in drafts}
    return "presence" if key in known or named in problems else "incidents"
