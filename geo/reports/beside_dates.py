"""Dates that are counted from the date named before them: "the next day", "two weeks earlier"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from geo.dossier.periods import Period, period
from geo.reports.date_counts import (
    WEEK,
    YEAR_MONTHS,
    count_of,
    days_and_months,
    last_weekday,
    month_of,
    table,
)
from geo.reports.date_spans import DateSpan
from geo.reports.mentions import DateMention
from geo.reports.wordlists import word_lists
from geo.written.date_words import WEEKDAYS

UNKNOWN_DAY: Final = "The date depends on the day on which the text was published, which is open."
"""The question of a date that cannot be counted from a day of publication."""
_NO_ANCHOR: Final = "The date depends on a day that the text does not name before it."
_MONTH_DAYS: Final = 31
"""Days of the longest month."""
_ONE_UNIT: Final = {(7, 0): 10, (0, 1): 92}
"""Most days of a time of which a text can go on with "that week" or "the next month"."""


def read_beside(
    span: DateSpan, published: date | None, anchor: Period | None
) -> DateMention | None:
    """Read words that depend on the date named before them; ``None`` if they say nothing.

    Parameters
    ----------
    published
        The day of publication, on which days of the month without a month depend.
    anchor
        The date named last.
    """
    if span.kind in {"ordinal", "day_of_month"}:
        return _of_month(span, published, anchor)
    value = _READERS[span.kind](span, anchor)
    is_late = value is not None and published is not None and value.edtf > published.isoformat()
    return _open() if is_late and span.kind == "beside_weekday" else value


def _open(question: str = _NO_ANCHOR) -> DateMention:
    return DateMention("", "", "publication", (), question)


def _counted(edtf: str) -> DateMention:
    return DateMention(edtf, period(edtf).text, "publication")


def is_long(known: Period) -> bool:
    """Whether a date is no single day."""
    return known.earliest is None or known.earliest != known.latest


def is_same_time(span: DateSpan) -> bool:
    """Whether words say that it is the time named last: "that evening", "the same month"."""
    return span.kind in {"following", "previous"} and not _step(span.words[0])


def _step(word: str) -> int:
    steps = table("steps") | table("steps_after")
    return int(steps.get(" ".join(word.split()), 0))


def _following(span: DateSpan, anchor: Period | None) -> DateMention | None:
    """The day before or after the one named last, or that day: "the next morning".

    "Later in the day" says nothing, if none was named.
    """
    if not span.words[0] and (anchor is None or is_long(anchor)):
        return None
    if anchor is None or anchor.earliest is None or is_long(anchor):
        return _open()
    return _counted((anchor.earliest + timedelta(_step(span.words[0]))).isoformat())


def _hours(_: DateSpan, anchor: Period | None) -> DateMention:
    """Hours after an event: on its day, or the next."""
    if anchor is None or anchor.earliest is None or is_long(anchor):
        return _open()
    return _counted(f"{anchor.earliest}/{anchor.earliest + timedelta(1)}")


def _weekday(span: DateSpan, anchor: Period | None) -> DateMention:
    """The next or the last such day of the week, seen from the day named last.

    "That Saturday" is the one of the same week, if it is later in it.
    """
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return _open()
    step, name = _step(span.words[0]), span.words[1]
    if step > 0:
        return _counted(last_weekday(name, anchor.latest + timedelta(WEEK)).isoformat())
    if step < 0:
        return _counted(last_weekday(name, anchor.earliest - timedelta(1)).isoformat())
    days = WEEKDAYS[name.rstrip(".")] - anchor.earliest.isoweekday()
    if is_long(anchor) or days < 0:
        return _open()
    return _counted((anchor.earliest + timedelta(days)).isoformat())


def _moved(span: DateSpan, anchor: Period | None) -> DateMention | None:
    """A time from the day named before: "two days before", "a week after", "a year later".

    Before a clause the words tell when that was: "on Tuesday, a day after a bomb killed five".
    """
    if anchor is None or anchor.earliest is None or is_long(anchor):
        return _open()
    number, (days, months) = count_of(span.words[0]), days_and_months(span.words[1])
    if not number:
        return None
    way = table("ways")[span.words[2]]
    step = number * (-way if span.kind == "clause" else way)
    if days:
        return _counted((anchor.earliest + timedelta(step * days)).isoformat())
    if months == YEAR_MONTHS:
        return _counted(f"{anchor.earliest.year + step:04}~")
    return _counted(f"{month_of(anchor.earliest, step)}~")


def _is_week(known: Period) -> bool:
    """Whether a time is seven days, whichever is the first."""
    if known.earliest is None or known.latest is None:
        return False
    return (known.latest - known.earliest).days == WEEK - 1


def _length(known: Period) -> int:
    """The days of a time; of one with an open end, more than those of any unit."""
    if known.earliest is None or known.latest is None:
        return date.max.toordinal()
    return (known.latest - known.earliest).days + 1


def _previous(span: DateSpan, anchor: Period | None) -> DateMention:
    """The week, month or year of the date named last, or the one before or after it."""
    if anchor is None or anchor.earliest is None:
        return _open()
    step, (days, months) = _step(span.words[0]), days_and_months(span.words[1])
    if _length(anchor) > _ONE_UNIT.get((days, months), date.max.toordinal()):
        return _open()
    if days and _is_week(anchor):
        ends = (one + timedelta(step * WEEK) for one in (anchor.earliest, anchor.latest) if one)
        return _counted("/".join(one.isoformat() for one in ends))
    if days:
        monday = anchor.earliest + timedelta(step * WEEK - anchor.earliest.weekday())
        return _counted(f"{monday}/{monday + timedelta(WEEK - 1)}")
    if months == YEAR_MONTHS:
        return _counted(f"{anchor.earliest.year + step:04}")
    return _counted(month_of(anchor.earliest, step))


def _same_period(span: DateSpan, anchor: Period | None) -> DateMention:
    """The time named last, in another year: "the same period of 2015"."""
    if anchor is None or anchor.earliest is None or anchor.latest is None or not is_long(anchor):
        return _open()
    said = span.words[0]
    year = int(said[:4]) if said[:4].isdecimal() else anchor.latest.year - 1
    step = year - (anchor.earliest if "/" in said else anchor.latest).year
    ends = (_in_year(anchor.earliest, step), _in_year(anchor.latest, step))
    return _counted("/".join(one.isoformat() for one in ends))


def _in_year(day: date, step: int) -> date:
    """The same day so many years later; 28 February for a 29th that the year does not have."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + step, day=last)


def _of_month(span: DateSpan, published: date | None, anchor: Period | None) -> DateMention | None:
    """A day of the month that is told of, "on the 26th"; else the last one before the report."""
    number = _number_of(span.words[0])
    which = span.words[1] if len(span.words) > 1 else ""
    if which in table("which") and published is not None:
        return _counted(f"{month_of(published, table('which')[which])}-{number:02}")
    latest = (anchor.latest if anchor else None) or published
    if latest is None:
        return _open(UNKNOWN_DAY)
    if anchor is not None:
        # Of two days in one month, the second may be the later one.
        latest = max(latest, min(published or date.max, _month_end(latest)))
    found = next(
        (one for back in range(_MONTH_DAYS) if (one := _before(latest, back)).day == number), None
    )
    return _counted(found.isoformat()) if found else None


def _number_of(word: str) -> int:
    ordinals: list[str] = word_lists("dates")["ordinals"]
    return int(word) if word.isdecimal() else ordinals.index(word) + 1


def _month_end(day: date) -> date:
    following = day.replace(day=28) + timedelta(4)
    return following - timedelta(following.day)


def _before(day: date, back: int) -> date:
    return day - timedelta(min(back, (day - date.min).days))


_READERS: Final[dict[str, Callable[[DateSpan, Period | None], DateMention | None]]] = {
    "following": _following, "moved": _moved, "clause": _moved, "previous": _previous,
    "beside_weekday": _weekday, "same_period": _same_period, "hours": _hours,
}  # fmt: skip
"""What reads each kind of words."""
BESIDE: Final = frozenset(_READERS) | {"ordinal", "day_of_month"}
"""The kinds of words that are counted from the date named before them."""
