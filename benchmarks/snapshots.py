"""A snapshot of the dossier in each format, in a process that has just started.

python -m benchmarks.snapshots snapshot 0
"""

from __future__ import annotations

from datetime import date

from benchmarks import data
from benchmarks.job import Figures, main, seconds
from geo.snapshot.making import make
from geo.snapshot.recipe import Recipe


def _snapshot(_rows: int) -> Figures:
    desk = data.workspace()
    recipe = Recipe(as_of=date(2026, 1, 1), size="web")

    def made() -> bytes:
        return make(desk.reading, desk.located, desk.country, recipe).png()[0]

    first = seconds(made)
    snapshot = make(desk.reading, desk.located, desk.country, recipe)
    return {
        "first": first,
        "png": seconds(made),
        "svg": seconds(snapshot.svg),
        "pdf": seconds(snapshot.pdf),
        "kb": {
            "png": len(snapshot.png()[0]) // 1000,
            "svg": len(snapshot.svg()[0]) // 1000,
            "pdf": len(snapshot.pdf()) // 1000,
        },
    }


if __name__ == "__main__":
    main({"snapshot": _snapshot})
