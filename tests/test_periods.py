"""A date is never more exact than it was written."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from geo.dossier.periods import period, span


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "precision", "text"),
    [
        ("2022-05-24", "2022-05-24", "2022-05-24", "day", "24 May 2022"),
        ("2022-05", "2022-05-01", "2022-05-31", "month", "May 2022"),
        ("2024-02", "2024-02-01", "2024-02-29", "month", "February 2024"),
        ("2022", "2022-01-01", "2022-12-31", "year", "2022"),
        ("2022-21", "2022-03-01", "2022-05-31", "year", "spring 2022 (March to May)"),
        ("2024~", "2024-01-01", "2024-12-31", "year", "about 2024"),
        ("2024-12-28~", "2024-12-28", "2024-12-28", "day", "about 28 December 2024"),
        ("2022-04-21/2022-04-30", "2022-04-21", "2022-04-30", "month",
         "between 21 and 30 April 2022"),
        ("2022-04-28/2022-05-02", "2022-04-28", "2022-05-02", "days_2_6",
         "between 28 April 2022 and 2 May 2022"),
        ("2024-05-01/2024-05-07", "2024-05-01", "2024-05-07", "week", "between 1 and 7 May 2024"),
        ("2021/2022", "2021-01-01", "2022-12-31", "longer", "2021 to 2022"),
        ("../2024", None, "2024-12-31", "longer", "by the end of 2024"),
        ("2021-08-15/..", "2021-08-15", None, "longer", "since 15 August 2021"),
    ],
)  # fmt: skip
def test_a_date_keeps_its_own_precision(
    edtf: str, earliest: str | None, latest: str | None, precision: str, text: str
) -> None:
    read = period(edtf)
    assert (read.earliest and read.earliest.isoformat()) == earliest
    assert (read.latest and read.latest.isoformat()) == latest
    assert read.precision == precision
    assert read.text == text


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2024-13", "yesterday", "", "2024-12-28/", "/2024", "../..", "2022-03/2022-02",
     "0000", "Y170000002", "2024-05-0X", "9" * 400, "2024-05-24; rm", "24.5.2024"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected an EDTF date|ends before it begins"):
        period(text)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "text"),
    [
        ("2022-05-24?", "2022-05-24", "2022-05-24", "24 May 2022 (uncertain)"),
        ("2022?", "2022-01-01", "2022-12-31", "2022 (uncertain)"),
        ("2022%", "2022-01-01", "2022-12-31", "about 2022 (uncertain)"),
        ("2022-?05", "2022-05-01", "2022-05-31", "May 2022 (month uncertain)"),
        ("2022-05-~24", "2022-05-24", "2022-05-24", "24 May 2022 (day approximate)"),
        ("2022?-05", "2022-05-01", "2022-05-31", "May 2022 (year uncertain)"),
        ("2022-05?-24", "2022-05-24", "2022-05-24", "24 May 2022 (year and month uncertain)"),
        ("2022-24?", "2022-12-01", "2023-02-28",
         "winter 2022 to 2023 (December to February; uncertain)"),
        ("2022-05-24?/2022-06", "2022-05-24", "2022-06-30", "24 May 2022 to June 2022 (uncertain)"),
        ("../2022?", None, "2022-12-31", "by the end of 2022 (uncertain)"),
        ("2021-08-15%/..", "2021-08-15", None, "since about 15 August 2021 (uncertain)"),
    ],
)  # fmt: skip
def test_a_qualifier_is_shown_and_never_certain(
    edtf: str, earliest: str | None, latest: str | None, text: str
) -> None:
    read = period(edtf)
    assert (read.earliest and read.earliest.isoformat()) == earliest
    assert (read.latest and read.latest.isoformat()) == latest
    assert read.text == text
    assert read.loose


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "text"),
    [
        ("2022-24", "2022-12-01", "2023-02-28", "winter 2022 to 2023 (December to February)"),
        ("2023-28", "2023-12-01", "2024-02-29", "winter 2023 to 2024 (December to February)"),
        ("2022-30", "2022-12-01", "2023-02-28",
         "southern summer 2022 to 2023 (December to February)"),
        ("2022-36", "2022-10-01", "2022-12-31",
         "the fourth quarter of 2022 (October to December)"),
        ("2022-41", "2022-07-01", "2022-12-31", "the second half of 2022 (July to December)"),
        ("2022-05-XX", "2022-05-01", "2022-05-31", "May 2022"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31", "2022"),
        ("199X", "1990-01-01", "1999-12-31", "the 1990s"),
        ("[..2022-05-24]", None, "2022-05-24", "by 24 May 2022"),
        ("[2022-05-24..]", "2022-05-24", None, "since 24 May 2022"),
    ],
)  # fmt: skip
def test_a_season_and_what_is_not_stated_are_read_as_wide_as_they_are(
    edtf: str, earliest: str | None, latest: str | None, text: str
) -> None:
    read = period(edtf)
    assert (read.earliest and read.earliest.isoformat()) == earliest
    assert (read.latest and read.latest.isoformat()) == latest
    assert (read.text, read.loose) == (text, False)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("{2022-05,2022-07}", "is a set of dates"),
        ("[2022-05,2022-07]", "is a set of dates"),
        ("[2022-05..2022-07]", "write the interval from the first to the last"),
        ("/2022", "write ../2022 if the end is open"),
        ("2022-05/", "write 2022-05/.. if the end is open"),
        ("2022-05-24T23:20:30Z", "write only the day, 2022-05-24"),
        ("2022-XX-15", "has a day without a month; write 2022"),
        ("03/03/2025", "did you mean 2025-03-03?"),
        ("03/04/2025", "did you mean 2025-04-03 or 2025-03-04?"),
        ("24.5.2024", "did you mean 2024-05-24?"),
        ("2024/5/3", "did you mean 2024-05-03?"),
        ("2024-5", "did you mean 2024-05?"),
        ("24 May 2022", "did you mean 2022-05-24?"),
        ("Sept. 2021", "did you mean 2021-09?"),
        ("May 24, 2022", "did you mean 2022-05-24?"),
    ],
)
def test_what_is_refused_says_why_and_what_to_write_instead(text: str, instead: str) -> None:
    with pytest.raises(ValueError, match="expected an EDTF date") as refused:
        period(text)
    assert instead in str(refused.value)


MARKS = st.sampled_from(["", "?", "~", "%"])


@given(st.dates(date(1900, 1, 1), date(9998, 12, 31)), st.integers(4, 10), MARKS)
def test_dates_agree_with_the_library_of_the_format(day: date, length: int, mark: str) -> None:
    text = day.isoformat()[: {5: 4, 6: 4, 8: 7, 9: 7}.get(length, length)] + mark
    parsed, read = parse_edtf(text), period(text)
    assert read.earliest == date(*parsed.lower_strict()[:3])
    assert read.latest == date(*parsed.upper_strict()[:3])
    assert (read.approximate, read.uncertain) == (mark in {"~", "%"}, mark in {"?", "%"})


@given(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)))
def test_an_interval_keeps_its_two_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    read = period(f"{first.isoformat()}/{last.isoformat()}")
    assert (read.earliest, read.latest) == (first, last)
    assert read.overlaps(first, first)
    assert read.overlaps(last, last)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_as_a_value_error(text: str) -> None:
    try:
        read = period(text)
    except ValueError:
        return
    assert read.earliest is None or read.latest is None or read.earliest <= read.latest


def test_a_month_overlaps_any_window_that_touches_it() -> None:
    may = period("2024-05")
    assert may.overlaps(date(2024, 5, 31), date(2024, 6, 30))
    assert may.overlaps(None, date(2024, 5, 1))
    assert not may.overlaps(date(2024, 6, 1), None)


def test_a_span_that_runs_backwards_is_refused() -> None:
    assert span(period("2021-08"), period("2025-01~")).latest == date(2025, 1, 31)
    with pytest.raises(ValueError, match="is before the first date"):
        span(period("2024"), period("2022"))
