"""Map, legend, ledger, time strip, list and table: in one view, the same records in all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import Tab, page_script
from dossiers import GROUPS, SOURCE, claim, incident, presence, workspace
from recording import times
from test_filters import opened, seeded, views

from geo.briefing.shown_records import shown_records
from geo.changes.json_output import record_json
from geo.dossier.evidence import stances, status_of
from geo.dossier.records import CONTESTING, DETAILS, PARTY_ROLES, Record
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.view import NOT_MAPPED, REASONS, UNNAMED, View, apply_view
from geo.wording.vocabulary import STATUSES

pytestmark = pytest.mark.browser
Open = Callable[..., Tab]
Reading = dict[str, Any]

HOW_MANY = times(60, 200)
"""Random views: 60 every day, all 200 in `make test-long`."""
UNSAID = ("viewport", "theme", "chosen", "province")
"""Fields that ask nothing of the records; the list of a stack is closed between the readings."""
KINDS = {"incident": "Incidents", "presence": "Presence claims"}

READ = page_script("agreement.js", "readingsOf")


def question(view: View) -> dict[str, Any]:
    return {name: value for name, value in view.to_message().items() if name not in UNSAID}


def readings(tab: Tab, asked: list[View]) -> list[Reading]:
    """What the page says in each of these views."""
    found: list[Reading] = tab.page.evaluate(READ, [question(view) for view in asked])
    return found


def only_parties(record: Record) -> bool:
    """Whether nobody contests it and every claim that it is so comes from a party.

    Whoever only adds a figure, a place or a date does not say that it is so.
    """
    standing = stances(record.claims)
    voices = [claim for claim in record.claims if claim.says not in DETAILS | CONTESTING]
    return "contests" not in standing and all(claim.role in PARTY_ROLES for claim in voices)


def labels(keys: list[str], words: dict[str, str]) -> dict[str, int]:
    return dict(Counter(words[key] for key in keys))


def agreed(view: View, own: Workspace) -> Reading:
    """What the page must say, of the table and the records as Python keeps them."""
    table, dossier = own.located.table, own.reading.dossier
    ledger = apply_view(view, table).ledger
    shown = shown_records(own, view)
    ids = {record.id for record in shown}
    assert len(shown) == ledger.shown, view
    drawn = set(table.loc[table["off"].eq(""), "record"])
    at_any_time = replace(view, first=None, last=None, certain=False)
    statuses: list[str] = [status_of(record, dossier.sources) for record in shown]
    return {
        "total": ledger.total,
        "drawn": ledger.drawn,
        "beside counted": dict(ledger.beside),
        "out": dict(ledger.out),
        "counters": {key: statuses.count(key) for key in ("claimed_only", "verified")},
        "sentence": [len(shown), len(shown_records(own, at_any_time))],
        "statuses": labels(statuses, {meaning.key: meaning.label for meaning in STATUSES}),
        "kinds": labels([record.kind for record in shown], KINDS),
        "beside": sorted(ids - drawn),
        "listed": sorted(ids),
        "points": sorted(ids & set(table.loc[table["lat"].notna(), "record"])),
    }


def said(view: View, reading: Reading) -> Reading:
    """A reading in the words of `agreed`, once it agrees with itself."""
    parts: Counter[str] = Counter(reading["parts"])
    out = {reason: parts["off" if reason == "layer" else reason] for reason in REASONS}
    beside = {where: parts[where] for where in NOT_MAPPED}
    assert parts["point"] + parts["area"] + parts["region"] == reading["drawn"], view
    assert sum(parts.values()) == reading["total"], view
    assert reading["drawn"] + sum(beside.values()) + sum(out.values()) == reading["total"], view
    shown, of = reading["sentence"]
    assert sum(reading["statuses"].values()) == sum(reading["kinds"].values()) == shown, view
    kept, plotted = reading["bars"]
    assert plotted + reading["unplotted"] == of, view
    assert kept <= shown <= kept + reading["unplotted"], view
    stacked = []
    for count, listed in reading["stacks"]:
        assert count == len(listed), view
        stacked += listed
    same = ("total", "drawn", "counters", "sentence", "statuses", "kinds", "beside", "listed")
    return {name: reading[name] for name in same} | {
        "beside counted": beside,
        "out": out,
        "points": sorted({*reading["marks"], *stacked}),
    }


@pytest.fixture
def tab(page: Open, own: Workspace, tmp_path: Path) -> Tab:
    return opened(page(width=1440, height=900), own, tmp_path)


@pytest.mark.slow
def test_table_histogram_legend_ledger_and_map_agree_in_random_views(
    tab: Tab, own: Workspace
) -> None:
    asked = [View(), *views(seeded(11), own, HOW_MANY - 1)]
    found = readings(tab, asked)
    for view, reading in zip(asked, found, strict=True):
        assert said(view, reading) == agreed(view, own), view
    # Neither empty nor whole views alone: most of the numbers are there to be wrong.
    assert len({reading["sentence"][0] for reading in found}) > HOW_MANY / 13
    assert sum(bool(reading["marks"]) for reading in found) > HOW_MANY / 5
    assert sum(reading["unplotted"] == 0 for reading in found) > HOW_MANY / 2
    assert tab.errors == []


@pytest.mark.slow
def test_switching_off_what_only_parties_say(tab: Tab, own: Workspace) -> None:
    dossier = own.reading.dossier
    parties = [record.id for record in dossier.records if only_parties(record)]
    off = tuple(
        f"{group}/{kind}/claimed_only" for group in (*dossier.groups, UNNAMED) for kind in KINDS
    )
    before, after = readings(tab, [View(), View(off=off)])
    label = next(meaning.label for meaning in STATUSES if meaning.key == "claimed_only")
    assert parties
    assert before["counters"]["claimed_only"] == before["statuses"][label] == len(parties)
    assert after["counters"] == before["counters"] | {"claimed_only": 0}
    assert {**after["statuses"], label: len(parties)} == before["statuses"]
    assert label not in after["statuses"]
    assert after["parts"]["off"] == len(parties)
    assert "off" not in before["parts"]
    assert after["sentence"][0] == before["sentence"][0] - len(parties)
    assert after["total"] == before["total"]
    assert not set(parties) & {*after["marks"], *after["beside"]}


def choose(tab: Tab, key: str) -> str:
    """Open the card of a record and return what it says."""
    view = {"incidentMap": 1, "type": "set-view", "view": {"chosen": key}}
    tab.page.evaluate("said => window.postMessage(said, '*')", view)
    card = tab.page.locator(f".im-card[data-record={key}]")
    card.wait_for()
    return card.inner_text()


def test_three_claims_are_three_rows_one_symbol_and_contested(
    page: Open, country: Country, tmp_path: Path
) -> None:
    claims = [
        claim(killed=5, text="Says that it killed five."),
        claim(by="taliban", role="opposing_party", says="denial", text="Nothing happened."),
        claim(by="UNAMA", role="un", says="casualties", killed=1, text="One death is recorded."),
    ]
    found = workspace(
        country,
        incident(where=[{"place": "Bazarak", "kind": "settlement"}], claims=claims),
    )
    assert not found.errors
    tab = opened(page(width=1440, height=900), found, tmp_path)
    card = choose(tab, "an-attack")
    assert tab.page.locator(".im-claim").count() == len(claims)
    assert tab.page.locator(".im-claim.is-contests").count() == 1
    assert tab.page.locator(".im-mark").count() == 1
    assert tab.page.locator(".im-stack").count() == 0
    assert "disputed" in card
    for one in claims:
        assert one["text"] in card
    (record,) = found.reading.dossier.records
    kept = record_json(record, found)["claims"]
    assert [(one["by"], one["says"], one["text"]) for one in kept] == [
        (one["by"], one["says"], one["text"]) for one in claims
    ]


def test_grades_are_spelled_out(page: Open, country: Country, tmp_path: Path) -> None:
    found = workspace(
        country,
        incident(claims=[
            claim(by="A paper", role="media", says="occurrence", source="good", credibility=3),
            claim(source="report", credibility=5),
        ]),
        sources={"good": SOURCE | {"reliability": "B"}, "report": SOURCE},
        groups=GROUPS,
    )  # fmt: skip
    assert not found.errors
    tab = opened(page(width=1440, height=900), found, tmp_path)
    choose(tab, "an-attack")
    grades = tab.page.locator(".im-card .im-grade").all_inner_texts()
    assert grades == ["B usually reliable", "F reliability cannot be judged"]
    rows = tab.page.locator(".im-card .im-claim").all_inner_texts()
    assert "3: possibly true" in rows[0]
    assert "5: improbable" in rows[1]


def test_two_presence_ages(page: Open, country: Country, tmp_path: Path) -> None:
    def seen(key: str, day: str) -> dict[str, Any]:
        return presence(id=key, first=day, last=day, claims=[claim(says="presence", date=day)])

    found = workspace(country, seen("lately", "2025-03-01"), seen("long-ago", "2022-06-01"))
    assert not found.errors
    tab = opened(page(width=1440, height=900), found, tmp_path, as_of=date(2025, 6, 1))
    for key, age in (("lately", "3 months ago"), ("long-ago", "36 months ago")):
        card = choose(tab, key)
        when = tab.page.locator(".im-facts dt", has_text="Last reported").locator("+ dd")
        assert re.fullmatch(rf"\d+ \w+ \d{{4}} by NRF; {age}", when.inner_text()), card
    key = tab.page.locator(".im-key section", has_text="Presence last reported").inner_text()
    assert "1 June 2025" in key
