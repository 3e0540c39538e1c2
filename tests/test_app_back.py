"""Back and Forward in the app: each act is one step, and Back leaves in the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from browsing import Tab, leave_by_back, stands
from dossiers import copy_of_data, dossier_bytes, incident
from playwright.sync_api import FrameLocator, Page, expect
from recording import SHARE

from geo.app.trail import ONE_ACT, Trail
from geo.view import View
from geo.view.reading import Viewport

Open = Callable[..., Tab]
STEPS = "() => history.length"


def opened(tab: Tab, url: str) -> FrameLocator:
    tab.page.goto("about:blank")
    tab.page.goto(url)
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-ledger-total").wait_for(state="attached", timeout=60_000)
    stands(tab.page)
    return inside


def switch(inside: FrameLocator, group: str) -> None:
    inside.locator(f".im-row-toggle[data-group={group}]").click()


def expect_groups(page: Page, **checked: str) -> None:
    rows = page.frame_locator("iframe")
    for group, is_on in checked.items():
        row = rows.locator(f".im-row-toggle[data-group={group}]")
        expect(row).to_have_attribute("aria-checked", is_on)


@pytest.mark.slow
@pytest.mark.browser
def test_back_and_forward_lead_through_the_views_and_out_of_the_app(
    page: Open, app_url: str
) -> None:
    tab = page(width=1440, height=900, fresh=True)
    inside = opened(tab, app_url)
    start = tab.page.evaluate(STEPS)
    switch(inside, "nrf")
    tab.page.wait_for_url(re.compile(r"off=nrf(&|$)"))
    stands(tab.page)
    switch(inside, "aff")
    tab.page.wait_for_url(re.compile(r"off=aff(,|%2C)nrf"))
    stands(tab.page)
    assert tab.page.evaluate(STEPS) == start + 2
    tab.page.go_back()
    expect_groups(tab.page, nrf="false", aff="true")
    expect(inside.locator("[data-standing=off]")).to_have_text("7 switched off")
    stands(tab.page)
    tab.page.go_back()
    expect_groups(tab.page, nrf="true", aff="true")
    stands(tab.page)
    assert "off=" not in tab.page.url
    tab.page.go_forward()
    expect_groups(tab.page, nrf="false", aff="true")
    stands(tab.page)
    assert "off=nrf" in tab.page.url
    assert tab.page.evaluate(STEPS) == start + 2, "going back is no act of its own"
    tab.page.go_back()
    expect_groups(tab.page, nrf="true", aff="true")
    stands(tab.page)
    leave_by_back(tab.page)


@pytest.mark.slow
@pytest.mark.browser
def test_a_card_opened_on_the_map_is_closed_by_back(page: Open, app_url: str) -> None:
    tab = page(width=1440, height=900, fresh=True)
    inside = opened(tab, app_url)
    inside.locator(".im-mark[data-record=interior-ministry-attack-2024]").click()
    tab.page.wait_for_url("**/?chosen=interior-ministry-attack-2024*")
    stands(tab.page)
    tab.page.go_back()
    expect(inside.locator(".im-card[data-record=interior-ministry-attack-2024]")).to_have_count(0)
    tab.page.go_forward()
    inside.locator(".im-card[data-record=interior-ministry-attack-2024]").wait_for()


@pytest.mark.slow
@pytest.mark.browser
def test_back_and_forward_in_quick_succession_end_where_the_browser_is(
    page: Open, app_url: str
) -> None:
    tab = page(width=1440, height=900, fresh=True)
    inside = opened(tab, app_url)
    inside.locator(".im-mark[data-record=interior-ministry-attack-2024]").click()
    tab.page.wait_for_url("**/?chosen=interior-ministry-attack-2024*")
    card = inside.locator(".im-card[data-record=interior-ministry-attack-2024]")
    # The document answers after a quarter of a second, and is heard 150 ms later.
    for pause in (0, 150, 220, 260, 300, 340, 400)[:: 1 if SHARE else 3]:
        expect(card).to_have_count(1)
        stands(tab.page)
        tab.page.go_back()
        tab.page.wait_for_timeout(pause)
        tab.page.go_forward()
        # Long enough for a late answer to undo it.
        tab.page.wait_for_timeout(1000)
        expect(card).to_have_count(1)
        assert "chosen=interior-ministry-attack-2024" in tab.page.url, pause


@pytest.mark.slow
@pytest.mark.browser
def test_moving_the_map_is_no_step_and_stands_in_the_address(page: Open, app_url: str) -> None:
    tab = page(width=1440, height=900, fresh=True)
    inside = opened(tab, app_url)
    start = tab.page.evaluate(STEPS)
    for _ in range(3):
        inside.get_by_label("Zoom in").click()
        tab.page.wait_for_timeout(700)
        stands(tab.page)
    tab.page.wait_for_url("**/?at=*")
    assert tab.page.evaluate(STEPS) == start
    switch(inside, "nrf")
    tab.page.wait_for_url("**/?off=nrf*at=*")
    stands(tab.page)
    assert tab.page.evaluate(STEPS) == start + 1
    tab.page.go_back()
    expect_groups(tab.page, nrf="true")
    stands(tab.page)
    leave_by_back(tab.page)


@pytest.mark.slow
@pytest.mark.browser
def test_pages_are_one_step_each_and_the_view_comes_back_with_the_map(
    page: Open, app_url: str
) -> None:
    tab = page(width=1440, height=900, fresh=True)
    inside = opened(tab, app_url)
    start = tab.page.evaluate(STEPS)
    switch(inside, "nrf")
    tab.page.wait_for_url("**/?off=nrf*")
    stands(tab.page)
    tab.page.get_by_role("link", name="Sources").click()
    tab.page.get_by_role("heading", name="Groups").wait_for()
    stands(tab.page)
    tab.page.get_by_role("link", name="Map", exact=True).click()
    tab.page.wait_for_url("**/?off=nrf*")
    expect_groups(tab.page, nrf="false")
    stands(tab.page)
    assert tab.page.evaluate(STEPS) == start + 3
    tab.page.go_back()
    tab.page.get_by_role("heading", name="Groups").wait_for()
    stands(tab.page)
    tab.page.go_back()
    expect_groups(tab.page, nrf="false")
    stands(tab.page)
    tab.page.go_back()
    expect_groups(tab.page, nrf="true")
    stands(tab.page)
    leave_by_back(tab.page)


@pytest.mark.slow
@pytest.mark.browser
def test_an_address_that_names_what_is_not_there_never_traps(page: Open, app_url: str) -> None:
    tab = page(width=1440, height=900, fresh=True)
    inside = opened(tab, f"{app_url}/?chosen=no-such-record&off=%3Cb%3E")
    switch(inside, "nrf")
    tab.page.wait_for_url("**/?off=nrf*")
    stands(tab.page)
    steps = tab.page.evaluate(STEPS)
    tab.page.go_back()
    expect_groups(tab.page, nrf="true")
    stands(tab.page)
    tab.page.wait_for_timeout(600)
    stands(tab.page)
    assert tab.page.evaluate(STEPS) == steps
    leave_by_back(tab.page)


@pytest.mark.slow
@pytest.mark.browser
def test_data_that_change_under_the_map_are_no_step(
    page: Open, app_of: Callable[..., str], data_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "changing")
    (folder / "incidents.yaml").write_bytes(dossier_bytes(incident()))
    tab = page(width=1440, height=900, fresh=True)
    inside = opened(tab, app_of(folder))
    switch(inside, "nrf")
    tab.page.wait_for_url("**/?off=nrf*")
    stands(tab.page)
    start = tab.page.evaluate(STEPS)
    (folder / "incidents.yaml").write_bytes(dossier_bytes(incident(), incident(id="second")))
    switch(inside, "nrf")
    expect(inside.locator(".im-ledger-total b")).to_have_text("2")
    stands(tab.page)
    assert tab.page.evaluate(STEPS) == start + 1
    tab.page.go_back()
    expect_groups(tab.page, nrf="false")
    expect(inside.locator(".im-ledger-total")).to_contain_text("2")
    stands(tab.page)
    tab.page.go_back()
    expect_groups(tab.page, nrf="true")
    stands(tab.page)
    leave_by_back(tab.page)


def test_a_word_typed_is_one_step_and_a_later_one_another() -> None:
    trail = Trail(View())
    steps = [
        trail.keep(View(text=text), by_hand=True, now=now)
        for text, now in (("k", 0.0), ("ka", 1.5), ("kab", 3.0), ("kabul", 3.0 + ONE_ACT))
    ]
    assert steps == [True, False, False, True]


def test_what_the_page_does_by_itself_is_no_step() -> None:
    trail = Trail(View(chosen="no-such-record"))
    assert not trail.keep(View(), by_hand=False, now=0.0)
    assert not trail.keep(View(viewport=Viewport(34.5, 69, 7)), by_hand=True, now=1.0)
    assert trail.address().query == "at=34.5%2C69%2C7"
    trail.follow(View(first=date(2024, 1, 1)))
    assert trail.keep(View(first=date(2024, 2, 1)), by_hand=True, now=1.1)
