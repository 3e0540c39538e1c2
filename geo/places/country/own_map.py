"""The user's own base map: a PMTiles file, cut to the part of the world that a map shows.

Vector tiles give roads, railways, water and built-up areas, drawn as the rest of the base map is;
pictures lie under everything. One zoom is taken, the closest that the limits allow.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError

from geo import limits
from geo.errors import IntakeError
from geo.places.country.pmtiles import Archive, Box, TileAt, TileFile, TileType, positions_of
from geo.places.country.tile_layers import ShapeKind, known_layers, meaning
from geo.places.country.tile_pictures import checked_size
from geo.places.country.vector_tiles import Points, TileFeature, features
from geo.text import harmless

CLOSEST: Final = 12
"""The closest zoom of the map in a browser."""
_LOG: Final = logging.getLogger(__name__)
_FINE: Final = 0.4
"""Pixels by which a line may be off at the zoom that it is made for: not visible."""
_TAG: Final = re.compile(r"<[^>]{0,2000}>")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, eq=False)
class OwnShape:
    """A line, or a ring of an area.

    Parameters
    ----------
    rank
        Of a road, 1 for the largest, to 6; 1 for all others.
    points
        Longitude and latitude in degrees, shape (points, 2). A ring ends at its first point and
        runs the other way round where it is a hole.
    """

    kind: ShapeKind
    rank: int
    points: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class OwnTile:
    """A picture of one tile, as it is in the file; its edges are in degrees."""

    kind: TileType
    data: bytes = field(repr=False)
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class OwnCut:
    """What a map draws of the file.

    Parameters
    ----------
    zoom
        That of the tiles which were taken.
    notes
        What was left out and what was not understood, one sentence each.
    """

    zoom: int
    shapes: tuple[OwnShape, ...]
    tiles: tuple[OwnTile, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class OwnMap:
    """A file that was opened: what it is and whose.

    Parameters
    ----------
    name
        Of the file.
    credit
        The line to be shown wherever the map is.
    layers
        Of vector tiles, those that are drawn; all of them if none is known.
    is_known
        Whether the meaning of any layer is known.
    """

    archive: Archive
    name: str
    credit: str
    layers: frozenset[str]
    is_known: bool

    @classmethod
    def read(cls, path: Path, data: bytes | None = None) -> OwnMap:
        """Open a PMTiles file.

        Parameters
        ----------
        data
            The file itself, if it is in memory; else it is read in parts.

        Raises
        ------
        IntakeError
            Naming the file, what was found and what was expected.

        Examples
        --------
        >>> OwnMap.read(Path("nowhere.pmtiles"))
        Traceback (most recent call last):
        ...
        geo.errors.IntakeError: nowhere.pmtiles: cannot be read (No such file or directory); ...
        """
        archive = Archive.read(TileFile(path, data))
        name = archive.source.name
        said = _plain(archive.metadata.get("attribution"))
        if len(said) > limits.MAX_PROSE:
            raise IntakeError(
                f"{name}: its attribution has more than {limits.MAX_PROSE:,} letters, and all of "
                "it would have to stand under every map; shorten it with `pmtiles edit`"
            )
        layers = frozenset(_layers(archive))
        known = known_layers(layers)
        credit = f"Own base map ({name}): {said or 'no attribution stated in the file'}"
        return cls(archive, name, credit, known or layers, bool(known))

    def cut(self, box: Box, most_zoom: int = CLOSEST) -> OwnCut:
        """Return what lies within a box, of the closest zoom that the limits allow.

        Parameters
        ----------
        box
            West, south, east and north in degrees.
        most_zoom
            The closest zoom that helps.

        Raises
        ------
        IntakeError
            A tile is damaged, or the lowest zoom alone is beyond the limits.
        """
        return _cut(self, box, most_zoom)


@lru_cache(maxsize=8)
def _cut(own: OwnMap, box: Box, most_zoom: int) -> OwnCut:
    archive = own.archive
    first = max(archive.min_zoom, min(archive.max_zoom, most_zoom))
    left_out = ""
    for zoom in range(first, archive.min_zoom - 1, -1):
        found = _Cutting(own, box, zoom, most_zoom)
        if why := found.too_much() or found.draw():
            left_out = f"zooms above {zoom - 1} are not drawn: {why}"
            continue
        return OwnCut(zoom, tuple(found.shapes), tuple(found.tiles), _notes(own, left_out))
    raise IntakeError(
        f"{own.name}: its lowest zoom, {archive.min_zoom}, is too detailed for this map "
        f"({left_out.partition(': ')[2]}); cut a smaller file with "
        "`pmtiles extract`, with lower zooms or a smaller area"
    )


class _Cutting:
    """One zoom of a file within a box."""

    def __init__(self, own: OwnMap, box: Box, zoom: int, most_zoom: int) -> None:
        self.own, self.box, self.zoom = own, box, zoom
        # Shares of a tile for the pixels of the zoom that it is made for.
        self.fine = _FINE / 256 / 2 ** max(0, most_zoom - zoom)
        self.shapes: list[OwnShape] = []
        self.tiles: list[OwnTile] = []
        self.at: tuple[TileAt, ...] = ()
        self.lost, self.bytes_left = 0, limits.MAX_CUT_UNPACKED_BYTES

    def too_much(self) -> str:
        """Why this zoom is not read at all; nothing if it can be."""
        if (count := positions_of(self.zoom, self.box)) > limits.MAX_TILES:
            return f"zoom {self.zoom} has {count:,} tiles here, and {limits.MAX_TILES:,} are read"
        self.at = self.own.archive.tiles(self.zoom, self.box)
        size = sum({one.offset: one.length for one in self.at}.values())
        if size > limits.MAX_CUT_BYTES:
            return (
                f"the tiles of zoom {self.zoom} have {size / 1e6:,.0f} MB here, and "
                f"{limits.MAX_CUT_BYTES / 1e6:,.0f} MB are read"
            )
        return ""

    def draw(self) -> str:
        """Read the tiles; why they are too much for a map, or nothing."""
        is_vector = self.own.archive.kind == "mvt"
        return self._vector() if is_vector else self._pictures()

    def _vector(self) -> str:
        left = limits.MAX_CUT_POINTS
        for tile in self.at:
            data = self.own.archive.bytes_of(tile)
            self.bytes_left -= len(data)
            if self.bytes_left < 0:
                most = limits.MAX_CUT_UNPACKED_BYTES
                return f"the tiles of zoom {self.zoom} have more than {most:,} bytes unpacked here"
            for shape in self._shapes(tile, data):
                left -= len(shape.points)
                self.shapes.append(shape)
            if left < 0:
                return f"zoom {self.zoom} has more than {limits.MAX_CUT_POINTS:,} points here"
        if self.lost:
            _LOG.warning("%s: %d parts of areas cannot be cut", self.own.name, self.lost)
        return ""

    def _pictures(self) -> str:
        left, kind = limits.MAX_CUT_PIXELS, self.own.archive.kind
        for tile in self.at:
            data = self.own.archive.bytes_of(tile)
            wide, high = checked_size(kind, data, _named(self.own, tile))
            left -= wide * high
            if left < 0:
                return (
                    f"the pictures of zoom {self.zoom} have more than "
                    f"{limits.MAX_CUT_PIXELS / 1e6:,.0f} million pixels here"
                )
            self.tiles.append(OwnTile(kind, data, tile.box))
        return ""

    def _shapes(self, tile: TileAt, data: bytes) -> Iterator[OwnShape]:
        own = self.own
        edges = self._edges(tile)
        found = features(
            data, _named(own, tile), own.layers.__contains__,
            lambda layer, values: not own.is_known
            or any(meaning(layer, part, values) for part in ("line", "area")),
        )  # fmt: skip
        for feature in found:
            drawn = _drawn(own, feature)
            if drawn is None:
                continue
            for part in feature.parts:
                for points in self._clipped(feature, part, edges):
                    yield OwnShape(*drawn, _degrees(points, tile))

    def _edges(self, tile: TileAt) -> tuple[float, float, float, float]:
        """The part of a tile that is in the box, in shares of it: left, top, right, bottom."""
        west, south, east, north = self.box
        side = 1 << tile.zoom
        left, right = ((lon + 180) / 360 * side - tile.x for lon in (west, east))
        top, bottom = (
            (1 - np.arctanh(np.sin(np.radians(np.clip(lat, -85, 85)))) / np.pi) / 2 * side - tile.y
            for lat in (north, south)
        )
        return max(0.0, left), max(0.0, float(top)), min(1.0, right), min(1.0, float(bottom))

    def _clipped(
        self, feature: TileFeature, part: Points, edges: tuple[float, float, float, float]
    ) -> Iterator[Points]:
        left, top, right, bottom = edges
        if right <= left or bottom <= top:
            return
        try:
            shape = shapely.LineString(part) if feature.kind == "line" else shapely.Polygon(part)
            within = shapely.clip_by_rect(shape, left, top, right, bottom)
            fine = shapely.simplify(within, self.fine, preserve_topology=False)
        except ShapelyError:
            self.lost += 1
            return
        for one in shapely.get_parts(fine):
            ring = one.exterior if one.geom_type == "Polygon" else one
            points = shapely.get_coordinates(ring)
            if len(points) < 2:  # noqa: PLR2004 - nothing is left within the edges
                continue
            if feature.kind == "area" and _is_turned(points) != _is_hole(feature, part):
                points = points[::-1]
            yield points


def _is_hole(feature: TileFeature, ring: Points) -> bool:
    """Whether a ring runs the other way round than the first, which is never a hole."""
    return _is_turned(ring) != _is_turned(feature.parts[0])


def _drawn(own: OwnMap, feature: TileFeature) -> tuple[ShapeKind, int] | None:
    if own.is_known:
        return meaning(feature.layer, feature.kind, feature.values)
    return ("line" if feature.kind == "line" else "area"), 1


def _is_turned(ring: Points) -> bool:
    """Whether a ring runs anticlockwise as it is seen: rows of a tile run down (4.3.3.3)."""
    x, y = ring[:, 0], ring[:, 1]
    return bool((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() < 0)


def _degrees(points: Points, tile: TileAt) -> NDArray[np.float64]:
    side = 1 << tile.zoom
    x, y = (points + np.array([tile.x, tile.y])).T / side
    return np.column_stack([x * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))])


def _named(own: OwnMap, tile: TileAt) -> str:
    return f"{own.name}: tile {tile.zoom}/{tile.x}/{tile.y}"


def _notes(own: OwnMap, left_out: str) -> tuple[str, ...]:
    said = [f"What {own.name} shows was not checked"]
    if own.archive.kind == "mvt" and not own.is_known:
        said.append("the meaning of its layers is not known, so lines and areas are drawn plain")
    if left_out:
        said.append(left_out)
    return ("; ".join(said) + ".",)


def _layers(archive: Archive) -> Iterator[str]:
    """The names of the layers; of pictures none."""
    if archive.kind != "mvt":
        return
    listed = archive.metadata.get("vector_layers")
    if not isinstance(listed, list) or not listed:
        raise IntakeError(
            f"{archive.source.name}: its metadata do not list its layers; expected "
            "`vector_layers`, as the specification of PMTiles asks for"
        )
    for one in listed:
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            yield one["id"]


def _plain(written: Any) -> str:
    """An attribution without its markup."""
    bare = html.unescape(_TAG.sub(" ", written)) if isinstance(written, str) else ""
    return harmless(_SPACES.sub(" ", bare).strip())
