"""How well reports are turned into records: suggested records against the labelled events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.labelled_reports import Figure, LabelledEvent, LabelledReport
from benchmarks.reading_scores import FoundInReport, Miss, Tally
from benchmarks.reading_values import agree, candidate_codes, codes, keys, party, same_days
from geo.reports.suggestions import Confidence, SuggestedGroup, SuggestedRecord

_CONFIDENCES: Final[tuple[Confidence, ...]] = ("high", "medium", "low")


@dataclass(slots=True)
class DateTally:
    """How many events with a date have a suggested one that is exact, near, wrong, or open.

    *Near* is a day from it. *Open* is no date, whether it is asked for or not found.
    """

    exact: int = 0
    near: int = 0
    wrong: int = 0
    open: int = 0

    @property
    def dates(self) -> int:
        """How many events have a date."""
        return self.exact + self.near + self.wrong + self.open

    @property
    def share_exact(self) -> float:
        """The share of the dates that are exact."""
        return self.exact / self.dates if self.dates else 1.0

    @property
    def share_near(self) -> float:
        """The share of the dates that are exact or a day from it."""
        return (self.exact + self.near) / self.dates if self.dates else 1.0

    @property
    def share_near_of_given(self) -> float:
        """The same share of those dates for which a date is suggested at all."""
        given = self.dates - self.open
        return (self.exact + self.near) / given if given else 1.0


@dataclass(slots=True)
class EventScores:
    """The tallies of all reports, and every miss.

    Parameters
    ----------
    documents
        Reports by whether all of their provinces are right, and no other one is suggested.
    leading
        Reports by whether the record of the highest confidence, of those with a province, is in
        provinces of the report.
    provinces, groups, figures
        Each province of a report, and each party and figure of an event.
    sides
        Parties that are suggested on the right side, and on the wrong one.
    extra
        Suggested records that are no labelled event.
    """

    documents: Tally = field(default_factory=Tally)
    leading: Tally = field(default_factory=Tally)
    provinces: Tally = field(default_factory=Tally)
    dates: DateTally = field(default_factory=DateTally)
    groups: Tally = field(default_factory=Tally)
    sides: Tally = field(default_factory=Tally)
    figures: Tally = field(default_factory=Tally)
    events: Tally = field(default_factory=Tally)
    misses: list[Miss] = field(default_factory=list)

    def add(self, report: LabelledReport, found: FoundInReport) -> None:
        """Count one report."""
        records = [one for one in found.suggestions if not one.apart]
        self._add_provinces(report, records)
        self._add_leading(report, records)
        events = [one for one in report.events if "outside" not in one.where]
        pairs = list(_pairs(events, records))
        self.events.right += len(pairs)
        self.events.missed += len(events) - len(pairs)
        self.events.false += len(records) - len(pairs)
        for event in events:
            record = next((two for one, two in pairs if one is event), None)
            self._add_date(report, event, record)
            self._add_groups(report, event, record)
            self._add_figures(report, event, record)

    def _add_provinces(self, report: LabelledReport, records: Sequence[SuggestedRecord]) -> None:
        named = {code for one in records for code in provinces_of(one)}
        offered = {
            code for one in records for place in one.places
            for code in candidate_codes(place.location)
        } | _asked_of_dateline(report, records)  # fmt: skip
        wanted, strange = report.provinces, named - report.possible_provinces
        tally = self.provinces
        tally.right += len(wanted & named)
        tally.open += len((wanted - named) & offered)
        tally.missed += len(wanted - named - offered)
        tally.false += len(strange)
        if strange:
            self.documents.wrong += 1
        elif wanted <= named:
            self.documents.right += 1
        elif wanted <= named | offered:
            self.documents.open += 1
        else:
            self.documents.missed += 1
        if strange or not wanted <= named:
            fault = "wrong" if strange else "missed"
            self._miss(report, "province", fault, sorted(wanted), sorted(named))

    def _add_leading(self, report: LabelledReport, records: Sequence[SuggestedRecord]) -> None:
        if not report.provinces:
            return
        placed = [one for one in records if provinces_of(one)]
        if not placed:
            self.leading.missed += 1
        elif provinces_of(min(placed, key=_doubt)) <= report.possible_provinces:
            self.leading.right += 1
        else:
            self.leading.wrong += 1

    def _add_date(
        self, report: LabelledReport, event: LabelledEvent, record: SuggestedRecord | None
    ) -> None:
        if not event.when:
            return
        edtf = record.when.date.edtf if record and record.when else ""
        if not edtf:
            self.dates.open += 1
        elif same_days(edtf, event.when):
            self.dates.exact += 1
            return
        elif same_days(edtf, event.when, within=1):
            self.dates.near += 1
        else:
            self.dates.wrong += 1
        self._miss(report, "when", "wrong" if edtf else "missed", event.when, [edtf])

    def _add_groups(
        self, report: LabelledReport, event: LabelledEvent, record: SuggestedRecord | None
    ) -> None:
        sides = (event.by, event.against)
        named = (
            [_parties(side) for side in (record.groups, record.against)] if record else [set()] * 2
        )
        # What only "the policemen" stands for cannot be found.
        named_in_text = {
            key for one in report.labels if one.kind == "group" and one.is_counted
            for key in one.values
        }  # fmt: skip
        wanted = {one for side in sides for one in side if one in named_in_text}
        possible = {one.lstrip("~") for side in sides for one in side}
        found = named[0] | named[1]
        right, missed, false = found & wanted, wanted - found, (found & keys()) - possible
        self.groups += Tally(right=len(right), missed=len(missed), false=len(false))
        for one in right:
            at = 0 if one in event.by else 1
            self.sides += Tally(right=one in named[at], wrong=one not in named[at])
        if missed or false:
            self._miss(
                report, "groups", "wrong" if false else "missed", sorted(wanted), sorted(found)
            )

    def _add_figures(
        self, report: LabelledReport, event: LabelledEvent, record: SuggestedRecord | None
    ) -> None:
        found = set(figures_of(record)) if record else set()
        stated = {one for one in event.figures if one[1] != Figure()}
        right = {one for one in stated if any(_is_figure(one, two) for two in found)}
        in_text = [
            (counted, Figure.of(value))
            for one in report.labels if one.kind == "number"
            for counted in one.also for value in one.values if value != "open"
        ]  # fmt: skip
        false = {two for two in found if not any(_is_figure(one, two) for one in in_text)}
        self.figures += Tally(right=len(right), missed=len(stated - right), false=len(false))
        if stated - right or false:
            fault = "wrong" if false else "missed"
            self._miss(report, "figures", fault, sorted(map(str, stated)), sorted(map(str, found)))

    def _miss(
        self,
        report: LabelledReport,
        what: str,
        fault: str,
        wanted: Iterable[str],
        found: Iterable[str],
    ) -> None:
        words = ("; ".join(wanted), "; ".join(found))
        self.misses.append(Miss(report.id, what, fault, what, *words))


def _asked_of_dateline(
    report: LabelledReport, records: Sequence[SuggestedRecord]
) -> frozenset[str]:
    """The provinces of the dateline, if a record without a place asks whether it happened there."""
    asked = " ".join(one for record in records if not record.places for one in record.questions)
    return frozenset(
        value for one in report.labels
        if one.kind == "place" and one.in_dateline and one.text in asked
        for value in one.values
    )  # fmt: skip


def _doubt(record: SuggestedRecord) -> int:
    """0 for records of high confidence, 1 and 2 for the others."""
    return _CONFIDENCES.index(record.confidence)


def provinces_of(record: SuggestedRecord) -> frozenset[str]:
    """The codes of the provinces of a suggested record."""
    return frozenset().union(*(codes(place.location) for place in record.places))


def figures_of(record: SuggestedRecord) -> Iterator[tuple[str, Figure]]:
    """The figures of all claims of a suggested record, without those that only ask."""
    for claim in record.claims:
        for one in claim.figures:
            number = one.number
            figure = Figure(number.low, number.best, number.high)
            if figure != Figure() and number.of_what != "other":
                yield number.of_what, figure


def _is_figure(stated: tuple[str, Figure], found: tuple[str, Figure]) -> bool:
    return stated[0] == found[0] and agree(stated[1], found[1])


def _parties(side: Iterable[SuggestedGroup]) -> set[str]:
    groups = [one.group for one in side]
    return {party(one.key or one.name) for one in groups if not one.candidates}


def _pairs(
    events: Sequence[LabelledEvent], records: Sequence[SuggestedRecord]
) -> Iterator[tuple[LabelledEvent, SuggestedRecord]]:
    """Each event with the record that is most like it; a record belongs to one event."""
    likeness = sorted(
        ((-_likeness(event, record), at, to) for at, event in enumerate(events)
         for to, record in enumerate(records)),
    )  # fmt: skip
    events_left, records_left = {*range(len(events))}, {*range(len(records))}
    for unlike, at, to in likeness:
        if unlike < 0 and at in events_left and to in records_left:
            events_left.remove(at)
            records_left.remove(to)
            yield events[at], records[to]


def _likeness(event: LabelledEvent, record: SuggestedRecord) -> int:
    """How much they share: places count most, then dates, figures and parties."""
    named = provinces_of(record)
    points = 8 * len(named & event.provinces) - 4 * len(named - event.possible_provinces)
    points += 2 * (not named and not event.provinces)
    edtf = record.when.date.edtf if record.when else ""
    points += 4 * bool(edtf and same_days(edtf, event.when))
    points += sum(any(_is_figure(one, two) for two in figures_of(record)) for one in event.figures)
    parties = {one.lstrip("~") for one in (*event.by, *event.against)}
    return points + len(parties & (_parties(record.groups) | _parties(record.against)))
