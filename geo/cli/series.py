"""The command ``series``, which writes many maps as one document, picture or film.

The drawing modules are slow to load and no other command needs them, so they are imported late.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import typer

from geo import limits
from geo.cli.drawing import drawing_shown
from geo.cli.handover_options import HandoverOptions
from geo.cli.option_words import must
from geo.cli.options import BaseMapOption, DataOption, FileArgument, local_day
from geo.cli.series_options import SeriesOptions, SeriesOutput, SeriesStart
from geo.cli.snapshot_options import Appearance
from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import talk
from geo.cli.versions import mark_briefed
from geo.cli.view_options import UNDATED, FilterOptions, refuse_ignored, with_options, with_view
from geo.errors import GeoError, IntakeError, WriteError
from geo.extras import require
from geo.files import write_together
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import View
from geo.workspace import open_workspace

_RECIPE: Final = ".series.json"
_COMPARE: Final = "--compare: only a pair shows a second period; add --as pair, or remove it"


@sparing_inputs
@with_view
@with_options(SeriesOptions, "varies")
@with_options(Appearance, "appearance")
@with_options(SeriesStart, "start")
@with_options(SeriesOutput, "out")
@with_options(HandoverOptions, "passing")
def series_command(
    filters: FilterOptions,
    varies: SeriesOptions,
    appearance: Appearance,
    start: SeriesStart,
    out: SeriesOutput,
    passing: HandoverOptions,
    file: FileArgument = None,
    data: DataOption = None,
    base_map: BaseMapOption = None,
) -> None:  # fmt: skip
    """Write many maps from one selection: on a page, as an atlas, a pair or a time-lapse.

    Every map has its own record count, and the whole has one that adds up. The recipe that comes
    with it recreates the identical series: --recipe X.series.json.
    """
    try:
        require("briefing", "drawing a series")
        workspace = open_workspace(data, file, today=local_day(), base_map=base_map)
        series = _series(workspace, filters, varies, appearance, start)
        forms = out.formats(series.form)
        series = series.with_recipe(passing.on(series.recipe, forms, workspace))
        _write(workspace, series, out, forms)
        if start.recipe_file is None:
            mark_briefed(data, file, workspace)
    except GeoError as error:
        talk(str(error))
        raise typer.Exit(2) from error
    for problem in workspace.errors:
        talk(str(problem))
    raise typer.Exit(1 if workspace.errors else 0)


def _series(
    workspace: Workspace,
    filters: FilterOptions,
    varies: SeriesOptions,
    appearance: Appearance,
    start: SeriesStart,
) -> SeriesRecipe:
    if start.recipe_file is None:
        must("current-data", not start.current_data, "needs a recipe; add --recipe")
        view = filters.view(workspace)
        found = varies.on(SeriesRecipe(appearance.on(Recipe(view=view, as_of=local_day()))))
        _check(found, view, workspace)
        return found
    must("recipe", filters == FilterOptions(), "contains a View of its own; remove the filters")
    from geo.briefing.recreate import recreate
    from geo.series.embedding import read_recipe

    name = str(start.recipe_file)
    given = read_recipe(read_series_file(start.recipe_file), name)
    again = recreate(
        workspace, given.recipe, current_data=start.current_data, today=local_day(), name=name
    )
    # What has changed since is listed by `check`; the counts of a figure would not fit many maps.
    recipe = replace(again.recipe, since=given.recipe.since)
    return varies.on(given.with_recipe(appearance.on(recipe)))


def _check(series: SeriesRecipe, view: View, workspace: Workspace) -> None:
    """Refuse a View that a series would show only in part without saying so."""
    says = {"chosen": "--view: 'chosen' opens a card, which a map of a series does not have"}
    if not series.is_by_period:
        says["certain"] = UNDATED
    if series.form != "pair":
        says["compare"] = _COMPARE
    refuse_ignored(view, says)
    varies_place = "province" in {series.each, series.then} and series.form != "pair"
    must("at", view.viewport is None or not varies_place,
         "sets one map position, but each province has its own; remove it")  # fmt: skip
    if view.viewport is not None:
        from geo.snapshot.content.frame import not_in_figure

        why = not_in_figure(view.viewport, workspace.country)
        must("at", not why, why)


def _write(
    workspace: Workspace, series: SeriesRecipe, out: SeriesOutput, forms: tuple[str, ...]
) -> None:
    from geo.series.files import series_files
    from geo.series.making import make_series

    made = make_series(workspace, series)
    with drawing_shown() as drawing:
        files = {
            out.file(made.name, one.name): one.data
            for one in series_files(workspace, made, forms, dpi=out.dpi, drawing=drawing)
        }
    recipes = {path: data for path, data in files.items() if path.name.endswith(_RECIPE)}
    figures = {path: data for path, data in files.items() if path not in recipes}
    try:
        if out.is_folder:
            next(iter(files)).parent.mkdir(parents=True, exist_ok=True)
        write_together(figures, recipes)
    except OSError as error:
        raise WriteError(f"{error.filename}: cannot be written ({error.strerror})") from error
    talk(*map(str, files), made.contents.whole.ledger, *made.contents.whole.warnings)


def read_series_file(file: Path) -> bytes:
    """Return the bytes of a file of a series, or of its recipe.

    Raises
    ------
    IntakeError
        It cannot be read, or is larger than the limit.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(limits.MAX_SERIES_FILE_BYTES + 1)
    except OSError as error:
        raise IntakeError(f"{file}: cannot be read ({error.strerror})") from error
    if len(data) > limits.MAX_SERIES_FILE_BYTES:
        raise IntakeError(f"{file}: has more than {limits.MAX_SERIES_FILE_BYTES:,} bytes")
    return data
