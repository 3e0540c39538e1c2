"""The size of a slide: that of the recipe, where it is the size of a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.snapshot.content.sizes import MM_PER_INCH, Size

MARGIN: Final = 11.0
"""Millimetres at the left and right edge, about 3 % of the width of a wide slide."""
TOP: Final = 6.0
"""Millimetres above a title or a figure that fills the height of the slide."""
_HIGH: Final = 7.5 * MM_PER_INCH
"""Millimetres: PowerPoint's own slides, 16:9 and 4:3, are 7.5 inches high, so that type of one size
looks equally large on them."""
_OF_ITS_OWN: Final = frozenset({"slide-4x3", "square"})
"""Sizes of a figure that give a slide other proportions than 16:9; half a slide is on a whole one,
and paper is shown on a screen."""


@dataclass(frozen=True, slots=True)
class SlideSize:
    """Width and height of a slide in millimetres."""

    width: float
    height: float

    @property
    def inner(self) -> float:
        """Millimetres between the margins at the left and right."""
        return self.width - 2 * MARGIN


WIDE: Final = SlideSize(13.333 * MM_PER_INCH, _HIGH)
"""PowerPoint's own 16:9 slide is 13.333 by 7.5 inches."""


def slide_size_of(size: Size) -> SlideSize:
    """Return the size of the slides of a figure: 4:3 or square if it is, and otherwise 16:9.

    Examples
    --------
    >>> from geo.snapshot.content.sizes import SIZES
    >>> [round(slide_size_of(SIZES[key]).width) for key in ("slide-4x3", "square", "a4-portrait")]
    [254, 190, 339]
    """
    if size.key not in _OF_ITS_OWN:
        return WIDE
    return SlideSize(_HIGH * size.width / size.height, _HIGH)
