"""Match names of parties to groups, by a registry whose entries have dates.

``actors.csv`` in a country's folder has one row for each name in each period:

=======================  ======================================================================
``key``                  of the group, as in the dossier if it is there. Empty for a name that
                         identifies nobody, such as an unidentified armed group
``name``                 as a file writes it; spellings are folded
``role``                 what the group was in that period; empty on further names of the same key
``since``, ``until``     first and last day on which the name means this group; empty: no limit
``stands_for``           keys that the name may mean without deciding, separated by blanks
``note``                 the evidence for the entry
``where``                ``inside``: the name means this group only in rows inside the country;
                         the column may be missing
=======================  ======================================================================

The names that the dossier gives to its groups count as well. A name that is in neither remains
a name: it is listed as unmatched, and never counted as "other".
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from geo import limits
from geo.dossier.records import Group, GroupRole
from geo.errors import IntakeError
from geo.events.cells.values import to_day
from geo.places.spelling import fold_name

FILE: Final = "actors.csv"
COLUMNS: Final = ("key", "name", "role", "since", "until", "stands_for", "note", "where")
NEEDED: Final = COLUMNS[:-1]
INSIDE: Final = "inside"
ROLES: Final = frozenset(get_args(GroupRole))
ALWAYS: Final = 10**7
"""Days; no date is this far from 1970."""


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """What a name means from one day to another.

    Parameters
    ----------
    key
        Of the group; empty where the name identifies nobody.
    since, until
        First and last day, as numbers of days since 1970.
    stands_for
        The groups that the name may mean without deciding.
    inside
        Whether the name has this meaning only inside the country.
    """

    key: str
    name: str
    role: str
    since: int
    until: int
    stands_for: tuple[str, ...]
    inside: bool = False


class Registry:
    r"""Names of parties, and the groups that they mean on a given day.

    Parameters
    ----------
    entries
        In any order; two entries of the same name may not overlap in time.

    Examples
    --------
    >>> registry = Registry.read(
    ...     b"key,name,role,since,until,stands_for,note\n"
    ...     b"republic,Government of Afghanistan,state_forces,,2021-08-14,,\n"
    ...     b"taliban,Government of Afghanistan,state_forces,2021-08-15,,,\n"
    ... )
    >>> registry.find("government of Afghanistan", date(2021, 8, 14)).key
    'republic'
    >>> registry.find("Government of Afghanistan", date(2021, 8, 15)).key
    'taliban'
    >>> registry.find("A new front", date(2022, 1, 1)) is None
    True
    """

    def __init__(self, entries: Iterator[RegistryEntry] | tuple[RegistryEntry, ...]) -> None:
        self.entries = tuple(entries)
        named: defaultdict[str, list[RegistryEntry]] = defaultdict(list)
        for entry in self.entries:
            named[fold_name(entry.name)].append(entry)
        for same in named.values():
            # A meaning inside the country takes precedence over one that holds everywhere.
            same.sort(key=lambda entry: not entry.inside)
        for entry in self.entries:
            # A key is always a name too, because tables that this program wrote hold keys.
            if fold_name(entry.key) and fold_name(entry.key) not in named:
                named[fold_name(entry.key)] = [
                    RegistryEntry(entry.key, entry.key, "", -ALWAYS, ALWAYS, ())
                ]
        self._named = dict(named)
        days = {day for entry in self.entries for day in (entry.since, entry.until + 1)}
        self._breaks = np.array(sorted(days), dtype=np.int64)

    @classmethod
    def read(cls, data: bytes, groups: Mapping[str, Group] | None = None) -> Registry:
        """Read the registry of a country, and add the groups of its dossier.

        Parameters
        ----------
        data
            Content of ``actors.csv``; may be empty.
        groups
            By key, as in the dossier.

        Raises
        ------
        IntakeError
            The message names every faulty line.
        """
        entries, faults = _read(data)
        faults += _overlaps(entries)
        if faults:
            raise IntakeError("\n".join(faults))
        known = {fold_name(entry.name) for _, entry in entries}
        own = (
            entry
            for key, group in (groups or {}).items()
            for entry in _of_group(key, group)
            if fold_name(entry.name) not in known
        )
        return cls((*(entry for _, entry in entries), *own))

    @classmethod
    def of_folder(cls, folder: Path, groups: Mapping[str, Group] | None = None) -> Registry:
        """Read the registry in a country's folder; without one, use the groups of the dossier.

        Raises
        ------
        IntakeError
            As :meth:`read`.
        """
        file = folder / FILE
        return cls.read(file.read_bytes() if file.is_file() else b"", groups)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all entries, as 64 hexadecimal digits."""
        return hashlib.sha256("\n".join(map(repr, self.entries)).encode()).hexdigest()

    def find(self, name: str, day: date) -> RegistryEntry | None:
        """Return the entry that a name means on a day."""
        return self.at(name, self.era_of(np.array([to_day(day)]))[0])

    def era_of(self, days: NDArray[np.int32]) -> NDArray[np.int64]:
        """Number the periods (eras) within which every name keeps its meaning."""
        return np.searchsorted(self._breaks, days, side="right")

    def at(self, name: str, era: int) -> RegistryEntry | None:
        """Return the entry that a name means in an era, in a row inside the country."""
        return self.spelled_at(fold_name(name), era)

    def spelled(self, folded: str, *, inside: bool = True) -> Sequence[RegistryEntry]:
        """All that a name as :func:`geo.places.spelling.fold_name` leaves it means, at any time."""
        found = self._named.get(folded, ())
        return [entry for entry in found if inside or not entry.inside]

    def spelled_at(self, folded: str, era: int, *, inside: bool = True) -> RegistryEntry | None:
        """Return the entry that a folded name means in an era."""
        day = int(self._breaks[era - 1]) if era else -ALWAYS - 1
        found = self.spelled(folded, inside=inside)
        return next((entry for entry in found if entry.since <= day <= entry.until), None)

    def either(self, keys: Iterable[str]) -> str | None:
        """Return the key that means one of several groups undecided; ``None`` if there is none."""
        wanted = frozenset(part for key in keys for part in self.parts_of(key))
        return next(iter(wanted)) if len(wanted) == 1 else self._undecided.get(wanted)

    @cached_property
    def _undecided(self) -> dict[frozenset[str], str]:
        return {frozenset(one.stands_for): one.key for one in self.entries if one.stands_for}

    def role_of(self, key: str, day: int) -> str:
        """Return the role of a group on a day; empty where it is not recorded."""
        return next(
            (
                entry.role
                for entry in self.entries
                if entry.key == key and entry.role and entry.since <= day <= entry.until
            ),
            "",
        )

    def label(self, key: str) -> str:
        """Return the first name of a group; the key itself where it has none."""
        return next((entry.name for entry in self.entries if entry.key == key), key)

    def parts_of(self, key: str) -> tuple[str, ...]:
        """Return the groups that a key may mean: itself, or those that it leaves undecided."""
        return next((e.stands_for for e in self.entries if e.key == key and e.stands_for), (key,))


def _read(data: bytes) -> tuple[list[tuple[int, RegistryEntry]], list[str]]:
    if len(data) > limits.MAX_REGISTRY_BYTES:
        return [], [
            f"{FILE}: has {len(data):,} bytes; at most {limits.MAX_REGISTRY_BYTES:,} are read"
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [f"{FILE}: byte {error.start} is not UTF-8; save the file as UTF-8"]
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return _read_rows(data, rows)
    except csv.Error as error:
        return [], [f"{FILE}: cannot be read as CSV ({error})"]


def _read_rows(
    data: bytes, rows: csv.DictReader[str]
) -> tuple[list[tuple[int, RegistryEntry]], list[str]]:
    if data and tuple(rows.fieldnames or ()) not in {COLUMNS, NEEDED}:
        return [], [f"{FILE}:1: expected the columns {','.join(NEEDED)}, and optionally where"]
    entries: list[tuple[int, RegistryEntry]] = []
    faults: list[str] = []
    for row in rows:
        entry, said = _entry({name: (row.get(name) or "").strip() for name in COLUMNS})
        faults += [f"{FILE}:{rows.line_num}: {fault}" for fault in said]
        if entry is not None:
            entries.append((rows.line_num, entry))
    return entries, faults


def _entry(row: Mapping[str, str]) -> tuple[RegistryEntry | None, list[str]]:
    faults: list[str] = []
    if not fold_name(row["name"]):
        faults.append("a name is missing")
    if row["role"] and row["role"] not in ROLES:
        faults.append(f"role {row['role']!r}; expected one of {', '.join(sorted(ROLES))}")
    if row["where"] not in {"", INSIDE}:
        faults.append(f"where {row['where']!r}; expected {INSIDE}, or nothing for everywhere")
    days: list[int] = []
    for column, open_end in (("since", -ALWAYS), ("until", ALWAYS)):
        try:
            days.append(to_day(date.fromisoformat(row[column])) if row[column] else open_end)
        except ValueError:
            faults.append(f"{column} {row[column]!r}; expected a day such as 2021-08-15")
    if not faults and days[0] > days[1]:
        faults.append(f"since {row['since']} is later than until {row['until']}")
    if faults:
        return None, faults
    stands_for = tuple(row["stands_for"].split())
    inside = row["where"] == INSIDE
    since, until = days
    return RegistryEntry(row["key"], row["name"], row["role"], since, until, stands_for, inside), []


def _overlaps(entries: list[tuple[int, RegistryEntry]]) -> list[str]:
    """List the names that mean two things on the same day."""
    faults: list[str] = []
    last: dict[tuple[str, bool], tuple[int, RegistryEntry]] = {}
    for line, entry in sorted(entries, key=lambda pair: pair[1].since):
        named = fold_name(entry.name), entry.inside
        before = last.get(named)
        if before is not None and before[1].until >= entry.since:
            faults.append(
                f"{FILE}:{line}: {entry.name!r} overlaps in time with line {before[0]}; "
                "one must end before the other begins"
            )
        last[named] = line, entry
    return faults


def _of_group(key: str, group: Group) -> Iterator[RegistryEntry]:
    for name in dict.fromkeys((group.name, group.short, *group.also)):
        yield RegistryEntry(key, name, "", -ALWAYS, ALWAYS, ())
    for period in group.roles:
        since = period.since.earliest if period.since else None
        until = period.until.latest if period.until else None
        yield RegistryEntry(
            key, f"{group.name} as {period.role}", period.role,
            to_day(since) if since else -ALWAYS, to_day(until) if until else ALWAYS, (),
        )  # fmt: skip
