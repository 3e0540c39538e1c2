"""Streamlit's Markdown changes no text of the data on any page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab
from dossiers import GROUPS, SOURCE, copy_of_data, dossier_bytes, incident

from geo.app.plain import isolated

TEXTS = [
    "https://evil.example/path", "www.evil.example", "mail http://a.example now", "a -> b",
    "a <- b", "a <-> b", "a >= b", "a <= b", "a != b", "a ~= b", "a -- b", "a --- b", "a => b",
    ":material/lock:", ":streamlit:", ":smile: :+1:", ":red[a]", ":blue-background[a]",
    ":small[a] :gray-badge[b]", "::: note", "**a** __b__", "*a* _b_", "~~a~~ ~b~", "`a` ``b``",
    "# a", "## a ##", "> a", "- a", "1. a", "[a](https://evil.example)",
    "![a](https://evil.example/b)",
    "<https://evil.example>", "<b>a</b> &amp; &lt;", "<!-- a -->", "$a^2$ $$b$$", "a | b | c",
    "a\\*b \\n", "[^1] [a]: b", "{a} {{ 7*7 }}", "- [ ] a", "a:b::c [x]{y}", "=== a",
]  # fmt: skip


def folder_with(data_folder: Path, target: Path) -> tuple[Path, bytes]:
    """A country's folder with each text in a source, a group, a record, and an earlier version."""
    sources = {"report": SOURCE} | {
        f"source-{at}": SOURCE
        | {"title": f"{text} T", "publisher": f"{text} P"}
        | {"note": f"{text} N", "relays": [f"{text} R"]}
        for at, text in enumerate(TEXTS)
    }
    groups = GROUPS | {
        f"group-{at}": {
            "name": f"{text} G", "short": f"G{at}", "letter": chr(0x4E00 + at),
            "also": [f"{text} A"], "note": f"{text} L",
        }
        for at, text in enumerate(TEXTS)
    }  # fmt: skip
    records = [incident(id=f"rec-{at}", title=f"{text} I") for at, text in enumerate(TEXTS)]
    heading = {"title": TEXTS[0], "note": "\n\n".join(TEXTS)}
    whole = {"sources": sources, "groups": groups, **heading}
    folder = copy_of_data(data_folder, target)
    (folder / "incidents.yaml").write_bytes(dossier_bytes(*records, **whole))
    before = [one | {"title": "before"} for one in records]
    return folder, dossier_bytes(*before, **whole)


ALERT = re.compile(r"\bst\.(?:error|warning|info|success|toast|exception)\(")
SHOWN = """() => [...document.querySelectorAll('bdi')].map((one) => one.innerText)"""
ACTS = """() => [...document.querySelectorAll('bdi *:not(br, wbr)')].map((one) => one.outerHTML)"""


@pytest.mark.slow
@pytest.mark.browser
def test_no_text_of_the_data_is_changed_by_markdown_on_any_page(
    page: Callable[..., Tab], app_of: Callable[..., str], data_folder: Path, tmp_path: Path
) -> None:
    assert len(TEXTS) >= 40
    folder, earlier = folder_with(data_folder, tmp_path / "texts")
    url = app_of(folder)
    tab = page(width=1440, height=900)

    def hold(wanted: list[str]) -> None:
        tab.page.wait_for_function(
            "last => [...document.querySelectorAll('bdi')].some((e) => e.innerText.includes(last))",
            arg=wanted[-1], timeout=60_000,
        )  # fmt: skip
        # A page is filled from its top, and again where it runs anew.
        for _ in range(100):
            shown = "\n".join(tab.page.evaluate(SHOWN)).split("\n")
            if all(any(text in line for line in shown) for text in wanted):
                break
            tab.page.wait_for_timeout(100)
        assert [text for text in wanted if not any(text in line for line in shown)] == []
        assert tab.page.evaluate(ACTS) == []

    tab.page.goto(f"{url}/sources")
    hold([f"{text} {sign}" for sign in "TPNRGAL" for text in TEXTS])
    tab.page.goto(f"{url}/records")
    hold(TEXTS)
    tab.page.goto(f"{url}/changes")
    field = tab.page.locator("input[type=file]")
    field.wait_for(timeout=60_000)
    field.set_input_files({"name": "old.yaml", "mimeType": "text/yaml", "buffer": earlier})
    hold([f"{text} I" for text in TEXTS])
    assert tab.page.locator("a[href*='evil.example']").count() == 0
    assert tab.abroad == []


def test_a_text_is_one_line_of_html_whatever_is_in_it() -> None:
    for text in [*TEXTS, "a\n\n# b", "a\r\n\r\n<script>", "a\u2028\u2029b", "\n\n"]:
        shown = isolated(text)
        assert "\n" not in shown
        assert shown.startswith("<bdi>")
        assert shown.endswith("</bdi>")
        inside = shown.removeprefix("<bdi>").removesuffix("</bdi>").replace("<br>", "")
        inside = inside.replace("<wbr>", "")
        assert "<" not in inside
        assert ">" not in inside


@pytest.mark.slow
@pytest.mark.browser
def test_no_alert_changes_a_text_of_the_data(
    page: Callable[..., Tab], serve_app: Callable[..., str]
) -> None:
    every = " ; ".join(TEXTS)
    recipe = json.dumps({"incidentMapRecipe": 1, "size": every}).encode()
    tab = page(width=1440, height=900)
    tab.page.goto(f"{serve_app()}/briefing")
    tab.page.get_by_text("Recreate an earlier figure").click(timeout=60_000)
    field = tab.page.locator("input[type=file][accept='.json']")
    field.set_input_files({"name": "r.json", "mimeType": "application/json", "buffer": recipe})
    alert = tab.page.get_by_role("alert")
    alert.wait_for(timeout=60_000)
    assert f"size {every!r} is unknown" in alert.inner_text()
    assert tab.page.evaluate(ACTS) == []
    assert tab.page.locator("a[href*='evil.example']").count() == 0
    assert tab.abroad == []


def test_no_page_has_an_alert_whose_text_is_markdown(root: Path) -> None:
    called = {
        f"{file.name}: {one}"
        for file in sorted((root / "geo/app").glob("*.py"))
        for one in ALERT.findall(file.read_text(encoding="utf-8"))
    }
    assert called == set()
