"""Who is named in rows: keys of groups, names that nobody knows yet, and whom it was done to.

A row may name several parties, and what a name means depends on the day; both are worked out once
for each distinct combination of names and stretch of time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.exchange.actors import Registry
from geo.exchange.columns import Coded, Combinations, Mask, coded
from geo.records import CIVILIANS

ATTRIBUTIONS: Final = ("attributed_by_third_party", "unattributed")
_LISTS: Final = pa.list_(pa.string())


@dataclass(frozen=True, eq=False)
class Side:
    """The columns that name one side.

    Parameters
    ----------
    names
        Columns of names, several in a cell divided by semicolons.
    people
        Which rows name people here who are no armed group: civilians, protesters, rioters. Their
        own name is then no party; groups named beside them are.
    """

    names: tuple[Coded, ...]
    people: Mask

    def filter(self, kept: Mask) -> Side:
        """Only the rows that are kept."""
        return Side(tuple(name.filter(kept) for name in self.names), self.people[kept])


@dataclass(frozen=True, eq=False)
class Parties:
    """What rows say about who.

    Parameters
    ----------
    sides
        Whose names they are.
    acted_upon
        For each side, in which rows the file says that it was acted upon.
    earliest, latest
        Days since 1970, between which the row lies.
    """

    sides: tuple[Side, ...]
    acted_upon: tuple[Mask, ...]
    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]

    def filter(self, kept: Mask) -> Parties:
        """Only the rows that are kept."""
        return Parties(
            tuple(side.filter(kept) for side in self.sides),
            tuple(struck[kept] for struck in self.acted_upon),
            self.earliest[kept],
            self.latest[kept],
        )


@dataclass(slots=True)
class _Named:
    """What one combination names."""

    groups: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


def name_parties(parties: Parties, registry: Registry) -> tuple[dict[str, Any], pa.Table]:
    """The columns of an event table that say who, and the queue of names that nobody knows.

    A name that means one group at the beginning of a row's interval and another at its end goes
    into the queue with the others: the row does not decide.
    """
    begins, ends = registry.era_of(parties.earliest), registry.era_of(parties.latest)
    columns = [column.codes for side in parties.sides for column in side.names]
    flags = [side.people for side in parties.sides] + list(parties.acted_upon)
    both = Combinations.of(begins, ends, *columns, *flags)
    reader = _Reader(parties, registry)
    eras = zip(begins[both.first].tolist(), ends[both.first].tolist(), strict=True)
    found = [reader.read(row, *era) for row, era in zip(both.first.tolist(), eras, strict=True)]
    rows_of = np.bincount(both.number, minlength=len(found)).tolist()
    counted: Counter[str] = Counter()
    for named, rows in zip(found, rows_of, strict=True):
        counted.update(dict.fromkeys(named.unmatched, rows))
    numbers = pa.array(both.number)
    named_any = np.array([bool(one.groups or one.unmatched) for one in found], dtype=bool)
    attribution = np.where(named_any[both.number] if found else [], 0, 1)
    return {
        "groups": pa.array([one.groups for one in found], _LISTS).take(numbers),
        "unmatched": pa.array([one.unmatched for one in found], _LISTS).take(numbers),
        "against": pa.array([one.against for one in found], _LISTS).take(numbers),
        "attribution": coded(attribution, ATTRIBUTIONS),
    }, _queue(counted)


class _Reader:
    """Reads combinations; each name is asked once for each stretch of time."""

    def __init__(self, parties: Parties, registry: Registry) -> None:
        self.parties, self.registry = parties, registry
        self._known: dict[tuple[str, int, int], tuple[str | None, bool]] = {}

    def read(self, row: int, begin: int, end: int) -> _Named:
        named = _Named()
        for side, acted_upon in zip(self.parties.sides, self.parties.acted_upon, strict=True):
            people, struck = bool(side.people[row]), bool(acted_upon[row])
            if people and struck:
                _once(named.against, CIVILIANS)
            for position, column in enumerate(side.names):
                for name in names_in(column.texts[column.codes[row]]):
                    if people and position == 0:
                        continue
                    self._add(name, begin, end, named, struck=struck)
        return named

    def _add(self, name: str, begin: int, end: int, named: _Named, *, struck: bool) -> None:
        if struck and name.lower() == CIVILIANS:
            _once(named.against, CIVILIANS)
            return
        key, known = self._key(name, begin, end)
        if not known:
            _once(named.unmatched, name)
        elif key:
            # Who is only acted upon does not act: the record would stand in the wrong layer.
            _once(named.against if struck else named.groups, key)

    def _key(self, name: str, begin: int, end: int) -> tuple[str | None, bool]:
        asked = (name, begin, end)
        if asked not in self._known:
            first, last = self.registry.at(name, begin), self.registry.at(name, end)
            same = first is not None and last is not None and first.key == last.key
            self._known[asked] = (first.key if same and first else None), same
        return self._known[asked]


def names_in(cell: str) -> list[str]:
    """The names in a cell, divided by semicolons.

    Examples
    --------
    >>> names_in("Taliban; Women (Afghanistan);"), names_in(" ")
    (['Taliban', 'Women (Afghanistan)'], [])
    """
    return [name.strip() for name in cell.split(";") if name.strip()]


def _once(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _queue(counted: Counter[str]) -> pa.Table:
    names: Sequence[tuple[str, int]] = counted.most_common()
    return pa.table(
        {
            "name": pa.array([name for name, _ in names], pa.string()),
            "rows": pa.array([rows for _, rows in names], pa.int64()),
        }
    )
