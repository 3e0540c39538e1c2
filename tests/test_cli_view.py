"""The View as options: what `records` lists, and with what `map` opens."""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier_bytes
from typer.testing import CliRunner, Result
from views import GRADED, MADE

from geo.cli.main import app
from geo.table.workspace import Workspace
from geo.view import View, keep


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def listed(*arguments: str | Path) -> list[str]:
    result = run("records", *arguments, "--format", "json")
    assert result.exit_code in {0, 1}, result.output
    return [one["id"] for one in json.loads(result.stdout)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "d.yaml"
    path.write_bytes(dossier_bytes(*MADE, sources=GRADED))
    return path


OPTIONS: list[tuple[list[str], dict[str, Any]]] = [
    (["--kinds", "presence"], {"kinds": ("presence",)}),
    (["--from", "2022-05", "--to", "2022-05"],
     {"first": date(2022, 5, 1), "last": date(2022, 5, 31)}),
    (["--from", "2022", "--certain"], {"first": date(2022, 1, 1), "certain": True}),
    (["--statuses", "claimed_only, disputed"], {"statuses": ("claimed_only", "disputed")}),
    (["--provinces", "Panjsher,AF-KAB"], {"provinces": ("AF-KAB", "AF-PAN")}),
    (["--districts", "AF0101"], {"districts": ("AF0101",)}),
    (["--against", "civilians"], {"against": ("civilians",)}),
    (["--events", "Battles"], {"events": ("Battles",)}),
    (["--attributions", "unattributed"], {"attributions": ("unattributed",)}),
    (["--review", "unreviewed,approved"], {"reviews": ("approved", "unreviewed")}),
    (["--review", "draft"], {"reviews": ("draft",), "drafts": True}),
    (["--approved-only"], {"reviews": ("approved",)}),
    (["--drafts"], {"drafts": True}),
    (["--sources", "new-american-2022"], {"sources": ("new-american-2022",)}),
    (["--grade", "F", "--credibility", "6"], {"grade": "F", "credibility": 6}),
    (["--precisions", "province"], {"precisions": ("province",)}),
    (["--deaths", "stated"], {"deaths": "stated"}),
    (["--deaths", "5"], {"deaths": 5}),
    (["--text", "Panjshēr massoud"], {"text": "Panjshēr massoud"}),
]  # fmt: skip


@pytest.mark.parametrize(("options", "fields"), OPTIONS, ids=lambda one: str(one)[:40])
def test_records_lists_what_the_view_keeps(
    own: Workspace, options: list[str], fields: dict[str, Any]
) -> None:
    why = keep(View(**fields), own.located.table)
    assert listed(*options) == list(why.index[why == ""])


def test_only_these_groups(own: Workspace) -> None:
    expected = [record.id for record in own.reading.dossier.records if "nrf" in record.groups]
    assert listed("--groups", "nrf") == expected
    named = [record.id for record in own.reading.dossier.records if not record.groups]
    assert listed("--groups", "not-named") == named


def test_it_says_how_many_of_how_many(file: Path) -> None:
    assert f"3 of {len(MADE)} records" in run("records", file, "--credibility", "2").stderr
    assert "records" not in run("records", file).stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--groups", "nfr"), "--groups: 'nfr' is not known; did you mean 'nrf'?; expected any of"),
        (("--statuses", "verifed"), "did you mean 'verified'?"),
        (
            ("--sources", "x"),
            "--sources: 'x' is not known; expected any of fair, good, poor, report",
        ),
        (("--provinces", "Panjshik"), "--provinces: 'Panjshik' is not a province"),
        (("--from", "yesterday"), "--from: 'yesterday' is not a valid date"),
        (("--deaths", "many"), "--fatalities: 'many' is not valid"),
        (("--compare", "2024/.."), "--compare: '2024/..' is open at one end"),
        (("--grade", "G"), "'G'"),
        # typer says it in words of its own, which change.
        (("--credibility", "7"), "--credibility"),
    ],
)
def test_a_word_that_the_data_do_not_know_is_one_line(
    file: Path, options: tuple[str, str], said: str
) -> None:
    result = run("records", file, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def payload(path: Path) -> dict[str, Any]:
    found = re.search(r'id="im-payload">([^<]+)<', path.read_text(encoding="utf-8"))
    assert found is not None
    model: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return model


def test_map_holds_all_records_and_opens_with_the_view(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    result = run("map", file, "--out", out, "--kinds", "incident", "--as-of", "2024-03-01")
    assert result.exit_code == 1, result.output
    model = payload(out)
    assert len(model["records"]) == len(MADE)
    assert model["view"] == View(kinds=("incident",)).to_message()
    assert model["asOf"] == "2024-03-01"
    assert "2 filtered out, 0 rejected" in result.stderr


def test_map_ages_to_today_if_not_told_otherwise(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    before = datetime.now(UTC).date()
    run("map", file, "--out", out)
    assert before.isoformat() <= payload(out)["asOf"] <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("text", ["2024", "soon", "2024-02-30"])
def test_as_of_is_a_day(file: Path, tmp_path: Path, text: str) -> None:
    result = run("map", file, "--out", tmp_path / "map.html", "--as-of", text)
    assert result.exit_code == 2
    assert "--as-of" in result.stderr
    assert not (tmp_path / "map.html").exists()
