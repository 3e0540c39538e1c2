"""How long ago a presence claim was last reported, as of a given day.

An event stays true once it has happened; a presence claim goes out of date. Its age is counted
from the last day that the claim may be about, so that no claim is called older than it is.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from geo.dossier.evidence import Evidence
from geo.dossier.periods import Period
from geo.dossier.records import DETAILS, Dossier, Presence
from geo.text import counted
from geo.wording.sentences import speaker

Age = Literal["fresh", "ageing", "old"]
FRESH_MONTHS: Final = 6
"""A presence claim is fresh for fewer months than this."""
OLD_MONTHS: Final = 18
"""A presence claim is old after more months than this. Both limits are a convention of this
program, not of a codebook; every legend that uses them states them."""


@dataclass(frozen=True, slots=True)
class AgeMeaning:
    """An age class: its key, its name in a legend, and the phrase that a card uses."""

    key: Age
    label: str
    words: str


AGES: Final = (
    AgeMeaning(
        "fresh", f"Under {FRESH_MONTHS} months ago",
        f"last reported less than {FRESH_MONTHS} months ago",
    ),
    AgeMeaning(
        "ageing", f"{FRESH_MONTHS} to {OLD_MONTHS} months ago",
        f"last reported {FRESH_MONTHS} to {OLD_MONTHS} months ago",
    ),
    AgeMeaning(
        "old", f"Over {OLD_MONTHS} months ago",
        f"last reported more than {OLD_MONTHS} months ago",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LatestReport:
    """The latest claim that a group is present.

    Parameters
    ----------
    when
        The date that the claim counts for; its last day is known.
    by
        Who made the claim.
    """

    when: Period
    by: str

    @property
    def day(self) -> date:
        """The last day of the date."""
        return self.when.latest or date.max


def latest_report(evidence: Evidence, dossier: Dossier) -> LatestReport | None:
    """The latest claim of a presence record; ``None`` where no claim has a known last day.

    Repeating an old claim does not make it more recent: a claim counts for the date that it is
    about, or the date on which it was made, whichever is earlier.
    """
    return max(_reports(evidence, dossier), key=lambda report: report.day, default=None)


def age_of(report: LatestReport, as_of: date) -> Age:
    """The age class of a presence claim on a day.

    Examples
    --------
    >>> from geo.dossier.periods import period
    >>> report = LatestReport(period("2024-01-29"), "UN")
    >>> [age_of(report, date(2024, 7, 28)), age_of(report, date(2025, 7, 29))]
    ['fresh', 'ageing']
    >>> age_of(report, date(2025, 7, 30))
    'old'
    """
    if as_of < _later(report.day, FRESH_MONTHS):
        return "fresh"
    return "old" if as_of > _later(report.day, OLD_MONTHS) else "ageing"


def say_latest_report(report: LatestReport, as_of: date | None = None) -> str:
    """When and by whom a presence was last reported, and how many months before a day that was.

    Examples
    --------
    >>> from geo.dossier.periods import period
    >>> say_latest_report(LatestReport(period("2024-01-29"), "UN"), date(2025, 11, 1))
    'last reported 29 January 2024 by UN; 21 months ago'
    >>> say_latest_report(LatestReport(period("2024"), "NRF"), date(2026, 10, 1))
    'last reported 2024 by NRF; at least 21 months ago'
    """
    when = report.when
    words = f"last reported {when.text} by {report.by}"
    months = 0 if as_of is None else _months(report.day, as_of)
    if not months:
        return words
    about = "about " if when.loose else "" if when.precision == "day" else "at least "
    return f"{words}; {about}{counted(months, 'month')} ago"


def _reports(evidence: Evidence, dossier: Dossier) -> Iterator[LatestReport]:
    record = evidence.record
    if not isinstance(record, Presence):
        return
    end = record.period.latest
    about = record.last or record.first
    for claim, stance in evidence.claims:
        if stance != "asserts" or claim.says in DETAILS:
            continue
        made = claim.date or dossier.sources[claim.source].published
        is_earlier = made.latest is not None and (end is None or made.latest <= end)
        when = made if is_earlier else about
        if when.latest is not None:
            yield LatestReport(when, speaker(claim, dossier.groups))


def _months(day: date, as_of: date) -> int:
    """Whole months from `day` to `as_of`; 0 if `as_of` is earlier."""
    months = (as_of.year - day.year) * 12 + as_of.month - day.month
    return max(0, months - (_later(day, months) > as_of)) if months > 0 else 0


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
