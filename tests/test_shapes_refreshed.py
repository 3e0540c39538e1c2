"""A figure of shapes is made anew where others have put it, and theirs stays to the byte."""

from __future__ import annotations

import copy
import dataclasses
import gzip
import io
import random
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pptx
import pytest
from dossiers import SOURCE, copy_of_data, dossier_bytes, incident
from hostile import examples
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Mm
from sharing import made_once
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from geo.app.earlier_file import EARLIER_FILE
from geo.app.file_choice import PackedFile
from geo.briefing.new_slides import NewSlides, new_slides
from geo.briefing.slides import slides
from geo.cli.main import app
from geo.figures.checking import check_figure_file
from geo.figures.refreshing import RefreshedFile, refresh_figure_file
from geo.places.country import Country
from geo.settings import FOLDER_VARIABLE
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace
from geo.workspace import located_workspace, open_workspace
from tools import programs

pytestmark = pytest.mark.timeout(600)

DAY, LATER = date(2026, 11, 21), date(2026, 11, 28)
RECIPE = Recipe(as_of=DAY, size="slide")
SHAPE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LABEL = "Dogwood"
"""The name of a province on the map."""
THEIRS = "Theirs"
"""Begins the names of the shapes that others add."""
KINDS = ("sp", "pic", "grpSp", "cxnSp")


def workspace_of(country: Country, *records: dict[str, Any]) -> Workspace:
    return located_workspace(country, dossier_bytes(*records, sources={"report": SOURCE}), "d.yaml")


@pytest.fixture(scope="module")
def small() -> Country:
    """A country of few outlines, whose slides are made in a second."""
    return open_workspace(Path(__file__).parent / "made_up_country").country


def before(country: Country) -> Workspace:
    return workspace_of(
        country,
        incident(id="stays", title="Stays as it is", where=[{"place": "Birchville"}]),
        incident(id="withdrawn-later", title="Told twice", where=[{"place": "Old Bridge"}]),
    )


def after(country: Country) -> Workspace:
    return located_workspace(country, after_records(), "d.yaml")


def after_records() -> bytes:
    return dossier_bytes(
        incident(id="stays", title="Stays, in other words", where=[{"place": "Birchville"}]),
        incident(id="withdrawn-later", title="Told twice", where=[{"place": "Old Bridge"}],
                 withdrawn_because="A duplicate."),
        incident(id="is-new", title="Is new", where=[{"place": "Alder", "kind": "province"}]),
        sources={"report": SOURCE},
    )  # fmt: skip


@dataclass(frozen=True)
class Decks:
    """A deck of shapes, the data of a week later, and the slides that they give."""

    now: Workspace
    then: Workspace
    deck: bytes
    made: NewSlides

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001 - called so by Hypothesis
        """What Hypothesis prints, in place of all bytes of the deck."""
        printer.text("Decks(...)")


@pytest.fixture(scope="module")
def decks(small: Country, tmp_path_factory: pytest.TempPathFactory) -> Decks:
    then, now = before(small), after(small)

    def write(folder: Path) -> None:
        (folder / "deck.pptx").write_bytes(slides(make(then, RECIPE)))

    deck = (made_once(tmp_path_factory, "shapes-refreshed", write) / "deck.pptx").read_bytes()
    return Decks(now, then, deck, new_slides(make(now, dataclasses.replace(RECIPE, as_of=LATER))))


@pytest.fixture(scope="module")
def refreshed(decks: Decks) -> Callable[..., RefreshedFile]:
    """Refresh decks that hold the same figure, whose slides are made once."""

    def refresh(deck: bytes, *, over_edits: bool = False) -> RefreshedFile:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("geo.figures.renewing.new_slides", lambda _: decks.made)
            return refresh_figure_file(deck, "x", decks.now, LATER, over_edits=over_edits)

    return refresh


# --- what others do


@dataclass
class Deck:
    """A deck in the hands of others, who number what they add."""

    opened: Any
    count: int = 0

    @property
    def map_slides(self) -> list[Any]:
        return [
            one for one in self.opened.slides
            if any(shape.name.startswith("Map ") for shape in everything(one.shapes))
        ]  # fmt: skip

    def name(self) -> str:
        self.count += 1
        return f"{THEIRS} {self.count}"


def everything(shapes: Any) -> Iterator[Any]:
    for one in shapes:
        yield one
        if one.shape_type == 6:
            yield from everything(one.shapes)


def the(slide: Any, head: str) -> Any:
    return next(one for one in everything(slide.shapes) if one.name.startswith(head))


def add_text(deck: Deck) -> None:
    slide = deck.opened.slides[0]
    box = slide.shapes.add_textbox(Mm(5), Mm(5), Mm(50), Mm(10))
    box.text_frame.text, box.name = "17 of 28 <drawn> & “quoted”", deck.name()


def add_below_the_map(deck: Deck) -> None:
    slide = deck.map_slides[0]
    shape = slide.shapes.add_shape(MSO_SHAPE.RIGHT_ARROW, Mm(9), Mm(9), Mm(30), Mm(9))
    shape.name = deck.name()
    slide.shapes._spTree.insert(2, shape.element)  # noqa: SLF001 - python-pptx has no order


def add_between(deck: Deck) -> None:
    slide = deck.map_slides[0]
    shape = slide.shapes.add_shape(MSO_SHAPE.OVAL, Mm(90), Mm(9), Mm(30), Mm(9))
    shape.name = deck.name()
    the(slide, "Record count").element.addprevious(shape.element)


def add_group(deck: Deck) -> None:
    for slide in deck.opened.slides:
        group = slide.shapes.add_group_shape()
        group.name = deck.name()
        group.shapes.add_shape(MSO_SHAPE.OVAL, Mm(1), Mm(1), Mm(5), Mm(5)).name = "A dot"


def add_slide_before(deck: Deck) -> None:
    slide = deck.opened.slides.add_slide(deck.opened.slide_layouts[0])
    slide.shapes.title.text = "Their own slide"
    listed = deck.opened.element.sldIdLst
    listed.insert(0, listed[-1])


def reverse_slides(deck: Deck) -> None:
    listed = deck.opened.element.sldIdLst
    for one in reversed(list(listed)):
        listed.append(one)


def delete_last_slide(deck: Deck) -> None:
    listed = deck.opened.element.sldIdLst
    maps = {one.part.partname for one in deck.map_slides}
    last = deck.opened.part.related_part(listed[-1].rId).partname
    if len(listed) > 2 and last not in maps:
        deck.opened.part.drop_rel(listed[-1].rId)
        listed.remove(listed[-1])
        # python-pptx names a further slide by their number, and so must have no gaps.
        deck.opened.part.rename_slide_parts([one.rId for one in listed])


def duplicate_map_slide(deck: Deck) -> None:
    old = deck.map_slides[0]
    new = deck.opened.slides.add_slide(old.slide_layout)
    for one in list(new.shapes):
        one.element.getparent().remove(one.element)
    for one in old.shapes:
        new.shapes._spTree.append(copy.deepcopy(one.element))  # noqa: SLF001 - python-pptx copies nothing


def move_map(deck: Deck) -> None:
    shape = the(deck.map_slides[0], "Map ")
    shape.left, shape.top = Emu(shape.left + 300_000), Emu(shape.top + 200_000)


def shrink_map(deck: Deck) -> None:
    shape = the(deck.map_slides[0], "Map ")
    shape.width, shape.height = int(shape.width * 0.7), int(shape.height * 0.7)


def group_map(deck: Deck) -> None:
    slide = deck.map_slides[0]
    group = slide.shapes.add_group_shape()
    group.name = "Grouped by them"
    group.element.append(the(slide, "Map ").element)


def delete_credits(deck: Deck) -> None:
    for slide in deck.map_slides:
        for one in [one for one in slide.shapes if one.name == "Credits"]:
            one.element.getparent().remove(one.element)


def move_count(deck: Deck) -> None:
    the(deck.map_slides[0], "Record count").top = Mm(2)


def reword_title(deck: Deck) -> None:
    title = deck.map_slides[0].shapes.title
    if title is not None:
        title.text_frame.text = "In their own words"


def describe_map(deck: Deck) -> None:
    the(deck.map_slides[0], "Map ").element.nvGrpSpPr.cNvPr.set("descr", "Described by them")


def hide_layer(deck: Deck) -> None:
    the(deck.map_slides[0], "Names").element.nvGrpSpPr.cNvPr.set("hidden", "1")


PLACING = (add_text, add_below_the_map, add_between, add_group, add_slide_before, reverse_slides,
           delete_last_slide, duplicate_map_slide, move_map, shrink_map, group_map, delete_credits,
           move_count, reword_title, describe_map, hide_layer)  # fmt: skip
"""What takes nothing away from a figure."""


def a_text(deck: Deck) -> Any:
    shape = the(deck.map_slides[0], "Map ")
    return next(one for one in everything(shape.shapes) if one.has_text_frame and
                one.text_frame.text == LABEL)  # fmt: skip


def move_label(deck: Deck) -> str:
    a_text(deck).left += Mm(4)
    return "“Dogwood” in “Names” was moved or resized"


def reword_label(deck: Deck) -> str:
    a_text(deck).text_frame.paragraphs[0].runs[0].text = "Dogwood (north)"
    return "“Dogwood (north)” in “Names” has another text"


def enlarge_label(deck: Deck) -> str:
    a_text(deck).text_frame.paragraphs[0].runs[0].font.size = Mm(9)
    return "“Dogwood” in “Names” has other letters"


def recolour_land(deck: Deck) -> str:
    shape = next(iter(the(deck.map_slides[0], "Land").shapes))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(0xFF, 0, 0)
    return "a shape in “Land” was recoloured"


def delete_layer(deck: Deck) -> str:
    shape = the(deck.map_slides[0], "NRF – claimed")
    shape.element.getparent().remove(shape.element)
    return f"“{shape.name}” in “Map” was deleted"


def add_into_map(deck: Deck) -> str:
    shape = the(deck.map_slides[0], "Map ").shapes.add_shape(MSO_SHAPE.OVAL, 0, 0, Mm(9), Mm(9))
    shape.name = "Their ring"
    return "“Their ring” in “Map” was added"


def reword_count(deck: Deck) -> str:
    the(deck.map_slides[0], "Record count").text_frame.text = "Two records"
    return "“Two records” has another text"


def reword_table(deck: Deck) -> str:
    for slide in deck.opened.slides:
        for one in slide.shapes:
            if one.has_table and one.name.startswith("Notes"):
                one.table.cell(1, 1).text_frame.text = "Checked by us"
                return "has another text"
    return reword_count(deck)


EDITS = (move_label, reword_label, enlarge_label, recolour_land, delete_layer, add_into_map,
         reword_count, reword_table)  # fmt: skip
"""What a new figure would not have."""


def worked_on(data: bytes, acts: list[Callable[[Deck], Any]]) -> tuple[bytes, list[str]]:
    deck = Deck(pptx.Presentation(io.BytesIO(data)))
    said = [act(deck) for act in acts]
    file = io.BytesIO()
    deck.opened.save(file)
    return file.getvalue(), [one for one in said if one]


# --- what is compared, read without any of the program under test


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def theirs(data: bytes) -> dict[str, list[bytes]]:
    """The bytes of the shapes that others have added, by slide."""
    found: dict[str, list[bytes]] = {}
    for name, part in sorted(parts(data).items()):
        if name.startswith("ppt/slides/slide"):
            for kind in KINDS:
                head = rf"<p:{kind}>(?:(?!<p:{kind}>).)*?</p:{kind}>"
                for one in re.findall(head.encode(), part, re.DOTALL):
                    if f'name="{THEIRS}'.encode() in one.split(b"</p:nv", 1)[0]:
                        found.setdefault(name, []).append(one)
    return found


def order(data: bytes) -> list[list[str]]:
    """The names of the shapes of each slide in their order, without the ids of figures."""
    deck = pptx.Presentation(io.BytesIO(data))
    return [[re.sub(r" [0-9a-f]{8}$", "", one.name) for one in slide.shapes]
            for slide in deck.slides]  # fmt: skip


def map_boxes(data: bytes) -> list[tuple[int, int, int, int]]:
    deck = pptx.Presentation(io.BytesIO(data))
    return [(one.left, one.top, one.width, one.height) for slide in deck.slides
            for one in everything(slide.shapes) if one.name.startswith("Map ")]  # fmt: skip


def assert_sound(data: bytes) -> None:
    """Whether a deck can be opened: every reference has its part, and every number one shape."""
    deck = pptx.Presentation(io.BytesIO(data))
    for slide in deck.slides:
        numbers = [one.get("id") for one in slide.element.iter(f"{SHAPE}cNvPr")]
        assert len(numbers) == len(set(numbers))
        known = set(slide.part.rels.keys())
        for one in slide.element.iter():
            asked = {value for key, value in one.attrib.items()
                     if "officeDocument/2006/relationships}" in key and value}  # fmt: skip
            assert asked <= known
    listed = [one.id for one in deck.element.sldIdLst]
    assert len(listed) == len(set(listed))


def assert_theirs_stay(old: bytes, new: bytes) -> None:
    assert theirs(new) == theirs(old)
    assert order(new) == order(old)
    was, now = parts(old), parts(new)
    figure = re.compile(rb"Map [0-9a-f]{8}|(?:Notes|Sources|Legend)[^\"]{0,20} [0-9a-f]{8}\"")
    for name, part in was.items():
        is_ours = figure.search(part) or name.startswith(("ppt/notesSlides", "docProps/custom"))
        if not is_ours and "_rels" not in name and name != "[Content_Types].xml":
            assert now[name] == part, name


@pytest.mark.slow
@settings(max_examples=examples(20, 150), deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(PLACING), max_size=6, unique=True))
@example(acts=[add_slide_before, delete_last_slide, duplicate_map_slide])
def test_whatever_others_add_move_delete_or_order_the_figure_is_new_and_theirs_stays_to_the_byte(
    acts: list[Callable[[Deck], Any]], decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    deck, _ = worked_on(decks.deck, acts)
    made = refreshed(deck)
    assert [one.outcome for one in made.figures] == ["refreshed"], made.figures[0].because
    assert_theirs_stay(deck, made.data)
    assert_sound(made.data)
    text = b"".join(parts(made.data).values())
    assert (b"In their own words" in text) == (reword_title in acts)
    assert (b"Described by them" in text) == (describe_map in acts)
    assert (b'hidden="1"' in text) == (hide_layer in acts)
    found = check_figure_file(made.data, "x", decks.now)
    assert found.is_current
    assert [one.figure.imprint.recipe.as_of for one in found.figures] == [LATER]
    assert refreshed(made.data).data == made.data


@pytest.mark.slow
@settings(max_examples=examples(10, 80), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    acts=st.lists(st.sampled_from(PLACING), max_size=3, unique=True),
    edits=st.lists(st.sampled_from(EDITS), min_size=1, max_size=1),
)
def test_what_somebody_has_changed_in_the_figure_is_named_and_lost_only_if_asked(
    acts: list[Callable[[Deck], Any]],
    edits: list[Callable[[Deck], Any]],
    decks: Decks,
    refreshed: Callable[..., RefreshedFile],
) -> None:
    deck, expected = worked_on(decks.deck, [*acts, *edits])
    made = refreshed(deck)
    assert made.data == deck
    (left,) = made.figures
    assert left.outcome == "left"
    assert all(one in left.because for one in expected), left.because
    assert left.because.endswith(left.checked.edits)
    over = refreshed(deck, over_edits=True)
    assert [one.outcome for one in over.figures] == ["refreshed"]
    assert_theirs_stay(deck, over.data)
    assert check_figure_file(over.data, "x", decks.now).is_current
    assert refreshed(over.data).data == over.data


# --- one by one


def test_a_map_that_was_moved_and_made_smaller_is_new_at_that_place_and_size(
    decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    ((left, top, width, height),) = map_boxes(refreshed(decks.deck).data)
    ((old_left, old_top, old_width, old_height),) = map_boxes(decks.deck)
    for acts in ([move_map], [shrink_map], [shrink_map, move_map], [shrink_map, group_map]):
        deck, _ = worked_on(decks.deck, list(acts))
        ((was_left, was_top, was_width, was_height),) = map_boxes(deck)
        made = refreshed(deck).data
        ((now_left, now_top, now_width, now_height),) = map_boxes(made)
        wide, high = was_width / old_width, was_height / old_height
        expected = (was_left + (left - old_left) * wide, was_top + (top - old_top) * high,
                    width * wide, height * high)  # fmt: skip
        found = (now_left, now_top, now_width, now_height)
        # To the rounding of the note, a hundredth of a millimetre.
        assert all(abs(one - two) < 800 for one, two in zip(found, expected, strict=True))


def test_what_needs_no_change_keeps_its_bytes(
    decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    """The title of a slide says the same as before, and is not written again."""
    was, now = (parts(one)["ppt/slides/slide1.xml"] for one in
                (decks.deck, refreshed(decks.deck).data))  # fmt: skip
    title = re.search(rb"<p:sp>(?:(?!<p:sp>).)*?type=\"title\".*?</p:sp>", was, re.DOTALL)
    assert title is not None
    assert title[0] in now
    assert was != now


def test_the_new_figure_is_that_of_a_new_deck_in_words_marks_and_notes(
    decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    made = refreshed(decks.deck).data
    fresh = slides(make(decks.now, dataclasses.replace(RECIPE, as_of=LATER)))
    assert words(made) == words(fresh) != words(decks.deck)
    assert map_boxes(made) == map_boxes(fresh)
    ours, theirs_ = (check_figure_file(one, "x", decks.now).figures[0].figure.imprint
                     for one in (made, fresh))  # fmt: skip
    assert ours == theirs_


def words(data: bytes) -> list[tuple[list[str], str]]:
    deck = pptx.Presentation(io.BytesIO(data))
    return [
        (
            [one.text or "" for one in slide.element.iter(f"{DRAWING}t")],
            slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "",
        )
        for slide in deck.slides
    ]


def test_speaker_notes_in_somebodys_own_words_are_kept_and_named(
    decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    def speak(deck: Deck) -> None:
        deck.map_slides[0].notes_slide.notes_text_frame.text = "Say hello first"

    deck, _ = worked_on(decks.deck, [speak, reword_title])
    made = refreshed(deck)
    assert [one.outcome for one in made.figures] == ["refreshed"]
    assert words(made.data)[0][1] == "Say hello first"
    (said,) = made.figures[0].said
    assert said == (
        "the title of slide 1 and the speaker notes of slide 1 kept as somebody has written"
    )


def many_records(country: Country, count: int) -> Workspace:
    return workspace_of(
        country,
        *(incident(id=f"attack-{at}", title=f"Attack number {at}",
                   where=[{"place": "Alder", "kind": "province"}]) for at in range(count)),
    )  # fmt: skip


@pytest.mark.slow
def test_a_list_that_grows_or_shrinks_has_as_many_slides_as_it_needs(small: Country) -> None:
    few, many = many_records(small, 3), many_records(small, 60)
    of_few, of_many = (slides(make(one, RECIPE)) for one in (few, many))
    assert len(words(of_many)) > len(words(of_few)) == 3
    for old, now, fresh in ((of_few, many, of_many), (of_many, few, of_few)):
        deck, _ = worked_on(old, [add_slide_before, add_text])
        made = refresh_figure_file(deck, "x", now, DAY)
        assert [one.outcome for one in made.figures] == ["refreshed"]
        assert_sound(made.data)
        assert words(made.data)[1:] == words(fresh)
        assert theirs(made.data) == theirs(deck)
        assert any("added" in one or "removed" in one for one in made.figures[0].said)
    # A slide that somebody works on stays, without its list.
    deck, _ = worked_on(of_many, [add_group])
    made = refresh_figure_file(deck, "x", few, DAY)
    assert len(words(made.data)) == len(words(of_many))
    assert theirs(made.data) == theirs(deck)
    assert any("has no list any more" in one for one in made.figures[0].said)


def test_an_animation_of_the_map_still_finds_it_and_one_of_what_is_gone_is_said(
    decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    def tied_to(number: int) -> Callable[[Deck], None]:
        def tie(deck: Deck) -> None:
            slide = deck.map_slides[0]
            line = slide.shapes.add_connector(1, 0, 0, Mm(9), Mm(9))
            line.name = deck.name()
            own = line.element.nvCxnSpPr.cNvCxnSpPr
            own.append(own.makeelement(f"{DRAWING}stCxn", {"id": str(number), "idx": "0"}))

        return tie

    opened = Deck(pptx.Presentation(io.BytesIO(decks.deck)))
    whole = the(opened.map_slides[0], "Map ")
    deck, _ = worked_on(decks.deck, [tied_to(whole.shape_id)])
    made = refreshed(deck)
    assert theirs(made.data) == theirs(deck)
    again = Deck(pptx.Presentation(io.BytesIO(made.data)))
    assert the(again.map_slides[0], "Map ").shape_id == whole.shape_id
    mark = next(one for one in everything(whole.shapes) if one.name.startswith("Freeform"))
    deck, _ = worked_on(decks.deck, [tied_to(mark.shape_id)])
    made = refreshed(deck)
    assert made.data == deck
    assert "an animation or a connector on slide 1 refers to a shape" in made.figures[0].because


@pytest.mark.parametrize("fault", ["no note", "damaged", "ungrouped", "another encoding"])
def test_a_deck_in_which_changes_cannot_be_told_is_left_with_the_reason(
    fault: str, decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    found = parts(decks.deck)
    note = rb"IncidentMapShapes1:[\w+/=]+"
    because = "did not note its shapes"
    if fault == "no note":
        found = {name: re.sub(note, b"", one) for name, one in found.items()}
    elif fault == "damaged":
        found = {name: re.sub(note, b"IncidentMapShapes1:eJxLTAQA", one)
                 for name, one in found.items()}  # fmt: skip
    elif fault == "another encoding":
        slide = found["ppt/slides/slide1.xml"].decode()
        found["ppt/slides/slide1.xml"] = slide.replace("UTF-8", "UTF-16", 1).encode("utf-16")
        because = "is not in UTF-8"
    else:
        found["ppt/slides/slide1.xml"] = re.sub(
            rb"name=\"Map [0-9a-f]{8}\"", b'name="Group 7"', found["ppt/slides/slide1.xml"]
        )
        found["ppt/slides/slide1.xml"] = re.sub(
            rb"<a:extLst>.*?</a:extLst>", b"", found["ppt/slides/slide1.xml"], flags=re.DOTALL
        )
        because = "its map is not in the deck"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, one in found.items():
            archive.writestr(name, one)
    made = refreshed(file.getvalue())
    assert made.data == file.getvalue()
    (left,) = made.figures
    assert left.outcome == "left"
    assert because in left.because


def test_a_figure_without_its_recipe_names_no_shape_after_it(decks: Decks) -> None:
    bare = dataclasses.replace(make(decks.then, RECIPE), embed=False)
    assert not any(re.search(r" [0-9a-f]{8}$", name) for names in order_raw(slides(bare))
                   for name in names)  # fmt: skip
    assert b"IncidentMap" not in b"".join(parts(slides(bare)).values())


def order_raw(data: bytes) -> list[list[str]]:
    return [
        [one.name for one in slide.shapes] for slide in pptx.Presentation(io.BytesIO(data)).slides
    ]


# --- LibreOffice in between


def saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    (folder / "given.pptx").write_bytes(data)
    subprocess.run(
        [programs.needed("soffice"), f"-env:UserInstallation={(folder / 'p').as_uri()}",
         "--headless", "--convert-to", "pptx", "--outdir", folder / "saved", folder / "given.pptx"],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return (folder / "saved/given.pptx").read_bytes()


@pytest.mark.slow
def test_a_deck_edited_in_libreoffice_in_between_is_refreshed_and_theirs_stays_to_the_byte(
    decks: Decks, refreshed: Callable[..., RefreshedFile], tmp_path: Path
) -> None:
    acts = [add_slide_before, add_text, add_between, add_group, shrink_map, move_map, hide_layer,
            reword_title, duplicate_map_slide]  # fmt: skip
    deck, _ = worked_on(decks.deck, acts)
    saved = saved_by_libreoffice(deck, tmp_path)
    (checked,) = check_figure_file(saved, "x", decks.now).figures
    assert checked.edits == ""
    assert {(one.subject, one.kind) for one in checked.changes} >= {
        ("record", "withdrawn"), ("record", "added"), ("record", "corrected"),
    }  # fmt: skip
    more, _ = worked_on(saved, [reverse_slides, add_below_the_map])
    made = refreshed(more)
    assert [one.outcome for one in made.figures] == ["refreshed"], made.figures[0].because
    assert theirs(made.data) == theirs(more)
    assert order(made.data) == order(more)
    assert_sound(made.data)
    assert check_figure_file(made.data, "x", decks.now).is_current
    for was, now in zip(map_boxes(more), map_boxes(made.data), strict=True):
        assert all(abs(one - two) < 40_000 for one, two in zip(was, now, strict=True))
    assert any("of slide" in one for one in made.figures[0].said)


@pytest.mark.slow
def test_what_somebody_has_changed_is_still_told_when_libreoffice_has_saved_it(
    decks: Decks, refreshed: Callable[..., RefreshedFile], tmp_path: Path
) -> None:
    acts = [shrink_map, reword_label, recolour_land, delete_layer, reword_count]
    deck, expected = worked_on(decks.deck, list(acts))
    saved = saved_by_libreoffice(deck, tmp_path)
    made = refreshed(saved)
    assert made.data == saved
    assert all(one in made.figures[0].because for one in expected), made.figures[0].because
    assert made.figures[0].because.count(";") == len(expected) - 1


# --- in the app


def field() -> None:
    """Run the field on its own; its source is all that the app takes over."""
    from threading import Lock  # noqa: PLC0415

    from geo.app import session  # noqa: PLC0415
    from geo.app.earlier_file import earlier_file_field  # noqa: PLC0415

    earlier_file_field(session.workspace(), Lock())


def test_the_page_says_what_would_be_lost_and_asks(
    decks: Decks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of_data(Path(__file__).parent / "made_up_country", tmp_path / "small")
    dossier = after_records()
    (folder / "incidents.yaml").write_bytes(dossier)
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    page = AppTest.from_function(field, default_timeout=90)
    deck, _ = worked_on(decks.deck, [add_text])
    page.session_state[EARLIER_FILE] = PackedFile.of(gzip.compress(deck))
    page.run()
    assert not page.exception
    assert list(page.checkbox) == []
    deck, (said,) = worked_on(decks.deck, [recolour_land])
    page.session_state[EARLIER_FILE] = PackedFile.of(gzip.compress(deck))
    page.run()
    assert not page.exception
    (tick,) = page.checkbox
    assert tick.label == "Also redraw figures that somebody has changed"
    assert tick.value is False
    listed = [one.value for one in page.markdown]
    assert any(f"Slides 1, 2 and 3: A dossier: slide 1: {said}" in one for one in listed)
    tick.check().run()
    assert not page.exception
    assert page.checkbox[0].value is True


def test_the_command_leaves_what_somebody_has_changed_until_it_is_told(
    decks: Decks, tmp_path: Path
) -> None:
    deck, out, dossier = (tmp_path / name for name in ("deck.pptx", "new.pptx", "d.yaml"))
    data, (said,) = worked_on(decks.deck, [reword_label])
    deck.write_bytes(data)
    dossier.write_bytes(after_records())
    data_of = ("--dossier", dossier, "--data", Path(__file__).parent / "made_up_country")
    run = CliRunner().invoke(app, ["check", *map(str, (deck, *data_of))])
    assert f"somebody has changed the figure itself: slide 1: {said}" in run.output
    run = CliRunner().invoke(app, ["refresh", *map(str, (deck, *data_of, "--out", out))])
    assert run.exit_code == 1
    assert f"left as it is: somebody has changed it, which would be lost: slide 1: {said}" in (
        run.output
    )
    assert out.read_bytes() == data
    run = CliRunner().invoke(
        app, ["refresh", *map(str, (deck, *data_of, "--out", out)), "--over-edits"]
    )
    assert run.exit_code == 0, run.output
    assert "Read slide 1, slide 2 and slide 3 again." in run.output
    assert b"Dogwood (north)" not in parts(out.read_bytes())["ppt/slides/slide1.xml"]


@pytest.mark.slow
@settings(max_examples=examples(20, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32 - 1))
def test_a_slide_with_parts_missing_is_refreshed_or_left_with_a_reason(
    seed: int, decks: Decks, refreshed: Callable[..., RefreshedFile]
) -> None:
    """Programs and people drop elements and attributes; none of it is a crash."""
    chosen = random.Random(seed)  # noqa: S311 - what it chooses is not secret

    def tear(deck: Deck) -> None:
        elements = [
            one for one in deck.opened.slides[0].element.iter() if one.getparent() is not None
        ]
        for one in chosen.sample(elements, chosen.randint(1, 12)):
            if one.attrib and chosen.random() < 0.5:
                del one.attrib[chosen.choice(list(one.attrib))]
            elif one.getparent() is not None and not one.tag.endswith(("cSld", "spTree")):
                one.getparent().remove(one)

    deck, _ = worked_on(decks.deck, [tear])
    for over_edits in (False, True):
        made = refreshed(deck, over_edits=over_edits)
        assert all(one.outcome == "refreshed" or one.because for one in made.figures)
