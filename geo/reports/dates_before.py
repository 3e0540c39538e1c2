"""From which time named before the words of a date are counted: "that evening", "a day later"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from geo.dossier.periods import Period, period
from geo.reports.beside_dates import is_long, is_same_time
from geo.reports.date_spans import DateSpan
from geo.reports.mentions import DateMention
from geo.reports.wordlists import word_set


@dataclass(slots=True)
class DatesBefore:
    """What a text has named so far.

    Parameters
    ----------
    told
        The day, or longer time, of what is told.
    named
        The time named last, be it only in "since Monday".
    long
        The time named last that is no single day.
    day
        The last day that was stated.
    is_night
        Whether the day of what is told is that of "last night", which ended on the next.
    """

    told: Period | None = None
    named: Period | None = None
    long: Period | None = None
    day: date | None = None
    is_night: bool = False

    def counted_from(self, span: DateSpan, *, is_beside: bool) -> Period | None:
        """The time from which words are counted.

        "The same day" is that named last, and "a day later" counts from the one told of. "A day
        after he fled" counts back from a date beside it, or from what "it" was: after another
        sentence it may be a day later than what that told. After "last night", "two days before"
        counts from the day on which that night ended.
        """
        if span.kind == "clause" and not is_beside:
            return None
        if span.kind == "same_period":
            return self.long
        if span.kind == "moved" and self.is_night and self.told and self.told.latest:
            return period((self.told.latest + timedelta(1)).isoformat())
        return self.named if is_same_time(span) else self.told

    def add(self, span: DateSpan, value: DateMention) -> None:
        """Note a date; that of a clause, "a week after a bombing", is only about that clause."""
        if value.edtf and not span.is_relative:
            self.day = period(value.edtf).latest or self.day
        if span.kind != "clause":
            self.named = _named_in(value) or self.named
            night = " ".join(span.words[0].split()) if span.kind == "day" else ""
            self.is_night = night in word_set("dates", "night_days")
        self.told = self._told_after(span, value)
        if self.told and is_long(self.told) and span.kind != "same_period":
            self.long = self.told

    def _told_after(self, span: DateSpan, value: DateMention) -> Period | None:
        """The time of what is told after a date.

        Of "since Monday" it is that Monday, if nothing was named before. A month without its year
        is no time to count from.
        """
        if span.kind == "clause" or not value.edtf:
            is_month = span.kind in {"stated", "month", "bare_month"}
            return None if is_month and not value.edtf else self.told
        is_open = ".." in value.edtf
        return self.told or _named_in(value) if is_open else period(value.edtf)


def _named_in(value: DateMention) -> Period | None:
    """What is named in a date, be its end open: the Monday of "since Monday"."""
    first, _, last = value.edtf.partition("/")
    edtf = first if last == ".." else last if first == ".." else value.edtf
    return period(edtf) if edtf else None
