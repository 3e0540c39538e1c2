"""List what a file in another format cannot hold; the list is written next to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.events.columns.columns import CodedColumn, Mask
from geo.events.columns.schema import FIELDS, ORIGINAL

LOSS: Final = pa.schema([
    ("row", pa.int64()), ("id", pa.string()), ("column", pa.string()), ("value", pa.string()),
    ("reason", pa.string()),
])  # fmt: skip
BETWEEN: Final = "; "
"""Separates the parties in one cell."""
LETTERS_OF_A_CELL: Final = 32_767
"""Most characters of one cell of a sheet (Microsoft, *Excel specifications and limits*)."""
_CONTROL: Final = "control characters are written as the sign for an unknown letter"
_LISTS: Final = ("groups", "unmatched", "against")
_TEXTS: Final = tuple(
    name for name, kind in FIELDS if pa.types.is_string(kind) or pa.types.is_dictionary(kind)
)
# XML 1.0, 2.2: these are not characters; a carriage return is read as a line feed (2.11).
NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def whole_column(column: str, reason: str) -> pa.Table:
    """Return one line that holds for a whole column.

    Returns
    -------
    A table with the columns of :data:`LOSS`.
    """
    return pa.table([[None], [None], [column], [None], [reason]], schema=LOSS)


def of_rows(rows: pa.Table, where: Mask, column: str, values: Any, reason: str) -> pa.Table:
    """Return a line for each row that `where` marks.

    Returns
    -------
    A table with the columns of :data:`LOSS`.
    """
    at = pa.array(np.flatnonzero(where))
    shown = pc.cast(values.take(at), pa.string())
    columns = [rows["row"].take(at), rows["id"].take(at), pa.repeat(column, len(at)), shown,
               pa.repeat(reason, len(at))]  # fmt: skip
    flat = [one.combine_chunks() if isinstance(one, pa.ChunkedArray) else one for one in columns]
    return pa.table(flat, schema=LOSS)


def originals(events: pa.Table, kept: Sequence[str] = ()) -> Iterator[pa.Table]:
    """Yield a line for each column of the original file that has content and is not in `kept`."""
    for name in events.column_names:
        if name.startswith(ORIGINAL) and name not in kept and _is_filled(events[name]):
            yield whole_column(
                name.removeprefix(ORIGINAL),
                "column of the file that the events came from; only GeoParquet keeps it",
            )


def _is_filled(column: Any) -> bool:
    texts = pc.fill_null(column.cast(pa.string()), "")
    return bool(pc.any(pc.not_equal(texts, "")).as_py())


def of_plain(events: pa.Table) -> pa.Table:
    """List what CSV and GeoJSON lose: the original columns, and names that contain a separator.

    Returns
    -------
    A table with the columns of :data:`LOSS`.
    """
    losses = [LOSS.empty_table(), *originals(events)]
    for name in _LISTS:
        lists = events[name].to_pylist()
        where = np.array([any(_divides(one) for one in parts or ()) for parts in lists], bool)
        texts = pa.array([BETWEEN.join(parts or ()) for parts in lists], pa.string())
        reason = "a name that holds “; ” or nothing is read back as several or none"
        losses.append(of_rows(events, where, name, texts, reason))
    return pa.concat_tables(losses)


def _divides(name: str) -> bool:
    return BETWEEN in name or not name or name.startswith(" ") or name.endswith(";")


def of_markup(events: pa.Table, longest: int | None = None) -> pa.Table:
    """List what XML also loses: control characters, and texts longer than a cell of a sheet.

    Returns
    -------
    A table with the columns of :data:`LOSS`.
    """
    losses = [of_plain(events)]
    for name in (*_TEXTS, *_LISTS):
        if name in _LISTS:
            column = pa.array(
                [BETWEEN.join(parts or ()) for parts in events[name].to_pylist()], pa.string()
            )
        else:
            column = pc.fill_null(events[name].cast(pa.string()), "")
        words = CodedColumn.of(column)
        odd = words.each(lambda text: NOT_IN_XML.search(text) is not None, np.bool_)
        losses.append(of_rows(events, odd, name, column, _CONTROL))
        if longest is not None:
            long = words.each(lambda text: _units(text) > longest, np.bool_)
            losses.append(of_rows(events, long, name, column, f"is cut after {longest:,} letters"))
    return pa.concat_tables(losses)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def for_xml(text: str) -> str:
    r"""Return a text without the characters that XML cannot hold.

    Examples
    --------
    >>> for_xml("a\x1b[31mb")
    'a�[31mb'
    """
    return NOT_IN_XML.sub("\ufffd", text)
