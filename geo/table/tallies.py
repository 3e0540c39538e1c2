"""Province totals: records counted by province.

A province has two numbers that are never added up, for what only a party claims and for what third
parties report, and a third where something is disputed or refuted. A record that names a set of
provinces counts for none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd

from geo.dossier.records import StatusKey
from geo.table.located import rows_of
from geo.wording.symbology import Stroke


@dataclass(frozen=True, slots=True)
class Tally:
    """One of the numbers of a province, with its stroke, its names and its statuses."""

    stroke: Stroke
    label: str
    words: str
    statuses: tuple[StatusKey, ...]


@dataclass(frozen=True, slots=True)
class ShadeStep:
    """A step of the shading: `first` to `last` records; ``None``: no upper end."""

    first: int
    last: int | None
    shade: int


TALLIES: Final = (
    Tally("dashed", "Claimed by a party only", "claimed by a party only", ("claimed_only",)),
    Tally(
        "solid", "Reported by third parties or verified", "reported by third parties or verified",
        ("reported", "corroborated", "verified"),
    ),
    Tally(
        "split", "Disputed or refuted", "disputed or refuted",
        ("disputed", "refuted"),
    ),
)  # fmt: skip
"""The numbers of a province, in order; the last is shown only if it is not zero."""

_LADDERS: Final[tuple[tuple[tuple[int, int | None], ...], ...]] = (
    ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5)),
    ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10)),
    ((1, 2), (3, 5), (6, 10), (11, 15), (16, 25)),
    ((1, 5), (6, 20), (21, 50), (51, 100), (101, 250)),
    ((1, 20), (21, 100), (101, 500), (501, 2000), (2001, None)),
)
"""Classes of record counts, finest first; the first set that reaches the highest count is used. The
classes are fixed, so that a shade means the same count on every map of the same data; their limits
are a convention of this program."""


def provinces_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The ISO 3166-2 codes of the provinces in which a row of the located table counts."""
    counts = row["off"] == "" and row["precision"] != "region"
    return tuple(row["provinces"]) if counts else ()


def by_province(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, StatusKey]]:
    """The records of each province, each once.

    Returns
    -------
    dict
        By ISO 3166-2 code of the province: verification status by id of the record.
    """
    found: dict[str, dict[str, StatusKey]] = {}
    for row in rows:
        for code in provinces_of(row):
            found.setdefault(code, {})[row["record"]] = row["status"]
    return found


def status_counts(statuses: Iterable[StatusKey]) -> tuple[int, int, int]:
    """Count statuses in the three numbers of a province.

    Returns
    -------
    tuple
        How many are claimed by a party only, reported or verified, and disputed or refuted, as in
        :data:`TALLIES`.

    Examples
    --------
    >>> status_counts(["claimed_only", "verified", "reported", "refuted"])
    (1, 2, 1)
    """
    found = Counter(statuses)
    first, second, third = (sum(found[key] for key in tally.statuses) for tally in TALLIES)
    return first, second, third


def shade_steps(table: gpd.GeoDataFrame) -> tuple[ShadeStep, ...]:
    """The steps of the shading, from all records, so that a filter does not change their meaning.

    Parameters
    ----------
    table
        The whole located table.
    """
    rows = rows_of(table[["record", "off", "precision", "provinces", "status"]])
    most = max((len(found) for found in by_province(rows).values()), default=0)
    return tuple(_steps(most))


def _steps(most: int) -> Iterator[ShadeStep]:
    ladder = next(steps for steps in _LADDERS if (steps[-1][1] or most) >= most)
    for shade, (first, last) in enumerate(ladder, start=1):
        if first <= most:
            yield ShadeStep(first, last, shade)


def shade_of(count: int, steps: Iterable[ShadeStep]) -> int:
    """The shade for a number of records, from 1; 0 for no records.

    Examples
    --------
    >>> steps = [ShadeStep(1, 2, 1), ShadeStep(3, None, 2)]
    >>> shade_of(3, steps), shade_of(0, steps)
    (2, 0)
    """
    fitting = (step for step in steps if step.first <= count <= (step.last or count))
    return next((step.shade for step in fitting), 0)
