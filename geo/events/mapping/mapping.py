"""Hold what the columns of a table mean, as proposed by the program or confirmed by a person.

A proposal alone is never used: a wrong column taken for latitude would draw a meaningless map, and
nobody would notice. See :mod:`geo.events.mapping.proposing` for proposals, and
:meth:`ColumnMapping.parse` for a person's answers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from geo.errors import IntakeError
from geo.events.cells.dates import CALENDARS, ORDERS, SERIAL_SYSTEMS, DateReading
from geo.events.mapping.headings import MEANINGS, SEVERAL
from geo.events.placing.rows import PRECISIONS

PRECISION_OF: Final = "precision:"
"""Prefix of an answer that gives one text of the precision column its meaning."""
DATE_ORDER: Final = "date_order"
CALENDAR: Final = "calendar"
DATE_SERIALS: Final = "date_serials"
_DATES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    DATE_ORDER: ("order", ORDERS), CALENDAR: ("calendar", CALENDARS),
    DATE_SERIALS: ("serials", SERIAL_SYSTEMS),
}  # fmt: skip
"""What a person may state about dates: the field of :class:`DateReading`, and its values."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Meanings of the columns of a table.

    Parameters
    ----------
    columns
        Meaning to the name of a column.
    fixed
        Meaning to a text that applies to every row.
    reasons
        Why each meaning is proposed; empty once a person has confirmed it.
    precisions
        Text in the precision column to one of :data:`geo.events.placing.rows.PRECISIONS`.
    more
        Further columns, for meanings that may have several.
    dates
        How dates are read, as far as a person has stated it.
    """

    columns: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    precisions: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: DateReading = field(default_factory=DateReading)

    @property
    def names_columns(self) -> bool:
        """Whether it gives columns a meaning, and not only how dates are read.

        Examples
        --------
        >>> ColumnMapping.parse(["date_order==day-first"], []).names_columns
        False
        """
        return bool(self.columns or self.fixed)

    def all_of(self, target: str) -> tuple[str, ...]:
        """Return all columns of a meaning.

        Examples
        --------
        >>> ColumnMapping.parse(["groups=A,groups=B"], ["A", "B"]).all_of("groups")
        ('A', 'B')
        """
        first = (self.columns[target],) if target in self.columns else ()
        return (*first, *self.more.get(target, ()))

    def exchanged(self) -> ColumnMapping:
        """Return the mapping with latitude and longitude exchanged.

        Examples
        --------
        >>> str(ColumnMapping({"lat": "Y", "lon": "X"}).exchanged())
        'lat=X,lon=Y'
        """
        other = {"lat": "lon", "lon": "lat"}
        columns = {target: self.columns[other.get(target, target)] for target in self.columns}
        return replace(self, columns=columns)

    @classmethod
    def parse(cls, texts: Iterable[str], columns: Sequence[str]) -> ColumnMapping:
        """Parse a person's answer: ``lat=Y,lon=X``, or ``precision==settlement`` for every row.

        A pair whose column name contains a comma is put in double quotes.
        ``precision:good=settlement`` gives one text of the precision column a meaning.

        Raises
        ------
        IntakeError
            A meaning is not in :data:`geo.events.mapping.headings.MEANINGS`, a column is not in the
            table, or a meaning that takes one column is given two.

        Examples
        --------
        >>> found = ColumnMapping.parse(["lat=Y,lon=X", "precision==near"], ["X", "Y"])
        >>> dict(found.columns), dict(found.fixed), str(found)
        ({'lat': 'Y', 'lon': 'X'}, {'precision': 'near'}, 'lat=Y,lon=X,precision==near')
        >>> ColumnMapping.parse(["lat=Z"], ["X", "Y"])
        Traceback (most recent call last):
        geo.errors.IntakeError: 'lat=Z': there is no column 'Z'; the columns are X, Y
        """
        read = _MappingParser(columns)
        for part in (part for text in texts for part in next(csv.reader([text]), [])):
            read.take(part)
        more = {target: tuple(names[1:]) for target, names in read.known.items() if names[1:]}
        return cls(
            {target: names[0] for target, names in read.known.items()},
            read.fixed, {}, read.precisions, more, read.dates,
        )  # fmt: skip

    def __str__(self) -> str:
        parts = [f"{one}={column}" for one in self.columns for column in self.all_of(one)]
        parts += [f"{target}=={text}" for target, text in self.fixed.items()]
        parts += [f"{PRECISION_OF}{text}={word}" for text, word in self.precisions.items()]
        default = DateReading()
        parts += [
            f"{target}=={getattr(self.dates, name)}"
            for target, (name, _) in _DATES.items()
            if getattr(self.dates, name) != getattr(default, name)
        ]
        return ",".join(map(quoted, parts))

    def unused(self, columns: Iterable[str]) -> list[str]:
        """Return the columns without a meaning; they are kept as they are."""
        used = {name for target in self.columns for name in self.all_of(target)}
        return [name for name in columns if name not in used]


def quoted(part: str) -> str:
    """Return a part of a mapping as it is written between commas.

    Examples
    --------
    >>> quoted("lat=Y"), quoted("precision:a, b=near")
    ('lat=Y', '"precision:a, b=near"')
    """
    return '"' + part.replace('"', '""') + '"' if set(part) & {",", '"'} else part


def date_parts(order: str | None, calendar: str | None) -> list[str]:
    """Return how dates are read as parts of a mapping, without those that are empty.

    Examples
    --------
    >>> date_parts("day-first", None), date_parts("", "")
    (['date_order==day-first'], [])
    """
    stated = {DATE_ORDER: order, CALENDAR: calendar}
    return [f"{target}=={value}" for target, value in stated.items() if value]


class _MappingParser:
    """Parses what a person writes, part by part."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        self.known: dict[str, list[str]] = {}
        self.fixed: dict[str, str] = {}
        self.precisions: dict[str, str] = {}
        self.dates = DateReading()

    def take(self, part: str) -> None:
        """Parse one part, or refuse it."""
        if part.strip().startswith(PRECISION_OF):
            self.precisions |= _precision_in(part)
            return
        target, equals, column = (bit.strip() for bit in part.partition("="))
        if target in _DATES:
            self._dates(target, column.removeprefix("=").strip(), part)
            return
        if target not in MEANINGS or not equals:
            raise IntakeError(
                f"{part!r}: expected MEANING=COLUMN or MEANING==TEXT with one of "
                f"{', '.join(MEANINGS)}"
            )
        if column.startswith("="):
            self.fixed[target] = column[1:].strip()
            return
        self._column(target, column, part)

    def _column(self, target: str, column: str, part: str) -> None:
        if column not in self.columns:
            raise IntakeError(
                f"{part!r}: there is no column {column!r}; the columns are "
                f"{', '.join(self.columns)}"
            )
        names = self.known.setdefault(target, [])
        if names and column not in names and target not in SEVERAL:
            raise IntakeError(
                f"{part!r}: {target} is already {names[0]!r}; only {' and '.join(sorted(SEVERAL))} "
                "take several columns"
            )
        if column not in names:
            names.append(column)

    def _dates(self, target: str, text: str, part: str) -> None:
        name, expected = _DATES[target]
        if text not in expected:
            raise IntakeError(f"{part!r}: expected {target}== with {' or '.join(expected)}")
        changes: dict[str, Any] = {name: text}
        self.dates = replace(self.dates, **changes)


def _precision_in(part: str) -> dict[str, str]:
    """Parse ``precision:TEXT=WORD``; the text may itself contain equals signs.

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
