"""The commands ``snapshot`` and ``snapshots``, which write self-contained figures.

The drawing modules are slow to load and no other command needs them, so they are imported late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer
from rich.console import Console
from rich.progress import track

from geo.cli.editorial_options import EditedAppearance
from geo.cli.figure_events import opened_events, showing_events
from geo.cli.handover_options import HandoverOptions, say_preview
from geo.cli.option_words import must
from geo.cli.options import BaseMapOption, DataOption, FileArgument, local_day
from geo.cli.renamed import RENAMED
from geo.cli.snapshot_options import (
    OutputOptions,
    StartOptions,
    list_columns,
    options_of_row,
)
from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import styled, talk
from geo.cli.versions import keep_version, mark_briefed
from geo.cli.view_options import UNDATED, FilterOptions, refuse_ignored, with_options, with_view
from geo.errors import EXIT_FAULT, FigureError, GeoError, IntakeError, OptionError, WriteError
from geo.extras import require
from geo.files import write_together
from geo.limits import MAX_RECIPE_BYTES
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import View
from geo.workspace import open_workspace

RECIPE: Final = ".recipe.json"
_IGNORED: Final = {
    "compare": (
        "--compare: a figure shows one period; make one for each with --from and --to, "
        "or write both maps with: incident-map map --compare"
    ),
    "certain": UNDATED,
    "chosen": "--view: 'chosen' opens a card, which a figure does not have; remove the field",
    "province": (
        "--view: 'province' opens a list, which a figure does not have; remove the field, "
        "or name the province in 'provinces'"
    ),
}
"""Fields of a View that a figure cannot show, with the message for each."""

if TYPE_CHECKING:
    from geo.briefing.batch import FigureRequest, ListRow, Outcome
    from geo.snapshot.content.event_file import EventFile
    from geo.snapshot.output.making import Snapshot

Each = Literal["province", "month", "group"]
EachOption = Annotated[
    Each | None, typer.Option(help="Make one figure for each, into a folder.", show_default=False)
]


@sparing_inputs
@with_view
@with_options(EditedAppearance, "appearance")
@with_options(StartOptions, "start")
@with_options(OutputOptions, "out")
@with_options(HandoverOptions, "passing")
def snapshot(
    filters: FilterOptions,
    appearance: EditedAppearance,
    start: StartOptions,
    out: OutputOptions,
    passing: HandoverOptions,
    file: FileArgument = None,
    each: EachOption = None,
    data: DataOption = None,
    base_map: BaseMapOption = None,
) -> None:
    """Write a self-contained figure: map, numbers, sources, legend, record count.

    The recipe that comes with it recreates the identical figure: --recipe X.recipe.json.
    """
    with _refusals():
        require("briefing", "drawing figures")
        forms = out.formats
        appearance.check(forms)
        workspace = open_workspace(data, file, today=local_day(), base_map=base_map)
        recipe, since = _recipe(filters, appearance, start, workspace)
        is_recreated = start.recipe_file is not None
        _check(recipe.view, workspace, is_recreated=is_recreated, each=each)
        events = opened_events(appearance, workspace, forms)
        is_new = not is_recreated or start.current_data
        recipe = showing_events(appearance, recipe, events, is_new=is_new)
        if each is None:
            recipe = passing.on(recipe, forms, workspace)
            _write_one(workspace, recipe, out, forms, events)
            talk(*since)
            if is_recreated:
                keep_version(data, file, workspace)
            else:
                mark_briefed(data, file, workspace)
            raise typer.Exit(_problems(workspace))
        must(
            "each",
            start.recipe_file is None,
            "makes new figures, --recipe recreates one; use either",
        )
        code = _write_each(each, workspace, recipe, out, passing, events)
        mark_briefed(data, file, workspace)
        raise typer.Exit(code)


@sparing_inputs
@with_view
@with_options(EditedAppearance, "appearance")
@with_options(OutputOptions, "out")
@with_options(HandoverOptions, "passing")
def snapshots(
    filters: FilterOptions,
    appearance: EditedAppearance,
    out: OutputOptions,
    passing: HandoverOptions,
    wanted: Annotated[
        Path | None,
        typer.Argument(
            metavar="[LIST.csv|yaml]",
            help="List with one figure in each row; omit it with --each.",
            show_default=False,
        ),
    ] = None,
    file: FileArgument = None,
    each: EachOption = None,
    data: DataOption = None,
    base_map: BaseMapOption = None,
) -> None:
    """Write many figures: one for each row of a list, or for each province, month or group.

    The columns of the list are options, such as title, provinces, from. Options given here apply
    to all rows, unless a row sets its own.
    """
    with _refusals():
        require("briefing", "drawing figures")
        from geo.briefing.batch import read_list

        must(
            "out",
            out.is_folder,
            f"{out.out!r} is not a folder; several figures need one, such as figures/",
        )
        forms = out.formats
        appearance.check(forms)
        if each is not None:
            must("each", file is None, "takes no list; give only the dossier, or nothing")
            workspace = open_workspace(data, wanted, today=local_day(), base_map=base_map)
            recipe, _ = _recipe(filters, appearance, StartOptions(), workspace)
            _check(recipe.view, workspace, each=each)
            events = opened_events(appearance, workspace, forms)
            recipe = showing_events(appearance, recipe, events)
            code = _write_each(each, workspace, recipe, out, passing, events)
            mark_briefed(data, wanted, workspace)
            raise typer.Exit(code)
        if wanted is None:
            raise OptionError(
                "snapshots: give a list of figures, or --each province, month or group"
            )
        rows, faults = read_list(_bytes(wanted), str(wanted), list_columns(), RENAMED)
        workspace = open_workspace(data, file, today=local_day(), base_map=base_map)
        requests = list(_requests(rows, faults, filters, appearance, workspace))
        events = opened_events(appearance, workspace, forms)
        shown = (
            replace(one, recipe=showing_events(appearance, one.recipe, events)) for one in requests
        )
        requests = _passed_on(shown, passing, forms, workspace)
        code = _write_many(workspace, requests, faults, out, forms, events)
        mark_briefed(data, file, workspace)
        raise typer.Exit(code)


def _requests(
    rows: Sequence[ListRow],
    faults: list[str],
    filters: FilterOptions,
    appearance: EditedAppearance,
    workspace: Workspace,
) -> Iterator[FigureRequest]:
    """Yield the requests of the valid rows, and add the others to the faults."""
    from geo.briefing.batch import FigureRequest

    for row in rows:
        try:
            row_filters, row_appearance = options_of_row(row.values, filters, appearance)
            view = row_filters.view(workspace)
            _check(view, workspace)
            yield FigureRequest(row.where, row_appearance.on(Recipe(view=view, as_of=local_day())))
        except GeoError as error:
            faults.append(f"{row.where}, {str(error).removeprefix('--')}")


def _recipe(
    filters: FilterOptions, appearance: EditedAppearance, start: StartOptions, workspace: Workspace
) -> tuple[Recipe, tuple[str, ...]]:
    """Return the recipe to make, and what has changed since it was first made."""
    has_filters = filters != FilterOptions()
    if start.recipe_file is None:
        must("current-data", not start.current_data, "needs a recipe; add --recipe")
        if start.view_file is None:
            return appearance.on(Recipe(view=filters.view(workspace), as_of=local_day())), ()
        must("view", not has_filters, "is a complete View; remove the other filters")
        return appearance.on(Recipe(view=_view_of(start.view_file), as_of=local_day())), ()
    must("recipe", start.view_file is None, "contains a View of its own; remove --view")
    must("recipe", not has_filters, "contains a View of its own; remove the filters")
    from geo.briefing.recreate import recreate

    name = str(start.recipe_file)
    given = Recipe.from_json(_bytes(start.recipe_file), name)
    found = recreate(
        workspace, given, current_data=start.current_data, today=local_day(), name=name
    )
    return appearance.on(found.recipe), tuple(found.since.lines()) if found.since else ()


def _check(
    view: View, workspace: Workspace, *, is_recreated: bool = False, each: Each | None = None
) -> None:
    """Refuse a View that a figure would show only in part without saying so.

    A recipe is recreated as it was: the app keeps in it which card was open and where the map was.
    ``--each month`` needs no dates, because each month sets them.
    """
    by_month = {"certain"} if each == "month" else set()
    some = {"compare"} if is_recreated else _IGNORED.keys() - by_month
    refuse_ignored(view, {name: says for name, says in _IGNORED.items() if name in some})
    if view.viewport is None or is_recreated:
        return
    must(
        "at",
        each != "province",
        "sets one map position, but --each province sets one for each figure",
    )
    from geo.snapshot.content.frame import not_in_figure

    why = not_in_figure(view.viewport, workspace.country)
    must("at", not why, why)


def _view_of(file: Path) -> View:
    from geo.briefing.recreate import view_of

    return view_of(_bytes(file), str(file))


def _write_one(
    workspace: Workspace, recipe: Recipe, out: OutputOptions, forms: Sequence[str],
    events: EventFile | None = None,
) -> None:  # fmt: skip
    from geo.briefing.recreate import with_recipe
    from geo.snapshot.output.making import make

    made = make(workspace, recipe, events)
    files = with_recipe(made, workspace, forms, dpi=out.dpi, as_picture=out.as_picture)
    written = {out.file(made.name, one.name): one.data for one in files}
    _write(written, out)
    talk(*map(str, written), *made.content.ledgers, *made.content.warnings)
    talk(*say_preview(workspace, made.recipe))
    talk(*_left_behind(made, out, forms))


def _write_each(
    each: Each,
    workspace: Workspace,
    recipe: Recipe,
    out: OutputOptions,
    passing: HandoverOptions,
    events: EventFile | None = None,
) -> int:
    from geo.briefing.batch import for_each

    must("each", out.is_folder, "writes several figures; give a folder, such as --out figures/")
    forms = out.formats
    requests = _passed_on(for_each(each, workspace, recipe), passing, forms, workspace)
    return _write_many(workspace, requests, [], out, forms, events)


def _passed_on(
    requests: Iterable[FigureRequest],
    passing: HandoverOptions,
    forms: Sequence[str],
    workspace: Workspace,
) -> list[FigureRequest]:
    """The requests with what goes along with each figure decided."""
    return [replace(one, recipe=passing.on(one.recipe, forms, workspace)) for one in requests]


def _write_many(
    workspace: Workspace,
    requests: Sequence[FigureRequest],
    faults: list[str],
    out: OutputOptions,
    forms: Sequence[str],
    events: EventFile | None = None,
) -> int:
    """Write all figures that can be made, report the others, and return the exit code.

    It is 70 if the program failed on any figure, and 2 if any was refused.
    """
    from geo.briefing.batch import make_each

    made = make_each(
        workspace, requests, forms, dpi=out.dpi, as_picture=out.as_picture, events=events
    )
    console = Console(stderr=True)
    warnings: Counter[str] = Counter()
    written = unexpected = 0
    for outcome in track(
        made, "Drawing", total=len(requests), console=console, transient=True,
        disable=not console.is_terminal,
    ):  # fmt: skip
        unexpected += outcome.is_unexpected
        try:
            warnings.update(_written(outcome, out, console))
            written += 1
        except GeoError as error:
            faults.append(str(error))
    talk(*(f"{warning} (in {count} of {written})" for warning, count in warnings.items()))
    talk(*faults, f"{out.out}: {written} of {written + len(faults)} figures written")
    if unexpected:
        return EXIT_FAULT
    return 2 if faults else _problems(workspace)


def _written(outcome: Outcome, out: OutputOptions, console: Console) -> tuple[str, ...]:
    """Write the files of one outcome, report it, and return its warnings."""
    if outcome.snapshot is None:
        raise FigureError(outcome.fault)
    name, content = outcome.snapshot.name, outcome.snapshot.content
    try:
        _write({out.file(name, one.name): one.data for one in outcome.files}, out)
    except WriteError as error:
        raise WriteError(f"{outcome.request.where}: {error}") from error
    # Printed above the progress bar, and never as markup, since it holds a group's name.
    line = f"{outcome.files[0].name}: {outcome.request.where}, {content.ledger}"
    console.print(styled(line), soft_wrap=True)
    return content.warnings


def _write(files: Mapping[Path, bytes], out: OutputOptions) -> None:
    """Write the files of one snapshot together, so that its recipe always matches its figure."""
    first, *_ = files
    recipes = {file: data for file, data in files.items() if file.name.endswith(RECIPE)}
    try:
        if out.is_folder:
            first.parent.mkdir(parents=True, exist_ok=True)
        write_together({file: files[file] for file in files if file not in recipes}, recipes)
    except OSError as error:
        file = error.filename or first
        raise WriteError(f"{file}: cannot be written ({error.strerror})") from error


def _left_behind(snapshot: Snapshot, out: OutputOptions, forms: Sequence[str]) -> Iterator[str]:
    """Warn of pages from an earlier run, which would be taken for pages of this one."""
    for form in sorted({"png", "svg"}.intersection(forms)):
        after = out.file(snapshot.name, f"{snapshot.name}_p{snapshot.pages + 1}.{form}")
        if after.exists():
            pages = "one page" if snapshot.pages == 1 else f"{snapshot.pages} pages"
            yield f"warning: {after} is left from an earlier run; this figure has {pages}"


def _problems(workspace: Workspace) -> int:
    for problem in workspace.errors:
        talk(str(problem))
    return 1 if workspace.errors else 0


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_RECIPE_BYTES + 1)
    except OSError as error:
        raise IntakeError(f"{file}: cannot be read ({error.strerror})") from error


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn a refusal by the package into one line and exit code 2."""
    try:
        yield
    except GeoError as error:
        talk(str(error))
        raise typer.Exit(2) from error
