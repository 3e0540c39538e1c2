"""Statements as inequalities: what each reading of each class of records adds to each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import pairwise

import numpy as np

from geo.counts.bounds import UNITS, CountedBy, counted_periods
from geo.counts.cells import CountCell, days_in, fixed_part, membership, provinces_in
from geo.counts.classes import (
    Distinction,
    RecordClass,
    Segments,
    Stay,
    place_readings,
    record_classes,
)
from geo.counts.countable import ELSEWHERE, CountedRecords
from geo.counts.joint import ChoiceClass, IntVector, Shares, is_spread, spread
from geo.counts.period_units import (
    EVER,
    DayRange,
    common_days,
    day_at,
    period_name,
    periods_of,
)
from geo.counts.rising import rising_shares
from geo.counts.statements import (
    AtLeast,
    AtMost,
    CheckedStatement,
    HasMost,
    MoreIn,
    Rises,
    ShareAbove,
)
from geo.errors import StatementError
from geo.limits import MAX_RIVALS, MAX_STEPS

Witness = tuple[Stay, tuple[str, ...]]
"""One reading: the segments of the date, and the provinces of the places that are not certain."""
Settle = Callable[[Sequence[int], Sequence[ChoiceClass], IntVector], list[Shares] | None]
Alternatives = tuple[RecordClass, IntVector, list[Witness]]
"""A class, the distinct vectors that its readings add, and one reading for each."""


@dataclass(frozen=True, eq=False)
class Inequalities:
    """A statement as inequalities: the sum of one vector of each record reaches what is wanted.

    Parameters
    ----------
    classes
        The classes of records, with the vectors of their readings.
    wanted
        What the sums must reach.
    cells
        What is compared.
    segments
        How time is cut.
    settle
        Distributes regular classes exactly, in polynomial time.
    fits
        Whether a class with these vectors is regular.
    regular
        IntVector of other classes that are regular.
    table
        The table of counts that has all of the cells, where they are many.
    """

    classes: Sequence[Alternatives]
    wanted: IntVector
    cells: tuple[CountCell, ...]
    segments: Segments
    settle: Settle
    fits: Callable[[IntVector], bool]
    regular: frozenset[int] = frozenset()
    table: tuple[CountedBy, CountCell] | None = None

    def is_regular(self, at: int) -> bool:
        """Whether `settle` distributes a class by its number."""
        return at in self.regular


@singledispatch
def inequalities_of(statement: CheckedStatement, counted: CountedRecords) -> Inequalities:
    """The inequalities of a statement about numbers of records.

    Raises
    ------
    StatementError
        The statement names something that cannot be compared.
    """
    raise NotImplementedError(type(statement).__name__)


@inequalities_of.register
def _(statement: MoreIn, counted: CountedRecords) -> Inequalities:
    cells = (statement.cell, statement.than)
    return _linear(counted, cells, (1, -1), statement.margin)


@inequalities_of.register
def _(statement: AtLeast, counted: CountedRecords) -> Inequalities:
    return _linear(counted, (statement.cell,), (1,), statement.number)


@inequalities_of.register
def _(statement: AtMost, counted: CountedRecords) -> Inequalities:
    return _linear(counted, (statement.cell,), (-1,), -statement.number)


@inequalities_of.register
def _(statement: ShareAbove, counted: CountedRecords) -> Inequalities:
    cell, share = statement.cell, statement.share
    own = set(cell.statuses or statement.statuses) & set(statement.statuses)
    part = CountCell(
        cell.groups, cell.provinces, cell.first, cell.last, tuple(sorted(own)), cell.kinds
    )
    if not own:
        raise StatementError(
            f"share: none of {', '.join(statement.statuses)} is among the statuses of the records "
            f"that are counted, {', '.join(cell.statuses)}; leave out status= after 'in'"
        )
    # part > share * whole, without fractions.
    return _linear(counted, (part, cell), (share.denominator, -share.numerator), 1)


def _linear(
    counted: CountedRecords, cells: Sequence[CountCell], weights: Sequence[int], wanted: int
) -> Inequalities:
    """One inequality: the weighted sum of the numbers of some cells."""
    days = [days_in(cell, counted) for cell in cells]
    segments = Segments(days)
    spans = [segments.span(one) for one in days]
    areas = [provinces_in(cell, counted) for cell in cells]
    fits = [fixed_part(counted, cell) for cell in cells]
    rows = np.flatnonzero(np.any([membership(counted, one).possible for one in cells], axis=0))
    found = []
    fixed = np.array([fit[rows] for fit in fits]).T @ (2 ** np.arange(len(fits)))
    places: list[Distinction] = ["place"] if any(areas) else []
    for group in record_classes(counted, segments, rows, places, fixed):
        chosen = [fit[group.members[0]] for fit in fits]
        dated = {
            tuple(_is_in(stay, span, one) for span, one in zip(spans, days, strict=True)): stay
            for stay in group.stays()
        }
        placed = place_readings(group.place, areas)
        vectors: dict[tuple[int, ...], Witness] = {}
        for when, stay in dated.items():
            for where, picks in placed.items():
                inside = zip(weights, chosen, when, where, strict=True)
                vectors[(sum(w for w, *all_of in inside if all(all_of)),)] = (stay, picks)
        found.append(_alternatives(group, vectors))
    return Inequalities(
        found, np.array([wanted]), tuple(cells), segments, _nothing_to_settle, _is_never_regular
    )


def _nothing_to_settle(_: Sequence[int], __: Sequence[ChoiceClass], ___: IntVector) -> None:
    return None


def _is_never_regular(_: IntVector) -> bool:
    return False


def _alternatives(group: RecordClass, vectors: dict[tuple[int, ...], Witness]) -> Alternatives:
    return group, np.array(list(vectors), dtype=np.int64), list(vectors.values())


def _is_in(stay: Stay, span: tuple[int, int], days: DayRange) -> bool:
    """Whether a reading of a date is in a range of segments."""
    if days == EVER:
        return True
    return stay is not None and span[0] <= span[1] and stay[0] <= span[1] and stay[1] >= span[0]


# --- a rise or a fall


@inequalities_of.register
def _(statement: Rises, counted: CountedRecords) -> Inequalities:
    name = "falls" if statement.falls else "rises"
    days = common_days(statement.days, days_in(statement.cell, counted))
    if days.first > days.last:
        raise StatementError(f"{name}: the period is outside the View; give another one")
    periods = [common_days(one, days) for one in periods_of(days, statement.unit)]
    if not 1 < len(periods) <= MAX_STEPS:
        raise StatementError(
            f"{name}: the period has {len(periods):,} {statement.unit}s; expected 2 to {MAX_STEPS}"
        )
    segments = Segments(periods)
    cells = tuple(_in_period(statement.cell, one) for one in periods)
    whole = _in_period(statement.cell, days)
    rows = np.flatnonzero(membership(counted, whole).possible)
    area = provinces_in(statement.cell, counted)
    classes = record_classes(counted, segments, rows, ["place"] if area else [])
    sign = -1 if statement.falls else 1
    found = [_alternatives(one, _steps(one, len(periods), area, sign)) for one in classes]
    regular = frozenset(
        at
        for at, one in enumerate(classes)
        if len(found[at][1]) > 1 and _is_interval(one, periods, area)
    )

    def settle(
        at: Sequence[int], groups: Sequence[ChoiceClass], rest: IntVector
    ) -> list[Shares] | None:
        return _settle_steps([classes[one] for one in at], groups, rest, sign)

    wanted = np.ones(len(periods) - 1, dtype=np.int64)
    table = (statement.unit, whole)
    return Inequalities(found, wanted, cells, segments, settle, _is_never_regular, regular, table)


def _in_period(cell: CountCell, days: DayRange) -> CountCell:
    return CountCell(
        cell.groups,
        cell.provinces,
        day_at(days.first),
        day_at(days.last),
        cell.statuses,
        cell.kinds,
    )


def _steps(
    group: RecordClass, periods: int, area: frozenset[str], sign: int
) -> dict[tuple[int, ...], Witness]:
    """What the readings of a class add to each step; segment 1 is the first period."""
    placed = place_readings(group.place, [area])
    vectors: dict[tuple[int, ...], Witness] = {}
    for stay in group.stays():
        for (is_there,), picks in placed.items():
            hits = [
                int(is_there and stay is not None and stay[0] <= at <= stay[1])
                for at in range(1, periods + 1)
            ]
            vector = tuple(sign * (b - a) for a, b in pairwise(hits))
            vectors.setdefault(vector, (stay, picks))
    return vectors


def _is_interval(group: RecordClass, periods: Sequence[DayRange], area: frozenset[str]) -> bool:
    """Whether every reading is in one of some neighbouring periods, or before or after all.

    That it may be in none is allowed where it may also be before or after: it adds the same.
    """
    first, last = group.begins
    surely = not group.is_loose and (not area or group.place.must_be_in(area))
    return group.is_point and (surely or first == 0 or last == len(periods) + 1)


def _settle_steps(
    groups: Sequence[RecordClass], choices: Sequence[ChoiceClass], rest: IntVector, sign: int
) -> list[Shares] | None:
    if not groups:
        return [] if (rest <= 0).all() else None
    last = len(rest) + 2
    spans = [one.begins for one in groups]
    # A fall is a rise of the periods in reverse.
    turned = spans if sign > 0 else [(last - b, last - a) for a, b in spans]
    counts = [one.count for one in choices]
    shares = rising_shares(turned, counts, rest if sign > 0 else rest[::-1])
    if shares is None:
        return None
    return [
        _by_vector(choice, one, sign, last) for choice, one in zip(choices, shares, strict=True)
    ]


def _by_vector(choice: ChoiceClass, by_period: Shares, sign: int, last: int) -> Shares:
    """From numbers by period to numbers by alternative."""
    taken: Shares = {}
    for period, number in by_period.items():
        at = period if sign > 0 else last - period
        hits = np.zeros(last - 1, dtype=np.int64)
        if 1 <= at <= last - 1:
            hits[at - 1] = 1
        way = int(np.flatnonzero((choice.vectors == sign * np.diff(hits)).all(axis=1))[0])
        taken[way] = taken.get(way, 0) + number
    return taken


# --- the most


@inequalities_of.register
def _(statement: HasMost, counted: CountedRecords) -> Inequalities:
    cell = statement.cell
    periods = _ranked_periods(statement, counted)
    days = days_in(cell, counted)
    segments = Segments([days, *(common_days(one, days) for one in periods.values())])
    spans = {name: segments.span(common_days(one, days)) for name, one in periods.items()}
    rows = np.flatnonzero(membership(counted, cell).possible)
    area = provinces_in(cell, counted)
    apart: list[Distinction] = ["place"] if area or statement.by == "province" else []
    apart += [name for name in ("group", "status") if name == statement.by]
    classes = record_classes(counted, segments, rows, apart)
    ranking = _Ranking(statement, spans, segments.span(days), days, area)
    values = ranking.values(classes)
    if len(values) > MAX_RIVALS:
        raise StatementError(
            f"most: {len(values):,} {statement.by}s are compared; at most {MAX_RIVALS:,} can be; "
            "give a shorter period"
        )
    found = [
        _alternatives(one, _leads(ranking.hits(one), statement.value, values)) for one in classes
    ]
    wanted = np.ones(len(values) + 1, dtype=np.int64)

    def settle(
        _: Sequence[int], groups: Sequence[ChoiceClass], rest: IntVector
    ) -> list[Shares] | None:
        return spread(groups, rest)

    cells = tuple(_ranked_cell(statement, one, periods) for one in (statement.value, *values))
    table = (statement.by, cell)
    return Inequalities(found, wanted, cells, segments, settle, is_spread, table=table)


def _ranked_periods(statement: HasMost, counted: CountedRecords) -> dict[str, DayRange]:
    unit = statement.by
    if unit not in UNITS:
        return {}
    periods = counted_periods(counted, unit, statement.cell)
    named = {period_name(one, unit): one for one in periods}
    if statement.value not in named:
        shown = f"from {min(named)} to {max(named)}" if named else "of which there is none"
        raise StatementError(
            f"most: {statement.value} is not among the {unit}s that are counted, {shown}; give one "
            "of them, or another period after 'in'"
        )
    return named


def _ranked_cell(statement: HasMost, value: str, periods: dict[str, DayRange]) -> CountCell:
    cell = statement.cell
    if value in periods:
        days = common_days(periods[value], cell.days)
        return _in_period(cell, days)
    fields = {name: getattr(cell, name) for name in ("groups", "provinces", "statuses", "kinds")}
    name = "statuses" if statement.by == "status" else f"{statement.by}s"
    return CountCell(first=cell.first, last=cell.last, **(fields | {name: (value,)}))


def _leads(
    hits: Iterator[tuple[frozenset[str], Witness]], value: str, rivals: Sequence[str]
) -> dict[tuple[int, ...], Witness]:
    """By how much each reading puts a value before each rival, and before none at all."""
    vectors: dict[tuple[int, ...], Witness] = {}
    for found, witness in hits:
        own = int(value in found)
        vectors.setdefault((*(own - (one in found) for one in rivals), own), witness)
    return vectors


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Where the readings of a class are, among the values that are compared."""

    statement: HasMost
    periods: dict[str, tuple[int, int]]
    whole: tuple[int, int]
    days: DayRange
    area: frozenset[str]

    def values(self, classes: Sequence[RecordClass]) -> list[str]:
        """All values but the one that is said to have the most."""
        own, cell = self.statement.value, self.statement.cell
        match self.statement.by:
            case "province":
                named = frozenset(cell.provinces)
                found = {c for one in classes for c in one.place.fixed.union(*one.place.choices)}
                found = (found & named if named else found) - {ELSEWHERE}
            case "group":
                named = frozenset(cell.groups)
                found = {key for one in classes for key in one.groups}
                found = found & named if named else found
            case "status":
                found = {one.status for one in classes}
            case _:
                found = set(self.periods)
        return sorted(found - {own})

    def hits(self, group: RecordClass) -> Iterator[tuple[frozenset[str], Witness]]:
        """The values that each reading counts for."""
        by = self.statement.by
        if by in UNITS:
            yield from self._periods(group)
            return
        stays = {_is_in(stay, self.whole, self.days): stay for stay in group.stays()}
        for is_dated, stay in stays.items():
            for found, picks in self._values(group):
                yield (found if is_dated else frozenset()), (stay, picks)

    def _values(self, group: RecordClass) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
        by = self.statement.by
        if by == "province":
            named = frozenset(self.statement.cell.provinces)
            codes = sorted({c for choice in group.place.choices for c in choice} - {ELSEWHERE})
            areas = [frozenset({code}) for code in codes]
            for inside, picks in place_readings(group.place, areas).items():
                found = {code for code, is_in in zip(codes, inside, strict=True) if is_in}
                found |= group.place.fixed
                yield frozenset(found & named if named else found), picks
            return
        own = frozenset(group.groups if by == "group" else (group.status,))
        for (is_there,), picks in place_readings(group.place, [self.area]).items():
            yield (own if is_there else frozenset()), picks

    def _periods(self, group: RecordClass) -> Iterator[tuple[frozenset[str], Witness]]:
        names = {span[0]: name for name, span in self.periods.items() if span[0] <= span[1]}
        for stay in lean_stays(group, self.periods.get(self.statement.value, (1, 0))[0]):
            found = (
                frozenset()
                if stay is None
                else frozenset(names[at] for at in range(stay[0], stay[1] + 1) if at in names)
            )
            for (is_there,), picks in place_readings(group.place, [self.area]).items():
                yield (found if is_there else frozenset()), (stay, picks)


def lean_stays(group: RecordClass, own: int) -> Iterator[Stay]:
    """The readings of a date that matter for whether one segment has the most.

    A record that lasts helps most where it is in that segment and as few others as possible, and
    harms most where it is in as many others as possible and not in that one.
    """
    if group.is_point:
        yield from group.stays()
        return
    (begin, begun), (end, ended) = group.begins, group.ends
    late, early = min(begun, ended), max(end, begin)
    if begin <= own <= ended:
        yield min(late, own), max(early, own)
    if late < early:
        yield late, early
    else:
        yield from ((at, at) for at in range(early, late + 1))
    yield from _wide_stays(group, own)
    if group.is_loose:
        yield None


def _wide_stays(group: RecordClass, own: int) -> Iterator[Stay]:
    (begin, begun), (end, ended) = group.begins, group.ends
    yield begin, ended
    if own > begin and (last := min(ended, own - 1)) >= end:
        yield begin, last
    if own < ended and (first := max(begin, own + 1)) <= begun:
        yield first, ended
