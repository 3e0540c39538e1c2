"""Files that are meant to make their reader look elsewhere, say what is not so, or never end."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import events as made
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dossiers import read as read_records
from hostile import Reader, outcome, outline, readers, watched

from geo.dossier.intake import read_dossier
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.errors import IntakeError
from geo.events.importing.importing import import_file, read_source
from geo.events.store.storage import read_events
from geo.places.boundaries import read_features
from geo.places.country import Country
from geo.places.gazetteer.columns import NameColumns

CANARY = "CANARY-5d1f"
VRT = """<OGRVRTDataSource><OGRVRTLayer name="l"><SrcDataSource>{}</SrcDataSource>
<SrcLayer>{}</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"""
GDALG = '{{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read {}"}}'
CRS = """{{"type":"FeatureCollection","crs":{{"type":"link","properties":{{"href":"{}/crs"}}}},
"features":[{{"type":"Feature","properties":{{"a":1}},"geometry":null}}]}}"""
KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink><Link>
<href>{}/kml</href></Link></NetworkLink></kml>"""
XXE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file://{}">]><a>&b;</a>'
WFS = "<OGRWFSDataSource><URL>{}/wfs</URL></OGRWFSDataSource>"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200007530000075300806000000")


def luring(here: str, secret: Path) -> dict[str, bytes]:
    """Files that GDAL would follow to a server or to another file, by their names."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.vrt", VRT.format(secret, secret.stem))
    return {
        "local.geojson": VRT.format(secret, secret.stem).encode(),
        "passwd.csv": VRT.format("/etc/passwd", "passwd").encode(),
        "remote.geojson": VRT.format(f"{here}/vrt.geojson", "x").encode(),
        "curl.csv": VRT.format(f"/vsicurl/{here}/curl.csv", "x").encode(),
        "zipped.parquet": zipped.getvalue(),
        "streamed.geojson": GDALG.format(secret).encode(),
        "streamed-remote.json": GDALG.format(f"{here}/streamed").encode(),
        "service.geojson": WFS.format(here).encode(),
        "link.csv": KML.format(here).encode(),
        "reference.geojson": CRS.format(here).encode(),
        "entity.csv": XXE.format(secret).encode(),
        "picture.geojson": PNG,
    }


@pytest.fixture
def lures(tmp_path: Path, listener: tuple[str, list[str]]) -> dict[str, bytes]:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"name\n{CANARY}\n")
    return luring(listener[0], secret)


def test_the_lures_work_on_a_reader_that_guesses(lures: dict[str, bytes], tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    (tmp_path / "local.geojson").write_bytes(lures["local.geojson"])
    assert CANARY in str(pyogrio.read_dataframe(tmp_path / "local.geojson", read_geometry=False))


def test_no_file_leads_to_another_file_or_to_a_server(
    lures: dict[str, bytes], listener: tuple[str, list[str]], country: Country, data_folder: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    registry = made.registry(data_folder)
    for name, data in lures.items():
        (tmp_path / name).write_bytes(data)
        for source in (data, tmp_path / name):
            with pytest.raises(IntakeError) as refused:
                import_file(source, country, registry)
            assert CANARY not in str(refused.value), name
            assert "root:" not in str(refused.value), name
        for way, reader in readers().items():
            with watched() as done:
                outcome(reader, data)
            assert done == [], (way, name)
    assert listener[1] == []


def test_no_picture_is_read_by_any_way_in_but_that_for_figures() -> None:
    others = ("View in a", "figure ", "file to scan", "PDF to scan")
    asked = {name: one for name, one in readers().items() if not name.startswith(others)}
    taken = {name: len(read_dossier(PNG).problems) for name in ("dossier",)}
    assert taken == {"dossier": 1}
    found = {name: outcome(one, PNG) for name, one in asked.items() if name != "dossier"}
    assert set(found.values()) == {"refused"}, found


ADDRESSES = ("http://127.0.0.1:1/a.csv", "/vsicurl/http://127.0.0.1:1/a", "/vsizip/a.zip/a.csv",
             "file:///etc/passwd", "/etc/passwd", r"\\server\share\a.csv")  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_in_the_place_of_bytes_is_never_followed(address: str) -> None:
    given: Any = address
    with watched() as done:
        for read in (read_dossier, read_source):
            with pytest.raises(TypeError, match="bytes"):
                read(given)
        for read in (read_events, lambda text: NameColumns.from_parquet(text, "names")):
            with pytest.raises((TypeError, IntakeError)):
                read(given)
    assert done == []


def test_a_path_that_looks_like_an_address_is_a_missing_file() -> None:
    for address in ADDRESSES[:4]:
        with pytest.raises(IntakeError, match="there is no such file"):
            read_source(Path(address))


# --- numbers that are none

NUMBERS = ("NaN", "Infinity", "-Infinity", "1e999", "-1e999", '"34"', '"nan"', "true", "null", "{}",
           "[]", "9" * 400, "91", "-91")  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_corner_of_an_outline_is_two_numbers_on_the_globe(number: str) -> None:
    whole = outline([[[1, 7777], [2, 2], [3, 1], [1, 1]]]).replace(b"7777", number.encode())
    with pytest.raises(IntakeError):
        read_features(whole, "o.geojson", {})


@pytest.mark.parametrize("text", ["inf", "-inf", "1e999", "91", "-90.1", "0x10", "1_0", "34.5E",
                                  "34,5,1", "34 61 N", "True", "--1"])  # fmt: skip
def test_a_row_whose_latitude_is_none_is_rejected(
    country: Country, data_folder: Path, text: str
) -> None:
    found = made.read_acled(country, data_folder, made.acled(latitude=text))
    assert (found.events.num_rows, found.rejected_rows) == (0, 1)
    assert found.rejected["column"].to_pylist() == ["latitude"]


@pytest.mark.parametrize("text", ["34,5", "34.5N", "N 34 30"])
def test_a_latitude_in_another_notation_is_read(
    country: Country, data_folder: Path, text: str
) -> None:
    found = made.read_acled(country, data_folder, made.acled(latitude=text))
    assert (found.events.num_rows, found.rejected_rows) == (1, 0)


def test_a_latitude_that_is_not_a_number_is_no_latitude(
    country: Country, data_folder: Path
) -> None:
    (event,) = made.read_acled(country, data_folder, made.acled(latitude="nan")).events.to_pylist()
    assert (event["lat"], event["lon"]) == (None, None)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_json_knows_no_such_number(number: str) -> None:
    whole = f'{{"type":"FeatureCollection","features":[],"a":{number}}}'.encode()
    for read in (lambda: read_source(whole, "x"), lambda: read_features(whole, "x", {})):
        with pytest.raises(IntakeError, match=number.removeprefix("-")):
            read()


def nested(before: str, depth: int, after: str) -> bytes:
    return (before + "[" * depth + "]" * depth + after).encode()


@pytest.mark.slow
@pytest.mark.parametrize("depth", [30, 500, 900, 990, 100_000])
def test_what_is_nested_too_deeply_is_refused_in_words(depth: int) -> None:
    feature = '{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":'
    for name, data in {
        "table as GeoJSON": nested(feature + '{"a":', depth, '},"geometry":null}]}'),
        "neighbours": nested(
            feature + '{"name":"a"},"geometry":{"type":"Polygon","coordinates":', depth, "}}]}"
        ),
        "settlements": nested('{"settlements":', depth, "}"),
        "recipe": nested('{"incidentMapRecipe":1,"view":', depth, "}"),
        "View in a file": nested('{"off":', depth, "}"),
        "dossier": nested("title: ", depth, ""),
    }.items():
        assert outcome(readers()[name], data) in {"read", "refused"}, name


# --- outlines that are none

SHAPES: dict[str, tuple[Any, str]] = {
    "bow tie": ([[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]], "Self-intersection"),
    "no ring": ([], "no coordinates"),
    "empty ring": ([[]], "no coordinates"),
    "two corners": ([[[0, 0], [1, 1]]], "cannot be read"),
    "around the globe": (
        [[[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]], "around the globe"
    ),
    "hole outside": (
        [[[0, 0], [1, 0], [1, 1], [0, 0]], [[5, 5], [6, 5], [6, 6], [5, 5]]], "Hole lies outside"
    ),
    "spike": ([[[0, 0], [1, 0], [1, 0], [0, 0]]], "not valid"),
    "point": ([1, 2], "cannot be read"),
    "ragged": ([[[1, 1], [2, 2, 3], [3, 1], [1, 1]]], "cannot be read"),
    "object": ({"a": 1}, "cannot be read"),
    "swapped": ([[[34.5, 169.2], [34.6, 169.2], [34.6, 169.3], [34.5, 169.2]]], "longitude first"),
    "text": ("POLYGON EMPTY", "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_an_outline_that_is_none_is_refused_with_its_reason(name: str) -> None:
    coordinates, said = SHAPES[name]
    with pytest.raises(IntakeError, match=said):
        read_features(outline(coordinates), "o.geojson", {})


@pytest.mark.parametrize("kind", ["GeometryCollection", "Point", "Surface", None, 7])
def test_only_areas_are_outlines(kind: Any) -> None:
    with pytest.raises(IntakeError, match="expected a Polygon or MultiPolygon"):
        read_features(outline([], kind), "o.geojson", {})


@pytest.mark.parametrize("name", ["a\x1b[31mb", "a\u202eb", "a\u2066b", "\ud800", "a\x9bb"])
def test_no_name_of_a_country_holds_what_makes_it_read_differently(name: str) -> None:
    square = [[[1, 1], [2, 1], [2, 2], [1, 1]]]
    neighbour = readers()["neighbours"]
    assert outcome(neighbour, outline(square, name="a b")) == "read"
    assert outcome(neighbour, outline(square, name=name)) == "refused"
    for way in ("settlements", "places abroad"):
        sound = readers()[way].sound
        spoiled = sound.replace(b'"A"', json.dumps(name).encode()).replace(
            b'"Los Angeles"', json.dumps(name).encode()
        )
        assert outcome(readers()[way], spoiled) == "refused", way


def test_a_country_gives_no_file_a_way_out_of_its_folder() -> None:
    sheet = readers()["country.yaml"]
    assert outcome(sheet, sheet.sound.replace(b": XX", b": ../../x")) == "refused"


# --- what a scalar means

SCALARS = {
    "no": "no", "yes": "yes", "on": "on", "off": "off", "N": "N", "y": "y", "12:30": "12:30",
    "1:2:3": "1:2:3", "0777": "0777", "0o17": "0o17", "0x1f": "0x1f", "1_000": "1_000",
    "2024-05-01": "2024-05-01", ".inf": ".inf", ".nan": ".nan", "=": "=", "NULL": None,
    "true": True, "7": 7, "7.5": 7.5, "1e3": "1e3", "'7'": "7", "+7": 7, "99999999999999999999":
    "99999999999999999999",
}  # fmt: skip


@pytest.mark.parametrize("text", SCALARS)
def test_a_scalar_is_what_it_looks_like(text: str) -> None:
    value = read_yaml(f"a: {text}", YamlLimits(8, 99)).value["a"]
    assert value == SCALARS[text]
    assert type(value) is type(SCALARS[text])


CELLS = ("NA", "N/A", "null", "NULL", "nan", "None", "007", "1e5", "True", "1,5", " x ", "-",
         "#N/A", "1.0", "00:10", "=1+1", "'=1+1", "٣")  # fmt: skip


def test_a_cell_stays_the_text_that_it_is() -> None:
    lines = (made.csv_bytes([{"a": cell, "b": "x"} for cell in CELLS], ["a", "b"]),)
    assert read_source(lines[0], "x.csv").table["a"].to_pylist() == list(CELLS)


def test_a_misspelt_field_is_named_wherever_it_stands() -> None:
    sound = {"id": "abc", "title": "t", "where": [{"place": "Kabul"}], "when": "2024",
             "claims": [{"by": "a", "role": "media", "says": "occurrence", "text": "t",
                         "source": "report"}]}  # fmt: skip
    assert read_records(incidents=[sound]).problems == ()
    for name in sound:
        wrong = {("x" + key if key == name else key): value for key, value in sound.items()}
        said = [str(problem) for problem in read_records(incidents=[wrong]).problems]
        assert any(f"'x{name}' is not known; did you mean '{name}'?" in one for one in said), name


# --- bombs

TIME_OF_A_BOMB = 2.0
MEMORY_OF_A_BOMB = 100.0
DEFUSE = """
import json, resource, sys, time
sys.path.insert(0, sys.argv[1])
from hostile import outcome, readers
from pathlib import Path
ways = readers()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
for line in Path(sys.argv[2]).read_text().splitlines():
    way, file = json.loads(line)
    data = Path(file).read_bytes()
    before, began = peak(), time.process_time()
    found = outcome(ways[way], data)
    print(json.dumps([Path(file).name, found, time.process_time() - began, peak() - before]), flush=True)
"""  # noqa: E501
MERGE = b"a0: &a0 {x: 1}\n" + b"".join(
    b"a%d: &a%d {<<: [%s]}\n" % (at, at, b", ".join([b"*a%d" % (at - 1)] * 9)) for at in range(1, 9)
)
YAML_BOMBS = {
    "aliases": b"a0: &a0 [x, x]\n"
    + b"".join(
        b"a%d: &a%d [%s]\n" % (at, at, b", ".join([b"*a%d" % (at - 1)] * 9)) for at in range(1, 10)
    ),
    "merge keys": MERGE,
    "brackets": b"[" * 60_000,
    "braces": b"{" * 60_000,
    "dashes": b"- " * 60_000,
    "questions": b"? " * 60_000,
    "tags": b"a: " + b"!!python/object/apply:os.system [id]",
    "one long key": b"a" * 200_000 + b": 1",
    "quotes": b'a: "' * 20_000,
    "broken lines": b"a: b: c\n" * 20_000,
}


def parquet_bombs() -> dict[str, bytes]:
    rows, long = 3_000_000, pa.array(["x" * 2_000])
    same = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), rows), long)
    lists = pa.array(range(0, rows + 1, 3), pa.int32())
    return {
        "rows": _parquet(pa.table({"a": pa.repeat(7, 6_000_000)})),
        "texts": _parquet(pa.table({"a": same})),
        "texts in lists": _parquet(pa.table({"a": pa.ListArray.from_arrays(lists, same)})),
        "columns": _parquet(pa.table({f"c{at}": ["x"] for at in range(500)})),
    }


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    about = {"primary_column": "a", "columns": {"a": {"encoding": "WKB"}}}
    table = table.replace_schema_metadata({b"geo": json.dumps(about).encode()})
    pq.write_table(table, sink, compression="zstd", store_schema=False)
    return sink.getvalue()


@pytest.mark.slow
def test_a_bomb_is_refused_soon_and_fills_no_memory(tmp_path: Path) -> None:
    bombs = [("dossier", name, data) for name, data in YAML_BOMBS.items()]
    bombs += [("country.yaml", f"{name} again", data) for name, data in YAML_BOMBS.items()]
    bombs += [("table as GeoParquet", name, data) for name, data in parquet_bombs().items()]
    for _, name, data in bombs:
        (tmp_path / name).write_bytes(data)
    todo = tmp_path / "todo"
    todo.write_text("\n".join(json.dumps([way, str(tmp_path / name)]) for way, name, _ in bombs))
    here = Path(__file__).parent
    # In a process of its own: what would end it must not end this one.
    done = subprocess.run(
        [sys.executable, "-c", DEFUSE, here, todo], cwd=here.parent, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    found = {name: rest for name, *rest in map(json.loads, done.stdout.splitlines())}
    assert found.keys() == {name for _, name, _ in bombs}, done.stderr[-2000:]
    for way, name, _ in bombs:
        said, seconds, megabytes = found[name]
        # A dossier of which nothing can be used is a list of problems, not an exception.
        assert said == ("read" if way == "dossier" else "refused"), name
        assert seconds < TIME_OF_A_BOMB, (name, seconds)
        assert megabytes < MEMORY_OF_A_BOMB, (name, megabytes)


def test_every_way_in_takes_what_is_sound() -> None:
    ways: dict[str, Reader] = readers()
    assert {name for name, one in ways.items() if outcome(one, one.sound) != "read"} == set()
