"""Names that fit several places, decided by a province beside them or by what the text is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from geo.places.country import Country
from geo.places.locations import Location, PlaceStatus
from geo.places.locations import locate as locate_anew
from geo.places.spelling import fold_name
from geo.reports.mentions import Mention, PlaceMention
from geo.reports.place_spans import PlaceSpan
from geo.reports.province_votes import province_codes, province_vote

_LEAD: Final = 2.0
"""How many times as much one province must have as the next one to decide what a text is about."""

locate = lru_cache(maxsize=1 << 11)(locate_anew)
"""A report names the same places again and again."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with the areas beside it, the finest first, and its location."""

    parts: tuple[PlaceSpan, ...]
    start: int
    end: int
    sentence: int
    paragraph: int
    location: Location
    in_dateline: bool = False
    is_told_apart: bool = False
    is_head: bool = False

    @property
    def states_kind(self) -> bool:
        """Whether the words call it a province or a district, and it is none of another kind."""
        return any(part.kind in {"province", "district"} for part in self.parts) and (
            not self.is_called_otherwise
        )

    @property
    def is_called_otherwise(self) -> bool:
        """Whether the words call it a district or village, and the gazetteer knows a town so."""
        inner = self.parts[0]
        is_capital = any(place.capital for place in inner.places)
        is_other = inner.kind == "district" or (inner.is_called_village and is_capital)
        return is_other and self.location.kind == "settlement"


def narrowed(
    named: Sequence[NamedPlace], headings: AbstractSet[int], country: Country
) -> list[NamedPlace]:
    """Decide ambiguous names by a province of the same sentence, or by what the text is about."""
    sentences: dict[int, list[NamedPlace]] = {}
    beside: dict[int, list[NamedPlace]] = {}
    for one in named:
        sentences.setdefault(one.sentence, []).append(one)
        beside.setdefault(one.paragraph, []).append(one)
        if one.paragraph in headings:
            beside.setdefault(one.paragraph + 1, []).append(one)
    about = _about(named)
    stated = _Namesakes(named)
    decided = [
        _narrow(one, sentences[one.sentence], about, beside[one.paragraph], country)
        if (code := stated.province(one)) is None
        else _decided(one, code, "the text names with it elsewhere", country)
        if one.location.status == "ambiguous" and not one.in_dateline
        else one
        for one in named
    ]
    named_in = Counter(code for one in decided for code in set(province_codes(one.location)))
    heads = dict(_heads(named))
    return [
        _doubted(one, about, heads.get(one.paragraph), named_in, country) for one in decided
    ]  # fmt: skip


def _heads(named: Sequence[NamedPlace]) -> Iterator[tuple[int, str]]:
    """The paragraphs that the name of a province or of its capital heads, with the province."""
    for one in named:
        codes = province_codes(one.location)
        kinds = [one.location.kind, *(each.kind for each in one.location.candidates)]
        if one.is_head and "province" in kinds and len(codes) == 1:
            yield one.paragraph, next(iter(codes))


class _Namesakes:
    """What a text says of names that fit several places: "NAME of Ghazni"."""

    def __init__(self, named: Sequence[NamedPlace]) -> None:
        self.stated: dict[str, set[str]] = {}
        self.apart: dict[str, set[str]] = {}
        for one in named:
            codes = province_codes(one.location)
            if len(one.parts) > 1 and len(codes) == 1:
                known = self.apart if one.is_told_apart else self.stated
                known.setdefault(fold_name(one.parts[0].name), set()).update(codes)

    def province(self, one: NamedPlace) -> str | None:
        """The province of a name alone, if the text says it elsewhere."""
        codes = set(province_codes(one.location))
        if len(codes) < 2 or len(one.parts) > 1 or one.in_dateline:  # noqa: PLR2004 - one province
            return None
        name = fold_name(one.parts[0].name)
        left = codes - self.apart.get(name, set())
        same = self.stated.get(name, set()) & codes
        for found in (same, left if left != codes else set()):
            if len(found) == 1:
                return found.pop()
        return None


def _doubted(
    one: NamedPlace,
    about: str | None,
    head: str | None,
    named_in: Mapping[str, int],
    country: Country,
) -> NamedPlace:
    """A village far from all that a text is about, as a question: another may have its name.

    Under the name of another province, "NAME. A raid in NAME", a district is a question too,
    unless it is called by its usual name.
    """
    location, places = one.location, one.parts[0].places
    codes = province_codes(location)
    is_alone = len(one.parts) == 1 and all(named_in[code] == 1 for code in codes)
    if not is_alone or len(codes) != 1 or one.in_dateline:
        return one
    is_village = location.kind == "settlement" and (
        one.parts[0].is_called_village or all(place.capital is None for place in places)
    )
    is_own_name = fold_name(one.parts[0].name) == fold_name(location.name)
    is_headed = head is not None and head not in codes and not (one.states_kind or is_own_name)
    is_elsewhere = is_village and about is not None and about not in codes
    is_far = is_elsewhere or (is_village and one.is_called_otherwise and len(named_in) > 1)
    is_far = is_far or (is_headed and location.kind in {"district", "settlement"})
    place = next((each for each in places if each.provinces == codes), None)
    if place is None or not is_far:
        return one
    note = (
        f"The only place called {one.parts[0].name} that is known is "
        f"{country.gazetteer.describe(place)}, and nothing else in the text is there. "
        "Is it this one?"
    )
    asked = Location(location.query, "ambiguous", candidates=(place,), note=note)
    return replace(one, location=asked)


def _about(named: Sequence[NamedPlace]) -> str | None:
    """The province that a text is about, if it is clear from what is not ambiguous."""
    mentions = [
        Mention("place", 0, 0, "", PlaceMention(one.location, one.in_dateline, one.states_kind))
        for one in named
        if one.location.status != "ambiguous"
    ]
    votes = province_vote(mentions)
    if not votes or (len(votes) > 1 and votes[0].score < _LEAD * votes[1].score):
        return None
    return votes[0].code


def _narrow(
    one: NamedPlace,
    sentence: Sequence[NamedPlace],
    about: str | None,
    paragraph: Sequence[NamedPlace],
    country: Country,
) -> NamedPlace:
    codes = province_codes(one.location)
    is_outside_too = bool(codes) and any(not each.provinces for each in one.location.candidates)
    # One province leaves nothing to decide, and two names are a contradiction.
    if (len(codes) < 2 and not is_outside_too) or len(one.parts) > 1:  # noqa: PLR2004 - two
        return one
    same = _settled_codes(one, sentence) & set(codes)
    same = same or _codes_of_road(sentence) & set(codes)
    if len(same) == 1:
        return _decided(one, same.pop(), "the same sentence names", country)
    near = _settled_codes(one, paragraph) & set(codes)
    if len(near) == 1 and not same:
        return _decided(one, near.pop(), "its paragraph or heading names", country)
    if about in codes and not same:
        return _decided(one, about, "the text is about", country)
    return one


def _codes_of_road(sentence: Sequence[NamedPlace]) -> set[str]:
    """The provinces of the only road or region that a sentence names."""
    found = [one.location for one in sentence if one.location.kind == "region"]
    return set(found[0].provinces) if len(found) == 1 else set()


def _settled_codes(one: NamedPlace, beside: Sequence[NamedPlace]) -> set[str]:
    """The provinces of other places that can only be in one."""
    return {
        code
        for other in beside
        if other is not one
        and not (other.in_dateline and other.location.kind != "province")
        and len(found := province_codes(other.location)) == 1
        for code in found
    }


def _decided(one: NamedPlace, code: str | None, why: str, country: Country) -> NamedPlace:
    inner = one.parts[0]
    found = locate(f"{inner.name} {inner.word}".strip(), country, within=code)
    if found.status not in {"resolved", "inferred", "ambiguous"} or code is None:
        return one
    note = f"Read as in {country.provinces[code].name}, which {why}. {found.note}".strip()
    status: PlaceStatus = "ambiguous" if found.status == "ambiguous" else "inferred"
    return replace(one, location=replace(found, query=one.location.query, status=status, note=note))
