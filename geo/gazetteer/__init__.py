"""Names of places, in any spelling, to places; and what makes a name no answer but a question.

A name that fits several places is resolved only where the answer says nothing false: the town
rather than the district it is the seat of, or the area that contains all the others. A province
and its capital of the same name are two different statements, and stay a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from geo import limits
from geo.gazetteer.columns import NameColumns
from geo.gazetteer.indexes import NEAREST, by_name, loosened, nearest, share_spellings
from geo.gazetteer.places import Inference, Match, Place
from geo.gazetteer.questions import Question, most_cautious, of_kind_word, same_name
from geo.spelling import fold

__all__ = ["Gazetteer", "Inference", "Match", "NameColumns", "Place"]

ALIKE: Final = 70.0
"""Least likeness of a suggestion, of 100; there are thousands of names abroad, hence the next."""
ALIKE_ABROAD: Final = 85.0
WORSE: Final = 20.0
"""By how much another suggestion may be less alike than the best."""
SUGGESTIONS: Final = 5
UNKNOWN: Final = "No place of this name is known."
QUALIFIED: Final = re.compile(r"^(.+?)\s*(?:[,،]\s*([^,،]+)|\(([^()]+)\))$")


class Gazetteer:
    """All places of a country that have a name, and the better known ones abroad.

    Parameters
    ----------
    places
        In any order; their ids differ.
    inferred
        Names that stand for a place only by reasoning.
    more
        Tens of thousands of further places, as columns. They make names ambiguous, and the place
        named beside a name decides; a provincial capital is meant rather than villages of its name.

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

    def __init__(
        self,
        places: Iterable[Place],
        *,
        inferred: Iterable[Inference] = (),
        more: NameColumns | None = None,
    ) -> None:
        self.more = more
        self.places: Mapping[str, Place] = {place.id: place for place in places}
        self._province_names = {place.id: place.name for place in self if place.kind == "province"}
        self._named = by_name(place for place in self if place.kind != "outside")
        share_spellings(self._named)
        self._inferred = {fold(name): entry for entry in inferred for name in entry.names}

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, place_id: str) -> Place:
        return self.places[place_id]

    def find(
        self,
        name: str,
        *,
        kind: str | None = None,
        within: str | None = None,
        district: str | None = None,
    ) -> Match:
        """Find the place that a name means, or say why that cannot be known.

        A word such as "city", "province", "ولایت" or "ولسوالی" beside the name, and a province or
        district after a comma or in brackets, count as part of the question.

        Parameters
        ----------
        name
            In any spelling and script.
        kind
            Only a place of this kind will do.
        within
            Only a place in the province of this ISO 3166-2 code will do.
        district
            Only a place in the district of this id, or the district itself, will do.

        Examples
        --------
        >>> match = Gazetteer([]).find("Kabul")
        >>> match.status, match.place, match.reason
        ('unknown', None, 'No place of this name is known.')
        """
        asked = Question(name, kind, within, district)
        return self._settle(asked) or self._suggest(asked)

    def known(self, name: str, *, kind: str | None = None, within: str | None = None) -> Match:
        """Find a place as :meth:`find` does, without comparing what is unknown to every name.

        Examples
        --------
        >>> Gazetteer([]).known("Kabul").status
        'unknown'
        """
        found = self._settle(Question(name, kind, within))
        return found or Match(name, "unknown", reason=UNKNOWN)

    def find_many(self, names: Iterable[str], *, within: str | None = None) -> dict[str, Match]:
        """Find many names at once, each spelling once; unknown ones are compared together.

        Ten thousand unknown spellings against sixty thousand names take a few seconds, a tenth of
        what asking one after the other does; the answers are the same.
        """
        asked = {name: Question(name, None, within) for name in dict.fromkeys(names)}
        found = {name: self._settle(question) for name, question in asked.items()}
        open_ = [question for name, question in asked.items() if found[name] is None]
        compared = self._suggest_many(open_)
        return {name: match or compared[name] for name, match in found.items()}

    def _settle(self, asked: Question) -> Match | None:
        """The answer to a question that needs no likeness, if there is one."""
        if len(asked.name) > limits.MAX_NAME:
            reason = f"This has {len(asked.name)} letters; no name has more than {limits.MAX_NAME}."
            return Match(asked.name, "unknown", reason=reason)
        return (
            self._infer(asked)
            or self._resolve(asked)
            or self._resolve_qualified(asked)
            or self._place_abroad(asked)
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

    def _infer(self, asked: Question) -> Match | None:
        for folded, _ in asked.readings:
            entry = self._inferred.get(folded)
            if entry is None:
                continue
            place = self.places[entry.place]
            if asked.within is None or asked.within in place.provinces:
                return Match(asked.name, "inferred", place, reason=entry.reason)
        return None

    def _resolve(self, asked: Question) -> Match | None:
        for folded, kind_word in asked.readings:
            named = self._named.get(folded, ())
            if self.more is not None:
                named = (*named, *self.more.named(folded))
            if named:
                return self._judge(asked, kind_word, named)
        return None

    def _resolve_qualified(self, asked: Question) -> Match | None:
        """Read "Surobi, Kabul" as Surobi within Kabul, and "Kabul, Afghanistan" as Kabul."""
        parts = QUALIFIED.match(asked.name.strip())
        if parts is None:
            return None
        rest, area = parts[1], self._area(parts[2] or parts[3])
        if area is None:
            return None
        within = asked.within if area.kind == "country" else area.provinces[0]
        if asked.within not in {None, within}:
            return None
        district = area.id if area.kind == "district" else asked.district
        found = self.find(rest, kind=asked.kind, within=within, district=district)
        if found.status in {"outside", "unknown"}:
            return None
        return Match(asked.name, found.status, found.place, found.candidates, (), found.reason)

    def _area(self, name: str) -> Place | None:
        for kind in ("province", "country", "district"):
            found = self._resolve(Question(name, kind, None))
            if found is not None and found.place is not None:
                return found.place
        return None

    def _judge(self, asked: Question, kind_word: str, named: tuple[Place, ...]) -> Match:
        fitting = [place for place in named if asked.admits(place)]
        fitting = of_kind_word(kind_word, fitting)
        if not fitting:
            known = "; ".join(map(self.describe, named))
            reason = f"The name is known, but only as {known}."
            suggestions = tuple(dict.fromkeys(place.name for place in named))
            return Match(asked.name, "unknown", suggestions=suggestions, reason=reason)
        meant, why = most_cautious(fitting)
        beside = [place for place in meant if not self._is_village_beside(place, meant)]
        if len(beside) < len(meant):
            meant, why = beside, "the capital is meant rather than villages so called"
        if len(meant) > 1:
            could = "; ".join(map(self.describe, meant))
            reason = f"The name alone does not say which is meant: {could}."
            return Match(asked.name, "ambiguous", candidates=tuple(meant), reason=reason)
        (place,) = meant
        reason = f"{self.describe(place)}: {why}." if why else ""
        return Match(asked.name, "resolved", place, reason=reason)

    def _is_village_beside(self, place: Place, places: Iterable[Place]) -> bool:
        """Whether it is one of the many added villages, and bears the name of a capital."""
        is_added = place.id not in self.places and place.kind == "settlement"
        return is_added and any(
            other.id in self.places and other.capital is not None and same_name(other, place)
            for other in places
        )

    def _place_abroad(self, asked: Question) -> Match | None:
        for folded, _ in asked.readings:
            abroad = self._abroad.get(folded)
            if abroad:
                place = abroad[0]
                where = f" ({place.note})" if place.note else ""
                reason = f"{place.name}{where} lies outside the country."
                return Match(asked.name, "outside", place, reason=reason)
        return None

    def _suggest(self, asked: Question) -> Match:
        for names, alike in self._likenesses:
            near = process.extract(
                asked.loose, names, scorer=fuzz.ratio, score_cutoff=alike, limit=NEAREST
            )
            # As coarse as where many are compared at once, so that both give the same answer.
            match = self._suggested(asked, [(key, float(np.float32(how))) for key, how, _ in near])
            if match is not None:
                return match
        return Match(asked.name, "unknown", reason=UNKNOWN)

    def _suggest_many(self, asked: list[Question]) -> dict[str, Match]:
        found: dict[str, Match] = {}
        for names, alike in self._likenesses:
            left = [question for question in asked if question.name not in found]
            for question, near in nearest(left, names, alike):
                match = self._suggested(question, near)
                if match is not None:
                    found[question.name] = match
        unknown = {one.name: Match(one.name, "unknown", reason=UNKNOWN) for one in asked}
        return unknown | found

    def _suggested(self, asked: Question, near: list[tuple[str, float]]) -> Match | None:
        """What the names that are most alike suggest, the best first."""
        least = near[0][1] - WORSE if near else 0
        fitting: dict[str, None] = {}
        others: dict[str, None] = {}
        for key, how in near:
            if how < least or len(fitting) >= SUGGESTIONS:
                break
            for place in self._loosely(key):
                (fitting if asked.admits(place) else others)[place.name] = None
        names = tuple(fitting or others)[:SUGGESTIONS]
        if not names:
            return None
        reason = f"{UNKNOWN} Spelled alike: {', '.join(names)}."
        return Match(asked.name, "unknown", suggestions=names, reason=reason)

    def _loosely(self, loose: str) -> tuple[Place, ...]:
        """The places of a loosened name: the country's own, else those abroad."""
        own = self._named_loosely.get(loose, ())
        more = self.more.named_loosely(loose) if self.more is not None else ()
        return (*own, *more) or self._abroad_loosely.get(loose, ())

    @cached_property
    def _likenesses(self) -> tuple[tuple[list[str], float], ...]:
        """Names to compare with and how alike they must be: of the country, then abroad."""
        more = self.more.loose_keys() if self.more is not None else {}
        own = list(dict.fromkeys([*self._named_loosely, *more]))
        return (own, ALIKE), (list(self._abroad_loosely), ALIKE_ABROAD)

    @cached_property
    def _abroad(self) -> dict[str, tuple[Place, ...]]:
        return by_name(place for place in self if place.kind == "outside")

    @cached_property
    def _named_loosely(self) -> dict[str, tuple[Place, ...]]:
        return loosened(self._named)

    @cached_property
    def _abroad_loosely(self) -> dict[str, tuple[Place, ...]]:
        return loosened(self._abroad)
