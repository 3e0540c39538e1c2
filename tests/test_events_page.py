"""Events in the app: handed in or served to all, accounted for, and told on demand."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import events as made
import openpyxl
import pyarrow as pa
import pytest
from app_alerts import alerts, plain
from app_files import handed
from browsing import ROOT, Tab
from playwright.sync_api import FrameLocator, expect
from streamlit.testing.v1 import AppTest
from test_for_every_reader import DONE, in_both_themes, shown

from geo.app import events
from geo.app.file_choice import PackedFile
from geo.app.shown_events import UPLOAD, UPLOADED_FILE, SessionEvents
from geo.events.columns.formats import ACLED
from geo.events.out_of_core.blocks import cut
from geo.events.out_of_core.partitioned import import_parts
from geo.events.out_of_core.partwise import Job
from geo.events.store.storage import write_events
from geo.table.workspace import Workspace
from geo.view import View
from geo.webmap.event_columns import MOST_TEXTS, event_block, groups_of
from geo.workspace import EVENTS_VARIABLE

Open = Callable[..., Tab]
HOSTILE = '<img src=x onerror="document.title=1"> **[bold](javascript:x)** {{ 7*7 }}'
ROWS = (
    made.acled(event_id_cnty="AFG1"),
    made.acled(event_id_cnty="AFG2", geo_precision="9"),
    made.acled(event_id_cnty="AFG3", actor1=HOSTILE, notes=HOSTILE),
    made.acled(event_id_cnty="AFG4", longitude="61.0", event_date="2022-06-01"),
)
TABLE = b"when,town,Y,X,dead,by whom\n2022-05-24,Imam Sahib,37.1893,68.9364,3,Taliban\n"


def page() -> None:
    """Run the page on its own; its source is all that the app takes over."""
    from geo.app.events_page import events_page  # noqa: PLC0415

    events_page()


def opened(data: bytes | None = None) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    if data is not None:
        app.session_state[UPLOAD] = PackedFile.of(gzip.compress(data))
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    said = [*app.markdown, *app.caption, *app.header, *app.subheader]
    return "\n".join(plain(each.value) for each in said)


def tables(app: AppTest) -> list[list[object]]:
    return [row for each in app.dataframe for row in each.value.to_numpy().tolist()]


def test_every_row_of_a_file_is_accounted_for() -> None:
    app = opened(made.csv_bytes(ROWS, ACLED))
    assert "with 4 rows: **3 imported**, **1 rejected**. 1 of the imported rows" in words(app)
    listed = tables(app)
    assert [1, "geo_precision", "expected 1 (town), 2 (near) or 3 (province)"] in listed
    assert [1, "party", HOSTILE] in listed
    assert any("more than 2 km outside Kunduz" in str(row[2]) for row in listed)


def test_what_may_be_an_incident_of_the_dossier_is_suggested_and_kept_apart() -> None:
    overrun = made.acled(
        event_date="2021-09-06", admin1="Panjshir", admin2="", geo_precision="3", location="",
        latitude="", longitude="", actor1="Taliban", actor2="",
    )  # fmt: skip
    app = opened(made.csv_bytes([overrun], ACLED))
    assert "Suggestions only: nothing is merged" in words(app)
    incident, event, _, why = tables(app)[-1]
    assert (incident, event) == ("panjshir-stronghold-overrun-2021", "AFG1")
    assert "both name taliban" in str(why)
    assert "with 1 row: **1 imported**" in words(app)


def test_who_hands_in_nothing_sees_nothing_of_others() -> None:
    opened(made.csv_bytes(ROWS, ACLED))
    other = opened()
    assert "never added to the dossier" in words(other)
    assert tables(other) == []


def test_columns_that_are_not_known_mean_nothing_before_a_person_says_so() -> None:
    app = opened(TABLE)
    assert "Map the columns" in words(app)
    assert tables(app) == []
    proposed = {box.key.removeprefix("events-mapping-"): box.value for box in app.selectbox}
    assert (proposed["date"], proposed["lat"], proposed["lon"]) == ("when", "Y", "X")
    for meaning, column in (
        ("killed", "dead"), ("place", "town"), ("precision", "every row: settlement"),
    ):  # fmt: skip
        app.selectbox(f"events-mapping-{meaning}").set_value(column)
    app.multiselect("events-mapping-groups").set_value(["by whom"])
    app.button[0].click().run()
    assert not app.exception
    assert "a table with 1 row: **1 imported**, **0 rejected**" in words(app)


def test_both_parties_are_proposed_and_the_order_of_dates_is_shown() -> None:
    app = opened(
        b"event_date,lat,lon,Actor1,Actor2\n9/3/19,34.5,69.2,Taliban,ISKP\n"
        b"9/28/19,34.5,69.2,Taliban,ISKP\n"
    )
    assert app.multiselect("events-mapping-groups").value == ["Actor1", "Actor2"]
    assert app.multiselect("events-mapping-against").value == []
    assert "Dates are read month first" in alerts(app, "info")[0]
    assert "3 September 2019" in alerts(app, "info")[0]
    app.selectbox("events-mapping-date_order").set_value("day-first")
    app.button[0].click().run()
    assert not app.exception
    assert "a table with 2 rows: **2 imported**" in words(app)
    assert any("is not day first" in str(row) for row in tables(app))


def test_latitude_and_longitude_are_exchanged_in_one_click_and_never_unasked() -> None:
    app = opened(b"date,lat,lon\n2022-01-01,69.17,34.52\n2022-01-02,68.9,36.7\n")
    assert "look swapped" in alerts(app, "warning")[0]
    assert app.selectbox("events-mapping-lat").value == "lat"
    app.button[0].click().run()
    assert app.selectbox("events-mapping-lat").value == "lon"
    assert app.selectbox("events-mapping-lon").value == "lat"
    app.button[1].click().run()
    assert not app.exception
    assert "**2 imported**, **0 rejected**. 0 of" in words(app)


@pytest.mark.parametrize(
    ("day", "question", "answer"),
    [
        ("03/10/2021", "is 3 October 2021 or 10 March 2021", "events-dates-day-first"),
        ("1400-07-11", "appears to be in the Solar Hijri calendar", "events-dates-solar-hijri"),
    ],
)
def test_how_dates_are_read_is_asked_where_the_file_leaves_it_open(
    day: str, question: str, answer: str
) -> None:
    app = opened(made.csv_bytes([made.acled(event_date=day)], ACLED))
    assert "How are the dates to be read?" in words(app)
    assert question in words(app)
    assert "--date-order" not in words(app)
    app.button(answer).click().run()
    assert not app.exception
    assert "with 1 row: **1 imported**" in words(app)


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff" * 40, b"", b"PAR1 but nothing behind it", b'{"type": "Feature"}', b"%PDF-1.7\n",
        b"date,province,events\n2024-01-31,Kunduz,4\n",
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_words(data: bytes) -> None:
    app = opened(data)
    assert alerts(app) == ["The events could not be read."]
    assert UPLOADED_FILE in app.code[0].value or "the file" in app.code[0].value


FAULTS = (
    IndexError("tuple index out of range"), KeyError("\x1b[31m"), OverflowError(), MemoryError(),
    RecursionError(), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), pa.ArrowInvalid("x"),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_of_the_program_is_a_sentence_on_the_page_and_a_traceback_in_the_log(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise fault

    for where in ("convert", "read_source"):
        with monkeypatch.context() as patch:
            patch.setattr(events, where, fails)
            app = opened(made.csv_bytes([made.acled(notes=f"{where} {fault!r}")], ACLED))
        assert alerts(app) == ["The events could not be read."]
        said = app.code[0].value
        assert said.startswith("The program failed while reading the events (")
        assert type(fault).__name__ in said
        assert "Please report it" in said
        assert "\x1b" not in said
    assert "Traceback" in caplog.text
    assert "\x1b" not in caplog.text


def test_events_that_no_map_can_draw_leave_the_records_on_the_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("geo.webmap.event_columns.MOST_COMBINATIONS", 0)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    row = made.acled(notes="More combinations of groups than a map has")
    app.session_state[UPLOAD] = PackedFile.of(gzip.compress(made.csv_bytes([row], ACLED)))
    app.run()
    assert not app.exception
    assert alerts(app) == ["The events could not be read; the map shows the records only."]
    assert "combinations of groups" in app.code[0].value
    assert app.get("bidi_component"), "the map is there"


def test_a_fault_of_any_page_is_a_sentence_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("geo.app.map_page.show_problems", fails)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    assert not app.exception
    assert "The program failed while showing this page" in words(app)


def test_a_file_is_unpacked_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.limits.MAX_UPLOAD_BYTES", 99_999)
    app = opened(bytes(100_000))
    assert "more than 99,999 bytes" in app.code[0].value


def test_texts_are_those_of_the_event_that_the_document_numbers(country, data_folder) -> None:
    actors = ("Taliban", "NRF: National Resistance Front", "Taliban", "Nobody")
    several = [
        made.acled(
            event_id_cnty=f"E{at}", notes=f"n{at}", actor1=who, event_date=f"2022-05-{at + 10}"
        )
        for at, who in enumerate(actors)
    ]  # fmt: skip
    table = made.read_acled(country, data_folder, *several).events
    found = SessionEvents(table, "key", {}, "a file")
    told = found.texts([0, 1, 2, 3, 4, 99])
    assert list(told) == ["0", "1", "2", "3"]
    assert {one["id"]: one["notes"] for one in told.values()} == {
        f"E{n}": f"n{n}" for n in range(4)
    }
    first = event_block(table, groups_of(table), country)["texts"]["id"]
    assert [told[str(at)]["id"] for at in range(4)] == first


@pytest.fixture
def years(own: Workspace, data_folder: Path, tmp_path: Path) -> Path:
    """Return a dataset with three events in 2020, two in 2021 and one in 2022."""
    days = ("2020-03-01", "2020-03-02", "2020-03-03", "2021-05-01", "2021-05-02", "2022-07-01")
    several = [made.acled(event_id_cnty=f"E{at}", event_date=day) for at, day in enumerate(days)]
    (tmp_path / "source.csv").write_bytes(made.csv_bytes(several, ACLED))
    job = Job(
        cut(tmp_path / "source.csv", 2_000), tmp_path, data_folder, own.country.digest,
        made.registry(data_folder),
    )  # fmt: skip
    import_parts(
        job, tmp_path / "events", lambda task, job, things: enumerate(task(job, t) for t in things)
    )
    return tmp_path / "events"


def test_of_a_dataset_the_app_reads_the_years_that_the_view_asks_for(
    own: Workspace, years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EVENTS_VARIABLE, str(years))
    monkeypatch.setattr(events, "MOST_AT_ONCE", 2)

    def asked(first: str, last: str) -> tuple[list[str], str]:
        view = View(first=date.fromisoformat(first), last=date.fromisoformat(last))
        found = events.configured_events(own, view)
        assert found is not None
        return sorted(found.table["id"].to_pylist()), found.note

    found = events.configured_events(own, View())
    assert found is not None
    assert found.table["id"].to_pylist() == ["E5"]
    assert "Of 6 events, those of the year 2022 are loaded" in found.note
    assert asked("2021-05-01", "2021-05-01")[0] == ["E3", "E4"]
    assert asked("2020-01-01", "2020-12-31")[0] == ["E0", "E1", "E2"]
    monkeypatch.setattr(events, "MOST_AT_ONCE", 6)
    assert asked("2020-01-01", "2020-01-02") == ([f"E{at}" for at in range(6)], "")


def test_of_a_dataset_the_years_of_both_periods_are_read(
    own: Workspace, years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EVENTS_VARIABLE, str(years))
    monkeypatch.setattr(events, "MOST_AT_ONCE", 5)
    first, second = (
        (date(2020, 3, 1), date(2020, 3, 31)),
        (date(2021, 5, 1), date(2021, 5, 31)),
    )
    for one, other in ((first, second), (second, first)):
        found = events.configured_events(own, View(first=one[0], last=one[1], compare=other))
        assert found is not None
        assert sorted(found.table["id"].to_pylist()) == [f"E{at}" for at in range(5)]


def test_the_tables_to_download_are_said_to_hold_what_the_map_filters_out() -> None:
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state[UPLOAD] = PackedFile.of(gzip.compress(made.csv_bytes(ROWS, ACLED)))
    said = "The tables hold every event that was read."
    assert said not in words(app.run())
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state[UPLOAD] = PackedFile.of(gzip.compress(made.csv_bytes(ROWS, ACLED)))
    app.query_params["off"] = "taliban"
    assert said in words(app.run())


def test_a_served_file_that_is_gone_leaves_the_records_on_the_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EVENTS_VARIABLE, str(tmp_path / "gone.parquet"))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    assert not app.exception
    assert alerts(app) == ["The events could not be read; the map shows the records only."]
    assert "the file no longer exists" in app.code[0].value
    assert app.get("bidi_component"), "the map is there"


def frame(tab: Tab) -> FrameLocator:
    found = tab.page.frame_locator("iframe")
    found.locator(".im-ledger-events strong").wait_for(timeout=60_000)
    return found


@pytest.mark.slow
@pytest.mark.browser
def test_a_file_that_is_handed_in_is_drawn_on_the_map(
    page: Open, app_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "acled.csv"
    file.write_bytes(made.csv_bytes(ROWS, ACLED))
    tab = page(width=1440, height=900)
    shown(tab, f"{app_url}/events")
    tab.page.get_by_label("A file of events").set_input_files(file)
    expect(tab.page.get_by_text("3 imported")).to_be_visible(timeout=30_000)
    tab.page.locator(DONE).wait_for()
    assert in_both_themes(tab) == []
    with tab.page.expect_download() as saved:
        tab.page.get_by_role("button", name="Map with these events").click()
    assert "<!doctype html>" in saved.value.path().read_text(encoding="utf-8")
    tab.page.get_by_role("link", name="Show on the map").click()
    assert frame(tab).locator(".im-ledger-events strong").inner_text() == "3"
    tab.page.get_by_role("link", name="Events").click()
    tab.page.get_by_role("button", name="Remove file").click()
    expect(tab.page.get_by_text("never added to the dossier")).to_be_visible()
    tab.page.get_by_role("link", name="Map", exact=True).click()
    inside = tab.page.frame_locator("iframe")
    inside.locator(".im-ledger-total").wait_for()
    expect(inside.locator(".im-ledger-events")).to_have_count(0)
    assert tab.abroad == []


@pytest.mark.slow
@pytest.mark.browser
def test_texts_of_so_many_events_come_when_a_list_shows_them(
    page: Open, serve_app: Callable[..., str], country, data_folder: Path, tmp_path: Path
) -> None:
    several = [made.acled(event_id_cnty=f"E{at}", notes=HOSTILE) for at in range(MOST_TEXTS + 1)]
    table = made.read_acled(country, data_folder, *several).events
    write_events(table, tmp_path / "events.parquet")
    tab = page(width=1440, height=900)
    tab.page.goto(serve_app(**{EVENTS_VARIABLE: str(tmp_path / "events.parquet")}))
    inside = frame(tab)
    loads = tab.requests.count("about:srcdoc")
    inside.locator(".im-ledger-event").first.click()
    expect(inside.locator(".im-event-notes").first).to_have_text(HOSTILE, timeout=30_000)
    assert inside.locator(".im-event-notes").count() == 100
    expect(inside.locator(".im-detail-body")).not_to_contain_text("stay in the event table")
    assert tab.requests.count("about:srcdoc") == loads
    assert tab.page.title() != "1"


def test_a_sheet_of_a_workbook_is_chosen_on_the_page() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["A", "B"])
    book.active.append(["1", "2"])
    sheet = book.create_sheet("ACLED")
    for row in (list(ACLED), [made.ACLED_ROW.get(name) for name in ACLED]):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    app = opened(data.getvalue())
    assert "Sheet “ACLED” is read; not read: “Notes”." in words(app)
    assert "with 1 row: **1 imported**" in words(app)
    (offered,) = handed(app)
    listed = {"Workbook (XLSX)", "Google Earth (KMZ)", "Table (CSV)", "GeoJSON"}
    assert listed <= set(offered.labels)
    choice = next(each for each in app.selectbox if each.label == "Sheet or file to read")
    choice.select("Notes").run()
    assert not app.exception
    assert "Sheet “Notes” is read" in words(app)
    assert "Map the columns" in words(app)
