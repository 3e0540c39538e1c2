"""Why a text is not a valid date, and what to write instead."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import Final

from geo.dossier.solar_hijri import edtf_in_gregorian, is_solar_hijri

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d.*")
_BY_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_BY_YEAR = re.compile(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?")
_IN_WORDS = re.compile(r"(?:(\d{1,2})\.? +)?([A-Za-z]{3,9})\.?(?: +(\d{1,2}))?,? +(\d{4})")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_CALENDAR: Final = "the year is one of the Solar Hijri calendar, and dates here are Gregorian"
FIRST_YEAR: Final = 1900
"""The first Gregorian year that is accepted: the reports that this program is for are not older, so
an earlier year is a typing error or of another calendar."""
HINT: Final = (
    "expected an EDTF date such as 2022-05-24, 2022-05, 2022-21 (spring), 2024~ (about), "
    "2022-05? (uncertain), 2022-04-21/2022-04-30, ../2024 or 2021-08-15/.."
)


class DateError(ValueError):
    """A text that is no date, with a message that is put together once somebody reads it.

    A table may have a million cells that are no dates, of which a report repeats a few.
    """

    def __init__(self, say: Callable[[str, str], str], text: str, whole: str) -> None:
        super().__init__(text, whole)
        self._say = say

    def __str__(self) -> str:
        """Why the text is refused, and what to write instead."""
        return self._say(*self.args)


def too_early(year: str, whole: str) -> str:
    """Why a year before 1900 is refused, and what to write for one of the Solar Hijri calendar."""
    if not is_solar_hijri(int(year.replace("X", "0"))):
        return f"the year of {whole!r} is before {FIRST_YEAR}; correct it; {HINT}"
    instead = edtf_in_gregorian(whole)
    sentence = f"{whole!r} appears to be in the Solar Hijri calendar"
    if not instead:
        return (
            f"{sentence}, but is not a valid date in it; write the date in the Gregorian calendar; "
            f"{HINT}"
        )
    return (
        f"{sentence}; if so, write {instead}, the same date in the Gregorian calendar; otherwise "
        "correct the year"
    )


def refusal(text: str, whole: str) -> str:
    """Why a text is not a valid date, and which date was probably meant."""
    if timed := _TIME.fullmatch(text):
        day = edtf_in_gregorian(timed[1]) or timed[1]
        why = f"{whole!r} has a time of day; write only the day, {day}, in local time"
    elif text[:1] in {"{", "["}:
        why = (
            f"{whole!r} is a set of dates, which cannot be filtered; write the interval from the "
            "first to the last of them, with the dates in when_said, or one record for each"
        )
    else:
        instead = " or ".join(meant_dates(text))
        why = f"{whole!r} is not a valid date" + (f"; did you mean {instead}?" if instead else "")
    if any(is_solar_hijri(int(year)) for year in _FOUR_DIGITS.findall(text)):
        why += f"; {_CALENDAR}"
    return f"{why}; {HINT}"


def meant_dates(text: str) -> list[str]:
    """The dates that a text in another form may mean; both if day and month are ambiguous."""
    if match := _BY_DAY.fullmatch(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        tried = [(year, other, one), (year, one, other)]
    elif match := _BY_YEAR.fullmatch(text):
        tried = [(int(match[1]), int(match[2]), int(match[3] or 0))]
    elif match := _IN_WORDS.fullmatch(text):
        names = [name.casefold()[:3] for name in calendar.month_name]
        month = match[2].casefold()[:3]
        number = names.index(month) if month in names else 0
        tried = [(int(match[4]), number, int(match[1] or match[3] or 0))]
    else:
        return []
    return list(dict.fromkeys(filter(None, (_iso(*one) for one in tried))))


def _iso(year: int, month: int, day: int) -> str:
    if is_solar_hijri(year):
        return edtf_in_gregorian(f"{year}-{month:02}" + (f"-{day:02}" if day else ""))
    try:
        iso = date(year, month, day or 1).isoformat()
    except ValueError:
        return ""
    return iso if day else iso[:7]
