"""The chart of a figure as plain data: its bars, and what is said of them in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from geo.counts.bounds import CountedBy
from geo.counts.charting import ChartGroup, ChartPart, CountChart, chart_of
from geo.counts.countable import counted_records
from geo.counts.saying import CellNames
from geo.snapshot.content.chart_choice import ChartChoice, ChartSide
from geo.snapshot.content.recipe import clean_line
from geo.table.workspace import Workspace
from geo.text import counted as number_of
from geo.text import listed
from geo.view import View

CHARTED_NAMES: Final[Mapping[CountedBy, str]] = {
    "month": "Month", "quarter": "Quarter", "year": "Year", "province": "Province",
    "group": "Group", "status": "Verification status", "kind": "Record type",
}  # fmt: skip
"""What each dimension of a chart is called at the head of a table."""
SHORT_READING: Final = "Solid: in every reading; open: possible."
"""How the parts of a bar are to be read, where there is little room."""
_RANGES: Final = (
    "A range such as 2–5 gives the fewest and the most records there can be, over all readings of "
    "uncertain dates and places. A record can be in several rows, so rows are not to be added up."
)
_SPOKEN: Final = 12
"""Bars that a text alternative names: a listener cannot skim, and the table has them all."""


@dataclass(frozen=True, slots=True)
class FigureChart:
    """A chart of the records that a figure shows.

    Parameters
    ----------
    side
        Where it is wanted, below the map or beside it.
    own_title
        Its heading; if empty, what it counts.
    """

    chart: CountChart
    side: ChartSide = "below"
    own_title: str = ""

    @property
    def title(self) -> str:
        """What it counts, as its heading."""
        return self.own_title or f"Records by {CHARTED_NAMES[self.chart.by].lower()}"

    @property
    def caption(self) -> tuple[str, ...]:
        """How it is to be read and what it does not count; the record count is the figure's."""
        if not self.chart.groups:
            unit = CHARTED_NAMES[self.chart.by].lower()
            return (f"No bars: no record shown is in any {unit}.", *self.chart.notes[1:])
        return self.chart.notes

    @property
    def short_caption(self) -> str:
        """The least that a reader must know, where the caption has no room; the table has it."""
        if not self.chart.groups:
            return self.caption[0]
        return f"{SHORT_READING} {self.chart.notes[1]}"

    @property
    def head(self) -> tuple[str, ...]:
        """The head of its table."""
        first = self.chart.groups[0].parts if self.chart.groups else ()
        return (CHARTED_NAMES[self.chart.by], *(part.tally.label for part in first))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Its table: each row with the fewest and the most of each part.

        A period in which no record can be has no row; :attr:`left_out` says how many there are.
        """
        return tuple((clean_line(one.label), *map(say_range, one.parts)) for one in self._filled)

    @property
    def table_title(self) -> str:
        """The heading of its table."""
        return f"Chart: {self.title[0].lower()}{self.title[1:]}"

    @property
    def table_note(self) -> str:
        """How its table is to be read, and what it leaves out."""
        return " ".join(filter(None, (*self.caption, _RANGES, self.left_out)))

    @property
    def left_out(self) -> str:
        """How many rows the table leaves out, in a sentence; empty for none."""
        count = len(self.chart.groups) - len(self._filled)
        unit = CHARTED_NAMES[self.chart.by].lower()
        said = number_of(count, unit, f"{unit}s")
        return f"Not listed: {said} in which no record shown can be." if count else ""

    @property
    def alt_text(self) -> str:
        """The chart in words, for readers who cannot see it."""
        labels = listed([label.lower() for label in self.head[1:]])
        what = self.table_title
        parts = [f"{what}; {labels}." if labels else f"{what}."]
        if bars := list(self._spoken()):
            parts.append(f"{'; '.join(bars)}.")
        return " ".join((*parts, *self.caption))

    @property
    def _filled(self) -> list[ChartGroup]:
        groups = self.chart.groups
        return [one for one in groups if any(part.high for part in one.parts)]

    def _spoken(self) -> Iterator[str]:
        """The bars in words: all of them, or the longest of many."""
        shown = self._filled
        if len(shown) > _SPOKEN:
            longest = sorted(shown, key=lambda one: -sum(part.high for part in one.parts))
            shown = [one for one in shown if one in longest[:_SPOKEN]]
            yield f"The {_SPOKEN} longest of {len(self._filled)}"
        for one in shown:
            said = ", ".join(
                f"{part.tally.words} {say_range(part)}" for part in one.parts if part.high
            )
            yield f"{clean_line(one.label)}: {said}"


def chart_for_figure(
    workspace: Workspace, view: View, choice: ChartChoice | None
) -> FigureChart | None:
    """The chart of the records that a View shows; ``None`` where none is wanted.

    Raises
    ------
    StatementError
        It would have more bars than can be read.

    Examples
    --------
    >>> from geo import open_workspace
    >>> from geo.view import View
    >>> found = chart_for_figure(open_workspace(), View(text="no such words"), ChartChoice("year"))
    >>> found.title, found.rows, found.caption[0]
    ('Records by year', (), 'No bars: no record shown is in any year.')
    """
    if choice is None:
        return None
    counted = counted_records(workspace, view)
    chart = chart_of(counted, choice.by, CellNames.of(workspace), workspace.country.name)
    return FigureChart(chart, choice.side)


def say_range(part: ChartPart) -> str:
    """The fewest and the most of a bar, as one number where they are equal."""
    return f"{part.low:,}" if part.low == part.high else f"{part.low:,}–{part.high:,}"
