"""How many sources speak of a province in a period at all: silence is not peace.

A source speaks of a province and period if one of the records with a claim from it can be there. It
certainly does if one of them is there in every reading. Filters on records make no difference: the
question is what the dossier has, not what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from geo.counts.bounds import counted_periods
from geo.counts.cells import there, within
from geo.counts.countable import ELSEWHERE, CountedRecords, counted_records, place_pattern
from geo.counts.period_units import DayRange, PeriodUnit, day_at, say_days
from geo.dossier.records import Record
from geo.table.workspace import Workspace
from geo.text import listed
from geo.view import View, say_day

NOT_PEACE: Final = (
    "No source in the dossier reports on this province in this period. That does not mean that "
    "nothing happened."
)
"""What a map says of a province of which no source speaks."""
PARTS_NOT_COVERED: Final = (
    "Source coverage is not shown: this file holds only a part of the records, and silence about "
    "the others would be taken for that of sources."
)
"""What a map says in place of the layer where only a part of the dossier is at hand."""
_ONE_PERIOD: Final = 400
"""Days up to which a period may be a year, a quarter or a month, with a few to spare."""
_FEW: Final = 6
"""Provinces that are listed in a sentence; beyond half of them, those that are covered are."""


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """How many sources speak of a province in a period.

    Parameters
    ----------
    low, high
        Sources that certainly do, and that may.
    sources
        Keys of the sources that may, sorted.
    """

    province: str
    first: date
    last: date
    low: int
    high: int
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageStep:
    """A number of sources that a map draws alike.

    Parameters
    ----------
    first, last
        Fewest and most sources; no ``last``: any number from the first.
    """

    first: int
    last: int | None
    label: str


COVERAGE_STEPS: Final = (
    CoverageStep(0, 0, "No source"),
    CoverageStep(1, 1, "1 source"),
    CoverageStep(2, 2, "2 sources"),
    CoverageStep(3, None, "3 or more sources"),
)
"""The steps in which a map draws coverage: none is hatched, one and two are tinted, more is plain.
The tint is a veil over what is little known: where most is known, nothing is drawn."""


def coverage_step(sources: int) -> int:
    """The position in :data:`COVERAGE_STEPS` of a number of sources.

    Examples
    --------
    >>> [coverage_step(number) for number in (0, 2, 3, 40)]
    [0, 2, 3, 3]
    """
    return min(sources, len(COVERAGE_STEPS) - 1)


def covered_provinces(record: Record, workspace: Workspace) -> tuple[str, ...]:
    """The provinces of which the sources of a record speak: all those in which it can be.

    Returns
    -------
    tuple
        ISO 3166-2 codes, sorted; none for a draft, which is not in the dossier yet, and for a
        withdrawn record.

    Examples
    --------
    A record "in the north" speaks of nine provinces:

    >>> from geo import open_workspace
    >>> workspace = open_workspace()
    >>> records = {one.id: one for one in workspace.reading.dossier.records}
    >>> len(covered_provinces(records["civilians-attacked-north-2022"], workspace))
    9
    """
    located = workspace.located
    if record.draft or located.reviews[record.id].state == "withdrawn":
        return ()
    pattern = place_pattern(located.places[record.id])
    return tuple(sorted(pattern.fixed.union(*pattern.choices) - {ELSEWHERE}))


def sources_by_province(
    workspace: Workspace, first: date | None = None, last: date | None = None
) -> dict[str, int]:
    """How many sources speak of each province in one period, or may.

    The same rule is in ``geo/webmap/js/view/coverage.js``.

    Parameters
    ----------
    first, last
        Days of the period, both included; ``None``: no limit.

    Returns
    -------
    dict
        Number of sources by the code of every province, in the order of the country.

    Examples
    --------
    >>> from geo import open_workspace
    >>> found = sources_by_province(open_workspace(), date(2023, 1, 1), date(2023, 12, 31))
    >>> {code: number for code, number in found.items() if number}
    {'AF-KAB': 3}
    """
    known = workspace.reading.dossier.sources.keys()
    found: dict[str, set[str]] = {one.code: set() for one in workspace.country.provinces}
    for record in workspace.reading.dossier.records:
        period = record.period
        is_before = first is not None and period.latest is not None and period.latest < first
        is_after = last is not None and period.earliest is not None and period.earliest > last
        if is_before or is_after:
            continue
        for code in covered_provinces(record, workspace):
            found[code] |= {claim.source for claim in record.claims} & known
    return {code: len(sources) for code, sources in found.items()}


def say_not_covered(
    numbers: Mapping[str, int], names: Mapping[str, str],
    first: date | None = None, last: date | None = None,
) -> str:  # fmt: skip
    """Say of which provinces no source speaks in one period.

    Parameters
    ----------
    numbers
        Of sources, by the code of the province.
    names
        Of the provinces, by code.

    Examples
    --------
    >>> numbers, names = {"XX-AL": 0, "XX-BI": 2}, {"XX-AL": "Alder", "XX-BI": "Birch"}
    >>> say_not_covered(numbers, names, date(2023, 1, 1), date(2023, 12, 31))
    'No source in the dossier covers Alder in 2023.'
    >>> say_not_covered(numbers, names), say_not_covered({"XX-BI": 1}, names)
    ('No source in the dossier covers Alder.', '')
    """
    sides: tuple[list[str], list[str]] = ([], [])
    for code, number in numbers.items():
        sides[bool(number)].append(names.get(code, code))
    silent, covered = sides
    return _say(silent, covered, _when(first, last)) if silent else ""


def _when(first: date | None, last: date | None) -> str:
    if first and last and (last - first).days > _ONE_PERIOD:
        return f"between {say_day(first)} and {say_day(last)}"
    return say_days(first, last)


def source_coverage(
    workspace: Workspace,
    unit: PeriodUnit = "year",
    *,
    first: date | None = None,
    last: date | None = None,
) -> tuple[SourceCoverage, ...]:
    """Count the sources of every province and period.

    Parameters
    ----------
    first, last
        The periods are those between these days; default: those of the dates in the dossier.

    Returns
    -------
    tuple
        Every province in every period, also where no source speaks, in order.

    Examples
    --------
    >>> from geo import open_workspace
    >>> found = source_coverage(open_workspace(), first=date(2023, 1, 1), last=date(2023, 12, 31))
    >>> len(found), {one.high for one in found}
    (34, {0, 3})
    """
    counted = counted_records(workspace, View(first=first, last=last))
    everything = counted_records(workspace)
    periods = counted_periods(counted, unit)
    claims = _sources_of(workspace, everything)
    placed = {
        one.code: there(everything, frozenset({one.code})) for one in workspace.country.provinces
    }
    dated = {days: within(everything, days) for days in periods}
    found = []
    for code, place in placed.items():
        for days, time in dated.items():
            may = _named(claims, place.possible & time.possible)
            low = len(_named(claims, place.certain & time.certain))
            found.append(_coverage(code, days, low, may))
    return tuple(found)


def _coverage(code: str, days: DayRange, low: int, may: tuple[str, ...]) -> SourceCoverage:
    first, last = day_at(days.first), day_at(days.last)
    if first is None or last is None:
        raise ValueError(days)
    return SourceCoverage(code, first, last, low, len(may), may)


def _sources_of(workspace: Workspace, counted: CountedRecords) -> list[frozenset[str]]:
    dossier = workspace.reading.dossier
    by_id = {
        record.id: frozenset(claim.source for claim in record.claims) & dossier.sources.keys()
        for record in dossier.records
    }
    return [by_id[one] for one in counted.ids]


def _named(claims: Sequence[frozenset[str]], rows: np.ndarray) -> tuple[str, ...]:
    found: set[str] = set()
    for row in np.flatnonzero(rows):
        found |= claims[int(row)]
    return tuple(sorted(found))


def say_silence(coverage: Sequence[SourceCoverage], names: dict[str, str]) -> tuple[str, ...]:
    """Sentences on the provinces of which no source speaks, one for each period.

    Parameters
    ----------
    names
        Of the provinces, by code.

    Returns
    -------
    tuple
        A sentence for each period with such a province.

    Examples
    --------
    >>> days = date(2023, 1, 1), date(2023, 12, 31)
    >>> say_silence([SourceCoverage("XX-AL", *days, 0, 0), SourceCoverage("XX-BI", *days, 1, 1)],
    ...             {"XX-AL": "Alder", "XX-BI": "Birch"})
    ('No source in the dossier covers Alder in 2023.',)
    """
    periods: dict[tuple[date, date], tuple[list[str], list[str]]] = {}
    for one in coverage:
        sides = periods.setdefault((one.first, one.last), ([], []))
        sides[bool(one.high)].append(names.get(one.province, one.province))
    runs: list[tuple[date, date, list[str], list[str]]] = []
    for (first, last), (silent, covered) in sorted(periods.items()):
        # Neighbouring periods of which the same is to be said are one sentence.
        if runs and runs[-1][2] == silent and (first - runs[-1][1]).days == 1:
            runs[-1] = runs[-1][0], last, silent, covered
        else:
            runs.append((first, last, silent, covered))
    return tuple(
        _say(silent, covered, say_days(first, last))
        for first, last, silent, covered in runs
        if silent
    )


def _say(silent: list[str], covered: list[str], when: str) -> str:
    said = f" {when}" if when else ""
    if not covered:
        return f"No source in the dossier covers any single province{said}."
    if len(silent) > _FEW and len(covered) < len(silent):
        return (
            f"No source in the dossier covers any province{said} except {listed(sorted(covered))}."
        )
    return f"No source in the dossier covers {listed(sorted(silent))}{said}."
