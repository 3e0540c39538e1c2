"""Every control of the document and of the app can be come to and used by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from browsing import DONE, LIES_STILL, Tab, page_script, stands
from dossiers import SOURCE, incident, workspace
from playwright.sync_api import Locator, Page, expect
from recording import SHARE

from geo.limits import MAX_DOSSIER_BYTES
from geo.places.country import Country
from geo.webmap.document import document_html

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
State = dict[str, Any]
SCRIPT = Path(__file__).with_name("by_keys.js").read_text(encoding="utf-8")
PERIOD = {"from": "2022-05-01", "to": "2022-08-31"}
CHOSEN = "northern-offensive-2022"
TRIES = 40
UNFOLD = page_script("by_keys.js", "unfold")
CLICK_OTHER = page_script("by_keys.js", "clickOther")


def changed(*names: str) -> Callable[[State, State], bool]:
    return lambda before, after: all(before[name] != after[name] for name in names)


def turned(*names: str) -> Callable[[State, State], bool]:
    """The control itself is in another state, and still there."""
    return lambda before, after: (
        after["own"] is not None
        and all(before["own"][name] != after["own"][name] for name in names)
    )


def both(*effects: Callable[[State, State], bool]) -> Callable[[State, State], bool]:
    return lambda before, after: all(effect(before, after) for effect in effects)


def its_card(before: State, after: State) -> bool:
    return after["record"] == before["own"]["record"] is not None


def its_list(before: State, after: State) -> bool:
    counted = int("".join(filter(str.isdigit, before["own"]["words"])))
    return after["title"] != before["title"] and after["listed"] == counted


def pressed(_: State, after: State) -> bool:
    return after["own"] is not None and after["own"]["pressed"] == "true"


@dataclass(frozen=True)
class Use:
    """Controls, the keys that use one, what changes by it, and where that is tried."""

    css: str
    keys: tuple[str, ...]
    effect: Callable[[State, State], bool]
    scenes: tuple[str, ...] = ("desk",)
    # Clicked before, so that there is something to change.
    first: str = ""


ENTER, SPACE = ("Enter",), ("Space",)
USES = [
    Use(".leaflet-container", ("ArrowRight",), changed("map"), ("desk", "filtered")),
    Use(".im-tool[aria-label^=Zoom]", ENTER, changed("map")),
    Use('.im-tool[aria-label="Whole country"]', ENTER, changed("map"), first='[title="Zoom in"]'),
    Use('.im-tool[aria-label="Measure"]', ENTER, turned("pressed")),
    Use('.im-tool[aria-label^="Present"]', ENTER, turned("pressed"), ()),
    Use(".im-modes .im-segment", ENTER, both(pressed, changed("mode")),
        first=".im-modes [aria-pressed=false]"),
    Use(".im-themes .im-segment", SPACE, both(pressed, changed("theme")),
        first=".im-themes [aria-pressed=false]"),
    Use(".im-base-part", SPACE, turned("checked")),
    Use(".im-base-languages .im-segment", ENTER, pressed,
        first=".im-base-languages [aria-pressed=false]"),
    Use(".im-mark:not(.im-stack)", ENTER, its_card),
    Use(".im-plate, .im-stack", ENTER, changed("title")),
    Use(".im-nearest-go", ENTER, changed("map"), ("elsewhere",)),
    Use(".im-overview", ("ArrowUp",), changed("map"), ("elsewhere",)),
    Use(".im-back-out", ENTER, changed("map"), ("zoomed",)),
    Use("[data-key=zoom-to]", ENTER, changed("map"), ("province",)),
    # Two maps
    Use("[data-half]", ENTER, its_list, ("filtered",)),
    Use(".im-half-end", ENTER, changed("bins"), ("filtered",)),
    # The layers and the filters
    Use(".im-section-head .im-text-button", ENTER, changed("ledger", "shown"), ("desk", "nothing")),
    Use("[data-group], [data-layer]", SPACE, both(turned("checked", "words"), changed("shown"))),
    # What is off says what it would add, so its number stays.
    Use("[data-choice]", SPACE, both(turned("checked"), changed("chips", "ledger")),
        ("desk",)),
    Use(".im-check", SPACE, turned("checked")),
    Use(".im-legend-fold", ENTER, turned("expanded")),
    # Opens a dialog, which has a test of its own.
    Use("[data-key=keys]", ENTER, changed("held"), ()),
    Use(".im-legend-head > .im-text-button", ENTER, changed("chips", "ledger"), ("filtered",)),
    Use(".im-only", ENTER, changed("shown", "ledger")),
    Use(".im-unfold", ENTER, turned("expanded")),
    Use(".im-filters-toggle, .im-field-toggle", ENTER, turned("expanded"), ("filters",)),
    Use("summary", SPACE, turned("expanded")),
    # A blank: nothing is saved under it, and the button says so.
    Use(".im-view-title", SPACE, turned("value")),
    Use("[data-key=view-save]", ENTER, changed("views")),
    Use(".im-find", ("k",), turned("expanded")),
    Use(".im-search", tuple("kabul"), both(turned("value"), changed("chips", "ledger"))),
    Use(".im-order", ("ArrowDown",), turned("value")),
    Use("input[type=checkbox]", SPACE, both(turned("checked"), changed("chips")),
        ("filters", "phone")),
    Use("input[type=radio]", (), both(turned("checked"), changed("chips")), ("filters",)),
    Use(".im-number", ("3",), both(turned("value"), changed("chips", "ledger")), ("filters",)),
    Use(".im-filter-chip", ENTER, changed("chips", "ledger"), ("filtered",)),
    Use(".im-chips > .im-text-button", SPACE, changed("chips", "ledger"), ("filtered",)),
    Use(".im-empty .im-button", ENTER, changed("ledger"), ("nothing", "no match")),
    # Not mapped
    Use(".im-side", ENTER, both(pressed, changed("side")), first=".im-side[aria-pressed=false]"),
    Use(".im-item", ENTER, its_card, ("desk", "left out")),
    Use(".im-inline", ENTER, changed("title"), ("desk", "card")),
    Use(".im-matrix-room", ("ArrowRight",), turned("scrolled"), ("presence",)),
    Use(".im-cell", ENTER, changed("title"), ("presence",)),
    Use("[data-key=only-here]", SPACE, both(turned("pressed"), changed("chips")), ("province",)),
    Use("[data-key=back], [data-key=close]", ENTER, changed("title"), ("card", "province")),
    Use("[data-key=previous], [data-key=next]", ENTER, changed("record"), ("card",)),
    Use(".im-ref", ENTER, changed("held"), ("card",)),
    Use("[data-key=copy-text]", ENTER, turned("words"), ("card",)),
    Use("[data-key=copy-link]", ENTER, changed("linked"), ("card",)),
    Use('.im-tool[aria-label="Copy link"]', ENTER, changed("linked")),
    Use("[data-key=show-it]", ENTER, changed("ledger"), ("hidden card",)),
    Use("[data-key=lift], [data-key^='show:']", ENTER, changed("ledger"), ("left out",)),
    # The time strip
    Use(".im-time-back, .im-time-on", ENTER, changed("dates", "ledger"), ("filtered",)),
    Use(".im-time-play", SPACE, changed("playing"), ("filtered",)),
    Use(".im-time-date", ("2", "0", "2", "2", "Enter"), changed("dates", "ledger"),
        ("desk", "phone")),
    Use(".im-time-preset", ("ArrowDown",), both(turned("value"), changed("dates")),
        ("desk", "phone")),
    Use("select", ("ArrowDown",), turned("value"), ("desk", "phone")),
    Use(".im-time-word", ENTER, lambda a, b: a["axis"] != b["axis"] or a["bins"] != b["bins"],
        ("desk", "filtered", "phone")),
    Use(".im-time-plot", ("ArrowRight",), changed("dates", "ledger"), ("desk", "filtered")),
    Use(".im-time-handle.is-first", ("ArrowUp",), turned("said"), ("desk", "filtered")),
    Use(".im-time-handle.is-last", ("ArrowDown",), turned("said"), ("desk", "filtered")),
    Use(".im-time-unit", ENTER, both(turned("pressed"), changed("dates")),
        ("desk", "filtered", "phone")),
    Use(".im-time-opener", ENTER, turned("expanded"), ("desk", "phone")),
    Use(".im-time-reader", ENTER, turned("expanded"), ("phone",)),
    Use(".im-time-more", ENTER, both(turned("expanded"), changed("tools")), ("phone",)),
    Use(".im-time-rest", ENTER, both(turned("expanded"), changed("rest")), ("phone",)),
    Use(".im-time-item", ENTER, its_card, ("phone",)),
    # The foot
    Use(".im-ledger-part", ENTER, its_list, ("desk", "filtered", "phone")),
    Use(".im-counter", ENTER, both(turned("pressed"), changed("chips", "ledger")),
        ("desk", "filtered", "phone")),
    Use(".im-tab", SPACE, both(turned("expanded"), changed("tab")), ("phone",)),
    # A link out of the document: `test_a_source_is_opened_by_enter` follows it.
    Use(".im-source a", (), changed("held"), ()),
]  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A state of the document that has controls of its own."""

    view: dict[str, Any] = field(default_factory=dict)
    side: str = "records"
    clicks: tuple[str, ...] = ()
    folds: str = ""
    size: tuple[int, int] = (1440, 900)


SCENES = {
    "desk": Scene(folds=".im-unfold, .im-legend-fold, details"),
    "filters": Scene(folds=".im-filters-toggle, .im-field-toggle"),
    "filtered": Scene(PERIOD | {"kinds": ["incident"], "off": ["isis-k"], "text": "attack",
                                "compare": ["2022-01-01", "2022-04-30"]}),
    # Where the table is wider than its room.
    "presence": Scene(side="presence", size=(1100, 800)),
    "card": Scene({"chosen": CHOSEN}),
    "hidden card": Scene({"chosen": CHOSEN, "kinds": ["presence"]}),
    "province": Scene({"province": "AF-PAN"}),
    "left out": Scene({"off": ["nrf"]}, clicks=(".im-ledger-part[data-standing=off]",)),
    "nothing": Scene(clicks=(".im-section-head .im-text-button",)),
    "no match": Scene({"text": "nothing of the kind"}),
    "zoomed": Scene({"province": "AF-PAN"}, clicks=("[data-key=zoom-to]",)),
    # Nothing is drawn there.
    "elsewhere": Scene({"viewport": {"lat": 31.3, "lon": 62.3, "zoom": 9}}),
    "phone": Scene(clicks=(".im-time-more", ".im-time-rest"), size=(390, 844)),
}  # fmt: skip


LONG = 1_000 if SHARE else 2
"""Of so many alike controls of one list, such as the provinces by name, all are used; of a longer
one the first and the last are, and all in `make test-long`."""


def begin(page: Page, scene: Scene) -> None:
    how = [scene.view, scene.side, scene.folds]
    page.evaluate("how => byKeys.begin(...how)", how)
    for css in scene.clicks:
        page.evaluate(UNFOLD, css)
    if scene.clicks:
        page.evaluate(LIES_STILL)


def come_to(page: Page, most: int) -> list[dict[str, Any]]:
    """All that Tab comes to, once round."""
    page.evaluate("() => byKeys.walk()")
    for _ in range(most):
        page.keyboard.press("Tab")
    stops: list[dict[str, Any]] = page.evaluate("() => byKeys.walked()")
    return stops


def radio_before(page: Page, name: str) -> bool:
    """Hold the radio before this one in its group."""
    return bool(page.evaluate(page_script("by_keys.js", "radioBefore"), name))


def used(page: Page, name: str, use: Use) -> bool:
    """Use a control that Tab comes to, and see whether what it promises happens."""
    keys = use.keys
    if use.first:
        page.evaluate(CLICK_OTHER, [use.first, name])
        page.evaluate(LIES_STILL)
    if use.css == "input[type=radio]":
        radio_before(page, name)
        keys = ("ArrowDown",)
    else:
        page.evaluate("name => byKeys.find(name).focus()", name)
    before = page.evaluate("name => byKeys.state(name)", name)
    for key in keys:
        page.keyboard.press(key)
    for _ in range(TRIES):
        after = page.evaluate("name => byKeys.state(name)", name)
        # Whoever uses keys is never thrown back to the beginning of the page.
        if use.effect(before, after) and after["held"]:
            return True
        page.wait_for_timeout(20)
    return False


def each_of_its_kind(uses: dict[str, Use], scene: str) -> Iterator[tuple[str, Use]]:
    """Every control; of a long list of alike ones the first and the last."""
    for use in USES:
        alike = [name for name, its_use in uses.items() if its_use is use and scene in use.scenes]
        some = alike if len(alike) <= LONG else [alike[0], alike[-1]]
        yield from ((name, use) for name in some)


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("scene", SCENES)
def test_every_control_is_come_to_and_used_by_keys(page: Open, map_file: Path, scene: str) -> None:
    width, height = SCENES[scene].size
    # Alone: where a mouse has been before, a control for what is under the pointer may appear.
    tab = page(width=width, height=height, alone=True)
    tab.page.goto(map_file.as_uri())
    tab.page.locator(".im-mark").first.wait_for()
    tab.page.evaluate(SCRIPT)
    begin(tab.page, SCENES[scene])
    controls = tab.page.evaluate("all => byKeys.list(all)", [use.css for use in USES])
    stops = come_to(tab.page, len(controls) + 5)
    reached = {one["name"] for one in stops}
    assert [one for one in controls if one["isByTab"] and one["name"] not in reached] == []
    assert [one["html"] for one in stops if not one["spoken"]] == []
    assert [one["html"] for one in stops if one["sides"] < 2] == []
    assert [one["html"] for one in controls if one["use"] < 0] == []
    uses = {one["name"]: USES[one["use"]] for one in controls}
    missed = [use.css for use in USES if scene in use.scenes and use not in uses.values()]
    assert missed == []
    failed = []
    for name, use in each_of_its_kind(uses, scene):
        begin(tab.page, SCENES[scene])
        if not used(tab.page, name, use):
            failed.append(name)
    assert failed == []
    assert tab.errors == []


def test_a_source_is_opened_by_enter(page: Open, country: Country, tmp_path: Path) -> None:
    address = "https://example.org/report"
    found = workspace(country, incident(), sources={"report": SOURCE | {"url": address}})
    file = tmp_path / "map.html"
    file.write_text(document_html(found), encoding="utf-8")
    tab = page(width=1440, height=900)
    tab.page.goto(file.as_uri() + "#chosen=an-attack")
    tab.page.locator(".im-source a").focus()
    with tab.page.context.expect_event("request") as asked:
        tab.page.keyboard.press("Enter")
    assert asked.value.url == address
    assert tab.page.locator(".im-card").is_visible()


# The document, what no table says


@pytest.fixture
def keys(page: Open, map_file: Path) -> Page:
    tab = page(width=1440, height=900)
    tab.page.goto(map_file.as_uri())
    tab.page.locator(".im-mark").first.wait_for()
    return tab.page


def is_on(page: Page, css: str) -> bool:
    found: bool = page.evaluate("css => document.activeElement.matches(css)", css)
    return found


def drawn(page: Page) -> int:
    return int(page.locator(".im-ledger-total strong").inner_text())


@pytest.mark.slow
def test_escape_closes_what_enter_opened_and_the_focus_stays(keys: Page) -> None:
    beside = keys.locator(".im-detail-body h2")
    badge = '.im-plate[title$=" records"]:not(.is-region):not(.im-stack)'
    mark = ".im-mark[data-record=interior-ministry-attack-2024]"
    for css, opened in ((badge, ".im-detail-body .im-item"), (mark, ".im-card")):
        keys.locator(css).first.focus()
        title = keys.evaluate("() => document.activeElement.title")
        keys.keyboard.press("Enter")
        expect(beside).not_to_have_text("Records")
        expect(keys.locator(opened).first).to_be_visible()
        assert keys.evaluate("() => document.activeElement.title") == title
        keys.keyboard.press("Escape")
        expect(beside).to_have_text("Records")
        assert keys.evaluate("() => document.activeElement.title") == title


def test_escape_closes_a_card_from_within(keys: Page) -> None:
    keys.locator(".im-item").first.focus()
    keys.keyboard.press("Enter")
    expect(keys.locator(".im-card")).to_be_visible()
    keys.keyboard.press("Tab")
    assert is_on(keys, ".im-detail *")
    keys.keyboard.press("Escape")
    expect(keys.locator(".im-card")).to_have_count(0)
    assert not is_on(keys, "body")


def test_space_switches_a_group_and_back(keys: Page) -> None:
    row = ".im-row-toggle[data-group=nrf]"
    before = drawn(keys)
    keys.locator(row).focus()
    for state, fewer in (("false", True), ("true", False)):
        keys.keyboard.press("Space")
        expect(keys.locator(row)).to_have_attribute("aria-checked", state)
        assert (drawn(keys) < before) is fewer
        assert is_on(keys, row)


def test_all_arrows_on_both_handles_change_the_period(keys: Page) -> None:
    for side, inward in (("first", "ArrowUp"), ("last", "ArrowDown")):
        handle = keys.locator(f".im-time-handle.is-a.is-{side}")
        handle.focus()
        # From all dates there is nothing further out to go to.
        for key in (inward, "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            said = handle.get_attribute("aria-valuetext") or ""
            sentence = keys.locator(".im-time-sentence").get_attribute("title") or ""
            keys.keyboard.press(key)
            expect(handle).not_to_have_attribute("aria-valuetext", said)
            expect(keys.locator(".im-time-sentence")).not_to_have_attribute("title", sentence)
            assert is_on(keys, f".im-time-handle.is-a.is-{side}")


def test_words_are_asked_for_in_the_list_and_their_chip_lifts_them(keys: Page) -> None:
    before = drawn(keys)
    keys.locator(".im-records .im-search").focus()
    keys.keyboard.type("panjshir")
    expect(keys.locator("[data-standing=text]")).to_be_visible()
    assert 0 < drawn(keys) < before
    keys.locator(".im-filters .im-filter-chip").focus()
    keys.keyboard.press("Enter")
    expect(keys.locator(".im-filter-chip")).to_have_count(0)
    assert drawn(keys) == before
    assert keys.locator(".im-records .im-search").input_value() == ""
    assert not is_on(keys, "body")


# The app around the document

DEEP = page_script("by_keys.js", "deepControls")
HELD = page_script("by_keys.js", "heldControl")
HELD_IS = "css => window.held().matches(css)"


def settled(page: Page, name: str) -> None:
    if name == "Records":
        # The page is the document, whose heading is the title of the dossier.
        page.frame_locator("iframe").locator(".im-table-title").first.wait_for()
    else:
        page.get_by_role("heading", name=name, exact=True).wait_for()
    stands(page)


def tab_to(page: Page, css: str, key: str = "Tab") -> None:
    page.evaluate(DEEP)
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate(HELD_IS, css):
            return
    pytest.fail(f"{key} never came to {css}")


@pytest.mark.slow
def test_the_pages_of_the_app_are_gone_through_by_keys(page: Open, app_url: str) -> None:
    tab = page(width=1440, height=900).page
    tab.goto(f"{app_url}/records")
    settled(tab, "Records")
    for name in ("Briefing", "Events", "Changes", "Sources", "Method", "Records"):
        tab_to(tab, f"[data-testid=stTopNavLink][href$='/{name.lower()}']")
        tab.keyboard.press("Enter")
        settled(tab, name)
        if name == "Briefing":
            tab.locator("img[alt^='Map of']").wait_for(timeout=60_000)
            tab.locator(DONE).wait_for()
        wanted = tab.evaluate(DEEP)
        tab.evaluate("() => document.activeElement.blur()")
        reached = set()
        if name == "Records":
            # Behind a document at the end of a page comes the browser's own bar, if it has one.
            tab.locator("[data-testid=stSkipToContent]").focus()
            reached.add(tab.evaluate(HELD))
        for _ in range(len(wanted) + 15):
            tab.keyboard.press("Tab")
            reached.add(tab.evaluate(HELD))
        assert [html for at, html in enumerate(wanted) if at not in reached] == [], name


@pytest.mark.slow
def test_a_row_of_the_table_is_chosen_by_keys_and_shown_on_the_map(
    page: Open, app_url: str
) -> None:
    tab = page(width=1440, height=900).page
    tab.goto(f"{app_url}/records")
    inside = tab.frame_locator("iframe")
    titles = inside.locator(".im-table-title")
    titles.first.focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    card = inside.locator(".im-card")
    card.wait_for()
    chosen = card.get_attribute("data-record")
    assert chosen == titles.nth(1).locator("xpath=ancestor::tr").get_attribute("data-record")
    inside.get_by_role("button", name="Show on the map").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/?chosen={chosen}*")
    inside.locator(f".im-shell:not(.is-table) .im-card[data-record={chosen}]").wait_for()


def field_of_file(page: Page) -> Locator:
    """Wait for the field's own script, which writes its label, and return the field."""
    found = page.get_by_label("An earlier version of the data")
    found.wait_for()
    return found


def test_a_file_is_handed_in_and_put_away_by_keys(
    page: Open, app_url: str, data_folder: Path
) -> None:
    tab = page(width=1440, height=900).page
    tab.goto(f"{app_url}/changes")
    settled(tab, "Changes")
    field_of_file(tab)
    with tab.expect_file_chooser() as chooser:
        tab_to(tab, "input[type=file]")
        tab.keyboard.press("Enter")
    chooser.value.set_files(data_folder / "incidents.yaml")
    expect(tab.get_by_text("No changes.")).to_be_visible(timeout=30_000)
    expect(tab.get_by_role("status").filter(has_text="File loaded")).to_be_visible()
    tab_to(tab, "button:not([kind]):not([data-testid])")
    assert tab.evaluate("() => window.held().innerText") == "Remove file"
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("No changes.")).to_have_count(0)
    assert tab.evaluate(HELD_IS, "input[type=file]")


def test_a_file_that_is_too_large_never_leaves_the_browser(
    page: Open, app_url: str, tmp_path: Path
) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (MAX_DOSSIER_BYTES + 1))
    tab = page(width=1440, height=900).page
    sent: list[int] = []
    tab.on("websocket", lambda web: web.on("framesent", lambda data: sent.append(len(data))))
    tab.goto(f"{app_url}/changes")
    settled(tab, "Changes")
    field_of_file(tab).set_input_files(large)
    expect(tab.get_by_text("at most 10,000,000 bytes are read")).to_be_visible()
    expect(tab.locator("input[type=file]")).to_have_attribute("aria-invalid", "true")
    assert sum(sent) < MAX_DOSSIER_BYTES // 10


MOUNT_LATE = page_script("by_keys.js", "mountLate")


def test_a_file_chosen_before_the_script_came_counts(page: Open, root: Path) -> None:
    tab = page().page
    tab.set_content(
        "<label for=file></label><input id=file type=file><p id=hint></p><p id=said></p>"
        "<button hidden></button>"
    )
    early = {"name": "early.yaml", "mimeType": "text/yaml", "buffer": b"title: T"}
    tab.locator("input").set_input_files(files=[early])
    script = (root / "geo/app/file_choice.js").read_text(encoding="utf-8")
    wanted = {"label": "Earlier", "hint": "", "accept": ".yaml", "most": 9, "packed": None}
    wanted |= {"tooLarge": "", "held": None}
    told = tab.evaluate(MOUNT_LATE, {"script": script, "wanted": wanted})
    assert (told[0], told[1]["bytes"]) == ("file", "dGl0bGU6IFQ=")
