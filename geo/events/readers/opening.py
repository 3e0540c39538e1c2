"""Read a file of any supported format, recognised by its bytes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from geo.errors import IntakeError
from geo.events.readers.archives import TABLE_ENDINGS, gunzipped, member_of
from geo.events.readers.csv_rows import RawTable, read_csv
from geo.events.readers.file_kinds import HEAD, kind_of
from geo.events.readers.geo_tables import read_geoparquet
from geo.events.readers.json_lists import read_json
from geo.events.readers.placemarks import read_gpx, read_kml
from geo.events.readers.sources import FileInput, read_ends
from geo.files import name_of

_LOG: Final = logging.getLogger(__name__)
ENDINGS: Final = (*TABLE_ENDINGS, ".kmz", ".zip", ".gz")
"""Endings of files that can be read; the bytes of a file decide what it is."""
WORDS: Final = "CSV, XLSX, ODS, JSON, GeoJSON, KML, KMZ, GPX or GeoParquet, also zipped or gzipped"
_WHOLE: Final[Mapping[str, Callable[[FileInput, str], RawTable]]] = {
    "parquet": read_geoparquet, "json": read_json, "kml": read_kml, "gpx": read_gpx,
}  # fmt: skip
_WORKBOOKS: Final = ("xlsx", "ods")
_ARCHIVES: Final = ("zip", "kmz")
WHOLE: Final = frozenset({*_WHOLE, *_WORKBOOKS, *_ARCHIVES, "gzip"}) - {"parquet"}
"""Kinds of files that can be read, but not in parts."""


def read_source(source: FileInput, file: str = "", *, part: str = "") -> RawTable:
    """Read a file by the format that its bytes show; what looks like text is read as CSV.

    Parameters
    ----------
    file
        The name of the file in messages.
    part
        The sheet of a workbook or the file in an archive to read; by default the likeliest, which
        the notes then name.

    Raises
    ------
    IntakeError
        It cannot be read as that, or is not a table at all; the message says what it is.
    """
    name = name_of(source, file)
    return _read(source, name, part, packed=False)


def _read(source: FileInput, name: str, part: str, *, packed: bool) -> RawTable:
    kind = kind_of(*read_ends(source, name, HEAD))
    key = kind.key if kind else ""
    _LOG.debug("%s: read as %s", name, key or "text")
    if key in _WORKBOOKS:
        from geo.events.readers import spreadsheets  # noqa: PLC0415 - openpyxl is slow to load

        read = spreadsheets.read_xlsx if key == "xlsx" else spreadsheets.read_ods
        return read(source, name, part)
    if key in _ARCHIVES and not packed:
        return _from_archive(source, name, part)
    if key == "gzip" and not packed:
        return _read(gunzipped(source, name), name, part, packed=True)
    if part:
        raise IntakeError(f"{name}: has neither sheets nor files in it; leave out --sheet")
    if kind is None:
        return replace(read_csv(source, name), quoted=True)
    if key in _WHOLE:
        return _WHOLE[key](source, name)
    raise IntakeError(kind.refusal(name))


def _from_archive(source: FileInput, name: str, part: str) -> RawTable:
    """Read one file of an archive; ``a.xlsx!Sheet 2`` selects a sheet of it."""
    asked, _, sheet = part.partition("!")
    data, member, members = member_of(source, name, asked)
    raw = _read(data, f"{name} ({member})", sheet, packed=True)
    if len(members) < 2:  # noqa: PLR2004 - nothing to choose from
        return replace(raw, parts=tuple(f"{member}!{one}" for one in raw.parts))
    others = len(members) - 1
    note = f"“{member}” is read; {others:,} other file{'s' * (others > 1)} in the archive not"
    return replace(raw, notes=(note, *raw.notes), parts=members)
