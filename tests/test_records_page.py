"""The records page: the View as a table with cards, and as files that say what they lack."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from browsing import Tab, stands
from dossiers import incident, workspace
from openpyxl import load_workbook
from playwright.sync_api import FrameLocator, expect

from geo.briefing.shown_records import COLUMNS, shown_csv, shown_records, shown_xlsx
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.view import View, apply_view

Open = Callable[..., Tab]
CHOSEN = "northern-offensive-2022"
ONLY_CLAIMED = View(off=("isis-k",), statuses=("claimed_only",))
CUT = """nodes => nodes.filter((node) => node.scrollWidth > node.clientWidth + 1
  || getComputedStyle(node).textOverflow === 'ellipsis').length"""
RECORDS = "nodes => nodes.map((node) => node.dataset.record)"


def table(tab: Tab, url: str) -> FrameLocator:
    tab.page.goto(url)
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-table tbody tr").first.wait_for(timeout=60_000)
    stands(tab.page)
    return inside


@pytest.mark.slow
@pytest.mark.browser
def test_the_table_has_the_view_of_the_map_and_changes_it(
    page: Open, app_url: str, own: Workspace
) -> None:
    tab = page(width=1440, height=900)
    inside = table(tab, f"{app_url}/records?off=isis-k&statuses=claimed_only")
    rows = inside.locator(".im-table tbody tr")
    shown = {record.id for record in shown_records(own, ONLY_CLAIMED)}
    assert set(rows.evaluate_all(RECORDS)) == shown
    named = inside.locator(".im-table-top .im-filter-chip")
    expect(named).to_contain_text(["Verification status", "Groups"])
    inside.locator(".im-table-top").get_by_role("button", name="Clear all").click()
    expect(rows).to_have_count(28)
    tab.page.wait_for_url("**/records")
    inside.locator(".im-row-toggle[data-group=nrf]").click()
    tab.page.wait_for_url("**/records?off=nrf")
    tab.page.get_by_role("link", name="Map").click()
    expect(inside.locator("[data-standing=off] b")).to_have_text("7")


@pytest.mark.slow
@pytest.mark.browser
def test_a_row_opens_its_card_and_leaves_the_map_as_it_is(page: Open, app_url: str) -> None:
    tab = page(width=1440, height=900)
    inside = table(tab, f"{app_url}/records?at=34.5,69,8")
    inside.locator(f"tr[data-record={CHOSEN}] td").nth(3).click()
    card = inside.locator(f".im-card[data-record={CHOSEN}]")
    expect(card).to_contain_text("No longer disputed by Taliban")
    expect(card.locator(".im-source")).not_to_have_count(0)
    stands(tab.page)
    tab.page.wait_for_timeout(600)
    assert tab.page.url.endswith("/records?at=34.5%2C69%2C8")
    tab.page.get_by_role("link", name="Map").click()
    inside.locator(".im-shell:not(.is-table)").wait_for()
    expect(inside.locator(".im-card")).to_have_count(0)
    tab.page.wait_for_url("**/?at=34.5*")
    tab.page.get_by_role("link", name="Records").click()
    inside.locator(f".im-table tr.is-chosen[data-record={CHOSEN}]").wait_for()
    inside.get_by_role("button", name="Show on the map").click()
    tab.page.wait_for_url(f"**/?chosen={CHOSEN}*")
    inside.locator(f".im-shell:not(.is-table) .im-card[data-record={CHOSEN}]").wait_for()


SLOW_ANSWERS = """
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (type, act, ...more) {
    const late = (event) => setTimeout(() => act(event), 500);
    return listen.call(this, type, type === 'message' ? late : act, ...more);
};
"""


@pytest.mark.slow
@pytest.mark.browser
def test_the_map_is_shown_though_the_page_hears_of_the_choice_late(
    page: Open, app_url: str
) -> None:
    tab = page(width=1440, height=900, alone=True)
    tab.page.add_init_script(SLOW_ANSWERS)
    inside = table(tab, f"{app_url}/records")
    inside.locator(f"tr[data-record={CHOSEN}] .im-table-title").click()
    inside.get_by_role("button", name="Show on the map").click()
    tab.page.wait_for_url(f"**/?chosen={CHOSEN}*")
    tab.page.wait_for_timeout(1500)
    assert "/records" not in tab.page.url


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
def test_no_text_of_the_table_is_cut_off(page: Open, app_url: str, size: tuple[int, int]) -> None:
    tab = page("dark", *size)
    inside = table(tab, f"{app_url}/records?off=isis-k,aff&statuses=claimed_only,disputed")
    assert inside.locator(".im-table :is(td, th), .im-table bdi").evaluate_all(CUT) == 0
    assert inside.locator(".im-table-top bdi").evaluate_all(CUT) == 0
    assert inside.locator(".im-table-room").evaluate("node => node.scrollWidth <= node.clientWidth")
    whole = tab.page.get_by_test_id("stMain").evaluate("n => n.scrollHeight - n.clientHeight")
    assert whole <= 0, "the page scrolls"


@pytest.mark.slow
@pytest.mark.browser
def test_the_table_says_in_words_who_claims_and_who_denies(page: Open, app_url: str) -> None:
    inside = table(page(width=1440, height=900), f"{app_url}/records")
    cells = inside.locator(f"tr[data-record={CHOSEN}] td").all_inner_texts()
    assert cells[4] == "Claimed by NRF, Taliban; No longer disputed by Taliban"
    assert cells[8] == "not stated (not the same as none)"


def lines_of(data: bytes) -> tuple[list[list[str]], str]:
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    end = lines.index([])
    return lines[:end], "\n".join(line[0] for line in lines[end + 1 :])


def test_the_files_hold_what_is_shown_and_say_what_they_lack(own: Workspace) -> None:
    rows, about = lines_of(shown_csv(own, ONLY_CLAIMED))
    shown = [record.id for record in shown_records(own, ONLY_CLAIMED)]
    assert rows[0] == list(COLUMNS)
    assert [row[0] for row in rows[1:]] == shown
    ledger = apply_view(ONLY_CLAIMED, own.located.table).ledger
    assert f"Records: {ledger.shown} of {ledger.total} in this file." in about
    for reason, count in ledger.out.items():
        assert not count or re.search(rf"\b{count} ", about), reason
    assert "verification status Claimed by a party only" in about
    book = load_workbook(io.BytesIO(shown_xlsx(own, ONLY_CLAIMED)), read_only=True)
    assert book.sheetnames == ["Records", "About this file"]
    assert [row[0] for row in book["Records"].iter_rows(values_only=True)] == ["id", *shown]
    assert [row[0] for row in book["About this file"].iter_rows(values_only=True)] == (
        about.split("\n")
    )


def test_what_is_not_stated_is_an_empty_cell_in_the_files(own: Workspace) -> None:
    book = load_workbook(io.BytesIO(shown_xlsx(own, View())), read_only=True)
    rows = [
        dict(zip(COLUMNS, row, strict=True)) for row in book["Records"].iter_rows(values_only=True)
    ]
    (offensive,) = (row for row in rows if row["id"] == CHOSEN)
    assert [offensive[f"killed_{name}"] for name in ("low", "best", "high")] == [None] * 3
    assert offensive["where"] == "map"


def test_no_cell_of_the_files_is_a_formula(country: Country) -> None:
    lure = '=HYPERLINK("http://tracker.example","x")'
    made = workspace(country, incident(title=lure))
    made = replace(
        made,
        reading=replace(
            made.reading, dossier=made.reading.dossier.model_copy(update={"title": lure})
        ),
    )
    rows, about = lines_of(shown_csv(made, View()))
    assert rows[1][COLUMNS.index("title")] == f"'{lure}"
    assert about.startswith(f"'{lure}")
    book = load_workbook(io.BytesIO(shown_xlsx(made, View(text="="))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
