"""The imprint of a series inside its files, so that any of them is enough to make it again.

It is packed text after a known mark: no file is interpreted to find it. Beside it is a digest of
what the file shows, by which a changed one is recognised.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import io
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Final, Literal

from geo import limits
from geo.errors import IntakeError, RecipeError
from geo.figures.finding import PROPERTIES, digest_of_file
from geo.figures.office_file import OfficeFile, is_archive
from geo.series.series_imprint import SeriesImprint
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.output.in_pdf import pdf_parts

MARK: Final = "IncidentMapSeries1:"
"""Begins an imprint as text; the digit is raised when an earlier release could misread one."""
SeriesFileState = Literal["as drawn", "altered", "not compared"]
"""``not compared``: the file was too large for a digest when it was written, or has lost it."""
_NO_DIGEST: Final = "0" * 64
"""Stands for the digest, as long as one, until the file is complete."""
_FOUND: Final = re.compile(MARK.encode() + rb"([A-Za-z0-9+/]+={0,2})(?:\.([0-9a-f]{64}))?")
_HEADER_END: Final = 33
"""Bytes of the signature and of the header of a PNG, after which a text may be."""
_ESCAPED: Final = re.compile(rb"\\([0-7]{3})")
"""A character of a string in a PDF, as an octal number (ISO 32000-1:2008, 7.3.4.2)."""
_PAGES: Final = re.compile(rb"<<(?:(?!>>).)*?/Type\s*/Pages\b(?:(?!>>).)*>>", re.DOTALL)
"""The dictionary that lists pages (ISO 32000-1:2008, 7.7.3.2)."""
_COUNT: Final = re.compile(rb"/Count\s+(\d+)")
_ABOUT_FILE: Final = "docProps/"
"""Folder of the parts of a deck with its title, its day and the imprint."""
_PDF, _PNG, _GIF = b"%PDF-", b"\x89PNG", b"GIF8"
_COMMENT: Final = b"!\xfe"
"""Begins a comment of a GIF, which is divided into blocks of at most 255 bytes (GIF89a, 24)."""
_BLOCK: Final = 255
"""Most bytes of such a block; its length is in the byte before it."""


@dataclass(frozen=True, slots=True)
class FoundSeries:
    """A file of a series: what it carries, and whether it is as it was drawn.

    Parameters
    ----------
    digest
        Of what it showed when it was written; empty if it has none.
    """

    imprint: SeriesImprint
    state: SeriesFileState
    digest: str


def imprint_text(imprint: SeriesImprint) -> str:
    """The imprint as letters, digits and ``+/=:.``, still without the digest of its file."""
    packed = gzip.compress(imprint.to_json().encode(), 9, mtime=0)
    return f"{MARK}{base64.b64encode(packed).decode()}.{_NO_DIGEST}"


def embed_imprint(data: bytes, text: str) -> bytes:
    """Return a PNG or SVG that this program has just written with the imprint in it."""
    text = text.replace(_NO_DIGEST, digest_of_file(data, "the page"))
    if data.startswith(_PNG):
        content = b"Incident Map series\0" + text.encode()
        checksum = zlib.crc32(b"tEXt" + content)
        chunk = struct.pack(">I", len(content)) + b"tEXt" + content + struct.pack(">I", checksum)
        return data[:_HEADER_END] + chunk + data[_HEADER_END:]
    before, end, after = data.rpartition(b"</svg>")
    return before + b"<metadata>" + text.encode() + b"</metadata>" + end + after


def completed(data: bytes) -> bytes:
    """Return a PDF or film that was written with an imprint, with its digest in the place for it.

    A PDF beyond the limits of what is compared stays without one.
    """
    try:
        digest = _digest(data, "the file").encode()
    except IntakeError:
        return data
    if is_archive(data):
        office = OfficeFile(data, "the file")
        listed = office.part(PROPERTIES).replace(_NO_DIGEST.encode(), digest, 1)
        return office.with_parts({PROPERTIES: listed})
    if not data.startswith(_GIF):
        return data.replace(b"." + _NO_DIGEST.encode(), b"." + digest, 1)
    start, end, text = _comment(data)
    text = text.replace(_NO_DIGEST.encode(), digest)
    blocks = (text[at : at + _BLOCK] for at in range(0, len(text), _BLOCK))
    divided = b"".join(bytes([len(block)]) + block for block in blocks)
    return data[:start] + _COMMENT + divided + b"\0" + data[end:]


def find_series(data: bytes, name: str) -> FoundSeries | None:
    """Return what a file of a series carries; ``None`` if it is none.

    Raises
    ------
    RecipeError
        It is damaged, larger than the limit, or not valid.
    IntakeError
        The file is damaged or larger than the limits.

    Examples
    --------
    >>> find_series(b"GIF89a, cut short!", "a.gif") is None
    True
    """
    found = _in_file(data, name)
    if found is None:
        return None
    try:
        packed = base64.b64decode(found[1], validate=True)
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as opened:
            text = opened.read(limits.MAX_IMPRINT_BYTES + 1)
    except (binascii.Error, OSError, EOFError, zlib.error, ValueError) as error:
        raise RecipeError(f"{name}: the recipe in it is damaged") from error
    if len(text) > (most := limits.MAX_IMPRINT_BYTES):
        raise RecipeError(f"{name}: the recipe in it has more than {most:,} bytes")
    imprint = SeriesImprint.from_json(text, name)
    digest = (found[2] or b"").decode()
    if digest in {"", _NO_DIGEST}:
        return FoundSeries(imprint, "not compared", "")
    state: SeriesFileState = "as drawn" if _digest(data, name) == digest else "altered"
    return FoundSeries(imprint, state, digest)


def read_recipe(data: bytes, name: str) -> SeriesRecipe:
    """Return the recipe of a series from its own file, or from any file of the series.

    Raises
    ------
    RecipeError
        There is none, or it is damaged or not valid.
    """
    if data.lstrip()[:1] == b"{":
        return SeriesRecipe.from_json(data, name)
    found = find_series(data, name)
    if found is None:
        raise RecipeError(f"{name}: has no recipe of a series; expected a file that came with one")
    return found.imprint.series


def _in_file(data: bytes, name: str) -> re.Match[bytes] | None:
    if data.startswith(_GIF):
        return _FOUND.search(_comment(data)[2])
    if is_archive(data):
        office = OfficeFile(data, name)
        has_list = PROPERTIES in office.names
        return _FOUND.search(office.part(PROPERTIES)) if has_list else None
    if not data.startswith(_PDF):
        return _FOUND.search(data)
    for part in pdf_parts(data, name):
        at = part.rfind(MARK[:-1].encode())
        if at >= 0 and (found := _FOUND.search(_ESCAPED.sub(_plain, part[at:]))):
            return found
    return None


def _digest(data: bytes, name: str) -> str:
    """The digest of what a file shows; of a film, of all its bytes but the imprint."""
    if data.startswith(_GIF):
        start, end, _ = _comment(data)
        return hashlib.sha256(data[:start] + data[end:]).hexdigest()
    if is_archive(data):
        return _digest_of_deck(OfficeFile(data, name))
    if data.startswith(_PDF):
        shown = f"{digest_of_file(data, name)} {_page_count(data, name)}"
        return hashlib.sha256(shown.encode()).hexdigest()
    if data.startswith(_PNG) or data.lstrip()[:1] == b"<":
        return digest_of_file(data, name)
    return hashlib.sha256(_FOUND.sub(b"", data)).hexdigest()


def _digest_of_deck(office: OfficeFile) -> str:
    """The digest of all parts of a deck but those that describe the file."""
    found = hashlib.sha256()
    for part in sorted(one for one in office.names if not one.startswith(_ABOUT_FILE)):
        found.update(hashlib.sha256(part.encode() + b"\0" + office.part(part)).digest())
    return found.hexdigest()


def _page_count(data: bytes, name: str) -> int:
    """The number of pages that a PDF lists: one that is taken out may still be in the file."""
    lists = (found for part in pdf_parts(data, name) for found in _PAGES.findall(part))
    counts = (_COUNT.search(one) for one in lists)
    return max((int(count[1]) for count in counts if count), default=0)


def _plain(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) & 0xFF])


def _comment(data: bytes) -> tuple[int, int, bytes]:
    """Where the comment of a GIF with an imprint begins and ends, and its text.

    Returns
    -------
    Two positions, and the text without the lengths of its blocks; all empty without one.
    """
    found = re.search(re.escape(_COMMENT) + b"." + MARK.encode(), data, re.DOTALL)
    if found is None:
        return 0, 0, b""
    text, at = bytearray(), found.start() + len(_COMMENT)
    while at < len(data) and (size := data[at]):
        text += data[at + 1 : at + 1 + size]
        at += 1 + size
    return found.start(), min(at + 1, len(data)), bytes(text)
