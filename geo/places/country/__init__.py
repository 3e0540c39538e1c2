"""One country, read from its folder: everything this program knows about it and no code knows.

==================  =============================================================================
provinces.geojson   the provinces (:mod:`geo.places.provinces`)
districts.geojson   the districts, each in one province
neighbours.geojson  the land around, for the background
gazetteer.json      settlements with their positions
names.parquet       tens of thousands more, added by `incident-map gazetteer add`
local_names.csv     names of places in the country's own languages, which rank with those shown
spellings.csv       further spellings of provinces, districts and settlements
outside.json        countries and cities outside the country, so that they are known to be outside
country.yaml        the country's names, words for kinds of places, regions, sites, credits
base_map            relief, rivers, lakes and places for orientation, and names to show; a PMTiles
                    file of the user's
==================  =============================================================================

Only ``provinces.geojson`` and ``country.yaml`` must be there. Nothing else reads
the folder but :mod:`geo.workspace`, which reads the dossier in it.

====================  ==============================================================
``files``             the files of the folder that are not maps
``areas``             districts, and the land around the country
``names``             everything that has a name, as one gazetteer
``base_map``          relief, rivers, lakes and places for orientation
``base_map_reading``  the folder ``base_map`` to such a base map
``base_map_files``    how its files are written, and when they are valid
``own_map``           the user's own base map, cut to what a map shows
``pmtiles``           an archive of tiles: which there are, and the bytes of one
``vector_tiles``      lines and areas of a vector tile
``tile_layers``       what its layers mean
``tile_pictures``     the size of a picture that is a tile
``webp``              the size of a WebP picture, from its first bytes
``scaffold``          a folder made from boundaries alone
``boundary_units``    outlines repaired, joined and simplified
``boundary_fields``   how boundary files call names, codes and kinds
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
    """Everything known about the country that the map is of.

    Parameters
    ----------
    name
        The English name.
    code
        ISO 3166-1, two letters.
    code3
        The same in three letters, for file names; `code` where the folder does not say.
    numbers
        What ACLED (ISO 3166-1 numeric) and UCDP GED number it by.
    digest
        SHA-256 of the files of the folder but the dossier, and of the user's own base map.
    provinces
        Outlines and codes.
    districts
        By id.
    gazetteer
        Every name: country, regions, provinces, districts, settlements, sites and places outside.
    neighbours
        The land around.
    regions
        By key.
    credits
        Lines that must stand under every map, those of the base map among them.
    middle_points
        Latitude and longitude, in degrees, of points that others publish for the whole country.
    time_zone
        The country's own time; time stamps of other zones are compared with it.
    landmarks
        Days, as ``2021-08-15``, since which readers like to look.
    disclaimer
        What the map does not mean to say about borders and names.
    folder
        Where it was read from; ``None`` for a country that was put together in memory.
    base_map
        What to find one's way by; ``None`` where the folder holds none.
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
            Naming the file, and in it whatever is at fault.

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

    def outline_of(self, place_id: str) -> BaseGeometry:
        """Return the outline of a province, a district, a region or the country, by its id.

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
