"""Read GeoJSON and GeoParquet from elsewhere as tables of strings, using ``json`` and ``shapely``.

A point becomes two columns, ``geometry.lat`` and ``geometry.lon``. Other shapes do not, because the
centre of an outline is not a place: such a row is placed by its names, with a warning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.rejects import Findings
from geo.events.readers.csv_rows import RawTable, raw_of
from geo.events.readers.sources import FileInput
from geo.events.store.storage import opened
from geo.files import name_of
from geo.parquet import DAMAGED, Parquet

LAT: Final = "geometry.lat"
LON: Final = "geometry.lon"
SHAPE: Final = "geometry.type"
_CRS84: Final = {"id": {"authority": "OGC", "code": "CRS84"}}
_WGS84: Final = frozenset({"OGC:CRS84", "EPSG:4326", "OGC:4326", "EPSG:4979"})


def features_to_table(whole: Any, name: str) -> RawTable:
    """Build a table from decoded GeoJSON, with the features' properties as strings.

    Raises
    ------
    IntakeError
        It is not a FeatureCollection, or is larger than the limits allow.

    Examples
    --------
    >>> point = {"type": "Point", "coordinates": [69.2, 34.5]}
    >>> feature = {"type": "Feature", "properties": {"n": 1}, "geometry": point}
    >>> whole = {"type": "FeatureCollection", "features": [feature]}
    >>> features_to_table(whole, "x.geojson").table.to_pylist()
    [{'n': '1', 'geometry.lat': '34.5', 'geometry.lon': '69.2', 'geometry.type': 'Point'}]
    """
    features = _features(whole, name)
    if len(features) > limits.MAX_ROWS:
        raise IntakeError(f"{name}: has {len(features):,} features; at most {limits.MAX_ROWS:,}")
    keys = _keys(features, name)
    _check_names(keys, name)
    columns: dict[str, list[str]] = {key: [] for key in (*keys, LAT, LON, SHAPE)}
    wrong: list[int] = []
    for number, feature in enumerate(features, start=1):
        if not _is_feature(feature):
            wrong.append(number)
            continue
        given = feature.get("properties") or {}
        for key in keys:
            columns[key].append(cell_text(given.get(key)))
        for key, text in zip((LAT, LON, SHAPE), _point(feature.get("geometry")), strict=True):
            columns[key].append(text)
    table = pa.table({key: pa.array(texts, pa.string()) for key, texts in columns.items()})
    return _raw(table, np.array(wrong, np.int64), len(features), name)


def read_geoparquet(source: FileInput, file: str = "") -> RawTable:
    """Read a GeoParquet file from elsewhere, with its columns as strings.

    Raises
    ------
    IntakeError
        It has no geometry as WKB in WGS 84, or is larger than the limits allow.
    """
    name = name_of(source, file)
    return read_foreign_groups(opened(source, name))


def read_foreign_groups(parquet: Parquet, groups: Sequence[int] | None = None) -> RawTable:
    """Read row groups of such a GeoParquet file; rows are numbered from 1 within them.

    Raises
    ------
    IntakeError
        As for :func:`read_geoparquet`.
    """
    name = parquet.name
    geometry = _geometry_column(parquet.metadata, name)
    count = parquet.count(groups) * len(parquet.schema.names)
    if count > (most := limits.MAX_TABLE_CELLS):
        raise IntakeError(f"{name}: has {count:,} cells; at most {most:,} are read at once")
    table = parquet.read(groups=groups)
    try:
        shapes = shapely.from_wkb(table[geometry].to_numpy(zero_copy_only=False))
    except (*DAMAGED, shapely.GEOSException) as error:
        raise IntakeError(f"{name}: cannot be read as GeoParquet with WKB") from error
    _check_names((one for one in table.column_names if one != geometry), name)
    columns = {
        one: _ascell_text(table[one]) for one in table.column_names if one != geometry
    } | _point_columns(shapes)  # fmt: skip
    return _raw(pa.table(columns), np.empty(0, np.int64), table.num_rows, name)


def _raw(table: pa.Table, wrong: NDArray[np.int64], count: int, name: str) -> RawTable:
    findings = Findings(np.setdiff1d(np.arange(1, count + 1, dtype=np.int64), wrong))
    reasons = pa.repeat("is not a GeoJSON feature with properties", wrong.size)
    findings.add_rows(wrong, "", pa.repeat("", wrong.size), reasons)
    return raw_of(table, findings, count, name)


def _features(whole: Any, name: str) -> list[Any]:
    if not isinstance(whole, dict) or whole.get("type") != "FeatureCollection":
        raise IntakeError(f"{name}: expected a GeoJSON FeatureCollection")
    features = whole.get("features")
    if not isinstance(features, list):
        raise IntakeError(f"{name}: 'features' is not a list")
    return features


def _keys(features: list[Any], name: str) -> dict[str, None]:
    """Return the names of all properties, in the order in which they appear."""
    keys: dict[str, None] = {}
    for feature in features:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            keys |= dict.fromkeys(feature["properties"])
        if len(keys) > limits.MAX_COLUMNS:
            raise IntakeError(f"{name}: has more than {limits.MAX_COLUMNS} properties")
    cells = len(features) * len(keys)
    if cells > limits.MAX_GEOJSON_CELLS:
        raise IntakeError(
            f"{name}: has {len(features):,} features of {len(keys)} properties, {cells:,} cells; "
            f"at most {limits.MAX_GEOJSON_CELLS:,} are read from GeoJSON; save it as CSV"
        )
    return keys


def no_constant(text: str) -> float:
    """Refuse ``NaN`` and the like, which Python's reader would accept.

    Raises
    ------
    ValueError
        Always.
    """
    msg = f"{text} is not a valid number in JSON"
    raise ValueError(msg)


def _check_names(names: Iterable[str], name: str) -> None:
    for one in names:
        if one in {LAT, LON, SHAPE} or cell_text(one) != one:
            raise IntakeError(f"{name}: the column name {one!r} cannot be used; rename the column")


def _is_feature(feature: Any) -> bool:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return False
    return isinstance(feature.get("properties"), dict | None)


def cell_text(value: Any) -> str:
    """Return a JSON value as the text of a cell; null gives an empty text."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    # A lone surrogate is not valid text, so it is shown as its escape.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _point(geometry: Any) -> tuple[str, str, str]:
    if not isinstance(geometry, dict):
        return "", "", ""
    kind, at = cell_text(geometry.get("type")), geometry.get("coordinates")
    if kind != "Point" or not isinstance(at, list) or len(at) < 2:  # noqa: PLR2004 - x and y
        return "", "", kind
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in at[:2]):
        return "", "", kind
    return repr(at[1]), repr(at[0]), kind


def _geometry_column(about: Mapping[bytes, bytes], name: str) -> str:
    try:
        geo = json.loads(about[b"geo"])
        column: str = geo["primary_column"]
        stated = geo["columns"][column]
        encoding, crs = stated.get("encoding"), stated.get("crs", _CRS84)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise IntakeError(f"{name}: is Parquet without GeoParquet metadata") from error
    if encoding != "WKB":
        raise IntakeError(f"{name}: its geometry is {encoding!r}; expected WKB")
    identity = crs.get("id") if isinstance(crs, dict) else None
    identity = identity if isinstance(identity, dict) else {}
    called = f"{identity.get('authority', '?')}:{identity.get('code', '?')}"
    if called not in _WGS84:
        raise IntakeError(f"{name}: its coordinates are in {called}; expected WGS 84 (OGC:CRS84)")
    return column


def _ascell_text(column: Any) -> Any:
    """Return any column as strings; what has no plain text (lists, bytes) is written as JSON."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        return pc.fill_null(column.cast(pa.string()), "")
    except pa.ArrowException:
        texts = [cell_text(_plain(value)) for value in column.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.string())])


def _plain(value: Any) -> Any:
    return value if isinstance(value, list | dict | str | int | float | None) else str(value)


def _point_columns(shapes: NDArray[Any]) -> dict[str, Any]:
    kinds = shapely.get_type_id(shapes)
    is_point = (kinds == shapely.GeometryType.POINT.value) & ~shapely.is_empty(shapes)
    lon = np.where(is_point, shapely.get_x(shapes), np.nan)
    lat = np.where(is_point, shapely.get_y(shapes), np.nan)
    names = ["", *(kind.name.title() for kind in shapely.GeometryType if kind.value >= 0)]
    return {
        LAT: _numbers(lat),
        LON: _numbers(lon),
        SHAPE: pa.array(np.array(names, dtype=object)[kinds + 1], pa.string()),
    }


def _numbers(values: NDArray[np.float64]) -> Any:
    texts = pa.array(values, mask=np.isnan(values)).cast(pa.string())
    return pc.fill_null(texts, "")
