"""The map document in a real browser: what is toggled changes everywhere at once, and in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import folium
import pytest
from browsing import Tab, open_map, page_script
from playwright.sync_api import expect

from geo.dossier.records import Record
from geo.table.workspace import Workspace
from geo.view import UNNAMED, View, apply_view
from geo.webmap.base_map import base_facts
from geo.webmap.document import IncidentLayers, document_html, encode
from geo.webmap.model import document_model
from geo.webmap.scripts import leaflet_script, leaflet_style

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]

STATE = page_script("document.js", "stateOf")


@pytest.fixture
def tab(page: Open, map_file: Path) -> Tab:
    return open_map(page(width=1440, height=900), map_file)


def state(tab: Tab) -> dict[str, Any]:
    found: dict[str, Any] = tab.page.evaluate(STATE)
    return found


def of_group(own: Workspace, key: str) -> list[Record]:
    return [record for record in own.reading.dossier.records if key in record.groups]


def test_it_opens_from_disk_and_asks_nothing_of_anybody(page: Open, map_file: Path) -> None:
    tab = open_map(page(width=1440, height=900, alone=True), map_file)
    assert tab.requests == [map_file.as_uri()]
    before = state(tab)
    tab.page.context.set_offline(True)
    tab.page.reload()
    tab.page.locator(".im-mark").first.wait_for()
    assert state(tab) == before
    assert tab.errors == []


def test_the_same_data_give_the_same_bytes(own: Workspace, map_file: Path) -> None:
    again = document_html(own)
    assert again == map_file.read_text(encoding="utf-8")
    assert "http://" not in again.partition("IncidentMap.start")[0].partition("<script")[0]


def test_every_record_is_on_the_map_or_beside_it(tab: Tab, own: Workspace) -> None:
    tab.page.locator("[data-side=beside]").click()
    found = state(tab)
    ledger = apply_view(View(), own.located.table).ledger
    assert found["total"] == ledger.total == sum(found["parts"].values())
    on_map = found["parts"]["point"] + found["parts"]["area"] + found["parts"]["region"]
    assert on_map == ledger.drawn
    assert len(found["beside"]) == ledger.shown - ledger.drawn
    table = own.located.table
    points = set(table.loc[table["lat"].notna(), "record"])
    assert set(found["marks"]) == points


def test_toggling_a_group_changes_marks_counts_and_panel_and_moves_nothing(
    tab: Tab, own: Workspace
) -> None:
    before = state(tab)
    sent = len(tab.requests)
    tab.page.click(".im-row-toggle[data-group=isis-k]")
    after = state(tab)
    gone = {record.id for record in of_group(own, "isis-k")}
    assert set(before["marks"]) - set(after["marks"]) == gone & set(before["marks"])
    assert set(before["beside"]) - set(after["beside"]) == gone & set(before["beside"])
    assert after["rows"]["isis-k"] == f"0/{len(gone)}"
    assert after["parts"]["off"] == len(gone)
    assert sum(after["parts"].values()) == after["total"] == before["total"]
    assert (after["pane"], after["zoom"]) == (before["pane"], before["zoom"])
    assert len(tab.requests) == sent
    tab.page.click(".im-row-toggle[data-group=isis-k]")
    assert state(tab) == before


SOURCES = page_script("document.js", "sourceCounts")


def resting(records: Iterable[Record]) -> dict[str, int]:
    """How many records rest on each source."""
    return dict(Counter(key for record in records for key in {c.source for c in record.claims}))


@pytest.mark.slow
def test_the_list_of_sources_goes_along_with_what_is_shown(tab: Tab, own: Workspace) -> None:
    records = own.reading.dossier.records
    tab.page.locator("[data-fold=sources] summary").click()
    every = dict(tab.page.evaluate(SOURCES))
    assert every == resting(records)
    fewer = 0
    for key in own.reading.dossier.groups:
        row = tab.page.locator(f".im-row-toggle[data-group={key}]")
        row.click(modifiers=["Alt"])
        alone = dict(tab.page.evaluate(SOURCES))
        assert alone == resting(of_group(own, key)), key
        tally = tab.page.locator("[data-fold=sources] .im-tally").inner_text()
        assert tally == str(len(alone))
        fewer += len(alone) < len(every)
        row.click(modifiers=["Alt"])
    assert fewer > 0
    assert dict(tab.page.evaluate(SOURCES)) == every


def test_only_this_one_and_back(tab: Tab, own: Workspace) -> None:
    before = state(tab)
    row = tab.page.locator(".im-row", has=tab.page.locator("[data-group=al-qaeda]"))
    row.hover()
    row.locator(".im-only").click()
    alone = state(tab)
    assert alone["total"] - alone["parts"]["off"] == len(of_group(own, "al-qaeda"))
    row.locator(".im-only").click()
    assert state(tab)["parts"] == before["parts"]


def test_a_double_click_or_alt_is_only_this_one(tab: Tab, own: Workspace) -> None:
    before = state(tab)
    others = before["total"] - len(of_group(own, "al-qaeda"))
    row = tab.page.locator(".im-row-toggle[data-group=al-qaeda]")
    row.dblclick()
    assert state(tab)["parts"]["off"] == others
    row.click(modifiers=["Alt"])
    assert state(tab)["parts"] == before["parts"]


def test_shift_makes_all_between_what_the_last_one_is(tab: Tab) -> None:
    before = state(tab)
    keys = list(before["rows"])
    first, last = (tab.page.locator(f".im-row-toggle[data-group={keys[at]}]") for at in (1, 4))
    first.click()
    last.click(modifiers=["Shift"])
    off = {key for key, tally in state(tab)["rows"].items() if tally.startswith("0/")}
    assert off == set(keys[1:5])
    last.click()
    first.click(modifiers=["Shift"])
    assert state(tab) == before


def test_a_group_of_which_nothing_is_shown_says_why(page: Open, map_file: Path) -> None:
    tab = open_map(page(width=1440, height=900), map_file, "#from=2010-01-01&to=2010-12-31")
    row = tab.page.locator(".im-row.is-none .im-row-toggle[data-group=united-states]")
    assert "1 not known to fall within the dates" in (row.get_attribute("title") or "")
    assert "0 of 1 record shown, 1 not known to fall within the dates" in (
        row.get_attribute("aria-label") or ""
    )


@pytest.mark.slow
def test_of_a_long_list_a_hundred_rows_stand_there_until_all_are_asked_for(
    page: Open, own: Workspace, map_file: Path, tmp_path: Path
) -> None:
    model = document_model(own)
    copies = [one | {"id": f"{one['id']}-{at}"} for at in range(60) for one in model["records"]]
    text = map_file.read_text(encoding="utf-8")
    assert own.country.base_map is not None
    model |= {"base": base_facts(own.country.base_map, own.country)}
    assert encode(model) in text
    file = tmp_path / "many.html"
    file.write_text(text.replace(encode(model), encode(model | {"records": copies})), "utf-8")
    inside = open_map(page(width=1440, height=900), file).page
    inside.locator("[data-side=beside]").click()
    block = inside.locator(".im-block").first
    total = int(block.locator(".im-tally").inner_text())
    assert total > 300
    assert block.locator(".im-item").count() == 100
    rest = block.get_by_role("button", name=f"List the other {total - 100:,}")
    rest.focus()
    inside.keyboard.press("Enter")
    assert block.locator(".im-item").count() == total
    held = inside.evaluate("() => document.activeElement.dataset.record")
    assert held == block.locator(".im-item").nth(100).get_attribute("data-record")
    # Another list begins short again.
    inside.get_by_role("button", name="Presence", exact=True).click()
    inside.get_by_role("button", name="Not mapped").click()
    assert block.locator(".im-item").count() == 100


def test_keys_toggle_groups_and_nought_all(tab: Tab) -> None:
    before = state(tab)
    tab.page.keyboard.press("1")
    assert state(tab)["rows"]["nrf"].startswith("0/")
    tab.page.keyboard.press("1")
    assert state(tab)["parts"] == before["parts"]
    tab.page.keyboard.press("0")
    assert state(tab)["parts"] == {"off": before["total"]}


def test_all_groups_off_shows_nothing_and_says_so(tab: Tab) -> None:
    tab.page.get_by_role("button", name="Hide all").click()
    found = state(tab)
    assert (found["marks"], found["plates"], found["beside"]) == ([], [], [])
    assert tab.page.locator(".im-empty").inner_text().startswith("All groups are off")
    tab.page.locator(".im-empty").get_by_role("button").click()
    assert state(tab)["marks"]


def test_a_single_layer_can_be_switched_off(tab: Tab, own: Workspace) -> None:
    tab.page.get_by_role("button", name="Expand NRF").click()
    tab.page.click("[data-layer='nrf/incident/claimed_only']")
    found = state(tab)
    expected = apply_view(View(off=("nrf/incident/claimed_only",)), own.located.table).ledger
    assert found["parts"]["off"] == expected.out["layer"]


@pytest.mark.slow
def test_a_card_holds_the_sentence_and_all_claims(tab: Tab, own: Workspace) -> None:
    for record in own.reading.dossier.records:
        tab.page.evaluate(
            "id => window.postMessage({incidentMap: 1, type: 'set-view', view: {chosen: id}}, '*')",
            record.id,
        )
        card = tab.page.locator(f".im-card[data-record='{record.id}']")
        card.wait_for()
        text = card.inner_text()
        assert record.title in text
        assert card.locator(".im-claim").count() == len(record.claims)
        for claim in record.claims:
            source = own.reading.dossier.sources[claim.source]
            assert claim.text in text
            assert source.title in text
    assert tab.errors == []


def test_a_contested_record_shows_both_sides(tab: Tab) -> None:
    tab.page.evaluate(
        "id => window.postMessage({incidentMap: 1, type: 'set-view', view: {chosen: id}}, '*')",
        "al-qaeda-panjshir-2024",
    )
    card = tab.page.locator(".im-card")
    card.wait_for()
    assert card.locator(".im-claim.is-asserts").count() == 1
    assert card.locator(".im-claim.is-contests").count() == 1
    assert "It is denied in general terms by Taliban" in card.inner_text()
    assert "a general statement, not about this record alone" in card.inner_text()


@pytest.mark.slow
def test_a_card_names_both_sides_under_its_headline_and_is_copied_with_its_sources(
    tab: Tab, own: Workspace
) -> None:
    contested = {
        record.id: record
        for record in own.reading.dossier.records
        if len({claim.says in {"denial", "doubt"} for claim in record.claims}) > 1
    }
    for record in contested.values():
        tab.page.evaluate("id => { location.hash = '#chosen=' + id; }", record.id)
        card = tab.page.locator(f".im-card[data-record='{record.id}']")
        expect(card).to_be_visible()
        first, second = card.locator(".im-claims h4").all_inner_texts()
        assert first.startswith("Claimed by ")
        assert second.startswith(("Disputed by ", "No longer disputed by "))
        sections = card.locator("> *").evaluate_all("nodes => nodes.map((node) => node.innerText)")
        claims = next(at for at, text in enumerate(sections) if text.startswith("Claims"))
        assert claims < next(at for at, text in enumerate(sections) if text.startswith("When"))
    copy = tab.page.get_by_role("button", name="Copy as text")
    copy.click()
    text = tab.page.evaluate("() => getSelection().toString()")
    for source in {claim.source for claim in record.claims}:
        assert own.reading.dossier.sources[source].title in text
    assert record.title in text
    assert f"\n{second}" in text


@pytest.mark.slow
def test_picking_a_province_lists_all_that_is_known_of_it(tab: Tab, own: Workspace) -> None:
    tab.page.get_by_text("Provinces by name").click()
    tab.page.get_by_role("button", name="Panjshir", exact=True).click()
    panel = tab.page.locator(".im-detail")
    table = own.located.table
    here = {
        row["record"] for row in table.to_dict("records") if "AF-PAN" in row["provinces"]
    }  # fmt: skip
    listed = panel.locator(".im-item").evaluate_all("nodes => nodes.map((n) => n.dataset.record)")
    country_wide = set(table.loc[table["off"] == "country", "record"])
    assert set(listed) == here | country_wide
    counts = panel.locator(".im-block h3 .im-tally").all_inner_texts()
    assert sum(map(int, counts)) == len(listed) == len(set(listed))
    assert int(counts[-1]) == len(country_wide - here)
    assert panel.locator("bdi[lang=prs]").get_attribute("dir") == "rtl"


@pytest.mark.slow
def test_the_provinces_by_name_stay_unfolded_whatever_is_switched(tab: Tab) -> None:
    tab.page.get_by_text("Provinces by name").click()
    for group in ("nrf", "taliban"):
        tab.page.click(f".im-row-toggle[data-group={group}]")
        assert tab.page.locator(".im-index").is_visible()
    tab.page.get_by_text("Provinces by name").click()
    tab.page.click(".im-row-toggle[data-group=nrf]")
    assert not tab.page.locator(".im-index").is_visible()


def test_a_province_record_has_a_badge_and_no_mark_inside_the_province(
    tab: Tab, own: Workspace
) -> None:
    table = own.located.table
    areas = set(table.loc[table["precision"].isin(["province", "region", "country"]), "record"])
    points = set(table.loc[table["lat"].notna(), "record"])
    found = state(tab)
    assert not (areas - points) & set(found["marks"])
    assert any("Panjshir: 6 records, somewhere in the area" in label for label in found["plates"])
    # A badge always carries the name of its area, so that nobody reads it as a place in it.
    for plate in tab.page.locator(".im-plate").all():
        name = (plate.get_attribute("aria-label") or "").partition(":")[0]
        assert name in plate.inner_text() or "im-plate-small" in (
            plate.get_attribute("class") or ""
        )


@pytest.mark.slow
def test_a_copied_address_opens_the_same_view(page: Open, tab: Tab, map_file: Path) -> None:
    tab.page.click(".im-row-toggle[data-group=nrf]")
    tab.page.click(".im-mark[data-record=zawahiri-drone-strike-2022]")
    tab.page.wait_for_url("**#*chosen=*")
    end = tab.page.evaluate("location.hash")
    assert "off=nrf" in end
    other = open_map(page(width=1440, height=900), map_file, end)
    other.page.wait_for_selector(".im-card[data-record=zawahiri-drone-strike-2022]")
    assert state(other)["parts"] == state(tab)["parts"]


NOT_WELL_FORMED = [
    "'set-view'",
    "{incidentMap: 2, type: 'set-view', view: {off: ['nrf']}}",
    "{incidentMap: 1, type: 'set-view', view: {off: 'nrf', viewport: {lat: NaN}}}",
    "{incidentMap: 1, type: 'set-view', view: {off: [1, {}], theme: 'x'}}",
    "{incidentMap: 1, type: 'set-view', view: {chosen: '__proto__', province: 'constructor'}}",
    "{incidentMap: 1, type: 'run', code: 'alert(1)'}",
]


def test_a_message_that_is_not_well_formed_changes_nothing(tab: Tab) -> None:
    before = state(tab)
    for message in NOT_WELL_FORMED:
        tab.page.evaluate(f"window.postMessage({message}, '*')")
        tab.page.wait_for_timeout(50)
        assert state(tab) == before, message
    assert tab.errors == []


SEPARATORS = page_script("document.js", "separators")


@pytest.mark.slow
def test_no_line_of_the_ledger_begins_with_a_separator(page: Open, map_file: Path) -> None:
    ends = ("", "#from=2022-01-01&to=2023-12-31&off=nrf", "#kinds=incident&text=a&off=isis-k")
    lines = 0
    for end in ends:
        tab = open_map(page(width=390, height=844), map_file, end)
        parts = tab.page.evaluate(SEPARATORS)
        lines += sum(part["begins"] for part in parts)
        assert [part for part in parts if part["isCut"]] == []
        assert [part for part in parts if part["begins"] and part["isSeen"]] == []
        # Behind the total a gap is enough.
        assert [part for part in parts[2:] if not part["begins"] and not part["isSeen"]] == []
    assert lines > len(ends)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("theme", "width", "height"),
    [("dark", 1440, 900), ("light", 820, 1180), ("dark", 390, 844), ("light", 390, 844)],
)
def test_nothing_is_cut_off_and_the_card_never_covers_its_mark(
    page: Open, map_file: Path, theme: str, width: int, height: int
) -> None:
    tab = open_map(page(theme=theme, width=width, height=height), map_file,
                 "#chosen=zawahiri-drone-strike-2022")  # fmt: skip
    tab.page.wait_for_selector(".im-card")
    tab.page.wait_for_timeout(300)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    mark = tab.page.locator(".im-mark[data-record=zawahiri-drone-strike-2022]").bounding_box()
    panel = tab.page.locator(".im-detail").bounding_box()
    assert mark is not None
    assert panel is not None
    apart = (
        mark["x"] + mark["width"] <= panel["x"] or mark["x"] >= panel["x"] + panel["width"]
        or mark["y"] + mark["height"] <= panel["y"] or mark["y"] >= panel["y"] + panel["height"]
    )  # fmt: skip
    assert apart
    assert 0 <= mark["x"] <= width
    assert 0 <= mark["y"] <= height
    assert tab.errors == []


def test_the_layers_join_a_map_of_somebody_else(own: Workspace, page: Open, tmp_path: Path) -> None:
    theirs = folium.Map([34.5, 67.5], zoom_start=6, tiles=None)
    IncidentLayers(own).add_to(theirs)
    html = theirs.get_root().render()
    assert f'"{UNNAMED}"' not in html
    head = f"<style>{leaflet_style()}</style><script>{leaflet_script()}</script>"
    path = tmp_path / "theirs.html"
    path.write_text(html.replace("<head>", "<head>" + head, 1), encoding="utf-8")
    tab = page(width=1100, height=800)
    tab.page.goto(path.as_uri())
    tab.page.wait_for_selector(".im-mark")
    tab.page.click(".im-row-toggle[data-group=isis-k]")
    assert tab.page.locator(".im-mark[data-record=isis-k-two-cities-2022]").count() == 0
