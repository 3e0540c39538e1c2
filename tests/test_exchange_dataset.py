"""A file larger than memory becomes a dataset that holds what one machine would have made of it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import events as made
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from geo import limits
from geo.cli.main import app
from geo.errors import IntakeError
from geo.events.columns import text_cells as cells
from geo.events.columns.formats import ACLED
from geo.events.importing.duplicates import suggest
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.out_of_core.blocks import cut
from geo.events.out_of_core.cluster import cluster
from geo.events.out_of_core.partitioned import import_parts, incidents_of
from geo.events.out_of_core.partwise import Job
from geo.events.readers import splitting
from geo.events.store import dataset, manifest
from geo.events.store.dataset import (
    detail_of,
    event_count,
    is_dataset,
    read_dataset,
    span_of,
    years_of,
)
from geo.events.store.manifest import Manifest
from geo.events.store.storage import read_events, write_events
from geo.files import making_folder

LONG = bool(os.environ.get("INCIDENT_MAP_LONG"))
TODAY = date(2026, 1, 1)
SECONDS = 60
BLOCK = 2_000
"""A block of so many bytes holds a few rows."""


def here(task, job, things):
    """Do tasks one after the other, the last first: their order is nobody's to rely on."""
    for number in reversed(range(len(things))):
        yield number, task(job, things[number])


def rows(count: int, seed: int = 1) -> bytes:
    """Rows of ACLED over three years, with most of what may be wrong in them."""
    dice = np.random.default_rng(seed)

    def one_of(*options):
        return options[dice.integers(len(options))]

    found = []
    for number in range(count):
        day = date(2020, 11, 1) + timedelta(days=int(dice.integers(800)))
        row = made.acled(
            event_id_cnty=f"AFG{number}",
            event_date=day.isoformat(),
            time_precision=one_of(*"1123"),
            geo_precision=one_of(*"1123"),
            fatalities=one_of("", "0", "3", "12"),
            actor1=one_of(
                "Taliban", "Islamic State Khorasan Province (ISKP)", "A new front", "B front"
            ),
            notes=one_of("one,\ntwo", 'said "no"\r\nand left', "", "x"),
        )
        odd = dice.random()
        if odd < 0.1:
            row |= {"event_id_cnty": f"AFG{dice.integers(number + 1)}"}
        elif odd < 0.2:
            row |= one_of(
                {"event_date": "soon"}, {"latitude": "north"}, {"event_date": "2029-01-01"},
                {"admin1": "Nowhere"}, {"admin1": "Helmand"}, {"event_id_cnty": " "},
                {"admin2": "No district"},
            )  # fmt: skip
        found.append(row)
    return made.csv_bytes(found, ACLED)


def broken(data: bytes) -> bytes:
    """The same with rows that are none, and letters that are no UTF-8, here and there."""
    lines = data.split(b'\n"AFG')
    lines[len(lines) // 3] += b'\ntoo,few\n\n5" gun\n'
    lines[len(lines) // 2] += b'\n"caf\xe9",2'
    return b'\n"AFG'.join(lines)


@pytest.fixture
def job(own, data_folder, tmp_path):
    def make(data: bytes, block: int = BLOCK, mapping: ColumnMapping | None = None) -> Job:
        source = tmp_path / "source.csv"
        source.write_bytes(data)
        return Job(
            cut(source, block), tmp_path, data_folder, own.country.digest,
            made.registry(data_folder), mapping, TODAY, incidents_of(own.located.table),
        )  # fmt: skip

    return make


def held_against_one_machine(job: Job, out: Path, own) -> None:
    """Hold a dataset and its lists against what comes of the same file read whole."""
    source, beside = job.blocks.path, out.parent
    whole = import_file(
        source, own.country, job.registry, mapping=job.mapping, today=TODAY
    )  # fmt: skip
    events = read_dataset(out)
    assert event_count(out) == events.num_rows == whole.events.num_rows
    assert events.schema.equals(whole.events.schema)
    assert events.sort_by("row").to_pylist() == whole.events.to_pylist()
    lists = {
        "rejected": whole.rejected, "doubts": whole.doubts, "names": whole.unknown,
        "duplicates": suggest(whole.events, own.located.table, job.registry),
    }  # fmt: skip
    for name, table in lists.items():
        cells.write_table(table, beside / "expected.csv")
        found = (beside / f"{out.name}.{name}.csv").read_bytes()
        assert found == (beside / "expected.csv").read_bytes(), name


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a dataset, and the lists beside it."""
    inside = {str(file.relative_to(folder)): file.read_bytes()
              for file in folder.rglob("*") if file.is_file()}  # fmt: skip
    lists = folder.parent.glob(f"{folder.name}.*.csv")
    return inside | {file.name.removeprefix(folder.name): file.read_bytes() for file in lists}


@settings(max_examples=2_000 if LONG else 300, deadline=None)
@given(st.text(alphabet='a",\n\r é', max_size=40), st.integers(1, 9), st.integers(1, 8),
       st.booleans())  # fmt: skip
def test_a_block_ends_where_a_row_ends_for_any_reader_of_csv(text, block, window, marked):
    data = (b"\xef\xbb\xbf" if marked else b"") + b'\n"x\n",y\r\n' + text.encode()
    with pytest.MonkeyPatch.context() as patch:
        # A window is what is looked at in one go: its borders fall everywhere.
        patch.setattr(splitting, "BLOCK", window)
        patch.setattr(splitting, "LONGEST", 1_000)
        ends = list(splitting.row_ends(io.BytesIO(data), ",", block, "x.csv"))
    assert ends[-1] == len(data)
    blocks = [data[start:end] for start, end in pairwise((0, *ends))]
    assert [row for part in blocks for row in parsed(part)] == parsed(data)


def parsed(data: bytes) -> list[list[str]]:
    read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [row for row in read if row]


def test_a_quotation_mark_that_is_never_closed_is_said_before_memory_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(splitting, "BLOCK", 100)
    monkeypatch.setattr(splitting, "LONGEST", 200)
    source = tmp_path / "x.csv"
    source.write_bytes(b'a,b\n1,"' + b"x\n" * 500)
    with pytest.raises(IntakeError, match="a closing quotation mark is probably missing"):
        cut(source)


@pytest.mark.slow
@pytest.mark.parametrize("data", [rows(150), broken(rows(150, seed=2))], ids=["sound", "broken"])
def test_a_dataset_is_what_one_machine_makes_of_the_same_file(
    job, own, tmp_path, monkeypatch, data
):
    monkeypatch.setattr("geo.events.out_of_core.partwise.BUCKET_BYTES", 20_000)
    out, asked = tmp_path / "events", job(data, 3_000)
    assert len(asked.blocks) > 10
    assert asked.buckets > 2
    found = import_parts(asked, out, here)
    held_against_one_machine(asked, out, own)
    assert found.rejected_rows + found.kept == found.rows
    assert any("an earlier row has the same id" in reason for _, reason, _ in found.rejected)


@pytest.mark.slow
def test_however_a_file_is_cut_the_bytes_are_the_same(job, tmp_path):
    data, outs = rows(30), [tmp_path / str(block) for block in (1, 5_000, 1 << 20)]
    for out in outs:
        import_parts(job(data, int(out.name)), out, here)
    assert bytes_of(outs[0]) == bytes_of(outs[1]) == bytes_of(outs[2])


@pytest.mark.slow
@pytest.mark.parametrize("advised", [2, 500])
def test_a_table_in_parts_is_what_its_mapping_makes_of_it_whole(
    job, own, tmp_path, monkeypatch, advised
):
    monkeypatch.setattr("geo.events.importing.tables.ADVISED", advised)
    monkeypatch.setattr("geo.events.judging.whole_file.ADVISED", advised)
    towns = ("Mazar-e Sharif", "Kabol", "Nowhere", "Kunduz", "")
    text = "#date,#adm1,#loc,#org\n" + "".join(
        f"2022-0{n % 9 + 1},{'Balkh' if n % 2 else ''},{towns[n % 5]},#{n}\n" for n in range(40)
    )
    columns = ["when", "prov", "town", "who"]
    mapping = ColumnMapping.parse(["date=when,province=prov,place=town,groups=who"], columns)
    data = b"when,prov,town,who\n" + text.encode() + b"#a,#b,#c,#d\n"
    out, asked = tmp_path / "events", job(data, 30, mapping)
    import_parts(asked, out, here)
    held_against_one_machine(asked, out, own)


@pytest.mark.slow
def test_what_only_the_whole_table_shows_of_places_is_the_same_in_parts(job, own, tmp_path):
    columns = ["when", "prov", "dist", "town", "y", "x", "precision"]
    mapping = ColumnMapping.parse(
        ["date=when,province=prov,district=dist,place=town,lat=y,lon=x,precision=precision"],
        columns,
    )
    # Only the last row shows that a 3 is UCDP's; one point stands for two provinces, far apart.
    two = ["Kunduz"] * 13 + ["Takhar"] * 14
    body = [f"2022-05-{n:02},{one},,A yard,37.05,68.75," for n, one in enumerate(two, start=1)]
    body += ["2022-06-01,Kunduz,Imam Sahib,A yard,37.19,68.94,3"] * 9
    body += ["2022-06-02,Kunduz,Imam Sahib,A yard,37.19,68.94,4"]
    data = "\n".join((",".join(columns), *body)).encode() + b"\n"
    out, asked = tmp_path / "events", job(data, 100, mapping)
    import_parts(asked, out, here)
    held_against_one_machine(asked, out, own)
    precisions = read_dataset(out)["precision"].cast(pa.string()).to_pylist()
    assert (precisions.count("province"), precisions.count("district")) == (28, 9)


def test_geoparquet_is_read_by_its_row_groups(job, own, tmp_path, monkeypatch):
    monkeypatch.setattr("geo.events.out_of_core.blocks.GROUP_ROWS", 10)
    asked = job(b"x\n1\n")
    points = pa.array([None] * 35, pa.binary())
    table = pa.table({"day": [f"2021-0{n % 9 + 1}-03" for n in range(35)], "g": points})
    geo = {"primary_column": "g", "columns": {"g": {"encoding": "WKB"}}}
    source = tmp_path / "x.parquet"
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), source,
                   row_group_size=8)  # fmt: skip
    mapping = ColumnMapping({"date": "day"})
    asked = replace(asked, blocks=cut(source), mapping=mapping)
    assert len(asked.blocks) == 3
    import_parts(asked, tmp_path / "events", here)
    held_against_one_machine(asked, tmp_path / "events", own)
    monkeypatch.setattr(limits, "MAX_GROUP_BYTES", 100)
    with pytest.raises(IntakeError, match="write it again with smaller row groups"):
        cut(source)


def test_a_file_without_rows_is_a_dataset_without_events(job, own, tmp_path):
    asked = job(rows(0))
    import_parts(asked, tmp_path / "none", here)
    held_against_one_machine(asked, tmp_path / "none", own)
    assert span_of(tmp_path / "none") == (None, None)


@pytest.fixture(scope="module")
def whole(own, data_folder, tmp_path_factory) -> Path:
    """Return a dataset of three years, in row groups of a few rows; some ends are not known."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "source.csv").write_bytes(rows(300))
    job = Job(
        cut(folder / "source.csv", 20_000), folder, data_folder, own.country.digest,
        made.registry(data_folder), today=TODAY,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.events.out_of_core.assembling.LEAST", 4)
        import_parts(job, folder / "events", here)
    return folder / "events"


def open_ended(whole: Path, folder: Path) -> Path:
    """A dataset in which the ends of some events are not known."""
    copy = shutil.copytree(whole, folder / "open")
    parts = []
    for part in Manifest.read(whole).parts:
        table = read_events(copy / part.file)
        for name, every in (("earliest", 7), ("latest", 5)):
            days = [None if at % every == 0 else day
                    for at, day in enumerate(table[name].to_pylist())]  # fmt: skip
            at = table.column_names.index(name)
            table = table.set_column(at, name, pa.array(days, pa.date32()))
        write_events(table, copy / part.file)
        parts.append(replace(part, open_start=True, open_end=True))
    Manifest(tuple(parts)).write(copy)
    return copy


DAYS = st.none() | st.dates(date(2020, 6, 1), date(2023, 6, 1))


@pytest.mark.slow
def test_what_a_period_holds_is_what_is_left_of_the_whole(whole, tmp_path):
    files = {path: read_dataset(path) for path in (whole, open_ended(whole, tmp_path))}

    @settings(max_examples=300 if LONG else 40, deadline=None)
    @given(DAYS, DAYS, st.sampled_from(sorted(files)))
    def held(first, last, path):
        found = read_dataset(path, ["id", "row"], first=first, last=last)
        expected = [
            event["row"] for event in files[path].to_pylist()
            if (first is None or event["latest"] is None or event["latest"] >= first)
            and (last is None or event["earliest"] is None or event["earliest"] <= last)
        ]  # fmt: skip
        assert found.column_names == ["id", "row"]
        assert found["row"].to_pylist() == expected

    held()


def test_a_map_takes_the_latest_whole_years_of_which_it_can_draw_all(whole):
    counts = {part.first.year: part.rows for part in Manifest.read(whole).parts if part.first}
    years, total = sorted(counts), sum(counts.values())
    latest = years[-1]
    assert years_of(whole, total) is None
    assert years_of(whole, 1) == (date(latest, 1, 1), date(latest, 12, 31))
    two = counts[latest] + counts[latest - 1]
    assert years_of(whole, two) == (date(latest - 1, 1, 1), date(latest, 12, 31))
    # An event of the last days of a year may lie in the next one: its own year is read as well.
    asked = years_of(whole, total - 1, first=date(2021, 6, 1), last=date(2021, 6, 30))
    assert asked == (date(2021, 1, 1), date(2021, 12, 31))
    assert years_of(whole, 1, first=date(2030, 1, 1)) is None


def test_a_period_opens_no_other_years_and_reads_no_other_months(whole, monkeypatch):
    opened, read = [], []
    really_opened, read_groups = dataset.opened, dataset.read_groups
    monkeypatch.setattr(
        dataset, "opened", lambda path, *how, **more: opened.append(path)
        or really_opened(path, *how, **more),
    )  # fmt: skip
    monkeypatch.setattr(
        dataset, "read_groups", lambda *asked: read.append(asked[2]) or read_groups(*asked)
    )
    found = read_dataset(whole, first=date(2021, 5, 10), last=date(2021, 5, 12))
    assert [file.parent.name for file in opened] == ["year=2021"]
    assert found.num_rows > 0
    assert len(read[0]) <= 2 < pq.ParquetFile(opened[0]).num_row_groups
    event_count(whole)
    span_of(whole)
    assert len(opened) == 1


def test_one_event_is_read_with_its_own_row_group(whole, tmp_path, monkeypatch):
    events = read_dataset(whole)
    write_events(events, tmp_path / "x.parquet")
    wanted = events.slice(100, 1).to_pylist()[0]
    assert detail_of(tmp_path / "x.parquet", wanted["id"]) == wanted
    assert detail_of(whole, "AFG no such") is detail_of(tmp_path / "x.parquet", "none") is None
    full, read_groups = [], dataset.read_groups

    def watched(file, columns=None, groups=None):
        full.extend(groups if columns is None else [])
        return read_groups(file, columns, groups)

    monkeypatch.setattr(dataset, "read_groups", watched)
    assert detail_of(whole, wanted["id"]) == wanted
    assert len(full) == 1


def test_limits_hold_for_what_is_read_and_not_for_what_there_is(whole, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 40)
    assert read_dataset(whole, first=date(2021, 5, 10), last=date(2021, 5, 12)).num_rows
    with pytest.raises(IntakeError, match="at most 40 are read; choose a shorter period"):
        read_dataset(whole)


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[200] ^= 0xFF
    file.write_bytes(data)


def shorter(file: Path) -> None:
    write_events(read_events(file).slice(1), file)


def other(file: Path) -> None:
    table = read_events(file)
    write_events(table.drop_columns(table.column_names[-1:]), file)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (flipped, "damaged"),
        (shorter, "events, not"),
        (other, "different columns"),
        (Path.unlink, "cannot be read as Parquet"),
        (lambda file: file.write_bytes(b"PAR1"), "cannot be read as Parquet"),
    ],
    ids=["flipped", "shorter", "other", "missing", "cut"],
)
def test_a_damaged_part_is_one_clear_refusal(whole, tmp_path, harm, said):
    copy = shutil.copytree(whole, tmp_path / "events")
    harm(copy / "year=2021" / "part-0.parquet")
    with pytest.raises(IntakeError, match=said):
        read_dataset(copy)


@pytest.mark.parametrize(
    "sheet",
    [
        b"{", b"[]", b'{"version":1}', b'{"version":1,"parts":[]}', b'{"version":2,"parts":[]}',
        b'{"version":1,"parts":[{"file":"../x.parquet","rows":1,"first":null,"last":null}]}',
        b'{"version":1,"parts":[{"file":"year=2021/part-0.parquet","rows":"1"}]}',
        b'{"version":1,"parts":[{"file":"year=2021/part-0.parquet","rows":1,"first":1,"last":2}]}',
    ],
)  # fmt: skip
def test_a_sheet_that_no_import_wrote_is_refused(tmp_path, sheet):
    (tmp_path / manifest.FILE).write_bytes(sheet)
    for ask in (event_count, span_of, read_dataset, lambda path: detail_of(path, "x")):
        with pytest.raises(IntakeError, match="import the original again"):
            ask(tmp_path)


def test_a_folder_of_other_things_is_no_dataset_and_is_not_written_over(job, tmp_path):
    out = tmp_path / "photos"
    out.mkdir()
    assert not is_dataset(out)
    with pytest.raises(IntakeError, match="is not a folder of events"):
        read_dataset(out)
    (out / "me.jpg").touch()
    with pytest.raises(IntakeError, match="already contains other files"):
        import_parts(job(rows(3)), out, here)
    assert [file.name for file in out.iterdir()] == ["me.jpg"]


def stopped(at: str):
    def run(task, job, things):
        for number, answer in here(task, job, things):
            if task.__name__ == at:
                raise KeyboardInterrupt
            yield number, answer

    return run


@pytest.mark.slow
@pytest.mark.parametrize("at", ["survey", "make_events", "assemble"])
def test_whoever_stops_in_the_middle_finds_what_was_there_before(job, tmp_path, at):
    out = tmp_path / "events"
    with pytest.raises(KeyboardInterrupt):
        import_parts(job(rows(20)), out, stopped(at))
    assert [file.name for file in tmp_path.iterdir()] == ["source.csv"]
    import_parts(job(rows(20)), out, here)
    before = bytes_of(out)
    with pytest.raises(KeyboardInterrupt):
        import_parts(job(rows(30)), out, stopped(at))
    assert bytes_of(out) == before
    assert not list(tmp_path.glob(".*"))


def test_a_folder_that_a_killed_run_had_put_aside_is_put_back(tmp_path):
    room = tmp_path / ".events.0123456789abcdef.room"
    (room / "before").mkdir(parents=True)
    (room / "before" / "sheet").write_text("as it was", encoding="utf-8")
    with making_folder(tmp_path / "events") as new:
        assert (tmp_path / "events" / "sheet").read_text(encoding="utf-8") == "as it was"
        (new / "events").mkdir()
    assert [path.name for path in tmp_path.rglob("*")] == ["events"]


def test_whoever_is_at_work_in_a_room_keeps_it(tmp_path):
    with making_folder(tmp_path / "events") as first:
        (first / "events").mkdir()
        with making_folder(tmp_path / "events") as second:
            assert first.exists()
            (second / "events" / "second").mkdir(parents=True)
        assert (tmp_path / "events" / "second").exists()
    assert list((tmp_path / "events").iterdir()) == []
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_changes_meanwhile_is_refused(job, tmp_path):
    asked = job(rows(5))
    asked.blocks.path.write_bytes(rows(6))
    with pytest.raises(IntakeError, match="changed while it was being read"):
        import_parts(asked, tmp_path / "events", here)


@pytest.fixture(scope="module", autouse=True)
def _plain_main():
    """Streamlit's AppTest leaves its script as the main module, which a new process would run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


@pytest.fixture(scope="module")
def two_workers():
    import dask  # noqa: PLC0415 - slow to load, and asked for by these tests only
    import distributed  # noqa: PLC0415

    with dask.config.set({"distributed.comm.timeouts.connect": "120s"}), distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
        silence_logs=50,
    ) as workers:  # fmt: skip
        yield workers


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_makes_no_difference(job, own, two_workers, tmp_path):
    asked, killed = job(rows(400), 20_000), []
    import_parts(asked, tmp_path / "calm", here)

    def kill(said: str, done: int, total: int) -> None:
        if said == "Creating events" and 0 < done < total - 2 and not killed:
            known = two_workers.scheduler.workers.values()
            busy = {worker.address for worker in known if worker.processing}
            victim = next(one for one in two_workers.workers.values() if one.worker_address in busy)
            killed.append(victim.pid)
            os.kill(victim.pid, signal.SIGKILL)

    with cluster(two_workers.scheduler_address) as run:
        import_parts(asked, tmp_path / "shaken", run, kill)
    assert killed
    assert bytes_of(tmp_path / "shaken") == bytes_of(tmp_path / "calm")
    held_against_one_machine(asked, tmp_path / "shaken", own)
    assert not list(tmp_path.rglob("*.part"))


def invoke(*words) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.slow
def test_the_command_imports_with_a_scheduler_and_draws_and_exports_a_folder(two_workers, tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "events"
    source.write_bytes(rows(60))
    done = subprocess.run(
        [Path(sys.executable).with_name("incident-map"), "import", source, "--out", out,
         "--scheduler", two_workers.scheduler_address],
        capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    assert (done.returncode, "of 60 rows of ACLED imported" in done.stderr) == (1, True), (
        done.stderr
    )
    # One line of what was kept, then reasons: nothing that Dask has to say.
    assert all(line.startswith("  ") for line in done.stderr.splitlines()[1:]), done.stderr
    assert "an earlier row has the same id" in (tmp_path / "events.rejected.csv").read_text()
    page = tmp_path / "map.html"
    code, said = invoke("map", "--out", page, "--event-table", out, "--from", "2021-03",
                        "--to", "2021-04")  # fmt: skip
    asked = read_dataset(out, ["id"], first=date(2021, 3, 1), last=date(2021, 4, 30)).num_rows
    assert (code, f"; {asked} events" in said) == (0, True), said
    code, said = invoke("export", out, "--to", "csv", "--out", tmp_path / "x.csv")
    assert (code, f"of {event_count(out)} events" in said) == (0, True), said


def test_a_scheduler_that_is_none_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.events.out_of_core.cluster.PATIENCE", 0.5)
    source = tmp_path / "in.csv"
    source.write_bytes(rows(3))
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        code, said = invoke("import", source, "--out", tmp_path / "x", "--scheduler", address)
        assert (code, f"{address}: no scheduler responds" in said) == (2, True), said
    code, said = invoke("import", source, "--out", tmp_path / "x.parquet", "--scheduler", "tcp://x")
    assert (code, "--scheduler needs a folder" in said) == (2, True)


def test_without_dask_the_command_says_how_to_install_it(tmp_path, monkeypatch):
    source = tmp_path / "in.csv"
    source.write_bytes(rows(3))
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, said = invoke("import", source, "--out", tmp_path / "events")
    assert (code, "run: pip install 'incident-map[dask]'" in said) == (2, True), said
    assert said.startswith("importing into a folder needs distributed, which is not installed; ")
    assert said.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_geojson_and_event_tables_are_not_read_in_parts(tmp_path, whole):
    source = tmp_path / "x.geojson"
    source.write_text('{"type":"FeatureCollection","features":[]}')
    with pytest.raises(IntakeError, match="is a JSON file, which can only be read as a whole"):
        cut(source)
    with pytest.raises(IntakeError, match="is an event table already"):
        cut(whole / "year=2021" / "part-0.parquet")


@pytest.mark.slow
def test_a_dataset_is_read_without_dask_and_without_gdal(whole):
    watched = "{'dask', 'distributed', 'pyogrio', 'fiona', 'osgeo'}"
    code = (
        "import sys; from pathlib import Path; from geo.events.store.dataset import read_dataset; "
        f"read_dataset(Path({str(whole)!r})); print(sorted({watched} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.skipif(not LONG, reason="half a minute; INCIDENT_MAP_LONG=1 asks for it")
def test_a_cluster_of_this_computer_reads_a_hundred_thousand_rows(own, data_folder, tmp_path):
    from benchmarks.make_events import write_events as make  # noqa: PLC0415 - only this needs it

    make(tmp_path / "in.csv", own.country, 100_000, 3)
    job = Job(
        cut(tmp_path / "in.csv", 1 << 23), tmp_path, data_folder, own.country.digest,
        made.registry(data_folder), None, TODAY, incidents_of(own.located.table),
    )  # fmt: skip
    with ExitStack() as stack:
        run = stack.enter_context(cluster(workers=2))
        import_parts(job, tmp_path / "events", run)
    held_against_one_machine(job, tmp_path / "events", own)
