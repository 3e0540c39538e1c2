"""The lines at the beginning and end of a text that only say when it was written.

Such a line has a date between signs, or after a word such as "issued", and little else: "14 June
2012 | NAME", "Sent: Thu 14/06/2012 16:52". A title that has the day of what it is about has words
around it: "Battle of 2 May 2012", "The 2 May 2012 raid".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from geo.reports.date_patterns import date_pattern
from geo.reports.date_spans import DateSpan, date_spans

_WORDS: Final = 20
"""Most words of such a line."""
_AFTER: Final = 5
"""Most words that follow the date: "at 4:52 PM, NAME wrote"."""
_BEGINNING: Final = 40
"""Characters of a line in which the date of an entry is."""
_LAST: Final = 3
"""Lines at the end of a text among which its date can be."""
_YEAR: Final = re.compile(r"\b(?:19|20|1[34])\d\d\b")


def head_dates(text: str) -> Iterator[str]:
    r"""The words of the dates of lines that only say when a text was written, the first ones first.

    Examples
    --------
    >>> list(head_dates("Press Office\n14 June 2012 | Kunduz\n\nTwo men were killed."))
    ['14 June 2012']
    >>> list(head_dates("Battle of 2 May 2012: an inquiry\n\nTwo men were killed."))
    []
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if _is_log(lines):
        return
    records = dates_of_records(text)
    head = next((at for at, line in enumerate(lines) if not _is_short(line)), len(lines))
    last = max(head, len(lines) - _LAST)
    for line in (*lines[:head], *filter(_is_short, lines[last:])):
        yield from (one for one in _of_line(line) if one not in records)


def dates_of_records(text: str) -> frozenset[str]:
    r"""The words of the dates of several fields "Date: ", which are those of several records.

    Examples
    --------
    >>> sorted(dates_of_records("Date: 3 May 2022\nA bomb.\nDate: 4 May 2022\nA raid."))
    ['3 May 2022', '4 May 2022']
    >>> dates_of_records("Date: 3 May 2022\nA bomb.")
    frozenset()
    """
    fields = frozenset(one["date"] for one in date_pattern("plain_field").finditer(text))
    return fields if len(fields) > 1 else frozenset()


def _is_log(lines: list[str]) -> bool:
    """Whether several lines begin with a date of their own, as the entries of a log do."""
    begun = {
        line[spans[0].start : spans[0].end]
        for line in lines
        if line[:1].isdigit() and (spans := date_spans(line[:_BEGINNING])) and not spans[0].start
    }
    return len(begun) > 1


def _is_short(line: str) -> bool:
    return len(re.findall(r"\w+", line)) <= _WORDS


def _of_line(line: str) -> Iterator[str]:
    """The dates of a line; none, if a word around one tells of something else."""
    named = date_spans(line)
    spans = [
        one for one in named if not one.is_relative and _YEAR.search(line[one.start : one.end])
    ]
    if not spans or not all(_is_alone(line, one) for one in spans):
        return
    # The same day in the lunar calendar can follow.
    lunar = (one.end for one in named if one.kind == "lunar" and one.start > spans[-1].end)
    rest = date_pattern("clock_time").sub("", line[max([spans[-1].end, *lunar]) :])
    is_short = len(rest.split()) <= _AFTER and not re.search(r"\d", rest)
    if is_short and not date_pattern("of_event").search(line[: spans[0].start]):
        yield from (line[one.start : one.end] for one in spans)


def _is_alone(line: str, span: DateSpan) -> bool:
    """Whether nothing but signs and words such as "issued on" are beside a date."""
    before = line[: span.start]
    if date_pattern("of_anything").search(before):
        return date_pattern("text_of").search(before) is not None
    is_begun = date_pattern("in_front_of_own").search(before)
    return bool(is_begun and date_pattern("after_own").match(line, span.end))
