"""Text in figures: DejaVu Sans with Noto Sans as fallback, the same on every machine.

Record text is untrusted and never parsed as mathtext. A character without a glyph in any typeface
is drawn as an empty box, and :mod:`geo.snapshot.content.glyphs` lists it in a warning.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from geo.snapshot.typefaces import (
    FilesInTurn,
    Typeface,
    Weight,
    drawable_letters,
    faces_for,
    letters_of,
    own_face,
)

LEADING: Final = 1.22
"""Line height as a multiple of the type size: close to the 1.2 that is usual for body text."""
HALF_CAPITAL: Final = 0.365
"""Half the height of capitals relative to the type size (DejaVu Sans: 0.73). Text is centred by
it, so that it is aligned with signs and other lines."""
_MISSING: Final = "\u25a1"
_HAIR: Final = "\u200a"


def font(size: float, weight: Weight = "normal", text: str = "") -> FontProperties:
    """Font properties at a size in points, with every typeface that the text needs."""
    return _properties(faces_for(text, weight), size, weight)


# A figure has a few sizes and typefaces; matplotlib copies what it is given.
@lru_cache(maxsize=256)
def _properties(faces: tuple[Typeface, ...], size: float, weight: Weight) -> FontProperties:
    return FilesInTurn(faces, size, weight)


@lru_cache(maxsize=4096)
def drawable(text: str, weight: Weight = "normal") -> str:
    """The text with an empty box for each character without a glyph.

    A character that can be composed from a base letter and combining marks is decomposed into
    them. An invisible format character without a glyph is dropped.

    Examples
    --------
    >>> drawable("کابل, $x$"), drawable(f"a{chr(0x378)}b"), drawable("ۀ") == "ە" + chr(0x654)
    ('کابل, $x$', 'a□b', True)
    """
    return "".join(as_drawn(each, weight) for each in text)


def without_glyph(text: str, weight: Weight = "normal") -> tuple[str, ...]:
    """The characters drawn as empty boxes, each once, in the order of the text.

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
    """What is drawn for a character; one that DejaVu Sans can compose stays in DejaVu Sans."""
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
    """The text, truncated with an ellipsis if it is wider than `width` points.

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
    """Letterspaced capitals, for the names of neighbouring countries; other scripts unchanged.

    Examples
    --------
    >>> letterspaced("Iran").replace(chr(0x200a), "."), letterspaced("ایران")
    ('I.R.A.N', 'ایران')
    """
    return _HAIR.join(text.upper()) if text.isascii() else text


def break_lines(
    words: str, size: float, width: float, weight: Weight = "normal"
) -> tuple[str, ...]:
    """Lines of at most `width` points, broken at spaces; a longer word gets its own line."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
