"""Whether a series of counts points the same way in every reading.

The slope of the straight line that fits the counts best (least squares) is a weighted sum of the
counts: the weight of a period is its distance from the middle. So each record adds to the slope by
itself, and the least and the greatest slope of all readings are sums over records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo.counts.cells import EVERY_RECORD, CountCell, days_in, membership, provinces_in
from geo.counts.classes import RecordClass, Segments, record_classes
from geo.counts.countable import CountedRecords
from geo.counts.period_units import DayRange, common_days

_LEAST_PERIODS = 3
"""Periods of a trend: two are a comparison."""


@dataclass(frozen=True, slots=True)
class TrendDirection:
    """The direction in which a series of counts points in every reading.

    Parameters
    ----------
    way
        ``rises`` or ``falls``.
    low, high
        The least and the greatest slope, in records for each period.
    """

    way: Literal["rises", "falls"]
    low: float
    high: float


def trend_of(
    counted: CountedRecords, periods: Sequence[DayRange], cell: CountCell = EVERY_RECORD
) -> TrendDirection | None:
    """The direction of the counts of neighbouring periods; ``None`` where readings disagree.

    Examples
    --------
    >>> from geo import open_workspace
    >>> from geo.counts.bounds import counted_periods
    >>> from geo.counts.countable import counted_records
    >>> counted = counted_records(open_workspace())
    >>> trend_of(counted, counted_periods(counted, "year")).way
    'rises'
    """
    if len(periods) < _LEAST_PERIODS:
        return None
    days = days_in(cell, counted)
    cut = [common_days(one, days) for one in periods]
    segments = Segments(cut)
    spans = [segments.span(one) for one in cut]
    weights = np.zeros(len(segments.cuts) + 1, dtype=np.int64)
    for at, (first, last) in enumerate(spans):
        # A period outside the View has no days.
        if first <= last:
            weights[first] = 2 * at - (len(periods) - 1)
    rows = np.flatnonzero(membership(counted, cell).possible)
    area = provinces_in(cell, counted)
    low = high = 0
    for group in record_classes(counted, segments, rows, ["place"] if area else []):
        sums = [*_sums(group, weights)]
        if area and not group.place.must_be_in(area):
            sums.append(0)
        low += len(group.members) * min(sums)
        high += len(group.members) * max(sums)
    if low <= 0 <= high:
        return None
    # The sum of the squares of the weights, which are twice the distances.
    scale = 2 / sum((2 * at - (len(periods) - 1)) ** 2 for at in range(len(periods)))
    return TrendDirection("rises" if low > 0 else "falls", low * scale, high * scale)


def _sums(group: RecordClass, weights: np.ndarray) -> Iterator[int]:
    """What the readings of a class add to the slope."""
    (begin, begun), (end, ended) = group.begins, group.ends
    if group.is_loose:
        yield 0
    if group.is_point:
        yield from (int(one) for one in weights[begin : begun + 1])
        return
    up_to = np.concatenate([[0], np.cumsum(weights)])
    for first in range(begin, begun + 1):
        last = slice(max(first, end) + 1, ended + 2)
        sums = up_to[last] - up_to[first]
        if len(sums):
            yield int(sums.min())
            yield int(sums.max())
