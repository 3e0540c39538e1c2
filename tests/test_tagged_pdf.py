"""A figure's PDF can be read by a screen reader, in order and in the right language."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import page as validator
import pypdf
import pytest
from dossiers import SOURCE, incident, workspace

from geo.places.country import Country
from geo.snapshot.content.chart_choice import ChartChoice
from geo.snapshot.content.editorial.editorial_file import parse_editorial
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.layout.text_runs import has_rtl, language_of
from geo.snapshot.layout.typesetting import TextLine, strip_direction_marks
from geo.snapshot.output.making import Snapshot, make
from geo.snapshot.output.pdf_pages import PdfPage, write_pdf
from geo.snapshot.output.tagged_pdf import PAGE_LINK, PdfAbout
from geo.table.workspace import Workspace
from geo.view import View
from tools import programs

DAY = date(2026, 11, 21)
DARI = "نقشه گروه‌های مسلح بر پایه سه مقاله"
PASHTO = "د ښار نقشه"
MIXED = "حمله NRF بر یک پاسگاه (Panjshir)"
ADDRESS = "https://example.org/a-report"
CASES: dict[str, dict[str, Any]] = {
    "one page": {"size": "a4-landscape"},
    "several pages": {"size": "half-slide", "note": "What is new.\n" * 3},
    "Dari": {"size": "a4-portrait", "title": DARI, "note": f"{DARI}\n{PASHTO} Kabul (کابل)"},
    "title in full on page 2": {"size": "web", "title": "Attacks and offensives " * 8},
}
ARTIFACTS = {"running", "folio"}


@pytest.fixture(scope="module")
def reported(country: Country) -> Workspace:
    """Records with titles in both directions, with and without a place."""
    titles = ("An attack & more <b>", DARI, MIXED, "An attack of 5 May")
    records = [
        incident(
            id=f"attack-{at}", title=title, where=[{"place": "Panjshir Valley"}] if at % 2 else []
        )
        for at, title in enumerate(titles)
    ]
    return workspace(country, *records, sources={"report": SOURCE | {"url": ADDRESS}})


@pytest.fixture(scope="module", params=CASES)
def figure(request: pytest.FixtureRequest, reported: Workspace) -> Snapshot:
    return make(reported, Recipe(as_of=DAY, **CASES[request.param]))


@pytest.fixture(scope="module")
def pdf(figure: Snapshot) -> bytes:
    return figure.pdf()


def faults_of(data: bytes) -> list[str]:
    """What a validator of PDF/UA-1 finds."""
    found = validator.validate_pdf_bytes(data, profile=validator.ValidationProfile.PDF_UA_1)
    return [f"{each.rule_id}: {each.message}" for each in found.failures]


def elements(data: bytes) -> Iterator[Any]:
    """The elements of the structure tree, in the order of reading."""

    def below(element: Any) -> Iterator[Any]:
        yield element
        for child in element.get("/K", []):
            if "/S" in (child := child.get_object()):
                yield from below(child)

    root = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    yield from below(root["/StructTreeRoot"]["/K"][0].get_object())


@pytest.mark.slow
def test_a_validator_of_pdf_ua_finds_nothing(pdf: bytes) -> None:
    assert faults_of(pdf) == []
    # The same validator does find what is missing.
    assert any("FIGURE-ALT" in each for each in faults_of(pdf.replace(b"/Alt ", b"/Not ")))
    assert any("LINK" in each for each in faults_of(pdf.replace(b"/Contents (h", b"/Nontents (h")))


@pytest.mark.slow
def test_a_screen_reader_hears_every_line_once_and_in_order(
    figure: Snapshot, pdf: bytes, tmp_path: Path
) -> None:
    """Read by a program of others; lines with letters from right to left have their own test."""
    (tmp_path / "a.pdf").write_bytes(pdf)
    tool = programs.needed("pdftotext").with_name("pdfinfo")
    done = subprocess.run(
        [tool, "-struct-text", tmp_path / "a.pdf"], capture_output=True, check=True
    )
    heard = "".join(re.findall(r'^ *"(.*)"$', done.stdout.decode(), re.MULTILINE))
    lines = [item for each in figure.figure_pages for item in each.page.items
             if isinstance(item, TextLine)]  # fmt: skip
    for line in lines:
        text = strip_direction_marks(line.text)
        if line.role in ARTIFACTS:
            assert f"Page 2 of {figure.pages}" not in heard
        elif not has_rtl(text) and len(text) > 20:
            assert heard.count(text) >= 1, text
    content = figure.content
    assert heard.count(content.ledger) == 1
    parts = [*content.subtitle[:1], content.legend[0].heading]
    parts += ["Notes", content.entries[0].title, content.entries[-1].title, "Sources", ADDRESS]
    places = [heard.find(part) for part in parts if not has_rtl(part)]
    assert -1 not in places
    assert all(before < after for before, after in pairwise(places)), (parts, places)


@pytest.mark.slow
def test_a_figure_has_one_title_its_map_is_described_and_its_lists_are_lists(
    figure: Snapshot, pdf: bytes
) -> None:
    found = list(elements(pdf))
    kinds = [each["/S"] for each in found]
    assert kinds[:2] == ["/Document", "/H1"]
    assert kinds.count("/Figure") == 1
    (described,) = (each["/Alt"] for each in found if each["/S"] == "/Figure")
    assert described == figure.content.alt_text
    numbered = [
        each for each in found if each["/S"] == "/LI" and each["/K"][0].get_object()["/S"] == "/Lbl"
    ]
    assert len(numbered) == len(figure.content.entries) + len(figure.content.sources)
    captions = kinds.count("/Caption")
    assert captions >= len(figure.content.legend)
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.slow
def test_dari_and_pashto_are_spoken_as_such_in_the_order_of_their_letters(
    reported: Workspace, tmp_path: Path
) -> None:
    data = make(reported, Recipe(as_of=DAY, **CASES["Dari"])).pdf()
    spans = [(each["/ActualText"], each.get("/Lang", "")) for each in elements(data)
             if "/ActualText" in each]  # fmt: skip
    for text, language in spans:
        assert language == (language_of(text) if has_rtl(text) else "")
    (title,) = (each for each in elements(data) if each["/S"] == "/H1")
    (said,) = (each.get_object() for each in title["/K"])
    assert (said["/ActualText"], said["/Lang"]) == (DARI, "prs")
    assert (PASHTO, "ps") in spans
    assert ("کابل", "prs") in spans
    heard = " ".join("".join(text for text, _ in spans).split())
    assert "حمله NRF بر یک پاسگاه" in heard
    # Copied by a program that orders the letters of each line in its own way.
    (tmp_path / "a.pdf").write_bytes(data)
    done = subprocess.run([programs.needed("pdftotext"), tmp_path / "a.pdf", "-"],
                          capture_output=True, check=True)  # fmt: skip
    copied = re.sub("[\u202a-\u202e]", "", done.stdout.decode())
    assert DARI in copied
    # As text is drawn: word by word from the right, each of them as it is seen.
    drawn = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert " ".join(word[::-1] for word in DARI.split()) in drawn


@pytest.mark.slow
def test_pages_of_several_figures_are_one_file_with_bookmarks_and_links(
    reported: Workspace,
) -> None:
    figures = [make(reported, Recipe(as_of=DAY, size=size)) for size in ("web", "slide")]
    first, *others = figures[0].figure_pages
    contents = TextLine("Slide", 20, 20, first.page.items[0].type, "text", link=f"{PAGE_LINK}2")  # type: ignore[union-attr]
    cover = replace(first, page=replace(first.page, items=(*first.page.items, contents)))
    pages = [PdfPage(cover, "On the web"), *(PdfPage(each) for each in others),
             *(PdfPage(each, "" if at else "Slide") for at, each in
               enumerate(figures[1].figure_pages))]  # fmt: skip
    about = PdfAbout("Two figures", language="en", day=DAY)
    data = write_pdf(pages, about)
    assert data == write_pdf(pages, about)
    assert faults_of(data) == []
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len(reader.pages) == len(pages)
    names = [each.title for each in reader.outline if not isinstance(each, list)]
    assert names == ["On the web", "Slide"]
    assert [each["/S"] for each in elements(data)].count("/Sect") == 2
    targets = [note.get_object()["/A"] for note in reader.pages[0]["/Annots"]]
    assert reader.pages[1].indirect_reference in [each["/D"][0] for each in targets if "/D" in each]


def test_a_pdf_of_one_page_needs_no_bookmarks_and_more_pages_have_them(
    figure: Snapshot, pdf: bytes
) -> None:
    outline = pypdf.PdfReader(io.BytesIO(pdf)).outline
    if figure.pages == 1:
        assert outline == []
        return
    (whole, below) = outline
    assert whole.title == figure.content.title
    assert {"Notes", "Sources"} <= {each.title for each in below}


@pytest.mark.slow
@pytest.mark.parametrize(
    "more",
    [{"chart": ChartChoice("year", "below")}, {"view": View(coverage=True)},
     {"editorial": parse_editorial(b"{marking: 'TLP:AMBER', language: fa, bleed: 3}", "e.yaml")}],
    ids=["chart", "coverage", "editorial"],
)  # fmt: skip
def test_what_may_be_added_to_a_figure_keeps_the_rules(
    reported: Workspace, more: dict[str, Any]
) -> None:
    figure = make(reported, Recipe(as_of=DAY, size="slide", **more))
    data = figure.pdf()
    assert faults_of(data) == []
    if figure.content.chart is not None:
        described = [str(each.get("/Alt", "")) for each in elements(data)]
        assert figure.content.chart.alt_text in described
