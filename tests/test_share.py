"""A link opens the same view elsewhere; where an address is of no use to others, a file does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from browsing import Tab, open_map, stands
from playwright.sync_api import Download, FrameLocator, WebSocketRoute, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
PUBLIC = "https://maps.example.org/afghanistan/map.html"
CHOSEN = "interior-ministry-attack-2024"
NO_COPY = "document.execCommand = () => false"
SELECTED = "node => node.value.slice(node.selectionStart, node.selectionEnd)"


def public(page: Open, map_file: Path, end: str = "", script: str = "") -> Tab:
    """The map as a page of a web server has it."""
    tab = page(width=1280, height=800, alone=True)
    tab.page.route("https://maps.example.org/**", lambda route: route.fulfill(path=map_file))
    if script:
        tab.page.add_init_script(script)
    tab.page.goto(PUBLIC + end)
    tab.page.wait_for_selector(".im-ledger-total", state="attached")
    return tab


def link(tab: Tab) -> str:
    tab.page.get_by_role("button", name="Copy link").first.click()
    return tab.page.locator("[data-key=share-link]").input_value()


@pytest.mark.slow
def test_a_copied_link_opens_the_view(page: Open, map_file: Path) -> None:
    tab = public(page, map_file, "#theme=dark&wheel=page")
    tab.page.locator(".im-row-toggle[data-group=nrf]").click()
    found = link(tab)
    assert found == f"{PUBLIC}#off=nrf", "neither the theme nor the frame of whoever sends it"
    expect(tab.page.locator(".im-share [role=status]")).to_have_text("Link copied.")
    assert tab.page.locator("[data-key=share-link]").evaluate(SELECTED) == found
    other = public(page, map_file, found.removeprefix(PUBLIC))
    expect(other.page.locator("[data-standing=off] b")).to_have_text("7")


@pytest.mark.slow
def test_where_the_browser_refuses_the_address_is_shown_selected(
    page: Open, map_file: Path
) -> None:
    tab = public(page, map_file, "#off=nrf", NO_COPY)
    found = link(tab)
    said = tab.page.locator(".im-share [role=status]")
    expect(said).to_have_text("Selected: press Ctrl+C to copy.")
    assert tab.page.locator("[data-key=share-link]").evaluate(SELECTED) == found
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator(".im-share.is-over")).to_be_hidden()
    expect(tab.page.get_by_role("button", name="Copy link").first).to_be_focused()


def opened_file(page: Open, given: Download, folder: Path) -> Tab:
    path = folder / given.suggested_filename
    given.save_as(path)
    return open_map(page(width=1280, height=800), path)


@pytest.mark.slow
def test_on_ones_own_computer_a_file_opens_at_the_view(
    page: Open, map_file: Path, tmp_path: Path
) -> None:
    tab = open_map(page(width=1280, height=800), map_file, "#off=nrf&from=2022-01-01&text=attack")
    before = tab.page.locator(".im-ledger").inner_text()
    tab.page.get_by_role("button", name="Copy link").first.click()
    expect(tab.page.locator(".im-share.is-over")).to_contain_text("opens on this computer only")
    with tab.page.expect_download() as given:
        tab.page.get_by_role("button", name="Save a file that opens at this view").click()
    again = opened_file(page, given.value, tmp_path)
    assert again.page.locator(".im-ledger").inner_text() == before
    assert again.errors == []
    again.page.locator(".im-foot").get_by_role("button", name="Clear all").click()
    again.page.locator(".im-row-toggle[data-group=nrf]").click()
    expect(again.page.locator(".im-ledger-total")).to_have_text("17 of 28 drawn")
    with again.page.expect_download() as second:
        again.page.get_by_role("button", name="Copy link").first.click()
        again.page.get_by_role("button", name="Save a file that opens at this view").click()
    twice = tmp_path / "twice.html"
    second.value.save_as(twice)
    assert twice.stat().st_size == pytest.approx(map_file.stat().st_size, rel=0.01)


@pytest.mark.slow
def test_the_link_of_a_card_opens_the_record_whatever_is_filtered(
    page: Open, map_file: Path
) -> None:
    tab = public(page, map_file, f"#statuses=disputed&chosen={CHOSEN}")
    expect(tab.page.locator(".im-card .im-note").first).to_contain_text("Hidden by a filter")
    tab.page.locator("[data-key=copy-link]").click()
    found = tab.page.locator(".im-card [data-key=share-link]").input_value()
    assert found == f"{PUBLIC}#chosen={CHOSEN}"
    other = public(page, map_file, f"#chosen={CHOSEN}")
    expect(other.page.locator(f".im-card[data-record={CHOSEN}] h2")).to_be_visible()
    expect(other.page.locator(f".im-mark.is-chosen[data-record={CHOSEN}]").first).to_be_visible()
    expect(other.page.locator(".im-card .im-note", has_text="Hidden")).to_have_count(0)


def test_a_link_to_a_record_that_is_gone_says_so(page: Open, map_file: Path) -> None:
    tab = open_map(page(), map_file, "#chosen=no-such-record")
    expect(tab.page.locator(".im-refused")).to_contain_text(
        "The record “no-such-record” is not in these data."
    )


def frame(tab: Tab, url: str) -> FrameLocator:
    tab.page.goto(url)
    found = tab.page.frame_locator("iframe")
    found.locator(".im-ledger-total").wait_for(state="attached", timeout=60_000)
    stands(tab.page)
    return found


@pytest.mark.slow
def test_the_app_saves_a_file_that_opens_at_this_view(
    page: Open, app_url: str, tmp_path: Path
) -> None:
    tab = page(width=1280, height=800)
    inside = frame(tab, f"{app_url}/?off=nrf&chosen={CHOSEN}")
    expect(inside.locator(".im-card .im-note").first).to_contain_text("its layers are switched off")
    inside.get_by_role("button", name="Copy link").first.click()
    address = inside.locator("[data-key=share-link]").input_value()
    assert address.startswith(f"{app_url}/?off=nrf&chosen={CHOSEN}&at=")
    with tab.page.expect_download() as given:
        inside.get_by_role("button", name="Save a file that opens at this view").click()
    again = opened_file(page, given.value, tmp_path)
    expect(again.page.locator("[data-standing=off] b")).to_have_text("7")
    expect(again.page.locator(f".im-card[data-record={CHOSEN}]")).to_be_visible()


@pytest.mark.slow
def test_a_card_of_the_records_page_links_to_the_map(page: Open, app_url: str) -> None:
    tab = page(width=1280, height=800)
    inside = frame(tab, f"{app_url}/records?off=nrf")
    inside.locator(".im-table-title").first.click()
    inside.locator("[data-key=copy-link]").click()
    chosen = inside.locator(".im-card").get_attribute("data-record")
    address = inside.locator(".im-card [data-key=share-link]").input_value()
    assert address == f"{app_url}/?chosen={chosen}"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
def test_a_briefing_is_one_click_away_and_takes_the_view_as_it_stands(
    page: Open, app_url: str, size: tuple[int, int]
) -> None:
    tab = page("light", *size)
    inside = frame(tab, app_url)
    create = tab.page.get_by_role("link", name="Create briefing")
    box = create.bounding_box()
    assert box
    assert box["y"] + box["height"] < 60
    assert box["x"] + box["width"] > size[0] - 40
    main = tab.page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollHeight <= node.clientHeight"), "nothing to scroll to"
    inside.locator(".im-mark").first.press("1")
    # At once, before the map has told the page of it by itself.
    create.click()
    expect(tab.page.get_by_text("switched off").first).to_be_visible(timeout=60_000)


@pytest.mark.slow
def test_a_change_while_a_slow_server_owes_the_next_page_does_not_lead_back_to_the_map(
    page: Open, app_url: str
) -> None:
    tab = page(width=1440, height=900, alone=True)
    held: list[Callable[[], None]] | None = None

    def passed_on(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def answer(message: str | bytes) -> None:
            if held is None:
                socket.send(message)
            else:
                held.append(partial(socket.send, message))

        socket.on_message(server.send)
        server.on_message(answer)

    tab.page.route_web_socket("**/_stcore/stream", passed_on)
    inside = frame(tab, app_url)
    held = []
    tab.page.get_by_role("link", name="Create briefing").click()
    # A map that still moves reports, and so does a person who goes on; both ask for the map's page.
    for key in "123":
        inside.locator(".im-mark").first.press(key)
        tab.page.wait_for_timeout(1000)
    late, held = held, None
    assert late, "the server has answered meanwhile"
    for send in late:
        send()
    expect(tab.page.get_by_role("heading", name="Download")).to_be_visible(timeout=60_000)
