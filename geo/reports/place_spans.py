"""From names in a text to places that are named: stop rules, words for kinds, unknown names.

A name is left out where the words around it make it a person's, an organisation's or the end of a
longer name that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.places.gazetteer import Place
from geo.places.spelling import JOINING
from geo.reports.place_names import NameHit, NameIndex
from geo.reports.tokens import Token
from geo.reports.wordlists import word_lists, word_set
from geo.written.date_words import GREGORIAN, WEEKDAYS

_TOPIC: Final = "places"
_CALENDAR: Final = frozenset(GREGORIAN) | frozenset(WEEKDAYS)
"""Names of months and days of the week, which some towns have too."""
_CLOSE: Final = frozenset({" ", "-", "\u00a0", "\n", "'s ", "’s ", '" ', "” ", "' ", "’ "})
"""What is between words that belong together."""
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
        if not is_month and (is_in or _is_place(tokens, hit, span, known)):
            spans.append(span)
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
        if after.gap in _CLOSE and after.low in kinds and kinds[after.low] != "area":
            kind, is_plural = kinds[after.low], after.low in plurals
            return replace(
                span, last=hit.last + 1, kind=kind, word=_singular(after.low), plural=is_plural
            )
        if after.gap in _CLOSE and after.low == "provincial":
            return replace(span, kind="province", word="province")
    return _with_kind_before(tokens, span, taken)


def _singular(word: str) -> str:
    return {"cities": "city", "municipality": "city"}.get(word, word.removesuffix("s"))


def _with_kind_before(tokens: Sequence[Token], span: PlaceSpan, taken: int) -> PlaceSpan:
    """ "The province of A", "the districts of A and B"; but "a district of A" is in A."""
    kinds, plurals = word_lists(_TOPIC)["kinds"], word_lists(_TOPIC)["plural"]
    at = span.first - 1
    if at >= 1 and tokens[at].low == "of" and tokens[at + 1].gap in _CLOSE:
        word = tokens[at - 1]
        is_kind = word.low in kinds and kinds[word.low] in {"province", "district", "settlement"}
        if is_kind and at - 1 > taken and tokens[at].gap in _CLOSE:
            article = tokens[at - 2].low if at >= 2 and word.gap in _CLOSE else ""  # noqa: PLR2004 - the word before
            if article not in {"a", "another", "every", "each", "one", "some", "any", "other"} and (
                word.low not in plurals or article not in {"several", "many", "other", "some"}
            ):
                kind = kinds[word.low]
                return replace(
                    span, first=at - 1, kind=kind, word=_singular(word.low),
                    plural=word.low in plurals, before=True,
                )  # fmt: skip
    return span


def _is_place(
    tokens: Sequence[Token], hit: NameHit, span: PlaceSpan, known: frozenset[int] | set[int]
) -> bool:
    if hit.is_region and hit.places:
        return _is_region(tokens, hit)
    before = _beside(tokens, hit.first, -1)
    after = _beside(tokens, hit.last, 1)
    if tokens[hit.last].low in JOINING or tokens[hit.first].low in JOINING - {"e", "i"}:
        return False
    if hit.is_outside and (_is_in_name(tokens, hit) or _acts(after)):
        return False
    if _is_of_organisation(tokens, hit, before, after):
        return False
    if before is not None and before.low in word_set(_TOPIC, "titles"):
        return False
    if before is not None and _is_unknown_name(before, hit.first - 1, known):
        return False
    is_located = bool(span.kind) or _is_after_locative(tokens, hit, known)
    if _is_of_person(tokens, hit, after) and not (span.kind or _names_area(tokens, hit)):
        return is_located and not _is_personal(after)
    if is_located:
        return True
    is_first_name = (
        after is not None
        and after.capital
        and not after.headline
        and not any(place.kind == "province" or place.capital for place in hit.places)
        and after.low not in word_set(_TOPIC, "facilities") | word_set(_TOPIC, "openers")
    )
    return not is_first_name and _is_known_alone(hit)


def _is_after_locative(
    tokens: Sequence[Token], hit: NameHit, known: frozenset[int] | set[int]
) -> bool:
    """Whether the words in front say that something is there, or the name is the next of a list."""
    at = hit.first - 1
    if at < 0 or tokens[hit.first].opens:
        return False
    gap = tokens[hit.first].gap
    if gap.strip() == "," or tokens[at].low in {"and", "or"}:
        return at in known or (at - 1 in known and tokens[at].gap.strip() in {"", ","})
    if gap not in _CLOSE:
        return False
    if tokens[at].low == "the" and at and tokens[at].gap in _CLOSE:
        at -= 1
    is_site = any(place.kind == "site" for place in hit.places)
    return tokens[at].low in word_set(_TOPIC, "locatives") or (
        is_site and tokens[at].low in word_set(_TOPIC, "attacking")
    )


def _beside(tokens: Sequence[Token], at: int, step: int) -> Token | None:
    """The word beside another, if nothing but a blank or hyphen is between them."""
    other = at + step
    if not 0 <= other < len(tokens):
        return None
    later = tokens[max(at, other)]
    if later.gap not in _CLOSE or "\n" in later.gap:
        return None
    return tokens[other]


def _is_of_organisation(
    tokens: Sequence[Token], hit: NameHit, before: Token | None, after: Token | None
) -> bool:
    if after is not None and after.capital and after.low in word_set(_TOPIC, "organisations"):
        return True
    if after is not None and after.capital and after.low in word_set(_TOPIC, "streets"):
        return True
    if before is None:
        return False
    words = " ".join(token.low for token in tokens[max(0, hit.first - 3) : hit.first])
    return any(
        words == body or words.endswith(f" {body}") for body in word_set(_TOPIC, "bodies")
    ) and (before.capital or before.low in {"team", "brigade"})


def _is_in_name(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether a country is part of the name of a party, as in "Islamic Movement of A"."""
    before = [token for token in tokens[max(0, hit.first - 2) : hit.first]]
    if len(before) < 2 or before[1].low not in {"of", "the"}:  # noqa: PLR2004 - a word and "of"
        return False
    return before[0].capital and before[0].low in word_set(_TOPIC, "parties")


def _is_unknown_name(token: Token, at: int, known: frozenset[int] | set[int]) -> bool:
    """Whether the word before a name is in capitals and not one that may stand before names."""
    if not token.capital or at in known or token.headline:
        return False
    return token.low not in word_set(_TOPIC, "openers") and not (
        token.opens and not token.text.isupper() and token.low.endswith(("ly", "ing"))
    )


def _is_personal(token: Token | None) -> bool:
    return token is not None and token.capital and token.low in word_set(_TOPIC, "given_names")


def _is_of_person(tokens: Sequence[Token], hit: NameHit, after: Token | None) -> bool:
    """Whether all words of a name are also names of people, or one follows."""
    given = word_set(_TOPIC, "given_names")
    words = [token.low for token in tokens[hit.first : hit.last + 1]]
    return all(word in given for word in words) or _is_personal(after)


def _names_area(tokens: Sequence[Token], hit: NameHit) -> bool:
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    return after is not None and after.gap == ", " and after.low == "district"


def _acts(after: Token | None) -> bool:
    """Whether a country is named for its forces rather than as a place."""
    return after is not None and after.gap == " " and after.low in word_set("groups", "acting")


def _is_known_alone(hit: NameHit) -> bool:
    """Whether the name is enough: of an area, a capital or a country, not of a village."""
    if hit.inferred or hit.similar:
        return hit.inferred or hit.last > hit.first
    if hit.is_outside:
        return False
    return any(place.is_prominent for place in hit.places)


def _is_region(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether the words name a region: a noun, and not only a direction of something else."""
    words = [token.low for token in tokens[hit.first : hit.last + 1]]
    directions = word_set(_TOPIC, "directions")
    if not any(word in directions for part in words for word in (part, *part.split("-"))):
        return len(words) > 1 and any(token.capital for token in tokens[hit.first : hit.last + 1])
    nouns = [word for word in words if word not in directions | {"the", "and", "of"}]
    if nouns:
        return not (nouns == ["part"] or words[-1] in {"of"} or _is_in_place(tokens, hit))
    if words[0] != "the" or any(word.endswith("ern") for word in words):
        return False
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    before = tokens[hit.first - 1] if hit.first else None
    is_way = before is not None and before.low in {"to", "from", "towards", "toward"}
    return not is_way and (
        after is None or after.gap not in _CLOSE or not (after.low == "of" or after.capital)
    )


def _is_in_place(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether "northern parts" or "the northern area" is one of something else that is named."""
    last = tokens[hit.last].low
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    if last not in {"parts", "part", "areas", "area", "region", "regions", "half"}:
        return False
    return after is not None and after.gap in _CLOSE and after.low == "of"


def _unknown(text: str, tokens: Sequence[Token], taken: set[int]) -> Iterator[PlaceSpan]:
    """Names that the gazetteer does not have, in front of a word for a kind."""
    kinds = word_lists(_TOPIC)["kinds"]
    skip = word_set(_TOPIC, "openers") | word_set(_TOPIC, "directions") | set(kinds)
    for at, token in enumerate(tokens):
        if token.low not in {"district", "village", "province"} or at in taken or token.headline:
            continue
        first = at
        while (
            first > max(0, at - _UNKNOWN_WORDS)
            and tokens[first].gap in {" ", "-"}
            and first - 1 not in taken
            and (tokens[first - 1].capital or tokens[first - 1].low in JOINING - {"the"})
            and not (tokens[first - 1].capital and tokens[first - 1].low in skip)
        ):
            first -= 1
        while first < at and not tokens[first].capital:
            first += 1
        if first < at and not tokens[at - 1].owns:
            name = text[tokens[first].start : tokens[at - 1].end]
            yield PlaceSpan(first, at, name, (), kinds[token.low], token.low)


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
    allowed = {"and", "or", *word_set(_TOPIC, "directions"), "as", "well", "the", "in", "both"}
    return words[0] in {"and", "or", "as"} and set(words) <= allowed and gap in {" ", ", "}
