"""The type of figures: matplotlib's own DejaVu Sans, by its file, the same on every machine.

Text of a record is untrusted: it is never read as mathematics, and a letter that the type does not
have becomes an empty box instead of a warning.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.textpath import text_to_path

Weight = Literal["normal", "bold"]
LEADING: Final = 1.22
"""Distance of two lines by the size of their type."""
_FAMILY: Final = "DejaVu Sans"
_FILES: Final = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_MISSING: Final = "\u25a1"
_HAIR: Final = "\u200a"


def font(size: float, weight: Weight = "normal") -> FontProperties:
    """The type in a size in points."""
    return FontProperties(family=_FAMILY, weight=weight, size=size, fname=str(_file(weight)))


@lru_cache(maxsize=4096)
def drawable(text: str, weight: Weight = "normal") -> str:
    """The text with an empty box for every letter that the type does not have.

    Examples
    --------
    >>> drawable("کابل, $x$"), drawable("a𝒳b")
    ('کابل, $x$', 'a□b')
    """
    known = _letters(weight)
    return "".join(each if ord(each) in known else _MISSING for each in text)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, weight: Weight = "normal") -> float:
    """Width of a line of text in points."""
    if not text:
        return 0.0
    prop = font(size, weight)
    width, _, _ = text_to_path.get_text_width_height_descent(
        drawable(text, weight), prop, ismath=False
    )
    return float(width)


def shortened(text: str, size: float, width: float, weight: Weight = "normal") -> str:
    """The text, cut with an ellipsis where it is wider than `width` points.

    Examples
    --------
    >>> shortened("Kabul", 9, 100), shortened("the northern provinces", 9, 50)
    ('Kabul', 'the nort…')
    """
    if width_of(text, size, weight) <= width:
        return text
    kept = text
    while kept and width_of(kept + "…", size, weight) > width:
        kept = kept[:-1].rstrip()
    return kept + "…"


def spaced(text: str) -> str:
    """Capitals set wide, for the quiet names of the land around; other scripts as they are.

    Examples
    --------
    >>> spaced("Iran").replace(chr(0x200a), "."), spaced("ایران")
    ('I.R.A.N', 'ایران')
    """
    return _HAIR.join(text.upper()) if text.isascii() else text


def broken(words: str, size: float, width: float, weight: Weight = "normal") -> tuple[str, ...]:
    """Lines of at most `width` points, broken at spaces; a longer word keeps a line of its own."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@cache
def _file(weight: Weight) -> Path:
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[weight]


@cache
def _letters(weight: Weight) -> frozenset[int]:
    return frozenset(get_font(str(_file(weight))).get_charmap())
