"""ACLED and UCDP GED become events that say no more than their rows, and no row is lost."""

from __future__ import annotations

from datetime import date
from functools import partial

import events as made
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import limits
from geo.errors import IntakeError
from geo.events.columns.formats import ACLED, ACLED_OPTIONAL, UCDP, recognise
from geo.events.columns.rejects import distinct_rows
from geo.events.columns.schema import SCHEMA
from geo.events.importing.importing import import_file
from geo.events.readers.csv_rows import read_csv


@pytest.fixture
def acled(country, data_folder):
    return partial(made.read_acled, country, data_folder)


@pytest.fixture
def ucdp(country, data_folder):
    return partial(made.read_ucdp, country, data_folder)


def reasons(found: pa.Table) -> list[tuple[int, str, str]]:
    return [(row["row"], row["column"], row["value"]) for row in found.to_pylist()]


@pytest.mark.parametrize(
    ("code", "precision", "radius"),
    [("1", "settlement", 2000), ("2", "near", 25_000), ("3", "province", None)],
)
def test_a_place_of_acled_is_no_finer_than_its_code(acled, code, precision, radius):
    event = made.first(acled(made.acled(geo_precision=code)))
    assert (event["precision"], event["province"]) == (precision, "AF-KDZ")
    assert event["uncertainty_m"] == radius
    assert (event["lat"], event["lon"]) == ((37.1893, 68.9364) if radius else (None, None))


@pytest.mark.parametrize(
    ("code", "precision", "province", "off"),
    [
        ("1", "settlement", "AF-KDZ", ""),
        ("2", "near", "AF-KDZ", ""),
        ("3", "district", "AF-KDZ", ""),
        ("4", "province", "AF-KDZ", ""),
        ("5", "district", "AF-KDZ", ""),
        ("6", "country", "", "country"),
    ],
)
def test_a_place_of_ucdp_is_no_finer_than_its_code(ucdp, code, precision, province, off):
    event = made.first(ucdp(made.ucdp(where_prec=code)))
    assert (event["precision"], event["province"], event["off"]) == (precision, province, off)
    assert (event["lat"] is None) == (precision not in {"settlement", "near"})
    assert bool(event["district"]) == (precision in {"settlement", "near", "district"})


def test_part_of_a_region_with_only_a_district_named_is_that_district(acled):
    event = made.first(acled(made.acled(geo_precision="2", location="")))
    assert (event["precision"], event["lat"]) == ("district", None)


@pytest.mark.parametrize(
    ("code", "first", "last", "precision"),
    [
        ("1", date(2024, 2, 10), date(2024, 2, 10), "day"),
        ("2", date(2024, 2, 7), date(2024, 2, 13), "week"),
        ("3", date(2024, 2, 1), date(2024, 2, 29), "month"),
    ],
)
@pytest.mark.parametrize("written", ["2024-02-10", "10 February 2024", "10-Feb-2024"])
def test_a_date_of_acled_is_an_interval(acled, code, first, last, precision, written):
    event = made.first(acled(made.acled(event_date=written, time_precision=code)))
    found = (event["earliest"], event["latest"], event["date_precision"])
    assert found == (first, last, precision)


@pytest.mark.parametrize(
    ("code", "end", "precision"),
    [("1", "24", "day"), ("2", "28", "days_2_6"), ("3", "30", "week"), ("4", "31", "month"),
     ("5", "31", "year"), ("1", "27", "days_2_6")],
)  # fmt: skip
def test_a_date_of_ucdp_is_as_fine_as_its_code_and_its_interval(ucdp, code, end, precision):
    found = ucdp(made.ucdp(date_prec=code, date_end=f"2022-05-{end}"))
    assert made.first(found)["date_precision"] == precision
    assert bool(found.doubts.num_rows) == ((code, end) == ("1", "27"))


def test_no_deaths_stated_is_not_zero_and_acleds_zero_has_no_upper_end(acled, ucdp):
    def killed(event):
        return [event[f"killed_{end}"] for end in ("low", "best", "high", "basis")]

    assert killed(made.first(acled(made.acled(fatalities="")))) == [None, None, None, "not_stated"]
    assert killed(made.first(acled(made.acled(fatalities="0")))) == [0, 0, None, "acled_reported"]
    assert killed(made.first(ucdp(made.ucdp()))) == [2, 3, 5, "ucdp"]
    assert killed(made.first(ucdp(made.ucdp(low="", best="", high="")))) == [
        None, None, None, "not_stated",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["7", "Civilians", "civilians"])
def test_civilians_are_acted_upon_and_are_no_group_in_every_spelling_of_inter(acled, code):
    row = made.acled(
        event_type="Violence against civilians", actor2="Civilians (Afghanistan)", inter2=code
    )
    event = made.first(acled(row))
    assert (event["groups"], event["unmatched"]) == (["nrf"], [])
    assert event["against"] == ["civilians"]


def test_two_actors_imply_no_direction(acled, ucdp):
    assert made.first(acled(made.acled()))["groups"] == ["nrf", "taliban"]
    assert made.first(acled(made.acled()))["against"] == []
    one_sided = made.first(ucdp(made.ucdp(type_of_violence="3", side_b="Civilians")))
    assert (one_sided["groups"], one_sided["against"]) == (["taliban"], ["civilians"])


def test_a_point_outside_the_named_province_keeps_only_the_province(acled):
    found = acled(made.acled(admin1="Helmand", admin2=""))
    event = made.first(found)
    assert (event["precision"], event["province"], event["lat"]) == ("province", "AF-HEL", None)
    (doubt,) = found.doubts.to_pylist()
    assert (doubt["row"], doubt["column"], doubt["value"]) == (1, "latitude", "37.1893, 68.9364")
    assert "is in Kunduz, more than 2 km outside Helmand" in doubt["reason"]


@pytest.mark.parametrize(("metres", "precision"), [(1_900, "settlement"), (2_100, "province")])
def test_a_point_may_lie_two_kilometres_beyond_the_border(acled, country, metres, precision):
    # From the town eastwards, until the point is so far beyond the border of Kunduz.
    low, high = 68.9, 71.5
    for _ in range(40):
        middle = (low + high) / 2
        beyond = country.provinces.distance_m(36.7, middle, "AF-KDZ")
        low, high = (middle, high) if beyond < metres else (low, middle)
    row = made.acled(latitude="36.7", longitude=str(low), admin2="")
    assert made.first(acled(row))["precision"] == precision


def test_what_lies_abroad_is_kept_and_not_drawn(acled):
    event = made.first(acled(made.acled(country="Pakistan", latitude="34.0", longitude="71.5")))
    assert (event["off"], event["precision"], event["province"]) == ("outside", "unknown", "")


def test_a_province_that_nobody_knows_queues_up(acled):
    row = made.acled(admin1="Nowhere", geo_precision="3")
    found = acled(row)
    assert made.first(found)["off"] == "unknown"
    queued = [(one["what"], one["name"], one["rows"]) for one in found.unknown.to_pylist()]
    assert queued == [("province", "Nowhere", 1)]


def test_columns_are_read_in_any_order_and_case_and_from_old_releases(country, data_folder):
    old = [name for name in reversed(ACLED) if name not in {"event_id_cnty", "disorder_type"}]
    columns = [name.upper() for name in (*old, "data_id", *ACLED_OPTIONAL)]
    row = {name.upper(): text for name, text in made.acled(data_id="77").items()}
    row.pop("EVENT_ID_CNTY")
    row.pop("DISORDER_TYPE")
    found = import_file(
        b"\xef\xbb\xbf" + made.csv_bytes([row], columns), country, made.registry(data_folder)
    )
    event = made.first(found)
    assert (event["id"], event["precision"], event["origin"]) == ("77", "settlement", "acled")
    assert event["original:NOTES"] == made.ACLED_ROW["notes"]
    assert recognise(reversed(UCDP)) == "ucdp-ged"


def test_a_bad_cell_rejects_its_row_with_row_column_value_and_reason(acled, ucdp):
    wrong = {
        "event_date": "31 February 2022", "time_precision": "4", "geo_precision": "9",
        "fatalities": "-3", "latitude": "91", "longitude": "east", "event_id_cnty": "",
    }  # fmt: skip
    rows = [made.acled(**({"event_id_cnty": f"A{n}"} | {column: text}))
            for n, (column, text) in enumerate(wrong.items())]  # fmt: skip
    found = acled(made.acled(), *rows, made.acled())
    assert reasons(found.rejected)[:-1] == [
        (number, column, text) for number, (column, text) in enumerate(wrong.items(), start=2)
    ]
    assert reasons(found.rejected)[-1] == (9, "event_id_cnty", "AFG1")
    assert (found.events.num_rows, found.rejected_rows, found.rows) == (1, 8, 9)
    water = ucdp(made.ucdp(where_prec="7")).rejected.to_pylist()
    assert water[0]["reason"].startswith("7 is water")


def test_a_line_or_a_vague_area_is_drawn_as_the_finest_unit_that_the_row_names(ucdp):
    def placed(**changes):
        found = ucdp(made.ucdp(where_prec="5", **changes))
        (doubt,) = found.doubts.to_pylist()
        assert doubt["reason"].startswith("a line or an area of no definite shape")
        event = made.first(found)
        assert event["lat"] is None
        return event["precision"], event["province"], event["district"]

    assert placed() == ("district", "AF-KDZ", "AF1905")
    assert placed(adm_2="") == ("province", "AF-KDZ", "")
    assert placed(adm_1="", adm_2="") == ("region", "", "")
    abroad = made.ucdp(where_prec="5", country="Bangladesh", latitude="23.7", longitude="90.4")
    assert ucdp(abroad).doubts.num_rows == 0


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (("3", "2", "3"), (2, 2, 3)), (("0", "4", "3"), (0, 4, 4)), (("6", "2", "4"), (2, 2, 6)),
        (("4", "", "3"), (3, None, 4)), (("", "4", "3"), (3, 4, 4)), (("2", "3", ""), (2, 3, None)),
        (("2", "3", "5"), (2, 3, 5)),
    ],
)  # fmt: skip
def test_figures_out_of_order_are_kept_and_shown_as_the_range_they_span(ucdp, given, shown):
    names = ("low", "best", "high")
    found = ucdp(made.ucdp(**dict(zip(names, given, strict=True))))
    event = made.first(found)
    assert tuple(event[f"killed_{name}"] for name in names) == shown
    assert tuple(event[f"original:{name}"] for name in names) == given
    told = [doubt["reason"] for doubt in found.doubts.to_pylist()]
    as_given = all(own in {None, int(text or -1)} for own, text in zip(shown, given, strict=True))
    assert [("not in ascending order" in reason) for reason in told] == ([] if as_given else [True])


def test_a_second_name_in_brackets_does_not_hide_a_district(ucdp):
    row = made.ucdp(where_prec="3", adm_2="Imam Sahib district (Archi)")
    assert made.first(ucdp(row))["district"] == "AF1905"


def test_a_district_that_the_row_names_is_not_lost_for_a_point_that_lies_elsewhere(ucdp):
    found = ucdp(made.ucdp(where_prec="3", latitude="34.0", longitude="65.0"))
    event = made.first(found)
    assert (event["precision"], event["district"], event["lat"]) == ("district", "AF1905", None)
    (doubt,) = found.doubts.to_pylist()
    assert doubt["reason"].endswith("which the row names; the district is used as named")


def test_the_future_is_rejected_and_only_where_a_day_is_given(acled):
    row = made.acled(event_date="2030-01-01")
    assert acled(row).rejected_rows == 0
    assert acled(row, today=date(2026, 1, 1)).rejected_rows == 1


def test_malformed_and_undecodable_rows_are_named_and_the_others_read(country, data_folder):
    good, other = (made.csv_bytes([made.acled(event_id_cnty=f"A{n}")], ACLED) for n in (1, 2))
    line = other.split(b"\n", 1)[1]
    line = line.replace(b"A paper", "پژواک".encode())
    data = good + b"too,few\n" + line.replace(b'"National"', b"N\xe4") + line + b"b\xfcd\n"
    for mark in (b"", b"\xef\xbb\xbf"):
        found = import_file(mark + data, country, made.registry(data_folder))
        assert found.events["row"].to_pylist() == [1, 4]
        assert found.events["source"].to_pylist() == ["A paper", "پژواک"]
        assert reasons(found.rejected) == [
            (2, "", "too,few"), (3, "source_scale", "N\\xe4"), (5, "", "b\\xfcd"),
        ]  # fmt: skip


CELLS = st.one_of(
    st.sampled_from(["", "0", "1", "3", "7", "-1", "nan", "1e400", "2022-02-30", "Kabul", "=1+1"]),
    st.text(max_size=12),
)


MUTATED = (
    st.lists(st.dictionaries(st.sampled_from(ACLED), CELLS, max_size=4), max_size=5),
    st.lists(st.dictionaries(st.sampled_from(UCDP), CELLS, max_size=4), max_size=5),
)


@pytest.mark.slow
def test_rows_kept_and_rows_rejected_add_up(acled, ucdp):
    @settings(max_examples=60, deadline=None)
    @given(*MUTATED)
    def add_up(changes, other):
        check_sums(acled(*(made.acled(**change) for change in changes)), len(changes))
        check_sums(ucdp(*(made.ucdp(**change) for change in other)), len(other))

    add_up()


def check_sums(found, rows):
    assert found.events.num_rows + distinct_rows(found.rejected) == found.rows == rows
    kept, rejected = (set(part["row"].to_pylist()) for part in (found.events, found.rejected))
    assert kept | rejected == set(range(1, rows + 1))
    assert not kept & rejected
    assert set(found.doubts["row"].to_pylist()) <= kept
    assert found.events.select(SCHEMA.names).schema.equals(SCHEMA)
    for event in found.events.to_pylist():
        point = event["precision"] in {"settlement", "near"}
        assert (event["lat"] is not None) == (event["uncertainty_m"] is not None) == point


def test_whatever_the_bytes_nothing_but_our_own_errors_comes_out(country, data_folder):
    whole = made.csv_bytes([made.acled(event_id_cnty=f"A{n}") for n in range(3)], ACLED)
    pieces = st.sampled_from([b'"', b"\n", b"\r", b"\x00", b"\xff", b",", b"{", b"PAR1", b"#"])

    @settings(max_examples=80, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, len(whole)), pieces), max_size=6))
    def only_ours(changes):
        data = bytearray(whole)
        for at, piece in changes:
            data[at : at + 1] = piece
        try:
            found = import_file(bytes(data), country, made.registry(data_folder))
        except IntakeError:
            return
        assert found.events.num_rows + found.rejected_rows == found.rows

    only_ours()


def test_a_file_larger_than_a_limit_is_refused(monkeypatch):
    refusals = {
        "MAX_TABLE_BYTES": (b"a,b\n" + b"1,2\n" * 20, "bytes; at most 60"),
        "MAX_ROWS": (b"a\n" + b"1\n" * 61, "61 rows; at most 60"),
        "MAX_COLUMNS": (b",".join(b"c%d" % n for n in range(61)), "61 columns; at most 60"),
    }
    for limit, (data, said) in refusals.items():
        with monkeypatch.context() as patch:
            patch.setattr(limits, limit, 60)
            with pytest.raises(IntakeError, match=said):
                read_csv(data, "x.csv")
    monkeypatch.setattr(limits, "MAX_CELL", 60)
    raw = read_csv(b"a,b\n1," + b"x" * 61 + b"\n2," + b"x" * 60 + b"\n", "x.csv")
    assert (raw.rows.tolist(), reasons(raw.rejected)[0][:2]) == ([2], (1, "b"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xfea\x00", "is UTF-16"),
        (b'a,b\n1,"is probably missing' + b"\n" * (1 << 24), "is probably missing"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_in_words(data, said):
    with pytest.raises(IntakeError, match=said):
        read_csv(data, "x.csv")
