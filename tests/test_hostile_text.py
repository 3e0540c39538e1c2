"""Text of a record is shown as text, never run: in the server, in the document, in the app."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import Tab, open_map
from dossiers import GROUPS, SOURCE, claim, copy_of_data, dossier_bytes, incident, presence

from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.view import View
from geo.webmap.document import IncidentLayers, document_html, encode
from geo.workspace import located_workspace

PAYLOADS = [
    "{{ 7*7 }}",
    "{% raise %}",
    "{# not closed",
    "{{ x",
    "{% set x = cycler.__init__.__globals__.os.environ.update(dict(PWNED='1')) %}",
    "${1}",
    "${alert(1)}",
    "`",
    "\\`",
    "</script><script>window.pwned = 1</script>",
    "<!--<script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1>",
    '" onmouseover=window.pwned=1 x="',
    "' onfocus=window.pwned=1 '",
    "C:\\2019 \\u0041",
    "javascript:window.pwned=1",
    "]]>&lt;b&gt;&amp;",
]


def everywhere(*payloads: str) -> bytes:
    """A dossier with each of these in every field that takes free text."""
    parts = [_parts(number, payload) for number, payload in enumerate(payloads)]
    said = " ".join(payloads)
    return dossier_bytes(
        *(record for _, _, records in parts for record in records),
        title=f"dossier {said}",
        note=f"dossier note {said}",
        sources={f"report-{number}": source for number, (source, _, _) in enumerate(parts)},
        groups={"taliban": GROUPS["taliban"]}
        | {f"group-{number}": group for number, (_, group, _) in enumerate(parts)},
    )


def _parts(number: int, payload: str) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """A source, a group and two records that hold a payload."""

    def said(name: str) -> str:
        return f"{name} {payload}"

    here, mine = {"source": f"report-{number}"}, [f"group-{number}"]
    claims = [
        claim(by=mine[0], text=said("text"), via=said("via"), of=said("of"),
              killed={"low": 1, "said": said("figure")}, credibility_because=said("graded"),
              **here),
        claim(by=said("speaker"), role="media", says="occurrence", **here),
    ]  # fmt: skip
    places = [
        {"place": said("place"), "means": "Panjshir", "because": said("because")},
        {"place": said("town"), "means": "Bazarak"},
        {"place": said("unknown")},
    ]
    common: dict[str, Any] = {
        "title": said("title"), "where": places, "claims": claims, "when_said": said("when"),
        "note": said("note"), "groups_said": said("groups"),
    }  # fmt: skip
    source = SOURCE | {
        "title": said("source"), "publisher": said("publisher"), "author": said("author"),
        "relays": [said("relay")], "note": said("source note"),
    }  # fmt: skip
    group = {"name": said("group"), "short": said("g")[:40], "letter": "ABCDEFGHI"[number],
             "also": [said("also")], "note": said("group note")}  # fmt: skip
    return source, group, [
        incident(id=f"an-attack-{number}", by=mine, **common),
        presence(id=f"a-presence-{number}", **common | {"groups": []}),
    ]  # fmt: skip


def hostile(country: Country, *payloads: str) -> Workspace:
    found = located_workspace(country, everywhere(*payloads), "d.yaml")
    assert len(found.reading.dossier.records) == 2 * len(payloads), found.problems
    return found


@pytest.mark.slow
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_runs_in_the_server(country: Country, payload: str) -> None:
    before = dict(os.environ)
    found = hostile(country, payload)
    html = document_html(found)
    assert dict(os.environ) == before
    # All of it travels encoded; only the page's title is written out, and that is escaped.
    body = html.partition("<body")[2]
    assert not [word for word in ("title", "text", "place", "note") if f"{word} {payload}" in body]


def test_the_alphabet_of_the_data_holds_nothing_that_a_template_reads(country: Country) -> None:
    found = hostile(country, "".join(PAYLOADS)[:250])
    layers = IncidentLayers(found)
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
    assert set(layers.payload) <= allowed
    assert encode({"a": 1}) == encode({"a": 1})


def test_our_own_script_and_style_hold_nothing_that_a_template_reads(own: Workspace) -> None:
    layers = IncidentLayers(own)
    for text in (layers.code, layers.style):
        for sign in ("{{", "{%", "{#", "</script", "innerHTML", "insertAdjacentHTML", "eval("):
            assert sign not in text, sign


WORDS = ("title", "text", "via", "place", "town", "unknown", "because", "when", "note",
         "speaker", "source", "publisher", "author", "relay", "figure")  # fmt: skip


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("payloads", [PAYLOADS[:6], PAYLOADS[6:12], PAYLOADS[12:]])
def test_every_text_is_shown_as_it_stands_and_runs_nothing_in_the_browser(
    country: Country, page: Callable[..., Tab], tmp_path: Path, payloads: list[str]
) -> None:
    found = hostile(country, *payloads)
    file = tmp_path / "map.html"
    file.write_text(document_html(found), encoding="utf-8")
    tab = page(width=1440, height=900)
    tab.page.goto(file.as_uri())
    tab.page.wait_for_selector(".im-ledger-total", state="attached")
    assert flat(found.reading.dossier.title) in flat(tab.page.inner_text("body"))
    for number, payload in enumerate(payloads):
        seen = tab.page.inner_text("body")
        for record in (f"an-attack-{number}", f"a-presence-{number}"):
            choose(tab, record)
            seen += tab.page.inner_text(".im-card")
        missing = [word for word in WORDS if flat(f"{word} {payload}") not in flat(seen)]
        assert missing == [], payload
    assert tab.page.evaluate("window.pwned") is None
    assert tab.page.title() == found.reading.dossier.title
    assert tab.errors == []
    assert tab.requests == [file.as_uri()]


def choose(tab: Tab, record: str) -> None:
    tab.page.evaluate(
        "id => window.postMessage({incidentMap: 1, type: 'set-view', view: {chosen: id}}, '*')",
        record,
    )
    tab.page.wait_for_selector(f".im-card[data-record='{record}']")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.slow
@pytest.mark.browser
def test_a_script_past_the_first_wall_meets_the_second(
    own: Workspace, page: Callable[..., Tab], tmp_path: Path, listener: tuple[str, list[str]]
) -> None:
    here, asked = listener
    smuggled = (
        "<img src=x onerror=window.pwned=1><script>window.pwned=2</script>"
        f"<script>fetch('{here}/fetch')</script><img src={here}/leak><iframe src={here}/></iframe>"
        f"<link rel=stylesheet href={here}/x.css><script src={here}/x.js></script>"
    )
    html = document_html(own)
    file = tmp_path / "map.html"
    file.write_text(html.replace("</body>", smuggled + "</body>"), encoding="utf-8")
    tab = open_map(page(), file)
    assert tab.page.evaluate("window.pwned") is None
    tab.page.wait_for_timeout(300)
    assert asked == []
    tab.page.request.get(f"{here}/reached")
    assert asked == ["/reached"]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "//evil.example/x",
     "data:text/html,<script>1</script>", "javascript&colon;alert(1)", " javascript:alert(1)",
     "vbscript:x", "file:///etc/passwd", "http://a b", 'http://a"onclick=1', "ftp://a"],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(country: Country, url: str) -> None:
    data = dossier_bytes(incident(), sources={"report": SOURCE | {"url": url}})
    found = located_workspace(country, data, "d.yaml")
    assert "report" not in found.reading.dossier.sources
    assert any("url" in str(problem) for problem in found.problems)


def test_a_view_from_an_address_is_never_echoed_unchecked() -> None:
    for payload in PAYLOADS:
        read = View.from_query({"off": payload, "chosen": payload, "province": payload})
        assert read == View()


@pytest.mark.slow
@pytest.mark.browser
def test_the_pages_of_the_app_show_text_as_it_stands(
    page: Callable[..., Tab], serve_app: Callable[..., str], data_folder: Path, tmp_path: Path
) -> None:
    payloads = [
        f"{PAYLOADS[0]} {PAYLOADS[6]} {PAYLOADS[11]}", "**bold** [a](http://x) :red[x]",
    ]  # fmt: skip
    folder = copy_of_data(data_folder, tmp_path / "hostile")
    (folder / "incidents.yaml").write_bytes(everywhere(*payloads))
    url = serve_app(data=folder)
    tab = page(width=1440, height=900)
    words = ("source", "publisher", "author", "relay", "source note", "group note", "also")
    for path, expected in {
        "sources": [f"{word} {payload}" for word in words for payload in payloads],
        "records": [f"{word} {' '.join(payloads)}" for word in ("dossier note",)],
        "": [],
    }.items():
        tab.page.goto(f"{url}/{path}")
        for text in expected:
            tab.page.get_by_text(text, exact=False).first.wait_for(timeout=20_000)
        assert tab.page.evaluate("window.pwned") is None
    tab.page.get_by_text("errors in the data").or_(tab.page.get_by_text("problem")).first.wait_for()
    assert tab.abroad == []
