"""Pages of a snapshot: nothing is cut off, nothing overlaps, and the same is made again."""

from __future__ import annotations

import re
import struct
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from browsing import Tab, page_script
from dossiers import SOURCE, claim, incident, workspace
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from geo.errors import GeoError
from geo.places.country import Country
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.snapshot.layout import notes
from geo.snapshot.layout.bare_figure import lay_out_figure
from geo.snapshot.layout.mirroring import Page
from geo.snapshot.layout.typesetting import (
    POINT,
    Panel,
    Picture,
    TextLine,
    paragraph,
    strip_direction_marks,
)
from geo.snapshot.lettering import width_of
from geo.snapshot.output.making import Snapshot, make
from geo.snapshot.output.vector import as_pdf, as_svg
from geo.snapshot.output.writing import as_png, draw_page, own_rules
from geo.table.workspace import Workspace
from geo.view import UNNAMED, View
from tools import programs

DAY = date(2026, 11, 21)
DARI = "نقشه گروه‌های مسلح در افغانستان بر پایه سه مقاله"
LONG = "Attacks, offensives and presence claims of the National Resistance Front and others " * 3
NOTE = "What to take away from this map, what it does not show, and what is still being asked. " * 7
ADDRESS = "https://example.org/a-very-long-address-without-any-space-" + "in-it/" * 30
CASES = {
    "as it is": {},
    "long title": {"title": LONG[:180]},
    "one long word": {"title": "Ab" * 90},
    "Dari title": {"title": DARI, "note": DARI + "\n" + NOTE},
    "long note": {"note": NOTE[:600], "since": "Since last week: 3 records more."},
    "hostile": {"title": "$\\frac{1$ <b>&amp;</b> ${", "note": "$x^2$ \\alpha _{ % # & < >"},
    "dark": {"variant": "dark"},
}
PLACES = ("Panjshir", "Kabul", "Kunduz", "Herat", "Kandahar", "Badakhshan", "Nangarhar")


MADE: dict[tuple[int, str], tuple[Workspace, Snapshot]] = {}
"""Snapshots by their workspace, which is kept with them, and their recipe."""


def made(found: Workspace, size: str, case: str = "as it is", **more: object) -> Snapshot:
    """Return a snapshot, the same one each time: its pages are laid out and planned once."""
    recipe = Recipe(as_of=DAY, size=size, **CASES[case], **more)
    key = (id(found), recipe.to_json())
    if key not in MADE:
        MADE[key] = found, make(found, recipe)
    return MADE[key][1]


@pytest.fixture(scope="module")
def crowded(country: Country) -> Workspace:
    """300 records with long and Dari titles from 40 sources, a third of them without a place."""
    sources = {
        f"s{at}": SOURCE | {"title": f"Report {at} $x$"} | ({"url": ADDRESS} if at % 2 else {})
        for at in range(40)
    }
    titles = ("An attack & more <b>", DARI, LONG[:110], "حمله NRF بر یک پاسگاه (Panjshir)")
    records = [
        incident(
            id=f"attack-{at}",
            title=titles[at % 4],
            where=[] if at % 3 == 0 else [{"place": PLACES[at % len(PLACES)], "kind": "province"}],
            claims=[claim(source=f"s{at % 40}"), claim(source=f"s{(at * 7) % 40}")],
        )
        for at in range(300)
    ]
    return workspace(country, *records, sources=sources)


@pytest.fixture(scope="module", params=SIZES)
def many(request: pytest.FixtureRequest, own: Workspace, crowded: Workspace) -> list[Snapshot]:
    """Snapshots of one size that hold little, much, and nothing."""
    size = request.param
    nothing = View().without([*own.reading.dossier.groups, UNNAMED])
    return [
        *(made(own, size, case) for case in CASES),
        made(own, size, view=View(mode="provinces")),
        made(own, size, view=nothing),
        made(crowded, size),
    ]


def pages_of(snapshot: Snapshot) -> tuple[Page, ...]:
    return tuple(sheet.page for sheet in snapshot.figure_pages)


def test_each_note_is_set_once_however_many_there_are(crowded, monkeypatch):
    """Beside the map only so many are tried as could stand there."""
    count = 0

    def counted(*given, **more):
        nonlocal count
        count += 1
        return paragraph(*given, **more)

    monkeypatch.setattr(notes, "paragraph", counted)
    snapshot = make(crowded, Recipe(as_of=DAY, size="web"))
    assert len(snapshot.figure_pages) > 3
    # A source is set as two: what it is, and its address.
    once = len(snapshot.content.entries) + 2 * len(snapshot.content.sources)
    assert len(snapshot.content.entries) == 300
    assert count < 1.3 * once


def words_of(page: Page) -> list[TextLine]:
    return [item for item in page.items if isinstance(item, TextLine)]


def box(words: TextLine) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge of the letters of a line."""
    size = words.type.size
    width = width_of(words.directed_text, size, words.type.weight)
    left = words.x - width if words.rtl else words.x
    return left, words.y - 0.76 * size, left + width, words.y + 0.24 * size


@pytest.mark.slow(whole=True)
def test_nothing_leaves_its_page_or_lies_over_something_else(many: list[Snapshot]) -> None:
    for snapshot in many:
        for page in pages_of(snapshot):
            margin = min(5, snapshot.size.map_box.left) / POINT * 0.6
            lines = [(words, box(words)) for words in words_of(page)]
            for words, (left, top, right, bottom) in lines:
                assert left > margin, words
                assert right < page.width - margin + 2, words
                assert top > margin, words
                assert bottom < page.height - margin, words
            for (one, a), (other, b) in combinations(lines, 2):
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (one, other)
            assert all(overlap_free(picture, lines) for picture in page.items
                       if isinstance(picture, Picture))  # fmt: skip


def overlap_free(picture: Picture, lines: list[tuple[TextLine, tuple[float, ...]]]) -> bool:
    """A symbol stands beside lines, never over them."""
    left, right = picture.x, picture.x + picture.width
    return not any(
        a < right - 0.1 and left + 0.1 < c and b < picture.y < d for _, (a, b, c, d) in lines
    )


@pytest.mark.slow
def test_nothing_stands_over_the_map_but_what_says_that_it_is_empty(many: list[Snapshot]) -> None:
    for snapshot in many:
        first, *others = pages_of(snapshot)
        assert all(page.map is None for page in others)
        on_map = first.map
        assert on_map is not None
        inside = [
            words
            for words in words_of(first)
            if on_map.left < words.x < on_map.left + on_map.width
            and on_map.top < words.y < on_map.top + on_map.height
        ]
        content = snapshot.content
        empty = not (content.spots or content.badges)
        assert bool(inside) == empty
        assert {words.role for words in inside} <= {"map"}


def test_every_number_and_every_source_stands_in_the_lists_once(many: list[Snapshot]) -> None:
    for snapshot in many:
        found = [words for page in pages_of(snapshot) for words in words_of(page)]
        numbers = Counter(int(words.text) for words in found if words.role == "number")
        sources = Counter(int(words.text) for words in found if words.role == "source-number")
        content = snapshot.content
        assert numbers == Counter(entry.number for entry in content.entries)
        assert sources == Counter(source.number for source in content.sources)


@pytest.mark.slow
def test_all_that_is_to_be_said_is_said(many: list[Snapshot]) -> None:
    for snapshot in many:
        content = snapshot.content
        said = " ".join(
            strip_direction_marks(words.text)
            for page in pages_of(snapshot)
            for words in words_of(page)
        )
        joined = said.replace(" …", "").replace(" ", "")
        full = snapshot.size.medium == "print"
        wanted = [content.title, content.ledger, content.disclaimer, *content.warnings]
        wanted += [entry.sentence if full else entry.line for entry in content.entries]
        wanted += [source.text for source in content.sources]
        wanted += [*content.subtitle, content.projection, content.since, snapshot.recipe.hash8]
        wanted += [item.label for part in content.legend for item in part.items]
        wanted += content.note.split("\n") if "continued" not in said else []
        for text in wanted:
            assert text.replace(" ", "") in joined, (snapshot.size.key, text)


def test_a_note_that_goes_on_elsewhere_loses_no_word(own: Workspace) -> None:
    snapshot = made(own, "a4-landscape", "long note")
    pages = [[words.text for words in words_of(page) if words.role == "note"]
             for page in pages_of(snapshot)]  # fmt: skip
    assert pages[0][-1].endswith(" …")
    assert pages[1]
    said = " ".join(line.removesuffix(" …") for page in pages for line in page)
    assert said == " ".join(snapshot.content.note.split())


def test_the_first_page_says_what_stands_on_the_next(own: Workspace) -> None:
    (first, *others) = pages_of(made(own, "slide"))
    texts = {words.text for words in words_of(first)}
    assert "Notes 1–28, sources 1–3 and credits on page 2" in texts
    assert len(others) == 1
    title = " ".join(w.text for w in words_of(pages_of(made(own, "half-slide", "long title"))[0])
                     if w.role == "title")  # fmt: skip
    assert title.endswith("… (in full on page 2)")


@pytest.mark.slow
def test_type_is_never_smaller_than_can_be_read(own: Workspace, many: list[Snapshot]) -> None:
    size = many[0].size
    points = {"print": 9, "report": 7}.get(size.medium, 0)
    pixels = {"slide": 14, "web": 12}.get(size.medium, points / 72 * size.screen_dpi)
    assert size.fine * size.screen_dpi / 72 >= pixels
    for snapshot in many:
        assert min(w.type.size for p in pages_of(snapshot) for w in words_of(p)) >= size.fine
    if size.key not in {"half-slide", "web"}:
        return  # one map of each medium is enough
    figure = draw_page(made(own, size.key).figure_pages[0])
    assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= size.fine


def test_lines_are_as_wide_as_they_were_measured(own: Workspace) -> None:
    sheet = made(own, "web", "Dari title").figure_pages[0]
    measured = {
        (words.directed_text, words.type.size): box(words) for words in words_of(sheet.page)
    }
    figure = draw_page(sheet, 96)
    figure.set_dpi(96)
    with own_rules():
        renderer = FigureCanvasAgg(figure).get_renderer()
        seen = {
            (text.get_text(), text.get_fontsize()): text.get_window_extent(renderer)
            for text in figure.findobj(Text)
        }
    assert measured.keys() <= seen.keys()
    for key, (left, _, right, _) in measured.items():
        if len(key[0]) > 12:
            assert seen[key].x0 * 72 / 96 == pytest.approx(left, abs=1.5), key
            assert seen[key].x1 * 72 / 96 == pytest.approx(right, abs=1.5), key


@pytest.mark.slow
def test_pictures_have_the_pixels_of_their_size(own: Workspace) -> None:
    expected = {"slide": (1920, 1080), "half-slide": (960, 1080), "web": (800, 1120)}
    snapshots = {key: made(own, key) for key in expected}
    for key, snapshot in snapshots.items():
        assert (
            pixels_of(as_png(snapshot.figure_pages[-1], snapshot.size.screen_dpi)) == expected[key]
        )
    assert pixels_of(snapshots["web"]._repr_png_()) == expected["web"]
    assert pixels_of(as_png(made(own, "a4-landscape").figure_pages[-1], 300)) == (3508, 2480)
    assert pixels_of(snapshots["slide"].figure(180, 150, 72)) == (510, 425)


def pixels_of(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def test_a_figure_that_has_no_room_is_refused(own: Workspace) -> None:
    with pytest.raises(GeoError, match="no room for its map and legend; make it larger"):
        made(own, "slide").figure(60, 60)


def tool(name: str, *args: object) -> str:
    found = programs.needed("pdftotext").with_name(name)
    done = subprocess.run([found, *map(str, args)], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


@pytest.mark.slow
def test_a_pdf_can_be_read_searched_and_followed(
    crowded: Workspace, own: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "a.pdf"
    snapshot = made(own, "a4-portrait", "Dari title")
    file.write_bytes(snapshot.pdf())
    text = tool("pdftotext", "-layout", file, "-")
    plain = " ".join(re.sub(r"[\u202a-\u202e\u2066-\u2069]", "", text).split())
    assert DARI in plain
    assert "17 of 28 drawn · 9 country-wide" in plain
    for entry in snapshot.content.entries:
        assert entry.title.split()[0] in plain
    about = tool("pdfinfo", file)
    assert re.search(rf"^Pages: +{snapshot.pages}$", about, re.MULTILINE)
    assert "Map of Afghanistan" in about
    assert re.search(r"^CreationDate: .*2026", about, re.MULTILINE)
    fonts = tool("pdffonts", file).splitlines()[2:]
    assert fonts
    assert all("DejaVuSans" in line and re.search(r"yes yes yes", line) for line in fonts)
    listed = made(crowded, "slide")
    linked = as_pdf(listed.figure_pages[-2:], listed.content, listed.recipe)
    (tmp_path / "b.pdf").write_bytes(linked)
    links = set(re.findall(r"https?://\S+", tool("pdfinfo", "-url", tmp_path / "b.pdf")))
    assert links == {ADDRESS}


@pytest.mark.slow
@pytest.mark.parametrize("size", ["a4-portrait", "slide", "web"])
def test_text_copied_from_a_pdf_comes_in_the_order_in_which_it_is_read(
    country: Country, own: Workspace, size: str, tmp_path: Path
) -> None:
    """Copying in a reader follows the order in which the file draws, which `-raw` keeps."""
    few, many = workspace(country, incident()), own
    map_labels, lists = ("Nimruz", "Groups"), ("Notes", "Sources")
    for found in (few, many):
        snapshot = made(found, size, title="Reported in the north")
        (tmp_path / "a.pdf").write_bytes(snapshot.pdf())
        text = tool("pdftotext", "-raw", tmp_path / "a.pdf", "-")
        read = " ".join(text.split())
        about = (" drawn", f"Data version {snapshot.content.data_version}")
        below = (*lists, *about) if found is few else (*about, *lists)
        parts = ("Reported in the north", "as of 21 November 2026", *map_labels, *below)
        at = -1
        for part in parts:
            at = read.find(f"{part}", at + 1)
            assert at >= 0, (part, parts)
        assert read.startswith(parts[0])


@pytest.mark.slow
def test_an_svg_holds_text_its_type_and_words_for_the_map(
    crowded: Workspace, own: Workspace
) -> None:
    (first, *_) = made(own, "web", "hostile").svg()
    root = ET.fromstring(first)  # noqa: S314 - our own
    svg = "{http://www.w3.org/2000/svg}"
    snapshot = made(own, "web", "hostile")
    assert root.get("role") == "img"
    title, described = root.find(f"{svg}title"), root.find(f"{svg}desc")
    assert title is not None
    assert title.text.startswith(snapshot.content.title)
    assert described is not None
    assert described.text == snapshot.content.alt_text
    assert snapshot.content.title in {text.text for text in root.iter(f"{svg}text")}
    links = {
        link.get("{http://www.w3.org/1999/xlink}href")
        for page in made(crowded, "web").figure_pages
        for link in ET.fromstring(as_svg(page, 1, 1)).iter(f"{svg}a")  # noqa: S314 - our own
    }
    assert links == {ADDRESS}


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_shows_the_svg_as_the_picture(
    own: Workspace, page: Callable[..., Tab], tmp_path: Path
) -> None:
    snapshot = made(own, "web", "Dari title")
    file = tmp_path / "a.svg"
    file.write_bytes(snapshot.svg()[0])
    tab = page(width=1000, height=1200)
    tab.page.goto(file.as_uri())
    tab.page.evaluate("document.fonts.ready")
    seen = tab.page.evaluate(page_script("snapshot_pages.js", "lettersDrawn"))
    assert seen["faces"] == ["loaded", "loaded"]
    assert tab.abroad == []
    lines = words_of(pages_of(snapshot)[0])
    expected = {(words.text, words.type.size): box(words) for words in lines}
    compared = [(expected[text, size], left, right) for text, size, left, right in seen["lines"]
                if (text, size) in expected and len(text) > 12]  # fmt: skip
    assert len(compared) > 20
    for (left, _, right, _), seen_left, seen_right in compared:
        assert seen_left == pytest.approx(left, abs=2.5)
        assert seen_right == pytest.approx(right, abs=2.5)


def test_what_is_set_apart_is_the_briefers(own: Workspace) -> None:
    page = pages_of(made(own, "slide", "long note"))[0]
    heads = [words for words in words_of(page) if words.text == "Briefer’s note"]
    assert len(heads) == 1
    assert any(isinstance(item, Panel) and item.fill == "focus" for item in page.items)


@pytest.mark.parametrize(("width_mm", "height_mm"), [(160, 160), (160, 210), (120, 200)])
def test_no_sign_of_a_legend_is_cut_off_at_the_edge_of_a_picture(
    own: Workspace, width_mm: float, height_mm: float
) -> None:
    snapshot = made(own, "a4-portrait")
    page = lay_out_figure(snapshot.content, snapshot.size, "", width_mm, height_mm)
    signs = [item for item in page.items if isinstance(item, Picture)]
    assert len(signs) > 10
    assert all(one.x >= 1 and one.x + one.width <= page.width - 1 for one in signs)
