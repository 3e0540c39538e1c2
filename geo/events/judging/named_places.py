"""Place rows that have no point by the names they give, and no more precisely.

What a row states outranks what a list knows: a place known only outside the country never answers
for a row that names a province or the country itself, and a row that names another country is not
looked up here at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from geo.events.columns.columns import CodedColumn, Combinations, Mask
from geo.events.judging.draft import Draft
from geo.events.placing.place_names import NOT_STATED, OUTSIDE_COUNTRY, ColumnGazetteer, place_of
from geo.events.placing.rows import PRECISIONS, PROVINCE_, SETTLEMENT, UNKNOWN, StatedLocations
from geo.places.country import Country
from geo.places.gazetteer import Match, Place


@dataclass(frozen=True, slots=True)
class _RowNames:
    """The names of a row, and whether it says that it is in this country."""

    place: str
    province: str
    district: str
    own: int


def place_by_names(
    draft: Draft,
    locations: StatedLocations,
    bare: Mask,
    country: Country,
    stated: Mask,
    *,
    advised: bool,
) -> StatedLocations:
    """Return stated locations in which rows without a point are placed by their names.

    Parameters
    ----------
    bare
        Which rows have no point.
    stated
        Which rows state their own precision.
    advised
        Whether names with a similar spelling are suggested where one is unknown.
    """
    named = locations.country or CodedColumn.same("", draft.rows)
    own = ColumnGazetteer(country).own(named)
    both = Combinations.of(
        locations.place.codes, locations.province.codes, locations.district.codes, own
    )
    rows = [
        _RowNames(
            _at(locations.place, at),
            _at(locations.province, at),
            _at(locations.district, at),
            int(own[at]),
        )
        for at in both.first.tolist()
    ]
    gazetteer = country.gazetteer
    find = gazetteer.find if advised else gazetteer.known
    matches = [_find(find, country, row) for row in rows]
    here = bare & np.array([row.own != OUTSIDE_COUNTRY for row in rows], np.bool_)[both.number]
    number = both.number[bare]
    lat, lon, precision = locations.lat.copy(), locations.lon.copy(), locations.precision.copy()
    places = [match.place if match else None for match in matches]
    lat[bare] = np.array([_or_nan(p.lat if p else None) for p in places])[number]
    lon[bare] = np.array([_or_nan(p.lon if p else None) for p in places])[number]
    finest = np.array([_fineness(match, row) for match, row in zip(matches, rows, strict=True)])
    least = np.where(stated, locations.precision, SETTLEMENT)[bare]
    precision[bare] = np.maximum(finest[number], least)
    reasons = [_why(match, row) for match, row in zip(matches, rows, strict=True)]
    lost = here & np.array([bool(reason) for reason in reasons])[both.number]
    draft.doubt(lost, "place", CodedColumn(pa.array(reasons, pa.string()), both.number))
    # "Near" carries the radius that the text allows.
    wide = np.array([_or_nan(p.uncertainty_m if p and p.near else None) for p in places])
    radius = locations.radius_m.copy()
    radius[bare] = np.fmax(radius[bare], wide[number])
    codes = [p.provinces[0] if p and len(p.provinces) == 1 else "" for p in places]
    districts = [_district(p) if p else "" for p in places]
    outside = [match.place.name if match and match.status == "outside" and match.place else ""
              for match in matches]  # fmt: skip
    return replace(
        locations, country=_instead(named, outside, both, bare),
        province=_instead(locations.province, codes, both, bare),
        district=_instead(locations.district, districts, both, bare),
        lat=lat, lon=lon, precision=precision.astype(np.int8), radius_m=radius,
    )  # fmt: skip


def _find(find: Callable[..., Match], country: Country, row: _RowNames) -> Match | None:
    """Look up the names of a row; ``None`` where its province or country is another's."""
    if row.own == OUTSIDE_COUNTRY:
        return None
    within = row.province if row.province in country.provinces else None
    if row.province and within is None:
        place = place_of(find(row.province, kind="province"), "province")
        if place is None:
            return None
        within = place.id
    if row.place:
        return _inside(find(row.place, within=within), country, within, row)
    if row.district:
        match = find(row.district, kind="district", within=within)
        return _inside(match, country, within, row)
    return Match(row.province, "resolved", country.gazetteer[within]) if within else None


def _inside(match: Match, country: Country, within: str | None, row: _RowNames) -> Match:
    """Drop an answer that contradicts the province or country that the row names."""
    stated = country.gazetteer[within].name if within else country.name
    if match.status == "outside" and (within or row.own != NOT_STATED):
        called = match.place.name if match.place else match.query
        reason = f"{called} is known only as a place outside {country.name}; the row names {stated}"
        return Match(match.query, "unknown", reason=reason)
    if within and match.place is not None and within not in match.place.provinces:
        reason = f"{match.place.name} is not known to be in {stated}, which the row names"
        return Match(match.query, "unknown", reason=reason)
    return match


def _at(column: CodedColumn, row: int) -> str:
    text: str = column.texts[int(column.codes[row])]
    return text.strip()


def _or_nan(number: float | None) -> float:
    return float("nan") if number is None else number


def _fineness(match: Match | None, row: _RowNames) -> int:
    """Return the precision that the names give: that of the place, or else of the province."""
    if match is not None and match.place is not None and match.status != "outside":
        kind = "near" if match.place.near else match.place.kind
        return SETTLEMENT if kind == "site" else PRECISIONS.index(kind)
    return PROVINCE_ if row.province else UNKNOWN


def _why(match: Match | None, row: _RowNames) -> str:
    """Return the warning for an answer that is missing or inferred; empty if there is none."""
    if match is not None and match.status == "inferred":
        return match.reason
    if match is None or match.place is not None:
        return ""
    rest = "; only the province is used" if row.province else "; the row is not mapped"
    return f"{match.reason.rstrip('.')}{rest}"


def _district(place: Place) -> str:
    return place.id if place.kind == "district" else place.district or ""


def _instead(column: CodedColumn, texts: list[str], both: Combinations, bare: Mask) -> CodedColumn:
    """Replace texts of the column in the rows that have no point, where there are any."""
    words = pa.concat_arrays([column.words, pa.array(texts, pa.string())])
    filled = np.array([bool(text) for text in texts])[both.number] & bare
    codes = np.where(filled, both.number + len(column.words), column.codes)
    return CodedColumn(words, codes.astype(np.int32))
