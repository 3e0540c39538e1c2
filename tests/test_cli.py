"""The command line: data to standard output, talk to standard error, exit 0, 1 or 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dossiers import claim, dossier_bytes, incident
from typer.testing import CliRunner, Result

from geo.cli.main import app
from geo.table.workspace import Workspace
from tools.build_schema import TARGET, schema_text

NAMED = {
    "AF-PAN": "Panjshir, Panjsher, Panjsheer, Panjshēr Valley, پنجشیر, پنجشېر",
    "AF-BGL": "Baghlan, Baghlān, Baghlan province, Wilayat Baghlan, بغلان, ولایت بغلان",
    "AF-TAK": "Takhar, Takhār, Wilayat Takhar, Takhar province, تخار, ولایت تخار",
    "AF-BDS": "Badakhshan, Badakhshān, Badakshan, Badakhshan province, بدخشان, ولایت بدخشان",
    "AF-KAB": "Kabul city, Kābul city, Kabul province, Kaboul province, شهر کابل, ولایت کابل",
    "AF-BAL": "Mazar-i-Sharif, Mazar-e Sharif, Mazari Sharif, Mazār-e Sharīf, مزار شریف, مزارشريف",
    "AF-KDZ": "Kunduz city, Kondoz city, Qunduz province, Kunduz province, شهر کندز, ولایت کندز",
}
SPELLINGS = [(code, name.strip()) for code, names in NAMED.items() for name in names.split(",")]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def printed(*arguments: str | Path, code: int = 0) -> list[dict[str, Any]]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == code, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "d.yaml"
    path.write_bytes(dossier_bytes(incident()))
    return path


def test_validate_says_how_much_is_sound(file: Path) -> None:
    result = run("validate", file)
    assert result.exit_code == 0
    assert "1 valid record, 0 rejected, 0 errors" in result.stderr
    assert result.stdout == ""


def test_validate_prints_every_problem_with_its_line_and_ends_with_1(file: Path) -> None:
    wrong = incident(id="bad", titel="t", by=["nfr"])
    file.write_bytes(dossier_bytes(incident(), wrong, incident(id="lost", where=[{"place": "Xq"}])))
    result = run("validate", file)
    assert result.exit_code == 1
    lines = [line for line in result.stderr.splitlines() if line.startswith(str(file))]
    assert len(lines) == 3
    assert "did you mean 'title'?" in result.stderr
    assert "2 valid records, 1 rejected, 3 errors" in result.stderr


def test_validate_prints_the_first_fifty_problems_and_counts_the_others(file: Path) -> None:
    file.write_bytes(dossier_bytes(*(incident(id=f"bad-{at}", titel="t") for at in range(70))))
    few, every = run("validate", file), run("validate", file, "--all")
    assert few.stderr.count("did you mean 'title'?") == 50
    assert "and 20 problems more: 'incident-map validate --all' lists all" in few.stderr
    assert every.stderr.count("did you mean 'title'?") == 70
    for found in (few, every):
        assert "0 valid records, 70 rejected, 70 errors" in found.stderr


@pytest.mark.parametrize("arguments", [("validate", "no.yaml"), ("validate", "--wrong"), ("map",)])
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(("code", "name"), SPELLINGS, ids=[name for _, name in SPELLINGS])
def test_the_named_places_are_found_in_many_spellings(code: str, name: str) -> None:
    (found,) = printed("locate", name)
    assert found["status"] == "resolved"
    assert found["provinces"] == [code]


@pytest.mark.parametrize("name", ["Kabul", "Kunduz", "Surobi"])
def test_a_name_of_several_places_is_a_question(name: str) -> None:
    (found,) = printed("locate", name, code=1)
    assert found["status"] == "ambiguous"
    assert len(found["candidates"]) > 1
    assert (found["lat"], found["lon"], found["provinces"]) == (None, None, [])


def test_locate_answers_each_name_with_all_it_knows() -> None:
    abroad, inferred, town = printed("locate", "Los Angeles", "Shaba", "Mazar-i-Sharif")
    assert abroad["status"] == "outside"
    assert (inferred["status"], inferred["precision"]) == ("inferred", "province")
    assert inferred["provinces"] == ["AF-PAN"]
    assert inferred["lat"] is None
    assert town["precision"] == "settlement"
    assert town["lat"] == pytest.approx(36.7, abs=0.1)
    assert town["uncertainty_m"] >= 500
    keys = {"query", "status", "name", "precision", "provinces", "lat", "lon", "uncertainty_m"}
    assert keys | {"candidates"} <= abroad.keys()


def test_an_unknown_name_gets_suggestions_and_ends_with_1() -> None:
    (found,) = printed("locate", "Kabol", code=1)
    assert found["status"] == "unknown"
    assert "Kabul" in found["suggestions"]


def test_records_prints_every_record_of_the_data(own: Workspace) -> None:
    found = printed("records")
    assert [one["id"] for one in found] == [record.id for record in own.reading.dossier.records]
    keys = {"id", "kind", "groups", "places", "earliest", "latest", "date_precision", "status"}
    for one in found:
        assert keys | {"killed", "claims", "sources"} <= one.keys(), one["id"]
        assert {"low", "best", "high", "basis"} <= one["killed"].keys()
        assert one["kind"] in {"incident", "presence"}
        assert all("precision" in place for place in one["places"])


def test_a_table_prints_names_as_they_are(file: Path) -> None:
    hostile = "[red]An[/red] \\ attack {{ 7*7 }}"
    file.write_bytes(dossier_bytes(incident(title=hostile)))
    assert hostile in " ".join(run("records", file).stdout.split())


def test_escape_codes_never_reach_the_terminal(file: Path) -> None:
    file.write_bytes(dossier_bytes(incident(title="red \x1b[31m title"), incident(id="kept")))
    result = run("records", file)
    assert "\x1b" not in result.output
    assert "U+001B" in result.stderr
    assert "kept" in result.stdout


def test_map_writes_one_whole_document(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    result = run("map", file, "--out", out)
    assert result.exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "1 of 1 record drawn" in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_map_to_a_folder_that_is_not_there_is_one_line(file: Path, tmp_path: Path) -> None:
    result = run("map", file, "--out", tmp_path / "no" / "map.html")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.output


def test_map_of_a_faulty_file_is_written_and_says_what_is_missing(
    file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "map.html"
    file.write_bytes(dossier_bytes(incident(), incident(id="bad", claims=[claim(source="none")])))
    result = run("map", file, "--out", out)
    assert result.exit_code == 1
    assert out.exists()
    assert "1 rejected" in result.stderr


def test_the_schema_for_editors_is_that_of_the_records() -> None:
    assert TARGET.read_text(encoding="utf-8") == schema_text()
