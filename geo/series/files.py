"""The files of a series in each format, searched for what they must not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, cast

from geo.briefing.bundle import numbered
from geo.briefing.formats import OutputFile, own_texts
from geo.errors import OptionError
from geo.handover.scanning import check_files
from geo.series.making import FilmForm, Series, reduction_of_series
from geo.series.series_recipe import SERIES_FORMATS, SeriesForm
from geo.series.workers import ALONE, DrawingRun
from geo.table.workspace import Workspace

_TYPES: Final[Mapping[str, str]] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
}
CAPTION: Final = ".caption.txt"
"""Ending of the file with what a series shows, in words."""
SERIES_RECIPE: Final = ".series.json"
"""Ending of the file with the recipe of a series."""


def series_files(
    workspace: Workspace,
    made: Series,
    forms: Iterable[str],
    *,
    dpi: int | None = None,
    drawing: DrawingRun = ALONE,
) -> Iterator[OutputFile]:
    """Yield the files of a series in these formats, its caption, and its recipe last.

    A time-lapse comes with a still for paper: a PDF with the same maps, all notes and all sources.

    Parameters
    ----------
    dpi
        Dots per inch of a PNG; by default, those of a screen.

    Raises
    ------
    OptionError
        A form of series does not have such a format.
    ExportError
        The recipe excludes something, and a file holds it all the same.
    """
    reduction = reduction_of_series(workspace, made.series)
    for file in _files(made, list(dict.fromkeys(forms)), dpi, drawing):
        if reduction is not None:
            check_files([(file.name, file.data)], reduction, *own_texts(made.series.recipe))
        yield file


def _files(
    made: Series, forms: list[str], dpi: int | None, drawing: DrawingRun
) -> Iterator[OutputFile]:
    for form in forms:
        require_series_format(made.series.form, form)
    for form in forms:
        for name, data in numbered(made.name, f".{form}", _made(made, form, dpi, drawing)):
            yield OutputFile(name, data, _TYPES[form])
    if made.series.form == "time-lapse":
        yield OutputFile(f"{made.name}_still.pdf", made.still.pdf(drawing), _TYPES["pdf"])
    yield OutputFile(f"{made.name}{CAPTION}", made.caption.encode(), "text/plain")
    recipe = made.series.to_json().encode()
    yield OutputFile(f"{made.name}{SERIES_RECIPE}", recipe, "application/json")


def _made(made: Series, form: str, dpi: int | None, drawing: DrawingRun) -> tuple[bytes, ...]:
    makers: Mapping[str, Callable[[], Iterable[bytes]]] = {
        "png": lambda: made.png(dpi, drawing),
        "svg": made.svg,
        "pdf": lambda: [made.pdf(drawing)],
        "pptx": lambda: [made.deck(drawing)],
    }
    found = makers.get(form, lambda: [made.film(cast("FilmForm", form), drawing)])
    return tuple(found())


def require_series_format(kind: SeriesForm, form: str) -> str:
    """Return the format if this form of series has it, or refuse it.

    Examples
    --------
    >>> require_series_format("multiples", "gif")
    Traceback (most recent call last):
    ...
    geo.errors.OptionError: multiples have no format 'gif'; expected any of pdf, png, svg
    """
    if form not in (known := SERIES_FORMATS[kind]):
        noun = {"multiples": "multiples have", "pair": "a pair has"}.get(kind, f"a {kind} has")
        raise OptionError(f"{noun} no format {form!r}; expected any of {', '.join(known)}")
    return form
