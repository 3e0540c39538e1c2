"""300 groups and "Hide all": the document, the app, the figure and the link agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from browsing import Tab, open_map
from dossiers import incident, workspace
from test_hostile_numbers import groups

from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.view import ALL, EVERYTHING, View, apply_view, say_groups
from geo.webmap.document import document_html

MANY = 300


@pytest.fixture(scope="module")
def many(country: Country) -> Workspace:
    named = groups(MANY)
    records = [incident(id=f"rec-{key}", by=[key], against=[]) for key in named]
    found = workspace(country, *records, groups=named)
    assert found.problems == ()
    return found


def test_all_off_is_a_value_that_every_reader_knows(many: Workspace) -> None:
    view = View.from_message({"off": [ALL]})
    assert view.off == (ALL,)
    assert view.to_query() == {"off": "*"}
    assert View.from_query(view.to_query()) == view
    ledger = apply_view(view, many.located.table).ledger
    assert (ledger.shown, ledger.total, ledger.out["layer"]) == (0, MANY, MANY)
    assert say_groups(view, many.reading.dossier) == "groups: none"
    assert not view.shows((), "incident", "reported")


def test_a_list_of_all_groups_says_the_same(many: Workspace) -> None:
    view = View(off=tuple(sorted(many.reading.dossier.groups)))
    assert View.from_query(view.to_query()) == view
    assert apply_view(view, many.located.table).ledger.shown == 0
    assert apply_view(EVERYTHING, many.located.table).ledger.shown == MANY


@pytest.mark.slow
@pytest.mark.browser
def test_document_app_and_link_agree_when_300_groups_are_hidden(
    many: Workspace, page: Callable[..., Tab], tmp_path: Path
) -> None:
    file = tmp_path / "map.html"
    file.write_text(document_html(many), encoding="utf-8")
    tab = open_map(page(width=1440, height=900), file)
    tab.page.get_by_role("button", name="Hide all").click()
    tab.page.wait_for_url(re.compile("#.*off="))
    end = urlsplit(tab.page.url).fragment
    assert len(end) < 100
    told = View.from_query(dict(parse_qsl(end)))
    assert apply_view(told, many.located.table).ledger.shown == 0
    assert tab.page.locator(".im-empty").inner_text().startswith("All groups are off")
    again = open_map(page(width=1440, height=900), file, f"#{end}")
    assert again.page.locator(".im-empty").inner_text().startswith("All groups are off")
