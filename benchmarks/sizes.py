"""What is measured at which size. Knows no library, for it stands beside the runner."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
OURS: Final = "incident_map"
ONE_PLACE: Final = (500, 2_000)
"""Records in one place of which a figure is made."""
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
"""The largest size at which each is run: beyond it, it takes a quarter of an hour or never ends."""
