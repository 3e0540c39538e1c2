"""The imprint in a PDF: two entries of its information dictionary, which no reader shows.

A PDF of others is not interpreted: its streams are found by their keywords and unpacked up to a
limit. That finds the imprint and the drawing wherever a program has put them, and cannot be made to
follow references, run scripts or decrypt anything.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import Final

from geo import limits
from geo.errors import IntakeError
from geo.snapshot.content.imprint import MARK

KEY: Final = "IncidentMap"
PICTURE_KEY: Final = "IncidentMapPicture"
NO_DIGEST: Final = "0" * 64
"""Stands for the digest of the drawing, as long as one, until the file is complete."""
_TEXT: Final = re.compile(rb"/IncidentMap\s?\((" + MARK.encode() + rb"[A-Za-z0-9+/=]*)\)")
_DIGEST: Final = re.compile(rb"/IncidentMapPicture\s?\(([0-9a-f]{64})\)")
_BEFORE: Final = 600
"""Bytes before a stream in which its dictionary is looked for; ours have fewer than 200."""
_NOT_DRAWN: Final = re.compile(rb"/Type\s*/(?:ObjStm|XRef|Metadata)\b")
_OBJECTS: Final = re.compile(rb"/Type\s*/ObjStm\b")


def complete_pdf(data: bytes) -> bytes:
    """Return a PDF with the digest of its drawing in the place that was kept for it."""
    return data.replace(NO_DIGEST.encode(), digest_pdf(data, "the figure").encode(), 1)


def find_in_pdf(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of the imprint in a PDF and the digest beside it; empty if there is none.

    Returns
    -------
    The text, and 64 hexadecimal digits.

    Raises
    ------
    IntakeError
        Unpacked, the file has more bytes than the limit.

    Examples
    --------
    >>> find_in_pdf(b"%PDF-1.4 /IncidentMap (IncidentMap1:QUJD) cut short", "a.pdf")
    ('IncidentMap1:QUJD', '')
    """
    # A later entry replaces an earlier one.
    for part in pdf_parts(data, name):
        if found := _TEXT.findall(part):
            digest = _DIGEST.findall(part)
            return found[-1].decode(), digest[-1].decode() if digest else ""
    return "", ""


def digest_pdf(data: bytes, name: str) -> str:
    """Return the SHA-256 of all that a PDF draws and draws with, as hexadecimal digits.

    That is: its pages, typefaces and pictures, unpacked, in any order; not its metadata.

    Raises
    ------
    IntakeError
        Unpacked, the file has more bytes than the limit.
    """
    digests = {
        hashlib.sha256(content).digest()
        for about, content in _streams(data, name)
        if not _NOT_DRAWN.search(about)
    }
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def pdf_parts(data: bytes, name: str) -> Iterator[bytes]:
    """Yield a PDF, then each stream in which a program may have packed its dictionaries.

    Raises
    ------
    IntakeError
        Unpacked, the file has more bytes than the limit.
    """
    yield data
    yield from _object_streams(data, name)


def _object_streams(data: bytes, name: str) -> Iterator[bytes]:
    return (content for about, content in _streams(data, name) if _OBJECTS.search(about))


def _streams(data: bytes, name: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield the dictionary and the unpacked content of each stream."""
    left = limits.MAX_FIGURE_UNPACKED_BYTES
    at = data.find(b"stream")
    while at >= 0:
        start = at + len(b"stream")
        start += 2 if data.startswith(b"\r\n", start) else 1
        end = data.find(b"endstream", start)
        if end < 0:
            return
        about = data[max(0, at - _BEFORE) : at]
        content = _unpacked(data[start:end], left)
        left -= len(content)
        if left < 0:
            most = limits.MAX_FIGURE_UNPACKED_BYTES
            raise IntakeError(f"{name}: has more than {most:,} bytes when unpacked")
        yield about[about.rfind(b" obj") + 1 :], content
        at = data.find(b"stream", end + len(b"endstream"))


def _unpacked(content: bytes, left: int) -> bytes:
    reader = zlib.decompressobj()
    try:
        return reader.decompress(content, left + 1)
    except zlib.error:
        # Not packed by zlib: a picture of another kind, or a text.
        return content.rstrip(b"\r\n")
