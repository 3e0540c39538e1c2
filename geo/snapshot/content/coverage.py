"""How many sources speak of each province, for a figure whose View shows it.

A figure that holds only a part of the records says that it cannot show it: silence about records
that are not in it would be taken for that of sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.counts.coverage import (
    COVERAGE_STEPS,
    NOT_PEACE,
    PARTS_NOT_COVERED,
    coverage_step,
    say_not_covered,
    sources_by_province,
)
from geo.snapshot.content.content import LegendItem, LegendPart
from geo.table.workspace import Workspace
from geo.view import View


@dataclass(frozen=True)
class FigureCoverage:
    """What a figure draws and says of the coverage by sources.

    Parameters
    ----------
    steps
        The position in :data:`geo.counts.coverage.COVERAGE_STEPS` by the code of each province that
        is drawn.
    legend
        Its part of the legend, if anything is drawn.
    notes
        Sentences for the notes of the figure.
    """

    steps: Mapping[str, int] = field(default_factory=dict)
    legend: tuple[LegendPart, ...] = ()
    notes: tuple[str, ...] = ()


def coverage_for_figure(workspace: Workspace, view: View) -> FigureCoverage:
    """The coverage of a figure; nothing if its View does not show it.

    With province totals, whose tints count records, only provinces without a source are drawn.

    Examples
    --------
    >>> from datetime import date
    >>> from geo import open_workspace
    >>> view = View(first=date(2023, 1, 1), last=date(2023, 12, 31), coverage=True)
    >>> found = coverage_for_figure(open_workspace(), view)
    >>> found.notes[0]
    'No source in the dossier covers any province in 2023 except Kabul.'
    >>> [item.label for item in found.legend[0].items][:2]
    ['No source (33)', '3 or more sources (1)']
    """
    if not view.coverage:
        return FigureCoverage()
    if workspace.holds:
        return FigureCoverage(notes=(PARTS_NOT_COVERED,))
    numbers = sources_by_province(workspace, view.first, view.last)
    steps = {code: coverage_step(number) for code, number in numbers.items()}
    if view.mode == "provinces":
        steps = {code: step for code, step in steps.items() if step == 0}
    names = {one.code: one.name for one in workspace.country.provinces}
    said = say_not_covered(numbers, names, view.first, view.last)
    return FigureCoverage(steps, _legend(steps), (said,) if said else ())


def _legend(steps: Mapping[str, int]) -> tuple[LegendPart, ...]:
    counts = Counter(steps.values())
    items = [
        LegendItem(f"{step.label} ({counts[at]})", cover=at)
        for at, step in enumerate(COVERAGE_STEPS)
        if counts[at]
    ]
    if counts[0]:
        items.append(LegendItem(NOT_PEACE))
    return (LegendPart("Source coverage", tuple(items)),) if items else ()
