"""How the text of one field is read, by the kind of the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.text import capitalised
from geo.written.dates import read_date


@dataclass(frozen=True, slots=True)
class Read:
    """What a text says.

    Parameters
    ----------
    value
        The value of the field; ``None`` if it is empty or cannot be read.
    values
        Values of several fields, where the text says more than one; else ``None``.
    said
        How it was read, in words.
    fault
        Why it cannot be read, and what can.
    choices
        What it may mean: a label, and the text that says only that.
    """

    value: Any = None
    values: Mapping[str, Any] | None = None
    said: str = ""
    fault: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def read_field(kind: str, text: str, today: date) -> Read:
    """Read the text of a field.

    Parameters
    ----------
    today
        The years beside it are offered for a date without a year.

    Examples
    --------
    >>> read_field("number", "2 km", date(2026, 1, 1)).fault
    'Expected a whole number, such as 2000.'
    >>> read_field("date", "late April 2022", date(2026, 1, 1)).said
    'Between 21 and 30 April 2022 (2022-04-21/2022-04-30)'
    """
    stripped = text.strip()
    if not stripped:
        return Read(values={"lat": None, "lon": None}) if kind == "point" else Read()
    if kind == "date":
        return _date(stripped, today)
    return _READERS.get(kind, Read)(stripped)


def _lines(text: str) -> Read:
    return Read([line.strip() for line in text.splitlines() if line.strip()])


def _number(text: str) -> Read:
    plain = text.replace(",", "").replace(" ", "")
    if not plain.isdecimal():
        return Read(text, fault="Expected a whole number, such as 2000.")
    return Read(int(plain))


def _date(text: str, today: date) -> Read:
    found = read_date(text, around=today)
    choices = tuple((one.words, one.edtf) for one in found.candidates)
    if not found.edtf:
        return Read(text, fault=found.question, choices=choices)
    return Read(found.edtf, said=f"{capitalised(found.words)} ({found.edtf})", choices=choices)


def _figure(text: str) -> Read:
    return _number(text)


def _point(text: str) -> Read:
    return Read(values={"lat": None, "lon": None}, fault=text)


_READERS: Final[Mapping[str, Callable[[str], Read]]] = {
    "lines": _lines, "number": _number, "digit": _number, "figure": _figure,
    "point": _point,
}  # fmt: skip
"""Readers of the kinds whose text is not the value itself."""
