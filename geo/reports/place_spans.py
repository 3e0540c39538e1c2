"""From names in a text to the places that it names, each with the word for its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.places.gazetteer import Place
from geo.places.spelling import JOINING, fold_name
from geo.reports.place_names import NameHit, NameIndex
from geo.reports.place_stops import CLOSE, is_place
from geo.reports.tokens import Token
from geo.reports.wordlists import word_lists, word_set
from geo.written.date_words import GREGORIAN, WEEKDAYS

_TOPIC: Final = "places"
_CALENDAR: Final = frozenset(GREGORIAN) | frozenset(WEEKDAYS)
"""Names of months and days of the week, which some towns have too."""
_UNKNOWN_WORDS: Final = 4
"""Most words of an unknown name in front of "district"."""


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place that is named, with the word for its kind.

    Parameters
    ----------
    first, last
        Numbers of the first and last word, the word for the kind included.
    name
        The name without that word.
    places
        The places of that name; none, if the name is unknown.
    kind
        What the word for a kind says; empty if there is none.
    word
        That word in the singular, as it is looked up.
    plural
        Whether the word is in the plural, so that it is also about names before or after it.
    before
        Whether the word is in front of the name.
    inferred
        Whether its place has been worked out, with a reason.
    similar
        Whether the name only has the consonants of a name of the gazetteer.
    """

    first: int
    last: int
    name: str
    places: tuple[Place, ...] = ()
    kind: str = ""
    word: str = ""
    plural: bool = False
    before: bool = False
    inferred: bool = False
    similar: bool = False

    @property
    def can_be_province(self) -> bool:
        """Whether the name, with its word for a kind, can be that of a province."""
        named = any(place.kind == "province" for place in self.places)
        return self.kind in {"", "province"} and named

    @property
    def is_called_village(self) -> bool:
        """Whether the word for a kind is that of a village."""
        return self.word in word_set(_TOPIC, "village_nouns")

    @property
    def is_outside(self) -> bool:
        """Whether only places outside the country have the name."""
        return bool(self.places) and all(place.kind == "outside" for place in self.places)

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the provinces that the name can be in."""
        return frozenset(code for place in self.places for code in place.provinces)

    def is_kind(self, kind: str) -> bool:
        """Whether one of the places of the name is of a kind."""
        return any(place.kind == kind for place in self.places)


def place_spans(
    text: str, tokens: Sequence[Token], index: NameIndex, lines: Sequence[tuple[int, int]] = ()
) -> list[PlaceSpan]:
    """The places that a text names, from left to right; `lines` are the spans of datelines."""
    hits = list(index.hits(tokens))
    known = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    spans: list[PlaceSpan] = []
    for hit in hits:
        before = spans[-1].last if spans else -1
        span = _with_kind(text, tokens, hit, before)
        is_in = any(start <= tokens[hit.first].start < end for start, end in lines)
        is_month = not span.kind and tokens[hit.last].low in _CALENDAR
        if not is_month and (is_in or is_place(tokens, hit, known, has_kind=bool(span.kind))):
            spans.append(span)
    spans += _first_directions(tokens, spans, index)
    taken = {at for span in spans for at in range(span.first, span.last + 1)}
    spans += _unknown(text, tokens, taken)
    spans.sort(key=lambda one: one.first)
    return _shared_kinds(tokens, spans)


def _with_kind(text: str, tokens: Sequence[Token], hit: NameHit, taken: int) -> PlaceSpan:
    """The span of a name with the word for a kind behind or before it."""
    kinds, plurals = word_lists(_TOPIC)["kinds"], word_lists(_TOPIC)["plural"]
    name = text[tokens[hit.first].start : tokens[hit.last].end]
    span = PlaceSpan(
        hit.first, hit.last, name, hit.places, inferred=hit.inferred, similar=hit.similar
    )
    if hit.is_region and hit.places:
        return span
    if hit.last + 1 < len(tokens) and not tokens[hit.last].owns:
        after = tokens[hit.last + 1]
        if after.gap in CLOSE and after.low in kinds and kinds[after.low] != "area":
            kind, is_plural = kinds[after.low], after.low in plurals
            return replace(
                span, last=hit.last + 1, kind=kind, word=_singular(after.low), plural=is_plural
            )
        if after.gap in CLOSE and after.low in word_set(_TOPIC, "province_adjectives"):
            return replace(span, kind="province", word="province")
    return _with_kind_before(tokens, span, taken)


def _singular(word: str) -> str:
    """A word for a kind as it is looked up."""
    return str(word_lists(_TOPIC)["singular"].get(word, word))


def _with_kind_before(tokens: Sequence[Token], span: PlaceSpan, taken: int) -> PlaceSpan:
    """Read "the province of A", "the districts of A and B"; but "a district of A" is in A."""
    kinds, plurals = word_lists(_TOPIC)["kinds"], word_lists(_TOPIC)["plural"]
    at = span.first - 1
    if at >= 1 and tokens[at].low in word_set(_TOPIC, "genitive") and tokens[at + 1].gap in CLOSE:
        word = tokens[at - 1]
        is_kind = word.low in kinds and kinds[word.low] in {"province", "district", "settlement"}
        if is_kind and at - 1 > taken and tokens[at].gap in CLOSE:
            article = tokens[at - 2].low if at >= 2 and word.gap in CLOSE else ""  # noqa: PLR2004 - the word before
            if article not in word_set(_TOPIC, "one_of_several") and (
                word.low not in plurals or article not in word_set(_TOPIC, "several")
            ):
                kind = kinds[word.low]
                return replace(
                    span, first=at - 1, kind=kind, word=_singular(word.low),
                    plural=word.low in plurals, before=True,
                )  # fmt: skip
    return span


def _first_directions(
    tokens: Sequence[Token], spans: Sequence[PlaceSpan], index: NameIndex
) -> Iterator[PlaceSpan]:
    """The "eastern" of "eastern and southern provinces": a region of its own."""
    directions, joins = word_set(_TOPIC, "directions"), word_set(_TOPIC, "list_joins")
    endings = tuple(word_lists(_TOPIC)["direction_endings"])
    for span in spans:
        at = span.first - 2
        if at < 0 or not span.is_kind("region") or tokens[span.first - 1].low not in joins:
            continue
        words = [token.low for token in tokens[span.first : span.last + 1]]
        if tokens[at].low.endswith(endings) and {tokens[at].low, words[0]} <= directions:
            name = " ".join((tokens[at].low, *words[1:]))
            if places := index.inside.get(fold_name(name)):
                yield PlaceSpan(at, at, name, places)


def _unknown(text: str, tokens: Sequence[Token], taken: set[int]) -> Iterator[PlaceSpan]:
    """Names that the gazetteer does not have, in front of a word for a kind."""
    kinds = word_lists(_TOPIC)["kinds"]
    skip = word_set(_TOPIC, "openers") | word_set(_TOPIC, "directions") | set(kinds)
    joining = JOINING - word_set(_TOPIC, "articles")
    named = word_set(_TOPIC, "unknown_kinds") | word_set(_TOPIC, "unknown_parts")
    for at, token in enumerate(tokens):
        is_kind = token.low in named and at not in taken
        if not is_kind or token.headline:
            continue
        first = at
        while (
            first > max(0, at - _UNKNOWN_WORDS)
            and tokens[first].gap in {" ", "-"}
            and first - 1 not in taken
            and (tokens[first - 1].capital or tokens[first - 1].low in joining)
            and not (tokens[first - 1].capital and tokens[first - 1].low in skip)
        ):
            first -= 1
        while first < at and not tokens[first].capital:
            first += 1
        if first < at and not tokens[at - 1].owns:
            name = text[tokens[first].start : tokens[at - 1].end]
            yield PlaceSpan(first, at, name, (), kinds[token.low], token.low)
    yield from _unknown_inside(text, tokens, taken)


def _unknown_inside(text: str, tokens: Sequence[Token], taken: set[int]) -> Iterator[PlaceSpan]:
    """Unknown names with a place behind them that may contain them: "in Aaa, B province"."""
    skip = word_set(_TOPIC, "openers") | word_set(_TOPIC, "given_names")
    for at, token in enumerate(tokens):
        if token.low not in word_set(_TOPIC, "located_in") or token.headline:
            continue
        first = last = at + 1
        while (
            last < len(tokens)
            and last - first < _UNKNOWN_WORDS - 1
            and (
                last not in taken
                and tokens[last].capital
                and tokens[last].gap in {" ", "-"}
                and tokens[last].low not in skip
            )
        ):
            last += 1
        is_inside = last > first and last in taken and tokens[last].gap == ", "
        if is_inside and not tokens[last - 1].owns:
            yield PlaceSpan(first, last - 1, text[tokens[first].start : tokens[last - 1].end])


def _shared_kinds(tokens: Sequence[Token], spans: list[PlaceSpan]) -> list[PlaceSpan]:
    """Give the kind of "A, B and C provinces" or "the provinces of A, B and C" to each name."""
    shared = list(spans)
    for at, span in enumerate(spans):
        if not span.plural:
            continue
        step = 1 if span.before else -1
        other = at + step
        while 0 <= other < len(shared) and _is_listed(tokens, shared, min(other, other - step)):
            if shared[other].kind or not shared[other].places or shared[other].is_outside:
                break
            shared[other] = replace(shared[other], kind=span.kind, word=span.word, plural=True)
            other += step
        if span.before and other == at + step:
            # "Eight districts of A" are in A.
            shared[at] = replace(span, first=span.first + 2, kind="", word="", plural=False)
    return shared


def _is_listed(tokens: Sequence[Token], spans: Sequence[PlaceSpan], at: int) -> bool:
    """Whether a span and the next one are two names of a list."""
    first, second = spans[at], spans[at + 1]
    between = tokens[first.last + 1 : second.first]
    gap = tokens[first.last + 1].gap if first.last + 1 < len(tokens) else ""
    if not between:
        return gap in {", ", "/", ", \n", ",\n", " / ", " & "}
    words = [token.low for token in between]
    allowed = word_set(_TOPIC, "between_listed") | word_set(_TOPIC, "directions")
    is_joined = words[0] in word_set(_TOPIC, "begins_listed") and set(words) <= allowed
    return is_joined and gap in {" ", ", "}
