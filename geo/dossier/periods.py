"""Uncertain dates: from EDTF text to the earliest and latest day and their precision.

The Extended Date/Time Format is part of ISO 8601-2:2019, summarised by the Library of Congress
(https://www.loc.gov/standards/datetime/, 4 February 2019). This module reads dates, seasons,
unspecified days and months, the qualifiers ``?``, ``~`` and ``%`` in every position, and closed and
open intervals. It refuses sets, unknown ends and times of day, and says what to write instead: a
record has one interval, which cannot represent them for a filter. It also refuses years before
1900: those from 1300 to 1500 are probably of the Solar Hijri calendar, and the same date in the
Gregorian calendar is suggested, never substituted.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from geo import limits
from geo.dossier.period_faults import FIRST_YEAR, HINT, DateError, meant_dates, refusal, too_early

DatePrecision = Literal["day", "days_2_6", "week", "month", "year", "longer"]

# The longest period of each step in days, after date_prec 1 to 5 of UCDP GED (codebook 23.1), and
# a step for longer periods.
_LONGEST: Final[tuple[tuple[int, DatePrecision], ...]] = (
    (1, "day"),
    (6, "days_2_6"),
    (7, "week"),
    (31, "month"),
    (366, "year"),
)
# ISO 8601-2:2019, 4.8: the name of each code, its first month, and its number of months. Codes 21
# to 24 do not state a hemisphere; they are read as 25 to 28, the northern one.
_SEASONS: Final[dict[int, tuple[str, int, int]]] = {
    **dict.fromkeys((21, 25), ("spring", 3, 3)),
    **dict.fromkeys((22, 26), ("summer", 6, 3)),
    **dict.fromkeys((23, 27), ("autumn", 9, 3)),
    **dict.fromkeys((24, 28), ("winter", 12, 3)),
    29: ("southern spring", 9, 3), 30: ("southern summer", 12, 3),
    31: ("southern autumn", 3, 3), 32: ("southern winter", 6, 3),
    33: ("the first quarter of", 1, 3), 34: ("the second quarter of", 4, 3),
    35: ("the third quarter of", 7, 3), 36: ("the fourth quarter of", 10, 3),
    37: ("the first third of", 1, 4), 38: ("the second third of", 5, 4),
    39: ("the last third of", 9, 4),
    40: ("the first half of", 1, 6), 41: ("the second half of", 7, 6),
}  # fmt: skip
_MARK: Final = "[?~%]?"
_DATE = re.compile(
    rf"(?P<y0>{_MARK})(?P<year>\d{{4}}|\d{{3}}X|\d\dXX)(?P<y1>{_MARK})"
    rf"(?:-(?P<m0>{_MARK})(?P<month>\d\d|XX)(?P<m1>{_MARK})"
    rf"(?:-(?P<d0>{_MARK})(?P<day>\d\d|XX)(?P<d1>{_MARK}))?)?",
    re.ASCII,
)
_OPEN_START = re.compile(r"(?:\.\./|\[\.\.)(?P<day>[^/\]]+)\]?")
_OPEN_END = re.compile(r"(?P<day>[^/]+)/\.\.|\[(?P<set>[^/\],]+)\.\.\]")


@dataclass(frozen=True, slots=True)
class Period:
    """The days between which something happened, as far as they are known.

    Parameters
    ----------
    edtf
        The text that it was read from.
    earliest, latest
        First and last possible day, both included; ``None`` where the period is open.
    precision
        The length of the period, in the steps of UCDP GED.
    approximate
        The source says "about" (``~`` or ``%``): the day may be slightly outside the period.
    uncertain
        The date or a part of it is in doubt (``?`` or ``%``).
    """

    edtf: str
    earliest: date | None
    latest: date | None
    precision: DatePrecision
    approximate: bool = False
    # Not in the representation, by which a recipe knows whether a record still says the same.
    uncertain: bool = field(default=False, repr=False)

    @property
    def loose(self) -> bool:
        """Whether the period is approximate or uncertain, so that no day is certain."""
        return self.approximate or self.uncertain

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
        >>> period("2022-24?").text
        'winter 2022 to 2023 (December to February; uncertain)'
        >>> period("2022-?05-24").text
        '24 May 2022 (month uncertain)'
        """
        return _qualified(_in_words(self), self)

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Whether any day of the period may be within `first` to `last` (``None``: no limit).

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
        If the text is not in a form that is read, is not a day that exists, or ends before it
        begins; the message says what was expected and, if it can be inferred, what to write.

    Examples
    --------
    >>> period("2024-05").earliest, period("2024-05").latest
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 31))
    >>> period("2022-03/2022-02")
    Traceback (most recent call last):
    ValueError: the period '2022-03/2022-02' ends before it begins
    >>> period("1401-05-03")
    Traceback (most recent call last):
    geo.dossier.period_faults.DateError: '1401-05-03' appears to be in the Solar Hijri calendar; if
    so, write 2022-07-25, the same date in the Gregorian calendar; otherwise correct the year
    """
    bare = text.strip()
    if len(bare) > (most := limits.MAX_DATE):
        msg = f"{bare[:most]!r}… has {len(bare):,} characters; at most {most} are read; {HINT}"
        raise ValueError(msg)
    return _read(bare)


@lru_cache(maxsize=65_536)
def _read(text: str) -> Period:
    if open_start := _OPEN_START.fullmatch(text):
        inner = _closed(open_start["day"], text)
        return Period(text, None, inner.latest, "longer", inner.approximate, inner.uncertain)
    if open_end := _OPEN_END.fullmatch(text):
        inner = _closed(open_end["day"] or open_end["set"], text)
        return Period(text, inner.earliest, None, "longer", inner.approximate, inner.uncertain)
    return _closed(text, text)


def span(first: Period, last: Period) -> Period:
    """The period from the earliest day of `first` to the latest day of `last`.

    Raises
    ------
    ValueError
        When `last` ends before `first` begins, or neither of these days is known.

    Examples
    --------
    >>> span(period("2021-08"), period("2025-01~")).text
    'about August 2021 to January 2025'
    >>> span(period("2021"), period("[..2024]")).text
    '2021 to 2024'
    """
    if first == last:
        return first
    if first.earliest is None and last.latest is None:
        msg = (
            f"the first date {first.edtf!r} has no beginning and the last date {last.edtf!r} no "
            "end; give a day, month or year for one of them"
        )
        raise ValueError(msg)
    if first.earliest and last.latest and last.latest < first.earliest:
        msg = f"the last date {last.edtf!r} is before the first date {first.edtf!r}"
        raise ValueError(msg)
    return Period(
        f"{_halves(first.edtf)[0]}/{_halves(last.edtf)[1]}",
        first.earliest,
        last.latest,
        _precision(first.earliest, last.latest),
        first.approximate or last.approximate,
        first.uncertain or last.uncertain,
    )


def _half(edtf: str, side: int) -> str:
    return edtf.split("/")[side]


def _halves(edtf: str) -> tuple[str, str]:
    """The two ends of a period as dates, or ``..`` for one that is open."""
    if open_start := _OPEN_START.fullmatch(edtf):
        return "..", open_start["day"]
    if open_end := _OPEN_END.fullmatch(edtf):
        return open_end["day"] or open_end["set"], ".."
    return _half(edtf, 0), _half(edtf, -1)


def _closed(text: str, whole: str) -> Period:
    first, slash, last = text.partition("/")
    if slash and meant_dates(text):
        raise DateError(refusal, text, whole)
    if slash and not (first and last):
        known = first or last
        instead = f"{known}/.." if first else f"../{known}"
        msg = (
            f"{whole!r} has an unknown end, which cannot be filtered; write {instead} if the end "
            f"is open, or the widest possible dates; {HINT}"
        )
        raise ValueError(msg)
    earliest, ends = _days(first, whole)
    latest = _days(last, whole)[1] if slash else ends
    if latest < earliest:
        msg = f"the period {whole!r} ends before it begins"
        raise ValueError(msg)
    approximate, uncertain = ("~" in text or "%" in text), ("?" in text or "%" in text)
    return Period(text, earliest, latest, _precision(earliest, latest), approximate, uncertain)


def _days(text: str, whole: str) -> tuple[date, date]:
    """First and last day of a date without its qualifiers."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateError(refusal, text, whole)
    year, month, day = match["year"], match["month"], match["day"]
    if int(year.replace("X", "0")) < FIRST_YEAR:
        raise DateError(too_early, year, whole)
    if "X" in year and month is not None:
        msg = f"{whole!r} has a month without a year; {HINT}"
        raise ValueError(msg)
    if month == "XX" and day not in {None, "XX"}:
        msg = f"{whole!r} has a day without a month; write {year}; {HINT}"
        raise ValueError(msg)
    try:
        return _bounds(year, month if month != "XX" else None, day if day != "XX" else None)
    except ValueError as error:
        msg = f"{whole!r} is not a date that can be placed on a calendar; {HINT}"
        raise ValueError(msg) from error


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None:
        return date(first, 1, 1), date(last, 12, 31)
    if day is not None:
        exact = date(first, int(month), int(day))
        return exact, exact
    if int(month) in _SEASONS:
        _, begins, months = _SEASONS[int(month)]
        return date(first, begins, 1), _month_end(first, begins + months - 1)
    return date(first, int(month), 1), _month_end(first, int(month))


def _month_end(year: int, month: int) -> date:
    """Last day of a month; months 13 to 24 are those of the next year."""
    year, month = (year + 1, month - 12) if month > 12 else (year, month)  # noqa: PLR2004 - months
    return date(year, month, calendar.monthrange(year, month)[1])


def _precision(earliest: date | None, latest: date | None) -> DatePrecision:
    if earliest is None or latest is None:
        return "longer"
    days = (latest - earliest).days + 1
    return next((name for most, name in _LONGEST if days <= most), "longer")


def _qualified(words: str, period_: Period) -> str:
    """The words with "about" before them, and what is uncertain after them."""
    marked = [] if "/" in period_.edtf or "[" in period_.edtf else _marked(period_.edtf)
    if period_.approximate and not any(mark == "~" for _, mark in marked):
        open_end = next((one for one in ("since ", "by ") if words.startswith(one)), "")
        words = f"{open_end}about {words.removeprefix(open_end)}"
    notes = [f"{part} {_DOUBTS[mark]}" for part, mark in marked]
    if period_.uncertain and not any(mark in "?%" for _, mark in marked):
        notes.append("uncertain")
    if not notes:
        return words
    note = ", ".join(notes)
    return f"{words[:-1]}; {note})" if words.endswith(")") else f"{words} ({note})"


_DOUBTS: Final = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}


def _marked(edtf: str) -> list[tuple[str, str]]:
    """The qualified parts of a date that is not qualified as a whole, each with its mark.

    A mark to the right of a part qualifies it and everything to its left, a mark to its left only
    that part (ISO 8601-2:2019, 8.3).
    """
    match = _DATE.fullmatch(edtf)
    if match is None or match["month"] is None:
        return []
    last = "day" if match["day"] else "month"
    marks = []
    for part, before, behind in (("year", "y0", "y1"), ("month", "m0", "m1"), ("day", "d0", "d1")):
        if match[before]:
            marks.append((part, match[before]))
        if match[behind] and part != last:
            marks.append(("year and month" if part == "month" else "year", match[behind]))
    whole = match["d1" if last == "day" else "m1"]
    return [] if whole else marks


def _in_words(period_: Period) -> str:
    first, last = period_.earliest, period_.latest
    if first is None or last is None:
        return _open_in_words(period_)
    edtf = _bare(period_.edtf)
    if "/" in edtf:
        return _interval_in_words(edtf, first, last)
    if len(edtf) == len("2022-21") and edtf[5:].isdigit() and int(edtf[5:]) in _SEASONS:
        months = f"{calendar.month_name[first.month]} to {calendar.month_name[last.month]}"
        years = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
        return f"{_SEASONS[int(edtf[5:])][0]} {years} ({months})"
    return _said_single(first, last)


def _bare(edtf: str) -> str:
    return edtf.translate(_NO_MARKS)


_NO_MARKS: Final = str.maketrans("", "", "?~%")


def _open_in_words(period_: Period) -> str:
    if period_.latest is not None:
        ends = _bare(period_.edtf).strip("[]./")
        single = _said_end(ends)
        return f"by {single}" if _is_day(ends) else f"by the end of {single}"
    if period_.earliest is not None:
        return f"since {_said_end(_bare(period_.edtf).strip('[]./'))}"
    return "at a time not stated"


def _interval_in_words(edtf: str, first: date, last: date) -> str:
    low, high = _half(edtf, 0), _half(edtf, -1)
    by_day = _is_day(low) and _is_day(high)
    if by_day and (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {_day(last)}"
    start, end = _said_end(low), _said_end(high)
    return f"between {start} and {end}" if by_day else f"{start} to {end}"


def _said_end(edtf: str) -> str:
    """One end of a period in words, as precise as its own text, not as its first or last day."""
    return _in_words(_read(_bare(edtf)))


def _is_day(edtf: str) -> bool:
    return "X" not in edtf and len(edtf.split("-")) == len("ymd")


def _said_single(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    whole_month = (first.year, first.month) == (last.year, last.month)
    if whole_month:
        return f"{calendar.month_name[first.month]} {first.year}"
    if first.year == last.year:
        return f"{first.year:04d}"
    if (last.year - first.year, first.year % 10) == (9, 0):
        return f"the {first.year}s"
    if (first.month, first.day) == (1, 1) and last + timedelta(1) == date(last.year + 1, 1, 1):
        return f"between {first.year} and {last.year}"
    return f"between {_day(first)} and {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
