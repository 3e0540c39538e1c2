"""Dates that the words state, or whose year follows from the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from geo.dossier.periods import period
from geo.reports.beside_dates import UNKNOWN_DAY
from geo.reports.date_counts import WEEK, last_weekday
from geo.reports.date_patterns import date_pattern, rewritings
from geo.reports.mentions import DateMention
from geo.reports.wordlists import word_lists
from geo.written.date_words import SOLAR_HIJRI, WEEKDAYS
from geo.written.dates import DateCandidate, WrittenDate, read_date

NEAR: Final = timedelta(31)
"""Within this of publication, a date without a year may be one that is announced."""
_YEAR: Final = timedelta(365)
"""The same, if the verb says that it is still to come."""
_HIJRI_YEARS: Final = 621
"""Years of the usual calendar before the first of the other one, from spring to winter."""
_WEEKS: Final = 6
"""Weeks before a report in which a day such as "Sat 14" is looked for."""
_HAS_YEAR: Final = re.compile(r"\b\d{4}\b|'\d\d\b")
_NUMERIC: Final = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_SOLAR_LAST: Final = re.compile(r"(1[3-9]|2\d|3[01])[/-](0?[1-9]|1[0-2])[/-](1[34]\d\d)")
"""A date of the Solar Hijri calendar with the day first, where it cannot be the month."""


@lru_cache(maxsize=1 << 10)
def stated(words: str, published: date | None, *, is_coming: bool = False) -> DateMention | None:
    """Read a date that the words state; ``None`` if they state none.

    Parameters
    ----------
    published
        The day of publication.
    is_coming
        Whether the text says that it is, or may be, still to come.

    Examples
    --------
    >>> stated("20 May", date(2022, 5, 24)).edtf
    '2022-05-20'
    """
    plain = as_written(words)
    found = read_date(plain, around=published)
    if found.edtf:
        return DateMention(found.edtf, found.words)
    if not found.candidates:
        return _of_weekday(plain, published)
    if len(found.candidates) == 1 and _is_plain_in_text(plain, found):
        return DateMention(found.candidates[0].edtf, found.candidates[0].words)
    if published is not None and (
        value := _completed(plain, found, published, is_coming=is_coming)
    ):
        return value
    basis: Literal["stated", "publication"] = "stated" if _HAS_YEAR.search(plain) else "publication"
    question = found.question if published or basis == "stated" else UNKNOWN_DAY
    return DateMention("", "", basis, found.candidates, question)


def beside_named(words: str, named: date) -> DateMention | None:
    """A date without its year, in a text whose day is not known: that near one named before it."""
    candidates = read_date(as_written(words), around=named).candidates
    near = [one for one in candidates if abs(begins(one.edtf) - named) <= NEAR]
    return DateMention(near[0].edtf, near[0].words, "publication") if len(near) == 1 else None


def as_written(words: str) -> str:
    """The words as dates are written: "20 May" for "May the twentieth", no "in the hours of"."""
    plain = words
    for pattern, written in rewritings():
        plain = pattern.sub(written, plain)
    if solar := _SOLAR_LAST.fullmatch(plain):
        plain = "/".join(solar.groups()[::-1])
    ordinals = {one: str(n) for n, one in enumerate(word_lists("dates")["ordinals"], start=1)}
    plain = date_pattern("ordinal_word").sub(
        lambda found: ordinals.get(found[0].lower(), found[0]), plain
    )
    return date_pattern("month_and_day").sub(r"\g<w2> \g<w1>", plain)


def begins(edtf: str) -> date:
    """The first day of a date; the last one, if the first is open."""
    known = period(edtf)
    return known.earliest or known.latest or date.max


def _is_plain_in_text(words: str, found: WrittenDate) -> bool:
    """Whether what is asked of a date alone is clear in running text.

    A date of numbers alone is of the usual calendar, and two digits are those of this century.
    """
    if found.opens & {"calendar", "months"}:
        return _NUMERIC.fullmatch(words) is not None
    return "short" in found.opens


def _of_weekday(words: str, published: date | None) -> DateMention | None:
    """A day of the week with the day of a month, "Sat 14", which is near the day of publication."""
    match = date_pattern("weekday_and_day").fullmatch(words)
    if match is None or match["w1"].lower() not in WEEKDAYS:
        return None
    if published is None:
        return DateMention("", "", "publication", (), UNKNOWN_DAY)
    day = last_weekday(match["w1"].lower(), published)
    for back in range(min(_WEEKS, (day - date.min).days // WEEK + 1)):
        if (one := day - timedelta(WEEK * back)).day == int(match["w2"]):
            return DateMention(one.isoformat(), period(one.isoformat()).text, "publication")
    return None


def _completed(
    plain: str, found: WrittenDate, published: date, *, is_coming: bool = False
) -> DateMention | None:
    """The date with the year that is nearest before the day of publication, or after it."""
    if _HAS_YEAR.search(plain):
        return _of_night(found)
    fitting = list(_in_years_near(plain, published))
    past = [one for one in fitting if begins(one.edtf) <= published]
    if not past:
        return _near(found, published)
    latest = max(past, key=lambda one: begins(one.edtf))
    soon = _YEAR if is_coming else NEAR
    coming = [one for one in fitting if timedelta(0) < begins(one.edtf) - published <= soon]
    if coming and published - begins(latest.edtf) > NEAR:
        if is_coming:
            nearest = min(coming, key=lambda one: begins(one.edtf))
            return DateMention(nearest.edtf, nearest.words, "publication")
        options = tuple(DateCandidate(one.edtf, one.words) for one in (latest, *coming))
        question = "The year is missing; the date can be before or after the report."
        return DateMention("", "", "publication", options, question)
    return DateMention(latest.edtf, latest.words, "publication")


def _in_years_near(plain: str, published: date) -> list[WrittenDate]:
    """The date in the year of publication, the one before and the one after, if it exists."""
    is_solar = any(word.lower() in SOLAR_HIJRI for word in re.findall(r"[A-Za-z]+", plain))
    this = published.year - (_HIJRI_YEARS if is_solar else 0)
    dated = [read_date(f"{plain} {year}") for year in (this, this - 1, this + 1)]
    nights = [
        WrittenDate(plain, one.candidates[0].edtf, one.candidates[0].words)
        if not one.edtf and one.candidates and "night" in one.opens
        else one
        for one in dated
    ]
    return [one for one in nights if one.edtf]


def _of_night(found: WrittenDate) -> DateMention | None:
    """A night with its date is the day on which it begins, and the next one."""
    if "night" in found.opens:
        last = found.candidates[-1]
        return DateMention(last.edtf, last.words)
    return None


def _near(found: WrittenDate, published: date) -> DateMention | None:
    """The one candidate that is within a month of the day of publication, as of a short year."""
    near = [one for one in found.candidates if abs(begins(one.edtf) - published) <= NEAR]
    if len(near) != 1:
        return None
    return DateMention(near[0].edtf, near[0].words, "publication")
