"""A file is made when somebody asks for it; if it is refused, the page says why and gives none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
import streamlit as st
from app_alerts import alerts
from app_files import ask_for, handed
from browsing import Tab, page_script
from dossiers import copy_of_data, dossier_bytes, incident
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from geo.app import file_buttons
from geo.app.drawing_lock import DrawingTurns
from geo.briefing import formats
from geo.settings import FOLDER_VARIABLE

Open = Callable[..., Tab]
WITHHELD = "A planted name that only a withheld record has"
MOUNT = page_script("file_buttons.js", "mount")


def page() -> None:
    """Run the page on its own; its source is all that the app takes over."""
    from geo.app.briefing_page import briefing_page  # noqa: PLC0415

    briefing_page()


@pytest.fixture
def folder(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = copy_of_data(data_folder, tmp_path / "small")
    (copied / "incidents.yaml").write_bytes(
        dossier_bytes(incident(), incident(id="second", by=["taliban"], title=WITHHELD))
    )
    monkeypatch.setenv(FOLDER_VARIABLE, str(copied))
    return copied


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_a_file_that_the_scan_refuses_is_not_handed_out_and_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(page, default_timeout=90)
    app.query_params["off"] = "taliban"
    app.run()
    (offered,) = handed(app)
    assert {"Web page", "Word", "Recipe"} <= set(offered.labels)
    assert (offered.answered, offered.name, offered.data) == (None, None, b"")
    real = formats.check_files

    def planted(files: list[tuple[str, bytes]], *given: object) -> None:
        real([(name, data + WITHHELD.encode()) for name, data in files], *given)

    with monkeypatch.context() as faulty:
        faulty.setattr(formats, "check_files", planted)
        ask_for(faulty, "briefing-files", "Web page", 7)
        app.run()
    assert not app.exception
    (said,) = alerts(app)
    assert "was not written, because it still holds" in said
    assert "do not pass the file on" in said
    (refused,) = handed(app)
    assert (refused.answered, refused.name, refused.data) == (7, None, b"")
    ask_for(monkeypatch, "briefing-files", "Web page", 8)
    app.run()
    assert alerts(app) == []
    (given,) = handed(app)
    assert given.name is not None
    assert given.name.endswith(".html")
    assert given.data.startswith(b"<!doctype html>")
    assert WITHHELD.encode() not in given.data
    app.run()
    (after,) = handed(app)
    assert (after.answered, after.name, after.data) == (8, None, b""), "handed out once"


def stopped(key: str) -> None:
    """Offer one file whose making the next run breaks off."""
    import streamlit as st  # noqa: PLC0415

    from geo.app.file_buttons import FileOffer, file_buttons  # noqa: PLC0415

    def make() -> bytes:
        if st.session_state.setdefault("stops", 1):
            st.session_state["stops"] = 0
            st.stop()
        return b"made"

    file_buttons([FileOffer("A file", "a.txt", make)], key=key)


def test_a_file_whose_making_was_broken_off_is_made_by_the_next_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(stopped, args=("some",))
    ask_for(monkeypatch, "some", "A file", 3)
    app.run()
    assert handed(app) == []
    app.run()
    assert handed(app)[0][1:] == (3, "a.txt", b"made")


def large() -> None:
    """Offer a file of eight bytes."""
    from geo.app.file_buttons import FileOffer, file_buttons  # noqa: PLC0415

    file_buttons([FileOffer("A file", "a.csv", lambda: b"8 bytes!")], key="some")


@pytest.mark.parametrize("most", [7, 8])
def test_a_file_too_large_for_a_message_gets_a_button_to_save_it(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(file_buttons, "most_bytes", lambda: most)
    app = AppTest.from_function(large)
    ask_for(monkeypatch, "some", "A file", 4)
    app.run()
    saves = [one.proto.label for one in app.get("download_button")]
    alone, inside = ["Save a.csv (0 MB)"], [(4, "a.csv", b"8 bytes!")]
    assert (saves, handed(app)[0][1:]) == (
        ([], inside[0]) if most == len(inside[0][2]) else (alone, (4, None, b""))
    )


def test_the_largest_file_in_a_message_leaves_room_for_the_page() -> None:
    limit = st.get_option("server.maxMessageSize") * 1_000_000
    assert limit / 2 < file_buttons.most_bytes() < limit


def refusing() -> None:
    """Offer a file that cannot be made, and one that is not there any more."""
    from geo.app.file_buttons import FileOffer, file_buttons  # noqa: PLC0415
    from geo.errors import ExportError  # noqa: PLC0415

    def refuse() -> bytes:
        raise ExportError("x.zip: was not written")

    file_buttons([FileOffer("A file", "a.txt", refuse)], key="some")


@pytest.mark.parametrize(("label", "said"), [("A file", ["x.zip: was not written"]), ("Gone", [])])
def test_what_is_refused_or_no_longer_offered_is_answered_with_no_file(
    monkeypatch: pytest.MonkeyPatch, label: str, said: list[str]
) -> None:
    app = AppTest.from_function(refusing)
    ask_for(monkeypatch, "some", label, 5)
    app.run()
    assert alerts(app) == said
    assert handed(app)[0][1:] == (5, None, b"")


@pytest.mark.browser
def test_the_browser_saves_what_it_asked_for_once_and_nothing_that_was_refused(
    page: Open, root: Path
) -> None:
    tab = page().page
    tab.set_content("<div id=host></div>")
    script = (root / "geo/app/file_buttons.js").read_text(encoding="utf-8")
    tab.evaluate(MOUNT, {"script": script, "labels": ["Word", "PDF"]})
    word, pdf = (tab.get_by_role("button", name=name) for name in ("Word", "PDF"))
    word.click()
    expect(tab.get_by_role("status")).to_have_text("Making the file: Word…")
    expect(pdf).to_be_disabled()
    tab.evaluate("answered(null, '')")
    expect(tab.get_by_role("status")).to_have_text("")
    expect(word).to_be_focused()
    pdf.click()
    assert tab.evaluate("asked.map(({ label }) => label)") == ["Word", "PDF"]
    with tab.expect_download() as saved:
        tab.evaluate("answered('a.pdf', 'made')")
    assert saved.value.suggested_filename == "a.pdf"
    assert saved.value.path().read_bytes() == b"made"
    expect(tab.get_by_role("status")).to_have_text("Saved.")
    tab.evaluate("answered('a.pdf', 'made')")
    assert tab.evaluate("saves") == 1


def test_who_waits_for_a_long_series_draws_between_two_of_its_pages() -> None:
    turns, order = DrawingTurns(), list[str]()

    def draw() -> None:
        with turns:
            order.append("figure")

    other = Thread(target=draw)
    with turns:
        other.start()
        while len(turns._waiting) == 1:  # noqa: SLF001 - until the other one waits as well
            sleep(0.01)
        order.append("page 1")
        turns.pass_on()
        order.append("page 2")
    other.join()
    assert order == ["page 1", "figure", "page 2"]
