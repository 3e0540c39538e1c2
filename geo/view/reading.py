"""The values of the fields of a View: malformed values are ignored, excessive ones refused.

A message comes from a browser and an address from anyone, so neither is trusted: types are
checked, lists and texts are bounded (:mod:`geo.view.bounds`), and a field with a closed vocabulary
accepts only its terms. Beyond its bound a reader raises :class:`~geo.errors.ViewError`; it never
shortens a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from geo.errors import ViewError
from geo.view.bounds import BOUNDS

LAYER: Final = re.compile(r"\*|[a-z0-9][a-z0-9-]{0,63}(/(incident|presence)/[a-z_]{1,20})?")
"""A group, a layer of one, or all groups."""
RECORD: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")
KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
CODE: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
DISTRICT: Final = re.compile(r"[\w.:-]{1,64}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Viewport:
    """The middle of the map, in degrees (WGS 84), and its zoom, as in web maps."""

    lat: float
    lon: float
    zoom: float


def matching(pattern: re.Pattern[str]) -> Callable[[object], str | None]:
    """A reader of one text that matches this pattern."""
    return lambda given: given if isinstance(given, str) and pattern.fullmatch(given) else None


def one_of(known: Collection[str]) -> Callable[[object], str | None]:
    """A reader of one term of a closed vocabulary."""
    return lambda given: given if isinstance(given, str) and given in known else None


def several(one: Callable[[object], str | None]) -> Callable[[object], tuple[str, ...]]:
    """A reader of a list: sorted, each entry once, without malformed entries.

    Examples
    --------
    >>> several(matching(KEY))(["taliban", "nrf", "<b>", 7, "nrf"]), several(matching(KEY))("nrf")
    (('nrf', 'taliban'), ())
    """

    def read(given: object) -> tuple[str, ...]:
        entries = given if isinstance(given, list | tuple) else ()
        if len(entries) > (most := BOUNDS.entries):
            raise ViewError(f"{len(entries):,} entries; at most {most:,} are read")
        return tuple(sorted({entry for entry in map(one, entries) if entry is not None}))

    return read


def flag(given: object) -> bool:
    """Whether the value is ``True`` itself, not merely something that counts as true."""
    return given is True


def number_up_to(most: int, *, least: int = 0) -> Callable[[object], int | None]:
    """A reader of a whole number from `least` to `most`."""
    return lambda given: given if type(given) is int and least <= given <= most else None


def deaths(given: object) -> str | int | None:
    """``stated``, ``not_stated``, or the least number of fatalities."""
    if type(given) is int and given > (most := BOUNDS.fatalities):
        raise ViewError(f"more than {most:,} fatalities; give a smaller number")
    return one_of(("stated", "not_stated"))(given) or number_up_to(BOUNDS.fatalities)(given)


def text(given: object) -> str:
    """A line of text; one with control characters or surrogates is ignored."""
    if not isinstance(given, str) or any(unicodedata.category(c) in {"Cc", "Cs"} for c in given):
        return ""
    if len(given) > (most := BOUNDS.letters):
        raise ViewError(f"{len(given):,} letters; at most {most:,} are read")
    return given if given.strip() else ""


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
    """Read a period of two days.

    Returns
    -------
    tuple or None
        The first and the last day; ``None`` if the value is malformed.

    Raises
    ------
    ViewError
        The first day is after the last.
    """
    if not isinstance(given, list | tuple) or len(given) != len(("first", "last")):
        return None
    first, last = day(given[0]), day(given[1])
    if first is None or last is None:
        return None
    in_order(first, last)
    return first, last


def in_order(first: date | None, last: date | None) -> None:
    """Refuse a period that ends before it begins."""
    if first is not None and last is not None and last < first:
        raise ViewError(f"{first} is after {last}; give the earlier day first")


def viewport(given: object) -> Viewport | None:
    """A latitude, a longitude (degrees, WGS 84) and a zoom, within their bounds."""
    if not isinstance(given, Mapping):
        return None
    numbers = [given.get(name) for name in ("lat", "lon", "zoom")]
    if not all(_is_number(number) for number in numbers):
        return None
    lat, lon, zoom = cast("list[float]", numbers)
    if abs(lat) > BOUNDS.lat or abs(lon) > BOUNDS.lon or not 0 <= zoom <= BOUNDS.zoom:
        raise ViewError(
            f"expected degrees from {-BOUNDS.lat} to {BOUNDS.lat} north, from {-BOUNDS.lon} to "
            f"{BOUNDS.lon} east, and a zoom from 0 to {BOUNDS.zoom}"
        )
    return Viewport(float(lat), float(lon), float(zoom))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124 - NaN
