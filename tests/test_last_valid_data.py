"""A data file that goes, breaks or changes while the app runs takes nobody's map away."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit
from app_alerts import alerts
from browsing import Tab
from dossiers import copy_of_data, dossier_bytes, incident
from playwright.sync_api import expect
from recording import record
from streamlit.testing.v1 import AppTest

from geo.app import session
from geo.app.last_valid import LastValid
from geo.errors import IntakeError
from geo.settings import FOLDER_VARIABLE
from geo.workspace import read_country

HERE = "tests/test_last_valid_data.py::"
FIRST, LATER = datetime(2026, 3, 1, 8, 5, tzinfo=UTC), datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
HELD = "showing the version loaded on"
Break = Callable[[Path], object]
BREAKS: dict[str, Break] = {
    "missing": Path.unlink,
    "empty": lambda file: file.write_bytes(b""),
    "truncated": lambda file: file.write_bytes(b"{title: [torn"),
    "binary": lambda file: file.write_bytes(b"\xff\xfe\x00\x01" * 9),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
}
PAGES = ("map_page", "records_page", "sources_page", "method_page", "changes_page", "briefing_page")
NEEDED = ("incidents.yaml", "country.yaml", "provinces.geojson")


@pytest.fixture
def folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = copy_of_data(root / "tests" / "made_up_country", tmp_path / "woods")
    monkeypatch.setenv(FOLDER_VARIABLE, str(copied))
    monkeypatch.setattr(session, "_LAST_VALID", LastValid())
    return copied


def mend(file: Path, data: bytes) -> None:
    if file.is_dir():
        file.rmdir()
    file.write_bytes(data)


def test_whatever_breaks_the_last_valid_version_stays_until_it_is_fixed(
    folder: Path,
) -> None:
    data = LastValid()
    first = data.at(FIRST)
    assert (first.read, first.faults) == (FIRST, ())
    for name in NEEDED:
        whole = (folder / name).read_bytes()
        for way, spoil in BREAKS.items():
            spoil(folder / name)
            held = data.at(LATER)
            assert held.workspace.reading.dossier == first.workspace.reading.dossier, (name, way)
            assert held.read < LATER, (name, way)
            assert name in held.faults[0] or name == "provinces.geojson", (name, way)
            mend(folder / name, whole)
            assert data.at(FIRST).faults == (), (name, way)
    record(
        HERE + "test_whatever_breaks_the_last_valid_version_stays_until_it_is_fixed",
        tried=len(NEEDED) * len(BREAKS), lost=0,
        said=f"{', '.join(NEEDED)}, each {', '.join(BREAKS)}, and fixed",
    )  # fmt: skip


def test_a_file_half_written_is_held_back_or_shown_with_its_problems(folder: Path) -> None:
    tried = 0
    for name in ("incidents.yaml", "country.yaml", "provinces.geojson", "districts.geojson",
                 "gazetteer.json", "outside.json", "neighbours.geojson"):  # fmt: skip
        data = LastValid()
        first = data.at(FIRST)
        whole = (folder / name).read_bytes()
        for at in range(0, len(whole), max(1, len(whole) // 25)):
            tried += 1
            (folder / name).write_bytes(whole[:at])
            found = data.at(LATER)
            assert found.faults or found.read == LATER
            if found.faults:
                assert found.workspace is first.workspace or found.read == LATER
        (folder / name).write_bytes(whole)
        assert data.at(LATER).workspace.reading.dossier == first.workspace.reading.dossier
    record(
        HERE + "test_a_file_half_written_is_held_back_or_shown_with_its_problems",
        tried=tried, lost=0, said="each file of a country truncated at 25 positions",
    )  # fmt: skip


def test_a_sound_change_is_picked_up_at_the_next_look(folder: Path) -> None:
    data = LastValid()
    before = data.at(FIRST)
    text = (folder / "incidents.yaml").read_text(encoding="utf-8")
    (folder / "incidents.yaml").write_text(text.replace("in the woods", "in the hills"), "utf-8")
    sheet = (folder / "country.yaml").read_text(encoding="utf-8")
    (folder / "country.yaml").write_text(
        sheet.replace(before.workspace.country.name, "Otherland"), "utf-8"
    )
    after = data.at(LATER)
    assert after.read == LATER
    assert after.workspace.reading.dossier.title == "What is said in the hills"
    assert after.workspace.country.name == "Otherland"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [("\ngroups:\n", "\ngrpups:\n"), ("\ngroups:\n", "\n"), ("\nsources:\n", "\nsourcs:\n")],
)
def test_most_records_lost_to_a_fault_leave_the_last_valid_version_in_view(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    folder = copy_of_data(root / "data", tmp_path / "data")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    data = LastValid()
    first = data.at(FIRST)
    file = folder / "incidents.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new, 1), "utf-8")
    held = data.at(LATER)
    assert held.workspace is first.workspace
    assert "records could not be read; showing the version loaded on 2026-03-01" in held.say()
    assert len(held.faults) == 1
    # Somebody who deletes most of the records, and does it well, has them deleted.
    file.write_text(text[: text.index("\n  - id: northern-offensive-2022")] + "\n", "utf-8")
    found = data.at(LATER)
    assert found.faults == ()
    assert len(found.workspace.reading.dossier.records) == 2


def test_some_faulty_records_are_no_reason_to_hold_a_file_back(folder: Path) -> None:
    data = LastValid()
    data.at(FIRST)
    (folder / "incidents.yaml").write_bytes(dossier_bytes(incident(id="x")))
    found = data.at(LATER)
    assert (found.read, found.faults) == (LATER, ())
    assert found.workspace.reading.left_out == 1


def test_what_never_was_sound_is_said_and_another_folder_begins_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = LastValid()
    data.at(FIRST)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "elsewhere"))
    with pytest.raises(IntakeError, match="elsewhere"):
        data.at(LATER)
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    (folder / "incidents.yaml").write_bytes(b"[")
    assert data.at(LATER).faults


def test_a_country_is_not_read_again_for_a_file_that_is_not_its_own(folder: Path) -> None:
    before = read_country(folder)
    passing = folder / ".names.parquet.0123456789abcdef.part"
    passing.write_bytes(b"half")
    assert read_country(folder) is before
    passing.unlink()
    assert read_country(folder) is before


def test_a_changed_country_is_drawn_anew_under_the_same_records(folder: Path) -> None:
    def drawn() -> str:
        found = session.workspace()
        return session.map_document(found, found.reading.digest)

    before = drawn()
    sheet = (folder / "country.yaml").read_text(encoding="utf-8")
    changed = sheet.replace(read_country(folder).name, "Otherland")
    (folder / "country.yaml").write_text(changed, "utf-8")
    assert drawn() != before


def shown(page: str) -> None:
    import importlib  # noqa: PLC0415 - a page is a script of its own

    getattr(importlib.import_module(f"geo.app.{page}"), page)()


def title_of_data() -> None:
    from geo.app.plain import show_text  # noqa: PLC0415 - a page is a script of its own
    from geo.app.session import workspace  # noqa: PLC0415 - a page is a script of its own

    show_text(workspace().reading.dossier.title)


def warnings(app: AppTest) -> list[str]:
    assert not app.exception
    assert not alerts(app)
    return alerts(app, "warning")


def test_the_page_goes_on_with_the_last_valid_version_and_says_since_when(folder: Path) -> None:
    app = AppTest.from_function(title_of_data, default_timeout=60).run()
    title = app.markdown[0].value
    assert warnings(app) == []
    whole = (folder / "incidents.yaml").read_bytes()
    (folder / "incidents.yaml").write_bytes(b"title: [torn\n")
    (said,) = warnings(app.run())
    assert HELD in said
    assert "incidents.yaml" in app.code[0].value
    assert app.markdown[1].value == title
    (folder / "incidents.yaml").write_bytes(whole.replace(b"in the woods", b"in the hills"))
    assert warnings(app.run()) == []
    assert app.markdown[0].value == title.replace("woods", "hills")


@pytest.mark.slow
@pytest.mark.browser
def test_a_broken_file_leaves_the_map_of_a_running_app_in_view(
    page: Callable[..., Tab], app_of: Callable[..., str], root: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(root / "tests" / "made_up_country", tmp_path / "running")
    tab = page()
    tab.page.goto(app_of(folder))
    total = tab.page.frame_locator("iframe").locator(".im-ledger-total b")
    total.wait_for(state="attached", timeout=60_000)
    before = total.inner_text()
    (folder / "provinces.geojson").unlink()
    other = page()
    other.page.goto(tab.page.url)
    expect(other.page.get_by_text(HELD)).to_be_visible(timeout=60_000)
    expect(other.page.get_by_text("provinces.geojson")).to_be_visible(timeout=60_000)
    expect(other.page.frame_locator("iframe").locator(".im-ledger-total b")).to_have_text(
        before, timeout=60_000
    )
    copy_of_data(root / "tests" / "made_up_country", folder)
    other.page.reload()
    expect(other.page.frame_locator("iframe").locator(".im-ledger-total b")).to_have_text(
        before, timeout=60_000
    )
    expect(other.page.get_by_text(HELD)).to_have_count(0)


class Watch:
    """Everything that is opened to be written, or moved or removed, below a folder."""

    def __init__(self) -> None:
        self.below: str | None = None
        self.seen: list[str] = []
        sys.addaudithook(self)

    def __call__(self, event: str, given: tuple[object, ...]) -> None:
        if self.below is None or event not in {
            "open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod",
        }:  # fmt: skip
            return
        flags = given[2] if event == "open" else os.O_WRONLY
        changes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if changes and any(str(one).startswith(self.below) for one in given[:2]):
            self.seen.append(f"{event} {given[0]}")


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture
def watched(watch: Watch, folder: Path) -> Iterator[Watch]:
    watch.below, watch.seen = str(folder), []
    yield watch
    watch.below = None


@pytest.mark.slow
def test_the_app_changes_nothing_in_the_folder_of_the_data(folder: Path, watched: Watch) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    streamlit.cache_resource.clear()
    for page in PAGES:
        app = AppTest.from_function(shown, default_timeout=120, kwargs={"page": page})
        app.session_state["earlier-version"] = before["incidents.yaml"].replace(b"woods", b"hills")
        assert warnings(app.run()) == []
        assert watched.seen == []
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    (folder / "seen").write_bytes(b"")
    assert len(watched.seen) == 1
