"""The evidence folder: the documents that a dossier rests on, as they were taken in.

A document is a file named by the SHA-256 of its bytes, so that the same document is there once and
another one never takes its place. Beside it is a description in JSON: when and how it was taken in,
the name that its file had, its size and its format. The folder tells git to leave it alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any, Final, get_args

from geo import limits
from geo.documents.document import Document, DocumentFormat
from geo.documents.reading import SUFFIXES, read_document
from geo.errors import DocumentError
from geo.files import write_together, write_whole
from geo.settings import EVIDENCE_VARIABLE
from geo.text import harmless

FOLDER: Final = "evidence"
"""The name of the folder beside a dossier."""
_ABOUT: Final = ".about.json"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_IGNORE: Final = b"# Documents of others, which are not yours to publish.\n*\n"
_LONGEST: Final = 200
"""Letters of the name of a file that are kept."""
_MOST_ABOUT: Final = 100_000
"""Bytes of a description; one has about five hundred."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What is known about a document of the folder.

    Parameters
    ----------
    sha256
        Of its bytes; its name in the folder.
    name
        The name that its file had when it was taken in.
    size
        Its bytes.
    taken_in
        When, in UTC, as ISO 8601.
    how
        By which command or page.
    text_sha256
        Of its text as it was then read. If the program reads the document differently one day, its
        passages are looked for in the new text.
    """

    sha256: str
    name: str
    format: DocumentFormat
    size: int
    taken_in: str
    how: str
    text_sha256: str = ""


def evidence_path(dossier: Path, given: Path | None = None) -> Path:
    """The evidence folder: `given`, else that of the environment, else the one beside the dossier.

    Examples
    --------
    >>> evidence_path(Path("desk/incidents.yaml"), Path("vault")).as_posix()
    'vault'
    """
    named = os.environ.get(EVIDENCE_VARIABLE)
    return given or (Path(named) if named else dossier.parent / FOLDER)


class EvidenceFolder:
    """The documents in a folder, which need not exist yet.

    Examples
    --------
    >>> EvidenceFolder(Path("nowhere")).file_of("ab" * 32) is None
    True
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(
        self, data: bytes, name: str, how: str, *, at: datetime | None = None
    ) -> tuple[StoredDocument, Document]:
        """Take a document in, unless it is there already.

        Parameters
        ----------
        name
            The name of its file.
        at
            When; the present time if not given.

        Returns
        -------
        tuple
            What is known about it, and the document as it was read.

        Raises
        ------
        DocumentError
            If it cannot be read as a document, if the file of its name has been altered, or if the
            folder cannot be written to.
        """
        document = read_document(data, name)
        held = self.file_of(document.sha256)
        if held is not None:
            self.data_of(document.sha256)
            if (known := self.about(document.sha256)) is not None:
                return known, document
        taken_in = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        stored = StoredDocument(
            document.sha256, harmless(PurePath(name).name)[:_LONGEST], document.format, len(data),
            taken_in.replace("+00:00", "Z"), how, _text_digest(document),
        )  # fmt: skip
        self._write(stored, data, held)
        return stored, document

    def _write(self, stored: StoredDocument, data: bytes, held: Path | None) -> None:
        about = (json.dumps(asdict(stored), ensure_ascii=False, indent=1) + "\n").encode()
        described = self.path / f"{stored.sha256}{_ABOUT}"
        try:
            if not self.path.exists():
                self.path.mkdir(parents=True)
                write_whole(self.path / ".gitignore", _IGNORE)
            if held is None:
                file = self.path / f"{stored.sha256}{SUFFIXES[stored.format]}"
                write_together({file: data}, {described: about})
            else:
                write_whole(described, about)
        except OSError as error:
            raise DocumentError(
                f"{self.path}: cannot be written to ({error.strerror}); give another folder"
            ) from error

    def digests(self) -> Iterator[str]:
        """The digests of all documents of the folder, in order."""
        try:
            names = sorted(one.name for one in self.path.iterdir())
        except OSError:
            return
        for name in names:
            if _DIGEST.match(name) and not name.endswith(_ABOUT) and name.count(".") == 1:
                yield name[:64]

    def file_of(self, sha256: str) -> Path | None:
        """The file of a document; ``None`` if there is none."""
        if not _DIGEST.fullmatch(sha256):
            return None
        files = (self.path / f"{sha256}{suffix}" for suffix in SUFFIXES.values())
        return next((file for file in files if file.is_file()), None)

    def data_of(self, sha256: str) -> bytes:
        """The bytes of a document.

        Raises
        ------
        DocumentError
            If it is missing, cannot be read, or has been altered since it was taken in.
        """
        file = self.file_of(sha256)
        if file is None:
            raise DocumentError(f"{self.path}: document {sha256[:12]} is missing; add it again")
        data = _read(file)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DocumentError(
                f"{file}: has been altered: its bytes are not those of its name; move it away and "
                "add the document again"
            )
        return data

    def document(self, sha256: str) -> Document:
        """Read a document of the folder.

        Raises
        ------
        DocumentError
            As :meth:`data_of`, or if it cannot be read as a document.
        """
        data = self.data_of(sha256)
        file = self.file_of(sha256)
        return read_document(data, file.name if file else sha256)

    def altered(self, sha256: str) -> Document | None:
        """Read the file of a document whatever its bytes are; ``None`` if that is not possible."""
        file = self.file_of(sha256)
        try:
            return read_document(_read(file), file.name) if file else None
        except DocumentError:
            return None

    def about(self, sha256: str) -> StoredDocument | None:
        """What is known about a document; ``None`` without a description that can be read."""
        if not _DIGEST.fullmatch(sha256):
            return None
        try:
            with (self.path / f"{sha256}{_ABOUT}").open("rb") as opened:
                held: Any = json.loads(opened.read(_MOST_ABOUT))
            found = StoredDocument(**held)
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        is_sound = found.sha256 == sha256 and found.format in get_args(DocumentFormat)
        return found if is_sound else None

    def is_read_alike(self, document: Document) -> bool:
        """Whether a document has the text that it had when it was taken in, as far as known."""
        known = self.about(document.sha256)
        return known is None or known.text_sha256 in {"", _text_digest(document)}


def _text_digest(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(limits.MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"{file}: cannot be read ({error.strerror})") from error
