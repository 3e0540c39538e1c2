"""The typefaces of figures: DejaVu Sans, and Noto Sans for characters that it lacks.

Each is loaded from a file in an installed Python package, so a figure looks the same wherever the
same packages are installed; system fonts are never used. Noto appears only in its upright regular
weight, because matplotlib does not vary the axes of a variable font.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, Self

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font

Weight = Literal["normal", "bold"]
FAMILY: Final = "DejaVu Sans"
_FILES: Final = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_SCRIPTS: Final = (
    "", "Arabic", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya",
    "Sinhala", "Tamil", "Telugu", "Thai", "Lao", "Khmer", "Myanmar", "Armenian", "Georgian",
    "Hebrew", "Ethiopic", "Symbols",
)  # fmt: skip
_NOTO: Final[Mapping[str, Mapping[str, str]]] = {
    "manimgx_fonts": {
        **{f"Noto Sans {script}".strip(): f"NotoSans{script}[wght].ttf" for script in _SCRIPTS},
        "Noto Emoji": "NotoEmoji[wght].ttf",
    },
    "noto_cjk_sans_jp_regular": {"Noto Sans CJK JP": "NotoSansCJKjp-Regular.otf"},
}
"""Packages of typefaces under the SIL Open Font License 1.1: family to file, in order of use."""
_CJK: Final = (
    (0x1100, 0x11FF), (0x2E80, 0x33FF), (0x3400, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Blocks of Unicode 16 for Chinese, Japanese and Korean."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font family and its file."""

    family: str
    file: Path


class FilesInTurn(FontProperties):
    """Font properties that fall back from file to file, never to system fonts.

    Matplotlib copies these properties once per family and then sets that family, so each copy
    must find its own file.
    """

    def __init__(self, faces: tuple[Typeface, ...], size: float, weight: Weight) -> None:
        self._faces = faces
        self._files = tuple(str(face.file) for face in faces)
        families = [face.family for face in faces]
        super().__init__(family=families, size=size, weight=weight)
        # The parent constructor resets the file.
        self.set_family(families)

    @property
    def files(self) -> tuple[str, ...]:
        """The file of each family, in order."""
        return self._files

    def __copy__(self) -> Self:
        """A copy that keeps the files, which matplotlib's own copy drops."""
        made = type(self).__new__(type(self))
        vars(made).update(vars(self))
        return made

    def set_family(self, family: str | list[str]) -> None:  # type: ignore[override] # one family is enough
        """Set the family, and with it the file of the first family given."""
        super().set_family(family)
        wanted = self.get_family()[0]
        self.set_file(next(str(face.file) for face in self._faces if face.family == wanted))


@lru_cache(maxsize=4096)
def faces_for(text: str, weight: Weight = "normal") -> tuple[Typeface, ...]:
    """DejaVu Sans, then each typeface that adds characters of the text missing from the others.

    Examples
    --------
    >>> [face.family for face in faces_for("Kabul کابل")]
    ['DejaVu Sans']
    """
    own = own_face(weight)
    found, lacking = [own], {ord(letter) for letter in text} - letters_of(own.file)
    for face in others():
        if here := lacking & letters_of(face.file):
            found.append(face)
            lacking -= here
        if not lacking:
            break
    return tuple(found)


@cache
def others() -> tuple[Typeface, ...]:
    """The installed typefaces other than DejaVu Sans, in order of preference."""
    return tuple(_installed())


@cache
def drawable_letters(weight: Weight) -> frozenset[int]:
    """The code points for which at least one typeface has a glyph."""
    return letters_of(own_face(weight).file).union(*(letters_of(face.file) for face in others()))


@lru_cache(maxsize=64)
def letters_of(file: Path) -> frozenset[int]:
    """The code points for which a typeface has glyphs."""
    return frozenset(get_font(str(file)).get_charmap())


def advice(lacking: Iterable[str]) -> str:
    """What to install to draw characters without a glyph; empty if no package would help.

    Examples
    --------
    >>> advice([chr(0x378)]) in {"", "Install manimgx-fonts to draw more scripts."}
    True
    """
    here = {face.file.parent.name for face in others()}
    east_asian = {any(low <= ord(one) <= high for low, high in _CJK) for one in lacking}
    says = []
    if False in east_asian and "manimgx_fonts" not in here:
        says.append("Install manimgx-fonts to draw more scripts.")
    if True in east_asian and "noto_cjk_sans_jp_regular" not in here:
        says.append("Install incident-map[cjk] to draw Chinese, Japanese and Korean.")
    return " ".join(says)


def _installed() -> Iterator[Typeface]:
    for package, files in _NOTO.items():
        found = find_spec(package)
        for folder in found.submodule_search_locations or () if found else ():
            faces = (Typeface(family, Path(folder) / file) for family, file in files.items())
            yield from (face for face in faces if face.file.is_file())


def own_face(weight: Weight) -> Typeface:
    """DejaVu Sans, which is bundled with matplotlib."""
    return Typeface(FAMILY, Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[weight])
