"""Read the days in a file's columns, and report cells that are not valid days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.dossier.period_faults import FIRST_YEAR
from geo.events.cells.date_evidence import DateEvidence
from geo.events.cells.date_ranges import read_interval
from geo.events.cells.dates import DayReading, read_day
from geo.events.cells.values import EXPECTED_DAY, NO_DAY, to_day
from geo.events.columns.columns import CodedColumn
from geo.events.columns.formats import Format, canonical
from geo.events.columns.text_cells import is_empty
from geo.events.judging.draft import Draft
from geo.events.mapping.mapping import ColumnMapping
from geo.events.readers.csv_rows import RawTable

Days = NDArray[np.int32]
DATE_COLUMNS: Final[Mapping[Format, tuple[str, ...]]] = {
    "acled": ("event_date",), "ucdp-ged": ("date_start", "date_end"),
    "insecurity-insight": ("date",), "gtd": (), "table": (),
}  # fmt: skip
"""The date columns of each format; GTD has its dates as numbers in three columns."""


def evidence_of(raw: RawTable, form: Format, mapping: ColumnMapping | None) -> DateEvidence:
    """Collect what the dates of a file, or of a part of one, show about how to read them."""
    if form == "table":
        names = [] if mapping is None else [*mapping.all_of("date"), *mapping.all_of("date_end")]
    else:
        names = [one for one in raw.table.column_names if canonical(one) in DATE_COLUMNS[form]]
    known = [name for name in names if name in raw.table.column_names]
    return DateEvidence.of(text for name in known for text in CodedColumn.of(raw.table[name]).texts)


def days_of(draft: Draft, name: str) -> Days:
    """Return the days of a column; rows without one are rejected, each with its reason."""
    column = draft[name]
    read = [read_day(text, draft.dates, draft.zone) for text in column.texts]
    reasons = ["" if one.day else _why_none(one.year) for one in read]
    draft.reject_each(name, reasons)
    _say(draft, name, read)
    distinct = np.array([to_day(one.day) if one.day else NO_DAY for one in read], np.int32)
    days: Days = distinct[column.codes]
    return days


def spans_of(draft: Draft, name: str, expected: str) -> tuple[Days, Days]:
    """Return first and last days of a column that may also hold months, years, EDTF and ranges.

    Rows whose cell is filled but gives none of these are rejected.

    Returns
    -------
    First and last days of each row, both included, in days since 1 January 1970;
    :data:`geo.events.cells.values.NO_DAY` where there is none.
    """
    column = draft[name]
    read = [read_day(text, draft.dates, draft.zone) for text in column.texts]
    spans = [
        None if is_empty(text) else read_interval(text, draft.dates, draft.zone)
        for text in column.texts
    ]
    reasons = [
        "" if span or is_empty(text) else _why_none(one.year, expected)
        for text, span, one in zip(column.texts, spans, read, strict=True)
    ]
    draft.reject_each(name, reasons)
    _say(draft, name, read)
    days = [(to_day(span[0]), to_day(span[1])) if span else (NO_DAY, NO_DAY) for span in spans]
    first, last = np.array(days, np.int32).reshape(-1, 2).T
    return first[column.codes], last[column.codes]


def _why_none(year: int | None, expected: str = EXPECTED_DAY) -> str:
    if year is None:
        return expected
    if year < FIRST_YEAR:
        return f"the year {year} is before {FIRST_YEAR}; correct it"
    return f"the year {year} is too far in the future; correct it"


def _say(draft: Draft, name: str, read: Sequence[DayReading]) -> None:
    """Warn of days that are written in the other order or differ in local time."""
    draft.doubt_each(name, [
        f"the time is in another time zone; the local time is {one.shifted}" if one.shifted else ""
        for one in read
    ])  # fmt: skip
    words = (draft.dates.order or "").replace("-", " ")
    draft.doubt_each(name, [
        f"is not {words} like the other dates; it can only be read as {one.day}; check whether "
        "this file mixes two date orders"
        if one.other_order and one.day else ""
        for one in read
    ])  # fmt: skip
