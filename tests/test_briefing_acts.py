"""What most people come for takes a few acts: each click, each choice and each field is one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from browsing import Tab, open_list
from dossiers import copy_of_data
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from geo.briefing.slides import slides
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace
from geo.workspace import open_workspace

Open = Callable[..., Tab]
pytestmark = pytest.mark.browser
IN_A_MINUTE = 12
"""Acts of five seconds each: finding what to click, and clicking it."""


@dataclass
class Acts:
    """A person at the app, whose acts are counted."""

    tab: Tab
    count: int = 0

    @property
    def map(self) -> Any:
        return self.tab.page.frame_locator("iframe")

    def click(self, target: Locator) -> None:
        self.count += 1
        target.click(timeout=60_000)

    def choose(self, target: Locator, option: re.Pattern[str]) -> None:
        """Choose an option of a list that opens."""
        self.count += 1
        open_list(target)
        self.click(self.tab.page.get_by_role("option", name=option))

    def button(self, name: str) -> Locator:
        return self.tab.page.get_by_role("button", name=re.compile(f"^{name}"))

    def brief(self) -> None:
        self.click(self.tab.page.get_by_role("link", name="Create briefing"))
        self.tab.page.locator("img[alt^='Map of']").wait_for(timeout=90_000)

    def download(self, name: str, to: Path, minutes: float = 1.5) -> Path:
        with self.tab.page.expect_download(timeout=minutes * 60_000) as going:
            self.click(self.button(name))
        going.value.save_as(to)
        return to


def at_map(page: Open, app_url: str) -> Acts:
    tab = page(width=1440, height=900, alone=True)
    tab.page.goto(app_url)
    acts = Acts(tab)
    acts.map.locator(".im-ledger-total").wait_for(state="attached", timeout=90_000)
    return acts


def filter_to_panjshir(acts: Acts) -> None:
    acts.click(acts.map.get_by_role("button", name=re.compile("^Panjshir: 6 records")))
    acts.click(acts.map.get_by_role("button", name="Filter to this province"))
    acts.tab.page.wait_for_url("**AF-PAN**")


@pytest.mark.slow
def test_a_figure_of_half_a_page_on_one_province_is_in_a_report_within_a_minute(
    page: Open, app_url: str, tmp_path: Path
) -> None:
    acts = at_map(page, app_url)
    filter_to_panjshir(acts)
    acts.brief()
    acts.choose(acts.tab.page.get_by_label("Size"), re.compile("full width of the text"))
    # 160 mm at 300 dots per inch.
    picture = acts.tab.page.locator("img[alt^='Map of']")
    expect(picture).to_have_js_property("naturalWidth", 1890, timeout=90_000)
    document = docx.Document(str(acts.download("Word", tmp_path / "report.docx")))
    assert acts.count <= IN_A_MINUTE
    (picture,) = document.inline_shapes
    assert (round(picture.width.mm), round(picture.height.mm)) == (160, 120)
    assert "in Panjshir" in document.paragraphs[1].text
    # An embed for the web, from where one is: a file of its own.
    acts.count = 0
    html = acts.download("Web page", tmp_path / "embed.html").read_text(encoding="utf-8")
    assert acts.count <= IN_A_MINUTE
    assert "<iframe" not in html
    assert html.startswith("<!doctype html>")


@pytest.mark.slow
def test_a_slide_on_one_group_in_the_north_in_a_year_is_made_within_a_minute(
    page: Open, app_url: str, tmp_path: Path
) -> None:
    acts = at_map(page, app_url)
    acts.click(acts.map.get_by_role("button", name="Only ISIS-K"))
    acts.count += 1
    year = acts.map.locator(".im-time-preset")
    year.select_option(year.locator("option", has_text=re.compile("^2022")).get_attribute("value"))
    acts.count += 1
    acts.map.get_by_role("combobox", name="Search places").fill("north")
    acts.click(acts.map.get_by_role("option", name="the north filter to 5 provinces"))
    expect(acts.map.locator("[data-chip='provinces:']").first).to_contain_text("the north")
    acts.brief()
    deck = pptx.Presentation(
        str(acts.download("PowerPoint, shapes to edit", tmp_path / "deck.pptx"))
    )
    assert acts.count <= IN_A_MINUTE
    shown = next(one for one in deck.slides[0].shapes if one.name == "What is shown")
    assert "groups: ISIS-K" in shown.text_frame.text
    assert "2022" in shown.text_frame.text
    assert "Samangan or Sar-e Pol (the north)" in shown.text_frame.text
    assert "2 of 28 drawn" in "\n".join(
        one.text_frame.text for one in deck.slides[0].shapes if one.has_text_frame
    )


@pytest.mark.slow
def test_an_atlas_of_provinces_is_made_within_a_minute(
    page: Open, app_url: str, tmp_path: Path, own: Workspace
) -> None:
    acts = at_map(page, app_url)
    acts.brief()
    acts.click(acts.tab.page.get_by_text("Make a series"))
    acts.choose(acts.tab.page.get_by_label("Form"), re.compile("^Atlas"))
    acts.click(acts.tab.page.get_by_text("Leave out maps without records"))
    acts.click(acts.button("Create series"))
    made = acts.download("Download the PDF", tmp_path / "atlas.pdf", minutes=5)
    assert acts.count <= IN_A_MINUTE
    atlas = PdfReader(made)
    texts = [one.extract_text() for one in atlas.pages]
    places = [place for found in own.located.places.values() for place in found]
    codes = {code for place in places for code in place.provinces}
    named = {own.country.provinces[code].name for code in codes}
    marks = {
        mark.title: atlas.get_destination_page_number(mark)
        for mark in atlas.outline
        if not isinstance(mark, list)
    }
    assert texts[0].split("\n")[2].startswith("Atlas. Afghanistan"), "a cover"
    assert set(marks) == {"Overview", *named, "Sources and credits"}
    for name in named:
        assert re.search(rf"{name} \d+ of 28 records {marks[name] + 1}\n", texts[1]), "contents"
        assert re.search(rf"\b{marks[name] + 1}\b", texts[marks["Overview"]]), "an index map"
        assert name in texts[marks[name]]
    assert len(set(marks.values())) == len(marks), "a page for each"


@pytest.mark.slow
def test_the_deck_of_last_week_is_refreshed_within_a_minute(
    page: Open, app_of: Callable[[Path], str], data_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "country")
    deck = tmp_path / "last-week.pptx"
    figure = make(open_workspace(folder), Recipe(size="slide"))
    # Shapes that can be edited: of the deck as it is downloaded, and with a box that others added.
    opened = pptx.Presentation(io.BytesIO(slides(figure)))
    opened.slides[0].shapes.add_textbox(0, 0, 900_000, 400_000).text_frame.text = "Seen by Ana"
    opened.save(str(deck))
    dossier = folder / "incidents.yaml"
    text = dossier.read_text(encoding="utf-8")
    renamed = text.replace("title: Attack on the Interior", "title: An attack on the Interior")
    assert renamed != text
    dossier.write_text(renamed, encoding="utf-8")
    acts = at_map(page, app_of(folder))
    acts.brief()
    acts.click(acts.tab.page.get_by_text("Check an earlier file"))
    acts.count += 1
    acts.tab.page.locator("input[type=file][accept*='.pptx']").set_input_files(deck)
    made = acts.download("Download the refreshed file", tmp_path / "refreshed.pptx")
    assert acts.count <= IN_A_MINUTE
    words = [
        each.text or "" for slide in pptx.Presentation(str(made)).slides
        for each in slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")
    ]  # fmt: skip
    assert "Seen by Ana" in words
    assert any("An attack on the Interior" in one for one in words)
