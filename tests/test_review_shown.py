"""How far records are reviewed is shown where anything is reviewed, and drafts where asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import Tab, open_map
from dossiers import copy_of_data, dossier_bytes, incident, presence, workspace
from playwright.sync_api import expect
from typer.testing import CliRunner

from geo.briefing.shown_records import shown_csv
from geo.changes.changes import changes
from geo.cli.main import app
from geo.dossier.intake import read_dossier
from geo.dossier.review import meaning_digest
from geo.places.country import Country
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, View, say_filters, select
from geo.webmap.document import document_html
from geo.webmap.model import document_model

Open = Callable[..., Tab]
AT = "2026-05-03T14:05:00Z"
UNSEEN = "Not yet to be seen"


def approval(record: dict[str, Any]) -> dict[str, Any]:
    """The approval of a record as it is."""
    dossier = read_dossier(dossier_bytes(record)).dossier
    digest = meaning_digest(dossier.records[0], dossier.sources)
    return {"by": "B. Reviewer", "at": AT, "digest": digest}


def records() -> list[dict[str, Any]]:
    """One record in each state, one changed since its approval, and two drafts."""
    sound, changed = incident(id="sound"), incident(id="changed")
    return [
        sound | {"approved": approval(sound), "written_by": ["A. Analyst"]},
        changed | {"approved": approval(changed), "note": "Changed since"},
        incident(id="plain"), presence(id="plain-too"),
        incident(id="gone", withdrawn_because="Wrong"),
        incident(id="half", title=UNSEEN, draft=True),
        {"id": "torn", "title": UNSEEN, "draft": True, "when": "soon"},
    ]  # fmt: skip


@pytest.fixture
def reviewed(country: Country) -> Workspace:
    return workspace(country, *records())


@pytest.fixture
def plain(country: Country) -> Workspace:
    return workspace(country, incident(), presence())


def facts(found: Workspace, view: View = EVERYTHING) -> dict[str, str | None]:
    asked = found.with_drafts if view.drafts else found
    model = document_model(asked, view=view)
    return {one["id"]: dict(map(tuple, one["facts"])).get("Review") for one in model["records"]}


def test_a_card_says_who_approved_and_whether_that_holds(
    reviewed: Workspace, plain: Workspace
) -> None:
    assert facts(reviewed) == {
        "sound": "Approved by B. Reviewer, 3 May 2026",
        "changed": "Approved by B. Reviewer, 3 May 2026, but changed since",
        "plain": "Not reviewed",
        "plain-too": "Not reviewed",
        "gone": "Withdrawn",
    }
    assert facts(reviewed, View(drafts=True))["half"] == "Draft"
    assert set(facts(plain).values()) == {None}


def test_the_record_count_of_a_figure_says_how_many_are_approved(
    reviewed: Workspace, plain: Workspace
) -> None:
    assert compose(reviewed, Recipe()).ledger.endswith(" · 1 of 5 approved")
    assert "approved" not in compose(plain, Recipe()).ledger
    only = compose(reviewed, Recipe(view=View(reviews=("approved",))))
    assert "1 of 5 drawn" in only.ledger
    assert "4 in another state of review" in only.ledger
    assert "1 of 1 approved" in only.ledger
    assert [entry.record for entry in only.entries] == ["sound"]
    assert say_filters(View(reviews=("approved",)), reviewed) == ("review approved",)


def test_a_recipe_keeps_that_only_approved_records_or_drafts_are_shown(
    reviewed: Workspace,
) -> None:
    recipe = Recipe(view=View(reviews=("approved", "draft"), drafts=True), as_of=date(2026, 5, 3))
    again = Recipe.from_json(with_digests(reviewed, recipe).to_json())
    assert again.view == recipe.view
    assert sorted(again.made) == ["half", "sound"]
    assert View.from_query(recipe.view.to_query()) == recipe.view


def test_drafts_are_in_nothing_unless_they_are_asked_for(reviewed: Workspace) -> None:
    asked = View(drafts=True)
    without, with_drafts = (select(view, reviewed).ledger for view in (EVERYTHING, asked))
    assert (without.total, without.unread_drafts) == (5, 0)
    assert (with_drafts.total, with_drafts.unread_drafts) == (6, 1)
    assert "1 draft cannot be shown yet" in compose(reviewed, Recipe(view=asked)).ledger
    ids = {entry.record for entry in compose(reviewed, Recipe()).entries}
    assert "half" not in ids
    assert UNSEEN not in json.dumps(document_model(reviewed))
    assert UNSEEN.encode() not in shown_csv(reviewed, EVERYTHING)
    assert UNSEEN.encode() in shown_csv(reviewed, asked)
    assert "drafts included" in say_filters(asked, reviewed)


def test_an_approval_is_not_a_change_of_the_record(country: Country) -> None:
    before = workspace(country, incident(id="sound"))
    after = workspace(country, records()[0])
    assert changes(before, after).entries == ()
    recipes = [with_digests(one, Recipe()).made for one in (before, after)]
    assert recipes[0] == recipes[1]


def test_the_commands_list_what_waits_for_review(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_bytes(dossier_bytes(*records()))

    def ids(*words: str) -> list[str]:
        done = CliRunner().invoke(app, ["records", str(file), "--format", "json", *words])
        assert done.exit_code == 0, done.output
        return [one["id"] for one in json.loads(done.stdout)]

    assert ids("--review", "unreviewed") == ["changed", "plain", "plain-too"]
    assert ids("--approved-only") == ids("--review", "approved") == ["sound"]
    assert ids("--review", "draft") == ["half"]
    assert ids("--drafts") == ["sound", "changed", "plain", "gone", "half", "plain-too"]
    both = CliRunner().invoke(app, ["records", str(file), "--approved-only", "--review", "draft"])
    assert "--approved-only: is --review approved" in both.stderr
    wrong = CliRunner().invoke(app, ["records", str(file), "--review", "aproved"])
    assert "--review: 'aproved' is not known; did you mean 'approved'?" in wrong.stderr
    said = CliRunner().invoke(app, ["records", str(file), "--drafts"]).stderr
    assert "2 drafts, 1 of which cannot be shown yet" in said
    out = CliRunner().invoke(app, ["map", str(file), "--drafts", "--out", str(tmp_path / "m.html")])
    assert "1 draft cannot be shown yet" in out.stderr


def document(page: Open, found: Workspace, folder: Path, view: View = EVERYTHING) -> Tab:
    path = folder / "map.html"
    path.write_text(document_html(found, view=view), encoding="utf-8")
    return open_map(page(width=1440, height=900), path)


@pytest.mark.browser
def test_the_states_of_review_are_switches_of_the_legend(
    page: Open, reviewed: Workspace, tmp_path: Path
) -> None:
    tab = document(page, reviewed, tmp_path).page
    rows = tab.locator("[data-choice^='reviews:']:visible")
    tab.locator("[data-legend=reviews]").wait_for()
    assert [one.inner_text().split("\n")[0] for one in rows.all()] == [
        "Approved", "Not reviewed", "Withdrawn",
    ]  # fmt: skip
    tab.locator("[data-choice='reviews:unreviewed']").click()
    expect(tab.locator(".im-ledger-part[data-standing=review]")).to_contain_text("3 ")
    expect(tab.locator(".im-filter-chip").first).to_contain_text("Review")
    tab.wait_for_function("() => location.hash.includes('reviews=approved,draft,withdrawn')")
    assert (
        tab.evaluate("() => document.querySelector('.im-ledger-total strong').textContent") == "1"
    )


@pytest.mark.browser
def test_a_document_with_drafts_says_which_cannot_be_shown(
    page: Open, reviewed: Workspace, tmp_path: Path
) -> None:
    tab = document(page, reviewed, tmp_path, View(drafts=True)).page
    tab.locator("[data-choice='reviews:draft']").wait_for()
    expect(tab.locator(".im-ledger-total[data-standing=drafts]")).to_have_text(
        "1 draft cannot be shown yet"
    )
    tab.locator(".im-item", has_text=UNSEEN).first.click()
    expect(tab.locator(".im-card .im-facts")).to_contain_text("Draft")
    expect(tab.locator(".im-card-tags")).to_contain_text("draft")


@pytest.mark.browser
def test_a_dossier_without_review_shows_nothing_of_it(
    page: Open, plain: Workspace, tmp_path: Path
) -> None:
    tab = document(page, plain, tmp_path).page
    tab.locator("[data-legend=statuses]").wait_for()
    assert tab.locator("[data-legend=reviews]").count() == 0
    tab.locator(".im-item").first.click()
    tab.locator(".im-card").wait_for()
    assert "review" not in tab.locator("body").inner_text().lower()


@pytest.mark.slow
@pytest.mark.browser
def test_the_app_shows_drafts_where_the_address_asks_for_them(
    page: Open, serve_app: Callable[..., str], data_folder: Path, tmp_path: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "data")
    (folder / "incidents.yaml").write_bytes(dossier_bytes(*records()))
    tab = page(width=1440, height=900).page
    address = serve_app(data=folder)
    inside = tab.frame_locator("iframe")
    for end, total in (("", "5"), ("/?drafts=1", "6"), ("/", "5")):
        tab.goto(address + end)
        inside.locator(".im-ledger-total").first.wait_for(state="attached", timeout=60_000)
        expect(inside.locator(".im-ledger-total b").first).to_have_text(total)
        expect(inside.locator(".im-ledger-total[data-standing=drafts]")).to_have_count(
            1 if end == "/?drafts=1" else 0
        )
    assert tab.get_by_text("in the data").count() == 0
