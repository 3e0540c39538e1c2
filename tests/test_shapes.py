"""A slide of shapes shows what the picture shows, in named groups, in a sound PowerPoint file."""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pptx
import pytest
from dossiers import incident, workspace
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from pptx.util import Emu
from sharing import made_once

from geo.briefing.map_slides import LEAST
from geo.briefing.slides import slides
from geo.places.country import Country
from geo.snapshot.content.layers import AREAS, MIXED, layer_of_sign, layer_order, layer_texts
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.layout.signs import LEAST_LETTER
from geo.snapshot.layout.typesetting import TextLine, strip_direction_marks
from geo.snapshot.output.drawing import DrawingLayer, DrawnPath, DrawnText, drawing_of
from geo.snapshot.output.making import Snapshot, make
from geo.snapshot.output.vector import as_svg
from geo.snapshot.output.writing import as_png
from geo.table.workspace import Workspace
from geo.view import View
from tools import gallery, programs

pytestmark = pytest.mark.timeout(600)

DAY = date(2026, 11, 21)
DARI = "گروه‌های مسلح در افغانستان"
LONG = bool(os.environ.get("INCIDENT_MAP_LONG"))
DPI = 110
BLUR = 2.5
"""Radius in pixels, 1.6 points: the strokes of two typefaces differ by less."""
LEVELS = 32
"""Levels of 256 from which on two blurred pixels differ."""
MOST_DIFFERENT = 0.045
"""Share of pixels: names and numbers are in another typeface, all else agrees. Measured are 0.9 to
3.5 %, the most on a map that has nothing but names."""
_FIXED = (
    "Page", "Neighbouring countries", "Land", "Relief", "Provinces", "Water", "Boundaries",
    "Places", "Names", "Scale, north and locator", MIXED, "Legend", "Message",
)  # fmt: skip
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SVG = "{http://www.w3.org/2000/svg}"
_DECKS: dict[str, dict[str, Any]] = {
    "slide": {},
    "half-slide": {"size": "half-slide", "variant": "grey", "title": DARI},
    "none": {"view": View(first=date(1990, 1, 1), last=date(1990, 12, 31))},
    "totals": {"view": View(mode="provinces"), "variant": "dark"},
    "detail": {"view": View(provinces=("AF-PAN",))},
    "months": {"view": View(first=date(2022, 1, 1), last=date(2022, 12, 31))},
    "many": {"size": "a4-landscape"},
}
DECKS = tuple(_DECKS) if LONG else ("slide",)


@pytest.fixture(scope="module")
def decks(
    own: Workspace, country: Country, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Snapshot, Path]]:
    """Decks with their snapshots, opened in LibreOffice in one go."""
    found = {name: make(_records(name, own, country), _recipe(name)) for name in DECKS}

    def make_all(folder: Path) -> None:
        for name, snapshot in found.items():
            (folder / f"{name}.pptx").write_bytes(slides(snapshot))
        gallery.as_pdf(sorted(folder.glob("*.pptx")), folder)

    folder = made_once(tmp_path_factory, "decks-of-shapes", make_all)
    return {name: (snapshot, folder / f"{name}.pptx") for name, snapshot in found.items()}


@pytest.fixture(scope="module", params=DECKS)
def deck(
    request: pytest.FixtureRequest, decks: dict[str, tuple[Snapshot, Path]]
) -> tuple[Snapshot, Path]:
    return decks[request.param]


def _recipe(name: str) -> Recipe:
    return Recipe(**{"as_of": DAY} | _DECKS[name])


def _records(name: str, own: Workspace, country: Country) -> Workspace:
    if name != "many":
        return own
    places = ["Kabul", "Panjshir", "Balkh", "Kunduz", "Takhar", "Badakhshan"]
    return workspace(
        country,
        *(
            incident(id=f"attack-{n}", title=f"Attack number {n}",
                     where=[{"place": places[n % 6], "kind": "province"}])
            for n in range(300)
        ),
    )  # fmt: skip


def slides_of(file: Path) -> list[Any]:
    return list(pptx.Presentation(str(file)).slides)


def figure_of(file: Path) -> Any:
    (figure,) = [shape for shape in slides_of(file)[0].shapes if shape.name.startswith("Map ")]
    return figure


def layers_of(file: Path) -> dict[str, Any]:
    return {shape.name: shape for shape in figure_of(file).shapes}


@pytest.mark.slow
def test_each_layer_is_a_group_with_its_name_and_its_words(deck: tuple[Snapshot, Path]) -> None:
    snapshot, file = deck
    figure, layers = figure_of(file), layers_of(file)
    content = snapshot.content
    assert described(figure) == content.alt_text
    assert len(layers) == len(list(figure.shapes))
    wanted = {"Page", "Land", "Provinces", "Scale, north and locator"}
    assert wanted <= set(layers)
    texts = layer_texts(content)
    for name, layer in layers.items():
        assert described(layer) == texts[name], name
    assert sorted(layers, key=layer_order) == list(layers)
    for group in groups_in(figure):
        assert described(group).strip()
        assert group.name.strip()


@pytest.mark.slow
def test_the_relief_stands_upright_in_a_box_that_is_allowed(deck: tuple[Snapshot, Path]) -> None:
    """PowerPoint refuses sizes below zero. The mountains are in the upper half, on the right."""
    _, file = deck
    for slide in slides_of(file):
        for size in slide.element.iter(f"{_A}ext"):
            assert int(size.get("cx", "0")) >= 0 <= int(size.get("cy", "0"))
    reliefs = [one for group in figure_of(file).shapes if group.name == "Relief"
               for one in group.shapes]  # fmt: skip
    for relief in reliefs if "slide" in file.name else ():
        blip = relief._element.blipFill.blip  # noqa: SLF001 - python-pptx hides pictures in groups
        png = relief.part.related_part(blip.rEmbed).blob
        with Image.open(io.BytesIO(png)) as opened:
            flat = Image.new("RGBA", opened.size, "white")
            flat.alpha_composite(opened.convert("RGBA"))
        dark = 255.0 - np.asarray(flat.convert("L"), dtype=float)
        right = dark[:, dark.shape[1] * 3 // 4 :]
        half = right.shape[0] // 2
        assert right[:half].sum() > 2 * right[half:].sum()


def described(shape: Any) -> str:
    return shape._element.xpath("./*/p:cNvPr")[0].get("descr") or ""  # noqa: SLF001 - no public way


def groups_in(group: Any) -> Iterator[Any]:
    for shape in group.shapes:
        if hasattr(shape, "shapes"):
            yield shape
            yield from groups_in(shape)


def test_every_province_in_view_is_a_freeform_to_be_filled(deck: tuple[Snapshot, Path]) -> None:
    snapshot, file = deck
    provinces = list(layers_of(file)["Provinces"].shapes)
    names = {each.name for each in snapshot.content.frame.country.provinces}
    assert {shape.name for shape in provinces} <= names
    if not snapshot.content.frame.is_detail:
        assert {shape.name for shape in provinces} == names
    for shape in provinces:
        assert shape._element.spPr.find(f"{_A}custGeom") is not None  # noqa: SLF001
        assert shape._element.spPr.find(f"{_A}solidFill") is not None  # noqa: SLF001


def test_the_marks_of_a_layer_are_those_of_its_records(deck: tuple[Snapshot, Path]) -> None:
    """The number of each drawn record is in its layer, or on a badge of several layers."""
    snapshot, file = deck
    content, layers = snapshot.content, layers_of(file)
    numbers = {name: numbers_in(layer) for name, layer in layers.items()}
    drawn = [row for spot in content.spots for row in spot.rows]
    drawn += [row for badge in content.badges for row in badge.rows]
    drawn += content.whole_country
    signs = {entry.number: entry.sign for entry in content.entries}
    for number in {number for row in drawn for number in row.numbers}:
        own = numbers.get(layer_of_sign(signs[number], content.names), set())
        assert number in own | numbers.get(MIXED, set()), number
    for name in set(layers) - set(_FIXED):
        group = name.removesuffix(AREAS)
        of_layer = {
            number for number, sign in signs.items()
            if layer_of_sign(sign, content.names) == group
        }  # fmt: skip
        assert group == MIXED or numbers[name] <= of_layer, name


def numbers_in(group: Any) -> set[int]:
    """The numbers of records in the texts of a group, of which names have none."""
    found: set[int] = set()
    for text in texts_in(group):
        for first, last in re.findall(r"\b(\d+)(?:–(\d+))?\b", text):
            found |= set(range(int(first), int(last or first) + 1))
    return found


def texts_in(group: Any) -> Iterator[str]:
    for shape in group.shapes:
        if hasattr(shape, "shapes"):
            yield from texts_in(shape)
        elif shape.has_text_frame and shape.text_frame.text:
            yield shape.text_frame.text


def test_nothing_but_credits_is_smaller_than_14_points(deck: tuple[Snapshot, Path]) -> None:
    _, file = deck
    for slide in slides_of(file):
        for shape in slide.shapes:
            sizes = {int(size) for size in shape._element.xpath(".//a:rPr/@sz")}  # noqa: SLF001
            assert sizes
            if shape.name == "Credits":
                assert sizes == {900}
            else:
                assert min(sizes) >= 1400, shape.name


def test_each_slide_is_read_from_its_title_on_and_everything_is_on_it(
    deck: tuple[Snapshot, Path],
) -> None:
    _, file = deck
    whole = pptx.Presentation(str(file))
    width, height = whole.slide_width or 0, whole.slide_height or 0
    for slide in slides_of(file):
        first, *_ = slide.shapes
        assert first == slide.shapes.title
        assert first.text_frame.text.strip()
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= width
            assert 0 <= shape.top <= shape.top + shape.height <= height, shape.name


def test_the_file_is_sound(deck: tuple[Snapshot, Path]) -> None:
    """Rules of ECMA-376 that its readers insist on: ids, targets, parts, and order of elements."""
    _, file = deck
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        types = archive.read("[Content_Types].xml").decode()
        for name in names:
            check_part(archive, name, names, types)


def check_part(archive: zipfile.ZipFile, name: str, names: list[str], types: str) -> None:
    ending = name.rsplit(".", 1)[-1]
    assert f'PartName="/{name}"' in types or f'Extension="{ending}"' in types or "[" in name
    if ending not in {"xml", "rels"}:
        return
    root = ET.fromstring(archive.read(name))  # noqa: S314 - made here a moment ago
    if ending == "rels":
        folder = Path(name).parent.parent
        for relation in root:
            if relation.get("TargetMode") != "External":
                target = os.path.normpath(folder / str(relation.get("Target")).lstrip("/"))
                whole = str(relation.get("Target")).startswith("/")
                assert (str(relation.get("Target"))[1:] if whole else target) in names
        return
    ids = [each.get("id") for each in root.iter(f"{_P}cNvPr")]
    assert not [one for one, count in Counter(ids).items() if count > 1]
    rels = f"{Path(name).parent}/_rels/{Path(name).name}.rels"
    used = set(re.findall(r'r:(?:embed|id|link)="(\w+)"', archive.read(name).decode()))
    if used:
        given = {one.get("Id") for one in ET.fromstring(archive.read(rels))}  # noqa: S314 - our own
        assert used <= given
    if not name.startswith("ppt/slides/"):
        return
    for line in root.iter(f"{_A}ln"):
        check_order(line, ["noFill", "solidFill", "custDash", "round"])
    for properties in root.iter(f"{_P}spPr"):
        check_order(properties, ["xfrm", "custGeom", "prstGeom", "noFill", "solidFill", "ln"])
    for path in root.iter(f"{_A}path"):
        check_geometry(path)


def check_order(element: ET.Element, order: list[str]) -> None:
    """The schema has a sequence: each child at most once, in this order."""
    found = [child.tag.split("}")[1] for child in element]
    assert [order.index(name) for name in found] == sorted({order.index(name) for name in found})


def check_geometry(path: ET.Element) -> None:
    """Every step lies within the box, and the first one is a move."""
    width, height = int(path.get("w", 0)), int(path.get("h", 0))
    assert path[0].tag == f"{_A}moveTo"
    for point in path.iter(f"{_A}pt"):
        assert 0 <= int(point.get("x", -1)) <= width
        assert 0 <= int(point.get("y", -1)) <= height


@pytest.mark.slow
def test_the_slide_agrees_with_the_picture(deck: tuple[Snapshot, Path]) -> None:
    """The share of pixels that differ after a blur, on the box of the map."""
    snapshot, file = deck
    box = layers_of(file)["Page"]
    shown = blurred(map_on_slide(file, box))
    wanted = blurred(map_as_picture(snapshot, box, (shown.shape[1], shown.shape[0])))
    differs = np.abs(shown - wanted).max(axis=2) > LEVELS
    assert differs.mean() < MOST_DIFFERENT


def map_on_slide(file: Path, box: Any) -> Image.Image:
    pdf = file.with_suffix(".pdf")
    base = pdf.with_suffix("")
    command = [programs.needed("pdftoppm"), "-r", str(DPI), "-f", "1", "-l", "1", "-png",
               "-singlefile", str(pdf), str(base)]  # fmt: skip
    subprocess.run(command, check=True)
    edges = box.left, box.top, box.left + box.width, box.top + box.height
    with Image.open(base.with_suffix(".png")) as opened:
        return opened.convert("RGB").crop(tuple(round(edge / 914_400 * DPI) for edge in edges))  # type: ignore[arg-type] # four of them


def map_as_picture(snapshot: Snapshot, box: Any, size: tuple[int, int]) -> Image.Image:
    """The map drawn as a picture for the same box; its legend is elsewhere."""
    width, height = (Emu(side).mm for side in (box.width, box.height))
    page = snapshot.map_page(width, height, LEAST, has_legend=False)
    png = as_png(page, round(DPI * LEAST / LEAST_LETTER))
    with Image.open(io.BytesIO(png)) as opened:
        return opened.convert("RGB").resize(size)


def blurred(picture: Image.Image) -> Any:
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.int16)


def test_each_badge_is_where_the_picture_has_it(deck: tuple[Snapshot, Path]) -> None:
    """The texts of badges, as LibreOffice prints them, start within two points of their place."""
    _, file = deck
    printed = words_on(file.with_suffix(".pdf"))
    marks = [layer for name, layer in layers_of(file).items() if name not in _FIXED]
    for shape in (shape for layer in marks for shape in shapes_in(layer)):
        if not shape.has_text_frame or not shape.text_frame.text.strip():
            continue
        words = shape.text_frame.text.split()
        middle = (shape.top + shape.height / 2) / 12_700
        if len(words) != 1 or not words[0].isascii():
            continue
        near = [
            (x, y) for word, x, y in printed
            if word == words[0] and abs(x - shape.left / 12_700) < 2 and abs(y - middle) < 2
        ]  # fmt: skip
        assert near, words


def words_on(pdf: Path) -> list[tuple[str, float, float]]:
    """Each word of the first page, with its left end and its middle in points."""
    command = [programs.needed("pdftotext"), "-f", "1", "-l", "1", "-bbox", str(pdf), "-"]
    page = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pattern = r'xMin="(\S+)" yMin="(\S+)" xMax="\S+" yMax="(\S+)">(.*?)</word>'
    return [
        (word, float(left), (float(top) + float(bottom)) / 2)
        for left, top, bottom, word in re.findall(pattern, page)
    ]


def shapes_in(group: Any) -> Iterator[Any]:
    for shape in group.shapes:
        if hasattr(shape, "shapes"):
            yield from shapes_in(shape)
        else:
            yield shape


@pytest.fixture(scope="module")
def figure(own: Workspace) -> Snapshot:
    return make(own, Recipe(as_of=DAY))


@pytest.mark.slow
def test_a_drawing_lists_all_text_of_the_page_and_grows_as_one(figure: Snapshot) -> None:
    page = figure.figure_pages[0]
    drawing = drawing_of(page)
    assert (drawing.width, drawing.height) == (page.page.width, page.page.height)
    said = {item.text for item in drawing.items if isinstance(item, DrawnText)}
    lines = {item.text for item in page.page.items if isinstance(item, TextLine)}
    assert {strip_direction_marks(line) for line in lines} <= said
    large = drawing.scaled(2)
    for small_item, large_item in zip(drawing.items, large.items, strict=True):
        if isinstance(small_item, DrawnText) and isinstance(large_item, DrawnText):
            assert large_item.size == pytest.approx(small_item.size * 2)
        if isinstance(small_item, DrawnPath) and isinstance(large_item, DrawnPath):
            assert large_item.width == pytest.approx(small_item.width * 2)
    counted = sum(count(layer) for layer in drawing.layers())
    assert counted == len(drawing.items)


def count(layer: DrawingLayer) -> int:
    return sum(count(each) if isinstance(each, DrawingLayer) else 1 for each in layer.members)


def test_what_is_outside_the_map_is_not_in_the_drawing(own: Workspace) -> None:
    """The disc of a place near the edge is cut there, as it is in the picture."""
    view = View(provinces=("AF-PAN",))
    page = make(own, Recipe(as_of=DAY, view=view)).figure_pages[0]
    box = page.page.map
    assert box is not None
    drawing = drawing_of(page)
    marks = [item for item in drawing.items if item.layer and item.layer[0].endswith(AREAS)]
    for item in marks:
        assert isinstance(item, DrawnPath)
        for x, y in (point for _, at in item.steps for point in at):
            assert box.left - 0.1 <= x <= box.left + box.width + 0.1
            assert box.top - 0.1 <= y <= box.top + box.height + 0.1


@pytest.mark.slow
def test_an_svg_has_the_same_layers_with_ids_and_titles(figure: Snapshot) -> None:
    page = figure.figure_pages[0]
    root = ET.fromstring(as_svg(page, 1, 1))  # noqa: S314 - made here a moment ago
    label = "{http://www.inkscape.org/namespaces/inkscape}groupmode"
    groups = [group for group in root.iter(f"{_SVG}g") if group.get(label) == "layer"]
    assert [group.findtext(f"{_SVG}title") for group in groups] == [
        layer.name for layer in drawing_of(page).layers()
    ]
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(set(ids)) == len(ids)
    provinces = next(group for group in groups if group.get("id") == "Provinces")
    names = {part.findtext(f"{_SVG}title") for part in provinces.findall(f"{_SVG}g")}
    assert names == {each.name for each in page.content.frame.country.provinces}
    assert all(" " not in str(one) for one in ids)


@given(names=st.lists(st.text(max_size=30), min_size=2, max_size=2))
def test_a_layer_of_any_name_has_its_place(figure: Snapshot, names: list[str]) -> None:
    content = replace(figure.content, names=dict(zip(("nrf", "taliban"), names, strict=True)))
    texts = layer_texts(content)
    layers = [layer_of_sign(entry.sign, content.names) for entry in content.entries]
    assert set(layers) <= set(texts)
    assert all(
        layer_order("Names") < layer_order(layer) < layer_order("Legend") for layer in layers
    )
