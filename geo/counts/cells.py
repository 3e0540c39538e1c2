"""A cell of a count: a period, provinces, groups, statuses, record types; which records it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, TypeVar

import numpy as np

from geo.counts.countable import Codes, CountedRecords, Flags
from geo.counts.period_units import EVER, DayRange, common_days, days_between

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class CountCell:
    """What is counted together; an empty field does not restrict.

    Parameters
    ----------
    groups, statuses, kinds
        A record of any of these is in the cell.
    provinces
        ISO 3166-2 codes; a record with a place in any of these is in the cell, once.
    first, last
        The days of the cell, both included; ``None``: no limit.
    """

    groups: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def days(self) -> DayRange:
        """The days of the cell as numbers."""
        return days_between(self.first, self.last)


EVERY_RECORD: Final = CountCell()
"""The cell of all records in view."""


class Membership(NamedTuple):
    """For each record, whether it is in a cell in every reading, and whether in some reading."""

    certain: Flags
    possible: Flags


def days_in(cell: CountCell, counted: CountedRecords) -> DayRange:
    """The days of a cell that are also in the View; reversed where there are none."""
    return common_days(cell.days, counted.window)


def provinces_in(cell: CountCell, counted: CountedRecords) -> frozenset[str]:
    """The provinces of a cell; those of the View for a cell that names none."""
    return frozenset(cell.provinces or counted.provinces_in_view)


def membership(counted: CountedRecords, cell: CountCell) -> Membership:
    """Which records are in a cell in every reading, and which in some reading.

    Examples
    --------
    >>> from geo import open_workspace
    >>> from geo.counts.countable import counted_records
    >>> counted = counted_records(open_workspace())
    >>> found = membership(counted, CountCell(provinces=("AF-PAN",), kinds=("incident",)))
    >>> int(found.certain.sum()), int(found.possible.sum())
    (3, 3)
    """
    fits = fixed_part(counted, cell)
    dated = within(counted, days_in(cell, counted))
    placed = there(counted, provinces_in(cell, counted))
    return Membership(
        fits & dated.certain & placed.certain, fits & dated.possible & placed.possible
    )


def fixed_part(counted: CountedRecords, cell: CountCell) -> Flags:
    """Which records have a group, status and type of the cell: what no reading changes."""
    wanted = frozenset(cell.groups)
    fits = np.ones(len(counted), dtype=bool)
    if cell.groups:
        fits &= _by_code(counted.group, counted.groups, lambda one: not wanted.isdisjoint(one))
    if cell.statuses:
        fits &= _by_code(counted.status, counted.statuses, lambda one: one in cell.statuses)
    if cell.kinds:
        fits &= _by_code(counted.kind, counted.kinds, lambda one: one in cell.kinds)
    return fits


def _by_code(codes: Codes, values: Iterable[_Value], fits: Callable[[_Value], bool]) -> Flags:
    answers = np.array([fits(value) for value in values], dtype=bool)
    return answers[codes] if len(answers) else np.zeros(len(codes), dtype=bool)


def there(counted: CountedRecords, provinces: frozenset[str]) -> Membership:
    """Which records are in any of these provinces; without provinces, all of them."""
    if not provinces:
        return Membership(*(np.ones(len(counted), dtype=bool) for _ in range(2)))
    return Membership(
        _by_code(counted.place, counted.places, lambda one: one.must_be_in(provinces)),
        _by_code(counted.place, counted.places, lambda one: one.may_be_in(provinces)),
    )


def within(counted: CountedRecords, days: DayRange) -> Membership:
    """Which records are on any of these days; with no limit, all of them.

    A record on one day is certain in a period that contains all days it may be on. One that lasts
    is certain if it begins before the end of the period and ends after its beginning, whichever
    days these are.
    """
    if days == EVER:
        return Membership(*(np.ones(len(counted), dtype=bool) for _ in range(2)))
    first, last = days
    possible = (counted.first_low <= last) & (counted.last_high >= first) & (first <= last)
    on_a_day = (counted.first_low >= first) & (counted.first_high <= last)
    lasts = (np.minimum(counted.first_high, counted.last_high) <= last) & (
        np.maximum(counted.last_low, counted.first_low) >= first
    )
    sure = np.where(counted.is_point, on_a_day, lasts) & ~counted.is_loose
    return Membership(possible & sure, possible)
