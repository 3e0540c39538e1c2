"""Recognise tables that count events instead of listing them, by their columns and cells.

A row of such a table is several events, or none; drawn as an event it would state what nobody
reported. HDX HAPI and ACLED publish such tables by district and month or week, HDX's quick
charts and Insecurity Insight's overviews by country and year, and many are made by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, get_args

import numpy as np

from geo.dossier.records import EventType
from geo.errors import IntakeError
from geo.events.cells.values import degrees_of
from geo.events.columns.columns import CodedColumn
from geo.events.columns.formats import canonical, recognise
from geo.events.columns.text_cells import is_empty
from geo.events.readers.csv_rows import RawTable

_COUNTS: Final = frozenset(
    f"{before}{what}{after}"
    for what in ("event", "events", "incident", "incidents")
    for before, after in (
        ("number of ", ""), ("no of ", ""), ("no. of ", ""), ("num ", ""), ("n ", ""),
        ("total ", ""), ("count of ", ""), ("", " count"), ("", " counts"), ("", " total"),
    )
) | {"events", "incidents", "event+num", "count+events", "#events", "events n"}  # fmt: skip
_PERIODS: Final = frozenset({
    "reference period start", "reference period end", "month", "week", "quarter", "year", "period",
    "year month", "yearmonth", "month year",
})  # fmt: skip
_TYPES: Final = tuple(name.lower() for name in get_args(EventType))
_SUBTYPES: Final = frozenset({
    "armed clash", "air/drone strike", "suicide bomb", "mob violence", "peaceful protest", "attack",
    "abduction/forced disappearance", "grenade", "arrests", "violent demonstration",
    "shelling/artillery/missile attack", "remote explosive/landmine/ied", "sexual violence",
})  # fmt: skip
_SEVERAL: Final = 3
"""Number of columns named after event types from which a table has one count for each type."""
_INSTEAD: Final = (
    "Nothing is imported: such a row has no day, place or party of its own. Get the list of events "
    "instead, from ACLED's data export (acleddata.com) or UCDP GED (ucdp.uu.se/downloads)"
)


@dataclass(frozen=True, slots=True)
class CountTable:
    """The reason why a table is one of counts.

    Parameters
    ----------
    sign
        A clause that names the columns that show it.
    """

    sign: str

    def refusal(self, file: str) -> str:
        """Return a sentence that says what the file is, and what to use instead."""
        return f"{file}: this is a table of counts, not a list of events: {self.sign}. {_INSTEAD}"


def refuse_counts(raw: RawTable) -> None:
    """Refuse a table that counts events.

    Raises
    ------
    IntakeError
        The table counts events; the message names the columns that show it.
    """
    try:
        form = recognise(raw.table.column_names)
    except IntakeError:
        form = "table"
    found = count_table(raw.table) if form == "table" else None
    if found is not None:
        raise IntakeError(found.refusal(raw.file))


def count_table(table: Any) -> CountTable | None:
    """Tell whether a table of strings counts events; ``None`` where it may list them.

    Parameters
    ----------
    table
        An Arrow table of strings.

    Examples
    --------
    >>> import pyarrow as pa
    >>> count_table(pa.table({"Month": ["2024-01"], "Events": ["0"]})).sign
    "column 'Events' gives the number of events in each row"
    >>> count_table(pa.table({"date": ["2024-01-01"], "events": ["A clash at a bridge"]})) is None
    True
    """
    named = {_plain(name): name for name in table.column_names}
    for plain in named.keys() & _COUNTS:
        if _counts(CodedColumn.of(table[named[plain]]), by_period=bool(named.keys() & _PERIODS)):
            return CountTable(f"column {named[plain]!r} gives the number of events in each row")
    indicators = [name for name in named if name.startswith("indicator")]
    if indicators and "value" in named:
        return CountTable(
            f"columns {named[indicators[0]]!r} and {named['value']!r} hold indicators"
        )
    typed = [name for plain, name in named.items() if _is_type(plain)]
    texts = [CodedColumn.of(table[name]).texts for name in typed]
    # In a list of events with a column for each type, a row has 1 in one and 0 in the others.
    several = any(degrees_of(text) > 1 for column in texts for text in column)
    if len(typed) >= _SEVERAL and several and all(map(_whole, texts)):
        return CountTable(
            f"it has a column of numbers for each type of event, such as {typed[0]!r}"
        )
    return None


def _plain(name: str) -> str:
    return canonical(name.replace("_", " ")).removeprefix("#")


def _is_type(plain: str) -> bool:
    return plain.startswith(_TYPES) or plain in _SUBTYPES


def _counts(column: CodedColumn, *, by_period: bool) -> bool:
    """Tell whether cells are numbers of events; all 1 may mean that each row is an event."""
    used = np.bincount(column.codes, minlength=len(column.texts)) > 0
    texts = [text for text, is_used in zip(column.texts, used, strict=True) if is_used]
    filled = [text for text in texts if not is_empty(text)]
    several = by_period or any(degrees_of(text) != 1 for text in filled)
    return bool(filled) and several and _whole(filled)


def _whole(texts: Iterable[str]) -> bool:
    numbers = [degrees_of(text) for text in texts if not is_empty(text)]
    return bool(numbers) and all(number >= 0 and number.is_integer() for number in numbers)
