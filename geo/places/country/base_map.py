"""The base map of a country: relief, water, places and boundaries, for orientation.

It says nothing about incidents. Each file of the folder ``base_map`` is optional.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from geo.places.country.own_map import OwnMap

PointKind = Literal["town", "airfield", "pass", "peak", "crossing"]
FLAT: Final = 128
"""Grey of level ground in the picture of the relief, from 0 to 255: as much room for shade as for
light."""


@dataclass(frozen=True, slots=True)
class LocalName:
    """The name of one place in several languages.

    Parameters
    ----------
    en, prs, ps
        English in the usual spelling of maps, Dari and Pashto; empty where it is not known.
    """

    en: str
    prs: str = ""
    ps: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """A shaded picture of the terrain.

    Parameters
    ----------
    picture
        A WebP file: grey, `FLAT` where the ground is level, darker where it lies in shade and
        lighter where it is lit. A light map shows the shade, a dark one the light.
    west, south, east, north
        Its edges in degrees. Its rows are evenly spaced in Web Mercator (EPSG:3857).
    """

    picture: bytes = field(repr=False)
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, eq=False)
class River:
    """One stretch of a river.

    Parameters
    ----------
    rank
        1 for the largest, to 5.
    is_intermittent
        Whether it is dry for a part of the year.
    is_traced
        Whether it is a valley floor derived from a model of the terrain, not a surveyed river.
    line
        Longitude and latitude in degrees, shape (points, 2).
    """

    rank: int
    is_intermittent: bool
    is_traced: bool
    line: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RiverName:
    """The name of a river, written along it.

    Parameters
    ----------
    lat, lon
        The middle of the name, in degrees.
    angle
        Degrees anticlockwise from east.
    min_zoom
        The zoom of a Web Mercator map (256 pixels for the world at 0) from which it is drawn.
    """

    name: LocalName
    lat: float
    lon: float
    angle: float
    min_zoom: float


@dataclass(frozen=True, slots=True, eq=False)
class Lake:
    """A lake or reservoir.

    Parameters
    ----------
    name
        ``None`` if it has no name.
    area_km2
        Area in square kilometres, which decides the zoom from which it is drawn.
    outline
        Longitude and latitude in degrees, shape (points, 2); the last point is the first.
    """

    name: LocalName | None
    area_km2: float
    outline: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A town, an airfield, a pass, a peak or a border crossing.

    Parameters
    ----------
    rank
        Of towns, 1 for the capital, 2 and 3 for capitals of provinces, 4 to 6 for others. Of
        airfields, 1 to 3. 1 for all others.
    height_m
        Metres above sea level, if two sources agree.
    """

    kind: PointKind
    rank: int
    name: LocalName
    lat: float
    lon: float
    height_m: int | None = None


@dataclass(frozen=True, slots=True)
class DistrictName:
    """The name of a district, at the point where a map writes it."""

    district: str
    name: LocalName
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, eq=False)
class BaseMap:
    """The base map in a country's folder.

    Parameters
    ----------
    credits
        One line for each source, to be shown wherever the map is.
    notes
        What a reader must know about its age and accuracy, one sentence each.
    own
        A file of the user's with roads or pictures; what a map draws of it has notes of its own.
    """

    relief: Relief | None = None
    rivers: tuple[River, ...] = ()
    river_names: tuple[RiverName, ...] = ()
    lakes: tuple[Lake, ...] = ()
    points: tuple[MapPoint, ...] = ()
    districts: tuple[DistrictName, ...] = ()
    credits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    own: OwnMap | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of which there is anything to show: see :data:`geo.view.BASE_PARTS`."""
        shows = {
            "relief": self.relief is not None,
            "water": bool(self.rivers or self.lakes),
            "places": bool(self.points),
            "boundaries": bool(self.districts),
            "own": self.own is not None,
        }
        return tuple(part for part, is_shown in shows.items() if is_shown)
