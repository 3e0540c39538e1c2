"""The imprint in a PNG: a compressed text (iTXt) before the pixels, which programs keep.

What is read may come from anybody: chunks are stepped over by their lengths, a text is unpacked up
to a limit, and pixels are decoded only as PNG and only if their number, which stands in the first
bytes, is within the limit.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from geo import limits
from geo.errors import IntakeError, RecipeError
from geo.snapshot.content.imprint import MARK

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KIND: Final = b"iTXt"
_TEXTS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_KEYWORD: Final = b"Incident Map"
_COMPRESSED: Final = b"\0\x01\0\0\0"
"""Ends the keyword: packed by zlib, without language and translated keyword (PNG, 11.3.4.5)."""
_HEADER_END: Final = 33
"""Bytes of the signature and of the header chunk, which is always first and always as long."""
_PACKED: Final = 3
"""Level of compression, of 9: with the strategy below, files are an eighth smaller than with those
that Pillow chooses, in half of the time; level 9 takes ten times as long for 2 % less."""
_QUALITY: Final = 92
"""Quality of a JPEG, of 100: letters of 9 points stay clear."""
_AROUND: Final = 12
"""Bytes of a chunk around its data: length, type and checksum."""


def encode_png(pixels: NDArray[np.uint8], dpi: int, title: str) -> bytes:
    """Return pixels as a PNG without transparency, since a page is opaque.

    Parameters
    ----------
    pixels
        Red, green, blue and opacity of each pixel, row by row.
    """
    file, about = io.BytesIO(), PngImagePlugin.PngInfo()
    about.add_text("Title", title)
    Image.fromarray(pixels).convert("RGB").save(
        file, "PNG", dpi=(dpi, dpi), pnginfo=about, compress_level=_PACKED,
        compress_type=zlib.Z_DEFAULT_STRATEGY,
    )  # fmt: skip
    return file.getvalue()


def embed_in_png(png: bytes, text: str) -> bytes:
    """Return a PNG with the text of an imprint; its pixels are unchanged.

    Parameters
    ----------
    png
        As this program has just written it.
    """
    data = _KEYWORD + _COMPRESSED + zlib.compress(text.encode(), 9)
    checksum = zlib.crc32(_KIND + data)
    chunk = struct.pack(">I", len(data)) + _KIND + data + struct.pack(">I", checksum)
    return png[:_HEADER_END] + chunk + png[_HEADER_END:]


def find_in_png(data: bytes, name: str) -> str:
    """Return the text of the imprint in a PNG, or nothing.

    Raises
    ------
    RecipeError
        It is damaged, or larger than the limit.

    Examples
    --------
    >>> find_in_png(SIGNATURE + b"cut short", "a.png")
    ''
    """
    for kind, content in _texts(data):
        keyword, _, rest = content.partition(b"\0")
        if keyword == _KEYWORD:
            return _checked(_value(kind, rest, name), name)
    return ""


def digest_pixels(size: tuple[int, int], rgba: bytes | memoryview) -> str:
    """Return the SHA-256 of a picture's size in pixels and its pixels, as hexadecimal digits."""
    found = hashlib.sha256(f"{size[0]}x{size[1]}:".encode())
    found.update(rgba)
    return found.hexdigest()


def digest_png(data: bytes, name: str) -> str:
    """Return the digest of the pixels of a PNG, however it was compressed.

    Raises
    ------
    IntakeError
        It is damaged, or has more pixels than the limit.
    """
    if not data.startswith(SIGNATURE) or len(data) < _HEADER_END:
        raise IntakeError(f"{name}: is not a PNG; expected a figure of this program")
    width, height = struct.unpack(">II", data[16:24])
    if width * height > (most := limits.MAX_FIGURE_PIXELS):
        raise IntakeError(f"{name}: has {width * height:,} pixels; at most {most:,} are read")
    with _opened(data, name) as opened:
        return digest_pixels(opened.size, opened.convert("RGBA").tobytes())


def size_of_picture(data: bytes) -> tuple[int, int]:
    """Return the size of a PNG or JPEG, of which only the head is read.

    Returns
    -------
    Width and height in pixels.

    Raises
    ------
    IntakeError
        It is damaged.
    """
    with _opened(data, "the picture") as opened:
        return opened.size


def as_jpeg(png: bytes) -> bytes:
    """Return a PNG that this program has drawn as a JPEG, for a part that was made one."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        opened.convert("RGB").save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as opened:
            yield opened
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error) as error:
        raise IntakeError(f"{name}: is a damaged picture; export the figure again") from error
    except Image.DecompressionBombError as error:
        raise IntakeError(f"{name}: has more pixels than are read") from error


def _texts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and data of each chunk of text, wherever and however a program has put it."""
    at = len(SIGNATURE)
    while data.startswith(SIGNATURE) and at + _AROUND <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if (kind := data[at + 4 : at + 8]) in _TEXTS:
            yield kind, data[at + 8 : at + 8 + length]
        at += _AROUND + length


def _value(kind: bytes, rest: bytes, name: str) -> bytes:
    """Return the text of a chunk without its keyword."""
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _unpacked(rest[1:], name)
    is_packed, (_, _, value) = rest[:1] == b"\x01", (rest[2:].split(b"\0", 2) + [b""] * 3)[:3]
    return _unpacked(value, name) if is_packed else value


def _unpacked(content: bytes, name: str) -> bytes:
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(content, 2 * limits.MAX_IMPRINT_BYTES)
    except zlib.error as error:
        raise RecipeError(f"{name}: the recipe in it is damaged") from error
    if not reader.eof:
        raise RecipeError(f"{name}: the recipe in it is damaged")
    return found


def _checked(value: bytes, name: str) -> str:
    text = value.decode("ascii", "replace")
    if not text.startswith(MARK):
        raise RecipeError(f"{name}: the recipe in it is damaged")
    return text
