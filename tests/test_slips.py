"""What slips while a dossier is written by hand costs one problem, said in the writer's words."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier_bytes, incident, messages, presence, read
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import SHARE

from geo.dossier.intake import Reading, read_dossier
from geo.dossier.yaml_lines import YamlLimits, read_yaml

SHIPPED = (Path(__file__).parents[1] / "data" / "incidents.yaml").read_text("utf-8")
# Phrases of pydantic and of the YAML library. None of them means anything to who writes a dossier.
FOREIGN = re.compile(
    r"Input should|Value error|Field required|valid (?:string|tuple|dictionary|integer|number)|"
    r"instance of|Extra inputs|unable to parse|while (?:parsing|scanning)|<block|token|None\b|"
    r"mapping values|scalar|simple key|_Part|Traceback|pydantic",
)


def spoiled(old: str, new: str) -> Reading:
    """The shipped dossier with the first `old` in it written as `new`."""
    assert old in SHIPPED
    return read_dossier(SHIPPED.replace(old, new, 1).encode(), "d.yaml")


def one_problem(found: Reading, *, left_out: int) -> str:
    assert len(found.problems) == 1, messages(found)
    assert found.left_out == left_out
    assert len(found.dossier.records) == 28 - left_out
    said = messages(found)[0]
    assert not FOREIGN.search(said), said
    return said


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("\ngroups:\n", "\n groups:\n", "groups:", "the heading 'groups:' is indented"),
        ("\ngroups:\n", "\n  groups:\n", "groups:", "delete the spaces before it"),
        ("\nsources:\n", "\n  sources:\n", "sources:", "the heading 'sources:' is indented"),
        ("\nincidents:\n", "\n   incidents:\n", "incidents:", "the heading 'incidents:' is"),
        ("\n    groups:\n      - al-qaeda\n", "\ngroups:\n      - al-qaeda\n",
         "groups:\n      - al-",
         "'groups:' is indented incorrectly"),
        ("\n    groups:\n      - al-qaeda\n", "\n  groups:\n      - al-qaeda\n",
         "groups:\n      - al-", "indented by 4 spaces, like the fields of presence"),
        ("\n    claims:\n      - by: isis-k", "\nclaims:\n      - by: isis-k",
         "claims:\n      - by: isis-k", "like the fields of incidents"),
        ("\n  nrf:\n    name", "\nnrf:\n    name", "nrf:\n    name", "like the entries of groups"),
        ("\n  taliban:\n    name", "\n   taliban:\n    name", "taliban:\n    name",
         "like the entries of groups"),
        ("\n  - id: al-qaeda-north-2024", "\n- id: al-qaeda-north-2024",
         "- id: al-qaeda-north-2024", "like the records of presence"),
        ("\n  - id: al-qaeda-north-2024", "\n   - id: al-qaeda-north-2024",
         "- id: al-qaeda-north-2024", "like the records of presence"),
        ("\n        source: hudson-2024", "\nsource: hudson-2024", "source: hudson-2024",
         "like the fields above it"),
        ("\n      - nrf\n    event_type", "\n- nrf\n    event_type", "- nrf\n    event_type",
         "like the items of its list"),
    ],
)  # fmt: skip
def test_a_line_in_the_wrong_column_costs_no_record(
    old: str, new: str, line: str, said: str
) -> None:
    found = spoiled(old, new)
    problem = one_problem(found, left_out=0)
    assert said in problem
    text = SHIPPED.replace(old, new, 1)
    # The needle that names the line is the first after the place that was spoiled.
    at = text.index(line, text.index(new))
    assert problem.startswith(f"d.yaml:{text.count(chr(10), 0, at) + 1}: ")


TITLE = "title: Series of attacks in Mazar-i-Sharif and Kunduz"
TEXT = "text: The NRF lost the rear base that it had in the valley."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (TITLE, "title: Attacks: two cities",
         'a text with a colon needs quotes around it: title: "Attacks: two cities"'),
        (TITLE, "title: “Attacks”: two cities", "a text with a colon needs quotes"),
        (TITLE, 'title: "Series', "the quote that opens in 'title: \"Series' is not closed"),
        (TEXT, "text: 'The NRF lost the base.", "is not closed; close it"),
        (TEXT, "text: 'The NRF's base.'", "an apostrophe in single quotes is written twice"),
        (TEXT, "text: @nrf lost it.", "a text cannot begin with '@'; put it in quotes"),
        (TITLE, "\ttitle: Series", "there is a tab here; YAML is indented with spaces"),
        (TITLE, "title:\tSeries", "replace the tab with spaces"),
        (TITLE, "title Series", "is neither 'field: value' nor an item"),
        ("killed: 8", "killed: two", "killed is 'two', expected a number such as 8"),
        ("killed: 8", "killed: two", "or low, best and high; did you mean 2?"),
        ("killed: 8", 'killed: "8"', "did you mean 8, without quotes or point?"),
        ("killed: 8", "killed: 8.0", "did you mean 8, without quotes or point?"),
        ("killed: 8", "killed: 8-10", "did you mean {low: 8, high: 10}?"),
        ("killed: 8", "killed: at least 8", "did you mean {low: 8, said: at least 8}?"),
        ("killed: 8", "killed: about 8", "did you mean {best: 8, said: about 8}?"),
        ("killed: 8", "killed: unknown", "leave it out if no number is stated"),
        ("killed: 8", "killed: [8]", "killed is a list, expected a number"),
        ("role: media", "role: press", "did you mean 'media'?"),
        ("role: media", "role: Media", "did you mean 'media'?"),
        ("role: media", "role: “media”", "did you mean 'media'?"),
        ("role: media", "role: [media]", "role is a list, expected one of"),
        ("kind: settlement", "kind: city", "did you mean 'settlement'?"),
        ("says: acknowledgement", "says: admitted", "did you mean 'acknowledgement'?"),
        ("when: 2022-07", "when: 03/03/2025", "did you mean 2025-03-03?"),
        ("when: 2022-07", "when: July 2022", "did you mean 2022-07?"),
        ("when: 2022-07", "when: yes", "when 'yes' is not a valid date"),
        ("when: 2022-07", "when: true", "not a valid date"),
        ("when: 2022-07", "when: [2022-07]", "when is a list, expected a date such as 2022-05-24"),
        ("when: 2022-07", "when:", "when is empty; give it a value"),
        (TITLE, "title:\n      - Series", "title is a list, expected text on one line"),
        (TITLE, "title: 2022", 'put it in quotes if it is meant as text: "2022"'),
        (TITLE, "title: true", 'put it in quotes if it is meant as text: "true"'),
        ("    by:\n      - isis-k", "    by: isis-k", "expected a list: [isis-k] or one '- item'"),
    ],
)  # fmt: skip
def test_a_slip_is_explained_in_the_writers_words(old: str, new: str, said: str) -> None:
    assert said in one_problem(spoiled(old, new), left_out=1)


def test_a_misspelt_or_missing_heading_is_one_problem() -> None:
    misspelt = spoiled("\ngroups:\n", "\ngrpups:\n")
    (said,) = messages(misspelt)
    assert "did you mean 'groups'? 46 references to it cannot be followed" in said
    missing = spoiled("\ngroups:\n", "\n")
    (said,) = messages(missing)
    assert "'nrf' and 6 more entries in 'sources' have the fields of a group" in said
    assert len(missing.dossier.records) + missing.left_out == 28


def test_a_fault_in_a_group_is_one_problem_and_no_hint_leads_to_another() -> None:
    for new in ("colour: pink", "colour: green: x", 'colour: "green'):
        found = spoiled("colour: green", new)
        (said,) = messages(found)
        assert "13 references to it cannot be followed until this is fixed" in said
        assert "did you mean" not in said
        assert len(found.dossier.records) + found.left_out == 28


def test_one_unknown_key_is_one_problem_however_often_it_is_written() -> None:
    found = read(*(incident(id=f"one-{at}", by=["ghosts"]) for at in range(30)))
    (said,) = messages(found)
    assert "the group 'ghosts' is not among the groups of this file; also in lines" in said
    assert said.endswith("and 19 more")
    assert found.left_out == 30


WRONG: list[Any] = [
    "two", "yes", True, None, "", 8, -1, 8.5, [], ["a"], {}, {"a": 1}, "03/03/2025", "“x”",
    "a\u202eb",
]  # fmt: skip


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    found = [path] if path else []
    for key, part in members:
        inner = (*path, key)
        found += _paths(part, inner) if isinstance(part, dict | list) else [inner]
    return found


def _each_field(whole: Any) -> list[tuple[Any, ...]]:
    """One path for each field that a dossier has."""
    seen: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for path in _paths(whole):
        is_keyed = len(path) > 1 and path[0] in {"sources", "groups", "statements"}
        form = ("" if is_keyed and at == 1 else key for at, key in enumerate(path))
        seen.setdefault(tuple("" if isinstance(key, int) else key for key in form), path)
    return list(seen.values())


def _some() -> Any:
    """The shipped dossier with those of its records that have every field among them."""
    whole: Any = read_yaml(SHIPPED, YamlLimits(32, 500_000)).value
    used = {path[:2] for path in _each_field(whole)}
    for name in ("incidents", "presence"):
        whole[name] = [one for at, one in enumerate(whole[name]) if (name, at) in used]
    return whole


SOME = _some()
FIELDS = _each_field(SOME)
RECORDS = len(SOME["incidents"]) + len(SOME["presence"])


def test_some_of_the_records_have_every_field_of_all() -> None:
    whole = read_yaml(SHIPPED, YamlLimits(32, 500_000)).value
    assert len(_each_field(SOME)) == len(_each_field(whole)) > 100
    assert 2 < RECORDS < 28


@pytest.mark.slow
@pytest.mark.parametrize("path", FIELDS, ids=lambda path: ".".join(map(str, path)))
def test_a_wrong_value_anywhere_is_one_problem_in_our_words(path: tuple[Any, ...]) -> None:
    """Every day each field with a third of the values, each value in a third of the fields."""
    first, step = (0, 1) if SHARE else (FIELDS.index(path) % 3, 3)
    for wrong in WRONG[first::step]:
        whole = deepcopy(SOME)
        at = whole
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = wrong
        found = read_dossier(dossier_bytes(**whole), "d.yaml")
        said = messages(found)
        if len(path) == 1 and wrong == {"a": 1}:
            continue  # Another section in place of it: each key that is no longer there is a fault.
        assert len(said) <= (2 if wrong == {"a": 1} or path[-1] == "letter" else 1), (wrong, said)
        assert not any(map(FOREIGN.search, said)), (wrong, said)
        is_section = path[0] in {"incidents", "presence"} and len(path) < 2
        assert is_section or len(found.dossier.records) + found.left_out == RECORDS


def _content() -> list[int]:
    """Numbers of the rows of the shipped dossier that are neither empty nor comments."""
    rows = SHIPPED.split("\n")
    begins = next(at for at, row in enumerate(rows) if row.startswith("title:"))
    found = enumerate(rows[begins:], begins)
    return [at for at, row in found if row.strip() and not row.lstrip().startswith("#")]


def _with_a_slip(at: int, by: int) -> Reading:
    """Read the shipped dossier with one line moved by so many columns."""
    rows = SHIPPED.split("\n")
    bare = rows[at].lstrip()
    rows[at] = " " * max(0, len(rows[at]) - len(bare) + by) + bare
    return read_dossier("\n".join(rows).encode(), "d.yaml")


@pytest.mark.slow
@given(st.sampled_from(_content()), st.sampled_from([-99, -4, -2, -1, 1, 2]))
@settings(max_examples=60)
def test_an_indentation_that_slips_loses_nothing_without_a_word(at: int, by: int) -> None:
    found = _with_a_slip(at, by)
    said = messages(found)
    assert found.problems or len(found.dossier.records) == 28
    assert len(found.problems) <= 8, said
    assert not any(map(FOREIGN.search, said)), said


@pytest.mark.parametrize(
    ("row", "by"),
    [
        ("        scope: total", -99),
        ("title: Armed groups in Afghanistan, as three articles report them", 1),
        ("title: Armed groups in Afghanistan, as three articles report them", 2),
        ("  nrf:", 2),
        ("  new-american-2022:", 2),
    ],
)
def test_one_line_that_slips_is_one_problem_and_its_record_is_read(row: str, by: int) -> None:
    for at in (at for at in _content() if SHIPPED.split("\n")[at] == row):
        found = _with_a_slip(at, by)
        assert [problem.line for problem in found.problems] == [at + 1]
        assert re.search(r"is indented( incorrectly)?[;,]", found.problems[0].message)
        assert len(found.dossier.records) == 28


def test_presence_and_incident_keep_their_own_fields() -> None:
    assert read(incident(), presence()).problems == ()


def test_a_first_entry_that_slips_to_its_fields_costs_no_record() -> None:
    found = spoiled("\n  nrf:\n    name", "\n    nrf:\n    name")
    assert "'nrf:' is indented incorrectly" in one_problem(found, left_out=0)


def test_a_first_line_that_is_indented_costs_nothing() -> None:
    found = spoiled("title: Armed groups", " title: Armed groups")
    assert one_problem(found, left_out=0).endswith(
        "'title:' is indented; delete the spaces before it"
    )
    assert found.dossier.title.startswith("Armed groups")
