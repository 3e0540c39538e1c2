"""Read the heading of a CSV file: the delimiter, and a distinct name for each column."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo import limits
from geo.errors import IntakeError
from geo.events.readers.sources import FileInput, opened_source

HEAD: Final = 1 << 20
"""Bytes examined to recognise delimiter, encoding and heading: thousands of rows."""
_DELIMITERS: Final = ",;\t"
_BYTE_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
ALIKE: Final = "columns with the same heading are renamed: {}"


def apart(names: Sequence[str]) -> tuple[str, ...]:
    """Number repeated names of columns, so that each is unique.

    Examples
    --------
    >>> apart(["actor", "actor", "actor (2)", "actor"])
    ('actor', 'actor (3)', 'actor (2)', 'actor (4)')
    """
    given, taken = set(names), set[str]()
    found: list[str] = []
    numbers: Counter[str] = Counter()
    for name in names:
        new = name
        numbers[name] += 1
        while new in taken or (new != name and new in given):
            numbers[name] += new != name
            new = f"{name} ({numbers[name]})"
        taken.add(new)
        found.append(new)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CsvHeading:
    """The names of a file's columns, as they are in the file, and the delimiter."""

    names: tuple[str, ...]
    delimiter: str

    @property
    def tidy(self) -> tuple[str, ...]:
        r"""Return the names without outer white space and line breaks, each unique.

        Examples
        --------
        >>> CsvHeading(("Number", "Location ", "", "Lati\ntude", "", "Location"), ",").tidy
        ('Number', 'Location', 'column 3', 'Lati tude', 'column 5', 'Location (2)')
        """
        return apart(self._bare)

    @property
    def _bare(self) -> tuple[str, ...]:
        return tuple(
            " ".join(name.split()) or f"column {number}"
            for number, name in enumerate(self.names, start=1)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Return notes on the columns that were renamed.

        Examples
        --------
        >>> CsvHeading(("Actor", "Actor"), ",").notes
        ("columns with the same heading are renamed: 'Actor (2)'",)
        """
        new = [name for bare, name in zip(self._bare, self.tidy, strict=True) if bare != name]
        return (ALIKE.format(", ".join(map(repr, new))),) if new else ()

    @property
    def unnamed(self) -> tuple[str, ...]:
        """Return the names that :attr:`tidy` gives to columns without a name in the file."""
        named = zip(self.names, self.tidy, strict=True)
        return tuple(tidy for name, tidy in named if not name.strip())


def read_heading(source: FileInput, file: str) -> CsvHeading:
    """Read the names of the columns.

    Raises
    ------
    IntakeError
        There are no names, or too many, or the file is not UTF-8.
    """
    with opened_source(source, file, limits.MAX_TABLE_BYTES) as opened:
        head = opened.read(HEAD)
    if head.startswith(_BYTE_ORDER_MARKS):
        raise IntakeError(f"{file}: is UTF-16; save it as CSV in UTF-8")
    # Cut at the last line break, so that no character is split.
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]
    text = whole.decode("utf-8-sig", errors="replace").lstrip("\r\n")
    found = max((_split(text, one) for one in _DELIMITERS), key=lambda heading: len(heading.names))
    names = found.names
    if not any(names):
        raise IntakeError(f"{file}: is empty; expected a heading with the names of the columns")
    if any("\ufffd" in name for name in names):
        raise IntakeError(f"{file}:1: the heading is not UTF-8; save the file as UTF-8")
    if len(names) > limits.MAX_COLUMNS:
        raise IntakeError(
            f"{file}: has {len(names)} columns; at most {limits.MAX_COLUMNS} are read"
        )
    return found


def _split(text: str, delimiter: str) -> CsvHeading:
    try:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        first = []
    return CsvHeading(tuple(first), delimiter)
