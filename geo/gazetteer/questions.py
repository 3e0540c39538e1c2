"""A name as it is asked for, and which of several places of that name is meant."""

from __future__ import annotations

from collections.abc import Collection

from geo import limits
from geo.gazetteer.places import Place
from geo.spelling import fold, fold_words, loosen, split_kind, words


class Question:
    """A name, the ways to read it, and what the answer must be."""

    def __init__(
        self, name: str, kind: str | None, within: str | None, district: str | None = None
    ) -> None:
        self.name, self.kind, self.within, self.district = name, kind, within, district
        named = words(name[: limits.MAX_NAME + 1])
        kind_word, rest = split_kind(named)
        # The whole name comes first: some names contain such a word (Dara-e-Nur, Shahr-e-Buzurg).
        whole, short = (fold_words(named), ""), (fold_words(rest), kind_word)
        self.readings = (whole,) if short[0] == whole[0] else (whole, short)

    def admits(self, place: Place) -> bool:
        """Whether a place may be the answer."""
        fits_kind = self.kind is None or place.kind == self.kind
        fits_district = self.district in {None, place.district, place.id}
        in_province = self.within is None or self.within in place.provinces
        return fits_kind and fits_district and in_province

    @property
    def loose(self) -> str:
        """The name as names are compared for likeness."""
        return loosen(self.readings[-1][0])


def of_kind_word(kind_word: str, places: list[Place]) -> list[Place]:
    """Keep what the word beside the name allows; a valley is the widest area of its name."""
    wanted = ("province", "district") if kind_word == "valley" else (kind_word,)
    for kind in wanted if kind_word else ():
        kept = [place for place in places if place.kind == kind]
        if kept:
            return kept
    return [] if kind_word else places


def most_cautious(places: Collection[Place]) -> tuple[list[Place], str]:
    """Leave out each place that another speaks for without saying anything false.

    Returns what is left and, if that is a choice made here, why it was made.
    """
    left = [place for place in places if not any(is_seat_in(other, place) for other in places)]
    why = "the town is meant rather than the district around it" if len(left) < len(places) else ""
    widest = [place for place in left if not any(contains(other, place) for other in left)]
    if len(widest) < len(left):
        why = "it contains the other places so called, so this says nothing false"
    return widest, why


def is_seat_in(town: Place, district: Place) -> bool:
    """Whether a town is a capital, and stands for the district around it."""
    return district.kind == "district" and town.capital is not None and town.district == district.id


def contains(area: Place, place: Place) -> bool:
    """Whether a place lies in an area and is not its capital of the same name."""
    if area.id == place.id or (place.capital is not None and same_name(place, area)):
        return False
    if area.kind == "province":
        return place.kind in {"district", "settlement", "site"} and place.provinces == (area.id,)
    return area.kind == "district" and place.district == area.id


def same_name(one: Place, other: Place) -> bool:
    """Whether two places bear the same name."""
    return loosen(fold(one.name)) == loosen(fold(other.name))
