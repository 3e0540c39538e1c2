"""The dates that a text mentions, each with the words it is read from.

What the words state is read by :func:`geo.written.dates.read_date`. A date without its year is the
last such date up to the day of publication; if the next one is as near, both are candidates.
Without a day of publication, what depends on it is a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from geo.dossier.periods import Period, period
from geo.reports.beside_dates import BESIDE, UNKNOWN_DAY, is_long, read_beside
from geo.reports.date_counts import RelativeReading, count_of, days_and_months, table
from geo.reports.date_frames import DateFrame
from geo.reports.date_patterns import date_pattern
from geo.reports.date_spans import DateSpan, date_spans
from geo.reports.dates_before import DatesBefore
from geo.reports.language import with_plain_spaces
from geo.reports.mentions import DateMention, Mention
from geo.reports.numbered_days import numbered_days
from geo.reports.relative_dates import read_relative
from geo.reports.settled_dates import (
    first_number,
    in_words,
    inside_of,
    is_numbered,
    with_named_twice,
)
from geo.reports.stated_dates import beside_named, stated
from geo.reports.wordlists import word_set
from geo.written.dates import DateCandidate

MOVING: Final = "The day is not the same in every year or country. Which day was it?"
"""The question of a holiday or a day of voting."""
LUNAR: Final = "The date is in the lunar calendar, which is not converted. Which day was it?"
_SENTENCE: Final = 200
"""Letters in front of a date among which its sentence begins."""
_BEFORE: Final = 60
"""Letters in front of a date among which a word can say that it is still to come."""


def date_mentions(text: str, published: date | None = None) -> tuple[Mention, ...]:
    """The dates that a text mentions.

    Parameters
    ----------
    text
        In English.
    published
        The day on which it was published; ``None``, if it is not known.

    Returns
    -------
    tuple
        Mentions of the kind ``date`` from left to right, without overlaps; ``basis`` says whether
        the words state the date or it is counted from the day of publication.

    Examples
    --------
    >>> found = date_mentions("Two died on Monday, ten in May 2021.", date(2022, 5, 24))
    >>> [(one.text, one.value.edtf, one.value.basis) for one in found]
    [('Monday', '2022-05-23', 'publication'), ('May 2021', '2021-05', 'stated')]
    >>> date_mentions("It began yesterday.")[0].value.question == UNKNOWN_DAY
    True
    """
    plain = with_plain_spaces(text)
    frame, before = DateFrame(plain, published), DatesBefore()
    first = first_number(plain)
    found: list[Mention] = []
    numbered, spans = _with_numbered(plain)
    for span in spans:
        beside = found[-1] if found and "." not in plain[found[-1].end : span.start] else None
        words = plain[span.start : span.end]
        is_beside = beside is not None or _is_of_it(plain, span)
        named = before.counted_from(span, is_beside=is_beside)
        read = _value(span, plain, in_words(words, first), frame, named)
        value = numbered.get(span.start) or inside_of(beside, read)
        is_open = value is None or value.question == UNKNOWN_DAY
        if before.day and is_open and not span.is_relative:
            value = beside_named(words, before.day) or value
        if value is None or is_numbered(plain, span.start, span.end, first):
            continue
        before.add(span, value)
        frame.add(span, value)
        value = replace(value, in_dateline=frame.is_own(span, value))
        found.append(Mention("date", span.start, span.end, text[span.start : span.end], value))
    return with_named_twice(plain, found)


def _with_numbered(text: str) -> tuple[dict[int, DateMention], list[DateSpan]]:
    """The days at the head of entries by where they begin, and all candidates with them."""
    spans = date_spans(text)
    numbered = numbered_days(text, spans)
    values = {one.start: one.value for one in numbered if isinstance(one.value, DateMention)}
    inside = {at for one in numbered for at in range(one.start, one.end)}
    others = [one for one in spans if inside.isdisjoint(range(one.start, one.end))]
    entries = [DateSpan(one.start, one.end) for one in numbered]
    return values, sorted([*others, *entries], key=lambda one: one.start)


def _value(
    span: DateSpan, text: str, words: str, frame: DateFrame, named: Period | None
) -> DateMention | None:
    """What the words of a date mean; ``None`` for a day that the calendar does not have."""
    try:
        return _read(span, text, words, frame.day_at(span), named)
    except (OverflowError, ValueError):
        return None  # Before the year 1: no report means that.


def _read(
    span: DateSpan, text: str, words: str, published: date | None, named: Period | None
) -> DateMention | None:
    if span.kind in BESIDE:
        return read_beside(span, published, named)
    clause = _clause_before(span, text)
    if span.kind == "stated":
        is_coming = not clause.isdisjoint(word_set("dates", "perhaps_ahead"))
        return stated(words, published, is_coming=is_coming)
    if read := _BY_WORDS.get(span.kind):
        return read(span, words, published)
    if published is None:
        return DateMention("", "", "publication", (), UNKNOWN_DAY)
    is_coming = span.kind == "weekday" and not clause.isdisjoint(word_set("dates", "ahead"))
    is_sure = not clause.isdisjoint(word_set("dates", "surely_ahead"))
    reading = read_relative(span, published, is_coming=is_coming, is_sure=is_sure)
    return None if reading is None else _of_reading(reading)


def _is_of_it(text: str, span: DateSpan) -> bool:
    """Whether a sentence says when "it" was: "It came a week after two had died"."""
    before = re.split(r"[.!?\n]", text[max(0, span.start - _SENTENCE) : span.start])[-1]
    return date_pattern("of_it").match(before) is not None


def _clause_before(span: DateSpan, text: str) -> set[str]:
    """The words before a date in its clause: in "as you will know: on Monday", "on" only."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    return {*re.findall(r"[a-z]+", date_pattern("clause").split(before)[-1].lower())}


def _of_reading(reading: RelativeReading) -> DateMention:
    candidates = tuple(DateCandidate(one, period(one).text) for one in reading.candidates)
    words = period(reading.edtf).text if reading.edtf else ""
    return DateMention(reading.edtf, words, "publication", candidates, reading.question)


def _fixed(span: DateSpan, _words: str, _published: date | None) -> DateMention:
    """A day that the world knows by a name."""
    edtf = table("fixed")[span.words[0]]
    return DateMention(edtf, period(edtf).text)


def _moving(_span: DateSpan, _words: str, _published: date | None) -> DateMention:
    """A holiday, or a day of voting."""
    return DateMention("", "", "stated", (), MOVING)


def _lunar(_span: DateSpan, _words: str, _published: date | None) -> DateMention:
    """A date of the calendar whose months begin when the moon is seen."""
    return DateMention("", "", "stated", (), LUNAR)


def _offset(span: DateSpan, _words: str, published: date | None) -> DateMention | None:
    """Days or weeks before or after a date that is named: "two days before 11 September 2001"."""
    number, unit, way, named = span.words
    known = next((edtf for name, edtf in table("fixed").items() if name in named), "")
    base = DateMention(known, "") if known else stated(named, published)
    if base is None or not base.edtf or is_long(period(base.edtf)):
        return base
    days = (count_of(number) or 1) * days_and_months(unit)[0] * table("ways")[way]
    edtf = ((period(base.edtf).earliest or date.max) + timedelta(days)).isoformat()
    return DateMention(edtf, period(edtf).text, base.basis)


_BY_WORDS: Final[dict[str, Callable[[DateSpan, str, date | None], DateMention | None]]] = {
    "fixed": _fixed, "moving": _moving, "lunar": _lunar, "offset": _offset,
}  # fmt: skip
"""What reads the kinds of words that do not depend on the day of publication alone."""
