"""Dates that depend on another day: "yesterday", "on Monday", "in the past ten days".

A day of the week is the last such day up to the day of publication, and that day itself if it is
such a day: agencies write "on Monday" on Monday. "Last night" is the day on which that night began.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.dossier.periods import period
from geo.reports.date_spans import DateSpan
from geo.reports.language import text_tokens
from geo.reports.number_words import cardinal
from geo.reports.wordlists import word_lists
from geo.written.date_readings import season_code
from geo.written.date_words import GREGORIAN, SEASONS, WEEKDAYS
from geo.written.dates import read_date

_WEEK: Final = 7
"""Days of a week."""
_YEAR_MONTHS: Final = 12
"""Months of a year."""
_SOON_MONTHS: Final = 4
"""Months after the report within which a month that is only named may be one to come."""
_FRIDAY, _SATURDAY = 4, 5  # as date.weekday() counts
_LAST_MONTH_DAY: Final = 28
"""A day that every month has."""


@dataclass(frozen=True, slots=True)
class RelativeReading:
    """What words mean, seen from a day.

    Parameters
    ----------
    edtf
        The date; empty, if there are several.
    candidates
        The dates to choose from.
    question
        What is open.
    """

    edtf: str = ""
    candidates: tuple[str, ...] = ()
    question: str = ""


def read_relative(
    span: DateSpan, day: date, *, is_coming: bool = False, is_sure: bool = False
) -> RelativeReading | None:
    """Read words that depend on the day of publication; ``None`` if they say nothing.

    Parameters
    ----------
    span
        The words.
    day
        The day of publication.
    is_coming
        Whether the text says that a day of the week may be still to come.
    is_sure
        Whether it says so with "will".

    Examples
    --------
    >>> from geo.reports.date_spans import date_spans
    >>> text = "Last night, on Monday, two weeks ago, since last year"
    >>> for span in date_spans(text):
    ...     print(read_relative(span, date(2022, 5, 24)).edtf)
    2022-05-23
    2022-05-23
    2022-05-10~
    2021/..
    """
    if is_coming and span.relative == "weekday" and not any(span.words[1:]):
        return _coming(span.words[0], span.opening, day, is_sure=is_sure)
    reading = _read(span, day)
    if reading is None or not span.opening or not reading.edtf:
        return reading
    return RelativeReading(_opened(reading.edtf, span.opening))


def _opened(edtf: str, opening: str) -> str:
    first, last = edtf.partition("/")[0], edtf.rpartition("/")[2]
    known = period(edtf)
    if opening in {"since", "from"}:
        return f"{first}/.."
    if opening == "after":
        return f"{known.latest + timedelta(1)}/.." if known.latest else f"{last}/.."
    if opening in {"before", "prior to"}:
        return f"../{known.earliest - timedelta(1)}" if known.earliest else f"../{first}"
    return f"../{last}"


def _read(span: DateSpan, day: date) -> RelativeReading | None:
    read = _READERS.get(span.relative)
    return read(span, day) if read else None


def _named(span: DateSpan, day: date) -> RelativeReading:
    """A day with a name: "yesterday", or one of every year."""
    name = " ".join(span.words[0].split())
    if span.relative == "day":
        return RelativeReading(_iso(day, word_lists("dates")["days"][name]))
    named = word_lists("dates")["yearly"][name]
    found = date.fromisoformat(f"{day.year:04}-{named}")
    return RelativeReading(f"{day.year - (found > day):04}-{named}")


def _night(span: DateSpan, day: date) -> RelativeReading:
    """A night that nothing else dates: the day on which it began, or the one on which it ended."""
    moved = word_lists("dates")["nights"][span.words[0]]
    return RelativeReading(f"{_iso(day, moved)}/{_iso(day, moved + 1)}")


def _iso(day: date, moved: int = 0) -> str:
    return (day + timedelta(moved)).isoformat()


def last_weekday(name: str, day: date) -> date:
    """The last day of that name up to and including a day.

    Examples
    --------
    >>> str(last_weekday("monday", date(2022, 5, 24))), str(last_weekday("tue", date(2022, 5, 24)))
    ('2022-05-23', '2022-05-24')
    """
    return day - timedelta((day.isoweekday() - WEEKDAYS[name.rstrip(".")]) % _WEEK)


def _weekday(span: DateSpan, day: date) -> RelativeReading:
    name, which = span.words[:2]
    if week := "".join(span.words[2:]):
        return RelativeReading(_in_week(name, week, day).isoformat())
    if span.opening in {"until", "by"}:
        return _coming(name, span.opening, day)
    found = last_weekday(name, day)
    if which == "next" or (which == "this" and found != day):
        following = found + timedelta(_WEEK)
        if which == "next":
            return RelativeReading(following.isoformat())
        options = (found.isoformat(), following.isoformat())
        return RelativeReading("", options, "This can be the day before or after the report.")
    if which in {"last", "past"} and found == day:
        found -= timedelta(_WEEK)
    return RelativeReading(found.isoformat())


def _in_week(name: str, week: str, day: date) -> date:
    """A day of this week or the last one, or "the Monday before last"."""
    if week.startswith("before"):
        return last_weekday(name, day) - timedelta(_WEEK)
    monday = day - timedelta(day.weekday() + (_WEEK if week == "last" else 0))
    return monday + timedelta(WEEKDAYS[name.rstrip(".")] - 1)


def _coming(name: str, opening: str, day: date, *, is_sure: bool = False) -> RelativeReading:
    """A day "by Monday" can be before the report or after it."""
    found = last_weekday(name, day)
    if is_sure and not opening and found != day:
        return RelativeReading(_iso(found, _WEEK))
    days = (found, found + timedelta(_WEEK))
    plain = (one.isoformat() for one in days)
    options = tuple(_opened(one, opening) if opening else one for one in plain)
    return RelativeReading("", options, "This can be the day before or after the report.")


def _night_into(span: DateSpan, day: date) -> RelativeReading:
    """The night that ends on a day of the week: "overnight into Monday"."""
    ends = last_weekday(span.words[0], day)
    return RelativeReading(f"{ends - timedelta(1)}/{ends}")


def _weekdays(span: DateSpan, day: date) -> RelativeReading:
    first, last = span.words
    ends = last_weekday(last, day)
    return RelativeReading(f"{last_weekday(first, ends)}/{ends}")


def _unit(span: DateSpan, day: date) -> RelativeReading | None:
    which, unit = span.words
    back = {"last": 1, "next": -1}.get(which, 0)
    if which.startswith("the ") and unit == "year":
        return RelativeReading(f"{day.year:04}-01")
    if unit == "week":
        monday = day - timedelta(day.weekday() + back * _WEEK)
        last = monday + timedelta(_WEEK - 1) if back else day
        if which.startswith("the ") and which != "the":
            last = monday
        return RelativeReading(f"{monday}/{last}" if monday != last else f"{monday}")
    if unit == "year":
        return RelativeReading(f"{day.year - back:04}")
    first = _months_before(day, back)
    if which.startswith("the ") and not back:
        return RelativeReading(f"{first}-01/{first}-10")
    return RelativeReading(first)


def _unit_before(span: DateSpan, day: date) -> RelativeReading:
    """The night, week, month or year before the last one."""
    (unit,) = span.words
    if unit == "night":
        return RelativeReading(_iso(day, -2))
    if unit == "week":
        monday = day - timedelta(day.weekday() + 2 * _WEEK)
        return RelativeReading(f"{monday}/{monday + timedelta(_WEEK - 1)}")
    return RelativeReading(_months_before(day, 2) if unit == "month" else f"{day.year - 2:04}")


def _months_before(day: date, back: int) -> str:
    number = day.year * _YEAR_MONTHS + day.month - 1 - back
    return f"{number // _YEAR_MONTHS:04}-{number % _YEAR_MONTHS + 1:02}"


def count_of(word: str) -> int | None:
    """The number that a word or digits state; ``None`` if they state none.

    Examples
    --------
    >>> count_of("a"), count_of("forty-eight"), count_of("some")
    (1, 48, None)
    """
    if word in {"a", "an"}:
        return 1
    found = cardinal(text_tokens(word), 0) if word else None
    return found[0] if found else None


def _counted(span: DateSpan, day: date) -> RelativeReading | None:
    """Days, weeks, months or years, counted back; an interval, if it is the time since then."""
    first, unit = span.words[0], span.words[1]
    number = 1 if first in {"past", "last"} else count_of(first)
    if not number:
        return None
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    if span.relative == "past" or unit == "hour":
        if unit in {"hour", "h"}:
            number, unit = -(-number // 24), "day"
        return RelativeReading(f"{_before(day, number, unit)}/{day}")
    if unit in {"day", "night"}:
        return RelativeReading(_iso(day, -number))
    if unit == "week":
        return RelativeReading(f"{_iso(day, -number * _WEEK)}~")
    if unit == "month":
        return RelativeReading(f"{_months_before(day, number)}~")
    return RelativeReading(f"{day.year - number:04}~") if number < day.year else None


def _ago_exactly(span: DateSpan, day: date) -> RelativeReading | None:
    """The same day of the week or of the month: "a week ago today", "two weeks ago on Monday"."""
    number, unit, name = count_of(span.words[0]), span.words[1], span.words[3]
    if not number or unit not in {"week", "fortnight", "month", "year"}:
        return None
    ends = day if name == "today" else last_weekday(name, day)
    if unit in {"week", "fortnight"}:
        return RelativeReading(_iso(ends, -number * _WEEK * (1 + (unit == "fortnight"))))
    back = _before(day, number, unit)
    is_same = name == "today" and back.day == day.day
    return RelativeReading(back.isoformat()) if is_same else _counted(span, day)


def _before(day: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return day - timedelta(number * (_WEEK if unit == "week" else 1))
    months = _months_before(day, number * (_YEAR_MONTHS if unit == "year" else 1))
    return date.fromisoformat(f"{months}-{min(day.day, _LAST_MONTH_DAY):02}")


def _of_year(span: DateSpan, day: date) -> RelativeReading | None:
    """Words with "last year" or "this month" in place of the year or month."""
    said, which, unit = span.words
    back = which == "last"
    if unit == "year":
        read = read_date(f"{said} {day.year - back}")
    else:
        first = date.fromisoformat(f"{_months_before(day, int(back))}-01")
        read = read_date(f"{said} {first:%B} {first.year}")
    return RelativeReading(read.edtf) if read.edtf else None


def _part_of_year(span: DateSpan, day: date) -> RelativeReading | None:
    """The first months of a year, or a quarter or half of it."""
    which, number, unit, said = span.words
    year = int(said) if said.isdecimal() else day.year - (said == "last year")
    if not said and (found := read_date(f"{which} {unit} of {year}").edtf):
        begins = period(found).earliest
        year -= begins is not None and begins > day
    if unit != "months":
        read = read_date(f"{which.replace('final', 'last')} {unit} of {year}")
        return RelativeReading(read.edtf) if read.edtf else None
    count = count_of(number) or 0
    if not 0 < count < _YEAR_MONTHS or which not in {"first", "last", "final"}:
        return None
    first = 1 if which == "first" else _YEAR_MONTHS + 1 - count
    return RelativeReading(f"{year:04}-{first:02}/{year:04}-{first + count - 1:02}")


def _nth_weekday(span: DateSpan, day: date) -> RelativeReading | None:
    """The first or last day of a name in a month: "the first Friday of May"."""
    which, name, said = span.words
    month = said if re.search(r"\d{4}", said) else _month_named(said, day)
    found = period(read_date(month).edtf) if month and read_date(month).edtf else None
    if found is None or found.earliest is None or found.latest is None:
        return None
    if which == "last":
        return RelativeReading(last_weekday(name, found.latest).isoformat())
    first = last_weekday(name, found.earliest + timedelta(_WEEK - 1))
    return RelativeReading(_iso(first, _WEEK * ("first", "second", "third", "fourth").index(which)))


def _month_named(name: str, day: date) -> str:
    """A month without its year, as the last one that has begun by a day."""
    number = GREGORIAN.get(name.rstrip("."))
    return f"{day.year - (number > day.month):04}-{number:02}" if number else ""


def _weekend(_: DateSpan, day: date) -> RelativeReading:
    """Friday and Saturday or Saturday and Sunday: the country of the writer is not known."""
    found = []
    for begins in (_SATURDAY, _FRIDAY):
        first = day - timedelta((day.weekday() - begins) % _WEEK)
        found.append(f"{first}/{first + timedelta(1)}")
    return RelativeReading("", tuple(found), "The days of a weekend differ between countries.")


def _season(span: DateSpan, day: date) -> RelativeReading:
    which, name = span.words
    number = SEASONS[name]
    year = day.year if day.month >= number * 3 else day.year - 1
    current = (day.month % _YEAR_MONTHS) // 3 == (number % 4)
    if which == "this" and not current and day.month < number * 3:
        year = day.year
    if which == "last" and current:
        year -= 1
    return RelativeReading(season_code(year, number))


def _back(name: str, which: str, day: date) -> RelativeReading | None:
    """A month of last year or this year."""
    number = GREGORIAN.get(name)
    return RelativeReading(f"{day.year - (which == 'last'):04}-{number:02}") if number else None


def _month(span: DateSpan, day: date) -> RelativeReading | None:
    """A month without its year: the last one that has begun by the day of publication."""
    name, which = span.words[0].rstrip("."), "".join(span.words[1:2])
    if len(span.words) > 2:  # noqa: PLR2004 - a month, and the word for its year
        return _back(name, span.words[2], day)
    if which == "last" and GREGORIAN.get(name) == day.month:
        return _back(name, which, day)
    found = _month_named(name, day)
    return RelativeReading(found) if found else None


def _bare_month(span: DateSpan, day: date) -> RelativeReading | None:
    """A month that is only named, as in "the August vote": soon after the report it may come."""
    found = _month_named(span.words[0], day)
    month = GREGORIAN.get(span.words[0].rstrip("."), 0)
    if 0 < (month - day.month) % _YEAR_MONTHS <= _SOON_MONTHS:
        coming = f"{day.year + (month < day.month):04}-{month:02}"
        return RelativeReading("", (found, coming), "The year is missing.")
    return RelativeReading(found) if found else None


def _months(span: DateSpan, day: date) -> RelativeReading | None:
    """Two months without a year: the last of them up to the day of publication."""
    first, last = (GREGORIAN.get(word.rstrip(".")) for word in span.words)
    if first is None or last is None:
        return None
    ends = day.year if last <= day.month else day.year - 1
    begins = ends if first <= last else ends - 1
    return RelativeReading(f"{begins:04}-{first:02}/{ends:04}-{last:02}")


_READERS: Final[dict[str, Callable[[DateSpan, date], RelativeReading | None]]] = {
    "day": _named, "night": _night, "yearly": _named, "weekday": _weekday,
    "weekdays": _weekdays, "unit": _unit, "night_into": _night_into, "ago_exactly": _ago_exactly,
    "ago": _counted, "of_year": _of_year, "past": _counted, "weekend": _weekend,
    "season": _season, "month": _month, "bare_month": _bare_month, "months": _months,
    "unit_before": _unit_before, "part_of_year": _part_of_year, "nth_weekday": _nth_weekday,
}  # fmt: skip
"""What reads each kind of words."""
