"""The smallest app around a map: a button that changes nothing, and the map below it.

`app.py` serves it; environment variables set the map, and the file for the cost of each run.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

START = time.perf_counter()
USED = time.process_time()

import streamlit as st  # noqa: E402 - importing it the first time is a cost of the first run

from benchmarks import data, documents  # noqa: E402 - after the clocks
from benchmarks.sizes import OURS  # noqa: E402 - after the clocks
from geo.app.frame import map_frame  # noqa: E402 - after the clocks

KIND, ROWS = os.environ["BENCH_MAP"], int(os.environ["BENCH_ROWS"])


@st.cache_resource
def _document(rows: int) -> str:
    return documents.path_of(OURS, rows).read_text(encoding="utf-8")


def _ours(rows: int) -> None:
    map_frame(_document(rows), view={}, revision=0, key="map")


def _streamlit_folium(rows: int) -> None:
    from streamlit_folium import st_folium  # noqa: PLC0415 - not everywhere

    st_folium(documents.folium_map(data.plain(rows), "circle_marker"), key="map", height=600)


st.button("Again")
{OURS: _ours, "streamlit_folium": _streamlit_folium}[KIND](ROWS)
with Path(os.environ["BENCH_NOTES"]).open("a", encoding="utf-8") as notes:
    notes.write(f"{START} {USED} {time.perf_counter() - START}\n")
