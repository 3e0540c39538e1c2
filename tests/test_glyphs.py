"""Characters that the typeface of figures has no glyph for are named, never silently boxes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from dossiers import GROUPS, dossier_bytes, incident, workspace
from matplotlib.font_manager import FontProperties
from typer.testing import CliRunner

from geo.cli.main import app
from geo.places.country import Country
from geo.snapshot import lettering, typefaces
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.layout import typesetting
from geo.snapshot.lettering import drawable, font, width_of, without_glyph
from geo.snapshot.output.making import Snapshot, make

DAY = date(2026, 11, 21)
CHINESE = "喀布尔"
EMOJI = "👩\u200d🚒\ufe0f"
DARI = "حملهٔ طالبان در ولایت پنجشیر؛ خانۀ مردم، ۱۴۰۱"
PASHTO = "په پنجشېر کې د ټوپکوالو برید، څارنځای، ډله، ړنګ، ږغ، ښار، ڼ، ځای، ئ"
HINDI = "काबुल में हमला"
DISTRICT = "په ولسوالۍ کې"
URDU = "کابل میں حملہ ہوئے"
UZBEK = "Кобулдаги ҳужум ўзбекча"
CACHED = (typefaces.faces_for, typefaces.drawable_letters, lettering.as_drawn, lettering.drawable,
          lettering.width_of, typesetting.wrap)  # fmt: skip


def forget() -> None:
    for one in CACHED:
        one.cache_clear()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No typeface but DejaVu Sans is installed."""
    forget()
    monkeypatch.setattr(typefaces, "others", tuple)
    yield
    forget()


def content_of(country: Country, title: str = "", short: str = "NRF", letter: str = "N",
               place: str = "Panjshir Valley") -> Content:  # fmt: skip
    groups = GROUPS | {"nrf": GROUPS["nrf"] | {"short": short, "letter": letter}}
    found = workspace(country, incident(where=[{"place": place}]), groups=groups)
    recipe = Recipe(as_of=DAY, title=title, size="web")
    return make(found, recipe).content


def figure_of(country: Country, title: str, note: str = "") -> Snapshot:
    found = workspace(country, incident())
    recipe = Recipe(as_of=DAY, title=title, note=note, size="web")
    return make(found, recipe)


def glyph_warnings(content: Content) -> list[str]:
    return [said for said in content.warnings if "no glyph" in said]


@pytest.mark.parametrize("title", [DARI, PASHTO, "Łódź, Ќичево, Ελλάδα", "a\u2068b\u2069\u061c"])
def test_a_title_that_can_be_drawn_warns_of_nothing(country: Country, title: str) -> None:
    assert glyph_warnings(content_of(country, title)) == []
    assert "□" not in drawable(title, "bold")


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("title", "named"),
    [
        (CHINESE, "喀 (U+5580), 布 (U+5E03) and 尔 (U+5C14) in the title"),
        (EMOJI, "👩 (U+1F469) and 🚒 (U+1F692) in the title"),
        ("काबुल", "क (U+0915)"),
        ("ولسوالۍ", "ۍ (U+06CD) in the title"),
    ],
)
def test_a_title_without_glyphs_is_named_character_by_character(
    country: Country, title: str, named: str
) -> None:
    (said,) = glyph_warnings(content_of(country, title))
    assert named in said


@pytest.mark.usefixtures("alone")
def test_a_rare_letter_is_named_with_where_it_stands(country: Country) -> None:
    (said,) = glyph_warnings(content_of(country, short="Aꟶ", letter="Ꟶ"))
    assert said.startswith(
        "2 characters will appear as empty boxes because the figure typeface has no glyphs for "
        "them: "
    )
    assert "Ꟶ (U+A7F5) in the letter of a group" in said
    assert "ꟶ (U+A7F6) in the legend and the notes" in said
    (said,) = glyph_warnings(content_of(country, place="北 valley"))
    assert "北 (U+5317) in the notes" in said


def test_lines_of_a_note_are_not_taken_for_characters(country: Country) -> None:
    found = workspace(country, incident())
    recipe = Recipe(as_of=DAY, note="One line,\nand \tanother.", size="web")
    assert make(found, recipe).content.warnings == ()


@pytest.mark.usefixtures("alone")
def test_many_characters_are_counted_and_the_first_named(country: Country) -> None:
    (said,) = glyph_warnings(content_of(country, "".join(map(chr, range(0x4E00, 0x4E20)))))
    assert said.startswith("32 characters will appear as empty boxes")
    assert "; and 24 more. Install" in said


@pytest.mark.usefixtures("alone")
def test_the_command_line_says_so(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_bytes(dossier_bytes(incident()))
    result = CliRunner().invoke(
        app, ["snapshot", str(file), "--out", str(tmp_path / "x.png"), "--size", "web",
              "--title", CHINESE],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "尔 (U+5C14) in the title" in result.stderr


def test_names_of_the_country_in_dari_and_pashto_can_be_drawn(country: Country) -> None:
    spelled = {name for one in country.provinces for _, name in one.local_names}
    spelled |= {name for place in country.gazetteer for name in (place.name, *place.also)}
    assert any("ۍ" in name for name in spelled)
    assert {letter for name in spelled for letter in without_glyph(name)} == set()


def test_letters_of_dari_are_drawn_joined() -> None:
    """Four letters that join are narrower than the same four drawn each alone."""
    joined, alone = "پنجشیر", "\u200c".join("پنجشیر")
    assert width_of(joined, 20) < 0.9 * width_of(alone, 20)


@pytest.mark.parametrize("title", [HINDI, CHINESE, DISTRICT, URDU, UZBEK, EMOJI, "คาบูล ქაბული ክቡል"])
def test_a_title_in_another_script_is_drawn_where_noto_is_installed(
    country: Country, title: str
) -> None:
    assert glyph_warnings(content_of(country, title)) == []
    for weight in ("normal", "bold"):
        drawn = drawable(title, weight)
        assert "□" not in drawn
        faces = typefaces.faces_for(drawn, weight)
        known = frozenset().union(*(typefaces.letters_of(face.file) for face in faces))
        assert known.issuperset(map(ord, drawn))


@pytest.mark.usefixtures("alone")
def test_a_warning_says_what_to_install(country: Country) -> None:
    (said,) = glyph_warnings(content_of(country, HINDI))
    assert said.endswith(". Install manimgx-fonts to draw more scripts.")
    (said,) = glyph_warnings(content_of(country, "喀"))
    assert said.startswith("1 character will appear as an empty box because")
    assert said.endswith(". Install incident-map[cjk] to draw Chinese, Japanese and Korean.")


def test_what_nobody_has_is_still_named_and_nothing_is_to_be_installed(country: Country) -> None:
    (said,) = glyph_warnings(content_of(country, chr(0x13000)))
    assert said.endswith("(U+13000) in the title.")


def test_the_last_letter_of_a_pashto_word_joins_the_one_before_it() -> None:
    """Two typefaces draw the word; a letter with a neighbour is another glyph than one alone."""
    joined, apart = width_of("لۍ", 40), width_of("ل\u200cۍ", 40)
    assert joined < 0.95 * apart


def test_no_typeface_of_the_computer_is_looked_for() -> None:
    prop = font(9, "bold", drawable(HINDI + CHINESE + DISTRICT, "bold"))
    files = {Path(str(one)) for one in typefaces_of(prop)}
    assert len(files) == len({*prop.get_family()}) == 4
    assert all("site-packages" in file.parts for file in files)


def typefaces_of(prop: FontProperties) -> list[str]:
    """The files in which matplotlib looks, one after the other."""
    found = []
    for family in prop.get_family():
        one = prop.copy()
        one.set_family(family)
        found.append(str(one.get_file()))
    return found


@pytest.mark.slow
def test_an_svg_brings_the_letters_of_every_typeface_along(country: Country) -> None:
    figure = figure_of(country, HINDI + " " + DISTRICT)
    (page, *_) = figure.svg()
    faces = re.findall(rb"@font-face\{font-family:'([^']+)';font-weight:(\d+)", page)
    assert {(b"Noto Sans Devanagari", b"700"), (b"Noto Sans Arabic", b"700")} <= set(faces)
    assert len(faces) == len(set(faces))
    assert figure_of(country, HINDI + " " + DISTRICT).svg() == figure.svg()


@pytest.mark.slow
@pytest.mark.parametrize("title", [HINDI, CHINESE, DISTRICT, URDU, UZBEK])
def test_what_is_drawn_is_copied_from_a_pdf_once_and_in_order(
    country: Country, tmp_path: Path, title: str
) -> None:
    file = tmp_path / "a.pdf"
    figure = figure_of(country, title, note=f"{title}, {title}")
    file.write_bytes(figure.pdf())
    program = shutil.which("pdftotext")
    assert program is not None
    found = subprocess.run([program, file, "-"], capture_output=True, check=True)
    text = re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", found.stdout.decode())
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert lines[0].startswith(title)
    words = re.split(r"[\s,،]+", "\n".join(lines))
    for word in title.split():
        # As the title, twice in the note, and at the head of each further page.
        assert words.count(word) == (2 + figure.pages) * title.split().count(word)
