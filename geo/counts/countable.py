"""What a count reads of each record, in columns, and what a reading of a record is.

A *reading* settles what the sources leave open, for all records at once:

- An **incident** is on one day of its period. An open end has no limit.
- A **presence claim** holds from one day of its first date to one day of its last date, and on all
  days between. With one date only, it is on one day of it.
- An approximate or uncertain date may also be wrong: then it is in none of the periods that are
  counted. So it is never certain in a period, as in the filter for certain dates.
- A **place** in one province is there in every reading. A region, or a place that several provinces
  share, is in one of its provinces. A name that fits several places is in a province of one of
  them, or elsewhere, because a list of names is never complete.
- Each place of a record is read by itself: an attack on two cities is in both.
- A place that is country-wide, outside the country, unknown or not stated is in no province. Such a
  record is counted where no province is asked for, and named beside every count by province.
- Groups, verification status and record type are as the claims give them; they do not vary.
- Withdrawn records are not counted.

A record counts once in a cell, however many of its places are in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from geo.counts.period_units import (
    ALWAYS_AFTER,
    ALWAYS_BEFORE,
    EVER,
    DayRange,
    days_between,
    number_of,
)
from geo.dossier.records import Incident, Record
from geo.limits import MAX_NAMED_RECORDS
from geo.places.locations import Location
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, UNNAMED, Ledger, View, select, workspace_for

ELSEWHERE: Final = ""
"""The province of a place that may be in none of those it could be in."""
Days = NDArray[np.int32]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class PlacePattern:
    """In which provinces a record can be.

    Parameters
    ----------
    fixed
        ISO 3166-2 codes of the provinces in which it is in every reading.
    choices
        For each place that is not certain, the provinces of which it is in one.
    off
        Why it is not mapped; empty for a record that is.
    unplaced
        How many of its places are in no province in any reading.
    """

    fixed: frozenset[str] = frozenset()
    choices: tuple[frozenset[str], ...] = ()
    off: str = ""
    unplaced: int = 0

    def may_be_in(self, provinces: frozenset[str]) -> bool:
        """Whether it is in any of these provinces in some reading."""
        return not provinces.isdisjoint(self.fixed.union(*self.choices))

    def must_be_in(self, provinces: frozenset[str]) -> bool:
        """Whether it is in any of these provinces in every reading."""
        return not provinces.isdisjoint(self.fixed) or any(
            choice <= provinces for choice in self.choices
        )

    def is_whole_in(self, provinces: frozenset[str]) -> bool:
        """Whether all of its places are in these provinces in every reading."""
        everywhere = self.fixed.union(*self.choices)
        return bool(everywhere) and not self.unplaced and everywhere <= provinces


@dataclass(frozen=True, eq=False)
class CountedRecords:
    """The records that a View keeps, as columns of what a count reads.

    Parameters
    ----------
    ids
        Of the records, in the order of the table: a list, or what reads a column when it is asked.
    first_low, first_high, last_low, last_high
        IntVector of the days between which it begins and ends; see :mod:`geo.counts.period_units`.
    is_point
        Whether it is on one day; else it is on all days from its first to its last.
    is_loose
        Whether its date is approximate or uncertain.
    place, group, status, kind
        Codes of the values in the tuples of the same names in the plural.
    killed_low, killed_high
        Fatalities; ``NaN`` where this end is not stated.
    killed_by
        0 where no number is stated, 1 where a third party gives one, 2 where only parties do.
    sourced
        Whether any of its sources is known.
    window
        The days of the View: a cell without a period has these.
    provinces_in_view
        The provinces of the View: a cell without provinces has these.
    ledger
        Of the View, for what is beside the counts.
    withdrawn
        Ids of the records in view that are withdrawn, which are not counted.
    most_named
        How many records of a cell or an answer are named.
    """

    ids: Any
    first_low: Days
    first_high: Days
    last_low: Days
    last_high: Days
    is_point: Flags
    is_loose: Flags
    place: Codes
    group: Codes
    status: Codes
    kind: Codes
    places: tuple[PlacePattern, ...]
    groups: tuple[tuple[str, ...], ...]
    statuses: tuple[str, ...]
    kinds: tuple[str, ...]
    killed_low: NDArray[np.float64]
    killed_high: NDArray[np.float64]
    killed_by: NDArray[np.int8]
    sourced: Flags
    window: DayRange = EVER
    provinces_in_view: tuple[str, ...] = ()
    ledger: Ledger | None = None
    withdrawn: tuple[str, ...] = ()
    most_named: int = MAX_NAMED_RECORDS

    def __len__(self) -> int:
        """How many records are counted."""
        return len(self.is_point)

    def named(self, rows: NDArray[np.intp]) -> tuple[str, ...]:
        """The ids of some rows, in order; at most `most_named`."""
        return tuple(str(self.ids[at]) for at in rows[: self.most_named])


def counted_records(workspace: Workspace, view: View = EVERYTHING) -> CountedRecords:
    """Prepare the records that a View keeps for counting.

    Parameters
    ----------
    workspace
        The country and its dossier.
    view
        Which records are counted, as on the map. Its period and provinces are those of every cell
        that names none.

    Examples
    --------
    A record that is only known to be in the north is certain in none of its provinces:

    >>> from geo import open_workspace
    >>> counted = counted_records(open_workspace())
    >>> at = list(counted.ids).index("civilians-attacked-north-2022")
    >>> pattern = counted.places[counted.place[at]]
    >>> pattern.must_be_in(frozenset({"AF-BAL"})), pattern.may_be_in(frozenset({"AF-BAL"}))
    (False, True)
    """
    asked = workspace_for(view, workspace)
    found = select(view, workspace)
    kept = set(found.table["record"])
    reviews = asked.located.reviews
    shown = [record for record in asked.reading.dossier.records if record.id in kept]
    out = tuple(one.id for one in shown if reviews[one.id].state == "withdrawn")
    gone = frozenset(out)
    counted = [record for record in shown if record.id not in gone]
    return _columns(
        counted,
        asked,
        window=days_between(view.first, view.last),
        provinces_in_view=view.provinces,
        ledger=found.ledger,
        withdrawn=out,
    )


def _columns(records: Sequence[Record], workspace: Workspace, **more: Any) -> CountedRecords:
    located, sources = workspace.located, workspace.reading.dossier.sources
    killed = [located.evidence[record.id].killed for record in records]
    whose = {"not_stated": 0, "claimed_by_party": 2}
    windows = np.array([_windows(record) for record in records], dtype=np.int32).reshape(-1, 4)
    place, places = value_codes(place_pattern(located.places[record.id]) for record in records)
    group, groups = value_codes(record.groups or (UNNAMED,) for record in records)
    status, statuses = value_codes(located.evidence[record.id].status for record in records)
    kind, kinds = value_codes(record.kind for record in records)
    return CountedRecords(
        ids=[record.id for record in records],
        first_low=windows[:, 0],
        first_high=windows[:, 1],
        last_low=windows[:, 2],
        last_high=windows[:, 3],
        is_point=np.array([_is_point(record) for record in records], dtype=bool),
        is_loose=np.array([record.period.loose for record in records], dtype=bool),
        place=place, group=group, status=status, kind=kind,
        places=places, groups=groups, statuses=statuses, kinds=kinds,
        killed_low=np.array([_figure(one.low) for one in killed], dtype=np.float64),
        killed_high=np.array([_figure(one.high) for one in killed], dtype=np.float64),
        killed_by=np.array([whose.get(one.basis, 1) for one in killed], dtype=np.int8),
        sourced=np.array([any(c.source in sources for c in one.claims) for one in records], bool),
        **more,
    )  # fmt: skip


def _figure(figure: int | None) -> float:
    return float("nan") if figure is None else float(figure)


def value_codes(values: Iterable[_Value]) -> tuple[Codes, tuple[_Value, ...]]:
    """Number distinct values in the order in which they appear.

    Returns
    -------
    tuple
        The number of each value, and the distinct values.
    """
    numbers: dict[_Value, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return np.array(codes, dtype=np.int32), tuple(numbers)


def _is_point(record: Record) -> bool:
    return isinstance(record, Incident) or record.last is None


def _windows(record: Record) -> tuple[int, int, int, int]:
    """The days between which a record begins, and those between which it ends."""
    if isinstance(record, Incident) or record.last is None:
        first = last = record.period
    else:
        first, last = record.first, record.last
    return (
        number_of(first.earliest, ALWAYS_BEFORE),
        number_of(first.latest, ALWAYS_AFTER),
        number_of(last.earliest, ALWAYS_BEFORE),
        number_of(last.latest, ALWAYS_AFTER),
    )


def place_pattern(places: Sequence[Location]) -> PlacePattern:
    """In which provinces a record with these places can be.

    Examples
    --------
    >>> place_pattern([Location("x", "resolved", precision="province", provinces=("AF-KAB",))])
    PlacePattern(fixed=frozenset({'AF-KAB'}), choices=(), off='', unplaced=0)
    """
    fixed: set[str] = set()
    choices: list[frozenset[str]] = []
    unplaced = 0
    for place in places:
        codes = _provinces_of(place)
        unplaced += not codes
        if len(codes) == 1:
            fixed |= codes
        elif codes:
            choices.append(codes)
    off = "" if any(not place.off for place in places) else places[0].off
    return PlacePattern(frozenset(fixed), tuple(choices), off, unplaced)


def _provinces_of(place: Location) -> frozenset[str]:
    if not place.off:
        return frozenset(place.provinces)
    if place.status != "ambiguous":
        return frozenset()
    candidates = {code for one in place.candidates for code in one.provinces}
    return frozenset({*candidates, ELSEWHERE}) if candidates else frozenset()


def not_mapped(counted: CountedRecords) -> Mapping[str, int]:
    """How many of the counted records are in no province in any reading, by the reason.

    Returns
    -------
    Mapping
        Number of records by reason, without the reasons that none has.
    """
    numbers = np.bincount(counted.place, minlength=len(counted.places))
    found: dict[str, int] = {}
    for pattern, number in zip(counted.places, numbers, strict=True):
        if number and not pattern.fixed and not pattern.choices:
            found[pattern.off or "unknown"] = found.get(pattern.off or "unknown", 0) + int(number)
    return found
