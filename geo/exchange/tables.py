"""Rows of any table to events, by what a person has said that its columns mean.

Where a row has a point and nothing says how finely it is known, it is taken as known to 25 km: a
point alone may be the middle of anything. A row without a point is placed by its names, as finely
as they go; a name that fits several places is not decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.country import Country
from geo.errors import IntakeError
from geo.exchange.columns import Coded, Combinations, Mask, coded
from geo.exchange.drafting import DATE_PRECISIONS, Draft, Judged, interval_within
from geo.exchange.foreign import SHAPE
from geo.exchange.mapping import ColumnMapping
from geo.exchange.parties import Parties, Side
from geo.exchange.placing_rows import (
    EXACT,
    NEAR,
    NEAR_M,
    PRECISIONS,
    PROVINCE_,
    SETTLEMENT,
    UNKNOWN,
    Said,
)
from geo.exchange.reading import Raw
from geo.exchange.values import (
    EXPECTED_DAY,
    EXPECTED_DEATHS,
    NO_DAY,
    count_column,
    counts,
    day_of,
    degrees,
    degrees_of,
    to_day,
)
from geo.gazetteer import Match, Place
from geo.periods import period
from geo.records import EventType

ADVISED: Final = 500
"""Places of a table for whose unknown names others are suggested; with more, for none."""
EVENTS: Final = frozenset(get_args(EventType))


def names_given(raw: Raw, mapping: ColumnMapping) -> frozenset[tuple[str, ...]] | None:
    """The places that rows name, with province and district; ``None`` for more than are advised.

    Tells of the parts of a file what :func:`judged` sees for itself of a whole one.
    """
    draft = Draft(raw, mapping.columns, only=True)
    draft.fix(mapping.fixed)
    columns = [draft[name] for name in ("place", "province", "district")]
    both = Combinations.of(*(column.codes for column in columns))
    if both.first.size > ADVISED:
        return None
    return frozenset(
        tuple(column.texts[column.codes[row]] for column in columns) for row in both.first.tolist()
    )


def judged(
    raw: Raw, mapping: ColumnMapping, country: Country, today: date | None,
    *, advised: bool | None = None,
) -> tuple[Draft, Judged, Iterator[tuple[str, Any]]]:  # fmt: skip
    """What rows say, what makes some of them unusable, and the columns taken as they are.

    Parameters
    ----------
    advised
        Whether others are suggested for unknown names; ``None``: if :data:`ADVISED` are not passed.
    """
    if not {"date"} <= {*mapping.columns, *mapping.fixed}:
        raise IntakeError("no column is said to be the date; add date=COLUMN")
    lacks = sorted(set(mapping.columns.values()) - set(raw.table.column_names))
    if lacks:
        raise IntakeError(f"{raw.file}: there is no column {lacks[0]!r}, which the mapping names")
    draft = Draft(raw, mapping.columns, today, only=True)
    draft.fix(mapping.fixed)
    if "id" in draft:
        draft.unique("id")
    earliest, latest, fineness = _when(draft)
    said = _where(draft, country, advised=advised)
    nobody: Mask = np.zeros(draft.rows, dtype=bool)
    sides = (Side((draft["groups"],), nobody), Side((draft["against"],), nobody))
    parties = Parties(sides, (nobody, ~nobody), earliest, latest)
    return (
        draft,
        Judged(earliest, latest, fineness, said, parties, _deaths(draft)),
        _columns(draft, raw),
    )


def _columns(draft: Draft, raw: Raw) -> Iterator[tuple[str, Any]]:
    event = draft["event"]
    known = event.each(lambda text: text.strip() in EVENTS, np.bool_)
    draft.doubt(event.filled & ~known, "event", "none of ACLED's six event types; it is left out")
    numbers = np.where(known, event.codes, -1)
    yield "id", draft.text("id") if "id" in draft else _ids(raw.rows)
    yield "event", coded(numbers, event.texts)
    yield "subevent", draft["subevent"].column()
    yield "source", draft["source"].column()
    yield "notes", draft.text("notes")


def _ids(rows: NDArray[np.int64]) -> Any:
    return pa.compute.binary_join_element_wise("row", pa.array(rows).cast(pa.string()), "-")


def _when(draft: Draft) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    begins, ends = draft["date"], draft["date_end"]
    earliest = begins.each(lambda text: _span(text)[0], np.int32)
    last = begins.each(lambda text: _span(text)[1], np.int32)
    draft.reject(earliest == NO_DAY, "date", f"{EXPECTED_DAY}, or an EDTF date such as 2022-05")
    until = ends.each(lambda text: _span(text)[1], np.int32)
    draft.reject(ends.filled & (until == NO_DAY), "date_end", EXPECTED_DAY)
    latest = np.where(until == NO_DAY, last, until).astype(np.int32)
    both = earliest != NO_DAY
    draft.reject(both & (latest < earliest), "date_end", "lies before the date")
    draft.not_after_today(earliest, "date")
    sound = both & (latest >= earliest)
    stated = np.full(draft.rows, DATE_PRECISIONS.index("day"), np.int8)
    fineness = np.where(sound, interval_within(earliest, latest, stated), 0).astype(np.int8)
    return earliest, latest, fineness


def _span(text: str) -> tuple[int, int]:
    """The first and the last day of a date; open ones are no interval."""
    if (day := day_of(text)) != NO_DAY:
        return day, day
    try:
        found = period(text)
    except ValueError:
        return NO_DAY, NO_DAY
    if found.earliest is None or found.latest is None:
        return NO_DAY, NO_DAY
    return to_day(found.earliest), to_day(found.latest)


def _deaths(draft: Draft) -> dict[str, Any]:
    best, low, high = (counts(draft[name]) for name in ("killed", "killed_low", "killed_high"))
    for name, found in (("killed", best), ("killed_low", low), ("killed_high", high)):
        draft.reject((found < 0) & draft[name].filled, name, EXPECTED_DEATHS)
    draft.reject((low >= 0) & (best >= 0) & (low > best), "killed_low", "is more than killed")
    draft.reject((high >= 0) & (best > high), "killed_high", "is less than killed")
    draft.reject((high >= 0) & (low > high), "killed_low", "is more than killed_high")
    stated = (low >= 0) | (best >= 0) | (high >= 0)
    return {
        "killed_low": count_column(low),
        "killed_best": count_column(best),
        "killed_high": count_column(high),
        "killed_basis": coded(np.where(stated, 0, 1), ("reported", "not_stated")),
    }


def _where(draft: Draft, country: Country, *, advised: bool | None) -> Said:
    lat, wrong_lat = degrees(draft["lat"], 90)
    lon, wrong_lon = degrees(draft["lon"], 180)
    draft.reject(wrong_lat, "lat", "expected degrees from -90 to 90")
    draft.reject(wrong_lon, "lon", "expected degrees from -180 to 180")
    half = np.isnan(lat) ^ np.isnan(lon)
    draft.reject(half & ~wrong_lat & ~wrong_lon, "lat", "lat and lon belong together")
    radius = draft["radius_m"].each(degrees_of, np.float64)
    draft.reject(draft["radius_m"].filled & ~(radius >= 0), "radius_m", "expected metres")
    precision = _precision(draft, radius)
    names = (draft["province"], draft["district"])
    said = Said(
        draft.get("country"), *names, draft["place"], lat, lon, precision,
        np.where(radius > 0, np.minimum(radius, NEAR_M), np.nan),
        tuple(draft.called(name) for name in ("country", "province", "district", "lat")),
    )  # fmt: skip
    bare = np.isnan(lat) & np.isnan(lon)
    _say_shapes(draft, bare)
    return _by_names(draft, said, bare, country, advised=advised) if bare.any() else said


def _say_shapes(draft: Draft, bare: Mask) -> None:
    if SHAPE in draft.raw.table.column_names:
        shape = Coded.of(draft.raw.table[SHAPE])
        said = "an outline is no point; the row is placed by its names"
        draft.doubts.add(bare & shape.filled, SHAPE, shape, said)


def _precision(draft: Draft, radius: NDArray[np.float64]) -> NDArray[np.int8]:
    column = draft["precision"]
    words: dict[str, int] = {name: max(at, SETTLEMENT) for at, name in enumerate(PRECISIONS)}
    found = column.each(lambda text: words.get(text.strip().lower(), EXACT), np.int8)
    odd = column.filled & (found == EXACT)
    draft.reject(odd, "precision", f"expected one of {', '.join(PRECISIONS)}")
    by_radius = np.where(radius > NEAR_M, PROVINCE_, NEAR)
    return np.where(found == EXACT, by_radius, found).astype(np.int8)


def _by_names(
    draft: Draft, said: Said, bare: Mask, country: Country, *, advised: bool | None
) -> Said:
    """Place the rows that have no point by the names they give."""
    both = Combinations.of(said.place.codes, said.province.codes, said.district.codes)
    rows = [
        (_at(said.place, at), _at(said.province, at), _at(said.district, at))
        for at in both.first.tolist()
    ]
    gazetteer = country.gazetteer
    # What is spelled alike is only worth looking for where somebody will read it.
    few = len(rows) <= ADVISED if advised is None else advised
    find = gazetteer.find if few else gazetteer.known
    found = [_find(find, country, *names) for names in rows]
    number = both.number[bare]
    lat, lon, precision = said.lat.copy(), said.lon.copy(), said.precision.copy()
    place_of = [match.place if match else None for match in found]
    lat[bare] = np.array([_or_nan(p.lat if p else None) for p in place_of])[number]
    lon[bare] = np.array([_or_nan(p.lon if p else None) for p in place_of])[number]
    finest = np.array([_fineness(match, names) for match, names in zip(found, rows, strict=True)])
    stated = np.where(draft["precision"].filled, said.precision, SETTLEMENT)[bare]
    precision[bare] = np.maximum(finest[number], stated)
    reasons = [_why(match, names) for match, names in zip(found, rows, strict=True)]
    lost = bare & np.array([bool(reason) for reason in reasons])[both.number]
    draft.doubt(lost, "place", Coded(pa.array(reasons, pa.string()), both.number))
    # "Near" carries the radius that the text allows.
    wide = np.array([_or_nan(p.uncertainty_m if p and p.near else None) for p in place_of])
    radius = said.radius_m.copy()
    radius[bare] = np.fmax(radius[bare], wide[number])
    codes = [p.provinces[0] if p and len(p.provinces) == 1 else "" for p in place_of]
    districts = [_district(p) if p else "" for p in place_of]
    abroad = [match.place.name if match and match.status == "outside" and match.place else ""
              for match in found]  # fmt: skip
    return Said(
        _instead(said.country or Coded.same("", draft.rows), abroad, both, bare),
        _instead(said.province, codes, both, bare), _instead(said.district, districts, both, bare),
        said.place, lat, lon, precision.astype(np.int8), radius, said.columns,
    )  # fmt: skip


def _find(
    find: Callable[..., Match], country: Country, place: str, province: str, district: str
) -> Match | None:
    within = province if province in country.provinces else None
    if province and within is None:
        found = find(province, kind="province").place
        if found is None:
            return None
        within = found.id
    if place:
        return find(place, within=within)
    if district:
        return find(district, kind="district", within=within)
    return Match(province, "resolved", country.gazetteer[within]) if within else None


def _at(column: Coded, row: int) -> str:
    text: str = column.texts[int(column.codes[row])]
    return text.strip()


def _or_nan(number: float | None) -> float:
    return float("nan") if number is None else number


def _fineness(match: Match | None, names: tuple[str, ...]) -> int:
    """How finely the names say it; what the place does not, the province may."""
    if match is not None and match.place is not None and match.status != "outside":
        kind = "near" if match.place.near else match.place.kind
        return SETTLEMENT if kind == "site" else PRECISIONS.index(kind)
    return PROVINCE_ if names[1] else UNKNOWN


def _why(match: Match | None, names: tuple[str, ...]) -> str:
    if match is None or match.place is not None:
        return ""
    rest = "; only the province is kept" if names[1] else "; it is not drawn"
    return f"{match.reason.rstrip('.')}{rest}"


def _district(place: Place) -> str:
    return place.id if place.kind == "district" else place.district or ""


def _instead(column: Coded, texts: list[str], both: Combinations, bare: Mask) -> Coded:
    """The column with other texts in the rows that have no point, where there are any."""
    words = pa.concat_arrays([column.words, pa.array(texts, pa.string())])
    filled = np.array([bool(text) for text in texts])[both.number] & bare
    codes = np.where(filled, both.number + len(column.words), column.codes)
    return Coded(words, codes.astype(np.int32))
