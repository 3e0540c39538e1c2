"""From characters of a document's text back to where they are in the original."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

OriginUnit = Literal["byte", "page", "paragraph", "message"]
"""What an original is counted in: bytes of a file of text, pages of a PDF (from 1), paragraphs of a
Word document or an e-mail (from 1, those of tables among them), ids of messages of a channel."""


def _numbers() -> array[int]:
    return array("q")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where some characters of the text are in the original.

    Parameters
    ----------
    first, last
        Bytes: from the first one up to, but not including, the last. Pages, paragraphs and
        messages: the numbers of the first and the last one, which may be the same.
    """

    unit: OriginUnit
    first: int
    last: int

    def __str__(self) -> str:
        if self.unit == "byte":
            return f"bytes {self.first} to {self.last}"
        if self.first == self.last:
            return f"{self.unit} {self.first}"
        return f"{self.unit}s {self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Origins:
    """The origin of each stretch of a text, such as a word of a file or the text of a page.

    Parameters
    ----------
    starts
        The characters of the text at which the stretches start, in ascending order.
    firsts, lasts
        Where each stretch is in the original, as in :class:`Origin`.
    """

    unit: OriginUnit = "byte"
    starts: array[int] = field(default_factory=_numbers)
    firsts: array[int] = field(default_factory=_numbers)
    lasts: array[int] = field(default_factory=_numbers)

    def of(self, start: int, end: int) -> Origin | None:
        """Return where a span of the text is in the original, widened to whole stretches.

        Returns
        -------
        Origin or None
            From the first to the last stretch that the span touches; ``None`` for an empty span,
            and for a text whose origins are not known.

        Examples
        --------
        The middle of a word is where the word is:

        >>> words = Origins("byte", array("q", [0, 4]), array("q", [10, 15]), array("q", [13, 21]))
        >>> print(words.of(1, 2), words.of(1, 6), words.of(3, 3), sep="; ")
        bytes 10 to 13; bytes 10 to 21; None
        """
        if start >= end or not self.starts:
            return None
        after = bisect_left(self.starts, end)
        at = slice(max(bisect_right(self.starts, start, hi=after) - 1, 0), after)
        if not self.firsts[at]:
            return None
        return Origin(self.unit, min(self.firsts[at]), max(self.lasts[at]))
