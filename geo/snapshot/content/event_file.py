"""The events that a figure may show: a table, recognised by a digest of its rows.

The digest is that of the rows as imported, not of the bytes of a file: the file of a provider and
the event table that was imported from it have the same, and a figure made in the app from one is
made again on the command line from the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import FigureError, IntakeError
from geo.events.columns.columns import CodedColumn
from geo.events.columns.formats import recognise
from geo.events.columns.providers import EventProvider, providers_of
from geo.events.importing.importing import convert
from geo.events.parties.actors import Registry
from geo.events.readers.counts import refuse_counts
from geo.events.readers.file_uses import check_events, use_of
from geo.events.readers.opening import read_source
from geo.events.store.dataset import is_dataset, read_dataset
from geo.events.store.storage import read_events
from geo.snapshot.content.event_choice import EventChoice, EventForm
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace

FIGURE_COLUMNS: Final = (
    "origin", "groups", "unmatched", "against", "event", "subevent", "earliest", "latest",
    "place_text", "place_name", "precision", "province", "district", "lat", "lon", "off", "status",
    "attribution", "killed_low", "killed_best", "killed_high", "killed_basis",
)  # fmt: skip
"""The columns of an event table that a figure depends on."""
_MISSING: Final = -(2**31)
"""Stands for a missing number in the digest: the lowest int32, which no day or degree is."""


@dataclass(frozen=True, eq=False)
class EventFile:
    """A table of events for figures.

    Parameters
    ----------
    table
        With the columns of :data:`FIGURE_COLUMNS` at least; see
        :mod:`geo.events.columns.schema`.
    name
        Its name for the reader, without folders.
    """

    table: pa.Table
    name: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the columns that figures depend on, as 64 hexadecimal digits."""
        return digest_of_rows(self.table)

    @cached_property
    def providers(self) -> tuple[EventProvider, ...]:
        """Who provides its events, in the order of their first rows."""
        origin = CodedColumn.of(self.table["origin"])
        used, first = np.unique(origin.codes, return_index=True)
        return providers_of(origin.texts[used[at]] for at in np.argsort(first))

    def chosen(
        self, form: EventForm, accessed: date | None = None, credit: str = ""
    ) -> EventChoice:
        """The part of a recipe that shows these events."""
        return EventChoice(form, self.digest, self.name, accessed, credit)


def events_for(choice: EventChoice, events: EventFile | None) -> EventFile:
    """Return the events that a recipe names, if they are given.

    Raises
    ------
    FigureError
        There are none, or they are not those of the recipe.

    Examples
    --------
    >>> events_for(EventChoice("rings", "0" * 64, "acled.csv"), None)
    Traceback (most recent call last):
    ...
    geo.errors.FigureError: the figure shows the events of acled.csv (SHA-256 000000000000), which \
are not in its recipe; give that file too, on the command line with --event-table acled.csv
    """
    if events is None:
        raise FigureError(
            f"the figure shows the events of {choice.called}, which are not in its recipe; give "
            f"that file too, on the command line with --event-table {choice.name or 'FILE'}"
        )
    if events.digest != choice.digest:
        now = EventChoice(choice.form, events.digest, events.name)
        raise FigureError(
            f"the figure shows the events of {choice.called}; {now.called} holds other events, or "
            "the groups or boundaries with which it was imported have changed"
        )
    return events


def with_current_events(recipe: Recipe, events: EventFile | None) -> Recipe:
    """The recipe with these events in place of those that it names; unchanged if it names none.

    Raises
    ------
    FigureError
        There are none, or the recipe says by number which of its events are switched off.
    """
    if recipe.events is None:
        return recipe
    given = events or events_for(recipe.events, events)
    return replace(recipe, events=recipe.events.for_events(given.digest, given.name))


def open_event_file(path: Path, workspace: Workspace) -> EventFile:
    """Read the events of a file or folder: an event table, or a file of a known provider.

    Raises
    ------
    IntakeError
        It cannot be read, or is a table whose columns have to be given a meaning first.
    """
    if not path.exists() or use_of(path) != "table":
        check_events(path)
        read = read_dataset if is_dataset(path) else read_events
        return EventFile(read(path, FIGURE_COLUMNS), path.name)
    raw = read_source(path)
    refuse_counts(raw)
    if recognise(raw.table.column_names) == "table":
        raise IntakeError(
            f"{path}: the meaning of its columns is not known; import it with `incident-map import "
            f"{path} --out {path.with_suffix('.parquet')}` and give the result"
        )
    found = convert(raw, workspace.country, registry_of(workspace))
    return EventFile(found.events, path.name)


def registry_of(workspace: Workspace) -> Registry:
    """The parties that a country's folder and its dossier name."""
    groups, folder = workspace.reading.dossier.groups, workspace.country.folder
    return Registry.read(b"", groups) if folder is None else Registry.of_folder(folder, groups)


def digest_of_rows(table: pa.Table) -> str:
    """SHA-256 of the values of :data:`FIGURE_COLUMNS`, however the table stores them."""
    digest = hashlib.sha256(str(table.num_rows).encode())
    for name in FIGURE_COLUMNS:
        column = table[name]
        if pa.types.is_list(column.type):
            digest.update(pc.fill_null(pc.list_value_length(column), 0).to_numpy().astype("<i4"))
            column = pc.list_flatten(column)
        is_text = pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)
        for part in _texts(column) if is_text else _numbers(column):
            digest.update(part)
    return digest.hexdigest()


def _texts(column: Any) -> Iterator[bytes]:
    """Yield the distinct texts in order, and for each row the position of its own."""
    coded = CodedColumn.of(column)
    used = {coded.texts[code] for code in np.unique(coded.codes).tolist()}
    position = {text: at for at, text in enumerate(sorted(used))}
    yield json.dumps(list(position)).encode()
    yield coded.each(lambda text: position.get(text, 0), "<i4").tobytes()


def _numbers(column: Any) -> Iterator[bytes]:
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    numbers = pc.fill_null(column.cast(pa.float64()), _MISSING).to_numpy()
    yield np.nan_to_num(numbers, nan=_MISSING).astype("<f8").tobytes()
