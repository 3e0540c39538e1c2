"""A series of 34 provinces by 12 months as one PDF, on one core and on all, and its memory.

python -m benchmarks.series atlas 1
python -m benchmarks.series atlas 2
python -m benchmarks.series time_lapse 2
"""

from __future__ import annotations

import resource
from datetime import date

from benchmarks import data
from benchmarks.job import Figures, main, seconds
from geo.series.making import Series, make_series
from geo.series.series_recipe import SeriesForm, SeriesRecipe
from geo.series.workers import DrawingRun
from geo.snapshot.content.recipe import Recipe
from geo.view import View
from geo.view.parts import PartStep


def _series(form: SeriesForm, each: PartStep, then: PartStep | None) -> Series:
    view = View(first=date(2022, 1, 1), last=date(2022, 12, 31))
    recipe = Recipe(view, as_of=date(2026, 1, 1))
    return make_series(data.workspace(), SeriesRecipe(recipe, form, each, then))


def _atlas(processes: int) -> Figures:
    made: list[Series] = []
    composed = seconds(lambda: made.append(_series("atlas", "province", "month")))
    drawing, files = DrawingRun(processes), []
    drawn = seconds(lambda: files.append(made[0].pdf(drawing)))
    return {
        "maps": len(made[0].contents.panels),
        "composed": composed,
        "pdf": drawn,
        "kb": len(files[0]) // 1000,
        "cpu": sum(_cpu(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
    }


def _cpu(who: int) -> float:
    """Seconds of computing, which a busy machine does not change."""
    return resource.getrusage(who).ru_utime


def _time_lapse(processes: int) -> Figures:
    made = _series("time-lapse", "month", None)
    return {"gif": seconds(lambda: made.film("gif", DrawingRun(processes)))}


if __name__ == "__main__":
    main({"atlas": _atlas, "time_lapse": _time_lapse})
