"""What the columns of any table mean: proposed from names and values, confirmed by a person.

A proposal is never acted upon by itself: the wrong column taken for a latitude draws a map of
nothing, and nobody would notice. See :func:`propose`, and :meth:`ColumnMapping.parse` for what a
person answers.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from geo.errors import IntakeError
from geo.exchange.cells import is_empty
from geo.exchange.placing_rows import PRECISIONS
from geo.exchange.precisions import is_precision
from geo.exchange.values import NO_DAY, count_of, day_of, degrees_of
from geo.periods import period
from geo.spelling import fold

MEANINGS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType({
    "id": ("what identifies the row", ("id", "event id", "incident id", "ref", "code")),
    "date": ("the day, or an EDTF date", (
        "date", "event date", "day", "date start", "start date", "incident date", "when",
        "earliest", "تاریخ",
    )),
    "date_end": ("the last possible day", ("date end", "end date", "latest", "until")),
    "lat": ("degrees north", ("lat", "latitude", "y", "geometry.lat", "lat dd", "عرض")),
    "lon": ("degrees east", ("lon", "long", "lng", "longitude", "x", "geometry.lon", "طول")),
    "precision": ("how finely the place is known", (
        "precision", "place precision", "location precision", "geo precision", "where prec",
        "precision code", "specificity", "spatial precision",
    )),
    "radius_m": ("metres around the point", ("uncertainty m", "radius m", "accuracy")),
    "place": ("the place as the table says it", (
        "place", "location", "town", "village", "place text", "city", "settlement", "where", "محل",
    )),
    "district": ("the district", ("district", "admin2", "adm2", "adm 2", "ولسوالی")),
    "province": ("the province", ("province", "admin1", "prov", "adm1", "adm 1", "ولایت")),
    "country": ("the country", ("country", "nation")),
    "groups": ("who acts", (
        "groups", "group", "actor", "actors", "perpetrator", "by", "who", "actor1",
    )),
    "against": ("who is acted upon", ("against", "target", "targets", "victim")),
    "event": ("ACLED's event type", ("event", "event type", "type")),
    "subevent": ("ACLED's sub-event type", ("subevent", "sub event type", "subtype")),
    "killed": ("how many were killed", (
        "killed", "fatalities", "deaths", "dead", "killed best", "best",
    )),
    "killed_low": ("at least so many", ("killed low", "low")),
    "killed_high": ("at most so many", ("killed high", "high")),
    "source": ("who reports it", ("source", "sources", "reference")),
    "notes": ("what happened", ("notes", "description", "summary", "text", "details", "title")),
})  # fmt: skip
_SYNONYMS: Final = {fold(name): target for target, (_, names) in MEANINGS.items() for name in names}
PRECISION_OF: Final = "precision:"
"""Begins what says how finely one text of the column of precisions places a row."""
_ENOUGH: Final = 0.8
"""Share of the filled cells that must look like what a column is proposed as."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the columns of a table mean.

    Parameters
    ----------
    columns
        Meaning to name of a column.
    fixed
        Meaning to a text that holds for every row.
    reasons
        Why each meaning is proposed; none once a person has said so.
    precisions
        Text of the column of precisions to one of :data:`geo.exchange.placing_rows.PRECISIONS`.
    """

    columns: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    precisions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, texts: Iterable[str], columns: Sequence[str]) -> ColumnMapping:
        """Read what a person writes: ``lat=Y,lon=X``, or ``precision==settlement`` for every row.

        A column whose name has a comma stands in double quotes with its meaning before it.
        ``precision:good=settlement`` gives one text of the column of precisions a meaning.

        Raises
        ------
        IntakeError
            A meaning is none of :data:`MEANINGS`, or a column is not in the table.

        Examples
        --------
        >>> found = ColumnMapping.parse(["lat=Y,lon=X", "precision==near"], ["X", "Y"])
        >>> dict(found.columns), dict(found.fixed), str(found)
        ({'lat': 'Y', 'lon': 'X'}, {'precision': 'near'}, 'lat=Y,lon=X,precision==near')
        >>> ColumnMapping.parse(["lat=Z"], ["X", "Y"])
        Traceback (most recent call last):
        geo.errors.IntakeError: 'lat=Z': there is no column 'Z'; the columns are X, Y
        """
        known: dict[str, str] = {}
        fixed: dict[str, str] = {}
        precisions: dict[str, str] = {}
        for part in (part for text in texts for part in next(csv.reader([text]), [])):
            if part.strip().startswith(PRECISION_OF):
                precisions |= _precision_in(part)
                continue
            target, equals, column = (bit.strip() for bit in part.partition("="))
            if target not in MEANINGS or not equals:
                raise IntakeError(
                    f"{part!r}: expected MEANING=COLUMN or MEANING==TEXT with one of "
                    f"{', '.join(MEANINGS)}"
                )
            if column.startswith("="):
                fixed[target] = column[1:].strip()
            elif column in columns:
                known[target] = column
            else:
                raise IntakeError(
                    f"{part!r}: there is no column {column!r}; the columns are {', '.join(columns)}"
                )
        return cls(known, fixed, {}, precisions)

    def __str__(self) -> str:
        parts = [f"{target}={column}" for target, column in self.columns.items()]
        parts += [f"{target}=={text}" for target, text in self.fixed.items()]
        parts += [f"{PRECISION_OF}{text}={word}" for text, word in self.precisions.items()]
        quoted = (
            '"' + part.replace('"', '""') + '"' if "," in part or '"' in part else part
            for part in parts
        )
        return ",".join(quoted)

    def unused(self, columns: Iterable[str]) -> list[str]:
        """The columns that mean nothing here; they are kept as they are."""
        return [name for name in columns if name not in self.columns.values()]


def _precision_in(part: str) -> dict[str, str]:
    """What ``precision:TEXT=WORD`` says; the text may hold equals signs itself.

    Examples
    --------
    >>> _precision_in("precision:p=2=district")
    {'p=2': 'district'}
    >>> _precision_in("precision:good=fine")
    Traceback (most recent call last):
    geo.errors.IntakeError: 'precision:good=fine': expected precision:TEXT=WORD with one of exact,
    settlement, near, district, province, region, country, unknown
    """
    text, equals, word = part.strip().removeprefix(PRECISION_OF).rpartition("=")
    if not equals or not text.strip() or word.strip() not in PRECISIONS:
        raise IntakeError(
            f"{part!r}: expected {PRECISION_OF}TEXT=WORD with one of {', '.join(PRECISIONS)}"
        )
    return {text.strip(): word.strip()}


def propose(columns: Sequence[str], sample: Mapping[str, Sequence[str]]) -> ColumnMapping:
    """Propose what columns mean, by their names and by what stands in their first rows.

    Parameters
    ----------
    columns
        Names, in order.
    sample
        Some texts of each column.

    Examples
    --------
    >>> found = propose(["Y", "X", "Event Date", "n"], {"Y": ["34.5"], "X": ["69.2"],
    ...                 "Event Date": ["2022-05"], "n": ["3"]})
    >>> str(found)
    'date=Event Date,lat=Y,lon=X'
    >>> str(propose(["lat", "lon"], {"lat": ["3456789"], "lon": ["Kabul"]}))
    ''
    """
    found: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for name in columns:
        target = _SYNONYMS.get(fold(name.replace("_", " ")))
        if target is None or target in found:
            continue
        if _fits(target, sample.get(name, ())):
            found[target], reasons[target] = name, "name and cells" if target in _CHECKS else "name"
    for name in columns if "date" not in found else ():
        if name not in found.values() and _fits("date", sample.get(name, ()), filled=True):
            found["date"], reasons["date"] = name, "cells"
            break
    ordered = [target for target in MEANINGS if target in found]
    return ColumnMapping(
        {target: found[target] for target in ordered}, {}, {one: reasons[one] for one in ordered}
    )


def _fits(target: str, texts: Sequence[str], *, filled: bool = False) -> bool:
    cells = [text for text in texts if text.strip()]
    check = _CHECKS.get(target)
    if check is None or not cells:
        return not filled
    return sum(map(check, cells)) >= _ENOUGH * len(cells)


def is_date(text: str) -> bool:
    """Whether a text is a day or an EDTF date."""
    if day_of(text) != NO_DAY:
        return True
    try:
        found = period(text)
    except ValueError:
        return False
    return found.earliest is not None and found.latest is not None


_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "lat": lambda text: bool(np.abs(degrees_of(text)) <= 90),  # noqa: PLR2004 - a quarter turn
    "lon": lambda text: bool(np.abs(degrees_of(text)) <= 180),  # noqa: PLR2004 - half a turn
    "date": is_date,
    "date_end": is_date,
    "precision": lambda text: is_empty(text) or is_precision(text),
    "radius_m": lambda text: degrees_of(text) >= 0,
    **dict.fromkeys(("killed", "killed_low", "killed_high"), lambda text: count_of(text) >= 0),
}
