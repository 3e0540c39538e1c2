"""Dates as people and spreadsheets write them, to days; the order of day and month by the column.

``9/3/19`` is two different days. Which one is meant is not guessed from one cell: other cells of
the same column decide (``9/28/19`` can only be month first), or whoever imports the file does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from geo.errors import IntakeError
from geo.periods import period
from geo.solar_hijri import gregorian, gregorian_span, is_solar_hijri

Order = Literal["day-first", "month-first"]
Calendar = Literal["gregorian", "solar-hijri"]
ORDERS: Final = get_args(Order)
CALENDARS: Final = get_args(Calendar)

FIRST_YEAR: Final = 1900
"""No report that this program is for is older; an earlier year is a slip or another calendar."""
LAST_YEAR: Final = 2100
PIVOT: Final = 68
"""Two-digit years up to this one are of the 2000s, later ones of the 1900s, as POSIX has it."""
EPOCH_1900: Final = date(1899, 12, 30)
"""Day 0 of spreadsheet serial numbers, which count a 29 February 1900 (ECMA-376-1, 18.17.4)."""
SERIALS: Final = range(18_264, 73_415)
"""1950 to 2100: a number outside is not read as the serial number of a day."""
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), start=1,
    )
    for name in (names, names[:3])
} | {"sept": 9}  # fmt: skip
_TIME: Final = (
    r"(?:[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_ISO: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_DAY_NAMED: Final = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{{3,9}})\.?[-/., ]*(\d{{4}}|\d{{2}}){_TIME}"
)
_NAMED_DAY: Final = re.compile(
    rf"([A-Za-z]{{3,9}})\.?[- ]+(\d{{1,2}})(?:st|nd|rd|th)?,?[- ]+(\d{{4}}){_TIME}"
)
_MONTH_NAMED: Final = re.compile(r"([A-Za-z]{3,9})\.?[-/ ,]*(\d{4}|\d{2})")
_COARSE: Final = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?")
_EDTF_LIKE: Final = re.compile(r"[\d.?~%/XuUYES{}\[\], +-]{4,64}")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d{1,12})?")
_WEEKDAY: Final = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)
_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_TWO_DIGITS: Final = 100
_LAST_MONTH: Final = 12


class AmbiguousDatesError(IntakeError):
    """Dates that can be read in two ways, of which a person has to say which is meant.

    Parameters
    ----------
    about
        What has to be said: the order of day and month, or the calendar.
    """

    def __init__(self, message: str, about: Literal["order", "calendar"]) -> None:
        super().__init__(message)
        self.about = about


@dataclass(frozen=True, slots=True)
class DateReading:
    """How the dates of a column are read.

    Parameters
    ----------
    order
        Of day and month where both are numbers; ``None`` where no cell needs it.
    calendar
        Of the years in the column.
    """

    order: Order | None = None
    calendar: Calendar = "gregorian"


@dataclass(frozen=True, slots=True)
class DayRead:
    """What a cell says: a day, or why it says none.

    Parameters
    ----------
    day
        ``None`` if the cell holds no day.
    needs_order
        Whether it is a day only once the order is known.
    shifted
        What day it is in the country's own time, where that is another one.
    year
        The year as written, of a day that is not in the Gregorian 1900 to 2100.
    """

    day: date | None = None
    needs_order: bool = False
    shifted: date | None = None
    year: int | None = None


NO_DATE: Final = DayRead()


def read_day(text: str, reading: DateReading, zone: ZoneInfo | None = None) -> DayRead:
    """Read one cell.

    Parameters
    ----------
    zone
        The country's time; a time stamp of another zone is compared with it.

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
    bare = _WEEKDAY.sub("", text.strip().translate(_DIGITS))
    if found := _ISO.fullmatch(bare):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif found := _NUMERIC.fullmatch(bare):
        ordered = _ordered(int(found[1]), int(found[3]), reading.order)
        if ordered is None:
            return DayRead(needs_order=True)
        parts = (_year(found[4]), *ordered)
    elif found := _DAY_NAMED.fullmatch(bare):
        parts = _year(found[3]), MONTHS.get(found[2].lower(), 0), int(found[1])
    elif found := _NAMED_DAY.fullmatch(bare):
        parts = int(found[3]), MONTHS.get(found[1].lower(), 0), int(found[2])
    else:
        return _bare_number(bare, reading)
    return _with_zone(_dated(*parts, reading), found.groupdict(), zone)


def read_span(
    text: str, reading: DateReading, zone: ZoneInfo | None = None
) -> tuple[date, date] | None:
    """The first and last day of a cell that holds a day, a month, a year or an EDTF date.

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
    bare = text.strip().translate(_DIGITS)
    if read != NO_DATE:
        return None
    if found := _MONTH_NAMED.fullmatch(bare):
        month = MONTHS.get(found[1].lower(), 0)
        return _month_span(_year(found[2]), month) if month else None
    if reading.calendar == "solar-hijri" and (found := _COARSE.fullmatch(bare)):
        year, part = int(found[1]), found[2]
        if is_solar_hijri(year):
            return _hijri_span(year, int(part) if part else None)
    return _edtf_span(bare)


def _month_span(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def _hijri_span(year: int, month: int | None) -> tuple[date, date] | None:
    try:
        return gregorian_span(year, month)
    except ValueError:
        return None


@lru_cache(maxsize=1 << 14)
def _edtf_span(text: str) -> tuple[date, date] | None:
    # The grammar of EDTF takes milliseconds to refuse a text; most that it refuses are words.
    if not _EDTF_LIKE.fullmatch(text):
        return None
    try:
        found = period(text)
    except ValueError:
        return None
    first, last = found.earliest, found.latest
    in_reach = first is not None and last is not None and first.year >= FIRST_YEAR
    return (first, last) if first is not None and last is not None and in_reach else None


def _ordered(first: int, second: int, order: Order | None) -> tuple[int, int] | None:
    """Month and day of two numbers: a number above 12 is a day, whatever the order is."""
    if first > _LAST_MONTH or second > _LAST_MONTH:
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


def _bare_number(text: str, reading: DateReading) -> DayRead:
    if found := _COMPACT.fullmatch(text):
        return _dated(int(found[1]), int(found[2]), int(found[3]), reading)
    found = _SERIAL.fullmatch(text)
    if found and int(found[1]) in SERIALS:
        return DayRead(EPOCH_1900 + timedelta(days=int(found[1])))
    return NO_DATE


def _dated(year: int, month: int, day: int, reading: DateReading) -> DayRead:
    try:
        if reading.calendar == "solar-hijri" and is_solar_hijri(year):
            return DayRead(gregorian(year, month, day))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return DayRead(year=year)
        return DayRead(date(year, month, day))
    except ValueError:
        return NO_DATE


def _with_zone(read: DayRead, found: dict[str, str | None], zone: ZoneInfo | None) -> DayRead:
    """Whether the day is another one in the country's own time; midnight stands for no time."""
    time, offset = found["time"], found["zone"]
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


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What the cells of a column say about how they are to be read; two parts of a file add up.

    Parameters
    ----------
    day_first, month_first
        A cell that can only be read so; empty if there is none.
    open
        A cell that can be read both ways.
    hijri
        A cell with a year of the Solar Hijri calendar.
    """

    day_first: str = ""
    month_first: str = ""
    open: str = ""
    hijri: str = ""

    @classmethod
    def of(cls, texts: Iterable[str]) -> DateEvidence:
        """Collect the evidence of the distinct texts of a column.

        Examples
        --------
        >>> DateEvidence.of(["9/28/19", "9/3/19", "2019-01-02"])
        DateEvidence(day_first='', month_first='9/28/19', open='9/3/19', hijri='')
        """
        found = cls()
        for text in texts:
            found += _evidence(text)
        return found

    def __add__(self, other: DateEvidence) -> DateEvidence:
        return DateEvidence(
            self.day_first or other.day_first,
            self.month_first or other.month_first,
            self.open or other.open,
            self.hijri or other.hijri,
        )

    def reading(self, wanted: DateReading) -> DateReading:
        """How the column is read: as it is wanted, else as its own cells decide.

        Raises
        ------
        AmbiguousDatesError
            Nothing decides; the message says what to answer.

        Examples
        --------
        >>> DateEvidence.of(["9/28/19", "9/3/19"]).reading(DateReading())
        DateReading(order='month-first', calendar='gregorian')
        >>> DateEvidence.of(["9/3/19"]).reading(DateReading())
        Traceback (most recent call last):
        geo.exchange.dates.AmbiguousDatesError: '9/3/19' is 9 March or 3 September, and no date of
        the column decides which; say --date-order day-first or --date-order month-first
        """
        if self.hijri and wanted.calendar == "gregorian":
            raise AmbiguousDatesError(
                f"{self.hijri!r} has a year of the Solar Hijri calendar; say --calendar "
                "solar-hijri if that is what is meant, or correct the year",
                "calendar",
            )
        if wanted.order is not None or not self.open:
            return wanted
        if bool(self.day_first) == bool(self.month_first):
            raise AmbiguousDatesError(self._question(), "order")
        return replace(wanted, order="day-first" if self.day_first else "month-first")

    def _question(self) -> str:
        month, day = (read_day(self.open, DateReading(order)).day for order in ORDERS)
        both = (
            f"the column has dates of both orders, such as {self.day_first!r} and "
            f"{self.month_first!r}"
            if self.day_first
            else "no date of the column decides which"
        )
        return (
            f"{self.open!r} is {_day_words(month)} or {_day_words(day)}, and {both}; say "
            "--date-order day-first or --date-order month-first"
        )

    def explained(self, reading: DateReading) -> str:
        """The order in a sentence with an example; empty where no cell needs one.

        Examples
        --------
        >>> found = DateEvidence.of(["9/28/19", "9/3/19"])
        >>> found.explained(found.reading(DateReading()))
        "Dates are read month first, since '9/28/19' can be read in no other way: '9/3/19' is
        3 September."
        """
        if reading.calendar == "solar-hijri":
            return "Years from 1300 to 1500 are read as Solar Hijri."
        if not self.open or reading.order is None:
            return ""
        day = read_day(self.open, reading).day
        decides = self.day_first if reading.order == "day-first" else self.month_first
        why = f", since {decides!r} can be read in no other way" if decides else ""
        words = reading.order.replace("-", " ")
        return f"Dates are read {words}{why}: {self.open!r} is {_day_words(day)}."


@lru_cache(maxsize=1 << 14)
def _evidence(text: str) -> DateEvidence:
    bare = _WEEKDAY.sub("", text.strip().translate(_DIGITS))
    found = _NUMERIC.fullmatch(bare)
    if found is None:
        iso = _ISO.fullmatch(bare) or _COMPACT.fullmatch(bare) or _COARSE.fullmatch(bare)
        return DateEvidence(hijri=text if iso and is_solar_hijri(int(iso[1])) else "")
    first, second = int(found[1]), int(found[3])
    hijri = text if is_solar_hijri(int(found[4])) else ""
    if first > _LAST_MONTH >= second:
        return DateEvidence(day_first=text, hijri=hijri)
    if second > _LAST_MONTH >= first:
        return DateEvidence(month_first=text, hijri=hijri)
    ambiguous = first != second and first <= _LAST_MONTH
    return DateEvidence(open=text if ambiguous else "", hijri=hijri)


def _day_words(day: date | None) -> str:
    return f"{day.day} {day:%B}" if day else "not a date"
