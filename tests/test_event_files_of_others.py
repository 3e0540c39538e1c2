"""Event files as others publish them: whatever a row says, it never leads where it does not say."""

from __future__ import annotations

from functools import partial

import events as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import IntakeError
from geo.exchange.importing import import_file
from geo.exchange.mapping import ColumnMapping
from geo.exchange.names import Names
from geo.exchange.recognise import ACLED, UCDP

ABROAD = ("Islamabad", "Tehran", "Peshawar", "Lahore", "Mashhad", "Sindh", "Lusaka", "Bay")
"""Names of first-order units and cities of other countries, as regional files have them."""


@pytest.fixture
def read(country, data_folder):
    return partial(import_file, country=country, registry=made.registry(data_folder))


def table(rows, columns="date,province,place,country,lat,lon"):
    return "\n".join((columns, *rows)).encode()


def mapping(columns="date,province,place,country,lat,lon"):
    names = columns.split(",")
    return ColumnMapping.parse([f"{name}={name}" for name in names], names)


def places(found):
    return [(one["precision"], one["province"], one["off"]) for one in found.events.to_pylist()]


@pytest.mark.parametrize("name", ABROAD)
def test_a_place_abroad_is_no_province_and_no_district(country, name):
    names = Names(country)
    assert names._province(name) == -1  # noqa: SLF001 - the one question that crashed
    assert names._district(name, "AF-KDZ") == -1  # noqa: SLF001


def test_rows_of_other_countries_are_outside_and_never_drawn(read):
    rows = [
        made.acled(event_id_cnty=f"X{at}", country=country, admin1=name, admin2="", location=name,
                   latitude=lat, longitude=lon, geo_precision=code)
        for at, (country, name, lat, lon, code) in enumerate((
            ("Pakistan", "Islamabad", "33.70", "73.06", "1"),
            ("Iran", "Tehran", "35.69", "51.39", "3"),
            ("Somalia", "Bay", "3.11", "43.65", "2"),
            ("Pakistan", "Kunduz", "33.70", "73.06", "1"),
            ("Afghanistan", "Kunduz", "36.73", "68.87", "1"),
        ))
    ]  # fmt: skip
    found = read(made.csv_bytes(rows, ACLED))
    assert [off for _, _, off in places(found)] == ["outside"] * 4 + [""]
    assert places(found)[-1] == ("settlement", "AF-KDZ", "")
    assert [one["lat"] for one in found.events.to_pylist()[:4]] == [None] * 4


@pytest.mark.parametrize("name", ABROAD)
def test_a_place_never_leads_abroad_against_the_province_or_country_of_its_row(read, name):
    rows = (f"2022-01-01,Laghman,{name},,,", f"2022-01-02,,{name},Afghanistan,,",
            f"2022-01-03,{name},Somewhere,,,", f"2022-01-04,{name},Somewhere,Afghanistan,,",
            f"2022-01-05,Laghman,{name},AFG,,")  # fmt: skip
    found = read(table(rows), mapping=mapping())
    kept = places(found)
    assert all(off != "outside" for _, _, off in kept)
    if name not in {"Mashhad", "Bay"}:  # The country has places of these names as well.
        assert {province for _, province, _ in kept} == {"AF-LAG", ""}
    assert all(precision in {"settlement", "district", "province"} for precision, *_ in kept[::4])
    doubted = {doubt["row"] for doubt in found.doubts.to_pylist()}
    undrawn = {at for at, (_, _, off) in enumerate(kept, start=1) if off}
    assert undrawn <= doubted


def test_a_row_that_names_another_country_is_not_looked_up_in_this_one(read):
    rows = ("2022-01-01,Punjab,Kabul,Pakistan,,", "2022-01-02,Kunduz,Imam Sahib,Tajikistan,,")
    found = read(table(rows), mapping=mapping())
    assert places(found) == [("unknown", "", "outside")] * 2
    assert found.doubts.num_rows == 0


CELLS = st.one_of(
    st.sampled_from([
        *ABROAD, "", "NA", "No Information", "Pakistan", "Afghanistan", "Kunduz", "Unknown", "-",
        "Punjab (IN)", "Badghis - Hirat highway", "Shaba base", "the north", "AF-KDZ", "AF1905",
        "33.94", "1e308", "5", "(6) Country", "0", "الخرطوم", "\u202eabc", "x" * 300, "\x00",
        "=1+1", "{{7*7}}", "\ud7ff\U0010ffff",
    ]),
    st.text(st.characters(codec="utf-8"), max_size=20),
)  # fmt: skip


def changed(columns):
    return st.lists(st.dictionaries(st.sampled_from(columns), CELLS, max_size=6), max_size=4)


def accounted(found, rows):
    assert found.events.num_rows + found.rejected_rows == found.rows == rows
    for event in found.events.to_pylist():
        assert (event["off"] == "outside") <= (event["province"] == "")
        assert (event["lat"] is None) or event["province"]


def test_rows_of_others_with_any_words_are_kept_or_rejected_and_nothing_else(read):
    columns = "date,province,place,country,lat,lon,district,precision,killed,killed_low,killed_high"
    names = columns.split(",")

    @settings(max_examples=150, deadline=None)
    @given(changed(ACLED), changed(UCDP), changed(names))
    def only_rows(acled, ucdp, rows):
        for changes, make, order in ((acled, made.acled, ACLED), (ucdp, made.ucdp, UCDP)):
            accounted(read(made.csv_bytes([make(**one) for one in changes], order)), len(changes))
        whole = made.csv_bytes([{"date": "2022-01-01"} | one for one in rows], names)
        accounted(read(whole, mapping=mapping(columns)), len(rows))

    only_rows()


def test_whatever_headings_a_file_has_it_is_read_or_refused_in_words(read):
    headings = st.lists(st.one_of(st.sampled_from([*ACLED, *UCDP, "date"]), CELLS), max_size=30)

    @settings(max_examples=150, deadline=None)
    @given(headings, st.integers(0, 2))
    def in_words(names, rows):
        line = ",".join(f'"{name}"' for name in names)
        data = "\n".join([line, *[",".join(["1"] * len(names))] * rows]).encode()
        try:
            found = read(data)
        except IntakeError:
            return
        assert found.events.num_rows + found.rejected_rows == found.rows

    in_words()
