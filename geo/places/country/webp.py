"""The size of a WebP picture, read from its first bytes without decoding the picture.

Layout of the file: RFC 9649, "WebP Image Format" (2024), sections 2.4 to 2.7; of the frame header
of a lossy picture: RFC 6386, section 9.1; of a lossless one: RFC 9649, section 3.4; of an extended
one: section 2.7.
"""

from __future__ import annotations

from typing import Final

_LOSSY: Final = b"VP8 "
_EXTENDED: Final = b"VP8X"
_ANIMATED: Final = 0b10
"""Of the flags of an extended picture."""
_LOSSLESS: Final = b"VP8L"
_LOSSY_MARK: Final = b"\x9d\x01\x2a"
_LOSSLESS_MARK: Final = 0x2F
"""The signature byte of a lossless picture (RFC 9649, section 3.4)."""
_HEADER_BYTES: Final = 30
"""Bytes up to the end of the frame header of a lossy picture, the longer one."""
_SIZE_BITS: Final = 0x3FFF
"""Mask of the 14 bits of a width or height in either kind."""


def webp_size(data: bytes) -> tuple[int, int] | None:
    r"""Read the size of a still WebP picture.

    Returns
    -------
    tuple or None
        Width and height in pixels; ``None`` for anything else.

    Examples
    --------
    >>> frame = b"VP8 " + bytes(7) + bytes.fromhex("9d012a03000200")
    >>> webp_size(b"RIFF" + bytes(4) + b"WEBP" + frame), webp_size(b"GIF89a"), webp_size(b"")
    ((3, 2), None, None)

    One with an opacity of its own, and an animation:

    >>> size = bytes.fromhex("ff0100 ff0000")
    >>> [
    ...     webp_size(b"RIFF" + bytes(4) + b"WEBPVP8X" + bytes(4) + flags + bytes(3) + size)
    ...     for flags in (b"\x10", b"\x02")
    ... ]
    [(512, 256), None]
    """
    if len(data) < _HEADER_BYTES or data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    if data[12:16] == _LOSSY and data[23:26] == _LOSSY_MARK:
        width, height = (int.from_bytes(data[at : at + 2], "little") for at in (26, 28))
        return width & _SIZE_BITS, height & _SIZE_BITS
    if data[12:16] == _EXTENDED and not data[20] & _ANIMATED:
        width, height = (int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
        return width + 1, height + 1
    if data[12:16] == _LOSSLESS and data[20] == _LOSSLESS_MARK:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & _SIZE_BITS) + 1, (bits >> 14 & _SIZE_BITS) + 1
    return None
