"""What a phrase with several names comes to: a place no finer than the phrase says, or a question.

A phrase settles a place only where every name in it is known and none contradicts another. "Near"
needs a place with a position; what lies between two places is taken for the area that has both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from geo.places.gazetteer.phrases import Phrase
from geo.places.gazetteer.places import Match, Place
from geo.places.gazetteer.questions import Question, contains

AREAS: Final = ("province", "country", "district")


class Names(Protocol):
    """What the statements need of a gazetteer."""

    places: Mapping[str, Place]

    def settle(self, asked: Question) -> Match | None:
        """The answer to a question that needs no likeness, if there is one."""

    def abroad(self, name: str) -> tuple[Place, ...]:
        """The places outside the country of exactly this name."""

    def describe(self, place: Place) -> str:
        """Name a place so that it cannot be taken for another."""

    def outside(self, asked: Question, place: Place, *, called: str = "") -> Match:
        """The answer that a place is outside the country."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Answers to phrases.

    Parameters
    ----------
    names
        Where the single names are looked up.
    roads
        Regions by the two provinces, as sorted codes, that a road or stretch runs between.
    """

    names: Names
    roads: Mapping[tuple[str, ...], Place]

    def answer(self, asked: Question, phrase: Phrase) -> Match | None:
        """What a phrase comes to; nothing if it cannot be read in this way."""
        first = phrase.names[0]
        readings: dict[str, Callable[[], Match | None]] = {
            "in": lambda: self._inside(asked, phrase),
            "also called": lambda: self._second_name(asked, *phrase.names),
            "either": lambda: self._either(asked, phrase.names),
            "between": lambda: self._between(asked, *phrase.names),
            "near": lambda: self._near(asked, phrase),
            "part of": lambda: self._part(asked, first),
            "at": lambda: self._settle(asked.about(first), asked),
        }
        return readings[phrase.relation]()

    def _settle(self, inner: Question, asked: Question) -> Match | None:
        found = self.names.settle(inner)
        if found is None or found.status == "unknown":
            return None
        return replace(found, query=asked.name)

    def _inside(self, asked: Question, phrase: Phrase) -> Match | None:
        """Read "Surobi, Kabul" as Surobi within Kabul, and "Peshawar, Pakistan" as outside."""
        if foreign := self._foreign(asked, phrase):
            return foreign
        within, district = asked.within, asked.district
        for name in phrase.areas:
            area = self._area(name, asked, within)
            if area is None:
                return None
            if area.kind == "country":
                continue
            if within not in {None, area.provinces[0]}:
                return None
            within = area.provinces[0]
            district = area.id if area.kind == "district" else district
        inner = asked.about(phrase.names[0], within=within, district=district, at_home=True)
        found = self._settle(inner, asked)
        if found is None or found.status == "outside":
            return None
        return None if found.place is not None and found.place.kind == "country" else found

    def _area(self, name: str, asked: Question, within: str | None) -> Place | None:
        for kind in AREAS:
            inside = within if kind == "district" else None
            found = self.names.settle(asked.about(name, kind=kind, within=inside, district=None))
            if found is not None and found.place is not None and found.status == "resolved":
                return None if found.place.near else found.place
        return None

    def _foreign(self, asked: Question, phrase: Phrase) -> Match | None:
        """A place named with the country or province abroad that it is in."""
        last = phrase.areas[-1]
        among = self.names.abroad(last)
        if not among or not asked.may_be_abroad:
            return None
        inside = [self._area(name, asked, None) for name in (*phrase.names, *phrase.areas)]
        is_first = phrase.names[0] != asked.name[: len(phrase.names[0])]
        if (is_first or among[0].note) and any(inside):
            return None
        country = among[0].note or among[0].name
        listed = [place for place in self.names.abroad(phrase.names[0]) if place.note == country]
        place = listed[0] if listed else among[0]
        return self.names.outside(asked, place, called="" if listed else phrase.names[0])

    def _second_name(self, asked: Question, first: str, second: str) -> Match | None:
        """A name with another in brackets: what both names are, and no finer than either."""
        found = self._settle(asked.about(first), asked)
        if found is None and asked.is_of_district:
            return self._settle(asked.about(second), asked)
        if found is None or found.status == "outside":
            return None
        other = self.names.settle(asked.about(second))
        others = _all(other) if other is not None else ()
        if not others:
            return found
        agreeing = [
            place
            for place in _all(found)
            if any(one.id == place.id or contains(place, one) for one in others)
        ]
        if len(agreeing) == 1:
            if found.place is not None:
                return found
            why = f"{self.names.describe(agreeing[0])}: {second!r} is the same place or in it."
            return Match(asked.name, "resolved", agreeing[0], reason=why)
        return self._question(asked, agreeing or (*_all(found), *others))

    def _either(self, asked: Question, names: Iterable[str]) -> Match | None:
        found = [self._settle(asked.about(name), asked) for name in names]
        if any(match is None for match in found):
            return None
        named = [place for match in found if match is not None for place in _all(match)]
        places = list({place.id: place for place in named}.values())
        if len(places) == 1 and found[0] is not None:
            return found[0]
        return self._question(asked, places)

    def _question(self, asked: Question, places: Iterable[Place]) -> Match:
        could = tuple({place.id: place for place in places}.values())
        listed = "; ".join(map(self.names.describe, could))
        reason = f"Ambiguous: the text names several places, and could mean {listed}."
        return Match(asked.name, "ambiguous", candidates=could, reason=reason)

    def _between(self, asked: Question, first: str, second: str) -> Match | None:
        ends = [self.names.settle(asked.about(name)) for name in (first, second)]
        provinces = [_provinces(match) for match in ends]
        if not all(provinces):
            return None
        one, other = provinces
        stretch = f"It is somewhere between {first} and {second}"
        if len(one) == 1 and one == other:
            place = self.names.places[next(iter(one))]
            reason = f"{stretch}, both in {place.name}; nothing finer is known."
            return Match(asked.name, "inferred", place, reason=reason)
        road = self.roads.get(tuple(sorted(one | other)))
        if road is not None:
            return Match(asked.name, "resolved", road)
        could = tuple(self.names.places[code] for code in sorted(one | other))
        listed = "; ".join(map(self.names.describe, could))
        reason = f"Ambiguous: could be {listed}. {stretch}."
        return Match(asked.name, "ambiguous", candidates=could, reason=reason)

    def _near(self, asked: Question, phrase: Phrase) -> Match | None:
        name = phrase.names[0]
        found = None
        if phrase.is_town and asked.kind is None:
            found = self._settle(asked.about(name, kind="settlement"), asked)
        found = found or self._settle(asked.about(name), asked)
        if found is None or found.place is None:
            return found
        place = found.place
        if place.lat is None or place.near:
            where = self.names.describe(place)
            reason = (
                f"The text says only that it is near {where}, which has no position to measure "
                "from; what is near it may be outside it."
            )
            return Match(asked.name, "unknown", suggestions=(place.name,), reason=reason)
        radius = phrase.metres + (place.uncertainty_m or 0.0)
        where = self.names.describe(place)
        reason = f"The text says only that it is near {where}: within about {radius / 1000:.0f} km."
        return replace(found, place=replace(place, near=True, uncertainty_m=radius), reason=reason)

    def _part(self, asked: Question, name: str) -> Match | None:
        found = self._settle(asked.about(name), asked)
        if found is None or found.place is None or found.status == "outside":
            return found
        if found.place.kind == "country":
            return None
        reason = f"The text names a part of {self.names.describe(found.place)}."
        return replace(found, reason=f"{reason} {found.reason}".strip())


def _all(match: Match) -> tuple[Place, ...]:
    """The places that an answer may mean."""
    return (match.place,) if match.place is not None else match.candidates


def _provinces(match: Match | None) -> frozenset[str]:
    """The one province that all places of an answer are in; none if there are several."""
    if match is None or match.status == "outside":
        return frozenset()
    codes = frozenset(code for place in _all(match) for code in place.provinces)
    return codes if len(codes) == 1 else frozenset()
