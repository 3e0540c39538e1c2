"""The format of the files of the folder ``base_map``, and their validation.

Lines are whole numbers: the first point in steps from an origin, then the difference of each point
from the one before it, longitude first.
"""

from __future__ import annotations

from itertools import chain
from typing import Annotated, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from geo import limits
from geo.errors import IntakeError
from geo.places.boundaries import MOST_EAST, MOST_NORTH
from geo.places.country.base_map import LocalName
from geo.places.country.files import Lat, Lon, Name, StrictModel, Text

_MOST_STEPS: Final = 1_000_000_000
"""Largest difference, in steps: the sum over the points of a file then fits into 64 bits. It is
nearly three times around the globe in steps of a millionth of a degree, the smallest."""

Steps = Annotated[int, Field(ge=-_MOST_STEPS, le=_MOST_STEPS)]
Differences = Annotated[tuple[Steps, ...], Field(strict=False, min_length=4)]  # two points


class Sourced(StrictModel):
    """What every file of the base map states about itself.

    Parameters
    ----------
    credit
        The line to be shown wherever the map is shown.
    licence
        The terms of the file.
    as_of
        The year, month or day that the data describe, or that of their edition.
    note
        What a reader must know about the data; may be empty.
    """

    credit: Name
    licence: Name
    as_of: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$")]
    note: Text = ""


class Gridded(Sourced):
    """A file with lines: the origin of their numbers, and how many steps make a degree."""

    steps: Annotated[int, Field(ge=1, le=1_000_000)]
    origin: Annotated[tuple[Lon, Lat], Field(strict=False)]

    def points(self, name: str, where: str, line: tuple[int, ...]) -> NDArray[np.float64]:
        """Return a line as longitude and latitude in degrees, shape (points, 2).

        Raises
        ------
        IntakeError
            Naming the file and the entry: half a point, or a point that is out of range.
        """
        if len(line) % 2:
            raise IntakeError(
                f"{name}: {where}: has {len(line)} numbers, expected pairs of "
                "longitude and latitude"
            )
        points = np.array(line).reshape(-1, 2).cumsum(axis=0) / self.steps + self.origin
        lon, lat = np.abs(points).max(axis=0)
        if lon > MOST_EAST or lat > MOST_NORTH:
            raise IntakeError(
                f"{name}: {where}: a point is out of range; expected degrees from -180 to 180 and "
                "from -90 to 90, longitude first"
            )
        return points


class Named(StrictModel):
    """A name in three languages, of which only English is required."""

    name: Name
    prs: Text = ""
    ps: Text = ""

    @property
    def local(self) -> LocalName:
        """The name as a value of the base map."""
        return LocalName(self.name, self.prs, self.ps)


class ReliefFile(Sourced):
    """``relief.json``: the edges of the picture, in degrees."""

    west: Lon
    south: Lat
    east: Lon
    north: Lat


class RiverClass(StrictModel):
    """The lines of all rivers that are drawn in the same way."""

    rank: Annotated[int, Field(ge=1, le=5)]
    is_intermittent: bool
    is_traced: bool
    lines: Annotated[tuple[Differences, ...], Field(strict=False)]


class RiverNameEntry(Named):
    """The name of a river at one position along it."""

    lat: Lat
    lon: Lon
    angle: Annotated[float, Field(ge=-90, le=90)]
    min_zoom: Annotated[float, Field(ge=0, le=24)]


class RiversFile(Gridded):
    """``rivers.json``."""

    rivers: Annotated[tuple[RiverClass, ...], Field(strict=False)]
    names: Annotated[tuple[RiverNameEntry, ...], Field(strict=False)] = ()


class LakeEntry(StrictModel):
    """A lake; its outline does not repeat the first point."""

    name: Name | None = None
    prs: Text = ""
    ps: Text = ""
    area_km2: Annotated[float, Field(gt=0)]
    outline: Annotated[tuple[Steps, ...], Field(strict=False, min_length=6)]


class LakesFile(Gridded):
    """``lakes.json``."""

    lakes: Annotated[tuple[LakeEntry, ...], Field(strict=False)]


class TownsFile(Sourced):
    """``towns.json``: ranks of settlements of the gazetteer, by their ids."""

    ranks: dict[Name, Annotated[int, Field(ge=1, le=6)]]


class AirfieldEntry(Named):
    """An airfield."""

    rank: Annotated[int, Field(ge=1, le=3)]
    lat: Lat
    lon: Lon


class AirfieldsFile(Sourced):
    """``airfields.json``."""

    airfields: Annotated[tuple[AirfieldEntry, ...], Field(strict=False)]


class PointEntry(Named):
    """A pass, a peak or a border crossing; the data's provenance has the sources of its height."""

    kind: Literal["pass", "peak", "crossing"]
    lat: Lat
    lon: Lon
    height_m: Annotated[int, Field(ge=-500, le=9_000)] | None = None


class PointsFile(Sourced):
    """``points.json``."""

    points: Annotated[tuple[PointEntry, ...], Field(strict=False)]


def check_size(name: str, read: RiversFile | LakesFile) -> None:
    """Refuse more points than a map can draw while it is panned.

    Raises
    ------
    IntakeError
        Naming the file and the limit.
    """
    if isinstance(read, RiversFile):
        numbers = sum(map(len, chain.from_iterable(one.lines for one in read.rivers)))
    else:
        numbers = sum(len(one.outline) for one in read.lakes)
    if numbers > 2 * (most := limits.MAX_BASE_MAP_POINTS):
        raise IntakeError(f"{name}: its lines have more than {most:,} points; simplify them")
