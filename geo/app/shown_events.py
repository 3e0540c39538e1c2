"""The events that a session shows beside the records, and whether it has any.

How files of events are read is another module, which a map without events need not load: with what
it needs, it would add a tenth of a second to the first map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from geo.webmap.event_columns import TEXTS, order_of
from geo.workspace import events_path

if TYPE_CHECKING:
    from geo.events.importing.importing import ImportedEvents
    from geo.snapshot.content.event_file import EventFile

UPLOAD: Final = "events-file"
"""The key under which a session keeps the file that it uploaded."""
UPLOADED_FILE: Final = "the uploaded file"
"""What messages call that file."""


@dataclass(frozen=True, eq=False)
class SessionEvents:
    """The events that a session shows.

    Parameters
    ----------
    table
        In the columns of :mod:`geo.events.columns.schema`, or those of them that the map needs.
    key
        Identifies everything that the table depends on; the same key means the same events.
    names
        Names of groups that the dossier does not have.
    called
        The name of the file for the reader.
    imported
        Result of importing a file in another format; ``None`` if the file was an event table.
    twice
        Events that may be incidents of the dossier.
    note
        A sentence on which part of a larger dataset this is.
    """

    table: pa.Table
    key: str
    names: Mapping[str, str]
    called: str
    imported: ImportedEvents | None = None
    twice: pa.Table | None = None
    note: str = ""

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """For each event of the map document, its row in the table."""
        return order_of(self.table)

    @cached_property
    def for_figures(self) -> EventFile:
        """The same events for figures; their digest is computed once."""
        from geo.snapshot.content.event_file import EventFile  # noqa: PLC0415 - as said above

        return EventFile(self.table, self.called)

    @property
    def size(self) -> int:
        """How many bytes its tables take."""
        tables = [self.table, self.twice]
        if self.imported is not None:
            tables += [self.imported.events, self.imported.rejected]
        return sum({id(one): int(one.nbytes) for one in tables if one is not None}.values())

    def texts(self, rows: Sequence[int]) -> dict[str, dict[str, str]]:
        """Return id, notes and source of events, by their number in the map document.

        Returns
        -------
        Number of each event, as text, to its ``id``, ``notes`` and ``source``.
        """
        asked = [row for row in rows if 0 <= row < self.table.num_rows]
        found = self.table.select(list(TEXTS)).take(pa.array(self.order[asked]))
        told = {name: found[name].cast(pa.string()).to_pylist() for name in TEXTS}
        return {
            str(row): {name: told[name][at] or "" for name in TEXTS} for at, row in enumerate(asked)
        }


def may_be_drawn() -> bool:
    """Tell whether the session has a file of events, its own or the one served to everyone."""
    return st.session_state.get(UPLOAD) is not None or events_path() is not None
