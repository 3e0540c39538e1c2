"""The documents that are in work: their bytes among the evidence, their worksheets on the shelf."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from geo.app import kept_state
from geo.app.editing import opened
from geo.app.reading.from_report import items_of
from geo.app.reading.shelf import Shelf
from geo.app.reading.worksheet import Worksheet
from geo.documents.document import Document
from geo.documents.evidence_folder import EvidenceFolder, evidence_path
from geo.documents.reading import read_document
from geo.dossier.periods import period
from geo.errors import GeoError, StateError
from geo.events.parties.actors import Registry
from geo.reports.report import Report, read_report
from geo.table.workspace import Workspace
from geo.workspace import data_folder

_LOG: Final = logging.getLogger(__name__)
_SHEETS: Final = "incident-map-worksheets"


@dataclass(frozen=True)
class DocumentAtWork:
    """A document that somebody works on."""

    document: Document
    report: Report
    work: Worksheet


def shelf() -> Shelf:
    """Return the worksheets of whoever uses this session."""
    return Shelf(opened.dossier_file(), kept_state.state_owner())


def evidence() -> EvidenceFolder:
    """Return the folder of the documents that the dossier cites."""
    return EvidenceFolder(evidence_path(opened.dossier_file()))


def worksheets() -> tuple[Mapping[str, Worksheet], str]:
    """Return the worksheets by their documents, and why they are not kept.

    Returns
    -------
    tuple
        Those of this session too, and a sentence that is empty where they are kept.
    """
    held: dict[str, Worksheet] = st.session_state.setdefault(_SHEETS, {})
    try:
        return {**shelf().read(), **held}, ""
    except StateError as error:
        return held, kept_state.say_of_state(str(error))


def keep_work(work: Worksheet) -> str:
    """Keep a worksheet; return why that was not possible beyond this session, or nothing."""
    held: dict[str, Worksheet] = st.session_state.setdefault(_SHEETS, {})
    try:
        shelf().keep(work)
    except StateError as error:
        held[work.document] = work
        return f"What you decide is kept until this page is closed: {error}"
    held.pop(work.document, None)
    return ""


def forget_work(document: str) -> None:
    """Forget the work on a document; the drafts made of it stay, and so does the document."""
    st.session_state.setdefault(_SHEETS, {}).pop(document, None)
    try:
        shelf().forget(document)
    except StateError as error:
        # It is listed again, and can be removed then.
        _LOG.warning("%s: the work on it is still kept (%s)", document, error)


def begin(data: bytes, name: str, work: Worksheet, workspace: Workspace) -> Worksheet:
    """Take a document in: keep its bytes as evidence, and what it suggests as a worksheet.

    Raises
    ------
    GeoError
        If it cannot be read or kept.
    """
    evidence().add(data, name, "app")
    report = _report(work, workspace)
    begun = work.with_items(items_of(report.suggestions, _text(work), workspace))
    keep_work(begun)
    return begun


def document_at_work(work: Worksheet, workspace: Workspace) -> DocumentAtWork:
    """Return a document with what it mentions.

    Raises
    ------
    GeoError
        If it is no longer among the evidence, or has been altered.
    """
    return DocumentAtWork(_document(work.document), _report(work, workspace), work)


def published_day(work: Worksheet) -> date | None:
    """Return the day of publication, if it is known to the day."""
    try:
        found = period(work.published) if work.published else None
    except ValueError:
        return None
    if found is None or found.earliest != found.latest:
        return None
    return found.earliest


def _text(work: Worksheet) -> str:
    return _document(work.document).text


def _document(sha256: str) -> Document:
    return _read_kept(sha256, str(evidence().path))


# As many documents as a few people read at a time; nobody alters what is kept.
@st.cache_resource(max_entries=4, show_spinner=False)
def _read_kept(sha256: str, _folder: str) -> Document:
    return evidence().document(sha256)


def _report(work: Worksheet, workspace: Workspace) -> Report:
    return _read_report(work.document, work.published, workspace.reading.digest, workspace)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read_report(sha256: str, published: str, _digest: str, _workspace: Workspace) -> Report:
    document = _document(sha256)
    day = published_day(Worksheet(document=sha256, name="", published=published))
    return read_report(
        document.text, published=day, country=_workspace.country,
        dossier=_workspace.reading.dossier, parts=document.parts,
        registry=Registry.of_folder(data_folder(), _workspace.reading.dossier.groups),
    )  # fmt: skip


def find(document: str | None) -> Worksheet | None:
    """Return the worksheet of a document; ``None`` if nobody here works on it."""
    return worksheets()[0].get(document or "")


def kept_document(document: str | None) -> Worksheet | None:
    """Return an empty worksheet of a document that is among the evidence; ``None`` if it is not."""
    if not document or evidence().file_of(document) is None:
        return None
    return Worksheet(document=document, name=_document(document).title)


def try_document(data: bytes, name: str) -> tuple[Document | None, str]:
    """Read a document that somebody has chosen, before it is kept.

    Returns
    -------
    tuple
        The document, or ``None`` and why it cannot be read.
    """
    try:
        return read_document(data, name), ""
    except GeoError as error:
        return None, str(error)
