"""Parse positions as analysts write them: decimals, degrees and minutes, pairs, MGRS, WKT.

The precision of the notation sets the uncertainty: a short MGRS reference names a square, which is
read as the disc around its centre that covers it; whole degrees name a square of one degree.
"""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from mgrs import MGRS
from mgrs.core import MGRSError

from geo.places.boundaries import DEGREE_M, MOST_EAST, MOST_NORTH
from geo.places.spelling import ENGLISH_DIGITS

Axis = Literal["lat", "lon"]
_SIGNS_TOO: Final = ENGLISH_DIGITS | str.maketrans("٫−،", ".-,")
_DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,20}(?:[.,]\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,2})?")
_SIGNS: Final = re.compile(
    r"deg(?:rees?|\.)?|min(?:utes?|\.)?|sec(?:onds?|\.)?|''|[°ºd˚\"″”“'′’‘´`m]|(?<=\d)[-:](?=\d)",
    re.IGNORECASE,
)
_IN_LETTERS: Final = re.compile(
    r"(\d{1,3})\s?d(?:eg)?\s?(\d[\d.]*)\s?m(?:in)?\s?(?:(\d[\d.]*)\s?s(?:ec)?(?=[NSEW]?(?:\W|$))|(?=\W|[NSEW]|$))",
    re.IGNORECASE,
)
"""Degrees, minutes and seconds marked by letters: 34d31m40s. The final s is not "south"."""
_RUN: Final = {
    "lat": re.compile(r"(\d\d)(\d\d)(\d\d(?:\.\d+)?)?"),
    "lon": re.compile(r"(\d{3})(\d\d)(\d\d(?:\.\d+)?)?"),
}
"""Degrees, minutes and seconds as one run of digits and a letter: 343140N (ICAO Annex 15)."""
_LETTER: Final[dict[str, tuple[Axis, int]]] = {
    "n": ("lat", 1),
    "s": ("lat", -1),
    "e": ("lon", 1),
    "w": ("lon", -1),
}
_LETTERS: Final = re.compile(r"^([NSEW])(?=[\d\s+-])|(?<=[\d\s°'\"′″’”.])([NSEW])$", re.IGNORECASE)
_PART: Final = r"(\d{1,2}(?:\.\d+)?)"
_PARTS: Final = re.compile(rf"(\d{{1,3}}(?:\.\d+)?)(?:\s+{_PART})?(?:\s+{_PART})?")
_WKT: Final = re.compile(
    r"(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*([-+\d.eE]+)[\s,]+([-+\d.eE]+)(?:[\s,]+[-+\d.eE]+)?\s*\)",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"\d+(?:\.\d+)?")
_MGRS: Final = re.compile(
    r"(?:MGRS:?\s*)?(\d{1,2})\s?([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d*)\s*(\d*)", re.IGNORECASE
)
_NAMED: Final = re.compile(
    r"lat(?:itude)?[.:=\s]+(.+?)[\s,;/]+lon(?:g(?:itude)?)?[.:=\s]+(.+)", re.IGNORECASE
)
_LEADING: Final = re.compile(r"([NS][^EW]*\d[^EW]*?)[\s,;/]*([EW].+)", re.IGNORECASE)
_TRAILING: Final = re.compile(r"([^NSEW]+[NS])[\s,;/]*([^NSEW]+[EW])", re.IGNORECASE)
_SIXTY: Final = 60.0
"""Minutes per degree and seconds per minute."""
_SQUARE_M: Final = 100_000
"""Side in metres of an MGRS square without digits; each digit divides it by ten (NGA.STND.0037)."""
_MOST_DIGITS: Final = 5
"""Most digits of easting and of northing in MGRS: a square of a metre."""
_WHOLE: Final = re.compile(r"[^\d.,]*\d{1,3}(?:[.,]0?)?[^\d.,]*")
"""A number without decimals, or with the one zero that spreadsheets add to whole numbers."""


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees, WGS 84, and its uncertainty.

    Parameters
    ----------
    lat, lon
        Degrees north and east.
    radius_m
        Uncertainty in metres; NaN where the notation implies none.
    steps
        Degrees of latitude and longitude that the last digit of each stands for; NaN in MGRS.
    """

    lat: float
    lon: float
    radius_m: float = math.nan
    steps: tuple[float, float] = field(default=(math.nan, math.nan), repr=False, compare=False)


@lru_cache(maxsize=1 << 15)  # distinct texts of a column, a few MB
def degrees_from(text: str, axis: Axis | None = None) -> float:
    r"""Parse the degrees of one axis; NaN if the text is not valid or names the other axis.

    Examples
    --------
    >>> degrees_from("36,7564"), degrees_from("34°31'30\"N"), degrees_from("W 069 30.6")
    (36.7564, 34.525, -69.51)
    >>> degrees_from("69.17 E", "lat"), degrees_from("34 75 10"), degrees_from("1,234,567")
    (nan, nan, nan)
    """
    bare = _plain(text)
    if _DECIMAL.fullmatch(bare):
        return float(bare.replace(",", "."))
    letter = _LETTERS.search(bare)
    sign = 1
    if letter:
        named, sign = _LETTER[(letter[1] or letter[2]).lower()]
        if axis is not None and named != axis:
            return math.nan
        bare = f"{bare[: letter.start()]}{bare[letter.end() :]}".strip()
        if run := _RUN[named].fullmatch(bare):
            return sign * _sexagesimal(run)
    if bare.startswith("-"):
        sign, bare = -sign, bare[1:]
    parts = _PARTS.fullmatch(" ".join(_SIGNS.sub(" ", bare).replace(",", ".").split()))
    return sign * _sexagesimal(parts) if parts else math.nan


def _plain(text: str) -> str:
    """Return the text with English digits and signs, and signs instead of letters for units."""
    bare = " ".join(text.translate(_SIGNS_TOO).split())
    return _IN_LETTERS.sub(lambda found: f"{found[1]}°{found[2]}'{found[3] or 0}\"", bare)


def _sexagesimal(parts: re.Match[str]) -> float:
    degrees, minutes, seconds = (float(part or 0) for part in parts.groups())
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return math.nan
    return degrees + minutes / _SIXTY + seconds / _SIXTY**2


def is_whole_degrees(text: str) -> bool:
    """Tell whether a text gives one axis in whole degrees, without minutes.

    Examples
    --------
    >>> [is_whole_degrees(text) for text in ("34", "69\N{DEGREE SIGN} E", "34.0", "34.00", "34 30")]
    [True, True, True, False, False]
    """
    return _WHOLE.fullmatch(_plain(text)) is not None


def step_of(text: str) -> float:
    """The degrees that the last digit of one axis stands for; a spreadsheet's ``.0`` is none.

    Examples
    --------
    >>> step_of("34.50"), step_of("69,1"), step_of("34.0"), step_of("34 30.5 N") * 600
    (0.01, 0.1, 1.0, 1.0)
    >>> round(1 / step_of("343140N")), round(1 / step_of("34d31m"))
    (3600, 60)
    """
    if is_whole_degrees(text):
        return 1.0
    plain = " ".join(text.translate(_SIGNS_TOO).split()).replace(",", ".").upper().strip("NSEW ")
    run = _RUN["lat"].fullmatch(plain) or _RUN["lon"].fullmatch(plain)
    numbers = [one for one in run.groups() if one] if run else _NUMBERS.findall(plain)
    if not numbers:
        return math.nan
    exponent = Decimal(numbers[-1]).as_tuple().exponent
    return 10.0 ** int(exponent) / _SIXTY ** (len(numbers) - 1)


def names_axes(text: str) -> bool:
    """Whether a position says which of its numbers is the latitude.

    Examples
    --------
    >>> [names_axes(text) for text in ("34.5, 69.2", "34.5 N 69.2 E", "34 deg 30 min, 69 deg")]
    [False, True, False]
    """
    bare = _plain(text)
    if _WKT.fullmatch(bare) or _MGRS.fullmatch(bare) or _NAMED.fullmatch(bare):
        return True
    letters = _SIGNS.sub(" ", bare).upper()
    return bare.startswith("geo:") or any(one in letters for one in "NSEW")


def whole_degrees_m(lat: float) -> float:
    """Return the radius in metres of the disc that holds every point rounded to these degrees.

    Examples
    --------
    >>> round(whole_degrees_m(34)), round(whole_degrees_m(0)), round(whole_degrees_m(90))
    (72300, 78715, 55660)
    """
    return rounded_degrees_m(lat, (1.0, 1.0))


def rounded_degrees_m(lat: float, steps: tuple[float, float]) -> float:
    """Return the radius in metres of the disc that holds every point rounded to these degrees.

    The corner is half a step off on each axis; degrees of longitude shrink away from the equator.

    Parameters
    ----------
    steps
        Degrees of latitude and longitude to which the point is rounded.

    Examples
    --------
    >>> round(rounded_degrees_m(34.53, (0.01, 0.01)))
    721
    """
    north, east = steps
    return DEGREE_M * math.hypot(0.5 * north, 0.5 * east * math.cos(math.radians(lat)))


@lru_cache(maxsize=1 << 15)  # distinct texts of a column, a few MB
def position_from(text: str) -> Position | None:
    """Parse a position in one cell; ``None`` if the text is not a position.

    Two plain numbers are latitude and longitude, WKT is longitude and latitude, and compass letters
    name their own axis.

    Examples
    --------
    >>> position_from("34.52, 69.17")
    Position(lat=34.52, lon=69.17, radius_m=nan)
    >>> position_from("POINT (69.17 34.52)").lat, position_from("N34°31' E69°10'").lon > 69.1
    (34.52, True)
    >>> round(position_from("34, 69").radius_m)
    72300
    >>> found = position_from("42S WD 23 78")
    >>> round(found.lat, 3), round(found.lon, 3), round(found.radius_m)
    (35.049, 69.258, 707)
    >>> [position_from(text) for text in ("near Kabul", "34.52", "100.2, 69.1")]
    [None, None, None]
    """
    bare = _plain(text)
    if match := _WKT.fullmatch(bare):
        return _pair(match[2], match[1])
    if match := _MGRS.fullmatch(bare):
        return _from_mgrs(*match.groups())
    if match := _NAMED.fullmatch(bare):
        return _pair(match[1], match[2])
    bare = bare.removeprefix("geo:")
    for first, second in _halves(bare.strip(" ()[]")):
        position = _pair(first, second)
        if position is not None:
            return position
    return None


def _halves(text: str) -> list[tuple[str, str]]:
    """Return the ways to split a text into two numbers, the plainest first."""
    cuts = [text.split(mark) for mark in (";", "/", "|", ", ", ",")]
    named = _LEADING.fullmatch(text) or _TRAILING.fullmatch(text)
    cuts += [list(named.groups())] if named else []
    cuts.append(text.split(" "))
    return [(cut[0], cut[1]) for cut in cuts if len(cut) == 2]  # noqa: PLR2004 - two axes


def _pair(first: str, second: str) -> Position | None:
    found = _on_globe(degrees_from(first, "lat"), degrees_from(second, "lon"))
    steps = step_of(first), step_of(second)
    if found is None and any(letter in first.upper() for letter in "EW"):
        found = _on_globe(degrees_from(second, "lat"), degrees_from(first, "lon"))
        steps = steps[1], steps[0]
    found = replace(found, steps=steps) if found else None
    if found and is_whole_degrees(first) and is_whole_degrees(second):
        return replace(found, radius_m=whole_degrees_m(found.lat))
    return found


def _on_globe(lat: float, lon: float) -> Position | None:
    return Position(lat, lon) if abs(lat) <= MOST_NORTH and abs(lon) <= MOST_EAST else None


def _from_mgrs(zone: str, band: str, square: str, east: str, north: str) -> Position | None:
    digits = east + north
    half = len(digits) // 2
    if len(digits) % 2 or half > _MOST_DIGITS or (north and len(east) != len(north)):
        return None
    side = _SQUARE_M / 10**half
    with warnings.catch_warnings():
        # The library only warns of a square that is outside the latitude band named before it.
        warnings.simplefilter("error", RuntimeWarning)
        try:
            # The centre of the square, not its corner.
            lat, lon = MGRS().toLatLon(f"{zone}{band}{square}{digits}".upper())
        except (MGRSError, RuntimeWarning):
            return None
    return Position(lat, lon, side / math.sqrt(2))
