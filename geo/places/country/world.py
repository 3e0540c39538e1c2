"""Names, codes and numbers of the world's countries.

The list is made by ``tools/build_countries.py``: ISO 3166-1 codes and names after OCHA's list of
countries and territories, and the country numbers of UCDP GED (those of Gleditsch and Ward).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from geo.places.spelling import fold_name


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """One country of the list.

    Parameters
    ----------
    alpha2, alpha3
        ISO 3166-1 codes.
    iso
        ISO 3166-1 numeric code without leading zeros, as in ACLED.
    ucdp
        The ``country_id`` of UCDP GED; empty if UCDP has none.
    name, also
        The usual English name, and others that event data use.
    """

    alpha2: str
    alpha3: str
    iso: str
    ucdp: str
    name: str
    also: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> tuple[CountryEntry, ...]:
    """All countries of the list, in the order of their two-letter codes.

    Examples
    --------
    >>> [(one.alpha3, one.iso, one.ucdp) for one in countries() if one.name == "Myanmar"]
    [('MMR', '104', '775')]
    """
    text = (files("geo.places.country") / "countries.csv").read_text(encoding="utf-8")
    return tuple(
        CountryEntry(
            row["alpha2"], row["alpha3"], row["iso"], row["ucdp"], row["name"],
            tuple(filter(None, row["also"].split(";"))),
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def country_entry(text: str) -> CountryEntry | None:
    """The country with a code or a name; ``None`` if the list has no such country.

    Examples
    --------
    >>> [country_entry(text).name for text in ("mmr", "KE", "Ivory Coast", "Burma")]
    ['Myanmar', 'Kenya', "Côte d'Ivoire", 'Myanmar']
    >>> country_entry("Ruritania") is None
    True
    """
    wanted = text.strip()
    by_code = _by_code().get(wanted.upper())
    return by_code or _by_name().get(fold_name(wanted))


@lru_cache(maxsize=1)
def _by_code() -> dict[str, CountryEntry]:
    return {code: one for one in countries() for code in (one.alpha2, one.alpha3)}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, CountryEntry]:
    return {fold_name(name): one for one in countries() for name in (one.name, *one.also)}
