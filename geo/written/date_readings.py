"""From the parts of a date to EDTF, and what is open about it.

Where EDTF has a code for a part of a year it is used; any other part becomes an interval of days:
the thirds of a month are its days 1 to 10, 11 to 20, and the rest, as "early", "mid" and "late"
divide it; its weeks are counted from its first day.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo.dossier.period_faults import FIRST_YEAR
from geo.dossier.periods import Period, period
from geo.dossier.solar_hijri import gregorian, gregorian_span, is_solar_hijri
from geo.events.cells.dates import LAST_YEAR
from geo.written.date_parts import LAST_MONTH, DateParts, Open

_CODES: Final = {"quarter": 32, "third": 36, "half": 39}
"""ISO 8601-2:2019, 4.8: the code before that of the first quarter, third and half of a year."""
_SEASON: Final = 20
"""The code before that of spring."""
_NORTHERN: Final = 24
"""The code before that of spring in the northern hemisphere, which is the same season here."""
_THIRD_DAYS: Final = 10
"""Days of a third of a month, but the last."""
_HALF_DAYS: Final = 15
"""Days of the first half of a month."""
_WEEK_DAYS: Final = 7
"""Days of a week."""
_HIJRI_YEARS: Final = 621
"""Gregorian years before the first of the Solar Hijri calendar."""
_LONGEST_OFF: Final = 1
"""Years before and after the one that is near, which are offered where no year is stated."""


class NoSuchDateError(ValueError):
    """The parts do not make a date; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """One reading of a text.

    Parameters
    ----------
    edtf
        The date or interval.
    opens
        What is open about it.
    """

    edtf: str
    opens: frozenset[Open] = frozenset()

    @property
    def period(self) -> Period:
        """The days that it means."""
        return period(self.edtf)


def years_near(parts: DateParts, around: date) -> list[int]:
    """The years that a date without one can have: that of a day, and those beside it."""
    near = around.year - (_HIJRI_YEARS if parts.calendar == "solar-hijri" else 0)
    return [near + off for off in range(-_LONGEST_OFF, _LONGEST_OFF + 1)]


def readings_of(parts: DateParts) -> list[PeriodReading]:
    """The readings of a date whose year is known.

    Raises
    ------
    NoSuchDateError
        If there is no such day, month or part.

    Examples
    --------
    >>> late = DateParts(year=2022, month=4, part="third", which=3)
    >>> [one.edtf for one in readings_of(late)]
    ['2022-04-21/2022-04-30']
    >>> [one.edtf for one in readings_of(DateParts(year=2022, season=4))]
    ['2022-24', '2021-24']
    """
    if parts.edtf:
        found = [PeriodReading(parts.edtf, parts.opens)]
    elif parts.calendar == "solar-hijri" and parts.year is not None:
        found = _in_solar_hijri(parts, parts.year)
    else:
        found = _in_gregorian(parts)
    return [replace(one, edtf=_marked(one.edtf, parts.mark)) for one in _fitting(found, parts)]


def _fitting(found: list[PeriodReading], parts: DateParts) -> list[PeriodReading]:
    """The readings on the day of the week that the text names; all of them, marked, if none is."""
    if not parts.weekday:
        return found
    fitting = [one for one in found if _is_on(one, parts.weekday)]
    return fitting or [replace(one, opens=one.opens | {"weekday"}) for one in found]


def _is_on(reading: PeriodReading, weekday: int) -> bool:
    day = reading.period.earliest
    return day is None or day != reading.period.latest or day.isoweekday() == weekday


def _marked(edtf: str, mark: str) -> str:
    return "/".join(end if end == ".." else f"{end}{mark}" for end in edtf.split("/"))


def _in_gregorian(parts: DateParts) -> list[PeriodReading]:
    year = _accepted(parts.year)
    if parts.part == "decade":
        return [PeriodReading(f"{year // 10}X", parts.opens)]
    if parts.season:
        return _seasons(parts, year)
    if parts.month is None:
        return [PeriodReading(_part_of_year(parts, year), parts.opens)]
    if not 1 <= parts.month <= LAST_MONTH:
        msg = f"There is no month {parts.month}; correct the date."
        raise NoSuchDateError(msg)
    length = calendar.monthrange(year, parts.month)[1]
    if parts.day is not None:
        if not 1 <= parts.day <= length:
            msg = f"{calendar.month_name[parts.month]} {year} has {length} days; correct the day."
            raise NoSuchDateError(msg)
        return _around_day(parts, date(year, parts.month, parts.day))
    if not parts.part:
        return [PeriodReading(f"{year:04}-{parts.month:02}", parts.opens)]
    first, last = _part_of_month(parts, length)
    days = [date(year, parts.month, day).isoformat() for day in (first, last)]
    return [PeriodReading("/".join(dict.fromkeys(days)), parts.opens)]


def _accepted(year: int | None) -> int:
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    msg = f"Years before {FIRST_YEAR} are not accepted; correct the year."
    if year is not None and year > LAST_YEAR:
        msg = f"Years after {LAST_YEAR} are not accepted; correct the year."
    if year is not None and is_solar_hijri(year):
        msg = "The month or calendar is Gregorian, but the year is not; correct one of them."
    raise NoSuchDateError(msg)


def _around_day(parts: DateParts, day: date) -> list[PeriodReading]:
    """The day itself, or the week that is named by it."""
    week = timedelta(days=_WEEK_DAYS - 1)
    monday = day - timedelta(days=day.weekday())
    from_day, to_day, of_day = (day, day + week), (day - week, day), (monday, monday + week)
    if parts.part == "week of":
        opens: frozenset[Open] = parts.opens | ({"week"} if from_day != of_day else set())
        return [PeriodReading(_interval(*one), opens) for one in dict.fromkeys((from_day, of_day))]
    spans = {"week from": from_day, "week to": to_day}
    return [PeriodReading(_interval(*spans.get(parts.part, (day, day))), parts.opens)]


def _interval(first: date, last: date) -> str:
    return "/".join(dict.fromkeys((first.isoformat(), last.isoformat())))


def _seasons(parts: DateParts, year: int) -> list[PeriodReading]:
    """A season; a winter with one year belongs to either of two."""
    opens, years = parts.opens, [year]
    if parts.season == 4 and parts.order != "both years":  # noqa: PLR2004 - winter
        opens, years = opens | {"winter"}, [year, year - 1]
    if parts.part not in {"", "third"}:
        msg = "This part of a season has no dates; write its months or days."
        raise NoSuchDateError(msg)
    if not parts.part:
        return [PeriodReading(season_code(one, parts.season), opens) for one in years]
    months = [parts.season * 3 + parts.which - 2 + one * LAST_MONTH for one in years]
    return [
        PeriodReading(f"{month // LAST_MONTH:04}-{month % LAST_MONTH + 1:02}", opens)
        for month in months
    ]


def season_code(year: int, season: int) -> str:
    """A season in EDTF, with the code that cannot be taken for the next year.

    Examples
    --------
    >>> season_code(2024, 1), season_code(2022, 3)
    ('2024-21', '2022-27')
    """
    code = _SEASON + season
    return f"{year:04}-{code if code != (year + 1) % 100 else _NORTHERN + season}"


def _part_of_year(parts: DateParts, year: int) -> str:
    if not parts.part:
        return f"{year:04}"
    if parts.part in _CODES:
        parts_of_year = {"quarter": 4, "third": 3, "half": 2}[parts.part]
        which = parts.which if parts.which > 0 else parts_of_year
        if which > parts_of_year:
            raise _no_part(parts)
        return f"{year:04}-{_CODES[parts.part] + which}"
    month = {1: 1, -1: LAST_MONTH}.get(parts.which)
    if month is None:
        raise _no_part(parts)
    return _in_gregorian(replace(parts, month=month, opens=frozenset()))[0].edtf


def _no_part(parts: DateParts) -> NoSuchDateError:
    return NoSuchDateError(f"There is no such {parts.part} here; write its months or days.")


def _part_of_month(parts: DateParts, length: int) -> tuple[int, int]:
    """First and last day of a part of a month of this length."""
    which = parts.which
    sizes = {"third": _THIRD_DAYS, "ten days": _THIRD_DAYS, "half": _HALF_DAYS, "week": _WEEK_DAYS,
             "day": 1}  # fmt: skip
    most = {"third": 3, "ten days": 3, "half": 2, "week": 4, "day": 4}
    size = sizes.get(parts.part)
    if size is None or which > most[parts.part]:
        raise _no_part(parts)
    if which < 0:
        size = length - _HALF_DAYS if parts.part == "half" else size
        size = length - 2 * _THIRD_DAYS if parts.part == "third" else size
        return length - size + 1, length
    last = length if (parts.part, which) in {("third", 3), ("half", 2)} else which * size
    return (which - 1) * size + 1, last


def _in_solar_hijri(parts: DateParts, year: int) -> list[PeriodReading]:
    if not is_solar_hijri(year):
        return _mixed(parts, year)
    try:
        first, last = _hijri_days(parts, year)
    except ValueError as error:
        if isinstance(error, NoSuchDateError):
            raise
        msg = f"There is no such day in the Solar Hijri year {year}; correct the date."
        raise NoSuchDateError(msg) from error
    if parts.part.startswith("week ") and parts.day is not None:
        return _around_day(parts, first)
    return [PeriodReading(_interval(first, last), parts.opens)]


def _hijri_days(parts: DateParts, year: int) -> tuple[date, date]:
    months = (parts.month, parts.month) if parts.month else _hijri_months(parts)
    if parts.day is not None:
        return gregorian_span(year, parts.month, parts.day)
    first, last = gregorian_span(year, months[0])[0], gregorian_span(year, months[1])[1]
    if parts.month and parts.part:
        length = (last - first).days + 1
        begins, ends = _part_of_month(parts, length)
        return gregorian(year, parts.month, begins), gregorian(year, parts.month, ends)
    return first, last


def _hijri_months(parts: DateParts) -> tuple[int, int]:
    """First and last month of a season, a part of the year, or the year."""
    if parts.season:
        if parts.part:
            raise _no_part(parts)
        return parts.season * 3 - 2, parts.season * 3
    if not parts.part:
        return 1, LAST_MONTH
    size = {"quarter": 3, "third": 4, "half": 6}.get(parts.part, 0)
    which = parts.which if parts.which > 0 else LAST_MONTH // (size or 1)
    if not size or which * size > LAST_MONTH:
        raise _no_part(parts)
    return (which - 1) * size + 1, which * size


def _mixed(parts: DateParts, year: int) -> list[PeriodReading]:
    """A month of the Solar Hijri calendar with a year of the other one: any that touches it."""
    found = []
    for hijri in (year - _HIJRI_YEARS, year - _HIJRI_YEARS - 1):
        if not is_solar_hijri(hijri):
            continue
        for one in _in_solar_hijri(parts, hijri):
            days = one.period
            if days.earliest and days.latest and year in {days.earliest.year, days.latest.year}:
                found.append(replace(one, opens=one.opens | {"months"}))
    if not found:
        msg = "The month is of the Solar Hijri calendar, but the year is not; correct the date."
        raise NoSuchDateError(msg)
    return found
