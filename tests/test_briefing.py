"""What is handed over says what the map says, opens everywhere, and is the same when made again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
import shapely
from dossiers import GROUPS, SOURCE, claim, dossier_bytes, incident, workspace
from PIL import Image
from shapely.geometry import shape
from sharing import made_once

from geo.briefing.bundle import bundle
from geo.briefing.formats import FORMATS, OutputFile, export, files
from geo.briefing.snippets import citation, html_image, iframe, markdown_image
from geo.briefing.tables import RECORD_COLUMNS, SOURCE_COLUMNS, cell
from geo.briefing.wording import Paragraph
from geo.errors import GeoError
from geo.places.country import Country
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.view import View, Viewport
from geo.workspace import located_workspace
from tools import gallery, programs

# All of it is made and opened once, within the time of the first test that asks for it.
pytestmark = pytest.mark.timeout(600)

DAY = date(2026, 11, 21)
HOSTILE = "=cmd()|' /C calc'!A0 </w:t></a:t><script>&amp; {{ 7*7 }} $x_1$ ]]>"
DARI = "گروه‌های مسلح در افغانستان"
URL = "https://example.org/a?b=1&c=%22"
OFFICE = ("pptx", "docx")
EMPTY_ENTRY = "killed_low", "killed_best", "killed_high", "killed_basis"
_DIRECTIONS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b]")


@dataclass(frozen=True)
class Handed:
    """A snapshot, its slides and its report, and both of them as LibreOffice prints them."""

    workspace: Workspace
    snapshot: Snapshot
    pptx: bytes
    docx: bytes
    zip: bytes
    folder: Path
    name: str

    def pdf(self, form: str) -> Path:
        return self.folder / f"{self.name}-{form}.pdf"


def snapshot(found: Workspace, **recipe: Any) -> Snapshot:
    return make(found, Recipe(**{"as_of": DAY} | recipe))


def hostile(country: Country) -> Workspace:
    return located_workspace(country, hostile_bytes(), "d.yaml")


def hostile_bytes() -> bytes:
    sources = {"report": SOURCE | {"title": HOSTILE, "url": URL, "reliability": "B"}}
    groups = GROUPS | {"nrf": GROUPS["nrf"] | {"short": HOSTILE[:40]}}
    return dossier_bytes(
        incident(title=HOSTILE, claims=[claim(credibility=3, text=HOSTILE)]),
        incident(id="in-dari", title=DARI, where=[{"place": "Kabul", "kind": "settlement"}]),
        incident(id="nowhere", title="+1 attack", where=[]),
        incident(id="none-killed", claims=[claim(killed=0)]),
        sources=sources,
        groups=groups,
    )


def many(country: Country) -> Workspace:
    places = ["Kabul", "Panjshir", "Balkh", "Kunduz", "Takhar", "Badakhshan"]
    return workspace(
        country,
        *(
            incident(id=f"attack-{n}", title=f"Attack number {n} of many, as told afterwards",
                     where=[{"place": places[n % 6], "kind": "province"}])
            for n in range(300)
        ),
    )  # fmt: skip


def _asked(own: Workspace, country: Country) -> dict[str, tuple[Workspace, dict[str, Any]]]:
    note = "A note in words of our own, which is long. " * 40
    return {
        "own": (own, {}),
        "hostile": (hostile(country), {"size": "half-slide", "variant": "dark", "title": DARI,
                                       "note": f"{HOSTILE}\n{DARI}"}),
        "many": (many(country), {"size": "a4-landscape", "title": "Attacks, all of them " * 9,
                                 "note": note, "since": "300 records are new."}),
    }  # fmt: skip


@pytest.fixture(scope="module")
def handed(
    own: Workspace, country: Country, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Handed]:
    """Three snapshots handed over: usual, hostile, and far too much; opened in one go."""
    snapshots = {
        name: (at, snapshot(at, **recipe)) for name, (at, recipe) in _asked(own, country).items()
    }

    def make(folder: Path) -> None:
        for name, (at, made) in snapshots.items():
            whole = bundle(made, at) if name == "hostile" else b""
            (folder / f"{name}.zip").write_bytes(whole)
            for form, data in _office(made, at, whole):
                (folder / f"{name}-{form}.{form}").write_bytes(data)
        gallery.as_pdf(sorted(folder.glob("*-*x.*x")), folder)

    folder = made_once(tmp_path_factory, "handed", make)
    return {
        name: Handed(
            at, made, *((folder / f"{name}-{form}.{form}").read_bytes() for form in OFFICE),
            (folder / f"{name}.zip").read_bytes(), folder, name,
        )
        for name, (at, made) in snapshots.items()
    }  # fmt: skip


def _office(made: Snapshot, at: Workspace, whole: bytes) -> Iterator[tuple[str, bytes]]:
    for form in OFFICE:
        if whole:
            with zipfile.ZipFile(io.BytesIO(whole)) as archive:
                yield form, archive.read(f"{made.name}.{form}")
        else:
            yield form, files(made, at, form)[0].data


@pytest.fixture(scope="module", params=["own", "hostile", "many"])
def each(request: pytest.FixtureRequest, handed: Mapping[str, Handed]) -> Handed:
    return handed[request.param]


def text_of(pdf: Path) -> str:
    """The text twice: as it was written, and in the order in which it is read.

    The first keeps a number with its line, the second keeps what runs from right to left.
    """
    found = [
        subprocess.run(
            [programs.needed("pdftotext"), *how, pdf, "-"],
            check=True, capture_output=True, text=True,
        ).stdout
        for how in (["-raw"], [])
    ]  # fmt: skip
    return "\n".join(found)


def squeezed(text: str) -> str:
    """Text as it is however lines are broken."""
    return _DIRECTIONS.sub("", "".join(text.split()))


def slides_of(found: Handed) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(found.pptx)).slides)


def link_targets(data: bytes) -> list[str]:
    """The addresses that the parts of an office document lead to, out of it."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                found += re.findall(
                    r'Target="([^"]+)" TargetMode="External"', archive.read(name).decode()
                )
    return [target.replace("&amp;", "&") for target in found]


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_every_number_and_source_is_there_to_be_read(each: Handed, form: str) -> None:
    content = each.snapshot.content
    read = squeezed(text_of(each.pdf(form)))
    for entry in content.entries:
        said = entry.line if form == "pptx" else entry.sentence
        whole = [f"{entry.number}{said}"]
        # A row that turns back on itself comes out of a PDF in pieces.
        for part in DARI.split() if DARI in said else whole:
            assert squeezed(part) in read, entry.number
    for source in content.sources:
        assert squeezed(source.text) in read, source.number
    for said in (
        content.disclaimer,
        each.snapshot.recipe.hash8,
        *content.credits,
        *content.warnings,
    ):
        assert squeezed(said) in read
    for said in (content.title, content.since, *content.note.split("\n")):
        assert squeezed(said) in read


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_nothing_is_cut_off_or_blank(each: Handed, form: str) -> None:
    pdf = each.pdf(form)
    command = [programs.needed("pdftotext"), "-bbox", pdf, "-"]
    boxes = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = boxes.split("<page ")[1:]
    assert pages
    for page in pages:
        width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        corners = re.findall(r'xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)"', page)
        assert corners
        for left, top, right, bottom in (map(float, each) for each in corners):
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height - 8


@pytest.mark.slow
@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_the_picture_is_on_the_page_in_its_own_shape(each: Handed, form: str) -> None:
    pages = gallery.pictures(each.pdf(form), dpi=40)
    colours = []
    for page in pages[:2]:
        with Image.open(io.BytesIO(page)) as opened:
            colours.append(len(opened.convert("RGB").getcolors(1 << 20)))
    assert max(colours) > 200


def test_a_picture_is_on_its_slide_in_its_own_shape(handed: Mapping[str, Handed]) -> None:
    found = handed["own"]
    (made,) = files(found.snapshot, found.workspace, "pptx", as_picture=True)
    first = pptx.Presentation(io.BytesIO(made.data)).slides[0]
    (picture,) = [each for each in first.shapes if hasattr(each, "image")]
    width, height = picture.image.size
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.01)
    assert width / (picture.width / 914_400) == pytest.approx(300, rel=0.01)
    described = picture._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001
    assert described == found.snapshot.content.alt_text


def test_a_slide_has_a_title_of_its_own_and_the_map_in_words(each: Handed) -> None:
    content = each.snapshot.content
    first, *others = slides_of(each)
    assert first.shapes.title.text_frame.text == content.title
    assert all(slide.shapes.title.text_frame.text for slide in others)
    (figure,) = [found for found in first.shapes if found.name.startswith("Map ")]
    assert figure._element.nvGrpSpPr.cNvPr.get("descr") == content.alt_text  # noqa: SLF001
    titles = [re.sub(r" \(.*", "", slide.shapes.title.text_frame.text) for slide in others]
    wanted = ["Legend", "About this figure", "Notes", "Sources"]
    assert list(dict.fromkeys(titles)) == [name for name in wanted if name in titles]
    assert {"Notes", "Sources"} <= set(titles)


def test_the_notes_of_a_slide_hold_all_numbers_and_sources(each: Handed) -> None:
    content = each.snapshot.content
    notes = slides_of(each)[0].notes_slide.notes_text_frame.text
    for entry in content.entries:
        assert f"{entry.number}\t{entry.sentence} " in notes
    for source in content.sources:
        assert f"{source.number}\t{source.text}" in notes
    assert content.ledger in notes


def test_sources_are_linked_in_slides_their_notes_and_the_report(
    handed: Mapping[str, Handed],
) -> None:
    assert link_targets(handed["hostile"].pptx) == [URL, URL]
    assert link_targets(handed["hostile"].docx) == [URL]
    assert link_targets(handed["own"].pptx) == []
    assert link_targets(handed["own"].docx) == []
    for form in ("pptx", "docx"):
        printed = handed["hostile"].pdf(form).read_bytes()
        assert b"/URI" in printed, form


def test_a_report_is_made_of_styles_with_a_caption_that_counts(each: Handed) -> None:
    content = each.snapshot.content
    report = docx.Document(io.BytesIO(each.docx))
    styles: dict[str, list[str]] = {}
    for paragraph in report.paragraphs:
        styles.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert styles["Title"] == [content.title]
    assert len(styles["Record"]) == len(content.entries)
    assert len(styles["Source"]) == len(content.sources)
    own = {"Briefer’s note"} if content.note else set()
    assert {"Records", "Sources", "Credits"} | own == set(styles["Heading 1"])
    (caption,) = styles["Caption"]
    assert content.ledger in caption
    xml = report.element.xml
    assert "SEQ Figure" in xml
    (picture,) = report.inline_shapes
    assert picture._inline.docPr.get("descr") == content.alt_text  # noqa: SLF001
    size = each.snapshot.size
    section = report.sections[0]
    wanted = (size.width, size.height) if size.medium == "print" else (210, 297)
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(wanted, abs=0.1)


def test_what_reads_from_right_to_left_is_set_so(handed: Mapping[str, Handed]) -> None:
    found = handed["hostile"]
    title = slides_of(found)[0].shapes.title.text_frame.paragraphs[0]
    assert title._p.pPr.get("rtl") == "1"  # noqa: SLF001
    report = docx.Document(io.BytesIO(found.docx))
    heading = next(each for each in report.paragraphs if each.style.name == "Title")
    assert heading._p.pPr.find(docx.oxml.ns.qn("w:bidi")) is not None  # noqa: SLF001
    assert heading.runs[0].font.rtl
    title = slides_of(handed["own"])[0].shapes.title.text_frame.paragraphs[0]
    assert title._p.pPr.get("rtl") == "0"  # noqa: SLF001


def test_documents_name_nobody_and_no_hour(each: Handed) -> None:
    for core in (
        pptx.Presentation(io.BytesIO(each.pptx)).core_properties,
        docx.Document(io.BytesIO(each.docx)).core_properties,
    ):
        assert (core.author, core.last_modified_by) == ("", "")
        assert core.created.date() == core.modified.date() == DAY
        assert core.title == each.snapshot.content.title
    for data in (each.pptx, each.docx):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            assert {info.date_time for info in archive.infolist()} == {(2026, 11, 21, 0, 0, 0)}
        assert not [name for name in names if "thumbnail" in name or "printer" in name]


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def bundled(handed: Mapping[str, Handed]) -> dict[str, bytes]:
    """The members of the ZIP of the hostile snapshot."""
    with zipfile.ZipFile(io.BytesIO(handed["hostile"].zip)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tables_of(found: Workspace, **recipe: Any) -> tuple[list[dict[str, str]], dict[str, Any]]:
    from geo.briefing.bundle import tables  # noqa: PLC0415

    made = tables(snapshot(found, **recipe), found)
    return rows_of(made["records.csv"]), json.loads(made["records.geojson"])


def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(bundled: dict[str, bytes]) -> None:
    for name, columns in (("records.csv", RECORD_COLUMNS), ("sources.csv", SOURCE_COLUMNS)):
        rows = rows_of(bundled[name])
        assert tuple(rows[0]) == columns
        for row in rows:
            assert not [value for value in row.values() if value[:1] in set("=+-@\t\r\n")]
    titles = {row["id"]: row["title"] for row in rows_of(bundled["records.csv"])}
    assert titles["an-attack"] == f"'{HOSTILE}"
    assert titles["nowhere"] == "'+1 attack"
    assert titles["in-dari"] == DARI
    assert bundled["records.csv"].startswith("\ufeff".encode())


@pytest.mark.parametrize("text", ["=1+1", "+a", "-a", "@a", "\ta", "\ra", "'=1", "＝1"])
def test_what_begins_like_a_formula_has_an_apostrophe_more(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "'Ali", "2024-01", " =1", DARI])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_what_is_not_stated_is_empty_and_none_killed_is_zero(bundled: dict[str, bytes]) -> None:
    rows = {row["id"]: row for row in rows_of(bundled["records.csv"])}
    assert [rows["an-attack"][name] for name in EMPTY_ENTRY] == ["", "", "", ""]
    assert [rows["none-killed"][name] for name in EMPTY_ENTRY] == [
        "0", "0", "0", "claimed_by_party",
    ]  # fmt: skip
    said = {f["properties"]["id"]: f["properties"] for f in features(bundled)}
    assert [said["an-attack"][name] for name in EMPTY_ENTRY] == [None] * 4
    assert said["none-killed"]["killed_best"] == 0


def features(bundled: dict[str, bytes]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(bundled["records.geojson"])["features"]
    return found


def test_the_tables_hold_every_record_shown_with_its_number(own: Workspace) -> None:
    for view in (View(), View(kinds=("incident",)), View(viewport=Viewport(34.5, 69.2, 9))):
        made = snapshot(own, view=view)
        rows, collection = tables_of(own, view=view)
        numbers = {entry.record: str(entry.number) for entry in made.content.entries}
        assert [row["id"] for row in rows][: len(numbers)] == list(numbers)
        assert {row["id"]: row["number"] for row in rows if row["number"]} == numbers
        outside = [row for row in rows if not row["number"]]
        assert len(outside) == made.content.elsewhere
        assert {row["where"] for row in outside} <= {"outside the frame"}
        assert {f["properties"]["id"] for f in collection["features"]} == {r["id"] for r in rows}


def test_only_a_place_that_is_known_as_a_point_is_one(own: Workspace) -> None:
    rows, collection = tables_of(own)
    points = {"exact", "settlement", "near"}
    for row in rows:
        kinds = row["precision"].split(";")
        given = row["lat"].split(";") if row["lat"] else [""] * len(kinds)
        known = [kind.strip() in points for kind in kinds]
        assert [bool(lat.strip()) for lat in given] == known, row["id"]
    for feature in collection["features"]:
        about, geometry = feature["properties"], feature["geometry"]
        if about["precision"] in points:
            assert geometry["type"] == "Point"
            continue
        assert geometry is None or geometry["type"] in {"Polygon", "MultiPolygon"}
        assert about["position_known"] is False
        assert (geometry is not None) == (about["precision"] in {"district", "province", "region"})
        if geometry is not None:
            assert "not known" in about["position"]
            check_area(geometry)


def check_area(geometry: dict[str, Any]) -> None:
    """Outlines are sound and turn as RFC 7946 wants them."""
    outline = shape(geometry)
    assert outline.is_valid
    parts = outline.geoms if geometry["type"] == "MultiPolygon" else [outline]
    assert all(shapely.is_ccw(part.exterior) for part in parts)
    assert not any(shapely.is_ccw(hole) for part in parts for hole in part.interiors)


def test_an_archive_holds_everything_and_says_what_it_is(
    handed: Mapping[str, Handed], bundled: dict[str, bytes]
) -> None:
    content = handed["hostile"].snapshot.content
    fixed = {
        "README.txt", "records.csv", "records.geojson", "sources.csv", "alt-text.txt",
        "snippets.txt", "recipe.json",
    }  # fmt: skip
    named = {f"{content.name}{suffix}" for suffix in
             (".png", "_300dpi.png", ".svg", ".pdf", ".html", ".pptx", ".docx")}  # fmt: skip
    pages = re.compile(re.escape(content.name) + r"(_300dpi)?_p\d+\.(png|svg)")
    assert fixed | named == {name for name in bundled if not pages.fullmatch(name)}
    readme = bundled["README.txt"].decode()
    for name in bundled:
        assert name == "README.txt" or f"\n{name}: " in readme
    for said in (content.title, content.disclaimer, content.ledger, *content.credits):
        assert said in readme
    assert Recipe.from_json(bundled["recipe.json"]) == handed["hostile"].snapshot.recipe
    assert bundled["alt-text.txt"].decode().strip() == content.alt_text
    with Image.open(io.BytesIO(bundled[f"{content.name}_300dpi.png"])) as printed:
        width = handed["hostile"].snapshot.size.width
        assert printed.width == pytest.approx(width / 25.4 * 300, abs=1)


@pytest.mark.slow
def test_everything_is_the_same_to_the_byte_in_another_process(
    handed: Mapping[str, Handed], root: Path, tmp_path: Path
) -> None:
    """Another hash seed, another time zone, nothing made before: the same archive."""
    found = handed["hostile"]
    (tmp_path / "d.yaml").write_bytes(hostile_bytes())
    code = (
        "import sys, hashlib, pathlib\n"
        "from geo.briefing.formats import export\n"
        "from geo.snapshot.content.recipe import Recipe\n"
        "from geo.workspace import open_workspace\n"
        "desk = open_workspace(file=pathlib.Path(sys.argv[1]))\n"
        "made, = export(desk, Recipe.from_json(sys.stdin.buffer.read()), 'zip')\n"
        "print(made.name, hashlib.sha256(made.data).hexdigest())\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "d.yaml"],
        input=found.snapshot.recipe.to_json().encode(), capture_output=True, check=True, cwd=root,
        env=os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Kabul", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    here = [f"{found.snapshot.name}.zip", hashlib.sha256(found.zip).hexdigest()]
    assert there.stdout.decode().split() == here


@pytest.mark.slow
def test_each_format_has_its_name_and_type(handed: Mapping[str, Handed]) -> None:
    found = handed["own"]
    made = {form: files(found.snapshot, found.workspace, form) for form in ("png", "svg", "html")}
    assert FORMATS == ("png", "svg", "pdf", "html", "pptx", "docx", "zip")
    for form, pages in made.items():
        assert isinstance(pages[0], OutputFile)
        assert pages[0].name == f"{found.snapshot.name}.{form}"
        assert all(page.name.endswith(f"_p{n}.{form}") for n, page in enumerate(pages[1:], 2))
    assert made["png"][0].data.startswith(b"\x89PNG")
    assert len(made["png"]) == len(made["svg"]) == found.snapshot.pages
    with pytest.raises(GeoError, match="expected any of png"):
        export(found.workspace, Recipe(), "gif")


@pytest.mark.slow
def test_text_no_xml_can_hold_is_left_out(country: Country) -> None:
    found = workspace(country, incident())
    title = "A\x00 title\x0b \ud800of\ufffe \uffffours"
    given = {"incidentMapRecipe": 1, "title": title, "note": title}
    recipe = Recipe.from_json(json.dumps(given))
    made = make(found, recipe)
    for form in ("pptx", "docx"):
        (file,) = files(made, found, form)
        assert file.data
    assert made.content.title == "A title of ours"


def attributes(tag: str) -> Iterator[tuple[str, str]]:
    from html.parser import HTMLParser  # noqa: PLC0415

    found: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, ""))
            found.extend((name, value or "") for name, value in attrs)

    Reader().feed(tag)
    yield from found


def test_snippets_hold_the_map_in_words_and_nothing_that_runs(country: Country) -> None:
    found = hostile(country)
    title = f'{HOSTILE} " onload=x ![a](b)'
    made = snapshot(found, title=title)
    content = made.content
    frame = list(attributes(iframe(made)))
    assert [name for name, _ in frame if name.startswith("on")] == []
    assert dict(frame)["title"] == content.title
    assert dict(frame)["sandbox"] == "allow-scripts"
    picture = list(attributes(html_image(made)))
    assert [tag for tag, value in picture[:1]] == ["img"]
    assert dict(picture)["alt"] == content.alt_text
    assert "[a]" not in markdown_image(made).replace("\\[a\\]", "")
    said = citation(made)
    for part in (content.data_version, "21 November 2026", "geoBoundaries"):
        assert part in said


def test_a_number_stays_with_its_line_in_any_direction() -> None:
    assert Paragraph(DARI, "item", "3").rtl
    assert not Paragraph("2024: Kabul", "item", "3").rtl


def test_a_missing_program_is_told_with_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "APPLICATIONS", {})
    monkeypatch.setattr(programs, "install", lambda _: None)
    assert programs.missing() == list(programs.PROGRAMS)
    with pytest.raises(SystemExit, match="apt install libreoffice-impress-nogui"):
        programs.main()
