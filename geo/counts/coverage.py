"""How many sources speak of a province in a period at all: silence is not peace.

A source speaks of a province and period if one of the records with a claim from it can be there. It
certainly does if one of them is there in every reading. Filters on records make no difference: the
question is what the dossier has, not what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from geo.counts.bounds import counted_periods
from geo.counts.cells import there, within
from geo.counts.countable import CountedRecords, counted_records
from geo.counts.period_units import DayRange, PeriodUnit, day_at
from geo.counts.saying import say_days
from geo.table.workspace import Workspace
from geo.text import listed
from geo.view import View

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
    if not covered:
        return f"No source in the dossier covers any single province {when}."
    if len(silent) > _FEW and len(covered) < len(silent):
        return (
            f"No source in the dossier covers any province {when} except {listed(sorted(covered))}."
        )
    return f"No source in the dossier covers {listed(sorted(silent))} {when}."
