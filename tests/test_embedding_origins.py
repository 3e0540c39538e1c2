"""Which pages a saved map speaks with: its own origin, and those written into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab
from playwright.sync_api import Route
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import GeoError
from geo.table.workspace import Workspace
from geo.webmap.document import document_html
from geo.webmap.origins import permitted

HOME = "https://team.example"
FRAMER = """<!doctype html><title>a page around the map</title>
<script>
const heard = [];
addEventListener('message', (event) => heard.push(event.data));
const ask = (message) => frames[0].postMessage({ incidentMap: 1, ...message }, '*');
</script>
<iframe src="https://team.example/map.html" sandbox="allow-scripts"
        width="900" height="640"></iframe>"""


CASES = [
    ((), HOME, True),
    ((), "https://evil.example", False),
    ((), "http://team.example", False),
    (("https://www.example.org",), "https://www.example.org", True),
    (("https://www.example.org",), "https://evil.example", False),
    (("https://www.example.org",), "https://www.example.org:8443", False),
    (("*",), "https://evil.example", True),
]
"""Origins written into a map, that of the page around it, and whether they speak."""


def fulfil(route: Route, body: str) -> None:
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


@pytest.mark.slow
@pytest.mark.browser
def test_a_saved_map_speaks_with_its_own_origin_and_those_written_into_it(
    page: Callable[..., Tab], own: Workspace
) -> None:
    maps = {origins: document_html(own, origins=origins) for origins, _, _ in CASES}
    tab = page(alone=True)
    given: list[str] = []
    tab.page.route(f"{HOME}/map.html", lambda route: fulfil(route, given[-1]))
    tab.page.route("**/page.html", lambda route: fulfil(route, FRAMER))
    for origins, origin, speaks in CASES:
        given.append(maps[origins])
        tab.page.goto(f"{origin}/page.html")
        inside = tab.page.frames[1]
        inside.wait_for_selector(".im-ledger-total", state="attached")
        tab.page.wait_for_timeout(700)
        # The page asks the map for a search.
        tab.page.evaluate("ask({ type: 'set-view', view: { text: 'Panjshir' } })")
        tab.page.evaluate("ask({ type: 'ask-view' })")
        tab.page.wait_for_timeout(700)
        kinds = {message["type"] for message in tab.page.evaluate("heard")}
        assert kinds >= {"ready", "view"} if speaks else kinds == set(), (origins, origin)
        found = inside.locator(".im-ledger-part[data-standing=text]").count()
        assert bool(found) is speaks, (origins, origin)


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    ["www.example.org", "https://www.example.org/", "https://www.example.org/map", "null", "",
     "https://WWW.example.org", "https://*.example.org", "https://a@b.example", "file://",
     "javascript://x", "https://www.example.org https://evil.example"],
)  # fmt: skip
def test_what_is_not_an_origin_is_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="not a valid origin"):
        permitted([wrong])
    out = tmp_path / "map.html"
    done = CliRunner().invoke(app, ["map", "--out", str(out), "--embed-in", wrong])
    assert done.exit_code == 2
    assert "is not a valid origin" in done.stderr
    assert not out.exists()
