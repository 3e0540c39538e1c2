"""Days of a month that stand alone at the head of entries, in a text about that month.

"Incidents of May 2022", then "16: two men died" and "18: one man died".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from geo.dossier.period_faults import DateError
from geo.dossier.periods import period
from geo.reports.date_patterns import date_pattern
from geo.reports.date_spans import DateSpan
from geo.reports.mentions import DateMention, Mention
from geo.reports.stated_dates import stated

_HEAD_LINES: Final = 4
"""Lines at the beginning of a text among which the month is named."""
_HEAD_WORDS: Final = 10
"""Most words of such a line."""
_MONTH: Final = re.compile(r"\d{4}-\d\d")


def numbered_days(text: str, spans: Sequence[DateSpan]) -> list[Mention]:
    r"""The days of a month at the head of entries; none, if they may be plain numbers of entries.

    Numbers that go on one by one are those of entries, unless they are written "16th".

    Returns
    -------
    list of Mention
        From left to right.

    Examples
    --------
    >>> from geo.reports.date_spans import date_spans
    >>> text = "Incidents, May 2022\n16: Two died.\n19: One died."
    >>> [(one.text, one.value.edtf) for one in numbered_days(text, date_spans(text))]
    [('16', '2022-05-16'), ('19', '2022-05-19')]
    >>> numbered_days("Incidents, May 2022\n1: Two died.\n2: One died.", date_spans(text))
    []
    """
    found = list(date_pattern("entry_day").finditer(text))
    numbers = [int(one["w1"]) for one in found]
    if len(found) < 2 or numbers != sorted(numbers):  # noqa: PLR2004 - several
        return []
    are_days = all(one["w2"] for one in found)
    steps = {second - first for first, second in pairwise(numbers)}
    month = _month_of_head(text, spans) if are_days or steps != {1} else ""
    days = [_day(month, number) for number in numbers] if month else []
    if not days or not all(days):
        return []
    starts = {one.start("of") for one in found}
    stated_dates = (range(one.start, one.end) for one in spans if one.kind == "stated")
    taken = {at for one in stated_dates for at in one if at in starts}
    return [
        Mention("date", one.start("of"), one.end("of"), one["of"], value)
        for one, value in zip(found, days, strict=True)
        if value and one.start("of") not in taken
    ]


def _month_of_head(text: str, spans: Sequence[DateSpan]) -> str:
    """The only month that one of the first lines names; empty if there is none."""
    found: set[str] = set()
    start = 0
    for line in text.split("\n")[:_HEAD_LINES]:
        end = start + len(line)
        if len(line.split()) <= _HEAD_WORDS:
            here = [one for one in spans if start <= one.start < end and not one.is_relative]
            values = [stated(text[one.start : one.end], None) for one in here]
            found |= {one.edtf for one in values if one is not None}
        start = end + 1
    months = {one for one in found if _MONTH.fullmatch(one)}
    return months.pop() if len(months) == 1 else ""


def _day(month: str, number: int) -> DateMention | None:
    """A day of a month; ``None`` if the month does not have it."""
    try:
        known = period(f"{month}-{number:02}")
    except DateError:
        return None
    return DateMention(known.edtf, known.text)
