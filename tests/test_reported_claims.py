"""The dossier holds every reported claim, and says no more than its source.

The facts stand below as a table of their own, so that an edit of the dossier which drops, moves or
sharpens one of them fails with the name of the record.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pytest

from geo.dossier.evidence import figures_of, stances, status_of
from geo.dossier.intake import Reading, read_dossier
from geo.dossier.records import Dossier, Incident, Record
from geo.places.country import Country
from geo.table.located import LocatedTable, locate_records

DATA = Path(__file__).parents[1] / "data"

NORTH = "AF-BAL AF-FYB AF-JOW AF-SAM AF-SAR"
NORTH_AND_NORTH_EAST = f"{NORTH} AF-BDS AF-BGL AF-KDZ AF-TAK"


class Place(NamedTuple):
    """What a place must come out as; provinces as ISO 3166-2 codes with a space between."""

    said: str
    precision: str
    provinces: str = ""
    status: str = "resolved"
    off: str = ""


class Voice(NamedTuple):
    """Who speaks, as what, saying what kind of thing, in which source."""

    by: str
    role: str
    says: str
    source: str
    via: str | None = None


class Fact(NamedTuple):
    """One record as it was reported."""

    id: str
    groups: str
    when: str
    places: tuple[Place, ...]
    said_by: tuple[Voice, ...]
    contested_by: tuple[Voice, ...] = ()
    against: str = ""
    killed: str = ""
    harmed: str = ""
    status: str = "claimed_only"


def town(name: str, province: str) -> Place:
    return Place(name, "settlement", province)


def province(name: str, code: str) -> Place:
    return Place(name, "province", code)


def country(name: str = "Afghanistan") -> Place:
    return Place(name, "country", off="country")


def abroad(name: str) -> Place:
    return Place(name, "unknown", status="outside", off="outside")


def article(source: str, says: str = "presence") -> Voice:
    return Voice(PUBLISHERS[source], "media", says, source)


def nrf(source: str, says: str = "presence", via: str | None = None) -> Voice:
    return Voice("nrf", "opposing_party", says, source, via)


def nrf_itself(source: str, says: str = "responsibility", via: str | None = None) -> Voice:
    return Voice("nrf", "acting_party", says, source, via)


NEW_AMERICAN = "new-american-2022"
HUDSON = "hudson-2024"
NY_SUN = "ny-sun-2025"
PUBLISHERS = {
    NEW_AMERICAN: "The New American",
    HUDSON: "Hudson Institute",
    NY_SUN: "The New York Sun",
}

FOX = "Fox News Digital"
LATE_APRIL = "2022-04-21/2022-04-30"
DENIED = (Voice("taliban", "opposing_party", "denial", HUDSON),)
DENIED_AT_FIRST = (Voice("taliban", "opposing_party", "denial", NEW_AMERICAN),)
ACKNOWLEDGED = Voice("taliban", "opposing_party", "acknowledgement", NEW_AMERICAN)
ISIS_K_ITSELF = (Voice("isis-k", "acting_party", "responsibility", NEW_AMERICAN),)

VALLEY = province("Panjshir Valley", "AF-PAN")
TWO_CITIES = (town("Mazar-i-Sharif", "AF-BAL"), town("Kunduz", "AF-KDZ"))
FOUR_PROVINCES = (
    province("Panjshir", "AF-PAN"),
    province("Baghlan", "AF-BGL"),
    province("Takhar", "AF-TAK"),
    province("Badakhshan", "AF-BDS"),
)
NORTH_AND_KABUL = (
    Place("the northern and north-eastern provinces", "region", NORTH_AND_NORTH_EAST),
    province("Kabul", "AF-KAB"),
)

INCIDENTS = (
    Fact(
        "panjshir-stronghold-overrun-2021", "taliban", "2021-09", (VALLEY,),
        (article(HUDSON, "occurrence"), article(NEW_AMERICAN, "occurrence")),
        against="nrf", status="reported",
    ),
    Fact(
        "mazar-kunduz-attacks-2022", "isis-k", LATE_APRIL, TWO_CITIES,
        (*ISIS_K_ITSELF, article(NEW_AMERICAN, "casualties")),
        killed="at least 20",
    ),
    Fact(
        "northern-offensive-2022", "nrf", "2022-05~", FOUR_PROVINCES,
        (nrf_itself(NEW_AMERICAN, via=FOX), ACKNOWLEDGED), DENIED_AT_FIRST, against="taliban",
    ),
    Fact(
        "shaba-base-attack-2022", "taliban", "2022-05-01/2022-05-10",
        (Place("Shaba base", "province", "AF-PAN", status="inferred"),),
        (nrf(NEW_AMERICAN, "occurrence", "Twitter"),), against="nrf", killed="8",
    ),
    Fact(
        "civilians-attacked-north-2022", "taliban", "2022-21",
        (Place("the north of the country", "region", NORTH_AND_NORTH_EAST),),
        (nrf(NEW_AMERICAN, "occurrence"),), against="civilians",
    ),
    Fact(
        "zawahiri-drone-strike-2022", "united-states", "2022-07", (town("Kabul", "AF-KAB"),),
        (article(HUDSON, "occurrence"),), against="al-qaeda", killed="1", status="reported",
    ),
    Fact(
        "nrf-attacks-annual-report-2024", "nrf", "2023-03-21/2024-03-18", (country(),),
        (nrf_itself(HUDSON, via="the NRF's annual report"),), against="taliban",
        harmed="more than 400",
    ),
    Fact(
        "nrf-attacks-twenty-provinces-2024", "nrf", "../2024",
        (country("more than 20 provinces"),), (nrf_itself(HUDSON),), against="taliban",
    ),
    Fact(
        "nrf-aff-guerrilla-attacks-2024", "nrf aff", "2024~",
        (country("several provinces"), province("Kabul", "AF-KAB")),
        (article(HUDSON, "occurrence"),), against="taliban", status="reported",
    ),
    Fact(
        "interior-ministry-attack-2024", "nrf", "2024-12-28~",
        (town("the Interior Ministry at Kabul", "AF-KAB"),), (nrf_itself(NY_SUN),),
        against="taliban", killed="10",
    ),
    Fact(
        "massoud-assassination-2001", "al-qaeda", "2001-09-09",
        (Place("", "unknown", status="not_stated", off="not_stated"),),
        (article(HUDSON, "occurrence"), article(NEW_AMERICAN, "occurrence")),
        killed="1", status="reported",
    ),
    Fact(
        "isis-cells-us-2024", "", "2024-06",
        (abroad("Los Angeles"), abroad("Philadelphia"), abroad("New York"), country()),
        (nrf(NY_SUN, "occurrence", "X"),),
    ),
    Fact(
        "withdrawal-anniversary-2024", "taliban", "2024-08-14", (town("Kabul", "AF-KAB"),),
        (Voice("Caption of a photograph", "media", "occurrence", NY_SUN),), status="reported",
    ),
)  # fmt: skip

PRESENCE = (
    Fact(
        "al-qaeda-panjshir-2024", "al-qaeda", "2024", (VALLEY,), (nrf(HUDSON),), DENIED,
        status="disputed",
    ),
    Fact(
        "al-qaeda-new-bases-2024", "al-qaeda", "2024", (country(),), (nrf(HUDSON),), DENIED,
        status="disputed",
    ),
    Fact(
        "al-qaeda-north-2024", "al-qaeda", "2024",
        (Place("the northern regions", "region", NORTH),), (nrf(HUDSON),), DENIED,
        status="disputed",
    ),
    Fact(
        "al-qaeda-countrywide-2024", "al-qaeda", "2024", (country(),), (nrf(HUDSON),), DENIED,
        status="disputed",
    ),
    Fact(
        "al-qaeda-taliban-ties-2023", "al-qaeda", "2023", (country(),),
        (Voice("UN report", "un", "presence", HUDSON),), DENIED, status="disputed",
    ),
    Fact(
        "nrf-panjshir-stronghold-2022", "nrf", "2022", (VALLEY,), (article(NEW_AMERICAN),),
        status="reported",
    ),
    Fact(
        "nrf-four-provinces-2022", "nrf", "2022-05", FOUR_PROVINCES,
        (nrf_itself(NEW_AMERICAN, "presence", FOX), ACKNOWLEDGED), DENIED_AT_FIRST,
    ),
    Fact(
        "nrf-north-and-kabul-2024", "nrf", "2024", NORTH_AND_KABUL, (article(HUDSON),),
        status="reported",
    ),
    Fact(
        "aff-north-and-kabul-2024", "aff", "2024", NORTH_AND_KABUL, (article(HUDSON),),
        status="reported",
    ),
    Fact(
        "isis-k-strength-2022", "isis-k", "2022-02", (country(),),
        (Voice("UN report", "un", "strength", NEW_AMERICAN),), status="reported",
    ),
    Fact("isis-k-two-cities-2022", "isis-k", LATE_APRIL, TWO_CITIES, ISIS_K_ITSELF),
    Fact(
        "taliban-control-2021", "taliban", "2021-08/2025-01~",
        (town("Kabul", "AF-KAB"), country()),
        (article(NEW_AMERICAN), article(HUDSON), article(NY_SUN)), status="reported",
    ),
    Fact(
        "twenty-one-groups-2024", "", "2024", (country(),), (nrf(HUDSON),), DENIED,
        status="disputed",
    ),
    Fact(
        "foreign-plot-training-2025", "al-qaeda taliban", "2024-12/2025-01", (country(),),
        (nrf(NY_SUN, via="X"), nrf(HUDSON)),
        (Voice("taliban", "acting_party", "denial", HUDSON),), status="disputed",
    ),
    Fact(
        "other-groups-2022", "other-armed-groups", "2022", (country(),),
        (article(NEW_AMERICAN),), status="reported",
    ),
)  # fmt: skip

each_fact = pytest.mark.parametrize(
    "fact", [pytest.param(fact, id=fact.id) for fact in (*INCIDENTS, *PRESENCE)]
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_dossier((DATA / "incidents.yaml").read_bytes(), "data/incidents.yaml")


@pytest.fixture(scope="module")
def dossier(reading: Reading) -> Dossier:
    return reading.dossier


@pytest.fixture(scope="module")
def records(dossier: Dossier) -> dict[str, Record]:
    return {record.id: record for record in dossier.records}


@pytest.fixture(scope="module")
def located(reading: Reading) -> LocatedTable:
    return locate_records(reading, Country.read(DATA))


@pytest.fixture(scope="module")
def places(located: LocatedTable) -> gpd.GeoDataFrame:
    return located.table


def voices(record: Record, *stances_kept: str) -> list[Voice]:
    return [
        Voice(claim.by, claim.role, claim.says, claim.source, claim.via)
        for claim, stance in zip(record.claims, stances(record.claims), strict=True)
        if stance in stances_kept
    ]


def test_file_is_read_without_a_problem(reading: Reading) -> None:
    assert reading.problems == ()
    assert reading.left_out == 0


def test_all_thirteen_incidents_and_fifteen_presence_claims_are_held(dossier: Dossier) -> None:
    assert [incident.id for incident in dossier.incidents] == [fact.id for fact in INCIDENTS]
    assert [presence.id for presence in dossier.presence] == [fact.id for fact in PRESENCE]
    assert (len(INCIDENTS), len(PRESENCE)) == (13, 15)


@each_fact
def test_groups_are_those_reported(fact: Fact, records: dict[str, Record]) -> None:
    record = records[fact.id]
    assert " ".join(record.groups) == fact.groups
    assert " ".join(record.against if isinstance(record, Incident) else ()) == fact.against


@each_fact
def test_date_is_no_finer_than_reported(fact: Fact, records: dict[str, Record]) -> None:
    record = records[fact.id]
    assert record.period.edtf == fact.when
    assert record.when_said, "how the source says the date is left out"


@each_fact
def test_places_come_out_no_finer_than_reported(fact: Fact, places: gpd.GeoDataFrame) -> None:
    rows = places[places["record"] == fact.id]
    found = [
        (row.place_text, row.precision, set(row.provinces), row.place_status, row.off)
        for row in rows.itertuples()
    ]
    expected = [
        (place.said, place.precision, set(place.provinces.split()), place.status, place.off)
        for place in fact.places
        if place.off != "country"
    ]
    # Which provinces a country-wide place lists is no part of what was reported.
    assert [row for row in found if row[1] != "country"] == expected
    assert [(row[0], row[4]) for row in found if row[1] == "country"] == [
        (place.said, "country") for place in fact.places if place.off == "country"
    ]


@each_fact
def test_an_area_has_no_pin(fact: Fact, places: gpd.GeoDataFrame) -> None:
    rows = places[places["record"] == fact.id]
    areas = rows[~rows["precision"].isin(["exact", "settlement", "near"])]
    assert areas["lat"].isna().all()
    assert areas["lon"].isna().all()
    points = rows[rows["precision"].isin(["exact", "settlement", "near"])]
    assert (points["uncertainty_m"] > 0).all()


@each_fact
def test_everyone_who_says_so_is_named(fact: Fact, records: dict[str, Record]) -> None:
    assert voices(records[fact.id], "asserts") == list(fact.said_by)


@each_fact
def test_everyone_who_contests_it_is_named(fact: Fact, records: dict[str, Record]) -> None:
    assert voices(records[fact.id], "contests", "withdrawn") == list(fact.contested_by)


@each_fact
def test_figures_are_those_reported(fact: Fact, records: dict[str, Record]) -> None:
    record = records[fact.id]
    assert figures_of(record, "killed").said == ((fact.killed,) if fact.killed else ())
    assert figures_of(record, "killed_or_injured").said == ((fact.harmed,) if fact.harmed else ())
    assert not figures_of(record, "injured").stated


@each_fact
def test_status_follows_from_the_claims(
    fact: Fact, records: dict[str, Record], dossier: Dossier
) -> None:
    record = records[fact.id]
    assert record.status is None, "a status is not set by hand"
    assert status_of(record, dossier.sources) == fact.status


@each_fact
def test_nobody_has_graded_anything_yet(fact: Fact, records: dict[str, Record]) -> None:
    assert all(claim.credibility == 6 for claim in records[fact.id].claims)


@each_fact
def test_a_name_of_several_places_says_which_and_why(
    fact: Fact, records: dict[str, Record]
) -> None:
    for place in records[fact.id].where:
        if place.place in {"Kunduz", "Kabul"}:
            assert place.kind in {"settlement", "province"}
            assert place.because


def test_place_problems_are_inferences_and_places_abroad_only(located: LocatedTable) -> None:
    assert {problem.severity for problem in located.problems} == {"note"}
    named = {problem.record for problem in located.problems}
    assert named == {"incident 'shaba-base-attack-2022'", "incident 'isis-cells-us-2024'"}


def test_a_total_is_not_split_between_two_cities(records: dict[str, Record]) -> None:
    record = records["mazar-kunduz-attacks-2022"]
    figures = figures_of(record)
    assert (figures.low, figures.best, figures.high) == (20, None, None)
    assert figures.scope == "total"
    assert len(record.where) == 2


def test_killed_or_injured_is_not_killed(records: dict[str, Record]) -> None:
    record = records["nrf-attacks-annual-report-2024"]
    assert not figures_of(record, "killed").stated
    harmed = figures_of(record, "killed_or_injured")
    assert (harmed.low, harmed.best, harmed.high) == (400, None, None)


@pytest.mark.parametrize(
    ("record", "of"),
    [
        ("shaba-base-attack-2022", "taliban"),
        ("nrf-attacks-annual-report-2024", "taliban"),
        ("interior-ministry-attack-2024", "taliban"),
        ("zawahiri-drone-strike-2022", "al-qaeda"),
        ("mazar-kunduz-attacks-2022", None),
        ("massoud-assassination-2001", None),
    ],
)
def test_whose_losses_they_are(record: str, of: str | None, records: dict[str, Record]) -> None:
    with_figures = [c for c in records[record].claims if c.killed or c.killed_or_injured]
    assert {claim.of for claim in with_figures} == {of}


def test_a_remark_older_than_the_attack_does_not_contest_it(
    records: dict[str, Record], dossier: Dossier
) -> None:
    (claim,) = records["interior-ministry-attack-2024"].claims
    assert claim.date is not None
    assert claim.date.earliest == date(2024, 12, 28)
    remark = next(one for one in dossier.assessments if one.by == "united-states")
    assert remark.date is not None
    assert remark.date.earliest == date(2024, 12, 11)
    assert set(remark.about) == {"nrf", "aff", "other-armed-groups"}
    assert remark.source == NY_SUN


def test_a_general_denial_is_stated_once_and_referred_to(
    records: dict[str, Record], dossier: Dossier
) -> None:
    (key,) = dossier.statements
    referring = [
        record.id
        for record in records.values()
        if any(claim.statement == key for claim in record.claims)
    ]
    assert referring == [fact.id for fact in PRESENCE if fact.status == "disputed"]
    text = (DATA / "incidents.yaml").read_text("utf-8")
    assert text.count(dossier.statements[key].text) == 1


def test_isis_is_not_read_as_isis_k(records: dict[str, Record]) -> None:
    record = records["isis-cells-us-2024"]
    assert record.groups == ()
    assert "ISIS" in record.title
    assert record.note is not None
    assert "no branch" in record.note


def test_what_follows_from_attacks_is_not_put_in_the_speakers_mouth(
    records: dict[str, Record],
) -> None:
    record = records["isis-k-two-cities-2022"]
    assert "able to attack" in (record.note or "")
    assert all("able" not in claim.text for claim in record.claims)


def test_groups_without_a_name_are_said_as_the_source_says_them(dossier: Dossier) -> None:
    unnamed = {claim.id: claim.groups_said for claim in dossier.presence if not claim.groups}
    assert unnamed == {"twenty-one-groups-2024": "at least 21 groups, not named one by one"}


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("panjshir-stronghold-overrun-2021", "rear base"),
        ("northern-offensive-2022", "commanders"),
        ("shaba-base-attack-2022", "Ahmadi"),
        ("civilians-attacked-north-2022", "war crimes"),
        ("nrf-attacks-twenty-provinces-2024", "hundreds"),
        ("interior-ministry-attack-2024", "commanding officer"),
        ("isis-cells-us-2024", "Tajik nationals"),
        ("withdrawal-anniversary-2024", "third anniversary"),
        ("al-qaeda-new-bases-2024", "eight bases"),
        ("al-qaeda-countrywide-2024", "1990s"),
        ("isis-k-strength-2022", "2,200 members to almost 4,000"),
        ("twenty-one-groups-2024", "believed"),
        ("al-qaeda-taliban-ties-2023", "wins recruits"),
        ("foreign-plot-training-2025", "passports"),
        ("other-groups-2022", "do not coordinate"),
    ],
)
def test_details_are_kept(record: str, words: str, records: dict[str, Record]) -> None:
    assert words in " ".join(claim.text for claim in records[record].claims)


class Document(NamedTuple):
    """One of the articles, and words that its list of what it relays must hold."""

    key: str
    title: str
    author: str | None
    published: str
    relays: tuple[str, ...]


ARTICLES = (
    Document(
        NEW_AMERICAN,
        "Afghan Rebel Group Appeals to Biden for Support Against Taliban",
        "Luis Miguel",
        "2022-05-24",
        (FOX, "UN report of February 2022", "Stratfor Center", "Roger Baker"),
    ),
    Document(
        HUDSON,
        "NRF Warns of Al-Qaeda's Expansion in Afghanistan, Urges International Support",
        None,
        "2024~",
        ("visit to Washington", "UN report", "annual report"),
    ),
    Document(
        NY_SUN,
        "Afghan Resistance Says Al Qaeda and Taliban Must Be Unmasked as Supporters of New Terror "
        "Plots in the West",
        None,
        "2025-01~",
        ("statements on X", "House Foreign Affairs Committee"),
    ),
)


@pytest.mark.parametrize("expected", [pytest.param(a, id=a.key) for a in ARTICLES])
def test_sources_are_held(expected: Document, dossier: Dossier) -> None:
    source = dossier.sources[expected.key]
    assert (source.title, source.publisher) == (expected.title, PUBLISHERS[expected.key])
    assert (source.author, source.published.edtf) == (expected.author, expected.published)
    assert all(words in " ".join(source.relays) for words in expected.relays)
    assert source.note
    assert source.reliability == "F"
    assert source.independent_group is None


def test_there_are_three_sources_and_no_invented_address(dossier: Dossier) -> None:
    assert list(dossier.sources) == [NEW_AMERICAN, HUDSON, NY_SUN]
    assert "://" not in (DATA / "incidents.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("key", "name", "letter", "also"),
    [
        (
            "nrf",
            "National Resistance Front of Afghanistan",
            "N",
            {"National Resistance Front", "resistance front"},
        ),
        ("aff", "Afghanistan Freedom Front", "F", set()),
        ("taliban", "Taliban", "T", {"Taleban"}),
        ("al-qaeda", "Al-Qaeda", "Q", {"Al Qaeda", "al-Qaida", "AQ"}),
        (
            "isis-k",
            "Islamic State Khorasan Province",
            "I",
            {"ISKP", "ISIL-K", "IS-K", "Daesh-Khorasan"},
        ),
        ("other-armed-groups", "Other armed groups against the Taliban", "O", set()),
        ("united-states", "United States", "U", {"US"}),
    ],
)
def test_groups_are_held(
    key: str, name: str, letter: str, also: set[str], dossier: Dossier
) -> None:
    group = dossier.groups[key]
    assert (group.name, group.letter, set(group.also)) == (name, letter, also)


def test_there_are_seven_groups_and_no_two_look_alike(dossier: Dossier) -> None:
    groups = dossier.groups.values()
    assert len(groups) == 7
    assert len({group.letter for group in groups}) == 7
    assert len({group.colour for group in groups}) == 7


def test_office_holders_of_the_nrf_are_named(dossier: Dossier) -> None:
    note = dossier.groups["nrf"].note or ""
    assert all(n in note for n in ("Ahmad Massoud", "Ali Maisam Nazary", "Sibghatullah Ahmadi"))


def test_the_taliban_change_sides_of_the_state_in_2021(dossier: Dossier) -> None:
    before, after = dossier.groups["taliban"].roles
    assert (before.role, before.until and before.until.edtf) == ("rebel_group", "2021-08-14")
    assert (after.role, after.since and after.since.edtf) == ("state_forces", "2021-08-15")


def test_standing_assessments_are_held_and_not_on_the_map(
    dossier: Dossier, places: gpd.GeoDataFrame
) -> None:
    held = [(assessment.about[0], assessment.source) for assessment in dossier.assessments]
    assert held == [
        ("nrf", NEW_AMERICAN), ("nrf", NY_SUN), ("nrf", NY_SUN), ("isis-k", NEW_AMERICAN),
    ]  # fmt: skip
    assert set(places["record"]) == {fact.id for fact in (*INCIDENTS, *PRESENCE)}
    on_the_map = {claim.text for record in dossier.records for claim in record.claims}
    assert on_the_map.isdisjoint(assessment.text for assessment in dossier.assessments)


def test_every_reported_place_has_its_row(places: gpd.GeoDataFrame) -> None:
    assert len(places) == sum(len(fact.places) for fact in (*INCIDENTS, *PRESENCE))


def test_file_stays_pleasant_to_edit() -> None:
    lines = (DATA / "incidents.yaml").read_text("utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=incidents.schema.json"
    assert [number for number, line in enumerate(lines, 1) if len(line) > 100] == []
    assert [number for number, line in enumerate(lines, 1) if line != line.rstrip()] == []
