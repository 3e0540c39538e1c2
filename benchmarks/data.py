"""The data of the measurements: fictitious, seeded, and made once for each size.

python -m benchmarks.data events 100000
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.job import FOLDER, ROOT, Figures, main
from benchmarks.make_events import write_events as write_csv
from geo.events.importing.importing import import_file
from geo.events.parties.actors import Registry
from geo.events.store.storage import read_events, write_events
from geo.files import writing_whole
from geo.table.workspace import Workspace
from geo.webmap.event_columns import DRAWN, names_of
from geo.workspace import open_workspace

SEED: Final = 1
"""Seed of the random numbers, any fixed value: every run has the same data."""
ATTRIBUTES: Final = (
    "group", "date", "event", "subevent", "place_name", "province", "precision", "killed_best",
)  # fmt: skip
"""The attributes of each event, besides its point, that every way of drawing receives, ours too."""


@cache
def workspace() -> Workspace:
    """The country's folder with its dossier."""
    return open_workspace(ROOT / "data")


@cache
def registry() -> Registry:
    """The names of the parties in event data."""
    return Registry.of_folder(ROOT / "data", workspace().reading.dossier.groups)


def csv_file(rows: int) -> Path:
    """A CSV of fictitious events, in the columns of ACLED."""
    path = FOLDER / f"events-{rows}.csv"
    if not path.exists():
        with writing_whole(path) as part:
            write_csv(Path(part), workspace().country, rows, SEED)
    return path


def table_file(rows: int) -> Path:
    """The same events, imported."""
    path = FOLDER / f"events-{rows}.parquet"
    if not path.exists():
        imported = import_file(csv_file(rows), workspace().country, registry())
        write_events(imported.events, path)
    return path


def events(rows: int) -> tuple[pa.Table, dict[str, str]]:
    """An event table in the columns that a map needs, and the names of its groups."""
    table = read_events(table_file(rows), DRAWN)
    return table, names_of(table, registry())


def plain(rows: int) -> pd.DataFrame:
    """As many points with eight attributes each, in a data frame, as users of folium have them.

    Only events at a point are taken, some twice so that they are as many as asked for: what is
    known only to a province has no place in a marker.
    """
    table = read_events(table_file(rows), DRAWN)
    frame = table.select([name for name in ATTRIBUTES if name not in {"group", "date"}])
    frame = frame.to_pandas().astype({"place_name": str}).assign(
        group=["|".join(keys) or "not-named" for keys in table["groups"].to_pylist()],
        date=table["earliest"].to_pandas().astype(str),
        lat=table["lat"].to_numpy(), lon=table["lon"].to_numpy(),
    )  # fmt: skip
    # As many groups as a legend of layers would list, and the others together.
    often = frame["group"].value_counts().index[:5]
    frame["group"] = frame["group"].where(frame["group"].isin(often), "others")
    at_point = np.flatnonzero(np.isfinite(frame["lat"]))
    taken: pd.DataFrame = frame.iloc[np.resize(at_point, rows)].reset_index(drop=True)
    return taken[[*ATTRIBUTES, "lat", "lon"]].astype(dict.fromkeys(ATTRIBUTES, str))


def _made(rows: int) -> Figures:
    table = read_events(table_file(rows), DRAWN)
    return {
        "csv_mb": round(csv_file(rows).stat().st_size / 1e6, 1),
        "events": table.num_rows,
        "at_point": int(np.isfinite(table["lat"].to_numpy()).sum()),
    }


if __name__ == "__main__":
    main({"events": _made})
