"""The rows of an event table, as columns of what a count reads.

A million of them never become objects.
An event has one province or none, and its date is never approximate. Filters that event tables
cannot answer (sources, ratings, words, review) are refused, because leaving them out would count
more than is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.counts.cells import within
from geo.counts.countable import Codes, CountedRecords, Flags, PlacePattern
from geo.counts.period_units import ALWAYS_AFTER, ALWAYS_BEFORE, days_between
from geo.errors import StatementError
from geo.events.columns.columns import CodedColumn, Combinations
from geo.limits import MAX_NAMED_EVENTS
from geo.view import EVERYTHING, UNNAMED, View

COUNTED_COLUMNS: Final = (
    "id", "groups", "against", "event", "earliest", "latest", "precision", "province", "district",
    "off", "status", "attribution", "killed_low", "killed_best", "killed_high", "killed_basis",
    "source",
)  # fmt: skip
"""The columns of an event table that a count reads."""
_NOT_IN_EVENTS: Final = ("sources", "grade", "credibility", "text", "reviews", "compare")


def counted_events(events: pa.Table, view: View = EVERYTHING) -> CountedRecords:
    """Prepare the events that a View keeps for counting.

    Parameters
    ----------
    events
        An event table, with the columns of :data:`COUNTED_COLUMNS` at least.
    view
        Which events are counted. Its period and provinces are those of every cell that names none.

    Raises
    ------
    StatementError
        The View has a filter that event tables cannot answer.
    """
    for name in _NOT_IN_EVENTS:
        if getattr(view, name) != getattr(EVERYTHING, name):
            raise StatementError(f"{name}: events have no such field; remove the filter")
    counted = _all_rows(events)
    kept = _kept(events, counted, view)
    found = counted if kept.all() else _only(counted, np.flatnonzero(kept))
    return replace(
        found, window=days_between(view.first, view.last), provinces_in_view=view.provinces
    )


def _all_rows(events: pa.Table) -> CountedRecords:
    first = _numbers(events["earliest"], ALWAYS_BEFORE)
    last = _numbers(events["latest"], ALWAYS_AFTER)
    status = CodedColumn.of(events["status"])
    group, groups = list_codes(events["groups"])
    place, places = _places(events)
    basis = CodedColumn.of(events["killed_basis"])
    by = {"not_stated": 0, "": 0, "claimed_by_party": 2}
    rows = events.num_rows
    return CountedRecords(
        ids=_Ids(events["id"]),
        first_low=first, first_high=last, last_low=first, last_high=last,
        is_point=np.ones(rows, dtype=bool), is_loose=np.zeros(rows, dtype=bool),
        place=place, group=group, status=status.codes, kind=np.zeros(rows, dtype=np.int32),
        places=places, groups=tuple(one or (UNNAMED,) for one in groups),
        statuses=tuple(status.texts), kinds=("incident",),
        killed_low=_figures(events, "killed_low"), killed_high=_figures(events, "killed_high"),
        killed_by=basis.each(lambda word: by.get(word, 1), np.int8),
        sourced=CodedColumn.of(events["source"]).filled,
        most_named=MAX_NAMED_EVENTS,
    )  # fmt: skip


class _Ids:
    """The ids of some rows, read when they are named."""

    def __init__(self, column: Any, rows: NDArray[np.intp] | None = None) -> None:
        self._column = column
        self._rows = rows

    def __getitem__(self, at: Any) -> str:
        return str(self._column[int(at if self._rows is None else self._rows[at])].as_py())

    def __len__(self) -> int:
        return len(self._column) if self._rows is None else len(self._rows)

    def __array__(self, dtype: Any = None, copy: Any = None) -> NDArray[Any]:
        whole = self._column.to_numpy()
        return np.asarray(whole if self._rows is None else whole[self._rows], dtype=dtype)

    def only(self, rows: NDArray[np.intp]) -> _Ids:
        """The ids of some of these rows."""
        return _Ids(self._column, rows if self._rows is None else self._rows[rows])


def _numbers(column: Any, missing: int) -> NDArray[np.int32]:
    days = pc.fill_null(pc.cast(column, pa.int32()), missing)
    found: NDArray[np.int32] = days.to_numpy().astype(np.int32)
    return found


def _figures(events: pa.Table, name: str) -> NDArray[np.float64]:
    """Figures with NaN where none is stated; a best figure alone is both ends."""
    low, best, high = (
        pc.cast(events[f"killed_{end}"], pa.float64()).to_numpy().astype(np.float64)
        for end in ("low", "best", "high")
    )
    alone = np.isnan(low) & np.isnan(high)
    found: NDArray[np.float64] = np.where(alone, best, low if name == "killed_low" else high)
    return found


def list_codes(column: Any) -> tuple[Codes, tuple[tuple[str, ...], ...]]:
    """Number the distinct lists of a column of lists.

    Returns
    -------
    tuple
        The number of each row's list, and the distinct lists; a missing list is empty.

    Examples
    --------
    >>> codes, lists = list_codes(pa.chunked_array([[["a"], [], ["a", "b"], ["a"]]]))
    >>> [lists[code] for code in codes]
    [('a',), (), ('a', 'b'), ('a',)]
    """
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    whole = pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole
    lengths = pc.fill_null(pc.list_value_length(whole), 0).to_numpy()
    words = CodedColumn.of(whole.flatten())
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)[: len(lengths)]
    codes = np.zeros(len(lengths), dtype=np.int32)
    lists: list[tuple[str, ...]] = [()]
    for length in np.unique(lengths[lengths > 0]):
        rows = np.flatnonzero(lengths == length)
        columns = [words.codes[starts[rows] + at] for at in range(int(length))]
        same = Combinations.of(*columns)
        codes[rows] = same.number + len(lists)
        lists += [tuple(words.texts[column[row]] for column in columns) for row in same.first]
    return codes, tuple(lists)


def _places(events: pa.Table) -> tuple[Codes, tuple[PlacePattern, ...]]:
    province, off = CodedColumn.of(events["province"]), CodedColumn.of(events["off"])
    code = province.codes.astype(np.int64) * max(len(off.texts), 1) + off.codes
    distinct, numbers = np.unique(code, return_inverse=True)
    patterns = []
    for one in distinct:
        name, why = (
            province.texts[one // len(off.texts)],
            off.texts[one % len(off.texts)],
        )
        there = frozenset({name}) if name and not why else frozenset[str]()
        # An event in several provinces names none of them.
        patterns.append(
            PlacePattern(there, (), why or ("" if there else "unknown"), int(not there))
        )
    return numbers.astype(np.int32), tuple(patterns)


def _kept(events: pa.Table, counted: CountedRecords, view: View) -> Flags:
    kept = np.ones(len(counted), dtype=bool)
    if view.off:
        key = counted.group.astype(np.int64) * len(counted.statuses) + counted.status
        distinct, numbers = np.unique(key, return_inverse=True)
        groups, statuses = counted.groups, counted.statuses
        shown = [
            view.shows(groups[one // len(statuses)], "incident", statuses[one % len(statuses)])
            for one in distinct
        ]
        kept &= np.array(shown, dtype=bool)[numbers]
    days = within(counted, days_between(view.first, view.last))
    kept &= days.certain if view.certain else days.possible
    if view.kinds:
        kept &= "incident" in view.kinds
    for column, wanted in (
        ("event", view.events), ("status", view.statuses), ("attribution", view.attributions),
        ("precision", view.precisions), ("province", view.provinces),
        ("district", view.districts),
    ):  # fmt: skip
        if wanted:
            kept &= CodedColumn.of(events[column]).each(_among(wanted), np.bool_)
    if view.against:
        codes, lists = list_codes(events["against"])
        targets = frozenset(view.against)
        kept &= np.array([not targets.isdisjoint(one) for one in lists], dtype=np.bool_)[codes]
    return kept & _deadly(events, counted, view)


def _among(wanted: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda word: word in wanted


def _deadly(events: pa.Table, counted: CountedRecords, view: View) -> Flags:
    stated: Flags = counted.killed_by > 0
    match view.deaths:
        case None:
            return np.ones(len(counted), dtype=bool)
        case "stated":
            return stated
        case "not_stated":
            return ~stated
    ends = (events[f"killed_{end}"] for end in ("low", "best", "high"))
    lowest = pc.fill_null(pc.coalesce(*ends), -1).to_numpy()
    found: Flags = stated & (lowest >= view.deaths)
    return found


def _only(counted: CountedRecords, rows: NDArray[np.intp]) -> CountedRecords:
    """Some of the rows; the tables of values stay those of all."""
    columns = (
        "first_low", "first_high", "last_low", "last_high", "is_point", "is_loose", "place",
        "group", "status", "kind", "killed_low", "killed_high", "killed_by", "sourced",
    )  # fmt: skip
    taken = {name: getattr(counted, name)[rows] for name in columns}
    return replace(counted, ids=counted.ids.only(rows), **taken)
