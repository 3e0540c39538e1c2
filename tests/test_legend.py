"""The legend is the toggle: its rows, the counters at the foot, and the keys of the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from browsing import ROOT, Tab, open_map, page_script
from playwright.sync_api import Page, expect
from test_filters import seeded, views

from geo.table.workspace import Workspace
from geo.view import View, apply_view, say_filters
from geo.wording.vocabulary import STATUSES

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
ROWS = page_script("legend.js", "legendRows")
TAKE = page_script("legend.js", "takeView")
KEYS = page_script("legend.js", "keysListed")
SCRIPTS = ROOT / "geo/webmap/js"
NATIVE = {"pan", "zoom", "pick"}
"""Leaflet's own keys, and the key of a button: no script of ours asks for them."""


@pytest.fixture
def tab(page: Open, map_file: Path) -> Tab:
    return open_map(page(width=1440, height=900), map_file)


def shown(page: Page) -> int:
    """How many records the ledger says are shown: drawn or not mapped."""
    beside = page.locator(".is-beside .im-ledger-part b").all_inner_texts()
    return int(page.locator(".im-ledger-total strong").inner_text()) + sum(map(int, beside))


def all_but(status: str) -> tuple[str, ...]:
    return tuple(sorted(one.key for one in STATUSES if one.key != status))


def test_a_row_of_the_legend_switches_like_a_group(tab: Tab, own: Workspace) -> None:
    before = tab.page.evaluate(ROWS)
    disputed = tab.page.locator("[data-choice='statuses:disputed']")
    sign = disputed.locator(".im-symbol").inner_html()
    disputed.click()
    ledger = apply_view(View(statuses=all_but("disputed")), own.located.table).ledger
    assert shown(tab.page) == ledger.shown
    expect(tab.page.locator("[data-standing=status] b")).to_have_text(str(ledger.out["status"]))
    expect(tab.page.locator(".im-foot [data-chip]")).to_contain_text("all but Disputed")
    expect(disputed).to_have_attribute("aria-checked", "false")
    expect(disputed).to_have_attribute("aria-label", re.compile(", switched off$"))
    assert disputed.locator(".im-symbol").inner_html() == sign
    tab.page.wait_for_url("**#statuses=claimed_only,corroborated,refuted,reported,verified")
    tab.page.get_by_role("button", name="Show all: Verification status").click()
    assert tab.page.evaluate(ROWS) == before
    expect(tab.page.locator("[data-chip]")).to_have_count(0)


@pytest.mark.slow
def test_each_row_says_how_many_it_would_show_with_all_else_unchanged(
    tab: Tab, own: Workspace
) -> None:
    table = own.located.table
    asked = [View(), *views(seeded(5), own, 12)]
    totals = {}
    for view in asked:
        tab.page.evaluate(TAKE, view.to_message())
        for choice, (is_on, count, total) in tab.page.evaluate(ROWS).items():
            name, value = choice.split(":")
            chosen = getattr(view, name)
            assert is_on is (not chosen or value in chosen), (view, choice)
            alone = View.from_message(view.to_message() | {name: [value]})
            assert count == apply_view(alone, table).ledger.shown, (view, choice)
            assert totals.setdefault(choice, total) == total
    assert len(totals) > 9


def test_only_and_restore_and_the_last_one_off(tab: Tab) -> None:
    reported = tab.page.locator(
        ".im-row", has=tab.page.locator("[data-choice='statuses:reported']")
    )
    reported.hover()
    reported.locator(".im-only").click()
    on = {key for key, (is_on, *_) in tab.page.evaluate(ROWS).items() if is_on}
    assert {key for key in on if key.startswith("statuses")} == {"statuses:reported"}
    tab.page.wait_for_url("**#statuses=reported")
    reported.locator(".im-only").click()
    expect(tab.page.locator("[data-chip]")).to_have_count(0)
    # No address says "none of them": switching off the last one brings all back.
    tab.page.click("[data-choice='kinds:incident']")
    expect(tab.page.locator(".im-foot [data-chip='kinds:presence']")).to_be_visible()
    tab.page.click("[data-choice='kinds:presence']")
    expect(tab.page.locator("[data-chip]")).to_have_count(0)


def test_shift_alt_and_double_clicks_work_on_every_row_at_once(tab: Tab) -> None:
    page = tab.page
    page.locator("[data-group=nrf] ~ .im-unfold").click()
    layers = page.locator("[data-layer^='nrf/']")
    layers.nth(1).click()
    layers.nth(3).click(modifiers=["Shift"])
    off = [one.get_attribute("aria-checked") for one in layers.all()]
    assert off == ["true", "false", "false", "false"]
    assert page.evaluate("() => getSelection().toString()") == ""
    layers.nth(2).click(modifiers=["Alt"])
    on = page.locator("[data-layer][aria-checked=true], [data-group][aria-checked=true]")
    expect(on).to_have_count(1)
    layers.nth(2).dblclick()
    page.locator(".im-section-head .im-text-button").click()
    page.click("[data-choice='precisions:province']")
    page.locator("[data-choice='precisions:country']").click(modifiers=["Shift"])
    rows = page.evaluate(ROWS)
    assert [rows[f"precisions:{one}"][0] for one in ("settlement", "province", "region",
                                                     "country", "unknown")] == [
        True, False, False, False, True]  # fmt: skip
    assert tab.errors == []


def test_what_the_legend_switches_is_no_longer_among_the_filters(tab: Tab) -> None:
    tab.page.click(".im-filters-toggle")
    fields = tab.page.locator(".im-field").evaluate_all("all => all.map(n => n.dataset.field)")
    assert {"attributions", "sources", "provinces"} < set(fields)
    assert not {"statuses", "kinds", "precisions"} & set(fields)


def test_a_collapsed_section_says_that_it_hides_something(page: Open, map_file: Path) -> None:
    tab = open_map(page(width=390, height=844, has_touch=True), map_file)
    tab.page.locator("[data-key='tab:layers']").click()
    fold = tab.page.locator("[data-key='legend:statuses']")
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(fold).to_have_text("Verification status")
    fold.click()
    tab.page.click("[data-choice='statuses:disputed']")
    fold.click()
    expect(fold).to_contain_text("1 off")
    expect(tab.page.locator("[data-choice='statuses:disputed']")).to_be_hidden()
    height = tab.page.locator("[data-choice='kinds:incident']")
    tab.page.locator("[data-key='legend:kinds']").click()
    box = height.bounding_box()
    assert box is not None
    assert box["height"] >= 36


def test_province_totals_and_a_frame_without_panels_have_the_switches(
    page: Open, map_file: Path
) -> None:
    tab = open_map(page(width=1440, height=900), map_file, "#mode=provinces")
    tab.page.click("[data-choice='statuses:claimed_only']")
    tab.page.wait_for_url("**statuses=*")
    # Nothing is drawn at a point here, so no row has the sign of one.
    town = tab.page.locator("[data-choice='precisions:settlement'] .im-row-symbol")
    expect(town).to_be_hidden()
    tab.page.goto("about:blank")
    open_map(tab, map_file, "#panel=none")
    tab.page.click("[data-sheet=legend]")
    tab.page.click(".im-strip-sheet [data-choice='kinds:incident']")
    expect(tab.page.locator(".im-foot [data-chip='kinds:presence']")).to_be_attached()
    assert tab.errors == []


def test_beside_another_period_the_rows_count_a_and_say_so(
    page: Open, map_file: Path, own: Workspace
) -> None:
    end = "#from=2022-01-01&to=2022-12-31&compare=2024-01-01,2024-12-31"
    tab = open_map(page(width=1440, height=900), map_file, end)
    expect(tab.page.locator("[data-key='legend:statuses']")).to_have_text(
        "Verification status in A"
    )
    view = View(first=date(2022, 1, 1), last=date(2022, 12, 31), kinds=("incident",))
    shown_in_a = tab.page.evaluate(ROWS)["kinds:incident"][1]
    assert shown_in_a == apply_view(view, own.located.table).ledger.shown


# The counters at the foot


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
def test_a_counter_filters_to_what_it_counts_and_gives_all_back(
    page: Open, map_file: Path, own: Workspace, width: int
) -> None:
    tab = open_map(page(width=width, height=844), map_file)
    counter = tab.page.locator("[data-counter=claimed_only]")
    expect(counter).to_have_attribute("title", "Filter: only claimed by a party only")
    counter.focus()
    tab.page.keyboard.press("Enter")
    ledger = apply_view(View(statuses=("claimed_only",)), own.located.table).ledger
    assert shown(tab.page) == ledger.shown
    expect(counter).to_be_focused()
    expect(counter).to_have_attribute("aria-pressed", "true")
    expect(counter).to_have_attribute("title", "Filter is on: show all again")
    tab.page.keyboard.press("Space")
    expect(counter).to_have_attribute("aria-pressed", "false")
    assert shown(tab.page) == len(own.reading.dossier.records)
    # Nothing in the project's own data is verified, and a part still opens its list.
    expect(tab.page.locator("[data-counter=verified]")).to_be_disabled()
    part = tab.page.locator(".im-ledger-part[data-standing=country]")
    expect(part).to_have_attribute("title", "List: Country-wide")
    part.click()
    expect(tab.page.locator(".im-detail-body h2")).to_have_text("Country-wide")


# Keys


def test_digits_switch_groups_at_once_but_never_while_somebody_types(tab: Tab) -> None:
    page = tab.page
    first = page.locator("[data-group]").first
    page.keyboard.press("1")
    expect(first).to_have_attribute("aria-checked", "false")
    # A checkbox is no field to type into.
    page.get_by_role("region", name="Time").get_by_label("Certain dates only").check()
    page.keyboard.press("1")
    expect(first).to_have_attribute("aria-checked", "true")
    for css in (".im-find", ".im-records .im-search", ".im-time-date >> nth=0", ".im-order"):
        page.locator(css).focus()
        page.keyboard.press("1")
        page.keyboard.press("?")
        expect(first).to_have_attribute("aria-checked", "true")
        expect(page.locator(".im-keys")).to_be_hidden()


def test_a_question_mark_shows_the_keys_and_escape_closes_only_that(
    page: Open, map_file: Path
) -> None:
    tab = open_map(page(width=1280, height=720), map_file, "#chosen=northern-offensive-2022")
    tab.page.keyboard.press("?")
    dialog = tab.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("n => n.scrollHeight <= n.clientHeight")
    tab.page.keyboard.press("1")
    expect(tab.page.locator("[data-group]").first).to_have_attribute("aria-checked", "true")
    tab.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(tab.page.locator(".im-card")).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator(".im-card")).to_have_count(0)


def test_a_key_right_after_the_list_of_keys_has_closed_is_not_lost(
    page: Open, map_file: Path
) -> None:
    tab = open_map(page(width=1280, height=720), map_file, "#chosen=northern-offensive-2022")
    tab.page.keyboard.press("?")
    expect(tab.page.get_by_role("dialog", name="Keys")).to_be_visible()
    # Until the next frame the focus stays in the dialog that has closed.
    tab.page.evaluate(
        "() => { document.querySelector('.im-keys').close();"
        " document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'Escape', bubbles: true, cancelable: true })); }"
    )
    expect(tab.page.locator(".im-card")).to_have_count(0)


def test_the_dialog_and_the_page_on_keys_list_what_the_scripts_ask_for(tab: Tab) -> None:
    table = (SCRIPTS / "core/keys.js").read_text(encoding="utf-8")
    names = set(re.findall(r"^  (\w+): \{ where:", table, flags=re.MULTILINE))
    asked: set[str] = set()
    for path in SCRIPTS.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"pressed\(event, '(\w+)'\)", text))
        if path.name != "keys.js":
            assert not re.search(r"\b(event|e)\.(key|code|keyCode)\b", text), path.name
    assert names - NATIVE == asked
    listed = tab.page.evaluate(KEYS)
    assert len(listed) == len(names) > 25
    docs = (ROOT / "docs/reference/map.md").read_text(encoding="utf-8")
    anywhere = [does for keys, does in listed][: len(re.findall("where: ANYWHERE", table))]
    assert [does for does in anywhere if f" | {does} |" not in docs] == []


def test_most_of_a_scale_is_said_by_what_is_missing(own: Workspace) -> None:
    said = say_filters(View(statuses=all_but("disputed")), own)
    assert said == ("verification status all but Disputed",)
    assert say_filters(View(statuses=("disputed", "refuted")), own) == (
        "verification status Disputed or Refuted",
    )
