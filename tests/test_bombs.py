"""What a small file may become is counted before it is parsed, and what is kept in bytes."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from streamlit import cache_resource

from geo import limits
from geo.app import events as app_events
from geo.app.file_choice import PackedFile
from geo.app.kept import ByteBudget
from geo.app.shown_events import SessionEvents
from geo.errors import GeoError, IntakeError
from geo.events.readers.opening import read_source
from geo.places.boundaries import collection
from geo.text import json_parts

MEGABYTES = 400
"""What refusing may take, the file itself included; before, these took 4 to 5 GB."""


def table_bomb(rows: int) -> bytes:
    """A heading of 200 columns, and rows that fill none of them."""
    return b",".join(b"c%d" % at for at in range(200)) + b"\n" + (b"," * 199 + b"\n") * rows


def parquet_bomb() -> bytes:
    rows = 2_000_000
    empty = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), pa.array([""]))
    sink = io.BytesIO()
    about = {"geo": '{"primary_column":"c0","columns":{"c0":{"encoding":"WKB"}}}'}
    table = pa.table({f"c{at}": empty for at in range(200)}).replace_schema_metadata(about)
    pq.write_table(table, sink)
    return sink.getvalue()


def sheet_bomb() -> bytes:
    """A wide heading and long rows of one cell, each of which would be filled up to its width."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([f"c{at}" for at in range(200)])
    for _ in range(110_000):
        sheet.append([1])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


HEAD = b'{"type":"FeatureCollection","features":['
BOMBS = {
    "objects": lambda: HEAD + b"{}," * 64_000_000 + b"{}]}",
    "lists": lambda: HEAD + b"[]," * 64_000_000 + b"[]]}",
    "members beside the features": lambda: HEAD + b'],"x":[' + b"1," * 95_000_000 + b"1]}",
    "a list of objects": lambda: b"[" + b"{}," * 64_000_000 + b"{}]",
    "an object on each line": lambda: b"{}\n" * 64_000_000,
    "a number on each line": lambda: b"{}\n" + b"1\n" * 95_000_000,
    "empty places": lambda: b"<kml>" + b"<Placemark/>" * 15_000_000 + b"</kml>",
    "fields of one name": lambda: (
        b"<kml><Placemark><ExtendedData>"
        + b"".join(b'<Data name="a"><value>%d</value></Data>' % at for at in range(40_000))
        + b"</ExtendedData></Placemark></kml>"
    ),
    "empty columns": lambda: table_bomb(1_900_000),
    "empty columns of a sheet": sheet_bomb,
    "short rows of a wide table": lambda: table_bomb(0) + b"1\n" * 4_900_000,
    "empty columns of GeoParquet": parquet_bomb,
}
TRY = """
import gzip, os, resource, sys
from geo.errors import IntakeError
from geo.events.readers.opening import read_source
for line in sys.stdin:
    # Each file in a process of its own, which has loaded all that it needs.
    if child := os.fork():
        os.waitpid(child, 0)
        continue
    with gzip.open(line.strip()) as file:
        data = file.read()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        read_source(data, "bomb")
        said = "read"
    except IntakeError as error:
        said = str(error)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1000, said, flush=True)
    os._exit(0)
"""


@pytest.fixture(scope="module")
def reader() -> Iterator[Callable[[Path], str]]:
    """Read a file elsewhere: megabytes that it took, and what was said of it."""
    with subprocess.Popen(
        [sys.executable, "-c", TRY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None

        def read(file: Path) -> str:
            asked.write(f"{file}\n")
            asked.flush()
            return answers.readline().strip()

        yield read


@pytest.mark.slow(whole=True)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kB on Linux alone")
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_is_parsed(
    reader: Callable[[Path], str], tmp_path: Path, name: str
) -> None:
    packed = gzip.compress(BOMBS[name](), 4)
    assert len(packed) < 3_000_000
    (tmp_path / "bomb.gz").write_bytes(packed)
    more, _, said = reader(tmp_path / "bomb.gz").partition(" ")
    assert "are read" in said or "more than" in said, said
    assert int(more) < MEGABYTES, said


def test_what_becomes_objects_is_counted_with_what_is_within_texts() -> None:
    assert json_parts(b"{},") == 2
    assert json_parts(b'{"a, b": [1, 2]}') == 5


def test_an_outline_of_a_country_is_counted_before_it_is_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = b'{"type":"FeatureCollection","features":[{}]}'
    monkeypatch.setattr(limits, "MAX_JSON_PARTS", json_parts(data))
    assert collection(data, "b") == [{}]
    monkeypatch.setattr(limits, "MAX_JSON_PARTS", json_parts(data) - 1)
    with pytest.raises(IntakeError, match="parts; at most"):
        collection(data, "b")


# --- what is kept


def test_the_least_recently_used_goes_when_all_together_are_too_large() -> None:
    dropped: list[str] = []
    budget = ByteBudget(1_000)
    for name, size in [("a", 400), ("b", 400), ("a", 400), ("c", 400), ("d", 5_000), ("e", 1)]:
        budget.use(name, size, lambda name=name: dropped.append(name))
    assert dropped == ["b", "a", "c", "d"]


def test_uploads_of_all_sessions_together_are_bounded_by_bytes(
    own: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_resource.clear()
    monkeypatch.setattr(app_events, "KEPT", ByteBudget(1))
    read: list[str] = []
    whole = app_events.convert
    monkeypatch.setattr(app_events, "convert", lambda *a, **k: (read.append(""), whole(*a, **k))[1])
    files = [
        PackedFile.of(gzip.compress(f"date,province\n2022-05-{day},Kunduz\n".encode()))
        for day in ("01", "02")
    ]
    for file in (files[0], files[0], files[1], files[0]):
        found = app_events.uploaded_events(own, file, "date=date,province=province")
        assert isinstance(found, SessionEvents)
        assert found.size > 0
    # The first is read again: it had gone for the second.
    assert len(read) == 3


def test_an_upload_of_more_rows_than_a_map_draws_is_refused_with_the_way(
    own: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_resource.clear()
    monkeypatch.setattr(limits, "MAX_UPLOAD_ROWS", 1)
    file = PackedFile.of(gzip.compress(b"date,province\n2022-05-01,Kunduz\n2022-05-02,Kunduz\n"))
    with pytest.raises(GeoError, match="has 2 rows; at most 1 are read here; import it on the"):
        app_events.uploaded_events(own, file, "date=date,province=province")


def test_a_file_of_honest_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"date,place\n" + b"2022-05-24,Kabul\n" * 100_000)
    assert read_source(file, "a.csv").table.num_rows == 100_000
