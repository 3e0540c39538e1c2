"""Event files as others publish them: whatever a row says, it never leads where it does not say."""

from __future__ import annotations

from functools import partial

import events as made
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import times

from geo.errors import IntakeError
from geo.events.columns.columns import CodedColumn
from geo.events.columns.formats import ACLED, UCDP
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.placing.place_names import ColumnGazetteer

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
    names, column = ColumnGazetteer(country), CodedColumn.same(name, 1)
    assert names.provinces(column).tolist() == [-1]
    kunduz = np.array([list(country.provinces.codes).index("AF-KDZ")], np.int32)
    assert names.districts(column, column.codes, kunduz)[0].tolist() == [-1]


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


POINT = "date,province,district,place,lat,lon,precision"
KUNDUZ = "2022-01-01,Kunduz,Imam Sahib,Imam Sahib,37.1893,68.9364,"
IMAM_SAHIB = "AF1905"


def of_precision(read, code, *others, heading="precision", more=()):
    columns = POINT.replace("precision", heading)
    said = ColumnMapping.parse(
        [f"precision={heading}", *(f"{one}={one}" for one in POINT.split(",")[:-1]), *more],
        columns.split(","),
    )
    rows = (f'{KUNDUZ}"{code}"', *(f'{KUNDUZ}"{other}"' for other in others))
    return read(table(rows, columns), mapping=said)


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        ("(1) Exact", "settlement"), ("(2) 25 km precision ", "near"), ("(6) Country", "country"),
        ("(3) District, commune", "district"), ("(4) Province, State, Governorate", "province"),
        ("(5) Linear feature e.g. along a road or river", "district"), ("ADM1", "province"),
        ("(7) Estimated Sea/Air Coordinates", "unknown"), ("censored", "unknown"),
        ("admin level 2", "district"), ("adm_1", "province"), ("City", "settlement"),
        ("village", "settlement"), ("Approximate city centre", "near"), ("national", "country"),
        ("100 km", "province"), ("town or district", "district"), ("No Information", "near"),
        ("1", "settlement"), ("2.0", "near"), ("settlement", "settlement"), ("Exact", "settlement"),
    ],
)  # fmt: skip
def test_the_precision_of_others_is_read_in_their_words(read, code, precision):
    found = of_precision(read, code)
    event = made.first(found)
    assert event["precision"] == precision
    assert (event["lat"] is not None) == (precision in {"settlement", "near"})
    assert found.doubts.num_rows == (1 if code.startswith("(5)") else 0)


@pytest.mark.parametrize(
    ("heading", "others", "precision", "doubted"),
    [
        ("where_prec", (), "district", False), ("geo_precision", (), "province", False),
        ("Geo Precision", ("1", "6"), "district", False), ("precision", ("4",), "district", False),
        ("precision", ("1", "2"), "province", True), ("specificity", ("5",), "district", False),
    ],
)  # fmt: skip
def test_a_three_is_what_heading_and_numbers_show_or_the_coarser_with_a_doubt(
    read, heading, others, precision, doubted
):
    found = of_precision(read, "3", *others, heading=heading)
    assert made.first(found)["precision"] == precision
    told = [doubt["reason"] for doubt in found.doubts.to_pylist()]
    assert any("a district for UCDP GED and a province for ACLED" in one for one in told) == doubted


def test_a_precision_that_nobody_knows_keeps_the_row_and_can_be_given_a_meaning(read):
    found = of_precision(read, "high")
    assert (found.rejected_rows, made.first(found)["precision"]) == (0, "province")
    assert "Give it a meaning with precision:TEXT=WORD" in found.doubts["reason"][0].as_py()
    known = of_precision(read, "high", more=["precision:high=settlement", '"precision:a,b=near"'])
    assert (known.doubts.num_rows, made.first(known)["precision"]) == (0, "settlement")
    said = ColumnMapping({"precision": "p"}, {}, {}, {"high, so": "near", "p=1": "district"})
    assert ColumnMapping.parse([str(said)], ["p"]) == said
    with pytest.raises(IntakeError, match="expected precision:TEXT=WORD with one of exact"):
        ColumnMapping.parse(["precision:high=fine"], ["p"])


def test_cells_that_only_say_that_nothing_is_known_are_empty(read):
    columns = "date,province,district,place,country,lat,lon"
    nothing = ("No Information", "NA", "-", "unknown", "n/a", "None")
    rows = [f"2022-01-01,{one},{one},{one},{one},37.1893,68.9364" for one in nothing]
    names = columns.split(",")
    near = [*(f"{one}={one}" for one in names), "precision==near"]
    found = read(table(rows, columns), mapping=ColumnMapping.parse(near, names))
    assert found.doubts.num_rows == found.unknown.num_rows == 0
    assert {(one["place_text"], one["province"]) for one in found.events.to_pylist()} == {
        ("", "AF-KDZ")
    }
    assert found.events["original:place"].to_pylist() == list(nothing)
    assert found.events.to_pandas()["place_text"].tolist() == [""] * len(nothing)


def test_what_only_says_that_nothing_is_known_is_no_name_in_any_format(read):
    row = made.acled(geo_precision="2", admin2="Imam Sahib", location="NA")
    event = made.first(read(made.csv_bytes([row], ACLED)))
    assert (event["precision"], event["place_text"]) == ("district", "")
    row = made.ucdp(where_prec="5", adm_2="No Information", where_coordinates="Unknown")
    found = read(made.csv_bytes([row], UCDP))
    assert made.first(found)["precision"] == "province"
    assert "district" not in found.unknown["what"].to_pylist()


def at_point(read, rows):
    columns = "date,province,place,lat,lon"
    return read(table([f"2022-01-01,{row}" for row in rows], columns), mapping=mapping(columns))


def test_the_middle_of_the_country_is_never_a_place(read, country):
    middle = country.provinces.whole.centroid
    for lat, lon in ((33.94, 67.71), (33.93911, 67.709953), (33, 65), (middle.y, middle.x)):
        found = at_point(read, [f",,{lat},{lon}", f",No Information,{lat},{lon}"])
        assert places(found) == [("country", "", "country")] * 2
        assert {one["reason"] for one in found.doubts.to_pylist()} == {
            "the point is the centre of the country, not a place; the row is not drawn as a point"
        }
    named = at_point(read, ["Kunduz,,33.94,67.71"])
    assert places(named) == [("province", "AF-KDZ", "")]


def test_the_middle_of_a_province_is_the_province_unless_a_town_is_there(read, country):
    for province in country.provinces:
        centre = province.outline.centroid
        rows = [f",,{centre.y:.3f},{centre.x:.3f}", f"{province.name},,{centre.y},{centre.x}"]
        found = at_point(read, rows)
        assert places(found) == [("province", province.code, "")] * 2
        assert found.doubts.num_rows == 2
    town = at_point(read, [",Imam Sahib,37.1893,68.9364", "Kunduz,Kunduz,36.73,68.87"])
    assert [precision for precision, *_ in places(town)] == ["near", "near"]
    assert town.doubts.num_rows == 0


def test_a_point_without_a_place_is_the_finest_unit_that_the_row_names_or_lies_in(read):
    columns = "date,province,district,place,lat,lon,precision"
    here = "37.12,68.80,"
    rows = [f"Kunduz,,,{here}", f"Kunduz,Imam Sahib,,{here}", f",Imam Sahib,NA,{here}",
            f",,,{here}", f"Kunduz,,A yard,{here}", f"Kunduz,,,{here}near", "Helmand,,,37.0,68.7,",
            ",,,24.86,67.01,"]  # fmt: skip
    data = table([f"2022-01-01,{row}" for row in rows], columns)
    found = read(data, mapping=mapping(columns))
    assert places(found) == [
        ("province", "AF-KDZ", ""), ("district", "AF-KDZ", ""), ("district", "AF-KDZ", ""),
        ("province", "AF-KDZ", ""), ("near", "AF-KDZ", ""), ("near", "AF-KDZ", ""),
        ("province", "AF-HEL", ""), ("unknown", "", "outside"),
    ]  # fmt: skip
    doubted = {doubt["row"] for doubt in found.doubts.to_pylist()}
    assert doubted == {1, 2, 3, 4, 7}
    # Where the table has no column for a place, an empty one says nothing.
    bare = "date,province,lat,lon"
    found = read(table([f"2022-01-01,Kunduz,{here[:-1]}"], bare), mapping=mapping(bare))
    assert places(found) == [("near", "AF-KDZ", "")]


def test_one_point_with_several_provinces_is_no_place(read):
    here = "37.05,68.75"
    found = at_point(read, [f"Kunduz,A yard,{here}", f"Takhar,B yard,{here}", f"Kunduz,,{here}"])
    assert places(found) == [
        ("province", "AF-KDZ", ""), ("province", "AF-TAK", ""), ("province", "AF-KDZ", ""),
    ]  # fmt: skip
    assert found.doubts.num_rows >= 3
    slip = at_point(read, [*[f"Kunduz,A yard,{here}"] * 9, f"Takhar,A yard,{here}"])
    assert [precision for precision, *_ in places(slip)] == ["near"] * 9 + ["province"]


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


@pytest.mark.slow
def test_rows_of_others_with_any_words_are_kept_or_rejected_and_nothing_else(read):
    columns = "date,province,place,country,lat,lon,district,precision,killed,killed_low,killed_high"
    names = columns.split(",")

    @settings(max_examples=times(50, 1_000), deadline=None)
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
