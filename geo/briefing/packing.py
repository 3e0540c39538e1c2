"""Make archives that are identical to the byte whenever they are made from the same members."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

UNDATED: Final = date(1980, 1, 1)
"""The first day that a ZIP archive can record."""
_PACKED_ALREADY: Final = (".png", ".pptx", ".docx")
_READABLE: Final = 0o644 << 16
"""Unix mode ``rw-r--r--`` in the upper 16 bits of a ZIP entry (APPNOTE.TXT 6.3.10, 4.4.15)."""
_UNIX: Final = 3
"""Host system of a ZIP entry whose mode is a Unix mode (APPNOTE.TXT 6.3.10, 4.4.2.2)."""


def packed(members: Mapping[str, bytes], day: date | None) -> bytes:
    """Return an archive of these members in this order, all dated `day`.

    Examples
    --------
    >>> packed({"a.txt": b"1"}, None) == packed({"a.txt": b"1"}, date(1969, 7, 20))
    True
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _stamp(day))
            info.create_system = _UNIX
            info.external_attr = _READABLE
            stored = name.endswith(_PACKED_ALREADY)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return file.getvalue()


def repack(data: bytes, day: date | None) -> bytes:
    """Return the same archive without the time at which it was written."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(members, day)


def moment(day: date | None) -> datetime:
    """Return the beginning of a day, for the properties of a document."""
    year, month, of_month, *_ = _stamp(day)
    return datetime(year, month, of_month, tzinfo=UTC)


def _stamp(day: date | None) -> tuple[int, int, int, int, int, int]:
    # Archives can record the years 1980 to 2107.
    known = day if day is not None and UNDATED.year <= day.year <= UNDATED.year + 127 else UNDATED
    return known.year, known.month, known.day, 0, 0, 0
