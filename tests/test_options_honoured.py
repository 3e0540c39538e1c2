"""What a command is asked to show, it shows, or it says that it does not."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from dossiers import copy_of_data
from typer.testing import CliRunner, Result

from geo.cli import series as cli_series
from geo.cli import snapshot as cli_snapshot
from geo.cli.main import app
from geo.cli.view_options import FilterOptions
from geo.dossier.editing import Edit, applied
from geo.dossier.intake import read_dossier
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, View, Viewport
from geo.webmap import document as web_map
from geo.workspace import open_workspace

OPTIONS: dict[str, list[str]] = {
    "groups": ["--groups", "nrf"],
    "kinds": ["--kinds", "presence"],
    "first": ["--from", "2024"],
    "last": ["--to", "2021"],
    "certain": ["--certain"],
    "events": ["--events", "Battles"],
    "against": ["--against", "taliban"],
    "statuses": ["--statuses", "reported"],
    "attributions": ["--attributions", "claimed_by_actor"],
    "sources": ["--sources", "hudson-2024"],
    "grade": ["--grade", "A"],
    "credibility": ["--credibility", "1"],
    "precisions": ["--precisions", "province"],
    "provinces": ["--provinces", "Panjshir"],
    "districts": ["--districts", "AF0101"],
    "deaths": ["--deaths", "stated"],
    "text": ["--text", "massoud"],
    "reviews": ["--review", "approved"],
    "approved_only": ["--approved-only"],
    "drafts": ["--drafts"],
    "mode": ["--mode", "provinces"],
    "compare": ["--compare", "2022"],
    "base_off": ["--base-off", "relief,places"],
    "language": ["--language", "prs"],
    "counting": ["--counting", "origins"],
    "coverage": ["--coverage"],
    "at": ["--at", "35.3,69.5,8"],
}
"""Each option of a View, with a value that changes what this dossier shows."""
FIELDS: dict[str, Any] = {
    "off": ("taliban",),
    "first": date(2024, 1, 1),
    "last": date(2021, 12, 31),
    "certain": True,
    "kinds": ("presence",),
    "events": ("Battles",),
    "against": ("taliban",),
    "statuses": ("reported",),
    "attributions": ("claimed_by_actor",),
    "sources": ("hudson-2024",),
    "grade": "A",
    "credibility": 1,
    "precisions": ("province",),
    "provinces": ("AF-PAN",),
    "districts": ("AF0101",),
    "deaths": "stated",
    "text": "massoud",
    "reviews": ("approved",),
    "drafts": True,
    "mode": "provinces",
    "compare": (date(2022, 1, 1), date(2022, 12, 31)),
    "base_off": ("places", "relief"),
    "language": "prs",
    "counting": "origins",
    "coverage": True,
    "chosen": "shaba-base-attack-2022",
    "province": "AF-PAN",
    "viewport": Viewport(35.3, 69.5, 8),
}
"""Each field of a View, likewise."""
REFUSED = {
    "records": {"certain", "compare", "mode", "base_off", "language", "counting", "coverage", "at"},
    "snapshot": {"certain", "compare"},
    "snapshots": {"certain", "compare"},
    "series": {"certain", "compare"},
    "map": set[str](),
    "counts": {"certain", "compare", "mode", "base_off", "language", "counting", "coverage", "at"},
    "check": {"certain", "compare", "mode", "base_off", "language", "counting", "coverage", "at"},
}
REFUSED_IN_A_FILE = {"certain", "compare", "chosen", "province"}


def commands() -> dict[str, set[str]]:
    """The options of each command, by its name."""
    group = typer.main.get_command(app)
    found = getattr(group, "commands").items()  # noqa: B009 - click's own type is not typed so
    return {name: {one.name for one in command.params} for name, command in found}


def test_every_command_with_an_option_of_a_view_is_tried_and_every_option() -> None:
    of_a_view = {one.name for one in fields(FilterOptions)}
    taking = {name for name, own in commands().items() if of_a_view <= own}
    assert taking == set(REFUSED)
    assert of_a_view == set(OPTIONS)
    assert {one.name for one in fields(View)} == set(FIELDS)


class Shown:
    """What the commands would show: a list, the View of a page, or the content of a figure."""

    def __init__(self, own: Workspace, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.own, self.folder, self.seen = own, folder, list[Any]()
        patch.setattr(web_map, "document_html", lambda *_, view, **__: self.keep(view.to_message()))
        patch.setattr(cli_snapshot, "_write_one", lambda _, recipe, *__: self.figure(recipe))
        patch.setattr(
            cli_snapshot,
            "_write_many",
            lambda _, requests, faults, *__: self.many([one.recipe for one in requests], faults),
        )

        patch.setattr(cli_series, "_write", lambda _, series, *__: self.figure(series.recipe))

    def keep(self, what: Any) -> str:
        self.seen.append(what)
        return ""

    def figure(self, recipe: Recipe) -> None:
        own = self.own
        made = with_digests(own, recipe)
        content = compose(own, made)
        # Nothing that merely repeats the View: the marks, the notes, the counts and the land.
        drawn = [content.mode, content.base_off, content.language, content.legend, content.coverage]
        drawn += [content.spots, content.badges, content.entries, content.ledger]
        self.keep(repr([*drawn, content.frame.box.bounds]))

    def many(self, recipes: list[Recipe], faults: list[str]) -> int:
        for recipe in recipes:
            self.figure(recipe)
        if faults:
            typer.echo("\n".join(faults), err=True)
        return 2 if faults else 0

    def run(self, command: str, *options: str) -> tuple[Result, Any]:
        """Run a command; what it keeps is what it shows, or else what it prints."""
        one = self.folder / "list.csv"
        one.write_text("title\nOne\n", encoding="utf-8")
        own = {
            "records": [],
            "counts": [],
            "check": ["at-least: 0"],
            "map": ["--out", str(self.folder / "m.html")],
            "snapshot": ["--out", str(self.folder / "s.png")],
            "snapshots": [str(one), "--out", f"{self.folder}/"],
            "series": ["--by", "group", "--out", f"{self.folder}/"],
        }[command]
        self.seen.clear()
        result = CliRunner().invoke(app, [command, *own, *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result, self.seen[-1] if self.seen else result.stdout


@pytest.fixture(scope="module")
def drafted(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own data with a draft."""
    folder = copy_of_data(data_folder, tmp_path_factory.mktemp("data"))
    file = folder / "incidents.yaml"
    data = file.read_bytes()
    key = read_dossier(data).dossier.incidents[0].id
    copy = Edit.duplicating(data, "incidents", key, "a-draft", by="A. Analyst")
    made = applied(data, replace(copy, new={**copy.new, "draft": True}))
    file.write_bytes(made)
    return folder


@pytest.fixture
def shown(drafted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    monkeypatch.setenv("INCIDENT_MAP_DATA", str(drafted))
    return Shown(open_workspace(drafted), tmp_path, monkeypatch)


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("command", REFUSED)
def test_an_option_of_a_view_changes_what_is_shown_or_is_refused(
    shown: Shown, command: str
) -> None:
    plain, before = shown.run(command)
    assert plain.exit_code == 0, plain.output
    for name, options in OPTIONS.items():
        result, after = shown.run(command, *options)
        if name in REFUSED[command]:
            assert result.exit_code == 2, (name, result.output)
            # A list names the column of its row.
            assert f"{options[0].removeprefix('--')}: " in result.stderr
            assert len(result.stderr.splitlines()) == 1
        else:
            assert result.exit_code == 0, (name, result.output)
            assert after != before, name


@pytest.mark.parametrize("command", ["records", "snapshot"])
def test_certain_is_honoured_with_dates(shown: Shown, command: str) -> None:
    _, before = shown.run(command, "--from", "2024")
    result, after = shown.run(command, "--from", "2024", "--certain")
    assert result.exit_code == 0
    assert after != before


def test_a_field_of_a_view_in_a_file_changes_the_figure_or_is_refused(shown: Shown) -> None:
    _, before = shown.run("snapshot")
    file = shown.folder / "v.json"
    for name, value in FIELDS.items():
        view = View(**{name: value})
        changed = {
            key: said
            for key, said in view.to_message().items()
            if said != EVERYTHING.to_message()[key]
        }
        assert changed, name
        file.write_text(json.dumps(changed), encoding="utf-8")
        result, after = shown.run("snapshot", "--view", str(file))
        if name in REFUSED_IN_A_FILE:
            assert result.exit_code == 2, name
            assert name in result.stderr
        else:
            assert result.exit_code == 0, (name, result.output)
            assert after != before, name


ROWS: list[tuple[str, str]] = [("compare", "2022"), ("certain", "yes")]


@pytest.mark.parametrize(("column", "cell"), ROWS)
def test_a_column_that_a_figure_ignores_is_refused_with_its_row(
    shown: Shown, column: str, cell: str
) -> None:
    file = shown.folder / "rows.csv"
    file.write_text(f"title,{column}\nOne,{cell}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["snapshots", str(file), "--out", f"{shown.folder}/"])
    assert result.exit_code == 2
    assert f"row 2, {column}: " in result.stderr


def test_one_figure_for_each_month_may_be_certain(shown: Shown) -> None:
    options = ["--out", f"{shown.folder}/", "--each", "month", "--certain"]
    result = CliRunner().invoke(app, ["snapshot", *options])
    assert result.exit_code == 0, result.output


def test_a_recipe_made_with_a_card_open_is_made_again(shown: Shown) -> None:
    own = shown.own
    view = View(chosen="shaba-base-attack-2022", province="AF-PAN", certain=True)
    recipe = with_digests(own, Recipe(view=view))
    file = shown.folder / "r.recipe.json"
    file.write_text(recipe.to_json(), encoding="utf-8")
    result, _ = shown.run("snapshot", "--recipe", str(file))
    assert result.exit_code == 0, result.output
