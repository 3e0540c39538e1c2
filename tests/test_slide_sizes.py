"""Slides have the proportions of the recipe, and nothing on them is too small or cut off."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pptx
import pytest
from dossiers import incident, workspace
from pptx.util import Mm
from pypdf import PdfReader

from geo.briefing.slides import slides
from geo.places.country import Country
from geo.snapshot.content.chart_choice import ChartChoice
from geo.snapshot.content.editorial.editorial import Editorial
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace
from geo.view import View
from tools import gallery

pytestmark = pytest.mark.timeout(300)

DAY = date(2026, 11, 21)
PROPORTIONS = {"slide": 16 / 9, "slide-4x3": 4 / 3, "square": 1.0, "a4-portrait": 16 / 9}
NARROW = ("slide-4x3", "square")
MANY = 300
LONG_TITLE = "What is reported about armed groups in the provinces of the north since the spring"
CASES: dict[str, dict[str, Any]] = {
    "none": {"view": View(first=date(1990, 1, 1), last=date(1990, 12, 31))},
    "own": {"note": "What is new.\n" + "A long sentence of the briefer. " * 9, "title": LONG_TITLE},
    "chart": {"chart": ChartChoice("province"), "editorial": Editorial(marking="TLP:AMBER")},
    "many": {},
}


@pytest.fixture(scope="module")
def many(country: Country) -> Workspace:
    places = ["Kabul", "Panjshir", "Balkh", "Kunduz", "Takhar", "Badakhshan"]
    found: Workspace = workspace(
        country,
        *(
            incident(id=f"attack-{n}", title=f"Attack number {n}",
                     where=[{"place": places[n % len(places)], "kind": "province"}])
            for n in range(MANY)
        ),
    )  # fmt: skip
    return found


def deck_of(data: Workspace, size: str, *, as_picture: bool = False, **more: Any) -> Any:
    made = make(data, Recipe(**{"as_of": DAY, "size": size} | more))
    return pptx.Presentation(io.BytesIO(slides(made, as_picture=as_picture)))


def everything(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from everything(shape.shapes)


@pytest.mark.slow
@pytest.mark.parametrize("size", PROPORTIONS)
def test_a_deck_has_the_proportions_of_its_recipe(own: Workspace, size: str) -> None:
    deck = deck_of(own, size)
    assert deck.slide_width / deck.slide_height == pytest.approx(PROPORTIONS[size], abs=0.001)
    assert deck.slide_height == Mm(190.5)
    declared = deck.part._element.sldSz  # noqa: SLF001 - python-pptx does not show it
    assert declared.get("type") is None
    if size in NARROW:
        page = SIZES[size]
        assert deck.slide_width / deck.slide_height == pytest.approx(page.width / page.height)


@pytest.mark.slow
@pytest.mark.parametrize("size", NARROW)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", ["shapes", "picture"])
def test_nothing_on_a_narrow_slide_is_too_small_or_beyond_its_edge(
    own: Workspace, many: Workspace, size: str, case: str, kind: str
) -> None:
    data = many if case == "many" else own
    deck = deck_of(data, size, as_picture=kind == "picture", **CASES[case])
    numbers = []
    for slide in deck.slides:
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
        for shape in slide.shapes:
            assert 0 <= shape.left < shape.left + shape.width <= deck.slide_width, shape.name
            assert 0 <= shape.top < shape.top + shape.height <= deck.slide_height, shape.name
            if shape.has_table:
                high = sum(row.height for row in shape.table.rows)
                assert shape.top + high <= deck.slide_height, shape.name
                assert sum(one.width for one in shape.table.columns) <= deck.slide_width
                numbers += [row.cells[0].text for row in shape.table.rows]
        for shape in everything(slide.shapes):
            sizes = {int(each) for each in shape.element.xpath(".//a:rPr/@sz")}
            small = shape.name == "Credits" or shape.name.startswith("Marking")
            assert small or not sizes or min(sizes) >= 1400, shape.name
    assert case != "many" or {str(n) for n in range(1, MANY + 1)} <= set(numbers)


@pytest.mark.slow
@pytest.mark.parametrize("size", NARROW)
def test_the_texts_of_a_slide_do_not_overlap(own: Workspace, size: str) -> None:
    for case in ("none", "own"):
        first = deck_of(own, size, **CASES[case]).slides[0]
        boxes = sorted((one.top, one.top + one.height, one.name) for one in first.shapes)
        for (_, bottom, name), (top, _, other) in pairwise(boxes):
            assert bottom <= top + Mm(0.5), (case, name, other)


@pytest.mark.slow
def test_an_office_program_shows_each_slide_on_a_page_of_its_size(
    own: Workspace, tmp_path: Path
) -> None:
    for size in NARROW:
        (tmp_path / f"{size}.pptx").write_bytes(slides(make(own, Recipe(as_of=DAY, size=size))))
    gallery.as_pdf(sorted(tmp_path.glob("*.pptx")), tmp_path)
    for size in NARROW:
        deck = pptx.Presentation(str(tmp_path / f"{size}.pptx"))
        pages = PdfReader(str(tmp_path / f"{size}.pdf")).pages
        assert len(pages) == len(deck.slides)
        for page in pages:
            shown = float(page.mediabox.width) / float(page.mediabox.height)
            assert shown == pytest.approx(PROPORTIONS[size], abs=0.01)
