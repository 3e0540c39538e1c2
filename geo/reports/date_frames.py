"""The days of a text itself: on which it, or a part of it, was written, and of which it tells."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from geo.dossier.periods import Period, period
from geo.reports.beside_dates import is_long
from geo.reports.date_counts import WEEK
from geo.reports.date_spans import DateSpan
from geo.reports.datelines import datelines, is_dated_head, published_in
from geo.reports.mentions import DateMention
from geo.reports.stated_dates import NEAR, stated

_HEAD_LINES: Final = 8
"""Lines at the beginning of a text among which its title and its own date are."""
_HEAD_WORDS: Final = 8
"""Most words of a line that only says when a text was published."""


class DateFrame:
    """The days of one text.

    Parameters
    ----------
    text
        With plain blanks.
    published
        The day of publication, if it is known.
    """

    def __init__(self, text: str, published: date | None) -> None:
        self.text, self.published = text, published
        self.lines = [(one.start, one.end) for one in datelines(text)]
        self.own = published_in(text)
        self.parts = self._parts()
        self.told: Period | None = None

    def _parts(self) -> list[tuple[int, date]]:
        """Where the parts of a text with datelines of their own begin, and their days; last first.

        Only of a text with several: in another one, the dateline may be older than the text.
        """
        found = []
        for line in datelines(self.text):
            value = stated(line.date, self.published) if line.date else None
            day = period(value.edtf).earliest if value is not None and value.edtf else None
            if day and (self.published is None or abs(self.published - day) <= NEAR):
                found.append((line.end, day))
        return found[::-1] if len(found) > 1 else []

    def day_at(self, span: DateSpan) -> date | None:
        """The day from which the words of a date are counted.

        A day of the week is one of those of which the text says at its head that it tells.
        """
        day = next((day for end, day in self.parts if end <= span.start), self.published)
        is_weekday = span.kind in {"weekday", "weekdays"} and not any(span.words[1:])
        if self.told is not None and is_weekday and day == self.published:
            return self.told.latest
        return day

    def add(self, span: DateSpan, value: DateMention) -> None:
        """Note a date at the head that says of which days the text tells: "8 to 14 September"."""
        if self.told or span.is_relative or not value.edtf or self.published is None:
            return
        days = period(value.edtf)
        if days.earliest is None or days.latest is None or not is_long(days):
            return
        is_recent = timedelta(0) <= self.published - days.latest <= NEAR
        is_short = (days.latest - days.earliest).days < WEEK
        if is_recent and is_short and self._is_on_head_line(span):
            self.told = days

    def is_own(self, span: DateSpan, value: DateMention) -> bool:
        """Whether a date is that of a dateline, or of a line that says when a text was written."""
        if any(start <= span.start < end for start, end in self.lines):
            return True
        is_day = self.own is not None and value.edtf == self.own.isoformat()
        return is_day and not span.is_relative and self._is_on_head_line(span)

    def _is_on_head_line(self, span: DateSpan) -> bool:
        """Whether a date ends one of the first lines, as in a title, or is a line of its own."""
        text = self.text
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
