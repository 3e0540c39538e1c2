"""Fatalities of the incidents in view, as ranges; a figure that is not stated is never zero.

What only a party claims is kept apart from what third parties report. A total for several places
counts once, with its incident.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.text import counted
from geo.view.ledger import Selection


@dataclass(frozen=True, slots=True)
class Toll:
    """Fatalities of the incidents that state a number.

    Parameters
    ----------
    incidents, deadly
        How many incidents state a number, and how many at least one fatality.
    low
        Sum of the lowest figures; an incident without one adds nothing.
    best
        Sum of the best figures; ``None`` unless every incident has one, because a sum over some of
        them could not be compared with the range over all.
    high
        Sum of the highest figures; ``None`` if any of the incidents has none.
    """

    incidents: int = 0
    deadly: int = 0
    low: int = 0
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Fatalities of all incidents in view.

    Parameters
    ----------
    reported
        Incidents for which a third party gives a figure. Low and high are the lowest and highest
        figures of anyone, parties included; the best figure is that of third parties only.
    claimed
        Incidents for which only parties give a figure. There is no best figure.
    not_stated
        Incidents that state no number; they are in neither sum.
    """

    incidents: int
    reported: Toll
    claimed: Toll
    not_stated: int

    @property
    def deadly(self) -> int:
        """Incidents with at least one fatality."""
        return self.reported.deadly + self.claimed.deadly


def totals(shown: Selection) -> Totals:
    """Add up the fatalities of the incidents in view; presence claims have none."""
    table = shown.table
    rows = table[~table["record"].duplicated() & (table["kind"] == "incident")]
    basis = rows["killed_basis"]
    return Totals(
        len(rows),
        _toll(rows[basis.isin(["independent", "un"])], has_best=True),
        _toll(rows[basis == "claimed_by_party"], has_best=False),
        int((basis == "not_stated").sum()),
    )


def _toll(rows: pd.DataFrame, *, has_best: bool) -> Toll:
    low, best, high = (rows[f"killed_{name}"] for name in ("low", "best", "high"))
    return Toll(
        len(rows),
        int((low.fillna(best) >= 1).fillna(value=False).sum()),
        int(low.sum()),
        _whole(best) if has_best else None,
        _whole(high),
    )


def _whole(figures: pd.Series) -> int | None:
    return int(figures.sum()) if len(figures) and figures.notna().all() else None


def say_totals(totals: Totals) -> str:
    """The totals in one line.

    Examples
    --------
    >>> say_totals(Totals(9, Toll(2, 2, 21, 23, 25), Toll(3, 2, 18, None, None), 4))
    'Fatalities: 21 to 25 (best figure 23) as reported by third parties, in 2 incidents · at least \
18 as claimed by parties only, in 3 incidents · 4 incidents do not state a number · 4 incidents \
with at least one fatality'
    >>> say_totals(Totals(1, Toll(), Toll(), 1))
    'Fatalities: 1 incident does not state a number'
    >>> say_totals(Totals(0, Toll(), Toll(), 0))
    ''
    """
    parts = []
    for toll, whose in (
        (totals.reported, "reported by third parties"),
        (totals.claimed, "claimed by parties only"),
    ):
        if toll.incidents:
            parts.append(f"{_say_range(toll)} as {whose}, in {counted(toll.incidents, 'incident')}")
    if totals.not_stated:
        does = "does" if totals.not_stated == 1 else "do"
        parts.append(f"{counted(totals.not_stated, 'incident')} {does} not state a number")
    if totals.deadly:
        parts.append(f"{counted(totals.deadly, 'incident')} with at least one fatality")
    return f"Fatalities: {' · '.join(parts)}" if parts else ""


def _say_range(toll: Toll) -> str:
    if toll.high is None:
        words = f"at least {toll.low:,}"
    else:
        words = f"{toll.low:,}" if toll.low == toll.high else f"{toll.low:,} to {toll.high:,}"
    is_new = toll.best is not None and not toll.low == toll.best == toll.high
    return f"{words} (best figure {toll.best:,})" if is_new else words
