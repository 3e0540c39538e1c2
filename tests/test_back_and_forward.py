"""Back leads to the view before, Forward to the one after, and nobody is kept on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, leave_by_back, open_map, page_script
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
STEPS = "() => history.length"


def settled(page: Page, end: str) -> None:
    page.wait_for_function("end => location.hash === end", arg=end)


@pytest.mark.slow
def test_back_and_forward_lead_through_what_was_done(page: Open, map_file: Path) -> None:
    tab = open_map(page(fresh=True), map_file)
    start = tab.page.evaluate(STEPS)
    tab.page.locator("[data-group=taliban]").click()
    settled(tab.page, "#off=taliban")
    tab.page.locator("[data-group=nrf]").click()
    settled(tab.page, "#off=nrf,taliban")
    assert tab.page.evaluate(STEPS) == start + 2
    tab.page.go_back()
    expect(tab.page.locator("[data-group=nrf]")).to_have_attribute("aria-checked", "true")
    expect(tab.page.locator("[data-group=taliban]")).to_have_attribute("aria-checked", "false")
    tab.page.go_back()
    expect(tab.page.locator("[data-group=taliban]")).to_have_attribute("aria-checked", "true")
    tab.page.go_forward()
    expect(tab.page.locator("[data-group=taliban]")).to_have_attribute("aria-checked", "false")
    tab.page.wait_for_timeout(500)
    assert tab.page.evaluate(STEPS) == start + 2, "going back is no act of its own"


@pytest.mark.slow
def test_moving_the_map_and_playing_make_no_steps_and_back_leaves_the_page(
    page: Open, map_file: Path
) -> None:
    tab = page(fresh=True)
    # However slowly a word is typed here, it is typed within one moment.
    tab.page.add_init_script("{ const now = Date.now(); Date.now = () => now; }")
    tab.page.goto("about:blank")
    open_map(tab, map_file)
    start = tab.page.evaluate(STEPS)
    for _ in range(3):
        before = tab.page.url
        tab.page.get_by_label("Zoom in").click()
        tab.page.wait_for_url(lambda url, before=before: url != before)
    assert "at=" in tab.page.evaluate("() => location.hash")
    tab.page.locator(".im-records .im-search").focus()
    for typed in ("k", "ka", "kab", "kabu", "kabul"):
        tab.page.keyboard.type(typed[-1])
        tab.page.wait_for_function(
            "typed => new URLSearchParams(location.hash.slice(1)).get('text') === typed", arg=typed
        )
    assert tab.page.evaluate(STEPS) == start + 1, "a word typed is one act"
    tab.page.go_back()
    tab.page.wait_for_function("() => !location.hash.includes('text=')")
    leave_by_back(tab.page)


def test_the_first_act_is_a_step_however_soon_it_comes(page: Open, map_file: Path) -> None:
    tab = page(fresh=True)
    tab.page.add_init_script(page_script("back_and_forward.js"))
    open_map(tab, map_file)
    settled(tab.page, "#off=taliban")
    assert tab.page.evaluate("() => history.length - window.lengthAtFirst") == 1
    tab.page.go_back()
    expect(tab.page.locator("[data-group=taliban]")).to_have_attribute("aria-checked", "true")


@pytest.mark.slow
def test_a_late_word_of_the_view_before_is_not_written_over_the_address_that_came(
    page: Open, map_file: Path
) -> None:
    tab = page(fresh=True)
    tab.page.add_init_script(page_script("late_answer.js"))
    open_map(tab, map_file)
    taliban = tab.page.locator("[data-group=taliban]")
    taliban.click()
    settled(tab.page, "#off=taliban")
    tab.page.evaluate("() => { window.isHeld = true; }")
    tab.page.go_back()
    expect(taliban).to_have_attribute("aria-checked", "true")
    tab.page.go_forward()
    expect(taliban).to_have_attribute("aria-checked", "false")
    settled(tab.page, "#off=taliban")
