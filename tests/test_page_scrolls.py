"""A map in a page of others lets the page scroll, and says how it is moved itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab, open_map, stands
from playwright.sync_api import Frame, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
ZOOM = "() => map_incidents.getZoom()"
AROUND = """<!doctype html><meta name="viewport" content="width=device-width"><title>A page</title>
<body style="margin:0"><iframe src="{src}" width="100%" height="600" style="border:0"></iframe>
<div style="height:3000px">Text below</div>"""


@pytest.fixture
def around(map_file: Path, tmp_path: Path) -> Callable[[str], str]:
    def write(end: str) -> str:
        path = tmp_path / "around.html"
        path.write_text(AROUND.format(src=map_file.as_uri() + end), encoding="utf-8")
        return path.as_uri()

    return write


def frame_of(page: Page) -> Frame:
    frame = next(frame for frame in page.frames if frame != page.main_frame)
    frame.wait_for_selector(".im-ledger-total", state="attached")
    return frame


def scrolled(page: Page) -> int:
    return int(page.evaluate("() => Math.round(scrollY)"))


def test_the_plain_wheel_scrolls_the_page_and_ctrl_zooms_the_map(
    page: Open, around: Callable[[str], str]
) -> None:
    tab = page(width=1000, height=700)
    tab.page.goto(around(""))
    frame = frame_of(tab.page)
    zoom = frame.evaluate(ZOOM)
    tab.page.mouse.move(500, 300)
    tab.page.mouse.wheel(0, 240)
    tab.page.wait_for_function("scrollY > 100")
    assert frame.evaluate(ZOOM) == zoom
    expect(frame.locator(".im-gesture-hint.is-said")).to_have_text(
        "Use Ctrl + scroll to zoom the map"
    )
    tab.page.evaluate("scrollTo(0, 0)")
    tab.page.keyboard.down("Control")
    tab.page.mouse.wheel(0, -240)
    frame.wait_for_function(f"zoom => ({ZOOM})() > zoom", arg=zoom)
    tab.page.keyboard.up("Control")
    assert scrolled(tab.page) == 0


def test_the_address_gives_the_wheel_to_the_map(page: Open, around: Callable[[str], str]) -> None:
    tab = page(width=1000, height=700)
    tab.page.goto(around("#wheel=map"))
    frame = frame_of(tab.page)
    zoom = frame.evaluate(ZOOM)
    tab.page.mouse.move(500, 300)
    tab.page.mouse.wheel(0, -240)
    frame.wait_for_function(f"zoom => ({ZOOM})() > zoom", arg=zoom)
    assert scrolled(tab.page) == 0


def test_a_file_opened_by_itself_keeps_the_plain_wheel(page: Open, map_file: Path) -> None:
    tab = open_map(page(), map_file)
    zoom = tab.page.evaluate(ZOOM)
    tab.page.mouse.move(640, 400)
    tab.page.mouse.wheel(0, -240)
    tab.page.wait_for_function(f"zoom => ({ZOOM})() > zoom", arg=zoom)
    assert tab.page.locator(".im-gesture-hint").count() == 0


def fingers(tab: Tab, *ways: tuple[tuple[int, int], tuple[int, int]]) -> None:
    """Move fingers from where to where, in ten steps."""
    client = tab.page.context.new_cdp_session(tab.page)

    def send(kind: str, share: float) -> None:
        points = [
            {"x": a[0] + (b[0] - a[0]) * share, "y": a[1] + (b[1] - a[1]) * share, "id": i}
            for i, (a, b) in enumerate(ways)
        ]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", 0)
    for step in range(1, 11):
        send("touchMove", step / 10)
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.slow
def test_one_finger_scrolls_the_page_and_two_move_the_map(
    page: Open, around: Callable[[str], str]
) -> None:
    tab = page(width=390, height=844, has_touch=True, is_mobile=True, alone=True)
    tab.page.goto(around("#panel=none&at=34.5,67,7"))
    frame = frame_of(tab.page)
    center = "() => [map_incidents.getCenter().lat, map_incidents.getCenter().lng]"
    tab.page.wait_for_timeout(500)
    before = frame.evaluate(center)
    fingers(tab, ((200, 260), (200, 60)))
    tab.page.wait_for_function("scrollY > 100")
    assert frame.evaluate(center) == pytest.approx(before)
    expect(frame.locator(".im-gesture-hint")).to_have_text("Use two fingers to move the map")
    # A page that was thrown goes on for a while.
    tab.page.wait_for_timeout(800)
    tab.page.evaluate("scrollTo(0, 0)")
    tab.page.wait_for_timeout(300)
    fingers(tab, ((150, 220), (150, 120)), ((250, 220), (250, 120)))
    frame.wait_for_function(f"before => Math.abs(({center})()[0] - before) > 0.2", arg=before[0])
    assert scrolled(tab.page) == 0


def test_a_mouse_still_drags_the_map_in_a_page(page: Open, around: Callable[[str], str]) -> None:
    tab = page(width=1000, height=700)
    tab.page.goto(around("#at=34.5,67,7"))
    frame = frame_of(tab.page)
    lng = "() => map_incidents.getCenter().lng"
    tab.page.wait_for_timeout(300)
    before = frame.evaluate(lng)
    tab.page.mouse.move(460, 260)
    tab.page.mouse.down()
    tab.page.mouse.move(380, 260, steps=5)
    tab.page.mouse.up()
    frame.wait_for_function(f"before => ({lng})() > before + 0.2", arg=before)


@pytest.mark.slow
def test_the_map_of_the_app_lets_the_app_scroll_where_it_has_more_to_show(
    page: Open, app_url: str
) -> None:
    tab = page(width=1280, height=480)
    tab.page.goto(app_url)
    stands(tab.page)
    frame = frame_of(tab.page)
    zoom = frame.evaluate(ZOOM)
    tab.page.mouse.move(640, 240)
    tab.page.mouse.wheel(0, 400)
    tab.page.wait_for_function(
        "() => [...document.querySelectorAll('*')].some((node) => node.scrollTop > 40)"
    )
    assert frame.evaluate(ZOOM) == zoom


@pytest.mark.slow
def test_the_map_of_the_app_has_the_wheel_where_the_page_ends_with_it(
    page: Open, app_url: str
) -> None:
    tab = page(width=1280, height=720)
    tab.page.goto(app_url)
    stands(tab.page)
    frame = frame_of(tab.page)
    zoom = frame.evaluate(ZOOM)
    tab.page.mouse.move(640, 300)
    tab.page.mouse.wheel(0, -240)
    frame.wait_for_function(f"zoom => ({ZOOM})() > zoom", arg=zoom)
