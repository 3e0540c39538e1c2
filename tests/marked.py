"""A dossier in which every text of every entry has a mark of its own, by which it is found again.

A mark is a word such as ``zqt0007x``: its third letter says which field it is in, its number which
record. Every position has digits of its own. The marks are searched for without any code of the
program that excludes or scans.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dossiers import GROUPS, claim
from PIL import Image
from views import MADE

from geo.dossier.intake import read_dossier
from geo.dossier.review import meaning_digest

FIELDS: dict[str, str] = {
    "a": "record.id", "t": "record.title", "n": "record.note", "y": "record.written_by",
    "r": "record.approved", "c": "claim.text", "b": "claim.by", "v": "claim.via",
    "k": "claim.credibility_because", "q": "passage.quote", "w": "place.because",
    "p": "place.place", "s": "source.title", "u": "source.author", "o": "source.note",
    "e": "source.reliability_because", "l": "source.url", "d": "statement.text",
}  # fmt: skip
"""The letter of each mark, and the field that it is in."""
MARK = re.compile(r"zq([a-z])(\d{4})x")
TAG = re.compile(r"<[^<>]*>")
COUNTED = 99
"""Most records whose positions are searched for."""
_GROUPS = ("nrf", "aff", "taliban", "al-qaeda", "isis-k")


def mark(letter: str, number: int) -> str:
    assert letter in FIELDS
    return f"zq{letter}{number:04}x"


def position(number: int) -> tuple[float, float]:
    """A position in Panjshir with four decimals that no other record has."""
    return round(35.3107 + number * 0.0013, 4), round(69.5003 + number * 0.0017, 4)


def source(number: int) -> dict[str, Any]:
    return {
        "title": f"A report {mark('s', number)}", "publisher": f"A paper {number}",
        "author": f"Author {mark('u', number)}", "published": "2024~", "reliability": "B",
        "note": f"Noted {mark('o', number)} of the source",
        "reliability_because": f"Because of {mark('e', number)}",
        "url": f"https://example.org/{mark('l', number)}",
    }  # fmt: skip


def record(number: int) -> dict[str, Any]:
    """A record with marks in all of its texts; every third states a position."""
    one = dict(MADE[number % len(MADE)])
    key = f"{mark('s', number)}-source"
    first = dict(one.get("claims", [claim()])[0])
    said = first | {
        "by": f"Speaker {mark('b', number)}", "role": "witness", "says": "occurrence",
        "text": f"Tells, at some length, that it happened: {mark('c', number)}.", "source": key,
        "via": f"A relay {mark('v', number)}", "credibility": 3,
        "credibility_because": f"It fits {mark('k', number)}",
        "passages": [{"document": "0" * 64, "start": 1, "end": 9, "digest": f"{number:064x}",
                      "quote": f"Quoted {mark('q', number)}"}],
    }  # fmt: skip
    if one.get("groups"):
        said["says"] = "presence"
    where = [{"place": f"Panjshir {mark('p', number)}", "means": "Panjshir",
              "because": f"The source names {mark('w', number)}"}]  # fmt: skip
    if number % 3 == 0:
        lat, lon = position(number)
        where[0] |= {"lat": lat, "lon": lon, "uncertainty_m": 900, "basis": "source_coordinates"}
    one |= {
        "id": f"{mark('a', number)}-{number}", "title": f"Of {mark('t', number)} it is told",
        "note": f"Noted {mark('n', number)} by an analyst", "where": where, "claims": [said],
        "written_by": [f"Writer {mark('y', number)}"],
    }  # fmt: skip
    for field in {"by", "groups"} & one.keys():
        one[field] = [_GROUPS[number % len(_GROUPS)]] if number % 7 else []
    if number % 4 == 0:
        one["claims"].append({"statement": f"{mark('d', number)}-general"})
    if number % 9 == 5:
        one["draft"] = True
    return one


def marked_dossier(count: int) -> bytes:
    """The bytes of a dossier of so many records; every other one is approved."""
    records = [record(number) for number in range(count)]
    groups = {key: {"name": f"The group {key}", "short": key.upper(), "letter": letter}
              for key, letter in zip(_GROUPS, "NFTQI", strict=True)}  # fmt: skip
    whole: dict[str, Any] = {
        "title": "A dossier of marks",
        "sources": {f"{mark('s', number)}-source": source(number) for number in range(count)},
        "groups": groups | {key: GROUPS[key] for key in ("nrf", "taliban")},
        "statements": {
            f"{mark('d', number)}-general": {
                "by": "taliban", "role": "opposing_party", "says": "denial", "about": ["aff"],
                "text": f"Denies in general: {mark('d', number)}.",
                "source": f"{mark('s', number)}-source",
            }
            for number in range(0, count, 4)
        },
        "incidents": [one for one in records if "when" in one],
        "presence": [one for one in records if "first" in one],
    }  # fmt: skip
    reading = read_dossier(json.dumps(whole).encode(), "d.yaml")
    assert not reading.errors, [str(one) for one in reading.errors][:5]
    for one in reading.dossier.records:
        number = int(one.id.rpartition("-")[2])
        if number % 2 == 0:
            digest = meaning_digest(one, reading.dossier.sources)
            raw = records[number]
            raw["approved"] = {"by": f"Reviewer {mark('r', number)}",
                               "at": "2026-05-03T14:05:00Z", "digest": digest}  # fmt: skip
    return json.dumps(whole).encode()


def layers(data: bytes, name: str = "") -> Iterator[str]:
    """Every layer of a file, unpacked by other means than those of the program."""
    yield name
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from layers(archive.read(inner), inner)
    elif data[:4] == b"\x89PNG":
        with Image.open(io.BytesIO(data)) as picture:
            yield json.dumps({str(key): str(value) for key, value in picture.info.items()})
    elif data[:5] == b"%PDF-":
        yield data.decode("latin-1")
        for start in re.finditer(rb"stream\r?\n", data):
            try:
                yield zlib.decompressobj().decompress(data[start.end() :]).decode("latin-1")
            except zlib.error:
                continue
        yield pdf_text(data)
    else:
        text = data.decode("utf-8", "replace")
        yield html.unescape(text)
        yield html.unescape(TAG.sub("", text))
        for packed in re.findall(r'id="im-[a-z]+">([A-Za-z0-9+/=\s]+)<', text):
            inner = base64.b64decode(packed)
            yield from layers(gzip.decompress(inner) if inner[:2] == b"\x1f\x8b" else inner)


def pdf_text(data: bytes) -> str:
    """The text of a PDF as Poppler reads it, where it is installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.pdf"
        file.write_bytes(data)
        done = subprocess.run([program, file, "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8", "replace")


def marks_in(data: bytes, name: str = "") -> set[tuple[str, int]]:
    """Field and record of every mark in any layer of a file; ``position`` for a position."""
    found = set()
    for text in layers(data, name):
        found |= {(FIELDS[one[1]], int(one[2])) for one in MARK.finditer(text.casefold())}
        found |= {("position", number) for number in range(0, COUNTED, 3) if _has(text, number)}
    return found


def _has(text: str, number: int) -> bool:
    """Whether both numbers of a position are next to each other, in either order."""
    lat, lon = (f"{part}" for part in position(number))
    return any(
        re.search(rf"{re.escape(one)}\D{{1,16}}{re.escape(other)}", text)
        for one, other in ((lat, lon), (lon, lat))
        if one in text
    )
