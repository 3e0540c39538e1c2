"""Drawing of the signs and names of the base map: muted, each with a rim in the colour of land."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from geo.places.country.base_map import PointKind
from geo.snapshot.content.layers import NAMES, PLACES, RIMS
from geo.snapshot.layout.signs import Pen
from geo.snapshot.layout.theme import Theme
from geo.snapshot.lettering import HALF_CAPITAL, drawable, font
from geo.snapshot.map.boxes import CanvasBox
from geo.snapshot.map.plan import BaseName, NameColour, Plan
from geo.snapshot.typefaces import Weight

_HALO: Final = 2.4
"""Width in points of the rim around letters: half of it is visible, as wide as a thin stem."""
_HALO_OPACITY: Final = 0.8
"""Opacity of the rim: text stays legible, and lines below it remain visible."""
_SQUARE: Final = 3
"""Lowest rank of towns with a square sign: provincial capitals."""


def draw_base_names(pen: Pen, plan: Plan) -> None:
    """Draw the signs, then all rims, then the names."""
    theme, pen = pen.theme, pen.within(PLACES)
    alike: dict[tuple[PointKind, bool], list[CanvasBox]] = {}
    for sign in plan.base_signs:
        alike.setdefault((sign.kind, sign.rank <= _SQUARE), []).append(sign.box)
    for (kind, is_capital), boxes in alike.items():
        draw_base_signs(pen, kind, boxes, is_capital=is_capital)
    if plan.base_names:
        rims = Path.make_compound_path(*map(_outline, plan.base_names))
        pen.within(PLACES, RIMS).path(rims, line=theme.land, width=_HALO, opacity=_HALO_OPACITY)
    for name in plan.base_names:
        drawn = drawable(name.words, name.weight)
        x, y = _start(name)
        text = Text(
            x, y, drawn, color=_colour(name.tone, theme),
            fontproperties=font(name.size, name.weight, drawn), horizontalalignment="center",
            verticalalignment="baseline", rotation=name.angle, rotation_mode="anchor",
            transform=pen.points, parse_math=False,
        )  # fmt: skip
        text.set_label("base name")
        pen.above(0.1).add(text)


def draw_rim(pen: Pen, words: str, x: float, y: float, size: float) -> None:
    """Draw the rim around a horizontal name centred at a point."""
    drawn = drawable(words)
    path = _letters(drawn, size, "normal")
    moved = path.transformed(Affine2D().translate(x, y - size * HALF_CAPITAL))
    pen.within(NAMES, RIMS).path(moved, line=pen.theme.land, width=_HALO, opacity=_HALO_OPACITY)


def draw_base_signs(
    pen: Pen, kind: PointKind, boxes: Iterable[CanvasBox], *, is_capital: bool = True
) -> None:
    """Draw the signs of places of one kind, each filling a box."""
    theme = pen.theme

    def placed(shape: str) -> Path:
        return Path.make_compound_path(*(_placed(shape, box) for box in boxes))

    if kind == "town" and not is_capital:
        pen.path(placed("dot"), fill=theme.ink, line=theme.land, width=0.8)
    elif kind in {"town", "crossing"}:
        path = placed("square" if kind == "town" else "diamond")
        pen.path(path, fill=theme.surface, line=theme.ink, width=0.9)
    elif kind == "pass":
        path = placed(kind)
        pen.path(path, line=theme.land, width=_HALO, opacity=_HALO_OPACITY)
        pen.path(path, line=theme.muted, width=1.0)
    else:
        pen.path(placed(kind), fill=theme.muted, line=theme.land, width=0.5)


def _colour(tone: NameColour, theme: Theme) -> str:
    return {
        "town": theme.ink, "point": theme.muted, "water": theme.water_ink, "district": theme.faint
    }[tone]  # fmt: skip


def _start(name: BaseName) -> tuple[float, float]:
    """The middle of the baseline, in points."""
    turned = Affine2D().rotate_deg(name.angle).transform((0.0, -name.size * HALF_CAPITAL))
    return name.x + float(turned[0]), name.y + float(turned[1])


def _outline(name: BaseName) -> Path:
    letters = _letters(drawable(name.words, name.weight), name.size, name.weight)
    return letters.transformed(Affine2D().rotate_deg(name.angle).translate(*_start(name)))


@lru_cache(maxsize=2048)
def _letters(words: str, size: float, weight: Weight) -> Path:
    """The outlines of letters in points, centred horizontally at 0."""
    prop = font(size, weight, words)
    corners, codes = text_to_path.get_text_path(prop, words, ismath=False)
    width, _, _ = text_to_path.get_text_width_height_descent(words, prop, ismath=False)
    scale = size / text_to_path.FONT_SCALE
    return Path(np.asarray(corners).reshape(-1, 2) * scale - [width / 2, 0.0], codes)


def _placed(shape: str, box: CanvasBox) -> Path:
    half = box.width / 2
    return _SHAPES[shape].transformed(Affine2D().scale(half).translate(*box.centre))


def _closed(corners: Iterable[tuple[float, float]]) -> Path:
    return Path([*corners, (0.0, 0.0)], closed=True)


_PLANE: Final = (
    (0.0, 1.0), (0.16, 0.75), (0.16, 0.3), (1.0, -0.2), (1.0, -0.45), (0.16, -0.15), (0.13, -0.62),
    (0.42, -0.85), (0.42, -1.0), (0.0, -0.88),
)  # fmt: skip
"""Right half of an aeroplane from above, nose up."""
_SHAPES: Final = {
    "dot": Path.unit_circle(),
    "square": _closed([(-1, -1), (1, -1), (1, 1), (-1, 1)]),
    "diamond": _closed([(0, -1), (1, 0), (0, 1), (-1, 0)]),
    "peak": _closed([(-1, -0.8), (1, -0.8), (0, 0.9)]),
    "pass": Path(
        [(-1, 0.75), (0, -0.1), (1, 0.75), (-1, -0.75), (0, 0.1), (1, -0.75)],
        [Path.MOVETO, Path.CURVE3, Path.CURVE3, Path.MOVETO, Path.CURVE3, Path.CURVE3],
    ),
    "airfield": _closed([*_PLANE, *((-x, y) for x, y in reversed(_PLANE[1:-1]))]),
}
"""Shapes in a square from -1 to 1."""
