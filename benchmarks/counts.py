"""Counts with bounds of an event table, beside a group-by of pandas that ignores uncertain dates.

python -m benchmarks.counts counts 1000000
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import data
from benchmarks.job import Figures, best, main
from geo.counts.bounds import count_cells
from geo.counts.cells import CountCell
from geo.counts.charting import chart_of
from geo.counts.deciding import decide
from geo.counts.event_rows import COUNTED_COLUMNS, counted_events
from geo.counts.period_units import DayRange, period_name
from geo.counts.saying import CellNames
from geo.counts.statements import CheckedStatement, HasMost, MoreIn, Rises
from geo.events.store.storage import read_events


def _counts(rows: int) -> Figures:
    events = read_events(data.table_file(rows), COUNTED_COLUMNS)
    names = CellNames.of(data.workspace())
    counted = counted_events(events)
    last = int(counted.last_high.max())
    months = count_cells(counted, ("month",))
    name = period_name(months[len(months) // 2].cell.days, "month")
    provinces = sorted({code for one in counted.places for code in one.fixed})
    found = {
        "prepared": best(lambda: counted_events(events)),
        "chart": best(lambda: chart_of(counted, "month", names, "")),
        "cells": best(lambda: count_cells(counted, ("province", "month"))),
        "pandas": best(lambda: _group_by(events)),
    }
    one, other = (CountCell(provinces=(code,)) for code in provinces[:2])
    statements: dict[str, CheckedStatement] = {
        "more": MoreIn(one, other),
        "rises": Rises("month", DayRange(last - 360, last)),
        "most": HasMost("month", name),
        "most_province": HasMost("province", provinces[0]),
    }
    for key, statement in statements.items():
        found[key] = best(partial(decide, statement, counted))
    found["statement"] = max(found[key] for key in statements)
    return found


def _group_by(events: Any) -> pd.Series:
    """What is usually done: the first day of each event, by province and month."""
    frame = pd.DataFrame({
        "month": events["earliest"].to_numpy().astype("datetime64[M]"),
        "province": events["province"].combine_chunks().to_pandas(),
        "id": np.arange(events.num_rows),
    })  # fmt: skip
    return frame.groupby(["province", "month"], observed=True)["id"].count()


if __name__ == "__main__":
    main({"counts": _counts})
