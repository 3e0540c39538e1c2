"""Read a document of any format that is known."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from geo import limits
from geo.documents.document import Document, DocumentFormat
from geo.documents.html import read_html
from geo.documents.mail import read_mail
from geo.documents.pdf import read_pdf
from geo.documents.plain_text import read_markdown, read_text
from geo.documents.telegram import is_export, read_telegram
from geo.documents.word import is_word, read_word
from geo.errors import DocumentError

EXPECTED: Final = "expected TXT, Markdown, HTML, PDF, DOCX, EML or a Telegram export in JSON"
SUFFIXES: Final[Mapping[DocumentFormat, str]] = MappingProxyType({
    "text": ".txt", "markdown": ".md", "html": ".html", "pdf": ".pdf", "docx": ".docx",
    "eml": ".eml", "telegram": ".json",
})  # fmt: skip
"""The ending of a file of each format, as the evidence folder has it."""
_READERS: Final[Mapping[DocumentFormat, Callable[[bytes, str, str], Document]]] = MappingProxyType({
    "text": read_text, "markdown": read_markdown, "html": read_html, "pdf": read_pdf,
    "docx": read_word, "eml": read_mail, "telegram": read_telegram,
})  # fmt: skip
_BY_ENDING: Final[Mapping[str, DocumentFormat]] = MappingProxyType({
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".eml": "eml", ".mht": "eml", ".mhtml": "eml", ".json": "telegram", ".txt": "text",
    ".text": "text",
})  # fmt: skip
_OTHERS: Final[Mapping[bytes, str]] = MappingProxyType({
    b"\xd0\xcf\x11\xe0": "an older Office document, or a protected one; save it as DOCX",
    b"{\\rtf": "Rich Text; save it as DOCX or as text",
    b"\x89PNG": "a picture; make text of it with a program for text recognition (OCR) first",
    b"\xff\xd8\xff": "a picture; make text of it with a program for text recognition (OCR) first",
    b"GIF8": "a picture; make text of it with a program for text recognition (OCR) first",
    b"PK\x03\x04": "an archive and not a Word document; unpack it first",
    b"PK\x05\x06": "an empty archive",
    b"\x1f\x8b": "a packed file; unpack it first",
})  # fmt: skip
"""How files of other kinds begin, and what to do with them."""
_START: Final = 1_024
"""Bytes at the beginning in which a PDF has its mark (ISO 32000-1, annex H.3.4.1)."""
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL: Final = re.compile(
    rb"(?:(?:from|received|return-path|delivered-to|message-id|mime-version|date|subject|x-[\w-]{1,60}):"
    rb"|From )", re.IGNORECASE,
)  # fmt: skip
_HEAD_LINE: Final = re.compile(
    rb"^(?:from|date|subject|message-id|mime-version):", re.IGNORECASE | re.MULTILINE
)
_HEAD_LINES: Final = 2
"""Lines of the head of an e-mail that tell it from a text that begins with one such word."""


def read_document(data: bytes, name: str) -> Document:
    r"""Read a document: its plain text, and what it states about itself.

    The format follows from the first bytes, then from the ending of the name; what is neither is
    read as text. Nothing that the document names is opened, and nothing in it is run.

    Parameters
    ----------
    name
        The name of its file, for messages and for its ending; it is never opened.

    Raises
    ------
    DocumentError
        If it is empty, of another format, damaged, protected, without text, or beyond the limits.

    Examples
    --------
    >>> found = read_document(b"Two men died.\n\n\nNo one\nelse.", "report.txt")
    >>> found.format, found.text, str(found.origin_of(15, 21))
    ('text', 'Two men died.\n\nNo one else.', 'bytes 16 to 22')
    >>> read_document(b"GIF89a", "map.gif")
    Traceback (most recent call last):
    geo.errors.DocumentError: map.gif: is a picture; make text of it with a program for text
    recognition (OCR) first
    """
    if len(data) > limits.MAX_DOCUMENT_BYTES:
        raise DocumentError(
            f"{name}: has {len(data):,} bytes; at most {limits.MAX_DOCUMENT_BYTES:,} are read"
        )
    if not data.strip():
        raise DocumentError(f"{name}: is empty; {EXPECTED}")
    found = _READERS[format_of(data, name)](data, name, hashlib.sha256(data).hexdigest())
    if not found.text:
        raise DocumentError(f"{name}: has no text; {EXPECTED}")
    return found


def format_of(data: bytes, name: str) -> DocumentFormat:
    """Return the format of a document.

    Raises
    ------
    DocumentError
        If it is of a kind that is not read.
    """
    ending = PurePath(name).suffix.lower()
    if b"%PDF-" in data[:_START]:
        return "pdf"
    if data.startswith(b"PK") and is_word(data):
        return "docx"
    for start, what in _OTHERS.items():
        if data.startswith(start):
            raise DocumentError(f"{name}: is {what}")
    if ending in {".pdf", ".docx"}:
        raise DocumentError(
            f"{name}: is damaged: it is not {ending[1:].upper()}; download it again"
        )
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if _HTML.match(data[: 4 * _START].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if _MAIL.match(data) and len(_HEAD_LINE.findall(data[: 8 * _START])) >= _HEAD_LINES:
        return "eml"
    return "telegram" if is_export(data) else "text"
