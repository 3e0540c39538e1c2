"""Read rows of a UCDP GED export as events.

Codes are those of the *UCDP Georeferenced Event Dataset Codebook* (version 23.1, 2023).

``where_prec`` 3, 4 and 6 mean a district, a province and the country: the point that GED gives for
them is a centre, never a place. 5 is a line or an area of no definite shape, in practice mostly
inside the unit that the row names, and is drawn as that unit. A direction is stated only for
one-sided violence, where side A acts against civilians.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.events.cells.values import (
    NO_DAY,
)
from geo.events.columns.columns import CodedColumn, Mask
from geo.events.judging.dates import days_of
from geo.events.judging.draft import DATE_PRECISIONS, Draft, StatedColumns, interval_within
from geo.events.judging.fatalities import fatality_columns, fatality_range
from geo.events.parties.parties import SideColumns, StatedParties
from geo.events.placing.rows import (
    COUNTRY,
    DISTRICT_,
    LINE,
    NEAR,
    PROVINCE_,
    SETTLEMENT,
    StatedLocations,
)

_WHERE: Final = {
    "1": SETTLEMENT, "2": NEAR, "3": DISTRICT_, "4": PROVINCE_, "5": LINE, "6": COUNTRY,
}  # fmt: skip
_WATER: Final = "7"
_WHEN: Final = {
    str(code): DATE_PRECISIONS.index(name)
    for code, name in enumerate(("day", "days_2_6", "week", "month", "year"), start=1)
}
_UNKNOWN: Final = -9
"""A code that is not in the codebook: outside the positions of all precisions."""
_ONE_SIDED: Final = "3"


def judge_ucdp(draft: Draft) -> StatedColumns:
    """Read the rows, and reject those that cannot be used."""
    draft.unique("id")
    where = draft["where_prec"]
    precision = where.each(lambda text: _WHERE.get(text.strip(), _UNKNOWN), np.int8)
    water = where.each(lambda text: text.strip() == _WATER, np.bool_)
    draft.reject(
        water, "where_prec", "7 is water or international airspace, not a place in a country"
    )
    odd = (precision == _UNKNOWN) & ~water
    draft.reject(odd, "where_prec", "expected 1 (exact) to 6 (country)")
    earliest, latest, fineness = _when(draft)
    lat, lon, _ = draft.position()
    locations = StatedLocations(
        draft.get("country"), draft["adm_1"], draft["adm_2"], draft["where_coordinates"], lat, lon,
        precision, np.full(lat.size, np.nan),
        tuple(draft.called(name) for name in ("country", "adm_1", "adm_2", "latitude")),
    )  # fmt: skip
    return StatedColumns(
        earliest,
        latest,
        fineness,
        locations,
        _parties(draft, earliest, latest),
        fatality_columns(*fatality_range(draft, ("low", "best", "high")), "ucdp"),
    )


def ucdp_columns(draft: Draft) -> Iterator[tuple[str, Any]]:
    """Yield the columns of an event table that are copied from the file.

    They do not include ACLED's event types: GED has none, and its types of violence differ.
    """
    empty = CodedColumn.same("", draft.rows).column()
    yield "id", draft.text("id")
    yield "event", empty
    yield "subevent", empty
    yield "source", draft["source_office"].column()
    yield "notes", draft.text("source_headline")


def _when(draft: Draft) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    earliest, latest = days_of(draft, "date_start"), days_of(draft, "date_end")
    both = (earliest != NO_DAY) & (latest != NO_DAY)
    draft.reject(both & (latest < earliest), "date_end", "is before date_start")
    draft.not_after_today(earliest, "date_start")
    precision = draft["date_prec"].each(lambda text: _WHEN.get(text.strip(), _UNKNOWN), np.int8)
    draft.reject(precision == _UNKNOWN, "date_prec", "expected 1 (day) to 5 (year)")
    kept = both & (precision != _UNKNOWN)
    finest = np.where(kept, interval_within(earliest, latest, precision), 0).astype(np.int8)
    reason = "the interval is longer; the date is only as precise as the interval"
    draft.doubt(kept & (finest > precision), "date_prec", reason)
    return earliest, latest, finest


def _parties(draft: Draft, earliest: NDArray[np.int32], latest: NDArray[np.int32]) -> StatedParties:
    one_sided = draft["type_of_violence"].each(lambda text: text.strip() == _ONE_SIDED, np.bool_)
    nobody: Mask = np.zeros(draft.rows, dtype=bool)
    a, b = (
        SideColumns((draft[name],), is_people, (draft.called(name),))
        for name, is_people in (("side_a", nobody), ("side_b", one_sided))
    )
    return StatedParties((a, b), (nobody, one_sided), earliest, latest)
