"""Made-up dumps in the exact columns of GeoNames, for tests and measurements."""

from __future__ import annotations

import random
from collections.abc import Iterable

from geo.places.country import Country

_SYLLABLES = (
    "qa", "la", "da", "ra", "shahr", "khan", "abad", "deh", "naw", "sang", "safed", "surkh",
    "zar", "bagh", "chah", "kot", "tepa", "ghund", "jar", "mir", "gul", "shin", "spin", "tor",
    "khel", "zai", "mazar", "pul", "rud", "lal", "sher", "band", "dasht", "hazar", "char", "asia",
    "jangal",
)  # fmt: skip


def line(number: int, name: str, lat: float, lon: float, **more: str) -> str:
    """One line of a dump: ``line(1, "Qala", 34.5, 69.2, code="PPL", also="Kala,قلعه")``."""
    columns = [
        str(number), name, more.get("plain", name), more.get("also", ""),
        f"{lat:.5f}", f"{lon:.5f}",
        more.get("feature", "P"), more.get("code", "PPL"), "AF", "", "01", "", "", "",
        more.get("population", "0"), "", "1800", "Asia/Kabul", "2024-01-01",
    ]  # fmt: skip
    return "\t".join(columns)


def dump(lines: Iterable[str]) -> bytes:
    """The bytes of a dump of these lines."""
    return ("\n".join(lines) + "\n").encode()


def made(country: Country, count: int, seed: int = 7) -> bytes:
    """As many places inside the country's provinces, with names that often repeat."""
    rng = random.Random(seed)  # noqa: S311 - a seeded shape, no secret
    west, south, east, north = country.outline_of(country.code).bounds
    lines: list[str] = []
    while len(lines) < count:
        points = [(rng.uniform(south, north), rng.uniform(west, east)) for _ in range(count)]
        inside = country.provinces.index_of(*zip(*points, strict=True)) >= 0
        lines += [
            line(10_000_000 + len(lines) + at, made_name(rng), *point, also=f"{made_name(rng)},کلا")
            for at, point in enumerate(p for p, good in zip(points, inside, strict=True) if good)
        ]
    return dump(lines[:count])


def made_name(rng: random.Random) -> str:
    """A name of two to four syllables, as Dari names are put together."""
    parts = [rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))]
    return "".join(parts[:2]).capitalize() + ("" if len(parts) < 3 else " " + "".join(parts[2:]))
