"""The filters of the map document: they agree with Python, and every number on them is true."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from browsing import Tab, modules, open_map, page_script
from dossiers import GROUPS, SOURCE, claim, incident, presence, workspace

from geo.dossier.evidence import Attribution
from geo.dossier.records import EventType, StatusKey
from geo.dossier.review import ReviewState, meaning_digest
from geo.places.country import Country
from geo.places.locations import Precision
from geo.table.workspace import Workspace
from geo.view import UNNAMED, View, apply_view, keep
from geo.webmap.document import document_html, encode
from geo.webmap.model import document_model

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]

HOW_MANY = 200
AS_OF = date(2025, 6, 1)
PLACES = (
    "Kabul city", "Kabul province", "Panjshir Valley", "Mazar-i-Sharif", "Kunduz city",
    "Herat city", "Baghlan", "Bazarak", "the north", "Afghanistan", "somewhere unheard of",
    "Los Angeles",
)  # fmt: skip
TIMES = ("2021-08-15", "2022-05", "2022-21", "2023", "2024~", "../2022", "2024-03-01/2024-04-15",
         "2024-12-28")  # fmt: skip
WORDS = ("taliban", "Panjshēr", "پنجشیر", "كابل", "mazar-e sharif", "base camp", "NRF attack",
         "paper", "nothing of the kind", "“Kabul”")  # fmt: skip
ROLES = (
    ("nrf", "acting_party"),
    ("A paper", "media"),
    ("UNAMA", "un"),
    ("taliban", "opposing_party"),
)

KEPT = page_script("filters.js", "keptBy")
COUNTS = page_script("filters.js", "choiceCounts")
PARTS = page_script("filters.js", "partsShown")


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same questions in every run


def records(chance: random.Random, country: Country) -> Iterator[dict[str, Any]]:
    """Records of every kind of place, date, speaker and grade."""
    districts = [f"{one.name} district" for one in list(country.districts.values())[:5]]
    for number in range(60):
        claims = []
        for by, role in chance.sample(ROLES, chance.randint(1, 3)):
            said = claim(by=by, role=role, text=f"Says so in {number}.",
                         says=chance.choice(["occurrence", "denial", "casualties", "presence"]),
                         source=chance.choice(["good", "fair", "poor", "unjudged"]),
                         credibility=chance.choice([3, 4, 5, 6]))  # fmt: skip
            if chance.random() < 0.4:
                said["killed"] = chance.choice(
                    [0, 3, {"low": 2}, {"high": 9}, {"low": 5, "high": 60}]
                )
            claims.append(said)
        common: dict[str, Any] = {
            "id": f"record-{number}",
            "title": f"Thing {number}, {chance.choice(WORDS)}",
            "where": [{"place": chance.choice([*PLACES, *districts])}
                      for _ in range(chance.randint(0, 2))],
            "claims": claims,
        }  # fmt: skip
        groups = chance.choice([["nrf"], ["taliban"], ["nrf", "taliban"], []])
        if chance.random() < 0.3:
            yield presence(**common, groups=groups, first=chance.choice(["2021", "2022-05-03"]),
                           last=chance.choice([None, "2023-06", "2025-02~"]))  # fmt: skip
            continue
        yield incident(**common, by=groups, when=chance.choice(TIMES),
                       against=chance.choice([[], ["civilians"], ["taliban"], ["nrf"]]),
                       event_type=chance.choice([None, *get_args(EventType)]))  # fmt: skip


@pytest.fixture(scope="module")
def mixed(country: Country) -> Workspace:
    sources = {
        key: SOURCE | {"title": f"A {key} report", "reliability": grade, "independent_group": key}
        for key, grade in (("good", "B"), ("fair", "C"), ("poor", "E"), ("unjudged", "F"))
    }
    made = list(records(seeded(4), country))
    more = {"sources": sources, "groups": GROUPS}
    for at, one in enumerate(made):
        # Withdrawing changes what a record means, so it comes before the approvals.
        one.update({"withdrawn_because": "Wrong"} if at % 7 == 3 else {})
    plain = workspace(country, *made, **more).reading.dossier
    read = {record.id: record for record in plain.records}
    for at, one in enumerate(made):
        if at % 3 == 0 and one["id"] in read:
            digest = meaning_digest(read[one["id"]], plain.sources) if at % 2 else "0" * 64
            one["approved"] = {"by": "B", "at": "2026-05-03T14:05:00Z", "digest": digest}
        one.update({"draft": True} if at % 11 == 5 else {})
    found = workspace(country, *made, **more).with_drafts
    states = {review.state for review in found.located.reviews.values()}
    assert states == set(get_args(ReviewState))
    assert len(found.reading.dossier.records) > 50, found.problems
    return found


def views(chance: random.Random, found: Workspace, how_many: int) -> Iterator[View]:
    """Views that ask one to four things each, now and then of what is in no record."""
    table = found.located.table
    groups = [*found.reading.dossier.groups, UNNAMED]
    codes = list(found.country.provinces.codes)
    layers = [f"{group}/{kind}/{status}" for group in groups for kind in ("incident", "presence")
              for status in ("claimed_only", "reported", "disputed")]  # fmt: skip

    def some(words: Any, most: int = 3) -> tuple[str, ...]:
        pool = sorted(words)
        return tuple(sorted(set(chance.choices(pool, k=chance.randint(1, most)))))

    def days() -> dict[str, Any]:
        first = date(2021, 1, 1) + timedelta(days=chance.randrange(1500))
        last = first + timedelta(days=chance.choice([0, 30, 400]))
        ends = chance.choice([{"first": first}, {"last": last}, {"first": first, "last": last}])
        return ends | {"certain": chance.random() < 0.4}

    asking: tuple[Callable[[], dict[str, Any]], ...] = (
        lambda: {"off": some([*groups, *layers], 4)},
        days,
        lambda: {"kinds": (chance.choice(["incident", "presence"]),)},
        lambda: {"events": some(get_args(EventType))},
        lambda: {"against": some([*groups, "civilians", "nobody"])},
        lambda: {"statuses": some(get_args(StatusKey))},
        lambda: {"attributions": some(get_args(Attribution))},
        lambda: {"reviews": some(get_args(ReviewState))},
        lambda: {"sources": some([*found.reading.dossier.sources, "no-such-source"])},
        lambda: {"grade": chance.choice("ABCDEF")},
        lambda: {"credibility": chance.randint(1, 6)},
        lambda: {"grade": chance.choice("BCEF"), "credibility": chance.choice([3, 4, 6])},
        lambda: {"precisions": some(get_args(Precision))},
        lambda: {"provinces": some(codes, 5)},
        lambda: {"districts": some([*(set(table["district"]) - {""}), "AF-XXX.none"])},
        lambda: {"deaths": chance.choice(["stated", "not_stated", 0, 1, 5, 100])},
        lambda: {"text": chance.choice(WORDS)},
    )
    for _ in range(how_many):
        asked: dict[str, Any] = {}
        for ask in chance.sample(asking, chance.randint(1, 4)):
            asked |= ask()
        yield View(**asked)


@pytest.fixture
def tab(page: Open, own: Workspace, tmp_path: Path) -> Tab:
    tab = opened(page(width=1440, height=900), own, tmp_path)
    tab.page.evaluate(
        modules("core/address.js", "core/payload.js", "view/filters.js", "view/layers.js")
    )
    return tab


def opened(tab: Tab, found: Workspace, folder: Path, end: str = "", **more: Any) -> Tab:
    path = folder / "map.html"
    html = document_html(found, **more)
    path.write_text(html, encoding="utf-8")
    return open_map(tab, path, end)


def payload(found: Workspace) -> str:
    return encode(document_model(found))


@pytest.mark.slow
def test_the_document_keeps_what_python_keeps(tab: Tab, mixed: Workspace, own: Workspace) -> None:
    for found, seed in ((mixed, 1), (own, 2)):
        asked = list(views(seeded(seed), found, HOW_MANY))
        answers = tab.page.evaluate(KEPT, [payload(found), [view.to_message() for view in asked]])
        reasons = set()
        for view, answer in zip(asked, answers, strict=True):
            why = keep(view, found.located.table)
            ledger = apply_view(view, found.located.table).ledger
            assert answer["why"] == why.to_dict(), view
            assert answer["ledger"] == {
                "total": ledger.total,
                "drawn": ledger.drawn,
                "beside": dict(ledger.beside),
                "out": dict(ledger.out),
            }, view
            reasons |= set(why)
        assert len(reasons) > 12  # nearly every question has kept something out


@pytest.mark.slow
def test_each_choice_says_how_many_it_would_leave(tab: Tab, mixed: Workspace) -> None:
    for view in views(seeded(3), mixed, 3):
        for name, value, count in tab.page.evaluate(COUNTS, [payload(mixed), view.to_message()]):
            alone = View.from_message(view.to_message() | {name: value})
            left = apply_view(alone, mixed.located.table).ledger.shown
            assert count == left, (name, value)


def test_a_filter_changes_numbers_and_moves_nothing(tab: Tab, own: Workspace) -> None:
    before = tab.page.evaluate(PARTS)
    tab.page.hover("[data-choice='statuses:disputed']")
    tab.page.get_by_role("button", name="Only Disputed").click()
    after = tab.page.evaluate(PARTS)
    ledger = apply_view(View(statuses=("disputed",)), own.located.table).ledger
    assert after["drawn"] == ledger.drawn
    assert after["parts"]["status"] == ledger.out["status"]
    assert sum(after["parts"].values()) == after["total"] == before["total"]
    assert (after["pane"], after["size"]) == (before["pane"], before["size"])
    # One click takes it back, and the focus stays with the filters.
    tab.page.locator(".im-foot [data-chip='statuses:disputed']").click()
    assert tab.page.evaluate(PARTS) == before


def test_words_are_searched_for_in_any_script_while_they_are_typed(
    tab: Tab, own: Workspace
) -> None:
    words = tab.page.locator(".im-records .im-search")
    words.focus()
    tab.page.keyboard.type("پنجش")
    found = tab.page.evaluate(PARTS)
    ledger = apply_view(View(text="پنجش"), own.located.table).ledger
    assert 0 < ledger.shown < ledger.total
    assert found["parts"]["text"] == ledger.out["text"]
    # Numbers and letters go into the box, not to the groups.
    tab.page.keyboard.type("1")
    assert words.input_value() == "پنجش1"
    assert tab.page.locator(".im-empty").inner_text().startswith("No record matches all filters")
    tab.page.locator(".im-empty").get_by_role("button").click()
    assert "text" not in tab.page.evaluate(PARTS)["parts"]
    assert words.input_value() == ""


def test_what_is_out_is_listed_with_its_reason_and_can_be_shown(tab: Tab, own: Workspace) -> None:
    tab.page.locator("[data-choice='kinds:incident']").click()
    gone = [record.id for record in own.reading.dossier.incidents]
    tab.page.locator(".im-ledger-part[data-standing=kind]").click()
    panel = tab.page.locator(".im-detail")
    listed = panel.locator(".im-item").evaluate_all("nodes => nodes.map((n) => n.dataset.record)")
    assert listed == gone
    assert "Record type: Presence claims" in panel.inner_text()
    panel.locator(f".im-item[data-record={gone[0]}]").click()
    assert "Hidden by a filter" in panel.inner_text()
    panel.get_by_role("button", name="Show", exact=True).click()
    assert "kind" not in tab.page.evaluate(PARTS)["parts"]
    assert tab.page.locator("[data-chip]").count() == 0


def test_two_scales_are_two_filters(tab: Tab) -> None:
    tab.page.get_by_role("button", name="Filters").click()
    for field in ("grade", "credibility"):
        tab.page.locator(f"[data-field={field}] .im-field-toggle").click()
    texts = [
        tab.page.locator(f"[data-field={name}]").inner_text() for name in ("grade", "credibility")
    ]
    assert "B or better: usually reliable" in texts[0]
    assert "Unrated (F)" in texts[0]
    assert "3 or better: possibly true" in texts[1]
    assert "Unrated (6)" in texts[1]


@pytest.mark.slow
def test_a_province_can_be_made_the_filter(tab: Tab, own: Workspace) -> None:
    tab.page.get_by_text("Provinces by name").click()
    tab.page.get_by_role("button", name="Panjshir", exact=True).click()
    tab.page.get_by_role("button", name="Filter to this province").click()
    ledger = apply_view(View(provinces=("AF-PAN",)), own.located.table).ledger
    assert tab.page.evaluate(PARTS)["parts"]["place"] == ledger.out["place"]
    tab.page.wait_for_url("**#*provinces=AF-PAN*")


def test_by_provinces_nothing_stands_at_a_point(tab: Tab, own: Workspace) -> None:
    before = tab.page.evaluate(PARTS)
    tab.page.get_by_role("button", name="Province totals").click()
    assert tab.page.locator(".im-mark").count() == 0
    assert tab.page.evaluate(PARTS) == before
    table = own.located.table
    near = table[table["off"].eq("") & table["precision"].ne("region")]
    there = {code for codes in near["provinces"] for code in codes}
    shaded = tab.page.locator("path.im-province[data-shade]").evaluate_all(
        "nodes => nodes.map((n) => n.dataset.province)"
    )
    assert set(shaded) == there
    kabul = near[[codes == ("AF-KAB",) for codes in near["provinces"]]]
    labels = tab.page.locator(".im-plate").evaluate_all(
        "nodes => nodes.map((n) => n.getAttribute('aria-label'))"
    )
    one = next(label for label in labels if label.startswith("Kabul:"))
    assert f"Kabul: {kabul['record'].nunique()} records in the province" in one
    assert (
        "Absence of reports is not evidence of absence"
        in tab.page.locator(".im-key:not(.im-coverage)").inner_text()
    )


def test_presence_is_told_by_group_and_province(page: Open, own: Workspace, tmp_path: Path) -> None:
    tab = opened(page(width=1440, height=900), own, tmp_path, as_of=AS_OF)
    tab.page.locator("[data-side=presence]").click()
    cell = tab.page.locator("[data-cell='AF-BAL/isis-k']")
    words = cell.get_attribute("aria-label") or ""
    assert "Claimed by:" in words
    assert "Disputed by:" in words
    assert "last reported" in words
    assert "Presence last reported" in tab.page.locator(".im-key:not(.im-coverage)").inner_text()
    cell.click()
    assert tab.page.locator(".im-detail .im-item").count() == 1
    tab.page.click(".im-row-toggle[data-group=isis-k]")
    tab.page.locator(".im-back").click()
    assert tab.page.locator("[data-cell$='/isis-k']").count() == 0
    assert tab.page.locator("[data-cell]").count() > 0


@pytest.mark.slow
def test_a_document_opens_with_the_view_that_it_was_made_with(
    page: Open, own: Workspace, tmp_path: Path
) -> None:
    view = View(statuses=("disputed",), mode="provinces")
    tab = opened(page(width=1440, height=900), own, tmp_path, view=view)
    ledger = apply_view(view, own.located.table).ledger
    assert tab.page.evaluate(PARTS)["drawn"] == ledger.drawn
    assert tab.page.locator(".im-mark").count() == 0
    tab.page.locator(".im-foot").get_by_role("button", name="Clear all").click()
    tab.page.get_by_role("button", name="Full detail").click()
    tab.page.wait_for_url("**#off=")
    tab.page.reload()
    tab.page.wait_for_selector(".im-mark")
    assert tab.page.locator("[data-chip]").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1200, 700), (820, 1180), (390, 844)])
def test_the_foot_keeps_its_height_and_the_page_its_width(
    page: Open, own: Workspace, tmp_path: Path, width: int, height: int
) -> None:
    tab = opened(page(width=width, height=height), own, tmp_path)
    high = "document.querySelector('.im-foot').getBoundingClientRect().height"
    before = tab.page.evaluate(high)
    ask = {"statuses": ["disputed"], "from": "2022-01-01", "text": "a", "kinds": ["presence"]}
    tab.page.evaluate(
        "view => window.postMessage({incidentMap: 1, type: 'set-view', view}, '*')", ask
    )
    tab.page.wait_for_selector(".im-foot [data-chip]")
    assert tab.page.evaluate(high) == before
    assert before <= 150 or width < 1000
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.errors == []
