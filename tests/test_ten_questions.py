"""Ten questions of an analyst, each answered by at most three acts, with the mouse and by keys.

An act is a click, a choice in a menu, or words typed into a field and confirmed. A key counts as
the click that it stands for; whether Tab leads to each control is what ``test_by_keys.py`` proves.
Each question is asked on three screens and in both ways: every day in half of the pairs, so that it
meets each screen and each way, and with ``make test-long`` in all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from browsing import Tab, open_map
from dossiers import copy_of_data
from playwright.sync_api import Locator, expect
from recording import SHARE

from geo import open_workspace
from geo.changes.since import Since, compare_since
from geo.changes.versions import keep_opened
from geo.dossier.entries import Entries
from geo.table.workspace import Workspace
from geo.webmap.document import document_html
from geo.workspace import DOSSIER

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
MOST = 3
SIZES = [(1440, 900), (1280, 720), (390, 844)]
WAYS = ["mouse", "keys"]


@dataclass
class Reader:
    """Somebody at a map, who counts what they do."""

    tab: Tab
    way: str
    is_phone: bool
    acts: int = 0

    def see(self, selector: str) -> Locator:
        return self.tab.page.locator(selector).filter(visible=True).first

    def press(self, selector: str) -> None:
        self.acts += 1
        control = self.see(selector)
        control.wait_for()
        if self.way == "mouse":
            control.click()
            return
        control.focus()
        assert control.evaluate("node => node === document.activeElement"), selector
        self.tab.page.keyboard.press("Enter")

    def find(self, words: str) -> None:
        """Type into the search above everything, and take the first hit."""
        self.acts += 1
        page = self.tab.page
        if self.way == "mouse":
            page.locator(".im-find").click()
            page.keyboard.type(words)
            page.locator(".im-option").first.click()
        else:
            page.keyboard.press("/")
            page.keyboard.type(words)
            page.keyboard.press("Enter")

    def choose(self, selector: str, value: str) -> None:
        self.acts += 1
        self.see(selector).select_option(value)

    def look_at_list(self) -> None:
        """On a phone the list is behind a tab."""
        if self.is_phone:
            self.press("[data-key='tab:list']")

    def holds(self, selector: str, words: str | Sequence[str]) -> None:
        for each in [words] if isinstance(words, str) else words:
            expect(self.see(selector)).to_contain_text(re.compile(each))


ASKED: list[str] = []
"""The questions, in the order in which they stand here."""


def question(test: Callable[..., None]) -> Callable[..., None]:
    """Ask on a desk, a small desk and a phone, with the mouse and by keys."""
    first = len(ASKED)
    ASKED.append(test.__name__)
    pairs = [
        pytest.param(size, way, id=f"{way}-{size[0]}")
        for at, size in enumerate(SIZES)
        for nth, way in enumerate(WAYS)
        if SHARE or (first + at + nth) % 2 == 0
    ]
    asked: Callable[..., None] = pytest.mark.parametrize(("size", "way"), pairs)(test)
    return asked


def opened(page: Open, file: Path, size: tuple[int, int], way: str) -> Reader:
    tab = open_map(page(width=size[0], height=size[1]), file)
    tab.page.locator(".im-base-names").wait_for(state="attached")
    return Reader(tab, way, is_phone=size[0] < 500)


@pytest.fixture
def reader(page: Open, map_file: Path, size: tuple[int, int], way: str) -> Reader:
    """Return somebody who has just opened the map."""
    return opened(page, map_file, size, way)


@pytest.fixture(scope="module")
def since_file(own: Workspace, tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """Return a map that marks what is new since the first of a month: one record."""
    folder = tmp_path_factory.mktemp("since")
    dossier = copy_of_data(data_folder, folder / "data") / DOSSIER
    now = dossier.read_bytes()
    record = "interior-ministry-attack-2024"
    dossier.write_bytes(Entries.of(now).with_entry("incidents", record, None).data())
    day = date(2026, 11, 1)
    keep_opened(dossier, open_workspace(dossier.parent), day)
    dossier.write_bytes(now)
    kept = keep_opened(dossier, own, date(2026, 11, 29))
    since = Since("1 November 2026", day)
    found = compare_since(since, dossier, kept, own, day).marks(own)
    file = folder / "since.html"
    file.write_text(document_html(own, marks=found), encoding="utf-8")
    return file


def answered(reader: Reader) -> None:
    """Nothing has to be scrolled to, and nothing was done too often."""
    assert reader.acts <= MOST
    assert reader.tab.page.evaluate("() => document.documentElement.scrollTop") == 0
    assert reader.tab.errors == []


@pytest.mark.slow
@question
def test_who_is_reported_in_a_province_in_a_year_and_who_contests_it(reader: Reader) -> None:
    reader.find("2024")
    reader.find("Panjshir")
    reader.press(".im-item[data-record=al-qaeda-panjshir-2024]")
    reader.holds(".im-card", ["Al-Qaeda in the Panjshir Valley", "Taliban", "disputed|Disputed"])
    answered(reader)


@pytest.mark.slow
@question
def test_what_a_group_claimed_in_a_month(reader: Reader) -> None:
    reader.find("NRF")
    reader.find("2022-05")
    reader.holds(".im-time", "May 2022")
    reader.look_at_list()
    reader.holds(".im-records", ["Offensive in Panjshir", "claimed"])
    answered(reader)


@pytest.mark.slow
@question
def test_what_only_parties_claim(reader: Reader) -> None:
    reader.press("[data-counter=claimed_only]")
    reader.look_at_list()
    reader.holds(".im-list-totals", "10 records")
    answered(reader)


@pytest.mark.slow
@question
def test_what_is_new_since_a_date(
    page: Open, since_file: Path, size: tuple[int, int], way: str
) -> None:
    reader = opened(page, since_file, size, way)
    reader.look_at_list()
    reader.holds(".im-since-note", "1 new")
    reader.holds(".im-records .im-item", ["Attack on the Interior Ministry", "new"])
    answered(reader)


@pytest.mark.slow
@question
def test_what_happened_in_a_province(reader: Reader) -> None:
    reader.find("Badakhshan")
    reader.holds(".im-detail", ["Badakhshan", "Placed here", "About the whole country"])
    answered(reader)


@pytest.mark.slow
@question
def test_where_a_group_is_said_to_be(reader: Reader) -> None:
    reader.find("AFF")
    reader.look_at_list()
    reader.press("[data-key='side:presence']")
    reader.holds(".im-matrix", ["Kabul", "AFF"])
    answered(reader)


@pytest.mark.slow
@question
def test_one_year_against_another(reader: Reader) -> None:
    reader.find("2024")
    # Where the strip is narrow, its fields are behind a button.
    if reader.tab.page.locator(".im-time-more").is_visible():
        reader.press(".im-time-more")
    reader.press(".im-time-word >> text=compare")
    expect(reader.tab.page.locator(".im-half-title")).to_have_text(
        [re.compile("31 Dec 2024"), re.compile("31 Dec 2023")]
    )
    answered(reader)


@pytest.mark.slow
@question
def test_which_fatalities_are_claimed_only(reader: Reader) -> None:
    reader.press("[data-counter=claimed_only]")
    reader.look_at_list()
    reader.choose("[data-key=list-order]", "killed")
    reader.holds(".im-list-totals", "18 as claimed by parties only, in 2 incidents")
    reader.holds(".im-records", ["Attack on the Interior Ministry", "Attack on the Shaba base"])
    answered(reader)


@question
def test_what_cannot_be_placed_and_why(reader: Reader) -> None:
    reader.look_at_list()
    reader.press("[data-key='side:beside']")
    reader.holds(".im-panel-detail, .im-detail", ["outside Afghanistan|Outside Afghanistan"])
    answered(reader)


@pytest.mark.slow
@question
def test_share_the_answer(reader: Reader) -> None:
    reader.find("Badakhshan")
    reader.press(".im-share-open")
    # The address of a file opens on this computer only, and the box says so.
    reader.holds(".im-share", "send a file instead")
    with reader.tab.page.expect_download() as saved:
        reader.press("[data-key=share-save]")
    assert saved.value.suggested_filename == "map-view.html"
    answered(reader)


def test_ten_questions_are_asked_each_on_every_screen_and_in_both_ways() -> None:
    assert len(ASKED) == 10
    for name in ASKED:
        (mark,) = [one for one in globals()[name].pytestmark if one.name == "parametrize"]
        pairs = [one.values for one in mark.args[1]]
        assert {size for size, _ in pairs} == set(SIZES), name
        assert {way for _, way in pairs} == set(WAYS), name
        assert len(pairs) == (6 if SHARE else 3), name
