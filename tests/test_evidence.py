"""The status of a record follows from its claims, and figures never say more than they do."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from dossiers import claim, incident, read

from geo.dossier.evidence import attribution_of, figures_of, stances, status_of
from geo.dossier.records import (
    ClaimKind,
    ColourName,
    PresenceKind,
    Record,
    Reliability,
    SpeakerRole,
    StatusKey,
)
from geo.wording import symbology, vocabulary
from geo.wording.sentences import figures_text

MEDIA = {"by": "A paper", "role": "media", "says": "occurrence"}
OTHER = MEDIA | {"by": "B paper"}
DENIAL = {"by": "taliban", "role": "opposing_party", "says": "denial"}


def record(*claims: dict[str, Any], **changes: Any) -> tuple[Record, Any]:
    sources = {
        "report": {"title": "A", "publisher": "P", "published": 2024, "independent_group": "p"},
        "other": {"title": "B", "publisher": "Q", "published": 2024, "independent_group": "q"},
        "again": {"title": "C", "publisher": "R", "published": 2024, "independent_group": "q"},
        "unjudged": {"title": "D", "publisher": "S", "published": 2024},
    }
    reading = read(incident(claims=list(claims), **changes), sources=sources)
    assert not reading.problems, reading.problems
    return reading.dossier.records[0], reading.dossier.sources


@pytest.mark.parametrize(
    ("claims", "status", "attribution"),
    [
        ([claim()], "claimed_only", "claimed_by_actor"),
        ([claim(by="taliban", role="opposing_party", says="occurrence")], "claimed_only",
         "attributed_by_third_party"),
        ([claim(), claim(**MEDIA)], "reported", "claimed_and_attributed"),
        ([claim(**MEDIA)], "reported", "attributed_by_third_party"),
        ([claim(), claim(**MEDIA | {"says": "casualties"}, killed=3)], "claimed_only",
         "claimed_by_actor"),
        ([claim(**MEDIA), claim(**OTHER, source="other")], "corroborated",
         "attributed_by_third_party"),
        # One speaker in two papers, one channel, one statement: one origin.
        ([claim(**MEDIA), claim(**MEDIA, source="other")], "reported",
         "attributed_by_third_party"),
        ([claim(**MEDIA, via="An agency"), claim(**OTHER, source="other", via="an  Agency")],
         "reported", "attributed_by_third_party"),
        ([claim(**MEDIA, via="B paper"), claim(**OTHER, source="other")], "reported",
         "attributed_by_third_party"),
        ([claim(**MEDIA, origin="release"), claim(**OTHER, source="other", origin="release")],
         "reported", "attributed_by_third_party"),
        ([claim(**MEDIA, origin="release"), claim(**OTHER, source="other", origin="staff")],
         "corroborated", "attributed_by_third_party"),
        ([claim(**MEDIA, source="again"), claim(**MEDIA, source="other")], "reported",
         "attributed_by_third_party"),
        ([claim(**MEDIA, source="unjudged"), claim(**MEDIA, source="other")], "reported",
         "attributed_by_third_party"),
        ([claim(), claim(**DENIAL)], "disputed", "contested"),
        ([claim(), claim(**MEDIA), claim(**DENIAL | {"says": "doubt"})], "disputed", "contested"),
        ([claim(), claim(**DENIAL), claim(**DENIAL | {"says": "acknowledgement"})],
         "claimed_only", "claimed_and_attributed"),
        ([claim(), claim(**DENIAL | {"says": "acknowledgement"}), claim(**DENIAL)], "disputed",
         "contested"),
    ],
)  # fmt: skip
def test_a_status_follows_from_the_claims(
    claims: list[dict[str, Any]], status: str, attribution: str
) -> None:
    found, sources = record(*claims)
    assert status_of(found, sources) == status
    assert attribution_of(found) == attribution


def test_a_status_set_by_hand_stands_with_its_reason() -> None:
    found, sources = record(claim(), status="refuted", status_because="The film is from 2015.")
    assert status_of(found, sources) == "refuted"


def test_claims_and_denials_stay_together_in_one_record() -> None:
    found, sources = record(
        claim(killed=5),
        claim(**DENIAL),
        claim(by="UNAMA", role="un", says="casualties", killed=1),
    )
    assert len(found.claims) == 3
    assert status_of(found, sources) == "disputed"
    assert stances(found.claims) == ("asserts", "contests", "asserts")


@pytest.mark.parametrize(
    ("claims", "figures", "text"),
    [
        ([claim()], (None, None, None, "not_stated"), "not stated"),
        ([claim(killed=0)], (0, 0, 0, "claimed_by_party"), "0"),
        ([claim(killed=8)], (8, 8, 8, "claimed_by_party"), "8"),
        ([claim(**MEDIA, killed={"low": 20})], (20, None, None, "independent"), "at least 20"),
        ([claim(killed=5), claim(**MEDIA, killed=1)], (1, 1, 5, "independent"), "1 to 5"),
        ([claim(killed=5), claim(by="UNAMA", role="un", says="casualties", killed=1)],
         (1, 1, 5, "un"), "1 to 5"),
        ([claim(killed=5), claim(**MEDIA, killed={"low": 2})], (2, None, None, "independent"),
         "5 and at least 2"),
        ([claim(killed_or_injured=400)], (None, None, None, "not_stated"), "not stated"),
        ([claim(), claim(**DENIAL, killed=0)], (None, None, None, "not_stated"), "not stated"),
    ],
)  # fmt: skip
def test_figures_are_ranges_and_what_is_not_stated_is_not_zero(
    claims: list[dict[str, Any]], figures: tuple[Any, ...], text: str
) -> None:
    found = figures_of(record(*claims)[0])
    assert (found.low, found.best, found.high, found.basis) == figures
    assert figures_text(found) == text


def test_a_total_over_two_places_stays_one_total() -> None:
    two = [{"place": "Panjshir"}, {"place": "Takhar"}]
    assert figures_of(record(claim(killed=20), where=two)[0]).scope == "total"
    each = record(claim(killed=20, scope="per place"), where=two)[0]
    assert figures_of(each).scope == "per place"
    assert figures_of(record(claim(killed=20))[0]).scope is None


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (vocabulary.CLAIM_KINDS, get_args(ClaimKind)),
        (vocabulary.ROLES, get_args(SpeakerRole)),
        (vocabulary.PRESENCE_KINDS, get_args(PresenceKind)),
        (vocabulary.RELIABILITY, get_args(Reliability)),
        (vocabulary.CREDIBILITY, range(1, 7)),
        ({meaning.key: meaning for meaning in vocabulary.STATUSES}, get_args(StatusKey)),
    ],
)
def test_every_value_has_its_words(words: dict[Any, Any], values: Any) -> None:
    assert set(words) == set(values)


def test_every_colour_carries_ink_that_can_be_read() -> None:
    groups = {
        name: read(groups={name: {"name": "G", "short": "G", "letter": "G", "colour": name}})
        .dossier.groups[name]
        for name in get_args(ColourName)
    }  # fmt: skip
    for name, style in symbology.group_styles(groups).items():
        for fill, ink in ((style.light, style.on_light), (style.dark, style.on_dark)):
            assert symbology.contrast(fill, ink) >= 4.5, name
