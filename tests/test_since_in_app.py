"""New since and saved Views in the app: kept for the dossier and for the person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab
from dossiers import copy_of_data, dossier_bytes, incident
from playwright.sync_api import FrameLocator, expect
from streamlit.testing.v1 import AppTest

from geo.app import kept_state
from geo.app.view_store import ViewStore
from geo.errors import StateError, ViewError
from geo.settings import FOLDER_VARIABLE
from geo.workspace import DOSSIER

Open = Callable[..., Tab]
OLD = dossier_bytes(
    incident(id="same", title="The same"), incident(id="secret", title="Not for everybody")
)
NEW = dossier_bytes(incident(id="same", title="The same"), incident(id="fresh", title="Just added"))


def page_of_changes() -> None:
    from geo.app.changes_page import changes_page  # noqa: PLC0415 - runs as a script of its own

    changes_page()


@pytest.fixture
def folder(tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A country's folder, whose state is of this test alone."""
    made: Path = copy_of_data(data_folder, tmp_path / "data")
    (made / DOSSIER).write_bytes(OLD)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv(FOLDER_VARIABLE, str(made))
    return made


def frame(tab: Tab) -> FrameLocator:
    found = tab.page.frame_locator("iframe")
    found.locator(".im-since select").wait_for(timeout=60_000)
    return found


@pytest.mark.slow
@pytest.mark.browser
def test_the_app_marks_what_is_new_without_an_old_file_and_keeps_views(
    page: Open, serve_app: Callable[..., str], folder: Path, tmp_path: Path
) -> None:
    url = serve_app(data=folder, XDG_STATE_HOME=str(tmp_path / "state"))
    tab = page(width=1440, height=900, alone=True)
    tab.page.goto(url)
    frame(tab)
    (folder / DOSSIER).write_bytes(NEW)
    tab.page.reload()
    shown = frame(tab)
    shown.locator(".im-since select").select_option("7d")
    note = shown.locator(".im-since-note")
    expect(note).to_contain_text("1 new shown, 1 no longer in the data", timeout=30_000)
    expect(note).to_contain_text("Versions are kept from")
    expect(shown.locator(".im-item .im-change")).to_have_count(1)
    assert "Not for everybody" not in shown.locator("body").inner_text()
    shown.locator(".im-views summary").click()
    for title in ("First", "Second"):
        shown.locator("[data-key=view-title]").fill(title)
        shown.locator("[data-key=view-title]").press("Enter")
    shown.locator('[data-key="remove:First"]').click()
    expect(shown.locator(".im-view-open")).to_have_text(["Second"])
    file = next(iter((tmp_path / "state" / "incident-map" / "views").rglob("*.json")), None)
    tab.page.wait_for_timeout(1_000)
    tab.page.reload()
    shown = frame(tab)
    shown.locator(".im-views summary").click()
    expect(shown.locator(".im-view-open")).to_have_text(["Second"], timeout=30_000)
    assert file is not None or list((tmp_path / "state").rglob("everyone.json"))
    assert [one for one in tab.errors if "404" not in one] == []


@pytest.mark.slow
def test_the_page_changes_compares_with_a_version_that_was_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_state, "is_own_computer", lambda: True)
    monkeypatch.setattr("geo.app.changes_page.map_frame", lambda *_, **__: None)
    first = AppTest.from_function(page_of_changes, default_timeout=60).run()
    assert not first.exception
    assert len(first.selectbox) == 0
    (folder / DOSSIER).write_bytes(NEW)
    opened = AppTest.from_function(page_of_changes, default_timeout=60).run()
    opened.selectbox[0].select("7d").run()
    assert not opened.exception
    assert [one.value for one in opened.subheader] == [
        "Changed records on the map", "New (1)", "Removed (1)",
    ]  # fmt: skip


def test_where_people_sign_in_no_earlier_text_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_state, "is_own_computer", lambda: True)
    AppTest.from_function(page_of_changes, default_timeout=60).run()
    (folder / DOSSIER).write_bytes(NEW)
    monkeypatch.setattr(kept_state, "is_own_computer", lambda: False)
    opened = AppTest.from_function(page_of_changes, default_timeout=60).run()
    assert not opened.exception
    assert len(opened.selectbox) == 0


def test_each_person_who_signs_in_has_saved_views_of_their_own(folder: Path) -> None:
    people = ("", "A@example.org", "a@example.org", "a@Example.ORG", "b@example.org")
    files = {person: ViewStore(folder / DOSSIER, person).file for person in people}
    # As at the door: whoever is let in under one name is not another person under it.
    assert files["A@example.org"] != files["a@example.org"] == files["a@Example.ORG"]
    assert len(set(files.values())) == 4
    assert not any("example" in one.name for one in files.values())


def test_who_is_not_known_has_no_saved_views_of_others(folder: Path) -> None:
    with pytest.raises(StateError, match="not known who"):
        ViewStore(folder / DOSSIER, None).read()


@pytest.mark.parametrize("damage", [b"{", b'[{"title": 7}]', b"[" * 100_000, b"\xff"])
def test_damaged_saved_views_are_set_aside_and_told(damage: bytes, folder: Path) -> None:
    store = ViewStore(folder / DOSSIER, "")
    store.change({"act": "save", "title": "A", "address": ""})
    assert [one.title for one in store.read()[0]] == ["A"]
    store.file.write_bytes(damage)
    views, note = store.read()
    assert views == ()
    assert "was damaged" in note
    store.change({"act": "save", "title": "B", "address": ""})
    assert [one.title for one in store.read()[0]] == ["B"]


def test_an_impossible_change_is_told_and_changes_nothing(folder: Path) -> None:
    store = ViewStore(folder / DOSSIER, "")
    act = {"act": "save", "title": "A", "address": "at=100,0,7"}
    with pytest.raises(ViewError, match="this View, 'A': viewport: expected"):
        store.change(act)
    assert store.read() == ((), "")
