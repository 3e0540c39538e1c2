"""Store finished imports by the digest of their file, so that the next start is immediate.

The result of an import depends on the file, the country's folder, the registry, the mapping and the
day; all of them are in the key. An entry that is damaged or of another version is built again: a
note next to its files holds the digest of each file and of itself.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import GeoError, IntakeError
from geo.events.columns.rejects import SCHEMA as FINDINGS
from geo.events.columns.schema import VERSION
from geo.events.importing.importing import UNKNOWN, ImportedEvents
from geo.events.mapping.mapping import ColumnMapping
from geo.events.parties.actors import Registry
from geo.events.readers.sources import FileInput, digest_of
from geo.events.store.storage import read_events, write_events
from geo.files import passing_over, writing_together
from geo.places.country import Country

_LOG: Final = logging.getLogger(__name__)
_KEPT: Final = 2
"""Version of the entries' layout; an entry of another version is built again."""
_ABOUT: Final = ".about"
_EVENTS: Final = "events"
_LISTS: Final = (("rejected", FINDINGS), ("doubts", FINDINGS), ("unknown", UNKNOWN))
_OURS: Final = re.compile(rf"[0-9a-f]{{64}}\.({_EVENTS}|{'|'.join(dict(_LISTS))})")
_FORGOTTEN: Final = 3600.0
"""Seconds; younger files without an entry may belong to one that is being written."""


@dataclass(frozen=True, slots=True)
class CacheLimits:
    """How much a cache may hold; the newest entry is kept even if it is larger."""

    entries: int
    bytes: int


USUAL: Final = CacheLimits(entries=32, bytes=2_000_000_000)
"""Limits unless others are given: the files that a team works with, and bytes for a small disk."""


def key_of(
    source: FileInput,
    country: Country,
    registry: Registry,
    mapping: ColumnMapping | None = None,
    today: date | None = None,
) -> str:
    """Return the key of an import: 64 hexadecimal digits."""
    parts = (
        VERSION.decode(), digest_of(source), country.digest, registry.digest, str(mapping or ""),
        today.isoformat() if today else "",
    )  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def kept_or_made(
    folder: Path, key: str, make: Callable[[], ImportedEvents], *, limits: CacheLimits = USUAL
) -> ImportedEvents:
    """Return the stored import of a key, or make it and store it.

    If the folder cannot be read or written, the import is merely made again.

    Parameters
    ----------
    limits
        How much is stored; entries that were not used for the longest are removed first.
    """
    try:
        imported = _read(folder, key)
    except FileNotFoundError:
        _LOG.debug("import %s is not kept yet", key[:12])
    except (
        GeoError, OSError, pa.ArrowException, KeyError, RecursionError, TypeError, ValueError,
    ) as error:  # fmt: skip
        _LOG.warning(
            "import %s is discarded and read again: %s",
            key[:12],
            str(error) or type(error).__name__,
        )
    else:
        with passing_over(_LOG, f"noting the use of import {key[:12]}"):
            os.utime(folder / f"{key}{_ABOUT}")
        return imported
    made = make()
    with passing_over(_LOG, f"keeping import {key[:12]}"):
        folder.mkdir(parents=True, exist_ok=True)
        _keep(folder, key, made)
        _make_room(folder, limits)
    return made


def _keep(folder: Path, key: str, imported: ImportedEvents) -> None:
    """Write an entry; the note that says that it is complete, with its digests, comes last."""
    tables = {_EVENTS: imported.events} | {name: getattr(imported, name) for name, _ in _LISTS}
    files = {name: folder / f"{key}.{name}" for name in tables}
    about = folder / f"{key}{_ABOUT}"
    with writing_together(*files.values(), about=(about,)) as (*parts, note):
        digests = {}
        for part, (name, table) in zip(parts, tables.items(), strict=True):
            if name == _EVENTS:
                write_events(table, part)
            else:
                pq.write_table(table, part)
            digests[name] = _digest(part.read_bytes())
        facts = {"kept": _KEPT, "form": imported.form, "rows": imported.rows,
                 "notes": imported.notes, "digests": digests}  # fmt: skip
        text = json.dumps(facts).encode()
        note.write_bytes(_digest(text).encode() + b"\n" + text)


def _read(folder: Path, key: str) -> ImportedEvents:
    """Read an entry, and check every byte against its digests.

    Raises
    ------
    IntakeError
        It is of another version, or damaged.
    """
    digest, _, text = (folder / f"{key}{_ABOUT}").read_bytes().partition(b"\n")
    if digest != _digest(text).encode():
        raise IntakeError(f"{folder}: {key[:12]}{_ABOUT} is damaged")
    about = json.loads(text)
    if about["kept"] != _KEPT:
        raise IntakeError(f"{folder}: {key[:12]} was kept by another version")
    data = {name: (folder / f"{key}.{name}").read_bytes() for name in (_EVENTS, *dict(_LISTS))}
    for name, found in data.items():
        if _digest(found) != about["digests"][name]:
            raise IntakeError(f"{folder}: {key[:12]}.{name} is damaged")
    lists = {
        name: pq.read_table(pa.BufferReader(data[name])).replace_schema_metadata(None).cast(kind)
        for name, kind in _LISTS
    }
    return ImportedEvents(
        read_events(data[_EVENTS]), **lists, form=about["form"], rows=about["rows"],
        notes=tuple(about["notes"]),
    )  # fmt: skip


def _make_room(folder: Path, limits: CacheLimits) -> None:
    """Remove the entries that were not used for the longest, and files without an entry."""
    entries = sorted(folder.glob(f"*{_ABOUT}"), key=lambda about: -about.stat().st_mtime)
    held = 0
    for at, about in enumerate(entries):
        files = [folder / f"{about.stem}.{name}" for name in (_EVENTS, *dict(_LISTS))]
        held += sum(file.stat().st_size for file in files if file.is_file())
        if at and (at >= limits.entries or held > limits.bytes):
            # The note goes first: without it, the entry no longer counts as complete.
            for file in (about, *files):
                file.unlink(missing_ok=True)
    for file in folder.glob("*"):
        is_ours = _OURS.fullmatch(file.name) and not file.with_suffix(_ABOUT).exists()
        if is_ours and time.time() - file.stat().st_mtime > _FORGOTTEN:
            file.unlink(missing_ok=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
