"""Dates, positions and figures as spreadsheets and analysts write them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import events as made
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import IntakeError
from geo.events.cells.coordinates import degrees_from, position_from
from geo.events.cells.date_evidence import AmbiguousDatesError, DateEvidence
from geo.events.cells.date_ranges import read_interval
from geo.events.cells.dates import DateReading, read_day, read_span
from geo.events.columns.formats import ACLED
from geo.events.importing.importing import ImportedEvents, import_file, read_source
from geo.events.mapping.mapping import ColumnMapping
from geo.events.mapping.proposing import not_ids, propose

KABUL = ZoneInfo("Asia/Kabul")
BY_NAME = DateReading()


@pytest.fixture
def read(country, data_folder):
    return partial(import_file, country=country, registry=made.registry(data_folder))


def proposal(data: bytes, country=None) -> ColumnMapping:
    table = read_source(data).table
    sample = {name: table[name].cast(pa.string()).to_pylist() for name in table.column_names}
    box = tuple(country.provinces.whole.bounds) if country else None
    return propose(table.column_names, sample, box, not_ids=not_ids(table))


def by_proposal(read, data: bytes, said: str = "") -> ImportedEvents:
    mapping = str(proposal(data)) + (f",{said}" if said else "")
    columns = read_source(data).table.column_names
    return read(data, mapping=ColumnMapping.parse([mapping], columns))


def days(found: ImportedEvents) -> list[str]:
    return [str(day) for day in found.events["earliest"].to_pylist()]


def reasons(found: ImportedEvents) -> list[str]:
    return found.doubts["reason"].to_pylist()


US = b"""event_date,Year,Actor1,Actor2,admin1,latitude,longitude,Fatalities
9/28/19,2019,Taliban,Police Forces of Afghanistan (2014-),Balkh,36.7564,66.8972,0
9/3/19,2019,Taliban,Police Forces of Afghanistan (2014-),Kunduz,36.7,68.8,1
"""


def test_the_order_of_day_and_month_is_that_of_the_column(read):
    found = by_proposal(read, US)
    assert str(proposal(US)).startswith("date=event_date,")
    assert days(found) == ["2019-09-28", "2019-09-03"]
    assert set(found.events["date_precision"].to_pylist()) == {"day"}
    (note,) = found.notes
    assert note == (
        "Dates are read month first, since '9/28/19' cannot be read any other way: "
        "'9/3/19' is 3 September 2019."
    )


def test_day_first_with_dots_semicolons_decimal_commas_and_a_byte_order_mark(read):
    data = (
        "\ufeffevent_date;Year;Actor1;admin1;latitude;longitude;Fatalities\r\n"
        "28.09.2019;2019;Taliban;Balkh;36,7564;66,8972;0\r\n"
        "3.10.2019;2019;Taliban;Kunduz;36,7;68,8;1\r\n"
    ).encode()
    found = by_proposal(read, data)
    assert days(found) == ["2019-09-28", "2019-10-03"]
    assert found.events["lat"].to_pylist() == [36.7564, 36.7]
    assert "'3.10.2019' is 3 October 2019" in found.notes[0]


def test_forms_that_excel_mixes_in_one_column(read):
    data = b"""event_date,Year,Actor1,admin1,latitude,longitude
43736,2019,Taliban,Balkh,36.7564,66.8972
"September 30, 2019",2019,Taliban,Balkh,36.7564,66.8972
01-Oct-19,2019,Taliban,Balkh,36.7564,66.8972
20191002,2019,Taliban,Balkh,36.7564,66.8972
43741.75,2019,Taliban,Balkh,36.7564,66.8972
"""
    found = by_proposal(read, data)
    assert days(found) == ["2019-09-28", "2019-09-30", "2019-10-01", "2019-10-02", "2019-10-03"]
    assert found.notes == ("Numbers are read as spreadsheet dates: '43736' is 28 September 2019.",)
    later = by_proposal(read, data, "date_serials==1904")
    assert days(later)[0] == "2023-09-29"
    assert "counted from 1904: '43736' is 29 September 2023" in later.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "28-Sep-19", "28 September 2019", "28th September, 2019", "28. September 2019",
        "September 28, 2019", "Sept. 28, 2019", "Sep 28 2019", "Saturday, 28 September 2019",
        "Sat, 28 Sep 2019", "2019-Sep-28", "28/Sep/2019", "2019/9/28", "2019.09.28", "20190928",
        "43736", "43736,5", "9/28/19", "28.09.2019", "28-09-19", "9/28/2019 0:00",
        "9/28/2019 12:00:00 AM", "2019-09-28T00:00:00Z", "2019-09-28 00:00:00.000",
        "2019-09-28T10:15:00+04:30", "۲۸/۰۹/۲۰۱۹",
    ],
)  # fmt: skip
def test_a_day_in_any_of_its_forms_is_the_same_day(text):
    assert read_day(text, BY_NAME, KABUL).day == date(2019, 9, 28)
    assert read_day(text, BY_NAME, KABUL).shifted is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Sep-19", "2019-09-01", "2019-09-30"),
        ("September 2019", "2019-09-01", "2019-09-30"),
        ("9/2019", "2019-09-01", "2019-09-30"),
        ("2019-9", "2019-09-01", "2019-09-30"),
        ("2019-21", "2019-03-01", "2019-05-31"),
        ("2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_a_month_stays_a_month_and_a_year_a_year(text, first, last):
    found = read_span(text, BY_NAME)
    assert found is not None
    assert [str(day) for day in found] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["31/04/2019", "2019-02-29", "00/00/2019", "1/0/1900", "20190931", "19-Sep", "28-30 Sep 2019",
     "unit 7", "no. 43736", "12345", "soon", "2019-05-01/.."],
)  # fmt: skip
def test_what_is_no_day_is_none(text):
    assert read_span(text, DateReading("day-first")) is None


def test_dates_of_both_orders_or_of_none_are_asked_about_and_never_guessed():
    with pytest.raises(AmbiguousDatesError, match="9 March 2019 or 3 September 2019") as asked:
        DateEvidence.of(["9/3/19", "2019-09-04"]).reading(BY_NAME)
    assert "--date-order day-first or --date-order month-first" in str(asked.value)
    with pytest.raises(AmbiguousDatesError, match="both orders, such as '28/9/19' and '9/28/19'"):
        DateEvidence.of(["9/3/19", "28/9/19", "9/28/19"]).reading(BY_NAME)
    # Nothing is asked where nothing is open.
    assert DateEvidence.of(["9/28/19", "28/9/19", "5/5/19", "1/0/1900"]).reading(BY_NAME) == BY_NAME


def test_an_order_that_is_set_holds_and_a_cell_against_it_is_doubted(read):
    data = b"date,lat,lon\n9/3/19,34.5,69.2\n9/28/19,34.5,69.2\n28/9/19,34.5,69.2\n"
    with pytest.raises(AmbiguousDatesError):
        by_proposal(read, data)
    found = by_proposal(read, data, "date_order==day-first")
    assert days(found) == ["2019-03-09", "2019-09-28", "2019-09-28"]
    (doubt,) = found.doubts.to_pylist()
    assert (doubt["row"], doubt["value"]) == (2, "9/28/19")
    assert "is not day first like the other dates" in doubt["reason"]
    with pytest.raises(IntakeError, match="day-first or month-first"):
        by_proposal(read, data, "date_order==american")


def test_the_dates_of_acled_and_ucdp_are_read_in_the_order_of_their_column(country, data_folder):
    rows = [made.acled(event_date="28/09/2021"), made.acled(event_date="03/10/2021",
            event_id_cnty="A2")]  # fmt: skip
    assert days(made.read_acled(country, data_folder, *rows)) == ["2021-09-28", "2021-10-03"]
    row = made.ucdp(date_start="5/24/2022 0:00", date_end="5/25/2022 0:00", date_prec="2")
    assert days(made.read_ucdp(country, data_folder, row)) == ["2022-05-24"]
    with pytest.raises(AmbiguousDatesError):
        made.read_acled(country, data_folder, made.acled(event_date="03/10/2021"))


def test_a_time_of_another_zone_keeps_its_day_and_says_that_it_was_another_one_there(read):
    data = (
        b"date,lat,lon\n2019-05-01T22:00:00Z,34.5,69.2\n2019-05-01T00:00:00Z,34.5,69.2\n"
        b"2019-05-01T23:00:00+04:30,34.5,69.2\n2019-05-01T15:00:00-0500,34.5,69.2\n"
    )
    found = by_proposal(read, data)
    assert set(days(found)) == {"2019-05-01"}
    assert [(doubt["row"], "2019-05-02" in doubt["reason"]) for doubt in found.doubts.to_pylist()
            if "zone" in doubt["reason"]] == [(1, True), (4, True)]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["1401-05-03", "1401/5/3", "3/5/1401", "14010503", "۱۴۰۱/۰۵/۰۳", "3 Asad 1401", "۳ اسد ۱۴۰۱",
     "1401-05-03/1401-05-03", "3 Mordad 1401"],
)  # fmt: skip
def test_a_year_of_the_solar_hijri_calendar_is_asked_about_and_read_when_it_is_said(read, text):
    data = f'date,lat,lon\n"{text}",34.5,69.2\n'.encode()
    columns, said = ["date", "lat", "lon"], "date=date,lat=lat,lon=lon"
    with pytest.raises(AmbiguousDatesError, match="Solar Hijri") as asked:
        read(data, mapping=ColumnMapping.parse([said], columns))
    assert asked.value.about == "calendar"
    said += ",calendar==solar-hijri,date_order==day-first"
    found = read(data, mapping=ColumnMapping.parse([said], columns))
    assert days(found) == ["2022-07-25"]
    assert f"read as Solar Hijri: {text!r} is 25 July 2022" in found.notes[0]


def test_gregorian_days_stay_what_they_are_beside_solar_hijri_ones():
    both = DateReading("day-first", "solar-hijri")
    assert read_day("2022-07-25", both).day == read_day("1401-05-03", both).day
    assert read_span("1401", both) == (date(2022, 3, 21), date(2023, 3, 20))


def test_a_year_below_1900_is_rejected_with_its_year(read):
    found = by_proposal(read, b"date,lat,lon\n" + b"2019-05-01,34.5,69.2\n" * 9
                        + b"0019-05-01,34.5,69.2\n01/05/1819,34.5,69.2\n")  # fmt: skip
    assert [row["reason"] for row in found.rejected.to_pylist()] == [
        "the year 19 is before 1900; correct it", "the year 1819 is before 1900; correct it",
    ]  # fmt: skip


def test_a_year_is_the_date_only_where_nothing_is_finer():
    assert str(proposal(b"Year,lat,lon\n2019,34.5,69.2\n")) == "date=Year,lat=lat,lon=lon"
    finer = proposal(b"Year,recorded,lat,lon\n2019,28/09/2019,34.5,69.2\n")
    assert finer.columns["date"] == "recorded"
    mapped = proposal(b"Year,lat,lon\n2019,34.5,69.2\n")
    assert mapped.reasons["date"] == "a year; no column has the day"


def test_a_date_in_three_columns_is_as_fine_as_they_are(read):
    data = b"""Incident,Year,Month,Day,Latitude,Longitude
1,1997,3,7,34.5,69.2
2,1997,March,,34.5,69.2
3,1997,,,34.5,69.2
4,1997,0,0,34.5,69.2
5,1997.0,12.0,31.0,34.5,69.2
6,1997,2,30,34.5,69.2
"""
    mapping = proposal(data)
    assert {name: mapping.columns[name] for name in ("date", "month", "day_of_month")} == {
        "date": "Year", "month": "Month", "day_of_month": "Day",
    }  # fmt: skip
    found = by_proposal(read, data)
    assert days(found) == ["1997-03-07", "1997-03-01", "1997-01-01", "1997-01-01", "1997-12-31"]
    assert found.events["date_precision"].to_pylist() == ["day", "month", "year", "year", "day"]
    assert found.rejected["value"].to_pylist() == ["1997-02-30"]


@pytest.mark.parametrize(
    "text",
    [
        "34.52, 69.17", "34.52,69.17", "34.52 69.17", "34.52; 69.17", "34.52/69.17", "34,52; 69,17",
        "34,52, 69,17", "(34.52, 69.17)", "N 34.52 E 69.17", "34.52N 69.17E", "69.17E 34.52N",
        "34.52° N, 69.17° E", "Lat 34.52, Long 69.17", "geo:34.52,69.17", "POINT (69.17 34.52)",
        "SRID=4326;POINT(69.17 34.52)", "Point Z (69.17 34.52 1800)", "۳۴٫۵۲، ۶۹٫۱۷",
        "34°31'12\"N 69°10'12\"E", "34°31′12″N, 69°10′12″E", "34º31'12''N 69º10'12''E",
        "N34°31'12\" E69°10'12\"", "34° 31.2' N 69° 10.2' E", "34 31 12 N 69 10 12 E",
        "34-31-12N 069-10-12E", "34d31m12sN 69d10m12sE", "343112N 0691012E",
        "34 deg 31 min 12 sec N, 69 deg 10 min 12 sec E", "34:31:12, 69:10:12",
    ],
)  # fmt: skip
def test_a_position_in_one_cell(text):
    found = position_from(text)
    assert found is not None
    assert (round(found.lat, 6), round(found.lon, 6)) == (34.52, 69.17)


@pytest.mark.parametrize(
    "text",
    ["34.52", "near Kabul", "91, 69", "34.52, 181", "34°75'N 69°10'E", "34.52N 34.53N",
     "MULTIPOINT ((69.17 34.52))", "42S 515000 3819000", "99S WD 23 78", "42R WD 23 78",
     "42S WD 234 5678", "1A AA 00", "42SIO 23 78", "34.52, 69.17, 1800"],
)  # fmt: skip
def test_what_is_no_position_is_none(text):
    assert position_from(text) is None


@given(st.text("0123456789NSEWnsewdmD°'\".,-:/ ()POINTCSXRW", max_size=24) | st.text(max_size=20))
def test_any_text_is_a_position_on_the_globe_or_none(text):
    found = position_from(text)
    assert found is None or (abs(found.lat) <= 90 and abs(found.lon) <= 180)
    assert degrees_from(text) != float("inf")


@pytest.mark.parametrize(
    ("text", "radius"),
    [("42S WD 23456 78901", 1), ("42SWD23457890", 7), ("42 S WD 234 789", 71),
     ("42S WD 23 78", 707), ("MGRS: 42SWD27", 7_071), ("42S WD", 70_711)],
)  # fmt: skip
def test_a_grid_reference_is_as_uncertain_as_its_square(text, radius):
    found = position_from(text)
    assert found is not None
    assert round(found.radius_m) == radius


def test_rows_with_their_position_in_one_cell_are_drawn_no_finer_than_it(read):
    data = """date,coordinates,what
2022-01-01,"34.52, 69.17",a
2022-01-02,"34°31'40""N 69°10'21""E",b
2022-01-03,42S WD 23456 78901,c
2022-01-04,42S WD 23 78,d
2022-01-05,POINT (69.17 34.52),e
2022-01-06,42S WD,f
2022-01-07,99S WD 23 78,g
""".encode()
    found = by_proposal(read, data)
    events = found.events.to_pylist()
    assert len(events) == 7
    assert [one["precision"] for one in events[:5]] == ["near"] * 5
    assert [one["uncertainty_m"] for one in events[:2]] == [25_000, 25_000]
    assert round(events[3]["uncertainty_m"]) == 707
    assert events[2]["uncertainty_m"] >= 1
    # A square of 100 km is not drawn as a disc.
    assert events[5]["lat"] is None
    assert events[6]["lat"] is None
    (said,) = [one for one in found.doubts.to_pylist() if one["value"] == "99S WD 23 78"]
    assert "is not a position" in said["reason"]


def test_latitude_and_longitude_the_wrong_way_round_are_said_and_never_exchanged(read, country):
    data = b"date,lat,lon\n2022-01-01,69.17,34.52\n2022-01-02,68.9,36.7\n"
    mapping = proposal(data, country)
    assert str(mapping) == "date=date,lat=lat,lon=lon"
    assert "look swapped" in mapping.reasons["lat"]
    found = read(data, mapping=mapping)
    assert found.events["off"].to_pylist() == ["outside", "outside"]
    assert "look swapped: 2 of 2 points" in found.notes[0]
    assert all("map lat=lon,lon=lat" in reason for reason in reasons(found))
    exchanged = ColumnMapping.parse(["date=date,lat=lon,lon=lat"], ["date", "lat", "lon"])
    assert read(data, mapping=exchanged).events["lat"].to_pylist() == [34.52, 36.7]


def test_the_command_shows_how_dates_are_read_and_what_to_run_for_exchanged_columns(tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_bytes(b"date,lat,lon\n9/3/19,69.17,34.52\n9/28/19,68.9,36.7\n")
    done = CliRunner().invoke(app, ["import", str(source), "--out", str(out)])
    assert (done.exit_code, out.exists()) == (2, False)
    assert "'9/3/19' is 3 September 2019" in done.output
    assert "look swapped. To exchange them, run:" in done.output
    assert "--map date=date,lat=lon,lon=lat" in done.output
    source.write_bytes(b"date,lat,lon\n9/3/19,34.52,69.17\n")
    done = CliRunner().invoke(app, ["import", str(source), "--out", str(out)])
    assert "'9/3/19' is 9 March 2019 or 3 September 2019" in done.output
    said = ["import", str(source), "--out", str(out), "--map", "date=date,lat=lat,lon=lon"]
    done = CliRunner().invoke(app, said)
    assert (done.exit_code, out.exists()) == (2, False)
    assert "add --date-order day-first or --date-order month-first" in done.output
    done = CliRunner().invoke(app, [*said, "--date-order", "month-first"])
    assert (done.exit_code, out.exists()) == (0, True)


def test_headings_are_whole_words_and_easting_is_not_a_degree():
    assert str(proposal(b"date,E,N\n2022-01-01,69.2,34.5\n")) == "date=date,lat=N,lon=E"
    assert str(proposal(b"date,X,Y\n2022-01-01,69.2,34.5\n")) == "date=date,lat=Y,lon=X"
    metres = b"date,Easting,Northing\n2022-01-01,515000,3819000\n"
    assert str(proposal(metres)) == "date=date"
    # Half a point is none.
    assert str(proposal(b"date,lat,E\n2022-01-01,34.5,no\n")) == "date=date"


def test_columns_that_a_spreadsheet_leaves_behind_are_not_there(read):
    data = b"""Number,Date,Group,Location ,Latitude,Longitude,,
1,30-Apr-22,NRF,Bazarak ,35.31,69.51,,
"""
    found = by_proposal(read, data)
    assert days(found) == ["2022-04-30"]
    assert found.events["groups"].to_pylist() == [["nrf"]]
    assert found.events["place_text"].to_pylist() == ["Bazarak "]
    assert read_source(data).table.column_names == [
        "Number", "Date", "Group", "Location", "Latitude", "Longitude",
    ]  # fmt: skip
    # One that holds something is kept under its place in the sheet.
    noted = read_source(b"Date,,Note \n2022-04-30,x,\n")
    assert noted.table.column_names == ["Date", "column 2", "Note"]


def test_columns_of_one_heading_are_told_apart_and_said(read):
    data = b"""Date,Actor,Actor ,Date,Actor (2),lat,lon
2022-04-30,NRF,Taliban,2022-05-01,by phone,34.5,69.2
2022-05-02,NRF,\xff,,,34.5,69.2
"""
    raw = read_source(data)
    assert raw.table.column_names == [
        "Date", "Actor", "Actor (3)", "Date (2)", "Actor (2)", "lat", "lon",
    ]  # fmt: skip
    said = ("columns with the same heading are renamed: 'Actor (3)', 'Date (2)'",)
    assert raw.notes == said
    # A cell at fault is named by its own column, and no cell is lost.
    assert [row["column"] for row in raw.rejected.to_pylist()] == ["Actor (3)"]
    assert raw.table["Date (2)"].to_pylist() == ["2022-05-01"]
    found = by_proposal(read, data)
    assert found.notes[0] == said[0]
    assert days(found) == ["2022-04-30"]
    # All of them may be the parties, as columns of different headings may.
    assert found.events["groups"].to_pylist()[0][:2] == ["nrf", "taliban"]


def test_equal_headings_of_a_known_format_keep_the_second_as_it_is(read):
    row = {**made.acled(), "notes ": "second"}
    found = read(made.csv_bytes([row], [*ACLED, "notes "]))
    assert found.form == "acled"
    assert "second" in [str(cell) for cell in made.first(found).values()]


def test_two_columns_of_parties_are_both_kept_and_neither_is_acted_upon(read):
    data = b"date,lat,lon,Actor1,Actor2\n2022-01-01,34.5,69.2,Taliban,ISKP\n"
    assert str(proposal(data)).endswith("groups=Actor1,groups=Actor2")
    event = made.first(by_proposal(read, data))
    assert (event["groups"], event["against"]) == (["taliban", "isis-k"], [])
    with pytest.raises(IntakeError, match="lat is already 'lat'"):
        ColumnMapping.parse(["lat=lat,lat=lon"], ["lat", "lon"])


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("12", (None, 12, None)), ("1,200", (None, 1200, None)), ("3.0", (None, 3, None)),
        (">5", (6, None, None)), ("at least 5", (5, None, None)), ("5+", (5, None, None)),
        ("5-7", (5, None, 7)), ("5 to 7", (5, None, 7)), ("~10", (None, 10, None)),
        ("up to 8", (None, None, 8)), ("several", (None, None, None)),
        ("unknown", (None, None, None)), ("", (None, None, None)), ("0", (None, 0, None)),
    ],
)  # fmt: skip
def test_figures_as_reports_write_them_keep_their_row(read, text, figures):
    found = by_proposal(
        read, f'date,lat,lon,killed\n2022-01-01,34.5,69.2,"{text}"\n'.encode(), "killed=killed"
    )
    event = made.first(found)
    assert tuple(event[f"killed_{bound}"] for bound in ("low", "best", "high")) == figures
    stated = any(figure is not None for figure in figures)
    assert event["killed_basis"] == ("reported" if stated else "not_stated")
    plain = figures[1] is not None and not text.startswith("~")
    doubted = any("killed" in row["column"] for row in found.doubts.to_pylist())
    assert doubted == (not plain and text not in {"", "unknown"})


@pytest.mark.parametrize("text", ["-3", "3.5", "1_0", "99999999"])
def test_what_is_no_figure_rejects_its_row(read, text):
    found = by_proposal(
        read, f"date,lat,lon,killed\n2022-01-01,34.5,69.2,{text}\n".encode(), "killed=killed"
    )
    assert found.rejected["column"].to_pylist() == ["killed"]


def test_units_numbers_and_codes_are_no_dates_and_no_countries():
    data = b"""Unit,No.,Country,Type,Date
7,43736,4,A1,2022-01-01
9,43737,4,B2,2022-01-02
"""
    assert str(proposal(data)) == "date=Date"


HEADINGS = st.sampled_from(
    ["Date", "date ", "Event Date", "Year", "Lat", "LONGITUDE", "x", "Y", "E", "N", "Coordinates",
     "Location", "Province", "Country", "Group", "Actor1", "Actor2", "Target", "Killed", "Low",
     "High", "Precision", "Accuracy", "Source", "Notes", "Unit", "No.", "ID", "Event Type", ""]
)  # fmt: skip
CELLS = st.sampled_from(
    ["2022-05-24", "5/24/22", "9/3/19", "43736", "1401-05-03", "2019", "34.5", "69,2",
     "34.52, 69.17", "42S WD 23 78", "Balkh", "Taliban", "NRF; ISKP", ">5", "several",
     "0", "12", "", "NA", "-3", "515000", "AF", "4", "Battles", "1", "3", "x"]
)  # fmt: skip


@given(st.data(), st.integers(1, 6), st.integers(1, 4))
def test_a_proposal_is_one_that_the_import_accepts(country, data_folder, data, width, length):
    names = data.draw(st.lists(HEADINGS, min_size=width, max_size=width,
                               unique_by=lambda name: name.strip() or id(name)))  # fmt: skip
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=length,
                              max_size=length))  # fmt: skip
    lines = [",".join(f'"{cell}"' for cell in row) for row in [names, *rows]]
    raw = ("\n".join(lines) + "\n").encode()
    if not any(name.strip() for name in names):
        return
    mapping = proposal(raw, country)
    if "date" not in mapping.columns:
        return
    columns = read_source(raw).table.column_names
    assert ColumnMapping.parse([str(mapping)], columns).columns == mapping.columns
    try:
        found = import_file(raw, country, made.registry(data_folder), mapping=mapping)
    except AmbiguousDatesError:
        # A question is no refusal; any answer is accepted.
        said = [str(mapping), "date_order==day-first", "calendar==solar-hijri"]
        found = import_file(
            raw, country, made.registry(data_folder), mapping=ColumnMapping.parse(said, columns)
        )
    assert found.events.num_rows + found.rejected_rows == found.rows


def test_an_id_that_stands_in_several_rows_is_not_proposed_as_one(read) -> None:
    """A table of parties has a row for each party of an event, under the event's id."""
    rows = b"id,start_date,province,actor\n1,2022-06-06,Kabul,A\n1,2022-06-06,Kabul,B\n"
    assert "id" not in proposal(rows).columns
    assert by_proposal(read, rows).events.num_rows == 2


def test_numbers_are_not_proposed_as_parties() -> None:
    """A column of clusters or cells of a grid is headed as groups are."""
    proposed = propose(["gname", "groups"], {"gname": ["A militia"], "groups": ["1"]})
    assert str(proposed) == "groups=gname"


def test_a_table_without_a_date_is_asked_for_its_column(tmp_path: Path) -> None:
    source = tmp_path / "clusters.csv"
    source.write_text('"",longitude,latitude,k3\n8,64.4,32.3,1\n')
    run = CliRunner().invoke(app, ["import", str(source), "--out", str(tmp_path / "x.parquet")])
    assert "no column was found that holds dates" in run.stdout + run.stderr
    assert "--map date=COLUMN,lat=latitude,lon=longitude" in run.stdout + run.stderr


@pytest.mark.parametrize(
    "text",
    [
        "28-30 Sep 2019", "28\u201330 September 2019", "28th to 30th September, 2019",
        "Sep 28-30, 2019", "September 28 - September 30, 2019", "28 Sep - 30 Sep 2019",
        "28-Sep-19 - 30-Sep-19", "2019-09-28/2019-09-30", "2019-09-28 - 2019-09-30",
        "20190928-20190930", "28/09/2019 - 30/09/2019", "28/09-30/09/2019", "28.-30.09.2019",
        "28.09.2019\u201330.09.2019", "between 28 and 30 Sep 2019",
        "Sat 28 Sep - Mon 30 Sep 2019", "۲۸/۰۹/۲۰۱۹ - ۳۰/۰۹/۲۰۱۹",
    ],
)  # fmt: skip
def test_a_range_of_days_in_one_cell_is_the_interval_that_it_names(read, text):
    data = f'date,lat,lon\n"{text}",34.5,69.2\n'.encode()
    assert str(proposal(data)).startswith("date=date,")
    found = by_proposal(read, data)
    event = made.first(found)
    assert (event["earliest"], event["latest"]) == (date(2019, 9, 28), date(2019, 9, 30))
    # Never a single day.
    assert event["date_precision"] != "day"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("28 Dec 2019 - 2 Jan 2020", "2019-12-28", "2020-01-02"),
        ("28 Sep to 2 Oct 2019", "2019-09-28", "2019-10-02"),
        ("Sep-Oct 2019", "2019-09-01", "2019-10-31"),
        ("5-6/7/2019", "2019-07-05", "2019-07-06"),
    ],
)
def test_a_range_runs_from_its_first_to_its_last_day(text, first, last):
    found = read_interval(text, DateReading("day-first"))
    assert found is not None
    assert [str(day) for day in found] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["30-28 Sep 2019", "28-31 Sep 2019", "28-28 Sep 2019", "28 Dec - 2 Jan 2020", "5-7", "19-Sep",
     "31-04-2019", "2018-2019", "5-6/2019", "28, 30 Sep 2019", "28 Sep 2019 or 30 Sep 2019",
     "43736-43738", "MAR-12-10-2019", "2019-09-28/..", "9/28/2019 - 9/30/2019",
     "2019-09-28 - 2019-09-29 - 2019-09-30"],
)  # fmt: skip
def test_what_names_no_two_days_in_order_is_no_range(text):
    assert read_interval(text, DateReading("day-first")) is None


def test_the_days_of_a_range_decide_the_order_of_a_column_and_are_asked_about(read):
    data = b"date,lat,lon\n28/09/2019 - 30/09/2019,34.5,69.2\n03/09/2019,34.5,69.2\n"
    assert days(by_proposal(read, data)) == ["2019-09-28", "2019-09-03"]
    with pytest.raises(AmbiguousDatesError, match="3 September 2019 or 9 March 2019"):
        by_proposal(read, b"date,lat,lon\n03/09/2019 - 05/09/2019,34.5,69.2\n")
    with pytest.raises(AmbiguousDatesError, match="Solar Hijri"):
        by_proposal(read, b"date,lat,lon\n1401/03/05 - 1401/03/07,34.5,69.2\n")


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(1, 400))
def test_every_range_of_two_days_is_read_as_both(first, length):
    last = first + timedelta(days=length)
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d.%m.%Y", "%b %d, %Y"):
        for between in (" - ", " to ", "\u2013"):
            text = f"{first.strftime(form)}{between}{last.strftime(form)}"
            assert read_interval(text, DateReading("day-first")) == (first, last)


@pytest.mark.parametrize("text", ["34, 69", "34°N 69°E", "N34 E69", "34.0, 69.0", "POINT (69 34)"])
def test_whole_degrees_are_a_square_of_a_degree_and_never_a_pin(read, text):
    found = position_from(text)
    assert found is not None
    # Half a degree of latitude and of longitude, to the corner of the square.
    assert 70_000 < found.radius_m < 80_000
    data = f'date,coordinates,province,precision\n2022-01-01,"{text}",Logar,settlement\n'.encode()
    event = made.first(drawn := by_proposal(read, data))
    assert (event["precision"], event["lat"], event["province"]) == ("province", None, "AF-LOG")
    assert any("gives the position only to within 72 km" in reason for reason in reasons(drawn))


@pytest.mark.parametrize("text", ["34.5, 69", "34.00, 69.00", "34°30'N 69°E", "34°00'N 69°00'E"])
def test_a_position_with_minutes_or_decimals_is_no_square_of_a_degree(text):
    found = position_from(text)
    assert found is not None
    assert found.radius_m != found.radius_m


def test_whole_degrees_in_two_columns_are_no_finer_than_in_one(read):
    data = b"""date,lat,lon,province,radius_m
2022-01-01,34,69,Logar,
2022-01-02,34.0,69.0,,
2022-01-03,34,69,Logar,500
2022-01-04,34.01,69.0,Logar,
"""
    found = by_proposal(read, data, "date=date,lat=lat,lon=lon,province=province,radius_m=radius_m")
    events = found.events.to_pylist()
    assert [one["precision"] for one in events] == ["province", "unknown", "province", "near"]
    assert [one["lat"] for one in events[:3]] == [None] * 3
    # No province is made of the middle of a square that covers several.
    assert not events[1]["province"]
