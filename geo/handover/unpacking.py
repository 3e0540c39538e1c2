"""Every layer of a finished file as text: what a text editor, an unpacker or a browser would find.

Archives (ZIP, and so PowerPoint, Word and workbooks) are opened member by member. Text is searched
for what it embeds: base64, gzip, data addresses. Of a PNG the text chunks are read, of a PDF the
strings and the streams, with the glyphs mapped back to letters. Pixels are not read: what is drawn
as a picture comes from the same reduced data as the text beside it.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from geo import limits
from geo.errors import IntakeError
from geo.handover.pdf_text import pdf_layers

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]{38,}={0,2}")
"""Text that may be base64, whitespace within it permitted: at least 30 bytes."""
_LINE: Final = 40
"""Letters of a run between spaces that is tried by itself, as few as of the whole."""
_TAG: Final = re.compile(r"<[^<>]{0,20000}>")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b"
_UNPACKED: Final = (_ZIP, _GZIP, _PNG, b"%PDF-")
"""How files begin that are unpacked themselves."""
_PICTURES: Final = (b"\xff\xd8\xff", b"GIF8", b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"OTTO")
"""How pictures and typefaces begin; as text they are noise, and their words are read as bytes."""
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
"""What the libraries raise for bytes that are not what they begin as."""
_TEXT_CHUNKS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})


@dataclass(frozen=True, slots=True)
class FileLayer:
    """A layer of a file: where it is, such as ``a.zip > b.pptx > ppt/slides/slide1.xml``."""

    where: str
    text: str


@dataclass
class _Allowance:
    """How much more may be unpacked, so that a small file cannot fill the memory."""

    size: int = field(default_factory=lambda: limits.MAX_SCANNED_BYTES)
    layers: int = field(default_factory=lambda: limits.MAX_SCANNED_LAYERS)
    name: str = "the file"

    def take(self, size: int) -> None:
        self.size -= size
        self.layers -= 1
        if self.size < 0:
            most = limits.MAX_SCANNED_BYTES
            raise IntakeError(
                f"{self.name}: unpacks to more than {most:,} bytes; it is not scanned"
            )
        if self.layers < 0:
            most = limits.MAX_SCANNED_LAYERS
            raise IntakeError(f"{self.name}: has more than {most:,} layers; it is not scanned")


def unpack_layers(data: bytes, name: str) -> Iterator[FileLayer]:
    r"""Yield every layer of a file as text, the file itself first.

    Parameters
    ----------
    data
        The bytes of the file; they, not its name, decide how it is unpacked.
    name
        The file's name, for the layers and for messages; it is a layer itself.

    Raises
    ------
    IntakeError
        A layer cannot be unpacked, or there are more than may be: what was not searched is not
        known to be safe.

    Examples
    --------
    >>> hidden = base64.b64encode(gzip.compress(b'{"a": "caf\\u00e9"}' * 9))
    >>> [layer.where for layer in unpack_layers(b"<p data-x='" + hidden + b"'>", "x.html")]
    ['x.html (name)', 'x.html', 'x.html', 'x.html > base64 1 > gzip']
    """
    yield FileLayer(f"{name} (name)", name)
    yield from _layers(data, name, 0, _Allowance(name=name))


def _layers(data: bytes, where: str, depth: int, left: _Allowance) -> Iterator[FileLayer]:
    left.take(len(data))
    if depth > (most := limits.MAX_SCANNED_DEPTH):
        raise IntakeError(f"{where}: has more than {most} files within files; it is not scanned")
    try:
        yield from _of_kind(data, where, depth, left)
    except _UNREADABLE as error:
        msg = f"{where}: cannot be unpacked ({type(error).__name__}), so it is not known to be safe"
        raise IntakeError(msg) from error


def _of_kind(data: bytes, where: str, depth: int, left: _Allowance) -> Iterator[FileLayer]:
    if data.startswith(_ZIP):
        yield from _archive(data, where, depth, left)
    elif data.startswith(_GZIP):
        yield from _layers(_gunzip(data, left), f"{where} > gzip", depth + 1, left)
    elif data.startswith(_PNG):
        yield from _chunks(data, where, left)
    elif data.startswith(b"%PDF-"):
        for part, text in pdf_layers(data, left.size):
            left.take(len(text))
            yield FileLayer(f"{where} > {part}", text)
    elif data.startswith(_PICTURES):
        yield FileLayer(where, data.decode("latin-1"))
    else:
        yield from _text(data, where, depth, left)


def _archive(data: bytes, where: str, depth: int, left: _Allowance) -> Iterator[FileLayer]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield FileLayer(f"{where} (comment)", archive.comment.decode("utf-8", "replace"))
        for info in archive.infolist():
            if info.file_size > left.size:
                left.take(info.file_size)
            inner = f"{where} > {info.filename}"
            yield FileLayer(f"{inner} (name)", f"{info.filename} {_words(info.comment)}")
            yield from _layers(archive.read(info), inner, depth + 1, left)


def _words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _gunzip(data: bytes, left: _Allowance) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        return packed.read(max(left.size, 0) + 1)


def _chunks(data: bytes, where: str, left: _Allowance) -> Iterator[FileLayer]:
    """The text chunks of a PNG, and what follows its end (PNG, third edition, 5.3 and 11.3)."""
    at = len(_PNG)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind in _TEXT_CHUNKS:
            for text in _chunk_texts(body, left):
                yield FileLayer(f"{where} > {kind.decode()}", text)
        elif kind not in {b"IDAT", b"IHDR", b"PLTE"}:
            yield FileLayer(f"{where} > chunk", body.decode("latin-1"))
        if kind == b"IEND":
            break
    if data[at:]:
        yield from _layers(data[at:], f"{where} > after the picture", 1, left)


def _chunk_texts(body: bytes, left: _Allowance) -> Iterator[str]:
    """The text of a chunk as it is, and unpacked where a part of it is compressed."""
    yield body.decode("utf-8", "replace")
    for start in (found.start() for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", body)):
        unpacker = zlib.decompressobj()
        try:
            text = unpacker.decompress(body[start:], max(left.size, 0) + 1)
        except zlib.error:
            continue
        left.take(len(text))
        yield text.decode("utf-8", "replace")


def _text(data: bytes, where: str, depth: int, left: _Allowance) -> Iterator[FileLayer]:
    """A text, once with its tags and once without, and what it embeds instead of its letters."""
    inners: list[bytes] = []

    def unpacked(found: re.Match[bytes]) -> bytes:
        inner = list(_based(found[0]))
        inners.extend(inner)
        return b" " if inner and inner[0].startswith(_UNPACKED) else found[0]

    rest = _BASE64.sub(unpacked, data)
    text = _decoded(rest)
    yield FileLayer(where, _unescaped(text))
    if "<" in text:
        yield FileLayer(where, _unescaped(_TAG.sub(" ", text)))
    for number, inner in enumerate(inners, start=1):
        yield from _layers(inner, f"{where} > base64 {number}", depth + 1, left)


def _based(written: bytes) -> Iterator[bytes]:
    """What is written as base64: the whole, and each of the parts that spaces separate."""
    runs = written.split()
    for run in dict.fromkeys([b"".join(runs), *(run for run in runs if len(run) >= _LINE)]):
        inner = _unbased(run)
        if _is_worth_reading(inner):
            yield inner


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _unescaped(text: str) -> str:
    """The text with the letters that HTML, XML and JSON write as escapes."""
    plain = html.unescape(text) if "&" in text else text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), plain) if "\\u" in plain else plain


def _unbased(written: bytes) -> bytes:
    """The bytes of base64, or nothing if it is none."""
    packed = written.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4))
    except binascii.Error:
        return b""


def _is_worth_reading(data: bytes) -> bool:
    """Whether bytes are a file of a kind that is unpacked, or text."""
    if not data:
        return False
    if data.startswith(_UNPACKED):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
