"""The day, or days, that a round-up is about: the date in its heading, or that of its updates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from geo.reports.language import PhraseTable, text_tokens
from geo.reports.mentions import DateMention, Mention
from geo.reports.wordlists import word_lists

_FIRST_LINES: Final = 5
"""Lines with words at the beginning of a text among which the heading of a round-up is."""
_TITLES: Final = 3
"""The first of them, which can be titles with a full stop."""
_HEAD_WORDS: Final = 12
"""Most words and signs of such a title."""


_TIMED: Final = re.compile(r"(?m)^[^\w\n]{0,8}(?:[01]?\d|2[0-3])[:.][0-5]\d\b")
"""A line that begins with the time of the day."""
_UPDATES: Final = 3
"""Fewest lines that begin with the time in a text that tells of one day as it goes."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def round_up_date(text: str, mentions: Iterable[Mention]) -> Mention | None:
    r"""The date in the heading of a round-up, which is that of all that is told without another.

    Parameters
    ----------
    mentions
        Those of the text; only dates matter.

    Returns
    -------
    Mention or None
        ``None``, if the text is not headed as a round-up, or its heading has no date or several.

    Examples
    --------
    >>> from datetime import date
    >>> from geo.reports.date_mentions import date_mentions
    >>> text = "Round-up, 4 July 2022\n\nHerat: one killed."
    >>> round_up_date(text, date_mentions(text)).value.edtf
    '2022-07-04'
    >>> text = "Two killed, 4 July 2022\n\nHerat: one killed."
    >>> round_up_date(text, date_mentions(text)) is None
    True
    """
    words = PhraseTable((one, True) for one in word_lists("dates")["round_up"])
    dates = [one for one in mentions if isinstance(one.value, DateMention) and one.value.edtf]
    for at, (start, end) in enumerate(_first_lines(text)):
        tokens = text_tokens(text, start, end)
        is_sentence = tokens[-1].plain == "." and (at >= _TITLES or len(tokens) > _HEAD_WORDS)
        if is_sentence:
            continue
        if any(words.match(tokens, first) for first in range(len(tokens))):
            here = [one for one in dates if start <= one.start < end]
            # "Overnight incidents, 4-5 July" has one date.
            nights = word_lists("dates")["nights"]
            here = [one for one in here if one.text.casefold() not in nights] or here
            return here[0] if len(here) == 1 else None
    return None


def day_of_updates(text: str, mentions: Iterable[Mention]) -> Mention | None:
    """The one day named in a text whose lines begin with the time, as updates on an event do.

    Returns
    -------
    Mention or None
        ``None``, if the text is none of updates, or names another day or none.
    """
    if len(_TIMED.findall(text)) < _UPDATES:
        return None
    dates = [one for one in mentions if isinstance(one.value, DateMention) and one.value.edtf]
    named = {one.value.edtf for one in dates if isinstance(one.value, DateMention)}
    return dates[0] if len(named) == 1 and all(map(_DAY.fullmatch, named)) else None


def _first_lines(text: str) -> Iterable[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text) and len(found) < _FIRST_LINES:
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        if text[start:end].strip():
            found.append((start, end))
        start = end + 1
    return found
