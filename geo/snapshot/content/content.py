"""What a snapshot says, as plain data: numbered marks, the lists they lead to, legend, ledger.

Whoever draws it (matplotlib, PowerPoint, Word) only lays it out; every number, sentence and order
is decided by :func:`geo.snapshot.content.composing.compose`. All text in it is untrusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geo.dossier.records import StatusKey
from geo.places.country.base_map import PointKind
from geo.places.country.own_map import OwnCut
from geo.places.locations import Precision
from geo.snapshot.content.frame import Frame
from geo.view import Language
from geo.wording.ageing import Age
from geo.wording.symbology import Form, GroupStyle, Stroke


@dataclass(frozen=True, slots=True)
class Sign:
    """One symbol: the head of a mark, as map, legend and lists draw it.

    Parameters
    ----------
    groups
        Keys of the groups, at most two of which are drawn; ``not-named`` where none is named.
    kind
        Decides the outline: a circle for an incident, a banner for a presence claim.
    stroke
        Who says so.
    deaths
        Size class 0 to 3, ``-1`` not stated; ``None`` for the size of a chip in a list.
    age
        Of a presence claim.
    """

    groups: tuple[str, ...]
    kind: Literal["incident", "presence"]
    stroke: Stroke
    deaths: int | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class SignRow:
    """One sign of a spot or badge and the numbers of the records it stands for.

    Parameters
    ----------
    inferred
        All of them rest on an inference: the sign is drawn with a question mark.
    """

    sign: Sign
    numbers: tuple[int, ...]
    inferred: bool = False

    @property
    def text(self) -> str:
        """The numbers as they stand beside the sign, with a mark where inferred."""
        return say_numbers(self.numbers) + ("?" if self.inferred else "")


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that is known: a pin, a dot with its town's halo, or a disc of its true radius."""

    lat: float
    lon: float
    form: Form
    precision: Precision
    radius_m: float
    name: str
    rows: tuple[SignRow, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """An area in which something is reported somewhere: an outline, hatched, and a plate.

    Parameters
    ----------
    area
        Id of the province, district or region.
    form
        ``area`` is hatched, ``region`` only outlined.
    outline
        x longitude, y latitude, in degrees, WGS 84.
    lat, lon
        Where the plate stands best, inside the area.
    counts
        Claimed only, reported or verified by others, contested or refuted; only in a View by
        provinces, where the plate shows these instead of signs.
    shade
        1 to 5 in a View by provinces, 0 otherwise.
    """

    area: str
    name: str
    precision: Precision
    form: Form
    outline: BaseGeometry = field(repr=False, compare=False)
    lat: float
    lon: float
    rows: tuple[SignRow, ...]
    counts: tuple[int, int, int] | None = None
    shade: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of all its records, in order."""
        return tuple(sorted({number for row in self.rows for number in row.numbers}))


@dataclass(frozen=True, slots=True)
class Reference:
    """Which source says so, and how sure: grade of the source and of what it says, never merged."""

    source: int
    reliability: str
    credibility: int


@dataclass(frozen=True, slots=True)
class RecordNote:
    """What a number on the map leads to.

    Parameters
    ----------
    number
        From 1, in reading order of the map, then of the box of what is not drawn.
    line
        Title, groups, date and status, in one short line.
    sentence
        The record in one sentence, see :func:`geo.wording.sentences.sentence`.
    references
        One for each claim, each once, in order of the sources.
    where
        ``map``, or ``beside`` where it has no place that can be drawn.
    beside
        Heading of the box under which it is listed; empty on the map.
    """

    number: int
    record: str
    sign: Sign
    status: StatusKey
    title: str
    line: str
    sentence: str
    references: tuple[Reference, ...]
    where: Literal["map", "beside"]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source as a footnote names it."""

    number: int
    key: str
    title: str
    publisher: str
    author: str
    published: str
    grade: str
    grade_text: str
    url: str

    @property
    def text(self) -> str:
        """The footnote without its number.

        Examples
        --------
        >>> SourceNote(1, "r", "A report", "A paper", "", "2024", "F", "not judged", "").text
        'A report. A paper, 2024. Source reliability F: not judged.'
        """
        author = f"{self.author}, " if self.author else ""
        by = ", ".join(part for part in (self.publisher, self.published) if part)
        return f"{author}{self.title}. {by}. Source reliability {self.grade}: {self.grade_text}."


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A row of the legend; only what the picture shows has one.

    Parameters
    ----------
    sign
        The symbol; `form` instead for a kind of place, `shade` for a step of the shading, `base`
        for a place of the base map. With none of them the row is a sentence.
    """

    label: str
    sign: Sign | None = None
    form: Form | None = None
    shade: int = 0
    plain: bool = True
    base: PointKind | None = None


@dataclass(frozen=True, slots=True)
class LegendPart:
    """A heading of the legend with its rows."""

    heading: str
    items: tuple[LegendItem, ...]


@dataclass(frozen=True)
class Content:
    """Everything that stands on a snapshot.

    Parameters
    ----------
    subtitle
        Area, period, layers, filters: a phrase each.
    ledger
        Shown of total and why not the rest, in one line that adds up.
    warnings
        What whoever uses the picture must know: entries that could not be read, records without a
        source, a base that is missing.
    since
        What has changed since an earlier snapshot, in a line.
    base_off, language
        What of the base map is left out, and the language of its names.
    base_notes
        How old and how exact the base map is, a sentence each.
    own_map
        What is drawn of the user's own base map; ``None`` for nothing.
    elsewhere
        How many records could be drawn but lie outside the frame of a detail; they have no
        number.
    """

    title: str
    subtitle: tuple[str, ...]
    note: str
    since: str
    frame: Frame
    mode: Literal["precise", "provinces"]
    base_off: tuple[str, ...]
    language: Language
    spots: tuple[Spot, ...]
    badges: tuple[Badge, ...]
    entries: tuple[RecordNote, ...]
    sources: tuple[SourceNote, ...]
    legend: tuple[LegendPart, ...]
    styles: dict[str, GroupStyle]
    letters: dict[str, str]
    ledger: str
    elsewhere: int
    warnings: tuple[str, ...]
    credits: tuple[str, ...]
    base_notes: tuple[str, ...]
    own_map: OwnCut | None
    disclaimer: str
    projection: str
    data_version: str
    as_of: date | None
    alt_text: str
    name: str

    @property
    def beside(self) -> dict[str, tuple[RecordNote, ...]]:
        """Entries that are not drawn, by the heading of the box they stand under."""
        headings = dict.fromkeys(entry.beside for entry in self.entries if entry.beside)
        return {
            heading: tuple(entry for entry in self.entries if entry.beside == heading)
            for heading in headings
        }


def say_numbers(numbers: Sequence[int]) -> str:
    """Numbers in order, runs of three and more drawn together.

    Examples
    --------
    >>> say_numbers([3, 1, 2, 7, 9, 8, 12]), say_numbers([4, 5]), say_numbers([])
    ('1–3, 7–9, 12', '4, 5', '')
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))  # noqa: PLR2004 - two numbers are listed
        for run in runs
    )
