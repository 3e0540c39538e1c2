"""Shaded pictures of the terrain for the base map, one for a light map and one for a dark map.

The terrain is NOAA's GLOBE 1.0 (Hastings and others, 1999), tile G: 50°N to the equator, 0° to
90°E, in steps of 30 seconds of arc, about 1 km.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates
from shapely.geometry.base import BaseGeometry

from geo.places.country.base_map import FLAT

Grid = NDArray[np.float64]

STEPS: Final = 120
"""Cells of the terrain in a degree."""
SEA: Final = -500
"""The value of the sea in the tile, in metres; no land is as low."""
TILE: Final = (0.0, 0.0, 90.0, 50.0)
"""West, south, east and north of the tile, in degrees."""
FADE: Final = ((0.0, 0.03, 0.5, 1.3), (1.0, 0.55, 0.4, 0.0))
"""Degrees beyond the border, and how much of the shading is left there: the country stands out."""
# Degrees of the pictures beyond the border: a little more than the last step of `FADE`.
MARGIN: Final = 1.35
PIXEL_KM: Final = 0.7
"""Finer than the terrain, so that its cells do not show; at 0.6 km the file is a third larger."""
LIGHTS: Final = ((315.0, 0.5), (270.0, 0.2), (0.0, 0.2), (225.0, 0.1))
"""Where the light comes from, in degrees from north, and its share: from the north-west, as in
atlases, and a little from beside it, so that ridges along that direction show as well."""
ALTITUDE: Final = math.radians(45)
EXAGGERATION: Final = 1.6
"""Factor of the heights: slopes of a 1 km grid are flatter than real ones. Chosen by eye."""
DEGREE_M: Final = 111_195.0
"""Metres of a degree of latitude on a sphere of 6,371 km."""
DEPTH: Final = 0.30
"""How dark the deepest shade is on a light map: names must stay legible on it."""
GLOW: Final = 0.28
"""How light the brightest slope is on a dark map."""
QUALITY: Final = 28
"""Of WebP, from 0 to 100: shading is soft, and the picture travels in every document. At 36 the
file is a fifth larger and looks the same."""


@dataclass(frozen=True, slots=True)
class Terrain:
    """Heights over a box: rows from north to south, metres; the sea is 0."""

    heights: Grid
    west: float
    north: float

    @classmethod
    def of_tile(cls, tile: NDArray[Any], box: tuple[float, float, float, float]) -> Terrain:
        """Cut a box (west, south, east, north, in whole cells) out of the tile."""
        west, south, east, north = box
        rows = slice(round((TILE[3] - north) * STEPS), round((TILE[3] - south) * STEPS))
        columns = slice(round((west - TILE[0]) * STEPS), round((east - TILE[0]) * STEPS))
        heights = tile[rows, columns].astype(np.float64)
        return cls(np.where(heights <= SEA, 0.0, heights), west, north)

    @property
    def box(self) -> BaseGeometry:
        """The area that it covers: x longitude, y latitude, in degrees."""
        rows, columns = self.heights.shape
        south, east = self.north - rows / STEPS, self.west + columns / STEPS
        return shapely.box(self.west, south, east, self.north)

    def at(self, lat: Grid, lon: Grid, values: Grid, cells: int = STEPS) -> Grid:
        """Values of a grid over the same box at points, between the middles of its cells."""
        row = (self.north - lat) * cells - 0.5
        column = (lon - self.west) * cells - 0.5
        return np.asarray(map_coordinates(values, [row, column], order=1, mode="nearest"))


@dataclass(frozen=True, slots=True)
class Frame:
    """The pixels of the pictures: evenly spaced in Web Mercator."""

    west: float
    south: float
    east: float
    north: float
    lat: Grid
    lon: Grid

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float]) -> Frame:
        """Frame a country with the land beyond its border over which the shading fades."""
        west, south = (math.floor((edge - MARGIN) * 10) / 10 for edge in bounds[:2])
        east, north = (math.ceil((edge + MARGIN) * 10) / 10 for edge in bounds[2:])
        west, south = max(west, TILE[0]), max(south, TILE[1])
        east, north = min(east, TILE[2]), min(north, TILE[3])
        middle = math.radians((south + north) / 2)
        width = round((east - west) * DEGREE_M * math.cos(middle) / (PIXEL_KM * 1000))
        low, high = _mercator(south), _mercator(north)
        height = round(width * (high - low) / math.radians(east - west))
        across = west + (np.arange(width) + 0.5) * (east - west) / width
        down = high - (np.arange(height) + 0.5) * (high - low) / height
        return cls(west, south, east, north, np.degrees(np.arctan(np.sinh(down))), across)


def _mercator(lat: float) -> float:
    return math.asinh(math.tan(math.radians(lat)))


def picture(terrain: Terrain, country: BaseGeometry, frame: Frame) -> bytes:
    """Make the picture, as WebP: level ground is `FLAT`, shade is darker, light is lighter."""
    slope, lit = _lit(terrain)
    flat = math.sin(ALTITUDE)
    shade = 0.9 * np.clip(1 - lit / flat, 0, 1) + 0.25 * (1 - np.cos(slope))
    glow = np.clip(lit / flat - 1, 0, 1) * 2.4 + 0.12 * (1 - np.cos(slope))
    left = _share_left(country, frame)
    grid = np.meshgrid(frame.lat, frame.lon, indexing="ij")
    both = GLOW * _soft(glow) - DEPTH * _soft(shade)
    return _webp(FLAT + 255 * terrain.at(*grid, both, STEPS * 2) * left)


def _soft(values: Grid) -> Grid:
    """Bend values from 0 to 1 so that moderate slopes show and steep ones do not turn black."""
    return np.asarray(np.tanh(1.6 * values) / math.tanh(1.6))


def _lit(terrain: Terrain) -> tuple[Grid, Grid]:
    """Slope in radians and illumination of the surface, both on a grid of half cells."""
    rows, columns = (np.arange(2 * size) / 2 - 0.25 for size in terrain.heights.shape)
    smooth = gaussian_filter(terrain.heights, 0.5)
    fine = map_coordinates(
        smooth, np.meshgrid(rows, columns, indexing="ij"), order=3, mode="nearest"
    )
    step = DEGREE_M / (2 * STEPS)
    lat = np.radians(terrain.north - (np.arange(len(fine)) + 0.5) / (2 * STEPS))
    down, right = np.gradient(fine)
    east = EXAGGERATION * right / (step * np.cos(lat))[:, None]
    north = -EXAGGERATION * down / step
    # The light on a plane is the cosine between its normal (-east, -north, 1) and the light.
    steep = np.sqrt(east**2 + north**2 + 1)
    total = np.zeros_like(fine)
    for azimuth, share in LIGHTS:
        angle = math.radians(azimuth)
        across = -(east * math.sin(angle) + north * math.cos(angle)) * math.cos(ALTITUDE)
        total += share * np.clip((across + math.sin(ALTITUDE)) / steep, 0, 1)
    return np.arccos(1 / steep), total


def _share_left(country: BaseGeometry, frame: Frame) -> Grid:
    """How much of the shading is left at each pixel: all in the country, less and less beyond."""
    coarse = 6
    lat, lon = frame.lat[::coarse], frame.lon[::coarse]
    far = shapely.distance(shapely.points(*np.meshgrid(lon, lat)), country)
    left = np.interp(far, *FADE)
    at = [np.arange(len(axis)) / coarse for axis in (frame.lat, frame.lon)]
    grid = np.meshgrid(*at, indexing="ij")
    return np.asarray(map_coordinates(left, grid, order=1, mode="nearest"))


def _webp(values: Grid) -> bytes:
    grey = np.clip(np.round(values), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()
