"""A document as plain text, and the parts it consists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

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
    """

    sha256: str
    format: DocumentFormat
    text: str
    title: str = ""
    published: date | None = None
    parts: tuple[DocumentPart, ...] = ()
