"""A chart of counts as a picture of its own: heading, legend, bars, caption and record count."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from geo.counts.charting import CountChart
from geo.errors import FigureError
from geo.snapshot.content.figure_chart import FigureChart
from geo.snapshot.content.recipe import Variant, clean_line
from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.layout.chart_block import ChartType, lay_out_chart, usual_height
from geo.snapshot.layout.signs import Pen
from geo.snapshot.layout.theme import theme_of
from geo.snapshot.layout.typesetting import POINT, Item, TextStyle, move, paragraph
from geo.snapshot.output.writing import draw_items, own_rules

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
_EDGE: Final = 6.0
"""Points kept free at the edges."""


@dataclass(frozen=True, slots=True)
class ChartSize:
    """The size of a chart in millimetres, its resolution and its colours."""

    width_mm: float = CHART_WIDTH_MM
    height_mm: float = CHART_HEIGHT_MM
    dpi: int = CHART_DPI
    variant: Variant = "colour"


USUAL_SIZE: Final = ChartSize()
"""The size of a chart if none is given."""


def fitting_size(
    chart: CountChart, width_mm: float = CHART_WIDTH_MM, variant: Variant = "colour"
) -> ChartSize:
    """The size of a chart of this width that is as high as its rows and its caption need.

    Examples
    --------
    >>> fitting_size(CountChart("month", (), None, ()), 80).height_mm
    40.0
    """
    width = width_mm / POINT - 2 * _EDGE
    high = usual_height(FigureChart(chart), ChartType(_TEXT + 2, _TEXT), width)
    ledger = paragraph(chart.ledger, TextStyle(_TEXT, "bold"), width, "chart")
    needed = (high + ledger.height + 2 * _EDGE) * POINT
    return ChartSize(width_mm, max(_LEAST_MM[1], needed), variant=variant)


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
    width, height = size.width_mm / POINT, size.height_mm / POINT
    with own_rules():
        theme = theme_of(size.variant)
        inches = (width / POINTS_PER_INCH, height / POINTS_PER_INCH)
        figure = Figure(figsize=inches, dpi=size.dpi, facecolor=theme.surface)
        points = Affine2D().scale(1 / POINTS_PER_INCH) + figure.dpi_scale_trans
        draw_items(Pen(figure, points, theme, {}, {}, {}), _items(chart, size, title), height)
    return figure


def _items(chart: CountChart, size: ChartSize, title: str) -> tuple[Item, ...]:
    """Everything on the picture, with the record count below the chart."""
    width, height = size.width_mm / POINT - 2 * _EDGE, size.height_mm / POINT - 2 * _EDGE
    ledger = paragraph(chart.ledger, TextStyle(_TEXT, "bold"), width, "chart")
    found = FigureChart(chart, own_title=clean_line(title))
    items = lay_out_chart(found, ChartType(_TEXT + 2, _TEXT), width, height - ledger.height)
    if items is None:
        raise FigureError(
            f"a chart of {size.width_mm:g} × {size.height_mm:g} mm has no room for "
            f"{len(chart.groups):,} rows and its caption; make it larger"
        )
    below = (move(item, 0.0, height - ledger.height) for item in ledger.items)
    return tuple(move(item, _EDGE, _EDGE) for item in (*items, *below))
