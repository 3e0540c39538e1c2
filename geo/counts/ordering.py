"""Which record of a cell is the first or the last, in every reading or in some.

A record is compared with each other one by itself, because records are read independently: it is
first in every reading if no other record can be in the cell on a day before the last on which it
may begin itself. It is first in some reading if, on the earliest day that it can have, no record
that is certainly in the cell is certainly earlier; whatever is not certain is then read as outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.counts.cells import Membership, days_in, membership, provinces_in
from geo.counts.classes import place_readings
from geo.counts.countable import ELSEWHERE, CountedRecords
from geo.counts.period_units import ALWAYS_AFTER, EVER, DayRange, number_of
from geo.counts.statements import IsFirst
from geo.errors import StatementError

Placed = tuple[int, int, tuple[str, ...]]
"""First and last day as numbers, beyond the calendar for none, and provinces."""
_NOWHERE: Final = ALWAYS_AFTER
"""Number of no day: an approximate date that is wrong."""


@dataclass(frozen=True, eq=False)
class CellOrder:
    """Whether a record is the first of a cell, on which rows that depends, and an example of each.

    ``holds`` and ``fails`` have a reading for each of the rows.
    """

    always: bool
    possible: bool
    rows: NDArray[np.intp]
    holds: tuple[Placed, ...] = ()
    fails: tuple[Placed, ...] = ()


def cell_order(statement: IsFirst, counted: CountedRecords) -> CellOrder:
    """Compare one record with all others of a cell.

    Raises
    ------
    StatementError
        The record is not among those that are counted.
    """
    ids = np.asarray(counted.ids, dtype=object)
    found = np.flatnonzero(ids == statement.record)
    if not len(found):
        raise StatementError(
            f"record={statement.record}: is not among the records in view; `incident-map records` "
            "lists them"
        )
    own, other = int(found[0]), ids != statement.record
    member = membership(counted, statement.cell)
    line = _Line(statement, counted)
    always = (
        bool(member.certain[own])
        and not (other & member.possible & (line.soonest < line.latest[own])).any()
    )
    possible = (
        bool(member.possible[own])
        and not (other & member.certain & (line.latest < line.soonest[own])).any()
    )
    if always or not possible:
        return CellOrder(always, possible, np.array([], dtype=np.intp))
    matters = other & member.possible & (line.soonest < line.latest[own])
    matters[own] = not member.certain[own] or line.soonest[own] < line.latest[own]
    rows = np.flatnonzero(matters)
    if len(rows) > counted.most_named:
        return CellOrder(always, possible, rows)
    return CellOrder(
        always,
        possible,
        rows,
        tuple(_true_side(line, member, own, int(row)) for row in rows),
        tuple(_false_side(line, member, own, int(row)) for row in rows),
    )


def _true_side(line: _Line, member: Membership, own: int, row: int) -> Placed:
    if row == own:
        return line.inside(row, soon=True)
    return line.inside(row, soon=False) if member.certain[row] else line.outside(row)


def _false_side(line: _Line, member: Membership, own: int, row: int) -> Placed:
    if row != own:
        return line.inside(row, soon=True)
    return line.inside(row, soon=False) if member.certain[row] else line.outside(row)


class _Line:
    """The days of all records in a cell, in the direction of the statement.

    Open ends are one day beyond every day that is stated.
    """

    def __init__(self, statement: IsFirst, counted: CountedRecords) -> None:
        self._counted = counted
        self._is_last = statement.last
        days = days_in(statement.cell, counted)
        self._is_ever = days == EVER
        self._area = provinces_in(statement.cell, counted)
        raw = [counted.first_low, counted.first_high, counted.last_low, counted.last_high]
        ends = np.concatenate([*raw, np.array(days, dtype=np.int32)])
        stated = ends[np.abs(ends) < ALWAYS_AFTER]
        low, high = (int(stated.min()) - 1, int(stated.max()) + 1) if len(stated) else (0, 0)
        high = min(high, number_of(date.max, 0))
        self._first_low, self._first_high, self._last_low, self._last_high = (
            np.clip(one, low, high).astype(np.int64) for one in raw
        )
        self._days = DayRange(*(int(np.clip(one, low, high)) for one in days))
        self.soonest, self.latest = self._keys()

    def _keys(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The soonest and the latest day of each record in the cell; less is nearer to the goal."""
        start, end = self._days
        if self._is_last:
            latest = np.maximum(np.maximum(self._last_low, self._first_low), start)
            return -np.minimum(self._last_high, end), -np.minimum(latest, end)
        latest = np.minimum(np.minimum(self._first_high, self._last_high), end)
        return np.maximum(self._first_low, start), np.maximum(latest, start)

    def inside(self, row: int, *, soon: bool) -> Placed:
        """A reading in the cell, as near to the goal as possible or as far from it."""
        start, end = self._days
        begin, begun, finish, ended = self._ends(row)
        if self._counted.is_point[row]:
            day = max(begin, start) if soon is not self._is_last else min(begun, end)
            first = last = day
        elif soon is not self._is_last:
            # Early: for the first record its soonest day, for the last one its latest.
            first, last = begin, max(finish, begin, start)
            last = ended if soon else last
        else:
            first, last = min(begun, ended, end), ended
            first = begin if soon else first
        return first, last, self._provinces(row, there=True)

    def outside(self, row: int) -> Placed:
        """A reading that is not in the cell."""
        begin, begun, finish, ended = self._ends(row)
        if not self._is_always_there(row):
            return begin, max(begin, finish), self._provinces(row, there=False)
        there = self._provinces(row, there=True)
        if self._counted.is_loose[row] and not self._is_ever:
            return _NOWHERE, _NOWHERE, there
        if self._counted.is_point[row]:
            day = begin if begin < self._days.first else begun
            return day, day, there
        if max(begin, finish) < self._days.first:
            return begin, max(begin, finish), there
        return min(begun, ended), ended, there

    def _ends(self, row: int) -> tuple[int, int, int, int]:
        ends = (self._first_low, self._first_high, self._last_low, self._last_high)
        begin, begun, finish, ended = (int(one[row]) for one in ends)
        return begin, begun, finish, ended

    def _is_always_there(self, row: int) -> bool:
        return (False,) not in self._places(row)

    def _places(self, row: int) -> dict[tuple[bool, ...], tuple[str, ...]]:
        return place_readings(self._counted.places[self._counted.place[row]], [self._area])

    def _provinces(self, row: int, *, there: bool) -> tuple[str, ...]:
        pattern = self._counted.places[self._counted.place[row]]
        return tuple(sorted({*pattern.fixed, *self._places(row)[(there,)]} - {ELSEWHERE}))
