"""Whether a statement holds in every reading, in none, or depends on some records.

Each statement is a set of inequalities between sums over records (:mod:`geo.counts.inequalities`).
It is *always* true if each inequality holds at its own worst reading, which is found record by
record because records are read independently. It is *never* true if there is no reading in which
all inequalities hold together (:mod:`geo.counts.joint`). Else it *depends*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo.counts.bounds import BoundedCount, count_cell, count_cells
from geo.counts.cells import CountCell
from geo.counts.classes import RecordClass, Segments, Stay, place_readings
from geo.counts.countable import CountedRecords, not_mapped
from geo.counts.inequalities import Inequalities, Witness, inequalities_of
from geo.counts.joint import ChoiceClass, IntVector, JointSearch, Shares, best_alternatives
from geo.counts.ordering import cell_order
from geo.counts.period_units import day_at
from geo.counts.statements import CheckedStatement, IsFirst

Verdict = Literal["always", "never", "depends"]


@dataclass(frozen=True, slots=True)
class RecordReading:
    """One reading of one record.

    Parameters
    ----------
    id
        Of the record.
    first, last
        The days on which it begins and ends; the same day for an incident. ``None``: on none of
        the days that are counted, because its date is approximate or uncertain.
    provinces
        ISO 3166-2 codes of the provinces in which it is.
    """

    id: str
    first: date | None
    last: date | None
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a statement holds, and on which records that depends.

    Parameters
    ----------
    verdict
        ``always``: in every reading; ``never``: in none; ``depends``: in some.
    bounds
        The cells that the statement compares, with their fewest and most records.
    depends_on, depends_count
        The records whose reading changes the numbers compared, if the verdict is ``depends``: the
        ids of the first of them, and how many there are.
    holds, fails
        For each of these records, its reading in one example in which the statement is true, and
        in one in which it is not.
    not_counted
        What no reading can count, by reason: not mapped, where provinces are compared; withdrawn;
        out of the View; entries of the file that could not be read.
    loose, unsourced
        How many of the counted records have an approximate or uncertain date, and how many no
        known source.
    """

    statement: CheckedStatement
    verdict: Verdict
    bounds: tuple[BoundedCount, ...]
    depends_on: tuple[str, ...] = ()
    depends_count: int = 0
    holds: tuple[RecordReading, ...] = field(default=(), repr=False)
    fails: tuple[RecordReading, ...] = field(default=(), repr=False)
    not_counted: Mapping[str, int] = field(default_factory=dict)
    loose: int = 0
    unsourced: int = 0


def decide(statement: CheckedStatement, counted: CountedRecords) -> Decision:
    """Decide a statement for every reading of the records.

    Parameters
    ----------
    statement
        One of :mod:`geo.counts.statements`.
    counted
        The records, from :func:`geo.counts.countable.counted_records` or of an event table.

    Raises
    ------
    StatementError
        The statement names something that cannot be compared, or depends on too many combinations
        of readings to decide it exactly; it is never estimated.

    Examples
    --------
    One record is only known to be in the north, so Balkh may have one incident or two:

    >>> from geo import open_workspace
    >>> from geo.counts.countable import counted_records
    >>> from geo.counts.statements import AtLeast
    >>> counted = counted_records(open_workspace())
    >>> found = decide(AtLeast(2, CountCell(provinces=("AF-BAL",), kinds=("incident",))), counted)
    >>> found.verdict, found.depends_on
    ('depends', ('civilians-attacked-north-2022',))
    """
    if isinstance(statement, IsFirst):
        return _decided_by_order(statement, counted)
    return _decided_by_number(statement, counted)


def _decided_by_order(statement: IsFirst, counted: CountedRecords) -> Decision:
    order = cell_order(statement, counted)
    verdict: Verdict = "always" if order.always else "depends" if order.possible else "never"
    found = _decision(statement, verdict, (statement.cell,), counted, order.rows)
    if verdict != "depends" or len(order.rows) > counted.most_named:
        return found
    sides = [
        tuple(
            RecordReading(str(counted.ids[row]), day_at(first), day_at(last), provinces)
            for row, (first, last, provinces) in zip(order.rows, side, strict=True)
        )
        for side in (order.holds, order.fails)
    ]
    return _with_sides(found, *sides)


def _decided_by_number(statement: CheckedStatement, counted: CountedRecords) -> Decision:
    asked = inequalities_of(statement, counted)
    bounds = _table_of(asked, counted)
    worst = sum(
        (len(one.members) * vectors.min(axis=0) for one, vectors, _ in asked.classes),
        np.zeros_like(asked.wanted),
    )
    if (worst >= asked.wanted).all():
        return _decision(statement, "always", asked.cells, counted, None, bounds)
    shares = _possible(asked)
    if shares is None:
        return _decision(statement, "never", asked.cells, counted, None, bounds)
    free = [at for at, (_, vectors, _) in enumerate(asked.classes) if len(vectors) > 1]
    rows = _rows([asked.classes[at][0] for at in free])
    found = _decision(statement, "depends", asked.cells, counted, rows, bounds)
    if len(rows) > counted.most_named:
        return found
    fault = int(np.argmax(worst < asked.wanted))
    failing = {
        at: {int(np.argmin(asked.classes[at][1][:, fault])): len(asked.classes[at][0].members)}
        for at in free
    }
    holds, fails = (
        tuple(_readings(asked, counted, {at: side[at] for at in free}))
        for side in (shares, failing)
    )
    return _with_sides(found, holds, fails)


def _table_of(asked: Inequalities, counted: CountedRecords) -> tuple[BoundedCount, ...] | None:
    """The bounds of many cells, counted at once."""
    if asked.table is None:
        return None
    by, cell = asked.table
    found = {one.cell: one for one in count_cells(counted, (by,), cell)}
    return tuple(found.get(one) or BoundedCount(one, 0, 0) for one in asked.cells)


def _with_sides(
    found: Decision, holds: tuple[RecordReading, ...], fails: tuple[RecordReading, ...]
) -> Decision:
    return Decision(
        found.statement, found.verdict, found.bounds, found.depends_on, found.depends_count,
        holds, fails, found.not_counted, found.loose, found.unsourced,
    )  # fmt: skip


def _rows(classes: Sequence[RecordClass]) -> NDArray[np.intp]:
    if not classes:
        return np.array([], dtype=np.intp)
    return np.sort(np.concatenate([one.members for one in classes]))


def _decision(
    statement: CheckedStatement,
    verdict: Verdict,
    cells: Sequence[CountCell],
    counted: CountedRecords,
    rows: NDArray[np.intp] | None = None,
    bounds: tuple[BoundedCount, ...] | None = None,
) -> Decision:
    rows = np.array([], dtype=np.intp) if rows is None or verdict != "depends" else rows
    compares_provinces = any(cell.provinces for cell in cells) or bool(counted.provinces_in_view)
    beside = dict(not_mapped(counted)) if compares_provinces else {}
    beside |= {"withdrawn": len(counted.withdrawn)} if counted.withdrawn else {}
    if counted.ledger is not None:
        out = sum(counted.ledger.out.values())
        beside |= {"out_of_view": out} if out else {}
        beside |= {"unreadable": counted.ledger.left_out} if counted.ledger.left_out else {}
    return Decision(
        statement,
        verdict,
        tuple(count_cell(counted, cell) for cell in cells) if bounds is None else bounds,
        counted.named(rows),
        len(rows),
        not_counted=beside,
        loose=int(counted.is_loose.sum()),
        unsourced=int((~counted.sourced).sum()),
    )


def _possible(asked: Inequalities) -> dict[int, Shares] | None:
    """For each class, how many take each alternative in one reading with all inequalities."""
    if len(asked.wanted) == 1:
        best = [int(np.argmax(vectors[:, 0])) for _, vectors, _ in asked.classes]
        chosen = {
            at: {way: len(one.members)}
            for at, ((one, _, _), way) in enumerate(zip(asked.classes, best, strict=True))
        }
        reached = sum(
            len(one.members) * int(vectors[way, 0])
            for (one, vectors, _), way in zip(asked.classes, best, strict=True)
        )
        return chosen if reached >= asked.wanted[0] else None
    return _jointly_possible(asked)


def _jointly_possible(asked: Inequalities) -> dict[int, Shares] | None:
    wanted = asked.wanted.copy()
    chosen: dict[int, Shares] = {}
    open_classes: dict[int, tuple[ChoiceClass, list[int]]] = {}
    for at, (one, vectors, _) in enumerate(asked.classes):
        regular = asked.is_regular(at)
        kept = [*range(len(vectors))] if regular else best_alternatives(vectors)
        if len(kept) == 1:
            chosen[at] = {kept[0]: len(one.members)}
            wanted -= len(one.members) * vectors[kept[0]]
        else:
            choice = ChoiceClass(
                len(one.members), vectors[kept], regular or asked.fits(vectors[kept])
            )
            open_classes[at] = (choice, kept)
    regulars = [at for at, (choice, _) in open_classes.items() if choice.regular]

    def settle(classes: Sequence[ChoiceClass], rest: IntVector) -> list[Shares] | None:
        return asked.settle(regulars, classes, rest)

    found = JointSearch([one for one, _ in open_classes.values()], wanted, settle).find()
    if found is None:
        return None
    for (at, (_, kept)), shares in zip(open_classes.items(), found, strict=True):
        chosen[at] = {kept[way]: number for way, number in shares.items()}
    return chosen


def _readings(
    asked: Inequalities, counted: CountedRecords, shares: Mapping[int, Shares]
) -> Iterator[RecordReading]:
    """A reading of each record of some classes, in the order of the records."""
    found: dict[int, RecordReading] = {}
    for at, taken in shares.items():
        group, _, witnesses = asked.classes[at]
        rows = iter(group.members)
        for way, number in taken.items():
            for row, _ in zip(rows, range(number), strict=False):
                stay, picks = witnesses[way]
                pattern = counted.places[counted.place[row]]
                if pattern != group.place:
                    # Classes are not told apart by places that make no difference.
                    picks = place_readings(pattern, ())[()]
                found[int(row)] = _reading(counted, int(row), (stay, picks), asked.segments)
    yield from (found[row] for row in sorted(found))


def _reading(
    counted: CountedRecords, row: int, witness: Witness, segments: Segments
) -> RecordReading:
    stay, picks = witness
    pattern = counted.places[counted.place[row]]
    provinces = tuple(sorted({*pattern.fixed, *picks} - {""}))
    first, last = days_of_stay(counted, row, stay, segments)
    return RecordReading(str(counted.ids[row]), first, last, provinces)


def days_of_stay(
    counted: CountedRecords, row: int, stay: Stay, segments: Segments
) -> tuple[date | None, date | None]:
    """The days of one reading of a record that is in some segments.

    Returns
    -------
    tuple
        Its first and last day; ``None`` for both where the date is wrong.
    """
    if stay is None:
        return None, None
    low, high = (
        max(int(counted.first_low[row]), segments.days(stay[0]).first),
        min(int(counted.first_high[row]), segments.days(stay[0]).last),
    )
    if counted.is_point[row]:
        day = day_at(low) or day_at(high)
        return day, day
    end_low = max(int(counted.last_low[row]), segments.days(stay[1]).first)
    end_high = min(int(counted.last_high[row]), segments.days(stay[1]).last)
    first = low if day_at(low) else min(high, end_high)
    last = end_high if day_at(end_high) else max(end_low, first)
    return day_at(first), day_at(last)
