"""A page that does not follow the map in something says so; one that does keeps silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from app_alerts import alerts
from dossiers import copy_of_data, dossier_bytes, incident
from streamlit.testing.v1 import AppTest

from geo.app import briefing_page, changes_page
from geo.settings import FOLDER_VARIABLE
from geo.snapshot.content.recipe import Recipe
from geo.view import View

TWO = {"from": "2022-01-01", "to": "2022-12-31", "compare": "2024-01-01,2024-06-30"}
ELSEWHERE = "groups, filters and dates set on the map do not apply here"


def page(name: str) -> None:
    """Run one page of the app; its source is all that is taken over."""
    from importlib import import_module  # noqa: PLC0415

    getattr(import_module(f"geo.app.{name}_page"), f"{name}_page")()


@pytest.fixture(scope="module")
def small(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two incidents, which no test changes: the app reads it once."""
    copied = copy_of_data(data_folder, tmp_path_factory.mktemp("data") / "small")
    (copied / "incidents.yaml").write_bytes(
        dossier_bytes(incident(), incident(id="second", by=["taliban"]))
    )
    return copied


@pytest.fixture
def folder(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(small))
    return small


def said(name: str, query: dict[str, str], **state: object) -> str:
    app = AppTest.from_function(page, default_timeout=90, args=(name,))
    app.query_params.update(query)
    for key, value in state.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    return "\n".join([*alerts(app, "info"), *(one.value for one in app.caption)])


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_the_briefing_page_says_that_a_figure_shows_the_first_of_two_periods() -> None:
    words = said("briefing", TWO)
    assert "The map compares two periods." in words
    assert "This figure shows the first: between 1 January 2022 and 31 December 2022." in words
    assert (
        "The second, between 1 January 2024 and 30 June 2024, is shown only on the interactive map"
        in words
    )
    assert "two periods" not in said("briefing", {"from": "2022-01-01", "to": "2022-12-31"})


@pytest.mark.usefixtures("folder")
def test_of_an_earlier_recipe_it_says_so_too() -> None:
    view = View(compare=(date(2024, 1, 1), date(2024, 6, 30)))
    recipe = Recipe(view=view, as_of=date(2026, 11, 21), size="web").to_json().encode()
    words = said("briefing", {}, **{briefing_page.UPLOAD: recipe})
    assert "This figure shows the first: all dates." in words


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("query", "what"), [({"chosen": "second"}, "card"), ({"province": "AF-KAB"}, "list")]
)
def test_an_open_card_is_no_part_of_a_figure(query: dict[str, str], what: str) -> None:
    assert f"The {what} that is open on the map is not part of a figure." in said("briefing", query)
    assert "is not part of a figure" not in said("briefing", {"off": "nrf"})


@pytest.mark.usefixtures("folder")
def test_the_records_are_said_to_be_of_the_first_period() -> None:
    words = said("records", TWO)
    assert "Table and files show the first: between 1 January 2022" in words
    assert "two periods" not in said("records", {"off": "nrf"})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sources", "changes"])
@pytest.mark.parametrize(
    ("query", "is_filtered"),
    [({"off": "nrf"}, True), ({"text": "kabul"}, True), (TWO, True), ({}, False),
     ({"chosen": "second", "at": "34.5,69,7", "mode": "provinces"}, False)],
)  # fmt: skip
def test_a_page_of_all_records_says_so_while_the_map_is_filtered(
    folder: Path, name: str, query: dict[str, str], *, is_filtered: bool
) -> None:
    earlier = dossier_bytes(incident())
    assert folder.is_dir()
    words = said(name, query, **({changes_page.UPLOAD: earlier} if name == "changes" else {}))
    assert (ELSEWHERE in words) == is_filtered


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("at", "is_said"), [
    ("10,20,8", True), ("34.5,69.2,12", True), ("34.5,69.2,8", False),
])  # fmt: skip
def test_the_briefing_page_says_where_a_figure_cannot_look(at: str, is_said: bool) -> None:  # noqa: FBT001 - a column of the table
    assert ("a zoom, that a figure cannot" in said("briefing", {"at": at})) == is_said
