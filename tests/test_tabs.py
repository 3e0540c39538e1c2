"""A page that one test hands on to another remembers nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import page_script
from playwright.sync_api import Browser
from tabs import Tabs, remembered_field

pytestmark = pytest.mark.browser
LEAVE_TRACES = page_script("tabs.js", "leaveTraces")
TRACES = page_script("tabs.js", "traces")


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Tabs]:
    made = Tabs(browser)
    yield made
    made.take_back()
    for tab in made.idle:
        tab.page.context.close()
    if made.shared:
        made.shared.close()


def test_a_page_that_is_handed_on_remembers_nothing(tabs: Tabs, app_url: str) -> None:
    health = f"{app_url}/_stcore/health"
    link = "document.body.innerHTML = '<a href=x style=\"position:fixed;inset:0\">x</a>'"
    first = tabs.open(theme="dark", width=900, reduced_motion="reduce")
    first.page.goto(health)
    first.page.evaluate(link)
    first.page.mouse.move(300, 300)
    first.page.evaluate(LEAVE_TRACES)
    before = first.page.evaluate(TRACES)
    assert before == [1, 1, True, "behind", 1, 900, True, True]
    assert first.errors == ["of this test alone"]
    tabs.take_back()
    again = tabs.open()
    assert again is first
    again.page.goto(health)
    again.page.evaluate(link)
    assert again.page.evaluate(TRACES) == [0, 0, False, "", 0, 1280, False, False]
    assert [urlsplit(url).path for url in again.requests] == ["/_stcore/health"]
    assert again.errors == []


def test_what_no_page_forgets_asks_for_a_page_of_its_own(tabs: Tabs, map_file: Path) -> None:
    tab = tabs.open()
    for thing, name in remembered_field(tab.page):
        with pytest.raises(AssertionError, match="alone=True"):
            getattr(thing, name)()
    own = tabs.open(alone=True)
    own.page.add_init_script("window.left = 'behind'")
    own.page.goto(map_file.as_uri())
    assert own.page.evaluate("left") == "behind"
    tabs.take_back()
    assert own.page.is_closed()
    assert tabs.open() is tab


def test_a_fresh_page_has_no_past_and_leaves_none(tabs: Tabs, app_url: str) -> None:
    health = f"{app_url}/_stcore/health"
    first, beside = tabs.open(fresh=True, width=900), tabs.open(fresh=True)
    first.page.add_init_script("window.left = 'behind'")
    first.page.goto(health)
    first.page.evaluate(LEAVE_TRACES)
    beside.page.goto(health)
    assert beside.page.evaluate("[innerWidth, window.left ?? '', history.length]") == [1280, "", 2]
    with first.page.expect_popup():
        first.page.evaluate("() => { open('about:blank'); }")
    with pytest.raises(AssertionError, match="alone=True"):
        first.page.context.set_offline(True)
    tabs.take_back()
    assert first.page.is_closed()
    assert beside.page.is_closed()
    again = tabs.open(fresh=True)
    assert again.page.context.pages == [again.page]
    again.page.goto(health)
    assert again.page.evaluate("[window.left ?? '', history.length]") == ["", 2]
    assert again.page.evaluate(TRACES) == [0, 0, False, "", 0, 1280, False, False]
