"""The program that tries a folder of event files counts what went wrong, and by itself."""

from __future__ import annotations

import json

import events as made
import pyarrow as pa
import pytest

from geo.events.columns.formats import ACLED, UCDP
from tools import try_event_files as tool

TABLE = (
    b"date,where,lat,lon,Geo Precision\n#date,#loc,#geo+lat,#geo+lon,#geo\n"
    b'2023-02-01,"A\nyard",36.8,68.9,(4) Province\n\n2023-02-02,,33.94,67.71,(6) Country\n'
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep").mkdir()
    rows = [made.acled(event_id_cnty=f"A{n}", geo_precision=f"{n}") for n in range(1, 5)]
    (tmp_path / "acled.csv").write_bytes(made.csv_bytes(rows, ACLED))
    rows = [made.ucdp(id=f"{n}", where_prec=f"{n}") for n in range(1, 8)]
    (tmp_path / "deep" / "ged.csv").write_bytes(made.csv_bytes(rows, UCDP))
    (tmp_path / "deep" / "table.csv").write_bytes(TABLE)
    feature = {
        "type": "Feature",
        "geometry": None,
        "properties": {"date": "2022", "precision": "3"},
    }
    whole = {"type": "FeatureCollection", "features": [feature]}
    (tmp_path / "x.geojson").write_text(json.dumps(whole))
    (tmp_path / "page.csv").write_text("<html><body>Sign in</body></html>")
    return tmp_path


def run(folder, capsys):
    code = tool.main([str(folder)])
    lines = capsys.readouterr().out.splitlines()
    return code, {line.split(" | ")[0].removeprefix("| "): line.split(" | ")[1:] for line in lines}


def test_each_file_has_a_line_and_each_row_is_accounted_for(folder, capsys):
    code, lines = run(folder, capsys)
    assert code == 0
    assert lines["acled.csv"][:6] == ["acled", "4", "3", "1", "0", "0"]
    # A 7 of UCDP is water; a 5 is said to be a line.
    assert lines["deep/ged.csv"][:6] == ["ucdp-ged", "7", "6", "1", "1", "0"]
    assert lines["deep/table.csv"][1:6] == ["2", "2", "0", lines["deep/table.csv"][4], "0"]
    assert lines["x.geojson"][:4] == ["table", "1", "1", "0"]
    assert "this is a web page" in lines["page.csv"][-1]
    assert lines["5 files"][-1].startswith("0 tracebacks, 1 refused, 0 rows unaccounted")


def test_a_traceback_is_counted_and_ends_with_1(folder, capsys, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise IndexError("tuple index out of range")

    monkeypatch.setattr(tool, "convert", fails)
    code, lines = run(folder, capsys)
    assert code == 1
    assert "**traceback** IndexError: tuple index out of range" in lines["acled.csv"][-1]
    assert lines["5 files"][-1].startswith("4 tracebacks, 1 refused")


@pytest.mark.parametrize(
    ("row", "precision", "finer"),
    [(1, "exact", 1), (2, "settlement", 1), (3, "district", 1), (3, "region", 0)],
)
def test_a_row_that_is_drawn_finer_than_its_code_is_found(
    folder, country, data_folder, row, precision, finer
):
    path = folder / "acled.csv"
    found = tool.try_file(path, "acled.csv", country, made.registry(data_folder))
    assert (found.finer, found.is_sound) == (0, True)
    events = tool.convert(
        tool.read_source(path), country, made.registry(data_folder), mapping=None
    ).events
    texts = events["precision"].cast(pa.string()).to_pylist()
    texts[row - 1] = precision
    changed = events.set_column(
        events.schema.get_field_index("precision"), "precision", pa.array(texts)
    )
    assert tool.finer_rows(path, changed) == finer


def test_codes_are_read_from_the_file_itself(folder):
    assert tool.own_cells(folder / "acled.csv", "geo_precision") == {1: "1", 2: "2", 3: "3", 4: "4"}
    cells = tool.own_cells(folder / "deep" / "table.csv", "Geo Precision")
    assert cells == {1: "(4) Province", 2: "(6) Country"}
    assert tool.own_cells(folder / "x.geojson", "precision") == {1: "3"}
