"""The briefing page: from what the map shows to a figure, and an earlier one made again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit
from app_alerts import alerts
from browsing import Tab, page_script
from dossiers import copy_of_data, dossier_bytes, incident
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import geo.app.briefing_page as room
from geo.app.editors_mark_fields import _pairs
from geo.app.passing_on import INCLUDE
from geo.app.plain import isolated
from geo.cli.main import app as commands
from geo.settings import FOLDER_VARIABLE
from geo.snapshot.content.composing import with_digests
from geo.snapshot.content.editorial.editor_marks import EditorMark
from geo.snapshot.content.editorial.editorial import NO_EDITORIAL
from geo.snapshot.content.recipe import Recipe
from geo.view import View
from geo.workspace import open_workspace

Open = Callable[..., Tab]
DAY = date(2026, 11, 21)
HOSTILE = "[red](javascript:x) :red[An] $\\frac{1}{2}$ <b>attack</b>"
Drawn = list[Recipe]
TOO_WIDE = page_script("briefing_page.js", "tooWide")

COPIED = page_script("briefing_page.js", "copied")
SIZE = "image => [image.naturalWidth, image.naturalHeight]"


def page() -> None:
    """Run the page on its own; its source is all that the app takes over."""
    from geo.app.briefing_page import briefing_page  # noqa: PLC0415

    briefing_page()


@pytest.fixture
def folder(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small country of its own: what is tested here is the desk, not the drawing."""
    copied = copy_of_data(data_folder, tmp_path / "small")
    (copied / "incidents.yaml").write_bytes(
        dossier_bytes(incident(), incident(id="second", by=["taliban"], title=HOSTILE))
    )
    monkeypatch.setenv(FOLDER_VARIABLE, str(copied))
    return copied


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Return the recipes of the figures that the page has drawn."""
    found: Drawn = []
    real = room.make

    def make(*given: object) -> object:
        found.append(given[1])
        return real(*given)

    monkeypatch.setattr(room, "make", make)
    streamlit.cache_resource.clear()
    return found


def opened(recipe: bytes | None = None, **query: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=90)
    app.query_params.update(query)
    if recipe is not None:
        app.session_state[room.UPLOAD] = recipe
    app.run()
    assert not app.exception
    return app


@pytest.mark.slow
def test_characters_without_a_glyph_are_named_below_the_figure(folder: Path) -> None:  # noqa: ARG001
    app = opened()
    app.text_input[0].set_value("a" + chr(0x378)).run()
    assert not app.exception
    captions = [one.value.replace("\\", "") for one in app.caption]
    assert any("(U+0378) in the title" in said for said in captions), captions


def made_in(folder: Path, **changes: object) -> Recipe:
    found = open_workspace(folder)
    recipe = Recipe(as_of=DAY, size="web", **changes)
    return with_digests(found, recipe)


def captions(app: AppTest) -> str:
    return "\n".join(each.value.replace("\\", "") for each in app.caption)


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_it_begins_with_what_the_map_shows_and_is_dressed_by_hand(drawn: Drawn) -> None:
    app = opened(off="taliban")
    assert drawn[-1].view == View(off=("taliban",))
    assert drawn[-1].as_of == datetime.now(UTC).date()
    assert "1 of 2 drawn · 1 switched off" in captions(app)
    app.text_input[0].set_value("  A  title ")
    app.text_area[0].set_value("A note.")
    app.selectbox[0].set_value("web")
    next(one for one in app.radio if one.label == "Colours").set_value("grey")
    app.run()
    assert not app.exception
    last = drawn[-1]
    assert (last.title, last.note, last.size, last.variant) == ("A title", "A note.", "web", "grey")
    before = len(drawn)
    app.run()
    assert len(drawn) == before
    snippets = "\n".join(code.value for code in app.code)
    for said in ("<iframe src=", "![Map of ", "<img src=", "A title. Incident Map"):
        assert said in snippets
    assert re.search(r"AFG_a-title_web_\d{8}_[0-9a-f]{8}\.png", snippets)


@pytest.mark.slow
def test_an_earlier_figure_is_made_again_from_the_same_data(folder: Path, drawn: Drawn) -> None:
    recipe = made_in(folder, title="Earlier", view=View(off=("nrf",)))
    app = opened(recipe.to_json().encode())
    assert drawn == [recipe]
    assert "21 November 2026, recreated from the same data" in alerts(app, "info")[0]
    assert app.text_input[0].value == "Earlier"


@pytest.mark.slow
def test_with_other_data_it_says_what_has_changed(folder: Path, drawn: Drawn) -> None:
    recipe = made_in(folder)
    (folder / "incidents.yaml").write_bytes(dossier_bytes(incident(title=HOSTILE)))
    app = opened(recipe.to_json().encode())
    (warning,) = alerts(app, "warning")
    assert "1 removed" in warning
    assert "2 shown then, 1 now" in warning
    (last,) = drawn
    assert last.as_of == datetime.now(UTC).date()
    assert last.since == warning
    listed = "\n".join(each.value for each in app.markdown)
    assert "second" in listed
    assert isolated(HOSTILE).removeprefix("<bdi>").removesuffix("</bdi>") in listed


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("given", "message"),
    [(b"{", "This file: is not JSON"), (b"[]", "is not a recipe"),
     (b'{"incidentMapRecipe": 1, "size": "A5"}', "size 'A5' is unknown")],
)  # fmt: skip
def test_what_is_no_recipe_is_said_and_the_map_is_briefed(
    given: bytes, message: str, drawn: Drawn
) -> None:
    app = opened(given)
    assert message in alerts(app)[0]
    assert drawn[-1].view == View()


@pytest.mark.slow
@pytest.mark.browser
def test_from_the_map_to_the_same_file_as_the_command_line_makes(
    page: Open, app_url: str, tmp_path: Path
) -> None:
    tab = page(width=1440, height=900, alone=True)
    tab.page.goto(app_url)
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-row-toggle[data-group=nrf]").click()
    tab.page.wait_for_url("**/?off=nrf*")
    expect(inside.locator("[data-standing=off]")).to_have_text("7 switched off")
    ledger = inside.locator(".im-ledger-total").inner_text()
    tab.page.get_by_role("link", name="Create briefing").click()
    picture = tab.page.locator("img[alt^='Map of']")
    picture.wait_for(timeout=60_000)
    drawn, total = re.findall(r"\d+", ledger)[:2]
    assert f"{drawn} of {total} records drawn" in (picture.get_attribute("alt") or "")
    expect(tab.page.get_by_text("7 switched off")).to_be_visible()
    tab.page.get_by_label("Title", exact=True).fill("A title of ours")
    tab.page.get_by_label("Title", exact=True).press("Enter")
    expect(tab.page.get_by_text("A title of ours. Incident Map")).to_be_visible(timeout=60_000)
    for name in ("SVG", "Recipe"):
        with tab.page.expect_download(timeout=60_000) as going:
            tab.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        going.value.save_as(tmp_path / name)
        assert going.value.suggested_filename.startswith("AFG_a-title-of-ours_slide_")
    assert Recipe.from_json((tmp_path / "Recipe").read_bytes()).view.off == ("nrf",)
    recreate = tmp_path / "again.svg"
    result = CliRunner().invoke(
        commands, ["snapshot", "--recipe", str(tmp_path / "Recipe"), "--out", str(recreate)]
    )
    assert result.exit_code == 0, result.output
    assert recreate.read_bytes() == (tmp_path / "SVG").read_bytes()
    assert ledger in result.stderr
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.page.get_by_role("button", name="Copy the picture").click()
    tab.page.get_by_text("The picture is copied.").wait_for()
    assert tab.page.evaluate(COPIED) == picture.evaluate(SIZE)
    tab.page.get_by_role("link", name="Method").click()
    tab.page.get_by_role("heading", name="Method").wait_for()
    tab.page.get_by_role("link", name="Briefing").click()
    expect(tab.page.get_by_label("Title", exact=True)).to_have_value("A title of ours")
    tab.page.set_viewport_size({"width": 390, "height": 844})
    picture.wait_for()
    assert tab.page.evaluate(TOO_WIDE) == 0
    assert tab.abroad == []
    assert [error for error in tab.errors if "404" not in error] == []


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_what_goes_along_is_asked_in_plain_words_and_counted(drawn: Drawn) -> None:
    shown = opened(off="taliban")
    question = next(one for one in shown.radio if one.label == INCLUDE)
    assert question.value == "No"
    text = " ".join(one.value for one in shown.markdown)
    assert "1 of 2 records" in text
    question.set_value("Yes").run()
    assert "1 of 2 records" not in " ".join(one.value for one in shown.markdown)
    next(one for one in shown.selectbox if one.label == "Readers").set_value("public").run()
    assert drawn[-1].profile == "public"
    assert "names of speakers" in " ".join(one.value for one in shown.markdown)


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_a_map_that_shows_everything_asks_nothing(drawn: Drawn) -> None:
    shown = opened()
    assert [one.label for one in shown.radio if one.label == INCLUDE] == []
    assert drawn[-1].profile == ""


def field(app: AppTest, label: str) -> Any:
    return next(one for one in app.text_input if one.label == label)


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_what_the_editor_adds_is_in_the_recipe_of_the_figure(drawn: Drawn) -> None:
    app = opened()
    assert drawn[-1].editorial == NO_EDITORIAL
    field(app, "Marking").set_value("TLP:AMBER")
    field(app, "Positions").set_value("34.5, 69.2; 35.3, 69.5")
    field(app, "Text").set_value("Here")
    next(one for one in app.button if one.label == "Add mark").click().run()
    assert not app.exception
    editorial = drawn[-1].editorial
    assert editorial.marking == "TLP:AMBER"
    assert editorial.marks == (EditorMark("arrow", ((34.5, 69.2), (35.3, 69.5)), text="Here"),)
    field(app, "Accent").set_value("#FFCC00").run()
    assert any("choose a darker one" in said for said in alerts(app))


@pytest.mark.parametrize(
    "given", [None, "x", {"a": 1}, [[1]], [["1", "2"]], [[float("nan"), 0]], [[0.1, 0.2, 0.3]]]
)
def test_only_points_are_taken_from_the_preview(given: object) -> None:
    assert _pairs(given) == []
    assert _pairs([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]) == [(0.1, 0.2), (0.3, 0.4)]
