"""Parse counts of people as reports write them: "12", "1,200", ">5", "5-7", "at least 10"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo import limits
from geo.events.columns.text_cells import is_empty
from geo.places.spelling import ENGLISH_DIGITS

_NUMBER: Final = r"(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d{1,9})(?:\.0{1,20})?"
_WHOLE: Final = re.compile(_NUMBER)
_SHAPES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"(?:between\s+)?{_NUMBER}\s*(?:-|–|—|to|and)\s*{_NUMBER}", "range"),
        (rf"(?:>|more than|over|above)\s*{_NUMBER}", "more than"),
        ((rf"(?:≥|>=|at least|minimum(?: of)?|min\.?|no fewer than|not less than)\s*{_NUMBER}"
         rf"|{_NUMBER}\s*(?:\+|or more|and more|and above)"), "at least"),
        (rf"(?:<|fewer than|less than|under|below)\s*{_NUMBER}", "fewer than"),
        (rf"(?:≤|<=|at most|up to|maximum(?: of)?|max\.?)\s*{_NUMBER}", "at most"),
        ((rf"(?:~|≈|about|approximately|approx\.?|around|circa|c\.|ca\.?|some|nearly|almost)\s*"
         rf"{_NUMBER}|{_NUMBER}\s*(?:\?|approx\.?|\(approx\.?\)|\(est\.?\)|est\.?)"), "about"),
    )
)  # fmt: skip
_WORDS: Final = frozenset({
    "several", "some", "many", "a few", "few", "a number", "multiple", "numerous", "dozens", "tens",
    "scores", "hundreds", "thousands", "a dozen", "dozen", "a couple", "various", "yes", "x",
})  # fmt: skip
"""Words instead of a number that the report does not give. No number is put in their place."""


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """A count of people, with its bounds.

    Parameters
    ----------
    low, best, high
        ``None`` where the text gives no such bound.
    doubt
        Why it is less certain than a plain number; empty for a plain number.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    doubt: str = ""


NOT_STATED: Final = PeopleCount()


@lru_cache(maxsize=1 << 14)  # distinct texts of a column, a few MB
def people_count_from(text: str) -> PeopleCount | None:
    """Parse a cell; ``None`` if it is neither a count of people nor a word for one.

    Examples
    --------
    >>> [people_count_from(text).best for text in ("12", "3.0", "1,200", "")]
    [12, 3, 1200, None]
    >>> found = people_count_from(">5")
    >>> found.low, found.best, found.high, found.doubt
    (6, None, None, "'>5' is a lower bound")
    >>> people_count_from("5-7").high, people_count_from("several").doubt
    (7, "'several' is not a number; fatalities count as not stated")
    >>> [people_count_from(text) for text in ("-3", "3.5", "1_0")]
    [None, None, None]
    """
    bare = " ".join(text.translate(ENGLISH_DIGITS).casefold().split())
    if is_empty(bare):
        return NOT_STATED
    if match := _WHOLE.fullmatch(bare):
        return _bounded(PeopleCount(best=_digits(match[1])))
    if bare in _WORDS:
        return PeopleCount(
            doubt=f"{text.strip()!r} is not a number; fatalities count as not stated"
        )
    for pattern, kind in _SHAPES:
        if match := pattern.fullmatch(bare):
            return _bounded(_shaped(kind, [_digits(part) for part in match.groups() if part], text))
    return None


def _shaped(kind: str, numbers: list[int], text: str) -> PeopleCount | None:
    """Build the figure of a text whose shape is known."""
    said, first, last = repr(text.strip()), numbers[0], numbers[-1]
    if kind == "range":
        return PeopleCount(first, None, last, f"{said} is a range") if first <= last else None
    return {
        "more than": PeopleCount(low=first + 1, doubt=f"{said} is a lower bound"),
        "at least": PeopleCount(low=first, doubt=f"{said} is a lower bound"),
        "fewer than": PeopleCount(high=max(0, first - 1), doubt=f"{said} is an upper bound"),
        "at most": PeopleCount(high=first, doubt=f"{said} is an upper bound"),
        "about": PeopleCount(best=first, doubt=f"{said} is approximate"),
    }[kind]


def _digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _bounded(figure: PeopleCount | None) -> PeopleCount | None:
    if figure is None:
        return None
    given = (figure.low, figure.best, figure.high)
    return figure if max(part or 0 for part in given) <= limits.MAX_DEATHS else None
