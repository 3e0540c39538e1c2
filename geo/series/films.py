"""Frames as a film: GIF, WebP or MP4, each frame shown for a stated time, with the imprint inside.

The same frames give the same GIF and WebP, byte by byte, and an MP4 with the same frames.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from PIL import Image

_COLOURS: Final = 256
"""Colours of a GIF: all that it can have."""
_SAMPLE: Final = 480
"""Width in pixels at which the colours of all frames are compared; each colour of a sign is still
many pixels."""
_RATE: Final = 10
"""Pictures per second of an MP4: every player shows them, and a frame lasts a tenth of a second or
more."""
_QUALITY: Final = "16"
"""Constant rate factor of x264, of 0 (lossless) to 51: letters of 9 points stay clear."""
_MILLISECONDS: Final = 1000
"""In a second."""


def as_gif(frames: Sequence[bytes], seconds: float, imprint: str) -> bytes:
    """Join frames in PNG to a GIF that repeats, all in the same 256 colours."""
    palette = _common_palette(frames)
    pictures = [_opened(frame).quantize(palette=palette, dither=Image.Dither.NONE)
                for frame in frames]  # fmt: skip
    file = io.BytesIO()
    pictures[0].save(
        file, "GIF", save_all=True, append_images=pictures[1:], loop=0, optimize=False,
        duration=round(seconds * _MILLISECONDS), comment=imprint.encode(),
    )  # fmt: skip
    return file.getvalue()


def as_webp(frames: Sequence[bytes], seconds: float, imprint: str) -> bytes:
    """Join frames in PNG to a WebP that repeats, without any loss."""
    file = io.BytesIO()
    pictures = (_opened(frame) for frame in frames)
    next(pictures).save(
        file, "WEBP", save_all=True, append_images=pictures, loop=0, lossless=True, method=2,
        quality=40, duration=round(seconds * _MILLISECONDS), xmp=imprint.encode(),
    )  # fmt: skip
    return file.getvalue()


def as_mp4(frames: Sequence[bytes], seconds: float, imprint: str, title: str) -> bytes:
    """Join frames in PNG to an MP4 (H.264), which every phone and slide plays.

    It needs the extra ``video``.
    """
    import av  # noqa: PLC0415 - comes with an extra

    frames_made: Any = av.VideoFrame

    file = io.BytesIO()
    with av.open(file, "w", format="mp4", options={"fflags": "+bitexact"}) as film:
        film.metadata.update({"title": title, "comment": imprint})
        stream: Any = film.add_stream("libx264", rate=_RATE)
        first = _even(_opened(frames[0]))
        stream.width, stream.height = first.size
        stream.pix_fmt, stream.thread_count = "yuv420p", 1
        stream.time_base = Fraction(1, _RATE)
        stream.options = {"crf": _QUALITY, "preset": "medium", "tune": "animation"}
        for at, picture in enumerate(_repeated(frames, seconds)):
            frame: Any = frames_made.from_image(picture)
            frame.pts, frame.time_base = at, Fraction(1, _RATE)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return file.getvalue()


def _repeated(frames: Sequence[bytes], seconds: float) -> Any:
    for frame in frames:
        picture = _even(_opened(frame))
        for _ in range(max(1, round(seconds * _RATE))):
            yield picture


def _opened(png: bytes) -> Image.Image:
    """A frame that this program has drawn."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        return opened.convert("RGB")


def _even(picture: Image.Image) -> Image.Image:
    """The picture without an odd last row or column, which H.264 cannot have."""
    return picture.crop((0, 0, picture.width // 2 * 2, picture.height // 2 * 2))


def _common_palette(frames: Sequence[bytes]) -> Image.Image:
    """The colours that serve all frames, so that the ground has the same ones in each."""
    small = []
    for frame in frames:
        opened = _opened(frame)
        high = max(1, opened.height * _SAMPLE // opened.width)
        small.append(opened.resize((_SAMPLE, high), Image.Resampling.NEAREST))
    sheet = Image.new("RGB", (_SAMPLE, sum(one.height for one in small)))
    top = 0
    for one in small:
        sheet.paste(one, (0, top))
        top += one.height
    return sheet.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
