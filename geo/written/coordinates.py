"""A position as people write it: degrees, degrees and minutes, or MGRS, and how precise it is.

The uncertainty is what the notation implies: a number is taken to be rounded to its last digit, so
the point is within half a step of it on each axis, and an MGRS reference names a square. It says
nothing about how well the place itself is known, which may be far less.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from geo import limits
from geo.events.cells.coordinates import Position, names_axes, position_from, rounded_degrees_m
from geo.events.cells.swapped_axes import GeoBox
from geo.places.boundaries import MOST_NORTH

MOST_M: Final = 25_000
"""Largest uncertainty in metres that a point of a record may have; a wider area is no point."""
_LIKE: Final = (
    "Write latitude and longitude, such as 34.53, 69.17 or 34\N{DEGREE SIGN}31'48\"N "
    "69\N{DEGREE SIGN}10'12\"E, or an MGRS reference such as 42S WD 16 20."
)
_ONE_NUMBER: Final = re.compile(r"[-+]?\d{1,3},\d+")
_NAME_IT: Final = "Name the place instead, or write the position more precisely."
_DECIMALS: Final = 7
"""Decimals of a degree that are kept: about a centimetre, less than any notation here means."""


@dataclass(frozen=True, slots=True)
class PositionCandidate:
    """One reading of a position.

    Parameters
    ----------
    lat, lon
        Degrees north and east, WGS 84.
    uncertainty_m
        Metres within which the point is, as far as the notation says.
    words
        The position and its order in words.
    """

    lat: float
    lon: float
    uncertainty_m: int
    words: str


@dataclass(frozen=True, slots=True)
class WrittenPosition:
    """What a text says about a position.

    Parameters
    ----------
    text
        The text itself.
    lat, lon
        Degrees north and east, WGS 84; ``None`` if the text has not one reading.
    uncertainty_m
        Metres within which the point is, as far as the notation says, rounded up.
    because
        Where the uncertainty comes from, in a sentence.
    order
        In which order latitude and longitude were read, in a sentence; empty for MGRS.
    candidates
        The positions to choose from, if the text leaves their order open.
    question
        What is open, or what can be written; empty if the text is empty or has one reading.
    """

    text: str
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: int | None = None
    because: str = ""
    order: str = ""
    candidates: tuple[PositionCandidate, ...] = ()
    question: str = ""


def read_coordinates(text: str, *, box: GeoBox | None = None) -> WrittenPosition:
    """Read a position as people write it.

    Parameters
    ----------
    text
        At most :data:`geo.limits.MAX_LINE` characters are read.
    box
        West, south, east and north of the country in degrees. Two numbers without compass letters
        are latitude and longitude if only that order is in the country; otherwise they are asked
        about.

    Examples
    --------
    >>> found = read_coordinates("34,53 69,17", box=(60, 29, 75, 39))
    >>> found.lat, found.lon, found.uncertainty_m, found.because
    (34.53, 69.17, 722, 'The numbers are written to 0.01 degrees.')
    >>> found = read_coordinates("34.53, 69.17")
    >>> found.lat, [one.words for one in found.candidates][1]
    (None, '69.17° N, 34.53° E (longitude first)')
    >>> found = read_coordinates("42S WD 16 20")
    >>> found.uncertainty_m, found.because
    (708, 'The MGRS reference names a square of 1,000 m; the point is its centre.')
    >>> read_coordinates("34, 69").question
    'Whole degrees leave 73 km open; a point may have at most 25 km. Name the place instead, or
    write the position more precisely.'
    """
    bare = " ".join(text.split())
    if not bare:
        return WrittenPosition(text)
    if len(bare) > limits.MAX_LINE:
        return WrittenPosition(text, question=f"The position is too long. {_LIKE}")
    found = position_from(bare)
    is_turned = found is None and not names_axes(bare)
    if is_turned:
        found = _turned(bare)
    if found is None or _ONE_NUMBER.fullmatch(bare):
        why = "is not understood as a position" if found is None else "can be one number or two"
        return WrittenPosition(text, question=f"{bare!r} {why}. {_LIKE}")
    radius = found.radius_m if _is_square(found) else rounded_degrees_m(found.lat, found.steps)
    if radius > MOST_M:
        why = f"The square leaves {math.ceil(radius / 1000)} km open"
        why = why if _is_square(found) else why.replace("The square leaves", "Whole degrees leave")
        rest = f"a point may have at most {MOST_M // 1000} km. {_NAME_IT}"
        return WrittenPosition(text, question=f"{why}; {rest}")
    if question := _question(bare, found, box, is_turned=is_turned):
        return WrittenPosition(
            text, candidates=_candidates(found, is_turned=is_turned), question=question
        )
    lat, lon = round(found.lat, _DECIMALS), round(found.lon, _DECIMALS)
    order = "" if _is_square(found) else _order(bare)
    return WrittenPosition(text, lat, lon, _whole(radius), _because(found), order)


def _is_square(found: Position) -> bool:
    """Whether a position is the middle of a square of MGRS."""
    return math.isnan(found.steps[0])


def _turned(text: str) -> Position | None:
    """A position whose first number cannot be a latitude: only longitude first is on the globe."""
    numbers = re.split(r"\s*[;|/]\s*|,\s+|,|\s+", text.strip(" ()[]"))
    if len(numbers) != 2:  # noqa: PLR2004 - two axes
        return None
    return position_from(f"{numbers[1]}; {numbers[0]}")


def _whole(radius: float) -> int:
    """Metres rounded up: an uncertainty is at least one metre."""
    return max(1, math.ceil(radius))


def _because(found: Position) -> str:
    if _is_square(found):
        side = round(found.radius_m * math.sqrt(2))
        return f"The MGRS reference names a square of {side:,} m; the point is its centre."
    return f"The numbers are written to {_step_words(max(found.steps))}."


def _step_words(step: float) -> str:
    """A step in the largest unit of which it is a decimal fraction."""
    for unit, name in ((1.0, "degrees"), (60.0, "minutes"), (3600.0, "seconds")):
        exponent = math.log10(step * unit)
        if math.isclose(exponent, round(exponent), abs_tol=1e-6):
            value = f"{step * unit:.{max(0, -round(exponent))}f}"
            return f"{value} {name[:-1] if value == '1' else name}"
    return f"{step:.6f} degrees"


def _order(bare: str) -> str:
    if names_axes(bare):
        return "Latitude and longitude are named in the text."
    return "Read as latitude, then longitude."


def _question(bare: str, found: Position, box: GeoBox | None, *, is_turned: bool) -> str:
    """What is open about the order of two numbers; empty if nothing is."""
    if is_turned:
        return "The first number cannot be a latitude, so longitude seems to be first. Check it."
    if names_axes(bare) or abs(found.lon) > MOST_NORTH:
        return ""
    if box is None:
        return "The text does not say which number is the latitude. Choose the position."
    return {
        (True, False): "",
        (False, True): "Longitude seems to be first: only so is the point in the country. "
                       "Choose the position.",
        (True, True): "Both orders give a point in the country. Choose the position.",
        (False, False): "Neither order gives a point in the country. Choose the position.",
    }[_is_in(found.lat, found.lon, box), _is_in(found.lon, found.lat, box)]  # fmt: skip


def _is_in(lat: float, lon: float, box: GeoBox) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def _candidates(found: Position, *, is_turned: bool) -> tuple[PositionCandidate, ...]:
    """Both orders of a position, as far as they are on the globe; the order that is read first."""
    turned = Position(found.lon, found.lat, steps=(found.steps[1], found.steps[0]))
    orders = ("longitude first", "latitude first")
    both = ((found, orders[not is_turned]), (turned, orders[is_turned]))
    return tuple(
        PositionCandidate(
            one.lat, one.lon, _whole(rounded_degrees_m(one.lat, one.steps)),
            f"{_in_words(one)} ({order})",
        )
        for one, order in both
        if abs(one.lat) <= MOST_NORTH
    )  # fmt: skip


def _in_words(one: Position) -> str:
    lat, lon = (f"{abs(value):.10g}\N{DEGREE SIGN}" for value in (one.lat, one.lon))
    return f"{lat} {'S' if one.lat < 0 else 'N'}, {lon} {'W' if one.lon < 0 else 'E'}"
