"""The symbols of figures, drawn in points, with the same shapes and meanings as on the web map.

Outline: a circle is an incident, a banner a presence claim; a tip below marks the exact place.
Stroke: the verification status. Colour and letter: the group. Size: fatalities. A presence claim
fades with the time since it was last reported. Letters are drawn as outlines, so that the
selectable text of a figure is numbers and names only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Transform

from geo.snapshot.content.content import Content, Sign
from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.layout.theme import Pair, Theme, mix
from geo.snapshot.lettering import HALF_CAPITAL, drawable, font
from geo.wording.symbology import GroupStyle, unnamed_style

LAYER_SEPARATOR: Final = "\u241f"
"""Between a layer and its part in the identifier of an artist: a letter that no name needs."""
CHIP: Final = 13.5
"""Height of a head in points where size has no meaning: its letter is 9 points, the least that is
printed."""
_HEADS: Final[Mapping[int, float]] = {-1: 16.0, 0: 13.5, 1: 16.0, 2: 18.5, 3: 22.0}
"""Height of a head in points by the class of fatalities (-1: not stated). Steps of 2.5 to 3.5
points can be distinguished side by side. Each area is about two fifths larger than the one before,
less than the numbers grow, because size shows a class, not a measure."""
_LETTER: Final = 0.66
"""Type size of the letter relative to the height of the head: capitals fill half of it."""
LEAST_LETTER: Final = CHIP * _LETTER
"""Type size in points of the letter of the smallest sign: just under 9."""
_LINE: Final = 1.35
"""Width of a stroke in points: dashed and solid can be distinguished in print."""
_RIM: Final = 2.6
"""Width in points of the light rim that separates a sign from what is below it."""
_DASH: Final = (2.7, 1.7)
"""Dash and gap in points, twice and little more than once the stroke, before both are scaled to
fit the outline a whole number of times."""
_BANNER: Final = (0.66, 0.44, 0.24)
"""Half the width, half the height and the depth of the notch of a banner, relative to its size:
its area is about that of a circle of the same size."""
_FADED: Final[Mapping[str | None, float]] = {None: 1.0, "fresh": 1.0, "ageing": 0.65, "old": 0.36}
"""Opacity of a presence claim by age: each about three fifths of the one before, because lightness
is perceived by ratio."""
_DASHED_STRENGTH: Final[Mapping[str | None, float]] = {
    None: 1.0, "fresh": 1.0, "ageing": 0.85, "old": 0.7
}  # fmt: skip
"""Opacity of a dashed outline by age: more than that of a fill, since thin lines vanish sooner."""
_TIP: Final = 0.98
"""Distance from the centre of a head to its tip, relative to its size: the sides of the tip are
tangents of the circle, at about 60 degrees to each other."""
_TIP_HALF_WIDTH: Final = 0.2
"""Half the width of the tip of a banner, relative to its size: as slender as the tip of a pin."""
_ON_EDGE: Final = 0.37
"""Offset in x and y of the ring for "not stated", relative to the size of the head: with it the
ring is on the edge of the circle, at 45 degrees (0.5 / √2 = 0.35)."""
_RING: Final = 4.4
"""Diameter in points of the ring for "not stated": its centre stays open in print."""
_STEP: Final[Mapping[str, float]] = {"incident": 0.72, "presence": 1.08}
"""Distance between two heads side by side, relative to their size: they overlap only as far as both
letters stay readable."""


@dataclass(frozen=True, slots=True)
class Pen:
    """The surface on which signs are drawn, with its colours.

    Parameters
    ----------
    on
        Axes or figure.
    points
        Transform from points, from the lower left corner of `on`, to display coordinates.
    styles, letters, names
        Style, letter and short name of each group, by its key.
    layer
        What an editable file groups what is drawn under: a layer, and possibly a part of it.
    is_editable
        Whether provinces are drawn as areas of their own, to be chosen and filled by others.
    """

    on: Axes | Figure
    points: Transform
    theme: Theme
    styles: Mapping[str, GroupStyle]
    letters: Mapping[str, str]
    names: Mapping[str, str]
    zorder: float = 5.0
    layer: tuple[str, ...] = ()
    is_editable: bool = False

    @classmethod
    def of(cls, on: Axes | Figure, content: Content, theme: Theme) -> Pen:
        """A pen for axes (points from their lower left corner) or for a whole figure."""
        figure = on.get_figure(root=True)
        assert figure is not None  # noqa: S101 - axes without a figure cannot be drawn on
        points: Transform = Affine2D().scale(1 / POINTS_PER_INCH) + figure.dpi_scale_trans
        if isinstance(on, Axes):
            at = on.get_position()
            left, bottom = np.array([at.x0, at.y0]) * figure.get_size_inches() * POINTS_PER_INCH
            points = Affine2D().translate(left, bottom) + points
        return cls(on, points, theme, content.styles, content.letters, content.names)

    def above(self, step: float) -> Pen:
        """The same pen, drawing above this one, or below it if `step` is negative."""
        return replace(self, zorder=self.zorder + step)

    def within(self, *layer: str) -> Pen:
        """The same pen, for a layer and possibly a part of it."""
        return replace(self, layer=tuple(name.replace(LAYER_SEPARATOR, " ") for name in layer))

    def add(self, artist: Artist) -> None:
        """Add an artist to the figure or to the axes, which clip it."""
        artist.set_zorder(self.zorder)
        if self.layer:
            artist.set_gid(LAYER_SEPARATOR.join(self.layer))
        self.on.add_artist(artist)

    def path(
        self,
        path: Path,
        *,
        fill: str | None = None,
        line: str | None = None,
        width: float = _LINE,
        dash: tuple[float, ...] | None = None,
        opacity: float = 1.0,
    ) -> PathPatch:
        """Draw a path whose vertices are points, and so are the dashes and gaps of its line."""
        patch = PathPatch(
            path, facecolor=fill or "none", edgecolor=line or "none",
            linewidth=width if line else 0.0, alpha=None if opacity >= 1 else opacity,
            joinstyle="round", capstyle="butt", transform=self.points,
            linestyle="solid" if dash is None else (0, tuple(each / width for each in dash)),
        )  # fmt: skip
        self.add(patch)
        return patch


def head_size(sign: Sign) -> float:
    """Height of the head in points."""
    return CHIP if sign.deaths is None else _HEADS.get(sign.deaths, _HEADS[-1])


def head_width(sign: Sign) -> float:
    """Width of one head in points."""
    size = head_size(sign)
    return size if sign.kind == "incident" else size * 2 * _BANNER[0]


def sign_width(sign: Sign) -> float:
    """Width in points without the rim; the heads of two groups overlap."""
    step = head_size(sign) * _STEP[sign.kind]
    return head_width(sign) + (step if len(sign.groups) > 1 else 0.0)


def draw_sign(
    pen: Pen, sign: Sign, x: float, y: float, *, tip: bool = False, plain: bool = False
) -> float:
    """Draw a sign with the left end of its first head at `x` and the centre of the head at `y`.

    Parameters
    ----------
    tip
        Whether it has a tip at the exact place, :func:`tip_drop` points below `y`.
    plain
        Whether it is drawn without colour and letter, for the legend.

    Returns
    -------
    Its width in points, from :func:`sign_width`.
    """
    size = head_size(sign)
    centre = x + head_width(sign) / 2
    for at, key in reversed(list(enumerate(sign.groups[:2]))):
        style = pen.styles.get(key) or unnamed_style()
        colours = pen.theme.plain if plain else pen.theme.group(style)
        letter = "" if plain else pen.letters.get(key, "?")
        head = _HeadDrawing(
            pen, sign, colours, letter, centre + at * size * _STEP[sign.kind], y, size
        )
        head.draw(tip=tip and at == 0)
    if sign.deaths == -1 and sign.kind == "incident":
        style = pen.styles.get(sign.groups[0]) or unnamed_style()
        colour = pen.theme.muted if plain else pen.theme.group(style)[0]
        # "Not stated" is an open ring at the lower right of the head, on its edge.
        ring = _circle(centre + size * _ON_EDGE, y - size * _ON_EDGE, _RING)
        pen.path(ring, fill=pen.theme.surface, line=colour, width=_RING / 4)
    return sign_width(sign)


def tip_drop(sign: Sign) -> float:
    """Distance in points from the centre of the head of a pin down to its tip."""
    return head_size(sign) * _TIP


@dataclass(frozen=True, slots=True)
class _HeadDrawing:
    pen: Pen
    sign: Sign
    colours: Pair
    letter: str
    x: float
    y: float
    size: float

    def draw(self, *, tip: bool) -> None:
        path = _outline(self.sign.kind, self.x, self.y, self.size, tip=tip)
        self.pen.path(path, line=self.pen.theme.surface, width=_RIM)
        if self.sign.stroke == "dashed":
            self._dashed(path)
        elif self.sign.stroke == "split":
            self._split(path)
        else:
            self._solid(path)

    @property
    def share(self) -> float:
        return _FADED[self.sign.age]

    @property
    def paled(self) -> str:
        return mix(self.colours[0], self.pen.theme.surface, self.share)

    @property
    def line(self) -> str:
        """Colour of an outline; in greyscale it is ink, because the greys are too pale."""
        return self.pen.theme.ink if self.pen.theme.key == "grey" else self.colours[0]

    def _solid(self, path: Path) -> None:
        colour, ink = self.colours
        if self.share < 1:
            self.pen.path(path, fill=self.paled, line=self.line)
            ink = self.pen.theme.ink
        else:
            self.pen.path(path, fill=colour)
        self._letter(ink)

    def _dashed(self, path: Path) -> None:
        theme = self.pen.theme
        strength = _DASHED_STRENGTH[self.sign.age]
        line = mix(self.line, theme.surface, strength)
        self.pen.path(path, fill=theme.surface)
        around = float(np.hypot(*np.diff(path.to_polygons()[0], axis=0).T).sum())
        scale = around / (sum(_DASH) * max(1, round(around / sum(_DASH))))
        self.pen.path(
            # A faded outline is thinner too, by up to 6 %.
            path, line=line, width=_LINE * (0.8 + 0.2 * strength),
            dash=(_DASH[0] * scale, _DASH[1] * scale),
        )  # fmt: skip
        self._letter(self.line)

    def _split(self, path: Path) -> None:
        """Open above the diagonal, filled below it: reported, but disputed."""
        theme = self.pen.theme
        lower, upper, line = self._halves()
        self.pen.path(path, fill=theme.surface)
        half = self.pen.path(path, fill=self.paled)
        half.set_clip_path(lower, self.pen.points)
        if self.share < 1:
            # If age has faded the fill, a line separates the halves.
            self.pen.path(line, line=self.line).set_clip_path(path, self.pen.points)
        self.pen.path(path, line=self.line)
        self._letter(theme.ink if self.share < 1 else self.colours[1], lower)
        self._letter(self.line, upper)

    def _halves(self) -> tuple[Path, Path, Path]:
        # A diagonal that is longer than any head, moved to the left so that the letter is on the
        # filled half for the most part.
        far, shift = self.size * 1.2, self.size * 0.3
        low = (self.x - far - shift, self.y - far)
        high = (self.x + far - shift, self.y + far)
        right, left = self.x + 2 * far, self.x - 2 * far
        lower = Path([low, high, (right, high[1]), (right, low[1]), low], closed=True)
        upper = Path([low, high, (left, high[1]), (left, low[1]), low], closed=True)
        return lower, upper, Path([low, high])

    def _letter(self, ink: str, within: Path | None = None) -> None:
        if not self.letter.strip():
            return
        glyph = _glyph(self.letter, self.size * _LETTER)
        letter = Affine2D().translate(self.x, self.y).transform_path(glyph)
        patch = self.pen.path(letter, fill=ink)
        if within is not None:
            patch.set_clip_path(within, self.pen.points)


@lru_cache(maxsize=256)
def _glyph(letter: str, size: float) -> Path:
    """The outline of a letter, centred on the origin; never parsed as mathtext."""
    drawn = drawable(letter, "bold")
    prop = font(size, "bold", drawn)
    vertices, codes = text_to_path.get_text_path(prop, drawn, ismath=False)
    path = Path(vertices, codes)
    # Glyphs are returned at the fixed size FONT_SCALE.
    scale = size / text_to_path.FONT_SCALE
    path = Affine2D().scale(scale).transform_path(path)
    box = path.get_extents()
    # Centred by the height of capitals, so that all letters share a baseline.
    middle = (box.x0 + box.x1) / 2
    return Affine2D().translate(-middle, -size * HALF_CAPITAL).transform_path(path)


def _circle(x: float, y: float, size: float) -> Path:
    transform = Affine2D().scale(size / 2).translate(x, y)
    return transform.transform_path(Path.unit_circle())


def _outline(kind: str, x: float, y: float, size: float, *, tip: bool) -> Path:
    if kind == "presence":
        return _banner(x, y, size, tip=tip)
    return pin_path(x, y, size) if tip else _circle(x, y, size)


def _banner(x: float, y: float, size: float, *, tip: bool) -> Path:
    half, high, notch = (size * part for part in _BANNER)
    foot = size * _TIP_HALF_WIDTH
    below = [(x + foot, y - high), (x, y - size * _TIP), (x - foot, y - high)] if tip else []
    corners = [
        (x - half, y + high), (x + half, y + high), (x + half - notch, y), (x + half, y - high),
        *below, (x - half, y - high), (x - half, y + high),
    ]  # fmt: skip
    return Path(corners, closed=True)


def pin_path(x: float, y: float, size: float) -> Path:
    """A circle around (x, y) with a tip below it; all lengths in points."""
    radius, drop = size / 2, size * _TIP
    side = math.degrees(math.acos(radius / drop))
    arc = Path.arc(-90 + side, 270 - side)
    vertices = np.asarray(arc.vertices, dtype=np.float64) * radius
    points = np.vstack([[0.0, -drop], vertices, [0.0, -drop]])
    codes = [Path.MOVETO, Path.LINETO, *([Path.CURVE4] * (len(vertices) - 1)), Path.CLOSEPOLY]
    return Affine2D().translate(x, y).transform_path(Path(points, codes))
