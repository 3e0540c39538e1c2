"""Unpack files inside ZIP archives and gzipped files, within the limits.

A ZIP archive states the size of each file in its directory, and Python's reader returns no more
than that, so the sizes are summed and refused before a byte is unpacked. gzip states nothing
reliable: it is unpacked up to the limit.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from geo import limits
from geo.errors import IntakeError
from geo.events.readers.sources import FileInput, read_bytes

TABLE_ENDINGS: Final = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".geojson", ".json", ".jsonl", ".ndjson",
    ".kml", ".gpx", ".parquet", ".geoparquet",
)  # fmt: skip
"""Endings of files that may be read as one table, also inside an archive."""
_PIECE: Final = 1 << 20
"""Bytes unpacked at a time, after which the limits are checked."""
_ENCRYPTED: Final = 0x1
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError,
    RuntimeError, OSError, KeyError, ValueError, OverflowError,
)  # fmt: skip
"""Errors that Python's reader raises for an archive that is damaged, locked or of another type."""


@contextmanager
def opened_zip(source: FileInput, file: str, most: int) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive whose files together have at most `most` bytes unpacked.

    Raises
    ------
    IntakeError
        It is damaged or protected with a password, or has more files or bytes than allowed.
    """
    data: io.BytesIO | Path
    data = source if isinstance(source, Path) else io.BytesIO(source)
    try:
        archive = zipfile.ZipFile(data)
    except DAMAGED as error:
        raise IntakeError(f"{file}: is a damaged archive; download it again") from error
    with archive:
        _check(archive.infolist(), file, most)
        yield archive


def _check(members: Sequence[zipfile.ZipInfo], file: str, most: int) -> None:
    if len(members) > limits.MAX_MEMBERS:
        raise IntakeError(
            f"{file}: has {len(members):,} files in it; at most {limits.MAX_MEMBERS:,} are read"
        )
    if any(one.flag_bits & _ENCRYPTED for one in members):
        raise IntakeError(f"{file}: is protected with a password; save it without one")
    size = sum(one.file_size for one in members)
    if size > most:
        raise IntakeError(
            f"{file}: has {size:,} bytes when unpacked; at most {most:,} are read"
        )  # fmt: skip


def choose_name(names: Sequence[str], wanted: str, file: str, what: str) -> str:
    """Return the requested name from several, ignoring case and blanks around it.

    Raises
    ------
    IntakeError
        There is no such name.

    Examples
    --------
    >>> choose_name(["Incidents", "Notes"], "incidents ", "x.xlsx", "sheet")
    'Incidents'
    >>> choose_name(["Incidents", "Notes"], "Events", "x.xlsx", "sheet")
    Traceback (most recent call last):
    geo.errors.IntakeError: x.xlsx: there is no sheet 'Events'; there are 'Incidents', 'Notes'
    """
    if wanted in names:
        return wanted
    folded = {name.strip().casefold(): name for name in reversed(names)}
    found = folded.get(wanted.strip().casefold())
    if found is None:
        there = ", ".join(repr(name[:60]) for name in names[:20])
        more = f" and {len(names) - 20:,} more" if len(names) > 20 else ""  # noqa: PLR2004 - the cut in the same line
        raise IntakeError(f"{file}: there is no {what} {wanted!r}; there are {there}{more}")
    return found


def member_of(source: FileInput, file: str, wanted: str = "") -> tuple[bytes, str, tuple[str, ...]]:
    """Return the bytes of one file of an archive, its name, and the names to choose from.

    Parameters
    ----------
    wanted
        The file to read; by default the largest that may be a table.

    Returns
    -------
    The content of the file, its name, and the names of all files that may be tables.

    Raises
    ------
    IntakeError
        There is no such file, or the limits are exceeded.
    """
    with opened_zip(source, file, limits.MAX_UNZIPPED_BYTES) as archive:
        tables = {one.filename: one.file_size for one in archive.infolist() if _is_table(one)}
        if not tables:
            raise IntakeError(
                f"{file}: none of the {len(archive.infolist()):,} files in it is a table; "
                "expected CSV, XLSX, ODS, JSON, GeoJSON, KML or GPX"
            )
        names = tuple(tables)
        name = (
            choose_name(names, wanted, file, "file")
            if wanted
            else max(names, key=tables.__getitem__)
        )
        try:
            return archive.read(name), name, names
        except DAMAGED as error:
            raise IntakeError(
                f"{file}: {name!r} cannot be unpacked; download the archive again"
            ) from error


def _is_table(member: zipfile.ZipInfo) -> bool:
    path = member.filename
    name = path.rsplit("/", 1)[-1]
    hidden = name.startswith(".") or path.startswith("__MACOSX/")
    return not member.is_dir() and not hidden and name.lower().endswith(TABLE_ENDINGS)


def gunzipped(source: FileInput, file: str) -> bytes:
    """Return the unpacked bytes of a gzipped file.

    Raises
    ------
    IntakeError
        It is damaged, or has more bytes than the limits allow.

    Examples
    --------
    >>> import gzip
    >>> gunzipped(gzip.compress(b"date,") + gzip.compress(b"place"), "x.csv.gz")
    b'date,place'
    """
    rest = read_bytes(source, file, limits.MAX_UNZIPPED_BYTES)
    parts: list[bytes] = []
    size = 0
    # A file may consist of several gzip members.
    while rest.strip(b"\0"):
        reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            parts.append(reader.decompress(rest, limits.MAX_UNZIPPED_BYTES + 1 - size))
        except zlib.error as error:
            raise IntakeError(f"{file}: is a damaged gzipped file; download it again") from error
        size += len(parts[-1])
        if size > limits.MAX_UNZIPPED_BYTES:
            raise IntakeError(
                f"{file}: has more than {limits.MAX_UNZIPPED_BYTES:,} bytes when unpacked"
            )
        if not reader.eof:
            raise IntakeError(f"{file}: is a damaged gzipped file; download it again")
        rest = reader.unused_data
    return b"".join(parts)
