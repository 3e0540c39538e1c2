"""Setting a period: the axis, presets, a calendar, a second period, a sentence that stays still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from browsing import Tab, page_script
from test_time import drag, kept, middle, opened, strip

from geo.table.workspace import Workspace

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]

LABELLED = page_script("dates.js", "labelled")
STANDING = page_script("dates.js", "standing")
SENTENCE = page_script("dates.js", "sentenceState")
SIZES = [(1440, 900), (1280, 720), (390, 844)]
YEARS = {"2022": ("2022-01-01", "2022-12-31"), "2024": ("2024-01-01", "2024-12-31")}


def dates(tab: Tab) -> tuple[str, str]:
    found = strip(tab)
    return found["first"], found["last"]


def other_dates(tab: Tab) -> tuple[str, str]:
    strip(tab)
    fields = tab.page.locator(".im-time-other .im-time-date")
    return fields.nth(0).input_value(), fields.nth(1).input_value()


def named(name: str) -> str:
    return f'.im-time-unit[aria-label^="{name}:"]'


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_a_year_of_the_axis_is_the_period_and_shift_extends_it(
    page: Open, map_file: Path, size: tuple[int, int]
) -> None:
    tab = opened(page(width=size[0], height=size[1]), map_file)
    for by in ("mouse", "keys"):
        choose_years(tab, by)


def choose_years(tab: Tab, by: str) -> None:
    """Choose years of the axis, the last a second time, so that all dates are shown again."""

    def use(name: str, *, more: bool = False) -> None:
        button = tab.page.locator(named(name))
        if by == "mouse":
            button.click(modifiers=["Shift"] if more else [])
        else:
            button.focus()
            tab.page.keyboard.press("Shift+Enter" if more else "Enter")

    use("2023")
    assert dates(tab) == ("2023-01-01", "2023-12-31"), by
    button = tab.page.locator(named("2023"))
    assert button.get_attribute("aria-pressed") == "true", by
    assert button.get_attribute("aria-label") == "2023: back to all dates"
    use("2024", more=True)
    assert dates(tab) == ("2023-01-01", "2024-12-31"), by
    use("2024")
    assert dates(tab) == YEARS["2024"], by
    use("2024")
    assert dates(tab) == ("", ""), by
    said = tab.page.locator(named("2024")).get_attribute("title") or ""
    assert said == "Click: only 2024. Shift-click: extend the period to 2024."
    assert tab.errors == []


def test_a_month_of_the_axis_is_the_period(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file)
    tab.page.locator(named("October 2022")).click()
    assert dates(tab) == ("2022-10-01", "2022-10-31")
    tab.page.locator(named("July 2021")).click(modifiers=["Shift"])
    assert dates(tab) == ("2021-07-01", "2022-10-31")


def test_the_axis_is_one_stop_of_the_tab_key_and_arrows_go_on(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file)
    units = tab.page.evaluate(LABELLED)
    assert [stop for *_, stop in units] == [0, *[-1] * (len(units) - 1)]
    tab.page.locator(".im-time-plot").focus()
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("Enter")
    strip(tab)
    assert [name for name, is_on, _ in tab.page.evaluate(LABELLED) if is_on == "true"] == [
        units[1][0]
    ]


def test_dragging_over_the_axis_still_draws_a_window(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file)
    drag(tab, middle(tab, named("2022")), 120)
    first, last = dates(tab)
    assert first.startswith("2022")
    assert last > "2022-06"
    assert (first, last) != YEARS["2022"]


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", "#certain=1"])
def test_each_year_of_the_data_says_what_it_would_show(
    page: Open, map_file: Path, own: Workspace, end: str
) -> None:
    tab = opened(page(width=1440, height=900), map_file, end)
    options = tab.page.locator(".im-time-preset optgroup option").all_inner_texts()
    years = [text.partition(":")[0] for text in options]
    assert years == ["2001", "2021", "2022", "2023", "2024", "2025"]
    for year, text in zip(years, options, strict=True):
        tab.page.locator(".im-time-preset").select_option(f"year-{year}")
        assert dates(tab) == (f"{year}-01-01", f"{year}-12-31")
        count = strip(tab)["sentence"].partition(" of ")[0]
        assert text.startswith(f"{year}: {count} record")
        loose = [
            record
            for record in kept(own, f"{year}-01-01", f"{year}-12-31")
            if record.period.earliest is None or record.period.latest is None
        ]
        said = f"{len(loose)} of them open-ended" if loose and not end else "record"
        assert said in text


def test_the_last_days_of_the_data_are_presets(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file)
    for days in (90, 30, 7):
        tab.page.locator(".im-time-preset").select_option(f"days-{days}")
        first, last = dates(tab)
        assert date.fromisoformat(last) - date.fromisoformat(first) == timedelta(days - 1), days


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_a_day_a_month_and_a_year_are_picked_from_the_calendar(
    page: Open, map_file: Path, size: tuple[int, int]
) -> None:
    is_phone = size[0] < 500
    tab = opened(page(width=size[0], height=size[1], has_touch=is_phone), map_file)

    def press(css: str) -> None:
        target = tab.page.locator(css)
        if is_phone:
            target.tap()
        else:
            target.click()

    if tab.page.locator(".im-time-more").is_visible():
        press(".im-time-more")
    field = tab.page.locator(".im-time-date >> nth=0")
    field.fill("2022-05")
    field.press("Enter")
    press('[aria-label="First day: calendar"]')
    box = tab.page.locator(".im-time-calendar").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size[0]
    press('.im-time-day[aria-label="12 May 2022"]')
    assert dates(tab)[0] == "2022-05-12"
    press('[aria-label="Last day: calendar"]')
    for _ in range(36):
        if tab.page.locator('.im-time-days[aria-label="August 2023"]').count():
            break
        press('.im-time-calendar [aria-label="Month before"]')
    press('[aria-label="August 2023: take all of it"]')
    assert dates(tab) == ("2022-05-12", "2023-08-31")
    press('[aria-label="First day: calendar"]')
    press('[aria-label="2022: take all of it"]')
    assert dates(tab) == ("2022-01-01", "2023-08-31")
    assert tab.errors == []


def test_the_calendar_is_gone_through_by_keys(page: Open, map_file: Path) -> None:
    tab = opened(page(width=1440, height=900), map_file, "#from=2022-05-31&to=2024-12-31")
    keys = tab.page.keyboard
    opener = tab.page.locator('[aria-label="First day: calendar"]')
    opener.focus()
    keys.press("Enter")
    held = "() => document.activeElement.getAttribute('aria-label')"
    for key, day in (
        ("ArrowRight", "1 June 2022"), ("ArrowUp", "25 May 2022"), ("PageUp", "25 April 2022"),
        ("Home", "25 April 2022"), ("End", "1 May 2022"), ("Shift+PageDown", "1 May 2023"),
    ):  # fmt: skip
        keys.press(key)
        assert tab.page.evaluate(held) == day
    keys.press("Escape")
    assert tab.page.locator(".im-time-calendar").is_hidden()
    assert tab.page.evaluate(held) == "First day: calendar"
    assert dates(tab)[0] == "2022-05-31"
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert dates(tab)[0] == "2022-06-07"
    assert tab.page.evaluate(held) == "First day: calendar"


WRONG = [("2022-02-30", "February 2022 has 28 days"), ("2022-13", "months are 01 to 12")]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_what_is_typed_wrong_is_explained_beside_the_field(
    page: Open, map_file: Path, size: tuple[int, int]
) -> None:
    tab = opened(page(width=size[0], height=size[1]), map_file)
    if tab.page.locator(".im-time-more").is_visible():
        tab.page.locator(".im-time-more").click()
    field = tab.page.locator(".im-time-date >> nth=1")
    for typed, said in WRONG:
        field.fill(typed)
        field.press("Enter")
        note = tab.page.locator(".im-time-note")
        assert said in note.inner_text(), typed
        assert "2022-05" in note.inner_text()
        boxes = field.bounding_box(), note.bounding_box()
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert abs(boxes[0]["y"] - boxes[1]["y"]) < 60
        assert boxes[1]["x"] >= 0
        assert boxes[1]["x"] + boxes[1]["width"] <= size[0]
        assert dates(tab)[0] == "", typed


COMPARING = "#from=2023-01-01&to=2023-12-31&compare=2022-01-01,2022-12-31"


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_period_b_is_typed_and_may_be_later_or_earlier(
    page: Open, map_file: Path, own: Workspace, size: tuple[int, int]
) -> None:
    tab = opened(page(width=size[0], height=size[1]), map_file, COMPARING)
    if tab.page.locator(".im-time-more").is_visible():
        tab.page.locator(".im-time-more").click()
    last = tab.page.get_by_label("Period B, last day, year-month-day")
    first = tab.page.get_by_label("Period B, first day, year-month-day")
    last.fill("2024")
    last.press("Enter")
    first.fill("2024")
    first.press("Enter")
    assert other_dates(tab) == YEARS["2024"]
    assert dates(tab) == ("2023-01-01", "2023-12-31")
    b = kept(own, *YEARS["2024"])
    assert strip(tab)["compared"][1].startswith(f"B: {len(b)} records between 1 January and 31")
    tab.page.wait_for_function("() => location.hash.includes('compare=2024-01-01,2024-12-31')")
    first.fill("2025")
    first.press("Enter")
    note = tab.page.locator(".im-time-other .im-time-note")
    assert note.inner_text() == "The last day is before the first."
    assert tab.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_two_periods_are_swapped_and_b_is_put_a_year_before(
    page: Open, map_file: Path, by: str
) -> None:
    tab = opened(page(width=1440, height=900), map_file, COMPARING)

    def use(name: str) -> None:
        button = tab.page.get_by_role("button", name=name)
        if by == "mouse":
            button.click()
        else:
            button.focus()
            tab.page.keyboard.press("Enter")

    use("Swap A and B")
    assert (dates(tab), other_dates(tab)) == (YEARS["2022"], ("2023-01-01", "2023-12-31"))
    tab.page.wait_for_function("() => location.hash.includes('compare=2023-01-01,2023-12-31')")
    use("Year before A")
    assert (dates(tab), other_dates(tab)) == (YEARS["2022"], ("2021-01-01", "2021-12-31"))
    assert tab.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_nothing_jumps_while_the_period_moves_and_no_word_is_out_of_reach(
    page: Open, map_file: Path, size: tuple[int, int]
) -> None:
    end = "#from=2021-08-01&to=2021-08-31"
    tab = opened(page(width=size[0], height=size[1]), map_file, end)
    stands = tab.page.evaluate(STANDING)
    step = tab.page.locator(".im-time-on")
    for _ in range(18):
        step.click()
        strip(tab)
        assert tab.page.evaluate(STANDING) == stands
        found = tab.page.evaluate(SENTENCE)
        assert not found["isCut"]
        assert found["isShort"] == found["isOffered"]
        assert found["whole"] == found["title"]


@pytest.mark.parametrize("by", ["tap", "keys"])
def test_all_words_of_a_shortened_sentence_can_be_opened(
    page: Open, map_file: Path, by: str
) -> None:
    tab = opened(page(width=390, height=844, has_touch=True), map_file)
    reader, whole = tab.page.locator(".im-time-reader"), tab.page.locator(".im-time-whole")
    if by == "tap":
        reader.tap()
    else:
        reader.focus()
        tab.page.keyboard.press("Enter")
    assert whole.inner_text() == strip(tab)["sentence"]
    assert reader.get_attribute("aria-expanded") == "true"
    tab.page.keyboard.press("Escape")
    assert whole.is_hidden()
