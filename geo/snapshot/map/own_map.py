"""The user's own base map in a figure: pictures under everything, areas, and roads by rank."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.errors import IntakeError
from geo.places.country.own_map import OwnCut, OwnTile
from geo.snapshot.content.frame import Projection
from geo.snapshot.content.layers import OWN_MAP, OWN_PICTURES
from geo.snapshot.layout.signs import Pen
from geo.snapshot.layout.theme import Theme
from geo.snapshot.map.basemap import MapCanvas, path_of
from geo.wording.base_map import SCALES

_PIXEL: Final = 0.75
"""Points of a pixel of the scales: 96 to an inch."""
_PALE: Final = 0.55
"""Share of a picture that is left of it over the land: names and marks stay in front of it."""
_FINE: Final = 2.0
"""Pixels in a point, 144 to an inch."""
_RAIL: Final = (4.0, 2.0)
"""Dash and gap in points of a railway."""
_PATH: Final = (2.2, 1.4)
"""Dash and gap in points of a track or path."""
_PATHS: Final = 6
"""Rank of tracks and paths."""
_LINES: Final = ("road", "rail", "stream", "line")

Pixels = NDArray[np.uint8]
_Group = tuple[str, int]


def draw_own_areas(pen: Pen, canvas: MapCanvas, own: OwnCut) -> None:
    """Built-up areas, water and others, as plain fills."""
    theme, pen = pen.theme, pen.within(OWN_MAP)
    for (kind, _), shape in _planes(own, canvas.frame.projection).items():
        if kind not in _LINES:
            fill = theme.lake if kind == "water" else theme.own_built
            pen.path(path_of(canvas.to_points(shape)), fill=fill)


def draw_own_lines(pen: Pen, canvas: MapCanvas, own: OwnCut) -> None:
    """Roads that are large enough for this scale, railways, streams and other lines."""
    theme, pen = pen.theme, pen.within(OWN_MAP)
    for (kind, rank), shape in reversed(_planes(own, canvas.frame.projection).items()):
        is_road = kind == "road"
        first = SCALES.own_roads[rank - 1] if is_road else SCALES.own_lines
        if kind not in _LINES or canvas.zoom < first:
            continue
        # A road that has just come in is thin; at a larger scale, it widens to twice that.
        wider = min(2.0, 0.8 + 0.2 * (canvas.zoom - first))
        width = (SCALES.own_road_widths[rank - 1] if is_road else 0.8) * wider * _PIXEL
        colour = {"stream": theme.water, "rail": theme.own_rail}.get(kind, theme.own_road)
        dash = _RAIL if kind == "rail" else _PATH if is_road and rank == _PATHS else None
        pen.path(path_of(canvas.to_points(shape)), line=colour, width=width, dash=dash)


def draw_own_pictures(axes: Axes, canvas: MapCanvas, own: OwnCut, pen: Pen) -> None:
    """Lay the pictures over the land, as one picture in every format.

    Raises
    ------
    IntakeError
        A picture cannot be read.
    """
    if not own.tiles:
        return
    frame = canvas.frame
    picture = AxesImage(
        axes, extent=(frame.left, frame.right, frame.bottom, frame.top), origin="upper",
        interpolation="none", zorder=pen.zorder,
    )  # fmt: skip
    picture.set_data(_laid(canvas, own, pen.theme))
    picture.set_gid(OWN_PICTURES)
    picture.set_clip_path(axes.patch)
    axes.add_image(picture)


@lru_cache(maxsize=4)
def _planes(own: OwnCut, projection: Projection) -> dict[_Group, BaseGeometry]:
    """Lines and areas in metres of the plane, by kind and rank, the largest roads first."""
    found: dict[_Group, list[NDArray[np.float64]]] = {}
    for shape in own.shapes:
        plane = np.column_stack(projection.forward(shape.points[:, 1], shape.points[:, 0]))
        found.setdefault((shape.kind, shape.rank), []).append(plane)
    return {
        key: MultiLineString(lines) if key[0] in _LINES else _areas(lines)
        for key, lines in sorted(found.items())
    }


def _areas(rings: list[NDArray[np.float64]]) -> BaseGeometry:
    """Rings as areas: a hole runs the other way round than what it is in."""
    shapes = np.array([shapely.Polygon(ring) for ring in rings if len(ring) > 3])  # noqa: PLR2004 - a ring has four points
    if not len(shapes):
        return shapely.GeometryCollection()
    turned = shapely.is_ccw(shapely.get_exterior_ring(shapes))
    # In the plane, north is up, and an area that ran clockwise in its tile still does.
    solid, holes = (shapely.make_valid(shapes[which]) for which in (~turned, turned))
    return shapely.difference(shapely.union_all(solid), shapely.union_all(holes))


def _laid(canvas: MapCanvas, own: OwnCut, theme: Theme) -> Pixels:
    """Red, green, blue and opacity of each pixel of the figure."""
    frame = canvas.frame
    columns, rows = (max(2, round(side * _FINE)) for side in (canvas.width, canvas.height))
    x = frame.left + (np.arange(columns) + 0.5) / columns * (frame.right - frame.left)
    y = frame.top - (np.arange(rows) + 0.5) / rows * (frame.top - frame.bottom)
    lat, lon = frame.projection.inverse(*np.meshgrid(x, y))
    north_by = np.arctanh(np.sin(np.radians(lat)))
    made = np.zeros((rows, columns, 4), np.uint8)
    for tile in own.tiles:
        west, south, east, north = tile.box
        is_in = (lon >= west) & (lon < east) & (lat > south) & (lat <= north)
        if not is_in.any():
            continue
        pixels = _quiet(_pixels(tile), theme)
        high, wide = pixels.shape[:2]
        top, bottom = (float(np.arctanh(np.sin(np.radians(edge)))) for edge in (north, south))
        column = ((lon[is_in] - west) / (east - west) * wide).astype(int)
        row = ((top - north_by[is_in]) / (top - bottom) * high).astype(int)
        made[is_in] = pixels[np.clip(row, 0, high - 1), np.clip(column, 0, wide - 1)]
    return made


def _quiet(pixels: Pixels, theme: Theme) -> Pixels:
    """A picture without most of its colour, or any; on a dark map what is light becomes dark."""
    grey = pixels[..., :3] @ np.array([0.299, 0.587, 0.114])
    colours = np.repeat(grey[..., None], 3, axis=2)
    if theme.key != "grey":
        colours = (pixels[..., :3] + colours) / 2
    if theme.key == "dark":
        colours += (255 - 2 * grey)[..., None]
    made = np.empty(pixels.shape, np.uint8)
    made[..., :3] = np.clip(colours, 0, 255)
    made[..., 3] = pixels[..., 3] * _PALE
    return made


@lru_cache(maxsize=256)
def _pixels(tile: OwnTile) -> Pixels:
    """Its type and size were read from its first bytes already; no other reader is tried."""
    try:
        with Image.open(io.BytesIO(tile.data), formats=[tile.kind]) as opened:
            return np.asarray(opened.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as error:
        west, south, *_ = tile.box
        raise IntakeError(
            f"own base map: the picture at {south:.4f}, {west:.4f} is damaged; copy the file again"
        ) from error
