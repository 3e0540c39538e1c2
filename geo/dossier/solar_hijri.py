"""Dates of the Solar Hijri calendar, official in Afghanistan and Iran, as Gregorian dates.

The year 1400 began on 21 March 2021. Gregorian years between 1300 and 1500 do not occur in present
reports, so such a year is probably Solar Hijri; a conversion is suggested, never made unasked.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from persiantools.jdatetime import JalaliDate

# The year 1921 or 1922 of the Gregorian calendar.
FIRST_YEAR: Final = 1300
LAST_YEAR: Final = 1500
"""First and last year taken for Solar Hijri, 1921 to 2122: present reports are dated in between."""
MONTHS: Final = {
    name: number
    for names in (
        ("hamal", "sawr", "jawza", "saratan", "asad", "sunbula", "mizan", "aqrab", "qaws", "jadi",
         "dalwa", "hut"),
        ("hamal", "saur", "jauza", "saratan", "asad", "sonbola", "mizan", "aqrab", "qaus", "jaddi",
         "dalw", "hoot"),
        ("hamal", "thawr", "jowza", "saratan", "asad", "sunbulah", "mizan", "aqrab", "qows", "jady",
         "dalv", "hout"),
        ("humal", "sowr", "joza", "sarataan", "assad", "sonbolah", "mezan", "aghrab", "qaos",
         "jadee", "dalow", "hoot"),
        ("farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar", "mehr", "aban",
         "azar", "dey", "bahman", "esfand"),
        ("farwardin", "urdibihisht", "khurdad", "teer", "amordad", "shahriwar", "mihr", "abaan",
         "aazar", "dei", "bahman", "isfand"),
        ("wray", "ghwayay", "ghbargolay", "chungash", "zmaray", "wazhay", "tala", "laram",
         "lindai", "marghumay", "salwagha", "kab"),
        ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو",
         "حوت"),
        ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی",
         "بهمن", "اسفند"),
        ("وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی",
         "سلواغه", "کب"),
    )
    for number, name in enumerate(names, start=1)
}  # fmt: skip
"""The number of each month, 1 to 12, by its lower-case names in Afghanistan and Iran: Dari, Persian
and Pashto, in several spellings."""
_MARK: Final = "[?~%]?"
_EDTF = re.compile(
    rf"{_MARK}(?P<year>\d{{4}}){_MARK}(?:-{_MARK}(?P<month>\d\d|XX){_MARK}"
    rf"(?:-{_MARK}(?P<day>\d\d|XX){_MARK})?)?",
    re.ASCII,
)
_OPEN = re.compile(r"\[(\.\.)?([^,\[\]]+?)(\.\.)?\]")


def is_solar_hijri(year: int) -> bool:
    """Whether a year is probably of the Solar Hijri calendar.

    Examples
    --------
    >>> is_solar_hijri(1401), is_solar_hijri(2022), is_solar_hijri(1299)
    (True, False, False)
    """
    return FIRST_YEAR <= year <= LAST_YEAR


def gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Solar Hijri date.

    Raises
    ------
    ValueError
        If there is no such day, such as 30 Hut of a year that is not a leap year.

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

    Returns
    -------
    tuple
        The first and the last day.

    Raises
    ------
    ValueError
        If there is no such day or month.

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


def edtf_in_gregorian(text: str) -> str:
    """An EDTF date or interval of Solar Hijri years in the Gregorian calendar.

    Parameters
    ----------
    text
        As for :func:`geo.dossier.periods.period`, with every year of the Solar Hijri calendar. A
        mark that qualifies any part of an end qualifies the whole of it afterwards.

    Returns
    -------
    str
        EDTF; empty if there is no such date, such as 31 Hut, or a year is of another calendar.

    Examples
    --------
    >>> [edtf_in_gregorian(text) for text in ("1401-05-03?", "1401-12~", "1401/..", "1401-12-30")]
    ['2022-07-25?', '2023-02-20~/2023-03-20~', '2022-03-21/..', '']
    >>> edtf_in_gregorian("[..1401-05-03]"), edtf_in_gregorian("1401-05-03/2022-08-01")
    ('../2022-07-25', '')
    """
    if match := _OPEN.fullmatch(text):
        text = f"../{match[2]}" if match[1] else f"{match[2]}/.."
    days = [("..", "..") if end == ".." else _end_in_gregorian(end) for end in text.split("/")]
    first, last = days[0][0], days[-1][1]
    if not (first and last) or first == last == "..":
        return ""
    return first if first == last else f"{first}/{last}"


def _end_in_gregorian(text: str) -> tuple[str, str]:
    """First and last day of a date with its qualifier; both empty if there is no such date."""
    match = _EDTF.fullmatch(text)
    if match is None or not is_solar_hijri(int(match["year"])):
        return "", ""
    marks = sorted(set(text) & set("?~%"))
    mark = "%" if len(marks) > 1 else "".join(marks)
    parts = (int(part) for part in match.groups() if part and part != "XX")
    try:
        first, last = gregorian_span(*parts)
    except ValueError:
        return "", ""
    return f"{first.isoformat()}{mark}", f"{last.isoformat()}{mark}"
