"""Records that may be about the same event as the one that is being entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rapidfuzz import fuzz

from geo.dossier.records import Record
from geo.places.locations import Location
from geo.table.workspace import Workspace
from geo.text import listed

_AROUND: Final = timedelta(days=3)
"""Days by which reports of one event may differ: the next day's paper, and a time zone."""
_SIMILAR: Final = 75.0
"""Likeness of two headlines, of 100 (rapidfuzz ``token_set_ratio``), at which they may mean the
same; in the included dossier, headlines of different events stay below it."""
_MOST: Final = 5
"""Records that are listed: whoever sees five looks at the list on the map."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that may be about the same event.

    Parameters
    ----------
    why
        What the two have in common.
    """

    record: Record
    why: str


def alike(record: Record, places: tuple[Location, ...], workspace: Workspace) -> tuple[Alike, ...]:
    """Find records that may be about the same event, those with most in common first.

    Parameters
    ----------
    places
        Where the record is.

    Returns
    -------
    tuple
        At most five. They overlap in time, are in the same place or province, and share a group
        or words of the headline.
    """
    found = []
    for other in workspace.reading.dossier.records:
        if other.id == record.id or other.kind != record.kind or not _overlap(record, other):
            continue
        there = workspace.located.places.get(other.id, ())
        common = list(_in_common(record, places, other, there))
        if {"group", "words in the headline"}.intersection(common) and len(common) > 1:
            found.append((len(common), Alike(other, f"same {listed(common)}")))
    found.sort(key=lambda pair: -pair[0])
    return tuple(one for _, one in found[:_MOST])


def _in_common(
    record: Record, places: tuple[Location, ...], other: Record, there: tuple[Location, ...]
) -> Iterator[str]:  # fmt: skip
    if _names(places) & _names(there):
        yield "place"
    elif common := _provinces(places) & _provinces(there):
        yield "province" if len(common) == 1 else "provinces"
    else:
        return
    if set(record.groups) & set(other.groups):
        yield "group"
    if fuzz.token_set_ratio(record.title.lower(), other.title.lower()) >= _SIMILAR:
        yield "words in the headline"
    if record.period == other.period and record.period.edtf:
        yield "date"


def _names(places: tuple[Location, ...]) -> set[str]:
    """The names of places that tell events apart: most events are in the same country."""
    return {one.name for one in places if one.name and one.precision not in {"country", "region"}}


def _provinces(places: tuple[Location, ...]) -> set[str]:
    return {code for one in places for code in one.provinces if one.precision != "region"}


def _overlap(record: Record, other: Record) -> bool:
    first, last = _days(record)
    begin, end = _days(other)
    return first - end <= _AROUND and begin - last <= _AROUND


def _days(record: Record) -> tuple[date, date]:
    period = record.period
    return period.earliest or date.min, period.latest or date.max
