"""No page has what a screen reader would stumble over, and nothing moves unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from browsing import DONE, Tab, page_script, stands
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FINDINGS = {"resultTypes": ["violations"], "selectors": False}
"""What is said of all that is well done takes longer than to look at it."""
UNFOLD = page_script("for_every_reader.js", "unfoldAll")
GROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
MOVING = page_script("for_every_reader.js", "moving")
LASTING = page_script("for_every_reader.js", "lasting")
PLACED = page_script("for_every_reader.js", "placed")


def violations(page: Page, rules: str = "all") -> list[str]:
    """What axe finds; of what has been looked at in light, dark changes the colours alone."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    asked = {"runOnly": ["cat.color"]} if rules == "colours" else {}
    found = page.evaluate("asked => axe.run(asked)", FINDINGS | asked)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize(
    ("theme", "width", "height", "end"),
    [
        ("light", 1440, 900, ""),
        ("dark", 1440, 900, "#chosen=northern-offensive-2022&kinds=incident&from=2022-01-01"),
        ("light", 1440, 900, "#province=AF-PAN&mode=provinces"),
        ("dark", 820, 1180, "#chosen=northern-offensive-2022"),
        ("dark", 390, 844, ""),
        ("light", 390, 844, "#chosen=northern-offensive-2022"),
    ],
)
def test_the_document_has_no_violation(
    page: Open, map_file: Path, theme: str, width: int, height: int, end: str
) -> None:
    tab = page(theme=theme, width=width, height=height)
    tab.page.goto(map_file.as_uri() + end)
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    assert violations(tab.page) == []


@pytest.mark.slow
def test_nothing_that_unfolds_holds_a_violation(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file)
    tab.evaluate(UNFOLD)
    assert tab.locator(".im-choice input").count() > 50
    assert tab.locator(".im-index").is_visible()
    assert violations(tab) == []
    tab.get_by_role("button", name="Presence", exact=True).click()
    tab.locator(".im-matrix").wait_for()
    tab.emulate_media(color_scheme="dark")
    assert violations(tab) == []


def shown(tab: Tab, url: str) -> None:
    """Open a page of the app and wait until all of it stands."""
    tab.page.goto(url)
    tab.page.get_by_role("link", name="Method").wait_for()
    stands(tab.page)


def in_both_themes(tab: Tab) -> list[str]:
    """What is wrong with a page that stands there in light; the same page follows into dark."""
    found = violations(tab.page)
    before = tab.page.evaluate(GROUND)
    tab.page.emulate_media(color_scheme="dark")
    tab.page.wait_for_function(f"before => ({GROUND})() !== before", arg=before)
    return found + violations(tab.page, "colours") + steps_of_headings(tab.page)


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize(
    "path",
    ["", "briefing", "records", "counts", "edit", "read", "events", "sources", "changes", "method"],
)
def test_no_page_of_the_app_has_a_violation(page: Open, app_url: str, path: str) -> None:
    tab = page(width=1440, height=900)
    shown(tab, f"{app_url}/{path}")
    assert in_both_themes(tab) == []


@pytest.mark.slow
def test_changes_in_the_app_have_no_violation(
    page: Open, app_url: str, data_folder: Path, tmp_path: Path
) -> None:
    now = (data_folder / "incidents.yaml").read_text(encoding="utf-8")
    earlier = tmp_path / "earlier.yaml"
    earlier.write_text(now.replace("Attack on the Interior", "Attack at the Interior"), "utf-8")
    assert earlier.read_text(encoding="utf-8") != now
    tab = page(width=1440, height=900)
    shown(tab, f"{app_url}/changes")
    tab.page.locator("input[type=file]").set_input_files(earlier)
    tab.page.get_by_role("heading", name="Changed records on the map").wait_for()
    tab.page.locator(DONE).wait_for()
    assert in_both_themes(tab) == []


def steps_of_headings(page: Page) -> list[str]:
    """Headings that stand more than one level below the one before them, or a second title."""
    read = "nodes => nodes.map(node => [Number(node.tagName[1]), node.innerText])"
    headings = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(read)
    levels = [1, *(level for level, _ in headings)]
    deep = [
        text for (level, text), above in zip(headings, levels, strict=False) if level > above + 1
    ]
    return deep + [text for level, text in headings if level == 1][1:]


def opened(tab: Tab, file: Path) -> Page:
    tab.page.goto(file.as_uri())
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    tab.page.locator(".im-mark").first.wait_for()
    return tab.page


# Motion


@pytest.mark.slow
def test_nothing_moves_for_who_asks_for_less_motion(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900, reduced_motion="reduce"), map_file)
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
