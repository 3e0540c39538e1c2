"""The day on which a text was published, and where it says that it was written: its dateline.

A dateline is what a press release or an agency puts before the first sentence: a town, often a
country, a date, the agency in brackets, a dash. The town is where the text was written, not where
anything happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from geo.dossier.periods import period
from geo.reports.date_patterns import date_pattern
from geo.reports.date_spans import date_spans
from geo.reports.head_dates import dates_of_records, head_dates
from geo.reports.language import with_plain_spaces
from geo.reports.sentences import SentenceSpan
from geo.reports.wordlists import word_set
from geo.written.date_words import GREGORIAN, WEEKDAYS
from geo.written.dates import read_date

_HEAD: Final = 2_500
"""Letters of the beginning of a text in which its own date is looked for: a title, a release
number, addresses and the first lines."""
_TITLE: Final = 12
"""Most words of a title that ends with a full stop."""
_LONG_SENTENCE: Final = re.compile(r"(?m)^(?:\S+[ \t]+){12,}\S*[.!?]\W*$")
"""A line of a text that has begun: a sentence, longer than a title."""
_NUMBERED: Final = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-[A-Z]{1,2}[-–]\d{2,4}\b"
)
"""The number of a release, which begins with the year and the month of its day."""
_NEAR_MONTHS: Final = 1
"""Months between the date of a release and its number, which is given before or after it."""
_SOLAR: Final = re.compile(r"1[34]\d\d[-/]\d{1,2}[-/]\d{1,2}")
"""A date of the Solar Hijri calendar, whose years no other calendar has now."""
_SOLAR_LAST: Final = re.compile(r"(1[3-9]|2\d|3[01])[/.](0?[1-9]|1[0-2])[/.](1[34]\d\d)")
"""The same with the day first, where it cannot be the month."""
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_MONTHS: Final = 12
"""Months of a year."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a text says that it was written, and when.

    Parameters
    ----------
    start, end
        Characters of the text.
    date
        The words of the date; empty if there is none.
    """

    start: int
    end: int
    date: str = ""


def datelines(text: str) -> Iterator[Dateline]:
    """The datelines at the beginning of a text, in order, then one on the line of who issues it.

    Examples
    --------
    >>> [(one.start, one.date) for one in datelines("KABUL, Afghanistan (Sept. 20, 2012) – A man")]
    [(0, 'Sept. 20, 2012')]
    >>> list(datelines("A man was killed in Kunduz on 20 September 2012."))
    []
    """
    for match in date_pattern("dateline").finditer(with_plain_spaces(text[:_HEAD])):
        inside = date_pattern("own_date").search(match["agency"] or "")
        named = match["place"].lower()
        if named in WEEKDAYS or named in word_set("dates", "no_towns"):
            continue  # "Sat 8 September:" heads an entry; no town has that name.
        said = match["date"] or match["later"] or (inside[0] if inside else "")
        is_closed = bool(match["dash"].strip()) or bool(said)
        # "TOWN, District:" heads an entry of a list; "TOWN, Country -" is a dateline.
        is_headed = match["dash"].strip() == ":"
        is_entry = is_headed and "," in match[0]
        goes_on = bool(said) and text[match.end() :].lstrip()[:1].islower()
        if is_entry and (goes_on or _LONG_SENTENCE.search(text[: match.start("place")])):
            continue  # "TOWN, 4 July: two men killed" tells what happened then.
        town = match["place"] if is_headed else match["place"].partition(",")[0]
        if is_closed and (said or match["agency"] or town.isupper()):
            yield Dateline(match.start("place"), match.end(), said)
    for match in date_pattern("day_and_agency").finditer(with_plain_spaces(text[:_HEAD])):
        yield Dateline(match.start("date"), match.end(), match["date"])
    if issued := date_pattern("issued").match(with_plain_spaces(text[:_HEAD])):
        yield Dateline(issued.start("place"), issued.end(), issued["date"])


def after_datelines(text: str, spans: Iterable[SentenceSpan]) -> tuple[SentenceSpan, ...]:
    """The sentences of a text, those that begin with a dateline without it.

    Returns
    -------
    tuple of SentenceSpan
        In order. A dateline alone in its sentence stays, and so does "NAME:", which may speak.

    Examples
    --------
    >>> from geo.reports.sentences import sentences
    >>> text = "KUNDUZ, Dec. 5, 2020 - Two men were killed."
    >>> (span,) = after_datelines(text, sentences(text))
    >>> text[span.start:span.end]
    'Two men were killed.'
    """
    ends = [(one.start, one.end) for one in datelines(text) if text[one.end - 1] != ":"]
    found = []
    for span in spans:
        cut = next((end for start, end in ends if start <= span.start < end < span.end), None)
        if cut is not None:
            gap = text[cut : span.end]
            span = span._replace(start=cut + len(gap) - len(gap.lstrip()))  # noqa: PLW2901 - the same sentence
        found.append(span)
    return tuple(found)


def published_in(text: str) -> date | None:
    r"""The day on which a text says that it was published; ``None`` if it is not clear.

    Parameters
    ----------
    text
        The text; only its beginning is read.

    Examples
    --------
    >>> published_in("KABUL, Afghanistan (Sept. 20, 2012) – A combined force detained a man.")
    datetime.date(2012, 9, 20)
    >>> published_in("Kunduz, 15 Mar (Reuters) - Two men were killed.") is None  # which year?
    True
    >>> published_in("05/06/2012\nTwo men were killed.") is None  # May or June?
    True
    """
    head = with_plain_spaces(text[:_HEAD])
    for said in chain(_stated(head), head_dates(with_plain_spaces(text)), _titles(head)):
        day = _day(said, head)
        if day is not None:
            return day
    return None


def _stated(head: str) -> Iterator[str]:
    """The dates of publication that the beginning of a text may state, the surest first."""
    yield from (one.date for one in datelines(head) if one.date)
    yield from _labelled(head)
    if headed := _headed(head, head):
        yield headed["date"]
    lines = [line.strip() for line in head.split("\n")]
    for line in lines:
        if date_pattern("date_line").fullmatch(line):
            yield line.strip(" -–—()[]|·*#_")


def _labelled(head: str) -> Iterator[str]:
    """The dates of fields such as "Published: ", without those of incidents."""
    records = dates_of_records(head)
    for match in date_pattern("labelled").finditer(head):
        if match["date"] not in records and not _is_of_event(head, match.start()):
            yield match["date"]


def _is_of_event(head: str, start: int) -> bool:
    """Whether a field is that of what happened: "Date of incident: "."""
    return date_pattern("of_field").search(head, head.rfind("\n", 0, start) + 1, start) is not None


def _titles(head: str) -> Iterator[str]:
    """The dates with which one of the first two lines ends, unless it is a sentence."""
    lines = [line for line in map(str.strip, head.split("\n")) if line][:2]
    records = dates_of_records(head)
    for line in lines:
        if line.endswith(".") and len(line.split()) > _TITLE:
            continue
        spans = [line[span.start : span.end] for span in date_spans(line) if not span.is_relative]
        is_last = len(spans) == 1 and line.rstrip(") .").endswith(spans[0].rstrip(" ."))
        if is_last and line.partition(spans[0])[0].rstrip().endswith(":"):
            is_last = not _is_of_event(line, line.find(spans[0]))
        if spans and spans[0] in records:
            continue
        if is_last and not date_pattern("on_day").search(line.partition(spans[0])[0]):
            yield spans[0]


def is_dated_head(text: str, end: int) -> bool:
    """Whether a date that ends at a character is that of the head with which a text begins."""
    head = text[:_HEAD]
    headed = _headed(text[: end + 2], head)
    return headed is not None and headed.end("date") == end


def _headed(beginning: str, head: str) -> re.Match[str] | None:
    """The date with which a text begins, after whoever issues it or before what it tells."""
    dated = date_pattern("dated_head").match(beginning)
    return dated or date_pattern("opened_by_day").match(head) or _title(head)


def _title(head: str) -> re.Match[str] | None:
    """The title with a date of a text that says that it is a release; a log has dates too."""
    is_release = _NUMBERED.search(head) or date_pattern("release").search(head)
    return date_pattern("titled").match(head) if is_release else None


def _day(said: str, head: str) -> date | None:
    """The day of the words of a date; the year may be that of the number of the release."""
    bare = re.sub(r"\.(?=,| \d{4})", "", date_pattern("nought").sub("", said))
    if solar := _SOLAR_LAST.fullmatch(bare):
        bare = "/".join(solar.groups()[::-1])
    found = read_date(bare)
    if not found.edtf and not _YEAR.search(bare) and (numbered := _NUMBERED.search(head)):
        found = read_date(f"{bare}, {_year_near(bare, numbered)}")
    if not found.edtf and _SOLAR.fullmatch(bare) and len(found.candidates) == 1:
        found = read_date(found.candidates[0].edtf)
    if not found.edtf:
        return None
    known = period(found.edtf)
    return known.earliest if known.earliest == known.latest else None


def _year_near(said: str, numbered: re.Match[str]) -> str:
    """The year in which a date is next to the month of a number; empty if it is in none."""
    words = (GREGORIAN.get(word.rstrip(".").lower()) for word in re.findall(r"[A-Za-z]+\.?", said))
    month = next((one for one in words if one), 0)
    at = int(numbered["year"]) * _YEAR_MONTHS + int(numbered["month"]) - 1
    for moved in (0, -_NEAR_MONTHS, _NEAR_MONTHS):
        year, index = divmod(at + moved, _YEAR_MONTHS)
        if index + 1 == month:
            return f"{year:04}"
    return ""
