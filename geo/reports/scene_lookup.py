"""The words around places, dates and groups that say which event these are of, as sets and tables.

They are those of ``words/english/scenes.toml``, under the names that stand here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from geo.reports.wordlists import word_lists


class SceneLookup:
    """The word lists of scenes.

    Attributes
    ----------
    words
        Single words and signs.
    texts
        Beginnings, ends and parts of a text, with their blanks.
    """

    def __init__(self) -> None:
        raw = word_lists("scenes")
        self.words: Mapping[str, frozenset[str]] = {
            name: frozenset(words) for name, words in raw["words"].items()
        }
        self.texts: Mapping[str, tuple[str, ...]] = {
            name: tuple(texts) for name, texts in raw["texts"].items()
        }
        self._phrases = {
            name: frozenset(tuple(phrase.split()) for phrase in phrases)
            for name, phrases in raw["phrases"].items()
        }

    def is_in(self, plain: str, kind: str) -> bool:
        """Whether a word is in one of the lists of words."""
        return plain in self.words[kind]

    def is_any_in(self, words: Iterable[str], kind: str) -> bool:
        """Whether one of some words is in a list."""
        return not self.words[kind].isdisjoint(words)

    def is_last(self, words: Sequence[str], kind: str) -> bool:
        """Whether the last of some words is in a list; not if there is none."""
        return bool(words) and words[-1] in self.words[kind]

    def is_phrase(self, words: Sequence[str], kind: str) -> bool:
        """Whether some words, in this order, are a phrase of a list."""
        return tuple(words) in self._phrases[kind]


@lru_cache(maxsize=1)
def scene_lookup() -> SceneLookup:
    """The word lists of scenes."""
    return SceneLookup()
