"""Open files and bytes that are to be read, or refuse them for their size before reading."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from geo import limits
from geo.errors import IntakeError

FileInput = Path | bytes

BLOCK: Final = 1 << 23
"""Bytes read at once."""


def opened_source(source: FileInput, file: str, most: int) -> Any:
    """Open a source, or refuse it for its size before reading.

    Raises
    ------
    IntakeError
        There is no such file, it cannot be read, or it has more than `most` bytes.
    TypeError
        It is neither bytes nor a path; addresses are never followed.
    """
    if isinstance(source, bytes):
        _check_size(len(source), file, most)
        return pa.BufferReader(source)
    if not isinstance(source, Path):
        msg = f"{file}: is read from bytes or a Path, not from {type(source).__name__}"
        raise TypeError(msg)
    if not source.is_file():
        raise IntakeError(f"{file}: there is no such file")
    try:
        _check_size(source.stat().st_size, file, most)
        return pa.OSFile(str(source))
    except OSError as error:
        raise IntakeError(f"{file}: cannot be read ({error.strerror})") from error


def _check_size(size: int, file: str, most: int) -> None:
    if size > most:
        raise IntakeError(f"{file}: has {size:,} bytes; at most {most:,} are read")


def read_bytes(source: FileInput, file: str, most: int) -> bytes:
    """Return all bytes of a source, or refuse it if there are more than `most`.

    Raises
    ------
    IntakeError
        There is no such file, it cannot be read, or it is too large.
    """
    with opened_source(source, file, most) as opened:
        data: bytes = opened.read()
    return data


def read_head(source: FileInput, file: str, size: int = 64) -> bytes:
    """Return the first bytes of a source."""
    with opened_source(source, file or str(source)[:80], limits.MAX_TABLE_BYTES) as opened:
        data: bytes = opened.read(size)
    return data


def read_ends(source: FileInput, file: str, size: int) -> tuple[bytes, bytes]:
    """Return the first and the last bytes of a source, `size` of each, or all there are.

    Returns
    -------
    The first bytes and the last bytes; they overlap in a short file.
    """
    with opened_source(source, file or str(source)[:80], limits.MAX_TABLE_BYTES) as opened:
        head: bytes = opened.read(size)
        opened.seek(max(0, opened.size() - size))
        tail: bytes = opened.read(size)
    return head, tail


def digest_of(source: FileInput, file: str = "") -> str:
    """Return the SHA-256 of a source, as 64 hexadecimal digits, read piece by piece."""
    whole = hashlib.sha256()
    with opened_source(source, file or str(source)[:80], limits.MAX_TABLE_BYTES) as opened:
        while part := opened.read(BLOCK):
            whole.update(part)
    return whole.hexdigest()
