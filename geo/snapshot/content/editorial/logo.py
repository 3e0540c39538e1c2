"""The logo of a figure: checked, drawn anew as a small PNG, and kept with its digest.

What a recipe keeps is not the file that was given, whose metadata may tell where it was made, but
its pixels.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.editorial.plain_fields import PlainFields

if TYPE_CHECKING:
    from PIL.Image import Image

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_KINDS: Final = {_PNG: "PNG", b"\xff\xd8\xff": "JPEG"}
_MOST: Final = (480, 240)
"""Greatest width and height in pixels: 40 by 20 mm at 300 dots per inch."""
_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_SMALLER: Final = 0.8
"""Factor by which a logo with more bytes than a recipe keeps is made smaller, step by step."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as PNG with nothing but pixels.

    Parameters
    ----------
    png
        From :func:`logo_of`, or from a recipe.
    """

    png: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Check that it is a PNG of a size that figures have room for.

        Raises
        ------
        RecipeError
            It is not, or is damaged.
        """
        if len(self.png) > (most := limits.MAX_KEPT_LOGO_BYTES):
            raise RecipeError(f"logo: has more than {most:,} bytes; give the picture file again")
        if not self.png.startswith(_PNG) or not set(_chunks(self.png)) <= _CHUNKS:
            raise RecipeError("logo: is not a PNG of pixels only; give the picture file again")
        picture = _opened(self.png, "PNG", "logo")
        if picture.width > _MOST[0] or picture.height > _MOST[1]:
            raise RecipeError(
                f"logo: has {picture.width:,} × {picture.height:,} pixels; at most "
                f"{_MOST[0]} × {_MOST[1]}; give the picture file again"
            )

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels.

        Returns
        -------
        Width and height.
        """
        wide, high = struct.unpack(">II", self.png[16:24])
        return wide, high

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes, as hexadecimal digits."""
        return hashlib.sha256(self.png).hexdigest()

    @classmethod
    def from_plain(cls, value: object, where: str) -> Self:
        """Read a logo from a recipe.

        Raises
        ------
        RecipeError
            It is not what its digest says, or not a logo.
        """
        given = PlainFields.of(value, where, ("png", "sha256"))
        try:
            made = cls(base64.b64decode(given.text("png"), validate=True))
        except (binascii.Error, ValueError) as error:
            raise given.fault("png", "is not base64; give the picture file again") from error
        if made.digest != given.text("sha256"):
            raise RecipeError(f"{where}: has another digest than its recipe says; it was changed")
        return made

    def to_plain(self) -> dict[str, Any]:
        """The logo for a recipe.

        Returns
        -------
        Its bytes as base64, and their digest.
        """
        return {"sha256": self.digest, "png": base64.b64encode(self.png).decode()}


def logo_of(data: bytes, name: str = "the logo") -> Logo:
    """Draw a picture file anew as a logo.

    Parameters
    ----------
    data
        A PNG or JPEG; its first bytes decide, not its name.
    name
        Of the file, for messages.

    Raises
    ------
    RecipeError
        It is another kind of file, too large, or damaged.

    Examples
    --------
    >>> logo_of(b"<svg onload='alert(1)'/>", "logo.svg")
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: logo.svg: is neither PNG nor JPEG; save the logo as PNG
    """
    if len(data) > (most := limits.MAX_LOGO_BYTES):
        raise RecipeError(f"{name}: is larger than {most:,} bytes; make the picture smaller")
    kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), "")
    if not kind:
        raise RecipeError(f"{name}: is neither PNG nor JPEG; save the logo as PNG")
    picture = _opened(data, kind, name).convert("RGBA")
    picture.thumbnail(_MOST)
    while len(png := _as_png(picture)) > limits.MAX_KEPT_LOGO_BYTES:
        wide, high = picture.size
        picture.thumbnail((max(1, int(wide * _SMALLER)), max(1, int(high * _SMALLER))))
    return Logo(png)


def _opened(data: bytes, kind: str, name: str) -> Image:
    """The picture with its pixels, its size looked at before they are unpacked."""
    from PIL import Image  # noqa: PLC0415 - only figures with a logo load it

    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            pixels = opened.width * opened.height
            if pixels <= limits.MAX_LOGO_PIXELS:
                return opened.copy()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RecipeError(f"{name}: is a damaged {kind}; save the picture again") from error
    most = limits.MAX_LOGO_PIXELS
    raise RecipeError(f"{name}: has {pixels:,} pixels; at most {most:,}; make it smaller")


def _as_png(picture: Image) -> bytes:
    from PIL import Image  # noqa: PLC0415 - as above

    file = io.BytesIO()
    # A new picture has no colour profile, text or position in it.
    Image.frombytes("RGBA", picture.size, picture.tobytes()).save(file, "PNG", optimize=True)
    return file.getvalue()


def _chunks(png: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 8 <= len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8]
        at += 12 + length
