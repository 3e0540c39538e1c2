"""Read rows of Insecurity Insight's incident data on HDX as events.

The files cover aid workers, education, health care, food, camps, sexual violence and explosive
weapons; date, place and perpetrator are in the same columns in all of them. ``Geo Precision`` has
the codes of UCDP GED (codebook 23.1) in brackets before a word: 1 exact, 2 within 25 km, 3
a district, 4 a province, 5 a line, 6 the country. The files do not name districts, so a 3 is drawn
as the province. The number of people killed is a minimum: a file counts only those it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.events.cells.values import people_counts
from geo.events.columns.columns import CodedColumn
from geo.events.columns.formats import INSIGHT_IDS
from geo.events.columns.text_cells import blanked
from geo.events.judging.dates import days_of
from geo.events.judging.draft import DATE_PRECISIONS, Draft, StatedColumns
from geo.events.judging.fatalities import fatality_columns, not_stated
from geo.events.parties.parties import SideColumns, StatedParties
from geo.events.placing.precisions import NOT_READ, precision_of
from geo.events.placing.rows import PROVINCE_, UNKNOWN, StatedLocations

_PLACES: Final = (
    "location of incident", "location of event", "camp name",
    "location where sexual violence was committed",
)  # fmt: skip
_TEXTS: Final = ("event description", "event public description")
_KILLED: Final = (
    "aid workers killed", "educators killed", "students killed", "health workers killed",
    "camp resident killed", "service provider killed",
)  # fmt: skip
_PUBLISHER: Final = "Insecurity Insight"


def judge_insecurity_insight(draft: Draft) -> StatedColumns:
    """Read the rows, and reject those that cannot be used."""
    if any(name in draft for name in INSIGHT_IDS):
        draft.unique(*INSIGHT_IDS)
    day = days_of(draft, "date")
    draft.not_after_today(day, "date")
    lat, lon, _ = draft.position()
    province = blanked(draft["admin 1"])
    country = "country iso" if "country iso" in draft else "country"
    locations = StatedLocations(
        draft.get(country), province, CodedColumn.same("", draft.rows),
        blanked(_first(draft, _PLACES)), lat, lon, _precision(draft), np.full(lat.size, np.nan),
        tuple(draft.called(name) for name in (country, "admin 1", "admin 2", "latitude")),
    )  # fmt: skip
    exact = np.full(draft.rows, DATE_PRECISIONS.index("day"), np.int8)
    return StatedColumns(day, day, exact, locations, _parties(draft, day), _deaths(draft))


def insecurity_insight_columns(draft: Draft) -> Iterator[tuple[str, Any]]:
    """Yield the columns of an event table that are copied from the file."""
    empty = CodedColumn.same("", draft.rows).column()
    known = next((name for name in INSIGHT_IDS if name in draft), None)
    yield "id", draft.row_ids() if known is None else draft.text(known)
    yield "event", empty
    yield "subevent", empty
    yield "source", CodedColumn.same(_PUBLISHER, draft.rows).column()
    yield "notes", draft.text(next((name for name in _TEXTS if name in draft), _TEXTS[0]))


def _first(draft: Draft, names: tuple[str, ...]) -> CodedColumn:
    return draft[next((name for name in names if name in draft), names[0])]


def _precision(draft: Draft) -> NDArray[np.int8]:
    column = draft["geo precision"]
    precision = column.each(lambda text: precision_of(text, "ucdp", {}), np.int8)
    unknown = (precision == NOT_READ) | (precision == UNKNOWN)
    draft.doubt(unknown, "geo precision", "not a known code; only the province is used")
    return np.where(unknown, PROVINCE_, precision).astype(np.int8)


def _parties(draft: Draft, day: NDArray[np.int32]) -> StatedParties:
    name = "reported perpetrator name"
    nobody = np.zeros(draft.rows, dtype=bool)
    return StatedParties(
        (SideColumns((draft[name],), nobody, (draft.called(name),)),), (nobody,), day, day
    )


def _deaths(draft: Draft) -> dict[str, Any]:
    """Return a minimum: 0 among the people a file is about says nothing of other fatalities."""
    parts = [np.maximum(people_counts(draft[name]), 0) for name in _KILLED if name in draft]
    killed = np.sum(parts, axis=0, dtype=np.int64) if parts else np.zeros(draft.rows, np.int64)
    least = np.where(killed > 0, killed, -1).astype(np.int32)
    none = not_stated(draft.rows)
    return fatality_columns(least, none, none, "reported")
