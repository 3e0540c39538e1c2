"""From a point on a page of a figure to a position on the map that is there."""

from __future__ import annotations

from geo.snapshot.map.map_figure import canvas_for
from geo.snapshot.output.writing import FigurePage


def position_at(figure_page: FigurePage, across: float, down: float) -> tuple[float, float] | None:
    """The position under a point of a page.

    Parameters
    ----------
    across, down
        Where the point is, as shares of the width and of the height of the page, from its upper
        left corner.

    Returns
    -------
    tuple or None
        Latitude and longitude in degrees, WGS 84; ``None`` beside the map.
    """
    page = figure_page.page
    if page.map is None:
        return None
    x, y = across * page.width - page.map.left, down * page.height - page.map.top
    if not (0 <= x <= page.map.width and 0 <= y <= page.map.height):
        return None
    canvas = canvas_for(figure_page.content.frame, page.map.width, page.map.height)
    frame = canvas.frame
    lat, lon = frame.projection.inverse(
        frame.left + x / canvas.scale, frame.top - y / canvas.scale
    )  # fmt: skip
    return float(lat), float(lon)
