"""What text of the data may hold: nothing that hides, smuggles or cannot be written anywhere."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from dossiers import GROUPS, claim, dossier_bytes, incident, messages, read, workspace
from hostile import LONG
from pptx import Presentation
from typer.testing import CliRunner

from geo.briefing.formats import FORMATS, files
from geo.cli.main import app
from geo.dossier.field_types import visible_text
from geo.dossier.intake import read_dossier
from geo.dossier.lookalikes import mixed_word, skeleton
from geo.places.country import Country
from geo.snapshot.content.composing import with_digests
from geo.snapshot.content.recipe import Recipe, clean
from geo.snapshot.output.making import make
from geo.webmap.document import document_html

HIDDEN = (
    "\ufeff\ufffe\uffff\ufdd0\u2028\u2029\xad\u200b\u2060\ufff9\u3164\u2800\u034f\u115f\u180e"
    "\U000e0041\U0001ffff"
)
LETTERS_OF_A_TITLE = 280


def yaml_of(**fields: str) -> bytes:
    """A dossier with these texts in its record, as UTF-8 and not as escapes."""
    return json.dumps(json.loads(dossier_bytes(incident(**fields))), ensure_ascii=False).encode()


@pytest.mark.parametrize("sign", HIDDEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_no_field_holds_what_nobody_sees_or_no_output_can_hold(sign: str) -> None:
    for field in ("title", "note"):
        found = read_dossier(yaml_of(**{field: f"a{sign}b"}), "d.yaml")
        assert found.dossier.records == ()
        assert any(f"U+{ord(sign):04X}" in one for one in messages(found)), messages(found)
    assert Recipe(title=f"a{sign}b").title == "ab"
    assert clean(f"a{sign}b") == "ab"


# --- every letter that is allowed, through everything that is written


def allowed() -> Iterator[str]:
    """Every character that a text of the data may hold; of those alike, one on most days."""
    seen: dict[tuple[str, ...], int] = {}
    for code in range(0x21, sys.maxunicode + 1):
        letter = chr(code)
        try:
            visible_text(letter)
        except ValueError:
            continue
        kind = (
            unicodedata.category(letter), unicodedata.bidirectional(letter),
            str(unicodedata.combining(letter)), unicodedata.decomposition(letter)[:4],
            str(code >> 16), unicodedata.name(letter, "")[:5] if LONG else "",
        )  # fmt: skip
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= (40 if LONG >= 1 else 1):
            yield letter


def titles() -> list[str]:
    """Titles that hold all of these letters, each beginning and ending with a letter of our own."""
    letters, step = "".join(allowed()), LETTERS_OF_A_TITLE
    return [f"a{letters[at : at + step]}z" for at in range(0, len(letters), step)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Glyph")  # a box is drawn for it, which another test holds
def test_every_letter_that_is_allowed_passes_every_output(country: Country, tmp_path: Path) -> None:
    every = titles()
    records = [
        incident(id=f"rec-{at}", title=text, claims=[claim(text=text)])
        for at, text in enumerate(every)
        if not mixed_word(text)
    ]
    assert len(records) > len(every) / 2
    data = json.dumps(json.loads(dossier_bytes(*records)), ensure_ascii=False).encode()
    file = tmp_path / "d.yaml"
    file.write_bytes(data)
    found = workspace(country, *records)
    read_ = read_dossier(data, "d.yaml")
    wanted = {one["id"]: one["title"] for one in records}
    assert [str(one) for one in read_.problems] == []
    made = make(found, with_digests(found, Recipe(title=every[0][:180], size="web")))
    # An archive holds the files of all other formats.
    for form in FORMATS if LONG else ("zip",):
        for one in files(made, found, form):
            read_again(one.name, one.data, tmp_path)
    assert document_html(found).encode()
    listed = CliRunner().invoke(app, ["records", str(file), "--format", "json"])
    assert {one["id"]: one["title"] for one in json.loads(listed.stdout)} == wanted


def read_again(name: str, data: bytes, folder: Path) -> None:
    """Open what was written by a reader of its own, which raises at what it cannot hold."""
    ending = name.rpartition(".")[2]
    if ending == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                read_again(member, archive.read(member), folder)
    elif ending == "pdf":
        program = shutil.which("pdftotext")
        assert program is not None
        (folder / "a.pdf").write_bytes(data)
        subprocess.run([program, folder / "a.pdf", "-"], check=True, capture_output=True)
    else:
        assert READERS[ending](data), name


READERS: Final[dict[str, Callable[[bytes], object]]] = {
    "svg": lambda data: ET.fromstring(data).tag,  # noqa: S314 - made here a moment ago
    "pptx": lambda data: len(Presentation(io.BytesIO(data)).slides),
    "docx": lambda data: Document(io.BytesIO(data)).paragraphs,
    "csv": lambda data: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))),
    "json": json.loads,
    "geojson": json.loads,
    "png": lambda data: data.startswith(b"\x89PNG"),
    **dict.fromkeys(("html", "txt", "md"), bytes.decode),
}


# --- names that cannot be told apart

ALIKE = [
    ("NRF", "NRF"), ("NRF", "nrf"), ("NRF", "ＮＲＦ"), ("SCO", "ЅСО"), ("Front", "Fr\u200cont"),
    ("Front", "Front\ufe0f"), ("جنبش ملی", "جنبش ملي"), ("AB", "ΑΒ"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_groups_whose_names_cannot_be_told_apart_are_a_problem(one: str, other: str) -> None:
    groups = {
        "a": {"name": one, "short": "A1", "letter": "A"},
        "b": {"name": other, "short": "B1", "letter": "B"},
    }
    data = json.dumps({"title": "T", "groups": groups}, ensure_ascii=False).encode()
    (said,) = messages(read_dossier(data, "d.yaml"))
    assert "of group 'a'; give it another" in said


def test_names_that_differ_are_no_problem() -> None:
    different = ["NRF", "AFF", "TTP", "JuA", "Taliban", "Талибан", "طالبان", "IEA"]
    assert len({skeleton(name) for name in different}) == len(different)
    assert read(incident(), groups=GROUPS).problems == ()


@pytest.mark.parametrize("word", ["T\u0430liban", "N\u0420F", "Kabul\u03bf"])
def test_a_word_of_two_alphabets_is_a_problem_wherever_a_name_stands(word: str) -> None:
    for wrong in (
        incident(title=f"An attack by the {word}"),
        incident(where=[{"place": word}]),
        incident(claims=[claim(by=word, role="media", says="occurrence")]),
    ):
        found = read(wrong)
        assert found.dossier.records == ()
        assert any("mixes Latin letters with" in one for one in messages(found))
    assert read(incident(title="Талибан, طالبان and Taliban: α to ω")).problems == ()


@pytest.mark.parametrize("title", ["\u200c", "\u200e\u200f", "\ufe0f", "\u0301", " \u200d "])
def test_a_title_of_nothing_visible_is_a_problem(title: str) -> None:
    for wrong in (incident(title=title), incident(note=title)):
        found = read(wrong)
        assert found.dossier.records == ()
        assert any(
            "nothing that can be seen" in one or "is empty" in one for one in messages(found)
        )


# --- what ends a line for one program and not for another


@pytest.mark.parametrize("sign", ["\r", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_no_line_break_of_other_programs_smuggles_a_key(sign: str) -> None:
    lines = [
        "title: T",
        "sources:",
        "  good: {title: A, publisher: P, published: 2024}",
        "  bad:",
        f"    title: A{sign}    reliability: A",
        "    publisher: P",
        "    published: 2024",
        "  after: {title: A, publisher: P, published: 2024}",
    ]
    found = read_dossier("\n".join(lines).encode(), "d.yaml")
    (said,) = messages(found)
    assert said.startswith(f"d.yaml:5 source 'bad': the character U+{ord(sign):04X} ends a line")
    assert set(found.dossier.sources) == {"good", "after"}
    commented = read_dossier(f"title: T # note{sign}note: N\n".encode(), "d.yaml")
    assert commented.dossier.note is None
    assert len(commented.problems) >= 1


def test_line_breaks_of_windows_are_line_breaks() -> None:
    data = dossier_bytes(incident()).replace(b"\n", b"\r\n")
    assert read_dossier(data, "d.yaml").problems == ()
