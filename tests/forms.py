"""Filling in the forms of the page *Edit*, as somebody does who has never seen the dossier."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from browsing import Tab
from playwright.sync_api import Locator, Page, expect
from ruamel.yaml import YAML

from geo.dossier.entries import Entries, Section


def copied_folder(data_folder: Path, to: Path) -> Path:
    """A country's folder of one's own, with the dossier of the project in it."""
    return Path(shutil.copytree(data_folder, to / "data"))


def entry_of(folder: Path, section: Section, key: str) -> dict[str, object] | None:
    """What the dossier says of an entry now, apart from who wrote it."""
    found = Entries.of((folder / "incidents.yaml").read_bytes()).entry(section, key)
    return found and {name: one for name, one in found.items() if name != "written_by"}


def keys_of(folder: Path, section: Section) -> list[str]:
    """The keys of a section, in their order."""
    return Entries.of((folder / "incidents.yaml").read_bytes()).keys(section)


def is_plain_yaml(folder: Path) -> bool:
    """Whether the dossier is YAML that another reader takes."""
    return bool(YAML(typ="safe", pure=True).load((folder / "incidents.yaml").read_bytes()))


def open_edit(tab: Tab, url: str, end: str = "") -> Page:
    """Open the page *Edit*; whoever has no name yet enters one."""
    tab.page.goto(f"{url}/edit{end}")
    name = tab.page.get_by_label("Your name")
    ready = tab.page.get_by_role("button", name=re.compile("^(New incident|Save)$"))
    expect(name.or_(ready).first).to_be_visible()
    if name.count():
        name.fill("A. Analyst")
        tab.page.get_by_role("button", name="Continue").click()
        expect(name).to_have_count(0)
    return tab.page


def new(page: Page, what: str) -> None:
    """Begin a new entry."""
    page.get_by_role("button", name=f"New {what}", exact=True).click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()


def field(page: Page, label: str, at: int = 0) -> Locator:
    """The field of this label; of several the one at a position."""
    return page.get_by_label(label, exact=True).nth(at)


def claim(page: Page, at: int = 0, *, by: str, role: str, says: str, text: str) -> None:
    """Fill in a claim from the first source of the dossier."""
    field(page, "Source", at).select_option(index=1)
    field(page, "Speaker", at).fill(by)
    field(page, "Speaks as", at).select_option(label=role)
    field(page, "What the claim does", at).select_option(label=says)
    field(page, "What is said, in words of your own", at).fill(text)


def said(page: Page, place: str) -> Locator:
    """What the program says of a field, at a place such as ``claims.0.killed``."""
    return page.locator(f'[data-place="{place}"] .said')


def fault(page: Page, place: str) -> Locator:
    """What is wrong with a field."""
    return page.locator(f'[data-place="{place}"] .fault')


def save(page: Page) -> None:
    """Press *Save* once everything that was typed has been answered, and see that it is saved."""
    expect(page.locator(".state")).to_contain_text("Ready to save.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".im-alert-info")).to_contain_text("Saved: ")


def show_on_map(page: Page, sentence: str) -> None:
    """Go from the saved entry to its card on the map."""
    page.get_by_role("button", name="Show on the map").click()
    frame = page.frame_locator('iframe[title="Map of reported incidents"]:not(.next)')
    expect(frame.locator(".im-card .im-sentence")).to_contain_text(sentence)
