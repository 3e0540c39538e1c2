"""A series as slides: one editable map each, with counts that add up and numbers in common."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pptx
import pytest
from streamlit.testing.v1 import AppTest
from test_series import series_page
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import OptionError
from geo.handover.canaries import canaries_of
from geo.handover.scanning import scan_file
from geo.series.embedding import read_recipe
from geo.series.files import series_files
from geo.series.making import Series, make_series, reduction_of_series
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.content.editorial.editorial import Editorial
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import View

DAY = date(2026, 11, 21)
SPRING = View(first=date(2022, 4, 1), last=date(2022, 6, 30))


def recipe(**more: Any) -> Recipe:
    return Recipe(**{"view": SPRING, "as_of": DAY} | more)


@pytest.fixture(scope="module")
def months(own: Workspace) -> Series:
    return make_series(own, SeriesRecipe(recipe(), "atlas", "month"))


@pytest.fixture(scope="module")
def deck(months: Series) -> Any:
    return pptx.Presentation(io.BytesIO(months.deck()))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def text_of(slide: Any, name: str) -> str:
    (shape,) = [one for one in slide.shapes if one.name == name]
    return str(shape.text_frame.text)


def rows_of(deck: Any, title: str) -> list[list[str]]:
    tables = [
        shape.table for slide in deck.slides for shape in slide.shapes
        if shape.has_table and slide.shapes.title.text_frame.text.startswith(title)
    ]  # fmt: skip
    return [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]


@pytest.mark.slow
def test_a_deck_has_a_title_a_slide_of_shapes_for_each_month_and_its_sources(
    months: Series, deck: Any
) -> None:
    whole = months.contents.whole
    found = titles(deck)
    assert found[0] == whole.title
    names = ["April 2022", "May 2022", "June 2022"]
    assert [one for one in found if one.endswith(whole.title)][1:] == [
        f"{name}: {whole.title}" for name in names
    ]
    assert len(set(found)) == len(found)
    assert found[-1].startswith("Sources")
    maps = [slide for slide in deck.slides if any(one.name == "Map" for one in slide.shapes)]
    assert len(maps) == len(names)
    for slide in maps:
        (group,) = [one for one in slide.shapes if one.name == "Map"]
        assert {"Land", "Provinces"} <= {one.name for one in group.shapes}
    assert len(rows_of(deck, "Sources")) == len(whole.sources) + 1


def test_each_slide_has_a_count_that_adds_up_and_the_title_that_of_all(
    months: Series, deck: Any
) -> None:
    assert months.contents.whole.ledger in text_of(deck.slides[0], "What is shown")
    total = months.contents.tally.total
    panels = {f"{panel.name}: {months.contents.whole.title}": panel for panel in
              months.contents.panels}  # fmt: skip
    seen = 0
    for slide in deck.slides:
        panel = panels.get(slide.shapes.title.text_frame.text)
        if panel is None:
            continue
        seen += 1
        said = text_of(slide, "Record count")
        drawn, of = (int(number) for number in re.findall(r"\d+", said)[:2])
        rest = [int(part.split()[0]) for part in said.split(" · ")[1:]]
        assert of == total == drawn + sum(rest)
        assert drawn == panel.count.drawn
    assert seen == len(panels)


def test_a_number_on_any_slide_is_that_of_one_row_of_the_notes(months: Series, deck: Any) -> None:
    rows = {row[0]: row[1] for row in rows_of(deck, "Notes") if row[0].isdigit()}
    assert sorted(map(int, rows)) == list(range(1, len(rows) + 1))
    for panel in months.contents.panels:
        for entry in panel.content.entries:
            assert rows[str(entry.number)] == entry.line


@pytest.mark.slow
def test_the_same_recipe_gives_the_same_deck_and_holds_it(own: Workspace, months: Series) -> None:
    data = months.deck()
    assert read_recipe(data, "months.pptx") == months.series
    again = make_series(own, read_recipe(data, "months.pptx"))
    assert again.deck() == data


@pytest.mark.slow
def test_a_deck_of_only_what_is_shown_holds_nothing_else(own: Workspace) -> None:
    some = recipe(view=replace(SPRING, off=("taliban",)), only_shown=True)
    series = SeriesRecipe(some, "atlas", "quarter")
    reduction = reduction_of_series(own, series)
    assert reduction is not None
    hidden = canaries_of(reduction)
    assert hidden.ids
    for file in series_files(own, make_series(own, series), ["pptx"]):
        assert scan_file(file.data, file.name, hidden) == ()


@pytest.mark.slow
def test_the_marking_is_on_every_slide_and_a_square_deck_is_square(own: Workspace) -> None:
    some = recipe(size="square", editorial=Editorial(marking="TLP:AMBER"))
    made = make_series(own, SeriesRecipe(some, "atlas", "quarter"))
    deck = pptx.Presentation(io.BytesIO(made.deck()))
    assert deck.slide_width == deck.slide_height
    for slide in deck.slides:
        assert sum(one.name.startswith("Marking") for one in slide.shapes) == 2
        for shape in slide.shapes:
            assert 0 <= shape.top < shape.top + shape.height <= deck.slide_height, shape.name


def test_maps_within_sections_have_no_slides(own: Workspace) -> None:
    view = replace(SPRING, provinces=("AF-PAN", "AF-KAB"))
    made = make_series(own, SeriesRecipe(recipe(view=view), "atlas", "province", "quarter"))
    with pytest.raises(OptionError, match="--then: slides have one map each"):
        made.deck()


@pytest.mark.slow
def test_the_command_writes_a_deck_and_multiples_refuse_one(tmp_path: Any) -> None:
    asked = ["series", "--by", "group", "--from", "2022-04", "--to", "2022-04", "--skip-empty"]
    out = str(tmp_path / "groups.pptx")
    said = CliRunner().invoke(app, [*asked, "--as", "atlas", "--out", out])
    assert said.exit_code == 0, said.output
    assert len(titles(pptx.Presentation(out))) > 3
    said = CliRunner().invoke(app, [*asked, "--out", out])
    assert said.exit_code == 2
    assert "for .pptx, add --as atlas" in said.output


@pytest.mark.slow
def test_the_page_offers_slides() -> None:
    page = AppTest.from_function(series_page, default_timeout=120).run()
    page.selectbox(key="briefing-series-form").select("slides").run()
    page.button(key="briefing-series-create").click().run()
    assert not page.exception
    _, name, archive, _ = page.session_state["briefing-series"]
    assert f"{name.removesuffix('.zip')}.pptx".encode() in archive
    page.selectbox(key="briefing-series-form").select("atlas").run()
    assert len(page.get("download_button")) == 0
