"""A figure knows where it comes from, in whatever file and after whatever others did to it."""

from __future__ import annotations

import copy
import dataclasses
import gzip
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pptx
import pytest
from app_alerts import alerts
from app_files import handed
from dossiers import SOURCE, claim, copy_of_data, dossier_bytes, incident
from hostile import LONG, examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx.util import Mm
from sharing import made_once
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from geo.app.earlier_file import EARLIER_FILE
from geo.app.file_choice import PackedFile
from geo.briefing.imprints import bind_to_shape, list_in_deck
from geo.briefing.report import report
from geo.briefing.slides import slides
from geo.cli.main import app
from geo.errors import GeoError
from geo.figures.checking import FigureChange, check_figure_file
from geo.figures.finding import find_figures
from geo.figures.refreshing import refresh_figure_file
from geo.figures.verifying import verify_figure_file
from geo.places.country import Country
from geo.settings import FOLDER_VARIABLE
from geo.snapshot.content.imprint import Imprint
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.in_png import find_in_png
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.view import BASE_PARTS, View
from geo.workspace import located_workspace
from tools import programs

DAY, LATER = date(2026, 11, 21), date(2026, 11, 28)
FORMS = ("png", "svg", "pdf", "pptx", "docx")
KUNDUZ, KABUL = ([{"place": name, "kind": "province"}] for name in ("Kunduz", "Kabul"))
# Without base map, a figure is drawn in half the time.
RECIPE = Recipe(as_of=DAY, size="web", view=View(base_off=tuple(sorted(BASE_PARTS))))


def before(country: Country) -> Workspace:
    """Data as they were when the figures were made."""
    return located_workspace(country, dossier_before(), "d.yaml")


def dossier_before() -> bytes:
    return dossier_bytes(
        incident(id="stays", title="Stays as it is"),
        incident(id="to-withdraw", title="Told twice", where=KUNDUZ),
        incident(id="to-correct", title="To be corrected", where=[{"place": "Balkh"}]),
        incident(id="to-deny", title="To be denied", where=[{"place": "Takhar"}]),
        incident(id="to-remove", title="To be removed", where=KABUL,
                 claims=[claim(source="other")]),
        sources={"report": SOURCE, "other": SOURCE | {"title": "Another report"}},
    )  # fmt: skip


def dossier_after() -> bytes:
    denial = claim(by="taliban", role="opposing_party", says="denial", text="Denies it.")
    return dossier_bytes(
        incident(id="stays", title="Stays as it is"),
        incident(id="to-withdraw", title="Told twice", where=KUNDUZ,
                 withdrawn_because="Told twice."),
        incident(id="to-correct", title="Corrected", where=[{"place": "Balkh"}]),
        incident(id="to-deny", title="To be denied", where=[{"place": "Takhar"}],
                 claims=[claim(), denial]),
        incident(id="is-new", title="Is new"),
        sources={"report": SOURCE},
    )  # fmt: skip


def after(country: Country) -> Workspace:
    """The same data some days later."""
    return located_workspace(country, dossier_after(), "d.yaml")


def files_of(figure: Snapshot) -> dict[str, bytes]:
    return {
        "png": figure.png()[0], "svg": figure.svg()[0], "pdf": figure.pdf(),
        "pptx": slides(figure, as_picture=True), "docx": report(figure),
    }  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Data of two days, a figure of the first one, and its files."""

    then: Workspace
    now: Workspace
    figure: Snapshot
    files: Mapping[str, bytes]
    refreshed: Mapping[str, bytes]

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001 - called so by Hypothesis
        """What Hypothesis prints, in place of all bytes of the files."""
        printer.text("Figures(...)")


@pytest.fixture(scope="module")
def figures(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    then, now = before(country), after(country)
    figure = make(then, RECIPE)

    def write(folder: Path) -> None:
        for form, data in files_of(figure).items():
            (folder / form).write_bytes(data)
            made = refresh_figure_file(data, "x", now, LATER)
            assert made.refreshed == 1
            (folder / f"new-{form}").write_bytes(made.data)

    folder = made_once(tmp_path_factory, "figures-in-files", write)
    files, refreshed = (
        {form: (folder / f"{head}{form}").read_bytes() for form in FORMS} for head in ("", "new-")
    )
    return Figures(then, now, figure, files, refreshed)


def kinds(changes: tuple[FigureChange, ...]) -> dict[str, str]:
    return {f"{one.subject} {one.id}".strip(): one.kind for one in changes}


EXPECTED = {
    "record to-withdraw": "withdrawn", "record to-remove": "removed", "record to-deny": "disputed",
    "record to-correct": "corrected", "record is-new": "added", "source other": "removed",
    "record count": "changed",
}  # fmt: skip


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("form", FORMS)
def test_every_format_says_from_which_data_and_question_it_is(form: str, figures: Figures) -> None:
    (found,) = find_figures(figures.files[form], "x").figures
    imprint = found.imprint
    assert found.state == "as drawn"
    assert imprint.recipe == figures.figure.recipe
    assert imprint.ledger == figures.figure.content.ledger
    assert imprint.question == figures.figure.content.subtitle


@pytest.mark.slow
@pytest.mark.parametrize("form", ["svg", "pptx"])
def test_a_figure_is_confirmed_by_drawing_it_again_from_its_data(
    form: str, figures: Figures
) -> None:
    verified = verify_figure_file(figures.files[form], "x", figures.then)
    assert verified.is_sound
    assert [one.confirmation for one in verified.figures] == ["confirmed"]
    verified = verify_figure_file(figures.files[form], "x", figures.now)
    assert [one.confirmation for one in verified.figures] == ["other data"]


@pytest.mark.parametrize("form", FORMS)
def test_what_has_changed_since_is_named_in_every_format(form: str, figures: Figures) -> None:
    (checked,) = check_figure_file(figures.files[form], "x", figures.now).figures
    assert not checked.is_current
    assert kinds(checked.changes) == EXPECTED
    because = {one.id: one.because for one in checked.changes}
    assert because["to-withdraw"] == "Told twice."


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_refreshed_file_is_current_and_made_of_the_same_parts(
    form: str, figures: Figures
) -> None:
    old, new = figures.files[form], figures.refreshed[form]
    (found,) = find_figures(new, "x").figures
    assert (found.state, found.imprint.recipe.as_of) == ("as drawn", LATER)
    assert found.imprint.recipe.data == figures.now.reading.digest
    assert check_figure_file(new, "x", figures.now).is_current
    assert refresh_figure_file(new, "x", figures.now, LATER).data == new
    if form in {"png", "pptx", "docx"}:
        assert sizes(new) == sizes(old)


def sizes(data: bytes) -> list[tuple[int, int]]:
    """The sizes of a picture, or of all pictures of an office file, in pixels."""
    pictures = [data] if data.startswith(b"\x89PNG") else list(media(data).values())
    found = []
    for one in pictures:
        with Image.open(io.BytesIO(one)) as opened:
            found.append(opened.size)
    return found


def media(data: bytes) -> dict[str, bytes]:
    """The pictures of an office file, without the vector graphics beside one."""
    return {
        name: part for name, part in parts(data).items()
        if "/media/" in name and not name.endswith(".svg")
    }  # fmt: skip


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_nothing_changes_but_the_picture_its_alt_text_and_its_recipe(
    form: str, figures: Figures
) -> None:
    old, new = figures.files[form], figures.refreshed[form]
    was, now = parts(old), parts(new)
    assert list(was) == list(now)
    changed = {name for name in was if was[name] != now[name]}
    page = {"pptx": "ppt/slides/slide1.xml", "docx": "word/document.xml"}[form]
    vectors = {name for name in was if name.endswith(".svg")}
    assert changed == {*media(old), *vectors, page, "docProps/custom.xml"}
    assert without_alt_texts(was[page]) == without_alt_texts(now[page])
    content = make(figures.now, dataclasses.replace(RECIPE, as_of=LATER)).content
    root = ET.fromstring(now[page])  # noqa: S314 - made here a moment ago
    described = [one for one in root.iter() if one.get("descr")]
    assert [one.get("descr") for one in described] == [content.alt_text]
    assert content.alt_text != figures.figure.content.alt_text


@pytest.mark.slow
def test_a_figure_without_its_recipe_is_the_same_picture_and_carries_nothing(
    figures: Figures,
) -> None:
    bare = dataclasses.replace(figures.figure, embed=False)
    bare_files = {"png": bare.png()[0], "pdf": bare.pdf(), "pptx": slides(bare, as_picture=True)}
    for form, data in bare_files.items():
        assert find_figures(data, form).figures == (), form
        assert len(data) < len(figures.files[form])
        inside = list(parts(data).values()) if form == "pptx" else [data]
        assert not any(b"IncidentMap" in one or b"Incident Map\0" in one for one in inside)
    was, now = figures.files["png"], bare_files["png"]
    with Image.open(io.BytesIO(was)) as old, Image.open(io.BytesIO(now)) as new:
        assert old.tobytes() == new.tobytes()


def test_a_changed_picture_is_told_apart_from_one_that_was_only_saved_again(
    figures: Figures,
) -> None:
    png = figures.files["png"]
    with Image.open(io.BytesIO(png)) as opened:
        info, whole = opened.text["Incident Map"], opened.convert("RGBA")  # type: ignore[attr-defined] # of a PNG
    assert state_of(saved(whole, info)) == "as drawn"
    whole.putpixel((400, 300), (255, 0, 0, 255))
    assert state_of(saved(whole, info)) == "altered"
    svg = figures.files["svg"]
    assert state_of(svg.replace(b"<svg ", b'<svg xmlns:ink="urn:ink" ink:v="1" ', 1)) == "as drawn"
    assert state_of(re.sub(rb">Kabul<", b">Kabol<", svg)) == "altered"
    pdf = figures.files["pdf"]
    renamed = pdf.replace(b"/Creator (Incident Map)", b"/Creator (Somebody Map)")
    assert state_of(renamed) == "as drawn"
    at = pdf.index(b"stream\n") + 60
    assert state_of(pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]) == "altered"


def state_of(data: bytes) -> str:
    (figure,) = find_figures(data, "x").figures
    return figure.state


def saved(picture: Image.Image, text: str) -> bytes:
    """A picture as an image editor saves it, which keeps the texts of a PNG."""
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - for this one alone

    info, file = PngInfo(), io.BytesIO()
    info.add_itxt("Incident Map", text, zip=False)
    picture.save(file, "PNG", pnginfo=info, compress_level=1)
    return file.getvalue()


def test_a_picture_that_was_altered_is_never_overwritten(figures: Figures) -> None:
    with Image.open(io.BytesIO(figures.files["png"])) as opened:
        info, whole = opened.text["Incident Map"], opened.convert("RGBA")  # type: ignore[attr-defined] # of a PNG
    whole.putpixel((400, 300), (255, 0, 0, 255))
    altered = saved(whole, info)
    made = refresh_figure_file(altered, "x", figures.now)
    assert made.data == altered
    assert [one.outcome for one in made.figures] == ["left"]


def test_other_data_that_show_the_same_make_no_figure_out_of_date(
    figures: Figures, country: Country
) -> None:
    given = json.loads(dossier_before())
    theirs = incident(id="elsewhere", by=["taliban"], claims=[claim(by="taliban")])
    given["incidents"].append(theirs)
    view = dataclasses.replace(RECIPE.view, off=("taliban",))
    narrowed = make(figures.then, dataclasses.replace(RECIPE, view=view))
    shown = narrowed.content.ledger
    now = located_workspace(country, json.dumps(given).encode(), "d.yaml")
    (checked,) = check_figure_file(narrowed.png()[0], "x", now).figures
    # The record count states how many records are hidden, so it alone has changed.
    assert kinds(checked.changes) == {"record count": "changed"}
    assert f"was “{shown}”" in checked.changes[0].because
    comment = located_workspace(country, dossier_before() + b"\n# a comment\n", "d.yaml")
    assert comment.reading.digest != figures.then.reading.digest
    assert check_figure_file(figures.files["png"], "x", comment).is_current


# --- decks that others have worked on


def first_picture(deck: Any) -> tuple[Any, Any]:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.shape_type == 13:
                return slide, shape
    raise AssertionError("no picture is left")


def add_text(deck: Any) -> None:
    slide = deck.slides[0]
    box = slide.shapes.add_textbox(Mm(5), Mm(5), Mm(50), Mm(10))
    box.text_frame.text = "17 of 28 <drawn> & “quoted”"


def add_slide_before(deck: Any) -> None:
    deck.slides.add_slide(deck.slide_layouts[0])
    listed = deck.element.sldIdLst
    listed.insert(0, listed[-1])


def reverse_slides(deck: Any) -> None:
    listed = deck.element.sldIdLst
    for one in reversed(list(listed)):
        listed.append(one)


def move_and_crop(deck: Any) -> None:
    _, shape = first_picture(deck)
    shape.left, shape.width = Mm(3), Mm(99)
    shape.crop_left, shape.crop_bottom, shape.name = 0.2, 0.1, "Renamed"


def duplicate(deck: Any) -> None:
    slide, shape = first_picture(deck)
    slide.shapes.element.append(copy.deepcopy(shape.element))


def add_foreign_picture(deck: Any) -> None:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, "PNG")
    deck.slides[-1].shapes.add_picture(file, 0, 0)


def delete_texts(deck: Any) -> None:
    for slide in deck.slides:
        for shape in list(slide.shapes):
            if shape.has_text_frame and not shape.is_placeholder:
                shape.element.getparent().remove(shape.element)


def edit_alt_text(deck: Any) -> None:
    _, shape = first_picture(deck)
    shape.element.nvPicPr.cNvPr.set("descr", "In somebody's own words")


def group_picture(deck: Any) -> None:
    slide, shape = first_picture(deck)
    group = slide.shapes.add_group_shape()
    group.element.append(shape.element)


ACTS = (add_text, add_slide_before, reverse_slides, move_and_crop, duplicate, add_foreign_picture,
        delete_texts, edit_alt_text, group_picture)  # fmt: skip


def worked_on(data: bytes, acts: list[Callable[[Any], None]]) -> bytes:
    deck = pptx.Presentation(io.BytesIO(data))
    for act in acts:
        try:
            act(deck)
        except AssertionError:  # the picture is in a group already
            continue
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def slides_with_figure(data: bytes) -> list[str]:
    """Where the picture is, found without any of the program under test."""
    deck = pptx.Presentation(io.BytesIO(data))
    found = []
    for at, slide in enumerate(deck.slides, start=1):
        blips = slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
        names = {slide.part.related_part(one.get(EMBED)).blob for one in blips}
        if any(find_in_png(one, "x") for one in names):
            found.append(f"slide {at}")
    return found


EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def without_alt_texts(xml: bytes) -> bytes:
    return re.sub(rb' descr="[^"]*"', b"", xml)


@pytest.mark.slow
@settings(max_examples=examples(6, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(ACTS), max_size=6))
def test_whatever_others_did_to_a_deck_its_figure_is_found_and_their_work_stays(
    acts: list[Callable[[Any], None]], figures: Figures, refreshed_once: Callable[[bytes], bytes]
) -> None:
    deck = worked_on(figures.files["pptx"], acts)
    (found,) = find_figures(deck, "x").figures
    assert found.state == "as drawn"
    assert list(found.uses) == slides_with_figure(deck)
    new = refreshed_once(deck)
    was, now = parts(deck), parts(new)
    assert list(was) == list(now)
    allowed = {*media(deck), "docProps/custom.xml"}
    for name in was.keys() - allowed:
        assert without_alt_texts(was[name]) == without_alt_texts(now[name]), name
    foreign = [name for name in media(deck) if not find_in_png(was[name], "x")]
    assert all(was[name] == now[name] for name in foreign)
    # A picture in a group is not edited again by the acts above.
    if b"In somebody's own words" in b"".join(was.values()):
        assert b"In somebody's own words" in b"".join(now.values())


@pytest.fixture(scope="module")
def refreshed_once(figures: Figures) -> Callable[[bytes], bytes]:
    """Refresh decks that hold the same figure, which is drawn once: drawing is tested elsewhere."""
    (picture,) = media(figures.refreshed["pptx"]).values()

    def refreshed(deck: bytes) -> bytes:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("geo.figures.refreshing.draw_again", lambda *_: picture)
            return refresh_figure_file(deck, "x", figures.now, LATER).data

    return refreshed


def test_a_picture_copied_to_another_deck_is_recognised_there(figures: Figures) -> None:
    picture = next(iter(media(figures.files["pptx"]).values()))
    deck = pptx.Presentation()
    for _ in range(2):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    file = io.BytesIO()
    deck.save(file)
    (found,) = find_figures(file.getvalue(), "x").figures
    assert found.uses == ("slide 1", "slide 2")
    report_ = docx.Document()
    report_.add_picture(io.BytesIO(picture))
    file = io.BytesIO()
    report_.save(file)
    (found,) = find_figures(file.getvalue(), "x").figures
    assert found.uses == ("the text",)


def test_a_picture_that_was_deleted_is_not_reported(figures: Figures) -> None:
    deck = pptx.Presentation(io.BytesIO(figures.files["pptx"]))
    _, shape = first_picture(deck)
    shape.element.getparent().remove(shape.element)
    file = io.BytesIO()
    deck.save(file)
    assert media(file.getvalue())
    assert find_figures(file.getvalue(), "x").figures == ()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_that_a_program_compressed_is_recognised_by_the_file_and_its_alt_text(
    form: str, figures: Figures, refreshed_once: Callable[[bytes], bytes]
) -> None:
    old = figures.files["pptx"]
    ((name, picture),) = media(old).items()
    with Image.open(io.BytesIO(picture)) as opened:
        small = opened.convert("RGB").resize((opened.width // 3, opened.height // 3))
    file = io.BytesIO()
    small.save(file, form)
    deck = replaced(old, name, file.getvalue())
    (found,) = verify_figure_file(deck, "x", figures.then).figures
    assert found.figure.state == "saved again"
    assert not found.is_sound
    new = refreshed_once(deck)
    assert sizes(new) == sizes(old)
    with Image.open(io.BytesIO(media(new)[name])) as opened:
        assert opened.format == form
    assert check_figure_file(new, "x", figures.now).is_current


def replaced(data: bytes, name: str, part: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for one, content in parts(data).items():
            archive.writestr(one, part if one == name else content)
    return file.getvalue()


def test_a_compressed_picture_that_was_cropped_for_good_is_left(figures: Figures) -> None:
    old = figures.files["pptx"]
    ((name, picture),) = media(old).items()
    with Image.open(io.BytesIO(picture)) as opened:
        part = opened.convert("RGB").crop((0, 0, opened.width // 2, opened.height))
    file = io.BytesIO()
    part.save(file, "PNG")
    deck = replaced(old, name, file.getvalue())
    made = refresh_figure_file(deck, "x", figures.now)
    assert made.data == deck
    assert "cropped" in made.figures[0].because


def test_the_vector_graphics_of_a_report_are_redrawn_with_its_picture(figures: Figures) -> None:
    def vector(data: bytes) -> bytes:
        (found,) = (one for name, one in parts(data).items() if name.endswith(".svg"))
        return found

    old, new = (vector(one["docx"]) for one in (figures.files, figures.refreshed))
    again = make(figures.now, dataclasses.replace(figures.figure.recipe, as_of=LATER))
    drawn = next(iter(find_figures(figures.files["docx"], "x").figures)).imprint.drawn
    assert new != old
    assert new == again.figure_and_vector(drawn.width, drawn.height, drawn.dpi)[1]


@pytest.mark.parametrize("kept", ["all", "names"])
def test_what_is_bound_to_a_group_of_shapes_is_found(kept: str, figures: Figures) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    text = figures.figure.imprint_of_shapes
    bind_to_shape(group.element.nvGrpSpPr.cNvPr, text)
    list_in_deck(deck, [text])
    if kept == "names":  # as LibreOffice saves it
        group.element.nvGrpSpPr.cNvPr.clear()
        group.element.nvGrpSpPr.cNvPr.set("id", "2")
        group.name = f"Map {figures.figure.recipe.hash8}"
    file = io.BytesIO()
    deck.save(file)
    (checked,) = check_figure_file(file.getvalue(), "x", figures.now).figures
    assert (checked.figure.state, checked.figure.uses) == ("shapes", ("slide 1",))
    assert kinds(checked.changes) == EXPECTED
    (left,) = refresh_figure_file(file.getvalue(), "x", figures.now).figures
    assert "did not note its shapes" in left.because


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_deck_and_a_report_saved_by_libreoffice_keep_their_figures(
    figures: Figures, tmp_path: Path
) -> None:
    deck = worked_on(figures.files["pptx"], [add_text, add_slide_before, move_and_crop, duplicate])
    given_files = {"pptx": deck} | ({"docx": figures.files["docx"]} if LONG else {})
    for form, data in given_files.items():
        given = tmp_path / f"given.{form}"
        given.write_bytes(data)
        subprocess.run(
            [programs.needed("soffice"), f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
             "--headless", "--convert-to", form, "--outdir", tmp_path / "saved", given],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        saved_ = (tmp_path / "saved" / given.name).read_bytes()
        assert saved_ != data
        (found,) = verify_figure_file(saved_, "x", figures.then).figures
        assert (found.figure.state, found.confirmation) == ("as drawn", "confirmed")
        assert found.figure.uses == (("slide 2",) if form == "pptx" else ("the text",))
        made = refresh_figure_file(saved_, "x", figures.now, LATER)
        was, now = parts(saved_), parts(made.data)
        changed = {name for name in was if was[name] != now[name]}
        page = {"pptx": "ppt/slides/slide2.xml", "docx": "word/document.xml"}[form]
        assert changed <= {*media(saved_), page, "docProps/custom.xml"}
        assert without_alt_texts(was[page]) == without_alt_texts(now[page])
        assert check_figure_file(made.data, "x", figures.now).is_current


# --- the commands


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.mark.slow
def test_the_commands_say_it_and_end_with_the_right_code(figures: Figures, tmp_path: Path) -> None:
    deck, figure, out = (tmp_path / name for name in ("deck.pptx", "figure.png", "new.png"))
    deck.write_bytes(figures.files["pptx"])
    figure.write_bytes(figures.files["png"])
    then, now = tmp_path / "then.yaml", tmp_path / "now.yaml"
    then.write_bytes(dossier_before())
    now.write_bytes(dossier_after())
    said = run("verify", figure, "--dossier", then)
    assert said.exit_code == 0, said.output
    assert figures.then.reading.digest[:12] in said.output
    assert run("check", deck, "--dossier", then).exit_code == 0
    said = run("check", deck, figure, "--dossier", now)
    assert said.exit_code == 1
    assert "Slide 1: A dossier: out of date" in said.output
    assert said.output.count("1 figure, 1 out of date") == 2
    assert "withdrawn record: to-withdraw: Told twice (Told twice.)" in said.output
    listed = json.loads(run("check", deck, "--dossier", now, "--format", "json").stdout)
    assert [one["where"] for one in listed] == [["slide 1"]]
    assert {one["kind"] for one in listed[0]["changes"]} == set(EXPECTED.values())
    assert run("refresh", figure, "--dossier", now).exit_code == 2
    assert run("refresh", figure, "--dossier", now, "--out", figure).exit_code == 2
    assert run("refresh", figure, "--dossier", now, "--out", out).exit_code == 0
    assert figure.read_bytes() == figures.files["png"]
    assert run("check", out, "--dossier", now).exit_code == 0
    assert run("refresh", figure, "--dossier", now, "--in-place").exit_code == 0
    assert figure.read_bytes() == out.read_bytes()


def test_a_file_without_a_figure_is_said_to_have_none(tmp_path: Path) -> None:
    file = tmp_path / "plain.png"
    Image.new("RGB", (9, 9)).save(file)
    said = run("verify", file)
    assert said.exit_code == 1
    assert "no figure of this program is recognised" in said.output
    text = tmp_path / "notes.txt"
    text.write_text("words")
    said = run("verify", text)
    assert said.exit_code == 2
    assert "is not a PPTX, DOCX, PNG, SVG or PDF file" in said.output


def field() -> None:
    """Run the field on its own; its source is all that the app takes over."""

    from geo.app import session  # noqa: PLC0415
    from geo.app.drawing_lock import DrawingTurns  # noqa: PLC0415
    from geo.app.earlier_file import earlier_file_field  # noqa: PLC0415

    earlier_file_field(session.workspace(), DrawingTurns())


@pytest.mark.slow
def test_the_page_lists_what_is_out_of_date_and_offers_the_refreshed_file(
    figures: Figures, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "small")
    (folder / "incidents.yaml").write_bytes(dossier_after())
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    page = AppTest.from_function(field, default_timeout=90)
    page.session_state[EARLIER_FILE] = PackedFile.of(gzip.compress(figures.files["pptx"]))
    page.run()
    assert not page.exception
    assert alerts(page, "warning") == ["This file: 1 figure, 1 out of date."]
    listed = "\n".join(one.value for one in page.markdown)
    assert "withdrawn record: to-withdraw: Told twice" in listed
    (offered,) = handed(page)
    assert offered.labels == ("Download the refreshed file",)
    page.session_state[EARLIER_FILE] = PackedFile.of(gzip.compress(b"words"))
    page.run()
    assert "is not a PPTX, DOCX, PNG, SVG or PDF file" in alerts(page)[0]


# --- what others may have put there


def with_imprint(figures: Figures, **changes: Any) -> Imprint:
    imprint = figures.figure.imprint
    assert imprint is not None
    return dataclasses.replace(imprint, **changes)


def test_a_recipe_that_asks_for_too_much_is_not_drawn(figures: Figures) -> None:
    imprint = with_imprint(figures)
    drawn = dataclasses.replace(imprint.drawn, form="figure", width=9000.0, height=9000.0, dpi=9000)
    text = imprint.for_picture(drawn, "").to_text()
    with Image.open(io.BytesIO(figures.files["png"])) as opened:
        found = saved(opened.convert("RGBA"), text)
    (one,) = verify_figure_file(found, "x", figures.then).figures
    assert not one.is_sound
    assert [one.outcome for one in refresh_figure_file(found, "x", figures.now).figures] == ["left"]


def test_a_forged_recipe_is_found_out_by_drawing_it_again(figures: Figures) -> None:
    """Whoever changes a picture can change its digest, but not what the data give."""
    with Image.open(io.BytesIO(figures.files["png"])) as opened:
        whole = opened.convert("RGBA")
    whole.putpixel((400, 300), (255, 0, 0, 255))
    other = find_figures(saved(whole, figures_text(figures)), "x").figures[0]
    from geo.snapshot.output.in_png import digest_pixels  # noqa: PLC0415 - for this one alone

    digest = digest_pixels(whole.size, whole.tobytes())
    forged = saved(whole, other.imprint.for_picture(other.imprint.drawn, digest).to_text())
    (one,) = verify_figure_file(forged, "x", figures.then).figures
    assert (one.figure.state, one.confirmation) == ("as drawn", "not confirmed")
    assert not one.is_sound


def figures_text(figures: Figures) -> str:
    return find_in_png(figures.files["png"], "x")


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_recipe_is_a_message_and_no_crash(form: str, figures: Figures) -> None:
    data = figures.files[form]
    if form in {"pptx", "docx"}:
        ((name, picture),) = media(data).items()
        data = replaced(data, name, damaged(picture))
        data = replaced(data, "docProps/custom.xml", b"<Properties/>")
    else:
        data = damaged(data)
    found = find_figures(data, "x")
    assert found.figures == ()
    assert "damaged" in " ".join(found.faults)


def damaged(data: bytes) -> bytes:
    if data.startswith(b"\x89PNG"):
        with Image.open(io.BytesIO(data)) as opened:
            return saved(opened.convert("RGBA"), "IncidentMap1:eJxLTAQA")
    return re.sub(rb"IncidentMap1:[\w+/=]+", b"IncidentMap1:eJxLTAQA", data)


def test_only_what_is_valid_is_taken_over_from_a_recipe(figures: Figures) -> None:
    records = {"ok": ("0" * 8, "reported"), "../x": ("0" * 8, "reported"), "b": ("0", "reported"),
               "c": ("0" * 8, "rumour")}  # fmt: skip
    text = with_imprint(figures, records=records, ledger="a\x1b[31m\nb").to_text()
    read = Imprint.from_text(text)
    assert set(read.records) == {"ok"}
    assert "\x1b" not in read.ledger
    with pytest.raises(GeoError, match="damaged"):
        Imprint.from_text(text[:-9])
