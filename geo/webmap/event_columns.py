"""An event table as typed columns, so that the map document can hold a million events.

A curated record is an object with sentences; an event is a row of small integers. Many events share
a place or a date, so each event refers by number to its *spot* and its *span*, which are stored
once, in separate columns. All columns are little-endian, of the smallest type that holds their
values, each starting at a multiple of eight bytes in one gzipped block. Separate lists give the
meaning of the numbers. Texts (id, notes and source of each row) are included for up to
:data:`MOST_TEXTS` events; beyond that they stay in the event table.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.errors import IntakeError
from geo.events.columns.columns import Combinations
from geo.events.parties.actors import Registry
from geo.places.country import Country
from geo.places.locations import Off
from geo.table.search import fold_all
from geo.view import UNNAMED
from geo.wording import vocabulary

UNMATCHED: Final = "unmatched"
"""Key of the group for parties that are not in the registry."""
MOST_TEXTS: Final = 20_000
"""Most events whose texts are included in the document; more would make up most of its size."""
MOST_COMBINATIONS: Final = 4_000
"""Most combinations of groups: a few hundred are already many, and each slows down filtering."""
DEGREE: Final = 100_000
"""Integer steps per degree of latitude and longitude, each about a metre."""
NO_POINT: Final = -(2**31)
"""Latitude and longitude of an event without a point: the lowest int32, outside all coordinates."""
NO_DAY: Final = -(2**31)
"""An open end of a span: the lowest int32, outside all days since 1970."""
NOT_STATED: Final = -1
"""Fatalities that are not stated; never 0."""
_ALIGN: Final = 8
"""Bytes: a JavaScript typed array must start at a multiple of its element size, at most 8
(ECMA-262, TypedArray constructors)."""
_OFFS: Final = get_args(Off)
TEXTS: Final = ("id", "notes", "source")
DRAWN: Final = (
    "id", "groups", "unmatched", "against", "event", "subevent", "earliest", "latest", "place_text",
    "place_name", "precision", "province", "district", "lat", "lon", "uncertainty_m", "off",
    "status", "attribution", "killed_low", "killed_best", "killed_high", "killed_basis", "source",
    "notes",
)  # fmt: skip
"""The columns of an event table that a map needs."""


_TYPES: Final = ("uint8", "int8", "uint16", "int16", "uint32", "int32")
_SPAN: Final = ("from", "to")
_SPOT: Final = (
    "province", "precision", "off", "district", "uncertainty_m", "place", "lat", "lon",
)  # fmt: skip
"""The columns that events in the same place share."""

_Codes = Mapping[str, NDArray[np.int64]]


class _ColumnBlock:
    """Columns packed one after the other."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, columns: _Codes) -> list[list[Any]]:
        """Append columns; returns name, type and offset in bytes of each."""
        return [self._add(name, values) for name, values in columns.items()]

    def _add(self, name: str, values: NDArray[np.int64]) -> list[Any]:
        low, high = int(values.min(initial=0)), int(values.max(initial=0))
        limits = {dtype: np.iinfo(dtype) for dtype in _TYPES}
        dtype = next(one for one in _TYPES if limits[one].min <= low and high <= limits[one].max)
        data = values.astype(np.dtype(dtype).newbyteorder("<")).tobytes()
        offset = self.size
        self.parts.append(data + bytes(-len(data) % _ALIGN))
        self.size += len(self.parts[-1])
        return [name, dtype, offset]

    def add_shared(
        self, shared: Combinations, order: NDArray[np.int64], columns: _Codes
    ) -> dict[str, Any]:
        """Append columns that events share, with each combination once."""
        once = {name: values[shared.first[order]] for name, values in columns.items()}
        return {"count": order.size, "columns": self.add(once)}

    def packed(self, level: int) -> str:
        whole = gzip.compress(b"".join(self.parts), compresslevel=level, mtime=0)
        return base64.b64encode(whole).decode("ascii")


@dataclass(frozen=True)
class GroupCombinations:
    """The distinct combinations of parties of an event table.

    Parameters
    ----------
    keys
        For each combination, the keys of its groups joined by ``|``.
    number
        For each event, the number of its combination.
    """

    keys: list[str]
    number: NDArray[np.int64]

    @classmethod
    def of(cls, events: pa.Table) -> GroupCombinations:
        """The combinations in the columns of groups and of unmatched parties."""
        known = pc.fill_null(pc.binary_join(events["groups"], "|"), "")
        is_queued = pc.fill_null(pc.greater(pc.list_value_length(events["unmatched"]), 0), False)  # noqa: FBT003 - a value
        both = pc.binary_join_element_wise(known, pc.if_else(is_queued, UNMATCHED, ""), "|")
        trimmed = pc.utf8_trim(both, "|")
        return cls(*_encoded(pc.if_else(pc.equal(trimmed, ""), UNNAMED, trimmed)))

    @property
    def groups(self) -> tuple[str, ...]:
        """Keys of all groups of the events, with unmatched and unnamed last."""
        found = {key for joined in self.keys for key in joined.split("|") if key}
        last = [key for key in (UNMATCHED, UNNAMED) if key in found]
        return (*sorted(found - set(last)), *last)


def event_block(
    events: pa.Table,
    groups: Sequence[str],
    country: Country,
    combinations: GroupCombinations | None = None,
) -> dict[str, Any]:
    """The events as data for JSON; see the docstring of this module.

    Parameters
    ----------
    events
        An event table with the columns of :mod:`geo.events.columns.schema`.
    groups
        Keys of the groups of the document, in its order, including those of :func:`groups_of`.
    country
        The country of the province and district codes.
    combinations
        The combinations of these events, if already computed.

    Returns
    -------
    ``count``; ``combos``, the positions of the groups of each combination; ``columns`` (name,
    dtype, offset in bytes), ``bytes`` and ``data`` of the block; ``spots`` and ``spans``, each with
    ``count`` and ``columns``; ``degree``, the steps per degree; ``lists``, the meaning of the
    numbers in a column; ``search``, folded texts for searching; ``texts``, the id, notes and source
    of each event, or ``None``. Events are sorted by combination of groups, then by first day.

    Raises
    ------
    IntakeError
        If a column has an unknown value or there are too many combinations of groups.
    """
    combos, combo = _combinations(combinations or GroupCombinations.of(events), groups)
    order = _order(events, combo)
    is_few = events.num_rows <= MOST_TEXTS
    table = (events if is_few else events.drop_columns(list(TEXTS))).take(pa.array(order))
    codes, lists = _words(table, country)
    codes |= {"combo": combo[order]} | _numbers(table)
    spot = Combinations.of(*(codes[name] for name in _SPOT))
    span = Combinations.of(*(codes[name] for name in _SPAN))
    # The most frequent spots and the earliest spans first, which compresses better.
    spots = np.argsort(-np.bincount(spot.number), kind="stable")
    spans = np.lexsort([codes[name][span.first] for name in reversed(_SPAN)])
    own = {name: codes[name] for name in codes if name not in (*_SPOT, *_SPAN)}
    own |= {"spot": np.argsort(spots)[spot.number], "span": np.argsort(spans)[span.number]}
    block = _ColumnBlock()
    return {
        "count": table.num_rows,
        "combos": [[groups.index(key) for key in keys] for keys in combos],
        "columns": block.add(own),
        "spots": block.add_shared(spot, spots, {name: codes[name] for name in _SPOT}),
        "spans": block.add_shared(span, spans, {name: codes[name] for name in _SPAN}),
        "bytes": block.size,
        "degree": DEGREE,
        # Best compression of a small block; level 4 of a large one is a little larger, but takes
        # a fraction of the time.
        "data": block.packed(9 if is_few else 4),
        "texts": _texts(table) if is_few else None,
        "lists": lists,
        "search": {name: fold_all(lists[name]) for name in _SEARCHED},
    }


def order_of(events: pa.Table) -> NDArray[np.int64]:
    """For each event of the block, the number of its row in the event table."""
    combinations = GroupCombinations.of(events)
    return _order(events, _combinations(combinations, combinations.groups)[1])


def _order(events: pa.Table, combo: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.lexsort((_days(events["earliest"]), combo))


def groups_of(events: pa.Table) -> tuple[str, ...]:
    """Keys of all groups of the events, with unmatched and unnamed last.

    Returns
    -------
    Group keys in alphabetical order, then :data:`UNMATCHED` and ``not-named`` if they occur.
    """
    return GroupCombinations.of(events).groups


def names_of(events: pa.Table, registry: Registry) -> dict[str, str]:
    """The names of the groups of the events in the registry.

    Returns
    -------
    Key of each group to its name.
    """
    return {key: registry.label(key) for key in groups_of(events)}


def _combinations(
    combinations: GroupCombinations, groups: Sequence[str]
) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
    """Combinations of groups, most frequent first, and the number of each event's combination."""
    keys, codes = combinations.keys, combinations.number
    counts = np.bincount(codes, minlength=len(keys))
    often = [int(at) for at in np.argsort(-counts, kind="stable") if counts[at]]
    if len(often) > MOST_COMBINATIONS:
        raise IntakeError(
            f"the events: {len(often):,} combinations of groups; at most {MOST_COMBINATIONS:,} "
            "are drawn. Take one country or one period"
        )
    position = np.zeros(len(keys), dtype=np.int64)
    position[often] = np.arange(len(often))
    kept = [tuple(dict.fromkeys(keys[at].split("|"))) for at in often]
    strange = sorted({key for keys_ in kept for key in keys_} - set(groups))
    if strange:
        raise IntakeError(f"the events: group {strange[0]!r} is not in the document")
    return kept, position[codes]


def _days(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Days since 1 January 1970; :data:`NO_DAY` where open."""
    days = pc.fill_null(pc.cast(column, pa.int32()), NO_DAY)
    numbers: NDArray[np.int64] = days.to_numpy().astype(np.int64)
    return numbers


def _degrees(column: pa.ChunkedArray) -> NDArray[np.int64]:
    degrees = column.to_numpy()
    known = np.isfinite(degrees)
    steps = np.rint(np.where(known, degrees, 0.0) * DEGREE)
    return np.where(known, steps, NO_POINT).astype(np.int64)


def _dead(column: pa.ChunkedArray) -> NDArray[np.int64]:
    dead: NDArray[np.int64] = pc.fill_null(column, NOT_STATED).to_numpy().astype(np.int64)
    return dead


def _numbers(table: pa.Table) -> dict[str, NDArray[np.int64]]:
    """The numeric columns, by name."""
    days = {"from": _days(table["earliest"]), "to": _days(table["latest"])}
    points = {name: _degrees(table[name]) for name in ("lat", "lon")}
    dead = ("killed_low", "killed_best", "killed_high")
    return days | points | {name: _dead(table[name]) for name in dead}


def _words(
    table: pa.Table, country: Country
) -> tuple[dict[str, NDArray[np.int64]], dict[str, list[Any]]]:
    """The text columns as numbers, by name, and the list of values of each."""
    provinces = ["", *country.provinces.codes]
    fixed = {
        "province": provinces,
        "status": [meaning.key for meaning in vocabulary.STATUSES],
        "precision": [meaning.key for meaning in vocabulary.PRECISIONS],
        "off": list(_OFFS),
    }
    codes = {name: _positions(table[name], words, name) for name, words in fixed.items()}
    place = pc.if_else(
        pc.equal(_plain(table["place_name"]), ""),
        _plain(table["place_text"]),
        _plain(table["place_name"]),
    )
    against = pc.fill_null(pc.binary_join(table["against"], "|"), "")
    columns = {name: table[name] for name in _LISTED} | {"place": place, "against": against}
    lists: dict[str, list[Any]] = {"off": list(_OFFS)}
    for name, column in columns.items():
        lists[name], codes[name] = _encoded(column)
    lists["radius"] = [word or 0 for word in lists.pop("uncertainty_m")]
    lists["against"] = [[key for key in joined.split("|") if key] for joined in lists["against"]]
    return codes, lists


_LISTED: Final = (
    "event",
    "subevent",
    "attribution",
    "killed_basis",
    "district",
    "uncertainty_m",
)
_SEARCHED: Final = ("event", "subevent", "place")


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(pc.cast(column, pa.string()), "")


def _positions(column: pa.ChunkedArray, words: Sequence[str], name: str) -> NDArray[np.int64]:
    """The position of each value among those allowed in a column."""
    found, codes = _encoded(column)
    used = np.bincount(codes, minlength=len(found)) > 0
    positions = {word: at for at, word in enumerate(words)}
    strange = [
        word for word, is_used in zip(found, used, strict=True) if is_used and word not in positions
    ]
    if strange:
        raise IntakeError(f"the events: {name} {strange[0]!r}; expected one of {', '.join(words)}")
    return np.array([positions.get(word, 0) for word in found], dtype=np.int64)[codes]


def _encoded(column: pa.ChunkedArray) -> tuple[list[Any], NDArray[np.int64]]:
    """The distinct values, with an empty one first, and the number of the value of each row."""
    plain = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    words = plain if pa.types.is_dictionary(plain.type) else plain.dictionary_encode()
    if isinstance(words, pa.ChunkedArray):
        words = words.combine_chunks()
    values = ["" if value is None else value for value in words.dictionary.to_pylist()]
    codes = pc.fill_null(words.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    distinct = list(dict.fromkeys(["", *values]))
    places = {value: at for at, value in enumerate(distinct)}
    return distinct, np.array([*(places[value] for value in values), 0], dtype=np.int64)[codes]


def _texts(table: pa.Table) -> dict[str, list[str]]:
    return {name: _plain(table[name]).to_pylist() for name in TEXTS}
