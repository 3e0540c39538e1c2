"""A command that is given the wrong kind of file names the right command for it."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import events as made
import pytest
from app_alerts import alerts
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from geo.app import changes_page
from geo.app.file_choice import PackedFile
from geo.app.shown_events import UPLOAD
from geo.cli.main import app
from geo.events.columns.formats import ACLED

TABLE = made.csv_bytes([made.acled()], ACLED)
GEOJSON = b'{"type": "FeatureCollection", "features": []}'
DOSSIERS = (
    ["validate", "{}"], ["records", "{}"], ["map", "{}", "--out", "m.html"],
    ["snapshot", "{}", "--out", "s.png"],
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory, data_folder) -> Path:
    folder: Path = tmp_path_factory.mktemp("uses")
    (folder / "x.csv").write_bytes(TABLE)
    (folder / "x.geojson").write_bytes(GEOJSON)
    (folder / "page.html").write_bytes(b"<!DOCTYPE html><title>A map</title>")
    (folder / "r.recipe.json").write_bytes(b'{"incidentMapRecipe": 1, "view": {}}')
    (folder / "empty").mkdir()
    shutil.copy(data_folder / "incidents.yaml", folder / "d.yaml")
    assert ran(folder, "import", "x.csv", "--out", "x.parquet") == ""
    return folder


def ran(folder: Path, *command: str) -> str:
    """What a command says when it refuses; nothing when it does not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(app, list(command))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return " ".join(result.stderr.split()) if result.exit_code == 2 else ""


@pytest.mark.parametrize("command", DOSSIERS, ids=lambda words: words[0])
@pytest.mark.parametrize(("file", "said"), [
    ("x.csv", ("x.csv: is a table of events, not a dossier; import it with `incident-map import "
              "x.csv --out x.parquet`")),
    ("x.geojson", "x.geojson: is a table of events, not a dossier; import it with"),
    ("x.parquet", ("x.parquet: is an event table, not a dossier; draw it with `incident-map map "
                  "--event-table x.parquet --out MAP.html`")),
    ("r.recipe.json", "make the figure with `incident-map snapshot --recipe r.recipe.json"),
    ("page.html", "page.html: this is a web page (HTML), not a dossier"),
    ("empty", "empty: is a folder; give the path of a dossier"),
])  # fmt: skip
def test_what_is_no_dossier_is_named_with_the_command_for_it(folder, command, file, said):
    assert said in ran(folder, *(word.format(file) for word in command))


@pytest.mark.parametrize("command", [
    ["map", "--event-table", "{}", "--out", "m.html"],
    ["export", "{}", "--to", "csv", "--out", "o.csv"],
], ids=["map", "export"])  # fmt: skip
@pytest.mark.parametrize(("file", "said"), [
    ("x.csv", ("x.csv: is a table that has not been imported; import it first: `incident-map "
               "import x.csv --out x.parquet`")),
    ("x.geojson", "import it first: `incident-map import x.geojson --out x.parquet`"),
    ("none.parquet", ("none.parquet: there is no such file; `incident-map import FILE --out "
                     "none.parquet` creates one")),
    ("page.html", "page.html: this is a web page (HTML), not an event table"),
    ("r.recipe.json", "r.recipe.json: is the recipe of a figure, not an event table"),
    ("empty", "empty: is a folder without imported events"),
])  # fmt: skip
def test_what_is_no_event_table_is_named_with_the_command_for_it(folder, command, file, said):
    assert said in ran(folder, *(word.format(file) for word in command))


def test_a_dossier_needs_no_import_and_is_no_event_table(folder):
    said = "d.yaml: is a dossier, which needs no import: `incident-map map d.yaml --out"
    assert said in ran(folder, "import", "d.yaml", "--out", "o.parquet")
    assert not (folder / "o.parquet").exists()
    told = ran(folder, "map", "--event-table", "d.yaml", "--out", "m.html")
    assert "d.yaml: is a dossier, not an event table" in told
    assert "d.yaml: is a dossier, not an event table" in ran(
        folder, "serve", "--event-table", "d.yaml"
    )


def test_an_import_names_recipes_and_folders(folder):
    told = ran(folder, "import", "r.recipe.json", "--out", "o.parquet")
    assert "make the figure with `incident-map snapshot --recipe r.recipe.json" in told
    assert "empty: is a folder; import one file" in ran(
        folder, "import", "empty", "--out", "o.parquet"
    )


@pytest.mark.parametrize("pair", [("x.csv", "x.csv"), ("d.yaml", "x.csv"), ("x.parquet", "d.yaml"),
                                  ("x.geojson", "x.geojson")])  # fmt: skip
def test_events_are_not_compared_as_dossiers_are(folder, pair):
    assert "contains events, and diff compares two dossiers" in ran(folder, "diff", *pair)


def test_a_file_given_as_the_folder_of_a_country_is_said_to_be_one(folder):
    said = "d.yaml: is a file; expected the folder of a country"
    assert said in ran(folder, "validate", "--data", "d.yaml")
    assert said in ran(folder, "locate", "Kabul", "--data", "d.yaml")


def test_right_uses_stay_right(folder, data_folder):
    assert ran(folder, "validate", "d.yaml") == ""
    assert ran(folder, "export", "d.yaml", "--to", "csv", "--out", "o.csv") == ""
    assert ran(folder, "export", "x.parquet", "--to", "csv", "--out", "p.csv") == ""
    assert ran(folder, "diff", "d.yaml", "d.yaml") == ""
    # Without an ending the first line tells; a dossier that begins with comments is one.
    shutil.copy(data_folder / "incidents.yaml", folder / "dossier")
    assert ran(folder, "validate", "dossier") == ""


def events_app() -> None:
    from geo.app.events_page import events_page  # noqa: PLC0415 - the source is all that is run

    events_page()


def changes_app() -> None:
    from geo.app.changes_page import changes_page  # noqa: PLC0415 - the source is all that is run

    changes_page()


def test_a_dossier_on_the_events_page_is_sent_to_the_right_page(folder):
    page = AppTest.from_function(events_app, default_timeout=60)
    page.session_state[UPLOAD] = PackedFile.of(gzip.compress((folder / "d.yaml").read_bytes()))
    page.run()
    assert not page.exception
    assert "this is a dossier, not a table of events; the Changes page" in page.code[0].value


@pytest.mark.parametrize(("data", "said"), [
    (TABLE, "Upload it on the Events page."), (b"%PDF-1.7\n", "is not a dossier"),
    (b'{"incidentMapRecipe": 1}', "recipe of a figure"),
])  # fmt: skip
def test_what_is_no_dossier_is_not_compared_in_the_app(data, said):
    page = AppTest.from_function(changes_app, default_timeout=60)
    page.session_state[changes_page.UPLOAD] = data
    page.run()
    assert not page.exception
    assert said in alerts(page)[0]


@pytest.mark.parametrize(("command", "said"), [
    (["import", "x.csv", "--out", "e.csv"],
     ("e.csv: ends in .csv, expected .geoparquet or .parquet; import writes an event table: use "
     "--out e.parquet, then `incident-map export e.parquet --to csv --out e.csv`")),
    (["import", "x.csv", "--out", "e.KMZ"], "`incident-map export e.parquet --to kmz --out e.kmz`"),
    (["export", "x.parquet", "--to", "xlsx", "--out", "e.csv"],
     "e.csv: ends in .csv, expected .xlsx to match --to xlsx"),
    (["export", "d.yaml", "--to", "acled", "--out", "e"], "e: has no ending, expected .csv"),
    (["map", "d.yaml", "--out", "m.pdf"],
     ("m.pdf: ends in .pdf, expected .htm or .html; to make a figure, use `incident-map snapshot "
     "--out m.pdf`")),
    (["map", "d.yaml", "--out", "m.xlsx"], "m.xlsx: ends in .xlsx, expected .htm or .html"),
])  # fmt: skip
def test_an_output_is_never_named_for_another_kind_of_file(folder, command, said):
    assert said in ran(folder, *command)
    assert not (folder / command[-1]).exists()
