"""Phrases around dates: since, before, about, between, or; ranges that share a month or year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.dossier.periods import period
from geo.events.cells.dates import LAST_YEAR
from geo.written.date_parts import Calendar, DateParts, Open, parts_of_date
from geo.written.date_words import THIRDS

PhraseKind = Literal["date", "range", "or", "before", "by", "after", "since", "night"]
_APPROXIMATELY: Final = re.compile(
    r"(?:(?:on|in|at) or )?(?:about|around|circa|c\.?|ca\.?|approximately|approx\.?|roughly|near"
    r"|sometime (?:in|on|around)|some time (?:in|on|around)|~|حدود|شاوخوا)[ ~]*(?P<rest>.+)"
    r"|~(?P<rest2>.+)"
    r"|(?P<rest3>.+?)(?: or so| approximately| approx\.?| or thereabouts"
    r"| ?\((?:approximately|approx\.?|approximate|circa|about)\)|~)"
)
_IN_DOUBT: Final = re.compile(
    r"(?:probably|possibly|perhaps|maybe|likely|presumably|most likely|very likely|allegedly|شاید"
    r"|احتمالا) (?P<rest>.+)"
    r"|(?P<rest2>.+?)(?:\?| ?\((?:\?|probably|possibly|uncertain|unconfirmed|tbc)\)| \?)"
)
_OPEN_END: Final[tuple[tuple[re.Pattern[str], PhraseKind], ...]] = (
    (re.compile(r"(?:the time )?(?:before|prior to|earlier than|قبل از|پیش از) (.+)"), "before"),
    (re.compile(r"(?:by|until|till|up to|up until|no later than|not later than|تا) "
                r"(?:the end of )?(.+)"), "by"),
    (re.compile(r"(.+?) (?:or earlier|or before|at the latest)"), "by"),
    (re.compile(r"(?:after|later than|following|بعد از|پس از) (.+)"), "after"),
    (re.compile(r"(?:since|as from|starting|starting (?:on|in|from)|beginning (?:on|in)|from"
                r"|ever since|no earlier than|not earlier than|not before|از) (.+)"), "since"),
    (re.compile(r"(?:from )?(.+?)(?: | ?- ?)(?:onwards?|present|ongoing|or later"
                r"|or after|on|to date|to the present|to present"
                r"|until now|to now|at the earliest)"), "since"),
)  # fmt: skip
_NIGHT: Final = re.compile(
    r"(?:(?:on|in|during|the|at) )*(?:night (?:of|to|from|between)"
    r"|overnight(?: on| from| between)?) (?:the )?(.+)|(.+?) (?:overnight|at night)"
)
_HOURS: Final = re.compile(
    r"(?:(?:on|in|during|the|early|late) )*(?:morning|afternoon|evening|noon|midday|dawn|dusk"
    r"|hours) (?:of|on) (?:the )?(.+)|(.+?) (?:in the )?(?:morning|afternoon|evening)"
)
_TIME: Final = re.compile(
    r"(?P<day>.*\d)(?:(?: at| around| about)?[ t]+(?:\d{1,2}(?::\d\d){1,2}(?:\.\d+)?"
    r" ?(?:am|pm|hrs|hours|h)?|\d{1,2} ?(?:am|pm)))"
    r"(?P<zone> ?(?:z|utc|gmt|[+-]\d\d:?\d\d))?(?: local(?: time)?| lt)?"
)
_CUTS: Final = re.compile(r" ?- ?| (?:to|until|till|through|thru|and|& ) | ?/ ?| & | تا ")
_OR: Final = re.compile(r" or | یا ")
_FROM: Final = re.compile(r"(?:from|between|از|بین|during|sometime between|some time between) (.+)")
_CALENDARS: Final[tuple[tuple[re.Pattern[str], Calendar], ...]] = (
    (re.compile(r"(.+?) ?\(?(?:\b(?:sh|hs|ahs|h\.s\.?|s\.h\.?|a\.p\.?|solar hijri|solar|"
                r"hijri shamsi|shamsi|hijri-shamsi|jalali|persian calendar)"
                r"|هجری شمسی|هجری خورشیدی|شمسی|خورشیدی|ه ش|هش|ش|لمریز)\)?"), "solar-hijri"),
    (re.compile(r"(.+?) ?\(?(?:\b(?:ad|ce|a\.d\.?|c\.e\.?|gregorian)|میلادی|م|زیږدیز)\)?"),
     "gregorian"),
)  # fmt: skip
_MARKS: Final = {frozenset("~"): "~", frozenset("?"): "?"}
_SEASON_MONTHS: Final = re.compile(r"(.+) \([a-z]+ to [a-z]+(?:\)|(?P<note> uncertain)\))")


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """One date, or two, and what is said about them.

    Parameters
    ----------
    dates
        One, or the two ends of a range or of two alternatives.
    opens
        What is open about the phrase, apart from its dates.
    """

    kind: PhraseKind
    dates: tuple[DateParts, ...]
    opens: frozenset[Open] = frozenset()

    def with_mark(self, mark: str) -> DatePhrase:
        """The same with another qualifier on every date."""
        return replace(self, dates=tuple(_with_mark(one, mark) for one in self.dates))


def _with_mark(one: DateParts, mark: str) -> DateParts:
    marks = frozenset(one.mark.replace("%", "~?") + mark)
    return replace(one, mark=_MARKS.get(marks, "%"))


def phrases(text: str) -> list[DatePhrase]:
    """The ways to read a folded text; empty if it is not about a date.

    Examples
    --------
    >>> [(one.kind, one.dates[0].mark) for one in phrases("probably about may 2022")]
    [('date', '%')]
    >>> [one.kind for one in phrases("3-5 may 2022")], phrases("soon")
    (['range'], [])
    """
    said: Calendar | None = None
    for pattern, calendar in _CALENDARS:
        if said is None and (match := pattern.fullmatch(text)):
            text, said = match[1].strip(), calendar
    if match := _SEASON_MONTHS.fullmatch(text):
        text = f"{match[1]}{' (uncertain)' if match['note'] else ''}"
    return list(dict.fromkeys(_phrases(text, said, frozenset())))


def _phrases(text: str, said: Calendar | None, tried: frozenset[str]) -> list[DatePhrase]:
    """The readings of a text, from the plainest form to the others; the first form that fits."""
    for mark, rest in _qualified(text):
        if "qualified" + mark not in tried:
            inner = _phrases(rest, said, tried | {"qualified" + mark})
            if inner:
                return [one.with_mark(mark) for one in inner]
    if dates := [one for one in parts_of_date(text, said) if not one.only_day]:
        return [DatePhrase("date", (one,)) for one in dates]
    if "time" not in tried and (found := _at_hours(text, said, tried | {"time"})):
        return found
    if found := [*_ranges(text, said)]:
        return found
    for pattern, kind in _OPEN_END:
        match = pattern.fullmatch(text)
        if match and (dates := _whole(match[1], said)):
            return [DatePhrase(kind, (one,)) for one in dates]
    return []


def _qualified(text: str) -> Iterator[tuple[str, str]]:
    for mark, pattern in (("~", _APPROXIMATELY), ("?", _IN_DOUBT)):
        if match := pattern.fullmatch(text):
            yield mark, next(part for part in match.groups() if part).strip()


def _single(text: str, said: Calendar | None, depth: int = 2) -> list[DateParts]:
    """One date with its qualifiers, and no phrase around it."""
    text = text.strip()
    for mark, rest in _qualified(text) if depth else ():
        if inner := _single(rest, said, depth - 1):
            return [_with_mark(one, mark) for one in inner]
    return parts_of_date(text, said) or _of_edtf(text)


def _whole(text: str, said: Calendar | None) -> list[DateParts]:
    """One date that says more than the day of a month."""
    return [one for one in _single(text, said) if not one.only_day]


def _of_edtf(text: str) -> list[DateParts]:
    """A date that is written in EDTF, other than a plain day, month or year."""
    if "/" in text or "." in text:
        return []
    try:
        found = period(text.upper())
    except ValueError:
        return []
    is_near = found.latest is not None and found.latest.year <= LAST_YEAR
    return [DateParts(edtf=found.edtf)] if is_near else []


def _at_hours(text: str, said: Calendar | None, tried: frozenset[str]) -> list[DatePhrase]:
    """A day with a time or a part of it; a night belongs to two days."""
    if match := _TIME.fullmatch(text):
        opens: frozenset[Open] = frozenset({"zone"} if match["zone"] else set())
        inner = _phrases(match["day"], said, tried)
        return [replace(one, opens=one.opens | opens) for one in inner]
    if match := _NIGHT.fullmatch(text):
        rest = match[1] or match[2]
        if found := [*_ranges(rest, said)]:
            return found
        days = [one for one in _whole(rest, said) if one.day is not None or one.edtf]
        return [DatePhrase("night", (one,), frozenset({"night"})) for one in days]
    if match := _HOURS.fullmatch(text):
        return [DatePhrase("date", (one,)) for one in _whole(match[1] or match[2], said)]
    return []


def _ranges(text: str, said: Calendar | None) -> Iterator[DatePhrase]:
    """Two dates with something between them."""
    match = _FROM.fullmatch(text)
    bare = match[1] if match else text
    between = match is not None and not text.startswith(("from", "during"))
    for cut in (*_CUTS.finditer(bare), *_OR.finditer(bare)):
        is_one_of_two = cut[0].strip() in {"or", "یا"} or (_is_and(cut) and not between)
        kind: PhraseKind = "or" if is_one_of_two else "range"
        firsts = _end(bare[: cut.start()], said)
        lasts = _end(bare[cut.end() :], said) if firsts else []
        for first in firsts:
            for last in lasts:
                if (both := _completed(first, last)) and _agree(*both):
                    yield DatePhrase(kind, both)


def _is_and(cut: re.Match[str]) -> bool:
    return cut[0].strip() in {"and", "&"}


def _end(text: str, said: Calendar | None) -> list[DateParts]:
    """One end of a range: a date, or a part such as "early" that the other end completes."""
    bare = text.strip(" .")
    if bare in THIRDS:
        return [DateParts(part="third", which=THIRDS[bare])]
    return _single(bare, said)


def _completed(first: DateParts, last: DateParts) -> tuple[DateParts, DateParts] | None:
    """Both ends with the month and the year that the text states once for both."""
    if first.edtf or last.edtf:
        return (first, last) if (first.edtf or first.year) and (last.edtf or last.year) else None
    if (first.only_day and last.only_day) or last.is_part_only:
        return None
    if first.is_part_only:
        first = replace(last, part=first.part, which=first.which, mark="")
    if first.only_day and last.month is not None and last.day is not None:
        first = replace(first, month=last.month, calendar=last.calendar or first.calendar)
    elif last.only_day and first.month is not None and first.day is not None:
        last = replace(last, month=first.month, calendar=first.calendar or last.calendar)
    if last.only_day and first.year and last.day == (first.year + 1) % 100 and not first.month:
        last = DateParts(year=first.year + 1, calendar=last.calendar)
    if first.only_day or last.only_day:
        return None
    if first.year is None:
        first = _with_year(first, last, is_first=True)
    elif last.year is None:
        last = _with_year(last, first, is_first=False)
    return first, last


def _with_year(one: DateParts, other: DateParts, *, is_first: bool) -> DateParts:
    """The end with the year of the other one: "28 December to 3 January 2023" began in 2022."""
    if other.year is None:
        return one
    here, there = ((end.month or 0, end.day or 0) for end in (one, other))
    is_other_year = here[0] > there[0] if is_first else here[0] < there[0]
    off = (-1 if is_first else 1) if is_other_year and one.month and other.month else 0
    opens = one.opens | (other.opens & {"calendar", "short"})
    calendar = one.calendar or other.calendar
    return replace(one, year=other.year + off, calendar=calendar, opens=opens)


def _agree(first: DateParts, last: DateParts) -> bool:
    """Whether both ends are read in one order of day and month, and as finely as each other."""
    return not (first.order and last.order) or first.order == last.order
