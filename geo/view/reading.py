"""What a field of a View may hold. Whatever is not well formed counts as not said.

A message comes from a browser and an address from anybody, so nothing is believed: types are
checked, lists and texts are bounded, and closed vocabularies hold only their own words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo import limits

LAYER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(/(incident|presence)/[a-z_]{1,20})?")
RECORD: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")
KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
CODE: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
DISTRICT: Final = re.compile(r"[\w.:-]{1,64}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEAREST_ZOOM: Final = 20
_FARTHEST: Final = 360


@dataclass(frozen=True, slots=True)
class Viewport:
    """The middle of the map in degrees, WGS 84, and the zoom of web maps."""

    lat: float
    lon: float
    zoom: float


def matching(pattern: re.Pattern[str]) -> Callable[[object], str | None]:
    """A reader of one text of this form."""
    return lambda given: given if isinstance(given, str) and pattern.fullmatch(given) else None


def one_of(known: Collection[str]) -> Callable[[object], str | None]:
    """A reader of one word of a closed vocabulary."""
    return lambda given: given if isinstance(given, str) and given in known else None


def several(one: Callable[[object], str | None]) -> Callable[[object], tuple[str, ...]]:
    """A reader of a list: sorted, each entry once, entries of no use left out.

    Examples
    --------
    >>> several(matching(KEY))(["taliban", "nrf", "<b>", 7, "nrf"]), several(matching(KEY))("nrf")
    (('nrf', 'taliban'), ())
    """

    def read(given: object) -> tuple[str, ...]:
        entries = given if isinstance(given, list | tuple) else ()
        fit = {entry for entry in map(one, entries) if entry is not None}
        return tuple(sorted(fit)[: limits.MAX_VIEW_ENTRIES])

    return read


def flag(given: object) -> bool:
    """``true``, and nothing else that might be taken for it."""
    return given is True


def number_up_to(most: int, *, least: int = 0) -> Callable[[object], int | None]:
    """A reader of a whole number between two others."""
    return lambda given: given if type(given) is int and least <= given <= most else None


def deaths(given: object) -> str | int | None:
    """``stated``, ``not_stated``, or the least number of dead."""
    return one_of(("stated", "not_stated"))(given) or number_up_to(limits.MAX_VIEW_DEATHS)(given)


def text(given: object) -> str:
    """A line of text without invisible characters; cut where it is too long to be a question."""
    if not isinstance(given, str) or any(unicodedata.category(c) in {"Cc", "Cs"} for c in given):
        return ""
    return given[: limits.MAX_VIEW_TEXT] if given.strip() else ""


def day(given: object) -> date | None:
    """A day of the calendar, year first.

    Examples
    --------
    >>> day("2024-02-29"), day("2023-02-29"), day("20240229")
    (datetime.date(2024, 2, 29), None, None)
    """
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def window(given: object) -> tuple[date, date] | None:
    """A first and a last day."""
    if not isinstance(given, list | tuple) or len(given) != len(("first", "last")):
        return None
    first, last = day(given[0]), day(given[1])
    return (first, last) if first is not None and last is not None else None


def viewport(given: object) -> Viewport | None:
    """A place on the globe and a zoom that web maps have."""
    if not isinstance(given, Mapping):
        return None
    lat, lon, zoom = (_number(given.get(name)) for name in ("lat", "lon", "zoom"))
    on_earth = abs(lat) <= 90 and abs(lon) <= 180 and 0 <= zoom <= _NEAREST_ZOOM  # noqa: PLR2004 - degrees of the earth
    return Viewport(lat, lon, zoom) if on_earth else None


def _number(value: object) -> float:
    """A number that fits on the globe, else one that fits nowhere."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _FARTHEST:
        return math.nan
    return float(value)
