"""Snapshots from the command line: made again to the byte, many at once, and nothing unsaid."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dossiers import SOURCE, claim, dossier_bytes, incident, presence
from dossiers import workspace as workspace_of
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner, Result
from views import VIEWS

from geo.briefing import batch
from geo.briefing.batch import for_each, read_list
from geo.briefing.recreate import changes_since, is_as_it_was, recreate, view_of
from geo.cli.main import app
from geo.cli.snapshot_options import list_columns
from geo.errors import GeoError
from geo.places.country import Country
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import UNNAMED, View

DAY = date(2026, 11, 21)
NAME = re.compile(r"AFG_a-dossier_web_20261121_[0-9a-f]{8}\.png")
# Small and quick: what is tested here is the desk, not the drawing.
WEB = ("--size", "web", "--as-of", "2026-11-21")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def recipe_in(file: Path) -> Recipe:
    return Recipe.from_json(file.read_bytes())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "d.yaml"
    path.write_bytes(dossier_bytes(incident(), presence()))
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out"
    path.mkdir()
    return path


# One snapshot


def test_a_picture_comes_with_its_recipe_and_says_what_it_shows(file: Path, out: Path) -> None:
    result = run("snapshot", file, "--out", out / "x.png", *WEB, "--kinds", "incident",
                 "--title", "An  attack", "--note", "Ours.", "--at", "35.3,69.5,8")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    pages = sorted(out.glob("*.png"))
    assert [page.name for page in pages] == ["x.png", "x_p2.png"][: len(pages)]
    assert written(out) == {page.name for page in pages} | {"x.recipe.json"}
    recipe = recipe_in(out / "x.recipe.json")
    assert (recipe.title, recipe.note, recipe.size) == ("An attack", "Ours.", "web")
    assert recipe.view.kinds == ("incident",)
    assert recipe.view.viewport is not None
    assert recipe.as_of == DAY
    assert recipe.made.keys() == {"an-attack"}
    said = result.stderr.splitlines()
    assert str(out / "x.png") in said
    assert any(line.startswith("1 of 2 drawn · 1 of another record type") for line in said)


@pytest.mark.slow
def test_the_same_recipe_and_data_give_the_same_bytes(file: Path, out: Path) -> None:
    """That whole archives are the same is held by test_briefing.py."""
    first = out / "a.zip"
    assert run("snapshot", file, "--out", first, *WEB, "--title", "کابل").exit_code == 0
    assert written(out) == {"a.zip"}
    with zipfile.ZipFile(first) as archive:
        archive.extract("recipe.json", out)
        names = archive.namelist()
    assert {"records.csv", "records.geojson", "recipe.json"} <= set(names)
    for form in ("svg", "html", "png"):
        alone = out / f"alone.{form}"
        assert run("snapshot", file, "--out", alone, "--recipe", out / "recipe.json").exit_code == 0
        (member,) = (
            name for name in names if re.fullmatch(rf"AFG_[^.]*_[0-9a-f]{{8}}\.{form}", name)
        )
        with zipfile.ZipFile(first) as archive:
            assert archive.read(member) == alone.read_bytes(), form


def test_a_recipe_may_be_dressed_otherwise(file: Path, out: Path) -> None:
    assert run("snapshot", file, "--out", out / "x.html", *WEB, "--title", "One").exit_code == 0
    result = run("snapshot", file, "--out", out / "y.html", "--recipe", out / "x.recipe.json",
                 "--title", "Another", "--variant", "grey", "--as-of", "2026-11-22")  # fmt: skip
    assert result.exit_code == 0, result.output
    before, after = recipe_in(out / "x.recipe.json"), recipe_in(out / "y.recipe.json")
    assert after == replace(before, title="Another", variant="grey", as_of=date(2026, 11, 22))


@pytest.mark.slow
def test_a_folder_gets_the_names_that_the_snapshots_have(file: Path, out: Path) -> None:
    result = run("snapshot", file, "--out", out, *WEB, "--format", "png,html", "--dpi", "50")
    assert result.exit_code == 0, result.output
    (picture,) = (name for name in written(out) if NAME.fullmatch(name))
    stem = picture.removesuffix(".png")
    assert {f"{stem}.html", f"{stem}.recipe.json"} <= written(out)
    with Image.open(out / picture) as opened:
        assert opened.width == pytest.approx(800 * 50 / 96, abs=1)
    fresh = run("snapshot", file, "--out", f"{out}/new/deep/", *WEB, "--format", "html")
    assert fresh.exit_code == 0, fresh.output
    assert written(out / "new" / "deep") == {f"{stem}.html", f"{stem}.recipe.json"}


def test_what_could_not_be_read_is_said_and_ends_with_1(file: Path, out: Path) -> None:
    lost = incident(id="lost", where=[{"place": "Xqz"}])
    file.write_bytes(dossier_bytes(incident(), lost, incident(id="bad", when="no day")))
    result = run("snapshot", file, "--out", out / "x.html", *WEB)
    assert result.exit_code == 1
    assert "1 entry of the data could not be read and is not included." in result.stderr
    assert "a place that could not be found" in result.stderr
    assert f"{file}:" in result.stderr
    assert (out / "x.html").exists()


def test_a_page_of_an_earlier_run_is_not_taken_for_one_of_this(file: Path, out: Path) -> None:
    for number in range(2, 9):
        (out / f"x_p{number}.png").write_bytes(b"old")
    result = run("snapshot", file, "--out", out / "x.png", *WEB)
    assert result.exit_code == 0
    assert re.search(
        r"warning: \S+x_p\d\.png is left from an earlier run; this figure has", result.stderr
    )


REFUSED: list[tuple[list[str], str]] = [
    (["--out", "x.gif"], "--out: 'x.gif' is neither a folder, such as DIR/, nor a file"),
    (["--out", "x"], "--out: 'x' is neither a folder, such as DIR/, nor a file"),
    (["--out", "no/such/x.html"], "cannot be written (No such file or directory)"),
    (["--out", "x.png", "--format", "pdf"], "--format: the ending .png sets it"),
    (["--out", "./", "--format", "gif"], "--format: 'gif' is not known; expected any of"),
    (["--out", "x.pdf", "--dpi", "300"], "--dpi: only a PNG has a resolution"),
    (["--out", "x.pdf", "--as-picture"], "--as-picture: only slides have a choice"),
    (["--out", "x.png", "--size", "A4"], "--size: 'A4' is not known; expected any of slide"),
    (["--out", "x.png", "--variant", "gray"], "--variant: 'gray' is not known; did you"),
    (["--out", "x.png", "--title", "t" * 201], "--title: has 201 characters; at most 200"),
    (["--out", "x.png", "--note", "n" * 2001], "--note: has 2001 characters; at most 2000"),
    (["--out", "x.png", "--as-of", "2026"], "--as-of: '2026' is not a valid date"),
    (["--out", "x.png", "--at", "35,69"], "--at: '35,69' is not a map position"),
    (["--out", "x.png", "--groups", "nfr"], "--groups: 'nfr' is not known; did you mean 'nrf'"),
    (["--out", "x.png", "--each", "group"], "--each: writes several figures; give a folder"),
    (["--out", "./", "--each", "group", "--recipe", "r.json"], "--each: makes new figures"),
    (["--out", "./", "--each", "month", "--from", "2030"], "--each month: no record of these"),
    (["--out", "x.png", "--with-data-at-hand"], "--current-data: needs a recipe"),
    (["--out", "x.png", "--view", "v.json", "--kinds", "incident"], "--view: is a complete View"),
    (["--out", "x.png", "--recipe", "r.json", "--mode", "provinces"], "--recipe: contains a View"),
    (["--out", "x.png", "--recipe", "r.json", "--view", "v.json"], "--recipe: contains a View"),
    (["--out", "x.png", "--recipe", "no.json"], "no.json: cannot be read"),
    (["--out", "x.png", "--recipe", "d.yaml"], "d.yaml: is not a recipe"),
    (["--out", "x.png", "--recipe", "bad.json"], "bad.json: is not JSON"),
    (["--out", "x.png", "--view", "bad.json"], "bad.json: is not JSON; expected a View or a"),
    (["--out", "x.png", "--view", "no.json"], "no.json: cannot be read"),
    (["--out", "x.png", "--view", "list.json"], "list.json: is not a View"),
    (["--out", "x.png", "--view", "typo.json"], "no field 'kind'; did you mean 'kinds'?"),
    (["--out", "x.png", "--view", "wrong.json"], "from holds what no View can hold: '2024-13"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_is_refused_is_one_line_and_leaves_nothing(
    file: Path, out: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    (out / "d.yaml").write_bytes(file.read_bytes())
    (out / "r.json").write_text(Recipe().to_json(), encoding="utf-8")
    for name, text in {"v": "{}", "bad": "{", "list": "[]", "typo": '{"kind": ["incident"]}',
                       "wrong": '{"from": "2024-13-01"}'}.items():  # fmt: skip
        (out / f"{name}.json").write_text(text, encoding="utf-8")
    monkeypatch.chdir(out)
    before = written(out)
    result = run("snapshot", "d.yaml", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
    assert written(out) == before


# The View as a file


@given(VIEWS)
def test_a_view_in_a_file_is_the_view(view: View) -> None:
    message = view.to_message()
    reported = {"incidentMap": 1, "type": "view", "view": message, "shown": 1, "total": 2}
    recipe = Recipe(view=view).to_json().encode()
    assert view_of(json.dumps(message).encode(), "v") == view
    assert view_of(json.dumps(reported).encode(), "v") == view
    assert view_of(recipe, "v") == view


@pytest.mark.parametrize(
    "field",
    [{"off": ["nrf", "<b>"]}, {"mode": "districts"}, {"viewport": {"lat": 99, "lon": 0, "zoom": 1}},
     {"deaths": -1}, {"kinds": "incident"}, {"certain": "yes"}],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_never_dropped_unseen(field: dict[str, Any]) -> None:
    with pytest.raises(
        GeoError, match=f"V: {next(iter(field))}(: expected| holds what no View can hold)"
    ):
        view_of(json.dumps(field).encode(), "V")


# With other data


def made_from(found: Workspace, **changes: Any) -> Recipe:
    recipe = Recipe(as_of=DAY, size="web", **changes)
    return with_digests(found, recipe)


def test_a_recipe_of_other_data_is_refused_by_the_version_that_it_wants(
    file: Path, out: Path, country: Country
) -> None:
    assert run("snapshot", file, "--out", out / "x.html", *WEB).exit_code == 0
    before = recipe_in(out / "x.recipe.json")
    file.write_bytes(dossier_bytes(incident(title="Another attack"), incident(id="new")))
    result = run("snapshot", file, "--out", out / "y.html", "--recipe", out / "x.recipe.json")
    assert result.exit_code == 2
    assert f"x.recipe.json: was made from data version {before.data[:12]}" in result.stderr
    assert "--current-data" in result.stderr
    assert "y.html" not in written(out)
    result = run("snapshot", file, "--out", out / "y.html", "--recipe", out / "x.recipe.json",
                 "--with-data-at-hand")  # fmt: skip
    assert result.exit_code == 0, result.output
    first, *rest = [line for line in result.stderr.splitlines() if line.startswith(("Since", "  "))]
    assert first == (
        f"Since 21 November 2026 (data version {before.data[:12]}): 1 record added, 1 removed, "
        "1 revised; 2 shown then, 2 now."
    )
    assert rest == [
        "  added: new: An attack",
        "  removed: a-presence (no longer in the data)",
        "  revised: an-attack: Another attack",
    ]
    after = recipe_in(out / "y.recipe.json")
    assert after.since == first
    assert after.as_of is not None
    assert after.as_of >= DAY
    found = workspace_of(country, incident(title="Another attack"), incident(id="new"))
    content = compose(found, after)
    assert content.since == first


def test_with_the_same_data_nothing_has_changed_and_that_is_said(country: Country) -> None:
    found = workspace_of(country, incident())
    recipe = made_from(found)
    assert is_as_it_was(found, recipe)
    same = recreate(found, recipe)
    assert (same.recipe, same.since) == (recipe, None)
    later = recreate(found, recipe, current_data=True, today=date(2026, 11, 28))
    assert later.recipe.as_of == date(2026, 11, 28)
    assert "nothing has changed in the 1 record shown" in later.recipe.since


def test_a_source_graded_anew_changes_what_its_records_say(country: Country) -> None:
    records = incident(), presence(claims=[claim(source="other", says="presence")])
    sources = {"report": SOURCE, "other": SOURCE}
    graded = sources | {"report": SOURCE | {"reliability": "B"}}
    before = workspace_of(country, *records, sources=sources)
    after = workspace_of(country, *records, sources=graded)
    since = changes_since(after, made_from(before))
    assert [record.id for record in since.changed] == ["an-attack"]
    assert (since.added, since.gone, since.boundaries_changed) == ((), (), False)


def test_a_record_that_left_the_view_is_told_from_one_that_left_the_data(country: Country) -> None:
    view = View(last=date(2022, 12, 31))
    before = workspace_of(country, incident(), incident(id="kept"))
    after = workspace_of(country, incident(when="2023"), incident(id="kept"))
    since = changes_since(after, made_from(before, view=view))
    assert (since.before, since.now) == (2, 1)
    assert list(since.lines())[1:] == [
        "  removed: an-attack: An attack (in the data, but not shown)"
    ]


def test_other_outlines_under_the_same_data_are_other_data(country: Country) -> None:
    found = workspace_of(country, incident())
    recipe = replace(made_from(found), ground="0" * 64)
    with pytest.raises(GeoError, match="with boundaries and names 000000000000"):
        recreate(found, recipe)
    since = recreate(found, recipe, current_data=True, today=DAY).since
    assert since is not None
    assert since.line.endswith("; boundaries or place names have changed.")


# Many at once


def test_each_province_month_and_group_has_its_own(own: Workspace) -> None:
    base = Recipe(as_of=DAY, title="All")
    provinces = for_each("province", own, base)
    assert len(provinces) == 34
    assert {wish.recipe.view.provinces for wish in provinces} == {
        (code,) for code in own.country.provinces.codes
    }
    assert provinces[0].recipe.title == f"{provinces[0].where}: All"
    some = replace(base, view=View(provinces=("AF-KAB", "AF-PAN")))
    assert len(for_each("province", own, some)) == 2
    groups = for_each("group", own, base)
    assert len(groups) == len(own.reading.dossier.groups) + 1
    keys = {*own.reading.dossier.groups, UNNAMED}
    assert {frozenset(keys) - set(wish.recipe.view.off) for wish in groups} == {
        frozenset({key}) for key in keys
    }
    year = replace(base, view=View(first=date(2022, 1, 15), last=date(2022, 12, 31)))
    months = for_each("month", own, year)
    # A month that the dates cut says so.
    assert months[0].where == "January 2022 (from 15 January 2022)"
    assert months[0].recipe.view.first == date(2022, 1, 15)
    days = [(wish.recipe.view.first, wish.recipe.view.last) for wish in months]
    assert days == sorted(days)
    assert months[-1].recipe.view.last == date(2022, 12, 31)


def test_each_group_is_written_and_counted(file: Path, out: Path) -> None:
    result = run("snapshot", file, "--each", "group", "--out", out, "--format", "html", *WEB)
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in out.glob("*.html"))
    assert len(names) == 2
    assert len(list(out.glob("*.recipe.json"))) == 2
    assert names[0].startswith("AFG_nrf-a-dossier_web_20261121_")
    assert f"{out}: 2 of 2 figures written" in result.stderr
    assert "No record is shown. (in 1 of 2)" in result.stderr
    assert ": NRF, 2 of 2 drawn" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("each", "count", "drawn"),
    [("province", 2, "Panjshir, 2 of 2 drawn"), ("month", 1, "May 2022, 1 of 2 drawn"),
     ("group", 2, "NRF, 2 of 2 drawn")],
)  # fmt: skip
def test_snapshots_takes_each_with_the_dossier_at_hand_instead_of_a_list(
    file: Path, out: Path, each: str, count: int, drawn: str
) -> None:
    narrowed = {
        "province": ("--provinces", "Panjshir,Kabul"),
        "month": ("--from", "2022-05", "--to", "2022-06"),
    }.get(each, ())
    result = run("snapshots", file, "--each", each, "--out", out, "--format", "html", *WEB,
                 "--all-records", *narrowed)  # fmt: skip
    assert result.exit_code == 0, result.output
    assert drawn in result.stderr
    recipes = [recipe_in(one) for one in out.glob("*.recipe.json")]
    assert len(recipes) == len(list(out.glob("*.html"))) == count
    assert len({recipe.view for recipe in recipes}) == count


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "snapshots: give a list of figures, or --each province, month or group"),
        (("l.csv", "d.yaml", "--each", "group"), "--each: takes no list; give only the dossier"),
        (("--each", "group", "--compare", "2023..2024"), "--compare: "),
    ],
)
def test_snapshots_says_what_it_needs(out: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run("snapshots", *arguments, "--out", f"{out}/")
    assert result.exit_code == 2
    assert message in result.stderr
    assert written(out) == set()


CSV = """title,provinces,from,size,certain,grade
The valley,Panjsher,2022,web,yes,F
Nowhere,Kabol,,,,
,,2022-13,,,
,,,A5,,
,,,,perhaps,
,,,,,G
,,,,,,too many

Last,,,,,
"""
FAULTS = (
    "row 3, provinces: 'Kabol' is not a province; did you mean 'Kabul'?",
    "row 4, from: '2022-13' is not a date that can be placed",
    "row 5, size: 'A5' is not known",
    "row 6, certain: 'perhaps' is not known",
    "row 7, reliability: 'G' is not known",
    "row 8: has 7 cells; the first row names 6 columns",
)


def test_a_list_loses_no_row_and_tells_each_fault_with_row_and_column(
    file: Path, out: Path, tmp_path: Path
) -> None:
    wanted = tmp_path / "list.csv"
    wanted.write_bytes(b"\xef\xbb\xbf" + CSV.encode())
    result = run("snapshots", wanted, file, "--out", out, "--format", "html", *WEB)
    assert result.exit_code == 2
    for fault in FAULTS:
        assert f"{wanted} {fault}" in result.stderr
    assert f"{out}: 2 of 8 figures written" in result.stderr
    recipes = {recipe.title: recipe for recipe in map(recipe_in, out.glob("*.recipe.json"))}
    assert recipes.keys() == {"The valley", "Last"}
    valley = recipes["The valley"].view
    assert (valley.provinces, valley.certain, valley.grade) == (("AF-PAN",), True, "F")
    assert valley.first == date(2022, 1, 1)
    assert recipes["Last"].size == "web"


def test_a_list_may_be_yaml(file: Path, out: Path, tmp_path: Path) -> None:
    wanted = tmp_path / "list.yaml"
    wanted.write_text(
        "- title: Two\n  provinces: [Kabul, AF-PAN]\n  credibility: 6\n  certain: true\n"
        "- titel: x\n- just words\n- title:\n    deep: 1\n- deaths: 0\n",
        encoding="utf-8",
    )
    result = run(
        "snapshots", wanted, file, "--out", out, "--format", "html", *WEB, "--from", "2022"
    )
    assert result.exit_code == 2
    assert f"{wanted} line 5: there is no column 'titel'; did you mean 'title'?" in result.stderr
    assert f"{wanted} line 6: is not a figure; write options" in result.stderr
    assert f"{wanted} line 7, title: must be text, a number or a list" in result.stderr
    views = {recipe.title: recipe.view for recipe in map(recipe_in, out.glob("*.recipe.json"))}
    two = views["Two"]
    assert (two.provinces, two.credibility, two.certain) == (("AF-KAB", "AF-PAN"), 6, True)
    assert views[""].deaths == 0


LISTS: list[tuple[bytes, str]] = [
    (b"", "there is no column ''|holds no row"),
    (b"title\n", "holds no row; expected a snapshot in each"),
    (b"titel\nx\n", "row 1: there is no column 'titel'; did you mean 'title'?"),
    (b"title,title\nx,y\n", "row 1: names the column 'title' twice"),
    (b"title\n\xff\n", "is not UTF-8 text"),
    (b"title\n" + b"x\n" * 501, "holds 501 rows; at most 500 at once"),
    (b"x" * 1_000_001, "larger than 1,000,000 bytes"),
    (b"title\n" + b"x" * 200_000, "cannot be read as CSV"),
]


@pytest.mark.parametrize(("data", "message"), LISTS, ids=[said for _, said in LISTS])
def test_a_list_that_cannot_be_read_is_one_line(data: bytes, message: str) -> None:
    with pytest.raises(GeoError, match=message.replace("?", r"\?")):
        read_list(data, "l.csv", list_columns())


@given(st.binary(max_size=60), st.sampled_from(["l.csv", "l.yaml"]))
def test_no_list_breaks_the_reader(data: bytes, name: str) -> None:
    try:
        rows, faults = read_list(
            b"title,from\n" + data if name == "l.csv" else data, name, list_columns()
        )
    except GeoError as error:
        assert str(error).startswith(name)  # noqa: PT017 - or there is no error at all
    else:
        assert rows or faults


def test_a_list_with_semicolons_is_read_as_its_spreadsheet_meant() -> None:
    rows, _ = read_list(b"title;provinces\nA;Kabul,Panjshir\n", "l.csv", list_columns())
    assert rows[0].values == {"title": "A", "provinces": "Kabul,Panjshir"}


def test_a_picture_that_fails_costs_only_itself(
    file: Path,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    real = batch.make

    def make(*given: Any) -> Any:
        if given[1].title == "Breaks":
            raise ZeroDivisionError
        return real(*given)

    monkeypatch.setattr(batch, "make", make)
    wanted = tmp_path / "list.csv"
    wanted.write_text("title\nBreaks\nHolds\n", encoding="utf-8")
    result = run("snapshots", wanted, file, "--out", out, "--format", "html", *WEB)
    assert result.exit_code == 70
    assert f"{wanted} row 2: The program failed while making this figure (ZeroDivisionError" in (
        result.stderr
    )
    assert "Traceback" not in result.stderr
    assert f"failed while making the figure of {wanted} row 2\nTraceback" in caplog.text
    assert [recipe_in(one).title for one in out.glob("*.recipe.json")] == ["Holds"]


def test_many_need_a_folder(file: Path, tmp_path: Path) -> None:
    wanted = tmp_path / "list.csv"
    wanted.write_text("title\nx\n", encoding="utf-8")
    result = run("snapshots", wanted, file, "--out", tmp_path / "x.png")
    assert result.exit_code == 2
    assert "is not a folder; several figures need one" in result.stderr
    assert run("snapshots", tmp_path / "no.csv", "--out", tmp_path).exit_code == 2
