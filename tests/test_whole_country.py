"""What is about the whole country is seen: a badge beside its outline, counted with the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, open_map
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]


def badge(tab: Tab) -> Locator:
    return tab.page.locator(".im-plate.is-country")


def counted(tab: Tab) -> int:
    """How many records the badge counts, in all of its signs."""
    return sum(int(text) for text in badge(tab).locator(".im-chip b").all_inner_texts())


def in_ledger(tab: Tab) -> int:
    part = tab.page.locator("[data-standing=country] b")
    return int(part.inner_text()) if part.count() else 0


@pytest.mark.slow
def test_the_badge_of_the_whole_country_counts_what_the_record_count_says(
    page: Open, map_file: Path
) -> None:
    for end in ("", "#mode=provinces"):
        tab = open_map(page(), map_file, end)
        expect(badge(tab)).to_have_count(1)
        expect(badge(tab)).to_contain_text("Whole country")
        assert (counted(tab), in_ledger(tab)) == (12, 9), "three name a place as well"
        name = badge(tab).get_attribute("aria-label") or ""
        assert name.startswith("Whole country: 12 records, about the whole country. NRF ")
        # It is a box with a heading, neither tied to a place nor drawn at one.
        assert badge(tab).locator("xpath=..").locator(".im-leader").count() == 0
        assert badge(tab).evaluate("node => node.closest('.im-crowd')") is None
        parts = tab.page.locator(".im-ledger-part b").all_inner_texts()
        assert sum(map(int, parts)) == 28
        assert tab.errors == []


def test_a_group_that_is_reported_in_the_whole_country_does_not_look_small(
    page: Open, map_file: Path
) -> None:
    tab = open_map(page(), map_file)
    row = tab.page.locator(".im-row-toggle[data-group=al-qaeda]")
    row.click(modifiers=["Alt"])
    shown = int(tab.page.locator(".im-sides .im-tally").first.inner_text())
    expect(badge(tab)).to_be_visible()
    assert shown == 7
    assert (counted(tab), in_ledger(tab)) == (4, 4)
    row.click(modifiers=["Alt"])
    tab.page.evaluate("location.hash = '#from=2022-04-01&to=2022-06-30'")
    expect(tab.page.locator(".im-ledger-total strong")).not_to_have_text("17")
    assert badge(tab).count() == (1 if in_ledger(tab) else 0)
    assert tab.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_the_badge_opens_its_list_by_keys_and_one_record_its_card(
    page: Open, map_file: Path, width: int
) -> None:
    tab = open_map(page(width=width, height=844), map_file)
    badge(tab).focus()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-detail h2")).to_have_text("Whole country")
    assert tab.page.locator(".im-detail .im-item").count() == 12
    tab.page.keyboard.press("Escape")
    tab.page.evaluate("location.hash = '#text=throughout'")
    expect(badge(tab)).to_have_attribute("title", re.compile("1 record$"))
    badge(tab).click()
    expect(tab.page.locator(".im-card")).to_be_visible()
    # The outline of the country is marked, and nothing in it is hatched.
    assert tab.page.locator("path.im-area-chosen").count() == 1
    assert tab.page.locator("path.im-hatch-chosen").count() == 0
    assert tab.errors == []
