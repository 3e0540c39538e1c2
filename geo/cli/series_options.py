"""What varies in a series, its form and its output, as options of the command line."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from geo.cli.option_words import must, require_word
from geo.errors import OptionError
from geo.limits import LEAST_FRAME_SECONDS, MAX_FRAME_SECONDS
from geo.series.series_recipe import (
    SERIES_FORMATS,
    SERIES_FORMS,
    SeriesForm,
    SeriesRecipe,
)
from geo.view.parts import PART_STEPS

_SERIES: Final = "Series"
_OUTPUT: Final = "Output"


def _option(*names: str, panel: str, says: str, **more: Any) -> Any:
    return typer.Option(*names, help=says, rich_help_panel=panel, show_default=False, **more)


@dataclass(frozen=True, kw_only=True)
class SeriesOptions:
    """What varies from map to map, and the form of the whole; ``None`` where not given."""

    form: Annotated[
        str | None,
        _option(
            "--as", panel=_SERIES, metavar="FORM",
            says=f"{', '.join(SERIES_FORMS)} (default: multiples).",
        ),
    ] = None  # fmt: skip
    each: Annotated[
        str | None,
        _option("--by", panel=_SERIES, metavar="STEP",
                says=f"One map for each: {', '.join(PART_STEPS)} (default: month)."),
    ] = None  # fmt: skip
    then: Annotated[
        str | None,
        _option("--then", panel=_SERIES, metavar="STEP",
                says="One map for each of these within each of those, such as each month."),
    ] = None  # fmt: skip
    skip_empty: Annotated[
        bool, _option("--skip-empty", panel=_SERIES, says="Leave out maps without any record.")
    ] = False
    seconds: Annotated[
        float | None,
        _option(panel=_SERIES, min=LEAST_FRAME_SECONDS, max=MAX_FRAME_SECONDS,
                says="Seconds that a time-lapse shows each map (default: 2)."),
    ] = None  # fmt: skip

    def on(self, series: SeriesRecipe) -> SeriesRecipe:
        """Return the recipe with its values replaced by those given here.

        Raises
        ------
        OptionError
            Naming the option at fault.
        """
        said: dict[str, Any] = {}
        if self.form is not None:
            said["form"] = require_word("as", self.form, SERIES_FORMS)
        if self.each is not None:
            said["each"] = require_word("by", self.each, PART_STEPS)
        if self.then is not None:
            said["then"] = require_word("then", self.then, PART_STEPS)
        if self.seconds is not None:
            said["seconds"] = self.seconds
        found = replace(series, skip_empty=self.skip_empty or series.skip_empty, **said)
        is_pair, is_lapse = found.form == "pair", found.form == "time-lapse"
        must("by", not is_pair or self.each is None, "a pair shows two periods; remove it")
        must("then", found.then is None or found.form in {"multiples", "atlas"},
             "only multiples and an atlas have maps within sections; remove it")  # fmt: skip
        must("seconds", self.seconds is None or is_lapse,
             "only a time-lapse has a speed; add --as time-lapse")  # fmt: skip
        must("by", not is_lapse or found.is_by_period,
             "a time-lapse goes from period to period; give month, quarter or year")  # fmt: skip
        return found


@dataclass(frozen=True, kw_only=True)
class SeriesStart:
    """What a series starts from, if not from filters."""

    recipe_file: Annotated[
        Path | None,
        _option("--recipe", panel="Start from", metavar="S.series.json",
                says="Recreate the series of this recipe, or of a file of the series."),
    ] = None  # fmt: skip
    current_data: Annotated[
        bool,
        _option("--current-data", panel="Start from",
                says="With --recipe: use the current data, as of today."),
    ] = False  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SeriesOutput:
    """Where the files of a series are written: a folder, or files with a common stem."""

    out: Annotated[
        str, _option("--out", panel=_OUTPUT, metavar="X.pdf|DIR/", says="A file, or a folder.")
    ]
    forms: Annotated[
        str,
        _option("--format", panel=_OUTPUT, metavar="FORM,…",
                says="Formats to write into DIR/ (default: pdf, or gif)."),
    ] = ""  # fmt: skip
    dpi: Annotated[
        int | None,
        _option(panel=_OUTPUT, min=50, max=600, says="Resolution of a PNG; 300 for print."),
    ] = None

    @property
    def is_folder(self) -> bool:
        """Whether the files get their own names."""
        return self.out.endswith(("/", os.sep)) or Path(self.out).is_dir()

    def formats(self, form: SeriesForm) -> tuple[str, ...]:
        """The formats to write.

        Raises
        ------
        OptionError
            Naming the option at fault.
        """
        known = SERIES_FORMATS[form]
        given = tuple(word.strip() for word in self.forms.split(",") if word.strip())
        must("format", bool(given or not self.forms), f"{self.forms!r} names no format")
        if not self.is_folder:
            suffix = Path(self.out).suffix.removeprefix(".").lower()
            must("format", not given, f"the ending .{suffix} sets it; use it only for a folder")
            if suffix not in known:
                endings = ", ".join(f".{one}" for one in known)
                other = next((kind for kind, has in SERIES_FORMATS.items() if suffix in has), "")
                hint = f"; for .{suffix}, add --as {other}" if other else ""
                raise OptionError(
                    f"--out: {self.out!r} is neither a folder, such as DIR/, nor a file ending in "
                    f"{endings}{hint}"
                )
            given = (suffix,)
        found = tuple(require_word("format", one, known) for one in given or known[:1])
        must("dpi", self.dpi is None or "png" in found, "only a PNG has a resolution; remove it")
        return found

    def file(self, name: str, made: str) -> Path:
        """Return the path of the file `made` of a series with this name."""
        if self.is_folder:
            return Path(self.out, made)
        stem = self.out[: -len(Path(self.out).suffix)]
        return Path(stem + made.removeprefix(name))
