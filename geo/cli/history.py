"""The command ``history``: who changed which field of a dossier, when and why."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from geo.cli.opening import FormatOption, OutputFormat, print_json
from geo.cli.terminal import stop, styled, talk
from geo.dossier.history import FieldEdit, History, history_file
from geo.dossier.saving import read_history
from geo.dossier.yaml_rendering import in_flow
from geo.errors import GeoError, OptionError
from geo.text import counted


def history_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A dossier.")],
    record: Annotated[
        str,
        typer.Argument(
            metavar="[RECORD]",
            help="Id of a record, or key of a source or group; all if not given.",
            show_default=False,
        ),
    ] = "",
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show who changed which field, when, from what to what and why, and check the history log.

    The log is beside the dossier: incidents.history.jsonl for incidents.yaml. Exit code 1 means
    that a line of it was altered, or that the dossier was edited outside the app since.
    """
    try:
        edits, history, is_last = _read(file, record)
    except GeoError as error:
        stop(error)
    if form is OutputFormat.JSON:
        print_json([_json_of(one) for one in edits])
    elif edits:
        _print(edits)
    log = history_file(file)
    if not history.rows:
        talk(f"{log}: there is no history log; the first edit that is saved begins one")
        raise typer.Exit
    talk(*map(str, history.faults))
    if not is_last:
        talk(
            f"{file}: has been edited outside the app since the last line; "
            "the next save will log that"
        )
    talk(f"{counted(len(edits), 'field change')} in {counted(history.rows, 'line')} of {log}")
    raise typer.Exit(1 if history.faults or not is_last else 0)


def _read(file: Path, record: str) -> tuple[list[FieldEdit], History, bool]:
    history = read_history(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror})"
        raise OptionError(msg) from error
    found = [one for one in history.field_edits() if record in {"", one.key}]
    known = {key for entries in history.content().values() for key in entries}
    if record and not found and history.rows and record not in known:
        msg = f"{record!r}: the history log has no such record; run 'incident-map history {file}'"
        raise OptionError(msg)
    return found, history, history.is_of(data)


def _print(edits: list[FieldEdit]) -> None:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in ("When (UTC)", "Who", "Record", "Field", "Old", "New", "Why"):
        table.add_column(name, overflow="fold")
    for one in edits:
        words = (f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M}", _who(one), one.key, one.field,
                 _shown(one.old), _shown(one.new), one.why)  # fmt: skip
        table.add_row(*map(styled, words))
    Console(highlight=False).print(table)


def _who(one: FieldEdit) -> str:
    by = one.by or "–"
    return f"{by} (in a copy merged by {one.merged_by})" if one.merged_by else by


def _shown(value: Any) -> str:
    return "not given" if value is None else in_flow(value)


def _json_of(one: FieldEdit) -> dict[str, Any]:
    return {
        "line": one.line, "at": one.at.astimezone(UTC).isoformat(), "by": one.by,
        "section": one.section, "record": one.key, "field": one.field, "old": one.old,
        "new": one.new, "why": one.why, "merged_by": one.merged_by,
    }  # fmt: skip
