"""Estimate how much space text takes, before an office program lays it out.

Text is measured in matplotlib's DejaVu Sans, which is wider than the typeface of slides and
reports, so whatever fits by this estimate fits there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from geo.briefing.wording import Paragraph
from geo.snapshot.layout.typesetting import POINT
from geo.snapshot.lettering import width_of

LEADING: Final = 1.2
"""Line spacing as a multiple of the type size: a little more than Arial's 1.15, so that text never
needs more height than estimated."""
AFTER: Final = 3.0
"""Space in points after a paragraph."""
HANG: Final = 9.0
"""Millimetres by which a number hangs to the left of its paragraph."""
# A word longer than this, an address most often, may be broken anywhere.
_WORD: Final = re.compile(r"\S{1,30} ?")
_MEASURED: Final = 10.0
"""Size in points at which words are measured; widths scale with the size of type."""


def height_of(lines: Iterable[Paragraph], size: float, width: float) -> float:
    """Return the most millimetres that paragraphs need at a type size (points) and width (mm).

    Examples
    --------
    >>> short, long = Paragraph("Kabul"), Paragraph("Kabul " * 40)
    >>> height_of([short], 10, 100) < height_of([long], 10, 100) < height_of([long], 10, 50)
    True
    """
    return sum(
        (len(rows(line, size, width)) * size * LEADING + AFTER) * POINT for line in lines
    )  # fmt: skip


def split(line: Paragraph, size: float, width: float, height: float) -> list[Paragraph]:
    """Split a paragraph into parts none of which is higher than `height` millimetres."""
    if height_of([line], size, width) <= height:
        return [line]
    set_ = rows(replace(line, link=""), size, width)
    # One row is reserved for the address, which stays with the last part.
    most = max(1, int((height / POINT - AFTER) / (size * LEADING)) - 2)
    texts = ["".join(set_[at : at + most]).strip() for at in range(0, len(set_), most)]
    parts = [replace(line, text=text, number="", link="") for text in texts]
    parts[0] = replace(parts[0], number=line.number)
    parts[-1] = replace(parts[-1], link=line.link)
    return parts


@lru_cache(maxsize=4096)  # lines or words of a long report, a few MB
def rows(line: Paragraph, size: float, width: float) -> tuple[str, ...]:
    """Break a paragraph into rows; joined, they give its text and its address."""
    room = (width - (HANG if line.number else 0)) / POINT
    broken: list[str] = [""]
    used = 0.0
    for word in _WORD.findall(" ".join(part for part in (line.text, line.link) if part)):
        wide = _width(word, bold=line.kind == "heading") * size
        if broken[-1] and used + wide > room:
            broken.append("")
            used = 0.0
        broken[-1] += word
        used += wide
    return tuple(broken)


@lru_cache(maxsize=16_384)  # lines or words of a long report, a few MB
def _width(word: str, *, bold: bool) -> float:
    """Return the width of a word and the space after it, as a multiple of the type size."""
    return width_of(word, _MEASURED, "bold" if bold else "normal") / _MEASURED
