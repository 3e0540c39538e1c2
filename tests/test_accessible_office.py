"""Slides and reports can be read by a screen reader: titles, order, descriptions, languages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from dossiers import incident, workspace

from geo.briefing.report import report
from geo.briefing.slides import slides
from geo.places.country import Country
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.layout.text_runs import has_rtl
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace

DAY = date(2026, 11, 21)
DARI = "نقشه گروه‌های مسلح"
PASHTO = "د ښار نقشه"
CASES: dict[str, dict[str, Any]] = {
    "a slide": {"size": "slide", "note": "What is new."},
    "half a slide with a Dari title": {"size": "half-slide", "title": DARI, "note": PASHTO},
    "a figure in a report": {"size": "half-width", "note": f"Titled {DARI}."},
}


@pytest.fixture(scope="module")
def reported(country: Country) -> Workspace:
    """Two records, one with a Dari title and without a place."""
    return workspace(country, incident(), incident(id="without-place", title=DARI, where=[]))


@pytest.fixture(scope="module", params=CASES)
def figure(request: pytest.FixtureRequest, reported: Workspace) -> Snapshot:
    return make(reported, Recipe(as_of=DAY, **CASES[request.param]))


@pytest.fixture(scope="module", params=[False, True], ids=["shapes", "picture"])
def deck(request: pytest.FixtureRequest, figure: Snapshot) -> Any:
    return pptx.Presentation(io.BytesIO(slides(figure, as_picture=request.param)))


def everything(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from everything(shape.shapes)


@pytest.mark.slow(whole=True)
def test_each_slide_has_a_title_that_is_read_first(deck: Any) -> None:
    for slide in deck.slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(set(titles)) == len(titles)
    names = [shape.name for shape in deck.slides[0].shapes]
    if "Map" in names and "Record count" in names:
        assert names.index("Map") < names.index("Record count") < names.index("Credits")


@pytest.mark.slow
def test_each_picture_group_and_table_is_described(deck: Any) -> None:
    described = "p:nvPicPr/p:cNvPr | p:nvGrpSpPr/p:cNvPr | p:nvGraphicFramePr/p:cNvPr"
    for slide in deck.slides:
        shapes = [shape.element for shape in everything(slide.shapes)]
        named = [each for shape in shapes for each in shape.xpath(described)]
        assert [each.get("name") for each in named if not each.get("descr", "").strip()] == []
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        assert all(table.first_row for table in tables)
        assert named or slide.shapes.title.text_frame.text.startswith("About")


def test_each_run_of_a_slide_says_its_language_and_is_large_enough(deck: Any) -> None:
    spoken = set()
    for slide in deck.slides:
        for shape in everything(slide.shapes):
            for run in shape.element.xpath("self::*[not(self::p:grpSp)]//a:r"):
                text, (properties,) = run.text, run.xpath("a:rPr")
                language = properties.get("lang")
                assert language, text
                assert (language in {"prs", "ps"}) == has_rtl(text), text
                spoken.add(language)
                if shape.name != "Credits":
                    assert int(properties.get("sz", "1400")) >= 1400, (shape.name, text)
    assert "prs" in spoken


@pytest.mark.slow
def test_a_report_has_headings_a_described_figure_and_languages(figure: Snapshot) -> None:
    document = docx.Document(io.BytesIO(report(figure)))
    styles = [each.style.name for each in document.paragraphs if each.text.strip()]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 4
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))
    (picture,) = document.inline_shapes
    (alt,) = document.element.xpath("//wp:docPr/@descr")
    assert alt == figure.content.alt_text
    assert document.core_properties.title == figure.content.title
    assert document.core_properties.language == "en-GB"
    (usual,) = document.styles.element.xpath("w:docDefaults//w:lang")
    assert (usual.get(qn("w:val")), usual.get(qn("w:bidi"))) == ("en-GB", "prs")
    for run in document.element.xpath("//w:r"):
        assert bool(run.xpath("w:rPr/w:lang/@w:bidi")) == has_rtl(run.text), run.text
    if figure.size.medium == "report":
        assert round(picture.width.mm) == figure.size.width
