"""The commands that take documents in as evidence and check the passages of a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from geo import limits
from geo.cli.opening import FormatOption, OutputFormat, open_or_stop, print_json
from geo.cli.options import DataOption, FileArgument
from geo.cli.terminal import stop, talk
from geo.documents.document import Document
from geo.documents.evidence_folder import EvidenceFolder, StoredDocument, evidence_path
from geo.documents.verifying import verify_passages
from geo.documents.walls import WALL, looks_like_wall
from geo.dossier.editing import Edit
from geo.dossier.saving import save_edit
from geo.errors import DocumentError, GeoError, OptionError
from geo.settings import EVIDENCE_VARIABLE, NAME_VARIABLE
from geo.text import counted, harmless
from geo.workspace import DOSSIER, data_folder, is_included, read_dossier_bytes

app = typer.Typer(help="Keep the documents that a dossier rests on.", no_args_is_help=True)
_HOW: Final = "incident-map evidence add"
EvidenceOption = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="DIR",
        envvar=EVIDENCE_VARIABLE,
        help="Folder of the documents; evidence/ beside the dossier if not given.",
    ),
]


@app.callback()
def _front() -> None:
    """Keep the documents that a dossier rests on."""


@app.command("add")
def add_documents(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="TXT, Markdown, HTML, PDF, DOCX, EML or JSON."),
    ],
    source: Annotated[
        str,
        typer.Option("--source", metavar="KEY", help="Source of the dossier that the one file is."),
    ] = "",
    dossier: Annotated[
        Path | None,
        typer.Option(
            "--dossier", metavar="FILE", help="The dossier; DIR/incidents.yaml if not given."
        ),
    ] = None,
    folder: EvidenceOption = None,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="NAME", envvar=NAME_VARIABLE, help="Who adds it, for the history log."
        ),
    ] = "",
    data: DataOption = None,
) -> None:
    """Take documents in as evidence, and print the digest of each.

    The bytes are kept as they are, under their SHA-256, with the time and the name of the file.
    With --source the dossier names the document, as an edit in its history log. Exit code 1: a file
    could not be read as a document and was not taken in.
    """
    target = dossier or data_folder(data) / DOSSIER
    try:
        if source and len(files) > 1:
            msg = f"--source: a source is one document; give one file and not {len(files)}"
            raise OptionError(msg)
        held = EvidenceFolder(_folder(target, folder))
        if source:
            _check_source(target, source, by)
    except GeoError as error:
        stop(error)
    faults = 0
    for file in files:
        try:
            stored, document = held.add(_read(file), file.name, _HOW)
            if source:
                _name_document(target, source, stored, by)
        except GeoError as error:
            talk(str(error))
            faults += 1
            continue
        typer.echo(f"{stored.sha256}  {harmless(file.name)}")
        _tell(file, document)
    talk(f"{held.path}: {counted(len(files) - faults, 'document')} taken in")
    raise typer.Exit(1 if faults else 0)


@app.command("verify")
def verify_evidence(
    file: FileArgument = None,
    folder: EvidenceOption = None,
    form: FormatOption = OutputFormat.TABLE,
    data: DataOption = None,
) -> None:
    """Check that each passage of a dossier is in its document, word for word.

    A passage is found, moved (its words are there once, elsewhere) or orphaned; its document may be
    altered or missing. Exit code 1: something is not found.
    """
    workspace = open_or_stop(data, file)
    target = file or data_folder(data) / DOSSIER
    found = verify_passages(
        workspace.reading.dossier, EvidenceFolder(evidence_path(target, folder))
    )
    faults = [one for one in found if one.status != "found"]
    if form is OutputFormat.JSON:
        print_json([one.as_json() for one in found])
    else:
        for one in found:
            if one.status != "found" or one.why:
                typer.echo(harmless(str(one)))
    named = "document or passage" if len(found) == 1 else "documents and passages"
    talk(f"{len(found):,} {named} checked, {len(faults):,} not found")
    raise typer.Exit(1 if faults else 0)


def _folder(dossier: Path, given: Path | None) -> Path:
    found = evidence_path(dossier, given)
    if is_included(found.parent):
        msg = (
            f"{found}: an update of the program would remove it; give another folder with "
            f"--evidence or in the variable {EVIDENCE_VARIABLE}"
        )
        raise OptionError(msg)
    return found


def _check_source(dossier: Path, key: str, by: str) -> None:
    """Refuse an unknown source before anything is kept."""
    if not by.strip():
        msg = f"--by: give your name, here or in the variable {NAME_VARIABLE}"
        raise OptionError(msg)
    Edit.to(read_dossier_bytes(dossier), "sources", key, {}, by=by)


def _name_document(dossier: Path, key: str, stored: StoredDocument, by: str) -> None:
    edit = Edit.to(
        read_dossier_bytes(dossier), "sources", key, {"document": stored.sha256}, by=by.strip()
    )
    if not edit.new:
        return
    save_edit(dossier, edit)
    talk(f"{dossier}: source {key!r} names the document")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(limits.MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"{file}: cannot be read ({error.strerror})") from error


def _tell(file: Path, document: Document) -> None:
    notes = [*document.notes, *([WALL] if looks_like_wall(document) else [])]
    talk(*(f"{file.name}: {one}" for one in notes))
