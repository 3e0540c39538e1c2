"""The labels of the reports are valid, so that a score measured with them means something."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from benchmarks.labelled_reports import Figure, LabelError, labelled, read_folder
from benchmarks.reading_values import same_days
from benchmarks.report_families import read_families
from geo.dossier.periods import period
from geo.dossier.records import ClaimKind, PlaceKind
from geo.events.parties.actors import Registry
from geo.reports.mentions import Counted
from geo.workspace import open_workspace

FOLDERS = ("dev", "unseen")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLACES_WITHOUT_PROVINCE = {"outside", "country", "region", "none"}


@pytest.fixture(scope="module")
def reports(root):
    return [one for name in FOLDERS for one in read_folder(root / "tests" / "reports" / name)]


def labels_of(reports, kind):
    return [(report, one) for report in reports for one in report.labels if one.kind == kind]


def test_there_are_a_hundred_reports_to_develop_with_and_each_has_its_own_name(root, reports):
    for name in FOLDERS:
        folder = root / "tests" / "reports" / name
        assert sorted(one.id for one in read_folder(folder)) == sorted(
            path.stem for path in folder.glob("*.txt")
        )
    assert len(read_folder(root / "tests" / "reports" / "dev")) >= 100
    assert len({one.id for one in reports}) == len(reports)
    assert all(20 <= len(one.text.split()) <= 500 for one in reports)


def test_all_provinces_and_every_way_to_publish_occur(reports, country):
    codes = {one.code.removeprefix("AF-") for one in country.provinces}
    assert {code for report in reports for code in report.provinces} == codes
    assert any(one.published is None for one in reports)
    assert any(one.in_text for one in reports)


def test_every_label_holds_its_words(reports):
    for report in reports:
        assert not set("{|}") & set(report.text), report.id
        for one in report.labels:
            assert report.text[one.start : one.end] == one.text, report.id
            assert one.text == one.text.strip() != "", (report.id, one)


def test_every_place_is_in_a_known_province_and_of_a_known_kind(reports, country):
    known = {one.code.removeprefix("AF-") for one in country.provinces}
    kinds = set(get_args(PlaceKind))
    for report, one in labels_of(reports, "place"):
        for value in one.values:
            where, _, codes = value.partition(":")
            assert where in known | PLACES_WITHOUT_PROVINCE, (report.id, one)
            assert set(codes.split(",")) - {""} <= known, (report.id, one)
        assert set(one.also) <= kinds, (report.id, one)
        assert bool(one.also) <= (one.values[0] in known), (report.id, one)


def test_every_group_and_speaker_has_a_known_key(reports, keys):
    for kind in ("group", "speaker"):
        for report, one in labels_of(reports, kind):
            assert set(one.values) <= keys | {"-", "none"}, (report.id, one)
    says = {*get_args(ClaimKind), "-"}
    for report, one in labels_of(reports, "speaker"):
        assert set(one.also) <= says, (report.id, one)
        assert one.also, (report.id, one)


@pytest.fixture(scope="module")
def keys(root):
    groups = open_workspace(root / "data").reading.dossier.groups
    registry = Registry.of_folder(root / "data", groups)
    return {*groups, *(one.key for one in registry.entries if one.key)}


def test_every_date_is_valid_and_a_weekday_is_that_day(reports):
    for report, one in labels_of(reports, "date"):
        periods = [period(value) for value in one.values]
        assert all(each.earliest or each.latest for each in periods), (report.id, one)
        named = [at for at, day in enumerate(WEEKDAYS) if day in one.text]
        if len(named) == 1 and one.values and "/" not in one.values[0] and len(one.values) == 1:
            assert periods[0].earliest.weekday() == named[0], (report.id, one)


def test_every_number_is_of_a_known_kind_and_in_order(reports):
    for report, one in labels_of(reports, "number"):
        assert set(one.also) <= {*get_args(Counted), "none"}, (report.id, one)
        for value in one.values:
            figure = Figure.of(value)
            stated = [n for n in (figure.low, figure.best, figure.high) if n is not None]
            assert stated == sorted(stated), (report.id, one)


def test_every_event_is_of_what_the_text_is_labelled_with(reports, country, keys):
    known = {one.code.removeprefix("AF-") for one in country.provinces}
    others = {"civilians", "ngo", "un", "state", "media", "witness"}
    for report in reports:
        named = {v for one in report.labels if one.kind == "place" for v in one.values}
        for event in report.events:
            assert event.provinces <= known, report.id
            assert event.provinces <= named, report.id
            assert {one.lstrip("~") for one in event.where} <= known | PLACES_WITHOUT_PROVINCE
            for value in event.when:
                assert period(value).earliest, report.id
            parties = {one.lstrip("~") for one in (*event.by, *event.against, *event.said_by)}
            assert parties <= keys | others, (report.id, parties - keys - others)
        assert set(report.apart) <= {"general", "outside", "general, outside"}, report.id


def test_the_figures_of_the_events_are_labelled_in_the_text(reports):
    for report in reports:
        stated = {
            (counted, Figure.of(value))
            for one in report.labels if one.kind == "number"
            for counted in one.also
            for value in one.values or ("open",)
        }  # fmt: skip
        for event in report.events:
            for figure in event.figures:
                assert figure in stated, (report.id, figure)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{Kabul|p KAB", "has no end"),
        ("Kabul|p KAB}", "nothing is opened"),
        ("{Kabul|x KAB}", "is not a label"),
        ("{Kabul|p}", "is not a label"),
    ],
)
def test_a_label_that_cannot_be_read_is_reported(body, message):
    with pytest.raises(LabelError, match=message):
        labelled(f"---\nid: x\nstyle: x\npublished: none\n---\n{body}\n")


def test_a_head_that_cannot_be_read_is_reported():
    with pytest.raises(LabelError, match="day of publication"):
        labelled("---\nid: x\nstyle: x\npublished: May\n---\nText\n")
    with pytest.raises(LabelError, match="not a part of an event"):
        labelled("---\nid: x\nstyle: x\npublished: none\nevent: HEL\n---\nText\n")
    with pytest.raises(LabelError, match=re.escape("'many' is not a figure")):
        labelled("---\nid: x\nstyle: x\npublished: none\nevent: killed=many\n---\nText\n")


def test_there_are_thirty_families_of_one_origin_and_fifteen_independent_pairs(root):
    families = read_families(root / "tests" / "reports" / "families")
    of_one = [one for one in families if one.kind == "one origin"]
    independent = [one for one in families if one.kind == "independent"]
    assert len(of_one) >= 30
    assert len(independent) >= 15
    assert len({one.id for one in families}) == len(families)
    assert all(2 <= len(one.reports) <= 4 for one in of_one)
    assert all(len(one.reports) == 2 for one in independent)
    for one in families:
        assert len({report.source for report in one.reports}) == len(one.reports), one.id
        assert all(30 <= len(report.text.split()) <= 120 for report in one.reports), one.id
    unnamed = [report for one in of_one for report in one.reports if not report.names_its_source]
    assert len(unnamed) >= 30


def test_the_dates_of_the_events_are_labelled_in_the_text(reports):
    for report in reports:
        labelled_days = [v for one in report.labels if one.kind == "date" for v in one.values]
        for event in report.events:
            if event.when:
                assert any(same_days(one, labelled_days) for one in event.when), report.id
