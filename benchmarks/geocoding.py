"""Points to provinces: ours against ``geopandas.sjoin`` and SedonaDB, and whether all agree.

All start from two arrays of degrees. What is made once for a country (our raster, and a data frame
of its outlines) is measured separately.

    python -m benchmarks.geocoding provinces 1000000
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks import data
from benchmarks.job import Figures, best, main, seconds

Floats = NDArray[np.float64]


def _points(rows: int) -> tuple[Floats, Floats]:
    """Points all over the country's box, about half of them in no province."""
    random = np.random.default_rng(data.SEED)
    frame = gpd.GeoSeries([one.outline for one in data.workspace().country.provinces])
    west, south, east, north = frame.total_bounds
    return random.uniform(south, north, rows), random.uniform(west, east, rows)


def _outlines() -> gpd.GeoDataFrame:
    country = data.workspace().country
    outlines = [one.outline for one in country.provinces]
    return gpd.GeoDataFrame(
        {"position": np.arange(len(outlines))}, geometry=outlines, crs="EPSG:4326"
    )


def _joined(lat: Floats, lon: Floats, outlines: gpd.GeoDataFrame) -> NDArray[np.int64]:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    # Not "within", for which a point on a border is in no province.
    found = gpd.sjoin(points, outlines, how="left", predicate="intersects")
    first = found["position"].groupby(level=0).min()
    return first.fillna(-1).to_numpy(dtype=np.int64)


def _provinces(rows: int) -> Figures:
    lat, lon = _points(rows)
    provinces = data.workspace().country.provinces
    raster = seconds(lambda: provinces.index_of(lat[:5000], lon[:5000]))
    ours = provinces.index_of(lat, lon)
    outlines = _outlines()
    joined = _joined(lat, lon, outlines)
    return {
        "raster": raster,
        "ours": best(lambda: provinces.index_of(lat, lon), 5),
        "sjoin": best(lambda: _sjoin_only(lat, lon, outlines)),
        "differ": int((ours != joined).sum()),
        "inside": int((ours >= 0).sum()),
    }


def _sjoin_only(lat: Floats, lon: Floats, outlines: gpd.GeoDataFrame) -> pd.DataFrame:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    return gpd.sjoin(points, outlines, how="left", predicate="intersects")


def _sedona(rows: int) -> Figures:
    """The same join in SedonaDB, where it is installed."""
    if importlib.util.find_spec("sedonadb") is None:
        return {"skipped": "not installed here"}
    lat, lon = _points(rows)
    database: Any = importlib.import_module("sedonadb").connect()
    wkb = _outlines().geometry.to_wkb()
    database.create_data_frame(pd.DataFrame({"wkb": wkb})).to_view("outlines")
    database.create_data_frame(pd.DataFrame({"lat": lat, "lon": lon})).to_view("points")
    asked = (
        "SELECT count(*) AS inside FROM points "
        "JOIN (SELECT ST_GeomFromWKB(wkb) AS outline FROM outlines) AS provinces "
        "ON ST_Intersects(provinces.outline, ST_Point(points.lon, points.lat))"
    )
    inside = int(database.sql(asked).to_pandas()["inside"][0])
    return {"seconds": best(lambda: database.sql(asked).to_pandas()), "inside": inside}


if __name__ == "__main__":
    main({"provinces": _provinces, "sedona": _sedona})
