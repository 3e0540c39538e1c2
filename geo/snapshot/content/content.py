"""The content of a figure, as plain data: numbered marks, notes, sources, legend, record count.

The code that draws it (matplotlib, PowerPoint, Word) only lays it out; every number, sentence and
order is decided by :func:`geo.snapshot.content.composing.compose`. All its text is untrusted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geo.dossier.records import StatusKey
from geo.places.country.base_map import PointKind
from geo.places.country.own_map import OwnCut
from geo.places.locations import Precision
from geo.snapshot.content.editorial.editorial import NO_EDITORIAL, Editorial
from geo.snapshot.content.editorial.fixed_words import FixedWords, words_of
from geo.snapshot.content.event_marks import EventsShown
from geo.snapshot.content.figure_chart import FigureChart
from geo.snapshot.content.frame import Frame
from geo.view import Language
from geo.wording.ageing import Age
from geo.wording.symbology import Form, GroupStyle, Stroke
from geo.wording.vocabulary import COUNTRY_WIDE


@dataclass(frozen=True, slots=True)
class Sign:
    """One symbol: the head of a mark, as drawn on the map, in the legend and in lists.

    Parameters
    ----------
    groups
        Keys of the groups, of which at most two are drawn; ``not-named`` if none is named.
    kind
        Decides the outline: a circle for an incident, a banner for a presence claim.
    stroke
        The verification status.
    deaths
        Size class of the fatalities, 0 to 3; ``-1`` if not stated; ``None`` for the size of a
        chip in a list.
    age
        How long ago a presence claim was last reported.
    """

    groups: tuple[str, ...]
    kind: Literal["incident", "presence"]
    stroke: Stroke
    deaths: int | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class SignRow:
    """One sign of a spot or badge, with the numbers of its records.

    Parameters
    ----------
    inferred
        Whether the place of every one of them is inferred: a question mark follows the numbers.
    """

    sign: Sign
    numbers: tuple[int, ...]
    inferred: bool = False

    @property
    def text(self) -> str:
        """The numbers beside the sign, with a question mark if inferred."""
        return say_numbers(self.numbers) + ("?" if self.inferred else "")


@dataclass(frozen=True, slots=True)
class Spot:
    """A known point: a pin, a dot with the halo of its town, or a disc drawn to scale."""

    lat: float
    lon: float
    form: Form
    precision: Precision
    radius_m: float
    name: str
    rows: tuple[SignRow, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """An area somewhere in which records are located: an outline and a label box, its plate.

    Parameters
    ----------
    area
        Id of the province, district or region.
    form
        ``area`` is hatched, ``region`` is only outlined.
    outline
        x longitude, y latitude, in degrees, WGS 84.
    lat, lon
        The best position of the plate, inside the area, in degrees.
    counts
        Records claimed by a party only, reported or verified by third parties, and disputed or
        refuted. Only with province totals, where the plate shows counts instead of signs.
    shade
        1 (palest) to 5 with province totals, otherwise 0.
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
    """A citation: source number, source reliability and information credibility, kept apart."""

    source: int
    reliability: str
    credibility: int


@dataclass(frozen=True, slots=True)
class RecordNote:
    """The note for a number on the map.

    Parameters
    ----------
    number
        From 1: first in reading order of the map, then through the list of what is not mapped.
    line
        Title, groups, date and status, in one short line.
    sentence
        The record in one sentence; see :func:`geo.wording.sentences.sentence`.
    references
        The distinct citations of its claims, in order of the sources.
    where
        ``map``, or ``beside`` if it is not mapped.
    beside
        Heading under which an unmapped record is listed; empty if it is mapped.
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
    """A source as cited in the list of sources."""

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
        """The citation without its number.

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
    """A row of the legend; only what the figure shows has one.

    Parameters
    ----------
    sign
        The symbol; instead of it `form` for a kind of place, `shade` for a step of the shading,
        `cover` for one of source coverage, `base` for a place on the base map or `ring` for events.
        A row with none of them is a sentence.
    plain
        Whether the symbol is drawn without colour and letter.
    is_editors
        Whether the symbol is that of the editor's marks.
    ring
        Radius in points of a ring of events; 0 for the badge of a count of events.
    """

    label: str
    sign: Sign | None = None
    form: Form | None = None
    shade: int = 0
    plain: bool = True
    base: PointKind | None = None
    is_editors: bool = False
    ring: float | None = None
    cover: int | None = None


@dataclass(frozen=True, slots=True)
class LegendPart:
    """A heading of the legend with its rows."""

    heading: str
    items: tuple[LegendItem, ...]


@dataclass(frozen=True)
class Content:
    """All content of a figure.

    Parameters
    ----------
    subtitle
        Area, period, groups and filters, a phrase each.
    ledger
        How many of all records are shown, and why not the rest, in one line that adds up.
    warnings
        What readers of the figure must know: entries that could not be read, records without a
        source, missing neighbouring countries.
    since
        What has changed since an earlier figure, in one line.
    styles, letters, names
        Style, letter and short name of each group, by its key.
    base_off, language
        Parts of the base map that are not drawn, and the language of its names.
    base_notes
        The age and accuracy of the base map, a sentence each.
    own_map
        What is drawn of the user's own base map; ``None`` for nothing.
    about_country
        Ids of the records that are about the whole country, if of other places as well.
    chart
        A chart of the same records; ``None`` for none.
    coverage
        The step of source coverage of each province that is drawn with one, by its code.
    elsewhere
        Number of records that could be mapped but are outside the frame of a detail; they are
        not numbered.
    editorial
        What the editor of the figure adds.
    labels
        Short titles of records on the map, by number, where there is room for them.
    events
        The imported events that the figure shows, if its recipe names any.
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
    names: dict[str, str]
    ledger: str
    about_country: frozenset[str]
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
    editorial: Editorial = NO_EDITORIAL
    labels: tuple[tuple[int, str], ...] = ()
    events: EventsShown | None = None

    @property
    def ledgers(self) -> tuple[str, ...]:
        """The record count, and that of the events if there are any.

        Returns
        -------
        One or two lines.
        """
        return (self.ledger,) if self.events is None else (self.ledger, self.events.ledger)

    chart: FigureChart | None = None
    coverage: Mapping[str, int] = field(default_factory=dict)

    @property
    def words(self) -> FixedWords:
        """The fixed words in the language of the figure."""
        return words_of(self.editorial.language)

    @property
    def beside(self) -> dict[str, tuple[RecordNote, ...]]:
        """The notes on records that are not mapped, by their heading.

        Returns
        -------
        Heading to its notes, both in order of their numbers.
        """
        headings = dict.fromkeys(entry.beside for entry in self.entries if entry.beside)
        return {
            heading: tuple(entry for entry in self.entries if entry.beside == heading)
            for heading in headings
        }

    @property
    def whole_country(self) -> tuple[SignRow, ...]:
        """The rows of the badge of the whole country; none on a map of a part of it.

        Like one in two provinces, a record that also names a place is on the badge of each.

        Returns
        -------
        Each sign once, in order of the first number that has it.
        """
        found: dict[Sign, list[int]] = {}
        for entry in () if self.frame.is_detail else self.entries:
            if entry.record in self.about_country:
                found.setdefault(entry.sign, []).append(entry.number)
        return tuple(SignRow(sign, tuple(numbers)) for sign, numbers in found.items())

    @property
    def without_badge(self) -> dict[str, tuple[RecordNote, ...]]:
        """The notes on unmapped records that the map does not count on the badge of the country.

        Returns
        -------
        Heading to its notes, both in order of their numbers.
        """
        on_badge = COUNTRY_WIDE if self.whole_country else ""
        return {key: entries for key, entries in self.beside.items() if key != on_badge}


def say_numbers(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, with runs of three or more as ranges.

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
