"""Collect what only all rows of a table together show, even if it is read in parts.

Each part gives its clues; together they decide the same for every row as if the file had been read
at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from geo import limits
from geo.events.cells.date_evidence import DateEvidence
from geo.events.cells.dates import DateReading
from geo.events.cells.swapped_axes import look_swapped
from geo.events.placing.precisions import Scheme, scheme_of

ADVISED: Final = 500
"""Most distinct places for which similar names are suggested; each costs a search of all names."""
_SHARE: Final = 0.2
"""Share of the rows at a point that must name other provinces than most do; fewer are slips."""
SWAPPED: Final = "Latitude and longitude look swapped"
LatLon = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TableContext:
    """What is known of a whole table before its rows are judged.

    Parameters
    ----------
    advised
        Whether similar spellings are suggested where a name is unknown.
    scheme
        The coding scheme of its precisions.
    crowded
        Points (latitude, longitude, as in the file) that have rows of several provinces.
    dates
        How its dates are read.
    swapped
        Whether its points are in the country only with latitude and longitude exchanged.
    notes
        Sentences on how the file is read.
    """

    advised: bool = False
    scheme: Scheme = "unclear"
    crowded: frozenset[LatLon] = frozenset()
    dates: DateReading = field(default_factory=DateReading)
    swapped: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableClues:
    """What a part of a table adds to what is known of the whole.

    Parameters
    ----------
    named
        Place, province and district of its rows; ``None`` for more than :data:`ADVISED`.
    precisions
        The distinct texts of its precisions; of many, only some.
    points
        Number of rows that name a province at a point, by latitude, longitude and the number of the
        province; ``None`` for more than are compared.
    dates
        What its dates show about how to read them.
    boxed
        Number of rows with a point, with one in the box around the country, and with one that is in
        the box when latitude and longitude are exchanged.
    """

    named: frozenset[tuple[str, ...]] | None = frozenset()
    precisions: frozenset[str] = frozenset()
    points: Mapping[tuple[float, float, int], int] | None = None
    dates: DateEvidence = field(default_factory=DateEvidence)
    boxed: tuple[int, int, int] = (0, 0, 0)

    @classmethod
    def together(cls, clues: Iterable[TableClues]) -> TableClues:
        """Merge the clues of all parts.

        Examples
        --------
        >>> one = TableClues(frozenset({("a",)}), frozenset({"1"}), {(34.0, 69.0, 1): 2})
        >>> two = TableClues(None, frozenset({"4"}), {(34.0, 69.0, 2): 1})
        >>> both = TableClues.together([one, two])
        >>> both.named, sorted(both.precisions), both.whole("precision").scheme
        (None, ['1', '4'], 'ucdp')
        >>> both.whole("precision").crowded
        frozenset({(34.0, 69.0)})
        """
        every = list(clues)
        named = [one.named for one in every if one.named is not None]
        counted: Counter[tuple[float, float, int]] = Counter()
        for one in every:
            counted.update(one.points or {})
        compared = all(one.points is not None for one in every)
        return cls(
            frozenset().union(*named) if len(named) == len(every) else None,
            frozenset().union(*(one.precisions for one in every)),
            counted if compared else None,
            sum((one.dates for one in every), DateEvidence()),
            (
                sum(one.boxed[0] for one in every),
                sum(one.boxed[1] for one in every),
                sum(one.boxed[2] for one in every),
            ),
        )

    def whole(self, heading: str, wanted: DateReading | None = None) -> TableContext:
        """Draw conclusions from the clues of the whole table; `heading` is that of its precisions.

        Raises
        ------
        AmbiguousDatesError
            Neither the file nor `wanted` says how its dates are read.
        """
        advised = self.named is not None and len(self.named) <= ADVISED
        dates = self.dates.reading(wanted or DateReading())
        swapped = look_swapped(self.boxed)
        notes = [self.dates.explained(dates)]
        if swapped:
            points, _, other = self.boxed
            notes.append(
                f"{SWAPPED}: {other:,} of {points:,} points are in the country only when exchanged."
            )
        return TableContext(
            advised, scheme_of(heading, self.precisions), self._crowded(), dates, swapped,
            tuple(filter(None, notes)),
        )  # fmt: skip

    def _crowded(self) -> frozenset[LatLon]:
        if self.points is None or len(self.points) > limits.MAX_POINTS_COMPARED:
            return frozenset()
        at: defaultdict[LatLon, list[int]] = defaultdict(list)
        for (lat, lon, _), rows in self.points.items():
            at[lat, lon].append(rows)
        return frozenset(
            point for point, rows in at.items()
            if len(rows) > 1 and sum(rows) - max(rows) >= _SHARE * sum(rows)
        )  # fmt: skip
