"""How the text of one field is read, by the kind of the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.events.cells.swapped_axes import GeoBox
from geo.text import capitalised
from geo.written.coordinates import read_coordinates
from geo.written.dates import read_date
from geo.written.figures import WrittenFigure, read_figure

NONE_STATED: Final = "0, as the source says"
"""Text for a number of people that a source says is none: "0" alone is asked about."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a text is read beside.

    Parameters
    ----------
    today
        The years beside it are offered for a date without a year.
    box
        West, south, east and north of the country in degrees, by which the order of two
        coordinates is told.
    """

    today: date
    box: GeoBox | None = None


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


def read_field(kind: str, text: str, context: FormContext) -> Read:
    """Read the text of a field.

    Examples
    --------
    >>> context = FormContext(date(2026, 1, 1))
    >>> read_field("number", "2 km", context).fault
    'Expected a whole number, such as 2000.'
    >>> read_field("date", "late April 2022", context).said
    'Between 21 and 30 April 2022 (2022-04-21/2022-04-30)'
    >>> [label for label, _ in read_field("figure", "none reported", context).choices]
    ['Yes: it says that nobody was killed.', 'No: it gives no figure.']
    """
    stripped = text.strip()
    if not stripped:
        return Read(values={"lat": None, "lon": None}) if kind == "point" else Read()
    reader = _READERS.get(kind)
    return Read(stripped) if reader is None else reader(stripped, context)


def _lines(text: str, _: FormContext) -> Read:
    return Read([line.strip() for line in text.splitlines() if line.strip()])


def _number(text: str, _: FormContext) -> Read:
    plain = text.replace(",", "").replace(" ", "")
    if not plain.isdecimal():
        return Read(text, fault="Expected a whole number, such as 2000.")
    return Read(int(plain))


def _date(text: str, context: FormContext) -> Read:
    found = read_date(text, around=context.today)
    choices = tuple((one.words, one.edtf) for one in found.candidates)
    if not found.edtf:
        return Read(text, fault=found.question, choices=choices)
    return Read(found.edtf, said=f"{capitalised(found.words)} ({found.edtf})", choices=choices)


def _figure(text: str, _: FormContext) -> Read:
    if text == NONE_STATED:
        return Read(0, said="The source says that it was nobody.")
    found = read_figure(text)
    if found.value is None:
        choices = tuple((one.words, NONE_STATED if one.fields else "") for one in found.candidates)
        return Read(text, fault=found.question, choices=choices)
    value = found.value if isinstance(found.value, int) else dict(found.value)
    return Read(value, said="" if isinstance(value, int) else _say_figure(found))


def _say_figure(found: WrittenFigure) -> str:
    named = (("at least", found.low), ("most likely", found.best), ("at most", found.high))
    return f"{capitalised(', '.join(f'{word} {n}' for word, n in named if n is not None))}."


def _point(text: str, context: FormContext) -> Read:
    found = read_coordinates(text, box=context.box)
    choices = tuple((one.words, f"{one.lat} N, {one.lon} E") for one in found.candidates)
    if found.lat is None or found.lon is None:
        none = {"lat": None, "lon": None}
        return Read(values=none, fault=found.question, choices=choices)
    values = {"lat": found.lat, "lon": found.lon, "uncertainty_m": found.uncertainty_m}
    said = f"Known to {found.uncertainty_m:,} m. {found.because} {found.order}"
    return Read(values=values, said=said.strip(), choices=choices)


_READERS: Final[Mapping[str, Callable[[str, FormContext], Read]]] = {
    "lines": _lines, "number": _number, "digit": _number, "date": _date, "figure": _figure,
    "point": _point,
}  # fmt: skip
"""Readers of the kinds whose text is not the value itself."""
