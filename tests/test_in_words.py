"""The map in words says what the picture says, and a withdrawn record stays findable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from browsing import Tab
from dossiers import incident, workspace

from geo.changes.json_output import record_json
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.view import UNNAMED, View, apply_view
from geo.view.alt_text import alt_text
from geo.webmap.document import document_html


def words(own: Workspace, view: View) -> str:
    shown = apply_view(view, own.located.table)
    return alt_text(shown, view, own, quotes=False)


def test_it_states_title_period_counts_and_where_most_is(own: Workspace) -> None:
    said = words(own, View(first=date(2022, 1, 1), last=date(2022, 12, 31)))
    assert own.reading.dossier.title in said
    assert "Between 1 January 2022 and 31 December 2022" in said
    assert "Most records in Panjshir (4), " in said
    shown = apply_view(View(first=date(2022, 1, 1), last=date(2022, 12, 31)), own.located.table)
    rows = shown.table.drop_duplicates("record")
    for key, group in own.reading.dossier.groups.items():
        count = sum(key in groups for groups in rows["groups"])
        assert (f"{group.short} {count}" in said) is (count > 0), key
    assert f"{shown.ledger.drawn} of 28 records drawn" in said


def test_an_empty_map_says_so(own: Workspace) -> None:
    said = words(own, View().without([*own.reading.dossier.groups, UNNAMED]))
    assert said.endswith("Nothing is shown.")


def test_the_document_carries_it_as_its_description(own: Workspace) -> None:
    html = document_html(own)
    assert f'<meta name="description" content="{words(own, View())}">' in html.replace(
        "&#x27;", "'"
    )


def test_a_withdrawn_record_is_not_drawn_and_keeps_its_reason(country: Country) -> None:
    gone = incident(withdrawn_because="The film shows another year.")
    found = workspace(country, gone, incident(id="another"))
    ledger = apply_view(View(), found.located.table).ledger
    assert (ledger.drawn, ledger.beside["withdrawn"]) == (1, 1)
    assert found.problems == ()
    listed = record_json(found.reading.dossier.records[0], found)
    assert listed["withdrawn_because"] == "The film shows another year."
    assert listed["places"][0]["provinces"] == []


@pytest.mark.browser
def test_a_withdrawn_record_is_listed_beside_the_map(
    country: Country, page: Callable[..., Tab], tmp_path: Path
) -> None:
    found = workspace(country, incident(withdrawn_because="The film shows another year."))
    file = tmp_path / "map.html"
    file.write_text(document_html(found), encoding="utf-8")
    tab = page(width=1440, height=900)
    tab.page.goto(file.as_uri() + "#chosen=an-attack")
    card = tab.page.locator(".im-card")
    card.wait_for()
    assert "The film shows another year." in card.inner_text()
    assert tab.page.locator("[data-standing=withdrawn] b").inner_text() == "1"
    assert tab.page.locator(".im-plate").count() == 0
