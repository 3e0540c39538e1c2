"""The parts of a View: one View for each month, quarter, year, group or province of it.

Together they show what the whole shows, apart from records without a date where the parts are
periods, and without a province where they are provinces.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Final, Literal, get_args

from geo.errors import OptionError
from geo.table.workspace import Workspace
from geo.view.keeping import keep
from geo.view.ledger import workspace_for
from geo.view.question import ALL, UNNAMED, View
from geo.view.saying import say_day

PartStep = Literal["month", "quarter", "year", "group", "province"]
PART_STEPS: Final[tuple[PartStep, ...]] = get_args(PartStep)
MONTHS_EACH: Final[Mapping[str, int]] = {"month": 1, "quarter": 3, "year": 12}
"""Months of each unit of a calendar."""


@dataclass(frozen=True, slots=True)
class ViewPart:
    """A part of a View: its name, such as ``May 2022`` or ``Kunduz``, and the View of it."""

    name: str
    view: View


def view_parts(view: View, step: PartStep, workspace: Workspace, most: int) -> tuple[ViewPart, ...]:
    """The parts of a View in their order: by time, as in the dossier, or by name of province.

    Periods run from the first to the last day of the View or, where it has none, of its records;
    those without records are included.

    Parameters
    ----------
    most
        Greatest number of parts.

    Returns
    -------
    tuple
        At least one part.

    Raises
    ------
    OptionError
        There is none, or there are more than `most`.

    Examples
    --------
    A period that is cut at its ends says so:

    >>> from datetime import date
    >>> from geo import View, open_workspace
    >>> view = View(first=date(2022, 5, 15), last=date(2022, 8, 31))
    >>> [part.name for part in view_parts(view, "quarter", open_workspace(), 12)]
    ['April to June 2022 (from 15 May 2022)', 'July to September 2022 (until 31 August 2022)']
    """
    if step == "province":
        found = _provinces(view, workspace)
    elif step == "group":
        found = _groups(view, workspace)
    else:
        found = _periods(view, MONTHS_EACH[step], workspace)
    parts = tuple(islice(found, most + 1))
    if not parts:
        raise OptionError(f"by {step}: nothing of this selection has one; choose another step")
    if len(parts) > most:
        raise OptionError(
            f"by {step}: this selection has more than {most}; choose fewer dates or a longer step"
        )
    return parts


def _provinces(view: View, workspace: Workspace) -> Iterator[ViewPart]:
    for province in sorted(workspace.country.provinces, key=lambda one: one.name):
        if not view.provinces or province.code in view.provinces:
            yield ViewPart(province.name, replace(view, provinces=(province.code,)))


def _groups(view: View, workspace: Workspace) -> Iterator[ViewPart]:
    dossier = workspace_for(view, workspace).reading.dossier
    names = {key: group.short for key, group in dossier.groups.items()}
    if any(not record.groups for record in dossier.records):
        names[UNNAMED] = "Group not named"
    for key, name in names.items():
        if key not in view.off and ALL not in view.off:
            yield ViewPart(name, view.without([other for other in names if other != key]))


def _periods(view: View, months: int, workspace: Workspace) -> Iterator[ViewPart]:
    window = _window(view, workspace)
    if window is None:
        return
    first, last = (day.year * 12 + day.month - 1 for day in window)
    for number in range(first - first % months, last + 1, months):
        begin, end = _month(number)[0], _month(number + months - 1)[1]
        cut = replace(
            view,
            first=max(filter(None, (begin, view.first))),
            last=min(filter(None, (end, view.last))),
        )
        yield ViewPart(_named(begin, end, cut), cut)


def _window(view: View, workspace: Workspace) -> tuple[date, date] | None:
    """The first and last day of a View, or else of its records; ``None`` without any date."""
    asked = workspace_for(view, workspace)
    why = keep(view, asked.located.table)
    kept = [record.period for record in asked.reading.dossier.records if not why[record.id]]
    days = [day for one in kept for day in (one.earliest, one.latest) if day is not None]
    days += [day for day in (view.first, view.last) if day is not None]
    if not days:
        return None
    return view.first or min(days), view.last or max(days)


def _month(number: int) -> tuple[date, date]:
    year, month = number // 12, number % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _named(begin: date, end: date, cut: View) -> str:
    """The name of a period, and where the View cuts it."""
    name = f"{calendar.month_name[end.month]} {end.year}"
    if (begin.month, end.month) == (1, 12):
        name = str(end.year)
    elif begin.month != end.month:
        name = f"{calendar.month_name[begin.month]} to {name}"
    parts = [
        f"from {say_day(cut.first)}" if cut.first and cut.first != begin else "",
        f"until {say_day(cut.last)}" if cut.last and cut.last != end else "",
    ]
    said = " ".join(filter(None, parts))
    return f"{name} ({said})" if said else name
