"""Every fault of a file is one clear line, all in one pass, and what is sound stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dossiers import claim, incident, messages, presence, read, workspace
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dossier.intake import read_dossier
from geo.limits import MAX_DOSSIER_BYTES
from geo.places.country import Country

SOUND = """\
title: T
sources:
  report: {title: A, publisher: B, published: 2024~}
groups:
  nrf: {name: National Resistance Front, short: NRF, letter: N}
incidents:
  - id: sound
    title: t
    by: [nrf]
    where: [{place: Panjshir}]
    when: 2024
    claims: [{by: nrf, role: media, says: occurrence, text: t, source: report}]
"""


def faulty(entry: str) -> list[str]:
    """The problems of a dossier whose second record, from line 13 on, is `entry`."""
    reading = read_dossier((SOUND + entry).encode(), "d.yaml", today=date(2026, 11, 20))
    assert [record.id for record in reading.dossier.records] == ["sound"]
    assert reading.left_out == 1
    return messages(reading)


def entry(**changes: str) -> str:
    fields = {
        "id": "bad",
        "title": "t",
        "by": "[nrf]",
        "where": "[{place: Panjshir}]",
        "when": "2024",
        "claims": "[{by: nrf, role: media, says: occurrence, text: t, source: report}]",
    } | changes
    lines = [f"    {name}: {value}" for name, value in fields.items() if value]
    return "\n".join(["  - " + lines[0].strip(), *lines[1:]]) + "\n"


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({"title": ""}, 13, "the field 'title' is missing"),
        ({"titel": "t"}, 19, "the field 'titel' is not known; did you mean 'title'?"),
        ({"by": "[nfr]"}, 15, ("the group 'nfr' is not among the groups of this file; "
                              "did you mean 'nrf'?")),
        ({"by": "nrf"}, 15, "by is 'nrf', expected a list"),
        ({"when": "2024-02-31"}, 17, "when '2024-02-31' is not a date"),
        ({"when": "2031"}, 17, "is in the future: 2031 begins after 2026-11-20"),
        ({"when": "2022-05/2022-04"}, 17, "ends before it begins"),
        ({"where": "[{place: Kabul, kind: city}]"}, 16, "kind 'city' is not one of"),
        ({"where": "[{place: Kabul, lat: 95, lon: 69, basis: named_place}]"}, 16, "lat is 95"),
        ({"where": "[{place: Kabul, lat: .nan, lon: 69}]"}, 16, "lat is '.nan'"),
        ({"where": "[{place: Kabul, lat: 34.5}]"}, 16, "lat and lon belong together"),
        ({"where": "[{place: Kabul, near_m: 40000}]"}, 16, "near_m is 40000"),
        ({"claims": "[]"}, 18, "claims is empty; a record needs at least one claim"),
        ({"claims": "[{by: nrf, role: meda, says: denial, text: t, source: report}]"}, 18,
         "did you mean 'media'?"),
        ({"claims": "[{by: nrf, role: media, says: denial, text: t, source: reprt}]"}, 18,
         "the source 'reprt' is not among the sources of this file; did you mean 'report'?"),
        ({"claims": "[{by: nrf, role: media, says: denial, text: 5, source: report}]"}, 18,
         "text is 5, expected text"),
        ({"claims": "[{by: nrf, role: media, says: denial, text: t, source: report, "
                    "killed: {low: 5, high: 3}}]"}, 18, "low, best and high must be in"),
        ({"claims": "[{by: nrf, role: media, says: denial, text: t, source: report, "
                    "killed: -1}]"}, 18, "killed cannot be -1"),
        ({"claims": '[{by: nrf, role: media, says: denial, text: "a\\u202eb", source: report}]'},
         18, "invisible character U+202E"),
        ({"claims": "[{by: nrf, role: media, says: denial, text: call +93 70 123 4567, "
                    "source: report}]"}, 18, "looks like a telephone number"),
        ({"status": "verified"}, 13, "needs status_because"),
        ({"status": "verified", "status_because": "seen"}, 19, "needs a claim of credibility 1"),
        ({"title": "a\n    title: b"}, 15, "the key 'title' is repeated here; it is first"),
        ({"id": "sound"}, 13, "the id 'sound' is already used in line 7"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_fault_is_one_line_with_file_line_and_record(
    changes: dict[str, str], line: int, said: str
) -> None:
    found = faulty(entry(**changes))
    record = changes.get("id", "bad")
    assert any(f"d.yaml:{line} incident '{record}': " in one and said in one for one in found), (
        found
    )
    assert len(found) == 1, found


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('  - id: bad\n    title: "not closed\n    by: [nrf]\n', 14),
        ("  - id: bad\n    by: [nrf, \n    when: 2024\n", 14),
        ("  - id: bad\n     title: t\n", 14),
        ("  - id: bad\n    title: a: b\n", 14),
        ("  - id: bad\n    \ttitle: b\n", 14),
    ],
)
def test_broken_yaml_costs_the_entry_it_stands_in(broken: str, line: int) -> None:
    found = faulty(broken)
    assert len(found) == 1
    assert found[0].startswith(f"d.yaml:{line}: the YAML cannot be read here")


def test_all_faults_of_a_file_come_in_one_pass() -> None:
    found = read_dossier(
        (
            SOUND + entry(when="never") + entry(id="worse", titel="t", by="[nfr]") + "presenc: []\n"
        ).encode(),
        "d.yaml",
    )
    lines = [str(problem).partition(" ")[0] for problem in found.problems]
    assert lines == ["d.yaml:17", "d.yaml:21", "d.yaml:25", "d.yaml:26:"]
    assert [record.id for record in found.dossier.records] == ["sound"]
    assert found.left_out == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "expected a mapping"),
        (b"[1, 2]", "expected a mapping"),
        (b"\xff\xfe", "byte 0 is not UTF-8"),
        (b"title: &a x", "anchors and aliases"),
        (b"title: !!python/object/apply:os.system [id]", "is not read; write plain YAML"),
        (b"[" * 60_000, "levels deep"),
        (b"a: 1\n---\nb: 2", "second YAML document"),
        (b" " * (MAX_DOSSIER_BYTES + 1), "at most 10,000,000 are read"),
        (b"title: \x07", "not YAML text"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_hopeless_file_is_one_problem_and_no_exception(data: bytes, said: str) -> None:
    reading = read_dossier(data, "d.yaml")
    assert any(said in str(problem) for problem in reading.problems), messages(reading)
    assert str(reading.problems[0]).startswith("d.yaml")
    assert reading.dossier.records == ()


def test_only_bytes_are_read_never_a_path() -> None:
    with pytest.raises(TypeError, match="from bytes"):
        read_dossier("data/incidents.yaml")  # type: ignore[arg-type]


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_named_as_a_problem(data: bytes) -> None:
    reading = read_dossier(data, "d.yaml")
    assert reading.problems or reading.dossier.title


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "title", "where", "when", "by", "claims"]), inner
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_shape_of_record_is_kept_or_left_out_and_counted(record: Any) -> None:
    reading = read(incidents=[record])
    assert len(reading.dossier.records) + reading.left_out == 1
    assert bool(reading.problems) == bool(reading.left_out)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"place": "Kabol"}, "place 'Kabol' is unknown; did you mean 'Kabul'"),
        ({"place": "Kabul"}, ("place 'Kabul' fits several places (province Kabul in AF-KAB; "
                             "settlement Kabul in AF-KAB); say which with 'kind' or 'within'")),
        ({"place": "Bazarak", "within": "Atlantis"}, "within 'Atlantis' is not a province"),
        ({"place": "x", "means": "Panjshir", "lat": 34.5, "lon": 69.2, "basis": "named_place"},
         "km outside Panjshir, which the record names; it is not mapped"),
        ({"place": "Panjshir", "near_m": 5000}, "near_m needs a place with a position of its own"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_place_that_cannot_be_found_is_named_with_its_line(
    country: Country, where: dict[str, Any], said: str
) -> None:
    found = workspace(country, incident(where=[where]))
    errors = [str(problem) for problem in found.errors]
    assert len(errors) == 1
    assert said in errors[0]
    assert errors[0].startswith("d.yaml:")
    assert " incident 'an-attack': " in errors[0]


def test_an_unplaced_record_is_kept_and_counted(country: Country) -> None:
    found = workspace(country, incident(where=[{"place": "Nowhere at all"}]))
    assert len(found.reading.dossier.records) == 1
    assert list(found.located.table["off"]) == ["unknown"]


def test_grades_keep_their_guard_rails() -> None:
    own = read(incident(claims=[claim(credibility=2)]))
    assert "a party's own claim cannot be rated better than 3" in messages(own)[0]
    confirmed = read(presence(claims=[claim(credibility=1, role="media")]))
    assert "needs sources of two different independent_group" in messages(confirmed)[0]
