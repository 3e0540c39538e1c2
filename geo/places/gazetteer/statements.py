"""The place that a phrase with several names means, no finer than the phrase says.

A phrase is resolved only if every name in it is known and none contradicts another. "Near" needs a
place with a position; what is between two places is placed in the area that contains both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from geo.places.gazetteer.phrases import Phrase
from geo.places.gazetteer.places import Match, Place
from geo.places.gazetteer.questions import Question, contains

AREAS: Final = ("province", "country", "district")


class PlaceLookup(Protocol):
    """What the statements need of a gazetteer."""

    places: Mapping[str, Place]

    def settle(self, question: Question) -> Match | None:
        """The match of a question without comparing similar names, if there is one."""

    def places_outside(self, name: str) -> tuple[Place, ...]:
        """The places outside the country of exactly this name."""

    def describe(self, place: Place) -> str:
        """Name a place so that it cannot be taken for another."""

    def outside_match(self, question: Question, place: Place, *, called: str = "") -> Match:
        """The match of a place outside the country."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Looks up phrases.

    Parameters
    ----------
    names
        The gazetteer in which single names are looked up.
    roads
        The region of a road or stretch, by the sorted codes of the two provinces at its ends.
    """

    names: PlaceLookup
    roads: Mapping[tuple[str, ...], Place]

    def answer(self, question: Question, phrase: Phrase) -> Match | None:
        """The match of a phrase; ``None`` if it cannot be read in this way."""
        first = phrase.names[0]
        readings: dict[str, Callable[[], Match | None]] = {
            "in": lambda: self._inside(question, phrase),
            "also called": lambda: self._second_name(question, *phrase.names),
            "either": lambda: self._either(question, phrase.names),
            "between": lambda: self._between(question, *phrase.names),
            "near": lambda: self._near(question, phrase),
            "part of": lambda: self._part(question, first),
            "at": lambda: self._settle(question.about(first), question),
        }
        return readings[phrase.relation]()

    def _settle(self, inner: Question, question: Question) -> Match | None:
        match = self.names.settle(inner)
        if match is None or match.status == "unknown":
            return None
        return replace(match, query=question.name)

    def _inside(self, question: Question, phrase: Phrase) -> Match | None:
        """Read "Surobi, Kabul" as Surobi within Kabul, and "Peshawar, Pakistan" as outside."""
        if foreign := self._foreign(question, phrase):
            return foreign
        within, district = question.within, question.district
        for name in phrase.areas:
            area = self._area(name, question, within)
            if area is None:
                return None
            if area.kind == "country":
                continue
            if within not in {None, area.provinces[0]}:
                return None
            within = area.provinces[0]
            district = area.id if area.kind == "district" else district
        inner = question.about(phrase.names[0], within=within, district=district, at_home=True)
        match = self._settle(inner, question)
        if match is None or match.status == "outside":
            return None
        return None if match.place is not None and match.place.kind == "country" else match

    def _area(self, name: str, question: Question, within: str | None) -> Place | None:
        for kind in AREAS:
            inside = within if kind == "district" else None
            match = self.names.settle(question.about(name, kind=kind, within=inside, district=None))
            if match is not None and match.place is not None and match.status == "resolved":
                return None if match.place.near else match.place
        return None

    def _foreign(self, question: Question, phrase: Phrase) -> Match | None:
        """A place named with the foreign country or province that it is in."""
        last = phrase.areas[-1]
        among = self.names.places_outside(last)
        if not among or not question.may_be_outside:
            return None
        inside = [self._area(name, question, None) for name in (*phrase.names, *phrase.areas)]
        is_first = phrase.names[0] != question.name[: len(phrase.names[0])]
        if (is_first or among[0].note) and any(inside):
            return None
        country = among[0].note or among[0].name
        listed = [
            place for place in self.names.places_outside(phrase.names[0]) if place.note == country
        ]
        place = listed[0] if listed else among[0]
        return self.names.outside_match(question, place, called="" if listed else phrase.names[0])

    def _second_name(self, question: Question, first: str, second: str) -> Match | None:
        """A name with another in brackets: the place that has both names, no finer than either."""
        match = self._settle(question.about(first), question)
        if match is None and question.is_of_district:
            return self._settle(question.about(second), question)
        if match is None or match.status == "outside":
            return None
        other = self.names.settle(question.about(second))
        others = _all(other) if other is not None else ()
        if not others:
            return match
        agreeing = [
            place
            for place in _all(match)
            if any(one.id == place.id or contains(place, one) for one in others)
        ]
        if len(agreeing) == 1:
            if match.place is not None:
                return match
            why = f"{self.names.describe(agreeing[0])}: {second!r} is the same place or in it."
            return Match(question.name, "resolved", agreeing[0], reason=why)
        return self._question(question, agreeing or (*_all(match), *others))

    def _either(self, question: Question, names: Iterable[str]) -> Match | None:
        matches = [self._settle(question.about(name), question) for name in names]
        if any(match is None for match in matches):
            return None
        named = [place for match in matches if match is not None for place in _all(match)]
        places = list({place.id: place for place in named}.values())
        if len(places) == 1 and matches[0] is not None:
            return matches[0]
        return self._question(question, places)

    def _question(self, question: Question, places: Iterable[Place]) -> Match:
        could = tuple({place.id: place for place in places}.values())
        listed = "; ".join(map(self.names.describe, could))
        reason = f"Ambiguous: the text names several places, and could mean {listed}."
        return Match(question.name, "ambiguous", candidates=could, reason=reason)

    def _between(self, question: Question, first: str, second: str) -> Match | None:
        ends = [self.names.settle(question.about(name)) for name in (first, second)]
        provinces = [_provinces(match) for match in ends]
        if not all(provinces):
            return None
        one, other = provinces
        stretch = f"It is somewhere between {first} and {second}"
        if len(one) == 1 and one == other:
            place = self.names.places[next(iter(one))]
            reason = f"{stretch}, both in {place.name}; nothing finer is known."
            return Match(question.name, "inferred", place, reason=reason)
        road = self.roads.get(tuple(sorted(one | other)))
        if road is not None:
            return Match(question.name, "resolved", road)
        could = tuple(self.names.places[code] for code in sorted(one | other))
        listed = "; ".join(map(self.names.describe, could))
        reason = f"Ambiguous: could be {listed}. {stretch}."
        return Match(question.name, "ambiguous", candidates=could, reason=reason)

    def _near(self, question: Question, phrase: Phrase) -> Match | None:
        name = phrase.names[0]
        match = None
        if phrase.is_town and question.kind is None:
            match = self._settle(question.about(name, kind="settlement"), question)
        match = match or self._settle(question.about(name), question)
        if match is None or match.place is None:
            return match
        place = match.place
        if place.lat is None or place.near:
            where = self.names.describe(place)
            reason = (
                f"The text says only that it is near {where}, which has no position to measure "
                "from; what is near it may be outside it."
            )
            return Match(question.name, "unknown", suggestions=(place.name,), reason=reason)
        radius = phrase.metres + (place.uncertainty_m or 0.0)
        where = self.names.describe(place)
        reason = f"The text says only that it is near {where}: within about {radius / 1000:.0f} km."
        return replace(match, place=replace(place, near=True, uncertainty_m=radius), reason=reason)

    def _part(self, question: Question, name: str) -> Match | None:
        match = self._settle(question.about(name), question)
        if match is None or match.place is None or match.status == "outside":
            return match
        if match.place.kind == "country":
            return None
        reason = f"The text names a part of {self.names.describe(match.place)}."
        return replace(match, reason=f"{reason} {match.reason}".strip())


def _all(match: Match) -> tuple[Place, ...]:
    """The places that a match may mean."""
    return (match.place,) if match.place is not None else match.candidates


def _provinces(match: Match | None) -> frozenset[str]:
    """The one province that all places of a match are in; empty if there are several."""
    if match is None or match.status == "outside":
        return frozenset()
    codes = frozenset(code for place in _all(match) for code in place.provinces)
    return codes if len(codes) == 1 else frozenset()
