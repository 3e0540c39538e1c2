"""Imports kept by the digest of the file, so that the second start is immediate.

What a file becomes depends on the file, the country's folder, the registry, the mapping and the
day; all of them are in the key. An entry that is damaged or of another version is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from geo.country import Country
from geo.errors import IntakeError
from geo.exchange.actors import Registry
from geo.exchange.importing import UNKNOWN, Imported
from geo.exchange.mapping import ColumnMapping
from geo.exchange.reading import Source, digest_of
from geo.exchange.rejects import SCHEMA as FINDINGS
from geo.exchange.schema import VERSION
from geo.exchange.storage import read_events, write_events
from geo.files import writing_whole

_ABOUT: Final = b"incident-map-import"
_LISTS: Final = (("rejected", FINDINGS), ("doubts", FINDINGS), ("unknown", UNKNOWN))


def key_of(
    source: Source,
    country: Country,
    registry: Registry,
    mapping: ColumnMapping | None = None,
    today: date | None = None,
) -> str:
    """What an import is kept under: 64 hexadecimal digits."""
    parts = (
        VERSION.decode(), digest_of(source), country.digest, registry.digest, str(mapping or ""),
        today.isoformat() if today else "",
    )  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def kept_or_made(folder: Path, key: str, make: Callable[[], Imported]) -> Imported:
    """The import kept under a key in a folder, else a new one, which is kept from now on.

    Raises
    ------
    OSError
        The folder cannot be written to.
    """
    events = folder / f"{key}.parquet"
    if events.is_file():
        with contextlib.suppress(IntakeError, OSError, pa.ArrowException, KeyError, ValueError):
            return _read(events, folder, key)
    made = make()
    for name, _ in _LISTS:
        with writing_whole(folder / f"{key}.{name}") as part:
            about = json.dumps({"form": made.form, "rows": made.rows})
            table: pa.Table = getattr(made, name)
            pq.write_table(table.replace_schema_metadata({_ABOUT: about.encode()}), part)
    # Last, so that where this file is the others are too.
    write_events(made.events, events)
    return made


def _read(events: Path, folder: Path, key: str) -> Imported:
    lists = {name: pq.read_table(folder / f"{key}.{name}") for name, _ in _LISTS}
    about = json.loads(lists["rejected"].schema.metadata[_ABOUT])
    found = {name: lists[name].replace_schema_metadata(None).cast(kind) for name, kind in _LISTS}
    return Imported(read_events(events), **found, form=about["form"], rows=about["rows"])
