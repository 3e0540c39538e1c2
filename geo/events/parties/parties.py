"""Find the parties of rows: keys of groups, unmatched names, and who was acted upon.

A row may name several parties, and what a name means depends on the day; both are resolved once for
each distinct combination of names and era.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.dossier.records import CIVILIANS
from geo.events.columns.columns import CodedColumn, Combinations, Mask, coded
from geo.events.columns.rejects import Findings
from geo.events.parties.actors import Registry
from geo.events.parties.lookup import EraSpan, Party, PartyLookup

ATTRIBUTIONS: Final = ("attributed_by_third_party", "unattributed")
MISDATED: Final = "the years in the name do not fit the date of the row"
_LISTS: Final = pa.list_(pa.string())


@dataclass(frozen=True, eq=False)
class SideColumns:
    """The columns that name one side.

    Parameters
    ----------
    names
        Columns of names; :mod:`geo.events.parties.names` describes how a cell lists several.
    people
        Which rows name people here who are not an armed group: civilians, protesters, rioters. Such
        a name is not a party; groups named with them are.
    called
        What the file calls the columns of names.
    """

    names: tuple[CodedColumn, ...]
    people: Mask
    called: tuple[str, ...] = ()

    def filter(self, kept: Mask) -> SideColumns:
        """Only the rows that are kept."""
        names = tuple(name.filter(kept) for name in self.names)
        return SideColumns(names, self.people[kept], self.called)


@dataclass(frozen=True, eq=False)
class StatedParties:
    """The parties that rows state.

    Parameters
    ----------
    sides
        The sides whose names are read.
    acted_upon
        For each side, in which rows the file states that it was acted upon.
    earliest, latest
        Days since 1970, between which the row is.
    """

    sides: tuple[SideColumns, ...]
    acted_upon: tuple[Mask, ...]
    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]

    def filter(self, kept: Mask) -> StatedParties:
        """Only the rows that are kept."""
        return StatedParties(
            tuple(side.filter(kept) for side in self.sides),
            tuple(struck[kept] for struck in self.acted_upon),
            self.earliest[kept],
            self.latest[kept],
        )


@dataclass(slots=True)
class _RowParties:
    """What one combination names, each once and in order."""

    groups: dict[str, None] = field(default_factory=dict)
    unmatched: dict[str, None] = field(default_factory=dict)
    against: dict[str, None] = field(default_factory=dict)


def name_parties(
    parties: StatedParties,
    registry: Registry,
    doubts: Findings | None = None,
    outside: Mask | None = None,
) -> tuple[dict[str, Any], pa.Table]:
    """Return the party columns of an event table, and the list of unmatched names.

    A name that means one group at the beginning of a row's interval and another at its end is also
    unmatched, since the row does not decide between them.

    Parameters
    ----------
    doubts
        Collects warnings about names whose years do not match the day of their row.
    outside
        Which rows are outside the country; none by default.

    Returns
    -------
    Columns of an event table by their names (``groups``, ``unmatched``, ``against`` and
    ``attribution``), and a table of unmatched names with the number of their rows.
    """
    begins, ends = registry.era_of(parties.earliest), registry.era_of(parties.latest)
    away = np.zeros(begins.size, dtype=bool) if outside is None else outside
    columns = [column.codes for side in parties.sides for column in side.names]
    flags = [side.people for side in parties.sides] + list(parties.acted_upon)
    both = Combinations.of(begins, ends, away, *columns, *flags)
    reader = _PartyReader(parties, registry)
    when = zip(*(one[both.first].tolist() for one in (begins, ends, ~away)), strict=True)
    rows = both.first.tolist()
    parties_of = [reader.read(row, EraSpan(*at)) for row, at in zip(rows, when, strict=True)]
    if doubts is not None:
        reader.doubt_years(doubts)
    rows_of = np.bincount(both.number, minlength=len(parties_of)).tolist()
    counted: Counter[str] = Counter()
    for named, count in zip(parties_of, rows_of, strict=True):
        counted.update(dict.fromkeys(named.unmatched, count))
    numbers = pa.array(both.number)
    named_any = np.array([bool(one.groups or one.unmatched) for one in parties_of], dtype=bool)
    attribution = np.where(named_any[both.number] if parties_of else [], 0, 1)
    return {
        "groups": pa.array([list(one.groups) for one in parties_of], _LISTS).take(numbers),
        "unmatched": pa.array([list(one.unmatched) for one in parties_of], _LISTS).take(numbers),
        "against": pa.array([list(one.against) for one in parties_of], _LISTS).take(numbers),
        "attribution": coded(attribution, ATTRIBUTIONS),
    }, _queue(counted)


class _PartyReader:
    """Reads combinations; each cell is parsed once."""

    def __init__(self, parties: StatedParties, registry: Registry) -> None:
        self.parties, self.lookup = parties, PartyLookup(registry)

    def read(self, row: int, when: EraSpan) -> _RowParties:
        named = _RowParties()
        for side, acted_upon in zip(self.parties.sides, self.parties.acted_upon, strict=True):
            people, struck = bool(side.people[row]), bool(acted_upon[row])
            if people and struck:
                named.against[CIVILIANS] = None
            for position, column in enumerate(side.names):
                if people and position == 0:
                    continue
                for party in self.lookup.read(column.texts[column.codes[row]], when):
                    _add(party, named, struck=struck)
        return named

    def doubt_years(self, doubts: Findings) -> None:
        """Add a warning for each row whose day is outside the years after a name."""
        parties = self.parties
        for side in parties.sides:
            called = (*side.called, *("party",) * len(side.names))
            for column, name in zip(side.names, called, strict=False):
                windows = np.array([self.lookup.window(cell) for cell in column.texts])
                first, last = windows.reshape(-1, 2)[column.codes].T
                misses = (parties.latest < first) | (parties.earliest > last)
                doubts.add(misses, name, column, MISDATED)


def _add(party: Party, named: _RowParties, *, struck: bool) -> None:
    if party.people:
        # Protesters and rioters are not groups either, but only civilians count as a target.
        if struck and party.people == CIVILIANS:
            named.against[CIVILIANS] = None
    elif party.key is None:
        named.unmatched[party.name] = None
    elif party.key:
        # A party that is only acted upon does not act: the record would be in the wrong layer.
        (named.against if struck else named.groups)[party.key] = None


def _queue(counted: Counter[str]) -> pa.Table:
    names: Sequence[tuple[str, int]] = counted.most_common()
    return pa.table(
        {
            "name": pa.array([name for name, _ in names], pa.string()),
            "rows": pa.array([rows for _, rows in names], pa.int64()),
        }
    )
