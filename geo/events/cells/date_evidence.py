"""Infer the order and the calendar of a column's dates from its cells.

``9/3/19`` can be two different days. A single cell never decides: either other cells of the same
column do (``9/28/19`` can only be month first), or the person who imports the file does.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from geo.dossier.solar_hijri import is_solar_hijri
from geo.errors import IntakeError
from geo.events.cells.date_ranges import range_ends, read_interval
from geo.events.cells.dates import (
    LAST_MONTH,
    NUMERIC,
    ORDERS,
    DateReading,
    is_serial,
    plain_date,
    read_day,
)

_YEARS: Final = re.compile(r"(?<![\d:])(\d{4})(?=\d{4}(?!\d)|(?![\d:]))")
"""Four-digit numbers, including the year of a date without separators, such as 14010503."""

_ANSWERS: Final = {
    "order": "add --date-order day-first or --date-order month-first",
    "calendar": "add --calendar solar-hijri if that is what is meant, or correct the year",
}


class AmbiguousDatesError(IntakeError):
    """Dates can be read in two ways, and only a person can say which is meant.

    Parameters
    ----------
    question
        What is undecided, with an example; how to answer on the command line is added.
    about
        What the answer must give: the order of day and month, or the calendar.
    """

    def __init__(self, question: str, about: Literal["order", "calendar"]) -> None:
        super().__init__(f"{question}; {_ANSWERS[about]}")
        self.question = question
        self.about = about


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What the cells of a column show about how to read them; the evidence of parts adds up.

    Parameters
    ----------
    day_first, month_first
        A cell that can only be read in this order; empty if there is none.
    open
        A cell that can be read in either order.
    hijri
        A cell with a year of the Solar Hijri calendar.
    serial
        A cell with a spreadsheet's serial number for a day.
    """

    day_first: str = ""
    month_first: str = ""
    open: str = ""
    hijri: str = ""
    serial: str = ""

    @classmethod
    def of(cls, texts: Iterable[str]) -> DateEvidence:
        """Collect the evidence of the distinct texts of a column.

        Examples
        --------
        >>> DateEvidence.of(["9/28/19", "9/3/19", "2019-01-02"])
        DateEvidence(day_first='', month_first='9/28/19', open='9/3/19', hijri='',
        serial='')
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
            self.serial or other.serial,
        )

    def reading(self, wanted: DateReading) -> DateReading:
        """Decide how to read the column: as requested, or else as its own cells show.

        Raises
        ------
        AmbiguousDatesError
            Nothing decides; the message says how to answer.

        Examples
        --------
        >>> DateEvidence.of(["9/28/19", "9/3/19"]).reading(DateReading())
        DateReading(order='month-first', calendar='gregorian', serials='1900')
        >>> DateEvidence.of(["9/3/19"]).reading(DateReading())
        Traceback (most recent call last):
        geo.events.cells.date_evidence.AmbiguousDatesError: '9/3/19' is 9 March 2019 or 3
        September 2019, and no date in the column shows which; add --date-order day-first or
        --date-order month-first
        """
        if self.hijri and wanted.calendar == "gregorian":
            raise AmbiguousDatesError(
                f"{self.hijri!r} appears to be in the Solar Hijri calendar", "calendar"
            )
        if wanted.order is not None or not self.open:
            return wanted
        if bool(self.day_first) == bool(self.month_first):
            raise AmbiguousDatesError(self._question(wanted), "order")
        return replace(wanted, order="day-first" if self.day_first else "month-first")

    def _question(self, wanted: DateReading) -> str:
        one, other = (read_day(self.open, replace(wanted, order=order)).day for order in ORDERS)
        both = (
            f"the column has dates in both orders, such as {self.day_first!r} and "
            f"{self.month_first!r}"
            if self.day_first
            else "no date in the column shows which"
        )
        return f"{self.open!r} is {_day_words(one)} or {_day_words(other)}, and {both}"

    def explained(self, reading: DateReading) -> str:
        """Explain in sentences, with examples, how the dates are read; empty if nothing was open.

        Examples
        --------
        >>> found = DateEvidence.of(["9/28/19", "9/3/19"])
        >>> found.explained(found.reading(DateReading()))
        "Dates are read month first, since '9/28/19' cannot be read any other way: '9/3/19' is
        3 September 2019."
        >>> DateEvidence.of(["43736"]).explained(DateReading())
        "Numbers are read as spreadsheet dates: '43736' is 28 September 2019."
        """
        return " ".join(filter(None, (
            self._order_explained(reading), self._hijri_explained(reading),
            self._serial_explained(reading), *self._without_effect(reading),
        )))  # fmt: skip

    def _without_effect(self, reading: DateReading) -> Iterator[str]:
        """Yield a sentence for each option that a person gave and that no date needs."""
        if reading.order is not None and not self.open:
            yield "No date can be read in two orders: the order of day and month changes nothing."
        if reading.calendar != "gregorian" and not self.hijri:
            yield "No date has a year from 1300 to 1500: the calendar changes nothing."

    def _order_explained(self, reading: DateReading) -> str:
        if not self.open or reading.order is None:
            return ""
        day = read_day(self.open, reading).day
        decides = self.day_first if reading.order == "day-first" else self.month_first
        against = self.month_first if reading.order == "day-first" else self.day_first
        why = f", since {decides!r} cannot be read any other way" if decides and not against else ""
        words = reading.order.replace("-", " ")
        return f"Dates are read {words}{why}: {self.open!r} is {_day_words(day)}."

    def _hijri_explained(self, reading: DateReading) -> str:
        if not self.hijri or reading.calendar != "solar-hijri":
            return ""
        span = read_interval(self.hijri, reading)
        said = f": {self.hijri!r} begins on {_day_words(span[0])}" if span else ""
        if span and span[0] == span[1]:
            said = f": {self.hijri!r} is {_day_words(span[0])}"
        return f"Years from 1300 to 1500 are read as Solar Hijri{said}."

    def _serial_explained(self, reading: DateReading) -> str:
        if not self.serial:
            return ""
        day = _day_words(read_day(self.serial, reading).day)
        system = " counted from 1904" if reading.serials == "1904" else ""
        return f"Numbers are read as spreadsheet dates{system}: {self.serial!r} is {day}."


@lru_cache(maxsize=1 << 14)  # distinct texts of a column, a few MB
def _evidence(text: str) -> DateEvidence:
    bare = plain_date(text)
    hijri = text if _is_solar_hijri(text, bare) else ""
    match = NUMERIC.fullmatch(bare)
    if match is None:
        found_in_range = DateEvidence.of(_numeric_ends(text))
        return DateEvidence(hijri=hijri, serial=text if is_serial(bare) else "") + found_in_range
    first, second = int(match[1]), int(match[3])
    if first > LAST_MONTH >= second:
        return DateEvidence(day_first=text, hijri=hijri)
    if second > LAST_MONTH >= first:
        return DateEvidence(month_first=text, hijri=hijri)
    both = {read_day(text, DateReading(order, "solar-hijri")).day for order in ORDERS}
    is_open = len(both) > 1 and None not in both
    return DateEvidence(open=text if is_open else "", hijri=hijri)


def _numeric_ends(text: str) -> Iterator[str]:
    """Yield the first and last day of a range whose order of day and month must be known."""
    for ends in range_ends(text):
        if NUMERIC.fullmatch(ends.first) and NUMERIC.fullmatch(ends.last):
            yield from (ends.first, ends.last)


def reading_in_words(texts: Iterable[str], wanted: DateReading) -> str:
    """Say how dates are read, or what must be answered first; empty if nothing is open.

    Examples
    --------
    >>> reading_in_words(["9/3/19"], DateReading())
    "'9/3/19' is 9 March 2019 or 3 September 2019, and no date in the column shows which."
    >>> reading_in_words(["2019-09-03"], DateReading())
    ''
    """
    evidence = DateEvidence.of(texts)
    try:
        return evidence.explained(evidence.reading(wanted))
    except AmbiguousDatesError as asked:
        return f"{asked.question}."


def _is_solar_hijri(text: str, bare: str) -> bool:
    """Tell whether a cell has a Solar Hijri year and is a date once its year is read so."""
    if not any(is_solar_hijri(int(year)) for year in _YEARS.findall(bare)):
        return False
    return read_interval(text, DateReading("day-first", "solar-hijri")) is not None


def _day_words(day: date | None) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else "not a date"
