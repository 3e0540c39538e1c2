"""Events go back into both formats' exact columns, and what those cannot say is listed."""

from __future__ import annotations

import csv
import io
import json
from functools import partial

import events as made
import geopandas as gpd
import pyarrow as pa
import pytest

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.formats import ACLED, ACLED_OPTIONAL, UCDP
from geo.events.columns.schema import ORIGINAL
from geo.events.columns.text_cells import write_table
from geo.events.export.curated import from_dossier
from geo.events.export.exporting import to_acled, to_ucdp
from geo.events.export.plain import HXL, write_csv, write_geojson
from geo.events.importing.cache import kept_or_made, key_of
from geo.events.importing.importing import import_file
from geo.events.parties.actors import Registry
from geo.events.store import storage
from geo.events.store.storage import read_events, write_events
from geo.webmap.event_columns import event_block, groups_of

AWKWARD = (
    "",
    " padded ",
    "-1",
    "0",
    "=1+1",
    'a "quoted"\r\nline',
    "پنجشیر",
    "\t",
    "'",
    "1e5",
    "NA",
)


@pytest.fixture
def registry(data_folder, own):
    return Registry.of_folder(data_folder, own.reading.dossier.groups)


def rows_of(path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def awkward(columns, row, fixed):
    """Rows whose free columns hold what a careless reader or writer would change."""
    free = [name for name in columns if name not in fixed]
    for shift in range(len(AWKWARD)):
        texts = {name: AWKWARD[(at + shift) % len(AWKWARD)] for at, name in enumerate(free)}
        yield row | texts


ACLED_FIXED = {"event_id_cnty", "event_date", "time_precision", "geo_precision", "fatalities",
               "latitude", "longitude"}  # fmt: skip
UCDP_FIXED = {"id", "date_prec", "date_start", "date_end", "where_prec", "latitude", "longitude",
              "best", "high", "low"}  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "row", "fixed", "key", "export"),
    [
        ((*ACLED, *ACLED_OPTIONAL), made.ACLED_ROW, ACLED_FIXED, "event_id_cnty", to_acled),
        (UCDP, made.UCDP_ROW, UCDP_FIXED, "id", to_ucdp),
    ],
)
def test_import_export_import_changes_nothing(
    country, registry, tmp_path, columns, row, fixed, key, export
):
    rows = [one | {key: f"{n}"} for n, one in enumerate(awkward(columns, row, fixed))]
    rows += [row | {key: "zero", "fatalities" if key != "id" else "low": "0"}]
    before = import_file(made.csv_bytes(rows, columns), country, registry)
    assert before.events.num_rows == len(rows)
    write_events(before.events, tmp_path / "events.parquet")
    made_table = export(read_events(tmp_path / "events.parquet"), country, registry)
    assert (made_table.left_out, made_table.losses.num_rows) == (0, 0)
    write_table(made_table.table, tmp_path / "back.csv", safe=False)
    written = rows_of(tmp_path / "back.csv")
    assert written[0] == list(columns)
    assert written[1:] == [[one.get(name, "") for name in columns] for one in rows]
    after = import_file(tmp_path / "back.csv", country, registry)
    assert after.events.to_pylist() == before.events.to_pylist()
    assert after.events.schema.equals(before.events.schema)


def test_the_exact_columns_stand_in_their_order_from_any_origin(country, registry, own):
    curated = from_dossier(own.located.table, own.reading.dossier).events
    assert to_acled(curated, country, registry).table.column_names == list(ACLED)
    assert to_ucdp(curated, country, registry).table.column_names == list(UCDP)
    assert (len(ACLED), len(UCDP)) == (31, 49)


def test_curated_incidents_are_exported_with_what_is_lost(country, registry, own):
    curated = from_dossier(own.located.table, own.reading.dossier)
    found = to_acled(curated.events, country, registry)
    rows = {row["event_id_cnty"]: row for row in found.table.to_pylist()}
    base = rows["shaba-base-attack-2022"]
    assert (base["geo_precision"], base["admin1"], base["time_precision"]) == ("3", "Panjshir", "3")
    assert base["tags"] == "verification=claimed_only; attribution=attributed_by_third_party"
    assert (base["actor1"], base["inter1"], base["inter2"]) == (
        "Taliban", "State forces", "Rebel group",
    )  # fmt: skip
    silent = rows["panjshir-stronghold-overrun-2021"]
    assert silent["fatalities"] == "0"
    assert silent["notes"].endswith(". [fatalities not stated]")
    losses = {(row["id"], row["column"]) for row in found.losses.to_pylist()}
    assert ("panjshir-stronghold-overrun-2021", "fatalities") in losses
    assert ("nrf-attacks-annual-report-2024", "geo_precision") in losses
    assert found.table.num_rows + found.left_out == curated.events.num_rows
    listed = {id_ for id_, _ in losses}
    left_out = set(curated.events["id"].to_pylist()) - set(rows)
    assert left_out <= listed
    # A total for two cities is split among none of them.
    cities = [row for key, row in rows.items() if key.startswith("mazar-kunduz-attacks-2022")]
    assert [row["fatalities"] for row in cities] == ["0", "0"]
    assert {row["column"] for row in curated.losses.to_pylist()} == {
        "killed_low", "claims", "earliest", "kind",
    }  # fmt: skip


def test_the_list_of_losses_names_each_record_left_out_and_each_date_in_doubt(own):
    """The dossier's own records: 15 presence claims, and dates such as 2022-05~."""
    lost = from_dossier(own.located.table, own.reading.dossier).losses.to_pylist()
    dossier = own.reading.dossier
    left_out = [row["id"] for row in lost if row["column"] == "kind"]
    assert sorted(left_out) == sorted(one.id for one in dossier.presence)
    loose = {one.when.edtf for one in dossier.incidents if one.when.loose}
    assert {row["value"] for row in lost if row["column"] == "earliest"} == loose
    assert "about May 2022: there is no column for an approximate" in str(lost)


def test_ucdp_gets_only_events_with_a_death_stated(country, data_folder, registry):
    rows = [made.acled(event_id_cnty=f"A{n}", fatalities=n) for n in ("", "0", "4")]
    events = made.read_acled(country, data_folder, *rows).events
    found = to_ucdp(events, country, registry)
    (row,) = found.table.to_pylist()
    assert (row["id"], row["low"], row["best"], row["high"]) == ("A4", "4", "4", "4")
    assert (row["type_of_violence"], row["geom_wkt"]) == ("1", "POINT (68.9364 37.1893)")
    assert (row["side_a"], row["side_b"]) == ("NRF: National Resistance Front", "Taliban")
    said = [(one["id"], one["column"]) for one in found.losses.to_pylist() if one["id"]]
    assert {("A", "high"), ("A0", "high"), ("A4", "high")} <= set(said)
    assert found.left_out == 2


def test_a_point_that_contradicts_its_row_is_not_handed_on(country, data_folder, registry):
    row = made.acled(admin1="Helmand", admin2="")
    found = to_ucdp(made.read_acled(country, data_folder, row).events, country, registry)
    (made_row,) = found.table.to_pylist()
    assert made_row["where_prec"] == "4"
    lat, lon = float(made_row["latitude"]), float(made_row["longitude"])
    assert country.provinces.containing(lat, lon).code == "AF-HEL"


def test_ucdp_to_acled_keeps_the_sides_and_says_what_is_lost(country, data_folder, registry):
    found = to_acled(made.read_ucdp(country, data_folder, made.ucdp()).events, country, registry)
    (row,) = found.table.to_pylist()
    assert (row["actor1"], row["actor2"]) == (made.UCDP_ROW["side_a"], made.UCDP_ROW["side_b"])
    assert (row["fatalities"], row["geo_precision"]) == ("3", "1")
    assert {one["column"] for one in found.losses.to_pylist() if one["id"]} == {
        "fatalities", "event_type", "location",
    }  # fmt: skip


def test_no_cell_of_the_csv_is_a_formula(country, data_folder, tmp_path):
    bad = ["=cmd()", "+1", "-1", "@a", "\tx", "＝x", "'=x"]
    rows = [made.acled(event_id_cnty=text, location=text, notes=text, source=text) for text in bad]
    found = made.read_acled(country, data_folder, *rows)
    write_csv(found.events, tmp_path / "x.csv", country, hxl=True)
    heading, tags, *cells = rows_of(tmp_path / "x.csv")
    assert dict(zip(heading, tags, strict=True))["province"] == HXL["province"] == "#adm1+code"
    assert len(cells) == len(bad)
    for text, line in zip(bad, cells, strict=True):
        row = dict(zip(heading, line, strict=True))
        assert row["id"] == row["notes"] == row["source"] == f"'{text}"
        assert row["lat"] == "37.1893"
    write_table(found.rejected, tmp_path / "r.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_tags_below_the_heading_are_no_row(country, data_folder, registry, tmp_path):
    events = made.read_acled(country, data_folder, made.acled()).events
    table = to_acled(events, country, registry).table
    write_table(table, tmp_path / "tagged.csv", safe=False, tags=HXL)
    again = import_file(tmp_path / "tagged.csv", country, registry)
    assert (again.rows, again.events.to_pylist()) == (1, events.to_pylist())


def test_geojson_has_points_only_where_they_are_known(country, data_folder, tmp_path):
    rows = [made.acled(event_id_cnty=f"A{code}", geo_precision=code) for code in "13"]
    events = made.read_acled(country, data_folder, *rows).events
    write_geojson(events, tmp_path / "x.geojson", country)
    town, province = json.loads((tmp_path / "x.geojson").read_text())["features"]
    assert town["geometry"] == {"type": "Point", "coordinates": [68.9364, 37.1893]}
    assert (province["geometry"], province["properties"]["province_name"]) == (None, "Kunduz")


def test_geoparquet_is_read_by_others_and_comes_back_as_it_was(country, data_folder, tmp_path):
    rows = [made.acled(event_id_cnty=f"A{code}", geo_precision=code) for code in "13"]
    events = made.read_acled(country, data_folder, *rows).events
    path = tmp_path / "events.parquet"
    write_events(events, path)
    frame = gpd.read_parquet(path)  # noqa: TID251 - as others would
    assert (frame.crs.to_string(), str(frame.geometry[0])) == (
        "OGC:CRS84", "POINT (68.9364 37.1893)",
    )  # fmt: skip
    assert frame.geometry[1] is None
    again = read_events(path)
    assert again.schema.equals(events.schema)
    assert again.to_pylist() == events.to_pylist()
    some = read_events(path, [f"{ORIGINAL}notes", "lat"])
    assert some.to_pylist()[0] == {f"{ORIGINAL}notes": made.ACLED_ROW["notes"], "lat": 37.1893}


def test_events_are_written_whole_or_not_at_all(country, data_folder, tmp_path, monkeypatch):
    events = made.read_acled(country, data_folder, made.acled()).events
    path = tmp_path / "events.parquet"
    write_events(events, path)
    before = path.read_bytes()

    def stops(*args, **_):
        args[1].write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.pq, "write_table", stops)
    with pytest.raises(OSError, match="No space"):
        write_events(events, path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_an_event_file_that_is_too_large_damaged_or_foreign_is_refused(
    country, data_folder, tmp_path, monkeypatch
):
    path = tmp_path / "events.parquet"
    write_events(made.read_acled(country, data_folder, made.acled()).events, path)
    whole = path.read_bytes()
    for limit in ("MAX_ROWS", "MAX_UNPACKED_BYTES"):
        with monkeypatch.context() as patch:
            patch.setattr(limits, limit, 0)
            with pytest.raises(IntakeError, match="at most 0 are read"):
                read_events(path)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IntakeError, match="cannot be read as Parquet"):
        read_events(path)
    write_events(_with(read_events_of(whole, path), "precision", "a pin"), path)
    with pytest.raises(IntakeError, match="'precision' holds 'a pin'"):
        read_events(path)
    write_events(_with(read_events_of(whole, path), "lat", 91.0), path)
    with pytest.raises(IntakeError, match="'lat' is not within 90 degrees"):
        read_events(path.read_bytes())
    storage.pq.write_table(pa.table({"x": [1]}), path)
    with pytest.raises(IntakeError, match="does not hold events of this version"):
        read_events(path)


def read_events_of(data, path):
    path.write_bytes(data)
    return read_events(path)


def _with(events, column, value):
    at = events.schema.get_field_index(column)
    kind = events.schema.field(at).type
    made_up = pa.array([value] * events.num_rows)
    made_up = made_up.dictionary_encode() if pa.types.is_dictionary(kind) else made_up
    return events.set_column(at, events.schema.field(at), made_up)


def test_the_same_file_is_imported_once(country, registry, data_folder, tmp_path):
    data = made.csv_bytes([made.acled(), made.acled(event_date="x")], ACLED)
    make = partial(import_file, data, country, registry)
    key = key_of(data, country, registry)
    first = kept_or_made(tmp_path, key, make)
    again = kept_or_made(tmp_path, key, lambda: pytest.fail("made twice"))
    assert again.events.to_pylist() == first.events.to_pylist()
    assert (again.rejected, again.form, again.rows) == (first.rejected, "acled", 2)
    assert key != key_of(data + b"\n", country, registry)
    assert key != key_of(data, country, made.registry(data_folder))
    (tmp_path / f"{key}.doubts").write_bytes(b"damaged")
    assert kept_or_made(tmp_path, key, make).rejected == first.rejected


def test_figures_out_of_order_go_back_as_they_were_and_no_range_is_upside_down(
    country, data_folder
):
    registry = made.registry(data_folder)
    figures_of = (("3", "2", "3"), ("0", "4", "3"), ("9", "", "1"))
    rows = [
        made.ucdp(id=f"{n}", low=low, best=best, high=high)
        for n, (low, best, high) in enumerate(figures_of)
    ]
    events = made.read_ucdp(country, data_folder, *rows).events
    back = to_ucdp(events, country, registry).table.to_pylist()
    assert [(row["low"], row["best"], row["high"]) for row in back] == [
        (row["low"], row["best"], row["high"]) for row in rows
    ]
    for event in events.to_pylist():
        stated = [event[f"killed_{end}"] for end in ("low", "best", "high")]
        figures = [figure for figure in stated if figure is not None]
        assert figures == sorted(figures)
    acled = to_acled(events, country, registry)
    assert acled.table["fatalities"].to_pylist() == ["2", "4", "1"]
    block = event_block(events, groups_of(events), country)
    assert block["count"] == 3
