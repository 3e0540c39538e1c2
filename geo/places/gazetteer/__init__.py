"""From names of places, in any spelling, to places, or to the reasons why a name is ambiguous.

A name that fits several places is resolved only if the result cannot be false: to the town rather
than the district whose seat it is, or to the area that contains all the others. A province and its
capital of the same name are different statements, so that the name is ambiguous.

==============  ====================================================================
``places``      a place that has a name, and the answer to a query
``questions``   which of several places of one name is meant
``phrases``     phrases with several names, such as "10 km north of A", taken apart
``statements``  the location that such a phrase states, no finer than it says
``likeness``    names that resemble each other: suggestions and typing errors
``indexes``     places by name: exactly, by shared spellings, by similarity
``columns``     tens of thousands of places as columns
``geonames``    a country dump of GeoNames as columns
==============  ====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from geo import limits
from geo.places.gazetteer.columns import NameColumns
from geo.places.gazetteer.indexes import by_name, share_spellings
from geo.places.gazetteer.likeness import UNKNOWN, Likeness
from geo.places.gazetteer.phrases import read_phrases
from geo.places.gazetteer.places import Inference, Match, Place
from geo.places.gazetteer.questions import (
    Question,
    bears,
    most_cautious,
    of_kind_word,
    same_name,
    without_other_spellings,
)
from geo.places.gazetteer.statements import Statements
from geo.places.spelling import KIND_WORDS, fold_name, name_words

__all__ = ["Gazetteer", "Inference", "Match", "NameColumns", "Place"]


class Gazetteer:
    """All places of a country that have a name, and the better known ones outside it.

    Parameters
    ----------
    places
        In any order; their ids differ.
    inferred
        Names that can only be inferred to mean a place.
    more
        Tens of thousands of further places, as columns. They make names ambiguous, unless the text
        also names the area; a provincial capital takes precedence over villages of its name.
    kind_words
        The kind of place by words of the country, in addition to the English ones.
    generic
        Names that many villages have; such a name alone is ambiguous, however few are listed.
    roads
        The id of the region that a road runs through, by the codes of the provinces at its ends.

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
        kind_words: Mapping[str, str] | None = None,
        generic: Iterable[str] = (),
        roads: Mapping[tuple[str, ...], str] | None = None,
    ) -> None:
        self.more = more
        self._kind_words = {**KIND_WORDS, **(kind_words or {})}
        self.generic = frozenset(map(fold_name, generic))
        self.places: Mapping[str, Place] = {place.id: place for place in places}
        self._province_names = {place.id: place.name for place in self if place.kind == "province"}
        self._named = by_name(place for place in self if place.kind != "outside")
        share_spellings(self._named)
        self._inferred = {fold_name(name): entry for entry in inferred for name in entry.names}
        self._statements = Statements(
            self, {ends: self.places[region] for ends, region in (roads or {}).items()}
        )

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

        A word such as "city", "province", "ولایت" or "ولسوالی" beside the name is taken into
        account, and so are the phrases of :mod:`geo.places.gazetteer.phrases`: a province or
        district beside the name, "near", "between", a second name. Places outside the country are
        found only if nothing says that the place is inside.

        Parameters
        ----------
        name
            In any spelling and script.
        kind
            Find only places of this kind.
        within
            Find only places in the province with this ISO 3166-2 code.
        district
            Find only places in the district with this id, or the district itself.

        Examples
        --------
        >>> match = Gazetteer([]).find("Kabul")
        >>> match.status, match.place, match.reason
        ('unknown', None, 'No place of this name is known.')
        """
        question = self._question(name, kind, within, district)
        return self.settle(question) or self._likeness.suggest(question)

    def known(self, name: str, *, kind: str | None = None, within: str | None = None) -> Match:
        """Find a place as :meth:`find` does, without comparing an unknown name with all others.

        Examples
        --------
        >>> Gazetteer([]).known("Kabul").status
        'unknown'
        """
        match = self.settle(self._question(name, kind, within))
        return match or Match(name, "unknown", reason=UNKNOWN)

    def find_many(self, names: Iterable[str], *, within: str | None = None) -> dict[str, Match]:
        """Find many names at once, each spelling once; unknown ones are compared together.

        Comparing ten thousand unknown spellings with sixty thousand names takes a few seconds, a
        tenth of the time of :meth:`find`; the results are the same.

        Returns
        -------
        dict
            The match of each name, by the name as given.
        """
        questions = {name: self._question(name, None, within) for name in dict.fromkeys(names)}
        matches = {name: self.settle(question) for name, question in questions.items()}
        open_ = [question for name, question in questions.items() if matches[name] is None]
        compared = self._likeness.suggest_many(open_)
        return {name: match or compared[name] for name, match in matches.items()}

    def settle(self, question: Question) -> Match | None:
        """The match of a question without comparing similar names, if there is one."""
        if question.is_one_too_many:
            return None
        if len(question.name) > limits.MAX_NAME:
            most = limits.MAX_NAME
            reason = f"This text has {len(question.name)} letters; no name has more than {most}."
            return Match(question.name, "unknown", reason=reason)
        return (
            self._infer(question)
            or self._resolve(question)
            or self._place_outside(question)
            or self._by_phrase(question)
            or self._nearly(question)
            or self._known_only_as(question)
        )

    def _question(
        self, name: str, kind: str | None, within: str | None, district: str | None = None
    ) -> Question:
        return Question(name, kind, within, district, kind_words=self._kind_words)

    @property
    def inferred_names(self) -> Mapping[str, Inference]:
        """The names of which someone has worked out where they are, as they are folded."""
        return self._inferred

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
        if place.kind == "outside":
            where = f"{place.note}, " if place.note else ""
            return f"{place.name} ({where}outside {self._country})"
        return f"{place.name} ({place.kind})"

    def outside_match(self, question: Question, place: Place, *, called: str = "") -> Match:
        """The match of a place outside the country; `called` if only its country is listed.

        Examples
        --------
        >>> westport = Place("o", "outside", "Westport", note="Westland")
        >>> Gazetteer([westport]).find("Westport").reason
        'Westport (Westland) is outside the country.'
        """
        country = place.note or (place.name if called else "")
        where = f"{called or place.name}{f' ({country})' if country else ''}"
        return Match(question.name, "outside", place, reason=f"{where} is outside {self._country}.")

    def places_outside(self, name: str) -> tuple[Place, ...]:
        """The places outside the country of exactly this name, as :func:`name_words` splits it."""
        return self._outside.get("".join(name_words(name)), ())

    def _infer(self, question: Question) -> Match | None:
        for folded, _ in question.readings:
            entry = self._inferred.get(folded)
            if entry is None:
                continue
            place = self.places[entry.place]
            if question.within is None or question.within in place.provinces:
                return Match(question.name, "inferred", place, reason=entry.reason)
        return None

    def _bearers(self, folded: str) -> tuple[Place, ...]:
        named = self._named.get(folded, ())
        return named if self.more is None else (*named, *self.more.named(folded))

    def _resolve(self, question: Question) -> Match | None:
        for folded, kind_word in question.readings:
            named = self._bearers(folded)
            if named:
                match = self._judge(question, kind_word, folded, named)
                if match is not None:
                    return match
        return None

    def _judge(
        self, question: Question, kind_word: str, folded: str, named: tuple[Place, ...]
    ) -> Match | None:
        fitting = [place for place in named if question.admits(place)]
        fitting += self._better_known(question, folded, fitting)
        fitting = (
            of_kind_word(kind_word, fitting, folded)
            if kind_word
            else without_other_spellings(fitting, folded)
        )
        if not fitting:
            return None
        meant, why = most_cautious(fitting)
        beside = [place for place in meant if not self._is_village_beside(place, meant)]
        if len(beside) < len(meant):
            meant, why = beside, "the capital is meant rather than villages of that name"
        meant += self._rivals_outside(question, meant)
        if len(meant) > 1:
            return self._asked_back(question, meant)
        (place,) = meant
        if self._is_generic(question, place, folded):
            described = self.describe(place)
            reason = f"Ambiguous: could be {described}, or one of many places of that name."
            return Match(question.name, "ambiguous", candidates=(place,), reason=reason)
        reason = f"{self.describe(place)}: {why}." if why else ""
        return Match(question.name, "resolved", place, reason=reason)

    def _asked_back(self, question: Question, meant: Iterable[Place]) -> Match:
        could = tuple(meant)
        listed = "; ".join(map(self.describe, could))
        reason = f"Ambiguous: could be {listed}."
        return Match(question.name, "ambiguous", candidates=could, reason=reason)

    def _better_known(self, question: Question, folded: str, fitting: list[Place]) -> list[Place]:
        """Areas and capitals with nearly this spelling, if none has exactly this one."""
        own = [place for place in fitting if place.is_prominent and bears(place, folded)]
        if own or any(place.kind == "site" for place in fitting):
            return []
        is_hamlet = bool(fitting) and not any(place.is_prominent for place in fitting)
        near = self._likeness.better_known(folded, a_letter_off=is_hamlet)
        ids = {place.id for place in fitting}
        return [place for place in near if question.admits(place) and place.id not in ids]

    def _rivals_outside(self, question: Question, meant: list[Place]) -> list[Place]:
        """Places outside the country of exactly that name, unless an area or capital has it."""
        rivals = {p.id: p for plain in question.plain for p in self._outside.get(plain, ())}
        if not rivals or not question.may_be_outside:
            return []
        for place in meant:
            names = {"".join(name_words(name)) for name in (place.name, *place.local)}
            if place.is_prominent and names & set(question.plain):
                return []
        return list(rivals.values())

    def _is_generic(self, question: Question, place: Place, folded: str) -> bool:
        alone = question.within is None and question.district is None
        is_village = place.kind == "settlement" and place.capital is None
        return alone and is_village and folded in self.generic

    def _is_village_beside(self, place: Place, places: Iterable[Place]) -> bool:
        """Whether it is one of the many added villages and has the name of a capital."""
        is_added = place.id not in self.places and place.kind == "settlement"
        return is_added and any(
            other.id in self.places and other.capital is not None and same_name(other, place)
            for other in places
        )

    def _place_outside(self, question: Question) -> Match | None:
        bearers = self._outside.get(question.plain[0], ())
        if not bearers or not question.may_be_outside:
            return None
        near = self._likeness.better_known(question.readings[0][0], a_letter_off=False)
        return (
            self._asked_back(question, (*near, *bearers))
            if near
            else self.outside_match(question, bearers[0])
        )

    def _by_phrase(self, question: Question) -> Match | None:
        if question.depth >= limits.MAX_NAME_DEPTH:
            return None
        for phrase in read_phrases(question.name, self._kind_words):
            match = self._statements.answer(question, phrase)
            if match is not None:
                return match
        return None

    def _nearly(self, question: Question) -> Match | None:
        """The district of a known province whose spelling is most similar, as an inference."""
        if question.within is None or question.district is not None or not question.is_of_district:
            return None
        if any(
            p.kind == "district" for folded, _ in question.readings for p in self._bearers(folded)
        ):
            return None
        place = self._likeness.district(question)
        if place is None:
            return None
        province = self._province_names.get(question.within, question.within)
        reason = (
            f"Read as {place.name}: of the districts of {province}, the only one spelled like this."
        )
        return Match(question.name, "inferred", place, reason=reason)

    def _known_only_as(self, question: Question) -> Match | None:
        named = [place for folded, _ in question.readings for place in self._bearers(folded)]
        if not named:
            named = [
                place for plain in question.plain[1:] for place in self._outside.get(plain, ())
            ]
        if not named:
            return None
        known = "; ".join(map(self.describe, dict.fromkeys(named)))
        reason = f"The name is known, but only as {known}."
        suggestions = tuple(dict.fromkeys(place.name for place in named))
        return Match(question.name, "unknown", suggestions=suggestions, reason=reason)

    @cached_property
    def _country(self) -> str:
        return next((place.name for place in self if place.kind == "country"), "the country")

    @cached_property
    def _outside(self) -> dict[str, tuple[Place, ...]]:
        """Places outside the country by exact name: folding would confuse different towns."""
        outside = (place for place in self if place.kind == "outside")
        return by_name(outside, key=lambda name: "".join(name_words(name)))

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._named, self._outside, self.more)
