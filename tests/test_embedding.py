"""The map document in a page of somebody else: messages, options, policies, sizes, notebooks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
import pytest
from browsing import Tab, open_map, page_script
from playwright.sync_api import Frame, Page, Route

from geo.table.workspace import Workspace
from geo.view import UNNAMED
from geo.webmap.document import IncidentLayers, document_html
from geo.webmap.scripts import leaflet_script, leaflet_style

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]

STRICT = "default-src 'none'; frame-src 'self'; script-src 'self'; base-uri 'none'"
HOST = """<!doctype html><title>a strict page</title>
<iframe name="map" src="/map.html{end}" sandbox="allow-scripts" width="900" height="640"></iframe>
<script src="/host.js"></script>"""
SCRIPT = page_script("embedding_host.js")
STRANGER = "<!doctype html><script src='/stranger.js'></script>"
STRANGERS_SCRIPT = page_script("embedding_stranger.js")
WATCH = page_script("embedding_violations.js")

CHOSEN = "zawahiri-drone-strike-2022"


class Site(ThreadingHTTPServer):
    """A server of a few pages, each of which comes with a strict policy."""

    daemon_threads = True

    def __init__(self, map_file: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.document = map_file.read_text(encoding="utf-8")
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.end = ""

    def answer(self, path: str) -> tuple[str, str, str]:
        """Return the type of a file, its policy and its text."""
        # The policy of the map file is the one inside it, and who may show it.
        files = {
            "/map.html": ("text/html", "frame-ancestors 'self'", self.document),
            "/host.html": ("text/html", STRICT, HOST.format(end=self.end)),
            "/host.js": ("text/javascript", STRICT, SCRIPT),
            "/stranger.html": ("text/html", STRICT, STRANGER),
            "/stranger.js": ("text/javascript", STRICT, STRANGERS_SCRIPT),
        }
        return files.get(path, ("text/plain", STRICT, ""))


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        kind, policy, text = self.server.answer(urlsplit(self.path).path)
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(map_file: Path) -> Iterator[Site]:
    server = Site(map_file)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def host(page: Open, site: Site) -> Callable[..., Tab]:
    """Open the strict page with this address end of its frame, and wait for the map in it."""

    def show(end: str = "", *, is_watched: bool = False) -> Tab:
        site.end = end
        tab = page(width=1000, height=760, alone=is_watched)
        if is_watched:
            tab.page.add_init_script(WATCH)
        tab.page.goto(f"{site.url}/host.html")
        tab.page.frames[1].wait_for_selector(".im-ledger-total")
        return tab

    return show


def until(tab: Tab, true: Callable[[], Any]) -> Any:
    """What this gives as soon as it gives something."""
    end = time.monotonic() + 10
    while not (found := true()):
        assert time.monotonic() < end, f"nothing came; errors: {tab.errors}"
        tab.page.wait_for_timeout(30)
    return found


def heard(tab: Tab, kind: str) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = tab.page.evaluate("heard")
    return [message for message in said if message["type"] == kind]


def say(tab: Tab, kind: str, **more: object) -> None:
    tab.page.evaluate("message => say(message)", {"incidentMap": 1, "type": kind, **more})


def rest(tab: Tab) -> None:
    """Wait longer than any report would take to come."""
    tab.page.wait_for_timeout(500)


def violations(page: Page) -> list[str]:
    return [one for frame in page.frames for one in frame.evaluate("violations")]


def test_a_strict_page_shows_it_in_a_sandbox_and_nobody_objects(
    host: Callable[..., Tab], site: Site
) -> None:
    tab = host("#panel=none", is_watched=True)
    document = tab.page.frames[1]
    document.click(f".im-mark[data-record={CHOSEN}]")
    assert document.locator(f".im-card[data-record={CHOSEN}]").is_visible()
    document.click("[data-strip=isis-k]")
    document.click("[data-sheet=legend]")
    until(tab, lambda: heard(tab, "chosen"))
    assert violations(tab.page) == []
    assert tab.errors == []
    asked = {urlsplit(url)._replace(fragment="").geturl() for url in tab.requests}
    assert asked == {f"{site.url}/{name}" for name in ("host.html", "host.js", "map.html")}
    # In the sandbox it has no origin, so nothing of the page's is within its reach.
    assert {message["origin"] for message in heard(tab, "ready")} == {"null"}


def test_a_frame_by_srcdoc_is_held_to_the_policy_of_its_page(
    host: Callable[..., Tab], site: Site
) -> None:
    tab = host()
    tab.page.evaluate("text => { document.querySelector('iframe').srcdoc = text; }", site.document)
    until(tab, lambda: [said for said in tab.errors if "Content Security Policy" in said])
    assert tab.page.frames[1].locator(".im-shell").count() == 0


def test_it_says_what_a_page_needs_for_switches_of_its_own(
    host: Callable[..., Tab], own: Workspace
) -> None:
    tab = host()
    ready = until(tab, lambda: heard(tab, "ready"))[0]
    dossier = own.reading.dossier
    assert (ready["incidentMap"], ready["protocol"]) == (1, 8)
    assert ready["records"] == len(dossier.records)
    assert (ready["title"], ready["dataVersion"]) == (dossier.title, own.reading.digest[:12])
    counts: dict[str, int] = {}
    for record in dossier.records:
        for key in record.groups or (UNNAMED,):
            counts[key] = counts.get(key, 0) + 1
    assert {group["key"]: group["records"] for group in ready["groups"]} == counts
    for group in ready["groups"]:
        if group["key"] in dossier.groups:
            assert group["short"] == dossier.groups[group["key"]].short
        assert group["light"].startswith("#")
        assert group["dark"].startswith("#")
    say(tab, "ask-ready")
    again = until(tab, lambda: heard(tab, "ready")[1:])[0]
    assert again == ready


def test_a_page_hears_which_record_is_opened_and_closed(
    host: Callable[..., Tab], own: Workspace
) -> None:
    tab = host()
    document = tab.page.frames[1]
    document.click(f".im-mark[data-record={CHOSEN}]")
    opened = until(tab, lambda: heard(tab, "chosen"))[-1]
    record = next(one for one in own.reading.dossier.records if one.id == CHOSEN)
    assert (opened["record"], opened["title"]) == (CHOSEN, record.title)
    assert (opened["cause"], opened["groups"]) == ("user", list(record.groups))
    assert opened["sentence"] == document.locator(".im-card .im-sentence").inner_text()
    document.get_by_role("button", name="Close (Esc)").click()
    closed = until(tab, lambda: heard(tab, "chosen")[1:])[-1]
    assert (closed["record"], closed["cause"]) == (None, "user")
    assert "title" not in closed
    say(tab, "set-view", view={"chosen": CHOSEN})
    assert until(tab, lambda: heard(tab, "chosen")[2:])[0]["cause"] == "host"


def test_a_page_sets_and_asks_the_view(host: Callable[..., Tab]) -> None:
    tab = host()
    say(tab, "set-view", view={"off": ["nrf"], "from": "2021-08-15"})
    until(tab, lambda: [one for one in heard(tab, "view") if one["view"]["off"] == ["nrf"]])
    count = len(heard(tab, "view"))
    say(tab, "ask-view")
    told = until(tab, lambda: heard(tab, "view")[count:])[0]
    assert (told["view"]["from"], told["cause"]) == ("2021-08-15", "host")
    assert 0 < told["shown"] < told["total"]


@pytest.mark.slow
def test_an_answer_names_the_view_that_it_answers(host: Callable[..., Tab]) -> None:
    tab = host()
    for turn, view in enumerate(({"off": ["nrf"]}, {"off": ["nrf"]}, {}), start=1):
        say(tab, "set-view", view=view, turn=turn)
        until(tab, lambda turn=turn: [one for one in heard(tab, "view") if one["turn"] == turn])
    # On a slow machine the map has also told the view that it opened with.
    before = len(heard(tab, "view"))
    for odd in ("4", None, 4.5, [4]):
        say(tab, "set-view", view={"off": []}, turn=odd)
    told = until(tab, lambda: heard(tab, "view")[before:])
    assert [(one["view"]["off"], one["turn"]) for one in told] == [([], 3)]


@pytest.mark.slow
def test_nothing_but_its_page_moves_it_and_nothing_is_echoed(
    host: Callable[..., Tab], site: Site
) -> None:
    tab = host()
    until(tab, lambda: heard(tab, "paper"))  # The last that a map tells as it opens.
    rest(tab)
    before = len(tab.page.evaluate("heard"))
    good = {"incidentMap": 1, "type": "set-view", "view": {"off": ["nrf"]}}
    odd: list[object] = [None, 5, "ready", [good], {**good, "incidentMap": 2}, {**good, "type": 1}]
    odd += [{**good, "type": "ready"}, {**good, "type": "chosen", "record": CHOSEN}]
    odd += [{**good, "view": view} for view in (None, "off", {"off": "nrf"}, {"chosen": "nobody"})]
    odd += [{**good, "view": {"origin": "*", "panel": "none", "__proto__": {"off": ["nrf"]}}}]
    tab.page.evaluate("odd => odd.forEach((message) => say(message))", odd)
    tab.page.evaluate(
        page_script("embedding.js", "addFrame"),
        f"{site.url}/stranger.html",
    )
    until(tab, lambda: f"{site.url}/stranger.js" in tab.requests)
    rest(tab)
    assert len(tab.page.evaluate("heard")) == before
    assert tab.page.frames[1].locator(".im-ledger-part[data-standing=off]").count() == 0
    say(tab, "set-view", view={"off": ["nrf"]})
    tab.page.frames[1].wait_for_selector(".im-ledger-part[data-standing=off]")


@pytest.mark.slow
def test_it_speaks_with_the_origin_that_is_named_and_with_no_other(
    host: Callable[..., Tab], site: Site
) -> None:
    tab = host(f"#origin={site.url}")
    assert until(tab, lambda: heard(tab, "ready"))
    say(tab, "set-view", view={"off": ["nrf"]})
    tab.page.frames[1].wait_for_selector(".im-ledger-part[data-standing=off]")
    for other in ("https://www.example.org", f"{site.url}/", "%2A"):
        silent = host(f"#origin={other}")
        say(silent, "set-view", view={"off": ["nrf"]})
        rest(silent)
        assert silent.page.evaluate("heard") == [], other
        off = silent.page.frames[1].locator(".im-ledger-part[data-standing=off]")
        assert off.count() == 0, other


def opened(tab: Tab, file: Path, end: str) -> Tab:
    tab.page.goto("about:blank")
    return open_map(tab, file, end)


def are_on(page: Page, css: str = ".im-row-toggle[data-group]") -> set[str]:
    rows = page.locator(f"{css}:not([aria-checked=false])")
    found: list[str] = rows.evaluate_all(
        "all => all.map((n) => n.dataset.group ?? n.dataset.strip)"
    )
    return set(found)


@pytest.mark.slow
def test_an_address_names_the_groups_to_show(page: Open, map_file: Path, own: Workspace) -> None:
    everything = {key for one in own.reading.dossier.records for key in one.groups or (UNNAMED,)}
    odd = "#groups=Nrf!&panel=all&time=7&colour=red&from=2024-13-01&=&&theme=pink"
    tab = opened(page(width=1300, height=800), map_file, odd)
    assert are_on(tab.page) == everything
    assert tab.page.locator(".im-panel:visible, .im-time:visible").count() == 2
    # Each leaves what the one before has asked for; a link around it loads nothing again.
    for end, expected in (
        ("groups=nrf,isis-k", {"nrf", "isis-k"}),
        ("groups=", everything),
        ("groups=nrf,nobody", {"nrf"}),
        ("groups=<b>,%E0%A4%A", everything),
        ("groups=nobody", set()),
        ("groups=nrf/incident/claimed_only", {"nrf"}),
        ("", everything),
        ("groups=nrf,isis-k&off=nrf", {"isis-k"}),
    ):
        tab.page.evaluate("end => { location.hash = end; }", end)
        until(tab, lambda wanted=expected: are_on(tab.page) == wanted)
    assert tab.page.locator(".im-ledger-part[data-standing=period]").count() == 0
    assert tab.errors == []


def test_the_address_that_it_writes_keeps_the_options(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1000, height=700), map_file,
                 "#groups=nrf,isis-k&panel=none&time=none&theme=dark")  # fmt: skip
    assert tab.page.locator("html[data-theme=dark]").count() == 1
    tab.page.click("[data-strip=al-qaeda]")
    tab.page.wait_for_url("**#groups=nrf,al-qaeda,isis-k&theme=dark&panel=none&time=none")
    tab.page.reload()
    tab.page.wait_for_selector(".im-strip")
    assert are_on(tab.page, ".im-strip-group") == {"nrf", "isis-k", "al-qaeda"}
    assert tab.page.locator(".im-time").count() == 0


def test_without_panels_it_still_says_what_is_not_drawn_and_whose_it_is(
    page: Open, map_file: Path, own: Workspace
) -> None:
    tab = opened(page(width=800, height=600), map_file, "#panel=none")
    for css in (".im-panel", ".im-detail", ".im-tabs"):
        assert not tab.page.locator(css).is_visible(), css
    tab.page.click(".im-ledger-part[data-standing=country]")
    assert tab.page.locator(".im-detail .im-item").count() > 0
    tab.page.locator(".im-detail .im-item").first.click()
    tab.page.locator(".im-card").wait_for()
    tab.page.keyboard.press("Escape")
    assert not tab.page.locator(".im-detail").is_visible()
    tab.page.click("[data-sheet=about]")
    said = tab.page.locator(".im-strip-sheet").inner_text()
    for text in (own.country.disclaimer, *own.country.credits):
        assert " ".join(text.split()) in " ".join(said.split())
    tab.page.keyboard.press("Escape")
    tab.page.click("[data-sheet=legend]")
    assert "Verification status" in tab.page.locator(".im-strip-sheet").inner_text()
    assert tab.errors == []


CUT_OFF = page_script("embedding.js", "cutOff")
SIZES = [(320, 300), (360, 640), (600, 400), (800, 600), (1000, 480), (1280, 720), (1600, 1000)]


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", "#panel=none", "#panel=none&time=none&chosen=" + CHOSEN])
def test_it_fits_its_frame(page: Open, map_file: Path, end: str) -> None:
    tab = opened(page(width=1600, height=1000), map_file, end)
    for width, height in SIZES:
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.wait_for_timeout(100)
        found = tab.page.evaluate(CUT_OFF)
        assert found["cut"] == [], (width, height)
        if "chosen" not in end:
            assert found["map"] >= 120, (width, height)
    assert tab.errors == []


def test_a_low_frame_folds_its_time_and_opens_it_again(page: Open, map_file: Path) -> None:
    tab = opened(page(width=600, height=400), map_file, "#from=2021-08-15")
    assert not tab.page.locator(".im-time").is_visible()
    assert tab.page.locator(".im-foot [data-chip=period]").is_visible()
    tab.page.click(".im-time-fold")
    assert tab.page.locator(".im-time").is_visible()


def test_a_card_takes_room_from_a_low_map_but_never_zooms_it_out(
    page: Open, map_file: Path
) -> None:
    tab = opened(page(width=600, height=400), map_file, "#panel=none")
    scale = tab.page.locator(".leaflet-control-scale-line")
    before = scale.inner_text()
    tab.page.click("[data-strip=nrf]", modifiers=["Alt"])
    tab.page.locator(".im-ledger-part[data-standing=point]").click()
    tab.page.locator(".im-detail .im-item").first.click()
    tab.page.locator(".im-card").wait_for()
    tab.page.wait_for_timeout(300)
    assert scale.inner_text() == before


def test_the_example_page_works_from_disk(
    page: Open, root: Path, map_file: Path, tmp_path: Path, own: Workspace
) -> None:
    for name, text in (("embed-example.html", (root / "docs/how-to/embed-example.html")),
                       ("map.html", map_file)):  # fmt: skip
        (tmp_path / name).write_bytes(text.read_bytes())
    tab = page(width=1000, height=1000)
    tab.page.goto((tmp_path / "embed-example.html").as_uri())
    total = len(own.reading.dossier.records)
    counts = tab.page.locator("#counts")
    until(tab, lambda: f"of {total} records" in counts.inner_text())
    before = counts.inner_text()
    # Not `uncheck`: the first view of the document may arrive after it, and check the box again.
    tab.page.click("#groups input[value=al-qaeda]")
    until(tab, lambda: counts.inner_text() != before)
    tab.page.frames[1].click(f".im-mark[data-record={CHOSEN}]")
    until(tab, lambda: "Hudson Institute says" in tab.page.inner_text("#record"))
    tab.page.click("#all")
    until(tab, lambda: counts.inner_text() == f"{total} of {total} records are shown.")
    assert tab.page.locator("#groups input:not(:checked)").count() == 0
    assert "Click" not in tab.page.inner_text("#record")
    assert tab.errors == []
    assert all(url.startswith(tmp_path.as_uri()) for url in tab.requests)


def leaflet_from_here(route: Route) -> None:
    """Give what folium asks of the network: Leaflet, and nothing for all the rest."""
    name = route.request.url.rpartition("/")[2]
    texts = {"leaflet.js": leaflet_script, "leaflet.css": leaflet_style}
    route.fulfill(body=texts[name]() if name in texts else "")


def test_a_notebook_shows_the_layers_on_a_plain_map(own: Workspace, page: Open) -> None:
    theirs = folium.Map([34.5, 67.5], zoom_start=6, tiles=None)
    IncidentLayers(own).add_to(theirs)
    cell = theirs._repr_html_()  # what a notebook calls
    tab = page(width=1000, height=700, fresh=True)
    tab.page.route("**/*", leaflet_from_here)
    tab.page.set_content(f"<!doctype html><title>notebook</title>{cell}")
    document: Frame = tab.page.frames[1]
    document.wait_for_selector(f".im-mark[data-record={CHOSEN}]")
    assert document.locator(".im-shell, .im-panel, .im-time, .im-strip").count() == 0
    document.click(".im-row-toggle[data-group=united-states]")
    assert document.locator(f".im-mark[data-record={CHOSEN}]").count() == 0
    document.click(".im-row-toggle[data-group=united-states]")
    document.click(f".im-mark[data-record={CHOSEN}]")
    assert document.locator(f".im-docked .im-card[data-record={CHOSEN}]").is_visible()
    assert tab.errors == []


def test_without_panels_the_title_given_is_that_of_the_page_and_of_about(
    page: Open, own: Workspace, tmp_path: Path
) -> None:
    title = "Attacks, for the board"
    file = tmp_path / "map.html"
    file.write_text(document_html(own, title=title), "utf-8")
    tab = opened(page(width=800, height=600), file, "#panel=none")
    assert tab.page.title() == title
    tab.page.click("[data-sheet=about]")
    said = tab.page.locator(".im-strip-sheet").inner_text()
    assert said.startswith(title)
    assert own.reading.dossier.title not in said


def test_a_page_that_asks_for_what_is_drawn_has_nothing_drawn_again(
    host: Callable[..., Tab],
) -> None:
    tab = host()
    document = tab.page.frames[1]
    rest(tab)
    document.evaluate(
        "() => { window.drawn = 0; const map = document.querySelector('.leaflet-container');"
        "new MutationObserver((all) => { window.drawn += all.length; })"
        ".observe(map, {childList: true, subtree: true}); }"
    )
    counts = []
    for turn, off in enumerate(([], [], ["isis-k"]), start=1):
        say(tab, "set-view", view={"off": off, "theme": "light", "chosen": None}, turn=turn)
        until(tab, lambda turn=turn: [one for one in heard(tab, "view") if one["turn"] == turn])
        counts.append(document.evaluate("() => window.drawn"))
    assert counts[:2] == [0, 0]
    assert counts[2] > 0
