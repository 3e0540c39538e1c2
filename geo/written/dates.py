"""A date as people write it, read to EDTF; or the candidates to choose from, and what is asked.

Nothing is guessed: a text that has several readings, or lacks its year, has candidates instead of
a date, and a text that is not understood has a sentence that says what can be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from geo import limits
from geo.dossier.periods import Period, period
from geo.dossier.solar_hijri import edtf_in_gregorian
from geo.places.spelling import ENGLISH_DIGITS
from geo.written.date_parts import LAST_MONTH, DateParts, Open
from geo.written.date_phrases import DatePhrase, phrases
from geo.written.date_readings import (
    NoSuchDateError,
    PeriodReading,
    readings_of,
    season_code,
    years_near,
)
from geo.written.date_words import LUNAR, folded

WHAT_TO_WRITE: Final = (
    "Write a day, month, year or period, such as 24 May 2022, May 2022, late April 2022, spring "
    "2024, about 28 December 2022, 3 to 5 May 2022, before 2024, or a date in EDTF."
)
"""How a date can be written; the end of every sentence about a text that is not understood."""
_RELATIVE: Final = frozenset({
    "yesterday", "today", "tomorrow", "ago", "tonight", "now", "recently", "current", "this",
    "next", "previous", "دیروز", "امروز", "پرون",
})  # fmt: skip
"""Words by which a date depends on the day on which somebody reads it."""
_QUESTIONS: Final[dict[Open, str]] = {
    "years": "The year is missing.",
    "order": "Day and month are both numbers, and either can be the first.",
    "number": "The number after the month can be a day or a year.",
    "short": "The year has only two digits.",
    "calendar": "The year appears to be in the Solar Hijri calendar; dates here are Gregorian.",
    "months": "The month is in the Solar Hijri calendar and the year in the Gregorian one.",
    "winter": "A winter belongs to two years.",
    "season": "This can be a season in EDTF, or two years.",
    "gap": "A record has one period, which includes the time between these dates.",
    "night": "A night belongs to two days.",
    "weekday": "The day of the week does not match the date.",
    "zone": "The time is given for a time zone; the date in local time may be another day.",
    "week": "The week of a day can begin on that day, or on the Monday before it.",
}
"""What is said of each thing that is open, in the order in which it is said."""
_TWO_YEARS: Final = re.compile(r"(\d{4})-(2[1-8])")
"""What can be a season in EDTF (codes 21 to 28), or a year and the last digits of the next one."""


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One reading of a text that has several.

    Parameters
    ----------
    edtf
        The date.
    words
        The date in words, as a card shows it.
    """

    edtf: str
    words: str


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What a text says about a date.

    Parameters
    ----------
    text
        The text itself.
    edtf
        The date, if the text has one reading; otherwise empty.
    words
        The date in words, as a card shows it; empty if there is none.
    candidates
        The dates to choose from, if the text leaves something open; the likeliest first.
    question
        What is open, or why the text is not understood and what can be written; empty if the text
        is empty or has one reading.
    opens
        What is open in one of the readings.
    """

    text: str
    edtf: str = ""
    words: str = ""
    candidates: tuple[DateCandidate, ...] = ()
    question: str = ""
    opens: frozenset[Open] = frozenset()


def read_date(text: str, *, around: date | None = None) -> WrittenDate:
    """Read a date as people write it.

    Parameters
    ----------
    text
        At most :data:`geo.limits.MAX_DATE` characters are read.
    around
        A day near the date, such as that of the report: where the text has no year, the years
        beside that day are the candidates. The text is never completed from it without asking.

    Examples
    --------
    >>> found = read_date("late April 2022")
    >>> found.edtf, found.words
    ('2022-04-21/2022-04-30', 'between 21 and 30 April 2022')
    >>> found = read_date("3/4/2022")
    >>> found.edtf, [one.words for one in found.candidates]
    ('', ['3 April 2022', '4 March 2022'])
    >>> print(found.question)
    Day and month are both numbers, and either can be the first. Choose the date that is meant.
    >>> read_date("28 Dec", around=date(2023, 1, 5)).candidates[0].edtf
    '2022-12-28'
    >>> read_date("5 Sawr 1401").edtf, read_date("۵ ثور ۱۴۰۱").words
    ('2022-04-25', '25 April 2022')
    >>> print(read_date("last Tuesday").question.partition(" Write")[0])
    'last Tuesday' depends on the day on which it is read.
    """
    bare = " ".join(text.split())
    if not bare:
        return WrittenDate(text)
    if len(bare) > (most := limits.MAX_DATE) or len(plain := folded(bare)) > most:
        why = f"The date has {len(bare):,} characters; at most {most} are read."
        return WrittenDate(text, question=f"{why} {WHAT_TO_WRITE}")
    readings, faults = _of_edtf(bare), list[str]()
    if not readings:
        readings, faults = _readings(plain, around)
    if readings:
        return _answer(text, readings, around)
    return WrittenDate(
        text, question=" ".join(dict.fromkeys(faults)) or _not_understood(bare, plain)
    )


def _of_edtf(text: str) -> list[PeriodReading]:
    """A date in EDTF; asked about where people write the same for two years, ``2021-22``."""
    edtf = text.translate(ENGLISH_DIGITS)
    try:
        found = period(edtf)
    except ValueError:
        hijri = edtf_in_gregorian(edtf)
        # A year alone is Solar Hijri only by its number, and so is any other date in numbers.
        return [PeriodReading(hijri, frozenset({"calendar"}))] if hijri else []
    match = _TWO_YEARS.fullmatch(edtf)
    if match is None or int(match[2]) != (int(match[1]) + 1) % 100:
        return [PeriodReading(found.edtf)]
    year, code = int(match[1]), int(match[2])
    opens: frozenset[Open] = frozenset({"season"})
    season = season_code(year, (code - 1) % 4 + 1)
    return [PeriodReading(f"{year}/{year + 1}", opens), PeriodReading(season, opens)]


def _readings(text: str, around: date | None) -> tuple[list[PeriodReading], list[str]]:
    """The readings of a folded text, and why other readings of it are not dates."""
    found: dict[str, PeriodReading] = {}
    faults: list[str] = []
    yearless = f"{_QUESTIONS['years']} Write it as well."
    for phrase in phrases(text):
        whole = _with_years(phrase, around)
        if not whole:
            faults.append(yearless)
        for one in whole:
            try:
                made = [replace(two, opens=two.opens | one.opens) for two in _made(one)]
            except NoSuchDateError as error:
                faults.append(str(error))
            except ValueError as error:
                faults.append(_sentence(error))
            else:
                for two in made:
                    opens = found.get(two.edtf, two).opens & two.opens
                    found[two.edtf] = replace(two, opens=opens)
    without_year: frozenset[Open] = frozenset({"years"} if yearless in faults else set())
    readings = [replace(one, opens=one.opens | without_year) for one in found.values()]
    return _on_weekday(readings), faults


def _on_weekday(readings: list[PeriodReading]) -> list[PeriodReading]:
    """The readings that the day of the week leaves, which then decides what came first."""
    fitting = [one for one in readings if "weekday" not in one.opens]
    if not fitting or len(fitting) == len(readings):
        return readings
    return [replace(one, opens=one.opens - {"order", "number", "winter"}) for one in fitting]


def _sentence(error: ValueError) -> str:
    """The message of a period as a sentence, without its list of examples."""
    why = str(error).partition("; expected")[0]
    return f"{why[:1].upper()}{why[1:]}."


def _with_years(phrase: DatePhrase, around: date | None) -> list[DatePhrase]:
    """The phrase with each year that it can have; none if it has no year and none is near."""
    if all(one.year is not None or one.edtf for one in phrase.dates):
        return [phrase]
    if around is None:
        return []
    years = years_near(phrase.dates[0], around)
    opens: frozenset[Open] = phrase.opens | {"years"}
    return [replace(phrase, dates=_in_year(phrase.dates, one), opens=opens) for one in years]


def _in_year(dates: tuple[DateParts, ...], year: int) -> tuple[DateParts, ...]:
    """The dates with a year; the second of two is in the next one if its month is earlier."""
    turns = dates[0].month and dates[-1].month and dates[-1].month < dates[0].month
    return tuple(replace(one, year=year + bool(turns and at)) for at, one in enumerate(dates))


def _made(phrase: DatePhrase) -> Iterator[PeriodReading]:
    """The readings of a phrase whose years are known."""
    firsts = readings_of(phrase.dates[0])
    if phrase.kind in {"range", "or"}:
        lasts = readings_of(phrase.dates[1])
        yield from (_joined(phrase, one, other) for one in firsts for other in lasts)
    elif phrase.kind == "night":
        yield from (night for one in firsts for night in _nights(one))
    else:
        yield from (replace(one, edtf=_open_ended(phrase, one)) for one in firsts)


def _joined(phrase: DatePhrase, first: PeriodReading, last: PeriodReading) -> PeriodReading:
    edtf = f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}"
    whole, opens = period(edtf), first.opens | last.opens
    begins, ends = last.period.earliest, first.period.latest
    is_gap = begins is not None and ends is not None and (begins - ends).days > 1
    if phrase.kind == "or" and is_gap:
        opens |= {"gap"}
    return PeriodReading(whole.edtf, opens)


def _nights(reading: PeriodReading) -> Iterator[PeriodReading]:
    """The day, and the day with the next one."""
    yield reading
    day = reading.period.latest
    if day is not None and day == reading.period.earliest:
        mark = reading.edtf[len("2022-05-24") :]
        following = f"{(day + timedelta(1)).isoformat()}{mark}"
        yield replace(reading, edtf=f"{reading.edtf}/{following}")


def _open_ended(phrase: DatePhrase, reading: PeriodReading) -> str:
    """The interval that a date begins or ends, if the phrase leaves one end open."""
    edtf = reading.edtf
    if phrase.kind == "since":
        return f"{edtf.partition('/')[0]}/.."
    if phrase.kind == "by":
        return f"../{edtf.rpartition('/')[2]}"
    if phrase.kind in {"before", "after"}:
        beside = _beside(reading, -1 if phrase.kind == "before" else 1)
        return f"../{beside}" if phrase.kind == "before" else f"{beside}/.."
    return edtf


def _beside(reading: PeriodReading, step: int) -> str:
    """The year, month or day before or after a date, as finely as the date is known."""
    edtf, found = reading.edtf, reading.period
    edge = found.earliest if step < 0 else found.latest
    if edge is None:
        return edtf
    day = edge + timedelta(step)
    bare = edtf.rstrip("?~%")
    if bare.isdecimal():
        return f"{day.year:04}{edtf[len(bare) :]}"
    if len(bare) == len("2022-05") and int(bare[-2:]) <= LAST_MONTH:
        return f"{day.isoformat()[: len(bare)]}{edtf[len(bare) :]}"
    mark = edtf[-1] if edtf[-1] in "?~%" else ""
    return f"{day.isoformat()}{mark}"


def _answer(text: str, readings: list[PeriodReading], around: date | None) -> WrittenDate:
    opens = frozenset[Open]().union(*(one.opens for one in readings))
    if len(readings) == 1 and not opens:
        (only,) = readings
        return WrittenDate(text, only.edtf, only.period.text)
    if around is not None:
        readings = sorted(readings, key=lambda one: _distance(one.period, around))
    said = [sentence for name, sentence in _QUESTIONS.items() if name in opens]
    one_only = len(readings) == 1
    said = said or ["The text can be read in several ways."]
    said.append("Check this date." if one_only else "Choose the date that is meant.")
    candidates = [DateCandidate(one.edtf, one.period.text) for one in readings]
    return WrittenDate(text, "", "", tuple(candidates), " ".join(said), opens)


def _distance(found: Period, around: date) -> tuple[bool, int]:
    """What has begun by a day comes first, then what is nearest to it."""
    day = found.earliest or found.latest or around
    return day > around, abs((day - around).days)


def _not_understood(text: str, plain: str) -> str:
    words = set(plain.replace("-", " ").split())
    if words & LUNAR:
        why = "is in the lunar calendar, which is not converted: its months follow the moon"
    elif words & _RELATIVE or plain.startswith("last "):
        why = "depends on the day on which it is read"
    else:
        why = "is not understood as a date"
    return f"{text!r} {why}. {WHAT_TO_WRITE}"
