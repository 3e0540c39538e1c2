"""Reading the events of a session: from a file of its own, or from those served to everyone.

A session may upload a file of its own; the app may also be started with an event table for
everyone. The result of an import is cached by the digest of the file and of everything that the
import depends on, so that no run reads a file twice and no session gets another's upload.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow as pa
import streamlit as st

from geo import limits
from geo.app import days
from geo.app.file_choice import PackedFile
from geo.app.kept import KEPT
from geo.app.shown_events import UPLOAD, UPLOADED_FILE, SessionEvents
from geo.errors import IntakeError
from geo.events.cells.date_evidence import AmbiguousDatesError
from geo.events.columns.formats import Format, recognise
from geo.events.importing.cache import kept_or_made, key_of
from geo.events.importing.duplicates import suggest
from geo.events.importing.importing import PARQUET, Announce, ImportedEvents, convert, import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.mapping.proposing import not_ids, sample_of
from geo.events.parties.actors import Registry
from geo.events.readers.counts import refuse_counts
from geo.events.readers.csv_rows import RawTable
from geo.events.readers.file_uses import use_of_bytes
from geo.events.readers.opening import read_source
from geo.events.readers.sources import read_head
from geo.events.store.dataset import event_count, is_dataset, read_dataset, years_of
from geo.events.store.manifest import FILE
from geo.events.store.storage import is_events, read_events
from geo.table.workspace import Workspace
from geo.view import View
from geo.webmap.event_columns import DRAWN, names_of
from geo.workspace import cache_folder, data_folder, events_path

MAPPING: Final = "events-mapping"
PART: Final = "events-part"
MOST_AT_ONCE: Final = limits.MAX_UPLOAD_ROWS
"""Most events that a map draws at once."""
_READ: Final = (*DRAWN, "origin")
"""The columns of an event table that maps and figures need."""


@dataclass(frozen=True, eq=False)
class FileHead:
    """What is known of an uploaded file before it is imported.

    Parameters
    ----------
    notes
        Sentences on how it is read, such as which sheet.
    parts
        The sheets of a workbook or the files of an archive, if there are several.
    fault
        Why the chosen sheet or file cannot be read, if another could be chosen.
    not_ids
        Columns that do not identify rows, whatever their headings.
    """

    form: Format | None
    columns: tuple[str, ...]
    sample: Mapping[str, Sequence[str]]
    notes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    fault: str = ""
    not_ids: frozenset[str] = frozenset()

    @property
    def needs_mapping(self) -> bool:
        """Whether a person must give the columns their meaning."""
        return self.form == "table"


def session_events(workspace: Workspace, view: View) -> SessionEvents | None:
    """Return the session's own events, or else those served to everyone, or none.

    Parameters
    ----------
    view
        From a dataset too large for one map, the years that its period touches are read.

    Raises
    ------
    GeoError
        The file cannot be read.
    """
    packed: PackedFile | None = st.session_state.get(UPLOAD)
    if packed is not None:
        mapping = mapping_of(packed)
        head = head_of(packed)
        waits = mapping is None and (head.needs_mapping or bool(head.fault))
        try:
            return None if waits else uploaded_events(workspace, packed, mapping)
        except AmbiguousDatesError:
            # The Events page asks how its dates are read; until then nothing is drawn.
            return None
    return configured_events(workspace, view)


def mapping_of(packed: PackedFile) -> str | None:
    """Return the mapping that the session gave for a file."""
    said: tuple[str, str] = st.session_state.get(MAPPING, ("", ""))
    return said[1] if said[0] == packed.digest else None


def say_mapping(packed: PackedFile, mapping: ColumnMapping) -> None:
    """Store the mapping that a person gave."""
    st.session_state[MAPPING] = (packed.digest, str(mapping))


def part_of(packed: PackedFile) -> str:
    """Return the chosen sheet or file of an archive; empty for the likeliest."""
    said: tuple[str, str] = st.session_state.get(PART, ("", ""))
    return said[1] if said[0] == packed.digest else ""


def say_part(packed: PackedFile, part: str) -> None:
    """Store the chosen sheet or file of an archive, and forget the mapping of its columns."""
    st.session_state[PART] = (packed.digest, part)
    st.session_state.pop(MAPPING, None)


def head_of(packed: PackedFile) -> FileHead:
    """Return what a file's first bytes and headings show."""
    return _head(packed.digest, part_of(packed), packed)


# Four: as many uploads as sessions examine at the same time; each can hold a large file.
@st.cache_resource(max_entries=4, show_spinner="Examining the file…")
def _head(digest: str, part: str, _packed: PackedFile) -> FileHead:  # noqa: ARG001 - the cache's key
    data = _packed.unpack(limits.MAX_UPLOAD_BYTES)
    if _is_ours(data):
        return FileHead(None, (), {})
    if use_of_bytes(data) == "dossier":
        raise IntakeError(
            f"{UPLOADED_FILE}: this is a dossier, not a table of events; the Changes page compares "
            "it with the data that are loaded"
        )
    raw, fault = _raw(data, part)
    if fault:
        return FileHead(None, (), {}, (), raw.parts, fault)
    refuse_counts(raw)
    columns = tuple(raw.table.column_names)
    return FileHead(
        recognise(columns), columns, sample_of(raw.table), raw.notes, raw.parts,
        not_ids=not_ids(raw.table),
    )  # fmt: skip


def _raw(data: bytes, part: str) -> tuple[RawTable, str]:
    """Read the chosen part of a file, or the file itself with the reason why the part failed."""
    try:
        raw = read_source(data, UPLOADED_FILE, part=part)
    except IntakeError as error:
        if not part:
            raise
        return read_source(data, UPLOADED_FILE), str(error)
    try:
        refuse_counts(raw)
    except IntakeError as error:
        if not raw.parts:
            raise
        return raw, str(error)
    return raw, ""


def uploaded_events(
    workspace: Workspace,
    packed: PackedFile,
    mapping: str | None = None,
    progress: Announce | None = None,
) -> SessionEvents:
    """Return the events of a file that the session uploaded.

    Raises
    ------
    GeoError
        The file cannot be read.
    """
    today = days.reader_day()
    registry = _registry(workspace)
    parts = (packed.digest, workspace.reading.digest, workspace.country.digest, registry.digest,
             mapping or "", part_of(packed), today.isoformat())  # fmt: skip
    key = "\n".join(parts)
    found: SessionEvents = _uploaded_events(
        key, packed, workspace, registry, mapping, part_of(packed), progress
    )
    # Only the key finds it again; the rest would keep alive what is to go.
    KEPT.use(f"events {key}", found.size, partial(_uploaded_events.clear, key, *[None] * 6))
    return found


# As above.
@st.cache_resource(max_entries=4, show_spinner=False)
def _uploaded_events(
    key: str,
    _packed: PackedFile,
    _workspace: Workspace,
    _registry: Registry,
    _mapping: str | None,
    _part: str,
    _progress: Announce | None,
) -> SessionEvents:
    data = _packed.unpack(limits.MAX_UPLOAD_BYTES)
    if _is_ours(data):
        return _events(_few_enough(read_events(data)), key, _registry)
    raw = read_source(data, UPLOADED_FILE, part=_part)
    _few_enough(raw.table)
    said = None if _mapping is None else ColumnMapping.parse([_mapping], raw.table.column_names)
    found = convert(
        raw, _workspace.country, _registry, mapping=said, today=days.reader_day(),
        progress=_progress,
    )  # fmt: skip
    twice = suggest(found.events, _workspace.located.table, _registry)
    return _events(found.events, key, _registry, imported=found, twice=twice)


def _few_enough(table: pa.Table) -> pa.Table:
    if table.num_rows > (most := limits.MAX_UPLOAD_ROWS):
        raise IntakeError(
            f"{UPLOADED_FILE}: has {table.num_rows:,} rows; at most {most:,} are read here; import "
            "it on the command line and start the app with the result"
        )
    return table


def configured_events(workspace: Workspace, view: View) -> SessionEvents | None:
    """Return the events that the app was started with.

    Raises
    ------
    GeoError
        They cannot be read.
    """
    path = events_path()
    if path is None:
        return None
    if not path.exists():
        raise IntakeError(f"{path}: the file no longer exists; start the app with another one")
    registry = _registry(workspace)
    years = None
    if is_dataset(path):
        first, last = view.days()
        years = years_of(path, MOST_AT_ONCE, first=first, last=last)
    stamp = (path / FILE if path.is_dir() else path).stat()
    parts = (path, stamp.st_mtime_ns, stamp.st_size, workspace.country.digest, registry.digest,
             years)  # fmt: skip
    return _configured_events("\n".join(map(str, parts)), path, years, workspace, registry)


@st.cache_resource(max_entries=2, show_spinner="Reading the events…")
def _configured_events(
    key: str,
    _path: Path,
    _years: tuple[date, date] | None,
    _workspace: Workspace,
    _registry: Registry,
) -> SessionEvents:
    if _path.is_dir():
        first, last = _years or (None, None)
        table = read_dataset(_path, _READ, first=first, last=last)
        note = _note(event_count(_path), _years) if _years else ""
        return _events(table, key, _registry, called=_path.name, note=note)
    if read_head(_path, _path.name).startswith(PARQUET) and is_events(_path):
        return _events(read_events(_path, _READ), key, _registry, called=_path.name)
    today = days.reader_day()
    found = kept_or_made(
        cache_folder(),
        key_of(_path, _workspace.country, _registry, today=today),
        lambda: import_file(_path, _workspace.country, _registry, today=today),
    )
    return _events(found.events, key, _registry, called=_path.name, imported=found)


def _note(total: int, years: tuple[date, date]) -> str:
    first, last = (day.year for day in years)
    span = f"the year {first}" if first == last else f"the years {first} to {last}"
    return (
        f"Of {total:,} events, those of {span} are loaded. A period on the map that touches other "
        "years loads those instead."
    )


def _events(
    table: pa.Table,
    key: str,
    registry: Registry,
    *,
    called: str = UPLOADED_FILE,
    imported: ImportedEvents | None = None,
    twice: pa.Table | None = None,
    note: str = "",
) -> SessionEvents:
    return SessionEvents(table, key, names_of(table, registry), called, imported, twice, note)


def _registry(workspace: Workspace) -> Registry:
    return Registry.of_folder(data_folder(), workspace.reading.dossier.groups)


def _is_ours(data: bytes) -> bool:
    return data.startswith(PARQUET) and is_events(data)
