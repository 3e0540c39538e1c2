"""Export event tables as plain CSV, with HXL tags on request, and as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from geo.events.columns.columns import CodedColumn
from geo.events.columns.schema import FIELDS
from geo.events.columns.text_cells import write_table
from geo.files import writing_whole
from geo.places.country import Country

HXL: Final = {
    "id": "#event+id", "event_id_cnty": "#event+id", "earliest": "#date+start",
    "event_date": "#date+start", "date_start": "#date+start", "latest": "#date+end",
    "date_end": "#date+end", "province_name": "#adm1+name", "admin1": "#adm1+name",
    "adm_1": "#adm1+name", "province": "#adm1+code", "lat": "#geo+lat", "latitude": "#geo+lat",
    "lon": "#geo+lon", "longitude": "#geo+lon", "killed_best": "#affected+killed",
    "fatalities": "#affected+killed", "best": "#affected+killed",
}  # fmt: skip
"""HXL tags by column, of our own tables and of both formats."""
ROWS_AT_ONCE: Final = 1 << 14
"""Rows converted to text at a time: a few megabytes, and often enough to report progress."""
Progress = Callable[[int, int], None]


def own_columns(events: pa.Table, country: Country) -> pa.Table:
    """Return an event table without its original columns, with the province's name added.

    Returns
    -------
    The columns of :data:`geo.events.columns.schema.FIELDS`, and ``province_name`` after
    ``province``.
    """
    names = [name for name, _ in FIELDS]
    table = events.select(names)
    codes = CodedColumn.of(table["province"])
    called = {one.code: one.name for one in country.provinces}
    words = pa.array([called.get(code, "") for code in codes.texts], pa.string())
    column = words.take(pa.array(codes.codes))
    return table.add_column(names.index("province") + 1, "province_name", column)


def write_csv(events: pa.Table, path: Path, country: Country, *, hxl: bool = False) -> None:
    """Write an event table as CSV in which no spreadsheet finds a formula.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_table(own_columns(events, country), path, tags=HXL if hxl else None)


def write_geojson(
    events: pa.Table, path: Path, country: Country, progress: Progress | None = None
) -> None:
    """Write an event table as GeoJSON (RFC 7946): points where they are known, else no geometry.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    table = own_columns(events, country)
    with writing_whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as opened:
        opened.write('{"type":"FeatureCollection","features":[')
        between = "\n"
        for start in range(0, table.num_rows, ROWS_AT_ONCE):
            for row in table.slice(start, ROWS_AT_ONCE).to_pylist():
                opened.write(between + _feature(row))
                between = ",\n"
            if progress is not None:
                progress(min(start + ROWS_AT_ONCE, table.num_rows), table.num_rows)
        opened.write("\n]}\n")


def _feature(row: dict[str, Any]) -> str:
    lat, lon = row.pop("lat"), row.pop("lon")
    point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    feature = {"type": "Feature", "id": row["id"], "geometry": point, "properties": row}
    return json.dumps(
        feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str
    )
