"""Bounds and decisions of counts equal those of every reading, one after the other."""

from __future__ import annotations

import shutil
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from dossiers import workspace
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from readings import (
    PROVINCES,
    SPAN,
    START,
    Box,
    Fact,
    boxes,
    counts,
    facts,
    months,
    outcomes,
    size,
)
from recording import times

from geo.counts.bounds import count_cell, count_cells, fatalities_in
from geo.counts.cells import CountCell
from geo.counts.countable import CountedRecords, counted_records
from geo.counts.deciding import Decision, RecordReading, decide
from geo.counts.period_units import DayRange, days_between
from geo.counts.statements import (
    AtLeast,
    AtMost,
    HasMost,
    IsFirst,
    MoreIn,
    Rises,
    ShareAbove,
)
from geo.places.country import Country

pytestmark = pytest.mark.timeout(1800)  # a long run tries a thousand dossiers in each test
MOST_OUTCOMES = 20_000
UNPLACED = {"Alder", "Twin", "Made-up Country", "Nowhere at all"}
"""Names of which no reading is sure to be in a province."""
TRIES = settings(
    max_examples=times(8, 1_100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
EXTRA_REGIONS = """\
  - {key: middle, name: the middle, provinces: [XX-BI, XX-CE]}
  - {key: uplands, name: the uplands, provinces: [XX-CE, XX-DO, XX-BI]}
sites:
  - {key: twin-one, name: Twin, province: XX-AL, lat: 50.45, lon: 10.35, uncertainty_m: 50}
  - {key: twin-two, name: Twin, province: XX-DO, lat: 51.45, lon: 11.35, uncertainty_m: 50}
"""


@pytest.fixture(scope="module")
def woods(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Return a country of four provinces with regions that overlap and a name for two places."""
    folder = tmp_path_factory.mktemp("woods") / "country"
    shutil.copytree(root / "tests" / "made_up_country", folder)
    file = folder / "country.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("sites:\n", EXTRA_REGIONS), encoding="utf-8")
    return Country.read(folder)


def counted_of(country: Country, records: tuple[Fact, ...]) -> CountedRecords:
    own = workspace(country, *(one.entry() for one in records))
    assert len(own.reading.dossier.records) == len(records), own.reading.problems
    return counted_records(own)


def cell_of(box: Box) -> CountCell:
    days = box.days and tuple(START + timedelta(one) for one in box.days)
    first, last = days or (None, None)
    return CountCell(box.groups, box.provinces, first, last, box.statuses, box.kinds)


def day_range(days: tuple[int, int]) -> DayRange:
    return days_between(*(START + timedelta(one) for one in days))


def verdict_of(truths: set[bool]) -> str:
    return "depends" if len(truths) > 1 else "always" if True in truths else "never"


def read(record: Fact, one: RecordReading) -> tuple[int | None, int | None, frozenset[str]]:
    """A reading of an answer, after it was found among the readings of the record."""
    days = [None if day is None else (day - START).days for day in (one.first, one.last)]
    reading = days[0], days[1], frozenset(one.provinces)
    low = record.first[0]
    if days[0] is not None and (low is None or days[0] >= low):
        # An example may use a day far beyond those that are tried here.
        tried = {(None if d is None else max(-3, min(SPAN + 3, d))) for d in days}
        assert tried <= {day for r in record.readings() for day in r[:2]}, (record, one)
    assert reading[2] in {there for _, _, there in record.readings()}, (record, one)
    return reading


def check(decision: Decision, records: tuple[Fact, ...], tell: Any, holds: Any) -> None:
    """A decision equals that of all readings, and its examples are such readings."""
    # Readings of one record that tell the same make no difference.
    assume(size(records, tell) <= MOST_OUTCOMES)
    truths = {bool(holds(outcome)) for outcome in outcomes(records, tell)}
    assert decision.verdict == verdict_of(truths), decision
    for side, truth in ((decision.holds, True), (decision.fails, False)):
        assert len(side) == decision.depends_count
        if side:
            known = {one.id: one for one in side}
            outcome = tuple(
                tell(one, read(one, known[one.id]) if one.id in known else one.readings()[0])
                for one in records
            )
            assert bool(holds(outcome)) is truth, (decision, truth)


@TRIES
@given(records=facts(), data=st.data())
def test_bounds_are_those_of_all_readings(woods, records, data):
    counted = counted_of(woods, records)
    box = boxes(data.draw)
    inside = [{box.has(one, reading) for reading in one.readings()} for one in records]
    found = count_cell(counted, cell_of(box))
    names = [one.id for one in records]
    assert set(found.certain_ids) == {n for n, s in zip(names, inside, strict=True) if s == {True}}
    assert set(found.possible_ids) == {n for n, s in zip(names, inside, strict=True) if len(s) > 1}
    assert found.low == len(found.certain_ids)
    assert found.high == found.low + len(found.possible_ids)


@TRIES
@given(records=facts(), data=st.data())
def test_every_cell_of_a_table_is_counted_as_by_itself(woods, records, data):
    counted = counted_of(woods, records)
    by = data.draw(
        st.lists(
            st.sampled_from(["group", "month", "province", "status", "kind"]),
            min_size=1, max_size=3, unique=True,
        )
    )  # fmt: skip
    cell = cell_of(boxes(data.draw))
    table = count_cells(counted, tuple(by), cell)
    for found in table:
        assert found == count_cell(counted, found.cell), found
    # What is in no row is in no cell: the most records of a row of groups are there.
    if by == ["province"] and not cell.provinces:
        for code in PROVINCES:
            alone = count_cell(counted, CountCell(
                cell.groups, (code,), cell.first, cell.last, cell.statuses, cell.kinds
            ))  # fmt: skip
            assert alone.high == max(
                (one.high for one in table if one.cell.provinces == (code,)), default=0
            )


@TRIES
@given(records=facts(), data=st.data())
def test_fatalities_are_those_of_all_readings(woods, records, data):
    counted = counted_of(woods, records)
    box = boxes(data.draw)
    found = fatalities_in(counted, cell_of(box))
    for status, own in (("reported", found.reported), ("claimed_only", found.claimed)):
        low, high, stated = 0, 0, []
        for one in records:
            if one.kind != "incident" or one.killed is None or one.status != status:
                continue
            inside = {box.has(one, reading) for reading in one.readings()}
            stated.append((inside == {True}, True in inside))
            placed = {there for _, _, there in one.readings()}
            split = bool(box.provinces) and not (
                all(there <= set(box.provinces) for there in placed)
                and not any(name in UNPLACED for name in one.places)
            )
            low += (one.killed[0] or 0) if inside == {True} and not split else 0
            if True in inside:
                high = None if high is None or one.killed[1] is None else high + one.killed[1]
        assert (own.low, own.high) == (low, high)
        assert own.incidents_low == sum(sure for sure, _ in stated)
        assert own.incidents_high == sum(may for _, may in stated)


@TRIES
@given(records=facts(), data=st.data())
def test_more_in_one_cell_is_decided_as_by_all_readings(woods, records, data):
    counted = counted_of(woods, records)
    one, other = boxes(data.draw), boxes(data.draw)
    margin = data.draw(st.sampled_from([1, 1, 1, 2]))

    def tell(fact, reading):
        return one.has(fact, reading), other.has(fact, reading)

    decision = decide(MoreIn(cell_of(one), cell_of(other), margin), counted)
    check(decision, records, tell, lambda all_of: sum(a - b for a, b in all_of) >= margin)


@TRIES
@given(records=facts(), data=st.data(), number=st.integers(0, 4))
def test_at_least_and_at_most_are_decided_as_by_all_readings(woods, records, data, number):
    counted = counted_of(woods, records)
    box = boxes(data.draw)
    least = decide(AtLeast(number, cell_of(box)), counted)
    most = decide(AtMost(number, cell_of(box)), counted)
    check(least, records, box.has, lambda all_of: sum(all_of) >= number)
    check(most, records, box.has, lambda all_of: sum(all_of) <= number)


@TRIES
@given(records=facts(), data=st.data(), percent=st.integers(0, 100))
def test_a_share_is_decided_as_by_all_readings(woods, records, data, percent):
    counted = counted_of(woods, records)
    box = boxes(data.draw)
    assume(not box.statuses)

    def tell(fact, reading):
        return box.has(fact, reading), box.has(fact, reading) and fact.status == "claimed_only"

    def holds(all_of):
        whole, part = (sum(one) for one in zip(*all_of, strict=True))
        return whole > 0 and part * 100 > percent * whole

    decision = decide(ShareAbove(Fraction(percent, 100), ("claimed_only",), cell_of(box)), counted)
    check(decision, records, tell, holds)


@TRIES
@given(records=facts(most=6), data=st.data(), falls=st.booleans())
def test_a_rise_or_fall_is_decided_as_by_all_readings(woods, records, data, falls):
    counted = counted_of(woods, records)
    box = boxes(data.draw, dated=False)
    first = data.draw(st.integers(0, SPAN))
    last = data.draw(st.integers(first, SPAN))
    periods = months(first, last)
    assume(len(periods) > 1)
    # Only the first and the last are cut: the statement compares the days that are given.
    periods[0], periods[-1] = (first, periods[0][1]), (periods[-1][0], last)
    cells = [Box(box.groups, box.provinces, one, box.statuses, box.kinds) for one in periods]

    def tell(fact, reading):
        return tuple(cell.has(fact, reading) for cell in cells)

    def holds(all_of):
        numbers = [sum(one) for one in zip(*all_of, strict=True)]
        return all(b < a if falls else a < b for a, b in pairwise(numbers))

    whole = Box(box.groups, box.provinces, (first, last), box.statuses, box.kinds)
    decision = decide(
        Rises("month", day_range((first, last)), cell_of(whole), falls=falls), counted
    )
    check(decision, records, tell, holds)


@TRIES
@given(records=facts(), data=st.data(), by=st.sampled_from(["province", "group", "status"]))
def test_the_most_is_decided_as_by_all_readings(woods, records, data, by):
    counted = counted_of(woods, records)
    box = boxes(data.draw)
    values = {
        "province": PROVINCES,
        "group": ("nrf", "taliban", "not-named"),
        "status": ("reported", "claimed_only"),
    }[by]
    named = {"province": box.provinces, "group": box.groups, "status": box.statuses}[by]
    value = data.draw(st.sampled_from(named or values))

    def tell(fact, reading):
        own = {
            "province": reading[2],
            "group": set(fact.groups or ("not-named",)),
            "status": {fact.status},
        }[by]
        inside = box.has(fact, reading)
        return tuple(sorted(set(own) & set(named or own))) if inside else ()

    def holds(all_of):
        numbers = counts(all_of)
        others = [number for key, number in numbers.items() if key != value]
        return numbers[value] > max(others, default=0)

    check(decide(HasMost(by, value, cell_of(box)), counted), records, tell, holds)


@TRIES
@given(records=facts(), data=st.data())
def test_the_month_with_the_most_is_decided_as_by_all_readings(woods, records, data):
    counted = counted_of(woods, records)
    box = boxes(data.draw)
    box = Box(box.groups, box.provinces, box.days or (0, SPAN), box.statuses, box.kinds)
    periods = months(*box.days)
    own = data.draw(st.integers(0, len(periods) - 1))
    cut = [(max(a, box.days[0]), min(b, box.days[1])) for a, b in periods]
    cells = [Box(box.groups, box.provinces, one, box.statuses, box.kinds) for one in cut]

    def tell(fact, reading):
        return tuple(at for at, cell in enumerate(cells) if cell.has(fact, reading))

    def holds(all_of):
        numbers = counts(all_of)
        others = [number for key, number in numbers.items() if key != own]
        return numbers[own] > max(others, default=0)

    name = f"{START + timedelta(periods[own][0]):%Y-%m}"
    check(decide(HasMost("month", name, cell_of(box)), counted), records, tell, holds)


@TRIES
@given(records=facts(), data=st.data(), last=st.booleans())
def test_the_first_and_the_last_are_decided_as_by_all_readings(woods, records, data, last):
    counted = counted_of(woods, records)
    box = boxes(data.draw)
    own = data.draw(st.integers(0, len(records) - 1))
    # Without a period, a date that may be wrong is still a day of its interval.
    dated = box.days is not None

    def tell(fact, reading):
        first, until, _ = reading
        if not box.has(fact, reading):
            return None
        if first is None:
            return "undated"
        low, high = box.days or (-1000, 1000)
        return min(until, high) if last else max(first, low)

    def holds(all_of):
        day = all_of[own]
        if day is None:
            return False
        return all(other is None or (other <= day if last else other >= day) for other in all_of)

    assume(dated or not any(one.loose for one in records))
    # Two open ends have no common last day among those that are tried.
    assume(dated or sum(None in (*one.first, *(one.last or ())) for one in records) < 2)
    decision = decide(IsFirst(records[own].id, cell_of(box), last=last), counted)
    check(decision, records, tell, holds)
