"""A day, month, season or year in words or numbers, each as far as the text states it.

Where a text can be read in several ways, all of them are returned; none is preferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.dossier.solar_hijri import is_solar_hijri
from geo.written.date_words import (
    GREGORIAN,
    ORDINALS,
    SEASONS,
    SOLAR_HIJRI,
    THIRDS,
    WEEKDAYS,
)

Calendar = Literal["gregorian", "solar-hijri"]
Part = Literal["", "third", "half", "quarter", "week", "day", "ten days", "week of", "week from",
               "week to", "decade"]  # fmt: skip
Open = Literal["order", "number", "short", "calendar", "months", "winter", "season", "years",
               "gap", "night", "weekday", "zone", "week"]  # fmt: skip
"""What a text leaves open; :mod:`geo.written.dates` has the sentence for each."""

LAST_MONTH: Final = 12
"""Months of a year, in both calendars."""
LAST_DAY: Final = 31
"""Days of the longest month, in both calendars."""
_LAST_SHORT: Final = 68
"""Two-digit years up to this one are in the 2000s, later ones in the 1900s, as in POSIX."""
_LAST_SHORT_HIJRI: Final = 47
"""Two-digit years up to this one are in the 1400s of the Solar Hijri calendar: 1447 is 2068."""
_FILLERS: Final = frozenset({"of", "the", "in", "on", "during", "month", "year", "calendar",
                             "season", "سال", "ماه", "د", "کال", "تاریخ", "به", "در"})  # fmt: skip
_LEADING: Final = re.compile(r"^(?:(?:on|in|during|throughout|the) )+")
_YMD: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})(\d\d)(\d\d)")
_DMY: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)")
_MY: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YM: Final = re.compile(r"(\d{4})[-/.](\d{1,2})")
_DM: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})\.?")
_QUARTER: Final = re.compile(
    r"(?:(?P<kind>[qh])(?P<n>[1-4])[-/ ]?(?P<year>\d{4})"
    r"|(?P<year2>\d{4})[-/ ]?(?P<kind2>[qh])(?P<n2>[1-4]))"
)
_DECADE: Final = re.compile(r"(?:the )?((?:19|20)\d)0'?s")
_THIRD: Final = re.compile(
    rf"(?:(?:in|at|towards?|during) )?(?:the )?(?:very )?(?P<word>{'|'.join(THIRDS)})(?: part)?"
    r"[- ](?:in |of )?(?:the )?(?P<rest>.+)"
)
_PART: Final = re.compile(
    r"(?:(?:in|on|during) )?(?:the )?(?P<which>first|second|third|fourth|last|1st|2nd|3rd|4th) "
    r"(?P<kind>half|quarter|third|week|day|ten days|10 days) (?:in |of )?(?:the )?(?P<rest>.+)"
)
_WEEK: Final = re.compile(
    r"(?:(?:in|during) )?(?:the )?week (?P<which>of|beginning|starting|from|commencing|ending)"
    r"(?: on)? (?P<rest>.+)"
)
_WEEKS: Final[dict[str, Part]] = {"of": "week of", "ending": "week to"}
_WINTER: Final = re.compile(r"(?P<before>.*)\b(?P<first>\d{4})(?:[-/]| to )(?P<last>\d{4}|\d\d)")
_TOKEN: Final = re.compile(r"(\d+)(st|nd|rd|th)?|'(\d\d)(?!\d)|([^\W\d_]+)|([-/. ]+)|(.)")


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a text states of one date; ``None`` and empty where it states nothing.

    Parameters
    ----------
    edtf
        The date itself, where it is written in EDTF; then all else is empty.
    calendar
        The calendar that the text names or that the name of the month is of.
    season
        1 to 4, from spring.
    part, which
        Which part of the month, season or year: the first third, the last (-1) week.
    order
        Whether the day or the month was taken to be first, where both are numbers.
    mark
        The qualifier of EDTF that the words about the date mean.
    opens
        What is open about this reading.
    """

    edtf: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: Calendar | None = None
    season: int = 0
    part: Part = ""
    which: int = 0
    order: str = ""
    mark: str = ""
    weekday: int = 0
    opens: frozenset[Open] = frozenset()

    @property
    def only_day(self) -> bool:
        """Whether it is only the day of a month that another date has to name."""
        return self.day is not None and self.month is None and not self.edtf

    @property
    def is_part_only(self) -> bool:
        """Whether it is only a part, such as "early", of what another date has to name."""
        return bool(self.part) and self.year is None and self.month is None and not self.season


def parts_of_date(text: str, said: Calendar | None = None) -> list[DateParts]:
    """The ways to read a folded text as one date; empty if it is not one.

    Parameters
    ----------
    said
        The calendar that is named elsewhere in the text.

    Examples
    --------
    >>> [(one.year, one.month, one.day) for one in parts_of_date("3/4/2022")]
    [(2022, 4, 3), (2022, 3, 4)]
    >>> parts_of_date("late hamal")[0].which, parts_of_date("no date")
    (3, [])
    """
    bare, weekday = _without_weekday(_LEADING.sub("", text))
    found = [*_with_part(bare), *_plain(bare)]
    return [replace(_in_calendar(one, said), weekday=weekday) for one in found]


def _in_calendar(one: DateParts, said: Calendar | None) -> DateParts:
    """The date with the calendar of its year, which is open where only the year shows it."""
    calendar = one.calendar or said
    if one.year is None or not is_solar_hijri(one.year) or calendar is not None:
        return replace(one, calendar=calendar)
    return replace(one, calendar="solar-hijri", opens=one.opens | {"calendar"})


def _without_weekday(text: str) -> tuple[str, int]:
    first, _, rest = text.partition(" ")
    if rest and (day := WEEKDAYS.get(first.rstrip("."))):
        return rest, day
    rest, _, last = text.rpartition(" ")
    if rest and (day := WEEKDAYS.get(last.strip("()."))):
        return rest, day
    return text, 0


def _with_part(text: str) -> Iterator[DateParts]:
    """A part of a month, season or year, or the week of a day."""
    if match := _QUARTER.fullmatch(text):
        kind: Part = "quarter" if (match["kind"] or match["kind2"]) == "q" else "half"
        year, which = match["year"] or match["year2"], match["n"] or match["n2"]
        yield DateParts(year=int(year), part=kind, which=int(which))
    elif match := _DECADE.fullmatch(text):
        yield DateParts(year=int(match[1]) * 10, part="decade")
    elif match := _THIRD.fullmatch(text):
        yield from _parted(match["rest"], "third", THIRDS[match["word"]])
    elif match := _PART.fullmatch(text):
        named = "ten days" if match["kind"] == "10 days" else match["kind"]
        part: Part = named  # type: ignore[assignment] # one of those in the expression
        yield from _parted(match["rest"], part, ORDINALS[match["which"]])
    elif match := _WEEK.fullmatch(text):
        bare, _ = _without_weekday(match["rest"])
        part = _WEEKS.get(match["which"], "week from")
        for one in _plain(bare):
            if one.day is not None:
                yield replace(one, part=part)


def _parted(rest: str, part: Part, which: int) -> Iterator[DateParts]:
    for one in _plain(rest):
        if one.day is None and not one.part:
            yield replace(one, part=part, which=which)


def _plain(text: str) -> list[DateParts]:
    return list(dict.fromkeys(_numeric(text) or _named(text)))


def _numeric(text: str) -> list[DateParts]:
    if match := _YMD.fullmatch(text):
        year, month, day = (int(match[one] or match[two]) for one, two in ((1, 5), (3, 6), (4, 7)))
        return [DateParts(year=year, month=month, day=day)]
    if match := _DMY.fullmatch(text):
        return _day_month_year(match)
    if match := _MY.fullmatch(text):
        return [DateParts(year=int(match[2]), month=int(match[1]))]
    if (match := _YM.fullmatch(text)) and int(match[2]) <= LAST_MONTH:
        return [DateParts(year=int(match[1]), month=int(match[2]))]
    if match := _DM.fullmatch(text):
        return _ordered(int(match[1]), int(match[2]), None)
    return []


def _day_month_year(match: re.Match[str]) -> list[DateParts]:
    first, mark, second, year = match[1], match[2], match[3], match[4]
    if len(year) > 2:  # noqa: PLR2004 - digits of a short year
        return _ordered(int(first), int(second), int(year))
    found = _ordered(int(first), int(second), _short(year, None))
    if mark == "-" and len(first) == 2 and 1 <= int(second) <= LAST_MONTH:  # noqa: PLR2004 - as above
        full = _short(first, None)
        found.append(DateParts(year=full, month=int(second), day=int(year), order="year-first"))
    opens: frozenset[Open] = frozenset({"short", "order"} if len(found) > 1 else {"short"})
    return [replace(one, opens=one.opens | opens) for one in found]


def _ordered(first: int, second: int, year: int | None) -> list[DateParts]:
    ways = {"day-first": (second, first), "month-first": (first, second)}
    fitting = {name: way for name, way in ways.items() if 1 <= way[0] <= LAST_MONTH}
    if first == second and fitting:
        return [DateParts(year=year, month=first, day=second)]
    is_open = len(fitting) > 1
    opens: frozenset[Open] = frozenset({"order"} if is_open else set())
    return [
        DateParts(year=year, month=month, day=day, order=name if is_open else "", opens=opens)
        for name, (month, day) in fitting.items()
    ]


def _short(digits: str, calendar: Calendar | None) -> int:
    """The year that two digits stand for."""
    year = int(digits)
    if calendar == "solar-hijri":
        return year + (1400 if year <= _LAST_SHORT_HIJRI else 1300)
    return year + (2000 if year <= _LAST_SHORT else 1900)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The words and numbers of a text, by what they can be."""

    months: list[tuple[int, Calendar]]
    seasons: list[int]
    years: list[int]
    numbers: list[str]
    ordinal: bool
    short: str
    before_month: int


def _named(text: str) -> list[DateParts]:
    """A date with the name of its month or season, a year, or the day of a month."""
    if " " not in text and text.count("-") == 2:  # noqa: PLR2004 - 28-Sep-2019
        text = text.replace("-", " ")
    season_years = _WINTER.fullmatch(text)
    if season_years and (found := _over_two_years(season_years)):
        return found
    tokens = _tokens(text)
    if tokens is None or len(tokens.years) > 1 or len(tokens.months) + len(tokens.seasons) > 1:
        return []
    year = tokens.years[0] if tokens.years else None
    if tokens.seasons:
        short = _short(tokens.short, None) if tokens.short else None
        if tokens.numbers or (year and short):
            return []
        opens: frozenset[Open] = frozenset({"short"} if short else set())
        return [DateParts(year=year or short, season=tokens.seasons[0], opens=opens)]
    if not tokens.months:
        return _without_month(tokens, year)
    month, calendar = tokens.months[0]
    return [
        replace(one, month=month, calendar=calendar)
        for one in _days_and_years(tokens, year, calendar)
    ]


def _over_two_years(match: re.Match[str]) -> list[DateParts]:
    """A winter with both of its years, ``winter 2022-23``."""
    tokens = _tokens(match["before"])
    first, last = int(match["first"]), match["last"]
    if tokens is None or tokens.seasons != [4] or tokens.years or tokens.numbers:
        return []
    if int(last) != (first + 1) % 10 ** len(last):
        return []
    return [DateParts(year=first, season=4, which=0, order="both years")]


def _without_month(tokens: _Tokens, year: int | None) -> list[DateParts]:
    if tokens.short:
        return []
    if not tokens.numbers:
        return [DateParts(year=year)] if year is not None else []
    day = int(tokens.numbers[0])
    if len(tokens.numbers) > 1 or not 1 <= day <= LAST_DAY:
        return []
    return [DateParts(day=day, year=year)]


def _days_and_years(tokens: _Tokens, year: int | None, calendar: Calendar) -> Iterator[DateParts]:
    """The day and the year beside the name of a month."""
    numbers, short = list(tokens.numbers), tokens.short
    is_pair = len(numbers) == 2 and len(numbers[1]) == 2  # noqa: PLR2004 - a day and a short year
    if year is None and not short and is_pair and tokens.before_month <= 1:
        short = numbers.pop()
    if len(numbers) > 1 or (year is not None and short):
        return
    if short:
        day = int(numbers[0]) if numbers else None
        yield DateParts(year=_short(short, calendar), day=day, opens=frozenset({"short"}))
        return
    if not numbers:
        yield DateParts(year=year)
        return
    number = numbers[0]
    can_be_year = (
        year is None and not tokens.before_month and len(number) == 2 and not tokens.ordinal  # noqa: PLR2004 - digits
    )
    is_day = 1 <= int(number) <= LAST_DAY
    opens: frozenset[Open] = frozenset({"number"} if can_be_year and is_day else set())
    if is_day:
        yield DateParts(year=year, day=int(number), opens=opens)
    if can_be_year:
        yield DateParts(year=_short(number, calendar), opens=opens | {"short"})


def _tokens(text: str) -> _Tokens | None:
    """Sort the words and numbers of a text; ``None`` if one of them is not of a date."""
    found = _Tokens([], [], [], [], ordinal=False, short="", before_month=0)
    ordinal, short, before_month = False, "", 0
    before = ""
    for match in _TOKEN.finditer(text):
        number, suffix, apostrophe, word, gap, odd = match.groups()
        if odd or (gap and _joins_numbers(gap, before, text[match.end() : match.end() + 1])):
            return None
        before = match[0]
        if number and len(number) == 4 and not suffix:  # noqa: PLR2004 - digits of a year
            found.years.append(int(number))
        elif number:
            if len(number) > 2 or (suffix and ordinal):  # noqa: PLR2004 - digits of a day
                return None
            ordinal = ordinal or bool(suffix)
            before_month += not found.months
            found.numbers.append(number)
        elif apostrophe:
            if short:
                return None
            short = apostrophe
        elif word and not _sorted(word, found):
            return None
    return replace(found, ordinal=ordinal, short=short, before_month=before_month)


def _joins_numbers(gap: str, before: str, after: str) -> bool:
    """Whether a dash, stroke or full stop stands between two numbers: then they are a range."""
    return bool(gap.strip(" .")) and before[-1:].isdigit() and after.isdigit()


def _sorted(word: str, into: _Tokens) -> bool:
    if word in GREGORIAN:
        into.months.append((GREGORIAN[word], "gregorian"))
    elif word in SOLAR_HIJRI:
        into.months.append((SOLAR_HIJRI[word], "solar-hijri"))
    elif word in SEASONS:
        into.seasons.append(SEASONS[word])
    else:
        return word in _FILLERS
    return True
