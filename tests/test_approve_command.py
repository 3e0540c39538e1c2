"""`incident-map approve`: a second person approves a record, and the log keeps it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from dossiers import dossier_bytes, incident, presence
from typer.testing import CliRunner

from geo.cli.main import app
from geo.dossier.intake import read_dossier
from geo.dossier.review import review_of
from geo.dossier.saving import read_history
from geo.dossier.yaml_rendering import member


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "d.yaml"
    records: list[dict[str, Any]] = [
        incident(written_by=["A. Analyst"]), presence(), incident(id="a-draft", draft=True),
        presence(id="b-draft", draft=True, first="soon"),
        incident(id="nowhere", where=[{"place": "Nowhere at all"}]),
        presence(id="broken", first="soon"),
    ]  # fmt: skip
    value = json.loads(dossier_bytes(*records))
    lines = [line for name, one in value.items() for line in member(name, one, 0)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def run(file: Path, *words: str, **env: str) -> Result:
    return CliRunner().invoke(app, ["approve", words[0], str(file), *words[1:]], env=env)


def state(file: Path, key: str) -> str:
    dossier = read_dossier(file.read_bytes()).dossier
    (record,) = [one for one in dossier.records if one.id == key]
    return review_of(record, dossier.sources).state


def test_a_record_is_approved_and_the_approval_taken_back(file: Path) -> None:
    done = run(file, "an-attack", "--by", "B. Reviewer", "--why", "Read the source")
    assert (done.exit_code, state(file, "an-attack")) == (0, "approved")
    assert f"{file}: an-attack approved by B. Reviewer" in done.stderr
    (logged,) = read_history(file).of("incidents", "an-attack")
    assert (logged.field, logged.by, logged.why) == ("approved", "B. Reviewer", "Read the source")
    done = run(file, "an-attack", "--take-back", INCIDENT_MAP_NAME="C. Third")
    assert (done.exit_code, state(file, "an-attack")) == (0, "unreviewed")
    assert run(file, "a-presence", "--by", "A. Analyst").exit_code == 0
    assert state(file, "a-presence") == "approved"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["an-attack", "--by", "a. analyst"], "nobody approves their own record"),
        (["an-attack"], "--by: give the name of the person, here or in the variable"),
        (["none", "--by", "B"], "there is no record 'none'"),
        (["a-draft", "--by", "B"], "is a draft"),
        (["b-draft", "--by", "B"], "is a draft"),
        (["nowhere", "--by", "B"], "place 'Nowhere at all' is unknown"),
        (["broken", "--by", "B"], "has an error; fix it first: first 'soon'"),
        (["an-attack", "--by", "B", "--take-back"], "carries no approval"),
    ],
)
def test_what_cannot_be_approved_is_said_in_a_sentence(
    file: Path, words: list[str], said: str
) -> None:
    before = file.read_bytes()
    done = run(file, *words, INCIDENT_MAP_NAME="")
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert file.read_bytes() == before
