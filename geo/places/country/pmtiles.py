"""A PMTiles archive: one file that holds the tiles of a map, each found by its number.

Layout: *PMTiles Version 3 Specification* (Protomaps, 2022; 3.6 of 2025). The file may be far larger
than memory: only its header, its directories and the tiles that are asked for are read. Its own
library (`pmtiles` 3.8) unpacks directories of any size, and was not taken for that.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from geo import limits
from geo.errors import IntakeError
from geo.places.boundaries import MOST_EAST, MOST_NORTH
from geo.text import harmless

TileType = Literal["mvt", "png", "jpeg", "webp"]
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""
TileNumbers = NDArray[np.uint64]

_MARK: Final = b"PMTiles\x03"
_HEADER_BYTES: Final = 127
"""Length of the header (PMTiles Version 3 Specification, section 3)."""
_TYPES: Final[dict[int, TileType]] = {1: "mvt", 2: "png", 3: "jpeg", 4: "webp"}
"""Tile types by their number in the header (the same, section 3.3)."""
_PLAIN, _GZIP = 1, 2
_MOST_ZOOM: Final = 22
"""The closest zoom of any tile; the specification allows 31, and no map uses more than this."""
_LEVELS: Final = 4
"""Directories within one another: the root, and up to three below it."""
_MERCATOR_EDGE: Final = 85.0511
"""Latitude in degrees at which the square of Web Mercator ends."""
_VARINT_BYTES: Final = 10
"""Most bytes of a number of 64 bits, at 7 bits each (Protocol Buffers, "Encoding")."""


@dataclass(frozen=True, slots=True)
class TileFile:
    """A file, or the bytes of one that is in memory."""

    path: Path
    data: bytes | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Of the file."""
        return harmless(self.path.name)

    def section(self, start: int, length: int, name: str, *, whole: bool = True) -> bytes:
        """Read a part of the file, all of which must be there.

        Raises
        ------
        IntakeError
            With `name`: the part is too large, or the file ends within it or cannot be read.
        """
        if length > limits.MAX_TILE_BYTES:
            raise IntakeError(
                f"{name}: has {length:,} bytes; at most {limits.MAX_TILE_BYTES:,} are read"
            )
        found = self._read(start, length) if self.data is None else self.data[start:][:length]
        if whole and len(found) < length:
            raise IntakeError(f"{name}: the file ends within it; copy the file again")
        return found

    def size(self) -> int:
        """Of the whole file in bytes."""
        return self.path.stat().st_size if self.data is None else len(self.data)

    def _read(self, start: int, length: int) -> bytes:
        try:
            with self.path.open("rb") as opened:
                opened.seek(start)
                return opened.read(length)
        except (OSError, OverflowError, ValueError) as error:
            said = getattr(error, "strerror", None) or error
            raise IntakeError(
                f"{harmless(str(self.path))}: cannot be read ({said}); expected a PMTiles file "
                "that you may read"
            ) from error


@dataclass(frozen=True, slots=True)
class TileAt:
    """One tile: where on the map, and where in the file."""

    zoom: int
    x: int
    y: int
    offset: int
    length: int

    @property
    def box(self) -> Box:
        """Its edges in degrees."""
        west, north = _corner(self.zoom, self.x, self.y)
        east, south = _corner(self.zoom, self.x + 1, self.y + 1)
        return west, south, east, north


@dataclass(frozen=True, slots=True)
class _Directory:
    """Entries by their first tile: how many follow it (0 for another directory), and where."""

    ids: TileNumbers
    runs: TileNumbers
    lengths: TileNumbers
    offsets: TileNumbers


@dataclass(frozen=True, eq=False)
class Archive:
    """An archive whose header and metadata were read and are valid.

    Parameters
    ----------
    kind
        Of its tiles.
    box
        What it says it covers: west, south, east and north in degrees.
    digest
        SHA-256 of its size, header, root directory and metadata, in hexadecimal digits.
    """

    source: TileFile
    kind: TileType
    min_zoom: int
    max_zoom: int
    box: Box
    metadata: Mapping[str, Any] = field(repr=False)
    digest: str = field(repr=False)
    _header: bytes = field(repr=False)
    _root: _Directory = field(repr=False)

    @classmethod
    def read(cls, source: TileFile) -> Archive:
        """Read header, root directory and metadata.

        Raises
        ------
        IntakeError
            Naming the file, what was found and what was expected.

        Examples
        --------
        >>> from pathlib import Path
        >>> Archive.read(TileFile(Path("own.pmtiles"), b"SQLite format 3"))
        Traceback (most recent call last):
        ...
        geo.errors.IntakeError: own.pmtiles: is not a PMTiles file of version 3; ...
        """
        return _Opening(source).archive()

    def tiles(self, zoom: int, box: Box) -> tuple[TileAt, ...]:
        """Return the tiles of a zoom that meet a box, those alike at several places each time.

        Raises
        ------
        IntakeError
            A directory is damaged.
        """
        x, y = _positions(zoom, box)
        ids = _tile_ids(zoom, x, y)
        order = np.argsort(ids)
        places = {int(ids[at]): (int(x[at]), int(y[at])) for at in order}
        found = _Lookup(self).found(self._root, ids[order], _LEVELS)
        return tuple(
            TileAt(zoom, *places[number], offset, length) for number, offset, length in found
        )

    def bytes_of(self, tile: TileAt) -> bytes:
        """Read one tile and unpack it.

        Raises
        ------
        IntakeError
            The file ends before the tile does, or it unpacks to more than the limit.
        """
        start, size = _numbers(self._header, 56, 2)
        name = f"{self.source.name}: tile {tile.zoom}/{tile.x}/{tile.y}"
        if tile.offset + tile.length > size:
            raise IntakeError(f"{name}: is outside the tiles of the file, which is damaged")
        packed = self.source.section(start + tile.offset, tile.length, name)
        if self.kind != "mvt" and self._header[98] == 0:
            return packed
        return _unpacked(packed, self._header[98], limits.MAX_TILE_BYTES, name)

    def leaf(self, offset: int, length: int) -> bytes:
        """Read a directory below the root and unpack it.

        Raises
        ------
        IntakeError
            The directory is damaged or too large.
        """
        start, size = _numbers(self._header, 40, 2)
        name = f"{self.source.name}: directory at {offset}"
        if offset + length > size:
            raise IntakeError(f"{name}: is outside its section; the file is damaged")
        packed = self.source.section(start + offset, length, name)
        return _unpacked(packed, self._header[97], limits.MAX_TILE_DIRECTORY_BYTES, name)


class _Lookup:
    """One search for tiles, which reads each directory once."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.name = archive, archive.source.name
        self.left = limits.MAX_TILE_DIRECTORIES_BYTES

    def found(
        self, directory: _Directory, ids: TileNumbers, levels: int
    ) -> Iterator[tuple[int, int, int]]:
        """Number, offset and length of each of these tiles that there is."""
        at = np.searchsorted(directory.ids, ids, side="right").astype(np.int64) - 1
        ids, at = ids[at >= 0], at[at >= 0]
        runs = directory.runs[at]
        hit = (runs > 0) & (ids - directory.ids[at] < runs)
        for number, entry in zip(ids[hit].tolist(), at[hit].tolist(), strict=True):
            yield number, int(directory.offsets[entry]), int(directory.lengths[entry])
        for entry in np.unique(at[runs == 0]).tolist():
            if levels == 1:
                raise IntakeError(
                    f"{self.name}: has more than {_LEVELS} directories within one another; it is "
                    "damaged"
                )
            below = self._below(int(directory.offsets[entry]), int(directory.lengths[entry]))
            yield from self.found(below, ids[at == entry], levels - 1)

    def _below(self, offset: int, length: int) -> _Directory:
        data = self.archive.leaf(offset, length)
        self.left -= len(data)
        if self.left < 0:
            raise IntakeError(
                f"{self.name}: has more than {limits.MAX_TILE_DIRECTORIES_BYTES:,} bytes of "
                "directories here; cut a smaller file with `pmtiles extract`"
            )
        return _directory(data, f"{self.name}: directory at {offset}")


@dataclass(frozen=True, slots=True)
class _Opening:
    """A file that may be an archive."""

    source: TileFile

    def archive(self) -> Archive:
        name = self.source.name
        header = self.source.section(0, _HEADER_BYTES, name, whole=False)
        if header[: len(_MARK)] != _MARK or len(header) < _HEADER_BYTES:
            raise IntakeError(
                f"{name}: is not a PMTiles file of version 3; expected one as `pmtiles extract` "
                "writes it"
            )
        kind = _TYPES.get(header[99])
        if kind is None:
            raise IntakeError(
                f"{name}: holds tiles of type {header[99]}; expected vector tiles (MVT), PNG, JPEG "
                "or WebP"
            )
        root_at, root_size, metadata_at, metadata_size = _numbers(header, 8, 4)
        root = self.source.section(root_at, root_size, f"{name}: root directory")
        written = self.source.section(metadata_at, metadata_size, f"{name}: metadata")
        most = limits.MAX_TILE_DIRECTORY_BYTES
        unpacked = _unpacked(root, header[97], most, f"{name}: root directory")
        low, high, box = header[100], header[101], self._box(header)
        if not low <= high <= _MOST_ZOOM:
            raise IntakeError(
                f"{name}: has zooms {low} to {high}; expected an ascending range within 0 to "
                f"{_MOST_ZOOM}"
            )
        size = f"{self.source.size()}\n".encode()
        return Archive(
            self.source, kind, low, high, box, self._metadata(written, header[97]),
            hashlib.sha256(size + header + root + written).hexdigest(), header,
            _directory(unpacked, f"{name}: root directory"),
        )  # fmt: skip

    def _box(self, header: bytes) -> Box:
        west, south, east, north = (
            int.from_bytes(header[at : at + 4], "little", signed=True) / 1e7
            for at in (102, 106, 110, 114)
        )
        on_globe = max(-west, east) <= MOST_EAST and max(-south, north) <= MOST_NORTH
        if not (on_globe and west < east and south < north):
            raise IntakeError(
                f"{self.source.name}: says that it covers {west:g} to {east:g} degrees east and "
                f"{south:g} to {north:g} north; expected west below east and south below north, "
                "on the globe"
            )
        return west, south, east, north

    def _metadata(self, packed: bytes, compression: int) -> Mapping[str, Any]:
        name = f"{self.source.name}: metadata"
        data = _unpacked(packed, compression, limits.MAX_TILE_METADATA_BYTES, name)
        try:
            read = json.loads(data or b"{}")
        except (ValueError, RecursionError) as error:
            raise IntakeError(f"{name}: are not JSON ({error})") from error
        if not isinstance(read, dict):
            raise IntakeError(f"{name}: are not an object of JSON")
        return read


def varints(data: bytes, name: str) -> TileNumbers:
    """Return the whole numbers that are written one after another in base 128.

    Encoding: *Protocol Buffers*, "Base 128 Varints" (Google, 2024).

    Raises
    ------
    IntakeError
        With `name`: the last one is cut off, or one is longer than 64 bits.

    Examples
    --------
    >>> varints(bytes([1, 0x96, 0x01]), "x").tolist(), varints(b"", "x").tolist()
    ([1, 150], [])
    """
    raw = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(raw < 128)  # noqa: PLR2004 - the highest bit says that more follows
    if not len(raw):
        return np.zeros(0, np.uint64)
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else np.zeros(1, np.int64)
    if not len(ends) or ends[-1] != len(raw) - 1 or (ends - starts).max() >= _VARINT_BYTES:
        raise IntakeError(f"{name}: a number in it is cut off or too long; the file is damaged")
    place = np.arange(len(raw)) - np.repeat(starts, ends - starts + 1)
    parts = (raw & 0x7F).astype(np.uint64) << (7 * place).astype(np.uint64)
    return np.asarray(np.bitwise_or.reduceat(parts, starts), np.uint64)


def _directory(data: bytes, name: str) -> _Directory:
    numbers = varints(data, name)
    count = (len(numbers) - 1) // 4
    if not len(numbers) or len(numbers) != 4 * int(numbers[0]) + 1:
        raise IntakeError(f"{name}: does not have as many entries as it says; the file is damaged")
    steps, runs, lengths, written = numbers[1:].reshape(4, count)
    # No file is as large, and sums stay within 64 bits.
    if count and max(int(each.max()) for each in (steps, lengths, written)) >> 40:
        raise IntakeError(f"{name}: an entry is out of range; the file is damaged")
    if count and not written[0]:
        raise IntakeError(f"{name}: its first entry has no offset; the file is damaged")
    # An offset of 0 says: right after the entry before.
    known = np.maximum.accumulate(np.where(written > 0, np.arange(count), 0))
    before = np.cumsum(lengths, dtype=np.uint64) - lengths
    offsets = written[known] - np.uint64(1) + before - before[known]
    return _Directory(np.cumsum(steps, dtype=np.uint64), runs, lengths, offsets)


def _unpacked(packed: bytes, compression: int, most: int, name: str) -> bytes:
    if compression == _PLAIN:
        data = packed
    elif compression == _GZIP:
        data = _gunzipped(packed, most, name)
    else:
        raise IntakeError(
            f"{name}: is compressed by method {compression}; expected gzip or none: convert the "
            "file with `pmtiles convert`"
        )
    if len(data) > most:
        raise IntakeError(f"{name}: is larger than {most:,} bytes unpacked")
    return data


def _gunzipped(packed: bytes, most: int, name: str) -> bytes:
    """One byte more than allowed at most: a bomb is not unpacked."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        data = unpacking.decompress(packed, most + 1)
    except zlib.error as error:
        raise IntakeError(f"{name}: cannot be unpacked ({error}); the file is damaged") from error
    if not unpacking.eof and len(data) <= most:
        raise IntakeError(f"{name}: ends before it is unpacked; the file is damaged")
    return data


def _numbers(header: bytes, at: int, count: int) -> tuple[int, ...]:
    return tuple(
        int.from_bytes(header[at + 8 * i : at + 8 * (i + 1)], "little") for i in range(count)
    )


def positions_of(zoom: int, box: Box) -> int:
    """How many tiles of a zoom meet a box, there or not."""
    left, top, right, bottom = _range(zoom, box)
    return (right - left + 1) * (bottom - top + 1)


def _positions(zoom: int, box: Box) -> tuple[TileNumbers, TileNumbers]:
    left, top, right, bottom = _range(zoom, box)
    x, y = np.meshgrid(
        np.arange(left, right + 1, dtype=np.uint64), np.arange(top, bottom + 1, dtype=np.uint64)
    )
    return x.ravel(), y.ravel()


def _range(zoom: int, box: Box) -> tuple[int, int, int, int]:
    west, south, east, north = box
    side = 1 << zoom

    def column(lon: float) -> int:
        return min(side - 1, max(0, int((lon + 180) / 360 * side)))

    def row(lat: float) -> int:
        held = np.radians(np.clip(lat, -_MERCATOR_EDGE, _MERCATOR_EDGE))
        north_by = float(np.arctanh(np.sin(held))) / np.pi
        return min(side - 1, max(0, int((1 - north_by) / 2 * side)))

    return column(west), row(north), column(east), row(south)


def _corner(zoom: int, x: int, y: int) -> tuple[float, float]:
    """Longitude and latitude of the upper left corner of a tile (Snyder 1987, eq. 7-4)."""
    side = 1 << zoom
    north_by = np.pi * (1 - 2 * y / side)
    return x / side * 360 - 180, float(np.degrees(np.arctan(np.sinh(north_by))))


def _tile_ids(zoom: int, x: TileNumbers, y: TileNumbers) -> TileNumbers:
    """The number of each tile: along a Hilbert curve, after all tiles of lower zooms."""
    x, y = x.astype(np.int64), y.astype(np.int64)
    found = np.full(x.shape, ((1 << 2 * zoom) - 1) // 3, np.int64)
    for step in (1 << level for level in reversed(range(zoom))):
        right, below = (x & step) > 0, (y & step) > 0
        found += step * step * ((3 * right) ^ below)
        turned = right & ~below
        x, y = (np.where(turned, step - 1 - each, each) for each in (x, y))
        x, y = np.where(below, x, y), np.where(below, y, x)
    return found.astype(np.uint64)
