"""Parse dates as people and spreadsheets write them, to a day or an interval of days.

``9/3/19`` can be two different days, so it is not read without an order. The order comes from the
column (:mod:`geo.events.cells.date_evidence`) or from the person who imports the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from geo.dossier.period_faults import FIRST_YEAR
from geo.dossier.periods import period
from geo.dossier.solar_hijri import MONTHS as HIJRI_MONTHS
from geo.dossier.solar_hijri import edtf_in_gregorian, gregorian, is_solar_hijri
from geo.places.spelling import ENGLISH_DIGITS

DateOrder = Literal["day-first", "month-first"]
Calendar = Literal["gregorian", "solar-hijri"]
Serials = Literal["1900", "1904"]
ORDERS: Final = get_args(DateOrder)
CALENDARS: Final = get_args(Calendar)
SERIAL_SYSTEMS: Final = get_args(Serials)

LAST_YEAR: Final = 2100
"""A later year is a mistake, or of another calendar."""
PIVOT: Final = 68
"""Two-digit years up to this one are in the 2000s, later ones in the 1900s, as in POSIX."""
EPOCHS: Final[dict[Serials, date]] = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
"""Day 0 of spreadsheet serial numbers (ECMA-376-1:2016, 18.17.4). The 1900 system counts a
29 February 1900 that never was; every spreadsheet but old ones on the Mac saves it."""
SERIALS: Final = range(18_264, 73_415)
"""1950 to 2100: a number outside this range is not read as a serial number of a day."""
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), start=1,
    )
    for name in (names, names[:3])
} | {"sept": 9}  # fmt: skip
"""Numbers of the English months by their names, three letters of them, and "sept"."""
_TIME: Final = (
    r"(?:[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_ISO: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_YEAR_NAMED: Final = re.compile(r"(\d{4})[-/. ]([^\W\d_]{3,11})[-/. ](\d{1,2})")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
NUMERIC: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_DAY_NAMED: Final = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*([^\W\d_]{{3,11}})\.?[-/., ]*(\d{{4}}|\d{{2}}){_TIME}"
)
_NAMED_DAY: Final = re.compile(
    rf"([^\W\d_]{{3,11}})\.?[- ]+(\d{{1,2}})(?:st|nd|rd|th)?,?[- ]+(\d{{4}}){_TIME}"
)
_MONTH_NAMED: Final = re.compile(r"([^\W\d_]{3,11})\.?[-/ ,]*(\d{4}|\d{2})")
_MONTH_AND_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR_AND_MONTH: Final = re.compile(r"(\d{4})[-/.](\d{1,2})")
_EDTF_LIKE: Final = re.compile(r"[\d.?~%/XuUYES{}\[\], +-]{4,64}")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d{1,12})?")
_WEEKDAY: Final = re.compile(
    r"^(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
LAST_MONTH: Final = 12
"""Number of months of a year, in both calendars: a larger number is a day."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """How the dates of a column are read.

    Parameters
    ----------
    order
        Order of day and month where both are numbers; ``None`` where no cell needs it.
    calendar
        Calendar of the years in the column.
    serials
        The system of the spreadsheet that numbered the days.
    """

    order: DateOrder | None = None
    calendar: Calendar = "gregorian"
    serials: Serials = "1900"


@dataclass(frozen=True, slots=True)
class DayReading:
    """The day that a cell gives, or the reason why it gives none.

    Parameters
    ----------
    day
        ``None`` if the cell does not give a day.
    needs_order
        Whether it becomes a day only once the order is known.
    other_order
        Whether it can only be read in the order that the column does not use.
    shifted
        The day in the country's own time, where that differs.
    year
        The year as written, if it is before 1900 or after 2100.
    """

    day: date | None = None
    needs_order: bool = False
    other_order: bool = False
    shifted: date | None = None
    year: int | None = None


NO_DATE: Final = DayReading()


def read_day(text: str, reading: DateReading, zone: ZoneInfo | None = None) -> DayReading:
    """Parse one cell to a day.

    Parameters
    ----------
    zone
        The country's time zone; a time stamp of another zone is compared with it.

    Examples
    --------
    >>> us = DateReading("month-first")
    >>> [str(read_day(text, us).day) for text in ("9/3/19", "28.09.2019", "28-Sep-19", "20190928")]
    ['2019-09-03', '2019-09-28', '2019-09-28', '2019-09-28']
    >>> read_day("43736", us).day, read_day("9/3/19", DateReading()).needs_order
    (datetime.date(2019, 9, 28), True)
    >>> late = read_day("2019-05-01T22:00:00Z", us, ZoneInfo("Asia/Kabul"))
    >>> str(late.day), str(late.shifted)
    ('2019-05-01', '2019-05-02')
    """
    bare = plain_date(text)
    if match := _ISO.fullmatch(bare):
        parts = int(match[1]), int(match[2]), int(match[3])
    elif match := NUMERIC.fullmatch(bare):
        ordered = _ordered(int(match[1]), int(match[3]), reading.order)
        if ordered is None:
            year = _dated(_year(match[4]), 1, 1, reading).year
            return DayReading(needs_order=True, year=year)
        parts = (_year(match[4]), *ordered)
        other = reading.order is not None and ordered[0] != int(
            match[3 if reading.order == "day-first" else 1]
        )
        return replace(_with_zone(_dated(*parts, reading), match, zone), other_order=other)
    elif match := _DAY_NAMED.fullmatch(bare):
        parts = _year(match[3]), _month(match[2], reading), int(match[1])
    elif match := _NAMED_DAY.fullmatch(bare):
        parts = int(match[3]), _month(match[1], reading), int(match[2])
    elif match := _YEAR_NAMED.fullmatch(bare):
        parts = int(match[1]), _month(match[2], reading), int(match[3])
    else:
        return _bare_number(bare, reading)
    return _with_zone(_dated(*parts, reading), match, zone)


def plain_date(text: str) -> str:
    """Return a cell without the day of the week, and with English digits.

    Examples
    --------
    >>> plain_date(" Sat, 28 Sep 2019"), plain_date("۱۴۰۱/۰۵/۰۳")
    ('28 Sep 2019', '1401/05/03')
    """
    return _WEEKDAY.sub("", text.strip().translate(ENGLISH_DIGITS))


def _month(name: str, reading: DateReading) -> int:
    """Return the number of a month; 0 for a name that the calendar does not have."""
    months = HIJRI_MONTHS if reading.calendar == "solar-hijri" else MONTHS
    return months.get(name.lower(), 0) or MONTHS.get(name.lower(), 0)


def read_span(
    text: str, reading: DateReading, zone: ZoneInfo | None = None
) -> tuple[date, date] | None:
    """Parse a cell with a day, a month, a year or an EDTF date to its first and last day.

    Returns
    -------
    The first and the last day, both included; ``None`` if the text is not one of these.

    Examples
    --------
    >>> [str(day) for day in read_span("Sep-19", DateReading())]
    ['2019-09-01', '2019-09-30']
    >>> [str(day) for day in read_span("1401", DateReading(calendar="solar-hijri"))]
    ['2022-03-21', '2023-03-20']
    >>> read_span("2022-05-01/..", DateReading()), read_span("soon", DateReading())
    (None, None)
    """
    read = read_day(text, reading, zone)
    if read.day is not None:
        return read.day, read.day
    if read != NO_DATE:
        return None
    edtf = _as_edtf(plain_date(text), reading)
    if reading.calendar == "solar-hijri":
        edtf = edtf_in_gregorian(edtf) or edtf
    return _edtf_span(edtf)


def _as_edtf(text: str, reading: DateReading) -> str:
    """Write a month in numbers or by name as EDTF; return any other text unchanged."""
    if match := _MONTH_NAMED.fullmatch(text):
        month = _month(match[1], reading)
        return f"{_year(match[2])}-{month:02}" if month else text
    if match := _MONTH_AND_YEAR.fullmatch(text):
        year, month = int(match[2]), int(match[1])
    elif match := _YEAR_AND_MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
    else:
        return text
    # In EDTF only, numbers above 12 are seasons or parts of a year.
    return f"{year}-{month:02}" if 1 <= month <= LAST_MONTH else text


@lru_cache(maxsize=1 << 14)  # distinct texts of a column, a few MB
def _edtf_span(text: str) -> tuple[date, date] | None:
    # The EDTF grammar takes milliseconds to reject a text, and most rejected texts are words.
    if not _EDTF_LIKE.fullmatch(text):
        return None
    try:
        found = period(text)
    except ValueError:
        return None
    first, last = found.earliest, found.latest
    return (first, last) if first is not None and last is not None else None


def _ordered(first: int, second: int, order: DateOrder | None) -> tuple[int, int] | None:
    """Return month and day of two numbers: a number above 12 is a day, whatever the order."""
    if not (first and second):
        return 0, 0
    if first > LAST_MONTH or second > LAST_MONTH:
        return (second, first) if first > second else (first, second)
    if first == second:
        return first, second
    if order is None:
        return None
    return (second, first) if order == "day-first" else (first, second)


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - digits of a year
        return year
    return year + (2000 if year <= PIVOT else 1900)


def _bare_number(text: str, reading: DateReading) -> DayReading:
    if match := _COMPACT.fullmatch(text):
        return _dated(int(match[1]), int(match[2]), int(match[3]), reading)
    if is_serial(text):
        days = timedelta(days=int(text[:5]))
        return DayReading(EPOCHS[reading.serials] + days)
    return NO_DATE


def is_serial(text: str) -> bool:
    """Tell whether a text is a spreadsheet's serial number for a day or a moment of it.

    Examples
    --------
    >>> is_serial("43736"), is_serial("43736.75"), is_serial("2019"), is_serial("12345")
    (True, True, False, False)
    """
    match = _SERIAL.fullmatch(text)
    return match is not None and int(match[1]) in SERIALS


def _dated(year: int, month: int, day: int, reading: DateReading) -> DayReading:
    try:
        if reading.calendar == "solar-hijri" and is_solar_hijri(year):
            return DayReading(gregorian(year, month, day))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return DayReading(year=year)
        return DayReading(date(year, month, day))
    except ValueError:
        return NO_DATE


def _with_zone(read: DayReading, match: re.Match[str], zone: ZoneInfo | None) -> DayReading:
    """Note the day in the country's own time where it differs; midnight means no time given."""
    named = match.groupdict()
    time, offset = named.get("time"), named.get("zone")
    if zone is None or read.day is None or not time or not offset:
        return read
    hour, minute = (int(part) for part in time.split(":")[:2])
    if (hour, minute) == (0, 0) or hour > 23 or minute > 59:  # noqa: PLR2004 - of a clock
        return read
    moment = datetime(read.day.year, read.day.month, read.day.day, hour, minute, tzinfo=UTC)
    there = (moment - _offset(offset)).astimezone(zone).date()
    return replace(read, shifted=there) if there != read.day else read


def _offset(text: str) -> timedelta:
    if text in {"Z", "UTC", "GMT"}:
        return timedelta(0)
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))


def whole_number(text: str, most: int) -> int | None:
    """Parse a whole number from 0 to `most`, also as a spreadsheet or pandas saves it.

    Examples
    --------
    >>> whole_number("3", 31), whole_number("3.0", 31), whole_number("32", 31), whole_number("x", 9)
    (3, 3, None, None)
    """
    bare = text.strip().translate(ENGLISH_DIGITS).removesuffix(".0")
    return int(bare) if bare.isdecimal() and len(bare) <= 4 and int(bare) <= most else None  # noqa: PLR2004 - a year has four digits


def month_number(text: str) -> int | None:
    """Return the number of a month, 0 if it is unknown; ``None`` if the text is not a month.

    Examples
    --------
    >>> month_number("March"), month_number("3"), month_number("0"), month_number("13")
    (3, 3, 0, None)
    """
    return MONTHS.get(text.strip().lower()) or whole_number(text, LAST_MONTH)


def joined_date(year: str, month: str, day: str) -> str:
    """Join a date in three cells as EDTF, as far as it is known; empty and 0 mean unknown.

    Examples
    --------
    >>> joined_date("1997.0", "3", ""), joined_date("97", "May", "7"), joined_date("1997", "", "7")
    ('1997-03', '97-05-07', '1997')
    >>> joined_date("1997", "13", "7")
    '1997-13-7'
    """
    year = year.strip().removesuffix(".0")
    parts = month_number(month or "0"), whole_number(day or "0", 31)
    if None in parts:
        return f"{year}-{month.strip()}-{day.strip()}"
    if not parts[0]:
        return year
    return f"{year}-{parts[0]:02}" + (f"-{parts[1]:02}" if parts[1] else "")
