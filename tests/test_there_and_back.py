"""What is exported and read again is the same, or the list beside it says what is not."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from datetime import date
from functools import partial

import events as made
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import ExportError
from geo.events.columns.losses import LETTERS_OF_A_CELL, of_markup, of_plain
from geo.events.columns.schema import FIELDS, ORIGINAL, SCHEMA
from geo.events.export import to_kml
from geo.events.export.curated import from_dossier
from geo.events.export.exporting import to_acled, to_ucdp
from geo.events.export.plain import write_csv, write_geojson
from geo.events.export.to_kml import write_kml
from geo.events.export.to_xlsx import write_xlsx
from geo.events.importing.importing import import_file
from geo.events.store.storage import write_events
from geo.wording.symbology import group_styles

OWN = [name for name, _ in FIELDS]


@pytest.fixture
def writers(country, data_folder, own):
    registry = made.registry(data_folder)
    styles = group_styles(own.reading.dossier.groups)
    xml = of_markup

    def xlsx(events, path):
        write_xlsx(events, of_markup(events, LETTERS_OF_A_CELL), path, country)

    def kml(events, path, *, packed):
        write_kml(events, path, country, registry, styles, packed=packed)

    return {
        "csv": (partial(write_csv, country=country), of_plain),
        "geojson": (partial(write_geojson, country=country), of_plain),
        "xlsx": (xlsx, partial(of_markup, longest=LETTERS_OF_A_CELL)),
        "kml": (partial(kml, packed=False), xml),
        "kmz": (partial(kml, packed=True), xml),
    }


class Ways:
    """Ways out and back in, kept out of what is printed of a failing example."""

    def __init__(self, writers, read):
        self.writers, self.read = writers, read

    def __repr__(self):
        return "ways"


@pytest.fixture
def ways(writers, country, data_folder):
    registry = made.registry(data_folder)
    return Ways(writers, lambda path: import_file(path, country, registry))


def rows_of(events) -> list[dict[str, object]]:
    """Rows of our own columns; what is missing in a text is an empty one."""
    texts = {
        name for name, kind in FIELDS if pa.types.is_string(kind) or pa.types.is_dictionary(kind)
    }
    return [
        {name: (value or "") if name in texts else value for name, value in row.items()}
        for row in events.select(OWN).to_pylist()
    ]


def same(one, other) -> bool:
    """Whether values are the same; a sheet keeps sixteen digits of a number."""
    is_number = isinstance(one, float) and isinstance(other, float)
    return math.isclose(one, other, rel_tol=1e-15, abs_tol=1e-13) if is_number else one == other


TEXT = st.text(max_size=12) | st.sampled_from(
    ["=1+1", "'=x", "''@x", " a ", "a\r\nb", "a\rb", "\x00", "\x1b[31m", "x; y", "&lt;b&gt;", "]]>",
     "_x0041_", "NA", "1e5", "2022-05-24", "پنجشیر", "\n", "\t", "TRUE", "0"]
)  # fmt: skip
DAY = st.none() | st.dates(date(1890, 1, 1), date(2030, 1, 1))
COUNT = st.none() | st.integers(0, 2_000_000)


@st.composite
def rows(draw):
    placed = draw(st.sampled_from(["settlement", "near", "district", "province", "unknown"]))
    has = placed in {"settlement", "near"}
    days = sorted(day for day in (draw(DAY), draw(DAY)) if day)
    district = placed == "district"
    return {
        "id": draw(TEXT), "origin": draw(st.sampled_from(["table", "acled", "ucdp-ged"])),
        "row": draw(st.integers(1, 10**6)),
        "groups": draw(st.lists(st.sampled_from(["taliban", "nrf"]), max_size=2)),
        "unmatched": draw(st.lists(TEXT, max_size=2)),
        "against": draw(st.lists(st.sampled_from(["civilians", "iskp"]), max_size=1)),
        "event": draw(st.sampled_from(["", "Battles"])), "subevent": draw(TEXT),
        "earliest": days[0] if days else None, "latest": days[1] if days[1:] else None,
        "date_precision": "day", "place_text": draw(TEXT), "place_name": draw(TEXT),
        "precision": placed, "province": "AF-KDZ" if district or placed == "province" else "",
        "district": "AF1701" if district else "",
        "lat": draw(st.floats(30, 38)) if has else None,
        "lon": draw(st.floats(61, 74)) if has else None,
        "uncertainty_m": draw(st.sampled_from([1000.0, 25000.0])) if has else None,
        "off": "" if placed != "unknown" else draw(st.sampled_from(["outside", "unknown"])),
        "status": "reported", "attribution": "", "killed_low": draw(COUNT),
        "killed_best": draw(COUNT), "killed_high": draw(COUNT), "killed_basis": "reported",
        "source": draw(TEXT), "notes": draw(TEXT),
    }  # fmt: skip


def table_of(made_rows, **more) -> pa.Table:
    table = pa.Table.from_pylist(
        made_rows,
        schema=pa.schema([(n, pa.string() if pa.types.is_dictionary(k) else k) for n, k in FIELDS]),
    )
    table = pa.table([
        table[n].dictionary_encode() if pa.types.is_dictionary(k) else table[n] for n, k in FIELDS
    ], schema=SCHEMA)  # fmt: skip
    for name, texts in more.items():
        table = table.append_column(f"{ORIGINAL}{name}", pa.array(texts, pa.string()))
    return table


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "geojson", "xlsx", "kml", "kmz"])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(made_rows=st.lists(rows(), min_size=1, max_size=4))
def test_nothing_is_lost_that_the_list_does_not_name(form, made_rows, ways, tmp_path):
    writers, read = ways.writers, ways.read
    events = table_of(
        [one | {"id": f"{at}{one['id']}", "row": at} for at, one in enumerate(made_rows)]
    )
    write, losses = writers[form]
    path = tmp_path / "out"
    write(events, path)
    found = read(path)
    assert (found.form, found.rows, found.rejected_rows) == ("incident-map", len(made_rows), 0)
    named = {(one["id"], one["column"]) for one in losses(events).to_pylist()}
    # KML has the rows of a folder together.
    again = sorted(rows_of(found.events), key=lambda one: one["row"])
    for before, after in zip(rows_of(events), again, strict=True):
        for name in OWN:
            if (before["id"], name) not in named:
                assert same(after[name], before[name]), (name, before[name])


@pytest.mark.parametrize("form", ["csv", "geojson", "xlsx", "kml"])
def test_a_column_of_the_file_is_lost_only_with_a_line(form, writers, country, data_folder):
    events = made.read_acled(country, data_folder, made.acled()).events
    _, losses = writers[form]
    named = {one["column"] for one in losses(events).to_pylist()}
    assert {"event_type", "geo_precision", "actor1", "timestamp"} <= named
    assert "admin3" not in named


def test_curated_incidents_come_back_from_every_format(
    writers, country, own, data_folder, tmp_path
):
    events = from_dossier(own.located.table, own.reading.dossier).events
    for form, (write, _) in writers.items():
        write(events, tmp_path / form)
        found = import_file(tmp_path / form, country, made.registry(data_folder))
        again = sorted(rows_of(found.events), key=lambda one: one["row"])
        assert again == rows_of(events), form


def test_a_row_that_was_changed_by_hand_is_checked(writers, country, data_folder, tmp_path):
    events = made.read_acled(country, data_folder, made.acled(geo_precision="3")).events
    writers["csv"][0](events, tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    heading, row = csv.reader(io.StringIO(text))
    wrong = {"precision": "pin", "lat": "34.5", "killed_low": "-1", "earliest": "24.05.2022",
             "province": "AF-XXX"}  # fmt: skip
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(heading)
    for name, value in wrong.items():
        lines.writerow(
            [value if one == name else cell for one, cell in zip(heading, row, strict=True)]
        )
    found = import_file(out.getvalue().encode(), country, made.registry(data_folder))
    assert (found.rows, found.events.num_rows) == (5, 0)
    said = {(one["row"], one["column"]) for one in found.rejected.to_pylist()}
    assert {(at, name) for at, name in enumerate(wrong, start=1)} <= said


def test_parties_directions_and_words_lost_to_acled_and_ucdp_are_listed(country, data_folder):
    registry = made.registry(data_folder)
    one = table_of([{
        "id": "a", "origin": "table", "row": 1, "groups": ["nrf"], "unmatched": ["Some Front"],
        "against": ["taliban"], "event": "Battles", "subevent": "Armed clash",
        "earliest": date(2022, 5, 24), "latest": date(2022, 5, 24), "date_precision": "day",
        "place_text": "Kundoz", "place_name": "Kunduz", "precision": "province",
        "province": "AF-KDZ", "district": "", "lat": None, "lon": None, "uncertainty_m": None,
        "off": "", "status": "disputed", "attribution": "claimed", "killed_low": None,
        "killed_best": 2, "killed_high": None, "killed_basis": "reported", "source": "",
        "notes": "",
    }], event_type_of_old=["Battle-No change of territory"])  # fmt: skip
    for export, expected in (
        (to_acled, {"actor1", "actor2", "location", "tags", "event_type_of_old"}),
        (to_ucdp, {"side_a", "side_b", "code_status", "type_of_violence", "event_type_of_old"}),
    ):
        assert expected <= {
            row["column"] for row in export(one, country, registry).losses.to_pylist()
        }


def test_no_cell_of_a_workbook_is_a_formula_and_figures_are_typed(
    writers, country, data_folder, tmp_path
):
    bad = made.acled(event_id_cnty="=1+1", notes="=cmd()", source="@x", location="+1")
    events = made.read_acled(country, data_folder, bad).events
    writers["xlsx"][0](events, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Events", "What this file leaves out"]
    cells = dict(zip(*(list(row) for row in book["Events"].iter_rows()), strict=True))
    by_name = {name.value: cell for name, cell in cells.items()}
    assert {by_name[name].data_type for name in ("id", "notes", "source")} == {"s"}
    assert by_name["killed_best"].value == 3
    assert by_name["earliest"].value.date() == date(2022, 5, 24)
    text = "".join(str(c.value) for row in book["What this file leaves out"] for c in row)
    assert "only GeoParquet keeps it" in text
    assert country.credits[0][:40] in text
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    before = (tmp_path / "x.xlsx").read_bytes()
    writers["xlsx"][0](events, tmp_path / "x.xlsx")
    assert (tmp_path / "x.xlsx").read_bytes() == before


def test_another_program_reads_the_kml_and_finds_no_pin_for_an_area(
    writers, country, data_folder, tmp_path
):
    pyogrio = pytest.importorskip("pyogrio")
    rows = [
        made.acled(event_id_cnty=f"A{code}", geo_precision=code, notes="<script>&")
        for code in "123"
    ]
    rows.append(made.acled(event_id_cnty="A4", country="Pakistan", admin1="Punjab"))
    events = made.read_acled(country, data_folder, *rows).events
    writers["kml"][0](events, tmp_path / "x.kml")
    layers = dict(pyogrio.list_layers(tmp_path / "x.kml"))
    kinds = {}
    for layer in layers:
        frame = pyogrio.read_dataframe(tmp_path / "x.kml", layer=layer)
        kinds[layer.rsplit(" (")[0]] = {
            None if one is None else one.geom_type for one in frame.geometry
        }
    assert kinds.pop("Settlements") == {"Point"}
    assert kinds.pop("Not mapped", {None}) == {None}
    assert kinds
    for name, found in kinds.items():
        assert found <= {"Polygon", "MultiPolygon", "GeometryCollection"}, name
    text = (tmp_path / "x.kml").read_text()
    assert "<script>" not in text
    assert "<begin>2022-05-24</begin><end>2022-05-24</end>" in text
    assert "Not mapped (1)" in text


def test_too_many_events_for_kml_are_refused(writers, country, data_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(to_kml, "MOST", 0)
    events = made.read_acled(country, data_folder, made.acled()).events
    with pytest.raises(ExportError, match="KML holds at most 0 events"):
        writers["kml"][0](events, tmp_path / "x.kml")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "kml", "kmz", "csv", "geojson"])
def test_the_command_writes_every_format_with_its_losses(form, country, data_folder, tmp_path):
    events = made.read_acled(country, data_folder, made.acled()).events
    write_events(events, tmp_path / "events.parquet")
    out = tmp_path / f"x.{form}"
    given_ = ["export", str(tmp_path / "events.parquet"), "--to", form, "--out", str(out)]
    done = CliRunner().invoke(app, given_)
    assert done.exit_code == 0, done.output
    assert "only GeoParquet keeps it" in (tmp_path / "x.loss.csv").read_text()
    again = ["import", str(out), "--out", str(tmp_path / "again.parquet")]
    done = CliRunner().invoke(app, again)
    assert done.exit_code == 0, done.output
