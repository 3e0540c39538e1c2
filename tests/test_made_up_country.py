"""A country is data, not code: everything runs on a made-up one of four provinces."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab
from typer.testing import CliRunner

from geo.cli.main import app
from geo.dossier.evidence import status_of
from geo.table.workspace import Workspace
from geo.view import View, apply_view
from geo.workspace import open_workspace


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "tests" / "made_up_country"


@pytest.fixture(scope="module")
def woods(folder: Path) -> Workspace:
    return open_workspace(folder)


def test_its_records_are_sound_and_placed(woods: Workspace) -> None:
    assert woods.errors == ()
    table = woods.located.table
    found = dict(zip(table["place_text"], table["precision"], strict=True))
    assert found == {
        "Old Bridge": "exact", "Alder": "province", "Birchville": "settlement",
        "the camp": "province", "the lowlands": "region", "The Woods": "country",
    }  # fmt: skip
    statuses = {
        record.id: status_of(record, woods.reading.dossier.sources)
        for record in woods.reading.dossier.records
    }
    assert statuses == {
        "bridge-blown-up": "corroborated",
        "skirmish-in-alder": "claimed_only",
        "reds-in-the-camp": "disputed",
    }


def test_its_ledger_adds_up(woods: Workspace) -> None:
    ledger = apply_view(View(), woods.located.table).ledger
    assert (ledger.total, ledger.drawn) == (3, 3)


def test_the_command_line_takes_its_folder(folder: Path) -> None:
    arguments = ["locate", "Alder", "Old Bridge", "--data", str(folder), "--format", "json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    alder, bridge = json.loads(result.stdout)
    assert alder["status"] == "ambiguous"
    assert (bridge["precision"], bridge["provinces"]) == ("exact", ["XX-BI"])
    listed = CliRunner().invoke(app, ["records", "--data", str(folder), "--format", "json"])
    assert listed.exit_code == 0
    assert [one["id"] for one in json.loads(listed.stdout)] == [
        "bridge-blown-up", "skirmish-in-alder", "reds-in-the-camp",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.browser
def test_the_app_shows_it(
    folder: Path, page: Callable[..., Tab], app_of: Callable[..., str]
) -> None:
    tab = page(width=1440, height=900)
    tab.page.goto(app_of(folder))
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-mark[data-record=bridge-blown-up]").wait_for(timeout=60_000)
    assert inside.locator("h1").inner_text() == "What is said in the woods"
    assert inside.locator(".im-plate", has_text="Dogwood").count() == 1
    assert tab.abroad == []


def test_the_code_knows_no_country(root: Path) -> None:
    known = re.compile(r"Afghan|Kabul|Panjshir|Taliban|AF-|\bAF\b", re.IGNORECASE)
    for file in [*(root / "geo").rglob("*.py"), *(root / "geo").rglob("*.js")]:
        code = re.sub(
            r'("""|/\*).*?("""|\*/)', "", file.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        found = [line for line in code.splitlines() if known.search(line.partition("#")[0])]
        assert found == [], f"{file.relative_to(root)}: {found[:3]}"
