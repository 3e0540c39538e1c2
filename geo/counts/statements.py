"""The statements that can be checked, a closed set, and how each is written in named parts.

==============================================================  ====================================
``more: province=A, period=2022; than: province=B, period=2022``  more records in one cell
``at-least: 5; in: group=nrf, period=2024``                     at least so many; ``at-most`` too
``share: above 50%; status=claimed_only; in: period=2024``      more than a share has a status
``rises: by month; period=2024-01/2024-06; in: group=nrf``      more in every step; ``falls`` too
``most: province=A; in: period=2022``                           more than any other province
``first: record=ID; in: province=A``                            none is earlier; ``last`` too
==============================================================  ====================================
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from geo.counts.cells import EVERY_RECORD, CountCell
from geo.counts.period_units import DayRange, PeriodUnit

RankedBy = Literal["province", "group", "status", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class MoreIn:
    """There are more records in one cell than in another, by `margin` at least."""

    cell: CountCell
    than: CountCell
    margin: int = 1


@dataclass(frozen=True, slots=True)
class AtLeast:
    """There are at least so many records in a cell."""

    number: int
    cell: CountCell = EVERY_RECORD


@dataclass(frozen=True, slots=True)
class AtMost:
    """There are at most so many records in a cell."""

    number: int
    cell: CountCell = EVERY_RECORD


@dataclass(frozen=True, slots=True)
class ShareAbove:
    """More than a share of the records in a cell have any of some statuses.

    Without any record there is no share, so the statement is not true.
    """

    share: Fraction
    statuses: tuple[str, ...]
    cell: CountCell = EVERY_RECORD


@dataclass(frozen=True, slots=True)
class Rises:
    """From each period to the next there are more records, or with `falls` fewer.

    Parameters
    ----------
    days
        The periods are all of this unit that contain any of these days.
    cell
        What is counted in each period.
    """

    unit: PeriodUnit
    days: DayRange
    cell: CountCell = EVERY_RECORD
    falls: bool = False


@dataclass(frozen=True, slots=True)
class HasMost:
    """One province, group, status or period has more records than any other.

    Parameters
    ----------
    value
        The province, group or status; of a period its name, such as ``2024-05``.
    cell
        What is counted in each. Periods are compared within its days.
    """

    by: RankedBy
    value: str
    cell: CountCell = EVERY_RECORD


@dataclass(frozen=True, slots=True)
class IsFirst:
    """One record is in a cell and none there is earlier, or with `last` none is later.

    What lasts counts with its first or last day within the days of the cell.
    """

    record: str
    cell: CountCell = EVERY_RECORD
    last: bool = False


CheckedStatement = MoreIn | AtLeast | AtMost | ShareAbove | Rises | HasMost | IsFirst
