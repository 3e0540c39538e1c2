"""What was found in an earlier file of a series, in sentences and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo.figures.checking import CheckedFigure
from geo.figures.finding import FoundFigure
from geo.figures.wording import DATA_DIGITS, say_change, to_json
from geo.series.earlier_files import (
    CheckedSeries,
    RefreshedSeries,
    SeriesConfirmation,
    VerifiedSeries,
)
from geo.series.embedding import FoundSeries, SeriesFileState
from geo.series.series_imprint import SeriesFile
from geo.series.series_recipe import SeriesForm
from geo.text import counted
from geo.view import say_day

_FORMS: Final[Mapping[SeriesForm, str]] = {
    "multiples": "Maps on a page",
    "atlas": "Atlas",
    "pair": "Two periods",
    "time-lapse": "Time-lapse",
}
_STATES: Final[Mapping[SeriesFileState, str]] = {
    "as drawn": "The file is as it was drawn.",
    "altered": "The file has been altered since it was drawn, or saved again by another program.",
    "not compared": "It carries no digest of what it shows, so that it cannot be compared.",
}
_CONFIRMATIONS: Final[Mapping[SeriesConfirmation, str]] = {
    "confirmed": "Recreated from the same data, it is the same file.",
    "not confirmed": "Recreated from the same data, it is another file: it was altered, or made "
    "by another version of this program.",
    "other data": "The current data are another version, so it was not recreated.",
    "not compared": "Recreated from the same data, it could not be compared byte by byte.",
}


def verified_series_lines(verified: VerifiedSeries) -> Iterator[str]:
    """Yield from which data and question a file is, and whether it was altered."""
    found = verified.found
    yield _named(found)
    yield f"  {origin_of_series(found)}"
    yield f"  {_STATES[found.state]}"
    if verified.confirmation == "other data" or found.state == "as drawn":
        yield f"  {_CONFIRMATIONS[verified.confirmation]}"


def origin_of_series(found: FoundSeries) -> str:
    """From which data and question a file of a series is."""
    figure, recipe = found.imprint.figure, found.imprint.series.recipe
    day = f" of {say_day(recipe.as_of)}" if recipe.as_of else ""
    data = f"data version {recipe.data[:DATA_DIGITS]}" if recipe.data else "an unknown data version"
    asked = "; ".join(figure.question) or "not stated"
    return (
        f"{_form(found)}{day} from {data}. Shows: {asked}. Record count: {figure.ledger}. "
        f"Series {found.imprint.series.hash8}."
    )


def checked_series_lines(checked: CheckedSeries) -> Iterator[str]:
    """Yield whether a file is out of date, and each change."""
    yield summary_of_series(checked)
    if checked.fault:
        yield f"  {checked.fault}"
    yield from (f"  {say_change(change)}" for change in checked.changes)


def summary_of_series(checked: CheckedSeries) -> str:
    """Whether a file of a series is out of date, in one line."""
    verdict = "current" if checked.is_current else "out of date"
    if checked.fault:
        verdict = "cannot be compared with the current data"
    count = f" ({counted(len(checked.changes), 'change')})" if checked.changes else ""
    return f"{checked.file}: {_named(checked.found)}: {verdict}{count}"


def refreshed_series_line(refreshed: RefreshedSeries) -> str:
    """What was done with a file of a series, in one line."""
    said = "recreated" if refreshed.is_refreshed else "current, not changed"
    if refreshed.because:
        said = f"left as it is: {refreshed.because}"
    return f"{_named(refreshed.checked.found)}: {said}"


def series_json(
    found: FoundSeries,
    checked: CheckedSeries | None = None,
    verified: VerifiedSeries | None = None,
) -> dict[str, Any]:
    """A file of a series as the commands print it with ``--format json``.

    Returns
    -------
    dict
        As :func:`geo.figures.wording.to_json`, and ``series`` with its form, step and id.
    """
    imprint = found.imprint
    figure = FoundFigure(imprint.figure, "as drawn")
    said = to_json(figure)
    if checked is not None:
        said = to_json(figure, CheckedFigure(figure, checked.changes, checked.fault))
    series = imprint.series
    said |= {
        "picture": found.state,
        "series": {
            "form": series.form, "each": series.each, "then": series.then, "id": series.hash8,
        },
    }  # fmt: skip
    if verified is not None:
        said["confirmation"] = verified.confirmation
    return said


def _named(found: FoundSeries) -> str:
    title = found.imprint.figure.title or "a series without a title"
    return f"{_form(found)}{_page(found.imprint.drawn)}: {title}"


def _form(found: FoundSeries) -> str:
    if found.imprint.drawn.form == "still":
        return "Still of a time-lapse"
    return _FORMS[found.imprint.series.form]


def _page(drawn: SeriesFile) -> str:
    return f", page {drawn.page}" if drawn.page else ""
