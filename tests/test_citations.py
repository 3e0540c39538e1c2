"""Sources reach a reference manager as they are, and a figure is cited in common styles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from citeproc.source.bibtex import BibTeX
from dossiers import SOURCE
from dossiers import read as read_dossier_of
from typer.testing import CliRunner

from geo.briefing.citations import STYLES, style_item, styled_citations
from geo.briefing.source_lists import WRITERS, bibtex, csl_item, csl_json, ris
from geo.cli.main import app
from geo.dossier.intake import read_dossier
from geo.dossier.records import Source

HOSTILE = "50% of {A} & B_c: <b>$x$</b> #1 ~^ \\end کابل"
URL = "https://example.org/a_b?c=1"


def source(**changes: Any) -> Source:
    return Source(**{"title": "A report", "publisher": "A paper", "published": "2024"} | changes)


SOURCES = {
    "plain": source(),
    "hostile": source(title=HOSTILE, author="O'Neil & {Co}", url=URL, published="2024-05-03"),
    "rough": source(published="2024-05~"),
    "span": source(published="2023/2024"),
    "open": source(published="../2024"),
}


@pytest.mark.parametrize(
    ("published", "parts", "rough"),
    [
        ("2024-05-03", [[2024, 5, 3]], False), ("2024-05", [[2024, 5]], False),
        ("2024", [[2024]], False), ("2024-05~", [[2024, 5]], True), ("2024?", [[2024]], True),
        ("2023/2024", [[2023], [2024]], True), ("2022-21", [[2022]], True),
        ("../2024", [[2024]], True), ("2024-XX-XX", [[2024]], True),
    ],
)  # fmt: skip
def test_a_date_is_no_finer_than_it_is_known(
    published: str, parts: list[list[int]], rough: object
) -> None:
    assert csl_item("x", source(published=published))["issued"] == {
        "date-parts": parts, **({"circa": True} if rough else {}),
    }  # fmt: skip


def test_csl_json_has_every_source_with_its_words_unchanged() -> None:
    items = {one["id"]: one for one in json.loads(csl_json(SOURCES))}
    assert list(items) == list(SOURCES)
    assert items["hostile"]["title"] == HOSTILE
    assert items["hostile"]["URL"] == URL
    assert "author" not in items["plain"]
    assert not {"note", "reliability"} & items["plain"].keys()


@pytest.mark.filterwarnings("ignore:Unsupported BibTeX field")  # it reads the older ones only
def test_bibtex_is_read_back_by_another_parser(tmp_path: Path) -> None:
    text = bibtex(SOURCES).decode()
    found = re.findall(r"^@(\w+)\{([\w-]+),", text, re.MULTILINE)
    assert [key for _, key in found] == list(SOURCES)
    assert {kind for kind, _ in found} == {"misc"}
    # This parser takes an escaped brace for the beginning of a command.
    simple = {key: one for key, one in SOURCES.items() if key != "hostile"} | {
        "marked": source(title="50% of A & B_c: $x$ #1")
    }
    file = tmp_path / "s.bib"
    file.write_bytes(bibtex(simple))
    parsed = BibTeX(str(file), encoding="utf-8")
    assert set(parsed) == set(simple)
    assert str(parsed["marked"]["title"]) == "50% of A & B_c: $x$ #1"
    assert str(parsed["plain"]["title"]) == "A report"
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


def test_ris_has_a_line_for_each_field_and_ends_each_source() -> None:
    text = ris(SOURCES).decode()
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n")[:-1])
    assert text.count("ER  - \r\n") == text.count("TY  - ") == len(SOURCES)
    assert "DA  - 2024/05/03/\r\n" in text
    assert "DA  - 2024/05//" in text


@pytest.mark.parametrize("style", STYLES.values())
def test_a_style_says_title_year_and_address(style: str) -> None:
    item = csl_item("x", source(title="An account", author="A. B", url=URL))
    line = style_item(item, style)
    assert all(part.casefold() in line.casefold() for part in ("An account", "2024", URL, "A. B"))
    assert "\n" not in line


def test_a_figure_and_its_data_are_cited_with_their_versions() -> None:
    content = SimpleNamespace(title="Claims in Panjshir.", as_of=None, data_version="abcdef012345")
    snapshot: Any = SimpleNamespace(content=content, recipe=SimpleNamespace(hash8="1f692e79"))
    found = dict(styled_citations(snapshot))
    assert list(found) == ["Figure (APA)", "Figure (Chicago)", "Data set (APA)",
                           "Data set (Chicago)"]  # fmt: skip
    for label, text in found.items():
        assert "Claims in Panjshir".casefold() in text.casefold()
        version = "1f692e79" if label.startswith("Figure") else "abcdef012345"
        assert f"version {version}" in text.casefold(), label
        assert (". Map" in text or "[Map]" in text) == label.startswith("Figure")


@pytest.mark.parametrize(("form", "suffix"), [("csl", "json"), ("bibtex", "bib"), ("ris", "ris")])
def test_the_command_writes_what_the_library_makes(
    tmp_path: Path, form: str, suffix: str, data_folder: Path
) -> None:
    out = tmp_path / f"s.{suffix}"
    file = data_folder / "incidents.yaml"
    done = CliRunner().invoke(app, ["export", str(file), "--to", form, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == WRITERS[form](read_dossier(file.read_bytes()).dossier.sources)
    wrong = CliRunner().invoke(app, ["export", "x.csv", "--to", form, "--out", str(out)])
    assert wrong.exit_code == 2
    assert "exports the sources of a dossier" in wrong.output


def test_no_rating_or_note_leaves_the_house() -> None:
    reading = read_dossier_of(sources={"report": SOURCE | {
        "note": "Kept to ourselves", "reliability": "B", "reliability_because": "We know them",
    }})  # fmt: skip
    for write in WRITERS.values():
        text = write(reading.dossier.sources).decode()
        assert "ourselves" not in text
        assert "know them" not in text
