"""Everything in a country's folder that has a name, collected into one gazetteer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from geo import limits
from geo.errors import IntakeError
from geo.places.country.areas import District
from geo.places.country.files import (
    LOCAL_NAMES,
    MORE_NAMES,
    CountryFile,
    Folder,
    OutsidePlaces,
    Region,
    Settlements,
    parse_json,
)
from geo.places.gazetteer import Gazetteer, Inference, NameColumns, Place
from geo.places.gazetteer.phrases import compass_names
from geo.places.provinces import Provinces
from geo.places.spelling import name_words


class GazetteerBuilder:
    """Collects the named places of all files of the folder, and checks references between them."""

    def __init__(
        self,
        folder: Folder,
        file: CountryFile,
        provinces: Provinces,
        districts: Mapping[str, District],
    ) -> None:
        self.folder, self.file = folder, file
        self.provinces, self.districts = provinces, districts
        self.faults: list[str] = []

    def gazetteer(self) -> Gazetteer:
        """Make the gazetteer, or raise an error that lists everything that does not fit."""
        places: dict[str, Place] = {}
        for place in (*self._all(), *self._outside()):
            self._add(place, places)
        for place in list(self._sites(places)):
            self._add(place, places)
        self._add_local_names(places)
        self._add_spellings(places)
        inferred = [
            Inference((entry.name, *entry.also), entry.place, entry.reason)
            for entry in self.file.inferred
            if self._known(entry.place, places, f"inferred {entry.name!r}")
        ]
        if self.faults:
            raise IntakeError("\n".join(f"{self.folder.path}: {fault}" for fault in self.faults))
        return Gazetteer(
            places.values(), inferred=inferred, more=self._more(), kind_words=self._kind_words(),
            generic=self.file.generic_names, roads=self._roads(),
        )  # fmt: skip

    def _more(self) -> NameColumns | None:
        data = self.folder.bytes(MORE_NAMES, optional=True)
        return NameColumns.from_parquet(data, MORE_NAMES) if data else None

    def _add(self, place: Place, places: dict[str, Place]) -> None:
        if place.id in places:
            other = places[place.id].name
            self.faults.append(f"the id {place.id!r} is given to {other!r} and to {place.name!r}")
        places[place.id] = place

    def _all(self) -> Iterator[Place]:
        file, codes = self.file, self.provinces.codes
        yield Place(file.iso_3166_1, "country", file.name, file.also, codes)
        for region in file.regions:
            for code in region.provinces:
                self._known(code, self.provinces, f"region {region.key!r}")
            note = region.basis or file.division
            also = (*region.also, *self._compass_names(region))
            yield Place(region.key, "region", region.name, also, region.provinces, note=note)
        for province in self.provinces:
            local = tuple(name for _, name in province.local_names)
            yield Place(
                province.code, "province", province.name, local, (province.code,), local=local
            )
        for district in self.districts.values():
            yield Place(district.id, "district", district.name, district.also, (district.province,))
        yield from self._settlements()

    def _compass_names(self, region: Region) -> tuple[str, ...]:
        if region.compass is None:
            return ()
        return tuple(compass_names(region.compass, (self.file.name,)))

    def _roads(self) -> dict[tuple[str, ...], str]:
        """The region of each road, by the provinces at its ends."""
        return {
            tuple(sorted(region.between)): region.key
            for region in self.file.regions
            if region.between is not None
        }

    def _kind_words(self) -> dict[str, str]:
        listed = self.file.kind_words.model_dump()
        return {"".join(name_words(word)): kind for kind, all_ in listed.items() for word in all_}

    def _settlements(self) -> Iterator[Place]:
        data = self.folder.bytes("gazetteer.json", optional=True)
        for entry in parse_json(Settlements, data, "gazetteer.json").settlements if data else ():
            whose = f"gazetteer.json: settlement {entry.name!r}"
            self._known(entry.province, self.provinces, whose)
            if entry.district is not None:
                self._known(entry.district, self.districts, whose)
            yield Place(
                entry.id, "settlement", entry.name, entry.also, (entry.province,),
                entry.district, entry.lat, entry.lon, entry.uncertainty_m, "", entry.capital,
            )  # fmt: skip

    def _outside(self) -> Iterator[Place]:
        data = self.folder.bytes("outside.json", optional=True)
        outside = parse_json(OutsidePlaces, data, "outside.json").places if data else ()
        for number, entry in enumerate(outside, start=1):
            note = "" if entry.country == entry.name else entry.country
            yield Place(f"abroad-{number}", "outside", entry.name, entry.also, note=note)

    def _sites(self, places: Mapping[str, Place]) -> Iterator[Place]:
        for site in self.file.sites:
            whose = f"country.yaml: site {site.key!r}"
            at = places.get(site.settlement or "")
            if site.settlement is not None:
                self._known(site.settlement, places, whose)
            province = site.province or (at.provinces[0] if at else None)
            own = (site.province, site.lat, site.lon, site.uncertainty_m)
            if at is None and None in own:
                self.faults.append(
                    f"{whose} needs the settlement that it is in, or a province and a position: "
                    "lat, lon and uncertainty_m"
                )
            if province is None or not self._known(province, self.provinces, whose):
                continue
            place = Place(
                site.key, "site", site.name, site.also, (province,), at.district if at else None,
                site.lat, site.lon, site.uncertainty_m, site.note,
            )  # fmt: skip
            if (site.lat is None or site.lon is None) and at is not None:
                place = replace(place, lat=at.lat, lon=at.lon, uncertainty_m=at.uncertainty_m)
            yield place

    def _add_local_names(self, places: dict[str, Place]) -> None:
        for line, row in enumerate(self.folder.rows(LOCAL_NAMES), start=2):
            place_id, name = row.get("place_id") or "", (row.get("name") or "").strip()
            if not self._known(place_id, places, f"{LOCAL_NAMES}:{line}"):
                continue
            if not name or len(name) > limits.MAX_NAME:
                self.faults.append(f"{LOCAL_NAMES}:{line} needs a name")
            place = places[place_id]
            also, local = (*place.also, name), (*place.local, name)
            places[place_id] = replace(place, also=also, local=local)

    def _add_spellings(self, places: dict[str, Place]) -> None:
        rows = self.folder.rows("spellings.csv")
        spelled: defaultdict[str, list[str]] = defaultdict(list)
        for line, row in enumerate(rows, start=2):
            place_id, variant = row.get("place_id") or "", row.get("variant") or ""
            if not self._known(place_id, places, f"spellings.csv:{line}"):
                continue
            if row.get("kind") != (kind := places[place_id].kind) or not variant.strip():
                self.faults.append(f"spellings.csv:{line} needs a variant, and {kind!r} as kind")
            spelled[place_id].append(variant)
        for place_id, variants in spelled.items():
            place = places[place_id]
            places[place_id] = replace(place, also=(*place.also, *variants))

    def _known(self, key: str, among: Any, whose: str) -> bool:
        known = key in among
        if not known:
            self.faults.append(f"{whose} refers to {key!r}, and no entry here has that id")
        return known
