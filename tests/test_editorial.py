"""What the editor adds to a figure: kept in its recipe, told apart from data, in every format."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import numpy as np
import pptx
import pypdf
import pytest
from dossiers import incident, presence, workspace
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from geo.briefing.formats import files
from geo.briefing.report import report
from geo.briefing.slides import slides
from geo.cli.main import app
from geo.errors import FigureError, GeoError, RecipeError
from geo.figures.finding import find_figures
from geo.handover.preview import preview_of
from geo.places.country import Country
from geo.snapshot.content.editorial.editor_marks import EDITOR_MARK_KINDS, EditorMark
from geo.snapshot.content.editorial.editorial import NO_EDITORIAL, Editorial
from geo.snapshot.content.editorial.editorial_file import parse_editorial, read_editorial
from geo.snapshot.content.editorial.house_style import HouseStyle
from geo.snapshot.content.editorial.legend_edits import LegendEdits
from geo.snapshot.content.editorial.logo import Logo, logo_of
from geo.snapshot.content.editorial.map_names import MapNames, NameChoice
from geo.snapshot.content.editorial.mark_labels import MarkLabels
from geo.snapshot.content.passing_on import reduction_of
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import Snapshot, make
from geo.snapshot.output.page_positions import position_at
from geo.table.workspace import Workspace
from geo.view import View

pytestmark = pytest.mark.timeout(300)

DAY = date(2026, 11, 21)
MARKS = (
    EditorMark("arrow", ((33.2, 66.5), (34.9, 69.0)), text="Supplies"),
    EditorMark("circle", ((36.7, 67.1),), km=80),
    EditorMark("area", ((31.0, 61.5), (32.5, 61.8), (32.8, 64.0)), text="No reports read"),
    EditorMark("text", ((33.5, 63.0),), text="Quiet"),
)
SAID = "Arrows, circles, areas and texts drawn in dashes and dots are the editor’s"
_TEXT = "{http://www.w3.org/2000/svg}text"
lines = st.text(max_size=70)
degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def picture(width: int = 60, height: int = 20, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#145A8C").save(file, kind)
    return file.getvalue()


def own(country: Country) -> Workspace:
    return workspace(
        country,
        incident(title="Attack on a post"),
        incident(id="second", title="A secret ambush", by=["taliban"]),
        presence(),
    )


def full() -> Editorial:
    return Editorial(
        subtitle="Attacks on posts",
        source="Own analysis",
        marking="TLP:AMBER",
        caveats="Not for release",
        logo=logo_of(picture()),
        labels=MarkLabels(from_fields=True, own=(("an-attack", "Post attacked"),)),
        names=MapNames(NameChoice("none"), NameChoice("list", ("Herat",))),
        legend=LegendEdits(("Record type",), (("Claimed by a party only", "Confirmed"),)),
        marks=MARKS,
        colours=HouseStyle("#7A1FA2", (("nrf", "#00695C"),)),
    )


@cache
def figure(country: Country) -> Snapshot:
    """A figure with all of it."""
    return make(own(country), Recipe(as_of=DAY, size="web", editorial=full()))


def texts(svg: bytes) -> str:
    root = ET.fromstring(svg)  # noqa: S314 - a figure of ours
    return " ".join(text.text or "" for text in root.iter(_TEXT))


def test_a_recipe_without_additions_keeps_its_text() -> None:
    assert "editorial" not in Recipe(title="A").to_json()
    assert Recipe(title="A", editorial=Editorial(labels=MarkLabels())).editorial == NO_EDITORIAL


def test_a_recipe_keeps_all_of_it() -> None:
    recipe = Recipe(editorial=full())
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert recipe.hash8 != Recipe().hash8


@given(lines, lines, st.lists(degrees, min_size=3, max_size=9))
def test_whatever_is_written_survives_without_what_controls_a_text(
    one: str, other: str, at: list
) -> None:
    marks = (EditorMark("area", tuple(at), text=one),)
    wording = LegendEdits(wording=((one, other),))
    made = Editorial(subtitle=one, marking=other[:60], legend=wording, marks=marks)
    read = Recipe.from_json(Recipe(editorial=made).to_json()).editorial
    assert read == made
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", "".join(made.texts))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("subtitel: A", "did you mean 'subtitle'"),
        ("marks: [{kind: arrow, at: [[34, 69]]}]", "marks, 1: arrow has 1 positions; expected 2"),
        ("marks: [{kind: circle, at: [[34, 69]]}]", "radius of 0 km"),
        ("marks: [{kind: text, at: [[34, 690]], text: A}]", "is not on the globe"),
        ("marks: [{kind: text, at: [[.nan, 69]], text: A}]", "is not [latitude, longitude]"),
        ("marks: [{kind: text, at: [34, 69], text: A}]", "is not [latitude, longitude]"),
        ("marks: 7", "marks is a number; expected a list"),
        ("names: {towns: few}", "towns 'few' is unknown"),
        ("labels: {An attack: A}", "is not a valid id of a record"),
        ("legend: {order: A}", "order is text; expected a list"),
        ("colours: {accent: red}", "is not a valid colour"),
        ("colours: {groups: {nrf: '#FFEE88'}}", "a mark needs 3"),
        ("language: de", "expected any of en, fa, ps"),
        ("bleed: 40", "expected 0 to 10 mm"),
        ("logo: {png: AAAA, sha256: ''}", "is not a PNG"),
        ("[]", "is a list; expected fields"),
        ("a: [", "e.yaml"),
    ],
)
def test_a_mistake_is_refused_with_its_place_and_reason(text: str, says: str) -> None:
    with pytest.raises(GeoError) as refused:
        parse_editorial(text.encode(), "e.yaml")
    assert says in str(refused.value)
    assert "e.yaml" in str(refused.value)


def test_a_file_names_its_logo_and_its_colours(tmp_path: Path) -> None:
    (tmp_path / "l.jpg").write_bytes(picture(2000, 500, "JPEG"))
    (tmp_path / "house.toml").write_text('accent = "#7A1FA2"\n[groups]\nnrf = "#00695C"\n')
    (tmp_path / "e.yaml").write_text("logo: l.jpg\ncolours: house.toml\n")
    read = read_editorial(tmp_path / "e.yaml")
    assert read.logo is not None
    assert read.logo.size == (480, 120)
    assert read.colours == HouseStyle("#7A1FA2", (("nrf", "#00695C"),))


def test_a_logo_keeps_nothing_but_its_pixels() -> None:
    file, told = io.BytesIO(), Image.new("RGB", (40, 20), "navy")
    exif = Image.Exif()
    exif[0x010E] = "taken in a safe house"
    told.save(file, "JPEG", exif=exif, comment=b"by somebody")
    assert b"safe house" in file.getvalue()
    kept = logo_of(file.getvalue()).png
    assert b"safe house" not in kept
    assert b"somebody" not in kept


@pytest.mark.parametrize(
    "data",
    [
        b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\n", picture()[:60], picture(kind="JPEG")[:200],
        b"\xff\xd8\xff" + b"x" * 99, picture(kind="TIFF"),
    ],
)  # fmt: skip
def test_what_is_not_a_sound_picture_is_not_a_logo(data: bytes) -> None:
    with pytest.raises(RecipeError):
        logo_of(data)


def test_a_logo_of_a_recipe_has_no_room_for_anything_else() -> None:
    png = picture()
    hidden = png[:33] + b"\0\0\0\4tEXtA\0BC\0\0\0\0" + png[33:]
    with pytest.raises(RecipeError, match="pixels only"):
        Logo(hidden)
    plain = Logo(png).to_plain() | {"sha256": "0" * 64}
    with pytest.raises(RecipeError, match="digest"):
        Logo.from_plain(plain, "r")


@pytest.mark.slow
def test_every_text_is_on_the_page_and_the_marks_are_said_to_be_no_data(country: Country) -> None:
    found = figure(country)
    first = texts(found.svg()[0])
    for said in ("Attacks on posts", "Source line of the editor: Own analysis.", SAID,
                 "Supplies", "No reports read", "Quiet"):  # fmt: skip
        assert said in first, said
    for page in found.svg():
        assert texts(page).count("TLP:AMBER · Not for release") == 2
    assert SAID in " ".join(item.label for part in found.content.legend for item in part.items)


@pytest.mark.slow
def test_the_marks_are_a_layer_of_their_own_in_a_line_of_their_own(country: Country) -> None:
    svg = figure(country).svg()[0].decode()
    group = re.search(r'<g id="Editor-s-marks".*?<title>(.*?)</title>', svg, re.DOTALL)
    assert group is not None
    assert group[1] == "Editor’s marks"
    # Dash, gap, dot, gap: the lines of marks, boundaries and railways have a dash and a gap.
    dashes = set(re.findall(r"stroke-dasharray: ([\d. ,]+)", svg))
    own_dashes = {one for one in dashes if len(one.split(",")) == 4}
    assert own_dashes
    bare = make(own(country), Recipe(as_of=DAY, size="web")).svg()[0].decode()
    assert not own_dashes & set(re.findall(r"stroke-dasharray: ([\d. ,]+)", bare))


def test_no_mark_of_a_record_moves_to_another_note_or_loses_one(country: Country) -> None:
    bare = make(own(country), Recipe(as_of=DAY, size="web")).content
    edited = figure(country).content
    assert [one.line for one in edited.entries] == [one.line for one in bare.entries]
    assert edited.ledger == bare.ledger
    assert edited.spots == bare.spots
    assert edited.badges == bare.badges


def test_a_reworded_entry_keeps_the_words_of_the_status(country: Country) -> None:
    labels = [item.label for part in figure(country).content.legend for item in part.items]
    assert any(re.fullmatch(r"Confirmed \[Claimed by a party only\] \(\d\)", one) for one in labels)
    assert figure(country).content.legend[0].heading == "Record type"


def test_a_short_title_of_a_claim_says_that_it_is_claimed(country: Country) -> None:
    labels = [label for _, label in figure(country).content.labels]
    assert "Post attacked (claimed)" in labels
    assert all("claimed" in label for label in labels)


def test_no_province_is_named_and_only_the_towns_of_the_list(country: Country) -> None:
    recipe = Recipe(as_of=DAY, view=View(base_off=()), editorial=full())
    plan = make(own(country), recipe).figure_pages[0].plan
    assert plan is not None
    assert [name.words for name in plan.names if not name.is_outside] == []
    towns = {name.words for name in plan.base_names if name.tone == "town"}
    assert towns <= {"Herat"}


def test_colours_that_look_alike_are_refused_with_who_cannot_tell_them_apart(
    country: Country,
) -> None:
    alike = HouseStyle(groups=(("nrf", "#007A33"), ("taliban", "#A34A00")))
    recipe = Recipe(as_of=DAY, editorial=Editorial(colours=alike))
    with pytest.raises(FigureError, match="look alike to readers without"):
        make(own(country), recipe)
    strange = HouseStyle(groups=(("nobody", "#007A33"),))
    with pytest.raises(FigureError, match="there is no group 'nobody'"):
        make(own(country), replace(recipe, editorial=Editorial(colours=strange)))


def test_a_marking_that_does_not_fit_is_refused_and_never_cut(country: Country) -> None:
    wide = Editorial(marking="M" * 60, caveats="M" * 120)
    made = make(own(country), Recipe(as_of=DAY, size="half-slide", editorial=wide))
    with pytest.raises(FigureError, match="shorten the caveats"):
        made.png()


@pytest.mark.slow
def test_every_slide_and_page_has_the_marking_and_the_first_the_logo(country: Country) -> None:
    found = figure(country)
    for as_picture in (False, True):
        deck = pptx.Presentation(io.BytesIO(slides(found, as_picture=as_picture)))
        for slide in deck.slides:
            said = [shape for shape in slide.shapes if shape.name.startswith("Marking")]
            assert [shape.text_frame.text for shape in said] == ["TLP:AMBER · Not for release"] * 2
        assert "Logo" in [shape.name for shape in deck.slides[0].shapes]
    document = docx.Document(io.BytesIO(report(found)))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "TLP:AMBER · Not for release"
    assert section.footer.paragraphs[0].text == "TLP:AMBER · Not for release"
    assert len(document.inline_shapes) == 2


def test_a_slide_has_the_marks_as_shapes(country: Country) -> None:
    deck = pptx.Presentation(io.BytesIO(slides(figure(country))))
    (drawn,) = [shape for shape in deck.slides[0].shapes if shape.name.startswith("Map ")]
    (group,) = [shape for shape in drawn.shapes if shape.name == "Editor’s marks"]
    kinds = {type(shape).__name__ for shape in group.shapes}
    assert len(list(group.shapes)) > len(EDITOR_MARK_KINDS)
    assert any(shape.has_text_frame and shape.text_frame.text == "Quiet" for shape in group.shapes)
    assert kinds == {"Shape"}


@pytest.mark.slow
def test_every_format_is_recognised_and_made_again_with_them(country: Country) -> None:
    found = figure(country)
    made = {"f.png": found.png()[0], "f.svg": found.svg()[0], "f.pdf": found.pdf(),
            "f.pptx": slides(found), "f.docx": report(found)}  # fmt: skip
    for name, data in made.items():
        for one in find_figures(data, name).figures:
            assert one.imprint is not None, name
            assert one.imprint.recipe.editorial == full(), name
    assert make(own(country), found.recipe).svg() == found.svg()


@pytest.mark.slow
def test_what_is_withheld_is_not_named_by_a_label(country: Country) -> None:
    labels = MarkLabels(own=(("an-attack", "Post attacked"), ("second", "A secret ambush")))
    colours = HouseStyle(groups=(("nrf", "#00695C"), ("taliban", "#3A3F47")))
    editorial = Editorial(marking="TLP:RED", labels=labels, colours=colours, marks=MARKS)
    recipe = Recipe(
        as_of=DAY, size="web", view=View(off=("taliban",)), only_shown=True,
        editorial=editorial,
    )  # fmt: skip
    mine = own(country)
    snapshot = make(mine, recipe)
    (packed,) = files(snapshot, mine, "zip")
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        for name in archive.namelist():
            assert b"secret" not in archive.read(name), name
        assert archive.read("README.txt").startswith(b"TLP:RED")
    assert snapshot.recipe.editorial.marks == MARKS
    reduction = reduction_of(mine, recipe)
    assert reduction is not None
    said = " ".join(preview_of(reduction, recipe.editorial.parts).sentences())
    assert "marking" in said
    assert "editor’s marks" in said


def test_a_point_of_the_preview_is_the_place_that_is_there(country: Country) -> None:
    page = figure(country).figure_pages[0]
    plan, box = page.plan, page.page.map
    assert plan is not None
    assert box is not None
    for lat, lon in ((34.5, 69.2), (31.6, 65.7), (36.7, 67.1)):
        x, y = plan.canvas.at(lat, lon)
        across = (box.left + x) / page.page.width
        down = (box.top + box.height - y) / page.page.height
        assert np.allclose(position_at(page, across, down) or (), (lat, lon), atol=1e-6)
    assert position_at(page, 0.0, 0.0) is None


def test_no_text_of_the_editor_hides_another_one(country: Country) -> None:
    near = [EditorMark("text", ((34.5, 66 + at / 9),), text=f"Text {at}") for at in range(4)]
    circle = EditorMark("circle", ((34.3, 66.2),), km=20, text="A circle")
    made = Recipe(as_of=DAY, size="web", editorial=Editorial(marks=(*near, circle)))
    plan = make(own(country), made).figure_pages[0].plan
    assert plan is not None
    boxes = [label.box for label in plan.editors]
    assert len(boxes) == 5
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert plan.editors[0].lines == ("Text 0",)


def test_a_mark_outside_the_frame_is_counted(country: Country) -> None:
    away = EditorMark("text", ((10.0, 10.0),), text="Elsewhere")
    recipe = Recipe(as_of=DAY, editorial=Editorial(marks=(*MARKS, away)))
    warnings = make(own(country), recipe).content.warnings
    assert "1 of 5 marks of the editor is outside the frame." in warnings


def test_the_interactive_map_alone_refuses_what_it_does_not_show(tmp_path: Path) -> None:
    out = str(tmp_path / "m.html")
    run = CliRunner().invoke(app, ["snapshot", "--out", out, "--subtitle", "A"])
    assert run.exit_code == 2
    assert "--subtitle: the interactive map does not have it" in run.stderr


@pytest.mark.slow
def test_a_pdf_with_bleed_says_where_it_is_cut_and_marks_it_outside_the_bleed(
    country: Country,
) -> None:
    def pdf(bleed: float) -> bytes:
        recipe = Recipe(as_of=DAY, size="a4-landscape", editorial=Editorial(bleed=bleed))
        return make(own(country), recipe).pdf()

    plain, cut = pdf(0), pdf(3)
    assert b"/TrimBox" not in plain
    page = pypdf.PdfReader(io.BytesIO(cut)).pages[0]
    bare = pypdf.PdfReader(io.BytesIO(plain)).pages[0]
    aside = (3 + 5) / 25.4 * 72
    for name, inset in (("/TrimBox", aside), ("/BleedBox", 5 / 25.4 * 72)):
        left, bottom, right, top = map(float, page[name])
        assert left == bottom == pytest.approx(inset, abs=0.01)
        assert right == pytest.approx(float(page.mediabox.width) - inset, abs=0.01)
        assert top == pytest.approx(float(page.mediabox.height) - inset, abs=0.01)
    width = float(page.mediabox.width) - 2 * aside
    assert width == pytest.approx(float(bare.mediabox.width), abs=0.5)
    said = [re.sub("snapshot [0-9a-f]{8}", "", each.extract_text()) for each in (page, bare)]
    assert said[0] == said[1]
