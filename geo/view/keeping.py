"""Which records a View keeps, and for each of the others the first reason why not.

A filter on records reads the first row of each record in the located table; a filter on places
reads every row. Each distinct value is tested once, not once for each row: a million events have
a few hundred combinations of groups, kinds and grades.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Final, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.table.search import words
from geo.view.question import View
from geo.wording.vocabulary import UNRATED_CLAIM, UNRATED_SOURCE, Reason

Answers = NDArray[np.bool_]


def keep(view: View, table: pd.DataFrame) -> pd.Series[str]:
    """Why each record of a located table is not shown; empty for those that are.

    Returns
    -------
    A reason for each record, by its id, in the order of the table. A record that fails several
    filters has the first of them in the order of :data:`REASONS`.
    """
    index = RecordIndex.of(table)
    ids = pd.Index(index.records["record"], name="record")
    return pd.Series(why_not(view, index), index=ids, name="why", dtype=object)


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """A located table, prepared for filtering.

    Parameters
    ----------
    records
        The first row of each record, in the order of the table.
    places
        All rows of the table.
    number
        For each row of the table, the number of its record, from 0.
    """

    records: pd.DataFrame
    places: pd.DataFrame
    number: NDArray[np.intp]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Self:
        """Index the records of a located table."""
        number, _ = pd.factorize(table["record"])
        _, first = np.unique(number, return_index=True)
        return cls(table.iloc[first], table, number)

    def somewhere(self, fits: Answers) -> Answers:
        """For each record, whether `fits` is true of any of its places."""
        return np.bincount(self.number, weights=fits, minlength=len(self.records)) > 0


def why_not(view: View, index: RecordIndex) -> NDArray[np.object_]:
    """The first reason why each record is not shown; empty for a record that is."""
    why = np.full(len(index.records), "", dtype=object)
    for reason in reversed(REASONS):
        answers = _QUESTIONS[reason](view, index)
        if answers is not None:
            why[~answers] = reason
    return why


def _layer(view: View, index: RecordIndex) -> Answers | None:
    if not view.off:
        return None
    rows = index.records
    return _once(view.shows, rows["groups"], rows["kind"], rows["status"])


def _period(view: View, index: RecordIndex) -> Answers | None:
    if view.first is None and view.last is None:
        return None
    earliest, latest = (
        index.records[name].to_numpy(dtype="datetime64[D]") for name in ("earliest", "latest")
    )
    first, last = np.datetime64(view.first or date.min), np.datetime64(view.last or date.max)
    # An open end is NaT, and every comparison with NaT is false.
    if not view.certain:
        overlaps: Answers = ~(earliest > last) & ~(latest < first)
        return overlaps
    sure = ~index.records["approximate"].to_numpy(dtype=bool)
    begins = (earliest >= first) | (view.first is None)
    ends = (latest <= last) | (view.last is None)
    inside: Answers = sure & begins & ends
    return inside


def _among(column: str, field: str) -> Callable[[View, RecordIndex], Answers | None]:
    """Test whether the value of a column is one of those that a field of the View lists."""

    def question(view: View, index: RecordIndex) -> Answers | None:
        wanted = getattr(view, field)
        return index.records[column].isin(wanted).to_numpy(dtype=bool) if wanted else None

    return question


def _sharing(column: str, field: str) -> Callable[[View, RecordIndex], Answers | None]:
    """Test whether a column of tuples has an entry in common with a field of the View."""

    def question(view: View, index: RecordIndex) -> Answers | None:
        wanted = frozenset(getattr(view, field))
        return (
            _once(lambda keys: not wanted.isdisjoint(keys), index.records[column])
            if wanted
            else None
        )

    return question


def _grade(view: View, index: RecordIndex) -> Answers | None:
    if view.grade is None and view.credibility is None:
        return None
    return _once(lambda grades: _is_graded(grades, view), index.records["grades"])


def _is_graded(grades: tuple[tuple[str, int], ...], view: View) -> bool:
    """Whether the grades of the asserting claims meet the View; F and 6 mean unrated."""
    if view.grade == UNRATED_SOURCE and any(letter != UNRATED_SOURCE for letter, _ in grades):
        return False
    if view.credibility == UNRATED_CLAIM and any(digit != UNRATED_CLAIM for _, digit in grades):
        return False
    return any(
        (view.grade is None or letter <= view.grade)
        and (view.credibility is None or digit <= view.credibility)
        for letter, digit in grades
    )


def _precision(view: View, index: RecordIndex) -> Answers | None:
    if not view.precisions:
        return None
    return index.somewhere(index.places["precision"].isin(view.precisions).to_numpy(dtype=bool))


def _place(view: View, index: RecordIndex) -> Answers | None:
    fits = []
    if view.provinces:
        wanted = frozenset(view.provinces)
        there = _once(lambda codes: not wanted.isdisjoint(codes), index.places["provinces"])
        fits.append(index.somewhere(there))
    if view.districts:
        there = index.places["district"].isin(view.districts).to_numpy(dtype=bool)
        fits.append(index.somewhere(there))
    return reduce(np.logical_and, fits) if fits else None


def _deaths(view: View, index: RecordIndex) -> Answers | None:
    if view.deaths is None:
        return None
    rows = index.records
    stated: Answers = (rows["killed_basis"] != "not_stated").to_numpy(dtype=bool)
    if view.deaths == "stated":
        return stated
    if view.deaths == "not_stated":
        return ~stated
    lowest = rows["killed_low"].fillna(rows["killed_best"]).fillna(rows["killed_high"])
    return stated & (lowest >= view.deaths).fillna(value=False).to_numpy(dtype=bool)


def _text(view: View, index: RecordIndex) -> Answers | None:
    found = [
        index.records["search"].str.contains(word, regex=False).to_numpy(dtype=bool)
        for word in words(view.text)
    ]
    return reduce(np.logical_and, found) if found else None


_QUESTIONS: Final[Mapping[Reason, Callable[[View, RecordIndex], Answers | None]]] = {
    "layer": _layer,
    "period": _period,
    "kind": _among("kind", "kinds"),
    "event": _among("event", "events"),
    "against": _sharing("against", "against"),
    "status": _among("status", "statuses"),
    "attribution": _among("attribution", "attributions"),
    "review": _among("review", "reviews"),
    "source": _sharing("sources", "sources"),
    "grade": _grade,
    "precision": _precision,
    "place": _place,
    "deaths": _deaths,
    "text": _text,
}
REASONS: Final[tuple[Reason, ...]] = tuple(_QUESTIONS)
"""Why a record may not be shown, in the order in which the filters are tested."""


def _once(fits: Callable[..., bool], *columns: pd.Series) -> Answers:
    """Test each distinct combination of values once, and give each row its result."""
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, distinct = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=False)
        code = code * len(distinct) + codes
    _, first, row = np.unique(code, return_index=True, return_inverse=True)
    combinations = zip(*(column.iloc[first] for column in columns), strict=True)
    return np.array([fits(*values) for values in combinations], dtype=bool)[row]
