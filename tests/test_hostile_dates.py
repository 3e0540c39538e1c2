"""Dates of any form: whatever is accepted can be said, and whatever is refused costs little."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from dossiers import SOURCE, claim, incident, messages, presence, read
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from geo import limits
from geo.cli.main import app
from geo.dossier import period_faults
from geo.dossier.period_faults import DateError
from geo.dossier.periods import Period, period, span
from geo.events.cells.dates import DateReading, read_span
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.parties.actors import Registry
from geo.places.country import Country

# --- every pair that is accepted has its words

SINGLE = [
    "2021", "2021~", "2022-05", "2022-05?", "2022-21", "2022-24%", "2022-36", "2023-05-24",
    "2023-05-24~", "202X", "20XX", "2022-XX", "2022-05-XX", "2022-?05-24", "2022-05-~24",
]  # fmt: skip
PERIODS = [
    *SINGLE, *(f"../{one}" for one in SINGLE), *(f"{one}/.." for one in SINGLE),
    *(f"[..{one}]" for one in SINGLE), *(f"[{one}..]" for one in SINGLE),
    *(f"{one}/{other}" for one, other in itertools.product(SINGLE, repeat=2)),
]  # fmt: skip


def accepted(texts: list[str]) -> Iterator[Period]:
    for text in texts:
        try:
            yield period(text)
        except ValueError:
            continue


READ = list(accepted(PERIODS))


def hold(found: Period) -> None:
    """A period is said in words, and its text reads back to the same days."""
    assert found.text
    assert ".." not in found.text
    assert "/" not in found.text
    assert " to by " not in found.text
    again = period(found.edtf)
    assert (again.earliest, again.latest) == (found.earliest, found.latest)
    assert again.precision == found.precision
    # What was about, or in doubt, at an end that is not among the two remains so.
    assert (again.approximate, again.uncertain) <= (found.approximate, found.uncertain)


def test_every_period_that_is_read_can_be_said() -> None:
    assert len(READ) > 200
    for one in READ:
        hold(one)


@pytest.mark.slow
def test_every_pair_of_first_and_last_that_is_accepted_can_be_said() -> None:
    kept = 0
    for first, last in itertools.product(READ, repeat=2):
        try:
            found = span(first, last)
        except ValueError:
            continue
        kept += 1
        hold(found)
        assert (found.earliest, found.latest) == (first.earliest, last.latest)
    assert kept > 20_000


@given(
    st.tuples(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1))),
    st.tuples(*[st.sampled_from([4, 7, 10])] * 2),
    st.tuples(*[st.sampled_from(["", "?", "~", "%"])] * 2),
    st.tuples(*[st.sampled_from(["{}", "../{}", "{}/..", "[..{}]", "[{}..]"])] * 2),
)
@settings(max_examples=300)
def test_any_pair_becomes_a_record_that_can_be_said_or_a_problem(
    days: tuple[date, date],
    lengths: tuple[int, int],
    marks: tuple[str, str],
    forms: tuple[str, str],
) -> None:
    first, last = (
        form.format(day.isoformat()[:length] + mark)
        for day, length, mark, form in zip(sorted(days), lengths, marks, forms, strict=True)
    )
    found = read(presence(first=first, last=last))
    assert bool(found.dossier.presence) != bool(found.problems)
    for one in found.dossier.presence:
        hold(one.period)


def test_a_pair_without_any_end_is_refused_with_the_way() -> None:
    said = messages(read(presence(first="../2021", last="2024/..")))
    assert "has no beginning and the last date '2024/..' no end; give a day" in said[0]


# --- whatever is no date is a problem with its line, wherever it stands

WRONG = ["2022-0X", "2022-1X", "2022-X1", "[1000,2000]", "2022-05-24T", "\u0662\u0660", "-", "~"]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_date_is_a_problem_with_its_line_wherever_a_date_stands(text: str) -> None:
    for wrong, sources in (
        ([incident(when=text)], {"report": SOURCE}),
        ([presence(first=text)], {"report": SOURCE}),
        ([presence(last=text)], {"report": SOURCE}),
        ([incident(claims=[claim(date=text)])], {"report": SOURCE}),
        ([incident()], {"report": SOURCE | {"published": text}}),
    ):
        found = read(*wrong, sources=sources)
        assert found.dossier.records == ()
        assert found.problems[0].line
        assert "date" in found.problems[0].message


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_date_is_refused_on_the_command_line_and_costs_a_table_one_row(
    text: str, country: Country, data_folder: Path
) -> None:
    asked = CliRunner().invoke(app, ["records", "--format", "json", f"--from={text}"])
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "--from" in asked.stderr
    table = f'date,province\n"{text}",Kunduz\n2022-05-24,Kunduz\n'.encode()
    mapping = ColumnMapping({"date": "date", "province": "province"})
    found = import_file(table, country, Registry.of_folder(data_folder), mapping=mapping)
    assert (found.events.num_rows, found.rejected_rows) == (1, 1)


# --- the cost of a date is bounded


def test_a_date_is_read_up_to_64_letters() -> None:
    for text in (f"[{','.join(['1000'] * 800)}]", "x" * 100_000, "9" * 100_000, "[" * 65):
        with pytest.raises(ValueError, match="characters; at most 64 are read") as refused:
            period(text)
        assert len(str(refused.value)) < 400
    longest = "?2022-~05-%24/?2022-~05-%30"
    assert len(longest) < limits.MAX_DATE
    assert period(longest).latest == date(2022, 5, 30)
    assert read_span("[1000," * 800, DateReading()) is None


def test_the_message_of_a_cell_that_is_no_date_is_made_when_somebody_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(period_faults, "meant_dates", lambda text: asked.append(text) or [])
    monkeypatch.setattr(period_faults, "edtf_in_gregorian", lambda text: asked.append(text) or "")
    for text in ("2022-0X7", "1401-13-7", "2022-99"):
        assert read_span(text, DateReading()) is None
    assert asked == []
    with pytest.raises(DateError) as refused:
        period("2022-0X7")
    assert "is not a valid date" in str(refused.value)
    assert asked == ["2022-0X7"]
