"""Make ``data/provinces.geojson``, ``districts.geojson`` and ``neighbours.geojson``.

Run from the project's root with ``python -m tools.build_boundaries [CACHE]``. Needs ``pip`` and
``npm`` on the path, and besides the program's own requirements ``pyproj``; the same bytes come out
with shapely 2.2.0 (GEOS 3.14.1), numpy 2.4.6 and pyproj 3.7.2.

The districts come from geoBoundaries, where each was simplified by itself, so that neighbours
overlap and leave slivers. Cleaned into a coverage and dissolved, they make the provinces. Which
province a district lies in is read off Natural Earth's provinces, and these are identified by
their GeoNames code: name and ISO code are wrong there for Panjshir and Daykundi.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rapidfuzz import fuzz
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.places.spelling import fold_name, loosen
from tools.build_inputs import (
    DATA,
    ENGLISH_NAMES,
    GEOBOUNDARIES,
    GEONAMES_CODES,
    ISO_NAMES,
    NATURAL_EARTH_COUNTRIES,
    NATURAL_EARTH_PROVINCES,
    OCHA_CODES,
    PCODE_SCHEME,
    cache_folder,
    write_features,
)

ISO_CODES: Final = (
    "KAB KAP PAR WAR LOG NAN LAG PAN BGL BAM GHA PKA PIA KHO KNR NUR BDS TAK KDZ SAM BAL SAR GHO "
    "DAY URU ZAB KAN JOW FYB HEL BDG HER FRA NIM"
)
ISO_OF_PCODE: Final = {
    f"AF{number:02}": f"AF-{iso}" for number, iso in enumerate(ISO_CODES.split(), start=1)
}
"""The only table written by hand; `_check_codes` compares it with the names on both sides."""
ENGLISH: Final = {"AF-URU": "Uruzgan"}
"""The English name in ISO, OCHA and most texts, where it differs from that of CLDR."""
DISTRICT_SHAPES: Final = "17698898B"
"""The beginning of the ids of geoBoundaries' Afghan districts."""
PROVINCE_OF_DISTRICT: Final = {"Mosa Khail": "AF14", "Jaghatu": "AF04"}
"""Where OCHA and GeoNames agree on a province that the overlap with Natural Earth misses."""
RENAMED: Final[dict[str, str | None]] = {
    "Chaghcharan": "AF2301", "Shaygal wa shital": "AF1506", "Registan": "AF2716",
    "Zhari": "AF2705", "Unaba": "AF0805", "Gaiti": "AF2405", "Darwaz": "AF1722", "Gizab": None,
}  # fmt: skip
"""Districts with another name in OCHA's list; Gizab has since been split into two."""
ALIKE: Final = 70.0
"""Least similarity (rapidfuzz, of 100) of two names of a district."""
DIGITS: Final = 5
"""Decimals of a degree in outlines of the country: about a metre."""
NEIGHBOUR_DIGITS: Final = 3
"""Decimals of a degree in outlines of neighbours, which are a background: about 100 m."""
BACKGROUND: Final = (59.0, 28.0, 76.0, 40.0)
"""West, south, east and north of the box in which neighbours are kept, in degrees."""

TRIANGLE: Final = 3
"""Corners of a triangle; a closed ring has more points, since its last one repeats the first."""

Outlines = NDArray[Any]
EQUAL_AREA: Final = "ESRI:102025"


def _projector(source: str, target: str) -> Callable[[Outlines], Outlines]:
    transform = Transformer.from_crs(source, target, always_xy=True).transform

    def project(outlines: Outlines) -> Outlines:
        moved: Outlines = shapely.transform(
            outlines, lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1]))
        )
        return moved

    return project


to_metres = _projector("EPSG:4326", EQUAL_AREA)
to_degrees = _projector(EQUAL_AREA, "EPSG:4326")


@dataclass(frozen=True, slots=True)
class Codes:
    """OCHA's names by P-code, and each province's GeoNames code."""

    provinces: dict[str, str]
    districts: dict[str, tuple[str, str]]
    of_geonames: dict[str, str]


def main() -> None:
    """Write the three files."""
    cache = cache_folder()
    codes = _codes(cache)
    names, districts = _read_districts(cache)
    homes = _provinces_of(names, districts, *_read_natural_earth(cache, codes))
    outlines = _rounded(to_degrees(districts), DIGITS)
    pcodes = _match_pcodes(names, homes, codes)
    rows = sorted(
        zip(homes, names, pcodes, outlines, _shape_ids(cache), strict=True), key=lambda row: row[:2]
    )
    write_features(
        DATA / "districts.geojson",
        _checked([_district_feature(*row, codes=codes) for row in rows]),
    )
    attributes = _province_attributes(cache)
    provinces = {
        pcode: shapely.coverage_union_all(
            [outline for outline, home in zip(outlines, homes, strict=True) if home == pcode]
        )
        for pcode in ISO_OF_PCODE
    }
    write_features(
        DATA / "provinces.geojson",
        _checked([_province_feature(attributes[pcode], provinces[pcode]) for pcode in provinces]),
    )
    around = _neighbours(cache, shapely.coverage_union_all(list(provinces.values())))
    write_features(DATA / "neighbours.geojson", around)


def _codes(cache: Path) -> Codes:
    table = OCHA_CODES.member(
        cache,
        "hdx_python_country-4.2.5/tests/fixtures/fixtures-download-global-pcodes-adm-1-2.csv",
    ).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["Location"] == "AFG"]
    provinces = {row["P-Code"]: row["Name"] for row in rows if row["Admin Level"] == "1"}
    districts = {
        row["P-Code"]: (row["Name"], row["Parent P-Code"])
        for row in rows
        if row["Admin Level"] == "2"
    }
    _check_codes(provinces, ISO_NAMES.json(cache, "iso3166_2/iso3166-2.json")["AF"])
    pcode_of_iso = {iso: pcode for pcode, iso in ISO_OF_PCODE.items()}
    references = GEONAMES_CODES.json(cache, "package/regions/AF/geonames_ref.json")
    of_geonames = {
        row["admin"]: pcode_of_iso[f"AF-{row['iso']}"]
        for row in references
        if f"AF-{row['iso']}" in pcode_of_iso  # ORU is a second, disused code of Uruzgan
    }
    return Codes(provinces, districts, of_geonames)


def _check_codes(ocha: dict[str, str], iso: dict[str, Any]) -> None:
    """Stop unless every P-code's ISO code is the one whose name is most similar to OCHA's."""
    official = {code: _plain(entry["name"]) for code, entry in iso.items()}
    for pcode, code in ISO_OF_PCODE.items():
        name = _plain(ocha[pcode])
        nearest = max(official, key=lambda other: fuzz.ratio(name, official[other]))
        if nearest != code:
            msg = f"{pcode} {ocha[pcode]} is {nearest} by its name, but {code} in the table"
            raise ValueError(msg)


def _plain(name: str) -> str:
    return loosen(fold_name(name.replace("Maidan", "")))


def _read_natural_earth(cache: Path, codes: Codes) -> tuple[list[str], Outlines]:
    features = NATURAL_EARTH_PROVINCES.json(cache, "package/src/js/data/afg.json")["features"]
    pcodes = [codes.of_geonames[f["properties"]["gn_a1_code"][-2:]] for f in features]
    return pcodes, to_metres(np.array([shape(f["geometry"]) for f in features], dtype=object))


def _district_rows(cache: Path) -> list[tuple[str, str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "data.db")
        path.write_bytes(GEOBOUNDARIES.member(cache, "gazetteer/data/data.db"))
        question = (
            "select shape_id, name, coordinates from location_data "
            "where shape_id like ? order by shape_id"
        )
        return sqlite3.connect(path).execute(question, (f"{DISTRICT_SHAPES}%",)).fetchall()


def _shape_ids(cache: Path) -> list[str]:
    return [row[0] for row in _district_rows(cache)]


def _read_districts(cache: Path) -> tuple[list[str], Outlines]:
    """Names and outlines, the latter in metres and without gaps or overlaps."""
    rows = _district_rows(cache)
    names = [" ".join(name.split()) for _, name, _ in rows]
    rough = to_metres(shapely.from_wkb([outline for *_, outline in rows]))
    # types-shapely does not have it yet.
    clean: Any = shapely.coverage_clean  # type: ignore[attr-defined] # the stubs lack it
    return names, clean(rough, gap_width=1500, snapping_distance=50)


def _provinces_of(
    names: list[str], districts: Outlines, pcodes: list[str], provinces: Outlines
) -> list[str]:
    """Find the P-code of the province that each district overlaps most."""
    shared = shapely.area(shapely.intersection(districts[:, None], provinces[None, :]))
    nearest = [pcodes[column] for column in shared.argmax(axis=1)]
    return [PROVINCE_OF_DISTRICT.get(name, home) for name, home in zip(names, nearest, strict=True)]


def _match_pcodes(names: list[str], homes: list[str], codes: Codes) -> list[str | None]:
    """Pair districts with OCHA's, one to one within each province, the most similar first."""
    found: dict[int, str | None] = {
        row: RENAMED[name] for row, name in enumerate(names) if name in RENAMED
    }
    pairs = sorted(
        (
            (-_likeness(names[row], name), row, pcode)
            for row, home in enumerate(homes)
            for pcode, (name, parent) in codes.districts.items()
            if parent == home
        ),
    )
    for unlike, row, pcode in pairs:
        if -unlike >= ALIKE and row not in found and pcode not in found.values():
            found[row] = pcode
    lost = [name for row, name in enumerate(names) if row not in found]
    if lost:
        msg = f"no OCHA district matches {lost}"
        raise ValueError(msg)
    return [found[row] for row in range(len(names))]


def _likeness(name: str, ocha: str) -> float:
    other = loosen(fold_name(ocha))
    return max(fuzz.ratio(loosen(fold_name(part)), other) for part in _name_parts(name))


def _name_parts(name: str) -> list[str]:
    """Split "Sia Gird ( Ghorbund)" into the name and the other name in its brackets."""
    return [part for part in (part.strip() for part in re.split(r"[()]", name)) if part]


def _district_feature(
    home: str,
    name: str,
    pcode: str | None,
    outline: BaseGeometry,
    shape_id: str,
    *,
    codes: Codes,
) -> dict[str, Any]:
    shown, *others = _name_parts(name)
    if pcode is not None:
        others.append(codes.districts[pcode][0])
    properties = {
        "name": shown,
        "also": sorted({other for other in others if other != shown}),
        "iso_3166_2": ISO_OF_PCODE[home],
        "pcode": pcode,
        "pcode_scheme": PCODE_SCHEME if pcode else None,
    }
    return _feature(pcode or f"geoboundaries-{shape_id}", properties, outline)


def _province_attributes(cache: Path) -> dict[str, dict[str, Any]]:
    official = ISO_NAMES.json(cache, "iso3166_2/iso3166-2.json")["AF"]
    english = ENGLISH_NAMES.json(cache, "package/subdivisions/en/en.json")
    english = english["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {
        pcode: {
            "name": ENGLISH.get(code, _ascii(english[code.replace("-", "").lower()])),
            "name_prs": _local_name(official[code], "prs").translate({0x064A: "ی", 0x0643: "ک"}),
            "name_ps": _local_name(official[code], "pus"),
            "iso_3166_2": code,
            "pcode": pcode,
            "pcode_scheme": PCODE_SCHEME,
        }
        for pcode, code in ISO_OF_PCODE.items()
    }


def _ascii(name: str) -> str:
    return name.translate({ord("ō"): "o", ord("ā"): "a", ord("ī"): "i", ord("ū"): "u"})


def _local_name(entry: dict[str, Any], language: str) -> str:
    """Extract the name in one language from a text such as "Kābul (prs), Kabul (pus)"."""
    names = entry["localOtherName"].split(", ")
    marked = f" ({language})"
    return next(str(name).removesuffix(marked) for name in names if name.endswith(marked))


def _province_feature(attributes: dict[str, Any], outline: BaseGeometry) -> dict[str, Any]:
    feature = _feature(attributes["iso_3166_2"], attributes, outline)
    square_metres = float(shapely.area(to_metres(np.array([outline], dtype=object)))[0])
    feature["properties"]["area_km2"] = round(square_metres / 1e6)
    return feature


def _feature(key: str, properties: dict[str, Any], outline: BaseGeometry) -> dict[str, Any]:
    wound = shapely.orient_polygons(outline, exterior_cw=False)
    label = shapely.point_on_surface(wound)
    properties = {**properties, "label_lat": round(label.y, 4), "label_lon": round(label.x, 4)}
    return {
        "type": "Feature",
        "id": key,
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(wound)),
    }


def _checked(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    outlines = np.array([shape(feature["geometry"]) for feature in features], dtype=object)
    if not (shapely.is_valid(outlines).all() and shapely.coverage_is_valid(outlines)):
        msg = "the outlines overlap, or do not meet at the same points"
        raise ValueError(msg)
    return features


def _rounded(outlines: Outlines, digits: int) -> Outlines:
    rounded: Outlines = shapely.transform(outlines, lambda xy: np.round(xy, digits))
    return rounded


def _neighbours(cache: Path, country: BaseGeometry) -> list[dict[str, Any]]:
    """Cut out the neighbours, and extend them to the border as this map draws it."""
    around = {
        name: cut
        for name, outline in _natural_earth_countries(cache)
        if not (cut := shapely.clip_by_rect(outline, *BACKGROUND)).is_empty
    }
    left_over = shapely.difference(around.pop("Afghanistan"), country)
    for piece in shapely.get_parts(left_over):
        nearest = min(around, key=lambda name: (shapely.distance(around[name], piece), name))
        around[nearest] = shapely.union(around[nearest], piece)
    return [
        {
            "type": "Feature",
            "id": name.lower(),
            "properties": {"name": name},
            "geometry": json.loads(shapely.to_geojson(_coarse(outline))),
        }
        for name, outline in sorted(around.items())
    ]


def _coarse(outline: BaseGeometry) -> BaseGeometry:
    snapped = shapely.set_precision(outline, 10**-NEIGHBOUR_DIGITS)
    parts = [part for part in shapely.get_parts(snapped) if part.geom_type == "Polygon"]
    rounded = shapely.transform(
        shapely.multipolygons(parts), lambda xy: np.round(xy, NEIGHBOUR_DIGITS)
    )
    wound: BaseGeometry = shapely.orient_polygons(rounded, exterior_cw=False)
    return wound


def _natural_earth_countries(cache: Path) -> Iterator[tuple[str, BaseGeometry]]:
    """Read polygons from TopoJSON, whose shared borders are numbered lines of small steps."""
    topology = NATURAL_EARTH_COUNTRIES.json(cache, "package/countries-10m.json")
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    lines = [np.cumsum(line, axis=0) * scale + shift for line in topology["arcs"]]

    def ring(numbers: list[int]) -> NDArray[np.float64]:
        pieces = [lines[n] if n >= 0 else lines[~n][::-1] for n in numbers]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])

    for entry in topology["objects"]["countries"]["geometries"]:
        parts = {"Polygon": [entry.get("arcs")], "MultiPolygon": entry.get("arcs")}[entry["type"]]
        polygons = [
            shapely.Polygon(outer, [hole for hole in holes if len(hole) > TRIANGLE])
            for outer, *holes in ([ring(numbers) for numbers in part] for part in parts)
            if len(outer) > TRIANGLE  # the coarse grid has flattened some islets
        ]
        if polygons:
            yield entry["properties"]["name"], shapely.make_valid(shapely.multipolygons(polygons))


if __name__ == "__main__":
    main()
