"""A denial contests only what it can know of; a general one is one, however many refer to it."""

from __future__ import annotations

from typing import Any

import pytest
from dossiers import SOURCE, claim, dossier_bytes, incident, messages, presence, read, workspace

from geo.app.sources_page import standing_lines
from geo.changes.changes import changes
from geo.dossier.evidence import Evidence, status_of
from geo.dossier.intake import read_dossier
from geo.places.country import Country
from geo.wording.cards import claims
from geo.wording.sentences import say_standing

DENIAL: dict[str, Any] = {
    "by": "taliban", "role": "opposing_party", "says": "denial", "text": "Denies all of it.",
    "source": "report",
}  # fmt: skip
STATEMENTS = {"general-denial": DENIAL | {"about": ["nrf"]}}
REFERENCE = {"statement": "general-denial"}


@pytest.mark.parametrize("says", ["denial", "doubt"])
@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("2024-12-28~", "2024-12-11"),
        ("2024-12-28", "2024-12-27"),
        ("2022-05", "2022-04"),
        ("2022-05-01/2022-05-10", "2022-04-30~"),
        ("2022-05/..", "2021"),
    ],
)
def test_a_denial_older_than_the_event_is_a_problem_with_both_dates(
    when: str, date: str, says: str
) -> None:
    found = read(incident(when=when, claims=[claim(), claim(**DENIAL | {"says": says}, date=date)]))
    (problem,) = messages(found)
    assert f"the {says} of {date} is older than what it contests" in problem
    assert f"which is dated {when}" in problem
    assert found.left_out == 1


@pytest.mark.parametrize(
    ("when", "date"),
    [("2024-12-28", "2024-12-28"), ("2024-12-28", "2024-12"), ("2022-05", "2022-05-01"),
     ("../2024", "2001"), ("2022-05", "2025")],
)  # fmt: skip
def test_a_denial_that_may_be_younger_contests(when: str, date: str) -> None:
    found = read(incident(when=when, claims=[claim(), claim(**DENIAL, date=date)]))
    assert found.problems == ()
    assert status_of(found.dossier.records[0], found.dossier.sources) == "disputed"


def test_a_denial_without_a_date_is_as_old_as_its_source() -> None:
    record = incident(when="2024-06", claims=[claim(), claim(**DENIAL)])
    old = {"report": SOURCE | {"published": "2024-05-31"}}
    assert (
        "when its source 'report' was published, is older" in messages(read(record, sources=old))[0]
    )
    roughly = {"report": SOURCE | {"published": "2024-05-31~"}}
    assert read(record, sources=roughly).problems == ()


def test_a_claim_refers_to_a_general_statement_by_its_key() -> None:
    found = read(
        presence(claims=[claim(says="presence"), REFERENCE]),
        incident(claims=[claim(), REFERENCE]),
        statements=STATEMENTS,
    )
    assert found.problems == ()
    for record in found.dossier.records:
        denial = record.claims[1]
        assert (denial.by, denial.says, denial.statement) == ("taliban", "denial", "general-denial")
        assert status_of(record, found.dossier.sources) == "disputed"
        assert (
            say_standing(Evidence.of(record, found.dossier.sources), found.dossier)
            == "It is denied in general terms by Taliban"
        )
        card = list(claims(Evidence.of(record, found.dossier.sources), found.dossier))[1]
        assert "a general statement, not about this record alone" in card["date"]


def test_the_speakers_own_record_makes_it_an_acting_party() -> None:
    found = read(
        presence(groups=["taliban"], claims=[claim(role="opposing_party"), REFERENCE]),
        statements=STATEMENTS,
    )
    assert found.dossier.records[0].claims[1].role == "acting_party"


def test_a_general_denial_older_than_an_event_cannot_contest_it() -> None:
    told = {"general-denial": DENIAL | {"date": "2023"}}
    found = read(incident(when="2024", claims=[claim(), REFERENCE]), statements=told)
    assert "the denial of 2023 is older than what it contests" in messages(found)[0]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ({"statement": "general-denail"}, "did you mean 'general-denial'?"),
        (REFERENCE | {"text": "More."}, "the field 'text' is not known"),
        (REFERENCE | {"role": "press"}, "role 'press' is not"),
        ({"statement": 5}, "statement is 5"),
    ],
)
def test_a_reference_that_leads_nowhere_is_one_problem(
    reference: dict[str, Any], said: str
) -> None:
    found = read(incident(claims=[claim(), reference]), statements=STATEMENTS)
    (problem,) = messages(found)
    assert said in problem
    assert found.left_out == 1


def test_a_faulty_statement_is_one_problem_for_all_that_refer_to_it() -> None:
    records = [presence(id=f"one-{at}", claims=[claim(), REFERENCE]) for at in range(5)]
    told = {"general-denial": DENIAL | {"says": "denies"}}
    found = read(*records, statements=told)
    (problem,) = messages(found)
    assert "says 'denies' is not" in problem
    assert "5 references to it cannot be followed" in problem
    assert found.left_out == 5


def test_a_changed_statement_is_one_change_however_many_refer_to_it(country: Country) -> None:
    records = [presence(id=f"one-{at}", claims=[claim(), REFERENCE]) for at in range(5)]
    told = {"general-denial": STATEMENTS["general-denial"] | {"text": "Denies it again."}}
    old = workspace(country, *records, statements=STATEMENTS)
    new = workspace(country, *records, statements=told)
    assert [(one.id, one.kind) for one in changes(old, new).entries] == [
        ("general-denial", "statement")
    ]


def test_a_group_shows_what_is_said_of_it_in_general_with_date_and_source() -> None:
    remark = {"about": ["nrf"], "text": "Not much of it.", "by": "taliban", "source": "report"}
    found = read_dossier(
        dossier_bytes(
            presence(claims=[claim(), REFERENCE]), statements=STATEMENTS,
            assessments=[remark | {"date": "2024-12-11", "via": "X"}],
        )
    ).dossier  # fmt: skip
    assert standing_lines("nrf", found) == [
        "Taliban: Not much of it. (11 December 2024, via X; A paper, about 2024)",
        (
            "Taliban: Denies all of it. (undated; A paper, about 2024) "
            "A general statement; 1 record refers to it."
        ),
    ]
    assert standing_lines("taliban", found) == []
