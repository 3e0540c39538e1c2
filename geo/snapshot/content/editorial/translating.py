"""The content of a figure in another language: its fixed words, and how many have none."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from geo.snapshot.content.content import Content, LegendPart
from geo.snapshot.content.editorial.fixed_words import FixedWords, words_of

_EDITORS: Final = "Marks drawn in dashes and dots are the editor’s; they are not data."
"""What the legend says about the editor's marks, whatever kinds of them there are."""


def in_language(content: Content) -> Content:
    """The content with its fixed words in the language that the editor chose.

    What is written by others, such as titles and names, is not translated. Sentences that are made
    from records stay English, and so does any phrase without a translation; all are counted in a
    line of the figure.
    """
    words = words_of(content.editorial.language)
    if not words.phrases:
        return content
    counter = _Counter(words)
    name = content.frame.country.name
    made = replace(
        content,
        subtitle=tuple(
            said + words.start if said == name else counter.say(said) for said in content.subtitle
        ),
        legend=tuple(_part(part, counter) for part in content.legend),
        ledger=counter.say(content.ledger),
        warnings=tuple(counter.say(said) for said in content.warnings),
    )
    # One sentence for each record; data version, citations and the reference to further pages; the
    # disclaimer, the projection and the notes on the base map.
    left = counter.left | {entry.sentence for entry in content.entries}
    left |= {
        "data version",
        "citations",
        "pages",
        content.disclaimer,
        content.projection,
        *content.base_notes,
    }
    said = words.say(
        f"{len(left)} phrases of this figure are not translated and remain in English."
    )
    return replace(made, warnings=(*made.warnings, said))


class _Counter:
    """The words of a language, and what had none so far."""

    def __init__(self, words: FixedWords) -> None:
        self.words = words
        self.left: set[str] = set()

    def say(self, text: str) -> str:
        """A phrase in the language."""
        said, left = self.words.translated(text)
        if left:
            self.left.add(text)
        return said


def _part(part: LegendPart, counter: _Counter) -> LegendPart:
    items = tuple(
        replace(item, label=counter.say(_EDITORS if item.is_editors else item.label))
        for item in part.items
    )
    return replace(part, heading=counter.say(part.heading), items=items)
