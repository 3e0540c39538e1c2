"""Names of places, in any spelling, to places; and what makes a name no answer but a question.

A name that fits several places is resolved only where the answer says nothing false: the town
rather than the district it is the seat of, or the area that contains all the others. A province
and its capital of the same name are two different statements, and stay a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from geo.gazetteer.places import Inference, Match, Place
from geo.spelling import fold, fold_words, loosen, split_kind, words

__all__ = ["Gazetteer", "Inference", "Match", "Place"]

ALIKE: Final = 70.0
"""Least likeness of a suggestion, of 100; there are thousands of names abroad, hence the next."""
ALIKE_ABROAD: Final = 85.0
WORSE: Final = 20.0
"""By how much another suggestion may be less alike than the best."""
SAME_NAME: Final = 80.0
"""Least likeness, of 100, of two spellings of one name."""
SUGGESTIONS: Final = 5
NEAREST: Final = 40
LONGEST: Final = 200
"""Letters; what is longer is no name, and not worth the time to look at."""
QUALIFIED: Final = re.compile(r"^(.+?)\s*(?:[,،]\s*([^,،]+)|\(([^()]+)\))$")


class Gazetteer:
    """All places of a country that have a name, and the better known ones abroad.

    Parameters
    ----------
    places
        In any order; their ids differ.
    inferred
        Names that stand for a place only by reasoning.

    Examples
    --------
    >>> gazetteer = Gazetteer([
    ...     Place("XX-K", "province", "Kunduz", provinces=("XX-K",)),
    ...     Place("k", "settlement", "Kunduz", provinces=("XX-K",), capital="province"),
    ... ])
    >>> gazetteer.find("Qunduz").status, gazetteer.find("Qunduz city").place.id
    ('ambiguous', 'k')
    >>> gazetteer.find("Kunduz Province").place.id, gazetteer.find("Kunduc").suggestions
    ('XX-K', ('Kunduz',))
    """

    def __init__(self, places: Iterable[Place], *, inferred: Iterable[Inference] = ()) -> None:
        self.places: Mapping[str, Place] = {place.id: place for place in places}
        self._province_names = {place.id: place.name for place in self if place.kind == "province"}
        self._named = _by_name(place for place in self if place.kind != "outside")
        _share_spellings(self._named)
        self._inferred = {fold(name): entry for entry in inferred for name in entry.names}

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, place_id: str) -> Place:
        return self.places[place_id]

    def find(self, name: str, *, kind: str | None = None, within: str | None = None) -> Match:
        """Find the place that a name means, or say why that cannot be known.

        A word such as "city", "province", "ولایت" or "ولسوالی" beside the name, and a province
        after a comma or in brackets, count as part of the question.

        Parameters
        ----------
        name
            In any spelling and script.
        kind
            Only a place of this kind will do.
        within
            Only a place in the province of this ISO 3166-2 code will do.

        Examples
        --------
        >>> match = Gazetteer([]).find("Kabul")
        >>> match.status, match.place, match.reason
        ('unknown', None, 'No place of this name is known.')
        """
        if len(name) > LONGEST:
            reason = f"This has {len(name)} letters; no name has more than {LONGEST}."
            return Match(name, "unknown", reason=reason)
        asked = _Question(name, kind, within)
        return (
            self._infer(asked)
            or self._resolve(asked)
            or self._resolve_qualified(asked)
            or self._place_abroad(asked)
            or self._suggest(asked)
        )

    def describe(self, place: Place) -> str:
        """Name a place so that it cannot be taken for another: name, kind and province.

        Examples
        --------
        >>> province = Place("XX-K", "province", "Kunduz", provinces=("XX-K",))
        >>> district = Place("i", "district", "Imam Sahib", provinces=("XX-K",))
        >>> Gazetteer([province]).describe(district)
        'Imam Sahib (district in Kunduz)'
        """
        names = [self._province_names.get(code, code) for code in place.provinces]
        if place.kind in {"district", "settlement", "site"} and names:
            return f"{place.name} ({place.kind} in {' and '.join(names)})"
        return f"{place.name} ({'abroad' if place.kind == 'outside' else place.kind})"

    def _infer(self, asked: _Question) -> Match | None:
        for folded, _ in asked.readings:
            entry = self._inferred.get(folded)
            if entry is None:
                continue
            place = self.places[entry.place]
            if asked.within is None or asked.within in place.provinces:
                return Match(asked.name, "inferred", place, reason=entry.reason)
        return None

    def _resolve(self, asked: _Question) -> Match | None:
        for folded, kind_word in asked.readings:
            named = self._named.get(folded)
            if named:
                return self._judge(asked, kind_word, named)
        return None

    def _resolve_qualified(self, asked: _Question) -> Match | None:
        """Read "Surobi, Kabul" as Surobi within Kabul, and "Kabul, Afghanistan" as Kabul."""
        parts = QUALIFIED.match(asked.name.strip())
        if parts is None:
            return None
        rest, area = parts[1], self._area(parts[2] or parts[3])
        if area is None or (area.kind == "province" and asked.within not in {None, area.id}):
            return None
        within = area.id if area.kind == "province" else asked.within
        found = self.find(rest, kind=asked.kind, within=within)
        if found.status in {"outside", "unknown"}:
            return None
        return Match(asked.name, found.status, found.place, found.candidates, (), found.reason)

    def _area(self, name: str) -> Place | None:
        for kind in ("province", "country"):
            found = self._resolve(_Question(name, kind, None))
            if found is not None and found.place is not None:
                return found.place
        return None

    def _judge(self, asked: _Question, kind_word: str, named: tuple[Place, ...]) -> Match:
        fitting = [place for place in named if asked.admits(place)]
        fitting = _of_kind_word(kind_word, fitting)
        if not fitting:
            known = "; ".join(map(self.describe, named))
            reason = f"The name is known, but only as {known}."
            suggestions = tuple(dict.fromkeys(place.name for place in named))
            return Match(asked.name, "unknown", suggestions=suggestions, reason=reason)
        meant, why = _most_cautious(fitting)
        if len(meant) > 1:
            could = "; ".join(map(self.describe, meant))
            reason = f"The name alone does not say which is meant: {could}."
            return Match(asked.name, "ambiguous", candidates=tuple(meant), reason=reason)
        (place,) = meant
        reason = f"{self.describe(place)}: {why}." if why else ""
        return Match(asked.name, "resolved", place, reason=reason)

    def _place_abroad(self, asked: _Question) -> Match | None:
        for folded, _ in asked.readings:
            abroad = self._abroad.get(folded)
            if abroad:
                place = abroad[0]
                where = f" ({place.note})" if place.note else ""
                reason = f"{place.name}{where} lies outside the country."
                return Match(asked.name, "outside", place, reason=reason)
        return None

    def _suggest(self, asked: _Question) -> Match:
        folded = loosen(asked.readings[-1][0])
        reason = "No place of this name is known."
        for named, alike in ((self._named_loosely, ALIKE), (self._abroad_loosely, ALIKE_ABROAD)):
            near = process.extract(
                folded, named.keys(), scorer=fuzz.ratio, score_cutoff=alike, limit=NEAREST
            )
            least = near[0][1] - WORSE if near else 0
            places = [place for key, how, _ in near if how >= least for place in named[key]]
            fitting = [place for place in places if asked.admits(place)] or places
            names = tuple(dict.fromkeys(place.name for place in fitting))[:SUGGESTIONS]
            if names:
                reason = f"{reason} Spelled alike: {', '.join(names)}."
                return Match(asked.name, "unknown", suggestions=names, reason=reason)
        return Match(asked.name, "unknown", reason=reason)

    @cached_property
    def _abroad(self) -> dict[str, tuple[Place, ...]]:
        return _by_name(place for place in self if place.kind == "outside")

    @cached_property
    def _named_loosely(self) -> dict[str, tuple[Place, ...]]:
        return _loosened(self._named)

    @cached_property
    def _abroad_loosely(self) -> dict[str, tuple[Place, ...]]:
        return _loosened(self._abroad)


class _Question:
    """A name, the ways to read it, and what the answer must be."""

    def __init__(self, name: str, kind: str | None, within: str | None) -> None:
        self.name, self.kind, self.within = name, kind, within
        named = words(name)
        kind_word, rest = split_kind(named)
        # The whole name comes first: some names contain such a word (Dara-e-Nur, Shahr-e-Buzurg).
        whole, short = (fold_words(named), ""), (fold_words(rest), kind_word)
        self.readings = (whole,) if short[0] == whole[0] else (whole, short)

    def admits(self, place: Place) -> bool:
        fits_kind = self.kind is None or place.kind == self.kind
        return fits_kind and (self.within is None or self.within in place.provinces)


def _of_kind_word(kind_word: str, places: list[Place]) -> list[Place]:
    """Keep what the word beside the name allows; a valley is the widest area of its name."""
    wanted = ("province", "district") if kind_word == "valley" else (kind_word,)
    for kind in wanted if kind_word else ():
        kept = [place for place in places if place.kind == kind]
        if kept:
            return kept
    return [] if kind_word else places


def _most_cautious(places: Collection[Place]) -> tuple[list[Place], str]:
    """Leave out each place that another speaks for without saying anything false.

    Returns what is left and, if that is a choice made here, why it was made.
    """
    left = [place for place in places if not any(_is_seat_in(other, place) for other in places)]
    why = "the town is meant rather than the district around it" if len(left) < len(places) else ""
    widest = [place for place in left if not any(_contains(other, place) for other in left)]
    if len(widest) < len(left):
        why = "it contains the other places so called, so this says nothing false"
    return widest, why


def _is_seat_in(town: Place, district: Place) -> bool:
    return district.kind == "district" and town.capital is not None and town.district == district.id


def _contains(area: Place, place: Place) -> bool:
    if area.id == place.id or (place.capital is not None and _same_name(place, area)):
        return False
    if area.kind == "province":
        return place.kind in {"district", "settlement", "site"} and place.provinces == (area.id,)
    return area.kind == "district" and place.district == area.id


def _same_name(one: Place, other: Place) -> bool:
    return loosen(fold(one.name)) == loosen(fold(other.name))


def _by_name(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    named: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for place in places:
        for name in (place.name, *place.also):
            named[fold(name)][place.id] = place
    named.pop("", None)
    return {name: tuple(found.values()) for name, found in named.items()}


def _share_spellings(named: dict[str, tuple[Place, ...]]) -> None:
    """Let places of one name have each other's spellings of it.

    That a list gives a spelling for one of two namesakes only does not show which of them is
    meant. Spellings that are not alike ("Aibak" for the town that is also called Samangan) are
    names of their own, and stay with their place; of the spellings in the other script, where
    likeness cannot be seen, those are shared that belong to a place of that very name.
    """
    spellings = _spellings_of_namesakes(named)
    for name, places in _namesakes(named):
        alike = loosen(name)
        for spelling in {spelling for place in places for spelling in spellings[place.id]}:
            if fuzz.ratio(alike, loosen(spelling), score_cutoff=SAME_NAME):
                _name(named, spelling, places)
    for name, places in _namesakes(named):
        owners = [place for place in places if fold(place.name) == name]
        for spelling in {spelling for place in owners for spelling in spellings[place.id]}:
            if spelling.isascii() != name.isascii():
                _name(named, spelling, places)


def _namesakes(named: dict[str, tuple[Place, ...]]) -> list[tuple[str, tuple[Place, ...]]]:
    return [(name, places) for name, places in named.items() if len(places) > 1]


def _spellings_of_namesakes(named: dict[str, tuple[Place, ...]]) -> dict[str, list[str]]:
    spellings: dict[str, list[str]] = {
        place.id: [] for _, places in _namesakes(named) for place in places
    }
    for name, places in named.items():
        for place in places:
            if place.id in spellings:
                spellings[place.id].append(name)
    return spellings


def _name(named: dict[str, tuple[Place, ...]], spelling: str, places: Iterable[Place]) -> None:
    known = {place.id: place for place in (*named[spelling], *places)}
    named[spelling] = tuple(known.values())


def _loosened(named: Mapping[str, tuple[Place, ...]]) -> dict[str, tuple[Place, ...]]:
    loose: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for name, places in named.items():
        loose[loosen(name)].update((place.id, place) for place in places)
    return {name: tuple(found.values()) for name, found in loose.items()}
