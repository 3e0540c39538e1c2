"""The page with counts shows the numbers of the library and decides what the command decides."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from app_alerts import alerts
from streamlit.testing.v1 import AppTest

from geo.counts.bounds import CountedBy, count_cells
from geo.counts.charting import chart_of
from geo.counts.countable import counted_records
from geo.counts.deciding import decide
from geo.counts.saying import CellNames, say_verdict
from geo.counts.statement_text import CountedNames, read_statement
from geo.settings import FOLDER_VARIABLE
from geo.view import View
from geo.workspace import open_workspace


def page() -> None:
    from geo.app.counts_page import counts_page  # noqa: PLC0415 - AppTest runs this text alone

    counts_page()


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, data_folder: Path) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(data_folder))
    return data_folder


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=90)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def fields(app: AppTest) -> dict[str, object]:
    return {one.label: one for one in (*app.text_input, *app.selectbox, *app.number_input)}


def rows(app: AppTest) -> list[list[str]]:
    """The cells of the table of numbers."""
    (table,) = [one.proto.body for one in app.get("html") if "im-counts" in one.proto.body]
    body = table.partition("<tbody>")[2]
    return [
        [html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.split("</t[dh]>", row)[:-1]]
        for row in body.split("</tr>")[:-1]
    ]


@pytest.mark.parametrize("by", ["year", "province", "group"])
def test_the_numbers_beside_the_chart_are_those_of_the_library(folder: Path, by: CountedBy) -> None:
    app = opened(off="taliban")
    app.radio[0].set_value(by).run()
    assert not app.exception
    workspace = open_workspace(folder)
    counted = counted_records(workspace, View(off=("taliban",)))
    chart = chart_of(counted, by, CellNames.of(workspace), workspace.country.name)
    wanted = [
        [one.label, *(str(part.low) if part.low == part.high else f"{part.low} to {part.high}"
                      for part in one.parts)]
        for one in chart.groups
    ]  # fmt: skip
    assert rows(app) == wanted
    assert len(wanted) == len(count_cells(counted, (by,)))


@pytest.mark.usefixtures("folder")
def test_a_statement_is_decided_as_the_command_decides_it(folder: Path) -> None:
    app = opened()
    assert any("Say what A and B are" in one.value for one in app.caption)
    found = fields(app)
    found["Period of A"].set_value("2024")  # type: ignore[attr-defined]
    found["Period of B"].set_value("2022")  # type: ignore[attr-defined]
    app.run()
    assert not app.exception
    (command,) = [one.value for one in app.code]
    text = command.removeprefix('incident-map check "').removesuffix('"')
    assert text == "more: period=2024; than: period=2022"
    workspace = open_workspace(folder)
    decision = decide(read_statement(text, CountedNames.of(workspace)), counted_records(workspace))
    assert decision.verdict == "depends"
    assert alerts(app, "warning") == [say_verdict(decision)]
    assert len([one for one in app.button if one.label == "Show"]) == decision.depends_count


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "kind", ["at-least", "at-most", "share", "rises", "falls", "most", "first", "last"]
)
def test_every_kind_of_statement_has_its_fields_and_an_answer(kind: str) -> None:
    app = opened()
    app.selectbox(key="statement-kind").set_value(kind).run()
    assert not app.exception
    (command,) = [one.value for one in app.code]
    assert command.startswith(f'incident-map check "{kind}: ')


@pytest.mark.usefixtures("folder")
def test_a_period_that_cannot_be_read_is_explained() -> None:
    app = opened()
    fields(app)["Period of A"].set_value("last spring")  # type: ignore[attr-defined]
    app.run()
    assert not app.exception
    assert any("not a valid date" in one for one in alerts(app, "info"))


@pytest.mark.usefixtures("folder")
def test_where_no_source_speaks_is_said_as_that() -> None:
    app = opened()
    said = " ".join(one.value for one in app.markdown)
    assert "No source in the dossier covers any province in 2023 except Kabul." in html.unescape(
        re.sub("<[^>]*>", "", said)
    )
