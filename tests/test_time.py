"""The time strip in a real browser: what is known of a date decides how it is drawn and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import Tab, modules, page_script
from dossiers import incident, workspace
from playwright.sync_api import Browser, expect

from geo.dossier.records import Record
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.webmap.document import document_html

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]

MADE_UP = page_script("time_records.js")

STRIP = page_script("time.js", "stripState")


@pytest.fixture(scope="module")
def still(browser: Browser, map_file: Path) -> Iterator[Tab]:
    """Return a tab that nobody touches: it only works things out."""
    with browser.new_context() as context:
        tab = opened(Tab(context.new_page()), map_file)
        tab.page.evaluate(modules("time/scale.js", "time/words.js", "view/keep.js"))
        yield tab


@pytest.fixture
def tab(page: Open, map_file: Path) -> Tab:
    return opened(page(width=1440, height=900), map_file)


def opened(tab: Tab, file: Path, end: str = "") -> Tab:
    tab.page.goto(file.as_uri() + end)
    tab.page.wait_for_selector(".im-time-line", state="attached")
    return tab


def strip(tab: Tab) -> dict[str, Any]:
    # What was asked for in one frame is drawn in the next.
    tab.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go, 30)))")
    found: dict[str, Any] = tab.page.evaluate(STRIP)
    return found


def pure(tab: Tab, expression: str) -> Any:
    return tab.page.evaluate(f"() => {{\n{MADE_UP}\nreturn {expression};\n}}")


def kept(own: Workspace, first: str, last: str) -> list[Record]:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return [record for record in own.reading.dossier.records if record.period.overlaps(*days)]


def middle(tab: Tab, css: str) -> tuple[float, float]:
    box = tab.page.locator(css).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(tab: Tab, start: tuple[float, float], dx: float) -> None:
    mouse = tab.page.mouse
    mouse.move(*start)
    mouse.down()
    for part in range(1, 6):
        mouse.move(start[0] + dx * part / 5, start[1])
    mouse.up()


# What is worked out, without a mouse


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2022-05-01", "2022-05-01"),
        ("2022-05-31", "2022-06-30"),
        ("2022-05-10", "2022-05-12"),
        ("2021-01-01", "2023-01-01"),
    ],
)
def test_a_record_of_a_month_is_kept_by_any_window_that_touches_the_month(still, first, last):
    assert pure(still, f"T.windowKeeps(may, window('{first}', '{last}'), false)") is True


def test_a_record_of_a_month_is_not_kept_beside_it(still):
    beside = "[['2022-04-01', '2022-04-30'], ['2022-06-01', '2022-06-30']]"
    assert pure(still, f"{beside}.map((w) => T.windowKeeps(may, window(...w), false))") == [
        False,
        False,
    ]


def test_the_middle_of_a_month_is_never_its_date(still):
    words = pure(still, "[may, about].map(T.recordWords)")
    assert words == ["between 1 and 31 May 2022", "between 1 and 31 May 2022, or a little outside"]
    doubtful = "{...may, approximate: true, dateUncertain: true, dateText: 'May 2022 (uncertain)'}"
    assert pure(still, f"T.recordWords({doubtful})") == "May 2022 (uncertain)"
    assert not any("15" in word or "16" in word for word in words)
    binned = pure(still, "howBinned([may], ['day', 'week'])")
    assert binned == [[0, 1], [0, 1]]


def test_a_column_counts_only_what_certainly_lies_in_its_bin(still):
    found = pure(still, "columns([year, may, about, known, early, lone], 'month')")
    assert found == [
        [["2001-09-01", "2001-10-01", ["lone"]], ["2022-05-01", "2022-06-01", ["may", "known"]]],
        ["year", "about", "early"],
    ]


def test_certain_means_the_whole_interval_and_not_about(still):
    inside = "T.windowKeeps({}, window('2022-05-01', '2022-06-30'), true)"
    answers = [pure(still, inside.format(name)) for name in ("may", "about", "known", "year")]
    assert answers == [True, False, True, False]
    assert pure(still, "T.windowKeeps(early, window('2000-01-01', '2022-12-31'), true)") is False
    assert pure(still, "T.windowKeeps(early, {first: null, last: day('2022-03-31')}, true)") is True
    assert pure(still, "T.windowKeeps(about, {first: null, last: null}, true)") is True


def test_the_strip_and_the_filters_keep_the_same(still):
    found = pure(still, "disagreements([may, about, known, year, early, lone])")
    assert found == []


def test_a_long_gap_is_cut_out_of_the_axis_and_holds_no_day(still):
    found = pure(still, "axisOf([lone, may, year])")
    assert found == {
        "stretches": [["2001-07-01", "2001-09-30"], ["2022-01-01", "2022-12-31"]],
        "wide": 100,
        "words": "20 years",
        "days": ["2001-10-01", "2001-10-01", "2022-01-01"],
        "back": ["2001-09-09", "2022-02-28"],
    }


def test_lanes_are_the_same_in_whatever_order_and_none_is_lost(still):
    found = pure(still, "lanes([[may, 50, 80], [about, 50, 80], [year, 0, 120], [known, 90, 95]])")
    assert found[0] == found[1] == [[["about", "known"], ["may"]], ["year"]]


def test_a_window_moves_by_its_own_length_and_over_cut_gaps(still):
    steps = [
        ("window('2022-05-01', '2022-05-31')", 1, ["2022-06-01", "2022-06-30"]),
        ("window('2022-05-01', '2022-06-30')", -2, ["2022-01-01", "2022-02-28"]),
        ("window('2022-05-03', '2022-05-12')", 1, ["2022-05-13", "2022-05-22"]),
        ("window('2001-09-01', '2001-09-30')", 1, ["2022-01-01", "2022-01-31"]),
        ("window('2022-12-01', '2022-12-31')", 1, None),
    ]
    for span, step, expected in steps:
        found = pure(still, f"stepped({span}, {step}, [lone, year])")
        assert found == expected


def test_the_sentence_says_how_many_when_and_how_well_known(still):
    sentence = (
        "T.sentenceText(T.sentence({shown: [may, about, known], records: [may, about, known, "
        "lone], window: window('2022-05-01', '2022-12-31'), certain: false}))"
    )
    assert pure(still, sentence) == (
        "3 of 4 records · between 1 May and 31 December 2022 · 2 of them dated only to the month"
    )


def test_typed_dates_are_iso_and_a_month_will_do(still):
    typed = "[['2022-05', false], ['2022-05', true], ['2022', true], ['2022-05-09', true]]"
    assert pure(still, f"{typed}.map(([text, end]) => T.toIso(T.typedDay(text, end)))") == [
        "2022-05-01",
        "2022-05-31",
        "2022-12-31",
        "2022-05-09",
    ]
    wrong = "['05/09/2022', '2022-02-30', '2022-13', 'May'].map((t) => T.typedDay(t) === undefined)"
    assert pure(still, wrong) == [True, True, True, True]
    assert pure(still, "T.typedDay('  ', false)") is None


# On the document, with hands


def test_every_record_is_a_column_or_a_bar(tab: Tab, own: Workspace) -> None:
    found = strip(tab)
    assert found["sentence"].startswith(f"{len(own.reading.dossier.records)} of ")
    for record in own.reading.dossier.records:
        is_long = record.period.approximate or not is_in_a_month(record)
        assert (record.id in found["lanes"]) == is_long, record.id
    assert found["height"] <= 97
    assert "without records" in tab.page.locator(".im-time-cuts").text_content()
    assert tab.errors == []


def is_in_a_month(record: Record) -> bool:
    first, last = record.period.earliest, record.period.latest
    if first is None or last is None:
        return False
    return (first.year, first.month) == (last.year, last.month)


def test_typing_dates_keeps_what_overlaps(tab: Tab, own: Workspace) -> None:
    tab.page.fill(".im-time-date >> nth=0", "2022-05")
    tab.page.keyboard.press("Enter")
    tab.page.fill(".im-time-date >> nth=1", "2022-12")
    tab.page.keyboard.press("Tab")
    found = strip(tab)
    expected = kept(own, "2022-05-01", "2022-12-31")
    assert (found["first"], found["last"]) == ("2022-05-01", "2022-12-31")
    assert f"{len(expected)} of " in found["sentence"]
    assert "between 1 May and 31 December 2022" in found["sentence"]
    shown = {record.id for record in expected}
    assert set(found["lanes"]) - set(found["pale"]) == shown & set(found["lanes"])
    assert found["handles"] == ["1 May 2022", "31 December 2022"]


def test_what_is_no_date_is_refused_and_said(tab: Tab) -> None:
    before = strip(tab)["sentence"]
    field = tab.page.locator(".im-time-date >> nth=0")
    for text in ("31/12/2022", "2022-02-30", "soon"):
        field.fill(text)
        assert field.get_attribute("aria-invalid") == "false"
        field.press("Enter")
        assert field.get_attribute("aria-invalid") == "true"
        assert "2022-05" in tab.page.locator(".im-time-note").inner_text()
        assert strip(tab)["sentence"] == before


def test_both_days_typed_at_once_are_both_taken(tab: Tab) -> None:
    tab.page.evaluate(page_script("time.js", "typeBothDays"))
    found = strip(tab)
    assert (found["first"], found["last"]) == ("2022-05-01", "2022-12-31")


def test_an_end_before_the_beginning_is_refused(tab: Tab) -> None:
    tab.page.fill(".im-time-date >> nth=0", "2023")
    tab.page.keyboard.press("Enter")
    tab.page.fill(".im-time-date >> nth=1", "2022")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".im-time-note")).to_have_text("The last day is before the first.")


def test_a_preset_sets_the_period(tab: Tab, own: Workspace) -> None:
    tab.page.select_option(".im-time-preset", label="Since 15 August 2021")
    found = strip(tab)
    assert (found["first"], found["last"]) == ("2021-08-15", "")
    assert "from 15 August 2021 on" in found["sentence"]
    assert "massoud-assassination-2001" in {record.id for record in own.reading.dossier.records}
    assert found["sentence"].startswith(f"{len(own.reading.dossier.records) - 1} of ")


def test_handles_resize_and_the_body_moves(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-05-01&to=2022-12-31")
    drag(tab, middle(tab, ".im-time-handle.is-a.is-last"), -60)
    found = strip(tab)
    assert found["first"] == "2022-05-01"
    shortened = date.fromisoformat(found["last"])
    assert date(2022, 9, 1) < shortened < date(2022, 12, 1)
    drag(tab, middle(tab, ".im-time-window.is-a"), 80)
    moved = strip(tab)
    first, last = date.fromisoformat(moved["first"]), date.fromisoformat(moved["last"])
    assert first > date(2022, 6, 1)
    assert first.day == 1
    months = (last.year - first.year) * 12 + last.month - first.month
    assert months == shortened.month - 5
    assert tab.errors == []


def test_the_map_follows_while_the_mouse_is_still_down(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-05-01&to=2022-12-31")
    before = strip(tab)["sentence"]
    x, y = middle(tab, ".im-time-handle.is-a.is-last")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 200, y, steps=4)
    during = strip(tab)
    assert during["sentence"] != before
    tab.page.keyboard.press("Escape")
    tab.page.mouse.up()


def test_a_click_on_nothing_sets_nothing(tab: Tab) -> None:
    before = strip(tab)
    box = tab.page.locator(".im-time-plot").bounding_box()
    assert box is not None
    tab.page.mouse.click(box["x"] + 160, box["y"] + box["height"] - 22)
    assert strip(tab) == before
    assert tab.page.locator(".im-card").count() == 0


def test_a_drag_on_the_empty_axis_draws_a_window_and_a_double_click_ends_it(tab: Tab) -> None:
    box = tab.page.locator(".im-time-plot").bounding_box()
    assert box is not None
    drag(tab, (box["x"] + 700, box["y"] + box["height"] - 25), 150)
    found = strip(tab)
    assert found["first"].endswith("-01")
    tab.page.mouse.dblclick(box["x"] + 160, box["y"] + box["height"] - 22)
    assert (strip(tab)["first"], strip(tab)["last"]) == ("", "")


def test_choosing_a_bar_opens_its_card_and_marks_it(tab: Tab) -> None:
    bar = "[data-record='nrf-attacks-annual-report-2024'].im-time-span"
    tab.page.mouse.click(*middle(tab, bar))
    tab.page.wait_for_selector(".im-card[data-record='nrf-attacks-annual-report-2024']")
    assert tab.page.locator(".im-time-frame").count() == 1
    tab.page.mouse.move(*middle(tab, bar))
    said = tab.page.locator(".im-time-tip").inner_text()
    assert "between 21 March 2023 and 18 March 2024" in said


def test_keys_move_the_window_by_its_own_length(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-05-01&to=2022-06-30")
    tab.page.focus(".im-time-plot")
    steps = [
        ("ArrowRight", "2022-07-01", "2022-08-31"),
        ("Shift+ArrowLeft", "2022-03-01", "2022-04-30"),
        ("End", "2024-12-01", "2025-01-31"),
        ("Home", "2001-09-01", "2001-10-31"),
        ("ArrowRight", "2021-07-01", "2021-08-31"),
    ]
    for key, first, last in steps:
        tab.page.keyboard.press(key)
        found = strip(tab)
        assert (found["first"], found["last"]) == (first, last), key
    tab.page.focus(".im-time-handle.is-a.is-last")
    tab.page.keyboard.press("ArrowUp")
    assert strip(tab)["last"] == "2021-09-30"
    tab.page.keyboard.press("ArrowRight")
    assert strip(tab)["first"] == "2021-10-01"


def test_records_can_be_walked_and_chosen_by_keyboard(tab: Tab) -> None:
    tab.page.focus(".im-time-plot")
    tab.page.keyboard.press("ArrowUp")
    spoken = tab.page.locator(".im-time > .im-time-live[role=status]").text_content()
    assert "28 of 28" in spoken
    assert "on or about 28 December 2024" in spoken
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector(".im-card")


def test_only_what_certainly_falls_inside(page: Open, map_file: Path, own: Workspace) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-05-01&to=2022-05-31")
    loose = strip(tab)["sentence"]
    tab.page.get_by_role("region", name="Time").get_by_label("Certain dates only").check()
    found = strip(tab)["sentence"]
    first, last = date(2022, 5, 1), date(2022, 5, 31)
    inside = [
        record
        for record in own.reading.dossier.records
        if not record.period.approximate
        and record.period.earliest is not None
        and record.period.latest is not None
        and first <= record.period.earliest
        and record.period.latest <= last
    ]
    assert found != loose
    assert found.startswith(f"{len(inside)} of ")
    assert "certainly between 1 and 31 May 2022" in found


def test_ctrl_and_wheel_zoom_the_axis_and_the_wheel_alone_does_nothing(tab: Tab) -> None:
    labels = tab.page.locator(".im-time-axis .im-time-label")
    before = labels.all_text_contents()
    tab.page.mouse.move(*middle(tab, ".im-time-plot"))
    tab.page.mouse.wheel(0, -600)
    strip(tab)
    assert labels.all_text_contents() == before
    tab.page.keyboard.down("Control")
    tab.page.mouse.wheel(0, -600)
    tab.page.keyboard.up("Control")
    strip(tab)
    assert labels.all_text_contents() != before


def pinch(tab: Tab, *, at: float, apart: tuple[float, float]) -> None:
    """Put two fingers on the strip, so far apart, and move them to the second distance."""
    x, y = middle(tab, ".im-time-plot")
    devices = tab.page.context.new_cdp_session(tab.page)
    steps = [apart[0] + (apart[1] - apart[0]) * part / 5 for part in range(6)]
    for number, wide in enumerate(steps):
        fingers = [{"x": x + at + side * wide / 2, "y": y, "id": side} for side in (-1, 1)]
        kind = "touchMove" if number else "touchStart"
        devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    devices.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def axis(tab: Tab) -> list[str]:
    strip(tab)
    labels: list[str] = tab.page.locator(".im-time-axis .im-time-label").all_text_contents()
    return labels


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_two_fingers_zoom_the_axis_and_leave_the_period(
    page: Open, map_file: Path, size: tuple[int, int]
) -> None:
    width, height = size
    tab = opened(page(width=width, height=height, has_touch=True, alone=True), map_file,
                 "#from=2022-05-01&to=2022-12-31")  # fmt: skip
    before, whole = strip(tab), axis(tab)
    pinch(tab, at=width / 10, apart=(40, 240))
    near = axis(tab)
    assert near != whole
    assert [strip(tab)[name] for name in ("first", "last")] == ["2022-05-01", "2022-12-31"]
    assert "2001" not in "".join(near)
    pinch(tab, at=0, apart=(260, 20))
    pinch(tab, at=0, apart=(260, 20))
    assert axis(tab) == whole
    assert strip(tab) == before
    assert tab.page.locator(".im-card").count() == 0
    assert tab.errors == []


@pytest.mark.slow
def test_playing_steps_and_stops_at_the_end(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2024-01-01&to=2024-06-30")
    tab.page.get_by_label("Speed: steps per second").select_option("2")
    tab.page.get_by_role("button", name="Play").click()
    tab.page.get_by_role("button", name="Pause").wait_for()
    tab.page.get_by_role("button", name="Play").wait_for(timeout=8000)
    assert strip(tab)["first"] == "2025-01-01"


def test_who_asks_for_less_motion_steps_by_hand(page: Open, map_file: Path) -> None:
    tab = opened(
        page(width=1440, height=900, reduced_motion="reduce"),
        map_file,
        "#from=2022-05-01&to=2022-05-31",
    )
    assert tab.page.locator(".im-time-play").is_hidden()
    tab.page.get_by_role("button", name="Next period").click()
    assert strip(tab)["first"] == "2022-06-01"


@pytest.mark.slow
def test_comparing_counts_both_periods(page: Open, map_file: Path, own: Workspace) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-05-01&to=2022-08-31")
    tab.page.get_by_role("button", name="compare…").click()
    found = strip(tab)
    a = {record.id for record in kept(own, "2022-05-01", "2022-08-31")}
    b = {record.id for record in kept(own, "2022-01-01", "2022-04-30")}
    assert found["compared"][0].startswith(f"A: {len(a)} records between 1 May and 31 August 2022")
    assert found["compared"][1].startswith(f"B: {len(b)} records between 1 January and 30 April")
    assert f"{len(a & b)} may be in both" in found["difference"]
    before = found["compared"][1]
    drag(tab, middle(tab, ".im-time-handle.is-b.is-first"), -80)
    assert strip(tab)["compared"][1] != before
    tab.page.get_by_role("button", name="End comparison").click()
    assert strip(tab)["sentence"].startswith(f"{len(a)} of ")
    assert tab.page.locator(".im-time-compare").is_hidden()


TOPMOST = page_script("time.js", "topmost")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_where_two_periods_touch_each_handle_can_be_taken_hold_of(
    page: Open, map_file: Path, size: tuple[int, int]
) -> None:
    end = "#from=2022-05-01&to=2022-08-31&compare=2022-01-01,2022-04-30"
    tab = opened(page(width=size[0], height=size[1]), map_file, end)
    before = strip(tab)
    handles = tab.page.evaluate(TOPMOST)
    assert len(handles) == 4
    assert [names for names in handles if names[0] != names[1]] == []
    drag(tab, middle(tab, ".im-time-handle.is-b.is-last"), -45)
    found = strip(tab)
    assert found["compared"][1] != before["compared"][1]
    assert (found["first"], found["compared"][0]) == ("2022-05-01", before["compared"][0])
    drag(tab, middle(tab, ".im-time-handle.is-a.is-first"), 25)
    assert strip(tab)["first"] > "2022-05-01"
    assert strip(tab)["compared"][1] == found["compared"][1]


def test_two_periods_that_are_the_same_keep_four_handles(page: Open, map_file: Path) -> None:
    end = "#from=2022-05-01&to=2022-05-31&compare=2022-05-01,2022-05-31"
    tab = opened(page(width=390, height=844), map_file, end)
    assert [names for names in tab.page.evaluate(TOPMOST) if names[0] != names[1]] == []


WIDE_LETTERS = page_script("time.js", "wideLetters")
CUT = page_script("time.js", "sentenceCut")


@pytest.mark.slow
@pytest.mark.parametrize("spacing", ["0", "0.06em"])
def test_the_sentence_gives_up_words_and_never_half_of_one(
    page: Open, map_file: Path, spacing: str
) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2021-05-01&to=2024-12-31&certain=1")
    said = strip(tab)["sentence"]
    tab.page.evaluate(WIDE_LETTERS, f".im-shell {{ letter-spacing: {spacing} }}")
    for width in (1500, 1400, 1300, 1000, 700, 390):
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.wait_for_timeout(60)
        found = tab.page.evaluate(CUT)
        assert not found["isCut"], (width, found)
        assert found["words"].startswith(said.partition(" record")[0])
        assert "certainly" in found["words"]
        if width >= 1300:
            assert "dated only" in found["words"]


@pytest.mark.slow
@pytest.mark.parametrize("by", ["tap", "keys"])
def test_on_a_phone_the_records_without_a_lane_can_be_listed(
    page: Open, map_file: Path, by: str
) -> None:
    tab = opened(page(width=390, height=844, has_touch=True), map_file)
    button, items = tab.page.locator(".im-time-rest"), tab.page.locator(".im-time-item")
    lanes = strip(tab)["lanes"]
    assert items.count() == 0
    if by == "tap":
        button.tap()
    else:
        button.focus()
        tab.page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    listed = items.evaluate_all("nodes => nodes.map((node) => node.dataset.record)")
    assert len(listed) == int(button.inner_text().split()[0]) > 0
    assert set(lanes).isdisjoint(listed)
    box = tab.page.locator(".im-time-list").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    if by == "tap":
        items.last.tap()
    else:
        tab.page.keyboard.press("Tab")
        tab.page.keyboard.press("Enter")
    chosen = listed[-1] if by == "tap" else listed[0]
    tab.page.wait_for_selector(f".im-card[data-record='{chosen}']")
    assert items.count() == 0 or not items.first.is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_it_is_low_and_its_dates_open_above_it(
    page: Open, map_file: Path, theme: str
) -> None:
    tab = opened(
        page(theme=theme, width=390, height=844, has_touch=True),
        map_file,
        "#from=2022-05-01&to=2024-12-31",
    )
    assert strip(tab)["height"] <= 73
    tab.page.locator(".im-time-more").tap()
    field = tab.page.locator(".im-time-date >> nth=0")
    field.fill("2024")
    field.press("Enter")
    assert strip(tab)["first"] == "2024-01-01"
    box = tab.page.locator(".im-time-tools").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert tab.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("title", ["<img src=x onerror=alert(1)>", "{{ 7 * 7 }}"])
def test_a_hostile_title_is_text_in_the_strip(
    page: Open, country: Country, tmp_path: Path, title: str
) -> None:
    one = workspace(country, incident(title=title, when="2022/2023"), incident(id="b", when="2022"))
    path = tmp_path / "hostile.html"
    path.write_text(document_html(one), encoding="utf-8")
    tab = opened(page(width=1440, height=900), path)
    tab.page.mouse.move(*middle(tab, ".im-time-span[data-record=an-attack]"))
    assert tab.page.locator(".im-time-tip b").text_content() == title
    assert tab.page.locator(".im-time img").count() == 0
    assert tab.errors == []
