"""What the layers of a vector tile mean, in the schemas that most makers of tiles follow.

Protomaps Basemap 4 and 3 (*Basemap Layers*, docs.protomaps.com, 2025), OpenMapTiles 3.15
(openmaptiles.org/schema, 2024) and Shortbread 1.0 (shortbread-tiles.org/schema, 2023). All three
name roads as OpenStreetMap does. Boundaries, names and buildings are not taken: the country's own
boundaries are drawn, and names stand where its base map has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from geo.places.country.vector_tiles import PartKind, Values

ShapeKind = Literal["road", "rail", "stream", "line", "built", "water", "area"]
"""Lines: roads, railways, running water, others. Areas: built-up, water, others."""

_ROADS: Final = frozenset({"roads", "transportation", "streets"})
_TRACKS: Final = frozenset({"transit"})
_WATER: Final = frozenset({"water", "waterway", "ocean", "water_polygons", "water_lines"})
_LINES: Final = frozenset({"physical_line"})
"""Rivers and, in the same layer, cliffs and the like."""
_LAND: Final = frozenset({"landuse", "landcover", "land"})
_RANKS: Final = {
    "motorway": 1, "trunk": 1, "highway": 1, "primary": 2, "major_road": 2, "secondary": 3,
    "medium_road": 3, "tertiary": 4, "track": 6, "path": 6, "footway": 6, "cycleway": 6,
    "steps": 6, "bridleway": 6, "pedestrian": 6, "corridor": 6,
}  # fmt: skip
"""Rank of a road by its class in OpenStreetMap and in the schemas made from it; 1 is the widest."""
_LOCAL: Final = 5
"""Rank of any other road: residential, unclassified, service, minor."""
_RAIL: Final = frozenset({
    "rail", "transit", "light_rail", "narrow_gauge", "subway", "tram", "monorail", "funicular",
})  # fmt: skip
_NO_ROAD: Final = frozenset(
    {"ferry", "pier", "aerialway", "aeroway", "runway", "taxiway", "bridge"}
)
_NOT_YET: Final = "construction"
"""Ends what is said of a road that is being built."""
_BUILT: Final = frozenset({
    "residential", "urban_area", "urban", "suburb", "quarter", "neighbourhood", "commercial",
    "industrial", "retail",
})  # fmt: skip
_KIND_FIELDS: Final = (
    "kind_detail", "highway", "railway", "kind", "pmap:kind", "class", "type", "landuse",
)  # fmt: skip
"""Where the schemas, and files of others, say what a feature is; the finest first."""


def known_layers(names: Iterable[str]) -> frozenset[str]:
    """Those of the layers whose meaning is known.

    Examples
    --------
    >>> sorted(known_layers(["roads", "pois", "water"])), sorted(known_layers(["survey"]))
    (['roads', 'water'], [])
    """
    return (_ROADS | _TRACKS | _WATER | _LINES | _LAND) & frozenset(names)


def meaning(layer: str, part: PartKind, values: Values) -> tuple[ShapeKind, int] | None:
    """What a feature of a known layer is drawn as, and its rank; nothing for what is not drawn.

    Returns
    -------
    Roads have ranks 1 (motorways and trunk roads) to 6 (tracks and paths), all else 1.

    Examples
    --------
    >>> meaning("roads", "line", {"kind": "major_road", "kind_detail": "secondary"})
    ('road', 3)
    >>> meaning("transportation", "line", {"class": "ferry"})
    """
    said = [str(values[field]) for field in _KIND_FIELDS if field in values]
    if layer in _ROADS:
        return _way(said) if part == "line" else None
    if layer in _TRACKS:
        return ("rail", 1) if part == "line" and not _RAIL.isdisjoint(said) else None
    if layer in _LINES:
        return ("stream", 1) if part == "line" and "waterway" in values else None
    if layer in _WATER:
        return ("stream" if part == "line" else "water"), 1
    return ("built", 1) if part == "area" and not _BUILT.isdisjoint(said) else None


def _way(said: list[str]) -> tuple[ShapeKind, int] | None:
    if not _NO_ROAD.isdisjoint(said) or any(word.endswith(_NOT_YET) for word in said):
        return None
    if not _RAIL.isdisjoint(said):
        return "rail", 1
    bare = (word.removesuffix("_link") for word in said)
    return "road", next((_RANKS[word] for word in bare if word in _RANKS), _LOCAL)
