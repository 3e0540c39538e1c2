"""A figure of shapes is made anew where others have put it, and what is theirs stays to the byte."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
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
from dossiers import SOURCE, dossier_bytes, incident
from hostile import LONG, examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Mm
from sharing import made_once

from geo.briefing.new_slides import NewSlides, new_slides
from geo.briefing.slides import slides
from geo.figures.checking import check_figure_file
from geo.figures.refreshing import RefreshedFile, refresh_figure_file
from geo.places.country import Country
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace
from geo.workspace import located_workspace, open_workspace
from tools import programs

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
    return workspace_of(
        country,
        incident(id="stays", title="Stays, in other words", where=[{"place": "Birchville"}]),
        incident(id="withdrawn-later", title="Told twice", where=[{"place": "Old Bridge"}],
                 withdrawn_because="A duplicate."),
        incident(id="is-new", title="Is new", where=[{"place": "Alder", "kind": "province"}]),
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
        return [one for one in self.opened.slides
                if any(shape.name.startswith("Map ") for shape in everything(one.shapes))]  # fmt: skip

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


@settings(max_examples=examples(20, 300), deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(PLACING), max_size=6, unique=True))
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


@settings(max_examples=examples(10, 160), deadline=None, suppress_health_check=list(HealthCheck))
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
