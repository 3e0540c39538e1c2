"""From the folder ``base_map`` to a :class:`~geo.places.country.base_map.BaseMap`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from geo import limits
from geo.dossier.field_types import visible_text
from geo.errors import IntakeError
from geo.places.country.areas import District
from geo.places.country.base_map import (
    BaseMap,
    DistrictName,
    Lake,
    LocalName,
    MapPoint,
    Relief,
    River,
    RiverName,
)
from geo.places.country.base_map_files import (
    AirfieldsFile,
    LakesFile,
    PointsFile,
    ReliefFile,
    RiversFile,
    Sourced,
    TownsFile,
    check_size,
)
from geo.places.country.files import BASE_MAP_FILES, OWN_MAP, Folder, parse_json
from geo.places.country.own_map import OwnMap
from geo.places.country.webp import webp_size
from geo.places.gazetteer import Place

SOURCED = TypeVar("SOURCED", bound=Sourced)
_LABELS: Final = "base_map/labels.csv"
_LABEL_COLUMNS: Final = ("en", "prs", "ps")


def read_base_map(
    folder: Folder, districts: Mapping[str, District], places: Mapping[str, Place]
) -> BaseMap | None:
    """Read the base map in a country's folder; ``None`` if there is none.

    Parameters
    ----------
    districts
        The districts of the country by id; each is named on the map.
    places
        All places with a name by id; towns are settlements among them.

    Raises
    ------
    IntakeError
        Naming the file and the invalid entry.
    """
    found = None
    if any(folder.bytes(name, optional=True) for name in BASE_MAP_FILES):
        found = _BaseMapReader(folder, districts, places).base_map()
    own = folder.path / OWN_MAP
    return with_own_map(found, own, districts) if own.exists() else found


def with_own_map(base_map: BaseMap | None, own: Path, districts: Mapping[str, District]) -> BaseMap:
    """Return the base map with a PMTiles file of the user's, in place of any other such file.

    Raises
    ------
    IntakeError
        Naming the file, what was found and what was expected.
    """
    found = base_map or BaseMap(districts=tuple(_district_names(districts, {})))
    others = tuple(one for one in found.credits if found.own is None or one != found.own.credit)
    read = OwnMap.read(own)
    return replace(found, own=read, credits=(*others, read.credit))


@dataclass(frozen=True, slots=True)
class _BaseMapReader:
    """A folder, and the districts and places to which the entries of its files refer."""

    folder: Folder
    districts: Mapping[str, District]
    places: Mapping[str, Place]

    def base_map(self) -> BaseMap:
        labels = self._labels()
        relief, rivers = self._file(ReliefFile, "relief"), self._file(RiversFile, "rivers")
        lakes, towns = self._file(LakesFile, "lakes"), self._file(TownsFile, "towns")
        airfields = self._file(AirfieldsFile, "airfields")
        points = self._file(PointsFile, "points")
        read = [one for one in (relief, rivers, lakes, towns, airfields, points) if one is not None]
        return BaseMap(
            relief=self._relief(relief),
            rivers=tuple(_rivers(rivers)) if rivers else (),
            river_names=tuple(_river_names(rivers)) if rivers else (),
            lakes=tuple(_lakes(lakes)) if lakes else (),
            points=(
                *(self._towns(towns, labels) if towns else ()),
                *(_airfields(airfields) if airfields else ()),
                *(_points(points) if points else ()),
            ),
            districts=tuple(_district_names(self.districts, labels)),
            credits=tuple(dict.fromkeys(one.credit for one in read)),
            notes=tuple(dict.fromkeys(one.note for one in read if one.note)),
        )

    def _file(self, model: type[SOURCED], stem: str) -> SOURCED | None:
        name = f"base_map/{stem}.json"
        data = self.folder.bytes(name, optional=True)
        return parse_json(model, data, name) if data else None

    def _relief(self, edges: ReliefFile | None) -> Relief | None:
        name = "base_map/relief.webp"
        picture = self.folder.bytes(name, optional=True)
        if edges is None:
            if picture:
                raise IntakeError(
                    f"{name}: the edges of the picture are not known; expected relief.json "
                    "beside it, with west, south, east and north in degrees"
                )
            return None
        if edges.west >= edges.east or edges.south >= edges.north:
            raise IntakeError(
                "base_map/relief.json: expected west below east and south below north, found "
                f"{edges.west:g} to {edges.east:g} and {edges.south:g} to {edges.north:g}"
            )
        _check_picture(name, picture)
        return Relief(picture, edges.west, edges.south, edges.east, edges.north)

    def _towns(self, file: TownsFile, labels: Mapping[str, LocalName]) -> Iterator[MapPoint]:
        for place_id, rank in file.ranks.items():
            place = self.places.get(place_id)
            if place is None or place.lat is None or place.lon is None:
                raise IntakeError(
                    f"base_map/towns.json: ranks.{place_id}: there is no settlement with this id "
                    "in gazetteer.json; correct the id or remove the entry"
                )
            name = labels.get(place_id) or LocalName(place.name)
            yield MapPoint("town", rank, name, place.lat, place.lon)

    def _labels(self) -> dict[str, LocalName]:
        labels: dict[str, LocalName] = {}
        for line, row in enumerate(self.folder.rows(_LABELS), start=2):
            place_id, where = row.get("place_id") or "", f"{_LABELS}:{line}"
            place = self.places.get(place_id)
            if place is None:
                raise IntakeError(f"{where} refers to {place_id!r}, and no place has that id")
            if place_id in labels:
                raise IntakeError(f"{where} names {place_id!r} again; keep one of the two lines")
            names = {column: (row.get(column) or "").strip() for column in _LABEL_COLUMNS}
            for column, name in names.items():
                _check_name(name, f"{where}, column {column}")
            labels[place_id] = LocalName(names["en"] or place.name, names["prs"], names["ps"])
        return labels


def _check_name(name: str, where: str) -> None:
    if len(name) > limits.MAX_NAME:
        raise IntakeError(f"{where}: the name has more than {limits.MAX_NAME} letters; shorten it")
    try:
        visible_text(name)
    except ValueError as error:
        raise IntakeError(f"{where}: {error}") from error


def _check_picture(name: str, picture: bytes) -> None:
    size = webp_size(picture)
    if size is None:
        found = "is missing" if not picture else "is not a still WebP picture"
        raise IntakeError(f"{name}: {found}; make it with tools/build_base_map.py")
    width, height = size
    if width * height > (most := limits.MAX_RELIEF_PIXELS):
        raise IntakeError(
            f"{name}: has {width:,} by {height:,} pixels, more than {most:,} together; "
            "make it smaller"
        )


def _rivers(file: RiversFile) -> Iterator[River]:
    check_size("base_map/rivers.json", file)
    for number, alike in enumerate(file.rivers):
        for at, line in enumerate(alike.lines):
            where = f"rivers.{number}.lines.{at}"
            points = file.points("base_map/rivers.json", where, line)
            yield River(alike.rank, alike.is_intermittent, alike.is_traced, points)


def _river_names(file: RiversFile) -> Iterator[RiverName]:
    for one in file.names:
        yield RiverName(one.local, one.lat, one.lon, one.angle, one.min_zoom)


def _lakes(file: LakesFile) -> Iterator[Lake]:
    check_size("base_map/lakes.json", file)
    for number, one in enumerate(file.lakes):
        outline = file.points("base_map/lakes.json", f"lakes.{number}.outline", one.outline)
        name = LocalName(one.name, one.prs, one.ps) if one.name else None
        yield Lake(name, one.area_km2, np.vstack([outline, outline[:1]]))


def _airfields(file: AirfieldsFile) -> Iterator[MapPoint]:
    for one in file.airfields:
        yield MapPoint("airfield", one.rank, one.local, one.lat, one.lon)


def _points(file: PointsFile) -> Iterator[MapPoint]:
    for one in file.points:
        yield MapPoint(one.kind, 1, one.local, one.lat, one.lon, one.height_m)


def _district_names(
    districts: Mapping[str, District], labels: Mapping[str, LocalName]
) -> Iterator[DistrictName]:
    for key, one in districts.items():
        name = labels.get(key) or LocalName(one.name)
        yield DistrictName(key, name, one.label_lat, one.label_lon)
