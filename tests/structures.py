"""A fuzzer of structures: well-formed files in which fields, values and types are not as they were.

Run for longer with ``python tests/structures.py SECONDS [FIRST [AT_LEAST]]``; every case is made
again by its number.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import resource
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import events as made
import openpyxl
from docx import Document
from dossiers import GROUPS, SOURCE, claim, dossier_bytes, incident, presence
from hostile import TODAY
from pptx import Presentation
from ruamel.yaml import YAML

from geo.briefing.formats import FORMATS, files
from geo.changes.json_output import record_json
from geo.dossier.intake import read_dossier
from geo.errors import GeoError
from geo.events.columns.formats import recognise
from geo.events.columns.losses import LOSS
from geo.events.export.plain import write_csv, write_geojson
from geo.events.export.to_kml import write_kml
from geo.events.export.to_xlsx import write_xlsx
from geo.events.importing.importing import convert, read_source
from geo.events.mapping.proposing import propose
from geo.events.parties.actors import Registry
from geo.events.store.storage import read_events, to_geoparquet, write_events
from geo.places.country import Country
from geo.snapshot.content.composing import with_digests
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.table.located import locate_records
from geo.table.workspace import Workspace
from geo.view import View, apply_view, say_ledger
from geo.webmap.document import document_html
from geo.workspace import data_folder, open_workspace, read_country

HERE = Path(__file__).resolve().parent
TEXTS = [
    "", " ", "x", "\u200c", "\ufeff", "\ufffe", "\ud800", "\x00", "\x1b[2J", "\u202etxt",
    "a\u2028b",
    "{{ 7*7 }}", "</script><script>", "<b>", "=1+1", "../../x", "CON", "x" * 400, "x" * 3_000,
    "کابل", "می\u200cشود", "喀布尔", "👩\u200d🚒", "Талибан", "T\u0430liban", "e\u0301" * 50,
    "https://example.org/ä", "https://a@b/", "javascript:1", "2022-05-24", "2022-0X", "[..2024]",
    "2022-05/..", "1401-05-03", "2022-99", "24 May 2022", "-1", "1e999", "NaN", "null", "true",
    "34.5", "34°31'N", "AF-KAB", "Kabul", "Panjshir", "nrf", "taliban", "report", "civilians",
    "an-attack", "-" * 90, "\r", "\n\n", "\t", "::", "- a", "&a", "*a", "!x", "%", "@", "`", "#",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 7, 10**9, 10**30, 0.5, -0.0, 1e308, 34.5, 181, [], {}, [[]], [{}],
    {"a": 1}, ["x"], [None], {"": None}, {"low": 3, "high": 1}, {"low": 1, "best": 2, "high": 9},
    *TEXTS,
]  # fmt: skip


def altered(value: Any, rng: random.Random) -> Any:
    """The same structure with one to five parts removed, doubled, replaced, moved or nested."""
    whole = copy.deepcopy(value)
    for _ in range(rng.randint(1, 5)):
        spots = list(_spots(whole))
        if not spots:
            return rng.choice(VALUES)
        holder, key = rng.choice(spots)
        _alter(holder, key, spots, rng)
    return whole


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield value, key
            yield from _spots(part)
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield value, at
            yield from _spots(part)


def _alter(holder: Any, key: Any, spots: list[Any], rng: random.Random) -> None:
    match rng.randrange(8):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        case 1:
            holder[rng.choice(TEXTS)] = holder.pop(key)
        case 2:
            other, there = rng.choice(spots)
            with suppress(KeyError, IndexError):
                holder[key] = copy.deepcopy(other[there])
        case 3:
            holder[key] = [holder[key]]
        case 4 if isinstance(holder[key], str):
            text = holder[key]
            at = rng.randrange(len(text) + 1)
            holder[key] = text[:at] + rng.choice(TEXTS) + text[at:]
        case 5 if isinstance(holder[key], list) and holder[key]:
            holder[key] = holder[key] * rng.randint(2, 30)
        case _:
            holder[key] = rng.choice(VALUES)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


@cache
def _dossier() -> dict[str, Any]:
    many = [
        incident(killed_said=None), incident(id="another-one", when="2022-05/2022-06", claims=[
            claim(killed={"low": 1, "best": 2, "high": 3, "said": "a few"}, text="Says so."),
            claim(by="A paper", role="media", says="occurrence", credibility=2, date="2022-05-24"),
        ], where=[{"place": "Kabul", "kind": "province"},
                  {"place": "Bazarak", "lat": 35.31, "lon": 69.51, "basis": "named_place"}]),
        presence(last="2025-01~", groups=["nrf", "taliban"]),
    ]  # fmt: skip
    many[0].pop("killed_said")
    groups = {key: group | {"also": ["X"], "note": "N", "roles": [
        {"role": "rebel_group", "since": "2021-08-15", "until": "../2024"}]}
        for key, group in GROUPS.items()}  # fmt: skip
    sources = {"report": SOURCE | {"url": "https://example.org/a", "reliability": "B",
                                   "reliability_because": "Known.", "relays": ["R"]}}  # fmt: skip
    about = {"about": ["nrf"], "by": "taliban", "text": "Denies all.", "source": "report"}
    more = {"assessments": [about], "statements": {
        "denial": about | {"role": "opposing_party", "says": "denial"}}}  # fmt: skip
    whole: dict[str, Any] = json.loads(
        dossier_bytes(*many, groups=groups, sources=sources, note="N", **more)
    )
    return whole


@cache
def _country() -> Country:
    return read_country(data_folder())


@cache
def _registry() -> Registry:
    return Registry.of_folder(data_folder())


def dossier(rng: random.Random) -> str:
    """A dossier, as JSON or as block YAML, through intake, the table, the map and all outputs."""
    whole = altered(_dossier(), rng)
    data = _json(whole)
    if rng.random() < 0.4:
        sink = io.StringIO()
        with suppress(Exception):  # what the library cannot write is tried as JSON
            YAML(typ="safe", pure=True).dump(whole, sink)
            data = sink.getvalue().encode("utf-8", "surrogatepass")
    reading = read_dossier(data, "d.yaml", today=TODAY)
    found = Workspace(_country(), reading, locate_records(reading, _country()))
    for problem in found.problems:
        str(problem).encode()
    for record in reading.dossier.records:
        assert record.period.text
        json.dumps(record_json(record, found)).encode()
    document_html(found).encode()
    if rng.random() < 0.08:
        _written(found, Recipe(title=rng.choice(TEXTS), note=rng.choice(TEXTS), size="web"), rng)
    return "read" if reading.dossier.records else "refused"


def _written(found: Workspace, recipe: Recipe, rng: random.Random) -> None:
    figure = make(found, with_digests(found, recipe))
    for form in rng.sample(FORMATS, 2):
        for one in files(figure, found, form):
            opened(one.name, one.data)


def opened(name: str, data: bytes) -> None:
    """Open what was written with a reader of its kind."""
    match name.rpartition(".")[2]:
        case "svg" | "kml":
            ET.fromstring(data)  # noqa: S314 - made here a moment ago
        case "pptx":
            Presentation(io.BytesIO(data))
        case "docx":
            Document(io.BytesIO(data))
        case "xlsx":
            openpyxl.load_workbook(io.BytesIO(data))
        case "json" | "geojson":
            json.loads(data)
        case "csv":
            list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        case "html" | "txt" | "md":
            data.decode()
        case "zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    opened(member, archive.read(member))
        case ending:
            assert data.startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[ending])


@cache
def _sheets() -> dict[str, tuple[bytes, Any]]:
    folder = HERE / "made_up_country"
    found: dict[str, tuple[bytes, Any]] = {}
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        kind = file.suffix
        parsed = (
            json.loads(data) if kind in {".json", ".geojson"}
            else YAML(typ="safe", pure=True).load(data) if kind == ".yaml" else None
        )  # fmt: skip
        found[file.name] = data, parsed
    return found


def _altered_file(data: bytes, parsed: Any, rng: random.Random) -> bytes:
    if parsed is not None:
        return _json(altered(parsed, rng))
    rows = altered(list(csv.reader(io.StringIO(data.decode()))), rng)
    sink = io.StringIO()
    for row in rows if isinstance(rows, list) else []:
        csv.writer(sink).writerow([*map(str, row)] if isinstance(row, list) else [str(row)])
    return sink.getvalue().encode("utf-8", "surrogatepass")


def country(rng: random.Random) -> str:
    """The folder of a country with one or two files altered, opened and drawn."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        wrong = rng.sample(sorted(_sheets()), rng.randint(1, 2))
        for name, (data, parsed) in _sheets().items():
            is_wrong = name in wrong
            (folder / name).write_bytes(_altered_file(data, parsed, rng) if is_wrong else data)
        found = open_workspace(folder, today=TODAY)
        for problem in found.problems:
            str(problem).encode()
        document_html(found).encode()
    return "read"


def table(rng: random.Random) -> str:
    """A table of odd headings and cells in a random format, imported and exported again."""
    rows = [made.acled(event_id_cnty=f"AFG{at}", fatalities=at) for at in range(rng.randint(1, 6))]
    changed = altered([dict(row) for row in rows], rng)
    changed = [row for row in changed if isinstance(row, dict)] if isinstance(changed, list) else []
    if rng.random() < 0.5:
        data = _json(changed if rng.random() < 0.5 else altered({"data": changed}, rng))
    else:
        heads = list(dict.fromkeys(str(key) for row in changed for key in row)) or ["date"]
        sink = io.StringIO()
        writer = csv.writer(sink, delimiter=rng.choice(",;\t"))
        writer.writerow(heads)
        for row in changed:
            cells = [str(row.get(head, "")) for head in heads]
            writer.writerow(cells[: rng.randint(0, len(cells))] if rng.random() < 0.1 else cells)
        data = sink.getvalue().encode("utf-8", "surrogatepass")
    raw = read_source(data, "table")
    columns = raw.table.column_names
    head = raw.table.slice(0, 20)
    sample = {name: list(map(str, head[name].to_pylist())) for name in columns}
    mapping = propose(columns, sample) if recognise(columns) == "table" else None
    found = convert(raw, _country(), _registry(), mapping=mapping, today=TODAY)
    assert found.events.num_rows + found.rejected_rows == found.rows
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_csv(found.events, folder / "a.csv", _country())
        write_geojson(found.events, folder / "a.geojson", _country())
        write_kml(found.events, folder / "a.kml", _country(), _registry(), {})
        write_xlsx(found.events, LOSS.empty_table(), folder / "a.xlsx", _country())
        write_events(found.events, folder / "a.parquet")
        for name in ("a.csv", "a.geojson", "a.kml", "a.xlsx"):
            opened(name, (folder / name).read_bytes())
        again = read_events((folder / "a.parquet").read_bytes())
        assert again.num_rows == to_geoparquet(found.events).num_rows
    return "read" if found.events.num_rows else "refused"


@cache
def _own() -> Workspace:
    reading = read_dossier(_json(_dossier()), "d.yaml")
    assert not reading.problems, reading.problems
    return Workspace(_country(), reading, locate_records(reading, _country()))


def recipe(rng: random.Random) -> str:
    """A recipe, read, written and made."""
    view = View(off=("nrf",), text="a", deaths=2).to_message()
    sound = json.loads(Recipe(as_of=TODAY, title="A", note="N").to_json()) | {"view": view}
    found = Recipe.from_json(_json(altered(sound, rng)), "r.json")
    assert Recipe.from_json(found.to_json()) == found
    if rng.random() < 0.05:
        _written(_own(), found, rng)
    return "read"


def view(rng: random.Random) -> str:
    """A View from a message and from an address, asked of the records and written again."""
    sound = View(
        off=("nrf", "taliban/incident/reported"), first=TODAY, kinds=("incident",),
        provinces=("AF-KAB",), text="a", deaths=2, compare=(TODAY, TODAY),
    ).to_message()  # fmt: skip
    message = altered(sound | {"viewport": {"lat": 34.0, "lon": 69.0, "zoom": 7.0}}, rng)
    found = View.from_message(message)
    assert View.from_message(found.to_message()) == found
    query = found.to_query()
    assert View.from_query(query).to_query() == query
    View.from_query({name: rng.choice(TEXTS) for name in query})
    ledger = apply_view(found, _own().located.table, left_out=0).ledger
    assert ledger.shown <= ledger.total
    say_ledger(ledger, "A").encode()
    return "read"


KINDS: dict[str, Callable[[random.Random], str]] = {
    "dossier": dossier, "country": country, "table": table, "recipe": recipe, "View": view,
}  # fmt: skip


def hold(number: int) -> tuple[str, str]:
    """Try one case: what it was, and whether it was read or refused; anything else raises."""
    rng = random.Random(number)  # noqa: S311 - no secret
    kind = rng.choice(list(KINDS))
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph")
            return kind, KINDS[kind](rng)
    except GeoError as error:
        str(error).encode("utf-8", "backslashreplace")
        return kind, "refused"
    except Exception as error:
        error.add_note(f"case {number}, a {kind}; make it again with structures.hold({number})")
        raise


def peak_mb() -> float:
    """The most memory that this process has had so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Try cases for so many seconds and at least so many, and say what came of them."""
    number, few = (int(each) for each in (*sys.argv[2:4], "0", "0")[:2])
    end = time.monotonic() + float(sys.argv[1])
    count, faults = Counter[str](), list[str]()
    while count.total() + len(faults) < few or time.monotonic() < end:
        number += 1
        try:
            count[hold(number)[1]] += 1
        except Exception as error:  # noqa: BLE001 - each is counted and said
            faults.append(_said(error))
            sys.stderr.write(f"{faults[-1]}\n")
    said = {"read": count["read"], "refused": count["refused"], "faults": faults, "mb": peak_mb()}
    sys.stdout.write(json.dumps(said) + "\n")


def _said(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"{type(error).__name__} {where} {ascii(str(error))[:200]} {' '.join(error.__notes__)}"


if __name__ == "__main__":
    main()
