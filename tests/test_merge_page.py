"""Merging another copy in the app: what is shown is what is applied, by those who may edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from app_alerts import alerts
from browsing import Tab, stands
from dossiers import copy_of_data
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest
from test_copies import ANN, BEA, CAS, content_edits, copied, holds

from geo.app import editors, merge_page
from geo.dossier.copies import DossierCopy
from geo.dossier.editing import Edit
from geo.dossier.entries import Entries
from geo.dossier.history import history_file
from geo.dossier.saving import read_history, save_edit
from geo.settings import FOLDER_VARIABLE, READ_ONLY_VARIABLE
from geo.state import STATE_VARIABLE
from geo.workspace import DOSSIER

WAY = "Merge another dossier"
KEYS = ["panjshir-stronghold-overrun-2021", "mazar-kunduz-attacks-2022", "northern-offensive-2022"]
Open = Callable[..., Tab]


def edited(file: Path, by: str, key: str, **fields: Any) -> None:
    section: Any = "groups" if key == "nrf" else "incidents"
    save_edit(file, Edit.to(file.read_bytes(), section, key, fields, by=by))


def entry(file: Path, key: str) -> dict[str, Any]:
    section: Any = "groups" if key == "nrf" else "incidents"
    return Entries.of(file.read_bytes()).entry(section, key) or {}


@pytest.fixture
def two(tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Ann's dossier, which the app has, and Bea's copy; both have been edited, and clash once."""
    monkeypatch.setenv(STATE_VARIABLE, str(tmp_path / "state"))
    ann = copy_of_data(data_folder, tmp_path / "data") / DOSSIER
    monkeypatch.setenv(FOLDER_VARIABLE, str(ann.parent))
    edited(ann, CAS, "nrf", note="Before the copy")
    bea = copied(ann, "bea")
    edited(ann, ANN, KEYS[0], title="Ann's title", note="Ann's note")
    edited(bea, BEA, KEYS[0], title="Bea's *title*")
    edited(bea, BEA, KEYS[1], note="Bea's note")
    for file, by in ((ann, ANN), (bea, BEA)):
        edited(file, by, KEYS[2], note="The same of both")
    return ann, bea


def page_of_changes() -> None:
    from geo.app.changes_page import changes_page  # noqa: PLC0415 - runs as a script of its own

    changes_page()


def opened(bea: Path, *, with_log: bool = True, name: str = ANN) -> AppTest:
    """The page with the other copy uploaded."""
    app = AppTest.from_function(page_of_changes, default_timeout=60).run()
    app.session_state["changes-way"] = WAY
    app.run()
    if name and app.text_input:
        app.text_input[0].set_value(name)
        app.button[0].click().run()
    app.session_state[f"{merge_page.UPLOAD}-0"] = bea.read_bytes()
    if with_log:
        app.session_state[f"{merge_page.LOG_UPLOAD}-0"] = history_file(bea).read_bytes()
    app.run()
    assert not app.exception
    return app


def clash_of(app: AppTest) -> Any:
    """The choice between two values; the first one of the page is what to do there."""
    return app.radio[1]


def texts(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.caption])


def apply_button(app: AppTest) -> Any:
    return next(one for one in app.button if one.label == "Apply merge")


@pytest.mark.slow
def test_a_clash_is_shown_with_both_values_and_authors_and_has_to_be_decided(
    two: tuple[Path, Path],
) -> None:
    ann, bea = two
    app, before = opened(bea), ann.read_bytes()
    shown = texts(app)
    assert "1 clash, 1 field changed alike in both copies" in shown
    for part in ("Ann's title", "Bea's *title*", f"Yours: {ANN}", f"Theirs: {BEA}", "Bea's note"):
        assert part in shown, part
    assert apply_button(app).disabled
    assert "Decide every clash first." in shown
    clash_of(app).set_value("Take theirs").run()
    assert not apply_button(app).disabled
    assert ann.read_bytes() == before
    apply_button(app).click().run()
    assert not app.exception
    assert "has been merged into your dossier" in " ".join(alerts(app, "info"))
    assert (entry(ann, KEYS[0])["title"], entry(ann, KEYS[0])["note"]) == (
        "Bea's *title*", "Ann's note",
    )  # fmt: skip
    assert entry(ann, KEYS[1])["note"] == "Bea's note"
    history = holds(ann)
    found = {(one.by, one.merged_by, one.field) for one in content_edits(history, KEYS[0])}
    assert found == {(ANN, "", "title"), (ANN, "", "note"), (BEA, ANN, "title")}


@pytest.mark.slow
def test_a_clash_decided_for_ours_leaves_our_value(two: tuple[Path, Path]) -> None:
    ann, bea = two
    app = opened(bea)
    clash_of(app).set_value("Keep yours").run()
    apply_button(app).click().run()
    assert entry(ann, KEYS[0])["title"] == "Ann's title"
    assert entry(ann, KEYS[1])["note"] == "Bea's note"
    holds(ann)


@pytest.mark.slow
def test_without_a_log_the_common_version_is_chosen_or_uploaded(two: tuple[Path, Path]) -> None:
    ann, bea = two
    bare = DossierCopy(bea.read_bytes())
    app = opened(bea, with_log=False)
    assert "Which version did both copies start from?" in texts(app)
    assert not any(one.label == "Apply merge" for one in app.button)
    base = ann.read_bytes().replace(b"Ann's title", b"The title before")
    app.session_state[merge_page.merge_base.UPLOAD] = base
    if app.selectbox:
        app.selectbox[0].select("A file")
    app.run()
    assert not app.exception
    assert "1 clash" in texts(app)
    clash_of(app).set_value("Take theirs").run()
    apply_button(app).click().run()
    assert entry(ann, KEYS[0])["title"] == "Bea's *title*"
    # Nobody but the person who merged is known.
    last = content_edits(holds(ann), KEYS[1])[-1]
    assert (last.by, last.merged_by) == (ANN, "")
    assert bare.digest in history_file(ann).read_text("utf-8")


@pytest.mark.slow
def test_a_version_that_the_app_has_shown_is_found_without_a_log(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    ann, _ = two
    latest = ann.read_bytes()
    ann.write_bytes(latest.replace(b"Ann's note", b"Ann's earlier note"))
    opened(ann)
    ann.write_bytes(latest)
    copy = tmp_path / "copy" / DOSSIER
    copy.parent.mkdir()
    copy.write_bytes(latest.replace(b"Ann's note", b"Ann's earlier note"))
    app = opened(copy, with_log=False)
    assert "Both copies started from data version" in texts(app)
    assert "The other copy has nothing that yours does not have." in texts(app)


@pytest.mark.slow
def test_the_log_of_another_dossier_is_not_taken_in(two: tuple[Path, Path], tmp_path: Path) -> None:
    ann, bea = two
    other = tmp_path / "other" / DOSSIER
    other.parent.mkdir()
    other.write_bytes(ann.read_bytes())
    edited(other, "Somebody", KEYS[1], note="Of another dossier")
    app = opened(bea)
    app.session_state[f"{merge_page.LOG_UPLOAD}-0"] = history_file(other).read_bytes()
    app.session_state[merge_page.merge_base.UPLOAD] = ann.read_bytes()
    app.run()
    assert not app.exception
    log = history_file(ann).read_text("utf-8")
    assert "Somebody" not in log


@pytest.mark.slow
@pytest.mark.parametrize("data", [b"", b"title: 'open", b"- a list", b"\xff", b"<<<<<<< ours\n"])
def test_what_is_not_a_dossier_is_refused_in_words(two: tuple[Path, Path], data: bytes) -> None:
    ann, bea = two
    before = ann.read_bytes()
    broken = bea.with_name("broken.yaml")
    broken.write_bytes(data)
    app = opened(broken, with_log=False)
    if app.selectbox:
        app.selectbox[0].select("A file")
    app.session_state[merge_page.merge_base.UPLOAD] = before
    app.run()
    assert not app.exception
    assert not any(one.label == "Apply merge" and not one.disabled for one in app.button)
    assert ann.read_bytes() == before


@pytest.mark.slow
def test_a_dossier_saved_meanwhile_is_looked_at_again(two: tuple[Path, Path]) -> None:
    ann, bea = two
    app = opened(bea)
    clash_of(app).set_value("Take theirs").run()
    edited(ann, CAS, KEYS[1], title="Meanwhile")
    apply_button(app).click().run()
    assert not app.exception
    assert "has changed since the two were compared" in " ".join(alerts(app))
    assert entry(ann, KEYS[0])["title"] == "Ann's title"
    # The page shows the new state; the decision is asked for again.
    clash_of(app).set_value("Take theirs").run()
    apply_button(app).click().run()
    assert entry(ann, KEYS[0])["title"] == "Bea's *title*"
    assert entry(ann, KEYS[1])["title"] == "Meanwhile"


@pytest.mark.slow
def test_who_has_signed_in_vouches_for_what_the_file_says(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bea = two
    editors.set_name(ANN)
    monkeypatch.setattr(editors, "can_rename", lambda: False)
    app = opened(bea)
    assert "You count as one of those who wrote what this merge changes" in texts(app)
    clash_of(app).set_value("Take theirs").run()
    apply_button(app).click().run()
    assert not app.exception
    assert ANN in entry(ann, KEYS[1])["written_by"]
    assert BEA in entry(ann, KEYS[1])["written_by"]
    holds(ann)


@pytest.mark.slow
def test_who_may_not_edit_is_not_offered_the_merge(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bea = two
    app = opened(bea)
    clash_of(app).set_value("Take theirs").run()
    before = ann.read_bytes()
    # The click of a page that is open still is refused.
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")
    apply_button(app).click().run()
    assert not app.exception
    assert "read only" in " ".join(alerts(app))
    assert ann.read_bytes() == before
    fresh = AppTest.from_function(page_of_changes, default_timeout=60).run()
    assert not fresh.exception
    assert WAY not in str(fresh.main)


@pytest.mark.slow
def test_a_click_that_the_page_does_not_offer_changes_nothing(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bea = two
    button = st.button
    monkeypatch.setattr(
        merge_page.st, "button", lambda *words, **how: button(*words, **how | {"disabled": False})
    )
    app, before = opened(bea), ann.read_bytes()
    apply_button(app).click().run()
    assert not app.exception
    assert "Decide every clash first." in alerts(app, "warning")
    assert ann.read_bytes() == before


@pytest.mark.slow
@pytest.mark.browser
def test_a_person_merges_another_copy(
    page: Open, serve_app: Callable[..., str], two: tuple[Path, Path], tmp_path: Path
) -> None:
    ann, bea = two
    url = serve_app(data=ann.parent, **{STATE_VARIABLE: str(tmp_path / "state")})
    tab = page(width=390, height=844, alone=True)
    shown = tab.page
    shown.goto(f"{url}/changes")
    shown.get_by_text(WAY).click(timeout=60_000)
    shown.get_by_label("Your name").fill(ANN)
    shown.get_by_label("Your name").press("Enter")
    shown.get_by_text("Its history log").wait_for()
    fields = shown.locator("input[type=file]")
    fields.nth(0).set_input_files(bea)
    shown.get_by_text("Which version did both copies start from?").wait_for()
    fields.nth(1).set_input_files(history_file(bea))
    shown.get_by_text("1 clash").wait_for()
    expect(shown.get_by_role("button", name="Apply merge")).to_be_disabled()
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.get_by_text("Take theirs").click()
    expect(shown.get_by_role("button", name="Apply merge")).to_be_enabled(timeout=30_000)
    shown.get_by_role("button", name="Apply merge").click()
    shown.get_by_text("has been merged into your dossier").wait_for()
    stands(shown)
    assert entry(ann, KEYS[0])["title"] == "Bea's *title*"
    assert read_history(ann).faults == ()
    assert [one for one in tab.errors if "404" not in one] == []
