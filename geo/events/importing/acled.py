"""Read rows of an ACLED export as events.

Columns and codes are those of the *ACLED Codebook* (2023).

``actor1`` and ``actor2`` imply no direction: both are parties. One side acts upon the other only
where the file says that civilians were targeted. ``geo_precision`` 3 means a province, whatever
place and point the row gives; 1 means a named town, never a position within it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from geo.dossier.records import EventType
from geo.events.cells.values import (
    NO_DAY,
    month_around,
)
from geo.events.columns.text_cells import blanked, is_empty
from geo.events.judging.dates import days_of
from geo.events.judging.draft import DATE_PRECISIONS, Draft, StatedColumns
from geo.events.judging.fatalities import Figures, fatality_columns, plain_figures
from geo.events.parties.names import people
from geo.events.parties.parties import SideColumns, StatedParties
from geo.events.parties.roles import PEOPLE, role_of
from geo.events.placing.rows import DISTRICT_, NEAR, PROVINCE_, SETTLEMENT, StatedLocations

EVENTS: Final = frozenset(get_args(EventType))

_DAY, _WEEK, _MONTH = (DATE_PRECISIONS.index(name) for name in ("day", "week", "month"))
_TIME: Final = {"1": _DAY, "2": _WEEK, "3": _MONTH}
_GEO: Final = {"1": SETTLEMENT, "2": NEAR, "3": PROVINCE_}
_AROUND: Final = 3
"""Days before and after the date of a row that is known only to the week."""
_STRUCK: Final = "violence against civilians"
_UNKNOWN: Final = -9
"""A code that is not in the codebook: outside the positions of all precisions."""


def judge_acled(draft: Draft) -> StatedColumns:
    """Read the rows, and reject those that cannot be used."""
    draft.unique("event_id_cnty", "data_id")
    day = days_of(draft, "event_date")
    time = _code(draft, "time_precision", _TIME, "expected 1 (day), 2 (week) or 3 (month)")
    geo = _code(draft, "geo_precision", _GEO, "expected 1 (town), 2 (near) or 3 (province)")
    killed = plain_figures(draft, "fatalities")
    lat, lon, _ = draft.position()
    earliest, latest = _interval(day, time)
    draft.not_after_today(earliest, "event_date")
    _roles(draft)
    _old_types(draft)
    return StatedColumns(
        earliest, latest, time, StatedLocations(
            draft.get("country"), draft["admin1"], draft["admin2"], draft["location"], lat, lon,
            _named_district(draft, geo), np.full(lat.size, np.nan),
            tuple(draft.called(name) for name in ("country", "admin1", "admin2", "latitude")),
        ), _parties(draft, earliest, latest), _deaths(killed),
    )  # fmt: skip


def acled_columns(draft: Draft) -> Iterator[tuple[str, Any]]:
    """Yield the columns of an event table that are copied from the file."""
    yield "id", draft.text("event_id_cnty", "data_id")
    yield "event", draft["event_type"].column()
    yield "subevent", draft["sub_event_type"].column()
    yield "source", draft["source"].column()
    yield "notes", draft.text("notes")


def _code(draft: Draft, name: str, known: dict[str, int], expected: str) -> NDArray[np.int8]:
    column = draft[name]
    found = column.each(lambda text: known.get(text.strip(), _UNKNOWN), np.int8)
    draft.reject(found == _UNKNOWN, name, expected)
    return found


def _interval(
    day: NDArray[np.int32], time: NDArray[np.int8]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the interval: three days before and after for a week, or the calendar month."""
    week = np.where(time == _WEEK, _AROUND, 0).astype(np.int32)
    known = day != NO_DAY
    earliest, latest = np.where(known, day - week, day), np.where(known, day + week, day)
    month = np.flatnonzero((time == _MONTH) & known)
    inside, number = np.unique(day[month], return_inverse=True)
    around = np.array([month_around(one) for one in inside.tolist()], np.int32).reshape(-1, 2)
    earliest[month], latest[month] = around[number, 0], around[number, 1]
    return earliest.astype(np.int32), latest.astype(np.int32)


def _named_district(draft: Draft, geo: NDArray[np.int8]) -> NDArray[np.int8]:
    """Use the district of a row that is known to part of a region and names no place."""
    only_district = (
        (geo == NEAR) & blanked(draft["admin2"]).filled & ~blanked(draft["location"]).filled
    )
    return np.where(only_district, np.int8(DISTRICT_), geo)


def _roles(draft: Draft) -> None:
    for name in ("inter1", "inter2"):
        column = draft[name]
        strange = column.each(lambda text: not (_is_none(text) or role_of(text)), np.bool_)
        draft.doubt(strange, name, "not one of ACLED's actor types; not used")


def _is_none(text: str) -> bool:
    """Tell whether a cell of a coded column says that there is none, in words or as 0."""
    return is_empty(text) or text.strip() == "0"


def _old_types(draft: Draft) -> None:
    column = draft["event_type"]
    known = column.each(lambda text: text.strip() in EVENTS or is_empty(text), np.bool_)
    reason = "not one of ACLED's six current event types; kept as in the file"
    draft.doubt(~known, "event_type", reason)


def _parties(draft: Draft, earliest: NDArray[np.int32], latest: NDArray[np.int32]) -> StatedParties:
    one, two = (_side(draft, number) for number in (1, 2))
    targeted = draft["civilian_targeting"].each(lambda text: not _is_none(text), np.bool_)
    targeted |= draft["event_type"].each(lambda text: text.strip().lower() == _STRUCK, np.bool_)
    return StatedParties(
        (one, two), (targeted & one.people, targeted & two.people), earliest, latest
    )  # fmt: skip


def _side(draft: Draft, number: int) -> SideColumns:
    """Return an actor and its associates, which releases before 2018 call allies."""
    actor, inter = f"actor{number}", draft[f"inter{number}"]
    beside = next(
        (name for name in (f"assoc_actor_{number}", f"ally_actor_{number}") if name in draft),
        f"assoc_actor_{number}",
    )
    is_people = inter.each(lambda text: role_of(text) in PEOPLE, np.bool_)
    # Where the file does not state the kind of an actor, its name shows it.
    silent = inter.each(lambda text: not role_of(text), np.bool_)
    is_people |= silent & draft[actor].each(lambda text: bool(people(text)), np.bool_)
    columns = (actor, beside)
    return SideColumns(
        tuple(draft[name] for name in columns), is_people,
        tuple(draft.called(name) for name in columns),
    )  # fmt: skip


def _deaths(killed: tuple[Figures, Figures, Figures]) -> dict[str, Any]:
    """Return the fatality columns; ACLED's figure is conservative, so it is not an upper bound."""
    low, best, high = killed
    return fatality_columns(np.where(low >= 0, low, best), best, high, "acled_reported")
