"""What a figure shows of imported events: rings, counts by province, and a count of all others.

An event enters a ring only if its place is known to a town or to a disc around one. Events known
only by their district or province are counted for the province: none becomes a ring.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from geo.snapshot.content.event_choice import EventForm
from geo.text import listed

LARGEST_RING: Final = 13.0
"""Radius in points of the largest ring: less than the distance of two rings of a map, so that most
do not overlap."""
SMALLEST_RING: Final = 2.2
"""Radius in points of the smallest ring: its two lines can still be distinguished in print."""
_FULL: Final = 25
"""Least number of events for which a ring may have the largest size, so that few events do not look
like many."""
EVENT_COLUMNS: Final = (
    "province", "name", "events_in_rings", "events_counted_by_province", "events_not_drawn",
)  # fmt: skip
"""The columns of the table of counts of a figure."""
_ROUND: Final = (1, 2, 5)
"""Leading digits of the round numbers of a legend: about equal steps, as on scales and coins."""
_MOST_NAMED: Final = 3
"""Most provinces that the alternative text names; a listener cannot skim."""


@dataclass(frozen=True, slots=True)
class EventRing:
    """The events of a place, or of places too close for a ring each.

    Parameters
    ----------
    lat, lon
        The place with the most events, in degrees, WGS 84.
    places
        Number of places.
    """

    lat: float
    lon: float
    count: int
    places: int


@dataclass(frozen=True, slots=True)
class ProvinceEvents:
    """The events of a province.

    Parameters
    ----------
    in_rings
        Those whose places are known to a town or a disc, if they are drawn as rings.
    counted
        Those that are counted for the province, with a badge on the map.
    """

    code: str
    name: str
    in_rings: int
    counted: int


@dataclass(frozen=True, slots=True)
class EventsShown:
    """The events of a figure; every number adds up to `total`.

    Parameters
    ----------
    providers
        Names of their providers.
    total
        Number of events of the table.
    rings, provinces
        Largest ring first; provinces in the country's order, only those with events.
    elsewhere
        Numbers of the events that are not drawn, by the reason in words.
    undated
        How many of those drawn have neither a first nor a last possible day.
    apart_km
        Kilometres within which places may share a ring.
    source
        Citation and licence, in one note.
    link
        The provider's address; empty if there are several or it is not known.
    """

    form: EventForm
    providers: tuple[str, ...]
    accessed: date | None
    total: int
    rings: tuple[EventRing, ...]
    provinces: tuple[ProvinceEvents, ...]
    elsewhere: Mapping[str, int] = field(hash=False)
    undated: int
    apart_km: int
    source: str
    link: str

    @property
    def in_rings(self) -> int:
        """Number of events in rings."""
        return sum(ring.count for ring in self.rings)

    @property
    def counted(self) -> int:
        """Number of events that are counted by province."""
        return sum(province.counted for province in self.provinces)

    @property
    def is_drawn(self) -> bool:
        """Whether the map shows any of them."""
        return bool(self.rings or self.counted)

    @property
    def scale(self) -> RingScale:
        """The sizes of the rings."""
        return RingScale(max((ring.count for ring in self.rings), default=0))

    @property
    def ledger(self) -> str:
        """The record count of the events, in one line that adds up."""
        of = f"of {self.total:,}"
        parts = []
        if self.form == "rings":
            parts.append(f"{self.in_rings:,} {of} in rings")
            if self.counted:
                parts.append(
                    f"{self.counted:,} known only by district or province, counted by province"
                )
        else:
            parts.append(f"{self.counted:,} {of} counted by province")
        parts += [f"{count:,} {why}" for why, count in self.elsewhere.items()]
        if self.undated:
            parts.append(f"{self.undated:,} of those drawn without a date")
        return f"Events ({self.heading}): {' · '.join(parts)}"

    @property
    def heading(self) -> str:
        """The providers and the day of access."""
        day = f", accessed {_day(self.accessed)}" if self.accessed else ""
        return f"{listed(self.providers) or 'no provider'}{day}"

    @property
    def by_province(self) -> str:
        """The exact count of each province, in one sentence; empty if there is none."""
        said = "; ".join(map(_in_words, self.provinces))
        return f"Events by province: {said}." if said else ""

    @property
    def in_words(self) -> str:
        """The events for readers who cannot see the map."""
        most = sorted(self.provinces, key=lambda one: -(one.in_rings + one.counted))
        named = [f"{one.name} {one.in_rings + one.counted:,}" for one in most[:_MOST_NAMED]]
        provinces = f" Most in {listed(named)}." if named else ""
        return f"{self.ledger}.{provinces}"


@dataclass(frozen=True, slots=True)
class RingScale:
    """The sizes of rings: the area of a ring is proportional to its events.

    Parameters
    ----------
    most
        Number of events of the largest ring.

    Examples
    --------
    >>> scale = RingScale(40_000)
    >>> scale.radius(40_000), scale.radius(10_000), scale.radius(1)
    (13.0, 6.5, 2.2)
    >>> scale.examples, scale.least, RingScale(3).examples, RingScale(0).examples
    ((1000, 5000, 20000), 1145, (1, 2), ())
    """

    most: int

    @property
    def _largest(self) -> int:
        return max(self.most, _FULL)

    def radius(self, count: int) -> float:
        """Radius in points of the ring of so many events."""
        return max(SMALLEST_RING, LARGEST_RING * math.sqrt(count / self._largest))

    @property
    def least(self) -> int:
        """The number of events up to which all rings have the smallest size."""
        return int(self._largest * (SMALLEST_RING / LARGEST_RING) ** 2)

    @property
    def examples(self) -> tuple[int, ...]:
        """Round numbers of events for the legend, at most three, ascending."""
        if not self.most:
            return ()
        wanted = (min(max(self.least, 1), self.most), self.most / 5, self.most)
        return tuple(sorted({_round(one) for one in wanted}))

    def label(self, count: int) -> str:
        """What the ring of a round number of events stands for."""
        fewer = f"{self.least:,} or fewer" if count <= self.least and self.least > 1 else ""
        return fewer or f"{count:,}"


def event_rows(events: EventsShown) -> Iterator[Mapping[str, str | int | None]]:
    """Yield a row for each province with events, then one for each reason not to be drawn.

    Yields
    ------
    Values by the names of :data:`EVENT_COLUMNS`; the numbers add up to that of all events.
    """
    for one in events.provinces:
        values = (one.code, one.name, one.in_rings, one.counted, None)
        yield dict(zip(EVENT_COLUMNS, values, strict=True))
    for why, count in events.elsewhere.items():
        yield dict(zip(EVENT_COLUMNS, ("", why, None, None, count), strict=True))


def _in_words(province: ProvinceEvents) -> str:
    total = province.in_rings + province.counted
    if not province.in_rings or not province.counted:
        return f"{province.name} {total:,}"
    return f"{province.name} {total:,} ({province.counted:,} of them not in rings)"


def _round(number: float) -> int:
    """The greatest of 1, 2, 5, 10, 20 and so on that is not above a number of at least 1."""
    power: int = 10 ** int(math.log10(max(number, 1)))
    return max(step * power for step in _ROUND if step * power <= max(number, 1))


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
