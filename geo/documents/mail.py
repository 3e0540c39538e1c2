"""E-mails (EML), and web pages that a browser saved as one file (MHTML): the same form."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Final

from geo import limits
from geo.documents.decoding import DecodedText, decoded
from geo.documents.document import Document, DocumentPart
from geo.documents.html import html_document
from geo.documents.plain_text import read_text
from geo.documents.stated_dates import stated_day
from geo.documents.text_builder import BREAK, TextBuilder, plain_words
from geo.errors import DocumentError

_FAULTS: Final = (
    MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError,
    AssertionError,
)  # fmt: skip
"""What the library raises for damaged messages; its parser is not proof against all of them."""
_BOUNDARY: Final = re.compile(rb"boundary[*\d]{0,9}\s{0,9}=", re.IGNORECASE)
_NAMED: Final = 10
"""Attachments that a note names."""
_MOST_PARTS: Final = 1_000
"""Parts of a message that are looked at."""
_LONGEST_FIELD: Final = 4_000
"""Letters of a field of a head that are read: the library takes the square of their number."""


class _BoundedPolicy(EmailPolicy):
    """Cuts the fields of a head before they are taken apart."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_FIELD]


_POLICY: Final = _BoundedPolicy()


def read_mail(data: bytes, name: str, sha256: str) -> Document:
    r"""Read an e-mail: its subject and its text, or its HTML, if it has no text.

    Paragraphs are counted from 1, which is the subject. Attachments are named and not read.

    Raises
    ------
    DocumentError
        If it is damaged or has no text.

    Examples
    --------
    >>> made = b"Subject: A raid\nDate: Tue, 24 May 2022 23:30:00 -0700\n\nTwo died.\n"
    >>> found = read_mail(made, "d.eml", "")
    >>> found.text, str(found.published), str(found.origin_of(8, 12))
    ('A raid\n\nTwo died.', '2022-05-24', 'paragraph 2')
    """
    _check_size(data, name)
    try:
        message = email.message_from_bytes(data, policy=_POLICY)
        if not isinstance(message, EmailMessage):
            raise DocumentError(f"{name}: is not an e-mail; save it as EML again")
        subject = plain_words(str(message.get("subject") or ""))[: limits.MAX_LINE]
        published = stated_day(str(message.get("date") or ""))
        body, notes = _body(message, name)
        notes += tuple(_attachments(message))
    except _FAULTS as error:
        raise DocumentError(f"{name}: is a damaged e-mail; save it again") from error
    builder = TextBuilder(name, "paragraph")
    for number, paragraph in enumerate([subject, *body.split(BREAK)], start=1):
        builder.whole(paragraph, number)
    text = builder.text
    if not body:
        raise DocumentError(f"{name}: has no text; open its attachments and add those")
    parts = (DocumentPart(0, len(text), subject, published),)
    return Document(sha256, "eml", text, subject, published, parts, notes, builder.origins())


def _check_size(data: bytes, name: str) -> None:
    """Refuse what takes the library long: each line is compared with the ends of all open parts."""
    lines, parts = data.count(b"\n"), len(_BOUNDARY.findall(data))
    for count, most, what in (
        (lines, limits.MAX_MAIL_LINES, "lines"), (parts, limits.MAX_MAIL_PARTS, "nested parts"),
    ):  # fmt: skip
        if count > most:
            raise DocumentError(
                f"{name}: has {count:,} {what}; at most {most:,} are read; save its text alone"
            )


def _body(message: EmailMessage, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a message and what was assumed; empty, if it has none."""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        if part is None:
            continue
        data = part.get_payload(decode=True)
        found = decoded(data, name, part.get_content_charset("")) if isinstance(data, bytes) else (
            DecodedText(str(data), "utf-8"))  # fmt: skip
        document = (
            html_document(found, name, "")
            if kind == "html"
            else read_text(found.text.encode("utf-8", "replace"), name, "")
        )
        if document.text:
            return document.text, (found.note,) if found.note else ()
    return "", ()


def _attachments(message: EmailMessage) -> Iterator[str]:
    names = []
    for at, part in enumerate(message.walk()):
        if at >= _MOST_PARTS:
            break
        if part.get_content_disposition() == "attachment" or part.get_filename():
            names.append(plain_words(str(part.get_filename() or "without a name"))[:80])
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"attachments that are not read: {', '.join(names[:_NAMED])}{more}"
