"""Charts of counts: bars with a solid part that is certain and an open part that is possible.

Statuses are told apart by fill and outline, not by colour: what only a party claims is hatched with
a dashed outline, as its dashed strokes on the map; what third parties report is solid; what is
disputed or refuted is dotted. So the chart reads the same in grey. All bars share one scale, which
begins at zero.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from geo.counts.charting import CountChart
from geo.errors import FigureError
from geo.snapshot.content.recipe import Variant
from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.layout.theme import Theme, mix, theme_of
from geo.snapshot.layout.typesetting import POINT
from geo.snapshot.lettering import break_lines, drawable, font, shorten, width_of
from geo.snapshot.output.writing import own_rules
from geo.wording.symbology import Stroke

CHART_WIDTH_MM: Final = 160.0
"""Width of a chart by default: the text width of an A4 page."""
CHART_HEIGHT_MM: Final = 90.0
"""Height of a chart by default: two fit on an A4 page."""
CHART_DPI: Final = 200
"""Dots per inch of a chart as PNG by default, enough for office printers."""
_LEAST_MM: Final = (60.0, 40.0)
"""Least width and height; smaller ones have no room for their labels."""
_TEXT: Final = 7.0
"""Size of labels and notes in points, the smallest that is legible in print."""
_LINE: Final = 1.35
"""Distance of lines, in sizes of the text."""
_GAP: Final = 6.0
"""Points between the parts of a chart."""
_ROW: Final = 0.8
"""Share of the room of a group of bars that the bars take."""
_LEAST_ROW: Final = 7.5
"""Points of height of a row of horizontal bars."""
_LABEL_SHARE: Final = 0.3
"""Most of the width that labels of horizontal bars may take."""
_HATCHES: Final[dict[Stroke, str]] = {"dashed": "/////", "solid": "", "split": "....."}
_LINES: Final[dict[Stroke, Any]] = {
    "dashed": (0, (2.2, 1.4)),
    "solid": "-",
    "split": (0, (0.8, 1.2)),
}
"""Outlines of the possible part, in points drawn and left out, as the strokes on the map."""


@dataclass(frozen=True, slots=True)
class ChartSize:
    """The size of a chart in millimetres, its resolution and its colours."""

    width_mm: float = CHART_WIDTH_MM
    height_mm: float = CHART_HEIGHT_MM
    dpi: int = CHART_DPI
    variant: Variant = "colour"


USUAL_SIZE: Final = ChartSize()
"""The size of a chart if none is given."""


def chart_bytes(
    chart: CountChart, form: str, size: ChartSize = USUAL_SIZE, title: str = ""
) -> bytes:
    """Draw a chart as ``png``, ``svg`` or ``pdf``; the same chart gives the same bytes.

    Raises
    ------
    FigureError
        The chart has no bars, or does not fit into its size.

    Examples
    --------
    >>> chart_bytes(CountChart("month", (), None, ()), "png")
    Traceback (most recent call last):
    geo.errors.FigureError: the chart has no bars: no record in view is in any month
    """
    with own_rules():
        figure = draw_chart(chart, size, title)
        file = io.BytesIO()
        match form:
            case "png":
                FigureCanvasAgg(figure).print_png(file, metadata={"Software": None})
            case "svg":
                silent = dict.fromkeys(("Date", "Creator", "Format", "Type"))
                FigureCanvasSVG(figure).print_svg(file, metadata=silent)
            case "pdf":
                silent = dict.fromkeys(("CreationDate", "Creator", "Producer"))
                FigureCanvasPdf(figure).print_pdf(file, metadata=silent)
            case _:
                raise FigureError(f"a chart cannot be {form!r}; expected png, svg or pdf")
    return file.getvalue()


def draw_chart(chart: CountChart, size: ChartSize, title: str = "") -> Figure:
    """Draw a chart on a figure of exactly this size.

    Raises
    ------
    FigureError
        As :func:`chart_bytes`.
    """
    if not chart.groups:
        raise FigureError(f"the chart has no bars: no record in view is in any {chart.by}")
    if size.width_mm < _LEAST_MM[0] or size.height_mm < _LEAST_MM[1]:
        raise FigureError(
            f"a chart of {size.width_mm:g} × {size.height_mm:g} mm has no room for its labels; "
            f"it needs {_LEAST_MM[0]:g} × {_LEAST_MM[1]:g} mm"
        )
    return _ChartDrawing(chart, size, title).figure


class _ChartDrawing:
    """One chart being drawn; lengths are in points."""

    def __init__(self, chart: CountChart, size: ChartSize, title: str) -> None:
        self.chart = chart
        self.theme: Theme = theme_of(size.variant)
        self.width, self.height = size.width_mm / POINT, size.height_mm / POINT
        inches = (self.width / POINTS_PER_INCH, self.height / POINTS_PER_INCH)
        self.figure = Figure(figsize=inches, dpi=size.dpi, facecolor=self.theme.surface)
        self.is_upright = chart.by in {"month", "quarter", "year"}
        top = self._title(title)
        bottom = self._notes()
        top = self._legend(top)
        self._bars(bottom, top)

    def _title(self, title: str) -> float:
        """Set the title; returns the height below it."""
        top = self.height - _GAP
        if title:
            size = _TEXT + 2
            text = shorten(drawable(title, "bold"), size, self.width - 2 * _GAP, "bold")
            self._text(_GAP, top, text, size=size, weight="bold", va="top")
            top -= size * _LINE
        return top

    def _notes(self) -> float:
        """Set the notes at the foot; returns the height above them."""
        lines = [
            line
            for note in self.chart.notes
            for line in break_lines(drawable(note), _TEXT - 1, self.width - 2 * _GAP)
        ]
        step = (_TEXT - 1) * _LINE
        for at, line in enumerate(reversed(lines)):
            y = _GAP + at * step
            self._text(_GAP, y, line, size=_TEXT - 1, colour=self.theme.muted, va="bottom")
        return _GAP + len(lines) * step

    def _text(
        self, x: float, y: float, text: str, *, size: float = _TEXT, weight: Any = "normal",
        colour: str = "", **more: Any,
    ) -> None:  # fmt: skip
        self.figure.text(
            x / self.width, y / self.height, text, color=colour or self.theme.ink,
            fontproperties=font(size, weight, text), **more,
        )  # fmt: skip

    def _legend(self, top: float) -> float:
        """Set the legend; returns the height below it."""
        left, y = _GAP, top
        side = _TEXT
        for at, label in self._legend_entries():
            width = side + 3 + width_of(label, _TEXT)
            if left + width > self.width - _GAP and left > _GAP:
                left, y = _GAP, y - _TEXT * _LINE
            self._sign(at, left, y - side, side)
            self._text(left + side + 3, y - side, label, va="bottom")
            left += width + 2 * _GAP
        return y - _TEXT * _LINE - _GAP / 2

    def _legend_entries(self) -> Sequence[tuple[int, str]]:
        parts = [(at, part.tally.label) for at, part in enumerate(self.chart.groups[0].parts)]
        return [*parts, (-1, "Possible")]

    def _sign(self, part: int, left: float, bottom: float, side: float) -> None:
        style = self._solid(part) if part >= 0 else self._open(1)
        self.figure.add_artist(
            Rectangle(
                (left / self.width, bottom / self.height), side / self.width, side / self.height,
                transform=self.figure.transFigure, **style,
            )
        )  # fmt: skip

    def _solid(self, part: int) -> dict[str, Any]:
        """The look of the certain part of a bar."""
        stroke = self.chart.groups[0].parts[part].tally.stroke
        theme = self.theme
        fill = {
            "solid": theme.ink,
            "dashed": mix(theme.ink, theme.surface, 0.22),
            "split": mix(theme.ink, theme.surface, 0.1),
        }[stroke]
        return {
            "facecolor": mix(fill, theme.surface, 0.8) if stroke == "solid" else fill,
            "edgecolor": theme.ink, "hatch": _HATCHES[stroke], "linewidth": 0.6,
        }  # fmt: skip

    def _open(self, part: int) -> dict[str, Any]:
        """The look of the possible part of a bar."""
        stroke = self.chart.groups[0].parts[part].tally.stroke
        return {
            "facecolor": self.theme.surface, "edgecolor": self.theme.ink, "linewidth": 0.7,
            "linestyle": _LINES[stroke],
        }  # fmt: skip

    def _bars(self, bottom: float, top: float) -> None:
        side = self._label_width()
        below = _TEXT * _LINE * (1 if not self.is_upright else 2) + _GAP
        height = top - bottom - below
        rows = len(self.chart.groups)
        if height < _LEAST_ROW * (3 if self.is_upright else rows):
            raise FigureError(
                f"a chart of {self.height * POINT:.0f} mm height has no room for {rows} rows and "
                "its notes; make it higher"
            )
        axes = self.figure.add_axes((
            (side + _GAP) / self.width, (bottom + below) / self.height,
            (self.width - side - 3 * _GAP) / self.width, height / self.height,
        ))  # fmt: skip
        self._frame(axes)
        places = np.arange(rows)
        parts = len(self.chart.groups[0].parts)
        thick = _ROW / parts
        for part in range(parts):
            at = places + (part - (parts - 1) / 2) * thick
            self._row(axes, at, thick * 0.92, part)
        self._trend(axes, places)
        self._labels(axes, places)

    def _row(self, axes: Axes, at: np.ndarray, thick: float, part: int) -> None:
        """The bars of one part, the possible length after the certain one."""
        low = np.array([one.parts[part].low for one in self.chart.groups])
        more = np.array([one.parts[part].high for one in self.chart.groups]) - low
        if self.is_upright:
            axes.bar(at, low, thick, **self._solid(part))
            axes.bar(at, more, thick, bottom=low, **self._open(part))
        else:
            axes.barh(at, low, thick, **self._solid(part))
            axes.barh(at, more, thick, left=low, **self._open(part))

    def _label_width(self) -> float:
        if self.is_upright:
            return width_of(f"{self.chart.most:,}", _TEXT) + _GAP
        widest = max(width_of(one.label, _TEXT) for one in self.chart.groups)
        return min(widest, self.width * _LABEL_SHARE) + _GAP

    def _frame(self, axes: Axes) -> None:
        axes.set_facecolor(self.theme.surface)
        for name, spine in axes.spines.items():
            spine.set_visible(name == ("bottom" if self.is_upright else "left"))
            spine.set_color(self.theme.rim)
        axes.tick_params(length=0, colors=self.theme.muted, labelsize=_TEXT, pad=2)
        axes.set_axisbelow(True)
        value = axes.yaxis if self.is_upright else axes.xaxis
        value.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes.grid(axis="y" if self.is_upright else "x", color=self.theme.hairline, linewidth=0.5)
        if self.is_upright:
            axes.set_ylim(0, max(self.chart.most, 1) * 1.05)
        else:
            axes.set_xlim(0, max(self.chart.most, 1) * 1.05)

    def _labels(self, axes: Axes, places: np.ndarray) -> None:
        labels = [one.label for one in self.chart.groups]
        if self.is_upright:
            room = axes.get_position().width * self.width / len(labels)
            widest = max(width_of(label, _TEXT) for label in labels) + 4
            step = max(1, int(np.ceil(widest / room)))
            axes.set_xticks(places[::step], labels[::step])
            axes.set_xlim(-0.6, len(labels) - 0.4)
        else:
            most = self.width * _LABEL_SHARE
            axes.set_yticks(places, [shorten(drawable(one), _TEXT, most) for one in labels])
            axes.set_ylim(len(labels) - 0.4, -0.6)
        for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            text.set_fontproperties(font(_TEXT, "normal", text.get_text()))
            text.set_color(self.theme.ink)

    def _trend(self, axes: Axes, places: np.ndarray) -> None:
        """The straight line through the middle of the bounds, where every reading agrees."""
        if self.chart.trend is None:
            return
        middle = [sum(p.low + p.high for p in one.parts) / 2 for one in self.chart.groups]
        slope, start = np.polyfit(places, middle, 1)
        ends = np.array([places[0], places[-1]])
        axes.plot(ends, np.maximum(start + slope * ends, 0), color=self.theme.focus, linewidth=1.1)
