"""Store event tables as GeoParquet, written completely or not at all, and measured before reading.

The files are GeoParquet 1.1: rows with a point have it in ``geometry`` as WKB (OGC:CRS84, longitude
first); other rows have null, since an area is not a point. A column of the original file that
equals one of ours is written once; the file's metadata name it, and reading restores it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo import limits
from geo.dossier.evidence import Attribution
from geo.dossier.periods import DatePrecision
from geo.dossier.records import StatusKey
from geo.errors import IntakeError
from geo.events.columns.columns import WORD, CodedColumn
from geo.events.columns.schema import FIELDS, KEY, ORIGINAL, VERSION
from geo.files import name_of, writing_whole
from geo.parquet import Parquet
from geo.places.locations import Off, Precision

_LOG: Final = logging.getLogger(__name__)
GEOMETRY: Final = "geometry"
SAME: Final = b"incident-map-same"
"""Metadata key: columns omitted because they equal another, and all columns in order."""
ROWS_AT_ONCE: Final = 1 << 17
"""Rows of a row group: small enough to read one event, large enough to compress well."""
_ALIKE: Final = {
    "id": ("event_id_cnty", "data_id", "id"), "notes": ("notes", "source_headline"),
}  # fmt: skip
_TYPES: Final = dict(FIELDS)
WORDS: Final[Mapping[str, frozenset[str]]] = {
    "precision": frozenset(get_args(Precision)),
    "date_precision": frozenset(get_args(DatePrecision)),
    "status": frozenset(get_args(StatusKey)),
    "attribution": frozenset(get_args(Attribution)) | {""},
    "off": frozenset(get_args(Off)),
}
"""The words that these columns may hold."""
_WKB_POINT: Final = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


def write_events(table: pa.Table, path: Path) -> None:
    """Write an event table as GeoParquet.

    Raises
    ------
    OSError
        The folder cannot be written to or the disk is full; what was at `path` is unchanged.
    """
    with writing_whole(path) as part:
        pq.write_table(
            to_geoparquet(table), part, compression="zstd", compression_level=1,
            row_group_size=ROWS_AT_ONCE,
        )  # fmt: skip
    _LOG.debug("%s: %d events written", path, table.num_rows)


def to_geoparquet(table: pa.Table) -> pa.Table:
    """Return the table as stored in a file: points as WKB, and no column twice.

    Returns
    -------
    The columns of the event table and ``geometry``, with the metadata of GeoParquet 1.1.
    """
    same = same_columns(table)
    about = metadata(table.column_names, same, bounds_of(table))
    return stored(table, same).replace_schema_metadata(about)


def stored(table: pa.Table, same: Mapping[str, str]) -> pa.Table:
    """Return the columns as stored in a file, without those named in `same`.

    Returns
    -------
    The remaining columns and ``geometry``: points as WKB, longitude first.
    """
    kept = table.drop_columns(list(same))
    return kept.append_column(GEOMETRY, wkb_points(table["lat"], table["lon"]))


def metadata(
    columns: Sequence[str], same: Mapping[str, str], bounds: Sequence[float] | None
) -> dict[bytes, bytes]:
    """What a file says of itself: that it holds events, which columns, and how far they reach.

    Returns
    -------
    The keys of Parquet metadata, among them ``geo`` of GeoParquet, to their values.
    """
    return {
        KEY: VERSION,
        SAME: json.dumps({"same": dict(same), "columns": list(columns)}).encode(),
        b"geo": json.dumps(_geo(bounds)).encode(),
    }


def read_events(path: Path | bytes, columns: Sequence[str] | None = None) -> pa.Table:
    """Read an event table, or some of its columns.

    Returns
    -------
    An event table (:mod:`geo.events.columns.schema`), or the requested columns of one.

    Raises
    ------
    IntakeError
        :func:`write_events` did not write the file, or it exceeds the limits.
    """
    name = name_of(path)
    return read_groups(opened(path, name), columns)


def read_groups(
    file: Parquet, columns: Sequence[str] | None = None, groups: Sequence[int] | None = None
) -> pa.Table:
    """Read row groups of a file of events, by default all, and check their content.

    Returns
    -------
    The requested columns, in that order.

    Raises
    ------
    IntakeError
        As for :func:`read_events`.
    """
    name = file.name
    if file.metadata.get(KEY) != VERSION:
        raise IntakeError(
            f"{name}: does not hold events of this version; import the original again with "
            "`incident-map import`"
        )
    names, same = _layout(file.metadata, file.schema.names, name)
    wanted = list(columns) if columns is not None else names
    missing = [name for name in wanted if name not in names]
    if missing:
        raise IntakeError(f"{name}: has no column {missing[0]!r}")
    table = file.read(list(dict.fromkeys(same.get(name, name) for name in wanted)), groups)
    _check_columns(table, name)
    found = [table[same.get(name, name)] for name in wanted]
    return pa.table(found, names=wanted).replace_schema_metadata({KEY: VERSION})


def is_events(path: Path | bytes) -> bool:
    """Tell whether a Parquet file holds events that this version wrote."""
    name = name_of(path)
    return opened(path, name, in_parts=True).metadata.get(KEY) == VERSION


def opened(source: Path | bytes, name: str, *, in_parts: bool = False) -> Parquet:
    """Open a Parquet file, and read only its metadata.

    Parameters
    ----------
    in_parts
        Whether the limits apply to the row groups that are read, and not to the file.

    Raises
    ------
    IntakeError
        It is not Parquet, cannot be read, or exceeds the limits.
    """
    return Parquet(
        source, name, rows=limits.MAX_ROWS, columns=2 * limits.MAX_COLUMNS,
        unpacked=limits.MAX_UNPACKED_BYTES, in_parts=in_parts,
    )  # fmt: skip


def _layout(
    about: dict[bytes, bytes], stored: list[str], name: str
) -> tuple[list[str], dict[str, str]]:
    try:
        layout = json.loads(about[SAME])
        columns, same = list(layout["columns"]), dict(layout["same"])
        lacks = any(same.get(column, column) not in stored for column in columns)
    except (KeyError, TypeError, ValueError) as error:
        raise IntakeError(f"{name}: is damaged; import the original again") from error
    if lacks:
        raise IntakeError(f"{name}: is damaged; import the original again")
    return columns, same


def _check_columns(table: pa.Table, name: str) -> None:
    """Refuse types, words or degrees that no import can have written."""
    for field in table.schema:
        expected = _TYPES.get(field.name)
        is_text = pa.types.is_string(field.type) or field.type == WORD
        if field.type != expected and not (field.name.startswith(ORIGINAL) and is_text):
            raise IntakeError(
                f"{name}: {field.name!r} is {field.type}; expected {expected or 'text'}"
            )
    for column, words in WORDS.items():
        if column in table.column_names:
            found = CodedColumn.of(table[column])
            used = {found.texts[code] for code in np.unique(found.codes).tolist()}
            strange = sorted(used - words)
            if strange:
                raise IntakeError(
                    f"{name}: {column!r} holds {strange[0]!r}, which is not a valid {column}"
                )
    for column, most in (("lat", 90), ("lon", 180)):
        if column in table.column_names and not _within(table[column], most):
            raise IntakeError(f"{name}: {column!r} is not within {most} degrees")


def _within(column: Any, most: int) -> bool:
    beyond = pc.invert(pc.less_equal(pc.abs(column), most))
    return not pc.any(beyond).as_py()


def same_columns(table: pa.Table) -> dict[str, str]:
    """Return the columns of the original file that equal one of ours, with the name of ours.

    Returns
    -------
    Name of each such column to the name of the equal one of ours.
    """
    return dict(_same(table))


def _same(table: pa.Table) -> Iterator[tuple[str, str]]:
    by_canonical = {name.lower(): name for name in table.column_names if name.startswith(ORIGINAL)}
    for ours, theirs in _ALIKE.items():
        for one in theirs:
            name = by_canonical.get(f"{ORIGINAL}{one}")
            if name is not None and table[name].equals(table[ours]):
                yield name, ours


def wkb_points(lat: Any, lon: Any) -> Any:
    """Return points as WKB, x longitude and y latitude; null where a coordinate is missing."""
    y = lat.to_numpy(zero_copy_only=False) if hasattr(lat, "to_numpy") else lat
    x = lon.to_numpy(zero_copy_only=False) if hasattr(lon, "to_numpy") else lon
    points = np.zeros(len(y), _WKB_POINT)
    points["order"], points["kind"], points["x"], points["y"] = 1, 1, x, y
    known = ~(np.isnan(points["x"]) | np.isnan(points["y"]))
    fixed = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(_WKB_POINT.itemsize), len(points), [None, pa.py_buffer(points.tobytes())]
    )
    return pc.if_else(pa.array(known), fixed.cast(pa.binary()), None)


def bounds_of(table: pa.Table) -> tuple[float, ...] | None:
    """Return west, south, east and north of all points; ``None`` if there are none."""
    lon, lat = (pc.min_max(table[name]).as_py() for name in ("lon", "lat"))
    if lon["min"] is None or lat["min"] is None:
        return None
    return lon["min"], lat["min"], lon["max"], lat["max"]


def _geo(bounds: Sequence[float] | None) -> dict[str, Any]:
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if bounds is not None:
        column["bbox"] = list(bounds)
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
