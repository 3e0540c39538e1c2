"""Problems of the rows of a file: which row, which column, which text, and why.

No row is lost silently: each rejected row has an entry here, and the imported and the rejected rows
add up to the rows of the file. *Doubts* are warnings about imported rows, often rows with a coarser
location than the row itself states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo import limits
from geo.events.columns.columns import CodedColumn, Mask

SCHEMA: Final = pa.schema(
    [("row", pa.int64()), ("column", pa.string()), ("value", pa.string()), ("reason", pa.string())]
)


class Findings:
    """Collects the problems of some of the rows.

    Parameters
    ----------
    rows
        The number that each row has in the file, from 1.

    Examples
    --------
    >>> found = Findings(np.array([1, 2, 3]))
    >>> deaths = CodedColumn.of(pa.array(["3", "-1", "many"]))
    >>> found.add(np.array([False, True, True]), "fatalities", deaths, "expected a whole number")
    >>> found.table().to_pylist()[1]
    {'row': 3, 'column': 'fatalities', 'value': 'many', 'reason': 'expected a whole number'}
    """

    def __init__(self, rows: NDArray[np.int64]) -> None:
        self.rows = rows
        self.found = np.zeros(rows.size, dtype=bool)
        self._parts: list[pa.Table] = []

    def add(
        self, where: Mask, column: str, values: CodedColumn | Any, reason: str | Sequence[str] | Any
    ) -> None:
        """Add one reason, or a reason for each row, for all rows that `where` marks.

        Parameters
        ----------
        values
            The whole column.
        reason
            One sentence; or a :class:`CodedColumn` column of sentences for all rows.
        """
        hit = np.flatnonzero(where)
        if not hit.size:
            return
        self.found[hit] = True
        shown = values.take(hit) if isinstance(values, CodedColumn) else values.take(pa.array(hit))
        why = reason.take(hit) if isinstance(reason, CodedColumn) else pa.repeat(reason, hit.size)
        self._append(self.rows[hit], column, shown, why)

    def add_rows(self, rows: NDArray[np.int64], column: str, values: Any, reasons: Any) -> None:
        """Add rows that never became part of the table, by their numbers in the file."""
        if rows.size:
            self._append(rows, column, values, reasons)

    def extend(self, other: pa.Table) -> None:
        """Add findings collected elsewhere."""
        self._parts.append(other)

    def table(self) -> pa.Table:
        """Return all findings, in the order of the rows.

        Returns
        -------
        A table with the columns of :data:`SCHEMA`.
        """
        whole = pa.concat_tables([SCHEMA.empty_table(), *self._parts])
        return whole.take(pc.sort_indices(whole, sort_keys=[("row", "ascending")]))

    def _append(self, rows: NDArray[np.int64], column: str, values: Any, reasons: Any) -> None:
        shown = pc.utf8_slice_codeunits(pc.cast(values, pa.string()), 0, limits.MAX_SHOWN)
        columns = [pa.array(rows), pa.repeat(column, rows.size), shown, reasons]
        self._parts.append(pa.table(columns, schema=SCHEMA))


def distinct_rows(findings: pa.Table) -> int:
    """Count the rows that have findings."""
    return int(pc.count_distinct(findings["row"]).as_py())


def by_reason(findings: pa.Table) -> list[tuple[str, str, int]]:
    """Return column, reason and number of rows, the most frequent first."""
    return by_frequency(rows_by_reason(findings))


def rows_by_reason(findings: pa.Table) -> Counter[tuple[str, str]]:
    """Count rows by column and reason; the counts of the parts of a file add up."""
    counted = findings.group_by(["column", "reason"]).aggregate([("row", "count_distinct")])
    return Counter(
        {(row["column"], row["reason"]): row["row_count_distinct"] for row in counted.to_pylist()}
    )


def by_frequency(counted: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Sort what :func:`rows_by_reason` counted, the most frequent first."""
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [(column, reason, count) for (column, reason), count in rows]
