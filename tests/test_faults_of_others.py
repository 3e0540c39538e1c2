"""Whatever a library raises or prints, a reader gets a sentence, and the last valid data stay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from dossiers import copy_of_data, dossier_bytes, incident
from hostile import TODAY
from ruamel.yaml import YAML
from test_hostile_dates import WRONG
from typer.testing import CliRunner

from geo.app import last_valid
from geo.app.last_valid import LastValid
from geo.cli.main import app
from geo.dossier.intake import read_dossier

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
ERRORS = [
    RuntimeError("x"), KeyError("x"), AttributeError("x"), RecursionError("x"), TypeError("x"),
    AssertionError("x"), IndexError("x"), MemoryError("x"), ZeroDivisionError("x"),
]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_whatever_the_yaml_library_raises_is_a_problem_of_the_file(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise error

    monkeypatch.setattr(YAML, "parse", fails)
    # Tabs are for the library; plain block YAML does not come to it.
    found = read_dossier(b"title: T\n\tx: y\n", "d.yaml")
    assert [str(one) for one in found.problems] == [
        "d.yaml:1: this is not YAML text that can be read"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_whatever_is_raised_while_data_are_read_the_last_valid_version_stays(
    error: Exception, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "data")
    kept = LastValid(lambda: folder)
    before = kept.at(NOW, TODAY)

    def fails(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(last_valid, "open_workspace", fails)
    after = kept.at(NOW, TODAY)
    assert after.workspace is before.workspace
    (said,) = after.faults
    assert "failed while reading the data" in said
    assert type(error).__name__ in said
    with pytest.raises(type(error)):
        LastValid(lambda: folder).at(NOW, TODAY)


@pytest.mark.parametrize("text", WRONG)
def test_no_library_prints_in_front_of_json(text: str, tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_bytes(dossier_bytes(incident(when=text), incident(id="sound-one")))
    listed = CliRunner().invoke(app, ["records", str(file), "--format", "json"])
    assert listed.exit_code == 1
    assert listed.stdout.startswith("[")
    assert '"sound-one"' in listed.stdout
    assert not isinstance(listed.exception, ValueError)
