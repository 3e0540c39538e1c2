"""Provinces that are not named on the map of a figure, by its editor's choice."""

from __future__ import annotations

import shapely

from geo.snapshot.content.content import Content
from geo.snapshot.map.basemap import MapCanvas


def unnamed_provinces(content: Content, canvas: MapCanvas) -> set[str]:
    """The codes of the provinces in the frame that the editor leaves without a name.

    A badge names its province all the same: nobody could tell which one it is about.

    Returns
    -------
    Their codes; none if the editor chose nothing.
    """
    choice = content.editorial.names.provinces
    if choice.rule == "all":
        return set()
    provinces = canvas.frame.country.provinces
    points = [shapely.Point(canvas.at(spot.lat, spot.lon)) for spot in content.spots]
    marked = {
        provinces[code].name for code, shape in canvas.provinces.items()
        if any(shape.covers(point) for point in points)
    }  # fmt: skip
    return {
        code for code in canvas.provinces if not choice.allows(provinces[code].name, marked)
    }  # fmt: skip
