"""The record count of a series: each record once, and how many maps it is on.

A record whose dates span several months, or whose places are in several provinces, is on several
maps and counted on each; the count says so, and adds up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from geo.series.series_recipe import PERIODS, SeriesRecipe
from geo.text import counted
from geo.wording.vocabulary import REASONS

_WITHOUT: Final[Mapping[str, str]] = {
    "province": "not known to be in any one province",
    "group": "of no group shown",
}


@dataclass(frozen=True, slots=True)
class PanelCount:
    """The records of one map: ``len(shown) == drawn + beside + outside``.

    Parameters
    ----------
    shown
        Ids of all records that it shows, or that are outside its frame.
    total
        All records of the data.
    drawn
        Records on the map.
    beside
        Records that are listed but not mapped.
    outside
        Records that could be mapped, but outside the frame.
    """

    shown: frozenset[str]
    total: int
    drawn: int
    beside: int
    outside: int


@dataclass(frozen=True, slots=True)
class SeriesTally:
    """How many maps each record is on: ``total == once + several + nowhere + sum(out.values())``.

    Parameters
    ----------
    maps
        Number of maps.
    entries
        Sum of the records of all maps; a record on two maps is two entries.
    nowhere
        Records that the View shows, but no map.
    out
        Records that the View excludes, by the first filter that excludes them.

    Examples
    --------
    >>> counts = [PanelCount(frozenset("ab"), 5, 2, 0, 0), PanelCount(frozenset("a"), 5, 0, 1, 0)]
    >>> tally = SeriesTally.of(counts, {"a": "", "b": "", "c": "", "d": "kind", "e": "kind"})
    >>> tally.once, tally.several, tally.entries, tally.nowhere, dict(tally.out)
    (1, 1, 3, 1, {'kind': 2})
    """

    total: int
    maps: int
    once: int
    several: int
    entries: int
    nowhere: int
    out: Mapping[str, int]

    @classmethod
    def of(cls, counts: Sequence[PanelCount], why: Mapping[str, str]) -> Self:
        """Count the maps of a series.

        Parameters
        ----------
        why
            For each record of the data, why the View excludes it; empty if it does not.
        """
        times = Counter(record for count in counts for record in count.shown)
        out = Counter(reason for record, reason in why.items() if reason and not times[record])
        return cls(
            total=len(why),
            maps=len(counts),
            once=sum(number == 1 for number in times.values()),
            several=sum(number > 1 for number in times.values()),
            entries=times.total(),
            nowhere=sum(not reason and not times[record] for record, reason in why.items()),
            out=dict(out),
        )


def say_panel(count: PanelCount, beside: str = "") -> str:
    """The record count of one map, in one line that adds up.

    Parameters
    ----------
    beside
        Numbers of the records that are not mapped.

    Examples
    --------
    >>> say_panel(PanelCount(frozenset("abcd"), 28, 1, 2, 1), "5, 6")
    '4 of 28 records; 2 not mapped (5, 6); 1 outside the frame'
    >>> say_panel(PanelCount(frozenset(), 28, 0, 0, 0))
    '0 of 28 records'
    """
    numbers = f" ({beside})" if beside else ""
    return "; ".join(
        [
            f"{len(count.shown)} of {counted(count.total, 'record')}",
            *([f"{count.beside} not mapped{numbers}"] if count.beside else []),
            *([f"{count.outside} outside the frame"] if count.outside else []),
        ]
    )


def say_tally(tally: SeriesTally, series: SeriesRecipe) -> str:
    """The record count of a series, in one line that adds up.

    Examples
    --------
    >>> counts = [PanelCount(frozenset("ab"), 4, 2, 0, 0), PanelCount(frozenset("a"), 4, 1, 0, 0)]
    >>> say_tally(SeriesTally.of(counts, {"a": "", "b": "", "c": "", "d": "kind"}), SeriesRecipe())
    '2 of 4 records on 2 maps · 1 on one map · 1 on several, counted on each (3 in all) · 1 \
without a date in this range · 1 of another record type'
    """
    labels = {reason.key: reason.label for reason in REASONS}
    on_maps = f"{tally.once + tally.several} of {counted(tally.total, 'record')}"
    parts = [f"{on_maps} on {counted(tally.maps, 'map')}"]
    if tally.several:
        parts += [f"{tally.once} on one map"] if tally.once else []
        parts += [f"{tally.several} on several, counted on each ({tally.entries} in all)"]
    parts += [f"{tally.nowhere} {_nowhere(series)}"] if tally.nowhere else []
    parts += [f"{tally.out[key]} {labels[key]}" for key in _in_order(tally.out)]
    return " · ".join(parts)


def _nowhere(series: SeriesRecipe) -> str:
    if series.form == "pair":
        return "in neither period"
    steps = {series.each, series.then}
    if steps & PERIODS:
        return "without a date in this range" if steps <= {*PERIODS, None} else "on no map"
    return _WITHOUT.get(series.each, "on no map")


def say_page(counts: Sequence[PanelCount], first: int, of: int) -> str:
    """The record count of one page of several, in one line that adds up.

    Parameters
    ----------
    first
        Number of the first map on the page.
    of
        Number of all maps.

    Examples
    --------
    >>> counts = [PanelCount(frozenset("ab"), 4, 2, 0, 0), PanelCount(frozenset("a"), 4, 1, 0, 0)]
    >>> say_page(counts, 13, 20)
    'Maps 13–14 of 20: 2 records, 1 of them on several of these maps (3 in all)'
    """
    times = Counter(record for count in counts for record in count.shown)
    several = sum(number > 1 for number in times.values())
    last = first + len(counts) - 1
    which = f"Map {first}" if first == last else f"Maps {first}–{last}"
    repeated = f", {several} of them on several of these maps ({times.total()} in all)"
    return f"{which} of {of}: {counted(len(times), 'record')}{repeated if several else ''}"


def _in_order(out: Iterable[str]) -> Iterable[str]:
    found = set(out)
    return (reason.key for reason in REASONS if reason.key in found)
