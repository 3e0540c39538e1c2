"""Check all passages of a dossier against the documents of its evidence folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from geo.documents.document import Document
from geo.documents.evidence_folder import EvidenceFolder
from geo.documents.passages import PassageFinding, find_passages
from geo.documents.walls import WALL, looks_like_wall
from geo.dossier.reading import Reading
from geo.dossier.records import Dossier, Passage
from geo.errors import DocumentError, Problem

EvidenceStatus = Literal["found", "moved", "orphaned", "altered", "missing"]
_DIGITS: Final = 12
"""Of a digest, in hexadecimal, by which a person recognises it."""


@dataclass(frozen=True, slots=True)
class EvidenceFinding:
    """What has become of a passage, or of the document of a source.

    Parameters
    ----------
    where
        What names it, such as ``incident 'x', claim 2, passage 1`` or ``source 'y'``.
    key
        The id of the record, or the key of the statement or source.
    document
        The SHA-256 of the document that is named.
    status
        ``found``, ``moved`` or ``orphaned`` as in
        :class:`~geo.documents.passages.PassageFinding`; ``altered``: the file is not the document
        any more; ``missing``: there is no such file. For a source ``found`` means: on file.
    why
        What is wrong, in a sentence; may also hold a warning about what is found.
    """

    where: str
    key: str
    document: str
    status: EvidenceStatus
    start: int | None = None
    end: int | None = None
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """The finding as plain data.

        Returns
        -------
        dict
            ``where``, ``key``, ``document``, ``status``, ``start``, ``end`` and ``why``.
        """
        return {name: getattr(self, name) for name in self.__slots__}

    def __str__(self) -> str:
        said = f"{self.where}: {self.status} (document {self.document[:_DIGITS]})"
        return f"{said}: {self.why}" if self.why else said


@dataclass(frozen=True, slots=True)
class _CitedDocument:
    """A place of the dossier that names a document; without a passage it is a source."""

    where: str
    key: str
    document: str
    passage: Passage | None = None
    source: str | None = None


def verify_passages(dossier: Dossier, folder: EvidenceFolder) -> tuple[EvidenceFinding, ...]:
    """Check the document of each source and each passage of each claim and general statement.

    Returns
    -------
    tuple of EvidenceFinding
        Sources first, then statements, then records, in the order of the dossier. Each document is
        read once.
    """
    named = list(_named(dossier))
    by_document: dict[str, list[_CitedDocument]] = defaultdict(list)
    for one in named:
        by_document[one.document].append(one)
    found: dict[int, EvidenceFinding] = {}
    for sha256, several in by_document.items():
        for one, finding in zip(several, _checked(sha256, several, folder), strict=True):
            found[id(one)] = finding
    return tuple(found[id(one)] for one in named)


def evidence_problems(reading: Reading, folder: Path) -> tuple[Problem, ...]:
    """The errors of :func:`verify_passages`: what is not found, each with the line of its record.

    Returns
    -------
    tuple of Problem
        Empty, if everything is found.
    """
    return tuple(
        Problem(f"{one.where}: {one.status}: {one.why}", reading.file, reading.line_of(one.key))
        for one in verify_passages(reading.dossier, EvidenceFolder(folder))
        if one.status != "found"
    )


def _named(dossier: Dossier) -> Iterator[_CitedDocument]:
    for key, source in dossier.sources.items():
        if source.document is not None:
            yield _CitedDocument(f"source {key!r}", key, source.document)
    for key, statement in dossier.statements.items():
        yield from _of(statement, f"statement {key!r}", key, dossier.sources)
    for record in dossier.records:
        kind = "incident" if record.kind == "incident" else "presence claim"
        for number, claim in enumerate(record.claims, start=1):
            if claim.statement is None:
                where = f"{kind} {record.id!r}, claim {number}"
                yield from _of(claim, where, record.id, dossier.sources)


def _of(claim: Any, where: str, key: str, sources: Mapping[str, Any]) -> Iterator[_CitedDocument]:
    cited = sources.get(claim.source)
    for number, passage in enumerate(claim.passages, start=1):
        document = cited.document if cited is not None else None
        yield _CitedDocument(f"{where}, passage {number}", key, passage.document, passage, document)


def _checked(
    sha256: str, named: Sequence[_CitedDocument], folder: EvidenceFolder
) -> Iterator[EvidenceFinding]:
    if folder.file_of(sha256) is None:
        why = f"not in {folder.path}; add it with incident-map evidence add"
        yield from (_finding(one, "missing", why) for one in named)
        return
    document, status, why = _document(sha256, folder)
    passages = [one.passage for one in named if one.passage is not None]
    findings = iter(find_passages(passages, document) if document else ())
    for one in named:
        if one.passage is None or document is None:
            yield _finding(one, status, why)
        else:
            yield _of_passage(one, next(findings), document, status, why)


def _document(sha256: str, folder: EvidenceFolder) -> tuple[Document | None, EvidenceStatus, str]:
    """A document, whether it is the one that was taken in, and what is wrong with it."""
    try:
        folder.data_of(sha256)
    except DocumentError as error:
        return folder.altered(sha256), "altered", str(error)
    try:
        document = folder.document(sha256)
    except DocumentError as error:
        return None, "orphaned", str(error)
    return (
        document,
        "found",
        ""
        if folder.is_read_alike(document)
        else (
            "this version of the program reads the document differently from when it was taken in"
        ),
    )


def _of_passage(
    one: _CitedDocument,
    finding: PassageFinding,
    document: Document,
    status: EvidenceStatus,
    why: str,
) -> EvidenceFinding:
    parts = [why, finding.why]
    if status == "altered":
        parts[1] = f"in the altered file it is {finding.status}"
    elif finding.status == "orphaned" and looks_like_wall(document):
        parts.append(WALL)
    if one.source is not None and one.source != one.document:
        parts.append(f"the source of the claim names another document, {one.source[:_DIGITS]}")
    said = "; ".join(filter(None, parts))
    final = "altered" if status == "altered" else finding.status
    return EvidenceFinding(
        one.where, one.key, one.document, final, finding.start, finding.end, said
    )


def _finding(one: _CitedDocument, status: EvidenceStatus, why: str) -> EvidenceFinding:
    return EvidenceFinding(one.where, one.key, one.document, status, why=why)
