"""The size of a picture that is a tile, read from its first bytes: it is not unpacked here.

PNG: *Portable Network Graphics*, third edition (W3C 2025), 11.2.1. JPEG: ITU-T T.81 (1992), B.2.2.
"""

from __future__ import annotations

from typing import Final

from geo import limits
from geo.errors import IntakeError
from geo.places.country.pmtiles import TileType
from geo.places.country.webp import webp_size

_PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_JPEG: Final = b"\xff\xd8"
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a frame; the three between them are those of tables and of an extension."""


def checked_size(kind: TileType, data: bytes, name: str) -> tuple[int, int]:
    """Read the size of a picture.

    Returns
    -------
    Width and height in pixels.

    Raises
    ------
    IntakeError
        It is not a picture of this kind, or too large to be a tile.

    Examples
    --------
    >>> checked_size("png", b"GIF89a", "own.pmtiles: tile 0/0/0")
    Traceback (most recent call last):
    ...
    geo.errors.IntakeError: own.pmtiles: tile 0/0/0: is not a PNG picture, as the file says
    """
    size = {"png": _png_size, "jpeg": _jpeg_size, "webp": webp_size}[kind](data)
    if size is None or not all(size):
        said = "WebP" if kind == "webp" else kind.upper()
        raise IntakeError(f"{name}: is not a {said} picture, as the file says")
    if max(size) > (most := limits.MAX_TILE_SIDE):
        raise IntakeError(
            f"{name}: has {size[0]:,} by {size[1]:,} pixels; tiles have at most {most:,} on a side"
        )
    return size


def _png_size(data: bytes) -> tuple[int, int] | None:
    at = len(_PNG)
    if not data.startswith(_PNG) or len(data) < at + 8:
        return None
    return int.from_bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """The size in the first frame; the segments before it are passed over."""
    at = len(_JPEG)
    if not data.startswith(_JPEG):
        return None
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - begins a marker
        if data[at + 1] in _FRAMES:
            high, wide = (int.from_bytes(data[i : i + 2]) for i in (at + 5, at + 7))
            return wide, high
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return None
