"""The command ``read``: documents to mentions and suggested records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding

from geo import limits
from geo.cli.import_report import steps
from geo.cli.opening import FormatOption, OutputFormat, open_or_stop
from geo.cli.options import DataOption
from geo.cli.report_json import report_json
from geo.cli.terminal import as_json, stop, styled, talk
from geo.documents.document import Document
from geo.documents.reading import read_document
from geo.errors import DocumentError, GeoError, OptionError
from geo.events.parties.actors import Registry
from geo.reports.claim_wording import claim_text
from geo.reports.report import Report, read_report
from geo.reports.suggestions import SuggestedRecord
from geo.table.workspace import Workspace
from geo.text import counted, harmless, listed
from geo.workspace import data_folder


def read_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Documents in English.",
        ),
    ],
    published: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Day of publication, to which words such as yesterday refer. Default: that of "
            "the document.",
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Print the text whose characters are counted.")
    ] = False,
    form: FormatOption = OutputFormat.TABLE,
    data: DataOption = None,
) -> None:
    """Read reports: what they mention, and which records they suggest. Nothing is stored.

    With --format json, each document is one line with one JSON object.
    """
    if text and len(files) > 1:
        stop(OptionError("--text: prints the text of one document; give one file"))
    workspace = open_or_stop(data, None)
    registry = _registry_or_stop(data, workspace)
    faults = 0
    with steps() as step:
        for done, file in enumerate(files):
            step(f"Reading {file.name}", done, len(files))
            try:
                document = read_document(_bytes_of(file), file.name)
            except GeoError as error:
                talk(str(error))
                faults += 1
                continue
            if text:
                typer.echo(harmless(document.text), nl=False)
                continue
            report = read_report(
                document.text,
                published=published.date() if published else document.published,
                country=workspace.country,
                dossier=workspace.reading.dossier,
                registry=registry,
                parts=document.parts,
            )
            _print_report(document, report, form, file.name, workspace)
    if len(files) > 1:
        talk(f"{counted(len(files) - faults, 'document')} read, {counted(faults, 'file')} rejected")
    raise typer.Exit(1 if faults else 0)


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(limits.MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}); give the path of a document"
        raise DocumentError(msg) from error


def _registry_or_stop(data: Path | None, workspace: Workspace) -> Registry:
    try:
        return Registry.of_folder(data_folder(data), workspace.reading.dossier.groups)
    except GeoError as error:
        stop(error)


def _print_report(
    document: Document, report: Report, form: OutputFormat, name: str, workspace: Workspace
) -> None:
    if form is OutputFormat.JSON:
        typer.echo(as_json(report_json(document, report), indent=None))
        return
    console = Console(highlight=False)
    day = report.published.isoformat() if report.published else "day of publication not known"
    count = counted(len(report.suggestions), "suggested record")
    console.print(styled(name, "bold"), styled(f"{day} · {count}", "dim"))
    groups = workspace.reading.dossier.groups
    names = {key: group.short for key, group in groups.items()}
    for record in report.suggestions:
        for line in _lines(record, names):
            console.print(Padding(styled(line), (0, 0, 0, 2)))
        console.print()


def _lines(record: SuggestedRecord, names: dict[str, str]) -> Iterator[str]:
    """A suggested record in lines: title, place and date, claims, questions."""
    apart = f", {record.apart}" if record.apart else ""
    yield f"{record.title} ({record.kind}, {record.confidence} confidence{apart})"
    where = listed([one.location.name or one.location.query for one in record.places])
    when = record.when.date.words if record.when else ""
    yield f"  Location: {where or 'not given'}. Date: {when or 'open'}."
    for claim in record.claims:
        yield f"  {claim_text(claim, record, names)}"
    for question in record.questions:
        yield f"  ? {question}"
