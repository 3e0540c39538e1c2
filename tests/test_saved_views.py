"""Views saved under titles: one reader and one set of bounds in Python and in the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from browsing import Tab, open_map
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from twins import Ask
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import ViewError
from geo.table.workspace import Workspace
from geo.view import BOUNDS
from geo.view.saved_views import SavedView, changed, misfits, read_saved, read_views_file
from geo.webmap.document import document_html, encode
from geo.webmap.model import document_model

Open = Callable[..., Tab]
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\u202egnp.exe",
    "{{ 7 * 7 }}",
    "__proto__",
    "constructor",
    "'; DROP TABLE views; --",
    "د افغانستان نقشه",
    "x" * 200,
]
REFUSED_TITLES = ["", "   ", "two\nlines", "a\u2028b", "\x00", "x" * 201, 7, None, ["a"]]


def many(count: int) -> list[dict[str, str]]:
    return [{"title": f"View {number}", "address": "text=a"} for number in range(count)]


# --- reading and changing


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_only_a_title(title: str) -> None:
    assert read_saved([{"title": title, "address": ""}]) == (SavedView(title.strip(), ""),)


@pytest.mark.parametrize("title", REFUSED_TITLES)
def test_what_cannot_be_a_title_is_refused_and_never_shortened(title: object) -> None:
    with pytest.raises(ViewError, match="title"):
        read_saved([{"title": title, "address": ""}])
    with pytest.raises(ViewError, match="title"):
        changed((), {"act": "save", "title": title, "address": ""})


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("from=2024-02-01&to=2024-01-01", "2024-02-01 is after 2024-01-01"),
        ("deaths=99999999", "more than 1,000,000 fatalities"),
        ("text=" + "x" * 300, "300 letters; at most 200"),
        ("at=95,0,7", "expected degrees"),
        ("text=" + "x" * 20_000, "letters; at most 10,000"),
        ("text=\n", "has no address"),
    ],
)
def test_an_address_beyond_a_bound_is_refused_with_the_reason(address: str, said: str) -> None:
    with pytest.raises(ViewError) as error:
        read_saved([{"title": "Mine", "address": address}])
    assert "saved View 1, 'Mine'" in str(error.value)
    assert said in str(error.value)


def test_ten_thousand_views_are_refused_as_a_whole_with_their_number() -> None:
    assert len(read_saved(many(500))) == 500
    with pytest.raises(ViewError, match="10,000 of them; at most 500 are read"):
        read_saved(many(10_000))


def test_a_link_may_be_given_whole() -> None:
    links = {
        "Hash": "#from=2024-01-01",
        "File": "file:///maps/map.html#from=2024-01-01",
        "App": "https://example.org/map?from=2024-01-01",
        "Bare": "from=2024-01-01",
    }
    assert {one.address for one in read_saved(links)} == {"from=2024-01-01"}


def test_two_views_with_one_title_are_refused() -> None:
    with pytest.raises(ViewError, match="there are two with this title"):
        read_saved([*many(1), *many(1)])


def test_a_file_may_be_yaml_or_json() -> None:
    yaml = b"- title: Mine\n  address: '#text=a'\n- title: Other\n  address: mode=provinces\n"
    both = read_views_file(yaml, "v.yaml")
    assert [one.title for one in both] == ["Mine", "Other"]
    as_json = json.dumps([one.to_json() for one in both]).encode()
    assert read_views_file(as_json, "v.json") == both
    assert read_views_file(b"Mine: text=a\n", "v.yaml")[0] == SavedView("Mine", "text=a")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"7", b"[", b"- a", b"\xff", b"- title: A\n", b"a: [1]", b"&a [*a]",
        b"!!python/object:os.system {}", b"[" * 5_000,
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ViewError) as error:
        read_views_file(data, "v.yaml")
    assert str(error.value).startswith("v.yaml: ")


def test_acts_change_the_list() -> None:
    views = changed((), {"act": "save", "title": "A", "address": "#text=a"})
    views = changed(views, {"act": "save", "title": "B", "address": "text=b"})
    views = changed(views, {"act": "save", "title": "A", "address": "text=c"})
    assert [(one.title, one.address) for one in views] == [("A", "text=c"), ("B", "text=b")]
    views = changed(views, {"act": "rename", "title": "A", "to": "C"})
    with pytest.raises(ViewError, match="another View is called 'B'"):
        changed(views, {"act": "rename", "title": "C", "to": "B"})
    assert changed(views, {"act": "remove", "title": "C"}) == (SavedView("B", "text=b"),)
    with pytest.raises(ViewError, match="expected to save"):
        changed(views, {"act": "publish", "title": "C"})


def test_a_full_list_takes_no_more() -> None:
    full = read_saved(many(500))
    with pytest.raises(ViewError, match="500 Views are saved already"):
        changed(full, {"act": "save", "title": "One more", "address": ""})


# --- the twins


ACTS = st.lists(
    st.fixed_dictionaries(
        {
            "act": st.sampled_from(["save", "rename", "remove"]),
            "title": st.sampled_from(["A", "B", " C ", "", "two\nlines"]),
            "address": st.sampled_from(["", "text=a", "mode=provinces"]),
            "to": st.sampled_from(["A", "B", "D", "", "E\u2029"]),
        }
    ),
    max_size=8,
)


def after(acts: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    views: tuple[SavedView, ...] = ()
    steps = []
    for act in acts:
        try:
            views, is_possible = changed(views, act), True
        except ViewError:
            is_possible = False
        steps.append({"views": [one.to_json() for one in views], "isPossible": is_possible})
    return steps


@pytest.mark.browser
def test_python_and_the_browser_change_a_list_alike(ask: Ask) -> None:
    @settings(max_examples=60)
    @given(ACTS)
    def alike(acts: list[dict[str, str]]) -> None:
        assert ask("viewsAfter", [], acts, asdict(BOUNDS)) == after(acts)

    alike()


@pytest.mark.browser
def test_the_browser_tells_what_it_cannot_read(ask: Ask) -> None:
    bounds = asdict(BOUNDS)
    titles = [*({"title": one, "address": ""} for one in HOSTILE)]
    assert ask("savedViews", titles, bounds) == {"views": titles, "note": ""}
    refused = [{"title": one, "address": ""} for one in REFUSED_TITLES]
    assert ask("savedViews", refused, bounds) == {
        "views": [], "note": "9 saved Views could not be read.",
    }  # fmt: skip
    assert ask("savedViews", many(10_000), bounds) == {
        "views": [], "note": "10,000 saved Views; at most 500 are read.",
    }  # fmt: skip
    for odd in ({}, "x", None, 7):
        assert ask("savedViews", odd, bounds)["note"] == "The saved Views could not be read."


@pytest.mark.browser
def test_both_say_alike_what_the_data_no_longer_have(ask: Ask, own: Workspace) -> None:
    addresses = [
        "", "provinces=AF-KAB,AF-XYZ", "sources=gone", "chosen=never", "groups=nrf,lost",
        "against=lost,civilians", "districts=AF0101,AF9999", "province=AF-XYZ&sources=gone",
        "groups=not-named", "sources=gone&provinces=AF-XYZ&chosen=never-was",
    ]  # fmt: skip
    ask("read", encode(document_model(own)))
    in_browser = ask("unfitting", addresses)
    for address, said in zip(addresses, in_browser, strict=True):
        found = misfits(SavedView("A", address), own)
        # The browser lists the districts of the records, Python those of the country.
        if "districts" not in address:
            assert said == found, address
    assert misfits(SavedView("A", "districts=AF9999"), own)


# --- the command line


def test_a_map_carries_the_views_of_its_author(tmp_path: Path) -> None:
    views = tmp_path / "views.yaml"
    views.write_text("In Panjshir: '#provinces=AF-PAN'\nOld: sources=gone\n", encoding="utf-8")
    out = tmp_path / "m.html"
    ran = CliRunner().invoke(app, ["map", "--views", str(views), "--out", str(out)])
    assert ran.exit_code == 0, ran.stderr
    assert "'Old' names what the data do not have: source gone" in ran.stderr
    views.write_text("Wrong: at=100,0,7\n", encoding="utf-8")
    ran = CliRunner().invoke(app, ["map", "--views", str(views), "--out", str(out)])
    assert ran.exit_code == 2
    assert "saved View 1, 'Wrong': viewport: expected degrees" in ran.stderr
    ran = CliRunner().invoke(app, ["map", "--views", str(tmp_path / "no"), "--out", str(out)])
    assert (ran.exit_code, "cannot be read" in ran.stderr) == (2, True)


# --- the document


AUTHOR = read_saved(
    {
        "NRF in 2024": "groups=nrf&from=2024-01-01&to=2024-12-31",
        HOSTILE[0]: "provinces=AF-PAN",
        "One year against another": ("from=2022-01-01&to=2022-12-31&compare=2024-01-01,2024-12-31"),
        "Old": "sources=gone",
    }
)


@pytest.fixture(scope="module")
def file(own: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("views") / "map.html"
    path.write_text(document_html(own, saved=AUTHOR), encoding="utf-8")
    return path


@pytest.fixture
def tab(page: Open, file: Path) -> Tab:
    found = open_map(page(width=1440, height=900), file)
    found.page.locator(".im-views summary").click()
    return found


def titles(page: Page) -> list[str]:
    return page.locator(".im-view-open").all_inner_texts()


def save(page: Page, title: str) -> None:
    page.fill("[data-key=view-title]", title)
    page.press("[data-key=view-title]", "Enter")


@pytest.mark.browser
def test_the_views_of_the_author_are_links_and_open(tab: Tab) -> None:
    assert titles(tab.page) == [one.title for one in AUTHOR]
    link = tab.page.locator(".im-view-open").first
    assert link.get_attribute("href") == "#" + AUTHOR[0].address
    link.click()
    expect(tab.page).to_have_url(re.compile("from=2024-01-01"))
    expect(tab.page.locator(".im-row-toggle[data-group=taliban]")).to_have_attribute(
        "aria-checked", "false"
    )
    old = tab.page.locator(".im-view-list li", has_text="Old")
    assert "It names what the data do not have: source gone." in old.inner_text()
    assert tab.page.locator(".im-views img").count() == 0


@pytest.mark.slow
@pytest.mark.browser
def test_a_view_is_saved_opened_renamed_and_deleted_and_outlasts_the_page(tab: Tab) -> None:
    page = tab.page
    page.locator(".im-row-toggle[data-group=nrf]").click(modifiers=["Alt"])
    save(page, "Only the NRF")
    save(page, HOSTILE[1])
    page.keyboard.press("0")
    assert titles(page)[len(AUTHOR) :] == ["Only the NRF", HOSTILE[1]]
    page.reload()
    page.locator(".im-views summary").click()
    assert titles(page)[len(AUTHOR) :] == ["Only the NRF", HOSTILE[1]]
    page.locator(".im-view-open", has_text="Only the NRF").click()
    expect(page.locator(".im-row-toggle[data-group=taliban]")).to_have_attribute(
        "aria-checked", "false"
    )
    page.locator('[data-key="rename:Only the NRF"]').click()
    page.fill("[data-key=naming]", HOSTILE[1])
    page.press("[data-key=naming]", "Enter")
    expect(page.locator(".im-views > p")).to_have_text(
        "Another View has this title; choose another one."
    )
    page.fill("[data-key=naming]", "NRF")
    page.locator("[data-key=naming-done]").click()
    page.locator(f'[aria-label="Delete {HOSTILE[1]}"]').click()
    assert titles(page)[len(AUTHOR) :] == ["NRF"]
    assert tab.errors == []


@pytest.mark.browser
def test_saved_views_work_by_keys_alone(tab: Tab) -> None:
    page = tab.page
    page.locator("[data-key=view-title]").focus()
    page.keyboard.type("By keys")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert titles(page)[-1] == "By keys"
    page.locator('[data-key="rename:By keys"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Again")
    page.keyboard.press("Escape")
    assert titles(page)[-1] == "By keys"
    page.locator('[data-key="remove:By keys"]').focus()
    page.keyboard.press("Enter")
    assert titles(page) == [one.title for one in AUTHOR]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("{", "The saved Views could not be read."),
        (json.dumps(many(10_000)), "10,000 saved Views; at most 500 are read."),
        ('[{"title": 7}, {"title": "Good", "address": ""}]', "1 saved View could not be read."),
    ],
)
def test_what_the_browser_kept_badly_is_told(tab: Tab, stored: str, said: str) -> None:
    tab.page.evaluate(
        "text => localStorage.setItem(Object.keys(localStorage).find((key) => "
        "key.startsWith('incident-map-views:')) ?? 'none', text)",
        stored,
    )
    save(tab.page, "First")
    key = tab.page.evaluate("Object.keys(localStorage).find((key) => key.includes('-views:'))")
    tab.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, stored])
    tab.page.reload()
    tab.page.locator(".im-views summary").click()
    expect(tab.page.locator(".im-views > p")).to_have_text(said)
    assert tab.errors == []


# --- presentation


@pytest.mark.slow
@pytest.mark.browser
def test_a_presentation_goes_through_saved_views_with_their_titles_large(tab: Tab) -> None:
    page = tab.page
    page.locator(".im-present-steps").wait_for(state="hidden")
    page.keyboard.press("f")
    page.locator(".im-present-steps").wait_for()
    page.keyboard.press("v")
    title = page.locator(".im-present-title")
    expect(title).to_have_text("NRF in 2024")
    size = title.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 22
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text(HOSTILE[0])
    page.keyboard.press("PageDown")
    expect(title).to_have_text("One year against another")
    page.keyboard.press("End")
    expect(title).to_have_text("Old")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Old")
    page.keyboard.press("Home")
    expect(title).to_have_text("NRF in 2024")
    pressed = page.locator(".im-present-steps [aria-pressed=true]")
    expect(pressed).to_have_text("Saved views")
    page.get_by_role("button", name="Periods").click()
    expect(pressed).to_have_text("Periods")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".im-present-steps")).to_be_hidden()
    assert tab.errors == []


@pytest.mark.browser
def test_a_title_goes_once_the_view_is_another(tab: Tab) -> None:
    page = tab.page
    page.keyboard.press("f")
    page.keyboard.press("v")
    expect(page.locator(".im-present-title")).to_have_count(1)
    page.keyboard.press("0")
    expect(page.locator(".im-present-title")).to_have_count(0)


@pytest.mark.browser
def test_without_saved_views_there_is_nothing_to_choose(page: Open, map_file: Path) -> None:
    tab = open_map(page(width=1440, height=900), map_file)
    tab.page.keyboard.press("f")
    tab.page.locator(".im-present-when").wait_for()
    assert tab.page.locator(".im-present-steps").is_hidden()
    tab.page.keyboard.press("v")
    assert tab.page.locator(".im-present-title").count() == 0
