"""From an event table to what a figure shows of it: added up first, so a million rows are fast.

Events are grouped by place, places by the cells of a grid whose size depends on the map alone, and
each cell has a ring at its place with the most events: a ring is never where no event is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.events.columns.columns import CodedColumn, Combinations
from geo.places.locations import Off
from geo.snapshot.content.event_choice import EventChoice
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.event_marks import EventRing, EventsShown, ProvinceEvents
from geo.snapshot.content.events_kept import why_no_event
from geo.snapshot.content.frame import Frame
from geo.table.workspace import Workspace
from geo.view import View
from geo.view.keeping import REASONS
from geo.wording import vocabulary

CELLS_ACROSS: Final = 60
"""Cells of the grid along the longer side of a map: each is about as wide as a small ring with a
margin, and a map has at most 3,600 rings, whatever the number of events."""
_DEGREE: Final = 100_000
"""Steps per degree to which points are told apart, each about a metre."""
_WIDTH: Final = 400 * _DEGREE
"""Steps by which latitudes are multiplied in the key of a point: more than all longitudes."""
_POINTS: Final = frozenset({"exact", "settlement", "near"})
_AREAS: Final = frozenset({"district", "province"})
_OFFS: Final[tuple[str, ...]] = tuple(one for one in get_args(Off) if one)
_METRES: Final = 1_000.0
"""Metres per kilometre."""

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _EventPlaces:
    """Where each event is: at a point or in a province of the frame, or why it is not drawn."""

    ring: NDArray[np.bool_]
    province: NDArray[np.bool_]
    reason: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Spots:
    """The distinct points of a table, each projected once.

    Parameters
    ----------
    lat, lon, x, y
        Of each point: degrees, and metres of the projected plane; sorted by latitude.
    number
        For each event, the number of its point; any for an event without one.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    number: NDArray[np.int64]
    has_point: NDArray[np.bool_]

    @classmethod
    def of(cls, table: pa.Table, frame: Frame) -> _Spots:
        lat, lon = (table[name].to_numpy().astype(np.float64) for name in ("lat", "lon"))
        has_point = np.isfinite(lat) & np.isfinite(lon)
        steps = [np.rint(np.where(has_point, one, 0.0) * _DEGREE).astype(np.int64)
                 for one in (lat, lon)]  # fmt: skip
        keys, number = np.unique(steps[0] * _WIDTH + steps[1], return_inverse=True)
        north, east = np.divmod(keys + _WIDTH // 2, _WIDTH)
        lat, lon = north / _DEGREE, (east - _WIDTH // 2) / _DEGREE
        return cls(lat, lon, *frame.projection.forward(lat, lon), number, has_point)

    def within(self, frame: Frame) -> NDArray[np.bool_]:
        """Whether the point of each event is inside a frame."""
        inside = (self.x >= frame.left) & (self.x <= frame.right)
        inside &= (self.y >= frame.bottom) & (self.y <= frame.top)
        each: NDArray[np.bool_] = inside[self.number]
        return each


def count_events(
    events: EventFile, choice: EventChoice, view: View, workspace: Workspace, frame: Frame
) -> EventsShown:
    """Count what a figure shows of events: in rings, by province, and not drawn, by reason.

    Returns
    -------
    EventsShown
        Its numbers add up to the number of rows.
    """
    counting = _EventCounting(events, choice, view, workspace, frame)
    return counting.shown()


class _EventCounting:
    def __init__(
        self, events: EventFile, choice: EventChoice, view: View, workspace: Workspace, frame: Frame
    ) -> None:
        self.events, self.choice, self.frame = events, choice, frame
        self.table, self.country = events.table, workspace.country
        self.why = why_no_event(events.table, view, choice, workspace)
        self.province = CodedColumn.of(self.table["province"])
        self.spots = _Spots.of(self.table, frame)
        reasons = [one.label for one in vocabulary.REASONS]
        beside = {one.key: one.label for one in vocabulary.standings(self.country.name)}
        self.labels = ["", *reasons, *(beside[key] for key in _OFFS), "known only by region",
                       "in no known province", "outside the frame"]  # fmt: skip

    def shown(self) -> EventsShown:
        standing = self._standing()
        rings = tuple(self._rings(np.flatnonzero(standing.ring)))
        return EventsShown(
            form=self.choice.form,
            providers=tuple(one.short for one in self.events.providers),
            accessed=self.choice.accessed,
            total=self.table.num_rows,
            rings=rings,
            provinces=tuple(self._provinces(standing)),
            elsewhere=self._elsewhere(standing),
            undated=self._undated(standing),
            apart_km=max(1, round(self._cell / _METRES * 2**0.5)),
            source=self._source(),
            link=self._link(),
        )

    def _standing(self) -> _EventPlaces:
        """Where each event is; the first reason why an event is not drawn counts."""
        off, precision = (CodedColumn.of(self.table[name]) for name in ("off", "precision"))
        reason = self.why.astype(np.int64)
        first = len(REASONS) + 1
        kinds = off.each(lambda key: _OFFS.index(key) + first if key else 0, np.int64)
        reason = np.where(reason > 0, reason, kinds)
        region, nowhere, outside = (first + len(_OFFS) + at for at in range(3))
        has_point = self.spots.has_point & precision.each(_POINTS.__contains__, np.bool_)
        is_area = precision.each(_AREAS.__contains__, np.bool_)
        by_province = is_area if self.choice.form == "rings" else is_area | has_point
        in_ring = has_point & (self.choice.form == "rings")
        known = self.province.each(self._is_known, np.bool_)
        in_frame = self.province.each(self._is_visible, np.bool_)
        where = np.select(
            [in_ring & self.spots.within(self.frame), in_ring, by_province & ~known,
             by_province & in_frame, by_province, precision.each("region".__eq__, np.bool_)],
            [0, outside, nowhere, 0, outside, region], nowhere,
        )  # fmt: skip
        reason = np.where(reason > 0, reason, where)
        drawn = reason == 0
        return _EventPlaces(drawn & in_ring, drawn & ~in_ring, reason)

    def _is_known(self, code: str) -> bool:
        return code in self.country.provinces

    def _is_visible(self, code: str) -> bool:
        if not self.frame.is_detail:
            return True
        return self._is_known(code) and self.frame.shows(self.country.provinces.outline_of([code]))

    @property
    def _cell(self) -> float:
        """Metres of a side of a cell."""
        frame = self.frame
        return max(frame.right - frame.left, frame.top - frame.bottom) / CELLS_ACROSS

    def _rings(self, rows: Places) -> Iterator[EventRing]:
        """The rings, largest first; ties from north to south."""
        spots = self.spots
        count = np.bincount(spots.number[rows], minlength=len(spots.lat))
        places = np.flatnonzero(count)
        count = count[places]
        column, line = (
            np.floor((spots.x[places] - self.frame.left) / self._cell),
            np.floor((spots.y[places] - self.frame.bottom) / self._cell),
        )
        cells = Combinations.of(column.astype(np.int64), line.astype(np.int64))
        totals = np.bincount(cells.number, weights=count, minlength=len(cells.first))
        many = np.bincount(cells.number, minlength=len(cells.first))
        # By cell, the place with the most events first; places are sorted already.
        order = np.lexsort((np.arange(len(places)), -count, cells.number))
        first = order[np.unique(cells.number[order], return_index=True)[1]]
        found = [
            EventRing(
                float(spots.lat[places[at]]), float(spots.lon[places[at]]), int(total), int(number)
            )
            for at, total, number in zip(first, totals, many, strict=True)
        ]
        yield from sorted(found, key=lambda ring: (-ring.count, -ring.lat, ring.lon))

    def _provinces(self, standing: _EventPlaces) -> Iterator[ProvinceEvents]:
        texts = self.province.texts
        counts = [
            np.bincount(self.province.codes[mask], minlength=len(texts))
            for mask in (standing.ring, standing.province)
        ]
        by_code: dict[str, Any] = {}
        for at, code in enumerate(texts):
            held = by_code.setdefault(code, [0, 0])
            held[0], held[1] = held[0] + int(counts[0][at]), held[1] + int(counts[1][at])
        for province in self.country.provinces:
            in_rings, counted = by_code.get(province.code, (0, 0))
            if in_rings or counted:
                yield ProvinceEvents(province.code, province.name, in_rings, counted)
        strangers = [held for code, held in by_code.items() if not self._is_known(code)]
        if in_rings := sum(held[0] for held in strangers):
            yield ProvinceEvents("", "no province given", in_rings, 0)

    def _elsewhere(self, standing: _EventPlaces) -> Mapping[str, int]:
        counts = np.bincount(standing.reason, minlength=len(self.labels)).tolist()
        return {
            label: count for label, count in zip(self.labels[1:], counts[1:], strict=True) if count
        }

    def _undated(self, standing: _EventPlaces) -> int:
        drawn = standing.ring | standing.province
        ends = (self.table[name].is_null().to_numpy() for name in ("earliest", "latest"))
        return int((drawn & np.logical_and(*ends)).sum())

    def _source(self) -> str:
        accessed = self.choice.accessed
        day = f", accessed {accessed.day} {accessed:%B} {accessed.year}" if accessed else ""
        if self.choice.credit:
            return f"{self.choice.credit.rstrip('.')}{day}."
        notes = [f"{one.citation}{day}. {one.licence}." for one in self.events.providers]
        return " ".join(notes)

    def _link(self) -> str:
        links = {one.url for one in self.events.providers}
        return links.pop() if len(links) == 1 and not self.choice.credit else ""
