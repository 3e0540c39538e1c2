"""An earlier file of a series: where it comes from, what has changed since, and recreated.

Unlike a figure in a deck, a file of a series is a whole: it is checked as one, and recreated as
one, in the same format. What others have changed in it is never overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Final, Literal

from geo import limits
from geo.errors import FigureError, GeoError, IntakeError
from geo.figures.checking import FigureChange, changes_of_content
from geo.series.embedding import FoundSeries, find_series
from geo.series.files import require_series_format
from geo.series.making import Series, make_series
from geo.series.series_imprint import SeriesFile, SeriesImprint, content_of_series
from geo.series.series_recipe import SeriesRecipe
from geo.series.workers import ALONE, DrawingRun
from geo.snapshot.content.sizes import MM_PER_INCH
from geo.table.workspace import Workspace

SeriesConfirmation = Literal["confirmed", "not confirmed", "other data", "not compared"]
"""``confirmed``: recreated from the same data, it is the same file; ``not confirmed``: it is
another one; ``other data``: the current data are not those of the file; ``not compared``: it was
not, because it is too large, or because an encoder of another version may have rounded otherwise.
"""
_CHANGED: Final = (
    "somebody has changed the file, which would be lost; make a new one from its recipe with: "
    "incident-map series --current-data --recipe FILE"
)


@dataclass(frozen=True)
class VerifiedSeries:
    """A file of a series, compared with what it carries and with the data that it names."""

    file: str
    found: FoundSeries
    confirmation: SeriesConfirmation

    @property
    def is_sound(self) -> bool:
        """Whether nothing speaks against the file being what it says."""
        return self.found.state != "altered" and self.confirmation != "not confirmed"


@dataclass(frozen=True)
class CheckedSeries:
    """A file of a series, and what has changed in the data since it was made.

    Parameters
    ----------
    fault
        Why it could not be compared with the current data; empty for most.
    """

    file: str
    found: FoundSeries
    changes: tuple[FigureChange, ...]
    fault: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the current data would give a file of the same content."""
        return not self.changes and not self.fault


@dataclass(frozen=True)
class RefreshedSeries:
    """A file of a series, recreated or left.

    Parameters
    ----------
    data
        The bytes of the new file; those of the old one if it was not recreated.
    because
        Why it was left although it is out of date; empty if it was not.
    """

    data: bytes
    checked: CheckedSeries
    because: str = ""

    @property
    def is_refreshed(self) -> bool:
        """Whether it was recreated."""
        return not self.checked.is_current and not self.because


def verify_series_file(
    data: bytes, file: str, workspace: Workspace, drawing: DrawingRun = ALONE
) -> VerifiedSeries | None:
    """Compare a file of a series with what it carries and, where possible, with the data.

    Parameters
    ----------
    file
        Its name in messages.

    Returns
    -------
    ``None`` if it is not a file of a series.

    Raises
    ------
    GeoError
        What it carries is damaged, or the file is larger than the limits.
    """
    found = _found(data, file)
    if found is None:
        return None
    return VerifiedSeries(file, found, _confirmed(found, workspace, drawing))


def check_series_file(data: bytes, file: str, workspace: Workspace) -> CheckedSeries | None:
    """Compare a file of a series with what its recipe gives with the current data.

    Parameters
    ----------
    file
        Its name in messages.

    Returns
    -------
    ``None`` if it is not a file of a series.

    Raises
    ------
    GeoError
        What it carries is damaged, or the file is larger than the limits.
    """
    found = _found(data, file)
    if found is None:
        return None
    try:
        return CheckedSeries(file, found, changes_of_series(workspace, found.imprint))
    except GeoError as error:
        return CheckedSeries(file, found, (), str(error))


def changes_of_series(workspace: Workspace, imprint: SeriesImprint) -> tuple[FigureChange, ...]:
    """Return what the series of an imprint would show differently with the current data.

    Returns
    -------
    The most serious changes first; a record that is on several maps once.

    Raises
    ------
    GeoError
        The series cannot be made with the current data.
    """
    before = imprint.series.recipe
    made = make_series(workspace, imprint.series)
    now = made.series.recipe
    if (before.data, before.ground) == (now.data, now.ground):
        return ()
    content = content_of_series(made.contents)
    return changes_of_content(workspace, imprint.figure, made.figure.recipe, content)


def refresh_series_file(
    data: bytes, file: str, workspace: Workspace, today: date | None = None,
    drawing: DrawingRun = ALONE,
) -> RefreshedSeries | None:  # fmt: skip
    """Recreate a file of a series from the current data as of `today`, if it is out of date.

    Returns
    -------
    ``None`` if it is not a file of a series.

    Raises
    ------
    GeoError
        What it carries is damaged, or the file is larger than the limits.
    """
    checked = check_series_file(data, file, workspace)
    if checked is None:
        return None
    if checked.is_current or checked.fault:
        return RefreshedSeries(data, checked, checked.fault)
    if not ending_of_new(checked):
        return RefreshedSeries(data, checked, _CHANGED)
    imprint = checked.found.imprint
    recipe = replace(imprint.series.recipe, as_of=today or imprint.series.recipe.as_of)
    try:
        made = _made(workspace, imprint.series.with_recipe(recipe), imprint.drawn)
        return RefreshedSeries(_drawn_again(made, imprint.drawn, drawing), checked)
    except GeoError as error:
        return RefreshedSeries(data, checked, str(error))


def ending_of_new(checked: CheckedSeries) -> str:
    """Return the ending of the file that :func:`refresh_series_file` makes, without a dot.

    It is empty if the file would be left: it is current, or was changed by somebody.
    """
    form = checked.found.imprint.drawn.form
    is_left = checked.is_current or checked.fault or checked.found.state == "altered"
    return "" if is_left else ("pdf" if form == "still" else form)


def _found(data: bytes, file: str) -> FoundSeries | None:
    found = find_series(data, file)
    is_film = data.startswith(b"GIF8") or data[8:12] == b"WEBP" or data[4:8] == b"ftyp"
    if found is None and is_film:
        raise IntakeError(
            f"{file}: is a film without the recipe of a series, which programs that send or "
            "convert films remove; ask for the file as it was made"
        )
    return found


def _confirmed(found: FoundSeries, workspace: Workspace, drawing: DrawingRun) -> SeriesConfirmation:
    series, drawn = found.imprint.series, found.imprint.drawn
    try:
        made = _made(workspace, series, drawn)
        if (series.recipe.data, series.recipe.ground) != (
            made.series.recipe.data,
            made.series.recipe.ground,
        ):
            return "other data"
        if found.state == "altered":
            return "not confirmed"
        again = find_series(_drawn_again(made, drawn, drawing), "the series")
    except IntakeError:  # it is beyond the limits of what is compared
        return "not compared"
    except GeoError:  # its recipe cannot be drawn: it is not a series of these data
        return "not confirmed"
    if again is not None and again.digest == found.digest:
        return "confirmed" if found.digest else "not compared"
    return "not compared" if drawn.form == "mp4" else "not confirmed"


def _made(workspace: Workspace, series: SeriesRecipe, drawn: SeriesFile) -> Series:
    """The series of a file; of a still, the time-lapse that it came with."""
    if drawn.form != "still":
        require_series_format(series.form, drawn.form)
        return make_series(workspace, series)
    return make_series(workspace, replace(series, form="time-lapse")).still


def _drawn_again(made: Series, drawn: SeriesFile, drawing: DrawingRun) -> bytes:
    if drawn.form in {"pdf", "still"}:
        return made.pdf(drawing)
    if drawn.form == "pptx":
        return made.deck(drawing)
    if drawn.form in {"gif", "webp", "mp4"}:
        return made.film(drawn.form, drawing)
    if not 1 <= drawn.page <= len(made.pages):
        raise FigureError(f"the series has no page {drawn.page} with the current data")
    if drawn.form == "svg":
        return next(islice(made.svg(), drawn.page - 1, None))
    pixels = made.size.width * made.size.height * (drawn.dpi / MM_PER_INCH) ** 2
    most = limits.MAX_FIGURE_PIXELS
    if not 0 < pixels <= most:
        raise FigureError(f"its recipe asks for {pixels:,.0f} pixels; at most {most:,} are drawn")
    return made.page_png(drawn.page, drawn.dpi)
