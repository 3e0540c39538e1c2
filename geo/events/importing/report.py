"""The report of an import: how many rows were imported, and what became of all others."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from geo.events.columns.formats import Format
from geo.events.columns.rejects import by_reason
from geo.events.importing.importing import ImportedEvents

Reasons = list[tuple[str, str, int]]
"""Column, reason and number of rows, the most frequent first."""


@dataclass(frozen=True, eq=False)
class ImportReport:
    """What became of the rows of a file, whether it was read whole or in parts.

    Parameters
    ----------
    form, rows, kept, rejected_rows
        The format, and how many rows the file has, were imported and were rejected.
    rejected, doubts
        Why rows were rejected, and what imported rows are warned about.
    unknown, twice
        Unmatched names, and possible duplicates of incidents in the dossier; ``None`` without a
        dossier.
    notes
        Sentences on how the file was read.
    """

    form: Format
    rows: int
    kept: int
    rejected_rows: int
    rejected: Reasons
    doubts: Reasons
    unknown: pa.Table
    twice: pa.Table | None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, imported: ImportedEvents, twice: pa.Table | None) -> ImportReport:
        """The report of a file that was read whole."""
        return cls(
            imported.form, imported.rows, imported.events.num_rows, imported.rejected_rows,
            by_reason(imported.rejected), by_reason(imported.doubts), imported.unknown, twice,
            imported.notes,
        )  # fmt: skip
