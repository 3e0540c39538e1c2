"""Every reading of a small dossier, one after the other, as the documentation defines them.

Nothing here uses :mod:`geo.counts`: the numbers of these tests are counted by hand.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from dossiers import claim
from hypothesis import strategies as st

START = date(2023, 12, 28)
"""Four days before a year, a quarter and a month begin."""
SPAN = 40
"""Days from the first to the last that a record may state; two more months begin in them."""
FAR = 3
"""Days beyond these that stand for all others."""
PROVINCES = ("XX-AL", "XX-BI", "XX-CE", "XX-DO")
PLACES: dict[str, tuple[frozenset[str], ...]] = {
    "Alder province": (frozenset({"XX-AL"}),),
    "Alder": (frozenset({"XX-AL", ""}),),
    "Birch": (frozenset({"XX-BI"}),),
    "Cedar Heights": (frozenset({"XX-CE"}),),
    "the lowlands": (frozenset({"XX-AL", "XX-BI"}),),
    "the middle": (frozenset({"XX-BI", "XX-CE"}),),
    "the uplands": (frozenset({"XX-CE", "XX-DO", "XX-BI"}),),
    "Twin": (frozenset({"XX-AL", "XX-DO", ""}),),
    "Made-up Country": (),
    "Nowhere at all": (),
}
"""For each name, the provinces of which it is in one; "" is elsewhere."""
Interval = tuple[int | None, int | None]


@dataclass(frozen=True)
class Fact:
    """A record as a test states it; days are counted from :data:`START`."""

    id: str
    kind: str
    first: Interval
    last: Interval | None
    loose: bool
    places: tuple[str, ...]
    groups: tuple[str, ...]
    status: str
    killed: tuple[int | None, int | None] | None = None

    def readings(self) -> list[tuple[int | None, int | None, frozenset[str]]]:
        """Every day or pair of days, with every choice of provinces."""
        days: list[tuple[int | None, int | None]]
        if self.last is None:
            days = [(day, day) for day in _days(self.first)]
        else:
            days = [(f, t) for f in _days(self.first) for t in _days(self.last) if f <= t]
        if self.loose:
            days.append((None, None))
        choices = [PLACES[name][0] for name in self.places if PLACES[name]]
        picked = {frozenset(picks) - {""} for picks in product(*choices)}
        return [(first, last, there) for first, last in days for there in picked]

    def entry(self) -> dict[str, Any]:
        """The record as an entry of a dossier."""
        role, by = ("media", "A paper") if self.status == "reported" else ("acting_party", "nrf")
        said: dict[str, Any] = {}
        if self.killed is not None:
            ends = zip(("low", "high"), self.killed, strict=True)
            said["killed"] = {name: one for name, one in ends if one is not None}
        common = {
            "id": self.id, "title": "A record",
            "where": [{"place": name} for name in self.places],
            "claims": [claim(by=by, role=role, says="occurrence", **said)],
        }  # fmt: skip
        mark = "~" if self.loose else ""
        if self.kind == "incident":
            return common | {"by": list(self.groups), "when": edtf(self.first) + mark}
        last = {} if self.last is None else {"last": edtf(self.last)}
        dates = {"first": edtf(self.first) + mark, **last}
        return common | {"groups": list(self.groups), "presence_kind": "activity"} | dates


def _days(interval: Interval) -> range:
    low, high = interval
    return range(-FAR if low is None else low, (SPAN + FAR if high is None else high) + 1)


def edtf(interval: Interval) -> str:
    """The interval as a record writes it."""
    low, high = (".." if one is None else str(START + timedelta(one)) for one in interval)
    return low if low == high else f"{low}/{high}"


def _interval(draw: Any, opens: tuple[bool, bool]) -> Interval:
    low = draw(st.integers(0, SPAN - 1))
    length = draw(st.sampled_from([0, 0, 1, 3, 12, 30]))
    high = min(SPAN, low + length)
    return None if opens[0] else low, None if opens[1] else high


@st.composite
def facts(draw: Any, most: int = 5) -> tuple[Fact, ...]:
    """A few records with dates and places that leave something open."""
    found = []
    for at in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(["incident", "incident", "incident", "presence"]))
        opens = draw(st.sampled_from([(False, False)] * 5 + [(True, False), (False, True)]))
        first, last = _interval(draw, opens), None
        loose = draw(st.sampled_from([False, False, False, True])) and opens == (False, False)
        if kind == "presence" and draw(st.booleans()):
            last = _interval(draw, (False, opens[1]))
            if (first[0] or 0) > (SPAN if last[1] is None else last[1]):
                first, last = (last[0], last[1] or SPAN), first
            if last[1] is not None and first[0] is not None and first[0] > last[1]:
                last = None
            if first[0] is None and last is not None and last[1] is None:
                last = None
        figures = draw(st.sampled_from([None, None, (2, 5), (0, 0), (3, None), (None, 4)]))
        found.append(
            Fact(
                f"record-{at}", kind, first, last, loose,
                tuple(draw(st.lists(st.sampled_from(list(PLACES)), max_size=3, unique=True))),
                draw(st.sampled_from([("nrf",), ("taliban",), ("nrf", "taliban"), ()])),
                draw(st.sampled_from(["reported", "claimed_only"])),
                figures if kind == "incident" else None,
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True)
class Box:
    """A cell of a count as a test states it."""

    groups: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    days: tuple[int, int] | None = None
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def has(self, fact: Fact, reading: tuple[int | None, int | None, frozenset[str]]) -> bool:
        """Whether a record is in the cell in a reading."""
        first, last, there = reading
        dated = self.days is None or (
            first is not None
            and last is not None
            and first <= self.days[1]
            and last >= self.days[0]
        )
        return (
            dated
            and (not self.provinces or bool(there & set(self.provinces)))
            and (not self.groups or bool(set(self.groups) & set(fact.groups or ("not-named",))))
            and (not self.statuses or fact.status in self.statuses)
            and (not self.kinds or fact.kind in self.kinds)
        )


def boxes(draw: Any, *, dated: bool = True) -> Box:
    """A cell, which may restrict anything or nothing."""
    first = draw(st.integers(-1, SPAN))
    days = (first, draw(st.integers(first, SPAN + 1)))
    return Box(
        draw(st.sampled_from([(), (), ("nrf",), ("taliban",), ("not-named",)])),
        draw(st.sampled_from([(), (), *((one,) for one in PROVINCES), ("XX-AL", "XX-CE")])),
        days if dated and draw(st.booleans()) else None,
        draw(st.sampled_from([(), (), (), ("reported",), ("claimed_only",)])),
        draw(st.sampled_from([(), (), (), ("incident",)])),
    )


def outcomes(records: Sequence[Fact], tell: Any) -> Iterator[tuple[Any, ...]]:
    """What `tell` makes of each record, in every reading of all records together."""
    yield from product(*({tell(one, reading) for reading in one.readings()} for one in records))


def size(records: Sequence[Fact], tell: Any) -> int:
    """How many outcomes there are."""
    whole = 1
    for one in records:
        whole *= len({tell(one, reading) for reading in one.readings()})
    return whole


def months(first: int, last: int) -> list[tuple[int, int]]:
    """The calendar months that have any of these days, each with its first and last day."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for at in range(first, last + 1):
        day = START + timedelta(at)
        begins = (date(day.year, day.month, 1) - START).days
        length = calendar.monthrange(day.year, day.month)[1]
        found[day.year, day.month] = (begins, begins + length - 1)
    return list(found.values())


def counts(outcome: Sequence[Sequence[Any]]) -> Counter[Any]:
    """How many records have each value."""
    return Counter(value for values in outcome for value in values)
