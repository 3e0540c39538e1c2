"""Names of parties become groups by a registry with dates; what nobody knows queues up."""

from __future__ import annotations

from datetime import date

import events as made
import pytest

from geo.errors import IntakeError
from geo.events.parties.actors import COLUMNS, Registry
from geo.events.parties.roles import NEWER, role_of

HEAD = ",".join(COLUMNS)


def test_the_taliban_are_rebels_until_14_august_2021_and_in_authority_after(data_folder):
    registry = made.registry(data_folder)
    days = date(2021, 8, 14), date(2021, 8, 15)
    assert [registry.find("Taliban", day).key for day in days] == ["taliban", "taliban"]
    assert [registry.find("Taliban", day).role for day in days] == ["rebel_group", "state_forces"]
    government = [registry.find("Government of Afghanistan", day).key for day in days]
    assert government == ["afghan-republic", "taliban"]


def test_every_group_of_the_registry_that_the_dossier_knows_has_its_key(own, data_folder):
    groups = own.reading.dossier.groups
    registry = Registry.of_folder(data_folder, groups)
    for key, group in groups.items():
        for name in (group.name, group.short, *group.also, key):
            assert registry.find(name, date(2024, 1, 1)).key == key, name


def test_taliban_and_or_iskp_is_one_actor_and_not_two(country, data_folder):
    name = "Taliban and/or Islamic State Khorasan Province (ISKP)"
    row = made.acled(actor1=name, actor2="Civilians (Afghanistan)", inter2="Civilians")
    event = made.first(made.read_acled(country, data_folder, row))
    assert (event["groups"], event["unmatched"]) == (["taliban-or-isis-k"], [])
    parts = made.registry(data_folder).parts_of("taliban-or-isis-k")
    assert parts == ("taliban", "isis-k")


def test_unknown_names_queue_up_and_are_never_other(country, data_folder):
    rows = [
        made.acled(event_id_cnty=f"A{n}", actor1="A new front", assoc_actor_1="Taliban; X; X")
        for n in range(3)
    ]
    found = made.read_acled(country, data_folder, *rows)
    event = made.first(found)
    assert (event["groups"], event["unmatched"]) == (["taliban"], ["A new front", "X"])
    queue = [(one["what"], one["name"], one["rows"]) for one in found.unknown.to_pylist()]
    assert queue == [("party", "A new front", 3), ("party", "X", 3)]


def test_an_unidentified_group_is_no_group_and_no_unknown_name(country, data_folder):
    row = made.acled(actor1="Unidentified Armed Group (Afghanistan)", actor2="", inter2="")
    found = made.read_acled(country, data_folder, row)
    event = made.first(found)
    assert (event["groups"], event["unmatched"], found.unknown.num_rows) == ([], [], 0)
    assert event["attribution"] == "unattributed"


def test_a_name_that_changes_its_meaning_within_a_rows_interval_is_not_decided(
    country, data_folder
):
    def groups(code, day):
        row = made.ucdp(date_prec=code, date_start="2021-08-13", date_end=day, side_b="")
        event = made.first(made.read_ucdp(country, data_folder, row))
        return event["groups"], event["unmatched"]

    assert groups("2", "2021-08-14") == (["afghan-republic"], [])
    assert groups("2", "2021-08-16") == ([], ["Government of Afghanistan"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("k,,rebel_group,,,,", "actors.csv:2: a name is missing"),
        ("k,N,rebels,,,,", "actors.csv:2: role 'rebels'; expected one of"),
        ("k,N,,2021-13-01,,,", "actors.csv:2: since '2021-13-01'; expected a day"),
        ("k,N,,2022-01-01,2021-01-01,,", "actors.csv:2: since 2022-01-01 is later than"),
        ("k,N,,,2021-01-02,,\nl,n,,2021-01-01,,,", "actors.csv:3: 'n' overlaps in time with"),
        ("k,\udcff,,,,,", "byte .* is not UTF-8"),
    ],
)
def test_a_registry_at_fault_is_refused_with_its_line(line, said):
    with pytest.raises(IntakeError, match=said):
        Registry.read(f"{HEAD}\n{line}\n".encode("utf-8", "surrogateescape"))


def test_a_country_without_a_registry_has_the_groups_of_its_dossier(own, tmp_path):
    registry = Registry.of_folder(tmp_path, own.reading.dossier.groups)
    assert registry.find("ISKP", date(2024, 1, 1)).key == "isis-k"
    assert registry.find("HQN: Haqqani Network", date(2024, 1, 1)) is None


def test_the_three_spellings_of_inter_are_one():
    plural = ("State Forces", "Rebel Groups", "Political Militias", "Identity Militias", "Rioters",
              "Protesters", "Civilians", "External/Other Forces")  # fmt: skip
    for number, (role, newer) in enumerate(NEWER.items(), start=1):
        assert role_of(str(number)) == role_of(newer) == role_of(plural[number - 1]) == role
