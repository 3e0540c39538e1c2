"""Every page can be used by keyboard, read by a screen reader, and told apart without colour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from browsing import Tab
from playwright.sync_api import Frame, Page, expect

from geo.web_map import document
from geo.workspace import Workspace

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
DONE = '[data-testid=stApp][data-test-script-state="notRunning"]'
MOST_PRESSES = 400
# Streamlit makes its drop zone a section with a name and the role "presentation"; not in our reach.
NOT_OURS = ("[data-testid=stFileUploaderDropzone]",)

# What a keyboard must come to. Of points that exclude each other, Tab comes to one.
WANTED = """() => {
  const css = 'button, input, select, textarea, summary, a[href], [role=slider], [role=checkbox]';
  window.wanted = [...document.querySelectorAll(css)].filter((node) =>
    !node.disabled && node.type !== 'radio' && node.getBoundingClientRect().width > 0 &&
    node.checkVisibility({visibilityProperty: true}));
  return window.wanted.map((node) => node.outerHTML.slice(0, 160));
}"""
# What has the focus: its place in the list above, its name, and how many sides of its outline
# no box around it cuts off.
FOCUSED = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  window.others = window.others || [];
  if (!window.wanted.includes(node) && !window.others.includes(node)) window.others.push(node);
  const at = window.wanted.indexOf(node);
  const labels = [...(node.labels || [])].map((label) => label.innerText);
  const by = (node.getAttribute('aria-labelledby') || '').split(' ')
    .map((id) => (document.getElementById(id) || {}).innerText);
  const name = [node.getAttribute('aria-label'), ...by, ...labels,
    node.matches('button, summary, a') ? node.innerText : '', node.title];
  const style = getComputedStyle(node);
  const width = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
  const far = width + parseFloat(style.outlineOffset) - 0.5;
  const box = node.getBoundingClientRect();
  const edges = [box.left - far, box.top - far, -box.right - far, -box.bottom - far];
  const seen = [true, true, true, true];
  for (let over = node.parentElement; over; over = over.parentElement) {
    if (getComputedStyle(over).overflow === 'visible') continue;
    const room = over.getBoundingClientRect();
    [room.left, room.top, -room.right, -room.bottom].forEach((limit, i) => {
      if (edges[i] < limit - 0.5) seen[i] = false;
    });
  }
  return {
    at: at < 0 ? -1 - window.others.indexOf(node) : at,
    html: node.outerHTML.slice(0, 160),
    name: name.filter(Boolean).join(' ').trim(),
    sides: width < 1 ? 0 : seen.filter(Boolean).length,
  };
}"""
MOVING = """() => document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().duration > 10)
  .map((one) => one.effect.target.outerHTML.slice(0, 160))"""
LASTING = """() => [...document.querySelectorAll('*')].filter((node) => {
  const style = getComputedStyle(node);
  return [style.transitionDuration, style.animationDuration].some((all) =>
    all.split(',').some((one) => parseFloat(one) > 0.01));
}).map((node) => node.outerHTML.slice(0, 160))"""
PLACED = """() => ['.leaflet-map-pane', '.im-mark'].map((css) => {
  const node = document.querySelector(css);
  return node && JSON.stringify(node.getBoundingClientRect());
})"""


@pytest.fixture(scope="module")
def file(own: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reader") / "map.html"
    path.write_text(document(own.reading, own.located, own.country), encoding="utf-8")
    return path


def violations(where: Page | Frame, excluded: tuple[str, ...] = ()) -> list[str]:
    where.evaluate(AXE)
    context: dict[str, Any] = {"include": [["html"]], "exclude": [[css] for css in excluded]}
    found = where.evaluate("context => axe.run(context)", context)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("theme", "width", "height", "end"),
    [
        ("light", 1440, 900, ""),
        ("dark", 1440, 900, "#chosen=northern-offensive-2022"),
        ("light", 1440, 900, "#province=AF-PAN&mode=provinces"),
        ("light", 820, 1180, "#chosen=northern-offensive-2022"),
        ("dark", 390, 844, ""),
        ("light", 390, 844, "#chosen=northern-offensive-2022"),
    ],
)
def test_the_document_has_no_violation(
    page: Open, file: Path, theme: str, width: int, height: int, end: str
) -> None:
    tab = page(theme=theme, width=width, height=height)
    tab.page.goto(file.as_uri() + end)
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    assert violations(tab.page) == []


def shown(tab: Tab, url: str) -> None:
    """Open a page of the app and wait until all of it stands."""
    tab.page.goto(url)
    tab.page.get_by_role("link", name="Method").wait_for()
    tab.page.locator(DONE).wait_for()
    tab.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("path", ["", "records", "sources", "changes", "method"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_the_app_has_a_violation(
    page: Open, app_url: str, path: str, theme: str
) -> None:
    tab = page(theme=theme, width=1440, height=900)
    shown(tab, f"{app_url}/{path}")
    assert violations(tab.page, NOT_OURS) == []
    assert steps_of_headings(tab.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_changes_in_the_app_have_no_violation(
    page: Open, app_url: str, data_folder: Path, tmp_path: Path, theme: str
) -> None:
    now = (data_folder / "incidents.yaml").read_text(encoding="utf-8")
    earlier = tmp_path / "earlier.yaml"
    earlier.write_text(now.replace("Attack on the Interior", "Attack at the Interior"), "utf-8")
    assert earlier.read_text(encoding="utf-8") != now
    tab = page(theme=theme, width=1440, height=900)
    shown(tab, f"{app_url}/changes")
    tab.page.locator("input[type=file]").set_input_files(earlier)
    tab.page.get_by_role("heading", name="The changed records on the map").wait_for()
    tab.page.locator(DONE).wait_for()
    assert violations(tab.page, NOT_OURS) == []
    assert steps_of_headings(tab.page) == []


def steps_of_headings(page: Page) -> list[str]:
    """Headings that stand more than one level below the one before them, or a second title."""
    read = "nodes => nodes.map(node => [Number(node.tagName[1]), node.innerText])"
    headings = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(read)
    levels = [1, *(level for level, _ in headings)]
    deep = [
        text for (level, text), above in zip(headings, levels, strict=False) if level > above + 1
    ]
    return deep + [text for level, text in headings if level == 1][1:]


# By keys alone


@pytest.fixture
def keys(page: Open, file: Path) -> Page:
    return opened(page(width=1440, height=900), file)


def opened(tab: Tab, file: Path) -> Page:
    tab.page.goto(file.as_uri())
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    tab.page.locator(".im-mark").first.wait_for()
    return tab.page


def tab_to(page: Page, css: str) -> None:
    """Press Tab until the focus is on what is looked for."""
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if is_on(page, css):
            return
    pytest.fail(f"Tab never came to {css}")


def is_on(page: Page, css: str) -> bool:
    found: bool = page.evaluate("css => document.activeElement.matches(css)", css)
    return found


def drawn(page: Page) -> int:
    return int(page.locator(".im-ledger-total strong").inner_text())


def unfold_filters(page: Page) -> None:
    tab_to(page, ".im-filters-toggle")
    page.keyboard.press("Enter")
    expect(page.locator(".im-search")).to_be_visible()


def walked(page: Page) -> list[dict[str, Any]]:
    """All that Tab comes to, in its order, until it comes round."""
    found: list[dict[str, Any]] = []
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if one and any(one["at"] == other["at"] for other in found):
            break
        if one:
            found.append(one)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_tab_comes_to_everything_and_shows_where_it_is(page: Open, file: Path, theme: str) -> None:
    tab = opened(page(theme=theme, width=1440, height=900), file)
    unfold_filters(tab)
    tab.evaluate("() => document.activeElement.blur()")
    wanted = tab.evaluate(WANTED)
    found = walked(tab)
    assert len(wanted) > 60
    reached = {one["at"] for one in found}
    assert [html for at, html in enumerate(wanted) if at not in reached] == []
    assert [one["html"] for one in found if not one["name"]] == []
    assert [one["html"] for one in found if one["sides"] < 2] == []


def test_tab_comes_to_everything_in_a_card(page: Open, file: Path) -> None:
    tab = page(width=1440, height=900)
    tab.page.goto(file.as_uri() + "#chosen=northern-offensive-2022")
    tab.page.locator(".im-card").wait_for()
    wanted = tab.page.evaluate(WANTED)
    found = walked(tab.page)
    reached = {one["at"] for one in found}
    assert [html for at, html in enumerate(wanted) if at not in reached] == []
    assert [one["html"] for one in found if not one["name"] or one["sides"] < 2] == []


def test_space_switches_a_group(keys: Page) -> None:
    row = ".im-row-toggle[data-group=nrf]"
    before = drawn(keys)
    tab_to(keys, row)
    keys.keyboard.press("Space")
    expect(keys.locator(row)).to_have_attribute("aria-checked", "false")
    assert drawn(keys) < before
    assert is_on(keys, row)
    keys.keyboard.press("Space")
    expect(keys.locator(row)).to_have_attribute("aria-checked", "true")
    assert drawn(keys) == before


def test_enter_on_a_badge_opens_the_list_of_its_province(keys: Page) -> None:
    badge = '.im-plate[title$=" records"]:not(.is-region):not(.im-stack)'
    tab_to(keys, badge)
    title = keys.evaluate("() => document.activeElement.title")
    keys.keyboard.press("Enter")
    expect(keys.locator(".im-detail-body h2")).to_have_text(title.split(":")[0])
    expect(keys.locator(".im-detail-body .im-item").first).to_be_visible()
    assert is_on(keys, f'.im-plate[title="{title}"]')
    keys.keyboard.press("Escape")
    expect(keys.locator(".im-detail-body h2")).to_have_text("Beside the map")


def test_enter_on_a_mark_opens_its_card_and_escape_closes_it(keys: Page) -> None:
    mark = ".im-mark[data-record=interior-ministry-attack-2024]"
    card = keys.locator(".im-card[data-record=interior-ministry-attack-2024]")
    tab_to(keys, mark)
    keys.keyboard.press("Enter")
    expect(card).to_be_visible()
    assert is_on(keys, mark)
    keys.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert is_on(keys, mark)


def test_escape_closes_a_card_from_within(keys: Page) -> None:
    tab_to(keys, ".im-item")
    keys.keyboard.press("Enter")
    expect(keys.locator(".im-card")).to_be_visible()
    tab_to(keys, ".im-card *")
    keys.keyboard.press("Escape")
    expect(keys.locator(".im-card")).to_have_count(0)
    assert not is_on(keys, "body")


@pytest.mark.parametrize("side", ["first", "last"])
@pytest.mark.parametrize("key", ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"])
def test_arrows_on_a_handle_change_the_period(keys: Page, side: str, key: str) -> None:
    handle = f".im-time-handle.is-a.is-{side}"
    tab_to(keys, handle)
    # From all dates there is nothing further out to go to.
    keys.keyboard.press("ArrowUp" if side == "first" else "ArrowDown")
    keys.keyboard.press("ArrowUp" if side == "first" else "ArrowDown")
    keys.wait_for_timeout(100)
    before = [keys.locator(css).inner_text() for css in (".im-time-sentence", ".im-ledger")]
    value = keys.locator(handle).get_attribute("aria-valuetext")
    keys.keyboard.press(key)
    expect(keys.locator(handle)).not_to_have_attribute("aria-valuetext", value or "")
    expect(keys.locator(".im-time-sentence")).not_to_have_text(before[0])
    assert is_on(keys, handle)


def test_typing_in_the_search_filters_and_enter_on_the_chip_lifts_it(keys: Page) -> None:
    before = drawn(keys)
    unfold_filters(keys)
    tab_to(keys, ".im-search")
    keys.keyboard.type("panjshir")
    expect(keys.locator("[data-standing=text]")).to_be_visible()
    assert 0 < drawn(keys) < before
    assert is_on(keys, ".im-search")
    tab_to(keys, ".im-filter-chip")
    keys.keyboard.press("Enter")
    expect(keys.locator(".im-filter-chip")).to_have_count(0)
    assert drawn(keys) == before
    assert keys.locator(".im-search").input_value() == ""
    assert not is_on(keys, "body")


def test_a_slash_goes_to_the_search(keys: Page) -> None:
    keys.keyboard.press("/")
    assert is_on(keys, ".im-search")
    assert keys.locator(".im-search").input_value() == ""


def test_a_choice_of_a_filter_is_made_by_keys(keys: Page) -> None:
    before = drawn(keys)
    unfold_filters(keys)
    tab_to(keys, "[data-field=kinds] .im-field-toggle")
    keys.keyboard.press("Enter")
    tab_to(keys, "[data-field=kinds] input")
    keys.keyboard.press("Space")
    expect(keys.locator(":focus")).to_be_checked()
    assert drawn(keys) < before


def test_how_the_map_is_drawn_is_switched_by_keys(keys: Page) -> None:
    mode = '.im-modes [data-mode="{}"]'.format
    tab_to(keys, mode("provinces"))
    keys.keyboard.press("Enter")
    expect(keys.locator(mode("provinces"))).to_have_attribute("aria-pressed", "true")
    expect(keys.locator("path[data-shade]").first).to_be_attached()
    assert is_on(keys, mode("provinces"))
    keys.keyboard.press("Shift+Tab")
    keys.keyboard.press("Space")
    expect(keys.locator(mode("precise"))).to_have_attribute("aria-pressed", "true")
    expect(keys.locator(".im-mark").first).to_be_visible()


# Motion


def test_nothing_moves_for_who_asks_for_less_motion(page: Open, file: Path) -> None:
    tab = opened(page(width=1440, height=900, reduced_motion="reduce"), file)
    for css in (
        ".im-unfold", ".im-filters-toggle", ".im-field-toggle", ".im-tool", ".im-mark",
        '[data-mode="provinces"]', ".im-time-on",
    ):  # fmt: skip
        tab.locator(css).first.click()
        assert tab.evaluate(MOVING) == [], css
        before = tab.evaluate(PLACED)
        tab.wait_for_timeout(300)
        assert tab.evaluate(PLACED) == before, css
    assert tab.evaluate(LASTING) == []
