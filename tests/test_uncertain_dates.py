"""A date in doubt is said to be so wherever it is shown, and is certain nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from dossiers import incident, presence, workspace

from geo.changes.json_output import record_json
from geo.places.country import Country
from geo.snapshot.content.composing import compose, with_digests
from geo.snapshot.content.recipe import Recipe
from geo.view import View, apply_view
from geo.webmap.model import document_model
from geo.wording.cards import facts

MAY = View(first=date(2022, 5, 1), last=date(2022, 5, 31))
CERTAIN_MAY = View(first=date(2022, 5, 1), last=date(2022, 5, 31), certain=True)
EACH = pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2022-05-24?", "24 May 2022 (uncertain)"),
        ("2022-05%", "about May 2022 (uncertain)"),
        ("2022-?05", "May 2022 (month uncertain)"),
        ("2022-05-03?/2022-05-20", "between 3 and 20 May 2022 (uncertain)"),
    ],
)


@pytest.mark.parametrize("when", ["2022-05-24?", "2022-05%", "2022-?05", "2022-05-03?/2022-05-20"])
def test_a_date_in_doubt_passes_a_period_and_is_never_certainly_in_it(
    country: Country, when: str
) -> None:
    table = workspace(country, incident(when=when)).located.table
    assert table["approximate"].tolist() == [True]
    assert apply_view(MAY, table).ledger.shown == 1
    assert apply_view(CERTAIN_MAY, table).ledger.shown == 0
    sure = workspace(country, incident(when="2022-05-24")).located.table
    assert apply_view(CERTAIN_MAY, sure).ledger.shown == 1


@EACH
def test_card_list_sentence_and_figure_say_it(country: Country, when: str, said: str) -> None:
    found = workspace(country, incident(when=when))
    (record,) = found.reading.dossier.records
    evidence = found.located.evidence[record.id]
    assert dict(facts(evidence, found.reading.dossier))["When"] == said
    listed = record_json(record, found)
    assert listed["date_text"] == said
    assert listed["uncertain"] is True
    assert f" and dated {said}." in listed["sentence"]
    content = compose(
        found,
        with_digests(found, Recipe(as_of=date(2026, 11, 28))),
    )  # fmt: skip
    assert said in content.entries[0].line


def test_the_document_brings_it_along(country: Country) -> None:
    found = workspace(country, incident(when="2022-05-24?"), presence(first="2022", last="2023?"))
    model = document_model(found)
    told = {one["id"]: (one["dateUncertain"], one["dateText"]) for one in model["records"]}
    assert told == {
        "an-attack": (True, "24 May 2022 (uncertain)"),
        "a-presence": (True, "2022 to 2023 (uncertain)"),
    }
