"""Recognise a file by its first and last bytes: its name for messages, and what to save instead.

Nothing is opened or unpacked here. A ZIP archive is recognised by the names of its members, which
are readable in its directory at the end of the file; an old Office file by the names of its
streams. The signatures are those of the formats' own documents, as collected in *List of file
signatures* (Wikipedia) and in the ``magic`` files of ``file(1)``, version 5.45.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

HEAD: Final = 1 << 16
"""Bytes read at the beginning of a file to recognise it, and as many at its end."""

_TABLE: Final = "save the table in it as CSV or XLSX"
_UNPACK: Final = "unpack it and use the CSV, XLSX or GeoJSON file inside"
_TEXT: Final = "copy its table into a spreadsheet and save that as CSV or XLSX"
_PICTURE: Final = "a picture contains no rows; use the table that it was made from"
_EXPORT: Final = "export the table as CSV or GeoJSON from the program that made it"
_AGAIN: Final = "download the file again"
_QGIS: Final = "in QGIS: Export > Save Features As > GeoJSON, in EPSG:4326"
_LAYER: Final = f"a shapefile is several files; {_QGIS}"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Parameters
    ----------
    key
        A short identifier, such as ``docx``.
    name
        The name in a sentence, with its article.
    advice
        What to use instead, as a clause.
    """

    key: str
    name: str
    advice: str

    def refusal(self, file: str) -> str:
        """Return a sentence that says what the file is and what to do.

        Examples
        --------
        >>> kind_of(b"%PDF-1.7 ...").refusal("report.csv")
        'report.csv: this is a PDF document; copy its table into a spreadsheet and save that as CSV
        or XLSX'
        """
        return f"{file}: this is {self.name}; {self.advice}"


def _kinds(*rows: tuple[str, str, str]) -> dict[str, FileKind]:
    return {key: FileKind(key, name, advice) for key, name, advice in rows}


KINDS: Final = _kinds(
    ("empty", "an empty file", _AGAIN),
    ("nul", "a damaged file: it holds nothing but zero bytes", _AGAIN),
    ("docx", "a Word document", _TEXT),
    ("doc", "an old Word document (.doc)", _TEXT),
    ("pptx", "a PowerPoint presentation", _TEXT),
    ("ppt", "an old PowerPoint presentation (.ppt)", _TEXT),
    ("xlsx", "an Excel workbook (XLSX)", _TABLE),
    ("xlsb", "a binary Excel workbook (XLSB)", _TABLE),
    ("xls", "an old Excel workbook (.xls)", _TABLE),
    ("locked", "an Office file protected with a password", "save it without a password"),
    ("msg", "an Outlook message", "save its attachment and use that"),
    ("ole", "an old Office file (.xls, .doc or .ppt)", _TABLE),
    ("ods", "an OpenDocument spreadsheet (ODS)", _TABLE),
    ("odt", "an OpenDocument text", _TEXT),
    ("odp", "an OpenDocument presentation", _TEXT),
    ("epub", "an e-book (EPUB)", _TEXT),
    ("numbers", "an Apple Numbers, Pages or Keynote document", "export its table as CSV or XLSX"),
    ("rtf", "a Rich Text document (RTF)", _TEXT),
    ("pdf", "a PDF document", _TEXT),
    ("image", "a picture", _PICTURE),
    ("video", "a video or audio file", "use a table of the events"),
    ("kmz", "a KMZ file", _EXPORT),
    ("kml", "a KML file", _EXPORT),
    ("gpx", "a GPX file", _EXPORT),
    ("shapefile-zip", "a zipped shapefile", _LAYER),
    ("shp", "a part of a shapefile (.shp or .shx)", _LAYER),
    ("dbf", "a part of a shapefile, or a dBASE table (.dbf)", _LAYER),
    ("prj", "the part of a shapefile that names its projection (.prj)", _LAYER),
    ("gpkg", "a GeoPackage", _QGIS),
    ("sqlite", "an SQLite database", _EXPORT),
    ("access", "an Access database", _EXPORT),
    ("zip", "a ZIP archive", _UNPACK),
    ("gzip", "a gzipped file", _UNPACK),
    ("rar", "a RAR archive", _UNPACK),
    ("7z", "a 7-Zip archive", _UNPACK),
    ("bzip2", "a file packed with bzip2", _UNPACK),
    ("xz", "a file packed with xz", _UNPACK),
    ("zstd", "a file packed with Zstandard", _UNPACK),
    ("tar", "a TAR archive", _UNPACK),
    ("sign-in", "a web page (HTML) that asks to sign in, not the file itself",
     "sign in and download the file again"),
    ("html", "a web page (HTML)", "download the file itself, or save the page's table as CSV"),
    ("xml-table", "an Excel 2003 table in XML", _TABLE),
    ("xml", "an XML file", _EXPORT),
    ("json", "a JSON file", _EXPORT),
    ("parquet", "a Parquet file", _EXPORT),
    ("arrow", "an Arrow or Feather file", _EXPORT),
    ("flatgeobuf", "a FlatGeobuf file", _EXPORT),
    ("hdf5", "an HDF5 or NetCDF file", _EXPORT),
    ("stata", "a Stata data file", _EXPORT),
    ("spss", "an SPSS data file", _EXPORT),
    ("rdata", "an R data file", "write it with write.csv() in R"),
    ("pickle", "a Python pickle", "a pickle is never opened; write it with to_csv() in Python"),
    ("program", "a program", "use a table of the events"),
    ("lfs", "a Git LFS pointer, not the file itself", "fetch the file with `git lfs pull`"),
)  # fmt: skip
"""Every kind that is recognised, by its key."""

_STARTS: Final = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"8BPS", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x00\x01\x00\x00Standard ", "access"),
    (b"\x00\x00\x27\x0a", "shp"),
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
    (b"fgb\x03", "flatgeobuf"),
    (b"\x89HDF\r\n\x1a\n", "hdf5"),
    (b"CDF\x01", "hdf5"),
    (b"CDF\x02", "hdf5"),
    (b"<stata_dta>", "stata"),
    (b"$FL2@(#)", "spss"),
    (b"$FL3@(#)", "spss"),
    (b"RDX2\n", "rdata"),
    (b"RDX3\n", "rdata"),
    (b"MZ\x90\x00", "program"),
    (b"\x7fELF", "program"),
    (b"OggS", "video"),
    (b"ID3", "video"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"version https://git-lfs.github.com/spec", "lfs"),
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE: Final = b"SQLite format 3\x00"
_GPKG: Final = (b"GPKG", b"GP10", b"GP11")
_MEMBERS: Final = (
    (b"word/document", "docx"),
    (b"ppt/presentation", "pptx"),
    (b"xl/workbook.bin", "xlsb"),
    (b"xl/workbook", "xlsx"),
    (b"Index/Document.iwa", "numbers"),
    (b"Index/Tables/", "numbers"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.text", "odt"),
    (b"opendocument.presentation", "odp"),
    (b"application/epub+zip", "epub"),
    (b"doc.kml", "kmz"),
)
"""Names that occur only in archives of one kind, the more specific first."""
_STREAMS: Final = (
    ("EncryptedPackage", "locked"),
    ("Workbook", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("__substg1.0_", "msg"),
    ("Book", "xls"),
)
_PICKLE: Final = re.compile(rb"\x80[\x02-\x05][\x95c}\](]")
_DBF: Final = re.compile(rb"[\x03\x30\x83\x8b\xf5][\x00-\xff][\x01-\x0c][\x01-\x1f]", re.DOTALL)
_SIGN_IN: Final = re.compile(rb"type\s*=\s*[\"']?password|sign[ -]?in|log[ -]?in", re.IGNORECASE)
_BOM: Final = b"\xef\xbb\xbf"


def kind_of(head: bytes, tail: bytes = b"") -> FileKind | None:
    r"""Return the kind of a file by its bytes; ``None`` for what may be a table of text.

    Parameters
    ----------
    head
        The first bytes: :data:`HEAD` of them, or all.
    tail
        The last bytes, up to the same number; only archives need them.

    Examples
    --------
    >>> kind_of(b"PK\x03\x04...[Content_Types].xml", b"...word/document.xml...").key
    'docx'
    >>> kind_of(b"<!DOCTYPE html><form><input type='password'>").key, kind_of(b"").key
    ('sign-in', 'empty')
    >>> kind_of(b"date,place\n2022-05-24,Kabul\n") is None
    True
    """
    key = _binary(head, tail) or _text(head)
    return KINDS[key] if key else None


def _binary(head: bytes, tail: bytes) -> str:
    if not head:
        return "empty"
    if not head.strip(b"\x00"):
        return "nul"
    if head.startswith(_ZIP):
        return _archive(head, tail)
    if head.startswith(_OLE):
        return _old_office(head, tail)
    if head.startswith(_SQLITE):
        return "gpkg" if head[68:72] in _GPKG else "sqlite"
    found = next((key for start, key in _STARTS if head.startswith(start)), "")
    return found or _inside(head)


def _inside(head: bytes) -> str:
    """Recognise kinds by bytes that are further on, at the offsets of their formats."""
    pictures = {b"WEBP", b"heic", b"heix", b"mif1", b"avif"}
    if head.startswith(b"RIFF") or head[4:8] == b"ftyp":
        return "image" if head[8:12] in pictures else "video"
    signs = {
        "tar": head[257:262] == b"ustar",
        "image": head.startswith(b"BM") and b"\x00" in head[6:10],
        "pickle": _PICKLE.match(head) is not None,
        # Bytes 12 and 13 of its 32-byte header are reserved and zero; text has no zeros there.
        "dbf": _DBF.match(head) is not None and head[12:14] == b"\x00\x00",
    }
    return next((key for key, holds in signs.items() if holds), "")


def _archive(head: bytes, tail: bytes) -> str:
    names = tail + head
    found = next((key for name, key in _MEMBERS if name in names), "")
    if found:
        return found
    if b".shp" in names and b".dbf" in names:
        return "shapefile-zip"
    return "zip"


def _old_office(head: bytes, tail: bytes) -> str:
    names = head + tail
    wide = ((name.encode("utf-16-le"), key) for name, key in _STREAMS)
    return next((key for name, key in wide if name in names), "ole")


def _text(head: bytes) -> str:
    start = head.removeprefix(_BOM).lstrip()[:HEAD]
    small = start[:512].lower()
    if small.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta")):
        return "sign-in" if _SIGN_IN.search(start) else "html"
    if small.startswith((b"<?xml", b"<kml", b"<gpx", b"<!--", b"<!doctype")):
        return _xml(start)
    if start.startswith((b"GEOGCS[", b"PROJCS[", b"GEOGCRS[", b"PROJCRS[")):
        return "prj"
    return "json" if start.startswith((b"{", b"[")) else ""


def _xml(start: bytes) -> str:
    if b"<html" in start.lower():
        return "sign-in" if _SIGN_IN.search(start) else "html"
    telling = ((b"<kml", "kml"), (b"<gpx", "gpx"), (b"office:spreadsheet", "xml-table"))
    return next((key for word, key in telling if word in start), "xml")
