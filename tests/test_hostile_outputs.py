"""Hostile text in every field, through everything that is handed over: shown, never run."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import events as made
import geonames
import pytest
from browsing import Tab
from dossiers import copy_of_data, dossier_bytes, incident
from hostile import watched
from test_hostile_text import PAYLOADS, everywhere, hostile
from typer.testing import CliRunner, Result

from geo.briefing.bundle import tables
from geo.briefing.formats import files
from geo.briefing.snippets import html_image, iframe, markdown_image
from geo.cli.main import app
from geo.events.export.plain import write_csv, write_geojson
from geo.events.importing.importing import read_source
from geo.places.country import Country
from geo.snapshot.content.composing import with_digests
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.webmap.document import document_html
from geo.webmap.event_columns import names_of

MORE = [
    "$\\frac{x}$", "a_b $x_{$", '=HYPERLINK("http://x")', "@SUM(1)", "%s%n{0}", "../../etc/passwd",
    "CON", "]]>", "<?php", "DDEAUTO c",
]  # fmt: skip
FORMULAS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'=",
            "''=", "=cmd|' /C calc'!A0")  # fmt: skip
# Attributes and elements by which a drawing or a page does something.
ACTIVE = {"script", "foreignObject", "iframe", "animate", "set", "handler", "object", "embed"}


@pytest.fixture(scope="module")
def handed(country: Country) -> tuple[Workspace, Snapshot, str]:
    """A dossier full of payloads, and its snapshot, dressed with the first of them."""
    every = [*PAYLOADS, *MORE]
    payloads = [" ".join(every[at::2]) for at in range(2)]
    found = hostile(country, *payloads)
    recipe = Recipe(title=f"title {payloads[0]}", note=f"note {' '.join(payloads)}")
    recipe = with_digests(found, recipe)
    return found, make(found, recipe), payloads[0]


def bare(text: str) -> str:
    """Text without what setting it in lines puts into it or takes out of it."""
    return re.sub(r"[\s\u200e\u200f\u2066-\u2069\xad]", "", text)


@pytest.mark.slow
def test_a_drawing_holds_text_and_nothing_that_acts(handed: tuple[Any, Snapshot, str]) -> None:
    _, snapshot, payload = handed
    pages = snapshot.svg()
    for page in pages:
        for node in ET.fromstring(page).iter():  # noqa: S314 - made here a moment ago
            assert node.tag.rpartition("}")[2] not in ACTIVE
            for name, value in node.attrib.items():
                plain = name.rpartition("}")[2]
                assert not plain.lower().startswith("on"), (plain, value)
                if plain == "href":
                    assert value.startswith(("#", "data:", "http://", "https://")), value
    said = bare(" ".join("".join(ET.fromstring(page).itertext()) for page in pages))  # noqa: S314
    assert bare(f"title {payload}") in said


def test_a_pdf_opens_nothing_but_web_addresses(handed: tuple[Any, Snapshot, str]) -> None:
    data = handed[1].pdf()
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/EmbeddedFile", b"/GoToR"):
        assert word not in data
    for address in re.findall(rb"/URI \(([^)]*)", data):
        assert address.startswith((b"http://", b"https://"))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_slides_and_reports_hold_text_and_nothing_that_acts(
    handed: tuple[Workspace, Snapshot, str], form: str
) -> None:
    found, snapshot, payload = handed
    (file,) = files(snapshot, found, form)
    words = ""
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        names = archive.namelist()
        for name in names:
            assert ".." not in Path(name).parts
            assert not Path(name).is_absolute()
            if name.endswith((".xml", ".rels")):
                tree = ET.fromstring(archive.read(name))  # noqa: S314 - made here a moment ago
                words += "".join(tree.itertext())
                _check_parts(tree, name)
    assert not [name for name in names if re.search(r"vba|activeX|embeddings|\.bin$", name)]
    assert bare(f"title {payload}") in bare(words)


def _check_parts(tree: ET.Element, name: str) -> None:
    for node in tree.iter():
        kind = node.tag.rpartition("}")[2]
        # Fields are those that count figures and pages; a text of the data is never one.
        if kind == "instrText":
            assert re.fullmatch(r"\s*(SEQ|PAGE|NUMPAGES|REF)\b[^\"]*", node.text or ""), node.text
        if kind == "Relationship" and node.get("TargetMode") == "External":
            assert str(node.get("Target")).startswith(("http://", "https://")), name


def test_no_name_of_a_file_comes_from_the_data(handed: tuple[Any, Snapshot, str]) -> None:
    assert re.fullmatch(r"[A-Z]{2,3}_[a-z0-9-]+_[a-z0-9-]+_(\d{8}|undated)_[0-9a-f]{8}",
                        handed[1].name)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ["../../x", "..\\x", "C:\\x", "CON", "/etc/x", "a\0b", "x" * 300,
                                  "\\\\server\\x", "a/b", ".", "..", "~/x", "nul.txt"])  # fmt: skip
def test_a_title_that_looks_like_a_path_names_no_path(own: Workspace, name: str) -> None:
    made_ = make(own, Recipe(title=name))
    assert re.fullmatch(r"AFG_[a-z0-9-]{1,40}_[a-z0-9-]+_undated_[0-9a-f]{8}", made_.name)


def test_tables_and_words_hold_every_text_as_it_is(
    handed: tuple[Workspace, Snapshot, str],
) -> None:
    found, snapshot, _ = handed
    made_ = tables(snapshot, found)
    titles = {record.id: record.title for record in found.reading.dossier.records}
    rows = list(csv.DictReader(io.StringIO(made_["records.csv"].decode("utf-8-sig"), newline="")))
    assert {row["id"]: row["title"] for row in rows} == titles
    features = json.loads(made_["records.geojson"])["features"]
    assert {one["properties"]["id"]: one["properties"]["title"] for one in features} == titles
    sources = list(
        csv.DictReader(io.StringIO(made_["sources.csv"].decode("utf-8-sig"), newline=""))
    )
    known = found.reading.dossier.sources
    assert {row["key"]: row["title"] for row in sources} == {k: s.title for k, s in known.items()}
    recipe = Recipe.from_json(made_["recipe.json"])
    assert (recipe.title, recipe.note) == (snapshot.recipe.title, snapshot.recipe.note)
    assert made_["alt-text.txt"].decode() == f"{snapshot.content.alt_text}\n"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted(name for name, _ in attrs)))


def test_a_snippet_is_one_element_whatever_the_text(handed: tuple[Any, Snapshot, str]) -> None:
    snapshot = handed[1]
    for text, element in ((iframe(snapshot), "iframe"), (html_image(snapshot), "img")):
        reader = _Tags()
        reader.feed(text)
        ((tag, names),) = reader.found
        assert tag == element
        assert not [name for name in names if name.startswith("on")]
    inside = markdown_image(snapshot).removeprefix("![").rpartition("](")[0]
    assert re.search(r"(?<!\\)[\[\]()<>`*_!]", inside) is None


# --- event tables


@pytest.fixture(scope="module")
def events(country: Country, data_folder: Path) -> Any:
    texts = [*PAYLOADS, *MORE, *FORMULAS]
    rows = [
        made.acled(
            event_id_cnty=f"AFG{at}", notes=text, actor1=text[:90], location=text[:90],
            source=text, admin2=text[:90],
        )
        for at, text in enumerate(texts)
    ]  # fmt: skip
    found = made.read_acled(country, data_folder, *rows)
    assert found.rejected.num_rows == 0
    return found.events


def test_no_cell_of_an_event_table_is_a_formula_and_each_comes_back(
    events: Any, country: Country, tmp_path: Path
) -> None:
    write_csv(events, tmp_path / "out.csv", country)
    again = read_source(tmp_path / "out.csv").table
    for name in ("notes", "place", "sources"):
        if name not in again.column_names:
            continue
        for cell in again[name].to_pylist():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
    cells = [re.sub(r"^'(?='*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])", "", cell)
             for cell in again["notes"].to_pylist()]  # fmt: skip
    assert cells == events["notes"].to_pylist()
    write_geojson(events, tmp_path / "out.geojson", country)
    features = json.loads((tmp_path / "out.geojson").read_text())["features"]
    assert [one["properties"]["notes"] for one in features] == events["notes"].to_pylist()


@pytest.mark.slow
@pytest.mark.browser
def test_events_of_hostile_text_are_drawn_listed_and_run_nothing(
    events: Any, own: Workspace, data_folder: Path, page: Callable[..., Tab], tmp_path: Path
) -> None:
    names = names_of(events, made.registry(data_folder))
    with watched() as done:
        text = document_html(own, events=events, names=names)
    assert not [one for one in done if not one.startswith("open")]
    file = tmp_path / "map.html"
    file.write_text(text, encoding="utf-8")
    tab = page(width=1440, height=900)
    tab.page.goto(file.as_uri())
    tab.page.wait_for_selector(".im-ledger-events strong")
    for payload in ("<img src=x", "{{ 7*7 }}"):
        tab.page.evaluate(
            "text => window.postMessage({incidentMap: 1, type: 'set-view', view: {text}}, '*')",
            payload,
        )
        tab.page.wait_for_timeout(300)
    assert tab.page.evaluate("window.pwned") is None
    assert tab.errors == []
    assert tab.requests == [file.as_uri()]


# --- the terminal

OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
CODES = ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x08\x08", "\x7f", "\u202etxt", "\u2066a", "\r"]
HOSTILE_YAML = [
    f'title: T\n"{json.dumps(code)[1:-1]}key": 1\n'.encode() for code in CODES
] + [
    b"title: !x%1b%5b2J y\n", b"title: !%c2%9b31m y\n", b"\x1b[2J: 1\n", b"title: \xc2\x9b31m\n",
    "title: T\n\u202ekey: 1\ngroups: {\u202ea: {name: x}}\n".encode(),
    b'title: T\nincidents:\n  - id: "\\e[2J-abc"\n    when: "\\x9b"\n    where: [{place: "\\e"}]\n',
]  # fmt: skip


def run(*arguments: object) -> Result:
    # In colour, for otherwise the codes would be taken out on the way.
    return CliRunner().invoke(app, [str(one) for one in arguments], color=True)


def harmless(result: Result, *names: str) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    text = result.stdout + result.stderr
    assert OBEYED.search(text) is None, (names, OBEYED.findall(text), ascii(text)[:400])


@pytest.mark.parametrize("data", HOSTILE_YAML, ids=range(len(HOSTILE_YAML)))
def test_no_fault_of_a_dossier_is_obeyed_by_a_terminal(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_bytes(data)
    harmless(run("validate", file), "validate")


def test_no_command_that_reads_a_dossier_is_obeyed_by_a_terminal(tmp_path: Path) -> None:
    file, sound = tmp_path / "d.yaml", tmp_path / "sound.yaml"
    file.write_bytes(HOSTILE_YAML[-1])
    sound.write_bytes(dossier_bytes(incident()))
    for command in (
        ["records", file], ["records", file, "--format", "json"], ["diff", sound, file],
        ["snapshots", file, "--out", f"{tmp_path}/"],
    ):  # fmt: skip
        harmless(run(*command), str(command[0]))


@pytest.mark.slow
def test_no_name_that_is_asked_for_or_imported_is_obeyed_by_a_terminal(tmp_path: Path) -> None:
    asked = [name for code in CODES for name in (f"Kabul{code}", f"{code}qqq")]
    for form in ("table", "json"):
        harmless(run("locate", *asked, "--format", form), form)
    rows = [
        made.acled(
            event_id_cnty=f"AFG{at}", actor1=f"{code}party", location=f"{code}place", notes=code,
            admin2=f"{code}x", event_date=f"{code}day" if at % 2 else "2022-05-24",
        )
        for at, code in enumerate(CODES)
    ]  # fmt: skip
    table = tmp_path / "acled.csv"
    table.write_bytes(made.csv_bytes(rows, made.ACLED))
    harmless(run("import", table, "--out", tmp_path / "e.parquet"), "import")
    other, listed = tmp_path / "other.csv", tmp_path / "list.csv"
    heads = ",".join(f'"{code}{at}"' for at, code in enumerate(CODES))
    cells = ",".join(f'"{code}b"' for code in CODES)
    other.write_text(f"{heads}\n{cells}\n", encoding="utf-8")
    harmless(run("import", other, "--out", tmp_path / "o.parquet"), "proposal")
    listed.write_text(
        "title,from\n" + "".join(f'A,"{code}2024"\n' for code in CODES), encoding="utf-8"
    )
    harmless(run("snapshots", listed, "--out", f"{tmp_path}/"), "snapshots")


@pytest.mark.slow
def test_no_name_of_a_dump_or_a_country_is_obeyed_by_a_terminal(
    data_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "data")
    dump = tmp_path / "AF.txt"
    lines = [geonames.line(at, f"Qala{code}", 34.5, 69.2, also=f"x{code}")
             for at, code in enumerate(CODES[:-1], start=1)]  # fmt: skip
    dump.write_bytes(geonames.dump([*lines, geonames.line(99, "Qaladun", 34.5, 69.2)]))
    harmless(run("gazetteer", "add", dump, "--data", folder), "gazetteer")
    harmless(run("locate", "Qaladun", "Qala", "--data", folder), "locate")
    harmless(run("locate", "Qala", "--data", folder, "--format", "json"), "locate")
    sheet = folder / "country.yaml"
    whole = sheet.read_text(encoding="utf-8")
    for code in ("\x1b[2J", "\x9b31m", "\u202etxt"):
        sheet.write_text(whole.replace("name: Afghanistan", f"name: {json.dumps(code + 'x')}", 1))
        harmless(run("validate", "--data", folder), "country")


def every_text(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for one in value:
            yield from every_text(one)
    elif isinstance(value, str):
        yield value


def test_json_for_a_program_is_the_very_text(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_bytes(everywhere(*PAYLOADS[:9]))
    listed = json.loads(run("records", file, "--format", "json").stdout)
    said = set(every_text(listed))
    assert {f"title {payload}" for payload in PAYLOADS[:9]} <= said
