"""PMTiles files for tests: written by GDAL from lines of our own data, or by hand to be wrong."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

MVT, PNG = 1, 2
NOT_PACKED, GZIP = 1, 2
ATTRIBUTION = '<a href="https://example.org/terms">&copy; The surveyors</a> of roads'
DETAILS = ("motorway", "primary", "secondary", "tertiary", "residential", "track", "rail")
LAYERS = {"vector_layers": [{"id": "roads"}]}


def write_tiles(
    file: Path,
    layer: str,
    geometry: Sequence[BaseGeometry],
    values: dict[str, list[str]],
    *,
    zooms: tuple[int, int] = (5, 10),
    attribution: str | None = ATTRIBUTION,
) -> Path:
    """Write vector tiles of one layer with GDAL, and the attribution into their metadata."""
    frame = gpd.GeoDataFrame(values, geometry=list(geometry), crs="EPSG:4326")
    pyogrio.write_dataframe(
        frame, file, layer=layer, driver="PMTiles", MINZOOM=zooms[0], MAXZOOM=zooms[1],
        MAX_SIZE=5_000_000, MAX_FEATURES=1_000_000,
    )  # fmt: skip
    return stated(file, attribution=attribution)


def stated(file: Path, **changes: object) -> Path:
    """Change the metadata of a file; ``None`` removes an entry."""
    data = bytearray(file.read_bytes())
    at, length = (int.from_bytes(data[i : i + 8], "little") for i in (24, 32))
    metadata = json.loads(gzip.decompress(data[at : at + length])) | changes
    kept = {key: value for key, value in metadata.items() if value is not None}
    packed = gzip.compress(json.dumps(kept).encode())
    data[24:32], data[32:40] = len(data).to_bytes(8, "little"), len(packed).to_bytes(8, "little")
    file.write_bytes(bytes(data) + packed)
    return file


def roads(file: Path, places: Sequence[tuple[float, float]], **how: Any) -> Path:
    """Write roads from each place to the next, of all ranks in turn, as Protomaps names them."""
    lines = [shapely.LineString(pair) for pair in pairwise(places)]
    kinds = {"kind_detail": [DETAILS[at % len(DETAILS)] for at in range(len(lines))]}
    return write_tiles(file, "roads", lines, kinds, **how)


def archive(
    tiles: Mapping[int, bytes],
    metadata: bytes | Mapping[str, object] = LAYERS,
    *,
    kind: int = MVT,
    zooms: tuple[int, int] = (0, 0),
    packed: tuple[int, int] = (NOT_PACKED, NOT_PACKED),
    root: bytes | None = None,
    leaves: bytes = b"",
) -> bytes:
    """An archive with these tiles by their number, or with whatever directories are given.

    Parameters
    ----------
    packed
        How directories and metadata say they are compressed, and how tiles do.
    """
    said = metadata if isinstance(metadata, bytes) else json.dumps(metadata).encode()
    data = b"".join(tiles.values())
    if root is None:
        root = directory([(number, 1, len(tile)) for number, tile in tiles.items()])
    parts = (root, said, leaves, data)
    at, header = 127, b"PMTiles\x03"
    for part in parts:
        header += at.to_bytes(8, "little") + len(part).to_bytes(8, "little")
        at += len(part)
    header += bytes(24) + bytes([1, *packed, kind, *zooms])
    for edge in (-180, -85, 180, 85):
        header += (edge * 10_000_000).to_bytes(4, "little", signed=True)
    return header.ljust(127, b"\0") + b"".join(parts)


def directory(entries: Sequence[tuple[int, int, int]]) -> bytes:
    """A directory of entries (number, run, length) whose contents follow one another."""
    numbers = [len(entries)]
    numbers += [
        one[0] - before for one, before in zip(entries, (0, *(e[0] for e in entries)), strict=False)
    ]
    numbers += [one[1] for one in entries]
    numbers += [one[2] for one in entries]
    numbers += [1 if at == 0 else 0 for at in range(len(entries))]
    return b"".join(map(varint, numbers))


def varint(number: int) -> bytes:
    """A whole number in base 128."""
    made = bytearray()
    while number >= 128:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def message(number: int, content: bytes) -> bytes:
    """A field that holds bytes."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def line_tile(points: Sequence[tuple[int, int]], *keys: str, layer: str = "roads") -> bytes:
    """A tile of 4,096 steps with one line of one layer, in steps from its upper left corner."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise([(0, 0), *points])]
    turned = [(step << 1) ^ (step >> 63) for pair in steps for step in pair]
    commands = [9, *turned[:2], (len(points) - 1) << 3 | 2, *turned[2:]]
    feature = bytes([0x18, 2]) + message(4, b"".join(map(varint, commands)))
    names = b"".join(message(3, key.encode()) for key in keys)
    return message(3, message(1, layer.encode()) + message(2, feature) + names)


def png(width: int, height: int) -> bytes:
    """The first bytes of a PNG picture of this size."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4)
