"""Which characters of a figure its typeface has no glyph for, and where they stand.

A name in Chinese is a row of empty boxes in the picture: whoever hands it on has to know before.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.lettering import without_glyph
from geo.snapshot.typefaces import Weight, advice
from geo.text import listed

_MOST: Final = 8
"""Characters named in a warning; more would push the map's own warnings off the page."""


def missing_glyphs(content: Content) -> Iterator[str]:
    """A warning that names the characters drawn as empty boxes, and the parts they stand in.

    Each stands with its Unicode number, which can be read where the character itself cannot. None
    where everything can be drawn.
    """
    found: dict[str, list[str]] = {}
    for where, texts, weight in _parts(content):
        for character in without_glyph(clean_line("".join(texts)), weight):
            places = found.setdefault(character, [])
            if where not in places:
                places.append(where)
    if found:
        count = len(found)
        what = (
            "1 character will appear as an empty box because the figure typeface has no glyph for "
            "it"
            if count == 1
            else f"{count} characters will appear as empty boxes because the figure typeface has "
            "no glyphs for them"
        )
        yield f"{what}: {_named(found)}. {advice(found)}".rstrip()


def _named(found: dict[str, list[str]]) -> str:
    """The characters by the parts they stand in; how many more there are where they are many."""
    by_part: dict[tuple[str, ...], list[str]] = {}
    for character, places in list(found.items())[:_MOST]:
        by_part.setdefault(tuple(places), []).append(f"{character} (U+{ord(character):04X})")
    said = "; ".join(
        f"{listed(named)} in {listed(list(places))}" for places, named in by_part.items()
    )
    more = len(found) - _MOST
    return f"{said}; and {more} more" if more > 0 else said


def _parts(content: Content) -> Iterator[tuple[str, tuple[str, ...], Weight]]:
    """Every text that is drawn, with what a reader calls it and the weight it is drawn in."""
    country = content.frame.country
    places = [
        *(spot.name for spot in content.spots),
        *(badge.name for badge in content.badges),
        *(province.name for province in country.provinces),
        *(neighbour.name for neighbour in country.neighbours),
    ]
    labels = chain.from_iterable(
        (part.heading, *(item.label for item in part.items)) for part in content.legend
    )
    keys = {key for entry in content.entries for key in entry.sign.groups}
    letters = (content.letters.get(key, "") for key in sorted(keys))
    written = ((entry.line, entry.sentence, entry.beside) for entry in content.entries)
    yield "the title", (content.title,), "bold"
    yield "the subtitle", content.subtitle, "normal"
    yield "the briefer’s note", (content.note,), "normal"
    yield "a place name", tuple(places), "normal"
    yield "the letter of a group", tuple(letters), "bold"
    yield "the legend", tuple(labels), "normal"
    yield "the notes", tuple(chain.from_iterable(written)), "normal"
    yield "the sources", tuple(source.text for source in content.sources), "normal"
    yield "the credits", (content.since, content.disclaimer, *content.credits), "normal"
