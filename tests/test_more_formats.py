"""Files as people hand them round become the same rows as CSV, and what is not read is said."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from contextlib import suppress
from datetime import date, datetime

import events as made
import openpyxl
import pytest
from hostile import watched
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import IntakeError
from geo.events.columns.formats import ACLED, UCDP
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping
from geo.events.readers.opening import read_source

HEADING = ["Date", "Province", "Place", "Killed", "Notes"]
HXL = ["#date", "#adm1+name", "#loc+name", "#affected+killed", "#description"]
BODY = [
    [date(2022, 5, 24), "Kunduz", "Imam Sahib", 3, "as said"],
    [
        datetime(2022, 5, 25, 14, 30),  # noqa: DTZ001 - as a sheet has it
        "Herat",
        None,
        0.5,
        "=1+1",
    ],
]
MAPPING = ColumnMapping(
    {"date": "Date", "province": "Province", "place": "Place", "notes": "Notes"}
)


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*rows) -> bytes:
    return saved(workbook(Sheet=rows))


def cell(value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"><text:p>x</text:p></table:table-cell>'  # noqa: E501
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value},0</text:p></table:table-cell>'  # noqa: E501
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def ods(*rows, after: str = "") -> bytes:
    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    head = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
                    for one in ("office", "table", "text"))  # fmt: skip
    text = (f'<office:document-content {head}><office:body><office:spreadsheet><table:table '
            f'table:name="Events">{lines}{after}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>")  # fmt: skip
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                   "content.xml": text})  # fmt: skip


def zipped(files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, data, kind)
    return out.getvalue()


@pytest.fixture
def read(country, data_folder):
    registry = made.registry(data_folder)
    return lambda data, **more: import_file(data, country, registry, **more)


@pytest.mark.parametrize("make", [xlsx, ods], ids=["xlsx", "ods"])
def test_a_sheet_with_title_lines_tags_and_empty_rows_is_read_as_the_sheet_numbers_it(make, read):
    title = ["Incidents, as of June"]
    raw = read_source(make(title, [], HEADING, HXL, BODY[0], [None], BODY[1]), "x")
    assert raw.rows.tolist() == [5, 7]
    assert raw.table.to_pylist() == [
        {"Date": "2022-05-24", "Province": "Kunduz", "Place": "Imam Sahib", "Killed": "3",
         "Notes": "as said"},
        {"Date": "2022-05-25 14:30:00", "Province": "Herat", "Place": "", "Killed": "0.5",
         "Notes": raw.table["Notes"].to_pylist()[1]},
    ]  # fmt: skip
    assert raw.notes == (
        "the heading is row 3; 1 above it is skipped, starting with “Incidents, as of June”",
    )
    found = read(make(title, [], HEADING, HXL, BODY[0], [None], ["?", "Kunduz"]), mapping=MAPPING)
    assert (found.rows, found.events.num_rows, found.rejected_rows) == (2, 1, 1)
    assert found.rejected["row"].to_pylist() == [7]
    assert found.notes == raw.notes


def test_formulas_are_read_as_their_stored_values_and_never_evaluated():
    book = workbook(Sheet=[HEADING, [date(2022, 5, 24), "Kunduz", "=A1", 3, "x"]])
    data = saved(book)
    assert read_source(data, "x").table.to_pylist()[0]["Place"] == ""
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b"<v />", b"<v>7</v>").replace(b"<v></v>", b"<v>7</v>")
            new.writestr(name, text)
    assert read_source(stored.getvalue(), "x").table.to_pylist()[0]["Place"] == "7"


def test_the_sheet_that_looks_like_events_is_read_and_others_by_name():
    book = workbook(
        Readme=[["Title", "Value"], ["Contact", "a"], ["Licence", "b"]],
        Events=[HEADING, *BODY],
        Codes=[["Code", "Meaning"], ["1", "a"]],
    )
    raw = read_source(saved(book), "x.xlsx")
    assert (raw.count, raw.parts) == (2, ("Readme", "Events", "Codes"))
    assert raw.notes == ("sheet “Events” is read; not read: “Readme”, “Codes”",)
    assert read_source(saved(book), "x.xlsx", part="codes").table.column_names == [
        "Code",
        "Meaning",
    ]
    with pytest.raises(
        IntakeError, match="there is no sheet 'Event'; there are 'Readme', 'Events'"
    ):
        read_source(saved(book), "x.xlsx", part="Event")
    with pytest.raises(IntakeError, match="leave out --sheet"):
        read_source(b"a,b\n1,2\n", "x.csv", part="Event")


def test_a_column_without_a_heading_and_a_heading_that_stands_twice_lose_nothing():
    raw = read_source(xlsx(["Date", "Killed", "Killed"], ["2022-05-24", 1, 2, "by phone"]), "x")
    assert raw.table.to_pylist() == [
        {"Date": "2022-05-24", "Killed": "1", "Killed (column C)": "2", "column D": "by phone"}
    ]
    assert len(raw.notes) == 2


def test_a_workbook_of_acled_is_read_as_acled(read):
    found = read(xlsx(list(ACLED), [made.ACLED_ROW.get(name) for name in ACLED]))
    assert (found.form, found.events["row"].to_pylist()) == ("acled", [2])


def test_packed_tables_are_read_and_the_choice_is_said(read):
    data = made.csv_bytes([made.acled()], ACLED)
    for packed in (gzip.compress(data), zipped({"a/b.csv": data, "__MACOSX/a/b.csv": b"x"})):
        found = read(packed)
        assert (found.form, found.rows, found.notes) == ("acled", 1, ())
    several = zipped({"readme.txt": "x", "a.csv": data, "b.xlsx": xlsx(HEADING, BODY[0])})
    raw = read_source(several, "x.zip")
    assert raw.parts == ("readme.txt", "a.csv", "b.xlsx")
    small = read_source(several, "x.zip", part="b.xlsx")
    assert small.table.column_names == HEADING
    assert small.notes[0] == "“b.xlsx” is read; 2 other files in the archive not"
    with pytest.raises(IntakeError, match="none of the 1 files in it is a table"):
        read_source(zipped({"photo.jpg": b"x"}), "x.zip")
    with pytest.raises(IntakeError, match="this is a ZIP archive"):
        read_source(zipped({"a.csv": zipped({"b.csv": data})}), "x.zip")


def answer(rows, **more) -> bytes:
    return json.dumps(
        {"status": 200, "success": True, "count": len(rows), "data": rows} | more
    ).encode()


def test_json_of_the_apis_and_lists_and_lines_are_read_as_their_format(read):
    typed = made.acled() | {"fatalities": 3, "latitude": 37.1893, "tags": None}
    for data in (answer([typed]), json.dumps([typed]).encode(),
                 "\n".join(json.dumps(one) for one in (typed, typed | {"event_id_cnty": "B"})).encode()):  # noqa: E501  # fmt: skip
        found = read(data)
        assert (found.form, found.rejected_rows) == ("acled", 0)
        assert found.events["killed_best"].to_pylist()[0] == 3
    page = {"TotalCount": 2, "TotalPages": 2, "NextPageUrl": "https://example.org/2",
            "Result": [{name: made.UCDP_ROW.get(name) for name in UCDP}]}  # fmt: skip
    found = read(json.dumps(page).encode())
    assert (found.form, found.rows) == ("ucdp-ged", 1)
    assert found.notes == (
        "this is one page of an API response: 1 of 2 rows; the other pages are not in the file",
    )


def test_a_broken_line_of_json_is_a_rejected_row():
    raw = read_source(b'{"date":"2022-05-24"}\n{"date":\n{"date":"2022-05-25"}\n', "x.jsonl")
    assert (raw.count, raw.rows.tolist(), raw.rejected["row"].to_pylist()) == (3, [1, 3], [2])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (answer([]), "is an API response without any rows"),
        (answer([], status=403, error={"message": "no access"}), "no access"),
        (b'{"a": {"b": 1}}', "is JSON of another structure"),
        (b"[1, 2]", "not of objects"),
        (b"[]", "without any object"),
    ],
)
def test_json_without_rows_is_refused_with_what_it_says(data, said):
    with pytest.raises(IntakeError, match=said):
        read_source(data, "x.json")


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>North</name>
<Placemark><name>Clash &amp; fire</name><description><![CDATA[<b>Two</b> killed]]></description>
<TimeSpan><begin>2022-05-24</begin><end>2022-05-25</end></TimeSpan>
<ExtendedData><Data name="province"><value>Kunduz</value></Data><Data name="name"><value>Other</value></Data>
<SchemaData><SimpleData name="killed">2</SimpleData></SchemaData></ExtendedData>
<Point><coordinates>68.9364,37.1893,0</coordinates></Point></Placemark>
<Placemark><name>Area</name><TimeStamp><when>2022-05</when></TimeStamp><Polygon><outerBoundaryIs>
<LinearRing><coordinates>68,37 69,37 69,38 68,37</coordinates></LinearRing></outerBoundaryIs></Polygon>
</Placemark></Folder>%s</Document></kml>"""  # noqa: E501
LINK = "<NetworkLink><Link><href>http://127.0.0.1:1/a.kml</href></Link></NetworkLink>"


@pytest.mark.parametrize(
    "pack", [lambda d: d, lambda d: zipped({"doc.kml": d})], ids=["kml", "kmz"]
)
def test_placemarks_are_points_only_where_they_are_and_links_are_not_followed(pack, read):
    raw = read_source(pack((KML % LINK).encode()), "x.kml")
    point, area = raw.table.to_pylist()
    assert (point["geometry.lat"], point["geometry.lon"]) == ("37.1893", "68.9364")
    assert (point["name"], point["description"]) == ("Clash & fire", "<b>Two</b> killed")
    assert (point["date"], point["date_end"], point["folder"]) == (
        "2022-05-24",
        "2022-05-25",
        "North",
    )
    assert (point["province"], point["data.name"], point["killed"]) == ("Kunduz", "Other", "2")
    assert (area["geometry.lat"], area["geometry.type"], area["date"]) == ("", "Polygon", "2022-05")
    assert raw.notes == ("1 links to other files are not followed",)
    found = read(
        pack((KML % "").encode()),
        mapping=ColumnMapping({"date": "date", "date_end": "date_end", "lat": "geometry.lat",
                               "lon": "geometry.lon", "province": "province"}),
    )  # fmt: skip
    assert found.events["precision"].to_pylist() == ["near", "unknown"]
    assert (found.rows, found.events.num_rows) == (2, 2)
    with pytest.raises(IntakeError, match="only links to other files, which are not followed"):
        read_source(f"<kml>{LINK}</kml>".encode(), "x.kml")


def test_waypoints_are_read_and_tracks_are_said_not_to_be():
    gpx = (b'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        b'<wpt lat="37.1" lon="68.9">'
           b"<time>2022-05-24T08:00:00Z</time><name>A</name><extensions><x:party xmlns:x='u'>NRF</x:party>"  # noqa: E501
           b"</extensions></wpt><trk><trkseg/></trk></gpx>")  # fmt: skip
    raw = read_source(gpx, "x.gpx")
    assert raw.table.to_pylist() == [
        {"time": "2022-05-24T08:00:00Z", "name": "A", "party": "NRF", "geometry.lat": "37.1",
         "geometry.lon": "68.9", "geometry.type": "Point"}
    ]  # fmt: skip
    assert raw.notes == ("1 tracks are not read: only waypoints are places",)


LAUGHS = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
          + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
          + "]>")  # fmt: skip
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
REMOTE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'


@pytest.mark.parametrize("start", [LAUGHS, OUTSIDE, REMOTE], ids=["laughs", "file", "server"])
def test_a_document_type_is_refused_wherever_xml_is_read(start):
    body = "<Placemark><name>&j;</name></Placemark>"
    book = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(HEADING, BODY[0]))) as old,
        zipfile.ZipFile(book, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = start.encode() + data[data.index(b"<worksheet") :]
            new.writestr(name, data)
    calc = ods(HEADING, BODY[0])
    text = zipfile.ZipFile(io.BytesIO(calc)).read("content.xml").decode()
    calc = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                   "content.xml": start + text})  # fmt: skip
    given = [f"{start}<kml>{body}</kml>".encode(), f"{start}<gpx>{body}</gpx>".encode(), calc]
    # In a workbook a document type without entities is passed over, and what it names not asked.
    given += [book.getvalue()] if start != REMOTE else []
    for data in given:
        with pytest.raises(IntakeError, match="has a document type or entities"):
            read_source(data, "x")
    with watched() as done, suppress(IntakeError):
        read_source(book.getvalue(), "x")
    assert done == []


@pytest.mark.slow
def test_two_cells_far_apart_and_cells_repeated_for_ever_fill_no_memory():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["XFD1048576"] = "Date", "Place", "x"
    with pytest.raises(IntakeError, match="at most 200 columns are read"):
        read_source(saved(book), "x.xlsx")
    wide = '<table:table-row><table:table-cell table:number-columns-repeated="999999999" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'  # noqa: E501
    tall = f'<table:table-row table:number-rows-repeated="999999999">{cell("x")}</table:table-row>'
    for after, said in ((wide, "a row has more than"), (tall, "more than")):
        with pytest.raises(IntakeError, match=said):
            read_source(ods(HEADING, after=after), "x.ods")
    empty = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501
    assert read_source(ods(HEADING, BODY[0], after=empty), "x.ods").count == 1


def test_an_archive_that_states_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = zipped({"a.csv": b"date\n" + b"\n" * 2_000_000})
    monkeypatch.setattr("geo.limits.MAX_UNZIPPED_BYTES", 1_000_000)
    monkeypatch.setattr("geo.limits.MAX_MARKUP_BYTES", 1_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(IntakeError, match="bytes when unpacked; at most 1,000,000 are read"):
        read_source(bomb, "x.zip")
    for name in ("xl/workbook.xml", "content.xml"):
        book = zipped(
            {
                name: b" " * 2_000_000,
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet"
                if name == "content.xml"
                else "",
            }
        )
        with pytest.raises(IntakeError, match="bytes when unpacked"):
            read_source(book, "x")
    monkeypatch.undo()
    monkeypatch.setattr("geo.limits.MAX_UNZIPPED_BYTES", 1_000_000)
    with pytest.raises(IntakeError, match="more than 1,000,000 bytes when unpacked"):
        read_source(gzip.compress(b"\n" * 2_000_000), "x.csv.gz")


def test_the_command_reads_a_sheet_and_says_which(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(saved(workbook(Notes=[["A", "B"], ["1", "2"]], Events=[HEADING, *BODY])))
    out = tmp_path / "x.parquet"
    given = ["import", str(path), "--out", str(out), "--map", "date=Date,province=Province"]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    assert "sheet “Events” is read; not read: “Notes”" in done.output
    done = CliRunner().invoke(app, [*given, "--sheet", "Nots"])
    assert done.exit_code == 2
    assert "there is no sheet 'Nots'" in done.output
    done = CliRunner().invoke(app, ["import", str(path), "--out", str(tmp_path / "folder")])
    assert "is an Excel workbook (XLSX), which can only be read as a whole" in done.output


def test_a_doubt_that_is_raised_while_columns_are_written_reaches_the_report(read):
    data = b"date,province,event\n2022-05-24,Kunduz,Shooting\n2022-05-25,Kunduz,Battles\n"
    found = read(
        data, mapping=ColumnMapping({"date": "date", "province": "province", "event": "event"})
    )
    assert [(one["row"], one["column"]) for one in found.doubts.to_pylist()] == [(1, "event")]


def test_headings_of_a_sheet_that_are_told_apart_never_meet_another_heading():
    raw = read_source(
        xlsx(["Killed (column C)", "Killed", "Killed", "Day"], [1, 2, 3, "2022-05-24"]), "x"
    )
    assert len(set(raw.table.column_names)) == raw.table.num_columns == 4
    assert raw.table.to_pylist()[0] == {
        "Killed (column C)": "1", "Killed": "2", "Killed (column C) (2)": "3", "Day": "2022-05-24",
    }  # fmt: skip
    assert raw.notes == ("columns with the same heading are renamed: 'Killed (column C) (2)'",)
