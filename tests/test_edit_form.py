"""A record is entered and corrected in the browser, and none of it is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Server, Tab, stands
from forms import (
    claim,
    copied_folder,
    entry_of,
    fault,
    field,
    is_plain_yaml,
    keys_of,
    new,
    open_edit,
    said,
    save,
    show_on_map,
)  # fmt: skip
from playwright.sync_api import expect
from test_for_every_reader import violations

from geo.dossier.editing import Edit
from geo.dossier.intake import read_dossier
from geo.dossier.saving import read_history, save_edit

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
Serve = Callable[..., str]
RECORD = "northern-offensive-2022"


@pytest.fixture(scope="module")
def served(
    data_folder: Path, serve_app: Serve, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    folder = copied_folder(data_folder, tmp_path_factory.mktemp("edited"))
    return serve_app(folder), folder


@pytest.fixture
def url(served: tuple[str, Path]) -> str:
    return served[0]


@pytest.fixture
def folder(served: tuple[str, Path], data_folder: Path) -> Path:
    """The folder of the app, its dossier as that of the project."""
    folder = served[1]
    (folder / "incidents.history.jsonl").unlink(missing_ok=True)
    shutil.copyfile(data_folder / "incidents.yaml", folder / "incidents.yaml")
    return folder


@pytest.mark.slow
def test_an_incident_in_two_places_is_entered_with_five_slips_each_explained(
    page: Open, url: str, folder: Path
) -> None:
    now = open_edit(page(width=1440, height=900), url)
    new(now, "incident")
    claim(now, by="NRF", role="party that acts", says="says it happened", text="They attacked.")
    # A figure in words, a place that two districts share, a date that does not exist, a name that
    # is none, and no headline.
    field(now, "Killed").fill("many")
    field(now, "Date").fill("2024-02-31")
    field(now, "Place, as the source says it").fill("Surobi")
    now.get_by_role("button", name="Add a place").click()
    field(now, "Place, as the source says it", 1).fill("Bazark")
    expect(fault(now, "claims.0.killed")).not_to_be_empty()
    expect(fault(now, "when")).not_to_be_empty()
    expect(said(now, "where.0.place")).to_contain_text("Ambiguous")
    expect(said(now, "where.1.place")).to_contain_text("Spelled alike: Bazarak")
    now.get_by_role("button", name="Save", exact=True).click()
    expect(fault(now, "title")).to_have_text("Needed.")
    expect(now.locator(".im-alert-error")).to_contain_text("Not saved")
    assert "attacks-two-posts-2024" not in keys_of(folder, "incidents")
    field(now, "Killed").fill("12")
    field(now, "Date").fill("2024-02-29")
    now.get_by_role("button", name="Surobi (district in Kabul)").click()
    now.get_by_role("button", name="Bazarak", exact=True).click()
    field(now, "Headline").fill("Attacks on two posts")
    expect(said(now, "when")).to_contain_text("29 February 2024")
    expect(said(now, "where.0.place")).to_contain_text("Somewhere in Surobi district, Kabul")
    expect(said(now, "id")).to_contain_text("attacks-two-posts-2024")
    save(now)
    assert entry_of(folder, "incidents", "attacks-two-posts-2024") == {
        "id": "attacks-two-posts-2024",
        "title": "Attacks on two posts",
        "where": [
            {"place": "Surobi", "kind": "district", "within": "Kabul"},
            {"place": "Bazark", "means": "Bazarak"},
        ],
        "claims": [
            {
                "by": "nrf",
                "role": "acting_party",
                "says": "occurrence",
                "text": "They attacked.",
                "source": "new-american-2022",
                "killed": 12,
            }
        ],
        "when": "2024-02-29",
    }
    assert is_plain_yaml(folder)
    show_on_map(now, "NRF claims: Attacks on two posts.")


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_a_region_is_entered_and_drawn_as_one(page: Open, url: str) -> None:
    now = open_edit(page(), url)
    new(now, "incident")
    claim(now, by="AFF", role="party that acts", says="says it happened", text="They fought.")
    field(now, "Place, as the source says it").fill("the north")
    expect(said(now, "where.0.place")).to_contain_text("none singled out")
    field(now, "Date").fill("2024")
    field(now, "Headline").fill("Fighting in the north")
    save(now)
    show_on_map(now, "somewhere in the north")


@pytest.mark.slow
def test_a_presence_claim_is_entered(page: Open, url: str, folder: Path) -> None:
    now = open_edit(page(), url)
    new(now, "presence claim")
    claim(now, by="A villager", role="witness", says="says they are there", text="They are here.")
    field(now, "Place, as the source says it").fill("Takhar")
    field(now, "Said for, from").fill("2024")
    field(now, "Al-Qaeda").check()
    field(now, "As what").select_option(label="camp")
    field(now, "Headline").fill("A camp in Takhar")
    save(now)
    show_on_map(now, "A villager says: A camp in Takhar.")
    assert "camp-takhar-2024" in keys_of(folder, "presence")


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_a_contested_claim_is_entered(page: Open, url: str) -> None:
    now = open_edit(page(), url)
    new(now, "incident")
    claim(now, by="NRF", role="party that acts", says="takes responsibility", text="We did it.")
    now.get_by_role("button", name="Add a claim").click()
    claim(now, 1, by="Taliban", role="party on the other side", says="denies it", text="No.")
    field(now, "Place, as the source says it").fill("Kabul province")
    field(now, "Date").fill("2022-05")
    field(now, "National Resistance Front of Afghanistan").check()
    field(now, "Headline").fill("A bomb on a convoy")
    expect(now.get_by_text("It is denied by Taliban.")).to_be_visible()
    save(now)
    show_on_map(now, "It is denied by Taliban.")


@pytest.mark.slow
def test_a_casualty_range_and_a_new_source_are_entered_in_one_form(
    page: Open, url: str, folder: Path
) -> None:
    now = open_edit(page(), url)
    new(now, "incident")
    claim(now, by="UNAMA", role="United Nations", says="gives figures", text="They counted.")
    field(now, "Source").select_option("+")
    field(now, "Title").fill("A report")
    field(now, "Publisher").fill("United Nations")
    field(now, "Published").fill("2023-07")
    field(now, "Killed").fill("10 to 15")
    field(now, "Place, as the source says it").fill("Kunduz")
    field(now, "Date").fill("2023-06-01/2023-06-30")
    field(now, "Headline").fill("Dead in Kunduz")
    save(now)
    (key,) = [one for one in keys_of(folder, "incidents") if one.startswith("dead-kunduz")]
    entry = entry_of(folder, "incidents", key)
    assert entry is not None
    (only,) = entry["claims"]  # type: ignore[misc] # a list
    assert (only["source"], only["killed"]) == (
        "united-nations-2023",
        {"low": 10, "high": 15, "said": "10 to 15"},
    )
    source = entry_of(folder, "sources", "united-nations-2023")
    assert source == {"id": "united-nations-2023", "title": "A report",
                      "publisher": "United Nations", "published": "2023-07"}  # fmt: skip


@pytest.mark.slow
def test_a_record_that_no_source_places_is_entered_by_keyboard_alone_on_a_phone(
    page: Open, url: str, folder: Path
) -> None:
    tab = page(width=390, height=844)
    now = open_edit(tab, url)
    now.get_by_role("button", name="New incident", exact=True).focus()
    now.keyboard.press("Enter")
    source = field(now, "Source")
    expect(source).to_be_visible()
    source.focus()
    now.keyboard.press("ArrowDown")
    for text in ("A reporter", "media", "says", "It happened."):
        now.keyboard.press("Tab")
        now.keyboard.type(text)
    expect(field(now, "What is said, in words of your own")).to_have_value("It happened.")
    for label, text in (("Date", "2024"), ("Headline", "Something somewhere")):
        tab_to(tab, label)
        now.keyboard.type(text)
    expect(now.locator(".state")).to_contain_text("Ready to save.")
    tab_to(tab, "Save")
    now.keyboard.press("Enter")
    expect(now.locator(".im-alert-info")).to_contain_text("Saved: Something somewhere")
    entry = entry_of(folder, "incidents", "something-somewhere-2024")
    assert entry is not None
    assert entry["where"] == []


FOCUSED = """() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node ? ((node.labels && node.labels[0]) || node).textContent.trim() : '';
}"""


def tab_to(tab: Tab, label: str) -> None:
    for _ in range(80):
        if tab.page.evaluate(FOCUSED) == label:
            return
        tab.page.keyboard.press("Tab")
    raise AssertionError(label)


@pytest.mark.slow
def test_what_is_typed_survives_a_reload_and_a_server_that_is_killed(
    page: Open, folder: Path, tmp_path: Path
) -> None:
    server = Server(
        tmp_path / "log.txt", {"INCIDENT_MAP_DATA": str(folder)}, by_command=False
    )  # fmt: skip
    tab = page(width=1280, height=720, alone=True)
    try:
        now = open_edit(tab, server.start())
        new(now, "incident")
        field(now, "Headline").type("Half a headl")
        # What is kept within two seconds is there after everything that follows.
        time.sleep(2)
        now.reload()
        expect(field(now, "Headline")).to_have_value("Half a headl")
        expect(now.get_by_text("What you typed before stands here again.")).to_be_visible()
        assert server.process is not None
        os.killpg(server.group, signal.SIGKILL)
        server.process.wait()
        field(now, "Headline").fill("A whole headline")
        expect(now.locator(".state")).to_contain_text("The app does not answer.")
        server.start()
        expect(now.locator(".state")).to_contain_text("What you typed is kept", timeout=60_000)
        now.reload()
        expect(field(now, "Headline")).to_have_value("A whole headline")
    finally:
        server.stop()


@pytest.mark.slow
def test_the_button_edit_of_a_card_leads_to_its_form_and_back_to_the_map(
    page: Open, url: str, folder: Path
) -> None:
    tab = page(width=1440, height=900)
    open_edit(tab, url)
    tab.page.goto(f"{url}/?chosen={RECORD}")
    frame = tab.page.frame_locator('iframe[title="Map of reported incidents"]:not(.next)')
    frame.get_by_role("button", name="Edit", exact=True).click()
    before = entry_of(folder, "incidents", RECORD)
    assert before is not None
    expect(field(tab.page, "Headline")).to_have_value(str(before["title"]))
    field(tab.page, "Headline").fill("Another headline")
    field(tab.page, "Why it is changed").fill("It was too long.")
    save(tab.page)
    assert entry_of(folder, "incidents", RECORD) == before | {"title": "Another headline"}
    (change,) = read_history(folder / "incidents.yaml").of("incidents", RECORD)
    assert (change.field, change.by, change.why) == ("title", "A. Analyst", "It was too long.")
    tab.page.get_by_role("button", name="Undo").click()
    expect(tab.page.locator(".im-alert-info")).to_have_count(0)
    assert entry_of(folder, "incidents", RECORD) == before


@pytest.mark.slow
def test_a_record_opened_and_saved_unchanged_leaves_the_file_as_it_was(
    page: Open, url: str, folder: Path
) -> None:
    file = folder / "incidents.yaml"
    before = file.read_bytes()
    now = open_edit(page(), url)
    for section in ("incidents", "presence"):
        # Every record without a browser: tests/test_form_values.py.
        for key in keys_of(folder, section)[::8]:
            now.goto(f"{url}/edit?entry={section}:{key}")
            expect(now.locator(".state")).to_contain_text("Ready to save.")
            now.get_by_role("button", name="Save", exact=True).click()
            expect(now.get_by_role("heading", name="Change an entry")).to_be_visible(), key
    assert file.read_bytes() == before
    assert not (folder / "incidents.history.jsonl").exists()


@pytest.mark.slow
def test_two_values_of_one_field_are_shown_with_their_authors_and_one_is_chosen(
    page: Open, url: str, folder: Path
) -> None:
    file = folder / "incidents.yaml"
    now = open_edit(page(width=1280, height=720), url, f"?entry=incidents:{RECORD}")
    field(now, "Headline").fill("My headline")
    field(now, "Note").fill("My note")
    expect(now.locator(".state")).to_contain_text("What you typed is kept")
    theirs = {"title": "Their headline", "when_said": "in spring"}
    save_edit(file, Edit.to(file.read_bytes(), "incidents", RECORD, theirs, by="B. Colleague"))
    now.get_by_role("button", name="Save", exact=True).click()
    expect(now.locator(".im-alert-warning")).to_contain_text("Somebody else has saved")
    expect(now.get_by_text("Their headline").first).to_be_visible()
    expect(now.get_by_text(re.compile(r"Theirs \(B\. Colleague, "))).to_be_visible()
    now.get_by_text("Theirs", exact=True).click()
    now.get_by_role("button", name="Use these values").click()
    expect(field(now, "Headline")).to_have_value("Their headline")
    expect(field(now, "Note")).to_have_value("My note")
    save(now)
    entry = entry_of(folder, "incidents", RECORD)
    assert entry is not None
    assert (entry["title"], entry["note"], entry["when_said"]) == (
        "Their headline", "My note", "in spring",
    )  # fmt: skip


@pytest.mark.slow
def test_a_form_that_nobody_has_typed_in_shows_the_entry_as_it_is_now(
    page: Open, url: str, folder: Path
) -> None:
    file = folder / "incidents.yaml"
    now = open_edit(page(width=1280, height=720), url, f"?entry=incidents:{RECORD}")
    expect(field(now, "Headline")).not_to_have_value("Theirs now")
    now.get_by_role("button", name="All entries").click()
    expect(now.get_by_role("heading", name="Change an entry")).to_be_visible()
    theirs = {"title": "Theirs now"}
    save_edit(file, Edit.to(file.read_bytes(), "incidents", RECORD, theirs, by="B. Colleague"))
    now.go_back()
    expect(field(now, "Headline")).to_have_value("Theirs now")


@pytest.mark.slow
def test_an_earlier_value_is_restored_and_a_record_is_withdrawn_with_its_reason(
    page: Open, url: str, folder: Path
) -> None:
    file = folder / "incidents.yaml"
    before = entry_of(folder, "incidents", RECORD)
    assert before is not None
    save_edit(file, Edit.to(file.read_bytes(), "incidents", RECORD, {"title": "New"}, by="B."))
    now = open_edit(page(width=1440, height=900), url, f"?entry=incidents:{RECORD}")
    stands(now)
    now.get_by_text("History (1)").click()
    now.get_by_role("button", name="Restore the earlier value").click()
    expect(field(now, "Headline")).to_have_value(str(before["title"]))
    now.get_by_text("Duplicate or withdraw").click()
    now.get_by_label("Why it is withdrawn").fill("The source took it back.")
    now.get_by_role("button", name="Withdraw this record").click()
    expect(now.locator(".im-alert-info")).to_contain_text("is withdrawn")
    entry = entry_of(folder, "incidents", RECORD)
    assert entry == before | {"withdrawn_because": "The source took it back."}


@pytest.mark.slow
def test_a_draft_is_on_no_map_until_it_is_finished(page: Open, url: str, folder: Path) -> None:
    now = open_edit(page(width=1280, height=720), url)
    new(now, "incident")
    field(now, "Headline").fill("Half of a record")
    field(now, "Killed").fill("many")
    expect(fault(now, "claims.0.killed")).not_to_be_empty()
    now.get_by_role("button", name="Keep as a draft").click()
    expect(now.locator(".im-alert-info")).to_contain_text("Saved: Half of a record")
    entry = entry_of(folder, "incidents", "half-record")
    assert entry is not None
    assert entry["draft"] is True
    reading = read_dossier((folder / "incidents.yaml").read_bytes())
    assert reading.errors == ()
    assert "half-record" not in {one.id for one in reading.dossier.records}
    now.get_by_text("1 draft", exact=True).click()
    now.get_by_role("button", name="Go on").click()
    expect(field(now, "Headline")).to_have_value("Half of a record")
    expect(field(now, "Killed")).to_have_value("many")
    claim(now, by="NRF", role="party that acts", says="says it happened", text="They attacked.")
    field(now, "Killed").fill("12")
    field(now, "Date").fill("2024")
    save(now)
    entry = entry_of(folder, "incidents", "half-record")
    assert entry is not None
    assert "draft" not in entry
    show_on_map(now, "NRF claims: Half of a record.")


@pytest.mark.slow
def test_a_record_is_approved_by_somebody_else_and_a_change_voids_it(
    page: Open, url: str, folder: Path
) -> None:
    file = folder / "incidents.yaml"
    save_edit(
        file, Edit.to(file.read_bytes(), "incidents", RECORD, {"note": "B's"}, by="B. Colleague")
    )
    now = open_edit(page(width=1280, height=720), url, f"?entry=incidents:{RECORD}")
    expect(now.get_by_text("Not reviewed. Written by B. Colleague.")).to_be_visible()
    now.get_by_role("button", name="Approve", exact=True).click()
    expect(now.get_by_text("Approved by A. Analyst, ")).to_be_visible()
    field(now, "Note").fill("Mine")
    save(now)
    now.get_by_role("button", name="Edit it again").click()
    expect(now.get_by_text("but changed since. Written by A. Analyst.")).to_be_visible()
    # Nobody approves their own.
    expect(now.get_by_role("button", name="Approve", exact=True)).to_have_count(0)


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_a_place_is_chosen_on_the_map_of_the_form(page: Open, url: str) -> None:
    now = open_edit(page(width=1440, height=900), url)
    new(now, "incident")
    field(now, "Place, as the source says it").fill("a valley")
    expect(said(now, "where.0.place")).to_contain_text("No place of this name")
    # The map with the words just typed is loaded behind the one that is seen.
    frame = now.frame_locator('iframe[title="Map of reported incidents"]:not(.next)')
    frame.locator(".leaflet-container").click(position={"x": 300, "y": 130})
    choice = now.get_by_role("button", name=re.compile(r" province$"))
    name = choice.inner_text()
    choice.click()
    expect(said(now, "where.0.place")).to_contain_text(f"Somewhere in {name}")
    expect(field(now, "Place, as the source says it")).to_have_value("a valley")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_page_edit_has_no_violation_in_either_theme(
    page: Open, url: str, width: int, height: int
) -> None:
    tab = page(width=width, height=height)
    now = open_edit(tab, url)
    found = violations(now)
    new(now, "incident")
    field(now, "Place, as the source says it").fill("Surobi")
    field(now, "Date").fill("2024-02-31")
    expect(fault(now, "when")).not_to_be_empty()
    found += violations(now)
    now.emulate_media(color_scheme="dark")
    expect(now.locator(".form.is-dark")).to_have_count(1)
    assert found + violations(now, "colours") == []
