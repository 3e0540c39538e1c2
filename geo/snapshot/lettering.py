"""The type of figures: DejaVu Sans with Noto Sans behind it, the same on every machine.

Text of a record is untrusted: it is never read as mathematics. A character that no typeface has a
glyph for is drawn as an empty box, and :mod:`geo.snapshot.content.glyphs` names it in a warning.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from geo.snapshot.typefaces import (
    FilesInTurn,
    Weight,
    drawable_letters,
    faces_for,
    letters_of,
    own_face,
)

LEADING: Final = 1.22
"""Distance of two lines by the size of their type."""
_MISSING: Final = "\u25a1"
_HAIR: Final = "\u200a"


def font(size: float, weight: Weight = "normal", text: str = "") -> FontProperties:
    """The type in a size in points, with what is needed for the letters of a text."""
    return FilesInTurn(faces_for(text, weight), size, weight)


@lru_cache(maxsize=4096)
def drawable(text: str, weight: Weight = "normal") -> str:
    """The text with an empty box for every character that the typeface has no glyph for.

    A character that it can put together from a letter and its marks is put together, and one that
    only directs the text and shows nothing is left out where the typeface does not know it.

    Examples
    --------
    >>> drawable("کابل, $x$"), drawable(f"a{chr(0x378)}b"), drawable("ۀ") == "ە" + chr(0x654)
    ('کابل, $x$', 'a□b', True)
    """
    return "".join(as_drawn(each, weight) for each in text)


def without_glyph(text: str, weight: Weight = "normal") -> tuple[str, ...]:
    """The characters that are drawn as empty boxes, each once, in the order of the text.

    Examples
    --------
    >>> nobody_has = chr(0x378)
    >>> without_glyph(f"a{nobody_has}b{nobody_has}") == (nobody_has,)
    True
    >>> without_glyph("کابل" + chr(0x2068))
    ()
    """
    lacking = (each for each in text if each != _MISSING and as_drawn(each, weight) == _MISSING)
    return tuple(dict.fromkeys(lacking))


@lru_cache(maxsize=4096)
def as_drawn(character: str, weight: Weight) -> str:
    """What is drawn for a character: what DejaVu Sans can put together stays in its own style."""
    own = letters_of(own_face(weight).file)
    if ord(character) in own:
        return character
    if unicodedata.category(character) == "Cf":
        return ""
    parts = unicodedata.normalize("NFD", character)
    if own.issuperset(map(ord, parts)):
        return parts
    return character if ord(character) in drawable_letters(weight) else _MISSING


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, weight: Weight = "normal") -> float:
    """Width of a line of text in points."""
    if not text:
        return 0.0
    drawn = drawable(text, weight)
    width, _, _ = text_to_path.get_text_width_height_descent(
        drawn, font(size, weight, drawn), ismath=False
    )
    return float(width)


def shorten(text: str, size: float, width: float, weight: Weight = "normal") -> str:
    """The text, cut with an ellipsis where it is wider than `width` points.

    Examples
    --------
    >>> shorten("Kabul", 9, 100), shorten("the northern provinces", 9, 50)
    ('Kabul', 'the nort…')
    """
    if width_of(text, size, weight) <= width:
        return text
    kept = text
    while kept and width_of(kept + "…", size, weight) > width:
        kept = kept[:-1].rstrip()
    return kept + "…"


def letterspaced(text: str) -> str:
    """Capitals set wide, for the quiet names of the land around; other scripts as they are.

    Examples
    --------
    >>> letterspaced("Iran").replace(chr(0x200a), "."), letterspaced("ایران")
    ('I.R.A.N', 'ایران')
    """
    return _HAIR.join(text.upper()) if text.isascii() else text


def break_lines(
    words: str, size: float, width: float, weight: Weight = "normal"
) -> tuple[str, ...]:
    """Lines of at most `width` points, broken at spaces; a longer word keeps a line of its own."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
