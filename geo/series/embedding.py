"""The recipe of a series inside its files, so that any of them is enough to make it again.

It is packed text between two known marks: no file is interpreted to find it. It is not a signature:
whoever can change a file can change its recipe.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import struct
import zlib
from typing import Final

from geo import limits
from geo.errors import RecipeError
from geo.series.series_recipe import SeriesRecipe

MARK: Final = "IncidentMapSeries1:"
"""Begins a recipe as text; the digit is raised when an earlier release could misread one."""
_FOUND: Final = re.compile(MARK.encode() + rb"([A-Za-z0-9+/]+={0,2})")
_HEADER_END: Final = 33
"""Bytes of the signature and of the header of a PNG, after which a text may be."""
_ESCAPED: Final = re.compile(rb"\\([0-7]{3})")
"""A character of a string in a PDF, as an octal number (ISO 32000-1:2008, 7.3.4.2)."""
_GIF: Final = b"GIF8"
_COMMENT: Final = b"!\xfe"
"""Begins a comment of a GIF, which is divided into blocks of at most 255 bytes (GIF89a, 24)."""


def recipe_text(series: SeriesRecipe) -> str:
    """The recipe as letters, digits and ``+/=:``; the same recipe gives the same text."""
    packed = gzip.compress(series.to_json().encode(), 9, mtime=0)
    return MARK + base64.b64encode(packed).decode()


def embed_recipe(data: bytes, text: str) -> bytes:
    """Return a PNG or SVG that this program has just written with the recipe in it."""
    if data.startswith(b"\x89PNG"):
        content = b"Incident Map series\0" + text.encode()
        checksum = zlib.crc32(b"tEXt" + content)
        chunk = struct.pack(">I", len(content)) + b"tEXt" + content + struct.pack(">I", checksum)
        return data[:_HEADER_END] + chunk + data[_HEADER_END:]
    before, end, after = data.rpartition(b"</svg>")
    return before + b"<metadata>" + text.encode() + b"</metadata>" + end + after


def find_recipe(data: bytes, name: str) -> SeriesRecipe | None:
    """Return the recipe in a file of a series; ``None`` if there is none.

    Raises
    ------
    RecipeError
        It is damaged, larger than the limit, or not valid.

    Examples
    --------
    >>> series = SeriesRecipe(each="quarter")
    >>> file = embed_recipe(b"<svg></svg>", recipe_text(series))
    >>> find_recipe(file, "a.svg") == series, find_recipe(b"GIF89a, cut short!", "a.gif")
    (True, None)
    """
    if data.startswith(_GIF):
        data = _comments(data)
    elif data.startswith(b"%PDF"):
        data = _ESCAPED.sub(_plain, data[data.rfind(MARK[:-1].encode()) :])
    found = _FOUND.search(data)
    if found is None:
        return None
    try:
        packed = base64.b64decode(found[1], validate=True)
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as opened:
            text = opened.read(limits.MAX_RECIPE_BYTES + 1)
    except (binascii.Error, OSError, EOFError, zlib.error, ValueError) as error:
        raise RecipeError(f"{name}: the recipe in it is damaged") from error
    return SeriesRecipe.from_json(text, f"{name}: its recipe")


def read_recipe(data: bytes, name: str) -> SeriesRecipe:
    """Return the recipe of a series from its own file, or from any file of the series.

    Raises
    ------
    RecipeError
        There is none, or it is damaged or not valid.
    """
    if data.lstrip()[:1] == b"{":
        return SeriesRecipe.from_json(data, name)
    found = find_recipe(data, name)
    if found is None:
        raise RecipeError(f"{name}: has no recipe of a series; expected a file that came with one")
    return found


def _plain(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) & 0xFF])


def _comments(data: bytes) -> bytes:
    """The comments of a GIF, without the lengths of their blocks."""
    found = bytearray()
    at = data.find(_COMMENT)
    while at >= 0:
        at += len(_COMMENT)
        while at < len(data) and (size := data[at]):
            found += data[at + 1 : at + 1 + size]
            at += 1 + size
        at = data.find(_COMMENT, at)
    return bytes(found)
