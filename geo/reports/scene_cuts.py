"""Where a sentence is cut, so that each part tells of one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from geo.reports.event_lookup import event_lookup
from geo.reports.language import text_tokens
from geo.reports.mentions import EventMention, Mention, NumberMention, PlaceMention
from geo.reports.scene_lookup import scene_lookup
from geo.reports.sentences import SentenceSpan
from geo.reports.suggestions import TextSpan

_JOINED: Final = 15
"""Characters after a cut, as many as of "whereas in the", in which a place goes on with a list."""
_CELL: Final = 24
"""Characters of the first cell of a row, such as a date or a number."""
_NEXT: Final = 60
"""Characters after "after" in which the event is that it is about."""


def scene_cuts(text: str, span: SentenceSpan, mentions: Sequence[Mention]) -> Iterator[int]:
    """Where a sentence is cut: after semicolons, and before "and" if something else follows.

    Parameters
    ----------
    mentions
        Those of the sentence, sorted by their start.
    """
    last, words = span.start, scene_lookup().words
    tokens = text_tokens(text, span.start, span.end)
    is_row = _is_row(text, span)
    dated = [one.start for one in mentions if _dates_a_clause(one, text)]
    for one, following in pairwise(tokens):
        at = one.end if one.plain == ";" else following.start
        rest = TextSpan(last, span.end)
        if at in dated:
            is_cut = not people_harmed(one for one in mentions if last <= one.start < at)
        elif one.plain in words["vague"] and following.plain in words["later_than"]:
            at = _begin_of_date(mentions, one.start)
            is_cut = _is_vaguely_after(mentions, at, TextSpan(last, span.end))
        elif one.plain in words["backwards"]:
            is_since = one.plain in words["ever_since"]
            is_cut = _tells_earlier(mentions, at, rest, is_since=is_since)
        elif one.plain == ";":
            is_whole = text.count("(", last, at) == text.count(")", last, at)
            is_whole = is_whole and not is_row
            is_cut = is_whole and _tells(mentions, last, at) and _tells(mentions, at, span.end)
        else:
            is_joined = following.plain in event_lookup().joining
            is_cut = is_joined and _are_elsewhere(mentions, at, rest)
        if is_cut:
            yield at
            last = at


def _begin_of_date(mentions: Sequence[Mention], at: int) -> int:
    """Where a date begins that a character is in: "two" of "two days after"."""
    dates = (one for one in mentions if one.kind == "date" and one.start < at < one.end)
    return next((one.start for one in dates), at)


def _is_vaguely_after(mentions: Sequence[Mention], cut: int, span: TextSpan) -> bool:
    """Whether something else, in a place of its own, was before: "weeks after two died in"."""
    before = [one for one in mentions if span.start <= one.start < cut]
    after = [one for one in mentions if cut <= one.start < span.end]
    return all(
        any(one.kind == "place" for one in part) and any(one.kind == "event" for one in part)
        for part in (before, after)
    )


def _dates_a_clause(mention: Mention, text: str) -> bool:
    """Whether a date is that of the clause behind it: "four days after a man opened fire".

    "The day before" and "two days before." are that of what is told in front of them.
    """
    words, texts = mention.text.lower(), scene_lookup().texts
    is_counted = mention.kind == "date" and words.endswith(texts["counted"])
    return (
        is_counted
        and not words.startswith(texts["with_article"])
        and text[mention.end :][:1].isspace()
    )


def _tells_earlier(
    mentions: Sequence[Mention], cut: int, span: TextSpan, *, is_since: bool
) -> bool:
    """Whether "since" or "after" begins the telling of another event, with a date of its own.

    What follows "after" may be the same event, unless both parts have a place.
    """
    after = [one for one in mentions if cut <= one.start < span.end]
    event = next((one for one in after if one.kind == "event"), None)
    if event is None or event.start - cut > _NEXT:
        return False
    before = [one for one in mentions if span.start <= one.start < cut]
    is_dated = any(one.kind == "date" for one in after if one.start > event.start)
    if not is_since and not all(
        any(one.kind == "place" for one in part) for part in (before, after)
    ):
        return False
    is_said = any(one.kind == "speaker" for one in after)
    return is_dated and not is_said and any(one.kind in {"event", "number"} for one in before)


def _are_elsewhere(mentions: Sequence[Mention], cut: int, span: TextSpan) -> bool:
    """Whether something happened on both sides of a cut, each in a province of its own."""
    near = [one for one in mentions if cut <= one.start < cut + _JOINED]
    if _begin_with_places(mentions, cut, span):
        near = []
    after_cut = [one for one in mentions if cut <= one.start < span.end]
    is_said = any(one.kind == "speaker" for one in after_cut)
    if is_said or any(one.kind == "place" for one in near):
        return False
    before = _provinces_told(mentions, span.start, cut)
    after = _provinces_told(mentions, cut, span.end)
    return bool(before and after and not before & after)


def _begin_with_places(mentions: Sequence[Mention], cut: int, span: TextSpan) -> bool:
    """Whether both parts name a place, and then what happened: "in NAME ..., and in NAME ..."."""
    before = [one for one in mentions if span.start <= one.start < cut]
    after = [one for one in mentions if cut <= one.start < span.end]
    return all(_is_place_first(part) for part in (before, after))


def _is_place_first(mentions: Sequence[Mention]) -> bool:
    """Whether the first place is before all that happened, and no other one after it."""
    told = [one for one in mentions if one.kind in {"event", "number"}]
    places = [one for one in mentions if one.kind == "place"]
    return bool(told and places) and all(one.start < told[0].start for one in places)


def _provinces_told(mentions: Sequence[Mention], start: int, end: int) -> set[str]:
    """The provinces of a part of a sentence in which something happened; else none."""
    here = [one for one in mentions if start <= one.start < end]
    is_told = any(
        isinstance(one.value, EventMention) and one.value.presence is None for one in here
    )
    if not is_told and not people_harmed(here):
        return set()
    places = [one.value.location for one in here if isinstance(one.value, PlaceMention)]
    candidates = [one for place in places for one in place.candidates]
    settled = {code for one in places for code in one.provinces}
    return settled.union(*(one.provinces for one in candidates))


def _tells(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Whether a part of a sentence has a place or a date of its own."""
    return any(one.kind in {"place", "date"} for one in mentions if start <= one.start < end)


def _is_row(text: str, span: SentenceSpan) -> bool:
    """Whether a sentence is a row of a table, "4 July; NAME; explosion", by its first cell."""
    first, *others = text[span.start : span.end].split(";")
    return len(others) > 1 and len(first) <= _CELL


def people_harmed(mentions: Iterable[Mention]) -> list[Mention]:
    """The numbers of people to whom something happened.

    Returns
    -------
    list of Mention
        In the order of the text.
    """
    return [
        one
        for one in mentions
        if isinstance(one.value, NumberMention) and one.value.of_what != "other"
    ]
