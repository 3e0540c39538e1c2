"""The dates that a text mentions, each with the words it is read from.

What the words state is read by :func:`geo.written.dates.read_date`. A date without its year is the
last such date up to the day of publication; if the next one is as near, both are candidates.
Without a day of publication, what depends on it is a question.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from geo.dossier.periods import Period, period
from geo.reports.beside_dates import BESIDE, UNKNOWN_DAY, is_long, is_same_time, read_beside
from geo.reports.date_pieces import any_of
from geo.reports.date_spans import DateSpan, date_spans
from geo.reports.datelines import datelines, is_dated_head, published_in
from geo.reports.language import with_plain_spaces
from geo.reports.mentions import DateMention, Mention
from geo.reports.relative_dates import RelativeReading, count_of, last_weekday, read_relative
from geo.reports.settled_dates import day_comes_first, in_words, inside_of, with_named_twice
from geo.reports.wordlists import word_lists
from geo.written.date_words import GREGORIAN, SOLAR_HIJRI, WEEKDAYS
from geo.written.dates import DateCandidate, WrittenDate, read_date

MOVING: Final = "The day is not the same in every year or country. Which day was it?"
"""The question of a holiday or a day of voting."""
_BEFORE: Final = 60
"""Letters in front of a day of the week among which a word can say that it is still to come."""
_AHEAD: Final = frozenset(
    {"will", "shall", "scheduled", "expected", "due", "planned", "upcoming", "next"}
)
_HIJRI_YEARS: Final = 621
"""Years of the usual calendar before the first of the other one, from spring to winter."""
_CLAUSE: Final = re.compile(r"[.!?;:\n]|\bthat\b|\bwh(?:o|ich|en|ere|ile)\b")
"""Where a clause begins whose verb tells nothing of that before it."""
_WILL: Final = frozenset({"will", "shall"})
"""With these it is still to come in any case."""
_WEEK: Final = 7
"""Days of a week, within which the name of a day is that of one only."""
_SOON: Final = 31
"""Days after publication within which a date without a year may be one that is announced."""
_HEAD_LINES: Final = 8
"""Lines at the beginning of a text among which its title and its own date are."""
_HEAD_WORDS: Final = 8
"""Most words of a line that only says when a text was published."""
_YEAR: Final = re.compile(r"\b\d{4}\b|'\d\d\b")
_NUMERIC: Final = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_FILLER: Final = re.compile(r"\.(?=,|\s|$)|\b[Ee]ither\s|(?<=\dth) day(?= of)")
_WEEK_OF_DAYS: Final = re.compile(
    r"^(?:the )?week of (?:the )?(?=\d{1,2}\S{0,2}\s?(?:-|–|to |and |until )\s?\d)", re.IGNORECASE
)
"""In front of the first and last day of a week, which say all that it says."""
_HOURS: Final = re.compile(
    r"\b(?:on )?(?:(?:late|early) )?(?:the [a-z]+(?: [a-z]+)?(?<!week|half) of )?(?:on )?"
    r"(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\d{1,2}(?:st|nd|rd|th)?\s)"
)
"""What tells the hour of a day in front of it: "in the early hours of"."""
_CLOCKED: Final = re.compile(r"^(\d\d)\s?\d{4}\s?(?:[A-Z]|hrs)?\s?([A-Za-z]{3,9})\s?(?:20)?(\d\d)$")
"""A day, the time and zone of a clock, then the month and year: "041530ZAUG12"."""
_LISTED: Final = re.compile(
    r"(?<![\d/-])(\d{1,2}(?:st|nd|rd|th)?)(?:, \d{1,2}(?:st|nd|rd|th)?)*,?\s?(?:and|&)\s"
    r"(?:the )?(\d)"
)
"""Several days of a month: "3, 4 and 5 May"."""
_SOLAR_LAST: Final = re.compile(r"(1[3-9]|2\d|3[01])[/-](0?[1-9]|1[0-2])[/-](1[34]\d\d)")
"""A date of the Solar Hijri calendar with the day first, where it cannot be the month."""
_ORDINAL: Final = re.compile(
    r"\b[a-z]+(?:-[a-z]+)?(?:st|nd|rd|th)\b(?! (?:week|half|quarter|day)\b)"
)
_MONTH_NAMES: Final = [one.capitalize() for one in (*GREGORIAN, *SOLAR_HIJRI) if one.isascii()]
_MONTH_DAY: Final = re.compile(
    rf"\b({any_of(_MONTH_NAMES)}|[A-Z]{{3,9}})\s"
    r"(?:the\s)?(\d{1,2}(?:st|nd|rd|th)?(?:\s?(?:[-–/]|to|and|or|through|until)\s?\d{1,2})?)\b(?![\d:])"
)
"""A month with a day: what follows it could be read as a year by itself, though not in a text."""


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
    lines = [(one.start, one.end) for one in datelines(plain)]
    own = published_in(plain)
    written = _days_written(plain, published)
    anchor: Period | None = None
    told: Period | None = None
    last_named: Period | None = None
    last_long: Period | None = None
    last_day: date | None = None
    is_day_first = day_comes_first(plain)
    found: list[Mention] = []
    for span in date_spans(plain):
        beside = found[-1] if found and "." not in plain[found[-1].end : span.start] else None
        day = next((day for end, day in written if end <= span.start), published)
        if told is not None and day == published and span.relative in {"weekday", "weekdays"}:
            day = told.latest if not any(span.words[1:]) else day
        counted_from = last_long if span.relative == "same_period" else anchor
        counted_from = last_named if is_same_time(span) else counted_from
        value = inside_of(beside, _value(span, plain, day, counted_from, is_day_first))
        is_open = value is None or value.question == UNKNOWN_DAY
        if last_day and is_open and not span.relative:
            value = _beside_named(plain[span.start : span.end], last_day) or value
        if value is None:
            continue
        in_dateline = any(start <= span.start < end for start, end in lines) or (
            own is not None
            and value.edtf == own.isoformat()
            and not span.relative
            and _is_on_head_line(plain, span)
        )
        words = text[span.start : span.end]
        # "A week after a bombing" is about that; "the same day" is the one told of before.
        last_named = _named_in(value) or last_named if span.relative != "clause" else last_named
        anchor = _anchor(value, span, anchor)
        if anchor and is_long(anchor) and span.relative != "same_period":
            last_long = anchor
        if value.edtf and not span.relative:
            last_day = period(value.edtf).latest or last_day
        told = told or _time_told(plain, span, value, published)
        value = _marked(value, in_dateline=in_dateline)
        found.append(Mention("date", span.start, span.end, words, value))
    return with_named_twice(plain, found)


def _anchor(value: DateMention, span: DateSpan, before: Period | None) -> Period | None:
    """The time from which the next words are counted: "that evening", "a day later".

    Of "since Monday" it is that Monday, if nothing was named before. A month without its year is
    no time to count from.
    """
    if span.relative == "clause" or not value.edtf:
        is_month = not span.relative or span.relative in {"month", "bare_month"}
        return None if is_month and not value.edtf else before
    is_open = ".." in value.edtf
    return before or _named_in(value) if is_open else period(value.edtf)


def _named_in(value: DateMention) -> Period | None:
    """What is named in a date, be its end open: the Monday of "since Monday"."""
    first, _, last = value.edtf.partition("/")
    edtf = first if last == ".." else last if first == ".." else value.edtf
    return period(edtf) if edtf else None


def _beside_named(words: str, named: date) -> DateMention | None:
    """A date without its year, in a text whose day is not known: that near one named before it."""
    candidates = read_date(_as_written(words), around=named).candidates
    near = [one for one in candidates if abs(_begins(one.edtf) - named) <= timedelta(_SOON)]
    return DateMention(near[0].edtf, near[0].words, "publication") if len(near) == 1 else None


def _time_told(
    text: str, span: DateSpan, value: DateMention, published: date | None
) -> Period | None:
    """The days of which a text says at its head that it tells: "Digest of 8 to 14 September"."""
    if span.relative or not value.edtf or published is None or not _is_on_head_line(text, span):
        return None
    found = period(value.edtf)
    if found.earliest is None or found.latest is None or not is_long(found):
        return None
    days = (found.latest - found.earliest).days + 1
    is_recent = timedelta(0) <= published - found.latest <= timedelta(_SOON)
    return found if is_recent and days <= _WEEK else None


def _days_written(text: str, published: date | None) -> list[tuple[int, date]]:
    """Where the parts of a text with datelines of their own begin, and their days; the last first.

    Only of a text with several: in another one, the dateline may be older than the text.
    """
    found = []
    for line in datelines(text):
        value = _stated(line.date, published) if line.date else None
        day = period(value.edtf).earliest if value is not None and value.edtf else None
        if day is not None and (published is None or abs(published - day) <= timedelta(_SOON)):
            found.append((line.end, day))
    return found[::-1] if len(found) > 1 else []


def _is_on_head_line(text: str, span: DateSpan) -> bool:
    """Whether a date ends one of the first lines, as in a title, or is a line of its own."""
    begins = text.rfind("\n", 0, span.start) + 1
    ends = text.find("\n", span.end)
    line = text[begins : ends if ends >= 0 else len(text)]
    rest = text[span.end : begins + len(line)].strip(" .)]")
    is_first = text[:begins].count("\n") < _HEAD_LINES
    if not text[:begins].strip() and is_dated_head(text, span.end):
        return True
    is_short = len(line.split()) <= _HEAD_WORDS
    is_sentence = line.rstrip().endswith(".") and not is_short
    return is_first and not is_sentence and (not rest or is_short)


def _marked(value: DateMention, *, in_dateline: bool) -> DateMention:
    return DateMention(
        value.edtf, value.words, value.basis, value.candidates, value.question, in_dateline
    )


def _value(
    span: DateSpan,
    text: str,
    published: date | None,
    anchor: Period | None,
    is_day_first: bool,  # noqa: FBT001 - private
) -> DateMention | None:
    words = text[span.start : span.end]
    if is_day_first:
        words = in_words(words)
    if span.relative in BESIDE:
        return _guarded(span, published, anchor)
    if span.relative == "moving":
        return DateMention("", "", "stated", (), MOVING)
    if span.relative == "offset":
        return _offset(span, published)
    clause = _clause_before(span, text)
    if span.relative:
        is_coming = span.relative == "weekday" and not _AHEAD.isdisjoint(clause)
        is_sure = not _WILL.isdisjoint(clause)
        return _relative(span, published, is_coming=is_coming, is_sure=is_sure)
    return _stated(words, published, is_coming=not (_WILL | {"would"}).isdisjoint(clause))


def _guarded(span: DateSpan, published: date | None, anchor: Period | None) -> DateMention | None:
    try:
        return read_beside(span, published, anchor)
    except (OverflowError, ValueError):
        return None  # No such day, or one before the year 1: no report means that.


def _clause_before(span: DateSpan, text: str) -> set[str]:
    """The words before a date in its clause: in "as you will know: on Monday", "on" only."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    return {*re.findall(r"[a-z]+", _CLAUSE.split(before)[-1].lower())}


def _relative(
    span: DateSpan, published: date | None, *, is_coming: bool, is_sure: bool
) -> DateMention | None:
    if span.relative == "fixed":
        edtf = word_lists("dates")["fixed"][span.words[0]]
        return DateMention(edtf, period(edtf).text)
    if published is None:
        return DateMention("", "", "publication", (), UNKNOWN_DAY)
    try:
        reading = read_relative(span, published, is_coming=is_coming, is_sure=is_sure)
        return None if reading is None else _of_reading(reading)
    except (OverflowError, ValueError):
        return None  # Before the year 1: no report means that.


def _of_reading(reading: RelativeReading) -> DateMention:
    candidates = tuple(DateCandidate(one, period(one).text) for one in reading.candidates)
    words = period(reading.edtf).text if reading.edtf else ""
    return DateMention(reading.edtf, words, "publication", candidates, reading.question)


def _offset(span: DateSpan, published: date | None) -> DateMention | None:
    """Days or weeks before or after a date that is named: "two days before 11 September 2001"."""
    number, unit, way, named = span.words
    fixed = word_lists("dates")["fixed"]
    bare = named.removeprefix("the ")
    known = fixed.get(bare, fixed.get(bare.removesuffix(" attacks"), ""))
    base = DateMention(known, "") if known else _stated(named, published)
    days = (count_of(number) or 1) * (7 if unit == "week" else 1)
    if base is None or not base.edtf or is_long(period(base.edtf)):
        return base
    day = period(base.edtf).earliest or date.max
    edtf = (day + timedelta(-days if way == "before" else days)).isoformat()
    return DateMention(edtf, period(edtf).text, base.basis)


@lru_cache(maxsize=1 << 10)
def _stated(words: str, published: date | None, *, is_coming: bool = False) -> DateMention | None:
    """A date that the words state, or whose year follows from the day of publication."""
    plain = _as_written(words)
    found = read_date(plain, around=published)
    if found.edtf:
        return DateMention(found.edtf, found.words)
    if "lunar" in found.question:
        return DateMention("", "", "stated", (), found.question)
    if not found.candidates:
        return _of_weekday(plain, published)
    if len(found.candidates) == 1 and _is_plain_in_text(plain, found.question):
        return DateMention(found.candidates[0].edtf, found.candidates[0].words)
    if published is not None and (
        value := _completed(plain, found, published, is_coming=is_coming)
    ):
        return value
    basis: Literal["stated", "publication"] = "stated" if _YEAR.search(plain) else "publication"
    question = found.question if published or basis == "stated" else UNKNOWN_DAY
    return DateMention("", "", basis, found.candidates, question)


def _as_written(words: str) -> str:
    """The words as dates are written: "20 May" for "May the twentieth", no "in the hours of"."""
    plain = _HOURS.sub("", _FILLER.sub("", _WEEK_OF_DAYS.sub("", words)))
    plain = _CLOCKED.sub(r"\1 \2 20\3", _LISTED.sub(r"\1 to \2", plain))
    if solar := _SOLAR_LAST.fullmatch(plain):
        plain = "/".join(solar.groups()[::-1])
    ordinals = {one: str(n) for n, one in enumerate(word_lists("dates")["ordinals"], start=1)}
    plain = _ORDINAL.sub(lambda found: ordinals.get(found[0].lower(), found[0]), plain)
    return _MONTH_DAY.sub(r"\2 \1", plain)


def _is_plain_in_text(words: str, question: str) -> bool:
    """Whether what is asked of a date alone is clear in running text.

    A date of numbers alone is of the usual calendar, and two digits are those of this century.
    """
    if "calendar" in question:
        return _NUMERIC.fullmatch(words) is not None
    return "two digits" in question


def _of_weekday(words: str, published: date | None) -> DateMention | None:
    """A day of the week with the day of a month, "Sat 14", which is near the day of publication."""
    match = re.fullmatch(r"([A-Za-z]{3,9}),?\s+(?:the )?(\d{1,2})(?:st|nd|rd|th)?", words)
    if match is None or match[1].lower() not in WEEKDAYS:
        return None
    if published is None:
        return DateMention("", "", "publication", (), UNKNOWN_DAY)
    day = last_weekday(match[1].lower(), published)
    for back in range(min(6, (day - date.min).days // 7 + 1)):
        if (one := day - timedelta(7 * back)).day == int(match[2]):
            return DateMention(one.isoformat(), period(one.isoformat()).text, "publication")
    return None


def _completed(
    plain: str, found: WrittenDate, published: date, *, is_coming: bool = False
) -> DateMention | None:
    """The date with the year that is nearest before the day of publication, or after it."""
    if _YEAR.search(plain):
        return _of_night(found)
    fitting = []
    is_solar = any(word.lower() in SOLAR_HIJRI for word in re.findall(r"[A-Za-z]+", plain))
    this = published.year - (_HIJRI_YEARS if is_solar else 0)
    for year in (this, this - 1, this + 1):
        dated = read_date(f"{plain} {year}")
        if not dated.edtf and dated.candidates and "night" in dated.question.lower():
            dated = WrittenDate(plain, dated.candidates[0].edtf, dated.candidates[0].words)
        if dated.edtf:
            fitting.append(dated)
    past = [one for one in fitting if _begins(one.edtf) <= published]
    if not past:
        return _near(found, published)
    latest = max(past, key=lambda one: _begins(one.edtf))
    soon = timedelta(365 if is_coming else _SOON)
    coming = [one for one in fitting if timedelta(0) < _begins(one.edtf) - published <= soon]
    if coming and published - _begins(latest.edtf) > timedelta(_SOON):
        if is_coming:
            nearest = min(coming, key=lambda one: _begins(one.edtf))
            return DateMention(nearest.edtf, nearest.words, "publication")
        options = tuple(DateCandidate(one.edtf, one.words) for one in (latest, *coming))
        question = "The year is missing; the date can be before or after the report."
        return DateMention("", "", "publication", options, question)
    return DateMention(latest.edtf, latest.words, "publication")


def _of_night(found: WrittenDate) -> DateMention | None:
    """A night with its date is the day on which it begins, and the next one."""
    if found.question.startswith("A night"):
        last = found.candidates[-1]
        return DateMention(last.edtf, last.words)
    return None


def _near(found: WrittenDate, published: date) -> DateMention | None:
    """The one candidate that is within a month of the day of publication, as of a short year."""
    near = [
        one for one in found.candidates
        if abs(_begins(one.edtf) - published) <= timedelta(_SOON)
    ]  # fmt: skip
    if len(near) != 1:
        return None
    return DateMention(near[0].edtf, near[0].words, "publication")


def _begins(edtf: str) -> date:
    known = period(edtf)
    return known.earliest or known.latest or date.max
