"""All colours of figures: those of the web map, light and dark, and a greyscale set.

Those of the web map are in ``geo/webmap/css/document.css``; a value has the same name here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from geo.snapshot.content.editorial.house_style import lighter
from geo.snapshot.content.recipe import Variant
from geo.wording.symbology import GroupStyle, contrast

Pair = tuple[str, str]

# One grey for each colour of the palette, with the largest steps in lightness between the most
# frequent groups; letters distinguish the rest.
_GREYS: Final[Mapping[str, str]] = {
    "#3A3F47": "#2E2E2E",
    "#0072B2": "#474747",
    "#009E73": "#626262",
    "#D55E00": "#808080",
    "#8A857C": "#919191",
    "#CC79A7": "#A3A3A3",
    "#E69F00": "#B8B8B8",
    "#56B4E9": "#CECECE",
    "#F0E442": "#E4E4E4",
}
_SHADES: Final = (0.13, 0.26, 0.4, 0.54, 0.7)
"""Opacity of the darkest shade for the five classes: distinguishable steps in greyscale."""
_LEAST_CONTRAST: Final = 4.5
"""Least contrast ratio between text and its background (WCAG 2.2, success criterion 1.4.3, level
AA; https://www.w3.org/TR/WCAG22/#contrast-minimum)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one variant.

    Parameters
    ----------
    background, land, surface, surface_quiet
        The land of neighbours, the land of the country, plates and page, and a quieter plate.
    ink, muted, faint
        Text, quieter text, quietest text.
    hairline, border, rim, hatch
        Rules, borders of provinces, edges that carry meaning, and the lines of a hatch.
    focus
        Links.
    shades
        Steps of the shading of province totals, palest first.
    water, lake, water_ink
        Rivers and shores, lakes, and the names of both.
    country_line, province_line, district_line
        Boundaries on the base map.
    own_road, own_rail, own_built
        Of the user's own base map: roads and other lines, railways, built-up and other areas.
    relief
        Shading over the land: shadows on a light map, highlights on a dark one.
    """

    key: Variant
    background: str
    land: str
    surface: str
    surface_quiet: str
    ink: str
    muted: str
    faint: str
    hairline: str
    border: str
    rim: str
    hatch: str
    focus: str
    shades: tuple[str, str, str, str, str]
    water: str
    lake: str
    water_ink: str
    country_line: str
    province_line: str
    district_line: str
    relief: str
    own_road: str
    own_rail: str
    own_built: str

    def group(self, style: GroupStyle) -> Pair:
        """Colour of a group, and the colour of text on it.

        Examples
        --------
        >>> green = GroupStyle("#009E73", "#35BF98", "#16181B", "#16181B")
        >>> theme_of("dark").group(green), theme_of("grey").group(green)
        (('#35BF98', '#16181B'), ('#626262', '#FFFFFF'))
        """
        if self.key == "dark":
            return style.dark, style.on_dark
        if self.key == "colour":
            return style.light, style.on_light
        grey = _GREYS.get(style.light) or _grey(style.light)
        white = contrast(grey, "#FFFFFF") >= _LEAST_CONTRAST
        return grey, "#FFFFFF" if white else "#111111"

    @property
    def plain(self) -> Pair:
        """Colour of a sign without a group, and the colour of text on it."""
        return self.muted, self.surface


def theme_of(variant: Variant, accent: str = "") -> Theme:
    """The colours of a variant.

    Parameters
    ----------
    accent
        Colour of an organisation for links and for what the editor adds; greyscale has none.
    """
    theme = _THEMES[variant]
    if not accent or variant == "grey":
        return theme
    return replace(theme, focus=lighter(accent) if variant == "dark" else accent)


def mix(colour: str, base: str, share: float) -> str:
    """A colour blended over a base with an opacity of `share`, from 0 to 1.

    Examples
    --------
    >>> mix("#000000", "#FFFFFF", 0.5), mix("#24211d", "#faf8f4", 1.0)
    ('#808080', '#24211D')
    """
    pairs = zip(_channels(colour), _channels(base), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _grey(colour: str) -> str:
    """The grey with the luma of a colour (weights: ITU-R BT.601-7, 2.5.1)."""
    red, green, blue = _channels(colour)
    level = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{level:02X}{level:02X}{level:02X}"


def _shades(shade: str, land: str) -> tuple[str, str, str, str, str]:
    a, b, c, d, e = (mix(shade, land, share) for share in _SHADES)
    return a, b, c, d, e


_THEMES: Final[Mapping[Variant, Theme]] = {
    "colour": Theme(
        "colour", background="#e9e4da", land="#faf8f4", surface="#fffefb", surface_quiet="#f6f2ea",
        ink="#24211d", muted="#6b655c", faint="#746d63", hairline="#d8d1c5", border="#cbc3b5",
        rim="#9c9385", hatch="#b9b0a1", focus="#1f5fbf", shades=_shades("#857a68", "#faf8f4"),
        water="#8fb4c9", lake="#cfe0e9", water_ink="#41718a", country_line="#6b6052",
        province_line="#968c7d", district_line="#b5ab9c", relief="#3d362c",
        own_road="#bba98f", own_rail="#a59d92", own_built="#e8dfcf",
    ),
    "grey": Theme(
        "grey", background="#e8e8e8", land="#fbfbfb", surface="#ffffff", surface_quiet="#f3f3f3",
        ink="#111111", muted="#555555", faint="#666666", hairline="#d4d4d4", border="#bfbfbf",
        rim="#8c8c8c", hatch="#b0b0b0", focus="#111111", shades=_shades("#7a7a7a", "#fbfbfb"),
        water="#a6a6a6", lake="#dcdcdc", water_ink="#5c5c5c", country_line="#565656",
        province_line="#888888", district_line="#b0b0b0", relief="#2e2e2e",
        own_road="#a9a9a9", own_rail="#a0a0a0", own_built="#e6e6e6",
    ),
    "dark": Theme(
        "dark", background="#171614", land="#24221f", surface="#1e1c1a", surface_quiet="#282522",
        ink="#ece7df", muted="#a9a196", faint="#8f887c", hairline="#37332e", border="#4a443d",
        rim="#756d62", hatch="#544d44", focus="#8db8ff", shades=_shades("#b8ac99", "#24221f"),
        water="#41687d", lake="#263f4c", water_ink="#84adc4", country_line="#9a9184",
        province_line="#6a6257", district_line="#544d44", relief="#d9cfbd",
        own_road="#6f6455", own_rail="#67605a", own_built="#38332d",
    ),
}  # fmt: skip
