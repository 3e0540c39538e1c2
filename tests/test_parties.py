"""Parties as public files write them over the years: who is meant, on the day of the row."""

from __future__ import annotations

import csv
import io
from datetime import date

import events as made
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.events.cells.values import to_day
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.mapping.proposing import propose
from geo.events.parties.actors import Registry
from geo.events.parties.lookup import EraSpan, PartyLookup
from geo.events.parties.names import names_in
from geo.events.parties.parties import MISDATED


def meant(registry: Registry, cell: str, day: str, *, inside: bool = True) -> list[str | None]:
    """The keys that a cell stands for on a day; "" for nobody and people, ``None`` if unknown."""
    era = int(registry.era_of(np.array([to_day(date.fromisoformat(day))], np.int32))[0])
    found = PartyLookup(registry).read(cell, EraSpan(era, era, inside))
    return [party.key for party in found]


@pytest.fixture(scope="module")
def registry(own, data_folder):
    return Registry.of_folder(data_folder, own.reading.dossier.groups)


@pytest.mark.parametrize(("name", "day", "key"), [
    ("Military Forces of Afghanistan (2014-)", "2019-05-01", "afghan-republic"),
    ("Military Forces of Afghanistan (2004-2014)", "2010-01-01", "afghan-republic"),
    ("Military Forces of Afghanistan (2014-2021)", "2021-08-14", "afghan-republic"),
    ("Military Forces of Afghanistan (2014-2021) Special Forces", "2020-01-01", "afghan-republic"),
    ("Military Forces of Afghanistan (2021-)", "2021-08-15", "taliban"),
    ("Police Forces of Afghanistan (2014-2021) National Directorate of Security", "2018-02-03",
     "afghan-republic"),
    ("Police Forces of Afghanistan (2021-)", "2024-01-01", "taliban"),
    ("Government of Afghanistan (2014-2021)", "2017-01-01", "afghan-republic"),
    ("Military Forces of the United States (2017-2021)", "2019-01-01", "united-states"),
    ("Military Forces of the United States (2025-)", "2025-03-01", "united-states"),
    ("NATO: North Atlantic Treaty Organization (2014-2021)", "2016-01-01", "nato"),
    ("NATO: North Atlantic Treaty Organization", "2016-01-01", "nato"),
    ("Military Forces of Pakistan (2022-)", "2023-01-01", "state-pakistan"),
    ("Islamic State (Afghanistan)", "2019-01-01", "isis-k"),
    ("Islamic State Khorasan Province (ISKP)", "2022-01-01", "isis-k"),
    ("Khorasan Chapter of the Islamic State", "2021-02-01", "isis-k"),
    ("Islamic Emirate of Afghanistan", "2023-01-01", "taliban"),
    ("General Directorate of Intelligence", "2023-01-01", "taliban"),
    ("Afghan National Police", "2015-01-01", "afghan-republic"),
    ("Afghan National Police (ANP)", "2015-01-01", "afghan-republic"),
    ("Taleban", "1999-01-01", "taliban"),
    ("UIFSA", "1999-01-01", "uifsa"),
    ("HQN: Haqqani Network", "2019-01-01", "haqqani"),
    ("TTP: Tehreek-i-Taliban Pakistan", "2022-01-01", "ttp"),
    ("Tehrik-i-Taliban Pakistan (TTP)", "2021-01-01", "ttp"),
    ("NRF: National Resistance Front of Afghanistan", "2022-01-01", "nrf"),
    ("AFF: Afghanistan Freedom Front", "2023-01-01", "aff"),
    ("International Security Assistance Force (ISAF)", "2010-01-01", "nato"),
    ("Militia (Pro-Government)", "2018-01-01", "pro-government-militia"),
])  # fmt: skip
def test_a_name_as_files_write_it_means_its_group_on_its_day(registry, name, day, key):
    assert meant(registry, name, day) == [key]


@pytest.mark.parametrize(("day", "key"), [
    ("1990-01-01", "afghan-government-1978-1992"), ("1994-01-01", "afghan-government-1992-1996"),
    ("1996-09-26", "afghan-government-1992-1996"), ("1996-09-27", "taliban"),
    ("2001-11-11", "taliban"), ("2001-12-21", "taliban"), ("2001-12-22", "afghan-republic"),
    ("2021-08-14", "afghan-republic"), ("2021-08-15", "taliban"),
])  # fmt: skip
def test_the_government_is_whoever_governed_on_that_day(registry, day, key):
    assert meant(registry, "Government of Afghanistan", day) == [key]


@pytest.mark.parametrize(("cell", "keys"), [
    ("Islamic Emirate of Afghanistan, ISKP", ["taliban", "isis-k"]),
    ("Taliban; ISKP", ["taliban", "isis-k"]),
    ("Taliban\nISKP", ["taliban", "isis-k"]),
    ("Taliban/ISKP", ["taliban", "isis-k"]),
    ("Taliban and Al Qaeda", ["taliban", "al-qaeda"]),
    ("NRF, AFF and Taliban", ["nrf", "aff", "taliban"]),
    ("Government of United Kingdom, Government of United States of America",
     ["united-kingdom", "united-states"]),
    ("Military Forces of Afghanistan (2021-), Taliban", ["taliban", "taliban"]),
    ("Taliban and/or Islamic State (Afghanistan)", ["taliban-or-isis-k"]),
    ("Taliban or ISKP", ["taliban-or-isis-k"]),
    ("Taliban, a front nobody knows", [None]),
    ("HQN: Haqqani Network and/or Taliban", [None]),
])  # fmt: skip
def test_a_cell_is_divided_where_all_its_parts_are_known(registry, cell, keys):
    assert meant(registry, cell, "2022-01-01") == keys


@pytest.mark.parametrize("cell", [
    "", " ", "NA", "N/A", "nan", "0", "-", "No Information", "No information", "none", "Unknown",
    "Not applicable", "NA; 0; -",
])  # fmt: skip
def test_what_is_written_for_nobody_is_no_party(registry, cell):
    assert meant(registry, cell, "2022-01-01") == []


@pytest.mark.parametrize("name", [
    "Unidentified Armed Group (Afghanistan)", "Unidentified Armed Group (Pakistan)",
    "Unidentified armed actor", "Unknown gunmen", "Criminal", "Civilians (Afghanistan)",
    "Protesters (Afghanistan)", "Rioters (International)", "Women (Afghanistan)", "Civilians",
    "Hazara Ethnic Group (Afghanistan)", "Teachers (Afghanistan)", "Aid Workers (International)",
])  # fmt: skip
def test_people_and_nobody_are_known_and_no_group(registry, name):
    assert meant(registry, name, "2022-01-01") == [""]


def test_taliban_of_another_country_are_not_the_taliban(registry):
    assert meant(registry, "Taliban (Pakistan)", "2022-01-01") == ["ttp"]
    assert meant(registry, "Taliban (Nowhere)", "2022-01-01") == [None]
    assert meant(registry, "XYZ: Taliban", "2022-01-01") == ["taliban"]
    assert meant(registry, "TTP: Taliban", "2022-01-01") == [None]


def test_the_islamic_state_is_its_province_only_in_the_country_and_since_2015(registry):
    assert meant(registry, "IS", "2021-01-01") == ["isis-k"]
    assert meant(registry, "IS", "2021-01-01", inside=False) == ["islamic-state"]
    assert meant(registry, "IS", "2014-12-31") == ["islamic-state"]


def test_years_that_do_not_fit_the_day_of_a_row_are_doubted(country, data_folder):
    names = {"A1": "Military Forces of Afghanistan (2014-2021)", "A2": "Taliban",
             "A3": "Military Forces of Afghanistan (2021-)",
             "A4": "Former Government of Afghanistan (2004-2021)"}  # fmt: skip
    rows = [made.acled(event_id_cnty=one, actor2=name) for one, name in names.items()]
    found = made.read_acled(country, data_folder, *rows)
    said = [(one["row"], one["column"]) for one in found.doubts.to_pylist()
            if one["reason"] == MISDATED]  # fmt: skip
    assert said == [(1, "actor2")]
    # Whom the name means is plain; that the date or the name is wrong is said.
    assert found.events["groups"].to_pylist()[0] == ["nrf", "afghan-republic"]


def case(shared_case: str, **changes: str) -> dict[str, str]:
    return {"event_date": f"2019-05-0{shared_case}T00:00:00Z", "year": "2019", **changes}


OLD = [
    case("1", actor1="Taliban", inter1="2", actor2="Military Forces of Afghanistan (2014-)",
         inter2="1", event_type="Battles"),
    case("2", actor1="Taliban and/or Islamic State (Afghanistan)", inter1="2", actor2="",
         inter2="0", event_type="Riots/Protests"),
    case("3", actor1="Islamic State (Afghanistan)", inter1="2",
         actor2="Police Forces of Afghanistan (2014-)", inter2="1", event_type="Battles"),
]  # fmt: skip


def test_an_export_of_before_2020_has_its_parties_and_keeps_its_event_types(country, data_folder):
    columns = [name for name in made.ACLED if name not in {"civilian_targeting", "disorder_type"}]
    rows = [made.acled(event_id_cnty=f"AFG{at}", assoc_actor_1="NA", assoc_actor_2="NA") | row
            for at, row in enumerate(OLD)]  # fmt: skip
    slim = [{name: row.get(name, "") for name in columns} for row in rows]
    found = import_file(made.csv_bytes(slim, columns), country, made.registry(data_folder))
    events = found.events.to_pylist()
    assert [event["groups"] for event in events] == [
        ["taliban", "afghan-republic"], ["taliban-or-isis-k"], ["isis-k", "afghan-republic"],
    ]  # fmt: skip
    assert found.unknown.num_rows == 0
    assert all(event["against"] == event["unmatched"] == [] for event in events)
    assert [event["event"] for event in events] == ["Battles", "Riots/Protests", "Battles"]
    doubted = {(one["row"], one["column"]) for one in found.doubts.to_pylist()}
    assert (2, "event_type") in doubted
    assert not {one for one in doubted if one[1].startswith(("inter", "assoc", "actor"))}


def test_allies_of_the_oldest_exports_are_read(country, data_folder):
    columns = [name.replace("assoc_actor", "ally_actor") for name in made.ACLED]
    row = made.acled(actor1="Taliban", actor2="") | {"ally_actor_1": "HQN: Haqqani Network"}
    slim = {name: row.get(name, "") for name in columns}
    found = import_file(made.csv_bytes([slim], columns), country, made.registry(data_folder))
    assert made.first(found)["groups"] == ["taliban", "haqqani"]


def test_civilians_are_known_by_name_where_the_kind_of_actor_is_missing(country, data_folder):
    row = made.acled(event_type="Violence against civilians", actor1="Taliban", inter1="",
                     actor2="Civilians (Afghanistan)", inter2="NA")  # fmt: skip
    event = made.first(made.read_acled(country, data_folder, row))
    assert (event["groups"], event["against"], event["unmatched"]) == (
        ["taliban"], ["civilians"], [],
    )  # fmt: skip


def test_a_targeting_column_of_nothing_and_zero_targets_nobody(country, data_folder):
    for text, against in (("", []), ("NA", []), ("0", []), ("1", ["civilians"]),
                          ("Civilian targeting", ["civilians"])):  # fmt: skip
        row = made.acled(civilian_targeting=text, actor2="Civilians (Afghanistan)", inter2="7")
        assert made.first(made.read_acled(country, data_folder, row))["against"] == against


def test_ged_of_the_years_before_2001_has_both_sides(country, data_folder):
    row = made.ucdp(year="1999", side_b="UIFSA", date_start="1999-06-24", date_end="1999-06-24")
    event = made.first(made.read_ucdp(country, data_folder, row))
    assert event["groups"] == ["taliban", "uifsa"]
    row = made.ucdp(side_a="IS", side_b="Taleban", date_start="2021-06-23", date_end="2021-06-23")
    assert made.first(made.read_ucdp(country, data_folder, row))["groups"] == ["isis-k", "taliban"]


def test_the_islamic_state_abroad_is_not_the_province(country, data_folder):
    row = made.ucdp(side_a="IS", side_b="", country="Iraq", adm_1="Ninawa province", adm_2="",
                    latitude="36.3", longitude="43.1", where_coordinates="Mosul town")  # fmt: skip
    event = made.first(made.read_ucdp(country, data_folder, row))
    assert (event["off"], event["groups"]) == ("outside", ["islamic-state"])


def test_a_second_actor_is_never_proposed_as_a_target():
    columns = ["date", "lat", "lon", "Actor1", "Actor2"]
    sample = {"date": ["2022-01-01"], "lat": ["34.5"], "lon": ["69.2"], "Actor1": ["Taliban"],
              "Actor2": ["ISKP"]}  # fmt: skip
    assert "against" not in propose(columns, sample).columns


def test_an_against_column_takes_people_by_name(country, data_folder):
    table = "date,province,groups,against\n2022-01-01,Kunduz,Taliban,Civilians (Afghanistan)\n"
    mapping = ColumnMapping({name: name for name in ("date", "province", "groups", "against")})
    found = import_file(table.encode(), country, made.registry(data_folder), mapping=mapping)
    event = made.first(found)
    assert (event["groups"], event["against"], event["unmatched"]) == (
        ["taliban"], ["civilians"], [],
    )  # fmt: skip


def test_a_known_party_without_a_layer_is_named_and_never_unmatched(own, country, data_folder):
    from geo.webmap.event_columns import UNMATCHED, groups_of, names_of  # noqa: PLC0415 - only here

    registry = Registry.of_folder(data_folder, own.reading.dossier.groups)
    row = made.acled(event_date="2019-05-24", year="2019", actor1="Taliban",
                     actor2="Military Forces of Afghanistan (2014-)")  # fmt: skip
    events = made.read_acled(country, data_folder, row).events
    assert "afghan-republic" not in own.reading.dossier.groups
    assert UNMATCHED not in groups_of(events)
    assert names_of(events, registry)["afghan-republic"] == "Government of Afghanistan (2001-2021)"


def test_every_line_of_the_registry_is_read_back_as_itself(data_folder):
    registry = made.registry(data_folder)
    lines = list(
        csv.DictReader(io.StringIO((data_folder / "actors.csv").read_text(encoding="utf-8")))
    )
    for line in lines:
        day = line["since"] or line["until"] or "2022-01-01"
        found = meant(registry, line["name"], day, inside=line["where"] == "inside")
        assert found == [line["key"]], line["name"]
    assert len(lines) > 300


def test_hostile_cells_are_read_in_time_that_grows_with_them(registry):
    many = ";".join(map(str, range(1, 15_000)))
    for cell in ("," * 90_000, "Taliban, " * 10_000, " and ".join(["x"] * 15_000), many,
                 " " * 90_000, "(" * 90_000, "(2014-" * 15_000, "or " * 30_000,
                 "a and/or " * 9_000):  # fmt: skip
        assert len(meant(registry, cell, "2022-01-01")) < 15_000


NAMES = ("Taliban", "ISKP", "NRF", "Al Qaeda", "HQN: Haqqani Network", "UIFSA", "Criminal",
         "Refugees/IDPs (Afghanistan)", "Military Forces of the United States (2017-2021)",
         "TTP: Tehreek-i-Taliban Pakistan",
         "Unidentified Armed Group (Afghanistan)", "Civilians (Afghanistan)")  # fmt: skip


DIVIDED = ("; ", ";", "\n", ", ", ",", " and ", " & ", "/", " / ", "\u060c ", " | ")


@example(["Military Forces of the United States (2017-2021)", "Taliban"], " and ")
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), st.sampled_from(DIVIDED))
def test_known_names_in_one_cell_are_each_of_them_however_they_are_divided(
    registry, names, separator
):
    alone = [key for name in names for key in meant(registry, name, "1999-01-01")]
    assert meant(registry, separator.join(names), "1999-01-01") == alone


@given(st.lists(st.sampled_from(NAMES), max_size=3), st.sampled_from(DIVIDED))
def test_a_name_that_nobody_knows_is_never_lost_among_others(registry, names, separator):
    for text in ([*names, "A front nobody knows"], ["A front nobody knows", *names]):
        assert None in meant(registry, separator.join(text), "1999-01-01"), text


@example("،")
@example("A front nobody knows، another")
@given(st.text(max_size=60))
def test_any_text_is_read_and_no_name_of_it_is_lost(registry, text):
    found = PartyLookup(registry).read(text, EraSpan(0, 0))
    assert all(party.name in " ".join(text.split()) or party.key is not None for party in found)
    assert bool(found) or not any(names_in(text))
