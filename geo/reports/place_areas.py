"""Places and the areas beside them: "A village, B district, C province", "C's B district".

Names beside each other are one place if the second can contain the first. Where a province is named
beside a place that is not in it, they are also taken together, and then it is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from geo.reports.place_spans import PlaceSpan
from geo.reports.tokens import Token
from geo.reports.wordlists import word_lists, word_set

_RANKS: Final = {
    "settlement": 0, "site": 0, "area": 0, "valley": 1, "district": 1, "province": 2, "region": 3,
    "country": 4,
}  # fmt: skip
"""Kinds of places from the finest."""
_INSIDE, _OWNED = (
    re.compile("".join(word_lists("places")["patterns"][name])) for name in ("inside", "owned")
)
"""What is between a place and its area, and between an area and a place of it."""


def chains(
    text: str, tokens: Sequence[Token], spans: Sequence[PlaceSpan]
) -> Iterator[tuple[PlaceSpan, ...]]:
    """Places with the areas beside them: "A village, B district, C province", "C's B district"."""
    at = 0
    while at < len(spans):
        chain = [spans[at]]
        while at + 1 < len(spans) and _belongs(text, tokens, chain, spans, at + 1):
            at += 1
            chain.append(spans[at])
        yield _finest_first(chain)
        at += 1


def _finest_first(chain: list[PlaceSpan]) -> tuple[PlaceSpan, ...]:
    is_reversed = len(chain) > 1 and _rank(chain[0]) > _rank(chain[-1])
    return tuple(chain[::-1] if is_reversed else chain)


def _rank(span: PlaceSpan) -> int:
    if span.kind:
        return _RANKS[span.kind]
    if span.is_outside:
        return 4 if all(not place.note for place in span.places) else 0
    return max((_RANKS.get(place.kind, 0) for place in span.places), default=0)


def _in_words(text: str, tokens: Sequence[Token], one: PlaceSpan, other: PlaceSpan) -> str:
    """The text between two spans."""
    return text[tokens[one.last].end : tokens[other.first].start]


def _belongs(
    text: str,
    tokens: Sequence[Token],
    chain: Sequence[PlaceSpan],
    spans: Sequence[PlaceSpan],
    at: int,
) -> bool:
    """Whether a span is an area around the span before it, or is in that area."""
    span, last = spans[at], chain[-1]
    gap = _in_words(text, tokens, last, span)
    if "\n" in gap and tokens[span.first].sentence != tokens[last.first].sentence:
        return False
    if tokens[last.last].owns:
        is_owned = _is_way(_OWNED.fullmatch(gap)) and _rank(last) > _rank(span)
        # "Eastern Afghanistan's NAME province" is that province, whatever is counted to the east.
        return is_owned and (_is_region(last) or _fits(span, last))
    if gap == " " and span.kind and last.kind and _rank(span) != _rank(last):
        inner, area = (last, span) if _rank(span) > _rank(last) else (span, last)
        return _fits(inner, area)
    if not _is_way(_INSIDE.fullmatch(gap)):
        return False
    if _rank(span) > _rank(last):
        around = tuple(word_lists("places")["around"])
        is_part = f"{gap.strip()} ".endswith(around) and _rank(span) > 1 and not span.is_outside
        return (
            _fits(last, span)
            or (is_part and not last.is_kind("district") and not last.is_outside)
            or _contradicts(last, span, is_in=gap.endswith(around))
        )
    # A notice begins "A province, B district", or plainly "A, B".
    is_listed = gap == ", " and tokens[last.first].opens and _rank(span) < _rank(last)
    is_stated = gap.startswith(",") and last.kind == "province" and span.kind == "district"
    is_reversed = is_stated or (is_listed and last.can_be_province)
    is_whole = len(chain) == 1 and not _continues(text, tokens, spans, at)
    return is_reversed and is_whole and _fits(span, last)


def _is_region(span: PlaceSpan) -> bool:
    return bool(span.places) and all(place.kind == "region" for place in span.places)


def _is_way(match: re.Match[str] | None) -> bool:
    if match is None:
        return False
    return not match["way"] or match["way"] in word_set("places", "directions")


def _continues(text: str, tokens: Sequence[Token], spans: Sequence[PlaceSpan], at: int) -> bool:
    """Whether a district is followed by a province of its own."""
    if at + 1 >= len(spans):
        return False
    gap = _in_words(text, tokens, spans[at], spans[at + 1])
    is_joined = gap == ", " or gap in word_set("places", "around")
    return spans[at + 1].kind == "province" and is_joined


def _fits(inner: PlaceSpan, area: PlaceSpan) -> bool:
    """Whether a place of the inner name can be in the area."""
    if area.is_kind("country") and not area.kind:
        return not inner.is_outside
    if area.is_outside:
        names = {place.name for place in area.places if not place.note}
        return any(place.note in names for place in inner.places)
    if inner.is_outside or area.is_kind("region") or area.kind in {"settlement", "valley"}:
        return False
    return _fits_inside(inner, area) if inner.places else bool(area.kind) or area.can_be_province


def _fits_inside(inner: PlaceSpan, area: PlaceSpan) -> bool:
    """Whether a known name can be in a province or district."""
    if area.kind == "district" or not area.can_be_province:
        ids = {place.id for place in area.places if place.kind == "district"}
        return any(place.district in ids for place in inner.places if place.kind != "district")
    provinces = {place.id for place in area.places if place.kind == "province"}
    return bool(provinces & inner.codes) and not inner.is_kind("region")


def _contradicts(inner: PlaceSpan, area: PlaceSpan, *, is_in: bool) -> bool:
    """Whether an area is named beside a place that is not in it: then the mention is open.

    After "in", that can be a district too.
    """
    is_province = area.kind == "province" and area.can_be_province
    if area.plural or not (is_province or (is_in and area.kind == "district" and area.places)):
        return False
    return inner.kind != "province" and not inner.is_outside and not inner.is_kind("region")
