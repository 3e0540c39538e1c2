"""Export event tables in the exact columns of ACLED and UCDP GED, with a list of what is lost.

Rows that came from a format are written back byte for byte, in its columns and their order. Rows
from elsewhere are translated; whatever the format cannot hold gets a line in the loss report: the
row, the column, the value and the reason. A line without a row applies to the whole column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.errors import ExportError
from geo.events.columns.columns import CodedColumn
from geo.events.columns.formats import ACLED, ACLED_OPTIONAL, UCDP, canonical
from geo.events.columns.losses import LOSS, of_rows, originals, whole_column
from geo.events.columns.schema import ORIGINAL
from geo.events.export.export_rows import ConvertedTable, ExportRows, label_points
from geo.events.export.to_acled import made_acled
from geo.events.export.to_ucdp import made_ucdp
from geo.events.parties.actors import Registry
from geo.places.country import Country


@dataclass(frozen=True, eq=False)
class ExportedTable:
    """A table in the columns of another format.

    Parameters
    ----------
    table
        All columns as text, in the format's order.
    losses
        What the table cannot hold, in the columns of :data:`geo.events.columns.losses.LOSS`.
    left_out
        How many rows are not in the table.
    """

    table: pa.Table
    losses: pa.Table
    left_out: int


def to_acled(events: pa.Table, country: Country, registry: Registry) -> ExportedTable:
    """Convert an event table to ACLED's columns.

    Rows without a day known to within a year, and rows without a place in the country, are omitted
    and listed. A province is put at a reference point with precision 3, as ACLED does.
    """
    extra = [name for name in ACLED_OPTIONAL if _original(events, name)]
    return _export(events, "acled", (*ACLED, *extra), made_acled, country, registry)


def to_ucdp(events: pa.Table, country: Country, registry: Registry) -> ExportedTable:
    """Convert an event table to UCDP GED's columns.

    Rows without a reported death are omitted and listed, because GED holds fatal events only.
    """
    return _export(events, "ucdp-ged", UCDP, made_ucdp, country, registry)


def _export(
    events: pa.Table, form: str, columns: Sequence[str],
    make: Callable[[ExportRows], ConvertedTable], country: Country, registry: Registry,
) -> ExportedTable:  # fmt: skip
    own = CodedColumn.of(events["origin"]).each(lambda text: text == form, np.bool_)
    if own.any() and not any(_original(events, name) for name in columns):
        raise ExportError(
            f"the table has rows of {form} without its columns; import the original again"
        )
    losses: list[pa.Table] = [LOSS.empty_table()]
    parts: list[pa.Table] = []
    places: list[NDArray[np.int64]] = []
    left_out = 0
    if own.any():
        parts.append(_as_they_were(events.filter(pa.array(own)), columns, losses, form))
        places.append(np.flatnonzero(own))
    if not own.all():
        rest = events.filter(pa.array(~own))
        made = make(ExportRows(rest, country, registry, label_points(rest, country)))
        parts.append(pa.table([_text(made.columns.get(n), rest.num_rows) for n in columns],
                              names=list(columns)).filter(pa.array(made.kept)))  # fmt: skip
        places.append(np.flatnonzero(~own)[made.kept])
        left_out = int((~made.kept).sum())
        losses += [of_rows(rest, *loss) for loss in made.losses]
        losses += [whole_column(name, said) for name, said in made.never.items()]
        losses += originals(rest)
    whole = pa.concat_tables(parts) if parts else pa.table({name: [] for name in columns})
    if len(places) > 1:
        whole = whole.take(pa.array(np.argsort(np.concatenate(places), kind="stable")))
    return ExportedTable(whole, pa.concat_tables(losses), left_out)


def _text(column: Any, rows: int) -> Any:
    if column is None:
        return pa.chunked_array([pa.repeat("", rows)])
    texts = pc.fill_null(column.cast(pa.string()), "")
    return texts if isinstance(texts, pa.ChunkedArray) else pa.chunked_array([texts])


def _original(events: pa.Table, name: str) -> str:
    """Return the original name of a column of the format; empty if the file had none."""
    names = (name, "data_id") if name == "event_id_cnty" else (name,)
    found = {canonical(one.removeprefix(ORIGINAL)): one for one in events.column_names
             if one.startswith(ORIGINAL)}  # fmt: skip
    return next((found[one] for one in names if one in found), "")


def _as_they_were(
    rows: pa.Table, columns: Sequence[str], losses: list[pa.Table], form: str
) -> pa.Table:
    called = {name: _original(rows, name) for name in columns}
    found = [_text(rows[one] if one else None, rows.num_rows) for one in called.values()]
    losses += [
        whole_column(name, "the file had no such column") for name, one in called.items() if not one
    ]
    others = [one for one in rows.column_names
              if one.startswith(ORIGINAL) and one not in called.values()]  # fmt: skip
    for one in others:
        if pc.any(pc.not_equal(pc.fill_null(rows[one].cast(pa.string()), ""), "")).as_py():
            losses.append(whole_column(one.removeprefix(ORIGINAL), f"no column of {form}"))
    return pa.table(found, names=list(columns))
