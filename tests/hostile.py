"""Hostile bytes for tests, and a guard that notices what reading them would do."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import random
import re
import sys
import sysconfig
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import events as made
import geonames
import openpyxl
import own_maps
import pyarrow.parquet as pq
from PIL import Image

from geo.briefing.batch import read_list
from geo.briefing.recreate import view_of
from geo.dossier.intake import read_dossier
from geo.errors import GeoError, IntakeError
from geo.events.columns.formats import recognise
from geo.events.importing.importing import convert, import_file, read_source
from geo.events.mapping.proposing import propose
from geo.events.parties.actors import Registry
from geo.events.store.storage import read_events, to_geoparquet
from geo.figures.finding import find_figures
from geo.handover.profiles import parse_profiles
from geo.handover.unpacking import unpack_layers
from geo.places.boundaries import read_features
from geo.places.country.areas import DISTRICT_PROPERTIES, read_neighbours
from geo.places.country.files import (
    Folder,
    OutsidePlaces,
    Settlements,
    parse_json,
    read_country_file,
)
from geo.places.country.own_map import OwnMap
from geo.places.country.scaffold import scaffold
from geo.places.gazetteer.columns import NameColumns
from geo.places.gazetteer.geonames import read_dump
from geo.places.provinces import Provinces
from geo.snapshot.content.imprint import DrawnForm, Imprint
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.in_png import embed_in_png
from geo.table.located import locate_records
from geo.view import View
from geo.workbook.edits import edits_of_workbook
from geo.workbook.writing import workbook_of
from geo.workspace import data_folder, read_country

TODAY = date(2026, 11, 20)
TOKENS = (
    b"\0", b'"', b"'", b"\n", b"\r", b",", b";", b"\t", b"[", b"]", b"{", b"}", b":", b"- ", b"&a ",
    b"*a", b"!x%1b ", b"<<: ", b"\xff", b"\xe2\x80\xae", b"NaN", b"-Infinity", b"1e999", b"9" * 400,
    b"9" * 5_000, b"-1", b"null", b"true", b'""', b"\\ud800", b"\xed\xa0\x80", b"[]", b"{}",
    b'"' * 3, b"[1,[2,[3]]]", b"\x1b[31m", b"\xc2\x9b31m", b"[" * 900, b"a" * 200_000, b"=1+1",
    b"PAR1",
)  # fmt: skip
_SCANNED = b"<p data-x='" + base64.b64encode(gzip.compress(b"words " * 40, mtime=0)) + b"'>"
_PDF = b"%PDF-1.4\n1 0 obj\n<< /Title (A \\(b\\)) /Subject <feff0041> >>\nendobj\n"
_THEIRS = tuple(
    {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
)
_VALUE = re.compile(rb'[\w.+-]+|"[^"]*"')
# What a reader may not do: touch a file, ask a network, start a program.
_FORBIDDEN = ("open", "os.listdir", "os.scandir", "socket.", "subprocess.", "os.system", "os.exec",
              "os.posix_spawn", "urllib.", "ctypes.dlopen")  # fmt: skip
LONG = float(os.environ.get("INCIDENT_MAP_LONG") or 0)
"""What share of the long tests is wanted: 0 on most days, 1 in `make test-long`."""
_heard: list[str] | None = None
_thread = 0


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if _heard is None or _thread != threading.get_ident() or not event.startswith(_FORBIDDEN):
        return
    # Python and the libraries may look at what is theirs: a module, a list of plug-ins.
    if not str(arguments[0] if arguments else "").startswith(_THEIRS):
        _heard.append(f"{event} {arguments!r:.200}")


sys.addaudithook(_listen)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is done meanwhile that no reader of bytes may do."""
    # A hook of the interpreter stays for ever, so it listens only here.
    global _heard, _thread  # noqa: PLW0603
    _heard, _thread = [], threading.get_ident()
    try:
        yield _heard
    finally:
        _heard = None


@dataclass(frozen=True)
class Reader:
    """A way in, by which bytes come into the program, and bytes that it takes."""

    read: Callable[[bytes], object]
    sound: bytes


def outcome(reader: Reader, data: bytes) -> str:
    """What a reader makes of bytes: ``read``, ``refused``; anything else raises."""
    try:
        reader.read(data)
    except GeoError as error:
        # A message that no terminal and no page can show would be a fault of its own.
        str(error).encode()
        return "refused"
    return "read"


@cache
def readers() -> dict[str, Reader]:
    """Every way in by which bytes of others come into the program."""
    folder = data_folder()
    country = read_country(folder)
    registry = Registry.of_folder(folder)
    acled = made.csv_bytes([made.acled(event_id_cnty=f"AFG{i}") for i in range(4)], made.ACLED)
    dump = geonames.made(country, 20)

    def dossier(data: bytes) -> None:
        reading = read_dossier(data, "d.yaml", today=TODAY)
        for problem in (*reading.problems, *locate_records(reading, country).problems):
            str(problem).encode()

    def events(data: bytes) -> None:
        raw = read_source(data, "events")
        columns = raw.table.column_names
        head = raw.table.slice(0, 20)
        sample = {name: list(map(str, head[name].to_pylist())) for name in columns}
        mapping = propose(columns, sample) if recognise(columns) == "table" else None
        found = convert(raw, country, registry, mapping=mapping, today=TODAY)
        assert found.events.num_rows + found.rejected_rows == found.rows

    def registry_of(data: bytes) -> None:
        Registry.read(data, {})

    def own_map(data: bytes) -> None:
        OwnMap.read(Path("own.pmtiles"), data).cut(country.provinces.whole.bounds)

    def figures(data: bytes) -> None:
        found = find_figures(data, "f")
        for fault in found.faults:
            fault.encode()
        if found.faults and not found.figures:
            raise IntakeError(found.faults[0])

    table = import_file(acled, country, registry).events
    provinces = (folder / "provinces.geojson").read_bytes()
    features = json.loads(provinces)
    features["features"] = features["features"][:2]
    names = read_dump(dump, "AF.txt", country.provinces, []).table
    recipe = Recipe(as_of=TODAY, title="A", made={"abc": "0" * 8}, data="0" * 64)
    return {
        "dossier": Reader(dossier, (folder / "incidents.yaml").read_bytes()[:6_000]),
        "table as CSV": Reader(events, acled),
        "file to scan": Reader(lambda d: list(unpack_layers(d, "x")), _zip({"a.html": _SCANNED})),
        "PDF to scan": Reader(lambda d: list(unpack_layers(d, "x")), _PDF),
        "profiles": Reader(lambda d: parse_profiles(d, "p"), b"donor:\n  label: Donors\n"),
        "table as GeoJSON": Reader(events, _geojson()),
        "table as XLSX": Reader(events, _workbook()),
        "table as ODS": Reader(events, _spreadsheet()),
        "workbook of a dossier": Reader(
            lambda d: edits_of_workbook(d, "w.xlsx", by="A"),
            workbook_of((folder / "incidents.yaml").read_bytes()),
        ),
        "table as JSON": Reader(
            events, b'{"status":200,"data":[{"date":"2022-05-24","lat":34.5}]}'
        ),
        "table as KML": Reader(events, _KML),
        "table as KMZ": Reader(events, _zip({"doc.kml": _KML})),
        "table as GPX": Reader(events, _GPX),
        "table in a ZIP archive": Reader(events, _zip({"a.csv": acled[:900]})),
        "table, gzipped": Reader(events, gzip.compress(acled[:900], mtime=0)),
        "table as GeoParquet": Reader(events, _parquet(to_geoparquet(table))),
        "event table": Reader(read_events, _parquet(to_geoparquet(table))),
        "GeoNames dump": Reader(lambda d: read_dump(d, "AF.txt", country.provinces, []), dump),
        "added names": Reader(lambda d: NameColumns.from_parquet(d, "names"), _parquet(names)),
        "provinces": Reader(Provinces.from_geojson, json.dumps(features).encode()),
        "boundaries": Reader(lambda d: scaffold(d, "b"), _boundaries()),
        "districts": Reader(lambda d: read_features(d, "d", DISTRICT_PROPERTIES), _district()),
        "neighbours": Reader(read_neighbours, _district()),
        "settlements": Reader(lambda d: parse_json(Settlements, d, "g"), _SETTLEMENTS),
        "places abroad": Reader(lambda d: parse_json(OutsidePlaces, d, "o"), _ABROAD),
        "country.yaml": Reader(_sheet, _made_up_sheet()),
        "spellings": Reader(_spellings, b"place_id,kind,variant\nAF-KAB,province,Kabool\n"),
        "parties": Reader(registry_of, (folder / "actors.csv").read_bytes()),
        "recipe": Reader(Recipe.from_json, recipe.to_json().encode()),
        "figure as PNG": Reader(figures, _figure(recipe)),
        "figure as SVG": Reader(figures, _drawing(recipe)),
        "figure as PDF": Reader(figures, _printed(recipe)),
        "figure in a deck": Reader(figures, _deck(_figure(recipe))),
        "View in a file": Reader(lambda d: view_of(d, "v.json"), _VIEW),
        "View in an address": Reader(_address, b"off=nrf&from=2021-08-15&at=34,69,7&q=a"),
        "View in a message": Reader(_message, _VIEW),
        "own base map": Reader(own_map, _tiles()),
        "own base map of pictures": Reader(own_map, _pictures()),
        "list as CSV": Reader(lambda d: read_list(d, "l.csv", ["title", "from"]), _LIST),
        "list as YAML": Reader(lambda d: read_list(d, "l.yaml", ["title", "from"]), _YAML_LIST),
    }


def _tiles() -> bytes:
    """Vector tiles, nothing packed, so that what is spoiled is not only an archive."""
    tile = own_maps.line_tile([(2_000, 1_000), (3_000, 1_800), (2_900, 1_700)], "kind")
    return own_maps.archive(dict.fromkeys(range(5), tile), zooms=(0, 1))


def _pictures() -> bytes:
    return own_maps.archive({0: own_maps.png(256, 256)}, {}, kind=own_maps.PNG)


def _picture() -> bytes:
    sink = io.BytesIO()
    Image.new("RGBA", (4, 3), "red").save(sink, "PNG")
    return sink.getvalue()


def _figure(recipe: Recipe) -> bytes:
    return embed_in_png(_picture(), Imprint(recipe, DrawnForm("png", 1, 96)).to_text())


def _drawing(recipe: Recipe) -> bytes:
    text = Imprint(recipe, DrawnForm("svg", 1)).to_text()
    own = f'<i:figure xmlns:i="urn:incident-map:figure">{text}</i:figure>'
    whole = f'<svg xmlns="http://www.w3.org/2000/svg"><g/><metadata>{own}</metadata></svg>'
    return whole.encode()


def _printed(recipe: Recipe) -> bytes:
    text = Imprint(recipe, DrawnForm("pdf")).to_text()
    return f"%PDF-1.4\n1 0 obj\n<<>>\nstream\nq\nendstream\n/IncidentMap ({text})".encode()


def _deck(picture: bytes) -> bytes:
    """The parts of a deck that are read, and no others."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def references(*targets: str) -> bytes:
        listed = "".join(
            f'<Relationship Id="r{at}" Type="{office}/x" Target="{target}"/>'
            for at, target in enumerate(targets)
        )
        return f"<Relationships>{listed}</Relationships>".encode()

    slide = (f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="{office}"><p:pic><p:cNvPr id="2" '
             'name="Map" descr="A map"/><a:blip r:embed="r0"/></p:pic></p:sld>')  # fmt: skip
    main = f'<p:p xmlns:p="urn:p" xmlns:r="{office}"><p:sldId r:id="r0"/></p:p>'
    return _zip({
        "_rels/.rels": references("ppt/presentation.xml"),
        "ppt/presentation.xml": main.encode(),
        "ppt/_rels/presentation.xml.rels": references("slides/slide1.xml"),
        "ppt/slides/slide1.xml": slide.encode(),
        "ppt/slides/_rels/slide1.xml.rels": references("../media/image1.png"),
        "ppt/media/image1.png": picture,
        "docProps/custom.xml": b"<Properties/>",
    })  # fmt: skip


_SETTLEMENTS = b"""{"settlements": [{"id": "a", "name": "A", "lat": 34.5, "lon": 69.2,
 "province": "AF-KAB", "also": ["B"], "uncertainty_m": 500}]}"""
_ABROAD = b'{"places": [{"name": "Los Angeles", "also": ["LA"], "country": "United States"}]}'
_VIEW = b'{"off":["nrf"],"from":"2021-08-15","viewport":{"lat":34,"lon":69,"zoom":7},"deaths":4}'
_LIST = b'title,from\nKabul,2024\n"A, B",2023\n'
_YAML_LIST = b"- title: Kabul\n  from: 2024\n- {title: B}\n"


_KML = b"""<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>F</name><Placemark>
<name>A</name><TimeStamp><when>2022-05-24</when></TimeStamp><ExtendedData><Data name="province">
<value>Kunduz</value></Data></ExtendedData><Point><coordinates>69.2,34.5</coordinates></Point>
</Placemark></Folder></Document></kml>"""
_GPX = b"""<gpx version="1.1"><wpt lat="34.5" lon="69.2"><time>2022-05-24</time><name>A</name></wpt>
</gpx>"""


def _zip(files: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            archive.writestr(info, data, 0 if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Date", "Province"], [TODAY, "Kunduz"], ["2022-05-24", None]):
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _spreadsheet() -> bytes:
    names = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
                     for one in ("office", "table", "text"))  # fmt: skip
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in (("Date", "Province"), ("2022-05-24", "Kunduz"))
    )
    text = (f"<office:document-content {names}><office:body><office:spreadsheet><table:table>{rows}"
            "</table:table></office:spreadsheet></office:body></office:document-content>"
            )  # fmt: skip
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                 "content.xml": text.encode()})  # fmt: skip


class _Held(Folder):
    """A folder each of whose files is the bytes that stand in the place of its path."""

    def bytes(self, _name: str, *, optional: bool = False) -> bytes:
        """The bytes; they are always there."""
        assert optional in (False, True)
        return self.path


def _made_up_sheet() -> bytes:
    return (root() / "tests/made_up_country/country.yaml").read_bytes()


def _sheet(data: bytes) -> object:
    return read_country_file(_Held(data))


def _spellings(data: bytes) -> object:
    return list(_Held(data).rows("spellings.csv"))


def _address(data: bytes) -> View:
    pairs = (part.partition("=") for part in data.decode(errors="replace").split("&"))
    return View.from_query({name: value for name, _, value in pairs})


def _message(data: bytes) -> View:
    try:
        return View.from_message(json.loads(data))
    except (ValueError, RecursionError) as error:
        # The browser and Streamlit read JSON before we see it.
        raise IntakeError(str(error.__class__)) from error


def _parquet(table: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def _geojson() -> bytes:
    properties = {"id": 1, "event_date": "2022-05-24", "tags": ["a", "b"], "actor": "NRF"}
    point = {"type": "Point", "coordinates": [69.2, 34.5]}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    return json.dumps({"type": "FeatureCollection", "features": [feature] * 3}).encode()


def outline(coordinates: Any, kind: str = "Polygon", **properties: Any) -> bytes:
    """A collection of one outline."""
    feature = {
        "type": "Feature", "id": "XX-A", "properties": {"name": "A"} | properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def _boundaries() -> bytes:
    return outline(
        [[[36, 0], [37, 0], [37, 1], [36, 0]]], shapeName="A", shapeISO="KE-01", shapeGroup="KEN"
    )


def _district() -> bytes:
    return outline(
        [[[69, 34], [70, 34], [70, 35], [69, 34]]], also=["B"], iso_3166_2="AF-KAB", pcode=None,
        pcode_scheme=None, label_lat=34.2, label_lon=69.6,
    )  # fmt: skip


def mutated(sound: bytes, rng: random.Random) -> bytes:
    """A sound file with one to four things wrong."""
    data = bytearray(sound)
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.randint(1, 30))
        match rng.randrange(6):
            case 0:
                del data[start:end]
            case 1:
                data[start:start] = rng.choice(TOKENS)
            case 2 if start < len(data):
                data[start] = rng.randrange(256)
            case 3:
                data[start:start] = data[start:end]
            case 4 if rng.random() < 0.2:  # most files are spoiled by less
                del data[start:]
            case _:
                spots = list(_VALUE.finditer(data))
                spot = rng.choice(spots).span() if spots else (start, end)
                data[slice(*spot)] = rng.choice(TOKENS)
    return bytes(data)


def examples(usual: int, long: int) -> int:
    """How many examples a test takes: the share of the long run that is wanted."""
    return max(usual, round(long * LONG))


def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parent.parent
