"""Vector tiles: the lines and areas of one tile, and what is said of each.

Layout: *Vector Tile Specification* 2.1 (Mapbox, 2016), in the wire format of *Protocol Buffers*
(Google, 2024, "Encoding"). The libraries for it build an object of every point, and one of them
holds the app to an older protobuf; here a layer that is not wanted is not looked into.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from geo import limits
from geo.errors import IntakeError
from geo.places.country.pmtiles import varints

Value = str | float | int | bool
Values = Mapping[str, Value]
Points = NDArray[np.float64]
"""Shares of the tile from its upper left corner, right and down, shape (points, 2)."""
PartKind = Literal["line", "area"]
_Field = tuple[int, bytes | int]

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
"""Wire types (Protocol Buffers, "Encoding")."""
_MOVE, _LINE, _CLOSE = 1, 2, 7
"""Commands of a geometry (Mapbox Vector Tile Specification 2.1, section 4.3.1)."""
_TITLE, _FEATURES, _KEYS, _VALUES, _STEPS, _LAYERS = 1, 2, 3, 4, 5, 3
"""Fields of a layer: its name, features, their names and values, its extent; and of a tile."""
_TAGS, _KIND, _GEOMETRY = 2, 3, 4
"""Fields of a feature."""
_KINDS: Final[dict[int | bytes, PartKind]] = {2: "line", 3: "area"}
"""Kinds of geometry by number (the same, section 4.3.4)."""
_EXTENT: Final = 4096
"""Of a tile that does not state its own."""
_MOST_EXTENT: Final = 1 << 20
"""Steps across a tile from which it is refused: 256 times the usual number."""
_BEYOND: Final = 4.0
"""Sizes of the tile by which a point may lie beyond its edges; makers leave a rim of a tenth."""
_LEAST: Final = {"line": 2, "area": 3}
"""Points of a part, at least."""


@dataclass(frozen=True, slots=True, eq=False)
class TileFeature:
    """A line or an area of a tile.

    Parameters
    ----------
    parts
        Lines, or rings; the last point of a ring is not its first.
    """

    layer: str
    kind: PartKind
    values: Values
    parts: tuple[Points, ...]


def features(
    data: bytes, name: str, wanted: Callable[[str], bool], keeps: Callable[[str, Values], bool]
) -> Iterator[TileFeature]:
    r"""Yield the lines and areas of a tile.

    Parameters
    ----------
    data
        The tile, unpacked.
    name
        Of the tile, for messages.
    wanted
        Whether a layer of this name is looked into.
    keeps
        Whether a feature of this layer with these values is.

    Raises
    ------
    IntakeError
        The tile is damaged, or has more points or parts than is read.

    Examples
    --------
    >>> list(features(b"", "0/0/0", lambda name: True, lambda name, values: True))
    []
    >>> list(features(b"\x1a\x7f", "0/0/0", lambda name: True, lambda name, values: True))
    Traceback (most recent call last):
    ...
    geo.errors.IntakeError: 0/0/0: a part of it is cut off; the file is damaged
    """
    left = limits.MAX_TILE_POINTS
    for number, layer in _fields(data, name):
        if number != _LAYERS or not isinstance(layer, bytes):
            continue
        read = _Layer(layer, name)
        if not wanted(read.title):
            continue
        for feature in read.features(keeps):
            left -= sum(map(len, feature.parts))
            if left < 0:
                raise IntakeError(
                    f"{name}: has more than {limits.MAX_TILE_POINTS:,} points; at most so many are "
                    "read"
                )
            yield feature


class _Layer:
    """One layer: its own list of names and values, and the features that point into it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.title, self.extent = "", _EXTENT
        self._lists: dict[int, list[bytes]] = {_FEATURES: [], _KEYS: [], _VALUES: []}
        for number, value in _fields(data, name):
            if isinstance(value, int):
                self.extent = value if number == _STEPS else self.extent
            elif number == _TITLE:
                self.title = _text(value)
            elif number in self._lists:
                self._add(self._lists[number], value)
        self._keys = [*map(_text, self._lists[_KEYS])]
        if not 1 <= self.extent <= _MOST_EXTENT:
            raise IntakeError(
                f"{name}: a layer is {self.extent:,} steps wide; expected 1 to {_MOST_EXTENT:,}"
            )

    def _add(self, into: list[bytes], value: bytes) -> None:
        if len(into) >= (most := limits.MAX_TILE_PARTS):
            raise IntakeError(
                f"{self.name}: a layer has more than {most:,} features, names or values; at most "
                "so many are read"
            )
        into.append(value)

    def features(self, keeps: Callable[[str, Values], bool]) -> Iterator[TileFeature]:
        for data in self._lists[_FEATURES]:
            found = dict(_fields(data, self.name))
            kind, written = _KINDS.get(found.get(_KIND, 0)), found.get(_GEOMETRY, b"")
            if kind is None or not isinstance(written, bytes):
                continue
            values = self._values_of(found.get(_TAGS, b""))
            if keeps(self.title, values):
                parts = tuple(_parts(varints(written, self.name), kind, self.extent, self.name))
                yield TileFeature(self.title, kind, values, parts)

    def _values_of(self, tags: bytes | int) -> Values:
        numbers = varints(tags if isinstance(tags, bytes) else b"", self.name).tolist()
        keys, values = self._keys, self._lists[_VALUES]
        if len(numbers) % 2 or any(
            key >= len(keys) or value >= len(values)
            for key, value in zip(numbers[::2], numbers[1::2], strict=True)
        ):
            raise IntakeError(
                f"{self.name}: a feature refers to a name or value that is not there; the file is "
                "damaged"
            )
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return {keys[key]: _value(values[value], self.name) for key, value in pairs}


def _value(data: bytes, name: str) -> Value:
    for number, value in _fields(data, name):
        if isinstance(value, int):
            return bool(value) if number == 7 else value  # noqa: PLR2004 - "bool_value"
        if number == 1:
            return _text(value)
        if len(value) in {4, 8}:
            return float(struct.unpack("<f" if len(value) == 4 else "<d", value)[0])  # noqa: PLR2004 - bytes
    return ""


def _parts(numbers: NDArray[np.uint64], kind: PartKind, extent: int, name: str) -> Iterator[Points]:
    """The lines or rings that a list of commands draws (specification, 4.3)."""
    steps = numbers.astype(np.int64) & 0xFFFFFFFF
    moves = (steps >> 1) ^ -(steps & 1)
    at, here = 0, np.zeros((1, 2), np.int64)
    part: list[NDArray[np.int64]] = []
    while at < len(steps):
        command, count = int(steps[at]) & 7, int(steps[at]) >> 3
        at += 1
        if command == _CLOSE:
            continue
        if command not in {_MOVE, _LINE} or at + 2 * count > len(steps):
            raise IntakeError(f"{name}: a line in it is damaged; copy the file again")
        if not count:
            continue
        points = here + moves[at : at + 2 * count].reshape(-1, 2).cumsum(axis=0)
        at, here = at + 2 * count, points[-1:]
        if command == _MOVE:
            yield from _part(part, kind, extent, name)
            part = [here]
        else:
            part.append(points)
    yield from _part(part, kind, extent, name)


def _part(
    pieces: list[NDArray[np.int64]], kind: PartKind, extent: int, name: str
) -> Iterator[Points]:
    if not pieces:
        return
    points = np.concatenate(pieces) / extent
    if points.min() < -_BEYOND or points.max() > 1 + _BEYOND:
        raise IntakeError(f"{name}: a line runs far beyond the tile; the file is damaged")
    if len(points) >= _LEAST[kind]:
        yield points


def _fields(data: bytes, name: str) -> Iterator[_Field]:
    """Each field of a message: its number, and its bytes or whole number."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at, name)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(data, at, name)
            yield number, value
            continue
        length = {_FIXED64: 8, _FIXED32: 4}.get(wire)
        if wire == _BYTES:
            length, at = _varint(data, at, name)
        if length is None:
            raise IntakeError(f"{name}: is not a vector tile; expected MVT, as the file says")
        if at + length > len(data):
            raise IntakeError(f"{name}: a part of it is cut off; the file is damaged")
        yield number, data[at : at + length]
        at += length


def _varint(data: bytes, at: int, name: str) -> tuple[int, int]:
    found = shift = 0
    while at < len(data) and shift < 64:  # noqa: PLR2004 - bits
        byte = data[at]
        found |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:  # noqa: PLR2004 - the highest bit says that more follows
            return found, at
    raise IntakeError(f"{name}: a number in it is cut off or too long; the file is damaged")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
