"""Records that no cell of a count tells apart, and the few readings that each of them has.

The days at which any of the counted periods begins or has ended cut time into *segments*. Within a
segment it does not matter on which day a record is, so a record has one reading for each segment
that it may be in, and not one for each day. Records with the same segments, places, groups, status
and type form a class with a number of members. A million events have some thousand classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.counts.countable import CountedRecords, PlacePattern
from geo.counts.period_units import ALWAYS_AFTER, ALWAYS_BEFORE, DayRange

_MOST_CODES: Final = 2**62
"""IntVector of combinations in an int64, with room for the sign."""
Distinction = Literal["place", "group", "status", "kind"]
Stay = tuple[int, int] | None
"""The first and last segment in which a record is; ``None``: in none that is counted, because an
approximate date is wrong."""


@dataclass(frozen=True, eq=False)
class RecordClass:
    """Records with the same readings.

    Parameters
    ----------
    begins, ends
        First and last segment in which they may begin, and in which they may end.
    members
        Row numbers of the records.
    """

    begins: tuple[int, int]
    ends: tuple[int, int]
    is_point: bool
    is_loose: bool
    place: PlacePattern
    groups: tuple[str, ...]
    status: str
    kind: str
    members: NDArray[np.intp]

    def stays(self) -> Iterator[Stay]:
        """Every reading of its date, as segments."""
        for first in range(self.begins[0], self.begins[1] + 1):
            if self.is_point:
                yield first, first
            else:
                for last in range(max(first, self.ends[0]), self.ends[1] + 1):
                    yield first, last
        if self.is_loose:
            yield None


class Segments:
    """Time, cut wherever one of some ranges of days begins or has ended."""

    def __init__(self, ranges: Iterable[DayRange]) -> None:
        cuts = {cut for one in ranges for cut in (one.first, one.last + 1)}
        inner = sorted(cut for cut in cuts if ALWAYS_BEFORE < cut <= ALWAYS_AFTER)
        self.cuts = np.array(inner, dtype=np.int64)

    def of(self, days: NDArray[np.int32]) -> NDArray[np.int64]:
        """The segment of each day."""
        return np.searchsorted(self.cuts, days, side="right").astype(np.int64)

    def at(self, day: int) -> int:
        """The segment of one day."""
        return int(np.searchsorted(self.cuts, day, side="right"))

    def span(self, days: DayRange) -> tuple[int, int]:
        """The segments of a range of days.

        Returns
        -------
        tuple
            The first and the last segment; reversed where the range has no day.
        """
        first, last = np.searchsorted(self.cuts, [days.first, days.last], side="right")
        return (int(first), int(last)) if days.first <= days.last else (1, 0)

    def days(self, segment: int) -> DayRange:
        """The days of a segment."""
        first = ALWAYS_BEFORE if segment == 0 else int(self.cuts[segment - 1])
        last = ALWAYS_AFTER if segment == len(self.cuts) else int(self.cuts[segment]) - 1
        return DayRange(first, last)


def record_classes(
    counted: CountedRecords,
    segments: Segments,
    rows: NDArray[np.intp],
    apart: Sequence[Distinction],
    more: NDArray[np.int64] | None = None,
) -> list[RecordClass]:
    """The classes of some of the records.

    Parameters
    ----------
    apart
        What tells classes apart besides their dates; the others of these fields of a class are
        those of its first record.
    more
        A number for each of the rows that also tells classes apart.
    """
    if not len(rows):
        return []
    ends: tuple[str, ...] = ("first_low", "first_high")
    if not counted.is_point.all():
        ends += ("last_low", "last_high")
    columns = [segments.of(getattr(counted, name)[rows]) for name in ends]
    columns += [
        getattr(counted, name)[rows].astype(np.int64) for name in ("is_point", "is_loose", *apart)
    ]
    columns += [] if more is None else [more]
    code = _combined(columns)
    order = np.argsort(code, kind="stable")
    starts = np.flatnonzero(np.diff(code[order], prepend=-1))
    groups = np.split(order, starts[1:])
    return [_class_of(counted, segments, rows[one]) for one in groups]


def _combined(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """One number for each distinct combination."""
    code, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        low, high = int(column.min()), int(column.max())
        if low == high:
            continue
        if size * (high - low + 1) > _MOST_CODES:
            code = pd.factorize(code)[0].astype(np.int64)
            size = int(code.max()) + 1
        code = code * (high - low + 1) + (column - low)
        size *= high - low + 1
    return pd.factorize(code)[0].astype(np.int64)


def _class_of(
    counted: CountedRecords, segments: Segments, members: NDArray[np.intp]
) -> RecordClass:
    row = members[0]
    ends = (counted.first_low, counted.first_high, counted.last_low, counted.last_high)
    begin, begun, end, ended = (segments.at(int(one[row])) for one in ends)
    return RecordClass(
        (begin, begun), (end, ended), bool(counted.is_point[row]), bool(counted.is_loose[row]),
        counted.places[counted.place[row]], counted.groups[counted.group[row]],
        counted.statuses[counted.status[row]], counted.kinds[counted.kind[row]], members,
    )  # fmt: skip


def place_readings(
    pattern: PlacePattern, areas: Sequence[frozenset[str]]
) -> dict[tuple[bool, ...], tuple[str, ...]]:
    """Every combination of some areas in which the places of a record can be.

    Parameters
    ----------
    areas
        Sets of provinces; an empty set is everywhere, also where no province is known.

    Returns
    -------
    dict
        For each combination, whether the record is in each area: the provinces of one reading.
    """
    start = tuple(not area or not area.isdisjoint(pattern.fixed) for area in areas)
    found: dict[tuple[bool, ...], tuple[str, ...]] = {start: ()}
    for choice in pattern.choices:
        distinct = {tuple(code in area for area in areas): code for code in sorted(choice)}
        found = {
            tuple(map(max, known, new)): (*picks, code)
            for known, picks in found.items()
            for new, code in distinct.items()
        }
    return found
