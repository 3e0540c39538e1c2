"""From a country dump of GeoNames to columns of named places.

The dump is a text of tab-separated columns without heading or quotes, as documented in the
``readme.txt`` beside it (https://download.geonames.org/export/dump/). Populated places become
settlements; spots such as airfields, bases and bridges become sites. Mountains, streams and areas
do not have a position at which an incident could be; they are left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo import limits
from geo.errors import IntakeError
from geo.places.gazetteer.columns import SCHEMA
from geo.places.provinces import Provinces
from geo.places.spelling import fold_name

COLUMNS: Final = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class",
    "feature_code", "country_code", "cc2", "admin1_code", "admin2_code", "admin3_code",
    "admin4_code", "population", "elevation", "dem", "timezone", "modification_date",
)  # fmt: skip
_USED: Final = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class",
    "feature_code", "population",
)  # fmt: skip

GONE: Final = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})
"""Populated places that are historical, abandoned or destroyed."""
SPOTS: Final = frozenset(
    ("AIRB", "AIRF", "AIRP", "BDG", "BUSTN", "CMPRF", "DAM", "FT", "INSM", "MILB", "MN", "MNQ",
     "PRN", "PS", "RSTN", "TNL", "UNIV")
)  # fmt: skip
"""Kinds of spots at which reports place incidents."""
CITY_M, TOWN_M, VILLAGE_M, SPOT_M = 5_000.0, 2_000.0, 500.0, 2_000.0
"""Radius in metres that a city, a town, a village and a spot are taken to have: rough sizes of such
places; a spot may be as large as an airfield."""
# Inhabitants from which a place is a city or a town, where its class does not say so.
_CITY, _TOWN = 50_000, 10_000
# What makes a name read otherwise than it is or stops a format that it is written in; a part of
# `geo.text.UNSEEN`, for Arrow's expressions hold no halves of letters.
_UNSEEN: Final = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
_IS_UNSEEN: Final = re.compile(_UNSEEN)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Dump:
    """The content of a dump.

    Parameters
    ----------
    table
        With the columns of :data:`geo.places.gazetteer.columns.SCHEMA`.
    lines
        Number of lines of the file; ``len(table) + sum(left_out.values())``.
    left_out
        Number of lines that were left out, by reason.
    """

    table: pa.Table
    lines: int
    left_out: Mapping[str, int]


def read_dump(
    data: bytes,
    name: str,
    provinces: Provinces,
    districts: Iterable[tuple[str, str, BaseGeometry]],
    *,
    known: Iterable[str] = (),
    progress: Progress | None = None,
) -> Dump:
    """Read a country dump of GeoNames.

    Parameters
    ----------
    data
        The bytes of ``AF.txt`` or of another country.
    districts
        Id, province and outline of each.
    known
        Ids that the country's own gazetteer has already, such as ``gn1138958``.
    progress
        Called after each thousand places with how many have been folded, and of how many.

    Raises
    ------
    IntakeError
        The file is not such a dump, or none of it is in the country.
    """
    raw, broken = _parsed(data, name)
    left_out = Counter({"broken lines": broken} if broken else {})
    kept = _positioned(_of_use(raw, set(known), left_out), left_out)
    province = provinces.index_of(kept["latitude"].to_numpy(), kept["longitude"].to_numpy())
    inside = province >= 0
    left_out["outside every province"] += int((~inside).sum())
    kept, province = kept.filter(pa.array(inside)), province[inside]
    if not kept.num_rows:
        raise IntakeError(
            f"{name}: none of its places is in this country; is it the dump of another country?"
        )
    codes = np.array(provinces.codes, dtype=object)[province]
    table = _columns(kept, codes, _districts(kept, codes, districts), progress)
    return Dump(table, raw.num_rows + broken, {why: n for why, n in left_out.items() if n})


def _parsed(data: bytes, name: str) -> tuple[pa.Table, int]:
    if len(data) > (most := limits.MAX_DUMP_BYTES):
        raise IntakeError(f"{name}: larger than {most:,} bytes; use the dump of one country")
    if data[:2] == b"PK":
        raise IntakeError(f"{name}: is a ZIP archive; unpack it and give the text file in it")
    _check_text(data, name)
    broken = 0

    def skip(_row: Any) -> str:
        nonlocal broken
        broken += 1
        return "skip"

    try:
        table = pcsv.read_csv(
            pa.BufferReader(data.removeprefix(b"\xef\xbb\xbf")),
            read_options=pcsv.ReadOptions(column_names=list(COLUMNS), use_threads=False),
            parse_options=pcsv.ParseOptions(
                delimiter="\t", quote_char=False, invalid_row_handler=skip
            ),
            convert_options=pcsv.ConvertOptions(
                include_columns=list(_USED),
                column_types={column: pa.string() for column in _USED},
            ),
        )
    except pa.ArrowInvalid as error:
        said = str(error).splitlines()[0][:80]
        raise IntakeError(f"{name}: is not a GeoNames dump ({said})") from error
    if not table.num_rows or not _is_dump(table):
        raise IntakeError(
            f"{name}: is not a GeoNames dump; expected {len(COLUMNS)} tab-separated columns "
            "without a heading, such as the text file in the ZIP of a country"
        )
    return table, broken


def _check_text(data: bytes, name: str) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise IntakeError(f"{name}: byte {fault.start} is not UTF-8; GeoNames dumps are") from fault


def _is_dump(table: pa.Table) -> bool:
    first = table.slice(0, 100)
    ids = pc.match_substring_regex(first["geonameid"], r"^\d{1,12}$")
    return bool(pc.any(ids).as_py())


def _of_use(raw: pa.Table, known: set[str], left_out: Counter[str]) -> pa.Table:
    kind, code = raw["feature_class"], raw["feature_code"]
    is_gone = pc.is_in(code, pa.array(sorted(GONE)))
    is_settlement = pc.and_(pc.equal(kind, "P"), pc.invert(is_gone))
    is_spot = pc.and_(pc.equal(kind, "S"), pc.is_in(code, pa.array(sorted(SPOTS))))
    ids = pc.binary_join_element_wise("gn", raw["geonameid"], "")
    is_known = pc.is_in(ids, pa.array(sorted(known), pa.string()))
    length = pc.utf8_length(raw["name"])
    is_named = pc.and_(pc.greater(length, 0), pc.less_equal(length, limits.MAX_NAME))
    is_named = pc.and_(is_named, pc.invert(pc.match_substring_regex(raw["name"], _UNSEEN)))
    useful = pc.or_(is_settlement, is_spot)
    steps = (
        ("not a settlement or site, such as mountains and streams", useful),
        ("without a name that can be read", is_named),
        ("in the gazetteer already", pc.invert(is_known)),
    )
    kept = np.ones(raw.num_rows, dtype=bool)
    for why, passes in steps:
        now = kept & _flags(passes)
        left_out[why] += int(kept.sum() - now.sum())
        kept = now
    return raw.append_column("id", ids).filter(pa.array(kept))


def _positioned(table: pa.Table, left_out: Counter[str]) -> pa.Table:
    lat, lon = (_numbers(table[column]) for column in ("latitude", "longitude"))
    good = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)  # noqa: PLR2004 - the poles and the date line
    left_out["without a position"] += int((~good).sum())
    table = table.set_column(table.column_names.index("latitude"), "latitude", pa.array(lat))
    table = table.set_column(table.column_names.index("longitude"), "longitude", pa.array(lon))
    return table.filter(pa.array(good))


def _numbers(texts: pa.ChunkedArray) -> NDArray[np.float64]:
    """Numbers of texts; what is not a number is NaN."""
    is_number = pc.match_substring_regex(texts, r"^[+-]?\d{1,9}(\.\d{1,12})?$")
    clean = pc.if_else(is_number, texts, pa.scalar(None, pa.string()))
    return np.asarray(pc.cast(clean, pa.float64()).to_numpy(), dtype=np.float64)


def _flags(mask: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(mask, fill_value=False).to_numpy(), dtype=np.bool_)


def _districts(
    table: pa.Table,
    codes: NDArray[np.object_],
    districts: Iterable[tuple[str, str, BaseGeometry]],
) -> list[str | None]:
    """The district that each place is in, of those of its province."""
    listed = list(districts)
    found: list[str | None] = [None] * table.num_rows
    points = shapely.points(table["longitude"].to_numpy(), table["latitude"].to_numpy())
    tree = shapely.STRtree([outline for _, _, outline in listed])
    for point, district in tree.query(points, predicate="intersects").T:
        if listed[district][1] == codes[point]:
            found[point] = listed[district][0]
    return found


def _columns(
    table: pa.Table,
    codes: NDArray[np.object_],
    districts: list[str | None],
    progress: Progress | None,
) -> pa.Table:
    population = np.nan_to_num(_numbers(table["population"]))
    feature = table["feature_code"].to_pylist()
    is_spot = _flags(pc.equal(table["feature_class"], "S"))
    names = list(_names(table, progress))
    return pa.Table.from_arrays(
        [
            table["id"].combine_chunks(),
            pa.array(np.where(is_spot, "site", "settlement").tolist()),
            table["name"].combine_chunks(),
            pa.array([also for also, _ in names], pa.list_(pa.string())),
            pa.array([keys for _, keys in names], pa.list_(pa.string())),
            pa.array(codes.tolist(), pa.string()),
            pa.array(districts, pa.string()),
            table["latitude"].combine_chunks(),
            table["longitude"].combine_chunks(),
            pa.array(list(map(_uncertainty, is_spot, feature, population)), pa.float64()),
            pa.array(
                [{"PPLC": "country", "PPLA": "province"}.get(f) for f in feature], pa.string()
            ),
        ],
        schema=SCHEMA,
    )


def _names(table: pa.Table, progress: Progress | None) -> Iterator[tuple[list[str], list[str]]]:
    """Other names and all folded names of each place."""
    whole = table.num_rows
    columns = (table[column].to_pylist() for column in ("name", "asciiname", "alternatenames"))
    for at, (name, plain, others) in enumerate(zip(*columns, strict=True)):
        listed = [plain or "", *(others or "").split(",")]
        also = [
            one
            for one in dict.fromkeys(listed)
            if one and one != name and len(one) <= limits.MAX_NAME and not _IS_UNSEEN.search(one)
        ]
        keys = dict.fromkeys(fold_name(one) for one in (name, *also))
        yield also, [key for key in keys if key]
        if progress is not None and at % 1000 == 0:
            progress(at, whole)


def _uncertainty(is_spot: bool, feature: str, population: float) -> float:  # noqa: FBT001 - one of the columns of a row
    """The radius in metres that a place is taken to have, from its class and population."""
    if is_spot:
        return SPOT_M
    if feature in {"PPLC", "PPLA"} or population >= _CITY:
        return CITY_M
    return TOWN_M if feature == "PPLA2" or population >= _TOWN else VILLAGE_M
