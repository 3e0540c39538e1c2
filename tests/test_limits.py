"""Each limit of :mod:`geo.limits`: what is as large as it says is taken, one step more is not."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, Final, cast

import events as made
import geonames
import numpy as np
import openpyxl
import own_maps
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from documents_made import docx_of_xml, pdf_file
from dossiers import SOURCE, claim, dossier_bytes, incident, workspace
from hostile import Reader, outline, readers
from PIL import Image
from test_hostile_numbers import groups

from geo import limits
from geo.app.events import _few_enough
from geo.app.file_choice import PackedFile, decode
from geo.app.kept import ByteBudget
from geo.app.problems import listed_problems
from geo.app.roles import read_roles
from geo.briefing.batch import read_list
from geo.changes.versions import VersionStore, _packed
from geo.cli.series import read_series_file
from geo.counts.bounds import count_cells
from geo.counts.charting import chart_of
from geo.counts.countable import CountedRecords, counted_records
from geo.counts.deciding import decide
from geo.counts.event_rows import counted_events
from geo.counts.joint import ChoiceClass, JointSearch
from geo.counts.origins import shared_wordings
from geo.counts.period_units import DayRange, days_between, periods_of
from geo.counts.saying import CellNames
from geo.counts.statement_text import CountedNames, read_statement
from geo.counts.statements import HasMost, Rises
from geo.documents.reading import read_document
from geo.dossier.history import read_log
from geo.dossier.intake import read_dossier
from geo.dossier.messages import meant
from geo.errors import GeoError, Problem
from geo.events.cells.values import NO_NUMBER, count_from
from geo.events.columns.rejects import Findings
from geo.events.columns.schema import SCHEMA
from geo.events.importing.duplicates import suggest
from geo.events.importing.importing import read_source
from geo.events.importing.tables import clues_of
from geo.events.judging.whole_file import TableClues
from geo.events.mapping.mapping import ColumnMapping
from geo.events.out_of_core.blocks import cut
from geo.events.readers.csv_rows import read_csv
from geo.figures.finding import find_figures
from geo.handover.profiles import read_profiles
from geo.handover.unpacking import unpack_layers
from geo.places.country.base_map_reading import read_base_map
from geo.places.country.files import Folder
from geo.places.country.own_map import OwnMap
from geo.places.gazetteer.columns import NameColumns
from geo.places.gazetteer.geonames import read_dump
from geo.series.contents import parts_of_series
from geo.series.frames import check_frame_count
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.content.content import Content
from geo.snapshot.content.editorial.editor_marks import EditorMark
from geo.snapshot.content.editorial.editorial import Editorial
from geo.snapshot.content.editorial.editorial_file import parse_editorial
from geo.snapshot.content.editorial.fixed_words import words_of
from geo.snapshot.content.editorial.legend_edits import LegendEdits
from geo.snapshot.content.editorial.logo import Logo, logo_of
from geo.snapshot.content.editorial.map_names import NameChoice
from geo.snapshot.content.editorial.mark_labels import MarkLabels
from geo.snapshot.content.imprint import MARK, Imprint
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.snapshot.layout.notes import notes
from geo.snapshot.layout.typesetting import TextLine
from geo.snapshot.output.in_pdf import digest_pdf
from geo.snapshot.output.in_png import digest_png
from geo.state import read_state
from geo.view import View
from geo.view.saved_views import read_saved
from geo.workspace import data_folder, open_workspace, read_country

FEW: Final = 60
SQUARE: Final = [[[1, 1], [2, 1], [2, 2], [1, 1]]]


@dataclass(frozen=True)
class Case:
    """How to go to a limit.

    Parameters
    ----------
    say
        Reads something of a size and returns what is said of it.
    refusal
        Stands in what is said once the limit is passed, and only then.
    most
        The limit while the test runs; ``None``: as it is.
    """

    say: Callable[[int], str]
    refusal: str
    most: int | None = FEW


def noted(count: int) -> str:
    """What the list of notes of a figure ends with, if it is not a note."""
    entries = [
        SimpleNamespace(beside="", number=at + 1, title="", line="", references=())
        for at in range(count)
    ]
    content = cast(Content, SimpleNamespace(entries=entries, words=words_of("en")))
    *_, last = notes(content, SIZES["web"], full=False)
    if last.number:
        return ""
    return " ".join(one.text for one in last.block(300.0).items if isinstance(one, TextLine))


def said(read: Callable[[], object]) -> str:
    """What is said of something that is read: the refusal, or nothing."""
    try:
        read()
    except GeoError as error:
        return str(error)
    return ""


def of_dossier(data: bytes) -> str:
    return "\n".join(map(str, read_dossier(data, "d.yaml").problems))


def with_passages(count: int, **changes: Any) -> bytes:
    one = {"document": "ab" * 32, "start": 0, "end": 9, "digest": "cd" * 32} | changes
    return dossier_bytes(incident(claims=[claim(passages=[one] * count)]))


def of_document(data: bytes, name: str = "d.txt") -> str:
    return said(lambda: read_document(data, name))


def of(name: str, data: bytes) -> str:
    reader: Reader = readers()[name]
    return said(lambda: reader.read(data))


def padded(data: bytes, size: int) -> bytes:
    return data + b" " * (size - len(data))


def broken(count: int, letters: int = 0) -> bytes:
    """A dossier with as many entries of broken grammar, and as many letters in all."""
    text = b"title: T\nincidents:\n" + b"  - id: bad\n    title: a: b\n" * count
    return text + b"#" * (letters - len(text))


def collection(features: int, properties: int) -> bytes:
    one = {
        "type": "Feature",
        "geometry": None,
        "properties": {f"p{n}": n for n in range(properties)},
    }
    return json.dumps({"type": "FeatureCollection", "features": [one] * features}).encode()


def outlines(count: int, points: int = 4) -> bytes:
    ring = [[1, 1], *([2, 1 + n / points] for n in range(points - 2)), [1, 1]]
    whole = json.loads(outline([ring]))
    (one,) = whole["features"]
    whole["features"] = [one | {"id": str(number)} for number in range(count)]
    return json.dumps(whole).encode()


def of_names(rows: int) -> str:
    sound = pq.read_table(io.BytesIO(readers()["added names"].sound))
    sink = io.BytesIO()
    pq.write_table(sound.take(pa.array([0] * rows)), sink)
    return said(lambda: NameColumns.from_parquet(sink.getvalue(), "names.parquet"))


def of_dump(name: str) -> str:
    lines = [geonames.line(1, "Qala", 34.5, 69.2), geonames.line(2, name, 34.5, 69.2)]
    provinces = read_country(data_folder()).provinces
    return str(read_dump(geonames.dump(lines), "AF.txt", provinces, []).left_out)


def of_name_parts(count: int) -> str:
    """What is said of a text that names so many provinces."""
    country = read_country(data_folder())
    names = [province.name for province in country.provinces][:count]
    return country.gazetteer.find(" or ".join(names)).reason


def of_name_depth(count: int) -> str:
    """What is said of a name with so many phrases around it."""
    return read_country(data_folder()).gazetteer.known("in " * count + "Bazarak").reason


def of_dump_bytes(size: int) -> str:
    dump = geonames.dump([geonames.line(1, "Qala", 34.5, 69.2)])
    text = dump[:-1] + b"1" * (size - len(dump)) + b"\n"
    return said(lambda: read_dump(text, "AF.txt", read_country(data_folder()).provinces, []))


def of_view(**message: Any) -> str:
    """The fields of which not all was taken over."""
    read = View.from_message(message).to_message()
    return " ".join(name for name, value in message.items() if read[name] != value)


def imprint_of_size(size: int) -> str:
    """An imprint that has so many bytes unpacked."""
    given = {"recipe": {"incidentMapRecipe": 1}, "drawn": {"form": "png"}, "more": ""}
    given["more"] = "x" * (size - len(json.dumps(given)))
    return MARK + b64encode(zlib.compress(json.dumps(given).encode())).decode()


def pdf_stream(content: bytes) -> bytes:
    return b"1 0 obj\n<<>>\nstream\n" + zlib.compress(content) + b"\nendstream\nendobj"


def deck_of(pictures: int) -> bytes:
    """A deck with so many pictures on its slide."""
    sound = io.BytesIO(readers()["figure in a deck"].sound)
    made = io.BytesIO()
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "ppt/slides/slide1.xml":
                picture = data[data.index(b"<p:pic>") : data.index(b"</p:pic>") + 8]
                data = data.replace(picture, picture * pictures)
            new.writestr(name, data)
    return made.getvalue()


def of_recipe(**words: str) -> str:
    recipe = Recipe(**words)  # type: ignore[arg-type]
    return " ".join(name for name, value in words.items() if getattr(recipe, name) != value)


def png_of(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return file.getvalue()


def of_csv(data: bytes) -> str:
    """Why the file or a row of it was refused."""
    rows: list[dict[str, Any]] = []
    refused = said(lambda: rows.extend(read_source(data, "x.csv").rejected.to_pylist()))
    return refused or " ".join(row["reason"] for row in rows)


def of_zip(data: bytes, files: int = 1) -> str:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(files):
            archive.writestr(f"{number}.csv", data)
    return said(lambda: read_source(sink.getvalue(), "x.zip"))


def of_sheets(sheets: int, rows: int) -> str:
    book = openpyxl.Workbook()
    for number in range(sheets):
        sheet = book.active if not number else book.create_sheet(f"s{number}")
        for row in range(rows):
            sheet.append([f"date {row}"])
    sink = io.BytesIO()
    book.save(sink)
    return said(lambda: read_source(sink.getvalue(), "x.xlsx"))


def kept(size: int) -> str:
    """Whether something goes when so many bytes are kept."""
    dropped: list[str] = []
    budget = ByteBudget(limits.MAX_KEPT_BYTES)
    for name, part in (("a", 1), ("b", size - 1)):
        budget.use(name, part, lambda: dropped.append("dropped"))
    return " ".join(dropped)


def of_series(years: int) -> str:
    view = View(first=date(1900, 1, 1), last=date(1899 + years, 12, 31))
    series = SeriesRecipe(Recipe(view), each="year")
    return said(lambda: [*parts_of_series(open_workspace(), series)])


def series_file(size: int) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.gif")
        file.write_bytes(b"x" * size)
        return said(lambda: read_series_file(file))


def of_list(data: bytes, name: str = "l.csv") -> str:
    return said(lambda: read_list(data, name, ["title"]))


def shown(letters: int) -> str:
    """Whether a report repeats only a part of a cell."""
    found = Findings(np.array([1]))
    text = "x" * letters
    found.add_rows(np.array([1]), "a", pa.array([text]), pa.array(["why"]))
    return "" if found.table()["value"].to_pylist() == [text] else "cut"


def crowded(count: int) -> str:
    """Two provinces at one point, among so many points with provinces in all."""
    points = {(float(at), 1.0, 1): 1 for at in range(count - 1)} | {(0.0, 1.0, 2): 1}
    return "" if TableClues(points=points).whole("").crowded else "not compared"


def scheme(count: int) -> str:
    """Precisions of so many different texts, the last of which shows whose they are."""
    texts = [*(f"t{at}" for at in range(count - 1)), "4"]
    raw = read_csv("\n".join(("date,precision", *(f"2022,{text}" for text in texts))).encode())
    mapping = ColumnMapping({"date": "date", "precision": "precision"})
    clues = clues_of(raw, mapping, read_country(data_folder(None)))
    return "" if clues.whole("precision").scheme == "ucdp" else "cut"


def suggested(count: int) -> str:
    """Whether some of as many possible duplicates are not listed."""
    folder = data_folder()
    kunduz = incident(where=[{"place": "Kunduz", "kind": "province"}], when="2022-05-24")
    rows = [made.acled(event_id_cnty=f"AFG{at}") for at in range(count)]
    events = made.read_acled(read_country(folder), folder, *rows).events
    located = workspace(read_country(folder), kunduz).located.table
    return "" if suggest(events, located).num_rows == count else "cut"


def of_country(size: int) -> str:
    with TemporaryDirectory() as folder:
        (Path(folder) / "outside.json").write_bytes(b"x" * size)
        return said(lambda: Folder(Path(folder)).bytes("outside.json"))


AIRFIELDS: Final = b'{"credit":"C","licence":"L","as_of":"2022","airfields":[]}'


def river(points: int) -> bytes:
    alike = {"rank": 1, "is_intermittent": False, "is_traced": True, "lines": [[0, 1] * points]}
    file = {"credit": "C", "licence": "L", "as_of": "2022", "steps": 1000, "origin": [0.0, 0.0]}
    return json.dumps(file | {"rivers": [alike]}).encode()


def of_relief(pixels: int) -> str:
    file = {"credit": "C", "licence": "L", "as_of": "2022", "west": 1.0, "south": 1.0}
    edges = json.dumps(file | {"east": 2.0, "north": 2.0}).encode()
    size = pixels.to_bytes(2, "little") + b"\1\0"
    picture = b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(7) + b"\x9d\x01\x2a" + size
    return of_base_map({"relief.json": edges, "relief.webp": picture})


def of_base_map(files: dict[str, bytes]) -> str:
    with TemporaryDirectory() as folder:
        (Path(folder) / "base_map").mkdir()
        for name, data in files.items():
            (Path(folder) / "base_map" / name).write_bytes(data)
        return said(lambda: read_base_map(Folder(Path(folder)), {}, {}))


def of_tiles(*arguments: Any, box: Any = (-180.0, -85.0, 180.0, 85.0), **how: Any) -> str:
    data = own_maps.archive(*arguments, **how)
    return said(lambda: OwnMap.read(Path("own.pmtiles"), data).cut(box))


def zigzag(points: int) -> bytes:
    return own_maps.line_tile([(30 * at, 1_000 + 400 * (at % 2)) for at in range(points)])


def leaf(size: int) -> str:
    """A directory of directories, as large together with the one below it."""
    below = bytes([1, 0, 1, 0, 1]).ljust(size, b"\0")
    root = b"".join(map(own_maps.varint, [1, 0, 0, size, 1]))
    return of_tiles({}, root=root, leaves=below)


def store_in(folder: str) -> VersionStore:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", folder)
        return VersionStore(Path(folder) / "d.yaml")


def versions(count: int) -> str:
    """How many versions are dropped of so many that were opened."""
    with TemporaryDirectory() as folder:
        store = store_in(folder)
        for at in range(count):
            kept = store.keep(f"{at:064x}", b"x", date(2024, 1, 1))
        return f"dropped {kept.dropped}"


def heavy_versions(size: int) -> str:
    """The same of two versions with so many bytes together, as they are packed."""
    letters = (bytes(range(at)) + b"a" * more for at in range(60) for more in range(4))
    data = next(one for one in letters if len(_packed(one)) == size - len(_packed(b"")))
    with TemporaryDirectory() as folder:
        store = store_in(folder)
        store.keep("a" * 64, b"", date(2024, 1, 1))
        return f"dropped {store.keep('b' * 64, data, date(2024, 1, 1)).dropped}"


def kept_dossiers(count: int) -> str:
    """Whether the versions of the first of so many dossiers are gone."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", folder)
        stores = [VersionStore(Path(folder) / f"{at}.yaml") for at in range(count)]
        for at, store in enumerate(stores):
            store.keep("a" * 64, b"x", date(2024, 1, 1))
            os.utime(store.folder, (at, at))
        return "" if stores[0].read().opened else "gone"


def state_file(size: int) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "s.json"
        file.write_bytes(b"[]".ljust(size))
        return read_state(file, str, "")[1]


def of_months(months: int) -> CountedRecords:
    """One record that may be in any of some months."""
    last = date(1999 + (months + 11) // 12, (months - 1) % 12 + 1, 1)
    found = incident(when=f"2000-01/{last:%Y-%m}")
    return counted_records(workspace(read_country(data_folder()), found))


def span_of_months(months: int) -> DayRange:
    last = date(1999 + (months + 11) // 12, (months - 1) % 12 + 1, 1)
    return days_between(date(2000, 1, 1), last)


def tried(ways: int) -> str:
    """A search that goes through so many combinations and finds nothing."""
    group = ChoiceClass(ways - 1, np.zeros((2, 1), dtype=np.int64))
    search = JointSearch([group], np.zeros(1, dtype=np.int64), lambda *_: None)
    return said(search.find)


def named(counted: CountedRecords, rows: int) -> str:
    """Whether fewer than all rows are named."""
    found = replace(counted, ids=["x"] * rows).named(np.arange(rows))
    return "" if len(found) == rows else "not named"


def compared(texts: int) -> str:
    """Whether the last text is not compared with the first, which is the same."""
    same = "one two three four five six seven"
    given = {"0": same, **{str(at): f"text{at}" for at in range(1, texts - 1)}, "last": same}
    return "" if shared_wordings(given) else "not compared"


COUNT_NAMES: Final = CountedNames((), lambda name: name)


def profiles_file(size: int) -> str:
    with TemporaryDirectory() as folder:
        Path(folder, "profiles.yaml").write_bytes(b"#".ljust(size))
        return said(lambda: read_profiles(Path(folder)))


def of_scan(data: bytes) -> str:
    return said(lambda: list(unpack_layers(data, "x")))


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def zip_in_zip(depth: int) -> bytes:
    data = b"x"
    for _ in range(depth):
        data = zipped(a=data)
    return data


CASES: Final[dict[str, Case]] = {
    "MAX_COUNTED_PERIODS": Case(
        lambda n: said(lambda: periods_of(span_of_months(n), "month")), "are counted at once", None
    ),
    "MAX_STATEMENT": Case(
        lambda n: said(lambda: read_statement("x" * n, COUNT_NAMES)), "are read", None
    ),
    "MAX_STEPS": Case(
        lambda n: said(lambda: decide(Rises("month", span_of_months(n)), of_months(1))),
        "expected 2 to", None,
    ),
    "MAX_RIVALS": Case(
        lambda n: said(lambda: decide(HasMost("month", "2000-01"), of_months(n + 1))),
        "at most 500 can be", None,
    ),
    "MAX_COUNT_CELLS": Case(
        lambda n: said(lambda: count_cells(of_months(n), ("month", "status"))), "more than 60 cells"
    ),
    "MAX_JOINT_READINGS": Case(tried, "more than 60 combinations"),
    "MAX_CHART_BARS": Case(
        lambda n: said(lambda: chart_of(of_months(n), "month", CellNames({}, {}), "")),
        "can be read", None,
    ),
    "MAX_NAMED_RECORDS": Case(lambda n: named(of_months(1), n), "not named", None),
    "MAX_NAMED_EVENTS": Case(
        lambda n: named(counted_events(SCHEMA.empty_table()), n), "not named", None
    ),
    "MAX_TEXTS_COMPARED": Case(compared, "not compared", None),
    "MAX_DOSSIER_BYTES": Case(lambda n: of_dossier(padded(b"title: T", n)), "at most 60 are read"),
    "MAX_DOSSIER_DEPTH": Case(
        lambda n: of_dossier(b"note: " + b"[" * (n - 1) + b"x" + b"]" * (n - 1)), "levels deep"
    ),
    "MAX_DOSSIER_PARTS": Case(
        lambda n: of_dossier(b"title: [" + b"x, " * (n - 9) + b"]"), "more than 60 YAML parts"
    ),
    "MAX_HISTORY_BYTES": Case(lambda n: said(lambda: read_log(b"x" * n)), "at most 60 are read"),
    "MAX_GROUPS": Case(lambda n: of_dossier(dossier_bytes(groups=groups(n))), "at most 500", None),
    "MAX_PROBLEMS": Case(lambda n: listed_problems([Problem("x")] * n), "more", None),
    "MAX_PLACES": Case(
        lambda n: of_dossier(dossier_bytes(incident(where=[{"place": "Panjshir"}] * n))),
        "at most 1,000 are read", None,
    ),
    "MAX_CLAIMS": Case(
        lambda n: of_dossier(dossier_bytes(incident(claims=[claim()] * n))),
        "at most 1,000 are read", None,
    ),
    "MAX_DATE": Case(
        lambda n: of_dossier(dossier_bytes(incident(when="2022".ljust(n, "x")))), "at most 64", None
    ),
    "MAX_LINE": Case(lambda n: of_dossier(dossier_bytes(title="x" * n)), "at most 300", None),
    "MAX_PROSE": Case(lambda n: of_dossier(dossier_bytes(note="x" * n)), "at most 2000", None),
    "MAX_ADDRESS": Case(
        lambda n: of_dossier(
            dossier_bytes(sources={"a": SOURCE | {"url": "https://a/".ljust(n, "x")}})
        ),
        "at most 2000", None,
    ),
    "MAX_YAML_REPAIRS": Case(lambda n: of_dossier(broken(n)), "so are 3 entries before it", 3),
    "MAX_YAML_READ_AGAIN": Case(
        lambda n: of_dossier(broken(2, n)), "so are 1 entries before it", 100
    ),
    "MAX_MEANT": Case(
        lambda n: "" if meant("titel", [*map(str, range(n - 1)), "title"]) else "no word", "no word"
    ),
    "MAX_COUNTRY_BYTES": Case(of_country, "larger than 60 bytes"),
    "MAX_COUNTRY_DEPTH": Case(
        lambda n: of("country.yaml", b"also: " + b"[" * (n - 1) + b"x" + b"]" * (n - 1)),
        "levels deep",
    ),
    "MAX_COUNTRY_PARTS": Case(
        lambda n: of("country.yaml", b"also: [" + b"x, " * (n - 9) + b"]"),
        "more than 60 YAML parts",
    ),
    "MAX_BASE_MAP_BYTES": Case(
        lambda n: of_base_map({"airfields.json": padded(AIRFIELDS, n)}), "larger than 500 bytes",
        500,
    ),
    "MAX_BASE_MAP_POINTS": Case(
        lambda n: of_base_map({"rivers.json": river(n)}), "more than 60 points"
    ),
    "MAX_RELIEF_PIXELS": Case(of_relief, "more than 60 together"),
    "MAX_TILE_BYTES": Case(
        lambda n: of_tiles({0: own_maps.message(15, bytes(n - 3))}), "at most 400 are read", 400
    ),
    "MAX_TILE_DIRECTORY_BYTES": Case(
        lambda n: of_tiles({}, root=bytes(n)), "is larger than 60 bytes unpacked"
    ),
    "MAX_TILE_DIRECTORIES_BYTES": Case(leaf, "has more than 60 bytes of directories here"),
    "MAX_TILE_METADATA_BYTES": Case(
        lambda n: of_tiles({}, padded(b"{}", n)), "is larger than 60 bytes unpacked"
    ),
    "MAX_TILES": Case(
        lambda n: of_tiles({}, zooms=(7, 7), box=(-180, 1, -180 + (n - 0.5) * 2.8125, 1.1)),
        "has 61 tiles here, and 60 are read",
    ),
    "MAX_CUT_BYTES": Case(
        lambda n: of_tiles({0: own_maps.message(15, bytes(n - 2))}), "MB are read"
    ),
    "MAX_CUT_UNPACKED_BYTES": Case(
        lambda n: of_tiles({0: own_maps.message(15, bytes(n - 2))}), "more than 60 bytes unpacked"
    ),
    "MAX_CUT_POINTS": Case(lambda n: of_tiles({0: zigzag(n)}), "has more than 60 points here"),
    "MAX_TILE_POINTS": Case(lambda n: of_tiles({0: zigzag(n)}), "has more than 60 points; at"),
    "MAX_TILE_PARTS": Case(
        lambda n: of_tiles({0: own_maps.line_tile([(0, 0), (9, 9)], *map(str, range(n)))}),
        "has more than 60 features, names or values",
    ),
    "MAX_CUT_PIXELS": Case(
        lambda n: of_tiles({0: own_maps.png(n, 1)}, kind=own_maps.PNG), "million pixels here"
    ),
    "MAX_TILE_SIDE": Case(
        lambda n: of_tiles({0: own_maps.png(n, 1)}, kind=own_maps.PNG), "at most 60 on a side"
    ),
    "MAX_BOUNDARY_BYTES": Case(
        lambda n: of("boundaries", b"x" * n), "larger than 60 bytes"
    ),
    "MAX_OUTLINES": Case(lambda n: of("neighbours", outlines(n)), "at most 60 are read"),
    "MAX_OUTLINE_POINTS": Case(
        lambda n: of("neighbours", outlines(1, n)), "more than 60 points"
    ),
    "MAX_REGISTRY_BYTES": Case(
        lambda n: of("parties", padded(REGISTRY, n)), "at most 60 are read"
    ),
    "MAX_CSV_CELL": Case(
        lambda n: of("spellings", b"place_id,kind,variant\na,b," + b"x" * n), "131072", None
    ),
    "MAX_DUMP_BYTES": Case(of_dump_bytes, "larger than 200 bytes", 200),
    "MAX_NAME": Case(lambda n: of_dump("x" * n), "without a name that can be read", None),
    "MAX_NAME_PARTS": Case(of_name_parts, "No place of this name", None),
    "MAX_NAME_DEPTH": Case(of_name_depth, "No place of this name", None),
    "MAX_NAME_LOOKUPS": Case(of_name_parts, "No place of this name", 4),
    "MAX_NAMES": Case(of_names, "at most 60 are read"),
    "MAX_TABLE_BYTES": Case(lambda n: of_csv(padded(b"a,b\n1,2\n", n)), "at most 60 are read"),
    "MAX_GEOJSON_BYTES": Case(
        lambda n: of("table as GeoJSON", padded(collection(0, 0), n)), "at most 60 are read"
    ),
    "MAX_JSON_PARTS": Case(
        lambda n: of("table as JSON", b"[{}" + b",1" * (n - 2) + b"]"),
        "parts; at most 60 are read",
    ),
    "MAX_TABLE_CELLS": Case(
        lambda n: of_csv(b"a\n" + b"1\n" * (n - 2)), "cells; at most 60 are read"
    ),
    "MAX_UPLOAD_ROWS": Case(
        lambda n: said(lambda: _few_enough(pa.table({"a": range(n)}))), "at most 60 are read here"
    ),
    "MAX_KEPT_BYTES": Case(kept, "dropped", None),
    "MAX_GEOJSON_CELLS": Case(
        lambda n: said(lambda: read_source(collection(n // 3, 3), "x")), "at most 60 are read"
    ),
    "MAX_ROWS": Case(lambda n: of_csv(b"a,b\n" + b"1,2\n" * n), "at most 60 are read"),
    "MAX_COLUMNS": Case(
        lambda n: of_csv(b",".join(b"c%d" % at for at in range(n))), "at most 60 are read"
    ),
    "MAX_CELL": Case(lambda n: of_csv(b"a,b\n1," + b"x" * n + b"\n"), "is longer than 60 bytes"),
    "MAX_SHOWN": Case(shown, "cut", None),
    "MAX_UNZIPPED_BYTES": Case(lambda n: of_zip(b"a,b\n".ljust(n, b"x")), "at most 60 are read"),
    "MAX_MEMBERS": Case(lambda n: of_zip(b"a,b\n1,2\n", n), "at most 60 are read"),
    "MAX_MARKUP_BYTES": Case(
        lambda n: said(lambda: read_source(padded(PLACEMARK, n), "x")), "at most 300 are read", 300
    ),
    "MAX_MARKUP_DEPTH": Case(
        lambda n: said(lambda: read_source(b"<kml>" * n + b"</kml>" * n, "x")), "more than 60 deep"
    ),
    "MAX_SHEETS": Case(lambda n: of_sheets(n, 1), "at most 5 are read", 5),
    "MAX_SHEET_CELLS": Case(lambda n: of_sheets(1, n), "more than 60 cells"),
    "MAX_SUGGESTIONS": Case(suggested, "cut", 3),
    "MAX_POINTS_COMPARED": Case(crowded, "not compared"),
    "MAX_PRECISIONS": Case(scheme, "cut"),
    "MAX_UPLOAD_BYTES": Case(
        lambda n: said(
            lambda: PackedFile.of(gzip.compress(b"x" * n)).unpack(limits.MAX_UPLOAD_BYTES)
        ),
        "more than 60 bytes",
    ),
    "MAX_PACKED_BYTES": Case(
        lambda n: str(decode(b64encode(b"x" * n).decode(), limits.MAX_PACKED_BYTES)), "None"
    ),
    "MAX_DEATHS": Case(lambda n: "none" if count_from(str(n)) == NO_NUMBER else "", "none", None),
    "MAX_VIEW_ENTRIES": Case(
        lambda n: of_view(sources=sorted(f"source-{at}" for at in range(n))), "sources", None
    ),
    "MAX_VIEW_TEXT": Case(lambda n: of_view(text="x" * n), "text", None),
    "MAX_VIEW_DEATHS": Case(lambda n: of_view(deaths=n), "deaths", None),
    "MAX_RECIPE_BYTES": Case(
        lambda n: of("recipe", padded(b'{"incidentMapRecipe": 1}', n)), "larger than 60 bytes"
    ),
    "MAX_IMPRINT_BYTES": Case(
        lambda n: said(lambda: Imprint.from_text(imprint_of_size(n), "f")), "more than", 4000
    ),
    "MAX_FIGURE_FILE_BYTES": Case(
        lambda n: said(lambda: find_figures(padded(b"%PDF-", n), "f")), "larger than 60 bytes"
    ),
    "MAX_FIGURE_UNPACKED_BYTES": Case(
        lambda n: said(lambda: digest_pdf(pdf_stream(b"x" * n), "f")), "more than 60 bytes"
    ),
    "MAX_FIGURE_XML_BYTES": Case(
        lambda n: said(lambda: find_figures(padded(DRAWING, n), "f")), "at most 60 are read"
    ),
    "MAX_FIGURE_PIXELS": Case(
        lambda n: said(lambda: digest_png(own_maps.png(n, 1).ljust(33), "f")), "at most 60 are read"
    ),
    "MAX_FIGURES": Case(lambda n: said(lambda: find_figures(deck_of(n), "f")), "more than 60 pict"),
    "MAX_TITLE": Case(lambda n: of_recipe(title="x" * n), "title", None),
    "MAX_EDITORIAL_BYTES": Case(
        lambda n: said(lambda: parse_editorial(padded(b"marking: M\n", n), "f")), "larger than 60"
    ),
    "MAX_EDITORIAL_ENTRIES": Case(
        lambda n: said(lambda: NameChoice("list", tuple(f"n{at}" for at in range(n)))), "at most 60"
    ),
    "MAX_MARKING": Case(lambda n: said(lambda: Editorial(marking="x" * n)), "at most", None),
    "MAX_CAVEATS": Case(lambda n: said(lambda: Editorial(caveats="x" * n)), "at most", None),
    "MAX_MARK_LABEL": Case(
        lambda n: said(lambda: MarkLabels(own=(("an-attack", "x" * n),))), "at most 60"
    ),
    "MAX_LEGEND_WORDING": Case(
        lambda n: said(lambda: LegendEdits(wording=(("NRF", "x" * n),))), "at most 60"
    ),
    "MAX_EDITOR_MARKS": Case(
        lambda n: said(lambda: Editorial(marks=(EditorMark("text", ((34, 69),), text="A"),) * n)),
        "at most 60",
    ),
    "MAX_EDITOR_MARK_POINTS": Case(
        lambda n: said(lambda: EditorMark("area", ((34.0, 69.0),) * n)), "expected 3 to 500", None
    ),
    "MAX_EDITOR_MARK_KM": Case(
        lambda n: said(lambda: EditorMark("circle", ((34, 69),), km=n)), "at most 60"
    ),
    "MAX_EDITOR_MARK_TEXT": Case(
        lambda n: said(lambda: EditorMark("text", ((34, 69),), text="x" * n)), "at most 60"
    ),
    "MAX_LOGO_BYTES": Case(lambda n: said(lambda: logo_of(b"x" * n)), "larger than 60 bytes"),
    "MAX_LOGO_PIXELS": Case(lambda n: said(lambda: logo_of(png_of(n, 1))), "at most 60"),
    "MAX_KEPT_LOGO_BYTES": Case(
        lambda n: said(lambda: Logo(b"\x89PNG\r\n\x1a\n".ljust(n, b"x"))), "more than 60 bytes"
    ),
    "MAX_BLEED": Case(lambda n: said(lambda: Editorial(bleed=n)), "expected 0 to 10 mm", None),
    "MAX_NOTES": Case(noted, "more notes are not printed"),
    "MAX_NOTE": Case(lambda n: of_recipe(note="x" * n), "note", None),
    "MAX_LIST_BYTES": Case(lambda n: of_list(b"title\n".ljust(n, b"x")), "larger than 60 bytes"),
    "MAX_UPLOADED_LOG_BYTES": Case(
        lambda n: str(decode(b64encode(b"x" * n).decode(), limits.MAX_UPLOADED_LOG_BYTES))[:4],
        "None",
        None,
    ),
    "MAX_ROLES_BYTES": Case(
        lambda n: read_roles(padded(b"ann@example.org: editor\n", n)).fault, "larger than 60 bytes"
    ),
    "MAX_LIST_DEPTH": Case(
        lambda n: of_list(b"- title: " + b"[" * (n - 2) + b"x" + b"]" * (n - 2), "l.yaml"),
        "levels deep", 4,
    ),
    "MAX_LIST_PARTS": Case(
        lambda n: of_list(b"- title: [" + b"x, " * (n - 11) + b"]", "l.yaml"),
        "more than 60 YAML parts",
    ),
    "MAX_VERSIONS": Case(versions, "dropped 1", 3),
    "MAX_VERSIONS_BYTES": Case(heavy_versions, "dropped 1"),
    "MAX_KEPT_DOSSIERS": Case(kept_dossiers, "gone", 3),
    "MAX_STATE_BYTES": Case(state_file, "larger than 60 bytes"),
    "MAX_SAVED_VIEWS": Case(
        lambda n: said(lambda: read_saved([{"title": str(at), "address": ""} for at in range(n)])),
        "at most 500 are read", None,
    ),
    "MAX_SAVED_ADDRESS": Case(
        lambda n: said(lambda: read_saved({"A": "x" * n})), "at most 10,000", None
    ),
    "MAX_PASSAGES": Case(lambda n: of_dossier(with_passages(n)), "at most 50", None),
    "MAX_PROFILES_BYTES": Case(profiles_file, "larger than 60 bytes"),
    "MAX_SCANNED_BYTES": Case(lambda n: of_scan(b"x" * n), "unpacks to more than 60 bytes"),
    "MAX_SCANNED_LAYERS": Case(
        lambda n: of_scan(zipped(**{f"a{at}": b"x" for at in range(n - 1)})),
        "more than 60 layers",
    ),
    "MAX_SCANNED_DEPTH": Case(
        lambda n: of_scan(zip_in_zip(n)), "more than 4 files within files", 4
    ),
    "MAX_QUOTE": Case(
        lambda n: of_dossier(with_passages(1, quote="x" * n)), "at most 300 are allowed", None
    ),
    "MAX_DOCUMENT_LETTERS": Case(
        lambda n: of_dossier(with_passages(1, end=n)), "at most 5000000", None
    ),
    "MAX_DOCUMENT_BYTES": Case(lambda n: of_document(b"x" * n), "at most 60 are read"),
    "MAX_HTML_ELEMENTS": Case(
        lambda n: of_document(b"<p>" * (n - 1) + b"x", "d.html"), "more than 60 elements"
    ),
    "MAX_DOCX_BYTES": Case(
        lambda n: of_document(docx_of_xml(padded(b"<document><p><t>x</t></p></document>", n)),
                              "d.docx"), "more than 60 bytes of text"
    ),
    "MAX_MAIL_LINES": Case(
        lambda n: of_document(b"Subject: x\n\nx" + b"\n" * (n - 2), "d.eml"), "at most 60 are read"
    ),
    "MAX_MAIL_PARTS": Case(
        lambda n: of_document(b"Subject: x\n\nx" + b" boundary=a" * n, "d.eml"),
        "at most 60 are read",
    ),
    "MAX_PDF_PAGES": Case(
        lambda n: of_document(pdf_file(["x"] * n, lines_on_a_page=2), "d.pdf"),
        "at most 4 are read", 4,
    ),
    "MAX_SERIES_MAPS": Case(of_series, "more than 60"),
    "MAX_FRAMES": Case(lambda n: said(lambda: check_frame_count(n)), "at most 60 frames"),
    "MAX_FRAME_SECONDS": Case(
        lambda n: said(
            lambda: SeriesRecipe.from_json(replace(SeriesRecipe(), seconds=n).to_json())
        ),
        "expected 0.2 to 60",
    ),
    "MAX_SERIES_FILE_BYTES": Case(series_file, "more than 60 bytes"),
    "MAX_SNAPSHOTS": Case(lambda n: of_list(b"title\n" + b"x\n" * n), "at most 60 at once"),
}  # fmt: skip
DRAWING: Final = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
PLACEMARK: Final = b"<kml><Placemark><name>A</name></Placemark></kml>"
OF_A_PROCESS: Final = {"MAX_PDF_SECONDS", "MAX_PDF_MEMORY_BYTES"}
"""Kept by the system, and tried in test_hostile_documents.py."""
UNPACKED: Final = {"MAX_UNPACKED_BYTES": "table as GeoParquet", "MAX_NAMES_BYTES": "added names"}
REGISTRY: Final = b"key,name,role,since,until,stands_for\n"


@pytest.fixture(autouse=True, scope="module")
def _ready() -> None:
    """Read what the readers need before any limit is moved."""
    readers()


def test_no_limit_is_without_a_test() -> None:
    named = {name for name in vars(limits) if name.startswith("MAX_")}
    assert named == CASES.keys() | UNPACKED.keys() | {"MAX_GROUP_BYTES"} | OF_A_PROCESS


def test_a_row_group_is_read_in_parts_up_to_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "table.parquet"
    pq.write_table(pa.table({"name": ["a"] * 9}), file)
    size = pq.ParquetFile(file).metadata.row_group(0).total_byte_size
    monkeypatch.setattr(limits, "MAX_GROUP_BYTES", size)
    assert said(lambda: cut(file)) == ""
    monkeypatch.setattr(limits, "MAX_GROUP_BYTES", size - 1)
    assert f"at most {size - 1:,} are read at once" in said(lambda: cut(file))


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_what_reaches_a_limit_is_taken_and_one_step_more_is_not(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[name]
    if case.most is not None:
        monkeypatch.setattr(limits, name, case.most)
    most = getattr(limits, name)
    step = 3 if name == "MAX_GEOJSON_CELLS" else 1
    assert case.refusal not in case.say(most), name
    assert case.refusal in case.say(most + step), name


@pytest.mark.parametrize("name", UNPACKED)
def test_a_file_is_refused_by_what_it_holds_when_it_is_unpacked(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = readers()[UNPACKED[name]]
    monkeypatch.setattr(limits, name, 0)
    told = said(lambda: reader.read(reader.sound))
    found = re.search(r"has ([\d,]+) bytes when unpacked; at most 0", told)
    assert found
    size = int(found[1].replace(",", ""))
    monkeypatch.setattr(limits, name, size)
    assert said(lambda: reader.read(reader.sound)) == ""
    monkeypatch.setattr(limits, name, size - 1)
    assert f"at most {size - 1:,} are read" in said(lambda: reader.read(reader.sound))
