"""The fewest and the most records, and fatalities, that a cell of a count can have.

A record that is in the cell in every reading adds to both; one that is in it in some reading adds
to the most only. The records are read independently of each other, so both numbers are reached: the
bounds are exact, not estimates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from geo import limits
from geo.counts.cells import CountCell, days_in, membership, provinces_in
from geo.counts.classes import Distinction, RecordClass, Segments, record_classes
from geo.counts.countable import ELSEWHERE, CountedRecords
from geo.counts.period_units import (
    ALWAYS_AFTER,
    EVER,
    DayRange,
    PeriodUnit,
    common_days,
    day_at,
    periods_of,
)
from geo.errors import StatementError

Rows = NDArray[np.intp]
CountedBy = Literal["month", "quarter", "year", "province", "group", "status", "kind"]
UNITS: Final[tuple[PeriodUnit, ...]] = get_args(PeriodUnit)
"""Dimensions of a count that are periods."""


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """The fewest and the most records of a cell.

    Parameters
    ----------
    low, high
        Records in the cell in every reading, and in some reading.
    certain_ids, possible_ids
        Ids of the records that are in the cell in every reading, and of those that make the
        difference, up to :data:`geo.limits.MAX_NAMED_RECORDS` of each.
    """

    cell: CountCell
    low: int
    high: int
    certain_ids: tuple[str, ...] = field(default=(), repr=False)
    possible_ids: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class FatalityRange:
    """The fewest and the most fatalities of the incidents that state a number.

    Parameters
    ----------
    low
        Sum of the lowest figures of the incidents that are certain; one without a lowest figure
        adds nothing.
    high
        Sum of the highest figures of all that are possible; ``None`` if any of these has none.
    incidents_low, incidents_high
        How many incidents state a number, at least and at most.
    """

    low: int = 0
    high: int | None = 0
    incidents_low: int = 0
    incidents_high: int = 0


@dataclass(frozen=True, slots=True)
class BoundedFatalities:
    """Fatalities of a cell: as reported by third parties, and as claimed by parties only.

    Parameters
    ----------
    not_stated_low, not_stated_high
        How many incidents state no number, at least and at most; they are in neither sum.
    """

    cell: CountCell
    reported: FatalityRange
    claimed: FatalityRange
    not_stated_low: int
    not_stated_high: int


def count_cell(counted: CountedRecords, cell: CountCell) -> BoundedCount:
    """Count one cell.

    Examples
    --------
    What is only known to be in the north may be in Balkh:

    >>> from geo import open_workspace
    >>> from geo.counts.countable import counted_records
    >>> counted = counted_records(open_workspace())
    >>> count_cell(counted, CountCell(provinces=("AF-BAL",), kinds=("incident",)))
    BoundedCount(cell=CountCell(groups=(), provinces=('AF-BAL',), first=None, last=None, \
statuses=(), kinds=('incident',)), low=1, high=2)
    """
    found = membership(counted, cell)
    certain = np.flatnonzero(found.certain)
    possible = np.flatnonzero(found.possible & ~found.certain)
    return _bounded(counted, cell, [certain], [possible])


def _bounded(
    counted: CountedRecords,
    cell: CountCell,
    certain: Sequence[NDArray[np.intp]],
    possible: Sequence[NDArray[np.intp]],
) -> BoundedCount:
    """A cell with the records of some classes, whose row numbers ascend."""
    low, more = (sum(map(len, rows)) for rows in (certain, possible))
    return BoundedCount(
        cell,
        low,
        low + more,
        *(counted.named(_first(rows, counted)) for rows in (certain, possible)),
    )


def _first(classes: Sequence[NDArray[np.intp]], counted: CountedRecords) -> NDArray[np.intp]:
    """The first row numbers of all, as many as are named."""
    if not classes:
        return np.array([], dtype=np.intp)
    return np.sort(np.concatenate([rows[: counted.most_named] for rows in classes]))


def count_cells(
    counted: CountedRecords, by: Sequence[CountedBy] = ("month",), cell: CountCell | None = None
) -> tuple[BoundedCount, ...]:
    """Count every cell of a table with bounds.

    Parameters
    ----------
    counted
        The records, from :func:`geo.counts.countable.counted_records` or of an event table.
    by
        What the rows of the table are, at most one of them a period: ``("group", "month")``.
    cell
        What is counted at all; default: every record.

    Returns
    -------
    tuple
        The cells in which any record can be, in order. Where the rows are periods alone, those in
        which no record can be are among them, because nothing reported is not the same as no row.

    Raises
    ------
    StatementError
        More than one period in `by`, or more cells than are counted at once.
    """
    asked = cell or CountCell()
    units = [name for name in by if name in UNITS]
    if len(units) > 1:
        raise StatementError(f"by: {' and '.join(units)} are both periods; give one of them")
    periods = counted_periods(counted, units[0], asked) if units else ()
    days = days_in(asked, counted)
    segments = Segments([days, *(common_days(one, days) for one in periods)])
    tables: dict[tuple[str | DayRange, ...], tuple[list[Rows], list[Rows]]] = {}
    if by == tuple(units):
        tables |= {(one,): ([], []) for one in periods}
    rows = np.flatnonzero(membership(counted, asked).possible)
    spans = {one: segments.span(common_days(one, days)) for one in periods}
    axis = _Axes(by, spans, segments.span(days), days == EVER, provinces_in(asked, counted), asked)
    places: list[Distinction] = ["place"] if "province" in by or axis.provinces else []
    named: list[Distinction] = [name for name in ("group", "status", "kind") if name in by]
    for group in record_classes(counted, segments, rows, (*places, *named)):
        for key, sure in axis.cells(group):
            if len(tables) >= limits.MAX_COUNT_CELLS and key not in tables:
                raise StatementError(
                    f"by: more than {limits.MAX_COUNT_CELLS:,} cells; count by fewer dimensions, "
                    "by a longer period, or filter the records"
                )
            tables.setdefault(key, ([], []))[0 if sure else 1].append(group.members)
    return tuple(
        _bounded(counted, _cell_of(asked, by, key), *tables[key]) for key in sorted(tables)
    )


def counted_periods(
    counted: CountedRecords, unit: PeriodUnit, cell: CountCell | None = None
) -> tuple[DayRange, ...]:
    """The months, quarters or years in which a cell is counted.

    They are those of the cell and the View, or where these are open those of the dates that the
    records state; a record whose own period is open does not make more of them.
    """
    days = days_in(cell or CountCell(), counted)
    columns = [counted.first_low, counted.first_high]
    if not counted.is_point.all():
        columns += [counted.last_low, counted.last_high]
    ends = np.concatenate(columns)
    stated = ends[np.abs(ends) < ALWAYS_AFTER]
    stated = stated[(stated >= days.first) & (stated <= days.last)]
    first, last = days
    if abs(first) >= ALWAYS_AFTER and len(stated):
        first = int(stated.min())
    if abs(last) >= ALWAYS_AFTER and len(stated):
        last = int(stated.max())
    if abs(first) >= ALWAYS_AFTER or abs(last) >= ALWAYS_AFTER or first > last:
        return ()
    return periods_of(DayRange(first, last), unit)


@dataclass(frozen=True, slots=True)
class _Axes:
    """The dimensions of a count, and where on them the records of a class are."""

    by: Sequence[CountedBy]
    periods: Mapping[DayRange, tuple[int, int]]
    whole: tuple[int, int]
    is_ever: bool
    provinces: frozenset[str]
    cell: CountCell

    def cells(self, group: RecordClass) -> Iterator[tuple[tuple[str | DayRange, ...], bool]]:
        """Each cell in which the records can be, and whether they certainly are."""
        always = [] if self._is_always_counted(group) else [False]
        for values in product(*(list(self._values(name, group)) for name in self.by)):
            yield tuple(value for value, _ in values), all((*(s for _, s in values), *always))

    def _is_always_counted(self, group: RecordClass) -> bool:
        """Whether the records are in the cell as a whole, but for what the dimensions settle."""
        has_period = any(name in UNITS for name in self.by)
        dated = has_period or self.is_ever or is_certain_in(group, self.whole)
        placed = (
            "province" in self.by or not self.provinces or group.place.must_be_in(self.provinces)
        )
        return dated and placed

    def _values(self, name: CountedBy, group: RecordClass) -> Iterator[tuple[str | DayRange, bool]]:
        match name:
            case "province":
                yield from self._provinces(group)
            case "group":
                wanted = self.cell.groups
                yield from ((one, True) for one in group.groups if not wanted or one in wanted)
            case "status":
                yield group.status, True
            case "kind":
                yield group.kind, True
            case _:
                first, last = group.begins[0], group.ends[1]
                for period, span in self.periods.items():
                    if first <= span[1] and last >= span[0] and span[0] <= span[1]:
                        yield period, is_certain_in(group, span)

    def _provinces(self, group: RecordClass) -> Iterator[tuple[str, bool]]:
        wanted = frozenset(self.cell.provinces)
        fixed, maybe = group.place.fixed, frozenset[str]().union(*group.place.choices)
        for code in sorted((fixed | maybe) - {ELSEWHERE}):
            if not wanted or code in wanted:
                yield code, code in fixed


def is_certain_in(group: RecordClass, span: tuple[int, int]) -> bool:
    """Whether the records are in these segments in every reading of their dates."""
    (begin, begun), (end, ended) = group.begins, group.ends
    if group.is_loose or span[0] > span[1]:
        return False
    if group.is_point:
        return span[0] <= begin and begun <= span[1]
    return min(begun, ended) <= span[1] and max(end, begin) >= span[0]


def _cell_of(
    asked: CountCell, by: Sequence[CountedBy], key: tuple[str | DayRange, ...]
) -> CountCell:
    """The cell of one row of the table."""
    fields = {name: getattr(asked, name) for name in ("groups", "provinces", "statuses", "kinds")}
    first, last = asked.first, asked.last
    for name, value in zip(by, key, strict=True):
        if isinstance(value, DayRange):
            days = common_days(value, asked.days)
            first, last = day_at(days.first), day_at(days.last)
        else:
            fields["statuses" if name == "status" else f"{name}s"] = (value,)
    return CountCell(first=first, last=last, **fields)


def fatalities_in(counted: CountedRecords, cell: CountCell) -> BoundedFatalities:
    """Fatalities of the incidents of a cell, from the lowest to the highest stated figures.

    A figure for several places is not split among them: it adds nothing to the least of a province
    unless all its places are there, and all of it to the most.
    """
    found = membership(counted, cell)
    incident = np.array([kind == "incident" for kind in counted.kinds], dtype=bool)
    deadly = incident[counted.kind] if len(incident) else np.zeros(len(counted), dtype=bool)
    certain, possible = found.certain & deadly, found.possible & deadly
    provinces = provinces_in(cell, counted)
    whole = certain
    if provinces:
        inside = np.array([one.is_whole_in(provinces) for one in counted.places], dtype=bool)
        whole = certain & inside[counted.place] if len(inside) else certain
    return BoundedFatalities(
        cell,
        _fatalities(counted, certain, possible, whole, 1),
        _fatalities(counted, certain, possible, whole, 2),
        int((certain & (counted.killed_by == 0)).sum()),
        int((possible & (counted.killed_by == 0)).sum()),
    )


def _fatalities(
    counted: CountedRecords,
    certain: NDArray[np.bool_],
    possible: NDArray[np.bool_],
    whole: NDArray[np.bool_],
    by: int,
) -> FatalityRange:
    stated = counted.killed_by == by
    highest = counted.killed_high[possible & stated]
    return FatalityRange(
        int(np.nansum(counted.killed_low[whole & stated])),
        None if np.isnan(highest).any() else int(highest.sum()),
        int((certain & stated).sum()),
        int((possible & stated).sum()),
    )
