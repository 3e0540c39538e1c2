"""Files of GTD and of Insecurity Insight are recognised, and never drawn finer than they say."""

from __future__ import annotations

from typing import Any

import events as made
import pytest

from geo.errors import IntakeError
from geo.events.columns.formats import recognise
from geo.events.importing.importing import ImportedEvents, id_column, import_file

GTD_ROW = {
    "eventid": "202105240001", "iyear": "2021", "imonth": "5", "iday": "24", "approxdate": "",
    "extended": "0", "resolution": "", "country": "4", "country_txt": "Afghanistan",
    "region_txt": "South Asia", "provstate": "Kunduz", "city": "Imam Sahib", "latitude": "37.1893",
    "longitude": "68.9364", "specificity": "1", "vicinity": "0", "location": "",
    "summary": "05/24/2021: An invented text.", "doubtterr": "0",
    "attacktype1_txt": "Bombing/Explosion", "targtype1_txt": "Police", "gname": "Taliban",
    "gsubname": "", "gname2": "", "gname3": "", "guncertain1": "0", "nkill": "3", "nwound": "",
    "scite1": '"An invented headline," An Invented Paper, May 25, 2021.',
}  # fmt: skip
INSIGHT_ROW = {
    "Date": "2023-02-01", "Event Description": "An invented text.", "Country": "Afghanistan",
    "Country ISO": "AFG", "Admin 1": "Kunduz Province", "Latitude": "36.73",
    "Longitude": "68.87", "Geo Precision": "(2) 25 km precision ",
    "Location of event": "Education Building ", "Reported Perpetrator": "Police",
    "Reported Perpetrator Name": "Islamic Emirate of Afghanistan", "Weapon Carried/Used": "Arson",
    "Educators Killed": "0", "Students Killed": "0", "SiND Event ID": "44001",
}  # fmt: skip


def read(country, data_folder, row: dict[str, str], **changes: str) -> ImportedEvents:
    row = row | changes
    return import_file(made.csv_bytes([row], row), country, made.registry(data_folder))


def event(country, data_folder, row: dict[str, str], **changes: str) -> dict[str, Any]:
    return made.first(read(country, data_folder, row, **changes))


def test_both_are_recognised_by_their_columns_in_any_order_and_case():
    assert recognise(reversed(GTD_ROW)) == recognise(map(str.upper, GTD_ROW)) == "gtd"
    assert recognise(f" {name} " for name in INSIGHT_ROW) == "insecurity-insight"
    assert id_column(list(GTD_ROW), None) == "eventid"
    assert id_column(list(INSIGHT_ROW), None) == "SiND Event ID"
    assert id_column([name for name in INSIGHT_ROW if "SiND" not in name], None) is None
    with pytest.raises(IntakeError, match=r"those of the Global Terrorism Database .* city"):
        recognise(set(GTD_ROW) - {"city"})


def test_a_row_of_gtd_says_who_when_where_and_how_many(country, data_folder):
    found = event(country, data_folder, GTD_ROW, gname2="Khorasan Chapter of the Islamic State")
    assert (found["id"], found["origin"]) == ("202105240001", "gtd")
    assert found["groups"] == ["taliban", "isis-k"]
    assert str(found["earliest"]) == str(found["latest"]) == "2021-05-24"
    assert (found["precision"], found["province"]) == ("settlement", "AF-KDZ")
    assert (found["killed_best"], found["killed_low"], found["killed_high"]) == (3, None, None)
    assert found["notes"].endswith("An invented text.")
    assert (found["against"], found["event"]) == ([], "")


@pytest.mark.parametrize(("changes", "precision"), [
    ({}, "settlement"), ({"vicinity": "1"}, "near"), ({"vicinity": "-9"}, "near"),
    ({"specificity": "2", "city": "A village nobody has"}, "province"),
    ({"specificity": "3", "city": "Imam Sahib district"}, "district"),
    ({"specificity": "3", "city": "A district nobody has"}, "province"),
    ({"specificity": "4", "city": "Unknown"}, "province"),
    ({"specificity": "5", "provstate": "Unknown", "city": "Unknown", "latitude": "",
      "longitude": ""}, "country"),
    ({"specificity": ""}, "province"), ({"specificity": "9"}, "province"),
    ({"specificity": "1.0", "vicinity": "0.0"}, "settlement"),
])  # fmt: skip
def test_gtd_is_drawn_no_finer_than_its_specificity(country, data_folder, changes, precision):
    assert event(country, data_folder, GTD_ROW, **changes)["precision"] == precision


@pytest.mark.parametrize(("changes", "first", "last", "precision"), [
    ({"iday": "0"}, "2021-05-01", "2021-05-31", "month"),
    ({"imonth": "0", "iday": "0"}, "2021-01-01", "2021-12-31", "year"),
    ({"approxdate": "May 24-30, 2021"}, "2021-05-24", "2021-05-30", "week"),
    ({"approxdate": "May 24 - June 2, 2021"}, "2021-05-24", "2021-06-02", "month"),
    ({"approxdate": "05/24/2021"}, "2021-05-21", "2021-05-27", "week"),
    ({"approxdate": "late May"}, "2021-05-01", "2021-05-31", "month"),
    ({"iyear": "2021.0", "imonth": "5.0", "iday": "24.0"}, "2021-05-24", "2021-05-24", "day"),
])  # fmt: skip
def test_gtd_is_dated_as_loosely_as_it_says(country, data_folder, changes, first, last, precision):
    found = event(country, data_folder, GTD_ROW, **changes)
    assert (str(found["earliest"]), str(found["latest"])) == (first, last)
    assert found["date_precision"] == precision


def test_gtd_rows_without_a_date_are_rejected_and_doubts_are_said(country, data_folder):
    found = read(country, data_folder, GTD_ROW, iday="31", imonth="6")
    assert (found.events.num_rows, found.rejected_rows) == (0, 1)
    found = read(country, data_folder, GTD_ROW, guncertain1="1", nkill="2.5", gname="Unknown")
    said = {one["column"] for one in found.doubts.to_pylist()}
    assert said == {"gname", "nkill"}
    only = made.first(found)
    assert (only["groups"], only["unmatched"], only["killed_best"]) == ([], [], None)
    assert only["killed_basis"] == "not_stated"


def test_gtd_attacks_on_private_citizens_are_against_civilians(country, data_folder):
    found = event(country, data_folder, GTD_ROW, targtype1_txt="Private Citizens & Property")
    assert found["against"] == ["civilians"]


@pytest.mark.parametrize(("code", "precision"), [
    ("(1) Exact", "settlement"), ("(2) 25 km Precision ", "near"),
    ("(3) District, Communicipality or Commune ", "province"),
    ("(4) Province, State, Governorate ", "province"),
    ("(5) Linear feature e.g. along a road or river", "province"), ("(6) Country", "country"),
    ("6", "country"), ("censored by HDX", "province"), ("No Information", "province"),
    ("", "province"), ("25 km", "near"), ("good", "province"),
])  # fmt: skip
def test_insecurity_insight_is_drawn_no_finer_than_its_code(country, data_folder, code, precision):
    found = event(country, data_folder, INSIGHT_ROW, **{"Geo Precision": code})
    assert found["precision"] == precision


def test_the_middle_of_a_country_is_never_a_place(country, data_folder):
    found = event(country, data_folder, INSIGHT_ROW, **{
        "Admin 1": "No Information", "Latitude": "33.94", "Longitude": "67.71",
        "Geo Precision": "(6) Country", "Reported Perpetrator Name": "No Information",
    })  # fmt: skip
    assert (found["precision"], found["off"], found["province"]) == ("country", "country", "")
    assert (found["groups"], found["unmatched"], found["lat"]) == ([], [], None)


def test_a_line_of_insecurity_insight_without_a_province_is_no_province(country, data_folder):
    found = event(country, data_folder, INSIGHT_ROW, **{
        "Admin 1": "No Information", "Geo Precision": "(5) Linear feature",
    })  # fmt: skip
    assert (found["precision"], found["province"]) == ("region", "")


def test_those_a_file_is_about_are_at_least_so_many_dead_and_never_zero(country, data_folder):
    found = event(country, data_folder, INSIGHT_ROW)
    assert [found[f"killed_{name}"] for name in ("low", "best", "high")] == [None] * 3
    found = event(country, data_folder, INSIGHT_ROW,
                  **{"Students Killed": "2", "Educators Killed": "1"})  # fmt: skip
    assert [found[f"killed_{name}"] for name in ("low", "best", "high")] == [3, None, None]


def test_insecurity_insight_with_hxl_tags_and_several_perpetrators(country, data_folder):
    columns = [name for name in INSIGHT_ROW if "SiND" not in name and name != "Country"]
    tags = dict.fromkeys(columns, "#tag")
    rows = [tags, INSIGHT_ROW | {"Reported Perpetrator Name": "Islamic Emirate of Afghanistan, "
                                                              "ISKP"}]  # fmt: skip
    slim = [{name: row[name] for name in columns} for row in rows]
    found = import_file(made.csv_bytes(slim, columns), country, made.registry(data_folder))
    assert (found.form, found.rows) == ("insecurity-insight", 1)
    assert made.first(found)["groups"] == ["taliban", "isis-k"]
    assert made.first(found)["id"] == "row-1"


def test_an_id_that_stands_twice_is_rejected_in_both_formats(country, data_folder):
    for row in (GTD_ROW, INSIGHT_ROW):
        data = made.csv_bytes([row, row], row)
        found = import_file(data, country, made.registry(data_folder))
        assert (found.events.num_rows, found.rejected_rows, found.rows) == (1, 1, 2)
