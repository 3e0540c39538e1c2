"""Make the files of one format from a recipe, for the command line and the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from geo.briefing.bundle import bundle, numbered, web_page
from geo.briefing.report import report
from geo.briefing.slides import slides
from geo.errors import OptionError
from geo.handover.scanning import check_files
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.passing_on import reduction_of
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.view import workspace_for

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_TYPES: Final[Mapping[str, str]] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "html": "text/html",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "zip": "application/zip",
}
FORMATS: Final = tuple(_TYPES)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file: its name, its bytes, and its media type (IANA)."""

    name: str
    data: bytes
    media_type: str


def export(
    workspace: Workspace, recipe: Recipe, form: str, *, dpi: int | None = None,
    as_picture: bool = False, events: EventFile | None = None,
) -> tuple[OutputFile, ...]:  # fmt: skip
    """Make the snapshot of a recipe in one format.

    Parameters
    ----------
    dpi
        Dots per inch of a PNG; by default, the screen resolution of the figure's size.
    as_picture
        Whether the map on slides is a picture; by default, it is shapes that can be edited.
    events
        The events that the recipe names, if it does.

    Returns
    -------
    One file, or for PNG and SVG one per page: ``name.png``, ``name_p2.png`` and so on.

    Raises
    ------
    GeoError
        The format is not in :data:`FORMATS`.
    """
    checked(form)
    made = make(workspace, recipe, events)
    return files(made, workspace, form, dpi=dpi, as_picture=as_picture)


def files(
    snapshot: Snapshot, workspace: Workspace, form: str, *, dpi: int | None = None,
    as_picture: bool = False,
) -> tuple[OutputFile, ...]:  # fmt: skip
    """Return the files of an existing snapshot in one format; see :func:`export`.

    Raises
    ------
    ExportError
        The recipe excludes something, and a file holds it all the same.
    """
    reduction = reduction_of(workspace, snapshot.recipe)
    workspace = workspace if reduction is None else reduction.workspace
    workspace = workspace_for(snapshot.recipe.view, workspace)
    kind, suffix = _TYPES[checked(form)], f".{form}"
    made = _pages(snapshot, workspace, form, dpi, as_picture=as_picture)
    pages = dict(numbered(snapshot.name, suffix, made))
    if reduction is not None:
        check_files(pages.items(), reduction, *own_texts(snapshot.recipe))
    return tuple(OutputFile(name, data, kind) for name, data in pages.items())


def own_texts(recipe: Recipe) -> tuple[str, ...]:
    """The texts that the author of a figure has written for it, which its files may hold."""
    events = (recipe.events.name, recipe.events.credit) if recipe.events else ()
    own = recipe.title, recipe.note, recipe.since, recipe.view.text
    return *own, *recipe.editorial.texts, *events


def checked(form: str) -> str:
    """Return the format if it exists, or refuse it.

    Examples
    --------
    >>> checked("gif")
    Traceback (most recent call last):
    ...
    geo.errors.OptionError: there is no format 'gif'; expected any of png, svg, pdf, html, pptx, \
docx, zip
    """
    if form not in _TYPES:
        raise OptionError(f"there is no format {form!r}; expected any of {', '.join(FORMATS)}")
    return form


def _pages(
    snapshot: Snapshot, workspace: Workspace, form: str, dpi: int | None, *, as_picture: bool
) -> tuple[bytes, ...]:
    made: Mapping[str, Callable[[], tuple[bytes, ...]]] = {
        "png": lambda: snapshot.png(dpi),
        "svg": snapshot.svg,
        "pdf": lambda: (snapshot.pdf(),),
        "html": lambda: (web_page(snapshot, workspace),),
        "pptx": lambda: (slides(snapshot, as_picture=as_picture),),
        "docx": lambda: (report(snapshot),),
        "zip": lambda: (bundle(snapshot, workspace, as_picture=as_picture),),
    }
    return made[form]()
