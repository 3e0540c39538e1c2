"""A figure with a chart: in every size and format, with its numbers, of the records shown."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from docx import Document
from dossiers import incident, workspace
from pptx import Presentation

from geo.briefing.bundle import tables
from geo.briefing.report import report
from geo.briefing.slides import slides
from geo.counts.bounds import count_cells
from geo.counts.countable import counted_records
from geo.errors import FigureError, RecipeError, StatementError
from geo.figures.drawing import draw_again
from geo.figures.finding import find_figures
from geo.places.country import Country
from geo.snapshot.content.chart_choice import CHART_SIDES, CHARTED_BY, ChartChoice, ChartSide
from geo.snapshot.content.recipe import VARIANTS, Recipe
from geo.snapshot.content.sizes import SIZES, PageBox
from geo.snapshot.layout.charted_page import chart_on_own_page
from geo.snapshot.layout.pages import Page, lay_out
from geo.snapshot.layout.typesetting import Bar, TextLine
from geo.snapshot.output.drawing import DrawnPath
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.view import View

DAY = date(2026, 11, 21)
YEARS = View(first=date(2021, 1, 1), last=date(2024, 12, 31))
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
ROUNDING = 0.5  # points; text is measured in typefaces of a figure


def charted(own: Workspace, by: Any = "year", side: ChartSide = "below", **more: Any) -> Snapshot:
    return make(own, Recipe(as_of=DAY, chart=ChartChoice(by, side), **{"view": YEARS} | more))


@pytest.fixture(scope="module")
def figure(own: Workspace) -> Snapshot:
    return charted(own)


def with_bars(pages: tuple[Page, ...]) -> list[int]:
    return [
        at for at, page in enumerate(pages) if any(isinstance(item, Bar) for item in page.items)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize(("by", "side"), [("month", "below"), ("province", "beside")])
def test_every_size_holds_a_chart_with_its_bars_legend_and_caption(
    own: Workspace, size: str, side: ChartSide, by: str
) -> None:
    found = charted(own, by, side, size=size)
    pages = lay_out(found.content, found.size, found.recipe.hash8)
    assert with_bars(pages) in ([0], [1])
    page = pages[with_bars(pages)[0]]
    chart = [item for item in page.items if item.role == "chart"]
    texts = [item for item in chart if isinstance(item, TextLine)]
    said = " ".join(text.text for text in texts)
    for words in (found.content.chart.title, "Possible", "Solid:", "Counted: "):
        assert words in said
    # Nothing of it is beyond the page, on the map or smaller than the least type of lists.
    lines = [item for item in chart if not isinstance(item, TextLine)]
    assert all(text.type.size >= found.size.small for text in texts)
    for item in lines:
        assert 0 <= item.x <= item.x + item.width <= page.width + ROUNDING
        assert 0 <= item.y <= page.height
        box = page.map
        if isinstance(item, Bar) and box is not None:
            assert item.x >= box.left + box.width or item.y >= box.top + box.height
    bars = [item for item in chart if isinstance(item, Bar) and "Sign" not in item.name]
    total = sum(number for _, low, high in bars_of(found) for number in (low, high - low) if number)
    assert sum(int(bar.name.rpartition(": ")[2].split()[0]) for bar in bars) == total


def bars_of(found: Snapshot) -> list[tuple[str, int, int]]:
    assert found.content.chart is not None
    groups = found.content.chart.chart.groups
    return [(one.label, part.low, part.high) for one in groups for part in one.parts]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_parts_of_a_chart_differ_by_more_than_colour(figure: Snapshot, variant: Any) -> None:
    drawn = replace(figure, recipe=replace(figure.recipe, variant=variant))
    looks: dict[str, list[DrawnPath]] = {}
    for item in drawn.chart_drawing(200.0, 120.0, 9.0).items:
        if isinstance(item, DrawnPath) and item.layer[-1].startswith("Sign: "):
            looks.setdefault(item.layer[-1], []).append(item)
    assert len(looks) == 4
    # The number of paths (a fill, lines or dots upon it) and the lightness of the first.
    kinds = {(len(paths), len(paths[-1].steps) > 50, paths[0].fill) for paths in looks.values()}
    assert len(kinds) == 4


@pytest.mark.slow
def test_an_svg_has_the_chart_as_a_named_group_with_each_bar(figure: Snapshot) -> None:
    root = fromstring(figure.svg()[0])
    chart = next(each for each in root.iter(f"{SVG}g") if each.get("id") == "Chart")
    assert chart.findtext(f"{SVG}title") == "Chart"
    assert chart.findtext(f"{SVG}desc") == figure.content.chart.alt_text
    titles = {each.findtext(f"{SVG}title") for each in chart.findall(f"{SVG}g")}
    for row, low, _ in bars_of(figure):
        assert not low or any(title.startswith(f"{row}, ") for title in titles if title)


@pytest.mark.slow
def test_a_slide_has_the_chart_as_native_shapes_and_a_table(figure: Snapshot) -> None:
    deck = Presentation(io.BytesIO(slides(figure)))
    groups = [shape for slide in deck.slides for shape in slide.shapes if shape.name == "Chart"]
    (group,) = groups
    element = group._element  # noqa: SLF001 - python-pptx has no alt text
    described = element.nvGrpSpPr.cNvPr
    assert described.get("descr").startswith("Chart: records by year")
    bars = [
        each for each in element.iter(f"{SLIDE}sp")
        if each.find(f".//{DRAWING}prstGeom") is not None and each.find(f".//{DRAWING}t") is None
    ]  # fmt: skip
    assert len(bars) > 4
    words = {each.text for each in element.iter(f"{DRAWING}t")}
    assert {"2021", "2022", "2023", "2024", "Records by year"} <= words
    sizes = {int(each.get("sz")) for each in element.iter(f"{DRAWING}rPr")}
    assert min(sizes) >= 1400
    grids = [shape.table for slide in deck.slides for shape in slide.shapes
             if shape.has_table and shape.name.startswith("Numbers of the chart")]  # fmt: skip
    cells = [[cell.text for cell in row.cells] for grid in grids for row in grid.rows]
    assert cells == [list(figure.content.chart.head), *map(list, figure.content.chart.rows)]


@pytest.mark.slow
def test_a_report_has_the_numbers_as_a_table_with_a_head(figure: Snapshot) -> None:
    document = Document(io.BytesIO(report(figure)))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(figure.content.chart.head)
    assert len(table.rows) == 1 + len(figure.content.chart.rows)
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")  # noqa: SLF001 - python-docx has no header rows


def test_the_csv_of_a_chart_is_its_bounds(own: Workspace, figure: Snapshot) -> None:
    text = tables(figure, own)["chart.csv"].decode("utf-8-sig")
    lines = [line for line in csv.DictReader(io.StringIO(text)) if line["most"]]
    for one in count_cells(counted_records(own, YEARS), ("year",)):
        rows = [line for line in lines if line["key"] == str(one.cell.first.year)]
        assert sum(int(row["fewest"]) for row in rows) == one.low
        assert sum(int(row["most"]) for row in rows) == one.high


def test_the_record_count_is_said_once_and_the_chart_says_what_it_counts(own: Workspace) -> None:
    found = charted(own, "province", view=View(), size="a4-portrait")
    content = found.content
    page = lay_out(content, found.size, found.recipe.hash8)[0]
    said = " ".join(item.text for item in page.items if isinstance(item, TextLine))
    assert said.count(content.ledger) == 1
    assert "Not in any province: 9 country-wide" in said
    assert content.alt_text.endswith(content.chart.alt_text)


def test_a_figure_without_a_chart_says_nothing_of_it() -> None:
    assert "chart" not in json.loads(Recipe().to_json())


@pytest.mark.parametrize("by", CHARTED_BY)
@pytest.mark.parametrize("side", CHART_SIDES)
def test_a_recipe_keeps_its_chart(by: Any, side: ChartSide) -> None:
    recipe = Recipe(chart=ChartChoice(by, side))
    assert Recipe.from_json(recipe.to_json()) == recipe


@pytest.mark.parametrize("given", ["month", 3, [], {"by": 1}, {"by": "week"}, {"side": "left"}])
def test_a_recipe_with_a_wrong_chart_is_refused(given: object) -> None:
    text = json.dumps(json.loads(Recipe().to_json()) | {"chart": given})
    with pytest.raises(RecipeError, match=r"R\.json: chart"):
        Recipe.from_json(text, "R.json")


def test_a_figure_of_no_record_has_no_bars_and_says_so(own: Workspace) -> None:
    found = charted(own, view=View(text="no such words"))
    assert "No bars: no record shown is in any year." in found.content.alt_text
    pages = lay_out(found.content, found.size, found.recipe.hash8)
    assert not with_bars(pages)


def test_many_records_of_many_provinces_have_their_bars(country: Country) -> None:
    codes = [province.name for province in country.provinces]
    many = [
        incident(id=f"in-{at}", where=[{"place": codes[at % len(codes)], "kind": "province"}])
        for at in range(300)
    ]
    found = charted(workspace(country, *many), "province", view=View())
    pages = lay_out(found.content, found.size, found.recipe.hash8)
    assert len(found.content.chart.chart.groups) == len(codes)
    assert with_bars(pages) in ([0], [1])


def test_too_many_bars_and_too_small_a_page_are_refused_with_what_to_do(own: Workspace) -> None:
    with pytest.raises(StatementError, match="give a shorter period"):
        charted(own, "month", view=View())
    found = charted(own, "month", size="web")
    with pytest.raises(FigureError, match="or a size that holds it: Slide"):
        chart_on_own_page(found.content.chart, found.size, PageBox(0.0, 0.0, 90.0, 90.0))


def test_only_what_is_shown_goes_along_and_the_chart_stays_the_same(own: Workspace) -> None:
    view = replace(YEARS, off=("taliban",))
    whole, passed = charted(own, view=view), charted(own, view=view, only_shown=True)
    assert whole.content.chart.chart.groups == passed.content.chart.chart.groups
    assert "taliban-control-2021" not in repr(passed.content.chart)


@pytest.mark.slow
def test_a_figure_with_a_chart_is_recognised_and_drawn_again(own: Workspace) -> None:
    data = charted(own, size="web").png(60)[0]
    (known,) = find_figures(data, "x.png").figures
    assert known.state == "as drawn"
    assert known.imprint.recipe.chart == ChartChoice("year")
    assert draw_again(make(own, known.imprint.recipe), known.imprint.drawn) == data
