"""A map as one HTML text: ours, and those of folium's own layers with the same points.

python -m benchmarks.documents marker 1000
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import folium
import pandas as pd
from folium.plugins import FastMarkerCluster
from folium.utilities import JsCode

from benchmarks import data
from benchmarks.job import FOLDER, Figures, main, seconds
from benchmarks.sizes import OURS
from geo.webmap.document import document_html

CENTER: Final = (34.5, 66.5)
"""Latitude and longitude of the middle of the map, in degrees: about that of Afghanistan."""
ZOOM: Final = 6
"""Zoom at which Afghanistan fits into the window of the benchmarks."""
COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_POPUP: Final = JsCode("""
function (row) {
    const marker = L.marker(new L.LatLng(row[0], row[1]));
    marker.bindPopup(() => row.slice(2).join('<br>'));
    return marker;
}
""")


def path_of(route: str, rows: int) -> Path:
    """The file of a document."""
    return FOLDER / f"{route}-{rows}.html"


def folium_map(frame: pd.DataFrame, route: str) -> folium.Map:
    """A folium map with a layer for each group and a control that switches them."""
    add = _ADD[route]
    # Clusters need the largest zoom, which is otherwise that of the tiles.
    drawn = folium.Map(
        list(CENTER), zoom_start=ZOOM, maxZoom=18, tiles=None, prefer_canvas=True
    )  # fmt: skip
    for colour, (name, rows) in zip(COLOURS, frame.groupby("group", sort=True), strict=False):
        add(drawn, str(name), rows, colour)
    folium.LayerControl(collapsed=False).add_to(drawn)
    return drawn


def _popup(row: tuple[str, ...]) -> folium.Popup:
    words = zip(data.ATTRIBUTES, row, strict=False)
    return folium.Popup("<br>".join(f"{name}: {value}" for name, value in words))


def _markers(
    drawn: folium.Map, name: str, rows: pd.DataFrame, colour: str, *, is_circle: bool
) -> None:
    layer = folium.FeatureGroup(name)
    for row in rows.itertuples(index=False, name=None):
        where = list(row[-2:])
        if is_circle:
            mark: Any = folium.CircleMarker(where, radius=4, color=colour, popup=_popup(row))
        else:
            mark = folium.Marker(where, popup=_popup(row))
        mark.add_to(layer)
    layer.add_to(drawn)


def _geojson(drawn: folium.Map, name: str, rows: pd.DataFrame, colour: str) -> None:
    names = list(data.ATTRIBUTES)
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(names, row, strict=False)),
            "geometry": {"type": "Point", "coordinates": [row[-1], row[-2]]},
        }
        for row in rows.itertuples(index=False, name=None)
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features}, name=name,
        marker=folium.CircleMarker(radius=4, color=colour), popup=folium.GeoJsonPopup(names),
    ).add_to(drawn)  # fmt: skip


def _clusters(drawn: folium.Map, name: str, rows: pd.DataFrame, _colour: str) -> None:
    values = rows[["lat", "lon", *data.ATTRIBUTES]].to_numpy().tolist()
    FastMarkerCluster(values, callback=_POPUP, name=name).add_to(drawn)


_Add = Callable[[folium.Map, str, pd.DataFrame, str], None]
_ADD: Final[Mapping[str, _Add]] = MappingProxyType(
    {
        "marker": partial(_markers, is_circle=False),
        "circle_marker": partial(_markers, is_circle=True),
        "geojson": _geojson,
        "fast_marker_cluster": _clusters,
    }
)


def _ours(rows: int) -> Figures:
    table, names = data.events(rows)
    desk = data.workspace()
    made: list[str] = []

    def build() -> None:
        made.append(
            document_html(desk, events=table, names=names)
        )  # fmt: skip

    first = seconds(build)
    # The first also compiles folium's templates, which happens once in a process.
    again = seconds(build)
    return _written(OURS, rows, made[-1]) | {"seconds": first, "again": again}


def _rival(route: str, rows: int) -> Figures:
    frame = data.plain(rows)
    made: list[str] = []
    taken = seconds(lambda: made.append(folium_map(frame, route).get_root().render()))
    return _written(route, rows, made[0]) | {"seconds": taken}


def _base(_rows: int) -> Figures:
    """Our document without any events: its fixed size."""
    desk = data.workspace()
    text = document_html(desk)
    return _written(OURS, 0, text)


def _written(route: str, rows: int, text: str) -> Figures:
    path = path_of(route, rows)
    whole = text.encode()
    path.write_bytes(whole)
    return {"bytes": len(whole), "gzip": len(gzip.compress(whole, 6))}


if __name__ == "__main__":
    main({OURS: _ours, "base": _base} | {name: partial(_rival, name) for name in _ADD})
