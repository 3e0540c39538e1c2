"""Characters that the typeface of figures has no glyph for are named, never silently boxes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dossiers import GROUPS, dossier_bytes, incident, workspace
from typer.testing import CliRunner

from geo.cli.main import app
from geo.places.country import Country
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.lettering import drawable, width_of, without_glyph
from geo.snapshot.output.making import make

DAY = date(2026, 11, 21)
CHINESE = "喀布尔"
EMOJI = "👩\u200d🚒\ufe0f"
DARI = "حملهٔ طالبان در ولایت پنجشیر؛ خانۀ مردم، ۱۴۰۱"
PASHTO = "په پنجشېر کې د ټوپکوالو برید، څارنځای، ډله، ړنګ، ږغ، ښار، ڼ، ځای، ئ"


def content_of(country: Country, title: str = "", short: str = "NRF", letter: str = "N",
               place: str = "Panjshir Valley") -> Content:  # fmt: skip
    groups = GROUPS | {"nrf": GROUPS["nrf"] | {"short": short, "letter": letter}}
    found = workspace(country, incident(where=[{"place": place}]), groups=groups)
    recipe = Recipe(as_of=DAY, title=title, size="web")
    return make(found, recipe).content


def glyph_warnings(content: Content) -> list[str]:
    return [said for said in content.warnings if "no glyph" in said]


@pytest.mark.parametrize("title", [DARI, PASHTO, "Łódź, Ќичево, Ελλάδα", "a\u2068b\u2069\u061c"])
def test_a_title_that_can_be_drawn_warns_of_nothing(country: Country, title: str) -> None:
    assert glyph_warnings(content_of(country, title)) == []
    assert "□" not in drawable(title, "bold")


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


def test_a_rare_letter_is_named_with_where_it_stands(country: Country) -> None:
    (said,) = glyph_warnings(content_of(country, short="Aꟶ", letter="Ꟶ"))
    assert said.startswith("2 characters are drawn as an empty box")
    assert "Ꟶ (U+A7F5) in the letter of a group" in said
    assert "ꟶ (U+A7F6) in the legend and the notes" in said
    (said,) = glyph_warnings(content_of(country, place="北 valley"))
    assert "北 (U+5317) in the notes" in said


def test_lines_of_a_note_are_not_taken_for_characters(country: Country) -> None:
    found = workspace(country, incident())
    recipe = Recipe(as_of=DAY, note="One line,\nand \tanother.", size="web")
    assert make(found, recipe).content.warnings == ()


def test_many_characters_are_counted_and_the_first_named(country: Country) -> None:
    (said,) = glyph_warnings(content_of(country, "".join(map(chr, range(0x4E00, 0x4E20)))))
    assert said.startswith("32 characters are drawn as an empty box")
    assert said.endswith("; and 24 more.")


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
    """U+06CD, the feminine ending of Pashto, is the only letter of them that cannot be."""
    spelled = {name for one in country.provinces for _, name in one.local_names}
    assert spelled
    assert {letter for name in spelled for letter in without_glyph(name)} <= {"ۍ"}


def test_letters_of_dari_are_drawn_joined() -> None:
    """Four letters that join are narrower than the same four drawn each alone."""
    joined, alone = "پنجشیر", "\u200c".join("پنجشیر")
    assert width_of(joined, 20) < 0.9 * width_of(alone, 20)
