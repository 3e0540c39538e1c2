"""A document as plain text, and the parts it consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from geo.documents.origins import Origin, Origins

DocumentFormat = Literal["text", "markdown", "html", "pdf", "docx", "eml", "telegram"]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One part of a document that was published by itself, such as a message of a channel.

    Parameters
    ----------
    start, end
        Characters of the text of the document: from `start` up to, but not including, `end`.
    title
        Its title; empty, if it has none.
    published
        The day of its publication, to which "yesterday" in it refers; ``None`` if not known.
    """

    start: int
    end: int
    title: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as plain text.

    Parameters
    ----------
    sha256
        SHA-256 of the bytes of the original, in hexadecimal: its name among the evidence.
    format
        The format of the original.
    text
        The text, of which every passage counts its characters.
    title
        Its title; empty, if it has none.
    published
        The day of its publication; ``None`` if the document does not state one.
    parts
        What it consists of, in order; a document that was published as a whole has one part.
    notes
        What was assumed, and what was left out: an encoding, attachments, pages without text.
    origins
        Where each stretch of the text is in the original.
    """

    sha256: str
    format: DocumentFormat
    text: str
    title: str = ""
    published: date | None = None
    parts: tuple[DocumentPart, ...] = ()
    notes: tuple[str, ...] = ()
    origins: Origins = field(default_factory=Origins, repr=False, compare=False)

    def origin_of(self, start: int, end: int) -> Origin | None:
        """Where some characters of the text are in the original; ``None`` if it is not known."""
        return self.origins.of(start, end)
