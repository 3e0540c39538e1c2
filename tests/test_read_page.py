"""A document is read in the browser: its suggestions become drafts, and nothing else is stored."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Tab
from forms import copied_folder, entry_of, keys_of
from playwright.sync_api import Page, expect
from test_for_every_reader import violations

from geo.documents.evidence_folder import EvidenceFolder
from geo.dossier.intake import read_dossier

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
Serve = Callable[..., str]
ARTICLE = """<!doctype html><html><head><title>Two fronts, one claim &#128225;</title>
<meta property="article:published_time" content="2022-05-24T10:00:00Z"></head><body><article>
<h1>Two fronts, one claim &#128225;</h1>
<p>The National Resistance Front (NRF) said on Monday that its fighters attacked a Taliban post in
Takhar province and killed eight Taliban fighters. The Taliban denied it.</p>
<p>ISIS-K took responsibility for a series of attacks in Mazar-i-Sharif and Kunduz in late April, in
which at least 20 people were killed in total. &lt;img src=x onerror="document.title=1"&gt;</p>
<p>A village elder spoke of gunfire near the bridge of Bazarak.</p>
</article></body></html>"""
KUNDUZ = "Kunduz (settlement in Kunduz)"


@pytest.fixture(scope="module")
def served(
    data_folder: Path, serve_app: Serve, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    folder = copied_folder(data_folder, tmp_path_factory.mktemp("read"))
    return serve_app(folder), folder


@pytest.fixture
def folder(served: tuple[str, Path], data_folder: Path) -> Path:
    """The folder of the app as that of the project, with no evidence yet."""
    folder = served[1]
    (folder / "incidents.history.jsonl").unlink(missing_ok=True)
    shutil.rmtree(folder / "evidence", ignore_errors=True)
    shutil.copyfile(data_folder / "incidents.yaml", folder / "incidents.yaml")
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.html"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


def _begin(tab: Tab, url: str, article: Path, published: str = "2022-05-24") -> Page:
    """Upload an article and have it read."""
    page = tab.page
    page.goto(f"{url}/read")
    name = page.get_by_label("Your name")
    upload = page.get_by_label("A document", exact=True)
    expect(name.or_(upload).first).to_be_visible()
    if name.count():
        name.fill("A. Analyst")
        page.get_by_role("button", name="Continue").click()
    upload.set_input_files(article)
    page.get_by_label("Publisher").fill("Example News")
    if page.get_by_label("Title", exact=True).input_value() == "":
        page.get_by_label("Title", exact=True).fill("A report")
    page.get_by_label("Published").fill(published)
    page.get_by_label("Published").press("Enter")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Suggested records")).to_be_visible()
    return page


def _card(page: Page, part: str) -> None:
    """Open the card whose title has a part."""
    heading = page.locator(".heading", has_text=part).first
    if heading.get_attribute("aria-expanded") != "true":
        heading.click()
    expect(heading).to_have_attribute("aria-expanded", "true")


def _lit(page: Page) -> str:
    return "".join(page.locator(".text .is-lit").all_text_contents())


def _button(page: Page, name: str) -> None:
    page.locator(".is-chosen").get_by_role("button", name=name, exact=True).click()


@pytest.mark.slow
def test_an_article_becomes_drafts_and_each_claim_has_the_words_that_it_comes_from(
    page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    before = (folder / "incidents.yaml").read_bytes()
    now = _begin(page(width=1440, height=1000), served[0], article)
    # Nothing has been accepted: the dossier is as it was.
    assert (folder / "incidents.yaml").read_bytes() == before
    _card(now, "Mazar-i-Sharif")
    assert "ISIS-K" in _lit(now)
    assert "NRF" not in _lit(now)
    _button(now, KUNDUZ)
    expect(now.locator(".is-chosen").get_by_role("button", name=KUNDUZ)).to_have_count(0)
    _button(now, "Accept as a draft")
    expect(now.locator(".said")).to_contain_text("Saved as the draft")
    known = {one.id for one in read_dossier(before).dossier.incidents}
    (key,) = set(keys_of(folder, "incidents")) - known
    draft = entry_of(folder, "incidents", key)
    assert draft is not None
    assert draft["draft"] is True
    assert draft["by"] == ["isis-k"]
    assert draft["where"][0] == {"place": "Mazar-i-Sharif"}
    assert draft["where"][1]["kind"] == "settlement"
    claim = next(one for one in draft["claims"] if one.get("killed"))
    assert claim["killed"] == {"low": 20}
    assert {one["by"] for one in draft["claims"]} >= {"isis-k"}
    source = entry_of(folder, "sources", claim["source"])
    assert source is not None
    assert source["publisher"] == "Example News"
    document = EvidenceFolder(folder / "evidence").document(source["document"])
    for passage in claim["passages"]:
        assert document.text[passage["start"] : passage["end"]].strip()
    assert now.title() != "1"
    # The drafts are on the map where somebody asks for them.
    now.goto(f"{served[0]}/?drafts=1&chosen={key}")
    frame = now.frame_locator('iframe[title="Map of reported incidents"]:not(.next)')
    expect(frame.locator(".im-card")).to_contain_text("draft")
    frame.get_by_role("button", name="Show passage").first.click()
    expect(now.get_by_label("Text of the document")).to_be_visible()
    assert "took responsibility" in _lit(now)


@pytest.mark.slow
def test_words_that_were_missed_are_selected_and_added_by_keyboard_alone(
    page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    now = _begin(page(width=1440, height=1000), served[0], article)
    _card(now, "Takhar")
    now.get_by_label("Find and select").focus()
    now.keyboard.type("near the bridge of bazarak")
    now.keyboard.press("Enter")
    assert _lit(now) == "near the bridge of Bazarak"
    expect(now.locator(".bar")).to_contain_text("near the bridge of Bazarak")
    own = now.locator(".bar").get_by_role("button", name="A record of its own")
    own.focus()
    now.keyboard.press("Enter")
    expect(now.locator(".heading", has_text="New record")).to_be_visible()
    now.get_by_label("Find and select").focus()
    now.keyboard.press("Control+a")
    now.keyboard.type("Bazarak")
    now.keyboard.press("Enter")
    place = now.locator(".bar").get_by_role("button", name="Place", exact=True)
    place.focus()
    now.keyboard.press("Enter")
    expect(now.locator(".is-chosen")).to_contain_text("Bazarak")
    accept = now.locator(".is-chosen").get_by_role("button", name="Accept as a draft")
    accept.focus()
    now.keyboard.press("Enter")
    expect(now.locator(".said")).to_contain_text("Saved as the draft")
    draft = entry_of(folder, "incidents", "new-record")
    assert draft is not None
    assert draft["where"] == [{"place": "Bazarak"}]
    assert "when" not in draft
    assert "killed" not in draft["claims"][0]


@pytest.mark.slow
def test_what_is_asked_for_faster_than_the_app_answers_is_all_done_and_once(
    page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    now = _begin(page(width=1440, height=1000), served[0], article)
    _card(now, "Takhar")
    now.get_by_label("Find and select").fill("Bazarak")
    now.get_by_label("Find and select").press("Enter")
    chosen = now.locator(".is-chosen")
    remove = chosen.get_by_role("button", name="Remove 8 Taliban fighters killed")
    wanted = [
        now.locator(".bar").get_by_role("button", name="Place", exact=True), remove, remove,
        chosen.get_by_role("button", name="Accept as a draft"),
    ]  # fmt: skip
    before = set(keys_of(folder, "incidents"))
    # In one go, before any of them is answered; one is clicked twice.
    now.evaluate(
        "(buttons) => buttons.forEach((button) => button.click())",
        [one.element_handle() for one in wanted],
    )
    expect(now.locator(".said")).to_contain_text("Saved as the draft")
    (key,) = set(keys_of(folder, "incidents")) - before
    draft = entry_of(folder, "incidents", key)
    assert draft is not None
    assert [one["place"] for one in draft["where"]] == ["Takhar province", "Bazarak"]
    assert not any("killed" in one for one in draft["claims"])


@pytest.mark.slow
def test_of_one_act_after_another_in_quick_succession_none_is_lost(
    page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    now = _begin(page(width=1440, height=1000), served[0], article)
    _card(now, "Takhar")
    words = ("Bazarak", "Kunduz", "Mazar-i-Sharif")
    field = now.get_by_label("Find and select")
    place = now.locator(".bar").get_by_role("button", name="Place", exact=True)
    for at, one in enumerate(words):
        field.fill(one)
        field.press("Enter")
        place.click()
        # Milliseconds: before, within and after what an answer takes.
        now.wait_for_timeout(40 * at)
    now.locator(".is-chosen").get_by_role("button", name="Accept as a draft").click()
    expect(now.locator(".said")).to_contain_text("Saved as the draft")
    draft = entry_of(folder, "incidents", keys_of(folder, "incidents")[-1])
    assert draft is not None
    assert [one["place"] for one in draft["where"]] == ["Takhar province", *words]


@pytest.mark.slow
def test_an_answer_leaves_the_focus_and_what_is_being_typed_where_they_are(
    page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    now = _begin(page(width=1440, height=1000), served[0], article)
    _card(now, "Takhar")
    chosen = now.locator(".is-chosen")
    chosen.get_by_text("Correct, merge").click()
    now.get_by_label("Find and select").fill("Bazarak")
    now.get_by_label("Find and select").press("Enter")
    place = now.locator(".bar").get_by_role("button", name="Place", exact=True).element_handle()
    title = chosen.get_by_label("Title", exact=True)
    title.fill("A raid on a post")
    reject = chosen.get_by_role("button", name="Reject")
    reject.focus()
    now.evaluate("(button) => button.click()", place)
    # The card has another value now, and so other controls before this one.
    expect(chosen.get_by_role("button", name="Remove Bazarak")).to_be_visible()
    expect(reject).to_be_focused()
    expect(title).to_have_value("A raid on a post")
    _ = folder


@pytest.mark.slow
def test_words_and_suggestions_find_each_other_also_after_a_letter_of_two_units(
    page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    now = _begin(page(width=1440, height=1000), served[0], article)
    _card(now, "Takhar")
    assert "eight Taliban fighters" in _lit(now)
    now.locator(".text mark", has_text="Mazar-i-Sharif").first.click()
    expect(now.locator(".is-chosen .heading")).to_contain_text("Mazar-i-Sharif")
    expect(now.locator(".said")).to_contain_text("Mazar-i-Sharif")
    _ = folder


@pytest.mark.slow
def test_what_has_been_decided_is_there_again_after_a_reload(
    page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    now = _begin(page(width=1440, height=1000), served[0], article)
    _card(now, "Takhar")
    _button(now, "Reject")
    expect(now.locator(".card.is-rejected")).to_have_count(1)
    now.reload()
    expect(now.locator(".card.is-rejected")).to_have_count(1)
    now.get_by_role("button", name="All documents").click()
    expect(now.get_by_text(re.compile("Two fronts.*1 rejected"))).to_be_visible()
    now.get_by_role("button", name="Remove", exact=True).first.click()
    expect(now.get_by_text(re.compile("1 rejected"))).to_have_count(0)
    _ = folder


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_read_by_everybody_and_fits_a_phone(
    scheme: str, page: Open, served: tuple[str, Path], folder: Path, article: Path
) -> None:
    now = _begin(page(width=390, height=844, theme=scheme), served[0], article)
    _card(now, "Takhar")
    assert not violations(now)
    assert now.evaluate("document.documentElement.scrollWidth") <= 390
    _ = folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "published", "places"),
    [
        ("interview_2022", "2022-05-24", {"Panjshir", "Badakhshan", "Mazar-i-Sharif"}),
        ("visit_2024", "2024", {"Panjshir"}),
        ("newspaper_2025", "2025-01", {"Interior Ministry"}),
    ],
)
def test_each_of_three_articles_becomes_drafts_on_the_map_in_few_acts(
    name: str, published: str, places: set[str],
    page: Open, served: tuple[str, Path], folder: Path, root: Path,
) -> None:  # fmt: skip
    before = set(keys_of(folder, "incidents")) | set(keys_of(folder, "presence"))
    article = root / f"tests/reports/articles/{name}.txt"
    now = _begin(page(width=1280, height=800), served[0], article, published)
    suggested = now.locator(".card:not(.is-apart)").count()
    assert suggested >= 4
    for at in range(1, suggested + 1):
        # Accepting one opens the next: an act for each, where a person has nothing to correct.
        chosen = now.locator(".card.is-chosen:not(.is-apart)")
        chosen.get_by_role("button", name="Accept as a draft").click()
        expect(now.locator(".card.is-accepted")).to_have_count(at)
    drafts = (set(keys_of(folder, "incidents")) | set(keys_of(folder, "presence"))) - before
    assert len(drafts) == suggested
    reading = read_dossier((folder / "incidents.yaml").read_bytes())
    assert {one.key for one in reading.drafts} == drafts
    # What is still open is missing in the draft: its problems say so, and none of them is another.
    assert all("missing" in str(one) for draft in reading.drafts for one in draft.problems)
    named = " ".join(
        place["place"] for key in drafts
        for place in (entry_of(folder, "incidents", key) or entry_of(folder, "presence", key))[
            "where"
        ]
    )  # fmt: skip
    assert {one for one in places if one not in named} == set()
    now.goto(f"{served[0]}/?drafts=1&reviews=draft")
    frame = now.frame_locator('iframe[title="Map of reported incidents"]:not(.next)')
    seen = sum(one.record is not None for one in reading.drafts)
    total = len(reading.dossier.records) + seen
    expect(frame.locator('[data-standing="total"]')).to_contain_text(f"of {total} drawn")
