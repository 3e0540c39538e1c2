"""Names that resemble each other: suggestions for unknown names, and typing errors.

Similarity is the ``ratio`` of rapidfuzz, from 0 to 100, of names after
:func:`geo.places.spelling.loosen`. ``tests/spelling_cases.csv`` and the lists beside it show what
its limits accept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from geo.places.gazetteer.columns import NameColumns
from geo.places.gazetteer.indexes import NEAREST, loosened, nearest
from geo.places.gazetteer.places import Match, Place
from geo.places.gazetteer.questions import Question
from geo.places.spelling import fold_name, loosen

ALIKE: Final = 70.0
"""Least similarity of a suggestion in the country."""
ALIKE_OUTSIDE: Final = 85.0
"""Least similarity of a suggestion outside the country, where names are many and often similar."""
WORSE: Final = 20.0
"""Most by which a further suggestion may be less similar than the best one."""
SUGGESTIONS: Final = 5
"""Most suggestions: as many as a reader takes in at a glance."""
ALIKE_IN_PROVINCE: Final = 80.0
"""Least similarity at which a name is inferred to be that of a district in a known province."""
LEAD: Final = 8.0
"""Least by which the second most similar district must be less similar than the first."""
LONG_ENOUGH: Final = 7
"""Letters from which a name with one wrong letter is more often a typing error than another
name."""
UNKNOWN: Final = "No place of this name is known."


class Likeness:
    """Compares names with all known names.

    Parameters
    ----------
    named
        The country's own places by their folded names.
    outside
        Places outside the country by their names.
    more
        Further places of the country, as columns.
    """

    def __init__(
        self,
        named: Mapping[str, tuple[Place, ...]],
        outside: Mapping[str, tuple[Place, ...]],
        more: NameColumns | None,
    ) -> None:
        self._named, self._outside, self.more = named, outside, more

    def suggest(self, question: Question) -> Match:
        """The match of an unknown name, with the known names that are similar to it."""
        for names, alike in self._lists(question):
            near = process.extract(
                question.loose, names, scorer=fuzz.ratio, score_cutoff=alike, limit=NEAREST
            )
            # Rounded as in suggest_many(), so that both give the same result.
            match = self._suggested(
                question, [(key, float(np.float32(how))) for key, how, _ in near]
            )
            if match is not None:
                return match
        return Match(question.name, "unknown", reason=UNKNOWN)

    def suggest_many(self, questions: list[Question]) -> dict[str, Match]:
        """Do as :meth:`suggest` for many names at once.

        Returns
        -------
        dict
            The match of each question by its name.
        """
        found: dict[str, Match] = {}
        for at, (names, alike) in enumerate(self._likenesses):
            left = [
                one for one in questions if one.name not in found and at < len(self._lists(one))
            ]
            for question, near in nearest(left, names, alike):
                match = self._suggested(question, near)
                if match is not None:
                    found[question.name] = match
        unknown = {one.name: Match(one.name, "unknown", reason=UNKNOWN) for one in questions}
        return unknown | found

    def better_known(self, folded: str, *, a_letter_off: bool) -> tuple[Place, ...]:
        """The areas and capitals of which a name is a looser spelling, or one letter different."""
        loose = loosen(folded)
        keys = {loose}
        if a_letter_off and len(loose) >= LONG_ENOUGH:
            near = process.extract(
                loose, self._first_names, scorer=Levenshtein.distance, score_cutoff=1,
                limit=NEAREST,
            )  # fmt: skip
            keys |= {key for key, _, _ in near if key[0] == loose[0]}
        found = {place.id: place for key in sorted(keys) for place in self._prominent.get(key, ())}
        return tuple(found.values())

    def district(self, question: Question) -> Place | None:
        """The one district of the question's province whose spelling is similar, if there is one.

        The first letters must be equal: transliterations rarely differ in the first letter, and
        names that do ("Wesh", "Nesh") are different names.
        """
        loose, best = question.loose, dict[str, float]()
        districts = self._districts.get(question.within or "", {})
        for key, place_id in districts.items():
            how = fuzz.ratio(loose, key) if loose and key[0] == loose[0] else 0.0
            best[place_id] = max(how, best.get(place_id, 0.0))
        order = sorted(best, key=lambda place_id: -best[place_id])
        second = best[order[1]] if len(order) > 1 else 0.0
        if not order or best[order[0]] < ALIKE_IN_PROVINCE or best[order[0]] - second < LEAD:
            return None
        return self._by_id[order[0]]

    def _suggested(self, question: Question, near: list[tuple[str, float]]) -> Match | None:
        """The match that suggests the most similar names, the best first."""
        least = near[0][1] - WORSE if near else 0
        fitting: dict[str, None] = {}
        others: dict[str, None] = {}
        for key, how in near:
            if how < least or len(fitting) >= SUGGESTIONS:
                break
            for place in self._loosely(key):
                (fitting if question.admits(place) else others)[place.name] = None
        names = tuple(fitting or others)[:SUGGESTIONS]
        if not names:
            return None
        reason = f"{UNKNOWN} Spelled alike: {', '.join(names)}."
        return Match(question.name, "unknown", suggestions=names, reason=reason)

    def _loosely(self, loose: str) -> tuple[Place, ...]:
        """The places of a loosened name: the country's own, else those outside it."""
        own = self._named_loosely.get(loose, ())
        more = self.more.named_loosely(loose) if self.more is not None else ()
        return (*own, *more) or self._outside_loosely.get(loose, ())

    def _lists(self, question: Question) -> tuple[tuple[list[str], float], ...]:
        return self._likenesses if question.may_be_outside else self._likenesses[:1]

    @cached_property
    def _likenesses(self) -> tuple[tuple[list[str], float], ...]:
        """Names to compare with and their least similarity: in the country, then outside it."""
        more = self.more.loose_keys() if self.more is not None else {}
        own = list(dict.fromkeys([*self._named_loosely, *more]))
        return (own, ALIKE), (list(self._outside_loosely), ALIKE_OUTSIDE)

    @cached_property
    def _named_loosely(self) -> dict[str, tuple[Place, ...]]:
        return loosened(self._named)

    @cached_property
    def _outside_loosely(self) -> dict[str, tuple[Place, ...]]:
        places = {place.id: place for found in self._outside.values() for place in found}
        named: defaultdict[str, dict[str, Place]] = defaultdict(dict)
        for place in places.values():
            for name in (place.name, *place.also):
                named[loosen(fold_name(name))][place.id] = place
        return {name: tuple(found.values()) for name, found in named.items()}

    @cached_property
    def _prominent(self) -> dict[str, tuple[Place, ...]]:
        known = {
            key: tuple(place for place in places if place.is_prominent)
            for key, places in self._named_loosely.items()
        }
        return {key: places for key, places in known.items() if places}

    @cached_property
    def _first_names(self) -> list[str]:
        """The loosened first names of areas and capitals."""
        places = {place.id: place for found in self._prominent.values() for place in found}
        names = (name for place in places.values() for name in (place.name, *place.local))
        return list(dict.fromkeys(loosen(fold_name(name)) for name in names))

    @cached_property
    def _districts(self) -> dict[str, dict[str, str]]:
        """By province: the loosened names of its districts, to their ids."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for key, places in self._named_loosely.items():
            for place in places:
                if place.kind == "district" and key:
                    found[place.provinces[0]].setdefault(key, place.id)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Place]:
        return {place.id: place for places in self._named.values() for place in places}
