"""A name to look up, and which of several places of that name is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import Final

from geo import limits
from geo.places.gazetteer.places import Place
from geo.places.spelling import KIND_WORDS, fold_name, fold_words, loosen, name_words, split_kind

AS_ASKED: Final = ""
"""For a question within another: the same value as in that one."""


class Question:
    """A name to look up, the ways to read it, and the conditions that the place must meet."""

    def __init__(
        self,
        name: str,
        kind: str | None,
        within: str | None,
        district: str | None = None,
        *,
        at_home: bool = False,
        kind_words: Mapping[str, str] = KIND_WORDS,
        outer: Question | None = None,
    ) -> None:
        self.name, self.kind, self.within, self.district = name, kind, within, district
        self.at_home, self._kind_words = at_home, kind_words
        self.depth: int = 0 if outer is None else outer.depth + 1
        self.lookups: Iterator[int] = count(1) if outer is None else outer.lookups
        self.is_one_too_many = outer is not None and next(self.lookups) > limits.MAX_NAME_LOOKUPS
        named = name_words(name[: limits.MAX_NAME + 1])
        split = split_kind(named, kind_words)
        self.kinds = frozenset(kind for kind, _ in split)
        self.plain = ("".join(named), *("".join(rest) for _, rest in split))
        # The whole name comes first: some names contain such a word (Dara-e-Nur, Shahr-e-Buzurg).
        self.readings = (
            (fold_words(named), ""),
            *((fold_words(rest), kind) for kind, rest in split),
        )

    def about(
        self,
        name: str,
        *,
        kind: str | None = AS_ASKED,
        within: str | None = AS_ASKED,
        district: str | None = AS_ASKED,
        at_home: bool = False,
    ) -> Question:
        """A question about a name within this one; conditions not given are the same as here."""
        return Question(
            name,
            self.kind if kind == AS_ASKED else kind,
            self.within if within == AS_ASKED else within,
            self.district if district == AS_ASKED else district,
            at_home=at_home or self.at_home or self._says_inside,
            kind_words=self._kind_words, outer=self,
        )  # fmt: skip

    def admits(self, place: Place) -> bool:
        """Whether a place meets the conditions."""
        if place.kind == "outside":
            return self.may_be_outside
        fits_kind = self.kind is None or place.kind == self.kind
        fits_district = self.district in {None, place.district, place.id}
        in_province = self.within is None or self.within in place.provinces
        return fits_kind and fits_district and in_province

    @property
    def is_of_district(self) -> bool:
        """Whether a district is asked for, by its kind or by a word beside the name."""
        return self.kind == "district" or (self.kind is None and "district" in self.kinds)

    @property
    def may_be_outside(self) -> bool:
        """Whether nothing in the question says that the place is in the country."""
        said = (self.kind, self.within, self.district)
        at_home = self.at_home or any(part is not None for part in said)
        return not at_home and not self._says_inside

    @property
    def _says_inside(self) -> bool:
        """Whether a word beside the name is for an area; the gazetteer has none outside."""
        return not self.kinds <= {"settlement"}

    @property
    def loose(self) -> str:
        """The name in the form that is compared for similarity."""
        return loosen(self.readings[min(1, len(self.readings) - 1)][0])


def bears(place: Place, folded: str) -> bool:
    """Whether a folded name is one of a place's first names, not only another spelling."""
    return any(fold_name(name) == folded for name in (place.name, *place.local))


def without_other_spellings(places: Collection[Place], folded: str) -> list[Place]:
    """Leave out places that have the name only as another spelling, if a known place has it first.

    The first name of a village does not exclude a district that also has it: only an area or a
    capital of that name excludes villages that are also called so.
    """
    if not any(place.is_prominent and bears(place, folded) for place in places):
        return list(places)
    return [place for place in places if place.is_prominent or bears(place, folded)]


def of_kind_word(kind_word: str, places: list[Place], folded: str) -> list[Place]:
    """Keep places of the kind that the word beside the name states; a valley is the widest area.

    A village for which the name is only another spelling does not take precedence over an area of
    exactly that name, so both are kept.
    """
    wanted = ("province", "district") if kind_word == "valley" else (kind_word,)
    for kind in wanted if kind_word else ():
        kept = [place for place in places if place.kind == kind]
        if any(place.is_prominent or bears(place, folded) for place in kept):
            return kept
        if kept:
            known = [p for p in places if p.is_prominent and p.kind != kind and bears(p, folded)]
            return kept + known
    return [] if kind_word else places


def most_cautious(places: Collection[Place]) -> tuple[list[Place], str]:
    """Leave out each place that another place includes, so that naming the other is not false.

    Returns
    -------
    tuple
        The places that are left, and why others were left out; empty if none were.
    """
    # By id: a list of names may give one name to thousands of places, too many to pair.
    seats = {place.district for place in places if place.capital is not None}
    left = [place for place in places if not (place.kind == "district" and place.id in seats)]
    why = "the town is meant rather than the district around it" if len(left) < len(places) else ""
    areas = {place.id: place for place in left if place.kind in {"province", "district"}}
    widest = [
        place
        for place in left
        if not any(contains(areas[id_], place) for id_ in _around(place) if id_ in areas)
    ]
    if len(widest) < len(left):
        why = "it contains the other places of that name, so this is not false"
    return widest, why


def _around(place: Place) -> tuple[str, ...]:
    """Ids of the areas that a place may be in."""
    return (*place.provinces, place.district or "")


def contains(area: Place, place: Place) -> bool:
    """Whether a place is in an area and is not its capital of the same name."""
    if area.id == place.id or (place.capital is not None and same_name(place, area)):
        return False
    if area.kind == "province":
        return place.kind in {"district", "settlement", "site"} and place.provinces == (area.id,)
    return area.kind == "district" and place.district == area.id


def same_name(one: Place, other: Place) -> bool:
    """Whether two places have the same name."""
    return loosen(fold_name(one.name)) == loosen(fold_name(other.name))
