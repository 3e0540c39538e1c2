"""Parse strings of cells to numbers and days, each distinct string once."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo import limits
from geo.events.cells.coordinates import Axis, degrees_from
from geo.events.columns.columns import CodedColumn, Mask
from geo.events.columns.text_cells import is_empty
from geo.places.boundaries import MOST_EAST, MOST_NORTH

NO_DAY: Final = np.iinfo(np.int32).min
"""Marks an unknown day in columns of days since 1970."""
NO_NUMBER: Final = -1

_NUMBER: Final = re.compile(r"[+-]?(\d{1,20}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?")
_WHOLE: Final = re.compile(r"(\d{1,9})(?:\.0{1,20})?")
EXPECTED_DAY: Final = "expected a day, such as 2022-05-24 or 24 May 2022"
EXPECTED_DEATHS: Final = "expected a whole number, 0 or more, or nothing where none is stated"


def degrees_of(text: str) -> float:
    """Parse degrees; NaN if the text is not a number.

    Examples
    --------
    >>> degrees_of("34.5"), degrees_of("-70"), degrees_of("nan"), degrees_of("1_0"), degrees_of("")
    (34.5, -70.0, nan, nan, nan)
    """
    return float(text) if _NUMBER.fullmatch(text := text.strip()) else float("nan")


def count_from(text: str) -> int:
    """Parse a count of people; -1 if the text is not a whole number of 0 or more.

    Examples
    --------
    >>> [count_from(text) for text in ("12", "3.0", "-3", "3.5", "12,000")]
    [12, 3, -1, -1, -1]
    """
    match = _WHOLE.fullmatch(text.strip())
    return int(match[1]) if match and int(match[1]) <= limits.MAX_DEATHS else NO_NUMBER


_EPOCH: Final = date(1970, 1, 1).toordinal()
"""The day from which Arrow's ``date32`` counts, as a Python ordinal."""


def to_day(day: date) -> int:
    """Return a day as the number of days since 1 January 1970."""
    return day.toordinal() - _EPOCH


@lru_cache(maxsize=1 << 15)  # distinct texts of a column, a few MB
def month_around(day: int) -> tuple[int, int]:
    """Return the first and last day of the calendar month that a day is in.

    Returns
    -------
    The first and the last day of the month, in days since 1 January 1970.

    Examples
    --------
    >>> [day - to_day(date(2024, 2, 10)) for day in month_around(to_day(date(2024, 2, 10)))]
    [-9, 19]
    """
    inside = date.fromordinal(day + _EPOCH)
    ordinal = inside.replace(day=1).toordinal() - _EPOCH
    # 31 days after its first day is always in the following month.
    following = date.fromordinal(ordinal + _EPOCH + 31).replace(day=1).toordinal() - _EPOCH
    return ordinal, following - 1


def day_column(days: NDArray[np.int32]) -> Any:
    """Return days as an Arrow column of dates; null where unknown."""
    return pa.array(days, pa.int32(), mask=days == NO_DAY).cast(pa.date32())


def count_column(counts: NDArray[np.int32]) -> Any:
    """Return counts of people as an Arrow column of integers; null where not stated."""
    return pa.array(counts, pa.int32(), mask=counts < 0)


def point_column(degrees: NDArray[np.float64]) -> Any:
    """Return degrees or metres as an Arrow column of numbers; null where unknown."""
    return pa.array(degrees, mask=np.isnan(degrees))


def people_counts(column: CodedColumn) -> NDArray[np.int32]:
    """Return the counts of people in a column, in row order; -1 where there is none."""
    return column.each(count_from, np.int32)


def degrees(column: CodedColumn, axis: Axis) -> tuple[NDArray[np.float64], Mask]:
    """Return the degrees of a column, and a mask of the rows with neither degrees nor nothing.

    Returns
    -------
    The degrees of each row, NaN if it has none, and a mask of the rows with invalid ones.
    """
    most = MOST_NORTH if axis == "lat" else MOST_EAST
    found = column.each(lambda text: degrees_from(text, axis), np.float64)
    filled = column.filled & ~column.each(is_empty, np.bool_)
    wrong = filled & ~(np.abs(found) <= most)
    return found, wrong
