"""The type of figures: matplotlib's own DejaVu Sans, by its file, the same on every machine.

Text of a record is untrusted: it is never read as mathematics. A character that the typeface has no
glyph for is drawn as an empty box, and :mod:`geo.snapshot.content.glyphs` names it in a warning.
"""

from __future__ import annotations

import unicodedata
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
    """The text with an empty box for every character that the typeface has no glyph for.

    A character that it can put together from a letter and its marks is put together, and one that
    only directs the text and shows nothing is left out where the typeface does not know it.

    Examples
    --------
    >>> drawable("کابل, $x$"), drawable("a喀b"), drawable("ۀ") == "ە" + chr(0x654)
    ('کابل, $x$', 'a□b', True)
    """
    known = _letters(weight)
    return "".join(each if ord(each) in known else _instead(each, known) for each in text)


def without_glyph(text: str, weight: Weight = "normal") -> tuple[str, ...]:
    """The characters that are drawn as empty boxes, each once, in the order of the text.

    Examples
    --------
    >>> without_glyph("喀布喀 Kabul کابل"), without_glyph("کابل" + chr(0x2068))
    (('喀', '布'), ())
    """
    known = _letters(weight)
    lacking = (each for each in text if ord(each) not in known)
    return tuple(dict.fromkeys(each for each in lacking if _instead(each, known) == _MISSING))


def _instead(character: str, known: frozenset[int]) -> str:
    """What is drawn in place of a character without a glyph."""
    if unicodedata.category(character) == "Cf":
        return ""
    parts = unicodedata.normalize("NFD", character)
    return parts if known.issuperset(map(ord, parts)) else _MISSING


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
