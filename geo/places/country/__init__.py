"""One country, read from its folder: everything that is specific to it is data, not code.

==================  =============================================================================
provinces.geojson   the provinces (:mod:`geo.places.provinces`)
districts.geojson   the districts, each in one province
neighbours.geojson  the neighbouring countries, for the background
gazetteer.json      settlements with their positions
names.parquet       tens of thousands more, added by `incident-map gazetteer add`
local_names.csv     names of places in the country's own languages, which rank with those shown
spellings.csv       further spellings of provinces, districts and settlements
outside.json        countries and cities outside the country, to be recognised as such
country.yaml        the country's names, words for kinds of places, regions, sites, credits
base_map            relief, rivers, lakes and places for orientation, and names to show; a PMTiles
                    file of the user's
==================  =============================================================================

Only ``provinces.geojson`` and ``country.yaml`` must be there. Nothing else reads
the folder but :mod:`geo.workspace`, which reads the dossier in it.

====================  ==============================================================
``files``             the files of the folder that are not maps
``areas``             districts and neighbouring countries
``names``             everything that has a name, as one gazetteer
``base_map``          relief, rivers, lakes and places for orientation
``base_map_reading``  from the folder ``base_map`` to a base map
``base_map_files``    the format of its files, and their validation
``own_map``           the user's own base map, cut to what a map shows
``pmtiles``           an archive of tiles: its directory, and the bytes of a tile
``vector_tiles``      lines and areas of a vector tile
``tile_layers``       the meaning of its layers
``tile_pictures``     the size of a picture that is a tile
``webp``              the size of a WebP picture, from its first bytes
``scaffold``          a folder made from boundaries alone
``boundary_units``    outlines repaired, joined and simplified
``boundary_fields``   property names of boundary files
``world``             names, codes and numbers of the world's countries
====================  =================================================================
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self
from zoneinfo import ZoneInfo

from shapely.geometry.base import BaseGeometry

from geo.errors import PlaceError
from geo.places.country.areas import District, Neighbour, read_districts, read_neighbours
from geo.places.country.base_map import BaseMap
from geo.places.country.base_map_reading import read_base_map, with_own_map
from geo.places.country.files import CountryNumbers, Folder, Region, read_country_file
from geo.places.country.names import GazetteerBuilder
from geo.places.gazetteer import Gazetteer
from geo.places.provinces import Provinces

__all__ = ["Country", "District", "Neighbour", "Region"]

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Country:
    """Everything that is known about the country of the map.

    Parameters
    ----------
    name
        The English name.
    code
        ISO 3166-1, two letters.
    code3
        ISO 3166-1, three letters, for file names; `code` if the folder has none.
    numbers
        The numbers of the country in ACLED (ISO 3166-1 numeric) and UCDP GED.
    digest
        SHA-256 of the files of the folder except the dossier, and of the user's own base map, in
        hexadecimal.
    provinces
        Outlines and codes of the provinces.
    districts
        The districts by id.
    gazetteer
        Every name: country, regions, provinces, districts, settlements, sites and places outside.
    neighbours
        The neighbouring countries.
    regions
        The regions by key.
    credits
        Lines that must appear under every map, including those of the base map.
    middle_points
        Pairs of latitude and longitude, in degrees, that others publish for the whole country.
    time_zone
        The country's time zone, with which time stamps of other zones are compared.
    landmarks
        Days, such as ``2021-08-15``, that are offered as the beginning of a period.
    disclaimer
        What the map does not imply about borders and names.
    folder
        The folder that was read; ``None`` for a country made in memory.
    base_map
        The base map; ``None`` if the folder has none.
    """

    name: str
    code: str
    code3: str
    numbers: CountryNumbers
    digest: str
    provinces: Provinces = field(repr=False)
    districts: Mapping[str, District] = field(repr=False)
    gazetteer: Gazetteer = field(repr=False)
    neighbours: tuple[Neighbour, ...] = field(repr=False)
    regions: Mapping[str, Region] = field(repr=False)
    credits: tuple[str, ...] = field(repr=False)
    landmarks: tuple[str, ...] = field(repr=False)
    disclaimer: str = field(repr=False)
    middle_points: tuple[tuple[float, float], ...] = field(default=(), repr=False)
    time_zone: ZoneInfo | None = None
    folder: Path | None = field(default=None, repr=False)
    base_map: BaseMap | None = field(default=None, repr=False)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the folder of a country.

        Raises
        ------
        IntakeError
            Naming the file, and the invalid part of it.

        Examples
        --------
        >>> Country.read(Path("nowhere"))  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        geo.errors.IntakeError: nowhere/country.yaml: there is no such file; ...
        """
        files = Folder(folder)
        file = read_country_file(files)
        provinces = Provinces.from_geojson(files.bytes("provinces.geojson"))
        districts = read_districts(files.bytes("districts.geojson", optional=True), provinces)
        gazetteer = GazetteerBuilder(files, file, provinces, districts).gazetteer()
        base_map = read_base_map(files, districts, gazetteer.places)
        _LOG.debug("%s: %d provinces, %d districts", folder, len(provinces), len(districts))
        return cls(
            name=file.name,
            code=file.iso_3166_1,
            code3=file.iso_3166_1_alpha_3 or file.iso_3166_1,
            numbers=file.numbers,
            digest=_digest(files.digest(), base_map),
            provinces=provinces,
            districts=MappingProxyType(districts),
            gazetteer=gazetteer,
            neighbours=read_neighbours(files.bytes("neighbours.geojson", optional=True)),
            regions=MappingProxyType({region.key: region for region in file.regions}),
            credits=tuple(dict.fromkeys((*file.credits, *(base_map.credits if base_map else ())))),
            landmarks=file.landmarks,
            disclaimer=file.disclaimer,
            time_zone=ZoneInfo(file.time_zone) if file.time_zone else None,
            middle_points=tuple((one.lat, one.lon) for one in file.middle_points),
            folder=folder,
            base_map=base_map,
        )

    def with_own_map(self, file: Path) -> Self:
        """Return the country with a base map of the user's: a PMTiles file.

        Raises
        ------
        IntakeError
            Naming the file, what was found and what was expected.
        """
        base_map = with_own_map(self.base_map, file, self.districts)
        former = self.base_map.own.credit if self.base_map and self.base_map.own else ""
        others = (one for one in self.credits if one != former)
        return replace(
            self,
            base_map=base_map,
            credits=(*others, base_map.credits[-1]),
            digest=_digest(self.digest, base_map),
        )

    @property
    def named_areas(self) -> tuple[Region, ...]:
        """The regions with several provinces, but for roads: those that a reader may ask for."""
        some = (one for one in self.regions.values() if one.between is None)
        return tuple(one for one in some if len(one.provinces) > 1)

    def outline_of(self, place_id: str) -> BaseGeometry:
        """Return the outline of a province, a district, a region or the country, by its id.

        x is longitude and y latitude, in degrees.

        Raises
        ------
        PlaceError
            The id is none of these.
        """
        if place_id in self.districts:
            return self.districts[place_id].outline
        if place_id in self.provinces:
            return self.provinces[place_id].outline
        if place_id in self.regions:
            return self.provinces.outline_of(self.regions[place_id].provinces)
        if place_id == self.code:
            return self.provinces.whole
        msg = f"{place_id!r} is not a province, district or region of {self.name}"
        raise PlaceError(msg)


def _digest(files: str, base_map: BaseMap | None) -> str:
    """The digest of the files of a folder, with that of the user's own base map if there is one."""
    if base_map is None or base_map.own is None:
        return files
    return hashlib.sha256(f"{files} {base_map.own.archive.digest}".encode()).hexdigest()
