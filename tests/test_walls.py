"""The walls behind the first: the document's policy, the app's settings, whose code runs at all.

Messages are tested on both sides elsewhere: in test_embedding.py what a document takes from its
host, in test_frame.py what the app takes from a document.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import branca.element
import jinja2
import pytest
from browsing import ROOT, Server, Tab, open_map
from dossiers import claim, incident, messages, read
from playwright.sync_api import WebSocket
from test_hostile_text import everywhere

from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.webmap.document import IncidentLayers, document_html
from geo.webmap.scripts import leaflet_script
from geo.workspace import located_workspace

CANARY = "canary-7c1e"


# --- the document

SMUGGLED = """<script>window.pwned = 1; fetch('{0}/fetch'); new WebSocket('{1}/socket');
 navigator.sendBeacon('{0}/beacon'); location = '{0}/away';</script>
<img src={0}/img onerror="window.pwned = 2"><svg onload="window.pwned = 3">
<image href={0}/svg /></svg>
<style>@import '{0}/import'; body {{ background: url({0}/background) }}</style>
<p style="background: url({0}/inline)">x</p><link rel=stylesheet href={0}/style>
<link rel=prefetch href={0}/prefetch><link rel=preload as=image href={0}/preload>
<link rel=modulepreload href={0}/module><link rel=manifest href={0}/manifest>
<link rel=icon href={0}/icon><link rel=prerender href={0}/prerender>
<script src={0}/script></script><script type=module src={0}/module></script>
<script type=speculationrules>{{"prefetch":[{{"urls":["{0}/speculation"]}}]}}</script>
<iframe src={0}/frame></iframe><iframe srcdoc="<script>parent.pwned = 4</script>"></iframe>
<object data={0}/object></object><embed src={0}/embed><video src={0}/video autoplay></video>
<audio src={0}/audio autoplay></audio><base href={0}/><img src=relative>
<a id=js href="javascript:window.pwned = 5">x</a>
<form id=form action={0}/form><button id=send>x</button></form>"""


@pytest.mark.slow
@pytest.mark.browser
def test_what_is_smuggled_past_the_first_wall_neither_runs_nor_asks(
    own: Workspace, page: Callable[..., Tab], tmp_path: Path, listener: tuple[str, list[str]]
) -> None:
    here, asked = listener
    smuggled = SMUGGLED.format(here, here.replace("http", "ws"))
    html = document_html(own)
    file = tmp_path / "map.html"
    file.write_text(html.replace("</body>", smuggled + "</body>"), encoding="utf-8")
    tab = open_map(page(), file)
    for node in ("#js", "#send"):
        tab.page.evaluate("node => document.querySelector(node).click()", node)
    tab.page.wait_for_timeout(500)
    assert tab.page.evaluate("window.pwned") is None
    assert asked == []
    assert tab.page.url == file.as_uri()


def test_the_policy_comes_before_all_that_it_governs(own: Workspace) -> None:
    html = document_html(own)
    head = html.partition("Content-Security-Policy")[0]
    assert not re.search(r"<(script|style|link|img|title)", head)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    nonce = re.fullmatch(r"'nonce-([\w-]{24})'", rules["script-src"])
    assert nonce
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == "'none'"
    assert rules["base-uri"] == "'none'"
    # A script or style has it, and nothing else in the document does.
    before = html.partition("</head>")[0]
    assert before.count(f'<style nonce="{nonce[1]}">') >= 2
    assert not re.search(rf'<(script|style)(?! nonce="{nonce[1]}">)[ >]', before)
    layers = IncidentLayers(own)
    assert nonce[1] not in layers.payload


def test_other_data_have_another_nonce(own: Workspace, country: Country) -> None:
    other = located_workspace(country, everywhere("x"), "d.yaml")
    texts = [document_html(one) for one in (own, other)]
    nonces = [re.findall(r"'nonce-([\w-]+)'", text)[0] for text in texts]
    assert nonces[0] != nonces[1]


# --- folium


def test_no_text_of_a_record_reaches_a_folium_element_or_a_template(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    sources: list[str] = []
    begin, compile_ = branca.element.Element.__init__, jinja2.Environment.compile

    def begun(self: Any, *args: Any, **more: Any) -> None:
        made.append(self)
        begin(self, *args, **more)

    def compiled(self: Any, source: Any, *args: Any, **more: Any) -> Any:
        sources.append(str(source))
        return compile_(self, source, *args, **more)

    monkeypatch.setattr(branca.element.Element, "__init__", begun)
    monkeypatch.setattr(jinja2.Environment, "compile", compiled)
    found = located_workspace(country, everywhere(CANARY), "d.yaml")
    html = document_html(found)
    assert len(made) > 5
    assert sources
    assert not [element for element in made if CANARY in repr(vars(element))]
    assert not [source for source in sources if CANARY in source]
    # It is there, in the one form in which data travel.
    assert CANARY in html.partition("</title>")[0]
    # And for whoever runs no script, where this library escapes it and no template sees it.
    still, _, rest = html.partition("<body")[2].partition("</div>")
    assert CANARY in still
    assert CANARY not in rest


# --- names that read differently from what they are

UNSEEN = [*map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]), "\0", "\a", "\b", "\t", "\v",
          "\x1b", "\x7f", "\x85", "\x9b", "\x9f", "\r"]  # fmt: skip


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_no_field_holds_what_makes_it_read_differently(sign: str) -> None:
    said = f"a{sign}b"
    wrong_ones = (
        incident(title=said),
        incident(claims=[claim(text=said)]),
        incident(claims=[claim(by=said)]),
        incident(where=[{"place": said}]),
        incident(note=said),
    )
    for wrong in wrong_ones:
        reading = read(wrong)
        assert reading.dossier.records == ()
        assert f"U+{ord(sign):04X}" in messages(reading)[0]


@pytest.mark.parametrize("sign", ["\u200c", "\u200d", "\u200e", "\u200f"])
def test_the_joiners_and_marks_of_dari_stay(sign: str) -> None:
    assert read(incident(title=f"می{sign}شود")).problems == ()


# --- the app

FAILING = """import streamlit as st
st.title("before")
raise RuntimeError("SECRETMSG in /srv/secret/place")
"""


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[str]:
    """An app with our settings whose page fails."""
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    (tmp_path / "app.py").write_text(FAILING)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", tmp_path / "app.py",
               f"--server.port={port}", "--server.headless=true"]  # fmt: skip
    server = Server(tmp_path / "log.txt")
    server.url = f"http://127.0.0.1:{port}"
    with server.log.open("wb") as log:
        server.process = subprocess.Popen(
            command, cwd=tmp_path, stdout=log, stderr=log, start_new_session=True
        )
    yield server.url
    server.stop()


@pytest.mark.slow
@pytest.mark.browser
def test_a_fault_of_the_app_tells_the_reader_nothing_of_its_inside(
    failing: str, page: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = page()
    frames: list[bytes | str] = []

    def listen(link: WebSocket) -> None:
        link.on("framereceived", lambda frame: frames.extend([frame]))

    tab.page.on("websocket", listen)
    for _ in range(100):
        try:
            tab.page.goto(failing)
            break
        except Exception:  # noqa: BLE001 - the server is not there yet
            tab.page.wait_for_timeout(200)
    tab.page.get_by_test_id("stException").or_(tab.page.get_by_role("alert")).first.wait_for()
    said = tab.page.content()
    told = b"".join(one if isinstance(one, bytes) else one.encode() for one in frames)
    for word in ("SECRETMSG", "/srv/secret", "RuntimeError", "Traceback"):
        assert word not in said
        assert word.encode() not in told
    assert "SECRETMSG" in (tmp_path / "log.txt").read_text()


def test_the_app_listens_on_this_computer_alone(app_url: str) -> None:
    port = urlsplit(app_url).port
    with socket.create_connection(("127.0.0.1", port), timeout=10):
        pass
    # A second name of this computer, which a server that listens everywhere answers to as well.
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=10):  # noqa: PT011
        pass


# --- whose code runs


def test_no_code_of_others_is_kept_here() -> None:
    files = [*ROOT.glob("geo/**/*.js"), *ROOT.glob("geo/**/*.css"), *ROOT.glob("docs/**/*.js")]
    assert len(files) > 20
    for file in files:
        text = file.read_text(encoding="utf-8")
        foreign = re.search(
            r"@license|copyright|sourceMappingURL|https?://cdn", text, re.IGNORECASE
        )
        assert foreign is None, file
        # A program that writes scripts ends no line.
        assert max(map(len, text.splitlines())) < 400, file
    kinds = ("*.min.*", "*.map", "*.wasm", "*.so", "*.dll", "*.jar", "*.whl")
    assert [path for kind in kinds for path in ROOT.glob(f"geo/**/{kind}")] == []


def test_leaflet_is_the_one_that_was_looked_at() -> None:
    digest = hashlib.sha256(leaflet_script().encode()).hexdigest()
    assert digest == "34edd5e958eb754a467356cdbc26643e6dcdb7bc7a59adc7564ad0a0a4351976"
