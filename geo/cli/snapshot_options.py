"""Appearance and output of a snapshot, as options of the command line or as cells of a list."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, Final, get_args

import typer

from geo.cli.chart_options import chart_of_options
from geo.cli.option_words import must, require_word
from geo.cli.options import local_day
from geo.cli.view_options import FilterOptions, day_of
from geo.dossier.records import Reliability
from geo.limits import MAX_NOTE, MAX_TITLE
from geo.snapshot.content.chart_choice import CHARTED_BY
from geo.snapshot.content.recipe import VARIANTS, Recipe, clean, clean_line
from geo.snapshot.content.sizes import SIZES
from geo.view import Counting, Language

FORMS: Final = ("png", "svg", "pdf", "html", "pptx", "docx", "zip")
_OPTION_NAMES: Final[Mapping[str, str]] = {
    "first": "from",
    "last": "to",
    "as_of": "as-of",
    "grade": "reliability",
    "deaths": "fatalities",
    "chart_by": "chart-by",
    "chart_side": "chart-side",
}
_APPEARANCE: Final = "Appearance"
_START: Final = "Start from"
_OUTPUT: Final = "Output"
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "mode": ("precise", "provinces"),
    "language": get_args(Language),
    "counting": get_args(Counting),
}
_EVENTS: Final = "Events"


def _option(*names: str, panel: str, says: str, **more: Any) -> Any:
    return typer.Option(*names, help=says, rich_help_panel=panel, show_default=False, **more)


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """Size, colours and texts of a figure; ``None`` where not given."""

    size: Annotated[
        str | None, _option(panel=_APPEARANCE, metavar="SIZE", says=f"{', '.join(SIZES)}.")
    ] = None
    variant: Annotated[
        str | None, _option(panel=_APPEARANCE, metavar="KEY", says=f"{', '.join(VARIANTS)}.")
    ] = None
    title: Annotated[
        str | None, _option(panel=_APPEARANCE, metavar="TEXT", says="Default: the dossier's title.")
    ] = None
    note: Annotated[
        str | None, _option(panel=_APPEARANCE, metavar="TEXT", says="Printed below the figure.")
    ] = None
    as_of: Annotated[
        str | None,
        _option(panel=_APPEARANCE, metavar="DATE", says="Date of the figure (default: today)."),
    ] = None
    chart_by: Annotated[
        str | None,
        _option(
            panel=_APPEARANCE, metavar="WHAT",
            says=f"Chart of the records shown: {', '.join(CHARTED_BY)}, or none.",
        ),
    ] = None  # fmt: skip
    chart_side: Annotated[
        str | None,
        _option(
            panel=_APPEARANCE,
            metavar="SIDE",
            says="below (default) or beside, if it fits.",
        ),
    ] = None

    def on(self, recipe: Recipe) -> Recipe:
        """Return the recipe with its values replaced by those given here.

        Raises
        ------
        OptionError
            Naming the option at fault.
        """
        said: dict[str, Any] = {}
        if self.size is not None:
            said["size"] = require_word("size", self.size, SIZES)
        if self.variant is not None:
            said["variant"] = require_word("variant", self.variant, VARIANTS)
        if self.title is not None:
            said["title"] = short_title(self.title)
        if self.note is not None:
            said["note"] = _short("note", clean(self.note), MAX_NOTE)
        if self.as_of is not None:
            said["as_of"] = local_day() if self.as_of == "today" else day_of("as-of", self.as_of)
        said["chart"] = chart_of_options(self.chart_by, self.chart_side, recipe.chart)
        return replace(recipe, **said)


@dataclass(frozen=True, kw_only=True)
class FigureOptions(Appearance):
    """What a figure looks like, and which imported events it shows."""

    event_table: Annotated[
        Path | None,
        _option(
            "--event-table",
            panel=_EVENTS,
            metavar="EVENTS",
            says="Event file or folder to show; see import.",
        ),
    ] = None
    events_as: Annotated[
        str,
        _option(
            panel=_EVENTS, metavar="FORM", says="rings (default) or provinces: counts by province."
        ),
    ] = ""
    events_accessed: Annotated[
        str,
        _option(
            panel=_EVENTS, metavar="DATE", says="Day on which you took them from their provider."
        ),
    ] = ""
    events_credit: Annotated[
        str,
        _option(
            panel=_EVENTS,
            metavar="TEXT",
            says="Citation and licence to print instead of the known.",
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True)
class StartOptions:
    """What a snapshot may start from instead of options."""

    view_file: Annotated[
        Path | None,
        _option(
            "--view",
            panel=_START,
            metavar="V.json",
            says="View to show, as JSON, or the recipe of a figure.",
        ),
    ] = None
    recipe_file: Annotated[
        Path | None,
        _option(
            "--recipe", panel=_START, metavar="R.json", says="Recreate the figure of this recipe."
        ),
    ] = None
    current_data: Annotated[
        bool,
        _option(
            "--current-data", panel=_START,
            says="Recreate it from the current data, as of today, and report what has changed.",
        ),
    ] = False  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class OutputOptions:
    """Where the files of a snapshot are written: a folder, or files with a common stem."""

    out: Annotated[
        str,
        _option("--out", panel=_OUTPUT, metavar="X.png|DIR/", says=f"One of {', '.join(FORMS)}."),
    ]
    forms: Annotated[
        str,
        _option(
            "--format",
            panel=_OUTPUT,
            metavar="FORM,…",
            says="Formats to write into DIR/ (default: png).",
        ),
    ] = ""
    dpi: Annotated[
        int | None,
        _option(panel=_OUTPUT, min=50, max=600, says="Resolution of a PNG; 300 for print."),
    ] = None
    as_picture: Annotated[
        bool,
        _option(
            "--as-picture", panel=_OUTPUT,
            says="Slides with the map as a picture, not as shapes that can be edited.",
        ),
    ] = False  # fmt: skip

    @property
    def is_folder(self) -> bool:
        """Whether the snapshots name their own files."""
        return self.out.endswith(("/", os.sep)) or Path(self.out).is_dir()

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats to write.

        Raises
        ------
        OptionError
            Naming the option at fault.
        """
        filters = tuple(word.strip() for word in self.forms.split(",") if word.strip())
        must("format", bool(filters or not self.forms), f"{self.forms!r} names no format")
        for form in filters:
            require_word("format", form, FORMS)
        found = filters or ("png",)
        if not self.is_folder:
            suffix = Path(self.out).suffix.removeprefix(".").lower()
            known = ", ".join(f".{form}" for form in FORMS)
            says = f"{self.out!r} is neither a folder, such as DIR/, nor a file ending in {known}"
            must("out", suffix in FORMS, says)
            must("format", not filters, f"the ending .{suffix} sets it; use it only for a folder")
            found = (suffix,)
        must("dpi", self.dpi is None or "png" in found, "only a PNG has a resolution; remove it")
        must("as-picture", not self.as_picture or "pptx" in found or "zip" in found,
             "only slides have a choice between picture and shapes; remove it")  # fmt: skip
        return found

    def file(self, name: str, made: str) -> Path:
        """Return the path of the file `made` of a snapshot with this name."""
        if self.is_folder:
            return Path(self.out, made)
        stem = self.out[: -len(Path(self.out).suffix)]
        return Path(stem + made.removeprefix(name))


def list_columns() -> tuple[str, ...]:
    """Return the columns that a list may have: the options without their dashes."""
    return tuple(
        _OPTION_NAMES.get(one.name, one.name)
        for one in (*fields(Appearance), *fields(FilterOptions))
    )


def options_of_row(
    values: Mapping[str, str], filters: FilterOptions, appearance: Appearance
) -> tuple[FilterOptions, Appearance]:
    """Return the options of a row; an empty cell changes nothing.

    Returns
    -------
    The filters and the appearance, changed by the cells of the row.
    """
    names = {option: name for name, option in _OPTION_NAMES.items()}
    given = {names.get(column, column): text for column, text in values.items() if text}
    own = {one.name for one in fields(Appearance)}
    appearance_options = {name: text for name, text in given.items() if name in own}
    view = {name: _option_of(name, text) for name, text in given.items() if name not in own}
    return replace(filters, **view), replace(appearance, **appearance_options)


def _option_of(name: str, text: str) -> Any:
    """Parse a cell as its option would be parsed on the command line."""
    match name:
        case "certain" | "coverage":
            return require_word(name, text.lower(), ("yes", "no")) == "yes"
        case "grade":
            return require_word("reliability", text, get_args(Reliability))
        case "credibility":
            return int(require_word(name, text, [str(digit) for digit in range(1, 7)]))
        case "mode" | "language" | "counting":
            return require_word(name, text, _WORDS[name])
        case _:
            return text


def short_title(text: str) -> str:
    """Return a title on one line.

    Raises
    ------
    OptionError
        The title is longer than the limit.
    """
    return _short("title", clean_line(text), MAX_TITLE)


def _short(name: str, text: str, most: int) -> str:
    must(name, len(text) <= most, f"has {len(text)} characters; at most {most}")
    return text
