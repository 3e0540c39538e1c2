"""One table of bounds: every reader of a View takes what reaches a bound, and refuses one more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from app_alerts import alerts
from browsing import Tab, modules, open_map, page_script
from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest
from test_cli_view import payload
from typer.testing import CliRunner

from geo.briefing.recreate import view_of
from geo.cli.main import app
from geo.errors import GeoError
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import BOUNDS, View
from geo.webmap.model import document_model


def some(count: int) -> list[str]:
    return sorted(f"s{number}" for number in range(count))


def looking(**changes: float) -> dict[str, float]:
    return {"lat": 34.5, "lon": 69.2, "zoom": 7.0} | changes


CASES: list[tuple[str, Any, Any]] = [
    ("sources", some(BOUNDS.entries), some(BOUNDS.entries + 1)),
    ("text", "x" * BOUNDS.letters, "x" * (BOUNDS.letters + 1)),
    # Outside the basic plane a letter is two units of a browser's text, and still one letter.
    ("text", "𝒳" * BOUNDS.letters, "𝒳" * (BOUNDS.letters + 1)),
    ("deaths", BOUNDS.fatalities, BOUNDS.fatalities + 1),
    ("viewport", looking(lat=90.0), looking(lat=90.5)),
    ("viewport", looking(lon=-180.0), looking(lon=-180.5)),
    ("viewport", looking(lon=180.0), looking(lon=540.0)),
    ("viewport", looking(zoom=20.0), looking(zoom=24.0)),
    ("viewport", looking(zoom=0.0), looking(zoom=-1.0)),
    ("compare", ["2023-01-01", "2023-01-01"], ["2023-01-02", "2023-01-01"]),
    ("compare", ["2025-01-01", "2025-12-31"], ["2025-12-31", "2025-01-01"]),
    ("compare", ["2021-01-01", "2021-12-31"], ["2021-12-31", "2021-01-01"]),
]
Reader = Callable[[dict[str, Any]], tuple[dict[str, Any], list[str]]]


def by_message(message: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    view, refusals = View.read_message(message)
    return view.to_message(), [one.field for one in refusals]


def by_address(message: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    view, refusals = View.read_query(query_of(message))
    return view.to_message(), [one.field for one in refusals]


def query_of(message: dict[str, Any]) -> dict[str, str]:
    ((name, value),) = message.items()
    if isinstance(value, dict):
        return {"at": ",".join(str(number) for number in value.values())}
    return {name: ",".join(value) if isinstance(value, list) else str(value)}


def by_recipe(message: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    text = json.dumps({"incidentMapRecipe": 1, "view": message})
    try:
        return Recipe.from_json(text).view.to_message(), []
    except GeoError as error:
        return {}, [str(error).split(": ")[1]]


def by_file(message: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    try:
        return view_of(json.dumps(message).encode(), "V.json").to_message(), []
    except GeoError as error:
        return {}, [str(error).split(": ")[1]]


@pytest.mark.slow
@pytest.mark.parametrize("reader", [by_message, by_address, by_recipe, by_file])
@pytest.mark.parametrize(("name", "taken", "refused"), CASES, ids=lambda one: str(one)[:20])
def test_what_reaches_a_bound_is_taken_and_one_step_more_is_refused_whole(
    reader: Reader, name: str, taken: Any, refused: Any
) -> None:
    read, said = reader({name: taken})
    assert (read[name], said) == (taken, [])
    read, said = reader({name: refused})
    assert (read.get(name, None) or None, said) == (None, [name])


@pytest.mark.parametrize("reader", [by_message, by_recipe, by_file])
def test_a_period_that_ends_before_it_begins_is_refused(reader: Reader) -> None:
    read, said = reader({"from": "2024-02-01", "to": "2024-01-31"})
    assert (read.get("from"), read.get("to"), said) == (None, None, ["from"])


PERIOD_A = {"from": "2023-01-01", "to": "2023-12-31"}


def by_options(message: dict[str, Any], folder: Path) -> tuple[Any, list[str]]:
    """What a map written by the command line opens with."""
    out = folder / "map.html"
    options = ["--from", message["from"], "--to", message["to"]]
    options += ["--compare", "/".join(message["compare"])]
    result = CliRunner().invoke(app, ["map", "--out", str(out), *options])
    if result.exit_code:
        return None, ["compare"] if "--compare" in result.stderr else [result.stderr]
    return payload(out)["view"]["compare"], []


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (["2025-01-01", "2025-12-31"], []),
        (["2021-01-01", "2021-12-31"], []),
        (["2023-06-01", "2024-05-31"], []),
        (["2025-12-31", "2025-01-01"], ["compare"]),
        (["2021-12-31", "2021-01-01"], ["compare"]),
    ],
    ids=["later", "earlier", "overlapping", "later backwards", "earlier backwards"],
)
def test_the_second_period_may_be_later_or_earlier_and_never_backwards(
    second: list[str], said: list[str], tmp_path: Path
) -> None:
    message = PERIOD_A | {"compare": second}
    wanted = None if said else second
    for reader in (by_message, by_recipe, by_file):
        read, refused = reader(message)
        assert (read.get("compare"), refused) == (wanted, said), reader
    view, refusals = View.read_query(message | {"compare": ",".join(second)})
    assert (view.to_message()["compare"], [one.field for one in refusals]) == (wanted, said)
    assert by_options(message, tmp_path) == (wanted, said)


def records(*options: str) -> Any:
    return CliRunner().invoke(app, ["records", "--format", "json", *options])


def test_all_districts_of_the_country_are_taken(own: Workspace) -> None:
    every = records("--districts", ",".join(own.country.districts))
    listed = {one["id"] for one in json.loads(every.stdout)}
    table = own.located.table
    assert listed == set(table["record"][table["district"] != ""])
    assert len(own.country.districts) > 200


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--text", "x" * 201), "--text: 201 letters; at most 200 are read"),
        (("--deaths", "1000001"), "--fatalities: more than 1,000,000 fatalities"),
        (("--from", "2024-02", "--to", "2024-01"), "--from: 2024-02-01 is after 2024-01-31"),
        (("--districts", ",".join(["AF0101"] * 20_001)), "--districts: 20,001 entries; at most"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_the_command_line_refuses_in_a_sentence(options: tuple[str, ...], said: str) -> None:
    result = records(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_a_place_to_look_at_is_refused_on_the_command_line(tmp_path: Path) -> None:
    out = str(tmp_path / "map.html")
    result = CliRunner().invoke(app, ["map", "--out", out, "--at", "34,540,7"])
    assert result.exit_code == 2
    assert "--at: expected degrees from -90 to 90 north" in " ".join(result.stderr.split())


@pytest.fixture(scope="module")
def script(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.evaluate(modules("core/checks.js", "core/address.js"))
    yield page
    page.close()


CHECKED = page_script("view_bounds.js", "checkedView")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("how", ["message", "address"])
def test_the_browser_takes_and_refuses_the_same(own: Workspace, script: Page, how: str) -> None:
    bounds = document_model(own)["bounds"]
    assert bounds == asdict(BOUNDS)
    for name, taken, refused in CASES:
        one, more = ({name: taken}, {name: refused})
        if how == "address":
            one, more = (urlencode(query_of(each), safe=",") for each in (one, more))
        read, said = script.evaluate(CHECKED, [how, one, bounds])
        assert (read[name], said) == (taken, []), name
        read, said = script.evaluate(CHECKED, [how, more, bounds])
        assert (name in read, said) == (False, [name]), name


@pytest.mark.browser
def test_the_document_says_which_filter_of_its_address_was_left_out(
    page: Callable[..., Tab], map_file: Path
) -> None:
    tab = open_map(page(), map_file, "#compare=2024-02-01,2024-01-01&kinds=presence")
    note = tab.page.locator(".im-refused")
    assert "compare: 2024-02-01 is after 2024-01-01" in note.inner_text()
    note.get_by_role("button", name="Close").click()
    assert note.is_hidden()


def opened() -> None:
    from geo.app import session  # noqa: PLC0415

    session.workspace()


def test_the_app_says_which_filter_of_its_address_was_left_out() -> None:
    page = AppTest.from_function(opened, default_timeout=60)
    page.query_params["compare"] = "2024-02-01,2024-01-01"
    page.query_params["kinds"] = "presence"
    page.run()
    assert not page.exception
    assert "is after" in alerts(page, "warning")[0]
    assert page.session_state["incident-map-view"] == View(kinds=("presence",))
