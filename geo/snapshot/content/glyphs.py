"""The characters of a figure without a glyph in its typefaces, and where they occur.

A name in Chinese, for example, may appear as a row of empty boxes; the user must be told before
the figure is published.
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
"""Most characters listed in a warning; more would push other warnings off the page."""


def missing_glyphs(content: Content) -> Iterator[str]:
    """A warning that lists the characters drawn as empty boxes and the parts they occur in.

    Each is followed by its code point, which is readable even if the character is not. Nothing is
    yielded if everything can be drawn.
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
    """The characters grouped by the parts they occur in, and how many more there are."""
    by_part: dict[tuple[str, ...], list[str]] = {}
    for character, places in list(found.items())[:_MOST]:
        by_part.setdefault(tuple(places), []).append(f"{character} (U+{ord(character):04X})")
    said = "; ".join(
        f"{listed(named)} in {listed(list(places))}" for places, named in by_part.items()
    )
    more = len(found) - _MOST
    return f"{said}; and {more} more" if more > 0 else said


def _parts(content: Content) -> Iterator[tuple[str, tuple[str, ...], Weight]]:
    """All drawn text: the name of its part for readers, the texts, and their weight."""
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
    yield "the editor’s texts", content.editorial.texts, "normal"
    yield "the briefer’s note", (content.note,), "normal"
    yield "a place name", tuple(places), "normal"
    yield "the letter of a group", tuple(letters), "bold"
    yield "the legend", tuple(labels), "normal"
    yield "the notes", tuple(chain.from_iterable(written)), "normal"
    yield "the sources", tuple(source.text for source in content.sources), "normal"
    yield "the credits", (content.since, content.disclaimer, *content.credits), "normal"
