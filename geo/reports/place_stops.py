"""Which names in a text are not those of places: of persons, organisations, longer unknown names.

What counts are the words around a name; the lists of such words are data.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from geo.places.spelling import JOINING
from geo.reports.place_names import NameHit
from geo.reports.tokens import Token
from geo.reports.wordlists import word_lists, word_set
from geo.written.date_words import GREGORIAN, WEEKDAYS

_TOPIC: Final = "places"
_CALENDAR: Final = frozenset(GREGORIAN) | frozenset(WEEKDAYS)
"""Names of months and days of the week, which can follow the name of a place."""
_CELLS: Final = frozenset({";", "|", ":"})
"""What is between the cells of a row."""
CLOSE: Final = frozenset({" ", "-", "\u00a0", "\n", '" ', "” ", "' ", "’ "}) | word_set(
    _TOPIC, "owner_endings"
)
"""What is between words that belong together."""


def is_place(
    tokens: Sequence[Token], hit: NameHit, known: AbstractSet[int], *, has_kind: bool
) -> bool:
    """Whether a name of the gazetteer is that of a place, by the words around it.

    Parameters
    ----------
    known
        Numbers of all words that belong to names of the gazetteer.
    has_kind
        Whether a word such as "district" is beside the name.
    """
    if hit.is_region and hit.places:
        return _is_region(tokens, hit)
    if _is_of_another_name(tokens, hit, known):
        return False
    after = _beside(tokens, hit.last, 1)
    is_located = has_kind or _is_after_locative(tokens, hit, known) or _heads_entry(tokens, hit)
    is_located = is_located or _suffers(tokens, hit) or _is_facility(tokens, hit)
    if _is_of_person(tokens, hit, after) and not (has_kind or _names_area(tokens, hit)):
        return is_located and not (_is_personal(after) or _is_introduced(tokens, hit))
    if has_kind:
        return True
    return (is_located or _is_known_alone(hit)) and not _is_first_name(hit, after)


def _is_of_another_name(tokens: Sequence[Token], hit: NameHit, known: AbstractSet[int]) -> bool:
    """Whether the name is part of the name of a person, an organisation or something unknown."""
    before, after = _beside(tokens, hit.first, -1), _beside(tokens, hit.last, 1)
    joining = JOINING - word_set(_TOPIC, "linking_letters")
    if tokens[hit.last].low in JOINING or tokens[hit.first].low in joining:
        return True
    if _ends_longer_name(tokens, hit, known):
        return True
    if hit.is_outside and (_is_in_name(tokens, hit) or _acts(after)):
        return True
    if _is_of_organisation(tokens, hit, before, after) or _begins_name(tokens, hit, known):
        return True
    if _is_parent(tokens, hit.first):
        return True
    return before is not None and (
        before.low in word_set(_TOPIC, "titles") or _is_unknown_name(before, hit.first - 1, known)
    )


def _is_parent(tokens: Sequence[Token], first: int) -> bool:
    """Whether "son of" is before a name: it is that of the father."""
    before = [one.low for one in tokens[max(0, first - 2) : first]]
    is_of = not word_set(_TOPIC, "genitive").isdisjoint(before[1:])
    return is_of and before[0] in word_set(_TOPIC, "children")


def _ends_longer_name(tokens: Sequence[Token], hit: NameHit, known: AbstractSet[int]) -> bool:
    """Whether "Aaa-e" is before a name: then it is part of another one, which nobody knows."""
    joint, first = hit.first - 1, hit.first - 2
    letters = word_set(_TOPIC, "linking_letters")
    if first < 0 or tokens[joint].low not in letters or first in known:
        return False
    return tokens[first].capital and tokens[joint].gap == "-"


def _is_first_name(hit: NameHit, after: Token | None) -> bool:
    """Whether a name in capitals follows that of a district: then it can be of a person."""
    if after is None or not after.capital or after.headline:
        return False
    if any(place.kind == "province" or place.capital for place in hit.places):
        return False
    lists = ("facilities", "openers", "begins_airfield")
    return not any(after.low in word_set(_TOPIC, name) for name in lists)


def _is_after_locative(tokens: Sequence[Token], hit: NameHit, known: AbstractSet[int]) -> bool:
    """Whether the words in front say that something is there, or the name is the next of a list."""
    at = hit.first - 1
    if at < 0 or tokens[hit.first].opens:
        return False
    gap = tokens[hit.first].gap
    if gap.strip() == "," or tokens[at].low in word_set(_TOPIC, "list_joins"):
        is_next = at in known or (at - 1 in known and tokens[at].gap.strip() in {"", ","})
        return is_next or (gap == ", " and _is_unknown_place(tokens, at))
    if gap not in CLOSE:
        return False
    if tokens[at].owns and at in known:
        return True
    if tokens[at].low in word_set(_TOPIC, "articles") and at and tokens[at].gap in CLOSE:
        at -= 1
    is_site = any(place.kind == "site" or place.is_prominent for place in hit.places)
    return tokens[at].low in word_set(_TOPIC, "locatives") or (
        is_site and tokens[at].low in word_set(_TOPIC, "attacking")
    )


def _is_unknown_place(tokens: Sequence[Token], at: int) -> bool:
    """Whether "in" is before a name in capitals: "in NAME, Farah" is in Farah."""
    is_name = tokens[at].capital and at > 0 and tokens[at].gap == " "
    return is_name and tokens[at - 1].low in word_set(_TOPIC, "located_in")


def _heads_entry(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether a name is all that is before a colon, of a sentence or of a cell, and no person's.

    "NAME: two killed", "NAME. Two were killed.", "20.11.14; NAME; two killed".
    """
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    is_known = any(place.is_prominent for place in hit.places)
    if not is_known and _is_of_person(tokens, hit, None):
        return False
    end = after.gap.strip()[:1] if after is not None else ""
    begin = tokens[hit.first].gap.strip()[-1:]
    if is_known and begin in _CELLS and end in _CELLS:
        return True
    is_alone = is_known and end == "." and after is not None and after.opens
    return tokens[hit.first].opens and (end == ":" or is_alone)


def _beside(tokens: Sequence[Token], at: int, step: int) -> Token | None:
    """The word beside another, if nothing but a blank or hyphen is between them."""
    other = at + step
    if not 0 <= other < len(tokens):
        return None
    later = tokens[max(at, other)]
    if later.gap not in CLOSE or "\n" in later.gap:
        return None
    return tokens[other]


def _is_of_organisation(
    tokens: Sequence[Token], hit: NameHit, before: Token | None, after: Token | None
) -> bool:
    follows = [token.low for token in tokens[hit.last + 1 : hit.last + 3]]
    is_field = " ".join(follows) in word_set(_TOPIC, "airfields")
    is_named = after is not None and after.capital and not is_field
    if is_named and follows[0] in word_set(_TOPIC, "organisations"):
        return True
    if after is not None and after.capital and after.low in word_set(_TOPIC, "streets"):
        return True
    if _is_road(tokens, hit, after):
        return True
    if after is not None and after.low in word_set(_TOPIC, "governments"):
        return True
    if before is None:
        return False
    words = " ".join(token.low for token in tokens[max(0, hit.first - 3) : hit.first])
    return any(
        words == body or words.endswith(f" {body}") for body in word_set(_TOPIC, "bodies")
    ) and (before.capital or before.low in word_set(_TOPIC, "small_bodies"))


def _is_road(tokens: Sequence[Token], hit: NameHit, after: Token | None) -> bool:
    """Whether a name is that of a road in a city, "NAME Road"; "A-NAME Road" is between two."""
    is_pair = tokens[hit.first].gap in {"-", "–", " - ", " – "}
    if after is None or is_pair or not after.capital:
        return False
    return after.low in word_set(_TOPIC, "roads")


def _begins_name(tokens: Sequence[Token], hit: NameHit, known: AbstractSet[int]) -> bool:
    """Whether a word in capitals follows a name that nothing locates: "NAME Stars lost again"."""
    after = _beside(tokens, hit.last, 1)
    if after is None or not after.capital or after.headline or hit.last + 1 in known:
        return False
    if after.text.isupper() or tokens[hit.last].owns or after.low in _CALENDAR:
        return False
    before = _beside(tokens, hit.first, -1)
    if before is not None and before.low in word_set(_TOPIC, "locatives"):
        return False
    allowed = word_set(_TOPIC, "facilities") | word_set(_TOPIC, "openers")
    return after.low not in allowed | set(word_lists(_TOPIC)["kinds"])


def _is_in_name(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether a country is part of the name of a party, as in "Islamic Movement of A"."""
    before = tokens[max(0, hit.first - 2) : hit.first]
    joins = word_set(_TOPIC, "genitive") | word_set(_TOPIC, "articles")
    if len(before) < 2 or before[1].low not in joins:  # noqa: PLR2004 - a word and "of"
        return False
    return before[0].capital and before[0].low in word_set(_TOPIC, "parties")


def _is_unknown_name(token: Token, at: int, known: AbstractSet[int]) -> bool:
    """Whether the word before a name is in capitals and not one that may stand before names."""
    if not token.capital or at in known or token.headline:
        return False
    endings = tuple(word_lists(_TOPIC)["opening_endings"])
    return token.low not in word_set(_TOPIC, "openers") and not (
        token.opens and not token.text.isupper() and token.low.endswith(endings)
    )


def _is_personal(token: Token | None) -> bool:
    return token is not None and token.capital and token.low in word_set(_TOPIC, "given_names")


def _is_of_person(tokens: Sequence[Token], hit: NameHit, after: Token | None) -> bool:
    """Whether all words of a name are also names of people, or one follows."""
    given = word_set(_TOPIC, "given_names")
    words = [token.low for token in tokens[hit.first : hit.last + 1]]
    return all(word in given for word in words) or _is_personal(after)


def _is_introduced(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether somebody of a name is introduced: "NAME, a farmer", "according to NAME"."""
    if any(place.is_prominent for place in hit.places):
        return False
    before = [one.low for one in tokens[max(0, hit.first - 2) : hit.first]]
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    is_apposed = (
        after is not None and after.gap == ", " and after.low in word_set(_TOPIC, "indefinite")
    )
    return is_apposed or " ".join(before) in word_set(_TOPIC, "according")


def _suffers(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether a name is that of an area or a capital, and what follows befalls those: "was hit"."""
    if not any(place.is_prominent for place in hit.places):
        return False
    after = " ".join(one.low for one in tokens[hit.last + 1 : hit.last + 4])
    return after.startswith(tuple(word_lists(_TOPIC)["befalling"]))


def _names_area(tokens: Sequence[Token], hit: NameHit) -> bool:
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    districts = word_set(_TOPIC, "district_nouns")
    return after is not None and after.gap == ", " and after.low in districts


def _acts(after: Token | None) -> bool:
    """Whether a country is named for its forces rather than as a place."""
    return after is not None and after.gap == " " and after.low in word_set("groups", "acting")


def _is_known_alone(hit: NameHit) -> bool:
    """Whether the name is enough: of an area or a capital, not of a village."""
    if hit.inferred or hit.similar:
        return hit.inferred or hit.last > hit.first
    if hit.is_outside:
        return False
    return any(place.is_prominent for place in hit.places)


def _is_facility(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether a site is named with its kind, "NAME airport", or something is at a town."""
    after = _beside(tokens, hit.last, 1)
    is_at = after is not None and not after.capital and after.low in word_set(_TOPIC, "crossings")
    if is_at and not hit.is_outside and not tokens[hit.last].owns:
        return True
    is_named = tokens[hit.last].low in word_set(_TOPIC, "facilities")
    return is_named and any(place.kind == "site" for place in hit.places)


def _is_region(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether the words name a region: a noun, and not only a direction of something else."""
    words = [token.low for token in tokens[hit.first : hit.last + 1]]
    directions = word_set(_TOPIC, "directions")
    if not any(word in directions for part in words for word in (part, *part.split("-"))):
        return len(words) > 1 and any(token.capital for token in tokens[hit.first : hit.last + 1])
    genitive = word_set(_TOPIC, "genitive")
    nouns = [word for word in words if word not in directions | word_set(_TOPIC, "region_joins")]
    if nouns:
        is_part = len(nouns) == 1 and nouns[0] in word_set(_TOPIC, "part_nouns")
        return not (is_part or words[-1] in genitive or _is_in_place(tokens, hit))
    endings = tuple(word_lists(_TOPIC)["direction_endings"])
    if words[0] not in word_set(_TOPIC, "articles") or any(one.endswith(endings) for one in words):
        return False
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    before = tokens[hit.first - 1] if hit.first else None
    is_way = before is not None and before.low in word_set(_TOPIC, "ways")
    return not is_way and (
        after is None or after.gap not in CLOSE or not (after.low in genitive or after.capital)
    )


def _is_in_place(tokens: Sequence[Token], hit: NameHit) -> bool:
    """Whether "northern parts" or "the northern area" is one of something else that is named."""
    last = tokens[hit.last].low
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    if last not in word_set(_TOPIC, "parts"):
        return False
    genitive = word_set(_TOPIC, "genitive")
    return after is not None and after.gap in CLOSE and after.low in genitive
