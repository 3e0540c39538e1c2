"""A report suggests records whose every value has its words, and fills in nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.labelled_reports import read_folder
from geo.documents.document import DocumentPart
from geo.events.parties.actors import Registry
from geo.reports.mentions import (
    DateMention,
    GroupMention,
    NumberMention,
    PlaceMention,
    SpeakerMention,
)
from geo.reports.report import Report, read_report
from geo.reports.suggestions import SuggestedClaim, SuggestedRecord, TextSpan
from geo.table.workspace import Workspace
from geo.workspace import open_workspace

LABELLED = Path(__file__).parent / "reports"
ARTICLES = LABELLED / "articles"
PUBLISHED = {
    "interview_2022": date(2022, 5, 24), "visit_2024": None, "newspaper_2025": date(2025, 1, 8),
}  # fmt: skip


@cache
def opened() -> tuple[Workspace, Registry]:
    workspace = open_workspace()
    folder = workspace.country.folder
    assert folder is not None
    return workspace, Registry.of_folder(folder, workspace.reading.dossier.groups)


def read(text: str, published: date | None = None, parts: tuple[DocumentPart, ...] = ()) -> Report:
    workspace, registry = opened()
    return read_report(
        text, published=published, country=workspace.country,
        dossier=workspace.reading.dossier, registry=registry, parts=parts,
    )  # fmt: skip


@cache
def article(name: str) -> Report:
    return read((ARTICLES / f"{name}.txt").read_text(), PUBLISHED[name])


def keys(record: SuggestedRecord) -> tuple[set[str], set[str]]:
    return (
        {one.group.key or one.group.name for one in record.groups},
        {one.group.key or one.group.name for one in record.against},
    )


def provinces(record: SuggestedRecord) -> set[str]:
    return {code[3:] for one in record.places for code in one.location.provinces}


def when(record: SuggestedRecord) -> str:
    return record.when.date.edtf if record.when else ""


def only(name: str, **wanted: object) -> SuggestedRecord:
    """The one record of an article that has these values."""
    found = [
        one
        for one in article(name).suggestions
        if all(_value(one, field) == value for field, value in wanted.items())
    ]
    assert len(found) == 1, [one.title for one in article(name).suggestions]
    return found[0]


def _value(record: SuggestedRecord, field: str) -> object:
    if field == "by":
        return keys(record)[0]
    if field == "provinces":
        return provinces(record)
    if field == "presence":
        return record.event.presence if record.event else None
    return when(record) if field == "when" else getattr(record, field)


def claims(record: SuggestedRecord) -> dict[tuple[str, str], str]:
    """Role by speaker and kind of claim."""
    return {(one.by, one.says): one.role or "" for one in record.claims}


def test_the_offensive_is_one_record_of_four_provinces_with_its_denial() -> None:
    record = only("interview_2022", by={"nrf"}, kind="incident")
    assert provinces(record) == {"PAN", "BGL", "TAK", "BDS"}
    assert {one.location.precision for one in record.places} == {"province"}
    assert keys(record)[1] == {"taliban"}
    assert claims(record) == {
        ("nrf", "responsibility"): "acting_party",
        ("taliban", "denial"): "opposing_party",
        ("taliban", "acknowledgement"): "opposing_party",
    }
    assert not [one for claim in record.claims for one in claim.figures]


def test_a_total_of_two_cities_is_one_record_and_is_not_split() -> None:
    record = only("interview_2022", by={"isis-k"}, kind="incident")
    assert [one.location.name for one in record.places] == ["Mazar-i-Sharif", "Kunduz"]
    assert {one.location.precision for one in record.places} == {"settlement"}
    assert when(record) == "2022-04-21/2022-04-30"
    figures = [(claim.by, one.number) for claim in record.claims for one in claim.figures]
    assert [(by, one.low, one.best, one.of_what) for by, one in figures] == [
        ("", 20, None, "killed")
    ]
    assert claims(record)["isis-k", "responsibility"] == "acting_party"


def test_a_base_is_placed_by_inference_only_and_its_figure_is_the_partys() -> None:
    record = only("interview_2022", by={"taliban"}, kind="incident", provinces={"PAN"})
    assert [one.location.status for one in record.places] == ["inferred"]
    (claim,) = record.claims
    assert (claim.by, claim.role, claim.via) == ("nrf", "opposing_party", "Twitter")
    assert [one.number.best for one in claim.figures] == [8]


def test_attacks_on_civilians_are_a_record_of_their_own() -> None:
    record = only("interview_2022", by={"taliban"}, kind="incident", when="2022-21")
    assert keys(record)[1] == {"civilians"}
    assert record.event is not None
    assert record.event.event_type == "Violence against civilians"
    assert {one.location.precision for one in record.places} == {"region"}
    assert claims(record) == {("nrf", "occurrence"): "opposing_party"}


@pytest.mark.parametrize("name", ["interview_2022", "visit_2024"])
def test_an_assassination_without_a_place_gets_none_from_the_sentence(name: str) -> None:
    record = only(name, by={"al-qaeda"}, kind="incident")
    assert (record.places, when(record)) == ((), "2001-09-09")
    assert [one.number.best for claim in record.claims for one in claim.figures] == [1]


def test_presence_claims_keep_their_kind_speaker_and_denial() -> None:
    found = [one for one in article("visit_2024").suggestions if one.kind == "presence"]
    of_qaeda = [one for one in found if keys(one)[0] == {"al-qaeda"}]
    kinds = [one.event.presence if one.event else "" for one in of_qaeda]
    assert kinds == ["activity", "training_site", "activity", "activity", "influence"]
    assert [{claim.by for claim in one.claims if claim.says == "presence"} for one in of_qaeda] == [
        {"nrf"}, {"nrf"}, {"nrf"}, {"nrf"}, {"united-nations"},
    ]  # fmt: skip
    assert all(("taliban", "denial") in claims(one) for one in of_qaeda)
    assert provinces(of_qaeda[0]) == {"PAN"}
    assert of_qaeda[2].places[0].location.precision == "region"


def test_killed_or_injured_is_not_killed() -> None:
    record = only("visit_2024", kind="incident", when="2023-03-21/2024-03-18")
    figures = [one.number for claim in record.claims for one in claim.figures]
    assert [(one.low, one.best, one.of_what) for one in figures] == [
        (401, None, "killed_or_injured")
    ]
    assert keys(record) == ({"nrf"}, {"taliban"})


def test_a_day_of_announcement_is_asked_about_and_not_the_day_of_the_attack() -> None:
    record = only("newspaper_2025", by={"nrf"}, kind="incident")
    assert record.when is not None
    assert record.when.date.edtf == ""
    assert [one.edtf for one in record.when.date.candidates] == ["2024-12-28"]
    assert "The text dates the statement, not the event. When did it happen?" in record.questions
    assert keys(record)[1] == {"taliban"}
    assert [one.number.best for claim in record.claims for one in claim.figures] == [10]


def test_other_countries_and_general_judgements_are_kept_apart_at_the_end() -> None:
    apart = [one.apart for one in article("newspaper_2025").suggestions]
    assert {"outside", "general"} <= set(apart)
    assert apart == sorted(apart, key=bool)
    assert not [one for one in article("interview_2022").suggestions if one.apart == "outside"]


def test_a_release_about_two_events_gives_two_records_and_one_told_twice_gives_one() -> None:
    text = (
        "Two Taliban Leaders Killed in Helmand\n\nKABUL, Afghanistan (Oct. 3, 2012) - Coalition "
        "forces killed two Taliban leaders in Nad-e Ali district, Helmand province, yesterday. The "
        "two leaders were killed when they fired on the force.\n\nIn Zhari district, Kandahar "
        "province, one insurgent was detained on Monday."
    )
    first, second = read(text).suggestions
    assert (provinces(first), when(first)) == ({"HEL"}, "2012-10-02")
    assert (provinces(second), when(second)) == ({"KAN"}, "2012-10-01")
    assert [one.number.best for claim in first.claims for one in claim.figures] == [2]


def test_each_message_of_a_channel_has_its_own_day() -> None:
    post = "The NRF attacked a Taliban base in Takhar province yesterday."
    text = f"{post}\n\n{post}"
    at = len(post) + 2
    days = (date(2022, 5, 3), date(2022, 6, 3))
    parts = (
        DocumentPart(0, len(post), published=days[0]),
        DocumentPart(at, len(text), published=days[1]),
    )
    report = read(text, parts=parts)
    assert [when(one) for one in report.suggestions] == ["2022-05-02", "2022-06-02"]
    for one in report.mentions:
        assert text[one.start : one.end] == one.text
    assert faults(text, report) == []


# No value without a passage


def _values(record: SuggestedRecord) -> Iterator[tuple[object, tuple[TextSpan, ...]]]:
    """Each value of a record with its passages."""
    yield from ((one.location, one.passages) for one in record.places)
    yield from ((one.group, one.passages) for one in (*record.groups, *record.against))
    yield from ((figure.number, figure.passages) for one in record.claims for figure in one.figures)


def faults(text: str, report: Report) -> list[str]:
    """What breaks the promise that every value comes from its words."""
    read_as: dict[tuple[int, int], list[object]] = {}
    for one in report.mentions:
        value = one.value.location if isinstance(one.value, PlaceMention) else one.value
        read_as.setdefault((one.start, one.end), []).append(value)
    speakers = {one.value.name for one in report.mentions if isinstance(one.value, SpeakerMention)}
    found: list[str] = []
    for record in report.suggestions:
        found += _of_values(record, read_as)
        found += _of_date(record, read_as)
        found += [fault for claim in record.claims for fault in _of_claim(claim, speakers, text)]
    return found


def _of_values(
    record: SuggestedRecord, read_as: dict[tuple[int, int], list[object]]
) -> Iterator[str]:
    for value, passages in _values(record):
        meant = [one for span in passages for one in read_as.get((span.start, span.end), [])]
        is_civilians = isinstance(value, GroupMention) and value.key == "civilians"
        if not passages or not (value in meant or is_civilians or _same_name(value, meant)):
            yield f"{value} is not in its passages"


def _of_date(
    record: SuggestedRecord, read_as: dict[tuple[int, int], list[object]]
) -> Iterator[str]:
    if record.when is None:
        return
    spans = [(one.start, one.end) for one in record.when.passages]
    days = [one for span in spans for one in read_as.get(span, []) if isinstance(one, DateMention)]
    stated = {one.edtf for one in days} | {c.edtf for one in days for c in one.candidates}
    suggested = {record.when.date.edtf, *(one.edtf for one in record.when.date.candidates)}
    # "It began on Thursday and ended on Sunday": the ends of a time can be in two passages.
    ended = {one for one in suggested if "/" in one and set(one.split("/")) <= stated}
    # "Held since Monday" began on that day.
    begun = {one.partition("/")[0] for one in stated if one.endswith("/..")}
    if not spans or not suggested - ended - begun - {""} <= stated:
        yield f"{suggested} is not in its passages"


def _of_claim(claim: SuggestedClaim, speakers: set[str], text: str) -> Iterator[str]:
    spans = [(one.start, one.end) for one in claim.passages]
    if not spans or not all(text[start:end] for start, end in spans):
        yield f"{claim} has no passage"
    if claim.by and claim.by not in speakers:
        yield f"{claim.by} does not speak"
    for at in (span for figure in claim.figures for span in figure.passages):
        if not any(start <= at.start and at.end <= end for start, end in spans):
            yield f"{at} is not in the passages of its claim"


def _same_name(value: object, meant: list[object]) -> bool:
    """Whether a place or group is another mention's of the same name, told in other words."""
    names = {getattr(one, "name", None) for one in meant}
    return not isinstance(value, NumberMention) and getattr(value, "name", "") in names


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_value_of_an_article_is_without_its_words(name: str) -> None:
    text = (ARTICLES / f"{name}.txt").read_text()
    assert faults(text, article(name)) == []


WHO = (
    "The NRF",
    "Taliban fighters",
    "ISIS-K",
    "Police",
    "Gunmen",
    "Afghan forces",
    "He",
    "The group",
)
DID = (
    "attacked a Taliban base", "killed {n} civilians", "clashed with the Taliban",
    "claimed the attack", "denied the report", "said that {n} soldiers were wounded",
    "detained {n} suspects", "said nothing", "have set up training camps",
    "acknowledged the deaths of {n} men", "shelled the post",
)  # fmt: skip
WHERE = (
    "in Kunduz",
    "in Nahr-e Saraj district, Helmand province",
    "in Takhar and Badakhshan",
    "",
    "in Los Angeles",
)
WHEN = ("yesterday", "on 3 May 2022", "in late April", "last night", "", "on Monday")
NUMBER = ("two", "at least 20", "dozens of", "several", "14", "between 5 and 7", "no")
JOINT = (
    ". ",
    ", a spokesman said. ",
    ".\n\n",
    "; ",
    ", according to residents. ",
    '. "It is so," he said. ',
)
SENTENCE = st.builds(
    lambda who, did, n, where, at, joint: f"{who} {did.format(n=n)} {where} {at}{joint}",
    *map(st.sampled_from, (WHO, DID, NUMBER, WHERE, WHEN, JOINT)),
)
DOCUMENT = st.lists(SENTENCE | st.text(max_size=40), min_size=1, max_size=8).map("".join)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["dev", "unseen"])
def test_no_value_of_a_labelled_report_is_without_its_words(folder: str) -> None:
    wrong = [
        fault
        for one in read_folder(LABELLED / folder)
        for fault in faults(one.text, read(one.text, None if one.in_text else one.published))
    ]
    assert wrong == []


@pytest.mark.slow
@settings(max_examples=150)
@given(DOCUMENT)
def test_no_value_of_any_document_is_without_its_words(text: str) -> None:
    report = read(text, date(2022, 5, 24))
    for one in report.mentions:
        assert text[one.start : one.end] == one.text
    assert faults(text, report) == []


SILENT = st.lists(
    st.builds(
        lambda who, did, n, where: f"{who} {did.format(n=n)} {where}. ",
        st.sampled_from(WHO), st.sampled_from(DID),
        st.sampled_from(("dozens of", "several", "no", "some", "many of the")),
        st.sampled_from(WHERE),
    ),
    min_size=1, max_size=6,
).map("".join)  # fmt: skip


@settings(max_examples=60)
@given(SILENT)
def test_a_figure_that_is_not_stated_is_never_filled(text: str) -> None:
    for record in read(text, date(2022, 5, 24)).suggestions:
        for claim in record.claims:
            for one in claim.figures:
                assert (one.number.low, one.number.best, one.number.high) == (None, None, None)
                assert one.number.question


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["killed and ", "1,", "Police said Taliban killed 5 men. ", "\n- "]
)
def test_a_long_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    assert faults(text, read(text, date(2022, 5, 24))) == []
