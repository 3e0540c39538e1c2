"""What was found in a file, in sentences and as JSON. Names in files of others are untrusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo.changes.changes import word_of
from geo.figures.checking import CheckedFigure, CheckedFile, FigureChange
from geo.figures.finding import FoundFigure, PictureState
from geo.figures.refreshing import RefreshedFigure, RefreshedFile
from geo.figures.verifying import Confirmation, VerifiedFigure
from geo.text import capitalised, counted, listed
from geo.view import say_day

DATA_DIGITS: Final = 12
"""Digits of a digest by which a data version is named everywhere."""
BESIDE: Final = "Titles, dates, lists and notes beside pictures are not changed."
_TO_READ: Final = "What others have written is not changed."
_STATES: Final[Mapping[PictureState, str]] = {
    "as drawn": "The picture is as it was drawn.",
    "altered": "The picture has been altered since it was drawn.",
    "saved again": "Another program has saved the picture again, smaller or compressed, so that it "
    "cannot be compared.",
    "shapes": "It consists of shapes, which are not compared.",
}
_CONFIRMATIONS: Final[Mapping[Confirmation, str]] = {
    "confirmed": "Drawn again from the same data, it is the same picture.",
    "not confirmed": "Drawn again from the same data, it is another picture: it was altered, or "
    "drawn by another version of this program.",
    "other data": "The current data are another version, so it was not drawn again.",
    "other events": "Its events are not given, so it was not drawn again: add them with "
    "--event-table.",
}


def where_in_file(figure: FoundFigure) -> str:
    """Where a figure is and what it is called: ``slides 1 and 3: Attacks in May``."""
    slides = [one.removeprefix("slide ") for one in figure.uses if one.startswith("slide ")]
    others = [one for one in figure.uses if not one.startswith("slide ")]
    many = "slides" if len(slides) > 1 else "slide"
    where = listed([*([f"{many} {listed(slides)}"] if slides else []), *others])
    title = figure.imprint.title or "a figure without a title"
    return f"{where}: {title}" if where else title


def origin_of(figure: FoundFigure) -> str:
    """From which data and question a figure is, in one sentence."""
    imprint = figure.imprint
    recipe = imprint.recipe
    day = f" of {say_day(recipe.as_of)}" if recipe.as_of else ""
    data = f"data version {recipe.data[:DATA_DIGITS]}" if recipe.data else "an unknown data version"
    asked = "; ".join(imprint.question) or "not stated"
    events = f" Shows the events of {recipe.events.called}." if recipe.events else ""
    return f"Figure{day} from {data}. Shows: {asked}. Record count: {imprint.ledger}.{events}"


def verified_lines(verified: VerifiedFigure) -> Iterator[str]:
    """Yield where a figure is, from which data and question, and whether it was altered."""
    figure = verified.figure
    yield capitalised(where_in_file(figure))
    yield f"  {origin_of(figure)}"
    yield f"  {_STATES[figure.state]}"
    if verified.confirmation in {"other data", "other events"} or figure.state == "as drawn":
        yield f"  {_CONFIRMATIONS[verified.confirmation]}"


def checked_lines(checked: CheckedFigure) -> Iterator[str]:
    """Yield whether a figure is out of date, and each change."""
    verdict = "current" if checked.is_current else "out of date"
    if checked.fault:
        verdict = "cannot be compared with the current data"
    yield f"{capitalised(where_in_file(checked.figure))}: {verdict}"
    if checked.fault:
        yield f"  {checked.fault}"
    yield from (f"  {say_change(change)}" for change in checked.changes)
    if checked.edits:
        yield f"  somebody has changed the figure itself: {checked.edits}"
    if checked.hindrance:
        yield f"  cannot be refreshed: {checked.hindrance}"


def refreshed_lines(refreshed: RefreshedFigure) -> Iterator[str]:
    """Yield what was done with a figure."""
    place = capitalised(where_in_file(refreshed.checked.figure))
    words = {"refreshed": "refreshed", "current": "current, not changed"}
    yield f"{place}: {words.get(refreshed.outcome, f'left as it is: {refreshed.because}')}"
    yield from (f"  {one}" for one in refreshed.said)


def lost_lines(checked: CheckedFile) -> Iterator[str]:
    """Yield what somebody has done to figures that are out of date and a new one would not have."""
    for one in checked.figures:
        if one.changes and (one.edits or one.figure.state == "altered"):
            lost = one.edits or "the picture was altered"
            yield f"{capitalised(where_in_file(one.figure))}: {lost}"


def say_change(change: FigureChange) -> str:
    """A change in one line: the kind, the subject, its title and the reason.

    Examples
    --------
    >>> say_change(FigureChange("record", "withdrawn", "a-b", "Attack", "A duplicate."))
    'withdrawn record: a-b: Attack (A duplicate.)'
    >>> say_change(FigureChange("boundaries and names", "changed"))
    'changed boundaries and names'
    """
    named = ": ".join(filter(None, (change.id, change.title)))
    why = f" ({change.because})" if change.because else ""
    return f"{word_of(change.kind)} {change.subject}{f': {named}' if named else ''}{why}"


def summary_of(checked: CheckedFile) -> str:
    """The counts of a file in one line."""
    stale = sum(not one.is_current for one in checked.figures)
    if not checked.figures and not checked.faults:
        return f"{checked.file}: no figure of this program is recognised in it"
    unreadable = f"; {counted(len(checked.faults), 'recipe')} damaged" if checked.faults else ""
    count = counted(len(checked.figures), "figure")
    return f"{checked.file}: {count}, {stale} out of date{unreadable}"


def left_to_do(refreshed: RefreshedFile) -> str:
    """What a refreshed deck or report still needs, or nothing."""
    figures = [one.checked.figure for one in refreshed.figures if one.outcome == "refreshed"]
    uses = list(dict.fromkeys(use for one in figures for use in one.uses))
    if not uses:
        return ""
    has_pictures = any(one.state != "shapes" for one in figures)
    return f"{BESIDE if has_pictures else _TO_READ} Read {listed(uses)} again."


def to_json(
    figure: FoundFigure,
    checked: CheckedFigure | None = None,
    verified: VerifiedFigure | None = None,
) -> dict[str, Any]:
    """A figure as the commands print it with ``--format json``.

    Returns
    -------
    dict
        ``where`` (a list), ``title``, ``date``, ``data``, ``question``, ``ledger``, ``picture``,
        and ``changes`` with ``edits`` and ``hindrance``, or ``confirmation``, where they were asked
        for.
    """
    imprint = figure.imprint
    recipe = imprint.recipe
    found: dict[str, Any] = {
        "where": list(figure.uses),
        "title": imprint.title,
        "date": recipe.as_of.isoformat() if recipe.as_of else None,
        "data": recipe.data,
        "question": list(imprint.question),
        "ledger": imprint.ledger,
        "picture": figure.state,
    }
    if checked is not None:
        found |= {
            "current": checked.is_current,
            "fault": checked.fault,
            "edits": checked.edits,
            "hindrance": checked.hindrance,
            "changes": [_change_json(change) for change in checked.changes],
        }
    if verified is not None:
        found["confirmation"] = verified.confirmation
    return found


def _change_json(change: FigureChange) -> dict[str, str]:
    names = ("subject", "kind", "id", "title", "because")
    return {name: getattr(change, name) for name in names}
