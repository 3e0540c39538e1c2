"""The sizes of the measurements. Imports none of the libraries, because the runner imports it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
"""Numbers of events."""
OURS: Final = "incident_map"
ONE_PLACE: Final = (500, 2_000)
"""Numbers of records in one place, for a figure."""
RIVALS: Final = ("marker", "circle_marker", "geojson", "fast_marker_cluster")
CAPS: Final = MappingProxyType(
    {
        ("documents", "marker"): 100_000,
        ("documents", "circle_marker"): 100_000,
        ("browser", "marker"): 10_000,
        ("browser", "circle_marker"): 100_000,
        ("browser", "geojson"): 100_000,
        ("browser", "fast_marker_cluster"): 100_000,
        ("app", "streamlit_folium"): 10_000,
    }
)
"""The largest size at which each is run; larger ones take a quarter of an hour or never end."""
