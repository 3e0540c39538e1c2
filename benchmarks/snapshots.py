"""A snapshot of the dossier in each format, in a process that has just started.

python -m benchmarks.snapshots snapshot 0
python -m benchmarks.snapshots one_place 1000
"""

from __future__ import annotations

from datetime import date
from typing import Final

from benchmarks import data
from benchmarks.dossiers import dossier
from benchmarks.job import Figures, main, seconds
from geo.briefing.batch import for_each, make_each
from geo.dossier.intake import read_dossier
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.table.located import locate_records
from geo.table.workspace import Workspace

_MONTHS: Final = 12
"""Figures of a series: enough for a mean, in a few seconds."""


def _snapshot(_rows: int) -> Figures:
    desk = data.workspace()
    recipe = Recipe(as_of=date(2026, 1, 1), size="web")

    def made() -> bytes:
        return make(desk, recipe).png()[0]

    first = seconds(made)
    snapshot = make(desk, recipe)
    # Each month has other records, so that nothing but the base map is the same.
    months = for_each("month", desk, recipe)[:_MONTHS]
    taken = seconds(lambda: [*make_each(desk, months, ["png"])])
    return {
        "first": first,
        "a_minute": 60 * len(months) / taken,
        "png": seconds(made),
        "svg": seconds(snapshot.svg),
        "pdf": seconds(snapshot.pdf),
        "kb": {
            "png": len(snapshot.png()[0]) // 1000,
            "svg": len(snapshot.svg()[0]) // 1000,
            "pdf": len(snapshot.pdf()) // 1000,
        },
    }


def _one_place(rows: int) -> Figures:
    """As many records in one place, all of them in the notes of the figure."""
    country = data.workspace().country
    reading = read_dossier(dossier(rows, place="Herat"))
    workspace = Workspace(country, reading, locate_records(reading, country))
    recipe = Recipe(as_of=date(2026, 1, 1), size="web")
    # The first figure of a process also reads fonts and outlines.
    make(workspace, recipe).figure_pages[0].plan  # noqa: B018 - made when it is asked for
    return {
        "laid_out": seconds(lambda: make(workspace, recipe).figure_pages),
        "png": seconds(lambda: make(workspace, recipe).png()),
    }


if __name__ == "__main__":
    main({"snapshot": _snapshot, "one_place": _one_place})
