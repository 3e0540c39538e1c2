"""Read lists of objects in JSON, such as API responses of ACLED and UCDP, as tables.

ACLED returns ``{"status": 200, "count": 1, "data": [{...}]}`` (API guide, "JSON"), UCDP
``{"TotalCount": 2, "TotalPages": 2, "NextPageUrl": "...", "Result": [{...}]}`` (UCDP API
documentation, "Response"). A page that is not the last gets a note; the address of the next page
is never requested.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.rejects import Findings
from geo.events.readers.csv_rows import RawTable, raw_of
from geo.events.readers.geo_tables import cell_text, features_to_table, no_constant
from geo.events.readers.sources import FileInput, read_bytes
from geo.files import name_of
from geo.text import json_parts

_LISTS: Final = (
    "data",
    "Result",
    "results",
    "result",
    "records",
    "value",
    "items",
    "events",
    "rows",
)
"""Keys under which APIs return their lists, those of ACLED and UCDP first."""
_ERRORS: Final = ("error", "message", "messages", "error_description", "detail")


def read_json(source: FileInput, file: str = "") -> RawTable:
    """Read GeoJSON, a list of objects, an API response, or one object per line.

    Raises
    ------
    IntakeError
        It is none of these, or larger than the limits allow.

    Examples
    --------
    >>> answer = b'{"status":200,"count":1,"data":[{"event_date":"2022-05-24","fatalities":0}]}'
    >>> read_json(answer).table.to_pylist()
    [{'event_date': '2022-05-24', 'fatalities': '0'}]
    >>> read_json(b'{"status":403,"message":"Access denied","data":[]}', "x.json")
    Traceback (most recent call last):
    geo.errors.IntakeError: x.json: is an API response without any rows; it says 'Access denied'
    """
    name = name_of(source, file)
    data = read_bytes(source, name, limits.MAX_GEOJSON_BYTES)
    parts = json_parts(data)
    _refuse_many(parts, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError(f"{name}: byte {error.start} is not UTF-8; save it as UTF-8") from error
    try:
        whole = json.loads(text, parse_constant=no_constant)
    except (ValueError, RecursionError) as error:
        _refuse_many(parts + text.count("\n"), name)
        lines = _lines(text)
        if lines is None:
            raise IntakeError(f"{name}: is not valid JSON: {error}") from error
        return _table(lines, name)
    if isinstance(whole, dict) and whole.get("type") == "FeatureCollection":
        return features_to_table(whole, name)
    rows, notes = _rows(whole, name)
    return _table(rows, name, notes)


def _refuse_many(parts: int, name: str) -> None:
    if parts > (most := limits.MAX_JSON_PARTS):
        raise IntakeError(f"{name}: has {parts:,} parts; at most {most:,} are read; save it as CSV")


def _lines(text: str) -> list[Any] | None:
    """Parse each line if the first is an object by itself; a broken line stays a text."""
    # Not at other line breaks, which a text may hold.
    lines = [line for line in text.split("\n") if line.strip()]
    found = [_line(line) for line in lines]
    is_list = len(found) > 1 and isinstance(found[0], dict)
    return found if is_list else None


def _line(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=no_constant)
    except (ValueError, RecursionError):
        return text


def _rows(whole: Any, name: str) -> tuple[list[Any], tuple[str, ...]]:
    if isinstance(whole, list):
        if whole and not any(isinstance(one, dict) for one in whole):
            raise IntakeError(f"{name}: is a JSON list, but not of objects; expected one per event")
        return whole, ()
    lists = {key: whole[key] for key in _LISTS if isinstance(whole, dict)
             and isinstance(whole.get(key), list)}  # fmt: skip
    filled = next(
        (key for key, rows in lists.items() if any(isinstance(r, dict) for r in rows)), ""
    )
    if filled:
        return lists[filled], tuple(_unfinished(whole, len(lists[filled])))
    if not lists:
        raise IntakeError(
            f"{name}: is JSON of another structure; expected a GeoJSON FeatureCollection, a list "
            "of objects, or an API response of ACLED or UCDP"
        )
    said = next((cell_text(whole[one])[:200] for one in _ERRORS if whole.get(one)), "")
    why = f"; it says {said!r}" if said else ""
    raise IntakeError(f"{name}: is an API response without any rows{why}")


def _unfinished(whole: dict[str, Any], count: int) -> Iterator[str]:
    total = next((whole[one] for one in ("TotalCount", "total_count", "total")
                  if isinstance(whole.get(one), int)), count)  # fmt: skip
    if total > count:
        yield (
            f"this is one page of an API response: {count:,} of {total:,} rows; "
            "the other pages are not in the file"
        )
    elif any(whole.get(one) for one in ("NextPageUrl", "next")):
        yield "this is one page of an API response; the next pages are not in the file"


def _table(rows: Sequence[Any], name: str, notes: tuple[str, ...] = ()) -> RawTable:
    if len(rows) > limits.MAX_ROWS:
        raise IntakeError(f"{name}: has {len(rows):,} rows; at most {limits.MAX_ROWS:,} are read")
    keys = _keys(rows, name)
    sound = [at for at, row in enumerate(rows, start=1) if isinstance(row, dict)]
    wrong = [at for at, row in enumerate(rows, start=1) if not isinstance(row, dict)]
    table = pa.table({
        cell_text(key): pa.array([cell_text(rows[at - 1].get(key)) for at in sound], pa.string())
        for key in keys
    })  # fmt: skip
    findings = Findings(np.array(sound, np.int64))
    findings.add_rows(
        np.array(wrong, np.int64), "", pa.array([cell_text(rows[at - 1]) for at in wrong]),
        pa.repeat("is not a JSON object", len(wrong)),
    )  # fmt: skip
    return raw_of(table, findings, len(rows), name, notes=notes)


def _keys(rows: Sequence[Any], name: str) -> dict[str, None]:
    keys: dict[str, None] = {}
    for row in rows:
        if isinstance(row, dict):
            keys |= dict.fromkeys(row)
        if len(keys) > limits.MAX_COLUMNS:
            raise IntakeError(
                f"{name}: its objects have more than {limits.MAX_COLUMNS} different names; at most "
                "that many are read"
            )
    if not keys:
        raise IntakeError(f"{name}: is a list without any objects; expected one object per event")
    if len({cell_text(key) for key in keys}) < len(keys):
        raise IntakeError(f"{name}: two names are identical once invalid characters are escaped")
    cells = len(rows) * len(keys)
    if cells > limits.MAX_GEOJSON_CELLS:
        raise IntakeError(
            f"{name}: has {len(rows):,} objects of {len(keys)} names, {cells:,} cells; at most "
            f"{limits.MAX_GEOJSON_CELLS:,} are read from JSON; save it as CSV"
        )
    return keys
