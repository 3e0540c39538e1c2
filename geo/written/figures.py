"""A number of people as people write it, read to low, best and high; or a question.

Nothing is ever 0 by omission: a text that says that nobody was killed is asked about, since "none
reported" is not a report of none, and words such as "dozens" stay words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo import limits
from geo.events.cells.figures import people_count_from
from geo.places.spelling import ENGLISH_DIGITS

_LIKE: Final = (
    "Write a number of people, such as 12, 10-15, at least 10, up to 20, more than 30, about 40, "
    "or 12 (10-15)."
)
_NOBODY: Final = re.compile(
    r"(?:0|zero|nil|none|nobody|no one|no)"
    r"(?: (?:people|persons?|casualt(?:y|ies)|fatalit(?:y|ies)|deaths?|injur(?:y|ies)|losses"
    r"|victims?|one|was|were|killed|dead|died|hurt|injured|wounded|in total))*"
)
_NOT_REPORTED: Final = re.compile(
    r"(?:none|nobody|no(?: \w+){0,3})(?: was| were)?"
    r" (?:reported|stated|given|known|confirmed|mentioned|available)"
)
_UNKNOWN: Final = re.compile(
    r"not (?:reported|stated|given|known|confirmed|mentioned|available)"
    r"|unknown|unclear|n/?a|unconfirmed|\?|-+|tbc|tbd"
)
_PEOPLE: Final = (
    "people|persons?|civilians?|fighters?|soldiers?|members?|militants?|policemen|men|women"
    "|children"
)
"""Words for people, which may follow a number."""
_DEATHS: Final = "killed|dead|deaths?|fatalit(?:y|ies)|died"
_INJURIES: Final = "injured|injur(?:y|ies)|wounded|hurt"
_NUMBER_WORDS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve"), start=1,
    )
}  # fmt: skip
_N: Final = r"\d{1,3}(?:,\d{3})+|\d{1,9}"
_WHOLE: Final = re.compile(r"\d[\d,]*")
_RANGE: Final = rf"(?:(?:between|from|range) )?(?P<low>{_N}) ?(?:-|to|and) ?(?P<high>{_N})"
_BEST_AND_RANGE: Final = (
    re.compile(rf"(?P<best>{_N})(?: ?\(best\)| best)?(?:[,;] ?| ?\(| ){_RANGE}\)?"),
    re.compile(rf"best[:=]? ?(?P<best>{_N})(?:[,;] ?| ?\(| ){_RANGE}\)?"),
    re.compile(rf"{_RANGE}(?:[,;] ?| ?\(| )(?:best[:=]? ?)?(?P<best>{_N})(?: best)?\)?"),
)
_PART: Final = rf"(low|best|high|minimum|min|maximum|max)[:=]? ?({_N})"
_PARTS: Final = re.compile(rf"{_PART}(?:[,;]? {_PART})*")
_FIELDS: Final = {"min": "low", "minimum": "low", "max": "high", "maximum": "high"}
_PLAIN: Final = re.compile(r"[\d,; ()-]+|[a-z:=\d,; ()-]*\bbest\b[a-z:=\d,; ()-]*")
"""Texts whose numbers say everything."""
LowBestHigh = tuple[int | None, int | None, int | None]
"""Low, best and high."""
_NOTHING: Final[LowBestHigh] = (None, None, None)


@dataclass(frozen=True, slots=True)
class FigureCandidate:
    """One thing that a text about a number of people can mean.

    Parameters
    ----------
    fields
        The fields of the figure as a record has them; empty for a figure that is not given.
    words
        What it means, in words.
    """

    fields: tuple[tuple[str, int | str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """What a text says about a number of people.

    Parameters
    ----------
    text
        The text itself.
    low, best, high
        The numbers that it gives; ``None`` where it gives none.
    said
        The words of the text, where the numbers alone do not say all; empty for plain numbers.
    candidates
        What to choose from, if the text may or may not mean that it was nobody.
    question
        What is asked, or what can be written; empty if the text is empty or has one reading.
    """

    text: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    said: str = ""
    candidates: tuple[FigureCandidate, ...] = ()
    question: str = ""

    @property
    def value(self) -> int | Mapping[str, Any] | None:
        """What a record holds: a number, its parts, or ``None`` if the figure is not given."""
        if self.low is None and self.best is None and self.high is None:
            return None
        if self.low == self.best == self.high and not self.said and self.best is not None:
            return self.best
        parts = {"low": self.low, "best": self.best, "high": self.high, "said": self.said or None}
        return {name: part for name, part in parts.items() if part is not None}


def read_figure(text: str, *, what: str = "killed") -> WrittenFigure:
    """Read a number of people as people write it.

    Parameters
    ----------
    text
        At most :data:`geo.limits.MAX_LINE` characters are read.
    what
        What the people were, as it can follow "nobody was": killed, injured, killed or injured.

    Examples
    --------
    >>> [read_figure(text).value for text in ("12", "10-15", "12 (10-15)")]
    [12, {'low': 10, 'high': 15}, {'low': 10, 'best': 12, 'high': 15}]
    >>> read_figure("more than 30").value
    {'low': 31, 'said': 'more than 30'}
    >>> read_figure("none reported").value, read_figure("none reported").question
    (None, 'Did the source say that nobody was killed? No figure is not the same as none.')
    >>> read_figure("dozens").question.partition(" Write")[0]
    "'dozens' is not a number; leave the figure out, and keep the words in the text of the claim."
    """
    bare = " ".join(text.translate(ENGLISH_DIGITS).split())
    plain = bare.casefold().replace("\N{EN DASH}", "-").strip(" .").removesuffix(".0")
    if not bare:
        return WrittenFigure(text)
    if _NOT_REPORTED.fullmatch(plain) or _NOBODY.fullmatch(plain):
        return _about_nobody(text, bare, what)
    found = _numbers(_without_people(plain, what)) if len(bare) <= limits.MAX_LINE else _NOTHING
    known = [one for one in found if one is not None]
    if known and max(known) == 0:
        return _about_nobody(text, bare, what)
    if question := _fault(bare, plain, known):
        return WrittenFigure(text, question=f"{question} {_LIKE}")
    return WrittenFigure(text, *found, said="" if _PLAIN.fullmatch(plain) else bare)


def _fault(bare: str, plain: str, known: list[int]) -> str:
    """Why the numbers of a text are not those of a figure; empty if they are."""
    if len(bare) > limits.MAX_LINE:
        return f"The figure has {len(bare):,} characters; at most {limits.MAX_LINE} are read."
    if _UNKNOWN.fullmatch(plain):
        return "Leave the figure out if the source gives none."
    if max(known, default=0) > limits.MAX_DEATHS or (not known and _WHOLE.fullmatch(plain)):
        return f"At most {limits.MAX_DEATHS:,} can be given."
    if not known:
        why = f"{bare!r} is not a number; leave the figure out, and keep the words in the text"
        return f"{why} of the claim."
    if known != sorted(known):
        return "Low, best and high must be in ascending order."
    return ""


def _about_nobody(text: str, bare: str, what: str) -> WrittenFigure:
    """Ask whether the source says that it was nobody, or says nothing."""
    zero = (("low", 0), ("best", 0), ("high", 0), ("said", bare))
    candidates = (
        FigureCandidate(zero, f"Yes: it says that nobody was {what}."),
        FigureCandidate((), "No: it gives no figure."),
    )
    question = f"Did the source say that nobody was {what}? No figure is not the same as none."
    return WrittenFigure(text, candidates=candidates, question=question)


def _without_people(plain: str, what: str) -> str:
    """The text without the people that it counts: never of others than the field is for."""
    words = [_PEOPLE]
    words += [_DEATHS] * ("killed" in what) + [_INJURIES] * ("injured" in what)
    words += ["casualt(?:y|ies)"] * (what == "killed or injured")
    bare = re.sub(rf"(?: (?:were |was |or )?(?:{'|'.join(words)}))+$", "", plain)
    return re.sub(r"[a-z]+", lambda word: _NUMBER_WORDS.get(word[0], word[0]), bare)


def _numbers(plain: str) -> LowBestHigh:
    """Low, best and high of a text; all ``None`` if it gives no number."""
    for pattern in _BEST_AND_RANGE:
        if match := pattern.fullmatch(plain):
            low, best, high = (_digits(match[name]) for name in ("low", "best", "high"))
            return low, best, high
    if _PARTS.fullmatch(plain):
        parts = {_FIELDS.get(name, name): _digits(one) for name, one in re.findall(_PART, plain)}
        return parts.get("low"), parts.get("best"), parts.get("high")
    found = people_count_from(plain)
    if found is None:
        return _NOTHING
    if found.best is not None and not found.doubt:
        return found.best, found.best, found.best
    return found.low, found.best, found.high


def _digits(text: str) -> int:
    return int(text.replace(",", ""))
