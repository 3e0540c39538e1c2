"""The name of a point on a figure: what all records at that point share.

Several places can share one point, such as a ministry whose street is unknown and the town around
it. The name of one place would put the records of the other under a place that their sources do
not name, so the point takes a name that is true of every record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo.places.country import Country


def shared_name(rows: Sequence[Mapping[str, Any]], country: Country) -> str:
    """The most exact name that is true of every row at one point.

    Parameters
    ----------
    rows
        Rows of the located table with the same point, precision and uncertainty; at least one.

    Returns
    -------
    The name that all of them share; otherwise the town that they are all in; otherwise the
    district or province that they share; otherwise the name of the country.
    """
    names = {_called(row) for row in rows}
    if len(names) == 1:
        return names.pop()
    return _town(rows) or _unit(rows, country) or country.name


def _called(row: Mapping[str, Any]) -> str:
    name = str(row["place_name"] or row["place_text"])
    is_around = row["precision"] == "near" and not name.casefold().startswith("near ")
    return f"near {name}" if is_around else name


def _town(rows: Sequence[Mapping[str, Any]]) -> str:
    """The town, if every row is known only to that one town."""
    if any(row["precision"] != "settlement" for row in rows):
        return ""
    towns = {_called(row) for row in rows if row["place_kind"] == "settlement"}
    return towns.pop() if len(towns) == 1 else ""


def _unit(rows: Sequence[Mapping[str, Any]], country: Country) -> str:
    districts = {row["district"] for row in rows}
    if len(districts) == 1 and (district := country.districts.get(next(iter(districts)))):
        return f"{district.name} district"
    shared = set.intersection(*(set(row["provinces"]) for row in rows))
    if len(shared) == 1 and (code := shared.pop()) in country.provinces:
        return f"{country.provinces[code].name} province"
    return ""
