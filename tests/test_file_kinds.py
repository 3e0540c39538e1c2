"""A file that is no table of events is named for what it is, whatever it is called."""

from __future__ import annotations

import io
import sqlite3
import zipfile

import pytest
from docx import Document
from pptx import Presentation

from geo.errors import IntakeError
from geo.events.importing.importing import read_source
from geo.events.readers.file_kinds import KINDS, kind_of


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x" * 200)
    return out.getvalue()


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)


def odf(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


def database(*, pkg: bool) -> bytes:
    connection = sqlite3.connect(":memory:")
    if pkg:
        connection.execute(f"PRAGMA application_id = {0x47504B47}")
    connection.execute("CREATE TABLE events (day TEXT)")
    return connection.serialize()


FILES = [
    ("docx", saved(Document())),
    ("pptx", saved(Presentation())),
    ("xlsx", zipped("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")),
    ("xlsb", zipped("[Content_Types].xml", "xl/workbook.bin")),
    ("numbers", zipped("Index/Document.iwa", "preview.jpg")),
    ("kmz", zipped("doc.kml")),
    ("shapefile-zip", zipped("a/b.shp", "a/b.shx", "a/b.dbf", "a/b.prj")),
    ("zip", zipped("events.csv")),
    ("ods", odf("spreadsheet")),
    ("odt", odf("text")),
    ("xls", ole("Workbook")),
    ("xls", ole("Book")),
    ("doc", ole("WordDocument")),
    ("locked", ole("EncryptedPackage")),
    ("ole", ole("Something")),
    ("pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
    ("rtf", rb"{\rtf1\ansi"),
    ("image", b"\x89PNG\r\n\x1a\n" + bytes(20)),
    ("image", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    ("image", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    ("image", b"\x00\x00\x00\x18ftypheic\x00\x00"),
    ("video", b"\x00\x00\x00\x18ftypmp42\x00\x00"),
    ("rar", b"Rar!\x1a\x07\x01\x00"),
    ("7z", b"7z\xbc\xaf\x27\x1c\x00\x04"),
    ("tar", b"events.csv" + bytes(247) + b"ustar\x0000"),
    ("sqlite", database(pkg=False)),
    ("gpkg", database(pkg=True)),
    ("access", b"\x00\x01\x00\x00Standard ACE DB\x00"),
    ("shp", b"\x00\x00\x27\x0a" + bytes(96)),
    ("dbf", b"\x03\x7a\x05\x18" + bytes(28) + b"NAME"),
    ("prj", b'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"'),
    ("html", b"\xef\xbb\xbf\n<!DOCTYPE html><title>Not found</title>"),
    ("sign-in", b"<html><body><form><input name=p type='password'></form>"),
    ("sign-in", b'<?xml version="1.0"?><html xmlns="x"><a>Sign in</a>'),
    ("xml-table", b'<?xml version="1.0"?><Workbook xmlns="urn:x:office:spreadsheet">'),
    ("kml", b'<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'),
    ("gpx", b'<gpx version="1.1">'),
    ("xml", b'<?xml version="1.0"?><rows/>'),
    ("pickle", b"\x80\x04\x95\x10\x00\x00\x00"),
    ("stata", b"<stata_dta><header>"),
    ("lfs", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"),
    ("nul", bytes(4096)),
    ("empty", b""),
]  # fmt: skip


@pytest.mark.parametrize(("key", "data"), FILES, ids=[f"{at}-{key}" for at, (key, _) in
                                                      enumerate(FILES)])  # fmt: skip
def test_a_file_is_named_for_what_it_is(key, data):
    assert kind_of(data[: 1 << 16], data[-(1 << 16) :]).key == key


@pytest.mark.parametrize("data", [
    b"date,place\n2022-05-24,Kabul\n", b"\xef\xbb\xbfdate;place\n", b"BMI,date\n1,2\n",
    "ولایت,تاریخ\n".encode(), b"<5,many\n", b"MM,DD\n1,2\n", b"\xff\xfed\x00a\x00",
])  # fmt: skip
def test_what_may_be_a_table_is_not_named_anything_else(data):
    assert kind_of(data) is None


@pytest.mark.parametrize("key", [
    "docx", "pptx", "pdf", "image", "xls", "doc", "rar", "7z", "sqlite", "access", "sign-in",
    "html", "shp", "dbf", "empty", "nul", "lfs", "pickle",
])  # fmt: skip
def test_the_import_says_what_a_file_is_and_what_to_give_instead(tmp_path, key):
    data = next(data for one, data in FILES if one == key)
    path = tmp_path / "events.csv"
    path.write_bytes(data)
    for source in (data, path):
        with pytest.raises(IntakeError) as caught:
            read_source(source, "events.csv")
        assert str(caught.value) == KINDS[key].refusal("events.csv")
    assert str(caught.value).startswith(f"events.csv: this is {KINDS[key].name}; ")
