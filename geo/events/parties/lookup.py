"""Find whom the names in a cell mean on a day: groups, people, nobody, or somebody unknown.

A cell is split once, by what the registry knows of names at any time; the meaning of each name is
then looked up for the period of a row. A cell is never split where a part is unknown: half a name
identifies nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from geo.events.cells.values import to_day
from geo.events.parties.actors import ALWAYS, Registry, RegistryEntry
from geo.events.parties.names import (
    SEPARATORS,
    DatedName,
    abbreviated,
    alternatives,
    dated_name,
    holds_several,
    is_nobody,
    names_in,
    parts_of,
    people,
)
from geo.places.spelling import fold_name


class EraSpan(NamedTuple):
    """When and where a row is: eras of its first and last day, and whether in the country."""

    begin: int
    end: int
    inside: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """What a name means.

    Parameters
    ----------
    name
        As in the cell.
    key
        Key of the group; ``None`` where it is unknown, empty where the name is not a group's.
    people
        The kind of people, where the name means people who are not an armed group.
    """

    name: str
    key: str | None = None
    people: str = ""


@dataclass(frozen=True, slots=True)
class _NameParts:
    """A parsed name: the registry's spelling, its years, or the names it may stand for."""

    text: str
    folded: str = ""
    dated: DatedName | None = None
    either: tuple[_NameParts, ...] = ()
    known: bool = True
    people: str = ""


class PartyLookup:
    r"""Reads cells by the names of a registry.

    Examples
    --------
    >>> registry = Registry.read(
    ...     b"key,name,role,since,until,stands_for,note\n"
    ...     b"old,Forces of A,state_forces,,2021-08-14,,\nnew,Forces of A,,2021-08-15,,,\n"
    ...     b"rebels,Rebels,rebel_group,,,,\neither,Undecided,,,,new rebels,\n"
    ... )
    >>> lookup, when = PartyLookup(registry), EraSpan(*registry.era_of([18_000, 18_000]))
    >>> [party.key for party in lookup.read("Forces of A (2014-2021), Rebels; Who?; NA", when)]
    ['old', 'rebels', None]
    >>> [party.key for party in lookup.read("Forces of A (2021-) and/or Rebels", when)]
    ['either']
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._cells: dict[str, tuple[_NameParts, ...]] = {}

    def read(self, cell: str, when: EraSpan) -> list[Party]:
        """Return the parties that the names in a cell mean, in order."""
        return [Party(one.text, self._key(one, when), one.people) for one in self._names(cell)]

    def window(self, cell: str) -> tuple[int, int]:
        """Return first and last day, since 1970, that agree with the years in a cell's names.

        Returns
        -------
        First and last day in days since 1 January 1970; no limit is :data:`ALWAYS` days away.
        """
        spans = [self._span(one) for one in self._names(cell) if one.dated is not None]
        return max((first for first, _ in spans), default=-ALWAYS), min(
            (last for _, last in spans), default=ALWAYS
        )

    def _names(self, cell: str) -> tuple[_NameParts, ...]:
        if cell not in self._cells:
            self._cells[cell] = tuple(
                one for text in names_in(cell) for one in self._divided(text, SEPARATORS)
            )
        return self._cells[cell]

    def _divided(self, text: str, separators: tuple[str, ...]) -> list[_NameParts]:
        """Read a text as one name, or as several where all of its parts are known."""
        whole = self._named(text)
        if whole.known or alternatives(text):
            return [whole]
        for at, separator in enumerate(separators, start=1):
            if separator in text and (found := self._all(text, separator, separators[at:])):
                return found
        return [whole]

    def _all(self, text: str, separator: str, finer: tuple[str, ...]) -> list[_NameParts]:
        """Return all parts of a text; none if one of them is unknown."""
        found: list[_NameParts] = []
        for part in parts_of(text, separator):
            names = self._divided(part, finer)
            if not all(one.known for one in names):
                return []
            found += names
        return found

    def _named(self, text: str) -> _NameParts:
        if folded := self._spelled(text):
            return _NameParts(text, folded)
        if either := alternatives(text):
            return self._undecided(text, either)
        if years := dated_name(text):
            # A unit begins right after the years, so that "and" may be its first word.
            several = holds_several(f" {years.unit}")
            folded = "" if several else self._spelled(years.name)
            return _NameParts(text, folded, years, known=bool(folded))
        # A text that begins like nobody or like people may continue with a group.
        kind = "" if holds_several(text) else people(text)
        known = bool(kind) or (is_nobody(text) and not holds_several(text))
        return _NameParts(text, known=known, people=kind)

    def _undecided(self, text: str, either: list[str]) -> _NameParts:
        parts = tuple(self._named(part) for part in either)
        groups = [bool(part.folded) for part in parts]
        if not any(groups):
            return _NameParts(text, known=all(part.known for part in parts))
        return _NameParts(text, either=parts, known=all(groups))

    def _spelled(self, name: str) -> str:
        """Return the registry's spelling of a name or of its abbreviated form; empty if unknown."""
        if self.registry.spelled(folded := fold_name(name)):
            return folded
        both = None if people(name) or is_nobody(name) else abbreviated(name)
        if both is None:
            return ""
        long, short = (self.registry.spelled(fold_name(part)) for part in both)
        agree = not short or {one.key for one in short} & {one.key for one in long}
        # Brackets may hold a country or a reservation, so both names must be of one group there.
        sure = long and agree and (short or ":" in name)
        return fold_name(both[0]) if sure else ""

    def _key(self, one: _NameParts, when: EraSpan) -> str | None:
        if not one.known:
            return None
        if one.either:
            keys = [self._key(part, when) for part in one.either]
            return self.registry.either(key for key in keys if key) if all(keys) else None
        if not one.folded:
            return ""
        if one.dated is not None and len(found := self._meant(one, inside=when.inside)) == 1:
            return found.pop()
        first, last = (
            self.registry.spelled_at(one.folded, era, inside=when.inside) for era in when[:2]
        )
        return first.key if first and last and first.key == last.key else None

    def _meant(self, one: _NameParts, *, inside: bool = True) -> set[str]:
        return {entry.key for entry in self._dated_entries(one, inside=inside)}

    def _span(self, one: _NameParts) -> tuple[int, int]:
        first, last = _days(one.dated) if one.dated else (-ALWAYS, ALWAYS)
        entries = list(self._dated_entries(one))
        if len({entry.key for entry in entries}) != 1:
            return first, last
        return (
            max(first, min(entry.since for entry in entries)),
            min(last, max(entry.until for entry in entries)),
        )

    def _dated_entries(self, one: _NameParts, *, inside: bool = True) -> Iterator[RegistryEntry]:
        """Yield the entries that a name can mean, given the years after it.

        A year in which one regime ends and another begins belongs to both. A regime that ends in
        the first year of the name is the one before, and one that begins in the last year is the
        one after; neither is meant.
        """
        if one.dated is None:
            return
        first, last = _days(one.dated)
        for entry in self.registry.spelled(one.folded, inside=inside):
            before = entry.since < first <= entry.until <= _end_of(one.dated.first)
            after = last < entry.until and entry.since >= _begin_of(one.dated.last)
            if entry.since <= last and entry.until >= first and not before and not after:
                yield entry


def _days(years: DatedName) -> tuple[int, int]:
    return _begin_of(years.first, -ALWAYS), _end_of(years.last, ALWAYS)


def _begin_of(year: int | None, otherwise: int = ALWAYS) -> int:
    return otherwise if year is None else to_day(date(year, 1, 1))


def _end_of(year: int | None, otherwise: int = -ALWAYS) -> int:
    return otherwise if year is None else to_day(date(year, 12, 31))
