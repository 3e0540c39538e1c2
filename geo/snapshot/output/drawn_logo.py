"""A logo on a page, in every format."""

from __future__ import annotations

import io
from typing import Any

from matplotlib.image import BboxImage, imread
from matplotlib.transforms import Bbox, TransformedBbox

from geo.snapshot.layout.signs import LAYER_SEPARATOR, Pen
from geo.snapshot.layout.typesetting import PlacedLogo


def draw_logo(pen: Pen, logo: PlacedLogo, page_height: float) -> None:
    """Draw a logo on a page of this height in points.

    It was checked when it was read: a PNG of pixels only, of a bounded size.
    """
    bottom = page_height - logo.y - logo.height
    box = Bbox.from_bounds(logo.x, bottom, logo.width, logo.height)
    image: Any = BboxImage(TransformedBbox(box, pen.points), interpolation="antialiased")
    image.set_data(imread(io.BytesIO(logo.png), format="png"))
    image.set_zorder(pen.zorder)
    image.set_gid(LAYER_SEPARATOR.join(pen.layer))
    pen.on.add_artist(image)
