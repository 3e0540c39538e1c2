"""A file of events to an event table, against reading the file with pyarrow and nothing more.

python -m benchmarks.importing acled 1000000
"""

from __future__ import annotations

from pathlib import Path

import pyarrow.csv as pcsv

from benchmarks import data
from benchmarks.job import Figures, best, main
from geo.events.importing.importing import import_file


def _read(path: Path) -> int:
    # Event data have notes of several lines, which pyarrow reads only with this option.
    several = pcsv.ParseOptions(newlines_in_values=True)
    return int(pcsv.read_csv(path, parse_options=several).num_rows)


def _pyarrow(rows: int) -> Figures:
    path = data.csv_file(rows)
    _read(path)
    return {"seconds": best(lambda: _read(path)), "rows": _read(path)}


def _ours(rows: int) -> Figures:
    path, country, registry = data.csv_file(rows), data.workspace().country, data.registry()
    _read(path)
    taken = best(lambda: import_file(path, country, registry), 2)
    found = import_file(path, country, registry)
    return {"seconds": taken, "rows": found.rows, "rejected": found.rejected_rows}


if __name__ == "__main__":
    main({"incident_map": _ours, "pyarrow": _pyarrow})
