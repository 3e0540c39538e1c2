"""What a chart of counts shows, as plain data: bars with a certain and a possible part, and notes.

What only a party claims and what third parties report are side by side and are never added up, as
in the province totals of the map.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo.counts.bounds import UNITS, BoundedCount, CountedBy, count_cells, counted_periods
from geo.counts.cells import EVERY_RECORD, CountCell
from geo.counts.countable import CountedRecords, Flags, not_mapped
from geo.counts.period_units import ALWAYS_AFTER, ALWAYS_BEFORE, EVER, period_name
from geo.counts.saying import CellNames
from geo.counts.trend import TrendDirection, trend_of
from geo.errors import StatementError
from geo.limits import MAX_CHART_BARS
from geo.table.tallies import TALLIES, Tally
from geo.text import counted as number_of
from geo.view.saying import say_ledger
from geo.wording import vocabulary

CERTAIN_AND_POSSIBLE: Final = (
    "Solid: records that are there in every reading of their dates and places. Open: records that "
    "may be there."
)
"""How the parts of a bar are to be read."""


@dataclass(frozen=True, slots=True)
class ChartPart:
    """One of the bars side by side: the records with some statuses, at least and at most."""

    tally: Tally
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """The bars of one period, province, group or status."""

    key: str
    label: str
    parts: tuple[ChartPart, ...]


@dataclass(frozen=True, slots=True)
class CountChart:
    """A chart of counts.

    Parameters
    ----------
    by
        What the groups of bars are.
    groups
        The groups in order, all with the same parts.
    trend
        The direction of all records together, if every reading agrees on it.
    notes
        How the bars are to be read, and what no bar has.
    ledger
        The record count of the View; empty for event tables.
    """

    by: CountedBy
    groups: tuple[ChartGroup, ...]
    trend: TrendDirection | None
    notes: tuple[str, ...]
    ledger: str = ""

    @property
    def most(self) -> int:
        """The longest bar, with its possible part."""
        return max((part.high for one in self.groups for part in one.parts), default=0)


def chart_of(
    counted: CountedRecords,
    by: CountedBy,
    names: CellNames,
    country: str,
    cell: CountCell = EVERY_RECORD,
) -> CountChart:
    """Prepare a chart of counts by one dimension.

    Parameters
    ----------
    country
        The country's name, for the notes.

    Raises
    ------
    StatementError
        The chart would have more groups of bars than can be read.

    Examples
    --------
    >>> from geo import open_workspace
    >>> from geo.counts.countable import counted_records
    >>> workspace = open_workspace()
    >>> chart = chart_of(counted_records(workspace), "year", CellNames.of(workspace), "Afghanistan")
    >>> [(part.tally.label, part.low, part.high) for part in chart.groups[-3].parts]
    [('Claimed by a party only', 0, 2), ('Reported by third parties or verified', 0, 1), \
('Disputed or refuted', 1, 1)]
    """
    whole = count_cells(counted, (by,), cell)
    cells = [one.cell for one in whole]
    if len(cells) > MAX_CHART_BARS:
        raise StatementError(
            f"the chart would have {len(cells):,} groups of bars; at most {MAX_CHART_BARS} can be "
            "read; give a shorter period with --from and --to, or a longer unit"
        )
    bounds = _by_status(counted, by, cell)
    rows = [_parts(one, bounds) for one in cells]
    shown = [at for at, _ in enumerate(TALLIES) if at < 2 or any(row[at].high for row in rows)]  # noqa: PLR2004 - the last is shown only if it is not zero
    groups = tuple(
        ChartGroup(*_name(one, by, names), tuple(row[at] for at in shown))
        for one, row in zip(cells, rows, strict=True)
    )
    if by not in UNITS:
        groups = tuple(sorted(groups, key=lambda one: one.label.casefold()))
    trend = None
    if by in UNITS:
        trend = trend_of(counted, counted_periods(counted, by, cell), cell)
    ledger = "" if counted.ledger is None else f"{say_ledger(counted.ledger, country)}."
    return CountChart(by, groups, trend, tuple(_notes(counted, by, trend, country)), ledger)


def _by_status(
    counted: CountedRecords, by: CountedBy, cell: CountCell
) -> dict[CountCell, BoundedCount]:
    """The bounds of each group of bars and status, which no reading changes."""
    dimensions: tuple[CountedBy, ...] = (by,) if by == "status" else (by, "status")
    return {one.cell: one for one in count_cells(counted, dimensions, cell)}


def _parts(cell: CountCell, bounds: dict[CountCell, BoundedCount]) -> list[ChartPart]:
    parts = []
    for tally in TALLIES:
        asked = [one for one in tally.statuses if not cell.statuses or one in cell.statuses]
        found = [bounds.get(replace(cell, statuses=(one,))) for one in asked]
        there = [one for one in found if one is not None]
        parts.append(ChartPart(tally, sum(o.low for o in there), sum(o.high for o in there)))
    return parts


def _name(cell: CountCell, by: CountedBy, names: CellNames) -> tuple[str, str]:
    if by in UNITS:
        name = period_name(cell.days, by)
        return name, name
    labels: dict[str, str] = {one.key: one.label for one in vocabulary.STATUSES}
    labels |= {one.key: one.label for one in vocabulary.KINDS}
    match by:
        case "province":
            return cell.provinces[0], names.province(cell.provinces[0])
        case "group":
            return cell.groups[0], names.group(cell.groups[0])
        case _:
            key = (cell.statuses if by == "status" else cell.kinds)[0]
            return key, labels[key]


def _notes(
    counted: CountedRecords, by: CountedBy, trend: TrendDirection | None, country: str
) -> Iterator[str]:
    yield CERTAIN_AND_POSSIBLE
    yield _whole(counted)
    if by == "province" and (beside := not_mapped(counted)):
        words = {one.key: one.label for one in vocabulary.standings(country)}
        parts = " · ".join(f"{number} {words.get(why, why)}" for why, number in beside.items())
        yield f"Not in any province: {parts}."
    if by in UNITS and (beside := not_mapped(counted)):
        yield f"Not mapped but counted here: {sum(beside.values())}."
    if undated := int(_is_undated(counted).sum()):
        yield f"{number_of(undated, 'record has', 'records have')} no date, possible in any period."
    loose = int(counted.is_loose.sum())
    if loose and (by in UNITS or counted.window != EVER):
        dates = number_of(loose, "record has", "records have")
        yield f"{dates} an approximate or uncertain date, certain in no period."
    if trend is not None:
        yield f"Line: fit to all records together, whose number {trend.way} in every reading."


def _whole(counted: CountedRecords) -> str:
    """How many records the bars are of; withdrawn ones are shown but not counted."""
    said = f"Counted: {number_of(len(counted), 'record')}"
    out = len(counted.withdrawn)
    return f"{said}; not counted: {out} withdrawn." if out else f"{said}."


def _is_undated(counted: CountedRecords) -> Flags:
    """Which records have neither a first nor a last day."""
    begins: Flags = counted.first_low == ALWAYS_BEFORE
    ends: Flags = np.maximum(counted.first_high, counted.last_high) == ALWAYS_AFTER
    return begins & ends & counted.is_point
