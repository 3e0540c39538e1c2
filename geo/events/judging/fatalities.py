"""Read lowest, best and highest fatality figures, even where a file's figures contradict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.events.cells.figures import NOT_STATED, PeopleCount, people_count_from
from geo.events.cells.values import EXPECTED_DEATHS, NO_NUMBER, count_column
from geo.events.columns.columns import CodedColumn, Combinations, coded
from geo.events.judging.draft import Draft

Figures = NDArray[np.int32]
_BOUNDS: Final = ("low", "best", "high")


def fatality_range(draft: Draft, names: Sequence[str]) -> tuple[Figures, Figures, Figures]:
    """Return the lowest, best and highest figure of each row; -1 where none is stated.

    A cell such as ``>5`` or ``5-7`` gives bounds, one such as "several" gives none; the row is
    imported with a warning in both cases. UCDP's codebook orders the three figures, but its data do
    not always (id 236880 has low 3, best 2, high 3). Such a row keeps its best figure, gets a
    warning, and its range runs from the smallest to the largest figure that it gives. So no figure
    is made up, and no sum or filter meets a range whose ends are reversed. The original columns
    keep the figures as they are.

    Parameters
    ----------
    names
        Names of the columns with the lowest, the best and the highest figure.

    Returns
    -------
    The lowest, the best and the highest number of people killed, row by row.
    """
    cells = [_cells(draft, name) for name in names]
    figures = np.stack([_bound(cells, at) for at in range(len(_BOUNDS))])
    stated = figures >= 0
    least = np.where(stated, figures, np.iinfo(np.int32).max).min(axis=0)
    most = figures.max(axis=0)
    low, best, high = figures
    # A missing figure contradicts nothing.
    upside_down = stated[0] & (low > least) | stated[2] & (high < most)
    _say(draft, names, figures, upside_down)
    return (
        np.where(upside_down, least, low).astype(np.int32),
        best,
        np.where(upside_down, most, high).astype(np.int32),
    )


def plain_figures(draft: Draft, name: str) -> tuple[Figures, Figures, Figures]:
    """Return the figures of a single column, as :func:`fatality_range` reads its cells.

    Returns
    -------
    The lowest, the best and the highest number of people killed, row by row.
    """
    cells = _cells(draft, name)
    low, best, high = (cells[bound] for bound in _BOUNDS)
    return low, best, high


def fatality_columns(low: Figures, best: Figures, high: Figures, basis: str) -> dict[str, Any]:
    """Return the columns of an event table; `basis` says who counted, where a figure is stated.

    Returns
    -------
    ``killed_low``, ``killed_best`` and ``killed_high``, null where not stated, and
    ``killed_basis``.
    """
    stated = (low >= 0) | (best >= 0) | (high >= 0)
    return {
        "killed_low": count_column(low),
        "killed_best": count_column(best),
        "killed_high": count_column(high),
        "killed_basis": coded(np.where(stated, 0, 1), (basis, "not_stated")),
    }


def not_stated(rows: int) -> Figures:
    """Return a figure that no row states: -1 in every row."""
    return np.full(rows, NO_NUMBER, np.int32)


def _cells(draft: Draft, name: str) -> dict[str, Figures]:
    """Return each cell's figures by bound; a cell that is not a figure rejects its row."""
    column = draft[name]
    read = [people_count_from(text) for text in column.texts]
    wrong = np.array([figure is None for figure in read], np.bool_)[column.codes]
    draft.reject(wrong, name, EXPECTED_DEATHS)
    known = [figure or NOT_STATED for figure in read]
    draft.doubt_each(name, [figure.doubt for figure in known])
    return {bound: _numbers(known, bound)[column.codes] for bound in _BOUNDS}


def _numbers(figures: Sequence[PeopleCount], bound: str) -> Figures:
    given = [getattr(figure, bound) for figure in figures]
    return np.array([-1 if number is None else number for number in given], np.int32)


def _bound(cells: Sequence[dict[str, Figures]], at: int) -> Figures:
    """Return a figure of each row: from its own column, or from a bound in the best figure's cell.

    A plain number in the column of lowest figures is the lowest figure.
    """
    own = cells[at]
    figures = np.where(own["best"] >= 0, own["best"], own[_BOUNDS[at]])
    if at != 1:
        figures = np.where(figures >= 0, figures, cells[1][_BOUNDS[at]])
    return figures.astype(np.int32)


def _say(
    draft: Draft, names: Sequence[str], figures: NDArray[np.int32], where: NDArray[np.bool_]
) -> None:
    if not where.any():
        return
    both = Combinations.of(*figures)
    called = [draft.called(name) for name in names]
    reasons = [_reason(called, figure) for figure in figures[:, both.first].T.tolist()]
    column = names[0] if (figures[0] >= 0)[where].any() else names[2]
    draft.doubt(where, column, CodedColumn(pa.array(reasons, pa.string()), both.number))


def _reason(names: Sequence[str], figures: list[int]) -> str:
    """Describe the figures as they are, and the range that they span.

    Examples
    --------
    >>> _reason(("low", "best", "high"), [3, 2, -1])
    'low 3, best 2 are not in ascending order; the figures are kept, and shown as a range of 2 to 3'
    """
    given = [(name, figure) for name, figure in zip(names, figures, strict=True) if figure >= 0]
    if not given:
        return ""
    told = ", ".join(f"{name} {figure}" for name, figure in given)
    values = [figure for _, figure in given]
    return (
        f"{told} are not in ascending order; the figures are kept, and shown as a range of "
        f"{min(values)} to {max(values)}"
    )
