"""Parse cells that give a first and a last day: "28-30 Sep 2019", "28/09/2019 - 30/09/2019".

Both ends must be valid under the order and calendar of the column, and the first must come first;
anything else is not read. A range is never reduced to one of its days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from geo.events.cells.dates import DateReading, plain_date, read_day, read_span

Span = tuple[date, date]
_LONGEST: Final = 80
"""Longest text read, in characters: twice the longest date in words, with the day of the week."""
_FROM: Final = re.compile(r"^from\s+", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"between\s+(.+?)\s+and\s+(.+)", re.IGNORECASE)
_CUT: Final = re.compile(r"\s*[-–—]\s*|\s+(?:to|until|till|through)\s+|\s+/\s+", re.IGNORECASE)
_SHARED_MONTH: Final = re.compile(
    r"([^\W\d_]{3,11}\.? )(\d{1,2}(?:st|nd|rd|th)?) ?(?:[-–—]|to) ?"
    r"(\d{1,2}(?:st|nd|rd|th)?)(,? \d{4})"
)
"""Month, first and last day, year: the month before and the year after belong to both ends."""
_PIECE: Final = re.compile(r"(\d+)(?:st|nd|rd|th)?|[^\W\d_]+\.?")
_COMPACT_DIGITS: Final = 8
"""Digits of a date without separators, such as 20240501."""


class RangeEnds(NamedTuple):
    """The texts of the first and the last day.

    Parameters
    ----------
    first, last
        Each with the month and year that the cell gives once for both.
    only_day
        Whether the cell gives only a day of the month for the first.
    """

    first: str
    last: str
    only_day: bool = False


@lru_cache(maxsize=1 << 14)  # distinct texts of a column, a few MB
def read_interval(text: str, reading: DateReading, zone: ZoneInfo | None = None) -> Span | None:
    """Parse a cell to its first and last day: a day, a month, a year, an EDTF date or a range.

    Examples
    --------
    >>> for text in ("28-30 Sep 2019", "Sep 28-30, 2019", "28 Sep to 2 Oct 2019"):
    ...     print(*read_interval(text, DateReading()))
    2019-09-28 2019-09-30
    2019-09-28 2019-09-30
    2019-09-28 2019-10-02
    >>> read_interval("30-28 Sep 2019", DateReading()), read_interval("5-7", DateReading())
    (None, None)
    """
    if span := read_span(text, reading, zone):
        return span
    read = {_between(ends, reading, zone) for ends in range_ends(text)} - {None}
    # A text that can be split in two ways that differ is ambiguous, so it is not read.
    return read.pop() if len(read) == 1 else None


def range_ends(text: str) -> Iterator[RangeEnds]:
    """Yield the ways to split a text into two ends, each completed from the other.

    Examples
    --------
    >>> for text in ("28-30/09/2019", "Sep 28-30, 2019"):
    ...     print(*range_ends(text))
    RangeEnds(first='28/09/2019', last='30/09/2019', only_day=True)
    RangeEnds(first='Sep 28, 2019', last='Sep 30, 2019', only_day=False)
    """
    bare = _FROM.sub("", plain_date(text))
    if len(bare) > _LONGEST:
        return
    if match := _SHARED_MONTH.fullmatch(bare):
        month, first, last, year = match.groups()
        yield RangeEnds(f"{month}{first}{year}", f"{month}{last}{year}")
        return
    if match := _BETWEEN.fullmatch(bare):
        cuts = [(match[1], match[2])]
    else:
        cuts = [(bare[: one.start()], bare[one.end() :]) for one in _CUT.finditer(bare)]
    for one, two in cuts:
        first, last = plain_date(one).rstrip("."), plain_date(two)
        if whole := _completed(first, last):
            yield RangeEnds(whole, last, first.isdecimal() and first != whole)


def _completed(first: str, last: str) -> str:
    """Complete the first end with the month and year of the last; empty if they do not match."""
    pieces, others = list(_PIECE.finditer(first)), list(_PIECE.finditer(last))
    if not pieces or len(others) < len(pieces):
        return ""
    alike = all(bool(one[1]) == bool(two[1]) for one, two in zip(pieces, others, strict=False))
    return first + last[others[len(pieces) - 1].end() :] if alike else ""


def _between(ends: RangeEnds, reading: DateReading, zone: ZoneInfo | None) -> Span | None:
    one, two = (_end(text, reading, zone) for text in (ends.first, ends.last))
    if one is None or two is None or one[1] >= two[0]:
        return None
    days = [span[0] == span[1] for span in (one, two)]
    same_month = (one[0].year, one[0].month) == (two[1].year, two[1].month)
    sound = (all(days) and same_month) if ends.only_day else days[0] == days[1]
    return (one[0], two[1]) if sound else None


def _end(text: str, reading: DateReading, zone: ZoneInfo | None) -> Span | None:
    """Parse one end; ``None`` where it would need a warning, which a range cannot carry."""
    if text.isdecimal() and len(text) != _COMPACT_DIGITS:
        return None
    read = read_day(text, reading, zone)
    return None if read.other_order or read.shifted else read_span(text, reading, zone)
