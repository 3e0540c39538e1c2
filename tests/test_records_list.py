"""The list beside the map: what is shown, in an order, with its totals, in step with the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, open_map
from playwright.sync_api import Locator, expect

from geo.table.workspace import Workspace
from geo.view import UNNAMED, View, apply_view, say_totals, totals

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
IDS = "nodes => nodes.map((node) => node.dataset.record)"


@pytest.fixture
def tab(page: Open, map_file: Path) -> Tab:
    return open_map(page(width=1440, height=900), map_file)


def listed(tab: Tab) -> list[str]:
    found: list[str] = tab.page.locator(".im-records .im-item").evaluate_all(IDS)
    return found


def row(tab: Tab, record: str) -> Locator:
    return tab.page.locator(f".im-records .im-item[data-record={record}]")


def test_every_record_shown_is_listed_and_the_tab_counts_them(tab: Tab, own: Workspace) -> None:
    assert sorted(listed(tab)) == sorted(record.id for record in own.reading.dossier.records)
    expect(tab.page.locator("[data-side=records] .im-tally")).to_have_text("28")
    tab.page.locator(".im-row-toggle[data-group=nrf]").click(modifiers=["Alt"])
    shown = set(apply_view(View(off=off_but(own, "nrf")), own.located.table).table["record"])
    assert set(listed(tab)) == shown
    expect(tab.page.locator("[data-side=records] .im-tally")).to_have_text(str(len(shown)))


def off_but(own: Workspace, group: str) -> tuple[str, ...]:
    return tuple(key for key in (*own.reading.dossier.groups, UNNAMED) if key != group)


def test_the_totals_are_those_of_the_program(tab: Tab, own: Workspace) -> None:
    said = say_totals(totals(apply_view(View(), own.located.table)))
    figures = tab.page.locator(".im-list-totals li").all_inner_texts()
    deadly = tab.page.locator(".im-list-totals [title]").get_attribute("title")
    assert said == f"Fatalities: {' · '.join([*figures, str(deadly)])}"
    assert any("as claimed by parties only" in figure for figure in figures)


@pytest.mark.slow
def test_unstated_fatalities_come_after_none_and_undated_records_are_not_lost(
    tab: Tab, own: Workspace
) -> None:
    every = set(listed(tab))
    table = own.located.table.drop_duplicates("record").set_index("record")
    tab.page.locator(".im-order").select_option("killed")
    basis = [table.loc[record, "killed_basis"] for record in listed(tab)]
    first_silent = basis.index("not_stated")
    assert first_silent > 0
    assert set(basis[first_silent:]) <= {"not_stated", ""}
    for order in ("oldest", "group", "place", "dossier", "newest"):
        tab.page.locator(".im-order").select_option(order)
        assert set(listed(tab)) == every, order


def test_the_card_goes_on_in_the_order_of_the_list(tab: Tab) -> None:
    order = listed(tab)
    row(tab, order[2]).click()
    tab.page.locator("[data-key=next]").click()
    expect(tab.page.locator(".im-card")).to_have_attribute("data-record", order[3])
    tab.page.locator("[data-key=back]").click()
    expect(row(tab, order[3])).to_be_in_viewport()


def test_a_row_pointed_at_lifts_its_mark_and_a_mark_pointed_at_its_row(tab: Tab) -> None:
    record = "zawahiri-strike-2022" if "zawahiri-strike-2022" in listed(tab) else ""
    marks = tab.page.locator(".im-mark[data-record]")
    record = record or str(marks.first.get_attribute("data-record"))
    row(tab, record).hover()
    expect(tab.page.locator(".im-mark.is-pointed").first).to_have_attribute("data-record", record)
    tab.page.locator(".im-list-totals").hover()
    expect(tab.page.locator(".im-mark.is-pointed")).to_have_count(0)
    tab.page.locator(f".im-mark[data-record={record}]").first.hover()
    expect(row(tab, record)).to_be_in_viewport()
    assert "is-pointed" in str(row(tab, record).get_attribute("class"))


def test_arrows_go_from_row_to_row_and_enter_opens_the_card(tab: Tab) -> None:
    order = listed(tab)
    row(tab, order[0]).focus()
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("ArrowUp")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-card")).to_have_attribute("data-record", order[1])


def test_on_a_phone_the_list_is_one_tap_away(page: Open, map_file: Path) -> None:
    tab = open_map(page(width=390, height=844), map_file)
    tab.page.get_by_role("button", name="Records (28)").click()
    expect(tab.page.locator(".im-records .im-item").first).to_be_visible()
