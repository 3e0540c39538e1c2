"""Tables of any columns: a mapping is proposed, a person confirms it, rows become events."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial

import events as made
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from typer.testing import CliRunner

from geo import limits
from geo.cli.main import app
from geo.errors import IntakeError
from geo.events.columns.formats import ACLED
from geo.events.importing.duplicates import suggest
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.mapping.proposing import propose
from geo.events.store.storage import read_events

TABLE = b"""when,Y,X,town,prov,who,dead,=odd
2022-05,36.7,67.1,Mazar-e Sharif,Balkh,ISKP,3,a
2022-05-01/2022-05-10,,,Mazar-e Sharif,,A new front,,b
2022,,,Kunduz,Kunduz,isis-k,0,c
2022-05-24,,,Peshawar,,isis-k,,d
2022-05-24,,,,Panjshir,taliban,many,e
2022-05-24,34.5,,Nowhere,,taliban,,f
"""
MAP = "date=when,lat=Y,lon=X,place=town,province=prov,groups=who,killed=dead"
COLUMNS = ["when", "Y", "X", "town", "prov", "who", "dead", "=odd"]


@pytest.fixture
def read(country, data_folder):
    return partial(import_file, country=country, registry=made.registry(data_folder))


def run(*words) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_a_mapping_is_proposed_from_names_and_values_and_read_back():
    sample = {"when": ["2022-05"], "Y": ["34"], "X": ["69"], "dead": ["", "3"]}
    proposed = propose(COLUMNS, sample)
    assert str(proposed) == (
        "date=when,lat=Y,lon=X,place=town,province=prov,groups=who,killed=dead"
    )
    again = ColumnMapping.parse([str(proposed)], COLUMNS)
    assert (again.columns, again.unused(COLUMNS)) == (proposed.columns, ["=odd"])
    comma = ColumnMapping({"place": 'Town, "old"'}, {"precision": "district"})
    assert ColumnMapping.parse([str(comma)], ['Town, "old"']) == comma


def test_a_table_without_a_mapping_is_not_guessed_at(read):
    with pytest.raises(IntakeError, match="state what they mean"):
        read(TABLE)
    with pytest.raises(IntakeError, match="add date=COLUMN"):
        read(TABLE, mapping=ColumnMapping.parse(["lat=Y"], COLUMNS))


def test_rows_of_a_table_are_placed_no_finer_than_they_say(read):
    found = read(TABLE, mapping=ColumnMapping.parse([MAP], COLUMNS))
    events = {event["row"]: event for event in found.events.to_pylist()}
    assert sorted(events) == [1, 2, 3, 4, 5]
    assert [(row["row"], row["column"], row["value"]) for row in found.rejected.to_pylist()] == [
        (6, "Y", "34.5"),
    ]  # fmt: skip
    # A word for a number keeps its row; no number is put in its place.
    assert (events[5]["killed_best"], events[5]["killed_basis"]) == (None, "not_stated")
    assert "'many' is not a number; fatalities count as not stated" in [
        row["reason"] for row in found.doubts.to_pylist()
    ]
    # A point of which nothing says how finely it is known may be the middle of anything.
    assert (events[1]["precision"], events[1]["uncertainty_m"]) == ("near", 25_000)
    assert (events[2]["precision"], events[2]["province"]) == ("settlement", "AF-BAL")
    assert (events[2]["date_precision"], events[2]["unmatched"]) == ("month", ["A new front"])
    # Kunduz is a province and its capital: the province that is named beside it is what is left.
    assert (events[3]["precision"], events[3]["lat"]) == ("province", None)
    assert (events[4]["off"], events[4]["killed_basis"]) == ("outside", "not_stated")
    assert events[1]["original:=odd"] == "a"


def test_a_text_may_hold_for_every_row(read):
    mapping = ColumnMapping.parse([MAP, "precision==settlement", "source==A paper"], COLUMNS)
    event = made.first(read(TABLE, mapping=mapping))
    assert (event["precision"], event["source"]) == ("settlement", "A paper")
    coarse = ColumnMapping.parse([MAP, "precision==province"], COLUMNS)
    assert made.first(read(TABLE, mapping=coarse))["lat"] is None


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_shapes_of_geojson_and_geoparquet_are_points_or_placed_by_name(read, tmp_path):
    point, box = shapely.Point(67.1, 36.7), shapely.box(67, 36, 68, 37)
    rows = [("2022-05-24", "Balkh", point), ("2022-05-25", "Balkh", box), ("2022-05-26", "", None)]
    features = [
        feature(None if shape is None else shapely.geometry.mapping(shape), day=day, province=name)
        for day, name, shape in rows
    ]
    whole = {"type": "FeatureCollection", "features": [*features, {"type": "Nonsense"}]}
    geojson = tmp_path / "x.geojson"
    geojson.write_text(json.dumps(whole))
    parquet = tmp_path / "x.parquet"
    geo = {"version": "1.1.0", "primary_column": "g",
           "columns": {"g": {"encoding": "WKB", "geometry_types": []}}}  # fmt: skip
    table = pa.table({
        "day": pa.array([date.fromisoformat(day) for day, _, _ in rows]),
        "province": [name for _, name, _ in rows],
        "g": [None if shape is None else shapely.to_wkb(shape) for _, _, shape in rows],
    })  # fmt: skip
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), parquet)
    for file, rejected in ((geojson, 1), (parquet, 0)):
        columns = ["day", "province", "geometry.lat", "geometry.lon"]
        mapping = ColumnMapping.parse(
            ["date=day,province=province,lat=geometry.lat,lon=geometry.lon"], columns
        )
        found = read(file, mapping=mapping)
        events = found.events.to_pylist()
        assert [event["precision"] for event in events] == ["near", "province", "unknown"]
        assert (events[0]["lat"], events[0]["lon"]) == (36.7, 67.1)
        assert events[1]["original:geometry.type"] == "Polygon"
        assert (found.rejected_rows, found.rows) == (rejected, 3 + rejected)
        (doubt,) = found.doubts.to_pylist()
        assert (doubt["row"], doubt["value"]) == (2, "Polygon")


def test_foreign_geoparquet_in_metres_or_without_metadata_is_refused(read, tmp_path):
    file = tmp_path / "x.parquet"
    table = pa.table({"g": [shapely.to_wkb(shapely.Point(1, 2))]})
    crs = {"id": {"authority": "EPSG", "code": 3857}}
    geo = {"primary_column": "g", "columns": {"g": {"encoding": "WKB", "crs": crs}}}
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), file)
    with pytest.raises(IntakeError, match="EPSG:3857; expected WGS 84"):
        read(file)
    pq.write_table(table, file)
    with pytest.raises(IntakeError, match="without GeoParquet metadata"):
        read(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not valid JSON"),
        ('{"type":"Feature"}', "expected a GeoJSON FeatureCollection"),
        ('{"type":"FeatureCollection","features":3}', "'features' is not a list"),
        ('{"type":"FeatureCollection","features":[NaN]}', "not a valid number in JSON"),
        ("{" + '"a":[' * 100_000, "is not valid JSON"),
    ],
)
def test_geojson_that_is_none_is_refused(read, text, said):
    with pytest.raises(IntakeError, match=said):
        read(text.encode())


def test_geojson_larger_than_its_limit_is_refused(read, monkeypatch):
    monkeypatch.setattr(limits, "MAX_GEOJSON_BYTES", 10)
    with pytest.raises(IntakeError, match="at most 10 are read"):
        read(b'{"type":"FeatureCollection"}')


def duplicate(own, country, data_folder, **changes):
    row = made.acled(
        actor1="Islamic State Khorasan Province (ISKP)", actor2="", inter2="", admin1="Balkh",
        admin2="", location="Mazar-e Sharif", latitude="36.70", longitude="67.11",
        event_date="2022-04-25",
    )  # fmt: skip
    events = made.read_acled(country, data_folder, row | changes).events
    return suggest(events, own.located.table, made.registry(data_folder)).to_pylist()


def test_what_may_be_a_curated_incident_is_suggested_with_reasons(own, country, data_folder):
    (found,) = duplicate(own, country, data_folder)
    assert (found["record"], found["id"]) == ("mazar-kunduz-attacks-2022", "AFG1")
    assert found["reason"] == "dates overlap, 1 km apart, both name isis-k"
    either = duplicate(
        own, country, data_folder, actor1="Taliban and/or ISKP", event_date="2022-05-02"
    )
    assert either[0]["reason"].startswith("2 days apart")
    assert either[0]["shared"] == "taliban-or-isis-k"


@pytest.mark.parametrize(
    "changes",
    [
        {"event_date": "2022-05-03"},
        {"latitude": "36.40"},
        {"actor1": "TTP: Tehreek-i-Taliban Pakistan"},
        {"actor1": "Islamic State Khorasan Provinces"},
    ],
    ids=lambda changes: next(iter(changes.values())),
)
def test_what_differs_in_time_place_or_party_is_not_suggested(own, country, data_folder, changes):
    assert duplicate(own, country, data_folder, **changes) == []


def test_an_event_known_to_the_province_may_repeat_an_incident_there(own, country, data_folder):
    (found,) = duplicate(own, country, data_folder, geo_precision="3")
    assert (found["km_apart"], "both in AF-BAL" in found["reason"]) == (None, True)


def test_import_writes_events_and_lists_what_it_left_out(tmp_path):
    rows = [made.acled(), made.acled(event_id_cnty="A2", geo_precision="9")]
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_bytes(made.csv_bytes(rows, ACLED))
    code, said = run("import", source, "--out", out)
    assert (code, "1 of 2 rows of ACLED imported, 1 rejected" in said) == (1, True)
    assert "geo_precision: expected 1 (town), 2 (near) or 3 (province)" in said
    assert read_events(out)["id"].to_pylist() == ["AFG1"]
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"in.csv", "out.parquet"} | {
        f"out.{what}.csv" for what in ("rejected", "doubts", "names", "duplicates")
    }
    assert '"2","geo_precision","9"' in (tmp_path / "out.rejected.csv").read_text("utf-8-sig")
    code, said = run("export", out, "--to", "acled", "--out", tmp_path / "back.csv")
    assert code == 0
    back = (tmp_path / "back.csv").read_text()
    assert back.count("AFG1") == 1
    assert made.ACLED_ROW["notes"].replace('"', '""') in back


def test_an_unknown_table_gets_a_proposal_and_nothing_is_written(tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_bytes(TABLE)
    code, said = run("import", source, "--out", out)
    assert (code, out.exists()) == (2, False)
    # Of the cells below "dead" too many are no numbers.
    assert f"--map {MAP.removesuffix(',killed=dead')}" in said
    code, said = run("import", source, "--out", out, "--map", MAP)
    assert (code, out.exists()) == (1, True)
    assert "unmatched party: A new front (1 row)" in said
    code, said = run("import", source, "--out", out, "--map", "lat=Nowhere")
    assert (code, "there is no column 'Nowhere'" in said) == (2, True)


def test_a_fault_of_the_program_is_a_sentence_on_the_command_line(tmp_path, monkeypatch):
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_bytes(made.csv_bytes([made.acled()], ACLED))

    def fails(*_: object, **__: object) -> None:
        raise IndexError("tuple index out of range")

    monkeypatch.setattr("geo.cli.events.convert", fails)
    code, said = run("import", source, "--out", out)
    assert (code, out.exists()) == (70, False)
    assert "The program failed while working on the events (IndexError in " in said
    assert "Traceback" not in said
    monkeypatch.setenv("INCIDENT_MAP_TRACEBACK", "1")
    assert "Traceback" in run("import", source, "--out", out)[1]


def test_a_dossier_is_exported_with_its_losses(tmp_path, data_folder):
    out = tmp_path / "x.csv"
    code, said = run("export", data_folder / "incidents.yaml", "--to", "ucdp-ged", "--out", out)
    assert (code, "of 21 events" in said) == (0, True)
    assert "not divided among them" in (tmp_path / "x.loss.csv").read_text("utf-8-sig")
    code, said = run("export", tmp_path / "none.parquet", "--to", "csv", "--out", out)
    assert (code, "none.parquet" in said) == (2, True)


def test_made_up_events_are_the_same_for_the_same_seed(country, tmp_path, read):
    from benchmarks.make_events import write_events  # noqa: PLC0415 - only this test needs it

    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for file in files:
        write_events(file, country, 3_000, 7)
    assert files[0].read_bytes() == files[1].read_bytes()
    found = read(files[0])
    odd = found.rejected_rows + len(set(found.doubts["row"].to_pylist()))
    assert (found.form, found.rows) == ("acled", 3_000)
    assert 0 < odd < 150
    day = found.events["earliest"].to_pylist()
    assert max(day) - min(day) > timedelta(days=3_000)
