r"""The fixed words of a figure in another language, by tables of phrases.

A phrase without a translation stays as it is: wrong words would be worse than English ones. Numbers
keep their digits, since the same numbers are on the map. Dates are Gregorian, with the names of the
months. No native reader has checked the tables.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Final

TO_LEFT: Final = "\u200f"
"""The right-to-left mark: what follows is not read as part of Latin letters before it."""
_WORDED: Final = re.compile(r"(.+) \[(.+)\]", re.DOTALL)
_COUNT: Final = re.compile(r"(.+) (\([\d,]+\))", re.DOTALL)
_SLOT: Final = re.compile(r"\{(\w+)\}")
_DAY: Final = r"\d{1,2} \w+ \d{4}"
_NUMBER: Final = r"[\d,]+"
_BETWEEN: Final = (" · ", "; ")
_NAME: Final = r"(?:(?! · |; ).)+"
"""A name: all up to the next phrase."""


@dataclass(frozen=True, eq=False)
class FixedWords:
    """The phrases of a language.

    Parameters
    ----------
    phrases
        English to the other language; empty for English itself.
    months
        The names of the twelve months.

    Examples
    --------
    >>> dari = words_of("fa")
    >>> dari.say("Disputed (7)") == dari.phrases["Disputed"] + " (7)"
    True
    >>> dari.say("The NRF claims an attack."), words_of("en").say("Notes")
    ('The NRF claims an attack.', 'Notes')
    """

    phrases: Mapping[str, str] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    _patterns: tuple[tuple[re.Pattern[str], str], ...] = ()

    @property
    def start(self) -> str:
        """What a line of several phrases starts with, so that it reads in their direction."""
        return TO_LEFT if self.phrases else ""

    def say(self, text: str) -> str:
        """A phrase, or several that are joined, in the language; what is unknown stays English."""
        return self.translated(text)[0]

    def translated(self, text: str) -> tuple[str, int]:
        """The same, with the number of phrases that stay English.

        Returns
        -------
        The text, and how many of its phrases have no translation.
        """
        if not self.phrases or not text:
            return text, 0
        whole = self._one(text)
        if whole is not None:
            return whole, 0
        for joint in _BETWEEN:
            if joint in text:
                found = [self.translated(part) for part in text.split(joint)]
                return joint.join(part for part, _ in found), sum(left for _, left in found)
        return text, 1

    def _one(self, text: str) -> str | None:
        if text in self.phrases:
            return self.phrases[text]
        if (counted := _COUNT.fullmatch(text)) is not None:
            said = self._one(counted[1])
            return None if said is None else f"{said} {counted[2]}"
        if (worded := _WORDED.fullmatch(text)) is not None:
            # The words of an editor with those of the product beside them.
            said = self._one(worded[2])
            return None if said is None else f"{worded[1]} [{said}]"
        for pattern, other in self._patterns:
            if (found := pattern.fullmatch(text)) is not None:
                values = {
                    group.removeprefix("_"): self._value(group.removeprefix("_"), value)
                    for group, value in found.groupdict().items()
                }
                return _SLOT.sub(lambda slot, said=values: said[slot[1]], other)  # type: ignore[misc] # the values of this phrase
        return None

    def _value(self, name: str, text: str) -> str:
        """A value in the language: a date with its month, a name with its end marked."""
        if name == "name":
            # Else a number after a name in Latin letters would be read as part of it.
            return text + TO_LEFT
        parts = text.split(" ")
        if re.fullmatch(_DAY, text) and parts[1] in calendar.month_name:
            month = list(calendar.month_name).index(parts[1])
            return f"{parts[0]} {self.months[month - 1]} {parts[2]}"
        return text


@lru_cache(maxsize=4)
def words_of(language: str) -> FixedWords:
    """The fixed words of a language; English has no table."""
    if language == "en":
        return FixedWords()
    folder = resources.files("geo.snapshot.content.editorial")
    table = tomllib.loads(folder.joinpath("words", f"{language}.toml").read_text("utf-8"))
    phrases: dict[str, str] = table["phrases"]
    patterns = tuple(_patterns(phrases))
    return FixedWords(phrases, tuple(table["months"]), patterns)


def _patterns(phrases: Mapping[str, str]) -> Iterable[tuple[re.Pattern[str], str]]:
    """A pattern for each phrase with a slot: a number, a date or a name."""
    for english, other in phrases.items():
        if "{" not in english:
            continue
        parts = _SLOT.split(english)
        made = re.escape(parts[0])
        for name, after in zip(parts[1::2], parts[2::2], strict=True):
            form = _DAY if name.startswith("day") else _NAME if name == "name" else _NUMBER
            made += f"(?P<_{name}>{form}){re.escape(after)}"
        yield re.compile(made), other
