"""Read back event tables that this program wrote as CSV, GeoJSON, XLSX or KML, row for row.

Their content was judged on the first import, so it is only checked: each word must be one that the
program knows, and no area may have a point. Rows that fail are rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.events.columns.columns import CodedColumn, Mask
from geo.events.columns.losses import BETWEEN
from geo.events.columns.rejects import Findings
from geo.events.columns.schema import FIELDS, ORIGINAL, SCHEMA
from geo.events.readers.csv_rows import RawTable
from geo.events.readers.geo_tables import LAT, LON, SHAPE
from geo.events.store.storage import WORDS
from geo.places.country import Country

_POINTED: Final = frozenset({"exact", "settlement", "near"})
_ADDED: Final = frozenset({
    "province_name", "name", "description", "date", "date_end", "folder", LAT, LON, SHAPE,
})  # fmt: skip
"""Columns that only help other programs to read the file."""
_APOSTROPHE: Final = r"^'('*[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}])"


def read_back(raw: RawTable, country: Country) -> tuple[pa.Table, pa.Table]:
    """Return the events of a table in our own columns, and the rejected rows.

    Returns
    -------
    An event table, and a table of findings with the columns of
    :data:`geo.events.columns.rejects.SCHEMA`.
    """
    findings = Findings(raw.rows)
    table = _with_points(_unquoted(raw.table) if raw.quoted else raw.table)
    columns = {name: _column(table[name], name, kind, findings) for name, kind in FIELDS}
    for name, words in WORDS.items():
        _known(table[name], name, words, findings)
    _known(table["province"], "province", {"", *(one.code for one in country.provinces)}, findings)
    _known(table["district"], "district", {"", *country.districts}, findings)
    _check_points(columns, table, findings)
    kept = pa.array(~findings.found)
    rest = [name for name in table.column_names if name not in {*columns, *_ADDED}]
    whole = pa.table(
        [*columns.values(), *(table[name] for name in rest)],
        names=[*columns, *(f"{ORIGINAL}{name}" for name in rest)],
    ).filter(kept)
    events = whole.replace_schema_metadata(SCHEMA.metadata)
    return events, pa.concat_tables([raw.rejected, findings.table()])


def _unquoted(table: pa.Table) -> pa.Table:
    """Remove the apostrophe that our CSV puts before what looks like a formula."""
    return pa.table(
        [pc.replace_substring_regex(one.cast(pa.string()), _APOSTROPHE, r"\1") for one in table],
        names=table.column_names,
    )


def _with_points(table: pa.Table) -> pa.Table:
    for name, other in (("lat", LAT), ("lon", LON)):
        if name not in table.column_names:
            table = table.append_column(name, table[other])
    return table


def _column(column: Any, name: str, kind: Any, findings: Findings) -> Any:
    texts = CodedColumn.of(column)
    if pa.types.is_string(kind):
        return column.cast(pa.string())
    if pa.types.is_dictionary(kind):
        return texts.column()
    if pa.types.is_list(kind):
        return pa.array([text.split(BETWEEN) if text else [] for text in column.to_pylist()], kind)
    parse, expected = _PARSERS[_kind(kind)]
    values = [_parsed(text, parse) for text in texts.texts]
    wrong = np.array([value is _WRONG for value in values], bool)[texts.codes]
    findings.add(wrong, name, texts, f"expected {expected}")
    sound = pa.array([None if value is _WRONG else value for value in values], kind)
    return sound.take(pa.array(texts.codes))


def _kind(kind: Any) -> str:
    if pa.types.is_date(kind):
        return "day"
    return "number" if pa.types.is_floating(kind) else "whole"


_WRONG: Final = object()


def _parsed(text: str, parse: Callable[[str], Any]) -> Any:
    if not text:
        return None
    try:
        return parse(text)
    except ValueError:
        return _WRONG


def _whole(text: str) -> int:
    if not text.isascii() or len(text) > 9:  # noqa: PLR2004 - what 32 bits hold for certain
        raise ValueError(text)
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _number(text: str) -> float:
    number = float(text)
    if not np.isfinite(number) or len(text) > 30:  # noqa: PLR2004 - digits of a float
        raise ValueError(text)
    return number


_PARSERS: Final[dict[str, tuple[Callable[[str], Any], str]]] = {
    "day": (date.fromisoformat, "a day such as 2022-05-24"),
    "whole": (_whole, "a whole number"),
    "number": (_number, "a number"),
}


def _known(column: Any, name: str, words: frozenset[str] | set[str], findings: Findings) -> None:
    texts = CodedColumn.of(column)
    strange = texts.each(lambda text: text not in words, np.bool_)
    findings.add(strange, name, texts, f"is not a {name} of an event table")


def _check_points(columns: dict[str, Any], table: pa.Table, findings: Findings) -> None:
    pointed = CodedColumn.of(table["precision"]).each(lambda text: text in _POINTED, np.bool_)
    lat, lon = (np.asarray(pc.fill_null(columns[name], np.nan)) for name in ("lat", "lon"))
    for column, why in _faults(pointed, lat, lon):
        findings.add(why[0], column, table[column].cast(pa.string()), why[1])
    both = [pc.fill_null(columns[name].cast(pa.int32()), 0) for name in ("earliest", "latest")]
    turned = np.asarray(pc.and_(
        pc.greater(*both), pc.and_(*(pc.is_valid(columns[one]) for one in ("earliest", "latest")))
    ))  # fmt: skip
    findings.add(turned, "latest", table["latest"].cast(pa.string()), "is before the first day")


def _faults(pointed: Mask, lat: Any, lon: Any) -> Iterator[tuple[str, tuple[Mask, str]]]:
    has = ~np.isnan(lat) & ~np.isnan(lon)
    yield "lat", (np.isnan(lat) ^ np.isnan(lon), "lat and lon belong together")
    yield "lat", (has & ~pointed, "an area has no point")
    yield "lat", (np.abs(lat) > 90, "expected degrees from -90 to 90")  # noqa: PLR2004 - degrees
    yield "lon", (np.abs(lon) > 180, "expected degrees from -180 to 180")  # noqa: PLR2004 - degrees
