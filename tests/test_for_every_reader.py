"""Every page can be used by keyboard, read by a screen reader, and told apart without colour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from browsing import Tab
from playwright.sync_api import Frame, Page

from geo.web_map import document
from geo.workspace import Workspace

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (820, 1180), (390, 844)])
@pytest.mark.parametrize("end", ["", "#chosen=northern-offensive-2022", "#province=AF-PAN"])
def test_the_document_has_no_violation(
    page: Open, file: Path, theme: str, width: int, height: int, end: str
) -> None:
    tab = page(theme=theme, width=width, height=height)
    tab.page.goto(file.as_uri() + end)
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    assert violations(tab.page) == []


@pytest.mark.parametrize("path", ["", "records", "sources", "method"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_the_app_has_a_violation(
    page: Open, app_url: str, path: str, theme: str
) -> None:
    tab = page(theme=theme, width=1440, height=900)
    tab.page.goto(f"{app_url}/{path}")
    tab.page.get_by_role("link", name="Method").wait_for()
    tab.page.wait_for_load_state("networkidle")
    assert violations(tab.page) == []
