"""The commands ``snapshot`` and ``snapshots``: figures that stand on their own, one or many.

Drawing is slow to load, and other commands do without: it is imported where it begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer
from rich.console import Console
from rich.progress import track

from geo.cli.options import DataOption, FileArgument, today
from geo.cli.renamed import RENAMED
from geo.cli.snapshot_options import Appearance, Out, Start, columns, must, of_row
from geo.cli.terminal import styled, talk
from geo.cli.view_options import UNDATED, Asked, refuse_ignored, with_options, with_view
from geo.errors import EXIT_FAULT, FigureError, GeoError, IntakeError, OptionError, WriteError
from geo.extras import require
from geo.files import write_together
from geo.limits import MAX_RECIPE_BYTES
from geo.snapshot.content.recipe import Recipe
from geo.view import View
from geo.workspace import Workspace, open_workspace

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
"""What a figure does not show of a View."""

if TYPE_CHECKING:
    from geo.briefing.batch import Outcome, Row, Wish
    from geo.snapshot.output.making import Snapshot

Each = Literal["province", "month", "group"]
EachOption = Annotated[
    Each | None, typer.Option(help="Make one figure for each, into a folder.", show_default=False)
]


@with_view
@with_options(Appearance, "appearance")
@with_options(Start, "start")
@with_options(Out, "out")
def snapshot(
    asked: Asked,
    appearance: Appearance,
    start: Start,
    out: Out,
    file: FileArgument = None,
    each: EachOption = None,
    data: DataOption = None,
) -> None:
    """Write a figure that stands on its own: map, numbers, sources, legend, ledger.

    The recipe beside it makes the identical one again: --recipe X.recipe.json.
    """
    with _refusals():
        require("briefing", "drawing figures")
        forms = out.formats
        workspace = open_workspace(data, file, today=today())
        recipe, since = _recipe(asked, appearance, start, workspace)
        again = start.recipe_file is not None
        _check(recipe.view, workspace, is_made_again=again, each=each)
        if each is None:
            _write_one(workspace, recipe, out, forms)
            talk(*since)
            raise typer.Exit(_problems(workspace))
        must(
            "each",
            start.recipe_file is None,
            "makes new figures, --recipe recreates one; use either",
        )
        raise typer.Exit(_write_each(each, workspace, recipe, out, forms))


@with_view
@with_options(Appearance, "appearance")
@with_options(Out, "out")
def snapshots(
    asked: Asked,
    appearance: Appearance,
    out: Out,
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
) -> None:
    """Write many figures, as a list says or one for each province, month or group.

    The columns of the list are options, such as title, provinces, from. Options given here hold
    for all rows, unless a row says otherwise.
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
        if each is not None:
            must("each", file is None, "takes no list; give only the dossier, or nothing")
            workspace = open_workspace(data, wanted, today=today())
            recipe, _ = _recipe(asked, appearance, Start(), workspace)
            _check(recipe.view, workspace, each=each)
            raise typer.Exit(_write_each(each, workspace, recipe, out, forms))
        if wanted is None:
            raise OptionError(
                "snapshots: give a list of figures, or --each province, month or group"
            )
        rows, faults = read_list(_bytes(wanted), str(wanted), columns(), RENAMED)
        workspace = open_workspace(data, file, today=today())
        wishes = list(_wishes(rows, faults, asked, appearance, workspace))
        raise typer.Exit(_write_many(workspace, wishes, faults, out, forms))


def _wishes(
    rows: Sequence[Row],
    faults: list[str],
    asked: Asked,
    appearance: Appearance,
    workspace: Workspace,
) -> Iterator[Wish]:
    """The rows that can be understood; the others go to the faults."""
    from geo.briefing.batch import Wish

    for row in rows:
        try:
            row_asked, row_appearance = of_row(row.values, asked, appearance)
            view = row_asked.view(workspace)
            _check(view, workspace)
            yield Wish(row.where, row_appearance.on(Recipe(view=view, as_of=today())))
        except GeoError as error:
            faults.append(f"{row.where}, {str(error).removeprefix('--')}")


def _recipe(
    asked: Asked, appearance: Appearance, start: Start, workspace: Workspace
) -> tuple[Recipe, tuple[str, ...]]:
    """The recipe to make, and what has changed since it was made first."""
    is_asked = asked != Asked()
    if start.recipe_file is None:
        must("current-data", not start.at_hand, "needs a recipe; add --recipe")
        if start.view_file is None:
            return appearance.on(Recipe(view=asked.view(workspace), as_of=today())), ()
        must("view", not is_asked, "is a complete View; remove the other filters")
        return appearance.on(Recipe(view=_view_of(start.view_file), as_of=today())), ()
    must("recipe", start.view_file is None, "contains a View of its own; remove --view")
    must("recipe", not is_asked, "contains a View of its own; remove the filters")
    from geo.briefing.recreate import again

    name = str(start.recipe_file)
    given = Recipe.from_json(_bytes(start.recipe_file), name)
    found = again(workspace, given, at_hand=start.at_hand, today=today(), name=name)
    return appearance.on(found.recipe), tuple(found.since.lines()) if found.since else ()


def _check(
    view: View, workspace: Workspace, *, is_made_again: bool = False, each: Each | None = None
) -> None:
    """Refuse a View of which a figure would leave out a part without a word.

    A recipe is made again as it was: the app keeps in it which card was open, and where the map
    looked. Months are dates.
    """
    by_month = {"certain"} if each == "month" else set()
    some = {"compare"} if is_made_again else _IGNORED.keys() - by_month
    refuse_ignored(view, {name: says for name, says in _IGNORED.items() if name in some})
    if view.viewport is None or is_made_again:
        return
    must("at", each != "province", "is one place, while --each province looks at one after another")
    from geo.snapshot.content.frame import not_in_figure

    why = not_in_figure(view.viewport, workspace.country)
    must("at", not why, why)


def _view_of(file: Path) -> View:
    from geo.briefing.recreate import view_of

    return view_of(_bytes(file), str(file))


def _write_one(workspace: Workspace, recipe: Recipe, out: Out, forms: Sequence[str]) -> None:
    from geo.briefing.recreate import with_recipe
    from geo.snapshot.output.making import make

    made = make(workspace.reading, workspace.located, workspace.country, recipe)
    files = with_recipe(made, workspace, forms, dpi=out.dpi)
    written = {out.file(made.name, one.name): one.data for one in files}
    _write(written, out)
    talk(*map(str, written), made.content.ledger, *made.content.warnings)
    talk(*_left_behind(made, out, forms))


def _write_each(
    each: Each, workspace: Workspace, recipe: Recipe, out: Out, forms: Sequence[str]
) -> int:
    from geo.briefing.batch import for_each

    must("each", out.is_folder, "writes several figures; give a folder, such as --out figures/")
    return _write_many(workspace, for_each(each, workspace, recipe), [], out, forms)


def _write_many(
    workspace: Workspace,
    wishes: Sequence[Wish],
    faults: list[str],
    out: Out,
    forms: Sequence[str],
) -> int:
    """Write all that can be, tell what cannot, and return how the command ends.

    With 70 if the program failed on any, with 2 if any was refused.
    """
    from geo.briefing.batch import make_each

    made = make_each(workspace, wishes, forms, dpi=out.dpi)
    paper = Console(stderr=True)
    warnings: Counter[str] = Counter()
    written = unexpected = 0
    for outcome in track(
        made, "Drawing", total=len(wishes), console=paper, transient=True,
        disable=not paper.is_terminal,
    ):  # fmt: skip
        unexpected += outcome.is_unexpected
        try:
            warnings.update(_written(outcome, out, paper))
            written += 1
        except GeoError as error:
            faults.append(str(error))
    talk(*(f"{warning} (in {count} of {written})" for warning, count in warnings.items()))
    talk(*faults, f"{out.out}: {written} of {written + len(faults)} figures written")
    if unexpected:
        return EXIT_FAULT
    return 2 if faults else _problems(workspace)


def _written(outcome: Outcome, out: Out, paper: Console) -> tuple[str, ...]:
    """Write what became of a wish, say so, and return its warnings."""
    if outcome.snapshot is None:
        raise FigureError(outcome.fault)
    name, content = outcome.snapshot.name, outcome.snapshot.content
    try:
        _write({out.file(name, one.name): one.data for one in outcome.files}, out)
    except WriteError as error:
        raise WriteError(f"{outcome.wish.where}: {error}") from error
    # Above the bar, and a group's name is no markup.
    line = f"{outcome.files[0].name}: {outcome.wish.where}, {content.ledger}"
    paper.print(styled(line), soft_wrap=True)
    return content.warnings


def _write(files: Mapping[Path, bytes], out: Out) -> None:
    """Write the files of one snapshot; a recipe never stands beside a figure of another."""
    first, *_ = files
    recipes = {file: data for file, data in files.items() if file.name.endswith(RECIPE)}
    try:
        if out.is_folder:
            first.parent.mkdir(parents=True, exist_ok=True)
        write_together({file: files[file] for file in files if file not in recipes}, recipes)
    except OSError as error:
        file = error.filename or first
        raise WriteError(f"{file}: cannot be written ({error.strerror})") from error


def _left_behind(made: Snapshot, out: Out, forms: Sequence[str]) -> Iterator[str]:
    """A page of an earlier run that this one no longer has would be taken for one of its own."""
    for form in sorted({"png", "svg"}.intersection(forms)):
        after = out.file(made.name, f"{made.name}_p{made.pages + 1}.{form}")
        if after.exists():
            pages = "one page" if made.pages == 1 else f"{made.pages} pages"
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
    """What the package refuses becomes one line and exit 2."""
    try:
        yield
    except GeoError as error:
        talk(str(error))
        raise typer.Exit(2) from error
