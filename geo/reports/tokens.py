"""A text as words with their positions, sentences and lines; the base of every reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.places.spelling import name_words
from geo.reports.sentences import BULLETS
from geo.reports.wordlists import word_set

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’ʼ‘`´](?=[^\W\d_]))*")
_POSSESSIVE: Final = re.compile(r"['’ʼ‘`´][sS]$")
_SENTENCE_END: Final = re.compile(r"[.!?…]")
_PARAGRAPH: Final = re.compile(rf"\n[ \t\r]*\n|\n[ \t]*[{re.escape(BULLETS)}]")
_TITLE_SHARE: Final = 0.7
"""Share of the longer words of a line that begin with a capital, if it is a headline."""
_TITLE_WORDS: Final = 3
"""Fewest longer words of a headline."""
_LONGER: Final = 4
"""Fewest letters of a longer word: headlines write shorter ones in lower case too."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word.

    Parameters
    ----------
    start, end
        Characters of the text; without a possessive ``'s``.
    text
        The word as written, without a possessive ``'s``.
    low
        The word in lower case.
    gap
        What is between the previous word and this one.
    owns
        Whether a possessive ``'s`` follows.
    capital
        Whether the first letter is a capital.
    opens
        Whether it is the first word of a sentence.
    sentence
        The number of its sentence, from 0.
    headline
        Whether its line is written in the capitals of a headline, which say nothing of names.
    """

    start: int
    end: int
    text: str
    low: str
    gap: str
    owns: bool
    capital: bool
    opens: bool
    sentence: int
    headline: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The word as names are compared."""
        return name_words(self.text)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Split a text into words.

    Examples
    --------
    >>> [(one.text, one.owns, one.sentence) for one in tokens_of("Gen. A's men. Two left.")]
    [('Gen', False, 0), ('A', True, 0), ('men', False, 0), ('Two', False, 1), ('left', False, 1)]
    """
    found: list[Token] = []
    abbreviations = word_set("places", "abbreviations")
    headlines = _headlines(text)
    end, sentence, owned, line = 0, 0, "", 0
    for match in _WORD.finditer(text):
        word = match[0]
        gap = owned + text[end : match.start()]
        line += text.count("\n", end, match.start())
        owns = _POSSESSIVE.search(word) is not None
        bare = word[:-2] if owns else word
        opens = not found or _ends_sentence(found[-1].low, gap, bare, abbreviations)
        sentence += bool(opens and found)
        found.append(
            Token(
                match.start(), match.start() + len(bare), bare, bare.lower(), gap, owns,
                bare[0].isupper(), opens, sentence, line in headlines,
            )
        )  # fmt: skip
        end, owned = match.end(), ""
    return tuple(found)


def _ends_sentence(before: str, gap: str, word: str, abbreviations: frozenset[str]) -> bool:
    if _PARAGRAPH.search(gap):
        return True
    stop = _SENTENCE_END.search(gap)
    if stop is None or not any(letter.isspace() for letter in gap[stop.start() :]):
        return False
    is_short = gap[stop.start()] == "." and (before in abbreviations or len(before) == 1)
    return not is_short and (word[0].isupper() or not word[0].islower())


def _headlines(text: str) -> frozenset[int]:
    """The numbers of the lines in which nearly all longer words begin with a capital."""
    found = set()
    for number, line in enumerate(text.split("\n")):
        longer = [word for word in _WORD.findall(line) if len(word) >= _LONGER]
        if len(longer) < _TITLE_WORDS or line.rstrip().endswith((".", ":", ";", ",")):
            continue
        if sum(word[0].isupper() for word in longer) >= _TITLE_SHARE * len(longer):
            found.add(number)
    return frozenset(found)
