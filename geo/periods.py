"""Uncertain dates: EDTF text to the earliest and latest day, and how finely they are known.

The Extended Date/Time Format is ISO 8601-2:2019; the library ``edtf`` reads it. What is added
here: open intervals become ``None`` instead of infinity, an interval that runs backwards is
refused, and every period can say itself in plain English.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

DatePrecision = Literal["day", "days_2_6", "week", "month", "year", "longer"]

# UCDP GED's date_prec 1 to 5 as numbers of days, and one step more for what its scale cannot say.
_LONGEST: Final[tuple[tuple[int, DatePrecision], ...]] = (
    (1, "day"),
    (6, "days_2_6"),
    (7, "week"),
    (31, "month"),
    (366, "year"),
)
_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_OPEN_START = re.compile(r"(?:\.\./|\[\.\.)(?P<day>[^/\]]+)\]?")
_OPEN_END = re.compile(r"(?P<day>[^/]+)/\.\.")
_HINT: Final = (
    "expected an EDTF date such as 2022-05-24, 2022-05, 2022-21 (spring), 2024~ (about), "
    "2022-04-21/2022-04-30, ../2024 or 2021-08-15/.."
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days between which something happened, as far as they are known.

    Parameters
    ----------
    edtf
        The text it was read from.
    earliest, latest
        First and last possible day, both included; ``None`` where the period is open.
    precision
        How long the period is, in UCDP GED's steps.
    approximate
        The source says "about": the true day may lie a little outside the two days.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    precision: DatePrecision
    approximate: bool = False

    @property
    def text(self) -> str:
        """The period in plain English, day before month, the month in words.

        Examples
        --------
        >>> period("2022-04-21/2022-04-30").text
        'between 21 and 30 April 2022'
        >>> period("../2024").text
        'by the end of 2024'
        >>> period("2022-21").text
        'spring 2022 (March to May)'
        """
        said = _said(self)
        return f"about {said}" if self.approximate else said

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Whether any day of the period may lie within `first` to `last` (``None``: no limit).

        Examples
        --------
        >>> period("2022-05").overlaps(date(2022, 5, 31), None)
        True
        """
        starts_after = last is not None and self.earliest is not None and self.earliest > last
        ends_before = first is not None and self.latest is not None and self.latest < first
        return not (starts_after or ends_before)


def period(text: str) -> Period:
    """Read one EDTF text.

    Parameters
    ----------
    text
        A date, an interval, or an interval open at one end.

    Raises
    ------
    ValueError
        When the text is no EDTF, no day that exists, or runs backwards; the message says what
        was expected.

    Examples
    --------
    >>> period("2024-05").earliest, period("2024-05").latest
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 31))
    >>> period("2022-03/2022-02")
    Traceback (most recent call last):
    ValueError: the period '2022-03/2022-02' ends before it begins
    """
    cleaned = text.strip()
    if open_start := _OPEN_START.fullmatch(cleaned):
        inner = _closed(open_start["day"], text)
        return Period(cleaned, None, inner.latest, "longer", inner.approximate)
    if open_end := _OPEN_END.fullmatch(cleaned):
        inner = _closed(open_end["day"], text)
        return Period(cleaned, inner.earliest, None, "longer", inner.approximate)
    return _closed(cleaned, text)


def span(first: Period, last: Period) -> Period:
    """The period from the earliest day of `first` to the latest day of `last`.

    Raises
    ------
    ValueError
        When `last` ends before `first` begins.

    Examples
    --------
    >>> span(period("2021-08"), period("2025-01~")).text
    'about August 2021 to January 2025'
    """
    if first == last:
        return first
    if first.earliest and last.latest and last.latest < first.earliest:
        msg = f"the last date {last.edtf!r} lies before the first date {first.edtf!r}"
        raise ValueError(msg)
    return Period(
        f"{_half(first.edtf, 0)}/{_half(last.edtf, -1)}",
        first.earliest,
        last.latest,
        _precision(first.earliest, last.latest),
        first.approximate or last.approximate,
    )


def _half(edtf: str, side: int) -> str:
    return edtf.split("/")[side]


@lru_cache(maxsize=4096)
def _closed(text: str, whole: str) -> Period:
    parsed = _parsed(text, whole)
    try:
        low, high = parsed.lower_strict(), parsed.upper_strict()
        earliest, latest = date(*low[:3]), date(*high[:3])
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        msg = f"{whole!r} is no date that can be placed on a calendar; {_HINT}"
        raise ValueError(msg) from error
    if latest < earliest:
        msg = f"the period {whole!r} ends before it begins"
        raise ValueError(msg)
    return Period(text, earliest, latest, _precision(earliest, latest), "~" in text)


def _parsed(text: str, whole: str) -> Any:
    # The library reads an empty end as "unknown" and then answers with ten years of padding.
    if not text or text.startswith("/") or text.endswith("/"):
        msg = f"{whole!r} is no date; {_HINT}"
        raise ValueError(msg)
    try:
        return parse_edtf(text)
    except (EDTFParseException, ValueError, TypeError, RecursionError) as error:
        msg = f"{whole!r} is no date; {_HINT}"
        raise ValueError(msg) from error


def _precision(earliest: date | None, latest: date | None) -> DatePrecision:
    if earliest is None or latest is None:
        return "longer"
    days = (latest - earliest).days + 1
    return next((name for most, name in _LONGEST if days <= most), "longer")


def _said(period_: Period) -> str:
    first, last = period_.earliest, period_.latest
    if first is None or last is None:
        return _said_open(period_)
    if season := _SEASON.fullmatch(period_.edtf.strip("~?")):
        months = f"{calendar.month_name[first.month]} to {calendar.month_name[last.month]}"
        return f"{_SEASONS[int(season[2])]} {season[1]} ({months})"
    if "/" in period_.edtf:
        return _said_interval(period_.edtf, first, last)
    return _said_single(first, last)


def _said_open(period_: Period) -> str:
    if period_.latest is not None:
        ends = period_.edtf.strip("[].~/")
        single = _said_end(ends)
        return f"by {single}" if len(ends.split("-")) == len("ymd") else f"by the end of {single}"
    if period_.earliest is not None:
        return f"since {_said_end(_half(period_.edtf, 0))}"
    return "at a time not stated"


def _said_interval(edtf: str, first: date, last: date) -> str:
    low, high = _half(edtf, 0), _half(edtf, -1)
    by_day = len(low.split("-")) == len("ymd") and len(high.split("-")) == len("ymd")
    if by_day and (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {_day(last)}"
    start, end = _said_end(low), _said_end(high)
    return f"between {start} and {end}" if by_day else f"{start} to {end}"


def _said_end(edtf: str) -> str:
    """Say one end of a period as finely as its own text is, not as the day it was widened to."""
    return _said(_closed(edtf.strip("~?"), edtf))


def _said_single(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    whole_month = (first.year, first.month) == (last.year, last.month)
    if whole_month:
        return f"{calendar.month_name[first.month]} {first.year}"
    if first.year == last.year:
        return f"{first.year:04d}"
    return f"between {_day(first)} and {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
