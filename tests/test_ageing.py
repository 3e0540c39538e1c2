"""A presence claim grows old in view: its age is counted from the last date it is said for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dossiers import SOURCE, claim, presence, workspace
from hypothesis import given
from hypothesis import strategies as st

from geo.dossier.periods import period
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.webmap.document import document_html
from geo.webmap.model import document_model, model_json
from geo.wording.ageing import LatestReport, age_of, latest_report, say_latest_report

DAY = st.dates(date(2001, 1, 1), date(2040, 12, 31))


def cited(found: Workspace) -> LatestReport | None:
    dossier = found.reading.dossier
    return latest_report(found.located.evidence[dossier.presence[0].id], dossier)


def said(**changes: Any) -> dict[str, Any]:
    return claim(says="presence") | changes


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"first": "2024", "claims": [said(date="2024-05-03")]}, "3 May 2024 by NRF"),
        ({"first": "2024", "claims": [said()]}, "about 2024 by NRF"),
        ({"first": "2021-08-15/..", "claims": [said(date="2023")]}, "2023 by NRF"),
        # Whoever repeats an old claim does not make it younger.
        ({"first": "2019", "claims": [said(date="2024-05-03")]}, "2019 by NRF"),
        ({"first": "2019", "last": "2020-02", "claims": [said()]}, "February 2020 by NRF"),
        # A denial and a mere figure are no citation.
        ({"first": "2024", "claims": [
            said(date="2024-02-01"),
            claim(by="taliban", role="opposing_party", says="denial", date="2024-06-01"),
            claim(by="taliban", role="opposing_party", says="casualties", date="2024-07-01"),
        ]}, "1 February 2024 by NRF"),
        ({"first": "2024", "claims": [
            said(date="2024-06"), said(by="UN", role="un", date="2024-07"), said(date="2023"),
        ]}, "July 2024 by UN"),
    ],
)  # fmt: skip
def test_it_was_said_last_when_somebody_last_said_so(
    country: Country, record: dict[str, Any], expected: str
) -> None:
    found = cited(workspace(country, presence(**record)))
    assert found is not None
    assert say_latest_report(found) == f"last reported {expected}"


def test_without_an_end_nobody_knows_its_age(country: Country) -> None:
    open_end = SOURCE | {"published": "2020/.."}
    record = presence(first="2021-08-15/..", claims=[said()])
    found = workspace(country, record, sources={"report": open_end})
    assert cited(found) is None
    (made,) = document_model(
        found, as_of=date(2030, 1, 1)
    )["records"]  # fmt: skip
    assert (made["lastCited"], made["age"]) == (None, None)


@given(DAY, DAY)
def test_it_only_ever_grows_older(day: date, as_of: date) -> None:
    order = ["fresh", "ageing", "old"]
    one = LatestReport(period(day.isoformat()), "UN")
    later = date(as_of.year + 1, as_of.month, 1)
    assert order.index(age_of(one, as_of)) <= order.index(age_of(one, later))
    if as_of <= day:
        assert age_of(one, as_of) == "fresh"
        assert "ago" not in say_latest_report(one, as_of)


@pytest.mark.parametrize(
    ("as_of", "age", "months"),
    [
        ("2024-01-31", "fresh", ""),
        ("2024-02-28", "fresh", ""),
        ("2024-02-29", "fresh", "; 1 month ago"),
        ("2024-07-30", "fresh", "; 5 months ago"),
        ("2024-07-31", "ageing", "; 6 months ago"),
        ("2025-07-31", "ageing", "; 18 months ago"),
        ("2025-08-01", "old", "; 18 months ago"),
    ],
)
def test_months_are_counted_to_the_day(as_of: str, age: str, months: str) -> None:
    one, day = LatestReport(period("2024-01-31"), "UN"), date.fromisoformat(as_of)
    assert age_of(one, day) == age
    assert say_latest_report(one, day) == f"last reported 31 January 2024 by UN{months}"


def test_the_document_ages_presence_claims_and_nothing_else(own: Workspace) -> None:
    day = date(2026, 10, 1)
    model = document_model(own, as_of=day)
    assert model["asOf"] == "2026-10-01"
    for record in model["records"]:
        labels = dict(record["facts"])
        if record["kind"] == "incident":
            assert (record["lastCited"], record["age"]) == (None, None)
            assert "Last reported" not in labels
        else:
            assert record["lastCited"] is not None, record["id"]
            assert record["age"] == "old", record["id"]
            assert labels["Last reported"].endswith("months ago")


def test_without_a_day_the_document_says_no_age(own: Workspace) -> None:
    model = document_model(own)
    assert model["asOf"] is None
    assert {record["age"] for record in model["records"]} == {None}
    assert " ago" not in "".join(
        value for record in model["records"] for _, value in record["facts"]
    )


def test_the_same_day_gives_the_same_bytes(own: Workspace) -> None:
    day, again = date(2025, 3, 1), date(2025, 3, 2)
    texts = [model_json(document_model(own, as_of=one)) for one in (day, day, again)]
    assert texts[0] == texts[1] != texts[2]
    one = document_html(own, as_of=day)
    assert one == document_html(own, as_of=day)
