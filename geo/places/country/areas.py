"""The areas of a country below its provinces, and the land around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from shapely.geometry.base import BaseGeometry

from geo.errors import IntakeError
from geo.places.boundaries import (
    LATITUDE,
    LONGITUDE,
    Feature,
    expect_text,
    expect_text_or_null,
    expect_texts,
    read_features,
)
from geo.places.provinces import Provinces

DISTRICT_PROPERTIES: Final = {
    "name": expect_text,
    "also": expect_texts,
    "iso_3166_2": expect_text,
    "pcode": expect_text_or_null,
    "pcode_scheme": expect_text_or_null,
    "label_lat": LATITUDE,
    "label_lon": LONGITUDE,
}


@dataclass(frozen=True, slots=True)
class District:
    """A district. A district in another province may have the same name.

    Parameters
    ----------
    id
        Unique in the country.
    name, also
        The name to show, and other spellings.
    province
        ISO 3166-2 code.
    pcode, pcode_scheme
        Humanitarian place code and its edition, if the district has one.
    label_lat, label_lon
        Position of the label in degrees, inside the outline.
    outline
        x longitude, y latitude, in degrees.
    """

    id: str
    name: str
    also: tuple[str, ...]
    province: str
    pcode: str | None
    pcode_scheme: str | None
    label_lat: float
    label_lon: float
    outline: BaseGeometry = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbouring country, cut off some way beyond the border."""

    name: str
    outline: BaseGeometry = field(repr=False, compare=False)


def read_districts(data: bytes, provinces: Provinces) -> dict[str, District]:
    """Read districts.

    Returns
    -------
    dict
        The districts by id, in the order of the file; empty for an empty file.

    Raises
    ------
    IntakeError
        A feature is invalid, or is in a province that is not among `provinces`.
    """
    features = read_features(data, "districts.geojson", DISTRICT_PROPERTIES) if data else []
    stray = [
        f"districts.geojson: {feature.properties['name']} ({feature.id}) is assigned to "
        f"{feature.properties['iso_3166_2']!r}, which is not a province in provinces.geojson"
        for feature in features
        if feature.properties["iso_3166_2"] not in provinces
    ]
    if stray:
        raise IntakeError("\n".join(stray))
    return {feature.id: _district(feature) for feature in features}


def _district(feature: Feature) -> District:
    given = feature.properties
    return District(
        id=feature.id,
        name=given["name"],
        also=tuple(given["also"]),
        province=given["iso_3166_2"],
        pcode=given["pcode"],
        pcode_scheme=given["pcode_scheme"],
        label_lat=float(given["label_lat"]),
        label_lon=float(given["label_lon"]),
        outline=feature.outline,
    )


def read_neighbours(data: bytes) -> tuple[Neighbour, ...]:
    """Read the neighbouring countries; an empty file gives none.

    Raises
    ------
    IntakeError
        A feature is invalid.
    """
    features: Iterable[Feature] = (
        read_features(data, "neighbours.geojson", {"name": expect_text}) if data else ()
    )
    return tuple(Neighbour(feature.properties["name"], feature.outline) for feature in features)
