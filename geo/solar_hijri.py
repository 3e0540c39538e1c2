"""Days of the Solar Hijri calendar, official in Afghanistan and Iran, as days of the Gregorian one.

The year 1400 began on 21 March 2021. Gregorian years between 1300 and 1500 do not occur in reports
of today, so a year of that size is taken for Solar Hijri and asked about, never converted unasked.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from persiantools.jdatetime import JalaliDate

FIRST_YEAR: Final = 1300
LAST_YEAR: Final = 1500
"""1921 to 2121: no report of today is dated before or after."""


def is_solar_hijri(year: int) -> bool:
    """Whether a year is probably of the Solar Hijri calendar.

    Examples
    --------
    >>> is_solar_hijri(1401), is_solar_hijri(2022), is_solar_hijri(1299)
    (True, False, False)
    """
    return FIRST_YEAR <= year <= LAST_YEAR


def gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Solar Hijri one.

    Raises
    ------
    ValueError
        There is no such day, such as 30 Hut of a year that is not a leap year.

    Examples
    --------
    >>> gregorian(1401, 5, 3), gregorian(1403, 12, 30)
    (datetime.date(2022, 7, 25), datetime.date(2025, 3, 20))
    """
    found: date = JalaliDate(year, month, day).to_gregorian()
    return found


def gregorian_span(
    year: int, month: int | None = None, day: int | None = None
) -> tuple[date, date]:
    """The first and last Gregorian day of a Solar Hijri year, month or day.

    Raises
    ------
    ValueError
        There is no such day or month.

    Examples
    --------
    >>> [str(one) for one in gregorian_span(1401)], [str(one) for one in gregorian_span(1401, 12)]
    (['2022-03-21', '2023-03-20'], ['2023-02-20', '2023-03-20'])
    """
    if day is not None and month is not None:
        one = gregorian(year, month, day)
        return one, one
    first = gregorian(year, month or 1, 1)
    last_month = month or 12
    return first, gregorian(year, last_month, JalaliDate.days_in_month(last_month, year))
