"""The command ``read``: documents in, mentions and suggested records out, nothing stored."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from geo.cli.main import app

RELEASE = (
    "KABUL, Afghanistan (Oct. 3, 2012) - Coalition forces killed at least two Taliban fighters in "
    "Nahr-e Saraj district, Helmand province, yesterday, a spokesman said.\n"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["read", *(str(one) for one in arguments)])


def printed(*arguments: str | Path, code: int = 0) -> list[dict[str, Any]]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(RELEASE)
    return path


def test_json_has_one_object_a_document_on_one_line(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Nothing happened.")
    first, second = printed(file, other)
    assert first["document"] == {
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "title": "",
        "published": "2012-10-03",
    }  # fmt: skip
    assert (second["document"]["published"], second["mentions"], second["suggestions"]) == (
        None, [], [],
    )  # fmt: skip


def test_characters_are_those_of_the_text_that_is_printed(file: Path) -> None:
    text = run(file, "--text").stdout
    (found,) = printed(file)
    for one in found["mentions"]:
        assert text[one["start"] : one["end"]] == one["text"]
    passages = [
        passage
        for record in found["suggestions"]
        for value in (*record["groups"], *record["against"], *record["places"], *record["claims"])
        for passage in value["passages"]
    ]
    assert passages
    assert all(text[one["start"] : one["end"]] for one in passages)


def test_a_suggestion_has_its_values_and_what_it_leaves_open(file: Path) -> None:
    (found,) = printed(file)
    (record,) = found["suggestions"]
    assert (record["kind"], record["confidence"], record["questions"]) == ("incident", "high", [])
    assert [one["key"] for one in record["against"]] == ["taliban"]
    assert [one["provinces"] for one in record["places"]] == [["AF-HEL"]]
    assert (record["when"]["edtf"], record["when"]["basis"]) == ("2012-10-02", "publication")
    (claim,) = record["claims"]
    assert (claim["by"], claim["says"]) == ("a spokesman", "occurrence")
    (figure,) = claim["figures"]
    assert (figure["low"], figure["best"], figure["high"]) == (2, None, None)
    assert figure["of_what"] == "killed"


def test_the_day_of_publication_can_be_given(file: Path) -> None:
    (found,) = printed(file, "--published", "2013-05-04")
    assert found["document"]["published"] == "2013-05-04"
    assert found["suggestions"][0]["when"]["edtf"] == "2013-05-03"


def test_a_table_names_the_records_their_claims_and_questions(file: Path) -> None:
    said = " ".join(run(file).stdout.split())
    assert "1 suggested record" in said
    assert "Location: Nahri Sarraj. Date: 2 October 2012." in said
    assert "A spokesman says it happened" in said


def test_a_faulty_file_is_reported_and_the_others_are_read(file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes(b"\xff\xfe\xff")
    found = printed(wrong, tmp_path / "none.txt", file, code=1)
    assert len(found) == 1
    result = run(wrong, file)
    assert "wrong.txt: byte 1 is not UTF-16-LE" in result.stderr
    assert "1 document read, 1 file rejected" in result.stderr


def test_the_text_of_several_documents_is_refused(file: Path) -> None:
    result = run(file, file, "--text")
    assert result.exit_code == 2
    assert "--text: prints the text of one document; give one file" in result.stderr


def test_reading_stores_nothing(file: Path) -> None:
    before = sorted(one.name for one in file.parent.iterdir())
    data = Path("data/incidents.yaml").read_bytes()
    assert run(file).exit_code == 0
    assert sorted(one.name for one in file.parent.iterdir()) == before
    assert Path("data/incidents.yaml").read_bytes() == data
